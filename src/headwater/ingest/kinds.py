"""The kinds of input, and which of them some bytes are: told by their content first, by the file's name second.

Some content cannot be mistaken (``%PDF-``, ``<html``, a mail's headers) and goes before any name: a page saved as .txt
is a page. Weaker signs (a line of JSON, a header of a table, a stray tag) count only where the name says nothing.
Readers are imported when they are needed.
"""

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from headwater.errors import InputError
from headwater.ingest.text import GIVE, MARKED_UTF8, marked_encoding

#: So many of the first bytes are looked at.
HEAD = 65_536

_SPACE = re.compile(rb"\s*")
_TAG = re.compile(rb"<([A-Za-z][\w:.-]*)")
_SUBSET_END = re.compile(rb"\]\s*>")
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):(?:[ \t]|$)")
_MBOX = re.compile(rb"From \S[^\n]{0,200}?\d\d:\d\d[^\n]{0,40}\n(?:>?From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:")
_KEY = re.compile(rb'\{\s*"(?:id|text|html|url|outlet|title|published)"\s*:')
_TRANSPORT = frozenset(
    (b"mime-version", b"received", b"message-id", b"return-path", b"delivered-to", b"dkim-signature")
)
_SENT = frozenset((b"to", b"received", b"delivered-to", b"return-path"))
_TEXT_COLUMNS = frozenset((b"text", b"body", b"content", b"article_text", b"article", b"full_text", b"html"))
_OTHER_COLUMNS = frozenset(
    (
        b"id",
        b"title",
        b"headline",
        b"url",
        b"link",
        b"outlet",
        b"source",
        b"publisher",
        b"date",
        b"published",
        b"author",
    )
)
_MARKUP = frozenset(b"article div p main section table meta title link script span h1 ul blockquote".split())
_SUFFIX = re.compile(r"\.[a-z0-9_+-]{1,12}", re.IGNORECASE)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")


class Kind(NamedTuple):
    """One kind of input.

    ``module`` is the reader in ``headwater.ingest``; ``suffixes`` are the ends of names, lower case. ``sure`` says
    whether the first bytes (byte order mark, leading white space and UTF-16 taken away) can be nothing else, ``maybe``
    whether they may be this where nothing better is known. ``magic``: every input of the kind begins so that ``sure``
    holds, whatever its name. ``whole``: read into memory at once, at most 100 MB; else as a stream.
    """

    module: str
    suffixes: tuple[str, ...]
    sure: Callable[[bytes], bool] | None = None
    maybe: Callable[[bytes], bool] | None = None
    magic: bool = False
    whole: bool = True


