"""The tables as one workbook, a sheet each, by openpyxl.

Text is stored as text and marked as such, so that nothing in it runs as a formula, now or when a cell is edited.
"""

import io
import re
from typing import Any

from headwater.errors import MissingExtra
from headwater.exports.tables import Kind, Table, json_of, tables_of
from headwater.exports.zipped import without_hours
from headwater.model import Trace

LONGEST = 32_767  #: UTF-16 units that a cell may hold
MOST_ROWS = 1_048_576  #: rows of a sheet, with its head
#: Characters that XML cannot hold, and underscores that would be read as the escape of one (ECMA-376, ST_Xstring).
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_RUNS = tuple("=+-@\t\r\n＝＋－＠'")
_WIDTHS = {"text": 60, "words": 60, "note": 60, "reason": 60}
_CUT = "… (cut)"


def to_xlsx(trace: Trace) -> bytes:
    """The workbook.

    Lists stand as JSON. A cell longer than a sheet holds ends with "… (cut)"; rows beyond those of a sheet go on in
    another ("mentions 2").

    Raises:
        MissingExtra: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra("a workbook needs openpyxl: pip install 'headwater[xlsx]'") from error
    book = openpyxl.Workbook(write_only=True)
    for table in tables_of(trace):
        most = MOST_ROWS - 1
        for number, first in enumerate(range(0, max(1, len(table.rows)), most), 1):
            _fill(book.create_sheet(table.name if number == 1 else f"{table.name} {number}"), table, first, most)
    out = io.BytesIO()
    book.save(out)
    return without_hours(out.getvalue())


def _fill(sheet: Any, table: Table, first: int, most: int) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, (name, _) in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 16)
    head = [_text(sheet, name) for name, _ in table.columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    kinds = [kind for _, kind in table.columns]
    for row in table.rows[first : first + most]:
        sheet.append([_cell(sheet, value, kind) for value, kind in zip(row, kinds, strict=True)])


def _cell(sheet: Any, value: Any, kind: Kind) -> Any:
    if value is None or kind in {"flag", "integer", "share"}:
        return value
    return _text(sheet, value if kind == "text" else json_of(value))


def _text(sheet: Any, text: str) -> Any:
    """A cell that holds text whatever it looks like."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    shown = _ESCAPED.sub(lambda met: f"_x{ord(met[0]):04X}_", text)
    if len(shown) * 2 > LONGEST and len(shown.encode("utf-16-le")) // 2 > LONGEST:
        shown = _fitting(shown)
    cell._value, cell.data_type = shown, "s"  # its setter cuts text and takes what begins with "=" for a formula
    cell.quotePrefix = text.startswith(_RUNS)
    return cell


def _fitting(text: str) -> str:
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore")
    whole = max((met.end() for met in re.finditer("_x[0-9A-F]{4}_", kept)), default=0)
    return kept[:whole] + re.sub("_(?:x[0-9A-F]{0,4})?$", "", kept[whole:]) + _CUT  # half an escape is other words
