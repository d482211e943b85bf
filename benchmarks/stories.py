"""Scores story clustering on editors' round-ups: BCubed and pairwise F1, and articles a second.

Reads ``../shared/data/clusters/dev.jsonl`` beside the repository; says so and ends well where it is absent. With
``--growth 2000 10000`` it measures time and memory for so many articles instead: the same ones again and again, each
time with dates shifted by five days and half of the names changed. With ``--windows 400 37`` it counts how far stories
of a corpus that is judged in windows of so many articles differ from those of one batch. Scores that no choice was made
on are those of ``python -m training.stories``.
"""

import argparse
import json
import re
import resource
import sys
import time
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from math import comb
from pathlib import Path
from tempfile import TemporaryDirectory

from headwater.cluster import stories
from headwater.model import Article
from headwater.pipeline import take_in
from headwater.report.json import line_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "clusters" / "dev.jsonl"
NAME = re.compile(r"\b[A-Z][a-z]{4,}")


def harmonic(precision: float, recall: float) -> float:
    """The F1 of precision and recall, 0 when both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def bcubed(found: Mapping[str, str], gold: Mapping[str, str]) -> tuple[float, float]:
    """BCubed precision and recall of a clustering (Bagga and Baldwin 1998); both map article to group."""
    both = Counter((found[name], gold[name]) for name in gold)
    sizes, gold_sizes = Counter(found[name] for name in gold), Counter(gold.values())
    precision = sum(n * n / sizes[one] for (one, _), n in both.items()) / len(gold)
    recall = sum(n * n / gold_sizes[other] for (_, other), n in both.items()) / len(gold)
    return precision, recall


def pairwise(found: Mapping[str, str], gold: Mapping[str, str]) -> tuple[float, float]:
    """Precision and recall of the pairs that stand in one group."""
    right = sum(comb(n, 2) for n in Counter((found[name], gold[name]) for name in gold).values())
    made = sum(comb(n, 2) for n in Counter(found[name] for name in gold).values())
    wanted = sum(comb(n, 2) for n in Counter(gold.values()).values())
    return right / max(1, made), right / max(1, wanted)


def articles_of(rows: Sequence[Mapping[str, str]]) -> list[Article]:
    """The labelled articles as a caller would give them: with their titles and, where they bear one, their dates."""
    return [
        Article(id=r["id"], text=r["text"], title=r["title"] or None, published=r["published"] or None) for r in rows
    ]


def measure(rows: Sequence[Mapping[str, str]]) -> dict[str, float]:
    """Scores of one run over the labelled articles."""
    articles = articles_of(rows)
    before, start = time.process_time(), time.perf_counter()
    found = {name: story.story for story in stories(articles) for name in story.articles}
    spent, seconds = time.process_time() - before, time.perf_counter() - start
    gold = {r["id"]: r["story_id"] for r in rows}
    precision, recall = bcubed(found, gold)
    pair_precision, pair_recall = pairwise(found, gold)
    return {
        "bcubed_precision": precision,
        "bcubed_recall": recall,
        "bcubed_f1": harmonic(precision, recall),
        "pair_precision": pair_precision,
        "pair_recall": pair_recall,
        "pair_f1": harmonic(pair_precision, pair_recall),
        "articles_per_second": len(rows) / seconds,
        "articles_per_processor_second": len(rows) / spent,
    }


def many(articles: Sequence[Article], count: int) -> list[Article]:
    """So many articles: the given ones with other names and later dates, again and again."""
    out = []
    for number in range(count):
        turn, at = divmod(number, len(articles))
        article = articles[at]

        def renamed(match: re.Match[str], turn: int = turn) -> str:
            name = match.group()
            return name if zlib.crc32(name.encode()) % 4 in (turn % 4, (turn + 1) % 4) else f"{name}{turn}"

        published = article.published
        if published:
            published = (date.fromisoformat(published[:10]) + timedelta(days=5 * turn)).isoformat()
        out.append(
            replace(
                article,
                id=f"{article.id}-{turn}",
                text=NAME.sub(renamed, article.text) if turn else article.text,
                title=NAME.sub(renamed, article.title) if turn and article.title else article.title,
                published=published,
            )
        )
    return out


def growth(rows: Sequence[Mapping[str, str]], count: int) -> dict[str, float]:
    """Seconds of this process for so many articles, and the most memory it has held so far in megabytes."""
    articles = many(articles_of(rows), count)
    before, start = time.process_time(), time.perf_counter()
    found = stories(articles)
    return {
        "articles": count,
        "stories": len(found),
        "processor_seconds": time.process_time() - before,
        "seconds": time.perf_counter() - start,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def agreement(rows: Sequence[Mapping[str, str]], size: int) -> dict[str, float]:
    """How many pairs of one story a batch makes, windows of so many articles make too, and these make alone.

    ``same`` is 1 where the stories are those of the batch, byte for byte.
    """
    from headwater.corpus import run

    with TemporaryDirectory() as folder:
        source, out = Path(folder) / "in.jsonl", Path(folder) / "out"
        source.write_text("".join(json.dumps(dict(row)) + "\n" for row in rows), encoding="utf-8")
        batch = stories(take_in([str(source)]).articles)
        run.stories(str(source), str(out), run.Settings(workers=1, window=size))
        lines = sorted(line for file in (out / "stories").glob("*.jsonl") for line in file.read_bytes().splitlines())
    wanted = {pair for story in batch for pair in combinations(story.articles, 2)}
    found = {pair for line in lines for pair in combinations(json.loads(line)["articles"], 2)}
    return {
        "window": size,
        "pairs": len(wanted),
        "kept": len(wanted & found),
        "other": len(found - wanted),
        "same": lines == sorted(map(line_of, batch)),
    }


def main(given: Sequence[str] = ()) -> int:
    """Print the scores, or the growth, as JSON."""
    parser = argparse.ArgumentParser(description="Score story clustering on editors' round-ups.")
    parser.add_argument("--growth", type=int, nargs="+", metavar="N", help="measure time and memory for N articles")
    parser.add_argument("--windows", type=int, nargs="+", metavar="N", help="compare windows of N with one batch")
    arguments = parser.parse_args(given)
    if not DATA.exists():
        print(f"benchmarks/stories: no labelled articles at {DATA}; nothing measured")
        return 0
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    for count in arguments.growth or ():
        print(json.dumps({name: round(value, 2) for name, value in growth(rows, count).items()}), flush=True)
    for size in arguments.windows or ():
        print(json.dumps(agreement(rows, size)), flush=True)
    if arguments.growth or arguments.windows:
        return 0
    print(json.dumps({name: round(value, 4) for name, value in measure(rows).items()}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
