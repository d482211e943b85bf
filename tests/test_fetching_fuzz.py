"""Whatever bytes a server sends, in whatever pieces: a page, or one line that says why there is none."""

import gzip
from dataclasses import replace
from typing import Any

import httpcore
from hypothesis import given
from hypothesis import strategies as st

from headwater.errors import InputError
from headwater.fetching.answers import FEED_KINDS, NotFetched
from headwater.fetching.client import Client, Manners, Page, World
from headwater.fetching.feeds import items_of
from unruly import NOON, PAGE, reply

HEADS = st.lists(
    st.sampled_from(
        [
            b"HTTP/1.1 200 OK\r\n",
            b"HTTP/1.1 103 Early\r\n\r\n",
            b"HTTP/1.1 302 Found\r\nLocation: /b\r\n",
            b"HTTP/1.1 304 Not Modified\r\n",
            b"Content-Type: text/html; charset=utf-8\r\n",
            b"Content-Type: \xff\xfe\r\n",
            b"Content-Encoding: gzip\r\n",
            b"Content-Encoding: deflate\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Length: 5\r\n",
            b"Content-Length: -1\r\n",
            b"Location: http://[\r\n",
            b"Location: \xe4\x00\r\n",
            b"Retry-After: Fri, 99 Feb 99999 12:00:00 GMT\r\n",
            b"\r\n",
            b"5\r\nabcde\r\n0\r\n\r\n",
            gzip.compress(PAGE),
            PAGE,
            b"\0\xff",
        ]
    ),
    max_size=9,
).map(b"".join)
SPOILT = st.tuples(st.binary(max_size=40), st.integers(0, 200)).map(
    lambda spoilt: reply()[: spoilt[1]] + spoilt[0] + reply()[spoilt[1] + 3 :]
)


class Said(httpcore.NetworkStream):
    """A connection over which these bytes come, a few at a time."""

    def __init__(self, data: bytes, piece: int) -> None:
        self._data, self._piece = data, piece

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        piece, self._data = self._data[: self._piece], self._data[self._piece :]
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Heard."""

    def close(self) -> None:
        """Nothing is held."""

    def get_extra_info(self, info: str) -> Any:
        return None


@given(answers=st.lists(st.binary(max_size=300) | HEADS | SPOILT, max_size=4), piece=st.integers(1, 400))
def test_any_answer(answers: list[bytes], piece: int) -> None:
    """Arbitrary, disordered and spoilt answers, of robots.txt and of pages, end in a page or in one line."""
    left = iter(answers)
    world = World(
        clock=lambda: 0.0,
        wait=lambda seconds: None,
        now=lambda: NOON,
        chance=lambda: 0.5,
        resolve=lambda host, port: ["9.9.9.9"],
        dial=lambda ip, port, timeout: Said(next(left, reply(b"", 404)), piece),
    )
    try:
        page = Client(Manners(pause=0.0, largest=1_000), world).get("http://paper.example/a")
    except NotFetched as error:
        said = str(error)
    else:
        said = page.kind
        assert 0 < len(page.body) <= 1_000
        assert page.status == 200
        assert page.charset is None or page.charset.isascii()
    assert said
    assert said.isprintable()


FEED = Page(
    url="http://paper.example/rss",
    final="http://paper.example/rss",
    status=200,
    fetched="2026-02-13T12:00:00Z",
    kind="text/xml",
    charset=None,
    headers=(),
    body=b"",
)
PARTS = st.lists(
    st.sampled_from(
        """<rss version="2.0"> <channel> <item> <title>x</title> <link>/a</link> <link>http://[</link> <guid>1</guid>
        <source url="x">y</source> <feed xmlns="http://www.w3.org/2005/Atom"> <entry> <link href="//b"/> <id>tag:b</id>
        </entry> </feed> </item> </channel> </rss> <![CDATA[ ]]> &amp; &#0; &#xD800;
        {"items": [{"url": "/c"}]}""".split()
    )
    | st.text(max_size=6),
    max_size=14,
).map(" ".join)


@given(PARTS, st.booleans())
def test_any_feed(text: str, pages: bool) -> None:
    """Arbitrary bytes as a feed are items or one line."""
    assert FEED.kind in FEED_KINDS
    try:
        items = items_of(replace(FEED, body=text.encode("utf-8", "replace")), pages=pages)
    except InputError:
        return
    for item in items:
        assert len(item.key) == 16
