"""When an article was published, as its metadata, its address or the caller says it; EDTF (ISO 8601-2) out, or None.

A time of day is kept, with its offset: which of two articles came first is often a matter of hours.
"""

import re
from datetime import date

from headwater.dates import parse_published, valid
from headwater.errors import InputError
from headwater.outlets import day_first

_UNSURE = re.compile(r"-?[0-9X]{4}[0-9X~?%/.-]*[~?%X/.][0-9X~?%/.-]*|[0-9]{4}-2[1-4]")
_IN_URL = re.compile(
    r"https?://[^/?#\s]+/(?:[^?#\s]*?/)?((?:19|20)\d{2})/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])/", re.ASCII
)
_EITHER = re.compile(r"\d[/-]\d{1,2}[/-]\d\d", re.ASCII)
#: A field that was never filled in, as many systems write it out.
_NEVER = "1970-01-01T00:00:00"


def edtf_of(value: str, *, day_first: bool | None = None) -> str | None:
    """The EDTF date that a field of metadata stands for: EDTF itself, or a date in any usual form; None when none.

    ``day_first`` says whether its writer means 5 August by 05/08/2025 (as ``edtf_by`` finds out); where that is
    not known only the year of such a date is.
    """
    value = value.strip()
    if _UNSURE.fullmatch(value) and valid(value):
        return value
    found = parse_published(value, day_first=day_first)
    return None if found is None or found.startswith(_NEVER) else found


def edtf_by(value: str, *, name: str | None, url: str | None, publisher: str | None = None) -> str | None:
    """As ``edtf_of``, day and month in the order in which the outlet of that name, address or publisher writes them."""
    first = day_first(name=name, url=url, publisher=publisher) if _EITHER.search(value) else None
    return edtf_of(value, day_first=first)


def checked_edtf(value: str) -> str:
    """``value`` itself when it is a date in EDTF, as a caller gives it.

    Raises:
        InputError: it is not.
    """
    if not valid(value):
        raise InputError(f"published: {value!r} is no EDTF date; write 2025-08-21, 2025-08 or 2025-08-21T09:30:00Z")
    return value


def date_in_url(url: str) -> str | None:
    """The day in an address such as ``https://host/2025/08/21/name``; None without one."""
    match = _IN_URL.match(url)
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return None
