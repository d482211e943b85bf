"""Which texts may share text: fingerprints in, pairs out, by an index of those within reach and never all pairs.

Texts come in order. Each is held against those before it that are still within reach, so that what is found does not
hang on how the texts are dealt out in batches, and what is kept does not grow with the corpus.
"""

from collections.abc import Iterable

import numpy as np

from headwater.align.passages.wording import Ints, Numbers

_ALL = 24  # a number that more texts before this one bear no longer proposes all of them, but ...
_NEAREST = 8  # ... only the first and the nearest, so that lineages stay connected
_MOST = 1 << 24
_LOW = np.uint64(_MOST - 1)
_HIGH = ~_LOW
_PARTNERS = 24  # texts with which one is compared word by word, those it shares most with


class Near:
    """The numbers of the texts within reach, in order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entries = np.zeros(0, np.uint64)  # a fingerprint, cut short, above the number of a text, less the base
        self._base = 0
        self._outlets: list[int] = []  # by number, less the base
        self._within: list[bool] = []  # the same: not gone yet

    def add(self, texts: Iterable[tuple[int, Numbers]]) -> tuple[Ints, Ints, Ints]:
        """Take in the next texts and propose pairs: each new one with some that came before it.

        Args:
            texts: (outlet, fingerprints); the outlet is a number, -1 = not known. They are numbered as they come.

        Returns:
            The pairs' later texts, their earlier ones, and how many numbers they have in common; by the later one,
            best first, the earliest first where they are even.

        Raises:
            ValueError: more than 16 million texts are within reach.
        """
        first = self._base + len(self._outlets)
        parts = [self._entries]
        for outlet, hashes in texts:
            number = np.uint64(len(self._outlets))
            self._outlets.append(outlet)
            self._within.append(True)
            parts.append((hashes & _HIGH) | number)
        if len(self._outlets) > _MOST:
            raise ValueError(f"more than {_MOST} texts are within reach of one another; give a shorter reach")
        entries = np.sort(np.concatenate(parts))
        self._entries = entries[np.flatnonzero(entries[1:] != entries[:-1])] if len(entries) else entries
        self._entries = np.append(self._entries, entries[-1:])
        later, earlier, times = _likeliest(self._shared(first - self._base), len(self._outlets))
        return later + self._base, earlier + self._base, times

    def forget(self, gone: Iterable[int]) -> None:
        """Leave out texts that nothing to come can reach."""
        for number in gone:
            self._within[number - self._base] = False
        within = np.array(self._within, np.bool_)
        self._entries = self._entries[within[(self._entries & _LOW).astype(np.int64)]]
        step = int(np.argmax(within)) if within.any() else len(within)  # those before it are all gone
        self._entries -= np.uint64(step)
        del self._outlets[:step], self._within[:step]
        self._base += step

    def _shared(self, first: int) -> Ints:
        """A code (later text times the number of texts, plus earlier one) for each number that a pair has in common."""
        same = (self._entries[1:] ^ self._entries[:-1]) <= _LOW
        shared = np.zeros(len(self._entries), np.bool_)
        shared[1:] = same
        shared[:-1] |= same
        entries = self._entries[shared]  # most numbers are one text's
        texts = (entries & _LOW).astype(np.int64)
        begins = np.ones(len(entries), np.bool_)
        begins[1:] = (entries[1:] ^ entries[:-1]) > _LOW
        heads = np.flatnonzero(begins)
        ranks = np.arange(len(entries)) - np.repeat(
            heads, np.diff(heads, append=len(entries))
        )  # how many bear it before
        new = np.flatnonzero((ranks > 0) & (texts >= first))
        ranks = ranks[new]
        common = ranks > _ALL
        few, few_ranks, many, many_ranks = new[~common], ranks[~common], new[common], ranks[common]
        joined = [(few[few_ranks >= lag], lag) for lag in range(1, _ALL + 1)]
        pairs = [(at, at - lag) for at, lag in joined]
        if len(many):
            outlets = np.array(self._outlets, np.int64)[texts]
            pairs.append((many, many - 1))  # whatever the outlet: a text may be printed anew every hour
            pairs += [_abroad(many, many - lag, outlets) for lag in range(2, _NEAREST + 1)]
            pairs += [_abroad(many, many - many_ranks + hub, outlets) for hub in range(_NEAREST)]
        return np.concatenate([texts[later] * len(self._outlets) + texts[earlier] for later, earlier in pairs])


def _abroad(later: Ints, earlier: Ints, outlets: Ints) -> tuple[Ints, Ints]:
    """Without pairs in one outlet: what it prints again and again goes with its pages."""
    kept = (outlets[later] < 0) | (outlets[later] != outlets[earlier])
    return later[kept], earlier[kept]


def _likeliest(codes: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """For each later text the ``_PARTNERS`` earlier ones it shares most with: later, earlier, numbers in common.

    In a large story every text has some words in common with most others; what it shares most with is enough.
    """
    found, times = np.unique(codes, return_counts=True)
    later, earlier = np.divmod(found, max(1, width))
    order = np.lexsort((earlier, -times, later))
    later, earlier, times = later[order], earlier[order], times[order]
    heads = np.flatnonzero(np.diff(later, prepend=-1))
    ranks = np.arange(len(later)) - np.repeat(heads, np.diff(heads, append=len(later)))
    kept = ranks < _PARTNERS
    return later[kept], earlier[kept], times[kept]
