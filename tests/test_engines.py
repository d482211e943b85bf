"""Engines: every engine gives what the local one gives, in order; unknown names are refused with those there are."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.engines import ENGINES, load_engine
from headwater.errors import InputError


def doubled(number: int) -> int:
    """Twice the number."""
    return 2 * number


@pytest.mark.parametrize("name", sorted(ENGINES))
@given(st.lists(st.integers()))
def test_results_come_in_order(name: str, numbers: list[int]) -> None:
    """One result an item, in the items' order; none for none."""
    assert list(load_engine(name).map(doubled, numbers)) == [2 * n for n in numbers]


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_errors_are_the_functions_own(name: str) -> None:
    """What the function raises is raised."""
    with pytest.raises(ZeroDivisionError):
        list(load_engine(name).map(lambda n: 1 // n, [0]))


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


def test_unknown_engine() -> None:
    """The message names the engines there are."""
    with pytest.raises(InputError, match=r"no engine 'spark'; there are: .*local"):
        load_engine("spark")
