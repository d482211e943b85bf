"""Names as they are before they are grouped: cut to the name, and of the kind that the article's own use shows.

Takes a text and the names found in it, gives them tidied. A party and state are no part of a name. A country is no
person; what has subscribers and a chief executive is a body; one that is called by a courtesy title, or whose word is
part of a full name, is left as it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from headwater import lexicon
from headwater.model import EntityType, Span
from headwater.reading.names.gazetteer import folded, lists
from headwater.reading.tagger import Name

#: What a body has and a person has not, after its name; and who is said to be "of" it.
_BODY_AFTER = re.compile(
    r"(?:['’]s)?\s(?:CEO|CFO|COO|chief (?:financial|operating|technology) officer|chief executive|co-?founders?"
    r"|subscribers|shareholders|users|headquarters|Inc\b|Ltd\b|Corp\b|plc\b|GmbH\b)"
)
_BODY_BEFORE = re.compile(
    r"\b(?:CEO|chief executive(?: officer)?|(?:co-?)?founder|subscribers|shareholders|users) (?:and \S+ )?(?:of|at)\s$"
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|President|Sen|Rep|Gov|Judge|Justice|Officer)\.?\s$")
_PARTY = re.compile(r"[RDI]\.?-(?:[A-Z][a-z]*\.?){1,3}")
_PARTY_AFTER = re.compile(r",?\s\(?[RDI]\.?-[A-Z].*$", re.DOTALL)
_LOOSE = re.compile(r"(?:['’]s|\s+(?:of|and|for|at|in))$")
_SECRETARY = re.compile(r"\b(?:Secretary|Department|Minister) of $")
_REACH = 40  # code points before and after a name that are looked at


def tidied(text: str, names: Sequence[Name]) -> list[Name]:
    """The names in their order, people's without what a page or a title left at their ends; what is no name left out.

    Args:
        text: the article's text.
        names: names in it, each inside the text.
    """
    out = []
    for name in names:
        start, end = name.start, name.end
        if name.type in {"person", "organisation"} and _PARTY.fullmatch(text, start, end):
            continue  # "R-Pell." alone
        if name.type == "person":
            party = _PARTY_AFTER.search(text, start, end)
            end = party.start() if party else end
            loose = _LOOSE.search(text, start, end)
            end = loose.start() if loose else end
            if text.startswith("State ", start, end) and _SECRETARY.search(text[max(0, start - 20) : start]):
                start += len("State ")
            words = text[start:end].split()
            if len(words) > 2 and _ran_on(text, words):
                end = start + text[start:end].rindex(words[-1])
                end -= len(text[start:end]) - len(text[start:end].rstrip())
        if start < end:
            out.append(name if (start, end) == (name.start, name.end) else replace(name, start=start, end=end))
    return out


def _ran_on(text: str, words: Sequence[str]) -> bool:
    """Whether a name of three words or more ends in a verb, and its bearer goes by the words before it elsewhere."""
    whole = text.count(" ".join(words))
    shorter = text.count(" ".join(words[:-1])) > whole or text.count(words[-2]) > whole
    return folded(words[-1]) in lexicon.IRREGULAR and shorter and text.count(words[-1]) <= max(1, whole)


def settle(text: str, names: Sequence[Name]) -> list[Name]:
    """The names in their order, those of one word with the type that the article's own use shows.

    Args:
        text: the article's text.
        names: names in it, each inside the text.
    """
    part_of_full: set[str] = set()
    surnames: set[str] = set()
    alone: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        words = [folded(word.strip(",.’'")) for word in name.span.of(text).split()]
        if len(words) > 1 and name.type == "person":
            part_of_full.update(words)
            surnames.add(words[-1])
        elif len(words) == 1:
            alone[words[0].removesuffix("'s")].append(name)
    types: dict[Name, EntityType] = {}
    for word, mentions in alone.items():
        if word in surnames and (word,) not in lists().listed_folded:
            lone = (name for name in mentions if name.type == "organisation")
            types.update(
                (name, "person") for name in lone if text[max(0, name.start - 4) : name.start].lower() != "the "
            )
        if word not in part_of_full and any(name.type == "person" for name in mentions):
            found = _kind(text, word, mentions)
            if found is not None:
                types.update((name, found) for name in mentions if name.type == "person")
    return [replace(name, type=types.get(name, name.type)) for name in names]


def _kind(text: str, word: str, mentions: Sequence[Name]) -> EntityType | None:
    """What the bearers of one word are instead of people; None where they may be people."""
    if any(_TITLED.search(text[max(0, name.start - 12) : name.start]) for name in mentions):
        return None
    listed = lists().listed_folded.get((word,))
    if word in _countries() or (listed is not None and not listed.shared and word not in lists().first):
        return listed.type if listed is not None and listed.type != "other" else "place"
    shows_body = sum(_is_body(text, name.span) for name in mentions)
    if shows_body:
        return "organisation"
    others = Counter(name.type for name in mentions if name.type in {"organisation", "place"})
    people = sum(name.type == "person" for name in mentions)
    best = max(others, key=lambda kind: (others[kind], kind), default=None)
    return best if best is not None and others[best] > people else None


def _is_body(text: str, span: Span) -> bool:
    """Whether the words beside a name show that it is a body: "Kessel's subscribers", "the founder of Kessel"."""
    return bool(
        _BODY_AFTER.match(text, span.end, span.end + _REACH)
        or _BODY_BEFORE.search(text[max(0, span.start - _REACH) : span.start])
    )


@cache
def _countries() -> frozenset[str]:
    return frozenset(folded(country) for country in lists().demonyms.values() if country and " " not in country)
