"""The rule tagger: attributions from word order, reporting verbs and quotation marks, without any model.

Takes text and sentences, gives ``Tags``. Quotations are folded to one item first; then each reporting verb looks for
its subject to the left or right and its content on the other side; ``chains`` then adds whom the words came through.
It is the floor a trained tagger must beat. Patterns after Pouliquen et al. (RANLP 2007) and the orders of attribution
counted in PolNeAR (Newell et al., LREC 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model import Span
from headwater.reading import names
from headwater.reading.rules.named import named_by_place
from headwater.reading.rules.page import page_of
from headwater.reading.rules.paragraph import Reader
from headwater.reading.rules.shapes import interviewed
from headwater.reading.tagger import Tags


@dataclass(frozen=True, slots=True)
class RuleTagger:
    """Marks attributions by rules and names by ``names.find_names``; a Tagger."""

    name: str = "rules-1"

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """Mark ``text``; ``sentences`` are its sentences outside furniture, in order."""
        from headwater.reading.chains import with_carriers  # it reads with the rules' own modules

        found = names.find_names(text, sentences)
        page = page_of(text, sentences, found)
        reader = Reader(page.around, page.turns, interviewed(text, found, page.turns))
        for paragraph, quoted in page.read():
            reader.read(paragraph, quoted)
        marked = with_carriers(text, sentences, found, reader.out)
        return Tags(attributions=marked, names=named_by_place(text, found, marked))
