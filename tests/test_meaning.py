"""Meaning: statements read in their sentences, centred on their story, compared two by two by a learned model."""

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.align.claims import Sense, _parts, group
from headwater.align.claims.likeness import LEAST, by_meaning, by_words
from headwater.align.claims.meaning import Meanings, Passage, passages
from headwater.align.claims.pairs import BOTH, ONE, SIZE, Compared, PairModel, turned
from headwater.align.claims.together import Together
from headwater.align.claims.wordings import Wording, rarity, weighed, wordings
from headwater.model import Article, Reading, Span, Statement
from headwater.pipeline import sense
from headwater.reading import load_meaning, load_tagger
from headwater.reading.cache import CachedTagger
from headwater.reading.trained import MODELS
from headwater.reading.trained.vectors import SentenceVectors
from headwater.words import sentences, words
from tellings import ARTICLES, spans_in, told
from together import by_chance

WIDE = 24

PLAIN = "the tide gate keeper was never open all night two 12 Oda Quill Kessel water homes said".split()
TEXTS = st.one_of(st.lists(st.sampled_from(PLAIN), max_size=12).map(" ".join), st.text(max_size=40))


class Seen:
    """An encoder that knows words by their letters alone: the same word, the same row."""

    def parts(self, passages: Sequence[Passage]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """A row a word of the part; at least one."""
        for passage in passages:
            whole = self.rows(passage.text, [Span(0, len(passage.text))])
            yield self.rows(passage.text, passage.spans), whole.mean(0)

    def rows(self, text: str, spans: Sequence[Span]) -> np.ndarray:
        """A row a word, zeros where there is none."""
        made = [
            np.random.default_rng(zlib.crc32(w.key.encode("utf-8", "replace"))).normal(size=WIDE)
            for span in spans
            for w in words(text, span)
        ]
        return np.array(made or [np.zeros(WIDE)], np.float32)


@cache
def shipped() -> Sense:
    """What ships."""
    vectors = SentenceVectors(MODELS / "v1")
    assert vectors.pairs is not None
    assert vectors.together is not None
    return Sense(vectors, Together(vectors.together), PairModel(vectors.pairs))


def made_of(texts: Sequence[str], encoder: Seen | SentenceVectors | None = None) -> tuple[
    list[Wording], list[dict[str, float]], dict[str, float], Meanings
]:  # fmt: skip
    """Wordings of whole texts with their weights and meanings; texts of the same words are one wording."""
    units = [Statement(article=f"a{n}", spans=(Span(0, len(t)),)) for n, t in enumerate(texts) if t]
    held = {f"a{n}": t for n, t in enumerate(texts)}
    made, of = wordings(units, held, {})
    first = [units[of.index(n)] for n in range(len(made))]
    rare = rarity(made)
    read = (encoder or Seen()).parts(list(passages(first, held)))
    return made, weighed(made, rare), rare, Meanings(read, [w.count for w in made])


# Passages ------------------------------------------------------------------------------------------------------------


SENTENCE = "The ferry came. Quill saw it, and the tide gate was open, she said. Then it rained."


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        pytest.param(
            SENTENCE, ["the tide gate was open"], "Quill saw it, and the tide gate was open, she said.", id="a clause"
        ),
        pytest.param(SENTENCE, ["The ferry came"], "The ferry came.", id="the first"),
        pytest.param(SENTENCE, ["came", "open"], SENTENCE[: SENTENCE.index(" Then")], id="in two sentences"),
        pytest.param(
            "x " * 900 + "open " + "y " * 900, ["open"], "x " * 250 + "open" + " y" * 250, id="in an endless sentence"
        ),
    ],
)
def test_a_statement_is_read_in_its_sentence(text: str, parts: list[str], expected: str) -> None:
    """Its sentence and no other, of which no more than 500 characters on each side; its spans are moved with it."""
    unit = Statement(article="a", spans=tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts))
    (found,) = passages([unit], {"a": text})
    assert found.text == expected
    assert [s.of(found.text) for s in found.spans] == parts


@given(st.data(), st.lists(TEXTS, min_size=1, max_size=3))
def test_passages_of_any_text(data: st.DataObject, texts: list[str]) -> None:
    """Whatever the spans: the passage holds each, unchanged."""
    held = {f"a{n}": text for n, text in enumerate(texts)}
    units = [
        Statement(article=name, spans=spans)
        for name, text in held.items()
        for _ in range(2)
        if (spans := data.draw(spans_in(text)))
    ]
    found = list(passages(units, held))
    assert len(found) == len(units)
    for unit, passage in zip(units, found, strict=True):
        assert passage.text in held[unit.article]
        shown = [s.of(held[unit.article]) for s in unit.spans]
        assert [s.of(passage.text) for s in passage.spans] == shown
        assert all(0 <= s.start < s.end <= len(passage.text) for s in passage.spans)


