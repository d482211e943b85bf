"""A text as the rules read it: its surroundings, and paragraph by paragraph the quotations that have a part there."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.model import Span
from headwater.reading import marks
from headwater.reading.rules.carriers import carriers_named, signatures
from headwater.reading.rules.flat import Around, paragraphs_of
from headwater.reading.rules.shapes import is_transcript
from headwater.reading.tagger import Name

#: "CALDER (Northern Wire) - ", "STRAND — ", "TORHAVEN, Feb 13 (Cardinal) - ", "PORT ELMS: "
DATELINE = re.compile(
    r"(?=[^a-z\n]{3})[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w. ]{1,24}){0,2}(?: ?\([A-Z][\w .]{1,40}\))?"
    r"(?: ?[–—] ?| - |: )(?=[“\"A-Z])"
)


_HEAD = 4  # paragraphs, headlines among them, within which a dateline with a colon may stand
_CAPITAL = re.compile(r"\b[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what all of its sentences share, and its paragraphs in order."""

    around: Around
    paragraphs: tuple[Span, ...]
    turns: frozenset[int] = frozenset()  # where paragraphs begin that are turns of a transcript

    def read(self) -> Iterator[tuple[Span, Sequence[marks.Quoted]]]:
        """Each paragraph without its dateline, and the quotations that have a part in it."""
        text = self.around.text
        quoted = marks.quotations(text, self.paragraphs)
        at = 0
        for paragraph in self.paragraphs:
            stop = at
            while stop < len(quoted) and quoted[stop].start < paragraph.end:
                stop += 1
            inside = quoted[at:stop]
            at += sum(q.end <= paragraph.end for q in inside)
            yield Span(self._dateline_end(paragraph), paragraph.end), inside

    def _dateline_end(self, paragraph: Span) -> int:
        """Where the text of a paragraph begins; a colon ends a dateline only at the article's head, else a speaker."""
        dateline = DATELINE.match(self.around.text, paragraph.start, paragraph.end)
        if dateline is None or paragraph.start in self.turns:
            return paragraph.start
        colon = dateline.group().rstrip().endswith(":")
        return paragraph.start if colon and paragraph not in self.paragraphs[:_HEAD] else dateline.end()


def page_of(text: str, sentences: Sequence[Span], found: Sequence[Name]) -> Page:
    """The page of a text.

    Args:
        text: the article's text.
        sentences: its sentences outside furniture, in order.
        found: its names, in order of place.
    """
    around = Around(
        text=text,
        found=tuple(found),
        starts=tuple(n.start for n in found),
        carriers=carriers_named(text, found),
        ends=frozenset(s.end for s in sentences),
        signed=signatures(text),
        surnames=frozenset(
            text[n.start : n.end].split()[-1]
            for n in found
            if n.type in {"person", "place", "group"} and " " in text[n.start : n.end]
        ),
        counts=Counter(m.group() for m in _CAPITAL.finditer(text)),
    )
    paragraphs = tuple(paragraphs_of(text, sentences))
    return Page(around, paragraphs, is_transcript(text, paragraphs))
