"""Reading one article: hostile and damaged text, the same twice, long text in linear time, marked sentences' floors."""

import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.errors import ModelError
from headwater.model import Article, Furniture, Reading
from headwater.reading import load_tagger, read
from marked import load

EXAMPLES = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parents[1] / "examples").rglob("*.txt"))]
TAGGER = load_tagger()


def check(text: str) -> Reading:
    """Read ``text`` twice; every span must lie in it, and both readings be the same."""
    article = Article(id="a", text=text, language="en")
    result = read(article, TAGGER)
    assert result == read(article, TAGGER)
    ids = {s.id for s in result.sources}
    for one in result.attributions:
        assert one.content_spans
        spans = (*one.source_spans, *one.cue_spans, *one.content_spans, *one.via_spans, *one.hedge_spans)
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert {one.source, *one.via} - {None} <= ids
        assert one.source not in one.via
    assert len({a.id for a in result.attributions}) == len(result.attributions)
    for source in result.sources:
        assert source.name
        assert all(0 <= m.start < m.end <= len(text) for m in source.mentions)
    return result


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Nothing breaks the reader, and nothing it says lies outside the text."""
    check(text)


@settings(max_examples=40)
@given(st.data())
def test_damaged_articles(data: st.DataObject) -> None:
    """An article with a piece cut out, doubled, turned round or put into another place is read all the same."""
    text = data.draw(st.sampled_from(EXAMPLES))[:1500]
    start = data.draw(st.integers(0, len(text)))
    end = min(len(text), start + data.draw(st.integers(0, 400)))
    how = data.draw(st.sampled_from(["cut", "doubled", "reversed", "marks", "small", "no breaks"]))
    piece = text[start:end]
    piece = {
        "cut": "",
        "doubled": piece * 2,
        "reversed": piece[::-1],
        "marks": data.draw(st.text(alphabet="“”‘’\"'«»—–-()[]:;,.!?\n\u2028\x00\ud800", max_size=60)),
        "small": piece.casefold(),
        "no breaks": piece.replace("\n", " "),
    }[how]
    check(text[:start] + piece + text[end:])


def test_furniture_is_not_read() -> None:
    """What is marked as furniture gives no attribution and no sentence."""
    text = "Fenn said it leaked.\n\nRead more: Roe said it sank."
    start = text.index("Read more")
    article = Article(id="a", text=text, furniture=(Furniture(start, len(text), "related_link"),))
    result = read(article, TAGGER)
    assert all(s.end <= start for s in result.sentences)
    assert [a.content_spans[0].of(text) for a in result.attributions] == ["it leaked"]


def test_no_text_says_nothing() -> None:
    """An empty text has no attributions, sources or sentences."""
    result = check("")
    assert result.attributions == ()
    assert result.sources == ()
    assert result.sentences == ()


def test_an_unknown_reader_is_named() -> None:
    """The error says which readers there are."""
    with pytest.raises(ModelError, match="no reader 'oracle'; there are: rules-1"):
        load_tagger("oracle")


LONG = {
    "news": "\n\n".join(EXAMPLES) + "\n\n",
    "one line": " ".join(" ".join(EXAMPLES).split()) + " ",
    "unnamed": "A source said it was done. The officials told the Ledger that she said no. ",
    "said": "said ",
    "signed": "— A (@b) tell me this. ",
    "quoted": "“a b,” she said. ",
}


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer's time is not the program's")
@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_length(name: str) -> None:
    """Four times the text takes about four times as long, not sixteen."""
    unit = LONG[name]
    times = []
    for size in (10_000, 40_000):
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        read(Article(id="a", text=text, language="en"), TAGGER)
        times.append(time.process_time() - start)
    assert all(later < 9 * max(earlier, 0.05) for earlier, later in pairwise(times))


@pytest.mark.parametrize(("name", "least"), [("attributions", 0.96), ("chains", 0.9)])
def test_marked_sentences_are_read(name: str, least: float) -> None:
    """Of the sentences marked to build on, over nine in ten are found with content and carriers."""
    wanted = found = 0
    for line in load(name, "dev"):
        result = read(Article(id="a", text=line.text, language="en"), TAGGER)
        left = list(result.attributions)
        for mark in line.attributions:
            wanted += 1
            want = {i for s in mark.content for i in range(s.start, s.end)}
            for one in left:
                have = {i for s in one.content_spans for i in range(s.start, s.end)}
                if len(want & have) >= 0.5 * len(want | have) and len(one.via) == len(mark.via):
                    found += 1
                    left.remove(one)
                    break
    assert found >= least * wanted
