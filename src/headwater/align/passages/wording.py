"""The words of a text as arrays: text in, a number and a place for each word out, the words being those of ``words``.

Hashing whole texts at once is what makes a corpus quick: letters are folded and classed by table, every word gets a
polynomial hash of its letters from one running sum, and only what holds marks (can't, U.S., 1,000) is read by the
pattern of ``words``, once for each form.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.model import Span
from headwater.words import WORD, key_of, merged

Numbers = NDArray[np.uint64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_JOINERS = "-'’‑.,:"
LETTER, _DIGIT, _ODD, _UPPER, _JOINS = (np.uint8(1 << n) for n in range(5))
NEAR = 0x3000  # code points below are looked up in a table, those above one by one
_PIECE = 1 << 17  # code points read at once: what is held beside a text does not grow with it
_CYCLE = 1 << 17  # powers kept, a power of two; a word that lies across two cycles is hashed by itself
_SHORT = 64  # code points of a form that is remembered
_BASE = 0x9E3779B97F4A7C15
_WRAP = (1 << 64) - 1


class Wording(NamedTuple):
    """One entry a word, in order; ``keys`` are equal where the words' forms for comparing are, and by a rare chance."""

    keys: Numbers
    starts: Ints  # code points
    ends: Ints
    capitals: Flags  # begins with a capital


def wording(text: str, leave_out: Iterable[Span] = ()) -> Wording:
    """The words of ``text`` outside ``leave_out``, as ``words`` has them, with 64-bit hashes of their keys."""
    out = merged(span for span in leave_out if span.start < len(text))
    parts, at = [], 0
    while at < len(text):
        end = min(len(text), at + _PIECE)
        if end < len(text):
            cut = max(text.rfind(" ", at, end), text.rfind("\n", at, end))
            if cut < 0:  # no white space in a piece: nothing a person wrote; it is read to the next one
                ends = [found for mark in " \n" if (found := text.find(mark, end)) >= 0]
                cut = min(ends, default=len(text) - 1)
            end = cut + 1
        parts.append(_piece(text, at, end, out))
        at = end
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Wording(np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_))
    return Wording(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _piece(text: str, low: int, high: int, leave_out: list[Span]) -> Wording:
    """The words of text[low:high], which cuts no word."""
    rising, falling = powers()
    points = np.frombuffer(text[low:high].encode("utf-32-le", "surrogatepass"), np.uint32)
    classes, folded = classed(points)
    for span in leave_out:
        classes[max(0, span.start - low) : max(0, span.end - low)] = 0
    letters = classes & LETTER
    walled = np.zeros(len(letters) + 2, np.uint8)
    walled[1:-1] = letters
    edges = np.flatnonzero(walled[1:] != walled[:-1])
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(points) + 1, np.uint64)
    cycle = rising[: len(points)] if len(points) <= _CYCLE else np.resize(rising, len(points))
    np.cumsum(folded * cycle, out=sums[1:])
    keys = (sums[ends] - sums[starts]) * falling[starts & (_CYCLE - 1)]
    # which runs of letters and figures are not a word as they stand
    linked = (starts[1:] - ends[:-1] == 1) & (classes[ends[:-1]] & _JOINS > 0)
    marked = np.zeros(len(starts), np.bool_)
    marked[1:] |= linked
    marked[:-1] |= linked
    odd = classes & _ODD
    odd[1:] |= (classes[:-1] & _DIGIT) & (letters[1:] << np.uint8(1)) & ~classes[1:]  # a letter after a figure
    at = np.flatnonzero(odd)
    if len(at):
        runs = np.searchsorted(ends, at, side="right")
        inside = (runs < len(starts)) & (starts[np.minimum(runs, len(starts) - 1)] <= at)
        marked[runs[inside]] = True
    if len(points) > _CYCLE:
        marked |= starts // _CYCLE != (ends - 1) // _CYCLE
    capitals = classes[starts] & _UPPER > 0
    if not marked.any():
        return Wording(mixed(keys), starts + low, ends + low, capitals)
    read = _marked(text, low, starts, ends, classes, np.flatnonzero(marked), np.concatenate((linked, [False])))
    plain = ~marked
    firsts = np.concatenate((starts[plain], read.starts))
    order = np.argsort(firsts, kind="stable")
    firsts = firsts[order]
    return Wording(
        mixed(np.concatenate((keys[plain], read.keys))[order]),
        firsts + low,
        np.concatenate((ends[plain], read.ends))[order] + low,
        classes[firsts] & _UPPER > 0,
    )


