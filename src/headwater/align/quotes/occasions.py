"""When something was said, as the sentence that reports it says: a day, a day of the year, a weekday or a year.

Takes an attribution with its article, gives an ``Occasion``. Only words outside the quotation and in the clause of the
cue count ("…, who was arrested on Monday" does not). Two occasions are apart when what both say cannot hold of one
day; where one says nothing, they may be one.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from headwater.dates import MONTH, WEEKDAY, day_of, month_of
from headwater.model import Article, Attribution, Span

#: Days by which two newsrooms date one act of speech apart: a late night, another time zone.
SLIP = 2
_FEW_DAYS = 3
_LEAP = 2024  # 29 February is a day
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIMES = re.compile(
    rf"""\b(?:
      (?P<m1>{MONTH})[ \u00a0](?P<d1>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])(?:,?[ ](?P<y1>(?:19|20)[0-9]{{2}})\b)?
    | (?P<d2>[0-3]?[0-9])(?:st|nd|rd|th)?[ \u00a0](?:of[ ])?(?P<m2>{MONTH})(?:,?[ ](?P<y2>(?:19|20)[0-9]{{2}})\b)?
    | (?P<far>(?:last|next|this[ ]coming|every|each)[ ])?(?P<weekday>{WEEKDAY})
    | (?P<near>(?-i:yesterday|today))
    | (?:in|since|of)[ ](?P<year>(?:19|20)[0-9]{{2}})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
#: Words after which a time belongs to something else than the saying.
_ELSEWHERE = re.compile(r"\b(?:who|whose|which|that|where|when|after|before|since|until|following|because|as)\b", re.I)


class Occasion(NamedTuple):
    """When it was said; None where the sentence does not say. ``month_day`` is (month, day), ``weekday`` 0 = Monday.

    With a weekday alone, ``day`` is the last such day up to the article's own date: an article that is brought up to
    date, or published in another time zone, may mean the next one.
    """

    day: date | None = None
    month_day: tuple[int, int] | None = None
    weekday: int | None = None
    year: int | None = None
    published: date | None = None


UNKNOWN = Occasion()


def _read(match: re.Match[str], published: date | None) -> Occasion | None:
    month, number = match["m1"] or match["m2"], match["d1"] or match["d2"]
    if month:
        year = match["y1"] or match["y2"]
        of_year = (month_of(month), int(number))
        try:
            day = date(int(year), *of_year) if year else None
        except ValueError:
            return None
        return Occasion(day=day, month_day=of_year, year=int(year) if year else None)
    if match["near"]:
        if published is None:
            return None
        day = published - timedelta(days=match["near"].casefold() == "yesterday")
        return Occasion(day=day, month_day=(day.month, day.day), year=day.year)
    if match["weekday"]:
        if match["far"]:
            return None
        weekday = _DAYS.index(match["weekday"][:3].casefold())
        if published is None:
            return Occasion(weekday=weekday)
        day = published - timedelta(days=(published.weekday() - weekday) % 7)
        return Occasion(day=day, weekday=weekday, published=published)
    return Occasion(year=int(match["year"]))


def occasion_of(article: Article, attribution: Attribution, spans: Sequence[Span], sentence: Span) -> Occasion:
    """When the words of ``spans`` were said, as their ``sentence`` says in the clause of the cue."""
    text = article.text
    anchors = [s for s in (*attribution.cue_spans, *attribution.source_spans) if sentence.holds(s)]
    if not anchors or sentence.end - sentence.start > 4000:
        return UNKNOWN
    published = day_of(article.published) if article.published else None
    for match in _TIMES.finditer(text, sentence.start, sentence.end):
        span = Span(match.start(), match.end())
        if any(span.overlap(s) for s in (*spans, *attribution.content_spans)):
            continue
        nearest = min(anchors, key=lambda s: max(s.start - span.end, span.start - s.end))
        low, high = min(nearest.end, span.end), max(nearest.start, span.start)
        # the quotation itself may stand between the cue and the time: its words are no clause of the reporter's
        between = "".join(
            c for at, c in enumerate(text[low:high], low) if not any(s.start <= at < s.end for s in spans)
        )
        if span.start > nearest.end and _ELSEWHERE.search(between):
            continue
        found = _read(match, published)
        if found is not None:
            return found
    return UNKNOWN


def _days_of(one: Occasion) -> tuple[date, ...]:
    """The days it can be."""
    if one.day is None:
        return ()
    if one.weekday is None:
        return (one.day,)
    return (one.day, one.day + timedelta(days=7)) if one.day < date.max - timedelta(days=7) else (one.day,)


def days_apart(one: Occasion, two: Occasion) -> int | None:
    """How many days lie between two occasions at least; None where nothing shows that they are not one."""
    if one.weekday is not None and two.weekday is not None:
        turn = abs(one.weekday - two.weekday)
        if turn or one.day is None or two.day is None:
            return min(turn, 7 - turn) or None
        # one weekday named in articles of a few days is one day, whatever side of it each was published on
        if one.published and two.published and abs((one.published - two.published).days) <= _FEW_DAYS:
            return None
        return abs((one.day - two.day).days) or None
    if one.day and two.day:
        return min(abs((a - b).days) for a in _days_of(one) for b in _days_of(two)) or None
    if one.year and two.year and one.year != two.year:
        return 365
    if one.month_day and two.month_day:
        try:
            gap = abs((date(_LEAP, *one.month_day) - date(_LEAP, *two.month_day)).days)
        except ValueError:
            return None
        return min(gap, 366 - gap) or None
    return None
