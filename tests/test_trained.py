"""The trained tagger on whole texts, and the sentence vectors: any text, the same every time, in linear time."""

import pickle
import time
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.align.claims.meaning import Passage
from headwater.model import Span
from headwater.reading.tagger import FixedTagger, Tagged, Tags
from headwater.reading.trained import MODELS, TrainedTagger
from headwater.reading.trained.vectors import LENGTH, SentenceVectors
from headwater.words import sentences

PIECES = [
    *"said says told reported that who he she they not denied may could reportedly has ordered the lamp failed".split(),
    *"“ ” ‘ ’ \" ' « » `` '' . , : ; ? ! – — - ( ) … @ # U.S. Gen. officials Vantongeren Courier".split(),
    *("according to", "Ilse Vantongeren", "Mr. Pell", "the Sorrel Courier", "three officials", "Q: ", "Pell: "),
    *("İ", "ß", "ﬁ", "漢字", "١٢", "👩‍👩‍👧", "\n", "\n\n", "\r\n", "\u2028", "\x85", "\u202e", "\u0301", "\u200b"),
    *("\ufeff", "\ud800", "\x00", "\x1b[31m", "\U0010ffff", "[SEP]", "x" * 300),
]
WORDS = st.sampled_from(PIECES)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=50).map(" ".join), st.lists(WORDS, max_size=50).map("".join), st.text(max_size=150)
)

STORY = """\
The lamp at Sorrel Point failed twice in a week, harbour master Ilse Vantongeren told the Courier on Tuesday.

“We sent a boat out at once,” she said. “It came back empty.”

Fishermen believe that the cable was cut. According to a report by the port inspectors, nobody had looked at it since
2019. Minister Orla Fenn denied that her office knew of the danger.
"""
OTHER = """\
Two bakers in Barrow Quay will close in May, the guild announced. “Flour is dear,” said its chairman, Tom Pell.
"""


@cache
def tagger() -> TrainedTagger:
    """The one that ships."""
    return TrainedTagger()


def tag(text: str, parts: tuple[Span, ...] | None = None) -> Tags:
    """What it marks in a text."""
    return tagger().tag(text, sentences(text) if parts is None else parts)


def shown(text: str, tagged: Tagged) -> tuple[str, str, str]:
    """Source, cue and content, in words."""
    source, cue, content = (
        " … ".join(s.of(text) for s in part) for part in (tagged.source, tagged.cue, tagged.content)
    )
    return source, cue, content


def assert_well_made(text: str, tags: Tags) -> None:
    """Every span in the text and not empty, shares are shares, names apart and in order, follows another."""
    for number, one in enumerate(tags.attributions):
        assert one.cue or one.content
        assert all(0 <= s.start < s.end <= len(text) for s in (*one.cue, *one.source, *one.content, *one.via))
        assert 0 <= one.score <= 1
        assert one.follows is None or (0 <= one.follows < len(tags.attributions) and one.follows != number)
    for name in tags.names:
        assert 0 <= name.start < name.end <= len(text)
        assert 0 <= name.score <= 1
    assert all(a.end <= b.start for a, b in pairwise(tags.names))


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_any_text(text: str) -> None:
    """Nothing fails, and every span is one; a second time it is the same."""
    tags = tag(text)
    assert_well_made(text, tags)
    assert tag(text) == tags


@given(TEXTS, st.data())
@settings(max_examples=20, deadline=None)
def test_any_sentences(text: str, data: st.DataObject) -> None:
    """Sentences may leave parts of the text out, as where furniture stands."""
    parts = tuple(part for part in sentences(text) if data.draw(st.booleans()))
    assert_well_made(text, tag(text, parts))


