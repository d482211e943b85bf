"""Learns what tells whether two articles tell one story: ``python -m training.stories``.

Prints the weights of ``headwater/cluster/judging.py`` as JSON, with scores of weights and threshold that were chosen
without the stories they are scored on. Reads the labelled articles of ``benchmarks/stories.py``; numpy is enough.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.stories import DATA, articles_of, harmonic
from numpy.typing import NDArray

from headwater.cluster import judging
from headwater.cluster.growing import Growing, Member
from headwater.cluster.items import Item, item_of, words_of
from headwater.cluster.links import Links, far_of, links_of
from headwater.cluster.pairs import Pairs
from headwater.cluster.undated import beside, parts_of

FOLDS = 5
GRID = tuple(round(0.24 + 0.02 * step, 2) for step in range(16))
PENALTY = 1.0  # on the squares of the weights of columns scaled to unit deviation
ROUNDS = 25

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Labelled articles as they are judged, the pairs that are; ``same`` says of each whether it is of one story."""

    story: NDArray[np.str_]
    items: tuple[Item, ...]
    pairs: Pairs
    alike: Values
    names: tuple[str, ...]
    table: Values
    same: Flags


def data_of(rows: Sequence[dict[str, Any]]) -> Data:
    """Pairs and columns of labelled articles."""
    items = tuple(item_of(words_of(article)) for article in articles_of(rows))
    story = np.array([row["story_id"] for row in rows])
    held = beside(parts_of(items))
    far = far_of(items, held)
    pairs = links_of(items, held, far).pairs
    mixed = np.array([item.mixed for item in items])
    alike = judging.likeness(pairs)
    judged = np.flatnonzero(alike >= judging.LEAST)
    columns = judging.columns(pairs, alike, mixed, far, judged)
    pairs = Pairs(**{field.name: getattr(pairs, field.name)[judged] for field in fields(Pairs)})
    return Data(
        story=story,
        items=items,
        pairs=pairs,
        alike=alike[judged],
        names=tuple(columns),
        table=np.column_stack(list(columns.values())),
        same=story[pairs.one] == story[pairs.other],
    )


def learned(table: Values, same: Flags) -> tuple[Values, float]:
    """Weights and bias of a logistic regression (Newton's method, ridge)."""
    mean, deviation = table.mean(0), table.std(0) + 1e-9
    scaled = np.column_stack([np.ones(len(table)), (table - mean) / deviation])
    weights = np.zeros(scaled.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + PENALTY * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, scaled.T @ (same - chance) - PENALTY * weights)
    raw = weights[1:] / deviation
    return raw, float(weights[0] - raw @ mean)


def _chances(table: Values, weights: Values, bias: float) -> Values:
    return 1 / (1 + np.exp(-np.clip(table @ weights + bias, -40, 40)))


def folds_of(story: NDArray[np.str_], seed: int) -> NDArray[np.int64]:
    """The fold of each article; a story is in one fold."""
    named = np.unique(story)
    drawn = dict(
        zip(named.tolist(), (np.random.RandomState(seed).permutation(len(named)) % FOLDS).tolist(), strict=True)
    )
    return np.array([drawn[name] for name in story.tolist()])


def scores(found: Sequence[Sequence[int]], story: NDArray[np.str_], judged: Flags) -> dict[str, float]:
    """BCubed and pairwise scores of the articles that are ``judged``, among all articles."""
    truth = defaultdict(set)
    for number, name in enumerate(story.tolist()):
        truth[name].add(number)
    precision = recall = right = made = wanted = 0.0
    for group in found:
        together = set(group)
        for number in group:
            if judged[number]:
                own = truth[str(story[number])]
                shared = len(together & own)
                precision += shared / len(together)
                recall += shared / len(own)
                right, made, wanted = right + shared - 1, made + len(together) - 1, wanted + len(own) - 1
    count = int(judged.sum())
    precision, recall = precision / count, recall / count
    pair_precision, pair_recall = right / max(1, made), right / max(1, wanted)
    return {
        "bcubed_precision": precision,
        "bcubed_recall": recall,
        "bcubed_f1": harmonic(precision, recall),
        "pair_precision": pair_precision,
        "pair_recall": pair_recall,
        "pair_f1": harmonic(pair_precision, pair_recall),
    }


