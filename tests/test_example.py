"""The example story traced: what the trace says of it against the known answer (golden/barrage)."""

from functools import cache

import pytest

from headwater.model import Trace
from known import (
    answer,
    false_independence,
    find_claim,
    find_conflicts,
    furniture,
    run_trace,
    unlinked,
    wrong_count,
)

KNOWN = answer("barrage")
CLAIMS = {claim.id: claim for claim in KNOWN.claims}
DRIFTS = {conflict.id: conflict for conflict in KNOWN.conflicts if conflict.wanted}
HARMLESS = {conflict.id: conflict for conflict in KNOWN.conflicts if not conflict.wanted}
QUOTATIONS = {quotation.id: quotation for quotation in KNOWN.quotations}


@cache
def traced() -> Trace:
    """The trace of the example, made once."""
    return run_trace(KNOWN)


def test_all_nine_articles_are_there() -> None:
    """The files and the lines of the example are the articles of the trace, by their names."""
    assert {article.id for article in traced().articles} == KNOWN.articles


def test_no_claim_has_more_proven_origins_than_it_has() -> None:
    """False independence is zero: for any claim at all, ``low`` is not above the truth."""
    wrong = false_independence(traced(), KNOWN)
    assert not wrong, "\n".join(["false independence:", *wrong])


@pytest.mark.parametrize("claim", sorted(CLAIMS))
def test_the_count_of_a_claim_that_is_found(claim: str) -> None:
    """One where the answer is one, two where it is two, none for what is circular or cannot be judged."""
    wrong = wrong_count(traced(), CLAIMS[claim])
    assert wrong is None, wrong


def test_most_claims_of_several_articles_are_found() -> None:
    """At least three in four of the claims are gathered from half or more of the articles that carry them."""
    missing = [f"{c.id} {c.text}" for c in KNOWN.claims if find_claim(traced(), c) is None]
    assert len(missing) * 4 <= len(CLAIMS), "\n".join(["not gathered:", *missing])


def test_circular_credit_has_no_origin_and_is_named() -> None:
    """The Ledger and Newsdesk Daily credit one another: no origin, and both stand in ``circular``."""
    claim = find_claim(traced(), CLAIMS["C11"])
    assert claim is not None, "the claim about the insurers is not gathered from both outlets"
    assert (claim.independent.low, claim.independent.high) == (0, 0)
    assert len(claim.circular) >= 2
    assert any("circular" in finding.text.casefold() for finding in traced().findings)


def test_furniture() -> None:
    """No word of an article is taken for furniture, and most of the furniture is seen."""
    precision, recall, wrong = furniture(traced(), KNOWN)
    assert precision >= 0.99, "\n".join(["marked as furniture:", *wrong])
    assert recall >= 0.8


@pytest.mark.parametrize("quotation", sorted(QUOTATIONS))
def test_printings_of_one_act_of_speech_are_linked(quotation: str) -> None:
    """All printings of one act of speech stand in one quotation, the translation rendered another way with them."""
    assert not unlinked(traced(), QUOTATIONS[quotation])


def test_the_second_translation_is_not_called_altered() -> None:
    """Sandvar's words in two translations are a retranslation."""
    relations = {
        variant.relation
        for quotation in traced().quotations
        if len(quotation.variants) == 2
        and {v.article for v in quotation.variants} == {"torhaven-courier", "karelund-observer"}
        for variant in quotation.variants
    }
    assert relations == {"fullest", "retranslated"}


@pytest.mark.parametrize("drift", [k for k in sorted(DRIFTS) if DRIFTS[k].severity == "high"])
def test_what_an_editor_wants_on_the_first_screen_is_found(drift: str) -> None:
    """The denial, the third pier, could made will, and two meetings made one are reported."""
    assert find_conflicts(traced(), DRIFTS[drift]), f"{drift}: {DRIFTS[drift].title} is not reported"


def test_half_of_the_lesser_drifts_are_found() -> None:
    """Officials for one official, a fact for what two engineers said: at least half of such are reported."""
    lesser = [k for k in DRIFTS.values() if k.severity != "high"]
    missing = [f"{k.id} {k.title}" for k in lesser if not find_conflicts(traced(), k)]
    assert 2 * len(missing) <= len(lesser), "\n".join(["not reported:", *missing])


@pytest.mark.parametrize("harmless", sorted(HARMLESS))
def test_what_fits_together_is_not_called_a_conflict(harmless: str) -> None:
    """Two translations, a date and its month, a group and a part of it: no conflict."""
    wrong = [c.note for c in find_conflicts(traced(), HARMLESS[harmless]) if c.verdict == "conflict"]
    assert not wrong
