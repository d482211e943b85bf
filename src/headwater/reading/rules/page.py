"""A text as the rules read it: its surroundings, and paragraph by paragraph the quotations that have a part there."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.model import Span
from headwater.reading import marks
from headwater.reading.rules.carriers import carriers_named, signatures
from headwater.reading.rules.flat import Around, paragraphs_of
from headwater.reading.tagger import Name

#: "CALDER (Northern Wire) - ", "STRAND — ", "TORHAVEN, Feb 13 (Cardinal) - ", "PORT ELMS: "
_DATELINE = re.compile(
    r"(?=[^a-z\n]{3})[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w. ]{1,24}){0,2}(?: ?\([A-Z][\w .]{1,40}\))?"
    r"(?: ?[–—] ?| - |: )(?=[“\"A-Z])"
)


_CAPITAL = re.compile(r"\b[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what all of its sentences share, and its paragraphs in order."""

    around: Around
    paragraphs: tuple[Span, ...]

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
            dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
            yield Span(dateline.end(), paragraph.end) if dateline else paragraph, inside


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
    return Page(around, tuple(paragraphs_of(text, sentences)))
