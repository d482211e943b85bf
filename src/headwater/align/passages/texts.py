"""An article as numbers: its words, and the shingles by which two texts are laid side by side."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headwater.align.passages.wording import Flags, Ints, Numbers, wording
from headwater.align.quoted import quoted_ranges
from headwater.model import Article
from headwater.words import merged, paragraphs

Places = NDArray[np.int32]

_PRIME, _NTH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
_CASED = 0.4  # a text with fewer words in small letters is written in capitals: they tell no names there


@dataclass(frozen=True, slots=True)
class Text:
    """One entry a word outside furniture."""

    article: Article
    keys: Numbers
    starts: Places
    ends: Places
    blocks: Places  # which stretch between two pieces of furniture the word stands in
    capitals: Flags
    hashes: Numbers  # of the shingle that begins at each of ``places``, in order; no two are equal
    places: Places


def text_of(article: Article, size: int) -> Text:
    """The article by its words, with shingles of ``size`` words."""
    furniture = merged(piece.span for piece in article.furniture)
    found = wording(article.text, furniture)
    blocks = np.searchsorted(np.array([span.start for span in furniture], np.int64), found.starts, side="right")
    hashes, places = _places(found.keys, blocks, size)
    starts, ends, block_of, at = (column.astype(np.int32) for column in (found.starts, found.ends, blocks, places))
    return Text(article, found.keys, starts, ends, block_of, found.capitals, hashes, at)


def own_words(text: Text) -> tuple[Flags, Flags]:
    """Which words stand outside quotation marks, and which of all do not begin with a capital."""
    article = text.article
    own = np.ones(len(text.keys), np.bool_)
    quoted = quoted_ranges(article.text, paragraphs(article.text, [piece.span for piece in article.furniture]))
    edges = np.array([(span.start, span.end) for span in quoted], np.int32).reshape(-1, 2)
    for first, last in np.searchsorted(text.starts, edges).tolist():
        own[first:last] = False
    small = ~text.capitals
    if len(small) and small.mean() < _CASED:
        small[:] = True
    return own, small


def all_shingles(size: int) -> Callable[[Article], Numbers]:
    """Like ``fingerprints`` for one article, but every shingle of ``size`` words: slower, and nothing is missed."""

    def found(article: Article) -> Numbers:
        return np.unique(_hashes(wording(article.text, [piece.span for piece in article.furniture]).keys, size))

    return found


def _hashes(keys: Numbers, size: int) -> Numbers:
    """Of the shingle that begins at each word; what they propose is compared word by word."""
    count = max(0, len(keys) - size + 1)
    hashes = np.zeros(count, np.uint64)
    for step in range(size):
        hashes = hashes * _PRIME + keys[step : step + count]
    hashes ^= hashes >> np.uint64(32)
    return hashes


def _places(keys: Numbers, blocks: Ints, size: int) -> tuple[Numbers, Ints]:
    """Hashes of the shingles, in order of hash, with their places.

    The n-th time a shingle occurs it counts as another shingle, so that it meets the n-th in the other text only: a
    text of one word repeated stays linear.
    """
    hashes = _hashes(keys, size)
    places = np.flatnonzero(blocks[: len(hashes)] == blocks[size - 1 :]) if len(hashes) else np.zeros(0, np.int64)
    hashes = hashes[places]
    order = np.argsort(hashes)
    ordered = hashes[order]
    if not (ordered[1:] == ordered[:-1]).any():
        return ordered, places[order]
    order = np.argsort(hashes, kind="stable")  # equal ones in order of place, which takes twice the time
    hashes, places = hashes[order], places[order]
    times = (np.arange(len(hashes)) - np.searchsorted(hashes, hashes)).astype(np.uint64)
    hashes = hashes + times * _NTH
    order = np.argsort(hashes, kind="stable")
    return hashes[order], places[order]
