"""Dates and times as pages print them: "Updated 9:05 p.m. ET", "March 4, 2025", "2 min ago"."""

import re
from typing import Final

_MONTHS: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK: Final = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
_ZONE: Final = r"(?:(?:e|c|m|p|ak|h)[sd]?t|gmt|utc|bst|cet|cest|ist|aest|eastern|pacific|central)"
_DAY: Final = (
    rf"(?:{_MONTHS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:19|20)\d{{2}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTHS}\.?,?(?:\s+(?:19|20)\d{{2}})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}"
    r"|(?:19|20)\d{2}[/-]\d{1,2}[/-]\d{1,2}(?:t[\d:.]+(?:z|[+-][\d:]+)?)?)"
)
_LEAD: Final = (
    r"(?:(?:originally|first|last|story|article|page)\s+)*"
    r"(?:published|posted|updated?|modified|filed|created|released)(?:\s+(?:on|at))?"
)
_WHEN_PART: Final = (
    rf"(?:{_DAY}|{_CLOCK}|{_ZONE}|{_WEEKDAY}|{_LEAD}|at|on|and|by"
    r"|less than|an? (?:minute|hour|day|week) ago"
    r"|(?:\d{1,2}\s?h(?:ou)?rs?\s+)?\d{1,3}\s?(?:m|h|d|w|min(?:ute)?s?|mins?|h(?:ou)?rs?|days?|weeks?|months?|years?|yrs?)\s+ago"
    r"|\d{1,2}\s+min(?:ute)?s?(?:\s+read)?)"
)
#: A line of nothing but dates, times and words such as "updated". Possessive, so that it cannot backtrack.
WHEN: Final = re.compile(rf"(?:[\s,.:;|•·—–/()-]*+{_WHEN_PART}(?![^\W_]))++[\s,.:;|•·—–/()-]*+", re.IGNORECASE)
HAS_DAY: Final = re.compile(rf"(?<![\w.]){_DAY}(?!\w)", re.IGNORECASE)
HAS_CLOCK: Final = re.compile(_CLOCK, re.IGNORECASE)
HAS_ZONE: Final = re.compile(rf"\b{_ZONE}\b", re.IGNORECASE)
#: Words that say what a date is: "Published", "Last updated on".
LED: Final = re.compile(rf"\b{_LEAD}\b\s*:?", re.IGNORECASE)
#: A weekday and a day at the end of a line, with what joins them to it.
ENDING_DAY: Final = re.compile(rf"[\s,|•·–—-]+(?:{_WEEKDAY},?\s+)?{_DAY}.{{0,40}}$", re.IGNORECASE)
#: A time of day that says which half of it, or in which zone.
_STAMP = re.compile(rf"\d\s?[ap]\.?m\b|\d\s{_ZONE}\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_SHORTLY = re.compile(
    r"(?:\d{1,2}\s?h(?:ou)?rs?\s+)?\d{1,3}\s?(?:min(?:ute)?s?(?:\s+(?:read|ago))?|[mhdw]\s+ago|(?:min(?:ute)?|hour|hr|day|week)s?\s+ago)|\d{1,2}:\d{2}",
    re.IGNORECASE,
)


def is_when(text: str) -> bool:
    """Whether a line is nothing but when the page was made or changed."""
    if not _DIGIT.search(text) or not WHEN.fullmatch(text):
        return False
    if _STAMP.search(text):
        return True
    return bool(HAS_DAY.search(text) or LED.search(text) or _SHORTLY.fullmatch(text.strip(" |•·-–—()")))
