"""The origins of a claim with their reasons in words: who carries it from whom, how that is known, what is in doubt."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from headwater.labels import labels, listed, number_of, plain
from headwater.model import Article, Mention, Origin, Source
from headwater.tracing.provenance import Chain, Node, Provenance
from headwater.tracing.told import BASES, OWN, Told

_LISTED = 6  # names in a reason


def is_unnamed(node: Node, sources: Mapping[str, Source]) -> bool:
    """Whether a node stands for people without a name."""
    return node.kind == "source" and sources[node.id].kind == "anonymous"


def origins_of(
    web: Provenance,
    mentions: Sequence[Mention],
    told: Sequence[Told],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    alike: Mapping[Node, set[Node]],
) -> tuple[Origin, ...]:
    """The origins of a claim: those of most articles first, then by id.

    Args:
        web: the graph of the claim.
        mentions: its mentions.
        told: how each of them was counted.
        sources: by id.
        articles: by id.
        alike: for each end those that nothing shows to be different from it.
    """
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
                basis=BASES[min(carried)],
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
            how.append(f"{BASES[rank]} in {_some(here)}")
    text += f"; {', '.join(how)}"
    if end.kind in OWN:
        text += f"; the newsroom says that it {'saw' if end.kind == 'sight' else 'confirmed'} this itself"
    if end in web.bare:
        text += f"; from whom {_name(end, sources)} has it is not stated"
    if doubtful := sorted(alike.get(end, ())):
        others = [node for node in doubtful if _are_two(end, node, sources)]
        if maybe := [node for node in doubtful if node not in others]:
            kind = "people" if any(is_unnamed(node, sources) for node in (end, *maybe)) else "sources"
            text += f"; nothing shows that this and {_names(maybe, sources, shown)} are different {kind}"
        if others:
            text += f"; that {_names(others, sources, shown)} told the same, and separately, is not shown"
    return text + "."


def _are_two(one: Node, other: Node, sources: Mapping[str, Source]) -> bool:
    """Whether two are people of two full names: what is in doubt is what they said, not who they are."""
    people = [sources[node.id] for node in (one, other) if node.kind == "source" and node.id in sources]
    names = [plain(source.name).split() for source in people if source.kind == "person"]
    full = all(len(name) > 1 and all(word[:1].isupper() for word in name) for name in names)
    return len(names) == 2 and full and not {*map(str.casefold, names[0])} & {*map(str.casefold, names[1])}


def _names(nodes: Sequence[Node], sources: Mapping[str, Source], shown: Mapping[str, str]) -> str:
    return _some(sorted({_name(node, sources, shown) for node in nodes}))


def _some(names: Sequence[str]) -> str:
    """Names in a sentence; of many, the first and how many more."""
    few = names if len(names) <= _LISTED else [*names[: _LISTED - 1], f"{len(names) - _LISTED + 1} more"]
    return listed(few)


def _name(node: Node, sources: Mapping[str, Source], shown: Mapping[str, str] | None = None) -> str:
    """What a source is called; with ``shown``, unnamed people with who reached them, which alone tells them apart."""
    if node.kind in OWN:
        own = plain(sources[node.id].name) if node.id in sources else (shown or {}).get(node.id, plain(node.id))
        return f"the own reporting of {own}"
    source = sources[node.id]
    name = plain(source.name) or source.kind
    if shown is None or source.kind != "anonymous" or source.reached_by is None:
        return name
    if source.reached_by in sources:
        return f"{name} (through {plain(sources[source.reached_by].name)})"
    return f"{name} (in {shown.get(source.reached_by, plain(source.reached_by))})"
