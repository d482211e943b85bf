"""A web archive in (WARC, compressed or not, by FastWARC), one article a page out, record by record.

Pages that were answered with 200 are read by html, text and pdf; converted text (WET) as it is. A bad record is a
failure and the rest goes on, also after damage to the archive itself where the next record can be found.
"""

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from headwater.errors import HeadwaterError, InputError, MissingExtra
from headwater.ingest.found import Found, Passed, Where
from headwater.ingest.opening import DAMAGED
from headwater.ingest.parts import slug_of, web_address
from headwater.ingest.published import date_in_url, edtf_of
from headwater.ingest.text import MAX_BYTES, decode, encodable
from headwater.model import Article, Failure

_PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf"}
_RECORD = re.compile(rb"\n(?=WARC/[01]\.\d\r?\n)|\x1f\x8b\x08")
#: What is raised to stop, not for the input's sake.
_OURS = (KeyboardInterrupt, SystemExit, GeneratorExit)
_LENGTH = re.compile(rb"\r\nContent-Length:\s*(\d{1,15})\s*(?:\r\n|\Z)", re.IGNORECASE)
_CHUNK = 1 << 20
#: An archive damaged in more places than this is no archive.
_MOST_DAMAGE = 1_000


def read(file: BinaryIO, where: Where) -> Iterator[Found | Failure]:
    """The pages of a web archive, in its order; each bears its address and when it was fetched.

    Records that point to an earlier copy (revisits) are passed over and counted in one line at the end. Answers other
    than 200, pictures, scripts and the like are passed over without a word.

    Raises:
        InputError: it is no WARC, or holds no page at all.
        MissingExtra: FastWARC is not installed.
    """
    try:
        from fastwarc.warc import WarcRecordType as Type
    except ImportError as error:
        raise MissingExtra("a web archive needs FastWARC: pip install 'headwater[warc]'") from error
    records = revisits = given = last = 0
    whole = True
    for one in records_of(file, where.shown):
        if isinstance(one, Failure):
            given += 1
            whole = False
            yield one
            continue
        records += 1
        last = one.stream_pos
        if one.record_type == Type.revisit:
            revisits += 1
        elif one.record_type in (Type.response, Type.resource, Type.conversion):
            converted = one.record_type == Type.conversion
            found = read_record(one, where, records, converted=converted)
            given += found is not None
            whole &= not isinstance(found, Failure)
            if found is not None:
                yield found
    if whole and records and _is_cut(file, last):
        given += 1
        yield Failure(where=f"{where.shown}, at its end", why="is cut off there; fetch it again")
    if revisits:
        only = "1 record only points" if revisits == 1 else f"{revisits} records only point"
        why = f"{only} to a page stored elsewhere (revisit); add the archive that holds it"
        yield (Passed if given else Failure)(where=where.shown, why=why)
    elif not given:
        raise InputError("holds no page that was answered with 200" if records else "is no WARC file or is empty")


class _Forward:
    """A stream as FastWARC asks for it, that only goes forward and tells where it is.

    Not the file itself: many cannot tell, and one that unpacks must be read piece by piece, or what comes before the
    place where it is cut off would be lost with it.
    """

    def __init__(self, file: BinaryIO, at: int) -> None:
        self._read: Callable[[int], bytes] = getattr(file, "read1", file.read)
        self._at = at

    def read(self, size: int = -1) -> bytes:
        data = self._read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """Nothing: the file is the caller's. Older versions ask for it."""


def records_of(file: BinaryIO, shown: str) -> Iterator[Any]:
    """Every record that can be reached, and a failure for each stretch that cannot be read."""
    from fastwarc.warc import ArchiveIterator

    at, damaged, any_record = (file.tell() if file.seekable() else 0), 0, False
    while True:
        name = None
        try:
            for record in ArchiveIterator(cast(BinaryIO, _Forward(file, at)), parse_http=False):
                at, name, any_record = record.stream_pos, record.record_id, True
                yield record
            return
        except _OURS:
            raise
        except BaseException as error:  # damaged input; the library's panics are no Exception
            damaged += 1
            resumed = damaged <= _MOST_DAMAGE and _resume(file, at)
            if not any_record and not resumed:
                raise InputError(f"is no WARC file or is damaged from its start ({_line(error)})") from error
            if name or damaged == 1:  # else the same damage once more, met from its own start
                after = f"after record {_line(name)}" if name else "at its start"
                yield Failure(where=f"{shown}, {after}", why=f"is damaged there ({_line(error)}); fetch it again")
            if not resumed:
                return
            at = file.tell()


