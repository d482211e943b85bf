"""Opens a folder of weights: checks every file against the sha256 in its ``model.json``, then runs the network.

A folder holds ``model.json`` (labels, thresholds, checks), ``vocabulary.txt``, ``words.npy`` (the word pieces' vectors
in 8 bits, a scale each), ``encoder.onnx`` and ``roles.onnx``, perhaps ``carriers.onnx``; ``card.md`` says how they
were made. Nothing is fetched.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
import numpy.typing as npt

from headwater.errors import ModelError
from headwater.reading.trained import carriers
from headwater.reading.trained.spans import FLAT, NAMES, ROLES
from headwater.reading.trained.windows import Cutter, Window

FORMAT = "headwater/reader"
VERSION = 1
FAR = 48  # words from a cue from which on distance is one

Floats = npt.NDArray[np.float32]


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shares 0..1 from which on the network is believed; chosen on development articles."""

    cue: float
    attribution: float
    name: float = 0.5
    carrier: float = 0.9


class Manifest(msgspec.Struct, frozen=True):
    """What ``model.json`` says; ``files`` gives the sha256 of each other file."""

    format: str
    version: int
    name: str
    limit: Annotated[int, msgspec.Meta(ge=8)]
    flat: tuple[str, ...]
    roles: tuple[str, ...]
    names: tuple[str, ...]
    thresholds: Thresholds
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """What the network says of one window, a row a word: label scores, and what ``roles`` asks for."""

    flat: Floats
    names: Floats
    inner: Floats


class Pieces:
    """The part of a folder of weights that every encoder needs: vocabulary, and the vectors of its word pieces.

    Args:
        folder: where the weights lie.
        needed: further files that must be there.

    Raises:
        ModelError: a file is missing, is not what ``model.json`` says, or does not fit this version of Headwater.
    """

    def __init__(self, folder: Path, *, needed: Sequence[str]) -> None:
        """Check the files and open the table."""
        from tokenizers import BertWordPieceTokenizer

        self.manifest = read_manifest(folder)
        check(folder, self.manifest, ("vocabulary.txt", "words.npy", *needed))
        with fitting(folder):
            self.tokenizer = BertWordPieceTokenizer(str(folder / "vocabulary.txt"), lowercase=True)._tokenizer
            table = np.load(folder / "words.npy", mmap_mode="r", allow_pickle=False)
            self._scales = np.ascontiguousarray(table[:, :4]).view("<f4")
            self._numbers = table[:, 4:].view(np.int8)

    def vectors_of(self, pieces: npt.NDArray[np.int64]) -> Floats:
        """The vectors of word pieces, one row each."""
        out: Floats = self._numbers[pieces].astype(np.float32) * self._scales[pieces]
        return out


class Weights:
    """A reader's weights, checked and ready to run.

    Args:
        folder: where they lie.
        threads: threads that one window is worked on with.

    Raises:
        ModelError: a file is missing, is not what ``model.json`` says, or does not fit this version of Headwater.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Check and load the weights."""
        self._pieces = Pieces(folder, needed=("encoder.onnx", "roles.onnx"))
        self.manifest = self._pieces.manifest
        self.key = hashlib.sha256(msgspec.json.encode(self.manifest)).hexdigest()
        self.cutter = Cutter(self._pieces.tokenizer, self.manifest.limit)
        with fitting(folder):
            self._encoder = session(folder / "encoder.onnx", threads)
            self._roles = session(folder / "roles.onnx", threads)
        self.carriers: carriers.Carriers | None = None
        if carriers.FILE in self.manifest.files:
            check(folder, self.manifest, (carriers.FILE,))
            with fitting(folder):
                graph = session(folder / carriers.FILE, threads)
            self.carriers = carriers.Carriers(graph, sure=self.manifest.thresholds.carrier)

    def read(self, window: Window) -> Marked:
        """Run the encoder on one window."""
        out = self._encoder.run(
            None,
            {
                "vectors": self._pieces.vectors_of(window.pieces)[None],
                "shapes": window.shapes[None],
                "words": window.starts[None],
            },
        )
        return Marked(*(np.asarray(o[0], np.float32) for o in out))

    def roles(self, marked: Marked, cues: Sequence[tuple[int, int]]) -> Floats:
        """Read the window again for each cue (half-open ranges of words): cues x words x labels."""
        width = len(marked.inner)
        rows = np.zeros((len(cues), width), np.float32)
        for row, (start, end) in zip(rows, cues, strict=True):
            row[start:end] = 1
        first = np.array([start for start, _ in cues], np.int64)
        distance = np.clip(np.arange(width)[None] - first[:, None], -FAR, FAR) + FAR
        (out,) = self._roles.run(None, {"inner": marked.inner[None], "cues": rows, "distance": distance})
        return np.asarray(out, np.float32)


def read_manifest(folder: Path) -> Manifest:
    """What a folder of weights says it is.

    Raises:
        ModelError: there is no such folder, or it is of another form or version.
    """
    path = folder / "model.json"
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: not a path at all
        raise ModelError(f"{folder}: no reader there ({path.name} cannot be read); name a folder of weights") from error
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as error:
        raise ModelError(f"{path}: not a reader's description ({_short(error)})") from error
    if manifest.format != FORMAT or manifest.version != VERSION:
        raise ModelError(
            f"{path}: weights of form {manifest.format!r} {manifest.version}; this Headwater reads {FORMAT!r} {VERSION}"
        )
    if (manifest.flat, manifest.roles, manifest.names) != (FLAT, ROLES, NAMES):
        raise ModelError(f"{path}: its labels are not those of this Headwater; install the weights anew")
    return manifest


def check(folder: Path, manifest: Manifest, needed: Sequence[str]) -> None:
    """Compare the files that are needed with their sha256.

    Raises:
        ModelError: one is missing or differs.
    """
    for name in needed:
        if name not in manifest.files:
            raise ModelError(f"{folder / 'model.json'}: no sha256 of {name}; these weights lack it")
        try:
            with (folder / name).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise ModelError(f"{folder / name}: missing or unreadable; install the weights anew") from error
        if found != manifest.files[name]:
            raise ModelError(f"{folder / name}: not the file that model.json describes; install the weights anew")


@contextmanager
def fitting(folder: Path) -> Iterator[None]:
    """Whatever a graph or table that does not fit makes the libraries raise becomes a ModelError."""
    try:
        yield
    except Exception as error:
        raise ModelError(f"{folder}: the weights cannot be loaded ({_short(error)}); install them anew") from error


def session(path: Path, threads: int) -> Any:
    """An onnxruntime session on the processor, quiet, with that many threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # a plan for each length of window costs memory and saves no time
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
