"""Which texts may share text: fingerprints in, pairs out, by an index of those within reach and never all pairs.

Texts come in order. Each is held against those before it that are still within reach, so that what is found does not
hang on how the texts are dealt out in batches, and what is kept does not grow with the corpus.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from headwater.align.passages.wording import Ints, Numbers

_ALL = 24  # a number that more texts before this one bear no longer proposes all of them, but ...
_NEAREST = 8  # ... only the first and the nearest, so that lineages stay connected
_PARTNERS = 24  # texts with which one is compared word by word, those it shares most with


class Near:
    """The numbers of the texts within reach, in order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._hashes = np.zeros(0, np.uint64)
        self._texts = np.zeros(0, np.int64)
        self._outlets = np.zeros(0, np.int64)

    def add(self, texts: Sequence[tuple[int, int, Numbers]]) -> list[tuple[int, int]]:
        """Take in the next texts and propose pairs: each new one with some that came before it.

        Args:
            texts: (number, outlet, fingerprints), in order of number, all above those taken before; the outlet is a
                number, -1 = not known.

        Returns:
            (later, earlier), in order.
        """
        if not texts:
            return []
        first = texts[0][0]
        sizes = [len(hashes) for _, _, hashes in texts]
        hashes = np.concatenate([self._hashes, *(hashes for _, _, hashes in texts)])
        order = np.argsort(hashes, kind="stable")  # equal numbers stay in order of text; sorted runs merge
        self._hashes = hashes[order]
        self._texts = np.concatenate([self._texts, np.repeat([number for number, _, _ in texts], sizes)])[order]
        self._outlets = np.concatenate([self._outlets, np.repeat([outlet for _, outlet, _ in texts], sizes)])[order]
        return _likeliest(self._shared(first), int(self._texts.max(initial=0)) + 1)

    def forget(self, gone: Ints) -> None:
        """Leave out texts that nothing to come can reach; ``gone`` is sorted."""
        kept = ~np.isin(self._texts, gone)
        self._hashes, self._texts, self._outlets = self._hashes[kept], self._texts[kept], self._outlets[kept]

    def _shared(self, first: int) -> Ints:
        """A code (later text times the number of texts, plus earlier one) for each number that a pair has in common."""
        begins = np.ones(len(self._hashes), np.bool_)
        begins[1:] = self._hashes[1:] != self._hashes[:-1]
        heads = np.flatnonzero(begins)
        ranks = np.arange(len(begins)) - np.repeat(heads, np.diff(heads, append=len(begins)))  # how many bear it before
        new = np.flatnonzero((ranks > 0) & (self._texts >= first))
        ranks = ranks[new]
        common = ranks > _ALL
        few, few_ranks, many, many_ranks = new[~common], ranks[~common], new[common], ranks[common]
        joined = [(few[few_ranks >= lag], lag) for lag in range(1, _ALL + 1)]
        pairs = [(at, at - lag) for at, lag in joined]
        pairs.append((many, many - 1))  # whatever the outlet: a text may be printed anew every hour
        pairs += [self._abroad(many, many - lag) for lag in range(2, _NEAREST + 1)]
        pairs += [self._abroad(many, many - many_ranks + hub) for hub in range(_NEAREST)]
        width = int(self._texts.max(initial=0)) + 1
        return np.concatenate([self._texts[later] * width + self._texts[earlier] for later, earlier in pairs])

    def _abroad(self, later: Ints, earlier: Ints) -> tuple[Ints, Ints]:
        """Without pairs in one outlet: what it prints again and again goes with its pages."""
        kept = (self._outlets[later] < 0) | (self._outlets[later] != self._outlets[earlier])
        return later[kept], earlier[kept]


def _likeliest(codes: Ints, width: int) -> list[tuple[int, int]]:
    """For each later text the ``_PARTNERS`` earlier ones it shares most with, the earliest first where they are even.

    In a large story every text has some words in common with most others; what it shares most with is enough.
    """
    found, times = np.unique(codes, return_counts=True)
    later, earlier = np.divmod(found, width)
    order = np.lexsort((earlier, -times, later))
    later, earlier = later[order], earlier[order]
    heads = np.flatnonzero(np.diff(later, prepend=-1))
    ranks = np.arange(len(later)) - np.repeat(heads, np.diff(heads, append=len(later)))
    kept = ranks < _PARTNERS
    return sorted(zip(later[kept].tolist(), earlier[kept].tolist(), strict=True))


def pairs(fingerprints: Iterable[Numbers]) -> list[tuple[int, int]]:
    """The pairs among texts given at once, (later, earlier), by their numbers in the order given."""
    return Near().add([(number, -1, hashes) for number, hashes in enumerate(fingerprints)])
