"""How many independent origins stand behind one claim: a graph from first-hand origins to the claim, and its flow.

Takes a claim's mentions, the story's sources, articles and derivations; gives origins, the range, the bottlenecks, what
is unknown and what is circular. ``low`` counts vertex-disjoint paths from origins proven different over what is stated
or recovered; ``high`` folds proven identities only (Menger 1927: a maximum flow with unit vertex capacities). Where in
doubt, the number is lower.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import Any, Literal

from headwater.labels import labels, listed, number_of, plain
from headwater.model import (
    CARRIER_KINDS,
    Article,
    Basis,
    Derivation,
    Independent,
    Mention,
    Origin,
    Place,
    Source,
)
from headwater.tracing.sources import is_own

#: ("source" | "article" | "text", id): a source, an article, or a group of articles that are one text.
Node = tuple[Literal["source", "article", "text", "end"], str]

_CLAIM: Node = ("end", "claim")
_START: Node = ("end", "origins")
_UNKNOWN: Node = ("end", "unknown")
_RANK: dict[Basis, int] = {"stated": 0, "recovered": 1, "inferred": 2, "unknown": 3}
_MOST_CLIQUES = 200  # sets of pairwise different origins that are tried; fewer can only lower ``low``


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What stands behind one claim; fields as in ``Claim``."""

    mentions: tuple[Mention, ...]
    origins: tuple[Origin, ...]
    independent: Independent
    bottlenecks: tuple[str, ...]
    unknown: tuple[str, ...]
    circular: tuple[str, ...]


@dataclass(slots=True)
class _Graph:
    """Edges towards the claim, each with how it is known (the best of its reasons) and the words that show it."""

    out: dict[Node, dict[Node, Basis]] = field(default_factory=lambda: defaultdict(dict))
    into: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[tuple[Node, Node], set[Place]] = field(default_factory=lambda: defaultdict(set))

    def add(self, a: Node, b: Node, basis: Basis, places: Iterable[Place] = ()) -> None:
        if a == b:
            return
        old = self.out[a].get(b)
        if old is None or _RANK[basis] < _RANK[old]:
            self.out[a][b] = basis
        self.into[b].add(a)
        self.shown[a, b].update(places)

    def reached(self, starts: Iterable[Node], *, within: int = 2) -> set[Node]:
        """All nodes that paths from ``starts`` reach, over edges known at least as well as ``within``."""
        seen = set(starts)
        queue = deque(sorted(seen))
        while queue:
            node = queue.popleft()
            for follow, basis in self.out.get(node, {}).items():
                if follow not in seen and _RANK[basis] <= within:
                    seen.add(follow)
                    queue.append(follow)
        return seen

    def behind(self, end: Node) -> set[Node]:
        """All nodes from which ``end`` is reached."""
        seen = {end}
        queue = deque([end])
        while queue:
            for before in self.into.get(queue.popleft(), ()):
                if before not in seen:
                    seen.add(before)
                    queue.append(before)
        return seen


def count(
    mentions: Sequence[Mention],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    derivations: Sequence[Derivation],
) -> Counted:
    """Count the independent origins of one claim.

    An article is a carrier like any other: two people quoted in one article reach the claim through it alone. A
    newsroom is one node by whatever name: its article, its outlet, its reporter. A chain that ends in a reporter or
    outlet takes that carrier's origin from another mention; else the carrier's unstated sources are its origin, proven
    different from nobody, unless its own article is among these and names none: then the origin is unknown. An article
    in its own voice takes the origin of what it copies or rewrites, or of the one carrier it credits where another
    mention goes through that carrier; else its origin is unknown.

    Args:
        mentions: the claim's mentions; ``chain`` holds Source ids, outermost carrier first.
        sources: the story's sources by id, with ``reached_by`` and ``maybe_same``.
        articles: the story's articles by id.
        derivations: the story's derivations.

    Returns:
        Counted, its mentions in the order given. ``0 <= low <= high <= len(mentions)``.
    """
    return _Counter(mentions, sources, articles, derivations).run()


