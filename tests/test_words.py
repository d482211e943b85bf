"""Words, sentences and paragraphs: where each begins and ends, in any text at all."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Span
from headwater.words import (
    ABBREVIATIONS,
    count_words,
    covering,
    holding,
    key_of,
    merged,
    outside,
    paragraphs,
    sentences,
    trimmed,
    words,
)

SENTENCES = {
    "full stop": ["The gate was open.", "Nobody came."],
    "question and exclamation": ["Was it open?!", "It was!", "Nobody came."],
    "titles": ["Dr. Ruan met Gen. Tolk and Mrs. Vell.", "They left."],
    "initials": ["J. K. Moe and Ada B. Ruan left.", "Nobody stayed."],
    "country before a capital": ["The U.S. Navy left.", "He came."],
    "country before a small letter": ["In the U.S. navy men said so."],
    "country at the end": ["He lives in the U.S.", "The navy left."],
    "hour before a day": ["They met at 5 p.m. Friday.", "It rained."],
    "hour at the end": ["They met at 5 p.m.", "The rain fell."],
    "month": ["It fell on Jan. 5 and on Feb. 6.", "Nobody came."],
    "number": ["See No. 5 and no. 6 there.", "They are shut."],
    "no at the end": ["The mayor said no.", "Ruan said yes."],
    "No at the end": ["The answer was No.", "Ruan left."],
    "firm inside": ["Kessel Corp. and Tolk Inc. said so.", "Nobody came."],
    "firm at the end": ["It was built by Kessel Corp.", "The firm said nothing."],
    "names like first words": ["Dr. No met Mrs. Last.", "They left."],
    "words like abbreviations": ["He was ill.", "Ruan sat.", "Tolk left."],
    "against": ["Ruan v. Tolk was about fish, nets, etc. and boats.", "Nobody came."],
    "son": ["Ada Moe Jr. left.", "He was late."],
    "figures and addresses": ["It cost 3.5 million at example.org.", "It was 1990.", "Then came 1991."],
    "ellipsis inside": ["It was… late, wait... too late.", "Nobody came."],
    "ellipsis at the end": ["He waited…", "Nobody came..."],
    "brackets": ["He left (it was late.)", "She stayed.", "(Nobody knew.)", "The gate shut."],
    "party": ["Sen. Moe (R-Pa.) voted.", "He left."],
    "curly marks": ["“It is over.”", "Ruan left."],
    "straight marks": ['"It is over."', "Ruan left.", '"We go now."', "She left."],
    "single marks": ["‘It is over.’", "He left."],
    "question asked by a pronoun": ["“Who knew?” she asked.", "“Nobody.”"],
    "question asked by a name": ["“Who knew?” Ruan asked.", "“Nobody.”"],
    "question asked by a full name": ['"Who knew?" Oda Marie Quill said.', '"Nobody."'],
    "question asked by a title": ["“Who knew?” Mr. Ruan asked.", "“Nobody.”"],
    "shout by a name": ["“Out!” Ruan shouted.", "Nobody left."],
    "question, then another sentence": ["“Who knew?”", "The mayor said nothing."],
    "question, then a name that does not speak": ["“Who knew?”", "Ruan left."],
    "question, then a pronoun begins": ["“Who knew?”", "He said nothing."],
    "question, then another quotation": ["“Who knew?”", "“Ruan said so.”"],
    "quotation with a full stop, then a name": ["“It is over.”", "Ruan said nothing more."],
    "hard-wrapped line": ["The gate was\nopen.", "Nobody\ncame."],
    "headline": ["Gate stood open", "The gate was open."],
    "no capital letters": ["the gate was open. nobody came."],
}


@pytest.mark.parametrize("expected", [pytest.param(s, id=name) for name, s in SENTENCES.items()])
def test_sentences(expected: list[str]) -> None:
    """Sentences end where a reader would end them, closing marks with them."""
    join = "\n" if expected[0].startswith("Gate stood") else " "
    text = join.join(expected)
    assert [s.of(text) for s in sentences(text)] == expected


PARAGRAPHS = {
    "blank line": ("One.\n\nTwo.", ["One.", "Two."]),
    "every line": ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
    "hard-wrapped": (
        "The gate\nwas open,\nand so on.\nNobody came.",
        ["The gate\nwas open,\nand so on.", "Nobody came."],
    ),
    "headline without a stop": ("Gate open\nNobody came.", ["Gate open", "Nobody came."]),
    "blank line before a small letter": ("The gate\n\nwas open", ["The gate", "was open"]),
    "line ends, old Mac": ("The gate\r\rwas open", ["The gate", "was open"]),
    "line ends, Windows, hard-wrapped": ("The gate\r\nwas open", ["The gate\r\nwas open"]),
    "line ends, Windows, blank": ("The gate\r\n\r\nwas open", ["The gate", "was open"]),
    "stop before a small letter": ("It ended.\nthen more", ["It ended.", "then more"]),
    "white space alone": (" \n\t\n\u3000\n ", []),
    "odd line ends": ("One.\u2028Two.\x85Three.\fFour.", ["One.", "Two.", "Three.", "Four."]),
    "wrapped over lines of odd spaces": ("The gate \u3000\n\u3000 \nwas open", ["The gate", "was open"]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS.values(), ids=list(PARAGRAPHS))
def test_paragraphs(text: str, expected: list[str]) -> None:
    """A line end ends a paragraph, but for a line that stops in mid-sentence before a small letter."""
    assert [p.of(text) for p in paragraphs(text)] == expected


def test_furniture_is_left_out() -> None:
    """What is left out stands in no sentence, and parts it from the next."""
    text = "The gate was SHARE THIS open. Nobody came."
    away = Span(text.index("SHARE"), text.index(" open"))
    assert [s.of(text) for s in sentences(text, [away])] == ["The gate was", "open.", "Nobody came."]
    assert count_words(text, [away]) == 6


@pytest.mark.parametrize(
    ("form", "key"),
    [("Ruan’s", "ruan"), ("RUAN'S", "ruan"), ("U.S.", "us"), ("3.5", "3.5"), ("don’t", "don't"), ("co‑op", "co-op")],
)
def test_forms_for_comparing(form: str, key: str) -> None:
    """Case, possessives, curly apostrophes and the dots of abbreviations do not count; those of figures do."""
    assert key_of(form) == key


def test_words_have_places() -> None:
    """A word is found with its place in the whole text, also when only a part is read."""
    text = "The half-open gate of the U.S. cost 1,200.50."
    assert [text[w.start : w.end] for w in words(text)] == "The half-open gate of the U.S. cost 1,200.50".split()
    assert [w.key for w in words(text, Span(4, 18))] == ["half-open", "gate"]
    assert words(text, Span(4, 18))[1].start == text.index("gate")


def test_abbreviations_are_folded_and_bare() -> None:
    """The public list holds forms as they are looked up: folded, without the stop."""
    assert all(form == form.casefold() and "." not in form for form in ABBREVIATIONS)


def spans_in(length: int) -> st.SearchStrategy[list[Span]]:
    """Any spans, overlapping, empty and beyond the end."""
    ends = st.tuples(st.integers(0, length + 5), st.integers(0, length + 5))
    return st.lists(ends.map(lambda e: Span(min(e), max(e))), max_size=8)


PIECES = [*'gate Ruan U.S. Dr. no. 5 p.m. . ? ! … ... “ ” " ’ ( ) said é e\u0301 \u202e 🌊 水 。 \0 \ud800'.split()]
PIECES += [" ", " ", " ", "\n", "\n\n", "\r\n", "\u2028", "\u00a0"]
TEXTS = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@given(TEXTS, st.data())
def test_sentences_and_paragraphs_are_apart_inside_and_in_order(text: str, data: st.DataObject) -> None:
    """Whatever the text: pieces are trimmed, inside, in order, apart, outside what is left out, and no word is lost."""
    away = data.draw(spans_in(len(text)))
    left = outside(len(text), away)
    for pieces in (sentences(text, away), tuple(paragraphs(text, away))):
        assert all(0 <= p.start < p.end <= len(text) for p in pieces)
        assert all(a.end <= b.start for a, b in pairwise(pieces))
        assert all(any(part.holds(p) for part in left) for p in pieces)
        assert all(p.of(text) == p.of(text).strip() for p in pieces)
        held = {i for p in pieces for i in range(p.start, p.end)}
        assert all(text[i].isspace() for part in left for i in range(part.start, part.end) if i not in held)


@given(st.integers(0, 60).flatmap(lambda n: st.tuples(st.just(n), spans_in(n))))
def test_merged_and_outside_share_the_text(case: tuple[int, list[Span]]) -> None:
    """Merged spans are few, sorted and apart, and with what is outside they make up the whole text."""
    length, spans = case
    joined, rest = merged(spans), outside(length, spans)
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert {i for s in joined for i in range(s.start, s.end)} == covered
    assert all(s.start < s.end for s in joined)
    assert all(a.end < b.start for a, b in pairwise(joined))
    assert all(0 <= s.start < s.end <= length for s in rest)
    assert [i for s in rest for i in range(s.start, s.end)] == [i for i in range(length) if i not in covered]


@given(st.lists(st.booleans(), max_size=40))
def test_holding_finds_the_span_or_none(marks: list[bool]) -> None:
    """For any position: the index of the span that holds it, -1 between spans and beyond."""
    spans = merged(Span(i, i + 1) for i, mark in enumerate(marks) if mark)
    for at in range(-1, len(marks) + 2):
        expected = [i for i, s in enumerate(spans) if s.start <= at < s.end]
        assert holding(spans, at) == (expected[0] if expected else -1)


@given(TEXTS, st.data())
def test_counts_agree_with_words(text: str, data: st.DataObject) -> None:
    """As many words are counted as are found, outside what is left out, never fewer than none."""
    assert count_words(text) == len(words(text))
    away = data.draw(spans_in(len(text)))
    assert count_words(text, away) == sum(len(words(text, part)) for part in outside(len(text), away))


@given(TEXTS, st.sampled_from(["", "“”", ".,"]), st.data())
def test_trimmed_is_inside(text: str, marks: str, data: st.DataObject) -> None:
    """Trimming loses white space and the marks given at the ends, nothing else."""
    a = data.draw(st.integers(0, len(text)))
    span = Span(a, data.draw(st.integers(a, len(text))))
    left = trimmed(text, span, marks)
    assert span.holds(left)
    assert left.of(text) == text[a : span.end].strip("".join({c for c in text if c.isspace()}) + marks)


LONG = {
    "prose": "The gate of Kessel was open, he said. Nobody knew. ",
    "no full stop": "the gate was open and nobody knew of it ",
    "small letters on every line": "the gate was open and\n",
    "lines of odd spaces": "\u3000\n",
    "stops alone": ".",
    "stops apart": ". ",
    "marks": "“",
    "questions": "“Who?” Ruan ",
    "initials": "A.",
    "apostrophes": "a'",
    "capitals": "Aa ",
    "figures": "1,",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=list(LONG))
def test_long_texts_take_linear_time(piece: str) -> None:
    """Four times the text takes about four times as long, whatever it is made of; 10 MB pass."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        sentences(text)
        count_words(text)
        return time.process_time() - began

    short = min(seconds(100_000) for _ in range(3))
    assert min(seconds(400_000) for _ in range(2)) < 12 * max(short, 0.05)


def test_ten_megabytes() -> None:
    """10 MB of hard-wrapped small letters are read in seconds."""
    began = time.process_time()
    assert len(sentences("the gate was open and nobody in the whole town knew of it\n" * 180_000)) == 1
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        pytest.param(Span(2, 4), (0, 0), id="within the first"),
        pytest.param(Span(5, 6), (1, 1), id="between two: the one after"),
        pytest.param(Span(6, 12), (1, 1), id="all of one"),
        pytest.param(Span(3, 13), (0, 2), id="over three"),
        pytest.param(Span(30, 40), (2, 2), id="after the last"),
    ],
)
def test_covering(part: Span, expected: tuple[int, int]) -> None:
    """The spans in which a part begins and ends; the nearest where it lies in none."""
    assert covering((Span(0, 5), Span(6, 12), Span(12, 20)), part) == expected
