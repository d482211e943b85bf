"""What one telling counts: quantities that can be set against another telling's, and the parts of a whole.

Takes a telling, gives the one quantity of each counted noun. "More than 100" and 101, "three" and "3", a rounded
figure and the exact one hold together.
"""

import re
from bisect import bisect_left
from collections import defaultdict

from headwater.compare.stems import SMALL, stem, word_list
from headwater.compare.told import Telling
from headwater.model import Quantity

_PART_OF = re.compile(
    r"\s+(?:\w+\s+){0,2}?of\s+(?:the|these|those|them|its|his|her|their|all|[0-9]|\w+teen|\w+ty)\b", re.IGNORECASE
)


_OF_THE = re.compile(
    r"(?<!\beach )(?<!\ball )\b(?:of|among|out of)\s+(?:the|these|those|its|his|her|their|all)\s*$", re.IGNORECASE
)


_MORE = re.compile(r"\w+\s+(?:\w+\s+)?(?:more(?!\s+than)|others?|additional|further|extra)\b", re.IGNORECASE)


_ROUNDING = 0.05


_LOOSE = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|an? estimated|circa|close to)\s*$", re.IGNORECASE
)


_OWNERS = word_list("the its his her their our these those all")


COUNTS = {
    "two": 2,
    "both": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def _rounded(one: float, two: float) -> bool:
    """Whether the rounder of two figures is the other one rounded, within 5 %."""
    if not one or not two or abs(one - two) > _ROUNDING * max(abs(one), abs(two)):
        return False
    for fine, coarse in ((one, two), (two, one)):
        digits = f"{coarse:.6f}".rstrip("0").rstrip(".")
        places = len(digits.partition(".")[2]) if "." in digits else -(len(digits) - len(digits.rstrip("0")))
        if (places < 0 or (places > 0 or f"{fine}" != f"{int(fine)}.0")) and round(fine, places) == coarse:
            return True
    return False


def apart(one: Quantity, two: Quantity) -> bool:
    """Whether no value fits both."""
    if one.low is not None and two.high is not None and one.low > two.high:
        low, high = two.high, one.low
    elif two.low is not None and one.high is not None and two.low > one.high:
        low, high = one.high, two.low
    else:
        return False
    return not _rounded(low, high)


def _usable(telling: Telling, quantity: Quantity) -> bool:
    text = telling.article.text
    if quantity.what is None or (quantity.low is None and quantity.high is None):
        return False
    if any(t.start < quantity.end and quantity.start < t.end for t in telling.times):
        return False
    return not (
        _MORE.match(text, quantity.start, min(len(text), quantity.end + 24))
        or _PART_OF.match(text, quantity.end, min(len(text), quantity.end + 60))
        or _OF_THE.search(text[max(0, quantity.start - 24) : quantity.start])
    )


def loose(telling: Telling, quantity: Quantity) -> bool:
    """Whether the text itself says that the figure is not exact."""
    text = telling.article.text
    before, first = (
        text[max(0, quantity.start - 20) : quantity.start],
        text[quantity.start : quantity.end].split(" ")[0],
    )
    return bool(_LOOSE.search(before) or _LOOSE.search(before + first))


def close(one: Quantity, two: Quantity) -> bool:
    """Whether the bounds of two quantities lie within a tenth of the largest."""
    ends = [v for v in (one.low, one.high, two.low, two.high) if v is not None]
    return max(ends) - min(ends) <= 0.1 * max(abs(v) for v in ends)


def part(telling: Telling, quantity: Quantity) -> Quantity | None:
    """The part that is counted of a whole: "two of the barrage's eleven piers" -> 2 of what is "11 pier"."""
    if quantity.what is None or quantity.low is None or quantity.low != quantity.high:
        return None
    first = min(bisect_left(telling.words, quantity.start, key=lambda word: word.start), len(telling.words) - 1)
    back = max((n for n in range(max(0, first - 6), first) if telling.words[n].key == "of"), default=0)
    if not back or _between(telling, back, first):
        return None
    key = telling.words[back - 1].key
    count = COUNTS.get(key) or (1 if key == "one" else small(key))
    if not 0 < count < quantity.low:
        return None
    start = telling.words[back - 1].start
    what = f"{quantity.low:.10g} of {' '.join(stem(part) for part in quantity.what.casefold().split())}"
    return Quantity(article=quantity.article, start=start, end=quantity.end, low=count, high=count, what=what)


def small(form: str) -> int:
    """The value of a short number in figures, 0 for anything else."""
    return int(form) if form.isascii() and form.isdecimal() and len(form) < 7 else 0


def _between(telling: Telling, back: int, first: int) -> bool:
    """Whether anything but whose they are stands between "of" and the whole: a comma, a verb, another number."""
    text = telling.article.text[telling.words[back].end : telling.words[first].start]
    return any(mark in text for mark in ",;:.()") or any(
        word.key in COUNTS or word.key in SMALL - _OWNERS for word in telling.words[back + 1 : first]
    )


def counts(telling: Telling) -> dict[str, Quantity]:
    """The one quantity of each counted noun; nouns with two values in one clause are left out."""
    found: defaultdict[str, list[Quantity]] = defaultdict(list)
    for quantity in telling.numbers:
        share = part(telling, quantity)
        if share:
            found[str(share.what)].append(share)
        if _usable(telling, quantity):
            found[" ".join(stem(part) for part in str(quantity.what).casefold().split())].append(quantity)
    return {what: same[0] for what, same in found.items() if len({(q.low, q.high) for q in same}) == 1}
