"""The time of day, with its zone, that stands beside a date on a page: "3:04 PM EDT", "10.22 BST", "22:22 (GMT+8)".

Takes a day and the words around it, gives EDTF (ISO 8601-2). A zone whose abbreviation several countries use ("IST") is
left out, not guessed: which of two articles came first is often a matter of hours.
"""

import re
from datetime import date, timedelta
from typing import Final

#: Abbreviations of time zones that mean one offset in news; daylight-saving forms have their own.
_ZONES: Final = {
    "z": "Z", "utc": "Z", "gmt": "Z", "bst": "+01:00", "wet": "Z", "west": "+01:00", "cet": "+01:00", "cest": "+02:00",
    "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "edt": "-04:00", "est": "-05:00", "cdt": "-05:00",
    "cst": "-06:00", "mdt": "-06:00", "mst": "-07:00", "pdt": "-07:00", "pst": "-08:00", "akdt": "-08:00",
    "akst": "-09:00", "hst": "-10:00", "adt": "-03:00", "ndt": "-02:30", "aest": "+10:00", "aedt": "+11:00",
    "acst": "+09:30", "acdt": "+10:30", "awst": "+08:00", "nzst": "+12:00", "nzdt": "+13:00", "jst": "+09:00",
    "kst": "+09:00", "hkt": "+08:00", "sgt": "+08:00", "pkt": "+05:00", "sast": "+02:00", "eat": "+03:00",
    "wat": "+01:00", "cat": "+02:00", "wib": "+07:00", "trt": "+03:00", "idt": "+03:00",
}  # fmt: skip
#: Zones of the United States as they are written without saying whether daylight saving holds: standard hours.
_AMERICAN: Final = {"et": -5, "ct": -6, "mt": -7, "pt": -8}
_RULE_SINCE: Final = 2007  # second Sunday of March to first Sunday of November (Energy Policy Act of 2005)
_ZONE: Final = "|".join(sorted((*_ZONES, *_AMERICAN), key=lambda zone: (-len(zone), zone)))
_CLOCK: Final = re.compile(
    rf"""(?<![0-9:.])(?P<h>[01]?[0-9]|2[0-3])
    (?: :(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9])(?:[.,][0-9]{{1,9}})?)?
      | \.(?P<dotted>[0-5][0-9])(?=[ \u00a0]?(?:[ap]\.?m\b|(?:{_ZONE})\b)) )
    [ \u00a0\u202f]?(?P<half>a\.?m\b\.?|p\.?m\b\.?)?
    (?:,?[ \u00a0]?\(?(?:gmt|utc)[ ]?(?P<hours>[+-][0-9]{{1,2}})(?![0-9:])
      |,?[ \u00a0]?(?:\(?(?P<zone>{_ZONE})\b)?[ ]?(?P<offset>[+-][0-9]{{2}}:?[0-9]{{2}}(?![0-9-]))?)""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
#: Where the words of another date begin: what stands behind belongs to that one.
_OTHER: Final = re.compile(r"\b(?:updat|modif|edit|publish|post(?!\b)|creat)\w*", re.IGNORECASE)


def with_clock(day: str, before: str, at: str, after: str) -> str:
    """``day`` with the time of day that stands with it, if any.

    Args:
        day: ``YYYY-MM-DD``.
        before: the words before the date, back to the date before it or to the beginning.
        at: the date as written, which may hold its time (``2025-08-05T10:22Z``).
        after: the words behind it, up to the next date.

    Returns:
        ``YYYY-MM-DDThh:mm:ss`` with ``Z`` or ``+hh:mm`` where the zone is plain, or ``day`` itself.
    """
    other = _OTHER.search(after)
    found = _CLOCK.search(at + after[: other.start() if other else len(after)])
    if not found:
        labels = list(_OTHER.finditer(before))
        # what stands before the label is another date's
        found = _CLOCK.search(before, labels[-1].start() if labels else 0)
    if not found:
        return day
    hour, half = int(found["h"]), (found["half"] or "")[:1].casefold()
    if half and not 1 <= hour <= 12:
        return day
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{day}T{hour:02}:{found['m'] or found['dotted']}:{found['s'] or '00'}{_offset(found, day)}"


def _offset(found: re.Match[str], day: str) -> str:
    if found["hours"]:
        hours = int(found["hours"])
        return "Z" if hours == 0 else f"{hours:+03}:00" if abs(hours) <= 14 else ""
    if written := found["offset"]:
        offset = written if ":" in written else f"{written[:3]}:{written[3:]}"
        if offset[1:] == "00:00":
            return "Z"
        return offset if int(offset[1:3]) <= 14 and int(offset[4:]) <= 59 else ""
    zone = (found["zone"] or "").casefold()
    if zone in _AMERICAN:
        saving = _saving(date.fromisoformat(day))
        return "" if saving is None else f"{_AMERICAN[zone] + saving:+03}:00"
    return _ZONES.get(zone, "")


def _saving(day: date) -> bool | None:
    """Whether daylight saving holds in the United States; None on the days of change and before today's rule."""
    if day.year < _RULE_SINCE:
        return None
    begins, ends = _sunday(day.year, 3, 2), _sunday(day.year, 11, 1)
    return None if day in {begins, ends} else begins < day < ends


def _sunday(year: int, month: int, number: int) -> date:
    """The first, second … Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta((6 - first.weekday()) % 7 + 7 * (number - 1))
