"""Rows of different lengths, end to end in one array, and what the rows of many pairs have in common.

What a story's statements hold (words, names, numbers) is sparse; pair by pair in Python is what took the time.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


class Names:
    """Gives each thing a number, in the order in which it is first asked for."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[Hashable, int] = {}

    def __call__(self, things: Iterable[Hashable]) -> list[int]:
        """The numbers of things."""
        return [self._known.setdefault(thing, len(self._known)) for thing in things]

    def values(self, of: Mapping[str, float], default: float) -> Doubles:
        """What a mapping says of each thing, by number; ``default`` where it says nothing."""
        return np.array([of.get(thing, default) if isinstance(thing, str) else default for thing in self._known])


class Rows:
    """Sets of numbers, a row each; with ``values``, a value beside each number.

    Args:
        rows: the numbers of each, none twice in a row.
        values: as many values for each row; None = 1 each.
    """

    def __init__(self, rows: Sequence[Sequence[int]], values: Sequence[Sequence[float]] | None = None) -> None:
        """Keep them end to end, each row in rising order."""
        self.lengths: Ints = np.fromiter(map(len, rows), np.int64, len(rows))
        self.starts: Ints = np.cumsum(self.lengths) - self.lengths
        total = int(self.lengths.sum())
        flat = np.fromiter(chain.from_iterable(rows), np.int64, total)
        order = np.lexsort((flat, np.repeat(np.arange(len(rows)), self.lengths)))
        self.flat: Ints = flat[order]
        given = np.ones(total) if values is None else np.fromiter(chain.from_iterable(values), np.float64, total)
        self.values: Doubles = given[order]

    def places(self, chosen: Ints) -> tuple[Ints, Ints]:
        """Where the numbers of some rows stand, row after row, and which of the chosen each belongs to."""
        lengths = self.lengths[chosen]
        owners = np.repeat(np.arange(len(chosen)), lengths)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.starts[chosen][owners] + within, owners

    def sums(self, weights: Doubles) -> Doubles:
        """For each row the sum of its numbers' weights."""
        owners = np.repeat(np.arange(len(self.lengths)), self.lengths)
        return np.bincount(owners, weights[self.flat], minlength=len(self.lengths)).astype(np.float64)


def shared(some: Rows, others: Rows, left: Ints, right: Ints, weights: Doubles | None = None) -> Doubles:
    """For each pair (a row of ``some``, a row of ``others``) the sum over the numbers that both rows hold.

    Args:
        some: rows.
        others: rows of the same numbers.
        left: which row of ``some``, by pair.
        right: which row of ``others``, by pair.
        weights: what each number counts; None = the product of the two values beside it.
    """
    at, pair = some.places(left)
    other_at, other_pair = others.places(right)
    if not len(at) or not len(other_at):
        return np.zeros(len(left))
    size = 1 + max(int(some.flat[at].max()), int(others.flat[other_at].max()))
    keys, other_keys = pair * size + some.flat[at], other_pair * size + others.flat[other_at]
    found = np.searchsorted(other_keys, keys)  # both rise: pairs come in order, and so do the numbers of a row
    found[found == len(other_keys)] = 0
    both = other_keys[found] == keys
    if weights is None:
        counted = some.values[at[both]] * others.values[other_at[found[both]]]
    else:
        counted = weights[some.flat[at[both]]]
    return np.bincount(pair[both], counted, minlength=len(left)).astype(np.float64)


def spread(values: npt.NDArray[np.float32], lengths: Ints) -> npt.NDArray[np.float64]:
    """Of rows end to end, none empty: the mean, the mean of the lowest quarter, and the least, a column each."""
    owners = np.repeat(np.arange(len(lengths)), lengths)
    ordered = values[np.lexsort((values, owners))].astype(np.float64)
    starts = np.cumsum(lengths) - lengths
    quarter = np.maximum(1, lengths // 4)
    low = (np.arange(len(owners)) - starts[owners]) < quarter[owners]
    many = len(lengths)
    return np.stack(
        [
            np.bincount(owners, ordered, minlength=many) / lengths,
            np.bincount(owners[low], ordered[low], minlength=many) / quarter,
            ordered[starts],
        ],
        axis=1,
    )
