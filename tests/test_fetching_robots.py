"""robots.txt: read as RFC 9309 has it, asked for first, believed whatever it answers with."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.fetching.answers import NotFetched
from headwater.fetching.client import Client, Manners
from headwater.fetching.robots import LARGEST, Robots, parse
from unruly import RESET, Internet, Reply, Request, Unruly, redirect, reply, unruly

HERE = "http://paper.example"
QUICK = Manners(pause=0.0, timeout=20.0, tries=1)

RULES: dict[str, tuple[str, list[str], list[str]]] = {
    "empty": ("", ["/", "/a"], []),
    "all-closed": ("User-agent: *\nDisallow: /", ["/robots.txt"], ["/", "/a"]),
    "all-open": ("User-agent: *\nDisallow:", ["/", "/a"], []),
    "path": ("User-agent: *\nDisallow: /private", ["/", "/Private"], ["/private", "/private/a", "/privateer"]),
    "longest-wins": ("User-agent: *\nDisallow: /a\nAllow: /a/b", ["/a/b", "/a/bc"], ["/a", "/a/c"]),
    "longest-wins-turned": ("User-agent: *\nAllow: /a/b\nDisallow: /a", ["/a/b"], ["/a", "/a/c"]),
    "tie-allows": ("User-agent: *\nDisallow: /a\nAllow: /a", ["/a"], []),
    "tie-allows-turned": ("User-agent: *\nAllow: /a\nDisallow: /a", ["/a"], []),
    "star": ("User-agent: *\nDisallow: /*.php", ["/a", "/php"], ["/a.php", "/a/b.php?c", "/.php"]),
    "end": ("User-agent: *\nDisallow: /a$", ["/ab", "/a/"], ["/a"]),
    "star-end": ("User-agent: *\nDisallow: /*.gif$", ["/a.gif?b", "/gif"], ["/a.gif", "/a.gif.gif"]),
    "stars": ("User-agent: *\nDisallow: /a*b*c", ["/acb", "/ab"], ["/abc", "/aXbYc/d"]),
    "star-overlap": ("User-agent: *\nDisallow: /ab*ba$", ["/aba"], ["/abba", "/abxba"]),
    "query": ("User-agent: *\nDisallow: /*?print", ["/a"], ["/a?print=1"]),
    "encoded-rule": ("User-agent: *\nDisallow: /%61b", ["/b"], ["/ab"]),
    "encoded-path": ("User-agent: *\nDisallow: /ab", ["/b"], ["/%61b"]),
    "not-ascii": ("User-agent: *\nDisallow: /ä", ["/a"], ["/%C3%A4", "/%c3%a4b"]),
    "encoded-slash": ("User-agent: *\nDisallow: /a%2Fb", ["/a/b"], ["/a%2Fb", "/a%2fb"]),
    "ours": ("User-agent: headwater\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", ["/b"], ["/a"]),
    "ours-case": ("USER-AGENT: HeadWater/2.0 (+x)\nDISALLOW: /a", ["/b"], ["/a"]),
    "ours-open": ("User-agent: *\nDisallow: /\n\nUser-agent: headwater\nAllow: /", ["/a"], []),
    "ours-twice": (
        "User-agent: headwater\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: headwater\nDisallow: /b",
        ["/c"], ["/a", "/b"],
    ),
    "ours-among-others": ("User-agent: x\nUser-agent: headwater\nUser-agent: y\nDisallow: /a", ["/b"], ["/a"]),
    "another": ("User-agent: headwaterbot\nDisallow: /", ["/a"], []),
    "shorter": ("User-agent: head\nDisallow: /", ["/a"], []),
    "no-group": ("Disallow: /", ["/a"], []),
    "comments": ("# x\nUser-agent: * # all\nDisallow: /a # no\n#Disallow: /b", ["/b"], ["/a"]),
    "spaces": ("  user-agent :  *  \n\t disallow\t:\t/a  ", ["/b"], ["/a"]),
    "line-ends": ("User-agent: *\rDisallow: /a\r\nDisallow: /b\n", ["/c"], ["/a", "/b"]),
    "other-lines": ("User-agent: *\nSitemap: https://x\nNoise\nDisallow: /a", ["/b"], ["/a"]),
    "mark": ("\ufeffUser-agent: *\nDisallow: /a", ["/b"], ["/a"]),
    "page": ("<!doctype html><p>User-agent: x</p>", ["/a"], []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "allowed", "closed"), RULES.values(), ids=RULES.keys())
def test_rules(text: str, allowed: list[str], closed: list[str]) -> None:
    """Groups, the longest match, wildcards and encodings, as the RFC has them."""
    robots = parse(text.encode(), "headwater")
    assert [path for path in allowed if not robots.allows(path)] == []
    assert [path for path in closed if robots.allows(path)] == []


DELAYS = {
    "none": ("User-agent: *\nDisallow: /a", None),
    "whole": ("User-agent: *\nCrawl-delay: 10", 10.0),
    "part": ("User-agent: *\nCrawl-delay: 0.25", 0.25),
    "ours": ("User-agent: headwater\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 9", 3.0),
    "word": ("User-agent: *\nCrawl-delay: long", None),
    "negative": ("User-agent: *\nCrawl-delay: -1", None),
    "infinite": ("User-agent: *\nCrawl-delay: inf", None),
    "digits-elsewhere": ("User-agent: *\nCrawl-delay: ٣", None),
}


@pytest.mark.parametrize(("text", "delay"), DELAYS.values(), ids=DELAYS.keys())
def test_delays(text: str, delay: float | None) -> None:
    """``Crawl-delay`` in seconds, for whom the group is."""
    assert parse(text.encode(), "headwater").delay == delay


def test_a_robots_txt_made_to_take_long() -> None:
    """Many stars and many rules cost no more than their length; what is beyond the limit is not read."""
    stars = b"User-agent: *\n" + b"Disallow: /" + b"a*" * 20_000 + b"b$\n"
    began = time.monotonic()
    assert parse(stars, "headwater").allows("/" + "a" * 8_000)
    assert parse(b"User-agent: *\n" + b"Disallow: /x\n" * 200_000, "headwater").rules == ((False, "/x"),)
    assert time.monotonic() - began < 3
    assert parse(b"#" * LARGEST + b"\nUser-agent: *\nDisallow: /", "headwater") == Robots()


@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda t: f"User-agent: *\nDisallow: {t}".encode(errors="replace")),
    st.text(max_size=40),
)
def test_any_bytes(data: bytes, path: str) -> None:
    """Anything at all is read as rules, and a rule for all holds for each path."""
    parse(data, "headwater").allows(f"/{path}")
    assert not parse(data + b"\nUser-agent: headwater\nDisallow: /", "headwater").allows(f"/{path}") or b"llow" in data


# As it is asked for


@pytest.fixture
def server() -> Iterator[Unruly]:
    """A server with one page."""
    with unruly({"/a": reply(), "/b": reply()}) as running:
        yield running


CLOSED = reply(b"User-agent: *\nDisallow: /a\n", kind="text/plain")


def test_asked_first_and_once(server: Unruly) -> None:
    """It is asked for before anything else, once a day for each site; what it closes is not asked for."""
    server.pages["/robots.txt"] = CLOSED
    internet = Internet(server)
    client = Client(QUICK, internet.world())
    for _ in range(2):
        with pytest.raises(
            NotFetched, match=r"the robots\.txt of paper\.example asks crawlers to leave this page alone"
        ):
            client.get(f"{HERE}/a")
    client.get(f"{HERE}/b")
    assert [r.path for r in server.asked] == ["/robots.txt", "/b"]
    client.get("http://other.example/b")
    client.get(f"{HERE}:8080/b")
    assert [r.path for r in server.asked].count("/robots.txt") == 3
    internet.wait(25 * 3600)
    client.get(f"{HERE}/b")
    assert [r.path for r in server.asked].count("/robots.txt") == 4


OPEN: dict[str, Reply] = {
    "not-there": reply(b"", 404),
    "forbidden": reply(b"", 403),
    "unauthorised": reply(b"", 401),
    "gone": reply(b"", 410),
    "empty": reply(b"", kind=None),
    "circle": redirect("/robots.txt"),
    "redirect-inside": redirect("http://127.0.0.1/robots.txt"),
    "redirect-file": redirect("file:///etc/passwd"),
    "page": reply(),
}


@pytest.mark.parametrize("said", OPEN.values(), ids=OPEN.keys())
def test_what_leaves_a_site_open(server: Unruly, said: Reply) -> None:
    """RFC 9309, 2.3.1.3: a site whose robots.txt is unavailable asks for nothing."""
    server.pages["/robots.txt"] = said
    if said == OPEN["redirect-inside"]:
        with pytest.raises(NotFetched, match="loopback"):
            Client(QUICK, Internet(server).world()).get(f"{HERE}/a")
    else:
        assert Client(QUICK, Internet(server).world()).get(f"{HERE}/a").status == 200


def endless(request: Request) -> Iterator[bytes]:
    """Rules without end: those at the beginning hold."""
    yield b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /a\n"
    while True:
        yield b"# and so on\n" * 5_000


SHUT: dict[str, Reply] = {
    "trouble": reply(b"", 500),
    "busy": reply(b"", 503, retry_after="3600"),
    "requests": reply(b"", 429),
    "reset": [RESET],
    "hung-up": b"",
}


@pytest.mark.parametrize("said", SHUT.values(), ids=SHUT.keys())
def test_what_shuts_a_site(server: Unruly, said: Reply) -> None:
    """RFC 9309, 2.3.1.4: where it cannot be reached nothing else is asked for; a clear line says so."""
    server.pages["/robots.txt"] = said
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        Client(QUICK, Internet(server).world()).get(f"{HERE}/a")
    assert server.paths() == []


def test_endless_rules(server: Unruly) -> None:
    """The beginning of a robots.txt without end holds."""
    server.pages["/robots.txt"] = endless
    client = Client(QUICK, Internet(server).world())
    with pytest.raises(NotFetched, match="asks crawlers"):
        client.get(f"{HERE}/a")
    assert client.get(f"{HERE}/b").status == 200


def test_a_redirect_is_asked_for_at_its_own_site(server: Unruly) -> None:
    """A redirect to a page that its site closes is not followed."""
    server.pages |= {"/b": redirect("http://shut.example/a"), "/robots.txt": lambda request: (
        CLOSED if request.headers["host"] == "shut.example" else reply(b"", 404))}  # fmt: skip
    with pytest.raises(NotFetched, match="asks crawlers"):
        Client(QUICK, Internet(server).world()).get(f"{HERE}/b")
    assert server.paths() == ["/b"]


def test_a_robots_txt_that_redirects(server: Unruly) -> None:
    """Up to five redirects lead to the rules (RFC 9309, 2.3.1.2), elsewhere too."""
    server.pages |= {
        "/robots.txt": lambda r: redirect("//other.example/r1") if r.headers["host"] == "paper.example" else CLOSED,
        "/r1": redirect("/r2"),
        "/r2": redirect("/r3"),
        "/r3": CLOSED,
    }
    with pytest.raises(NotFetched, match="asks crawlers"):
        Client(QUICK, Internet(server).world()).get(f"{HERE}/a")
