"""Where stages run: engines by name, loaded on demand. Stages take no engine; engines take stages."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Protocol, TypeVar

from headwater.errors import InputError, MissingExtra

Item = TypeVar("Item")
Result = TypeVar("Result")

#: ``local`` is this machine; ``native`` and ``ray`` are Daft, on this machine and on a Ray cluster.
ENGINES = {
    "local": "headwater.engines.local:LocalEngine",
    "native": "headwater.engines.daft:NativeEngine",
    "ray": "headwater.engines.daft:RayEngine",
}
_RAY = "ray://"


class Engine(Protocol):
    """Runs one function over many items and gives the results in the items' order."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Apply ``function`` to each item, results in order."""
        ...


def load_engine(name: str = "local", *, workers: int = 1) -> Engine:
    """The engine of that name.

    Args:
        name: one of ``ENGINES``, or the address of a Ray cluster, ``ray://HOST:PORT``.
        workers: items that are worked on at the same time on this machine.

    Raises:
        InputError: there is no such engine; the message lists those there are.
        MissingExtra: it runs on Daft or Ray, and they are not installed.
    """
    address = name if name.startswith(_RAY) and name != _RAY else None
    known = "ray" if address else name
    if known not in ENGINES:
        raise InputError(f"no engine {name!r}; there are: {', '.join(sorted(ENGINES))}, and ray://HOST:PORT")
    module, _, member = ENGINES[known].partition(":")
    try:
        kind = getattr(import_module(module), member)
        engine: Engine = kind(address) if address else kind(workers=workers)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("headwater"):
            raise
        raise MissingExtra(f"engine {known!r} needs {error.name}: pip install 'headwater[scale]'") from error
    return engine
