"""Whom the words of one attribution were told, shown or handed to, by its own clause: what its gaps say.

"told the Ledger", "in an interview with K", "a memo obtained by the Post", "through her lawyer", "Roe's sources".
"""

from collections.abc import Iterator

from headwater import lexicon
from headwater.model import Span
from headwater.reading import names
from headwater.reading.chains.mark import Mark
from headwater.reading.names.gazetteer import lists
from headwater.reading.rules.carriers import carrier_at, speaking_to
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import ADVERBS, BE, DETERMINERS, PASSED, PASSING, PREPOSITIONS, TELL, TIME
from headwater.reading.rules.phrases import group_start, subject_of, title_case
from headwater.reading.whom import is_people, singular

_QUOTES = frozenset("quoted quotes quote cited cites cite".split())
#: What shows or plays another's words: "state TV showed the minister saying", "the tape captures him boasting".
_SHOWED = frozenset(
    """showed shows show shown captured captures capture caught recorded records record filmed films aired airs
    broadcast broadcasts played plays quoted quotes cited cites""".split()
)
_HEARD = frozenset("heard overheard remembers remembered recalls recalled".split())
_BASES = frozenset("say tell ask call claim warn".split())
_BASED = frozenset("based drawing relying".split())
_SENT = frozenset("texted emailed messaged".split())
_HANDS = frozenset("relayed delivered read conveyed translated passed read carried dictated communicated".split())
_GIVEN = frozenset("issued released provided distributed sent smuggled given posted".split())
_MEANS = frozenset("through via".split())
_MET = frozenset("spoke talked interviewed found quoted cited".split())
_OWNERS = frozenset("his her their its a an the my".split())
_BETWEEN = frozenset(
    """interpreter translator lawyer attorney intermediary intermediaries aide publicist embassy consulate office
    mission""".split()
)
_ON_AIR = frozenset("interview appearance podcast broadcast programme program call-in phone-in".split())
_PIECES = frozenset("piece op-ed column essay article editorial commentary published blog".split())
_STATIONS = frozenset("channel radio tv state fm television".split())
_WROTE = frozenset("wrote writes writing written argued".split())
_JOINS = frozenset("and but while whereas".split())
_RELATIVE = frozenset("who which that they he she was were is are had has have been".split())


def carriers_of(mark: Mark) -> tuple[Span, ...]:
    """The carriers in the attribution's own clause, outermost first."""
    made = _made_to_speak(mark)
    told = () if made else _addressee(mark) or _passed(mark)
    return (*told, *made, *_between(mark), *(() if told or made else _owner(mark)))


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


