"""Noun phrases around a verb: who its subject is, where that phrase begins, whether it can speak."""

from dataclasses import dataclass

from headwater.model import Span
from headwater.reading.rules.carriers import carrier_at, speaking_to
from headwater.reading.rules.flat import Sentence, words_in
from headwater.reading.rules.forms import (
    ADVERBS,
    AUX,
    CLAUSE,
    DETERMINERS,
    HEADS,
    PASSED,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    TIME,
)

_ASIDES = {",": ",", "—": "—", "–": "–", ")": "("}
_OPENERS = frozenset(
    """but and however meanwhile yet still so instead also then now later earlier separately historically indeed when
    including while as if after before because though although that or for since lest""".split()
)
_NOUNS_IN_LY = frozenset("family italy daily weekly monthly assembly supply ally bully reply july".split())
#: Papers that do what they say: "the order tells the operators to drain it" is the deed reported, not a source of it.
_DEEDS = frozenset(
    "order orders directive directives decree decrees plan plans law laws bill deal treaty rule rules".split()
)
_NOT_LAST = frozenset("and or but nor yet a an the by in on of for with at to from".split())
_NO_SPEAKERS = frozenset(
    "you which that this what these those there here such something nothing everything anything".split()
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase, items first..last, and the carriers that its apposition or participle names."""

    first: int
    last: int
    via: tuple[Span, ...] = ()


def title_case(s: Sentence) -> bool:
    """Whether most words begin with a capital letter, as in headlines."""
    words = [i for i in s.items if i.is_word]
    return bool(words) and sum(i.capital for i in words) > 0.7 * len(words)


def group_start(s: Sentence, at: int) -> int:
    """The first item of the verb group that ends at ``at``: adverbs and auxiliaries before it."""
    while at > 0:
        key = s.key(at - 1)
        dated = key in TIME and (at == 1 or s.key(at - 2) in {"on", "late", "early", "last"})
        if key in AUX or _is_adverb(s, at - 1) or (key in ADVERBS and not dated):
            at -= 1
        elif key in TIME and s.key(at - 2) in {"on", "late", "early", "last"} and at > 2:
            at -= 2  # "the ministry on Friday said"
        elif key == "and" and s.key(at).endswith("ly") and s.key(at - 2).endswith("ly"):
            at -= 2
        else:
            break
    return at


def _is_adverb(s: Sentence, at: int) -> bool:
    key = s.key(at)
    return key.endswith("ly") and len(key) > 4 and key not in _NOUNS_IN_LY and not s.capital(at)


def subject_of(s: Sentence, verb: int) -> Subject | None:
    """The noun phrase before the verb group that ends at ``verb``; None when none that can speak stands there."""
    end = group_start(s, verb) - 1
    via: tuple[Span, ...] = ()
    if end < 0:
        return None
    if s.raw(end) in _ASIDES:
        opener = _aside_start(s, end)
        if opener < 1:
            return None
        via = () if s.key(opener + 1) in {"citing", "quoting"} else speaking_to(s, opener + 1, end - 1)
        before = next((i for i in range(opener - 1, max(0, opener - 9), -1) if s.raw(i) == ","), 0)
        if before and s.key(before + 1) in {"speaking", "talking", "quoted", "interviewed"}:
            via = via or speaking_to(s, before + 1, opener)
            opener = before  # "an officer, speaking to Ada Roe, who covers the port, said"
        named = _named_at(s, opener + 1, end - 1)
        if named is not None and not s.capital(opener - 1):
            # "the harbour master, Ivo Brandt, said": both are the source
            first = _phrase_start(s, opener - 1)
            if first is not None and first < opener and can_speak(s, first, opener - 1):
                return Subject(first, named, via)
        end = opener - 1
        if s.raw(end) == ")":
            while end > 0 and s.raw(end) != "(":
                end -= 1
            end -= 1
    if end < 0 or s.quote(end):
        return None
    for at in range(end, max(0, end - 16), -1):  # "two people who attended the meeting said": the people
        if s.quote(at) or (not s.word(at) and s.raw(at) in ",;:—–"):
            break
        if s.key(at) == "who" and at < end:
            via = via or speaking_to(s, at, end)
            end = at - 1 - (s.raw(at - 1) == ",")
            break
    if end < 0 or s.quote(end):
        return None
    if s.key(end) in {"who", "which", "that"}:
        relative = s.key(end)
        end -= 2 if s.raw(end - 1) == "," else 1
        if not s.word(end):
            return None
        if relative != "who" and not (is_head(s, end) or s.capital(end)):
            return None
    if s.key(end).endswith("ed") and end > 0 and not s.capital(end) and is_head(s, end - 1):
        end -= 1  # "the indictments unveiled on Friday allege"
    first = _phrase_start(s, end)
    if first is None or first > end:
        return None
    if s.key(end + 1) in {"who", "which", "that", ","}:  # "announced by the agency, which …": the agency alone
        first = max([at + 1 for at in range(first, end) if s.key(at) == "by"], default=first)
    for at in range(first + 1, end):  # "a draft of the law seen by the Ledger says": the draft, by way of the Ledger
        if s.key(at) in PASSED and s.key(at + 1) in {"by", "with", "to", "on"}:
            passed = carrier_at(s, at + 2, end, papers=True)
            if passed:
                via, end = via or (passed[1],), at - 1
                end -= s.key(end) in ADVERBS and end > first
                break
    if not can_speak(s, first, end):
        return None
    return Subject(first, end, via)


def _aside_start(s: Sentence, end: int) -> int:
    """Where the aside opens that closes at ``end`` (a comma, dash or bracket); -1 when it does not."""
    opener = _ASIDES[s.raw(end)]
    best = -1
    for at in range(end - 1, max(0, end - 61), -1):
        if s.quote(at) and words_in(s.items[at]) > 6:
            break
        if s.raw(at) == opener:
            best = at
            if _named_at(s, at + 1, end - 1) is not None:
                break
            plain = at + 1 < end and (opener != "," or s.word(at + 1))
            if plain and (is_head(s, at - 1) or s.capital(at - 1)):
                break
    return best


def _named_at(s: Sentence, first: int, last: int) -> int | None:
    """The last item of a person's name that begins at ``first``, a title before it allowed; None when there is none."""
    if first > last:
        return None
    start, stop = s.items[first].start, s.items[last].end
    for name in s.found:
        if name.type == "person" and start <= name.start and name.end <= stop:
            lead = [i for i in range(first, last + 1) if s.items[i].end <= name.start]
            if len(lead) > 3 or any(not s.capital(i) and s.raw(i) != "." for i in lead):
                return None
            return max(at for at in range(first, last + 1) if s.items[at].start < name.end)
    return None


def sentence_subject(s: Sentence, verb: int) -> tuple[Span, ...]:
    """The subject of the sentence's first finite verb before ``verb``."""
    for at in range(1, verb):
        if s.finite(at):
            subject = subject_of(s, at)
            return (s.span(subject.first, subject.last),) if subject else ()
    return ()


def _phrase_start(s: Sentence, end: int) -> int | None:
    """Where the noun phrase that ends at ``end`` begins."""
    left = end
    while left > 0 and end - left < 40:
        item = s.items[left - 1]
        if item.quote and (words_in(item) > 3 or item.raw.rstrip("”\"'’»").endswith((",", ".", "!", "?"))):
            break
        if not item.quote and not item.is_word and item.raw not in {"&", "’", "'", ".", "/", "”", "“", '"'}:
            if item.raw == ")":
                back = left - 1
                while back > 0 and s.raw(back) != "(" and left - back < 8:
                    back -= 1
                if s.raw(back) == "(" and back > 0:
                    left = back
                    continue
            break
        if (item.key in CLAUSE and not item.capital) or item.key == "who":
            break
        left -= 1
    while left < end and (_opens(s, left, end) or not (s.word(left) or s.quote(left))):
        left += 1
    # a finite verb inside: the subject is what follows a conjunction after it, or a phrase that begins anew
    for at in range(left, end + 1):
        if s.finite(at):
            for conjunction in range(end, at, -1):
                if s.key(conjunction) in {"and", "but", "or"}:
                    return None if conjunction == end else _trim_lead(s, conjunction + 1, end)
            anew = _new_phrase(s, at + 1, end)
            if (anew is None or not can_speak(s, anew, end)) and _reduced(s, left, at):
                continue
            return anew
    return _trim_lead(s, left, end)


def _opens(s: Sentence, at: int, end: int) -> bool:
    """Whether the word at ``at`` opens the sentence rather than the noun phrase: a conjunction, an adverb."""
    key = s.key(at)
    adverb = key.endswith("ly") and key not in _NOUNS_IN_LY and not s.capital(min(at + 1, end))
    return key in _OPENERS or adverb


def _reduced(s: Sentence, left: int, at: int) -> bool:
    """Whether the verb at ``at`` only describes the noun before it: "officials briefed on the matter"."""
    return (
        at > left
        and s.key(at).endswith(("ed", "en", "nt"))
        and s.key(at) not in AUX
        and s.key(at + 1) in PREPOSITIONS
        and is_head(s, at - 1)
    )


def _trim_lead(s: Sentence, left: int, end: int) -> int:
    """Past a leading "On Tuesday", "In April", "At a news conference"."""
    if left < end and s.key(left) in PREPOSITIONS:
        return _new_phrase(s, left + 1, end) or left
    while left < end and s.key(left) in TIME and (s.capital(left + 1) or s.key(left + 1) in TIME | DETERMINERS):
        left += 1
    return left


def _new_phrase(s: Sentence, left: int, end: int) -> int | None:
    """The last place in left..end where a noun phrase can begin anew: after a noun, at an article, name or pronoun."""
    for at in range(end, left - 1, -1):
        before = s.key(at - 1)
        if before in PREPOSITIONS or before in DETERMINERS or before in {"and", "or", "of", "&"}:
            continue
        if s.key(at) in DETERMINERS or s.key(at) in SUBJECT_PRONOUNS or s.key(at) == "who":
            return at
        if s.capital(at) and s.word(at - 1) and not s.capital(at - 1):
            return at
    return None


def is_head(s: Sentence, at: int) -> bool:
    """Whether the word at ``at`` is a noun for somebody or something that can speak."""
    return s.key(at) in HEADS or (s.key(at).endswith("s") and s.key(at)[:-1] in HEADS)


def can_speak(s: Sentence, first: int, last: int) -> bool:
    """Whether items first..last can be a speaker: a name, a pronoun, a person's or body's noun, or so described."""
    if last - first > 30 or first > last:
        return False
    if s.key(first) in {"what", "whatever", "how", "why", "where"} or s.key(first) in AUX:
        return False
    noun = next((i for i in range(first + 1, last + 1) if s.key(i) in PREPOSITIONS), last + 1) - 1
    if s.key(noun) in _DEEDS or (s.key(last) in _NOT_LAST and not s.capital(last)):
        return False
    if first == last and s.key(first) in _NO_SPEAKERS:
        return False
    for at in range(first, last + 1):
        if s.key(at) in SUBJECT_PRONOUNS or s.key(at) == "who" or s.capital(at) or is_head(s, at):
            alone = first == last and s.capital(at)
            return not (alone and s.key(at) in TIME | ADVERBS | PREPOSITIONS | CLAUSE)
        if s.key(at) in {"of", "for", "from", "with", "in", "at", "on"}:
            break
    return s.key(first) in DETERMINERS
