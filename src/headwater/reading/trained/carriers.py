"""The learned carriers: whom words came through where the rules of ``chains`` found nobody.

For one attribution it reads again what the network said of the words around it, with source, cue and content marked,
and says which words are its carriers, and which its source and cue where it has the carrier for them. It only adds, and
only what it is sure of. ``carriers.onnx`` holds it; a folder of weights without that file does without.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from headwater import lexicon
from headwater.model import Span
from headwater.reading.chains.fit import can_carry
from headwater.reading.names.gazetteer import lists
from headwater.reading.rules.forms import TELL
from headwater.reading.tagger import Tagged
from headwater.reading.trained.windows import Window
from headwater.reading.whom import singular
from headwater.words import words as words_of

FILE = "carriers.onnx"
LABELS = ("O", "B-via", "I-via", "B-source", "I-source", "cue")
FAR = 48  # words from cue and source from which on distance is one
ROOM = 30  # words before the first and after the last word of source and cue that are read
KEPT = 256  # windows of one text that are kept for it, half a megabyte each at most: some 40,000 words
_NEAR = 60  # code points beside a span in which the rest of its name is looked for
_NAME_BEFORE = re.compile(r"(?:\b[^\W\d_a-z][\w’'-]* )+$")
_NAME_AFTER = re.compile(r"(?: [^\W\d_a-z][\w-]*)+")
_CUT_SHORT = frozenset("and or of the a an in".split())
_OF_WHOM = frozenset("of about against over at near for toward towards than".split())  # "said of the cartels"
_TO_WHOM = frozenset("to with promise promises promised".split())
_PRESS = lexicon.JOURNALISTS | lexicon.OUTLETS
_GOES_ON = 0.4  # share from which on a word goes on with the carrier before it
_LONGEST = 300  # code points of a phrase that are looked at
_OWNS = ("’s", "'s")
_LINK = re.compile(r"(?:['’]s)? ?|,? (?:of|from|at) (?:the )?", re.I)
_ARTICLE = re.compile(r"\b(?:the|an?) $", re.I)
_EDGES = ",.:;—–-()“”\"' ’‘"

Halves = npt.NDArray[np.float16]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Seen:
    """A window that was read: its words' places and what the network said of each, a row a word."""

    words: tuple[Span, ...]
    rows: Halves

    @classmethod
    def of(cls, window: Window, *parts: Floats) -> "Seen":
        """Of a window and the network's ``inner``, ``flat`` and ``names``."""
        return cls(window.words, np.concatenate(parts, 1).astype(np.float16))


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that are read for one attribution: words ``first`` to ``last`` of its window.

    ``kinds`` says what each is (0 nothing, 1 cue, 2 source, 3 content); ``cue`` and ``source`` how far it is from the
    first word of these, from 0 to 2 FAR.
    """

    first: int
    last: int
    kinds: Ints
    cue: Ints
    source: Ints


def asked(words: Sequence[Span], tagged: Tagged) -> Asked:
    """What is read for an attribution in a window with these words."""
    kinds = np.zeros(len(words), np.int64)
    for spans, kind in ((tagged.content, 3), (tagged.source, 2), (tagged.cue, 1)):
        for span in spans:
            first, last = reach(words, span)
            kinds[first:last] = kind
    near = np.flatnonzero((kinds == 1) | (kinds == 2))
    if not len(near):
        near = np.flatnonzero(kinds)[:1] if kinds.any() else np.zeros(1, np.int64)
    first, last = max(0, int(near[0]) - ROOM), min(len(words), int(near[-1]) + ROOM + 1)
    from_cue = next((np.flatnonzero(kinds == k)[0] for k in (1, 2, 3) if (kinds == k).any()), 0)
    from_source = np.flatnonzero(kinds == 2)[0] if (kinds == 2).any() else from_cue
    at = np.arange(first, last)
    near_cue, near_source = (np.clip(at - p, -FAR, FAR) + FAR for p in (from_cue, from_source))
    return Asked(first, last, kinds[first:last], near_cue, near_source)


def reach(words: Sequence[Span], span: Span) -> tuple[int, int]:
    """The words that a span has a part in, half-open."""
    first = bisect_right(words, span.start, key=lambda w: w.end)
    return first, max(first, bisect_left(words, span.end, key=lambda w: w.start))


def window_of(seen: Sequence[Seen], tagged: Tagged) -> Seen | None:
    """The window in which an attribution's cue stands, or its source or content where it has none."""
    for spans in (tagged.cue[-1:], tagged.source, tagged.content):
        for span in spans:
            at = bisect_right(seen, span.start, key=lambda w: w.words[0].start) - 1
            return seen[at] if at >= 0 and span.start < seen[at].words[-1].end else None
    return None


