"""Text that fits a box: widths by the kind of character, wide rather than narrow, since no font is known here."""

import re
import unicodedata

#: More marks on one letter than any script has would climb out of the box.
_PILED = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_NARROW = frozenset("iljtfrI.,:;'’‘|!()[]{}-·  ")
_WIDE = frozenset("mwMWQOGDHNU@%—&")


def ems(text: str) -> float:
    """About how wide a text is, in widths of an em; rather more than less."""
    return sum(map(_em, text))


def _em(c: str) -> float:
    if c in _NARROW:
        return 0.36
    if unicodedata.combining(c) or unicodedata.category(c) in {"Mn", "Me", "Cf"}:
        return 0.0
    if c in _WIDE:
        return 0.92
    if ord(c) < 0x250:
        return 0.7 if c.isupper() else 0.59
    return 1.3 if unicodedata.east_asian_width(c) in {"W", "F"} or ord(c) >= 0x2600 else 0.75


def lines_of(text: str, room: float, most: int) -> list[str]:
    """A text in at most ``most`` lines of ``room`` ems, broken between words where that can be, cut with "…"."""
    out: list[str] = []
    line = ""
    words = _PILED.sub(r"\1", text).split()
    while words:
        word = words.pop(0)
        if ems(f"{line} {word}".strip()) <= room:
            line = f"{line} {word}".strip()
        elif not line:
            head = _fitting(word, room)
            out.append(head)
            if rest := word[len(head) :]:
                words.insert(0, rest)
        else:
            out.append(line)
            line = ""
            words.insert(0, word)
        if len(out) > most:
            break
    if line:
        out.append(line)
    if len(out) > most:
        out[most - 1] = _fitting(f"{out[most - 1]} {out[most]}", room - 1) + "…"
    return out[:most]


def _fitting(text: str, room: float) -> str:
    """The longest beginning that fits, one character at least; no half of a combined character."""
    width, end = 0.0, 0
    for number, c in enumerate(text):
        width += _em(c)
        if width > room and number:
            break
        end = number + 1
    while end < len(text) and end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() or text[:1]
