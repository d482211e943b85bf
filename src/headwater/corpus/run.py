"""A command over a corpus: its stages in order, each a map of an engine over the shards that are not there yet.

Articles first; readings, copies and stories of these; traces of the stories. A stage that is done for the same
articles is passed over, so that one folder can be given to one command after another.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from headwater.apart import processors
from headwater.cluster.links import AFTER, BEFORE
from headwater.corpus import judged, linked, taken, windows
from headwater.corpus.folder import Folder, is_remote
from headwater.corpus.guard import close_guards
from headwater.corpus.guarded import Bounds
from headwater.corpus.pieces import ARTICLES, pieces
from headwater.corpus.pieces import stamp as stamp_of
from headwater.corpus.shards import LOG, Entry, Shard, close, finished, opened, stamped, told
from headwater.engines import Engine, load_engine
from headwater.errors import InputError
from headwater.model import Failure
from headwater.report.json import line_of

Task = TypeVar("Task")

#: Articles that go into one shard, as near as the files allow.
SIZE = 500


class Progress(NamedTuple):
    """How far a stage is: shards done ``of`` all, what they hold, and how fast.

    ``before`` shards were done by an earlier run; ``rate`` is records a second, ``left`` seconds, both None until a
    shard was made.
    """

    stage: str
    done: int
    of: int
    before: int
    records: int
    failures: int
    rate: float | None
    left: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a corpus is worked on.

    ``size`` is articles in a shard, ``window`` articles in the days of a window, ``within_days`` how far apart copies
    are looked for. ``workers`` work at the same time on this machine; None = as many as there are processors. What is
    written depends on the first three, on ``reader``, and on nothing else. ``bounds`` hold for one article.
    """

    engine: str = "local"
    workers: int | None = None
    size: int = SIZE
    window: int = windows.SIZE
    within_days: int = judged.COPIED_WITHIN
    reader: str | None = None
    cache: str | None = None
    bounds: Bounds = field(default_factory=Bounds)


class Done(NamedTuple):
    """What a command left: articles, the records of its own stage, failures, and the first of them.

    ``undated`` articles bear no day; ``everywhere`` is False where they were too many to be compared with all others.
    """

    articles: int
    records: int
    failures: int
    first: Failure | None
    undated: int = 0
    everywhere: bool = True


@dataclass
class Run:
    """One command at work in its folder."""

    folder: Folder
    settings: Settings
    engine: Engine
    step: Callable[[Progress], None] | None
    stages: list[tuple[str, int]] = field(default_factory=list)
    first: Failure | None = None
    lost: list[tuple[str, Failure]] = field(default_factory=list)

    def stage(self, name: str, tasks: Sequence[Task], shard_of: Callable[[Task], Shard],
              function: Callable[[Task], Entry]) -> list[Entry]:  # fmt: skip
        """Make the shards of a stage that are not there; the entries of all, in order."""
        entries = [finished(shard_of(task)) for task in tasks]
        missing = [number for number, entry in enumerate(entries) if entry is None]
        tell = _Teller(self, name, entries)
        for number, entry in zip(missing, self.engine.map(function, [tasks[n] for n in missing]), strict=True):
            entries[number] = entry
            tell.made(number, entry)
        self.done(name, len(tasks))
        made = [entry for entry in entries if entry is not None]
        self.first = self.first or next((one for entry in made for one in entry.failures), None)
        return made

    def done(self, name: str, count: int) -> None:
        """A stage is done, with so many shards."""
        close(self.folder, name, count)
        self.stages.append((name, count))

    def lose(self, stage: str, failures: Sequence[Failure]) -> None:
        """These failures belong to no shard."""
        self.lost += [(stage, one) for one in failures]
        self.first = self.first or next(iter(failures), None)

    def shard(self, stage: str, number: int, *parts: object) -> Shard:
        """A shard of this run that is made from these."""
        return Shard(self.folder.address, stage, number, stamped(stage, *parts))


