"""Scores to spans: the likeliest labels that fit together, cues taken loosely, no word said by two."""

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Span
from headwater.reading.trained.spans import (
    FLAT,
    NAMES,
    ROLES,
    Floats,
    Found,
    Range,
    attributions,
    cues_of,
    likeliest,
    log_shares,
    names_of,
    runs,
    spans_of,
    tagged,
)


def scores(labels: Sequence[str], *rows: dict[str, float]) -> Floats:
    """A row a word: each label's share, the rest evenly among the others."""
    out = []
    for row in rows:
        rest = (1 - sum(row.values())) / max(1, len(labels) - len(row))
        out.append([np.log(max(row.get(label, rest), 1e-6)) for label in labels])
    return np.array(out, np.float32).reshape(len(rows), len(labels))


def sure(labels: Sequence[str], *chosen: str, share: float = 0.9) -> Floats:
    """A row a word, each sure of one label."""
    return scores(labels, *({label: share} for label in chosen))


def random_scores(labels: Sequence[str], *, rows: int = 1, most: int = 5) -> st.SearchStrategy[Floats]:
    """Scores that are no two alike, so that one way is the likeliest."""
    return st.tuples(st.integers(1, most), st.integers(0, 2**32 - 1)).map(
        lambda drawn: np.random.default_rng(drawn[1]).normal(0, 3, (rows, drawn[0], len(labels))).astype(np.float32)
    )


def fits(chosen: Sequence[int], labels: Sequence[str]) -> bool:
    """Whether no label is inside a span of its kind that has not begun."""
    forms = ["O", *(labels[k] for k in chosen)]
    return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairwise(forms))


@given(random_scores(ROLES, rows=2, most=4))
def test_likeliest_is_what_trying_all_gives(given_scores: Floats) -> None:
    """The same labels as by trying every row of labels that fits, each row of words by itself."""
    logs = log_shares(given_scores)
    found = likeliest(logs, ROLES)
    for row, chosen in zip(logs, found.tolist(), strict=True):
        ways = [way for way in product(range(len(ROLES)), repeat=len(row)) if fits(way, ROLES)]
        best = max(ways, key=lambda way: sum(float(row[at, k]) for at, k in enumerate(way)))
        assert tuple(chosen) == best


@pytest.mark.parametrize("labels", [FLAT, ROLES, NAMES], ids=["flat", "roles", "names"])
@given(data=st.data())
def test_nothing_starts_inside_a_span(labels: Sequence[str], data: st.DataObject) -> None:
    """Whatever the scores, and however extreme, no label goes on with what has not begun."""
    drawn = data.draw(random_scores(labels, rows=3, most=30)) * data.draw(st.sampled_from([0.0, 1.0, 1e4]))
    for chosen in likeliest(log_shares(drawn), labels).tolist():
        assert fits(chosen, labels)


@given(random_scores(FLAT, rows=2, most=9))
def test_shares_add_up(drawn: Floats) -> None:
    """A row's shares add up to one, also where the scores are too great for an exponential."""
    for factor in (1, 1000):
        assert np.exp(log_shares(drawn * factor)).sum(-1) == pytest.approx(1, abs=1e-4)


SPANS = [
    pytest.param([0, 0], [], id="none"),
    pytest.param([1, 2, 2, 0], [(0, 3)], id="one"),
    pytest.param([1, 1, 2], [(0, 1), (1, 3)], id="two that touch"),
    pytest.param([0, 2, 2], [(1, 3)], id="one that never began"),
    pytest.param([1, 0, 2], [(0, 1), (2, 3)], id="gone on with after a gap is another"),
    pytest.param([3, 4, 1], [(2, 3)], id="others' labels"),
]


@pytest.mark.parametrize(("chosen", "expected"), SPANS)
def test_spans_of(chosen: list[int], expected: list[Range]) -> None:
    """Spans of one kind, half-open, in order."""
    assert spans_of(chosen, 1) == expected


CUES = [
    pytest.param([{"O": 0.99}, {"O": 0.95}], [], id="none"),
    pytest.param([{"O": 0.9}, {"B-cue": 0.8}, {"O": 0.9}], [(1, 2)], id="one word"),
    pytest.param([{"B-cue": 0.8}, {"I-cue": 0.8}, {"I-cue": 0.4}, {"I-cue": 0.05, "O": 0.8}], [(0, 3)], id="goes on"),
    pytest.param([{"B-cue": 0.8}, {"B-cue": 0.7, "I-cue": 0.2}], [(0, 1), (1, 2)], id="two that touch"),
    pytest.param([{"O": 0.8, "B-cue": 0.15}], [(0, 1)], id="not the likeliest label, but enough"),
    pytest.param([{"O": 0.6, "I-cue": 0.35}], [(0, 1)], id="inside without a beginning"),
    pytest.param([{"O": 0.9, "B-cue": 0.1}], [], id="the share itself is not enough"),
    pytest.param([{"B-cue": 0.9}, {"I-cue": 0.9}], [(0, 2)], id="to the window's end"),
]


