"""This machine: one item after another, or several at once in threads, which the work of processes of ours fills."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 3  # items given out for each worker before the oldest result is taken


class LocalEngine:
    """Runs each item where it stands: the reference that other engines must agree with."""

    def __init__(self, *, workers: int = 1) -> None:
        """With so many items at once; with one, an item is taken up when its result is asked for."""
        self._workers = workers

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Apply ``function`` to each item, results in order."""
        if self._workers <= 1:
            return map(function, items)
        return self._several(function, iter(items))

    def _several(self, function: Callable[[Item], Result], items: Iterator[Item]) -> Iterator[Result]:
        pool = ThreadPoolExecutor(self._workers)
        try:
            given: deque[Future[Result]] = deque(
                pool.submit(function, item) for item in islice(items, self._workers * _AHEAD)
            )
            while given:
                result = given.popleft().result()
                given.extend(pool.submit(function, item) for item in islice(items, 1))
                yield result
        finally:
            pool.shutdown(cancel_futures=True)
