"""Marked pairs and claims, which the pair model is learned from: well formed, within their articles, without text."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from headwater.align.claims.pairs import SIZE, PairModel
from headwater.model import Span
from headwater.reading.trained import MODELS

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # the recipe is no part of the package

from training.pairs import agreement, draw, features, learn, round_ups  # noqa: E402

LABELS = {"same", "part-left", "part-right", "denies", "related", "other"}
Place = tuple[str, str, list[list[int]]]  # story, article, spans


@cache
def rows(path: Path) -> tuple[dict[str, Any], ...]:
    """The lines of a file."""
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def pairs() -> tuple[dict[str, Any], ...]:
    """The marked pairs."""
    return rows(features.PAIRS)


def claims() -> tuple[dict[str, Any], ...]:
    """The marked claims."""
    return rows(features.CLAIMS)


def round_ups_() -> tuple[dict[str, Any], ...]:
    """The marked round-ups."""
    return rows(round_ups.ROUND_UPS)


def places() -> Iterator[Place]:
    """Every marked statement, where it stands."""
    for row in round_ups_():
        yield from ((row["story"], article, spans) for article, *spans in row["statements"])
    for row in pairs():
        yield from ((row["story"], row[side], row[f"{side}_spans"]) for side in ("left", "right"))
    for row in claims():
        yield from ((row["story"], s["article"], s["spans"]) for s in row["statements"])


def test_pairs_have_their_fields_and_no_text() -> None:
    """Ids in order, labels of the set, two articles, every pair once."""
    fields = {"id", "story", "left", "left_spans", "right", "right_spans", "label"}
    assert all(fields <= row.keys() <= fields | {"again"} for row in pairs())
    assert [row["id"] for row in pairs()] == [f"p{number:04}" for number in range(1, len(pairs()) + 1)]
    assert {row["label"] for row in pairs()} == LABELS
    assert {row["again"] for row in pairs() if "again" in row} <= LABELS
    assert all(row["left"] != row["right"] for row in pairs())
    sides = [frozenset((row["story"], row[s], str(row[f"{s}_spans"])) for s in ("left", "right")) for row in pairs()]
    assert max(Counter(sides).values()) == 1


def test_claims_have_their_fields_and_no_text() -> None:
    """Each is carried by two articles or more, each statement once."""
    assert all(row.keys() - {"umbrella"} == {"story", "statements"} for row in claims())
    assert all(s.keys() == {"article", "spans"} for row in claims() for s in row["statements"])
    assert all(len({s["article"] for s in row["statements"]}) > 1 for row in claims())
    for row in claims():
        assert max(Counter((s["article"], str(s["spans"])) for s in row["statements"]).values()) == 1


def test_round_ups_have_their_fields_and_no_text() -> None:
    """A line a story; each claim by numbers of statements of two articles or more; none of a story that judges."""
    assert all(row.keys() == {"story", "statements", "claims", "umbrellas"} for row in round_ups_())
    assert max(Counter(row["story"] for row in round_ups_()).values()) == 1
    for row in round_ups_():
        articles = [article for article, *_ in row["statements"]]
        for numbers in (*row["claims"], *row["umbrellas"]):
            assert numbers == sorted(set(numbers))
            assert len({articles[n] for n in numbers}) > 1
    assert not {row["story"] for row in round_ups_()} & {row["story"] for row in claims()}
    assert not any(row["story"].startswith(draw.APART) for row in round_ups_())


def test_spans_are_in_order() -> None:
    """Each begins before it ends, and ends before the next begins."""
    for _, _, spans in places():
        ends = [at for span in spans for at in span]
        assert len(ends) >= 2
        assert all(len(span) == 2 for span in spans)
        assert ends[0] >= 0
        assert all(one < other for one, other in pairwise(ends))


@pytest.mark.real
def test_spans_lie_in_the_articles() -> None:
    """Every marked statement is words of an article of its story, without white space at its ends."""
    texts = {}
    for name in ("stories/stories.jsonl", "clusters/dev.jsonl"):
        for line in (draw.SHARED / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts[row["story_id"], row["id"]] = row["text"]
    for story, article, spans in places():
        text = texts[story, article]
        for start, end in spans:
            assert end <= len(text)
            assert text[start:end] == text[start:end].strip()


@pytest.mark.real
def test_the_stories_are_those_that_are_drawn() -> None:
    """None of them is kept apart to measure on."""
    assert {row["story"] for row in pairs()} == {name for name, _ in draw.stories()}
    assert not any(row["story"].startswith(draw.APART) for row in pairs())


def kappa(seen: list[tuple[object, object]]) -> tuple[float, float]:
    """Share on which two markings agree, and Cohen's kappa."""
    agree = sum(a == b for a, b in seen) / len(seen)
    one, other = Counter(a for a, _ in seen), Counter(b for _, b in seen)
    chance = sum(number * other[label] for label, number in one.items()) / len(seen) ** 2
    return agree, (agree - chance) / (1 - chance)