NOTHING = [
    pytest.param("", id="empty"),
    pytest.param(" \n\t ", id="blank"),
    pytest.param("\x00\x01\u200b", id="control characters"),
    pytest.param("\u0301", id="a mark above nothing"),
    pytest.param("\ud800", id="half of a pair"),
    pytest.param("?!…", id="punctuation"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_from_nothing(text: str) -> None:
    """Where there are no words, nothing is marked."""
    assert tag(text) == Tags()
    assert tag(text, ()) == Tags()


def test_no_sentences_no_tags() -> None:
    """Where all is furniture, nothing is marked."""
    assert tag(STORY, ()) == Tags()


def test_the_story() -> None:
    """Who says what, by whom it came, and who is named."""
    tags = tag(STORY)
    assert_well_made(STORY, tags)
    found = [shown(STORY, t) for t in tags.attributions]
    assert any("Vantongeren" in source and "lamp at Sorrel Point failed" in content for source, _, content in found)
    assert any(source == "she" and "“It came back empty.”" in content for source, _, content in found)
    assert any("port inspectors" in source and "nobody had looked" in content for source, _, content in found)
    names = [n.span.of(STORY) for n in tags.names]
    assert {"Ilse Vantongeren", "Orla Fenn"} <= set(names)


NOBODYS = [
    pytest.param("Roe was asked about the dam and about the pumps on Monday.", id="asked"),
    pytest.param("The keeper owns a site called The Marsh Lantern.", id="a name"),
]


@pytest.mark.parametrize("text", NOBODYS)
def test_what_nobody_said(text: str) -> None:
    """Neither a question to somebody nor a name given to a thing is anybody's words."""
    assert tag(text).attributions == ()


def test_a_speaker_is_not_the_noun_it_tells_of() -> None:
    """The source of "a senator he says he hardly knew" is "he"."""
    text = "Ada Pell recalls that when the lamp failed, a keeper she says she hardly knew offered to mend it."
    assert all("keeper she" not in s.of(text) for t in tag(text).attributions for s in t.source)


def test_the_same_whatever_was_read_before() -> None:
    """Tags do not depend on the texts in between, on the tagger, or on how many threads it has."""
    first = tag(STORY)
    for text in (OTHER, "", STORY[:200], "x" * 5000, OTHER * 20):
        tag(text)
    assert tag(STORY) == first
    assert TrainedTagger().tag(STORY, sentences(STORY)) == first


def test_windows_do_not_touch_one_another() -> None:
    """What the network sees in a window is what it sees in it alone, whatever windows were read before."""
    weights = tagger()._weights
    text = (STORY + OTHER) * 8
    windows = list(weights.cutter.windows(text, sentences(text)))
    assert len(windows) > 3
    forward = [weights.read(w) for w in windows]
    backward = [weights.read(w) for w in reversed(windows)][::-1]
    for one, other in zip(forward, backward, strict=True):
        np.testing.assert_array_equal(one.flat, other.flat)
        np.testing.assert_array_equal(one.names, other.names)
        np.testing.assert_array_equal(one.inner, other.inner)


def test_every_window_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network finds as much in every part of a long text, without the rules' help."""
    alone = TrainedTagger()
    monkeypatch.setattr(alone, "_rules", FixedTagger())
    text = (STORY + OTHER) * 10
    tags = alone.tag(text, sentences(text))
    assert_well_made(text, tags)
    tenth = len(text) // 10
    for part in range(10):
        here = Span(part * tenth, (part + 1) * tenth)
        assert any(here.overlap(s) for t in tags.attributions for s in t.cue)
        assert any(here.holds(n.span) for n in tags.names)


def test_it_can_be_sent_to_another_process() -> None:
    """A copy through pickle is small and marks the same."""
    sent = pickle.dumps(tagger())
    assert len(sent) < 1000
    again = pickle.loads(sent)
    assert (again.name, again.key) == (tagger().name, tagger().key)
    assert again.tag(STORY, sentences(STORY)) == tag(STORY)


def test_a_folder_is_sent_too() -> None:
    """A copy of one made from a folder opens that folder."""
    folder = MODELS / "v1"
    again = pickle.loads(pickle.dumps(TrainedTagger(folder, threads=2)))
    assert again.__reduce__()[1] == (folder, 2)


OVER = [
    pytest.param(
        "“The lamp failed twice,” harbour master Ilse Vantongeren said on Tuesday. “We sent a boat.\n\n"
        "“It came back empty, and nobody on it could say why.\n\n"
        "“We shall send another tomorrow.”",
        id="begun after the cue",
    ),
    pytest.param(
        "Harbour master Ilse Vantongeren said: “We sent a boat.\n\n"
        "“It came back empty, and nobody on it could say why.\n\n"
        "“We shall send another tomorrow.”",
        id="after a colon",
    ),
    pytest.param(
        'Harbour master Ilse Vantongeren said: "We sent a boat.\n\n'
        '"It came back empty, and nobody on it could say why.\n\n'
        '"We shall send another tomorrow."',
        id="straight marks",
    ),
]


@pytest.mark.parametrize("text", OVER)
def test_a_quotation_over_paragraphs_is_one_speakers(text: str) -> None:
    """Three paragraphs, each opened with a mark and only the last closed: all of them hers."""
    hers: list[Span] = []
    for one in tag(text).attributions:
        source = " ".join(s.of(text) for s in one.source)
        if one.follows is None:
            assert "Vantongeren" in source
        hers += one.content
    for part in ("We sent a boat.", "It came back empty, and nobody on it could say why.", "We shall send another"):
        start = text.index(part)
        assert any(s.holds(Span(start, start + len(part))) for s in hers)


def test_turns_of_a_transcript() -> None:
    """Each turn is its speaker's."""
    turns = [
        ("Orla Fenn", "The pier is closed to everybody."),
        ("Ilse Vantongeren", "It will open again in May."),
        ("Orla Fenn", "We have no money to mend it."),
        ("Ilse Vantongeren", "Then somebody must find some."),
    ]
    text = "\n\n".join(f"{speaker}: {words}" for speaker, words in turns)
    at = 0
    for speaker, words in turns:
        begin = text.index(words, at)
        spoken = Span(begin, begin + len(words))
        mine = [t for t in tag(text).attributions if sum(s.overlap(spoken) for s in t.content) > len(words) / 2]
        assert [" ".join(s.of(text) for s in t.source) for t in mine] == [speaker]
        assert [s.start for t in mine for s in t.source] == [begin - len(speaker) - 2]
        at = begin


def test_a_list() -> None:
    """What was announced in a list is the announcer's, item by item or as one."""
    items = ["the pier will close in May", "the lamp will be mended", "the old boat will be sold"]
    text = "The mayor said:\n\n" + ";\n\n".join(f"• {item}" for item in items) + ".\n"
    his = [s for t in tag(text).attributions if "mayor" in shown(text, t)[0] for s in t.content]
    for item in items:
        start = text.index(item)
        assert any(s.holds(Span(start, start + len(item))) for s in his)


def test_time_grows_with_the_text_alone() -> None:
    """20,000 words take about four times what 5,000 take."""
    one = "The lamp failed again on Tuesday, the harbour office said. " * 4 + "\n\n"

    def taken(words: int) -> float:
        text = one * (words // len(one.split()))
        parts = sentences(text)
        began = time.process_time()
        tags = tag(text, parts)
        spent = time.process_time() - began
        assert len(tags.attributions) > len(parts) / 2
        return spent

    assert taken(20_000) < 8 * taken(5_000)


def test_a_sentence_without_end() -> None:
    """A text of one sentence is cut between words and read to its end."""
    text = "the lamp failed and nobody came " * 600 + "Orla Fenn said that the lamp had failed."
    tags = tag(text)
    assert_well_made(text, tags)
    assert any("Orla Fenn" in shown(text, t)[0] for t in tags.attributions)


@cache
def vectors() -> SentenceVectors:
    """The shipped encoder."""
    return SentenceVectors(MODELS / "v1")


def test_vectors_are_of_length_one() -> None:
    """A row a text, of length one; zeros for a text without a word."""
    texts = ["The lamp failed.", "", "x" * 5000, " \n", "\x00", "…", STORY * 5, "\ud800", "👩‍👩‍👧"]
    found = vectors().of(texts)
    assert found.shape == (len(texts), LENGTH)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 0, 1, 0, 0, 1, 1, 0, 1], abs=1e-4)
    assert vectors().of([]).shape == (0, LENGTH)


@given(st.lists(TEXTS, max_size=3))
@settings(max_examples=15, deadline=None)
def test_vectors_of_any_texts(texts: list[str]) -> None:
    """Whatever the texts: numbers, of length one or none, the same alone as beside others, and each time."""
    found = vectors().of(texts)
    assert np.isfinite(found).all()
    lengths = np.linalg.norm(found, axis=1)
    assert ((np.abs(lengths - 1) < 1e-3) | (lengths == 0)).all()
    for text, row in zip(texts, found, strict=True):
        np.testing.assert_array_equal(vectors().of([text])[0], row)


ALIKE = [
    pytest.param(
        "The lamp at Sorrel Point failed twice in a week.",
        "The light on Sorrel Point went out two times within seven days.",
        "Two bakers in the town will close their shops in May.",
        id="an event",
    ),
    pytest.param(
        "The minister denied that her office knew of the danger.",
        "Her ministry was not aware of any risk, the minister insisted.",
        "The minister will travel to Barrow Quay next week by train.",
        id="a denial",
    ),
    pytest.param(
        "At least 40 people were hurt when the ferry struck the pier.",
        "The ferry's crash into the dock injured forty or more.",
        "The ferry's new timetable begins in the autumn.",
        id="figures",
    ),
]


@pytest.mark.parametrize(("text", "near", "far"), ALIKE)
def test_a_paraphrase_is_nearer_than_another_topic(text: str, near: str, far: str) -> None:
    """The cosine tells what says the same from what only shares names and words; case counts for nothing."""
    rows = vectors().of([text, near, far, text.upper()])
    like, unlike, same = rows[1:] @ rows[0]
    assert like > unlike + 0.1
    assert same == pytest.approx(1, abs=1e-4)


def part_of(text: str, *parts: str) -> Passage:
    """A text, and the parts of it with these words."""
    return Passage(text, tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts))