class _Teller:
    """Tells how far a stage is, to who looks on and to the log."""

    def __init__(self, run: Run, stage: str, entries: Sequence[Entry | None]) -> None:
        there = [entry for entry in entries if entry is not None]
        self._run, self._began, self._made = run, time.monotonic(), 0
        self._now = Progress(stage, len(there), len(entries), len(there), sum(e.records for e in there),
                             sum(len(e.failures) for e in there), None, None)  # fmt: skip
        self._tell(None)

    def made(self, number: int, entry: Entry) -> None:
        spent = max(time.monotonic() - self._began, 1e-9)
        self._made += entry.records
        now = self._now
        done = now.done + 1
        self._now = now._replace(
            done=done,
            records=now.records + entry.records,
            failures=now.failures + len(entry.failures),
            rate=self._made / spent,
            left=spent / (done - now.before) * (now.of - done),
        )
        self._tell(number)

    def _tell(self, number: int | None) -> None:
        fields = {"time": round(time.time(), 3), "shard": number, **self._now._asdict()}
        for key in ("rate", "left"):
            if fields[key] is not None:
                fields[key] = round(float(fields[key]), 3)
        self._run.folder.append(LOG, line_of(fields) + b"\n")
        if self._run.step is not None:
            self._run.step(self._now)


def read(source: str, out: str, settings: Settings, *, step: Callable[[Progress], None] | None = None) -> Done:
    """Read each article of a corpus by itself: ``articles`` and ``readings`` in ``out``, shard by shard."""

    def work(run: Run, base: "Base") -> tuple[list[Entry], windows.Plan | None]:
        return readings(run, base), None

    return command(source, out, settings, step, work)


def copies(source: str, out: str, settings: Settings, *, step: Callable[[Progress], None] | None = None) -> Done:
    """Which articles of a corpus share text, window by window: ``articles`` and ``copies`` in ``out``."""

    def work(run: Run, base: "Base") -> tuple[list[Entry], windows.Plan | None]:
        within = settings.within_days
        # what is judged together with a copy is what both of its articles can share text with
        plan = windows.plan(base.entries, before=2 * within, after=within, size=settings.window)
        tasks = _tasks(run, base, plan, "copies", within)
        return run.stage("copies", tasks, lambda task: task.shard, judged.find_copies), plan

    return command(source, out, settings, step, work)


def stories(source: str, out: str, settings: Settings, *, step: Callable[[Progress], None] | None = None) -> Done:
    """Which articles of a corpus tell one story: ``articles``, ``links`` between them and ``stories`` in ``out``."""

    def work(run: Run, base: "Base") -> tuple[list[Entry], windows.Plan | None]:
        entries, plan, _ = told_together(run, base)
        return entries, plan

    return command(source, out, settings, step, work)


class Base(NamedTuple):
    """The articles of a run: their shards, entries, and the other ids of some, by shard and row."""

    shards: Mapping[int, Shard]
    entries: tuple[Entry, ...]
    names: Mapping[int, Mapping[int, str]]


def readings(run: Run, base: Base) -> list[Entry]:
    """The stage that reads each article."""
    tagger = taken.tagger_of(run.settings.reader, None)  # a reader that is not there is said before anything is done
    key = getattr(tagger, "key", tagger.name)
    tasks = [
        taken.Read(
            run.shard("readings", n, entry.digest, sorted(base.names.get(n, {}).items()), key),
            base.shards[n], base.names.get(n, {}), run.settings.reader, run.settings.cache, run.settings.bounds,
        )
        for n, entry in enumerate(base.entries)
    ]  # fmt: skip
    return run.stage("readings", tasks, lambda task: task.shard, taken.read)


