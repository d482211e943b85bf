"""What decisions do to groups of statements and to sources: what they name, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.align.claims.decided import between, settle
from headwater.model import Attribution, Decisions, Named, Place, Reading, Source, Span, Statement
from headwater.tracing.decided import decide, merged

SIZE = 10
UNITS = [Statement(article="a", spans=(Span(10 * n, 10 * n + 8),)) for n in range(SIZE)]
NUMBERS = st.integers(0, SIZE - 1)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS).filter(lambda p: p[0] != p[1]), max_size=4)


def at(number: int) -> Place:
    """Where a statement stands."""
    return UNITS[number].spans[0].at("a")


def groups(labels: list[int]) -> set[frozenset[int]]:
    """Statements by group."""
    return {frozenset(n for n, held in enumerate(labels) if held == label) for label in set(labels)}


@given(
    st.lists(st.integers(0, 3), min_size=SIZE, max_size=SIZE), PAIRS, PAIRS,
    st.dictionaries(st.tuples(NUMBERS, NUMBERS).filter(lambda p: p[0] < p[1]), st.sampled_from([0.1, 0.5, 0.9])),
)  # fmt: skip
def test_groups_are_changed_by_what_is_named_alone(
    labels: list[int], same: list[tuple[int, int]], apart: list[tuple[int, int]], pairs: dict[tuple[int, int], float]
) -> None:
    """Those apart are apart; those the same are one unless they are apart too; groups that nobody names stay."""
    told = Decisions(
        same_claim=tuple((at(i), at(j)) for i, j in same), not_same_claim=tuple((at(i), at(j)) for i, j in apart)
    )
    settled = settle(UNITS, range(SIZE), labels, pairs, told)
    out = settled.labels
    assert all(out[i] != out[j] for i, j in apart)
    assert all(out[i] == out[j] for i, j in settled.same)
    if not apart:
        assert all(out[i] == out[j] for i, j in same)
    named = {n for pair in (*same, *apart) for n in pair}
    for group in groups(labels):
        assert group in groups(out) or group & named
    assert settle(UNITS, range(SIZE), labels, pairs, told) == settled


def average(labels: list[int], pairs: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Average likeness between groups, counted one by one."""
    out: dict[tuple[int, int], float] = {}
    for (i, j), value in pairs.items():
        a, b = sorted((labels[i], labels[j]))
        if a != b:
            out[a, b] = out.get((a, b), 0.0) + value / (labels.count(a) * labels.count(b))
    return out


@given(
    st.lists(st.integers(0, 3), min_size=SIZE, max_size=SIZE), PAIRS, PAIRS,
    st.dictionaries(st.tuples(NUMBERS, NUMBERS).filter(lambda p: p[0] < p[1]), st.sampled_from([0.1, 0.5, 0.9])),
)  # fmt: skip
def test_likeness_of_groups_is_that_of_their_statements(
    labels: list[int], same: list[tuple[int, int]], apart: list[tuple[int, int]], pairs: dict[tuple[int, int], float]
) -> None:
    """Also of those that a decision made."""
    told = Decisions(
        same_claim=tuple((at(i), at(j)) for i, j in same), not_same_claim=tuple((at(i), at(j)) for i, j in apart)
    )
    settled = settle(UNITS, range(SIZE), labels, pairs, told)
    found = between(average(labels, pairs), settled, range(SIZE), pairs)
    assert found == pytest.approx(average(settled.labels, pairs))


def test_the_rest_goes_with_whom_it_is_like() -> None:
    """Of a group that is parted each other statement stays with the side it is more like, else with the first."""
    pairs = {(0, 1): 0.9, (1, 2): 0.9, (0, 3): 0.9, (2, 3): 0.1}
    settled = settle(UNITS[:5], range(5), [0] * 5, pairs, Decisions(not_same_claim=((at(0), at(2)),)))
    assert groups(settled.labels) == {frozenset({0, 1, 3, 4}), frozenset({2})}
    pairs[1, 2] = 0.95
    settled = settle(UNITS[:5], range(5), [0] * 5, pairs, Decisions(not_same_claim=((at(0), at(2)),)))
    assert groups(settled.labels) == {frozenset({0, 3, 4}), frozenset({1, 2})}


@pytest.mark.parametrize(
    "pair",
    [(Place("a", 8, 10), at(1)), (Place("b", 0, 8), at(1)), (at(1), Place("a", 11, 12))],
    ids=["between statements", "another article", "one statement twice"],
)
def test_places_without_two_statements_change_nothing(pair: tuple[Place, Place]) -> None:
    """A place where no statement stands names none."""
    for told in (Decisions(same_claim=(pair,)), Decisions(not_same_claim=(pair,))):
        assert settle(UNITS, range(SIZE), [0, 0, *range(1, SIZE - 1)], {}, told).changed == frozenset()


# Sources -------------------------------------------------------------------------------------------------------------

ONE = Source(id="s1", name="Ann Lee", kind="person", mentions=(Place("a", 0, 7), Place("b", 0, 7)))
TWO = Source(id="s2", name="Anna Lee Roth", kind="person", maybe_same=("s3",), mentions=(Place("a", 20, 33),))
BODY = Source(id="s3", name="the council", kind="organisation", maybe_same=("s2",), mentions=(Place("b", 20, 31),))
CREW = Source(id="s4", name="a clerk", kind="anonymous", reached_by="s1", mentions=(Place("b", 40, 47),))
PEOPLE = (ONE, TWO, BODY, CREW)


