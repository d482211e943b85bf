"""A PDF in, the article of its text layer out, by pypdf: lines joined into paragraphs, hyphens at line ends undone.

Headers, footers and page numbers that repeat from page to page are left out. What has no text layer, is protected, or
would take without bound to unfold is refused.
"""

import io
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, BinaryIO

from headwater.errors import HeadwaterError, InputError, MissingExtra, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.parts import read_whole, web_address
from headwater.ingest.published import edtf_of
from headwater.ingest.text import encodable, says_something
from headwater.model import Article, Failure

#: More is a book or a dossier, not an article.
MOST_PAGES = 300
#: Drawing steps; a page of news takes some thousand, a page of a map some hundred thousand.
_MOST_STEPS = 3_000_000
#: Bytes of drawing steps and of fonts once unfolded; a page of news takes some 20,000.
_MOST_UNFOLDED = 40_000_000
_MOST_CHARACTERS = 5_000_000
#: Lines of a page's top and bottom where headers and footers stand.
_EDGE = 2
_NUMBER = re.compile(r"(?:page|seite|p\.)?\s*[-–—|]?\s*\d{1,4}\s*(?:(?:of|/|von)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_BREAK = re.compile(r"(\w{1,60})[-\u00ad\u2010]$")
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word\b.*|.*\.(?:docx?|indd|pdf|rtf|odt|html?|qxp|pages)|https?:.*)$", re.IGNORECASE
)
_NO_AUTHOR = re.compile(r"microsoft|office|adobe|acrobat|user|admin|unknown|\d|@|^\W*$", re.IGNORECASE)
_PRINTED = re.compile(
    r"skia/pdf|chrom|mozilla|firefox|quartz pdfcontext|webkit|wkhtml|cairo|print to pdf", re.IGNORECASE
)
_STAMP = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:.]\d\d\b.*")
_FOOT = re.compile(r"((?:https?|\ufb01le|file):\S+)(?: \d+ ?(?:/|of) ?\d+)?")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-])(\d\d)'?(\d\d)?|(Z))?")


