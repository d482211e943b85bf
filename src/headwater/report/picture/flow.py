"""What the picture shows: first-hand origins, carriers and articles, and who took what from whom.

Takes a view of a trace, gives nodes and edges. The origins are those that the count names; an outlet that has one
article in the set is that article. An edge is stated where the later one says so, else inferred.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from headwater.model import Claim, Mention, Place
from headwater.report.names import name_key
from headwater.report.tally import Count, count_of
from headwater.report.view import View

NodeKind = Literal["origin", "carrier", "article", "group"]
EdgeKind = Literal["circle", "stated", "inferred", "alike"]

#: The kinds of edges, that which says most first: of several between two nodes it is shown.
SAYS_MOST: tuple[EdgeKind, ...] = ("circle", "stated", "inferred", "alike")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the picture; ``members`` are the Source or Article ids it stands for, of a group several articles.

    ``claims`` are the ids of shared claims that pass through it, ``narrow`` those among them that stand or fall with
    it, all who carry them being traced. ``first_hand`` is True for an article whose newsroom is an origin by its own
    word. ``many`` counts the articles or origins that were folded into one box, 1 where none were.
    """

    id: str
    kind: NodeKind
    members: tuple[str, ...]
    claims: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    first_hand: bool = False
    many: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """From ``start`` to ``end``, who took it; ``alike`` where they share words and nothing shows which came first.

    ``share`` is the largest share 0..1 of words that an article shares, None where it is not measured; ``evidence``
    are words that show it.
    """

    start: str
    end: str
    kind: EdgeKind
    claims: tuple[str, ...] = ()
    share: float | None = None
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture before it is laid out: nodes in order of kind and of the trace, edges in order of their ends."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def flow_of(view: View) -> Flow:
    """The nodes and edges of a story; articles of which nothing is known stand alone."""
    return _Gathering(view).flow()


