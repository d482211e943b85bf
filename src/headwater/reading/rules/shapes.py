"""Attributions that a mark makes, not a verb: "WALLACE: …", "Report: …", “…” — Hal Brody; and "Roe said." alone."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import ORGS
from headwater.reading.rules.phrases import is_head, subject_of, title_case
from headwater.reading.tagger import Name, Tagged

LABELS = frozenset(
    """read photo watch related source updated published note more video scoop breaking exclusive new update image
    picture credit file correction live opinion analysis listen also tags topics editor warning""".split()
)
_TURN = re.compile(r"(?P<lead>[^\W\d_][\w.'’ -]{0,40}?)(?P<how> \([\w .-]{1,30}\))?: ?(?=\S)")
_SMALL = frozenset("of the de la von van".split())
_ASKS, _ANSWERS = frozenset("q question".split()), frozenset("a answer".split())
_BETWEEN = 3  # paragraphs that may stand between two turns: a turn of several, a line of the editor's
_SENTENCE_ENDS = frozenset(".?!…”\"'’-—])")
_SIGNED_POST = re.compile(r"(?P<dash>[—–―]|--?) ?(?P<name>[^()\n]{1,60}?) ?\(@\w{1,30}\)")
_MET = re.compile(
    r"\b(?:interview(?:ed|s)?|talk(?:ed|s)?|conversation|spoke|speaks|sat down|chat(?:ted)?|Q&A|questions)"
    r"(?: \w+){0,2}? (?:with|to|for) (?=[A-Z])|\binterview(?:ed|s) (?=[A-Z])",
    re.IGNORECASE,
)
_NAMED_WITHIN = 60  # code points after "a talk with" within which the one interviewed is named


def is_transcript(text: str, paragraphs: Sequence[Span]) -> frozenset[int]:
    """Where paragraphs begin that are turns of a transcript: "Q: …", "BRANDT: …", one speaker more than once.

    Lists of facts ("Age: 53") name nobody twice; of those that do ("Price: 3"), few of the lines are sentences.
    """
    out: set[int] = set()
    run: list[tuple[int, str, Span]] = []  # number, who, where
    for number, paragraph in enumerate(paragraphs):
        lead = _lead(text, paragraph)
        if not lead:
            continue
        if run and number - run[-1][0] > _BETWEEN + 1:
            out.update(_turns(text, run))
            run = []
        run.append((number, lead, paragraph))
    out.update(_turns(text, run))
    return frozenset(out)


def _lead(text: str, paragraph: Span) -> str:
    """What stands before the colon that a paragraph opens with, small letters; "" where it can be no speaker."""
    turn = _TURN.match(text, paragraph.start, min(paragraph.end, paragraph.start + 80))
    parts = turn["lead"].split() if turn else []
    if not parts or len(parts) > 5 or parts[0].casefold() in LABELS:
        return ""
    return " ".join(parts).casefold() if all(p[0].isupper() or p in _SMALL for p in parts) else ""


def _turns(text: str, run: Sequence[tuple[int, str, Span]]) -> list[int]:
    """Where the turns of one run begin; none where it is no transcript."""
    leads = [lead for _, lead, _ in run]
    asked = not _ASKS.isdisjoint(leads) and not _ANSWERS.isdisjoint(leads)
    ends = sum(text[p.end - 1] in _SENTENCE_ENDS for _, _, p in run)
    repeated = len(set(leads)) < len(leads) and len(set(leads)) > 1
    if not (asked or (repeated and 2 * ends > len(run))):
        return []
    often = Counter(leads)
    return [p.start for _, lead, p in run if often[lead] > 1 or text[p.end - 1] in _SENTENCE_ENDS]


def turn_of(s: Sentence, end: int, answers: tuple[Span, ...] = ()) -> Tagged | None:
    """A turn of a transcript, up to ``end`` (code points): "Q: …"; ``answers`` is who is interviewed, by name."""
    colon = next((i for i in range(1, min(12, len(s.items) - 1)) if s.raw(i) == ":"), 0)
    if not colon:
        return None
    content = Span(s.items[colon + 1].start, max(end, s.items[colon + 1].end))
    last = next((i for i in range(1, colon) if s.raw(i) == "("), colon) - 1
    source: tuple[Span, ...] = (s.span(0, last),)
    if s.key(0) in _ASKS | _ANSWERS and last == 0:
        source = answers if s.key(0) in _ANSWERS else ()
    return Tagged(cue=(s.span(colon, colon),), source=source, content=(content,), score=0.7)


def interviewed(text: str, found: Sequence[Name], turns: frozenset[int]) -> tuple[Span, ...]:
    """The name of the one person an article says was interviewed, before the turns begin; none where it is not one."""
    if not turns:
        return ()
    people = [n for n in found if n.type == "person" and n.end <= min(turns)]
    met: list[Name] = []
    for match in _MET.finditer(text, 0, min(turns)):
        at = bisect_left(people, match.end() - 1, key=lambda n: n.start)
        if at < len(people) and people[at].start < match.end() + _NAMED_WITHIN:
            met.append(people[at])
    named = met or people
    lasts = {text[n.start : n.end].split()[-1].casefold() for n in named}
    return (named[0].span,) if len(lasts) == 1 else ()


def signed_post(text: str, paragraph: Span) -> tuple[Span, Span] | None:
    """The dash and the name of a paragraph that signs the post before it: "— Sam Tull (@samtull) June 4, 2026"."""
    match = _SIGNED_POST.match(text, paragraph.start, paragraph.end)
    return (Span(*match.span("dash")), Span(*match.span("name"))) if match else None


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
    if len(s.items) < 2 or s.raw(0) not in {"—", "–", "-", "―"} or len(s.items) > 15:
        return None
    first = 1 + (s.raw(0) == "-" and s.raw(1) == "-")
    last = len(s.items) - 1
    while last > 0 and not s.word(last):
        last -= 1
    stop = next((i for i in range(first, last + 1) if not s.word(i) and s.raw(i) not in ".-&’'"), last + 1) - 1
    if stop < first or any(s.quote(i) or s.finite(i) for i in range(first, last + 1)) or not s.capital(first):
        return None
    capitals = sum(s.capital(i) for i in range(first, stop + 1))
    known = any(n.start < s.items[stop].end for n in s.found) or any(is_head(s, i) for i in range(first, stop + 1))
    plain = stop == last and stop - first < 4 and capitals == stop - first + 1
    if capitals * 2 < stop - first + 1 or not (known or plain or title_case(s)):
        return None
    return s.span(0, first - 1), s.span(first, stop)


def bare_said(s: Sentence) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """A sentence that is only "Roe said." or "Roe told me.": its source and cue."""
    words = [i for i in range(len(s.items)) if s.word(i)]
    if not 2 <= len(words) <= 9 or any(i.quote for i in s.items):
        return None
    at = words[-1]
    subject = subject_of(s, at) if s.key(at) in lexicon.SAID else None
    return ((s.span(subject.first, subject.last),), (s.span(at, at),)) if subject else None
