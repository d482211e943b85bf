"""How each article has a claim: whom it credits, cites or quotes, with whom it shares the words, and what shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from headwater.labels import listed
from headwater.model import Claim, Derivation, Mention, Origin, Place
from headwater.report.names import name_key
from headwater.report.phrases import own_words, share_words
from headwater.report.places import Places
from headwater.tracing.own_word import doubts

_MOST_SHARING = 3  # articles that are named for sharing words
_BASIS_RANK = {"stated": 0, "recovered": 1, "inferred": 2, "unknown": 3}

_Knowing = Mapping[str, tuple[bool, frozenset[str]]]


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


class Ways(Places):
    """How articles have their claims, in words."""

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
                out.append(f"{credit} (in part as {self._where(mentions)})")
        for credit, mentions in recovered.items():
            if credit not in stated and credit not in beyond:
                out.append(f"as {self._where(mentions)}" + (f": {credit}" if credit else ""))
        out += inferred
        return out or (["states it as its own"] if voice else [])

    def _where(self, mentions: Iterable[Mention]) -> str:
        """Where recovered ways are said: "Ledger shows", "its other words show"."""
        others: set[str] = set()
        here = False
        for mention in mentions:
            met = {self.label(place.article) for place in mention.evidence if place.article != mention.article}
            others |= met
            here = here or not met
        shown = listed([*(["its other words"] if here else []), *sorted(others)])
        return f"{shown} {'show' if here or len(others) > 1 else 'shows'}"

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
            if name_key(self.name(node)) != name_key(self.name(chain[-1])):
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
            if out and name_key(self.name(node)) == name_key(self.name(out[-1])):
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


def _shared_words(copying: Sequence[_Copying]) -> str:
    """With whom an article shares words, first those it took them from; of many a few."""
    out = []
    for directed in (True, False):
        names = list(dict.fromkeys(copied.name for copied in copying if copied.directed == directed))
        if len(names) > _MOST_SHARING + 1:
            names[_MOST_SHARING:] = [f"{len(names) - _MOST_SHARING} more"]
        if names:
            out.append(f"shares these words with {listed(names)}")
            out[-1] += "" if directed else "; which of them was first cannot be judged"
    return "; ".join(out)
