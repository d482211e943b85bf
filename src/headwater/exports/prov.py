"""A trace as W3C PROV-O in JSON-LD, with its own small context inline, so that nothing is fetched to read it.

Articles, documents, claims, wordings and what origins said are entities; whoever says or prints something is an agent.
Who has what from whom is said twice, as PROV-O asks: by a plain property, and by a qualified one that carries the
share, whether it is stated, and the words that show it. Where nothing shows which of two came first, no derivation is
said, only shared text.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from headwater.exports.linked import address, article_iri, graph_of, iri
from headwater.exports.tables import words_of
from headwater.labels import plain
from headwater.model import (
    Article,
    Claim,
    Derivation,
    DerivationKind,
    Place,
    Quotation,
    Source,
    SourceKind,
    Trace,
    stable_id,
)
from headwater.report.phrases import range_words
from headwater.report.view import View

TERMS = "urn:headwater:terms:"
_LINKS = (
    "wasAttributedTo wasDerivedFrom wasQuotedFrom wasRevisionOf hadPrimarySource wasInfluencedBy "
    "entity influencer qualifiedDerivation qualifiedQuotation qualifiedRevision qualifiedPrimarySource "
    "qualifiedInfluence"
)
CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "hw": TERMS,
    **{f"prov:{name}": {"@type": "@id"} for name in _LINKS.split()},
    "hw:share": {"@type": "xsd:double"},
    "hw:article": {"@type": "@id"},
    "hw:between": {"@type": "@id"},
    "hw:carriedBy": {"@type": "@id"},
    "hw:unknownIn": {"@type": "@id"},
    "hw:bottleneck": {"@type": "@id"},
    "hw:address": {"@type": "xsd:anyURI"},
}
#: The property of a derivation between entities, and its qualified form.
_KINDS: dict[DerivationKind, tuple[str, str]] = {
    "copy": ("wasQuotedFrom", "Quotation"),
    "quote": ("wasQuotedFrom", "Quotation"),
    "rewrite": ("wasRevisionOf", "Revision"),
    "credit": ("wasDerivedFrom", "Derivation"),
}
_AGENTS: dict[SourceKind, str] = {
    "person": "prov:Person",
    "journalist": "prov:Person",
    "organisation": "prov:Organization",
    "outlet": "prov:Organization",
}


def to_prov(trace: Trace) -> bytes:
    """One JSON-LD document; ids are percent-encoded in ``urn:headwater:article:…`` and the like."""
    return graph_of(CONTEXT, _Graph(View(trace)).nodes())


class _Graph:
    """The nodes of a trace, in its order."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._derived: dict[str, list[tuple[int, Derivation]]] = {}
        for number, one in enumerate(view.trace.derivations):
            self._derived.setdefault(one.later, []).append((number, one))

    def nodes(self) -> Iterator[dict[str, Any]]:
        trace = self.view.trace
        outlets = {plain(a.outlet): None for a in trace.articles if a.outlet and plain(a.outlet)}
        for outlet in outlets:
            yield {"@id": iri("outlet", outlet), "@type": ["prov:Agent", "prov:Organization"], "rdfs:label": outlet}
        for article in trace.articles:
            yield self._article(article)
        for source in trace.sources:
            yield self._source(source)
        for claim in trace.claims:
            yield from self._claim(claim)
        for quotation in trace.quotations:
            yield from self._quotation(quotation)
        for number, one in enumerate(trace.derivations):
            if not one.directed:
                yield {
                    "@id": self._derivation_iri("shared", number, one),
                    "@type": "hw:SharedText",
                    "hw:between": [self._node(one.later), self._node(one.earlier)],
                    **self._how(one),
                }

    def _article(self, article: Article) -> dict[str, Any]:
        return {
            "@id": self._article_iri(article.id),
            "@type": ["prov:Entity", "hw:Article"],
            "rdfs:label": plain(article.title or "") or self.view.label(article.id),
            "hw:id": article.id,
            "hw:address": address(article),
            "hw:published": article.published,
            "hw:language": article.language,
            "prov:wasAttributedTo": iri("outlet", outlet) if (outlet := plain(article.outlet or "")) else None,
            **self._derivations(article.id),
        }

    def _source(self, source: Source) -> dict[str, Any]:
        document = source.kind == "document"
        agent = ["prov:Agent", *([_AGENTS[source.kind]] if source.kind in _AGENTS else [])]
        return {
            "@id": iri("source", source.id),
            "@type": ["prov:Entity"] if document else agent,
            "rdfs:label": source.name,
            "hw:id": source.id,
            "hw:kind": source.kind,
            "hw:number": source.number,
            **self._derivations(source.id),
        }

    def _article_iri(self, article: str) -> str:
        return article_iri(self.view, article)

    def _derivation_iri(self, kind: str, number: int, one: Derivation) -> str:
        return iri(kind, stable_id(kind, number, self._node(one.later), self._node(one.earlier), one.kind))

    def _node(self, node: str) -> str:
        return iri("source", node) if node in self.view.sources else self._article_iri(node)

    def _is_entity(self, node: str) -> bool:
        source = self.view.sources.get(node)
        return source is None or source.kind == "document"

    def _derivations(self, later: str) -> dict[str, Any]:
        """What it has from others; between agents, or from one, PROV knows influence alone."""
        out: dict[str, list[Any]] = {}
        for number, one in self._derived.get(later, ()):
            if not one.directed:
                continue
            between = self._is_entity(later) and self._is_entity(one.earlier)
            name, form = _KINDS[one.kind] if between else ("wasInfluencedBy", "Influence")
            earlier = self._node(one.earlier)
            out.setdefault(f"prov:{name}", []).append(earlier)
            out.setdefault(f"prov:qualified{form}", []).append(
                {
                    "@id": self._derivation_iri("derivation", number, one),
                    "@type": f"prov:{form}",
                    "prov:entity" if between else "prov:influencer": earlier,
                    **self._how(one),
                }
            )
        return {key: list(dict.fromkeys(v)) if isinstance(v[0], str) else v for key, v in out.items()}

    def _how(self, one: Derivation) -> dict[str, Any]:
        return {
            "hw:kind": one.kind,
            "hw:stated": one.stated,
            "hw:share": repr(float(one.share)) if one.share is not None else None,
            "hw:evidence": self._evidence(one.evidence),
        }

    def _evidence(self, places: Iterable[Place]) -> list[dict[str, Any]]:
        return [
            {
                "hw:article": self._article_iri(place.article),
                "hw:start": place.start,
                "hw:end": place.end,
                "hw:words": words_of(self.view, place.article, [place.span]),
            }
            for place in dict.fromkeys(places)
        ]

    def _claim(self, claim: Claim) -> Iterator[dict[str, Any]]:
        view = self.view
        said = [(iri("origin", claim.id, number), origin) for number, origin in enumerate(claim.origins)]
        carried: dict[str, list[Place]] = {}
        for mention in claim.mentions:
            carried.setdefault(mention.article, []).extend(span.at(mention.article) for span in mention.spans)
        yield {
            "@id": iri("claim", claim.id),
            "@type": ["prov:Entity", "hw:Claim"],
            "rdfs:label": claim.text,
            "hw:id": claim.id,
            "hw:kind": claim.kind,
            "hw:outlets": claim.outlets,
            "hw:low": claim.independent.low,
            "hw:high": claim.independent.high,
            "hw:origins": range_words(claim),
            "hw:carriedBy": [self._article_iri(article) for article in carried],
            "hw:unknownIn": [self._article_iri(article) for article in claim.unknown],
            "hw:bottleneck": [self._node(node) for node in claim.bottlenecks],
            "prov:wasDerivedFrom": [self._article_iri(article) for article in carried],
            "prov:qualifiedDerivation": [
                {
                    "@id": iri("mention", claim.id, article),
                    "@type": "prov:Derivation",
                    "prov:entity": self._article_iri(article),
                    "hw:evidence": self._evidence(places),
                }
                for article, places in carried.items()
            ],
            "prov:hadPrimarySource": [name for name, _ in said],
            "prov:qualifiedPrimarySource": [
                {
                    "@id": iri("primary", claim.id, number),
                    "@type": "prov:PrimarySource",
                    "prov:entity": name,
                    "hw:basis": origin.basis,
                    "hw:stated": origin.basis == "stated",
                    "hw:reason": origin.reason or None,
                    "hw:evidence": self._evidence(origin.evidence),
                }
                for number, (name, origin) in enumerate(said)
            ],
        }
        for name, origin in said:
            entity = self._is_entity(origin.source)
            yield {
                "@id": name,
                "@type": ["prov:Entity", "hw:Origin"],
                "rdfs:label": f"what {view.origin_name(origin)} gave of it",
                "prov:wasDerivedFrom" if entity else "prov:wasAttributedTo": self._node(origin.source),
            }

    def _quotation(self, quotation: Quotation) -> Iterator[dict[str, Any]]:
        act = iri("quotation", quotation.id)
        speaker = quotation.speaker
        link = "prov:wasDerivedFrom" if speaker is not None and self._is_entity(speaker) else "prov:wasAttributedTo"
        first = quotation.variants[0] if quotation.variants else None
        yield {
            "@id": act,
            "@type": ["prov:Entity", "hw:Quotation"],
            "rdfs:label": words_of(self.view, first.article, first.spans) if first else None,
            "hw:id": quotation.id,
            link: self._node(speaker) if speaker is not None else None,
        }
        for number, variant in enumerate(quotation.variants):
            yield {
                "@id": iri("wording", quotation.id, number),
                "@type": ["prov:Entity", "hw:Wording"],
                "rdfs:label": words_of(self.view, variant.article, variant.spans),
                "hw:article": self._article_iri(variant.article),
                "prov:wasQuotedFrom": act,
                "prov:qualifiedQuotation": {
                    "@id": iri("quoting", quotation.id, number),
                    "@type": "prov:Quotation",
                    "prov:entity": act,
                    "hw:relation": variant.relation,
                    "hw:evidence": self._evidence(span.at(variant.article) for span in variant.spans),
                },
            }
