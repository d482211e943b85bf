"""A source's page: everything it is quoted for, in every story.

Sources of different stories are one where kind and name agree and a role does too, or is part of one (bodies, papers
and outlets, which have no roles, by kind and name); a person may say so of others. Everyone else of that name is listed
apart.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from headwater.archive.applied import reliability_of, same_across_stories
from headwater.archive.articles import article_from
from headwater.archive.entries import NAMED
from headwater.archive.records import TERM, folded, name_key
from headwater.archive.store import Archive
from headwater.archive.stories import current
from headwater.errors import InputError
from headwater.model import Named, SourceKind, Span, text_of

_Key = tuple[str, str]  # a story's id and the id of a source in it
_SAME_BY_NAME = frozenset({"organisation", "document", "outlet"})
_MOST_ROLES = 300  # different roles of one name that are compared
_COMMON = frozenset("the a an of for at in on and former senior then one mr mrs ms dr".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One place where a source is quoted: ``spans`` of the article's text, and these words; ``story`` tells it."""

    story: str
    article: str
    outlet: str | None
    published: str | None
    mode: str
    attribution: str
    spans: tuple[Span, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source as lists show it: one in a story, by its id there."""

    id: str
    story: str
    name: str
    kind: SourceKind
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name that sources of a kind bear, one or several: in how many stories, and how often they are quoted."""

    name: str
    kind: SourceKind
    stories: int
    quoted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """All that is known of one source.

    ``known_as`` lists it in each story, ``quoted`` is a page of the ``total`` places where it is quoted, latest first.
    ``same_name`` lists those of that name who are not shown to be the same. ``reliability`` is the letter A to F
    of the Admiralty scale that a person gave to it, None where nobody did: it is never computed.
    """

    name: str
    kind: SourceKind
    roles: tuple[str, ...]
    known_as: tuple[SourceRow, ...]
    quoted: tuple[Quoted, ...]
    total: int
    same_name: tuple[SourceRow, ...] = ()
    reliability: str | None = None


def sources(archive: Archive, *, offset: int = 0, limit: int = 50) -> tuple[tuple[NameRow, ...], int]:
    """A page of the names of sources, most often quoted first; and how many there are in all."""
    marks = ", ".join(f"'{k}'" for k in sorted(NAMED))
    with archive.reading() as db:
        total = db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM sources WHERE kind IN ({marks}) GROUP BY key, kind)"
        ).fetchone()[0]
        rows = db.execute(
            "SELECT max(name), kind, count(DISTINCT story), sum((SELECT count(*) FROM said"
            " WHERE said.story = sources.story AND said.source = sources.id)) AS quoted"
            f" FROM sources WHERE kind IN ({marks}) GROUP BY key, kind ORDER BY quoted DESC, key, kind"
            " LIMIT ? OFFSET ?",
            (max(0, limit), max(0, offset)),
        ).fetchall()
    return tuple(NameRow(name=n, kind=kind, stories=held, quoted=quoted) for n, kind, held, quoted in rows), total


def source_page(
    archive: Archive, name_or_id: str, *, story: str | None = None, offset: int = 0, limit: int = 50
) -> SourcePage:
    """Everything a source is quoted for, everywhere.

    Args:
        archive: the archive.
        name_or_id: a Source id, or a name as it is printed; of several of that name the one that is in most stories.
        story: the story that an id is of; needed only where several stories have it and mean different people.
        offset: quoted places that are passed over.
        limit: quoted places on the page.

    Raises:
        InputError: there is no such source.
    """
    with archive.reading() as db:
        rows = [*map(_row, db.execute(f"{_ROWS} WHERE id = ? ORDER BY story, id", (name_or_id,)))]
        keys = sorted({name_key(r.name) for r in rows} or {name_key(name_or_id)})
        wanted = {(r.story, r.id) for r in rows if story is None or r.story == current(db, "story", story)}
        joined = [(set(a), set(b)) for a, b in same_across_stories(db)]
        alike = {
            (r.story, r.id): r
            for key in keys
            for r in map(_row, db.execute(f"{_ROWS} WHERE key = ? ORDER BY story, id", (key,)))
        }
        for one in sorted(_reached(alike.keys(), joined) - alike.keys()):
            found = db.execute(f"{_ROWS} WHERE story = ? AND id = ?", one).fetchone()
            if found:
                alike[one] = _row(found)
        groups = _groups(list(alike.values()), joined)
        mine = next((g for g in groups if wanted & {(r.story, r.id) for r in g}), None)
        if mine is None and not rows:
            bearing = [g for g in groups if any(name_key(r.name) in keys for r in g)]
            mine = max(bearing, key=len, default=None)
        if mine is None:
            raise InputError(f"no source {name_or_id[:80]!r} in the archive; search for a part of the name")
        lead = max(mine, key=lambda r: (name_key(r.name) in keys, len(r.name.split()), r.name))
        quoted, total = _quoted(db, mine, offset, limit)
        letter = reliability_of(db, {Named(r.kind, r.name) for r in mine})
    return SourcePage(
        name=lead.name,
        kind=lead.kind,
        roles=tuple(sorted({role for r in mine for role in r.roles})),
        known_as=tuple(mine),
        quoted=quoted,
        total=total,
        same_name=tuple(r for g in groups if g is not mine for r in g),
        reliability=letter,
    )


