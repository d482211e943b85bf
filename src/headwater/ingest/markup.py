"""Markup in, a tree that is safe to work on out, with what a saved copy says of where and when it was taken.

Pictures within the page (data: addresses), scripts, styles, drawings and comments go before the parser sees them, so
that 20 MB of them cost next to nothing; the scripts that hold data are kept aside. No step looks at a character more
than a few times, whatever is unclosed or nested.
"""

import re
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser  # type: ignore[import-untyped]

from headwater.errors import NoTextError
from headwater.ingest.published import edtf_of
from headwater.ingest.text import decode, encodable, marked_encoding

_DECLARED = re.compile(
    rb"""(?:<meta\b[^>]{0,400}?\bcharset|<\?xml[^>]{0,200}?\bencoding)\s*=\s*["']?([\w.:-]{2,30})""", re.I
)
#: What browsers take these names for (WHATWG Encoding Standard); a page cannot be UTF-16 and name it in ASCII.
_MEANT = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "x-sjis": "cp932",
    "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8", "unicode": "utf-8",
}  # fmt: skip

_EMBEDDED = re.compile(r"""(?<=["'(=])data:[\w.+-]{0,40}/[\w.+-]{0,80}[;,][^"'()<>\s]*""", re.IGNORECASE)
_SKIPPED = re.compile(r"<!--|<(script|style|svg)(?=[\s>/])", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}(?=[\s>/])[^>]*>", re.IGNORECASE) for name in ("script", "style", "svg")}
_DATA_TYPE = re.compile(r"""type\s*=\s*["']?\s*application/(ld\+json|json)""", re.IGNORECASE)
_BREAKS = re.compile(r"<br\b[^>]{0,80}>(?:(?:\s|&nbsp;){0,80}<br\b[^>]{0,80}>)+", re.IGNORECASE)
_NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]+")
_XML = re.compile(r"\s*<\?xml[^>]{0,300}>", re.IGNORECASE)
#: All elements but those that cannot stand within one another.
_BOXES = re.compile(r"<(?!/?(?:html|head|body|title|meta|link|p|li|h[1-6])[\s>/])[^>]*>", re.IGNORECASE)
#: Reading costs the length of each text once more for each element around it; pages that people read have a hundredth
#: of this, and those of less markup than the other number have at most a few times of it.
_HEAVIEST = 60_000_000
_LIGHT = 30_000

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})\s+saved date:\s*([^\n(]{1,60})", re.I
)
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{4,14})(?:[a-z]{2}_)?/(\S+)", re.IGNORECASE)
_WOMBAT = re.compile(r"""__wm\.wombat\(\s*["']([^"'\s]{1,2000})["']\s*,\s*["'](\d{4,14})["']""")
_CACHED = re.compile(r"https?://webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{12}:)?(\S+)", re.IGNORECASE)
_CACHE_BANNER = re.compile(
    r"This is Google(?:'|&#39;|’)s cache of (?:<a[^>]{0,300}href=[\"'])?(https?://[^\s\"'<>]{1,2000})"
    r"[\s\S]{0,800}?snapshot of the page as it appeared on ([^<.]{6,40})"
)

#: What other libraries do with a page of more elements is not waited for: it grows with the square of them.
MOST_ELEMENTS = 12_000

# lxml.html asks a function of Python for the class of each element; no element of ours needs another than this.
_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)
_COUNT = etree.XPath("count(//*)")


class Parsed(NamedTuple):
    """A page: its tree without scripts, the data scripts (``ld`` is schema.org's), and how the copy came about.

    ``elements`` is how many it has. ``url`` is where it was saved from and ``fetched`` when (EDTF), None where the copy
    does not say.
    """

    tree: HtmlElement
    ld: tuple[str, ...]
    data: tuple[str, ...]
    url: str | None
    fetched: str | None
    elements: int


def decoded(data: bytes, *, charset: str | None = None) -> str:
    """The characters of a page.

    A byte order mark goes before the ``charset`` the server named, that before what the page declares, and that before
    a guess; but bytes that are UTF-8 with signs beyond ASCII are UTF-8 whatever is declared, for they hardly come about
    by chance.

    Raises:
        InputError: it is binary data.
    """
    if marked := marked_encoding(data):
        return data.decode(marked, "replace")
    head = data[:200]
    if len(head) > 20 and head[1::2].count(0) * 4 > len(head):
        return data.decode("utf-16-le", "replace")
    if len(head) > 20 and head[::2].count(0) * 4 > len(head):
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(data, 0, 4096)
    for name in (charset, match[1].decode("ascii", "replace") if match else None):
        name = _MEANT.get((name or "").strip().lower(), name)
        if name and name.lower().replace("_", "-") not in ("utf-8", "utf8"):
            try:
                return data.decode(name, "replace")
            except (LookupError, UnicodeError, ValueError):
                continue
    return decode(data.replace(b"\0", b""))


