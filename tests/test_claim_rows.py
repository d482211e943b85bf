"""What many pairs of statements have in common, computed for all at once, is what it is pair by pair."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.align.claims.meaning import Floats, Meanings
from headwater.align.claims.pairs import BOTH, ONE, SIZE, Compared, turned
from headwater.align.claims.rows import Names, Rows, shared, spread
from headwater.align.claims.wordings import Wording, rarity, weighed
from headwater.model import Span, Statement
from together import by_chance

SETS = st.lists(st.frozensets(st.integers(0, 12), max_size=6), min_size=1, max_size=8)
WORDS = "dam gates opened 3 engineers Torhaven denied never closed 12 order minister Ledger water".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def wording(text: str) -> Wording:
    """The wording of a whole text."""
    return Wording(Statement(article="a", spans=(Span(0, len(text)),)), text, None)


def meanings(lengths: list[int], seed: int = 1) -> Meanings:
    """Made-up word pieces, so many for each wording."""
    chance = np.random.default_rng(seed)
    read: list[tuple[Floats, Floats]] = [
        (chance.normal(size=(n, 8)).astype(np.float32), chance.normal(size=8).astype(np.float32)) for n in lengths
    ]
    return Meanings(read, [1] * len(lengths))


def row(a: Wording, b: Wording, x: dict[str, float], y: dict[str, float], rare: dict[str, float]) -> list[float]:
    """What two wordings share, by the sets of their words."""
    run, other = (set(zip(w.order, w.order[1:], strict=False)) for w in (a, b))
    together = len(run & other)
    both = [
        sum(v * y.get(t, 0.0) for t, v in x.items()), len(a.numbers & b.numbers), len(a.numbers ^ b.numbers),
        a.denies != b.denies, together / (min(len(run), len(other)) + 1), together,
    ]  # fmt: skip

    def share(own: set[str], held: set[str]) -> float:
        whole = sum(rare.get(t, 1.0) for t in own)
        return sum(rare.get(t, 1.0) for t in own & held) / whole if whole else 0.5

    def one(p: Wording, q: Wording) -> list[float]:
        held = q.common | q.names
        shares = [share(p.common | p.names, held), share(p.names, held), share(p.common, held)]
        return [*shares, len(p.order) / 12, len(p.common & q.common), len(p.names & held)]

    return [float(v) for v in (*both, *one(a, b), *one(b, a))]


@given(SETS, st.data())
def test_shared_is_what_both_rows_hold(sets: list[frozenset[int]], data: st.DataObject) -> None:
    """The sum over what two rows have in common, for any pairs of any rows, empty ones too."""
    pairs = data.draw(st.lists(st.tuples(*[st.integers(0, len(sets) - 1)] * 2), min_size=1))
    weights = np.arange(13) / 7
    rows = Rows([sorted(s, reverse=True) for s in sets])
    left, right = np.asarray(pairs, np.int64).T
    known = [sum(weights[t] for t in sets[i] & sets[j]) for i, j in pairs]
    assert shared(rows, rows, left, right, weights).tolist() == pytest.approx(known)
    assert shared(rows, rows, left, right).tolist() == [len(sets[i] & sets[j]) for i, j in pairs]
    assert rows.sums(weights).tolist() == pytest.approx([sum(weights[t] for t in s) for s in sets])


@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=9), min_size=1, max_size=6))
def test_spread_is_that_of_each_row(rows: list[list[float]]) -> None:
    """Mean, mean of the lowest quarter, and least of each row by itself."""
    made = spread(np.array([v for r in rows for v in r], np.float32), np.array([len(r) for r in rows]))
    for said, values in zip(made, rows, strict=True):
        quarter = max(1, len(values) // 4)
        low = sum(sorted(values)[:quarter]) / quarter
        assert said.tolist() == pytest.approx([sum(values) / len(values), low, min(values)], abs=1e-6)


@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_features_are_those_of_each_pair_by_itself(texts: list[str]) -> None:
    """All pairs at once have the features that the words and word pieces of each pair have."""
    made = [wording(text) for text in texts]
    rare = rarity(made)
    bags = weighed(made, rare)
    read = meanings([1 + len(text) % 5 for text in texts])
    pairs = list(combinations(range(len(made)), 2))
    features = Compared(made, bags, rare, read, by_chance(8)).features(pairs)
    at = [*BOTH, *(f"left_{n}" for n in ONE), *(f"right_{n}" for n in ONE)]
    words = ["words", "numbers", "other_numbers", "polarity", "pairs", "many_pairs"]
    sides = [f"{side}_{name}" for side in ("left", "right") for name in ONE[:6]]
    for said, (i, j) in zip(features, pairs, strict=True):
        found = [float(said[at.index(name)]) for name in (*words, *sides)]
        assert found == pytest.approx(row(made[i], made[j], bags[i], bags[j], rare), abs=1e-5)
        near = read.pieces(i) @ read.pieces(j).T
        for side, values in (("left", near.max(1)), ("right", near.max(0))):
            assert said[at.index(f"{side}_aligned")] == pytest.approx(values.mean(), abs=1e-5)
            assert said[at.index(f"{side}_least_aligned")] == pytest.approx(values.min(), abs=1e-5)
    exchanged = Compared(made, bags, rare, read, by_chance(8)).features([(j, i) for i, j in pairs])
    assert np.allclose(exchanged, turned(features), atol=1e-5)


def test_a_large_story_is_compared() -> None:
    """More wordings than are held at once: every pair still gets its features."""
    made = [wording(f"gate {n} opened by engineers of shift {n % 7}") for n in range(1200)]
    rare = rarity(made)
    pairs = [(n, (n * 37 + 11) % 1200) for n in range(1200)]
    pairs = sorted((min(p), max(p)) for p in pairs if p[0] != p[1])
    features = Compared(made, weighed(made, rare), rare, meanings([3] * 1200), by_chance(8)).features(pairs)
    assert features.shape == (len(pairs), SIZE)
    assert np.isfinite(features).all()


def test_names_number_things_in_order() -> None:
    """Each thing keeps its number, and its value is looked up by it."""
    names = Names()
    assert names(["b", "a", "b"]) == [0, 1, 0]
    assert names.values({"a": 2.0}, 1.0).tolist() == [1.0, 2.0]
