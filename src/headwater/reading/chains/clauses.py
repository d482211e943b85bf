"""Who else reports in the sentence: clauses before and after an attribution that hold it, and credits beside it.

"Kessel reported that …", "…, the Tide said, citing …", "according to his widow, …": each gives the carriers of what it
holds, outermost first.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from headwater import lexicon
from headwater.model import Span
from headwater.reading.chains.mark import Mark
from headwater.reading.rules.carriers import carrier_at, skip_addressee, skip_circumstances, speaking_to
from headwater.reading.rules.content_first import speaker_after
from headwater.reading.rules.crediting import cited, credit_at, source_end, split_source
from headwater.reading.rules.cues import is_cue
from headwater.reading.rules.flat import Sentence, words_in
from headwater.reading.rules.forms import (
    AUX,
    BE,
    CLAUSE,
    DETERMINERS,
    MODAL,
    NOUN_VERBS,
    ORGS,
    PREPOSITIONS,
    TAIL_PLACES,
    TELL,
)
from headwater.reading.rules.passives import quoted_saying
from headwater.reading.rules.phrases import can_speak, group_start, subject_of
from headwater.reading.rules.shapes import LABELS
from headwater.reading.whom import is_people

_REPORT = (lexicon.CLAUSAL | lexicon.SHOWS) - lexicon.OBJECT - frozenset(
    "ask asks asked order orders ordered direct directs directed list lists listed propose proposes proposed "
    "advise advises advised".split()
) | {"put", "puts"}
_ORDERS = frozenset("ask asks asked urge urges urged advise advises advised remind reminds reminded".split())
_PARTICIPLES = frozenset("shown written".split())
_CITE = frozenset("citing quoting".split())
_JOINS = frozenset("and but or while whereas though although as after before because since until".split())
_LEANS = frozenset("when if as after before since while because once until although though".split())
_CITED = frozenset("cited cites quoted quotes".split())
_TELLING = frozenset(
    """telling account version story words report reporting retelling recollection reckoning book memoir documentary
    podcast column newsletter dispatch""".split()
)
_KIN = frozenset(
    """mother father wife husband widow son daughter sister brother uncle aunt cousin friend lawyer attorney spokesman
    spokeswoman aide doctor family""".split()
)
_NOT_PEOPLE = frozenset(
    """plan plans schedule schedules timetable law laws agreement rules rule tradition legend custom calendar size
    weight age need needs""".split()
)
_THEIRS = {"he": ("his",), "she": ("her",), "they": ("their",)}
_FAR = 80  # items between an attribution and a clause or credit that holds it
_STOPS = frozenset(";:?!.")
_DASHES = frozenset("—–―")


@dataclass(frozen=True, slots=True)
class Holder:
    """A clause or a credit that may hold an attribution: its items, its own chain ending with who speaks in it.

    ``cites`` is where it says that it cites somebody.
    """

    first: int
    last: int
    verb: int
    chain: tuple[Span, ...]
    credit: bool = False
    cites: int | None = None


def holders(s: Sentence) -> tuple[Holder, ...]:
    """All reporting clauses and credits of a sentence, in order of place."""
    out: dict[int, Holder] = {}
    for tagged, first, last in quoted_saying(s):
        verb = next((i for i in range(last, first, -1) if s.key(i) in lexicon.SAID), last)
        out[verb] = Holder(first, last, verb, (*tagged.via, *tagged.source))
    for at in range(len(s.items)):
        if s.key(at) in _REPORT and at not in out and _reports(s, at) and not s.key(at).endswith("ing"):
            clause = _clause(s, at)
            if clause and not any(h.first <= at <= h.last for h in out.values()):
                out[at] = clause
        length = credit_at(s, at) or (s.key(at) == "via" and at > 0 and s.raw(at - 1) == ",")
        if length:
            credit = _credit(s, at, length)
            if credit:
                out[at] = credit
        elif s.raw(at)[-2:] in {"’s", "'s"} and s.key(at + 1) in _TELLING and s.capital(at):
            first = at
            while s.capital(first - 1) and first > 1:
                first -= 1
            first -= s.key(first - 1) == "the"
            if s.key(first - 1) in {"in", "by"}:
                who = Span(s.items[first].start, s.items[at].end - 2)
                out[at] = Holder(first - 1, at + 1, at, (who,), credit=True)
    for label in (_label(s), _closing_label(s)):
        if label:
            out[label.verb] = label
    citing = [i for i in range(len(s.items)) if cites(s, i)]
    if not citing:
        return tuple(out[at] for at in sorted(out))
    cues = [i for i in range(len(s.items)) if s.key(i) in _REPORT and is_cue(s, i)]
    return tuple(_citing(s, out[at], citing, cues) for at in sorted(out))


def _reports(s: Sentence, at: int) -> bool:
    """Whether it is a verb of saying: surely one, or one that is a noun as often and has "that" after a place."""
    if is_cue(s, at):
        return True
    placed = s.key(at + 1) in {"in", "on", "at"} and any(s.key(i) == "that" for i in range(at + 2, at + 7))
    return placed and s.key(at) in NOUN_VERBS and s.key(at - 1) not in DETERMINERS | PREPOSITIONS


def _clause(s: Sentence, verb: int) -> Holder | None:
    subject = subject_of(s, verb)
    if subject is None:
        inverted = speaker_after(s, verb) if _comma(s, group_start(s, verb) - 1) else None
        if inverted is None or inverted[0].first == 0:
            return None
        subject, end = inverted
        return Holder(verb, end - 1, verb, (*subject.via, s.span(subject.first, subject.last)))
    if s.key(verb + 1) == "by" or (s.key(verb) in _PARTICIPLES and group_start(s, verb) == verb):
        return None  # "a video shown by the Star"
    if s.key(verb) in lexicon.SHOWS and s.key(verb) not in lexicon.SAID and not _paper(s, subject.first, subject.last):
        return None
    step, told = skip_addressee(s, verb + 1, len(s.items)) if s.key(verb) in TELL else (verb + 1, ())
    step, where = skip_circumstances(s, step, len(s.items))
    via = subject.via or told or where
    return Holder(subject.first, step - 1, verb, (*via, s.span(subject.first, subject.last)))


def _paper(s: Sentence, first: int, last: int) -> bool:
    return any(s.key(i) in lexicon.DOCUMENTS for i in range(first, last + 1))


def _credit(s: Sentence, at: int, length: int) -> Holder | None:
    first = at + length
    if first >= len(s.items) or s.quote(first):
        return None
    initial = at == 0 or (at <= 2 and s.key(0) in _JOINS)
    last = source_end(s, first, initial)
    if last < first or not any(s.word(i) for i in range(first, last + 1)):
        return None
    source, via = split_source(s, first, last)
    end = next((i for i in range(first, last + 1) if s.items[i].end >= source[0].end), last)
    begin = next((i for i in range(first, last + 1) if s.items[i].start >= source[0].start), first)
    end, more = _plain_end(s, begin, end)
    via = via or more
    head = next((i for i in range(begin + 1, end + 1) if s.key(i) in PREPOSITIONS), end + 1) - 1
    if s.key(head) in _NOT_PEOPLE or not (can_speak(s, begin, end) or _paper(s, begin, end)):
        return None
    return Holder(at, last, at, (*via, s.span(begin, end)), credit=True)


def _plain_end(s: Sentence, first: int, last: int) -> tuple[int, tuple[Span, ...]]:
    """The end of a credited noun phrase without "filed in Sellwick County", "that the Post wrote about"; a carrier."""
    for at in range(first + 1, last + 1):
        key = s.key(at)
        if key in {"that", "which"}:
            phrase = carrier_at(s, at + 1, last)
            return at - 1 - (s.raw(at - 1) == ","), (phrase[1],) if phrase else ()
        if key in {"filed", "released", "published", "issued", "posted", "dated"} and not s.capital(at):
            return at - 1 - (s.raw(at - 1) == ","), speaking_to(s, at, last)
    return last, ()


def _label(s: Sentence) -> Holder | None:
    """Reads "Report: Sources say …", "Comet reports: …": a colon after a newsroom's work or name, or who says."""
    colon = next((i for i in range(1, min(7, len(s.items) - 2)) if s.raw(i) == ":"), 0)
    if not colon or not all(s.word(i) for i in range(colon)) or credit_at(s, 0) or s.key(0) in LABELS - {"report"}:
        return None
    first = 2 if s.key(0) == "reported" and s.key(1) == "by" else int(s.key(0) == "from")
    last = colon - 1 - (colon > 1 and s.key(colon - 1) in {"reports", "reported", "says"})
    phrase = carrier_at(s, first, last, papers=True)
    people = is_people(s.key(last)) or s.key(last) in ORGS
    if not (s.key(last) in {"report", "reports"} and colon <= 2) and not (phrase and phrase[0] == last) and not people:
        return None
    return Holder(0, colon, colon, (s.span(first, last),), credit=True)


