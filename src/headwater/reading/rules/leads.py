"""Lines that end in a colon and lead into another's words in the next paragraph: "The mayor added:", "Her statement:".

Takes the last sentence of a paragraph, gives who speaks next and by which word; None where it leads into no speech.
"""

from dataclasses import dataclass

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import AUX, DETERMINERS, PREPOSITIONS
from headwater.reading.rules.phrases import can_speak, group_start, subject_of

_NOUNS = frozenset(
    """statement remarks comment comments commentary message post letter tweet text email note reply response answer
    speech words testimony""".split()
)
_VERBS = (
    lexicon.SAID - lexicon.BELIEVED
    | frozenset("writes wrote adds added replied responded tweeted posted concluded continued commented issued".split())
) - frozenset("report reports reported".split())
_BIDS = frozenset("read see watch hear listen".split())
_FOLLOWS = frozenset("follows following full below".split())


@dataclass(frozen=True, slots=True)
class Lead:
    """Who speaks next (nobody known: none) and by which word; ``at_end``: whether that word ends the line."""

    source: tuple[Span, ...]
    cue: Span
    at_end: bool


def lead_in(s: Sentence) -> Lead | None:
    """Who a sentence that ends in a colon says speaks next."""
    end = len(s.items) - 1
    if end < 1 or s.raw(end) != ":" or any(s.quote(i) for i in range(end)):
        return None
    last = end - 1
    for verb in range(last, 0, -1):
        if s.key(verb) not in _VERBS or s.capital(verb):
            continue
        subject = subject_of(s, verb)
        told = subject is not None and s.key(group_start(s, verb) - 1) not in {"to", "and", "that"}
        if told and subject is not None:
            # "said:", "provides the following comment:", "said as follows:"; not "said these roads were closed:"
            near = last == verb or s.key(last) in _NOUNS | _FOLLOWS
            return Lead((s.span(subject.first, subject.last),), s.items[verb].span, near)
    noun = next((i for i in (last, last - 1) if i >= 0 and s.key(i) in _NOUNS), -1)
    if noun > 0 and s.key(last) in _NOUNS | _FOLLOWS:
        return Lead(_owner(s, noun), s.items[noun].span, at_end=True)
    provider = _provider(s, last)
    if provider is not None:
        return provider
    by = next((i for i in range(1, last) if s.key(i) in _NOUNS and s.key(i + 1) in {"from", "by"}), 0)
    if by and can_speak(s, by + 2, last) and not any(s.finite(i) for i in range(by + 2, last + 1)):
        return Lead((s.span(by + 2, last),), s.items[by].span, at_end=True)
    return None


def _provider(s: Sentence, last: int) -> Lead | None:
    """Reads "Olin issued a statement on Friday:": whoever gave it."""
    noun = next((i for i in range(last, 0, -1) if s.key(i) in _NOUNS), 0)
    verb = next((i for i in range(noun - 1, max(0, noun - 6), -1) if s.finite(i) and s.key(i) not in AUX), 0)
    if not noun or not verb or s.key(noun - 1) in {"no"}:
        return None
    subject = subject_of(s, verb)
    return Lead((s.span(subject.first, subject.last),), s.items[noun].span, last == noun) if subject else None


def _owner(s: Sentence, noun: int) -> tuple[Span, ...]:
    """Whose statement it is: "Roe’s full statement", "the mayor’s reply"."""
    for at in range(noun - 1, max(-1, noun - 5), -1):
        if s.raw(at)[-2:] in {"’s", "'s"}:
            first = at
            while first > (s.key(0) in _BIDS) and (s.capital(first - 1) or s.key(first - 1) in DETERMINERS):
                first -= 1
                if s.key(first) in DETERMINERS:
                    break
            return (Span(s.items[first].start, s.items[at].end - 2),)
        if not s.word(at) or s.key(at) in PREPOSITIONS:
            break
    subject = next((subject_of(s, i) for i in range(noun - 1, 0, -1) if s.finite(i)), None)
    return (s.span(subject.first, subject.last),) if subject else ()
