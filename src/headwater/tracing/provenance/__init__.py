"""The graph of one claim: from those who can know first-hand, through carriers and articles, to the claim.

Takes the mentions with their chains and the derivations; gives nodes and edges, each edge with how it is known and the
words that show it, and the ends of all ways: first-hand sources, carriers whose own sources nobody states, articles
whose source is unknown, rings in which carriers credit one another. ``origins`` counts on it.
"""

from collections.abc import Iterable, Mapping, Sequence

from headwater.model import CARRIER_KINDS, Article, Derivation, Mention, Source
from headwater.tracing.chains import Chain, chain_of, first_hand, replies
from headwater.tracing.identities import CLAIM, Node, as_carriers, identities, outlet_key, own_articles
from headwater.tracing.provenance.edges import lay_edges, route, sharing_an_end, take_derivations
from headwater.tracing.provenance.ends import crediting_back, finish, having_it_from_others
from headwater.tracing.provenance.graph import RANK, Draft, Edge, Provenance

__all__ = ["CLAIM", "RANK", "Chain", "Edge", "Node", "Provenance", "build"]


def build(
    mentions: Sequence[Mention],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    derivations: Sequence[Derivation],
    *,
    near: Sequence[Mention] = (),
    strict: bool = False,
) -> Provenance:
    """Build the graph of one claim.

    Args:
        mentions: all mentions of the claim; chains outermost first.
        sources: by id; a chain's ids that are not among them stand for nobody.
        articles: by id.
        derivations: who took it from whom, of the whole story or of this claim's articles.
        near: mentions of claims near this one, of articles that do not carry it.
        strict: for the proven count. Whatever may run through another article does: one that credits another for
            anything has from it what both state, and texts that share words in part, with nothing to show which came
            first, are one where they state the same source.

    Returns:
        The graph; the same for the same records in any order, but for the order of ``chains``.
    """
    carrying = {m.article for m in mentions}
    used = [d for d in derivations if d.later in carrying and d.kind != "quote"]
    used.sort(key=lambda d: (d.later, d.earlier, d.kind, not d.stated, d.evidence))
    given = sources
    sources = as_carriers(mentions, sources, {i: a for i in sorted(carrying) if (a := articles.get(i))}, used)
    alias, folded, kinds = identities(mentions, sources, used)
    knows = first_hand(mentions, articles, used)
    told_to = replies(mentions, alias, kinds, articles, derivations)
    joined = {
        frozenset((d.later, d.earlier))
        for d in used
        if d.kind == "copy" and not d.directed and d.earlier in carrying and d.later != d.earlier
    }
    forbidden: set[tuple[Node, Node]] = set()
    while True:
        unit, lineage = _lineages(carrying, joined)
        own = own_articles(kinds, sources, articles, unit, folded)
        chains = tuple(chain_of(m, sources, alias, unit, own, kinds, knows.get(m), told_to.get(m)) for m in mentions)
        by_unit: dict[Node, list[Chain]] = {node: [] for node in sorted(lineage)}
        for chain in sorted(chains, key=lambda c: (c.article, c.evidence, c.nodes, c.open)):
            by_unit[unit[chain.article]].append(chain)
        draft = Draft(kinds=kinds, own=own, by_unit=by_unit)
        take_derivations(draft, used, unit, alias)
        if strict and (more := sharing_an_end(draft)) - joined:
            joined |= more
            continue
        lay_edges(draft, strict=strict)
        tangled = route(draft, strict=strict, forbidden=forbidden)
        if tangled is None:
            passing = crediting_back(articles, derivations, carrying) | having_it_from_others(near, given, carrying)
            called = {outlet_key(articles[a].outlet or "") for a in passing if a in articles} - {""}
            doubtful = frozenset(
                Node("source", lead)
                for lead, kind in kinds.items()
                if kind in CARRIER_KINDS and outlet_key(sources[lead].name) in called
            )
            return finish(draft, unit, lineage, chains, folded, doubtful)
        joined |= tangled[0]
        forbidden |= tangled[1]


def _lineages(
    carrying: Iterable[str], joined: Iterable[frozenset[str]]
) -> tuple[dict[str, Node], dict[Node, tuple[str, ...]]]:
    """The node of each article, and the articles of each node."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(carrying)
    graph.add_edges_from((min(pair), max(pair)) for pair in joined)
    unit: dict[str, Node] = {}
    lineage: dict[Node, tuple[str, ...]] = {}
    for members in nx.connected_components(graph):
        node = Node("article", min(members))
        lineage[node] = tuple(sorted(members))
        unit.update(dict.fromkeys(members, node))
    return unit, lineage
