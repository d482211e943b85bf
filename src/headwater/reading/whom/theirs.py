"""Whose somebody or something is: "her lawyer", "whose office", "his post", as far as it shows who is meant.

Takes whom an article names, the sources met so far, who holds which office and whom pronouns mean.
"""

import re
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading.whom.met import Met
from headwater.reading.whom.named import GENERATIONS
from headwater.reading.whom.offices import Offices
from headwater.reading.whom.pronouns import Pronouns
from headwater.words import key_of

#: Whose lawyer or husband somebody is.
_OWNED = re.compile(r"(?:(?P<whose>his|her)|(?:[\w.’'-]+\s){0,3}?(?P<owner>[^\W\d_][\w-]*)['’]s?)\s", re.IGNORECASE)

#: What speaks for one person whom a pronoun means.
THEIR_BODY = re.compile(
    r"(?P<whose>his|her|whose) (?P<body>(?:\w+ )?(?:office|campaign|team|camp|administration))", re.IGNORECASE
)
#: A paper that is one person's own words.
HIS_PAPER = re.compile(r"(?P<whose>his|her)\s(?:[\w-]+\s){0,2}[\w-]+$", re.IGNORECASE)


class Theirs:
    """What belongs to people of one article."""

    def __init__(self, met: Met, offices: Offices, pronouns: Pronouns) -> None:
        """Take the sources met so far, the offices and the pronouns of the article."""
        self.met, self.offices, self.pronouns = met, offices, pronouns

    def related(self, head: str, shown: str, span: Span, content: Sequence[Span]) -> str | None:
        """The id of the person whom "her lawyer" means, where the article names him as that elsewhere."""
        owned = _OWNED.match(shown)
        if owned is None:
            return None
        owner = owned["owner"]
        if owner is None:
            known = self.met.known.get(self.owner(owned["whose"], span, content) or "")
            if known is None or known.entity is None:
                return None
            owner = [w for w in known.name.split() if key_of(w) not in GENERATIONS][-1]
        return self.offices.related(head, owner)

    def owner(self, pronoun: str, span: Span, content: Sequence[Span]) -> str | None:
        """The id of the person whom "his" or "her" means at the head of a span; None in doubt."""
        subject = {"his": "he", "her": "she"}[pronoun.casefold()]
        owner = self.pronouns.meant(subject, Span(span.start, span.start + len(pronoun)), content)
        known = self.met.known.get(owner or "")
        person = known is not None and known.kind in {"person", "journalist"} and known.name != lexicon.WRITER
        return owner if person else None

    def body(self, whose: str, body: str, owner: str | None, span: Span) -> str | None:
        """The office or campaign of somebody by his or her name; nobody known where it is in doubt whose it is.

        Args:
            whose: "his", "her" or "whose".
            body: what it is.
            owner: the id of whom it means, None in doubt.
            span: where the words stand.
        """
        known = self.met.known.get(owner or "")
        if known is None or known.kind not in {"person", "journalist"} or known.name == lexicon.WRITER:
            scope = f"{self.met.article.id}:{span.start}"
            return self.met.keep(f"{whose.casefold()} {body}", "unspecified", span, scope=scope)
        name = [w for w in known.name.split() if not w.endswith(".") and key_of(w) not in GENERATIONS][-1:]
        return self.met.keep(f"{' '.join(name) or known.name}’s {body}", "organisation", span)
