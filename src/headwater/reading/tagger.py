"""What a tagger gives: for each attribution its cue, source, content and carriers, and the names in the text.

A Tagger only marks spans; ``decode`` makes records of them. Anything with the same two members can take the place of
the rules: a trained model, or the ``FixedTagger`` of the tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from headwater.model import EntityType, Span


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name in the text, without its title: ``score`` is a share 0..1."""

    start: int
    end: int
    type: EntityType
    score: float = 1.0

    @property
    def span(self) -> Span:
        """The span alone."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """One attribution as a tagger sees it.

    ``via`` holds the spans of the carriers that the sentence itself names, outermost first ("told journalist K",
    "according to K's report"). ``said`` is False for believing, wanting, intending. ``follows`` is the index, among the
    tagger's attributions, of the one whose speaker goes on here unnamed. ``score`` is a share 0..1.
    """

    cue: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    via: tuple[Span, ...] = ()
    said: bool = True
    follows: int | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """All that a tagger marks in one text, in order of place."""

    attributions: tuple[Tagged, ...] = ()
    names: tuple[Name, ...] = ()


class Tagger(Protocol):
    """Marks attributions and names in a text."""

    @property
    def name(self) -> str:
        """What ``made_by`` calls the reader."""
        ...

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """Mark ``text``; ``sentences`` are its sentences outside furniture, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedTagger:
    """Gives back the tags it was made with, whatever the text: for tests."""

    tags: Tags = Tags()
    name: str = "fixed"

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """The fixed tags."""
        return self.tags
