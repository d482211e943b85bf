"""Noun phrases around a verb: who its subject is, where that phrase begins, whether it can speak."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.carriers import speaking_to
from headwater.reading.rules.flat import Sentence, words_in
from headwater.reading.rules.forms import ADVERBS, AUX, CLAUSE, DETERMINERS, HEADS, PREPOSITIONS, TIME


def _named_at(s: Sentence, first: int, last: int) -> int | None:
    """The last item of a person's name that begins at ``first``, a title before it allowed; None when there is none."""
    start, stop = s.items[first].start, s.items[last].end
    for name in s.found:
        if name.type == "person" and start <= name.start and name.end <= stop:
            if name.start - start > 12 or s.items[first].key in DETERMINERS:
                return None
            return max(at for at in range(first, last + 1) if s.items[at].start < name.end)
    return None


def title_case(s: Sentence) -> bool:
    words = [i for i in s.items if i.is_word]
    return bool(words) and sum(i.capital for i in words) > 0.7 * len(words)


def group_start(s: Sentence, at: int) -> int:
    """The first item of the verb group that ends at ``at``: adverbs and auxiliaries before it."""
    while at > 0:
        key = s.key(at - 1)
        if (
            key in AUX
            or (key in ADVERBS and s.items[at - 1].is_word and not _time_subject(s, at - 1))
            or (key.endswith("ly") and len(key) > 4 and s.items[at - 1].is_word and not s.items[at - 1].capital)
        ):
            at -= 1
        elif key == "as" and s.key(at - 2) in {"quoted", "cited"}:
            at -= 2
        elif key == "and" and s.key(at).endswith("ly") and s.key(at - 2).endswith("ly"):
            at -= 2
        else:
            break
    return at


def _time_subject(s: Sentence, at: int) -> bool:
    return s.items[at].key in TIME and at == 0


def subject_of(s: Sentence, verb: int) -> tuple[tuple[int, int], tuple[Span, ...]] | None:
    """The noun phrase before a verb group, as item indices (first, last), and carriers its apposition names."""
    end = group_start(s, verb) - 1
    via: tuple[Span, ...] = ()
    if end < 0:
        return None
    if s.raw(end) in {",", "—", "–", ")"}:
        opener = {",": ",", "—": "—", "–": "–", ")": "("}[s.raw(end)]
        k = end - 1
        steps = 0
        best = -1
        while k > 0 and steps < 60:
            item = s.items[k]
            if item.quote and words_in(item) > 6:
                break
            if item.raw == opener and k - 1 >= 0:
                best = k
                if _named_at(s, k + 1, end - 1) is not None:
                    break
                first = s.items[k + 1] if k + 1 < end else None
                if first is not None and (
                    first.key in {"who", "whose", "which", "a", "an", "the", "speaking", "citing", "briefed", "of", "now", "then", "former", "himself"}
                    or first.key in lexicon.UNNAMED or first.key in lexicon.JOURNALISTS or opener != ","
                    or first.key.endswith("ing") or first.is_word
                ):  # fmt: skip
                    head = is_head(s, k - 1)
                    if head or s.items[k - 1].capital:
                        break
            k -= 1
            steps += 1
        if best < 1:
            return None
        k = best
        via = speaking_to(s, k + 1, end - 1)
        named = _named_at(s, k + 1, end - 1)
        if (
            named is not None and not s.items[k - 1].capital
        ):  # "the harbour master, Ivo Brandt, said": both are the source
            first = _phrase_start(s, k - 1)
            if first is not None and first < k and can_speak(s, first, k - 1):
                return (first, named), via
        end = k - 1
        if s.items[end].raw == ")":
            while end > 0 and s.items[end].raw != "(":
                end -= 1
            end -= 1
    if end < 0 or s.items[end].quote:
        return None
    for at in range(end, max(0, end - 16), -1):  # "two people who attended the meeting said": the people
        if s.items[at].quote or (not s.items[at].is_word and s.raw(at) in ",;:—–"):
            break
        if s.key(at) == "who" and 0 < at < end:
            via = via or speaking_to(s, at, end)
            end = at - 1
            break
    if end < 0 or s.items[end].quote:
        return None
    if s.key(end) in {"who", "which", "that"}:
        relative = s.key(end)
        end -= 1
        if end >= 0 and s.raw(end) == ",":
            end -= 1
        if end < 0 or s.items[end].quote or not s.items[end].is_word:
            return None
        if relative != "who" and not (is_head(s, end) or s.items[end].capital):
            return None
    first = _phrase_start(s, end)
    if first is None or first > end:
        return None
    if s.key(end + 1) in {"who", "which", "that", ","}:  # "announced by the agency, which …": the agency alone
        first = max([at + 1 for at in range(first, end) if s.key(at) == "by"], default=first)
    if not can_speak(s, first, end):
        return None
    return (first, end), via


