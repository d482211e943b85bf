"""A trace, or any record, as JSON; a trace back from it.

The same trace gives the same bytes: fields stand in the order of the records, every field is written, and what is
unknown is ``null``.
"""

import re
from typing import Any

import msgspec

from headwater.errors import InputError
from headwater.model import Trace

_LONE = re.compile("[\ud800-\udfff]")


def to_json(trace: Trace, *, indent: int | None = None) -> bytes:
    """Write a trace as UTF-8 JSON, without a closing line break.

    Args:
        trace: the trace.
        indent: spaces a level is set in by; None writes one line.

    Returns:
        The same bytes for the same trace. Half a surrogate pair, which UTF-8 cannot carry, is written as U+FFFD, one
        for one, so that every span still holds.
    """
    data = line_of(trace)
    return data if indent is None else msgspec.json.format(data, indent=indent)


def line_of(record: object) -> bytes:
    """Any record as one line of UTF-8 JSON, without its line break; lone surrogates as in ``to_json``."""
    try:
        return msgspec.json.encode(record)
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(msgspec.to_builtins(record)))


def from_json(data: bytes) -> Trace:
    """Read a trace that ``to_json`` wrote.

    Fields that this version does not know are left out: a later version may have added them.

    Raises:
        InputError: it is not JSON, or not a trace; the message names the place, as in ``$.claims[0].outlets``.
    """
    try:
        return msgspec.json.decode(data, type=Trace)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # ValidationError is a DecodeError
        raise InputError(
            f"not a Headwater trace of version 1: {error}; write one with 'headwater trace --json'"
        ) from None


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE.sub("�", value)
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return value
