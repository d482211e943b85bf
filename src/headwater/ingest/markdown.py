"""A Markdown file in; its article out: the text is the file as it stands, marks and all, and offsets count in it.

Front matter (between lines of ``---`` as YAML, or of ``+++`` as TOML) is read for the usual fields and marked as
furniture. Only plain values and lists are understood, which is all that such fields hold; nothing is evaluated.
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from headwater.errors import InputError
from headwater.ingest.found import Found, Where
from headwater.ingest.language import language_of
from headwater.ingest.parts import read_whole, web_address
from headwater.ingest.published import date_in_url, edtf_by, edtf_of
from headwater.ingest.text import decode, encodable, says_something
from headwater.model import Article, Failure, Furniture

_FENCE = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n")
#: Front matter is no longer than this, in characters: a rule at the top of a text opens none.
_LONGEST = 20_000
_FIELD = re.compile(r"[ \t]?[\"']?([A-Za-z][\w.-]{0,60}?)[\"']?\s*[:=](?:\s+|$)(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_NAME_IN_ITEM = re.compile(r"name\s*:\s*(.*)", re.IGNORECASE)
_HEADING = re.compile(r"\s*#[ \t]+(\S[^\n]{0,400})")
_NAMES = {
    "title": ("title", "headline"),
    "byline": ("author", "authors", "byline", "by", "creator"),
    "outlet": ("outlet", "site", "site_name", "publication", "newspaper"),
    "publisher": ("publisher",),
    "published": ("published", "date", "publishdate", "publish_date", "pubdate", "date_published", "datepublished"),
    "modified": ("modified", "updated", "lastmod", "last_modified", "date_modified", "datemodified"),
    "url": ("url", "link", "source_url", "canonical", "canonical_url", "permalink", "source"),
    "language": ("language", "lang"),
    "fetched": ("fetched", "accessed", "clipped", "saved", "retrieved"),
}


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The article of a Markdown file, or why there is none.

    Args:
        file: open for reading bytes.
        where: what it is called; its address and time of fetching, where known, go before those in the front matter.
    """
    try:
        text = encodable(decode(read_whole(file), charset=where.charset))
        end, fields = front_matter(text)
        if end and not says_something(text[end:]):
            raise InputError("holds nothing behind its front matter; give a file with an article in it")
    except InputError as error:
        yield Failure(where=where.shown, why=str(error))
        return
    url = where.url or web_address(fields.get("url"))
    outlet, publisher = fields.get("outlet"), fields.get("publisher")
    published = edtf_by(fields.get("published", ""), name=outlet, url=url, publisher=publisher)
    published = published or (date_in_url(url) if url else None)
    heading = _HEADING.match(text, end)
    language = fields.get("language", "")[:2].lower()
    article = Article(
        id=where.stem,
        text=text,
        path=where.path,
        url=url,
        outlet=outlet,
        title=fields.get("title") or (heading[1].strip(" #\r\t*_") or None if heading else None),
        byline=fields.get("byline"),
        published=published,
        published_basis="metadata" if published else None,
        language=language_of(text[end:]) or (language if language.isalpha() and len(language) == 2 else None),
        furniture=(Furniture(0, end, "other"),) if end else (),
        modified=edtf_by(fields.get("modified", ""), name=outlet, url=url, publisher=publisher),
        fetched=where.fetched or edtf_of(fields.get("fetched", "")),
        publisher=publisher,
    )
    yield Found(False, where.stem, article)


def front_matter(text: str) -> tuple[int, Mapping[str, str]]:
    """Where front matter ends, in code points, 0 when there is none; and its fields by the names that an Article has.

    Several values of one field are joined by "; ".
    """
    opening = _FENCE.match(text, 0, 200)
    if opening is None or "#" in text[: opening.start(1)]:
        return 0, {}
    closing = re.compile(rf"^(?:{re.escape(opening[1])}|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE)
    found = closing.search(text, opening.end(), _LONGEST)
    if found is None:
        return 0, {}
    lines = text[opening.end() : found.start()].splitlines()
    values = _values(lines)
    if values is None:
        return 0, {}  # text between two rules
    known = {
        field: value
        for field, names in _NAMES.items()
        if (value := next((values[name] for name in names if values.get(name)), None))
    }
    return found.end(), known


def _values(lines: list[str]) -> dict[str, str] | None:
    """The fields, "" for one without a value; None when a line is none."""
    out: dict[str, list[str]] = {}
    last: str | None = None
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if match := _FIELD.fullmatch(line.rstrip()):
            last = re.sub(r"[.-]", "_", match[1].lower())
            out.setdefault(last, []).extend(_listed(match[2]))
        elif last is None or (line[0] not in " \t" and not _ITEM.fullmatch(line)):
            return None
        else:
            item = _ITEM.fullmatch(line)
            inner = (item[1] if item else line).strip()
            named = _NAME_IN_ITEM.fullmatch(inner)
            if item or not out[last]:
                out[last].append(_plain(named[1] if named else inner))
    return {name: "; ".join(filter(None, values)) for name, values in out.items()}


def _listed(value: str) -> list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [_plain(one) for one in value[1:-1].split(",")]
    return [one for one in [_plain(value)] if one and one not in ("|", ">", "|-", ">-")]


def _plain(value: str) -> str:
    """A value without its quotation marks, and without the remark behind it."""
    value = value.strip()
    if len(value) > 1 and value[0] in "\"'" and (end := value.find(value[0], 1)) > 0:
        if end == len(value) - 1 or value[end + 1 :].lstrip().startswith(("#", ",")):
            return value[1:end].strip()
        return value.strip("\"'").replace('\\"', '"').replace("''", "'").strip()
    return " ".join(re.sub(r"\s#.*", "", value).split())
