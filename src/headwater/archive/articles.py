"""Articles in the archive, and what was read in them.

An article is known by a digest of what it is (text, outlet, address), so that one that is there is not put
in twice. A reading is kept with what it was made from: another reader, or other furniture, and it is made anew.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from headwater.archive.records import day_number, fit, name_key, packed, unpacked
from headwater.archive.store import Archive
from headwater.errors import InputError
from headwater.model import Article, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article that was there already: the id it was given now, and the one it has in the archive."""

    given: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article as lists show it; ``story`` is None until the story it belongs to was traced."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    words: int
    story: str | None


def digest_of(article: Article) -> str:
    """What an article is known by, cleaned or not: 32 hexadecimal digits.

    Two outlets that print one text are two articles. Where nothing but the text is known its id tells two apart.
    """
    article = fit(article)
    own = (article.outlet, article.url)
    parts = (article.text, *own, None if any(own) else article.id)
    data = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.blake2b(data.encode(), digest_size=16).hexdigest()


def known(archive: Archive, digests: Iterable[str]) -> dict[str, str]:
    """Which of these digests are there: from each to the article's id."""
    with archive.reading() as db:
        return {
            digest: row[0]
            for digest in sorted(set(digests))
            if (row := db.execute("SELECT id FROM articles WHERE digest = ?", (digest,)).fetchone())
        }


def put(archive: Archive, articles: Sequence[Article]) -> tuple[tuple[str, ...], tuple[Known, ...]]:
    """Put cleaned articles in, in one transaction; those there already are left as they are.

    Args:
        archive: where to.
        articles: an id that another article has gets ``-2`` (or the next number that is free): which of two keeps the
            bare id depends on which was first.

    Returns:
        The ids of those put in, in order, and those that were there.
    """
    new: list[str] = []
    there: list[Known] = []
    with archive.writing() as db:
        for one in articles:
            digest = digest_of(one)
            row = db.execute("SELECT id FROM articles WHERE digest = ?", (digest,)).fetchone()
            if row:
                there.append(Known(given=one.id, id=row[0]))
                continue
            article = fit(one)
            article = replace(article, id=_free(db, article.id))
            day = day_number(article.published)
            number = db.execute(
                "INSERT INTO entries (what, ref, day_from, day_to) VALUES ('article', ?, ?, ?)", (article.id, day, day)
            ).lastrowid
            db.execute(
                "INSERT INTO articles (number, id, digest, title, text, outlet, day, record)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (number, article.id, digest, article.title, article.text, name_key(article.outlet or "") or None, day,
                 packed(replace(article, text=""))),
            )  # fmt: skip
            db.execute(
                "INSERT INTO article_words (rowid, title, text) VALUES (?, ?, ?)", (number, article.title, article.text)
            )
            if article.outlet:
                db.execute(
                    "INSERT INTO facets (facet, key, entry, shown) VALUES ('outlet', ?, ?, ?)",
                    (name_key(article.outlet), number, article.outlet),
                )
            new.append(article.id)
    return tuple(new), tuple(there)


def _free(db: sqlite3.Connection, wanted: str) -> str:
    name, number = wanted, 1
    while db.execute("SELECT 1 FROM articles WHERE id = ?", (name,)).fetchone():
        number += 1
        name = f"{wanted}-{number}"
    return name


def article_from(text: str, record: bytes) -> Article:
    """An article from its row."""
    return replace(unpacked(record, Article), text=text)


def article(archive: Archive, article_id: str) -> Article:
    """One article, as it was cleaned, before any decision.

    Raises:
        InputError: there is no article of that id.
    """
    with archive.reading() as db:
        row = db.execute("SELECT text, record FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise InputError(f"no article {article_id!r} in the archive; search for it by its words")
    return article_from(*row)


def story_of(archive: Archive, article_id: str) -> str | None:
    """The story that tells an article; None until one was traced with it.

    Raises:
        InputError: there is no article of that id.
    """
    with archive.reading() as db:
        row = db.execute("SELECT story FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise InputError(f"no article {article_id!r} in the archive; search for it by its words")
    story: str | None = row[0]
    return story


def articles(
    archive: Archive, *, story: str | None = None, offset: int = 0, limit: int = 50
) -> tuple[tuple[ArticleRow, ...], int]:
    """A page of the articles, newest first, then by id; and how many there are in all.

    Args:
        archive: the archive.
        story: only those that this story's trace holds, or is to hold next.
        offset: how many are passed over.
        limit: how many are given at most.
    """
    where, values = ("WHERE story = ?", [story]) if story else ("", [])
    with archive.reading() as db:
        total = db.execute(f"SELECT count(*) FROM articles {where}", values).fetchone()[0]
        rows = db.execute(
            f"SELECT record, story FROM articles {where} ORDER BY day IS NULL, day DESC, id LIMIT ? OFFSET ?",
            [*values, max(0, limit), max(0, offset)],
        ).fetchall()
    return tuple(_row(unpacked(record, Article), of) for record, of in rows), total


def _row(one: Article, story: str | None) -> ArticleRow:
    return ArticleRow(
        id=one.id, title=one.title, outlet=one.outlet, published=one.published, words=one.words, story=story
    )


def _made_from(reader: str, one: Article) -> str:
    """What a reading depends on: the reader, and all that the reader sees of the article."""
    return hashlib.blake2b(f"{reader}\x1f".encode() + packed(one), digest_size=16).hexdigest()


def kept_readings(archive: Archive, given: Sequence[Article], *, reader: str) -> dict[str, Reading]:
    """The readings that were kept of these articles as they are, by this reader; by article id.

    Args:
        archive: the archive.
        given: articles as they are to be read, furniture and all.
        reader: the reader's name with its version and that of the program.
    """
    out = {}
    with archive.reading() as db:
        for one in given:
            row = db.execute(
                "SELECT made, readings.record FROM readings JOIN articles ON number = article WHERE id = ?", (one.id,)
            ).fetchone()
            if row and row[0] == _made_from(reader, one):
                out[one.id] = unpacked(row[1], Reading)
    return out


def keep_readings(archive: Archive, read: Sequence[tuple[Article, Reading]], *, reader: str) -> None:
    """Keep readings, in one transaction, in the place of older ones of the same articles."""
    with archive.writing() as db:
        for one, reading in read:
            db.execute(
                "INSERT OR REPLACE INTO readings (article, made, record)"
                " SELECT number, ?, ? FROM articles WHERE id = ?",
                (_made_from(reader, one), packed(reading), one.id),
            )


def reading(archive: Archive, article_id: str) -> Reading | None:
    """What was read in an article the last time, by whatever reader; None where it was not read yet."""
    with archive.reading() as db:
        row = db.execute(
            "SELECT readings.record FROM readings JOIN articles ON number = article WHERE id = ?", (article_id,)
        ).fetchone()
    return unpacked(row[0], Reading) if row else None
