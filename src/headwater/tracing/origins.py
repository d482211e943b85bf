"""How many independent origins stand behind a claim: disjoint ways from first-hand sources to it.

Takes a claim's mentions and the story's sources and derivations; gives the count as a range, the origins with their
reasons, how each mention was counted, and whom the claim stands or falls with. A maximum flow where every source,
carrier and article lets one way through (Menger 1927). ``low`` must never be too high: what is not proven separate is
one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from headwater.labels import labels, listed, number_of, plain
from headwater.model import Article, Basis, Derivation, Independent, Mention, Origin, Place, Source
from headwater.tracing.firsthand import unconfirmed
from headwater.tracing.provenance import CLAIM, RANK, Chain, Edge, Node, Provenance, build

_BASES: tuple[Basis, ...] = ("stated", "recovered", "inferred", "unknown")
_DOUBTFUL_MOST = 16  # ends that may be one another and are tried apart; beyond, those that may be the same are one
_CHOICES_MOST = 128  # sets of different people that are tried for ``low``; fewer can only lower it
_LISTED = 6  # names in a reason
_LONGEST_NAME = 120  # code points of a name that are compared
_SAME_WORD_MOST = 50  # ends with one word in their names that are compared pair by pair
_NAMED = frozenset({"person", "organisation", "journalist", "outlet"})
_OWN = frozenset({"confirmed", "sight"})  # kinds of nodes that stand for what a newsroom knows itself
_AUTHORS = frozenset({"organisation", "document"})
_NO_NAME = frozenset({"the", "of", "and", "a", "an", "for", "mr", "mrs", "ms", "dr", "s"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The count of one claim.

    ``mentions`` are those given, in their order, with how each was counted; their evidence holds also the sentences
    that say that it could not be confirmed. ``origins`` come by the number of articles that have the claim from them,
    then by id. ``bottlenecks`` holds Source and Article ids, those nearest the origin first; ``unknown`` articles for
    which no origin was found; ``circular`` ids that credit one another in a ring.
    """

    mentions: tuple[Mention, ...]
    origins: tuple[Origin, ...]
    independent: Independent
    bottlenecks: tuple[str, ...]
    unknown: tuple[str, ...]
    circular: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
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


def count(
    mentions: Sequence[Mention],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    derivations: Sequence[Derivation],
    near: Sequence[Mention] = (),
) -> Counted:
    """Count the independent origins of one claim.

    An end is whoever stands deepest in the chains of the claim. A carrier (outlet, journalist) with nobody behind it
    anywhere is an end too, its own report: one in ``low`` where there is no other, since it may stand on the very
    people whom others name, and one more in ``high``. A carrier whose article is in the set has what that article has:
    an article in its own voice does not become an origin by being credited, or adding credits would raise ``low``.
    An article that took from another has from it what both state. Everything of unknown source together is nothing in
    ``low`` and at most one in ``high``.

    Args:
        mentions: all mentions of the claim.
        sources: by id, the same people already under one id; ``maybe_same`` holds who may be the same.
        articles: by id.
        derivations: of the whole story; those of other articles are passed over.
        near: mentions of claims near this one. A credited outlet whose own article is in the set and has what comes
            nearest to the claim from others, or from nobody, is no origin that is known.

    Returns:
        The count, with ``0 <= low <= high <= number of mentions``.
    """
    web = build(mentions, sources, articles, derivations, near=near)
    proven = build(mentions, sources, articles, derivations, near=near, strict=True) if derivations else web
    alike = _maybe_same(web, sources, derivations)
    told = _tell(web, derivations)
    high = _disjoint(web, [*((end,) for end in web.ends), web.adrift])
    low = min(high, *(_proven(graph, alike) for graph in ([web] if proven.edges == web.edges else [web, proven])))
    known = {m.article for m, how in zip(mentions, told, strict=True) if how.ends}
    circular = {i for ring in web.rings for node in _apart(ring, web) for i in web.lineage.get(node, (node.id,))}
    return Counted(
        mentions=tuple(
            replace(m, basis=_BASES[how.rank], counted=how.way, evidence=_with_doubt(m, how.evidence, articles))
            for m, how in zip(mentions, told, strict=True)
        ),
        origins=_origins(web, mentions, told, sources, articles, alike),
        independent=Independent(low, high),
        bottlenecks=_bottlenecks(web),
        unknown=tuple(sorted({m.article for m in mentions} - known - circular)),
        circular=tuple(sorted(circular)),
    )