class _TooMuch(Exception):
    """The drawing steps of a file have no end in sight."""


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The one article of a PDF.

    Its title and author are read from the file's metadata where they look like such. The day it was made counts as
    the date of publication, but for a page printed from a browser: there it is when the page was fetched,
    and the address printed below it is its own.

    Raises:
        NoTextError: it has no text layer, as a scan.
        InputError: it is protected, damaged, or larger than an article can be.
        MissingExtra: pypdf is not installed.
    """
    data = read_whole(file)
    try:
        import pypdf
        import pypdf.errors
    except ImportError as error:
        raise MissingExtra("a PDF needs pypdf: pip install 'headwater[pdf]'") from error
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)  # it tells of every fault of every file
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError("is protected by a password; save it without one")
            pages = _pages(reader)
            about = _about(reader)
    except HeadwaterError:
        raise
    except _TooMuch as error:
        raise InputError("takes more to read than an article can; give its text as .txt") from error
    except pypdf.errors.DependencyError as error:
        raise InputError("is protected in a way that needs more software; save it without a password") from error
    except Exception as error:  # hostile input; pypdf raises whatever it meets
        raise InputError(f"is damaged or no PDF ({type(error).__name__}); save it again or give its text") from error
    finally:
        log.setLevel(level)
    printed = _PRINTED.search(f"{about.get('/Producer')} {about.get('/Creator')}") is not None
    pages, url = _without_stamps(pages) if printed else (pages, None)
    text = encodable("\n".join(paragraphs(pages)))
    if not says_something(text):
        raise NoTextError("has no text layer, as a scan; run OCR over it first (ocrmypdf IN OUT), then give the result")
    yield Found(False, where.stem, _article(text, about, where._replace(url=where.url or url), printed=printed))


def _pages(reader: Any) -> list[list[str]]:
    if len(reader.pages) > MOST_PAGES:
        raise InputError(f"has {len(reader.pages)} pages; give the pages of one article, {MOST_PAGES} at most")
    steps = unfolded = characters = 0

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            raise _TooMuch

    pages: list[list[str]] = []
    for page in reader.pages:
        contents = page.get_contents()
        unfolded += len(contents.get_data()) if contents is not None else 0
        if unfolded > _MOST_UNFOLDED:
            raise _TooMuch
        text = page.extract_text(visitor_operand_before=count) if contents is not None else ""
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            raise _TooMuch
        pages.append([" ".join(line.split()) for line in text.splitlines()])
    return pages


def paragraphs(pages: Sequence[Sequence[str]]) -> list[str]:
    """The paragraphs that lines of pages make up, over the ends of pages too.

    Args:
        pages: the lines of each page, from its top; "" for an empty one.

    Returns:
        Paragraphs and headings in order, without what repeats at the edges of pages. A line ends its paragraph when it
        is clearly shorter than most and what follows begins anew.
    """
    lines = _without_edges(pages)
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    known = {word.lower() for line in lines for word in re.findall(r"[\w-]+", line) if "-" in word[1:-1]}
    # where most lines have an empty one behind them, these say nothing
    telling = 2 * lines.count("") <= len(lengths)
    out: list[list[str]] = []  # each paragraph in pieces: some are as long as the file
    before, gap = "", False
    for line in lines:
        if not line:
            gap = telling
            continue
        short = gap or len(before) < 0.75 * width
        if not out or (short and (_ENDS.search(before) or not line[0].islower())):
            out.append([line])
        else:
            out[-1][-1:] = _joined(out[-1][-1], line, known)
        before, gap = line, False
    return ["".join(pieces) for pieces in out]


def _joined(before: str, line: str, known: AbstractSet[str]) -> tuple[str, str]:
    """The end of a paragraph and the line that goes on with it, as they are written one behind the other."""
    broken = _BREAK.search(before[-62:])
    if broken is None:
        return before, f" {line}"
    if not line[0].islower():
        return before, line if line[0].isalnum() else f" {line}"
    rest = re.match(r"\w+", line)
    # a hyphen that the same word has in the middle of a line as well is its own
    own = f"{broken[1]}-{rest.group() if rest else ''}".lower() in known
    return before if own else before[:-1], line


def _without_stamps(pages: list[list[str]]) -> tuple[list[list[str]], str | None]:
    """Pages without the lines that browsers print above and below them, and the address that stands in these."""
    url = None
    out: list[list[str]] = []
    for page in pages:
        away = {index for index, line in _edges(page) if _STAMP.fullmatch(line) or _FOOT.fullmatch(line)}
        for index in sorted(away):
            if url is None and (foot := _FOOT.fullmatch(page[index])) and "…" not in foot[1]:
                url = web_address(foot[1])
        out.append([line for index, line in enumerate(page) if index not in away])
    return out, url


def _without_edges(pages: Sequence[Sequence[str]]) -> list[str]:
    edges = [_edges(page) for page in pages]
    counts: Counter[str] = Counter()
    for edge in edges:
        counts.update({_alike(line) for _, line in edge})
    often = max(2, (len(pages) + 1) // 2)
    out: list[str] = []
    for page, edge in zip(pages, edges, strict=True):
        away = {
            index
            for index, line in edge
            if (len(pages) > 1 and counts[_alike(line)] >= often) or (len(page) > 1 and _NUMBER.fullmatch(line))
        }
        out += [line for index, line in enumerate(page) if index not in away]
    return out


def _edges(page: Sequence[str]) -> list[tuple[int, str]]:
    full = [(index, line) for index, line in enumerate(page) if line]
    return full if len(full) <= 2 * _EDGE else full[:_EDGE] + full[-_EDGE:]


def _alike(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _about(reader: Any) -> dict[str, str]:
    try:
        found = reader.metadata or {}
        return {name: str(found[name]) for name in found if isinstance(name, str)}
    except Exception:  # what a file says of itself is not worth refusing the file
        return {}


def _article(text: str, about: dict[str, str], where: Where, *, printed: bool) -> Article:
    title = " ".join(about.get("/Title", "").split())[:500]
    author = " ".join(about.get("/Author", "").split())[:200]
    made = _date(about.get("/CreationDate", ""))
    published = None if printed else made
    return Article(
        id=where.stem,
        text=text,
        path=where.path,
        url=where.url,
        title=encodable(title) if " " in title and not _NO_TITLE.match(title) else None,
        byline=encodable(author) if " " in author and not _NO_AUTHOR.search(author) else None,
        published=published,
        published_basis="metadata" if published else None,
        fetched=where.fetched or (made if printed else None),
    )


def _date(value: str) -> str | None:
    match = _DATE.match(value.strip())
    if not match:
        return edtf_of(value) if value else None
    year, month, day, hour, minute, second, sign, hours, minutes, utc = match.groups()
    written = "-".join(part for part in (year, month, day) if part)
    if day and hour:
        zone = "Z" if utc else f"{sign}{hours}:{minutes or '00'}" if sign else ""
        written += f"T{hour}:{minute}:{second or '00'}{zone}"
    return edtf_of(written)
