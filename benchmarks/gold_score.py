"""How right a trace of one real story is, against what an editor annotated; and why a count is wrong.

Spans are compared as sets of characters. A passage is found in a claim when a mention overlaps it by 0.3 of their union
or one lies in the other by 0.7; a claim is linked when one traced claim holds passages of at least half of its
articles. A count is exact when ``low`` is the editor's best value, or ``low..high`` holds it within the editor's range.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from origins.score import Tally

from headwater.model import Claim, Span, Trace

Chars = frozenset[int]
Answer = Mapping[str, Any]


def chars(spans: Iterable[Span | Mapping[str, int]]) -> Chars:
    """The characters of several spans."""
    ends = ((s.start, s.end) if isinstance(s, Span) else (s["start"], s["end"]) for s in spans)
    return frozenset(i for start, end in ends for i in range(start, end))


def union_share(one: Chars, other: Chars) -> float:
    """What two sets of characters have in common, as a share of both together."""
    return len(one & other) / len(one | other) if one or other else 0.0


def within(one: Chars, other: Chars) -> float:
    """What two sets of characters have in common, as a share of the smaller."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


@dataclass(frozen=True, slots=True)
class Known:
    """One passage of a known claim, and the traced claims that hold it."""

    claim: str
    article: str
    chars: Chars
    held: frozenset[str]


# The score ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What became of the count of one known claim.

    ``low`` and ``high`` are None where no traced claim gathers half of its articles. ``reasons`` say why the count is
    not exact, each with the articles it was seen in.
    """

    claim: str
    known: int
    least: int
    most: int
    articles: int
    low: int | None = None
    high: int | None = None
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def exact(self) -> bool:
        """Whether ``low`` is the editor's best value, or the range holds it within the editor's."""
        if self.low is None or self.high is None:
            return False
        return self.low == self.known or (self.least <= self.low <= self.most and self.low <= self.known <= self.high)

    @property
    def in_range(self) -> bool:
        """Whether the range meets the editor's."""
        return self.low is not None and self.high is not None and self.low <= self.most and self.high >= self.least

    @property
    def invented(self) -> bool:
        """Whether more is said to be proven than the editor would defend."""
        return self.low is not None and self.low > self.most


@dataclass(slots=True)
class Score:
    """The score of one story, or of several added up."""

    links: Tally = field(default_factory=Tally)
    attributions: Tally = field(default_factory=Tally)
    passages: list[int] = field(default_factory=lambda: [0, 0])  #: found, known
    credits: list[int] = field(default_factory=lambda: [0, 0])  #: found, known
    counts: list[Counted] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares 0..1 by name; ``false`` is a number of claims."""
        several = [c for c in self.counts if c.articles > 1]
        more = [c for c in self.counts if c.known > 1]
        return {
            "links_precision": self.links.precision,
            "links_recall": self.links.recall,
            "links_f1": self.links.f1,
            "passages_found": _share(*self.passages),
            "exact": _share(sum(c.exact for c in self.counts), len(self.counts)),
            "exact_multi_outlet": _share(sum(c.exact for c in several), len(several)),
            "exact_several_origins": _share(sum(c.exact and (c.low or 0) > 1 for c in more), len(more)),
            "in_range": _share(sum(c.in_range for c in self.counts), len(self.counts)),
            "linked": _share(sum(c.low is not None for c in self.counts), len(self.counts)),
            "false": sum(c.invented for c in self.counts),
            "false_independence": _share(sum(c.invented for c in self.counts), len(self.counts)),
            "attribution_f1": self.attributions.f1,
            "credits": _share(*self.credits),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def score(trace: Trace, answer: Answer) -> Score:
    """How right a trace is, against an editor's answer for the same articles."""
    out = Score(attributions=_attributions(trace, answer), credits=_credits(trace, answer))
    traced: dict[str, list[tuple[Chars, str]]] = defaultdict(list)
    for claim in trace.claims:
        for mention in claim.mentions:
            traced[mention.article].append((chars(mention.spans), claim.id))
    known = []
    for claim_known in answer["claims"]:
        for passage in claim_known["mentions"]:
            here = chars(passage["spans"])
            held = frozenset(c for mine, c in traced.get(passage["doc"], ()) if meets(here, mine))
            known.append(Known(claim_known["id"], passage["doc"], here, held))
    out.passages = [sum(bool(k.held) for k in known), len(known)]
    out.links = _links(known)
    claims = {c.id: c for c in trace.claims}
    for claim_known in answer["claims"]:
        out.counts.append(_count(claim_known, known, claims, trace))
    return out


def meets(one: Chars, other: Chars) -> bool:
    """Whether a passage and a mention are about the same words."""
    return union_share(one, other) >= 0.3 or within(one, other) >= 0.7


def _links(known: Sequence[Known]) -> Tally:
    out = Tally()
    for a, b in combinations(known, 2):
        if a.article == b.article:
            continue
        linked = bool(a.held & b.held)
        if a.claim == b.claim:
            out.right += linked
            out.missed += not linked
        elif linked and not (_carries(known, a, b) or _carries(known, b, a)):
            out.wrong += 1
    return out


def _carries(known: Sequence[Known], passage: Known, other: Known) -> bool:
    """Whether the passage carries the other's claim as well: linking the two is then no error."""
    return any(
        k.claim == other.claim and k.article == passage.article and within(k.chars, passage.chars) >= 0.5 for k in known
    )


