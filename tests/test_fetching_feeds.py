"""Feeds followed: asked only whether they have changed, each item's page once, whatever stops a run."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from headwater import ingest
from headwater.cli import main
from headwater.errors import InputError
from headwater.fetching.client import Client, Manners
from headwater.fetching.feeds import STATE, Follower, feeds_in
from headwater.fetching.store import Store
from headwater.ingest.fetched import fetched_in, lines_in
from headwater.model import Failure
from unruly import Internet, Request, Unruly, reply, unruly

HERE = "http://paper.example"
FEED = f"{HERE}/rss"
QUICK = Manners(pause=0.0, timeout=20.0, tries=1)
STORY = "<!doctype html><html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
WORDS = "<p>The lamp at Sorrel Point failed twice in a week, harbour master Ilse Vantongeren told the Courier.</p>" * 4


def story(title: str) -> bytes:
    """A page."""
    return reply(STORY.format(title, WORDS).encode())


def rss(*names: str, source: str = "", host: str = HERE, more: str = "") -> bytes:
    """A feed with an item for each name."""
    items = "".join(
        f"<item><title>Story {name}</title><link>{host}/{name}</link><guid>tag:{name}</guid>{source}"
        f"<pubDate>Fri, 13 Feb 2026 09:0{number % 10}:00 GMT</pubDate>"
        f"<description>{WORDS.replace('<', '&lt;')}</description></item>"
        for number, name in enumerate(names)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier</title>{items}{more}</channel></rss>'
    ).encode()


def feed(*names: str, **options: str) -> bytes:
    """The feed as an answer."""
    return reply(rss(*names, **options), kind="application/rss+xml")


@pytest.fixture
def server() -> Iterator[Unruly]:
    """A server with stories a to e, and a feed of the first three."""
    with unruly({f"/{name}": story(name) for name in "abcde"}) as running:
        running.pages["/rss"] = feed("a", "b", "c")
        yield running


def follow(server: Unruly, folder: Path, *feeds: str, pages: bool = True) -> tuple[list[str], list[Failure]]:
    """One round of a run that begins anew: the files it made, sorted, and what it could not have."""
    follower = Follower(Store(folder), Client(QUICK, Internet(server).world()), pages=pages)
    results = list(follower.round(feeds or (FEED,)))
    return (
        sorted(got.path.name for got in results if got.path is not None),
        sorted((got.failure for got in results if got.failure is not None), key=lambda failure: failure.where),
    )


def test_each_item_once(server: Unruly, tmp_path: Path) -> None:
    """A round fetches what is new, in pages that are read back as articles of that feed."""
    made, failures = follow(server, tmp_path)
    assert ([name.rpartition("-")[0] for name in made], failures) == (["paper-example-" + n for n in "abc"], [])
    batch = ingest.gather(str(tmp_path))
    assert batch.failures == ()
    assert [(a.url, a.feed) for a in batch.articles] == [(f"{HERE}/{n}", "The Courier") for n in "abc"]
    assert follow(server, tmp_path) == ([], [])
    server.pages["/rss"] = feed("d", "a", "b")
    assert [name.rpartition("-")[0] for name in follow(server, tmp_path)[0]] == ["paper-example-d"]
    assert server.paths() == ["/rss", *server.paths()[1:4], "/rss", "/rss", "/d"]
    assert sorted(server.paths()[1:4]) == ["/a", "/b", "/c"]


def test_what_the_feed_says_is_kept(server: Unruly, tmp_path: Path) -> None:
    """Title, date, guid and the source that the item names stand beside the page."""
    server.pages["/rss"] = feed("a", source='<source url="https://ledger.example/rss">The Ledger</source>')
    (name,), _ = follow(server, tmp_path)
    item = next(lines_in(tmp_path))["item"]
    assert isinstance(item, dict)
    assert item == {
        "feed": FEED,
        "feed_title": "The Courier",
        "guid": "tag:a",
        "link": f"{HERE}/a",
        "published": "Fri, 13 Feb 2026 09:00:00 GMT",
        "source": "The Ledger",
        "source_url": "https://ledger.example/rss",
        "title": "Story a",
    }
    assert fetched_in(tmp_path)[name].source == "The Ledger"


def test_a_feed_is_asked_whether_it_has_changed(server: Unruly, tmp_path: Path) -> None:
    """ETag and Last-Modified are kept between runs; 304 is no news."""

    def said(request: Request) -> bytes:
        same = request.headers.get("if-none-match") == '"7"' and "13 Feb" in request.headers["if-modified-since"]
        when = "Fri, 13 Feb 2026 09:00:00 GMT"
        return reply(b"", 304) if same else reply(rss("a"), kind="text/xml", etag='"7"', last_modified=when)

    server.pages["/rss"] = said
    assert len(follow(server, tmp_path)[0]) == 1
    assert follow(server, tmp_path) == ([], [])
    assert "if-none-match" in server.asked[-1].headers


def test_a_page_that_fails_is_tried_in_later_rounds(server: Unruly, tmp_path: Path) -> None:
    """Three rounds, though the feed has not changed or has moved on; then a line says that it is given up."""
    server.pages |= {"/rss": feed("x", "a")}
    made, (failure,) = follow(server, tmp_path)
    assert len(made) == 1
    assert failure.where == f"{HERE}/x"
    server.pages["/rss"] = feed("a")
    assert len(follow(server, tmp_path)[1]) == 1
    assert follow(server, tmp_path)[1][0].why == "there is no such page (404); it is not tried again"
    assert follow(server, tmp_path) == ([], [])
    assert server.paths().count("/x") == 3


def test_a_page_that_comes_later(server: Unruly, tmp_path: Path) -> None:
    """What failed in one round comes in the next."""
    server.pages["/a"] = lambda request: reply(b"", 503) if request.before == 0 else story("a")
    assert len(follow(server, tmp_path)[1]) == 1
    assert len(follow(server, tmp_path)[0]) == 1


def test_items_of_two_feeds_that_lead_to_one_page(server: Unruly, tmp_path: Path) -> None:
    """The page is fetched once, in one round or in two."""
    server.pages |= {"/rss2": feed("a", "d"), "/rss3": feed("a", "b")}
    made, failures = follow(server, tmp_path, FEED, f"{HERE}/rss2")
    assert (len(made), failures) == (4, [])
    assert follow(server, tmp_path, f"{HERE}/rss3") == ([], [])
    assert server.paths().count("/a") == 1


def test_feeds_that_cannot_be_had(server: Unruly, tmp_path: Path) -> None:
    """Each is one line; the others go on."""
    server.pages |= {
        "/page": story("a"),
        "/text": reply(b"no feed", kind="text/plain"),
        "/bomb": reply(b'<!DOCTYPE x [<!ENTITY a "aa">]><rss>&a;</rss>', kind="text/xml"),
        "/picture": reply(b"x", kind="image/png"),
    }
    names = ["page", "text", "bomb", "picture", "none"]
    made, failures = follow(server, tmp_path, FEED, *(f"{HERE}/{name}" for name in names))
    assert len(made) == 3
    assert {f.where.rpartition("/")[2]: f.why.partition(";")[0].partition(",")[0] for f in failures} == {
        "page": "is a page",
        "text": "is no feed",
        "bomb": "declares entities of its own",
        "picture": "is image/png",
        "none": "there is no such page (404)",
    }


def test_an_empty_feed(server: Unruly, tmp_path: Path) -> None:
    """A feed without items yet is no failure."""
    server.pages["/rss"] = feed()
    assert follow(server, tmp_path) == ([], [])


HOSTILE = {
    "file": "file:///etc/passwd",
    "loopback": "http://127.0.0.1:1/a",
    "metadata": "http://169.254.169.254/latest/",
    "password": "http://me:secret@paper.example/",
    "decimal": "http://2130706433/",
}


@pytest.mark.parametrize("link", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_feed_leads_nowhere_that_a_page_could_not(server: Unruly, tmp_path: Path, link: str) -> None:
    """Links of a feed are under the rules for all addresses."""
    server.pages["/rss"] = feed(
        more=f"<item><title>x</title><link>{link}</link><description>{'w ' * 90}</description></item>"
    )
    follow(server, tmp_path)
    assert server.paths() == ["/rss"]
    assert fetched_in(tmp_path) == {}


def test_items_without_pages(server: Unruly, tmp_path: Path) -> None:
    """With --no-pages, and for items without a link, what the feed holds is kept as an article of its own."""
    made, _ = follow(server, tmp_path / "p", pages=False)
    assert server.paths() == ["/rss"]
    assert [name[-6:] for name in made] == [".jsonl"] * 3
    line = json.loads((tmp_path / "p" / made[0]).read_text())
    assert (line["url"], line["title"], line["feed"], line["guid"]) == (
        f"{HERE}/a",
        "Story a",
        "The Courier",
        "tag:a",
    )
    batch = ingest.gather(str(tmp_path / "p"))
    assert batch.failures == ()
    assert [a.url for a in batch.articles] == [f"{HERE}/{n}" for n in "abc"]
    assert all("Sorrel Point" in a.text for a in batch.articles)
    assert follow(server, tmp_path / "p", pages=False) == ([], [])
    server.pages["/rss"] = feed(
        more=f"<item><title>Loose</title><description>{WORDS.replace('<', '&lt;')}</description></item>"
    )
    made, failures = follow(server, tmp_path / "q")
    assert (len(made), failures) == (1, [])
    assert "Sorrel Point" in ingest.gather(str(tmp_path / "q")).articles[0].text


def test_what_is_remembered_stays_small(server: Unruly, tmp_path: Path) -> None:
    """Items that left their feed long ago are forgotten; those that are in it never are."""
    follower = Follower(Store(tmp_path), Client(QUICK, Internet(server).world()), pages=False)
    sizes = []
    for number in range(150):
        server.pages["/rss"] = feed("stays", *(f"n{number}-{n}" for n in range(4)))
        list(follower.round([FEED]))
        sizes.append((tmp_path / STATE).stat().st_size)
    assert sizes[-1] <= max(sizes[:70]) * 1.1
    assert len([name for name in tmp_path.glob("*stays*")]) == 1


# Where it was


class Stopped(BaseException):
    """Someone stops the run."""


def test_stopped_at_any_point(server: Unruly, tmp_path: Path) -> None:
    """A round that is given up after any result goes on in the next, though the feed says it has not changed."""
    server.pages["/rss"] = lambda r: (
        reply(b"", 304) if "if-none-match" in r.headers else reply(rss(*"abcde"), kind="text/xml", etag='"1"')
    )
    for after in range(7):
        folder = tmp_path / str(after)
        follower = Follower(Store(folder), Client(QUICK, Internet(server).world()))
        results = follower.round([FEED])
        for _ in range(after):
            next(results, None)
        results.close()  # type: ignore[attr-defined]
        follow(server, folder)
        assert len(fetched_in(folder)) == 5
        assert len(list(folder.glob("*.html"))) == 5


def run(*arguments: str, cwd: Path) -> "subprocess.Popen[str]":
    """The program, started."""
    return subprocess.Popen(
        [sys.executable, "-m", "headwater.cli", "feeds", *arguments, "--allow-private", "--pause", "0"],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def test_killed(tmp_path: Path) -> None:
    """Killed in the middle and run again: every page is there though the feed has moved on, none was fetched twice."""

    def slow(request: Request) -> bytes:
        time.sleep(0.02)
        return story(request.path)

    names = [str(n) for n in range(40)]
    with unruly({f"/{name}": slow for name in names}) as server:
        here = f"http://127.0.0.1:{server.port}"
        server.pages["/rss"] = lambda r: feed() if r.before else feed(*names, host=here)
        first = run(f"{here}/rss", "--out", "p", cwd=tmp_path)
        assert first.stdout is not None
        for _ in range(5):
            assert first.stdout.readline()
        first.send_signal(signal.SIGKILL)
        first.communicate(timeout=20)
        second = run(f"{here}/rss", "--out", "p", cwd=tmp_path)
        _, err = second.communicate(timeout=60)
        assert (second.returncode, err) == (0, "")
        assert len(fetched_in(tmp_path / "p")) == 40
        assert len(server.paths()) <= 40 + 2 + 2  # the feed twice; pages in flight or not yet written


def test_for_ever_until_stopped(server: Unruly, tmp_path: Path) -> None:
    """With --every the program waits for the next round; Ctrl-C ends it cleanly."""
    here = f"http://127.0.0.1:{server.port}"
    server.pages["/rss"] = feed("a", "b", host=here)
    running = run(f"{here}/rss", "--out", "p", "--every", "1h", cwd=tmp_path)
    assert running.stdout is not None
    for _ in range(2):
        assert running.stdout.readline()
    time.sleep(0.5)
    assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert (running.returncode, err) == (0, "headwater: stopped; run again to go on\n")
    state = json.loads((tmp_path / "p" / STATE).read_text())
    assert state["waiting"] == {}
    assert len(state["feeds"][f"{here}/rss"]["seen"]) == 2


SPOILT = {
    "half": (b'{"version": 1, "feeds": {', "delete it"),
    "other": (b'{"feeds": []}', "delete it"),
    "newer": (b'{"version": 2}', "newer headwater"),
    "nothing": (b"", "delete it"),
}


@pytest.mark.parametrize(("data", "reason"), SPOILT.values(), ids=SPOILT.keys())
def test_a_state_that_cannot_be_read(server: Unruly, tmp_path: Path, data: bytes, reason: str) -> None:
    """It is never overwritten unread: one line says what to do."""
    (tmp_path / STATE).write_bytes(data)
    with pytest.raises(InputError, match=reason):
        follow(server, tmp_path)
    assert (tmp_path / STATE).read_bytes() == data


# Which feeds

OPML = (
    "<opml version='2.0'><body><outline text='News'><outline type='rss' text='A' xmlUrl='{0}/rss'/>"
    "<outline type='rss' text='B' xmlUrl='{0}/rss2'/></outline></body></opml>"
)


def test_feeds_of_lists(server: Unruly, tmp_path: Path) -> None:
    """A list may be a file or an address; what is neither list nor address is a line."""
    (tmp_path / "list.opml").write_text(OPML.format(HERE))
    (tmp_path / "bad.opml").write_text("<opml/>")
    server.pages["/mine.OPML"] = reply(OPML.format("http://other.example").encode(), kind="text/x-opml")
    inputs = [str(tmp_path / "list.opml"), f"{HERE}/mine.OPML", FEED, str(tmp_path / "bad.opml"), "none.opml"]
    found = list(feeds_in(inputs, Client(QUICK, Internet(server).world()), read=lambda name: Path(name).read_bytes()))
    assert [name for name in found if isinstance(name, str)] == [
        FEED,
        f"{HERE}/rss2",
        "http://other.example/rss",
        "http://other.example/rss2",
        FEED,
    ]
    assert [f.where for f in found if isinstance(f, Failure)] == inputs[3:]


def test_the_command(server: Unruly, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0, 3 when a page failed, 1 when no feed could be had, 2 for a haste that no site deserves."""
    here = f"http://127.0.0.1:{server.port}"
    (tmp_path / "list.opml").write_text(OPML.format(here))
    server.pages |= {"/rss": feed("a", host=here), "/rss2": feed("b", "x", host=here)}
    options = ["--out", str(tmp_path / "p"), "--allow-private", "--pause", "0"]
    assert main(["feeds", str(tmp_path / "list.opml"), *options]) == 3
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err == f"headwater: {here}/x: there is no such page (404)\n"
    assert main(["feeds", f"{here}/rss", "--out", str(tmp_path / "q"), *options[2:]]) == 0
    assert main(["feeds", f"{here}/none", *options]) == 1
    assert main(["feeds", str(tmp_path / "none.opml"), *options]) == 1
    assert main(["feeds", FEED, *options, "--every", "5s"]) == 2
    assert main(["feeds", f"{here}/rss", "--out", str(tmp_path / "r"), "--pause", "0"]) == 1
    assert "loopback" in capsys.readouterr().err
