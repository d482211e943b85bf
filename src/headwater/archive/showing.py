"""What is to be traced, and how a story's new trace comes to be shown, with ids that last.

Articles are assigned first (``assign``), which readers do not see; ``save`` then shows a story's new trace, its rows
for searching and its articles' place, all in one transaction. A story that lost all its articles leads to its heir.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from headwater.archive import entries, keeping
from headwater.archive.articles import article_from
from headwater.archive.records import day_number, packed
from headwater.archive.store import Archive
from headwater.archive.stories import current, load_trace
from headwater.model import Article, Claim, Trace, stable_id
from headwater.outlets import counted_as

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A story that is to be traced: its articles, and the count by which a later change is told."""

    id: str
    articles: tuple[Article, ...]
    mark: int


def assign(archive: Archive, groups: Sequence[Sequence[str]], *, before: Mapping[str, str | None]) -> bool:
    """Say which articles are to be told as one story; those whose articles change are to be traced again.

    Args:
        archive: the archive.
        groups: article ids, each in one group; of a story that is touched, all its articles are in the groups.
        before: for each of them the story that it was to be traced with when the groups were made.

    Returns:
        False where another writer came in between: nothing was changed, and the groups are to be made anew.
    """
    with archive.writing() as db:
        now = dict(db.execute("SELECT id, wanted FROM articles").fetchall())
        touched = {s for s in before.values() if s is not None}
        if (
            any(now.get(a, "") != s for a, s in before.items())
            or {a for a, s in now.items() if s in touched} - before.keys()
        ):
            return False
        ages = dict(db.execute("SELECT id, born FROM stories").fetchall())
        held: dict[str, list[str]] = {s: [] for s in sorted(touched, key=lambda s: ages[s])}
        for article_id, wanted in sorted(before.items()):
            if wanted is not None:
                held[wanted].append(article_id)
        old = list(held)
        kept = keeping.of_groups(list(held.values()), groups)
        born = max(ages.values(), default=0)
        names: list[str] = []
        for at, group in enumerate(groups):
            name = old[kept.old_of[at]] if at in kept.old_of else None
            if name is None:
                name, born = _new_id(db, group), born + 1
                db.execute("INSERT INTO stories (id, born) VALUES (?, ?)", (name, born))
            elif sorted(held[name]) == sorted(group):
                names.append(name)
                continue
            else:
                db.execute("UPDATE stories SET stale = stale + 1, trouble = NULL WHERE id = ?", (name,))
            names.append(name)
            db.executemany("UPDATE articles SET wanted = ? WHERE id = ?", [(name, article_id) for article_id in group])
        for at, heir in kept.heir.items():
            if names[heir] != old[at]:
                db.execute("UPDATE stories SET stale = 0, heir = ? WHERE id = ?", (names[heir], old[at]))
    return True


def _new_id(db: sqlite3.Connection, group: Iterable[str]) -> str:
    digests = sorted(db.execute("SELECT digest FROM articles WHERE id = ?", (a,)).fetchone()[0] for a in group)
    number = 0
    while True:
        name = stable_id("story", *digests, *([number] if number else []))
        if not db.execute(
            "SELECT 1 FROM stories WHERE id = :id UNION SELECT 1 FROM aliases WHERE what = 'story' AND old = :id",
            {"id": name},
        ).fetchone():
            return name
        number += 1


def waiting(archive: Archive) -> tuple[str, ...]:
    """Stories that are to be traced, newest first, so that what left an older one is found when that one is."""
    with archive.reading() as db:
        rows = db.execute("SELECT id FROM stories WHERE stale AND trouble IS NULL ORDER BY born DESC").fetchall()
    return tuple(row[0] for row in rows)


def load(archive: Archive, story_id: str) -> Waiting | None:
    """What is to be traced of a story, articles by id; None where nothing is any more."""
    with archive.reading() as db:
        row = db.execute("SELECT stale FROM stories WHERE id = ?", (story_id,)).fetchone()
        rows = db.execute("SELECT text, record FROM articles WHERE wanted = ? ORDER BY id", (story_id,)).fetchall()
    if row is None or not row[0] or not rows:
        return None
    return Waiting(id=story_id, articles=tuple(article_from(*r) for r in rows), mark=row[0])


