"""Lines of JSON in, one article's fields a line out; a malformed line is an error of its own and the rest goes on.

A line is ``{"id", "text" or "html", "url", "outlet", "title", "published"}``; only text or html is needed, other keys
are left alone. Lines are read one by one: a file may be larger than memory would like.
"""

import codecs
import io
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from headwater.errors import InputError, NoTextError
from headwater.ingest.published import date_in_url, edtf_of
from headwater.ingest.text import MAX_BYTES, encodable, says_something
from headwater.model import Article

_UTF16_32 = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD_FOR = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def lines_of(file: BinaryIO, *, first: bytes = b"") -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, each with its number from 1; None for one that is larger than 100 MB.

    Args:
        file: open for reading bytes; a line feed ends a line.
        first: bytes already taken from it, whole lines.
    """
    if not first:
        first = file.readline(MAX_BYTES + 1)
    for mark, encoding in _UTF16_32:
        if first.startswith(mark):
            text = (first + file.read()).decode(encoding, "replace")
            file, first = io.BytesIO(text.encode("utf-8", "replace")), b""
            break
    number = 0
    for line in first.splitlines(keepends=True) if first[-1:] == b"\n" else [first] if first else []:
        number += 1
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > MAX_BYTES:
            yield number, None
            _skip_line(file, line)
        elif line.strip():
            yield number, line
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            yield number, None
            _skip_line(file, line)
        elif line.strip():
            yield number, line


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_BYTES)


def fields_of(line: bytes) -> dict[str, object]:
    """The object that a line holds.

    Raises:
        InputError: it is no JSON object.
    """
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON ({error.msg} at character {error.pos + 1}); one object a line") from error
    except (ValueError, RecursionError) as error:
        raise InputError("is not JSON that can be read; one object a line") from error
    if not isinstance(found, dict):
        raise InputError('is JSON but not an object; write {"text": "..."}')
    return found


def article_of(fields: Mapping[str, object], *, path: str | None = None) -> Article:
    """The article that the fields of a line, or a caller's mapping, describe; its id is "" when they give none.

    Raises:
        NoTextError: neither text nor html holds any words.
        InputError: a field is of the wrong type.
    """
    url, outlet, title = (_text(fields, name) for name in ("url", "outlet", "title"))
    given = _text(fields, "published")
    text, html, byline = _text(fields, "text"), _text(fields, "html"), None
    published = (edtf_of(given) if given else None) or (date_in_url(url) if url else None)
    if text is None and html is None:
        raise InputError('has neither "text" nor "html"; give one of them')
    if text is None and html is not None:
        from headwater.ingest.html import read_page

        page = read_page(html, url=url)
        text, byline = encodable(page.text), page.byline
        url, outlet, title = url or page.url, outlet or page.outlet, title or page.title
        published = published or page.published or (date_in_url(url) if url else None)
    if text is None or not says_something(text):
        raise NoTextError("holds no text; give an article in it")
    return Article(
        id=_id(fields),
        text=text,
        path=path,
        url=url,
        outlet=outlet,
        title=title,
        byline=byline,
        published=published,
        published_basis="metadata" if published else None,
    )


def _id(fields: Mapping[str, object]) -> str:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return (_text(fields, "id") or "").strip()


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f'has a "{name}" that must be text, not {_WORD_FOR.get(type(value), type(value).__name__)}')
    if name == "text":
        return encodable(value) or None
    return encodable(value).strip() or None
