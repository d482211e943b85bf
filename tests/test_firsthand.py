"""What a newsroom says that it knows itself, and what it says that it could not confirm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Article, Derivation, Mention, Place, Source, Span
from headwater.tracing.firsthand import own_knowledge, unconfirmed
from headwater.tracing.origins import Counted, count

CLAIM = "the weir gave way"


def told(text: str, *, outlet: str | None = "The Orle Courier", name: str = "a") -> tuple[Article, Mention]:
    """An article and its mention of the claim."""
    at = text.index(CLAIM)
    return Article(id=name, text=text, outlet=outlet), Mention(article=name, spans=(Span(at, at + len(CLAIM)),))


@pytest.mark.parametrize(
    ("text", "words", "sight"),
    [
        pytest.param("The Orle Courier has confirmed that {}.", "Orle Courier has confirmed", False, id="confirmed"),
        pytest.param(
            "The Orle Courier has independently confirmed that {}.", "independently confirmed", False, id="sure"
        ),
        pytest.param("On Sunday {}, the Courier has learned.", "Courier has learned", False, id="short name, after"),
        pytest.param(
            "That {} was confirmed by the Orle Courier.", "confirmed by the Orle Courier", False, id="passive"
        ),
        pytest.param("Orle Courier witnesses saw how {}.", "Courier witnesses saw", True, id="witnesses"),
        pytest.param("A Courier reporter at the scene saw that {}.", "reporter at the scene saw", True, id="reporter"),
        pytest.param("A reporter for the Courier watched as {}.", "reporter for the Courier watched", True, id="for"),
        pytest.param("Documents seen by the Courier show that {}.", "seen by the Courier", True, id="documents"),
        pytest.param("In a video viewed by the Orle Courier {}.", "viewed by the Orle Courier", True, id="video"),
        pytest.param(
            "Minutes that this newspaper has obtained say {}.", "this newspaper has obtained", True, id="this"
        ),
        pytest.param("An Orle Courier analysis confirmed that {}.", "analysis confirmed", False, id="analysis"),
        pytest.param("The Daily Bell has confirmed that {}.", None, False, id="another newsroom"),
        pytest.param("The Courier could not confirm that {}.", None, False, id="could not"),
        pytest.param("The Courier has not confirmed that {}.", None, False, id="has not"),
        pytest.param("“The Courier has confirmed that {},” Ruan Moss said.", None, False, id="in a speaker's words"),
        pytest.param("The Courier has confirmed the date. In May {}.", None, False, id="another sentence"),
        pytest.param("The Courierists have seen that {}.", None, False, id="another word"),
        pytest.param("The mayor confirmed that {}.", None, False, id="somebody else"),
        pytest.param("The Courier heard from the mayor that {}.", None, False, id="heard from"),
    ],
)
def test_own_knowledge(text: str, words: str | None, sight: bool) -> None:
    """The newsroom's own name with a verb of making sure or of seeing, in the mention's sentence, in its own words."""
    article, mention = told(text.format(CLAIM))
    found = own_knowledge(article, mention.spans)
    if words is None:
        assert found is None
    else:
        assert found is not None
        assert words in found[0].span.of(article.text)
        assert found[1] is sight


def test_without_an_outlet_nothing_is_its_own() -> None:
    """Who does not say whose text it is cannot confirm anything itself."""
    for outlet in (None, "", "  ", "The", "X"):
        article, mention = told(f"The Courier has confirmed that {CLAIM}.", outlet=outlet)
        assert own_knowledge(article, mention.spans) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("In May {}. The Courier could not independently verify this.", 1, id="beside"),
        pytest.param("In May {}.\n\nThe report has not been independently verified.", 1, id="next paragraph"),
        pytest.param("In May {}.\n\nThe Bell was unable to confirm the account.", 1, id="unable"),
        pytest.param("In May {}; there was no independent confirmation.", 1, id="same sentence"),
        pytest.param("In May {}.\n\nRain fell. The Bell could not verify that.", 0, id="of the next paragraph"),
        pytest.param("In May {}.\n\nRain fell.\n\nThe Bell couldn't verify it.", 0, id="further down"),
        pytest.param("In May {}. The mayor confirmed it.", 0, id="confirmed"),
        pytest.param("In May {}. The judge could not attend.", 0, id="could not do something else"),
    ],
)
def test_unconfirmed(text: str, found: int) -> None:
    """That it could not be confirmed is found beside the mention, in its paragraph or the next."""
    article, mention = told(text.format(CLAIM))
    assert len(unconfirmed(article, mention.spans)) == found


def _count(*told_by: tuple[Article, Mention], derivations: tuple[Derivation, ...] = (), **sources: Source) -> Counted:
    return count([m for _, m in told_by], sources, {a.id: a for a, _ in told_by}, derivations)


def _chain(told_by: tuple[Article, Mention], *chain: str) -> tuple[Article, Mention]:
    article, mention = told_by
    return article, Mention(article=mention.article, spans=mention.spans, chain=chain)


COURIER = Source(id="o", name="Courier", kind="outlet")
LIND = Source(id="p", name="Ada Lind", kind="person")
AIDES = Source(id="u", name="two aides", kind="anonymous")


def test_a_newsroom_that_confirmed_or_saw_is_an_origin() -> None:
    """It has a way of its own beside a named person's; beside unnamed people it may have it from them."""
    own = told(f"The Orle Courier has confirmed that {CLAIM}.", name="a")
    other = told(f"In May {CLAIM}.", outlet="Bell", name="b")
    got = _count(own, _chain(other, "p"), p=LIND)
    assert (got.independent.low, got.independent.high) == (2, 2)
    assert got.mentions[0].basis == "stated"
    assert got.mentions[0].evidence
    got = _count(own, _chain(other, "u"), u=AIDES)
    assert (got.independent.low, got.independent.high) == (1, 2)
    seen = told(f"An Orle Courier reporter saw that {CLAIM}.", name="a")
    got = _count(seen, _chain(other, "u"), u=AIDES)
    assert (got.independent.low, got.independent.high) == (2, 2)


