"""The words of two printings side by side: what is equal in order, and where they part.

Takes two printings, the fuller one first, gives blocks of equal words and the gaps between them. Fragments that stand
word for word in the fuller printing are put there; otherwise the longest common subsequence decides.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from headwater.align.quotes.printings import Printing, own
from headwater.align.quotes.weight import is_content, weight
from headwater.align.spelling import Token

#: Most words a gap is moved by to stand at a sentence's bounds.
_MOST_SHIFT = 12
#: Share of a sentence, and words in a row, that are no chance.
_HALF, _LONG_ROW = 0.5, 6
#: Words that no word or two stand for.
_MUCH = 8
#: Least words in a row that make two printings of one speech worth showing side by side.
_SHOWN = 5


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


def _stray(size: int, content: int, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a block is a chance match: small, with much unmatched on both sides of it.

    Args:
        size: its words.
        content: how many of them have content.
        before: unmatched words before it, in the fuller printing and in the other.
        after: the same after it.
    """
    if size <= 2 and not content:
        at_head = before == (0, 0) and min(after) > 3 * size
        return at_head or (sum(before) > 2 * size and sum(after) > 3 * size)
    # "they've got to figure out …" and "It's got to happen": two sentences that share a word or two
    return size <= 2 and content <= 1 and min(sum(before), sum(after)) > 6 * size and min(*before, *after) > 0


def align(full: Printing, other: Printing) -> Aligned:
    """Match the words of two printings in order; chance matches are left out."""
    blocks = in_place(full, other)
    if blocks is None:
        from rapidfuzz.distance import Indel

        found = Indel.opcodes(list(full.folds), list(other.folds))
        blocks = [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in found if op.tag == "equal"]
        blocks = _slid(blocks, full.folds, other.folds)
        kept: list[tuple[int, int, int]] = []
        for number, (i, j, size) in enumerate(blocks):
            content = sum(is_content(fold) for fold in other.folds[j : j + size])
            from_i, from_j = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
            to_i, to_j = blocks[number + 1][:2] if number + 1 < len(blocks) else (len(full.folds), len(other.folds))
            if not _stray(size, content, (i - from_i, j - from_j), (to_i - i - size, to_j - j - size)):
                kept.append((i, j, size))
        blocks = _at_bounds(kept, full, other)
    return _with_gaps(blocks, full, other)


def _with_gaps(
    blocks: Sequence[tuple[int, int, int]], full: Printing, other: Printing, *, shown: bool = False
) -> Aligned:
    gaps, i, j = [], 0, 0
    for at_i, at_j, size in [*blocks, (len(full.folds), len(other.folds), 0)]:
        if at_i > i or at_j > j:
            gaps.extend(_parted(full, other, Gap((i, at_i), (j, at_j)), shown=shown))
        i, j = at_i + size, at_j + size
    return Aligned(tuple(blocks), tuple(gaps))


def settled(aligned: Aligned, full: Printing, other: Printing) -> Aligned:
    """Without the words that a sentence shares by chance with a quite other one: fewer than half, none in a long row.

    Not for two translations, whose sentences may share no more than that.
    """
    known = [False] * len(other.folds)
    row = [0] * len(other.folds)
    for _, j, size in aligned.blocks:
        known[j : j + size] = [True] * size
        row[j : j + size] = [size] * size
    cuts = [at for at in range(len(other.folds) + 1) if sentence_bound(other, at)]
    for start, end in pairwise(cuts):
        if sum(known[start:end]) < _HALF * (end - start) and max(row[start:end]) < _LONG_ROW:
            known[start:end] = [False] * (end - start)
    blocks: list[tuple[int, int, int]] = []
    for i, j, size in aligned.blocks:
        for k in range(size):
            if not known[j + k]:
                continue
            if blocks and blocks[-1][1] + blocks[-1][2] == j + k and blocks[-1][0] + blocks[-1][2] == i + k:
                blocks[-1] = (*blocks[-1][:2], blocks[-1][2] + 1)
            else:
                blocks.append((i + k, j + k, 1))
    return _with_gaps(blocks, full, other, shown=True)


def sentence_bound(printing: Printing, at: int) -> bool:
    """Whether a sentence, a piece or the whole printing begins or ends right before token ``at``."""
    if at in (0, len(printing.tokens)):
        return True
    before, after = printing.tokens[at - 1], printing.tokens[at]
    if before.part != after.part:
        return True
    return any(mark in ".?!" for mark in printing.article_text[before.end : after.start])


