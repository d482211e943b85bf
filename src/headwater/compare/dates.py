"""Dates of one thing that cannot both hold.

Takes tellings of one claim: times with an EDTF value in like words whose ranges are apart. "Mid-September" and "the
middle of next month" hold together. The day on which somebody spoke is no part of what was said.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, Literal, NamedTuple

from headwater.compare.notes import about, conflict, side
from headwater.compare.stems import stem
from headwater.compare.told import Telling, Told
from headwater.dates import absolute_dates, compatible, ranges
from headwater.lexicon import SAID
from headwater.model import Conflict, Severity, Side, Span, TimePoint
from headwater.words import words

_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that"})

_ALIKE = 0.4
#: Content words that two sentences must share beside their times, and words on each side that a time belongs to.
_SHARED, _BESIDE = 3, 4
_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR: Final = re.compile(r"\s*\b(?:this|next|last|the same|that)\s+year\b", re.ASCII | re.IGNORECASE)


class Timed(NamedTuple):
    """A time of a telling and the EDTF value it is compared by.

    Where nothing dates the articles, "3 March" and "13 March" still differ, and so do "Tuesday" and "Friday": ``basis``
    says what a stand-in year or week was taken for, and only values of one basis are compared.
    """

    point: TimePoint
    value: str
    basis: Literal["known", "year", "week"]


def usable(telling: Telling) -> list[Timed]:
    """Times that belong to what is told: with a value, not beside a verb of saying, not in a cue, not in a name."""
    out = []
    # "said on Tuesday that": the words before a mention tell what its first time is of
    sentence = words(telling.article.text, telling.setting) if telling.times else []
    spoken = any(attribution.mode != "indirect" for attribution in telling.heard)
    for point in telling.times:
        form = telling.article.text[point.start : point.end]
        timed = _timed(point, form)
        if timed is None or not ranges(timed.value):
            continue
        if spoken and not any(c.isdigit() for c in form):
            continue  # "yesterday" in a quotation counts from the day it was said
        if telling.article.text[point.end : point.end + 2] in {"'s", "’s"}:
            continue  # "Friday's indictments" dates what is named, not what is told
        before = [word for word in sentence if word.end <= point.start][-3:]
        after = [word for word in sentence if word.start >= point.end][:1]
        if len(timed.value) <= 4 and before and before[-1].key in _DETERMINERS:
            continue  # "the 2016 election" is a name, not a time
        if not any(word.key in SAID for word in (*before, *after)):
            out.append(timed)
    return out


def _timed(point: TimePoint, form: str) -> Timed | None:
    if point.value:
        return Timed(point, point.value, "known")
    keys = [word.key for word in words(form)]
    day = next((n for n, name in enumerate(_WEEK) if name in keys), -1)
    if day >= 0:
        return Timed(point, f"2001-01-{day + 1:02}", "week") if not {"next", "last"} & {*keys} else None
    shift = 1 if "next" in keys else -1 if "last" in keys else 0
    bare = _YEAR.sub("", form)
    found = absolute_dates(f"{bare} {2001 + shift}")
    return Timed(point, found[0][1], "year") if found and found[0][0].start == 0 else None


def _own_words(points: Sequence[Timed], telling: Telling) -> set[str]:
    return {
        stem(word.key)
        for point in points
        for word in telling.words
        if point.point.start <= word.start and word.end <= point.point.end
    }


def _same_words(one: Telling, left: TimePoint, two: Telling, right: TimePoint) -> bool:
    """Whether both use one expression ("Monday", "Monday morning"): then only the day it counts from differs."""
    first = {word.key for word in words(one.article.text, Span(left.start, left.end))}
    second = {word.key for word in words(two.article.text, Span(right.start, right.end))}
    return first <= second or second <= first


def _match(one: Telling, two: Telling) -> tuple[Timed, Timed] | None:
    """The pair of times that stand in the same place of both tellings and cannot both hold."""
    left, right = usable(one), usable(two)
    if not left or not right:
        return None
    own = _own_words(left, one) | _own_words(right, two)
    if len((one.wider & two.wider) - own) < _SHARED or len((one.content & two.content) - own) < 2:
        return None
    clauses = {id(t): one.clause(t.point.start, t.point.end) - own for t in left} | {
        id(t): two.clause(t.point.start, t.point.end) - own for t in right
    }
    beside = {id(t): _beside(one, t.point) - own for t in left} | {id(t): _beside(two, t.point) - own for t in right}
    near = {(id(a), id(b)): len(clauses[id(a)] & clauses[id(b)]) for a in left for b in right}
    pairs = sorted(
        ((a, b) for a in left for b in right),
        key=lambda pair: (-near[id(pair[0]), id(pair[1])], pair[0].point.start, pair[1].point.start),
    )
    for a, b in pairs:
        count = near[id(a), id(b)]
        if count < 2 or 2 * count <= min(len(clauses[id(a)]), len(clauses[id(b)])):
            continue  # the subject alone is not the event
        if a.basis != b.basis or not beside[id(a)] & beside[id(b)]:
            continue
        others = [b2 for b2 in right if b2 is not b] + [a2 for a2 in left if a2 is not a]
        written = any(_same_words(one, a.point, two, b2.point) for b2 in right) or any(
            _same_words(one, a2.point, two, b.point) for a2 in left
        )
        best = count == max(near[id(a), id(c)] for c in right) == max(near[id(c), id(b)] for c in left)
        alone = (
            sum(near[id(a), id(c)] == count for c in right) == 1 and sum(near[id(c), id(b)] == count for c in left) == 1
        )
        fits = any(compatible(a.value, o.value) or compatible(b.value, o.value) for o in others)
        if best and alone and not fits and not written and not compatible(a.value, b.value):
            return a, b
    return None


def _beside(telling: Telling, point: TimePoint) -> frozenset[str]:
    """Content stems of the words nearest to a time: what it dates is among them."""
    first = next((n for n, word in enumerate(telling.words) if word.end > point.start), len(telling.words))
    last = next((n for n, word in enumerate(telling.words) if word.start >= point.end), len(telling.words))
    before = [s for s in telling.stems[:first] if s][-_BESIDE:]
    return frozenset(before + [s for s in telling.stems[last:] if s][:_BESIDE])


def _severity(one: str, two: str) -> Severity:
    (low_one, high_one), (low_two, high_two) = ranges(one)[0], ranges(two)[0]
    apart = max((low_two - high_one).days, (low_one - high_two).days)
    # of months, years and seasons the beginnings tell how far apart they are
    days = apart if low_one == high_one or low_two == high_two else abs((low_two - low_one).days)
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
                _severity(a.value, b.value),
                f"{told.label(one.article)} says {about(one, a.point.start, a.point.end)}; "
                f"{told.label(two.article)} says {about(two, b.point.start, b.point.end)}.",
                [_side(one, a), _side(two, b)],
                claim=claim,
            )


def _side(telling: Telling, timed: Timed) -> Side:
    span = Span(timed.point.start, timed.point.end)
    # a stand-in year is nothing that the text says
    return side(telling.article, [span], timed.value if timed.basis == "known" else None)
