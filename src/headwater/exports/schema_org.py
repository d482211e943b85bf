"""Claims and quotations as schema.org sees them, in JSON-LD, for pages and search engines of others.

Each claim has a ClaimReview whose rating is left out: to rate is the fact-checker's part, who adds ``reviewRating``,
``author`` and ``url`` before it is published.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from headwater.exports.linked import address, article_iri, graph_of, iri
from headwater.exports.tables import words_of
from headwater.labels import plain
from headwater.model import Article, Claim, Quotation, Source, Trace
from headwater.report.phrases import range_words
from headwater.report.view import View

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

#: Terms stand in schema.org's own namespace; no remote context is named, so none is fetched.
CONTEXT: dict[str, Any] = {"@vocab": "https://schema.org/", "url": {"@type": "https://schema.org/URL"}}


def to_schema_org(trace: Trace) -> bytes:
    """One JSON-LD document: articles, sources, claims with reviews to fill in, quotations.

    ``isBasedOn`` of an article names those that it has words from; of a claim, what its origins gave; of a quotation,
    the articles that print it. ``datePublished`` stands where the whole day is known.
    """
    view = View(trace)
    earlier: dict[str, dict[str, None]] = {}
    for d in trace.derivations:
        if d.directed and d.earlier in view.articles:
            earlier.setdefault(d.later, {})[d.earlier] = None
    graph = (
        *(_article(view, article, earlier.get(article.id, ())) for article in trace.articles),
        *(_source(source) for source in trace.sources),
        *(node for claim in trace.claims for node in _claim(view, claim)),
        *(node for quotation in trace.quotations for node in _quotation(view, quotation)),
    )
    return graph_of(CONTEXT, graph)


def _ref(kind: str, *parts: object) -> dict[str, str]:
    return {"@id": iri(kind, *parts)}


def _article_ref(view: View, article: str) -> dict[str, str]:
    return {"@id": article_iri(view, article)}


def _article(view: View, article: Article, earlier: Iterable[str]) -> dict[str, Any]:
    outlet = plain(article.outlet or "")
    return {
        "@id": article_iri(view, article.id),
        "@type": "NewsArticle",
        "identifier": article.id,
        "headline": plain(article.title or "") or None,
        "url": address(article),
        "datePublished": whole_day(article.published),
        "inLanguage": article.language,
        "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
        "isBasedOn": [_article_ref(view, node) for node in earlier],
    }


def whole_day(edtf: str | None) -> str | None:
    """The date of an EDTF value that is a whole day and certain; None for all others."""
    day = (edtf or "").partition("T")[0]
    try:
        return day if _DAY.fullmatch(day) and date.fromisoformat(day) else None
    except ValueError:
        return None


def _source(source: Source) -> dict[str, Any]:
    kinds = {"person": "Person", "journalist": "Person", "organisation": "Organization", "outlet": "Organization"}
    kind = kinds.get(source.kind, "CreativeWork" if source.kind == "document" else "Thing")
    return {"@id": iri("source", source.id), "@type": kind, "name": plain(source.name) or None}


def _claim(view: View, claim: Claim) -> Iterator[dict[str, Any]]:
    origins = []
    for number, origin in enumerate(claim.origins):
        source = view.sources.get(origin.source)
        document = source is not None and source.kind == "document"
        # unnamed people are described, not made into somebody
        named = source is not None and source.kind in {"person", "organisation", "journalist", "outlet"}
        origins.append(
            _ref("source", origin.source)
            if document
            else {
                "@id": iri("origin", claim.id, number),
                "@type": "CreativeWork",
                "abstract": f"what {view.origin_name(origin)} gave of it",
                "creator": _ref("source", origin.source) if named else None,
            }
        )
    yield {
        "@id": iri("claim", claim.id),
        "@type": "Claim",
        "text": claim.text,
        "appearance": [_article_ref(view, article) for article in view.claim_articles(claim)],
        "isBasedOn": origins,
        "abstract": f"{range_words(claim)}, {view.carried_words(claim)}",
    }
    yield {
        "@id": iri("review", claim.id),
        "@type": "ClaimReview",
        "claimReviewed": claim.text,
        "itemReviewed": _ref("claim", claim.id),
    }


def _quotation(view: View, quotation: Quotation) -> Iterator[dict[str, Any]]:
    act = _ref("quotation", quotation.id)
    first = quotation.variants[0] if quotation.variants else None
    yield {
        **act,
        "@type": "Quotation",
        "text": words_of(view, first.article, first.spans) if first else None,
        "creator": _ref("source", quotation.speaker) if quotation.speaker is not None else None,
        "isBasedOn": [_article_ref(view, a) for a in dict.fromkeys(v.article for v in quotation.variants)],
    }
    for number, variant in enumerate(quotation.variants):
        yield {
            "@id": iri("wording", quotation.id, number),
            "@type": "Quotation",
            "text": words_of(view, variant.article, variant.spans),
            "exampleOfWork": act,
            "isPartOf": _article_ref(view, variant.article),
        }