def _with_doubt(mention: Mention, evidence: tuple[Place, ...], articles: Mapping[str, Article]) -> tuple[Place, ...]:
    """The evidence with the sentences in which the article says that it could not confirm what it states."""
    article = articles.get(mention.article)
    doubt = unconfirmed(article, mention.spans) if article is not None else ()
    return tuple(sorted({*evidence, *doubt})) if doubt else evidence


# The count -----------------------------------------------------------------------------------------------------------


def _is_unnamed(node: Node, sources: Mapping[str, Source]) -> bool:
    return node.kind == "source" and sources[node.id].kind == "anonymous"


def _maybe_same(
    web: Provenance, sources: Mapping[str, Source], derivations: Iterable[Derivation]
) -> dict[Node, set[Node]]:
    """For each end that is no carrier: the ends that nothing shows to be different from it."""
    ends = {end for end in web.ends if end not in web.bare}
    node_of = {i: end for end in ends if end.kind == "source" for i in (end.id, *web.folded.get(end.id, ()))}
    out: dict[Node, set[Node]] = defaultdict(set)

    def note(one: Node, other: Node) -> None:
        if one != other:
            out[one].add(other)
            out[other].add(one)

    reached: dict[str, list[Node]] = defaultdict(list)
    for i, end in sorted(node_of.items()):
        for other in sources[i].maybe_same if i in sources else ():
            if other in node_of:
                note(end, node_of[other])
        if _is_unnamed(end, sources) and (by := sources[i].reached_by):
            reached[by].append(end)
    for group in reached.values():  # unnamed people belong to whoever reached them
        for one, other_end in combinations(group, 2):
            note(one, other_end)
    by_word: dict[str, list[tuple[Node, frozenset[str]]]] = defaultdict(list)
    for end in sorted(ends):
        if end.kind == "source" and sources[end.id].kind in _NAMED:
            named = frozenset(_WORD.findall(sources[end.id].name[:_LONGEST_NAME].casefold())) - _NO_NAME
            for word in named:
                by_word[word].append((end, named))
    for alike in by_word.values():  # "Nettlefold" and "Quentin Nettlefold", "the League" and "the Herders' League"
        for (one, some), (other_end, others) in combinations(alike[:_SAME_WORD_MOST], 2):
            if some <= others or others <= some:
                note(one, other_end)
    speaking = [end for end in sorted(ends) if end.kind == "source" and sources[end.id].kind in _AUTHORS]
    for one in speaking:  # "the report" is somebody's, and whose is not said
        if sources[one.id].kind == "document" and len(sources[one.id].name[:_LONGEST_NAME].split()) == 1:
            for other_end in speaking:
                note(one, other_end)
    told = [end for end in sorted(ends) if end.kind == "confirmed"]
    for one in told:  # nobody says who told them, so it may be whoever told another newsroom
        for other_end in sorted(ends):
            if other_end.kind == "confirmed" or _is_unnamed(other_end, sources):
                note(one, other_end)
    unnamed: dict[str, set[Node]] = defaultdict(set)
    for chain in web.chains:
        if chain.nodes and chain.nodes[0] in ends and _is_unnamed(chain.nodes[0], sources):
            unnamed[chain.article].add(chain.nodes[0])
    for d in derivations:  # unnamed people in a text and in the text it shares words with
        if d.kind in {"copy", "rewrite"}:
            for end in unnamed.get(d.later, ()):
                for same in unnamed.get(d.earlier, ()):
                    note(end, same)
    return out


