"""Scores the reading of times on eleven hand-marked articles of the real stories, kept beside the project.

Takes ``times.json`` (ids, offsets, EDTF values; no text) and ``../shared/data``; prints how many expressions are found,
how many of those with a value have the right one, and how many found ones are none. The rules were tuned on the part
"tune" alone. Run: ``python benchmarks/times.py [-v]``.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import Any

from headwater.model import Span, TimePoint
from headwater.reading.times import find_times
from headwater.words import sentences

MARKED = Path(__file__).with_name("times.json")
STORIES = Path(__file__).parents[2] / "shared" / "data" / "stories" / "stories.jsonl"


def near(point: TimePoint, mark: dict[str, Any]) -> bool:
    """Whether a point is the marked expression: both share at least half of the characters of either."""
    shared = Span(point.start, point.end).overlap(Span(mark["start"], mark["end"]))
    return bool(2 * shared >= max(point.end - point.start, mark["end"] - mark["start"]))


def right(value: str | None, values: list[str | None]) -> bool:
    """Whether a value is one of those marked, an approximate one counting as the plain one."""
    return value in values or (value is not None and value.rstrip("~?%") in values)


def score(text: str, marked: dict[str, Any], *, verbose: bool = False) -> dict[str, int]:
    """Counts for one article: marked, found, with a value, right, wrongly valued, and points that mark nothing."""
    points = find_times(marked["id"], text, sentences(text), anchor=marked["anchor"])
    counts: dict[str, int] = defaultdict(int)
    used = set()
    for mark in marked["times"]:
        at = next((i for i, point in enumerate(points) if i not in used and near(point, mark)), None)
        point = None if at is None else points[at]
        if at is not None:
            used.add(at)
        known = mark["values"] != [None]
        good = point is not None and right(point.value, mark["values"])
        counts["marked"] += 1
        counts["found"] += point is not None
        counts["valued"] += known
        counts["right"] += known and good
        counts["wrong"] += point is not None and point.value is not None and not good
        if verbose and not good:
            given = "not found" if point is None else point.value
            print(f"  {marked['id']} {text[mark['start'] : mark['end']]!r}: {given}, not {mark['values']}")
    counts["extra"] = len(points) - len(used)
    if verbose:
        for i, point in enumerate(points):
            if i not in used:
                print(f"  {marked['id']} {text[point.start : point.end]!r}: {point.value}, marks nothing")
    return counts


def main() -> int:
    """Print the scores; 0, also where the articles are absent."""
    if not STORIES.is_file():
        print(f"the real stories are not beside the project ({STORIES.name}): nothing measured")
        return 0
    texts = {row["id"]: row["text"] for row in map(json.loads, STORIES.read_text(encoding="utf-8").splitlines())}
    totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    start = perf_counter()
    for marked in json.loads(MARKED.read_text(encoding="utf-8")):
        for name, count in score(texts[marked["id"]], marked, verbose="-v" in sys.argv).items():
            totals[marked["part"]][name] += count
    seconds = perf_counter() - start
    for part in sorted(totals, reverse=True):
        t = totals[part]
        print(
            f"{part}: found {100 * t['found'] / t['marked']:.1f} % of {t['marked']}, "
            f"value right {100 * t['right'] / t['valued']:.1f} % of {t['valued']}, "
            f"wrong values {t['wrong']}, found and not marked {t['extra']}"
        )
    print(f"{seconds:.2f} s; dateparser imported: {'dateparser' in sys.modules}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
