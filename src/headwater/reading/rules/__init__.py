"""The rule tagger: attributions from word order, reporting verbs and quotation marks, without any model.

Takes text and sentences, gives ``Tags``. Quotations are folded to one item first; then each reporting verb looks for
its subject to the left or right and its content on the other side. It is the floor a trained tagger must beat. Patterns
after Pouliquen et al. (RANLP 2007) and the orders of attribution counted in PolNeAR (Newell et al., LREC 2018).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model import Span
from headwater.reading import marks, names
from headwater.reading.rules.carriers import carriers_named, signatures
from headwater.reading.rules.flat import Around, paragraphs_of
from headwater.reading.rules.named import named_by_place
from headwater.reading.rules.paragraph import Reader
from headwater.reading.rules.shapes import is_transcript
from headwater.reading.tagger import Tags

#: "CALDER (Northern Wire) - ", "STRAND — ", "TORHAVEN, Feb 13 (Cardinal) - ", "PORT ELMS: "
_DATELINE = re.compile(
    r"(?=[^a-z\n]{3})[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w. ]{1,24}){0,2}(?: ?\([A-Z][\w .]{1,40}\))?"
    r"(?: ?[–—] ?| - |: )(?=[“\"A-Z])"
)


@dataclass(frozen=True, slots=True)
class RuleTagger:
    """Marks attributions by rules and names by ``names.find_names``; a Tagger."""

    name: str = "rules-1"

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """Mark ``text``; ``sentences`` are its sentences outside furniture, in order."""
        found = names.find_names(text, sentences)
        paragraphs = paragraphs_of(text, sentences)
        around = Around(
            text=text,
            found=found,
            starts=tuple(n.start for n in found),
            carriers=carriers_named(text, found),
            ends=frozenset(s.end for s in sentences),
            signed=signatures(text),
        )
        reader = Reader(around, is_transcript(text, paragraphs))
        quoted = marks.quotations(text, paragraphs)
        at = 0
        for paragraph in paragraphs:
            stop = at
            while stop < len(quoted) and quoted[stop].start < paragraph.end:
                stop += 1
            inside = quoted[at:stop]
            at += sum(q.end <= paragraph.end for q in inside)
            dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
            reader.read(Span(dateline.end(), paragraph.end) if dateline else paragraph, inside)
        return Tags(attributions=tuple(reader.out), names=named_by_place(text, found, reader.out))