class _Counter:
    def __init__(
        self,
        mentions: Sequence[Mention],
        sources: Mapping[str, Source],
        articles: Mapping[str, Article],
        derivations: Sequence[Derivation],
    ) -> None:
        self.given = mentions
        self.mentions = sorted(mentions, key=lambda m: (m.article, m.spans, m.chain))
        self.sources, self.articles = sources, articles
        self.carrying = sorted({m.article for m in mentions})
        here = set(self.carrying)
        self.taken = [d for d in derivations if d.later in here]
        self.texts = self._texts(derivations)
        self.newsrooms = self._newsrooms()
        self.graph = _Graph()
        self.ends: set[Node] = set()  # first-hand ends
        self.bare: dict[Node, set[str]] = defaultdict(
            set
        )  # carriers at which a chain stops, and the articles that say so
        self.vague: set[Node] = set()  # ends that name nobody ("reports")
        self.silent: set[str] = set()  # articles that state it in their own voice and no chain is found

    # nodes ---------------------------------------------------------------------------------------------------------

    def _touches(self, derivation: Derivation, article: str) -> bool:
        """Whether a derivation is about these words of ``article``: a copy of it all, or shared words in a mention."""
        if derivation.kind == "copy" and (derivation.share or 0.0) >= 0.5:
            return True
        spans = [s for m in self.mentions if m.article == article for s in m.spans]
        return any(
            p.article == article and any(p.start < s.end and s.start < p.end for s in spans)
            for p in derivation.evidence
        )

    def _texts(self, derivations: Sequence[Derivation]) -> dict[str, Node]:
        """Each carrying article's node; articles that share these words with no known order are one text."""
        lead = {a: a for a in self.carrying}

        def find(a: str) -> str:
            while lead[a] != a:
                a = lead[a]
            return a

        for d in derivations:
            if d.directed or d.kind not in {"copy", "rewrite"} or d.later not in lead or d.earlier not in lead:
                continue
            if self._touches(d, d.later) and self._touches(d, d.earlier):
                a, b = sorted((find(d.later), find(d.earlier)))
                lead[b] = a
        size: dict[str, int] = defaultdict(int)
        for a in self.carrying:
            size[find(a)] += 1
        return {a: ("text", find(a)) if size[find(a)] > 1 else ("article", a) for a in self.carrying}

    def _newsrooms(self) -> dict[str, Node]:
        """The node of each carrier: its own article's where one carries the claim; one node for a house's names."""
        names = {i for m in self.mentions for i in (*m.chain, *self._reached(m))}
        names |= {d.earlier for d in self.taken if d.earlier in self.sources}
        out: dict[str, Node] = {}
        first: dict[str, str] = {}
        for name in sorted(names & set(self.sources)):
            source = self.sources[name]
            if source.kind not in CARRIER_KINDS:
                continue
            own = [a for a in sorted(self.articles) if is_own(self.articles[a], source.name)]
            carrying = [a for a in own if a in self.texts]
            if carrying:
                out[name] = self.texts[carrying[0]]
            elif own:
                out[name] = ("source", first.setdefault(own[0], name))
        return out

    def _reached(self, mention: Mention) -> tuple[str, ...]:
        end = self.sources.get(mention.chain[-1]) if mention.chain else None
        return (end.reached_by,) if end is not None and end.reached_by and end.reached_by in self.sources else ()

    def _node(self, source: str) -> Node:
        return self.newsrooms.get(source, ("source", source))

    # edges ---------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        for mention in self.mentions:
            if mention.chain:
                self._stated(mention)
        spoken = {m.article for m in self.mentions if m.chain}
        for mention in self.mentions:
            if not mention.chain and mention.article not in spoken:
                self._own_voice(mention)
        for carrier in sorted(self.bare):
            if self.graph.into.get(carrier):
                continue  # another mention says whom this carrier has it from
            if carrier[0] == "source":
                self.ends.add(carrier)
            else:
                self.silent |= {a for a, node in self.texts.items() if node == carrier}
        for node in sorted(set(self.texts.values())):
            self.graph.add(node, _CLAIM, "stated")

    def _places(self, mention: Mention) -> list[Place]:
        return [s.at(mention.article) for s in mention.spans]

    def _stated(self, mention: Mention) -> None:
        chain = [i for i in dict.fromkeys(mention.chain) if i in self.sources]
        if not chain:
            self.silent.add(mention.article)
            return
        end = self.sources[chain[-1]]
        basis: Basis = "stated"
        node = self.texts[mention.article]
        places = self._places(mention)
        if end.kind == "anonymous" and end.reached_by and end.reached_by not in chain:
            if end.reached_by in self.sources:  # whoever reached them, though not named here
                chain.insert(len(chain) - 1, end.reached_by)
                basis = "stated" if self._node(end.reached_by) == node else "recovered"
            elif end.reached_by in self.texts and end.reached_by != mention.article:
                first = self.texts[end.reached_by]
                self.graph.add(("source", end.id), first, "stated")
                self.graph.add(first, node, "recovered", places)
                self.ends.add(("source", end.id))
                return
        if (copied := self._copied_from(mention, chain)) is not None:
            # what a copy states as the copied text does, it has from there: one way, not two
            first, evidence = copied
            self.graph.add(first, node, "inferred", evidence)
            if end.kind in CARRIER_KINDS:
                self.bare[self._node(chain[-1])].add(mention.article)
            return
        nodes: list[Node] = [self._node(i) for i in reversed(chain)]
        for a, b in pairwise([*nodes, node]):
            self.graph.add(a, b, basis, places)
        if end.kind in CARRIER_KINDS:
            self.bare[nodes[0]].add(mention.article)
        elif end.kind == "unspecified":
            self.vague.add(nodes[0])
        else:
            self.ends.add(nodes[0])

    def _copied_from(self, mention: Mention, chain: Sequence[str]) -> tuple[Node, tuple[Place, ...]] | None:
        """The text that this mention's article copies and that names the chain's end too; None when there is none."""
        here = self.texts[mention.article]
        for d in self.taken:
            if d.later != mention.article or not d.directed or d.kind not in {"copy", "rewrite"}:
                continue
            first = self.texts.get(d.earlier)
            if first is None or first == here or not self._touches(d, mention.article):
                continue
            named = {i for m in self.mentions if self.texts[m.article] == first for i in (*m.chain, *self._reached(m))}
            if chain[-1] in named:
                return first, d.evidence
        return None

    def _own_voice(self, mention: Mention) -> None:
        here = self.texts[mention.article]
        found = False
        for d in self.taken:
            if (
                d.later != mention.article
                or d.earlier not in self.texts
                or not d.directed
                or self.texts[d.earlier] == here
            ):
                continue
            if (d.kind in {"copy", "rewrite"} and self._touches(d, mention.article)) or d.kind == "credit":
                basis: Basis = "recovered" if d.stated else "inferred"
                self.graph.add(self.texts[d.earlier], here, basis, d.evidence)
                found = True
        if found:
            return
        credited = sorted(
            {
                self._node(d.earlier)
                for d in self.taken
                if d.later == mention.article and d.kind == "credit" and d.earlier in self.sources
                and self.sources[d.earlier].kind in CARRIER_KINDS
            }
        )  # fmt: skip
        through = [c for c in credited if c in self.graph.into or c in self.graph.out]
        if len(through) == 1:
            evidence = [
                p
                for d in self.taken
                if d.later == mention.article and self._node(d.earlier) == through[0]
                for p in d.evidence
            ]
            self.graph.add(through[0], here, "recovered", evidence)
        else:
            self.silent.add(mention.article)

    # counting ------------------------------------------------------------------------------------------------------

    def run(self) -> Counted:
        self._build()
        graph = self.graph
        live = graph.behind(_CLAIM)
        self.ends = {e for e in self.ends if e in live}
        reached = graph.reached(self.ends)
        circular = self._circular(reached)
        unknown_nodes = {self.texts[a] for a in self.silent} | self.vague
        unknown = sorted(
            a for a in self.carrying if self.texts[a] not in reached and self.texts[a] in graph.reached(unknown_nodes)
        )
        low = self._low()
        high = self._flow(self.ends, within=2, unknown=unknown_nodes)
        high = min(max(high, low), len(self.mentions))
        origins = self._origins()
        return Counted(
            mentions=tuple(self._filled(m, reached) for m in self.given),
            origins=origins,
            independent=Independent(low=min(low, high), high=high),
            bottlenecks=self._bottlenecks(),
            unknown=tuple(unknown),
            circular=tuple(circular),
        )

    def _circular(self, reached: set[Node]) -> list[str]:
        """Ids in a ring that no first-hand node feeds."""
        loose = [n for n in self.graph.out if n not in reached and n[0] != "end"]
        if not any(self.graph.into.get(n) for n in loose):
            return []
        import networkx as nx

        ring: Any = nx.DiGraph()
        for a in loose:
            for b in self.graph.out[a]:
                if b not in reached and b != _CLAIM:
                    ring.add_edge(a, b)
        out: set[str] = set()
        for part in nx.strongly_connected_components(ring):
            if len(part) > 1:
                for kind, name in part:
                    out |= {a for a, n in self.texts.items() if n == ("text", name)} if kind == "text" else {name}
        return sorted(out)

    def _may_be_same(self, a: Node, b: Node) -> bool:
        one, two = self.sources[a[1]], self.sources[b[1]]
        if two.id in one.maybe_same or one.id in two.maybe_same:
            return True
        # a carrier whose sources are not stated may stand on anybody
        return one.kind in CARRIER_KINDS or two.kind in CARRIER_KINDS

    def _low(self) -> int:
        """The most disjoint paths from origins that are pairwise proven different."""
        ends = sorted(e for e in self.ends if _CLAIM in self.graph.reached([e], within=1))
        if len(ends) < 2:
            return len(ends)
        doubtful = {
            (i, j) for i in range(len(ends)) for j in range(i + 1, len(ends)) if self._may_be_same(ends[i], ends[j])
        }
        if not doubtful:
            return self._flow(ends, within=1)
        bound = self._flow(ends, within=1)
        if bound < 2:
            return bound
        import networkx as nx

        different: Any = nx.Graph()
        different.add_nodes_from(range(len(ends)))
        different.add_edges_from(
            (i, j) for i in range(len(ends)) for j in range(i + 1, len(ends)) if (i, j) not in doubtful
        )
        best = 0
        cliques = sorted(sorted(c) for c in islice(nx.find_cliques(different), _MOST_CLIQUES))
        for clique in sorted(cliques, key=lambda c: (-len(c), c)):
            if len(clique) <= best:
                break
            best = max(best, self._flow([ends[i] for i in clique], within=1))
            if best == bound:
                break
        return best

    def _flow(self, starts: Iterable[Node], *, within: int, unknown: Iterable[Node] = ()) -> int:
        """Vertex-disjoint paths from ``starts`` (and one unknown origin) to the claim."""
        starts, unknown = sorted(starts), sorted(unknown)
        if len(starts) + bool(unknown) <= 1:
            return int(_CLAIM in self.graph.reached([*starts, *unknown], within=within)) if starts or unknown else 0
        import networkx as nx

        net: Any = nx.DiGraph()
        numbers: dict[Node, int] = {}

        def number(node: Node) -> int:
            if node not in numbers:
                numbers[node] = len(numbers)
                net.add_edge(2 * numbers[node], 2 * numbers[node] + 1, capacity=1)
            return numbers[node]

        for a in sorted(self.graph.out):
            for b in sorted(self.graph.out[a]):
                if _RANK[self.graph.out[a][b]] <= within:
                    goal = -1 if b == _CLAIM else 2 * number(b)
                    net.add_edge(2 * number(a) + 1, goal, capacity=1)
        net.add_node(-1)
        net.add_node(-2)
        for node in starts:
            net.add_edge(-2, 2 * number(node), capacity=1)
        if unknown:
            net.add_edge(-2, -3, capacity=1)
            for node in unknown:
                net.add_edge(-3, 2 * number(node), capacity=1)
        return int(nx.maximum_flow_value(net, -2, -1))

    def _bottlenecks(self) -> tuple[str, ...]:
        """Nodes on every known path (the claim's dominators), origin first."""
        if not self.ends:
            return ()
        starts = sorted(self.ends)
        if len(starts) == 1 and len(self.mentions) == 1:
            return tuple(name for kind, name in self._path(starts[0]) if kind in {"source", "article"})
        import networkx as nx

        net: Any = nx.DiGraph()
        for node in starts:
            net.add_edge(_START, node)
        for a, row in self.graph.out.items():
            for b in row:
                net.add_edge(a, b)
        above = nx.immediate_dominators(net, _START)
        out: list[str] = []
        at: Node | None = above.get(_CLAIM)
        while at is not None and at != _START:
            if at[0] in {"source", "article"}:
                out.append(at[1])
            follow = above.get(at)
            at = None if follow == at else follow
        return tuple(reversed(out))

    def _path(self, start: Node) -> list[Node]:
        """The shortest way to the claim, the first in order among equals; without the claim."""
        before: dict[Node, Node] = {}
        queue = deque([start])
        seen = {start}
        while queue:
            node = queue.popleft()
            if node == _CLAIM:
                break
            for follow in sorted(self.graph.out.get(node, {}), key=lambda n: (_RANK[self.graph.out[node][n]], n)):
                if follow not in seen:
                    seen.add(follow)
                    before[follow] = node
                    queue.append(follow)
        if _CLAIM not in seen:
            return []
        path = [_CLAIM]
        while path[-1] != start:
            path.append(before[path[-1]])
        return list(reversed(path))[:-1]

    # telling -------------------------------------------------------------------------------------------------------

    def _articles_from(self, start: Node) -> list[str]:
        seen = self.graph.reached([start])
        return [a for a in self.carrying if self.texts[a] in seen]

    def _origins(self) -> tuple[Origin, ...]:
        shown = labels([self.articles[a] for a in self.carrying if a in self.articles])
        out = []
        for end in sorted(self.ends):
            path = self._path(end)
            if not path:
                continue
            steps = [*path, _CLAIM]
            bases = [self.graph.out[a][b] for a, b in pairwise(steps)]
            basis = max(bases, key=lambda b: _RANK[b])
            mine = self._articles_from(end)
            saying = [m for m in self.mentions if end[1] in m.chain]
            source = self.sources[end[1]]
            doubt = [self.sources[o[1]].name for o in sorted(self.ends) if o != end and self._may_be_same(end, o)]
            out.append(
                Origin(
                    source=end[1],
                    path=tuple(name for _, name in path),
                    basis=basis,
                    reason=self._reason(source, mine, saying, doubt, shown),
                    articles=tuple(mine),
                    evidence=tuple(sorted({p for m in saying for p in self._places(m)})),
                )
            )
        return tuple(sorted(out, key=lambda o: (-len(o.articles), o.source)))

    def _reason(
        self,
        source: Source,
        mine: Sequence[str],
        saying: Sequence[Mention],
        doubt: Sequence[str],
        shown: Mapping[str, str],
    ) -> str:
        """One or two plain sentences: who has it from here, who says so, and what is in doubt."""
        says = sorted({m.article for m in saying})
        rest = [a for a in mine if a not in says]
        parts = [f"Carried by {number_of(len(mine), 'article')}; named in {listed([shown.get(a, a) for a in says])}"]
        if rest:
            parts.append(f"recovered for {listed([shown.get(a, a) for a in rest])}")
        text = ", ".join(parts) + "."
        if source.kind in CARRIER_KINDS:
            text += " Whom it has it from is not stated."
        if doubt:
            names = listed([plain(d) for d in sorted(set(doubt))[:3]])
            text += (
                f" Nothing shows that this is not {names}." if len(doubt) == 1 else f" It may be the same as {names}."
            )
        return text

    def _filled(self, mention: Mention, reached: set[Node]) -> Mention:
        """The mention with the chain that was counted."""
        node = self.texts[mention.article]
        if mention.chain and all(i in self.sources for i in mention.chain):
            end = self.sources[mention.chain[-1]]
            chain: tuple[str, ...] = mention.chain
            basis: Basis = "stated"
            if (
                end.kind == "anonymous"
                and end.reached_by
                and end.reached_by in self.sources
                and end.reached_by not in chain
                and self._node(end.reached_by) != node
            ):
                chain = (*chain[:-1], end.reached_by, end.id)
                basis = "recovered"
            elif end.kind in CARRIER_KINDS and self._node(end.id) not in self.ends:
                behind = self._nearest_end(self._node(end.id))
                if not behind:
                    return replace(mention, basis="unknown", counted=())
                chain = (*chain, *behind)
                basis = "recovered"
            elif end.kind == "unspecified":
                basis = "unknown"
            return replace(mention, basis=basis, counted=chain if basis != "unknown" else ())
        if node not in reached:
            return replace(mention, basis="unknown", counted=())
        behind = self._nearest_end(node)
        before = min((b for b in self.graph.into[node] if b in reached), default=None)
        step = self.graph.out[before][node] if before else "stated"
        evidence = sorted(self.graph.shown[before, node]) if before else []
        return replace(
            mention, basis="recovered" if step == "stated" else step, counted=tuple(behind), evidence=tuple(evidence)
        )

    def _nearest_end(self, node: Node) -> list[str]:
        """Ids from just behind ``node`` back to its nearest origin, nearest first."""
        before: dict[Node, Node] = {}
        queue = deque([node])
        seen = {node}
        while queue:
            now = queue.popleft()
            if now in self.ends and now != node:
                path = [now]
                while path[-1] != node:
                    path.append(before[path[-1]])
                return [name for _, name in reversed(path[:-1])]
            for back in sorted(self.graph.into.get(now, ())):
                if back not in seen:
                    seen.add(back)
                    before[back] = now
                    queue.append(back)
        return []
