"""Dates that say their year, and what an EDTF value (ISO 8601-2) covers.

Takes text or a string of metadata, gives EDTF values and places; compares values. Nothing here depends on today's
date: what needs an anchor ("Tuesday") is read by ``headwater.reading.times``. Plain forms are read by rules of our own,
as cleaning meets them on every page; dateparser, slow to import, is asked only for metadata in other forms.
"""

import re
import warnings
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, cast

from headwater.clocks import with_clock
from headwater.model import Span

#: Month of a name or its abbreviation, by the first three letters.
MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
#: EDTF level 1 numbers of seasons.
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

# Parts of regular expressions: to be used with re.ASCII | re.IGNORECASE, so that no letter outside ASCII folds into one
# that the tables lack; white space and word characters are spelt out for that reason.
GAP: Final = r"[ \t\u00a0\u2009\u202f]{1,3}(?:\r?\n)?|\r?\n"
EDGE_BEFORE: Final = r"(?<!(?u:\w))"
EDGE_AFTER: Final = r"(?!(?u:\w))"
MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
WEEKDAY: Final = (
    r"(?:(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)\b\.?)"
)
PART: Final = r"(?:early|mid|middle|late|beginning|start|end|the[ \t]{1,2}(?:beginning|start|middle|end)[ \t]{1,2}of)"
YEAR: Final = r"(?:1[0-9]|20|21)[0-9]{2}"

_ABSOLUTE: Final = re.compile(
    rf"""
    {EDGE_BEFORE}(?=[0-9a-z])(?:
      (?:{WEEKDAY},?(?:{GAP})(?:the(?:{GAP}))?)?
      (?:
        (?P<m1>{MONTH})(?:{GAP})(?P<d1>[0-3]?[0-9])(?:st|nd|rd|th)?
          (?:[ ]?[-–—][ ]?(?P<e1>[0-3]?[0-9])(?:st|nd|rd|th)?)?,?(?:{GAP})(?P<y1>{YEAR})
      | (?P<d2>[0-3]?[0-9])(?:st|nd|rd|th|\.)?(?:[ ]?[-–—][ ]?(?P<e2>[0-3]?[0-9])(?:st|nd|rd|th)?)?
          (?:{GAP}|-)(?:of(?:{GAP}))?(?P<m2>{MONTH})(?:,?(?:{GAP})|-)(?P<y2>{YEAR})
      )
    | (?<![/.\-])(?P<y3>{YEAR})(?P<s3>[-/.])(?P<m3>[01]?[0-9])(?P=s3)(?P<d3>[0-3]?[0-9])
        (?:T[0-9][0-9:.]{{2,16}}(?:z|[+-][0-9:]{{2,5}})?|(?![\-/]|\.[0-9]|(?u:\w)))
    | (?<![/.\-])(?P<n4>[0-3]?[0-9])(?P<s4>[/.\-])(?P<o4>[0-3]?[0-9])(?P=s4)
        (?P<y4>{YEAR}|[0-9]{{2}})(?![\-/]|\.[0-9])
    | (?:(?P<p5>{PART})(?:[-\u2010\u2011]|{GAP}))?(?P<m5>{MONTH}),?(?:{GAP})(?:of(?:{GAP}))?(?P<y5>{YEAR})
    | (?:(?P<p6>{PART})(?:[-\u2010\u2011]|{GAP}))?(?P<season>spring|summer|autumn|fall|winter)(?:{GAP})
        (?:of(?:{GAP}))?(?P<y6>{YEAR})(?:[-/–][0-9]{{2}}(?:[0-9]{{2}})?)?
    | (?:(?:the(?:{GAP}))?(?:early|mid|late)(?:[-\u2010\u2011]|{GAP}))?(?:the(?:{GAP}))?
        (?P<decade>(?:1[0-9]|20)[0-9]0)['’]?s
    | (?:in|since|by|until|till|before|after|during|from|through|throughout|between|circa
        |(?:start|beginning|middle|end|close)(?:{GAP})of)(?:{GAP})
        (?:(?:early|mid|late)(?:[-\u2010\u2011]|{GAP}))?(?P<y7>(?:1[5-9]|20)[0-9]{{2}})
        (?![-,.:/%][0-9]|[-–][a-z]|[ ]?%|'s|’s)
    ){EDGE_AFTER}
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_NUMERIC: Final = re.compile(r"(?<![\w/.\-])([0-3]?[0-9])([/.\-])([0-3]?[0-9])\2([0-9]{4}|[0-9]{2})(?![\w/\-])")
_UPDATED: Final = re.compile(r"updat|modif|edit", re.IGNORECASE)
_EPOCH: Final = re.compile(r"[0-9]{10}(?:[0-9]{3}|\.[0-9]{1,6})?", re.ASCII)
_COMPACT: Final = re.compile(
    r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?:T?([0-2][0-9])([0-5][0-9])([0-5][0-9])?Z?)?", re.ASCII
)
_PARTIAL: Final = re.compile(rf"({YEAR})(?:-([01][0-9]))?", re.ASCII)
_LONGEST_METADATA: Final = 200

_EDTF: Final = re.compile(
    r"(?P<y>-?[0-9X]{4})(?:-(?P<m>[0-9X]{2})(?:-(?P<d>[0-9X]{2}))?)?"
    r"(?:T(?P<h>[0-9]{2}):(?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.[0-9]+)?)?(?P<z>Z|[+-][0-9]{2}:?[0-9]{2})?)?(?P<about>[~?%]?)",
    re.ASCII,
)


def month_of(name: str) -> int:
    """The number 1..12 of an English month name or abbreviation."""
    return MONTHS[name[:3].casefold()]


def iso(year: int, month: int, day: int) -> str | None:
    """``YYYY-MM-DD``, or None when there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=4)
