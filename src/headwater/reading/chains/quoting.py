"""Who quotes, shows or plays the source: "the Tide quoted the captain as saying", "the tape has him saying".

Also newsrooms that speak to, air or print whoever speaks, and papers that are handed on.
"""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.chains.gaps import JOINS
from headwater.reading.chains.mark import Mark
from headwater.reading.rules.carriers import carrier_at, speaking_to
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import ADVERBS, BE, CLAUSE, DETERMINERS, PREPOSITIONS, TIME
from headwater.reading.rules.phrases import subject_of

_QUOTES = frozenset("quoted quotes quote cited cites cite".split())
#: What shows or plays another's words: "state TV showed the minister saying", "the tape captures him boasting".
_SHOWED = frozenset(
    """showed shows show shown captured captures capture caught recorded records record filmed films aired airs
    broadcast broadcasts played plays quoted quotes cited cites""".split()
)
_HEARD = frozenset("heard overheard remembers remembered recalls recalled".split())
_BASES = frozenset("say tell ask call claim warn".split())
_BASED = frozenset("based drawing relying".split())
_MET = frozenset("spoke talked interviewed found quoted cited".split())
#: What a newsroom does with those it has words from.
_HOUSE_VERBS = frozenset(
    """spoke spoken speaks talked hears heard understands aired airs played plays broadcast broadcasts ran runs
    published publishes carried carries printed quoted quotes cited cites interviewed interviews featured reproduced
    tracked reached obtained obtains reported reports""".split()
)
#: What is done with another's paper: "provided a statement from", "read the jury a letter".
PROVIDES = frozenset(
    """provided provides brought brings relayed conveyed released releases published
    publishes passed carried carries aired ran printed broadcast
    shared shares posted posts produced read reads obtained
    obtains seen reviewed viewed leaked cited cites quoted quotes showed shows forwarded gave saw""".split()
)


def made_to_speak(mark: Mark) -> tuple[Span, ...]:
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
    if key in {"from", "by"} and is_paper(s, source.start - 2):
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
    house = _house_first(mark)
    if house:
        return house
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
        if (
            s.key(0) == "in" and s.raw(source.start - 1) == "," and source.start > 2
        ):  # "In the book, she is quoted as …"
            return (s.span(1, source.start - 2),)
        return ()
    return ()


def _house_first(mark: Mark) -> tuple[Span, ...]:
    """Reads "Radio Vela has spoken to a pilot who says …", "The tape has the minister saying …"."""
    s, start = mark.s, mark.source.start
    verb = next((i for i in range(1, min(start, 12)) if s.key(i) in _HOUSE_VERBS or s.key(i) in {"has", "have"}), 0)
    if (
        not verb
        or s.key(0) in PREPOSITIONS
        or any(s.raw(i) in {";", ":"} or s.key(i) in JOINS for i in range(verb, start))
    ):
        return ()
    if any(s.quote(i) for i in range(start)):
        return ()
    last = verb - 1
    while last > 0 and s.key(last) in ADVERBS | {"has", "have", "had"}:
        last -= 1
    main = next((i for i in range(verb, start) if s.key(i) not in ADVERBS | {"has", "have", "had"}), start)
    if main < start and s.key(main) not in _HOUSE_VERBS and s.key(verb) not in {"has", "have"}:
        return ()
    phrase = carrier_at(s, 0, last, papers=True)
    plain = s.key(0) in DETERMINERS | lexicon.PRONOUNS | lexicon.STOPWORDS | CLAUSE
    lone = (
        last == 0
        and s.capital(0)
        and not plain
        and not any(n.start == s.items[0].start and n.score > 0.5 for n in s.found)
    )
    saying = s.key(mark.verb).endswith("ing") and start == verb + 1
    paper = is_paper(s, last) or s.key(last) in {"entry", "tape"}
    if phrase and phrase[0] == last and (saying or main < start or s.key(mark.source.stop) == "who"):
        return (s.span(0, last),)
    if (paper and saying) or (lone and main < start and s.key(main) in _HOUSE_VERBS):
        return (s.span(0, last),)
    return ()


def _agent(s: Sentence, first: int, mark: Mark) -> tuple[Span, ...]:
    end = first
    while end + 1 < len(s.items) and s.word(end + 1) and s.key(end + 1) not in {"as", "that", "saying", "on"}:
        if s.key(end + 1) in TIME and not s.capital(end + 1):
            break
        if end + 1 in mark.content:
            break
        end += 1
    phrase = carrier_at(s, first, end, papers=True)
    if phrase:
        return (phrase[1],)
    return (s.span(first, end),) if s.word(first) and (s.capital(first) or s.key(first) in DETERMINERS) else ()


def is_paper(s: Sentence, at: int) -> bool:
    """Whether the word at ``at`` is a noun for a paper, a tape or a message."""
    return s.key(at) in lexicon.DOCUMENTS | {"text", "texts", "word"}


def _handed(mark: Mark, paper: int) -> tuple[Span, ...]:
    """Reads "A prosecutor read the jury a letter in which the accused had written": by way of the prosecutor."""
    s = mark.s
    if not is_paper(s, paper):
        return ()
    for at in range(paper - 1, max(0, paper - 8), -1):
        if s.key(at) in PROVIDES:
            subject = subject_of(s, at)
            return (*subject.via, s.span(subject.first, subject.last)) if subject else ()
    return ()
