"""Sentence vectors: texts that say the same lie close together. The encoder of the reader's makers, unchanged.

A second small encoder measured better than one that serves both (docs/quality.md); it shares the reader's table of word
pieces. Mean of the last layer over all pieces, length one (Reimers and Gurevych, EMNLP 2019).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from headwater.model import Span
from headwater.reading.trained.weights import Pieces, session
from headwater.reading.trained.windows import Cutter

Floats = npt.NDArray[np.float32]

LENGTH = 384  # numbers of one vector
_LONGEST = 128  # positions; what a text says beyond them is left out


class SentenceVectors:
    """Gives the vectors of short texts.

    Args:
        folder: weights, as the trained tagger has them.
        threads: threads that one text is worked on with.

    Raises:
        ModelError: the weights are missing or damaged.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Check and load the weights."""
        self._pieces = Pieces(folder, needed=("vectors.onnx",))
        self._cutter = Cutter(self._pieces.tokenizer, _LONGEST)
        self._encoder = session(folder / "vectors.onnx", threads)

    def of(self, texts: Sequence[str]) -> Floats:
        """One row a text, each of length one: the product of two is their cosine, -1..1. Rows of empty texts are 0."""
        out = np.zeros((len(texts), LENGTH), np.float32)
        for row, text in zip(out, texts, strict=True):
            window = next(self._cutter.windows(text, [Span(0, len(text))]), None) if text.strip() else None
            if window is not None:
                (made,) = self._encoder.run(None, {"vectors": self._pieces.vectors_of(window.pieces)[None]})
                row[:] = made[0]
        return out
