"""Lines of JSON in, one article a line out; a malformed line is an error of its own and the rest goes on.

A line is ``{"id", "text" or "html", "url", "outlet", "title", "published"}``; only text or html is needed. The other
fields of an Article are read too, so that what ``headwater ingest`` wrote comes back whole; what does not fit one of
them, and every other key, is left alone. Lines are read one by one: a file may be larger than memory would like.
"""

import codecs
import io
import json
from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any, BinaryIO, get_args

from headwater.errors import InputError, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.opening import DAMAGED
from headwater.ingest.published import date_in_url, edtf_by, edtf_of
from headwater.ingest.text import GIVE, MARKED_UTF8, MAX_BYTES, encodable, marked_encoding, says_something
from headwater.model import Article, Failure, Furniture, FurnitureKind, PublishedBasis

_KINDS = frozenset(get_args(FurnitureKind))
_BASES = frozenset(get_args(PublishedBasis))
_WORD_FOR = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The articles of a file, a line each, and a Failure that names its line for each that cannot be used.

    An article that bears no id is called by the file's stem and the number of its line; by the stem alone where it is
    all that the file holds.

    Raises:
        NoTextError: there is no line in it but blank ones.
    """
    first: Found | None = None  # held back until it is known whether it stands alone
    many = False
    try:
        for number, line in lines_of(file):
            item = read_line(number, line, where)
            if not many and first is None and isinstance(item, Found):
                first = item
                continue
            if first is not None:
                yield first
                first = None
            many = True
            yield item
    except DAMAGED:
        if first is not None:
            yield first
        raise
    if first is not None:
        yield first if first.own else first._replace(id=where.stem)
    elif not many:
        raise NoTextError(f'holds no lines; write {{"text": "..."}} on each, or {GIVE}')


def read_line(number: int, line: bytes | None, where: Where) -> Found | Failure:
    """The article of one line, by its number from 1; None stands for a line that is too long to be held."""
    try:
        if line is None:
            raise InputError("is larger than 100 MB; give one article a line")
        article = article_of(fields_of(line), path=where.path)
    except InputError as error:
        return Failure(where=f"{where.shown}, line {number}", why=str(error))
    return Found(bool(article.id), article.id or f"{where.stem}-{number}", article)


def lines_of(file: BinaryIO, *, first: bytes = b"") -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, each with its number from 1; None for one that is larger than 100 MB.

    Args:
        file: open for reading bytes; a line feed ends a line.
        first: bytes already taken from it, whole lines.
    """
    if not first:
        first = file.readline(MAX_BYTES + 1)
    marked = marked_encoding(first)
    if marked not in (None, MARKED_UTF8):
        text = (first + file.read()).decode(marked, "replace")
        file, first = io.BytesIO(text.encode("utf-8", "replace")), b""
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
        raise InputError(
            f"is not JSON ({error.msg.removesuffix(' at')} at character {error.pos + 1}); one object a line"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError("is not JSON that can be read; one object a line") from error
    if not isinstance(found, dict):
        raise InputError('is JSON but not an object; write {"text": "..."}')
    return found


def article_of(fields: Mapping[str, object], *, path: str | None = None) -> Article:
    """The article that the fields of a line, or a caller's mapping, describe; its id is "" when they give none.

    Args:
        fields: ``text`` or ``html``, and any other field of an Article.
        path: of the file they stand in; a ``path`` among the fields goes before it.

    Raises:
        NoTextError: neither text nor html holds any words.
        InputError: a field is of the wrong type.
    """
    url, outlet, title = (_text(fields, name) for name in ("url", "outlet", "title"))
    given = _text(fields, "published")
    text, html = _text(fields, "text"), _text(fields, "html")
    if text is None and html is None:
        raise InputError('has neither "text" nor "html"; give one of them')
    claims = _claims(fields)
    published = edtf_by(given, name=outlet, url=url, publisher=claims.get("publisher")) if given else None
    basis = claims.pop("published_basis", None)
    if text is None and html is not None:
        page = _page(html, url)
        text, url, outlet, title = page.text, url or page.url, outlet or page.outlet, title or page.title
        published = published or page.published
        claims["furniture"] = page.furniture  # spans in a text that is made here cannot have been known
        for name in (
            "byline",
            "dateline",
            "language",
            "truncated",
            "modified",
            "publisher",
            "credit",
            "based_on",
            "free",
        ):
            claims.setdefault(name, getattr(page, name))
    if text is None or not says_something(text):
        raise NoTextError("holds no text; give an article in it")
    if published is None and url:
        published = date_in_url(url)
    return Article(
        id=_id(fields),
        text=text,
        url=url,
        outlet=outlet,
        title=title,
        published=published,
        published_basis=(basis if given and basis else "metadata") if published else None,
        **{"path": path, **claims, "furniture": _within(claims.get("furniture", ()), len(text))},
    )


def _page(html: str, url: str | None) -> Article:
    from headwater.ingest.html import article_of_page, read_page

    return article_of_page(read_page(html, url=url), Where(None, "", ""))


def _claims(fields: Mapping[str, object]) -> dict[str, Any]:
    """What else a line says of its article, where it is of the right form; the rest is left alone."""
    out: dict[str, Any] = {}
    for name in ("path", "byline", "dateline", "publisher", "credit", "feed", "owner"):
        value = fields.get(name)
        if isinstance(value, str) and (value := encodable(value).strip()):
            out[name] = value
    for name in ("modified", "fetched"):
        value = fields.get(name)
        if isinstance(value, str) and (day := edtf_of(value)):
            out[name] = day
    language, basis, words = fields.get("language"), fields.get("published_basis"), fields.get("words")
    if isinstance(language, str) and len(language) == 2 and language.isascii() and language.islower():
        out["language"] = language
    if isinstance(basis, str) and basis in _BASES:
        out["published_basis"] = basis
    if isinstance(words, int) and not isinstance(words, bool) and words >= 0:
        out["words"] = words
    for name in ("truncated", "free"):
        if isinstance(fields.get(name), bool):
            out[name] = fields[name]
    based_on = fields.get("based_on")
    if isinstance(based_on, list | tuple):
        out["based_on"] = tuple(encodable(one) for one in based_on if isinstance(one, str))
    furniture = fields.get("furniture")
    if isinstance(furniture, list | tuple):
        out["furniture"] = tuple(one for one in map(_furniture, furniture) if one is not None)
    return out


def _furniture(value: object) -> Furniture | None:
    if isinstance(value, Furniture):
        return value
    if not isinstance(value, Mapping):
        return None
    start, end, kind = value.get("start"), value.get("end"), value.get("kind")
    if type(start) is not int or type(end) is not int or not isinstance(kind, str) or kind not in _KINDS:
        return None
    return Furniture(start, end, kind)  # type: ignore[arg-type]  # it is one of the kinds


def _within(marks: tuple[Furniture, ...], length: int) -> tuple[Furniture, ...]:
    """Those marks that lie in the text, in order and apart, as every Article has them."""
    out: list[Furniture] = []
    for one in sorted(marks):
        if 0 <= one.start < one.end <= length and (not out or one.start >= out[-1].end):
            out.append(one)
    return tuple(out)


def _id(fields: Mapping[str, object]) -> str:
    value = fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return (_text(fields, "id") or "").strip()


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None or (isinstance(value, float) and isnan(value)):  # what is missing in a frame is no number there
        return None
    if not isinstance(value, str):
        raise InputError(f'has a "{name}" that must be text, not {_WORD_FOR.get(type(value), type(value).__name__)}')
    if name == "text":
        return encodable(value) or None
    return encodable(value).strip() or None
