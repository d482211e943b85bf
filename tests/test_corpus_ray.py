"""Daft's engines give the bytes of the local one; on Ray also where a worker is killed and a node goes away."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from corpora import corpus, lines, written
from headwater.corpus import run
from headwater.corpus.run import Done, Settings
from headwater.corpus.traced import trace

pytestmark = pytest.mark.xdist_group("daft")  # one worker: Daft and Ray each start as much as the machine has
WITHOUT_DAFT = pytest.mark.skipif(find_spec("daft") is None, reason="daft is not installed: headwater[scale]")
WITHOUT_RAY = pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed: headwater[scale]")


@WITHOUT_DAFT
@pytest.mark.parametrize(
    ("work", "count"),
    [
        pytest.param(run.read, 30, id="read"),
        pytest.param(run.copies, 30, id="copies"),
        pytest.param(run.stories, 30, id="stories"),
        pytest.param(trace, 12, id="trace"),
    ],
)
def test_the_native_engine_leaves_the_same_bytes(tmp_path: Path, work: Callable[..., Done], count: int) -> None:
    """One dataframe over shards and windows."""
    source = lines(tmp_path / "in.jsonl", corpus(count, undated=7))
    work(str(source), str(tmp_path / "local"), Settings(workers=2, size=6, window=12, reader="rules-1"))
    work(str(source), str(tmp_path / "native"), Settings(engine="native", size=6, window=12, reader="rules-1"))
    assert written(tmp_path / "native") == written(tmp_path / "local")


@pytest.mark.scale
@WITHOUT_RAY
def test_a_worker_that_is_killed_and_a_node_that_goes_away(tmp_path: Path) -> None:
    """A cluster of two nodes on this machine, with an address of its own: same bytes as the local engine's."""
    source = lines(tmp_path / "in.jsonl", corpus(240, undated=9))
    settings = Settings(workers=2, size=6, window=12, reader="rules-1")
    run.copies(str(source), str(tmp_path / "local"), settings)
    done = subprocess.run(
        [sys.executable, str(Path(__file__)), str(source), str(tmp_path / "ray")],
        capture_output=True, text=True, check=False, timeout=480,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert "killed a worker" in done.stdout
    assert "removed a node" in done.stdout
    assert written(tmp_path / "ray") == written(tmp_path / "local")


def _harmed(source: str, out: str) -> None:
    """In a process of its own: the run on a cluster that loses a worker and a node in the middle of it."""
    os.environ.update({"DO_NOT_TRACK": "true", "RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled"})
    ray: Any = import_module("ray")
    clusters: Any = import_module("ray.cluster_utils")

    memory = 80 * 2**20
    cluster = clusters.Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": memory})
    second = cluster.add_node(num_cpus=1, object_store_memory=memory)
    third = cluster.add_node(num_cpus=1, object_store_memory=memory)
    os.environ["RAY_ADDRESS"] = cluster.address
    entries = Path(out) / ".headwater" / "articles"

    def harm() -> None:
        _wait_for(entries, 4)
        cluster.remove_node(second)
        print("removed a node", len(list(entries.glob("[0-9]*.json"))), flush=True)
        _wait_for(entries, 12)
        worker = _worker_of(third)
        if worker is not None:
            os.kill(worker, signal.SIGKILL)
            print("killed a worker", len(list(entries.glob("[0-9]*.json"))), flush=True)

    harming = threading.Thread(target=harm)
    harming.start()
    run.copies(source, out, Settings(engine="ray", size=6, window=12, reader="rules-1"))
    harming.join()
    ray.shutdown()
    cluster.shutdown()


def _wait_for(folder: Path, count: int) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until and len(list(folder.glob("[0-9]*.json"))) < count:
        time.sleep(0.05)


def _worker_of(node: Any) -> int | None:
    """The process on a node in which Daft runs: the child of its raylet that Ray calls by Daft's name."""
    raylet = node.all_processes["raylet"][0].process.pid
    for folder in sorted(Path("/proc").glob("[0-9]*")):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == raylet and b"ray::" in command and b"IDLE" not in command:
            return int(folder.name)
    return None


if __name__ == "__main__":
    _harmed(*sys.argv[1:])
