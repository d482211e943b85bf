"""The tables as CSV, workbook, Parquet and frames: read back by those formats' own libraries, they are the records."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pandas
import polars
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from crowd import crowd
from exported import BARE, HARM, HOSTILE, NASTY, Row, any_trace, cell, example, harmed, kept, records
from headwater.exports import csv as separated
from headwater.exports import xlsx
from headwater.exports.csv import to_csv
from headwater.exports.frames import pandas_frames, polars_frames
from headwater.exports.parquet import to_parquet
from headwater.exports.tables import tables_of
from headwater.exports.xlsx import LONGEST, to_xlsx
from headwater.model import Change, Conflict, Place, Quotation, Span, Trace
from sample import TRACE

KINDS = {table.name: dict(table.columns) for table in tables_of(BARE)}
NAMES = ("claims", "mentions", "attributions", "quotations", "conflicts", "origins", "derivations")
NULLABLE = {"attribution", "source", "speaker", "claim", "source_name", "source_kind", "speaker_name", "kind"}
RUNS = ("=", "+", "-", "@", "\t", "\r")


def from_csv(files: dict[str, bytes]) -> dict[str, list[Row]]:
    """The rows of CSV files, each cell as what it stands for."""
    out: dict[str, list[Row]] = {}
    for file, data in files.items():
        name = file.removesuffix(".csv")
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        out[name] = [{key: _from_text(name, key, value) for key, value in row.items()} for row in rows]
    return out


def _from_text(table: str, column: str, text: str) -> Any:
    kind = KINDS[table][column]
    if not text and (kind != "text" or column in NULLABLE):
        return None
    return cell(text.removeprefix("'") if kind == "text" else text, kind)


def from_xlsx(data: bytes) -> dict[str, list[Row]]:
    """The rows of a workbook's sheets."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    out: dict[str, list[Row]] = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        out[sheet.title] = [
            {str(key): _from_cell(KINDS[sheet.title][str(key)], str(key), value)
             for key, value in zip(head, row, strict=True)}
            for row in rows
        ]  # fmt: skip
    return out


def _from_cell(kind: str, column: str, value: Any) -> Any:
    if kind in {"flag", "integer", "share"}:
        return value
    if value is None:
        return None if column in NULLABLE else ""
    return cell(unescape(value), kind)


def from_parquet(files: dict[str, bytes]) -> dict[str, list[Row]]:
    """The rows of Parquet files."""
    out: dict[str, list[Row]] = {}
    for file, data in files.items():
        name = file.removesuffix(".parquet")
        table = pyarrow.parquet.read_table(io.BytesIO(data))
        out[name] = [
            {key: _from_list(KINDS[name][key], value) for key, value in row.items()} for row in table.to_pylist()
        ]
    return out


def _from_list(kind: str, value: Any) -> Any:
    if kind == "texts":
        return tuple(value)
    if kind == "spans":
        return tuple(Span(**item) for item in value)
    if kind == "places":
        return tuple(Place(**item) for item in value)
    if kind == "changes":
        lists = ("spans", "fullest_spans")
        return tuple(Change(**item | {name: _from_list("spans", item[name]) for name in lists}) for item in value)
    return value


LONE = Trace(
    made_by=BARE.made_by,
    quotations=(Quotation(id="q", speaker=None, variants=()),),
    conflicts=(Conflict(id="c", type="name", verdict="drift", severity="low", note="n", sides=()),),
)
TRACES = [
    pytest.param(lambda: TRACE, id="whole"),
    pytest.param(lambda: BARE, id="bare"),
    pytest.param(lambda: LONE, id="lone"),
    pytest.param(example, id="example"),
    pytest.param(lambda: crowd(TRACE, 30), id="crowd"),
]
#: Words that CSV gives back as they were: no control characters, and something, since what is empty is unknown there.
PLAIN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=8
)
#: Words that any table with types gives back.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@pytest.mark.parametrize("made", TRACES)
def test_records_come_back_from_csv(made: Callable[[], Trace]) -> None:
    """Every field of every record of the tables is in the files."""
    trace = made()
    assert records(from_csv(to_csv(trace))) == kept(trace)


@pytest.mark.parametrize("made", TRACES)
def test_records_come_back_from_a_workbook(made: Callable[[], Trace]) -> None:
    """The sheets hold the same."""
    trace = made()
    sheets = from_xlsx(to_xlsx(trace))
    assert tuple(sheets) == NAMES
    assert records(sheets) == kept(trace)


@pytest.mark.parametrize("made", [*TRACES, pytest.param(lambda: HOSTILE, id="hostile")])
def test_records_come_back_from_parquet(made: Callable[[], Trace]) -> None:
    """Lists are lists there and need no reading."""
    trace = made()
    assert records(from_parquet(to_parquet(trace))) == kept(trace)


