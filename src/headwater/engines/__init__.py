"""Where stages run: engines by name, loaded on demand. Stages take no engine; engines take stages."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Protocol, TypeVar

from headwater.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")

ENGINES = {"local": "headwater.engines.local:LocalEngine"}


class Engine(Protocol):
    """Runs one function over many items and gives the results in the items' order."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Apply ``function`` to each item, results in order."""
        ...


def load_engine(name: str = "local") -> Engine:
    """The engine of that name.

    Raises:
        InputError: there is no such engine; the message lists those there are.
    """
    if name not in ENGINES:
        raise InputError(f"no engine {name!r}; there are: {', '.join(sorted(ENGINES))}")
    module, _, member = ENGINES[name].partition(":")
    engine: Engine = getattr(import_module(module), member)()
    return engine
