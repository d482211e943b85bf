"""What the graph of a claim is made of: edges with how they are known, ends, and the draft while it is built."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from headwater.model import CARRIER_KINDS, Basis, Place, SourceKind
from headwater.tracing.chains import Chain
from headwater.tracing.identities import Node

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
class Parent:
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
class Alike:
    """Two texts that share words in part; nothing shows which came first."""

    articles: tuple[str, str]
    units: tuple[Node, Node]
    edge: Edge
    here: bool


@dataclass(slots=True)
class Draft:
    """The graph while it is built."""

    kinds: Mapping[str, SourceKind]
    own: Mapping[Node, tuple[Node, ...]]
    by_unit: dict[Node, list[Chain]]
    parents: dict[Node, list[Parent]] = field(default_factory=lambda: defaultdict(list))
    alike: list[Alike] = field(default_factory=list)
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


class Reach:
    """What lies downstream of a node, itself included; remembered, since many chains ask for the same."""

    def __init__(self, edges: Iterable[tuple[Node, Node]]) -> None:
        """Keep the edges, as (tail, head)."""
        self._next: dict[Node, list[Node]] = defaultdict(list)
        for tail, head in edges:
            self._next[tail].append(head)
        self._known: dict[Node, set[Node]] = {}

    def after(self, start: Node) -> set[Node]:
        """The nodes that can be reached from it, and it."""
        if start not in self._known:
            seen, waiting = {start}, [start]
            while waiting:
                fresh = {n for n in self._next.get(waiting.pop(), ()) if n not in seen}
                seen |= fresh
                waiting += fresh
            self._known[start] = seen
        return self._known[start]
