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
from headwater.reading.rules.carriers import carriers_named
from headwater.reading.rules.flat import paragraphs_of
from headwater.reading.rules.paragraph import read_paragraph
from headwater.reading.tagger import Tagged, Tags

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
        out: list[Tagged] = []
        previous: int | None = None  # the last attribution with quoted words in the paragraph before
        quoted = marks.quotations(text, paragraphs_of(text, sentences))
        carriers = carriers_named(text, found)
        at = 0
        for paragraph in paragraphs_of(text, sentences):
            dateline = _DATELINE.match(text, paragraph.start, paragraph.end)
            if dateline:
                paragraph = Span(dateline.end(), paragraph.end)
            inside = []
            while at < len(quoted) and quoted[at].start < paragraph.end:
                inside.append(quoted[at])
                at += 1
            previous = read_paragraph(text, paragraph, inside, found, carriers, out, previous)
        return Tags(attributions=tuple(out), names=found)
