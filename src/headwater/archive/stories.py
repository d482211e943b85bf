"""Stories and claims as readers see them: lists by the page, whole traces, and old ids that lead to new ones."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from headwater.archive.records import unpacked
from headwater.archive.store import Archive
from headwater.errors import InputError
from headwater.model import Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story as lists show it.

    ``title`` is the earliest article's, ``first`` and ``last`` the EDTF days of its articles. ``revision`` counts its
    traces: a page made of one stays right while it is the same. ``stale`` says that articles or decisions came since;
    ``trouble`` what went wrong when it was traced the last time. ``decisions`` holds the ids of those it was
    made with; one by names is given to every story.
    """

    id: str
    title: str
    articles: int
    outlets: int
    claims: int
    first: str | None
    last: str | None
    revision: int
    stale: bool
    trouble: str | None = None
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim as lists show it; ``low`` and ``high`` bound its independent origins."""

    id: str
    story: str
    text: str
    kind: str
    outlets: int
    low: int
    high: int


_COLUMNS = "id, title, articles, outlets, claims, day_from, day_to, revision, stale, trouble, decisions"


def stories(archive: Archive, *, offset: int = 0, limit: int = 50) -> tuple[tuple[StoryRow, ...], int]:
    """A page of the stories that have a trace, that with the latest article first; and how many there are in all."""
    with archive.reading() as db:
        total = db.execute("SELECT count(*) FROM stories WHERE trace IS NOT NULL").fetchone()[0]
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM stories WHERE trace IS NOT NULL"
            " ORDER BY day_to IS NULL, day_to DESC, articles DESC, id LIMIT ? OFFSET ?",
            (max(0, limit), max(0, offset)),
        ).fetchall()
    return tuple(map(_row, rows)), total


def story(archive: Archive, story_id: str) -> StoryRow:
    """One story, by its id or an older id that leads to it.

    Raises:
        InputError: there is no such story, or it was not traced yet.
    """
    with archive.reading() as db:
        row = db.execute(
            f"SELECT {_COLUMNS} FROM stories WHERE id = ? AND trace IS NOT NULL", (current(db, "story", story_id),)
        ).fetchone()
    if row is None:
        raise InputError(f"no story {story_id!r} in the archive; list them, or search for their words")
    return _row(row)


def trace(archive: Archive, story_id: str) -> Trace:
    """A story's whole trace, by its id or an older one; ids of claims are those that last.

    Decoded once for each revision and kept in memory for the stories asked for last.

    Raises:
        InputError: there is no such story, or it was not traced yet.
    """
    with archive.reading() as db:
        row = db.execute(
            "SELECT id, revision FROM stories WHERE id = ? AND trace IS NOT NULL", (current(db, "story", story_id),)
        ).fetchone()
        if row is None:
            raise InputError(f"no story {story_id!r} in the archive; list them, or search for their words")
        made = archive.kept(*row)
        if made is None:
            made = load_trace(db, row[0])
            assert made is not None
            archive.keep(row[0], row[1], made)
    return made


def claims(archive: Archive, story_id: str, *, offset: int = 0, limit: int = 100) -> tuple[tuple[ClaimRow, ...], int]:
    """A page of a story's claims in the order of its trace, and how many there are in all."""
    with archive.reading() as db:
        key = current(db, "story", story_id)
        total = db.execute("SELECT count(*) FROM claims WHERE story = ?", (key,)).fetchone()[0]
        rows = db.execute(
            f"{_CLAIMS} WHERE claims.story = ? ORDER BY place LIMIT ? OFFSET ?",
            (key, max(0, limit), max(0, offset)),
        ).fetchall()
    return tuple(_claim_row(r) for r in rows), total


def claim(archive: Archive, claim_id: str) -> ClaimRow:
    """One claim, by its id or an older id that leads to it.

    Raises:
        InputError: there is no such claim, or nothing is left of it.
    """
    with archive.reading() as db:
        row = db.execute(f"{_CLAIMS} WHERE claims.id = ?", (current(db, "claim", claim_id),)).fetchone()
    if row is None:
        raise InputError(f"no claim {claim_id!r} in the archive; search for its words")
    return _claim_row(row)


def current(db: sqlite3.Connection, what: str, old: str) -> str:
    """The id that a story's or claim's id leads to; itself where it is in use or unknown."""
    row = db.execute("SELECT new FROM aliases WHERE what = ? AND old = ?", (what, old)).fetchone()
    return row[0] if row and row[0] else old


_CLAIMS = (
    "SELECT claims.id, claims.story, text, kind, outlets, low, high FROM claims JOIN entries ON number = claims.entry"
)


def _claim_row(row: Sequence[object]) -> ClaimRow:
    names = ("id", "story", "text", "kind", "outlets", "low", "high")
    return ClaimRow(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]


def _row(row: Sequence[object]) -> StoryRow:
    names = tuple(one.name for one in fields(StoryRow))
    said = dict(zip(names, row, strict=True))
    for end in ("first", "last"):
        day = said[end]
        said[end] = date.fromordinal(day).isoformat() if isinstance(day, int) else None
    said |= {"stale": bool(said["stale"]), "decisions": tuple(json.loads(str(said["decisions"])))}
    return StoryRow(**said)  # type: ignore[arg-type]


def load_trace(db: sqlite3.Connection, story_id: str) -> Trace | None:
    """A trace from its row: the texts of its articles stand in theirs."""
    row = db.execute("SELECT trace FROM stories WHERE id = ?", (story_id,)).fetchone()
    if row is None or row[0] is None:
        return None
    made = unpacked(row[0], Trace)
    texts = dict(
        db.execute(
            "SELECT id, text FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([a.id for a in made.articles]),),
        ).fetchall()
    )
    return replace(made, articles=tuple(replace(a, text=texts[a.id]) for a in made.articles))
