"""Where quotations stand: pairs of marks of every style, over paragraphs, with a mark missing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.reading.marks import quotations
from headwater.words import paragraphs

MARKS = "“”„«»‹›‘’\"'‟`"


def quoted(text: str) -> list[str]:
    """The quotations of a text, with their marks."""
    return [text[q.start : q.end] for q in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“We sail,” said Orla Fenn. “At noon.”", ["“We sail,”", "“At noon.”"], id="curly"),
        pytest.param('"We sail," said Orla Fenn.', ['"We sail,"'], id="straight"),
        pytest.param(
            "''We sail,'' said Orla Fenn. ``At noon,'' he said.", ["''We sail,''", "``At noon,''"], id="typed"
        ),
        pytest.param("« Nous partons », said Luc Arne.", ["« Nous partons »"], id="french"),
        pytest.param("»Wir fahren,« said Uwe Lenz.", ["»Wir fahren,«"], id="german, turned round"),
        pytest.param("„Wir fahren“, said Uwe Lenz.", ["„Wir fahren“"], id="german"),
        pytest.param("The ‘ferryman’s curse’ is old.", ["‘ferryman’s curse’"], id="apostrophe inside single marks"),
        pytest.param("The dogs’ home and the cat's bowl weren't theirs.", [], id="apostrophes alone"),
        pytest.param("In the ’90s it wasn’t so.", [], id="apostrophe for a century"),
        pytest.param("“There is ‘no list’ here,” she said.", ["“There is ‘no list’ here,”"], id="nested"),
        pytest.param('“There is no list," she said.', ['“There is no list,"'], id="mixed styles"),
        pytest.param("“It was open all night, she said.", ["“It was open all night, she said."], id="never closed"),
        pytest.param("It was open,” she said.", [], id="never opened"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_pairs_of_marks(text: str, expected: list[str]) -> None:
    """A quotation runs from its opening mark to the closing one of the same style; apostrophes are none."""
    assert quoted(text) == expected


def test_a_paragraph_that_opens_again_goes_on() -> None:
    """A quotation left open goes on where the next paragraph opens with a mark: one quotation, one part each."""
    text = "“We came in spring.\n\n“By autumn we had a roof,” she said."
    (one,) = quotations(text, paragraphs(text))
    assert one.closed
    assert [part.of(text) for part in one.parts] == ["We came in spring.", "By autumn we had a roof,"]


def test_a_paragraph_without_a_mark_ends_what_was_left_open() -> None:
    """A quotation left open ends with its paragraph where the next one does not open with a mark."""
    text = "“We came in spring.\n\nThe roof was new."
    (one,) = quotations(text, paragraphs(text))
    assert not one.closed
    assert text[one.start : one.end] == "“We came in spring."


@given(st.text(alphabet=MARKS + " .,ab\n", max_size=80) | st.text(max_size=60))
def test_quotations_are_apart_inside_and_not_empty(text: str) -> None:
    """Whatever the text: quotations in order, apart, inside it, their parts in them and not empty."""
    found = quotations(text, paragraphs(text))
    last = 0
    for one in found:
        assert last <= one.start < one.end <= len(text)
        assert all(one.start <= p.start < p.end <= one.end for p in one.parts)
        last = one.end


@pytest.mark.parametrize("mark", ["“", '" ', "'a ", "‘a ", "“a” ", "``", "''"], ids=repr)
def test_a_hundred_thousand_marks(mark: str) -> None:
    """Nothing but marks takes seconds, not hours."""
    text = mark * 100_000
    start = time.process_time()
    quotations(text, paragraphs(text))
    assert time.process_time() - start < 5
