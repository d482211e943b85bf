"""Conflation: told only where the other article has both events, each with its own date, number or speaker."""

import pytest

from drifted import Story, Told, found

LOCK = "The authority closed the Emsvik lock on 4 April. On 21 April the council sold the Ostrel lighthouse."
TOLLS = "A gas leak in Dorran killed two workers in January. A flood in Hale killed nine villagers in March."
SAID = "Orla Vane said the harbour toll would rise in May. Idris Pell said the old ferry would be sold to a trust."
PARTS = "Six of the eleven cranes were built in Orlo. The other five came from Vell."
BOTH = "Soldiers took the Hale crossing on Tuesday and the Ilmen bridge on Saturday."


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (LOCK, "The authority closed the Emsvik lock on 21 April."),
        (TOLLS, "A gas leak in Dorran killed nine workers in January."),
        (BOTH, "Soldiers took the Hale crossing on Saturday."),
        (PARTS, "All eleven cranes were built in Orlo."),
        (
            Told(SAID, by=("Orla Vane", "Idris Pell"), kind="person", claims=("d", "c")),
            Told("Orla Vane said the old ferry would be sold to a trust.", by=("Orla Vane",), kind="person"),
        ),
    ],
    ids=["another act's date", "another accident's dead", "dates of one sentence", "some made all", "another's words"],
)
def test_two_made_one(one: Told | str, two: Told | str) -> None:
    """One event gets what the other article has for another."""
    articles = [t if isinstance(t, Told) else Told(t, published="2025-08-20") for t in (one, two)]
    (conflict,) = Story(*articles).compare()
    assert (conflict.type, conflict.severity) == ("conflation", "high")
    assert {s.article for s in conflict.sides} == {"alder", "birch"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (LOCK, "The lock was closed on 4 April; on 21 April the council sold the lighthouse."),
        (TOLLS, "Eleven people died: two in a gas leak in Dorran, nine in a flood in Hale."),
        (BOTH, "Soldiers took the Ilmen bridge on Saturday."),
        (PARTS, "The eleven cranes were built in Orlo and Vell."),
        (PARTS, "All eleven cranes were sold to Lisk."),
        (
            Told(SAID, by=("Orla Vane", "Idris Pell"), kind="person", claims=("d", "c")),
            Told("Idris Pell said the old ferry would be sold to a trust.", by=("Idris Pell",), kind="person"),
        ),
    ],
    ids=["both, in order", "summed up", "its own date", "of both places", "another thing of all", "its own speaker"],
)
def test_both_told_apart(one: Told | str, two: Told | str) -> None:
    """Both events in one sentence, each with what is its own, are no conflation."""
    articles = [t if isinstance(t, Told) else Told(t, published="2025-08-20") for t in (one, two)]
    assert found(*articles) == []


def test_another_date_alone_is_a_conflict_of_dates() -> None:
    """Where the article has no second event of that day, nothing was merged."""
    one = "The authority closed the Emsvik lock on 4 April. The council sold the Ostrel lighthouse."
    assert found(one, "The authority closed the Emsvik lock on 21 April.") == ["date"]
    early = "She wrote to the paper through its box in early June. The council met her in late July."
    late = "In early July she wrote to the paper through its box."
    assert found(Told(early, published="2025-09-01"), Told(late, published="2025-09-01")) == ["date"]


TWO = (
    "The plan to drain the lake was discussed on 20 January at a meeting led by Agneta Holm. "
    "On 23 January Holm received a delegation from Karelund and showed it a fish ladder."
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Agneta Holm and a delegation from Karelund discussed the plan to drain the lake in January.", ["conflation"]),
        ("Agneta Holm discussed the plan to drain the lake and received a delegation from Karelund.", []),
        ("Agneta Holm and two guests from Torhaven discussed the plan to drain the lake in January.", []),
        ("Agneta Holm discussed the plan to drain the lake in January.", []),
        ("Agneta Holm and a delegation from Karelund discussed the plan to drain the lake on 20 January.", []),
    ],
    ids=["guests of another day", "both told", "other guests", "one alone", "with a day of its own"],
)
def test_two_acts_told_as_one(text: str, kinds: list[str]) -> None:
    """Whoever took part in the second act is put into the first, and nothing is said of what was done in the second."""
    assert found(*(Told(t, published="2026-02-12") for t in (TWO, text))) == kinds


def test_acts_without_days_are_not_told_apart() -> None:
    """Where no day shows that there were two acts, one sentence may tell of both."""
    one = TWO.replace("on 20 January ", "").replace("On 23 January Holm", "Holm")
    assert found(one, "Agneta Holm and a delegation from Karelund discussed the plan to drain the lake.") == []