# Meanings ------------------------------------------------------------------------------------------------------------


def test_what_all_statements_share_says_nothing() -> None:
    """In a story of a dozen statements, two that have only its words in common are unlike."""
    common = "the tide gate of Kessel"
    rows = [f"{common} {word}" for word in "one two three four five six seven eight nine ten eleven twelve".split()]
    *_, meanings = made_of(rows)
    *_, raw = made_of(rows[:2])
    assert abs(float(meanings.vectors[0] @ meanings.vectors[1])) < 0.4 < float(raw.vectors[0] @ raw.vectors[1])


@pytest.mark.parametrize("number", [1, 2, 3, 40])
def test_meanings_are_of_length_one(number: int) -> None:
    """Vectors, those of whole passages, and word pieces; a story of one or two statements has no mean to speak of."""
    *_, meanings = made_of([f"the gate {'was ' * n}open in Kessel" for n in range(number)])
    for rows in (meanings.vectors, meanings.wholes, *(meanings.pieces(n) for n in range(number))):
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-3)


def test_what_is_printed_often_weighs_more() -> None:
    """The story's mean is that of all printings: what a hundred print is the story, and lies near its middle."""
    rows = [f"{word} gate of Kessel" for word in "red blue green black white grey brown pink gold teal tan".split()]
    read = list(Seen().parts([Passage(r, (Span(0, len(r)),)) for r in rows]))
    even, often = Meanings(read, [1] * 11), Meanings(read, [100] + [1] * 10)
    assert float(often.vectors[1] @ often.vectors[2]) > float(even.vectors[1] @ even.vectors[2]) + 0.1


def test_two_statements_are_no_opposites() -> None:
    """Of a story of two, the mean of both tells nothing: what says the same joins, what does not stays apart."""
    lamp, light = "The lamp at Sorrel Point failed twice in a week.", "The light on Sorrel Point went out twice."
    bakers = "Two bakers in the town will close their shops in May."

    def number(*texts: str) -> int:
        pairs = [told(f"a{n}", text) for n, text in enumerate(texts)]
        return len(group([a for a, _ in pairs], [r for _, r in pairs], sense=shipped()))

    assert number(lamp, light) == 1
    assert number(lamp, bakers) == 2


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        pytest.param({(0, 1): (0.8, 0.2)}, {(7, 9)}, id="the first is held by the second"),
        pytest.param({(0, 1): (0.2, 0.8)}, {(9, 7)}, id="the second by the first"),
        pytest.param({(0, 1): (0.8, 0.77)}, set(), id="both ways"),
        pytest.param({(0, 1): (0.8, 0.2), (1, 2): (0.8, 0.2)}, set(), id="one each way"),
        pytest.param({(0, 2): (0.9, 0.1)}, set(), id="within one group"),
    ],
)
def test_which_claim_is_the_wider(held: dict[tuple[int, int], tuple[float, float]], expected: set[object]) -> None:
    """What the other holds, and does not hold the other, is the wider claim; an average over statements decides."""
    assert _parts([7, 9, 7], held) == expected
    assert not _parts([7, 9, 7, 9, 9], held)  # too few of their pairs


# Pairs that are looked at --------------------------------------------------------------------------------------------


@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=14))
@settings(max_examples=60)
def test_any_texts_can_be_compared(texts: list[str]) -> None:
    """Pairs are of two wordings, lower number first; features and answers are numbers, answers are shares."""
    made, bags, rare, meanings = made_of(texts)
    near = by_meaning(bags, meanings)
    assert all(i < j < len(made) for i, j in near)
    assert all(LEAST <= value <= 1.001 for value in near.values())
    everything = [(i, j) for i in range(len(made)) for j in range(len(made))]
    rows = Compared(made, bags, rare, meanings, by_chance(WIDE)).features(everything)
    assert rows.shape == (len(everything), SIZE)
    assert np.isfinite(rows).all()
    said = shipped().model(rows)
    for share in (said.same, said.left_held, said.right_held):
        assert share.shape == (len(everything),)
        assert ((share >= 0) & (share <= 1)).all()


