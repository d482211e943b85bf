from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import dates
from headwater.model import Span

WRITTEN = {
    "month day year": ("August 20, 2025", "2025-08-20"),
    "day month year": ("20 August 2025", "2025-08-20"),
    "ordinal day": ("22nd August 2025", "2025-08-22"),
    "short month with stop": ("Aug. 20, 2025", "2025-08-20"),
    "short month": ("Aug 20 2025", "2025-08-20"),
    "capitals": ("AUGUST 20, 2025", "2025-08-20"),
    "weekday first": ("Wednesday, Aug. 20, 2025", "2025-08-20"),
    "ISO": ("2025-08-20", "2025-08-20"),
    "ISO with a time": ("2025-08-20T10:00:00Z", "2025-08-20"),
    "hyphens": ("20-Aug-2025", "2025-08-20"),
    "American numbers": ("07/15/2018", "2018-07-15"),
    "first number is the day": ("15/07/2018", "2018-07-15"),
    "either order, American": ("07/05/2018", "2018-07-05"),
    "December, American": ("12/05/2018", "2018-12-05"),
    "two-digit year": ("7/15/18", "2018-07-15"),
    "dots": ("20.08.2025", "2025-08-20"),
    "month": ("August 2025", "2025-08"),
    "mid-month": ("mid-September 2025", "2025-09-15~"),
    "middle of a month": ("the middle of March 2025", "2025-03-15~"),
    "early in a month": ("early August 2025", "2025-08"),
    "season": ("summer 2024", "2024-22"),
    "season of": ("autumn of 2024", "2024-23"),
    "winter of two years": ("winter 2024-25", "2024-24"),
    "decade": ("the 2010s", "201X"),
    "late in a decade": ("the late 1990s", "199X"),
    "century": ("the 1800s", "18XX"),
    "run of days": ("August 20-22, 2025", "2025-08-20/2025-08-22"),
    "run of days, day first": ("3-5 May 2024", "2024-05-03/2024-05-05"),
}


@pytest.mark.parametrize(("form", "value"), WRITTEN.values(), ids=WRITTEN)
def test_a_date_with_its_year_is_read(form: str, value: str) -> None:
    """Each written form gives its EDTF value, and its place is exactly the expression."""
    text = f"The bridge at Orlen opened {form}; crowds came."
    assert [(span.of(text), found) for span, found in dates.absolute_dates(text)] == [(form, value)]
    assert dates.valid(value)


def test_a_year_after_a_preposition_is_read_without_it() -> None:
    """The words "in 2021" give the year; its place leaves the preposition out."""
    text = "It closed in 2021, after repairs since 2016 and by the end of 2019."
    found = [(span.of(text), value) for span, value in dates.absolute_dates(text)]
    assert found == [("2021", "2021"), ("2016", "2016"), ("2019", "2019")]


@pytest.mark.parametrize(
    "text",
    [
        "February 30, 2025",
        "in 1500 homes",
        "version 1.2.2018.4",
        "a/2018/07/15/b",
        "12.30.45",
        "2021",
        "May 5",
        "1/2/3",
    ],
)
def test_what_is_no_dated_date_is_left_out(text: str) -> None:
    """No such day, numbers that count, versions, addresses, and dates without their year give nothing."""
    assert dates.absolute_dates(text) == []


def test_numeric_dates_are_not_guessed_where_the_page_puts_the_day_first() -> None:
    """With 22/08/2025 on the page, 05/08/2025 is not read as 8 May."""
    text = "Updated 22/08/2025. Posted 05/08/2025."
    assert [value for _, value in dates.absolute_dates(text)] == ["2025-08-22"]


def test_only_the_asked_part_is_read_and_places_count_in_the_text() -> None:
    """``span`` bounds the search."""
    text = "May 2020. May 2021. May 2022."
    assert dates.absolute_dates(text, Span(10, 19)) == [(Span(10, 18), "2021-05")]


