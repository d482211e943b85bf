"""Names from the network and names from lists and rules, settled into one list.

The network sees names by what stands around them, the lists know those whose shape says nothing; where both see one the
network is believed, without the titles it takes along. What is part of an address is nobody's name.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from headwater import lexicon
from headwater.reading.names.gazetteer import folded, lists
from headwater.reading.tagger import Name
from headwater.words import key_of

_SURE = 0.7  # score from which on a name is believed that only the rules see
_ALONE = 0.6  # share from which on a name is believed that only the network sees
_NONE = lexicon.STOPWORDS | lexicon.PRONOUNS | frozenset("ok when as neither nor yes no mr mrs ms sen rep gov".split())
_STATES = frozenset(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev ore pa tenn tex "
    "va vt wash wis wyo wva".split()
)
_KIN = frozenset("aunt uncle mom mum dad mother father grandma grandpa granny sis bro".split())
_COUNTRIES = frozenset("us u.s. u.s uk u.k. u.k eu e.u. un u.n.".split())
_BODIES = frozenset("agency agencies company companies firm firms official officials group groups".split())
#: What a name ends in whose full stop is its own: "Quill Jr.", "Ada F.".
_SHORT = re.compile(r"\s(?:[JS]r|[A-Z])$")
_LEADS = frozenset("the a an p.s. ps re fw dear hi hello president chairman secretary minister sheikh shaikh".split())


def settled(text: str, trained: Sequence[Name], ruled: Sequence[Name]) -> tuple[Name, ...]:
    """One list of names, in order of place, apart from one another.

    Args:
        text: the text they stand in.
        trained: the network's, in order of place.
        ruled: the rules', in order of place.
    """
    out: list[Name] = []
    ends = [n.end for n in ruled]
    for name in trained:
        at = bisect_left(ends, name.start + 1)
        people = [n for n in ruled[at : at + 3] if n.type == "person" and _holds(name, n) and n.score >= _SURE]
        cut = _trimmed(text, name, people[-1] if people else None)
        if cut is None or _in_address(text, cut):
            continue
        at = bisect_left(ends, cut.start + 1)
        beside = ruled[at] if at < len(ruled) and ruled[at].start < cut.end else None
        if beside is None and cut.score < _ALONE:
            continue
        if beside is not None and beside.score >= _SURE and beside.type == cut.type and _holds(beside, cut):
            cut = Name(beside.start, beside.end, cut.type, cut.score)
        if not out or out[-1].end <= cut.start:
            out.append(cut)
    taken = [n.end for n in out]
    added = []
    for name in ruled:
        at = bisect_left(taken, name.start + 1)
        if name.score >= _SURE and not (at < len(out) and out[at].start < name.end) and not _in_address(text, name):
            added.append(name)
    return tuple(sorted([*out, *added]))


def _holds(outer: Name, inner: Name) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _trimmed(text: str, name: Name, inside: Name | None) -> Name | None:
    """The name without what stands around it: marks, articles, titles, a verb, a place; None where nothing is left.

    ``inside`` is a person whom the rules see within it.
    """
    start, end = name.start, name.end
    bracket = text.find("(", start, end)
    if bracket > start:
        end = bracket
    if name.type == "person":
        if inside is not None and len(text[start:end].split()) > 3:
            start, end = inside.start, inside.end
        of = text.find(" of ", start, end)
        end = of if of > start else end
        start = _after_titles(text, start, end)
        words = text[start:end].split()
        while len(words) > 1 and key_of(words[-1].strip(".,")) in lexicon.SAID:
            end = text.rindex(words.pop(), start, end)
    elif text[start : start + 4].casefold() == "the ":
        start += 4
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum() and not (text[end - 1] == "." and "." in text[start : end - 1]):
        end -= 1
    end += name.type == "person" and text[end : end + 1] == "." and bool(_SHORT.search(text, start, end))
    shown = [folded(w) for w in text[start:end].split()]
    known = lists()
    if not shown or not any(c.isalpha() for c in text[start:end]) or all(w in _NONE for w in shown):
        return None
    if name.type == "person" and len(shown) == 1:
        alone = shown[0]
        if (
            len(alone) == 1
            or alone in known.courtesy
            or alone in known.short_titles
            or alone in _STATES | _LEADS | _KIN
        ):
            return None
    lands = name.type == "organisation" and (shown[0] in known.demonyms or shown[0] in _COUNTRIES)
    if lands and len(shown) > 1 and all(word in _BODIES for word in text[start:end].split()[1:]):
        return None  # "US agency": one of many, named by nothing else
    return Name(start, end, name.type, name.score)


def _after_titles(text: str, start: int, end: int) -> int:
    """Where the name begins after its last title ("Mexican President Claudia Sheinbaum")."""
    known = lists()
    at, out = start, start
    while True:
        blank = text.find(" ", at, end)
        if blank < 0:
            return out
        word = text[at:blank].casefold()
        plain = folded(word)
        at = blank + 1
        if word in _LEADS or plain in known.courtesy or plain in known.short_titles or plain in known.before:
            out = at


def _in_address(text: str, name: Name) -> bool:
    """Whether it is part of an e-mail address, a link, a handle or a file's name."""
    before, after = text[max(0, name.start - 1) : name.start], text[name.end : name.end + 2]
    if before in {"@", "_", "/", "#"} or after[:1] in {"@", "_"}:
        return True
    if after[:1] == "." and after[1:].isalnum():
        return after[1:].islower() or (
            name.type == "person" and "@" in text[name.end : name.end + 60].split(maxsplit=1)[0]
        )
    return False
