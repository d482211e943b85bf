"""Nothing touches the network: every command runs with sockets cut off, and the page names nothing to load."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from headwater.cli import main

EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"

CUT_OFF = """
import socket, sys
def refuse(*arguments, **options):
    raise AssertionError("the network was asked for")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
from headwater.cli import main
sys.exit(main(sys.argv[1:]))
"""
PAGE = "<!doctype html><html><head><link rel=canonical href='https://a.example/1'></head><body><p>{}</p></body></html>"
TEXT = "The lamp at Sorrel Point failed twice in a week, harbour master Ilse Vantongeren told the Courier on Tuesday. "


@pytest.mark.parametrize("command", ["trace", "read", "stories", "copies"])
def test_no_command_opens_a_connection(tmp_path: Path, command: str) -> None:
    """Text, lines and pages are read with every way out closed."""
    (tmp_path / "page.html").write_text(PAGE.format(TEXT * 4), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF, command, str(EXAMPLE), str(tmp_path / "page.html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


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