def test_who_credits_a_newsroom_that_confirmed_has_it_from_there() -> None:
    """The outlet's own people and its own confirmation are one way, and whoever credits the outlet adds none."""
    own = told(f"The Orle Courier has confirmed that {CLAIM}.", name="a")
    more = told(f"On Monday {CLAIM}, aides said.", name="a2")
    other = told(f"In May {CLAIM}, the Courier reported.", outlet="Bell", name="b")
    got = _count(own, _chain(other, "o"), o=COURIER)
    assert (got.independent.low, got.independent.high) == (1, 1)
    assert got.circular == ()
    assert got.mentions[1].counted == ("o", "a")
    assert got.bottlenecks == ("o", "a")
    got = _count(own, _chain(more, "u"), _chain(other, "o"), o=COURIER, u=AIDES)
    assert got.independent.low == 1


def test_the_first_person_of_a_copied_text_is_not_the_copier() -> None:
    """A copy of "this newspaper has seen" is no second sight."""
    text = f"Minutes that this newspaper has obtained say {CLAIM}."
    first, second = told(text, name="a"), told(text, outlet="Bell", name="b")
    whole = (Place("a", 0, len(text)), Place("b", 0, len(text)))
    for directed in (True, False):
        copied = Derivation(later="b", earlier="a", kind="copy", stated=False, directed=directed, evidence=whole)
        assert _count(first, second, derivations=(copied,)).independent.low == 1


def test_what_could_not_be_confirmed_is_no_origin_and_is_shown() -> None:
    """That it could not be verified adds nothing to the count; its sentence is among the mention's evidence."""
    own = told(f"In May {CLAIM}. The Courier could not independently verify this.", name="a")
    got = _count(own)
    assert (got.independent.low, got.independent.high) == (0, 1)
    article = own[0]
    assert [p.span.of(article.text) for p in got.mentions[0].evidence] == [
        "The Courier could not independently verify this."
    ]


@given(st.text(max_size=200), st.text(max_size=20), st.text(max_size=200))
def test_any_text(before: str, outlet: str, after: str) -> None:
    """Whatever the text and the outlet, places lie within the text and in order."""
    text = before + CLAIM + after
    article = Article(id="a", text=text, outlet=outlet)
    spans = (Span(len(before), len(before) + len(CLAIM)),)
    found = own_knowledge(article, spans)
    places = [*unconfirmed(article, spans), *([found[0]] if found else [])]
    assert all(0 <= p.start < p.end <= len(text) for p in places)