PUBLISHED = {
    "full": ("2018-07-15T13:14:55-04:00", "2018-07-15T13:14:55-04:00"),
    "fraction": ("2018-07-15T13:14:55.123Z", "2018-07-15T13:14:55Z"),
    "zone without colon": ("2018-07-15T13:14:55-0400", "2018-07-15T13:14:55-04:00"),
    "zero offset": ("2018-07-15 13:14:55 +0000", "2018-07-15T13:14:55Z"),
    "mail": ("Wed, 20 Aug 2025 10:00:00 GMT", "2025-08-20T10:00:00Z"),
    "afternoon": ("Aug 20, 2025 5:14 pm EDT", "2025-08-20T17:14:00-04:00"),
    "midnight": ("Aug. 20, 2025, at 12:05 a.m.", "2025-08-20T00:05:00"),
    "clock first": ("5:14 PM, August 20, 2025", "2025-08-20T17:14:00"),
    "the update does not count": ("Updated 21 August 2025; first published 20 August 2025", "2025-08-20"),
    "compact": ("20250820", "2025-08-20"),
    "compact with time": ("20250820T101112Z", "2025-08-20T10:11:12Z"),
    "seconds since 1970": ("1534340000", "2018-08-15T13:33:20Z"),
    "month": ("2025-08", "2025-08"),
    "year": ("2025", "2025"),
    "no such hour": ("2025-08-20T25:00:00", "2025-08-20"),
    "French": ("20 août 2025", "2025-08-20"),
    "weekday between clock and date": ("Published 3:04 PM EDT, Tue August 5, 2025", "2025-08-05T15:04:00-04:00"),
    "an update alone": ("Updated 4:10 PM EDT, Tue August 5, 2025", "2025-08-05T16:10:00-04:00"),
    "dotted clock": ("Last modified on Tue 5 Aug 2025 10.22 BST", "2025-08-05T10:22:00+01:00"),
    "clocks before their dates": (
        "Published: 17:22 BST, 5 August 2025 | Updated: 18:01 BST, 5 August 2025",
        "2025-08-05T17:22:00+01:00",
    ),
    "the update's clock does not count": ("Updated Aug 6, 2025 9:00 am Published Aug 5, 2025", "2025-08-05"),
    "American zone in summer": ("9:21 a.m. ET July 15, 2018", "2018-07-15T09:21:00-04:00"),
    "American zone in winter": ("Jan. 15, 2019 at 9:21 p.m. PT", "2019-01-15T21:21:00-08:00"),
    "American zone on the day of change": ("November 2, 2025 1:30 a.m. ET", "2025-11-02T01:30:00"),
    "American zone by an older rule": ("March 20, 2005 1:30 a.m. ET", "2005-03-20T01:30:00"),
    "hours from Greenwich": ("Aug 5, 2025 22:22 (GMT+8)", "2025-08-05T22:22:00+08:00"),
    "hours from Greenwich, behind": ("5 Aug 2025, 22:22 GMT-3", "2025-08-05T22:22:00-03:00"),
    "no such zone": ("5 Aug 2025, 22:22 GMT+99", "2025-08-05T22:22:00"),
    "Australia": ("August 5, 2025 10:22 am AEST", "2025-08-05T10:22:00+10:00"),
    "a zone of three countries": ("Aug 05, 2025 10:15 AM IST", "2025-08-05T10:15:00"),
    "minutes to read are no clock": ("Aug 5, 2025 - 4 min read", "2025-08-05"),
    "either order": ("05/08/2025 10:22", "2025"),
    "either order, two-digit year": ("5/8/25", "2025"),
    "equal numbers": ("05/05/2025", "2025-05-05"),
    "dots put the day first": ("05.08.2025", "2025-08-05"),
    "another date shows the order": ("Posted 05/08/2025. Updated 22/08/2025.", "2025-08-05"),
    "no such day": ("31/02/2025", None),
    "ago": ("2 days ago", None),
    "hours ago": ("Published 2 hours ago", None),
    "today": ("Today, 9:15 am", None),
    "no year": ("Tuesday, August 5", None),
    "yesterday": ("yesterday", None),
    "no date": ("Staff writer", None),
    "nothing": ("", None),
    "no such month": ("2025-13", None),
}


@pytest.mark.parametrize(("value", "edtf"), PUBLISHED.values(), ids=PUBLISHED)
def test_metadata_dates_become_edtf(value: str, edtf: str | None) -> None:
    """Dates of metadata are normalised, with their time of day when they give one; others give None."""
    assert dates.parse_published(value) == edtf


