"""Cuts a sentence into words and marks with the shapes that tell names: capitals, initials, particles, possessives.

Takes text and a range, gives tokens with their places; unlike ``words``, "Gen." and "M." keep their dot.
"""

import re
from typing import NamedTuple

from headwater.reading.names.gazetteer import forms, lists

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w'’]))?|[^\W_][\w\u0300-\u036f]*(?:[-‑'’&][^\W_][\w\u0300-\u036f]*)*|\S"
)
_POSSESSIVE = re.compile(r"['’][sS]$")
_JOINED = re.compile(r"(?:al|el|as|an|ar|at|ash|ad|ul|ud|d|l|dell)[-‑'’][^\W\d_]")
#: Adjectives made of names: "Israeli-annexed", "Kremlin-friendly".
_COMPOUND = re.compile(r"-(?:[a-z]+ed|led|run|style|era|friendly|born|held|wide|speaking|majority|made|owned|based)$")
_DOTTED = forms("jr sr inc corp ltd co st mt ft bros")
#: Capitals with dots that are names, not initials ("U.S. troops", but "J.K. Marsh").
_DOTTED_NAMES = forms("US UK UN EU DC LA USA AP NY CIA FBI DEA NSA UAE GOP DHS")
CAPITAL = forms("cap caps initial")


class Token(NamedTuple):
    """A word or mark with its place.

    ``form`` is without a possessive, ``low`` its small letters without a last dot, ``shape`` one of cap, caps, initial,
    joined ("al-Sayf"), lower, number, mark; ``owner`` is True before "'s"; ``near`` when only blanks stand before.
    """

    start: int
    end: int
    form: str
    low: str
    shape: str
    owner: bool
    near: bool


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, in order; ``near`` is True when only blanks of one line stand before."""
    out: list[Token] = []
    short = lists().short_titles
    last = start
    for match in _TOKEN.finditer(text, start, end):
        form = match.group()
        at, to = match.span()
        if at < last:
            continue
        gap = text[last:at]
        near = len(gap) < 4 and "\n" not in gap and "\r" not in gap
        owner = False
        first = form[0]
        if not (first.isalnum()):
            shape = "mark"
            last = to
        else:
            last = to
            if len(form) > 2 and form[-1] in "sS" and _POSSESSIVE.search(form):
                form = form[:-2]
                to -= 2
                owner = True
            if first.isdigit():
                shape = "number"
            elif "-" in form and _COMPOUND.search(form):
                shape = "lower"
            elif first.isupper() or first.istitle():
                letters = form.replace(".", "")
                if len(letters) == 1:
                    shape = "initial"
                elif letters.isupper() or (letters[:-1].isupper() and letters[-1] == "s" and len(letters) > 2):
                    shape = "initial" if "." in form and len(letters) < 4 and letters not in _DOTTED_NAMES else "caps"
                else:
                    shape = "cap"
            elif first.islower() and _JOINED.match(form) and any(c.isupper() for c in form):
                shape = "joined"
            else:
                shape = "lower"
            if not owner and to < end and text[to] == "." and "." not in form:
                low = form.casefold()
                if shape == "initial" or (shape in ("cap", "caps") and (low in short or low in _DOTTED)):
                    to += 1
                    form += "."
                    last = to
        out.append(
            Token(at, to, form.replace("’", "'"), form.casefold().replace("’", "'").rstrip("."), shape, owner, near)
        )
    return out
