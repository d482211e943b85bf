"""The chain of each mention: from whom an article says that it has a claim, the deepest first.

Takes the mentions and who is one with whom; adds who reached unnamed people, to whom somebody's quoted words were said
where another printing tells it, and the newsroom itself where it says that it saw or confirmed this.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from headwater.dates import day_of
from headwater.model import CARRIER_KINDS, Article, Derivation, Mention, Place, Source, SourceKind
from headwater.tracing.firsthand import own_knowledge
from headwater.tracing.identities import Node


@dataclass(frozen=True, slots=True)
class Chain:
    """A mention's chain: its nodes from the deepest to the outermost.

    ``open`` is True when the chain ends in nobody ("reports say", "it was learned"). Without nodes it is the outlet's
    own voice. ``added`` is who reached unnamed people, or to whom quoted words were said, where another mention says
    so. ``shown`` holds the words by which the newsroom says that it knows this itself.
    """

    article: str
    nodes: tuple[Node, ...]
    open: bool
    added: Node | None
    evidence: tuple[Place, ...]
    shown: tuple[Place, ...] = ()


def first_hand(
    mentions: Iterable[Mention], articles: Mapping[str, Article], derivations: Iterable[Derivation]
) -> dict[Mention, tuple[Place, bool]]:
    """The mentions whose newsroom says in its own words that it knows this itself; copied words are another's."""
    taken: dict[str, list[Place]] = defaultdict(list)
    for d in derivations:
        if d.kind in {"copy", "rewrite"} and d.directed:
            taken[d.later] += [p for p in d.evidence if p.article == d.later]
    out: dict[Mention, tuple[Place, bool]] = {}
    for m in mentions:
        article = articles.get(m.article)
        found = own_knowledge(article, m.spans) if article is not None and article.outlet else None
        if found and not any(p.start <= found[0].start and found[0].end <= p.end for p in taken[m.article]):
            out[m] = found
    return out


def replies(
    mentions: Sequence[Mention],
    alias: Mapping[str, str],
    kinds: Mapping[str, SourceKind],
    articles: Mapping[str, Article],
    derivations: Iterable[Derivation],
) -> dict[Mention, Node]:
    """To whom somebody's quoted words were said, where another printing of them says so and this one does not.

    Only where all printings that name a carrier name one, and none for an article that appeared on an earlier day.
    """
    by_article: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions:
        if m.chain and m.chain[-1] in alias and kinds[alias[m.chain[-1]]] in {"person", "organisation"}:
            by_article[m.article].append(m)
    above: dict[Mention, Mention] = {}

    def root(m: Mention) -> Mention:
        while (up := above.get(m)) is not None:
            above[m] = above.get(up, up)
            m = up
        return m

    for d in derivations:
        if d.kind != "quote" or d.later not in by_article or d.earlier not in by_article:
            continue
        printed = [
            m
            for name in (d.later, d.earlier)
            for m in by_article[name]
            if any(p.article == name and p.start < s.end and s.start < p.end for p in d.evidence for s in m.spans)
        ]
        for m in printed[1:]:
            if alias[m.chain[-1]] == alias[printed[0].chain[-1]] and root(m) != root(printed[0]):
                above[root(m)] = root(printed[0])
    groups: dict[Mention, list[Mention]] = defaultdict(list)
    for m in above:
        groups[root(m)].append(m)
    out: dict[Mention, Node] = {}
    for lead, others in groups.items():
        members = [lead, *(m for m in others if m != lead)]
        saying = [m for m in members if len(m.chain) > 1 and kinds.get(alias.get(m.chain[-2], "")) in CARRIER_KINDS]
        carriers = {alias[m.chain[-2]] for m in saying}
        days = [day for m in saying if (day := _day(articles, m.article)) is not None]
        for m in members:
            day = _day(articles, m.article)
            if len(carriers) == 1 and len(m.chain) == 1 and not (day and days and day < min(days)):
                out[m] = Node("source", min(carriers))
    return out


def _day(articles: Mapping[str, Article], name: str) -> date | None:
    published = articles[name].published if name in articles else None
    return day_of(published) if published else None


def chain_of(
    mention: Mention,
    sources: Mapping[str, Source],
    alias: Mapping[str, str],
    unit: Mapping[str, Node],
    own: Mapping[Node, tuple[Node, ...]],
    kinds: Mapping[str, SourceKind],
    knows: tuple[Place, bool] | None,
    told: Node | None,
) -> Chain:
    """The chain of a mention; ``knows``: the newsroom says that it knows, ``told``: to whom the words were said."""
    here = unit[mention.article]
    nodes: list[Node] = []
    added: Node | None = None
    somebody = True
    for source_id in mention.chain:
        somebody = source_id in alias and kinds[alias[source_id]] != "unspecified"
        if somebody and (not nodes or nodes[-1].id != alias[source_id]):
            nodes.append(Node("source", alias[source_id]))
    # unnamed people belong to whoever reached them, whether this article says so or not
    for at in [i for i, node in enumerate(nodes) if kinds[node.id] == "anonymous"][::-1]:
        reached = sources[nodes[at].id].reached_by or ""
        owner = Node("source", alias[reached]) if reached in alias else unit.get(reached)
        if owner is not None and owner not in nodes and owner != here:
            nodes.insert(at, owner)
            added = owner
    if told is not None and len(nodes) == 1 and somebody:
        nodes.insert(0, told)
        added = told
    while nodes and here in own.get(nodes[0], ()) and (len(nodes) > 1 or kinds[nodes[0].id] in CARRIER_KINDS):
        nodes.pop(0)  # an outlet that names itself says no more than that it says so
    evidence = tuple(sorted(span.at(mention.article) for span in mention.spans))
    if knows is not None and not nodes:
        outlet = min((n.id for n, units in own.items() if here in units and kinds[n.id] == "outlet"), default=here.id)
        newsroom = Node("sight" if knows[1] else "confirmed", outlet)
        return Chain(mention.article, (newsroom,), False, None, evidence, (knows[0],))
    return Chain(mention.article, tuple(reversed(nodes)), not somebody, added if added in nodes else None, evidence)
