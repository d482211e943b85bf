"""The archive's file: opened, brought up to date, refused; articles put in once; readers beside a writer."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archived import add, assert_sound, invented, told
from headwater.archive import Archive, articles, schema, stories
from headwater.errors import InputError, StoreError
from headwater.model import Article, Furniture, Reading


def test_a_new_file_has_all_tables(tmp_path: Path) -> None:
    """An archive is made where there is none, in WAL mode, of this version, with foreign keys on."""
    path = tmp_path / "a.hw"
    with Archive(path) as archive, archive.reading() as db:
        asked = [db.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "user_version", "foreign_keys")]
    assert asked == ["wal", schema.VERSION, 1]
    assert_sound(path)


@pytest.mark.parametrize("version", range(schema.VERSION))
def test_an_older_file_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """Each older version becomes the present one, and what was in it stays."""
    path = tmp_path / "a.hw"
    db = sqlite3.connect(path)
    for number in range(version):
        db.executescript(schema.MIGRATIONS[number])
    if version:
        db.execute("INSERT INTO stories (id, born, stale) VALUES ('story-old', 1, 0)")
        db.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    db.execute(f"PRAGMA user_version = {version}")
    db.commit()
    db.close()
    with Archive(path) as archive, archive.reading() as now:
        assert now.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        assert now.execute("SELECT count(*) FROM stories").fetchone()[0] == bool(version)
        assert now.execute("SELECT count(*) FROM decisions").fetchone()[0] == 0


def test_a_migration_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that fails leaves the file of the version it had."""
    path = tmp_path / "a.hw"
    Archive(path).close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE more (x); CREATE TABLE more (x);"))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(StoreError):
        Archive(path)
    monkeypatch.undo()
    assert_sound(path)


