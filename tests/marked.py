"""Sentences of our own writing with their attributions marked in words: loads them, turning words into spans.

A line of ``marked/*.jsonl`` holds a text and its attributions; every mark is quoted from the text, whole words, and
must stand there once, or say which one is meant ("she#2"). ``dev`` lines are for building, ``held`` lines only for
measuring. ``marked/README.md`` has the conventions.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from headwater.model import Mode, SourceKind, Span

FOLDER = Path(__file__).parent / "marked"
Split = Literal["dev", "held"]

_INDEX = re.compile(r"#(\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One attribution as an editor reads it.

    ``via`` holds the carriers that the text names, outermost first; which of them is the article's own outlet is not
    known here, so "told the Ledger" has the Ledger in it. ``number`` is how many people the source says it is.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    via: tuple[Span, ...]
    mode: Mode
    said: bool
    hedged: bool
    kind: SourceKind
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A text and all its attributions; ``form`` names the way of saying it that the line is there for."""

    id: str
    split: Split
    form: str
    text: str
    attributions: tuple[Marked, ...]


def spans_of(text: str, marks: Iterable[str]) -> tuple[Span, ...]:
    """Where the marked words stand.

    Raises:
        ValueError: they do not stand there, or stand there more than once and no index says which is meant.
    """
    spans = []
    for mark in marks:
        index = _INDEX.search(mark)
        form = mark[: index.start()] if index else mark
        left = r"(?<!\w)" if form[:1].isalnum() else ""
        right = r"(?!\w)" if form[-1:].isalnum() else ""
        found = [m.span() for m in re.finditer(left + re.escape(form) + right, text)] if form else []
        nth = int(index.group(1)) if index else 1
        if len(found) < nth or nth < 1:
            raise ValueError(f"{mark!r} does not stand in {text!r}")
        if not index and len(found) > 1:
            raise ValueError(f"{mark!r} stands {len(found)} times in {text!r}: say which, as {mark}#2")
        spans.append(Span(*found[nth - 1]))
    return tuple(spans)


def _marked(text: str, raw: dict[str, Any]) -> Marked:
    for name, allowed in (("mode", get_args(Mode)), ("kind", get_args(SourceKind))):
        if raw[name] not in allowed:
            raise ValueError(f"{name} {raw[name]!r} in {text!r}; there are: {', '.join(allowed)}")
    return Marked(
        source=spans_of(text, raw["source"]),
        cue=spans_of(text, raw["cue"]),
        content=spans_of(text, raw["content"]),
        via=spans_of(text, raw["via"]),
        mode=raw["mode"],
        said=raw["said"],
        hedged=raw["hedged"],
        kind=raw["kind"],
        number=raw.get("number"),
    )


def load(name: str, split: Split | None = None) -> tuple[Line, ...]:
    """The lines of ``marked/<name>.jsonl`` ("attributions" or "chains"), of one split or of both, in file order."""
    lines = []
    for raw in (json.loads(row) for row in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
        if split in (None, raw["split"]):
            marks = tuple(_marked(raw["text"], mark) for mark in raw["attributions"])
            lines.append(Line(id=raw["id"], split=raw["split"], form=raw["form"], text=raw["text"], attributions=marks))
    return tuple(lines)
