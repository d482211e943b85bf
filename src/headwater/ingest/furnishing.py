"""A page's tree in; the same tree without what its markup names as furniture, and ready for an extractor.

Only what is marked as such goes (navigation, share bars, related boxes, captions), and only while it holds little
running text: a class is named by whoever wrote the page, and "share" may stand on the whole of an article. Layout
tables become boxes, since an extractor takes tables for data.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement  # type: ignore[import-untyped]

_GONE = frozenset(
    "nav select option input textarea iframe object embed canvas dialog figcaption amp-ad amp-consent amp-sidebar"
    " amp-iframe amp-list amp-social-share amp-embed math audio video map".split()
)
#: Elements that hold an article on some pages and nothing on most.
_HOLDERS = frozenset(("noscript", "template", "button"))
#: Elements by which saved copies and archives add to a page.
_ADDED = frozenset(
    "wm-ipp-base wm-ipp wm-ipp-print wm-capinfo donato bn_hdr google-cache-hdr singlefile-infobar".split()
)
#: Class names or ids, in parts, of what is never the article's, while most of the page's text is not in it.
_SURE = re.compile(
    r"(?<![\w-])comments?(?:-?(?:list|section|area|thread|wrapper|container))?(?![\w-])"
    r"|(?<![a-z])(?:disqus[\w-]*|taboola[\w-]*|outbrain[\w-]*|jp-relatedposts|sharedaddy|gdpr|onetrust[\w-]*|site-?footer"
    r"|related-?(?:posts|articles|stories|links|content|inline|replace|internal-links)|cookie-?(?:banner|notice|consent|bar)"
    r")(?![a-z])"
)
#: The same of what has a sentence or two of its own at most.
_LIKELY = re.compile(
    r"(?<![\w-])(?:ads?|promo|share|related|social|tags|topics|caption|bio|popular|trending|subscribe|toolbar)(?![\w-])"
    r"|(?<![a-z])(?:recirc\w*|share-?(?:bar|links|tools|buttons?)|sharearticles|social-?(?:bar|links|share|icons)"
    r"|related-?(?:box|items?|list|links?|coverage)|(?:newsletter|email)-?(?:sign-?up|promo|box|form)|sign-?up"
    r"|ad-?(?:wrap\w*|slot|unit|container|box|max-width)|advert(?:isement)?s?|arcad-feature|story-ad[\w-]*|sponsored"
    r"|interstitial-link|read-?more|read-?next|more-on|most-?(?:read|viewed|popular)|breadcrumbs?|editors-?picks"
    r"|image-?caption|wp-caption-text|photo-?credit|print-?(?:head|foot)|skip-link|bookmark-?card|upsell"
    r"|subscription-(?:box|form|widget[\w-]*)|paywall-?(?:barrier|prompt|overlay)|regwall|topic-list|pagination"
    r"|author-?bio|key-events|promo-?(?:box|unit|block|module))(?![a-z])"
)
_KEPT_WHOLE = frozenset("html head body main article h1".split())
_MOST_LETTERS = 360
#: A class on so much of the page's text is the site's name for a paragraph, whatever it says.
_MOST_OF_PAGE = 0.15
_CELL = 300  # characters in a cell that no table of data has


def furnish(tree: HtmlElement) -> None:
    """Take away what is no article and turn layout tables into boxes, in place."""
    body = tree.find("body")
    root = body if body is not None else tree
    gone: list[HtmlElement] = []
    likely: dict[str, list[tuple[HtmlElement, int]]] = {}
    tables: list[HtmlElement] = []
    whole = -1
    last: HtmlElement | None = None
    for element in root.iter():
        tag = element.tag
        if tag in _GONE:
            gone.append(element)
        elif tag in _HOLDERS:
            if not _holds_article(element):
                gone.append(element)
        elif tag == "table":
            tables.append(element)
        elif tag == "br":
            _mend_break(element)
        elif element.attrib and tag not in _KEPT_WHOLE:
            sure = _named(element.get("class"), element.get("id"), element.get("data-component"))
            if sure is None or (last is not None and _within(element, last)):
                continue
            if whole < 0:
                whole = sum(map(len, root.itertext()))
            length = _furniture(element, whole if sure else 0)
            if length is None:
                continue
            last = element
            if sure:
                gone.append(element)
            else:
                likely.setdefault(element.get("class") or "", []).append((element, length))
    for found in likely.values():
        if sum(length for _, length in found) <= max(_MOST_LETTERS, _MOST_OF_PAGE * whole):
            gone += [element for element, _ in found]
    for table in tables:
        _unboxed(table)
    for element in gone:
        _dropped(element)


def _holds_article(element: HtmlElement) -> bool:
    """Whether it is a box that a saved copy, a page for readers without scripts, or a question needs; then made one."""
    if element.tag == "template":
        kept = element.get("shadowrootmode") is not None
    elif element.tag == "button":
        above = element.getparent()
        kept = above is not None and above.tag in ("h2", "h3", "h4", "summary")
    else:
        kept = element.find(".//p") is not None and sum(map(len, element.itertext())) > 2 * _MOST_LETTERS
    if kept:
        element.tag = "span" if element.tag == "button" else "div"
    return kept


@lru_cache(maxsize=4096)
def _named(*names: str | None) -> bool | None:
    """Whether an element of that class, id and component is surely furniture, False for likely; None for neither."""
    name = " ".join(name[:200] for name in names if name).lower()
    if name in _ADDED or _SURE.search(name):
        return True
    return False if _LIKELY.search(name) else None


def _within(element: HtmlElement, other: HtmlElement) -> bool:
    for depth, above in enumerate(element.iterancestors()):
        if above is other:
            return True
        if depth > 8:
            return False
    return False


def _furniture(element: HtmlElement, whole: int) -> int | None:
    """How many characters beside links it has, where it may go, else None.

    It may where it holds no main heading and less than a third of ``whole``, or few words, or few that are no links.
    """
    if element.find(".//h1") is not None:
        return None
    text = "".join(element.itertext())
    if whole:
        return len(text) if len(text) * 3 < whole else None
    if len(text) > 6000:
        return None
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    own = len(" ".join(text.split())) - linked
    return max(own, 0) if len(text) <= _MOST_LETTERS or own < linked else None


def _mend_break(element: HtmlElement) -> None:
    """A line that breaks within a sentence is one line."""
    after = (element.tail or "").lstrip()
    if after[:1].islower():
        element.tag = "span"
        element.tail = f" {after}"


def _unboxed(table: HtmlElement) -> None:
    """A table with a cell of running text is a layout: its cells become boxes, and those of mere links are emptied."""
    cells = [cell for row in table.iterfind(".//tr") for cell in row]
    for cell in cells:
        if cell.find(".//table") is not None or sum(map(len, cell.itertext())) > _CELL:
            break
    else:
        return
    for element in table.iter("table", "tbody", "thead", "tr", "td", "th"):
        if element is not table and element.tag == "table":
            continue
        if element.tag in ("td", "th"):
            text = "".join(element.itertext())
            linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
            if len(text) < _CELL * 2 and linked * 2 > len(text.strip()):
                element.clear(keep_tail=True)
        element.tag = "div"


def _dropped(element: HtmlElement) -> None:
    above = element.getparent()
    if above is None:
        return
    if tail := element.tail:
        before = element.getprevious()
        if before is None:
            above.text = f"{above.text or ''}{tail}"
        else:
            before.tail = f"{before.tail or ''}{tail}"
    above.remove(element)
