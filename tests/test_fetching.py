"""Pages fetched from a server that misbehaves: what is polite, refused, cut off, tried again."""

import gzip
import itertools
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpcore
import pytest

from headwater.errors import InputError
from headwater.fetching import wire
from headwater.fetching.addresses import parse
from headwater.fetching.answers import Answer, NotFetched
from headwater.fetching.client import AGENT, Client, Manners, Page
from headwater.fetching.many import fetched
from headwater.model import Failure
from unruly import NOON, PAGE, RESET, Handler, Internet, Reply, Request, Unruly, redirect, reply, unruly

HERE = "http://paper.example"
QUICK = Manners(pause=0.0, timeout=20.0, largest=300_000)
Pages = dict[str, Reply | Handler]


@pytest.fixture
def server() -> Iterator[Unruly]:
    """A server without a page."""
    with unruly() as running:
        yield running


def got(server: Unruly, path: str = "/a", manners: Manners = QUICK, **options: str) -> Page:
    """The page, by a client that is new to the world."""
    return Client(manners, Internet(server).world()).get(HERE + path, **options)  # type: ignore[arg-type]


def why(server: Unruly, path: str = "/a", manners: Manners = QUICK, internet: Internet | None = None) -> str:
    """Why the page could not be had."""
    with pytest.raises(NotFetched) as caught:
        Client(manners, (internet or Internet(server)).world()).get(HERE + path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_as_it_came(server: Unruly) -> None:
    """Bytes, address, time, kind, charset and headers are kept; no cookie, and the request says who asks."""
    body = "<p>Ilse Vantongeren sagte: „Ähm“.</p>".encode("utf-16")
    server.pages["/a?b=c"] = reply(body, kind='Text/HTML; Charset="UTF-16"', set_cookie="id=1", etag='"x"')
    page = got(server, "/a?b=c#d")
    assert (page.body, page.kind, page.charset, page.status) == (body, "text/html", "utf-16", 200)
    assert (page.url, page.final) == (f"{HERE}/a?b=c#d", f"{HERE}/a?b=c")
    assert page.fetched == "2026-02-13T12:00:00Z"
    assert page.header("etag") == '"x"'
    robots, asked = server.asked
    assert robots.path == "/robots.txt"
    assert asked.headers["user-agent"] == AGENT
    assert asked.headers["host"] == "paper.example"
    assert not {"cookie", "referer", "authorization"} & asked.headers.keys()


def test_cookies_are_not_kept(server: Unruly) -> None:
    """A server that sets a cookie and sends elsewhere meets a stranger there."""
    server.pages |= {"/a": reply(b"", 302, location="/b", set_cookie="id=1"), "/b": reply()}
    got(server)
    assert "cookie" not in server.asked[-1].headers


# Where requests go


INSIDE = {
    "loopback": ["127.0.0.1"],
    "loopback-6": ["::1"],
    "private": ["10.1.2.3"],
    "link-local": ["169.254.7.7"],
    "metadata": ["169.254.169.254"],
    "azure": ["168.63.129.16"],
    "nat": ["100.64.3.2"],
    "mapped": ["::ffff:10.0.0.1"],
    "nat64": ["64:ff9b::a00:1"],
    "one-of-two": ["9.9.9.9", "10.0.0.1"],
    "unspecified": ["0.0.0.0"],
    "multicast": ["224.0.0.1"],
    "6to4": ["2002:a00:1::"],
}


@pytest.mark.parametrize("machines", INSIDE.values(), ids=INSIDE.keys())
def test_a_name_that_leads_inside(server: Unruly, machines: list[str]) -> None:
    """A name whose machines, or one of them, are not public is refused after resolution: nothing is connected to."""
    server.pages["/a"] = reply()
    internet = Internet(server, {"paper.example": machines})
    assert "from which nothing is fetched" in why(server, internet=internet)
    assert internet.connected == []
    assert server.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:127.0.0.1]"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_that_leads_inside(server: Unruly, host: str, status: int) -> None:
    """After every redirect the machine is looked at again."""
    server.pages |= {"/a": redirect(f"http://{host}/latest/meta-data/", status), "/latest/meta-data/": reply(b"keys")}
    internet = Internet(server)
    assert "from which nothing is fetched" in why(server, internet=internet)
    assert set(internet.connected) == {"9.9.9.9"}
    assert server.paths() == ["/a"]


