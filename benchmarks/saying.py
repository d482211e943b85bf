"""How well speech is told from attitude: the share of attributions of real news, marked by hand, that come out right.

``saying.jsonl`` has offsets only, of PolNeAR's development articles, each read in its sentence and marked as speech,
writing or publishing (true), attitude or doing (false) or open (null): 200 drawn at random ("all"), 60 whose cues no
listed word decided ("unlisted"), and 120 with other cues than the commonest, drawn after the lists were mended by the
first two ("held": only measured). Says so and ends well where PolNeAR is absent. ``-v`` lists what came out otherwise.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from headwater.model import Span
from headwater.reading.saying import Verdict, judge

HERE = Path(__file__).resolve().parent
MARKED = HERE / "saying.jsonl"
POLNEAR = HERE.parents[1] / "shared" / "data" / "polnear" / "dev.jsonl"
ROUNDS = 50

Call = tuple[str, tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]


def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    """Offsets as spans."""
    return tuple(Span(start, end) for start, end in pairs)


def scores(found: Sequence[tuple[Verdict, bool]]) -> dict[str, float]:
    """Shares of verdicts that are right: all, those by form alone, and those that say speech."""
    by_form = [one.said == want for one, want in found if one.by == "form"]
    return {
        "marked": len(found),
        "always_speech": sum(want for _, want in found) / len(found),
        "right": sum(one.said == want for one, want in found) / len(found),
        "speech_precision": sum(want for one, want in found if one.said) / sum(one.said for one, _ in found),
        "speech_recall": sum(one.said for one, want in found if want) / sum(want for _, want in found),
        "by_form": len(by_form),
        "by_form_right": sum(by_form) / max(1, len(by_form)),
    }


def main() -> int:
    """Print the scores as JSON."""
    if not POLNEAR.exists():
        print(f"benchmarks/saying: no articles at {POLNEAR}; nothing measured")
        return 0
    articles = map(json.loads, POLNEAR.read_text(encoding="utf-8").splitlines())
    texts = {row["id"]: row["text"] for row in articles}
    rows = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    calls: list[Call] = [(texts[r["article"]], spans(r["cue"]), spans(r["content"]), spans(r["source"])) for r in rows]
    start = time.perf_counter()
    for _ in range(ROUNDS):
        found = [judge(*call) for call in calls]
    each = (time.perf_counter() - start) / ROUNDS / len(calls)
    out: dict[str, object] = {"microseconds": round(each * 1e6, 2)}
    for drawn in ("all", "unlisted", "held"):
        both = [
            (one, row["said"])
            for one, row in zip(found, rows, strict=True)
            if row["drawn"] == drawn and row["said"] is not None
        ]
        out[drawn] = {name: round(value, 4) for name, value in scores(both).items()}
    print(json.dumps(out, indent=1))
    if "-v" in sys.argv[1:]:
        for (text, cue, content, source), one, row in zip(calls, found, rows, strict=True):
            if row["said"] not in {None, one.said}:
                words = [" / ".join(s.of(text) for s in group)[:60] for group in (source, cue, content)]
                print(f"wanted {row['said']}, by {one.by}: " + " | ".join(words))
    return 0


if __name__ == "__main__":
    sys.exit(main())
