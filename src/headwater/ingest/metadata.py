"""A page's tree in; what the page claims of itself out: who, when, where, and on what basis.

schema.org's data go before Open Graph and other meta elements, since they are written for one article and say which of
two dates is which; microdata stand in where there is no script. Nothing is guessed: what no field says is None.
"""

import html
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from htmldate import find_date
from lxml.etree import XPath  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from headwater.ingest.jsonld import Said, said_of
from headwater.ingest.markup import MOST_ELEMENTS, Parsed, original
from headwater.ingest.parts import web_address
from headwater.ingest.published import date_in_url, edtf_by

# htmldate would look at the clock for the latest date it may believe.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31", "min_date": "1990-01-01"}
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified")
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_OUTLET = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "cre")
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
_BY = re.compile(r"(?:by|von|par|por)\s+", re.IGNORECASE)
_PROPERTIES = XPath("//*[@itemprop]")
_BYLINES = XPath("//*[contains(@class, 'byline')]")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Claims(NamedTuple):
    """What a page claims of itself, None or empty where it does not; dates are EDTF, ``language`` ISO 639-1.

    ``body`` is the text that its data hold beside the one it shows.
    """

    title: str | None
    byline: str | None
    outlet: str | None
    publisher: str | None
    published: str | None
    modified: str | None
    fetched: str | None
    url: str | None
    language: str | None
    credit: str | None
    based_on: tuple[str, ...]
    free: bool | None
    body: str | None


