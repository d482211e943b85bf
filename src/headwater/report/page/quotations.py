"""Quotations side by side: one table for each act of speech, the fullest printing first."""

from typing import Any

from headwater.model import Quotation, Variant
from headwater.report import phrases as said
from headwater.report.changes import with_changes
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links
from headwater.report.view import printings


def quotations(links: Links) -> dict[str, Any]:
    """The quotations that more than one article prints, the most printed first, and the others."""
    shared: list[Quotation] = []
    lone: list[Quotation] = []
    for quotation in links.view.trace.quotations:
        articles = {variant.article for variant in quotation.variants}
        (shared if len(articles) > 1 else lone).append(quotation)
    shared.sort(key=lambda quotation: -len({variant.article for variant in quotation.variants}))
    return {
        "shared": [_quotation(links, quotation) for quotation in shared],
        "lone": [_quotation(links, quotation) for quotation in lone],
    }


def _quotation(links: Links, quotation: Quotation) -> dict[str, Any]:
    variants = printings(quotation)
    speaker = links.source(quotation.speaker) if quotation.speaker else None
    met: set[str] = set()
    rows = []
    for variant in variants:
        rows.append({**_variant(links, variant, variants[0]), "again": variant.article in met})
        met.add(variant.article)
    return {
        "id": links.addresses.name("quotation", quotation.id),
        "speaker": Link(said.upper_first(speaker.name), speaker.href) if speaker else None,
        "rows": rows,
    }


def _variant(links: Links, variant: Variant, fullest: Variant) -> dict[str, Any]:
    html, unplaced = with_changes(links.view, variant, fullest)
    return {
        "link": links.place(variant.article, variant.spans),
        "lang": links.lang(variant.article),
        "html": html,
        "unplaced": unplaced,
        "relation": said.relation_words(variant),
    }
