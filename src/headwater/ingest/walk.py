"""Paths in; the files they stand for out, each once and in order of path, and a line for what is no file to read.

A folder is read with all below it. Passed over without a word: what is hidden, a README, the folder of pictures that a
browser keeps beside a saved page, and what ``headwater ingest`` writes beside its articles. Files of no known kind are
counted, a line for each folder and kind.
"""

import os
import stat
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import NamedTuple

from headwater.errors import InputError
from headwater.ingest.found import Passed
from headwater.ingest.kinds import kind_by_name, suffix_of, sure_kind
from headwater.ingest.opening import DAMAGED, unpacked, what_it_is, without_packing
from headwater.ingest.text import GIVE, encodable
from headwater.labels import listed, number_of
from headwater.model import Failure

#: The hidden folder in which ``headwater ingest`` keeps account of the folder that it writes.
ACCOUNT = ".headwater"
#: What it writes there beside articles.
FAILURES = "failures.jsonl"
#: Where a browser keeps the parts of a page that it saved as "story.html".
_PARTS = ("_files", ".files", "-Dateien", "_fichiers", "_archivos")
#: So many kinds of files are named that are passed over in a folder.
_MOST_KINDS = 8
_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


class Listing(NamedTuple):
    """The files to read, in order of path, and what is none."""

    files: tuple[str, ...]
    failures: tuple[Failure, ...]


def listing(paths: Iterable[str], *, without: str | None = None) -> Listing:
    """The files that some paths stand for.

    Args:
        paths: of files and folders, in any order, which says nothing.
        without: a folder whose files are left out wherever they are met.

    Returns:
        Each file once, by the first of its names; a folder that leads back to one above it is not entered again.
    """
    files: dict[str, str] = {}
    failures: set[Failure] = set()
    left_out = None if without is None else os.path.realpath(without)
    for path in sorted(set(paths)):
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            failures.add(Failure(where=shown(path), why=why_not(path, error)))
            continue
        if stat.S_ISDIR(mode):
            _Walk(path, left_out, files, failures).go()
        elif (word := what_it_is(mode)) and not path.startswith(_PIPES):
            failures.add(Failure(where=shown(path), why=f"is {word}, not a file; {GIVE}"))
        else:
            real = os.path.realpath(path)
            files[real] = min(path, files.get(real, path))
    return Listing(tuple(sorted(files.values())), tuple(sorted(failures, key=lambda one: (one.where, one.why))))


class _Walk:
    """One folder and all below it."""

    def __init__(self, path: str, left_out: str | None, files: dict[str, str], failures: set[Failure]) -> None:
        self.path = path
        self.left_out = left_out
        self.files = files
        self.failures = failures
        self.passed: dict[str, Counter[str]] = {}
        self.any_file = False

    def go(self) -> None:
        seen: set[str] = set()
        pending = [self.path]
        while pending:
            folder = pending.pop()
            real = os.path.realpath(folder)
            if real in seen or real == self.left_out:
                continue
            seen.add(real)
            pending += self._folder(folder, real)
        if not self.any_file:
            passed = sum(self.passed.values(), Counter[str]())
            counted = f" ({_counted(passed)})" if passed else ""
            self._fails(self.path, f"is a folder without a readable file{counted}; {GIVE}")
            return
        for folder, passed in self.passed.items():
            why = f"{_counted(passed)} passed over: of no kind that Headwater reads"
            self.failures.add(Passed(where=shown(folder), why=why))

    def _fails(self, path: str, why: str) -> None:
        self.failures.add(Failure(where=shown(path), why=why))

    def _folder(self, folder: str, real: str) -> list[str]:
        """Take what stands in one folder; the folders in it, in the order in which they are to be taken up again."""
        inner: list[str] = []
        try:
            with os.scandir(folder) as entries:
                found = {entry.name: entry for entry in entries if not entry.name.startswith(".")}
        except OSError as error:
            self._fails(folder, why_not(folder, error))
            self.any_file = True
            return inner
        made = os.path.isdir(os.path.join(folder, ACCOUNT))
        for name, entry in sorted(found.items()):
            path = os.path.join(folder, name)
            try:
                linked = entry.is_symlink()
                if entry.is_dir():
                    if not _is_part(name, found):
                        inner.append(path)
                    continue
                if not entry.is_file():
                    self._is_none(path)
                    continue
            except OSError as error:
                self._fails(path, why_not(path, error))
                self.any_file = True
                continue
            if PurePath(without_packing(name)).stem.lower() == "readme" or (made and name == FAILURES):
                continue
            if kind_by_name(without_packing(name)) is None and not _is_surely_read(path):
                self.passed.setdefault(folder, Counter())[_ending(name)] += 1
                continue
            self.any_file = True
            at = os.path.realpath(path) if linked else os.path.join(real, name)
            self.files[at] = min(path, self.files.get(at, path))
        return inner[::-1]

    def _is_none(self, path: str) -> None:
        """Say what stands in the place of a file."""
        self.any_file = True
        try:
            word = what_it_is(os.stat(path).st_mode)
        except OSError:
            self._fails(path, "is a link that leads nowhere; take it away, or mend it")
            return
        self._fails(path, f"is {word or 'something else'}, not a file; take it out of the folder")


def _is_part(name: str, beside: Iterable[str]) -> bool:
    """Whether a folder holds the parts of a saved page that stands beside it."""
    for end in _PARTS:
        if name.endswith(end) and (page := name[: -len(end)]):
            return any(page + suffix in beside for suffix in (".html", ".htm", ".xhtml"))
    return False


def _is_surely_read(path: str) -> bool:
    """Whether a file that has no telling name is to be read, by its content."""
    try:
        with open(path, "rb") as file:
            opened = unpacked(file, path)
            return sure_kind(opened.head, opened.file) is not None
    except DAMAGED:
        return True  # it is packed, and why it cannot be unpacked is to be said
    except (OSError, InputError):
        return False


def _ending(name: str) -> str:
    return suffix_of(name) or "nameless"


def _counted(passed: Counter[str]) -> str:
    kinds = sorted(passed.items(), key=lambda one: (-one[1], one[0]))
    said = [
        f"{number_of(count, 'file')} without an ending" if kind == "nameless" else number_of(count, f"{kind} file")
        for kind, count in kinds[:_MOST_KINDS]
    ]
    if more := sum(count for _, count in kinds[_MOST_KINDS:]):
        said.append(number_of(more, "other file"))
    return listed(said)


def shown(path: str) -> str:
    """A path on one line of a screen, whatever is in its name."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in encodable(path))


def why_not(path: str, error: Exception) -> str:
    """Why a path could not be opened, and what to do."""
    if isinstance(error, FileNotFoundError) or not path:
        if path.startswith(("http://", "https://")):
            return "is an address, not a file; run 'headwater fetch URL --out FOLDER', and give the folder"
        return "not found; check the path"
    if isinstance(error, PermissionError):
        return f"may not be read; change its permissions or {GIVE}"
    reason = getattr(error, "strerror", None) or "not a path"
    return f"cannot be read ({reason}); {GIVE}"
