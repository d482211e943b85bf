"""The folder of fetched pages: names, the list beside them, going on; the command; addresses given as inputs."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import ingest
from headwater.cli import main
from headwater.errors import InputError
from headwater.fetching import amounts
from headwater.fetching.client import Client, Manners, Page
from headwater.fetching.many import as_files, save_all
from headwater.fetching.store import Store, name_of
from headwater.ingest.fetched import LIST, fetched_in
from unruly import Internet, Request, Unruly, redirect, reply, unruly

HERE = "http://paper.example"
QUICK = Manners(pause=0.0, timeout=20.0)
STORY = (
    "<!doctype html><html><head><title>Lamp fails again</title></head><body><article><h1>Lamp fails again</h1>"
    + "<p>The lamp at Sorrel Point failed twice in a week, harbour master Ilse Vantongeren told the Courier.</p>" * 4
    + "</article></body></html>"
).encode()


@pytest.fixture
def server() -> Iterator[Unruly]:
    """A server with three stories."""
    with unruly({f"/{name}": reply(STORY) for name in "abc"}) as running:
        yield running


def page(url: str, body: bytes = STORY, **changes: str) -> Page:
    """A page that came."""
    made = Page(
        url=url,
        final=url,
        status=200,
        fetched="2026-02-13T12:00:00Z",
        kind="text/html",
        charset="utf-8",
        headers=(("content-type", "text/html"), ("etag", '"1"'), ("set-cookie", "id=1")),
        body=body,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


NAMES = {
    "https://www.courier.example/news/2026/02/13/lamp-fails-again.html?ref=x": (
        "courier-example-2026-02-13-lamp-fails-again-"
    ),
    "https://paper.example/": "paper-example-",
    "https://paper.example/../../etc/passwd": "paper-example-etc-passwd-",
    "https://paper.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd%00.sh": "paper-example-etc-passwd-sh-",
    "https://paper.example/CON/aux.txt": "paper-example-con-aux-txt-",
    "https://paper.example/Ä/日本": "paper-example-",
    f"https://paper.example/{'long-' * 99}": "paper-example-long-long-",
    "http://[2606:4700::1]/a": "2606-4700-1-a-",
}


@pytest.mark.parametrize(("url", "start"), NAMES.items(), ids=range(len(NAMES)))
def test_names_of_files(url: str, start: str) -> None:
    """A name tells a person what it is, is safe on every system, and is another for another address."""
    name = name_of(url, ".html")
    assert name.startswith(start)
    assert name == Path(name).name
    assert name.isascii()
    assert len(name) < 110
    assert name_of(url + "x", ".html") != name


@given(st.text(max_size=80))
def test_any_address_has_a_safe_name(text: str) -> None:
    """No address makes a name that leads out of the folder or is hidden."""
    try:
        name = name_of(f"https://paper.example/{text}", ".html")
    except InputError:
        return
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert not name.startswith((".", "-"))
    assert "/" not in name


def test_a_page_and_its_line(tmp_path: Path) -> None:
    """The bytes are those that came; the list says where from, when and with what headers, cookies left out."""
    path = Store(tmp_path).save(page(f"{HERE}/a", b"\xff\xfea\0"), item={"feed_title": "Courier", "source": "Ledger"})
    assert path.read_bytes() == b"\xff\xfea\0"
    line = json.loads((tmp_path / LIST).read_text())
    assert (line["file"], line["url"], line["bytes"]) == (path.name, f"{HERE}/a", 4)
    assert line["headers"] == {"content-type": "text/html", "etag": '"1"'}
    known = fetched_in(tmp_path)[path.name]
    assert known == (f"{HERE}/a", "2026-02-13T12:00:00Z", "utf-8", "Courier", "Ledger")
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([LIST, path.name])


def test_an_interrupted_line(tmp_path: Path) -> None:
    """A line that was cut off is passed over, and the page counts as not there; what came before stays."""
    store = Store(tmp_path)
    store.save(page(f"{HERE}/a"))
    store.save(page(f"{HERE}/b"))
    whole = (tmp_path / LIST).read_bytes()
    (tmp_path / LIST).write_bytes(whole[:-20])
    again = Store(tmp_path)
    assert [again.has(f"{HERE}/{name}") for name in "ab"] == [True, False]
    again.save(page(f"{HERE}/b"))
    assert [Store(tmp_path).has(f"{HERE}/{name}") for name in "ab"] == [True, True]
    assert len(fetched_in(tmp_path)) == 2


@pytest.mark.parametrize("spoilt", [b"", b"\n\n", b"[]\n", b"{}\n", b'{"file": 3}\n', b"\xff\n", b"[" * 99_999 + b"\n"])
def test_a_spoilt_list(tmp_path: Path, spoilt: bytes) -> None:
    """A list that holds anything at all is no error."""
    (tmp_path / LIST).write_bytes(spoilt)
    store = Store(tmp_path)
    assert not store.has(f"{HERE}/a")
    store.save(page(f"{HERE}/a"))
    assert Store(tmp_path).has(f"{HERE}/a")


def test_a_list_that_names_other_files(tmp_path: Path) -> None:
    """A list from elsewhere leads out of the folder nowhere: its names are those of files in it."""
    (tmp_path / "out").mkdir()
    (tmp_path / "secret").write_text("x")
    line = {"file": "../secret", "url": f"{HERE}/a", "bytes": 1, "final": f"{HERE}/a", "fetched": "2026"}
    (tmp_path / "out" / LIST).write_text(json.dumps(line) + "\n")
    store = Store(tmp_path / "out")
    assert not store.has(f"{HERE}/a")
    store.save(page(f"{HERE}/a"))
    assert (tmp_path / "secret").read_text() == "x"


def test_a_page_that_has_become_another_kind(tmp_path: Path) -> None:
    """The earlier file makes way, so that the page is not read twice."""
    store = Store(tmp_path)
    first = store.save(page(f"{HERE}/a"))
    second = store.save(page(f"{HERE}/a", kind="application/pdf"))
    assert (first.exists(), second.suffix) == (False, ".pdf")
    assert fetched_in(tmp_path).keys() >= {second.name}


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """One line says so."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"cannot write to .*file"):
        Store(tmp_path / "file")