class Carriers:
    """Adds carriers to attributions.

    Args:
        session: an onnxruntime session on ``FILE``.
        sure: share 0..1 from which on a carrier is believed.
    """

    def __init__(self, session: Any, *, sure: float) -> None:
        """Keep the session."""
        self.sure = sure
        self._session = session

    def shares(self, seen: Seen, question: Asked) -> Floats:
        """How much each word read is each of ``LABELS``: words x labels, 0..1."""
        rows = seen.rows[question.first : question.last].astype(np.float32)
        given = {"rows": rows, "kinds": question.kinds, "cue": question.cue, "source": question.source}
        (out,) = self._session.run(None, given)
        return np.asarray(out, np.float32)

    def added(self, text: str, attributions: Sequence[Tagged], seen: Sequence[Seen]) -> tuple[Tagged, ...]:
        """The same attributions in the same order, with carriers where there were none and it is sure of one."""
        out = list(attributions)
        for number, tagged in enumerate(attributions):
            window = None if tagged.via or not tagged.said else window_of(seen, tagged)
            if window is None:
                continue
            question = asked(window.words, tagged)
            shares = self.shares(window, question)
            if (shares[:, 1] + shares[:, 2]).max() >= self.sure:
                out[number] = _carried(text, tagged, window, question, shares, self.sure, attributions)
        return tuple(out)


def _carried(
    text: str,
    tagged: Tagged,
    seen: Seen,
    question: Asked,
    shares: Floats,
    sure: float,
    attributions: Sequence[Tagged],
) -> Tagged:
    """The attribution with what was found; as it was where that does not fit together."""
    read = seen.words[question.first : question.last]
    found = _spans(text, read, shares[:, 1] + shares[:, 2], shares[:, 1], sure)
    whole = [_whole(text, s) for s in found if _beside(text, s, tagged)]
    via = [s for s in whole if s is not None and not _in(s, tagged.content)]
    # "nurses who spoke to reporter Sam Tull": a carrier within the words for the source stands beside it
    held = any(s.overlap(own) and s.start <= own.start for s in via for own in tagged.source)
    if held or not tagged.source:
        source = [
            s
            for s in _spans(text, read, shares[:, 3] + shares[:, 4], shares[:, 3], sure)
            if not any(s.overlap(v) for v in via)
        ]
        cue = _spans(text, read, shares[:, 5], np.zeros(len(read), np.float32), 0.5)
        if source:
            if _twice(source, tagged, attributions):
                return tagged
            content = _left(text, tagged.content, (*source, *cue))
            if not content:
                return tagged
            tagged = replace(tagged, source=tuple(source), cue=tuple(cue) or tagged.cue, content=content)
        elif held:
            return tagged
    mine = {word.key for s in tagged.source for word in words_of(s.of(text)[:_LONGEST])}
    via = [
        s
        for s in via
        if not any(s.overlap(own) and s.start <= own.start for own in tagged.source)
        and not mine.issuperset(word.key for word in words_of(s.of(text)[:_LONGEST]))
    ]
    made = replace(tagged, via=_ordered(via, tagged))
    return replace(made, via=can_carry(text, made))


def _beside(text: str, span: Span, tagged: Tagged) -> bool:
    """Whether it stands in the attribution's paragraph: a byline or a caption above it is no carrier."""
    near = (*tagged.cue, *tagged.source, *tagged.content)
    first, last = min(span.end, *(s.end for s in near)), max(span.start, *(s.start for s in near))
    return "\n" not in text[first:last]


