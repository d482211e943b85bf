"""The table of sources: those behind shared claims first, each with its kind and where it stands."""

from typing import Any

from headwater.model import Place, Source
from headwater.report import phrases as said
from headwater.report.page.links import Links


def sources(links: Links) -> dict[str, Any]:
    """Sources behind shared claims or in several articles, and the rest."""
    origins = {origin.source for claim in links.view.shared_claims for origin in claim.origins}

    def articles_of(source: Source) -> int:
        return len({place.article for place in source.mentions})

    ordered = sorted(links.view.trace.sources, key=lambda s: (s.id not in origins, -articles_of(s), s.name.casefold()))
    rows = [_row(links, source) for source in ordered]
    first = sum(1 for source in ordered if source.id in origins or articles_of(source) > 1)
    return {"first": rows[:first], "rest": rows[first:]} if first > 0 else {"first": rows, "rest": []}


def _row(links: Links, source: Source) -> dict[str, Any]:
    by_article: dict[str, list[Place]] = {}
    for place in source.mentions:
        by_article.setdefault(place.article, []).append(place)
    return {
        "id": links.addresses.name("source", source.id),
        "name": links.view.name(source.id),
        "kind": said.KINDS[source.kind],
        "number": source.number,
        "reached_by": links.node(source.reached_by) if source.reached_by else None,
        "maybe_same": [links.source(other) for other in source.maybe_same],
        "places": [
            {"link": links.place(article, [places[0].span]), "count": len(places)}
            for article, places in by_article.items()
        ],
    }
