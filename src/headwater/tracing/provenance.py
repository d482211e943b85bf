"""The graph of one claim: from those who can know first-hand, through carriers and articles, to the claim.

Takes the mentions with their chains and the derivations; gives nodes and edges, each edge with how it is known and the
words that show it, and the ends of all ways: first-hand sources, carriers whose own sources nobody states, articles
whose source is unknown, rings in which carriers credit one another. ``origins`` counts on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from headwater.model import CARRIER_KINDS, Article, Basis, Derivation, Mention, Place, Source, SourceKind
from headwater.tracing.chains import Chain, chain_of, first_hand, replies
from headwater.tracing.identities import CLAIM, Node, as_carriers, identities, is_hearsay, outlet_key, own_articles

__all__ = ["CLAIM", "RANK", "Chain", "Edge", "Node", "Provenance", "build"]


#: From what is said to what is only concluded.
RANK: dict[Basis, int] = {"stated": 0, "recovered": 1, "inferred": 2, "unknown": 3}


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """How it is known that the head has the claim from the tail: a rank of ``RANK``, and the words that show it."""

    rank: int
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """The graph of one claim.

    ``unit`` gives the node of each article (one node for texts that share their wording when nothing shows which came
    first), ``lineage`` its articles. ``chains`` stand in the order of the mentions. ``ends`` are the first-hand ends,
    ``bare`` those of them that are carriers whose sources nobody states, ``relays`` those who speak for themselves in
    one mention and have it from another end in the next, ``adrift`` the nodes whose source is unknown,
    ``rings`` the circles without an end behind them. ``folded`` gives for a source the ids proven to be one with it.
    All in order of their nodes.
    """

    edges: Mapping[tuple[Node, Node], Edge]
    unit: Mapping[str, Node]
    lineage: Mapping[Node, tuple[str, ...]]
    chains: tuple[Chain, ...]
    ends: tuple[Node, ...]
    bare: frozenset[Node]
    relays: frozenset[Node]
    adrift: tuple[Node, ...]
    rings: tuple[tuple[Node, ...], ...]
    folded: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Parent:
    """What an article took from: an article or a carrier.

    ``credit`` when a credit alone shows it, not shared words; ``here`` when it is about the words of this claim.
    ``retold`` when it is credited elsewhere in the article, and states the claim itself or is named for it by another.
    """

    node: Node
    edge: Edge
    credit: bool
    here: bool
    retold: bool = False


@dataclass(frozen=True, slots=True)
class _Alike:
    """Two texts that share words in part; nothing shows which came first."""

    articles: tuple[str, str]
    units: tuple[Node, Node]
    edge: Edge
    here: bool


@dataclass(slots=True)
class _Draft:
    """The graph while it is built."""

    kinds: Mapping[str, SourceKind]
    own: Mapping[Node, tuple[Node, ...]]
    by_unit: dict[Node, list[Chain]]
    parents: dict[Node, list[_Parent]] = field(default_factory=lambda: defaultdict(list))
    alike: list[_Alike] = field(default_factory=list)
    edges: dict[tuple[Node, Node], Edge] = field(default_factory=dict)

    def add(self, tail: Node, head: Node, edge: Edge) -> None:
        """Add an edge; of several between the same nodes the best known is kept."""
        if tail != head:
            self.edges[tail, head] = min(edge, self.edges.get((tail, head), edge))

    def stating(self, unit: Node) -> list[Chain]:
        """The chains of an article that name somebody."""
        return [c for c in self.by_unit.get(unit, ()) if c.nodes]

    def carries(self, node: Node) -> bool:
        """Whether a source passes on what others know."""
        return node.kind == "source" and self.kinds[node.id] in CARRIER_KINDS

    def entries(self, node: Node) -> tuple[Node, ...]:
        """The articles of the set in which a source's report of the claim came out.

        A carrier's report is its own article. Someone who can know first-hand speaks for himself, unless his own
        article says that he has it from others.
        """
        if node.kind == "article":
            return (node,) if node in self.by_unit else ()
        units = self.own.get(node, ())
        if self.carries(node):
            return units
        return tuple(
            u for u in units if any(p.here for p in self.parents[u]) or any(c.nodes != (node,) for c in self.stating(u))
        )


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
        draft = _Draft(kinds=kinds, own=own, by_unit=by_unit)
        _take_derivations(draft, used, unit, alias)
        if strict and (more := _sharing_an_end(draft)) - joined:
            joined |= more
            continue
        _lay_edges(draft, strict=strict)
        tangled = _route(draft, strict=strict, forbidden=forbidden)
        if tangled is None:
            passing = _crediting_back(articles, derivations, carrying) | _having_it_from_others(near, given, carrying)
            called = {outlet_key(articles[a].outlet or "") for a in passing if a in articles} - {""}
            doubtful = frozenset(
                Node("source", lead)
                for lead, kind in kinds.items()
                if kind in CARRIER_KINDS and outlet_key(sources[lead].name) in called
            )
            return _finish(draft, unit, lineage, chains, folded, doubtful)
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


# Edges ---------------------------------------------------------------------------------------------------------------


def _take_derivations(
    draft: _Draft, derivations: Iterable[Derivation], unit: Mapping[str, Node], alias: Mapping[str, str]
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
            draft.parents[later].append(_Parent(earlier, edge, credit, here, retold=credit and not here))
        elif earlier is not None and d.kind == "rewrite":
            edge = Edge(RANK["inferred"], places)
            draft.alike.append(_Alike((d.later, d.earlier), (later, earlier), edge, here))
        elif earlier is None and d.kind == "credit" and d.directed and d.earlier in alias:
            node = Node("source", alias[d.earlier])
            if node not in present or later in draft.own.get(node, ()):
                continue
            carries = draft.carries(node)
            if carries or (draft.kinds[node.id] == "document" and node in named):
                draft.parents[later].append(_Parent(node, edge, True, here and carries, retold=not here or not carries))


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


def _sharing_an_end(draft: _Draft) -> set[frozenset[str]]:
    """Texts that share words in part and state the same source."""
    out = set()
    for alike in (a for a in draft.alike if a.here):
        one, other = (draft.stating(u) for u in alike.units)
        if any(a.nodes[0] in b.nodes or b.nodes[0] in a.nodes for a in one for b in other):
            out.add(frozenset(alike.articles))
    return out


def _retold(draft: _Draft, unit: Node) -> _Parent | None:
    """The one report that a silent article credits somewhere, where that report has the claim: it retells it.

    Of several credited reports none is chosen. It fills a silence and proves nothing: not for the proven count.
    """
    if any(p.here for p in draft.parents[unit]):
        return None
    found = [p for p in draft.parents[unit] if p.retold]
    reports = {next(iter(draft.entries(p.node)), p.node) for p in found}
    return min(found, key=lambda p: (p.node.kind, p.node)) if len(reports) == 1 else None


def _lay_edges(draft: _Draft, *, strict: bool) -> None:
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
    reach = _Reach(draft.edges)
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


class _Reach:
    """What lies downstream of a node, itself included; remembered, since many chains ask for the same."""

    def __init__(self, edges: Iterable[tuple[Node, Node]]) -> None:
        self._next: dict[Node, list[Node]] = defaultdict(list)
        for tail, head in edges:
            self._next[tail].append(head)
        self._known: dict[Node, set[Node]] = {}

    def after(self, start: Node) -> set[Node]:
        if start not in self._known:
            seen, waiting = {start}, [start]
            while waiting:
                fresh = {n for n in self._next.get(waiting.pop(), ()) if n not in seen}
                seen |= fresh
                waiting += fresh
            self._known[start] = seen
        return self._known[start]


def _route(
    draft: _Draft, *, strict: bool, forbidden: set[tuple[Node, Node]]
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


def _held_by(draft: _Draft, node: Node, but: Node) -> set[Node]:
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


def _crediting_back(articles: Mapping[str, Article], derivations: Iterable[Derivation], carrying: Set[str]) -> set[str]:
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


def _having_it_from_others(near: Iterable[Mention], sources: Mapping[str, Source], carrying: Set[str]) -> set[str]:
    """Articles in which the claim was not found, but claims near it, all of them from other carriers or from nobody."""
    second: dict[str, bool] = {}
    for m in near:
        if m.article not in carrying:
            deepest = sources.get(m.chain[-1]) if m.chain else None
            passed_on = deepest is not None and (deepest.kind in CARRIER_KINDS or is_hearsay(deepest))
            second[m.article] = second.get(m.article, True) and passed_on
    return {article for article, all_passed_on in second.items() if all_passed_on}


# Ends ----------------------------------------------------------------------------------------------------------------


def _finish(
    draft: _Draft,
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
    reach = _Reach(draft.edges)
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
