"""The folder that a run writes, and the account it keeps of it: which files of articles are finished, from what inputs.

An entry for a file of articles is written after it, so that what an entry names is there, whole. The account stands in
a hidden folder: ``headwater trace FOLDER`` reads the articles and nothing else.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from headwater import whole
from headwater.errors import InputError
from headwater.ingest.fetched import LIST
from headwater.ingest.found import Passed
from headwater.ingest.walk import ACCOUNT, FAILURES
from headwater.model import Failure


class Entry(msgspec.Struct, frozen=True):
    """One finished file of articles.

    ``inputs`` stands for the inputs (path, size, time of change, permissions) and all that decides what they become;
    ``before`` and ``after`` for all ids given up to its start and its end, for an id depends on those given before.
    ``articles`` and ``size`` (bytes) say how many it holds, ``failures`` what of its inputs could not be used, and
    ``passed`` what was passed over since it holds no article.
    """

    inputs: str
    before: str
    after: str
    articles: int
    size: int
    failures: tuple[Failure, ...]
    passed: tuple[Passed, ...] = ()


class _Named(msgspec.Struct):
    id: str


class Account:
    """What is known of a folder of articles, and the only hand that writes in it."""

    def __init__(self, folder: Path) -> None:
        """Of a folder that is there, with the hidden one in it."""
        self.folder = folder
        self.entries = folder / ACCOUNT

    def articles(self, number: int) -> Path:
        """The file of articles of that number."""
        return self.folder / f"articles-{number:05d}.jsonl"

    def finished(self, number: int, inputs: str) -> Entry | None:
        """The entry of a file of articles that was made of these inputs and is there; None when it is to be made."""
        try:
            entry = msgspec.json.decode(self._entry(number).read_bytes(), type=Entry)
            there = self.articles(number).stat().st_size
        except (OSError, msgspec.DecodeError):
            return None
        return entry if entry.inputs == inputs and entry.size == there else None

    def ids(self, number: int) -> Iterator[str]:
        """The ids in a finished file of articles."""
        with open(self.articles(number), "rb") as file:
            for line in file:
                yield msgspec.json.decode(line, type=_Named).id

    @contextmanager
    def writing(self, number: int) -> Iterator[BinaryIO]:
        """A file to write articles to; it takes its place when all went well, and is gone when not."""
        with _whole(self.articles(number)) as file:
            yield file

    def finish(self, number: int, entry: Entry) -> None:
        """Enter that a file of articles is finished."""
        with _whole(self._entry(number)) as file:
            file.write(msgspec.json.encode(entry))

    def close(self, count: int, not_files: Sequence[Failure]) -> None:
        """Write what was not used, and take away files of articles from an earlier run that had more inputs.

        Args:
            count: how many files of articles there are now.
            not_files: what of the paths named was no file.
        """
        with _whole(self.folder / FAILURES) as file:
            for failure in self._failures(count, not_files):
                fields: dict[str, object] = {"path": failure.where, "reason": failure.why}
                if isinstance(failure, Passed):
                    fields["passed_over"] = True
                file.write(json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        for path in sorted(self.entries.glob("[0-9]*.json")):
            if path.stem.isdigit() and int(path.stem) >= count:
                self.articles(int(path.stem)).unlink(missing_ok=True)
                path.unlink()
        for stray in (*self.folder.glob(".*"), *self.entries.glob(".*")):
            if whole.is_part(stray.name):
                stray.unlink(missing_ok=True)

    def _failures(self, count: int, not_files: Sequence[Failure]) -> Iterator[Failure]:
        yield from not_files
        for number in range(count):
            entry = msgspec.json.decode(self._entry(number).read_bytes(), type=Entry)
            yield from (*entry.failures, *entry.passed)

    def _entry(self, number: int) -> Path:
        return self.entries / f"{number:05d}.json"


@contextmanager
def account_of(folder: str) -> Iterator[Account]:
    """Open the account of a folder for one run, making both where they are not there.

    Raises:
        InputError: it cannot be written, holds files of another origin, or another run is writing there.
    """
    account = Account(Path(folder))
    try:
        account.folder.mkdir(parents=True, exist_ok=True)
        if not account.entries.is_dir() and any(account.folder.iterdir()):
            raise InputError(f"{folder} holds other files; give --out a new folder, or one that ingest wrote")
        account.entries.mkdir(exist_ok=True)
        lock = open(account.entries / "lock", "wb")  # noqa: SIM115  # closed below, when the run ends
    except OSError as error:
        raise InputError(
            f"cannot write {folder}: {error.strerror or error}; give a folder that can be written"
        ) from error
    with lock:
        if not whole.locked(lock):
            raise InputError(f"another run is writing to {folder}; wait for it to end")
        yield account


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that appears whole or not at all, also when the machine stops."""
    try:
        with whole.writing(path, durable=True) as file:
            yield file
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}; make room, and run again") from error


def stamp_of(paths: Iterable[str], *, how: Sequence[object]) -> str:
    """What stands for some inputs as they are now: it changes when one of them, or ``how``, does.

    Args:
        paths: of files, in order.
        how: all else that decides what is made of them.
    """
    digest = hashlib.blake2b(repr(how).encode("utf-8", "backslashreplace"), digest_size=16)
    folders: set[str] = set()
    for path in paths:
        folder = os.path.dirname(path)
        if folder not in folders:
            folders.add(folder)
            digest.update(_state(os.path.join(folder, LIST)))  # what is known of pages that were fetched
        digest.update(_state(path))
    return digest.hexdigest()


def _state(path: str) -> bytes:
    try:
        found = os.stat(path)
        state = f"{found.st_size} {found.st_mtime_ns} {found.st_mode}"
    except (OSError, ValueError):
        state = "not there"
    return f"{path!r} {state}\n".encode("utf-8", "backslashreplace")


def joined(before: str) -> tuple[Callable[[str], None], Callable[[], str]]:
    """A sum over ids in order: what adds one to it, and what tells it."""
    digest = hashlib.blake2b(before.encode(), digest_size=16)

    def add(name: str) -> None:
        digest.update(name.encode("utf-8", "surrogatepass") + b"\0")

    return add, digest.hexdigest
