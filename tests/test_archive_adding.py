"""Adding as a user does it: the command, real files among bad ones, two programs at once, real articles."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archived import add, assert_sound, go_on, invented, told
from headwater.archive import Archive, articles, showing, stories
from headwater.cli import main
from headwater.pipeline import find_stories, take_in

EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"
REAL = Path(__file__).parents[2] / "shared" / "data" / "stories" / "stories.jsonl"


def test_the_command_puts_in_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is new is put in and traced; the second time nothing is; what cannot be used is named on stderr."""
    path = tmp_path / "a.db"
    bad = tmp_path / "empty.txt"
    bad.write_text(" ", encoding="utf-8")
    arguments = ["add", str(EXAMPLE), str(bad), "--archive", str(path), "--reader", "rules-1"]
    said = []
    for _ in range(2):
        assert main(arguments) == 0
        shown = capsys.readouterr()
        assert "empty.txt" in shown.err
        said.append(shown.out.strip())
    assert said == [
        "9 articles put in, 0 there already; 1 story traced",
        "0 articles put in, 9 there already; 0 stories traced",
    ]
    with Archive(path, read_only=True) as archive:
        assert [row.articles for row in stories.stories(archive)[0]] == [9]
    assert_sound(path)


@pytest.mark.parametrize(
    ("paths", "archive", "says"),
    [(["no/such/file.txt"], "a.db", "not found"), ([str(EXAMPLE)], "no/folder/a.db", "cannot be opened"),
     ([str(EXAMPLE)], "text.txt", "no archive")],
    ids=["nothing to read", "no folder for the archive", "no archive"],
)  # fmt: skip
def test_the_command_refuses_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], paths: list[str], archive: str, says: str
) -> None:
    """Exit status 1, and one line that says what and what to do."""
    (tmp_path / "text.txt").write_text("A text, and no archive. " * 50, encoding="utf-8")
    assert main(["add", *paths, "--archive", str(tmp_path / archive), "--reader", "rules-1"]) == 1
    shown = capsys.readouterr()
    assert says in shown.err
    assert len(shown.err.strip().splitlines()) == 1


def test_a_table_with_columns_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns are named for a table that is added as for one that is traced."""
    table, path = tmp_path / "export.csv", tmp_path / "a.db"
    table.write_text('PAPER;STORY\nSkerry Post;"The ferry will stop in October, Anselm Quist said on Monday."\n')
    named = ["--columns", "text=STORY,outlet=PAPER"]
    assert main(["add", str(table), "--archive", str(path), "--reader", "rules-1", *named]) == 0
    assert capsys.readouterr().out == "1 article put in, 0 there already; 1 story traced\n"
    with Archive(path, read_only=True) as archive:
        (row,) = stories.stories(archive)[0]
        assert [a.outlet for a in stories.trace(archive, row.id).articles] == ["Skerry Post"]


PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from archived import add, invented
from headwater.archive import Archive
with Archive({path!r}) as archive:
    add(archive, [invented(s, t) for s in range(12) for t in range({first}, {first} + 3)])
"""


def test_two_programs_add_at_once(tmp_path: Path) -> None:
    """Both end, every article is there once, and each story holds what both gave it."""
    path = tmp_path / "a.db"
    running = [
        subprocess.Popen([
            sys.executable, "-c", PROGRAM.format(tests=str(Path(__file__).parent), path=str(path), first=first)
        ])
        for first in (0, 2)
    ]  # fmt: skip
    assert [process.wait() for process in running] == [0, 0]
    with Archive(path) as archive:
        go_on(archive)
        assert told(archive) == {frozenset(f"s{s}-{t}" for t in range(5)) for s in range(12)}
        assert showing.waiting(archive) == ()
    assert_sound(path)


def test_articles_of_one_story_find_it_later(tmp_path: Path) -> None:
    """An article finds the story of a year's worth of others by its rare words; one of another time does not."""
    with Archive(tmp_path / "a.db") as archive:
        add(archive, [invented(s, t) for s in range(20) for t in range(2)])
        late = take_in([{"id": "late", "text": invented(3, 5).text, "published": "2026-03-04"}]).articles
        add(archive, [invented(3, 4), *late])
        assert {"s3-0", "s3-1", "s3-4"} in told(archive)
        assert {"late"} in told(archive)


@pytest.mark.real
def test_real_stories_are_found_whatever_came_first(tmp_path: Path) -> None:
    """Real articles, added in two parts, make nearly the stories that all together make."""
    lines = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    given = sorted(lines, key=lambda fields: str(fields["text"])[50:90])
    with Archive(tmp_path / "a.db") as archive:
        for part in (given[::2], given[1::2]):
            add(archive, take_in(part).articles)
        at_once = {frozenset(s.articles) for s in find_stories(take_in(lines).articles)}
        assert articles.articles(archive)[1] == len(lines)
        assert len(told(archive) & at_once) >= 0.8 * len(at_once)
        traces = [stories.trace(archive, row.id) for row in stories.stories(archive, limit=100)[0]]
        assert sum(len(t.articles) for t in traces) == len(lines)
    assert_sound(tmp_path / "a.db")