_ROWS = "SELECT id, story, name, kind, roles FROM sources"


def _row(row: Sequence[str]) -> SourceRow:
    return SourceRow(id=row[0], story=row[1], name=row[2], kind=row[3], roles=tuple(json.loads(row[4])))  # type: ignore[arg-type]


def _reached(known: Iterable[_Key], joined: Sequence[tuple[set[_Key], set[_Key]]]) -> set[_Key]:
    """Those a person says are the same as one of these, or as one of those."""
    out = set(known)
    grown = True
    while grown:
        grown = False
        for a, b in joined:
            if (a | b) & out and not (a | b) <= out:
                out |= a | b
                grown = True
    return out


def _groups(rows: Sequence[SourceRow], joined: Sequence[tuple[set[_Key], set[_Key]]]) -> list[list[SourceRow]]:
    """The rows by who is one, in order of each group's first."""
    lead = {(r.story, r.id): (r.story, r.id) for r in rows}

    def find(key: _Key) -> _Key:
        while lead[key] != key:
            lead[key] = lead[lead[key]]
            key = lead[key]
        return key

    def join(a: _Key, b: _Key) -> None:
        a, b = sorted((find(a), find(b)))
        lead[b] = a

    first: dict[tuple[str, str, str], _Key] = {}
    for row in rows:
        for mark in _marks(row):
            join(first.setdefault(mark, (row.story, row.id)), (row.story, row.id))
    for mark, like in combinations(sorted(first)[:_MOST_ROLES], 2):  # "director" and "harbour director"
        words, more = set(mark[2].split()), set(like[2].split())
        if mark[:2] == like[:2] and words and more and (words <= more or more <= words):
            join(first[mark], first[like])
    for some, others in joined:
        here = sorted((some | others) & lead.keys())
        for other in here[1:]:
            join(here[0], other)
    groups: dict[_Key, list[SourceRow]] = defaultdict(list)
    for row in rows:
        groups[find((row.story, row.id))].append(row)
    return list(groups.values())


def _marks(row: SourceRow) -> list[tuple[str, str, str]]:
    """What makes a source one with another that has the same: its kind and name, with each of its roles."""
    if row.kind not in NAMED:  # never the same as in another story
        return []
    name = name_key(row.name)
    if row.kind in _SAME_BY_NAME:
        return [(row.kind, name, "")]
    roles = ([folded(m.group()) for m in TERM.finditer(role)] for role in row.roles)
    said = {" ".join(w for w in role if w not in _COMMON) for role in roles} - {""}
    return [(row.kind, name, role) for role in sorted(said)]


def _quoted(
    db: sqlite3.Connection, rows: Sequence[SourceRow], offset: int, limit: int
) -> tuple[tuple[Quoted, ...], int]:
    where = json.dumps([[r.story, r.id] for r in rows])
    mine = (
        "FROM json_each(?) w JOIN said ON said.story = json_extract(w.value, '$[0]')"
        " AND said.source = json_extract(w.value, '$[1]')"
        " JOIN articles a ON a.number = said.article"
    )
    total = db.execute(f"SELECT count(*) {mine}", (where,)).fetchone()[0]
    found = db.execute(
        f"SELECT said.story, a.text, a.record, said.mode, said.attribution, said.spans {mine}"
        " ORDER BY a.day IS NULL, a.day DESC, a.id, said.attribution LIMIT ? OFFSET ?",
        (where, max(0, limit), max(0, offset)),
    ).fetchall()
    return tuple(_place(*r) for r in found), total


def _place(story: str, text: str, record: bytes, mode: str, attribution: str, spans: str) -> Quoted:
    article = article_from(text, record)
    places = tuple(Span(start, end) for start, end in json.loads(spans))
    return Quoted(
        story=story,
        article=article.id,
        outlet=article.outlet,
        published=article.published,
        mode=mode,
        attribution=attribution,
        spans=places,
        words=text_of(article, places),
    )
