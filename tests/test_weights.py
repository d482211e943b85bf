"""Weights: every fault of a folder is one line that says what and where; nothing heavy is loaded before its time."""

import hashlib
import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater import pipeline
from headwater.cli import main
from headwater.errors import ModelError
from headwater.model import Span
from headwater.reading import READERS, load_tagger
from headwater.reading.trained import MODELS, TrainedTagger
from headwater.reading.trained.spans import log_shares
from headwater.reading.trained.vectors import SentenceVectors
from headwater.reading.trained.weights import FAR, Pieces, Weights
from headwater.words import sentences

SHIPPED = MODELS / "v1"
FILES = ("vocabulary.txt", "words.npy", "encoder.onnx", "roles.onnx")
TEXT = "The lamp at Sorrel Point failed twice in a week, harbour master Ilse Vantongeren told the Courier on Tuesday."


def linked(folder: Path) -> Path:
    """The shipped weights again, at the cost of a few links."""
    folder.mkdir()
    for path in SHIPPED.iterdir():
        (folder / path.name).symlink_to(path.resolve())
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped weights to break."""
    return linked(tmp_path / "weights")


def rewrite(path: Path, data: bytes) -> None:
    """Another content in the place of a link."""
    path.unlink()
    path.write_bytes(data)


def say(folder: Path, **changes: Any) -> None:
    """Another ``model.json``: the shipped one with some members changed."""
    said = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8")) | changes
    rewrite(folder / "model.json", json.dumps(said).encode())


def flip(path: Path) -> None:
    """Change one byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    rewrite(path, bytes(data))


def resealed(folder: Path, name: str, data: bytes) -> None:
    """Another file, with a check that fits it: what somebody makes who knows how."""
    rewrite(folder / name, data)
    said = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))
    say(folder, files=said["files"] | {name: hashlib.sha256(data).hexdigest()})


def without(members: str) -> Callable[[Path], None]:
    """Leave members of ``model.json`` out."""

    def change(folder: Path) -> None:
        said = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))
        rewrite(folder / "model.json", json.dumps({k: v for k, v in said.items() if k not in members.split()}).encode())

    return change


def less(name: str) -> Callable[[Path], None]:
    """Leave the check of a file out."""

    def change(folder: Path) -> None:
        files = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))["files"]
        say(folder, files={k: v for k, v in files.items() if k != name})

    return change


def saved(array: Any) -> bytes:
    """An array as a file."""
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


Break = Callable[[Path], object]
BROKEN = [
    pytest.param(lambda f: [p.unlink() for p in f.iterdir()] and f.rmdir(), "no reader there", id="no such folder"),
    pytest.param(lambda f: (f / "model.json").unlink(), "no reader there", id="no description"),
    pytest.param(lambda f: rewrite(f / "model.json", b""), "not a reader's description", id="an empty description"),
    pytest.param(lambda f: rewrite(f / "model.json", b"weights"), "not a reader's description", id="not JSON"),
    pytest.param(lambda f: rewrite(f / "model.json", b"\xff\xfe{}"), "not a reader's description", id="not UTF-8"),
    pytest.param(lambda f: rewrite(f / "model.json", b"[1, 2]"), "not a reader's description", id="another JSON"),
    pytest.param(lambda f: say(f, version="1"), "not a reader's description", id="a version that is no number"),
    pytest.param(lambda f: say(f, limit=2), "not a reader's description", id="windows that hold nothing"),
    pytest.param(lambda f: say(f, thresholds={"cue": 0.1}), "not a reader's description", id="a threshold short"),
    pytest.param(without("files"), "not a reader's description", id="no checks"),
    pytest.param(
        lambda f: say(f, format="else/reader"), r"form 'else/reader' 1; this Headwater reads", id="other form"
    ),
    pytest.param(lambda f: say(f, version=2), r"'headwater/reader' 2; this Headwater reads", id="a newer version"),
    pytest.param(lambda f: say(f, flat=["O", "B-cue", "I-cue"]), "labels are not those", id="fewer labels"),
    pytest.param(
        lambda f: say(f, roles=["O", "B-content", "I-content", "B-source", "I-source"]),
        "labels are not those",
        id="labels in another order",
    ),
    pytest.param(lambda f: say(f, names=["O"]), "labels are not those", id="no kinds of names"),
    *(pytest.param(lambda f, n=n: (f / n).unlink(), f"{n}: missing", id=f"{n} missing") for n in FILES),
    *(pytest.param(lambda f, n=n: flip(f / n), f"{n}: not the file", id=f"{n}, a byte changed") for n in FILES),
    *(pytest.param(less(n), f"no sha256 of {n}", id=f"{n} not checked") for n in FILES),
    pytest.param(
        lambda f: ((f / "roles.onnx").unlink(), (f / "roles.onnx").mkdir()),
        "roles.onnx: missing",
        id="a folder instead",
    ),
    pytest.param(lambda f: resealed(f, "roles.onnx", b"no graph"), "cannot be loaded", id="no graph"),
    pytest.param(lambda f: resealed(f, "words.npy", b"no table"), "cannot be loaded", id="no table"),
    pytest.param(lambda f: resealed(f, "words.npy", saved(np.zeros(3))), "cannot be loaded", id="a table of no rows"),
    pytest.param(lambda f: resealed(f, "vocabulary.txt", b"\xff\xff"), "cannot be loaded", id="no vocabulary"),
]


