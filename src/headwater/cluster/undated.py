"""Whom an article that bears no date is held against: of all that bear one, the few that share its rarest words.

Takes the keywords of articles in parts, each read when it is needed and none kept; gives pairs. How rare a word is is
counted over all parts, and an article looks at no more places than it may, its rarest words first: the work grows with
the articles, and what is found depends neither on the parts nor on their order.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.cluster.items import Item, Numbers, Values
from headwater.cluster.pairs import KEYWORDS, keywords_of, nearest, spread

#: Places of the index that one article without a date looks at.
LOOKED_AT: Final = 1_000

_AT_ONCE: Final = 4_000  # articles of a batch
_UNDATED: Final = -1
_LOST: Final = -2
_FIELDS: Final = [("name", "<u8"), ("day", "<i4"), ("term", "<u4", (KEYWORDS,)), ("weight", "<f4", (KEYWORDS,))]

#: Keywords of articles, one record each; see ``keys_of``.
Keys = NDArray[Any]


class Beside(NamedTuple):
    """Articles without a date, by place, each with one that bears a date, and the ``day`` of that; in order."""

    undated: Numbers
    dated: Numbers
    day: Numbers


class _Postings(NamedTuple):
    term: Numbers
    item: Numbers
    weight: Values


def keys_of(items: Sequence[Item | None]) -> Keys:
    """The keywords of articles: a number for the id, the day, words and weights; of None, nothing that is found."""
    keys = np.zeros(len(items), np.dtype(_FIELDS))
    keys["day"] = _LOST
    name, day, term, weight = (keys[field] for field, *_ in _FIELDS)
    for at, item in enumerate(items):
        if item is not None:
            terms, weights = keywords_of(item)
            digest = hashlib.blake2b(item.id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            name[at] = int.from_bytes(digest, "little")
            day[at] = _UNDATED if item.day is None else item.day
            term[at, : len(terms)] = terms
            weight[at, : len(terms)] = weights
    return keys


def parts_of(items: Sequence[Item]) -> list[Callable[[], Keys]]:
    """The keywords of articles in parts, so that not all that share a word are looked at in one go."""
    keys = keys_of(items)
    return [partial(keys.__getitem__, slice(start, start + _AT_ONCE)) for start in range(0, len(keys), _AT_ONCE)]


def read_keys(data: bytes) -> Keys:
    """Keywords as they were kept, by ``tobytes``."""
    return np.frombuffer(data, np.dtype(_FIELDS))


def beside(parts: Sequence[Callable[[], Keys]]) -> Beside:
    """Hold each article without a date against those that share most of its rarest words.

    Args:
        parts: give keywords; places count from the first article of the first part.

    Returns:
        At most ``NEAREST`` pairs for each.
    """
    lacking: list[_Postings] = []
    start, dated = 0, False
    for part in parts:
        keys = part()
        lacking.append(_postings(keys, keys["day"] == _UNDATED, start))
        dated = dated or bool(np.any(keys["day"] >= 0))
        start += len(keys)
    wanted = _by_term(lacking)
    if not dated or not len(wanted.term):
        none = np.zeros(0, dtype=np.int64)
        return Beside(none, none, none)
    wanted = _rarest(wanted, parts)
    best = _Best()
    start = 0
    for part in parts:
        keys = part()
        held = _postings(keys, keys["day"] >= 0, start)
        low, high = (np.searchsorted(wanted.term, held.term, side=side) for side in ("left", "right"))
        at, them = spread(low, high)
        best.take(wanted.item[them], held.item[at], wanted.weight[them] * held.weight[at], keys, start)
        start += len(keys)
    return best.found()


def _postings(keys: Keys, chosen: NDArray[np.bool_], start: int) -> _Postings:
    rows = np.flatnonzero(chosen)
    weight = keys["weight"][rows]
    row, column = np.nonzero(weight > 0)
    term = keys["term"][rows][row, column].astype(np.int64)
    return _Postings(term, start + rows[row], weight[row, column].astype(np.float64))


def _by_term(parts: Sequence[_Postings]) -> _Postings:
    term, item = (np.concatenate([np.zeros(0, np.int64), *(part[at] for part in parts)]) for at in (0, 1))
    weight = np.concatenate([np.zeros(0), *(part.weight for part in parts)])
    order = np.lexsort((item, term))
    return _Postings(term[order], item[order], weight[order])


def _rarest(wanted: _Postings, parts: Sequence[Callable[[], Keys]]) -> _Postings:
    """Of the words of each article the rarest, as many as it may look up."""
    terms, place = np.unique(wanted.term, return_inverse=True)
    count = np.zeros(len(terms), dtype=np.int64)
    for part in parts:
        keys = part()
        held = _postings(keys, keys["day"] >= 0, 0).term
        at = np.minimum(np.searchsorted(terms, held), len(terms) - 1)
        count += np.bincount(at[terms[at] == held], minlength=len(terms))
    size = count[place]
    order = np.lexsort((wanted.term, size, wanted.item))
    looked = np.cumsum(size[order])
    first = np.searchsorted(wanted.item[order], wanted.item[order])
    looked -= (looked - size[order])[first]
    kept = np.sort(order[(looked <= LOOKED_AT) & (size[order] > 0)])
    return _Postings(wanted.term[kept], wanted.item[kept], wanted.weight[kept])


class _Best:
    """The nearest of each so far; now and then those that are not are let go."""

    def __init__(self) -> None:
        self._held: list[NDArray[Any]] = []
        self._most = 0
        self._size = 0

    def take(self, one: Numbers, other: Numbers, weight: Values, keys: Keys, start: int) -> None:
        """The words that articles share with those of one part."""
        both, back = np.unique(one * len(keys) + other - start, return_inverse=True)
        rows = np.zeros(
            len(both), [("one", "<i8"), ("other", "<i8"), ("name", "<u8"), ("day", "<i8"), ("score", "<f8")]
        )
        row = both % max(1, len(keys))
        rows["one"], rows["other"] = both // max(1, len(keys)), start + row
        rows["name"], rows["day"] = keys["name"][row], keys["day"][row]
        # sums in another order differ in the last digits
        rows["score"] = np.round(np.bincount(back, weight, len(both)), 12)
        self._held.append(rows)
        self._size += len(rows)
        if self._size > 2 * self._most + 10_000:
            self._cut()

    def found(self) -> Beside:
        """The nearest of each, in order."""
        self._cut()
        rows = np.sort(self._held[0], order=("one", "other"))
        return Beside(rows["one"].copy(), rows["other"].copy(), rows["day"].copy())

    def _cut(self) -> None:
        rows = np.concatenate(self._held)
        rows = rows[nearest(rows["one"], rows["score"], rows["name"])]
        self._held, self._most, self._size = [rows], len(rows), len(rows)