def parse(markup: str) -> Parsed:
    """The tree of a page.

    Raises:
        NoTextError: there is nothing in it that a parser could use.
    """
    markup = encodable(markup)
    url, fetched = _saved(markup)
    if "data:" in markup:
        markup = _EMBEDDED.sub("", markup)
    bare, ld, data = _without_scripts(_NO_TEXT.sub("", markup))
    bare = _BREAKS.sub("<p>", _XML.sub("", bare, count=1))
    tree = _tree(bare)
    return Parsed(tree, tuple(ld), tuple(data), url, fetched, int(_COUNT(tree)))


def original(url: str) -> tuple[str, str | None]:
    """The address behind one of an archive or cache, and when that took its copy (EDTF); else itself and None."""
    if match := _WAYBACK.match(url):
        address = match[2] if "//" in match[2][:8] else f"http://{match[2]}"
        return address, _stamp(match[1])
    if match := _CACHED.match(url):
        address = match[1].split("+")[0].split("&")[0]
        return address if "//" in address[:8] else f"http://{address}", None
    return url, None


def _stamp(digits: str) -> str | None:
    """The moment in fourteen digits, in UTC, as the archive counts; less exact with fewer."""
    if len(digits) == 14:
        return edtf_of(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:]}Z")
    return edtf_of(digits[:8]) if len(digits) >= 8 else None


def _saved(markup: str) -> tuple[str | None, str | None]:
    head, tail = markup[:20_000], markup[-5_000:]
    if match := _SINGLE_FILE.search(head):
        address, stamp = original(match[1])
        return address, stamp or edtf_of(match[2].strip())
    if match := _SAVED_FROM.search(head):
        address, stamp = original(match[1])
        return (address, stamp) if address.startswith(("http://", "https://")) else (None, stamp)
    if "web.archive.org" in head or "FILE ARCHIVED ON" in tail:
        if match := _WOMBAT.search(markup[:200_000]):
            return match[1], _stamp(match[2])
        if match := re.search(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) ([A-Z][a-z]{2} \d{1,2}, \d{4})", tail):
            return None, edtf_of(f"{match[2]} {match[1]} UTC")
    if "Google" in head and (match := _CACHE_BANNER.search(head)):
        return match[1], edtf_of(match[2])
    return None, None


def _without_scripts(markup: str) -> tuple[str, list[str], list[str]]:
    out: list[str] = []
    kept: dict[str, list[str]] = {"ld+json": [], "json": []}
    unclosed: set[str] = set()
    strict = _XML.match(markup) is not None  # there an empty element may close itself
    at = 0
    while match := _SKIPPED.search(markup, at):
        name = (match[1] or "comment").lower()
        if name in unclosed:
            end = -1
        elif match[1] is None:
            end = markup.find("-->", match.start() + 2)
            end = end + 3 if end >= 0 else -1
        else:
            start = markup.find(">", match.end() - 1)
            if start > 0 and markup[start - 1] == "/" and (strict or name == "svg"):
                out.append(markup[at : match.start()])
                at = start + 1
                continue
            closing = _ENDS[name].search(markup, match.end())
            end = closing.end() if closing else -1
            if closing and name == "script":
                opening = markup.find(">", match.end(), closing.start())
                kind = _DATA_TYPE.search(markup, match.end(), opening) if opening >= 0 else None
                if kind:
                    kept[kind[1].lower()].append(markup[opening + 1 : closing.start()])
        if end < 0:  # never closed: left to the parser, and not looked for again
            unclosed.add(name)
            out.append(markup[at : match.end()])
            at = match.end()
            continue
        out.append(markup[at : match.start()])
        at = end
    out.append(markup[at:])
    return "".join(out), kept["ld+json"], kept["json"]


def _tree(markup: str) -> HtmlElement:
    tree, deep = _parsed(markup)
    if deep or (tree is not None and _is_heavy(tree, len(markup))):
        # the parser gave up at some depth, and all beyond is lost, or readers would: without its boxes it is shallow
        tree, _ = _parsed(_BOXES.sub(" ", markup))
    if tree is None:
        raise NoTextError("holds no article text that could be found; give its text as .txt")
    return tree


def _is_heavy(tree: HtmlElement, length: int) -> bool:
    if length < _LIGHT:
        return False
    depth = weight = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            weight += depth * (len(element.text or "") + 10)
        else:
            depth -= 1
            weight += depth * len(element.tail or "")
        if weight > _HEAVIEST:
            return True
    return False


def _parsed(markup: str) -> tuple[HtmlElement | None, bool]:
    # a parser of its own for each page: the log of errors is kept in it
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = etree.fromstring(markup.encode("utf-8"), parser=parser)
    except etree.LxmlError:
        tree = None
    deep = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log.filter_from_fatals())
    return tree, deep
