"""Web archives: whose pages come out, how damage is passed over, what is refused."""

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import damaged
from headwater.errors import InputError, MissingExtra
from headwater.ingest import gather
from headwater.ingest.found import Found, Passed, Where
from headwater.ingest.warc import read
from headwater.model import Failure

pytest.importorskip("fastwarc")
WHERE = Where(path="crawl.warc", stem="crawl", shown="crawl.warc")
WORDS = " ".join(
    f"The harbour board of Port Ellery voted on Monday to close quay {n} for the winter." for n in range(12)
)
PAGE = (
    f"<html><head><title>Quays to close</title></head><body><article><h1>Quays to close</h1><p>{WORDS}</p>"
    "<p>The café at the pier stays open.</p></article></body></html>"
)


def record(
    block: bytes,
    *,
    name: str,
    kind: str = "response",
    content: str = "application/http; msgtype=response",
    url: str | None = None,
) -> bytes:
    """One record of an archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2025-03-04T08:15:00Z\r\n"
        f"WARC-Target-URI: {url or f'https://herald.example/news/{name}'}\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *, status: str = "200 OK", content: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    """What a server sent."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{more}\r\n".encode() + body


def all_of(data: bytes, where: Where = WHERE) -> tuple[list[Found], list[Failure]]:
    """Articles and failures of an archive."""
    items = list(read(io.BytesIO(data), where))
    return [one for one in items if isinstance(one, Found)], [one for one in items if isinstance(one, Failure)]


def chunked(body: bytes) -> bytes:
    """A body as HTTP sends it in pieces."""
    return b"%x\r\n" % 100 + body[:100] + b"\r\n%x\r\n" % len(body[100:]) + body[100:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(answer(PAGE.encode()), id="as it is"),
        pytest.param(
            answer(PAGE.encode("cp1252"), content="text/html; charset=ISO-8859-1"), id="charset of the header"
        ),
        pytest.param(answer(PAGE.encode(), content="text/html; charset=iso-8859-1"), id="UTF-8 that is called Latin-1"),
        pytest.param(answer(PAGE.encode(), content="text/html; charset=punycode"), id="a charset that is none"),
        pytest.param(answer(gzip.compress(PAGE.encode()), more="Content-Encoding: gzip\r\n"), id="gzip"),
        pytest.param(answer(zlib.compress(PAGE.encode()), more="Content-Encoding: deflate\r\n"), id="deflate"),
        pytest.param(answer(chunked(PAGE.encode()), more="Transfer-Encoding: chunked\r\n"), id="chunked"),
        pytest.param(
            answer(
                b'<?xml version="1.0" encoding="utf-8"?>' + PAGE.encode(),
                content="application/xhtml+xml; charset=utf-8",
            ),
            id="xhtml with a declaration",
        ),
    ],
)
def test_a_page_is_read_whatever_it_was_sent_in(block: bytes) -> None:
    """The article of the page, its address, and when it was fetched."""
    (found,), failures = all_of(record(block, name="quays"))
    assert failures == []
    assert "The café at the pier stays open." in found.article.text
    assert (found.own, found.id) == (False, "quays")
    assert found.article.url == "https://herald.example/news/quays"
    assert found.article.fetched == "2025-03-04T08:15:00Z"
    assert found.article.path == "crawl.warc"


def test_brotli_is_undone() -> None:
    """As most browsers ask for it."""
    brotli = pytest.importorskip("brotli")
    (found,), _ = all_of(record(answer(brotli.compress(PAGE.encode()), more="Content-Encoding: br\r\n"), name="a"))
    assert "The café at the pier" in found.article.text


def test_text_and_converted_text_come_out_as_they_are() -> None:
    """An answer in plain text, and a record of a WET file."""
    archive = record(answer(WORDS.encode(), content="text/plain"), name="plain") + record(
        f"{WORDS} Où?\n".encode(), name="wet", kind="conversion", content="text/plain"
    )
    found, failures = all_of(archive)
    assert failures == []
    assert [one.article.text for one in found] == [WORDS, f"{WORDS} Où?\n"]


def test_what_is_no_page_is_passed_over_and_revisits_are_counted() -> None:
    """Requests, pictures and other answers than 200 say nothing; what lies elsewhere is said."""
    archive = b"".join(
        [
            record(b"software: x\r\n", name="info", kind="warcinfo", content="application/warc-fields"),
            record(b"GET / HTTP/1.1\r\n\r\n", name="ask", kind="request", content="application/http; msgtype=request"),
            record(answer(b"\x89PNG", content="image/png"), name="picture"),
            record(answer(PAGE.encode(), status="404 Not Found"), name="lost"),
            record(answer(b""), name="again", kind="revisit"),
            record(answer(b""), name="again2", kind="revisit"),
            record(answer(PAGE.encode()), name="quays"),
        ]
    )
    found, failures = all_of(archive)
    assert [one.id for one in found] == ["quays"]
    assert [one.why for one in failures] == [
        "2 records only point to a page stored elsewhere (revisit); add the archive that holds it"
    ]
    assert isinstance(failures[0], Passed)


def test_an_archive_of_revisits_alone_fails() -> None:
    """Nothing came in: what should have is stored elsewhere."""
    found, (failure,) = all_of(record(answer(b""), name="again", kind="revisit"))
    assert (found, type(failure)) == ([], Failure)
    assert failure.why.startswith("1 record only points")


