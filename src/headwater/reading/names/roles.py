"""Titles and descriptions of people: what stands before a name ("NORTHCOM Commander Gen.") and after it.

Takes a text and where a name stands, gives spans; looks no further than a window of its own sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from headwater.lexicon import SAID
from headwater.model import Span
from headwater.reading.names.gazetteer import folded, forms, lists
from headwater.reading.names.tokens import Token, tokens
from headwater.reading.tagger import Name

#: How far from a name its titles and descriptions are looked for, in code points.
WINDOW = 220
_DETERMINERS = forms("a an the his her their its our this that")
_PREPOSITIONS = forms("of for at in from with on to by under over against about into near who whose which that and as")
_ENDS = frozenset(',;:—–()[]“”"«».!?…')
#: What no longer belongs to an office: "host with his own contacts".
_FURTHER = forms("with by to about into near over that as under against")
_QUOTES = frozenset('“”"«»‘')
_ADJECTIVE = re.compile(r"[a-z-]{4,}(?:al|ic|ive|ary|ean|ish|ese|ian|can|led|based|born|elect|wide|time|year-old)$")


def is_role_word(tok: Token) -> bool:
    """Whether the word is an office, a rank or an occupation (singular)."""
    known = lists()
    return folded(tok.form) in known.roles or tok.low in known.short_titles or tok.low in known.courtesy


def _describes(tok: Token) -> bool:
    known = lists()
    return (
        tok.low in known.modifiers
        or tok.low in known.demonyms
        or tok.shape == "caps"
        or (tok.shape == "cap" and tok.low not in known.never)
        or tok.form == "&"
        or (
            tok.shape == "lower"
            and _ADJECTIVE.match(tok.low) is not None
            and tok.low not in SAID
            and tok.low not in known.never
        )
    )


def _title_start(toks: Sequence[Token], end: int) -> int:
    """Where the title that ends before token ``end`` begins; ``end`` when none does."""
    known = lists()
    at = end
    best = end
    while at > 0 and end - at < 12:
        tok = toks[at - 1]
        if at < end and not toks[at].near:
            break
        if tok.owner:
            if best < end and tok.shape in ("cap", "caps"):
                best = at - 1
                while (
                    best > 0
                    and toks[best - 1].shape in ("cap", "caps")
                    and toks[best].near
                    and not toks[best - 1].owner
                    and toks[best - 1].low not in known.never
                ):
                    best -= 1
            break
        if is_role_word(tok):
            at -= 1
            best = at
        elif at == end:
            # Only "Secretary of State X": capitals after "of" that an office stands before.
            back = at
            while (
                back > 0
                and end - back < 8
                and (toks[back - 1].shape in ("cap", "caps") or toks[back - 1].low in ("the", "and"))
                and toks[back - 1].low not in (known.never - {"the", "and"})
            ):
                back -= 1
            if (
                back < at
                and back >= 2
                and toks[back - 1].low == "of"
                and folded(toks[back - 2].form) in known.of_titles
            ):
                at = back - 2
                best = at
            else:
                break
        elif _describes(tok):
            at -= 1
            best = at
        elif (
            tok.low in ("of", "for")
            and at >= 2
            and not is_role_word(toks[at])
            and folded(toks[at - 2].form) in known.of_titles
        ):
            at -= 2
            best = at
        else:
            break
    while best < end and (toks[best].shape == "mark" or toks[best].low in known.never):
        best += 1
    return best if any(is_role_word(tok) for tok in toks[best:end]) else end


def title_before(text: str, name: Name | Span, floor: int) -> tuple[Span, ...]:
    """The titles that stand before a name, nearest first; ``floor`` is where its sentence begins."""
    last = re.search(r"([\w’'.-]+)(,?)\s*[“‘\"']?$", text[max(floor, name.start - 40) : name.start])
    if not last:
        return ()
    word = folded(last.group(1)).rstrip("'")
    known = lists()
    if not (
        last.group(2)
        or word in known.roles
        or word in known.short_titles
        or word in known.courtesy
        or last.group(1)[:1].isupper()
    ):
        return ()
    start = max(floor, name.start - WINDOW)
    while start > floor and start < name.start and not text[start - 1].isspace():
        start += 1
    toks = tokens(text, start, name.start)
    out: list[Span] = []
    end = len(toks)
    if end and toks[end - 1].shape == "mark" and toks[end - 1].form != ",":
        end -= 1
    at = _title_start(toks, end) if end and toks[end - 1].form != "," else end
    if at < end:
        out.append(Span(toks[at].start, toks[end - 1].end))
    if at and toks[at - 1].form == "," and at - 1 > 0 and is_role_word(toks[at - 2]) and not toks[at - 2].owner:
        stop = at - 1
        begin = _title_start(toks, stop)
        lead = toks[begin - 1] if begin else None
        if begin < stop and ((lead and lead.low in _DETERMINERS) or toks[begin].owner or begin == 0):
            out.append(Span(toks[begin].start, toks[stop - 1].end))
    return tuple(out)


def apposition_after(text: str, name: Name | Span, ceiling: int, starts: Sequence[int]) -> Span | None:
    """The description that follows a name ("X, commander of Y,", "X is the mayor of Y"); None for none.

    Args:
        text: the article's text.
        name: where the name stands.
        ceiling: where its sentence ends.
        starts: where people's names begin, in order: a description does not begin with one.
    """
    near = text[name.end : name.end + 12]
    if not re.match(r"\s?[,(—–]|\s(?:is|was|became)\s", near):
        return None
    end = min(ceiling, name.end + WINDOW)
    while end < ceiling and end > name.end and not text[end - 1].isspace():
        end -= 1
    toks = tokens(text, name.end, end)
    known = lists()
    copula = bool(toks) and toks[0].low in ("is", "was", "became")
    if len(toks) < 2:
        return None
    at = 1
    if toks[at].shape == "number" and at + 1 < len(toks) and toks[at + 1].form == ",":
        at += 2
    begin = at
    if begin < len(toks) and toks[begin].low in _DETERMINERS:
        begin += 1
    elif copula:
        return None
    stop = begin
    head = -1
    seen_link = False
    while stop < len(toks) and stop - begin < 26:
        tok = toks[stop]
        if tok.form in _ENDS or tok.low in (
            "who",
            "which",
            "whose",
            "told",
            "said",
            "says",
            "is",
            "was",
            "has",
            "had",
            "will",
            "when",
            "where",
        ):
            break
        if tok.low in SAID and seen_link and tok.shape == "lower":
            break
        if seen_link and tok.low in _FURTHER:
            break
        if not seen_link and tok.low in _PREPOSITIONS:
            seen_link = True
            if tok.low == "and" or head != stop - 1:
                break
        if not seen_link:
            if tok.form in _QUOTES:
                break
            if not (is_role_word(tok) or _describes(tok) or tok.shape in ("lower", "number")):
                return None
            if is_role_word(tok) and not tok.owner:
                head = stop
        stop += 1
    if head < 0 or stop == begin:
        return None
    if not seen_link and head != stop - 1:
        return None
    if not seen_link and begin == at and head == begin and not copula and stop < len(toks) and toks[stop].low == "and":
        return None
    while stop > begin and (toks[stop - 1].shape == "mark" or toks[stop - 1].low in _PREPOSITIONS):
        stop -= 1
    where = bisect_left(starts, toks[begin].start)
    if where < len(starts) and starts[where] <= toks[head].end + 1:
        return None  # "X, President Y and others": a list of people
    if toks[begin].low in known.never:
        return None
    return Span(toks[begin].start, toks[stop - 1].end)
