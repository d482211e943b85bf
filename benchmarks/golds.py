"""Scores traces of the real stories that an editor annotated: links, counts, attributions, credits.

Reads the answers in ``benchmarks/gold`` and in ``../shared/data/gold``; the articles are in ``../shared/data`` beside
the repository. What the figures mean is in ``gold_score.py``; ``python benchmarks/golds.py -v`` names each wrong count
with its reason.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from gold_score import Answer, Score, score

import headwater

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
ANNOTATED = ROOT / "benchmarks" / "gold"  # ids and offsets alone; the articles are in SHARED


def answers() -> Iterator[tuple[str, Answer, list[Mapping[str, object]]]]:
    """Each annotated story whose articles are there: its name, the answer, the articles as they are stored."""
    stored = SHARED / "stories" / "stories.jsonl"
    for path in sorted([*ANNOTATED.glob("*.json"), *(SHARED / "gold").glob("*.json")], key=lambda p: p.name):
        answer = json.loads(path.read_text(encoding="utf-8"))
        beside = path.with_name(f"{path.stem}.articles.jsonl")
        source = beside if beside.exists() else stored
        if source.exists():
            rows = map(json.loads, source.read_text(encoding="utf-8").splitlines())
            yield path.stem, answer, [row for row in rows if row["id"] in answer["meta"]["docs"]]


def scores() -> Iterator[tuple[str, Score]]:
    """Traces each story that is there."""
    for name, answer, articles in answers():
        yield name, score(headwater.trace(articles), answer)


def mean(of: Sequence[Score]) -> dict[str, float]:
    """The means of the figures over stories; counts of claims are added up."""
    rows = [one.figures() for one in of]
    out = {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}
    return out | {"false": sum(row["false"] for row in rows)}


def all_counts(of: Sequence[Score]) -> dict[str, float]:
    """The figures of all claims of all stories taken as one: a large story counts more."""
    whole = Score()
    for one in of:
        for mine, theirs in ((whole.links, one.links), (whole.attributions, one.attributions)):
            mine.right, mine.wrong, mine.missed = (
                mine.right + theirs.right,
                mine.wrong + theirs.wrong,
                mine.missed + theirs.missed,
            )
        whole.passages = [a + b for a, b in zip(whole.passages, one.passages, strict=True)]
        whole.credits = [a + b for a, b in zip(whole.credits, one.credits, strict=True)]
        whole.counts += one.counts
    return whole.figures()


def figures() -> dict[str, float]:
    """What ``gate.py`` asks: the means over stories, the claims' shares over all claims; none without the articles."""
    found = [one for _, one in scores()]
    if not found:
        return {}
    whole = all_counts(found)
    shares = ("exact_multi_outlet", "exact_several_origins", "in_range", "false_independence")
    return {**mean(found), **{f"all_{key}": whole[key] for key in shares}}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table by story; with ``-v`` each wrong count and why, and how often each reason."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="each wrong count with its reasons")
    options = parser.parse_args(arguments)
    found = list(scores())
    if not found:
        print(f"benchmarks/golds: no articles of annotated stories in {SHARED.name}; nothing measured", file=sys.stderr)
        return 0
    each = [one for _, one in found]
    columns = [*((name.split("-")[0], one.figures()) for name, one in found), ("mean", mean(each))]
    columns.append(("all", all_counts(each)))
    print(f"{'':<24}" + "".join(f"{name:>8}" for name, _ in columns))
    for key in columns[0][1]:
        cells = (f"{row[key]:8.0f}" if key == "false" else f"{100 * row[key]:8.1f}" for _, row in columns)
        print(f"{key.replace('_', ' '):<24}" + "".join(cells))
    counts = [c for one in each for c in one.counts]
    sizes = (len(counts), sum(c.articles > 1 for c in counts), sum(c.known > 1 for c in counts))
    print("claims {}, of several articles {}, of several origins {}".format(*sizes))
    if options.verbose:
        _tell(found)
    return 0


def _tell(found: Iterable[tuple[str, Score]]) -> None:
    classes = Counter[str]()
    for name, one in found:
        print(f"\n{name}")
        for c in one.counts:
            if c.exact:
                continue
            said = "not gathered" if c.low is None else f"said {c.low} to {c.high}"
            print(f"  {c.claim}: so {c.known} [{c.least}, {c.most}], {said}{', INVENTED' if c.invented else ''}")
            for reason, where in c.reasons:
                print(f"    {reason}: {where}")
                classes[reason] += 1
    print("\nreasons of wrong counts; a claim can have several")
    for reason, number in classes.most_common():
        print(f"{number:5}  {reason}")


if __name__ == "__main__":
    sys.exit(main())
