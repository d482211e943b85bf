"""Daft: one dataframe of items, one column of results, on its native runner here or its Ray runner on a cluster.

What it is asked to run guards itself (``headwater.corpus.guard``): a function that ends its process would end Daft's.
Telemetry of Daft and of Ray is switched off before either is imported.
"""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from headwater.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")

_QUIET = {
    "DO_NOT_TRACK": "true",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


class NativeEngine:
    """Daft's native runner: this machine, all its processors."""

    def __init__(self, *, workers: int = 1) -> None:
        """Choose the runner; Daft itself finds how many processors there are."""
        _choose("native")

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Apply ``function`` to each item, results in order."""
        return _mapped(function, items)


class RayEngine:
    """Daft on Ray: the cluster at an address, at RAY_ADDRESS, or one of its own on this machine.

    Headwater must be installed on every node, and what items name must be reachable from there.
    """

    def __init__(self, address: str | None = None, *, workers: int = 1) -> None:
        """Connect to the cluster; never to one that a file left by an earlier run names."""
        _choose("ray", address or os.environ.get("RAY_ADDRESS") or "local")

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Apply ``function`` to each item, results in order."""
        return _mapped(function, items)


#: The runner of this process, once there is one: Daft lets it be chosen once.
_CHOSEN: list[tuple[str, ...]] = []


def _choose(*wanted: str) -> None:
    if _CHOSEN and [wanted] != _CHOSEN:
        raise InputError(f"this process runs on {' '.join(_CHOSEN[0])} already; start another for {' '.join(wanted)}")
    if _CHOSEN:
        return
    os.environ.update(_QUIET)
    import daft

    if wanted[0] == "native":
        daft.set_runner_native()
    else:
        daft.set_runner_ray(wanted[1], noop_if_initialized=True)
    _CHOSEN.append(wanted)


def _mapped(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    import daft

    given = [pickle.dumps(item) for item in items]
    if not given:
        return

    def run(cells: Any) -> list[bytes]:
        return [_outcome(function, cell) for cell in cells.to_pylist()]

    column = daft.func.batch(return_dtype=daft.DataType.binary(), batch_size=1)(run)
    frame = daft.from_pydict({"number": list(range(len(given))), "item": given}).into_batches(1)
    outcomes: Any = column(frame["item"])  # to a type checker it is what the function gives, not a column
    done = frame.select(frame["number"], outcomes.alias("outcome"))
    early: dict[int, bytes] = {}
    wanted = 0
    for row in done.iter_rows():
        early[row["number"]] = row["outcome"]
        while wanted in early:
            went_well, outcome = pickle.loads(early.pop(wanted))
            if not went_well:
                raise outcome
            yield outcome
            wanted += 1


def _outcome(function: Callable[[Any], Any], cell: bytes) -> bytes:
    """The result, or what was raised: the caller is to meet that, not what a runner makes of it."""
    try:
        return pickle.dumps((True, function(pickle.loads(cell))))
    except Exception as error:
        return pickle.dumps((False, error))
