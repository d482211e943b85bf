"""Engines: every engine gives what the local one gives, in order; unknown names are refused with those there are."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.engines import ENGINES, Engine, daft, load_engine
from headwater.errors import InputError, MissingExtra

pytestmark = pytest.mark.xdist_group("daft")  # with the tests of corpora on it: one worker, one runner
WITHOUT_DAFT = pytest.mark.skipif(find_spec("daft") is None, reason="daft is not installed: headwater[scale]")
MANY = [
    pytest.param("local", 1, id="local"),
    pytest.param("local", 3, id="local, several at once"),
    pytest.param("native", 1, id="native", marks=WITHOUT_DAFT),
]


def doubled(number: int) -> int:
    """Twice the number."""
    return 2 * number


@pytest.mark.parametrize(("name", "workers"), MANY)
@settings(max_examples=10)
@given(numbers=st.lists(st.integers()))
def test_results_come_in_order(name: str, workers: int, numbers: list[int]) -> None:
    """One result an item, in the items' order; none for none."""
    assert list(load_engine(name, workers=workers).map(doubled, numbers)) == [2 * n for n in numbers]


@pytest.mark.parametrize(("name", "workers"), MANY)
def test_errors_are_the_functions_own(name: str, workers: int) -> None:
    """What the function raises is raised."""
    with pytest.raises(ZeroDivisionError):
        list(load_engine(name, workers=workers).map(lambda n: 1 // n, [1, 0, 2]))


def test_local_works_as_results_are_asked_for() -> None:
    """The local engine keeps no list: an item is read when its result is wanted."""
    asked: list[int] = []

    def numbers() -> Iterator[int]:
        for n in range(3):
            asked.append(n)
            yield n

    results = load_engine().map(doubled, numbers())
    assert asked == []
    assert next(results) == 0
    assert asked == [0]


def test_several_at_once_take_few_items_ahead() -> None:
    """A long run of items is not taken up all at once."""
    asked: list[int] = []

    def numbers() -> Iterator[int]:
        for n in range(1000):
            asked.append(n)
            yield n

    results = load_engine(workers=2).map(doubled, numbers())
    assert next(results) == 0
    assert len(asked) < 20


@pytest.mark.parametrize("name", ["spark", "ray://", ""])
def test_unknown_engine(name: str) -> None:
    """The message names the engines there are."""
    with pytest.raises(InputError, match=rf"no engine '{name}'; there are: .*local"):
        load_engine(name)


@pytest.mark.parametrize("name", ["native", "ray", "ray://10.0.0.1:10001"])
def test_an_engine_that_is_not_installed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The message names the pip command."""
    monkeypatch.setitem(sys.modules, "daft", None)
    monkeypatch.setattr(daft, "_CHOSEN", [])
    with pytest.raises(MissingExtra, match=r"needs daft: pip install 'headwater\[scale\]'"):
        load_engine(name)


def test_small_jobs_import_nothing_of_it() -> None:
    """The local engine, and the commands until they run, bring neither Daft nor Ray."""
    code = (
        "import sys, headwater.cli, headwater.corpus.run; from headwater.engines import load_engine; load_engine();"
        "print(sorted({'daft', 'ray', 'pyarrow', 'fsspec'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@WITHOUT_DAFT
def test_telemetry_is_off_before_daft_is_imported() -> None:
    """Whatever the surroundings say."""
    code = (
        "import os, sys; from headwater.engines import load_engine; load_engine('native');"
        "print('daft' in sys.modules, os.environ['DO_NOT_TRACK'], os.environ['RAY_USAGE_STATS_ENABLED'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={})
    assert done.stdout.split() == ["True", "true", "0"]


def test_every_engine_is_one() -> None:
    """The table names modules that are there."""
    engine: Engine = load_engine("local")
    assert engine is not None
    assert set(ENGINES) == {"local", "native", "ray"}