def test_an_archive_that_is_damaged(tmp_path: Path) -> None:
    """As a file it is read record by record: pages before and behind the damage come in."""
    path = tmp_path / "crawl.warc"
    for data, ids in (
        (b"".join(PACKED)[:-40], "n0 n1 n2 n3"),
        (b"".join(PACKED[:2]) + PACKED[2][:60] + b"\xff" * 30 + PACKED[2][90:] + b"".join(PACKED[3:]), "n0 n1 n3 n4"),
        (b"".join(PACKED)[:-300], "n0 n1 n2 n3"),
        (gzip.compress(b"".join(GOOD), mtime=0)[:-20], "n0 n1 n2 n3"),
        (b"".join(GOOD)[: -len(GOOD[4]) + 100], "n0 n1 n2 n3"),
    ):
        path.write_bytes(data)
        batch = gather(path)
        assert [one.id for one in batch.articles] == ids.split()
        assert len(batch.failures) == 1


GOOD = [record(answer(PAGE.encode()), name=f"n{n}") for n in range(5)]
PACKED = [gzip.compress(one, mtime=0) for one in GOOD]


@pytest.mark.parametrize(
    ("archive", "ids", "failed"),
    [
        pytest.param(b"".join(PACKED)[:-40], "n0 n1 n2 n3", ["record <urn:uuid:n4>"], id="gzip cut off"),
        pytest.param(b"".join(GOOD)[:-200], "n0 n1 n2 n3", ["record <urn:uuid:n4>"], id="cut off"),
        pytest.param(
            b"".join(PACKED[:2]) + PACKED[2][:60] + b"\xff" * 30 + PACKED[2][90:] + b"".join(PACKED[3:]),
            "n0 n1 n3 n4",
            ["after record <urn:uuid:n1>"],
            id="gzip damaged in the middle",
        ),
        pytest.param(
            b"".join(GOOD[:2]) + b"spoilt\r\n\r\n" + b"".join(GOOD[2:]),
            "n0 n1 n2 n3 n4",
            ["after record <urn:uuid:n1>"],
            id="junk between",
        ),
        pytest.param(b"".join(PACKED)[30:], "n1 n2 n3 n4", ["at its start"], id="start lost"),
        pytest.param(
            GOOD[0] + record(answer(b"no gzip", more="Content-Encoding: gzip\r\n"), name="bad") + GOOD[1],
            "n0 n1",
            ["record <urn:uuid:bad>"],
            id="body that does not unfold",
        ),
        pytest.param(
            GOOD[0] + record(answer(b"<html></html>"), name="empty") + GOOD[1],
            "n0 n1",
            ["record <urn:uuid:empty>"],
            id="page without text",
        ),
    ],
)
def test_damage_costs_no_more_than_the_record_it_is_in(archive: bytes, ids: str, failed: list[str]) -> None:
    """Each failure names the record; what can be reached behind it comes out."""
    found, failures = all_of(archive)
    assert [one.id for one in found] == ids.split()
    assert [one.where for one in failures] == [f"crawl.warc, {where}" for where in failed]


class Stream(io.RawIOBase):
    """Bytes that cannot be gone back in, as standard input."""

    def __init__(self, data: bytes) -> None:
        self.inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self.inner.readinto(buffer)


def test_a_stream_is_read_until_it_is_damaged() -> None:
    """Without going back there is no searching for the next record."""
    stream = Stream(b"".join(PACKED[:2]) + b"spoilt" * 9 + PACKED[2])
    items = list(read(cast(BinaryIO, stream), WHERE))
    assert [one.id for one in items if isinstance(one, Found)] == ["n0", "n1"]
    assert len(items) == 3


def test_an_archive_that_was_unpacked_on_the_way_is_read_until_it_is_cut_off() -> None:
    """As the front door hands on what is compressed."""
    packed = gzip.compress(b"".join(GOOD))
    stream = gzip.GzipFile(fileobj=io.BytesIO(packed[:-9]))
    items = list(read(cast(BinaryIO, stream), WHERE))
    assert [one.id for one in items if isinstance(one, Found)][:4] == ["n0", "n1", "n2", "n3"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "is no WARC file or is empty", id="empty"),
        pytest.param(b"No archive.", "is no WARC file or is damaged from its start", id="text"),
        pytest.param(
            record(answer(b"", status="404 Not Found"), name="a"), "holds no page that was answered with 200", id="none"
        ),
    ],
)
def test_what_is_no_archive_of_pages_is_refused(data: bytes, why: str) -> None:
    """One line says why."""
    with pytest.raises(InputError, match=why):
        all_of(data)


def test_a_body_that_unfolds_without_end_is_one_failure() -> None:
    """100 MB are the most of one page."""
    bomb = zlib.compressobj(9, wbits=31)
    zeros = bytes(1 << 20)
    packed = b"".join(bomb.compress(zeros) for _ in range(110)) + bomb.flush()
    (found,), (failure,) = all_of(record(answer(packed, more="Content-Encoding: gzip\r\n"), name="bomb") + GOOD[0])
    assert found.id == "n0"
    assert failure.why == "unfolds to more than 100 MB; leave it out"


def test_without_fastwarc_the_pip_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An optional package is asked for by name."""
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    with pytest.raises(MissingExtra, match=r"pip install 'headwater\[warc\]'"):
        all_of(GOOD[0])


@settings(max_examples=60)
@given(st.sampled_from([b"".join(some[:3]) for some in (PACKED, GOOD)]).flatmap(damaged))
def test_any_damage_ends_in_the_errors_of_the_house(data: bytes) -> None:
    """Cut anywhere, bits flipped anywhere: articles, failures, or one line."""
    try:
        found, _ = all_of(data)
    except InputError:
        return
    assert all(one.article.text for one in found)
