"""Holders of offices: "the minister for waterways" is the one person of the story who is given that office.

Takes local sources without a name and the roles that articles give to people; gives whom each of them is. Nobody is
found where two people of the article bear the office.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.model import Article, Reading, Source
from headwater.words import key_of

_LONG_FORMS = (
    ("chief executive officer", "ceo"),
    ("chief executive", "ceo"),
    ("advisor", "adviser"),
    ("attorney general", "attorneygeneral"),
    ("chairwoman", "chairman"),
    ("chair of", "chairman of"),
)
#: Nouns of offices that one person at a time holds, in a country, a house or a firm.
_OFFICES = frozenset(
    """president minister ceo speaker secretary governor mayor attorneygeneral commissioner chairman director adviser
    premier chancellor king queen pope ambassador envoy sheriff commander leader prosecutor counsel""".split()
)
_DEPUTIES = frozenset("deputy vice former acting ex assistant incoming outgoing then elect under designate".split())
_SKIP = frozenset("the a an of for in on at to and its his her their our this that mr mrs ms dr s country".split())
_ONE = re.compile(r"(?:the|its|his|her|their|our)\s|[^\W\d_][\w. ]{0,40}['’]s?\s", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?:an?|one|another|some|any|every|each|\d+|two|three)\s", re.IGNORECASE)
_LONGEST_MENTION = 200  # code points of a source's words that are read
_LONGEST = 8  # words of an office's name


@dataclass(frozen=True, slots=True)
class _Held:
    """An office that an article gives to somebody: the story's id of the person, and its words."""

    person: str
    words: frozenset[str]


def _words(text: str) -> tuple[str, ...]:
    folded = text.casefold().replace("’", "'")
    for long, short in _LONG_FORMS:
        folded = folded.replace(long, short)
    return tuple(w for w in (key_of(x) for x in re.findall(r"[^\W_]+(?:['-][^\W_]+)*", folded)) if w not in _SKIP)


def _parts(mention: str) -> list[str]:
    """What stands beside a name in the words of a source, where it is not a name itself."""
    parts = mention[:_LONGEST_MENTION].split(",")
    return [part for part in parts if len(parts) > 1 and _head(part) in _OFFICES]


def _head(text: str) -> str:
    front = re.split(r"\b(?:of|for|at|in|to|on)\b|,", text, maxsplit=1)[0]
    words = _words(front)
    return words[-1] if words else ""


def holders(articles: Sequence[Article], readings: Sequence[Reading], entities: Mapping[str, str]) -> dict[str, str]:
    """For local sources that are called by an office alone: the story's id of the one person who holds it.

    Args:
        articles: the story's articles.
        readings: their readings, with each article's own ids.
        entities: from each article's entity ids to the story's.
    """
    texts = {a.id: a.text for a in articles}
    near: dict[str, set[_Held]] = defaultdict(set)
    by_word: dict[str, set[_Held]] = defaultdict(set)
    for reading in readings:
        said: dict[str, list[str]] = defaultdict(list)  # "Estmark's minister for waterways, Oda Quill"
        for source in reading.sources:
            for place in source.mentions if source.entity is not None else ():
                if place.article == reading.id:
                    said[source.entity or ""] += _parts(texts.get(reading.id, "")[place.start : place.end])
        for entity in reading.entities:
            if entity.type != "person":
                continue
            for role in [*(role.text for role in entity.roles), *said[entity.id]]:
                words = frozenset(_words(role)[:_LONGEST])
                if words & _OFFICES:
                    held = _Held(entities.get(entity.id, entity.id), words)
                    near[reading.id].add(held)
                    for word in words & _OFFICES:
                        by_word[word].add(held)
    out = {}
    for reading in readings:
        here = {entities.get(e.id, e.id) for e in reading.entities}
        for source in reading.sources:
            if source.entity is None and source.kind in {"person", "anonymous", "unspecified"}:
                found = _holder(source, texts.get(reading.id, ""), near[reading.id], by_word, here)
                if found:
                    out[source.id] = found
    return out


def _holder(
    source: Source, text: str, near: set[_Held], by_word: Mapping[str, set[_Held]], here: set[str]
) -> str | None:
    head, words = _head(source.name), frozenset(_words(source.name))
    if head not in _OFFICES or len(words) > _LONGEST or source.number not in {None, 1}:
        return None
    place = min(source.mentions, default=None)
    shown = text[place.start : place.end] if place else source.name
    if _INDEFINITE.match(shown) or (source.kind == "anonymous" and not _ONE.match(shown)):
        return None
    for scope in (near, by_word[head]):
        bearers = [held for held in scope if head in held.words and words <= held.words]
        bearers = [held for held in bearers if not (held.words - words) & _DEPUTIES]
        exact = {held.person for held in bearers if held.words == words}
        people = exact if len(exact) == 1 else {held.person for held in bearers}
        if len(people) == 1 and (len(words) > 1 or people <= here):
            return next(iter(people))
        if people:
            return None
    return None
