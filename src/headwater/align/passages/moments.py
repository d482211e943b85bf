"""Which of two publication dates is the earlier, where that can be told: EDTF in, an order or none out."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

_PUBLISHED = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?(?:(Z|[+-])(\d\d)?(?::?(\d\d))?)?)?", re.ASCII
)


def published_order(one: str | None, other: str | None) -> int:
    """Say which of two EDTF dates is the earlier: -1 the first, 1 the second, 0 when nothing shows it.

    Times with offsets are compared in UTC, times without by the clock, and anything else by the day as written; a day
    against a time in UTC needs a day more, for the day was some local one. Approximate dates, months and seasons
    show nothing.
    """
    left, right = _moment(one), _moment(other)
    if left is None or right is None:
        return 0
    if left.zone is not None and right.zone is not None:
        gap = (right.at - right.zone) - (left.at - left.zone)
    elif left.timed and right.timed and left.zone is right.zone is None:
        gap = right.at - left.at
    else:
        days = right.at.date() - left.at.date()
        gap = timedelta() if abs(days) < timedelta(2) and timedelta() in (left.zone, right.zone) else days
    return -1 if gap > timedelta() else 1 if gap < timedelta() else 0


def published_day(published: str | None) -> int | None:
    """The day as a number, one more each day, as written; None where the date names no day."""
    moment = _moment(published)
    return moment.at.toordinal() if moment else None


class _Moment(NamedTuple):
    at: datetime  # as written
    zone: timedelta | None
    timed: bool


def _moment(published: str | None) -> _Moment | None:
    match = _PUBLISHED.fullmatch(published or "")
    if not match:
        return None
    day, hour, minute, second, sign, zone_hour, zone_minute = match.groups()
    try:
        at = datetime.fromisoformat(f"{day}T{hour or '00'}:{minute or '00'}:{second or '00'}")
    except ValueError:
        return None
    if not 1 < at.year < 9999:  # no room to move a time to UTC
        return None
    zone = None
    if sign:
        zone = timedelta(hours=int(zone_hour or 0), minutes=int(zone_minute or 0)) * (-1 if sign == "-" else 1)
    return _Moment(at, zone, hour is not None)
