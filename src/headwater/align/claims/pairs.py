"""The pair model: whether one statement asserts all that another does, and whether both assert the same thing.

Both are read together: the word pieces of each are matched with those of the other as the encoder reads them in their
sentences (soft alignment, after Parikh et al., EMNLP 2016), beside what words, names, numbers and polarity they share.
A small network, learned from pairs marked by hand (``training/pairs``), weighs these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headwater.align.claims.meaning import Floats, Meanings
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
)
ONE = ("held", "names_held", "common_held", "length", "common", "names", "aligned", "worst_aligned", "least_aligned")
SIZE = len(BOTH) + 2 * len(ONE)


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
        stacked,
            whose answers are averaged. Outputs: held by the other; the same.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Keep the weights."""
        self._w = {name: np.asarray(value, np.float32) for name, value in weights.items()}

    def __call__(self, rows: Floats) -> Verdicts:
        """Verdicts on pairs, a row of ``features`` each."""
        there, back = self._run(rows), self._run(turned(rows))
        return Verdicts(np.float32(0.5) * (there[:, 1] + back[:, 1]), there[:, 0], back[:, 0])

    def _run(self, rows: Floats) -> Floats:
        w = self._w
        x = (rows - w["mean"]) / w["scale"]
        inner = np.maximum(np.einsum("nf,kfh->knh", x, w["w1"]) + w["b1"][:, None], 0)
        out = np.einsum("knh,kho->kno", inner, w["w2"]) + w["b2"][:, None]
        made: Floats = (1 / (1 + np.exp(-out))).mean(0)
        return made


def turned(rows: Floats) -> Floats:
    """The features of the same pairs with left and right exchanged."""
    both, one = len(BOTH), len(ONE)
    return np.concatenate([rows[:, :both], rows[:, both + one :], rows[:, both : both + one]], axis=1)


class Compared:
    """Gives the features of pairs of a story's wordings.

    Args:
        wordings: the wordings.
        weighed: their TF-IDF vectors.
        rare: how rare each stem is.
        meanings: what they mean.
    """

    def __init__(
        self, wordings: Sequence[Wording], weighed: Sequence[Mapping[str, float]], rare: Mapping[str, float],
        meanings: Meanings,
    ) -> None:  # fmt: skip
        """Keep what pairs are made from."""
        self._wordings, self._weighed, self._rare, self._meanings = wordings, weighed, rare, meanings
        self._neighbours = [set(zip(w.order, w.order[1:], strict=False)) for w in wordings]

    def features(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """A row for each pair of numbers of wordings."""
        out = np.zeros((len(pairs), SIZE), np.float32)
        pieces: dict[int, Floats] = {}
        for row, (i, j) in zip(out, pairs, strict=True):
            for number in (i, j):
                if number not in pieces:
                    if len(pieces) > 512:
                        pieces.clear()
                    pieces[number] = self._meanings.pieces(number)
            row[:] = self._row(i, j, pieces[i] @ pieces[j].T)
        return out

    def _row(self, i: int, j: int, near: Floats) -> list[float]:
        a, b = self._wordings[i], self._wordings[j]
        x, y = self._weighed[i], self._weighed[j]
        words = sum(v * y.get(t, 0.0) for t, v in x.items())
        vectors, wholes = self._meanings.vectors, self._meanings.wholes
        run, other = self._neighbours[i], self._neighbours[j]
        together = len(run & other)
        return [
            words, float(vectors[i] @ vectors[j]), float(wholes[i] @ wholes[j]),
            float(min(len(a.numbers & b.numbers), 3)), float(min(len(a.numbers ^ b.numbers), 3)),
            float(a.denies != b.denies), together / (min(len(run), len(other)) + 1), float(min(together, 8)),
            float(a.quoted and b.quoted), float(a.quoted != b.quoted),
            *self._one(a, b, near.max(1)), *self._one(b, a, near.max(0)),
        ]  # fmt: skip

    def _one(self, a: Wording, b: Wording, aligned: Floats) -> list[float]:
        other = b.common | b.names
        quarter = max(1, len(aligned) // 4)
        return [
            self._share(a.common | a.names, other), self._share(a.names, other), self._share(a.common, other),
            min(len(a.order), 24) / 12, float(min(len(a.common & b.common), 8)), float(min(len(a.names & other), 6)),
            float(aligned.mean()), float(np.sort(aligned)[:quarter].mean()), float(aligned.min()),
        ]  # fmt: skip

    def _share(self, own: set[str], other: set[str]) -> float:
        """The share of a set of stems that the other holds, by rarity; half where there are none."""
        whole = sum(sorted(self._rare.get(t, 1.0) for t in own))
        return sum(sorted(self._rare.get(t, 1.0) for t in own & other)) / whole if whole else 0.5
