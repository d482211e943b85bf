"""``python -m benchmarks.origins``: composes stories, traces them, prints how right the traces are."""

import argparse
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import headwater
from headwater.model import Trace
from headwater.report.json import to_json

from .reasons import reasons, shown
from .score import Judged, Score, naive, score
from .words import HALVES
from .write import Story, gold, story

SIZES = (10, 30, 100, 300)


def main(arguments: list[str] | None = None) -> int:
    """Run what the arguments ask for; 0 when done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.origins", description=__doc__)
    parser.add_argument("--stories", type=int, default=200, help="how many stories (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other stories (default 1)")
    parser.add_argument("--half", choices=HALVES, default="dev", help="whose wording; nothing may be tuned on held")
    parser.add_argument("--first", type=int, default=0, help="the number of the first story")
    parser.add_argument(
        "--wording",
        choices=("other", "same"),
        default="other",
        help="same: the first claim of a story has one clause everywhere, and it alone is judged",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="show each wrong claim with its articles' words")
    parser.add_argument("--save", type=Path, help="keep articles, answers and traces in this folder")
    parser.add_argument("--speed", action="store_true", help="time one story at 10, 30, 100, 300 articles instead")
    options = parser.parse_args(arguments)
    if options.verbose and options.half == "held":
        parser.error("the held half is not for reading; use --half dev with -v")
    if options.speed:
        speed(options.seed, print)
        return 0
    all_of = {"headwater": Score(), "always one": Score(), "count outlets": Score()}
    why = Counter[str]()
    for number in range(options.first, options.first + options.stories):
        told = story(options.half, options.seed, number, wording=options.wording)
        trace = headwater.trace(told.records)
        here = score(told, trace)
        for name, scored in zip(all_of, (here, naive(told, "one"), naive(told, "outlets")), strict=True):
            if options.wording == "same":
                scored.judged = [judged for judged in scored.judged if judged.number == 0]
            all_of[name].add(scored)
        why.update(reason for judged in here.judged for reason in reasons(told, judged, trace))
        if options.verbose:
            print("\n".join(line for judged in here.judged if not judged.exact for line in shown(told, judged, trace)))
        if options.save:
            save(options.save, told, trace)
        print(f"\r{number + 1 - options.first}/{options.stories}", end="", file=sys.stderr)
    print(file=sys.stderr)
    print("\n".join(table(all_of)))
    print("\nreasons of counts that are not exact, claims of one article too; a claim can have several")
    print("\n".join(f"{count:6}  {reason}" for reason, count in why.most_common()))
    return 0


def save(folder: Path, told: Story, trace: Trace) -> None:
    """Write the story's articles, known answer and trace."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in told.records)
    (folder / f"{told.plan.id}.articles.jsonl").write_text(rows, encoding="utf-8")
    answer = json.dumps(gold(told), ensure_ascii=False, indent=1)
    (folder / f"{told.plan.id}.json").write_text(answer, encoding="utf-8")
    (folder / f"{told.plan.id}.trace.json").write_bytes(to_json(trace))


# The table ------------------------------------------------------------------------------------------------------------


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:7.1f}" if whole else "      -"


def figures(judged: Iterable[Judged]) -> dict[str, float]:
    """Shares 0..1 over claims that two or more articles carry: exact, in range, invented, and exact by true count."""
    several = [j for j in judged if j.outlets > 1]
    rows = [[j for j in several if min(j.known.count, 4) == count] for count in range(5)]
    each = [sum(j.exact for j in row) / len(row) for row in rows if row]
    more = [j for j in several if j.known.count > 1]
    return {
        "exact": sum(j.exact for j in several) / max(1, len(several)),
        "exact_mean_over_counts": sum(each) / max(1, len(each)),
        "exact_several_origins": sum(j.exact and (j.low or 0) > 1 for j in more) / max(1, len(more)),
        "in_range": sum(j.in_range for j in several) / max(1, len(several)),
        "gathered": sum(j.low is not None for j in several) / max(1, len(several)),
        "false_independence": sum(j.invented for j in several) / max(1, len(several)),
    }


