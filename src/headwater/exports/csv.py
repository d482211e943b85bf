"""The tables as CSV files (RFC 4180, UTF-8 with a byte order mark, which spreadsheets ask for), one a table.

A cell of text that a spreadsheet could run as a formula bears a leading quote mark, as does one that begins with such a
mark itself: take one away from every cell that begins with one, and the text is as it was.
"""

import csv
import io
import re
from typing import Any

from headwater.exports.tables import Kind, json_of, tables_of
from headwater.model import Trace

#: What spreadsheets take for the beginning of a formula, its full-width forms, and the mark itself.
_RUNS = tuple("=+-@\t\r\n＝＋－＠'")
_STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def to_csv(trace: Trace) -> dict[str, bytes]:
    """The tables by file name (``claims.csv`` …).

    Lists stand as JSON, flags as ``true`` and ``false``, what is unknown as an empty cell. Control characters, which
    steer terminals, are written as U+FFFD, one for one.
    """
    out = {}
    for table in tables_of(trace):
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([name for name, _ in table.columns])
        kinds = [kind for _, kind in table.columns]
        for row in table.rows:
            writer.writerow([_cell(value, kind) for value, kind in zip(row, kinds, strict=True)])
        out[f"{table.name}.csv"] = text.getvalue().encode("utf-8-sig")
    return out


def _cell(value: Any, kind: Kind) -> str:
    if value is None:
        return ""
    if kind == "flag":
        return "true" if value else "false"
    if kind in {"integer", "share"}:
        return repr(value)
    if kind != "text":
        return _STEERS.sub("\ufffd", json_of(value))
    return _STEERS.sub("\ufffd", f"'{value}" if value.startswith(_RUNS) else value)
