"""Which articles may tell one story, and how alike they are: an index by their rarest words, never all pairs.

Takes items, gives pairs with their likenesses. Two are met where they share one of the rarest words of both and are
of about one time. Of those that came before it an article keeps the nearest alone, so that whom it is compared with
depends on the days before it and on nothing else, and the work grows with the articles and not with their square.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headwater.cluster.items import Item, Numbers, Values

#: No story reaches from one article to another over more days.
DAYS: Final = 7
#: Rarest words of an article by which others are found.
KEYWORDS: Final = 30
#: Articles before it (or, of one without a date, of any date) that an article is compared with, the nearest by those.
NEAREST: Final = 25

_CROWD: Final = 200  # articles of the nearest dates that are met by such a word
_AT_ONCE: Final = 500  # articles whose pairs are proposed at once
_FIGURES: Final = 4  # figures that two issues of a series name at least
_UNKNOWN: Final = -1
_CALENDAR: Final = 4_000_000  # more than the last day there is


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of articles by place, the first smaller, in order; each column has one value a pair.

    ``text`` and ``title`` are cosines of their rarer words; ``undated`` counts those of the two that bear no date,
    ``days`` lie between their dates, -1 where one bears none; ``weekday`` is 1 where both name the same weekday first,
    -1 where not the same, 0 where one names none. ``issues`` is True where both are issues of one series, told apart
    by their dates and figures.
    """

    one: Numbers
    other: Numbers
    text: Values
    title: Values
    undated: Numbers
    days: Values
    weekday: Values
    issues: NDArray[np.bool_]


def days_of(items: Sequence[Item]) -> Numbers:
    """The day of each, -1 for one that bears none."""
    return np.array([_UNKNOWN if i.day is None else i.day for i in items], dtype=np.int64)


def keywords_of(item: Item) -> tuple[Numbers, Values]:
    """The words of an article by which others are found, in rising order, with their weights."""
    heaviest = np.sort(np.lexsort((item.terms, -item.weights))[:KEYWORDS])
    return item.terms[heaviest], item.weights[heaviest]


def pairs_of(items: Sequence[Item], one: Numbers, other: Numbers) -> Pairs:
    """What is known of pairs of articles, given by place in any order, each once."""
    one, other = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((other, one))
    one, other = one[order], other[order]
    day = days_of(items)
    weekday = np.array([_UNKNOWN if i.weekday is None else i.weekday for i in items], dtype=np.int64)
    series = np.array([_UNKNOWN if i.series is None else i.series for i in items], dtype=np.int64)
    undated = (day[one] < 0).astype(np.int64) + (day[other] < 0)
    said = (weekday[one] >= 0) & (weekday[other] >= 0)
    days = np.where(undated == 0, np.abs(day[one] - day[other]), _UNKNOWN).astype(np.float64)
    issues = (days > 0) & (series[one] == series[other]) & (series[one] >= 0)
    for at in np.flatnonzero(issues).tolist():
        issues[at] = _figures_differ(items[one[at]].figures, items[other[at]].figures)
    return Pairs(
        one=one,
        other=other,
        text=texts(items, one, other),
        title=_cosines([i.title for i in items], [i.title_weights for i in items], one, other),
        undated=undated,
        days=days,
        weekday=np.where(said, np.where(weekday[one] == weekday[other], 1.0, -1.0), 0.0),
        issues=issues,
    )


def _figures_differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts name figures, and mostly not the same."""
    fewer = min(len(one), len(other))
    return fewer >= _FIGURES and len(one & other) < fewer / 2


# Who is met -----------------------------------------------------------------------------------------------------------


def near(items: Sequence[Item], *, undated: bool = True) -> tuple[Numbers, Numbers]:
    """Pairs of articles of about one time, by place: each with the nearest before it.

    Before are those of earlier days, and of one day those of smaller place. Articles without a date count as of one
    time, unless pairs of such are not wanted (``undated``).
    """
    found = [keywords_of(item) for item in items]
    term = _joined([terms for terms, _ in found])
    weight = np.concatenate([np.zeros(0), *(weights for _, weights in found)])
    item = np.repeat(np.arange(len(items)), [len(terms) for terms, _ in found])
    day = days_of(items)[item]
    order = np.lexsort((item, day, term))
    term, item, weight, day = term[order], item[order], weight[order], day[order]
    # of those that hold the same word, the ones before within reach; what bears no date meets what bears none
    start = term * _CALENDAR
    earliest = np.searchsorted(start + day + 1, start + np.maximum(day - DAYS, 0) + (day >= 0))
    low = np.maximum(earliest, np.arange(len(term)) - _CROWD)
    if not undated:
        low = np.where(day < 0, np.arange(len(term)), low)
    by_item = np.argsort(item, kind="stable")
    bounds = np.searchsorted(item[by_item], np.arange(0, len(items) + _AT_ONCE, _AT_ONCE))
    kept: list[tuple[Numbers, Numbers]] = []
    for first, last in pairwise(bounds):
        mine = by_item[first:last]
        at, them = spread(low[mine], mine)
        me = mine[at]
        keys, back = np.unique(item[me] * len(items) + item[them], return_inverse=True)
        score: Values = np.round(np.bincount(back, weight[me] * weight[them], len(keys)), 12)
        own = keys // len(items)
        ranked = nearest(own, score, keys)
        kept.append((own[ranked], keys[ranked] % len(items)))
    return _joined([one for one, _ in kept]), _joined([other for _, other in kept])


def nearest(own: Numbers, score: Values, name: NDArray[np.integer]) -> Numbers:
    """The places of the nearest of each: those with the highest scores, of equal ones those with the smallest names."""
    order = np.lexsort((name, -score, own))
    owners = own[order]
    return order[np.arange(len(order)) - np.searchsorted(owners, owners) < NEAREST]


def spread(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """All numbers of half-open ranges, with the place of the range that each is from."""
    sizes = high - low
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return owner, np.arange(len(owner)) + np.repeat(low - (np.cumsum(sizes) - sizes), sizes)


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts]).astype(np.int64)


# How alike they are ---------------------------------------------------------------------------------------------------


def texts(items: Sequence[Item], one: Numbers, other: Numbers) -> Values:
    """How alike the rarer words of two articles are, for pairs in order of the first: cosines."""
    return _cosines([i.terms for i in items], [i.weights for i in items], one, other)


def _cosines(terms: Sequence[Numbers], weights: Sequence[Values], one: Numbers, other: Numbers) -> Values:
    """Cosines of vectors of unit length, given as words and weights, for pairs in order of the first."""
    _, words = np.unique(_joined(terms), return_inverse=True)
    worth = np.concatenate([np.zeros(0), *weights])
    ends = np.cumsum([0, *map(len, terms)])
    out = np.zeros(len(one))
    mine = np.zeros(len(words))
    bounds = np.searchsorted(one, np.arange(len(terms) + 1))
    for number in np.flatnonzero(np.diff(bounds)).tolist():
        start, end = bounds[number], bounds[number + 1]
        own = slice(ends[number], ends[number + 1])
        mine[words[own]] = worth[own]
        others = other[start:end]
        rows, at = spread(ends[others], ends[others + 1])
        out[start:end] = np.bincount(rows, mine[words[at]] * worth[at], len(others))
        mine[words[own]] = 0.0
    # sums in another order differ in the last digits: the same pair is to be as alike in any batch
    return np.round(out, 12)
