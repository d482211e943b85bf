"""What is known of the pages that ``headwater fetch`` saved: a hidden list beside them, one line of JSON a page.

A page is kept byte for byte as it came; what the server said besides (its address, when it was fetched, the charset)
stands in ``.fetched.jsonl`` in the same folder. A line that was cut off when a run was stopped is passed over; of two
about one file the later holds.
"""

import json
import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from headwater.ingest.parts import web_address
from headwater.outlets import called

#: The name of the list. Hidden, so that a folder read as articles passes it over.
LIST = ".fetched.jsonl"
_LONGEST = 200_000


class Fetched(NamedTuple):
    """What is known of one saved page.

    ``url`` is the address that answered, after redirects; ``fetched`` is EDTF; ``charset`` what the server said the
    bytes are in, or None; ``feed`` the title of the feed that led to it, ``source`` the outlet that the feed's item
    names as its own source.
    """

    url: str
    fetched: str
    charset: str | None = None
    feed: str | None = None
    source: str | None = None


def is_address(text: str) -> bool:
    """Whether an input is an address to fetch rather than a path."""
    return text[:8].lower().startswith(("http://", "https://"))


def lines_in(folder: str | os.PathLike[str]) -> Iterator[dict[str, object]]:
    """The whole lines of a folder's list that name a file, in its order; none where there is no list."""
    try:
        with open(os.path.join(folder, LIST), "rb") as file:
            while line := file.readline(_LONGEST):
                try:
                    fields = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(fields, dict) and isinstance(fields.get("file"), str) and line.endswith(b"\n"):
                    yield fields
    except OSError:
        return


def fetched_in(folder: str | os.PathLike[str]) -> dict[str, Fetched]:
    """What is known of the pages in a folder, by the name of their file."""
    return {str(fields["file"]): known for fields in lines_in(folder) if (known := _known(fields)) is not None}


def _known(fields: Mapping[str, object]) -> Fetched | None:
    url, when = _text(fields, "final"), _text(fields, "fetched")
    if url is None or when is None:
        return None
    item = fields.get("item")
    of_item = item if isinstance(item, dict) else {}
    source = called(_text(of_item, "source"), web_address(of_item.get("source_url")))
    return Fetched(url, when, _text(fields, "charset"), _text(of_item, "feed_title"), source)


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return value.strip() or None if isinstance(value, str) else None
