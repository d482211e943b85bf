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

from headwater.model import Article, Derivation, Independent, Mention, Origin, Place, Source
from headwater.tracing.firsthand import unconfirmed
from headwater.tracing.flow import bottlenecks, disjoint
from headwater.tracing.provenance import RANK, Node, Provenance, build
from headwater.tracing.reasons import is_unnamed, origins_of
from headwater.tracing.told import BASES, tell

_DOUBTFUL_MOST = 16  # ends that may be one another and are tried apart; beyond, those that may be the same are one
_CHOICES_MOST = 128  # sets of different people that are tried for ``low``; fewer can only lower it
_LONGEST_NAME = 120  # code points of a name that are compared
_SAME_WORD_MOST = 50  # ends with one word in their names that are compared pair by pair
_NAMED = frozenset({"person", "organisation", "journalist", "outlet"})
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
    told = tell(web, derivations)
    high = disjoint(web, [*((end,) for end in web.ends), web.adrift])
    low = min(high, *(_proven(graph, alike) for graph in ([web] if proven.edges == web.edges else [web, proven])))
    known = {m.article for m, how in zip(mentions, told, strict=True) if how.ends}
    circular = {i for ring in web.rings for node in _apart(ring, web) for i in web.lineage.get(node, (node.id,))}
    return Counted(
        mentions=tuple(
            replace(m, basis=BASES[how.rank], counted=how.way, evidence=_with_doubt(m, how.evidence, articles))
            for m, how in zip(mentions, told, strict=True)
        ),
        origins=origins_of(web, mentions, told, sources, articles, alike),
        independent=Independent(low, high),
        bottlenecks=bottlenecks(web),
        unknown=tuple(sorted({m.article for m in mentions} - known - circular)),
        circular=tuple(sorted(circular)),
    )


def _with_doubt(mention: Mention, evidence: tuple[Place, ...], articles: Mapping[str, Article]) -> tuple[Place, ...]:
    """The evidence with the sentences in which the article says that it could not confirm what it states."""
    article = articles.get(mention.article)
    doubt = unconfirmed(article, mention.spans) if article is not None else ()
    return tuple(sorted({*evidence, *doubt})) if doubt else evidence


# The count -----------------------------------------------------------------------------------------------------------


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
        if is_unnamed(end, sources) and (by := sources[i].reached_by):
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
            if other_end.kind == "confirmed" or is_unnamed(other_end, sources):
                note(one, other_end)
    unnamed: dict[str, set[Node]] = defaultdict(set)
    for chain in web.chains:
        if chain.nodes and chain.nodes[0] in ends and is_unnamed(chain.nodes[0], sources):
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
    least = disjoint(web, [tuple(sorted(web.bare))], most=most)
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
    bound = disjoint(web, [*fixed, *((end,) for end in tried)], most=most)
    if not tried:
        return max(least, bound)
    different = nx.complement(doubts.subgraph(tried))
    choices = sorted((tuple(sorted(clique)) for clique in nx.find_cliques(different)), key=lambda c: (-len(c), c))
    best = 0
    for choice in choices[:_CHOICES_MOST]:
        if best >= min(bound, len(fixed) + len(choice)):
            break
        best = max(best, disjoint(web, [*fixed, *((end,) for end in choice)], most=most))
    return max(least, best)


def _apart(ring: Sequence[Node], web: Provenance) -> Iterable[Node]:
    """A ring without the names of those whose own article stands in it."""
    return (
        n for n in ring if n.kind == "article" or not any(e.kind == "article" and (e, n) in web.edges for e in ring)
    )
