"""Long work and how far it is, in the file: what is shown survives a reload, and the end of the program that did it.

A job that was killed stays ``running`` with the time it was last heard of; the caller judges by its clock.
"""

from dataclasses import dataclass
from typing import Literal

from headwater.archive.store import Archive
from headwater.errors import InputError

State = Literal["running", "done", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work as far as it is: ``done`` of ``total`` in its ``stage`` (total None = not known yet).

    ``started`` and ``updated`` are by the caller's clock (ISO 8601); ``note`` is one line about how it ended.
    """

    id: int
    kind: str
    state: State
    stage: str
    done: int
    total: int | None
    note: str
    started: str
    updated: str


_LATELY = 5  # jobs: one works at a time, and what was killed long ago is none that works
_COLUMNS = "id, kind, state, stage, done, total, note, started, updated"


def start(archive: Archive, kind: str, *, at: str) -> int:
    """Begin a job; its number."""
    with archive.writing() as db:
        number = db.execute(
            "INSERT INTO jobs (kind, state, started, updated) VALUES (?, 'running', ?, ?)", (kind, at, at)
        ).lastrowid
    assert number is not None
    return number


def progress(archive: Archive, job: int, stage: str, done: int, total: int | None, *, at: str) -> None:
    """Say how far a job is."""
    with archive.writing() as db:
        db.execute(
            "UPDATE jobs SET state = 'running', stage = ?, done = ?, total = ?, updated = ? WHERE id = ?",
            (stage, done, total, at, job),
        )


def finish(archive: Archive, job: int, *, at: str, note: str = "", failed: bool = False) -> None:
    """End a job."""
    with archive.writing() as db:
        db.execute(
            "UPDATE jobs SET state = ?, note = ?, updated = ? WHERE id = ?",
            ("failed" if failed else "done", note, at, job),
        )


def job(archive: Archive, number: int) -> Job:
    """One job.

    Raises:
        InputError: there is none of that number.
    """
    with archive.reading() as db:
        row = db.execute(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise InputError(f"no job {number} in the archive")
    return Job(**dict(zip(_COLUMNS.split(", "), row, strict=True)))


def jobs(archive: Archive, *, offset: int = 0, limit: int = 20) -> tuple[tuple[Job, ...], int]:
    """A page of the jobs, those begun last first; and how many there are in all."""
    with archive.reading() as db:
        total = db.execute("SELECT count(*) FROM jobs").fetchone()[0]
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM jobs ORDER BY id DESC LIMIT ? OFFSET ?", (max(0, limit), max(0, offset))
        ).fetchall()
    return tuple(Job(**dict(zip(_COLUMNS.split(", "), row, strict=True))) for row in rows), total


def running(archive: Archive) -> tuple[Job, ...]:
    """The jobs that are at work, as far as is known, among those begun last."""
    return tuple(one for one in jobs(archive, limit=_LATELY)[0] if one.state == "running")
