"""Credits: "according to X", "as reported by X", "X’s claim that", ", citing two officials,"."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.carriers import speaking_to
from headwater.reading.rules.cues import content_end, quotes_from
from headwater.reading.rules.flat import Sentence, abbreviated, words_in
from headwater.reading.rules.forms import ACCORDING, CUE_NOUNS, ORGS
from headwater.reading.rules.phrases import is_head
from headwater.reading.tagger import Tagged
from headwater.words import trimmed


def according_to(s: Sentence) -> list[tuple[Tagged, int]]:
    """ "According to X, …", "…, according to X", "…, per X", "As reported by X, …": each with where its tail begins."""
    out: list[tuple[Tagged, int]] = []
    at = 0
    while at < len(s.items):
        length = 0
        for form in ACCORDING:
            if all(
                s.key(at + i) == word and s.items[at + i].quote is None
                for i, word in enumerate(form)
                if at + i < len(s.items)
            ) and at + len(form) <= len(s.items):
                length = max(length, len(form))
        if (
            not length
            and s.key(at) == "per"
            and (at == 0 or s.raw(at - 1) == ",")
            and at + 1 < len(s.items)
            and (s.items[at + 1].capital or s.key(at + 1) in {"the", "a"})
        ):
            length = 1
        if not length:
            at += 1
            continue
        first = at + length
        if first >= len(s.items) or s.items[first].quote:
            at = first
            continue
        initial = at == 0 or (at <= 2 and s.key(0) in {"but", "and", "yet"})
        last = _source_end(s, first, initial)
        if last < first:
            at = first
            continue
        source, via = _split_source(s, first, last)
        cue = (s.span(at, at + length - 1),)
        if initial:
            start = last + 1
            content = s.content(start, len(s.items) - 1)
            if (
                start < len(s.items)
                and s.raw(start) == ","
                and start + 1 < len(s.items)
                and s.items[start + 1].quote
                and words_in(s.items[start + 1]) > 5
            ):
                content = quotes_from(s, start + 1, len(s.items))
            cut = len(s.items)
        else:
            begin = 0
            while begin < at and s.key(begin) in {"but", "and", "yet"}:
                begin += 1
            content = s.content(begin, at - 1)
            more: tuple[Span, ...] = ()
            if last + 2 < len(s.items) and s.raw(last + 1) == ",":
                more = s.content(last + 2, len(s.items) - 1)
            content = content + more
            cut = at - 1 if s.raw(at - 1) == "," else at
        if content:
            out.append((Tagged(cue=cue, source=source, content=content, via=via, score=0.85), cut))
        at = max(last, first) + 1
    return out


def _source_end(s: Sentence, first: int, initial: bool) -> int:
    """The last item of the source after "according to"."""
    at = first
    while at < len(s.items):
        item = s.items[at]
        if item.quote and words_in(item) > 4:
            return at - 1
        if item.raw in {";", ":", "—", "–"} or (item.raw in ".!?" and not abbreviated(s.text, s.items, at)):
            return at - 1
        if item.raw == ",":
            follow = s.items[at + 1] if at + 1 < len(s.items) else None
            if follow is None:
                return at - 1
            if follow.key in {"who", "whose", "which"} or (
                follow.is_word
                and not follow.capital
                and (
                    follow.key in lexicon.UNNAMED
                    or follow.key
                    in {"a", "an", "associate", "head", "chief", "deputy", "assistant", "vice", "author", "former"}
                )
            ):  # an apposition: the source ends here, the clause begins after its closing comma
                close = at + 1
                while close < len(s.items) and s.raw(close) != ",":
                    close += 1
                if close < len(s.items) - 1 and initial:
                    return close - 1
                if not initial:
                    return at - 1
            return at - 1
        at += 1
        if at - first > 60:
            return -1
    return at - 1


def _split_source(s: Sentence, first: int, last: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Source and carriers of "a report citing X", "three sources who spoke to K", "a person cited by the Post"."""
    for at in range(first + 1, last):
        if s.key(at) in {"citing", "quoting"} and any(
            s.key(i) in lexicon.DOCUMENTS or s.items[i].capital for i in range(first, at)
        ):
            return (s.span(at + 1, last),), (s.span(first, at - 1),)
    end = last
    via: tuple[Span, ...] = ()
    for at in range(first + 1, last + 1):
        if s.key(at) in {"who", "speaking", "quoted", "cited", "interviewed", "briefed"} or (s.raw(at) == ","):
            via = speaking_to(s, at, last) or speaking_to(s, at - 1, last)
            if s.key(at) != "briefed":
                end = at - 1
            break
    while end > first and not s.items[end].is_word and s.items[end].raw not in ".)":
        end -= 1
    return (s.span(first, end),), via


def owned_claims(s: Sentence, tail: int) -> list[Tagged]:
    """ "Roe's claim that …": a noun as cue, with its owner."""
    out = []
    for at in range(1, min(tail, len(s.items)) - 2):
        if (
            s.key(at) in CUE_NOUNS
            and s.key(at + 1) == "that"
            and s.raw(at - 1)[-2:] in {"'s", "’s"}
            and s.items[at - 1].capital
        ):
            first = at - 1
            while first > 0 and s.items[first - 1].capital:
                first -= 1
            content = s.content(at + 2, content_end(s, at + 2, tail) - 1)
            if content:
                owner = Span(s.items[first].start, s.items[at - 1].end - 2)
                out.append(Tagged(cue=(s.span(at, at),), source=(owner,), content=content, score=0.6))
    return out


def cite(s: Sentence, cues: list[Tagged]) -> list[Tagged]:
    """ "The Ledger reported, citing two officials, that …": the officials are the source, the Ledger the carrier."""
    out = list(cues)
    for at in range(1, len(s.items) - 1):
        if s.key(at) not in {"citing", "quoting"}:
            continue
        last = at + 1
        while (
            last + 1 < len(s.items)
            and (s.items[last + 1].is_word)
            and s.key(last + 1) not in {"that", "who", "reported", "said", "as"}
        ):
            last += 1
        who = s.span(at + 1, last)
        if not any(is_head(s, i) and s.key(i) not in ORGS for i in range(at + 1, last + 1)):
            continue
        mine = s.items[at].start
        for index, cue in enumerate(cues):
            if not cue.source or not cue.content or any(c.start <= mine < c.end for c in cue.source):
                continue
            if cue.source[0].start > mine:
                continue  # "The Post, citing two aides, published a report that the mayor said …": not the mayor's aides
            carried = tuple(
                trimmed(s.text, Span(c.start, min(c.end, mine)), ",") if c.start < mine < c.end else c
                for c in cue.content
            )
            if any(c.end <= c.start for c in carried) or any(o.source == (who,) for o in out):
                continue
            out.append(
                Tagged(cue=(s.span(at, at),), source=(who,), content=carried, via=(*cue.via, *cue.source), score=0.8)
            )
            out[index] = Tagged(
                cue=cue.cue,
                source=cue.source,
                content=carried,
                via=cue.via,
                said=cue.said,
                follows=cue.follows,
                score=cue.score,
            )
            break
    return out