def _proven(web: Provenance, alike: Mapping[Node, set[Node]]) -> int:
    """The most disjoint ways from people who are proven different, over what is stated or recovered."""
    import networkx as nx

    most = RANK["recovered"]
    named = [end for end in web.ends if end not in web.bare | web.relays]
    least = _disjoint(web, [tuple(sorted(web.bare))], most=most)
    doubts: nx.Graph[Node] = nx.Graph()
    doubts.add_edges_from((end, other) for end in named for other in sorted(alike.get(end, ())) if other in named)
    tried: list[Node] = []
    fixed: list[tuple[Node, ...]] = [(end,) for end in named if end not in doubts]
    groups = [tuple(sorted(members)) for members in nx.connected_components(doubts)]
    for group in sorted(groups, key=lambda members: (len(members), members)):
        if len(tried) + len(group) <= _DOUBTFUL_MOST:
            tried += group
        else:
            fixed.append(group)  # whichever of them it is, it is none of the others
    bound = _disjoint(web, [*fixed, *((end,) for end in tried)], most=most)
    if not tried:
        return max(least, bound)
    different = nx.complement(doubts.subgraph(tried))
    choices = sorted((tuple(sorted(clique)) for clique in nx.find_cliques(different)), key=lambda c: (-len(c), c))
    best = 0
    for choice in choices[:_CHOICES_MOST]:
        if best >= min(bound, len(fixed) + len(choice)):
            break
        best = max(best, _disjoint(web, [*fixed, *((end,) for end in choice)], most=most))
    return max(least, best)


def _disjoint(web: Provenance, starts: Iterable[Sequence[Node]], *, most: int = RANK["inferred"]) -> int:
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


def _bottlenecks(web: Provenance) -> tuple[str, ...]:
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


def _apart(ring: Sequence[Node], web: Provenance) -> Iterable[Node]:
    """A ring without the names of those whose own article stands in it."""
    return (
        n for n in ring if n.kind == "article" or not any(e.kind == "article" and (e, n) in web.edges for e in ring)
    )


# How each mention was counted ----------------------------------------------------------------------------------------


def _tell(web: Provenance, derivations: Iterable[Derivation]) -> list[_Told]:
    """How each mention was counted, in the order of ``web.chains``."""
    ways = _ways(web)
    ends_of = _ends_of(web)
    ends = set(web.ends)
    reached: dict[tuple[Node, ...], tuple[Place, ...]] = {}  # unnamed people and who reached them: where that is said
    for chain in web.chains:
        if len(chain.nodes) > 1 and chain.added is None:
            reached[chain.nodes[:2]] = min(chain.evidence, reached.get(chain.nodes[:2], chain.evidence))
    told = [_Told()] * len(web.chains)
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
                told[at] = _Told(rank, beyond, ends_of[way.nodes[-1]], way.evidence)
    return told


def _told_by_chain(
    chain: Chain,
    ends: set[Node],
    ways: Mapping[Node, _Way],
    ends_of: Mapping[Node, frozenset[Node]],
    reached: tuple[Place, ...],
) -> _Told:
    """The chain as stated; where it stops at someone who has it from others, on from there."""
    deepest = chain.nodes[0]
    stated = tuple(node.id for node in reversed(chain.nodes))
    if deepest in ends and chain.added is None:
        return _Told(RANK["stated"], stated, frozenset({deepest}), chain.shown)
    if deepest in ends:  # who reached them is said elsewhere
        return _Told(RANK["recovered"], stated, frozenset({deepest}), reached)
    way = ways.get(deepest)
    if way is None:
        return _Told()
    beyond = tuple(node.id for node in reversed(way.nodes[:-1]))
    if way.nodes[0].kind in _OWN and way.nodes[0].id in stated:
        beyond = beyond[:-1]  # who credits the newsroom that knows it itself has named the end already
    return _Told(max(way.rank, RANK["recovered"]), stated + beyond, ends_of[deepest], way.evidence)


def _told_elsewhere(
    stating: Iterable[int],
    told: Sequence[_Told],
    web: Provenance,
    *,
    reader: str | None = None,
    shared: Mapping[frozenset[str], tuple[Place, ...]] | None = None,
) -> _Told:
    """Own voice, but the article says elsewhere from whom it is, or a text that is one with it (``reader``) does."""
    found = list(stating)
    best = min(found, key=lambda i: (told[i].order, web.chains[i].article, web.chains[i].evidence))
    mate, how = web.chains[best], told[best]
    ends = frozenset[Node]().union(*(told[i].ends for i in found))
    if reader is None:
        rank = max(RANK["recovered"], how.rank)
        return _Told(rank, how.way, ends, tuple(sorted({*mate.evidence, *how.evidence})))
    words = (shared or {}).get(frozenset((reader, mate.article)), ())
    evidence = tuple(sorted({*words, *mate.evidence, *how.evidence}))
    return _Told(RANK["inferred"], (mate.article, *how.way), ends, evidence)


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