def _resume(file: BinaryIO, after: int) -> bool:
    """Go to where the next record may begin behind ``after``; False when there is none or the stream cannot go back."""
    if not file.seekable():
        return False
    at = after + 1
    kept = b""
    try:
        file.seek(at)
        while chunk := file.read(_CHUNK):
            window = kept + chunk
            if match := _RECORD.search(window):
                file.seek(at - len(kept) + match.end() - (3 if match.group().startswith(b"\x1f") else 0))
                return True
            at += len(chunk)
            kept = window[-16:]
    except (OSError, EOFError, zlib.error):  # what it was unpacked from is damaged too
        return False
    return False


def _is_cut(file: BinaryIO, last: int) -> bool:
    """Whether something follows the record that begins at ``last`` that is none: FastWARC says nothing of it."""
    if not file.seekable():
        return False  # what unpacks such a stream says so itself
    file.seek(last)
    try:
        if file.read(2) == b"\x1f\x8b":
            file.seek(last)
            with gzip.GzipFile(fileobj=file) as rest:
                while rest.read(_CHUNK):
                    pass
            return False
        file.seek(last)
        head, ended, _ = file.read(_CHUNK).partition(b"\r\n\r\n")
        if (length := _LENGTH.search(head)) is None or not ended:
            return not ended
        file.seek(last + len(head) + 4 + int(length[1]))
        return bool(file.read(_CHUNK).strip())
    except DAMAGED:
        return True


def read_record(record: Any, where: Where, number: int, *, converted: bool) -> Found | Failure | None:
    """The article of one record, by its number in the archive; None where it is no page."""
    name = record.record_id or f"number {number}"
    place = f"{where.shown}, record {_line(name)}"
    try:
        block = record.reader.read(MAX_BYTES + 1)
        if len(block) > MAX_BYTES:
            raise InputError("is larger than 100 MB; leave it out")
        if len(block) < record.content_length:
            raise InputError("is cut off; fetch it again")
        url = web_address((record.headers.get("WARC-Target-URI") or "").strip("<> "))
        declared = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        charset = None
        if converted or not declared.startswith("application/http"):
            form = _PAGES.get(declared)
        else:
            status, declared, charset, block = _answer(block)
            form = _PAGES.get(declared) if status == 200 else None
        if form is None:
            return None
        fetched = edtf_of(record.headers.get("WARC-Date") or "") or where.fetched
        slug = slug_of(url) or f"{where.stem}-{number}"
        here = Where(path=where.path, stem=slug, shown=place, url=url, fetched=fetched)
        return Found(False, slug, _article(block, form, charset, here))
    except HeadwaterError as error:
        return Failure(where=place, why=str(error))
    except _OURS:
        raise
    except BaseException as error:  # as above
        return Failure(where=place, why=f"could not be read ({_line(error)}); fetch it again")


def _answer(block: bytes) -> tuple[int | None, str, str | None, bytes]:
    """Status, kind, charset and body of what a server answered, chunks and compression undone.

    In a record of its own: a decoder that fails on a bad body would leave the archive's stream in the middle of it.
    """
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response, content_length=len(block))
    record.is_http = True
    record.set_bytes_content(block)
    record.parse_http(auto_decode="all")
    status = record.http_headers.status_code
    kind = (record.http_content_type or "").strip().lower()
    if status != 200 or kind not in _PAGES:
        return status, kind, None, b""
    body = record.reader.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise InputError("unfolds to more than 100 MB; leave it out")
    return status, kind, record.http_charset, body


def _article(body: bytes, form: str, charset: str | None, where: Where) -> Article:
    if form == "pdf":
        from headwater.ingest.pdf import read as read_pdf

        found = next(iter(read_pdf(io.BytesIO(body), where)))
        if isinstance(found, Failure):
            raise InputError(found.why)
        return replace(found.article, id=where.stem, url=where.url, fetched=where.fetched)
    if form == "text":
        published = date_in_url(where.url) if where.url else None
        return Article(
            id=where.stem,
            text=encodable(decode(body, charset=charset)),
            path=where.path,
            url=where.url,
            published=published,
            published_basis="metadata" if published else None,
            fetched=where.fetched,
        )
    from headwater.ingest.html import article_of_page, read_page

    page = read_page(body, url=where.url, charset=charset, fetched=where.fetched)
    return replace(article_of_page(page, where), url=where.url or page.url)


def _line(what: object) -> str:
    return "".join(c if c.isprintable() else " " for c in str(what))[:200]