def _root(start: bytes) -> bytes:
    """The name of the first element of some markup, lower case; ``b"html"`` for its document type too."""
    at = 0
    while True:
        at = _SPACE.match(start, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        if start.startswith(b"<?", at):
            end = start.find(b">", at)
        elif start.startswith(b"<!--", at):
            end = start.find(b"-->", at) + 2
            end = -1 if end < 2 else end
        elif start.startswith(b"<!", at):
            if start[at + 2 : at + 40].lower().split()[:2] in ([b"doctype", b"html"], [b"doctype", b"html>"]) or (
                start[at + 2 : at + 15].lower().startswith(b"doctype html>")
            ):
                return b"html"
            end = start.find(b">", at)
            if b"[" in start[at:end]:
                subset = _SUBSET_END.search(start, at)
                end = subset.end() - 1 if subset else -1
        else:
            tag = _TAG.match(start, at)
            return tag[1].lower() if tag else b""
        if end < 0:
            return b""
        at = end + 1


def _headers(start: bytes) -> dict[bytes, bytes]:
    """The header lines at the start of a mail, names in lower case; empty when it begins otherwise."""
    out: dict[bytes, bytes] = {}
    last = b""
    lines = start.split(b"\n")
    for line in lines[:-1] if len(start) >= HEAD else lines:
        line = line.rstrip(b"\r")
        if not line:
            break
        if line[:1] in b" \t" and last:
            out[last] += b" " + line.strip()
        elif match := _HEADER.match(line):
            last = match[1].lower()
            out.setdefault(last, line[match.end() :].strip())
        else:
            return {}
    return out


def _is_mail(start: bytes) -> bool:
    headers = _headers(start)
    return len(headers) >= 3 and bool(_TRANSPORT & headers.keys()) and bool({b"from", b"subject"} & headers.keys())


def _is_saved_page(start: bytes) -> bool:
    headers = _headers(start)
    return headers.get(b"content-type", b"").lower().startswith(b"multipart/related") and not _SENT & headers.keys()


def _is_feed(start: bytes) -> bool:
    if start[:1] == b"{":
        return b"jsonfeed.org/version/" in start[:4096].replace(b"\\/", b"/")
    root = _root(start)
    return root in (b"rss", b"feed") or (root == b"rdf:rdf" and b"purl.org/" in start)


def _is_article_line(start: bytes) -> bool:
    line = _first_line(start)
    return b'"text"' in line[:HEAD] and isinstance(line_fields(line), dict) if line else bool(_KEY.match(start))


def _is_line(start: bytes) -> bool:
    line = _first_line(start)
    return line_fields(line) is not None if line else start[:1] == b"{" and bool(_KEY.match(start))


def _first_line(start: bytes) -> bytes:
    """The first line, empty when it goes on behind what is known of the input."""
    line, end, _ = start.partition(b"\n")
    return line if end or len(start) < HEAD else b""


def line_fields(line: bytes) -> dict[str, object] | None:
    """The object on a line of JSON, None when it holds none."""
    if line[:1] != b"{":
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_table(start: bytes) -> bool:
    line = _first_line(start).lower()
    for between in (b",", b"\t", b";", b"|"):
        names = {name.strip().strip(b'"') for name in line.split(between)}
        if names & _TEXT_COLUMNS and names & _OTHER_COLUMNS:
            return True
    return False


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(marks)


#: Kinds by name. Where several could hold, the first does: a saved page has the headers of a mail.
FORMATS: Mapping[str, Kind] = MappingProxyType(
    {
        "pdf": Kind("pdf", (".pdf",), lambda start: b"%PDF-" in start[:1024], magic=True),
        "docx": Kind("docx", (".docx",), magic=True),
        "parquet": Kind("table", (".parquet",), _begins(b"PAR1"), magic=True, whole=False),
        "warc": Kind("warc", (".warc",), _begins(b"WARC/0.", b"WARC/1."), magic=True, whole=False),
        "mbox": Kind("mail", (".mbox",), lambda start: bool(_MBOX.match(start)), whole=False),
        "mhtml": Kind("mhtml", (".mhtml", ".mht"), _is_saved_page),
        "eml": Kind("mail", (".eml",), _is_mail),
        "feed": Kind("feed", (".rss", ".atom", ".rdf"), _is_feed),
        "opml": Kind("opml", (".opml",), lambda start: _root(start) == b"opml"),
        "html": Kind(
            "html",
            (".html", ".htm", ".xhtml", ".shtml"),
            lambda start: _root(start) in (b"html", b"head", b"body"),
            lambda start: _root(start) in _MARKUP,
        ),
        "jsonl": Kind("jsonl", (".jsonl", ".ndjson"), _is_article_line, _is_line, whole=False),
        "csv": Kind("table", (".csv", ".tsv"), None, _is_table, whole=False),
        "markdown": Kind("markdown", (".md", ".markdown")),
        "text": Kind("text", (".txt", ".text")),
    }
)
_BY_SUFFIX = {suffix: name for name, kind in FORMATS.items() for suffix in kind.suffixes}
#: Of these the name tells which it is: the bytes look alike.
_ALIKE = frozenset(("eml", "mhtml"))
#: What is often met and is nothing to read, by its first bytes.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an Office file of the old form; save it as .docx"),
    (b"{\\rtf", "is rich text (RTF); save it as .docx or .txt"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it, and give the folder"),
    (b"Rar!\x1a\x07", "is a RAR archive; unpack it, and give the folder"),
    (b"\xfd7zXZ\x00", "is compressed by xz, which is not opened; unpack it (xz -d)"),
    (b"\x28\xb5\x2f\xfd", "is compressed by zstd, which is not opened; unpack it (zstd -d)"),
)


def checked_format(name: str) -> str:
    """``name`` itself when there is such a format.

    Raises:
        InputError: there is none; the message lists those there are.
    """
    if name not in FORMATS:
        raise InputError(f"no format {name!r}; there are: {', '.join(sorted(FORMATS))}")
    return name


def suffix_of(name: str) -> str:
    """The end of a file's name that tells its kind, lower case, with its dot; empty where the name has none."""
    suffix = PurePath(name).suffix
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else ""


def kind_by_name(name: str) -> str | None:
    """The kind that the end of a file's name stands for, None when it stands for none."""
    return _BY_SUFFIX.get(suffix_of(name))


def _start(head: bytes) -> bytes:
    """The first bytes as they are looked at: UTF-8 without its mark, from the first that is no white space."""
    if marked := marked_encoding(head):
        head = head.decode(marked, "ignore").encode("utf-8", "ignore")
    return head.lstrip()


def sure_kind(head: bytes, file: BinaryIO | None = None) -> str | None:
    """The kind that some bytes cannot but be, whatever their name; None when they may be several.

    Args:
        head: the first ``HEAD`` bytes, all when there are fewer.
        file: the whole, where it can be searched; left at its start. Needed to know one zip archive from another.

    Raises:
        InputError: it is of a kind that Headwater does not read.
    """
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file)
    for mark, why in _FOREIGN:
        if head.startswith(mark):
            raise InputError(why)
    if head[257:262] == b"ustar":
        raise InputError("is a tar archive; unpack it, and give the folder")
    start = _start(head)
    return next((name for name, kind in FORMATS.items() if kind.sure is not None and kind.sure(start)), None)


