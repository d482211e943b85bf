"""Runs that are killed: at any moment, and what is there when they are called again is what it would have been."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from corpora import corpus, lines, written
from headwater.corpus import run, traced
from headwater.corpus.run import Settings

_SETTINGS = Settings(workers=2, size=5, window=9, reader="rules-1")
_COMMAND = """
import sys
from test_corpus_kill import _SETTINGS, _WORK
_WORK[sys.argv[1]](sys.argv[2], sys.argv[3], _SETTINGS)
"""
_WORK = {"read": run.read, "copies": run.copies, "stories": run.stories, "trace": traced.trace}


def _started(command: str, source: Path, out: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, command, str(source), str(out)], cwd=Path(__file__).parent,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _entries(out: Path) -> dict[str, int]:
    """The entries of finished shards that are there, with the time of the last change."""
    account = out / ".headwater"
    return {str(path.relative_to(out)): path.stat().st_mtime_ns for path in sorted(account.glob("*/[0-9]*.json"))}


def _held(archive: Path) -> list[str]:
    """All rows of an archive, and its tables."""
    with closing(sqlite3.connect(archive)) as db:
        return list(db.iterdump())


@pytest.mark.parametrize(
    ("command", "name", "kills"),
    [
        pytest.param("read", "out", 2, id="read"),
        pytest.param("copies", "out", 1, id="copies"),
        pytest.param("stories", "out", 1, id="stories"),
        pytest.param("trace", "out", 2, id="trace, to a folder"),
        pytest.param("trace", "out.db", 4, id="trace, to an archive"),
    ],
)
def test_a_run_that_is_killed_goes_on_and_leaves_the_same_bytes(
    tmp_path: Path, command: str, name: str, kills: int
) -> None:
    """Killed at random moments, ten over the commands: whole shards are not made again, and the end is the same.

    An archive holds the same rows, those of its index of words too.
    """
    moments = random.Random(f"{command} {name}")
    source = lines(tmp_path / "in.jsonl", corpus(24 if command == "trace" else 40, undated=9))
    well, killed = tmp_path / "well" / name, tmp_path / "killed" / name
    began = time.monotonic()
    for path in (well, killed):
        path.parent.mkdir()
    _WORK[command](str(source), str(well), _SETTINGS)
    took = time.monotonic() - began
    folder = killed.with_name("out.db.corpus") if name == "out.db" else killed
    # an archive is written at the end: all but the first time it is killed there
    for awaited in [folder / "log.jsonl", *[killed if name == "out.db" else folder / "log.jsonl"] * (kills - 1)]:
        process = _started(command, source, killed)
        until = time.monotonic() + 120
        while not awaited.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, took / 2))
        process.send_signal(signal.SIGKILL)
        process.wait()
    time.sleep(0.5)  # its workers find out that it is gone
    there = _entries(folder)
    _WORK[command](str(source), str(killed), _SETTINGS)
    after = _entries(folder)
    assert {name: after[name] for name in there} == there
    if name == "out.db":
        assert _held(killed) == _held(well)
        assert written(folder) == written(well.with_name(folder.name))
    else:
        assert written(killed) == written(well)


def test_what_a_killed_writer_left_is_made_again(tmp_path: Path) -> None:
    """A shard without its entry, an entry without its shard, one of another size and parts of files: all are mended."""
    source = lines(tmp_path / "in.jsonl", corpus(20))
    out = tmp_path / "out"
    run.copies(str(source), str(out), _SETTINGS)
    well = written(out)
    (out / ".headwater/articles/00000.json").unlink()
    (out / "articles/00001.jsonl").unlink()
    (out / "articles/00002.jsonl").write_bytes(well["articles/00002.jsonl"][:-9])
    (out / ".headwater/articles/00003.json").write_bytes(b'{"cut of')
    (out / "articles/.00001.jsonl.part-1-2").write_bytes(b"half of")
    (out / ".headwater/copies/.00000.json.part-1-2").write_bytes(b"half of")
    run.copies(str(source), str(out), _SETTINGS)
    assert written(out) == well


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    """A file that is added, one that is changed and one that is taken away: the shards of the others stay."""
    given = corpus(30)
    for number in range(3):
        lines(tmp_path / "in" / f"{number}.jsonl", given[number * 10 : number * 10 + 10])
    out = tmp_path / "out"
    run.copies(str(tmp_path / "in"), str(out), _SETTINGS)
    first = _entries(out)
    lines(tmp_path / "in" / "1.jsonl", given[10:18])
    lines(tmp_path / "in" / "3.jsonl", corpus(36)[30:])
    run.copies(str(tmp_path / "in"), str(out), _SETTINGS)
    second = _entries(out)
    kept = [f".headwater/articles/{number:05d}.json" for number in (0, 1, 4, 5)]
    assert {name: second[name] for name in kept} == {name: first[name] for name in kept}
    (tmp_path / "in" / "3.jsonl").unlink()
    lines(tmp_path / "in" / "1.jsonl", given[10:20])
    run.copies(str(tmp_path / "in"), str(out), _SETTINGS)
    run.copies(str(tmp_path / "in"), str(tmp_path / "anew"), _SETTINGS)
    assert written(out) == written(tmp_path / "anew")
