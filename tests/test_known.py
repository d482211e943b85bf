"""The matching of traces with known answers, on traces made by hand from the answer itself."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from headwater.model import (
    Article,
    Claim,
    Conflict,
    Furniture,
    Independent,
    MadeBy,
    Mention,
    Quotation,
    Side,
    Span,
    Trace,
    Variant,
)
from known import (
    GOLDEN,
    ROOT,
    answer,
    false_independence,
    find_claim,
    find_conflicts,
    furniture,
    same_passage,
    unlinked,
    wrong_count,
)

STORIES = ("barrage", "one-announcement", "two-newsrooms")


def spans(raw: list[dict[str, int]]) -> tuple[Span, ...]:
    """The spans of a list in the file."""
    return tuple(Span(s["start"], s["end"]) for s in raw)


def perfect(story: str) -> Trace:
    """A trace that says just what the known answer says."""
    raw = json.loads((GOLDEN / story / "expected.json").read_text(encoding="utf-8"))
    return Trace(
        made_by=MadeBy(headwater="0", reader="by hand"),
        articles=tuple(
            Article(
                id=doc,
                text="x" * raw["meta"]["docs"][doc]["n_codepoints"],
                furniture=tuple(Furniture(s["start"], s["end"], "other") for s in raw["boilerplate"][doc]["spans"]),
            )
            for doc in raw["meta"]["docs"]
        ),
        claims=tuple(
            Claim(
                id=c["id"],
                text=c["claim"],
                mentions=tuple(Mention(article=m["doc"], spans=spans(m["spans"])) for m in c["mentions"]),
                outlets=c["n_outlets"],
                origins=(),
                independent=Independent(c["low"], c["high"]),
                bottlenecks=(),
                circular=tuple(c["circular"]),
            )
            for c in raw["claims"]
        ),
        quotations=tuple(
            Quotation(
                id=q["id"],
                speaker=None,
                variants=tuple(
                    Variant(article=v["doc"], spans=spans(v["spans"]), attribution="", relation=v["relation"])
                    for v in q["variants"]
                ),
            )
            for q in raw["quotes"]
        ),
        conflicts=tuple(
            Conflict(
                id=k["id"],
                type=k["type"],
                verdict="drift",
                severity=k["severity"],
                note="",
                sides=tuple(Side(article=s["doc"], spans=spans(s["spans"]), value="") for s in k["sides"]),
            )
            for k in raw["conflicts_and_drift"]
        ),
    )


@pytest.mark.parametrize("story", STORIES)
def test_the_answer_itself_passes_every_check(story: str) -> None:
    """A trace made from the answer has every claim, link, drift and piece of furniture, and no false independence."""
    known, trace = answer(story), perfect(story)
    assert len(known.paths) >= 4
    assert false_independence(trace, known) == []
    for claim in known.claims:
        found = find_claim(trace, claim)
        assert found is not None
        assert found.id == claim.id
        assert wrong_count(trace, claim) is None
    for quotation in known.quotations:
        assert unlinked(trace, quotation) == []
    for conflict in known.conflicts:
        assert conflict.id in {c.id for c in find_conflicts(trace, conflict)}
    assert furniture(trace, known) == (1.0, 1.0, [])


@pytest.mark.parametrize("story", STORIES)
def test_a_count_above_the_truth_is_seen_wherever_it_is(story: str) -> None:
    """One origin too many is reported for each claim, and the message names the claim."""
    known, trace = answer(story), perfect(story)
    for claim in known.claims:
        raised = tuple(
            replace(c, independent=Independent(c.independent.low + 1, c.independent.high + 1))
            if c.id == claim.id
            else c
            for c in trace.claims
        )
        wrong = false_independence(replace(trace, claims=raised), known)
        assert len(wrong) == 1
        assert claim.id in wrong[0]
        assert claim.id in (wrong_count(replace(trace, claims=raised), claim) or "")


def test_two_proven_origins_for_a_claim_that_is_not_listed_are_seen() -> None:
    """A claim made of words that no known claim has may have one proven origin, not two."""
    known = answer("barrage")
    odd = Claim(
        id="odd",
        text="odd",
        mentions=(Mention(article="westshore-mail", spans=(Span(0, 5),)),),
        outlets=1,
        origins=(),
        independent=Independent(2, 2),
        bottlenecks=(),
    )
    (wrong,) = false_independence(replace(perfect("barrage"), claims=(odd,)), known)
    assert "not listed" in wrong


def test_a_claim_that_gathers_less_than_half_of_its_articles_is_not_found() -> None:
    """A fragment of a claim in one of nine articles does not stand for the claim."""
    known, trace = answer("barrage"), perfect("barrage")
    first = trace.claims[0]
    alone = replace(trace, claims=(replace(first, mentions=first.mentions[:1]),))
    assert find_claim(alone, known.claims[0]) is None
    assert wrong_count(alone, known.claims[0]) is None


def test_a_quotation_cut_in_two_is_seen() -> None:
    """A printing that stands in a quotation of its own is named."""
    known, trace = answer("barrage"), perfect("barrage")
    first = trace.quotations[0]
    halves = (replace(first, variants=first.variants[:-1]), replace(first, id="other", variants=first.variants[-1:]))
    (wrong,) = unlinked(replace(trace, quotations=halves), known.quotations[0])
    assert "orle-valley-gazette stands apart" in wrong
    assert unlinked(replace(trace, quotations=()), known.quotations[0]) == ["Q1 (Pavel Renn): in no article"]


def test_words_of_the_article_marked_as_furniture_cost_precision() -> None:
    """Furniture over the article's own words lowers precision and is quoted."""
    known, trace = answer("barrage"), perfect("barrage")
    article = replace(trace.articles[-1], furniture=(Furniture(40, 60, "promo"),))
    precision, recall, wrong = furniture(replace(trace, articles=(article,)), known)
    assert precision == 0.0
    assert recall == 0.0
    assert len(wrong) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param((0, 10), (0, 10), True, id="equal"),
        pytest.param((0, 100), (40, 50), True, id="inside"),
        pytest.param((0, 10), (8, 30), False, id="at the edge"),
        pytest.param((0, 10), (10, 20), False, id="touching"),
    ],
)
def test_same_passage(one: tuple[int, int], other: tuple[int, int], same: bool) -> None:
    """Passages are the same when they overlap well or one lies in the other, either way round."""
    left, right = frozenset(range(*one)), frozenset(range(*other))
    assert same_passage(left, right) is same
    assert same_passage(right, left) is same


def test_the_expected_answers_are_up_to_date() -> None:
    """``expected.json`` is what build.py makes of ``known.toml`` and the articles."""
    script = GOLDEN / "build.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_holds_what_it_promises() -> None:
    """Ten or more claims: five with one origin in several articles, three with two, one circular, one unknown."""
    known = answer("barrage")
    single = [c for c in known.claims if c.low == c.high == 1 and len(c.articles) > 1]
    assert len(single) >= 5
    assert sum(c.low == 2 for c in known.claims) >= 3
    assert any(c.circular and c.high == 0 for c in known.claims)
    assert any(not c.circular and (c.low, c.high) == (0, 1) for c in known.claims)
    assert Path(ROOT / "examples" / "barrage" / "README.md").is_file()
    assert all((GOLDEN / story / "why.md").is_file() for story in STORIES)
