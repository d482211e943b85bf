"""The timeline: dates in order, each with the sentences that bear them; then what could not be dated."""

from collections.abc import Sequence
from typing import Any

from headwater.model import Span, TimePoint
from headwater.report import phrases as said
from headwater.report.dated import date_key, date_words
from headwater.report.page.links import Links


def timeline(links: Links) -> dict[str, Any]:
    """Every date with its sentences, in order, and the sentences whose date cannot be judged."""
    dated: dict[str, list[TimePoint]] = {}
    undated: list[TimePoint] = []
    for point in links.view.trace.timeline:
        if point.value is None:
            undated.append(point)
        else:
            dated.setdefault(point.value, []).append(point)
    return {
        "dated": [
            {"when": said.upper_first(date_words(value)), "value": value, "points": _points(links, dated[value])}
            for value in sorted(dated, key=date_key)
        ],
        "undated": _points(links, undated),
    }


def _points(links: Links, points: Sequence[TimePoint]) -> list[dict[str, Any]]:
    """Each sentence once, with all its expressions of one date marked, and the shared claims they belong to."""
    shared = {claim.id for claim in links.view.shared_claims}
    by_sentence: dict[tuple[str, tuple[Span, ...]], list[TimePoint]] = {}
    for point in points:
        windows = tuple(links.view.around(point.article, [Span(point.start, point.end)]))
        by_sentence.setdefault((point.article, windows), []).append(point)
    return [
        {
            "words": links.in_place(article, [Span(point.start, point.end) for point in met]),
            "claims": [links.claim(claim) for claim in dict.fromkeys(point.claim for point in met) if claim in shared],
        }
        for (article, _), met in by_sentence.items()
    ]
