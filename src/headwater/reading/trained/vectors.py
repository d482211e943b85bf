"""Sentence vectors: texts that say the same lie close together. An encoder taught on claims marked by hand.

A second small encoder measured better than one that serves both (docs/quality.md); it shares the reader's table of word
pieces. The vector of a text is the mean of the last layer over all pieces (Reimers and Gurevych, EMNLP 2019).
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from headwater.model import Span
from headwater.reading.trained.weights import Pieces, check, fitting, session
from headwater.reading.trained.windows import Cutter, Window

Floats = npt.NDArray[np.float32]

FILE = "sentences.onnx"
TOGETHER, PAIRS = "together.npz", "pairs.npz"
LENGTH = 384  # numbers of one vector
LONGEST = 192  # positions; what a text says beyond them is left out


class Placed(Protocol):
    """A text, and the part of it that is meant."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The part, in code points of the text."""


def chosen_pieces(window: Window, spans: Sequence[Span]) -> list[int]:
    """The positions of a window's word pieces that stand, in part or whole, in spans of its text."""
    stops = [*window.starts[1:], len(window.pieces) - 1]
    return [
        at
        for word, start, stop in zip(window.words, window.starts, stops, strict=True)
        if any(word.start < s.end and s.start < word.end for s in spans)
        for at in range(start, stop)
    ]


class SentenceVectors:
    """Gives the vectors of short texts, and of parts of them.

    Args:
        folder: weights, as the trained tagger has them.
        threads: threads that one text is worked on with.

    Raises:
        ModelError: the weights are missing or damaged.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Check and load the weights."""
        self.folder = folder
        self._pieces = Pieces(folder, needed=(FILE,))
        self._cutter = Cutter(self._pieces.tokenizer, LONGEST)
        self._encoder = session(folder / FILE, threads)
        #: weights of what reads two statements together, and of the pair model, learned over these vectors
        self.together = self._kept(TOGETHER)
        self.pairs = self._kept(PAIRS)

    def _kept(self, name: str) -> dict[str, Floats] | None:
        """The arrays of a file of weights; None where there is none."""
        if name not in self._pieces.manifest.files:
            return None
        check(self.folder, self._pieces.manifest, (name,))
        data = BytesIO((self.folder / name).read_bytes())  # a file that is no archive would be left open
        with fitting(self.folder), np.load(data, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}

    def of(self, texts: Sequence[str]) -> Floats:
        """One row a text, each of length one: the product of two is their cosine, -1..1. Rows of empty texts are 0."""
        out = np.zeros((len(texts), LENGTH), np.float32)
        for row, text in zip(out, texts, strict=True):
            read = self._read(text)
            if read is not None:
                made = read[0].mean(0)
                row[:] = made / np.linalg.norm(made)
        return out

    def parts(self, passages: Sequence[Placed]) -> Iterator[tuple[Floats, Floats]]:
        """For each passage the rows of the word pieces of its part, at least one, and the mean row of the whole."""
        last: tuple[str, Any] = ("", None)
        for passage in passages:
            if passage.text != last[0]:
                last = (passage.text, self._read(passage.text))
            if last[1] is None:
                yield np.zeros((1, LENGTH), np.float32), np.zeros(LENGTH, np.float32)
                continue
            states, window = last[1]
            whole = states[1:-1].mean(0) if len(states) > 2 else states.mean(0)
            chosen = chosen_pieces(window, passage.spans)
            yield states[chosen] if chosen else whole[None], whole

    def _read(self, text: str) -> tuple[Floats, Any] | None:
        window = next(self._cutter.windows(text, [Span(0, len(text))]), None) if text.strip() else None
        if window is None:
            return None
        (made,) = self._encoder.run(None, {"vectors": self._pieces.vectors_of(window.pieces)[None]})
        return made[0], window