@pytest.mark.parametrize(("broken", "message"), BROKEN)
def test_a_fault_is_one_line(folder: Path, broken: Break, message: str) -> None:
    """A ModelError that names the folder or the file, and says what is wrong with it."""
    broken(folder)
    with pytest.raises(ModelError, match=message) as raised:
        TrainedTagger(folder)
    assert str(raised.value).startswith(str(folder))
    assert len(str(raised.value).splitlines()) == 1


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy whose description is written over and over."""
    return linked(tmp_path_factory.mktemp("scratch") / "weights")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = st.sampled_from("format version name limit flat roles names thresholds files".split())


@given(st.dictionaries(MEMBERS, JSON, min_size=1))
@settings(max_examples=60)
def test_no_description_breaks_the_program(scratch: Path, changes: dict[str, Any]) -> None:
    """Whatever a member says: the weights' vocabulary opens, or a ModelError of one line."""
    say(scratch, **changes)
    refused = ""
    try:
        Pieces(scratch, needed=())
    except ModelError as error:
        refused = str(error)
    assert len(refused.splitlines()) <= 1


OUTSIDE = ["../secret.txt", "../../secret.txt", "/etc/hostname", "vocabulary.txt/../../secret.txt", "\x00", ""]


@pytest.mark.parametrize("name", OUTSIDE, ids=repr)
def test_no_file_is_opened_that_the_description_names(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Names of files are the program's own; those that a description adds, outside the folder, are not looked at."""
    files = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))["files"]
    say(folder, files={name: "0" * 64} | files)
    opened: list[Path] = []
    really = Path.open

    def noting(self: Path, *arguments: Any, **options: Any) -> Any:
        opened.append(self)
        return really(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", noting)
    Pieces(folder, needed=())
    assert {path.parent for path in opened} == {folder}
    assert {path.name for path in opened} <= {"model.json", *FILES}


def test_only_what_is_needed_must_be_there(folder: Path) -> None:
    """The tagger works without the sentence vectors, and they without its graphs; not the other way round."""
    (folder / "sentences.onnx").unlink()
    TrainedTagger(folder)
    with pytest.raises(ModelError, match=r"sentences.onnx: missing"):
        SentenceVectors(folder)
    other = linked(folder.with_name("other"))
    (other / "encoder.onnx").unlink()
    assert SentenceVectors(other).of(["a"]).shape == (1, 384)


def test_the_key_names_the_weights(folder: Path) -> None:
    """The same for a copy; another when a threshold, the name or a file is."""
    key = Weights(SHIPPED).key
    assert Weights(folder).key == key
    thresholds = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))["thresholds"]
    say(folder, thresholds=thresholds | {"cue": 0.9})
    assert Weights(folder).key != key
    say(folder, name="v1b")
    other = TrainedTagger(folder)
    assert (other.key != key, other.name) == (True, "v1b")


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.made),)


def test_a_table_runs_no_code(folder: Path) -> None:
    """A table that holds objects is refused before any is made."""
    made = folder.with_name("made")
    resealed(folder, "words.npy", saved(np.array([Trap(made)], object)))
    with pytest.raises(ModelError, match="cannot be loaded"):
        Pieces(folder, needed=())
    assert not made.exists()


