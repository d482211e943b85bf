"""What a finding is made of: how sources, origins and claims of a trace are called within a sentence."""

import re
from collections.abc import Iterable, Sequence

from headwater.labels import balanced, labels, listed, plain, statement_words
from headwater.model import Claim, Finding, Origin, Place, Severity, Trace, stable_id
from headwater.naming import called, unnamed
from headwater.tracing.own_word import is_doubt, own_origin

INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})  # marks within marks
RANK = {"high": 0, "medium": 1, "low": 2}


def finding(
    text: str,
    severity: Severity,
    evidence: Iterable[Place],
    *,
    claims: Sequence[str] = (),
    conflicts: Sequence[str] = (),
) -> Finding:
    """A finding with an id that depends on its text and its places."""
    places = tuple(dict.fromkeys(evidence))
    text = re.sub(r"(?<=\w)\.\.$", ".", text)  # a name may bring a stop of its own: "… with Oda Quill Jr."
    return Finding(
        id=stable_id("finding", text, *(f"{p.article}:{p.start}" for p in places)),
        text=text,
        severity=severity,
        claims=tuple(claims),
        conflicts=tuple(conflicts),
        evidence=places,
    )


class Told:
    """A trace with what its sources, articles and claims are called; ``shared`` are the claims of several articles."""

    def __init__(self, trace: Trace) -> None:
        """Take a trace."""
        self.trace = trace
        self.labels = labels(trace.articles)
        self.sources = {s.id: s for s in trace.sources}
        self.articles = {a.id: a for a in trace.articles}
        self.shared = [
            c
            for c in trace.claims
            if len({m.article for m in c.mentions}) > 1 and not all(is_doubt(m, self.articles) for m in c.mentions)
        ]

    def who(self, source_id: str) -> str:
        """A source in a sentence: "three unnamed military sources, through Ken Roe"."""
        source = self.sources.get(source_id)
        if source is None:
            return self.labels.get(source_id, source_id)
        name = called(source, self.articles)
        if source.kind != "anonymous":
            return name
        through = self.sources.get(source.reached_by or "")
        by = called(through, self.articles) if through else self.labels.get(source.reached_by or "")
        return unnamed(name) + (f", through {plain(by)}" if by else "")

    def origin(self, origin: Origin) -> str:
        """An origin in a sentence: "The Ledger, which says that it saw this itself"."""
        found = own_origin(origin, self.sources, self.articles)
        if found is None:
            return self.who(origin.source)
        return f"{self.who(origin.source)}, which says that it {'saw' if found[1] else 'confirmed'} this itself"

    def whose(self, origins: Iterable[Origin], most: int = 3) -> str:
        """Several origins in a sentence; those that themselves hold a comma are set apart by semicolons."""
        shown = list(dict.fromkeys(self.origin(o) for o in origins))
        more = len(shown) - most
        shown = shown[:most] + ([f"{more} more"] if more > 0 else [])
        return "; ".join(shown) if any("," in s for s in shown) and len(shown) > 1 else listed(shown)

    def quote(self, claim: Claim, most: int = 140) -> str:
        """A claim's words, cut at a word."""
        text = statement_words(claim.text, within=True)
        return f"“{text}”" if len(text) <= most else f"“{text[:most].rsplit(' ', 1)[0]} …”"

    def brief(self, text: str, most: int = 160) -> str:
        """Words for within quotation marks, cut at a word, without their full stop."""
        text = balanced(plain(text)).rstrip(" .").translate(INNER)
        return text if len(text) < most else text[:most].rsplit(" ", 1)[0] + " …"

    def places(self, claim: Claim, articles: Iterable[str] | None = None) -> list[Place]:
        """Where a claim is made, in some of its articles; None = in all."""
        keep = set(articles) if articles is not None else None
        return [s.at(m.article) for m in claim.mentions if keep is None or m.article in keep for s in m.spans]

    def carried(self, claim: Claim) -> int:
        """How many articles carry a claim."""
        return len({m.article for m in claim.mentions})
