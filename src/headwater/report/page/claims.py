"""Claims: the range, the origins with their reasons, the outlets under the origin they took it from, their words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from headwater.labels import plain
from headwater.model import Claim, Mention, Origin, Span
from headwater.report import phrases as said
from headwater.report.page.addresses import Link
from headwater.report.page.findings import conflict_link
from headwater.report.page.links import Links
from headwater.report.page.picture import MOST_PICKED, pick_anchor
from headwater.report.ways import Way

KINDS = {"fact": "", "forecast": "forecast", "opinion": "opinion", "intention": "intention"}

#: How many claims stand open; the others open on a click.
OPEN_CLAIMS = 8

#: How many claims near to one are named.
MOST_RELATED = 6

#: How many articles of one origin are shown with their words; the others are named, each name leading to its words.
MOST_WAYS = 40


def shared_claims(links: Links) -> list[dict[str, Any]]:
    """Claims of more than one article, the first of them open."""
    outlets = _outlets(links)
    return [
        {
            **shared_claim(links, claim, is_open=n < OPEN_CLAIMS),
            **_facets(links, claim, outlets),
            "picked": links.addresses.to("picture", "", pick_anchor(links, claim.id)) if n < MOST_PICKED else None,
        }
        for n, claim in enumerate(links.view.shared_claims)
    ]


def choices(links: Links) -> dict[str, list[tuple[str, str]]]:
    """The sources and the outlets that claims can be filtered by, as anchor and name, the most met first."""
    outlets = _outlets(links)
    met: Counter[str] = Counter()
    for claim in links.view.shared_claims:
        met.update(_sources(links, claim))
    by_name = {
        links.addresses.name("source", node): _told_apart(links, node)
        for node, source in links.view.sources.items()
        if source.kind != "unspecified" and not links.view.is_bare(node)
    }
    printed = {anchor: links.view.label(article) for article, anchor in reversed(outlets.items())}
    return {
        "sources": [
            (anchor, f"{said.upper_first(by_name[anchor])} ({count})")
            for anchor, count in sorted(
                ((anchor, count) for anchor, count in met.items() if anchor in by_name),
                key=lambda item: (-item[1], by_name[item[0]].casefold()),
            )
        ],
        "outlets": sorted(printed.items(), key=lambda item: item[1].casefold()),
    }


def _told_apart(links: Links, node: str) -> str:
    """A source by its name; people without one with whoever reached them."""
    reached_by = links.view.sources[node].reached_by
    return links.view.name(node) + (f", through {links.view.name(reached_by)}" if reached_by else "")


def _outlets(links: Links) -> dict[str, str]:
    """The anchor of each article's outlet: that of the outlet's first article."""
    first: dict[str, str] = {}
    return {
        article: first.setdefault(links.view.outlet_key(article), links.addresses.name("article", article))
        for article in links.view.articles
    }


def _sources(links: Links, claim: Claim) -> list[str]:
    """The anchors of everyone a claim is known from or comes through."""
    nodes = [node for origin in claim.origins for node in (origin.source, *origin.folded, *origin.path)]
    nodes += [node for mention in claim.mentions for node in (*mention.counted, *mention.chain)]
    known = dict.fromkeys(node for node in nodes if node in links.view.sources)
    return [links.addresses.name("source", node) for node in known]


def _facets(links: Links, claim: Claim, outlets: Mapping[str, str]) -> dict[str, Any]:
    """What a claim is sorted and filtered by."""
    verdicts = [conflict.verdict for conflict in links.view.conflicts_of(claim)]
    return {
        "low": claim.independent.low,
        "high": claim.independent.high,
        "outlets": claim.outlets,
        "contested": sum(1 for verdict in verdicts if verdict != "drift"),
        "drifted": sum(1 for verdict in verdicts if verdict == "drift"),
        "sources": " ".join(_sources(links, claim)),
        "articles": " ".join(dict.fromkeys(outlets[article] for article in links.view.claim_articles(claim))),
    }


def shared_claim(links: Links, claim: Claim, *, is_open: bool = True) -> dict[str, Any]:
    """One claim with its origins and the ways to each article."""
    view = links.view
    circle = (node for node in claim.circular if node in view.articles)
    wider = view.wider.get(claim.id, ())
    return {
        "id": links.addresses.name("claim", claim.id),
        "href": links.addresses.to("claim", claim.id),
        "text": said.claim_words(claim),
        "lang": links.lang(claim.mentions[0].article) if claim.mentions else None,
        "kind": KINDS[claim.kind],
        "open": is_open,
        "range": said.range_words(claim),
        "known": claim.independent.low > 0,
        "carried": view.carried_words(claim),
        "bottleneck": "" if view.rests_on_its_origin(claim) else view.bottleneck_words(claim),
        "origins": [_origin(links, claim, origin) for origin in claim.origins],
        "unknown": view.unknown_words(claim),
        "unknown_ways": _ways(links, claim, view.plain_ways(claim, claim.unknown)),
        "circular": said.upper_first(view.circle_words(claim)),
        "circular_ways": _ways(links, claim, view.plain_ways(claim, circle)),
        "other_ways": _ways(links, claim, view.plain_ways(claim, view.left_over(claim))),
        "conflicts": [conflict_link(links, conflict) for conflict in view.conflicts_of(claim)],
        "wider": links.claims(wider),
        "parts": links.claims(claim.parts),
        "related": _some(links.claims(n for n in claim.related if n not in {*claim.parts, *wider})),
    }


def _some(found: list[Link]) -> list[Link]:
    """The first of many links, and how many more there are."""
    more = len(found) - MOST_RELATED
    return [*found[:MOST_RELATED], Link(f"and {more} more", None)] if more > 1 else found


def _origin(links: Links, claim: Claim, origin: Origin) -> dict[str, Any]:
    view = links.view
    return {
        "name": said.upper_first(view.origin_name(origin)),
        "link": links.node(origin.source),
        "kind": said.upper_first(view.origin_kind(origin)),
        "basis": said.BASES[origin.basis],
        "reason": plain(origin.reason),
        "chain": view.chain_words(origin),
        "folded": said.upper_first(view.folded_words(origin)),
        "other_names": [
            {"name": other.name, "link": links.place(other.place.article, [other.place.span])}
            for other in view.other_names(claim, origin)
        ],
        "evidence": links.evidence(origin.evidence),
        "ways": _ways(links, claim, view.ways(claim, origin)),
    }


def _ways(links: Links, claim: Claim, ways: Sequence[Way]) -> list[dict[str, Any]]:
    """How articles have a claim, each with its words; of very many the last are only named, in one row."""
    rows = [_way(links, claim, way) for way in ways[:MOST_WAYS]]
    rest = [
        links.mention(claim, way.mentions[0]) if way.mentions else links.article(way.article)
        for way in ways[MOST_WAYS:]
    ]
    return [*rows, {"more": rest}] if rest else rows


def _way(links: Links, claim: Claim, way: Way) -> dict[str, Any]:
    mentions = [
        links.in_place(way.article, spans, links.mention(claim, first))
        for first, spans in _passages(links, way.mentions)
    ]
    return {
        "link": mentions[0].link if mentions else links.article(way.article),
        "words": "; ".join(part for part in (way.words, way.shared) if part),
        "mentions": mentions,
        "doubts": [links.in_place(place.article, [place.span]) for place in way.doubts],
        "evidence": links.evidence(way.evidence),
        "more": [],
    }


def _passages(links: Links, mentions: Sequence[Mention]) -> list[tuple[Mention, tuple[Span, ...]]]:
    """Mentions in one sentence together, each with their words: a sentence is shown once."""
    out: list[tuple[Mention, tuple[Span, ...], list[Span]]] = []
    for mention in mentions:
        windows = links.windows(mention)
        for number, (first, spans, around) in enumerate(out):
            if any(here.overlap(there) for here in windows for there in around):
                out[number] = (first, (*spans, *mention.spans), [*around, *windows])
                break
        else:
            out.append((mention, mention.spans, windows))
    return [(first, spans) for first, spans, _ in out]


def lone_claims(links: Links) -> list[dict[str, Any]]:
    """Claims of one article, each in a line."""
    outlets = _outlets(links)
    return [{**_lone_claim(links, claim), **_facets(links, claim, outlets)} for claim in links.view.lone_claims]


def _lone_claim(links: Links, claim: Claim) -> dict[str, Any]:
    mention = claim.mentions[0] if claim.mentions else None
    return {
        "id": links.addresses.name("claim", claim.id),
        "text": said.claim_words(claim),
        "lang": links.lang(mention.article) if mention else None,
        "kind": KINDS[claim.kind],
        "link": links.mention(claim, mention) if mention else None,
        "origins": [links.view.origin_name(origin) for origin in claim.origins],
        "wider": links.claims(links.view.wider.get(claim.id, ())),
        "conflicts": [conflict_link(links, conflict) for conflict in links.view.conflicts_of(claim)],
    }