def _newer(path: Path) -> None:
    Archive(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    db.close()


def _another(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE theirs (x)")
    db.close()


def _no_database(path: Path) -> None:
    path.write_bytes(b"A text, and no database at all. " * 100)


def _cut_off(path: Path) -> None:
    with Archive(path) as archive:
        add(archive, [invented(0, 0)])
    path.write_bytes(path.read_bytes()[:6000])


@pytest.mark.parametrize(
    ("make", "says"),
    [(_newer, "newer Headwater"), (_another, "another program"), (_no_database, "no archive"),
     (lambda path: path.mkdir(), "cannot be opened"), (lambda path: None, "cannot be opened")],
    ids=["newer version", "another program's", "no database", "a folder", "no folder"],
)  # fmt: skip
def test_what_is_no_archive_is_refused(tmp_path: Path, make: Callable[[Path], object], says: str) -> None:
    """With one line that says what it is, and the file is left as it was."""
    path = tmp_path / "a.hw"
    make(path)
    if not path.exists():
        path = tmp_path / "no" / "folder" / "a.hw"
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=says) as caught:
        Archive(path)
    assert "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_damaged_file_is_said_to_be(tmp_path: Path) -> None:
    """A file that was cut off is an error in one line, when it is opened or when it is read."""
    path = tmp_path / "a.hw"
    _cut_off(path)

    def use() -> None:
        with Archive(path) as archive:
            articles.articles(archive)

    with pytest.raises(StoreError, match="damaged"):
        use()


def test_reading_alone(tmp_path: Path) -> None:
    """An archive opened for reading is neither made nor changed."""
    path = tmp_path / "a.hw"
    with pytest.raises(StoreError):
        Archive(path, read_only=True)
    assert not path.exists()
    with Archive(path) as archive:
        add(archive, [invented(0, 0)])
    with Archive(path, read_only=True) as archive:
        assert articles.articles(archive)[1] == 1
        with pytest.raises(StoreError, match="reading alone"):
            articles.put(archive, [invented(0, 1)])


def test_reading_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is only read an archive is read, and nothing is put beside it; what is in its log still counts."""
    path = tmp_path / "a.hw"
    with Archive(path) as archive:
        add(archive, [invented(0, 0)])
    monkeypatch.setattr("os.access", lambda folder, mode: False)  # whoever runs the tests may write everywhere
    with Archive(path, read_only=True) as archive, archive.reading():
        assert stories.stories(archive)[1] == 1
        assert [p.name for p in tmp_path.iterdir()] == ["a.hw"]
    with Archive(path) as writer:
        add(writer, [invented(1, 0)])
        with Archive(path, read_only=True) as archive:
            assert stories.stories(archive)[1] == 2


def test_closed_is_closed(tmp_path: Path) -> None:
    """A closed archive says so."""
    archive = Archive(tmp_path / "a.hw")
    archive.close()
    with pytest.raises(StoreError, match="closed"):
        articles.articles(archive)


def test_a_transaction_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """What is done before something goes wrong is not kept."""
    with Archive(tmp_path / "a.hw") as archive:

        def broken_off() -> None:
            with archive.writing():
                articles.put(archive, [invented(0, 0)])
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            broken_off()
        assert articles.articles(archive) == ((), 0)


FULL = Article(
    id="full", text="One. Two \U0001f30a three.", path="in/full.txt", url="https://post.example/x", outlet="Kesar Post",
    title="T", byline="B", dateline="D", published="2025-03-17", published_basis="metadata", language="en", words=3,
    truncated=True, furniture=(Furniture(0, 4, "promo"),), modified="2025-03-18", fetched="2025-03-19", publisher="P",
    credit="C", based_on=("https://wire.example/1",), free=False, feed="F", owner="O",
)  # fmt: skip


def test_every_field_of_an_article_comes_back(tmp_path: Path) -> None:
    """An article is kept whole."""
    assert all(getattr(FULL, one.name) != one.default for one in fields(Article)), "a new field needs a value here"
    with Archive(tmp_path / "a.hw") as archive:
        articles.put(archive, [FULL])
        assert articles.article(archive, "full") == FULL


@pytest.mark.parametrize(
    ("other", "same"),
    [(replace(FULL, id="other", path="elsewhere.txt", title="Another"), True),
     (replace(FULL, id="other", outlet="Dolar Post"), False), (replace(FULL, text="One. Two."), False),
     (replace(FULL, url="https://post.example/y"), False)],
    ids=["same article under another id", "another outlet prints it", "another text", "another address"],
)  # fmt: skip
def test_an_article_is_put_in_once(tmp_path: Path, other: Article, same: bool) -> None:
    """What is there is said to be there, by the id it has; another article gets an id of its own."""
    with Archive(tmp_path / "a.hw") as archive:
        articles.put(archive, [FULL])
        new, there = articles.put(archive, [other])
        assert (new == ()) is same
        assert [k.id for k in there] == (["full"] if same else [])
        assert articles.articles(archive)[1] == (1 if same else 2)


def test_texts_without_anything_else_are_told_apart_by_id(tmp_path: Path) -> None:
    """Two files of one text may be two outlets' copies; the same file twice is one."""
    with Archive(tmp_path / "a.hw") as archive:
        assert len(articles.put(archive, [Article(id="a", text="T."), Article(id="b", text="T.")])[0]) == 2
        assert articles.put(archive, [Article(id="a", text="T.")])[0] == ()


@given(st.text(min_size=1), st.text(), st.text(min_size=1))
def test_any_text_comes_back(text: str, title: str, name: str) -> None:
    """Whatever the Unicode, the text keeps its length; half a surrogate pair becomes U+FFFD."""
    with TemporaryDirectory() as folder, Archive(Path(folder) / "a.hw") as archive:
        (article_id,), _ = articles.put(archive, [Article(id=name, text=text, title=title)])
        back = articles.article(archive, article_id)
        assert len(back.text) == len(text)
        assert back.text == text or any("\ud800" <= c <= "\udfff" for c in text)


def test_a_name_with_half_a_surrogate_pair_is_no_crash(tmp_path: Path) -> None:
    """Nothing in the archive has such an id, and this is said."""
    with Archive(tmp_path / "a.hw") as archive, pytest.raises(InputError):
        articles.article(archive, "\ud800")


def test_readings_are_kept_by_what_was_read(tmp_path: Path) -> None:
    """Another reader, or other furniture, is another reading."""
    with Archive(tmp_path / "a.hw") as archive:
        articles.put(archive, [FULL])
        made = Reading(id="full", furniture=FULL.furniture)
        articles.keep_readings(archive, [(FULL, made)], reader="r 1")
        assert articles.kept_readings(archive, [FULL], reader="r 1") == {"full": made}
        assert articles.kept_readings(archive, [FULL], reader="r 2") == {}
        assert articles.kept_readings(archive, [replace(FULL, furniture=())], reader="r 1") == {}
        assert articles.reading(archive, "full") == made


def test_two_readers_and_a_writer_at_once(tmp_path: Path) -> None:
    """Readers go on while stories are written, and never see a story without its claims or articles."""
    path = tmp_path / "a.hw"
    Archive(path).close()
    done = threading.Event()
    seen: list[int] = []
    wrong: list[object] = []

    def look(archive: Archive) -> None:
        try:
            while not done.is_set():
                with archive.reading():
                    rows, total = stories.stories(archive, limit=1000)
                    for row in rows:
                        trace = stories.trace(archive, row.id)
                        _, claims = stories.claims(archive, row.id)
                        if (row.claims, row.articles) != (
                            len(trace.claims),
                            len(trace.articles),
                        ) or claims != row.claims:
                            wrong.append(row)
                seen.append(total)
        except BaseException as error:
            wrong.append(error)

    with Archive(path) as writer, Archive(path, read_only=True) as reader:
        threads = [threading.Thread(target=look, args=(one,)) for one in (reader, writer)]
        for thread in threads:
            thread.start()
        for telling in range(3):
            add(writer, [invented(s, telling) for s in range(4)])
        done.set()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert len(set(seen)) > 1
        assert told(writer) == {frozenset(f"s{s}-{t}" for t in range(3)) for s in range(4)}
    assert_sound(path)