@pytest.mark.parametrize(("day_first", "edtf"), [(True, "2025-08-05"), (False, "2025-05-08"), (None, "2025")])
def test_a_date_of_either_order_is_read_by_the_order_that_holds_where_it_was_written(
    day_first: bool | None, edtf: str
) -> None:
    """05/08/2025 is 5 August in one country and 8 May in another; where that is not known it is some day of 2025."""
    assert dates.parse_published("05/08/2025", day_first=day_first) == edtf
    assert dates.parse_published("13/08/2025", day_first=day_first) == "2025-08-13"
    assert edtf is None or dates.valid(edtf)


def test_day_of_gives_only_exact_days() -> None:
    """A full date or datetime has a day; months, approximate days and intervals have none."""
    assert dates.day_of("2025-08-20") == date(2025, 8, 20)
    assert dates.day_of("2018-07-15T23:14:55-04:00") == date(2018, 7, 15)
    for value in ("2025-08", "2025-08-20~", "2025-08-20/2025-08-21", "2025-02-30", "2025-22", "201X", "", "x"):
        assert dates.day_of(value) is None


COMPATIBLE = [
    ("2025-09", "2025-09-15~", True),
    ("2025-09-15~", "2025-09-16", True),
    ("2025-09-15~", "2025-09-25", False),
    ("2025-08-19", "2025-08-20", False),
    ("2025-21", "2025-05", True),
    ("2025-21", "2025-06", False),
    ("2025-21~", "2025-06", True),
    ("2025-22", "2025-08-31", True),
    ("2025-24", "2025-12-03", True),
    ("2025-24", "2025-01", True),
    ("2025-24", "2025-06", False),
    ("201X", "2015-03-02", True),
    ("201X", "2020", False),
    ("2025-08-11/2025-08-17", "2025-08-17", True),
    ("../2020", "2021", False),
    ("2025-08-19/..", "2031", True),
    ("2018-07-15T13:14:55-04:00", "2018-07-15T17:14:10Z", True),
    ("2018-07-15T13:14:00", "2018-07-15T13:40:00", False),
    ("2018-07-15T13:14:55-04:00", "2018-07-15", True),
    ("not understood", "2018", True),
]


@pytest.mark.parametrize(("a", "b", "expected"), COMPATIBLE)
def test_compatible_values_can_mean_the_same_time(a: str, b: str, expected: bool) -> None:
    """Values are compatible when the days they cover meet, the same both ways."""
    assert dates.compatible(a, b) is expected
    assert dates.compatible(b, a) is expected


@settings(deadline=None)  # the edtf and dateparser libraries are imported by the first example
@given(st.text(alphabet=st.sampled_from("0123456789-/XT:.~?%Z+ ") | st.characters(), max_size=30))
def test_any_text_is_taken_without_a_fault(text: str) -> None:
    """Hostile values give an answer, spans that lie inside, and only valid EDTF."""
    assert isinstance(dates.compatible(text, "2025-08"), bool)
    assert dates.compatible(text, text)
    dates.day_of(text)
    dates.ranges(text)
    for span, value in dates.absolute_dates(text):
        assert 0 <= span.start < span.end <= len(text)
        assert dates.valid(value)


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_written_out_is_read_back(day: date) -> None:
    """A day comes back from each of its written forms, and is compatible with its month and year."""
    for form in ("%B %-d, %Y", "%-d %b %Y", "%Y-%m-%d", "%a, %d %b %Y"):
        assert dates.parse_published(day.strftime(form)) == day.isoformat()
    assert dates.compatible(day.isoformat(), day.strftime("%Y-%m"))
    assert dates.compatible(day.isoformat(), day.strftime("%Y"))
    assert dates.day_of(day.isoformat()) == day


@settings(deadline=None)
@given(st.text(max_size=60))
def test_metadata_of_any_kind_gives_a_valid_value_or_none(value: str) -> None:
    """Whatever stands in the metadata, the answer is EDTF or None."""
    edtf = dates.parse_published(value)
    assert edtf is None or dates.valid(edtf)
