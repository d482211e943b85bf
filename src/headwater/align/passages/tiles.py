"""Two texts side by side: the passages they share, every word of them compared letter by letter.

The runs of equal words are laid as tiles, longest first (Wise, String similarity via greedy string tiling, 1993), and
tiles a few words apart are joined.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from headwater.align.passages.texts import Places, Text
from headwater.align.passages.wording import Flags
from headwater.model import Passage, Place, Span
from headwater.words import words

_RUNS = re.compile(r"[^\W_]+")
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_GAP = 8  # words between two tiles of one passage


@dataclass(frozen=True, slots=True)
class Aligned:
    """A passage with its equal words, by their numbers in both texts.

    ``fresh`` is False for words that another passage of the pair has already: a caption printed twice on both sides.
    """

    passage: Passage
    left: Places
    right: Places
    fresh: Flags


class _Tile(NamedTuple):
    """A run of equal words: its first word in both texts, and how many words."""

    left: int
    right: int
    length: int


def align(left: Text, right: Text, size: int, at_least: int) -> list[Aligned]:
    """The passages of two texts in order of the left one, with ``at_least`` equal words or more in runs of ``size``."""
    chains = _chains(_tiles(left, right, size), left, right)
    found = [a for a in (_aligned(chain, left, right) for chain in chains) if a.passage.same >= at_least]
    if len(found) > 1:
        _mark_repeated(found, left, size)
    return found


def _mark_repeated(found: Iterable[Aligned], left: Text, size: int) -> None:
    """Words that a longer passage of the pair has already are not fresh."""
    order = sorted(found, key=lambda a: (-a.passage.same, a.left[0]))
    at = [np.maximum(np.minimum(aligned.left, aligned.left[-1] - size + 1), 0) for aligned in order]
    places = np.concatenate(at)
    shingles = np.zeros(len(places), np.uint64)
    for step in range(size):
        shingles = shingles * _PRIME + left.keys[np.minimum(places + step, len(left.keys) - 1)]
    which = np.repeat(np.arange(len(order)), [len(aligned.left) for aligned in order])
    _, first, of = np.unique(shingles, return_index=True, return_inverse=True)
    fresh = which[first][of] == which
    end = 0
    for aligned in order:
        start, end = end, end + len(aligned.left)
        aligned.fresh[:] = fresh[start:end]


def _tiles(left: Text, right: Text, size: int) -> list[_Tile]:
    """Runs of ``size`` equal words or more, in order of the left text; no word is in two of them."""
    covered_left, covered_right = np.zeros(len(left.keys), np.bool_), np.zeros(len(right.keys), np.bool_)
    tiles = []
    for at, to, length in sorted(_runs(left, right, size), key=lambda run: (-run.length, run)):
        if length < size:
            break
        taken = covered_left[at : at + length] | covered_right[to : to + length]
        for start, end in _free(taken) if taken.any() else ((0, length),):
            if end - start >= size:
                tiles.append(_Tile(at + start, to + start, end - start))
                covered_left[at + start : at + end] = True
                covered_right[to + start : to + end] = True
    return sorted(tile for tile in tiles if _same(left, right, tile))


def _free(taken: Flags) -> list[tuple[int, int]]:
    """The stretches that are not taken."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], taken, [True])).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _same(left: Text, right: Text, tile: _Tile) -> bool:
    """Whether the words of a tile are equal letter by letter: equal hashes are not enough for evidence."""
    sides = []
    for text, at in ((left, tile.left), (right, tile.right)):
        sides.append((text.article.text, Span(int(text.starts[at]), int(text.ends[at + tile.length - 1]))))
    left_form, right_form = (span.of(text) for text, span in sides)
    if left_form == right_form or _RUNS.findall(left_form) == _RUNS.findall(right_form):
        return True
    one, other = ([word.key for word in words(text, span)] for text, span in sides)
    return one == other


