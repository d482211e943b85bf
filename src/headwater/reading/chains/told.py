"""Whom the words of one attribution were told, shown or handed to, by its own clause: what its gaps say.

"told the Ledger", "in an interview with K", "a memo obtained by the Post".
"""

from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading.chains.air import in_report, on_air
from headwater.reading.chains.bearers import owner_of, passed_on
from headwater.reading.chains.gaps import gaps_of
from headwater.reading.chains.mark import Mark
from headwater.reading.chains.quoting import made_to_speak
from headwater.reading.names.gazetteer import lists
from headwater.reading.rules.carriers import carrier_at, speaking_to
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import ADVERBS, DETERMINERS, PASSED, PASSING, PREPOSITIONS, TELL, TIME
from headwater.reading.rules.phrases import group_start, title_case
from headwater.reading.whom import is_people, singular

_SENT = frozenset("texted emailed messaged".split())
OBTAINED = frozenset("obtained seen reviewed saw obtains viewed heard published acquired".split())


def carriers_of(mark: Mark) -> tuple[Span, ...]:
    """The carriers in the attribution's own clause, outermost first."""
    made = made_to_speak(mark)
    gaps = tuple(gaps_of(mark))
    told = () if made else _addressee(mark) or _passed(mark, gaps)
    return (*told, *made, *passed_on(mark, gaps), *(() if told or made else owner_of(mark)))


def _addressee(mark: Mark) -> tuple[Span, ...]:
    """Whom it was told: right after the verb, or after "to"."""
    s, verb = mark.s, mark.verb
    if verb < 0 or (mark.source and mark.source.start > verb and s.key(verb) in TELL and s.key(verb + 1) == "by"):
        return _told_by(mark)
    at = verb + 1
    while mark.gap(at) and (s.key(at) in ADVERBS | TIME or s.key(at).endswith("ly")) and s.key(at) not in {"daily"}:
        at += 1
    to = s.key(at) == "to"
    if not mark.gap(at) or not (to or s.key(verb) in TELL | _SENT):
        return ()
    if not to and any(s.key(i) == "to" for i in sorted(mark.content)[:1]):
        return ()  # "told Roe to leave the room"
    at += to
    end = mark.gap_end(at)
    if s.key(at) in {"listeners", "viewers", "readers"} and s.key(at + 1) in {"of", "on", "to"}:
        at += 2
    phrase = carrier_at(s, at, end) or _lone(mark, at, end)
    if phrase is None:
        return ()
    return (_with_house(s, at, phrase, end),)


def _with_house(s: Sentence, first: int, phrase: tuple[int, Span], end: int) -> Span:
    """With the house a journalist works for: "Ines Calder of the Brennick Herald"."""
    last = phrase[0]
    if s.key(last + 1) in {"of", "from", "at"} and last + 2 <= end:
        house = carrier_at(s, last + 2, end, papers=True)
        if house:
            return s.span(first, house[0])
    return phrase[1]


def _told_by(mark: Mark) -> tuple[Span, ...]:
    """Reads "the Gazette, which was told by the cleaner's lawyers that …": they told the Gazette."""
    s = mark.s
    last = group_start(s, mark.verb) - 1
    if s.key(last) in {"which", "who"}:
        last -= 1 + (s.raw(last - 1) == ",")
    for first in range(last, max(-1, last - 5), -1):
        phrase = carrier_at(s, first, last, papers=True)
        if phrase and phrase[0] == last and not (s.capital(first - 1) or s.key(first - 1) == "the"):
            return (phrase[1],)
    return ()


def _lone(mark: Mark, at: int, end: int, *, met: bool = False) -> tuple[int, Span] | None:
    """A name that nothing else in the text explains, told something by people who are not named.

    Sources speak to reporters and outlets; whom a minister or a president told something may be anybody.
    """
    s = mark.s
    once = s.around.counts.get(s.raw(at), 0) <= 1 and not title_case(s)
    if not s.capital(at) or not (once or met or _unnamed(mark)):
        return None
    last = at
    while last < end and s.capital(last + 1) and s.raw(last)[-2:] not in {"’s", "'s"}:
        last += 1
    if last - at > 2 or s.raw(last)[-2:] in {"’s", "'s"} or s.key(at) in TIME | DETERMINERS:
        return None
    start, stop = s.items[at].start, s.items[last].end
    name = next((n for n in s.found if n.start < stop and n.end > start), None)
    if name is not None:
        person = name.type == "person"
        alone = _unnamed(mark) and s.around.counts.get(s.raw(last), 0) <= 1 and name.start == start
        if person and (_house_follows(s, last, end) or (alone and not _held_office(mark, start))):
            return last, s.span(at, last)
        if name.type not in {"organisation", "person"} or name.score >= 0.6 or (person and last > at):
            return None
    elif last > at:
        return None
    key = s.key(last)
    if key in lexicon.UNNAMED or key in lists().roles or key in lists().demonyms or s.raw(last) in s.around.surnames:
        return None
    plain = last >= end or not s.word(last + 1) or not s.capital(last + 1)
    return (last, s.span(at, last)) if plain else None


def _house_follows(s: Sentence, last: int, end: int) -> bool:
    house = carrier_at(s, last + 2, end, papers=True) if s.key(last + 1) in {"of", "from", "at"} else None
    return house is not None


