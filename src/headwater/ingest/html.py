"""A web page in; its main text and what it says of itself out, by trafilatura and htmldate.

The text is what the page shows once navigation and advertisements are left out: spans count in that text, not in the
markup. Imported only when a page is read, since the libraries take half a second to load.
"""

import re
from typing import NamedTuple

import trafilatura

from headwater.errors import NoTextError
from headwater.ingest.published import edtf_of

# htmldate would look at the clock for the latest date it may believe.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
_STAMP = re.compile(
    rb"""(?:article:published_time|datePublished|pubdate|dc\.date)["']?\s*(?:content\s*=|[:=])\s*["']([^"'<>]{8,40})["']""",
    re.IGNORECASE,
)


class Page(NamedTuple):
    """What one page says: its main text and its metadata, None where it does not say; ``published`` is EDTF."""

    text: str
    title: str | None
    byline: str | None
    outlet: str | None
    published: str | None
    url: str | None


def read_page(markup: bytes | str, *, url: str | None = None) -> Page:
    """The article of a web page.

    Args:
        markup: the page; bytes are decoded by what the page declares of itself.
        url: where it was found, when the caller knows.

    Returns:
        The page's article. Lines of ``text`` end in a line feed.

    Raises:
        NoTextError: no article text could be found in it.
    """
    try:
        found = trafilatura.bare_extraction(
            markup, url=url, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
        )
    except Exception as error:  # the page is hostile input, and the parsers raise whatever they like
        raise NoTextError(f"could not be read as a page ({type(error).__name__}); give its text as .txt") from error
    if found is None or isinstance(found, dict) or not found.text or not found.text.strip():
        raise NoTextError("holds no article text that could be found; give its text as .txt")
    return Page(
        text=found.text,
        title=found.title or None,
        byline=found.author or None,
        outlet=found.sitename or None,
        published=_published(markup, found.date),
        url=found.url or None,
    )


def _published(markup: bytes | str, day: str | None) -> str | None:
    """The day htmldate found, with the time of day where the page gives it for that day: order within a day matters."""
    value = edtf_of(day) if day else None
    data = markup if isinstance(markup, bytes) else markup.encode("utf-8", "replace")
    for match in _STAMP.finditer(data):
        stamp = edtf_of(match.group(1).decode("ascii", "replace"))
        if stamp and (value is None or (stamp.startswith(value) and len(stamp) > len(value))):
            return stamp
    return value
