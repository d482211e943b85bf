"""Files opened without trust: what is packed is unpacked under a bound, what has no end is not read to it.

A few thousand bytes of gzip can stand for gigabytes. An article is read up to 100 MB; a stream of articles may be
longer, but not when it grows a hundred times over in unpacking, which no text does.
"""

import bz2
import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, cast

from headwater.errors import InputError
from headwater.ingest.kinds import HEAD
from headwater.ingest.text import GIVE, MAX_BYTES

#: How many times larger than its file what comes out of it may be, once it is over 100 MB.
_MOST_TIMES = 100
#: What unpacking raises when the data is cut off or damaged.
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


class Packing(NamedTuple):
    """A way of compressing one file: how it begins, the end of its name, how it is opened."""

    magic: bytes
    suffix: str
    open: Callable[[BinaryIO], BinaryIO]


GZIP = Packing(b"\x1f\x8b", ".gz", lambda file: cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="rb")))
PACKINGS = (
    GZIP,
    Packing(b"BZh", ".bz2", lambda file: cast(BinaryIO, bz2.BZ2File(file))),
)


class _Counted(io.RawIOBase):
    """Bytes as they are taken from a file, counted."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


class _Unpacked(io.RawIOBase):
    """What comes out of a packed file, until it is more than text ever grows to."""

    def __init__(self, file: BinaryIO, packing: Packing) -> None:
        self.packed = _Counted(file)
        self.inner = packing.open(cast(BinaryIO, io.BufferedReader(self.packed)))
        self.given = 0
        self.broken: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        if self.broken is not None:  # a second look would find the end of the data there
            raise self.broken
        try:
            data = piece_of(self.inner, len(buffer))
        except DAMAGED as error:
            self.broken = error
            raise
        except OSError as error:
            if error.errno is None:  # not the disk's: this is how bz2 says that its data is none
                self.broken = EOFError()
                raise self.broken from error
            raise
        buffer[: len(data)] = data
        self.given += len(data)
        if self.given > MAX_BYTES and self.given > _MOST_TIMES * self.packed.taken:
            raise InputError(f"is packed so that it grows over {_MOST_TIMES} times; unpack it yourself if it is sound")
        return len(data)


class _Rejoined(io.RawIOBase):
    """The first bytes that were taken from a stream, and then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self.head[: len(buffer)] or piece_of(self.rest, len(buffer))
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


class Opened(NamedTuple):
    """An input that is open: its first ``HEAD`` bytes (fewer when it has no more), and all of it from the start.

    ``name`` is its name without what says that it was packed; ``packing`` how it was, None when it was not.
    """

    head: bytes
    file: BinaryIO
    name: str
    packing: Packing | None = None


def piece_of(file: BinaryIO, most: int) -> bytes:
    """The next bytes, one at least but at the end: what stands before a place that cannot be read is not lost."""
    read: Callable[[int], bytes] = getattr(file, "read1", file.read)
    return read(most)


def head_of(file: BinaryIO, most: int = HEAD) -> bytes:
    """The next ``most`` bytes, fewer only at the end, or where what follows cannot be read.

    Raises:
        EOFError: (or another of ``DAMAGED``) there is nothing before the damage.
    """
    head = b""
    try:
        while len(head) < most and (more := piece_of(file, most - len(head))):
            head += more
    except DAMAGED:
        if not head:
            raise
    return head


def unpacked(file: BinaryIO, name: str) -> Opened:
    """An open input, unpacked when it is packed by gzip or bzip2.

    Args:
        file: at its start.
        name: of the file, empty when it has none.

    Raises:
        InputError: it is packed twice.
        EOFError: (or another of ``DAMAGED``) packed data is damaged from its start; further on, reading raises it.
    """
    head = head_of(file)
    packing = next((one for one in PACKINGS if head.startswith(one.magic)), None)
    if packing is None:
        return Opened(head, _again(head, file), name)
    inner = cast(BinaryIO, io.BufferedReader(_Unpacked(_again(head, file), packing), HEAD))
    head = head_of(inner)
    if any(head.startswith(one.magic) for one in PACKINGS):
        raise InputError(f"is packed more than once; unpack it, and {GIVE}")
    # never the head alone: that there is no more of it may be since it is cut off
    return Opened(head, _rejoined(head, inner), without_packing(name), packing)


def packed_in_parts(file: BinaryIO) -> bool:
    """Whether a file packed by gzip is many such, one behind the other, as web archives pack record by record.

    Args:
        file: one that can be searched; left at its start.
    """
    file.seek(0)
    first = zlib.decompressobj(31)
    try:
        first.decompress(file.read(HEAD), 4 * HEAD)
    except zlib.error:
        return False
    finally:
        file.seek(0)
    return first.eof and first.unused_data.startswith(GZIP.magic)


def _again(head: bytes, file: BinaryIO) -> BinaryIO:
    if len(head) < HEAD:
        return io.BytesIO(head)
    if file.seekable():
        file.seek(0)
        return file
    return _rejoined(head, file)


def _rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Rejoined(head, rest), HEAD))


def without_packing(name: str) -> str:
    """A file's name without the end that says it is packed: ``a.txt.gz`` -> ``a.txt``."""
    return next((name[: -len(one.suffix)] for one in PACKINGS if name.lower().endswith(one.suffix)), name)


def what_it_is(mode: int) -> str | None:
    """What stands in the place of a file, None when it is one. Reading such a thing may never end.

    Args:
        mode: ``st_mode`` of the path.
    """
    for test, word in (
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    ):
        if test(mode):
            return word
    return None


def whole(file: BinaryIO) -> BinaryIO:
    """All of an input in memory.

    Raises:
        InputError: it is larger than 100 MB.
    """
    size = _size(file)
    data = b"" if size is not None and size > MAX_BYTES else file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES or (size is not None and size > MAX_BYTES):
        raise InputError("is larger than 100 MB; split it into one file per article")
    return io.BytesIO(data)


def _size(file: BinaryIO) -> int | None:
    try:
        return os.fstat(file.fileno()).st_size
    except (OSError, AttributeError):
        return None
