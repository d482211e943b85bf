"""How well conflicts and drift are told from harmless rewordings: precision and recall by kind.

Reads drift_pairs.jsonl: pairs of short articles of our own writing, half of them two ways to say one thing. Each pair
is traced as a user would have it: read by the default reader, claims matched, compared. Errors of the half ``dev`` may
be looked at (``-v``); of the half ``held`` only totals are ever printed. ``--by-hand`` measures the comparisons alone;
``--real`` prints what is told of real stories, to be judged by reading.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drift_by_hand import compared
from golds import SHARED, answers

from headwater import pipeline
from headwater.model import Conflict

PAIRS = Path(__file__).with_name("drift_pairs.jsonl")
HALVES = ("dev", "held")
#: Kinds that an editor would take for one another.
ALIKE = {"polarity": "denial"}
#: Real stories beside the annotated ones, the first by name.
_MORE = 6

Line = dict[str, Any]


def lines(half: str | None = None) -> list[Line]:
    """The pairs of a half, or all."""
    found = [json.loads(row) for row in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [line for line in found if half in {None, line["half"]}]


def traced() -> Callable[[Line], tuple[Conflict, ...]]:
    """What traces a pair: two articles of outlets without a page, read by the default reader."""
    tagger = pipeline.reader()

    def compared(line: Line) -> tuple[Conflict, ...]:
        dates = line.get("published", {})
        batch = pipeline.take_in(
            [
                {"id": name, "outlet": name.title(), "text": line[side], "published": dates.get(side)}
                for side, name in (("a", "alder"), ("b", "birch"))
            ]
        )
        return pipeline.trace_story(batch.articles, tagger=tagger).conflicts

    return compared


@dataclass
class Scores:
    """Counts by kind: right, reported in all, wanted in all."""

    right: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def precision(self, kind: str | None = None) -> float:
        """Share 0..1 of what was reported that is wanted; 1 when nothing was reported."""
        reported = self.reported[kind] if kind else self.reported.total()
        return (self.right[kind] if kind else self.right.total()) / reported if reported else 1.0

    def recall(self, kind: str | None = None) -> float:
        """Share 0..1 of what is wanted that was reported."""
        wanted = self.wanted[kind] if kind else self.wanted.total()
        return (self.right[kind] if kind else self.right.total()) / wanted if wanted else 1.0


def score(of: Iterable[Line], compare: Callable[[Line], tuple[Conflict, ...]] = compared) -> Scores:
    """Compare every pair and count; what came out otherwise than an editor wants is kept of the half ``dev`` alone."""
    scores = Scores()
    for line in of:
        found = compare(line)
        kinds = {ALIKE.get(c.type, c.type) for c in found}
        if line["kind"] != "none":
            scores.wanted[line["kind"]] += 1
        for kind in sorted(kinds):
            scores.reported[kind] += 1
            scores.right[kind] += kind == line["kind"]
        if kinds != ({line["kind"]} - {"none"}) and line["half"] == "dev":
            notes = " | ".join(f"{c.type}: {c.note}" for c in found) or "silent"
            scores.misses.append(f"{line['id']} {line['kind']}: {line['a']} / {line['b']}\n    {notes}")
    return scores


def figures() -> dict[str, float]:
    """What ``gate.py`` asks: the comparisons alone, then both halves as traced."""
    alone = score(line for line in lines() if "words" in line)
    out = {"precision": alone.precision(), "recall": alone.recall()}
    for half in HALVES:
        scores = score(lines(half), traced())
        out |= {f"{half}_precision": scores.precision(), f"{half}_recall": scores.recall()}
    return out


def real_stories() -> Iterator[tuple[str, Sequence[pipeline.Input]]]:
    """The real stories whose conflicts were read one by one: those annotated, the seeds, and six more; if there."""
    known: set[str] = set()
    for name, answer, articles in answers():
        known |= {*answer["meta"]["docs"]}
        yield name, list(articles)
    seeds = SHARED.parent / "seeds"
    if seeds.is_dir():
        yield "seeds", [seeds]
    stored = SHARED / "stories" / "stories.jsonl"
    by_story: defaultdict[str, list[Line]] = defaultdict(list)
    for row in stored.read_text(encoding="utf-8").splitlines() if stored.exists() else ():
        article = json.loads(row)
        by_story[article["story_id"]].append(article)
    others = [name for name in sorted(by_story) if not known & {a["id"] for a in by_story[name]}]
    for name in others[:_MORE]:
        yield name, by_story[name]


def _read_real() -> None:
    """Print every conflict of the real stories, for an editor to judge."""
    tagger = pipeline.reader()
    kinds: Counter[str] = Counter()
    for name, articles in real_stories():
        trace = pipeline.trace_story(pipeline.take_in(articles).articles, tagger=tagger)
        for conflict in trace.conflicts:
            kinds[conflict.type] += 1
            print(f"{name} {conflict.type} {conflict.severity}: {conflict.note}")
    print(f"{kinds.total()} in all: {dict(sorted(kinds.items()))}")


def _table(name: str, scores: Scores) -> None:
    print(f"{name:<20} {'P':>5} {'R':>5} {'wanted':>7} {'reported':>9}")
    for kind in sorted(scores.wanted | scores.reported):
        print(
            f"{kind:<20} {scores.precision(kind):>5.2f} {scores.recall(kind):>5.2f} "
            f"{scores.wanted[kind]:>7} {scores.reported[kind]:>9}"
        )
    print(
        f"{'all':<20} {scores.precision():>5.2f} {scores.recall():>5.2f} "
        f"{scores.wanted.total():>7} {scores.reported.total():>9}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print precision and recall by kind of each half."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="pairs of the half dev that came out otherwise")
    parser.add_argument("--by-hand", action="store_true", help="compare records given with the pairs; nothing is read")
    parser.add_argument("--real", action="store_true", help="print each conflict of the real stories, to be read")
    parser.add_argument("--half", choices=HALVES, help="one half alone")
    options = parser.parse_args(arguments)
    if options.real:
        return _read_real()
    if options.by_hand:
        every = [("by hand", score(line for line in lines() if "words" in line))]
    else:
        compare = traced()
        every = [(half, score(lines(half), compare)) for half in HALVES if options.half in {None, half}]
    for name, scores in every:
        _table(name, scores)
        if options.verbose:
            print("\n".join(scores.misses))


if __name__ == "__main__":
    main()
