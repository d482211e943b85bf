"""A folder of mixed files around invented events, some of them damaged or made to harm, as a dump of the web is.

Texts are of our own writing. ``mixed`` writes the folder and says what should come of each file; the same seed gives
the same folder.
"""

import bz2
import gzip
import io
import json
import os
import random
import stat
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

_TOWNS = "Port Ellery,Sorrel Point,Old Tamsen,Westhaven,Lindmoor,Karelund,Brennick,Torhaven".split(",")
_PEOPLE = "Ines Okafor,Rafe Ullmar,Ilse Vantongeren,Jost Ebersbach,Maud Delacroix,Tam Birchwood,Nils Aaberg".split(",")
_THINGS = "the east quay,the old swing bridge,the fish market,the lighthouse,the night ferry,the grain store".split(",")
_PLANS = "close for the winter,be sold to the guild,be painted red,reopen in May,move across the river".split(",")


def words(number: int) -> str:
    """An article of about 150 words, another one for each number."""
    dice = random.Random(number)
    town, thing = dice.choice(_TOWNS), dice.choice(_THINGS)
    lines = []
    for part in range(5):
        person = dice.choice(_PEOPLE)
        lines.append(
            f"The council of {town} decided on Monday that {thing} will {dice.choice(_PLANS)}, {person} said. "
            f"“We have {dice.randrange(2, 90)} days,” the member for {dice.choice(_TOWNS)} told reporters, and "
            f"the plan number {number}-{part} would cost {dice.randrange(10, 900)},000 crowns."
        )
    return "\n\n".join(lines) + "\n"


def page(number: int) -> str:
    """The same as a web page."""
    text = "".join(f"<p>{line}</p>\n" for line in words(number).splitlines() if line)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plan {number}</title></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Plan {number} decided</h1>{text}</article></body></html>"
    )


def mail(number: int) -> str:
    """The same as a mail."""
    return (
        f"From: The Tamsen Letter <letter@tamsen.example>\nTo: desk@paper.example\nSubject: Plan {number} decided\n"
        f"Date: Tue, 3 Mar 2026 08:{number % 60:02d}:00 +0000\nMessage-ID: <{number}@tamsen.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{words(number)}"
    )


def _zip(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, content)
    return out.getvalue()


def _bomb() -> bytes:
    """Gigabytes of nothing in a megabyte; the smallest piece of it that is over the limit."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9, mtime=0) as file:
        for _ in range(102):
            file.write(b" " * 1_000_000)
    return out.getvalue()


_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss version='2.0'><channel><title>&i;</title><item><description>&i;</description></item></channel></rss>"
)

#: Good files: the end of a name, and the bytes of the article of a number.
GOOD: dict[str, Callable[[int], bytes]] = {
    ".txt": lambda n: words(n).encode(),
    ".TXT": lambda n: words(n).encode("cp1252"),
    ".text": lambda n: words(n).encode("utf-16"),
    ".html": lambda n: page(n).encode(),
    ".jsonl": lambda n: json.dumps({"id": f"own-{n}", "text": words(n), "outlet": "Tamsen Letter"}).encode(),
    ".eml": lambda n: mail(n).encode(),
    ".txt.gz": lambda n: gzip.compress(words(n).encode(), mtime=0),
    ".html.bz2": lambda n: bz2.compress(page(n).encode()),
    ".csv": lambda n: ("title,text\n" + f'"Plan {n}","' + words(n).replace('"', '""') + '"\n').encode(),
    "": lambda n: mail(n).encode(),  # no ending: told by its content
    ".pdf": lambda n: page(n).encode(),  # a wrong ending: a page
}

#: Files that no article comes of: an end of a name, and bytes.
DAMAGED: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    (".txt.gz", lambda n: gzip.compress(words(n).encode() * 40, mtime=0)[:120]),
    (".txt", lambda n: b""),
    (".txt", lambda n: b"\0" * 5000),
    (".html", lambda n: b"<div>" * 100_000),
    (".jsonl", lambda n: b'{"text": "cut o'),
    (".pdf", lambda n: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n"),
    (".docx", lambda n: _zip("word/document.xml", b"<w:document>")[:200]),
    (".docx", lambda n: _zip("photos/one.jpg", b"\xff\xd8")),
    (".xml", lambda n: _LAUGHS.encode()),
    (".html", lambda n: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8),
    (".gz", lambda n: b"\x1f\x8b\x08\x00" + b"\xff" * 80),
)


#: Kinds whose readers are quick to load.
QUICK = (".txt", ".jsonl", ".csv", ".txt.gz")


def mixed(
    folder: Path, count: int, *, seed: int = 1, share: float = 0.05, endings: Sequence[str] = tuple(GOOD)
) -> tuple[set[str], set[str]]:
    """Write a folder of ``count`` files.

    Args:
        folder: to be made.
        count: of files; more stand for what is no file at all.
        seed: of what stands where.
        share: of damaged ones, 0..1.
        endings: those of good files.

    Returns:
        Paths of the files that an article must come of, and paths that must be reported.
    """
    dice = random.Random(seed)
    spoilers = [one for one in DAMAGED if endings == tuple(GOOD) or one[0] in endings]
    good: set[str] = set()
    bad: set[str] = set()
    for number in range(count):
        inner = folder / f"{number % 7}"
        inner.mkdir(parents=True, exist_ok=True)
        spoilt = dice.random() < share
        ending, made = dice.choice(spoilers) if spoilt else (one := dice.choice(endings), GOOD[one])
        path = inner / f"{'bad' if spoilt else 'item'}-{number:05d}{ending}"
        path.write_bytes(made(number))
        (bad if spoilt else good).add(str(path))
    return good, bad


def traps(folder: Path) -> tuple[set[str], set[str]]:
    """Beside them, one of each thing that a folder may hold to trip a program; as ``mixed``."""
    folder.mkdir(parents=True, exist_ok=True)
    good: set[str] = set()
    bad: set[str] = set()

    def put(name: str, data: bytes, into: set[str]) -> None:
        (folder / name).write_bytes(data)
        into.add(str(folder / name))

    put("new\nline.txt", words(1).encode(), good)
    put("café-\u202e.txt", words(2).encode(), good)
    put("broken.txt", words(3).encode().replace(b"said", b"\xff\xfesaid", 2), good)
    put("twin.txt", words(4).encode(), good)
    put("bomb.txt.gz", _bomb(), bad)
    put("nested.html", b"<table><tr><td>" * 50_000, bad)
    put("laughs.rss", _LAUGHS.encode(), bad)
    put("braces.jsonl", b'{"text": ' + b"[" * 200_000, bad)
    put("picture.png", b"\x89PNG\r\n\x1a\n", set())
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    for name, to in (("knot.txt", "knot.txt"), ("nowhere.txt", "gone.txt"), ("zero.txt", "/dev/zero")):
        (folder / name).symlink_to(to)
        bad.add(str(folder / name))
    (folder / "two.txt").symlink_to(folder / "twin.txt")
    os.mkfifo(folder / "pipe.txt")
    bad.add(str(folder / "pipe.txt"))
    huge = folder / "huge.txt"
    with open(huge, "wb") as file:
        file.truncate(150_000_000)
    bad.add(str(huge))
    if os.geteuid() != 0:
        put("locked.txt", words(5).encode(), bad)
        (folder / "locked.txt").chmod(0)
    else:
        try:
            os.mknod(folder / "device.txt", 0o600 | stat.S_IFCHR, os.makedev(1, 3))
        except OSError:
            return good, bad
        bad.add(str(folder / "device.txt"))
    return good, bad
