"""The words of two printings side by side: what is equal in order, and where they part.

Takes two printings, the fuller one first, gives blocks of equal words and the gaps between them. Fragments that stand
word for word in the fuller printing are put there; otherwise the longest common subsequence decides.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from headwater.align.quotes.printings import Printing, is_content, own
from headwater.align.spelling import Token


class Gap(NamedTuple):
    """Where two printings part: token ranges in the fuller one and in the other."""

    full: tuple[int, int]
    other: tuple[int, int]


class Aligned(NamedTuple):
    """The equal words of two printings, and where they part; both in order of place."""

    blocks: tuple[tuple[int, int, int], ...]  # start in the fuller, start in the other, length
    gaps: tuple[Gap, ...]


def _part_ranges(found: Sequence[Token]) -> list[tuple[int, int]]:
    starts = [i for i, token in enumerate(found) if i == 0 or token.part != found[i - 1].part]
    return list(pairwise([*starts, len(found)]))


def _find(needle: Sequence[str], hay: Sequence[str], start: int) -> int:
    first, size = needle[0], len(needle)
    for at in range(start, len(hay) - size + 1):
        if hay[at] == first and tuple(hay[at : at + size]) == tuple(needle):
            return at
    return -1


def in_place(full: Printing, other: Printing) -> list[tuple[int, int, int]] | None:
    """The parts of ``other`` as they stand word for word in ``full``, in order; None when one does not."""
    blocks, at = [], 0
    for start, end in _part_ranges(other.tokens):
        place = _find(other.folds[start:end], full.folds, at)
        if place < 0:
            return None
        blocks.append((place, start, end - start))
        at = place + end - start
    return blocks


def _slid(blocks: list[tuple[int, int, int]], full: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Blocks with short ones moved next to their neighbour where the same words stand there too.

    The alignment may match "the" far from the words it belongs to; any of several equal places costs it the same.
    """
    out: list[tuple[int, int, int]] = []
    for i, j, size in reversed(blocks):  # towards the block that follows
        if out and size <= 3:
            after_i, after_j, after_size = out[-1]
            if (
                after_j == j + size
                and after_i - size >= i + size
                and list(full[after_i - size : after_i]) == list(other[j : j + size])
            ):
                out[-1] = (after_i - size, j, after_size + size)
                continue
        out.append((i, j, size))
    out.reverse()
    joined: list[tuple[int, int, int]] = []
    for i, j, size in out:  # towards the block before
        if joined and size <= 3:
            before_i, before_j, before_size = joined[-1]
            near = before_i + before_size
            if (
                before_j + before_size == j
                and near != i
                and list(full[near : near + size]) == list(other[j : j + size])
            ):
                joined[-1] = (before_i, before_j, before_size + size)
                continue
        joined.append((i, j, size))
    return joined


def align(full: Printing, other: Printing) -> Aligned:
    """Match the words of two printings in order; chance matches of single small words are left out."""
    blocks = in_place(full, other)
    if blocks is None:
        from rapidfuzz.distance import Indel

        found = Indel.opcodes(list(full.folds), list(other.folds))
        blocks = [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in found if op.tag == "equal"]
        blocks = _slid(blocks, full.folds, other.folds)
        kept: list[tuple[int, int, int]] = []
        for number, (i, j, size) in enumerate(blocks):
            lone = size <= 2 and not any(is_content(fold) for fold in other.folds[j : j + size])
            before = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
            after = blocks[number + 1][:2] if number + 1 < len(blocks) else (len(full.folds), len(other.folds))
            apart = i - before[0] + j - before[1] > 2 * size and after[0] - i + after[1] - j > 3 * size
            if not (lone and apart):
                kept.append((i, j, size))
        blocks = kept
    gaps, i, j = [], 0, 0
    for at_i, at_j, size in [*blocks, (len(full.folds), len(other.folds), 0)]:
        if at_i > i or at_j > j:
            gaps.append(Gap((i, at_i), (j, at_j)))
        i, j = at_i + size, at_j + size
    return Aligned(tuple(blocks), tuple(gaps))


def longest_run(aligned: Aligned, other: Printing) -> tuple[int, int]:
    """Words, and content words, of the longest stretch that is equal."""
    best = (0, 0)
    for _, j, size in aligned.blocks:
        best = max(best, (size, sum(is_content(fold) for fold in other.folds[j : j + size])))
    return best


def shares(aligned: Aligned, full: Printing, other: Printing) -> tuple[float, float]:
    """Share of the shorter printing's words, and of its content words, that are equal in order."""
    matched = [other.folds[j + k] for _, j, size in aligned.blocks for k in range(size)]
    short = min(full, other, key=lambda p: p.said)
    content = sum(is_content(t.fold) for t in short.tokens if not t.aside)
    matched_content = sum(is_content(fold) for fold in matched)
    return (
        min(1.0, len(matched) / max(1, short.said)),
        min(1.0, matched_content / content) if content else 0.0,
    )


def at_edges(aligned: Aligned, full: Printing, other: Printing) -> bool:
    """Whether two printings are overlapping stretches of one speech: the end of one is the start of the other."""
    inner = [gap for gap in aligned.gaps if not is_outer(gap, full, other)]
    return sum(own(other, *gap.other) for gap in inner) <= 1


def is_outer(gap: Gap, full: Printing, other: Printing) -> bool:
    """Whether the gap lies before the first or after the last of the words that both print."""
    return (gap.full[0] == 0 and gap.other[0] == 0) or (
        gap.full[1] == len(full.folds) and gap.other[1] == len(other.folds)
    )