def give_up(archive: Archive, given: Waiting, why: str) -> None:
    """Say that a story could not be traced: it is left alone until its articles or decisions change."""
    with archive.writing() as db:
        db.execute("UPDATE stories SET trouble = ? WHERE id = ? AND stale = ?", (why, given.id, given.mark))


def mark_stale(db: sqlite3.Connection, story_ids: Iterable[str]) -> None:
    """These stories are to be traced again."""
    db.executemany(
        "UPDATE stories SET stale = stale + 1, trouble = NULL WHERE id = ? AND heir IS NULL",
        [(s,) for s in sorted(set(story_ids))],
    )


def save(archive: Archive, given: Waiting, made: Trace, *, decisions: Sequence[str] = ()) -> bool:
    """Show a story's new trace: claims get the ids that last, rows for searching are replaced, old ids lead here.

    Args:
        archive: the archive.
        given: what was traced.
        made: its trace, with ids as the pipeline gives them.
        decisions: ids of the decisions in it.

    Returns:
        False where its articles were assigned anew meanwhile: nothing was changed, and it is still to be traced.
    """
    with archive.writing() as db:
        held = [r[0] for r in db.execute("SELECT id FROM articles WHERE wanted = ? ORDER BY id", (given.id,))]
        if held != [a.id for a in given.articles]:
            return False
        db.execute("UPDATE articles SET story = wanted WHERE wanted = ?", (given.id,))
        gone = _retired(db)
        old = _old_claims(db, [given.id, *gone])
        for one in (given.id, *gone):
            entries.remove(db, one)
        for one in gone:
            _forget(db, one)
        made, born = _with_lasting_ids(db, made, old)
        _follow_departed(db, given.id, old, born)
        entries.write(db, given.id, made, born)
        _write(db, given, made, decisions)
    return True


def _retired(db: sqlite3.Connection) -> list[str]:
    rows = db.execute(
        "SELECT id FROM stories WHERE heir IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM articles WHERE articles.story = stories.id OR wanted = stories.id)"
        " ORDER BY born"
    )
    return [row[0] for row in rows]


def _forget(db: sqlite3.Connection, story_id: str) -> None:
    """Let a story's id lead to its heir."""
    heir = db.execute("SELECT heir FROM stories WHERE id = ?", (story_id,)).fetchone()[0]
    heir = current(db, "story", heir)
    db.execute("UPDATE aliases SET new = ? WHERE what = 'story' AND new = ?", (heir, story_id))
    db.execute("INSERT INTO aliases (what, old, new) VALUES ('story', ?, ?)", (story_id, heir))
    db.execute("UPDATE stories SET heir = ? WHERE heir = ?", (heir, story_id))
    db.execute("UPDATE entries SET story = NULL WHERE story = ?", (story_id,))
    db.execute("DELETE FROM stories WHERE id = ?", (story_id,))


def _old_claims(db: sqlite3.Connection, story_ids: Sequence[str]) -> list[tuple[int, Claim]]:
    """The claims that these stories showed until now, oldest first."""
    out = []
    for story_id in story_ids:
        shown = load_trace(db, story_id)
        ages = dict(db.execute("SELECT id, born FROM claims WHERE story = ?", (story_id,)).fetchall())
        out += [(ages[c.id], c) for c in (shown.claims if shown else ())]
    return sorted(out, key=lambda row: row[0])


def _with_lasting_ids(
    db: sqlite3.Connection, made: Trace, old: Sequence[tuple[int, Claim]]
) -> tuple[Trace, dict[str, int]]:
    """The trace with the ids of old claims where they are the same, and each claim's age; old ids lead to new ones."""
    kept = keeping.of_claims([c for _, c in old], made.claims)
    next_age = 1 + max(
        [age for age, _ in old] + [db.execute("SELECT coalesce(max(born), 0) FROM claims").fetchone()[0]]
    )
    ids: dict[str, str] = {}
    born: dict[str, int] = {}
    taken = {old[at][1].id for at in kept.old_of.values()}
    for at, one in enumerate(made.claims):
        if at in kept.old_of:
            age, before = old[kept.old_of[at]]
            name = before.id
        else:
            age, next_age = next_age, next_age + 1
            name = _free_claim(db, one.id, taken)
            taken.add(name)
        ids[one.id] = name
        born[name] = age
    for number, (_, before) in enumerate(old):
        if before.id not in born:
            heir = kept.heir.get(number)
            _lead(db, before.id, ids[made.claims[heir].id] if heir is not None else None)
    return _renamed(made, ids), born


