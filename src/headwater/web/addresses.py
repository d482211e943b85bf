"""Addresses of the application's pages: one for each thing, the same for ever, whatever its id is made of.

An id stands in an address as it is, percent-encoded; where a browser or server would take it for something else (dots
alone, slashes, nothing) it stands as ``~`` and its base64.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from urllib.parse import quote, urlencode

from headwater.errors import InputError

_PLAIN = re.compile(r"[^/\\~.\s\x00-\x1f\x7f-\x9f][^/\\\x00-\x1f\x7f-\x9f]{0,199}")

#: A path of this application, and no address of anything else.
_OWN = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]*")


def segment(key: str) -> str:
    """An id as one part of a path."""
    if _PLAIN.fullmatch(key):
        return quote(key, safe="")
    return "~" + urlsafe_b64encode(key.encode("utf-8", "surrogatepass")).decode().rstrip("=")


def key_of(part: str) -> str:
    """The id that a part of a path stands for.

    Raises:
        InputError: it stands for none.
    """
    if not part.startswith("~"):
        return part
    try:
        return urlsafe_b64decode(part[1:] + "=" * (-(len(part) - 1) % 4)).decode()
    except (Error, ValueError):
        raise InputError("that address leads nowhere; search for the words") from None


def story(key: str) -> str:
    """The page of a story."""
    return f"/stories/{segment(key)}"


def part(key: str, name: str, page: int = 1, **more: str) -> str:
    """A page of one part of a story: "claims", "quotations", "timeline" and so on."""
    return with_query(f"{story(key)}/{name}", page=str(page) if page > 1 else "", **more)


def article(key: str, start: int | None = None, end: int | None = None) -> str:
    """An article's reading view, or the place of its words [start, end) in it."""
    address = f"/articles/{segment(key)}"
    return address if start is None else f"{address}?at={start}-{end}#at"


def claim(key: str) -> str:
    """A claim's page."""
    return f"/claims/{segment(key)}"


def quotation(story_key: str, key: str) -> str:
    """A quotation's page."""
    return f"{story(story_key)}/quotations/{segment(key)}"


def source(story_key: str, key: str) -> str:
    """The page of a source, by its id in a story."""
    return f"{story(story_key)}/sources/{segment(key)}"


def pair(story_key: str, one: str, other: str) -> str:
    """Two articles side by side, in either order the same address."""
    first, second = sorted((one, other))
    return f"{story(story_key)}/pairs/{segment(first)}/{segment(second)}"


def job(number: int) -> str:
    """How far long work is."""
    return f"/jobs/{number}"


def with_query(path: str, **query: str | None) -> str:
    """A path with those parts of a query that say something."""
    said = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(said, errors='replace')}" if said else path


def own(address: str, default: str = "/") -> str:
    """The address where it is a path of this application, else the default."""
    return address if _OWN.fullmatch(address) else default
