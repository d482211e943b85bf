"""The count, collapsing: articles, outlets, separate texts, origins, each step with its list.

Takes a view of a trace. Origins are those of the claims that more than one article carries, each person, document or
group once; where nothing shows two to be different, they count as one in ``low`` and as two in ``high``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from headwater.labels import number_of, plain
from headwater.model import Claim, Origin
from headwater.outlets import of_article, same_owner
from headwater.report.view import View
from headwater.tracing.derive import lineages


def owner_words(count: "Count", owner: str, outlets: Sequence[str]) -> str:
    """Whom several outlets belong to: "4 of 9 outlets belong to X"."""
    return f"{len(outlets)} of {number_of(len(count.outlets), 'outlet')} belong to {owner}"


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """One origin over all claims carried by more than one article: its sources, the claims, the articles."""

    sources: tuple[str, ...]
    name: str
    claims: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """The count, collapsing: each step with its list.

    ``owners`` are those to whom several of the outlets belong, with the names of these. ``texts`` groups articles that
    share text; ``low`` and ``high`` bound the number of distinct ``origins`` behind the claims carried by more than one
    article; ``unknown`` counts such claims without any known origin.
    """

    articles: tuple[str, ...]
    outlets: tuple[tuple[str, tuple[str, ...]], ...]
    owners: tuple[tuple[str, tuple[str, ...]], ...]
    texts: tuple[tuple[str, ...], ...]
    origins: tuple[OriginGroup, ...]
    low: int
    high: int
    unknown: int


def count_of(view: View) -> Count:
    """Count a story: articles, outlets, separate texts, origins."""
    outlets: dict[str, list[str]] = {}
    for article in view.articles:
        outlets.setdefault(view.outlet_key(article), []).append(article)
    origins, low, high = _origins(view)
    return Count(
        articles=tuple(view.articles),
        outlets=tuple((_outlet_name(view, group), tuple(group)) for group in outlets.values()),
        owners=tuple((plain(own.owner), tuple(map(plain, own.outlets))) for own in same_owner(view.articles.values())),
        texts=lineages(view.trace.articles, view.trace.derivations),
        origins=origins,
        low=low,
        high=high,
        unknown=sum(1 for claim in view.shared_claims if not _known(claim)),
    )


def _outlet_name(view: View, group: Sequence[str]) -> str:
    """An outlet by the name of all its articles; where they bear several, by the table's."""
    names = {plain(view.articles[article].outlet or "") for article in group}
    known = of_article(view.articles[group[0]]) if len(names) > 1 else None
    return (known.name if known else plain(view.articles[group[0]].outlet or "")) or view.label(group[0])


def _known(claim: Claim) -> list[Origin]:
    return [origin for origin in claim.origins if origin.basis != "unknown"]


def _origins(view: View) -> tuple[tuple[OriginGroup, ...], int, int]:
    carried = sorted(view.shared_claims, key=lambda claim: (-claim.outlets, -len(view.claim_articles(claim))))
    met = [(claim, origin) for claim in carried for origin in _known(claim)]
    ids = dict.fromkeys(node for _, origin in met for node in (origin.source, *origin.folded))
    apart, careful = _Sets(ids), _Sets(ids)
    for _, origin in met:
        for node in origin.folded:
            apart.join(origin.source, node)
            careful.join(origin.source, node)
    for node in ids:
        for other in view.sources[node].maybe_same if node in view.sources else ():
            careful.join(node, other)
    groups = []
    for group in apart.groups():
        members = set(group)
        own = [(claim, origin) for claim, origin in met if origin.source in members]
        having = {article for _, origin in own for article in origin.articles}
        groups.append(
            OriginGroup(
                sources=group,
                name=view.origin_name(own[0][1]) if own else view.name(group[0]),
                claims=tuple(dict.fromkeys(claim.id for claim, _ in own)),
                articles=tuple(article for article in view.articles if article in having),
            )
        )
    groups.sort(key=lambda g: (-len(g.articles), -len(g.claims)))
    return tuple(groups), len(careful.groups()), len(groups)


class _Sets:
    """Disjoint sets whose name is their first member in order of coming."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}
        self._rank = {member: index for index, member in enumerate(self._parent)}

    def find(self, member: str) -> str:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: str, other: str) -> None:
        if one in self._parent and other in self._parent:
            first, second = sorted((self.find(one), self.find(other)), key=self._rank.__getitem__)
            self._parent[second] = first

    def groups(self) -> list[tuple[str, ...]]:
        out: dict[str, list[str]] = {}
        for member in self._parent:
            out.setdefault(self.find(member), []).append(member)
        return [tuple(group) for group in out.values()]