@pytest.mark.parametrize(("rows", "expected"), CUES)
def test_cues(rows: list[dict[str, float]], expected: list[Range]) -> None:
    """Cues by their share, not by the likeliest label."""
    assert [cue for cue, _ in cues_of(scores(FLAT, *rows), 0.1001)] == expected


@given(random_scores(FLAT, most=30), st.floats(0, 1))
def test_cues_are_in_order_and_apart(drawn: Floats, at_least: float) -> None:
    """None empty or beyond the window, each with a share above what is asked."""
    found = cues_of(drawn[0], at_least)
    assert all(0 <= start < end <= drawn.shape[1] for (start, end), _ in found)
    assert all(a[1] <= b[0] for (a, _), (b, _) in pairwise(found))
    assert all(at_least < share <= 1 + 1e-6 for _, share in found)


def roles(*rows: str, share: float = 0.9) -> Floats:
    """Rows of words for each cue: ``s``/``S`` begins or goes on with a source, ``c``/``C`` a content, ``.`` neither."""
    labels = {".": "O", "s": "B-source", "S": "I-source", "c": "B-content", "C": "I-content"}
    return np.stack([sure(ROLES, *(labels[k] for k in row), share=share) for row in rows])


def alone(table: Floats, *labels: str) -> Floats:
    """What words are by themselves: these labels, else none of them content, for a window as wide as the table's."""
    return sure(FLAT, *(labels or ["O"] * table.shape[1]), share=0.95)


FOUND = [
    pytest.param([((2, 3), 1.0)], ["sS.cCC"], [((2, 3), [(0, 2)], [(3, 6)])], id="source, cue, content"),
    pytest.param([((2, 3), 1.0)], ["...cCC"], [((2, 3), [], [(3, 6)])], id="no source"),
    pytest.param([((2, 3), 1.0)], ["sS...."], [], id="no content, no attribution"),
    pytest.param([((3, 4), 1.0)], ["cCC.cC"], [((3, 4), [], [(0, 3), (4, 6)])], id="content on both sides"),
    pytest.param([((2, 3), 1.0)], ["cCCCC"], [((2, 3), [], [(0, 2), (3, 5)])], id="a cue is no content of its own"),
    pytest.param([((0, 1), 0.3)], ["sS.cCC"], [], id="not sure enough"),
    pytest.param([], [], [], id="no cue"),
    pytest.param(
        [((1, 2), 0.8), ((4, 5), 0.9)],
        ["s.cCCC", "...s.c"],
        [((4, 5), [(3, 4)], [(5, 6)]), ((1, 2), [(0, 1)], [(2, 5)])],
        id="a word goes to the surer",
    ),
    pytest.param(
        [((0, 1), 0.8), ((1, 2), 0.9)],
        ["..cCC", "..cC."],
        [((1, 2), [], [(2, 4)])],
        id="half of its words taken: no attribution",
    ),
    pytest.param(
        [((1, 2), 0.9), ((0, 1), 0.9)],
        ["..cC", "..cC"],
        [((0, 1), [], [(2, 4)])],
        id="equally sure: the first in the text",
    ),
]


@pytest.mark.parametrize(("cues", "rows", "expected"), FOUND)
def test_attributions(
    cues: list[tuple[Range, float]], rows: list[str], expected: list[tuple[Range, list[Range], list[Range]]]
) -> None:
    """Surest first; what a surer one took is left out."""
    table = roles(*rows) if rows else np.zeros((0, 6, len(ROLES)), np.float32)
    found = attributions(cues, table, alone(table), 0.4)
    assert [(f.cue, list(f.source), list(f.content)) for f in found] == expected


WEAK = [
    pytest.param("sS.cCC", 0.3, True, True, id="a speaker, and surely content"),
    pytest.param("sS.cCC", 0.3, False, False, id="a speaker, not surely content"),
    pytest.param("sS.cCC", 0.15, True, False, id="too weak a cue"),
    pytest.param("...cCC", 0.3, True, False, id="nobody's"),
    pytest.param("...cCC", 0.7, True, True, id="nobody's, surely content"),
    pytest.param("...cCC", 0.7, False, False, id="nobody's, not surely content"),
    pytest.param("...cCC", 0.9, False, True, id="nobody's, but sure"),
]


