"""Clauses that one article only passes on ("reportedly") and another states in its own voice, citing nobody.

Takes tellings of one claim; an evidential and the bare statement must govern the same word.
"""

from collections.abc import Iterator
from itertools import permutations

from headwater.compare.certainty import HEARSAY, Marked, marks, turned, words_between
from headwater.compare.modality import enough_alike
from headwater.compare.notes import about, conflict, side
from headwater.compare.stems import word_list
from headwater.compare.told import Telling, Told, sounds_cited, whole
from headwater.model import Conflict, Span

_ACCUSING = word_list("allegedly alleged suspected")


def hedge_drift(told: Told) -> Iterator[Conflict]:
    """Clauses that one article only passes on ("reportedly") and another states in its own voice, citing nobody."""
    for claim, tellings in told.sets():
        for soft, hard in permutations(tellings, 2):
            if soft.article.id == hard.article.id or not enough_alike(told, soft, hard) or hard.attributed:
                continue
            # a hedge that was read as a cue stands outside the mention: "The firm *reportedly* paid ..."
            soft = whole(soft)
            found = _hedge_lost(told, soft, hard)
            if found is None:
                continue
            mark, target = found
            before = words_between(soft, mark.start, mark.target)
            lost = soft.words[mark.start].key
            hard_span = _clause(hard, target)
            yield conflict(
                "hedge_dropped",
                "drift",
                "high" if lost in _ACCUSING else "medium",
                f"{told.label(soft.article)} says {about(soft, before.start, before.end)}; "
                f"{told.label(hard.article)} says {about(hard, hard_span.start, hard_span.end)}, citing nobody.",
                [side(soft.article, [before]), side(hard.article, [hard_span])],
                claim=claim,
            )
            break


def _cue(telling: Telling, mark: Marked) -> bool:
    """Whether the marker is the verb of somebody cited: "the army alleged" names its source."""
    start, end = telling.words[mark.start].start, telling.words[mark.end - 1].end
    return any(a.source and any(s.start < end and start < s.end for s in a.cue_spans) for a in telling.heard)


def _clause(telling: Telling, target: int) -> Span:
    start = max(0, target - 2)
    while start < target and not telling.stems[start]:
        start += 1
    return words_between(telling, start, target)


def _hedge_lost(told: Told, soft: Telling, hard: Telling) -> tuple[Marked, int] | None:
    if hard.article.id in told.credited:
        return None  # others have it from there
    if any(a.source or a.via for a in hard.near) or marks(hard, HEARSAY) or sounds_cited(hard):
        return None
    hedged_here = {mark.target for mark in marks(hard)}
    for mark in marks(soft, HEARSAY):
        wanted = soft.stems[mark.target]
        if turned(soft, mark.start, mark.target) or wanted not in soft.content or _cue(soft, mark):
            continue
        target = next((n for n, stem in enumerate(hard.stems) if stem == wanted and n not in hedged_here), -1)
        if target >= 0 and not turned(hard, max(0, target - 1), target):
            return mark, target
    return None
