"""Windows: every word of every sentence in exactly one, in order, whatever the text and the limit."""

import itertools
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from headwater.model import Span
from headwater.reading.trained import MODELS
from headwater.reading.trained.weights import Pieces
from headwater.reading.trained.windows import SHAPES, Cutter, Window, paragraphs_of
from headwater.words import sentences

BOUNDLESS = 10**9
LIMITS = st.integers(8, 40)
PIECES = [
    *"the lamp failed twice said Ilse Vantongeren 12 40,000 U.S. unbelievably İ ß ﬁ ≮ 漢字 각 e\u0301".split(),
    *("👩‍👩‍👧", "🏴‍☠️"),
    *"“ ” ‘ ’ \" ' « » `` . , ; ? ! … — - ( ) / # @ \n \r\n \u2028 \x85 \x00 \x1b[31m \u202e \u200b \ud800".split(" "),
    *("\n\n", " ", " ", " ", ". ", "? ", "\ufffd", "\U0010ffff", "[SEP]", "[CLS]", "[UNK]", "##s"),
    "qzxjkvw" * 12,  # of more pieces than small windows hold
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.text(max_size=120),
    st.text(alphabet=st.characters(categories=["P", "S"]), max_size=60),
)


@cache
def tokenizer() -> Tokenizer:
    """The shipped vocabulary's."""
    found: Tokenizer = Pieces(MODELS / "v1", needed=()).tokenizer
    return found


def cut(text: str, limit: int = BOUNDLESS, parts: Sequence[Span] | None = None) -> list[Window]:
    """The windows of a text's sentences."""
    return list(Cutter(tokenizer(), limit).windows(text, sentences(text) if parts is None else parts))


def words(windows: Sequence[Window]) -> list[Span]:
    """The places of all words, in order."""
    return [word for window in windows for word in window.words]


def pieces(window: Window) -> list[list[int]]:
    """The pieces of each word, separators left out."""
    between = tokenizer().token_to_id("[SEP]")
    bounds = [*window.starts.tolist(), len(window.pieces)]
    out = []
    for start, end in itertools.pairwise(bounds):
        inner = window.pieces[start:end].tolist()
        # a window's own marks stand after a word's pieces, never among them
        while len(inner) > 1 and inner[-1] == between:
            inner.pop()
        out.append(inner)
    return out


WRITTEN = [
    pytest.param("The lamp failed.", ["The", "lamp", "failed", "."], id="a sentence"),
    pytest.param("It failed. It did.", ["It", "failed", ".", "It", "did", "."], id="two sentences"),
    pytest.param("a-b/c", ["a", "-", "b", "/", "c"], id="marks inside are words of their own"),
    pytest.param("İSTANBUL’s ﬁle", ["İSTANBUL", "’", "s", "ﬁle"], id="letters that grow when made small"),
    pytest.param("漢字 ok", ["漢", "字", "ok"], id="Chinese characters stand alone"),
    pytest.param("e\u0301te\u0301 fini", ["e\u0301te\u0301", "fini"], id="marks above go with their letters"),
    pytest.param("a\x00b c\u200bd", ["a\x00b", "c\u200bd"], id="control characters part no word"),
    pytest.param("a\ud800b c", ["a\ud800b", "c"], id="half of a pair parts no word"),
    pytest.param("\x00\x01\ud800", [], id="nothing but control characters"),
    pytest.param("\u0301\u0301", [], id="nothing but marks above"),
    pytest.param("👩‍👩‍👧 12", ["👩‍👩‍👧", "12"], id="a family of emoji"),
    pytest.param("?!?…", ["?", "!", "?", "…"], id="only punctuation"),
    pytest.param("", [], id="nothing"),
    pytest.param("x" * 5000, ["x" * 5000], id="a word of 5,000 letters"),
    pytest.param("[SEP] [CLS]", ["[SEP]", "[CLS]"], id="the vocabulary's own marks written out"),
]


@pytest.mark.parametrize("limit", [8, 192])
@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_words_by_hand(text: str, expected: list[str], limit: int) -> None:
    """The words, as they stand in the text."""
    assert [w.of(text) for w in words(cut(text, limit))] == expected