def test_a_part_is_read_in_its_text() -> None:
    """Rows for the word pieces of the part alone, as they are in the whole; that of the whole is the text's vector."""
    text = "The lamp failed, and Quill mended it."
    (whole, mean), (lamp, _), (it, again), (both, _) = vectors().parts(
        [part_of(text, text), part_of(text, "The lamp failed"), part_of(text, "it"), part_of(text, "The", "mended it.")]
    )
    assert (len(lamp), len(it)) == (3, 1)
    np.testing.assert_array_equal(lamp, whole[:3])
    np.testing.assert_array_equal(it[0], whole[-2])
    np.testing.assert_array_equal(both[0], whole[0])
    np.testing.assert_array_equal(both[-3:], whole[-3:])
    np.testing.assert_array_equal(mean, again)
    assert mean == pytest.approx(whole.mean(0), abs=1e-5)
    assert mean / np.linalg.norm(mean) @ vectors().of([text])[0] > 0.95


def test_a_pronoun_is_read_with_what_it_stands_for() -> None:
    """The same word in another text has another row."""
    texts = ["The lamp at Sorrel Point had failed, and nobody mended it.", "Quill wrote a letter and nobody read it."]
    (one, _), (other, _), (alone, _) = vectors().parts([*(part_of(text, "it") for text in texts), part_of("it", "it")])
    assert not np.allclose(one, other, atol=0.1)
    assert not np.allclose(one, alone, atol=0.1)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("The lamp failed.", Span(3, 4), id="white space"),
        pytest.param("The lamp failed. " * 200, Span(3000, 3010), id="beyond what is read"),
        pytest.param("The lamp failed.", Span(90, 99), id="outside"),
    ],
)
def test_a_part_without_a_word_is_its_text(text: str, span: Span) -> None:
    """One row, that of the whole."""
    ((rows, mean),) = vectors().parts([Passage(text, (span,))])
    np.testing.assert_array_equal(rows, mean[None])
    assert np.linalg.norm(mean) > 0