# Going on


def test_what_is_there_is_not_fetched_again(server: Unruly, tmp_path: Path) -> None:
    """A second run fetches what is missing; a page that was damaged is missing; --again asks whether it has changed."""
    client = Client(QUICK, Internet(server).world())
    urls = [f"{HERE}/{name}" for name in "abx"]
    first = list(save_all(urls, client, Store(tmp_path)))
    assert sorted((s.url[-1], s.new, s.failure is None) for s in first) == [
        ("a", True, True),
        ("b", True, True),
        ("x", False, False),
    ]
    asked = len(server.paths())
    second = {s.url[-1]: s for s in save_all(urls, client, Store(tmp_path))}
    assert server.paths()[asked:] == ["/x"]
    assert [second[name].new for name in "ab"] == [False, False]
    path = second["a"].path
    assert path is not None
    path.write_bytes(b"cut")
    list(save_all(urls[:2], client, Store(tmp_path)))
    assert server.paths()[-1] == "/a"
    assert path.read_bytes() == STORY


def test_again(server: Unruly, tmp_path: Path) -> None:
    """A page that has not changed stays; one that has is taken."""

    def said(request: Request) -> bytes:
        tag = f'"{min(request.before, 1)}"'
        if request.headers.get("if-none-match") == tag == '"1"':
            return reply(b"", 304)
        return reply(STORY + tag.encode(), etag=tag)

    server.pages["/a"] = said
    client = Client(QUICK, Internet(server).world())
    seen = []
    for _ in range(3):
        (saved,) = save_all([f"{HERE}/a"], client, Store(tmp_path), again=True)
        assert saved.path is not None
        seen.append((saved.new, saved.path.read_bytes()[-2:-1]))
    assert seen == [(True, b"0"), (True, b"1"), (False, b"1")]


def run(*arguments: str, cwd: Path) -> "subprocess.Popen[str]":
    """The program, started."""
    return subprocess.Popen(
        [sys.executable, "-m", "headwater.cli", *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "stopped"])
def test_stopped_and_run_again(tmp_path: Path, how: signal.Signals) -> None:
    """However a run is ended, the next fetches what is missing and nothing twice; the folder holds whole pages."""

    def slow(request: Request) -> bytes:
        time.sleep(0.02)
        return reply(STORY)

    with unruly({f"/{n}": slow for n in range(40)}) as server:
        urls = [f"http://127.0.0.1:{server.port}/{n}" for n in range(40)]
        command = ("fetch", *urls, "--out", "pages", "--allow-private", "--pause", "0")
        first = run(*command, cwd=tmp_path)
        assert first.stdout is not None
        for _ in range(5):
            assert first.stdout.readline()
        first.send_signal(how)
        first.communicate(timeout=20)
        if how == signal.SIGINT:
            assert first.returncode == 130
        there = len(fetched_in(tmp_path / "pages"))
        assert 5 <= there < 40
        second = run(*command, cwd=tmp_path)
        out, err = second.communicate(timeout=60)
        assert (second.returncode, err) == (0, "")
        assert len(out.splitlines()) == 40
        assert {p.read_bytes() for p in (tmp_path / "pages").glob("*.html")} == {STORY}
        assert len(server.paths()) <= 40 + 2  # the one in flight, and one fetched but not yet written
        assert len(ingest.gather(str(tmp_path / "pages")).articles) == 40


# The command


