"""Two statements read together: what pieces make of what they match, the same whichever way and in whatever company."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.align.claims.meaning import MOST_PIECES
from headwater.align.claims.together import Together
from together import by_chance, weights

WIDE = 16
LENGTHS = st.lists(st.integers(1, 9), min_size=2, max_size=6)


def pieces(lengths: list[int], seed: int = 1) -> list[np.ndarray]:
    """Made-up word pieces, so many for each statement."""
    chance = np.random.default_rng(seed)
    return [chance.normal(size=(n, WIDE)).astype(np.float32) for n in lengths]


def near_of(rows: list[np.ndarray], pairs: list[tuple[int, int]]) -> np.ndarray:
    """Something beside."""
    return np.array([float(rows[i].mean() - rows[j].mean()) for i, j in pairs], np.float32)


@given(LENGTHS)
def test_a_pair_is_read_the_same_in_any_company(lengths: list[int]) -> None:
    """All pairs at once, and each alone; exchanging sides exchanges the answers."""
    read, rows = by_chance(WIDE), pieces(lengths)
    prepared = [read.prepared(r) for r in rows]
    pairs = [(i, j) for i in range(len(rows)) for j in range(len(rows))]
    there, back = read(prepared, pairs, near_of(rows, pairs))
    for at, pair in enumerate(pairs):
        alone, alone_back = read(prepared, [pair], near_of(rows, [pair]))
        np.testing.assert_allclose(there[at], alone[0], rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(back[at], alone_back[0], rtol=1e-4, atol=1e-4)
        turned, _ = read(prepared, [pair[::-1]], near_of(rows, [pair]))
        np.testing.assert_allclose(back[at], turned[0], rtol=1e-4, atol=1e-4)


def test_more_pairs_than_are_held_at_once() -> None:
    """Many pairs are read in blocks, none is lost; no pairs are no rows."""
    read, rows = by_chance(WIDE), pieces([3] * 30)
    prepared = [read.prepared(r) for r in rows]
    pairs = [(i, j) for i in range(30) for j in range(30)]
    there, back = read(prepared, pairs, near_of(rows, pairs))
    assert there.shape == back.shape == (900, 2)
    np.testing.assert_allclose(there[-1], read(prepared, pairs[-1:], near_of(rows, pairs[-1:]))[0][0], rtol=1e-3)
    assert [len(made) for made in read(prepared, [], np.zeros(0, np.float32))] == [0, 0]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda w: w.pop("sharp"), id="one is missing"),
        pytest.param(lambda w: w.update(more=np.zeros(1, np.float32)), id="one too many"),
        pytest.param(lambda w: w.update(last_b=np.zeros(3, np.float32)), id="another shape"),
        pytest.param(lambda w: w.update(sharp=np.float32(np.nan)), id="no number"),
        pytest.param(lambda w: w.clear(), id="nothing"),
    ],
)
def test_weights_that_do_not_fit(spoil: object) -> None:
    """Anything else is refused before it is used."""
    held = weights(WIDE)
    assert callable(spoil)
    spoil(held)
    with pytest.raises(ValueError, match="weights"):
        Together(held)


def test_what_was_learned_is_what_is_run() -> None:
    """The network of the training gives the same answers on statements of any length."""
    torch = pytest.importorskip("torch", reason="the training's libraries are not here")
    pytest.importorskip("transformers", reason="the training's libraries are not here")
    sys.path.insert(0, str(Path(__file__).parents[1]))
    recipe = importlib.import_module("training.pairs.encoder")
    torch.manual_seed(1)
    learned = recipe.Together(WIDE).eval()
    read, rows = Together(recipe.weights_of(learned)), pieces([1, 4, 9, 2])
    states, there = torch.zeros(4, MOST_PIECES, WIDE), torch.zeros(4, MOST_PIECES)
    for at, row in enumerate(rows):
        states[at, : len(row)], there[at, : len(row)] = torch.from_numpy(row), 1
    pairs = [(i, j) for i in range(4) for j in range(4)]
    near = near_of(rows, pairs)
    left, right = (torch.tensor(side) for side in zip(*pairs, strict=True))
    with torch.no_grad():
        wanted = learned(states, there, left, right, torch.from_numpy(near))
    for said, known in zip(read([read.prepared(r) for r in rows], pairs, near), wanted, strict=True):
        np.testing.assert_allclose(said, known.numpy(), rtol=1e-4, atol=1e-4)
