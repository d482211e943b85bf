from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import dates
from headwater.model import Span, TimePoint
from headwater.reading.times import find_times, resolve, story_anchor
from headwater.words import sentences

ANCHOR = "2025-08-21"  # a Thursday


def times(text: str, anchor: str | None = ANCHOR) -> list[tuple[str, str | None]]:
    """The expressions of a text and their values."""
    return [(text[p.start : p.end], p.value) for p in find_times("a", text, sentences(text), anchor=anchor)]


READ = {
    "day of the week": ("The dam at Orlen broke on Tuesday.", "Tuesday", "2025-08-19"),
    "the same day": ("The mayor said Thursday that it broke.", "Thursday", "2025-08-21"),
    "look ahead": ("The council will meet on Friday.", "Friday", "2025-08-22"),
    "passive ahead": ("The hearing will be held on Monday.", "Monday", "2025-08-25"),
    "as soon as": ("They could vote as soon as Tuesday.", "Tuesday", "2025-08-26"),
    "scheduled": ("A vote is scheduled for Wednesday.", "Wednesday", "2025-08-27"),
    "plans to": ("The council plans to meet Friday.", "Friday", "2025-08-22"),
    "plans, announced": ("She announced plans Friday.", "Friday", "2025-08-15"),
    "last weekday": ("It began last Thursday.", "last Thursday", "2025-08-14"),
    "next weekday": ("It ends next Tuesday.", "next Tuesday", "2025-08-26"),
    "weekday next week": ("It ends on Thursday next week.", "Thursday next week", "2025-08-28"),
    "part of a day": ("It broke on Tuesday night.", "Tuesday night", "2025-08-19"),
    "yesterday": ("It broke yesterday.", "yesterday", "2025-08-20"),
    "today": ("The gates open today.", "today", "2025-08-21"),
    "tomorrow": ("The gates open tomorrow morning.", "tomorrow morning", "2025-08-22"),
    "last night": ("It broke last night.", "last night", "2025-08-20"),
    "mid-month": ("It must be ready by mid-September.", "mid-September", "2025-09-15~"),
    "middle of next month": ("It ends by the middle of next month.", "the middle of next month", "2025-09-15~"),
    "late season": ("The order was issued in late spring.", "late spring", "2025-21"),
    "this season": ("It rained this summer.", "this summer", "2025-22"),
    "last season": ("It rained last fall.", "last fall", "2024-23"),
    "in the season": ("It rained in the spring.", "the spring", "2025-21"),
    "earlier this month": ("Earlier this month, the wall cracked.", "Earlier this month", "2025-08"),
    "late last month": ("It cracked late last month.", "late last month", "2025-07"),
    "this week": ("This week, the wall cracked.", "This week", "2025-08-18/2025-08-24"),
    "last week": ("The wall cracked last week.", "last week", "2025-08-11/2025-08-17"),
    "over the weekend": ("It cracked over the weekend.", "the weekend", "2025-08-16/2025-08-17"),
    "end of the year": ("It will close by the end of the year.", "the end of the year", "2025"),
    "last year": ("It closed last year.", "last year", "2024"),
    "month": ("In March, it closed.", "March", "2025-03"),
    "month as an adjective": ("It was planned at a July meeting.", "July", "2025-07"),
    "month to come": ("It will close in September.", "September", "2025-09"),
    "month gone by": ("She was hired in November.", "November", "2024-11"),
    "last month by name": ("She was hired last October.", "last October", "2024-10"),
    "month of last year": ("She was hired in May of last year.", "May of last year", "2024-05"),
    "May with a preposition": ("She was hired in May.", "May", "2025-05"),
    "first of two months": ("It rained between June and July 2016.", "June", "2016-06"),
    "day of that year": ("It began in 2016. On July 22 that year, it broke.", "July 22 that year", "2016-07-22"),
    "that summer": ("It began in 2016, and broke that summer.", "that summer", "2016-22"),
    "day of a month told of": ("She wrote in October 2016. On Oct. 7, it broke.", "Oct. 7", "2016-10-07"),
    "agent before a day": ("She was troubled by Monday’s vote.", "Monday", "2025-08-18"),
    "an agent between": ("It was closed by the dam board Monday.", "Monday", "2025-08-18"),
    "event ahead": ("The mayor feared Friday’s vote.", "Friday", "2025-08-22"),
    "month of a stated year": ("In 2016, she was hired in October.", "October", "2016-10"),
    "day of a month": ("It broke on Aug. 12.", "Aug. 12", "2025-08-12"),
    "day of a month, day first": ("It broke on 12 August.", "12 August", "2025-08-12"),
    "day to come": ("The vote is due on Sept. 3.", "Sept. 3", "2025-09-03"),
    "run of days": ("The fair ran Aug. 9-11.", "Aug. 9-11", "2025-08-09/2025-08-11"),
    "full date": ("It broke on August 20, 2025.", "August 20, 2025", "2025-08-20"),
    "year": ("But in 2023, it cracked.", "2023", "2023"),
    "year as an adjective": ("The 2021 survey found cracks.", "2021", "2021"),
    "years": ("The 2019-21 survey found cracks.", "2019-21", "2019/2021"),
    "decade": ("It was built in the 1990s.", "the 1990s", "199X"),
    "short decade": ("It was built in the ’80s.", "the ’80s", "198X"),
    "century": ("It was built in the 19th century.", "the 19th century", "18XX"),
    "9/11": ("After 9/11, guards came.", "9/11", "2001-09-11"),
    "remembered day": ("After the Sept. 11 attacks, guards came.", "Sept. 11", "2001-09-11"),
    "clock and day": ("It broke at 12:15 p.m. on Monday.", "12:15 p.m. on Monday", "2025-08-18T12:15:00"),
    "day and clock": ("It broke on Monday at 3 a.m., she said.", "Monday at 3 a.m.", "2025-08-18T03:00:00"),
    "about a clock time": ("It broke on Monday around 3 p.m., she said.", "Monday around 3 p.m.", "2025-08-18"),
    "past years": ("It cracked twice in the past two years.", "the past two years", "2023/2025"),
    "past week": ("It cracked in the past week.", "the past week", "2025-08-14/2025-08-21"),
    "days ago": ("It cracked three days ago.", "three days ago", "2025-08-18"),
    "weeks ago": ("It cracked two weeks ago.", "two weeks ago", "2025-08-07~"),
    "months ago": ("It cracked five months ago.", "five months ago", "2025-03"),
    "a decade ago": ("It cracked a decade ago.", "a decade ago", "2015~"),
    "half of a year": ("It cracked in the first half of 2024.", "the first half of 2024", "2024-01/2024-06"),
    "days later": ("Two days later, it broke.", "Two days later", None),
    "within days": ("Within days, it broke.", "Within days", None),
    "a day after": ("It broke a day after the storm.", "a day after", None),
    "recent years": ("It cracked in recent years.", "recent years", None),
    "coming weeks": ("The coming weeks may tell.", "The coming weeks", None),
    "nowadays": ("“Today, more than ever, we need walls,” she said.", "Today", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value"), READ.values(), ids=READ)
def test_an_expression_is_found_and_read(text: str, words: str, value: str | None) -> None:
    """Each expression is found, bare of its preposition, and read from a Thursday in August 2025."""
    assert (words, value) in times(text)
    assert value is None or dates.valid(value)


@pytest.mark.parametrize(
    "text",
    [
        "The wall may have cracked.",
        "They march on the dam.",
        "Theresa May spoke, and May said little.",
        "April Stone wrote it.",
        "The Women's March drew crowds.",
        "They spring into action and fall behind.",
        "The fall of the wall was slow.",
        "The Sunday Times wrote so.",
        "She shopped on Black Friday.",
        "He wrote in USA Today.",
        "She spoke on “This Week,” a show.",
        "It took a second, then a minute.",
        "The last minute counts.",
        "May the best dam win.",
        "About 2000 people came.",
        "They lost 1984 votes.",
        "It took at least 1950 bricks.",
        "It holds 1,999 boats.",
        "Call 2019-555.",
        "The March for Rivers drew crowds.",
        "She was on Saturday Night Live.",
        "She wrote for USA TODAY again.",
        "The “Today” show had her on.",
        "It rained, following months of drought.",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    """Verbs, names, newspapers, programmes and counts are no times."""
    assert times(text) == []


def test_without_an_anchor_only_full_dates_have_values() -> None:
    """What counts from the day of publication is found, and has no value without it."""
    text = "On Tuesday, last year and mid-September it broke, as in May 2019 and after 9/11."
    assert [value for _, value in times(text, None)] == [None, None, None, "2019-05", "2001-09-11"]
    assert times(text, "2025-08") == times(text, None)


def test_one_weekday_is_one_day_within_an_article() -> None:
    """Where the words near "Monday's" do not tell, another Monday of the article does."""
    text = "The talks will open on Monday in Orlen. The mayor called Monday’s talks a risk."
    assert times(text) == [("Monday", "2025-08-25"), ("Monday", "2025-08-25")]


def test_quoted_days_count_from_when_they_were_spoken() -> None:
    """In a quotation, "yesterday" is the day before the one on which it was said, None when no day is told."""
    told = "She spoke on Tuesday in Orlen.\n“The wall broke yesterday,” the mayor added."
    assert times(told)[-1] == ("yesterday", "2025-08-18")
    after = "“The wall broke yesterday,” the mayor said Monday."
    assert times(after)[0] == ("yesterday", "2025-08-17")
    assert times("“The wall broke yesterday,” the mayor said.") == [("yesterday", None)]


def test_only_the_given_sentences_are_read() -> None:
    """Furniture is left out by leaving it out of the sentences."""
    text = "It broke on Tuesday. It broke on Friday."
    found = find_times("a", text, [Span(21, 40)], anchor=ANCHOR)
    assert [(p.article, text[p.start : p.end]) for p in found] == [("a", "Friday")]


def test_resolve_reads_the_same_points_for_another_day() -> None:
    """Values are found anew for another anchor, and are those of a fresh reading."""
    text = "It broke on Monday at 3 a.m. and again yesterday. In 2016 it held; it will be mended by mid-September."
    parts = sentences(text)
    unread = find_times("a", text, parts)
    assert resolve(unread, text, anchor=ANCHOR) == find_times("a", text, parts, anchor=ANCHOR)
    assert resolve(find_times("a", text, parts, anchor="2019-01-05"), text, anchor=None) == unread


def _point(value: str | None) -> TimePoint:
    return TimePoint(article="a", start=0, end=1, value=value)


def test_the_anchor_of_a_story_is_the_median_of_known_dates() -> None:
    """Known days of publication decide; those less exact than a day do not count."""
    assert story_anchor(["2025-08-20T10:00:00Z", None, "2025-08-22", "2025-08-21", "2025"], []) == "2025-08-21"
    assert story_anchor(["2025-08-20", "2025-08-22"], [_point("2030-01-01")]) == "2025-08-20"


def test_the_anchor_of_a_story_without_dates_is_read_off_its_pages() -> None:
    """The latest full date counts when another speaks for it; a lone old date, or one before a named year, does not."""
    dated = [_point(value) for value in ("2025-08-20", "2025-08-22", "2001-09-11", "2025-09-15~", None)]
    assert story_anchor([None], dated) == "2025-08-22"
    assert story_anchor([None], [_point("2025-08-20"), _point("2025")]) == "2025-08-20"
    assert story_anchor([None], [_point("2001-09-11")]) is None
    assert story_anchor([None], [_point("2001-09-11"), _point("2001-09-11"), _point("2025")]) is None
    assert story_anchor([], []) is None


_SCRAPS = (
    "Monday Tuesday May March mid-September in on by the of this last next week month year 2016 12 9/11 ago later Aug. "
    '20, spring today yesterday “ ” " p.m. 3 12:15 end middle past two days within . , \n will said ’s Sunday Times'
)


@settings(deadline=None)  # the edtf library is imported by the first example
@given(
    st.lists(st.sampled_from(_SCRAPS.split(" ")) | st.text(max_size=3), max_size=30).map(" ".join),
    st.sampled_from([ANCHOR, None, "x", "0001-01-01"]),
)
def test_any_text_gives_sound_points(text: str, anchor: str | None) -> None:
    """Points lie in the text, in order, apart, not empty, with valid EDTF; resolving again changes nothing."""
    parts = sentences(text)
    found = find_times("a", text, parts, anchor=anchor)
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(p.value is None or dates.valid(p.value) for p in found)
    assert resolve(found, text, anchor=anchor) == found


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2089, 1, 1)), st.integers(min_value=0, max_value=6))
def test_a_past_weekday_is_within_the_last_seven_days(anchor: date, back: int) -> None:
    """Whatever the day, a weekday told in the past is one of the last seven."""
    day = anchor - timedelta(back)
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]
    assert times(f"The mayor said {name} that it broke.", anchor.isoformat()) == [(name, day.isoformat())]