def _closing_label(s: Sentence) -> Holder | None:
    """Reads headlines like "Minister said talks were dead: report", "Talks are dead, minister says – Comet"."""
    end = len(s.items) - 1
    end -= s.raw(end) == ")"
    mark = next((i for i in range(end - 1, max(0, end - 4), -1) if s.raw(i) in {":", "–", "—", "-", "("}), 0)
    if mark < 3 or not s.word(end) or s.quote(end):
        return None
    phrase = carrier_at(s, mark + 1, end, papers=True) if s.capital(mark + 1) else None
    if not (s.key(end) in {"report", "reports", "source", "sources"} and end == mark + 1) and (
        phrase is None or phrase[0] != end
    ):
        return None
    return Holder(mark, end, mark, (s.span(mark + 1, end),), credit=True)


def _citing(s: Sentence, holder: Holder, citing: Sequence[int], cues: Sequence[int]) -> Holder:
    """The same with whom it cites: "The Post reported, citing Cardinal, that …" holds by way of both."""
    at = _citing_of(s, holder, citing, cues)
    if at is None:
        return holder
    holder = replace(holder, cites=at)
    told = told_cited(s, at)
    who = told[0] if told else cited(s, cites(s, at), plain=prints(s, holder.chain[-1]))
    if who is None or any(who.overlap(span) for span in holder.chain):
        return holder
    end = max(holder.last, next((i for i in range(at, len(s.items)) if s.items[i].end >= who.end), at))
    return replace(holder, last=end, first=min(holder.first, at), chain=(*holder.chain, who))


