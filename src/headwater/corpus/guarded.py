"""The other side of a guard: requests in on standard input, what they give out on standard output, as pickles.

Run as a module.
"""

import pickle
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

from headwater.apart import alarm, asked, bound, send

#: Bytes that a process may take that compares articles with one another, and for each: twice what was measured.
_LEAST = 1_000_000_000
_EACH = 80_000
_SECONDS_EACH = 0.05


class Bounds(NamedTuple):
    """What one piece of work may take: seconds, and bytes of memory for its process."""

    seconds: float = 60.0
    memory: int = 4_000_000_000

    def of_many(self, count: int) -> "tuple[Bounds, float]":
        """For work on so many articles held together: bounds with the memory for them, and seconds for all of it."""
        # in whole bounds, so that pieces of work can share a process
        times = max(1, -(-(_LEAST + _EACH * count) // self.memory))
        return self._replace(memory=self.memory * times), self.seconds + _SECONDS_EACH * count


class Request(NamedTuple):
    """A function to call, and whether it gives one result or ``many``."""

    function: Callable[..., Any]
    arguments: tuple[object, ...]
    seconds: float
    many: bool


class At(NamedTuple):
    """The work that begins now is on the item of this number."""

    item: int


class Given(NamedTuple):
    """A result."""

    item: Any


class Failed(NamedTuple):
    """The function raised: why, as what follows "it"."""

    why: str


class Ended(NamedTuple):
    """There are no more results."""


def main() -> None:
    """Answer requests until there are no more."""
    requests, out = asked()
    try:
        bounds: Bounds = pickle.load(requests)
        bound(bounds.memory)
        send(out, Given(None))
        while True:
            _answer(pickle.load(requests), out)
    except (EOFError, BrokenPipeError):
        return


def _answer(request: Request, out: BinaryIO) -> None:
    try:
        alarm(request.seconds)
        made = request.function(*request.arguments)
        if not request.many:
            alarm(0)
            send(out, Given(made))
            return
        for item in made:
            alarm(0)  # nor is waiting until the caller has taken it counted
            send(out, item if isinstance(item, At) else Given(item))
            alarm(request.seconds)  # each item has its own time
        alarm(0)
        send(out, Ended())
    except BrokenPipeError:
        raise
    except MemoryError:
        send(out, Failed("needs more memory than there is"))
    except Exception as error:
        send(out, Failed(f"failed ({type(error).__name__}: {' '.join(str(error).split())[:200]})"))
    finally:
        alarm(0)


if __name__ == "__main__":
    from headwater.corpus import guarded  # so that messages are of headwater.corpus.guarded, not of __main__

    guarded.main()
