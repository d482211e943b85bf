"""A story of many articles made from one of few: each article again under other names, with some words changed.

The places stay true, since a changed word keeps its length; so a page of 40 or of 300 articles can be made at once.
"""

import re
from dataclasses import replace
from typing import Any

from headwater.model import Article, Claim, Derivation, Independent, Place, Trace

_WORD = re.compile(r"[a-z]{5,}")
_EVERY = 11  # of so many long words one is changed


def crowd(trace: Trace, articles: int) -> Trace:
    """The trace with its articles repeated until there are ``articles`` of them."""
    count = len(trace.articles)
    rounds = -(-articles // count)
    kept = {again(a.id, n) for n in range(rounds) for a in trace.articles[: articles - n * count]}

    def places(found: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(
            replace(place, article=again(place.article, n))
            for n in range(rounds)
            for place in found
            if again(place.article, n) in kept
        )

    def repeated(records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(one(record, n) for n in range(rounds) for record in records if again(record.article, n) in kept)

    def one(record: Any, n: int) -> Any:
        named = [name for name in ("id", "article", "attribution") if getattr(record, name, None)]
        more: dict[str, Any] = {name: again(getattr(record, name), n) for name in named}
        if getattr(record, "counted", None):
            more["counted"] = tuple(again(node, n) if again(node, n) in kept else node for node in record.counted)
        return replace(record, **more)

    def claim(own: Claim) -> Claim:
        mentions = repeated(own.mentions)
        unknown = tuple(again(a, n) for n in range(rounds) for a in own.unknown if again(a, n) in kept)
        return replace(
            own,
            mentions=mentions,
            unknown=unknown,
            outlets=len({mention.article for mention in mentions}),
            independent=Independent(own.independent.low, max(own.independent.high, own.independent.low)),
            origins=tuple(
                replace(
                    origin,
                    articles=tuple(again(a, n) for n in range(rounds) for a in origin.articles if again(a, n) in kept),
                )
                for origin in own.origins
            ),
        )

    derivations = [
        replace(d, later=again(d.later, n), earlier=again(d.earlier, n) if again(d.earlier, n) in kept else d.earlier)
        for n in range(rounds)
        for d in trace.derivations
        if again(d.later, n) in kept
    ]
    derivations += [
        Derivation(
            later=again(a.id, n),
            earlier=again(a.id, n - 1),
            kind="copy",
            stated=False,
            share=0.8,
            evidence=(Place(again(a.id, n), 0, len(a.text) // 2), Place(again(a.id, n - 1), 0, len(a.text) // 2)),
        )
        for n in range(1, rounds)
        for a in trace.articles
        if again(a.id, n) in kept
    ]
    return replace(
        trace,
        articles=tuple(_again(a, n) for n in range(rounds) for a in trace.articles if again(a.id, n) in kept),
        sources=tuple(replace(source, mentions=places(source.mentions)) for source in trace.sources),
        attributions=repeated(trace.attributions),
        quotations=tuple(replace(q, variants=repeated(q.variants)) for q in trace.quotations),
        claims=tuple(claim(own) for own in trace.claims),
        timeline=repeated(trace.timeline),
        derivations=tuple(derivations),
    )


def again(name: str, number: int) -> str:
    """The name of the same thing the next time; the first time it is its own."""
    return f"{name}~{number}" if number else name


def _again(article: Article, number: int) -> Article:
    if not number:
        return article
    met = 0

    def changed(word: re.Match[str]) -> str:
        nonlocal met
        met += 1
        return word.group() if (met + number) % _EVERY else word.group()[::-1]

    return replace(
        article,
        id=again(article.id, number),
        outlet=f"{article.outlet or article.id} {number}",
        text=_WORD.sub(changed, article.text),
        published=f"2026-02-{12 + number % 14:02}" if number % 3 else article.published,
    )
