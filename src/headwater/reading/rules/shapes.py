"""Attributions that a mark makes, not a verb: "WALLACE: …", "Report: …", “…” — Hal Brody; and "Roe said." alone."""

import re

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import ORGS
from headwater.reading.rules.phrases import is_head, subject_of, title_case
from headwater.reading.tagger import Tagged

LABELS = frozenset(
    """read photo watch related source updated published note more video scoop breaking exclusive new update image
    picture credit file correction live opinion analysis listen also tags topics editor warning""".split()
)
_TURN = re.compile(r"[^\W\d_][\w.'’ -]{0,40}: ?(?=\S)")
_MIN_TURNS = 2


def is_transcript(text: str, paragraphs: list[Span]) -> frozenset[int]:
    """Where paragraphs begin that are turns of a transcript: "Q: …", "Interviewer: …", one after another."""
    out: set[int] = set()
    run: list[int] = []
    for paragraph in [*paragraphs, None]:
        turn = _TURN.match(text, paragraph.start, min(paragraph.end, paragraph.start + 60)) if paragraph else None
        lead = turn.group().split(":")[0] if turn else ""
        named = lead and all(w[0].isupper() or w in {"of", "the", "de"} for w in lead.split()) and len(lead.split()) < 5
        if named and paragraph and lead.split()[0].casefold() not in LABELS:
            run.append(paragraph.start)
            continue
        if len(run) >= _MIN_TURNS:
            out.update(run)
        run = []
    return frozenset(out)


def turn_of(s: Sentence, end: int) -> Tagged | None:
    """A turn of a transcript, up to ``end`` (code points): "Q: …"."""
    colon = next((i for i in range(1, min(8, len(s.items) - 1)) if s.raw(i) == ":"), 0)
    if not colon:
        return None
    content = Span(s.items[colon + 1].start, max(end, s.items[colon + 1].end))
    return Tagged(cue=(s.span(colon, colon),), source=(s.span(0, colon - 1),), content=(content,), score=0.7)


def colon_speaker(s: Sentence) -> Tagged | None:
    """Headlines and single turns: "WALLACE: …", "Minister: dam is safe", "Report: …", "Police – Body found"."""
    for at in range(1, min(8, len(s.items) - 2)):
        if s.quote(at):
            return None
        if s.raw(at) not in {":", "–", "—"} or s.word(at):
            continue
        lead = s.items[:at]
        if not all(i.is_word or i.raw in ".-()’'," for i in lead) or any(s.finite(i) for i in range(at)):
            return None
        if lead[0].key in LABELS or lead[0].key in {"q", "a", "question", "answer", "via"}:
            return None
        if s.raw(at) != ":":
            bodies = lexicon.UNNAMED | ORGS
            if len(lead) > 2 or lead[-1].key not in bodies or s.raw(len(s.items) - 1) in ".,":
                return None
        elif not _can_label(s, at):
            return None
        content = s.content(at + 1, len(s.items) - 1)
        source = s.span(0, at - 1)
        return Tagged(cue=(s.span(at, at),), source=(source,), content=content, score=0.6) if content else None
    return None


def _can_label(s: Sentence, at: int) -> bool:
    """Whether items before the colon at ``at`` name a speaker."""
    shown = s.span(0, at - 1).of(s.text)
    upper = shown.isupper() and len(shown) > 2
    named = any(n.type == "person" and n.end <= s.items[at].start for n in s.found)
    described = at <= 3 and s.key(at - 1) in lexicon.UNNAMED | {"report"}
    return (upper or named or described) and (s.quote(at + 1) or upper or at <= 3)


def signed_inline(s: Sentence) -> Tagged | None:
    """Reads "“…” – Ministry of Sport": a quotation, a dash, a name, and nothing else."""
    if not s.quote(0) or len(s.items) < 3 or len(s.items) > 15:
        return None
    signature = signed_with(Sentence(s.around, s.items[1:]))
    if signature is None or s.raw(len(s.items) - 1) in {",", ";"}:
        return None
    return Tagged(cue=(signature[0],), source=(signature[1],), content=(s.items[0].span,), score=0.7)


def signed_with(s: Sentence) -> tuple[Span, Span] | None:
    """The dash and the name of a line that signs a quotation: "— Commissioner Hal Brody"; None when it is no such."""
    if len(s.items) < 2 or s.raw(0) not in {"—", "–", "-", "―"} or len(s.items) > 14:
        return None
    last = len(s.items) - 1
    while last > 0 and not s.word(last):
        last -= 1
    stop = next((i for i in range(1, last + 1) if not s.word(i) and s.raw(i) not in ".-&’'"), last + 1) - 1
    if stop < 1 or any(s.quote(i) or s.finite(i) for i in range(1, last + 1)) or not s.capital(1):
        return None
    capitals = sum(s.capital(i) for i in range(1, stop + 1))
    known = any(n.start < s.items[stop].end for n in s.found) or any(is_head(s, i) for i in range(1, stop + 1))
    if capitals * 2 < stop or not (known or title_case(s)):
        return None
    return s.items[0].span, s.span(1, stop)


def bare_said(s: Sentence) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """A sentence that is only "Roe said." or "Roe told me.": its source and cue."""
    words = [i for i in range(len(s.items)) if s.word(i)]
    if not 2 <= len(words) <= 9 or any(i.quote for i in s.items):
        return None
    at = words[-1]
    subject = subject_of(s, at) if s.key(at) in lexicon.SAID else None
    return ((s.span(subject.first, subject.last),), (s.span(at, at),)) if subject else None
