"""A corpus cut into pieces that can be read by themselves: so many lines, rows or one web archive for each shard.

What is cut is found by going once through lines (for their places) and through the footers of tables.
"""

import io
import os
from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import BinaryIO, NamedTuple, cast

from headwater.corpus.folder import Folder, files_below, is_remote, open_file, state_of
from headwater.corpus.guarded import At
from headwater.errors import HeadwaterError, InputError, MissingExtra
from headwater.ingest import completed, jsonl, table, warc
from headwater.ingest.found import Found, Where
from headwater.ingest.kinds import HEAD
from headwater.ingest.opening import GZIP, packed_in_parts, unpacked, without_packing
from headwater.ingest.text import encodable
from headwater.ingest.walk import ACCOUNT, FAILURES, shown
from headwater.model import Failure

#: Where a run keeps the articles of a corpus: what it wrote can be given as a corpus.
ARTICLES = "articles"
#: Stands in a folder that a run wrote.
MARK = f"{ACCOUNT}/corpus"
_LINES = (".jsonl", ".ndjson")
_TABLE = ".parquet"
_ARCHIVE = (".warc", ".wet")
_CHUNK = 1 << 20
_BATCH = 64


class Piece(NamedTuple):
    """A part of one file: ``kind`` lines, table or archive.

    ``start`` and ``end`` are bytes of lines or row groups of a table, ``first`` is how many lines or rows stand
    before; an archive, and lines that are packed, are one piece with ``end`` None.
    """

    address: str
    kind: str
    start: int = 0
    end: int | None = None
    first: int = 0


def pieces(source: str, size: int) -> tuple[list[Piece], list[Failure]]:
    """What a corpus is cut into, in order of address and place, and the files that are no corpus.

    Args:
        source: address of a file or folder.
        size: articles of a piece, as near as its file allows.

    Raises:
        InputError: there is nothing there.
        MissingExtra: it holds tables and pyarrow is not installed, or its address needs fsspec.
    """
    if not is_remote(source) and os.path.isdir(source) and Folder(source).read(MARK) is not None:
        source = f"{source.rstrip('/')}/{ARTICLES}"
    found: list[Piece] = []
    failures: list[Failure] = []
    for address in files_below(source):
        folder, name = os.path.split(address)
        if PurePath(name).stem.lower() == "readme":
            continue
        if name == FAILURES and not is_remote(address) and os.path.isdir(os.path.join(folder, ACCOUNT)):
            continue
        try:
            found += _of_file(address, without_packing(name).lower(), packed=without_packing(name) != name, size=size)
        except MissingExtra:
            raise
        except HeadwaterError as error:
            failures.append(Failure(where=shown(address), why=str(error)))
        except OSError as error:
            failures.append(Failure(where=shown(address), why=f"cannot be read ({error.strerror or error})"))
    return found, failures


def stamp(piece: Piece) -> str:
    """What stands for a piece as it is now."""
    return f"{tuple(piece)!r} {state_of(piece.address)!r}"


def items(piece: Piece, start: int) -> Iterator[At | Found | Failure]:
    """The articles of a piece, each after ``At`` with its number; for a guard: hostile input is opened here.

    Args:
        piece: the piece.
        start: the number from 0 of the first item to be read; those before are passed over unread.
    """
    name = os.path.basename(piece.address)
    where = Where(
        path=encodable(piece.address), stem=PurePath(encodable(without_packing(name))).stem, shown=shown(piece.address)
    )
    reader = {"lines": _lines, "table": _rows, "archive": _records}[piece.kind]
    try:
        with open_file(piece.address) as file:
            for item in reader(file, piece, where, start):
                if isinstance(item, Found):
                    item = item._replace(article=completed(item.article))
                yield item
    except HeadwaterError as error:
        yield Failure(where=where.shown, why=str(error))


