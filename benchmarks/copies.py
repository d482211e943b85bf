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

from rapidfuzz.distance import LCSseq

from headwater.align.passages import copies
from headwater.clean import mark_all
from headwater.model import Article, Copy
from headwater.tracing.derive import derivations, lineages
from headwater.words import words

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories" / "stories.jsonl"
CLEAN_STORIES = ("W1-", "W2-", "W3-", "W4-", "W5-")


def scores(found: Collection[frozenset[str]], gold: Mapping[str, str]) -> dict[str, float]:
    """Precision, recall and F1 of pairs; ``gold`` maps each article to its lineage."""
    wanted = {frozenset(pair) for pair in combinations(sorted(gold), 2) if gold[pair[0]] == gold[pair[1]]}
    made = {pair for pair in found if pair <= gold.keys()}
    right = len(made & wanted)
    precision, recall = right / max(1, len(made)), right / max(1, len(wanted))
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}


def by_jaccard(articles: Sequence[Article], *, at_least: float = 0.5) -> set[frozenset[str]]:
    """What is usually done: pairs whose sets of five-word shingles have half in common."""
    keys = {article.id: [word.key for word in words(article.text)] for article in articles}
    bags = {name: {tuple(of[at : at + 5]) for at in range(len(of) - 4)} for name, of in keys.items()}
    return {
        frozenset(pair)
        for pair in combinations(sorted(bags), 2)
        if len(bags[pair[0]] & bags[pair[1]]) >= at_least * max(1, len(bags[pair[0]] | bags[pair[1]]))
    }


def borne_out(articles: Sequence[Article], found: Sequence[Copy]) -> float:
    """The share of the passages whose two sides have as many equal words in order as is said, counted anew."""
    texts = {article.id: article.text for article in articles}
    right = count = 0
    for copy in found:
        for passage in copy.passages:
            sides = [[w.key for w in words(texts[p.article], p.span)] for p in (passage.left, passage.right)]
            right += LCSseq.similarity(*sides) >= passage.same and max(map(len, sides)) == passage.words
            count += 1
    return right / max(1, count)


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
        "passages_borne_out": borne_out(articles, found),
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
    cleaned = mark_all(articles)
    out = {
        "as_scraped": measure(articles, gold),
        "cleaned": measure(cleaned, gold),
        "jaccard": scores(by_jaccard([a for a in articles if a.id in gold]), gold),
    }
    print(json.dumps({name: {k: round(v, 4) for k, v in part.items()} for name, part in out.items()}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
