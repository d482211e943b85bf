"""Whom a source belongs to, where the words say so: a spokesperson's principal, a paper's author, a reporter's outlet.

Takes articles with their readings, gives for each article's own source ids the entities (or the words, where no entity
was read) that they speak for, were written by, or are named by. Only what stands in the source's own words or in a role
given to it is used.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from headwater import lexicon
from headwater.model import Article, Entity, Reading, Source, Span
from headwater.tracing.described import army_key, body_key, describe

#: Who speaks for another whatever stands before the noun; and who does only as "X's" or "for X".
_SPEAKERS = (
    r"spokes(?:person|man|woman|people|men|women)|press secretary|press officer|communications director|mouthpiece"
)
_AGENTS = (
    r"(?:press |legal |defen[cs]e )?(?:attorneys?(?! general)|lawyers?|counsel|solicitors?|representatives?|reps?|"
    r"publicists?|agents?|office|campaign|team|camp|staff|aides?|administration|government)"
)
_NOUN = re.compile(rf"\b(?:(?P<speaker>{_SPEAKERS})|(?P<agent>{_AGENTS}))\b", re.IGNORECASE)
_FOR = re.compile(r"\s*,?\s+(?:for|of|to|at)\s+", re.IGNORECASE)
_OF = re.compile(r"(?:\s+and\s+[\w ]{1,40}?)?\s+(?:of|for|at)\s+(?:the\s+)?", re.IGNORECASE)
_ONLY_FOR = re.compile(r"\s*,?\s+for\s+", re.IGNORECASE)
_OWNS = re.compile(r"(?:['’]s?)\s+(?:[\w-]+\s+){0,2}$")
_OWNER = re.compile(r"(?P<who>[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})(?:['’]s|(?<=s)['’])\s+(?:[\w-]+\s+){0,2}$")
_BEFORE = re.compile(r"\s+(?:(?:chief|senior|deputy|top|former|then|acting|official)\s+){0,2}$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|from)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
_WORK = re.compile(r"(?P<whose>.+)\s(?P<what>[\w-]+)", re.DOTALL)
_TO_NAME = re.compile(
    r"(?:\b(?:of|for|to|by|with|from|near|on|at|in|against|and|or|than)\b|['’]s?\s|[,;(])", re.IGNORECASE
)
_OF_STATE = re.compile(r"\b(?:secretary|minister|department) of (?:state|defen[cs]e|the \w+|\w+)\s", re.IGNORECASE)
_REACH = 40  # code points between "for" and the name
_LONGEST = 300  # code points of a source's words that are read


@dataclass(slots=True)
class Ties:
    """What the words say of an article's own sources, by their ids.

    ``principals`` whom they speak for, ``authors`` of a paper, ``bodies`` in which a person has a role, and whom a
    description ``names`` outright. Values are the story's entity ids; for principals also the words, folded, where they
    are no entity. ``reporters`` holds the story's ids of people who are given as an outlet's ("the Ledger's Ken Roe"),
    with that outlet's id.
    """

    principals: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    authors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, str] = field(default_factory=dict)
    reporters: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True, order=True)
class _Named:
    """A place where an entity stands: the story's id and its type beside it."""

    start: int
    end: int
    id: str
    type: str


def find_ties(articles: Sequence[Article], readings: Sequence[Reading], entities: Mapping[str, str]) -> Ties:
    """What the words of sources and roles say of whom they belong to.

    Args:
        articles: the story's articles.
        readings: their readings, with each article's own ids.
        entities: from each article's entity ids to the story's.
    """
    out = Ties()
    texts = {article.id: article.text for article in articles}
    bodies = {
        body_key(e.name): entities.get(e.id, e.id)
        for r in sorted(readings, key=lambda r: r.id)
        for e in sorted(r.entities, key=lambda e: e.id)
        if e.type == "organisation"
    }
    for reading in readings:
        text = texts.get(reading.id, "")
        named = sorted(
            _Named(m.start, m.end, entities.get(e.id, e.id), e.type)
            for e in reading.entities
            for m in e.mentions
            if m.article == reading.id
        )
        by_id = {e.id: e for e in reading.entities}
        for source in reading.sources:
            entity = by_id.get(source.entity or "")
            own = entities.get(source.entity or "", "")
            if entity is not None and entity.type == "person":
                out.bodies[source.id] |= _bodies(entity, text, named, reading.id)
            for span in _regions(source, entity, reading.id):
                _read(out, source, own, text, span, [n for n in _within(named, span) if n.id != own], bodies)
        _reporters(out, text, named)
    return out


