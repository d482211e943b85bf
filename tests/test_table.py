"""Tables: which columns are found, which rows fit, what is refused."""

import io
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import damaged
from headwater.errors import InputError, MissingExtra
from headwater.ingest.found import Found, Where
from headwater.ingest.table import columns_of, read
from headwater.model import Article, Failure

WHERE = Where(path="a.csv", stem="a", shown="a.csv")
ROWS = """id,headline,body,link,source,pubdate,author,lang
7,Quay,"The quay, it said, closes.
For good.",https://h.example/q,Herald,2025-03-04,Jo Lund,en-GB
"""


def all_of(
    data: bytes, *, columns: Mapping[str, str] | None = None, where: Where = WHERE
) -> tuple[list[Found], list[Failure]]:
    """Articles and failures of a table."""
    items = list(read(io.BytesIO(data), where, columns=columns))
    return [one for one in items if isinstance(one, Found)], [one for one in items if isinstance(one, Failure)]


def parquet(rows: list[dict[str, Any]], **options: Any) -> bytes:
    """The same rows as a Parquet file."""
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(arrow.Table.from_pylist(rows), out, **options)
    return out.getvalue()


def test_a_row_is_an_article_with_all_its_columns_say() -> None:
    """Columns by their usual names; the id is the caller's own."""
    found, failures = all_of(ROWS.encode())
    assert failures == []
    assert found == [
        Found(
            True,
            "7",
            Article(
                id="7",
                text="The quay, it said, closes.\nFor good.",
                path="a.csv",
                url="https://h.example/q",
                outlet="Herald",
                title="Quay",
                byline="Jo Lund",
                published="2025-03-04",
                published_basis="metadata",
                language="en",
            ),
        )
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("title;text\nA;Où, ici\n".encode(), id="semicolons"),
        pytest.param("title\ttext\nA\tOù, ici\n".encode(), id="tabs"),
        pytest.param('\ufefftitle,text\r\nA,"Où, ici"\r\n'.encode(), id="UTF-8 mark"),
        pytest.param('title,text\nA,"Où, ici"\n'.encode("utf-16"), id="UTF-16"),
        pytest.param('title,text\nA,"Où, ici"\n'.encode("cp1252"), id="Windows-1252"),
        pytest.param(b"\n\n" + 'title,text\nA,"Où, ici"\n'.encode(), id="empty lines first"),
        pytest.param('text,title,,\n"Où, ici",A,,\n'.encode(), id="empty columns"),
        pytest.param('title,text\nA,"Où, ici",,,\n,\n'.encode(), id="empty cells too many"),
        pytest.param('title,text\rA,"Où, ici"\r'.encode(), id="old line ends"),
    ],
)
def test_any_usual_form_of_csv_is_read(data: bytes) -> None:
    """Delimiters, encodings, line ends."""
    found, failures = all_of(data)
    assert [(one.article.title, one.article.text) for one in found] == [("A", "Où, ici")]
    assert failures == []
    assert [(one.own, one.id) for one in found] == [(False, f"a-{found[0].id[2:]}")]


