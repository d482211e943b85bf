"""A trace looked at as a reader does: what things are called, what was counted, how each article got its words.

Takes a trace, gives plain words and ids for the page and the terminal, so that both say the same. An id that the trace
does not hold is shown as it stands; a place outside its text is left out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from headwater.labels import labels, listed, number_of, plain
from headwater.model import (
    CARRIER_KINDS,
    Attribution,
    Claim,
    Conflict,
    Derivation,
    Mention,
    Origin,
    Place,
    Span,
    Trace,
    Unjudged,
)
from headwater.report.dated import date_key, date_words
from headwater.report.phrases import KINDS, SEVERITIES, VERDICTS, share_words
from headwater.words import sentences

_SMALL = re.compile(
    r"""an?|the|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|other|another|senior|former|unnamed
    |anonymous|people|sources|officials|witnesses|residents|staff|workers|reports""",
    re.IGNORECASE | re.VERBOSE,
)
_AROUND = 240
_LONGEST_MENTION = 700


@dataclass(frozen=True, slots=True)
class Way:
    """How one article has a claim: in ``words``, with whom its ``mentions`` are ``shared``, and the evidence."""

    article: str
    words: str
    shared: str
    mentions: tuple[Mention, ...]
    evidence: tuple[Place, ...]


class View:
    """A trace with its lookups; see the functions for what they say."""

    def __init__(self, trace: Trace) -> None:
        """Index ``trace``; nothing is copied."""
        self.trace = trace
        self.articles = {article.id: article for article in trace.articles}
        self.sources = {source.id: source for source in trace.sources}
        self.claims = {claim.id: claim for claim in trace.claims}
        self.conflicts = {conflict.id: conflict for conflict in trace.conflicts}
        self.attributions: dict[str, Attribution] = {item.id: item for item in trace.attributions}
        self.labels = labels(trace.articles)
        self._sentences: dict[str, tuple[Span, ...]] = {}

    # Names

    def label(self, article: str) -> str:
        """The name of an article."""
        return self.labels.get(article) or plain(article)

    def name(self, node: str) -> str:
        """The name of a source or an article, for the middle of a sentence."""
        source = self.sources.get(node)
        if source is None:
            return self.label(node)
        name = plain(source.name) or "a source without a name"
        if source.kind not in {"anonymous", "unspecified", "document"}:
            return name
        first = name.partition(" ")[0]
        return first.lower() + name[len(first) :] if _SMALL.fullmatch(first) else name

    def is_carrier(self, node: str) -> bool:
        """Whether a source only passes on what others know; articles do."""
        source = self.sources.get(node)
        return source.kind in CARRIER_KINDS if source else node in self.articles

    def origin_name(self, origin: Origin) -> str:
        """An origin with whoever reached it: "three engineers, through The Harbour Ledger"."""
        through = [node for node in origin.path[1:] if node in self.sources and self.is_carrier(node)]
        source = self.sources.get(origin.source)
        if not through and source and source.reached_by:
            through = [source.reached_by]
        name = self.name(origin.source)
        carriers = self.distinct_names(node for node in through if self.name(node).casefold() != name.casefold())
        return f"{name}, through {listed(carriers)}" if carriers else name

    def distinct_names(self, nodes: Iterable[str]) -> list[str]:
        """The names of several sources or articles, each once."""
        out: dict[str, str] = {}
        for node in nodes:
            name = self.name(node)
            out.setdefault(name.casefold(), name)
        return list(out.values())

    def kind_words(self, source_id: str) -> str:
        """What kind of source it is, and how many people; empty for an id that is no source."""
        source = self.sources.get(source_id)
        if source is None:
            return ""
        many = source.number is not None and source.number > 1
        return KINDS[source.kind] + (f", {number_of(source.number or 0, 'person', 'people')}" if many else "")

    def outlet_key(self, article: str) -> str:
        """What makes two articles one outlet: its name, else the article itself."""
        known = self.articles.get(article)
        name = plain(known.outlet or "").casefold() if known else ""
        return f"outlet {name}" if name else f"article {article}"

    # Claims

    def claim_articles(self, claim: Claim) -> tuple[str, ...]:
        """The articles that carry a claim, in the trace's order."""
        carrying = {mention.article for mention in claim.mentions}
        return tuple(article for article in self.articles if article in carrying)

    @cached_property
    def shared_claims(self) -> tuple[Claim, ...]:
        """Claims carried by more than one article, the most carried first."""
        shared = [claim for claim in self.trace.claims if len(self.claim_articles(claim)) > 1]
        return tuple(sorted(shared, key=lambda c: (-c.outlets, -len(self.claim_articles(c)))))

    @cached_property
    def lone_claims(self) -> tuple[Claim, ...]:
        """Claims of one article, by article."""
        shared = {claim.id for claim in self.shared_claims}
        order = {article: index for index, article in enumerate(self.articles)}

        def place(claim: Claim) -> tuple[int, int]:
            first = min(claim.mentions, key=lambda m: order.get(m.article, len(order)), default=None)
            if first is None:
                return (len(order), 0)
            return (order.get(first.article, len(order)), min((s.start for s in first.spans), default=0))

        return tuple(sorted((c for c in self.trace.claims if c.id not in shared), key=place))

    @property
    def main_claim(self) -> Claim | None:
        """The claim that most outlets carry, of several the one nearest the articles' beginnings; None without any."""
        done = [claim for claim in self.shared_claims if claim.kind in {"fact", "intention"}] or self.shared_claims
        return max(done, key=lambda c: (c.outlets, len(self.claim_articles(c)), -self._depth(c)), default=None)

    def _depth(self, claim: Claim) -> float:
        """How far into the articles that carry it a claim is first told, as a mean share of their text, 0..1."""
        first: dict[str, int] = {}
        for mention in claim.mentions:
            start = min((s.start for s in mention.spans), default=0)
            first[mention.article] = min(start, first.get(mention.article, start))
        return sum(start / max(1, len(self.articles[a].text)) for a, start in first.items()) / max(1, len(first))

    def carried_words(self, claim: Claim) -> str:
        """How many carry it: "carried by 5 outlets"; with the articles where one outlet has several."""
        articles = len(self.claim_articles(claim))
        if articles != claim.outlets:
            return f"carried by {number_of(articles, 'article')} of {number_of(claim.outlets, 'outlet')}"
        return f"carried by {number_of(claim.outlets, 'outlet')}"

    def unknown_words(self, claim: Claim) -> str:
        """What is said of articles whose origin is not known; empty when there are none."""
        count = len(claim.unknown)
        if not count:
            return ""
        if count == 1:
            return "1 article states it in its own voice; where it has it from cannot be judged"
        return f"{count} articles state it in their own voice; where they have it from cannot be judged"

    def bottleneck_words(self, claim: Claim) -> str:
        """Whom a claim stands or falls with; empty when no single one."""
        names = self.distinct_names(claim.bottlenecks)
        return f"stands or falls with {listed(names)}" if names else ""

    def circle_words(self, claim: Claim) -> str:
        """Who credits whom in a ring without an origin; empty when there is none."""
        names = self.distinct_names(claim.circular)
        return f"circular reporting: {listed(names)} credit one another" if names else ""

    def folded_words(self, origin: Origin) -> str:
        """Which other sources were counted as this one; empty when none were."""
        names = [f"{self.name(node)}{self._reached(node)}" for node in origin.folded if node != origin.source]
        return f"counted as one with it: {listed(names)}" if names else ""

    def _reached(self, node: str) -> str:
        source = self.sources.get(node)
        return f" (reached by {self.name(source.reached_by)})" if source and source.reached_by else ""

    def chain_words(self, origin: Origin) -> str:
        """The path from the origin towards the claim, with arrows; empty when the name of the origin says it all."""
        path = origin.path[:-1] if origin.path and origin.path[-1] in self.articles else origin.path
        names = self.distinct_names(path)
        return " → ".join(names) if len(names) > 2 else ""

    # How an article has it

    def ways(self, claim: Claim, origin: Origin) -> tuple[Way, ...]:
        """The articles that have a claim from an origin, each with how."""
        own = {origin.source, *origin.folded}
        out = []
        for article in origin.articles:
            mentions = [m for m in claim.mentions if m.article == article]
            told = [m for m in mentions if own & {*m.counted, *m.chain}]
            told = told or [m for m in mentions if m.basis != "unknown"] or mentions
            words: dict[str, None] = {}
            evidence: dict[Place, None] = {}
            for mention in told:
                words.setdefault(self._way_words(mention, own))
                evidence.update(dict.fromkeys(mention.evidence))
            known = {node for mention in told if mention.basis == "inferred" for node in mention.counted}
            copying = self._copying(article, told, known)
            evidence.update(dict.fromkeys(place for _, places in copying for place in places))
            shared = "; ".join(line for line, _ in copying)
            out.append(Way(article, "; ".join(word for word in words if word), shared, tuple(told), tuple(evidence)))
        return tuple(out)

    def plain_ways(self, claim: Claim, articles: Iterable[str]) -> tuple[Way, ...]:
        """Articles that carry a claim without a known origin, each with its words."""
        out = []
        for article in articles:
            mentions = tuple(m for m in claim.mentions if m.article == article)
            copying = self._copying(article, mentions, set())
            evidence = [place for _, places in copying for place in places]
            evidence += [place for mention in mentions for place in mention.evidence]
            shared = "; ".join(line for line, _ in copying)
            out.append(Way(article, "", shared, mentions, tuple(dict.fromkeys(evidence))))
        return tuple(out)

    def left_over(self, claim: Claim) -> tuple[str, ...]:
        """Articles that carry a claim and stand under no origin, nor as unknown or circular."""
        placed = {*claim.unknown, *claim.circular, *(a for origin in claim.origins for a in origin.articles)}
        return tuple(article for article in self.claim_articles(claim) if article not in placed)

    def _way_words(self, mention: Mention, own: set[str]) -> str:
        if mention.basis == "inferred":
            nearest = mention.counted[0] if mention.counted else ""
            rest = self._credits(mention.counted[1:], mention)
            if nearest in self.articles:
                return self._shares(mention.article, nearest) + (f", which {rest}" if rest else "")
            return f"inferred from shared text: {self._credits(mention.counted, mention)}"
        if mention.basis == "recovered":
            others = {self.label(place.article) for place in mention.evidence if place.article != mention.article}
            where = f"the words of {listed(sorted(others))}" if others else "other words of the article"
            credit = self._credits(mention.counted, mention)
            return f"recovered from {where}" + (f": {credit}" if credit else "")
        chain = mention.chain or mention.counted
        return self._credits(chain, mention) or "states it as its own"

    def _credits(self, chain: Sequence[str], mention: Mention) -> str:
        chain = [node for node in chain if node != mention.article]
        if not chain:
            return ""
        first, rest = chain[0], chain[1:]
        if self.is_carrier(first):
            return f"credits {self.name(first)}" + "".join(f", citing {self.name(node)}" for node in rest)
        if rest:
            return f"cites {self.name(rest[-1])}, through {listed(self.name(node) for node in chain[:-1])}"
        attribution = self.attributions.get(mention.attribution or "")
        quotes = attribution is not None and attribution.mode == "direct" and attribution.source == first
        source = self.sources.get(first)
        own = source is not None and source.kind == "anonymous" and source.reached_by == mention.article
        return f"{'quotes' if quotes else 'cites'} {self.name(first)}" + (", a source of its own" if own else "")

    def _shares(self, article: str, other: str) -> str:
        found = [d for d in self._derivations.get(article, ()) if other in {d.earlier, d.later}]
        share = max((d.share for d in found if d.share is not None), default=None)
        if share is None:
            return f"shares text with {self.label(other)}"
        return f"shares {share_words(share)} of its words with {self.label(other)}"

    def _copying(
        self, article: str, mentions: Iterable[Mention], known: set[str]
    ) -> list[tuple[str, tuple[Place, ...]]]:
        """With whom an article shares the words of its mentions, without those ``known`` already; and the words."""
        spans = [span for mention in mentions for span in mention.spans]
        out = []
        for derivation in self._derivations.get(article, ()):
            other = derivation.earlier if derivation.later == article else derivation.later
            own = [place for place in derivation.evidence if place.article == article]
            touching = [place for place in own if any(place.span.overlap(span) for span in spans)]
            if other in known or other not in self.articles or not touching:
                continue
            words = f"shares these words with {self.label(other)}"
            if not derivation.directed:
                words += ", and which came first cannot be judged"
            out.append((words, tuple(touching)))
        return out

    @cached_property
    def _derivations(self) -> dict[str, list[Derivation]]:
        """Shared text by the article that took it; by both where nothing shows which did."""
        out: dict[str, list[Derivation]] = {}
        for derivation in self.trace.derivations:
            if derivation.kind in {"copy", "rewrite"}:
                out.setdefault(derivation.later, []).append(derivation)
                if not derivation.directed:
                    out.setdefault(derivation.earlier, []).append(derivation)
        return out

    # Words in place

    def valid(self, article: str, span: Span | Place) -> bool:
        """Whether a place lies in its text and is not empty."""
        known = self.articles.get(article)
        return known is not None and 0 <= span.start < span.end <= len(known.text)

    def valid_spans(self, article: str, spans: Iterable[Span]) -> list[Span]:
        """The spans that lie in the text, in order, each once."""
        return sorted({span for span in spans if self.valid(article, span)})

    def around(self, article: str, spans: Iterable[Span]) -> list[Span]:
        """The sentences around spans, as windows into the text: in order, apart, none longer than a few lines."""
        text = self.articles[article].text if article in self.articles else ""
        whole = self._sentences_of(article)
        out: list[Span] = []
        for span in self.valid_spans(article, spans):
            start, end = span.start, span.end
            if end - start > _LONGEST_MENTION:
                end = _word_end(text, start + _LONGEST_MENTION)
            first = bisect_right(whole, start, key=lambda s: s.start) - 1
            last = bisect_right(whole, end - 1, key=lambda s: s.start) - 1
            left = whole[first].start if first >= 0 and whole[first].end > start else start
            right = whole[last].end if last >= 0 and whole[last].end >= end else end
            left = left if start - left <= _AROUND else _word_start(text, start - _AROUND)
            right = right if right - end <= _AROUND else _word_end(text, end + _AROUND)
            if out and left <= out[-1].end:
                out[-1] = Span(out[-1].start, max(right, out[-1].end))
            else:
                out.append(Span(left, right))
        return out

    def _sentences_of(self, article: str) -> tuple[Span, ...]:
        if article not in self._sentences:
            known = self.articles.get(article)
            self._sentences[article] = (
                sentences(known.text, [item.span for item in known.furniture]) if known is not None else ()
            )
        return self._sentences[article]

    # Other lists

    @property
    def ordered_conflicts(self) -> tuple[Conflict, ...]:
        """Conflicts, the most severe first; those that cannot both hold before drift."""
        verdicts = list(VERDICTS)
        return tuple(sorted(self.trace.conflicts, key=lambda c: (SEVERITIES[c.severity], verdicts.index(c.verdict))))

    @property
    def unjudged(self) -> tuple[tuple[Unjudged, tuple[str, ...]], ...]:
        """What could not be judged, each matter once, with the articles it was met in."""
        out: dict[tuple[str, str], tuple[Unjudged, list[str]]] = {}
        for item in self.trace.unjudged:
            met = out.setdefault((item.what, item.why), (item, []))[1]
            if item.article is not None and item.article not in met:
                met.append(item.article)
        return tuple((item, tuple(articles)) for item, articles in out.values())

    @property
    def published_words(self) -> str:
        """When the articles were published, from first to last; empty when no article bears a date."""
        dates = sorted({a.published.partition("T")[0] for a in self.trace.articles if a.published}, key=date_key)
        if not dates:
            return ""
        return date_words(dates[0]) if len(dates) == 1 else date_words(f"{dates[0]}/{dates[-1]}")


def _word_start(text: str, at: int) -> int:
    """The first start of a word at or after ``at``, not far from it."""
    for here in range(max(at, 1), min(at + 40, len(text))):
        if text[here - 1].isspace():
            return here
    return max(at, 0)


def _word_end(text: str, at: int) -> int:
    """The last end of a word at or before ``at``, not far from it."""
    for here in range(min(at, len(text) - 1), max(at - 40, 0), -1):
        if text[here].isspace():
            return here
    return min(at, len(text))
