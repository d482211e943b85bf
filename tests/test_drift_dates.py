"""Dates: what cannot both hold is told; an expression and the day it means hold together."""

import pytest

from drifted import Story, Told, found


@pytest.mark.parametrize(
    ("one", "two", "published"),
    [
        (
            "The dam at Korsa burst on 4 March after rain.",
            "After rain the dam at Korsa burst on 14 March.",
            "2025-04-02",
        ),
        (
            "The ministry signed the Orlo contract on 3 March.",
            "The ministry signed the Orlo contract on 13 March.",
            None,
        ),
        (
            "The tanker left Port Ansel on Tuesday with a broken rudder.",
            "The tanker left Port Ansel on Friday with a broken rudder.",
            None,
        ),
        (
            "The poet's archive was stolen from a house in Brenn in 2019.",
            "The poet's archive was stolen from a house in Brenn in 2021.",
            None,
        ),
        (
            "The north lock at Emsvik must be ready by mid-September.",
            "The north lock at Emsvik must be ready by the end of October.",
            "2025-08-20",
        ),
        (
            "She wrote to the paper through its letter box in early June.",
            "In early July, she wrote to the paper through its letter box.",
            "2025-09-01",
        ),
    ],
    ids=["days", "days without a year", "weekdays without a date", "years", "approximate", "in front of its clause"],
)
def test_dates_that_cannot_both_hold(one: str, two: str, published: str | None) -> None:
    """Two tellings of one act that give it days, months or years that are apart."""
    assert found(Told(one, published=published), Told(two, published=published)) == ["date"]


@pytest.mark.parametrize(
    ("one", "two", "first", "second"),
    [
        (
            "The north lock must be ready by mid-September.",
            "The north lock must be ready by the middle of next month.",
            "2025-08-20",
            "2025-08-21",
        ),
        (
            "Police arrested the forger in Lund on Tuesday.",
            "Police arrested the forger in Lund on 13 May.",
            "2025-05-15",
            "2025-05-15",
        ),
        (
            "The ceasefire in the valley began at dawn yesterday.",
            "The ceasefire in the valley began at dawn on Friday.",
            "2025-02-15",
            "2025-02-15",
        ),
        ("The hall was built in the 1980s by the navy.", "The hall was built in 1984 by the navy.", None, None),
        (
            "The archive will be closed for repairs until late spring.",
            "The archive will be closed for repairs until May.",
            "2025-01-10",
            "2025-01-10",
        ),
        (
            "The tanker left Port Ansel on Monday evening.",
            "The tanker left Port Ansel on Monday.",
            "2025-08-19",
            "2025-08-26",
        ),
        (
            "The minister opened the hall on Monday and flew to Lisk.",
            "The minister flew to Lisk on Wednesday.",
            "2025-08-22",
            "2025-08-22",
        ),
        (
            "Friday's charges name twelve officers of the port.",
            "Twelve officers of the port are named for acts in 2016.",
            "2025-08-19",
            "2025-08-19",
        ),
        (
            "The 2016 election was lost by the harbour party.",
            "The harbour party lost the election in 2018.",
            None,
            None,
        ),
    ],
    ids=[
        "next month",
        "weekday and date",
        "yesterday",
        "decade holds it",
        "season holds it",
        "one expression",
        "another act",
        "a date in a name",
        "a year in a name",
    ],
)
def test_times_that_hold_together(one: str, two: str, first: str | None, second: str | None) -> None:
    """Two ways to give one time, the time of another act, and a time in a name are silent."""
    assert found(Told(one, published=first), Told(two, published=second)) == []


def test_the_day_of_speaking_is_no_part_of_what_was_said() -> None:
    """Said on Tuesday, said on Wednesday: two occasions, one statement."""
    text = "The minister said {} the north lock at Emsvik opens to ships in May."
    one, two = (Told(text.format(f"on {d} that"), published="2025-04-10") for d in ("Tuesday", "Wednesday"))
    assert found(one, two) == []


def test_a_stand_in_year_is_never_shown() -> None:
    """Dates without a year are compared as they stand, and the sides hold the words alone."""
    (conflict,) = Story(
        "The ministry signed the Orlo contract on 3 March.", "The ministry signed the Orlo contract on 13 March."
    ).compare()
    assert [s.value for s in conflict.sides] == ["3 March", "13 March"]
    assert "2001" not in conflict.note


@pytest.mark.parametrize(
    ("one", "two", "severity"),
    [
        ("4 March 2025", "5 March 2025", "low"),
        ("4 March 2025", "24 March 2025", "medium"),
        ("2019", "2021", "high"),
        ("June 2018", "July 2018", "medium"),
    ],
)
def test_severity_grows_with_the_distance(one: str, two: str, severity: str) -> None:
    """A day apart is low, weeks are medium, more than two months high."""
    text = "Inspectors found the cracked pier of the Emsvik dam in {}."
    (conflict,) = Story(text.format(one), text.format(two)).compare()
    assert conflict.severity == severity