def _passed(mark: Mark) -> tuple[Span, ...]:
    """Whom the words were spoken, shown or handed to, by what stands beside them; on which air they were said."""
    s = mark.s
    for first, last in _gaps(mark):
        found = (
            speaking_to(s, first, last)
            or _spoke_with(mark, first, last)
            or _obtained(s, first, last)
            or _on_air(mark, first, last)
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


def _gaps(mark: Mark) -> Iterator[tuple[int, int]]:
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
        stop = next((i for i in range(start, len(s.items)) if s.raw(i) in {";", ":"} or s.key(i) in _JOINS), None)
        cut = _cut(s, start, (stop if stop is not None else len(s.items)) - 1)
        if cut >= start:
            yield start, cut


def _cut(s: Sentence, first: int, last: int) -> int:
    """The last item before a clause of its own begins: a finite verb that no relative pronoun leads."""
    for at in range(first, last + 1):
        participle = s.key(at) in PASSING | PASSED | _HANDS | _GIVEN and (
            s.key(at + 1) in {"by", "to", "with", "in", "on", "through"} or s.key(at + 2) == "by"
        )
        if s.finite(at) and s.key(at - 1) not in _RELATIVE and not participle:
            back = at - 1
            while back >= first and s.key(back).endswith("ly"):
                back -= 1
            if s.key(back) not in _RELATIVE:
                return at - 1
    return last


def _opening_start(mark: Mark) -> int:
    """Where an opening phrase before the attribution begins: "In a letter shared with the Tide, …"; else its start."""
    s, end = mark.s, mark.first
    if end < 3 or not (s.raw(end - 1) == "," or s.quote(end - 1)):
        return end
    first = 0
    lead = s.key(first)
    if not (lead in PREPOSITIONS | _MEANS or lead.endswith("ing") or lead in PASSING):
        return end
    for at in range(first, end):
        if s.quote(at) or s.raw(at) in {";", ":"}:
            return end
        plain = s.key(at).endswith("ed") or s.key(at - 1) in _RELATIVE | {"and"}
        if s.finite(at) and not plain and s.key(at + 1) not in {"by", "to", "with"}:
            return end
    return first


def _spoke_with(mark: Mark, first: int, last: int) -> tuple[Span, ...]:
    """Reads "speaking to Tormod Eik", "in conversation with the author Gus Ferrer", when nobody is known to print."""
    s = mark.s
    for at in range(first, last):
        talk = s.key(at) in {"speaking", "talking", "spoke", "talked", "call"} and s.key(at + 1) in {"to", "with"}
        meeting = s.key(at) in {"interview", "conversation", "interviewed"} and s.key(at + 1) in {"with", "by", "to"}
        if not (talk or meeting):
            beside = s.key(at) == "briefed"
            shown = s.key(at) in PASSED | PASSING | {"hosted"} and s.key(at + 1) in {"by", "to", "with"}
            asked = _lone(mark, at + 2 - beside, last, met=not beside) if beside or shown else None
            if asked:
                return (asked[1],)
            if s.key(at) != "hosted":
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
        described = all(s.word(i) and s.key(i) not in PREPOSITIONS for i in lead)
        alone = s.items[at + 2].start == person.start
        if described and end <= last and ((alone and (meeting or _unnamed(mark))) or _writes(s, at + 2, end)):
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


def _on_air(mark: Mark, first: int, last: int) -> tuple[Span, ...]:
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
        wrote = s.key(mark.verb) in _WROTE or s.key(at - 1) in _PIECES | {"writing"}
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
    if s.key(own + 1) in _ON_AIR | {"show"} and own == first and s.capital(own):
        return Span(s.items[own].start, s.items[own].end - 2)  # "on Brandt’s podcast"
    if not (names.is_outlet(bare) or s.key(first) in _STATIONS):
        return None
    end = own
    while end < last and (s.capital(end + 1) or s.quote(end + 1) or s.key(end + 1) in _ON_AIR):
        end += 1
        if s.quote(end):
            break
    return s.span(first, end) if end > own else None


def _between(mark: Mark) -> tuple[Span, ...]:
    """Who passed the words on without printing them: "through her lawyer", "relayed by a priest"."""
    s = mark.s
    spots = list(_gaps(mark))
    if s.key(mark.verb) in {"by", "through"} and mark.gap(mark.verb + 1):
        spots.insert(0, (mark.verb - 1, mark.gap_end(mark.verb + 1)))  # the cue itself: "relayed by"
    for first, last in spots:
        for at in range(first, last):
            hands = s.key(at) in _HANDS | _GIVEN and bool({"by", "through"} & {s.key(at + 1), s.key(at + 2)})
            bears = hands and s.key(at) in _HANDS
            if hands:
                at += 1 + (s.key(at + 2) in {"by", "through"})
            elif s.key(at) == "way" and s.key(at - 1) == "by" and s.key(at + 1) == "of":
                at += 1
            elif s.key(at) not in _MEANS:
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


def _owner(mark: Mark) -> tuple[Span, ...]:
    """Reads "Ferrer’s sources say": they are known by way of Ferrer."""
    s = mark.s
    for at in mark.source[:-1] if len(mark.source) > 1 else ():
        if s.raw(at)[-2:] in {"’s", "'s"} and s.capital(at) and s.key(at + 1) in {"sources", "source"}:
            return (Span(s.items[mark.source.start].start, s.items[at].end - 2),)
    return ()


def _made_to_speak(mark: Mark) -> tuple[Span, ...]:
    """Who quotes or shows the source: "the Tide quoted the captain as saying", "was quoted in a new book as saying"."""
    s, source = mark.s, mark.source
    if not source:
        return ()
    verb = source.start - 1
    key = s.key(verb)
    quotes = key in _QUOTES and (key != "quote" or verb in mark.cue)
    shows = key in _SHOWED and s.key(mark.verb).endswith("ing")
    heard = key in _HEARD and (s.key(mark.verb).endswith("ing") or s.key(mark.verb) in _BASES)
    if quotes or shows or heard:
        subject = subject_of(s, verb)
        if subject and verb > 0 and s.key(subject.last) not in lexicon.PRONOUNS:
            return (*subject.via, s.span(subject.first, subject.last))
    based = next((i for i in range(source.start - 2, max(0, source.start - 7), -1) if s.key(i) in _BASED), 0)
    if based and s.key(based + 1) == "on":
        subject = subject_of(s, based - (s.raw(based - 1) == ","))
        return (*subject.via, s.span(subject.first, subject.last)) if subject else ()
    if s.key(source.start - 1) == "which" and s.key(source.start - 2) == "in":
        return _handed(mark, source.start - 3) or speaking_to(s, 0, source.start - 3)
    if key in {"from", "by"} and _paper(s, source.start - 2):
        return _handed(mark, source.start - 2)
    if key == "from" and s.key(verb - 1) in {
        "heard",
        "learned",
        "learnt",
        "gathered",
    }:  # "Orbit learned from two surveyors that …"
        subject = subject_of(s, verb - 1)
        pronoun = subject is not None and s.key(subject.last) in lexicon.PRONOUNS
        return (*subject.via, s.span(subject.first, subject.last)) if subject and not pronoun else ()
    met = next((i for i in (verb, verb - 1) if s.key(i) in _MET and (i == verb or key in {"to", "with"})), 0)
    if met:  # "Orbit spoke to two surveyors who said …"
        subject = subject_of(s, met)
        phrase = carrier_at(s, subject.first, subject.last, papers=True) if subject else None
        person = subject is not None and any(
            n.type == "person"
            and n.score > 0.5
            and s.items[subject.first].start <= n.start <= s.items[subject.last].start
            for n in s.found
        )
        if phrase and subject and phrase[0] == subject.last and not person:
            return (s.span(subject.first, subject.last),)
    for at in range(source.stop, len(s.items) - 2):
        reduced = at - source.stop <= 1 and s.key(at + 1) in {"by", "in"} and mark.gap(at)
        if s.key(at) not in _QUOTES or not (reduced or any(s.key(i) in BE for i in range(source.stop, at))):
            continue
        for step in range(at + 1, min(at + 5, len(s.items) - 1)):
            if s.key(step) in {"by", "in"} and (mark.gap(step) or step in mark.cue):
                return _agent(s, step + 1, mark)
        return ()
    return ()


def _agent(s: Sentence, first: int, mark: Mark) -> tuple[Span, ...]:
    end = first
    while end + 1 < len(s.items) and s.word(end + 1) and s.key(end + 1) not in {"as", "that", "saying", "on"} | TIME:
        if end + 1 in mark.content:
            break
        end += 1
    phrase = carrier_at(s, first, end, papers=True)
    if phrase:
        return (phrase[1],)
    return (s.span(first, end),) if s.word(first) and (s.capital(first) or s.key(first) in DETERMINERS) else ()


def _paper(s: Sentence, at: int) -> bool:
    return s.key(at) in lexicon.DOCUMENTS | {"text", "texts"}


def _handed(mark: Mark, paper: int) -> tuple[Span, ...]:
    """Reads "A prosecutor read the jury a letter in which the accused had written": by way of the prosecutor."""
    s = mark.s
    if not _paper(s, paper):
        return ()
    for at in range(paper - 1, max(0, paper - 8), -1):
        if s.key(at) in PROVIDES:
            subject = subject_of(s, at)
            return (*subject.via, s.span(subject.first, subject.last)) if subject else ()
    return ()


OBTAINED = frozenset("obtained seen reviewed saw obtains viewed heard published acquired".split())
#: What is done with another's paper: "provided a statement from", "read the jury a letter".
PROVIDES = frozenset(
    """provided provides released releases published publishes passed carried carries aired ran printed broadcast
    shared shares posted posts produced read reads obtained
    obtains seen reviewed viewed leaked cited cites quoted quotes showed shows forwarded gave saw""".split()
)
