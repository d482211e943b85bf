"""What tests of the archive share: invented articles by the hundred, an archive of them, and a look inside its file."""

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

from headwater import adding
from headwater.archive import Archive
from headwater.model import Article
from headwater.reading import Tagger, load_tagger
from headwater.reading.tagger import FixedTagger

_SYLLABLES = "bar dol fen gim hul kes lom mur nev pol quin ros sil tam vor wex yil zan".split()


def word(number: int) -> str:
    """An invented word for each number."""
    out = []
    while True:
        number, left = divmod(number, len(_SYLLABLES))
        out.append(_SYLLABLES[left])
        if not number:
            return "".join(out) + "ar"


def invented(story: int, telling: int) -> Article:
    """One of several short articles on an invented event; other numbers are other events."""
    own = [word(100_000 + 16 * story + n) for n in range(16)]
    place, thing = own[0].capitalize(), own[1].capitalize()
    text = (
        f"The {own[2]} of {place} was {own[3]} on Monday after {own[4]} {own[5]} {story + 3} {own[6]} in its {own[7]}. "
        f"The {own[8]} is {own[9]} to the {own[10]} of {thing}, and {own[11]} will {own[12]} it with {own[13]}. "
        f"It was {word(200_000 + 7 * story + telling)} who had {own[14]} the {own[15]} of {place}."
    )
    return Article(
        id=f"s{story}-{telling}", text=text, outlet=f"{word(telling)} Post", title=f"{place} {own[2]} is {own[3]}",
        published=f"2025-03-{1 + story % 20:02}", published_basis="metadata", language="en",
    )  # fmt: skip


class Clock:
    """A clock that strikes one second later each time it is asked."""

    def __init__(self) -> None:
        self._ticks = itertools.count()

    def __call__(self) -> str:
        """The time."""
        return f"2025-06-01T00:{next(self._ticks) // 60 % 60:02}:00Z"


def add(archive: Archive, articles: Sequence[Article], tagger: Tagger | None = None) -> adding.Added:
    """Put articles in and trace them, by a reader that reads nothing unless another is given."""
    return adding.add(archive, list(articles), clock=Clock(), tagger=tagger or FixedTagger())


def go_on(archive: Archive, tagger: Tagger | None = None) -> adding.Added:
    """Do what is waiting."""
    return adding.go_on(archive, clock=Clock(), tagger=tagger or FixedTagger())


def rules() -> Tagger:
    """The reader that needs no weights."""
    return load_tagger("rules-1")


def told(archive: Archive) -> set[frozenset[str]]:
    """Which articles are told together, as readers see it."""
    with archive.reading() as db:
        rows = db.execute("SELECT story, json_group_array(id) FROM articles GROUP BY story").fetchall()
    return {frozenset(json.loads(ids)) for story, ids in rows if story is not None}


def assert_sound(path: Path) -> None:
    """Fail where the file is damaged, where rows refer to nothing, or where the indexes and the rows disagree."""
    with Archive(path) as archive, archive.writing() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("article_words", "entry_words"):
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        shown = db.execute("SELECT id, articles, claims, trace FROM stories WHERE trace IS NOT NULL").fetchall()
        for story, articles, claims, _ in shown:
            count = "SELECT count(*) FROM {} WHERE story = ?"
            assert db.execute(count.format("claims"), (story,)).fetchone()[0] == claims
            assert db.execute(count.format("entries") + " AND what = 'claim'", (story,)).fetchone()[0] == claims
            assert db.execute(count.format("articles"), (story,)).fetchone()[0] <= articles
        assert db.execute(
            "SELECT id FROM stories WHERE trace IS NULL AND NOT stale AND heir IS NULL"
        ).fetchall() == []  # fmt: skip
