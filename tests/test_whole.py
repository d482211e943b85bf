"""Files written whole or not at all, and the lock of a run."""

import os
import threading
from pathlib import Path

import pytest

from headwater import whole


@pytest.mark.parametrize("durable", [False, True], ids=["quick", "durable"])
def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path, durable: bool) -> None:
    """Until then a reader sees the file that was there, and afterwards nothing else is left beside it."""
    path = tmp_path / "list.json"
    path.write_bytes(b"old")
    with whole.writing(path, durable=durable) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
        (part,) = {p.name for p in tmp_path.iterdir()} - {path.name}
        assert whole.is_part(part)
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["list.json"]


@pytest.mark.parametrize("why", [ValueError, KeyboardInterrupt, OSError], ids=lambda why: why.__name__)
def test_a_writer_that_fails_leaves_what_was_there(tmp_path: Path, why: type[BaseException]) -> None:
    """The old file stays, the unfinished one is gone, and the error goes on."""
    path = tmp_path / "list.json"
    path.write_bytes(b"old")

    def stopped() -> None:
        with whole.writing(path) as file:
            file.write(b"half of")
            raise why

    with pytest.raises(why):
        stopped()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["list.json"]


def test_a_folder_that_is_not_there_is_the_callers_to_make(tmp_path: Path) -> None:
    """The system's own error says which file; nothing is made."""
    with pytest.raises(FileNotFoundError):
        whole.write(tmp_path / "none" / "list.json", b"new")
    assert not os.listdir(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    """``--json /dev/stderr`` or a pipe: no file is moved over it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    whole.write(path, b"through")
    reader.join(timeout=10)
    assert got == [b"through"]
    assert path.is_fifo()


@pytest.mark.parametrize(
    ("name", "part"),
    [(".00001.jsonl.part-1-2", True), ("00001.jsonl", False), ("a.part-1", False), (".hidden", False)],
)
def test_what_a_killed_writer_left_is_known_by_its_name(name: str, part: bool) -> None:
    """Only hidden names that a writer gives are swept away."""
    assert whole.is_part(name) is part


def test_a_lock_is_held_until_its_file_is_closed(tmp_path: Path) -> None:
    """A second run finds it taken, a third after the first has it."""
    pytest.importorskip("fcntl")
    path = tmp_path / "lock"
    with open(path, "wb") as first, open(path, "wb") as second:
        assert whole.locked(first)
        assert not whole.locked(second)
    with open(path, "wb") as third:
        assert whole.locked(third)
