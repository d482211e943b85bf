"""Which articles may tell one story, and how alike they are: an index by their rarest words, never all pairs.

Takes items, gives pairs with their likenesses. Two are met where they share one of the rarest words of both and are
of about one time; of those that share a word only the nearest by date are met, and each article keeps those nearest to
it, so that the work grows with the articles and not with their square.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headwater.cluster.items import Item, Numbers, Values

DAYS: Final = 14  # no story of ours reaches from one article to another over more days
_KEYWORDS: Final = 30  # rarest words of an article by which others are found
_CROWD: Final = 200  # articles of the nearest dates that are met by such a word
_UNDATED_CROWD: Final = 1_000  # dated articles with such a word that an undated one is compared with
_NEAREST: Final = 25  # articles that one is compared with, most shared keywords first
_MET: Final = 100  # articles before it that one keeps until all have been met
_AT_ONCE: Final = 500  # articles whose pairs are proposed at once
_FIGURES: Final = 4  # figures that two issues of a series name at least
_UNKNOWN: Final = -1
_CALENDAR: Final = 4_000_000  # more than the last day there is


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of articles by place, the first smaller, in order; each column has one value a pair.

    ``text`` and ``title`` are cosines of their rarer words; ``days`` lie between the dates they bear, -1 where one
    bears none; ``weekday`` is 1 where both name the same weekday first, -1 where not the same, 0 where one names none.
    ``issues`` is True where both are issues of one series, told apart by their dates and figures.
    """

    one: Numbers
    other: Numbers
    text: Values
    title: Values
    days: Values
    weekday: Values
    issues: NDArray[np.bool_]


def pairs_of(items: Sequence[Item]) -> Pairs:
    """The pairs of articles that are near enough to be judged."""
    one, other = _nearest(items, _keywords(items))
    day = np.array([_UNKNOWN if i.day is None else i.day for i in items], dtype=np.float64)
    weekday = np.array([_UNKNOWN if i.weekday is None else i.weekday for i in items], dtype=np.int64)
    series = np.array([_UNKNOWN if i.series is None else i.series for i in items], dtype=np.int64)
    known = (day[one] >= 0) & (day[other] >= 0)
    said = (weekday[one] >= 0) & (weekday[other] >= 0)
    days = np.where(known, np.abs(day[one] - day[other]), _UNKNOWN)
    issues = (days > 0) & (series[one] == series[other]) & (series[one] >= 0)
    for at in np.flatnonzero(issues).tolist():
        issues[at] = _figures_differ(items[one[at]].figures, items[other[at]].figures)
    return Pairs(
        one=one,
        other=other,
        text=_cosines([i.terms for i in items], [i.weights for i in items], one, other),
        title=_cosines([i.title for i in items], [i.title_weights for i in items], one, other),
        days=days,
        weekday=np.where(said, np.where(weekday[one] == weekday[other], 1.0, -1.0), 0.0),
        issues=issues,
    )


