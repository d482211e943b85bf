"""How well the reader finds who said what: pairs of source and content, on gold articles and on marked sentences.

A pair is right when the words of both contents overlap by half of their union and the sources share a word (or neither
names one), one to one, best first; words are runs of letters and digits. On PolNeAR people agree with one another at
about 75 F1. The half of the marked sentences that is called "held" is only measured, never built on.
"""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.clean import mark
from headwater.model import Article, Span
from headwater.reading import load_tagger, read

HERE = Path(__file__).resolve().parent
POLNEAR = HERE.parents[1] / "shared" / "data" / "polnear" / "dev.jsonl"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """The words of one attribution, as their numbers in the text."""

    source: frozenset[int]
    content: frozenset[int]


@dataclass(slots=True)
class Score:
    """Pairs that are right, said in all, wanted in all."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    def add(self, gold: Sequence[Pair], found: Sequence[Pair]) -> None:
        """Count one text."""
        self.right += matched(gold, found)
        self.said += len(found)
        self.wanted += len(gold)

    def shares(self) -> dict[str, float]:
        """Precision, recall and F1, 0..1."""
        precision, recall = self.right / max(1, self.said), self.right / max(1, self.wanted)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": precision, "recall": recall, "f1": f1}


def pairs(text: str, attributions: Iterable[tuple[Iterable[Span], Iterable[Span]]]) -> list[Pair]:
    """Attributions (spans of source, spans of content) in words of the text; those without content are left out."""
    words = [match.span() for match in WORD.finditer(text)]

    def within(spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(i for s in spans for i, (start, end) in enumerate(words) if start < s.end and s.start < end)

    made = [Pair(within(source), within(content)) for source, content in attributions]
    return [pair for pair in made if pair.content]


def matched(gold: Sequence[Pair], found: Sequence[Pair]) -> int:
    """How many pairs are the same, one to one, the closest first."""
    near = []
    for i, want in enumerate(gold):
        for j, have in enumerate(found):
            likeness = overlap(want.content, have.content)
            sources = bool(want.source & have.source) or not (want.source or have.source)
            if likeness >= 0.5 and sources:
                near.append((-likeness - overlap(want.source, have.source), i, j))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in sorted(near):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
    return len(taken_gold)


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared words as a share of all words of both; 0 when there are none."""
    return len(one & other) / len(one | other) if one | other else 0.0


def said_in(text: str) -> list[Pair]:
    """What the reader finds."""
    reading = read(mark(Article(id="text", text=text)), load_tagger())
    return pairs(text, ((a.source_spans, a.content_spans) for a in reading.attributions))


def polnear() -> Score | None:
    """The score on PolNeAR's development articles; None where they are absent."""
    if not POLNEAR.exists():
        return None
    score = Score()
    with POLNEAR.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            marks = [([Span(*s) for s in a["source"]], [Span(*s) for s in a["content"]]) for a in row["attributions"]]
            score.add(pairs(row["text"], marks), said_in(row["text"]))
    return score


def marked_sentences() -> dict[str, Score]:
    """The scores on the sentences of our own writing, by set and half."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from marked import load

    scores: dict[str, Score] = {}
    for name in ("attributions", "chains"):
        for line in load(name):
            score = scores.setdefault(f"{name}_{line.split}", Score())
            score.add(pairs(line.text, ((m.source, m.content) for m in line.attributions)), said_in(line.text))
    return scores


def figures() -> dict[str, float]:
    """F1 (shares 0..1) by name; PolNeAR's only where its articles are."""
    out = {f"{name}.f1": score.shares()["f1"] for name, score in sorted(marked_sentences().items())}
    score = polnear()
    if score is not None:
        out["polnear_dev.f1"] = score.shares()["f1"]
    return out


def main() -> int:
    """Print a table."""
    rows: dict[str, Score | None] = {**marked_sentences(), "polnear dev": polnear()}
    print(f"{'pairs of source and content':<30} {'P':>6} {'R':>6} {'F1':>6} {'wanted':>7} {'said':>6}")
    for name, score in rows.items():
        if score is None:
            print(f"{name:<30} not measured: no articles at {POLNEAR}")
        else:
            shares = score.shares()
            cells = " ".join(f"{100 * shares[k]:6.1f}" for k in ("precision", "recall", "f1"))
            print(f"{name:<30} {cells} {score.wanted:7} {score.said:6}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