def _at_bounds(blocks: Sequence[tuple[int, int, int]], full: Printing, other: Printing) -> list[tuple[int, int, int]]:
    """Blocks moved so that what one side has besides is whole sentences, where the same words allow it.

    "[The story is false. The] president …" and "The [story is false. The] president …" cost the alignment the same.
    """
    out = list(blocks)
    for number in range(len(out)):
        i, j, size = out[number]
        before = (out[number - 1][0] + out[number - 1][2], out[number - 1][1] + out[number - 1][2]) if number else None
        if before is None or (i == before[0]) == (j == before[1]):
            continue
        longer, start, end = (other, before[1], j) if i == before[0] else (full, before[0], i)
        for shift in range(1, min(_MOST_SHIFT, out[number - 1][2], end - start) + 1):
            # the last words of the block before are those that end the gap
            if longer.folds[start - shift : start] != longer.folds[end - shift : end]:
                break
            if sentence_bound(longer, start - shift) and sentence_bound(longer, end - shift):
                out[number - 1] = (*out[number - 1][:2], out[number - 1][2] - shift)
                out[number] = (i - shift, j - shift, size + shift)
                break
    return [block for block in out if block[2]]


def _runs_over(printing: Printing, gap: tuple[int, int]) -> bool:
    """Whether a sentence ends inside the gap."""
    return any(sentence_bound(printing, at) for at in range(gap[0] + 1, gap[1]))


def _parted(full: Printing, other: Printing, gap: Gap, *, shown: bool) -> list[Gap]:
    """The gap, or two where its sides do not stand for one another: an aside beside words, whole other sentences.

    ``shown`` is True for gaps that are to be read: there a word or two is no other wording of a long stretch.
    """
    if gap.full[0] == gap.full[1] or gap.other[0] == gap.other[1]:
        return [gap]
    aside = not own(full, *gap.full) or not own(other, *gap.other)
    sentences = all(sentence_bound(full, at) for at in gap.full) and all(sentence_bound(other, at) for at in gap.other)
    short, long = sorted((gap.full[1] - gap.full[0], gap.other[1] - gap.other[0]))
    unlike = (sentences and long > 3) or (shown and long >= _MUCH and long >= 4 * short)
    if aside or unlike or (_runs_over(full, gap.full) and _runs_over(other, gap.other)):
        return [Gap(gap.full, (gap.other[0], gap.other[0])), Gap((gap.full[1], gap.full[1]), gap.other)]
    return [gap]


def longest_run(aligned: Aligned, other: Printing) -> tuple[int, int]:
    """Words, and weighty words, of the longest stretch that is equal."""
    best = (0, 0)
    for _, j, size in aligned.blocks:
        best = max(best, (size, weight(other.folds[j : j + size])))
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


def in_exchange(aligned: Aligned, full: Printing, other: Printing) -> float:
    """Share 0..1 of the content words that stand for other ones: a sentence with other fillings has many."""
    matched = sum(is_content(fold) for _, j, size in aligned.blocks for fold in other.folds[j : j + size])
    changed = 0
    for gap in aligned.gaps:
        left = sum(is_content(fold) for fold in full.folds[slice(*gap.full)])
        right = sum(is_content(fold) for fold in other.folds[slice(*gap.other)])
        if left and right:
            changed += max(left, right)
    return changed / max(1, matched + changed)


def is_contained(aligned: Aligned, other: Printing) -> bool:
    """Whether all of the other printing's own words stand in the fuller one."""
    return not any(own(other, *gap.other) for gap in aligned.gaps)


def overlaps(aligned: Aligned, other: Printing) -> bool:
    """Whether the two have a stretch of words in common that can be shown, or the other stands wholly in the fuller."""
    if is_contained(aligned, other):
        return True
    run, heavy = longest_run(aligned, other)
    matched = sum(size for _, _, size in aligned.blocks)
    return (run >= _SHOWN and heavy > 1) or matched >= _HALF * len(other.folds)


def whole_pieces(aligned: Aligned, full: Printing, other: Printing) -> tuple[int, int]:
    """Words, and weighty words, of the stretches between stops or cuts that are equal from end to end in both."""
    found, heavy = 0, 0
    for i, j, size in aligned.blocks:
        cuts = [k for k in range(size + 1) if sentence_bound(full, i + k) and sentence_bound(other, j + k)]
        if len(cuts) > 1:
            found += cuts[-1] - cuts[0]
            heavy += weight(other.folds[j + cuts[0] : j + cuts[-1]])
    return found, heavy


def at_edges(aligned: Aligned, full: Printing, other: Printing) -> bool:
    """Whether two printings are overlapping stretches of one speech: the end of one is the start of the other."""
    for gap in aligned.gaps:
        left, right = own(full, *gap.full), own(other, *gap.other)
        if right > 1 and not (is_outer(gap, full, other) and not left):
            return False
    return True


def is_outer(gap: Gap, full: Printing, other: Printing) -> bool:
    """Whether the gap lies before the first or after the last of the words that both print."""
    return (gap.full[0] == 0 and gap.other[0] == 0) or (
        gap.full[1] == len(full.folds) and gap.other[1] == len(other.folds)
    )
