"""Names that only their place shows: "Moss" in "Moss said", "the Ledger" in "told the Ledger".

Takes the names found by their look and the attributions; gives more names, wherever the same word stands again.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import EntityType, Span
from headwater.reading.names.gazetteer import lists
from headwater.reading.rules.forms import ADVERBS, CLAUSE, DETERMINERS, HEADS, PREPOSITIONS, TIME
from headwater.reading.tagger import Name, Tagged
from headwater.reading.whom import is_people
from headwater.words import key_of

_PERSON = re.compile(r"[A-Z][^\W\d_]*[a-z][^\W\d_]*(?:[-’'][A-Z][^\W\d_]+)?")
_OUTLET = re.compile(r"[Tt]he ((?:[A-Z][\w’'-]* ){0,2}[A-Z][\w-]*[a-z])")
_PLAIN = ADVERBS | CLAUSE | DETERMINERS | HEADS | PREPOSITIONS | TIME | lexicon.STOPWORDS | lexicon.PRONOUNS
_MOST = 200  # words looked for again in the text
_SCORE = 0.4


def named_by_place(text: str, found: Sequence[Name], attributions: Sequence[Tagged]) -> tuple[Name, ...]:
    """The names found and those that only their place in an attribution shows, in order, apart from one another.

    Args:
        text: the article's text.
        found: its names by their look, in order.
        attributions: its attributions.

    Returns:
        All of ``found``; further people by a bare surname, further organisations by "the" and a capital.
    """
    starts = [n.start for n in found]
    people: dict[str, None] = {}
    outlets: dict[str, None] = {}
    for tagged in attributions:
        for span in tagged.source if tagged.said else ():
            shown = span.of(text)
            at = bisect_left(starts, span.start)
            guessed = at < len(found) and found[at].span == span and found[at].score <= _SCORE
            if _PERSON.fullmatch(shown) and _may_be_surname(shown) and (guessed or not _overlaps(found, starts, span)):
                people.setdefault(shown)
        for span in tagged.via:
            outlet = _OUTLET.fullmatch(span.of(text))
            if outlet and key_of(outlet[1]) not in _PLAIN and not _overlaps(found, starts, span):
                outlets.setdefault(outlet[1])
    if not people and not outlets:
        return tuple(found)
    forms: dict[str, EntityType] = {**dict.fromkeys(people, "person"), **dict.fromkeys(outlets, "organisation")}
    wanted = sorted(forms, key=lambda form: (-len(form), form))[:_MOST]
    small = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(f.casefold()) for f in wanted) + r")(?!\w)")
    in_small = set(small.findall(text))
    wanted = [form for form in wanted if form.casefold() not in in_small or form in outlets]
    if not wanted:
        return tuple(found)
    out = list(found)
    for match in re.finditer(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")(?!\w)", text):
        span, form = Span(match.start(), match.end()), match.group()
        article = text[max(0, span.start - 4) : span.start].casefold() == "the "
        type_: EntityType = "organisation" if article and form in outlets else forms[form]
        if not _overlaps(found, starts, span) and article == (type_ == "organisation"):
            out.append(Name(span.start, span.end, type_, _SCORE))
    return tuple(sorted(out))


def _may_be_surname(shown: str) -> bool:
    key = key_of(shown)
    known = lists()
    return not (
        len(key) < 3
        or key in _PLAIN
        or key in known.demonyms
        or key.removesuffix("s") in known.demonyms
        or key in known.common
        or key in known.never
        or key.removesuffix("s") in HEADS
        or (key.endswith("s") and is_people(key))
    )


def _overlaps(found: Sequence[Name], starts: Sequence[int], span: Span) -> bool:
    at = bisect_left(starts, span.end)
    return at > 0 and found[at - 1].end > span.start
