"""Speech at second hand, "X was quoted by Y as saying …", and what is told in nobody's name.

The latter are hedges on the outlet's own voice: "it is understood that …", "is thought to be", "reportedly".
"""

from headwater.model import Span
from headwater.reading.rules.carriers import carrier_at
from headwater.reading.rules.cues import content_end, quotes_from
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import ADVERBS, BE, PREPOSITIONS, TIME, WEEKDAYS
from headwater.reading.rules.phrases import can_speak, subject_of
from headwater.reading.tagger import Tagged

_QUOTES = frozenset("quoted quotes quote cited cites cite".split())
_SAYING = frozenset("saying telling writing reporting stating claiming warning adding asking".split())
_REPLYING = frozenset("replying answering joking insisting remarking complaining".split())
_RUMOURED = frozenset("said thought believed understood reported rumoured rumored alleged claimed feared".split())
_HELD = frozenset("thought believed feared".split())
_EMERGED = frozenset("emerged transpired emerges".split())
_REPORTEDLY = frozenset("reportedly allegedly purportedly supposedly".split())


def quoted_saying(s: Sentence) -> list[tuple[Tagged, int, int]]:
    """Reads "Larsen was quoted by the Ledger as saying that …", "“…,” the Tide quoted the captain as saying".

    Returns:
        Each attribution, with its first item and the item of its last verb: what stands between is read.
    """
    out: list[tuple[Tagged, int, int]] = []
    for at in range(2, len(s.items) - 1):
        bare = s.key(at + 1) in _SAYING and s.word(at) and s.key(at) != "as"  # "cited sources saying …"
        if not bare and (s.key(at) != "as" or s.key(at + 1) not in _SAYING | _REPLYING):
            continue
        verb = next((i for i in range(at - 1, max(0, at - 14), -1) if s.key(i) in _QUOTES), 0)
        if not verb or any(s.quote(i) for i in range(verb, at)):
            continue
        subject = subject_of(s, verb)
        if subject is None:
            continue
        source = (s.span(subject.first, subject.last),)
        via: tuple[Span, ...] = subject.via
        if bare and any(not s.word(i) or s.key(i) in PREPOSITIONS | BE for i in range(verb + 1, at + 1)):
            continue
        passive = any(s.key(i) in BE for i in range(subject.last + 1, verb))
        if passive:
            first_cue = next(i for i in range(subject.last + 1, verb) if s.key(i) in BE)
            if s.key(verb + 1) in {"by", "in"} and at - verb > 2:
                carrier = carrier_at(s, verb + 2, at - 1, papers=True)
                via = (carrier[1],) if carrier else (s.span(verb + 2, at - 1),) if s.key(verb + 1) == "by" else via
        elif at - verb > 1 - bare and can_speak(s, verb + 1, at - 1 + bare):
            first_cue, via, source = verb, (*via, *source), (s.span(verb + 1, at - 1 + bare),)
        else:
            continue
        step = at + 2
        if passive and s.key(step) == "by":  # "was quoted as saying by Radio Vesper that …"
            carrier = carrier_at(s, step + 1, len(s.items) - 1, papers=True)
            if carrier:
                step, via = carrier[0] + 1, (carrier[1],)
        content = _content_after(s, step) or _content_before(s, subject.first)
        if content:
            tagged = Tagged(cue=(s.span(first_cue, verb),), source=source, content=content, via=via, score=0.85)
            out.append((tagged, subject.first, at + 1))
    return out


def _content_after(s: Sentence, step: int) -> tuple[Span, ...]:
    step += s.key(step) == "that" or (s.raw(step) in {":", ","} and s.quote(step + 1))
    if s.quote(step):
        return quotes_from(s, step, len(s.items))
    return s.content(step, content_end(s, step, len(s.items)) - 1) if s.word(step) else ()


def _content_before(s: Sentence, first: int) -> tuple[Span, ...]:
    return s.content(0, first - 1) if s.quote(first - 1) or s.raw(first - 1) == "," else ()


def unsourced(s: Sentence) -> Tagged | None:
    """What is told in nobody's name, where nobody else is credited in the sentence; None where nothing is."""
    for at in range(len(s.items) - 2):
        key = s.key(at)
        if key == "it" and (at == 0 or s.raw(at - 1) == ","):
            found = _it_is_said(s, at)
        elif key in _RUMOURED and at > 1 and s.key(at + 1) == "to" and s.key(at + 2) != "the":
            found = _is_said_to(s, at)
        elif key in _REPORTEDLY and s.word(at):
            content = s.content(0, at - 1) + s.content(at + 1, len(s.items) - 1)
            found = Tagged(cue=(s.span(at, at),), content=content, score=0.6) if content else None
        else:
            continue
        if found:
            return found
    return None


def _it_is_said(s: Sentence, at: int) -> Tagged | None:
    """Reads "It is understood that …", "It emerged on Thursday that …"."""
    verb = at + 1
    while s.key(verb) in BE or s.key(verb) in {"has", "had"} or s.key(verb) in ADVERBS or s.key(verb).endswith("ly"):
        verb += 1
    if s.key(verb) in _EMERGED:
        first = verb
    elif s.key(verb) in _RUMOURED and verb > at + 1:
        first = at
    else:
        return None
    that = verb + 1
    while that < verb + 6 and (s.key(that) in TIME or s.key(that) in {"on", "in", "late", "early"}):
        that += 1
    if s.key(that) != "that":
        return None
    content = s.content(that + 1, content_end(s, that + 1, len(s.items)) - 1)
    said = s.key(verb) not in _HELD
    return Tagged(cue=(s.span(first, verb),), content=content, said=said, score=0.6) if content else None


def _is_said_to(s: Sentence, at: int) -> Tagged | None:
    """Reads "The prince is said to be furious"."""
    be = at - 1
    while be > 0 and (s.key(be) in ADVERBS - WEEKDAYS or s.key(be) in {"widely", "now", "long"}):
        be -= 1
    if s.key(be) not in BE or be == 0:
        return None
    first = be - 1 if s.key(be) in {"been", "being"} else be
    content = s.content(0, first - 1) + s.content(at + 1, content_end(s, at + 1, len(s.items)) - 1)
    if len(content) < 2:
        return None
    return Tagged(cue=(s.span(be, at),), content=content, said=s.key(at) not in _HELD, score=0.6)
