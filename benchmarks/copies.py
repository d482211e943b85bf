"""Scores copies and lineages on real wire copies, as scraped and with furniture marked, and the speed of both.

Reads ``../shared/data/stories/stories.jsonl`` beside the repository; says so and ends well where it is absent. W1 to W5
are taken: each is one agency story in several outlets (W2 two of one event), and what one prints the other did not.
"""

import json
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from headwater.align.passages import copies
from headwater.clean import mark_all
from headwater.model import Article
from headwater.tracing.derive import derivations, lineages

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories" / "stories.jsonl"
CLEAN_STORIES = ("W1-", "W2-", "W3-", "W4-", "W5-")


def scores(found: Collection[frozenset[str]], gold: Mapping[str, str]) -> dict[str, float]:
    """Precision, recall and F1 of pairs; ``gold`` maps each article to its lineage."""
    wanted = {frozenset(pair) for pair in combinations(sorted(gold), 2) if gold[pair[0]] == gold[pair[1]]}
    made = {pair for pair in found if pair <= gold.keys()}
    right = len(made & wanted)
    precision, recall = right / max(1, len(made)), right / max(1, len(wanted))
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}


def measure(articles: Sequence[Article], gold: Mapping[str, str]) -> dict[str, float]:
    """Scores of one run over all articles; only those in ``gold`` are scored."""
    start = time.perf_counter()
    found = copies(articles)
    seconds = time.perf_counter() - start
    groups = lineages(articles, derivations(articles, found, [], []))
    pairs = {frozenset((copy.earlier, copy.later)) for copy in found}
    together = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    return {
        **{f"pair_{name}": value for name, value in scores(pairs, gold).items()},
        **{f"lineage_{name}": value for name, value in scores(together, gold).items()},
        "articles_per_second": len(articles) / seconds,
    }


def main() -> int:
    """Print the scores as JSON."""
    if not DATA.exists():
        print(f"benchmarks/copies: no labelled articles at {DATA}; nothing measured")
        return 0
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    gold = {row["id"]: row["story_id"] for row in rows if row["story_id"].startswith(CLEAN_STORIES)}
    articles = [
        Article(id=r["id"], text=r["text"], title=r["title"], outlet=r["outlet"], published=r["published"])
        for r in rows
    ]
    out = {"as_scraped": measure(articles, gold), "cleaned": measure(mark_all(articles), gold)}
    print(json.dumps({name: {k: round(v, 4) for k, v in part.items()} for name, part in out.items()}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
