"""The stories of a corpus traced, each as ``headwater trace`` does it: into an archive, or a file for each story.

An archive knows itself which stories are still to be traced; what its articles and stories come from is kept in a
folder beside it, so that a run that was cut off goes on there too.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

import headwater
from headwater import adding, pipeline
from headwater.archive import Archive, applied, neighbours, showing
from headwater.archive import articles as stored
from headwater.corpus import run as runs
from headwater.corpus.folder import Folder, is_remote
from headwater.corpus.guard import Lost, guard
from headwater.corpus.guarded import Bounds
from headwater.corpus.run import Base, Done, Progress, Run, Settings
from headwater.corpus.shards import Entry, Shard, finish, writing
from headwater.corpus.taken import article_of, index_of, tagger_of
from headwater.corpus.windows import Plan, at_rows
from headwater.errors import InputError
from headwater.model import Article, Decisions, Failure, Reading, Trace
from headwater.report.json import line_of, to_json

#: Ends of a name that say that it is an archive.
_ARCHIVES = (".db", ".sqlite", ".sqlite3")
_AT_ONCE = 100  # articles put into an archive in one transaction
_GIVEN_OUT = 200  # stories that an engine is given at a time
_WHY_NOT = "it could not be read; nothing is known of what it says"


class Tracing(NamedTuple):
    """A shard of traces that is to be made of a shard of stories."""

    shard: Shard
    stories: Shard
    base: Base
    readings: Mapping[int, Shard]
    settings: Settings


class Told(NamedTuple):
    """A story that is to be traced: articles, and their readings by id."""

    articles: tuple[Article, ...]
    readings: dict[str, Reading]
    failures: tuple[Failure, ...] = ()
    decisions: Decisions = Decisions()


def is_archive(out: str) -> bool:
    """Whether a path is that of an archive: by its name."""
    return out.endswith(_ARCHIVES)


def trace(
    source: str, out: str, settings: Settings, *, clock: Callable[[], str],
    step: Callable[[Progress], None] | None = None,
) -> Done:  # fmt: skip
    """Trace each story of a corpus.

    Args:
        source: as for ``read``.
        out: an archive (``.db``, ``.sqlite``), which ``headwater serve`` opens, with a folder of its name and
            ``.corpus`` beside it; or a folder, for ``traces/STORY.json``.
        settings: how.
        clock: gives the time, in ISO 8601, for the archive's account of work.
        step: told how far a stage is.

    Raises:
        InputError: there is nothing to read, or an archive is to be written to a place that is no disk.
    """
    if is_archive(out) and is_remote(out):
        raise InputError(f"{out}: an archive stands on a disk; give a path of this machine")

    def work(run: Run, base: Base) -> tuple[list[Entry], Plan]:
        runs.readings(run, base)
        read = [Shard(run.folder.address, "readings", n, "") for n in range(len(base.shards))]
        _, plan, stories = runs.told_together(run, base)
        if is_archive(out):
            with Archive(out) as archive:
                return [_Archiving(run, base, read, archive).go(stories, clock)], plan
        return _files(run, base, read, stories), plan

    return runs.command(source, f"{out}.corpus" if is_archive(out) else out, settings, step, work)


# A file for each story -----------------------------------------------------------------------------------------------


def _files(run: Run, base: Base, readings: Sequence[Shard], stories: Sequence[Shard]) -> list[Entry]:
    tasks = []
    for number, shard in enumerate(stories):
        rows = _rows(shard)
        held = sorted({n for refs in rows for n, _ in refs})
        of = Base({n: base.shards[n] for n in held}, (), {n: base.names[n] for n in held if n in base.names})
        made_from = (shard.stamp, [_digest(readings[n]) for n in held])
        tasks.append(Tracing(run.shard("traces", number, *made_from), shard, of,
                            {n: readings[n] for n in held}, run.settings))  # fmt: skip
    return run.stage("traces", tasks, lambda task: task.shard, trace_all)


def _digest(shard: Shard) -> str:
    data = Folder(shard.out).read(shard.entry)
    return msgspec.json.decode(data, type=Entry).digest if data else ""


def trace_all(task: Tracing) -> Entry:
    """Write a file for each story of a shard, and the shard: a line for each, with its file and how much it holds."""
    folder = Folder(task.shard.out)
    for line in (folder.read(task.shard.name) or b"").splitlines():
        folder.remove(msgspec.json.decode(line)["file"])  # what an earlier run made of other articles
    failures: list[Failure] = []
    ids = [msgspec.json.decode(line)["story"] for line in (folder.read(task.stories.name) or b"").splitlines()]
    with guard(task.settings.bounds) as mine, writing(task.shard) as into:
        for name, refs in zip(ids, _rows(task.stories), strict=True):
            told = _told(task.base, task.readings, refs)
            made = mine.call(trace_one, told, task.settings.reader, task.settings.cache,
                             seconds=_seconds(task.settings.bounds, told))  # fmt: skip
            if isinstance(made, Lost):
                failures.append(Failure(where=f"story {name}", why=f"could not be traced: it {made.why}"))
                continue
            file = f"traces/{name}.json"
            folder.write(file, to_json(made))
            into.add(line_of({"story": name, "file": file, "articles": len(made.articles), "claims": len(made.claims),
                              "findings": len(made.findings)}))  # fmt: skip
    return finish(task.shard, into.entry(task.shard, failures))


def trace_one(told: Told, reader: str | None, cache: str | None) -> Trace:
    """For a guard: the trace of one story."""
    return pipeline.trace_story(
        told.articles,
        tagger=tagger_of(reader, cache),
        readings=told.readings,
        failures=told.failures,
        decisions=told.decisions,
    )


def _rows(stories: Shard) -> list[list[tuple[int, int]]]:
    data = Folder(stories.out).read(stories.beside("rows")) or b"[]"
    return msgspec.json.decode(data, type=list[list[tuple[int, int]]])


def _told(base: Base, readings: Mapping[int, Shard], refs: Sequence[tuple[int, int]]) -> Told:
    articles: list[Article] = []
    found: dict[str, Reading] = {}
    failures: list[Failure] = []
    for number, row in refs:
        article = at_rows(base.shards[number], [row], base.names.get(number, {}))[0]
        made = reading_at(readings[number], row)
        if made is None:
            failures.append(Failure(where=article.id, why=_WHY_NOT))
        articles.append(article)
        found[article.id] = made or Reading(id=article.id, furniture=article.furniture)
    return Told(tuple(articles), found, tuple(failures))


def reading_at(shard: Shard, row: int) -> Reading | None:
    """The reading of an article by its row; None where it could not be read."""
    record = index_of(shard)[row]
    if not record["size"]:
        return None
    with Folder(shard.out).open(shard.name) as file:
        file.seek(int(record["at"]))
        return msgspec.json.decode(file.read(int(record["size"])), type=Reading)


def _seconds(bounds: Bounds, told: Told) -> float:
    return bounds.seconds * (1 + len(told.articles) / 10)


# Into an archive -----------------------------------------------------------------------------------------------------


class _Archiving:
    """Articles, readings and stories of a run on their way into an archive."""

    def __init__(self, run: Run, base: Base, readings: Sequence[Shard], archive: Archive) -> None:
        tagger = tagger_of(run.settings.reader, None)
        self._run, self._base, self._readings, self._archive = run, base, readings, archive
        self._key = f"{headwater.__version__} {getattr(tagger, 'key', tagger.name)}"
        self._ids: dict[tuple[int, int], str] = {}

    def go(self, stories: Sequence[Shard], clock: Callable[[], str]) -> Entry:
        """Put all in and trace what is to be traced."""
        for number in range(len(self._base.shards)):
            self._put(number)
        for shard in stories:
            self._assign(_rows(shard))
        failures: list[Failure] = []
        traced = self._trace(failures)
        if neighbours.unassigned(self._archive):  # beside stories that were in the archive before
            done = adding.go_on(self._archive, clock=clock, tagger=tagger_of(self._run.settings.reader, None))
            traced += len(done.traced)
            failures += done.failures
        return Entry(stamp="", size=0, digest="", records=traced, failures=tuple(failures))

    def _put(self, number: int) -> None:
        shard, names = self._base.shards[number], self._base.names.get(number, {})
        with Folder(shard.out).open(shard.name) as file:
            rows = ((row, article_of(line, names.get(row))) for row, line in enumerate(file))
            while part := list(islice(rows, _AT_ONCE)):
                new, known = stored.put(self._archive, [article for _, article in part])
                there = {one.given: one.id for one in known}
                fresh = iter(new)
                unread = []
                for row, article in part:
                    own = there.get(article.id) or next(fresh)
                    self._ids[number, row] = own
                    if own == article.id:
                        made = reading_at(self._readings[number], row)
                        unread.append((article, made or Reading(id=own, furniture=article.furniture)))
                stored.keep_readings(self._archive, unread, reader=self._key)

    def _assign(self, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        named = [sorted({self._ids[number, row] for number, row in refs}) for refs in rows]
        with self._archive.reading() as db:
            groups = [group for group in named if all(_wanted(db, name) is None for name in group)]
        fresh: list[list[str]] = []
        seen: set[str] = set()
        for group in groups:  # one text under two ids is one article of an archive, which tells one story
            left = [name for name in group if name not in seen]
            seen.update(left)
            if left:
                fresh.append(left)
        showing.assign(self._archive, fresh, before=dict.fromkeys(sorted(seen)))

    def _trace(self, failures: list[Failure]) -> int:
        traced = 0
        waiting = showing.waiting(self._archive)
        rest = iter(waiting)
        while part := list(islice(rest, _GIVEN_OUT)):
            loaded = [given for name in part if (given := showing.load(self._archive, name)) is not None]
            tasks = [self._task(given) for given in loaded]
            made = self._run.engine.map(trace_guarded, [(told, self._run.settings) for told, _ in tasks])
            for given, (_, used), outcome in zip(loaded, tasks, made, strict=True):
                if isinstance(outcome, Lost):
                    why = f"could not be traced: it {outcome.why}"
                    failures.append(Failure(where=f"story {given.id}", why=why))
                    showing.give_up(self._archive, given, why)
                else:
                    traced += showing.save(self._archive, given, outcome, decisions=used)
        return traced

    def _task(self, given: showing.Waiting) -> tuple[Told, Sequence[str]]:
        told = applied.of_story(self._archive, [(a.id, a.outlet) for a in given.articles])
        cleaned = tuple(applied.marked(a, told) for a in given.articles)
        found = stored.kept_readings(self._archive, cleaned, reader=self._key)
        return Told(cleaned, found, (), told.decisions), told.used


def trace_guarded(task: tuple[Told, Settings]) -> "Trace | Lost":
    """The trace of one story, made in a guarded process."""
    told, settings = task
    with guard(settings.bounds) as mine:
        return mine.call(trace_one, told, settings.reader, settings.cache, seconds=_seconds(settings.bounds, told))


def _wanted(db: sqlite3.Connection, name: str) -> str | None:
    row = db.execute("SELECT wanted FROM articles WHERE id = ?", (name,)).fetchone()
    wanted: str | None = row[0]
    return wanted