def _free_claim(db: sqlite3.Connection, wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while (
        name in taken
        or db.execute("SELECT 1 FROM claims WHERE id = ?", (name,)).fetchone()
        or db.execute("SELECT 1 FROM aliases WHERE what = 'claim' AND old = ?", (name,)).fetchone()
    ):
        number += 1
        name = f"{wanted}-{number}"
    return name


def _lead(db: sqlite3.Connection, old: str, new: str | None) -> None:
    db.execute("UPDATE aliases SET new = ? WHERE what = 'claim' AND new = ?", (new, old))
    db.execute("INSERT OR REPLACE INTO aliases (what, old, new) VALUES ('claim', ?, ?)", (old, new))


def _follow_departed(
    db: sqlite3.Connection, story_id: str, old: Sequence[tuple[int, Claim]], born: Mapping[str, int]
) -> None:
    """Claims of which nothing is left here lead to where their articles went."""
    lost = [
        c for _, c in old
        if c.id not in born and (row := db.execute(
            "SELECT new FROM aliases WHERE what = 'claim' AND old = ?", (c.id,)).fetchone()) and row[0] is None
    ]  # fmt: skip
    homes = {
        row[0]
        for a in sorted({m.article for c in lost for m in c.mentions})
        for row in db.execute("SELECT story FROM articles WHERE id = ? AND story <> ?", (a, story_id))
    }
    for home in sorted(homes):
        there = load_trace(db, home)
        if there is None:
            continue
        kept = keeping.of_claims(lost, there.claims)
        for number, heir in kept.heir.items():
            _lead(db, lost[number].id, there.claims[heir].id)
        lost = [c for number, c in enumerate(lost) if number not in kept.heir]


def _renamed(made: Trace, ids: Mapping[str, str]) -> Trace:
    if all(old == new for old, new in ids.items()):
        return made
    return replace(
        made,
        claims=tuple(
            replace(c, id=ids[c.id], related=tuple(ids[i] for i in c.related), parts=tuple(ids[i] for i in c.parts))
            for c in made.claims
        ),
        conflicts=tuple(replace(c, claim=ids.get(c.claim or "", c.claim)) for c in made.conflicts),
        timeline=tuple(replace(t, claim=ids.get(t.claim or "", t.claim)) for t in made.timeline),
        findings=tuple(replace(f, claims=tuple(ids.get(i, i) for i in f.claims)) for f in made.findings),
    )


def _write(db: sqlite3.Connection, given: Waiting, made: Trace, decisions: Sequence[str]) -> None:
    dated = sorted((a.published or "", a.id) for a in made.articles if day_number(a.published) is not None)
    by_id = {a.id: a for a in made.articles}
    titles = [t for _, i in dated if (t := by_id[i].title)] or [a.title for a in made.articles if a.title]
    title = titles[0] if titles else made.claims[0].text if made.claims else made.articles[0].id
    days = sorted(day for a in made.articles if (day := day_number(a.published)) is not None)
    outlets = {counted_as(a) for a in made.articles}
    db.execute(
        "UPDATE stories SET revision = revision + 1, stale = CASE WHEN stale = :mark THEN 0 ELSE stale END,"
        " trouble = NULL, title = :title, articles = :articles, outlets = :outlets, claims = :claims,"
        " day_from = :first, day_to = :last, decisions = :decisions, trace = :trace WHERE id = :id",
        {
            "id": given.id, "mark": given.mark, "title": " ".join(title.split())[:_LONGEST_TITLE],
            "articles": len(made.articles), "outlets": len(outlets), "claims": len(made.claims),
            "first": days[0] if days else None, "last": days[-1] if days else None,
            "decisions": json.dumps(list(decisions)),
            "trace": packed(replace(made, articles=tuple(replace(a, text="") for a in made.articles))),
        },
    )  # fmt: skip
