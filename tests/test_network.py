"""Nothing touches the network: every command runs with sockets cut off, and the page names nothing to load."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from headwater.cli import commands, main

EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"

CUT_OFF = """
import os, socket, sys
def refuse(*arguments, **options):  # nothing that catches errors can keep this from being seen
    print("the network was asked for", file=sys.stderr, flush=True)
    os._exit(99)
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
from headwater.cli import main
sys.exit(main(sys.argv[1:]))
"""
PAGE = "<!doctype html><html><head><link rel=canonical href='https://a.example/1'></head><body><p>{}</p></body></html>"
TEXT = "The lamp at Sorrel Point failed twice in a week, harbour master Ilse Vantongeren told the Courier on Tuesday. "


#: What each command is given beside its paths.
OPTIONS: dict[str, list[str]] = {
    "trace": [],
    "read": [],
    "stories": [],
    "copies": [],
    "ingest": ["--out", "OUT", "--jobs", "1"],
    "add": ["--archive", "OUT", "--reader", "rules-1"],
}
#: Commands that open connections: what they fetch is in test_fetching*.py.
FETCHING = {"fetch", "feeds"}
#: Commands that listen, at an address of this machine or at standard input, until they are ended: what they do is in
#: test_web*.py and test_exports_mcp.py.
LISTENING = {"serve", "mcp"}
#: Commands that take something else than articles, with what they are given here.
OTHER = {"corpus": ["stories", "LINES", "OUT"], "export": ["TRACE", "--as", "markdown", "--out", "OUT"]}


def test_every_command_is_known_to_fetch_or_not() -> None:
    """A new command takes its place in one of the tables above."""
    assert {*commands.commands} == {*OPTIONS, *OTHER} | FETCHING | LISTENING


@pytest.mark.parametrize("command", OPTIONS)
def test_no_command_opens_a_connection(tmp_path: Path, command: str) -> None:
    """Text, lines and pages are read with every way out closed."""
    options = [option.replace("OUT", str(tmp_path / "out")) for option in OPTIONS[command]]
    (tmp_path / "page.html").write_text(PAGE.format(TEXT * 4), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF, command, str(EXAMPLE), str(tmp_path / "page.html"), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("command", OTHER)
def test_no_command_that_takes_something_else_opens_one(tmp_path: Path, command: str) -> None:
    """Corpora are grouped and traces are turned into other forms with every way out closed."""
    made = {"LINES": tmp_path / "lines.jsonl", "TRACE": tmp_path / "trace.json", "OUT": tmp_path / "out"}
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLE.glob("*.txt"))[:3]}
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    made["LINES"].write_text("\n".join(lines), encoding="utf-8")
    if command == "export":
        assert main(["trace", str(made["LINES"]), "--json", str(made["TRACE"]), "--reader", "rules-1"]) == 0
    arguments = [str(made.get(argument, argument)) for argument in OTHER[command]]
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF, command, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert made["OUT"].exists()


@pytest.mark.parametrize("command", ["fetch", "read"])
def test_an_address_is_what_opens_one(tmp_path: Path, command: str) -> None:
    """The same net catches a command that is given an address: the test above can fail."""
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF, command, "http://9.9.9.9/a"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (99, "the network was asked for\n")


def test_the_page_loads_nothing(tmp_path: Path) -> None:
    """No element of the page names anything outside it, and its own rules forbid to load."""
    assert main(["trace", str(EXAMPLE), "--html", str(tmp_path / "page.html")]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    outside = re.findall(
        r"""<(?:link|script|img|image|use|iframe|source|video|audio|embed|object)\b[^>]*(?:src|href)=[^>]*>""", page
    )
    assert [tag for tag in outside if "data:" not in tag] == []
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", page)
