"""One form for words that are the same word: British and American spelling, contractions, numbers in words, accents.

Takes words with their places, gives tokens to align: a contraction becomes two tokens of one place, a hyphenated word
several, a word with a bracketed capital ("[s]igning") one; words in brackets are asides, not the speaker's. Folding is
for comparing only and need not give a real word. After the differences that Oxford's New Hart's Rules (21) lists.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from headwater.model import Span
from headwater.words import words


class Token(NamedTuple):
    """A word to align: ``fold`` is its form for comparing, ``aside`` is True inside brackets, ``part`` counts cuts."""

    start: int
    end: int
    fold: str
    aside: bool
    part: int


def forms(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


# "one" is left out: it is more often a pronoun
_NUMBERS = {
    "zero": "0", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20",
}  # fmt: skip
_WHOLE = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "let's": "let us",
    "percent": "per cent", "programme": "program", "programmes": "programs", "grey": "gray", "ageing": "aging",
    "judgement": "judgment", "acknowledgement": "acknowledgment", "sceptic": "skeptic", "sceptical": "skeptical",
    "whilst": "while", "amongst": "among", "towards": "toward", "afterwards": "afterward", "learnt": "learned",
    "burnt": "burned", "spelt": "spelled", "dreamt": "dreamed", "plough": "plow", "mould": "mold",
    "moustache": "mustache", "aluminium": "aluminum", "defence": "defense", "defences": "defenses",
    "offence": "offense", "offences": "offenses", "licence": "license", "licences": "licenses",
    "pretence": "pretense", "practise": "practice", "practised": "practiced", "practising": "practicing",
    "gaol": "jail", "cosy": "cozy", "ok": "okay", "alright": "all right", "gonna": "going to", "wanna": "want to",
    "gotta": "got to", "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "enrol": "enroll", "fulfil": "fulfill",
    "instalment": "installment", "skilful": "skillful", "wilful": "willful", "jewellery": "jewelry",
}  # fmt: skip
_CLITICS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
#: Words whose "'s" is "is" or "has", not a possessive.
_IS = forms("it that he she there what who here where how this")
_OUR = re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|er|ers|able|ite|ites|ful|less|hood|hoods|ly|al)?$)")
_ISE = re.compile(r"(?<=[a-z]{3})(i|y)s(?=(?:e|es|ed|er|ers|ing|ation|ations|ational|ement)$)")
_RE = re.compile(r"(cent|theat|met|lit|fib|calib|sab|spect|lust|meag|kilomet|centimet|millimet)re(s?)$")
_LL = re.compile(
    r"(travel|cancel|label|model|signal|fuel|counsel|level|channel|panel|total|marshal|tunnel|duel|quarrel|dial|rival|equal)"
    r"l(ed|ing|er|ers|or|ors)$"
)
_AE = re.compile(r"(?<=an)ae(?=m|s)|(?<=p)ae(?=d)|(?<=hom)oe(?=o)|(?<=f)oe(?=t)")
_HELD = re.compile(r"^(co|re|pre|e|counter|anti|non|multi|over|under|inter|semi|mid|self)-(?=\w{3})")
_CASE = re.compile(r"\[(\w{1,3})\](?=\w)|(?<=\w)\[(\w{1,4})\]")
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,160}\]|\([^()\n]{1,160}\)")
_CUT = re.compile(r"\[?(?:\.[ \u00a0]?){2,}\.?\]?|\[?…\]?")


def _bare(form: str) -> str:
    if form.isascii():
        return form
    return "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def folded(form: str) -> tuple[str, ...]:
    """The word as forms for comparing: "organisation's" -> ("organization",), "won't" -> ("will", "not")."""
    low = _bare(form.casefold().replace("’", "'").replace("‑", "-"))
    if low in _WHOLE:
        return tuple(_WHOLE[low].split())
    for clitic, full in _CLITICS.items():
        if low.endswith(clitic) and len(low) > len(clitic):
            return (*folded(low[: -len(clitic)]), full)
    if low.endswith("'s"):
        low = low[:-2]
        if low in _IS:
            return (low, "is")
    low = _HELD.sub(r"\1", low)
    if "-" in low:
        return tuple(fold for piece in low.split("-") if piece for fold in folded(piece)) or (low,)
    if low[:1].isdigit():
        return (low.replace(",", ""),)
    low = low.replace(".", "").rstrip("'")
    if low in _NUMBERS:
        return (_NUMBERS[low],)
    if len(low) > 4:
        low = _AE.sub("e", _LL.sub(r"\1\2", _RE.sub(r"\1er\2", _ISE.sub(r"\1z", _OUR.sub("or", low)))))
    return (low,) if low else (form,)


def tokens(text: str, parts: Sequence[Span]) -> list[Token]:
    """The words of the quoted ``parts`` in order; ``part`` rises at each new part and at each ellipsis."""
    out: list[Token] = []
    number = 0
    for part in parts:
        asides = [
            (m.start(), m.end())
            for m in _BRACKETS.finditer(text, part.start, part.end)
            if not _CASE.match(text, m.start(), part.end)
        ]
        cuts = [m.start() for m in _CUT.finditer(text, part.start, part.end)]
        joined = {m.start(1 if m[1] else 2): m for m in _CASE.finditer(text, part.start, part.end)}
        found = words(text, part)
        at = aside_at = cut_at = 0
        while at < len(found):
            word = found[at]
            start, end, form = word.start, word.end, text[word.start : word.end]
            case = joined.get(start)
            if case and case[1] and at + 1 < len(found) and found[at + 1].start == case.end():
                at += 1
                end, form = found[at].end, form + text[found[at].start : found[at].end]
                start -= 1
            elif (
                at + 1 < len(found)
                and (case := joined.get(found[at + 1].start))
                and case[2]
                and case.start() == end
                and not case[1]
            ):
                at += 1
                end, form = case.end(), form + case[2]
            while cut_at < len(cuts) and cuts[cut_at] < start:
                cut_at += 1
                number += 1
            while aside_at < len(asides) and asides[aside_at][1] <= start:
                aside_at += 1
            aside = aside_at < len(asides) and asides[aside_at][0] <= start
            out.extend(Token(start, end, fold, aside, number) for fold in folded(form))
            at += 1
        number += 1
    return out
