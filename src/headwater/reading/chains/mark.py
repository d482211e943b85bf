"""One attribution as it stands in its sentence: which items are its own, and which gaps they leave.

Whatever tagger marked it, carriers stand in what it left over: between source and cue, before it, after it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from headwater.model import Span
from headwater.reading.rules.flat import Sentence
from headwater.reading.tagger import Tagged
from headwater.words import key_of

_CITES = frozenset("citing quoting cited quoted".split())  # beside another cue, they are whoever's who carries


@dataclass(frozen=True, slots=True)
class Mark:
    """An attribution in items of its sentence; empty where a part is not in the sentence.

    ``first`` and ``last`` are the ends of all of it; ``verb`` is the last word of its cue, -1 without one.
    """

    s: Sentence
    tagged: Tagged
    source: range
    cue: tuple[int, ...]
    content: frozenset[int]
    first: int
    last: int
    verb: int

    def gap(self, at: int) -> bool:
        """Whether the item at ``at`` is nobody's: neither source nor cue nor content."""
        return 0 <= at < len(self.s.items) and not (at in self.source or at in self.cue or at in self.content)

    def gap_end(self, at: int) -> int:
        """The last item of the gap that goes on from ``at``."""
        while self.gap(at + 1):
            at += 1
        return at


def mark_in(s: Sentence, tagged: Tagged) -> Mark | None:
    """The attribution in its sentence; None when neither its cue nor its source stands there outside a quotation."""
    source = sorted(_items(s, tagged.source))
    cues = [span for span in tagged.cue if key_of(span.of(s.text)) not in _CITES]
    cue = tuple(sorted(_items(s, cues or tagged.cue)))
    if any(s.quote(i) for i in cue) or not (cue or source):
        return None
    own = {*source, *cue}
    content = frozenset(i for i in _items(s, tagged.content) if i not in own)
    whole = [*source, *cue, *content]
    verb = max((i for i in cue if s.word(i)), default=-1)
    phrase = range(source[0], source[-1] + 1) if source else range(0)
    return Mark(s, tagged, phrase, cue, content, min(whole), max(whole), verb)


def _items(s: Sentence, spans: Iterable[Span]) -> set[int]:
    out: set[int] = set()
    for span in spans:
        if span.end <= s.items[0].start or span.start >= s.items[-1].end:
            continue
        first = bisect_right(s.items, span.start, key=lambda item: item.end)
        last = bisect_left(s.items, span.end, key=lambda item: item.start)
        out.update(range(first, last))
    return out