def _zipped(file: BinaryIO | None) -> str | None:
    if file is None or not file.seekable():
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise InputError("is a zip archive (as .docx files are) that is cut off or damaged; give it whole") from error
    finally:
        file.seek(0)
    if "word/document.xml" in names:
        return "docx"
    raise InputError("is a zip archive and no .docx; unpack it, and give the folder")


def kind_of(head: bytes, name: str, file: BinaryIO | None = None) -> str:
    """What an input is.

    Args:
        head: its first ``HEAD`` bytes, all when there are fewer.
        name: the file's name, empty when it has none.
        file: the whole, as for ``sure_kind``.

    Raises:
        InputError: it is of a kind that Headwater does not read, or its name ends in nothing known and its content
            tells nothing.
    """
    named = kind_by_name(name)
    sure = sure_kind(head, file)
    if sure is not None:
        return named if named in _ALIKE and sure in _ALIKE else sure
    if named is not None and not (FORMATS[named].magic and _is_text(head)):
        if not FORMATS[named].magic and 0 in head and marked_encoding(head) in (None, MARKED_UTF8):
            raise InputError(f"holds binary data, not text; {GIVE}")
        return named
    if named is None and (suffix := suffix_of(name)):
        raise InputError(f"is a {suffix} file, which Headwater does not read; {GIVE}, or say what it is by --format")
    start = _start(head)
    return next((name for name, kind in FORMATS.items() if kind.maybe is not None and kind.maybe(start)), "text")


def _is_text(head: bytes) -> bool:
    """Whether bytes look like text: a file named .pdf that does was named wrongly."""
    return bool(head.strip()) and 0 not in head and len(head) - len(head.translate(None, _CONTROLS)) < len(head) / 10
