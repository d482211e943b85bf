"""How each mention of a claim was counted: by its own chain, by other words of its article, by the text it is from.

Takes the graph of a claim; gives for each mention its way, outermost first, the ends it goes back to, and how that is
known.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import Basis, Derivation, Place
from headwater.tracing.provenance import CLAIM, RANK, Chain, Edge, Node, Provenance

#: Kinds of nodes that stand for what a newsroom knows itself.
OWN = frozenset({"confirmed", "sight"})
#: By rank.
BASES: tuple[Basis, ...] = ("stated", "recovered", "inferred", "unknown")


@dataclass(frozen=True, slots=True)
class Told:
    """How one mention was counted: its way outermost first, and the ends it goes back to (none = unknown)."""

    rank: int = RANK["unknown"]
    way: tuple[str, ...] = ()
    ends: frozenset[Node] = frozenset()
    evidence: tuple[Place, ...] = ()

    @property
    def order(self) -> tuple[int, int, tuple[str, ...], tuple[Place, ...]]:
        """Best known first, then shortest, then by id."""
        return self.rank, len(self.way), self.way, self.evidence


@dataclass(frozen=True, slots=True)
class _Way:
    """The best way from an end to a node: its nodes, end first, the rank of its worst edge, its evidence."""

    nodes: tuple[Node, ...]
    rank: int
    evidence: tuple[Place, ...]


def tell(web: Provenance, derivations: Iterable[Derivation]) -> list[Told]:
    """How each mention was counted, in the order of ``web.chains``."""
    ways = _ways(web)
    ends_of = _ends_of(web)
    ends = set(web.ends)
    reached: dict[tuple[Node, ...], tuple[Place, ...]] = {}  # unnamed people and who reached them: where that is said
    for chain in web.chains:
        if len(chain.nodes) > 1 and chain.added is None:
            reached[chain.nodes[:2]] = min(chain.evidence, reached.get(chain.nodes[:2], chain.evidence))
    told = [Told()] * len(web.chains)
    stating: dict[str, list[int]] = defaultdict(list)
    for at, chain in enumerate(web.chains):
        if chain.nodes:
            told[at] = _told_by_chain(chain, ends, ways, ends_of, reached.get(chain.nodes[:2], ()))
            if told[at].ends:
                stating[chain.article].append(at)
    shared = {
        frozenset((d.later, d.earlier)): tuple(sorted(d.evidence))
        for d in sorted(derivations, key=lambda d: (d.later, d.earlier, d.evidence))
        if d.kind in {"copy", "rewrite"}
    }
    for at, chain in enumerate(web.chains):
        if not chain.nodes:
            mates = [a for a in web.lineage[web.unit[chain.article]] if a != chain.article]
            way = ways.get(web.unit[chain.article])
            if here := stating.get(chain.article):
                told[at] = _told_elsewhere(here, told, web)
            elif there := [i for mate in mates for i in stating.get(mate, ())]:
                told[at] = _told_elsewhere(there, told, web, reader=chain.article, shared=shared)
            elif way is not None:
                beyond = tuple(node.id for node in reversed(way.nodes[:-1]))
                rank = max(way.rank, RANK["recovered"])
                told[at] = Told(rank, beyond, ends_of[way.nodes[-1]], way.evidence)
    return told


def _told_by_chain(
    chain: Chain,
    ends: set[Node],
    ways: Mapping[Node, _Way],
    ends_of: Mapping[Node, frozenset[Node]],
    reached: tuple[Place, ...],
) -> Told:
    """The chain as stated; where it stops at someone who has it from others, on from there."""
    deepest = chain.nodes[0]
    stated = tuple(node.id for node in reversed(chain.nodes))
    if deepest in ends and chain.added is None:
        return Told(RANK["stated"], stated, frozenset({deepest}), chain.shown)
    if deepest in ends:  # who reached them is said elsewhere
        return Told(RANK["recovered"], stated, frozenset({deepest}), reached)
    way = ways.get(deepest)
    if way is None:
        return Told()
    beyond = tuple(node.id for node in reversed(way.nodes[:-1]))
    if way.nodes[0].kind in OWN and way.nodes[0].id in stated:
        beyond = beyond[:-1]  # who credits the newsroom that knows it itself has named the end already
    return Told(max(way.rank, RANK["recovered"]), stated + beyond, ends_of[deepest], way.evidence)


def _told_elsewhere(
    stating: Iterable[int],
    told: Sequence[Told],
    web: Provenance,
    *,
    reader: str | None = None,
    shared: Mapping[frozenset[str], tuple[Place, ...]] | None = None,
) -> Told:
    """Own voice, but the article says elsewhere from whom it is, or a text that is one with it (``reader``) does."""
    found = list(stating)
    best = min(found, key=lambda i: (told[i].order, web.chains[i].article, web.chains[i].evidence))
    mate, how = web.chains[best], told[best]
    ends = frozenset[Node]().union(*(told[i].ends for i in found))
    if reader is None:
        rank = max(RANK["recovered"], how.rank)
        return Told(rank, how.way, ends, tuple(sorted({*mate.evidence, *how.evidence})))
    words = (shared or {}).get(frozenset((reader, mate.article)), ())
    evidence = tuple(sorted({*words, *mate.evidence, *how.evidence}))
    return Told(RANK["inferred"], (mate.article, *how.way), ends, evidence)


def _ways(web: Provenance) -> dict[Node, _Way]:
    """The best way from any end to each node: best known first, then shortest, then first by id."""
    ahead: dict[Node, list[tuple[Node, Edge]]] = defaultdict(list)
    for (tail, head), edge in web.edges.items():
        ahead[tail].append((head, edge))
    out: dict[Node, _Way] = {}
    for most in (RANK["stated"], RANK["recovered"], RANK["inferred"]):
        front = {end: _Way((end,), RANK["stated"], ()) for end in web.ends}
        reached: dict[Node, _Way] = {}
        while front:
            reached |= front
            following: dict[Node, _Way] = {}
            for way in sorted(front.values(), key=lambda w: w.nodes):
                for head, edge in ahead[way.nodes[-1]]:
                    if edge.rank <= most and head not in reached and head not in following:
                        evidence = tuple(sorted({*way.evidence, *edge.evidence}))
                        following[head] = _Way((*way.nodes, head), max(way.rank, edge.rank), evidence)
            front = following
        for node, way in reached.items():
            out.setdefault(node, way)
    return out


def _ends_of(web: Provenance) -> dict[Node, frozenset[Node]]:
    """The ends that lie behind each node."""
    ahead: dict[Node, list[Node]] = defaultdict(list)
    for tail, head in web.edges:
        if head != CLAIM:
            ahead[tail].append(head)
    out: dict[Node, set[Node]] = defaultdict(set)
    for end in web.ends:
        out[end].add(end)
        waiting = [end]
        while waiting:
            for head in ahead[waiting.pop()]:
                if end not in out[head]:
                    out[head].add(end)
                    waiting.append(head)
    return {node: frozenset(ends) for node, ends in out.items()}
