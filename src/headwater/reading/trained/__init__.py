"""The trained tagger: one small network over windows of the text, and the rules for what they know better.

Takes text and sentences, gives ``Tags``. The network marks sources, cues, contents and names (``weights``, ``spans``);
quotations it only began are taken whole and what the rules alone see is added (``beside``). Weights lie in ``models``.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from headwater.model import Span
from headwater.reading import marks
from headwater.reading.chains import with_carriers
from headwater.reading.rules import RuleTagger
from headwater.reading.rules.named import named_by_place
from headwater.reading.rules.page import DATELINE
from headwater.reading.saying import says
from headwater.reading.tagger import Name, Tagged, Tags
from headwater.reading.trained import beside, named, spans
from headwater.reading.trained.carriers import KEPT, Seen
from headwater.reading.trained.weights import Marked, Weights
from headwater.reading.trained.windows import Window, paragraphs_of
from headwater.words import trimmed

_LOOSE = ("and", "but", "or", "while", "as")  # words that end no content
#: A speaker with the noun before it, of which it only tells: "a senator he", "the $18 million she".
_NOUN_BEFORE = re.compile(r".*[\w’'](?<!\band)(?<!\bor)(?<!\bnor)(?<!\bneither)\s+(?=(?:he|she|they|we|I)$)", re.DOTALL)
_ASKED = re.compile(r"\b[Aa]sked\b")
_SMALL = ("of", "the", "and", "for", "in")  # words in a name without a capital
_SPEAKER = 200  # code points of the longest words for a speaker that are looked at

MODELS = Path(__file__).parents[1] / "models"


class TrainedTagger:
    """Marks attributions and names by a trained network and the rules; a Tagger.

    Args:
        folder: the weights; None = those that came with Headwater.
        threads: threads that a window is worked on with; more than one gains little, see docs/quality.md.

    Raises:
        ModelError: the weights are missing, damaged, or of another version.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """Check and load the weights."""
        self._made_with = (folder, threads)
        self._weights = Weights(folder or MODELS / "v1", threads=threads)
        self._rules = RuleTagger()
        self.thresholds = self._weights.manifest.thresholds
        self.carriers = self._weights.carriers

    def __reduce__(self) -> tuple[Callable[..., "TrainedTagger"], tuple[Path | None, int]]:
        """Another process loads the weights itself."""
        return _again, self._made_with

    @property
    def name(self) -> str:
        """What the weights call themselves."""
        return self._weights.manifest.name

    @property
    def folder(self) -> Path:
        """Where the weights lie."""
        return self._made_with[0] or MODELS / "v1"

    @property
    def key(self) -> str:
        """A digest of the weights, other for any others."""
        return self._weights.key

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """Mark ``text``; ``sentences`` are its sentences outside furniture, in order."""
        found: list[Tagged] = []
        names: list[Name] = []
        seen: list[Seen] = []
        for window in self._weights.cutter.windows(text, sentences):
            marked = self._weights.read(window)
            attributions, called = self._read(window, marked)
            found += attributions
            names += called
            if self.carriers is not None and window.words and len(seen) < KEPT:
                seen.append(Seen.of(window, marked.inner, marked.flat, marked.names))
        ruled = self._rules.tag(text, sentences)
        quoted = [Span(q.start, q.end) for q in marks.quotations(text, paragraphs_of(text, sentences))]
        found.sort(key=lambda t: ((t.content or t.cue)[0].start, t.cue))
        found = beside.backed(found, ruled.attributions, self.thresholds.attribution)
        judged = (_judged(text, tagged) for tagged in beside.untorn(beside.whole(found, quoted), quoted))
        whole = [tagged for tagged in judged if tagged.said or tagged.score >= self.thresholds.attribution]
        joined = beside.joined(whole, ruled.attributions, quoted)
        joined = tuple(_trimmed(text, tagged) for tagged in joined if not _nobodys(text, tagged))
        settled = named_by_place(text, named.settled(text, names, ruled.names), joined)
        learned = self.carriers

        def also(done: Sequence[Tagged]) -> Sequence[Tagged]:
            return done if learned is None else learned.added(text, done, seen)

        return Tags(attributions=with_carriers(text, sentences, settled, joined, also=also), names=settled)

    def _read(self, window: Window, marked: Marked) -> tuple[list[Tagged], list[Name]]:
        thresholds = self.thresholds

        def place(words: spans.Range) -> Span:
            return Span(window.words[words[0]].start, window.words[words[1] - 1].end)

        names = spans.names_of(marked.names, place, thresholds.name)
        cues = spans.cues_of(marked.flat, thresholds.cue)
        if not cues:
            return [], names
        roles = self._weights.roles(marked, [cue for cue, _ in cues])
        found = spans.attributions(cues, roles, marked.flat, thresholds.attribution)
        return [replace(t, score=round(t.score, 4)) for t in (spans.tagged(f, place) for f in found)], names