def grouped(data: Data, chance: Values, level: float) -> list[tuple[int, ...]]:
    """Stories, as places of articles, where pairs have these chances and this is enough."""
    growing: Growing[int] = Growing(chance=level)
    for number, item in enumerate(data.items):
        growing.add(number, Member(item.id, item.day, item.mixed, until=0))
    for link in Links(data.pairs, judging.Judged(data.alike, chance)).weighed():
        growing.link(*link)
    return [grown.keys for grown in growing.whole(None)]


def cross_validated(data: Data, seed: int, share: float = 1.0) -> tuple[dict[str, float], list[float]]:
    """Scores of stories that had no part in the choice of weights and threshold, and the thresholds chosen.

    A pair is judged by weights learned without the folds of both its articles; the threshold of a fold is the best
    for the other folds. ``share`` of the stories of the other folds are learned from.
    """
    fold = folds_of(data.story, seed)
    named, place = np.unique(data.story, return_inverse=True)
    used = np.random.RandomState(seed + 1).random(len(named))[place] < share
    one, other = fold[data.pairs.one], fold[data.pairs.other]
    usable = used[data.pairs.one] & used[data.pairs.other]
    chance = np.zeros(len(one))
    for first in range(FOLDS):
        for second in range(first, FOLDS):
            held = ((one == first) & (other == second)) | ((one == second) & (other == first))
            free = usable & ~np.isin(one, (first, second)) & ~np.isin(other, (first, second))
            chance[held] = _chances(data.table[held], *learned(data.table[free], data.same[free]))
    found = {level: grouped(data, chance, level) for level in GRID}
    out: dict[str, float] = defaultdict(float)
    chosen = []
    for held_fold in range(FOLDS):
        rest = (fold != held_fold) & used
        rated = {level: scores(groups, data.story, rest) for level, groups in found.items()}
        best = max(GRID, key=lambda level: rated[level]["bcubed_f1"] + rated[level]["pair_f1"])
        chosen.append(best)
        for name, value in scores(found[best], data.story, fold == held_fold).items():
            out[name] += value * float(np.mean(fold == held_fold))
    for kind in ("bcubed", "pair"):
        out[f"{kind}_f1"] = harmonic(out[f"{kind}_precision"], out[f"{kind}_recall"])
    return dict(out), chosen


def main(given: list[str] | None = None) -> int:
    """Learn, score by cross-validation, print."""
    parser = argparse.ArgumentParser(prog="python -m training.stories", description="Learn the weights of stories.")
    parser.add_argument("--data", type=Path, default=DATA, help="labelled articles, JSON Lines")
    parser.add_argument("--seeds", type=int, default=3, help="how many divisions into folds are averaged")
    parser.add_argument(
        "--curve", action="store_true", help="score with an eighth, a quarter, a half to learn from too"
    )
    arguments = parser.parse_args(given)
    if not arguments.data.exists():
        print(f"training.stories: {arguments.data} is missing; name the labelled articles with --data", file=sys.stderr)
        return 1
    rows = sorted(map(json.loads, arguments.data.read_text(encoding="utf-8").splitlines()), key=lambda r: str(r["id"]))
    data = data_of(rows)
    weights, bias = learned(data.table, data.same)
    shares = (0.125, 0.25, 0.5, 1.0) if arguments.curve else (1.0,)
    report: dict[str, Any] = {
        "weights": {name: round(float(w), 3) for name, w in zip(data.names, weights, strict=True)}
        | {"": round(bias, 3)}
    }
    for share in shares:
        runs = [cross_validated(data, seed, share) for seed in range(arguments.seeds)]
        report[f"learned from {share:g} of the stories"] = {
            name: round(float(np.mean([run[0][name] for run in runs])), 4) for name in runs[0][0]
        } | {"thresholds": [run[1] for run in runs]}
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
