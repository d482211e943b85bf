"""What stands between articles: who is compared with whom, how alike they are, and their chance of telling one story.

Takes items, and whom those without a date are held against; gives links. What is known of two articles that bear a
date depends on the articles of the days around them alone; see ``reach``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headwater.cluster import pairs
from headwater.cluster.items import Item
from headwater.cluster.judging import LEAST, Far, Judged, judge, likeness_across
from headwater.cluster.undated import Beside

#: Days before an article that have a say in its links to earlier ones, and after it.
BEFORE: Final = 2 * pairs.DAYS
AFTER: Final = pairs.DAYS

_ALIKE: Final = 0.1  # likeness, or
_CHANCE: Final = 0.01  # chance, from which a link counts where groups are joined


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of articles by place, and what is known of them."""

    pairs: pairs.Pairs
    judged: Judged
    wanted: NDArray[np.bool_] | None = None

    def weighed(self) -> Iterator[tuple[int, int, float, float]]:
        """Two places, the first smaller, with likeness and chance, in order; only those that count."""
        kept = (self.judged.chance >= _CHANCE) | (self.judged.alike >= _ALIKE)
        if self.wanted is not None:
            kept &= self.wanted
        columns = (self.pairs.one, self.pairs.other, self.judged.alike, self.judged.chance)
        return zip(*(column[kept].tolist() for column in columns), strict=True)


def links_of(items: Sequence[Item], beside: Beside, far: Far, *, judged: tuple[int, int] | None = None) -> Links:
    """The links between articles.

    Args:
        items: in order of their ids.
        beside: which of them that bear no date are held against which that bear one.
        far: as ``far_of`` gives it, for all of them that bear no date.
        judged: only the links of articles of these days, both inclusive, to earlier ones and to such as bear no date
            are wanted; ``items`` are then those from ``BEFORE`` to ``AFTER`` around them. None = all.
    """
    one, other = pairs.near(items, undated=judged is None)
    met = pairs.pairs_of(items, np.concatenate((one, beside.undated)), np.concatenate((other, beside.dated)))
    wanted = None
    if judged is not None:
        day = pairs.days_of(items)
        later = np.maximum(day[met.one], day[met.other])
        wanted = (later >= judged[0]) & (later <= judged[1])
    return Links(met, judge(met, _mixed(items), far, wanted), wanted)


def far_of(items: Sequence[Item], beside: Beside) -> dict[int, dict[int, float]]:
    """Who is alike those that bear no date, among those that they are held against, by place."""
    likes = likeness_across(pairs.texts(items, beside.undated, beside.dated))
    mixed = _mixed(items)
    out: dict[int, dict[int, float]] = {}
    for lacking, dated, like in zip(beside.undated.tolist(), beside.dated.tolist(), likes.tolist(), strict=True):
        near = out.setdefault(lacking, {})
        if like >= LEAST and not mixed[dated]:
            near[dated] = like
    return out


def _mixed(items: Sequence[Item]) -> NDArray[np.bool_]:
    return np.array([item.mixed for item in items], dtype=np.bool_)
