"""The count of independent origins: every line of the counting rules, small stories first, then properties."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.model import Article, Derivation, DerivationKind, Mention, Place, Source, SourceKind, Span
from headwater.tracing.origins import Counted, _Counter, count

SPAN = (Span(0, 10),)


@dataclass(frozen=True)
class Told:
    """One claim of a small story: ``said`` holds (article, chain) pairs, ``()`` being the outlet's own voice."""

    said: tuple[tuple[str, tuple[str, ...]], ...]
    took: tuple[tuple[str, str, DerivationKind, bool], ...] = ()  # later, earlier, kind, directed
    maybe: tuple[tuple[str, str], ...] = ()
    reached: tuple[tuple[str, str], ...] = ()
    outlets: tuple[tuple[str, str], ...] = ()


KINDS: dict[str, SourceKind] = {
    "P": "person",
    "O": "organisation",
    "D": "document",
    "N": "outlet",
    "K": "journalist",
    "U": "anonymous",
    "X": "unspecified",
}


def sources_of(told: Told) -> dict[str, Source]:
    """A source's first letter is its kind: Person, Organisation, Document, Newsroom, journalist K, Unnamed, X."""
    names = {i for _, chain in told.said for i in chain} | {k for pair in told.reached for k in pair}
    names |= {earlier for _, earlier, _, _ in told.took if earlier[0] in KINDS and not earlier.startswith("a")}
    reached = dict(told.reached)
    out = {}
    for name in names:
        if name.startswith("a"):
            continue
        same = sorted({b if a == name else a for a, b in told.maybe if name in (a, b)})
        label = f"Outlet {name}" if name[0] == "N" else f"Name {name}"
        out[name] = Source(
            id=name, name=label, kind=KINDS[name[0]], reached_by=reached.get(name), maybe_same=tuple(same)
        )
    return out


def counted(told: Told, order: Sequence[int] | None = None) -> Counted:
    """Count a small story, its mentions in a given order."""
    said = [told.said[i] for i in order] if order is not None else list(told.said)
    outlets = dict(told.outlets)
    articles = {
        a: Article(id=a, text="x" * 40, outlet=f"Outlet {outlets[a]}" if a in outlets else None)
        for a in {*(a for a, _ in told.said), *outlets}
    }
    mentions = [Mention(article=a, spans=SPAN, chain=chain) for a, chain in said]
    derivations = [
        Derivation(
            later=later,
            earlier=earlier,
            kind=kind,
            stated=kind == "credit",
            share=None if kind == "credit" else 0.8,
            directed=directed,
            evidence=(Place(later, 0, 10),),
        )
        for later, earlier, kind, directed in told.took
    ]
    return count(mentions, sources_of(told), articles, derivations)


