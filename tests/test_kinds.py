"""What an input is: by its content first, its name second, the caller before both; packed ones under a bound."""

import bz2
import contextlib
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.errors import HeadwaterError, InputError
from headwater.ingest import each, gather, opening
from headwater.ingest.found import Found
from headwater.ingest.kinds import FORMATS, HEAD, kind_of, sure_kind
from headwater.model import Failure
from mixed import mail, page, words

TEXT = words(1)


def zipped(*names: str) -> bytes:
    """A zip archive with files of those names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


RSS = '<?xml version="1.0" encoding="utf-8"?>\n<!-- by a machine --><rss version="2.0"><channel></channel></rss>'
MHTML = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/\nSubject: Quay\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related;\n\ttype="text/html"; boundary="--b"\n\n'
)
MBOX = f"From letter@tamsen.example Tue Mar  3 08:15:00 2026\n{mail(1)}"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        # content that cannot be mistaken, whatever the name
        pytest.param("a.txt", b"%PDF-1.7\n", "pdf", id="pdf named text"),
        pytest.param("", b"\n\n%PDF-1.4", "pdf", id="pdf after blank lines"),
        pytest.param("a.zip", zipped("[Content_Types].xml", "word/document.xml"), "docx", id="docx named zip"),
        pytest.param("a", b"PAR1\x15\x04", "parquet", id="parquet"),
        pytest.param("a.bin", b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "warc", id="warc"),
        pytest.param("a", MBOX.encode(), "mbox", id="mailbox"),
        pytest.param("a.eml", MBOX.encode(), "mbox", id="mailbox named mail"),
        pytest.param("1234.host:2,S", mail(1).encode(), "eml", id="mail in a maildir"),
        pytest.param("a.txt", mail(1).replace("\n", "\r\n").encode(), "eml", id="mail named text"),
        pytest.param("page", MHTML.encode(), "mhtml", id="saved page"),
        pytest.param("page.mht", mail(1).encode(), "mhtml", id="saved page whose headers are a mail's"),
        pytest.param("a.xml", RSS.encode(), "feed", id="rss"),
        pytest.param("a", b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom">', "feed", id="atom"),
        pytest.param("a", RSS.encode("utf-16"), "feed", id="rss in utf-16"),
        pytest.param("a", b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "feed", id="rdf"),
        pytest.param("a", b"From: a@b.example\nSubject: Quay\nMIME-Version: 1.0\n\nShut.", "eml", id="shortest mail"),
        pytest.param("a", b'<!DOCTYPE rss [<!ENTITY a "<html>">]>\n<rss>', "feed", id="rss with a document type"),
        pytest.param(
            "a", b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1", "items": []}', "feed", id="json feed"
        ),
        pytest.param("a.xml", b'<?xml version="1.0"?><opml version="2.0">', "opml", id="opml"),
        pytest.param("a.txt", page(1).encode(), "html", id="page named text"),
        pytest.param("a.pdf", page(1).encode(), "html", id="page named pdf"),
        pytest.param("a", b"<!-- saved from url=(0014)about:internet -->\n<HTML>", "html", id="page after a comment"),
        pytest.param(
            "a", b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">', "html", id="xhtml"
        ),
        pytest.param("a.txt", b'{"text": "Said."}\n{"text": "More."}', "jsonl", id="lines named text"),
        # the name, where the content leaves it open
        pytest.param("a.txt", TEXT.encode(), "text", id="text"),
        pytest.param("a.md", TEXT.encode(), "markdown", id="markdown"),
        pytest.param("a.HTM", b"<p>Said", "html", id="fragment of a page"),
        pytest.param("a.jsonl", b"{oops", "jsonl", id="broken line"),
        pytest.param("a.csv", b"one,two\n", "csv", id="table"),
        pytest.param("a.txt", b"text,title\nSaid,So\n", "text", id="text that begins like a table"),
        pytest.param("a.txt", b"From: me\nTo: you\n\nHello", "text", id="text that begins like a mail"),
        pytest.param(
            "a.txt", b"From Monday on the quay is shut, 40 boats\nNote: all move", "text", id="text that says From"
        ),
        pytest.param("a.txt", b"<p>is how a paragraph begins", "text", id="text that begins with a tag"),
        pytest.param("a.txt", b"WARCRAFT/1.2", "text", id="text that begins like an archive"),
        pytest.param("a.pdf", TEXT.encode(), "text", id="text named pdf"),
        pytest.param("a.pdf", b"\0\1\2\3", "pdf", id="no pdf named pdf"),
        # weaker signs, where there is no telling name
        pytest.param("", b"<div><p>Said so</p></div>", "html", id="markup without a name"),
        pytest.param("", b'{"title": "no text"}\n', "jsonl", id="object without a name"),
        pytest.param("", b"id;headline;body\n1;So;Said\n", "csv", id="table without a name"),
        pytest.param("St. Mary's quay", TEXT.encode(), "text", id="a name with a full stop"),
        pytest.param("", b"Title\n\nThe quay is shut, he said.\n", "text", id="a line that is called as a column"),
        pytest.param("", b"{curly} the clown", "text", id="a brace"),
        pytest.param("", b"", "text", id="nothing"),
        pytest.param("", b'{"text": "' + b"a" * HEAD, "jsonl", id="a line longer than is looked at"),
    ],
)
def test_kind(name: str, data: bytes, kind: str) -> None:
    """The kind that a file is of."""
    assert kind_of(data[:HEAD], name, io.BytesIO(data)) == kind


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx", id="old Office file"),
        pytest.param("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx", id="old Office file of a new name"),
        pytest.param("a.txt", b"{\\rtf1\\ansi", "rich text", id="rtf"),
        pytest.param("a.docx", zipped("ppt/slides.xml"), "zip archive", id="slides"),
        pytest.param("a.docx", zipped("word/document.xml")[:60], "damaged", id="cut archive"),
        pytest.param("a.tar", b"name" + b"\0" * 253 + b"ustar\0", "tar", id="tar"),
        pytest.param("a.txt.xz", b"\xfd7zXZ\x00", "xz", id="xz"),
        pytest.param("a.css", b"p { color: red }", ".css", id="style sheet"),
        pytest.param("a.html", b"\x89PNG\r\n\x1a\n\0\0", "binary", id="picture named page"),
    ],
)
def test_what_is_not_read(name: str, data: bytes, says: str) -> None:
    """What is of no kind that is read is refused in one line that says what to do."""
    with pytest.raises(InputError, match=says) as caught:
        kind_of(data, name, io.BytesIO(data))
    assert str(caught.value).isprintable()


@given(st.binary(max_size=300), st.sampled_from(["", "a.txt", "a.html", "a.docx", "a.odd"]))
def test_any_bytes_are_of_one_kind(data: bytes, name: str) -> None:
    """Whatever the bytes, there is one answer: a kind that there is, or a refusal."""
    with contextlib.suppress(InputError):
        assert kind_of(data, name, io.BytesIO(data)) in FORMATS


_SCRAPS = st.lists(
    st.sampled_from([b"<!--", b"-->", b"<?", b"?>", b"<!doctype ", b"[", b"]>", b">", b"<a", b" ", b"\n", b"From "])
)


@given(_SCRAPS)
def test_scraps_of_markup_take_no_time(scraps: list[bytes]) -> None:
    """Markup that never comes to its first element is looked at once, however often it is repeated."""
    sure_kind((b"".join(scraps) * 3000)[:HEAD])


@pytest.mark.parametrize("name", ["a.txt", "a", "a.html"])
def test_the_caller_goes_before_both(tmp_path: Path, name: str) -> None:
    """``format`` says what a file is, whatever it looks like."""
    (tmp_path / name).write_text('{"text": "Said."}', encoding="utf-8")
    (article,) = gather([tmp_path / name], format="text").articles
    assert article.text == '{"text": "Said."}'
    assert [one.text for one in gather([tmp_path / name], format="jsonl").articles] == ["Said."]
    (piped,) = gather(["-"], stdin=io.BytesIO(b"<html>"), format="text").articles
    assert piped.text == "<html>"


def test_no_such_format() -> None:
    """A format that there is none of is refused before anything is read, with the list of those there are."""
    for call in (gather, each):
        with pytest.raises(InputError, match="there are: csv, docx"):
            call(["nowhere"], format="exe")


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress), ("a.TXT.GZ", gzip.compress), ("a.txt", gzip.compress)],
)
def test_packed(tmp_path: Path, name: str, pack: object) -> None:
    """A packed file is read as what is in it, and called by its name without the packing."""
    (tmp_path / name).write_bytes(pack(TEXT.encode()))  # type: ignore[operator]
    (article,) = gather([tmp_path]).articles
    assert (article.id, article.text, article.path) == ("a", TEXT, str(tmp_path / name))
    (piped,) = gather(["-"], stdin=io.BytesIO(pack(TEXT.encode()))).articles  # type: ignore[operator]
    assert piped.text == TEXT


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(gzip.compress(gzip.compress(TEXT.encode())), "more than once", id="twice"),
        pytest.param(gzip.compress(TEXT.encode())[:-9], "cut off", id="cut off"),
        pytest.param(b"\x1f\x8b" + b"\xff" * 50, "cut off or damaged", id="no gzip"),
        pytest.param(b"BZh91AY&SY" + b"\xff" * 50, "cut off or damaged", id="no bzip2"),
    ],
)
def test_packed_badly(tmp_path: Path, data: bytes, says: str) -> None:
    """What cannot be unpacked is one failure that says so."""
    (tmp_path / "a.txt.gz").write_bytes(data)
    (failure,) = gather([tmp_path]).failures
    assert says in failure.why


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes that stand for very many are refused: one article by its size, a stream of them by how it grows."""
    monkeypatch.setattr(opening, "MAX_BYTES", 200_000)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" " * 300_000))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(bytes(range(32, 127)) * 3_000, compresslevel=0))
    line = json.dumps({"text": TEXT}).encode() + b"\n"
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line * 60_000))
    batch = gather([tmp_path])
    assert 0 < len(batch.articles) < 60_000
    assert [(Path(f.where).name, f.why.partition(";")[0]) for f in batch.failures] == [
        ("a.txt.gz", "is packed so that it grows over 100 times"),
        ("b.jsonl.gz", "is packed so that it grows over 100 times"),
        ("c.txt.gz", "is larger than 100 MB"),
    ]


def test_one_after_another(tmp_path: Path) -> None:
    """``each`` opens a file only when the one before it is done with, in order of path, and ends where it is left."""
    for name in ("c", "a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT + name)
    items = each([{"id": "mine", "text": "Said."}, tmp_path])
    first, second = next(items), next(items)
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.id, second.id) == ("mine", "a")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").unlink()
    rest = list(items)
    assert [isinstance(one, Failure) and one.why.partition(";")[0] for one in rest] == ["holds no text", "not found"]


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_reader_is_there(kind: str) -> None:
    """Each kind has a reader that takes any bytes: articles or failures come of it, or one of our own errors."""
    from importlib import import_module

    from headwater.ingest.found import Where

    reader = import_module(f"headwater.ingest.{FORMATS[kind].module}").read
    for data in (b"", b"\0", b"{", b"<", TEXT.encode()):
        with contextlib.suppress(HeadwaterError):
            for item in reader(io.BytesIO(data), Where("a", "a", "a")):
                assert isinstance(item, Found | Failure)
