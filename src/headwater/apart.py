"""A process of our own beside this one, for work on hostile input: messages to and fro as pickles.

What hangs is ended by the alarm clock, what takes too much memory by the limit on it, what crashes by itself: the
process that asked sees it gone, knows why, and starts another. Both ends of the pipe stand here.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, BinaryIO

_LAST_SECONDS = 5.0  # between the end of what a process says and its own


class Process:
    """The asking end: a module run with its input and output to this process, started by the first message.

    Args:
        module: its ``main`` takes ``asked()``.
    """

    def __init__(self, module: str) -> None:
        """Nothing is started yet."""
        self._module = module
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def started(self) -> bool:
        """Whether there is one, and it has not been seen to end."""
        if self._running is not None and self._running.poll() is not None:
            self.end()
        return self._running is not None

    def send(self, message: object) -> None:
        """Send a message, to a new process where there is none; one that is gone is known by ``messages`` ending."""
        if self._running is None:
            # -P: a file of the user's named like a module of the library must not be taken for it
            self._running = subprocess.Popen(
                [sys.executable, "-P", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert self._running.stdin is not None
        with suppress(BrokenPipeError):
            send(self._running.stdin, message)

    def messages(self) -> Iterator[Any]:
        """What it sends, until it is gone."""
        assert self._running is not None
        assert self._running.stdout is not None
        while True:
            try:
                yield pickle.load(self._running.stdout)
            except (EOFError, pickle.UnpicklingError):
                with suppress(subprocess.TimeoutExpired):  # so that its status is its own, not that of being ended
                    self._running.wait(timeout=_LAST_SECONDS)
                return

    def end(self) -> int:
        """End it, if there is one; its status, which is 0 where there was none."""
        if self._running is None:
            return 0
        for pipe in (self._running.stdin, self._running.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()
        self._running.kill()
        status = self._running.wait()
        self._running = None
        return status


def hung(status: int) -> bool:
    """Whether a process of this status was ended by its alarm clock."""
    return hasattr(signal, "SIGALRM") and status == -signal.SIGALRM


def asked() -> tuple[BinaryIO, BinaryIO]:
    """The asked end, once at the start of ``main``: where messages come from, and where to send them."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not stand among the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked is told, and ends this one
    return sys.stdin.buffer, out


def send(to: IO[bytes], message: object) -> None:
    """Send one message; BrokenPipeError where the other end is gone."""
    pickle.dump(message, to, pickle.HIGHEST_PROTOCOL)
    to.flush()


def alarm(seconds: float) -> None:
    """Have this process ended after so many seconds, whatever it is at; 0 = not any more."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def processors() -> int:
    """How many processors there are for this process: so many others beside it are worth their while."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bound(memory: int) -> None:
    """Let this process take no more than so many bytes, where the system has such a limit."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        return
