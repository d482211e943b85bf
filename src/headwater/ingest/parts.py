"""What readers of inputs with several articles in them share: how much is read at once, and what a part is called.

An id made here only suggests: the front door settles which of two that are alike gets which.
"""

import re
import unicodedata
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from headwater.errors import InputError
from headwater.ingest.text import MAX_BYTES

_LONGEST = 80
_APART = re.compile(r"[^\w]+|_+")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|cms|amp|pdf)$", re.IGNORECASE)
_NO_NAME = {"index", "amp", "story", "article", "default"}


def read_whole(file: BinaryIO, *, most: int = MAX_BYTES) -> bytes:
    """All bytes of a file whose format cannot be read piece by piece.

    Args:
        file: open for reading bytes.
        most: how many bytes at most.

    Raises:
        InputError: it is larger.
    """
    data = file.read(most + 1)
    if len(data) > most:
        raise InputError(f"is larger than {most // 1_000_000} MB; split it into one file per article")
    return data


def web_address(value: object) -> str | None:
    """``value`` when it is an http or https address with a host, else None."""
    if not isinstance(value, str):
        return None
    value = value.strip()
    try:
        found = urlsplit(value)
        named = found.scheme in ("http", "https") and bool(found.hostname)
    except ValueError:
        return None
    return value if named and not any(c.isspace() or ord(c) < 33 for c in value) else None


def slug_of(name: str | None) -> str:
    """What a part may be called: the telling end of an address, or a name's letters and digits joined by hyphens.

    Args:
        name: an address, a title or an id from the input.

    Returns:
        At most 80 characters; "" when nothing in it tells one part from another.
    """
    if not name:
        return ""
    address = web_address(name)
    if address is None:
        return _joined(name)
    found = urlsplit(address)
    for piece in reversed(unquote(found.path, errors="replace").split("/")):
        slug = _joined(_ENDING.sub("", piece))
        if slug and slug.lower() not in _NO_NAME:
            return slug if any(c.isalpha() for c in slug) or not found.query else _joined(f"{slug} {found.query}")
    return _joined(f"{found.hostname or ''} {found.query}")


def _joined(name: str) -> str:
    plain = unicodedata.normalize("NFC", name[: 8 * _LONGEST].encode("utf-8", "replace").decode())
    return _APART.sub("-", plain).strip("-")[:_LONGEST].strip("-")