def test_the_command(server: Unruly, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All, some, none: 0, 3, 1; a line for each file on stdout, one for each failure on stderr."""
    here = f"http://127.0.0.1:{server.port}"
    options = ["--out", str(tmp_path / "p"), "--allow-private", "--pause", "0s"]
    assert main(["fetch", f"{here}/a", f"{here}/b", *options]) == 0
    out, err = capsys.readouterr()
    assert [Path(line).is_file() for line in out.splitlines()] == [True, True]
    assert err == ""
    assert main(["fetch", f"{here}/a", f"{here}/x", "ftp://paper.example/", *options]) == 3
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert f"headwater: {here}/x: there is no such page (404)" in err.splitlines()
    assert any(line.startswith("headwater: ftp://paper.example/: only http and https") for line in err.splitlines())
    assert main(["fetch", f"{here}/x", *options]) == 1
    assert main(["fetch", f"{here}/c", "--out", str(tmp_path / "p"), "--pause", "0"]) == 1
    assert "loopback" in capsys.readouterr().err
    assert "/c" not in server.paths()


def test_progress_on_a_terminal(server: Unruly, tmp_path: Path) -> None:
    """On a terminal a line says how many are done, and how fast; elsewhere there is none."""
    ours, theirs = pty.openpty()
    urls = [f"http://127.0.0.1:{server.port}/{name}" for name in "ab"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "headwater.cli", "fetch", *urls, "--allow-private", "--pause", "0"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=theirs,
            text=True,
            check=False,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        )
        shown = os.read(ours, 100_000).decode()
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 0
    assert "pages 2/2" in shown
    assert re.search(r"[0-9.]+/(?:s|min)", shown)


WRONG = {
    "pause": ["--pause", "soon"],
    "size": ["--max-size", "0"],
    "timeout": ["--timeout", "-1s"],
}


@pytest.mark.parametrize("options", WRONG.values(), ids=WRONG.keys())
def test_wrong_arguments(tmp_path: Path, options: list[str]) -> None:
    """Amounts that are none are wrong arguments: status 2, and nothing is made."""
    assert main(["fetch", "https://paper.example/", "--out", str(tmp_path / "p"), *options]) == 2
    assert not (tmp_path / "p").exists()


AMOUNTS = {"2s": 2.0, "15m": 900.0, "1.5h": 5400.0, "250ms": 0.25, "7": 7.0, " 3 S ": 3.0, "1d": 86400.0}
SIZES = {"20MB": 20_000_000, "500kB": 500_000, "1.5m": 1_500_000, "7": 7, "1G": 10**9, "0.5b": 1}


@pytest.mark.parametrize(("text", "wanted"), AMOUNTS.items())
def test_spans_of_time(text: str, wanted: float) -> None:
    """Seconds, whatever the unit."""
    assert amounts.seconds(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), SIZES.items())
def test_sizes(text: str, wanted: int) -> None:
    """Bytes, whatever the unit."""
    assert amounts.size(text) == wanted


@pytest.mark.parametrize("text", ["", "s", "-1", "1e9", "1 2", "1x", "٣s", "9999999999s", "nan"])
def test_no_amounts(text: str) -> None:
    """Anything else is refused in a line."""
    for read in (amounts.seconds, amounts.size):
        with pytest.raises(InputError):
            read(text)


# Read back, and addresses as inputs


def test_pages_are_read_back(server: Unruly, tmp_path: Path) -> None:
    """A folder of fetched pages is one of articles, each with its address and the time it was fetched."""
    server.pages["/moved"] = redirect("/a")
    client = Client(QUICK, Internet(server).world())
    list(save_all([f"{HERE}/moved", f"{HERE}/b"], client, Store(tmp_path)))
    batch = ingest.gather(str(tmp_path))
    assert batch.failures == ()
    assert sorted(str(a.url) for a in batch.articles) == [f"{HERE}/a", f"{HERE}/b"]
    assert {a.fetched for a in batch.articles} == {"2026-02-13T12:00:00Z"}
    assert all("Sorrel Point" in a.text for a in batch.articles)


def test_addresses_as_inputs(server: Unruly, tmp_path: Path) -> None:
    """Pages at addresses are read as files are, without a path; what cannot be fetched or read is named by address."""
    server.pages["/empty"] = reply(b"<!doctype html><html><body></body></html>")
    (tmp_path / "own.txt").write_text("The lamp was mended on Friday, said Ilse Vantongeren.")
    client = Client(QUICK, Internet(server).world())
    with as_files([f"{HERE}/a", f"{HERE}/x", f"{HERE}/empty"], client) as pages:
        batch = pages.named(ingest.gather([str(tmp_path / "own.txt"), *pages.urls]))
        held = [Path(path) for path in pages.urls]
    assert not any(path.exists() for path in held)
    assert [(a.url, a.path and Path(a.path).name) for a in batch.articles] == [(None, "own.txt"), (f"{HERE}/a", None)]
    assert [f.where for f in batch.failures] == [f"{HERE}/empty", f"{HERE}/x"]


def test_an_address_that_trace_may_not_fetch(server: Unruly, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands that read fetch what is named, by the same rules."""
    assert main(["trace", f"http://127.0.0.1:{server.port}/a"]) == 1
    assert "loopback" in capsys.readouterr().err
    assert server.asked == []