@given(st.lists(st.tuples(TEXTS, st.integers(0, 60), st.integers(0, 60)), max_size=3))
@settings(max_examples=15, deadline=None)
def test_parts_of_any_texts(rows: list[tuple[str, int, int]]) -> None:
    """Numbers, at least one row of each; the same alone as beside others, and zeros where there is no text."""
    asked = [Passage(text, (Span(min(a, b), max(a, b) + 1),)) for text, a, b in rows]
    found = list(vectors().parts(asked))
    assert len(found) == len(asked)
    for passage, (pieces, mean) in zip(asked, found, strict=True):
        assert pieces.shape[0] >= 1
        assert pieces.shape[1:] == mean.shape == (LENGTH,)
        assert np.isfinite(pieces).all()
        assert np.isfinite(mean).all()
        ((alone, whole),) = vectors().parts([passage])
        np.testing.assert_array_equal(alone, pieces)
        np.testing.assert_array_equal(whole, mean)
        if not passage.text.strip():
            assert not mean.any()


def test_a_text_is_read_once_for_all_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements of one sentence come one after the other."""
    own = SentenceVectors(MODELS / "v1")
    read: list[str] = []
    really = own._read

    def noting(text: str) -> object:
        read.append(text)
        return really(text)

    monkeypatch.setattr(own, "_read", noting)
    one, other = "The lamp failed, and Quill mended it.", "The ferry sank."
    assert len(list(own.parts([part_of(one, "The lamp"), part_of(one, "it"), part_of(other, "sank")]))) == 3
    assert read == [one, other]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param(
            "PORT ADA (Northern Wire) — An officer of the guard, who asked not to be named because he was not allowed "
            "to speak, said the bridge would close.",
            "An officer of the guard",
            id="a dateline, and who asked to stay unnamed",
        ),
        pytest.param("CALDER — Two nurses at a clinic said the ward was shut.", "Two nurses at a clinic", id="a dash"),
    ],
)
def test_a_speaker_without_dateline_and_clause(text: str, source: str) -> None:
    """Who speaks is neither the place where it was written nor one who only asked not to be named."""
    assert [[s.of(text) for s in a.source] for a in tag(text).attributions] == [[source]]
