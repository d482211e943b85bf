"""Exports: the table of forms, the command, archives, writing whole or not at all, and large stories."""

import importlib
import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import headwater
from archived import add, invented
from crowd import crowd
from exported import BARE, HARM, HOSTILE, harmed
from headwater.archive import Archive
from headwater.archive import stories as archived
from headwater.cli import main
from headwater.errors import InputError, MissingExtra
from headwater.exports import FORMS, Made, export
from headwater.exports.notebook import html_of, load_ipython_extension
from headwater.exports.opening import traces
from headwater.exports.writing import write
from headwater.model import Claim, Independent, Trace
from headwater.report.json import to_json
from sample import TRACE

Out = pytest.CaptureFixture[str]


@pytest.fixture
def trace_file(tmp_path: Path) -> Path:
    """A trace file."""
    path = tmp_path / "trace.json"
    path.write_bytes(to_json(TRACE))
    return path


@pytest.fixture
def archive_file(tmp_path: Path) -> Path:
    """An archive of two stories."""
    path = tmp_path / "a.db"
    with Archive(path) as archive:
        add(archive, [invented(story, telling) for story in (1, 2) for telling in (1, 2)])
    return path


def size(made: Made) -> int:
    """How many bytes a form has."""
    return sum(map(len, made.values())) if isinstance(made, Mapping) else len(made)


# The forms


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_loaded(form: str) -> None:
    """Each name in the table leads to a function, and says what it is."""
    module, _, function = FORMS[form].loads.partition(":")
    assert callable(getattr(importlib.import_module(module), function))
    assert FORMS[form].what


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("trace", [TRACE, BARE, HOSTILE, *(harmed(TRACE, words) for words in HARM)])
def test_the_same_trace_gives_the_same_bytes(form: str, trace: Trace) -> None:
    """Every form is made of every trace, and twice the same."""
    made = export(trace, form)
    assert made == export(trace, form)
    assert isinstance(made, Mapping) == (not FORMS[form].suffix)


def test_bytes_do_not_depend_on_the_hour_or_the_process(trace_file: Path, tmp_path: Path) -> None:
    """Another process, with other hashes of strings, an hour later, writes the same files."""
    code = "import sys; from headwater.cli import main; sys.exit(main(sys.argv[1:]))"
    later = "import time; now = time.time; time.time = lambda: now() + 4000; " + code
    for form in FORMS:
        for number, program in enumerate((code, later)):
            out = tmp_path / f"{form}{number}"
            arguments = ["export", str(trace_file), "--as", form, "--out", str(out)]
            environment = {**os.environ, "PYTHONHASHSEED": str(number)}
            subprocess.run([sys.executable, "-c", program, *arguments], check=True, env=environment)
        first, second = (tmp_path / f"{form}{n}" for n in (0, 1))
        if first.is_dir():
            assert {p.name: p.read_bytes() for p in first.iterdir()} == {
                p.name: p.read_bytes() for p in second.iterdir()
            }
        else:
            assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_half_surrogate_pairs_are_replaced(form: str) -> None:
    """A trace from Python may hold what no file can."""
    assert export(harmed(TRACE, "a\ud800b"), form) == export(harmed(TRACE, "a\ufffdb"), form)


@pytest.mark.parametrize("form", FORMS)
def test_references_that_lead_nowhere_and_spans_outside_are_no_error(form: str) -> None:
    """A trace file may come from anywhere: ids and places of it need not exist."""
    claim = Claim(
        id="x", text="x", mentions=TRACE.claims[0].mentions, outlets=1, origins=TRACE.claims[0].origins,
        independent=Independent(0, 1), bottlenecks=("nobody",), unknown=("nothing",), circular=("nobody",),
        related=("none",), parts=("none",),
    )  # fmt: skip
    short = tuple(replace(a, text=a.text[:20], furniture=()) for a in TRACE.articles[:2])
    for trace in (replace(TRACE, articles=short), replace(BARE, claims=(claim,)), replace(TRACE, sources=())):
        assert size(export(trace, form)) > 0


@pytest.mark.parametrize("form", FORMS)
def test_a_story_of_300_articles(form: str) -> None:
    """Large stories need no more than a few hundred megabytes."""
    large = crowd(TRACE, 300)
    tracemalloc.start()
    try:
        made = export(large, form)
        assert tracemalloc.get_traced_memory()[1] < 300_000_000
    finally:
        tracemalloc.stop()
    assert size(made) < 60_000_000


