"""How time and memory grow with a corpus: copies and stories over 10,000 and 30,000 articles, and more where asked.

Run: python -m benchmarks.scale [--sizes 10000,30000,100000,300000] [--engine NAME] [--stages copies,stories,read].
Texts are the development articles beside the project, a hundred a day, each round of them with other names, so that no
round copies another; every seventh article copies one of the day before, shortened and edited. Needs the real articles.
"""

import argparse
import json
import math
import os
import random
import re
import resource
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
    call = [sys.executable, "-m", "benchmarks.scale", "--one", str(source), str(out), stage, engine, str(workers)]
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
        "seconds": seconds,
        "processor": times.user + times.system + times.children_user + times.children_system,
        "stages": {name: marks[-1] - marks[0] for name, marks in spent.items()},
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


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
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
    options = parser.parse_args(arguments)
    if not SOURCE.is_file():
        print("the real articles are not beside the project", file=sys.stderr)
        return 1
    sizes = [int(size) for size in options.sizes.split(",")]
    told: dict[str, list[dict[str, object]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            source = Path(folder) / f"{size}.jsonl"
            with open(source, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(row) + "\n" for row in corpus(size, undated=options.undated))
            for stage in options.stages.split(","):
                made = measured(source, Path(folder) / f"out-{size}", stage, options.engine, options.workers)
                told.setdefault(stage, []).append(made)
                print(json.dumps({"articles": size, "stage": stage, **made}), flush=True)
    if len(sizes) > 1:
        for stage, rows in told.items():
            for key in ("seconds", "processor", "driver", "worker"):
                print(f"{stage} {key}: slope {slope(sizes, [float(str(row[key])) for row in rows]):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
