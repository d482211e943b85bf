"""The true count of a plan's claims by the rule of disjoint ways, and the range that a careful reader can defend.

Apart from the product's code: a small maximum flow by augmenting ways over vertices that let one way through. The true
graph has every taking, said or not, and who people really are; the evident one has only what the texts can show.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from .graphs import Origin, Plan, Telling, draw
from .words import Half

CLAIM = "claim"
UNKNOWN = "unknown"
Edge = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The known answer for one claim.

    ``count`` is what is so, ``low`` and ``high`` what can be defended. ``bottlenecks`` hold origin ids, outlets
    (``outlet/NAME``) and articles (``article/NUMBER``) that a reader can see; ``allowed`` those that are so besides.
    """

    count: int
    low: int
    high: int
    origins: tuple[str, ...]
    bottlenecks: tuple[str, ...]
    allowed: tuple[str, ...]


def disjoint(edges: Collection[Edge], starts: Iterable[str]) -> int:
    """The most ways to the claim that share no vertex, each from another of ``starts``."""
    residual: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for vertex in {v for edge in edges for v in edge} - {CLAIM}:
        residual[f"<{vertex}"][f">{vertex}"] = 1
    for tail, head in edges:
        residual[f">{tail}"][CLAIM if head == CLAIM else f"<{head}"] = 1
    for start in starts:
        residual["start"][f"<{start}"] = 1
    found = 0
    while way := _augmenting(residual):
        for tail, head in pairwise(way):
            residual[tail][head] -= 1
            residual[head][tail] += 1
        found += 1
    return found


def _augmenting(residual: dict[str, dict[str, int]]) -> list[str]:
    came: dict[str, str] = {"start": ""}
    front = ["start"]
    while front:
        at = front.pop(0)
        for to in sorted(residual[at]):
            if residual[at][to] > 0 and to not in came:
                came[to] = at
                if to == CLAIM:
                    way = [to]
                    while came[way[-1]]:
                        way.append(came[way[-1]])
                    return way[::-1]
                front.append(to)
    return []


def maybe_same(one: Origin, other: Origin) -> bool:
    """Whether nothing in words shows that both are different: unnamed alike, or one newsroom's, or a spokesperson."""
    if one.truly == other.truly and "unnamed" not in {one.kind, other.kind}:
        return True
    unnamed = {one.kind, other.kind} <= {"unnamed", "newsroom"}
    return unnamed and (one.key == other.key or one.newsroom == other.newsroom or "newsroom" in {one.kind, other.kind})


def _article(number: int) -> str:
    return f"article/{number}"


def true_edges(plan: Plan, tellings: Iterable[Telling]) -> set[Edge]:
    """Who really had it from whom, origins by who they really are."""
    edges: set[Edge] = set()
    for t in tellings:
        here = _article(t.article)
        edges.add((here, CLAIM))
        if t.parent is not None:
            edges.add((_article(t.parent), here))
        elif t.origin is not None:
            end = plan.origins[t.origin].truly
            if t.outside is None:
                edges.add((end, here))
            else:
                edges |= {(end, f"outlet/{t.outside}"), (f"outlet/{t.outside}", here)}
    return edges


def evident_edges(plan: Plan, tellings: Iterable[Telling]) -> tuple[set[Edge], dict[str, Origin]]:
    """What the texts show, and the ends that they name.

    An end that is no origin of the plan: unnamed people whose newsroom was left out (they look like the later
    outlet's own), an outlet that names nobody, and the unknown.
    """
    credited = {
        (t.article, t.parent) for t in plan.tellings if t.parent is not None and t.way in {"credit", "credit_source"}
    }
    edges: set[Edge] = set()
    ends: dict[str, Origin] = {}

    def end(origin: Origin) -> str:
        ends[origin.id] = origin
        return origin.id

    for t in tellings:
        here = _article(t.article)
        edges.add((here, CLAIM))
        origin = plan.origins[t.origin] if t.origin else None
        if t.way in {"own", "confirmed"} and origin:
            edges.add((end(origin), here))
        elif t.way == "dropped" and origin:
            if origin.kind == "unnamed":
                outlet = plan.articles[t.article].outlet
                origin = Origin(
                    id=f"{origin.id}/{outlet}", kind="unnamed", key=origin.key, truly=origin.truly, newsroom=outlet
                )
            edges.add((end(origin), here))
        elif t.outside is not None and origin:
            outlet = f"outlet/{t.outside}"
            edges.add((outlet, here))
            if origin.kind == "hidden":
                ends[outlet] = origin
            else:
                edges.add((end(origin), outlet))
        elif t.way in {"credit", "credit_source", "copied"} and t.parent is not None:
            edges.add((_article(t.parent), here))
            if origin:
                edges.add((end(origin), _article(t.parent)))
        elif t.way == "silent" and t.parent is not None and (t.article, t.parent) in credited:
            edges.add((_article(t.parent), here))
        else:
            edges.add((UNKNOWN, here))
    return edges, ends


def _different(ends: list[Origin]) -> Iterator[tuple[Origin, ...]]:
    """Every set of ends no two of which may be the same."""
    if not ends:
        yield ()
        return
    first, *rest = ends
    for chosen in _different(rest):
        yield chosen
        if not any(maybe_same(first, other) for other in chosen):
            yield (first, *chosen)


def _cuts(edges: set[Edge], ends: Collection[str]) -> set[str]:
    """The vertices without which no end reaches the claim."""
    if not disjoint(edges, ends):
        return set()
    vertices = {v for edge in edges for v in edge} - {CLAIM, UNKNOWN}
    return {
        v
        for v in vertices
        if not disjoint([e for e in edges if v not in e], [end for end in ends if end not in {v, UNKNOWN}])
    }


def agreed(words: Half, seed: str, name: str) -> tuple[Plan, tuple[Answer, ...]]:
    """The first plan of that seed in which, for every claim, what is so lies in what can be defended."""
    for attempt in range(1000):
        plan = draw(words, Random(f"{seed}/{attempt}"), name)
        answers = tuple(answer(plan, claim) for claim in range(len(plan.claims)))
        if all(known.low <= known.count <= known.high for known in answers):
            return plan, answers
    raise AssertionError(f"no plan of seed {seed} agrees with itself")


def answer(plan: Plan, claim: int) -> Answer:
    """The known answer for the claim of that number."""
    tellings = plan.of(claim)
    true = true_edges(plan, tellings)
    truly = {o.truly for o in plan.origins.values()}
    real = sorted({tail for tail, _ in true} & truly)
    edges, ends = evident_edges(plan, tellings)
    named = [o for _, o in sorted(ends.items()) if o.kind != "hidden"]
    low = max(disjoint(edges, [o.id for o in chosen]) for chosen in _different(named))
    # several people in one article are one way by the rule; an editor may count each, so they bound the range above
    high = len(ends) + any(tail == UNKNOWN for tail, _ in edges)
    seen = _cuts(edges, list(ends))
    by_truly = {o.truly: i for i, o in sorted(plan.origins.items(), reverse=True)}
    so = {by_truly.get(v, v) for v in _cuts(true, real)}
    copied = {_article(a.parent) for a in plan.articles if a.parent is not None}
    return Answer(
        count=disjoint(true, real),
        low=low,
        high=high,
        origins=tuple(sorted(o.id for o in named)),
        bottlenecks=tuple(sorted(seen - copied)),
        allowed=tuple(sorted((so | seen) - (seen - copied))),
    )
