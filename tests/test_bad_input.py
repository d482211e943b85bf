"""What cannot be used is said in one line each, and the rest goes on."""

import os
from pathlib import Path

import pytest

from headwater.ingest import gather
from headwater.model import Batch

TEXT = "The lighthouse keeper of Sorrel Point said the lamp had failed twice in a week."


def only_failure(batch: Batch) -> tuple[str, str]:
    """Where and why of the one thing that went wrong, each on one line."""
    assert batch.articles == ()
    (failure,) = batch.failures
    for line in (failure.where, failure.why):
        assert line.isprintable()
    return failure.where, failure.why


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("empty.txt", b"", "holds no text", id="empty"),
        pytest.param("blank.txt", b" \n\r\n\t", "holds no text", id="blank"),
        pytest.param("photo.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "binary", id="binary"),
        pytest.param("letter.docx", b"PK\x03\x04", "zip archive", id="damaged archive"),
        pytest.param("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx", id="old Office file"),
        pytest.param("letter.odd", b"Dear sir", ".odd file", id="other kind"),
        pytest.param("empty.jsonl", b"\n\n", "holds no lines", id="empty lines"),
        pytest.param("empty.html", b"<html></html>", "no article text", id="empty page"),
        pytest.param("blank.html", b"", "no article text", id="no page"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    """One line says what is wrong with a file and what to give instead."""
    (tmp_path / name).write_bytes(data)
    where, why = only_failure(gather([tmp_path / name]))
    assert where == str(tmp_path / name)
    assert says in why
    assert any(word in why for word in (".txt", "give", "save it as"))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("no/such/file.txt", "not found"),
        ("", "not found"),
        ("with\0nul.txt", "cannot be read"),
        ("a" * 5000 + ".txt", "cannot be read"),
        ("https://paper.example/story", "headwater fetch"),
        ("new\nline.txt", "not found"),
        ("lone-\udce9.txt", "not found"),
    ],
    ids=["missing", "empty", "nul", "long", "address", "newline", "undecodable"],
)
def test_a_path_that_leads_nowhere(path: str, says: str) -> None:
    """A path without a file behind it is one line, whatever is in its name."""
    _, why = only_failure(gather([path]))
    assert says in why


def test_a_folder_without_readable_files(tmp_path: Path) -> None:
    """A folder that holds nothing to read says so, and says what to give."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    where, why = only_failure(gather([tmp_path]))
    assert where == str(tmp_path)
    assert why == "is a folder without a readable file (1 .png file); give a .txt, .jsonl or .html file"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    """A file without permission is one failure."""
    (tmp_path / "locked.txt").write_text(TEXT)
    (tmp_path / "locked.txt").chmod(0)
    _, why = only_failure(gather([tmp_path]))
    assert "may not be read" in why


def test_the_rest_goes_on(tmp_path: Path) -> None:
    """One bad file among good ones is reported; the good ones are read."""
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "bad.txt").write_bytes(b"\0\0")
    (tmp_path / "lines.jsonl").write_text('{"id": "l", "text": "Said."}\n{oops\n')
    batch = gather([tmp_path, tmp_path / "missing.txt"])
    assert [a.id for a in batch.articles] == ["good", "l"]
    assert [Path(f.where).name for f in batch.failures] == ["bad.txt", "lines.jsonl, line 2", "missing.txt"]


def test_two_copies_of_a_file_are_two_articles(tmp_path: Path) -> None:
    """The same words in two files are two articles: that they are copies is for a later stage to say."""
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(TEXT)
    assert [a.id for a in gather([tmp_path]).articles] == ["one", "two"]


def test_names_and_titles_may_hold_anything(tmp_path: Path) -> None:
    """Ids and titles are text, never paths: slashes, dots and control characters are kept and harm nothing."""
    (article,) = gather([{"id": "../../etc/\x07passwd", "title": "a\0b", "text": TEXT}]).articles
    assert (article.id, article.title) == ("../../etc/\x07passwd", "a\0b")
