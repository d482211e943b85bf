"""A web page in; its article out: the main text by trafilatura, and what the page claims of itself.

The text is what the page shows once navigation and advertisements are left out, one paragraph, heading or item of a
list a line: spans count in that text, not in the markup. The tree is parsed once. Imported only when a page is read,
since the libraries take half a second to load.
"""

import logging
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import trafilatura
from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura.settings import Extractor

from headwater.errors import InputError, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.furnishing import furnish
from headwater.ingest.language import language_of
from headwater.ingest.markup import MOST_ELEMENTS, Parsed, decoded, parse
from headwater.ingest.metadata import Claims, claims_of
from headwater.ingest.parts import read_whole
from headwater.ingest.running import dense_text, restored
from headwater.ingest.text import encodable
from headwater.model import Article, Failure

#: What a page holds that says it is no more than a beginning, in words.
_SHORT = 250
#: Data beside the page hold the article where the page shows less than this share of their words.
_SHOWN = 0.5

# What they would write to standard error of pages without an article is said by a Failure.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

# Made once: to read its settings takes trafilatura as long as to parse a page. The second way, which compares other
# extractors' results, is gone by only where the first left doubt.
_FIRST = Extractor(output_format="python", comments=False, fast=True)
_SECOND = Extractor(output_format="python", comments=False)


class Page(NamedTuple):
    """What one page says: its main text and its metadata, None or empty where it does not say; dates are EDTF.

    ``byline`` joins several names by "; ". ``truncated`` is True where the page says that not all may read it and what
    it shows is short.
    """

    text: str
    title: str | None
    byline: str | None
    outlet: str | None
    published: str | None
    url: str | None
    language: str | None = None
    modified: str | None = None
    fetched: str | None = None
    publisher: str | None = None
    credit: str | None = None
    based_on: tuple[str, ...] = ()
    free: bool | None = None
    truncated: bool = False


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The article of a page, or why there is none.

    Args:
        file: the page, open for reading bytes.
        where: what it is called.
    """
    try:
        page = read_page(read_whole(file), url=where.url, charset=where.charset, fetched=where.fetched)
    except InputError as error:
        yield Failure(where=where.shown, why=str(error))
        return
    yield Found(False, where.stem, article_of_page(page, where))


def article_of_page(page: Page, where: Where) -> Article:
    """A page as an article; its id is the input's."""
    return Article(
        id=where.stem,
        text=page.text,
        path=where.path,
        url=page.url or where.url,
        outlet=page.outlet,
        title=page.title,
        byline=page.byline,
        published=page.published,
        published_basis="metadata" if page.published else None,
        language=language_of(page.text) or page.language,
        truncated=page.truncated,
        modified=page.modified,
        fetched=page.fetched or where.fetched,
        publisher=page.publisher,
        credit=page.credit,
        based_on=page.based_on,
        free=page.free,
    )


def read_page(
    markup: bytes | str, *, url: str | None = None, charset: str | None = None, fetched: str | None = None
) -> Page:
    """The article of a web page.

    Args:
        markup: the page; bytes are decoded by ``charset`` or what the page declares of itself.
        url: where it was found, when the caller knows.
        charset: what the server said the bytes are.
        fetched: when it was fetched (EDTF), when the caller knows.

    Returns:
        The page's article. Lines of ``text`` end in a line feed.

    Raises:
        NoTextError: no article text could be found in it.
        InputError: it is binary data.
    """
    page = parse(markup if isinstance(markup, str) else decoded(markup, charset=charset))
    claims = claims_of(page, url=url, fetched=fetched)
    scripted = page.tree.find(".//noscript") is not None
    furnish(page.tree)
    text = _text(page, claims, scripted=scripted)
    words = text.count(" ") + text.count("\n") + 1
    return Page(
        text=text,
        title=claims.title,
        byline=claims.byline,
        outlet=claims.outlet,
        published=claims.published,
        url=claims.url,
        language=claims.language,
        modified=claims.modified,
        fetched=claims.fetched,
        publisher=claims.publisher,
        credit=claims.credit,
        based_on=claims.based_on,
        free=claims.free,
        truncated=claims.free is False and words < _SHORT,
    )


def _text(page: Parsed, claims: Claims, *, scripted: bool) -> str:
    found = _shown(page.tree, page.elements)
    body = claims.body
    # what a page keeps from readers who do not pay is not taken out of its data
    if body and claims.free is not False and len(found) < _SHOWN * len(body):
        found = body
    found = encodable(found).strip("\n")
    if any(map(str.isalnum, found)):
        return found
    if page.tree.find(".//frame") is not None:
        raise NoTextError("is a set of frames; give the page of the frame that holds the article")
    if page.ld or page.data or scripted:
        raise NoTextError("is drawn by its scripts and holds no article text; open it in a browser and save the page")
    raise NoTextError("holds no article text that could be found; give its text as .txt")


def _shown(tree: HtmlElement, elements: int) -> str:
    """The article as the page shows it; "" when there is none."""
    if elements > MOST_ELEMENTS:
        return dense_text(tree)
    if (head := tree.find("head")) is not None:
        tree.remove(head)
    text = ""
    for options in _FIRST, _SECOND:
        try:
            found = trafilatura.bare_extraction(tree, options=options)
        except Exception:  # the page is hostile input, and the parsers raise whatever they like
            break
        text = (found.text or "") if found is not None and not isinstance(found, dict) else ""
        text, enough = restored(text, tree)
        if enough:
            return text
    return text or dense_text(tree)