@given(any_trace(PLAIN))
@settings(max_examples=30)
def test_any_records_come_back_from_any_table(trace: Trace) -> None:
    """Whatever records hold, and whatever of them is unknown, the three forms give the same back."""
    made = (
        records(from_csv(to_csv(trace))),
        records(from_xlsx(to_xlsx(trace))),
        records(from_parquet(to_parquet(trace))),
    )
    assert made == (kept(trace),) * 3


@given(any_trace(ANY))
@settings(max_examples=30)
def test_any_words_come_back_from_parquet(trace: Trace) -> None:
    """There nothing is replaced, and what is empty is not what is unknown."""
    assert records(from_parquet(to_parquet(trace))) == kept(trace)


@given(NASTY)
def test_records_come_back_whatever_they_say(words: str) -> None:
    """Any text comes back: from Parquet and a workbook as it was, from CSV without its control characters."""
    trace = harmed(TRACE, words)
    assert records(from_parquet(to_parquet(trace))) == kept(trace)
    shown = separated._STEERS.sub("\ufffd", words)
    assert records(from_csv(to_csv(trace))) == kept(harmed(TRACE, shown))


@given(NASTY)
def test_a_workbook_gives_back_any_text(words: str) -> None:
    """Characters that XML cannot hold, and what looks like their escape, come back as they were."""
    found = from_xlsx(to_xlsx(harmed(TRACE, words)))["claims"][0]["text"]
    assert found.replace("\r\n", "\n") == words.replace("\r\n", "\n")


@pytest.mark.parametrize("words", HARM, ids=lambda words: repr(words[:12]))
def test_nothing_runs_as_a_formula(words: str) -> None:
    """No cell of text begins with what a spreadsheet runs; a workbook's cells are text by type and by style."""
    trace = harmed(TRACE, words)
    for data in to_csv(trace).values():
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            assert not [text for text in row if text.startswith((*RUNS, "＝"))]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(trace)))["claims"]
    found = sheet["B2"]
    assert found.data_type == "s"
    assert found.quotePrefix == words.startswith((*RUNS, "'", "＝"))
    with zipfile.ZipFile(io.BytesIO(to_xlsx(trace))) as book:
        assert not [name for name in book.namelist() if b"<f>" in book.read(name)]


def test_a_cell_that_is_too_long_says_so() -> None:
    """A cell holds 32,767 UTF-16 units: what is longer is cut between characters and escapes, and says that it is."""
    for words in ("x" * 40_000, "🌊" * 20_000, "\x00" * 9_000):
        found = openpyxl.load_workbook(io.BytesIO(to_xlsx(harmed(TRACE, words))))["claims"]["B2"].value
        assert LONGEST - 8 <= len(found.encode("utf-16-le")) // 2 <= LONGEST
        assert found.endswith("… (cut)")
        assert unescape(found.removesuffix("… (cut)")).strip(words[0]) == ""


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is left out."""
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(TRACE)))
    assert {"mentions", "mentions 2"} <= {*book.sheetnames}
    ids = [row[0] for n in ("", " 2") for row in list(book[f"claims{n}"].iter_rows(values_only=True))[1:]]
    assert ids == [claim.id for claim in TRACE.claims]


def test_csv_is_what_other_readers_read() -> None:
    """Pandas and polars read the files without being told anything."""
    files = to_csv(harmed(TRACE, 'a "b", c\r\nd'))
    assert list(files) == [f"{name}.csv" for name in NAMES]
    for table, data in zip(tables_of(TRACE), files.values(), strict=True):
        by_pandas, by_polars = pandas.read_csv(io.BytesIO(data)), polars.read_csv(data)
        assert len(by_pandas) == len(by_polars) == len(table.rows)
        assert list(by_pandas.columns) == by_polars.columns == list(KINDS[table.name])


def test_frames_by_one_call() -> None:
    """A frame for each table, with its types: numbers are numbers, what is unknown is missing."""
    by_pandas, by_polars = pandas_frames(TRACE), polars_frames(TRACE)
    assert tuple(by_pandas) == tuple(by_polars) == NAMES
    assert by_pandas["claims"]["low"].tolist() == [claim.independent.low for claim in TRACE.claims]
    assert by_pandas["attributions"]["source"].isna().sum() == 1
    assert by_polars["claims"]["high"].to_list() == [claim.independent.high for claim in TRACE.claims]
    assert by_polars["mentions"]["spans"][0].to_list()[0].keys() == {"start", "end"}
    assert str(by_polars["derivations"]["share"].dtype) == "Float64"


def test_names_and_words_stand_beside_the_ids() -> None:
    """Who reads a table need not look anything up."""
    tables = {table.name: table for table in tables_of(TRACE)}
    first = dict(zip(KINDS["mentions"], tables["mentions"].rows[0], strict=True))
    assert first["outlet"] == "The Harbour Ledger"
    assert "stood open for 41 minutes" in first["words"]
    assert dict(zip(KINDS["derivations"], tables["derivations"].rows[0], strict=True))["later_name"]
