"""The other side of a guard: requests in on standard input, what they give out on standard output, as pickles.

Run as a module. A hang is ended by the alarm clock, too much memory by the limit on it, a crash by itself.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple


class Bounds(NamedTuple):
    """What one piece of work may take: seconds, and bytes of memory for its process."""

    seconds: float = 60.0
    memory: int = 4_000_000_000


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
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked is told, and ends this one
    requests: BinaryIO = sys.stdin.buffer
    try:
        bounds: Bounds = pickle.load(requests)
        _bound(bounds.memory)
        _send(out, Given(None))
        while True:
            _answer(pickle.load(requests), out)
    except (EOFError, BrokenPipeError):
        return


def _answer(request: Request, out: BinaryIO) -> None:
    try:
        _alarm(request.seconds)
        made = request.function(*request.arguments)
        if not request.many:
            _alarm(0)
            _send(out, Given(made))
            return
        for item in made:
            _alarm(0)  # nor is waiting until the caller has taken it counted
            _send(out, item if isinstance(item, At) else Given(item))
            _alarm(request.seconds)  # each item has its own time
        _alarm(0)
        _send(out, Ended())
    except BrokenPipeError:
        raise
    except MemoryError:
        _send(out, Failed("needs more memory than there is"))
    except Exception as error:
        _send(out, Failed(f"failed ({type(error).__name__}: {' '.join(str(error).split())[:200]})"))
    finally:
        _alarm(0)


def _send(out: BinaryIO, message: object) -> None:
    pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)
    out.flush()


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound(memory: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return  # a system without such a limit


if __name__ == "__main__":
    from headwater.corpus import guarded  # so that messages are of headwater.corpus.guarded, not of __main__

    guarded.main()