def gathering(mine: Sequence[Known], claims: Mapping[str, Claim]) -> Claim | None:
    """The traced claim that holds most passages of a known one; None where it has under half of its articles."""
    votes = Counter(c for k in mine for c in k.held)
    if not votes:
        return None
    best = max(sorted(votes), key=lambda c: (votes[c], len(claims[c].mentions)))
    got = {k.article for k in mine if best in k.held}
    return claims[best] if 2 * len(got) >= len({k.article for k in mine}) else None


def _count(answer: Answer, known: Sequence[Known], claims: Mapping[str, Claim], trace: Trace) -> Counted:
    mine = [k for k in known if k.claim == answer["id"]]
    best, truth = gathering(mine, claims), int(answer["n_independent_origins"])
    counted = Counted(
        claim=answer["id"],
        known=truth,
        least=answer.get("low", truth),
        most=answer.get("high", truth),
        articles=len(set(answer["docs"])),
        low=best.independent.low if best else None,
        high=best.independent.high if best else None,
    )
    if counted.exact:
        return counted
    return replace(counted, reasons=tuple(reasons(answer, counted, best, known, trace)))


# Why ------------------------------------------------------------------------------------------------------------------


def reasons(
    answer: Answer, counted: Counted, best: Claim | None, known: Sequence[Known], trace: Trace
) -> Iterator[tuple[str, str]]:
    """Why a count is not exact, as a class and what it was seen in; a claim can have several."""
    mine = [k for k in known if k.claim == answer["id"]]
    if best is None:
        found = sum(bool(k.held) for k in mine)
        yield (
            "not gathered",
            f"{found} of {len(mine)} passages found, in {len({c for k in mine for c in k.held})} claims",
        )
        return
    outside = sorted({k.article for k in mine} - {k.article for k in mine if best.id in k.held})
    others = sorted({k.claim for k in known if best.id in k.held and k.claim != answer["id"]} - _also(mine, known))
    if others:
        yield "merged with another", ", ".join(others)
    assert counted.low is not None
    assert counted.high is not None
    if counted.low > counted.known:
        yield "held apart", ", ".join(_name(trace, o.source) for o in best.origins)
        return
    if outside:
        yield "an article is outside", ", ".join(outside)
    inside = [m for m in best.mentions if any(k.article == m.article and meets(k.chars, chars(m.spans)) for k in mine)]
    silent = sorted({m.article for m in inside if not m.chain} - {m.article for m in inside if m.chain})
    stated = {k.article for k in mine if k.claim == answer["id"]} & _stating(answer)
    if silent := [a for a in silent if a in stated]:
        yield "source missing", ", ".join(silent)
    if len(best.origins) > counted.low:
        kind = "doubted" if counted.high >= counted.known else "folded"
        yield kind, ", ".join(_name(trace, o.source) for o in best.origins)
    elif not outside and not silent:
        yield "other source", ", ".join(_name(trace, o.source) for o in best.origins) or "none"


def _also(mine: Sequence[Known], known: Sequence[Known]) -> set[str]:
    """The other known claims that stand in the same words as a passage of this one."""
    return {k.claim for k in known for m in mine if k.article == m.article and within(k.chars, m.chars) >= 0.5}


def _stating(answer: Answer) -> set[str]:
    """The articles of which a passage states a chain, as far as the answer says."""
    out = set()
    for passage in answer["mentions"]:
        chain = passage.get("chain", passage.get("stated_chain", ()))
        words = [chain] if isinstance(chain, str) else list(chain)
        if words and not str(words[0]).startswith(("none", "own voice", "outlet")):
            out.add(passage["doc"])
    return out


def _name(trace: Trace, source: str) -> str:
    return next((s.name for s in trace.sources if s.id == source), source)


# Attributions and credits ---------------------------------------------------------------------------------------------


def _attributions(trace: Trace, answer: Answer) -> Tally:
    """Attributions of the annotated articles: right where half of both contents is common; optional ones count not."""
    out = Tally()
    rows = answer.get("attributions") or answer.get("attributions_sample") or []
    for article in sorted({row["doc"] for row in rows}):
        known = [(chars(row["content_spans"]), bool(row.get("optional"))) for row in rows if row["doc"] == article]
        said = [chars(a.content_spans) for a in trace.attributions if a.article == article]
        pairs = sorted(
            ((union_share(k, s), i, j) for i, (k, _) in enumerate(known) for j, s in enumerate(said)), reverse=True
        )
        met: dict[int, int] = {}
        for value, i, j in pairs:
            if value >= 0.5 and i not in met and j not in met.values():
                met[i] = j
        out.right += sum(not known[i][1] for i in met)
        out.missed += sum(not optional for i, (_, optional) in enumerate(known) if i not in met)
        free = [k for k, optional in known if optional]
        out.wrong += sum(
            not any(within(k, s) >= 0.5 for k in free) for j, s in enumerate(said) if j not in met.values()
        )
    return out


_GENERIC = frozenset("report post records congressional record through statement".split())
_NO_NAME = frozenset("the a of gen adm dr sen us general anonymous via".split())


def _named(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return set(re.findall(r"[a-z0-9]+", plain)) - _NO_NAME


def _credits(trace: Trace, answer: Answer) -> list[int]:
    """Of the known credits, how many have a derivation of the article from a source of that name."""
    names = {s.id: _named(s.name) for s in trace.sources}
    known = [
        (row["doc"], _named(re.split(r"[(:]", row["derived_from"])[0]) - _GENERIC)
        for row in answer.get("derivation", {}).get("documents", [])
        if str(row.get("credited")) in {"yes", "partly", "True"}
    ]
    found = sum(
        any(d.later == doc and names.get(d.earlier, set()) & words for d in trace.derivations) for doc, words in known
    )
    return [found, len(known)]