def table(all_of: dict[str, Score]) -> list[str]:
    """The figures of each answer as lines."""
    out = []
    ours = all_of["headwater"]
    for name, tally in (
        ("claim links", ours.links),
        ("bottlenecks", ours.bottlenecks),
        ("derivations", ours.derivations),
    ):
        out.append(
            f"{name:<14} P {100 * tally.precision:5.1f}  R {100 * tally.recall:5.1f}  F1 {100 * tally.f1:5.1f}"
            f"   right {tally.right}, wrong {tally.wrong}, missed {tally.missed}"
        )
    out.append(f"mentions found {_percent(ours.found, ours.mentions)}")
    out.append("derivations, each: " + ", ".join(f"{what} {n}" for what, n in sorted(ours.directions.items())))
    out.append("")
    out.append("claims carried by two or more articles, %: exact by number of true origins")
    counts = ["0 circle", "1", "2", "3", "4+"]
    shown = ("exact", "exact_mean_over_counts", "exact_several_origins", "in_range", "gathered", "false_independence")
    heads = ("all", "mean", "several", "in range", "gathered", "false")
    out.append(f"{'':<14}" + "".join(f"{head:>10}" for head in (*counts, *heads)))
    for name, one in all_of.items():
        several = [j for j in one.judged if j.outlets > 1]
        cells = []
        for count in range(5):
            row = [j for j in several if min(j.known.count, 4) == count]
            cells.append(_percent(sum(j.exact for j in row), len(row)))
        share = figures(one.judged)
        cells.extend(f"{100 * share[key]:.1f}" for key in shown)
        out.append(f"{name:<14}" + "".join(f"{cell:>10}" for cell in cells))
    several = [j for j in ours.judged if j.outlets > 1]
    sizes = [sum(min(j.known.count, 4) == count for j in several) for count in range(5)]
    out.append(f"{'claims':<14}" + "".join(f"{size:>10}" for size in (*sizes, len(several))))
    return out


# Speed ----------------------------------------------------------------------------------------------------------------


def replicated(seed: int, size: int) -> list[dict[str, object]]:
    """One story's articles, replicated with edits up to ``size``: sentences left out, words changed, other outlets."""
    told = next(s for n in range(1000) if len((s := story("dev", seed, n)).records) >= 8)
    rng = Random(f"speed/{seed}/{size}")
    out: list[dict[str, object]] = [dict(record) for record in told.records[:size]]
    while len(out) < size:
        record = dict(told.records[len(out) % len(told.records)])
        paragraphs = str(record["text"]).split("\n\n")
        kept = [p for p in paragraphs if rng.random() < 0.8] or paragraphs
        changed = [" ".join("some" if rng.random() < 0.03 else word for word in p.split(" ")) for p in kept]
        record |= {"id": f"r{len(out):03}", "outlet": f"Outlet {len(out)}", "text": "\n\n".join(changed)}
        out.append(record)
    return out


def speed(seed: int, tell: Callable[[str], None]) -> float:
    """Time traces of growing stories; the exponent of growth from the smallest to the largest, 1.0 = linear."""
    times = []
    headwater.trace(replicated(seed, 2))  # loads the reader
    for size in SIZES:
        records = replicated(seed, size)
        start = time.perf_counter()
        headwater.trace(records)
        times.append(time.perf_counter() - start)
        step = ""
        if len(times) > 1:
            before = SIZES[len(times) - 2]
            step = f"   exponent {math.log(times[-1] / times[-2]) / math.log(size / before):.2f}"
        tell(f"{size:4} articles {times[-1]:8.2f} s{step}")
    exponent = math.log(times[-1] / times[0]) / math.log(SIZES[-1] / SIZES[0])
    tell(f"growth from {SIZES[0]} to {SIZES[-1]}: exponent {exponent:.2f}")
    return exponent


if __name__ == "__main__":
    sys.exit(main())
