"""How likely two articles tell one story: from how alike they are, and from who else would be nearer to either.

On a busy day much is about one matter, and what tells events apart is not how alike two articles are but whether each
has another that it is clearly nearer to, and the other article is not. A logistic function weighs this; its weights
were learned on editors' round-ups (``training/stories.py``), from pairs of articles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headwater.cluster.items import Values
from headwater.cluster.pairs import Pairs

#: Columns that are weighed, with their weights.
WEIGHTS: Final[Mapping[str, float]] = {
    "title": 3.531,
    "weekday": 0.761,
    "undated": -3.748,
    "undated_text": 9.056,
    "same_day": 0.165,
    "days": -0.888,
    "alike": -2.907,
    "nearer": 4.462,
    "nearest": 3.196,
    "company": -7.137,
}
BIAS: Final = -6.095

_PER_DAY: Final = 0.2  # likeness falls off by exp(-this) a day ...
_FAR: Final = 0.2  # ... down to this part of it
_UNDATED: Final = 0.6  # part of it that is left where one bears no date, though others do
#: Likeness below which two articles are not judged.
LEAST: Final = 0.03
_MATES: Final = 3  # articles of one story that both may be alike, before more of them make a busy day
_SOME: Final = 0.05  # added to likenesses before they are compared, so that small ones do not matter


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """For each pair: ``alike``, the likeness of text and time in 0..1, and ``chance`` of telling one story, 0..1."""

    alike: Values
    chance: Values


def judge(pairs: Pairs, mixed: NDArray[np.bool_]) -> Judged:
    """Judge every pair.

    Args:
        pairs: as found.
        mixed: for each article, whether it is no report of one event: nothing is judged by its likeness to others.
    """
    alike = likeness(pairs)
    table = columns(pairs, alike, mixed)
    total = np.full(len(alike), BIAS)
    for name, weight in WEIGHTS.items():
        total += weight * table[name]
    chance: Values = np.where(alike >= LEAST, 1 / (1 + np.exp(-np.clip(total, -40, 40))), 0.0)
    return Judged(alike=alike, chance=np.round(chance, 12))


def likeness(pairs: Pairs) -> Values:
    """The likeness of the texts, less for articles days apart or, among dated ones, without a date."""
    near = np.maximum(_FAR, np.exp(-_PER_DAY * np.maximum(pairs.days, 0)))
    undated = _UNDATED if np.any(pairs.days >= 0) else 1.0
    return np.where(pairs.issues, 0.0, pairs.text * np.where(pairs.days < 0, undated, near))


def columns(pairs: Pairs, alike: Values, mixed: NDArray[np.bool_]) -> dict[str, Values]:
    """What is weighed, by name.

    ``nearer`` and ``nearest`` say how the likeness of the two stands to that of each to its best other, as a logarithm,
    for the article of which it stands worse and for the other; another that both are alike is no rival, so its
    likeness to the one is lessened by that to the other. ``company`` is the share 0..1 of likenesses to others
    that the two have in common, beyond the three most alike: of a busy day's matter, not of one event.
    """
    undated = (pairs.days < 0).astype(np.float64)
    first, second, company = _rivals(pairs, alike, mixed)
    stands = [np.log((alike + _SOME) / (rival + _SOME)) for rival in (first, second)]
    return {
        "title": pairs.title,
        "weekday": pairs.weekday,
        "undated": undated,
        "undated_text": undated * pairs.text,
        "same_day": (pairs.days == 0).astype(np.float64),
        "days": np.log1p(np.maximum(pairs.days, 0)),
        "alike": np.log(alike + 0.02),
        "nearer": np.minimum(*stands),
        "nearest": np.maximum(*stands),
        "company": company,
    }


def _rivals(pairs: Pairs, alike: Values, mixed: NDArray[np.bool_]) -> tuple[Values, Values, Values]:
    """Likeness of the best rival of the first and of the second of each pair, and the company they share."""
    near: list[dict[int, float]] = [{} for _ in mixed]
    judged = np.flatnonzero(alike >= LEAST)
    rows = list(zip(pairs.one[judged].tolist(), pairs.other[judged].tolist(), alike[judged].tolist(), strict=True))
    for one, other, like in rows:
        if not mixed[other]:
            near[one][other] = like
        if not mixed[one]:
            near[other][one] = like
    ranked = [sorted(others.items(), key=lambda item: (-item[1], item[0])) for others in near]
    sums = [sum(others.values()) for others in near]
    found = np.zeros((3, len(judged)))
    for at, (one, other, like) in enumerate(rows):
        mine, theirs = near[one], near[other]
        both = sorted((min(mine[third], theirs[third]) for third in mine.keys() & theirs.keys()), reverse=True)
        shared = sum(both[_MATES:])
        every = sums[one] + sums[other] - 2 * like - shared
        found[:, at] = _rival(ranked[one], theirs, other), _rival(ranked[other], mine, one), shared / (every + _SOME)
    out = np.zeros((3, len(alike)))
    out[:, judged] = found
    return out[0], out[1], out[2]


def _rival(ranked: Sequence[tuple[int, float]], theirs: Mapping[int, float], other: int) -> float:
    """The most by which a third is more alike to an article than to the ``other``; ``ranked`` by likeness to it."""
    best = 0.0
    for third, value in ranked:
        if value <= best:
            break
        if third != other:
            best = max(best, value - theirs.get(third, 0.0))
    return best