class _Gathering:
    """Nodes and edges as they are met, claim by claim."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.count: Count = count_of(view)
        self.keys = _keys(view, self.count)
        self.firsts = {self.keys.get(node, node) for group in self.count.origins for node in group.sources}
        self.own_word = {
            self.keys.get(origin.source, origin.source)
            for claim in view.shared_claims
            for origin in claim.origins
            if view.own_words(origin)
        }
        self.edges: dict[tuple[str, str], Edge] = {}
        self.through: dict[str, dict[str, None]] = {article: {} for article in view.articles}
        self.narrow: dict[str, dict[str, None]] = {}
        self.says = {(d.later, d.earlier) for d in view.trace.derivations if d.stated}
        self.shares = {
            frozenset((d.later, d.earlier)): d.share
            for d in view.trace.derivations
            if d.kind in {"copy", "rewrite"} and d.share is not None
        }

    def flow(self) -> Flow:
        for claim in self.view.shared_claims:
            for mention in claim.mentions:
                self._mention(claim, mention)
            # what others carry from nobody known rests on no one alone
            for node in dict.fromkeys(self.key(node) for node in claim.bottlenecks if not claim.unknown):
                self.narrow.setdefault(node, {})[claim.id] = None
        self._shared_text()
        self._without_loose_ends()
        order = {node: number for number, node in enumerate([*self.firsts, *self.through])}
        nodes = sorted(
            (self._node(key) for key in self.through),
            key=lambda node: (("origin", "carrier", "article", "group").index(node.kind), order[node.id]),
        )
        return Flow(tuple(nodes), tuple(sorted(self.edges.values(), key=lambda edge: (edge.start, edge.end))))

    def _without_loose_ends(self) -> None:
        """Leave out who ends a chain and was not counted and is no outlet and no reporter: "they", "one report"."""
        fixed = {key for key in self.through if key in self.firsts or key in self.view.articles}
        fixed |= {key for key in self.through if self.view.is_carrier(key)}
        while loose := self.through.keys() - fixed - {edge.end for edge in self.edges.values()}:
            self.through = {key: claims for key, claims in self.through.items() if key not in loose}
            self.edges = {ends: edge for ends, edge in self.edges.items() if edge.start not in loose}

    def key(self, node: str) -> str:
        return self.keys.get(node, node)

    def _node(self, key: str) -> Node:
        kind: NodeKind = "article" if key in self.view.articles else "origin" if key in self.firsts else "carrier"
        if kind == "origin" and self.view.is_carrier(key) and any(edge.end == key for edge in self.edges.values()):
            kind = "carrier"  # an origin of one claim that has another from somebody
        group = next((group.sources for group in self.count.origins if key in map(self.key, group.sources)), (key,))
        return Node(
            id=key,
            kind=kind,
            members=(key,) if kind == "article" else group,
            claims=tuple(self.through[key]),
            narrow=tuple(self.narrow.get(key, ())),
            first_hand=key in self.own_word,
        )

    def _mention(self, claim: Claim, mention: Mention) -> None:
        article = mention.article
        if article not in self.view.articles:
            return
        chain = mention.chain if mention.basis == "unknown" else mention.counted or mention.chain
        path = [article, *dict.fromkeys(key for node in chain if (key := self.key(node)) != article)]
        for key in path:
            self.through.setdefault(key, {})[claim.id] = None
        circle = {self.key(node) for node in claim.circular}
        own = mention.basis == "recovered" and any(place.article == article for place in mention.evidence)
        for hop, (end, start) in enumerate(pairwise(path)):
            says = mention.basis in {"stated", "unknown"} or hop > 0 or own or (end, start) in self.says
            kind: EdgeKind = "circle" if {start, end} <= circle else "stated" if says else "inferred"
            evidence = tuple(place for place in mention.evidence if place.article == end) if hop == 0 else ()
            spans = [span.at(article) for span in mention.spans] if hop == 0 else []
            self._join(Edge(start=start, end=end, kind=kind, claims=(claim.id,), evidence=(*evidence, *spans)[:2]))

    def _join(self, edge: Edge) -> None:
        """Add an edge; of two between the same ends the one that says more gives its kind."""
        share = self.shares.get(frozenset((edge.start, edge.end)))
        known = self.edges.get((edge.start, edge.end))
        if known is None:
            self.edges[edge.start, edge.end] = replace(edge, share=edge.share if edge.share is not None else share)
            return
        self.edges[edge.start, edge.end] = replace(
            known,
            kind=min(known.kind, edge.kind, key=SAYS_MOST.index),
            claims=tuple(dict.fromkeys((*known.claims, *edge.claims))),
            evidence=known.evidence or edge.evidence,
        )

    def _shared_text(self) -> None:
        """Each article and the one it shares most words with, where no edge says so yet: never all pairs."""
        joined = _Joined(self.view.articles)
        for start, end in self.edges:
            joined.join(start, end)
        found = [
            d
            for d in self.view.trace.derivations
            if d.kind in {"copy", "rewrite"} and {d.later, d.earlier} <= self.view.articles.keys()
        ]
        taken: set[str] = set()
        for d in sorted(found, key=lambda d: (not d.directed, -(d.share or 0), d.later, d.earlier)):
            if (d.earlier, d.later) in self.edges or (d.later, d.earlier) in self.edges:
                continue
            if d.later in taken or (not d.directed and not joined.join(d.later, d.earlier)):
                continue
            taken.add(d.later)
            joined.join(d.later, d.earlier)
            kind: EdgeKind = "alike" if not d.directed else "stated" if d.stated else "inferred"
            evidence = tuple(place for place in d.evidence if place.article == d.later)[:1]
            self._join(Edge(start=d.earlier, end=d.later, kind=kind, share=d.share, evidence=evidence))


def _keys(view: View, count: Count) -> dict[str, str]:
    """For each source the node it is: of sources counted as one the first, of an outlet its only article."""
    outlets: dict[str, list[str]] = {}
    for article in view.articles:
        outlets.setdefault(name_key(view.label(article)), []).append(article)
    keys: dict[str, str] = {}
    for group in count.origins:
        keys.update(dict.fromkeys(group.sources, group.sources[0]))
    for source in view.trace.sources:
        if view.is_carrier(source.id):
            own = outlets.get(name_key(view.name(source.id)), [])
            if len(own) == 1:
                keys[source.id] = own[0]
    return {node: keys.get(key, key) for node, key in keys.items()}


class _Joined:
    """Sets of nodes that are joined pair by pair."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self._above = {node: node for node in nodes}

    def _root(self, node: str) -> str:
        self._above.setdefault(node, node)
        while self._above[node] != node:
            self._above[node] = self._above[self._above[node]]
            node = self._above[node]
        return node

    def join(self, one: str, other: str) -> bool:
        """Join two; False when they were joined already."""
        first, second = sorted((self._root(one), self._root(other)))
        self._above[second] = first
        return first != second