@pytest.mark.parametrize(("row", "share", "content", "kept"), WEAK)
def test_weak_cues(row: str, share: float, content: bool, kept: bool) -> None:
    """Below the threshold only a speaker's words that are content by themselves; nobody's must be surer."""
    table = roles(row, share=0.99)
    flat = alone(table, "O", "O", "B-cue", "B-content", "I-content", "I-content") if content else alone(table)
    assert bool(attributions([((2, 3), share)], table, flat, 0.6)) == kept


def test_the_surest_source_is_taken() -> None:
    """One source a cue: of two the surer."""
    weak, strong = sure(ROLES, "B-source", share=0.6), sure(ROLES, "B-source", share=0.9)
    table = np.concatenate([weak, sure(ROLES, "O"), strong, sure(ROLES, "B-content")])[None]
    (found,) = attributions([((1, 2), 1.0)], table, alone(table), 0.4)
    assert found.source == ((2, 3),)


@st.composite
def read_windows(draw: st.DrawFn) -> tuple[list[tuple[Range, float]], Floats]:
    """Cues of a window, in order and apart, with random scores."""
    width = draw(st.integers(2, 24))
    bounds = sorted(draw(st.sets(st.integers(0, width), min_size=2, max_size=8)))
    cues = [((a, b), draw(st.floats(0.1, 1))) for a, b in pairwise(bounds)][::2]
    seed = draw(st.integers(0, 2**32 - 1))
    return cues, np.random.default_rng(seed).normal(0, 4, (len(cues), width, len(ROLES))).astype(np.float32)


@given(read_windows(), st.floats(0, 1))
def test_no_word_is_content_of_two(window: tuple[list[tuple[Range, float]], Floats], at_least: float) -> None:
    """Surest first, each with content, in ranges that are apart, none over its own cue and none beyond the window."""
    cues, table = window
    found = attributions(cues, table, alone(table), at_least)
    assert all(a.score >= b.score for a, b in pairwise(found))
    assert all(min(at_least, 0.2) <= f.score <= 1 + 1e-6 for f in found)
    assert len({f.cue for f in found}) == len(found)
    said = [k for f in found for a, b in f.content for k in range(a, b)]
    assert len(said) == len(set(said))
    for f in found:
        assert f.cue in [cue for cue, _ in cues]
        assert f.content == runs(k for a, b in f.content for k in range(a, b))
        assert len(f.source) <= 1
        assert all(0 <= a < b <= table.shape[1] for a, b in (*f.source, *f.content))
        assert not any(a < f.cue[1] and f.cue[0] < b for a, b in f.content)


@given(st.sets(st.integers(0, 40)))
def test_runs(words: set[int]) -> None:
    """As few ranges as there are, in order, of just these words."""
    found = runs(words)
    assert {k for a, b in found for k in range(a, b)} == words
    assert all(a[1] < b[0] for a, b in pairwise(found))


def place(words: Range) -> Span:
    """Words of ten characters, one apart."""
    return Span(words[0] * 10, words[1] * 10 - 1)


def test_places_in_the_text() -> None:
    """An attribution's words become characters, part by part."""
    made = tagged(Found(cue=(2, 3), source=((0, 2),), content=((3, 5), (7, 8)), score=0.5), place)
    assert made.cue == (Span(20, 29),)
    assert made.source == (Span(0, 19),)
    assert made.content == (Span(30, 49), Span(70, 79))
    assert (made.score, made.via, made.follows) == (0.5, (), None)


def test_names() -> None:
    """Each kind of name, in order of place; what is not sure enough is left out."""
    rows = ("B-place", "O", "B-person", "I-person", "B-person", "O", "B-organisation", "B-other")
    found = names_of(np.concatenate([sure(NAMES, *rows), sure(NAMES, "B-place", share=0.4)]), place, 0.5)
    assert [(n.start, n.end, n.type) for n in found] == [
        (0, 9, "place"), (20, 39, "person"), (40, 49, "person"), (60, 69, "organisation"), (70, 79, "other"),
    ]  # fmt: skip
    assert all(n.score == pytest.approx(0.9, abs=0.02) for n in found)


@given(random_scores(NAMES, most=30), st.floats(0, 1))
def test_names_are_in_order_and_apart(drawn: Floats, at_least: float) -> None:
    """Whatever the scores: no two names share a word."""
    found = names_of(drawn[0], place, at_least)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= n.start < n.end <= drawn.shape[1] * 10 for n in found)
