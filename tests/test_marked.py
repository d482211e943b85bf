import re
from collections import Counter

import pytest

from headwater.model import Span
from marked import load, spans_of

NAMES = ("attributions", "chains")
LEAST = {"attributions": 160, "chains": 100}


@pytest.mark.parametrize("name", NAMES)
def test_every_marked_word_stands_in_its_text(name: str) -> None:
    """Loading turns every mark into a span of the text; a word that is not there would raise."""
    for line in load(name):
        for mark in line.attributions:
            assert mark.content, line.id
            for span in (*mark.source, *mark.cue, *mark.content, *mark.via):
                assert 0 <= span.start < span.end <= len(line.text), line.id


@pytest.mark.parametrize("name", NAMES)
def test_there_are_enough_lines_balanced_over_splits_and_forms(name: str) -> None:
    """Half the lines are held back, and within each form of saying the halves differ by at most one line.

    Lines whose ids begin with "d-" came later and are all held back.
    """
    lines = [line for line in load(name) if not line.id.startswith("d-")]
    assert len(lines) >= LEAST[name]
    assert len({line.id for line in load(name)}) == len(load(name))
    assert len({line.text for line in load(name)}) == len(load(name))
    dev = Counter(line.form for line in lines if line.split == "dev")
    held = Counter(line.form for line in lines if line.split == "held")
    uneven = [form for form in dev | held if abs(dev[form] - held[form]) > 1]
    assert not uneven
    assert abs(dev.total() - held.total()) <= len(dev | held) / 2


@pytest.mark.parametrize("name", NAMES)
def test_direct_content_lies_in_marks_and_indirect_content_has_none(name: str) -> None:
    """The mode marked is the one the quotation marks in the content show."""
    for line in load(name):
        for mark in line.attributions:
            marks = [bool(re.search(r"[“”«»„\"]|(?<!\w)[‘’']|[’'](?!\w)", span.of(line.text))) for span in mark.content]
            if mark.mode == "indirect":
                assert not any(marks) or "’" in line.text, line.id
            elif not line.form.startswith("transcript"):
                assert any(marks), line.id


def test_chains_name_their_carriers() -> None:
    """Most lines of the chains set have a carrier; of those that came later, half."""
    for later, least in ((False, 0.8), (True, 0.5)):
        lines = [line for line in load("chains") if line.id.startswith("d-") == later]
        assert sum(any(mark.via for mark in line.attributions) for line in lines) >= least * len(lines)


@pytest.mark.parametrize(
    ("text", "mark", "start"),
    [
        pytest.param("She said she had seen her.", "she", 9, id="whole words only"),
        pytest.param("he said he would", "he#2", 8, id="the second one"),
        pytest.param("“No,” he said", "“No,”", 0, id="marks at the ends"),
    ],
)
def test_spans_of_finds_the_words_meant(text: str, mark: str, start: int) -> None:
    """A mark is found as whole words, by its number where it stands more than once."""
    (span,) = spans_of(text, [mark])
    assert span.start == start
    assert span == Span(start, start + len(mark.split("#")[0]))


@pytest.mark.parametrize(
    ("mark", "why"),
    [("they", "does not stand"), ("he", "2 times"), ("he#3", "does not stand"), ("", "does not stand")],
    ids=["absent", "which one", "too few", "nothing"],
)
def test_spans_of_refuses_marks_that_are_not_clear(mark: str, why: str) -> None:
    """A wrong or unclear mark raises and says why."""
    with pytest.raises(ValueError, match=why):
        spans_of("he said he would", [mark])
