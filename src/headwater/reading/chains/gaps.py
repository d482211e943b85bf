"""What an attribution leaves over of its sentence, as far as it belongs to the same clause: where carriers stand."""

from collections.abc import Iterator

from headwater.reading.chains.mark import Mark
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import DETERMINERS, PASSED, PASSING, PREPOSITIONS, SUBJECT_PRONOUNS

HANDS = frozenset("relayed delivered read conveyed translated passed read carried dictated communicated".split())
GIVEN = frozenset("issued released provided distributed sent smuggled given posted".split())
MEANS = frozenset("through via".split())
JOINS = frozenset("and but while whereas".split())
_AFTER, _BEFORE = 40, 60  # items behind an attribution, and in an opening phrase before it, that are looked at
_DEEDS = frozenset("after before when while because since".split())
_RELATIVE = frozenset("who which that they he she was were is are had has have been".split())


def gaps_of(mark: Mark) -> Iterator[tuple[int, int]]:
    """The gaps that belong to the attribution's own clause: inside it first, then before it, then after it."""
    s = mark.s
    at = mark.first
    while at < mark.last:
        if mark.gap(at):
            end = min(mark.gap_end(at), mark.last)
            cut = _cut(s, at, end)
            if cut >= at:
                yield at, cut
            at = end
        at += 1
    first = _opening_start(mark)
    if first < mark.first:
        yield first, mark.first - 1
    if mark.last + 1 < len(s.items):
        start = mark.last + 1
        end = min(len(s.items), start + _AFTER)
        stop = next((i for i in range(start, end) if s.raw(i) in {";", ":"} or s.key(i) in JOINS), end)
        cut = _cut(s, start, stop - 1)
        if cut >= start:
            yield start, cut


def _cut(s: Sentence, first: int, last: int) -> int:
    """The last item before a clause of its own begins: a finite verb that no relative pronoun leads."""
    for at in range(first, last + 1):
        if _opens_clause(s, at):
            return at - 1
        participle = s.key(at) in PASSING | PASSED | HANDS | GIVEN and (
            s.key(at + 1) in {"by", "to", "with", "in", "on", "through"} or s.key(at + 2) == "by"
        )
        if s.finite(at) and s.key(at - 1) not in _RELATIVE and not participle:
            back = at - 1
            while back >= first and s.key(back).endswith("ly"):
                back -= 1
            if s.key(back) not in _RELATIVE:
                return at - 1
    return last


def _opens_clause(s: Sentence, at: int) -> bool:
    """Whether somebody else's deed begins: "in which Roe – talking to Poe – …", "after she wrote for the Comet"."""
    key = s.key(at)
    if key == "whom" or (key == "which" and s.key(at - 1) == "in"):
        return True
    if key not in _DEEDS:
        return False
    subject = s.key(at + 1) in SUBJECT_PRONOUNS or s.capital(at + 1) or s.key(at + 1) in DETERMINERS
    return subject and any(s.finite(i) for i in range(at + 2, min(len(s.items), at + 8)))


def _opening_start(mark: Mark) -> int:
    """Where an opening phrase before the attribution begins: "In a letter shared with the Tide, …"; else its start."""
    s, end = mark.s, mark.first
    if end < 3 or end > _BEFORE or not (s.raw(end - 1) == "," or s.quote(end - 1)):
        return end
    first = 0
    lead = s.key(first)
    if not (lead in PREPOSITIONS | MEANS or lead.endswith("ing") or lead in PASSING):
        return end
    for at in range(first, end):
        if s.quote(at) or s.raw(at) in {";", ":"}:
            return end
        plain = s.key(at).endswith("ed") or s.key(at - 1) in _RELATIVE | {"and"}
        if s.finite(at) and not plain and s.key(at + 1) not in {"by", "to", "with"}:
            return end
    return first
