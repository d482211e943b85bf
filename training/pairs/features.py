"""The marked pairs as the pair model sees them: features of each, computed within its whole story as in a trace."""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from headwater.align.claims.likeness import by_meaning
from headwater.align.claims.meaning import Meanings, passages
from headwater.align.claims.pairs import Compared
from headwater.align.claims.together import Together
from headwater.align.claims.wordings import rarity, weighed, wordings
from headwater.model import Attribution, Span, Statement
from headwater.reading.trained.vectors import SentenceVectors
from training.pairs.draw import every_story, read_story
from training.pairs.round_ups import ROUND_UPS

HERE = Path(__file__).parent
PAIRS, CLAIMS = HERE / "pairs.jsonl", HERE / "claims.jsonl"

Key = tuple[str, tuple[Span, ...]]  # article, spans


@dataclass
class Marked:
    """Features of pairs, a row each, what was marked of them, and the story of each."""

    rows: list[np.ndarray] = field(default_factory=list)
    wanted: list[np.ndarray] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)

    def add(self, name: str, rows: np.ndarray, wanted: np.ndarray) -> None:
        """Add a story's pairs."""
        self.rows.append(rows)
        self.wanted.append(wanted)
        self.stories += [name] * len(rows)

    def all(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """All rows, all marks, the story's name of each."""
        return np.concatenate(self.rows), np.concatenate(self.wanted), np.array(self.stories)


class Story:
    """A story's statements, those marked among them, ready to be compared."""

    def __init__(
        self, stored: Sequence[dict[str, Any]], work: Path, encoder: SentenceVectors, together: Together,
        keys: Iterable[Key],
    ) -> None:  # fmt: skip
        """Read the articles; a marked statement that the program cuts otherwise today is added to its own."""
        articles, units, readings = read_story(stored, work)
        said = [a for r in readings for a in r.attributions if a.said]
        texts = {a.id: a.text for a in articles}
        at = {(u.article, u.spans): n for n, u in enumerate(units)}
        for key in sorted(set(keys) - set(at)):
            unit = Statement(article=key[0], spans=key[1])
            at[key] = len(units)
            units.append(replace(unit, attribution=_holder(said, unit)))
        made, of = wordings(units, texts, {a.id: a for a in said})
        first = [units[of.index(n)] for n in range(len(made))]
        rare = rarity(made)
        bags = weighed(made, rare)
        meanings = Meanings(encoder.parts(list(passages(first, texts))), [w.count for w in made])
        self.number = {key: of[n] for key, n in at.items()}
        self.articles = [u.article for u in first]
        self.near = by_meaning(bags, meanings)
        self.compared = Compared(made, bags, rare, meanings, together)


def marked_pairs(folder: Path, work: Path) -> Marked:
    """The marked pairs: targets are left held by right, right held by left, the same.

    Without those of stories that the encoder was taught on: of these it knows more than of a story to come.
    """
    taught = by_story(ROUND_UPS)
    held = {name: rows for name, rows in by_story(PAIRS).items() if name not in taught}
    out = Marked()
    for name, story in _stories(held, folder, work, lambda row: [_key(row, "left"), _key(row, "right")]):
        pairs = [(story.number[_key(r, "left")], story.number[_key(r, "right")]) for r in held[name]]
        labels = [r["label"] for r in held[name]]
        wanted = [[x in {"same", "part-left"}, x in {"same", "part-right"}, x == "same"] for x in labels]
        out.add(name, story.compared.features(pairs), np.array(wanted, np.float32))
    return out


def marked_claims(folder: Path, work: Path) -> Marked:
    """Pairs of statements of different articles that a trace would compare: whether one marked claim holds both.

    The second target, the right one held by the left, is -1: it is not known.
    """
    held = by_story(CLAIMS)
    out = Marked()
    for name, story in _stories(held, folder, work, keys_of):
        together: set[tuple[int, int]] = set()
        for row in held[name]:
            numbers = sorted({story.number[key] for key in keys_of(row)})
            together.update(combinations(numbers, 2))
        pairs = sorted(p for p in story.near if story.articles[p[0]] != story.articles[p[1]])
        wanted = np.array([[p in together, -1, p in together] for p in pairs], np.float32)
        out.add(name, story.compared.features(pairs), wanted)
    return out


def by_story(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of a file of marks, by story."""
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        out[row["story"]].append(row)
    return out


def _stories(
    held: Mapping[str, list[dict[str, Any]]], folder: Path, work: Path, keys: Callable[[dict[str, Any]], list[Key]]
) -> Iterator[tuple[str, Story]]:
    encoder = SentenceVectors(folder)
    together = Together(encoder.together or {})
    for name, stored in every_story():
        if name in held:
            yield name, Story(stored, work, encoder, together, [key for row in held[name] for key in keys(row)])
            print(f"{name}: {len(held[name])} marks", file=sys.stderr)


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _key(row: Mapping[str, Any], side: str) -> Key:
    return row[side], _spans(row[f"{side}_spans"])


def keys_of(row: Mapping[str, Any]) -> list[Key]:
    """The statements of a marked claim."""
    return [(s["article"], _spans(s["spans"])) for s in row["statements"]]


def _holder(said: Sequence[Attribution], unit: Statement) -> str | None:
    """The attribution whose content holds most of a statement most closely."""
    whole = Span(unit.spans[0].start, unit.spans[-1].end)
    held = [
        (sum(c.end - c.start for c in a.content_spans), a.id)
        for a in said
        if a.article == unit.article
        and any(whole.overlap(c) > 0.6 * (whole.end - whole.start) for c in a.content_spans)
    ]  # fmt: skip
    return min(held)[1] if held else None
