"""Whether two printings give one act of speech.

Takes two printings and the sources of the story. The nearer the speakers, the fewer shared words are proof: one named
person, one who is not known, two described unlike, two named otherwise. Stock words prove nothing, other fillings in
one frame disprove, and so do two days. Rather two quotations than one that nobody said.
"""

from collections.abc import Mapping
from typing import Literal

from headwater.align.quotes.alignment import (
    Aligned,
    align,
    at_edges,
    in_exchange,
    is_contained,
    longest_run,
    shares,
    whole_pieces,
)
from headwater.align.quotes.occasions import SLIP, days_apart
from headwater.align.quotes.printings import SHORTEST, Printing, fuller_first, stems
from headwater.align.quotes.weight import NEGATIONS, SMALL, weight
from headwater.model import CARRIER_KINDS, Source
from headwater.words import words

#: Share of the shorter printing's words, and of its content words, that must agree.
SHARE, _CONTENT_SHARE = 0.7, 0.6
#: Largest share of content words that may stand for other ones; so much of a form letter is its fillings.
_EXCHANGED = 0.2
#: Least share of equal words where a negation stands in one alone.
_SLIP_SHARE = 0.9
#: Said on two days that newsrooms may date apart: least words in a row, and their share.
_TWO_DAYS_RUN, _TWO_DAYS_SHARE = 12, 0.95
#: For another translation: least content words in the same order, their share of the shorter, ratio of lengths.
TRANSLATED_WORDS, _TRANSLATED_SHARE, _TRANSLATED_LENGTH = 5, 0.6, 0.6
#: Or one frame with other fillings: least words in the same order, their share of the longer.
_FRAME_WORDS, _FRAME_SHARE = 9, 0.62
#: And places at which small words differ, or any: a form letter has a filling or two.
_WORDED_ANEW, _FILLINGS = 2, 4
#: Words in a row, equal, that two translators do not both find.
_NOT_TRANSLATED = 12
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
    if "document" in (left.kind, right.kind) and {left.kind, right.kind} <= named:
        return "open"  # "the report", here and there; what a person says in a letter is said by either
    if left.kind in named and left.kind == right.kind:
        return "open" if _described(left) or _described(right) or _like_names(left, right) else "other"
    return "unlike"


def _described(source: Source) -> bool:
    """Whether an organisation is described, not named: "the company" may be any."""
    return source.kind == "organisation" and source.name == source.name.casefold()


def _like_names(left: Source, right: Source) -> bool:
    """Whether one name holds all the words of the other ("Hamas", "Hamas' armed wing"; "Bolton", "John R. Bolton")."""
    one, two = sorted(({word.key for word in words(source.name)} for source in (left, right)), key=len)
    return bool(one) and one <= two


def translated(one: Printing, two: Printing, sources: Mapping[str, Source]) -> bool:
    """Whether both may be translations of the same words: one named speaker, like length, content words in order."""
    if one.source is None or one.source != two.source or one.article == two.article:
        return False
    if days_apart(one.occasion, two.occasion) is not None:
        return False
    source = sources.get(one.source)
    if source is None or source.kind not in {"person", "organisation"}:
        return False
    left, right = stems(one), stems(two)
    short, long = sorted((one.said, two.said))
    if short < 2 * TRANSLATED_WORDS or short < _TRANSLATED_LENGTH * long:
        return False
    from rapidfuzz.distance import LCSseq

    if not _worded_anew(one, two):
        return False
    same = LCSseq.similarity(left, right)
    if same >= TRANSLATED_WORDS and same >= _TRANSLATED_SHARE * min(len(left), len(right)):
        return True
    # one frame, other fillings: "a river does not stop at a border" and "a river doesn't end at a frontier"
    frame = LCSseq.similarity(list(one.folds), list(two.folds))
    return same >= 2 and frame >= _FRAME_WORDS and frame >= _FRAME_SHARE * max(len(one.folds), len(two.folds))


def _turned(one: Printing, two: Printing) -> bool:
    """Whether one of them denies and the other does not."""
    return any(fold in NEGATIONS for fold in one.folds) != any(fold in NEGATIONS for fold in two.folds)


def _worded_anew(one: Printing, two: Printing) -> bool:
    """Whether small words differ, or most others: a translator builds the sentence anew, a form letter does not."""
    full, other = fuller_first(one, two)
    aligned = align(full, other)
    if longest_run(aligned, other)[0] >= _NOT_TRANSLATED or _turned(one, two):
        return False
    small = sum(
        any(fold in SMALL for fold in (*full.folds[slice(*gap.full)], *other.folds[slice(*gap.other)]))
        for gap in aligned.gaps
    )
    return small >= _WORDED_ANEW or len(aligned.gaps) >= _FILLINGS


def one_act(one: Printing, two: Printing, sources: Mapping[str, Source]) -> bool:
    """Whether two printings give the same act of speech."""
    full, other = fuller_first(one, two)
    aligned = align(full, other)
    run, heavy = longest_run(aligned, other)
    share, content_share = shares(aligned, full, other)
    if one.article == two.article:  # people repeat themselves: only a quotation printed again is the same act
        return one.source == two.source and share >= 0.9 and run >= 6
    apart = days_apart(one.occasion, two.occasion)
    if apart is not None and (apart > SLIP or run < _TWO_DAYS_RUN or share < _TWO_DAYS_SHARE):
        return False
    enough = share >= SHARE and content_share >= _CONTENT_SHARE and in_exchange(aligned, full, other) <= _EXCHANGED
    # a negation is lost by a slip of the pen; with other words besides it is another sentence
    enough = enough and (share >= _SLIP_SHARE or not _turned(one, two))
    near = closeness(one, two, sources)
    if near == "same":
        return (
            (_told_again(aligned, other) and run >= min(3, other.said))
            or (enough and run >= 3 and heavy >= 1 and weight(other.folds) >= 2)
            or _one_speech(aligned, full, other, run=8, heavy=3)
            or _one_speech(aligned, full, other, run=12, heavy=2)
        )
    if near == "open":
        return (enough and run >= 5 and heavy >= 2) or _one_speech(aligned, full, other, run=9, heavy=4)
    if near == "unlike":
        return enough and heavy >= 4 and share >= _TWO_DAYS_SHARE and (run >= 10 or (run >= 8 and run == other.said))
    return enough and run >= 12 and heavy >= 5 and share >= _TWO_DAYS_SHARE


def _told_again(aligned: Aligned, other: Printing) -> bool:
    """Whether the shorter printing is all in the fuller one and more than a stock phrase."""
    heavy = weight(other.folds)
    return is_contained(aligned, other) and other.said >= 3 and (heavy >= 2 or (heavy >= 1 and other.said >= SHORTEST))


def _one_speech(aligned: Aligned, full: Printing, other: Printing, *, run: int, heavy: int) -> bool:
    """Whether two printings are stretches of one speech: one ends as the other begins, or a whole sentence is equal."""
    most, weightiest = longest_run(aligned, other)
    if most >= run and weightiest >= heavy and at_edges(aligned, full, other):
        return True
    told, weighty = whole_pieces(aligned, full, other)
    return told >= run and weighty >= heavy
