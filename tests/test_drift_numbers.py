"""Numbers: what cannot both hold is told, two ways to write one figure are not; one official made officials."""

import pytest

from drifted import Story, Told, found


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The fire killed three workers at the Brack mill.", "The fire killed 5 workers at the Brack mill."),
        ("More than 6,000 households lost power at Ilmen.", "Some 2,500 households lost power at Ilmen."),
        ("Turnout in the Lisk referendum reached 61 percent.", "Turnout in the Lisk referendum reached 51%."),
        (
            "The council will spend 40 million crowns on the ferry.",
            "The council will spend 400 million crowns on it, a ferry.",
        ),
        (
            "Two of the quay's eleven cranes are rusted through.",
            "Three of its eleven cranes are rusted, and the port is shut.",
        ),
        (
            "Each of the 80 residents of Lisk got a letter from the firm.",
            "All 180 residents of Lisk got a letter from the firm.",
        ),
    ],
    ids=["word and figure", "ranges apart", "per cent", "money", "parts of one whole", "each and all"],
)
def test_numbers_that_cannot_both_hold(one: str, two: str) -> None:
    """Two tellings of one claim whose figures are apart."""
    assert found(one, two) == ["number"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The fire killed three workers at the Brack mill.", "The fire killed 3 workers at the Brack mill."),
        (
            "The survey asked 101 villagers near the smelter.",
            "The survey asked more than 100 villagers near the smelter.",
        ),
        ("The dam holds 1.98 million litres in a dry year.", "The dam holds 2 million litres in a dry year."),
        ("Dozens of boats sailed from Talle at dawn.", "Forty boats sailed from Talle at dawn."),
        ("Between 300 and 400 people were in the hall.", "About 350 people were in the hall."),
        ("The crash hurt 27 people near Ellmark.", "The crash near Ellmark killed 4 people."),
        ("The crash hurt 27 people, nine of them badly.", "The crash badly hurt nine people."),
        ("The walk to the border is 10 kilometres long.", "The walk to the border is six miles long."),
        ("About 3,000 people marched through Lisk.", "Some 3,120 people marched through Lisk."),
        ("Up to 50 ships wait outside the port.", "At least 40 ships wait outside the port."),
    ],
    ids=[
        "word",
        "more than",
        "rounded",
        "dozens",
        "range holds it",
        "other fates",
        "part of it",
        "other units",
        "both loose",
        "bounds meet",
    ],
)
def test_figures_that_hold_together(one: str, two: str) -> None:
    """Words for figures, rounding, ranges, bounds, other units, parts and other things counted are silent."""
    assert found(one, two) == []


def test_note_names_both_sides() -> None:
    """The note is one sentence with the words of both; the sides point to those words and hold the values."""
    story = Story("The fire at the Brack mill killed three workers.", "The Brack mill fire killed 5 workers.")
    (conflict,) = story.compare()
    assert conflict.note == (
        "Alder says “The fire at the Brack mill killed three workers”; "
        "Birch says “The Brack mill fire killed 5 workers”."
    )
    assert (conflict.type, conflict.verdict, conflict.severity) == ("number", "conflict", "high")
    texts = {a.id: a.text for a in story.articles}
    assert [(s.spans[0].of(texts[s.article]), s.value) for s in conflict.sides] == [
        ("three workers", "3 worker"),
        ("5 workers", "5 worker"),
    ]


def test_later_count_is_low() -> None:
    """A higher figure a day later may be news, not contradiction."""
    text = "The Brack mill fire killed {} workers."
    (conflict,) = Story(
        Told(text.format(3), published="2025-05-01"), Told(text.format(5), published="2025-05-03")
    ).compare()
    assert conflict.severity == "low"
    assert "later" in conflict.note


WALL = "{} said the wall at Emsvik will not hold through the winter."


@pytest.mark.parametrize(
    ("one", "two", "kinds"),
    [
        ("A senior official", "Officials", ["number"]),
        ("One source", "Three sources", ["number"]),
        ("Two engineers", "Five engineers", ["number"]),
        ("The senior official", "Officials", []),
        ("Several officials", "Officials", []),
        ("Farmers", "A spokesman", []),
    ],
    ids=["one made many", "one made three", "two made five", "not said", "both many", "other people"],
)
def test_how_many_people_a_source_is(one: str, two: str, kinds: list[str]) -> None:
    """For the same words, one person in one article and several in the other is drift."""
    assert found(Told(WALL.format(one), by=(one,)), Told(WALL.format(two), by=(two,))) == kinds


@pytest.mark.parametrize(
    "two",
    [
        "Officials said the ferry had no licence to sail that night.",
        "Officials said the wall at Emsvik was built by the navy in one winter.",
    ],
)
def test_other_words_are_other_people(two: str) -> None:
    """Where the words are not the same ones, nothing shows that one source was multiplied."""
    assert found(Told(WALL.format("A senior official"), by=("A senior official",)), Told(two, by=("Officials",))) == []
