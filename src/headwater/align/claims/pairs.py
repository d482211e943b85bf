"""The pair model: whether one statement asserts all that another does, and whether both assert the same thing.

Both are read together: the word pieces of each are matched with those of the other as the encoder reads them in their
sentences (soft alignment, after Parikh et al., EMNLP 2016), beside what words, names, numbers and polarity they share.
A small network, learned from pairs marked by hand (``training/pairs``), weighs these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from headwater.align.claims.meaning import Floats, Meanings
from headwater.align.claims.rows import Doubles, Ints, Names, Rows, shared, spread
from headwater.align.claims.together import Together
from headwater.align.claims.wordings import Wording

#: What is compared, in order: of both together, then of the one whose content may be held, then of the one that may
#: hold it.
BOTH = (
    "words",
    "vectors",
    "sentences",
    "numbers",
    "other_numbers",
    "polarity",
    "pairs",
    "many_pairs",
    "quoted",
    "quoted_once",
    "together",
)
ONE = (
    "held",
    "names_held",
    "common_held",
    "length",
    "common",
    "names",
    "aligned",
    "worst_aligned",
    "least_aligned",
    "held_together",
)
SIZE = len(BOTH) + 2 * len(ONE)
_ALONE = 65536 * 4  # multiplications from which OpenBLAS asks other threads
_BLOCK = 2048  # pairs compared at once: bounds what is held in memory


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Shares 0..1 for pairs in the order asked: ``same``; the left one held by the right one; and the other way."""

    same: Floats
    left_held: Floats
    right_held: Floats


class PairModel:
    """A small network over ``features``.

    Args:
        weights: ``mean``, ``scale`` of the features; ``w1``, ``b1``, ``w2``, ``b2`` of each of several networks,
            stacked, whose answers are averaged. Outputs: held by the other; the same.

    Raises:
        ValueError: these are no such weights, or they were learned over other features.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Keep the weights."""
        self._w = w = {name: np.asarray(value, np.float32) for name, value in weights.items()}
        networks, inner = w["b1"].shape if "b1" in w and w["b1"].ndim == 2 else (0, 0)
        shapes = {"mean": (SIZE,), "scale": (SIZE,), "w1": (networks, SIZE, inner), "b1": (networks, inner)}
        shapes |= {"w2": (networks, inner, 2), "b2": (networks, 2)}
        if not networks or {name: value.shape for name, value in w.items()} != shapes:
            raise ValueError("a pair model over other features")
        if not all(np.isfinite(value).all() for value in w.values()) or not (w["scale"] > 0).all():
            raise ValueError("a pair model of what are no numbers")

    def __call__(self, rows: Floats) -> Verdicts:
        """Verdicts on pairs, a row of ``features`` each."""
        there, back = self._run(rows), self._run(turned(rows))
        return Verdicts(np.float32(0.5) * (there[:, 1] + back[:, 1]), there[:, 0], back[:, 0])

    def _run(self, rows: Floats) -> Floats:
        w = self._w
        x = (rows - w["mean"]) / w["scale"]
        inner = np.maximum(np.einsum("nf,mfh->mnh", x, w["w1"]) + w["b1"][:, None], 0)
        out = np.einsum("mnh,mho->mno", inner, w["w2"]) + w["b2"][:, None]
        made: Floats = (1 / (1 + np.exp(-out.clip(-60, 60)))).mean(0)  # beyond, exp overflows
        return made


def turned(rows: Floats) -> Floats:
    """The features of the same pairs with left and right exchanged."""
    both, one = len(BOTH), len(ONE)
    return np.concatenate([rows[:, :both], rows[:, both + one :], rows[:, both : both + one]], axis=1)


def words_held(rows: Floats) -> tuple[Floats, Floats]:
    """For each row of ``features`` the share of the left one's words that the right one has, and the other way."""
    at = len(BOTH) + ONE.index("held")
    return rows[:, at], rows[:, at + len(ONE)]


