"""What articles are found by: articles in, a few hundred 64-bit numbers each out, the same in every process.

Winnowed shingles (Schleimer and others, Winnowing, 2003): runs of eight words are hashed, and of each four neighbours
the least is kept, so that texts with 11 equal words in a row always share a number, at two fifths of the numbers.
Many articles are hashed at once; a word here is a run of letters and figures, which is quicker and proves nothing.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from headwater.align.passages.wording import LETTER, NEAR, Ints, Numbers, class_table, classed, mixed, powers
from headwater.model import Article

_ROOM = 1 << 16  # code points hashed at once
_WORDS, _WINNOW = 8, 4
_NONE = np.uint64((1 << 64) - 1)
_PRIME = 0x9E3779B97F4A7C15


def fingerprints(articles: Iterable[Article]) -> Iterator[Numbers]:
    """The fingerprints of each article, in order and each once: about two for five words outside furniture.

    None for an article of fewer than eight words. A text longer than 65,536 code points is read in pieces of that
    length, and has no numbers across their borders.
    """
    waiting: list[tuple[Article, list[Numbers]]] = []
    room: list[tuple[int, NDArray[np.uint64]]] = []
    used = 0
    for article in articles:
        waiting.append((article, []))
        letters = _letters(article)
        for start in range(0, len(letters), _ROOM - 1):
            piece = letters[start : start + _ROOM - 1]
            if used + len(piece) + 1 > _ROOM:
                _hash(room, waiting)
                room, used = [], 0
                yield from _finished(waiting[:-1])
                waiting = waiting[-1:]
            room.append((len(waiting) - 1, piece))
            used += len(piece) + 1
    _hash(room, waiting)
    yield from _finished(waiting)


def _finished(done: Iterable[tuple[Article, list[Numbers]]]) -> Iterator[Numbers]:
    for _, parts in done:
        if not parts:
            yield np.zeros(0, np.uint64)
            continue
        found = np.sort(np.concatenate(parts))
        yield found[np.concatenate(([True], found[1:] != found[:-1]))]


def _letters(article: Article) -> Numbers:
    """The code points by which letters and figures are compared, 0 for all else and in furniture."""
    points = np.frombuffer(article.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(points) and int(points.max()) < NEAR:
        letters = _near().take(points.astype(np.intp))
    else:
        classes, folded = classed(points)
        letters = np.where(classes & LETTER > 0, folded, np.uint64(0))
    for piece in article.furniture:
        letters[piece.start : piece.end] = 0
    return letters


@lru_cache(maxsize=1)
def _near() -> Numbers:
    classes, folded = class_table()
    return np.where(classes & LETTER > 0, folded, np.uint64(0))


def _hash(room: list[tuple[int, Numbers]], waiting: list[tuple[Article, list[Numbers]]]) -> None:
    """Give each piece's numbers to the article that waits for them."""
    if not room:
        return
    gap = np.zeros(1, np.uint64)
    letters = np.concatenate([gap, *(part for _, piece in room for part in (piece, gap))])
    begins = np.cumsum([1, *(len(piece) + 1 for _, piece in room)])
    is_letter = letters != 0
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    up, down = powers()
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * up[: len(letters)], out=sums[1:])
    keys = mixed((sums[ends] - sums[starts]) * down[starts])
    bounds = np.searchsorted(starts, begins)  # each piece's first word
    values, firsts = _winnowed(keys, bounds)
    edges = np.searchsorted(firsts, bounds)
    for (number, _), low, high in zip(room, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if high > low:
            waiting[number][1].append(values[low:high])


def _winnowed(keys: Numbers, bounds: Ints) -> tuple[Numbers, Ints]:
    """The hashes that are kept, each with a word of the piece it stands in."""
    count = len(keys) - _WORDS + 1
    if count <= 0:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    hashes, step = keys, 1
    while step < _WORDS:  # by doubling: of 2, 4, then 8 words
        hashes = hashes[:-step] * np.uint64(pow(_PRIME, step, 1 << 64)) + hashes[step:]
        step *= 2
    hashes = hashes ^ (hashes >> np.uint64(32))
    # a shingle over a border is none; there are seven, more than a window is wide, so no window sees two pieces
    over = (bounds[1:-1, None] - np.arange(1, _WORDS)).ravel()
    hashes[over[(over >= 0) & (over < count)]] = _NONE
    ends = np.full(_WINNOW - 1, _NONE)
    padded = np.concatenate((ends, hashes, ends))
    least = np.minimum(padded[:-1], padded[1:])
    least = np.minimum(least[:-2], least[2:])
    kept = np.flatnonzero((least != _NONE) & np.concatenate(([True], least[1:] != least[:-1])))
    # window n ends with shingle n, and what is in it is of that one's piece; at the end of all there is none
    return least[kept], np.minimum(kept, count - 1)
