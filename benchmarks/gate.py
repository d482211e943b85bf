"""Fails when a measure is below its floor (or above its ceiling) in ``floors.json``; names of measures narrow it down.

A floor under "always" must be measured wherever this runs; one under "beside" only where the data beside the project
is. ``python benchmarks/gate.py golden speed`` runs those two.
"""

import contextlib
import importlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
SPEED = Path(__file__).with_name("speed.py")
MEASURES = (
    "golden", "drift", "quotations", "attributions", "readers", "claims", "golds", "origins", "stories", "copies",
    "furniture", "extraction", "speed",
)  # fmt: skip


def measured(name: str) -> dict[str, float]:
    """The figures of one benchmark by dotted name, from its ``figures()`` or the JSON that it prints."""
    if name == "speed":  # in a process of its own: a child's peak memory is never below what its parent's was
        done = subprocess.run([sys.executable, SPEED, "--json"], capture_output=True, text=True, check=False)
        return dict(flat(name, json.loads(done.stdout)))
    module = importlib.import_module(name)
    figures: Callable[[], Mapping[str, float]] | None = getattr(module, "figures", None)
    if figures is not None:
        return {f"{name}.{key}": float(value) for key, value in figures().items()}
    if name == "drift":
        scores = module.score([json.loads(row) for row in module.PAIRS.read_text(encoding="utf-8").splitlines()])
        return {"drift.precision": scores.precision(), "drift.recall": scores.recall()}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        module.main()
    text = printed.getvalue()
    return dict(flat(name, json.loads(text))) if text.startswith("{") else {}  # not JSON: the data is not here


def flat(name: str, value: Any) -> list[tuple[str, float]]:
    """Nested figures as dotted names."""
    if isinstance(value, Mapping):
        return [pair for key, inner in value.items() for pair in flat(f"{name}.{key}", inner)]
    return [(name, float(value))]


def judged(figures: Mapping[str, float], floors: Mapping[str, Any], wanted: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each floor of the measures that are wanted, as a line and what became of it: kept, MISSED, absent, MISSING."""
    out = []
    for group, bounds in floors.items():
        for name, bound in bounds.items():
            if name.partition(".")[0] not in wanted:
                continue
            value = figures.get(name)
            (kind, limit), *_ = bound.items()
            shown = f"{name:<44} {kind.replace('_', ' '):>8} {limit:<7g}"
            if value is None:
                out.append((shown, "MISSING" if group == "always" else "absent (its data is not beside the project)"))
            else:
                kept = value >= limit if kind == "at_least" else value <= limit
                out.append((f"{shown} {value:8.3f}", "kept" if kept else "MISSED"))
    return out


def main(arguments: list[str]) -> int:
    """Measure, print a line for each floor; 1 when one is missed."""
    unknown = sorted({*arguments} - {*MEASURES})
    if unknown:
        print(f"no measure {unknown[0]!r}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    wanted = tuple(arguments) or MEASURES
    figures: dict[str, float] = {}
    for name in wanted:
        print(f"measuring {name}", file=sys.stderr)
        figures |= measured(name)
    lines = judged(figures, json.loads(FLOORS.read_text(encoding="utf-8")), wanted)
    for shown, verdict in lines:
        print(f"{shown}  {verdict}")
    return int(any(verdict.startswith("MISS") for _, verdict in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
