"""How time and memory grow with a corpus: copies and stories over 10,000 and 30,000 articles, and more where asked.

Run: python benchmarks/scale.py [--sizes 10000,30000,100000,300000] [--engine NAME] [--stages copies,stories,read].
``--keep docs/pictures/scale.json`` keeps the figures there, leaves out what is there already, so that a run that was
cut off goes on, and draws them beside it; with ``--sizes ''`` it only draws. Texts are the development articles beside
the project, a hundred a day, each round with other names; every seventh article copies one of the day before, edited.
"""

import argparse
import json
import math
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "shared" / "data" / "clusters" / "dev.jsonl"
_FIRST = date(2001, 1, 1)
_PER_DAY = 100
_COPIED = 7  # one article in so many is a copy
_UNDATED = 50  # one in so many bears no day, the rest of them as in the development texts would be one in five
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_SYLLABLES = "bar dol fen gim hul kes lom mur nev pol quin ros sil tam vok wex yil zan".split()


def corpus(count: int, *, undated: bool) -> Iterator[dict[str, object]]:
    """Articles in order of their days."""
    base = [json.loads(line) for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    dice = random.Random(20)
    dice.shuffle(base)
    before: list[dict[str, object]] = []
    today: list[dict[str, object]] = []
    for number in range(count):
        day, place = divmod(number, _PER_DAY)
        if not place:
            before, today = today, []
        around, at = divmod(number, len(base))
        if before and number % _COPIED == 0:
            one = _copied(dice.choice(before), dice)
        else:
            one = {key: base[at].get(key) for key in ("title", "outlet", "text")}
            for key in ("title", "text"):
                one[key] = _renamed(str(one[key] or ""), around)
        one["id"] = f"a{number:07d}"
        if not (undated and number % _UNDATED == 0):
            one["published"] = (_FIRST + timedelta(day)).isoformat()
        today.append(one)
        yield one


def _renamed(text: str, around: int) -> str:
    end = _SYLLABLES[around % len(_SYLLABLES)] + _SYLLABLES[around // len(_SYLLABLES) % len(_SYLLABLES)]
    return text if not around else _NAME.sub(lambda match: match.group() + end, text)


def _copied(one: dict[str, object], dice: random.Random) -> dict[str, object]:
    """Half to all of the paragraphs, one word in fifty another."""
    paragraphs = str(one["text"]).split("\n\n")
    kept = paragraphs[: max(1, dice.randint(len(paragraphs) // 2, len(paragraphs)))]
    words = [dice.choice(_SYLLABLES) if dice.random() < 0.02 else word for word in "\n\n".join(kept).split(" ")]
    return {"title": one["title"], "outlet": f"{dice.choice(_SYLLABLES).capitalize()} Post", "text": " ".join(words)}


def measured(source: Path, out: Path, stage: str, engine: str, workers: int) -> dict[str, object]:
    """One command in a process of its own: seconds of each stage, records, and the largest process in bytes."""
    call = [sys.executable, __file__, "--one", str(source), str(out), stage, engine, str(workers)]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    made: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return made


def one(source: str, out: str, stage: str, engine: str, workers: int) -> dict[str, object]:
    """The command itself."""
    from headwater.corpus import run

    spent: dict[str, list[float]] = {}

    def step(now: run.Progress) -> None:
        spent.setdefault(now.stage, []).append(time.perf_counter())

    began = time.perf_counter()
    settings = run.Settings(engine=engine, workers=workers, reader="rules-1")
    done = getattr(run, stage)(source, out, settings, step=step)
    seconds = time.perf_counter() - began
    times = os.times()
    # not ru_maxrss: it begins with what the process had that started this one
    told = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return {
        "seconds": round(seconds, 2),
        "processor": round(times.user + times.system + times.children_user + times.children_system, 2),
        "stages": {name: round(marks[-1] - marks[0], 2) for name, marks in spent.items()},
        "records": done.records,
        "driver": 1024 * int(told[1]) if told else 0,
        "worker": 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    }


def slope(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The slope of a straight line through the logarithms: 1 is linear."""
    x, y = [math.log(size) for size in sizes], [math.log(max(value, 1e-9)) for value in values]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((one - mean_x) ** 2 for one in x)
    return sum((one - mean_x) * (other - mean_y) for one, other in zip(x, y, strict=True)) / spread if spread else 0.0


# The picture ---------------------------------------------------------------------------------------------------------

Run = dict[str, object]
_WIDTH, _HEIGHT = 420, 370
_LEFT, _TOP, _RIGHT, _FOOT = 62, 40, 12, 106  # of the foot, the last lines tell the lines apart
_HUES = {"copies": "#1e50a0", "stories": "#8c5a00", "read": "#6e3c8c"}
#: Panels: their name, its unit, and the lines of each, with how they are dashed.
_PANELS = (
    ("time", {"processor": ("processor", 1.0, ""), "seconds": ("by the clock", 1.0, "6 4")}, "seconds"),
    ("memory at its peak", {"worker": ("largest worker", 1e-6, ""), "driver": ("who starts them", 1e-6, "6 4")}, "MB"),
)


def drawn(runs: Sequence[Run]) -> str:
    """The figures as an SVG: time and memory over the number of articles, both axes by powers of ten."""
    panels = [_panel(runs, number * _WIDTH, *panel) for number, panel in enumerate(_PANELS)]
    sizes = sorted({int(str(run["articles"])) for run in runs})
    about = f"Time and memory of copies and stories over {sizes[0]:,} to {sizes[-1]:,} articles, on logarithmic axes"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _WIDTH} {_HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="11" fill="#24292f"><title>{about}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(panels)}</svg>\n'
    )


def _panel(runs: Sequence[Run], left: int, name: str, lines: dict[str, tuple[str, float, str]], unit: str) -> str:
    """One pair of axes with its lines; a thin line has slope 1."""
    series = []
    for stage, hue in _HUES.items():
        rows = sorted((int(str(run["articles"])), run) for run in runs if run["stage"] == stage)
        for key, (what, factor, dashes) in lines.items():
            points = [(size, float(str(run[key])) * factor) for size, run in rows]
            if points:
                series.append((f"{stage}, {what}", hue, dashes, points))
    sizes = [size for _, _, _, points in series for size, _ in points]
    values = [value for _, _, _, points in series for _, value in points]
    low, high = math.log10(min(sizes)) - 0.1, math.log10(max(sizes)) + 0.1
    least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    wide, deep = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _FOOT

    def x(size: float) -> float:
        return round(left + _LEFT + wide * (math.log10(size) - low) / (high - low), 1)

    def y(value: float) -> float:
        return round(_TOP + deep * (1 - (math.log10(value) - least) / (most - least)), 1)

    out = [f'<text x="{left + _LEFT}" y="24" font-size="13" font-weight="bold">{name}, {unit}</text>']
    for tick in (10.0**power for power in range(least, most + 1)):
        out.append(f'<path d="M{x(10**low)} {y(tick)}H{x(10**high)}" stroke="#d0d7de"/>'
                   f'<text x="{left + _LEFT - 6}" y="{y(tick) + 4}" text-anchor="end">{tick:,.0f}</text>')  # fmt: skip
    for size in sorted(set(sizes)):
        out.append(f'<path d="M{x(size)} {_TOP}V{_TOP + deep}" stroke="#d0d7de"/>'
                   f'<text x="{x(size)}" y="{_TOP + deep + 16}" text-anchor="middle">{size:,}</text>')  # fmt: skip
    end = min(10**high, 10 ** (low + most - least))
    out.append(f'<path d="M{x(10**low)} {y(10**least)}L{x(end)} {y(10 ** (least + math.log10(end) - low))}" '
               'stroke="#8b949e" stroke-dasharray="1 3"/>')  # fmt: skip
    for number, (label, hue, dashes, points) in enumerate(series):
        path = "L".join(f"{x(size)} {y(value)}" for size, value in points)
        out.append(f'<path d="M{path}" fill="none" stroke="{hue}" stroke-width="2" stroke-dasharray="{dashes}"/>')
        out += [f'<circle cx="{x(size)}" cy="{y(value)}" r="3" fill="{hue}"/>' for size, value in points]
        across, down = left + _LEFT, _TOP + deep + 40 + 16 * number
        told = f", slope {slope(*zip(*points, strict=True)):.2f}" if len(points) > 1 else ""
        out.append(f'<path d="M{across} {down - 4}h22" stroke="{hue}" stroke-width="2" stroke-dasharray="{dashes}"/>'
                   f'<text x="{across + 27}" y="{down}">{label}{told}</text>')  # fmt: skip
    return "".join(out)


def main(arguments: Sequence[str]) -> int:
    """Print the figures, and keep and draw them where asked."""
    if arguments[:1] == ["--one"]:
        given, out, stage, engine, workers = arguments[1:]
        print(json.dumps(one(given, out, stage, engine, int(workers))))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="10000,30000")
    parser.add_argument("--engine", default="local")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--stages", default="copies,stories")
    parser.add_argument("--undated", action="store_true", help=f"one article in {_UNDATED} bears no day")
    parser.add_argument("--keep", type=Path, help="a file of JSON for the figures, with a picture of them beside it")
    options = parser.parse_args(arguments)
    if not SOURCE.is_file():
        print("the real articles are not beside the project", file=sys.stderr)
        return 1
    keep: Path | None = options.keep
    told: list[Run] = json.loads(keep.read_text(encoding="utf-8")) if keep and keep.exists() else []
    for size in (int(size) for size in options.sizes.split(",") if size):
        there = [(row["stage"], row["articles"]) for row in told]
        wanted = [stage for stage in options.stages.split(",") if (stage, size) not in there]
        for stage, made in _measured_all(size, wanted, options):
            told.append({"articles": size, "stage": stage, **made})
            print(json.dumps(told[-1]), flush=True)
            _keep(keep, told)
    _keep(keep, told)
    for stage in sorted({str(row["stage"]) for row in told}):
        rows = [row for row in told if row["stage"] == stage]
        for key in ("seconds", "processor", "driver", "worker") if len(rows) > 1 else ():
            found = slope([int(str(row["articles"])) for row in rows], [float(str(row[key])) for row in rows])
            print(f"{stage} {key}: slope {found:.2f}")
    return 0


def _measured_all(size: int, stages: Sequence[str], options: argparse.Namespace) -> Iterator[tuple[str, Run]]:
    """Each stage over a corpus of that size, from nothing: each takes the articles in anew."""
    if not stages:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{size}.jsonl"
        with open(source, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in corpus(size, undated=options.undated))
        for stage in stages:
            out = Path(folder) / stage
            yield stage, measured(source, out, stage, options.engine, options.workers)
            shutil.rmtree(out)


def _keep(keep: Path | None, told: Sequence[Run]) -> None:
    if keep and told:
        rows = sorted(told, key=lambda row: (str(row["stage"]), int(str(row["articles"]))))
        keep.write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n", encoding="utf-8")
        keep.with_suffix(".svg").write_text(drawn(rows), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
