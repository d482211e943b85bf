"""What people decided, as a log that only grows: who, when, of which places or names; undoing is an entry too.

A decision is kept with the words it is about, so that it can be carried to another archive, and said to be unattached
where they are not found. ``archive.applied`` says which the next trace of a story is made with.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import msgspec

from headwater.archive.anchors import Anchor, anchored, found
from headwater.archive.entries import NAMED
from headwater.archive.records import name_key
from headwater.archive.showing import mark_stale
from headwater.archive.store import Archive
from headwater.errors import InputError
from headwater.ingest.text import encodable
from headwater.model import Failure, FurnitureKind, Named, Place, SourceKind, stable_id

Kind = Literal[
    "same_claim", "not_same_claim", "same_source", "not_same_source", "furniture", "not_furniture", "owner",
    "reliability", "note", "undo",
]  # fmt: skip

#: How many places and names each kind is about; of sources, two in all.
_ABOUT: dict[str, tuple[int, int]] = {
    "same_claim": (2, 0), "not_same_claim": (2, 0), "furniture": (1, 0), "not_furniture": (1, 0), "note": (1, 0),
    "owner": (0, 0), "reliability": (0, 1), "undo": (0, 0),
}  # fmt: skip
OF_SOURCES = frozenset({"same_source", "not_same_source"})
#: Letters of the Admiralty scale for the reliability of a source: A completely reliable ... E unreliable, F cannot be
#: judged (NATO AJP-2.1).
LETTERS = ("A", "B", "C", "D", "E", "F")
_LONGEST = 10_000  # code points of a note


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the log.

    ``id`` depends on all else, so that an entry that is imported twice is one. ``at`` is when (ISO 8601, by the clock
    of who decided). ``places`` and ``names`` are what it is about, in order; ``value`` the kind of furniture, the
    owner, the letter or the note; ``outlet`` the outlet that has the owner; ``undoes`` the entry that is undone.
    """

    id: str
    kind: Kind
    who: str
    at: str
    places: tuple[Anchor, ...] = ()
    names: tuple[Named, ...] = ()
    value: str | None = None
    outlet: str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An entry as it stands now.

    ``active`` is False where it was undone; ``places`` are where its words stand, None for those that are not found:
    an entry with such a place is ``unattached``, kept, and used in no trace.
    """

    decision: Decision
    active: bool
    places: tuple[Place | None, ...]

    @property
    def unattached(self) -> bool:
        """Whether a place of it is not found in this archive."""
        return None in self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: ids that are new, how many were there, ids whose words are not found, lines it cannot use."""

    new: tuple[str, ...]
    there: int
    unattached: tuple[str, ...]
    failures: tuple[Failure, ...]


# Deciding ------------------------------------------------------------------------------------------------------------


def decide(
    archive: Archive, kind: Kind, *, who: str, at: str, places: Sequence[Place] = (), names: Sequence[Named] = (),
    value: str | None = None, outlet: str | None = None,
) -> Decision:  # fmt: skip
    """Put a decision in the log; stories it is about are to be traced again.

    Args:
        archive: the archive.
        kind: ``same_claim`` and ``not_same_claim`` take two places (of the statements), ``same_source`` and
            ``not_same_source`` two of places (of mentions) or names, ``furniture``, ``not_furniture`` and ``note`` one
            place, ``reliability`` one name, ``owner`` an outlet.
        who: whoever decides.
        at: when, in ISO 8601; the caller's clock.
        places: where.
        names: sources by kind and name.
        value: the kind of furniture (None = "other"), the owner's name, the letter A to F, or the note.
        outlet: the outlet that belongs to ``value``.

    Raises:
        InputError: something is missing or does not fit, or a place is not in its article.
    """
    with archive.writing() as db:
        made = _made(kind, who, at, [anchored(db, p) for p in places], names, value, outlet)
        _check(made)
        _log(db, made)
    return made


def undo(archive: Archive, decision_id: str, *, who: str, at: str) -> Decision:
    """Undo an entry of the log, by another entry; undoing that one brings the first back.

    Raises:
        InputError: there is no such entry.
    """
    with archive.writing() as db:
        if _entry(db, decision_id) is None:
            raise InputError(f"no decision {decision_id[:80]!r} in the archive; list them")
        made = _made("undo", who, at, [], (), None, None, decision_id)
        _check(made)
        _log(db, made)
    return made