def _products(rows: Floats, others: Floats) -> Floats:
    """The product of each row with each of the others.

    In strips so small that the linear algebra stays in this thread: where cores are busy, waiting for others takes many
    times what the product does.
    """
    strip = max(1, _ALONE // others.size)
    if len(rows) <= strip:
        return rows @ others.T
    return np.concatenate([rows[at : at + strip] @ others.T for at in range(0, len(rows), strip)])


class Compared:
    """Gives the features of pairs of a story's wordings.

    Args:
        wordings: the wordings.
        weighed: their TF-IDF vectors.
        rare: how rare each stem is.
        meanings: what they mean.
        together: reads two of them together.
    """

    def __init__(
        self, wordings: Sequence[Wording], weighed: Sequence[Mapping[str, float]], rare: Mapping[str, float],
        meanings: Meanings, together: Together,
    ) -> None:  # fmt: skip
        """Keep what pairs are made from."""
        self._meanings = meanings
        self._together = together
        stems, runs = Names(), Names()
        self._bags = Rows([stems(bag) for bag in weighed], [list(bag.values()) for bag in weighed])
        self._terms = Rows([stems(sorted(w.common | w.names)) for w in wordings])
        self._common = Rows([stems(sorted(w.common)) for w in wordings])
        self._names = Rows([stems(sorted(w.names)) for w in wordings])
        self._numbers = Rows([stems(sorted(w.numbers)) for w in wordings])
        self._neighbours = Rows([runs(sorted(set(pairwise(w.order)))) for w in wordings])
        self._rarity = stems.values(rare, 1.0)
        self._whole = {rows: rows.sums(self._rarity) for rows in (self._terms, self._common, self._names)}
        self._lengths = np.array([len(w.order) for w in wordings], np.int64)
        self._denies = np.array([w.denies for w in wordings], np.bool_)
        self._quoted = np.array([w.quoted for w in wordings], np.bool_)

    def features(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """A row for each pair of numbers of wordings."""
        out = np.zeros((len(pairs), SIZE), np.float32)
        asked = np.asarray(pairs, np.int64).reshape(-1, 2)
        for start in range(0, len(pairs), _BLOCK):
            left, right = asked[start : start + _BLOCK].T
            out[start : start + _BLOCK] = np.concatenate(self._columns(left, right), axis=1)
        return out

    def _columns(self, left: Ints, right: Ints) -> list[Doubles]:
        vectors, wholes = self._meanings.vectors, self._meanings.wholes
        near = (vectors[left] * vectors[right]).sum(1)
        numbers = shared(self._numbers, self._numbers, left, right)
        other_numbers = self._numbers.lengths[left] + self._numbers.lengths[right] - 2 * numbers
        runs = self._neighbours
        together = shared(runs, runs, left, right)
        both = [
            shared(self._bags, self._bags, left, right),
            near,
            (wholes[left] * wholes[right]).sum(1),
            numbers.clip(max=3),
            other_numbers.clip(max=3),
            self._denies[left] != self._denies[right],
            together / (np.minimum(runs.lengths[left], runs.lengths[right]) + 1),
            together.clip(max=8),
            self._quoted[left] & self._quoted[right],
            self._quoted[left] != self._quoted[right],
        ]
        there, back = self._aligned(left, right)
        held, turned_held = self._read_together(left, right, near)
        both.append(held[:, 1] + turned_held[:, 1])
        return [
            np.stack([np.asarray(column, np.float64) for column in both], axis=1),
            self._one(left, right), there, held[:, :1].astype(np.float64),
            self._one(right, left), back, turned_held[:, :1].astype(np.float64),
        ]  # fmt: skip

    def _one(self, own: Ints, other: Ints) -> Doubles:
        """What is compared of one side, up to its alignment."""
        common_shared = shared(self._common, self._common, own, other)
        names_shared = shared(self._names, self._terms, own, other)
        columns = [
            self._share(self._terms, own, other), self._share(self._names, own, other),
            self._share(self._common, own, other), self._lengths[own].clip(max=24) / 12,
            common_shared.clip(max=8), names_shared.clip(max=6),
        ]  # fmt: skip
        return np.stack(columns, axis=1)

    def _share(self, own: Rows, left: Ints, right: Ints) -> Doubles:
        """The share of a set of stems that the other holds, by rarity; half where there are none."""
        whole = self._whole[own][left]
        held = shared(own, self._terms, left, right, self._rarity)
        return np.where(whole > 0, held / np.where(whole > 0, whole, 1), 0.5)

    def _read_together(self, left: Ints, right: Ints, near: Floats) -> tuple[Floats, Floats]:
        """What reading both together says: of the left held by the right, and the other way."""
        numbers, at = np.unique(np.concatenate([left, right]), return_inverse=True)
        prepared = [self._together.prepared(self._meanings.read(number)) for number in numbers.tolist()]
        own, other = at[: len(left)].tolist(), at[len(left) :].tolist()
        return self._together(prepared, list(zip(own, other, strict=True)), near)

    def _aligned(self, left: Ints, right: Ints) -> tuple[Doubles, Doubles]:
        """How near each word piece of the left ones comes to any of the right ones, and the other way."""
        numbers, at = np.unique(np.concatenate([left, right]), return_inverse=True)
        pieces = [self._meanings.pieces(number) for number in numbers.tolist()]
        sizes = np.array([len(p) for p in pieces], np.int64)
        own, other = at[: len(left)], at[len(left) :]
        there, back = [], []
        for i, j in zip(own.tolist(), other.tolist(), strict=True):
            near = _products(pieces[i], pieces[j])
            there.append(near.max(1))
            back.append(near.max(0))
        return spread(np.concatenate(there), sizes[own]), spread(np.concatenate(back), sizes[other])
