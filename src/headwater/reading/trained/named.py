"""Names from the network and names from lists and rules, settled into one list.

The network sees names by what stands around them, the lists know those whose shape says nothing; where both see one the
network is believed, without the titles it takes along. What is part of an address is nobody's name.
"""

from bisect import bisect_left
from collections.abc import Sequence

from headwater.model import Span
from headwater.reading.names.gazetteer import folded, lists
from headwater.reading.tagger import Name

_SURE = 0.7  # score from which on a name is believed that only the rules see
_ALONE = 0.6  # share from which on a name is believed that only the network sees
_MOSTLY = 0.75  # share of a form's mentions whose type the others take
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
        cut = _trimmed(text, name)
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


def _trimmed(text: str, name: Name) -> Name | None:
    """The name without titles before it and marks around it."""
    start, end = name.start, name.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum() and not (text[end - 1] == "." and "." in text[start : end - 1]):
        end -= 1
    known = lists()
    while name.type == "person":
        blank = text.find(" ", start, end)
        if blank < 0:
            break
        word = text[start:blank].casefold()
        plain = folded(word)
        if not (word in _LEADS or plain in known.courtesy or plain in known.short_titles or plain in known.before):
            break
        start = blank + 1
        while start < end and not text[start].isalnum():
            start += 1
    if start >= end or not any(c.isalpha() for c in text[start:end]):
        return None
    shown = folded(text[start:end])
    if name.type == "person" and (shown in known.courtesy or shown in known.short_titles or shown in _LEADS):
        return None
    return Name(start, end, name.type, name.score)


def _in_address(text: str, name: Name | Span) -> bool:
    """Whether it is part of an e-mail address, a link, a handle or a file's name."""
    before, after = text[max(0, name.start - 1) : name.start], text[name.end : name.end + 2]
    if before in {"@", "_", "/", "#"} or after[:1] in {"@", "_"}:
        return True
    return after[:1] == "." and after[1:].isalnum() and after[1:].islower()
