"""A process of ours for work on hostile input: what raises, hangs or ends its process costs that one piece of work.

The caller's process only sends and waits. Guards are kept and lent out again, one for each thread that works.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from headwater.apart import Process, hung
from headwater.corpus.guarded import At, Bounds, Ended, Failed, Given, Request
from headwater.errors import InputError

Result = TypeVar("Result")


class Lost(NamedTuple):
    """Work that was given up: why, as what follows "it"; ``rest`` says that all after it was given up as well."""

    why: str
    rest: bool = False


class Guard:
    """One such process, started when it is first needed and again when work has ended it."""

    def __init__(self, bounds: Bounds) -> None:
        """With a bound on the time and memory of each piece of work."""
        self.bounds = bounds
        self._process = Process("headwater.corpus.guarded")
        self._seconds = bounds.seconds

    def call(
        self, function: Callable[..., Result], *arguments: object, seconds: float | None = None
    ) -> "Result | Lost":
        """What a function of a module gives for arguments that can be pickled.

        Args:
            function: named by its module; it runs in the other process.
            arguments: copied there.
            seconds: after so many it is given up; None = the guard's bound.
        """
        self._send(Request(function, arguments, seconds or self.bounds.seconds, many=False))
        for message in self._process.messages():
            if isinstance(message, Failed):
                return Lost(message.why)
            if isinstance(message, Given):
                result: Result = message.item
                return result
        return Lost(self._end())

    def each(self, function: Callable[..., Iterator[Any]], *arguments: object) -> "Iterator[Any | tuple[int, Lost]]":
        """What a generator of a module gives, item by item; ``(number, Lost)`` for an item that was given up.

        Args:
            function: takes the arguments and the number of the first item that is wanted; before the work on an item
                it yields ``At`` with the item's number, and then the item.
            arguments: copied to the other process.
        """
        first = after = 0
        while True:
            self._send(Request(function, (*arguments, first), self.bounds.seconds, many=True))
            at: int | None = None
            for message in self._process.messages():
                if isinstance(message, Ended):
                    return
                if isinstance(message, At):
                    at = message.item
                elif isinstance(message, Given):
                    at = None
                    after += 1
                    yield message.item
                elif isinstance(message, Failed):
                    why = message.why
                    break
            else:
                why = self._end()
            if at is None:  # not one item but what they stand in cannot be gone through
                yield after, Lost(why, rest=True)
                return
            yield at, Lost(why)
            first = after = at + 1

    def close(self) -> None:
        """End the process."""
        self._process.end()

    def _send(self, request: Request) -> None:
        self._seconds = request.seconds
        if not self._process.started:
            self._process.send(self.bounds)
            if next(self._process.messages(), None) is None:
                status = self._process.end()
                raise InputError(f"a process to work in cannot be run (status {status}); is Headwater installed whole?")
        self._process.send(request)

    def _end(self) -> str:
        """Why the process is gone, as what follows "it"."""
        status = self._process.end()
        if hung(status):
            return f"took longer than {self._seconds:g} seconds"
        return f"ended its process (status {status})"


_IDLE: list[Guard] = []
_LOCK = threading.Lock()


@contextmanager
def guard(bounds: Bounds) -> Iterator[Guard]:
    """A guard for one thread, kept afterwards for the next that asks."""
    with _LOCK:
        mine = next((one for one in _IDLE if one.bounds == bounds), None)
        if mine is not None:
            _IDLE.remove(mine)
    mine = mine or Guard(bounds)
    try:
        yield mine
    except BaseException:
        mine.close()
        raise
    with _LOCK:
        _IDLE.append(mine)


def close_guards() -> None:
    """End the processes of guards that nobody uses."""
    with _LOCK:
        for one in _IDLE:
            one.close()
        _IDLE.clear()
