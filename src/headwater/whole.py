"""Files that are written whole or not at all, and a lock that keeps two runs out of one file.

A file is written beside its place under a hidden name and moved there: a reader sees the old one or the new one.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

#: What the hidden name of an unfinished file has between the file's own name and its writer's.
PART = ".part-"


@contextmanager
def writing(path: Path, *, durable: bool = False) -> Iterator[BinaryIO]:
    """A file to write to; it takes its place when all went well, and is gone when not.

    A device or a pipe (``/dev/null``) is written to as it is: to move a file there would take it away.

    Args:
        path: its place; the folder must be there.
        durable: have the file, and its name in the folder, brought to the disk before this ends: for what another
            file will say is there, also when the machine stops.

    Raises:
        OSError: it cannot be written.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with open(path, "wb") as file:
            yield file
        return
    # a writer that was killed may still have a worker that writes the same file
    part = path.with_name(f".{path.name}{PART}{os.getpid()}-{threading.get_ident()}")
    try:
        with open(part, "wb") as file:
            yield file
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    if durable:
        _settle(path.parent)


def write(path: Path, data: bytes) -> None:
    """Write a file whole; OSError where it cannot be."""
    with writing(path) as file:
        file.write(data)


def is_part(name: str) -> bool:
    """Whether a file of this name is one that a writer left unfinished."""
    return name.startswith(".") and PART in name


def locked(file: IO[bytes]) -> bool:
    """Take the lock of an open file, held until it is closed; False when another has it.

    Where the system knows no such lock (Windows), two runs are not kept apart.
    """
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _settle(folder: Path) -> None:
    """Have the folder itself written down, where the system lets one ask for it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(at)
    finally:
        os.close(at)
