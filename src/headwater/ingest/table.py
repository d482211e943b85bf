"""A table in (CSV row by row, Parquet batch by batch), one article a row out; a row that does not fit is a failure.

Columns are found by the names they usually have, or as the caller maps them.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any, BinaryIO

from headwater.errors import InputError, MissingExtra
from headwater.ingest.found import Found, Where
from headwater.ingest.jsonl import article_of
from headwater.ingest.opening import head_of, piece_of
from headwater.ingest.text import MAX_BYTES, decode, marked_encoding
from headwater.model import Article, Failure

#: What the column of each field is usually called, likeliest first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article_text", "articlebody", "full_text", "fulltext", "maintext", "article"),
    "html": ("html", "raw_html", "content_html", "body_html"),
    "id": ("id", "article_id", "uid", "uuid", "guid"),
    "title": ("title", "headline", "article_title"),
    "url": ("url", "link", "article_url", "canonical_url"),
    "outlet": ("outlet", "source", "publisher", "publication", "site", "site_name", "source_name", "domain"),
    "published": ("published", "date", "pubdate", "published_at", "date_publish", "publish_date", "publication_date"),
    "byline": ("byline", "author", "authors"),
    "language": ("language", "lang"),
}  # fmt: skip
_DELIMITERS = ",;\t|"
_HEAD = 1_000_000
_BATCH = 64
#: Each goes through all that is left of the table.
_MOST_RESTARTS = 20
_LANGUAGES = {"english": "en", "eng": "en", "spanish": "es", "french": "fr", "german": "de"}


def read(file: BinaryIO, where: Where, *, columns: Mapping[str, str] | None = None) -> Iterator[Found | Failure]:
    """The rows of a table, in its order.

    Args:
        file: CSV with a line of column names (any usual delimiter and encoding), or Parquet.
        where: the table.
        columns: the column of each field (``{"text": "story"}``) where it has another name than usual.

    Raises:
        InputError: it has no column with text, or none of a name that ``columns`` gives; or it is no table.
        MissingExtra: it is Parquet and pyarrow is not installed.
    """
    first = head_of(file, _HEAD)
    if first.startswith(b"PAR1"):
        yield from _parquet(_whole(file, first), where, columns)
        return
    if not first.strip(b"\0 \t\r\n" + codecs.BOM_UTF8):
        raise InputError("holds no rows; give a table with a line of column names")
    yield from _csv(file, first, where, columns)


def columns_of(names: Sequence[str], columns: Mapping[str, str] | None = None) -> dict[str, str]:
    """The column of each field that a table has.

    Args:
        names: its columns.
        columns: the caller's choice for some fields.

    Returns:
        Field to column; "text" or "html" is among them.

    Raises:
        InputError: neither is; or ``columns`` names a field or a column that is not.
    """
    for field, name in (columns or {}).items():
        if field not in NAMES:
            raise InputError(f"columns: no field {field!r}; there are: {', '.join(NAMES)}")
        if name not in names:
            raise InputError(f"has no column {name!r}; there are: {_listed(names)}")
    chosen = dict(columns or {})
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    for field, usual in NAMES.items():
        known = next((plain[name] for name in usual if name in plain), None)
        if field not in chosen and known is not None and known not in chosen.values():
            chosen[field] = known
    if "text" not in chosen and "html" not in chosen:
        raise InputError(
            "has no column named text, body or content; say which it is, as in --columns text=NAME; "
            f"there are: {_listed(names)}"
        )
    return chosen


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def _listed(names: Sequence[str]) -> str:
    shown = ["".join(c if c.isprintable() else "?" for c in name[:40]) for name in names[:30]]
    return ", ".join(shown) + (f" and {len(names) - 30} more" if len(names) > 30 else "")


def _csv(file: BinaryIO, first: bytes, where: Where, columns: Mapping[str, str] | None) -> Iterator[Found | Failure]:
    stream = io.TextIOWrapper(
        io.BufferedReader(_Resumed(first, file)), encoding=_encoding(first), errors="replace", newline=""
    )
    lines = iter(lambda: stream.readline(MAX_BYTES), "")
    before, header = 1, next(lines, "")
    while header and not header.strip():
        before, header = before + 1, next(lines, "")
    limit = csv.field_size_limit(MAX_BYTES)
    try:
        rows = _rows(chain([header], lines), _delimiter(header, columns), before)
        _, names = next(rows, (0, []))
        if isinstance(names, str):
            raise InputError(f"has a line of column names that {names}")
        chosen = columns_of(names, columns)
        at = {field: names.index(name) for field, name in chosen.items()}
        for number, row in rows:
            place = f"{where.shown}, line {number}"
            if isinstance(row, str):
                yield Failure(where=place, why=row)
                continue
            while len(row) > len(names) and not row[-1]:
                row.pop()
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(names):
                cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
                why = f"has {cells}, not {len(names)} as the columns; quote cells that hold the delimiter"
                yield Failure(where=place, why=why)
                continue
            yield article_in({field: row[index] for field, index in at.items()}, where, number, place)
    finally:
        csv.field_size_limit(limit)


def _rows(lines: Iterator[str], delimiter: str, number: int) -> Iterator[tuple[int, list[str] | str]]:
    """Rows with the line each begins on, or why one cannot be read; an open quote costs no more than its line."""
    held: list[str] = []
    ended = False

    def taken() -> Iterator[str]:
        nonlocal ended
        for line in lines:
            held.append(line)
            yield line
        ended = True

    restarts = 0
    rows = csv.reader(taken(), delimiter=delimiter)
    while True:
        held.clear()
        row: list[str] | str | None
        try:
            row = next(rows, None)
        except csv.Error as error:
            row = f"is not a row that can be read ({error}); write the table again"
        if row is None:
            return
        if not ended:
            yield number, row
            number += len(held)
            continue
        # the table came to its end within a quoted cell: what follows the line is tried by itself
        yield number, "has a quotation mark that is never closed; close it"
        restarts += 1
        if restarts > _MOST_RESTARTS:
            return
        lines, ended = chain(held[1:], lines), False
        number += 1
        rows = csv.reader(taken(), delimiter=delimiter)


def _delimiter(header: str, columns: Mapping[str, str] | None) -> str:
    known = {name for names in NAMES.values() for name in names} | {_plain(name) for name in (columns or {}).values()}

    def likely(delimiter: str) -> tuple[int, int]:
        cells = [_plain(cell.strip('" \r\n')) for cell in header[:_HEAD].split(delimiter)]
        return sum(cell in known for cell in cells), len(cells)

    return max(_DELIMITERS, key=likely)


def _encoding(first: bytes) -> str:
    if marked := marked_encoding(first):
        return marked
    whole_lines = first[: first.rfind(b"\n") + 1] or first
    try:
        whole_lines.decode("utf-8")
    except UnicodeDecodeError:
        text = decode(whole_lines)  # refuses what is binary
        return "cp1252" if whole_lines.decode("cp1252", "replace") == text else _guessed(whole_lines, text)
    if b"\0" in first.lstrip().partition(b"\n")[0]:
        raise InputError("holds binary data, not a table; give CSV or Parquet")
    return "utf-8"


def _guessed(data: bytes, text: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return best.encoding if best is not None and str(best) == text else "utf-8"


class _Resumed(io.RawIOBase):
    """A stream from its start again, of which the first bytes were already taken."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = io.BytesIO(first)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._first.read(len(buffer)) or piece_of(self._rest, len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _whole(file: BinaryIO, first: bytes) -> BinaryIO:
    """A file that can be read at any place, as the format asks."""
    if file.seekable():
        return file
    data = first + file.read(MAX_BYTES + 1 - len(first))
    if len(data) > MAX_BYTES:
        raise InputError("is larger than 100 MB and comes as a stream; save it as a file")
    return io.BytesIO(data)