@given(st.lists(TEXTS.filter(bool), min_size=2, max_size=10, unique=True), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_pairs_do_not_depend_on_the_order(texts: list[str], shuffle: random.Random) -> None:
    """The same texts, in any order, are as like; by words and by meaning."""

    def near(some: Sequence[str]) -> tuple[dict[frozenset[str], float], ...]:
        made, bags, _, meanings = made_of(some)
        units = [Statement(article=f"a{n}", spans=(Span(0, len(t)),)) for n, t in enumerate(some)]
        _, of = wordings(units, {f"a{n}": t for n, t in enumerate(some)}, {})
        text = [some[of.index(n)] for n in range(len(made))]
        return tuple(
            {frozenset((text[i], text[j])): value for (i, j), value in found.items()}
            for found in (by_words(bags, [w.denies for w in made]), by_meaning(bags, meanings))
        )

    turned_round = list(texts)
    shuffle.shuffle(turned_round)
    for one, other, least in zip(near(texts), near(turned_round), (0.1, LEAST), strict=True):
        for pair in one.keys() | other.keys():  # at the threshold itself the last bit of a sum decides
            assert one.get(pair, least) == pytest.approx(other.get(pair, least), abs=1e-4)


def test_a_pair_that_shares_no_word_is_looked_at() -> None:
    """Near vectors alone propose it."""
    rows = [f"{a} {b} {a}" for a in ("red", "blue", "teal") for b in ("gate", "boat", "lamp", "hull")]
    made, bags, _, meanings = made_of(rows)
    meanings.vectors[:2] = np.eye(WIDE, dtype=np.float32)[0]
    bags[0], bags[1] = {"a": 1.0}, {"b": 1.0}
    assert (0, 1) in by_meaning(bags, meanings)
    assert (0, 1) not in by_words(bags, [w.denies for w in made])


# The pair model ------------------------------------------------------------------------------------------------------


ROWS = st.lists(
    st.lists(st.floats(-8, 8, width=32), min_size=SIZE, max_size=SIZE), min_size=1, max_size=4
).map(lambda rows: np.array(rows, np.float32))  # fmt: skip


@given(ROWS)
def test_turned_twice_is_the_same(rows: np.ndarray) -> None:
    """Exchanging sides twice gives the row again; what is of both together stays in place."""
    np.testing.assert_array_equal(turned(turned(rows)), rows)
    np.testing.assert_array_equal(turned(rows)[:, : len(BOTH)], rows[:, : len(BOTH)])
    np.testing.assert_array_equal(turned(rows)[:, len(BOTH) : -len(ONE)], rows[:, -len(ONE) :])


@given(ROWS)
def test_the_model_has_no_left_and_right(rows: np.ndarray) -> None:
    """Exchanging sides exchanges which is held, and leaves whether both say the same."""
    said, back = shipped().model(rows), shipped().model(turned(rows))
    np.testing.assert_allclose(said.same, back.same, atol=1e-6)
    np.testing.assert_allclose(said.left_held, back.right_held, atol=1e-6)
    np.testing.assert_allclose(said.right_held, back.left_held, atol=1e-6)


STORY = [
    "The lamp at Sorrel Point failed twice in a week in March",
    "the light on Sorrel Point went out",
    "The lamp at Sorrel Point did not fail in March",
    "Forty people were hurt when the ferry struck the pier",
    "Two bakers in the town will close their shops in May",
    "Quill, 41, never met the harbour master",
    "The harbour master has known Quill since 2019",
]


def test_features_have_no_left_and_right() -> None:
    """The features of (j, i) are those of (i, j) turned."""
    made, bags, rare, meanings = made_of(STORY, SentenceVectors(MODELS / "v1"))
    pairs = [(i, j) for i in range(len(made)) for j in range(i)]
    compared = Compared(made, bags, rare, meanings, shipped().together)
    one, other = compared.features(pairs), compared.features([(j, i) for i, j in pairs])
    np.testing.assert_allclose(turned(other), one, atol=1e-5)
    np.testing.assert_allclose(compared.features(pairs[::-1])[::-1], one, atol=1e-5)


@pytest.mark.parametrize(
    ("left", "right", "name", "value"),
    [
        ("The gate was open on 12 May", "on 12 May and 14 May it was shut", "numbers", 1),
        ("The gate was open on 12 May", "on 12 May and 14 May it was shut", "other_numbers", 1),
        ("The gate was open all night", "The gate was never open at night", "polarity", 1),
        ("The gate was open all night", "open was the gate all night", "polarity", 0),
        ("the tide gate was stuck", "a tide gate was stuck there", "many_pairs", 2),
        ("the tide gate was stuck", "stuck: a gate of the tide", "many_pairs", 0),
        ("the tide gate was stuck", "the tide gate was stuck all night", "held", 1),
        ("the tide gate", "the lamp had failed", "common_held", 0),
        ("Quill saw the boat", "the boat of Quill sank", "names_held", 1),
        ("the boat had sunk there", "the boat of Quill sank", "names_held", 0.5),
        ("the tide gate was stuck", "the tide gate was shut", "common", 2),
    ],
)
def test_what_is_compared(left: str, right: str, name: str, value: float) -> None:
    """Numbers, polarity, neighbours and words in common; half where there is nothing to share."""
    made, bags, rare, meanings = made_of([left, right, "two bakers close their shops"])
    (row,) = Compared(made, bags, rare, meanings, by_chance(WIDE)).features([(0, 1)])
    assert row[[*BOTH, *ONE].index(name)] == pytest.approx(value)


def test_the_same_words_are_held_wholly() -> None:
    """What says all that another does holds it; the other way round it does not."""
    made, bags, rare, meanings = made_of(
        [*STORY, "The lamp at Sorrel Point failed twice in a week in March and a fisherman mended it himself"],
        SentenceVectors(MODELS / "v1"),
    )
    said = shipped().model(
        Compared(made, bags, rare, meanings, shipped().together).features([(0, len(made) - 1), (0, 3)])
    )
    assert said.left_held[0] > 0.5
    assert said.left_held[0] > said.right_held[0]
    assert max(said.left_held[1], said.right_held[1], said.same[1]) < 0.1


# Groups --------------------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.lists(ARTICLES, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_any_articles_are_grouped(parts: list[tuple[str, Reading]], shuffle: random.Random) -> None:
    """Any text with any attributions: every statement in one group, the same in any order of articles."""
    pairs = [told_as(f"a{n}", *part) for n, part in enumerate(parts)]
    found = group([a for a, _ in pairs], [r for _, r in pairs], sense=shipped())
    assert len({s for g in found for s in g.statements}) == sum(len(g.statements) for g in found)
    shuffle.shuffle(pairs)
    assert group([a for a, _ in pairs], [r for _, r in pairs], sense=shipped()) == found


def told_as(name: str, text: str, reading: Reading) -> tuple[Article, Reading]:
    """An article under another name, with its reading."""
    attributions = tuple(replace(a, id=f"{name}-{a.id}", article=name) for a in reading.attributions)
    return Article(id=name, text=text), replace(reading, id=name, attributions=attributions)


PARAPHRASES = (
    """The lamp at Sorrel Point failed twice in a week. Forty people were hurt when the ferry struck the pier.
    The council of Barrow Quay will vote on a new harbour wall in June.""",
    """The light on Sorrel Point went out two times within seven days. The ferry’s crash into the dock injured forty.
    Two bakers in the town will close their shops in May.""",
)


def test_paraphrases_join_by_their_meaning() -> None:
    """What says the same in other words is one claim with the shipped weights, and two without them."""
    pairs = [told(f"a{n}", text) for n, text in enumerate(PARAPHRASES)]
    articles, readings = [a for a, _ in pairs], [r for _, r in pairs]
    texts = {a.id: a.text for a in articles}
    found = group(articles, readings, sense=shipped())
    joined = [[s.spans[0].of(texts[s.article])[:9] for s in g.statements] for g in found if len(g.statements) > 1]
    assert ["The lamp ", "The light"] in joined
    assert all({s.article for s in g.statements} == {"a0", "a1"} for g in found if len(g.statements) > 1)
    assert all(len(g.statements) == 1 for g in group(articles, readings))


def test_readers_that_know_no_meaning() -> None:
    """A reader by rules alone has none; one that keeps what it read has that of the reader it asks."""
    assert load_meaning(load_tagger("rules-1")) is None
    assert sense(load_tagger("rules-1")) is None
    kept = sense(CachedTagger(load_tagger("v1"), Path("no/such/folder"), version="1"))
    assert kept is not None
    assert isinstance(kept.encoder, SentenceVectors)


def test_sentences_are_cut_once_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many statements it has."""
    cut: list[str] = []

    def counted(text: str) -> tuple[Span, ...]:
        cut.append(text)
        return tuple(sentences(text))

    monkeypatch.setattr("headwater.align.claims.meaning.sentences", counted)
    units = [Statement(article=name, spans=(Span(n, n + 1),)) for n in range(5) for name in ("a", "b")]
    assert len(list(passages(units, {"a": SENTENCE, "b": SENTENCE}))) == 10
    assert cut == [SENTENCE, SENTENCE]
