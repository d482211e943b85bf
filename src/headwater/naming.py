"""What a sentence calls a source: its name with the article it is printed with, and that it is unnamed.

Takes sources and articles, gives words for the middle of a sentence, the same in findings, page and terminal.
"""

import re
from collections.abc import Mapping

from headwater.labels import plain
from headwater.model import Article, Source

LONGEST = 90  # code points of a name; what is longer is no name but a sentence that was taken for one

_SMALL = re.compile(
    r"""an?|the|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|most|all|other|another|senior|former
    |unnamed|anonymous|people|sources|officials|witnesses|residents|staff|workers|reports|both|more|few""",
    re.IGNORECASE | re.VERBOSE,
)
_ARTICLE = re.compile(r"(?P<article>an?|the)\s+(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)
_MARKED = re.compile(r"an?|the|his|her|its|their|our|my|your|this|that|these|those|both|all|\d+", re.IGNORECASE)
_COMMON = re.compile(r"[a-z]{3,}")
_SMALL_IN_NAMES = frozenset("and for the von van der den del los las with from".split())
_OPENER = re.compile(r"[A-Z][a-z]{2,}s?")
_MOST_LOOKED_AT = 4  # mentions of a source
_LONGEST_TEXT = 40_000  # code points of an article that are looked at for how a word is written
_WHO = re.compile(r",\s+(?:who|whom|whose|which|where)\b.*", re.IGNORECASE | re.DOTALL)
_OWNED = re.compile(r"(?:[^\W\d_][\w.-]*\s){0,3}[^\W\d_][\w.-]*(?:['’]s|s['’])\s")
_NUMBER = re.compile(
    r"(?:(?:all|some|about|nearly|at least|more than)\s)?"
    r"(?:an? (?:dozen|pair of|group of|number of|handful of)|one|two|three|four|five|six|seven|eight|nine|ten|several"
    r"|some|multiple|many|both|\d[\d,.]*)\s+(?!of\b)",
    re.IGNORECASE,
)


def called(source: Source, articles: Mapping[str, Article]) -> str:
    """A source in the middle of a sentence: "Oda Quill", "a senior official", "three engineers", "the company".

    A name of common words gets the article that it is printed with. What is told of somebody after a comma is left
    out, and what is too long for a name is cut.
    """
    name = plain(source.name) or "a source without a name"
    name = re.sub(r",([\"”’]+)$", r"\1", _WHO.sub("", name)).rstrip(" ,;:–—") or name
    if len(name) > LONGEST:
        name = name[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"
    first = name.partition(" ")[0]
    if source.kind in {"anonymous", "unspecified", "document", "organisation"} and _SMALL.fullmatch(first):
        name = first.lower() + name[len(first) :]
    if source.kind in {"anonymous", "unspecified", "organisation"} and _only_opens(source, first, articles):
        name = first.lower() + name[len(first) :]
    if source.kind in {"outlet", "journalist"} or not _is_common(name) or _MARKED.fullmatch(first):
        return name
    article = _printed_with(source, name, articles)
    if not article and source.number == 1 and not _NUMBER.match(name) and not _OWNED.match(name):
        article = "an" if name[:1].casefold() in "aeio" else "a"
    return f"{article} {name}" if article else name


def unnamed(name: str) -> str:
    """That people are unnamed: "three unnamed engineers", "a senior official, unnamed"; said once."""
    if re.search(r"\b(?:unnamed|anonymous|unidentified)\b", name, re.IGNORECASE):
        return name
    number = _NUMBER.match(name)
    return f"{number[0]}unnamed {name[number.end() :]}" if number else f"{name}, unnamed"


def _is_common(name: str) -> bool:
    """Whether a name is made of common words, at least in part: "company", "Swedish company", not "White House"."""
    return any(_COMMON.fullmatch(word) and word not in _SMALL_IN_NAMES for word in name.split())


def _only_opens(source: Source, first: str, articles: Mapping[str, Article]) -> bool:
    """Whether a name's first word is large only because it opens a sentence: the same article has it small elsewhere.

    It is not where the word stands large within a sentence too: "the Democrats".
    """
    if source.entity is not None or not _OPENER.fullmatch(first):
        return False
    for place in source.mentions[:_MOST_LOOKED_AT]:
        known = articles.get(place.article)
        if known is None:
            continue
        text = known.text[:_LONGEST_TEXT]
        small = re.search(rf"(?<![\w-]){first.lower()}(?![\w-])", text)
        if small and not re.search(rf"[a-z,;] {first}(?![\w-])", text):
            return True
    return False


def _printed_with(source: Source, name: str, articles: Mapping[str, Article]) -> str:
    """The article before the name where it is first printed as it is; empty where there is none."""
    for place in source.mentions[:40]:
        known = articles.get(place.article)
        found = _ARTICLE.match(place.span.of(known.text)) if known else None
        if found and plain(found["rest"]).casefold().startswith(name.casefold().removesuffix(" …")):
            return found["article"].lower()
    return ""
