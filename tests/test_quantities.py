import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.reading.quantities import find_quantities, number_of_people, value_of
from headwater.words import sentences

VALUES = {
    "three military sources": (3, 3),
    "more than 225,000 residents": (225000, None),
    "over 225,000": (225000, None),
    "at least 12": (12, None),
    "12 or more": (12, None),
    "50-plus": (50, None),
    "up to 50": (None, 50),
    "fewer than 20 boats": (None, 20),
    "nearly 40": (36, 40),
    "about 300": (270, 330),
    "some 20 boats": (18, 22),
    "just over 50": (50, 55),
    "exactly 7": (7, 7),
    "dozens of": (24, None),
    "hundreds": (200, None),
    "tens of thousands": (20000, None),
    "hundreds of thousands of people": (200000, None),
    "several hundred": (200, 900),
    "a dozen": (12, 12),
    "half a dozen": (6, 6),
    "two dozen": (24, 24),
    "more than a dozen": (12, None),
    "twelve": (12, 12),
    "twenty-two": (22, 22),
    "one hundred and twenty": (120, 120),
    "two hundred thousand": (200000, 200000),
    "half a million": (500000, 500000),
    "1.2bn": (1.2e9, 1.2e9),
    "$1.5 million": (1.5e6, 1.5e6),
    "$1.5 to $2 million": (1.5e6, 2e6),
    "1.5 to 2 million people": (1.5e6, 2e6),
    "20 to 30": (20, 30),
    "between 20 and 30": (20, 30),
    "two or three": (2, 3),
    "40%": (40, 40),
    "40 per cent": (40, 40),
    "two-thirds": (66.67, 66.67),
    "a third of voters": (33.33, 33.33),
    "half of the houses": (50, 50),
    "69-year-old": (69, 69),
}


@pytest.mark.parametrize(("words", "bounds"), VALUES.items(), ids=VALUES)
def test_an_expression_has_bounds(words: str, bounds: tuple[float | None, float | None]) -> None:
    """Each expression gives its lower and upper bound; None is open."""
    found = value_of(words)
    assert found is not None
    assert found == tuple(None if bound is None else pytest.approx(bound) for bound in bounds)


@pytest.mark.parametrize("words", ["no one", "officials", "", "the men", "9/11", "20th"])
def test_words_without_a_number_have_no_bounds(words: str) -> None:
    """What is no number gives None."""
    assert value_of(words) is None


PEOPLE = {
    "three military sources": 3,
    "a senior official": 1,
    "One senior intelligence official": 1,
    "the official": 1,
    "another official": 1,
    "one of the officials": 1,
    "a person with knowledge of 12 talks": 1,
    "two people familiar with the matter": 2,
    "a pair of officials": 2,
    "both officials": 2,
    "three of the sources": 3,
    "a dozen current and former officials": 12,
    "half a dozen aides": 6,
    "officials": None,
    "the sources": None,
    "several officials": None,
    "multiple sources": None,
    "a group of engineers": None,
    "a number of officials": None,
    "more than 20 officials": None,
    "at least two officials": None,
    "two or three aides": None,
    "a senior official and an aide": None,
    "dozens of witnesses": None,
    "": None,
}


@pytest.mark.parametrize(("words", "number"), PEOPLE.items(), ids=PEOPLE)
def test_how_many_people_stand_behind_words(words: str, number: int | None) -> None:
    """Only words that say an exact number of people give one."""
    assert number_of_people(words) == number


FOUND = {
    "with what it counts": ("It drove out over 225,000 Orlen residents.", "over 225,000 Orlen residents", "resident"),
    "people": ("It killed three people.", "three people", "person"),
    "loose plural": ("They sent dozens of river guards south.", "dozens of river guards", "guard"),
    "verb after the noun": ("Three river sources told the paper so.", "Three river sources", "source"),
    "money": ("The dam cost $1.5 million.", "$1.5 million", "$"),
    "share": ("It rose 40 percent.", "40 percent", "%"),
    "points": ("It rose 3.5 percentage points.", "3.5 percentage points", "percentage point"),
    "age": ("She met a 69-year-old farmer.", "69-year-old", "year-old"),
    "area": ("It covers 500 square miles.", "500 square miles", "square mile"),
    "paired adjectives": ("A dozen current and former aides left.", "A dozen current and former aides", "aide"),
    "one": ("One senior dam official said so.", "One senior dam official", "official"),
    "a bare toll": ("The flood killed 12.", "12", None),
    "range": ("Between 20 and 30 boats sank.", "Between 20 and 30 boats", "boat"),
    "one of a unit": ("It took at least one day.", "at least one day", "day"),
    "a change is no range": ("It rose from 20 to 30 boats.", "30 boats", "boat"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "what"), FOUND.values(), ids=FOUND)
def test_a_quantity_is_found_with_its_noun(text: str, words: str, what: str | None) -> None:
    """The place reaches from the qualifier to the counted noun, which is singular."""
    found = [(text[q.start : q.end], q.what) for q in find_quantities("a", text, sentences(text))]
    assert found == [(words, what)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2016 it closed.",
        "The 2016 elections were held.",
        "It happened on May 5, 2019, at 5 p.m.",
        "After 9/11 it closed.",
        "Call 555-1234 or 212-555-0100.",
        "See https://example.org/12/34.",
        "Section 230 and Article 5 apply.",
        "The 20th century ended.",
        "Room 101 visitors left.",
        "No one came, and this one left.",
        "One day it rained.",
        "The vote was 52-48.",
        "The second half of the year was dry.",
        "The F-16 and the G7 met over COVID-19.",
        "Version 1.2.3 came.",
        "It rang around 2 a.m., then stopped.",
        "Nine out of ten people agreed.",
        "They settled more scores.",
        "It broke three years ago.",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    """Years, dates, clock times, ordinals, scores, numbers in names and in addresses are no quantities."""
    assert find_quantities("a", text, sentences(text)) == ()


@given(st.text(alphabet=st.sampled_from("0123456789 ,.-–$%to andhuredmilonz\n’") | st.characters(), max_size=80))
def test_any_text_gives_sound_quantities(text: str) -> None:
    """Spans lie in the text, are not empty and in order; low never exceeds high."""
    found = find_quantities("a", text, sentences(text))
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert list(found) == sorted(found, key=lambda q: q.start)
    assert all(q.low is not None or q.high is not None for q in found)
    assert all(q.low is None or q.high is None or q.low <= q.high for q in found)
    number_of_people(text)


@given(st.integers(min_value=2, max_value=999_999_999))
def test_written_numbers_are_read_back(number: int) -> None:
    """A number with thousands marks comes back, and "more than" opens it upwards."""
    assert value_of(f"{number:,} boats") == (number, number)
    assert value_of(f"more than {number:,} boats") == (number, None)
