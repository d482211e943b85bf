"""Speed as a user meets it: the time of ``headwater --help``, and of one story in one cold process, with its memory.

The story is the five real articles beside the project; where they are absent, the example, and the output says so.
Targets: help in 0.3 s, the trace in 3 s and 400 MB, on two cores. Medians of five runs after one that warms the disk.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
EXAMPLE = ROOT / "examples" / "barrage"
RUNS = 5
TARGETS = {"help_seconds": 0.3, "trace_seconds": 3.0, "trace_megabytes": 400.0}


def run(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of one run of the program.

    Raises:
        RuntimeError: it did not exit with 0.
    """
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "headwater.cli", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"headwater {' '.join(arguments)} exited with {process.returncode}")
    # kilobytes on Linux, bytes on macOS
    return seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def story() -> tuple[str, list[str]]:
    """What is traced, in words, and its paths."""
    seeds = sorted(map(str, SEEDS.glob("*.txt")))
    if seeds:
        return f"{len(seeds)} real articles", seeds
    return "the example (the real articles are not beside the project)", [str(EXAMPLE)]


def figures() -> dict[str, float]:
    """Medians by name: seconds, megabytes."""
    _, paths = story()
    with tempfile.TemporaryDirectory() as folder:
        trace = ["trace", *paths, "--json", f"{folder}/trace.json", "--html", f"{folder}/trace.html"]
        run(trace)
        helps = [run(["--help"])[0] for _ in range(RUNS)]
        traces = [run(trace) for _ in range(RUNS)]
    return {
        "help_seconds": statistics.median(helps),
        "trace_seconds": statistics.median(seconds for seconds, _ in traces),
        "trace_megabytes": statistics.median(megabytes for _, megabytes in traces),
    }


def main() -> int:
    """Print the figures beside their targets; with ``--json`` as JSON. 1 when a target is missed."""
    measured = figures()
    if "--json" in sys.argv[1:]:
        print(json.dumps(measured))
    else:
        print(f"traced: {story()[0]}; medians of {RUNS} cold processes")
        for name, value in measured.items():
            kept = "kept" if value <= TARGETS[name] else "MISSED"
            print(f"{name:<16} {value:8.2f}  target {TARGETS[name]:g}  {kept}")
    return int(any(value > TARGETS[name] for name, value in measured.items()))


if __name__ == "__main__":
    sys.exit(main())