def test_a_redirect_to_a_name_that_leads_inside(server: Unruly) -> None:
    """A harmless name behind a redirect is looked at as well, at the third hop too."""
    server.pages |= {"/a": redirect("/b"), "/b": redirect("http://inside.example/c"), "/c": reply()}
    assert "inside.example (10.0.0.9) is a private address" in why(
        server, internet=Internet(server, {"inside.example": ["10.0.0.9"]})
    )
    assert server.paths() == ["/a", "/b"]


def test_a_name_that_changes_its_mind(server: Unruly) -> None:
    """A name is resolved once for a connection, and that machine is connected to; a second answer is looked at anew."""
    server.pages |= {"/a": reply(), "/b": reply()}
    internet = Internet(server)
    answers = iter([["9.9.9.9"], ["9.9.9.8"], ["127.0.0.1"]])
    client = Client(QUICK, replace(internet.world(), resolve=lambda host, port: next(answers)))
    client.get(f"{HERE}/a")
    with pytest.raises(NotFetched, match="loopback"):
        client.get(f"{HERE}/b")
    assert internet.connected == ["9.9.9.9", "9.9.9.8"]


def test_the_machine_connected_to_is_the_one_that_was_checked(monkeypatch: pytest.MonkeyPatch, server: Unruly) -> None:
    """A connection that another machine has taken is closed unread."""
    stream = httpcore.SyncBackend().connect_tcp("127.0.0.1", server.port)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda *_, **__: stream)
    with pytest.raises(NotFetched, match=r"taken by 127\.0\.0\.1"):
        wire.dial("9.9.9.9", 80, 1.0)
    with pytest.raises(OSError, match="Bad file descriptor"):
        stream.get_extra_info("socket").getpeername()


def test_own_network_when_the_user_allows_it(server: Unruly) -> None:
    """With leave, this machine is fetched from, through the real resolver and a real connection."""
    server.pages["/a"] = reply()
    page = Client(replace(QUICK, allow_private=True)).get(f"http://localhost:{server.port}/a")
    assert page.body == PAGE
    with pytest.raises(NotFetched, match="loopback"):
        Client(QUICK).get(f"http://localhost:{server.port}/a")


