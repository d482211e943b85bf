"""The command line: exit statuses, one clear line for what cannot be used, JSON that fits the schema."""

import errno
import io
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from headwater.cli import commands, main
from headwater.report.schema import SHIPPED

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "barrage"
HEADWATER = str(Path(sys.executable).with_name("headwater"))
COMMANDS = ("trace", "read", "stories", "copies")
SCHEMA = jsonschema.Draft202012Validator(json.loads(SHIPPED.read_text(encoding="utf-8")))

HARBOUR = (
    "Sorrel Point, 3 March 2026. The harbour master, Ilse Vantongeren, said on Tuesday that the lamp of the lighthouse "
    "had failed twice in a week. “We had two ships waiting in the dark,” she told the Sorrel Courier. According to two "
    "officials who asked not to be named, a repair could take until May and cost 40,000 crowns.\n"
)
HARBOUR_AGAIN = (
    "The lighthouse at Sorrel Point has failed twice in a week, the Sorrel Courier reported. Harbour master Ilse "
    "Vantongeren said that “two ships” were left “waiting in the dark”. The repair will take until June, officials "
    "said. The lamp was last renewed in 1988, and nobody was hurt, the town said in a statement.\n"
)
BAKERY = (
    "A bakery in Old Tamsen has won the yearly prize for the longest loaf, the guild of bakers announced on Sunday. "
    "Owner Rafe Ullmar said he had slept two hours in three days. The loaf, 214 metres long, was eaten within the hour "
    "by visitors of the fair, according to the organisers.\n"
)
GERMAN = (
    "Der Bürgermeister von Niederwalda, Jost Ebersbach, hat am Dienstag erklärt, die Brücke bleibe bis zum Herbst "
    "gesperrt. „Wir gehen kein Wagnis ein“, sagte er der Zeitung. Zwei Beamte, die nicht genannt werden wollten, "
    "berichteten von Rissen im mittleren Pfeiler. Die Kosten liegen bei vier Millionen, heißt es aus dem Rathaus.\n"
)
SPANISH = (
    "La alcaldesa de Villarreda, Marta Olmedilla, aseguró el martes que el puente seguirá cerrado hasta el otoño. «No "
    "vamos a correr ningún riesgo», dijo al periódico. Según dos funcionarios que pidieron no ser nombrados, hay "
    "grietas en el pilar central. La reparación costará cuatro millones, de acuerdo con el ayuntamiento.\n"
)


def put(folder: Path, **files: str | bytes) -> list[str]:
    """Write files (``a_txt="..."`` is a.txt); their paths."""
    paths = []
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(str(path))
    return paths


