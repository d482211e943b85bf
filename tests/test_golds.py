"""The score of traces against an editor's answers: by claims of our own, and beside the script it is written after."""

import importlib.util
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

import headwater
from headwater.model import Article, Attribution, Claim, Independent, MadeBy, Mention, Origin, Source, Span, Trace
from headwater.report.json import to_json

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from gold_score import Answer, Score, chars, meets, score
from golds import answers, mean

SCRIPT = Path(__file__).parents[2] / "shared" / "tools" / "score_trace.py"
STORIES = [name for name, _, _ in answers()]


def span(start: int, end: int) -> dict[str, int]:
    """A span as an answer holds it."""
    return {"start": start, "end": end}


def answer(*claims: dict[str, Any]) -> dict[str, Any]:
    """An answer about articles a, b and c."""
    return {"meta": {"docs": {"a": {}, "b": {}, "c": {}}}, "claims": list(claims), "conflicts_and_drift": []}


def known(name: str, count: int, *places: tuple[str, int, int], least: int = 0, most: int = 0) -> dict[str, Any]:
    """A known claim."""
    return {
        "id": name,
        "docs": sorted({doc for doc, _, _ in places}),
        "mentions": [{"doc": doc, "spans": [span(start, end)], "chain": ["somebody"]} for doc, start, end in places],
        "n_independent_origins": count,
        "low": least or count,
        "high": most or count,
    }


def traced(name: str, low: int, high: int, *places: tuple[str, int, int], origins: int = 0) -> Claim:
    """A traced claim."""
    return Claim(
        id=name,
        text="",
        mentions=tuple(Mention(article=doc, spans=(Span(start, end),), chain=("s0",)) for doc, start, end in places),
        outlets=len({doc for doc, _, _ in places}),
        origins=tuple(Origin(source=f"s{n}", path=(), basis="stated") for n in range(origins)),
        independent=Independent(low, high),
        bottlenecks=(),
    )


def scored(trace_claims: list[Claim], *claims: dict[str, Any]) -> Score:
    """The score of traced claims."""
    trace = Trace(
        made_by=MadeBy(headwater="0", reader="none"),
        articles=tuple(Article(id=i, text="x" * 200) for i in "abc"),
        sources=tuple(Source(id=f"s{n}", name=f"Person {n}", kind="person") for n in range(4)),
        claims=tuple(trace_claims),
    )
    return score(trace, answer(*claims))


TWO = (("a", 0, 20), ("b", 0, 20))


@pytest.mark.parametrize(
    ("low", "high", "best", "least", "most", "exact", "in_range", "invented"),
    [
        pytest.param(2, 2, 2, 1, 3, True, True, False, id="the best value"),
        pytest.param(1, 2, 2, 1, 3, True, True, False, id="a range that holds it, within the editor's"),
        pytest.param(1, 1, 2, 1, 3, False, True, False, id="below the best value, within the range"),
        pytest.param(3, 3, 2, 1, 3, False, True, False, id="above the best value, within the range"),
        pytest.param(1, 2, 2, 2, 2, False, True, False, id="a range that begins below the editor's"),
        pytest.param(3, 4, 2, 2, 2, False, False, True, id="above the range: invented"),
        pytest.param(0, 1, 2, 2, 2, False, False, False, id="below the range"),
    ],
)
def test_a_count_is_right(
    low: int, high: int, best: int, least: int, most: int, exact: bool, in_range: bool, invented: bool
) -> None:
    """Exact, in range and invented are told as by the editor's best value and range."""
    (counted,) = scored([traced("t", low, high, *TWO)], known("k", best, *TWO, least=least, most=most)).counts
    assert (counted.exact, counted.in_range, counted.invented) == (exact, in_range, invented)


def test_links() -> None:
    """Passages of one claim in one traced claim are right, of two claims wrong, apart missed; in one article none."""
    one, other = known("k", 1, *TWO, ("c", 0, 20)), known("m", 1, ("c", 50, 80))
    links = scored([traced("t", 1, 1, *TWO, ("c", 50, 80)), traced("u", 1, 1, ("c", 0, 20))], one, other).links
    assert (links.right, links.wrong, links.missed) == (1, 2, 2)


