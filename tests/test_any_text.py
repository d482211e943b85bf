"""Any text at all: nothing fails, every span lies in its text, and the order of the articles changes no byte."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import headwater
from headwater.model import Article, Trace
from headwater.report.html import to_html
from headwater.report.json import to_json
from whole import assert_whole

EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"
REAL = Path(__file__).parents[2] / "shared" / "seeds"

# Pieces of which news is made, and what breaks readers of it
PIECES = [
    *"said says told reported that who he she they not denied may will could reportedly has ordered".split(),
    *"“ ” ‘ ’ \" ' « » „ `` '' . , : ; ? ! – — - ( ) [ ] … @ # U.S. Gen. By (AP)".split(),
    *"officials sources Vantongeren Courier http://a.b/ <b> &amp; {{ %s İ ß ﬁ 漢字 ١٢ 👩‍👩‍👧".split(),
    *("according to", "Ilse Vantongeren", "Mr. Pell", "the Sorrel Courier", "three officials", "a senior official"),
    *("the minister", "the report", "on Tuesday", "in mid-September", "3 March 2026", "late spring", "12 people"),
    *("40,000 crowns", "two piers", "the lamp failed", "READ MORE: ", "Updated 3 hours ago", "2 min read", ", who"),
    *("\n", "\n\n", "\r\n", "\u2028", "\x85", "\u202e", "\u200f", "\u0301", "\u200b", "\ufeff", "\ud800"),
    *("\x1b[31m", "\x07", "\U0010ffff"),
]
WORDS = st.sampled_from(PIECES)
TEXTS = st.one_of(
    st.lists(st.one_of(WORDS, WORDS, WORDS, st.text(max_size=6)), max_size=60).map(" ".join),
    st.lists(WORDS, max_size=60).map("".join),
    st.text(max_size=200),
)


def traced(texts: list[str], *, backwards: bool = False) -> Trace | None:
    """The trace of these texts as articles a0, a1, ...; None where nothing is left to read."""
    # said to be English, so that they are read whatever they look like
    articles = [Article(id=f"a{n}", text=text, language="en") for n, text in enumerate(texts)]
    try:
        return headwater.trace(articles[::-1] if backwards else articles)
    except headwater.errors.InputError:
        return None


def assert_traces_well(texts: list[str]) -> None:
    """Whole, the same in the other order, and a page can be made of it."""
    trace = traced(texts)
    if trace is None:
        assert traced(texts, backwards=True) is None
        return
    assert_whole(trace)
    other = traced(texts, backwards=True)
    assert other is not None
    assert to_json(other) == to_json(trace)
    to_html(trace).encode("utf-8")


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_texts(texts: list[str]) -> None:
    """Texts put together from pieces of news and from nothing sensible."""
    assert_traces_well(texts)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 300), WORDS), max_size=5))
@settings(max_examples=40)
def test_any_text_and_an_edited_copy_of_it(text: str, edits: list[tuple[int, str]]) -> None:
    """A copy with words put in."""
    copy = text
    for at, piece in edits:
        at %= len(copy) + 1
        copy = copy[:at] + piece + copy[at:]
    assert_traces_well([text, copy])


# Articles of the example, damaged

Damage = Callable[[random.Random, str], str]


def _cut(r: random.Random, text: str) -> tuple[int, int]:
    start = r.randrange(len(text) + 1)
    return start, min(len(text), start + r.randrange(1, 400))


def _delete(r: random.Random, text: str) -> str:
    start, end = _cut(r, text)
    return text[:start] + text[end:]


def _repeat(r: random.Random, text: str) -> str:
    start, end = _cut(r, text)
    at = r.randrange(len(text) + 1)
    return text[:at] + text[start:end] * r.randrange(1, 4) + text[at:]


def _swap(r: random.Random, text: str) -> str:
    start, end = _cut(r, text)
    return text[end:] + text[start:end] + text[:start]


def _lower(r: random.Random, text: str) -> str:
    return r.choice([str.lower, str.upper, str.title])(text)


def _scatter(signs: str) -> Damage:
    def damage(r: random.Random, text: str) -> str:
        out = list(text)
        for _ in range(r.randrange(1, 40)):
            out.insert(r.randrange(len(out) + 1), r.choice(signs))
        return "".join(out)

    return damage


def _replace_marks(r: random.Random, text: str) -> str:
    return "".join(r.choice("“”\"'‘’«» ") if c in '“”"‘’' and r.random() < 0.4 else c for c in text)


def _one_line(r: random.Random, text: str) -> str:
    return text.replace("\n", r.choice([" ", "", "\r\n", "\r", "\u2028"]))


DAMAGES: dict[str, Damage] = {
    "cut out": _delete,
    "repeated": _repeat,
    "swapped": _swap,
    "case": _lower,
    "marks scattered": _scatter("“”\"'‘’«»"),
    "marks replaced": _replace_marks,
    "controls": _scatter("\0\x1b\x07\x85\ufeff\u200b\u00ad"),
    "half characters": _scatter("\ud800\udfff"),
    "right to left": _scatter("\u202e\u200f\u2067אب"),
    "marks on letters": _scatter("\u0301\u0308\u20dd"),
    "line breaks": _scatter("\n\r\u2028\v\f"),
    "no line breaks": _one_line,
}


def damaged(texts: list[str], damage: Damage, seed: int) -> list[str]:
    """Three of the texts, some of them damaged once or more, one of them perhaps twice over."""
    r = random.Random(seed)
    chosen = r.sample(texts, min(3, len(texts)))
    out = [text for text in chosen]
    for _ in range(r.randrange(1, 4)):
        at = r.randrange(len(out))
        out[at] = damage(r, out[at])
    return out


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", sorted(DAMAGES))
def test_damaged_articles(kind: str, seed: int) -> None:
    """Articles of the example with parts cut, repeated, swapped, and with signs put in where they do harm."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLE.glob("*.txt"))]
    assert_traces_well(damaged(texts, DAMAGES[kind], seed))


@pytest.mark.real
@pytest.mark.parametrize("kind", sorted(DAMAGES))
def test_damaged_real_articles(kind: str) -> None:
    """The same done to real articles, furniture and all."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(REAL.glob("*.txt"))]
    assert_traces_well(damaged(texts, DAMAGES[kind], 7))


# Long texts

LINE = "Officials said two of the piers were cracked on Tuesday"
LONG = {
    "one word": "a",
    "no sentence ends": "amber basin told Pier said ",
    "one sentence, over and over": LINE + ". ",
    "one line, over and over": LINE + ".\n\n",
    "opening marks": "“amber ",
    "he said that he said": "he said that ",
    "chains": "Ilse Pell reported that three officials told ",
    "initials": "A. ",
    "numbers": "12,345 ",
    "capitals": "AMBER ",
    "rings of dots": ". ",
}


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG.keys())
def test_time_grows_with_length_and_not_with_its_square(unit: str) -> None:
    """Eight times the text takes less than some twenty times as long (its square would take sixty-four times)."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit) + 1)
        start = time.process_time()
        traced([text])
        return time.process_time() - start

    traced([LINE])  # imports
    short = max(seconds(5_000), 0.1)
    assert seconds(40_000) < 20 * short
