"""The ends of a claim's graph: first-hand ones, carriers of which no more is known, and rings that have none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from headwater.model import CARRIER_KINDS, Article, Derivation, Mention, Source
from headwater.tracing.chains import Chain
from headwater.tracing.identities import CLAIM, Node, is_hearsay
from headwater.tracing.provenance.graph import RANK, Draft, Edge, Provenance, Reach


def crediting_back(articles: Mapping[str, Article], derivations: Iterable[Derivation], carrying: Set[str]) -> set[str]:
    """Articles in which the claim was not found, and that credit an article which credits them.

    They may have it from each other, so their report is no origin of its own.
    """
    credited: dict[str, set[str]] = defaultdict(set)  # article without the claim -> those with it that credit it
    back: dict[str, set[str]] = defaultdict(set)
    for d in derivations:
        if d.kind == "credit" and d.earlier in articles:
            if d.later in carrying and d.earlier not in carrying:
                credited[d.earlier].add(d.later)
            elif d.earlier in carrying and d.later not in carrying:
                back[d.later].add(d.earlier)
    return {a for a, by in credited.items() if by & back[a]}


def having_it_from_others(near: Iterable[Mention], sources: Mapping[str, Source], carrying: Set[str]) -> set[str]:
    """Articles in which the claim was not found, but claims near it, all of them from other carriers or from nobody."""
    second: dict[str, bool] = {}
    for m in near:
        if m.article not in carrying:
            deepest = sources.get(m.chain[-1]) if m.chain else None
            passed_on = deepest is not None and (deepest.kind in CARRIER_KINDS or is_hearsay(deepest))
            second[m.article] = second.get(m.article, True) and passed_on
    return {article for article, all_passed_on in second.items() if all_passed_on}


def finish(
    draft: Draft,
    unit: Mapping[str, Node],
    lineage: Mapping[Node, tuple[str, ...]],
    chains: tuple[Chain, ...],
    folded: Mapping[str, tuple[str, ...]],
    doubtful: frozenset[Node],
) -> Provenance:
    """Find the ends: the parts of the graph that nothing leads into; carriers that are ``doubtful`` are none."""
    import networkx as nx

    graph: nx.DiGraph[Node] = nx.DiGraph()
    graph.add_nodes_from(draft.by_unit)
    graph.add_edges_from(draft.edges)
    plainly = {c.nodes[0] for c in chains if c.nodes and not c.open}
    hearsay = {c.nodes[0] for c in chains if c.nodes and c.open}
    ends: list[Node] = []
    adrift: list[Node] = []
    rings: list[tuple[Node, ...]] = []
    for members in nx.strongly_connected_components(graph):
        if any(tail not in members for node in members for tail in graph.predecessors(node)):
            continue
        first_hand = sorted(n for n in members if n.kind not in {"article", "claim"} and not draft.carries(n))
        speaking = [n for n in first_hand if n in plainly]
        heard = sorted(n for n in members if n in hearsay)
        if speaking:
            ends.append(speaking[0])  # of people who cite each other one knows it; which one cannot be seen
        elif heard or first_hand:
            adrift += heard or first_hand
        elif len(members) > 1:
            rings.append(tuple(sorted(members)))
        else:
            (adrift if members <= draft.by_unit.keys() | doubtful else ends).extend(members)
    reach = Reach(draft.edges)
    told = {node for end in ends for node in reach.after(end)}
    spoken = [n for n in sorted(plainly - set(ends)) if not draft.carries(n) and not draft.entries(n)]
    relays = frozenset(n for n in spoken if n in told)
    for node in draft.by_unit:
        draft.add(node, CLAIM, Edge(RANK["stated"]))
    return Provenance(
        edges=dict(sorted(draft.edges.items())),
        unit=unit,
        lineage=lineage,
        chains=chains,
        ends=tuple(sorted({*ends, *spoken})),
        relays=relays,
        bare=frozenset(n for n in ends if draft.carries(n)),
        adrift=tuple(sorted(set(adrift) - set(spoken))),
        rings=tuple(sorted(rings)),
        folded=folded,
    )
