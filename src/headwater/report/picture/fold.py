"""A picture of many articles folded: by text first, then by whom they have it from, until it can be read.

What is folded is one box that says how many it stands for; the list beside the picture names them all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from headwater.report.picture.flow import SAYS_MOST, Edge, Flow, Node, NodeKind

#: How many boxes of articles, and how many of origins and carriers each, are shown before they are folded.
MOST_BOXES = 45

#: How many boxes of origins are shown before those that lead to one and the same are folded; none that claims rest on.
MOST_ORIGINS = 18


def folded(flow: Flow, texts: Iterable[tuple[str, ...]], *, most: int = MOST_BOXES) -> Flow:
    """The same picture with at most ``most`` boxes of each kind.

    Args:
        flow: nodes and edges.
        texts: groups of articles that stand on one text, every article in one of them.
        most: boxes of articles, of carriers and of origins.

    Returns:
        ``flow`` itself where nothing has to be folded.
    """
    if sum(1 for node in flow.nodes if node.kind == "article") > most:
        flow = _merged(flow, {member: group[0] for group in texts if len(group) > 1 for member in group})
    lesser = {node.id for node in flow.nodes if node.kind == "origin" and not node.narrow}
    if sum(1 for node in flow.nodes if node.kind == "origin") > min(most, MOST_ORIGINS):
        flow = _merged(flow, _alike(flow, lesser))
    for kinds in (("article", "group"), ("carrier",), ("origin",)):
        here = [node for node in flow.nodes if node.kind in kinds]
        if len(here) > most:
            flow = _merged(flow, _alike(flow, {node.id for node in here}))
            here = [node for node in flow.nodes if node.kind in kinds]
        if len(here) > most:
            ordered = sorted(here, key=lambda node: (-len(node.narrow), -len(node.claims), node.many))
            rest = ordered[most - 1 :]
            flow = _merged(flow, {node.id: rest[0].id for node in rest})
    return flow


def _alike(flow: Flow, among: set[str]) -> dict[str, str]:
    """Nodes that have the same neighbours on both sides, each with the first such."""
    before: dict[str, set[str]] = {node: set() for node in among}
    after: dict[str, set[str]] = {node: set() for node in among}
    for edge in flow.edges:
        if edge.end in among:
            before[edge.end].add(edge.start)
        if edge.start in among:
            after[edge.start].add(edge.end)
    first: dict[tuple[frozenset[str], frozenset[str]], str] = {}
    return {
        node.id: first.setdefault((frozenset(before[node.id]), frozenset(after[node.id])), node.id)
        for node in flow.nodes
        if node.id in among
    }


def _merged(flow: Flow, into: Mapping[str, str]) -> Flow:
    """The picture with nodes put into one; a merged edge says only what all of its edges say."""
    nodes: dict[str, Node] = {}
    for node in flow.nodes:
        key = into.get(node.id, node.id)
        known = nodes.get(key)
        if known is None:
            nodes[key] = replace(node, id=key)
            continue
        kind: NodeKind = "group" if known.kind in {"article", "group"} else known.kind
        nodes[key] = replace(
            known,
            kind=kind,
            members=(*known.members, *node.members),
            claims=tuple(dict.fromkeys((*known.claims, *node.claims))),
            narrow=tuple(dict.fromkeys((*known.narrow, *node.narrow))),
            first_hand=known.first_hand or node.first_hand,
            many=known.many + node.many,
        )
    edges: dict[tuple[str, str], Edge] = {}
    for edge in flow.edges:
        ends = into.get(edge.start, edge.start), into.get(edge.end, edge.end)
        if ends[0] == ends[1]:
            continue
        other = edges.get(ends)
        edges[ends] = replace(
            edge,
            start=ends[0],
            end=ends[1],
            kind=max(edge.kind, other.kind, key=SAYS_MOST.index) if other else edge.kind,
            claims=tuple(dict.fromkeys((*other.claims, *edge.claims))) if other else edge.claims,
            share=max((s for s in (edge.share, other.share if other else None) if s is not None), default=None),
        )
    return Flow(tuple(nodes.values()), tuple(edges[ends] for ends in sorted(edges)))
