"""Credits: "according to X", "as reported by X", "X’s claim that", ", citing two officials,", "first to report"."""

from dataclasses import replace

from headwater import lexicon
from headwater.model import Span
from headwater.reading import names
from headwater.reading.rules.carriers import carrier_at, speaking_to
from headwater.reading.rules.cues import content_end, quotes_from
from headwater.reading.rules.flat import Sentence, words_in
from headwater.reading.rules.forms import ACCORDING, BE, CUE_NOUNS, DETERMINERS, PREPOSITIONS
from headwater.reading.rules.phrases import can_speak, is_head, subject_of
from headwater.reading.tagger import Tagged
from headwater.reading.whom import is_people
from headwater.words import trimmed

_APPOSITIONS = lexicon.UNNAMED | frozenset("a an associate head chief deputy assistant vice author former".split())
_CUTS = frozenset("who speaking quoted cited interviewed briefed".split())
_WHO_ENDS = frozenset("that who reported said as".split())
_ASIDES = frozenset("although though but while whereas even despite who whose which speaking a an".split())
_DESCRIBE = frozenset("close familiar briefed involved knowledgeable aware present speaking".split())
_REASONS = frozenset(
    """concerns concern reasons reason fears fear problems problem grounds worries need needs lack risk risks threat
    threats pressure health security safety example examples weather delays costs cost conflict conflicts privacy
    policy rules law laws fatigue injury illness""".split()
)
_FIRST = frozenset("report reveal disclose publish break".split())


def according_to(s: Sentence) -> list[tuple[Tagged, int]]:
    """Credits like "According to X, …", "…, according to X", "…, per X", "As reported by X, …".

    Returns:
        Each attribution, and the item at which its tail begins.
    """
    out: list[tuple[Tagged, int]] = []
    at = 0
    while at < len(s.items):
        length = credit_at(s, at)
        first = at + length
        if not length or first >= len(s.items) or s.quote(first):
            at = max(at + 1, first)
            continue
        initial = at == 0 or (at <= 2 and s.key(0) in {"but", "and", "yet"})
        last = source_end(s, first, initial)
        if last < first or not any(s.word(i) for i in range(first, last + 1)):
            at = first
            continue
        source, via = split_source(s, first, last)
        if initial:
            content, cut = s.content(last + 1, len(s.items) - 1), len(s.items)
            if s.raw(last + 1) == "," and s.quote(last + 2) and words_in(s.items[last + 2]) > 5:
                content = quotes_from(s, last + 2, len(s.items))
        elif s.raw(at - 1) == "," and s.key(at - 2) == "that" and s.raw(last + 1) == ",":
            # "the broadcaster reported that, according to the coroner, the boy …"
            content, cut = s.content(last + 2, len(s.items) - 1), len(s.items)
        else:
            begin = 0
            while begin < at and s.key(begin) in {"but", "and", "yet"}:
                begin += 1
            end = at - 1
            while end > begin and s.key(end) in BE and s.key(at) == "first":
                end -= 1  # "the theft was first revealed by …"
            content, cut = s.content(begin, end), at - 1 if s.raw(at - 1) == "," else at
            if s.raw(last + 1) == "," and s.key(last + 2) not in _ASIDES and last + 2 < len(s.items):
                content += s.content(last + 2, len(s.items) - 1)
        if content:
            cue = (s.span(at, first - 1),)
            out.append((Tagged(cue=cue, source=source, content=content, via=via, score=0.85), cut))
        at = max(last, first) + 1
    return out


def credit_at(s: Sentence, at: int) -> int:
    """How many items the words of a credit take that begins at ``at``; 0 where none does."""
    key = s.key(at)
    if key == "per":
        return int((at == 0 or s.raw(at - 1) == ",") and (s.capital(at + 1) or s.key(at + 1) in DETERMINERS))
    if key == "via":
        return int(at == 0 and s.capital(at) and carrier_at(s, 1, 8, papers=True) is not None)
    if key == "first" and not (s.raw(at - 1) == "," or s.key(at - 1) in BE):
        return 0
    return max(
        (len(f) for f in ACCORDING if f[0] == key and all(s.key(at + i) == w for i, w in enumerate(f))), default=0
    )