def _day_first(text: str) -> bool:
    """Whether numeric dates in ``text`` show the order day, month, and none shows the other."""
    day_first = month_first = False
    for match in _NUMERIC.finditer(text):
        first, second = int(match[1]), int(match[3])
        day_first |= 12 < first <= 31 and second <= 12
        month_first |= first <= 12 and 12 < second <= 31
    return day_first and not month_first


def _numeric(match: re.Match[str], text: str) -> str | None:
    first, second, mark = int(match["n4"]), int(match["o4"]), match["s4"]
    year = int(match["y4"])
    if len(match["y4"]) == 2:
        if mark != "/":  # "12.30.45" and "1-2-99" are more often something else
            return None
        year += 2000 if year < 69 else 1900
    if first > 12 or first == second:
        return iso(year, second, first)
    if second > 12:
        return iso(year, first, second)
    # both could be the month: the American order, unless dots or the rest of the page speak for the other one
    if mark == "." or _day_first(text):
        return None
    return iso(year, first, second)


def _value(match: re.Match[str], text: str) -> str | None:
    for n in ("1", "2"):
        if match["y" + n]:
            year, month = int(match["y" + n]), month_of(match["m" + n])
            value = iso(year, month, int(match["d" + n]))
            if value and match["e" + n]:
                last = iso(year, month, int(match["e" + n]))
                return f"{value}/{last}" if last and value < last else None
            return value
    if match["y3"]:
        return iso(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    if match["y4"]:
        return _numeric(match, text)
    if match["y5"]:
        value = f"{match['y5']}-{month_of(match['m5']):02}"
        return f"{value}-15~" if match["p5"] and "mid" in match["p5"].casefold() else value
    if match["y6"]:
        return f"{match['y6']}-{SEASONS[match['season'].casefold()]}"
    if match["decade"]:
        decade: str = match["decade"]
        # "the 1800s" is a century, "the 2000s" the decade after the 1990s
        return decade[:2] + "XX" if decade.endswith("00") and decade < "1900" else decade[:3] + "X"
    year_alone: str = match["y7"]
    if year_alone < "1900" and re.match(r"[ \t]+[a-z]", text[match.end() : match.end() + 4]):
        return None  # "in 1800 homes"
    return year_alone


def absolute_dates(text: str, span: Span | None = None) -> list[tuple[Span, str]]:
    """The dates that carry their year, in order of place.

    Args:
        text: running text, or a line of a page.
        span: where to look; None for all of it. Places count in ``text`` either way.

    Returns:
        The place and EDTF value of each: days ("August 20, 2025"), months ("August 2025"), "mid-September 2025"
        (``2025-09-15~``), seasons (``2024-22``), years after a preposition ("in 2021": the year alone is the place),
        decades (``201X``), runs of days ("August 20-22, 2025", an interval). A weekday before a date is part of its
        place. Numeric dates are read in American order when either order could be meant, and left out where the rest
        of ``text`` shows the other order.
    """
    start, end = (span.start, span.end) if span else (0, len(text))
    found = []
    for match in _ABSOLUTE.finditer(text, start, end):
        value = _value(match, text)
        if value is not None:
            begin = match.start("y7") if match["y7"] else match.start()
            found.append((Span(begin, match.end()), value))
    return found


def parse_published(value: str, *, day_first: bool | None = None) -> str | None:
    """The EDTF value of a date as pages and feeds give it.

    A time of day is kept when given (``2018-07-15T13:14:55-04:00``), without fractions of a second; a zone that is not
    plain is dropped, not guessed. Of several dates the first that is not marked as an update counts. Seconds since
    1970 are read as UTC. Dates relative to today ("2 hours ago") are none, as nobody says which day that was.

    Args:
        value: a field of metadata or a line of a page; 200 code points of it are read.
        day_first: whether 05/08/2025 is 5 August where it was written; None = not known, and then only the year of
            such a date is. Dots are always day first; another date in ``value`` that shows the order goes before.

    Returns:
        EDTF, or None when ``value`` is no date.
    """
    text = " ".join(value[:_LONGEST_METADATA].split())
    if _EPOCH.fullmatch(text):
        seconds = int(text[:10])
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds > 10**8 else None
    if compact := _COMPACT.fullmatch(text):
        day = iso(int(compact[1]), int(compact[2]), int(compact[3]))
        if day and compact[4] and compact[4] < "24":
            zone = "Z" if text.endswith("Z") else ""
            return f"{day}T{compact[4]}:{compact[5]}:{compact[6] or '00'}{zone}"
        return day
    if partial := _PARTIAL.fullmatch(text):
        return text if partial[2] is None or 1 <= int(partial[2]) <= 12 else None
    found = _published_dates(text, day_first)
    if not found:
        return _by_dateparser(text)
    edges = [0, *(span.end for span, _ in found)]
    led = (i for i, (span, _) in enumerate(found) if not _UPDATED.search(text, edges[i], span.start))
    chosen = next(led, 0)
    span, edtf_value = found[chosen]
    if len(edtf_value) != len("2025-08-20"):
        return edtf_value
    until = found[chosen + 1][0].start if chosen + 1 < len(found) else len(text)
    return with_clock(edtf_value, text[edges[chosen] : span.start], span.of(text), text[span.end : until])


def _published_dates(text: str, day_first: bool | None) -> list[tuple[Span, str]]:
    """Dates that carry their year, with those numeric ones of either order by the order that holds where they stand."""
    found = dict(absolute_dates(text))
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if not (1 <= first <= 12 and 1 <= second <= 12 and first != second) or (year < 100 and match[2] != "/"):
            continue
        if year < 100:
            year += 2000 if year < 69 else 1900
        order = True if match[2] == "." or _day_first(text) else day_first
        value = f"{year:04}" if order is None else iso(year, *((second, first) if order else (first, second)))
        if value:
            found[Span(*match.span())] = value
    return sorted(found.items())


def _by_dateparser(text: str) -> str | None:
    """A whole date in another language or an odd form, else None."""
    if not any(c.isdigit() for c in text) or sum(c.isdigit() for c in text) < 5:
        return None
    import dateparser

    try:
        when = dateparser.parse(
            text,
            settings={
                "PARSERS": ["absolute-time"],
                "REQUIRE_PARTS": ["day", "month", "year"],
                "STRICT_PARSING": True,
            },
        )
    except Exception:  # any fault of a parser met by hostile metadata means only that this is no date
        return None
    if when is None or not 1000 <= when.year <= 2199:
        return None
    return with_clock(when.date().isoformat(), "", "", text)


def day_of(edtf_value: str) -> date | None:
    """The calendar day of a full date or of a date with a time, as written there; None for anything less exact."""
    if "/" in edtf_value or not (match := _EDTF.fullmatch(edtf_value)) or match["about"]:
        return None
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except (TypeError, ValueError):
        return None


def valid(edtf_value: str) -> bool:
    """Whether the edtf library takes ``edtf_value`` for an EDTF value."""
    is_valid = _edtf()
    return bool(edtf_value) and is_valid(edtf_value)


@lru_cache(maxsize=1)
def _edtf() -> Callable[[str], bool]:
    # its grammar makes pyparsing warn when Python runs with warnings as errors
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf.parser import is_valid_edtf
    return cast("Callable[[str], bool]", is_valid_edtf)


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.min if days < 0 else date.max


def _widened(low: date, high: date, days: int) -> tuple[date, date]:
    return _shift(low, -days), _shift(high, days)


def ranges(edtf_value: str) -> tuple[tuple[date, date], ...]:
    """The days an EDTF value can mean, as first and last days; () when it is not understood.

    Approximate (``~``) and uncertain (``?``, ``%``) values reach beyond their ends: days by 5, months by 15, seasons
    by 31, years by 183 days, decades by two years. A winter is named by its December or by its January, and the
    seasons are those of the northern half of the Earth.
    """
    if "/" in edtf_value:
        left, right = edtf_value.split("/", 1)
        first = (date.min,) if left in ("", "..") else tuple(low for low, _ in ranges(left))
        last = (date.max,) if right in ("", "..") else tuple(high for _, high in ranges(right))
        if not first or not last or min(first) > max(last):
            return ()
        return ((min(first), max(last)),)
    if not (match := _EDTF.fullmatch(edtf_value)):
        return ()
    about = bool(match["about"])
    text_year, month, day = match["y"], match["m"], match["d"]
    if "X" in text_year or text_year.startswith("-"):
        if not re.fullmatch(r"[0-9]{1,4}X{0,3}", text_year) or (month and month != "XX"):
            return ()
        low_year, high_year = int(text_year.replace("X", "0")), int(text_year.replace("X", "9"))
        if low_year < 1:
            return ()
        return (_widened(date(low_year, 1, 1), date(high_year, 12, 31), 731 * about),)
    year = int(text_year)
    if not 1 <= year <= 9998:
        return ()
    if month is None or month == "XX":
        return (_widened(date(year, 1, 1), date(year, 12, 31), 183 * about),)
    if "X" in month:
        return ()
    number = int(month)
    if number == SEASONS["winter"]:
        seasons = [(date(y, 12, 1), date(y + 1, 2, monthrange(y + 1, 2)[1])) for y in (year - 1, year) if y]
        return tuple(_widened(low, high, 31 * about) for low, high in seasons)
    if 21 <= number <= 23:
        begin = 3 * (number - 20)
        return (_widened(date(year, begin, 1), date(year, begin + 2, monthrange(year, begin + 2)[1]), 31 * about),)
    if not 1 <= number <= 12:
        return ()
    if day is None or day == "XX":
        return (_widened(date(year, number, 1), date(year, number, monthrange(year, number)[1]), 15 * about),)
    if "X" in day or iso(year, number, int(day)) is None:
        return ()
    at = date(year, number, int(day))
    return (_widened(at, at, 5 * about),)


def _instant(edtf_value: str) -> datetime | None:
    match = _EDTF.fullmatch(edtf_value)
    if not match or not match["h"] or match["about"]:
        return None
    try:
        return datetime.fromisoformat(edtf_value)
    except ValueError:
        return None


def compatible(a: str, b: str) -> bool:
    """Whether two EDTF values can mean the same time.

    Symmetric. They can when the days they cover meet (see ``ranges``); two clock times must be the same minute, and
    are compared as moments where both give their zone. A value that is not understood rules nothing out: True.
    """
    if a == b:
        return True
    one, other = _instant(a), _instant(b)
    if one and other and (one.tzinfo is None) == (other.tzinfo is None):
        return abs((one - other).total_seconds()) < 60
    left, right = ranges(a), ranges(b)
    if not left or not right:
        return True
    return any(low <= last and first <= high for low, high in left for first, last in right)
