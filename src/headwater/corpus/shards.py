"""The folder that a run writes, shard by shard, and the account it keeps of it in a hidden folder there.

The entry of a shard is written after the shard, so that what an entry names is there, whole. It bears a stamp of all
that the shard was made from: a shard whose stamp is another is made anew.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

import msgspec

import headwater
from headwater import whole
from headwater.corpus.folder import Folder, is_remote
from headwater.corpus.pieces import ARTICLES, MARK
from headwater.errors import InputError
from headwater.ingest.walk import ACCOUNT, FAILURES
from headwater.model import Failure
from headwater.report.json import line_of

#: A form of what is written: a folder of another form is written anew.
_FORM = 1
#: What every shard of every stage is listed in, once a command is done.
MANIFEST = "manifest.jsonl"
#: What a script can read while a run goes on; it bears times, so no two are the same.
LOG = "log.jsonl"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One finished shard: what it was made from (``stamp``), its size in bytes, a digest of them, how many records.

    ``failures`` is what of its inputs could not be used. ``days`` counts the articles of each day (an ordinal, "" for
    none): those that bear it and those that are counted as of it; only shards of articles have it.
    """

    stamp: str
    size: int
    digest: str
    records: int
    failures: tuple[Failure, ...] = ()
    days: dict[str, tuple[int, int]] = {}


class Shard(NamedTuple):
    """One shard of a stage in the folder at ``out``, by its number from 0; ``stamp`` as for ``Entry``."""

    out: str
    stage: str
    number: int
    stamp: str

    @property
    def name(self) -> str:
        """Where its records stand."""
        return f"{self.stage}/{self.number:05d}.jsonl"

    @property
    def entry(self) -> str:
        """Where its entry stands."""
        return self.beside("json")

    def beside(self, ending: str) -> str:
        """A file that is kept for it in the account."""
        return f"{ACCOUNT}/{self.stage}/{self.number:05d}.{ending}"


def stamped(*parts: object) -> str:
    """A digest of all that a shard is made from, and of what makes it."""
    data = "\x1f".join(map(str, (_FORM, headwater.__version__, *parts)))
    return hashlib.blake2b(data.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def finished(shard: Shard) -> Entry | None:
    """The entry of a shard that was made from the same and is there; None where it is to be made."""
    folder = Folder(shard.out)
    entry = _entry(folder, shard.entry)
    if entry is None or entry.stamp != shard.stamp:
        return None
    there = folder.state(shard.name)
    return entry if there is not None and there.size == entry.size else None


class Writing:
    """A shard that is being written: its records, one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        """To an open file."""
        self._file = file
        self._digest = hashlib.blake2b(digest_size=16)
        self.size = 0
        self.records = 0

    def add(self, line: bytes) -> int:
        """Add one record, without its line break; the place where it begins."""
        at = self.size
        self._file.write(line + b"\n")
        self._digest.update(line + b"\n")
        self.size += len(line) + 1
        self.records += 1
        return at

    def entry(self, shard: Shard, failures: Sequence[Failure], days: dict[str, tuple[int, int]] | None = None) -> Entry:
        """The entry of what was written."""
        return Entry(
            stamp=shard.stamp,
            size=self.size,
            digest=self._digest.hexdigest(),
            records=self.records,
            failures=tuple(failures),
            days=days or {},
        )


@contextmanager
def writing(shard: Shard) -> Iterator[Writing]:
    """A shard to write to; it takes its place when all went well."""
    with Folder(shard.out).writing(shard.name) as file:
        yield Writing(file)


def finish(shard: Shard, entry: Entry) -> Entry:
    """Enter that a shard is finished."""
    Folder(shard.out).write(shard.entry, msgspec.json.encode(entry))
    return entry


def write_all(shard: Shard, lines: Iterable[bytes], failures: Sequence[Failure] = ()) -> Entry:
    """Write a shard and enter it."""
    with writing(shard) as into:
        for line in lines:
            into.add(line)
    return finish(shard, into.entry(shard, failures))


@contextmanager
def opened(out: str) -> Iterator[Folder]:
    """The folder of one run, made where it is not there; on a disk no other run can write in it.

    Raises:
        InputError: it cannot be written, holds files of another origin, or another run is writing there.
    """
    folder = Folder(out)
    if folder.read(MARK) is None:
        if folder.names("") or folder.names(ARTICLES):
            raise InputError(f"{out} holds other files; give a new folder, or one that a run wrote")
        folder.write(MARK, b"headwater corpus\n")
    if is_remote(out):
        yield folder
        return
    try:
        lock = open(f"{out}/{ACCOUNT}/lock", "wb")  # noqa: SIM115  # closed below, when the run ends
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror or error}; give a folder to write to") from error
    with lock:
        if not whole.locked(lock):
            raise InputError(f"another run is writing to {out}; wait for it to end")
        yield folder


def close(folder: Folder, stage: str, count: int) -> None:
    """Take away the shards of an earlier run that had more, and what writers that were killed left."""
    for name in folder.names(f"{ACCOUNT}/{stage}"):
        number = name.partition(".")[0]
        if number.isdigit() and int(number) >= count:
            folder.remove(f"{stage}/{number}.jsonl")
            folder.remove(f"{ACCOUNT}/{stage}/{name}")
    folder.sweep(stage)
    folder.sweep(f"{ACCOUNT}/{stage}")


def told(folder: Folder, stages: Sequence[tuple[str, int]], lost: Sequence[tuple[str, Failure]]) -> int:
    """Write the list of all shards and that of all failures; how many failures there are.

    Args:
        folder: the run's.
        stages: each stage that there is, with how many shards it has.
        lost: failures of no shard, with their stage: files that are no corpus, stories of an archive.
    """
    count = 0
    with folder.writing(MANIFEST) as manifest, folder.writing(FAILURES) as failures:

        def fail(stage: str, one: Failure) -> None:
            nonlocal count
            count += 1
            failures.write(line_of({"path": one.where, "reason": one.why, "stage": stage}) + b"\n")

        for name, one in lost:
            fail(name, one)
        for stage, shards in stages:
            for number in range(shards):
                shard = Shard(folder.address, stage, number, "")
                entry = _entry(folder, shard.entry)
                if entry is None:
                    continue
                manifest.write(
                    line_of({"stage": stage, "shard": number, "file": shard.name, "size": entry.size,
                             "digest": entry.digest, "records": entry.records, "failures": len(entry.failures)})
                    + b"\n"
                )  # fmt: skip
                for failure in entry.failures:
                    fail(stage, failure)
    return count


def _entry(folder: Folder, name: str) -> Entry | None:
    data = folder.read(name)
    try:
        return None if data is None else msgspec.json.decode(data, type=Entry)
    except msgspec.DecodeError:
        return None
