"""What an expression of time means: its EDTF value, counted from the day of publication.

Takes simple expressions in order, gives a value or None for each. A weekday is the last such day unless the words
around it look ahead; a month, or a day of one, is the nearest; "yesterday" in a quotation counts from the day it was
spoken. None is said rather than guessed.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from headwater.dates import SEASONS, day_of, iso, month_of
from headwater.reading.times.forms import DAYS, Found, Page, plain
from headwater.reading.times.look import Look, is_attributive, look_of

_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"a": 1, "an": 1, "a couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NOWADAYS: Final = re.compile(
    r",?\s(?:more than ever|as never before|like never before)|['’]s\s(?:\w+\s)?(?:world|society|youth|age)\b",
    re.IGNORECASE,
)
_NOWADAYS_BEFORE: Final = re.compile(r"\b(?:even|still|of|until|than)\s$", re.IGNORECASE)
_IN_YEAR: Final = re.compile(r"\W*(?:Back )?[Ii]n (?:early |late |mid-)?((?:19|20)[0-9]{2})\b", re.ASCII)
# Days that stand for what happened on them, where one of these words follows.
_REMEMBERED: Final = {
    (9, 11): (2001, re.compile(r"(?:th)?,?\s(?:terror|attack|hijack)", re.IGNORECASE)),
    (1, 6): (
        2021,
        re.compile(r"(?:th)?,?\s(?:attack|riot|insurrection|committee|panel|siege)", re.IGNORECASE),
    ),
    (10, 7): (2023, re.compile(r"(?:th)?,?\s(?:attack|massacre|assault|hamas)", re.IGNORECASE)),
}


def _weekday(page: Page, item: Found, anchor: date, look: Look) -> str:
    day = DAYS.index(item.parts["wd_d"].casefold())
    form = plain(page.text[item.start : item.end])
    monday = anchor - timedelta(anchor.weekday())
    if "wd_w" in item.parts:
        week = {"last": -7, "this": 0, "next": 7}[item.parts["wd_w"].split()[0].casefold()]
        return _day(monday, week + day)
    back = (anchor.weekday() - day) % 7
    if form.startswith(("last ", "this past ")):
        return _day(anchor, -(back or 7))
    if form.startswith("next "):
        return _day(monday, 7 + day)
    if form.startswith("this coming "):
        return _day(anchor, (7 - back) % 7 or 7)
    if form.startswith("this "):
        return _day(monday, day)
    if look == "unsaid" and back >= 5 and is_attributive(page, item):
        look = "ahead"  # "Monday's summit", read on a Sunday
    return _day(anchor, (7 - back) % 7 if look == "ahead" else -back)


def _day(anchor: date, days: int) -> str:
    return (anchor + timedelta(days)).isoformat()


def _month(anchor: date, months: int) -> str:
    index = anchor.year * 12 + anchor.month - 1 + months
    return f"{index // 12:04}-{index % 12 + 1:02}"


def _nearest(distances: Iterable[int], look: Look) -> int | None:
    """The distance from the anchor that is meant, 0 = now; without a sign the nearest, the past before the future."""
    fitting = [d for d in distances if (look != "back" or d <= 0) and (look != "ahead" or d >= 0)]
    return min(fitting, key=lambda d: (abs(d), d), default=None)


def _stated_year(page: Page, items: Sequence[Found], index: int) -> int | None:
    """The year the text itself gives to a month: "In 2016, ... in October", "June and July 2016", "May that year"."""
    item = items[index]
    if match := _IN_YEAR.match(page.left(item.start)):
        return int(match[1])
    following = items[index + 1] if index + 1 < len(items) else None
    if following and following.kind == "absolute" and following.value and re.match(r"\d{4}-(?:0|1)", following.value):
        between = page.text[item.end : min(following.start, item.end + 12)]
        if following.start - item.end < 12 and _AND_TO.fullmatch(between):
            return int(following.value[:4])
    form = item.parts.get("mo_y") or item.parts.get("md_y") or ""
    return _year_before(items, index) if re.match(r"that|the\s", form, re.IGNORECASE) else None


def _year_before(items: Sequence[Found], index: int) -> int | None:
    """The year last named before, near enough to be meant by "that year"."""
    for other in range(index - 1, max(-1, index - 4), -1):
        if items[index].start - items[other].end > _NEAR:
            return None
        if items[other].kind in {"year", "absolute"}:
            value = _fixed_value(items[other])
            if value and re.match(r"[0-9]{4}(?!/)", value):
                return int(value[:4])
    return None


def _same_month_before(items: Sequence[Found], index: int, number: int) -> int | None:
    """The year last given to the same month before: a text that tells of October 2016 means it by "Oct. 7"."""
    for other in range(index - 1, max(-1, index - 12), -1):
        if items[index].start - items[other].end > 4 * _NEAR:
            return None
        value = items[other].value
        if items[other].kind == "absolute" and value and re.match(rf"[0-9]{{4}}-{number:02}(?![0-9])", value):
            return int(value[:4])
    return None


_NEAR: Final = 500  # code points
_AND_TO: Final = re.compile(r"\s?(?:and|to|through|or|until|-|–|—)\s?", re.IGNORECASE)


def _month_value(page: Page, items: Sequence[Found], index: int, anchor: date) -> str | None:
    item = items[index]
    form = plain(page.text[item.start : item.end])
    number = month_of(item.parts["mo_m"])
    mid = "mid" in form.split(item.parts["mo_m"].casefold())[0] and "mid-to" not in form and "to-mid" not in form
    ahead = number - anchor.month
    year = item.parts.get("mo_y", "").split(maxsplit=1)[:1]
    if stated := _stated_year(page, items, index):
        value = f"{stated}-{number:02}"
    elif year:
        step = _YEARS.get(year[0].casefold())
        if step is None:
            return None
        value = f"{anchor.year + step:04}-{number:02}"
    elif form.startswith(("last ", "this past ")):
        value = _month(anchor, ahead if ahead < 0 else ahead - 12)
    elif form.startswith(("next ", "this coming ")):
        value = _month(anchor, ahead if ahead > 0 else ahead + 12)
    elif form.startswith("this "):
        value = _month(anchor, ahead)
    else:
        months = _nearest((ahead - 12, ahead, ahead + 12), look_of(page, item))
        if months is None:
            return None
        told = _same_month_before(items, index, number) if abs(months) > 2 else None
        value = f"{told}-{number:02}" if told else _month(anchor, months)
    return f"{value}-15~" if mid else value


_YEARS: Final = {"last": -1, "this": 0, "next": 1}


def _month_day_value(page: Page, items: Sequence[Found], index: int, anchor: date | None) -> str | None:
    item = items[index]
    number = month_of(item.parts.get("md_m") or item.parts["dm_m"])
    first = int(item.parts.get("md_d") or item.parts["dm_d"])
    remembered = _REMEMBERED.get((number, first))
    after = page.text[item.end : item.end + 30]
    if remembered and remembered[1].match(after) and (anchor is None or anchor > date(remembered[0], number, first)):
        return iso(remembered[0], number, first)
    named = item.parts.get("md_y", "").split(maxsplit=1)[:1]
    if stated := _stated_year(page, items, index):
        year = stated
    elif anchor is None:
        return None
    elif named:
        if named[0].casefold() not in _YEARS:
            return None
        year = anchor.year + _YEARS[named[0].casefold()]
    else:
        years = [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if iso(y, number, first)]
        distances = {(date(y, number, first) - anchor).days: y for y in years}
        chosen = _nearest(distances, look_of(page, item))
        if chosen is None:
            return None
        told = _same_month_before(items, index, number) if abs(chosen) > 60 else None
        year = told or distances[chosen]
    value = iso(year, number, first)
    if value and "md_e" in item.parts:
        last = iso(year, number, int(item.parts["md_e"]))
        return f"{value}/{last}" if last and value < last else value
    return value


_MIDDLE: Final = {21: 4, 22: 7, 23: 10, 24: 13}  # month in the middle of a season; a winter's is the next January


def _season_value(page: Page, item: Found, anchor: date) -> str | None:
    season = SEASONS[item.parts["se_s"].casefold()]
    form = plain(page.text[item.start : item.end])
    now = anchor.year * 12 + anchor.month
    distances = {y * 12 + _MIDDLE[season] - now: y for y in range(anchor.year - 2, anchor.year + 3)}
    if re.search(r"\blast\b", form):
        return f"{distances[max(d for d in distances if d < -1)]}-{season}"
    if re.search(r"\bnext\b|\bcoming\b", form):
        return f"{distances[min(d for d in distances if d > 1)]}-{season}"
    if re.search(r"\bthis\b", form):
        return f"{distances[min(distances, key=lambda d: (abs(d), d))]}-{season}"
    if stated := _IN_YEAR.match(page.left(item.start)):
        return f"{stated[1]}-{season}"
    look = look_of(page, item)
    fitting = [d for d in distances if (look != "back" or d <= 1) and (look != "ahead" or d >= -1)]
    return f"{distances[min(fitting, key=lambda d: (abs(d), d))]}-{season}"


def _same_value(page: Page, items: Sequence[Found], index: int) -> str | None:
    """The year last named is that of "that year" and "that summer"; "that day" and the like stay unknown."""
    form = plain(page.text[items[index].start : items[index].end])
    unit = form.rsplit(" ", 1)[-1]
    if not form.startswith("that ") or unit not in {"year", *SEASONS}:
        return None
    year = _year_before(items, index)
    if year is None or "\n" in page.text[items[index - 1].end : items[index].start]:
        return None
    return f"{year:04}" if unit == "year" else f"{year:04}-{SEASONS[unit]}"


def _week(anchor: date, weeks: int) -> str:
    monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * weeks)
    return f"{monday}/{monday + timedelta(6)}"


def _weekend(anchor: date, weeks: int) -> str:
    saturday = anchor - timedelta(anchor.weekday()) + timedelta(7 * weeks + 5)
    return f"{saturday}/{saturday + timedelta(1)}"


def _unit_value(unit: str, step: int, anchor: date) -> str | None:
    """The week, month ... ``step`` units from the one that holds ``anchor``."""
    if unit == "week":
        # on a Sunday, "last week" is the one that ends with it
        return _week(anchor, step + (step < 0 and anchor.weekday() == 6))
    if unit == "weekend":
        return _weekend(anchor, step)
    if unit == "month":
        return _month(anchor, step)
    if unit == "quarter":
        first = (anchor.month - 1) // 3 * 3 + 3 * step - (anchor.month - 1)
        return f"{_month(anchor, first)}/{_month(anchor, first + 2)}"
    if unit == "year":
        return f"{anchor.year + step:04}"
    if unit == "decade":
        return f"{anchor.year // 10 + step}X"
    return f"{anchor.year // 100 + step}XX" if unit == "century" else None


def _that_value(page: Page, item: Found, anchor: date) -> str | None:
    """What "this week", "late last month", "the middle of next month" mean."""
    form = plain(page.text[item.start : item.end])
    unit, which = item.parts["un_u"].casefold(), plain(item.parts["un_t"])
    if which == "this past" and unit != "weekend":
        return _stretch_value("past", 1, unit, anchor)
    step = {"last": -1, "this past": -1, "this": 0, "next": 1, "this coming": 1}[which]
    if unit == "weekend" and which == "this" and anchor.weekday() < 2 and look_of(page, item) == "back":
        step = -1
    value = _unit_value(unit, step, anchor)
    mid = "mid" in form.split(which)[0]
    return f"{value}-15~" if mid and unit == "month" else value


def _stretch_value(which: str, number: int, unit: str, anchor: date) -> str | None:
    sign = 1 if which in {"next", "coming"} else -1
    if unit in {"day", "week"}:
        other = _day(anchor, sign * number * (7 if unit == "week" else 1))
        now = anchor.isoformat()
    elif unit in {"month", "quarter"}:
        other, now = _month(anchor, sign * number * (3 if unit == "quarter" else 1)), _month(anchor, 0)
    elif unit in {"year", "decade"}:
        year = anchor.year + sign * number * (10 if unit == "decade" else 1)
        if not 1 <= year <= 9998:
            return None
        other, now = f"{year:04}", f"{anchor.year:04}"
    else:
        return None
    return f"{other}/{now}" if sign < 0 else f"{now}/{other}"


def _count(words: str) -> int | None:
    form = plain(words)
    return int(form) if form.isdigit() else _NUMBERS.get(form)


def _ago_value(page: Page, item: Found, anchor: date) -> str | None:
    number = _count(item.parts.get("ag_n", ""))
    if number is None:
        return None
    unit = item.parts["ag_u"].casefold()
    about = "ag_a" in item.parts or "half" in plain(page.text[item.start : item.end])
    if unit == "day":
        return _day(anchor, -number) + "~" * about
    if unit == "week":
        return _day(anchor, -7 * number) + "~"
    if unit == "month":
        return _month(anchor, -number) + "~" * about
    if unit in {"year", "decade"}:
        year = anchor.year - number * (10 if unit == "decade" else 1)
        return f"{year:04}" + "~" * (about or unit == "decade" or number % 5 == 0) if year > 0 else None
    return None


def _day_value(page: Page, item: Found, base: date) -> str | None:
    form = plain(page.text[item.start : item.end])
    if "before yesterday" in form:
        return _day(base, -2)
    if "after tomorrow" in form:
        return _day(base, 2)
    if "yesterday" in form or form == "last night":
        return _day(base, -1)
    if "tomorrow" in form:
        return _day(base, 1)
    return base.isoformat()


def _fixed_value(item: Found) -> str | None:
    """The value of what needs no anchor."""
    parts = item.parts
    if item.kind == "absolute":
        return item.value
    if item.kind == "event":
        return "2001-09-11"
    if item.kind == "year":
        return parts["ye_y"]
    if item.kind == "years":
        last = parts["ys_b"] if len(parts["ys_b"]) == 4 else parts["ys_a"][:2] + parts["ys_b"]
        return f"{parts['ys_a']}/{last}"
    if item.kind == "decade":
        return f"19{parts['de_y'][0]}X" if parts["de_y"] > "20" else None
    if item.kind == "ordinal":
        return f"{int(parts['or_n']) - 1}XX"
    if item.kind == "part":
        order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
        length = 6 if parts.get("pa_k", "").casefold() == "half" else 3
        which = int(parts["pa_n"]) if "pa_n" in parts else min(order[parts["pa_q"].casefold()], 12 // length)
        return f"{parts['pa_y']}-{(which - 1) * length + 1:02}/{parts['pa_y']}-{which * length:02}"
    return None


def _relative_value(page: Page, item: Found, anchor: date) -> str | None:
    """The value of what needs an anchor; a weekday and a quoted day are left to ``values_of``."""
    parts, kind = item.parts, item.kind
    if kind == "season":
        return _season_value(page, item, anchor)
    if kind == "unit":
        return _that_value(page, item, anchor)
    if kind == "turn":
        unit = (parts.get("tu_u") or parts["tu_v"]).casefold()
        value = _unit_value(unit, 0, anchor)
        return f"{value}-15~" if unit == "month" and "mid" in plain(page.text[item.start : item.end]) else value
    if kind == "weekend":
        ahead = look_of(page, item) == "ahead"
        return _weekend(anchor, 0 if ahead or anchor.weekday() >= 5 else -1)
    if kind == "stretch":
        which, unit = (parts.get("st_t") or parts["st_f"]).casefold(), parts["st_u"].casefold()
        if "st_f" in parts or ("st_n" not in parts and which not in {"past", "last"}):
            return None  # "the following two days", "the next week": counted from what was told before
        number = _count(parts["st_n"]) if "st_n" in parts else 1
        if number is not None and unit == "hour" and number % 24 == 0:
            return _stretch_value(which, number // 24, "day", anchor)
        return _stretch_value(which, number, unit, anchor) if number else None
    if kind == "ago":
        return _ago_value(page, item, anchor)
    return None


def clock_time(item: Found) -> str | None:
    """The time of day ``HH:MM:SS`` of a clock expression; None where it is not exact."""
    parts = item.parts
    if "hour24" in parts:
        return f"{int(parts['hour24']):02}:{parts['minute24']}:00"
    if "hour" in parts:
        hour = int(parts["hour"]) % 12 + (12 if parts["half"] in "pP" else 0)
        return f"{hour:02}:{parts.get('minute', '00')}:00"
    return None  # noon is plain, but "midnight Friday" is not, and both are said loosely


def values_of(page: Page, items: Sequence[Found], anchor: date | None) -> list[str | None]:
    """The value of each simple expression, in order."""
    values = [_fixed_value(item) for item in items]
    for index, item in enumerate(items):
        if item.kind == "monthday":
            values[index] = _month_day_value(page, items, index, anchor)
        elif item.kind == "month":
            values[index] = _month_value(page, items, index, anchor) if anchor else None
        elif item.kind == "same":
            values[index] = _same_value(page, items, index)
        elif anchor and values[index] is None:
            values[index] = _relative_value(page, item, anchor)
    if anchor is None:
        return values
    # Within one article a weekday's name means one day: where the words around it do not say which, another place may.
    looks = {index: look_of(page, item) for index, item in enumerate(items) if item.kind == "weekday"}
    said: dict[str, Look] = {}
    for index in sorted(looks, reverse=True):
        if looks[index] != "unsaid":
            said[items[index].parts["wd_d"].casefold()] = looks[index]
    for index, look in looks.items():
        name = items[index].parts["wd_d"].casefold()
        if look != "unsaid":
            said[name] = look
        values[index] = _weekday(page, items[index], anchor, said.get(name, "unsaid"))
    for index, item in enumerate(items):
        if item.kind == "day":
            values[index] = _told_day(page, items, values, index, anchor)
    return values


def _told_day(page: Page, items: Sequence[Found], values: Sequence[str | None], index: int, anchor: date) -> str | None:
    """The value of "today", "yesterday" ...; in a quotation they count from the day it was spoken."""
    item = items[index]
    after, before = page.text[item.end : item.end + 40], page.text[max(0, item.start - 10) : item.start]
    if plain(page.text[item.start : item.end]) == "today" and (
        _NOWADAYS.match(after) or _NOWADAYS_BEFORE.search(before)
    ):
        return None
    if not page.quoted(item.start):
        return _day_value(page, item, anchor)
    spoken = None
    for other in range(index + 1, min(index + 4, len(items))):
        if items[other].start - item.end > 250 or "\n" in page.text[item.end : items[other].start]:
            break
        if (day := _dated(page, items[other], values[other], anchor)) is not None:
            return _day_value(page, item, day)
    for other in range(index - 1, max(-1, index - 6), -1):
        if item.start - items[other].end > 600:
            break
        if (day := _dated(page, items[other], values[other], anchor)) is not None:
            spoken = max(spoken or day, day)
    return _day_value(page, item, spoken) if spoken else None


def _dated(page: Page, item: Found, value: str | None, anchor: date) -> date | None:
    """The day that a narrated day stands for, when it is the anchor's or a recent one."""
    if item.kind not in {"weekday", "monthday", "absolute", "day"} or value is None or page.quoted(item.start):
        return None
    day = day_of(value)
    return day if day and timedelta(0) <= anchor - day <= timedelta(14) else None
