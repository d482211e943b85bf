"""Which articles of the archive may tell the story of a new one: found by an index over rare words, not pair by pair.

Two articles are near where they share two words that are rare in the archive and lie within a fortnight, or one bears
no date. The whole stories of near ones are then judged together with the new ones.
"""

import heapq
import sqlite3
from collections import Counter
from collections.abc import Iterable

from headwater.archive.articles import article_from
from headwater.archive.records import TERM, day_number, folded
from headwater.archive.store import Archive
from headwater.model import Article

_LEAD = 8_000  # code points of a text in which rare words are looked for
_WORDS = 30  # rarest words of an article by which others are found
_CROWD = 200  # articles that may share such a word before it proposes none
_LEAST = 3  # letters of such a word
_SHARED = 2  # of these words that a near article holds at least
_MOST = 60  # nearest articles of one new one
_DAYS = 14  # as in clustering: no story reaches further from one article to another


def unassigned(archive: Archive, *, limit: int = 20_000) -> tuple[str, ...]:
    """Ids of articles that belong to no story yet, the earliest first; at most as many as are well grouped at once."""
    with archive.reading() as db:
        rows = db.execute("SELECT id FROM articles WHERE wanted IS NULL ORDER BY day, id LIMIT ?", (limit,)).fetchall()
    return tuple(row[0] for row in rows)


def around(archive: Archive, new: Iterable[str]) -> tuple[tuple[Article, ...], dict[str, str | None]]:
    """What is to be grouped so that these articles find their stories.

    Args:
        archive: the archive.
        new: ids of articles that belong to no story yet.

    Returns:
        They and all articles of stories that may be theirs, by id; and the story each of them is in so far.
    """
    with archive.reading() as db:
        named = sorted(set(new))
        stories: set[str] = set()
        if db.execute("SELECT 1 FROM articles WHERE wanted IS NOT NULL LIMIT 1").fetchone():
            index = _Index(db)
            for article_id in named:
                stories |= index.stories_near(article_id)
        ids = dict.fromkeys(named)
        for story in sorted(stories):
            ids |= dict(db.execute("SELECT id, wanted FROM articles WHERE wanted = ?", (story,)).fetchall())
        found = [
            article_from(*db.execute("SELECT text, record FROM articles WHERE id = ?", (i,)).fetchone())
            for i in sorted(ids)
        ]
    return tuple(found), dict(sorted(ids.items()))


class _Index:
    """The archive's words with the articles that hold them, as far as they were asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._holding: dict[str, tuple[int, ...]] = {}
        self._where: dict[int, tuple[int | None, str | None]] = {
            number: (day, wanted) for number, day, wanted in db.execute("SELECT number, day, wanted FROM articles")
        }

    def stories_near(self, article_id: str) -> set[str]:
        """The stories of the articles nearest to one."""
        number, title, text, record = self._db.execute(
            "SELECT number, title, text, record FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        day = day_number(article_from("", record).published)
        terms = {folded(m.group()) for m in TERM.finditer(f"{title or ''}\n{text[:_LEAD]}")}
        held = ((self._articles(t), t) for t in sorted(terms) if len(t) >= _LEAST)
        rare = heapq.nsmallest(_WORDS, ((len(n), t, n) for n, t in held if 2 <= len(n) <= _CROWD))
        shared: Counter[int] = Counter()
        for _, _, numbers in rare:
            shared.update(n for n in numbers if n != number and self._fits(n, day))
        near = sorted((n for n, count in shared.items() if count >= _SHARED), key=lambda n: (-shared[n], n))
        return {story for n in near[:_MOST] if (story := self._where[n][1]) is not None}

    def _fits(self, number: int, day: int | None) -> bool:
        other, story = self._where[number]
        return story is not None and (day is None or other is None or abs(day - other) <= _DAYS)

    def _articles(self, term: str) -> tuple[int, ...]:
        """The articles that hold a word; of one in too many, as many as show that."""
        if term not in self._holding:
            rows = self._db.execute(
                "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid LIMIT ?",
                (f'"{term}"', _CROWD + 1),
            )
            self._holding[term] = tuple(row[0] for row in rows)
        return self._holding[term]