def _unnamed(mark: Mark) -> bool:
    """Whether the attribution's source is people without a name, or one who speaks for others."""
    s = mark.s
    if not mark.source:
        return False
    heads = [i for i in mark.source if s.key(i) in lexicon.UNNAMED | lexicon.SPOKESPEOPLE or is_people(s.key(i))]
    return bool(heads) and not any(n.type == "person" and _inside(n.start, mark) for n in s.found)


def _inside(at: int, mark: Mark) -> bool:
    return any(span.start <= at < span.end for span in mark.tagged.source)


def _passed(mark: Mark, gaps: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Whom the words were spoken, shown or handed to, by what stands beside them; on which air they were said."""
    s = mark.s
    for first, last in gaps:
        found = (
            speaking_to(s, first, last)
            or _spoke_with(mark, first, last)
            or _obtained(s, first, last)
            or (in_report(s, first, last) if last < mark.first else ())
            or on_air(mark, first, last)
        )
        if not found and s.key(first) == "to" and mark.first < first < mark.last:  # "described it to Roe as …"
            phrase = carrier_at(s, first + 1, last) or _lone(mark, first + 1, last)
            found = (phrase[1],) if phrase else ()
        if found:
            return (*_printed(s, first, last, found[0]), *found)
    after = mark.last + 1
    if (
        mark.verb >= 0 and s.key(after) == "to" and s.key(mark.verb) in lexicon.SAID
    ):  # "confirmed the closure to the Post"
        phrase = carrier_at(s, after + 1, len(s.items) - 1)
        return (phrase[1],) if phrase else ()
    return ()


def _printed(s: Sentence, first: int, last: int, told: Span) -> tuple[Span, ...]:
    """Who has it from whoever was told: "In an interview with the Comet, quoted by Orbit, …"."""
    for at in range(first, last):
        if s.items[at].start >= told.end and s.key(at) in {"quoted", "cited", "carried", "relayed", "translated"}:
            phrase = carrier_at(s, at + 2, last, papers=True) if s.key(at + 1) == "by" else None
            return (phrase[1],) if phrase else ()
    return ()


def _obtained(s: Sentence, first: int, last: int) -> tuple[Span, ...]:
    """Reads "In emails the Mirror obtained, …"."""
    for at in range(first + 1, last + 1):
        if s.key(at) not in OBTAINED:
            continue
        end = at - 1
        while s.key(end) in {"has", "had", "have", "first", "exclusively"}:
            end -= 1
        for start in range(end, max(first - 1, end - 4), -1):
            phrase = carrier_at(s, start, end, papers=True)
            if phrase and phrase[0] == end and s.key(start - 1) in lexicon.DOCUMENTS | {"that", "which"}:
                return (phrase[1],)
    return ()


def _spoke_with(mark: Mark, first: int, last: int) -> tuple[Span, ...]:
    """Reads "speaking to Tormod Eik", "in conversation with the author Gus Ferrer", when nobody is known to print."""
    s = mark.s
    for at in range(first, last):
        hosted = False
        talk = s.key(at) in {"speaking", "talking", "spoke", "talked", "call"} and s.key(at + 1) in {"to", "with"}
        meeting = s.key(at) in {"interview", "conversation", "interviewed"} and s.key(at + 1) in {"with", "by", "to"}
        if not (talk or meeting):
            beside = s.key(at) == "briefed"
            hosted = s.key(at) in {"hosted", "conducted"}
            shown = (hosted or s.key(at) in PASSED | PASSING) and s.key(at + 1) in {"by", "to", "with"}
            asked = _lone(mark, at + 2 - beside, last, met=not beside) if beside or shown else None
            if asked:
                return (asked[1],)
            if not hosted:
                continue
        phrase = carrier_at(s, at + 2, last)
        if phrase:
            return (_with_house(s, at + 2, phrase, last),)
        person = next(
            (n for n in s.found if n.type == "person" and s.items[at + 2].start <= n.start <= s.items[last].end), None
        )
        lone = _lone(mark, at + 2, last, met=meeting)
        if lone:
            return (lone[1],)
        if person is None:
            continue
        end = next(i for i in range(at + 2, len(s.items)) if s.items[i].end >= person.end)
        lead = range(at + 2, end)
        talk = talk or hosted
        described = all(s.word(i) and s.key(i) not in PREPOSITIONS for i in lead)
        alone = s.items[at + 2].start == person.start
        if described and end <= last and ((alone and (meeting or hosted or _unnamed(mark))) or _writes(s, at + 2, end)):
            if s.raw(end)[-2:] in {"’s", "'s"} or _held_office(mark, person.start):
                continue
            return (s.span(at + 2, end),)
    return ()


def _held_office(mark: Mark, start: int) -> bool:
    """Whether a title that is no journalist's stands before the name: "General Roe", "Senator Poe"."""
    before = mark.s.text[max(0, start - 24) : start].split()
    return bool(before) and (singular(before[-1].casefold().strip(".")) in lexicon.UNNAMED)


def _writes(s: Sentence, first: int, last: int) -> bool:
    return any(
        s.key(i) in lexicon.JOURNALISTS or s.key(i) in {"author", "host", "presenter"} for i in range(first, last)
    )