def test_no_such_form() -> None:
    """The message names those there are."""
    with pytest.raises(InputError, match=r"no form 'pptx'; there are: csv, xlsx"):
        export(TRACE, "pptx")


@pytest.mark.parametrize(
    ("form", "package", "extra"),
    [("xlsx", "openpyxl", "xlsx"), ("docx", "docx", "docx"), ("parquet", "pyarrow", "tables")],
)
def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, form: str, package: str, extra: str) -> None:
    """One line says what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'headwater\[{extra}\]'"):
        export(TRACE, form)


# Writing


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails, what was there stays, and no part is left."""
    target = tmp_path / "a.md"
    target.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError, match="No space left"):
        write(b"new", target)
    with pytest.raises(InputError, match="No space left"):
        write({"a.csv": b"new"}, tmp_path / "tables")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md"]
    assert target.read_bytes() == b"old"


def test_a_folder_is_replaced_only_where_it_is_ours(tmp_path: Path) -> None:
    """An earlier export is replaced whole; a folder with anything else in it is left as it is."""
    folder = tmp_path / "tables"
    write({"a.csv": b"1", "b.csv": b"2"}, folder)
    write({"a.csv": b"3", "b.csv": b"4"}, folder)
    assert (folder / "a.csv").read_bytes() == b"3"
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"holds other files \(letter\.txt\)"):
        write({"a.csv": b"5", "b.csv": b"6"}, folder)
    assert (folder / "a.csv").read_bytes() == b"3"
    assert [p.name for p in tmp_path.iterdir()] == ["tables"]


def test_a_file_where_a_folder_is_wanted(tmp_path: Path) -> None:
    """It is not replaced."""
    (tmp_path / "tables").write_bytes(b"mine")
    with pytest.raises(InputError, match="cannot write"):
        write({"a.csv": b"1"}, tmp_path / "tables")
    assert (tmp_path / "tables").read_bytes() == b"mine"


# The command


def test_export_of_a_trace_file(trace_file: Path, tmp_path: Path, capsys: Out) -> None:
    """To standard output or to a file, the same bytes."""
    assert main(["export", str(trace_file), "--as", "graphml"]) == 0
    shown = capsys.readouterr().out
    assert main(["export", str(trace_file), "--as", "graphml", "--out", str(tmp_path / "g.graphml")]) == 0
    assert (tmp_path / "g.graphml").read_text(encoding="utf-8") == shown
    assert "written" in capsys.readouterr().out


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if form.binary])
def test_a_form_that_no_terminal_shows_needs_a_place(trace_file: Path, form: str, capsys: Out) -> None:
    """Wrong arguments are status 2."""
    assert main(["export", str(trace_file), "--as", form]) == 2
    assert "needs --out" in capsys.readouterr().err


def test_export_of_an_archive(archive_file: Path, tmp_path: Path, capsys: Out) -> None:
    """One story by its id, or all, each by itself; several without a choice are named."""
    assert main(["export", str(archive_file), "--as", "ftm"]) == 1
    said = capsys.readouterr().err
    assert "holds 2 stories" in said
    with Archive(archive_file, read_only=True) as archive:
        rows, _ = archived.stories(archive)
        assert all(row.id in said for row in rows)
        trace = archived.trace(archive, rows[0].id)
    assert main(["export", str(archive_file), "--as", "ftm", "--story", rows[0].id]) == 0
    assert capsys.readouterr().out.encode() == export(trace, "ftm")
    for form, end in (("ftm", ".ftm.jsonl"), ("csv", "")):
        folder = tmp_path / form
        assert main(["export", str(archive_file), "--as", form, "--story", "all", "--out", str(folder)]) == 0
        assert {p.name for p in folder.iterdir()} == {f"{row.id}{end}" for row in rows}
    assert "2 stories written" in capsys.readouterr().out


