"""Two small stories traced: two newsrooms with sources of their own (two origins), one announcement (one origin)."""

from functools import cache

import pytest

from headwater.model import Trace
from known import answer, false_independence, find_claim, find_conflicts, furniture, run_trace, unlinked, wrong_count

STORIES = ("one-announcement", "two-newsrooms")
CLAIMS = [(story, claim.id) for story in STORIES for claim in answer(story).claims]


@cache
def traced(story: str) -> Trace:
    """The trace of a story, made once."""
    return run_trace(answer(story))


@pytest.mark.parametrize("story", STORIES)
def test_no_claim_has_more_proven_origins_than_it_has(story: str) -> None:
    """False independence is zero for any claim of the story."""
    wrong = false_independence(traced(story), answer(story))
    assert not wrong, "\n".join(["false independence:", *wrong])


@pytest.mark.parametrize(("story", "claim"), CLAIMS)
def test_the_count_of_a_claim_that_is_found(story: str, claim: str) -> None:
    """The count of a claim that the trace gathers is the known one."""
    known = next(c for c in answer(story).claims if c.id == claim)
    wrong = wrong_count(traced(story), known)
    assert wrong is None, wrong


@pytest.mark.parametrize("story", STORIES)
def test_most_claims_are_gathered(story: str) -> None:
    """Three in five of the claims are gathered from half or more of the articles that carry them."""
    claims = answer(story).claims
    missing = [f"{c.id} {c.text}" for c in claims if find_claim(traced(story), c) is None]
    assert len(missing) * 5 <= 2 * len(claims), "\n".join(["not gathered:", *missing])


def test_two_newsrooms_with_their_own_sources_are_two() -> None:
    """The end of the night shift rests on two origins, and is gathered."""
    known = next(c for c in answer("two-newsrooms").claims if c.id == "C01")
    claim = find_claim(traced("two-newsrooms"), known)
    assert claim is not None, "the end of the night shift is not gathered"
    assert claim.independent.low == 2


@pytest.mark.parametrize("story", STORIES)
def test_quotations_are_linked_and_furniture_is_not_overdone(story: str) -> None:
    """One act of speech in two outlets is one quotation; no word of an article is taken for furniture."""
    wrong = [line for quotation in answer(story).quotations for line in unlinked(traced(story), quotation)]
    assert not wrong
    precision, _, marked = furniture(traced(story), answer(story))
    assert precision >= 0.99, marked


def test_sixteen_for_sixty_one_is_reported() -> None:
    """The number turned round in one of four outlets is reported."""
    known = next(k for k in answer("one-announcement").conflicts if k.id == "K01")
    assert find_conflicts(traced("one-announcement"), known), "16 against 61 is not reported"


@pytest.mark.parametrize("story", STORIES)
def test_what_fits_together_is_not_called_a_conflict(story: str) -> None:
    """Yesterday in Friday's paper and Thursday in the others are no conflict."""
    wrong = [
        conflict.note
        for known in answer(story).conflicts
        if not known.wanted
        for conflict in find_conflicts(traced(story), known)
        if conflict.verdict == "conflict"
    ]
    assert not wrong
