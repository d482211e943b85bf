"""A trace looked at as a reader does: what things are called, what was counted, how each article got its words.

Takes a trace, gives plain words and ids for the page and the terminal, so that both say the same. An id that the trace
does not hold is shown as it stands; a place outside its text is left out.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from headwater.labels import listed, number_of, plain
from headwater.model import Attribution, Claim, Conflict, Origin, Place, Quotation, Unjudged, Variant
from headwater.report.dated import date_key, date_words
from headwater.report.phrases import SEVERITIES, VERDICTS
from headwater.report.ways import Way, Ways

__all__ = ["MANY", "OtherName", "View", "Way", "printings"]

#: Words that stand for people without saying anything of them.
_BARE = frozenset(
    """a an the he she him her his they them their it its who i we us our you that this these those which one ones
    said mr mrs ms dr also other another both others some many most several few all people sources""".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MOST_FORMS = 4  # other names of an origin that are shown
_LONGEST_NAME = 80  # code points of another name

#: How many outlets are many; where some claim has more than twice as many outlets, half of these.
MANY = 3


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name under which an origin was met and counted as one with it, and where it stands."""

    name: str
    place: Place


class View(Ways):
    """A trace with its lookups; see the functions for what they say."""

    @cached_property
    def wider(self) -> dict[str, list[str]]:
        """Of each claim those that it is a part of."""
        out: dict[str, list[str]] = {}
        for claim in self.trace.claims:
            for part in claim.parts:
                out.setdefault(part, []).append(claim.id)
        return out

    def claim_articles(self, claim: Claim) -> tuple[str, ...]:
        """The articles that carry a claim, in the trace's order."""
        carrying = {mention.article for mention in claim.mentions} & self.articles.keys()
        return tuple(sorted(carrying, key=self._order.__getitem__))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {article: index for index, article in enumerate(self.articles)}

    @cached_property
    def shared_claims(self) -> tuple[Claim, ...]:
        """Claims of more than one article: those of many outlets that rest on one origin, then the most carried."""
        shared = [claim for claim in self.trace.claims if len(self.claim_articles(claim)) > 1]
        many = max(MANY, -(-max((claim.outlets for claim in shared), default=0) // 2))
        return tuple(sorted(shared, key=lambda c: (not _on_one(c, many), -c.outlets, -len(self.claim_articles(c)))))

    @cached_property
    def lone_claims(self) -> tuple[Claim, ...]:
        """Claims of one article, by article."""
        shared = {claim.id for claim in self.shared_claims}
        order = self._order

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
        credited = {mention.article for mention in claim.mentions if mention.chain} & {*claim.unknown}
        one, many = ("carries", "carry") if credited else ("states", "state")
        own = ("", "") if credited else (" in its own voice", " in their own voice")
        if count == 1:
            return f"1 article {one} it{own[0]}; where it has it from cannot be judged"
        return f"{count} articles {many} it{own[1]}; where they have it from cannot be judged"

    def bottleneck_words(self, claim: Claim) -> str:
        """Whom a claim stands or falls with; empty when no single one.

        Articles that carry it from nobody known may have it from others: then that holds as far as it can be traced.
        """
        names = self.distinct_names(claim.bottlenecks)
        far = ", as far as it can be traced," if claim.unknown else ""
        return f"stands or falls{far} with {listed(names)}" if names else ""

    def rests_on_its_origin(self, claim: Claim) -> bool:
        """Whether it stands or falls with its only origin alone, which then need not be said."""
        return len(claim.origins) == 1 and {claim.origins[0].source} == {*claim.bottlenecks}

    def is_bare(self, node: str) -> bool:
        """Whether a name says nothing of whom it stands for: "they", "some", "others"."""
        return bool(_WORD.search(self.name(node))) and not _words_of(self.name(node))

    def circle_words(self, claim: Claim) -> str:
        """Who credits whom in a ring without an origin; empty when there is none."""
        names = self.distinct_names(claim.circular)
        if not names:
            return ""
        nobody = "; nobody else is named" if not claim.origins and not claim.unknown else ""
        return f"circular reporting: {listed(names)} credit one another{nobody}: counted as nothing"

    def folded_words(self, origin: Origin) -> str:
        """Which other sources were counted as this one; empty when none were."""
        names = [f"{self.name(node)}{self._reached(node)}" for node in origin.folded if node != origin.source]
        return f"counted as one with it: {listed(names)}" if names else ""

    def other_names(self, claim: Claim, origin: Origin) -> tuple[OtherName, ...]:
        """The words by which articles that make a claim call its origin otherwise, a few, each where it stands.

        Not those that say less than its name, or that name and more: pronouns, a family name, a title.
        """
        known = set(_words_of(self.name(origin.source)))
        own = {origin.source, *origin.folded}
        out: dict[tuple[str, ...], OtherName] = {}
        for mention in claim.mentions:
            said = self.attributions.get(mention.attribution or "")
            if said is None or said.source not in own or said.article not in self.articles:
                continue
            for span in self.valid_spans(said.article, said.source_spans):
                name = plain(span.of(self.articles[said.article].text)).strip(" ,;:“”\"'")
                words = _words_of(name)
                if words and len(name) <= _LONGEST_NAME and not (set(words) <= known or known <= set(words)):
                    out.setdefault(words, OtherName(name, span.at(said.article)))
        return tuple(out.values())[:_MOST_FORMS]

    def other_names_words(self, claim: Claim, origin: Origin) -> str:
        """The ``other_names`` in a phrase: "the same under other words: “the staff” (Ledger)"; empty without any."""
        names = [f"“{other.name}” ({self.label(other.place.article)})" for other in self.other_names(claim, origin)]
        return f"the same under other words: {listed(names)}" if names else ""

    def _reached(self, node: str) -> str:
        source = self.sources.get(node)
        return f" (reached by {self.name(source.reached_by)})" if source and source.reached_by else ""

    def chain_words(self, origin: Origin) -> str:
        """The path from the origin towards the claim, with arrows; empty when the name of the origin says it all."""
        path = origin.path[:-1] if origin.path and origin.path[-1] in self.articles else origin.path
        names = self.distinct_names(path)
        return " → ".join(names) if len(names) > 2 else ""

    def left_over(self, claim: Claim) -> tuple[str, ...]:
        """Articles that carry a claim and stand under no origin, nor as unknown or circular."""
        placed = {*claim.unknown, *claim.circular, *(a for origin in claim.origins for a in origin.articles)}
        return tuple(article for article in self.claim_articles(claim) if article not in placed)

    @cached_property
    def ordered_conflicts(self) -> tuple[Conflict, ...]:
        """Conflicts, the most severe first; those that cannot both hold before drift."""
        verdicts = list(VERDICTS)
        return tuple(sorted(self.trace.conflicts, key=lambda c: (SEVERITIES[c.severity], verdicts.index(c.verdict))))

    def conflicts_of(self, claim: Claim) -> tuple[Conflict, ...]:
        """The conflicts about a claim, in the same order."""
        return tuple(self._conflicts_by_claim.get(claim.id, ()))

    @cached_property
    def _conflicts_by_claim(self) -> dict[str | None, list[Conflict]]:
        out: dict[str | None, list[Conflict]] = {}
        for conflict in self.ordered_conflicts:
            out.setdefault(conflict.claim, []).append(conflict)
        return out

    def attributions_in(self, article: str) -> tuple[Attribution, ...]:
        """The attributions of an article, in the trace's order."""
        return tuple(self._attributions_by_article.get(article, ()))

    @cached_property
    def _attributions_by_article(self) -> dict[str, list[Attribution]]:
        out: dict[str, list[Attribution]] = {}
        for attribution in self.trace.attributions:
            out.setdefault(attribution.article, []).append(attribution)
        return out

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


def _on_one(claim: Claim, many: int) -> bool:
    """Whether a claim is reported by ``many`` outlets or more and rests on one origin."""
    return claim.outlets >= many and bool(claim.origins) and claim.independent.high <= 1 and not claim.circular


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(name.casefold()) if word not in _BARE and len(word) > 1)


def printings(quotation: Quotation) -> list[Variant]:
    """The printings of a quotation, the fullest first, those of one article together."""
    ordered = sorted(quotation.variants, key=lambda variant: variant.relation != "fullest")
    met = list(dict.fromkeys(variant.article for variant in ordered))
    return sorted(ordered, key=lambda variant: met.index(variant.article))