def sentence_subject(s: Sentence, verb: int) -> tuple[Span, ...]:
    """The subject of the sentence's first finite verb before ``verb``."""
    for at in range(1, verb):
        if s.finite(at):
            subject = subject_of(s, at)
            return (s.span(*subject[0]),) if subject else ()
    return ()


def _phrase_start(s: Sentence, end: int) -> int | None:
    """Where the noun phrase that ends at ``end`` begins."""
    left = end
    steps = 0
    while left > 0 and steps < 40:
        item = s.items[left - 1]
        if item.quote and (words_in(item) > 3 or item.raw.rstrip("”\"'’»").endswith((",", ".", "!", "?"))):
            break
        if not item.quote and not item.is_word and item.raw not in {"&", "’", "'", ".", "/", "”", "“", '"'}:
            if item.raw == ")":
                back = left - 1
                while back > 0 and s.items[back].raw != "(" and left - back < 8:
                    back -= 1
                if s.items[back].raw == "(" and back > 0:
                    left = back
                    continue
            break
        if item.key in CLAUSE and not item.capital:
            break
        if item.key == "who":
            break
        left -= 1
        steps += 1
    # conjunctions, adverbs and openings before the phrase proper
    while left < end and (s.key(left) in {"but", "and", "however", "meanwhile", "yet", "still", "so", "instead", "also", "then", "now",
                                          "later", "earlier", "separately", "historically", "indeed", "when", "while", "as", "if",
                                          "after", "before", "because", "though", "although", "that", "or", "for", "since"}
                          or (s.key(left).endswith("ly") and s.key(left) not in {"family", "italy", "daily", "weekly", "monthly", "assembly"}
                              and not s.items[min(left + 1, end)].capital)):  # fmt: skip
        left += 1
    # a finite verb inside: the subject is what follows the conjunction, or what stands before that verb
    for at in range(left, end + 1):
        if s.finite(at):
            for conj in range(end, at, -1):
                if s.key(conj) in {"and", "but", "or"}:
                    if conj == end:
                        return None
                    return _trim_lead(s, conj + 1, end)
            return _new_phrase(s, at + 1, end)
    return _trim_lead(s, left, end)


def _trim_lead(s: Sentence, left: int, end: int) -> int:
    """Past a leading "On Tuesday", "In April", "At a news conference"."""
    if left < end and s.key(left) in PREPOSITIONS:
        return _new_phrase(s, left + 1, end) or left
    while left < end and s.key(left) in TIME and (s.items[left + 1].capital or s.key(left + 1) in TIME | DETERMINERS):
        left += 1
    return left


def _new_phrase(s: Sentence, left: int, end: int) -> int | None:
    """The last place in left..end where a noun phrase can begin anew: after a noun, at an article, name or pronoun."""
    for at in range(end, left - 1, -1):
        before = s.key(at - 1)
        if before in PREPOSITIONS or before in DETERMINERS or before in {"and", "or", "of", "&"}:
            continue
        item = s.items[at]
        if item.key in DETERMINERS or item.key in {"he", "she", "they", "it", "we", "i", "who"}:
            return at
        if (
            item.capital
            and at > 0
            and s.items[at - 1].is_word
            and not s.items[at - 1].capital
            and s.key(at - 1) not in DETERMINERS
        ):
            return at
    return None


def is_head(s: Sentence, at: int) -> bool:
    key = s.key(at)
    return key in HEADS


def can_speak(s: Sentence, first: int, last: int) -> bool:
    if last - first > 30:
        return False
    if first == last and s.key(first) in {"you", "which", "that", "this", "what", "these", "those", "there", "here"}:
        return False
    if s.key(first) in {"what", "whatever", "how", "why", "where"}:
        return False
    for at in range(first, last + 1):
        item = s.items[at]
        if item.key in {"he", "she", "they", "we", "i", "who", "it"} or item.capital or is_head(s, at):
            return not (first == last and item.capital and item.key in TIME | ADVERBS | PREPOSITIONS | CLAUSE)
        if item.key in {"of", "for", "from", "with", "in", "at", "on"}:
            break
    return s.key(first) in DETERMINERS