def traced(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> dict[str, Any]:
    """The trace that ``headwater trace ... --json -`` writes: status 0, JSON and nothing else, fit for the schema."""
    status, out, _ = called(capfdbinary, "trace", *arguments, "--json", "-")
    assert status == 0
    trace: dict[str, Any] = json.loads(out)
    SCHEMA.validate(trace)
    assert_spans_hold(trace)
    return trace


def called(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, bytes, list[str]]:
    """Status, standard output, and the lines of standard error of one call."""
    capfdbinary.readouterr()
    status = main(list(arguments))
    sys.stdout.flush()
    out, err = capfdbinary.readouterr()
    return status, out, err.decode().splitlines()


def assert_spans_hold(record: Any, texts: dict[str, str] | None = None, article: str | None = None) -> None:
    """Every span of every record lies in the text of its article and is not empty."""
    if isinstance(record, list):
        for item in record:
            assert_spans_hold(item, texts, article)
    elif isinstance(record, dict):
        if texts is None:
            texts = {a["id"]: a["text"] for a in record["articles"]}
        article = record["id"] if "text" in record and "furniture" in record else record.get("article", article)
        if "start" in record:
            assert article in texts
            assert 0 <= record["start"] < record["end"] <= len(texts[article or ""]), (article, record)
        if "fullest_spans" in record:  # they lie in the fullest variant, which is another article
            record = {k: v for k, v in record.items() if k != "fullest_spans"}
        for value in record.values():
            assert_spans_hold(value, texts, article)


def unjudged(trace: dict[str, Any]) -> str:
    """All that could not be judged, as one text."""
    return "\n".join(f"{u['what']}: {u['why']}" for u in trace["unjudged"])


# Arguments and help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(capfdbinary: pytest.CaptureFixture[bytes], command: str) -> None:
    """Help says what a command answers, shows it used, and says what a path is."""
    status, out, err = called(capfdbinary, command, "--help")
    shown = out.decode()
    assert (status, err) == (0, [])
    assert f"headwater {command} " in shown.split("Examples:")[1]
    assert "PATH is" in shown
    assert "--json" in shown


def test_commands_are_those_of_the_contract() -> None:
    """The commands stand in the order in which a newcomer needs them, those that answer a question first."""
    assert tuple(commands.commands)[: len(COMMANDS)] == COMMANDS


def test_version(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The version is that of the package."""
    import headwater

    status, out, _ = called(capfdbinary, "--version")
    assert status == 0
    assert headwater.__version__ in out.decode()


@pytest.mark.parametrize(
    "arguments",
    [["trace"], ["trace", "--nonsense", "a.txt"], ["frobnicate"], ["trace", "a.txt", "--json"]],
    ids=["no path", "no such option", "no such command", "option without a value"],
)
def test_wrong_arguments_are_status_two(capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str]) -> None:
    """Wrong arguments are said on standard error and nothing is on standard output."""
    status, out, err = called(capfdbinary, *arguments)
    assert (status, out) == (2, b"")
    assert err


def test_wrong_date_is_one_line(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A date that is none is refused with one line that names it."""
    status, out, err = called(capfdbinary, "trace", *put(tmp_path, a_txt=HARBOUR), "--published", "last Tuesday")
    assert (status, out, len(err)) == (1, b"", 1)
    assert "last Tuesday" in err[0]


def test_help_is_quick() -> None:
    """Help needs none of the heavy packages (the strict figure, 0.3 s, is measured in benchmarks/speed.py)."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([HEADWATER, "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 1


# What is written


def test_trace_of_the_example(tmp_path: Path) -> None:
    """The real command writes page and JSON, says so, and prints a summary."""
    done = subprocess.run(
        [HEADWATER, "trace", str(EXAMPLE), "--json", "t.json", "--html", "t.html"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Cannot be judged") or "articles →" in done.stdout
    assert done.stdout.endswith("written: t.json\nwritten: t.html\n")
    trace = json.loads((tmp_path / "t.json").read_bytes())
    SCHEMA.validate(trace)
    assert_spans_hold(trace)
    assert len(trace["articles"]) == 9
    assert trace["findings"]
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert not [name for name in os.listdir(tmp_path) if name not in {"t.json", "t.html"}]


@pytest.mark.parametrize("command", COMMANDS)
def test_json_to_standard_output_is_json_and_nothing_else(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, command: str
) -> None:
    """``--json -`` gives one JSON object a line, also when a file among the others cannot be read."""
    paths = put(tmp_path, a_txt=HARBOUR, b_txt=HARBOUR_AGAIN, c_txt=HARBOUR, bad_txt=b"\0\0\0")
    status, out, err = called(capfdbinary, command, *paths, "--json", "-")
    assert status == 0
    assert len(err) == 1
    assert "bad.txt" in err[0]
    records = [json.loads(line) for line in out.decode().splitlines()]
    match command:
        case "trace":
            assert [r["format"] for r in records] == ["headwater/trace"]
        case "read":
            assert [r["id"] for r in records] == ["a", "b", "c"]
            assert {"attributions", "sources", "entities", "timeline", "furniture"} <= records[0].keys()
        case "stories":
            assert sorted(a for r in records for a in r["articles"]) == ["a", "b", "c"]
            assert all(r["story"] for r in records)
        case "copies":
            assert {"earlier", "later", "share", "passages"} <= records[0].keys()
            assert {(r["earlier"], r["later"]) for r in records} >= {("a", "c")}


@pytest.mark.parametrize("command", COMMANDS)
def test_json_file_equals_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, command: str
) -> None:
    """A file holds what standard output would; only the indent of a trace differs."""
    paths = put(tmp_path, a_txt=HARBOUR, b_txt=HARBOUR_AGAIN)
    target = tmp_path / "out.json"
    assert called(capfdbinary, command, *paths, "--json", str(target))[0] == 0
    out = called(capfdbinary, command, *paths, "--json", "-")[1]
    if command == "trace":
        assert json.loads(target.read_bytes()) == json.loads(out)
    else:
        assert target.read_bytes() == out


@pytest.mark.parametrize("command", COMMANDS)
def test_as_text(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, command: str) -> None:
    """Without options every command prints lines for a person, ends well, and says nothing on standard error."""
    paths = put(tmp_path, a_txt=HARBOUR, b_txt=HARBOUR_AGAIN)
    status, out, err = called(capfdbinary, command, *paths)
    assert (status, err) == (0, [])
    assert out.strip()


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_output_into_a_missing_folder(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, option: str) -> None:
    """A file that cannot be written is one line and status 1, and nothing is left behind."""
    paths = put(tmp_path, a_txt=HARBOUR)
    status, _, err = called(capfdbinary, "trace", *paths, option, str(tmp_path / "no" / "such" / "file"))
    assert (status, len(err)) == (1, 1)
    assert "no/such/file" in err[0]
    assert "folder that exists" in err[0]
    assert os.listdir(tmp_path) == ["a.txt"]


def test_output_onto_a_folder(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A folder in the place of the file is one line and status 1, and nothing is left behind."""
    (tmp_path / "out").mkdir()
    status, _, err = called(capfdbinary, "read", *put(tmp_path, a_txt=HARBOUR), "--json", str(tmp_path / "out"))
    assert (status, len(err)) == (1, 1)
    assert err[0].endswith("give a file, not a folder")
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "out"]


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_no_work_is_done_for_a_file_that_cannot_be_written(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: str
) -> None:
    """A file in a folder that is not there, or that may not be written to, is told before anything is read."""
    monkeypatch.setattr("headwater.pipeline.take_in", None)
    status, _, err = called(capfdbinary, "trace", "a.txt", option, str(tmp_path / "no" / "file"))
    assert (status, len(err)) == (1, 1)
    assert "folder that exists" in err[0]
    monkeypatch.setattr("os.access", lambda path, mode: False)  # whoever runs the tests may write everywhere
    status, _, err = called(capfdbinary, "trace", "a.txt", option, str(tmp_path / "file"))
    assert (status, len(err)) == (1, 1)
    assert "where you may write" in err[0]


def test_the_answer_is_shown_though_the_disk_is_full(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was traced is on the screen, the reason on standard error, and nothing is said to be written."""

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("headwater.whole.write", full)
    paths = put(tmp_path, a_txt=HARBOUR, b_txt=HARBOUR_AGAIN)
    status, out, err = called(capfdbinary, "trace", *paths, "--html", str(tmp_path / "page.html"))
    assert (status, len(err)) == (1, 1)
    assert "make room" in err[0]
    assert b"2 articles" in out
    assert b"written:" not in out


def test_a_reader_that_stops_early() -> None:
    """A closed pipe (``headwater ... | head -1``) is no error and says nothing."""
    command = f'"{HEADWATER}" trace "{EXAMPLE}" --json - | head -c 10; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == '{"format":'


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_terminal_without_unicode(tmp_path: Path, command: str, encoding: str) -> None:
    """What the output cannot carry is replaced; nothing fails."""
    paths = put(tmp_path, a_txt=HARBOUR, b_txt=HARBOUR_AGAIN.replace("Ilse", "Ïlsé 漢字"), c_txt=HARBOUR)
    (tmp_path / "漢字.txt").write_text(BAKERY, encoding="utf-8")
    done = subprocess.run(
        [HEADWATER, command, *paths, str(tmp_path / "漢字.txt")],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_the_same_bytes_in_any_order(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The order of the files on the command line changes no byte."""
    paths = sorted(map(str, EXAMPLE.glob("*.txt")))
    one = called(capfdbinary, "trace", *paths, "--json", "-")[1]
    other = called(capfdbinary, "trace", *reversed(paths), "--json", "-")[1]
    assert one == other


# Bad input: each gives one clear line, and the rest goes on


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("empty.txt", b"", "holds no text", id="empty file"),
        pytest.param("photo.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x02", "binary", id="binary file"),
        pytest.param("paper.xyz", b"words", ".xyz file", id="other kind"),
        pytest.param("lines.jsonl", b"{oops\n", "line 1", id="malformed line"),
        pytest.param("list.jsonl", b"[1, 2]\n", "line 1", id="line that is no article"),
        pytest.param("page.html", b"<p></p>", "no article text", id="page without text"),
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_unreadable_files(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, command: str, name: str, content: bytes, says: str
) -> None:
    """Alone: one line and status 1. Beside a good file: one line, and the good one is done."""
    bad = tmp_path / name
    bad.write_bytes(content)
    status, out, err = called(capfdbinary, command, str(bad))
    assert (status, out, len(err)) == (1, b"", 1)
    assert name in err[0]
    assert says in err[0]
    assert err[0].startswith("headwater: ")

    good = put(tmp_path, good_txt=HARBOUR)
    status, out, err = called(capfdbinary, command, str(bad), *good)
    assert (status, len(err)) == (0, 1)
    assert name in err[0]
    assert out


def test_missing_file_and_folder_without_files(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Each is one line; with a good file beside them the trace names both in what could not be judged."""
    (tmp_path / "empty").mkdir()
    missing, empty = str(tmp_path / "gone.txt"), str(tmp_path / "empty")
    for path, says in ((missing, "not found; check the path"), (empty, "without a readable file")):
        status, out, err = called(capfdbinary, "trace", path)
        assert (status, out, len(err)) == (1, b"", 1)
        assert says in err[0]
    trace = traced(capfdbinary, missing, empty, *put(tmp_path, good_txt=HARBOUR))
    assert "gone.txt: not found" in unjudged(trace)
    assert "empty: is a folder without" in unjudged(trace)


def test_malformed_lines_among_good_ones(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Each bad line is one line with its number; the good ones are traced."""
    good = [json.dumps({"id": f"g{n}", "text": text}) for n, text in enumerate((HARBOUR, HARBOUR_AGAIN))]
    lines = [good[0], "{oops", "", '{"text": 7}', '"text"', '{"id": "x"}', '{"text": "a\\ud800b"}', good[1]]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(lines))
    status, out, err = called(capfdbinary, "trace", str(path), "--json", "-")
    assert status == 0
    trace = json.loads(out)
    SCHEMA.validate(trace)
    assert {a["id"] for a in trace["articles"]} >= {"g0", "g1"}
    for number in (2, 4, 5, 6):
        assert sum(f"line {number}:" in line for line in err) == 1, err


def test_wrong_encoding_is_read(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Windows-1252 and UTF-16 are read as what they are; spans count in the decoded text."""
    text = HARBOUR.replace("Ilse", "Ilsé")
    paths = put(
        tmp_path, win_txt=text.encode("cp1252"), wide_txt=text.encode("utf-16"), bom_txt=text.encode("utf-8-sig")
    )
    trace = traced(capfdbinary, *paths)
    assert [a["text"].lstrip("\ufeff") for a in trace["articles"]] == [text] * 3


def test_one_article_only(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """One article is traced; that independence cannot be judged from it is said."""
    trace = traced(capfdbinary, *put(tmp_path, a_txt=HARBOUR))
    assert "there is one article" in unjudged(trace)
    assert trace["attributions"]
    assert all(c["independent"]["low"] <= 1 for c in trace["claims"])


def test_two_copies_of_the_same_file(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A copy adds no origin, and is said to share text."""
    trace = traced(capfdbinary, *put(tmp_path, a_txt=HARBOUR, b_txt=HARBOUR))
    assert all(c["independent"]["low"] <= 1 for c in trace["claims"])
    assert [(d["earlier"], d["later"], d["share"]) for d in trace["derivations"] if d["kind"] == "copy"] == [
        ("a", "b", 1.0)
    ]


def test_articles_of_different_events(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """They are traced; that they seem to tell different events is said."""
    trace = traced(capfdbinary, *put(tmp_path, a_txt=HARBOUR, b_txt=HARBOUR_AGAIN, c_txt=BAKERY))
    assert "whether this is one story" in unjudged(trace)
    assert "another event: a and b; c" in unjudged(trace)
    assert not [c for c in trace["claims"] if {"a", "c"} <= {m["article"] for m in c["mentions"]}]


@pytest.mark.parametrize("text", [GERMAN, SPANISH], ids=["German", "Spanish"])
def test_another_language(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, text: str) -> None:
    """It is not read as English: said, and nothing claimed of it; the English articles beside it are traced."""
    trace = traced(capfdbinary, *put(tmp_path, a_txt=HARBOUR, b_txt=text))
    assert "only English is read" in unjudged(trace)
    assert {a["article"] for a in trace["attributions"]} == {"a"}
    assert {m["article"] for c in trace["claims"] for m in c["mentions"]} <= {"a"}


def test_no_date_anywhere(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """Without any date, who was first cannot be judged, and "Tuesday" has no value."""
    text = HARBOUR.replace("Sorrel Point, 3 March 2026. ", "")
    trace = traced(capfdbinary, *put(tmp_path, a_txt=text, b_txt=HARBOUR_AGAIN))
    assert "who was first: no article bears a publication date" in unjudged(trace)
    weekday = [t for t in trace["timeline"] if text[t["start"] : t["end"]] == "Tuesday" and t["article"] == "a"]
    assert [t["value"] for t in weekday] == [None]


def test_date_given_by_the_caller(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """``--published`` dates the articles that bear none, and is recorded."""
    trace = traced(capfdbinary, *put(tmp_path, b_txt=HARBOUR_AGAIN), "--published", "2026-03-04")
    assert [(a["published"], a["published_basis"]) for a in trace["articles"]] == [("2026-03-04", "caller")]
    assert trace["made_by"]["options"] == {"published": "2026-03-04"}


@pytest.mark.parametrize(
    "text",
    [
        "“" * 5000,
        "”" * 5000,
        '"' * 5001,
        "'" * 5000,
        "“”" * 4000,
        "«»‹›„“‚‘" * 900,
        "“\n\n" * 3000,
        "‘“" * 4000 + "said",
    ],
    ids=["opening", "closing", "straight", "single", "pairs", "all styles", "paragraphs", "nested"],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_but_quotation_marks(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, command: str, text: str
) -> None:
    """A text of marks alone ends well and quickly, and says nothing of anybody."""
    paths = put(tmp_path, a_txt=text, b_txt=HARBOUR)
    start = time.process_time()
    status, _, _ = called(capfdbinary, command, *paths, "--json", "-")
    assert status == 0
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "name",
    ["line\nbreak.txt", "\x1b[31mred.txt", "‮evil.txt", "-", "a b'\"$(x).txt", "é漢.txt", ".txt", "<b>&.txt"],
    ids=["newline", "escape", "right to left", "dash", "shell", "accents", "only a suffix", "markup"],
)
def test_hostile_names(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, name: str) -> None:
    """A name can hold anything: it steers neither the terminal nor the page, and the trace is whole."""
    path = tmp_path / name
    path.write_text(HARBOUR, encoding="utf-8")
    page = tmp_path / "page.html"
    status, out, err = called(capfdbinary, "trace", str(path), *put(tmp_path, b_txt=HARBOUR_AGAIN), "--html", str(page))
    assert (status, err) == (0, [])
    for sign in ("\x1b", "‮"):
        assert sign not in out.decode().replace(str(tmp_path), "")
    assert "<b>&" not in page.read_text(encoding="utf-8")


def test_a_bad_file_with_a_hostile_name_is_one_line(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A message stays one line, whatever the name of the file."""
    path = tmp_path / "two\nlines\x1b[2J.txt"
    path.write_bytes(b"\0")
    status, _, err = called(capfdbinary, "read", str(path))
    assert (status, len(err)) == (1, 1)
    assert "\x1b" not in err[0]


# Standard input


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        pytest.param(HARBOUR.encode(), ["stdin"], id="text"),
        pytest.param(json.dumps({"id": "x", "text": HARBOUR}).encode(), ["x"], id="a line of JSON"),
        pytest.param(f"<!doctype html><html><body><p>{HARBOUR * 3}</p></body></html>".encode(), ["stdin"], id="a page"),
    ],
)
def test_standard_input(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]
) -> None:
    """``-`` reads standard input, whatever of the known kinds it holds."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [a["id"] for a in traced(capfdbinary, "-")["articles"]] == ids


def test_empty_standard_input(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on standard input is one line and status 1."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    status, out, err = called(capfdbinary, "trace", "-")
    assert (status, out, len(err)) == (1, b"", 1)
    assert "standard input" in err[0]


def test_interrupt_is_quiet(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ctrl-C says that it stopped, without a traceback."""

    class Interrupting(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Interrupting())))
    status, out, err = called(capfdbinary, "trace", "-")
    assert (status, out) == (130, b"")
    assert err[-1] == "headwater: stopped"