def _marked(
    text: str, low: int, starts: Ints, ends: Ints, classes: NDArray[np.uint8], runs: Ints, linked: Flags
) -> Wording:
    """The words in the runs that the pattern must read, linked ones together; places count from ``low``."""
    last = ~linked[runs]
    first = np.concatenate(([True], last[:-1]))
    begin_at, end_at = starts[runs[first]], ends[runs[last]]
    stop = (end_at < len(classes)) & (classes[np.minimum(end_at, len(classes) - 1)] & _JOINS > 0)
    end_at = end_at + stop  # the full stop of "U.S." belongs to it
    found = [
        _remembered(text[low + start : low + end]) if end - start <= _SHORT else _forms(text[low + start : low + end])
        for start, end in zip(begin_at.tolist(), end_at.tolist(), strict=True)
    ]
    counts = [len(forms) for forms in found]
    each = np.array([word for forms in found for word in forms], np.uint64).reshape(-1, 3)
    begins = np.repeat(begin_at, counts)
    places = each[:, 1:].astype(np.int64) + begins[:, None]
    return Wording(each[:, 0], places[:, 0], places[:, 1], np.zeros(0, np.bool_))


def _forms(form: str) -> tuple[tuple[int, int, int], ...]:
    """(hash, start, end) of each word."""
    return tuple((_hash(key_of(m.group())), m.start(), m.end()) for m in WORD.finditer(form))


_remembered = lru_cache(maxsize=1 << 16)(_forms)


def _hash(key: str) -> int:
    total, power = 0, 1
    for point in map(ord, key):
        total = (total + point * power) & _WRAP
        power = (power * _BASE) & _WRAP
    return total


def mixed(keys: Numbers) -> Numbers:
    """Every bit of the sum in every bit of the key (the finaliser of splitmix64, Steele and others, 2014)."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def classed(points: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], Numbers]:
    """The class of each code point, and the code point it is compared as."""
    classes, folds = class_table()
    if not len(points) or int(points.max()) < NEAR:
        places = points.astype(np.intp)  # once for both tables: other indexes are made into these each time
        return classes.take(places), folds.take(places)
    near = np.minimum(points, NEAR - 1)
    classed, folded = classes[near], folds[near]
    far = np.flatnonzero(points >= NEAR)
    kinds, which = np.unique(points[far], return_inverse=True)
    found = [_class(chr(kind)) for kind in kinds.tolist()]
    classed[far] = np.array([c for c, _ in found], np.uint8)[which]
    folded[far] = np.array([f for _, f in found], np.uint64)[which]
    return classed, folded


def _class(character: str) -> tuple[int, int]:
    fold = character.casefold()
    flags = int(LETTER) if character.isalnum() else 0
    flags |= int(_DIGIT) if character.isdecimal() else 0
    flags |= int(_ODD) if flags and len(fold) != 1 else 0
    flags |= int(_UPPER) if character.isupper() else 0
    flags |= int(_JOINS) if character in _JOINERS else 0
    return flags, ord(fold[0])


@lru_cache(maxsize=1)
def class_table() -> tuple[NDArray[np.uint8], Numbers]:
    """What ``classed`` says of the code points below ``NEAR``."""
    found = [_class(chr(point)) for point in range(NEAR)]
    return np.array([c for c, _ in found], np.uint8), np.array([f for _, f in found], np.uint64)


@lru_cache(maxsize=1)
def powers() -> tuple[Numbers, Numbers]:
    """The powers of the base and of its inverse, modulo 2^64."""
    bases = [np.full(_CYCLE, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64))]
    for base in bases:
        base[0] = 1
    return np.cumprod(bases[0], dtype=np.uint64), np.cumprod(bases[1], dtype=np.uint64)
