"""Press releases that outlets print: one document of its issuer, whoever prints it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import headwater
from headwater.model import Article, Attribution, Claim, Furniture, Source, Span, Statement, Trace
from headwater.tracing.releases import chain_in, with_releases
from headwater.tracing.wire_lines import press_release

FIRST = (
    "Ardent Tidal Corp. (NYSE: ARDT), a maker of tidal turbines, today announced that it will close its yard in March. "
)
REST = (
    "The yard at Karelund builds 14 turbines a year and employs 320 people. "
    "Production will move to Sorrel Point by the end of June. "
    "“We regret the loss of the yard at Karelund,” said Marta Oyelaran, chief executive of Ardent Tidal."
)
MARK = "TORHAVEN, Feb. 13, 2026 /PRNewswire/ -- "
FOOT = "\n\nSOURCE Ardent Tidal Corp.\n"
YARD = "builds 14 turbines"


def printing(outlet: str, text: str) -> dict[str, object]:
    """An article."""
    return {
        "id": outlet.lower().split()[-1],
        "outlet": outlet,
        "text": f"Yard to close\n\n{text}",
        "published": "2026-02-13",
    }


def claim_with(trace: Trace, words: str) -> Claim:
    """The one claim whose text holds some words."""
    (found,) = (claim for claim in trace.claims if words in claim.text)
    return found


def test_two_outlets_that_print_one_release_have_one_origin() -> None:
    """What it says itself is its issuer's document; whom it quotes stays who said it; no agency is an origin."""
    both = [
        printing("Market Ledger", MARK + FIRST + REST + FOOT),
        printing("Torhaven Finance", MARK + FIRST + REST + FOOT),
    ]
    trace = headwater.trace(both)
    (release,) = (s for s in trace.sources if s.name.startswith("press release"))
    assert (release.kind, release.name) == ("document", "press release of Ardent Tidal Corp")
    assert {place.article for place in release.mentions} == {"ledger", "finance"}
    by_id = {s.id: s for s in trace.sources}
    for words in (YARD, "close its yard in March", "Production will move"):
        claim = claim_with(trace, words)
        assert [origin.source for origin in claim.origins] == [release.id]
        assert (claim.independent.low, claim.independent.high) == (1, 1)
        assert claim.bottlenecks[:1] == (release.id,)
    quoted = claim_with(trace, "We regret the loss")
    assert {by_id[origin.source].name for origin in quoted.origins} == {"Marta Oyelaran"}
    assert not {"PR Newswire", "TORHAVEN"} & {by_id[o.source].name for c in trace.claims for o in c.origins}


BUILDS = "The yard at Karelund builds 14 turbines a year and employs 320 people"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(f"{BUILDS}, Ardent Tidal said.", id="its issuer"),
        pytest.param(f"{BUILDS}, company spokesman Piet Halloran said.", id="its spokesman"),
        pytest.param(f"{MARK}{BUILDS}.", id="the release without its issuer"),
    ],
)
def test_who_may_be_the_issuer_is_proven_to_be_no_second_origin(other: str) -> None:
    """The count must never be too high: the company, its people and a release of nobody known may be the same."""
    trace = headwater.trace(
        [printing("Market Ledger", MARK + FIRST + REST + FOOT), printing("Karelund Courier", f"{other} Rain fell.")]
    )
    assert claim_with(trace, YARD).independent.low == 1


def test_an_outlets_own_words_before_a_release_are_its_own() -> None:
    """Only what stands behind the mark is the release."""
    intro = "The last yard of the county has had no orders since the autumn, and 40 flats stand empty beside it.\n\n"
    trace = headwater.trace([printing("Karelund Courier", intro + MARK + FIRST + REST + FOOT)])
    assert claim_with(trace, YARD).origins != ()
    assert all(m.chain == () for c in trace.claims for m in c.mentions if m.spans[0].end < len(intro))


RELEASES = {
    "the issuer at the foot": (f"{MARK}{FIRST}{FOOT}", "Ardent Tidal Corp"),
    "the issuer announces": (f"TORHAVEN (GLOBE NEWSWIRE) -- {FIRST}", "Ardent Tidal Corp."),
    "without a ticker": (f"{MARK}Ellery Boats, the builder of ferries, announced today a new yard.", "Ellery Boats"),
    "the service alone": (f"{MARK}{REST}", None),
    "a person acts": (f"{MARK}The mayor of Ellery today met the board.", None),
}


@pytest.mark.parametrize(("text", "issuer"), RELEASES.values(), ids=RELEASES)
def test_who_issued_a_release(text: str, issuer: str | None) -> None:
    """Named at the foot, or the subject of the first sentence that announces something; else nobody."""
    found = press_release(Article(id="a", text=text))
    assert found is not None
    assert found.issuer == issuer
    if issuer is not None:
        assert found.span.of(text) == issuer


@pytest.mark.parametrize(
    ("text", "furniture"),
    [
        pytest.param(REST, (), id="an article"),
        pytest.param(
            f"The company said so on PRNewswire on Friday. {REST}", (), id="an article that names the service"
        ),
        pytest.param(f"{MARK}{FIRST}\n\n{REST}", (Furniture(0, len(MARK + FIRST), "related_link"),), id="in a link"),
        pytest.param(f"{REST}\nSOURCE Ardent Tidal Corp.", (), id="a source without a service"),
    ],
)
def test_what_is_no_release(text: str, furniture: tuple[Furniture, ...]) -> None:
    """Only the mark of a service before the text shows one."""
    assert press_release(Article(id="a", text=text, furniture=furniture)) is None


def test_what_a_release_announces_is_its_own() -> None:
    """A reader may take the place or half of a company's name for who speaks in the first sentence."""
    text = MARK + FIRST + REST
    said = Attribution(id="x", article="a", source="s", source_spans=(Span(0, 8),), content_spans=(Span(120, 150),))
    later = Attribution(
        id="y", article="a", source="s", source_spans=(Span(300, 308),), content_spans=(Span(320, 330),)
    )
    people = (Source(id="s", name="TORHAVEN", kind="organisation"),)
    sources, printed = with_releases([Article(id="a", text=text)], [said, later], people)
    (release,) = (s for s in sources if s.kind == "document")
    assert release.maybe_same == ("s",)
    assert chain_in(printed, Statement(article="a", spans=(Span(120, 150),)), said) == (release.id,)
    assert chain_in(printed, Statement(article="a", spans=(Span(320, 330),)), later) == ()
    assert chain_in(printed, Statement(article="a", spans=(Span(200, 230),)), None) == (release.id,)
    assert chain_in(printed, Statement(article="b", spans=(Span(200, 230),)), None) == ()


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_around_a_mark(before: str, after: str) -> None:
    """Spans lie in the text, whatever stands around the mark."""
    text = f"{before}\n{MARK}{after}"
    found = press_release(Article(id="a", text=text))
    if found is not None:
        assert 0 <= found.says.start < found.says.end <= len(text)
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.start <= len(text)
