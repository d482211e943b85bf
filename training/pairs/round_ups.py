"""The marked round-ups as the encoder of statements reads them: word pieces of each statement in its sentences.

``round_ups.jsonl`` has a row a story: all its statements, and of those that one claim holds the numbers; ids and
offsets alone. The texts are in the data set that training/pairs/README.md names.
"""

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from headwater.align.claims.meaning import MOST_PIECES, passages
from headwater.model import Span, Statement
from headwater.reading.trained.vectors import chosen_pieces
from headwater.reading.trained.windows import Cutter

ROUND_UPS = Path(__file__).with_name("round_ups.jsonl")


@dataclass(frozen=True, slots=True)
class Read:
    """A statement: the word pieces of its window, and which of them are its own."""

    pieces: npt.NDArray[np.int64]
    own: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The statements of a story.

    ``together`` and ``narrow`` are matrices over them: one claim holds both; one that is no umbrella does. ``apart``:
    they are of different articles.
    """

    name: str
    statements: tuple[Read, ...]
    together: npt.NDArray[np.bool_]
    narrow: npt.NDArray[np.bool_]
    apart: npt.NDArray[np.bool_]

    def part(self, chosen: npt.NDArray[np.int64]) -> "Story":
        """Some of its statements alone."""
        square = np.ix_(chosen, chosen)
        return Story(
            self.name, tuple(self.statements[n] for n in chosen), self.together[square], self.narrow[square],
            self.apart[square],
        )  # fmt: skip


def story(
    name: str, units: Sequence[Statement], claims: Iterable[tuple[bool, Sequence[int]]], texts: Mapping[str, str],
    cutter: Cutter,
) -> Story:  # fmt: skip
    """A story from its statements and claims, as (is an umbrella, numbers of statements)."""
    read = []
    for passage in passages(units, texts):
        window = next(cutter.windows(passage.text, [Span(0, len(passage.text))]))
        own = chosen_pieces(window, passage.spans) or [0]
        read.append(Read(window.pieces, tuple(own[:MOST_PIECES])))
    size = len(units)
    together, narrow = np.zeros((size, size), np.bool_), np.zeros((size, size), np.bool_)
    for umbrella, numbers in claims:
        square = np.ix_(list(numbers), list(numbers))
        together[square] = True
        if not umbrella:
            narrow[square] = True
    of = np.array([u.article for u in units])
    return Story(name, tuple(read), together, narrow, of[:, None] != of[None, :])


def marked(path: Path, texts: Mapping[tuple[str, str], str], cutter: Cutter) -> Iterator[Story]:
    """The stories of a file of marked round-ups.

    Args:
        path: the file.
        texts: the text of each (story, article).
        cutter: cuts texts to windows of the encoder.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        units = [Statement(article=a, spans=tuple(Span(*s) for s in spans)) for a, *spans in row["statements"]]
        claims = [(False, c) for c in row["claims"]] + [(True, c) for c in row["umbrellas"]]
        here = {u.article: texts[row["story"], u.article] for u in units}
        yield story(row["story"], units, claims, here, cutter)


def keys_in(path: Path, names: Container[str]) -> dict[str, list[frozenset[tuple[str, tuple[Span, ...]]]]]:
    """Of some stories of a file of marked round-ups the claims, umbrellas after the others, each as its statements."""
    out = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row["story"] in names:
            keys = [(a, tuple(Span(*s) for s in spans)) for a, *spans in row["statements"]]
            out[row["story"]] = [frozenset(keys[n] for n in claim) for claim in (*row["claims"], *row["umbrellas"])]
    return out