def reading(article: str, *said: tuple[str, str, Place], own: bool) -> Reading:
    """A reading in which sources say something, by their ids in the article or in the story."""
    return Reading(
        id=article,
        attributions=tuple(
            Attribution(id=f"{article}{n}", article=article, source=local if own else story, source_spans=(where.span,))
            for n, (local, story, where) in enumerate(said)
        ),
        sources=tuple(
            Source(id=local, name=next(s.name for s in PEOPLE if s.id == story), kind="person", mentions=(where,))
            for local, story, where in said
        )
        if own
        else (),
    )


SAID = {
    "a": (("la1", "s1", Place("a", 0, 7)), ("la2", "s2", Place("a", 20, 33))),
    "b": (("lb1", "s1", Place("b", 0, 7)), ("lb3", "s3", Place("b", 20, 31))),
}
BEFORE = [reading(a, *said, own=True) for a, said in SAID.items()]
READINGS = [reading(a, *said, own=False) for a, said in SAID.items()]


def said_by(readings: tuple[Reading, ...]) -> dict[str, str | None]:
    """The source of each attribution."""
    return {a.id: a.source for r in readings for a in r.attributions}


def test_without_decisions_nothing_changes() -> None:
    """The same records come back."""
    assert decide(PEOPLE, READINGS, BEFORE, Decisions()) == (PEOPLE, tuple(READINGS), frozenset())


@pytest.mark.parametrize(
    "pair",
    [(Named("person", "Ann Lee"), Named("person", "Anna Lee Roth")), (Place("a", 1, 5), Place("a", 22, 30)),
     (Named("person", "anna lee roth"), Place("b", 0, 7))],
    ids=["names", "places", "both"],
)  # fmt: skip
def test_joined_sources(pair: tuple[Place | Named, Place | Named]) -> None:
    """The fuller name stays; mentions, words and whoever was reached go with it."""
    people, readings, _ = decide(PEOPLE, READINGS, BEFORE, Decisions(same_source=(pair,)))
    assert [s.id for s in people] == ["s2", "s3", "s4"]
    assert people[0].mentions == tuple(sorted(ONE.mentions + TWO.mentions))
    assert people[2].reached_by == "s2"
    assert said_by(readings) == {"a0": "s2", "a1": "s2", "b0": "s2", "b1": "s3"}


def test_parted_sources() -> None:
    """The second place's own source in its article becomes another, called by a number; no one else changes."""
    pair = (Place("a", 0, 7), Place("b", 0, 7))
    people, readings, apart = decide(PEOPLE, READINGS, BEFORE, Decisions(not_same_source=(pair,)))
    (new,) = [s for s in people if s.id not in {p.id for p in PEOPLE}]
    assert (new.name, new.kind, new.mentions) == ("Ann Lee (2)", "person", (Place("b", 0, 7),))
    assert next(s for s in people if s.id == "s1") == replace(ONE, mentions=(Place("a", 0, 7),))
    assert {s for s in people if s.id in {"s2", "s3", "s4"}} == {TWO, BODY, CREW}
    assert said_by(readings) == {"a0": "s1", "a1": "s2", "b0": new.id, "b1": "s3"}
    assert apart == {frozenset({"s1", new.id})}


def test_different_sources_are_no_doubt() -> None:
    """Two that are two already are no longer taken for possibly one."""
    pair = (Named("person", "Anna Lee Roth"), Named("organisation", "The council"))
    people, readings, apart = decide(PEOPLE, READINGS, BEFORE, Decisions(not_same_source=(pair,)))
    assert {s.id: s.maybe_same for s in people} == {"s1": (), "s2": (), "s3": (), "s4": ()}
    assert apart == {frozenset({"s2", "s3"})}
    assert said_by(readings) == said_by(tuple(READINGS))


def test_apart_goes_before_the_same() -> None:
    """Whom a person says to be two are not joined, neither at once nor by way of a third."""
    lee, roth, council = Named("person", "Ann Lee"), Named("person", "Anna Lee Roth"), Named("organisation", "council")
    told = Decisions(same_source=((lee, roth), (roth, council)), not_same_source=((lee, council),))
    people, _, _ = decide(PEOPLE, READINGS, BEFORE, told)
    assert [s.id for s in people] == ["s2", "s3", "s4"]


@pytest.mark.parametrize(
    "pair",
    [(Named("person", "Nobody"), Named("person", "Ann Lee")), (Place("c", 0, 5), Place("a", 0, 7)),
     (Place("a", 0, 7), Place("a", 1, 5))],
    ids=["unknown name", "unknown place", "one mention twice"],
)  # fmt: skip
def test_what_names_no_two_sources_changes_nothing(pair: tuple[Place | Named, Place | Named]) -> None:
    """Neither joining nor parting."""
    for told in (Decisions(same_source=(pair,)), Decisions(not_same_source=(pair,))):
        people, readings, apart = decide(PEOPLE, READINGS, BEFORE, told)
        assert (people, said_by(readings), apart) == (PEOPLE, said_by(tuple(READINGS)), frozenset())


def test_merging_names_no_one_who_is_gone() -> None:
    """Every id that is left is one of those that are left."""
    people, readings = merged(PEOPLE, READINGS, {"s1": "s2", "s3": "s2"})
    ids = {s.id for s in people}
    assert ids == {"s2", "s4"}
    assert all(set(s.maybe_same) <= ids and (s.reached_by is None or s.reached_by in ids) for s in people)
    assert {a for a in said_by(readings).values() if a} <= ids