def told_cited(s: Sentence, at: int) -> tuple[Span, ...]:
    """Who holds an interview or a statement that is cited: "citing an interview they gave to Radio Karelund"."""
    end = at + 1
    while s.word(end + 1):
        end += 1
    place = any(s.key(i) in TAIL_PLACES for i in range(at + 1, min(at + 5, end + 1)))
    if not place:
        return ()
    found = speaking_to(s, at + 1, end)
    if found:
        return found
    for step in range(at + 2, end):
        if s.key(step) in {"to", "with"}:
            phrase = carrier_at(s, step + 1, end)
            if phrase:
                return (phrase[1],)
    return ()


def cites(s: Sentence, at: int) -> int:
    """Where whoever is cited begins, after "citing", "which cited", "relying on" at ``at``; 0 where nobody is."""
    key = s.key(at)
    if key in _CITE or (key in _CITED and s.key(at - 1) == "which"):
        return at + 1
    if key in {"relying", "drawing"} and s.key(at + 1) == "on":
        return at + 2
    if key == "authority" and s.key(at + 1) == "of":
        return at + 2
    if key == "attributing":
        return next((i + 1 for i in range(at + 1, at + 8) if s.key(i) == "to"), 0)
    return 0


def _citing_of(s: Sentence, holder: Holder, citing: Sequence[int], cues: Sequence[int]) -> int | None:
    """Where the clause cites somebody: ", citing Y," after its subject or its verb, "Citing Y, …" before it."""
    if holder.credit:
        return next((i for i in citing if holder.first <= i < holder.last + 4), None)
    for at in citing:
        before = at == 0 and not _any_between(cues, 1, holder.first)
        between = holder.first < at < holder.verb and bool({s.raw(at - 1), s.raw(at - 2)} & {",", "—", "–"})
        after = holder.verb < at and not _any_between(cues, holder.verb + 1, at)
        if before or between or (after and (at <= holder.last + 4 or s.raw(at - 1) == ",")):
            return at
    return None


def _any_between(places: Sequence[int], first: int, end: int) -> bool:
    return bisect_left(places, first) < bisect_left(places, end)


