"""A Word file in (.docx by python-docx), its article out: paragraphs, headings and tables in document order.

Only the text is read: no macro, no linked file, no deleted or moved words. An archive that would unfold without bound
is refused before it is opened.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from headwater.errors import InputError, MissingExtra, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.parts import read_whole
from headwater.ingest.text import MAX_BYTES, encodable, says_something
from headwater.model import Article, Failure

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_FILES = 5_000
#: The words of a long book are 5 MB of it.
_MOST_XML = 50_000_000
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr")} | {_FALLBACK}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NO_AUTHOR = re.compile(r"python-docx|microsoft|office|user|admin|windows|unknown|^\W*$", re.IGNORECASE)
_NO_TITLE = re.compile(r"^(?:untitled|document\d*|microsoft word\b.*|.*\.(?:docx?|dotx?|rtf|odt|pdf))$", re.IGNORECASE)
#: When the template was made that python-docx begins files with: it leaves that day in them.
_TEMPLATE = datetime(2013, 12, 23, 23, 15)
#: A file saved for the last time so long after it was begun says little of when its text was published.
_WRITTEN_WITHIN = timedelta(days=30)


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The one article of a Word file; lines of its text are its paragraphs and the rows of its tables.

    Raises:
        NoTextError: it holds no words.
        InputError: it is no .docx, is damaged, or unfolds to more than 100 MB.
        MissingExtra: python-docx is not installed.
    """
    data = read_whole(file)
    _check(data)
    try:
        import docx
    except ImportError as error:
        raise MissingExtra("a Word file needs python-docx: pip install 'headwater[docx]'") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = docx.Document(io.BytesIO(data))
            lines = [line for line in _lines(document.element.body) if line.strip()]
            article = _article(lines, document, where)
    except Exception as error:  # hostile input; zipfile, lxml and python-docx raise whatever they like
        raise InputError(
            f"could not be read as a Word file ({type(error).__name__}); save it again as .docx"
        ) from error
    if not says_something(article.text):
        raise NoTextError("holds no text; give a file with an article in it")
    yield Found(False, where.stem, article)


def _check(data: bytes) -> None:
    if data.startswith(_OLD_WORD):
        raise InputError("is an old or a protected Word file; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.infolist()
            # what zipfile gives back of a file is never more than it declares, so the sum bounds all that is unfolded
            unfolded = sum(one.file_size for one in inside)
            xml = sum(one.file_size for one in inside if one.filename.lower().endswith((".xml", ".rels")))
            if len(inside) > _MOST_FILES or unfolded > MAX_BYTES or xml > _MOST_XML:
                raise InputError("unfolds to more than a Word file of an article can hold; give its text as .txt")
            if "word/document.xml" in archive.namelist() and b"<!DOCTYPE" in archive.read("word/document.xml")[:4096]:
                raise InputError("declares entities of its own, which no Word file does; give its text as .txt")
    except InputError:
        raise
    except Exception as error:  # zipfile raises many kinds on damaged archives
        raise InputError("is no Word file or is damaged; save it again as .docx") from error


def _article(lines: list[str], document: Any, where: Where) -> Article:
    about = document.core_properties
    title = " ".join((about.title or "").split())
    author = " ".join((about.author or "").split())
    created, modified = about.created, about.modified
    if modified is not None and modified.replace(tzinfo=None) == _TEMPLATE:
        created = modified = None
    soon = created is not None and modified is not None and timedelta(0) <= modified - created <= _WRITTEN_WITHIN
    published = created.date().isoformat() if soon else None
    heading = next((_paragraph(one) for one in document.element.body.iter(f"{_W}p") if _style(one) == "title"), "")
    if not title or _NO_TITLE.match(title):
        title = " ".join(heading.split())
    return Article(
        id=where.stem,
        text=encodable("\n".join(lines)),
        path=where.path,
        url=where.url,
        title=encodable(title) or None,
        byline=encodable(author) if " " in author and not _NO_AUTHOR.search(author) else None,
        published=published,
        published_basis="metadata" if published else None,
        modified=modified.date().isoformat() if modified is not None else None,
        fetched=where.fetched,
    )


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return (style.get(f"{_W}val") or "").lower() if style is not None else ""


def _lines(body: Any) -> Iterator[str]:
    """Paragraphs and rows in document order, whatever they are wrapped in (content controls, insertions)."""
    for element in body:
        if element.tag == f"{_W}p":
            yield _paragraph(element)
            for box in element.iter(f"{_W}txbxContent"):
                # those of boxes within boxes come with the paragraph they stand in
                if next(box.iterancestors(f"{_W}p")) is element and next(box.iterancestors(_FALLBACK), None) is None:
                    yield from _lines(box)
        elif element.tag == f"{_W}tr":
            cells = (
                " ".join(" ".join(_lines(cell)).split()) for cell in element.iter(f"{_W}tc") if _outer(cell, element)
            )
            yield "\t".join(cell for cell in cells if cell)
        elif element.tag not in _GONE:
            yield from _lines(element)


def _outer(cell: Any, row: Any) -> bool:
    return next(above for above in cell.iterancestors(f"{_W}tr")) is row


def _paragraph(paragraph: Any) -> str:
    pieces: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _MARKS:
            pieces.append(_MARKS[element.tag])
        elif element.tag not in _GONE and element.tag != f"{_W}txbxContent":
            pending += reversed(element)
    return "".join(pieces).strip()
