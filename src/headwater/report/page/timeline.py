"""The timeline: dates in order, each with the sentences that bear them; then what could not be dated."""

from collections.abc import Sequence
from typing import Any

from headwater.model import Span, TimePoint
from headwater.report import phrases as said
from headwater.report.dated import date_key, date_words
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links
from headwater.words import words

#: How many others are named that print a sentence word for word.
MOST_ALSO = 6


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
    """Each sentence once, with all its expressions of one date marked, and the shared claims they belong to.

    Articles that print it word for word are named with it, ``also``.
    """
    view = links.view
    shared = {claim.id for claim in view.shared_claims}
    by_sentence: dict[tuple[str, tuple[Span, ...]], list[TimePoint]] = {}
    for point in points:
        windows = tuple(view.around(point.article, [Span(point.start, point.end)]))
        by_sentence.setdefault((point.article, windows), []).append(point)
    alike: dict[tuple[str, ...], list[tuple[str, list[TimePoint]]]] = {}
    for (article, windows), met in by_sentence.items():
        text = view.articles[article].text if article in view.articles else ""
        key = tuple(word.key for window in windows for word in words(text, window)) or (article, str(met[0].start))
        alike.setdefault(key, []).append((article, met))
    return [
        {
            "words": links.in_place(first[0], [Span(point.start, point.end) for point in first[1]]),
            "also": _also(links, others),
            "claims": [
                links.claim(claim)
                for claim in dict.fromkeys(point.claim for _, met in (first, *others) for point in met)
                if claim in shared
            ],
        }
        for first, *others in alike.values()
    ]


def _also(links: Links, others: Sequence[tuple[str, list[TimePoint]]]) -> list[Link]:
    """Links to the same words elsewhere, of many the first."""
    shown = others if len(others) <= MOST_ALSO + 1 else others[:MOST_ALSO]
    out = [links.place(article, [Span(met[0].start, met[0].end)]) for article, met in shown]
    return [*out, Link(f"and {len(others) - len(shown)} more", None)] if len(shown) < len(others) else out
