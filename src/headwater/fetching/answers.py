"""What a server answers, and what that means: a page, a reason to try again, or a reason not to."""

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from headwater.errors import HeadwaterError
from headwater.labels import plain

#: What is fetched, by media type, and the end of the name of a file that keeps it.
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/feed+json": ".json",
    "text/xml": ".xml",
    "application/xml": ".xml",
}
#: What a list of feeds or a feed may come as, besides: servers are careless with these.
FEED_KINDS = {*KINDS, "text/x-opml", "application/json", "application/octet-stream", "text/x-opml+xml"}

#: Statuses that may be others a moment later.
AGAIN = {408, 425, 429, 500, 502, 503, 504}
PATIENCE = 120.0  #: seconds; a server that asks to wait longer is left alone in this run
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE | re.ASCII)


class NotFetched(HeadwaterError):
    """A page that could not be had, in one line.

    ``again`` is how many seconds to wait at least before it makes sense to try again; None = it makes none now.
    """

    def __init__(self, message: str, *, again: float | None = None) -> None:
        """A reason of one line."""
        super().__init__(plain(message))
        self.again = again


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: headers with lower-case names, in order; ``body`` unpacked, empty where it was not read."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key == name), None)


def kind_of(answer: Answer) -> str:
    """The media type that the server names, in lower case, or ""."""
    return (answer.header("content-type") or "").partition(";")[0].strip().lower()


def is_page(answer: Answer, kinds: Set[str]) -> bool:
    """Whether the body is to be read; NotFetched for what can hold no article."""
    if answer.status != 200:
        return False
    kind = kind_of(answer)
    if kind and kind not in kinds:
        raise NotFetched(f"is {kind[:60]}, not a page that holds an article")
    return True


def charset_of(answer: Answer) -> str | None:
    """The charset that the server names, in lower case, or None."""
    found = _CHARSET.search(answer.header("content-type") or "")
    return found.group(1).lower() if found else None


def guessed(body: bytes) -> str:
    """The media type that the first bytes of a page look like."""
    if body.startswith(b"%PDF-"):
        return "application/pdf"
    return "text/html" if b"<" in body[:1000] else "text/plain"


def refused(answer: Answer, now: datetime) -> NotFetched:
    """Why an answer that brings no page brings none, and whether to try again."""
    status = answer.status
    if status in AGAIN:
        wait = retry_after(answer, now) or 0.0
        if wait > PATIENCE:
            return NotFetched(f"the server asks to come back in {wait:,.0f} seconds ({status}); run again then")
        said = "the server asks for fewer requests" if status == 429 else "the server is in trouble"
        return NotFetched(f"{said} ({status})", again=wait)
    if status in {401, 402, 403, 407, 451}:
        return NotFetched(f"the server refuses it ({status})")
    if status in {404, 410}:
        return NotFetched(f"there is no such page ({status})")
    return NotFetched(f"the server answers with status {status}")


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Seconds that a server asks to wait, from either form of its header."""
    said = (answer.header("retry-after") or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return float(said)
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
