"""Whether two printings give one act of speech.

Takes two printings and the sources of the story. The nearer the speakers, the fewer shared words are proof: one named
person, one who is not known, two described unlike, two named otherwise. Two utterances that merely share a phrase
stay apart: rather two quotations than one that nobody said.
"""

from collections.abc import Mapping
from typing import Literal

from headwater.align.quotes.alignment import align, at_edges, longest_run, shares
from headwater.align.quotes.printings import Printing, fuller_first, stems
from headwater.model import CARRIER_KINDS, Source

#: Share of the shorter printing's words, and of its content words, that must agree.
SHARE, _CONTENT_SHARE = 0.7, 0.6
#: For another translation: least content words in the same order, their share of the shorter, ratio of lengths.
TRANSLATED_WORDS, _TRANSLATED_SHARE, _TRANSLATED_LENGTH = 5, 0.6, 0.6
#: Or one frame with other fillings: least words in the same order, their share of the longer.
_FRAME_WORDS, _FRAME_SHARE = 9, 0.62
Closeness = Literal["same", "open", "unlike", "other"]


def closeness(one: Printing, two: Printing, sources: Mapping[str, Source]) -> Closeness:
    """Whether two printings can have one speaker: the same, open (unknown or compatible), unlike, another."""
    if one.source is None or two.source is None:
        return "open"
    if one.source == two.source:
        return "same"
    left, right = sources.get(one.source), sources.get(two.source)
    if left is None or right is None:
        return "open"
    if left.entity is not None and left.entity == right.entity:
        return "same"
    if (
        right.id in left.maybe_same
        or left.id in right.maybe_same
        or left.id in two.via
        or right.id in one.via
        or left.kind in CARRIER_KINDS
        or right.kind in CARRIER_KINDS
    ):
        return "open"
    named = {"person", "organisation", "document"}
    if left.kind not in named and right.kind not in named:
        reached = {left.reached_by, *one.via} & {right.reached_by, *two.via} - {None}
        return "open" if reached else "unlike"
    if left.kind == right.kind == "document":
        return "open"  # "the report", here and there: a document is seldom named alike twice
    if left.kind in named and right.kind in named and left.kind == right.kind:
        return "other"
    return "unlike"


def translated(one: Printing, two: Printing, sources: Mapping[str, Source]) -> bool:
    """Whether both may be translations of the same words: one named speaker, like length, content words in order."""
    if one.source is None or one.source != two.source or one.article == two.article:
        return False
    source = sources.get(one.source)
    if source is None or source.kind not in {"person", "organisation"}:
        return False
    left, right = stems(one), stems(two)
    short, long = sorted((one.said, two.said))
    if short < 2 * TRANSLATED_WORDS or short < _TRANSLATED_LENGTH * long:
        return False
    from rapidfuzz.distance import LCSseq

    same = LCSseq.similarity(left, right)
    if same >= TRANSLATED_WORDS and same >= _TRANSLATED_SHARE * min(len(left), len(right)):
        return True
    # one frame, other fillings: "a river does not stop at a border" and "a river doesn't end at a frontier"
    frame = LCSseq.similarity(list(one.folds), list(two.folds))
    return same >= 2 and frame >= _FRAME_WORDS and frame >= _FRAME_SHARE * max(len(one.folds), len(two.folds))


def one_act(one: Printing, two: Printing, sources: Mapping[str, Source]) -> bool:
    """Whether two printings give the same act of speech."""
    full, other = fuller_first(one, two)
    aligned = align(full, other)
    run, run_content = longest_run(aligned, other)
    share, content_share = shares(aligned, full, other)
    enough = share >= SHARE and content_share >= _CONTENT_SHARE
    if one.article == two.article:  # people repeat themselves: only a quotation printed again is the same act
        return one.source == two.source and share >= 0.9 and run >= 6
    near = closeness(one, two, sources)
    if near == "same":
        return (enough and run >= min(3, other.said) and run_content >= 1 and other.said >= 3) or (
            run >= 8 and run_content >= 3 and at_edges(aligned, full, other)
        )
    if near == "open":
        return (enough and run >= 5 and run_content >= 2) or (
            run >= 10 and run_content >= 4 and at_edges(aligned, full, other)
        )
    if near == "unlike":
        return enough and run >= 8 and run_content >= 3
    return enough and run >= 12 and run_content >= 5
