"""The edges of a claim's graph: of stated chains, of articles in their own voice, of what articles took from others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from headwater.model import Derivation, Place
from headwater.tracing.chains import Chain
from headwater.tracing.identities import Node
from headwater.tracing.provenance.graph import RANK, Alike, Draft, Edge, Parent, Reach


def take_derivations(
    draft: Draft, derivations: Iterable[Derivation], unit: Mapping[str, Node], alias: Mapping[str, str]
) -> None:
    """Sort the derivations into what an article took from and what it is merely like."""
    named = {n for chains in draft.by_unit.values() for c in chains for n in c.nodes}
    present = named | set(draft.own)
    spoken: dict[str, list[Place]] = defaultdict(list)
    for chains in draft.by_unit.values():
        for chain in chains:
            spoken[chain.article] += chain.evidence
    for d in derivations:
        later = unit[d.later]
        here = _is_about(d, spoken)
        places = tuple(sorted(d.evidence))
        edge = Edge(RANK["recovered" if d.stated else "inferred"], places)
        earlier = unit.get(d.earlier)
        if earlier == later:
            continue
        if earlier is not None and d.directed:
            credit = d.kind == "credit"
            draft.parents[later].append(Parent(earlier, edge, credit, here, retold=credit and not here))
        elif earlier is not None and d.kind == "rewrite":
            edge = Edge(RANK["inferred"], places)
            draft.alike.append(Alike((d.later, d.earlier), (later, earlier), edge, here))
        elif earlier is None and d.kind == "credit" and d.directed and d.earlier in alias:
            node = Node("source", alias[d.earlier])
            if node not in present or later in draft.own.get(node, ()):
                continue
            carries = draft.carries(node)
            if carries or (draft.kinds[node.id] == "document" and node in named):
                draft.parents[later].append(Parent(node, edge, True, here and carries, retold=not here or not carries))


_NEAR = 400  # code points between a credit and what it is a credit for
_HEAD = 200  # code points at the top of a text, where a credit is for all of it


def _is_about(derivation: Derivation, spoken: Mapping[str, Sequence[Place]]) -> bool:
    """Whether an article took these words, or credits near them; a copy, and what has no evidence, is about any."""
    if derivation.kind == "copy" or (derivation.kind == "rewrite" and derivation.stated):
        return True
    shown = [p for p in derivation.evidence if p.article in {derivation.later, derivation.earlier}]
    if derivation.kind == "credit":
        shown = [p for p in shown if p.article == derivation.later]
        if any(p.start < _HEAD for p in shown):
            return True
    margin = _NEAR if derivation.kind == "credit" else 0
    return not shown or any(
        p.start < words.end + margin and words.start < p.end + margin
        for p in shown
        for words in spoken.get(p.article, ())
    )


def sharing_an_end(draft: Draft) -> set[frozenset[str]]:
    """Texts that share words in part and state the same source."""
    out = set()
    for alike in (a for a in draft.alike if a.here):
        one, other = (draft.stating(u) for u in alike.units)
        if any(a.nodes[0] in b.nodes or b.nodes[0] in a.nodes for a in one for b in other):
            out.add(frozenset(alike.articles))
    return out


def _retold(draft: Draft, unit: Node) -> Parent | None:
    """The one report that a silent article credits somewhere, where that report has the claim: it retells it.

    Of several credited reports none is chosen. It fills a silence and proves nothing: not for the proven count.
    """
    if any(p.here for p in draft.parents[unit]):
        return None
    found = [p for p in draft.parents[unit] if p.retold]
    reports = {next(iter(draft.entries(p.node)), p.node) for p in found}
    return min(found, key=lambda p: (p.node.kind, p.node)) if len(reports) == 1 else None


def lay_edges(draft: Draft, *, strict: bool) -> None:
    """Edges of stated chains, of articles in their own voice, and of what credits say of articles of the set."""
    behind: list[tuple[Chain, int, tuple[Node, ...]]] = []  # what a chain says of those who published it themselves
    named = {p.node for parents in draft.parents.values() for p in parents if p.node.kind == "source"}
    for unit in draft.by_unit:
        for chain in draft.stating(unit):
            named.update(chain.nodes)
            for at, node in enumerate(chain.nodes):
                if at > 0 and (entries := draft.entries(node)):
                    behind.append((chain, at, entries))
                elif at > 0:
                    draft.add(chain.nodes[at - 1], node, Edge(RANK["stated"], chain.evidence))
            draft.add(chain.nodes[-1], unit, Edge(RANK["stated"], chain.evidence))
    for node in named:
        for entry in draft.entries(node):
            draft.add(entry, node, Edge(RANK["recovered"]))
    silent = {unit for unit in draft.by_unit if not draft.stating(unit)}
    for unit in silent:
        for parent in draft.parents[unit]:
            if parent.here:
                draft.add(parent.node, unit, parent.edge)
        if not strict and (whole := _retold(draft, unit)) is not None:
            draft.add(whole.node, unit, whole.edge)
    for alike in (a for a in draft.alike if a.here):
        for head, tail in (alike.units, alike.units[::-1]):
            if head in silent and tail not in silent and not any(p.here for p in draft.parents[head]):
                draft.add(tail, head, alike.edge)
    # "the Post reports that X said": X stands behind the Post's own article, unless that article says so already
    reach = Reach(draft.edges)
    for chain, at, entries in behind:
        if not any(entry in reach.after(node) for node in chain.nodes[:at] for entry in entries):
            for entry in entries:
                draft.add(chain.nodes[at - 1], entry, Edge(RANK["recovered"], chain.evidence))
    # "the ministry says", and the ministry's own statement is in the set
    fed = {head for _, head in draft.edges}
    said: dict[Node, tuple[Place, ...]] = {}
    for unit in draft.by_unit:
        for chain in draft.stating(unit):
            for node in chain.nodes:
                said[node] = min(chain.evidence, said.get(node, chain.evidence))
    for node, units in draft.own.items():
        for unit in units:
            if node in said and unit in silent and unit not in fed and not draft.carries(node):
                draft.add(node, unit, Edge(RANK["recovered"], said[node]))


def route(
    draft: Draft, *, strict: bool, forbidden: set[tuple[Node, Node]]
) -> tuple[set[frozenset[str]], set[tuple[Node, Node]]] | None:
    """What an article that took from another states as that one does, it has from there: one way, not two.

    Without this a copy of an article with two sources would open a second way for one of them.

    Returns:
        None when done; else articles that took from each other (they are one) and routes that lead in a circle.
    """
    import networkx as nx

    routes: dict[tuple[Node, Node], Edge] = {}
    replaced: set[tuple[Node, Node]] = set()
    for unit in draft.by_unit:
        parents = [
            p for p in draft.parents[unit] if (strict or (p.here and not p.credit)) and (p.node, unit) not in forbidden
        ]
        held = {p.node: _held_by(draft, p.node, unit) for p in parents}
        kept, moved = set(), set()
        for chain in draft.stating(unit):
            nearest = {chain.nodes[-1], *draft.entries(chain.nodes[-1])}
            via = [node for node in held if node not in nearest and chain.nodes[0] in held[node]]
            if via := [node for node in via if node.kind == "article"] or via:
                moved.add(chain.nodes[-1])
                for node in via:
                    routes[node, unit] = Edge(RANK["stated"], chain.evidence)
            else:
                kept.add(chain.nodes[-1])
        replaced |= {(head, unit) for head in moved - kept}
    if not routes:
        return None
    graph: nx.DiGraph[Node] = nx.DiGraph()
    graph.add_edges_from([*draft.edges, *routes])
    joined: set[frozenset[str]] = set()
    circles: set[tuple[Node, Node]] = set()
    for members in nx.strongly_connected_components(graph):
        inside = {(tail, head) for tail, head in routes if tail in members and head in members}
        if inside:
            circles |= inside
            joined |= {frozenset(pair) for pair in pairwise(sorted(n.id for n in members if n in draft.by_unit))}
    if circles:
        return joined, circles
    for pair in replaced:
        draft.edges.pop(pair, None)
    for (tail, head), edge in routes.items():
        draft.add(tail, head, edge)
    return None


def _held_by(draft: Draft, node: Node, but: Node) -> set[Node]:
    """All that an article's own chains, or the chains of others through a carrier, say stands behind it."""
    out: set[Node] = set()
    seen, waiting = {but}, [node]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        if at.kind == "article":
            chains = draft.stating(at)
            out.update(n for c in chains for n in c.nodes)
            if not chains:
                waiting += [p.node for p in draft.parents[at]]
        else:
            out.add(at)
            waiting += draft.entries(at)
            for unit in draft.by_unit:
                if unit != but:
                    for chain in draft.stating(unit):
                        if at in chain.nodes:
                            out.update(chain.nodes[: chain.nodes.index(at)])
    return out