def source_end(s: Sentence, first: int, initial: bool) -> int:
    """The last item of the source after "according to"; -1 when it has no end in sight."""
    for at in range(first, len(s.items)):
        item = s.items[at]
        if at - first > 60:
            return -1
        if item.quote and words_in(item) > 4:
            return at - 1
        if item.raw in {";", ":", "—", "–", "!", "?"} or (item.raw == "." and s.ends_at(at)):
            return at - 1
        if item.raw == "," and not item.quote:
            lower = s.word(at + 1) and not s.capital(at + 1) and s.key(at + 1) in _APPOSITIONS
            if initial and (lower or s.key(at + 1) in {"who", "whose", "which"}):
                # an apposition: the clause begins after its closing comma
                close = next((i for i in range(at + 1, len(s.items)) if s.raw(i) == ","), len(s.items))
                if close < len(s.items) - 1:
                    return close - 1
            return at - 1
    return len(s.items) - 1


def split_source(s: Sentence, first: int, last: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Source and carriers of "a report citing X", "three sources who spoke to K", "a person cited by the Post"."""
    for at in range(first + 1, last):
        if s.key(at) in {"citing", "quoting"} and any(
            s.key(i) in lexicon.DOCUMENTS or s.capital(i) for i in range(first, at)
        ):
            return (s.span(at + 1, last),), (s.span(first, at - 1),)
    end = last
    via: tuple[Span, ...] = ()
    for at in range(first + 1, last + 1):
        if s.key(at) in _CUTS or (s.raw(at) == ","):
            via = speaking_to(s, at, last) or speaking_to(s, at - 1, last)
            if s.key(at) != "briefed":
                end = at - 1
            break
    if not via:
        for at in range(first + 1, end):  # "documents obtained by the Ledger"
            noun = s.key(at - 1) not in DETERMINERS  # "a broadcast by Radio Vesper" is whole
            passed = speaking_to(s, at, end) if noun and s.key(at + 1) in {"by", "with", "to"} else ()
            if passed:
                via, end = passed, at - 1
                break
    if s.raw(end + 1) == "," and not via:
        via = _spoke_after(s, end + 1)
    while end > first and not s.word(end) and s.raw(end) not in ".)":
        end -= 1
    return (s.span(first, end),), via


def _spoke_after(s: Sentence, comma: int) -> tuple[Span, ...]:
    """Carriers in the aside after a source: ", who spoke to the Ledger on condition of anonymity"."""
    if s.key(comma + 1) not in {"who", "speaking", "all", "both"}:
        return ()
    return speaking_to(s, comma + 1, min(len(s.items) - 1, comma + 14))


def owned_claims(s: Sentence, tail: int) -> list[Tagged]:
    """Nouns as cues, with their owners: "Roe’s claim that …", "claims by the firm that …", "the Post report that"."""
    out = []
    for at in range(1, min(tail, len(s.items)) - 2):
        key, cue = s.key(at), at
        if key in CUE_NOUNS and s.key(at + 1) == "that" and s.raw(at - 1)[-2:] in {"'s", "’s"} and s.capital(at - 1):
            first = at - 1
            while first > 0 and s.capital(first - 1):
                first -= 1
            source, that = Span(s.items[first].start, s.items[at - 1].end - 2), at + 1
        elif key in CUE_NOUNS and s.key(at + 1) in {"by", "from"}:
            that = next((i for i in range(at + 3, min(tail, at + 14)) if s.key(i) == "that" or not s.word(i)), 0)
            if s.key(that) != "that" or not can_speak(s, at + 2, that - 1):
                continue
            source = s.span(at + 2, that - 1)
        elif key == "report" and s.key(at + 1) == "that" and s.capital(at - 1):
            first = at - 1
            while first > 0 and (s.capital(first - 1) or s.key(first - 1) == "the"):
                first -= 1
            if not names.is_outlet(s.span(first, at - 1).of(s.text)):
                continue
            source = s.span(first, at)
            cue = that = at + 1  # the noun belongs to the source
        else:
            continue
        content = s.content(that + 1, content_end(s, that + 1, tail) - 1)
        if content:
            out.append(Tagged(cue=(s.span(cue, cue),), source=(source,), content=content, score=0.6))
    return out


def first_to_report(s: Sentence) -> list[Tagged]:
    """Reads "The Harbour Times was the first to report that …"."""
    for at in range(3, len(s.items) - 2):
        if s.key(at) in _FIRST and s.key(at - 1) == "to" and s.key(at - 2) == "first":
            back = at - 3
            while back > 0 and (s.key(back) in BE or s.key(back) == "the"):
                back -= 1
            subject = subject_of(s, back + 1)
            if subject and s.key(at + 1) in {"that", "how", "on"}:
                content = s.content(at + 2, content_end(s, at + 2, len(s.items)) - 1)
                if content:
                    source = (s.span(subject.first, subject.last),)
                    return [Tagged(cue=(s.span(at, at),), source=source, content=content, score=0.8)]
    return []


_TOLD = frozenset("told assured informed warned".split())
_GIVEN = frozenset("assurances word confirmation warnings reports guarantees".split())
_GOT = frozenset("received had got gotten has have".split())


def heard_from(s: Sentence) -> list[Tagged]:
    """Reads "She had heard from the postman that the house was sold", "He received assurances from the bank that …"."""
    out = []
    for at in range(1, len(s.items) - 4):
        told = s.key(at) in _TOLD and s.key(at + 1) == "by" and s.key(at - 1) in BE
        given = s.key(at) in _GIVEN and s.key(at - 1) in _GOT
        if not told and (not (given or s.key(at) in {"heard", "learned", "learnt"}) or s.key(at + 1) != "from"):
            continue
        that = next((i for i in range(at + 3, at + 12) if s.key(i) == "that" or not s.word(i)), 0)
        if s.key(that) == "that" and can_speak(s, at + 2, that - 1):
            content = s.content(that + 1, content_end(s, that + 1, len(s.items)) - 1)
            cue, source = (s.span(at, at + 1),), (s.span(at + 2, that - 1),)
            out.extend([Tagged(cue=cue, source=source, content=content, score=0.7)] if content else [])
    return out


def cite(s: Sentence, cues: list[Tagged]) -> list[Tagged]:
    """The Ledger reported, citing two officials, that …: the officials are the source, the Ledger carries."""
    out = list(cues)
    for at in range(len(s.items) - 1):
        if s.key(at) not in {"citing", "quoting"}:
            continue
        who = cited(s, at + 1)
        if who is None or any(o.source == (who,) for o in out):
            continue
        mine = s.items[at].start
        for index, cue in enumerate(out):
            if not cue.source or not cue.content or any(c.start <= mine < c.end for c in cue.source):
                continue
            if cue.source[0].start > mine and at > 0:
                continue  # "The Post, citing two aides, published a report that the mayor said …": not the mayor's
            carried = tuple(
                trimmed(s.text, Span(c.start, min(c.end, mine)), ",") if c.start < mine < c.end else c
                for c in cue.content
            )
            carried = tuple(c for c in carried if c.end > c.start and c != who)
            if not carried:
                continue
            out[index] = replace(
                cue,
                cue=tuple(sorted({*cue.cue, s.span(at, at)})),
                source=(who,),
                content=carried,
                via=(*cue.via, *cue.source),
                score=0.8,
            )
            break
    return out


def cited(s: Sentence, first: int, *, plain: bool = False) -> Span | None:
    """Who or what is cited from ``first`` on; None where it is a reason ("citing security concerns").

    ``plain``: a newsroom or a paper cites, so that any noun but a reason is a source.
    """
    if s.quote(first) and words_in(s.items[first]) <= 8:  # "Citing “current and former stewards,” …"
        return s.items[first].span
    if not s.word(first):
        return None
    last = first
    while s.word(last + 1) and s.key(last + 1) not in _WHO_ENDS:
        last += 1
    some = s.key(first + 1) == "of" or (s.key(first + 2) == "of" and s.key(first) in DETERMINERS)
    from_ = first + 2 if some else first
    head = (
        next((i for i in range(from_ + 1, last + 1) if s.key(i) in PREPOSITIONS or s.key(i) in _DESCRIBE), last + 1) - 1
    )
    named = any(
        n.type in {"person", "organisation"} and s.items[first].start <= n.start and n.end == s.items[head].end
        for n in s.found
    )
    carrier = carrier_at(s, first, last, papers=True)
    people = (
        is_head(s, head)
        or (plain and s.key(head) not in _REASONS)
        or is_people(s.key(head))
        or (some and s.key(head).endswith("s"))
    )
    if not people and not named and not (carrier and carrier[0] == last):
        return None
    return s.span(first, last)
