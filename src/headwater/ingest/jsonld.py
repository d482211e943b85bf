"""What a page says of itself in schema.org's words: scripts of JSON-LD in, the fields of its one article out.

Sites write all of it loosely: lists and ``@graph``, several scripts, people as text, object or list, references by
``@id``, trailing commas, escaped quotation marks. What cannot be read is passed over; the page is no worse for it.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LARGEST = 4_000_000
_MOST_NODES = 50_000
_ARTICLE = re.compile(
    r"(?:https?://schema\.org/|schema:)?(?:\w*Article|LiveBlogPosting|BlogPosting|Report|\w*NewsArticle)"
)
#: What an article holds that may hold articles that are not it.
_ELSEWHERE = frozenset(
    "itemListElement hasPart mentions liveBlogUpdate relatedLink isPartOf comment citation video image potentialAction"
    " isBasedOn isBasedOnUrl review associatedMedia".split()
)
_COMMAS = re.compile(r",(\s*[}\]])")
_WRAPPED = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_TAGS = re.compile(r"<[^>]{0,2000}>")
_BLOCKS = re.compile(r"<(?:/p|/li|/h\d|br)\b[^>]{0,200}>\s*", re.IGNORECASE)


class Said(NamedTuple):
    """What one article's data says, None or empty where it does not; dates as written there."""

    headline: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    credit: str | None = None
    based_on: tuple[str, ...] = ()
    free: bool | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None


def said_of(scripts: Iterable[str], *, headline: str | None = None, url: str | None = None) -> Said | None:
    """What the article of a page says of itself; None when its data describe no article.

    Args:
        scripts: what stands in its scripts of JSON-LD.
        headline: of the article, as the page shows it, and
        url: its address: of several articles the one that bears either is meant, else the first.
    """
    articles: list[dict[str, object]] = []
    known: dict[str, dict[str, object]] = {}
    for script in scripts:
        for value in _values(script):
            for node in _nodes(value):
                if isinstance(name := node.get("@id"), str) and len(node) > 1 and "name" in node:
                    known.setdefault(name, node)
                if any(_ARTICLE.fullmatch(kind) for kind in _strings(node.get("@type"))):
                    articles.append(node)
    if not articles:
        return None
    node = max(articles, key=lambda one: _fits(one, headline, url))  # of equals the first
    return Said(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        author=_names(node.get("author") or node.get("creator"), known),
        publisher=_names(node.get("publisher") or node.get("sourceOrganization"), known),
        published=_first(node.get("datePublished")) or _first(node.get("dateCreated")),
        modified=_first(node.get("dateModified")),
        credit=_text(_first(node.get("creditText"))),
        based_on=_addresses(node.get("isBasedOn") or node.get("isBasedOnUrl")),
        free=_truth(node.get("isAccessibleForFree")),
        language=_names(node.get("inLanguage"), known),
        url=_address(node.get("mainEntityOfPage")) or _address(node.get("url")),
        body=_prose(node.get("articleBody")),
    )


def _values(script: str) -> Iterator[object]:
    """The values in a script, of as many as can be read."""
    if len(script) > _LARGEST:
        return
    text = script.strip()
    for _ in range(2):
        text = _WRAPPED.sub("", text).strip()
    text = text.rstrip("; \t\r\n")
    for attempt in (text, _COMMAS.sub(r"\1", text), _COMMAS.sub(r"\1", html.unescape(text))):
        try:
            yield json.loads(attempt, strict=False)
            return
        except (ValueError, RecursionError):
            continue
    decoder, at = json.JSONDecoder(strict=False), 0  # several values one after another, or something behind the first
    while (at := text.find("{", at)) >= 0 and at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """The objects within a value in order, outermost first."""
    pending, seen = [value], 0
    while pending and seen < _MOST_NODES:
        one = pending.pop()
        seen += 1
        if isinstance(one, list):
            pending += reversed(one)
        elif isinstance(one, dict):
            yield one
            pending += [held for key, held in reversed(one.items()) if key not in _ELSEWHERE and _is_box(held)]


def _is_box(value: object) -> bool:
    return isinstance(value, dict | list)


def _fits(node: dict[str, object], headline: str | None, url: str | None) -> int:
    own = _text(node.get("headline"))
    addresses = [_address(node.get(key)) for key in ("mainEntityOfPage", "url", "@id")]
    return 2 * (url is not None and url in addresses) + (headline is not None and own == headline)


def _strings(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _first(value: object) -> str | None:
    found = _strings(value)
    return found[0].strip() or None if found else None


def _text(value: object) -> str | None:
    """One line of words, without the markup and the escapes that some sites put there."""
    if not isinstance(value, str):
        return None
    return " ".join(_TAGS.sub("", html.unescape(value)).split())[:2000] or None


def _names(value: object, known: dict[str, dict[str, object]]) -> str | None:
    """The names of people or bodies, each once, joined by "; "."""
    out: dict[str, None] = {}
    for one in value[:40] if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            reference = one.get("@id")
            held = known.get(reference, one) if isinstance(reference, str) and "name" not in one else one
            names = _strings(held.get("name")) or _strings(held.get("alternateName"))
        else:
            names = _strings(one)
        for name in names:
            found = _text(name)
            if found and not found.startswith(("http://", "https://")) and found.lower() not in ("null", "undefined"):
                out[found] = None
    return "; ".join(out) or None


def _address(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    found = _first(value)
    return found if found and found.startswith(("http://", "https://")) else None


def _addresses(value: object) -> tuple[str, ...]:
    found = [_address(one) for one in (value[:40] if isinstance(value, list) else [value])]
    return tuple(dict.fromkeys(one for one in found if one))


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    word = (_first(value) or "").rpartition("/")[2].lower()
    return {"true": True, "yes": True, "false": False, "no": False}.get(word)


def _prose(value: object) -> str | None:
    """Running text, one paragraph a line."""
    if not isinstance(value, str):
        return None
    text = (
        _TAGS.sub("", html.unescape(_BLOCKS.sub("\n", html.unescape(value)))) if "<" in value or "&" in value else value
    )
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines()))) or None
