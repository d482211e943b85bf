"""Readings, stories and copies in plain lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.cluster import Apart, Explained, Joined
from headwater.model import Article, Attribution, Copy, CopyBasis, Passage, Place, Reading, Source, Span, Story
from headwater.report.lines import copy_text, reading_text, story_text, why_row, why_text

TEXT = "Three engineers told the Ledger that the gate reportedly stood open, and nobody was told of it by anybody."
ARTICLE = Article(id="a", text=TEXT, outlet="Morning Ledger", title="Gate\nopen")
SOURCES = (
    Source(id="s", name="Three engineers", kind="anonymous"),
    Source(id="v", name="the\x1b Ledger", kind="outlet"),
)


def span(words: str) -> Span:
    """Where the words stand."""
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


SAID = Attribution(
    id="x", article="a", source="s", cue_spans=(span("told"),), content_spans=(span("the gate reportedly stood open"),)
)


@pytest.mark.parametrize(
    ("attribution", "expected"),
    [
        pytest.param(
            SAID, "  Three engineers [anonymous] | told | the gate reportedly stood open", id="source, cue, content"
        ),
        pytest.param(
            Attribution(id="x", article="a", source="s", via=("v",), hedged=True, content_spans=(span("the gate"),)),
            "  Three engineers [anonymous] (through the Ledger) | — | the gate [hedged]",
            id="through somebody, hedged, no cue",
        ),
        pytest.param(
            Attribution(id="x", article="a", source=None, content_spans=(span("nobody was told"), span("the gate"))),
            "  nobody named | — | the gate … nobody was told",
            id="nobody, in the order of the text",
        ),
    ],
)
def test_reading(attribution: Attribution, expected: str) -> None:
    """One line an attribution, under one that counts."""
    shown = reading_text(ARTICLE, Reading(id="a", attributions=(attribution,), sources=SOURCES))
    assert shown.splitlines() == ["a: 1 attribution, 0 names", expected]


def test_long_contents_are_cut_at_a_word() -> None:
    """A long content ends with a mark, and not within a word."""
    article = Article(id="a", text="harbours gate " * 60)
    said = Attribution(id="x", article="a", source=None, content_spans=(Span(0, len(article.text)),))
    line = reading_text(article, Reading(id="a", attributions=(said,))).splitlines()[1]
    assert len(line) < 260
    assert line.endswith((" harbours …", " gate …"))


def test_story() -> None:
    """A story's articles by name, with their titles on one line."""
    other = Article(id="b", text="", outlet="Coastwire")
    assert story_text({"a": ARTICLE, "b": other}, Story(story="story-1", articles=("a", "b"))).splitlines() == [
        "story-1: 2 articles",
        "  Morning Ledger: Gate open",
        "  Coastwire",
    ]


def test_why_a_story() -> None:
    """Each article with the one it is most alike, the words both have, and the nearest that is not in the story."""
    other = Article(id="b", text="", outlet="Coastwire")
    far = Article(id="c", text="", outlet="Observer")
    story = Story(story="story-1", articles=("a", "b"))
    joined = Joined(article="b", nearest="a", words=("sluice", "gate"), alike=0.4, days=0)
    apart = Apart(article="a", nearest="c", words=(), alike=0.1, chance=0.07, days=2)
    explained = Explained(story=story, joined=(joined,), apart=apart)
    assert why_text({"a": ARTICLE, "b": other, "c": far}, explained).splitlines()[3:] == [
        "  Coastwire with Morning Ledger: both have sluice and gate; the same day",
        "  not with Observer, the nearest outside: no rare word in common; 2 days apart; 7 % likely to be one story",
    ]
    row = why_row(explained)
    assert (row["story"], row["articles"], row["joined"]) == ("story-1", ("a", "b"), (joined,))


SHARES = "42 % of its words, 80 % of the other's (a good part)"


@pytest.mark.parametrize(
    ("basis", "left", "expected"),
    [
        pytest.param("published", "a", f", which is earlier in this set: {SHARES}", id="later"),
        pytest.param("stated", "a", f", which it says it is from: {SHARES}", id="says so"),
        pytest.param(None, "b", f": {SHARES}; which came first cannot be judged", id="in doubt"),
    ],
)
def test_copy(basis: CopyBasis | None, left: str, expected: str) -> None:
    """Who shares text with whom, how much, and the later one's words, whichever side they are given on."""
    other = Article(id="b", text=f"Late: {TEXT}", outlet="Coastwire")
    places = {"a": Place("a", 0, 15), "b": Place("b", 0, 4)}
    right = "b" if left == "a" else "a"
    passage = Passage(left=places[left], right=places[right], same=2, words=2)
    copy = Copy(
        earlier="a", later="b", share=0.42, directed=basis is not None, passages=(passage,), share_of_earlier=0.8,
        basis=basis, kind="reworked",
    )  # fmt: skip
    assert copy_text({"a": ARTICLE, "b": other}, copy).splitlines() == [
        f"Coastwire shares text with Morning Ledger{expected}",
        "  2 of 2 words: “Late”",
    ]


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_nothing_in_the_texts_adds_a_line(name: str, outlet: str, text: str) -> None:
    """Whatever an article, its outlet or its text holds, each record takes the lines it takes."""
    article = Article(id=name, text=text + "x", outlet=outlet, title=text)
    said = Attribution(id="x", article=name, source="s", content_spans=(Span(0, len(text) + 1),))
    source = Source(id="s", name=outlet, kind="person")
    shown = reading_text(article, Reading(id=name, attributions=(said,), sources=(source,)))
    assert len(shown.splitlines()) == 2
    assert len(story_text({name: article}, Story(story="s", articles=(name,))).splitlines()) == 2