@given(TEXTS, LIMITS)
def test_no_word_is_lost_at_a_seam(text: str, limit: int) -> None:
    """The words of all windows are those of one window without end, in order, with the same pieces."""
    (*one,) = cut(text)
    many = cut(text, limit)
    assert words(many) == words(one)
    cropped = [p[: limit - 2] for window in one for p in pieces(window)]
    assert [p for window in many for p in pieces(window)] == cropped


@given(TEXTS, LIMITS)
def test_every_letter_and_figure_is_in_one_word(text: str, limit: int) -> None:
    """Words are in order, apart, inside a sentence and not empty; what is in none is neither letter nor figure."""
    parts = sentences(text)
    found = words(cut(text, limit))
    assert all(word.start < word.end for word in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(any(part.holds(word) for part in parts) for word in found)
    covered = {at for word in found for at in range(word.start, word.end)}
    assert [text[at] for part in parts for at in range(*_ends(part)) if at not in covered and text[at].isalnum()] == []


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@given(TEXTS, LIMITS)
def test_windows_are_well_made(text: str, limit: int) -> None:
    """None is longer than the limit or without a word; one shape a piece; words begin where ``starts`` says."""
    first, between = tokenizer().token_to_id("[CLS]"), tokenizer().token_to_id("[SEP]")
    for window in cut(text, limit):
        size = len(window.pieces)
        starts = window.starts.tolist()
        assert len(window.shapes) == size <= limit
        assert (window.pieces[0], window.pieces[-1]) == (first, between)
        assert 0 < len(starts) == len(window.words)
        assert starts == sorted(set(starts))
        assert starts[0] == 1
        assert starts[-1] < size - 1
        assert all(0 <= shape < SHAPES for shape in window.shapes.tolist())


PACKED = [
    pytest.param("One. One two three four.", 9, ["One. One two three four."], id="two that just fit"),
    pytest.param("One. One two three four.", 8, ["One.", "One two three four."], id="two that just do not"),
    pytest.param("One.\nOne two three four.", 10, ["One.\nOne two three four."], id="two with the mark between"),
    pytest.param("One.\nOne two three four.", 9, ["One.", "One two three four."], id="two, but for the mark between"),
    pytest.param("One two three four five.", 8, ["One two three four five."], id="one that just fits"),
    pytest.param("One two three four five six.", 8, ["One two three four five six", "."], id="one that just does not"),
    pytest.param(
        "One. One two three four five six.", 8, ["One.", "One two three four five six", "."], id="and one before"
    ),
    pytest.param("One two three four five six. One.", 8, ["One two three four five six", ". One."], id="and one after"),
]


@pytest.mark.parametrize(("text", "limit", "expected"), PACKED)
def test_packing(text: str, limit: int, expected: list[str]) -> None:
    """As many whole sentences as fit, with the window's marks and one between paragraphs."""
    found = cut(text, limit)
    assert [text[w.words[0].start : w.words[-1].end] for w in found] == expected
    assert words(found) == words(cut(text))


@given(TEXTS, LIMITS)
def test_sentences_that_fit_are_not_cut(text: str, limit: int) -> None:
    """A sentence stands in one window, unless it is longer than any."""
    many = cut(text, limit)
    for part in sentences(text):
        holding = [n for n, window in enumerate(many) if any(part.holds(word) for word in window.words)]
        size = sum(len(window.pieces) - 2 for window in cut(text, parts=[part]))
        assert len(holding) <= 1 or size > limit - 2


@given(st.lists(st.sampled_from(["One.", "Two, three.", "“Four?”", "5"]), min_size=1, max_size=8), st.data())
def test_marks_stand_between_paragraphs(parts: list[str], data: st.DataObject) -> None:
    """A separator before the first word of every paragraph but a window's first, and nowhere else."""
    seams = data.draw(st.lists(st.sampled_from([" ", "\n", "\n\n"]), min_size=len(parts), max_size=len(parts)))
    text = "".join(part + seam for part, seam in zip(parts, seams, strict=True))
    at, spans = 0, []
    for part, seam in zip(parts, seams, strict=True):
        spans.append(Span(at, at + len(part)))
        at += len(part) + len(seam)
    between = tokenizer().token_to_id("[SEP]")
    for window in cut(text, data.draw(LIMITS), spans):
        expected = ["\n" in text[a.end : b.start] for a, b in zip(window.words, window.words[1:], strict=False)]
        assert [window.pieces[start - 1] == between for start in window.starts.tolist()[1:]] == expected


SHAPED = [
    pytest.param("lamp", 0, id="small"),
    pytest.param("Lamp", 1, id="capitalised"),
    pytest.param("A", 1, id="one capital"),
    pytest.param("LAMP", 2, id="capitals"),
    pytest.param("iPhone", 3, id="mixed"),
    pytest.param("McRae", 3, id="mixed, capital first"),
    pytest.param("B52", 4, id="with a figure"),
    pytest.param("2026", 4, id="figures"),
    pytest.param("?", 5, id="not a word"),
]


@pytest.mark.parametrize(("form", "shape"), SHAPED)
@pytest.mark.parametrize(
    ("before", "after", "quoted"),
    [
        pytest.param("so ", " so", False, id="plain"),
        pytest.param("so “so ", " so” so", True, id="curly marks"),
        pytest.param('so "so ', ' so" so', True, id="straight marks"),
        pytest.param("so ‘so ", " so’ so", True, id="single marks"),
        pytest.param("“So so,” so ", " so, “so so.”", False, id="between two quotations"),
        pytest.param("“So so,” so.\n\n“So so ", " so.\n\n“So so.” So.", True, id="over paragraphs"),
    ],
)
def test_shapes(form: str, shape: int, before: str, after: str, quoted: bool) -> None:
    """How a word is written, and whether it stands in a quotation, whatever the style of its marks."""
    text = before + form + after
    place = Span(len(before), len(before) + len(form))
    (window,) = cut(text, parts=[Span(0, len(text))] if "\n" not in text else None)
    found = window.shapes[window.starts[window.words.index(place)]]
    assert found == shape + quoted * SHAPES // 2


@given(TEXTS)
def test_paragraphs_hold_their_sentences(text: str) -> None:
    """Every sentence lies in one paragraph; between two paragraphs a line ends, within one none between sentences."""
    parts = sentences(text)
    found = paragraphs_of(text, parts)
    assert all(sum(p.holds(s) for p in found) == 1 for s in parts)
    assert all("\n" in text[a.end : b.start] for a, b in itertools.pairwise(found))


class Counting:
    """Counts the sentences that were made pieces of."""

    def __init__(self) -> None:
        self.asked = 0

    def token_to_id(self, token: str) -> int | None:
        """The tokenizer's."""
        return tokenizer().token_to_id(token)

    def encode(self, text: str, **options: Any) -> Any:
        """The tokenizer's."""
        self.asked += 1
        return tokenizer().encode(text, **options)


def test_windows_come_one_at_a_time() -> None:
    """No more sentences are made pieces of than the windows asked for hold, and the one that did not fit."""
    text = "The lamp failed twice in a week. " * 1000
    counting: Any = Counting()
    windows = Cutter(counting, 64).windows(text, sentences(text))
    for count in (1, 2, 3):
        next(windows)
        assert counting.asked == 7 * count + 1


@pytest.mark.parametrize(
    ("one", "sentence_wise", "most"),
    [
        pytest.param("The lamp failed twice. ", True, 200_000, id="sentences"),
        pytest.param("the lamp failed twice ", False, 60_000, id="one sentence without end"),
        pytest.param("x\u0301\u0301 ", False, 60_000, id="marks above"),
    ],
)
def test_time_grows_with_the_text_alone(one: str, sentence_wise: bool, most: int) -> None:
    """Ten times the words take about ten times as long."""

    def taken(count: int) -> float:
        text = one * (count // len(one.split()))
        parts = sentences(text) if sentence_wise else [Span(0, len(text))]
        began = time.process_time()
        found = sum(len(w.words) for w in Cutter(tokenizer(), 192).windows(text, parts))
        assert found == count + sentence_wise * (count // 4)
        return time.process_time() - began

    taken(2_000)
    assert taken(most) < 30 * taken(most // 10)
