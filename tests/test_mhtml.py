"""MHTML: the page that was looked at is read, wherever it stands in the file, and nothing else."""

import base64
import io
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.ingest.found import Found, Where
from headwater.ingest.mhtml import read
from headwater.model import Article, Failure
from site_templates import FERRY, templates

WHERE = Where("a.mhtml", "a", "a.mhtml")
PAGE = templates()["next_data"](FERRY)
OTHER = "<html><body><p>" + "An advertisement in a frame, with words of its own. " * 20 + "</p></body></html>"


def part(markup: str, *headers: str, encoding: str = "quoted-printable", charset: str = "utf-8") -> str:
    """A part of a saved page."""
    data = markup.encode(charset)
    coded = quopri.encodestring(data) if encoding == "quoted-printable" else base64.encodebytes(data)
    lines = [f'Content-Type: text/html; charset="{charset}"', f"Content-Transfer-Encoding: {encoding}", *headers]
    return "\r\n".join([*lines, "", coded.decode()])


def saved(*parts: str, start: str = "", headers: tuple[str, ...] = ()) -> bytes:
    """A file of such parts, with a picture among them."""
    picture = (
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: cid:1\r\n\r\n" + "A" * 4000
    )
    kind = f'Content-Type: multipart/related; type="text/html"; boundary="b"{start}'
    head = ["From: <Saved by Blink>", *headers, "MIME-Version: 1.0", kind]
    body = "".join(f"--b\r\n{one}\r\n" for one in (*parts, picture))
    return ("\r\n".join(head) + "\r\n\r\n" + body + "--b--\r\n").encode()


def article_of(data: bytes, where: Where = WHERE) -> Article:
    """The one article of a file."""
    (found,) = read(io.BytesIO(data), where)
    assert isinstance(found, Found), found
    return found.article


MAIN = part(PAGE.markup, "Content-ID: <main@x>", f"Content-Location: {FERRY.url}")
FRAME = part(OTHER, "Content-ID: <ad@x>", "Content-Location: https://ads.example/f")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(saved(MAIN, FRAME), id="first"),
        pytest.param(saved(FRAME, MAIN, start='; start="<main@x>"'), id="start"),
        pytest.param(saved(FRAME, MAIN, headers=(f"Snapshot-Content-Location: {FERRY.url}",)), id="address"),
        pytest.param(saved(part(PAGE.markup, encoding="base64")), id="base64"),
        pytest.param(saved(part("<html><frameset><frame src=a><frame src=b></frameset></html>"), MAIN), id="frames"),
    ],
)
def test_the_page_is_found(data: bytes) -> None:
    """The page itself is read, not a frame within it."""
    article = article_of(data)
    assert all(paragraph in article.text for paragraph in PAGE.paragraphs)
    assert "advertisement" not in article.text
    assert (article.title, article.url) == (FERRY.headline, FERRY.url)


def test_where_and_when() -> None:
    """The file says where the page is from and when it was saved; what the caller knows goes before that."""
    headers = ("Date: Sat, 12 Apr 2025 08:30:15 -0000", "Snapshot-Content-Location: https://c.example/news/a")
    plain = f"<html><body>{'<p>The council met on the quay and voted, it said.</p>' * 9}</body></html>"
    article = article_of(saved(part(plain), headers=headers))
    assert article.url == "https://c.example/news/a"
    assert (article.fetched or "")[:16] == "2025-04-12T08:30"
    assert article_of(saved(part(plain), headers=headers), WHERE._replace(fetched="2025-04-13")).fetched == "2025-04-13"


@pytest.mark.parametrize(
    "data", [b"", saved(), saved(part("<html></html>")), b"Content-Type: multipart/related\r\n\r\nx"]
)
def test_no_page_in_it(data: bytes) -> None:
    """A file without a page, or with one that says nothing, is one failure that names it."""
    (failed,) = read(io.BytesIO(data), WHERE)
    assert isinstance(failed, Failure)
    assert failed.where == "a.mhtml"


WHOLE = saved(MAIN, FRAME)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.binary(max_size=12))
def test_damage(start: int, end: int, data: bytes) -> None:
    """Whatever is cut out of a file or put into it, one article or one failure comes of it."""
    assert len(list(read(io.BytesIO(WHOLE[:start] + data + WHOLE[end:]), WHERE))) == 1
