"""A folder of fetched pages: each a file as it came, with a line in the folder's list that says where it is from.

Names are made from addresses, never taken from them. The file is written whole or not at all, and the line after it: a
page with a line is done, and a run that is started again goes on behind it.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from headwater import whole
from headwater.errors import InputError
from headwater.fetching.addresses import parse
from headwater.fetching.answers import KINDS
from headwater.fetching.client import Page
from headwater.ingest.fetched import LIST, lines_in

_LONGEST_NAME = 80  # characters before the digest
_OTHER = re.compile(r"[^a-z0-9]+")
# Parts of a path that say nothing of the page
_DULL = frozenset("index html htm php aspx amp www news article articles story stories".split())


class Store:
    """Keeps pages in one folder.

    Args:
        folder: made if it is not there.

    Raises:
        InputError: it cannot be made or written to.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """The folder with what is in it already."""
        self.folder = Path(folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._mend()
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self._there: dict[str, _There] = {}
        for line in lines_in(self.folder):
            if isinstance(url := line.get("url"), str):
                self._there[url] = _there(line)

    def _mend(self) -> None:
        """End the line that a stopped run left unfinished, so that the next is one of its own."""
        path = self.folder / LIST
        if path.exists():
            with path.open("rb+") as file:
                if file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n":
                    file.write(b"\n")

    def has(self, url: str) -> bool:
        """Whether the page is there, whole."""
        there = self._there.get(_key(url))
        try:
            return there is not None and (self.folder / there.file).stat().st_size == there.size
        except (OSError, ValueError):
            return False

    def path(self, url: str) -> Path:
        """The file of a page that is there."""
        return self.folder / self._there[_key(url)].file

    def conditions(self, url: str) -> tuple[str | None, str | None]:
        """The ETag and Last-Modified of the page that is there, each None where there is none."""
        there = self._there[_key(url)] if self.has(url) else None
        return (there.etag, there.modified) if there else (None, None)

    def save(self, page: Page, *, item: Mapping[str, str] | None = None) -> Path:
        """Keep a page; an earlier one of the same address makes way.

        Args:
            page: with its body, unless its status is 304: then what is there stays.
            item: what a feed said of it.

        Raises:
            InputError: the folder cannot be written to.
        """
        key = _key(page.url)
        if page.status == 304:
            return self.path(page.url)
        path = self.folder / name_of(page.url, KINDS.get(page.kind, ".html"))
        line: dict[str, object] = {
            "file": path.name,
            "url": key,
            "final": page.final,
            "fetched": page.fetched,
            "status": page.status,
            "kind": page.kind,
            "charset": page.charset,
            "bytes": len(page.body),
            "sha256": hashlib.sha256(page.body).hexdigest(),
            "headers": dict(reversed([(name, value[:2_000]) for name, value in page.headers if name not in _PRIVATE])),
            **({"item": dict(item)} if item else {}),
        }
        try:
            whole.write(path, page.body)
            with (self.folder / LIST).open("ab") as file:
                file.write(json.dumps(line, ensure_ascii=True).encode() + b"\n")
            if key in self._there and self._there[key].file != path.name:  # it was of another kind then
                self.path(page.url).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self._there[key] = _there(line)
        return path


class _There(NamedTuple):
    """As much of a line as is needed to know whether its page is there, and has changed."""

    file: str
    size: object
    etag: str | None
    modified: str | None


def _there(line: Mapping[str, object]) -> _There:
    headers = line.get("headers")
    known = headers if isinstance(headers, dict) else {}
    etag, modified = known.get("etag"), known.get("last-modified")
    return _There(
        os.path.basename(str(line["file"])),
        line.get("bytes"),
        etag if isinstance(etag, str) else None,
        modified if isinstance(modified, str) else None,
    )


# What a server sets to know the visitor again is not kept
_PRIVATE = frozenset({"set-cookie", "set-cookie2"})


def name_of(url: str, suffix: str) -> str:
    """A file's name for an address: what a person would know it by, and a digest of all of it."""
    address = parse(url)
    path = unquote(address.target.partition("?")[0], errors="replace").lower()
    words = [part for part in _OTHER.sub("-", path).split("-") if part and part not in _DULL]
    shown = _OTHER.sub("-", "-".join([address.host.removeprefix("www."), *words]))[:_LONGEST_NAME].strip("-")
    digest = hashlib.sha256(str(address).encode()).hexdigest()[:10]
    return f"{shown}-{digest}{suffix}" if shown else digest + suffix


def _key(url: str) -> str:
    return str(parse(url))


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(f"cannot write to {folder}: {error.strerror or error}; give --out another folder")