# Origins -------------------------------------------------------------------------------------------------------------


def _origins(
    web: Provenance,
    mentions: Sequence[Mention],
    told: Sequence[_Told],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    alike: Mapping[Node, set[Node]],
) -> tuple[Origin, ...]:
    shown = labels(articles[i] for i in sorted(articles))
    mine: dict[Node, list[int]] = {end: [] for end in web.ends}
    for at, how in enumerate(told):
        for end in how.ends:
            mine[end].append(at)
    out = []
    for end, numbers in mine.items():
        if not numbers:
            continue
        saying = [i for i in numbers if web.chains[i].nodes[:1] == (end,)]
        paths = [(*(node.id for node in web.chains[i].nodes), mentions[i].article) for i in saying] or [
            (*reversed(told[i].way), mentions[i].article) for i in numbers if told[i].way[-1:] == (end.id,)
        ]
        carried: dict[int, set[str]] = defaultdict(set)
        for i in numbers:
            carried[told[i].rank].add(mentions[i].article)
        out.append(
            Origin(
                source=end.id,
                path=min(paths, key=lambda p: (len(p), p), default=(end.id,)),
                basis=_BASES[min(carried)],
                reason=_reason(end, carried, [web.chains[i] for i in saying], web, sources, shown, alike),
                articles=tuple(sorted(set().union(*carried.values()))),
                folded=web.folded.get(end.id, ()),
                evidence=tuple(sorted({p for i in saying for p in (*web.chains[i].evidence, *web.chains[i].shown)})),
            )
        )
    return tuple(sorted(out, key=lambda origin: (-len(origin.articles), origin.source)))


def _reason(
    end: Node,
    carried: Mapping[int, set[str]],
    stated: Sequence[Chain],
    web: Provenance,
    sources: Mapping[str, Source],
    shown: Mapping[str, str],
    alike: Mapping[Node, set[Node]],
) -> str:
    """One sentence: how many articles have it from here, through whom, how that is known, and what is in doubt."""
    chains = [chain.nodes for chain in stated]
    shortest = min(chains, key=lambda nodes: (len(nodes), nodes), default=())
    everywhere = [
        node
        for node in reversed(shortest)
        if node != end and node.kind not in {"article", "claim"} and all(node in chain for chain in chains)
    ]
    text = f"Carried by {number_of(len(set().union(*carried.values())), 'article')}"
    if everywhere:
        text += f" through {_some([_name(node, sources) for node in everywhere])}"
    how, placed = [], set[str]()
    for rank in sorted(carried):
        here = [shown.get(i, plain(i)) for i in sorted(carried[rank] - placed)]
        placed |= carried[rank]
        if here:
            how.append(f"{_BASES[rank]} in {_some(here)}")
    text += f"; {', '.join(how)}"
    if end.kind in _OWN:
        text += f"; the newsroom says that it {'saw' if end.kind == 'sight' else 'confirmed'} this itself"
    if end in web.bare:
        text += f"; from whom {_name(end, sources)} has it is not stated"
    if doubtful := sorted(alike.get(end, ())):
        unnamed = any(_is_unnamed(node, sources) for node in (end, *doubtful))
        others = _some(sorted({_name(node, sources, shown) for node in doubtful}))
        text += f"; nothing shows that this and {others} are different {'people' if unnamed else 'sources'}"
    return text + "."


def _some(names: Sequence[str]) -> str:
    """Names in a sentence; of many, the first and how many more."""
    few = names if len(names) <= _LISTED else [*names[: _LISTED - 1], f"{len(names) - _LISTED + 1} more"]
    return listed(few)


def _name(node: Node, sources: Mapping[str, Source], shown: Mapping[str, str] | None = None) -> str:
    """What a source is called; with ``shown``, unnamed people with who reached them, which alone tells them apart."""
    if node.kind in _OWN:
        own = plain(sources[node.id].name) if node.id in sources else (shown or {}).get(node.id, plain(node.id))
        return f"the own reporting of {own}"
    source = sources[node.id]
    name = plain(source.name) or source.kind
    if shown is None or source.kind != "anonymous" or source.reached_by is None:
        return name
    if source.reached_by in sources:
        return f"{name} (through {plain(sources[source.reached_by].name)})"
    return f"{name} (in {shown.get(source.reached_by, plain(source.reached_by))})"