def holding(mark: Mark, around: Sequence[Holder]) -> tuple[Span, ...]:
    """The carriers of an attribution that others hold, outermost first."""
    s = mark.s
    if aside_of_writer(mark):
        return ()
    start = _clause_start(mark)
    leading: list[Holder] = []
    trailing: list[Holder] = []
    for holder in around:
        if not mark.first - _FAR < holder.verb < mark.last + _FAR or _own(mark, holder):
            continue
        if holder.last < start:
            if _leads(s, holder, start, around):
                leading.append(holder)
        elif _trails(mark, holder):
            trailing.append(holder)
    return tuple(span for holder in (*reversed(trailing), *leading) for span in holder.chain)


def aside_of_writer(mark: Mark) -> bool:
    """Whether it stands in a clause that only describes, of the writer: ", which says …", "what Roe called …"."""
    s = mark.s
    if mark.verb < 0:
        return False
    first = mark.source.start if mark.source else mark.first
    if s.key(first) in {"whom", "what"} or (s.key(first) == "which" and s.raw(first - 1) == ","):
        return True
    if s.key(first - 1) in {"whom", "what"} and first < mark.verb:
        return True
    if s.raw(first - 2) == "," and s.key(first - 1) in {"which", "who"} and first < mark.verb:
        return True  # "…, which it says will close, …"
    if _of_its_noun(mark, first):
        return True  # "a border the ministry says will open"
    named = s.key(first - 1) == "that" and s.word(first - 2) and s.key(first - 3) in {"a", "an"} and first < mark.verb
    if named and s.raw(first - 4) == ",":
        return True  # "…, a move that Democrats feared …"
    lead = group_start(s, mark.cue[0] if mark.cue else mark.verb) - 1
    return s.key(lead) in {"which", "who"} and s.raw(lead - 1) == "," and lead >= first


def _of_its_noun(mark: Mark, first: int) -> bool:
    """Whether what is said lacks its subject, the noun before the speaker: "a bridge the council said would close"."""
    s, after = mark.s, mark.cue[-1] + 1 if mark.cue else 0
    if not first < mark.verb or s.key(after) not in AUX | MODAL or s.key(mark.verb) in BE:
        return False
    return s.word(first - 1) and s.key(first - 1) not in CLAUSE | _JOINS | {"that"} and not is_cue(s, first - 1)


def _own(mark: Mark, holder: Holder) -> bool:
    """Whether it is the attribution itself, or one by the same speaker."""
    s = mark.s
    if holder.verb in mark.cue or any(i in mark.cue for i in range(holder.verb, holder.verb + 2 * holder.credit)):
        return True
    speaker = holder.chain[-1]
    if any(speaker.overlap(span) for span in mark.tagged.source):
        return True
    mine = " ".join(span.of(s.text).casefold() for span in mark.tagged.source)
    theirs = speaker.of(s.text).casefold()
    pronoun = mine in lexicon.PRONOUNS
    if mine == theirs:
        return True
    kin = theirs.split()[-1] in _KIN and ("’s " in theirs or "'s " in theirs)
    several = is_people(theirs.split()[0]) and theirs.split()[0].endswith("s") and mine in {"he", "she"}
    if pronoun and (kin or several or theirs.split()[0] in _THEIRS.get(mine, ())):
        return False  # "His widow said he had complained"
    # "Roe said he had told the board": he is Roe; but "the Ledger reported that he said" is not the Ledger
    return pronoun and not holder.credit and holder.last < mark.first and not _prints(s, holder)


def _prints(s: Sentence, holder: Holder) -> bool:
    return prints(s, holder.chain[-1], perhaps=False)


def prints(s: Sentence, span: Span, *, perhaps: bool = True) -> bool:
    """Whether the words for a speaker name a newsroom, a paper, or (``perhaps``) by one capital word maybe one."""
    inside = [i for i, item in enumerate(s.items) if span.start <= item.start < span.end]
    if not inside:
        return False
    phrase = carrier_at(s, inside[0], inside[-1], papers=perhaps)
    lone = perhaps and len(inside) == 1 and s.capital(inside[0])
    known = any(n.start < span.end and n.end > span.start and n.score > 0.5 for n in s.found)
    return phrase is not None or _paper(s, inside[0], inside[-1]) or (lone and not known)


