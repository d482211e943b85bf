"""How good the sentence vectors are by themselves: matching of claims on annotated stories.

Mentions of claims in different articles of one story are compared pair by pair; average precision says how well the
pairs of one claim come before the others, beside plain overlap of words. Run: ``python benchmarks/vectors.py``.
"""

import json
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from headwater.reading.trained import MODELS
from headwater.reading.trained.vectors import SentenceVectors
from headwater.words import words

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def average_precision(scores: Sequence[float], same: Sequence[bool]) -> float:
    """Mean of the precision at each pair that is one claim, pairs in falling order of score, 0..1."""
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    found, total = 0, 0.0
    for rank, i in enumerate(order, 1):
        if same[i]:
            found += 1
            total += found / rank
    return total / max(1, found)


def mentions(story: Path) -> list[tuple[str, str, str]]:
    """Claim, article and words of every mention in an annotated story."""
    gold: dict[str, Any] = json.loads(story.read_text(encoding="utf-8"))
    out = []
    for claim in gold["claims"]:
        for mention in claim["mentions"]:
            shown = " ".join(span["text"] for span in mention["spans"])
            out.append((claim["id"], mention["doc"], shown))
    return out


def figures() -> dict[str, float]:
    """Average precision by way of comparing, shares 0..1; {} without data."""
    stories = sorted((SHARED / "gold").glob("*-*.json")) if SHARED.is_dir() else []
    if not stories:
        return {}
    vectors = SentenceVectors(MODELS / "v1")
    near: dict[str, list[float]] = {"vectors": [], "words": []}
    same: list[bool] = []
    for story in stories:
        rows = mentions(story)
        made = vectors.of([text for _, _, text in rows])
        bags = [{w.key for w in words(text)} for _, _, text in rows]
        for i, j in combinations(range(len(rows)), 2):
            if rows[i][1] != rows[j][1]:
                same.append(rows[i][0] == rows[j][0])
                near["vectors"].append(float(made[i] @ made[j]))
                near["words"].append(len(bags[i] & bags[j]) / max(1, len(bags[i] | bags[j])))
    return {f"claims_by_{name}.average_precision": average_precision(scores, same) for name, scores in near.items()}


def main() -> int:
    """Print the figures; 0 also where the data is absent."""
    found = figures()
    if not found:
        print("vectors: no annotated stories beside the project (shared/data/gold); nothing measured")
    for name, value in found.items():
        print(f"{name:40} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
