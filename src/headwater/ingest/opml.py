"""An OPML list of feeds in, the feeds' titles and addresses out; nothing is fetched here."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from headwater.errors import InputError
from headwater.ingest.found import Found, Where
from headwater.ingest.parts import web_address
from headwater.model import Failure

_MOST_BYTES = 20_000_000
_OUTLINE = re.compile(r"(?:^|[}:])outline$", re.IGNORECASE)
_LOOSE = re.compile(rb"&(?!#?\w{1,10};)")
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """Nothing: a list of feeds holds no articles.

    Raises:
        InputError: always; it says what to do with the list.
    """
    raise InputError("is a list of feeds, not an article; run: headwater feeds FILE --out FOLDER")


def feeds_of(data: bytes) -> tuple[tuple[str, str], ...]:
    """The feeds that an OPML list names, folders in folders too.

    Args:
        data: the list; faulty XML, which many programs export, is mended where that is plain.

    Returns:
        ``(title, address)`` in the list's order, each http or https address once; the address where no title is given.

    Raises:
        InputError: it declares a document type, is larger than 20 MB, or names no feed.
    """
    if len(data) > _MOST_BYTES:
        raise InputError("is larger than 20 MB; give an OPML list of feeds")
    if _DTD.search(data.replace(b"\0", b"")):
        raise InputError("declares a document type, which no list of feeds needs; export it again as OPML")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        # "&" in an address, which many programs leave as it is, would be mended by leaving out what follows
        root = etree.fromstring(data if b"\0" in data else _LOOSE.sub(b"&amp;", data), parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError("is not XML; give an OPML list of feeds") from error
    feeds: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str) or not _OUTLINE.search(element.tag):
            continue
        fields = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if url := web_address(fields.get("xmlurl")):
            feeds.setdefault(url, " ".join((fields.get("title") or fields.get("text") or "").split()) or url)
    if not feeds:
        raise InputError("names no feed: no outline in it has an xmlUrl that is an http or https address")
    return tuple((title, url) for url, title in feeds.items())