def test_a_passage_that_carries_both_claims_links_rightly() -> None:
    """Words that stand under two known claims may be linked for either."""
    links = scored([traced("t", 1, 1, *TWO)], known("k", 1, *TWO), known("m", 1, ("b", 0, 22))).links
    assert (links.right, links.wrong, links.missed) == (1, 0, 0)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        pytest.param([traced("t", 1, 1, ("a", 0, 20))], "not gathered", id="under half of the articles"),
        pytest.param([traced("t", 1, 1, *TWO)], "an article is outside", id="an article is outside"),
        pytest.param([traced("t", 1, 2, *TWO, ("c", 0, 20), origins=2)], "doubted", id="named but not proven apart"),
        pytest.param([traced("t", 1, 1, *TWO, ("c", 0, 20), origins=2)], "folded", id="named and folded"),
        pytest.param([traced("t", 3, 3, *TWO, ("c", 0, 20), origins=3)], "held apart", id="too many"),
        pytest.param([traced("t", 1, 1, *TWO, ("c", 0, 20), origins=1)], "other source", id="one is not named"),
        pytest.param(
            [traced("t", 1, 1, *TWO, ("c", 0, 20), ("c", 90, 120))], "merged with another", id="holds another claim"
        ),
    ],
)
def test_why(made: list[Claim], wanted: str) -> None:
    """A wrong count says why."""
    wrong = scored(made, known("k", 2, *TWO, ("c", 0, 20)), known("m", 1, ("c", 90, 120))).counts[0]
    assert wanted in {reason for reason, _ in wrong.reasons}


def test_attributions_and_credits_of_no_answer_are_nothing() -> None:
    """What an answer does not hold scores 0 and stops nothing."""
    figures = mean([scored([])])
    assert figures["attribution_f1"] == figures["credits"] == figures["links_f1"] == 0


def test_optional_attributions_count_for_nothing() -> None:
    """One that an editor would leave to taste is neither right, nor wrong, nor missed."""
    rows = [
        {"doc": "a", "content_spans": [span(0, 20)], "optional": True},
        {"doc": "a", "content_spans": [span(30, 60)]},
        {"doc": "a", "content_spans": [span(70, 90)]},
    ]
    said = tuple(
        Attribution(id=f"x{n}", article="a", source=None, content_spans=(Span(start, end),))
        for n, (start, end) in enumerate([(0, 20), (30, 60), (100, 120)])
    )
    trace = Trace(made_by=MadeBy(headwater="0", reader="none"), attributions=said)
    found = score(trace, {**answer(), "attributions_sample": rows}).attributions
    assert (found.right, found.wrong, found.missed) == (1, 1, 1)


def undecided(trace: Trace, expected: Answer) -> int:
    """How many known claims have two traced claims that hold most of their passages: the script takes any of them."""
    held: dict[str, list[tuple[frozenset[int], Claim]]] = defaultdict(list)
    for claim in trace.claims:
        for mention in claim.mentions:
            held[mention.article].append((chars(mention.spans), claim))
    out = 0
    for one in expected["claims"]:
        votes = Counter[str]()
        size = {claim.id: len(claim.mentions) for claim in trace.claims}
        for passage in one["mentions"]:
            words = chars(passage["spans"])
            votes.update({claim.id for mine, claim in held[passage["doc"]] if meets(words, mine)})
        ranks = sorted(((votes[c], size[c]) for c in votes), reverse=True)
        out += len(ranks) > 1 and ranks[0] == ranks[1]
    return out


@pytest.mark.real
@pytest.mark.parametrize("name", STORIES or ["none"])
def test_real_stories_score_as_by_the_first_script(name: str) -> None:
    """The same figures as the script that came with the annotated stories."""
    spec = importlib.util.spec_from_file_location("score_trace", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    expected, articles = next((a, rows) for n, a, rows in answers() if n == name)
    trace = headwater.trace(articles)
    old = script.score(json.loads(to_json(trace)), expected)
    new = score(trace, expected).figures()
    origins = old["origins"]
    known_figures = {
        "links_precision": old["claim_links"]["p"], "links_recall": old["claim_links"]["r"],
        "links_f1": old["claim_links"]["f"], "passages_found": old["claim_mention_found"],
        "attribution_f1": old["attribution"]["f"], "credits": old["credits"],
    }  # fmt: skip
    assert {key: 100 * new[key] for key in known_figures} == pytest.approx(known_figures)
    open_claims = undecided(trace, expected)
    for key, sizes in (("exact", "claims"), ("exact_multi_outlet", "multi_outlet"), ("in_range", "claims"),
                       ("linked", "claims"), ("exact_several_origins", "several_origins")):  # fmt: skip
        most = 100 * open_claims / origins["counts"][sizes]
        assert 100 * new[key] == pytest.approx(origins[key], abs=most + 1e-6), key
    assert abs(new["false"] - origins["counts"]["false"]) <= open_claims