def _figures_differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts name figures, and mostly not the same."""
    fewer = min(len(one), len(other))
    return fewer >= _FIGURES and len(one & other) < fewer / 2


# Who is met -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Keywords:
    """Rarest words with the articles that hold them, by word and then by place of the article in time."""

    term: Numbers
    item: Numbers
    weight: Values
    day: Numbers


def _keywords(items: Sequence[Item]) -> _Keywords:
    term, item, weight = [], [], []
    for number, one in enumerate(items):
        heaviest = np.lexsort((one.terms, -one.weights))[:_KEYWORDS]
        term.append(one.terms[heaviest])
        weight.append(one.weights[heaviest])
        item.append(np.full(len(heaviest), number))
    terms, numbers = _joined(term), _joined(item)
    days = np.array([_UNKNOWN if i.day is None else i.day for i in items], dtype=np.int64)[numbers]
    order = np.lexsort((numbers, days, terms))
    weights = np.concatenate(weight) if weight else np.zeros(0)
    return _Keywords(terms[order], numbers[order], weights[order], days[order])


def _joined(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts]).astype(np.int64)


def _nearest(items: Sequence[Item], keywords: _Keywords) -> tuple[Numbers, Numbers]:
    """Pairs that share keywords, as far as one of the two is among the nearest of the other; in order."""
    rows = np.concatenate([np.zeros((0, 3)), *_met(len(items), keywords)])
    one, other, score = rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2]
    side, far = np.concatenate((one, other)), np.concatenate((other, one))
    order = np.lexsort((far, -np.concatenate((score, score)), side))
    rank = np.arange(len(order)) - np.searchsorted(side[order], side[order])
    kept = np.zeros(len(one), dtype=bool)
    kept[order[rank < _NEAREST] % max(1, len(one))] = True
    one, other = one[kept], other[kept]
    order = np.lexsort((other, one))
    return one[order], other[order]


def _met(count: int, keywords: _Keywords) -> Iterator[NDArray[np.float64]]:
    """Rows of (article, article, weight of the keywords they share), each pair once."""
    holder, low, high = _ranges(keywords)
    owner = keywords.item[holder]
    order = np.argsort(owner, kind="stable")
    bounds = np.searchsorted(owner[order], np.arange(0, count + _AT_ONCE, _AT_ONCE))
    for start, end in pairwise(bounds):
        mine = order[start:end]
        me, them = _spread(low[mine], high[mine])
        me = holder[mine][me]
        one, other = keywords.item[me], keywords.item[them]
        keys, back = np.unique(one * count + other, return_inverse=True)
        score = np.bincount(back, keywords.weight[me] * keywords.weight[them], len(keys))
        # most of what shares a keyword shares one that is not rare: it is not kept until all have been met
        ranked = np.lexsort((keys, -score, keys // count))
        own = keys[ranked] // count
        ranked = ranked[np.arange(len(ranked)) - np.searchsorted(own, own) < _MET]
        one, other = keys[ranked] // count, keys[ranked] % count
        yield np.column_stack((np.minimum(one, other), np.maximum(one, other), score[ranked]))


def _ranges(keywords: _Keywords) -> tuple[Numbers, Numbers, Numbers]:
    """Which places of the index are met from which: place, and a half-open range for it.

    Dated articles meet the dated ones before them, undated ones the undated before them, of each the nearest; undated
    ones meet also all that bear a date, unless those are a crowd.
    """
    place = np.arange(len(keywords.term))
    start = keywords.term * _CALENDAR
    key = start + keywords.day + 1  # undated ones come first
    earliest = np.searchsorted(key, start + np.maximum(keywords.day - DAYS, 0) + (keywords.day >= 0))
    before = np.maximum(earliest, place - _CROWD)
    undated = np.flatnonzero(keywords.day == _UNKNOWN)
    dated, end = np.searchsorted(key, start[undated] + 1), np.searchsorted(key, start[undated] + _CALENDAR)
    few = end - dated <= _UNDATED_CROWD
    return (
        np.concatenate((place, undated[few])),
        np.concatenate((before, dated[few])),
        np.concatenate((place, end[few])),
    )


def _spread(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """All numbers of half-open ranges, with the place of the range that each is from."""
    sizes = high - low
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return owner, np.arange(len(owner)) + np.repeat(low - (np.cumsum(sizes) - sizes), sizes)


# How alike they are ---------------------------------------------------------------------------------------------------


def _cosines(terms: Sequence[Numbers], weights: Sequence[Values], one: Numbers, other: Numbers) -> Values:
    """Cosines of vectors of unit length, given as words and weights, for pairs in order of the first."""
    _, words = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *terms]), return_inverse=True)
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
        rows, at = _spread(ends[others], ends[others + 1])
        out[start:end] = np.bincount(rows, mine[words[at]] * worth[at], len(others))
        mine[words[own]] = 0.0
    # sums in another order differ in the last digits: the same pair is to be as alike in any batch
    return np.round(out, 12)