def _clause_start(mark: Mark) -> int:
    """Where the attribution's clause begins: with its own words, or with the subject of its verb."""
    start = mark.first
    verb = mark.verb
    if verb > 0 and mark.source and mark.source.start > verb:
        subject = subject_of(mark.s, mark.cue[0]) or subject_of(mark.s, verb)
        start = min(start, subject.first) if subject else start
    return start


def _leads(s: Sentence, holder: Holder, start: int, around: Sequence[Holder]) -> bool:
    """Whether what begins at ``start`` is what the clause before it reports."""
    if s.key(start - 1) in _JOINS and s.key(start - 2) not in {"that"}:
        return False
    if holder.credit:
        if not (holder.first <= 2 or s.raw(holder.first - 1) == ","):
            return False
    elif s.key(holder.verb) in _ORDERS:
        return False
    elif s.key(holder.first - 1) in _LEANS and any(s.raw(i) == "," for i in range(holder.last + 1, start)):
        return False  # "After the Comet reported the leak, the mayor said …": two deeds
    elif _dashes(s, holder.last + 1, start):
        return False
    elif holder.first > 0 and _comma(s, holder.first - 1) and s.raw(holder.last + 1) == "," and holder.first > 3:
        return False  # "…, Roe said, …": it closes what stands before
    verbs = {i for o in around if o.verb < start for i in range(max(o.first, holder.last), o.last + 1)}
    leans = False
    for at in range(holder.last + 1, start):
        if holder.credit and at == holder.last + 1 and s.raw(at) == ":":
            continue  # "Via Radio Vesper: the mayor says …"
        if s.raw(at) in _STOPS and not (s.raw(at) == "." and not s.ends_at(at)) and not s.quote(at):
            return False
        if s.quote(at) and words_in(s.items[at]) > 3:
            return False
        key = s.key(at)
        if key in _LEANS:
            leans = True
        elif s.raw(at) == ",":
            leans = False
            if s.key(at + 1) in {"and", "but", "while", "whereas", "though", "although"}:
                return False
        elif at not in verbs and not leans and s.finite(at) and not (key in BE and s.key(at - 1) in {"which", "who"}):
            return False
    return True


def _dashes(s: Sentence, first: int, end: int) -> bool:
    """Whether a dash between leads into another clause: one that no other closes, or that closes an aside."""
    inside = sum(s.raw(i) in _DASHES for i in range(first, end))
    before = sum(s.raw(i) in _DASHES for i in range(max(0, first - _FAR), first))
    return inside % 2 == 1 or (inside > 0 and before % 2 == 1)


def _trails(mark: Mark, holder: Holder) -> bool:
    """Whether the clause or credit stands behind what the attribution says, or as an aside in it."""
    s = mark.s
    before = [i for i in (*mark.source, *mark.cue, *mark.content) if i < holder.first]
    if s.key(holder.verb - 1) in lexicon.PRONOUNS and not holder.credit:
        return False  # "…, he said, …" mostly goes on with whoever spoke
    if s.key(holder.first - 1) in _LEANS and not holder.credit:
        return False
    if s.key(mark.first - 1) in _LEANS:
        return False  # "After Roe called it a “foe,” Poe responded": two deeds
    if not before or any(i in mark.content or i in mark.cue for i in range(holder.first, holder.verb + 1)):
        return False
    lead = holder.first - 1
    if not holder.credit:
        lead -= s.key(lead) == "as"
        if not (_comma(s, lead) or lead in mark.content):
            return False
        if not (_comma(s, lead) or s.raw(lead + 1) == ","):
            return False
        after = holder.last + 1
        if after < len(s.items) and not (
            s.raw(after) in {",", ".", ";", "—", "–", ")", "?", "!"} or s.key(after) in _CITE | PREPOSITIONS | CLAUSE
        ):
            return False
        if s.key(after) == "that" or (lead - 1 in mark.source and s.raw(after) not in {",", "."}):
            return False  # "said Bela Grant, an economist who advises …" is an apposition
    return not any(
        s.finite(i) or s.key(i) in {"and", "but"} or s.raw(i) == ";"
        for i in range(max(before) + 1, lead + 1)
        if mark.gap(i)
    )


def _comma(s: Sentence, at: int) -> bool:
    return s.quote(at) or (not s.word(at) and s.raw(at) in {",", "—", "–", "-", "?", "!"})
