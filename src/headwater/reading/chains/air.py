"""Where the words were printed or went on air: "on Channel Nine", "in a report by Lena Orr", "wrote in the Times"."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading import names
from headwater.reading.chains.mark import Mark
from headwater.reading.rules.carriers import carrier_at
from headwater.reading.rules.flat import Sentence, words_in

_ON_AIR = frozenset("interview appearance podcast broadcast programme program call-in phone-in".split())
_PIECES = frozenset("piece op-ed column essay article editorial commentary published blog".split())
_REMARKS = frozenset("remarks comments".split())
_LEADS_TO = frozenset("by in on for from to with".split())
_STATIONS = frozenset("channel radio tv state fm television".split())
_WROTE = frozenset("wrote writes writing written argued".split())


def in_report(s: Sentence, first: int, last: int) -> tuple[Span, ...]:
    """Reads openings like "In a report by Lena Orr, …", "In remarks to the Comet, …"."""
    if s.key(first) not in {"in", "on"}:
        return ()
    for at in range(first + 1, last):
        own = s.key(at) in lexicon.REPORTS | _PIECES
        if not (own or s.key(at) in lexicon.DOCUMENTS | _REMARKS) or s.key(at + 1) not in _LEADS_TO:
            continue
        phrase = carrier_at(s, at + 2, last, papers=own)
        if phrase:
            return (phrase[1],)
        person = next((n for n in s.found if n.type == "person" and n.start == s.items[min(at + 2, last)].start), None)
        if own and s.key(at + 1) == "by" and person is not None:
            return (person.span,)
    return ()


def on_air(mark: Mark, first: int, last: int) -> tuple[Span, ...]:
    """Reads "on Channel Nine’s “Morning Table”", "in a Corvus News interview", "wrote in the Times"."""
    s = mark.s
    for at in range(first, last):
        key = s.key(at)
        if key not in {"on", "in", "during", "for"}:
            continue
        if key in {"in", "during", "on"} and s.key(at + 1) in {"a", "an", "his", "her", "their", "the"}:
            place = next((i for i in range(at + 3, min(last, at + 8) + 1) if s.key(i) in _ON_AIR), 0)
            name = next(
                (n for n in s.found if place and n.end <= s.items[place].start and n.start >= s.items[at + 1].end), None
            )
            if name is not None and names.is_outlet(s.text[name.start : name.end]):
                return (name.span,)
        show = _show(s, at + 1, last) if key in {"on", "for"} else None
        if show is not None:
            return (show,)
        beside = s.key(mark.verb) in _WROTE and at - 1 in {mark.verb, mark.last}
        wrote = beside or s.key(at - 1) in _PIECES | {"writing"}
        if key == "on" or (key in {"in", "for"} and wrote and (s.key(at + 1) == "the" or s.capital(at + 1))):
            phrase = carrier_at(s, at + 1, last, papers=True)
            if phrase is None:
                continue
            end = phrase[0]
            outlet = any(
                names.is_outlet(s.text[n.start : n.end])
                for n in s.found
                if n.start >= s.items[at + 1].start and n.end <= s.items[end].end
            )
            aired = bool({s.key(at + 1), s.key(at + 2), s.key(end)} & _STATIONS)
            if not (outlet or aired or s.key(end) in lexicon.OUTLETS or key != "on"):
                continue
            while end < last and s.capital(end + 1):
                end += 1
            return (s.span(at + 1, end),)
    return ()


def _show(s: Sentence, first: int, last: int) -> Span | None:
    """Reads "Channel Nine’s “Morning Table”", "the Post’s Dockside podcast": an outlet and what it puts out."""
    own = next((i for i in range(first, min(last, first + 5)) if s.raw(i)[-2:] in {"’s", "'s"}), None)
    if own is None or not all(s.capital(i) or s.key(i) == "the" for i in range(first, own + 1)):
        return None
    house = s.text[s.items[first].start : s.items[own].end - 2]
    bare = house.removeprefix("the ")
    if s.key(own + 1) in _ON_AIR | {"show"} and s.capital(first):
        return Span(s.items[first].start, s.items[own].end - 2)  # "on Brandt’s podcast"
    if not (names.is_outlet(bare) or s.key(first) in _STATIONS):
        return None
    end = own
    while end < last and (
        s.capital(end + 1) or (s.quote(end + 1) and words_in(s.items[end + 1]) <= 6) or s.key(end + 1) in _ON_AIR
    ):
        end += 1
        if s.quote(end):
            break
    return s.span(first, end) if end > own else None
