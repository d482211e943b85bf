"""One attribution as it stands in its sentence: which items are its own, and which gaps they leave.

Whatever tagger marked it, carriers stand in what it left over: between source and cue, before it, after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from headwater.model import Span
from headwater.reading.rules.flat import Sentence
from headwater.reading.tagger import Tagged
from headwater.words import key_of

_CITES = frozenset("citing quoting cited quoted".split())  # beside another cue, they are whoever's who carries


@dataclass(frozen=True, slots=True)
class Mark:
    """An attribution in items of its sentence; empty where a part is not in the sentence."""

    s: Sentence
    tagged: Tagged
    source: range
    cue: tuple[int, ...]
    content: frozenset[int]

    @property
    def items(self) -> frozenset[int]:
        """All of its items."""
        return self.content.union(self.source, self.cue)

    @property
    def first(self) -> int:
        """The first item of it."""
        return min(self.items)

    @property
    def last(self) -> int:
        """The last item of it."""
        return max(self.items)

    @property
    def verb(self) -> int:
        """The last word of its cue; -1 without one."""
        return max((i for i in self.cue if self.s.word(i)), default=-1)

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
    return Mark(s, tagged, range(source[0], source[-1] + 1) if source else range(0), cue, content)


def _items(s: Sentence, spans: Iterable[Span]) -> set[int]:
    out: set[int] = set()
    for span in spans:
        if span.end <= s.items[0].start or span.start >= s.items[-1].end:
            continue
        out.update(i for i, item in enumerate(s.items) if item.start < span.end and span.start < item.end)
    return out
