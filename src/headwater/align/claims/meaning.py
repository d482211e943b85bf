"""What a trained encoder makes of statements, and how near two of them are by it.

A statement is read in its sentence, so that "it" and "the move" carry what surrounds them; its vector is the mean over
its own word pieces, centred on the story's mean: what all statements of a story share says nothing about two of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from headwater.model import Span, Statement
from headwater.words import covering, sentences

Floats = npt.NDArray[np.float32]

_AROUND = 500  # code points before a statement, and after it, that are read with it at most
#: Word pieces of a statement that are compared one by one; what comes after them counts in its vector alone.
MOST_PIECES = 40
_MANY = 11  # wordings from which on their mean stands for the story; that of two would make opposites of any two


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement with the sentences it stands in: their text, and its spans in that text."""

    text: str
    spans: tuple[Span, ...]


class Encoder(Protocol):
    """Reads passages."""

    def parts(self, passages: Sequence[Passage]) -> Iterator[tuple[Floats, Floats]]:
        """For each passage a row for each word piece of the statement, and the mean row of the whole passage."""


def passages(units: Sequence[Statement], texts: Mapping[str, str]) -> Iterator[Passage]:
    """Each statement with the sentences around it."""
    held: dict[str, tuple[Span, ...]] = {}
    for unit in units:
        text = texts[unit.article]
        if unit.article not in held:
            held[unit.article] = tuple(sentences(text))
        start, end = unit.spans[0].start, unit.spans[-1].end
        if around := held[unit.article]:
            first, last = covering(around, Span(start, end))
            start = max(min(around[first].start, start), start - _AROUND)
            end = min(max(around[last].end, end), end + _AROUND)
        yield Passage(text[start:end], tuple(Span(s.start - start, s.end - start) for s in unit.spans))


class Meanings:
    """The meanings of a story's wordings.

    Args:
        read: what the encoder made of each, in order.
        counts: how often each is printed; the story's mean weighs by it.
    """

    def __init__(self, read: Iterable[tuple[Floats, Floats]], counts: Sequence[int]) -> None:
        """Centre them on the story."""
        pieces, vectors, wholes = [], [], []
        for rows, whole in read:
            pieces.append(rows[:MOST_PIECES].astype(np.float16))
            vectors.append(_long(rows.mean(0)))
            wholes.append(_long(whole))
        weights = np.asarray(counts, np.float32)[:, None]
        known = np.float32(min(1.0, (len(vectors) - 1) / (_MANY - 1)))
        self.vectors = _centred(np.stack(vectors), weights, known)
        self.wholes = _centred(np.stack(wholes), weights, known)
        total = sum((p.astype(np.float32).sum(0) * c for p, c in zip(pieces, counts, strict=True)), np.float32(0))
        number = max(1, sum(len(p) * c for p, c in zip(pieces, counts, strict=True)))
        self._mean = np.asarray(known * total / number, np.float32)
        self._pieces = pieces

    def read(self, number: int) -> Floats:
        """The word pieces of a wording as the encoder gave them."""
        made: Floats = self._pieces[number].astype(np.float32)
        return made

    def pieces(self, number: int) -> Floats:
        """The word pieces of a wording, centred on the story's, each of length one."""
        made: Floats = self.read(number) - self._mean
        made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
        return made


def _long(vector: Floats) -> Floats:
    made: Floats = vector / max(float(np.linalg.norm(vector)), 1e-6)
    return made


def _centred(rows: Floats, weights: Floats, known: np.float32) -> Floats:
    """Rows of length one after a share of their mean is taken off: as much of it as is known."""
    made: Floats = rows - known * ((rows * weights).sum(0) / weights.sum())
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
    return made