MERGED: list[tuple[str, Callable[[str], object]]] = [
    ("the two agree on {} % (Cohen's kappa {})", lambda label: label),
    ("a part on {} % (kappa {})", lambda label: label == "same" or label.startswith("part")),
    ("part or neither on {} % (kappa {})", lambda label: label.partition("-")[0] if label[:1] in "sp" else "neither"),
]


@pytest.mark.parametrize(("form", "merged"), MERGED, ids=["all labels", "held", "same, part, neither"])
def test_the_agreement_that_is_told(form: str, merged: Callable[[str], object]) -> None:
    """The README gives that of the file."""
    told = " ".join((ROOT / "training/pairs/README.md").read_text(encoding="utf-8").split())
    agree, beyond = kappa([(merged(row["label"]), merged(row["again"])) for row in pairs() if "again" in row])
    assert form.format(round(100 * agree), f"{beyond:.2f}".removeprefix("0")) in told


def test_the_numbers_that_are_told() -> None:
    """The README counts what is there."""
    told = " ".join((ROOT / "training/pairs/README.md").read_text(encoding="utf-8").split())
    number = Counter(row["label"] for row in pairs())
    again = sum("again" in row for row in pairs())
    under = Counter((row["story"], s["article"], str(s["spans"])) for row in claims() for s in row["statements"])
    stories = {row["story"] for row in claims()}
    held = stories & {row["story"] for row in pairs()}
    first = [row for row in claims() if row["story"] in held]
    taught = {row["story"] for row in round_ups_()}
    judging = [row for row in pairs() if row["story"] not in taught]
    for said in (
        f"{len(pairs()):,} pairs of statements from different articles of {len({r['story'] for r in pairs()})} real",
        f"of {again} pairs",
        *(f"| {number[label]:,} |" for label in ("same", "denies", "related", "other")),
        f"| {number['part-left']}, {number['part-right']} |",
        f"{len(claims()):,} claims of {len(stories)} stories",
        f"{len(first)} are of {len(held)} of the stories above, the others of {len(stories - held)} further",
        f"up to {['one', 'two', 'three', 'four', 'five'][max(under.values()) - 1]} claims.",
        f"{len(round_ups_())} further round-ups",
        f"{sum(len(row['statements']) for row in round_ups_()):,} in all",
        f"{sum(len(row['claims']) + len(row['umbrellas']) for row in round_ups_()):,} in all",
        f"those of {len({row['story'] for row in judging})} stories ({len(judging):,}) count",
    ):
        assert said in told


def test_how_far_two_readers_agree() -> None:
    """The README gives what is measured."""
    told = " ".join((ROOT / "training/pairs/README.md").read_text(encoding="utf-8").split())
    found = agreement.measured()
    assert {kind: number for kind, (number, *_) in found.items()} == {"round-ups": 12, "whole stories": 4}
    assert f"`again.jsonl`: {len(rows(agreement.AGAIN))} claims of 16 " in told
    for number, pairs_, links in found.values():
        shown = (" / ".join(f"{share:.0f}" for share in shares) for shares in (pairs_, links))
        assert f"| {number} | {' | '.join(shown)} |" in told


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([{1, 2, 3}, {4, 5}], (4, 0, 0), id="the same"),
        pytest.param([{1, 2}, {3}, {4, 5}], (2, 0, 2), id="one left out"),
        pytest.param([{1, 2, 3, 4, 5}], (4, 6, 0), id="two made one"),
        pytest.param([], (0, 0, 4), id="nothing"),
    ],
)
def test_links_between_mentions(found: list[set[int]], expected: tuple[int, int, int]) -> None:
    """Right, wrong, missed: pairs of mentions in different articles."""
    key = {n: (f"a{n}", (Span(0, n),)) for n in range(1, 6)}
    gold = [frozenset(key[n] for n in claim) for claim in ({1, 2, 3}, {4, 5})]
    assert agreement.links(gold, [frozenset(key[n] for n in claim) for claim in found]) == expected


def test_the_shipped_model_is_one() -> None:
    """Its weights open, for as many features as are made."""
    with np.load(MODELS / "v1" / "pairs.npz") as kept:
        model = PairModel({name: kept[name] for name in kept.files})
    assert model(np.zeros((2, SIZE), np.float32)).same.shape == (2,)


@pytest.mark.parametrize(
    ("score", "right", "expected"),
    [
        pytest.param([0.9, 0.8, 0.1], [1, 1, 0], 1.0, id="all before"),
        pytest.param([0.9, 0.8, 0.1], [0, 0, 1], 1 / 3, id="last"),
        pytest.param([0.9, 0.8, 0.1], [1, 0, 1], (1 + 2 / 3) / 2, id="first and last"),
    ],
)
def test_average_precision(score: list[float], right: list[int], expected: float) -> None:
    """The mean of the precision at each pair that is right."""
    assert learn.average_precision(np.array(score), np.array(right)) == pytest.approx(expected)


def test_recall_at_a_precision() -> None:
    """The largest share of right pairs that can be had at it; none where it is never reached."""
    score, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1, 0, 1, 0])
    assert learn.recall_at(score, right, 0.6) == 1.0
    assert learn.recall_at(score, right, 0.9) == 0.5
    assert learn.recall_at(score, np.array([0, 1, 0, 0]), 0.9) == 0.0