def _of_file(address: str, name: str, *, packed: bool, size: int) -> Iterator[Piece]:
    if name.endswith(_ARCHIVE):
        yield Piece(address, "archive")
    elif name.endswith(_LINES):
        if packed:
            yield Piece(address, "lines")
            return
        with open_file(address) as file:
            start = first = 0
            for place, before in _cuts(file, size):
                yield Piece(address, "lines", start, place, first)
                start, first = place, before
    elif name.endswith(_TABLE):
        yield from _of_table(address, size)
    else:
        raise InputError("is no Parquet, JSON Lines or WARC; run 'headwater ingest' on it, and give what that writes")


def _cuts(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """The place behind every ``size`` lines, and how many lines stand before it; the last is the end of the file."""
    place = lines = 0
    last = 0
    while chunk := file.read(_CHUNK):
        held = chunk.count(b"\n")
        at = 0
        while lines % size + held >= size:
            for _ in range(size - lines % size):
                at = chunk.index(b"\n", at) + 1
                lines += 1
                held -= 1
            last = place + at
            yield last, lines
        lines += held
        place += len(chunk)
    if place > last:
        yield place, lines


def _of_table(address: str, size: int) -> Iterator[Piece]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'headwater[tables]'") from error
    with open_file(address) as file:
        try:
            told = ParquetFile(file).metadata
            rows = [told.row_group(number).num_rows for number in range(told.num_row_groups)]
        except Exception as error:  # a damaged file makes pyarrow raise whatever it likes
            raise InputError(f"is damaged or no Parquet ({type(error).__name__}); write the table again") from error
    start = first = held = 0
    for number, count in enumerate(rows):
        if held and held + count > size:
            yield Piece(address, "table", start, number, first)
            start, first, held = number, first + held, 0
        held += count
    if held:
        yield Piece(address, "table", start, len(rows), first)


def _lines(file: BinaryIO, piece: Piece, where: Where, start: int) -> Iterator[At | Found | Failure]:
    if piece.end is None:
        source = unpacked(file, os.path.basename(piece.address)).file
    else:
        file.seek(piece.start)
        source = cast(BinaryIO, io.BufferedReader(_Part(file, piece.end - piece.start), HEAD))
    for number, (line_number, line) in enumerate(jsonl.lines_of(source)):
        if number >= start:
            yield At(number)
            yield jsonl.read_line(piece.first + line_number, line, where)


class _Part(io.RawIOBase):
    """The next so many bytes of a file."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


def _rows(file: BinaryIO, piece: Piece, where: Where, start: int) -> Iterator[At | Found | Failure]:
    from pyarrow.parquet import ParquetFile

    number = 0
    stored = ParquetFile(file)
    chosen = table.columns_of(stored.schema_arrow.names)
    groups = list(range(piece.start, piece.end or 0))
    for batch in stored.iter_batches(batch_size=_BATCH, row_groups=groups, columns=sorted(set(chosen.values()))):
        rows = batch.to_pydict() if number + batch.num_rows > start else None
        for index in range(batch.num_rows):
            if rows is not None and number >= start:
                yield At(number)
                row = piece.first + number + 1
                cells = {field: table.told_by(field, rows[name][index]) for field, name in chosen.items()}
                yield table.article_in(cells, where, row, f"{where.shown}, row {row}")
            number += 1


def _records(file: BinaryIO, piece: Piece, where: Where, start: int) -> Iterator[At | Found | Failure]:
    try:
        from fastwarc.warc import WarcRecordType as Type
    except ImportError as error:
        raise MissingExtra("a web archive needs FastWARC: pip install 'headwater[warc]'") from error
    name = os.path.basename(piece.address)
    source = unpacked(file, name)
    stream = source.file
    if source.packing is GZIP and file.seekable() and packed_in_parts(file):
        stream = file  # behind a damaged part the next can be found
    read = partial(warc.read_record, where=where)
    for number, one in enumerate(warc.records_of(stream, where.shown)):
        if number < start:
            continue
        if isinstance(one, Failure):
            yield one
        elif one.record_type in (Type.response, Type.resource, Type.conversion):
            yield At(number)
            found = read(one, number=number + 1, converted=one.record_type == Type.conversion)
            if found is not None:
                yield found
