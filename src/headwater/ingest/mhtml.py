"""A page saved as one MHTML file (a mail of its parts) in; its article out.

The part that was looked at is read, by the ``start`` parameter or the address it was saved from; pictures and styles
are passed over undecoded. Where that part is only a set of frames, the frame with the most words is the page.
"""

import email
import email.policy
from collections.abc import Iterator
from email.message import Message
from typing import BinaryIO

from headwater.errors import InputError, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.html import Page, article_of_page, read_page
from headwater.ingest.parts import read_whole, web_address
from headwater.ingest.published import edtf_of
from headwater.model import Failure

_PAGES = ("text/html", "application/xhtml+xml")
_MOST_FRAMES = 40


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The article of a saved page, or why there is none.

    Args:
        file: the MHTML file, open for reading bytes.
        where: what it is called; its address and time of fetching, where known, go before the file's own.
    """
    try:
        page = _page(email.message_from_bytes(read_whole(file), policy=email.policy.compat32), where)
    except InputError as error:
        yield Failure(where=where.shown, why=str(error))
        return
    yield Found(False, where.stem, article_of_page(page, where))


def _page(saved: Message, where: Where) -> Page:
    parts = [part for part in saved.walk() if part.get_content_type() in _PAGES][:_MOST_FRAMES]
    if not parts:
        raise NoTextError("is a saved page without a page in it; save it again as .html")
    root = _root(saved, parts)
    fetched = where.fetched or edtf_of(_header(saved, "Date") or "")
    best: Page | None = None
    why = NoTextError("holds no article text that could be found; give its text as .txt")
    for part in (root, *(one for one in parts if one is not root)):
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        url = where.url or web_address(_header(part, "Content-Location"))
        if part is root and url is None:
            url = web_address(_header(saved, "Snapshot-Content-Location"))
        try:
            page = read_page(data, url=url, charset=_charset(part), fetched=fetched)
        except NoTextError as error:
            why = error
            continue
        if part is root:
            return page
        if best is None or len(page.text) > len(best.text):
            best = page
    if best is None:
        raise why
    return best


def _root(saved: Message, parts: list[Message]) -> Message:
    """The part that is the page itself."""
    start = str(saved.get_param("start") or "").strip()
    address = _header(saved, "Snapshot-Content-Location")
    for name, value in (("Content-ID", start), ("Content-Location", address)):
        for part in parts:
            if value and _header(part, name) == value:
                return part
    return parts[0]


def _header(part: Message, name: str) -> str | None:
    value = part.get(name)
    return "".join(str(value).split("\n")).strip() or None if value is not None else None


def _charset(part: Message) -> str | None:
    value = part.get_param("charset")
    return value if isinstance(value, str) else None
