"""One run: the inputs listed, dealt out to processes that read and clean them, written down file by file."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import BinaryIO, NamedTuple

import msgspec

import headwater
from headwater.apart import Process, hung, processors
from headwater.errors import InputError
from headwater.ingest import listing, unique
from headwater.ingest.found import Passed
from headwater.ingest.kinds import checked_format
from headwater.model import Failure
from headwater.taking.account import Account, Entry, account_of, joined, stamp_of
from headwater.taking.worker import At, Done, Job, Message

#: Inputs that go into one file of articles.
INPUTS = 500
#: Longer than this for one article, to be read or to be cleaned, is a parser that hangs.
SECONDS = 60.0
#: Bytes that a process may take; a page of 100 MB needs half of it.
MEMORY = 4_000_000_000
#: A form of what is written: a folder of another form is written anew.
_FORM = 2


class Progress(NamedTuple):
    """How far a run is: inputs done ``of`` all, articles, failures; ``before``: inputs that an earlier run had done."""

    inputs: int
    of: int
    articles: int
    failures: int
    before: int


class Taken(NamedTuple):
    """What a run left: inputs, articles, files of articles, how many failures, and the first of them.

    ``passed`` counts what was passed over since it holds no article, a line for each folder and kind.
    """

    inputs: int
    articles: int
    files: int
    failures: int
    first: Failure | None
    passed: int = 0


def take(
    paths: Sequence[str],
    out: str,
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    jobs: int | None = None,
    size: int = INPUTS,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    step: Callable[[Progress], None] | None = None,
) -> Taken:
    """Read and clean every input into ``out``; go on where an earlier run over the same inputs was cut off.

    Args:
        paths: files and folders.
        out: the folder to write: ``articles-00000.jsonl`` and on, ``failures.jsonl`` (path, reason), and a hidden
            account of what is finished. A file of articles is made anew when one of its inputs changed.
        format: what all files are, as for ``ingest.gather``.
        columns: for tables, as for ``ingest.gather``.
        jobs: processes that read at the same time; None = as many as there are processors for this one. What is written
            does not depend on it.
        size: inputs that go into one file of articles.
        seconds: after so many for one article its input is given up.
        memory: bytes that each process may take.
        step: told how far the run is, after each input.

    Raises:
        InputError: there is no such format, or ``out`` cannot be written.
    """
    if format is not None:
        checked_format(format)
    with account_of(out) as account:
        files, not_files = listing(paths, without=out)
        shards = [files[start : start + size] for start in range(0, len(files), size)]
        how = (_FORM, headwater.__version__, format, sorted((columns or {}).items()), _extras())
        run = _Run(account, [Job(shard, format, columns, seconds, memory, {}, {}, False) for shard in shards], how)
        lost = [one for one in not_files if not isinstance(one, Passed)]
        first = next(iter(lost), None)
        now = Progress(0, len(files), 0, len(lost), 0)
        passed = len(not_files) - len(lost)

        def tell(inputs: int) -> None:
            if step is not None:
                step(now._replace(inputs=now.inputs + inputs))

        for number, entry, made in run.entries(jobs or processors(), tell):
            now = Progress(
                inputs=now.inputs + len(shards[number]),
                of=now.of,
                articles=now.articles + entry.articles,
                failures=now.failures + len(entry.failures),
                before=now.before + (0 if made else len(shards[number])),
            )
            first = first or next(iter(entry.failures), None)
            passed += len(entry.passed)
            tell(0)
        account.close(len(shards), not_files)
    return Taken(now.of, now.articles, len(shards), now.failures, first, passed)


def _extras() -> list[str]:
    """The optional packages that are there: with one more, more inputs can be read."""
    return [name for name in ("docx", "fastwarc", "pyarrow", "pypdf") if find_spec(name) is not None]


class _CutOff(Exception):
    """The process was gone before it was done."""


@dataclass
class _Run:
    """The files of articles that are to be there, in order, and the ids that were given away."""

    account: Account
    jobs: list[Job]
    how: tuple[object, ...]
    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)
    sum: str = ""

    def entries(self, processes: int, tell: Callable[[int], None]) -> Iterator[tuple[int, Entry, bool]]:
        """Each file of articles in order: its number, its entry, and whether it was made now.

        ``tell`` is told how many inputs of the next one are done.
        """
        stamps = [stamp_of(job.paths, how=self.how) for job in self.jobs]
        missing = deque(n for n, stamp in enumerate(stamps) if self.account.finished(n, stamp) is None)
        hands = [_Hand() for _ in range(min(processes, max(1, len(missing))))]
        idle, at_work = deque(hands), dict[int, _Hand]()
        try:
            for number, stamp in enumerate(stamps):
                while idle and missing:
                    ahead = missing.popleft()
                    if ahead >= number:
                        at_work[ahead] = idle.popleft()
                        at_work[ahead].start(self.jobs[ahead])
                entry = self.account.finished(number, stamp)
                if number not in at_work and entry is not None and entry.before == self.sum:
                    self.taken.update(self.account.ids(number))
                    self.sum = entry.after
                    yield number, entry, False
                    continue
                if number not in at_work:  # an id that was given before has changed
                    if not idle:
                        idle.append(_Hand())
                        hands.append(idle[-1])
                    at_work[number] = idle.popleft()
                    at_work[number].start(self.jobs[number])
                hand = at_work.pop(number)
                entry = self._make(number, stamp, hand, tell)
                idle.append(hand)
                yield number, entry, True
        finally:
            for hand in hands:
                hand.end()

    def _make(self, number: int, stamp: str, hand: "_Hand", tell: Callable[[int], None]) -> Entry:
        """Write one file of articles from what a process makes of its inputs; start over where that ended it."""
        while True:
            given: list[str] = []
            try:
                with self.account.writing(number) as file:
                    told, after = self._write(hand, file, given, tell)
                    size = file.tell()
            except _CutOff:
                self.taken.difference_update(given)
                self.last.clear()
                hand.start_over()
                continue
            passed = tuple(one for one in told if isinstance(one, Passed))
            failures = tuple(one for one in told if not isinstance(one, Passed))
            entry = Entry(stamp, self.sum, after, len(given), size, failures, passed)
            self.account.finish(number, entry)
            self.sum = after
            return entry

    def _write(
        self, hand: "_Hand", file: BinaryIO, given: list[str], tell: Callable[[int], None]
    ) -> tuple[tuple[Failure, ...], str]:
        """Write what comes, entering each id in ``given``; what was not used, and the sum over all ids up to now."""
        failures: list[Failure] = []
        add, total = joined(self.sum)
        for message in hand.messages():
            if isinstance(message, Done):
                return tuple(failures), total()
            if isinstance(message, At):
                if message.item == 0:
                    tell(message.file)
                continue
            names = list(unique((wanted for wanted, _ in message.articles), self.taken, self.last))
            given += names
            for name, rest in sorted(zip(names, (rest for _, rest in message.articles), strict=True)):
                file.write(b'{"id":' + msgspec.json.encode(name) + rest + b"\n")
                add(name)
            failures += message.failures
        raise _CutOff


class _Hand:
    """A process that reads and cleans, started when it is first needed and again when a parser has ended it."""

    def __init__(self) -> None:
        self.process = Process("headwater.taking.worker")
        self.job: Job | None = None
        self.at = At(-1, -1)

    def start(self, job: Job) -> None:
        """Give it a job."""
        self.job = job
        self.at = At(-1, -1)
        self.process.send(job)

    def messages(self) -> Iterator[Message]:
        """What it makes of its job; fewer than all when it is ended before it is done."""
        message: Message
        for message in self.process.messages():
            if isinstance(message, At):
                self.at = message
            yield message
            if isinstance(message, Done):
                return

    def start_over(self) -> None:
        """Give the job to a new process, without what ended the last one.

        Raises:
            InputError: it ended before it was at any input: no process can be run here.
        """
        assert self.job is not None
        at, job = self.at, self.job
        status = self.process.end()
        why = f"took longer than {job.seconds:g} seconds" if hung(status) else f"ended its parser (status {status})"
        if not at.cleaning and at.file < 0:
            raise InputError("a process to read with cannot be run (it ended at once); is Headwater installed whole?")
        if at.cleaning and at.file < 0:
            if job.careful:
                raise InputError(f"articles could not be cleaned together: it {why}; run again with fewer")
            job = job._replace(careful=True)
        elif at.cleaning:
            job = job._replace(drop={**job.drop, (at.file, at.item): f"could not be cleaned: it {why}"})
        else:
            job = job._replace(stop={**job.stop, at.file: (at.item, f"could not be read: it {why}; give it as .txt")})
        self.start(job)

    def end(self) -> None:
        """End the process."""
        self.process.end()
