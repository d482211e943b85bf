"""Near-duplicates in bulk: articles in, likely pairs with an estimate out, no text laid side by side.

For thinning a corpus, where speed counts and a pair needs no proof; what is shown to anyone comes from ``copies``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from headwater.align.passages.fingerprints import fingerprints
from headwater.align.passages.nearness import Near
from headwater.model import Article


class Likeness(NamedTuple):
    """Two articles that likely share text; ``share`` (0..1) estimates how much of the shorter stands in the other."""

    one: str
    other: str
    share: float


def near_duplicates(articles: Sequence[Article], *, at_least: float = 0.1) -> tuple[Likeness, ...]:
    """Find articles that are likely near-duplicates, or of which one likely holds a part of the other.

    Args:
        articles: in any order; ids must differ.
        at_least: the share (0..1) of the one with fewer fingerprints that both must have. A tenth of the words
            exchanged one by one leaves two fifths of them.

    Returns:
        Pairs by id, the smaller first. Each article is held against the 24 before it (by date, then id) that it shares
        most with.

    Raises:
        ValueError: at_least is outside 0..1.
    """
    if not 0 <= at_least <= 1:
        raise ValueError(f"at_least is {at_least}; it must lie between 0 and 1")
    order = sorted(articles, key=lambda a: (a.published or "9999", a.id, a.text))
    sizes = np.zeros(len(order), np.int64)
    taken = []
    for number, hashes in enumerate(fingerprints(order)):
        sizes[number] = len(hashes)
        taken.append((-1, hashes))
    later, earlier, times = Near().add(taken)
    shares = times / np.maximum(1, np.minimum(sizes[later], sizes[earlier]))
    kept = shares >= at_least
    found = []
    for one, other, share in zip(later[kept].tolist(), earlier[kept].tolist(), shares[kept].tolist(), strict=True):
        first, second = sorted((order[one].id, order[other].id))
        found.append(Likeness(first, second, round(share, 4)))
    return tuple(sorted(found))
