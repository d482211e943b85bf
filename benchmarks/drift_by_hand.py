"""The pairs of drift_pairs.jsonl that bear records, compared by hand: what the comparisons do on perfect readings.

Builds the fewest records around a pair (two articles, one claim with two mentions) and compares, so that nothing that
reading or matching gets wrong stands between the pair and the comparisons.
"""

from dataclasses import dataclass, field
from typing import Any

from headwater.align.quotes import quotations
from headwater.compare import conflicts
from headwater.model import (
    Article,
    Attribution,
    Claim,
    Conflict,
    Entity,
    Independent,
    Mention,
    Quantity,
    Reading,
    Role,
    Source,
    SourceKind,
    Span,
    TimePoint,
)
from headwater.words import sentences

SIDES = ("a", "b")


@dataclass
class Pair:
    """One line of the file as records."""

    articles: list[Article] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    timeline: list[TimePoint] = field(default_factory=list)


def _place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _content(text: str, source: Span, cue: Span, *, quote: bool) -> Span:
    if quote:
        return Span(text.index("“"), text.rindex("”") + 1)
    head = Span(0, min(source.start, cue.start))
    tail = Span(max(source.end, cue.end), len(text))
    span = max(head, tail, key=lambda s: s.end - s.start)
    start, end = span.start, span.end
    while start < end and text[start] in " ,":
        start += 1
    while end > start and text[end - 1] in " ,.":
        end -= 1
    if text[start:end].startswith("that "):
        start += 5
    return Span(start, end)


def pair_of(line: dict[str, Any]) -> Pair:
    """The records of one line."""
    pair = Pair()
    mentions: list[Mention] = []
    for side in SIDES:
        text = line[side]
        published = line.get("published", {}).get(side)
        article = Article(id=side, text=text, outlet=f"The {side.upper()}", published=published, language="en")
        pair.articles.append(article)
        quantities = tuple(
            Quantity(article=side, start=_place(text, w).start, end=_place(text, w).end, low=low, high=high, what=what)
            for at, w, low, high, what in line.get("numbers", ())
            if at == side
        )
        pair.readings.append(Reading(id=side, quantities=quantities, sentences=sentences(text)))
        pair.timeline += [
            TimePoint(article=side, start=_place(text, w).start, end=_place(text, w).end, value=value)
            for at, w, value in line.get("times", ())
            if at == side
        ]
        spans: tuple[Span, ...] = (Span(0, len(text.rstrip("."))),)
        attribution: str | None = None
        chain: tuple[str, ...] = ()
        if said := line.get("said", {}).get(side):
            source, cue = _place(text, said[0]), _place(text, said[1])
            kind: SourceKind = said[2] if len(said) > 2 else "unspecified"
            name = "one" if line.get("one_source") else said[0].casefold()
            content = _content(text, source, cue, quote=bool(line.get("quote")))
            pair.sources.setdefault(name, Source(id=name, name=said[0], kind=kind))
            attribution = f"{side}1"
            pair.attributions.append(
                Attribution(
                    id=attribution,
                    article=side,
                    source=name,
                    source_spans=(source,),
                    cue_spans=(cue,),
                    content_spans=(content,),
                    mode="mixed" if "“" in content.of(text) else "indirect",
                )
            )
            if said[1] in {"denied", "rejected"}:
                attribution = None  # a denial is no mention of the claim
                if side == "b" or line["kind"] == "denial":
                    continue
            spans, chain = (content,), (name,)
        mentions.append(
            Mention(
                article=side,
                spans=spans,
                attribution=attribution,
                chain=chain,
                basis="recovered" if line.get("recovered") == side else "stated" if chain else "unknown",
            )
        )
    pair.claims.append(
        Claim(
            id="c",
            text=line["a"],
            mentions=tuple(mentions),
            outlets=2,
            origins=(),
            independent=Independent(0, 1),
            bottlenecks=(),
        )
    )
    _people(line, pair)
    return pair


def _people(line: dict[str, Any], pair: Pair) -> None:
    if not line.get("role") and not line.get("name"):
        return
    named, roles = [], []
    for article, words in zip(pair.articles, line["words"], strict=True):
        if line.get("role"):
            named.append(_place(article.text, line["role"]).at(article.id))
            at = _place(article.text, words)
            roles.append(Role(words, article.id, at.start, at.end))
        else:
            named.append(_place(article.text, words).at(article.id))
    name = line.get("role") or line["words"][0]
    pair.entities.append(Entity(id="e", name=name, type="person", mentions=tuple(named), roles=tuple(roles)))


def compared(line: dict[str, Any]) -> tuple[Conflict, ...]:
    """What is said of one line."""
    pair = pair_of(line)
    quoted = quotations(pair.articles, pair.attributions, pair.sources)
    return conflicts(
        pair.articles,
        pair.readings,
        pair.attributions,
        pair.sources,
        pair.entities,
        pair.claims,
        quoted,
        pair.timeline,
    )