def _whole(text: str, span: Span) -> Span | None:
    """The name that the span is a part of; None where it is somebody in office, who only listens, or is told of."""
    before, after = _NAME_BEFORE.search(text, max(0, span.start - _NEAR), span.start), None
    if text[span.end - 1 : span.end].isalnum() and text[span.start : span.end].split()[-1][:1].isupper():
        after = _NAME_AFTER.match(text, span.end, span.end + _NEAR)
    start = before.start() if before and text[span.start].isupper() else span.start
    end = after.end() if after else span.end
    added = (*words_of(text[start : span.start]), *words_of(text[span.end : end]))
    if any(singular(word.key) in lists().roles and word.key not in lexicon.JOURNALISTS for word in added):
        return None
    form = words_of(text[start:end][:_LONGEST])
    listens = any(word.key in lexicon.NOT_CARRIERS or singular(word.key) in lexicon.NOT_CARRIERS for word in form)
    cut = bool(form) and form[-1].key in _CUT_SHORT
    lead = words_of(text[max(0, start - _NEAR) : start])[-1:]
    before_it = lead[0].key if lead else ""
    called = any(c.isupper() for c in text[start:end]) or any(word.key in _PRESS for word in form)
    told = before_it in TELL | _TO_WHOM and not called  # "told the crowd", "wrote to the ministry": they only hear
    return None if listens or cut or told or before_it in _OF_WHOM else Span(start, end)


def _in(span: Span, content: Sequence[Span]) -> bool:
    return any(c.start <= span.start and span.end <= c.end for c in content)


def _spans(text: str, words: Sequence[Span], share: Floats, begins: Floats, sure: float) -> list[Span]:
    """Runs of words that are believed, without punctuation at their ends."""
    out: list[Span] = []
    at = 0
    while at < len(words):
        end = at + 1
        if share[at] >= sure:
            while end < len(words) and share[end] >= _GOES_ON and begins[end] <= share[end] / 2:
                end += 1
            first, last = words[at].start, words[end - 1].end
            while first < last and text[first] in _EDGES:
                first += 1
            while last > first and text[last - 1] in _EDGES:
                last -= 1
            while first < last and text[last - 2 : last] in _OWNS:
                last -= 2
            if first < last and out and _LINK.fullmatch(text, out[-1].end, first):
                out[-1] = Span(out[-1].start, last)  # "the Ledger’s Mira Kessel"
            elif first < last:
                lead = _ARTICLE.search(text, max(0, first - 4), first)
                out.append(Span(lead.start() if lead else first, last))
        at = end
    return out


def _twice(source: Sequence[Span], tagged: Tagged, attributions: Sequence[Tagged]) -> bool:
    """Whether another attribution has this source's words already."""
    return any(
        other is not tagged
        and any(a.overlap(b) for a in source for b in other.source)
        and any(a.overlap(b) for a in tagged.content for b in other.content)
        for other in attributions
    )


def _left(text: str, content: Sequence[Span], cut: Sequence[Span]) -> tuple[Span, ...]:
    """The content without who speaks in it."""
    out = []
    for span in content:
        start, end = span.start, span.end
        inner = [c for c in cut if c.start >= start and c.end <= end]
        if inner:
            first, last = min(c.start for c in inner), max(c.end for c in inner)
            if end - last <= last - first or not text[last:end].strip(_EDGES):
                end = first
            elif first - start < 20:
                start = last
        while start < end and text[start] in ", \n":
            start += 1
        while end > start and text[end - 1] in ", \n":
            end -= 1
        if start < end:
            out.append(Span(start, end))
    return tuple(out)


def _ordered(via: Sequence[Span], tagged: Tagged) -> tuple[Span, ...]:
    """Outermost first: what stands behind the words, then what stands before them, then whom they were told."""
    anchor = min((s.start for s in (*tagged.cue, *tagged.source)), default=0)
    end = max((s.end for s in (*tagged.content, *tagged.cue, *tagged.source)), default=0)
    after = sorted((s for s in via if s.start >= end), reverse=True)
    before = sorted(s for s in via if s.start < anchor)
    return (*after, *before, *(s for s in sorted(via) if s not in after and s not in before))
