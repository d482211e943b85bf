"""Learns the pair model from marks by hand, judged by stories left out: ``python -m training.pairs.learn``."""

import argparse
import pickle
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from headwater.align.claims.likeness import WORDS
from headwater.align.claims.pairs import BOTH, SIZE, PairModel, turned
from headwater.reading.trained import MODELS
from training.manifest import sign
from training.pairs.features import marked_claims, marked_pairs

Marks = tuple[np.ndarray, np.ndarray, np.ndarray]  # features, what was marked, story
FOLDS = 5
NETWORKS, INNER, EPOCHS, BATCH = 5, 24, 25, 128


def learn(rows: np.ndarray, wanted: np.ndarray, *, seed: int = 0) -> dict[str, np.ndarray]:
    """Train the networks on features and targets, each pair seen from both sides.

    Which side holds the other only the marked pairs say: targets of claims, in which it is not known, are below 0 for
    the right side, and are learned by the mean of both.
    """
    import torch
    from torch import nn

    torch.set_num_threads(1)
    both = np.concatenate([rows, turned(rows)])
    mean, scale = both.mean(0), both.std(0) + 1e-6
    there, back = (torch.from_numpy((side - mean) / scale).float() for side in (rows, turned(rows)))
    y = torch.from_numpy(wanted)
    known = (y[:, 1] >= 0).float()
    out: dict[str, list[np.ndarray]] = {"w1": [], "b1": [], "w2": [], "b2": []}
    for number in range(NETWORKS):
        torch.manual_seed(seed * 100 + number)
        net = nn.Sequential(nn.Linear(SIZE, INNER), nn.ReLU(), nn.Dropout(0.2), nn.Linear(INNER, 2))
        steps = EPOCHS * (len(rows) // BATCH)
        optimizer = torch.optim.AdamW(net.parameters(), 4e-3, weight_decay=0.1)
        rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
        for _ in range(EPOCHS):
            order = torch.randperm(len(rows))
            for at in range(len(rows) // BATCH):
                batch = order[at * BATCH : at * BATCH + BATCH]
                left, right, sided = net(there[batch]), net(back[batch]), known[batch]
                either = (left[:, 0] + right[:, 0]) / 2
                loss = (
                    sided * (_cross(left[:, 0], y[batch, 0]) + _cross(right[:, 0], y[batch, 1].clip(0)))
                    + (1 - sided) * 2 * _cross(either, y[batch, 0])
                    + 2 * _cross((left[:, 1] + right[:, 1]) / 2, y[batch, 2])
                ).mean() / 4
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                rate.step()
        first, last = net[0], net[3]
        for name, value in (("w1", first.weight.T), ("b1", first.bias), ("w2", last.weight.T), ("b2", last.bias)):
            out[name].append(value.detach().numpy())
    return {"mean": mean, "scale": scale, **{name: np.stack(value) for name, value in out.items()}}


def _cross(score: Any, right: Any) -> Any:
    """The loss of each."""
    from torch import nn

    return nn.functional.binary_cross_entropy_with_logits(score, right, reduction="none")


def average_precision(score: np.ndarray, right: np.ndarray) -> float:
    """Mean of the precision at each pair that is right, in falling order of score."""
    found = right[np.argsort(-score, kind="stable")]
    return float((np.cumsum(found) / np.arange(1, len(found) + 1))[found > 0].mean())


def recall_at(score: np.ndarray, right: np.ndarray, precision: float) -> float:
    """The largest share of right pairs found at a precision."""
    found = np.cumsum(right[np.argsort(-score, kind="stable")])
    good = np.flatnonzero(found / np.arange(1, len(found) + 1) >= precision)
    return float(found[good[-1]] / right.sum()) if len(good) else 0.0


def untrained(rows: np.ndarray) -> np.ndarray:
    """Likeness by words and vectors, as without a model."""
    likeness: np.ndarray = (rows[:, BOTH.index("vectors")] + WORDS * rows[:, BOTH.index("words")]) / (1 + WORDS)
    return likeness


def left_out(kept: Sequence[Marks]) -> list[np.ndarray]:
    """What models that never saw a pair's story say of each kind of marks: left held, right held, same."""
    order = sorted({str(name) for _, _, names in kept for name in names})
    folds = [np.array([order.index(str(name)) % FOLDS for name in names]) for _, _, names in kept]
    out = [np.zeros_like(wanted) for _, wanted, _ in kept]
    for part in range(FOLDS):
        model = PairModel(
            learn(*_joined([(r[f != part], w[f != part]) for (r, w, _), f in zip(kept, folds, strict=True)]))
        )
        for (rows, _, _), fold, made in zip(kept, folds, out, strict=True):
            said = model(rows[fold == part])
            made[fold == part] = np.stack([said.left_held, said.right_held, said.same], axis=1)
    return out


def _joined(parts: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([wanted for _, wanted in parts])


def report(name: str, marks: Marks, said: np.ndarray) -> None:
    """Print how well pairs are told apart, over all and in the doubtful band, by the model and without it."""
    rows, wanted, _ = marks
    plain = untrained(rows)
    held = wanted[:, :2].max(1)
    doubtful = (plain >= 0.15) & (plain < 0.5)
    print(f"{name:20}{'average precision':>19}{'in the band':>13}{'recall at P .7':>16}{'at P .8':>9}")
    for way, score in (("words and vectors", plain), ("pair model", said[:, :2].max(1))):
        print(
            f"  {way:18}{average_precision(score, held):19.3f}"
            f"{average_precision(score[doubtful], held[doubtful]):13.3f}"
            f"{recall_at(score, held, 0.7):16.2f}{recall_at(score, held, 0.8):9.2f}"
        )


def teach(folder: Path, kept_at: Path | None = None) -> None:
    """Judge by stories left out, then learn from all that was marked and put the weights beside the others.

    Args:
        folder: weights of a reader; it gets ``pairs.npz``, and its ``model.json`` the file's sha256.
        kept_at: file that keeps the features between two runs.
    """
    if kept_at and kept_at.exists():
        kept = pickle.loads(kept_at.read_bytes())
    else:
        with tempfile.TemporaryDirectory() as work:
            kept = [make(folder, Path(work)).all() for make in (marked_pairs, marked_claims)]
        if kept_at:
            kept_at.write_bytes(pickle.dumps(kept))
    for name, marks, said in zip(("marked pairs", "marked claims"), kept, left_out(kept), strict=True):
        report(name, marks, said)
    made = learn(*_joined([(rows, wanted) for rows, wanted, _ in kept]))
    weights: dict[str, Any] = {name: np.asarray(value, np.float32) for name, value in made.items()}
    np.savez(folder / "pairs.npz", **weights)
    sign(folder, "pairs.npz")


def main() -> int:
    """Learn the pair model of a folder of weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODELS / "v1", help="folder of weights that gets pairs.npz")
    parser.add_argument("--features", type=Path, help="file that keeps the features between two runs")
    asked = parser.parse_args()
    teach(asked.out, asked.features)
    return 0


if __name__ == "__main__":
    sys.exit(main())