def _regions(source: Source, entity: Entity | None, article: str) -> list[Span]:
    """The words that describe a source: its own, and the roles given to who it is."""
    places = [(m.start, m.end) for m in source.mentions if m.article == article]
    places += [(r.start, r.end) for r in (entity.roles if entity else ()) if r.article == article]
    return [Span(start, min(end, start + _LONGEST)) for start, end in sorted(set(places)) if end > start]


def _bodies(entity: Entity, text: str, named: Sequence[_Named], article: str) -> set[str]:
    """The organisations that a role given to a person names, or that follow it: "co-founder of Kessel Works"."""
    out = set()
    for role in entity.roles:
        if role.article != article or role.end <= role.start:
            continue
        link = _OF.match(text, role.end)
        reach = Span(role.start, (link.end() if link else role.end) + (_REACH if link else 0))
        for one in _within(named, reach):
            if one.type == "organisation" and (one.end <= role.end or (link and one.start <= link.end() + 1)):
                out.add(one.id)
    return out


def _within(named: Sequence[_Named], span: Span) -> list[_Named]:
    at = bisect_left(named, span.start, key=lambda n: n.start)
    out = []
    while at < len(named) and named[at].start < span.end:
        if named[at].end <= span.end:
            out.append(named[at])
        at += 1
    return out


def _read(
    out: Ties, source: Source, own: str, text: str, span: Span, named: Sequence[_Named], bodies: Mapping[str, str]
) -> None:
    if source.kind == "document":
        for one in named:
            whole = _WORK.fullmatch(text[one.start : one.end])
            if whole and whole["what"].casefold() in lexicon.DOCUMENTS and body_key(whole["whose"]) in bodies:
                out.authors[source.id].add(bodies[body_key(whole["whose"])])  # read as one name
                continue
            head = re.compile(r"['’]?s?\s+(?:[\w-]+\s+){0,4}$")
            after = text[one.end : span.end]
            noun = next((w for w in re.finditer(r"[\w-]+", after) if w[0].casefold() in lexicon.DOCUMENTS), None)
            leads = noun is not None and head.match(after[: noun.start()]) is not None
            if one.type in {"person", "organisation"} and (leads or _BY.search(text[span.start : one.start])):
                out.authors[source.id].add(one.id)
        return
    for noun in _NOUN.finditer(text, span.start, span.end):
        found = _principal(noun, text, span, named)
        if found:
            out.principals[source.id].add(found)
    if own or source.kind not in {"person", "organisation", "anonymous"}:
        return
    last = next((n for n in reversed(named) if n.type == "person" and n.end == span.end), None)
    if last is not None and last.start > span.start:
        before = _OF_STATE.sub("", text[span.start : last.start])
        if not _TO_NAME.search(before) and describe(before).plural is False:
            out.names[source.id] = last.id


def _principal(noun: re.Match[str], text: str, span: Span, named: Sequence[_Named]) -> str | None:
    """Whom the noun's bearer speaks for: the entity right before it, else the one it is said to be for, else words."""
    before = [n for n in named if n.end <= noun.start()]
    if before:
        between = text[before[-1].end : noun.start()]
        if _OWNS.match(between) or (noun["speaker"] and _BEFORE.match(between)):
            return before[-1].id
    link = (_FOR if noun["speaker"] else _ONLY_FOR).match(text, noun.end(), span.end)
    if link:
        after = [n for n in named if link.end() <= n.start <= link.end() + _REACH]
        if after:
            return after[0].id
        rest = re.match(r"[^,;.()]{3,60}", text[link.end() : span.end])
        return _worded(rest[0]) if rest else None
    owner = _OWNER.search(text[span.start : noun.start()])
    if owner:
        return _worded(owner["who"])
    if noun["speaker"]:
        return _worded(text[span.start : noun.start()].rstrip("'’s "))
    return None


def _worded(words: str) -> str | None:
    key = re.sub(r"\b(?:chief|senior|deputy|top|former|then|acting|official)\b", "", army_key(words))
    key = " ".join(w for w in key.split() if not w.isdigit())
    return f"words {key}" if key and key not in {"a", "an", "another", "one"} else None


def _reporters(out: Ties, text: str, named: Sequence[_Named]) -> None:
    """Note people who stand as an organisation's: "the Ledger's Ken Roe and Lin Vane"."""
    for left, right in pairwise(named):
        between = text[left.end : right.start]
        if right.type != "person":
            continue
        if left.type == "organisation" and re.fullmatch(r"['’]s?\s+", between):
            out.reporters[right.id].add(left.id)
        elif left.type == "person" and re.fullmatch(r"\s+and\s+", between) and left.id in out.reporters:
            out.reporters[right.id] |= out.reporters[left.id]
