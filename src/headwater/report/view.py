"""A trace looked at as a reader does: what things are called, what was counted, how each article got its words.

Takes a trace, gives plain words and ids for the page and the terminal, so that both say the same. An id that the trace
does not hold is shown as it stands; a place outside its text is left out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
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
from headwater.report.phrases import KINDS, SEVERITIES, VERDICTS, own_words, share_words
from headwater.tracing.own_word import doubts, own_origin
from headwater.words import sentences

_SMALL = re.compile(
    r"""an?|the|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|other|another|senior|former|unnamed
    |anonymous|people|sources|officials|witnesses|residents|staff|workers|reports""",
    re.IGNORECASE | re.VERBOSE,
)
#: Words that stand for people without saying anything of them.
_BARE = frozenset(
    """a an the he she him her his they them their it its who i we us our you that this these those which one ones
    said mr mrs ms dr also other another both""".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MOST_SHARING = 3  # articles that are named for sharing words
_MOST_FORMS = 4  # other names of an origin that are shown
_BASIS_RANK = {"stated": 0, "recovered": 1, "inferred": 2, "unknown": 3}
_AROUND = 240
_LONGEST_MENTION = 700
_LONGEST_NAME = 80  # code points of another name


_Knowing = Mapping[str, tuple[bool, frozenset[str]]]


#: How many outlets are many; where some claim has more than twice as many outlets, half of these.
MANY = 3


@dataclass(frozen=True, slots=True)
class Way:
    """How one article has a claim: in ``words``, with whom its ``mentions`` are ``shared``, and the evidence.

    ``doubts`` holds the sentences in which the article says that it could not confirm the claim.
    """

    article: str
    words: str
    shared: str
    mentions: tuple[Mention, ...]
    evidence: tuple[Place, ...]
    doubts: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Copying:
    """An article that shares words, by its name; ``directed`` where they are taken from it; and the words."""

    name: str
    directed: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name under which an origin was met and counted as one with it, and where it stands."""

    name: str
    place: Place


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
        self.wider: dict[str, list[str]] = {}  #: of each claim those that it is a part of
        for claim in trace.claims:
            for part in claim.parts:
                self.wider.setdefault(part, []).append(claim.id)
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
        if own := self.own_words(origin):
            return f"{name}, which {own}"
        carriers = self.distinct_names(node for node in through if self.name(node).casefold() != name.casefold())
        return f"{name}, through {listed(carriers)}" if carriers else name

    def own_words(self, origin: Origin) -> str:
        """That an origin is a newsroom that saw or confirmed this itself, as it says; empty for all others."""
        found = self._own.get(origin)
        return own_words(found) if found is not None else ""

    @cached_property
    def _own(self) -> dict[Origin, bool]:
        """The origins that are a newsroom's own knowledge, each with whether it is sight."""
        return {
            origin: found[1]
            for claim in self.trace.claims
            for origin in claim.origins
            if (found := own_origin(origin, self.sources, self.articles)) is not None
        }

    def distinct_names(self, nodes: Iterable[str]) -> list[str]:
        """The names of several sources or articles, each once; an outlet and its only article are one."""
        out: dict[str, str] = {}
        for node in nodes:
            name = self.name(node)
            out.setdefault(_name_key(name), name)
        return list(out.values())

    def origin_kind(self, origin: Origin) -> str:
        """What kind of source an origin is, and how many people; empty where nothing is known of it."""
        return "a newsroom by its own word" if origin in self._own else self.kind_words(origin.source)

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
        """Claims of more than one article: those of many outlets that rest on one origin, then the most carried."""
        shared = [claim for claim in self.trace.claims if len(self.claim_articles(claim)) > 1]
        many = max(MANY, -(-max((claim.outlets for claim in shared), default=0) // 2))
        return tuple(sorted(shared, key=lambda c: (not _on_one(c, many), -c.outlets, -len(self.claim_articles(c)))))

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
        credited = {mention.article for mention in claim.mentions if mention.chain} & {*claim.unknown}
        one, many = ("carries", "carry") if credited else ("states", "state")
        own = ("", "") if credited else (" in its own voice", " in their own voice")
        if count == 1:
            return f"1 article {one} it{own[0]}; where it has it from cannot be judged"
        return f"{count} articles {many} it{own[1]}; where they have it from cannot be judged"

    def bottleneck_words(self, claim: Claim) -> str:
        """Whom a claim stands or falls with; empty when no single one."""
        names = self.distinct_names(claim.bottlenecks)
        return f"stands or falls with {listed(names)}" if names else ""

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

    # How an article has it

    def ways(self, claim: Claim, origin: Origin) -> tuple[Way, ...]:
        """The articles that have a claim from an origin, each with how: the best known and nearest first."""
        own = {origin.source, *origin.folded}
        knows = self._knowing(claim)
        rows = []
        for article in origin.articles:
            mentions = [m for m in claim.mentions if m.article == article]
            told = [m for m in mentions if own & {*m.counted, *m.chain}]
            told = told or [m for m in mentions if m.basis != "unknown"] or mentions
            doubt = tuple(dict.fromkeys(place for m in mentions for place in doubts(m, self.articles)))
            evidence = dict.fromkeys(p for m in told for p in m.evidence if p not in doubt)
            known = {node for mention in told if mention.basis == "inferred" for node in mention.counted}
            copying = self._copying(article, told, known)
            evidence.update(dict.fromkeys(place for copied in copying for place in copied.places))
            shared = _shared_words(copying)
            words = "; ".join(self._way_words(told, knows))
            nearest = min(((_BASIS_RANK[m.basis], len(m.counted)) for m in told), default=(3, 0))
            rows.append((nearest, Way(article, words, shared, tuple(told), tuple(evidence), doubt)))
        return tuple(way for _, way in sorted(rows, key=lambda row: row[0]))

    def plain_ways(self, claim: Claim, articles: Iterable[str]) -> tuple[Way, ...]:
        """Articles that carry a claim without a known origin, each with its words."""
        out = []
        for article in articles:
            mentions = tuple(m for m in claim.mentions if m.article == article)
            copying = self._copying(article, mentions, set())
            doubt = tuple(dict.fromkeys(place for m in mentions for place in doubts(m, self.articles)))
            evidence = [place for copied in copying for place in copied.places]
            evidence += [place for mention in mentions for place in mention.evidence if place not in doubt]
            shared = _shared_words(copying)
            credits = dict.fromkeys(self._credits(m.chain, m, {}) for m in mentions if m.chain)
            words = "; ".join(credit for credit in credits if credit)
            out.append(Way(article, words, shared, mentions, tuple(dict.fromkeys(evidence)), doubt))
        return tuple(out)

    def left_over(self, claim: Claim) -> tuple[str, ...]:
        """Articles that carry a claim and stand under no origin, nor as unknown or circular."""
        placed = {*claim.unknown, *claim.circular, *(a for origin in claim.origins for a in origin.articles)}
        return tuple(article for article in self.claim_articles(claim) if article not in placed)

    def _knowing(self, claim: Claim) -> dict[str, tuple[bool, frozenset[str]]]:
        """The newsrooms that know a claim themselves, by their ids: whether by sight, and which articles say so."""
        return {
            origin.source: (self._own[origin], frozenset(place.article for place in origin.evidence))
            for origin in claim.origins
            if origin in self._own
        }

    def _way_words(self, told: Iterable[Mention], knows: _Knowing) -> list[str]:
        """How an article has a claim, each way once: what is stated first, then where the rest is recovered from."""
        stated: dict[str, None] = {}
        beyond: dict[str, list[Mention]] = {}
        recovered: dict[str, list[Mention]] = {}
        inferred: dict[str, None] = {}
        voice = False
        for mention in told:
            if mention.basis == "inferred":
                inferred.setdefault(self._inferred_words(mention, knows))
                continue
            credit = self._credits(mention.counted or mention.chain, mention, knows)
            began = self._each_once(mention.chain, mention.article)
            if mention.basis != "recovered":
                voice = voice or not credit
                stated.setdefault(credit)
            elif not began or mention.counted[: len(mention.chain)] != mention.chain:
                recovered.setdefault(credit, []).append(mention)
            elif [*map(self.name, began)] == [*map(self.name, self._each_once(mention.counted, mention.article))]:
                stated.setdefault(credit)
            else:
                beyond.setdefault(credit, []).append(mention)
        quoted = {credit.replace("quotes ", "cites ", 1) for credit in stated if credit.startswith("quotes ")}
        out = [credit for credit in stated if credit and credit not in quoted]
        for credit, mentions in beyond.items():
            if credit not in stated:
                out.append(f"{credit} (in part by {self._where(mentions)})")
        for credit, mentions in recovered.items():
            if credit not in stated and credit not in beyond:
                out.append(f"recovered from {self._where(mentions)}" + (f": {credit}" if credit else ""))
        out += inferred
        return out or (["states it as its own"] if voice else [])

    def _where(self, mentions: Iterable[Mention]) -> str:
        """Where recovered ways are said: "the words of Ledger", "other words of the article"."""
        others: set[str] = set()
        here = False
        for mention in mentions:
            met = {self.label(place.article) for place in mention.evidence if place.article != mention.article}
            others |= met
            here = here or not met
        return listed(
            [
                *(["other words of the article"] if here else []),
                *([f"the words of {listed(sorted(others))}"] if others else []),
            ]
        )

    def _inferred_words(self, mention: Mention, knows: _Knowing) -> str:
        nearest = mention.counted[0] if mention.counted else ""
        if nearest in self.articles:
            rest = self._credits(mention.counted[1:], mention, knows, of=nearest)
            return self._shares(mention.article, nearest) + (f", which {rest}" if rest else "")
        return f"inferred from shared text: {self._credits(mention.counted, mention, knows)}"

    def _credits(self, chain: Sequence[str], mention: Mention, knows: _Knowing, *, of: str | None = None) -> str:
        """Whom an article (``of``, else the mention's) names for it, each name once; empty for nobody."""
        article = of or mention.article
        sight, saying = self._known_by(chain, knows)
        if sight is not None and article in saying and len(chain) == 1:
            return own_words(sight)
        chain = self._each_once(chain, article)
        if not chain:
            return ""
        first, rest = chain[0], chain[1:]
        if sight is not None:
            return f"credits {', citing '.join(self.name(node) for node in chain)}, which {own_words(sight)}"
        if self.is_carrier(first):
            return f"credits {self.name(first)}" + "".join(f", citing {self.name(node)}" for node in rest)
        if rest:
            return f"cites {self.name(rest[-1])}, through {listed(self.name(node) for node in chain[:-1])}"
        attribution = self.attributions.get(mention.attribution or "")
        quotes = of is None and attribution is not None and attribution.mode == "direct" and attribution.source == first
        source = self.sources.get(first)
        own = source is not None and source.kind == "anonymous" and source.reached_by == article
        return f"{'quotes' if quotes else 'cites'} {self.name(first)}" + (", a source of its own" if own else "")

    def _known_by(self, chain: Sequence[str], knows: _Knowing) -> tuple[bool | None, frozenset[str]]:
        """What ``knows`` has of the end of a chain, under the id of the newsroom or of its article beside it."""
        for node in reversed(chain):
            if _name_key(self.name(node)) != _name_key(self.name(chain[-1])):
                break
            if node in knows:
                return knows[node]
        return None, frozenset()

    def _each_once(self, chain: Sequence[str], article: str) -> list[str]:
        """A chain without the article's own id and without an outlet beside its own article."""
        out: list[str] = []
        for node in chain:
            if node == article:
                continue
            if out and _name_key(self.name(node)) == _name_key(self.name(out[-1])):
                out[-1] = node if node in self.sources else out[-1]
            else:
                out.append(node)
        return out

    def _shares(self, article: str, other: str) -> str:
        found = [d for d in self._derivations.get(article, ()) if other in {d.earlier, d.later}]
        share = max((d.share for d in found if d.share is not None), default=None)
        if share is None:
            return f"shares text with {self.label(other)}"
        return f"shares {share_words(share)} of its words with {self.label(other)}"

    def _copying(self, article: str, mentions: Iterable[Mention], known: set[str]) -> list[_Copying]:
        """With whom an article shares the words of its mentions, without those ``known`` already."""
        spans = [span for mention in mentions for span in mention.spans]
        out = []
        for derivation in self._derivations.get(article, ()):
            other = derivation.earlier if derivation.later == article else derivation.later
            own = [place for place in derivation.evidence if place.article == article]
            touching = [place for place in own if any(place.span.overlap(span) for span in spans)]
            if other in known or other not in self.articles or not touching:
                continue
            out.append(_Copying(self.label(other), derivation.directed, tuple(touching)))
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


def _shared_words(copying: Sequence[_Copying]) -> str:
    """With whom an article shares words, first those it took them from; of many a few."""
    out = []
    for directed in (True, False):
        names = list(dict.fromkeys(copied.name for copied in copying if copied.directed == directed))
        if len(names) > _MOST_SHARING + 1:
            names[_MOST_SHARING:] = [f"{len(names) - _MOST_SHARING} more"]
        if names:
            out.append(f"shares these words with {listed(names)}")
            out[-1] += "" if directed else ", and which came first cannot be judged"
    return "; ".join(out)


def _on_one(claim: Claim, many: int) -> bool:
    """Whether a claim is reported by ``many`` outlets or more and rests on one origin."""
    return claim.outlets >= many and bool(claim.origins) and claim.independent.high <= 1 and not claim.circular


def _name_key(name: str) -> str:
    """The form in which names are compared: "The Orle Gazette" and "orle-gazette" are one."""
    return "".join(c for c in name.casefold().removeprefix("the ") if c.isalnum()) or name


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(name.casefold()) if word not in _BARE and len(word) > 1)


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
