"""A feed in (RSS, RDF, Atom by feedparser; JSON Feed), one article an item out.

An item that holds only a summary is a teaser: its article is ``truncated``. Who really published it (``<source>``) is
its outlet. Feeds with a document type of their own are refused: entities could grow without bound.
"""

import codecs
import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import parse_qs, urljoin, urlsplit

from headwater.errors import InputError
from headwater.ingest.found import Found, Passed, Where
from headwater.ingest.parts import read_whole, slug_of, web_address
from headwater.ingest.published import date_in_url, edtf_by
from headwater.ingest.snippet import words_of
from headwater.ingest.text import encodable, says_something
from headwater.labels import number_of
from headwater.model import Article, Failure
from headwater.outlets import called

#: The longest feeds of news sites hold some hundred items in 2 MB.
MOST_BYTES = 20_000_000
_DTD = re.compile(r"<!DOCTYPE[^<>\[]*\[|<!ENTITY", re.IGNORECASE)
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(more\)|(?:read|continue reading|learn) more\W*|continue reading\W*)\Z",
    re.IGNORECASE,
)
#: A summary of fewer words is hardly ever the whole article.
_TEASER_WORDS = 120


class Item(NamedTuple):
    """One item as the feed gives it, markup and all; "" where it does not say.

    ``outlet`` and ``outlet_url`` are name and address of what the item names as its own source (``<source url>``).
    """

    guid: str
    link: str | None
    title: str
    full: str
    summary: str
    author: str
    published: str
    updated: str
    outlet: str
    outlet_url: str | None
    publisher: str


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The items of a feed, in its order; one without words of its own is a failure that names its page.

    Raises:
        InputError: it is no feed, holds no items or headlines alone, declares entities, or is larger than 20 MB.
    """
    title, items = items_of(read_whole(file, most=MOST_BYTES), where.url)
    if not items:
        raise InputError("is no feed, or one without items; give RSS, Atom or JSON Feed")
    yield from _found(items, title, where)


def items_of(data: bytes, url: str | None = None) -> tuple[str | None, tuple[Item, ...]]:
    """What a feed holds.

    Args:
        data: RSS, RDF, Atom or JSON Feed.
        url: where it was fetched from, when the caller knows: what its links are relative to.

    Returns:
        The feed's title, None where it has none, and its items in their order; none where it is no feed.

    Raises:
        InputError: it declares entities, or is JSON and no feed.
    """
    return _of_json(data) if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{" else _of_xml(data, url)


def _found(items: Sequence[Item], feed: str | None, where: Where) -> Iterator[Found | Failure]:
    bare: list[str] = []  # the pages of items without text
    for number, item in enumerate(items, 1):
        name = slug_of(item.link) or slug_of(item.guid) or f"{where.stem}-{number}"
        title = _line(item.title)
        if item.outlet and title and title.endswith(f" - {item.outlet}"):
            title = title[: -len(item.outlet) - 3].strip()  # as aggregators write headlines
        full, summary = words_of(item.full), words_of(item.summary)
        text = encodable(full if len(full) >= len(summary) else summary)
        if not says_something(text) or text in (title, item.title.strip()):
            bare.append(item.link or "")
            continue
        outlet, publisher = called(_line(item.outlet), item.outlet_url), _line(item.publisher)
        modified = edtf_by(item.updated, name=outlet, url=item.link, publisher=publisher)
        published = edtf_by(item.published, name=outlet, url=item.link, publisher=publisher)
        published = published or date_in_url(item.link or "") or modified
        short = len(text.split()) < _TEASER_WORDS
        article = Article(
            id=name,
            text=text,
            path=where.path,
            url=item.link,
            outlet=outlet or (feed if item.link is None else None),
            title=title,
            byline=_line(item.author),
            published=published,
            published_basis="metadata" if published else None,
            truncated=bool(_CUT.search(text)) or (short and not full),
            modified=modified,
            fetched=where.fetched,
            publisher=publisher,
            feed=feed,
        )
        yield Found(False, name, article)
    if not bare:
        return
    page = next(filter(None, bare), None)
    fetch = f"fetch its page, {page}" if len(bare) == 1 else f"fetch their pages ({page} …)"
    what = fetch if page else "give the text they stand for"
    if len(bare) == len(items):
        raise InputError(f"holds headlines and no text; {what}")
    why = f"{number_of(len(bare), 'item')} with a headline but no text passed over; {what}"
    yield Passed(where=where.shown, why=why)


def _of_json(data: bytes) -> tuple[str | None, tuple[Item, ...]]:
    try:
        found = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise InputError("is not JSON that can be read; save the feed again") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise InputError('is JSON but no JSON Feed: it has no "items"; give RSS, Atom or JSON Feed')
    items = (_json_item(item) for item in found["items"] if isinstance(item, dict))
    return _line(_str(found, "title")), tuple(items)


def _json_item(item: Mapping[str, Any]) -> Item:
    people = item.get("authors") or [item.get("author")]
    names = [_str(one, "name") for one in people if isinstance(one, dict)] if isinstance(people, list) else []
    link = web_address(_str(item, "url")) or web_address(_str(item, "external_url"))
    return Item(
        guid=_str(item, "id"),
        link=link,
        title=_str(item, "title"),
        full=_str(item, "content_html") or _str(item, "content_text"),
        summary=_str(item, "summary"),
        author=", ".join(name for name in names if name),
        published=_str(item, "date_published"),
        updated=_str(item, "date_modified"),
        outlet="",
        outlet_url=None,
        publisher="",
    )


def _of_xml(data: bytes, url: str | None) -> tuple[str | None, tuple[Item, ...]]:
    wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in data[:100]
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be") if wide else ("latin-1",):
        if _DTD.search(data.decode(encoding, "replace")):
            raise InputError("declares entities of its own, which no feed needs; give the feed as its site serves it")
    import feedparser

    headers = {"content-location": url} if web_address(url) else {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # a stream, never the bytes themselves: those could be taken for the name of a file
            found = feedparser.parse(
                io.BytesIO(data), response_headers=headers, sanitize_html=True, resolve_relative_uris=True
            )
            if not found.get("version") and not found.get("entries"):
                return None, ()
            feed = found.get("feed") or {}
            home = _str(feed, "link") or url or ""
            return _line(_str(feed, "title")), tuple(_xml_item(entry, home) for entry in found.get("entries") or ())
    except Exception as error:  # hostile input; its parsers raise whatever they like
        raise InputError(f"could not be read as a feed ({type(error).__name__}); save it again") from error


def _absolute(link: str, base: str) -> str:
    try:
        return urljoin(base, link) if link.startswith(("/", "?", "./", "../")) else link
    except ValueError:
        return ""


def _xml_item(entry: Mapping[str, Any], base: str) -> Item:
    contents = [_str(one, "value") for one in dict.get(entry, "content") or () if isinstance(one, dict)]  # type: ignore[call-overload]
    source = entry.get("source") or {}
    person = entry.get("author_detail") or {}
    return Item(
        guid=_str(entry, "id"),
        link=_behind(web_address(_absolute(_str(entry, "link"), base)) or web_address(_str(entry, "id"))),
        title=_str(entry, "title"),
        full=max(contents, key=len, default=""),
        summary=_str(entry, "summary"),
        author=_str(person, "name") or _str(entry, "author"),
        published=_str(entry, "published"),
        updated=_own(entry, "updated"),
        outlet=_str(source, "title"),
        outlet_url=web_address(_str(source, "href")) or web_address(_str(source, "link")),
        publisher=_str(entry, "publisher"),
    )


def _behind(link: str | None) -> str | None:
    """The page a search engine's redirecting address leads to, as its alerts give it."""
    if link is None:
        return None
    parts = urlsplit(link)
    if parts.path == "/url" and re.fullmatch(r"www\.google\.[a-z.]+", parts.hostname or ""):
        query = parse_qs(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else {}
        return web_address((query.get("url") or query.get("q") or [""])[0]) or link
    return link


def _own(entry: Mapping[str, Any], name: str) -> str:
    """A field of its own: feedparser gives the one date where the other is asked for."""
    value = dict.get(entry, name) if isinstance(entry, dict) else None
    return value if isinstance(value, str) else ""


def _str(fields: Any, name: str) -> str:
    value = fields.get(name) if isinstance(fields, Mapping) else None
    return encodable(value) if isinstance(value, str) else ""


def _line(markup: str) -> str | None:
    return " ".join(words_of(encodable(markup)).split()) or None
