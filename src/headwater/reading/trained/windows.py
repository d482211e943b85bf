"""Text -> windows of word pieces for the encoder: every word of every sentence in exactly one, none lost at a seam.

Sentences are packed whole into windows of at most ``limit`` pieces, with a separator between paragraphs; a sentence
that is longer than a window is cut between words. Beside its piece, each position carries a *shape*: how the word is
written (the vocabulary has no capitals) and whether it stands in a quotation.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from headwater.model import Span
from headwater.reading import marks
from headwater.words import holding

Ints = npt.NDArray[np.int64]

SHAPES = 12  # six ways of writing a word, outside and inside of a quotation
_LONE = re.compile("[\ud800-\udfff]")  # half of a pair: no tokenizer takes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A piece of text as the encoder takes it.

    ``pieces`` and ``shapes`` have one number a position; ``starts`` are the positions at which a word begins, and
    ``words`` the place of each of these words in the text, in order.
    """

    pieces: Ints
    shapes: Ints
    starts: Ints
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    pieces: tuple[int, ...]
    shape: int


class Cutter:
    """Cuts texts into windows, by one vocabulary.

    Args:
        tokenizer: BERT's word pieces, uncased.
        limit: positions of a window at most, its marks included.
    """

    def __init__(self, tokenizer: Tokenizer, limit: int) -> None:
        """Keep the vocabulary's marks at hand."""
        self._tokenizer = tokenizer
        self.limit = limit
        self._first = tokenizer.token_to_id("[CLS]")
        self._between = tokenizer.token_to_id("[SEP]")

    def windows(self, text: str, sentences: Sequence[Span]) -> Iterator[Window]:
        """The windows of ``sentences``, in order. Memory is bounded by one window."""
        open_: list[_Word | None] = []  # None between two paragraphs
        room = self.limit - 2
        used, last = 0, 0
        for sentence, words in self._words(text, sentences):
            size = sum(len(w.pieces) for w in words)
            apart = bool(open_) and "\n" in text[last : sentence.start]
            if open_ and used + size + apart > room:
                yield self._window(open_)
                open_, used, apart = [], 0, False
            if apart:
                open_.append(None)
                used += 1
            for word in words:
                if used + len(word.pieces) > room and open_:
                    yield self._window(open_)
                    open_, used = [], 0
                open_.append(word)
                used += len(word.pieces)
            last = sentence.end
        if open_:
            yield self._window(open_)

    def _window(self, words: Sequence[_Word | None]) -> Window:
        pieces, shapes, starts, spans = [self._first], [0], [], []
        for word in words:
            if word is None:
                pieces.append(self._between)
                shapes.append(0)
                continue
            starts.append(len(pieces))
            spans.append(word.span)
            pieces.extend(word.pieces)
            shapes.extend([word.shape] * len(word.pieces))
        pieces.append(self._between)
        shapes.append(0)
        return Window(
            pieces=np.array(pieces, np.int64),
            shapes=np.array(shapes, np.int64),
            starts=np.array(starts, np.int64),
            words=tuple(spans),
        )

    def _words(self, text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, list[_Word]]]:
        quoted = [Span(q.start, q.end) for q in marks.quotations(text, paragraphs_of(text, sentences))]
        for sentence in sentences:
            encoded = self._tokenizer.encode(_LONE.sub("\ufffd", sentence.of(text)), add_special_tokens=False)
            words: list[_Word] = []
            ids, offsets, numbers = encoded.ids, encoded.offsets, encoded.word_ids  # each made anew when asked for
            at = 0
            for index, number in enumerate(numbers):
                if index + 1 < len(ids) and numbers[index + 1] == number:
                    continue
                end = sentence.start + offsets[index][1]
                while end < sentence.end and unicodedata.category(text[end]) == "Mn":
                    end += 1  # the vocabulary has no accents, but they are part of the word
                span = Span(sentence.start + offsets[at][0], end)
                shape = _shape(span.of(text)) + SHAPES // 2 * (holding(quoted, span.start) >= 0)
                words.append(_Word(span, tuple(ids[at : index + 1][: self.limit - 2]), shape))
                at = index + 1
            yield sentence, words


def paragraphs_of(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The sentences of one paragraph as one span."""
    out: list[Span] = []
    for sentence in sentences:
        if out and "\n" not in text[out[-1].end : sentence.start]:
            out[-1] = Span(out[-1].start, sentence.end)
        else:
            out.append(sentence)
    return out


def _shape(form: str) -> int:
    """How a word is written: 0 small, 1 Capitalised, 2 CAPITALS, 3 mIxed, 4 with a figure, 5 not a word."""
    if not form[:1].isalnum():
        return 5
    if any(c.isdigit() for c in form):
        return 4
    if form.islower():
        return 0
    if form.isupper():
        return 2 if len(form) > 1 else 1
    return 1 if form[0].isupper() and form[1:].islower() else 3 if not form.islower() else 0
