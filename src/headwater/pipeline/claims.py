"""From groups of statements to claims: who stands behind each mention, and what the count may rest on.

Statements are grouped by ``align``, chains are counted by ``tracing``; here each is given what the other found.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from headwater.align.claims import Group, kind_of
from headwater.model import (
    CARRIER_KINDS,
    Article,
    Attribution,
    Claim,
    Derivation,
    Entity,
    Mention,
    Quotation,
    Source,
    Statement,
    stable_id,
)
from headwater.outlets import counted_as
from headwater.tracing import origins, releases, sources

_MOST_COMPARED = 60  # sources behind one claim that are compared pair by pair
_NEIGHBOURS = 8  # groups before one, in order of place, that may begin with the same words
_NAMED = frozenset({"person", "organisation", "document"})  # kinds of sources that have a name of their own


@dataclass(slots=True)
class Told:
    """What a claim is counted from."""

    articles: dict[str, Article]
    newsrooms: dict[str, Article]
    attributions: dict[str, Attribution]
    entities: dict[str, Entity]
    sources: dict[str, Source]
    spoken: dict[str, set[str]]
    derivations: tuple[Derivation, ...]
    apart: frozenset[frozenset[str]]
    printed: Mapping[str, releases.Printed]


def spoken(quotations: Iterable[Quotation]) -> dict[str, set[str]]:
    """The acts of speech that each attribution prints."""
    out: dict[str, set[str]] = defaultdict(set)
    for quotation in quotations:
        for variant in quotation.variants:
            out[variant.attribution].add(quotation.id)
    return out


def claims_of(story: Told, groups: Sequence[Group]) -> tuple[Claim, ...]:
    """The claims of a story, each with its origins and how many are independent; those of most articles first."""
    ids: list[str] = []
    for group in groups:
        lead = group.statements[0]
        place = (lead.article, *(f"{s.start}-{s.end}" for s in lead.spans))
        own = stable_id("claim", *place)
        # the same words may be asserted and, in another's mouth, denied
        ids.append(own if own not in ids[-_NEIGHBOURS:] else stable_id("claim", *place, lead.attribution or ""))
    out = []
    for group, claim_id in zip(groups, ids, strict=True):
        mentions = [_mention(story, s) for s in group.statements]
        counted = origins.count(
            mentions, _doubted(story, mentions, group), story.newsrooms, story.derivations,
            _near(story, mentions, [groups[i] for i in group.related]),
        )  # fmt: skip
        medoid = group.statements[group.medoid]
        text = story.articles[medoid.article].text
        carriers = sorted({m.article for m in mentions})
        outlets = {counted_as(story.articles[a]) for a in carriers}
        out.append(
            Claim(
                id=claim_id,
                text=" … ".join(" ".join(s.of(text).split()) for s in medoid.spans),
                mentions=counted.mentions,
                outlets=len(outlets),
                origins=counted.origins,
                independent=counted.independent,
                bottlenecks=counted.bottlenecks,
                kind=kind_of(text, medoid),
                unknown=counted.unknown,
                circular=counted.circular,
                related=tuple(ids[i] for i in group.related),
                parts=tuple(ids[i] for i in group.parts),
            )
        )
    return tuple(
        sorted(
            out, key=lambda c: (-len({m.article for m in c.mentions}), c.mentions[0].article, c.mentions[0].spans, c.id)
        )
    )


def with_newsroom(article: Article, people: Sequence[Source]) -> Article:
    """For counting alone: an article that bears no outlet is that of the one carrier its file is named after."""
    if article.outlet:
        return article
    own = sorted({s.name for s in people if s.kind == "outlet" and sources.is_own(article, s.name)})
    return replace(article, outlet=own[0]) if len(own) == 1 else article


def _mention(story: Told, statement: Statement) -> Mention:
    attribution = story.attributions.get(statement.attribution or "")
    chain = releases.chain_in(story.printed, statement, attribution)
    if attribution is not None and not chain:
        chain = (*attribution.via, attribution.source) if attribution.source else attribution.via
    return Mention(article=statement.article, spans=statement.spans, attribution=statement.attribution, chain=chain)


def _near(story: Told, mentions: Sequence[Mention], related: Sequence[Group]) -> list[Mention]:
    """What articles that do not carry a claim say near to it, where the claim is credited to somebody who passes on."""
    if not any(m.chain and story.sources[m.chain[-1]].kind in CARRIER_KINDS for m in mentions):
        return []
    carrying = {m.article for m in mentions}
    return [_mention(story, s) for group in related for s in group.statements if s.article not in carrying]


def _doubted(story: Told, mentions: Sequence[Mention], group: Group) -> Mapping[str, Source]:
    """The story's sources, with those behind this claim that are not proven different sources of it in ``maybe_same``.

    Not proven: where nothing shows that they are different people; where they stand behind printings of one quotation;
    where their statements are not alike enough to be sure that they assert the same thing, or share a run of words.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        if mention.chain:
            places[mention.chain[-1]].append(at)
    behind = sorted(places)[:_MOST_COMPARED]
    pairs = [(a, b) for a, b in combinations(behind, 2) if frozenset((a, b)) not in story.apart]
    out: dict[str, set[str]] = defaultdict(set)
    for key, others in sources.doubts(((story.sources[a], story.sources[b]) for a, b in pairs), story.entities).items():
        out[key] |= set(others)
    spoken = [story.spoken.get(m.attribution or "", set()) for m in mentions]
    for a, b in pairs:
        one_act = set[str]().union(*(spoken[i] for i in places[a])) & set[str]().union(*(spoken[i] for i in places[b]))
        named = all(story.sources[s].kind in _NAMED for s in (a, b))
        if one_act or not group.surely(places[a], places[b], named=named):
            out[a].add(b)
            out[b].add(a)
    if not out:
        return story.sources
    own = {key: replace(story.sources[key], maybe_same=tuple(sorted(others))) for key, others in out.items()}
    return ChainMap(own, story.sources)