def _made(
    kind: Kind, who: str, at: str, places: Sequence[Anchor], names: Sequence[Named], value: str | None,
    outlet: str | None, undoes: str | None = None,
) -> Decision:  # fmt: skip
    who, at = encodable(who.strip()), encodable(at.strip())
    value = encodable(value.strip()) if value is not None else None
    outlet = encodable(outlet.strip()) if outlet is not None else None
    names = [Named(n.kind, encodable(n.name)) for n in names]
    told = (kind, who, at, *((p.digest, p.start, p.end, p.quote) for p in places), *names, value, outlet, undoes)
    return Decision(
        id=stable_id("decision", *told), kind=kind, who=who, at=at, places=tuple(places), names=tuple(names),
        value=value, outlet=outlet, undoes=undoes,
    )  # fmt: skip


def _check(made: Decision) -> None:
    """Refuse what no trace could use."""
    number = (len(made.places), len(made.names))
    fits = sum(number) == 2 if made.kind in OF_SOURCES else _ABOUT.get(made.kind) == number
    if not fits:
        raise InputError(
            f"a decision {made.kind!r} is not about {number[0]} places and {number[1]} names; "
            "give two of them for 'same' and 'not the same', one place for furniture and notes, one name for a letter"
        )
    if not made.who or not made.at:
        raise InputError("a decision needs who decided and when")
    if any(n.kind not in get_args(SourceKind) or not name_key(n.name) for n in made.names):
        raise InputError(f"a source is named by its kind ({', '.join(get_args(SourceKind))}) and its name")
    if made.kind == "furniture" and made.value not in {None, *get_args(FurnitureKind)}:
        raise InputError(f"no kind of furniture {made.value!r}; there are: {', '.join(get_args(FurnitureKind))}")
    if made.kind == "reliability" and made.value not in LETTERS:
        raise InputError("reliability is a letter from A (completely reliable) to F (cannot be judged)")
    if made.kind == "reliability" and made.names[0].kind not in NAMED:
        raise InputError("people without a name bear no letter: it would stand with everyone who is called so")
    if made.kind == "owner" and not (made.value and name_key(made.outlet or "")):
        raise InputError("whom an outlet belongs to needs the outlet and the owner")
    if made.kind == "note" and not 0 < len(made.value or "") <= _LONGEST:
        raise InputError(f"a note has between 1 and {_LONGEST:,} characters")
    if made.kind == "undo" and not made.undoes:
        raise InputError("undoing needs the id of the decision")


def _log(db: sqlite3.Connection, made: Decision) -> bool:
    """Append an entry; False where it is there already."""
    row = (made.id, made.kind, made.at, made.undoes, msgspec.json.encode(made).decode())
    done = db.execute("INSERT OR IGNORE INTO decisions (id, kind, at, undoes, record) VALUES (?, ?, ?, ?, ?)", row)
    if done.rowcount > 0:
        mark_stale(db, _touched(db, made))
    return done.rowcount > 0


def _touched(db: sqlite3.Connection, made: Decision) -> set[str]:
    """The stories that are told otherwise with this decision."""
    while made.kind == "undo":
        undone = _entry(db, made.undoes or "")
        if undone is None:
            return set()
        made = undone
    if made.kind in {"note", "reliability"}:
        return set()
    held = [p for a in made.places if (p := found(db, a))]
    out = {db.execute("SELECT wanted FROM articles WHERE id = ?", (p.article,)).fetchone()[0] for p in held}
    if made.kind == "owner":
        rows = db.execute("SELECT DISTINCT wanted FROM articles WHERE outlet = ?", (name_key(made.outlet or ""),))
        out |= {r[0] for r in rows}
    for name in made.names:
        rows = db.execute(
            "SELECT DISTINCT story FROM sources WHERE key = ? AND kind = ?", (name_key(name.name), name.kind)
        )
        out |= {r[0] for r in rows}
    return out - {None}


# The log -------------------------------------------------------------------------------------------------------------