def test_vectors_are_the_tables_rows(folder: Path) -> None:
    """A piece's vector is its row in 8 bits, times the row's scale."""
    table = np.zeros((3, 8), np.uint8)
    table[:, :4] = np.array([[0.5], [2.0], [-1.0]], "<f4").view(np.uint8)
    table[:, 4:] = np.array([[1, -2, 3, 127], [0, 0, 0, -128], [5, 6, 7, 8]], np.int8).view(np.uint8)
    resealed(folder, "words.npy", saved(table))
    found = Pieces(folder, needed=()).vectors_of(np.array([2, 0, 0, 1]))
    assert found.dtype == np.float32
    half = [0.5, -1, 1.5, 63.5]
    assert found.tolist() == [[-5, -6, -7, -8], half, half, [0, 0, 0, -256]]


def test_roles_are_read_for_each_cue() -> None:
    """Cues x words x labels; the cues beside a cue hardly change its reading, what was read before does not."""
    weights = Weights(SHIPPED)
    text = " ".join([TEXT] * (FAR // 10))
    (window, *_) = weights.cutter.windows(text, sentences(text))
    marked = weights.read(window)
    width = len(window.words)
    assert marked.flat.shape == (width, 7)
    assert marked.names.shape == (width, 9)
    cues = [(0, 1), (5, 7), (width - 1, width)]
    together = weights.roles(marked, cues)
    assert together.shape == (3, width, 5)
    for cue, row in zip(cues, together, strict=True):
        # numbers are rounded to 8 bits together, so a little is left to what stands beside
        alone = np.exp(log_shares(weights.roles(marked, [cue])[0]))
        np.testing.assert_allclose(alone, np.exp(log_shares(row)), atol=0.1)
    np.testing.assert_array_equal(weights.read(window).flat, marked.flat)


def line(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on the standard error stream, which must be one line, and nothing else anywhere."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n")
    assert len(err.splitlines()) == 1
    return err.rstrip("\n")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file to read."""
    path = tmp_path / "article.txt"
    path.write_text(" ".join([TEXT] * 3), encoding="utf-8")
    return path


GIVEN = pytest.mark.parametrize("way", ["option", "environment"])


def run(monkeypatch: pytest.MonkeyPatch, way: str, reader: str, *arguments: str) -> int:
    """Run the command line with a reader, said by the option or by the environment."""
    monkeypatch.delenv("HEADWATER_READER", raising=False)
    monkeypatch.delenv("HEADWATER_CACHE", raising=False)
    if way == "environment":
        monkeypatch.setenv("HEADWATER_READER", reader)
        return main([*arguments])
    return main([*arguments, "--reader", reader])


@pytest.mark.parametrize(("way", "command"), [("option", "trace"), ("environment", "read")])
def test_a_folder_of_weights_reads(
    folder: Path, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    way: str, command: str,
) -> None:  # fmt: skip
    """A folder can be named instead of a reader; the trace says who read it."""
    say(folder, name="mine")
    assert run(monkeypatch, way, str(folder), command, str(article), "--json", "-") == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Vantongeren" in out
    assert command == "read" or json.loads(out)["made_by"]["reader"] == "mine"


@GIVEN
@pytest.mark.parametrize(
    ("command", "broken", "message"),
    [
        pytest.param("read", lambda f: (f / "model.json").unlink(), "no reader there", id="no description"),
        pytest.param("trace", lambda f: flip(f / "roles.onnx"), "not the file that", id="a byte changed"),
        pytest.param("read", lambda f: say(f, version=7), "this Headwater reads", id="a newer version"),
    ],
)
def test_broken_weights_on_the_command_line(
    folder: Path, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    way: str, command: str, broken: Break, message: str,
) -> None:  # fmt: skip
    """Exit status 1, and one line that names the folder."""
    broken(folder)
    assert run(monkeypatch, way, str(folder), command, str(article)) == 1
    said = line(capsys)
    assert said.startswith(f"headwater: {folder}")
    assert message in said


@pytest.mark.parametrize(
    ("way", "command", "name"),
    [("option", "read", "nobody"), ("environment", "trace", "v2"), ("option", "trace", "V1")],
)
def test_an_unknown_reader(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    way: str, command: str, name: str,
) -> None:  # fmt: skip
    """The line lists the readers there are."""
    assert run(monkeypatch, way, name, command, str(article)) == 1
    said = line(capsys)
    assert said.startswith(f"headwater: no reader '{name}'")
    assert all(known in said for known in READERS)


@pytest.mark.parametrize("name", ["no/such/folder", "./nothing", "\x00/", "a\nb", "", " ", "x/" * 3000, "~"])
def test_any_name_of_a_reader(name: str) -> None:
    """Whatever is named that is no reader: a ModelError."""
    with pytest.raises(ModelError):
        load_tagger(name)


LAZY = """
import sys
import headwater, headwater.reading
from headwater.cli import main
status = main(sys.argv[1:])
heavy = sorted({"onnxruntime", "tokenizers", "headwater.reading.trained"} & set(sys.modules))
print("loaded:", *heavy, file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Neither importing Headwater nor asking for help loads the network or what runs it."""
    done = subprocess.run([sys.executable, "-c", LAZY, *arguments], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "loaded:")


RULES = """
import sys
from headwater.model import Span
from headwater.reading import load_tagger
text = "Orla Fenn said that the lamp had failed."
assert load_tagger("rules-1").tag(text, [Span(0, len(text))]).attributions
print("loaded:", *sorted({"onnxruntime", "tokenizers", "headwater.reading.trained"} & set(sys.modules)))
"""


def test_the_rules_load_no_network() -> None:
    """Another reader is chosen: neither the weights nor what runs them is opened."""
    done = subprocess.run([sys.executable, "-c", RULES], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("loaded:", "")


def saved_pairs(**arrays: Any) -> bytes:
    """Weights of a pair model as a file."""
    out = io.BytesIO()
    np.savez(out, **arrays)
    return out.getvalue()


PAIRS_BROKEN = [
    pytest.param(lambda f: (f / "pairs.npz").unlink(), "pairs.npz: missing", id="missing"),
    pytest.param(lambda f: flip(f / "pairs.npz"), "pairs.npz: not the file", id="a byte changed"),
    pytest.param(lambda f: resealed(f, "pairs.npz", b""), "cannot be loaded", id="empty"),
    pytest.param(lambda f: resealed(f, "pairs.npz", b"PK\x03\x04"), "cannot be loaded", id="cut off"),
    pytest.param(lambda f: resealed(f, "pairs.npz", saved(np.zeros(3))), "cannot be loaded", id="one table"),
    pytest.param(lambda f: resealed(f, "pairs.npz", saved_pairs()), "cannot be loaded", id="nothing in it"),
    pytest.param(lambda f: resealed(f, "pairs.npz", saved_pairs(w1=np.zeros(3))), "cannot be loaded", id="one of six"),
    pytest.param(
        lambda f: resealed(f, "pairs.npz", saved_pairs(**(dict(shipped_pairs()) | {"w1": np.zeros((5, 3, 24))}))),
        "cannot be loaded",
        id="other features",
    ),
    pytest.param(
        lambda f: resealed(f, "pairs.npz", saved_pairs(**(dict(shipped_pairs()) | {"b2": np.array(["a"])}))),
        "cannot be loaded",
        id="words",
    ),
    pytest.param(
        lambda f: resealed(f, "pairs.npz", saved_pairs(**(dict(shipped_pairs()) | {"b2": np.full((5, 2), np.nan)}))),
        "cannot be loaded",
        id="no numbers",
    ),
]


def shipped_pairs() -> dict[str, Any]:
    """The shipped weights of the pair model."""
    with np.load(SHIPPED / "pairs.npz") as kept:
        return {name: kept[name] for name in kept.files}


@pytest.mark.parametrize(("broken", "message"), PAIRS_BROKEN)
def test_a_pair_model_that_does_not_fit(folder: Path, broken: Break, message: str) -> None:
    """A ModelError of one line that names the folder, before anything is read."""
    broken(folder)
    with pytest.raises(ModelError, match=message) as raised:
        pipeline.sense(TrainedTagger(folder))
    assert str(raised.value).startswith(str(folder))
    assert len(str(raised.value).splitlines()) == 1


def test_a_pair_model_runs_no_code(folder: Path) -> None:
    """One that holds objects is refused before any is made."""
    made = folder.with_name("made")
    resealed(folder, "pairs.npz", saved_pairs(w1=np.array([Trap(made)], object)))
    with pytest.raises(ModelError, match="cannot be loaded"):
        pipeline.sense(TrainedTagger(folder))
    assert not made.exists()


def test_weights_without_a_pair_model_still_trace(
    folder: Path, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Weights made before there was one: claims are matched by their words."""
    less("pairs.npz")(folder)
    (folder / "pairs.npz").unlink()
    assert pipeline.sense(TrainedTagger(folder)) is None
    assert run(monkeypatch, "option", str(folder), "trace", str(article), "--json", "-") == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out)["claims"]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights open and read with every way out closed."""

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("the network was asked for")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    TrainedTagger().tag(TEXT, [Span(0, len(TEXT))])
    SentenceVectors(SHIPPED).of([TEXT])
