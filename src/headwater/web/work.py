"""One job, in a process of its own: files read and put into the archive, stories traced. Run as a module.

Parsers run in yet another process, with bounds on time and memory, since files come from anywhere.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from headwater import adding, pipeline
from headwater.archive import Archive, jobs
from headwater.errors import HeadwaterError, InputError
from headwater.labels import plain
from headwater.model import Article
from headwater.taking import Progress, take

_NAMED = 3  # files that could not be read, which the job names


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _stop(*_: object) -> None:
    """End as after an error: folders are cleared away, the job says why."""
    raise SystemExit("it was stopped; what was done is kept")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the job that the arguments name; 0 where it was done."""
    parser = argparse.ArgumentParser(prog="headwater.web.work")
    parser.add_argument("--archive", required=True)
    parser.add_argument("--job", type=int, required=True)
    parser.add_argument("--reader")
    parser.add_argument("--files")
    parser.add_argument("--published")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    if hasattr(os, "nice"):
        os.nice(5)  # pages come first
    with Archive(given.archive) as archive:
        try:
            tagger = pipeline.reader(given.reader)
            if given.files is None:
                adding.go_on(archive, clock=_now, tagger=tagger, job=given.job)
                return 0
            with tempfile.TemporaryDirectory(prefix="headwater-") as out:
                articles, failures = _read(archive, given.job, given.files, out)
            adding.add(archive, articles, clock=_now, tagger=tagger, published=given.published, job=given.job,
                       remarks=_said(failures))  # fmt: skip
        except HeadwaterError as error:
            jobs.finish(archive, given.job, at=_now(), note=" ".join(str(error).split()), failed=True)
            return 1
    return 0


def _read(archive: Archive, job: int, files: str, out: str) -> tuple[list[Article], list[str]]:
    """The articles of the files that were sent, and a line for each that could not be used."""

    def step(now: Progress) -> None:
        jobs.progress(archive, job, "reading", now.inputs, now.of, at=_now())

    take([files], out, jobs=1, step=step)
    lines = (Path(out) / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    failures = [_line(f["path"], f["reason"], files) for f in map(json.loads, lines)]
    made = sorted(Path(out).glob("articles-*.jsonl"))
    batch = pipeline.take_in([str(path) for path in made]) if made else None
    if batch is None or not batch.articles:
        why = "; ".join(_said(failures)) or "nothing was sent"
        raise InputError(f"no article was found: {why}")
    # where the files stood for a moment says nothing to anybody
    return [replace(a, path=Path(a.path).name if a.path else None) for a in batch.articles], failures


def _line(path: str, why: str, files: str) -> str:
    """Why a file was not used; what is said of the folder they were put into is said of all, without its name."""
    why = plain(why.replace(f"{files}{os.sep}", ""))
    return why if path == files else f"{plain(Path(path).name)} was not used: {why}"


def _said(failures: Sequence[str]) -> list[str]:
    return [*failures[:_NAMED], *([f"and {len(failures) - _NAMED} more files"] if len(failures) > _NAMED else [])]


if __name__ == "__main__":
    sys.exit(main())