def claims_of(page: Parsed, *, url: str | None = None, fetched: str | None = None) -> Claims:
    """What a page says of itself.

    ``published`` is the first of these that is a date: JSON-LD ``datePublished``, microdata, meta elements
    (``article:published_time`` and its like), what htmldate finds in the page, the address; a later one of the same day
    that knows the time of day as well is taken in its place. A date before 1990, or of a day after the page was
    fetched (where that is known), is doubtful and passed over. The zone stays as it is written.

    ``url`` is the page's canonical link where that leads to an article of the same site, not to its front page nor to
    the site a syndicated text came from; else where the page was found. An archive's address stands for the one behind
    it.

    Args:
        page: the page.
        url: where it was found, when the caller knows.
        fetched: when (EDTF), when the caller knows.
    """
    found, stamp = original(url) if url else (None, None)
    fetched = page.fetched or stamp or fetched
    meta, links, items = _meta(page.tree), _links(page.tree), _items(page.tree)
    place = found or page.url
    own: str | None = None
    for candidate in (links.get("canonical"), meta.get("og:url")):
        address = _absolute(candidate, place) if candidate else None
        if address and address.rstrip("/").count("/") > 2 and (place is None or _one_site(address, place)):
            own = address
            break
    heading = _heading(page.tree)
    said = said_of(page.ld, headline=heading or meta.get("og:title"), url=own or place) or Said()
    own = own or place or (_absolute(said.url, None) if said.url else None)
    outlet = _first(meta, _OUTLET)
    publisher = said.publisher or items.get("publisher")
    read = partial(edtf_by, name=outlet, url=own, publisher=publisher)
    given = [said.published, items.get("datePublished"), *(meta.get(name) for name in _PUBLISHED)]
    published = _published(page, given, own, fetched, read)
    given = [said.modified, items.get("dateModified"), *(meta.get(name) for name in _MODIFIED)]
    modified = _dated(given, fetched, read)
    return Claims(
        title=_first(meta, _TITLE[:1]) or said.headline or items.get("headline") or heading or _title(page.tree, meta),
        byline=_byline(said.author or items.get("author") or _first(meta, _AUTHOR) or _signed(page.tree)),
        outlet=outlet or publisher,
        publisher=publisher,
        published=published,
        modified=modified,
        fetched=fetched,
        url=own,
        language=_language(page.tree.get("lang") or said.language or meta.get("og:locale")),
        credit=said.credit,
        based_on=tuple(original(address)[0] for address in said.based_on),
        free=said.free,
        body=said.body,
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The first value of each name, names in lower case."""
    out: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv")
        value = element.get("content")
        if name and value and (value := " ".join(html.unescape(value[:2000]).split())):
            out.setdefault(name.strip().lower(), value)
    return out


def _links(tree: HtmlElement) -> dict[str, str]:
    out: dict[str, str] = {}
    for element in tree.iter("link"):
        name, value = element.get("rel"), element.get("href")
        if name and value:
            out.setdefault(name.strip().lower(), value.strip())
    return out


_ITEMS = ("headline", "datePublished", "dateModified", "author", "publisher")


def _items(tree: HtmlElement) -> dict[str, str]:
    """Microdata of the article: the first value of each property that is read."""
    out: dict[str, str] = {}
    for element in _PROPERTIES(tree):
        name = element.get("itemprop")
        if name not in _ITEMS or name in out:
            continue
        holder = element
        if element.get("itemscope") is not None:
            holder = next((one for one in element.iter() if one.get("itemprop") == "name"), element)
        value = holder.get("content") or holder.get("datetime") or "".join(holder.itertext())
        if value := " ".join(value[:2000].split()):
            out[name] = value
    return out


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _heading(tree: HtmlElement) -> str | None:
    """The page's one heading of the first order; of several the first if the window's title has it, else None."""
    found = [" ".join("".join(one.itertext()).split()) for one in islice(tree.iter("h1"), 20)]
    found = [one for one in found if one]
    return found[0] if len(found) == 1 or (found and found[0] in _title_text(tree)) else None


def _title_text(tree: HtmlElement) -> str:
    element = tree.find(".//title")
    return " ".join((element.text or "").split()) if element is not None else ""


def _title(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    """The window's title without the outlet's name at its end or beginning."""
    title = _title_text(tree) or _first(meta, _TITLE) or ""
    if outlet := _first(meta, _OUTLET):
        for mark in (" | ", " - ", " – ", " — ", ": "):
            title = title.removesuffix(mark + outlet).removeprefix(outlet + mark)
    return title.strip() or None


def _signed(tree: HtmlElement) -> str | None:
    """The words of a link to the author (``rel="author"``), else of the first short line of class byline."""
    names = ["".join(one.itertext()) for one in islice(tree.iterfind('.//a[@rel="author"]'), 5)]
    if not names:
        lines = ("".join(one.itertext()).strip() for one in islice(_BYLINES(tree), 5))
        names = [next((line for line in lines if len(line) < 100 and _BY.match(line)), "")]
    return "; ".join(dict.fromkeys(name for one in names if (name := " ".join(one.split())))) or None


def _byline(value: str | None) -> str | None:
    if value is None or value.startswith(("http://", "https://")) or len(value) > 300:
        return None
    return _BY.sub("", value, count=1).strip() if _BY.match(value) else value.strip() or None


def _language(value: str | None) -> str | None:
    match = _LANGUAGE.fullmatch((value or "").strip())
    return match[1].lower() if match else None


def _absolute(address: str, base: str | None) -> str | None:
    try:
        return web_address(original(urljoin(base or "", address.strip()))[0])
    except ValueError:
        return None


def _one_site(address: str, other: str) -> bool:
    """Whether two addresses are of one site by the last two names of their hosts, or the other is a cache of pages."""
    try:
        one, found = ((urlsplit(value).hostname or "").lower() for value in (address, other))
    except ValueError:
        return False
    return one.split(".")[-2:] == found.split(".")[-2:] or found.endswith((".ampproject.org", ".google.com"))


def _published(
    page: Parsed, values: list[str | None], url: str | None, fetched: str | None, read: Callable[[str], str | None]
) -> str | None:
    found = _dated(values, fetched, read)
    if found is not None:
        return found
    day = None
    if page.elements <= MOST_ELEMENTS:
        try:
            day = find_date(page.tree, url=url or "", **_DATES)  # type: ignore[arg-type]
        except Exception:  # the page is hostile input, and so is what a parser makes of it
            day = None
    if day and not any((one.get("datetime") or "").startswith(day) for one in page.tree.iter("time")):
        # it guesses which of two numbers is the month
        written = _in_numbers(day, [*filter(None, values), "".join(page.tree.itertext())])
        day = read(written) if written else day
    return _dated([day, date_in_url(url) if url else None], fetched, read)


def _in_numbers(day: str, texts: Iterable[str]) -> str | None:
    """How texts write a day of which two numbers could be the month: "06/01/2018"; None where none writes it so."""
    year, month, number = day.split("-")
    if int(number) > 12 or number == month:
        return None
    either = re.compile(
        rf"(?<!\d)(?:0?{int(month)}[/.-]0?{int(number)}|0?{int(number)}[/.-]0?{int(month)})[/.-]{year}(?!\d)"
    )
    return next((found.group() for text in texts if (found := either.search(text))), None)


def _dated(values: list[str | None], fetched: str | None, read: Callable[[str], str | None]) -> str | None:
    """The first that is a date and none to doubt; with its time of day, where a later one of the same day has it."""
    chosen: str | None = None
    for value in values:
        found = read(value) if value else None
        if found is None or not _DAY.match(found) or not "1990" <= found[:4] < "2100":
            continue
        if fetched and _DAY.match(fetched) and found[:10] > _day_after(fetched):
            continue
        if chosen is None:
            chosen = found
        elif len(chosen) == 10 < len(found) and found.startswith(chosen):
            return found
        if len(chosen) > 10:
            return chosen
    return chosen


def _day_after(stamp: str) -> str:
    """The day after: somewhere it is tomorrow already."""
    try:
        return (date.fromisoformat(stamp[:10]) + timedelta(1)).isoformat()
    except (ValueError, OverflowError):
        return "2100"