def test_rows_that_do_not_fit_are_failures_with_their_line() -> None:
    """The line the row begins on; the rest goes on."""
    data = b'title,text\nA,"one\ntwo"\nB,too,many\nC\nD,\nE,last\n'
    found, failures = all_of(data)
    assert [(one.id, one.article.text) for one in found] == [("a-2", "one\ntwo"), ("a-7", "last")]
    assert [(one.where, one.why.partition(";")[0]) for one in failures] == [
        ("a.csv, line 4", "has 3 cells, not 2 as the columns"),
        ("a.csv, line 5", "has 1 cell, not 2 as the columns"),
        ("a.csv, line 6", 'has neither "text" nor "html"'),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line() -> None:
    """Not the rest of the table."""
    found, failures = all_of(b'title,text\nA,one\nB,"two\nC,three\nD,four\n')
    assert [one.article.text for one in found] == ["one", "three", "four"]
    assert failures == [Failure(where="a.csv, line 3", why="has a quotation mark that is never closed; close it")]


def test_a_cell_may_be_huge() -> None:
    """Beyond what the csv module allows by itself."""
    (found,), _ = all_of(b"text\n" + b"quay " * 100_000 + b"\n")
    assert len(found.article.text) >= 499_999


@pytest.mark.parametrize(
    ("names", "columns", "chosen"),
    [
        pytest.param(
            "Headline,Article Text,URL", None, {"title": "Headline", "text": "Article Text", "url": "URL"}, id="usual"
        ),
        pytest.param("text,body", None, {"text": "text"}, id="likeliest first"),
        pytest.param("story,title", {"text": "story"}, {"text": "story", "title": "title"}, id="the caller's"),
        pytest.param("text,story", {"text": "story"}, {"text": "story"}, id="the caller's before the usual"),
        pytest.param("content,html", {"html": "content"}, {"html": "content"}, id="one column, one field"),
        pytest.param("html,title", None, {"html": "html", "title": "title"}, id="only html"),
    ],
)
def test_columns_are_found_by_name(names: str, columns: dict[str, str] | None, chosen: dict[str, str]) -> None:
    """By what they are usually called, unless the caller says otherwise."""
    assert columns_of(names.split(","), columns) == chosen


@pytest.mark.parametrize(
    ("data", "columns", "why"),
    [
        pytest.param(b"", None, "holds no rows", id="empty"),
        pytest.param(b"\xef\xbb\xbf \n", None, "holds no rows", id="blank"),
        pytest.param(b"a,b\n1,2\n", None, "no column named text.*there are: a, b", id="no text"),
        pytest.param(b"a,b\n1,2\n", {"text": "c"}, "no column 'c'; there are: a, b", id="no such column"),
        pytest.param(b"a,b\n1,2\n", {"body": "a"}, "no field 'body'", id="no such field"),
        pytest.param(b"\x00\x01\x02\x03" * 99, None, "binary", id="binary"),
        pytest.param(b"PAR1" + b"\x00" * 99, None, "damaged or no Parquet", id="no Parquet"),
    ],
)
def test_what_is_no_table_of_articles_is_refused(data: bytes, columns: dict[str, str] | None, why: str) -> None:
    """One line that says which columns there are."""
    with pytest.raises(InputError, match=why):
        all_of(data, columns=columns)


def test_parquet_is_read_as_csv_is() -> None:
    """Dates, lists and numbers as the columns hold them, batch by batch."""
    row = {
        "id": 7,
        "text": "The quay closes.",
        "authors": ["Jo Lund", "Ines Okafor"],
        "date": datetime(2025, 3, 4, 8, 15, tzinfo=UTC),
        "source": None,
        "other": [1],
    }
    data = parquet([row | {"id": n} for n in range(200)] + [row | {"text": None, "id": 1}], row_group_size=50)
    found, failures = all_of(data)
    assert [one.id for one in found] == [str(n) for n in range(200)]
    article = found[0].article
    assert (article.byline, article.published, article.outlet) == ("Jo Lund, Ines Okafor", "2025-03-04T08:15:00Z", None)
    assert [one.where for one in failures] == ["a.csv, row 201"]


def test_without_pyarrow_the_pip_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An optional package is asked for by name."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingExtra, match=r"pip install 'headwater\[tables\]'"):
        all_of(b"PAR1")


@given(
    rows=st.lists(st.tuples(st.text(), st.text(min_size=1)), max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_the_csv_module_writes_comes_back(rows: list[tuple[str, str]], encoding: str) -> None:
    """Any characters in any cell, quoted as they should be."""
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["title", "text"])
    writer.writerows(rows)
    found, _ = all_of(out.getvalue().encode(encoding, "replace"))
    said = [text for _, text in rows if any(c.isprintable() and not c.isspace() for c in text)]
    assert [one.article.text for one in found] == [text.encode("utf-8", "replace").decode() for text in said]


@pytest.mark.parametrize("packed", [False, True], ids=["CSV", "Parquet"])
@settings(max_examples=60)
@given(drawn=st.data())
def test_any_damage_ends_in_the_errors_of_the_house(packed: bool, drawn: st.DataObject) -> None:
    """Cut anywhere, bits flipped anywhere: articles, failures, or one line."""
    rows = [{"title": f"Quay {n}", "text": "The quay, it said, closes."} for n in range(4)]
    data = drawn.draw(damaged(parquet(rows) if packed else ROWS.encode() * 2))
    try:
        found, _ = all_of(data)
    except InputError:
        return
    assert all(one.article.text for one in found)
