"""Expressions of time in English news and what they mean: EDTF values, None where that cannot be told.

Takes text, its sentences and the day it was published; gives TimePoints. ``forms`` finds the expressions, ``look`` says
whether a clause looks back or ahead, ``meaning`` gives the values. All rules are our own: the forms of news are few,
and dateparser finds dates in running text where there are none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median_low
from typing import Final

from headwater.dates import day_of
from headwater.model import Span, TimePoint
from headwater.reading.times.forms import Found, Page, is_time, scan
from headwater.reading.times.meaning import clock_time, values_of

__all__ = ["find_times", "resolve", "story_anchor"]

_JOIN: Final = re.compile(
    r",?[ \u00a0](?:(?:on|at)[ \u00a0])?|[ \u00a0]?[—–-][ \u00a0]?|,?[ \u00a0]"
    r"(?P<near>about|around|just after|just before|shortly after|shortly before|before|after)[ \u00a0]",
    re.IGNORECASE,
)


def _joined(text: str, items: Sequence[Found]) -> list[tuple[Found, ...]]:
    """Expressions, with a clock time and the day it stands beside as one."""
    out: list[tuple[Found, ...]] = []
    index = 0
    days = {"weekday", "monthday", "absolute", "day"}
    while index < len(items):
        item = items[index]
        if index + 1 < len(items):
            other = items[index + 1]
            if {item.kind, other.kind} & {"clock"} and (item.kind in days or other.kind in days):
                between = text[item.end : other.start]
                if len(between) < 20 and _JOIN.fullmatch(between):
                    out.append((item, other))
                    index += 2
                    continue
        out.append((item,))
        index += 1
    return out


def _anchor_day(anchor: str | None) -> date | None:
    """The day to count from; years that news cannot be of give none, so that counting stays within the calendar."""
    day = day_of(anchor) if anchor else None
    return day if day and 1500 <= day.year <= 2999 else None


def _points(article: str, page: Page, groups: Sequence[tuple[Found, ...]], anchor: str | None) -> list[TimePoint]:
    flat = [item for group in groups for item in group]
    values = iter(values_of(page, flat, _anchor_day(anchor)))
    out = []
    for group in groups:
        value: str | None = None
        clock: str | None = None
        for item in group:
            found = next(values)
            if item.kind == "clock":
                clock = clock_time(item)
            else:
                value = found
        if len(group) == 2 and value and clock and day_of(value) and "T" not in value:
            near = _JOIN.fullmatch(page.text, group[0].end, group[1].start)
            if near and not near["near"]:
                value = f"{value}T{clock}"
        out.append(TimePoint(article=article, start=group[0].start, end=group[-1].end, value=value))
    return out


def find_times(
    article: str, text: str, sentences: Sequence[Span], *, anchor: str | None = None
) -> tuple[TimePoint, ...]:
    """The expressions of time in the sentences, with what they mean.

    Args:
        article: its id, for the points.
        text: its whole text.
        sentences: where to look, in order; what lies outside (furniture) is not read.
        anchor: EDTF of the day of publication, or of a moment of it. None, or anything less exact than a day: what
            depends on it has no value.

    Returns:
        The points in order of place. A place is the bare expression, without a preposition. ``value`` is EDTF: a day,
        a month, a season (``2025-21``), ``2025-09-15~`` for the middle of a month, an interval for weeks and
        stretches, a moment when a clock time stands beside a day; None when it cannot be told ("two days later",
        "in recent years", "yesterday" in a quotation of an unknown day).
    """
    page = Page(text)
    found = [item for s in sentences for item in scan(text, s.start, s.end) if is_time(page, item)]
    return tuple(_points(article, page, _joined(text, found), anchor))


def resolve(points: Sequence[TimePoint], text: str, *, anchor: str | None) -> tuple[TimePoint, ...]:
    """The same points of one article with values found anew for another ``anchor`` (see ``find_times``)."""
    page = Page(text)
    groups = []
    kept = []
    for point in points:
        group = tuple(scan(text, point.start, point.end))
        if group:
            groups.append(group)
            kept.append(point)
    renewed = iter(_points("", page, groups, anchor))
    values = {id(point): next(renewed).value for point in kept}
    return tuple(replace(point, value=values.get(id(point), point.value)) for point in points)


def story_anchor(values: Sequence[str | None], found: Sequence[TimePoint]) -> str | None:
    """The day a story was published, for articles that do not bear theirs.

    Args:
        values: EDTF publication dates of its articles, None where unknown.
        found: points of its articles, best with those of their furniture (embedded posts, dated headline lists).

    Returns:
        The median day of the known dates (the earlier of two in the middle). Without any, the latest full date that
        stands in the texts, if another one within 60 days of it or another time of the same year speaks for it and no
        later year is named; else None. A lone date is as often that of something long past.
    """
    known = [day for value in values if value and (day := day_of(value))]
    if known:
        return median_low(known).isoformat()
    written = [(day, point) for point in found if point.value and (day := day_of(point.value))]
    if not written:
        return None
    latest = max(day for day, _ in written)
    near = sum(1 for day, _ in written if (latest - day).days <= 60)
    years = [int(p.value[:4]) for p in found if p.value and re.match(r"[0-9]{4}", p.value)]
    if max(years) > latest.year:
        return None
    return latest.isoformat() if near > 1 or years.count(latest.year) > 1 else None
