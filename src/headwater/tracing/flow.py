"""Disjoint ways through the graph of a claim, and the nodes that all of them pass.

A maximum flow where every source, carrier and article lets one way through (Menger 1927), and dominators.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from headwater.tracing.provenance import CLAIM, RANK, Node, Provenance


def disjoint(web: Provenance, starts: Iterable[Sequence[Node]], *, most: int = RANK["inferred"]) -> int:
    """The most ways that share no node, each from another of ``starts``, over edges of rank ``most`` or better."""
    import networkx as nx
    from networkx.algorithms.flow import shortest_augmenting_path

    groups = [tuple(ends) for ends in starts]
    begun = {end for ends in groups for end in ends}
    behind: dict[Node, list[Node]] = defaultdict(list)
    ahead: dict[Node, list[Node]] = defaultdict(list)
    for (tail, head), edge in web.edges.items():
        if edge.rank <= most:
            behind[head].append(tail)
            ahead[tail].append(head)
    # of articles with the same nodes behind them and the claim alone ahead, no more than those nodes can count
    seen: dict[tuple[Node, ...], int] = defaultdict(int)
    left_out: set[Node] = set()
    for node in behind[CLAIM]:
        if ahead[node] == [CLAIM] and node not in begun:
            key = tuple(sorted(behind.get(node, ())))
            seen[key] += 1
            if seen[key] > len(key):
                left_out.add(node)
    graph: nx.DiGraph[object] = nx.DiGraph()
    graph.add_nodes_from(("start", CLAIM))
    for number, ends in enumerate(groups):
        graph.add_edge("start", number, capacity=1)
        graph.add_edges_from(((number, (end, "in")) for end in ends), capacity=1)
    for tail, heads in ahead.items():
        if tail not in left_out:
            graph.add_edge((tail, "in"), (tail, "out"), capacity=1)
            kept = (head for head in heads if head not in left_out)
            graph.add_edges_from(
                (((tail, "out"), CLAIM if head == CLAIM else (head, "in")) for head in kept), capacity=1
            )
    return int(nx.maximum_flow_value(graph, "start", CLAIM, flow_func=shortest_augmenting_path))


def bottlenecks(web: Provenance) -> tuple[str, ...]:
    """Every node on all ways from the ends to the claim, those nearest the origin first."""
    import networkx as nx

    if not web.ends:
        return ()
    start = Node("claim", "start")
    graph: nx.DiGraph[Node] = nx.DiGraph()
    graph.add_edges_from(web.edges)
    graph.add_edges_from((start, end) for end in web.ends)
    above = nx.immediate_dominators(graph, start)
    out = []
    node = above.get(CLAIM)
    while node is not None and node != start:
        if len(web.lineage.get(node, ())) < 2:  # of texts that are one, none is the one that the claim hangs on
            out.append(node.id)
        node = above.get(node)
    return tuple(dict.fromkeys(reversed(out)))
