"""Who passed words on: outlets, journalists and "me" after "told", "speaking to", "in a statement to"."""

import re
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading import names
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.forms import ADVERBS, CLAUSE, DETERMINERS, PASSING, PREPOSITIONS, TAIL_PLACES, TIME
from headwater.reading.tagger import Name
from headwater.words import key_of


def carriers_named(text: str, found: Sequence[Name]) -> frozenset[str]:
    """Last names of people the text calls journalists, lower case: "journalist Ken Roe", "Roe reported"."""
    out = set()
    for name in found:
        if name.type != "person":
            continue
        before = re.findall(r"[^\W\d_]+", text[max(0, name.start - 40) : name.start])[-2:]
        after = text[name.end : name.end + 60]
        if any(word.casefold() in lexicon.JOURNALISTS for word in before) or re.match(
            r"(?:’s|'s)? (?:first |exclusive |original )?(?:reported|report\b|Substack|story\b)|,? (?:a|an|the)? ?(?:\w+ ){0,3}"
            r"(?:journalist|reporter|correspondent|columnist)\b",
            after,
        ):
            out.add(key_of(text[name.start : name.end].split()[-1]))
    return frozenset(out)


def speaking_to(s: Sentence, first: int, last: int) -> tuple[Span, ...]:
    """Carriers in a relative clause or apposition: "who spoke to the Ledger", "speaking to Roe", "cited by the
    Post"."""
    for at in range(first, last):
        if s.key(at) not in PASSING and s.key(at) not in TAIL_PLACES:
            continue
        step = at + 1
        if s.key(at) in TAIL_PLACES and s.key(at - 1) not in {"a", "an", "the", "his", "her", "their"}:
            continue
        if s.key(step) in {"to", "with", "by", "exclusively"}:
            step += 1
            if s.key(step) == "to":
                step += 1
        elif s.key(at) not in {"told", "briefed"}:
            continue
        phrase = _carrier_phrase(s, step, last)
        if phrase:
            return (s.span(*phrase),)
    return ()


def _carrier_phrase(s: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """The carrier that begins at ``first``: an outlet, a journalist by name, "me"; None when it is nobody who
    prints."""
    if first > last or first >= len(s.items) or not s.items[first].is_word:
        return None
    if s.key(first) in {"me", "us"}:
        return (first, first)
    if s.key(first) in lexicon.NOT_CARRIERS:
        return None
    at = first
    start, stop = s.items[first].start, s.items[first].end
    limit = min(last, first + 9)
    end_char = s.items[limit].end
    for name in s.found:
        if name.end <= start or name.start >= end_char:
            continue
        between = s.text[start : max(start, name.start)]
        if (
            re.search(r"[,;:.!?“”\"]", between.replace(".", "", 1) if re.match(r"\w+\.", between) else between)
            or len(between.split()) > 5
        ):
            break
        shown = s.text[name.start : name.end]
        last_name = key_of(shown.split()[-1])
        lead = {key_of(w) for w in between.split()}
        if names.is_outlet(shown) or last_name in s.carriers or lead & (lexicon.JOURNALISTS | lexicon.OUTLETS):
            while at < last and s.items[at].end < name.end:
                at += 1
            return (first, at)
        break
    for at in range(first, limit + 1):
        key = s.key(at)
        if key in lexicon.NOT_CARRIERS and at == first:
            return None
        if key in lexicon.OUTLETS or (key in lexicon.JOURNALISTS and key[-1] != "s"):
            return (first, at)
        if not s.items[at].is_word or key in PREPOSITIONS or s.finite(at):
            return None
    return None if stop else None


def skip_addressee(s: Sentence, at: int, end: int) -> tuple[int, tuple[Span, ...]]:
    """Past whom something was told; gives the next index and the carrier, if the one told is one."""
    phrase = _carrier_phrase(s, at, end - 1)
    if phrase:
        return phrase[1] + 1, (s.span(*phrase),)
    step = at
    steps = 0
    while step < end and steps < 14:
        item = s.items[step]
        if item.quote or item.key in {"that", "to", "it", "there", "how", "what", "why", "about"} or item.raw in ",:;":
            break
        if step > at and (
            item.key in DETERMINERS - {"one"} or item.key in {"he", "she", "they", "we", "i", "it"} or s.finite(step) or item.key in {"on", "in", "during", "at"}
        ) and s.key(step - 1) not in PREPOSITIONS | {"and"}:  # fmt: skip
            break
        if (
            step > at
            and item.capital
            and not s.items[step - 1].capital
            and s.key(step - 1) not in DETERMINERS | PREPOSITIONS | {"and"}
        ):
            break
        step += 1
        steps += 1
    return step, ()


def skip_circumstances(s: Sentence, at: int, end: int) -> tuple[int, tuple[Span, ...]]:
    """Past "on Tuesday", "in a statement to the Ledger", "at a briefing"; gives the next index and any carrier."""
    via: tuple[Span, ...] = ()
    while at < end:
        key = s.key(at)
        if key in TIME or (key in ADVERBS and s.items[at].is_word and key not in {"only", "just", "even"}):
            at += 1
            continue
        if key in {"on", "in", "at", "during", "to", "through", "via", "late", "early", "by", "from"}:
            step = at + 1
            words = 0
            hit = False
            while step < end and words < 9:
                item = s.items[step]
                if item.quote or (not item.is_word and item.raw not in {"-", "."}):
                    break
                if item.key == "that" or (item.key in CLAUSE and step > at + 1) or s.finite(step):
                    break
                if item.key in {"to", "with"}:
                    phrase = _carrier_phrase(s, step + 1, end - 1)
                    if phrase:
                        via = (s.span(*phrase),)
                        step = phrase[1] + 1
                        hit = True
                        break
                if item.key in TIME or item.key in TAIL_PLACES or item.key in lexicon.DOCUMENTS or item.key in lexicon.NOT_CARRIERS or item.key in {"twitter", "facebook", "x", "substack", "television", "tv", "radio", "air", "record", "camera", "social"}:  # fmt: skip
                    hit = True
                if hit and step + 1 < end and (
                    s.key(step + 1) in DETERMINERS | {"he", "she", "they", "it", "there", "that", "we"}
                    or (s.items[step + 1].capital and s.key(step) in TIME and s.key(step + 1) not in TIME)
                ) and item.key not in PREPOSITIONS | DETERMINERS:  # fmt: skip
                    step += 1
                    break
                step += 1
                words += 1
            if key == "to" and not hit:
                phrase = _carrier_phrase(s, at + 1, end - 1)
                if not phrase:
                    return at, via
                via = (s.span(*phrase),)
                at = phrase[1] + 1
                continue
            if hit:
                at = step
                continue
        break
    return at, via