CASES: dict[str, tuple[Told, int, int, tuple[str, ...]]] = {
    # story, low, high, bottlenecks
    "one article, one person": (Told((("a1", ("P1",)),)), 1, 1, ("P1", "a1")),
    "one person in three articles is one": (Told((("a1", ("P1",)), ("a2", ("P1",)), ("a3", ("P1",)))), 1, 1, ("P1",)),
    "two people in two articles are two": (Told((("a1", ("P1",)), ("a2", ("P2",)))), 2, 2, ()),
    "two people in one article reach us through it alone": (Told((("a1", ("P1",)), ("a1", ("P2",)))), 1, 1, ("a1",)),
    "a person and a document are two": (Told((("a1", ("P1",)), ("a2", ("D1",)))), 2, 2, ()),
    "three people through one reporter are one path": (
        Told((("a1", ("K1", "U1")), ("a2", ("K1", "U2")), ("a3", ("K1", "P1")))), 1, 1, ("K1",),
    ),
    "unnamed people belong to whoever reached them, named or not": (
        Told((("a1", ("K1", "U1")), ("a2", ("U1",))), reached=(("U1", "K1"),)), 1, 1, ("U1", "K1"),
    ),
    "two newsrooms' unnamed officials that may be the same": (
        Told((("a1", ("U1",)), ("a2", ("U2",))), maybe=(("U1", "U2"),), reached=(("U1", "a1"), ("U2", "a2"))), 1, 2, (),
    ),
    "two newsrooms' unnamed people shown to differ": (
        Told((("a1", ("U1",)), ("a2", ("U2",))), reached=(("U1", "a1"), ("U2", "a2"))), 2, 2, (),
    ),
    "in doubt is not passed on: A may be B, B may be C, A is not C": (
        Told((("a1", ("U1",)), ("a2", ("U2",)), ("a3", ("U3",))), maybe=(("U1", "U2"), ("U2", "U3"))), 2, 3, (),
    ),
    "own voice alone is unknown": (Told((("a1", ()),)), 0, 1, ()),
    "all own voices together add one at most": (Told((("a1", ()), ("a2", ()), ("a3", ()))), 0, 1, ()),
    "own voice beside a person": (Told((("a1", ("P1",)), ("a2", ()))), 1, 2, ("P1", "a1")),
    "a copy takes the chain of what it copies": (
        Told((("a1", ("P1",)), ("a2", ())), took=(("a2", "a1", "copy", True),)), 1, 1, ("P1", "a1"),
    ),
    "a rewrite that shares these words does too": (
        Told((("a1", ("P1",)), ("a2", ())), took=(("a2", "a1", "rewrite", True),)), 1, 1, ("P1", "a1"),
    ),
    "a copy that states the same person adds nothing": (
        Told((("a1", ("P1",)), ("a2", ("P1",))), took=(("a2", "a1", "copy", True),)), 1, 1, ("P1", "a1"),
    ),
    "copies whose order is unknown are one text": (
        Told((("a1", ("U1",)), ("a2", ("U2",))), took=(("a2", "a1", "copy", False),)), 1, 1, (),
    ),
    "copies of unknown order in their own voice are one unknown": (
        Told((("a1", ()), ("a2", ())), took=(("a2", "a1", "copy", False),)), 0, 1, (),
    ),
    "a carrier at the end of a chain is the end we know": (Told((("a1", ("N1",)), ("a2", ("N1",)))), 1, 1, ("N1",)),
    "two carriers that do not say from whom are not proven two": (Told((("a1", ("N1",)), ("a2", ("N2",)))), 1, 2, ()),
    "a carrier that does not say may stand on the very person named": (
        Told((("a1", ("N1",)), ("a2", ("P1",)))), 1, 2, (),
    ),
    "another mention says whom the carrier has it from": (
        Told((("a1", ("K1",)), ("a2", ("K1", "U1")))), 1, 1, ("U1", "K1"),
    ),
    "own voice that credits the one carrier others go through": (
        Told((("a1", ("K1", "U1")), ("a2", ())), took=(("a2", "K1", "credit", True),)), 1, 1, ("U1", "K1"),
    ),
    "a credit to somebody who does not carry the claim says nothing": (
        Told((("a1", ("P1",)), ("a2", ())), took=(("a2", "K1", "credit", True),)), 1, 2, ("P1", "a1"),
    ),
    "a credit to an article of the set": (
        Told((("a1", ("P1",)), ("a2", ())), took=(("a2", "a1", "credit", True),)), 1, 1, ("P1", "a1"),
    ),
    "a newsroom is its article: credited elsewhere, it stands on its own source": (
        Told((("a1", ("P1",)), ("a2", ("N1",))), outlets=(("a1", "N1"),)), 1, 1, ("P1", "a1"),
    ),
    "a newsroom's unnamed people, in its article and by credit": (
        Told(
            (("a1", ("U1",)), ("a2", ("N1", "U1")), ("a3", ("N1",))), reached=(("U1", "N1"),), outlets=(("a1", "N1"),)
        ),
        1, 1, ("U1", "a1"),
    ),
    "credit to a newsroom whose article names nobody proves nothing": (
        Told((("a1", ()), ("a2", ("N1",))), outlets=(("a1", "N1"),)), 0, 1, (),
    ),
    "reports say": (Told((("a1", ("X1",)),)), 0, 1, ()),
    "reports say, beside a person": (Told((("a1", ("X1",)), ("a2", ("P1",)))), 1, 2, ("P1", "a2")),
    "A credits B and B credits A": (
        Told((("a1", ("N2",)), ("a2", ("N1",))), outlets=(("a1", "N1"), ("a2", "N2"))), 0, 0, (),
    ),
    "a longer ring": (
        Told(
            (("a1", ("N2",)), ("a2", ("N3",)), ("a3", ("N1",))), outlets=(("a1", "N1"), ("a2", "N2"), ("a3", "N3"))
        ), 0, 0, (),
    ),
    "a follower of a ring": (
        Told((("a1", ("N2",)), ("a2", ("N1",)), ("a3", ("N1",))), outlets=(("a1", "N1"), ("a2", "N2"))), 0, 0, (),
    ),
    "a ring that a person feeds": (
        Told((("a1", ("N2",)), ("a2", ("N1",)), ("a2", ("P1",))), outlets=(("a1", "N1"), ("a2", "N2"))),
        1, 1, ("P1", "a2"),
    ),
    "hearsay: the one who heard passes on": (Told((("a1", ("P1", "P2")), ("a2", ("P1",)))), 1, 1, ("P1",)),
    "a second way round a carrier": (Told((("a1", ("K1", "P1")), ("a2", ("P1",)))), 1, 1, ("P1",)),
    "two ways, two people, one shared carrier": (
        Told((("a1", ("K1", "P1")), ("a2", ("K1", "P2")), ("a3", ("P2",)))), 2, 2, (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_small_stories(name: str) -> None:
    """Each rule of the counting on the smallest story that shows it."""
    told, low, high, bottlenecks = CASES[name]
    found = counted(told)
    assert (found.independent.low, found.independent.high) == (low, high)
    assert found.bottlenecks == bottlenecks


@pytest.mark.parametrize("name", ["A credits B and B credits A", "a longer ring"])
def test_a_ring_is_named(name: str) -> None:
    """Circular reporting names its newsrooms and has no origin."""
    found = counted(CASES[name][0])
    assert set(found.circular) == {a for a, _ in CASES[name][0].said}
    assert not found.origins


def test_a_fed_ring_is_not_circular() -> None:
    """Where somebody first-hand feeds the ring, it is a way like any other."""
    assert counted(CASES["a ring that a person feeds"][0]).circular == ()


def test_unknown_articles_are_named() -> None:
    """An article in its own voice with no origin found is named as such."""
    assert counted(Told((("a1", ("P1",)), ("a2", ())))).unknown == ("a2",)


def test_an_origin_tells_its_way_its_articles_and_its_words() -> None:
    """Each origin has a path, the articles that have it from there, a reason and the words."""
    told = Told((("a1", ("K1", "U1")), ("a2", ("K1",))), reached=(("U1", "K1"),))
    (origin,) = counted(told).origins
    assert origin.path[0] == "U1"
    assert origin.path[1] == "K1"
    assert origin.articles == ("a1", "a2")
    assert "a1" in origin.reason
    assert origin.evidence == (Place("a1", 0, 10),)
    assert origin.basis == "stated"


def test_mentions_keep_their_chain_and_gain_the_counted_one() -> None:
    """``chain`` is what the article says; ``counted`` and ``basis`` say what was made of it."""
    told = Told((("a1", ("K1", "U1")), ("a2", ("U1",)), ("a3", ("K1",)), ("a4", ())), reached=(("U1", "K1"),))
    found = counted(told).mentions
    assert [m.chain for m in found] == [("K1", "U1"), ("U1",), ("K1",), ()]
    assert [m.basis for m in found] == ["stated", "recovered", "recovered", "unknown"]
    assert [m.counted for m in found] == [("K1", "U1"), ("K1", "U1"), ("K1", "U1"), ()]


# Properties over generated stories -----------------------------------------------------------------------------------

ENDS = ("P1", "P2", "P3", "D1", "U1", "U2", "X1")
CARRIERS = ("K1", "K2", "N1", "N2", "N3")


@st.composite
def stories(draw: st.DrawFn) -> Told:
    """Small stories of every shape: carriers in and out of the set, copies, credits, own voices, rings, doubts."""
    size = draw(st.integers(1, 6))
    articles = [f"a{n}" for n in range(1, size + 1)]
    said = []
    for article in articles:
        for _ in range(draw(st.integers(1, 2))):
            carriers = draw(st.lists(st.sampled_from(CARRIERS), max_size=2, unique=True))
            end = draw(st.sampled_from(("", *ENDS)))
            said.append((article, (*carriers, *((end,) if end else ()))))
    took: list[tuple[str, str, DerivationKind, bool]] = []
    for later in range(2, size + 1):
        if draw(st.booleans()):
            earlier = draw(st.integers(1, later - 1))
            kinds: tuple[DerivationKind, ...] = ("copy", "rewrite", "credit")
            kind = draw(st.sampled_from(kinds))
            took.append((f"a{later}", f"a{earlier}", kind, draw(st.booleans()) or kind == "credit"))
        if draw(st.booleans()):
            took.append((f"a{later}", draw(st.sampled_from(CARRIERS)), "credit", True))
    outlets = [(a, f"N{n}") for n, a in enumerate(articles, 1) if n <= 3 and draw(st.booleans())]
    maybe = draw(st.lists(st.sampled_from(list(combinations(("U1", "U2", "P1", "D1"), 2))), max_size=3, unique=True))
    reached = []
    for unnamed in ("U1", "U2"):
        if draw(st.booleans()):
            reached.append((unnamed, draw(st.sampled_from((*CARRIERS, *articles)))))
    return Told(tuple(said), tuple(took), tuple(maybe), tuple(reached), tuple(outlets))


@given(stories())
@settings(max_examples=100, deadline=None)
def test_the_range_is_bounded(told: Told) -> None:
    """0 <= low <= high <= the number of mentions; an origin's path begins with it and ends in an article."""
    found = counted(told)
    assert 0 <= found.independent.low <= found.independent.high <= len(told.said)
    for origin in found.origins:
        assert origin.path
        assert set(origin.articles) <= {a for a, _ in told.said}
    assert not (found.origins and found.independent.high == 0)


@given(stories(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_order_does_not_matter(told: Told, random: Any) -> None:
    """The same mentions in any order give the same count, origins and bottlenecks."""
    order = list(range(len(told.said)))
    random.shuffle(order)
    one, other = counted(told), counted(told, order)
    assert replace(one, mentions=()) == replace(other, mentions=())
    assert tuple(one.mentions[i] for i in order) == other.mentions


def graph_of(told: Told) -> _Counter:
    """The counter with its graph built, to look inside."""
    outlets = dict(told.outlets)
    articles = {
        a: Article(id=a, text="x" * 40, outlet=f"Outlet {outlets[a]}" if a in outlets else None)
        for a in {*(a for a, _ in told.said), *outlets}
    }
    mentions = [Mention(article=a, spans=SPAN, chain=chain) for a, chain in told.said]
    derivations = [
        Derivation(
            later=x, earlier=y, kind=k, stated=k == "credit", share=None if k == "credit" else 0.8, directed=d,
            evidence=(Place(x, 0, 10),),
        )
        for x, y, k, d in told.took
    ]  # fmt: skip
    counter = _Counter(mentions, sources_of(told), articles, derivations)
    counter.run()
    return counter


@given(stories())
@settings(max_examples=100, deadline=None)
def test_without_a_bottleneck_no_path_is_left(told: Told) -> None:
    """Take out any bottleneck and nothing first-hand reaches the claim; take out another node and something does."""
    counter = graph_of(told)
    necks = set(counter._bottlenecks())
    if not counter.ends:
        assert not necks
        return
    nodes = {n for n in counter.graph.out if n[0] in {"source", "article"}}
    for node in nodes:
        seen = {e for e in counter.ends if e != node}
        queue = list(seen)
        while queue:
            for follow in counter.graph.out.get(queue.pop(), {}):
                if follow not in seen and follow != node:
                    seen.add(follow)
                    queue.append(follow)
        assert (("end", "claim") not in seen) == (node[1] in necks)


@given(stories())
@settings(max_examples=100, deadline=None)
def test_another_first_hand_origin_raises_low_by_one(told: Told) -> None:
    """A named person, new to the story, in an article of its own, is one more: no more, no less."""
    more = replace(told, said=(*told.said, ("a99", ("P99",))))
    one, other = counted(told).independent, counted(more).independent
    bare = any(s.kind in {"journalist", "outlet"} for s in _lone_ends(told))
    if not bare:
        assert other.low == one.low + 1
    else:  # a carrier that does not say from whom may stand on the new person: not proven separate
        assert one.low <= other.low <= one.low + 1


def _lone_ends(told: Told) -> list[Source]:
    counter = graph_of(told)
    return [counter.sources[name] for kind, name in counter.ends if kind == "source"]


@given(stories())
@settings(max_examples=100, deadline=None)
def test_a_second_way_round_a_bottleneck_opens_it(told: Told) -> None:
    """Give the claim another first-hand way and no old node but the shared ones is left on all paths."""
    more = replace(told, said=(*told.said, ("a99", ("P99",))))
    assert counted(more).bottlenecks == () or not counted(told).origins


@given(stories(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_copy_never_raises_low_nor_moves_the_bottlenecks_origins(told: Told, data: st.DataObject) -> None:
    """An article that only copies one of the set, in its own voice or with its chains, adds no origin."""
    article = data.draw(st.sampled_from(sorted({a for a, _ in told.said})))
    chains = [chain for a, chain in told.said if a == article]
    voice = data.draw(st.booleans())
    said = (("a99", ()),) if voice else tuple(("a99", chain) for chain in chains)
    more = replace(told, said=(*told.said, *said), took=(*told.took, ("a99", article, "copy", True)))
    one, other = counted(told), counted(more)
    assert other.independent.low <= one.independent.low
    first_hand = {o.source for o in one.origins}
    assert {o.source for o in other.origins} == first_hand
    assert set(one.bottlenecks) & first_hand == set(other.bottlenecks) & first_hand


@given(stories(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_credit_never_raises_low(told: Told, data: st.DataObject) -> None:
    """An article that only credits a newsroom of the set adds no origin."""
    if not told.outlets:
        return
    outlet = data.draw(st.sampled_from([n for _, n in told.outlets]))
    more = replace(told, said=(*told.said, ("a99", (outlet,))))
    one, other = counted(told), counted(more)
    assert other.independent.low <= one.independent.low
    assert {o.source for o in other.origins} <= {o.source for o in one.origins}


@given(stories())
@settings(max_examples=120, deadline=None)
def test_the_flow_is_the_number_of_disjoint_paths(told: Told) -> None:
    """Menger, by brute force: the flow equals the largest set of paths that share no node."""
    counter = graph_of(told)
    graph, goal = counter.graph.out, ("end", "claim")
    paths: list[frozenset[Any]] = []

    def walk(node: Any, seen: frozenset[Any]) -> None:
        if len(paths) > 400:
            return
        for follow in graph.get(node, {}):
            if follow == goal:
                paths.append(seen)
            elif follow not in seen:
                walk(follow, seen | {follow})

    for end in counter.ends:
        walk(end, frozenset({end}))
    if len(paths) > 400:
        return
    shortest = [p for p in set(paths) if not any(q < p for q in paths)]
    best = 0

    def choose(at: int, used: frozenset[Any], number: int) -> None:
        nonlocal best
        best = max(best, number)
        for n in range(at, len(shortest)):
            if not used & shortest[n]:
                choose(n + 1, used | shortest[n], number + 1)

    choose(0, frozenset(), 0)
    assert counter._flow(counter.ends, within=2) == best
