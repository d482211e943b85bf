"""A folder on disk or at an fsspec address (``s3://bucket/path``): files read, and written whole or not at all.

On disk a file is written beside its place, brought to the disk and moved there; an object store shows an object when
all of it is there. Addresses, not handles, are passed between processes.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from headwater import whole
from headwater.errors import InputError, MissingExtra


class State(NamedTuple):
    """What tells one state of a file from another: its size in bytes, and what its system says of the last change."""

    size: int
    changed: str


def is_remote(address: str) -> bool:
    """Whether an address is fsspec's, not a path of this machine."""
    return "://" in address


class Folder:
    """A folder by its address."""

    def __init__(self, address: str) -> None:
        """Nothing is opened or made yet."""
        self.address = address.rstrip("/") or "/"
        self._system: Any = None
        self._base = self.address
        if is_remote(address):
            self._system, base = _system(address)
            self._base = str(base).rstrip("/")

    def read(self, name: str) -> bytes | None:
        """All of a file; None where there is none."""
        try:
            with self.open(name) as file:
                return file.read()
        except FileNotFoundError:
            return None

    def open(self, name: str) -> BinaryIO:
        """A file to read, which can be searched.

        Raises:
            FileNotFoundError: there is none.
        """
        if self._system is not None:
            return cast(BinaryIO, self._system.open(self._at(name), "rb"))
        return open(self._at(name), "rb")

    def state(self, name: str) -> State | None:
        """The state of a file; None where there is none."""
        return state_of(f"{self.address}/{name}")

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A file to write to; it takes its place when all went well, and is gone when not.

        Raises:
            InputError: it cannot be written.
        """
        try:
            with self._remote(name) if self._system is not None else self._local(name) as file:
                yield file
        except OSError as error:
            raise InputError(f"cannot write {self.address}/{name}: {error.strerror or error}; make room, or give "
                             "another folder, and run again") from error  # fmt: skip

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole."""
        with self.writing(name) as file:
            file.write(data)

    def append(self, name: str, line: bytes) -> None:
        """Add a line to a file, where the folder is on a disk; at other places nothing can be added."""
        if self._system is None:
            path = Path(self._at(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "ab") as file:
                file.write(line)

    def names(self, inside: str) -> list[str]:
        """The files in a folder of this one, by their names there, in order."""
        if self._system is not None:
            try:
                return sorted(os.path.basename(str(path)) for path in self._system.ls(self._at(inside), detail=False))
            except FileNotFoundError:
                return []
        try:
            return sorted(entry.name for entry in os.scandir(self._at(inside)) if entry.is_file())
        except OSError:
            return []

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        try:
            if self._system is not None:
                self._system.rm_file(self._at(name))
            else:
                os.unlink(self._at(name))
        except FileNotFoundError:
            return

    def sweep(self, inside: str) -> None:
        """Take away what writers that were killed left unfinished in a folder of this one."""
        for name in self.names(inside):
            if whole.is_part(name):
                self.remove(f"{inside}/{name}")

    def _at(self, name: str) -> str:
        return f"{self._base}/{name}" if name else self._base

    @contextmanager
    def _local(self, name: str) -> Iterator[BinaryIO]:
        path = Path(self._at(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole.writing(path, durable=True) as file:
            yield file

    @contextmanager
    def _remote(self, name: str) -> Iterator[BinaryIO]:
        with tempfile.TemporaryFile() as file:
            yield cast(BinaryIO, file)
            file.seek(0)
            self._system.makedirs(os.path.dirname(self._at(name)), exist_ok=True)
            with self._system.open(self._at(name), "wb") as target:
                shutil.copyfileobj(file, target, 1 << 20)


def files_below(address: str) -> list[str]:
    """The addresses of all files at or below an address, in order; hidden ones are left out.

    Raises:
        InputError: there is nothing there.
    """
    if not is_remote(address):
        if os.path.isfile(address):
            return [address]
        if not os.path.isdir(address):
            raise InputError(f"{address}: not found; give a file or a folder")
        found = []
        for folder, inner, names in os.walk(address):
            inner[:] = [name for name in inner if not name.startswith(".")]
            found += [os.path.join(folder, name) for name in names if not name.startswith(".")]
        return sorted(found)
    system, base = _system(address)
    protocol = address.partition("://")[0]
    if not system.exists(base):
        raise InputError(f"{address}: not found; give a file or a folder")
    names = [base] if system.isfile(base) else system.find(base)
    parts = len(str(base).strip("/").split("/"))
    return sorted(
        f"{protocol}://{name}"
        for name in map(str, names)
        if not any(part.startswith(".") for part in name.strip("/").split("/")[parts:])
    )


def open_file(address: str) -> BinaryIO:
    """A file to read, which can be searched."""
    if not is_remote(address):
        return open(address, "rb")
    system, base = _system(address)
    return cast(BinaryIO, system.open(base, "rb"))


def state_of(address: str) -> State | None:
    """The state of a file; None where there is none."""
    if not is_remote(address):
        try:
            found = os.stat(address)
        except OSError:
            return None
        return State(found.st_size, str(found.st_mtime_ns))
    system, base = _system(address)
    try:
        said = system.info(base)
    except FileNotFoundError:
        return None
    changed = next((str(said[key]) for key in ("ETag", "etag", "md5Hash", "mtime", "LastModified", "created")
                    if key in said), "")  # fmt: skip
    return State(int(said.get("size") or 0), changed)


def _system(address: str) -> tuple[Any, Any]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingExtra(f"{address} needs fsspec: pip install 'headwater[scale]'") from error
    try:
        return cast(tuple[Any, Any], url_to_fs(address))
    except (ImportError, ValueError) as error:
        raise InputError(f"{address}: {' '.join(str(error).split())}") from error
