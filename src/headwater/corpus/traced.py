"""The stories of a corpus traced, each as ``headwater trace`` does it: into an archive, or a file for each story."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from headwater.archive import Archive
from headwater.corpus import run as runs
from headwater.corpus.archived import Archiving
from headwater.corpus.folder import Folder, is_remote
from headwater.corpus.guard import Lost
from headwater.corpus.run import Base, Done, Progress, Run, Settings
from headwater.corpus.shards import Entry, Shard, finish, writing
from headwater.corpus.telling import rows_of, told_at, trace_guarded
from headwater.corpus.windows import Plan
from headwater.errors import InputError
from headwater.model import Failure
from headwater.report.json import line_of, to_json

#: Ends of a name that say that it is an archive.
_ARCHIVES = (".db", ".sqlite", ".sqlite3")
_STAGE = "traces"


class Tracing(NamedTuple):
    """A shard of traces that is to be made of a shard of stories."""

    shard: Shard
    stories: Shard
    base: Base
    readings: Mapping[int, Shard]
    settings: Settings


def is_archive(out: str) -> bool:
    """Whether a path is that of an archive: by its name."""
    return out.endswith(_ARCHIVES)


def trace(source: str, out: str, settings: Settings, *, step: Callable[[Progress], None] | None = None) -> Done:
    """Trace each story of a corpus.

    Args:
        source: as for ``read``.
        out: an archive (``.db``, ``.sqlite``), which ``headwater serve`` opens, with a folder of its name and
            ``.corpus`` beside it; or a folder, for ``traces/STORY.json``.
        settings: how.
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
                return [Archiving(run, base, read, archive).go(stories)], plan
        return _files(run, base, read, stories), plan

    return runs.command(source, f"{out}.corpus" if is_archive(out) else out, settings, step, work)


def _files(run: Run, base: Base, readings: Sequence[Shard], stories: Sequence[Shard]) -> list[Entry]:
    """Write a file for each story, shard by shard."""
    tasks = []
    for number, shard in enumerate(stories):
        held = sorted({n for refs in rows_of(shard) for n, _ in refs})
        of = Base({n: base.shards[n] for n in held}, (), {n: base.names[n] for n in held if n in base.names})
        made_from = (shard.stamp, [_digest(readings[n]) for n in held])
        tasks.append(Tracing(run.shard(_STAGE, number, *made_from), shard, of,
                            {n: readings[n] for n in held}, run.settings))  # fmt: skip
    entries = run.stage(_STAGE, tasks, lambda task: task.shard, trace_all)
    _sweep(run.folder, [task.shard for task in tasks])
    return entries


def _digest(shard: Shard) -> str:
    data = Folder(shard.out).read(shard.entry)
    return msgspec.json.decode(data, type=Entry).digest if data else ""


def _sweep(folder: Folder, shards: Sequence[Shard]) -> None:
    """Take away the files of stories that are none any more, since the articles are others."""
    lists = (folder.read(shard.name) or b"" for shard in shards)
    there = {msgspec.json.decode(line)["file"] for data in lists for line in data.splitlines()}
    for name in folder.names(_STAGE):
        if name.endswith(".json") and f"{_STAGE}/{name}" not in there:
            folder.remove(f"{_STAGE}/{name}")


def trace_all(task: Tracing) -> Entry:
    """Write a file for each story of a shard, and the shard: a line for each, with its file and how much it holds."""
    folder = Folder(task.shard.out)
    failures: list[Failure] = []
    ids = [msgspec.json.decode(line)["story"] for line in (folder.read(task.stories.name) or b"").splitlines()]
    with writing(task.shard) as into:
        for name, refs in zip(ids, rows_of(task.stories), strict=True):
            made = trace_guarded((told_at(task.base, task.readings, refs), task.settings))
            if isinstance(made, Lost):
                failures.append(Failure(where=f"story {name}", why=f"could not be traced: it {made.why}"))
                continue
            file = f"{_STAGE}/{name}.json"
            folder.write(file, to_json(made))
            into.add(line_of({"story": name, "file": file, "articles": len(made.articles), "claims": len(made.claims),
                              "findings": len(made.findings)}))  # fmt: skip
    return finish(task.shard, into.entry(task.shard, failures))
