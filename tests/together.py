"""Weights of chance for what reads two statements together."""

import numpy as np

from headwater.align.claims.together import INNER, SIZE, Together


def weights(width: int, seed: int = 2) -> dict[str, np.ndarray]:
    """Small numbers of the shapes that are asked for."""
    chance = np.random.default_rng(seed)
    shapes: dict[str, tuple[int, ...]] = {
        "piece_w": (width, SIZE), "piece_b": (SIZE,), "weight_w": (width,), "weight_b": (1,), "sharp": (),
        "compare_w": (4 * SIZE, INNER), "compare_b": (INNER,), "first_w": (4 * INNER + 1, INNER), "first_b": (INNER,),
        "last_w": (INNER, 2), "last_b": (2,),
    }  # fmt: skip
    return {n: np.asarray(0.3 * chance.normal(size=shape), np.float32) for n, shape in shapes.items()}


def by_chance(width: int) -> Together:
    """One that reads, and knows nothing."""
    return Together(weights(width))