def test_a_long_text_is_read_in_linear_time() -> None:
    """Twice the text takes about twice the time, not four times."""
    line = "The end of the late “ Monday in 2016 ” more than three years ago, 12:15 on the last "

    def seconds(text: str) -> float:
        start = process_time()
        find_times("a", text, [Span(0, len(text))], anchor=ANCHOR)
        return process_time() - start

    short = min(seconds(line * 100) for _ in range(3))
    assert min(seconds(line * 800) for _ in range(2)) < 8 * short * 4 + 0.5


@pytest.mark.real
def test_the_seeds_speak_of_one_plan() -> None:
    """All that the five real articles say of the deadline and of the order agrees, from the day their pages show."""
    folder = Path(__file__).parents[2] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the real articles are not beside the project")
    texts = {path.stem: path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))}
    unread = {name: find_times(name, text, sentences(text)) for name, text in texts.items()}
    anchor = story_anchor([None] * len(texts), [point for points in unread.values() for point in points])
    assert anchor == "2025-08-22"
    for name, text in texts.items():
        for point in resolve(unread[name], text, anchor=anchor):
            words = text[point.start : point.end].casefold()
            if "mid-september" in words or "next month" in words:
                assert point.value == "2025-09-15~"
            if "late spring" in words:
                assert point.value == "2025-21"