def test_never_fetched_even_with_leave(server: Unruly) -> None:
    """No leave opens what is no machine."""
    internet = Internet(server, {"paper.example": ["0.0.0.0"]})
    said = why(server, manners=replace(QUICK, allow_private=True), internet=internet)
    assert "unspecified" in said
    assert "--allow-private" not in said


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"])
def test_proxies_are_left_alone(server: Unruly, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A proxy would resolve names by itself, so none is used, whatever the environment says."""
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.pages["/a"] = reply()
    assert got(server).body == PAGE


#: Made for these tests, for paper.example alone, with its key; nothing relies on it.
CERTIFICATE = Path(__file__).with_name("paper_example.pem")


@pytest.mark.parametrize("relied_on", [False, True])
def test_tls_by_name(monkeypatch: pytest.MonkeyPatch, relied_on: bool) -> None:
    """The connection goes to a checked address, the certificate must be one for the name, from someone relied on."""
    if relied_on:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    wire._tls.cache_clear()
    try:
        with unruly({"/a": reply()}, certificate=CERTIFICATE) as server:
            client = Client(replace(QUICK, tries=1), Internet(server).world())
            if relied_on:
                assert client.get("https://paper.example/a").body == PAGE
                server.pages["/b"] = drip(HEAD + b"\r\n", b"x")
                with pytest.raises(NotFetched, match="in time"):
                    Client(replace(QUICK, tries=1, timeout=1.0), Internet(server).world()).get(
                        "https://paper.example/b"
                    )
            else:
                with pytest.raises(NotFetched, match="certificate cannot be relied on"):
                    client.get("https://paper.example/a")
            with pytest.raises(NotFetched, match="certificate cannot be relied on"):
                client.get("https://other.example/a")
    finally:
        wire._tls.cache_clear()


# Redirects


def test_redirects_are_followed(server: Unruly) -> None:
    """Ten redirects of all kinds lead to the page; the address that answered is said."""
    statuses = itertools.cycle([301, 302, 303, 307, 308])
    for number in range(10):
        server.pages[f"/{number}"] = redirect(f"/{number + 1}", next(statuses))
    server.pages["/10"] = reply()
    assert got(server, "/0").final == f"{HERE}/10"
    server.pages |= {"/10": redirect("/11"), "/11": reply()}
    assert why(server, "/0") == "redirects more than 10 times"


ELSEWHERE = {
    "itself": (redirect("/a"), "in a circle"),
    "file": (redirect("file:///etc/passwd"), "only http and https"),
    "password": (redirect("http://me:secret@paper.example/"), "user name or password"),
    "decimal": (redirect("http://2130706433/"), "as one number"),
    "nowhere": (reply(b"", 302), "without saying where"),
    "garbage": (redirect("https://["), "cannot be read"),
    "unknown-host": (redirect("http://there.invalid/"), "there is no there.invalid"),
    "multiple-choices": (reply(b"", 300, location="/b"), "status 300"),
    "use-proxy": (reply(b"", 305, location="http://10.0.0.1/"), "status 305"),
}


@pytest.mark.parametrize(("said", "reason"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_redirects_that_are_not_followed(server: Unruly, said: bytes, reason: str) -> None:
    """Circles, other schemes and what is no address end in a line."""
    server.pages["/a"] = said
    assert reason in why(server)
    assert server.paths() == ["/a"]


def test_a_longer_circle(server: Unruly) -> None:
    """A circle through other pages is noticed at its end."""
    server.pages |= {"/a": redirect("/b"), "/b": redirect(f"{HERE}/c"), "/c": redirect("//paper.example/a#x")}
    assert "in a circle" in why(server)


def test_from_https_to_http(server: Unruly) -> None:
    """A page asked for over https is not taken over http; nothing is asked of the other address."""
    client = Client(QUICK, Internet(server).world())
    address = parse("https://paper.example/a")
    answer = Answer(302, (("location", "http://other.example/b"),))
    with pytest.raises(NotFetched, match=r"from https to http, .* give http://other\.example/b itself"):
        client._next(address, answer)
    assert str(client._next(address, Answer(302, (("location", "/b"),)))) == "https://paper.example/b"


# Bodies


def gzip_members(number: int) -> bytes:
    """Many small packed files, one after the other, as one body."""
    return gzip.compress(PAGE) * number


def drip(first: bytes, piece: bytes, seconds: float = 0.05) -> Callable[[Request], Iterator[bytes]]:
    """An answer that goes on and on, a little at a time."""

    def said(request: Request) -> Iterator[bytes]:
        yield first
        while True:
            yield piece
            time.sleep(seconds)

    return said


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ZEROS = bytes(5_000_000)
BAD: dict[str, tuple[Reply | Handler, str]] = {
    "bomb-gzip": (lambda _: reply(gzip.compress(ZEROS), content_encoding="gzip"), "larger than 0.3 MB"),
    "bomb-deflate": (lambda _: reply(zlib.compress(ZEROS), content_encoding="deflate"), "larger than 0.3 MB"),
    "bomb-raw-deflate": (
        lambda _: reply(zlib.compress(ZEROS, wbits=-15), content_encoding="deflate"),
        "larger than 0.3 MB",
    ),
    "packed-twice": (reply(gzip.compress(gzip.compress(PAGE)), content_encoding="gzip, gzip"), "which was not asked"),
    "brotli": (reply(b"\x0b\x02\x80abc\x03", content_encoding="br"), "packed as br, which was not asked for"),
    "not-gzip": (reply(PAGE, content_encoding="gzip"), "cannot be undone"),
    "gzip-cut": (reply(gzip.compress(PAGE * 9)[:60], content_encoding="gzip"), "ends in the middle"),
    "gzip-nothing": (reply(gzip.compress(b""), content_encoding="gzip"), "is empty"),
    "said-too-large": (HEAD + b"Content-Length: 999999999999\r\n\r\nx", "larger than 0.3 MB"),
    "said-absurd": (HEAD + b"Content-Length: " + b"9" * 19 + b"\r\n\r\nx", "larger than 0.3 MB"),
    "endless": (drip(HEAD + b"\r\n", b"x" * 50_000, 0), "larger than 0.3 MB"),
    "endless-chunked": (
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"c350\r\n" + b"x" * 50_000 + b"\r\n", 0),
        "larger than 0.3 MB",
    ),
    "endless-padding": (
        drip(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE), bytes(50_000), 0),
        "larger than 0.3 MB",
    ),
    "drip": (drip(HEAD + b"\r\n", b"x"), "in time"),
    "drip-head": (drip(b"HTTP/1.1 200 OK\r\n", b"X"), "in time"),
    "drip-continue": (drip(b"", b"HTTP/1.1 103 Early\r\n\r\n"), "in time"),
    "silence": (drip(b"", b"", 0.1), "in time"),
    "huge-headers": (drip(b"HTTP/1.1 200 OK\r\n", b"X-Y: " + b"z" * 9_000 + b"\r\n", 0), "headers without end"),
    "huge-header": (drip(b"HTTP/1.1 200 OK\r\nX: ", b"z" * 9_000, 0), "headers without end"),
    "too-short": (reply(PAGE, content_length="9999"), "ends in the middle"),
    "reset": ([reply(PAGE, content_length="9999"), RESET], "broke off"),
    "reset-at-once": ([RESET], "broke off"),
    "hung-up": (b"", "hung up without an answer"),
    "not-http": (b"220 mail.example ESMTP\r\n\r\n", "does not speak HTTP"),
    "bad-chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx", "does not speak HTTP"),
    "two-lengths": (HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "does not speak HTTP"),
    "picture": (reply(b"\x89PNG", kind="image/png"), "is image/png, not a page"),
    "film": (drip(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"x"), "is video/mp4, not a page"),
    "archive": (reply(b"PK", kind="application/zip"), "is application/zip, not a page"),
    "program": (reply(b"MZ", kind="application/octet-stream"), "is application/octet-stream"),
    "empty": (reply(b""), "is empty"),
    "blank": (reply(b" \n\t "), "is empty"),
    "no-content": (reply(b"", 204), "status 204"),
    "partial": (reply(b"x", 206), "status 206"),
    "not-modified-unasked": (reply(b"", 304), "status 304"),
    "upgrade": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "does not speak HTTP"),
    "forbidden": (reply(b"", 403), "refuses it (403)"),
    "gone": (reply(b"", 410), "no such page (410)"),
}


@pytest.mark.parametrize(("said", "reason"), BAD.values(), ids=BAD.keys())
def test_what_is_cut_off(server: Unruly, said: Reply | Handler, reason: str) -> None:
    """A body, head or connection that does harm ends in one line, within the time that a page may take."""
    server.pages["/a"] = said
    began = time.monotonic()
    timeout = 0.6 if reason == "in time" else QUICK.timeout
    assert reason in why(server, manners=replace(QUICK, tries=1, timeout=timeout))
    assert time.monotonic() - began < QUICK.timeout


def test_a_bomb_within_the_size(server: Unruly) -> None:
    """What unpacks to far more than it is packed is no page, even where it would not be too large."""
    server.pages["/a"] = reply(gzip.compress(bytes(5_000_000)), content_encoding="gzip")
    assert "more than 200 times its size" in why(server, manners=replace(QUICK, largest=20_000_000))


GOOD: dict[str, tuple[Reply, bytes]] = {
    "gzip": (reply(gzip.compress(PAGE), content_encoding="gzip"), PAGE),
    "gzip-upper": (reply(gzip.compress(PAGE), content_encoding="GZIP"), PAGE),
    "gzip-members": (reply(gzip_members(7), content_encoding="gzip"), PAGE * 7),
    "gzip-padding": (reply(gzip.compress(PAGE) + bytes(9), content_encoding="x-gzip"), PAGE),
    "gzip-repetitive": (reply(gzip.compress(PAGE * 1_500), content_encoding="gzip"), PAGE * 1_500),
    "deflate": (reply(zlib.compress(PAGE), content_encoding="deflate"), PAGE),
    "raw-deflate": (reply(zlib.compress(PAGE, wbits=-15), content_encoding="deflate"), PAGE),
    "identity": (reply(PAGE, content_encoding="identity"), PAGE),
    "no-length": (HEAD + b"\r\n" + PAGE, PAGE),
    "chunked": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
    "http-1.0": (b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, PAGE),
    "early-hints": (b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + reply(), PAGE),
    "in-pieces": ([reply()[:9], reply()[9:70], reply()[70:]], PAGE),
    "largest": (reply(b"x" * 300_000), b"x" * 300_000),
    "two-of-a-name": (HEAD + b"X: 1\r\nX: 2\r\nY: \xff\xe4\r\nContent-Length: 1\r\n\r\nx", b"x"),
}


@pytest.mark.parametrize(("said", "body"), GOOD.values(), ids=GOOD.keys())
def test_what_is_read(server: Unruly, said: Reply, body: bytes) -> None:
    """What is odd but whole is read, byte for byte."""
    server.pages["/a"] = said
    assert got(server).body == body


KINDS_SAID = {
    "none-page": (None, PAGE, "text/html"),
    "none-text": (None, b"Plain words.", "text/plain"),
    "none-pdf": (None, b"%PDF-1.7 x", "application/pdf"),
    "pdf": ("application/pdf", b"%PDF-1.7 x", "application/pdf"),
    "odd-case": ("TEXT/Html;charset=x", PAGE, "text/html"),
    "feed": ("application/rss+xml", b"<rss/>", "application/rss+xml"),
}


@pytest.mark.parametrize(("said", "body", "kind"), KINDS_SAID.values(), ids=KINDS_SAID.keys())
def test_kind_of_a_page(server: Unruly, said: str | None, body: bytes, kind: str) -> None:
    """The kind is what the server says, and guessed from the first bytes where it says nothing."""
    server.pages["/a"] = reply(body, kind=said)
    assert got(server).kind == kind


# Patience


def test_a_server_in_trouble_is_asked_again(server: Unruly) -> None:
    """500, 502, then the page: later each time, with some chance in it."""
    replies = [reply(b"", 500), reply(b"", 502), reply()]
    server.pages["/a"] = lambda request: replies[request.before]
    internet = Internet(server)
    assert Client(QUICK, internet.world()).get(f"{HERE}/a").body == PAGE
    assert internet.waits == [1.0, 2.0]


AGAIN: dict[str, Reply] = {
    "reset": [reply(PAGE, content_length="9999"), RESET],
    "short": reply(PAGE, content_length="9999"),
    "hung-up": b"",
    "busy": reply(b"", 503),
    "timeout": reply(b"", 504),
    "requests": reply(b"", 429),
}


@pytest.mark.parametrize("first", AGAIN.values(), ids=AGAIN.keys())
def test_what_is_tried_again(server: Unruly, first: Reply) -> None:
    """What may pass is tried again, three times at most."""
    server.pages["/a"] = lambda request: reply() if request.before else first
    assert got(server).body == PAGE
    server.pages["/b"] = first
    why(server, "/b")
    assert server.paths().count("/b") == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501, 505])
def test_what_is_not_tried_again(server: Unruly, status: int) -> None:
    """A clear no is taken at once."""
    server.pages["/a"] = reply(b"", status)
    assert f"{status}" in why(server)
    assert server.paths() == ["/a"]


RETRY_AFTER = {
    "seconds": ("7", 7.0),
    "date": ("Fri, 13 Feb 2026 12:00:09 GMT", 9.0),
    "date-past": ("Fri, 13 Feb 2026 11:00:00 GMT", 1.0),
    "nonsense": ("soon", 1.0),
    "negative": ("-5", 1.0),
    "none": ("", 1.0),
}


@pytest.mark.parametrize(("said", "waits"), RETRY_AFTER.values(), ids=RETRY_AFTER.keys())
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_says_when_to_come_back(server: Unruly, said: str, waits: float, status: int) -> None:
    """``Retry-After`` is heeded, as seconds or as a date."""
    server.pages["/a"] = lambda r: reply() if r.before else reply(b"", status, retry_after=said)
    internet = Internet(server)
    assert Client(QUICK, internet.world()).get(f"{HERE}/a").body == PAGE
    assert sum(internet.waits) == pytest.approx(waits, abs=0.2)


def test_a_server_that_asks_to_wait_long(server: Unruly) -> None:
    """Nobody waits an hour for a page: the line says to run again."""
    server.pages["/a"] = reply(b"", 429, retry_after="3600")
    assert "come back in 3,600 seconds" in why(server)
    assert server.paths() == ["/a"]


def test_time_is_counted_over_redirects(server: Unruly) -> None:
    """A chain of slow redirects ends when the page's time does."""
    for number in range(9):

        def slow(request: Request, number: int = number) -> Iterator[bytes]:
            time.sleep(0.2)
            yield redirect(f"/{number + 1}")

        server.pages[f"/{number}"] = slow
    assert "in time" in why(server, "/0", replace(QUICK, timeout=0.5, tries=1))
    assert len(server.paths()) <= 4


def test_a_name_server_that_does_not_answer(server: Unruly) -> None:
    """The time that a page may take counts from its name on."""

    def silent(host: str, port: int) -> list[str]:
        time.sleep(3)
        return []

    client = Client(replace(QUICK, timeout=0.2, tries=1), replace(Internet(server).world(), resolve=silent))
    began = time.monotonic()
    with pytest.raises(NotFetched, match="in time"):
        client.get(f"{HERE}/a")
    assert time.monotonic() - began < 2


NAMES = {
    "unknown": (socket.gaierror(socket.EAI_NONAME, "no"), "there is no paper.example"),
    "no-network": (socket.gaierror(socket.EAI_AGAIN, "no"), "is there a network"),
    "not-a-name": (UnicodeError("no"), "there is no paper.example"),
    "no-machine": (None, "there is no paper.example"),
}


@pytest.mark.parametrize(("error", "reason"), NAMES.values(), ids=NAMES.keys())
def test_names_without_machines(server: Unruly, error: Exception | None, reason: str) -> None:
    """A name that leads nowhere is said to."""

    def resolve(host: str, port: int) -> list[str]:
        if error is not None:
            raise error
        return []

    with pytest.raises(NotFetched, match=reason):
        Client(QUICK, replace(Internet(server).world(), resolve=resolve)).get(f"{HERE}/a")


def test_a_machine_that_does_not_answer(server: Unruly) -> None:
    """Of several machines of a name the next is tried; where none answers that is said."""
    server.pages["/a"] = reply()
    internet = Internet(server, {"paper.example": ["9.9.9.1", "9.9.9.2"]})

    def dial(ip: str, port: int, timeout: float) -> httpcore.NetworkStream:
        if ip == "9.9.9.1":
            raise httpcore.ConnectError("refused")
        return internet.dial(ip, port, timeout)

    assert Client(QUICK, replace(internet.world(), dial=dial)).get(f"{HERE}/a").body == PAGE
    internet.names = {"paper.example": ["9.9.9.1"]}
    with pytest.raises(NotFetched, match="cannot be reached"):
        Client(QUICK, replace(internet.world(), dial=dial)).get(f"{HERE}/a")


# Manners


def test_a_pause_between_requests_to_one_host(server: Unruly) -> None:
    """Between two requests to one host the pause passes, redirects counted; the other host is not kept waiting."""
    server.pages |= {"/a": redirect("/b"), "/b": reply()}
    internet = Internet(server)
    client = Client(replace(QUICK, pause=2.0), internet.world())
    client.get(f"{HERE}/a")
    client.get("http://other.example/b")
    assert internet.waits == pytest.approx([2.0], abs=0.2)
    client.get(f"{HERE}/b")
    assert internet.waits == pytest.approx([2.0, 2.0], abs=0.2)


def test_a_longer_pause_where_the_site_asks_for_it(server: Unruly) -> None:
    """``Crawl-delay`` is heeded up to a minute."""
    server.pages |= {"/a": reply(), "/b": reply()}
    for said, waits in (("5", 5.0), ("0.5", 1.0), ("900", 60.0)):
        server.pages["/robots.txt"] = reply(f"User-agent: *\nCrawl-delay: {said}\n".encode(), kind="text/plain")
        internet = Internet(server)
        client = Client(replace(QUICK, pause=1.0), internet.world())
        client.get(f"{HERE}/a")
        client.get(f"{HERE}/b")
        assert internet.waits == pytest.approx([waits], abs=0.2)


def test_what_is_unchanged_is_not_sent_again(server: Unruly) -> None:
    """The tag and the date go with the question; 304 brings no body, an answer to another question is no page."""

    def said(request: Request) -> bytes:
        known = request.headers.get("if-none-match") == '"v1"' and "if-modified-since" in request.headers
        return reply(b"", 304) if known else reply(etag='"v1"')

    server.pages["/a"] = said
    page = got(server)
    again = got(server, etag=page.header("etag") or "", modified="Fri, 13 Feb 2026 11:00:00 GMT")
    assert (again.status, again.body) == (304, b"")
    assert got(server, etag='"v0"\r\nX: y').status == 200


@pytest.mark.parametrize("agent", ["", " x", "x\r\ny: z", "ä", "x" * 400])
def test_a_name_that_cannot_be_sent(agent: str) -> None:
    """What would spoil the head of a request is no name."""
    with pytest.raises(InputError, match="user agent"):
        Client(Manners(agent=agent))


# Many pages


def test_hosts_are_asked_at_the_same_time(server: Unruly) -> None:
    """Pages of one host come one after the other, those of another host meanwhile; each address is asked for once."""
    running: list[str] = []
    most: dict[str, int] = {}

    def said(request: Request) -> Iterator[bytes]:
        host = request.headers["host"]
        running.append(host)
        most[host] = max(most.get(host, 0), running.count(host))
        most["all"] = max(most.get("all", 0), len(running))
        time.sleep(0.05)
        running.remove(host)
        yield reply()

    server.pages |= {f"/{n}": said for n in range(4)}
    urls = [f"http://{host}.example/{n}" for host in "abc" for n in range(4)]
    results = list(fetched([*urls, *urls, "HTTP://a.example:80/0#x"], Client(QUICK, Internet(server).world())))
    assert sorted(r.url for r in results if isinstance(r, Page)) == urls
    assert len(server.paths()) == len(urls)
    assert most.pop("all") > 1
    assert set(most.values()) == {1}


def test_failures_among_pages(server: Unruly) -> None:
    """What cannot be had is one failure with its address; the rest comes."""
    server.pages["/a"] = reply()
    urls = [f"{HERE}/a", f"{HERE}/none", "ftp://x.example/", "http://there.invalid/"]
    results = list(fetched(urls, Client(QUICK, Internet(server).world())))
    assert [r.url for r in results if isinstance(r, Page)] == urls[:1]
    assert sorted(r.where for r in results if isinstance(r, Failure)) == sorted(urls[1:])


def test_a_fault_of_our_own_among_pages(server: Unruly) -> None:
    """Whatever goes wrong with one page, the others come."""
    server.pages["/a"] = reply()
    internet = Internet(server)

    def dial(ip: str, port: int, timeout: float) -> httpcore.NetworkStream:
        if internet.resolved[-1] == "odd.example":
            raise RuntimeError("nobody thought of this")
        return internet.dial(ip, port, timeout)

    client = Client(QUICK, replace(internet.world(), dial=dial))
    results = list(fetched([f"{HERE}/a", "http://odd.example/a"], client, hosts=1))
    assert [type(result) for result in results] == [Page, Failure]
    assert "could not be fetched (RuntimeError)" in str(results[1])


def test_a_host_that_is_down_is_not_asked_for_each_page(server: Unruly) -> None:
    """What is found out of a host's trouble holds for its other pages in the same run."""
    server.pages["/robots.txt"] = reply(b"", 503)
    results = list(fetched([f"{HERE}/{n}" for n in range(20)], Client(QUICK, Internet(server).world())))
    assert len(results) == 20
    assert all(isinstance(r, Failure) for r in results)
    assert len(server.asked) == QUICK.tries


def test_someone_who_stops_early(server: Unruly) -> None:
    """Pages that nobody wants any more are not asked for."""
    server.pages |= {f"/{n}": reply() for n in range(200)}
    pages = fetched([f"{HERE}/{n}" for n in range(200)], Client(QUICK, Internet(server).world()))
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    time.sleep(0.3)
    asked = len(server.asked)
    time.sleep(0.5)
    assert len(server.asked) == asked < 100
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("headwater-fetch")] == []


def test_the_clock_of_the_world_is_used() -> None:
    """The time of a page is the caller's, in UTC."""
    with unruly({"/a": reply()}) as server:
        assert got(server).fetched == NOON.strftime("%Y-%m-%dT%H:%M:%SZ")
