"""Reads two statements together: what the word pieces of each make of those of the other that they match.

Every piece of one is set beside the mixture of the other's pieces that it attends to, the pairs are compared and summed
up (decomposable attention, Parikh et al., EMNLP 2016). Learned from claims marked by hand
(``training/pairs/encoder.py``); the pair model weighs what it says beside words, names and numbers.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from headwater.align.claims.meaning import Floats

SIZE, INNER = 96, 96  # numbers that a word piece is brought down to; of the layers that compare
COLUMNS = 2  # held by the other, the same
_BLOCK = 192  # pairs compared at once: bounds what is held in memory


class Together:
    """A small network over the word pieces of two statements.

    Args:
        weights: ``piece`` (width to ``SIZE``), ``weight`` of each piece, ``sharp``, ``compare``, ``first``,
            ``last``; with ``_w`` and ``_b``.

    Raises:
        ValueError: these are no such weights.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Keep the weights."""
        self._w = w = {name: np.asarray(value, np.float32) for name, value in weights.items()}
        width = len(w["piece_w"]) if "piece_w" in w and w["piece_w"].ndim == 2 else 0
        shapes: dict[str, tuple[int, ...]] = {
            "piece_w": (width, SIZE), "piece_b": (SIZE,), "weight_w": (width,), "weight_b": (1,), "sharp": (),
            "compare_w": (4 * SIZE, INNER), "compare_b": (INNER,), "first_w": (4 * INNER + 1, INNER),
            "first_b": (INNER,), "last_w": (INNER, COLUMNS), "last_b": (COLUMNS,),
        }  # fmt: skip
        if not width or {name: value.shape for name, value in w.items()} != shapes:
            raise ValueError("no weights that read two statements together")
        if not all(np.isfinite(value).all() for value in w.values()):
            raise ValueError("weights that are no numbers")

    def prepared(self, pieces: Floats) -> "Prepared":
        """The pieces of one statement, a row each, as they are compared."""
        w = self._w
        made = pieces @ w["piece_w"] + w["piece_b"]
        weights = pieces @ w["weight_w"] + w["weight_b"]
        shares = np.exp(weights - weights.max())
        return Prepared(made, _long(made), shares / shares.sum())

    def __call__(
        self, prepared: Sequence["Prepared"], pairs: Sequence[tuple[int, int]], near: Floats
    ) -> tuple[Floats, Floats]:
        """For each pair of indices, a row: left held by right, the same; and right held by left, the same.

        Args:
            prepared: the statements.
            pairs: which to compare.
            near: the cosine of their vectors, by pair.

        Returns:
            Two arrays of log odds, pairs x ``COLUMNS``.
        """
        there, back = [np.zeros((0, COLUMNS), np.float32)], [np.zeros((0, COLUMNS), np.float32)]
        for start in range(0, len(pairs), _BLOCK):
            block = pairs[start : start + _BLOCK]
            left, right = self._sides([(prepared[i], prepared[j]) for i, j in block])
            beside = near[start : start + _BLOCK, None]
            there.append(self._last(np.concatenate([left, right, beside], 1)))
            back.append(self._last(np.concatenate([right, left, beside], 1)))
        return np.concatenate(there), np.concatenate(back)

    def _sides(self, pairs: Sequence[tuple["Prepared", "Prepared"]]) -> tuple[Floats, Floats]:
        mixed = [(a, b, *_mixtures(a, b, float(self._w["sharp"]))) for a, b in pairs]
        left = self._summed([(a, of_b) for a, _, of_b, _ in mixed])
        right = self._summed([(b, of_a) for _, b, _, of_a in mixed])
        return left, right

    def _summed(self, sides: Sequence[tuple["Prepared", Floats]]) -> Floats:
        """What all pieces of a side make of what they match: the weighted mean, and the most."""
        w = self._w
        mine, theirs = np.concatenate([a.made for a, _ in sides]), np.concatenate([m for _, m in sides])
        part = w["compare_w"]
        seen = mine @ part[:SIZE] + theirs @ part[SIZE : 2 * SIZE] + np.abs(mine - theirs) @ part[2 * SIZE : 3 * SIZE]
        seen += (mine * theirs) @ part[3 * SIZE :] + w["compare_b"]
        np.maximum(seen, 0, out=seen)
        lengths = np.array([len(a.made) for a, _ in sides])
        starts = np.cumsum(lengths) - lengths
        shares = np.concatenate([a.shares for a, _ in sides])[:, None]
        made: Floats = np.concatenate([np.add.reduceat(seen * shares, starts), np.maximum.reduceat(seen, starts)], 1)
        return made

    def _last(self, rows: Floats) -> Floats:
        w = self._w
        made: Floats = np.maximum(rows @ w["first_w"] + w["first_b"], 0) @ w["last_w"] + w["last_b"]
        return made


class Prepared:
    """The pieces of one statement, brought down in size, of length one, and what each weighs."""

    __slots__ = ("long", "made", "shares")

    def __init__(self, made: Floats, long: Floats, shares: Floats) -> None:
        """Keep them."""
        self.made, self.long, self.shares = made, long, shares


def _mixtures(a: Prepared, b: Prepared, sharp: float) -> tuple[Floats, Floats]:
    """For each piece of one the mixture of the other's that it matches, and the other way."""
    match = sharp * (a.long @ b.long.T)
    return _shares(match) @ b.made, _shares(match.T) @ a.made


def _shares(match: Floats) -> Floats:
    made: Floats = np.exp(match - match.max(1, keepdims=True))
    made /= made.sum(1, keepdims=True)
    return made


def _long(rows: Floats) -> Floats:
    made: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return made