def _runs(left: Text, right: Text, size: int) -> list[_Tile]:
    """The longest runs of equal words around each shared shingle; they may overlap."""
    if not len(left.hashes) or not len(right.hashes):
        return []
    met = np.minimum(right.hashes.searchsorted(left.hashes), len(right.hashes) - 1)
    one = np.flatnonzero(right.hashes[met] == left.hashes)
    at, to = left.places[one], right.places[met[one]]
    # by diagonal, and along it: one number for both
    order = np.argsort((to - at).astype(np.int64) * (1 << 32) + at)
    at, to = at[order], to[order]
    out: list[_Tile] = []
    # neighbours on one diagonal are one run
    heads = [0, *(np.flatnonzero((at[1:] - at[:-1] != 1) | (to[1:] - to[:-1] != 1)) + 1).tolist()] if len(at) else []
    for head, end in pairwise([*heads, len(at)]):
        i, j, count = int(at[head]), int(to[head]), end - head
        if out and j - i == out[-1].right - out[-1].left and i < out[-1].left + out[-1].length:
            continue
        last = count + size - 2  # a shingle that stands several times may have met another of its kind
        back, on = _reach(left, right, i, j, -1), _reach(left, right, i + last, j + last, 1)
        out.append(_Tile(i - back, j - back, back + last + 1 + on))
    return out


def _reach(left: Text, right: Text, i: int, j: int, step: int) -> int:
    """How many words after (step 1) or before (step -1) the equal words i and j are equal, furniture being a wall."""
    total, size = 0, 16
    first = i + step, j + step
    if min(first) < 0 or first[0] >= len(left.keys) or first[1] >= len(right.keys):
        return 0
    if left.keys[first[0]] != right.keys[first[1]]:
        return 0
    while True:
        if step > 0:
            room = min(size, len(left.keys) - 1 - i - total, len(right.keys) - 1 - j - total)
            a, b = slice(i + total + 1, i + total + 1 + room), slice(j + total + 1, j + total + 1 + room)
        else:
            room = min(size, i - total, j - total)
            a, b = slice(i - total - room, i - total), slice(j - total - room, j - total)
        if room <= 0:
            return total
        same = (
            (left.keys[a] == right.keys[b]) & (left.blocks[a] == left.blocks[i]) & (right.blocks[b] == right.blocks[j])
        )
        same = same[::step]
        if not same.all():
            return total + int(np.argmin(same))
        total += room
        size *= 2


def _chains(tiles: Iterable[_Tile], left: Text, right: Text) -> list[list[_Tile]]:
    """Join tiles that follow one another in both texts with a few words between, none longer than either tile."""
    chains: list[list[_Tile]] = []
    near: list[list[_Tile]] = []
    for tile in tiles:
        near = [chain for chain in near if tile.left - chain[-1].left - chain[-1].length <= _GAP]
        best: tuple[int, list[_Tile]] | None = None
        for chain in near:
            last = chain[-1]
            gaps = tile.left - last.left - last.length, tile.right - last.right - last.length
            joined = (
                min(gaps) >= 0
                and max(gaps) <= min(_GAP, tile.length, last.length)
                and left.blocks[last.left] == left.blocks[tile.left]
                and right.blocks[last.right] == right.blocks[tile.right]
            )
            if joined and (best is None or max(gaps) < best[0]):
                best = max(gaps), chain
        if best:
            best[1].append(tile)
        else:
            chains.append([tile])
            near.append(chains[-1])
    return chains


def _aligned(chain: Sequence[_Tile], left: Text, right: Text) -> Aligned:
    """The passage that a chain of tiles spans, with the equal words between the tiles too."""
    equal = list(chain)
    for last, tile in pairwise(chain):
        a, b = last.left + last.length, last.right + last.length
        one, other = left.keys[a : tile.left].tolist(), right.keys[b : tile.right].tolist()
        if not set(one).isdisjoint(other):  # most edits exchange a word or two: nothing is equal between the tiles
            found = LCSseq.opcodes(one, other)
            between = [
                _Tile(a + op.src_start, b + op.dest_start, op.src_end - op.src_start)
                for op in found
                if op.tag == "equal"
            ]
            equal += [run for run in between if _same(left, right, run)]
    equal.sort()
    first, final = chain[0], chain[-1]
    ends = final.left + final.length, final.right + final.length
    passage = Passage(
        left=Place(left.article.id, int(left.starts[first.left]), int(left.ends[ends[0] - 1])),
        right=Place(right.article.id, int(right.starts[first.right]), int(right.ends[ends[1] - 1])),
        same=(same := sum(tile.length for tile in equal)),
        words=max(ends[0] - first.left, ends[1] - first.right),
    )
    at, to = np.empty(same, np.int32), np.empty(same, np.int32)
    end = 0
    for tile in equal:
        start, end = end, end + tile.length
        at[start:end] = np.arange(tile.left, tile.left + tile.length, dtype=np.int32)
        to[start:end] = np.arange(tile.right, tile.right + tile.length, dtype=np.int32)
    return Aligned(passage, at, to, np.ones(same, np.bool_))
