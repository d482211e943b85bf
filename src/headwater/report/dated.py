"""EDTF values (ISO 8601-2) in words, and their order.

What is approximate or uncertain is said as such: ``2025-09-15~`` is "about mid-September 2025". A value that is not
understood is given as it stands.
"""

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SEASONS = {
    **dict(zip(range(21, 25), ("spring", "summer", "autumn", "winter"), strict=True)),
    **dict(zip(range(25, 29), ("spring", "summer", "autumn", "winter"), strict=True)),
    **dict(zip(range(29, 33), ("spring", "summer", "autumn", "winter"), strict=True)),
    **{33 + i: f"the {n} quarter of" for i, n in enumerate(("first", "second", "third", "fourth"))},
    **{37 + i: f"the {n} four months of" for i, n in enumerate(("first", "second", "third"))},
    **{40 + i: f"the {n} half of" for i, n in enumerate(("first", "second"))},
}
#: Month in which a season, quarter or half begins, for putting dates in order.
_BEGINS = {21: 3, 22: 6, 23: 9, 24: 12, 25: 3, 26: 6, 27: 9, 28: 12, 29: 9, 30: 12, 31: 3, 32: 6} | {
    **{33 + i: 1 + 3 * i for i in range(4)},
    **{37 + i: 1 + 4 * i for i in range(3)},
    **{40 + i: 1 + 6 * i for i in range(2)},
}
_QUALIFIERS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_DATE = re.compile(
    r"(?P<y>-?[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<m>[0-9]{2}|XX)(?:-(?P<d>[0-9]{2}|XX))?)?"
    r"(?:T(?P<clock>[0-9]{2}:[0-9]{2})(?::[0-9]{2})?(?:\.[0-9]+)?(?P<zone>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
    r"(?P<q>[~?%])?",
    re.ASCII,
)


def date_words(value: str) -> str:
    """An EDTF value in words, for the middle of a sentence; the value itself when it is not understood."""
    if "/" in value:
        first, _, last = value.partition("/")
        if first in {"", ".."}:
            return f"until {_one(last)}" if last not in {"", ".."} else value
        if last in {"", ".."}:
            return f"from {_one(first)} on"
        return f"{_short(first, last)} to {_one(last)}"
    return _one(value)


def date_key(value: str) -> tuple[int, int, int, str, str]:
    """A key that puts EDTF values in order of their beginning, the wider before the narrower; unread ones last."""
    match = _DATE.fullmatch(value.partition("/")[0]) or _DATE.fullmatch(value.partition("/")[2])
    if not match:
        return (10**6, 0, 0, "", value)
    month, day = _number(match["m"]), _number(match["d"])
    return (int(match["y"].replace("X", "0")), _BEGINS.get(month, month), day, match["clock"] or "", value)


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits != "XX" else 0


def _short(first: str, last: str) -> str:
    """The first date of two without the year, or month and year, that both share."""
    whole, a, b = _one(first), _DATE.fullmatch(first), _DATE.fullmatch(last)
    if not a or not b or a["y"] != b["y"] or a["clock"] or not 1 <= _number(a["m"]) <= 12:
        return whole
    shared = f" {a['y'].lstrip('0')}"
    if a["m"] == b["m"] and _number(a["d"]) and _number(b["d"]) and not a["q"] and not b["q"]:
        shared = f" {MONTHS[_number(a['m']) - 1]}{shared}"
    return whole.removesuffix(shared)


def _one(value: str) -> str:
    match = _DATE.fullmatch(value)
    if not match:
        return value
    year, month, day = match["y"], _number(match["m"]), _number(match["d"])
    words = f"the {year.replace('X', '0')}s" if "X" in year else year.lstrip("-0") or "0"
    if year.startswith("-"):
        words += " BC (astronomical)"
    if match["m"] == "XX":
        words = f"some month of {words}"
    elif month in _SEASONS:
        words = f"{_SEASONS[month]} {words}"
    elif 1 <= month <= 12:
        if match["q"] in {"~", "%"} and day == 15:
            words = f"mid-{MONTHS[month - 1]} {words}"
        else:
            words = f"{MONTHS[month - 1]} {words}"
            words = f"some day of {words}" if match["d"] == "XX" else f"{day} {words}" if day else words
    elif month:
        return value
    if match["clock"]:
        zone = match["zone"]
        words += f", {match['clock']}" + (" UTC" if zone == "Z" else f" (UTC{zone})" if zone else "")
    return _QUALIFIERS.get(match["q"] or "", "") + words
