"""How likely two articles tell one story: from how alike they are, and from who else would be nearer to either.

On a busy day much is about one matter, and what tells events apart is not how alike two articles are but whether each
has another that it is clearly nearer to, and the other article is not. A logistic function weighs this; its weights
were learned on editors' round-ups (``training/stories.py``), from pairs of articles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.cluster.items import Numbers, Values
from headwater.cluster.pairs import Pairs

#: Columns that are weighed, with their weights.
WEIGHTS: Final[Mapping[str, float]] = {
    "title": 3.264,
    "weekday": 0.715,
    "undated": -3.445,
    "undated_both": -1.771,
    "undated_text": 10.24,
    "same_day": 0.043,
    "days": -1.121,
    "alike": -3.031,
    "nearer": 5.097,
    "nearest": 2.417,
    "company": -5.471,
}
BIAS: Final = -6.335

_PER_DAY: Final = 0.2  # likeness falls off by exp(-this) a day ...
_FAR: Final = 0.2  # ... down to this part of it
_UNDATED: Final = 0.6  # part of it that is left where one bears no date ...
_BOTH_UNDATED: Final = 0.85  # ... and where neither does
#: Likeness below which two articles are not judged.
LEAST: Final = 0.03
_MATES: Final = 3  # articles of one story that both may be alike, before more of them make a busy day
_SOME: Final = 0.05  # added to likenesses before they are compared, so that small ones do not matter

#: For each article without a date, by place, who of those that bear one is alike it, with the likeness; what stands by
#: itself is by a place, and what does not by any number below 0.
Far = Mapping[int, Mapping[int, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """For each pair: ``alike``, the likeness of text and time in 0..1, and ``chance`` of telling one story, 0..1."""

    alike: Values
    chance: Values


def judge(pairs: Pairs, mixed: NDArray[np.bool_], far: Far, wanted: NDArray[np.bool_] | None = None) -> Judged:
    """Judge pairs.

    Args:
        pairs: as found.
        mixed: for each article, whether it is no report of one event: nothing is judged by its likeness to others.
        far: of each article without a date.
        wanted: which pairs are judged, None = all; the others have no chance.
    """
    alike = likeness(pairs)
    judged = np.flatnonzero(alike >= LEAST if wanted is None else (alike >= LEAST) & wanted)
    table = columns(pairs, alike, mixed, far, judged)
    total = np.full(len(judged), BIAS)
    for name, weight in WEIGHTS.items():
        total += weight * table[name]
    chance = np.zeros(len(alike))
    chance[judged] = np.round(1 / (1 + np.exp(-np.clip(total, -40, 40))), 12)
    return Judged(alike=alike, chance=chance)


def likeness(pairs: Pairs) -> Values:
    """The likeness of the texts, less for articles days apart, or where one bears no date."""
    time = np.maximum(_FAR, np.exp(-_PER_DAY * np.maximum(pairs.days, 0)))
    time = np.select([pairs.undated == 1, pairs.undated == 2], [_UNDATED, _BOTH_UNDATED], time)
    return np.where(pairs.issues, 0.0, np.round(pairs.text * time, 12))


def likeness_across(text: Values) -> Values:
    """The same of articles of which one bears a date and the other does not, by the likeness of their texts."""
    return np.round(text * _UNDATED, 12)


def columns(pairs: Pairs, alike: Values, mixed: NDArray[np.bool_], far: Far, judged: Numbers) -> dict[str, Values]:
    """What is weighed, by name, of the pairs that are ``judged`` (by place, those alike enough).

    ``nearer`` and ``nearest`` say how the likeness of the two stands to that of each to its best other, as a logarithm,
    for the article of which it stands worse and for the other; another that both are alike is no rival, so its
    likeness to the one is lessened by that to the other. ``company`` is the share 0..1 of likenesses to others
    that the two have in common, beyond the three most alike: of a busy day's matter, not of one event.
    """
    undated = (pairs.undated[judged] > 0).astype(np.float64)
    days, like = pairs.days[judged], alike[judged]
    first, second, company = _rivals(pairs, alike, mixed, far, judged)
    stands = [np.log((like + _SOME) / (rival + _SOME)) for rival in (first, second)]
    return {
        "title": pairs.title[judged],
        "weekday": pairs.weekday[judged],
        "undated": undated,
        "undated_both": (pairs.undated[judged] == 2).astype(np.float64),
        "undated_text": undated * pairs.text[judged],
        "same_day": (days == 0).astype(np.float64),
        "days": np.log1p(np.maximum(days, 0)),
        "alike": np.log(like + 0.02),
        "nearer": np.minimum(*stands),
        "nearest": np.maximum(*stands),
        "company": company,
    }


def _rivals(pairs: Pairs, alike: Values, mixed: NDArray[np.bool_], far: Far, judged: Numbers) -> NDArray[np.float64]:
    """Likeness of the best rival of the first and of the second of each pair, and the company they share.

    Where an article without a date is held against one that bears one, its rivals are those that bear one too.
    """
    near: list[dict[int, float]] = [dict(far.get(number, ())) for number in range(len(mixed))]
    enough = np.flatnonzero(alike >= LEAST)
    for one, other, like in zip(*(column[enough].tolist() for column in (pairs.one, pairs.other, alike)), strict=True):
        if not mixed[other]:
            near[one][other] = like
        if not mixed[one]:
            near[other][one] = like
    one, other = pairs.one[judged], pairs.other[judged]
    asked = np.unique(np.concatenate((one, other))).tolist()
    every = {number: _Near.of(near[number]) for number in asked}
    alone = {number: _Near.of(far.get(number, {})) if number in far else every[number] for number in asked}
    found = np.zeros((3, len(judged)))
    rows = zip(one.tolist(), other.tolist(), (pairs.undated[judged] == 1).tolist(), strict=True)
    for at, (left, right, across) in enumerate(rows):
        known = alone if across else every
        mine, theirs = known[left], known[right]
        both = mine.likes.keys() & theirs.likes.keys()
        shared = 0.0
        if len(both) > _MATES:
            shared = sum(sorted([min(mine.likes[n], theirs.likes[n]) for n in both], reverse=True)[_MATES:])
        beyond = mine.total - mine.likes.get(right, 0.0) + theirs.total - theirs.likes.get(left, 0.0) - shared
        found[:, at] = _rival(mine, theirs, right), _rival(theirs, mine, left), shared / (max(0.0, beyond) + _SOME)
    return found


class _Near(NamedTuple):
    """Who is alike an article: by place, in order, most alike first, and all likenesses together."""

    likes: Mapping[int, float]
    ranked: Sequence[tuple[float, int]]
    total: float

    @classmethod
    def of(cls, likes: Mapping[int, float]) -> "_Near":
        """Of these; the total depends on no order."""
        return cls(likes, sorted(((-like, number) for number, like in likes.items())), fsum(likes.values()))


def _rival(mine: _Near, theirs: _Near, other: int) -> float:
    """The most by which a third is more alike to an article than to the ``other``."""
    best = 0.0
    for unlike, third in mine.ranked:
        if -unlike <= best:
            break
        if third != other:
            best = max(best, -unlike - theirs.likes.get(third, 0.0))
    return best