def _entry(db: sqlite3.Connection, decision_id: str) -> Decision | None:
    row = db.execute("SELECT record FROM decisions WHERE id = ?", (decision_id,)).fetchone()
    return msgspec.json.decode(row[0], type=Decision) if row else None


def entries_of(db: sqlite3.Connection) -> list[Decision]:
    """All entries in the order they were decided."""
    rows = db.execute("SELECT record FROM decisions ORDER BY at, number")
    return [msgspec.json.decode(row[0], type=Decision) for row in rows]


def holding(entries: Sequence[Decision]) -> set[str]:
    """Ids of the entries that hold: those that no entry undoes which itself holds."""
    undoing: dict[str, list[str]] = {}
    for one in entries:
        if one.kind == "undo" and one.undoes is not None:
            undoing.setdefault(one.undoes, []).append(one.id)
    holds: dict[str, bool] = {}
    for one in entries:
        pending = [one.id]  # an id is a digest of what it undoes, so there is no ring
        while pending:
            last = pending[-1]
            open_ = [u for u in undoing.get(last, ()) if u not in holds]
            if open_:
                pending += open_
            else:
                holds[pending.pop()] = not any(holds[u] for u in undoing.get(last, ()))
    return {e.id for e in entries if holds[e.id]}


def log(archive: Archive, *, offset: int = 0, limit: int = 50) -> tuple[tuple[Logged, ...], int]:
    """A page of the log, latest first, with whether each entry holds and where its words stand; and how many in all."""
    with archive.reading() as db:
        entries = entries_of(db)
        active = holding(entries)
        shown = entries[::-1][max(0, offset) :][: max(0, limit)]
        return tuple(_logged(db, e, active) for e in shown), len(entries)


def decision(archive: Archive, decision_id: str) -> Logged:
    """One entry of the log, as it stands now.

    Raises:
        InputError: there is no such entry.
    """
    with archive.reading() as db:
        entry = _entry(db, decision_id)
        if entry is None:
            raise InputError(f"no decision {decision_id[:80]!r} in the archive; list them")
        return _logged(db, entry, holding(entries_of(db)))


def about(archive: Archive, article_id: str) -> tuple[Logged, ...]:
    """The decisions that hold and are about places in one article: notes, furniture, "the same"; in order."""
    with archive.reading() as db:
        entries = entries_of(db)
        active = holding(entries)
        held = [_logged(db, e, active) for e in entries if e.places and e.id in active]
        return tuple(e for e in held if any(p is not None and p.article == article_id for p in e.places))


def _logged(db: sqlite3.Connection, entry: Decision, active: set[str]) -> Logged:
    return Logged(decision=entry, active=entry.id in active, places=tuple(found(db, a) for a in entry.places))


# Carrying ------------------------------------------------------------------------------------------------------------


def export_lines(archive: Archive) -> Iterator[bytes]:
    """The whole log as JSON lines, in the order decided, each with its line break: what ``import_lines`` takes."""
    with archive.reading() as db:
        entries = entries_of(db)
    for entry in entries:
        yield msgspec.json.encode(entry) + b"\n"


def import_lines(archive: Archive, lines: Iterable[bytes]) -> Imported:
    """Take in a log of another archive, in one transaction; what is there already is left, so that twice is once.

    Decisions whose words are not found are kept, said to be unattached, and used as soon as their article is there.
    A line that is no decision is a failure and does not stop the rest.
    """
    new, there, loose, failures = list[str](), 0, list[str](), list[Failure]()
    with archive.writing() as db:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                read = msgspec.json.decode(line, type=Decision)
                made = _made(
                    read.kind, read.who, read.at, read.places, read.names, read.value, read.outlet, read.undoes
                )
                _check(made)
            except (msgspec.DecodeError, UnicodeDecodeError, InputError) as error:
                failures.append(Failure(where=f"line {number}", why=str(error)))
                continue
            if _log(db, made):
                new.append(made.id)
            else:
                there += 1
            if any(found(db, a) is None for a in made.places):
                loose.append(made.id)
    return Imported(new=tuple(new), there=there, unattached=tuple(loose), failures=tuple(failures))
