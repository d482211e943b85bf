"""The benchmark of drift: its pairs, and what the comparisons reach on them where the records are given."""

import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from headwater.model import ConflictType

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import drift
from drift_by_hand import compared

LINES = drift.lines()
BY_HAND = [line for line in LINES if "words" in line]
HARMLESS = [line for line in BY_HAND if line["kind"] == "none"]
KINDS = {drift.ALIKE.get(kind, kind) for kind in get_args(ConflictType)}


def test_pairs_are_balanced() -> None:
    """At least 320 pairs in two halves, half of each harmless; every kind is among the changed and the tempting."""
    assert len(LINES) >= 320
    assert len({line["id"] for line in LINES}) == len(LINES)
    for half in drift.HALVES:
        kinds = [line["kind"] for line in drift.lines(half)]
        assert len(kinds) >= 160
        assert abs(2 * kinds.count("none") - len(kinds)) <= 4
        assert {*kinds} == {"none", *KINDS}
    assert {line["tempts"] for line in drift.lines("held") if line["kind"] == "none"} == KINDS


@pytest.mark.parametrize("line", HARMLESS, ids=[line["id"] for line in HARMLESS])
def test_harmless_rewording_is_silent(line: dict[str, Any]) -> None:
    """Two ways to say one thing are no conflict."""
    assert [c.note for c in compared(line)] == []


def test_precision_and_recall() -> None:
    """Every kind keeps precision .8, and most of what differs is found, where the records are right."""
    scores = drift.score(BY_HAND)
    assert all(scores.precision(kind) >= 0.8 for kind in scores.reported)
    assert scores.recall() >= 0.9


def test_traced_as_a_user_has_them() -> None:
    """A pair is two dated articles, read by the reader that ships; what the held half misses is not kept."""
    traced = drift.traced()
    by_id = {line["id"]: line for line in LINES}
    changed, harmless, held = (by_id[name] for name in ("d012", "d073", "h013"))
    assert [c.type for c in traced(changed)] == ["date"]
    assert traced(harmless) == ()
    silent = drift.score([changed, held], lambda line: ())
    assert (silent.wanted.total(), len(silent.misses)) == (2, 1)
