"""Dates of one thing that cannot both hold.

Takes tellings of one claim: times with an EDTF value in like words whose ranges are apart. "Mid-September" and "the
middle of next month" hold together. The day on which somebody spoke is no part of what was said.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from headwater.compare.notes import about, conflict, side
from headwater.compare.stems import stem
from headwater.compare.told import Telling, Told
from headwater.dates import compatible, ranges
from headwater.lexicon import SAID
from headwater.model import Conflict, Severity, Span, TimePoint
from headwater.words import words

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that"})

_ALIKE = 0.4


def _usable(telling: Telling) -> list[TimePoint]:
    """Times that belong to what is told: resolved, not beside a verb of saying, not in a cue."""
    out = []
    spoken = any(attribution.mode != "indirect" for attribution in telling.heard)
    for point in telling.times:
        if not point.value or not ranges(point.value):
            continue
        form = telling.article.text[point.start : point.end]
        if spoken and not any(c.isdigit() for c in form):
            continue  # "yesterday" in a quotation counts from the day it was said
        before = [word for word in telling.words if word.end <= point.start][-3:]
        after = [word for word in telling.words if word.start >= point.end][:1]
        if len(point.value) <= 4 and before and before[-1].key in _DETERMINERS:
            continue  # "the 2016 election" is a name, not a time
        if not any(word.key in SAID for word in (*before, *after)):
            out.append(point)
    return out


def _own_words(points: Sequence[TimePoint], telling: Telling) -> set[str]:
    return {
        stem(word.key)
        for point in points
        for word in telling.words
        if point.start <= word.start and word.end <= point.end
    }


def _same_words(one: Telling, left: TimePoint, two: Telling, right: TimePoint) -> bool:
    """Whether both use one expression ("Monday", "Monday morning"): then only the day it counts from differs."""
    first = {word.key for word in words(one.article.text, Span(left.start, left.end))}
    second = {word.key for word in words(two.article.text, Span(right.start, right.end))}
    return first <= second or second <= first


def _match(one: Telling, two: Telling) -> tuple[TimePoint, TimePoint] | None:
    """The pair of times that stand in the same place of both tellings and cannot both hold."""
    left, right = _usable(one), _usable(two)
    if not left or not right:
        return None
    own = _own_words(left, one) | _own_words(right, two)
    if len((one.content & two.content) - own) < 3:
        return None
    clauses = {id(a): one.clause(a.start, a.end) - own for a in left} | {
        id(b): two.clause(b.start, b.end) - own for b in right
    }
    near = {(a, b): len(clauses[id(a)] & clauses[id(b)]) for a in left for b in right}
    for (a, b), count in sorted(near.items(), key=lambda item: (-item[1], item[0][0].start, item[0][1].start)):
        if count < 2 or 2 * count <= min(len(clauses[id(a)]), len(clauses[id(b)])) or not a.value or not b.value:
            continue  # the subject alone is not the event
        others = [b2.value for b2 in right if b2 is not b] + [a2.value for a2 in left if a2 is not a]
        written = any(_same_words(one, a, two, b2) for b2 in right) or any(_same_words(one, a2, two, b) for a2 in left)
        best = count == max(near[a, c] for c in right) == max(near[c, b] for c in left)
        alone = sum(near[a, c] == count for c in right) == 1 and sum(near[c, b] == count for c in left) == 1
        fits = any(v and (compatible(a.value, v) or compatible(b.value, v)) for v in others)
        if best and alone and not fits and not written and not compatible(a.value, b.value):
            return a, b
    return None


def _severity(one: str, two: str) -> Severity:
    (low_one, high_one), (low_two, high_two) = ranges(one)[0], ranges(two)[0]
    days = max((low_two - high_one).days, (low_one - high_two).days)
    return "low" if days <= 1 else "high" if days > 60 else "medium"


def date_conflicts(told: Told) -> Iterator[Conflict]:
    """Times of one claim that cannot both hold, one conflict for each pair of values."""
    for claim, tellings in told.sets():
        seen: set[tuple[str | None, str | None]] = set()
        for one, two in combinations(tellings, 2):
            if one.article.id == two.article.id or min(told.alike(one, two)) < _ALIKE:
                continue
            pair = _match(one, two)
            if pair is None or (pair[0].value, pair[1].value) in seen:
                continue
            seen |= {(pair[0].value, pair[1].value), (pair[1].value, pair[0].value)}
            a, b = pair
            yield conflict(
                "date",
                "conflict",
                _severity(str(a.value), str(b.value)),
                f"{told.label(one.article)} says {about(one, a.start, a.end)}; "
                f"{told.label(two.article)} says {about(two, b.start, b.end)}.",
                [
                    side(one.article, [Span(a.start, a.end)], str(a.value)),
                    side(two.article, [Span(b.start, b.end)], str(b.value)),
                ],
                claim=claim,
            )
