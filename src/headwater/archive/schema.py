"""The tables of an archive, version by version, and how an older file is brought up to date.

``user_version`` of the file counts the migrations it has seen. Each runs in a transaction of its own, so that a file is
of one version or the next, never between. A migration that was released is never edited: a change is a new one.
"""

import sqlite3

from headwater.errors import StoreError

#: Tells an archive from other SQLite files ("HWAR").
APPLICATION = 0x48574152

_TOKENS = "tokenize = 'unicode61 remove_diacritics 2'"

#: ``articles.story`` is where readers find an article; ``wanted`` the story it is to be traced with, which becomes
#: ``story`` in the transaction that saves that trace. Rows of ``entries`` are what a search finds.
_FIRST = f"""
CREATE TABLE stories (
  id TEXT PRIMARY KEY,
  born INTEGER NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 0,
  stale INTEGER NOT NULL DEFAULT 1,
  trouble TEXT,
  heir TEXT,
  title TEXT,
  articles INTEGER NOT NULL DEFAULT 0,
  outlets INTEGER NOT NULL DEFAULT 0,
  claims INTEGER NOT NULL DEFAULT 0,
  day_from INTEGER,
  day_to INTEGER,
  decisions TEXT NOT NULL DEFAULT '[]',
  trace BLOB
) STRICT;
CREATE INDEX stories_stale ON stories (born) WHERE stale;
CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  what TEXT NOT NULL CHECK (what IN ('article', 'claim', 'source', 'quotation')),
  ref TEXT NOT NULL,
  story TEXT REFERENCES stories (id),
  title TEXT,
  text TEXT,
  day_from INTEGER,
  day_to INTEGER
) STRICT;
CREATE INDEX entries_story ON entries (story, what);
CREATE TABLE articles (
  number INTEGER PRIMARY KEY REFERENCES entries (number),
  id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL UNIQUE,
  title TEXT,
  text TEXT NOT NULL,
  outlet TEXT,
  day INTEGER,
  record BLOB NOT NULL,
  story TEXT REFERENCES stories (id),
  wanted TEXT REFERENCES stories (id)
) STRICT;
CREATE INDEX articles_story ON articles (story);
CREATE INDEX articles_wanted ON articles (wanted);
CREATE INDEX articles_day ON articles (day);
CREATE INDEX articles_outlet ON articles (outlet);
CREATE TABLE readings (
  article INTEGER PRIMARY KEY REFERENCES articles (number),
  made TEXT NOT NULL,
  record BLOB NOT NULL
) STRICT;
CREATE TABLE aliases (
  what TEXT NOT NULL CHECK (what IN ('story', 'claim')),
  old TEXT NOT NULL,
  new TEXT,
  PRIMARY KEY (what, old)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_new ON aliases (what, new);
CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  story TEXT NOT NULL REFERENCES stories (id),
  born INTEGER NOT NULL,
  place INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entries (number),
  kind TEXT NOT NULL,
  outlets INTEGER NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL
) STRICT;
CREATE INDEX claims_story ON claims (story, place);
CREATE INDEX claims_entry ON claims (entry);
CREATE TABLE sources (
  story TEXT NOT NULL REFERENCES stories (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  roles TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entries (number),
  PRIMARY KEY (story, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_key ON sources (key, kind);
CREATE INDEX sources_entry ON sources (entry);
CREATE INDEX sources_id ON sources (id);
CREATE TABLE mentions (
  story TEXT NOT NULL,
  source TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (number),
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  PRIMARY KEY (story, source, article, start, stop),
  FOREIGN KEY (story, source) REFERENCES sources (story, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_article ON mentions (article, start);
CREATE TABLE said (
  story TEXT NOT NULL,
  source TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES articles (number),
  attribution TEXT NOT NULL,
  mode TEXT NOT NULL,
  spans TEXT NOT NULL,
  PRIMARY KEY (story, source, article, attribution),
  FOREIGN KEY (story, source) REFERENCES sources (story, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_article ON said (article);
CREATE TABLE facets (
  facet TEXT NOT NULL CHECK (facet IN ('speaker', 'outlet', 'kind')),
  key TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entries (number) ON DELETE CASCADE,
  shown TEXT NOT NULL,
  PRIMARY KEY (facet, key, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX facets_entry ON facets (entry);
CREATE VIRTUAL TABLE article_words USING fts5 (
  title, text, content = 'articles', content_rowid = 'number', {_TOKENS}
);
CREATE VIRTUAL TABLE entry_words USING fts5 (
  title, text, content = 'entries', content_rowid = 'number', {_TOKENS}
);
"""

_PEOPLE_AND_WORK = """
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  undoes TEXT,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_undoes ON decisions (undoes);
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  stage TEXT NOT NULL DEFAULT '',
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  note TEXT NOT NULL DEFAULT '',
  started TEXT NOT NULL,
  updated TEXT NOT NULL
) STRICT;
"""

#: Version n of a file has seen the first n of these.
MIGRATIONS: tuple[str, ...] = (_FIRST, _PEOPLE_AND_WORK)
VERSION = len(MIGRATIONS)


def bring_up_to_date(connection: sqlite3.Connection, where: str) -> None:
    """Make the tables of a new file, or run the migrations that an older one has not seen.

    Args:
        connection: in autocommit mode; two processes may do this at once.
        where: how an error names the file.

    Raises:
        StoreError: the file holds something else, or is of a newer version.
    """
    while (version := check(connection, where)) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] == version:  # nobody else was quicker
                for statement in _statements(MIGRATIONS[version]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def check(connection: sqlite3.Connection, where: str) -> int:
    """The version of an archive; 0 for an empty file.

    Raises:
        StoreError: the file holds something else, or is of a newer version.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        if version or application or connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
            raise StoreError(f"{where} is a database of another program; name a new file for the archive")
        return 0
    if version > VERSION:
        raise StoreError(
            f"{where} was written by a newer Headwater (version {version} of the archive; this one knows {VERSION}); "
            "install the newer Headwater"
        )
    return version


def _statements(script: str) -> list[str]:
    """The statements one by one: ``executescript`` would end the transaction."""
    out, held = [], ""
    for part in script.split(";"):
        held += part + ";"
        if sqlite3.complete_statement(held):
            if held.strip(" \n;"):
                out.append(held)
            held = ""
    return out
