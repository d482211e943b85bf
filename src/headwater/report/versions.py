"""One sentence as others tell it: their words aligned with it, shared words tinted, changed words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rapidfuzz.distance import LCSseq

from headwater.model import Span
from headwater.report.segments import Mark, marked
from headwater.words import Word, words

_SHORT = 4  # letters; a run of one word that is shorter is chance
_LONGEST = 400  # words that are aligned


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of a text with its words; two tellings with the same ``keys`` are word for word the same."""

    text: str
    spans: tuple[Span, ...]
    words: tuple[Word, ...]
    keys: tuple[str, ...]


def told(text: str, spans: Sequence[Span]) -> Told:
    """The words of several spans of one text, in order."""
    found = tuple(word for span in spans for word in words(text, span))[:_LONGEST]
    return Told(text, tuple(spans), found, tuple(word.key for word in found))


def against(one: Told, other: Told) -> Markup:
    """``one`` with the words it shares with ``other`` tinted and those that stand for others marked."""
    marks: list[Mark] = []
    equal = False
    gone = False  # whether words of the other were passed over since the last shared ones
    new: list[tuple[int, int]] = []
    for op in LCSseq.opcodes(other.keys, one.keys):
        if op.tag == "equal":
            equal = True
            run = one.words[op.dest_start : op.dest_end]
            if gone:
                marks += [_mark(one, start, end, "changed") for start, end in new]
            gone, new = False, []
            if len(run) > 1 or len(run[0].key) >= _SHORT:
                marks.append(_mark(one, op.dest_start, op.dest_end, "same"))
            continue
        gone = gone or op.src_end > op.src_start
        if op.dest_end > op.dest_start:
            new.append((op.dest_start, op.dest_end))
    if gone and equal:
        marks += [_mark(one, start, end, "changed") for start, end in new]
    return Markup(" … ").join(marked(one.text, marks, within=span) for span in one.spans)


def _mark(one: Told, first: int, end: int, css: str) -> Mark:
    return Mark(start=one.words[first].start, end=one.words[end - 1].end, css=css)
