"""Clauses of one claim that differ in "not".

Takes tellings of one claim. The word that one negates must stand un-negated in the other, and most of the shorter
clause's content be shared: sibling denials of other things stay silent, and so do double negations.
"""

from collections.abc import Iterator
from itertools import permutations

from headwater.compare.negation import citing, denies, negated, plain, speaker
from headwater.compare.notes import about, conflict, side
from headwater.compare.stems import word_list
from headwater.compare.told import Telling, Told
from headwater.model import Conflict, Span

_SINCE, _BEFORE = word_list("since after"), word_list("until till before")
_US = word_list("you i we")


_MINDS = word_list("think know believ imagin expect want mean suppos care mind like see say")


_SHORTEST, _COVER, _COVER_LONG = 3, 0.6, 0.4


def polarity_conflicts(told: Told) -> Iterator[Conflict]:
    """Tellings of one claim where one says "not" of what the other says: one conflict a claim."""
    for claim, tellings in told.sets():
        found = next((c for no, yes in permutations(tellings, 2) if (c := _polarity(claim, told, no, yes))), None)
        if found:
            yield found


def _polarity(claim: str, told: Told, no: Telling, yes: Telling) -> Conflict | None:
    denied = negated(no)
    if denied is None or not plain(yes) or any(denies(no.article, a) for a in no.heard):
        return None
    shared = no.content & yes.content
    wanted = no.stems[denied[1]]
    if wanted in _MINDS and {word.key for word in no.words} & _US:
        return None  # "you would not think it, but": what is thought is not denied
    if wanted not in yes.content or len(shared) < _SHORTEST:
        return None
    if len(shared) < _COVER * min(len(no.content), len(yes.content)):
        return None
    if _since({w.key for w in no.words}, {w.key for w in yes.words}):
        return None
    if _object(no, denied[1]) not in {None, *yes.content}:
        return None
    if all(any(a.mode != "indirect" for a in t.heard) for t in (no, yes)) and speaker(no) == speaker(yes):
        return None  # a quotation with a word lost is told as wording
    who_no, who_yes = speaker(no), speaker(yes)
    target = yes.stems.index(wanted)
    before = Span(no.words[denied[0]].start, no.words[denied[1]].end)
    after = Span(yes.words[max(0, target - 2)].start, yes.words[target].end)
    denial = who_no is not None and who_no != who_yes and no.article.id != yes.article.id
    if no.article.id == yes.article.id and (who_no is None or who_yes is None or who_no == who_yes):
        return None  # one text does not contradict itself in one voice: the clauses are of different things
    if min(told.alike(no, yes)) < _COVER_LONG:
        return None
    return conflict(
        "denial" if denial else "polarity",
        "denial" if denial else "conflict",
        "high",
        f"{citing(told, yes)} says {about(yes, after.start, after.end)}; "
        f"{citing(told, no)} says {about(no, before.start, before.end)}.",
        [side(no.article, no.mention.spans, "no"), side(yes.article, yes.mention.spans, "yes")],
        claim=claim,
    )


def _since(no: set[str], yes: set[str]) -> bool:
    """Whether one tells of the time before and the other of the time since."""
    return bool((no & _SINCE and yes & _BEFORE) or (no & _BEFORE and yes & _SINCE))


def _object(telling: Telling, target: int) -> str | None:
    """The content word after the negated one: what the negation is about."""
    return next((s for s in telling.stems[target + 1 : target + 5] if s), None)
