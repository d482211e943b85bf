"""Quotations: what stands in marks without being speech, and when something was said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.align.quotes import quotations
from headwater.align.quotes.occasions import Occasion, days_apart, occasion_of
from headwater.align.quotes.speech import is_speech
from headwater.model import Article, Attribution, Source, Span

NO_SPEECH = [
    ("title", "Lund is the author of “The Long Winter of the Salt Road”.", "The Long Winter of the Salt Road"),
    (
        "title in lower case",
        "A paper entitled “safe passage for small boats” came out.",
        "safe passage for small boats",
    ),
    ("slogan", "Under the slogan “bread now, speeches later” they won.", "bread now, speeches later"),
    ("banner", "A banner that read “hands off our harbour walls” hung there.", "hands off our harbour walls"),
    ("chant", "The crowd chanted “no dam, no deal, no surrender” all night.", "no dam, no deal, no surrender"),
    ("painted", "“No dam and no deal” was painted on the wall.", "No dam and no deal"),
    ("nickname", "Bruno “the Ferret of Canal Street” Sand was held.", "the Ferret of Canal Street"),
    ("known as", "The engine, known as “widow of platform four”, broke.", "widow of platform four"),
    ("so-called", "The so-called “night economy of the port” failed.", "night economy of the port"),
]
SPEECH = [
    ("plain", "She said “the wall will not hold another winter”.", "the wall will not hold another winter"),
    ("what he called", "He denounced what he called “a gift to the mayor’s cousin”.", "a gift to the mayor’s cousin"),
    ("called it", "Lund called the plan “a disgrace to the whole town”.", "a disgrace to the whole town"),
    ("shouted in print", "He wrote: “THERE WAS NO SECRET DEAL”", "THERE WAS NO SECRET DEAL"),
    ("a sentence of names", "She said: “Ask Orla Vane.”", "Ask Orla Vane."),
    ("one name", "He said “Tamm must go before the spring”.", "Tamm must go before the spring"),
    ("signs of life", "He saw signs of life and said “the roof is moving”.", "the roof is moving"),
]


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [(*row[1:], False) for row in NO_SPEECH] + [(*row[1:], True) for row in SPEECH],
    ids=[row[0] for row in NO_SPEECH + SPEECH],
)
def test_speech(text: str, said: str, expected: bool) -> None:
    """Titles, slogans, nicknames and what is announced as a name are no speech; whatever else stands in marks is."""
    start = text.index(said)
    assert is_speech(text, Span(start, start + len(said))) is expected


def test_title_is_no_quotation() -> None:
    """A title that two articles print in marks gives no quotation, however it was read."""
    texts = [
        "Lund read from “The Long Winter of the Salt Road”.",
        "In “The Long Winter of the Salt Road” she is young.",
    ]
    articles = [Article(id=f"t{n}", text=text) for n, text in enumerate(texts)]
    attributions = [
        Attribution(id=a.id, article=a.id, source="lund", content_spans=(Span(0, len(a.text)),), mode="mixed")
        for a in articles
    ]
    assert quotations(articles, attributions, {"lund": Source(id="lund", name="Ane Lund", kind="person")}) == ()


def occasion(text: str, published: str | None = None) -> Occasion:
    """The occasion of the words in curly marks, with "said" or "told" as the cue."""
    said = Span(text.index("“") + 1, text.index("”"))
    cue = next(Span(text.index(w), text.index(w) + len(w)) for w in ("said", "told") if w in text)
    attribution = Attribution(id="a", article="t", source="s", cue_spans=(cue,), content_spans=(said,), mode="direct")
    return occasion_of(Article(id="t", text=text, published=published), attribution, [said], Span(0, len(text)))


TUESDAY = "2026-03-03"
OCCASIONS = [
    ("weekday", "“We leave,” she said on Monday.", TUESDAY, date(2026, 3, 2)),
    ("weekday before", "On Monday, at the pier, she said: “We leave.”", TUESDAY, date(2026, 3, 2)),
    ("full date", "“We leave,” she said on 1 April 2026.", None, date(2026, 4, 1)),
    ("yesterday", "“We leave,” she said yesterday.", TUESDAY, date(2026, 3, 2)),
    ("a show", "“We leave,” she told the Today programme.", TUESDAY, None),
    ("inside the marks", "“We leave on Monday,” she said.", TUESDAY, None),
    ("of something else", "“We leave,” she said, after the gate was shut on Monday.", TUESDAY, None),
    ("of a clause", "“We leave,” said Lund, who was held on Monday.", TUESDAY, None),
    ("last Monday", "“We leave,” she said last Monday.", TUESDAY, None),
    ("no day", "“We leave,” she said.", TUESDAY, None),
    ("no such day", "“We leave,” she said on 31 February 2026.", None, None),
]


@pytest.mark.parametrize(("text", "published", "day"), [o[1:] for o in OCCASIONS], ids=[o[0] for o in OCCASIONS])
def test_occasion(text: str, published: str | None, day: date | None) -> None:
    """The day of the saying is read from the cue's own clause; what is said of another day is not."""
    assert occasion(text, published).day == day


APART = [
    ("one weekday", "“A,” she said on Monday.", TUESDAY, "On Monday she said “A”.", "2026-03-04", None),
    ("brought up to date", "“A,” she said Monday.", "2026-03-01", "“A,” she said Monday.", "2026-03-02", None),
    ("two weekdays", "“A,” she said on Monday.", TUESDAY, "“A,” she said on Friday.", "2026-03-07", 3),
    ("a week later", "“A,” she said on Monday.", TUESDAY, "“A,” she said on Monday.", "2026-03-10", 7),
    ("unknown", "“A,” she said.", TUESDAY, "“A,” she said on Friday.", "2026-03-07", None),
    ("two dates", "“A,” she said on 1 April.", None, "“A,” she said on April 17.", None, 16),
    ("turn of the year", "“A,” she said on 31 December.", None, "“A,” she said on 1 January.", None, 1),
    ("two years", "“A,” she said in 2019.", None, "“A,” she said in 2023.", None, 365),
]


@pytest.mark.parametrize(
    ("one", "first", "two", "second", "days"), [row[1:] for row in APART], ids=[row[0] for row in APART]
)
def test_days_apart(one: str, first: str | None, two: str, second: str | None, days: int | None) -> None:
    """Two occasions are apart only when both say when, and the days cannot be one; either way round."""
    left, right = occasion(one, first), occasion(two, second)
    assert days_apart(left, right) == days_apart(right, left) == days


DAYS = st.none() | st.dates()
MONTH_DAYS = st.none() | st.tuples(st.integers(1, 12), st.integers(1, 31))
ANY = st.builds(Occasion, DAYS, MONTH_DAYS, st.none() | st.integers(0, 6), st.none() | st.integers(1900, 2099), DAYS)


@given(ANY, ANY)
def test_days_apart_is_symmetric(one: Occasion, two: Occasion) -> None:
    """Whatever is known, no crash, the same either way, and nothing is apart from itself."""
    assert days_apart(one, two) == days_apart(two, one)
    assert days_apart(one, one) is None
