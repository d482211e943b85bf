"""Draws pairs of statements of different articles of one story, to be marked by hand: mostly those hard to tell.

Likeness is that of centred sentence vectors and shared words together; most pairs come from its doubtful middle, some
from above, below and at random, and no statement comes in more than three. The same stories give the same pairs.
"""

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from headwater.align import claims, passages
from headwater.model import Article, Reading, Span, Statement
from headwater.pipeline import read_articles, take_in
from headwater.reading.trained import MODELS
from headwater.reading.trained.vectors import SentenceVectors
from headwater.tracing import entities, sources

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
#: Stories kept apart to measure on, and those that tell the same events.
APART = ("S4-", "S7-", "N4-", "W1-", "W3-", "W4-", "W5-")
APART_WORDS = ("Kavanaugh", "dossier", "Jabari", "Lavrov", "classified")
ROUND_UP = "neus-"  # how the ids of round-ups begin
CLUSTERS = 46  # round-ups of three articles beside the other stories
MOST_ARTICLES = 8
#: (least likeness, pairs of a story)
BANDS = ((0.45, 8), (0.30, 20), (0.15, 20), (0.05, 5), (-1.0, 3))
MOST_OF_ONE = 3


def every_story() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """All stories there are, each with its articles as they are stored; those kept apart are left out."""
    for path in (SHARED / "stories" / "stories.jsonl", SHARED / "clusters" / "dev.jsonl"):
        held: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not row["story_id"].startswith(APART):
                held[row["story_id"]].append(row)
        yield from sorted((name, rows[:MOST_ARTICLES]) for name, rows in held.items())


def stories() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The stories that pairs are drawn from: those that were collected as such, and some of the round-ups."""
    round_ups = {}
    for name, rows in every_story():
        if not name.startswith(ROUND_UP):
            yield name, rows
        else:
            round_ups[name] = rows
    fit = sorted(
        name
        for name, rows in round_ups.items()
        if len(rows) == 3
        and all(250 < len(r["text"].split()) < 1400 for r in rows)
        and not any(word in r["title"] for r in rows for word in APART_WORDS)
    )
    for name in sorted(random.Random(4).sample(fit, CLUSTERS)):
        yield name, round_ups[name]


def read_story(rows: Sequence[dict[str, Any]], folder: Path) -> tuple[list[Article], list[Statement], list[Reading]]:
    """The articles, their statements, and their readings, as the program cuts and reads them."""
    path = folder / "story.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    articles = sorted(take_in([path]).articles, key=lambda a: a.id)
    readings = list(read_articles(articles))
    _, ids = entities.join(articles, readings)
    _, found = sources.identify(articles, readings, ids, passages.copies(articles))
    out: list[Statement] = []
    for article, reading in zip(articles, found, strict=True):
        out += claims.statements(article, reading)
    return articles, out, list(found)


def likeness(articles: Sequence[Article], units: Sequence[Statement], vectors: SentenceVectors) -> np.ndarray:
    """Likeness of every two statements, about 0..1: centred vectors and TF-IDF, four parts to three."""
    texts = {a.id: a.text for a in articles}
    shown = [" ".join(s.of(texts[u.article]) for s in u.spans) for u in units]
    made = vectors.of(shown)
    made = made - made.mean(0)
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
    bags = [Counter(t for s in u.spans for t in claims.terms(texts[u.article], s)) for u in units]
    held = Counter(t for bag in bags for t in bag)
    place = {t: i for i, t in enumerate(sorted(held))}
    words = np.zeros((len(units), len(place)), np.float32)
    for row, bag in zip(words, bags, strict=True):
        for term in bag:
            row[place[term]] = np.log((len(units) + 1) / (held[term] + 0.5))
    words /= np.maximum(np.linalg.norm(words, axis=1, keepdims=True), 1e-6)
    both: np.ndarray = (made @ made.T + 0.75 * (words @ words.T)) / 1.75
    return both


def draw(articles: Sequence[Article], units: Sequence[Statement], near: np.ndarray, seed: str) -> list[tuple[int, int]]:
    """Pairs of indices of statements of different articles, in the order of the text."""
    texts = {a.id: a.text for a in articles}
    shown = [" ".join(s.of(texts[u.article]).lower() for s in u.spans) for u in units]
    chance = random.Random(seed)
    pairs = [
        (i, j) for i, j in combinations(range(len(units)), 2)
        if units[i].article != units[j].article and shown[i] != shown[j]
    ]  # fmt: skip
    chance.shuffle(pairs)
    used: Counter[int] = Counter()
    seen: set[tuple[str, str]] = set()
    out = []
    top = 2.0
    for least, number in BANDS:
        taken = 0
        for i, j in pairs:
            if taken == number:
                break
            if not least <= near[i, j] < top or max(used[i], used[j]) >= MOST_OF_ONE or (shown[i], shown[j]) in seen:
                continue
            seen.add((shown[i], shown[j]))
            used.update((i, j))
            out.append((i, j))
            taken += 1
        top = least
    return sorted(out)


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def main() -> int:
    """Write the pairs, a line each, without labels and without text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="file of pairs to write")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
    asked = parser.parse_args()
    vectors = SentenceVectors(MODELS / "v1")
    number = 0
    with asked.out.open("w", encoding="utf-8") as out:
        for name, rows in stories():
            articles, units, _ = read_story(rows, asked.work)
            near = likeness(articles, units, vectors)
            for i, j in draw(articles, units, near, name):
                number += 1
                left, right = units[i], units[j]
                row = {
                    "id": f"p{number:04}", "story": name, "left": left.article, "left_spans": _spans(left.spans),
                    "right": right.article, "right_spans": _spans(right.spans), "near": round(float(near[i, j]), 2),
                }  # fmt: skip
                out.write(json.dumps(row) + "\n")
            print(f"{name}: {len(articles)} articles, {len(units)} statements; {number} pairs", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