def test_story_all_needs_a_folder(archive_file: Path, capsys: Out) -> None:
    """Several files do not fit into one stream."""
    assert main(["export", str(archive_file), "--as", "markdown", "--story", "all"]) == 2
    assert "needs --out FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "not a Headwater trace", id="empty"),
        pytest.param(b"{", "not a Headwater trace", id="cut-off"),
        pytest.param(b'{"format":"other/trace","version":1}', "not a Headwater trace", id="foreign"),
        pytest.param(b"\xff\xfe\x00", "not a Headwater trace", id="no-text"),
        pytest.param(b"[" * 100_000, "not a Headwater trace", id="deep"),
        pytest.param(json.dumps({"format": "headwater/trace", "version": 2, "made_by": {}}).encode(), "not a", id="2"),
        pytest.param(b"SQLite format 3\x00" + b"\x00" * 90, "damaged", id="damaged-archive"),
    ],
)
def test_damaged_and_foreign_files_are_refused(tmp_path: Path, capsys: Out, content: bytes, said: str) -> None:
    """In one line, with status 1."""
    path = tmp_path / "x"
    path.write_bytes(content)
    assert main(["export", str(path), "--as", "markdown"]) == 1
    line = capsys.readouterr().err.rstrip("\n")
    assert line.startswith("headwater: ")
    assert said in line
    assert "\n" not in line


def test_a_story_of_a_trace_file_is_refused(trace_file: Path) -> None:
    """A trace file holds one story."""
    with pytest.raises(InputError, match="leave --story out"):
        list(traces(trace_file, story="x"))


def test_an_archive_without_stories(tmp_path: Path) -> None:
    """It says what to do."""
    Archive(tmp_path / "a.db").close()
    for story in (None, "all"):
        with pytest.raises(InputError, match="headwater add"):
            list(traces(tmp_path / "a.db", story=story))


def test_a_missing_file(tmp_path: Path, capsys: Out) -> None:
    """One line, status 1."""
    assert main(["export", str(tmp_path / "none"), "--as", "ftm"]) == 1
    assert "cannot read" in capsys.readouterr().err


# Notebooks


class Formatter:
    """The part of a notebook that is told how to show things."""

    def __init__(self) -> None:
        self.told: dict[object, Callable[[Trace], str]] = {}

    def for_type(self, kind: type, function: Callable[[Trace], str]) -> None:
        """By type."""
        self.told[kind] = function

    def for_type_by_name(self, module: str, name: str, function: Callable[[Trace], str]) -> None:
        """By name."""
        self.told[module, name] = function


def shell(formatter: Formatter) -> object:
    """A notebook as IPython describes it."""
    display = SimpleNamespace(formatters={"text/html": formatter})
    return SimpleNamespace(display_formatter=display)


def test_notebooks_are_told_how_to_show_a_trace() -> None:
    """The extension names a function for Trace."""
    formatter = Formatter()
    load_ipython_extension(shell(formatter))
    assert formatter.told == {Trace: html_of}
    assert "1 origin" in html_of(TRACE)


def test_importing_in_a_notebook_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to load anything; outside a notebook, also where IPython is only installed, nothing is told."""
    formatter = Formatter()
    for running in (shell(formatter), None):
        monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda running=running: running))
        headwater._tell_notebook()
    assert [*formatter.told] == [("headwater.model", "Trace")]
    assert formatter.told["headwater.model", "Trace"](TRACE) == html_of(TRACE)


def test_a_real_notebook_shows_a_trace() -> None:
    """IPython itself, asked for the HTML of a trace, gives the table, and its plain form stays the record's own."""
    pytest.importorskip("IPython", reason="IPython: pip install --group dev")
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as S; s = S.instance(); "
        "s.run_cell('import headwater; from headwater.model import *'); "
        "s.run_cell('t = Trace(made_by=MadeBy(headwater=str(1), reader=str(2)))'); "
        "shown, _ = s.display_formatter.format(s.user_ns['t']); "
        "print(shown['text/html']); print(shown['text/plain'][:6])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    html, plain = done.stdout.splitlines()
    assert html.startswith("<p>0 articles, 0 claims</p><table>")
    assert plain == "Trace("


@pytest.mark.parametrize("trace", [HOSTILE, *(harmed(TRACE, words) for words in HARM), crowd(TRACE, 300)])
def test_what_a_notebook_shows_does_nothing_and_has_bounds(trace: Trace) -> None:
    """Words of articles make no tags, and neither long words nor many claims make it long."""
    shown = html_of(trace)
    assert set(re.findall(r"<\s*/?\s*([^\s>]+)", shown)) <= {"p", "table", "thead", "tbody", "tr", "th", "td"}
    assert len(shown) < 100_000
    assert shown.count("<tr>") <= 21
