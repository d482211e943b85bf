"""Gold articles and gold names -> examples: windows with a label for every word, as the network learns them.

Attributions come as JSON lines with ``text`` and ``attributions`` (each ``source``, ``cue``, ``content``: lists of
``[start, end]`` in code points), the form of PolNeAR and of ``headwater read``'s gold files; names as CoNLL columns.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from headwater.model import Span
from headwater.reading.trained.spans import FLAT, NAMES
from headwater.reading.trained.windows import Cutter, Window
from headwater.words import sentences

IGNORE = -100
#: What the sets call a name's type; None is outside for us.
_TYPES = {
    "PER": "person", "person": "person",
    "ORG": "organisation", "corporation": "organisation", "group": "organisation",
    "LOC": "place", "location": "place",
    "MISC": "other", "product": "other", "creative-work": "other", "OTH": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """One attribution in a window: numbers of its words."""

    cue: tuple[int, ...]
    source: tuple[tuple[int, int], ...]  # half-open ranges of words
    content: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Example:
    """A window with its labels, one a word; None where its set does not label that."""

    window: Window
    flat: list[int] | None = None
    names: list[int] | None = None
    cues: list[Cue] = field(default_factory=list)


def ranges(span: tuple[int, int], starts: Sequence[int], ends: Sequence[int]) -> tuple[int, int]:
    """The words that a span of characters touches, as a half-open range."""
    return bisect_left(ends, span[0] + 1), bisect_left(starts, span[1])


@dataclass(frozen=True, slots=True)
class Article:
    """A text and its gold attributions, each with ``source``, ``cue`` and ``content``: lists of ``[start, end]``."""

    text: str
    attributions: list[dict[str, Any]]


def articles(path: Path) -> Iterator[Article]:
    """The articles of a file of gold attributions."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield Article(record["text"], record["attributions"])


def of_article(text: str, gold: Sequence[dict[str, Any]], cutter: Cutter) -> Iterator[Example]:
    """Examples of one article, a window each."""
    for window in cutter.windows(text, sentences(text)):
        starts = [w.start for w in window.words]
        ends = [w.end for w in window.words]
        flat = [0] * len(starts)
        cues = []
        for a in gold:
            parts = {}
            for role in ("source", "content", "cue"):
                found = []
                for span in a[role]:
                    i, j = ranges(tuple(span), starts, ends)
                    if j > i:
                        found.append((i, j))
                        b = FLAT.index(f"B-{role}")
                        flat[i] = b
                        for k in range(i + 1, j):
                            flat[k] = b + 1
                parts[role] = tuple(found)
            words = tuple(k for i, j in parts["cue"] for k in range(i, j))
            if words and parts["content"]:
                cues.append(Cue(words, parts["source"], parts["content"]))
        yield Example(window, flat=flat, cues=cues)


def columns(path: Path, half: int | None = None) -> Iterator[tuple[list[str], list[str]]]:
    """Sentences of a CoNLL file, as words and their labels (IOB1 or IOB2).

    With ``half`` (0 or 1) only those of every other document, where the file says where documents begin.
    """
    document = -1
    words: list[str] = []
    labels: list[str] = []
    three = path.suffix == ".iob2"
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        line = line.rstrip("\r")
        if not line.strip():
            if words:
                yield words, labels
            words, labels = [], []
            continue
        if line.startswith("#") and three:
            document += line.startswith("# newdoc")
            continue
        if half is not None and document % 2 != half:
            continue
        parts = line.split("\t") if "\t" in line else line.rsplit(" ", 1)
        words.append(parts[1] if three else parts[0])
        labels.append(parts[2] if three else parts[-1])
    if words:
        yield words, labels


_TIGHT = re.compile(r" (?=[.,;:!?%)\]}’”]|['’](?:s|re|ve|ll|d|m|t)\b|n['’]t\b)|(?<=[(\[{“‘$£€]) ")


def untokenised(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """A text as it would be printed, from its words, with the place of each word."""
    loose = " ".join(words)
    drop = {m.start() for m in _TIGHT.finditer(loose)}
    text, where = [], []
    at = out = 0
    for word in words:
        if at and (at - 1) not in drop:
            text.append(" ")
            out += 1
        where.append((out, out + len(word)))
        text.append(word)
        out += len(word)
        at += len(word) + 1
    return "".join(text), where


def names(path: Path, cutter: Cutter, *, together: int = 8, half: int | None = None) -> Iterator[Example]:
    """Examples of gold names, ``together`` sentences in one text, a paragraph each; ``half`` as in ``columns``."""
    batch: list[tuple[str, list[tuple[int, int, str | None]]]] = []
    for words, labels in columns(path, half):
        text, where = untokenised(words)
        spans: list[tuple[int, int, str | None]] = []
        previous = "O"
        for (start, end), label in zip(where, labels, strict=True):
            kind = label[2:]
            if label != "O":
                if label[0] == "I" and previous[2:] == kind and spans:
                    spans[-1] = (spans[-1][0], end, spans[-1][2])
                else:
                    spans.append((start, end, _TYPES.get(kind)))
            previous = label
        batch.append((text, spans))
        if len(batch) == together:
            yield from _named(batch, cutter)
            batch = []
    if batch:
        yield from _named(batch, cutter)


def _named(batch: Sequence[tuple[str, list[tuple[int, int, str | None]]]], cutter: Cutter) -> Iterator[Example]:
    text = ""
    spans: list[tuple[int, int, str | None]] = []
    parts: list[Span] = []
    for part, found in batch:
        base = len(text)
        parts.append(Span(base, base + len(part)))
        spans.extend((base + s, base + e, kind) for s, e, kind in found)
        text += part + "\n"
    for window in cutter.windows(text, [p for p in parts if p.end > p.start]):
        starts = [w.start for w in window.words]
        ends = [w.end for w in window.words]
        labels = [0] * len(starts)
        for s, e, kind in spans:
            i, j = ranges((s, e), starts, ends)
            for k in range(i, j):
                labels[k] = NAMES.index(("B-" if k == i else "I-") + kind) if kind else 0
        yield Example(window, names=labels)
