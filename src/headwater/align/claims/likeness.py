"""How like two wordings are, for those pairs where it can matter: never all pairs of a large story.

Pairs come from an inverted index over rare words and, with an encoder, from the nearest vectors of each. Likeness is
that of words (TF-IDF) alone, or of words and vectors, three parts to four.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from headwater.align.claims.meaning import Meanings

MOST_PROPOSED = 1_000_000  # pairs compared by words, those with the rarest words first; a story stays far below
WORDS = 0.75  # weight of words beside vectors, as a trial on other stories had it
LEAST = 0.12  # likeness under which a pair is not looked at
_NEAREST = 16  # of each wording, by vectors
_ALL = 6000  # wordings of which all vectors are compared; beyond, pairs come from the index of words alone
_BLOCK = 512

Pairs = dict[tuple[int, int], float]


def by_words(weighed: Sequence[Mapping[str, float]], deny: Sequence[bool]) -> Pairs:
    """Likeness by words of pairs that share three content words; of opposite polarity, half of it."""
    out = {}
    for (i, j), number in _proposed(weighed).items():
        if number < min(3, len(weighed[i]), len(weighed[j])):
            continue
        # words too common to propose a pair still count in its likeness
        full = _dot(weighed[i], weighed[j]) * (0.5 if deny[i] != deny[j] else 1.0)
        if full > 0.1:
            out[i, j] = full
    return out


def by_meaning(weighed: Sequence[Mapping[str, float]], meanings: Meanings) -> Pairs:
    """Likeness by words and vectors, from ``LEAST`` on, of pairs that share two content words or have near vectors."""
    proposed = {pair for pair, number in _proposed(weighed).items() if number >= 2}
    vectors = meanings.vectors
    if len(vectors) <= _ALL:
        for start in range(0, len(vectors), _BLOCK):
            near = vectors[start : start + _BLOCK] @ vectors.T
            keep = min(_NEAREST + 1, near.shape[1])
            for row, columns in enumerate(np.argpartition(-near, keep - 1, axis=1)[:, :keep]):
                i = start + row
                proposed.update((min(i, j), max(i, j)) for j in columns.tolist() if j != i and near[row, j] > LEAST)
    out = {}
    for i, j in sorted(proposed):
        full = (float(vectors[i] @ vectors[j]) + WORDS * _dot(weighed[i], weighed[j])) / (1 + WORDS)
        if full >= LEAST:
            out[i, j] = full
    return out


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(v * other.get(t, 0.0) for t, v in one.items())


def _proposed(weighed: Sequence[Mapping[str, float]]) -> dict[tuple[int, int], int]:
    """Pairs that share words, with how many of those that are rare enough."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, vector in enumerate(weighed):
        for term in vector:
            index[term].append(number)
    limit = max(60, len(weighed) // 12)
    budget = MOST_PROPOSED + 20 * len(weighed)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for term in sorted(index, key=lambda t: (len(index[t]), t)):
        hits = index[term]
        if len(hits) > limit or (budget := budget - len(hits) ** 2 // 2) < 0:
            break
        for pair in combinations(hits, 2):
            shared[pair] += 1
    return shared