def told_together(run: Run, base: Base) -> tuple[list[Entry], windows.Plan, list[Shard]]:
    """The stages that find stories: words, whom articles without a day are held against, links, and the stories."""
    bounds = run.settings.bounds
    wording = [
        linked.Wording(run.shard("words", n, entry.digest, sorted(base.names.get(n, {}).items())), base.shards[n],
                       base.names.get(n, {}), bounds)
        for n, entry in enumerate(base.entries)
    ]  # fmt: skip
    entries = run.stage("words", wording, lambda task: task.shard, linked.word)
    words = [task.shard for task in wording]
    digests = [entry.digest for entry in entries]
    plan = windows.plan(base.entries, before=BEFORE, after=AFTER, size=run.settings.window, undated=False)
    held = linked.held(words) if plan.undated else linked.NONE_HELD
    beholding = [
        linked.Beholding(run.shard("beside", n, part.tolist(), *digests), words[0], part, bounds, bounds.seconds)
        for n, part in enumerate(linked.parted(held))
    ]
    run.stage("beside", beholding, lambda task: task.shard, linked.behold)
    held = linked.read_held([task.shard for task in beholding])
    linking = []
    for number, view in enumerate(linked.views(plan, words, held)):
        made_from = [(n, digests[n]) for n in view.words]
        shard = run.shard("links", number, view.window, made_from, view.held.tolist())
        larger, seconds = bounds.of_many(sum(entries[n].records for n in view.words))
        linking.append(linked.Linking(shard, view, larger, seconds))
    links = run.stage("links", linking, lambda task: task.shard, linked.link)
    made = [entry.digest for entry in links]
    shards = [run.shard("stories", n, *made, *(task.view.window for task in linking)) for n in range(len(linking))]
    there = [finished(shard) for shard in shards]
    tell = _Teller(run, "stories", there)
    stories = [entry for entry in there if entry is not None]
    if len(stories) < len(shards):
        stories = []
        for number, entry in enumerate(linked.join(shards, linking, held)):
            stories.append(entry)
            if there[number] is None:
                tell.made(number, entry)
    run.done("stories", len(shards))
    return stories, plan, shards


def _tasks(run: Run, base: Base, plan: windows.Plan, stage: str, within: int) -> list[judged.Judge]:
    out = []
    for number, (window, held) in enumerate(plan.windows):
        sources = windows.Sources(
            {n: base.shards[n] for n in held}, {n: base.names[n] for n in held if n in base.names}
        )
        made_from = [(n, base.entries[n].digest, sorted(base.names.get(n, {}).items())) for n in held]
        shard = run.shard(stage, number, window, within, made_from)
        larger, seconds = run.settings.bounds.of_many(sum(base.entries[n].records for n in held))
        out.append(judged.Judge(shard, window, sources, within, larger, seconds))
    return out


def articles(run: Run, source: str, out: str) -> Base:
    """The first stage: the articles of a corpus.

    Raises:
        InputError: there is nothing to read.
    """
    if _holds(out, source):
        raise InputError(f"{out} lies in {source}; give a folder beside it")
    found, failures = pieces(source, run.settings.size)
    if not found:
        raise InputError(f"{failures[0].where}: {failures[0].why}" if failures else f"{source}: holds no articles")
    run.lose(ARTICLES, failures)
    tasks = [
        taken.Take(run.shard(ARTICLES, n, stamp_of(piece), sorted(run.settings.bounds._asdict().items())), piece,
                   run.settings.bounds)
        for n, piece in enumerate(found)
    ]  # fmt: skip
    entries = run.stage(ARTICLES, tasks, lambda task: task.shard, taken.take)
    shards = [task.shard for task in tasks]
    return Base(dict(enumerate(shards)), tuple(entries), taken.names(shards))


def _holds(out: str, source: str) -> bool:
    if is_remote(out) or is_remote(source) or not os.path.isdir(source):
        return False
    inside = Path(out).resolve()
    return Path(source).resolve() in (inside, *inside.parents) and Path(source).resolve() != inside


def command(source: str, out: str, settings: Settings, step: Callable[[Progress], None] | None,
            work: Callable[[Run, Base], tuple[list[Entry], windows.Plan | None]]) -> Done:  # fmt: skip
    """Run a command: its articles, then ``work``, which gives the entries of its own stage and the windows it went by.

    Raises:
        InputError: there is nothing to read, or ``out`` cannot be written.
        MissingExtra: something is asked for that is not installed.
    """
    workers = settings.workers or processors()
    engine = load_engine(settings.engine, workers=workers)
    try:
        with opened(out) as folder:
            run = Run(folder, settings, engine, step)
            base = articles(run, source, out)
            entries, plan = work(run, base)
            failures = told(folder, run.stages, run.lost)
    finally:
        close_guards()
    count = sum(entry.records for entry in base.entries)
    undated = plan.undated if plan else 0
    return Done(count, sum(e.records for e in entries), failures, run.first, undated, plan.everywhere if plan else True)
