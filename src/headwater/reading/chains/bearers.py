"""Who passed the words on without printing them: lawyers, interpreters, mediators; and whose sources they are."""

from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading.chains.gaps import GIVEN, HANDS, MEANS
from headwater.reading.chains.mark import Mark
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import BE, PREPOSITIONS, TIME
from headwater.reading.whom import is_people

_OWNERS = frozenset("his her their its a an the my".split())
_BETWEEN = frozenset(
    """interpreter translator lawyer attorney intermediary intermediaries aide publicist embassy consulate office
    mission""".split()
)


def passed_on(mark: Mark, gaps: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Who passed the words on without printing them: "through her lawyer", "relayed by a priest"."""
    s = mark.s
    spots = list(gaps)
    if s.key(mark.verb) in {"by", "through"} and mark.gap(mark.verb + 1):
        spots.insert(0, (mark.verb - 1, mark.gap_end(mark.verb + 1)))  # the cue itself: "relayed by"
    for first, last in spots:
        for at in range(first, last):
            hands = s.key(at) in HANDS | GIVEN and bool({"by", "through"} & {s.key(at + 1), s.key(at + 2)})
            bears = hands and s.key(at) in HANDS
            if hands:
                at += 1 + (s.key(at + 2) in {"by", "through"})
            elif s.key(at) == "way" and s.key(at - 1) == "by" and s.key(at + 1) == "of":
                at += 1
            elif s.key(at) not in MEANS:
                continue
            if s.key(at + 1) not in _OWNERS and not hands:
                continue
            end = at + 1
            while end < last and s.word(end + 1) and s.key(end + 1) not in PREPOSITIONS | BE | {"that", "who", "in"}:
                end += 1
            head = end
            while head > at + 1 and s.capital(head):
                head -= 1
            heads = {s.key(i) for i in (head, end)}
            if s.key(end) in {"office", "offices"} and s.key(at + 1) in _OWNERS - {"a", "an", "the"}:
                continue  # the speaker's own
            known = any(is_people(k) or k in _BETWEEN | lexicon.OUTLETS for k in heads) or s.key(at + 2) == "former"
            service = s.key(end) in {"service", "agency"} and s.key(end - 1) in {"news", "media"}
            proper = bears and s.capital(end) and s.key(end) not in TIME
            if (known or service or proper) and not s.finite(end):
                return (s.span(at + 1, _with_name(s, end)),)
    return ()


def _with_name(s: Sentence, last: int) -> int:
    """Past the name after a comma: "his attorney, Paul Winter"."""
    if s.raw(last + 1) != "," or not s.capital(last + 2):
        return last
    person = next((n for n in s.found if n.type == "person" and n.start == s.items[last + 2].start), None)
    return last if person is None else next(i for i in range(last + 2, len(s.items)) if s.items[i].end >= person.end)


def owner_of(mark: Mark) -> tuple[Span, ...]:
    """Reads "Ferrer’s sources say": they are known by way of Ferrer."""
    s = mark.s
    for at in mark.source[:-1] if len(mark.source) > 1 else ():
        if s.raw(at)[-2:] in {"’s", "'s"} and s.capital(at) and s.key(at + 1) in {"sources", "source"}:
            return (Span(s.items[mark.source.start].start, s.items[at].end - 2),)
    return ()