def _parquet(file: BinaryIO, where: Where, columns: Mapping[str, str] | None) -> Iterator[Found | Failure]:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow: pip install 'headwater[tables]'") from error
    number = 0
    try:
        table = pyarrow.parquet.ParquetFile(file)
        chosen = columns_of(table.schema_arrow.names, columns)
        for batch in table.iter_batches(batch_size=_BATCH, columns=sorted(set(chosen.values()))):
            rows = batch.to_pydict()
            for index in range(batch.num_rows):
                number += 1
                cells = {field: told_by(field, rows[name][index]) for field, name in chosen.items()}
                yield article_in(cells, where, number, f"{where.shown}, row {number}")
    except InputError:
        raise
    except Exception as error:  # a damaged file makes pyarrow raise whatever it likes
        why = f"is damaged or no Parquet ({type(error).__name__}); write the table again"
        if not number:
            raise InputError(why) from error
        yield Failure(where=f"{where.shown}, after row {number}", why=why)


def told_by(field: str, value: Any) -> object:
    """What a typed cell says, as a table of text would say it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list) and field == "byline":
        return ", ".join(str(one) for one in value)
    if isinstance(value, float) and field != "text":
        return None if value != value else str(value)
    return value


def article_in(cells: Mapping[str, object], where: Where, number: int, place: str) -> Found | Failure:
    """The article of one row, by its number from 1; ``place`` names the row in what is said of a failure."""
    fields = {name: value for name, value in cells.items() if value not in (None, "")}
    byline, language = fields.pop("byline", None), fields.pop("language", None)
    try:
        article = article_of(fields, path=where.path)
    except InputError as error:
        return Failure(where=place, why=str(error))
    if isinstance(byline, str) and (name := " ".join(byline.split())):
        article = replace(article, byline=name)
    if isinstance(language, str) and (code := _language(language)):
        article = replace(article, language=code)
    return _named(replace(article, fetched=article.fetched or where.fetched), f"{where.stem}-{number}")


def _named(article: Article, otherwise: str) -> Found:
    return Found(bool(article.id), article.id or otherwise, article)


def _language(value: str) -> str | None:
    code = value.strip().lower()
    code = _LANGUAGES.get(code, code).replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() and code.isascii() else None
