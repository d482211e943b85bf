"""Spans of time and sizes as people write them: ``15m``, ``2s``, ``20MB``."""

import re

from headwater.errors import InputError

_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_BYTES = {"": 1, "b": 1, "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}
_AMOUNT = re.compile(r"\s*([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*([A-Za-z]*)\s*", re.ASCII)


def seconds(text: str) -> float:
    """A span of time in seconds; a bare number counts them.

    Raises:
        InputError: it is none.
    """
    match = _AMOUNT.fullmatch(text)
    if not match or match[2].lower() not in _SECONDS:
        raise InputError(f"{text[:40]!r} is no span of time; write 30s, 15m or 2h")
    return float(match[1]) * _SECONDS[match[2].lower()]


def size(text: str) -> int:
    """A size in bytes, at least 1; a bare number counts them.

    Raises:
        InputError: it is none.
    """
    match = _AMOUNT.fullmatch(text)
    if not match or match[2].lower() not in _BYTES or not float(match[1]):
        raise InputError(f"{text[:40]!r} is no size; write 500kB or 20MB")
    return max(1, int(float(match[1]) * _BYTES[match[2].lower()]))