def _trimmed(text: str, tagged: Tagged) -> Tagged:
    """Without blanks and a lone "and" at the ends of its contents, or a noun before a pronoun that speaks."""
    content = tuple(s for s in (_tight(text, span) for span in tagged.content) if s.end > s.start)
    source = tuple(_pronoun(text, _undated(text, span)) for span in tagged.source)
    return replace(tagged, content=content or tagged.content, source=source)


_WHO = re.compile(r",? (?:who|which)\Z")
_UNNAMED = re.compile(r"not to be (?:named|identified|quoted)\b")  # what those ask for who speak unnamed


def _nobodys(text: str, tagged: Tagged) -> bool:
    """Whether it tells of no words: "a site called The Marsh Brief", "Roe was asked about the dam"."""
    if any(_UNNAMED.match(text, c.start, c.end) for c in tagged.content):
        return True
    if not tagged.source and any(_ASKED.search(text, c.start, min(c.end, c.start + _SPEAKER)) for c in tagged.cue):
        return True
    if len(tagged.content) != 1 or len(tagged.cue) != 1 or tagged.cue[0].end + 1 != tagged.content[0].start:
        return False
    shown = tagged.content[0].of(text) if tagged.content[0].end - tagged.content[0].start < _SPEAKER else "x"
    return tagged.cue[0].of(text) == "called" and all(w[:1].isupper() or w in _SMALL for w in shown.split())


def _undated(text: str, span: Span) -> Span:
    """The span without the dateline it begins with, or a last "who": "PORT ADA (Wire) — An officer, who"."""
    dateline = DATELINE.match(text, span.start, span.end)
    alone = span.start == 0 or text[span.start - 1] == "\n"
    if dateline and alone and dateline.end() < span.end:
        span = Span(dateline.end(), span.end)
    told = _WHO.search(text, max(span.start + 1, span.end - _SPEAKER), span.end)
    return trimmed(text, Span(span.start, told.start()) if told else span, ",")


def _pronoun(text: str, span: Span) -> Span:
    """The span from the pronoun on that ends it, where only a noun stands before."""
    noun = _NOUN_BEFORE.match(span.of(text)) if span.end - span.start < _SPEAKER else None
    return Span(span.start + noun.end(), span.end) if noun else span


def _tight(text: str, span: Span) -> Span:
    span = trimmed(text, span)
    for word in _LOOSE:
        if span.of(text).endswith(" " + word):
            span = trimmed(text, Span(span.start, span.end - len(word)), ",")
    return span


def _judged(text: str, tagged: Tagged) -> Tagged:
    """With what it is: speech or writing, or belief, wish, intention."""
    return replace(tagged, said=says(text, tagged.cue, tagged.content, tagged.source))


def _again(folder: Path | None, threads: int) -> TrainedTagger:
    return TrainedTagger(folder, threads=threads)
