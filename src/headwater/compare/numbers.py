"""Numbers that cannot both hold, and how many people a source is said to be.

Takes tellings of one claim: quantities of the same counted noun, in like words, whose ranges are apart. "More than
100" and 101, "three" and "3", a rounded figure and the exact one hold together. A source that is one person in one
article and several in another, for the same quoted words or the same Source, is drift.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from headwater.compare.tellings import Telling, Told, conflict, label, later_day, shown, side, stem, word_list
from headwater.model import Article, Attribution, Conflict, Quantity, Quotation, Severity, Span
from headwater.words import words

_PART_OF = re.compile(
    r"\s+(?:\w+\s+){0,2}?of\s+(?:the|these|those|them|its|his|her|their|all|[0-9]|\w+teen|\w+ty)\b", re.IGNORECASE
)
_OF_THE = re.compile(r"\b(?:of|among|out of)\s+(?:the|these|those|its|his|her|their|all)\s*$", re.IGNORECASE)
_MORE = re.compile(r"\w+\s+(?:\w+\s+)?(?:more(?!\s+than)|others?|additional|further|extra)\b", re.IGNORECASE)
_ALIKE = 0.4
_ROUNDING = 0.05
_MAGNITUDES = frozenset({"hundr", "thousand", "million", "billion", "trillion", "dozen"})
_HARM = frozenset({"die", "injur", "arrest", "miss", "detain"})
_LOOSE = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|an? estimated|circa|close to)\s*$", re.IGNORECASE
)


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


def _apart(one: Quantity, two: Quantity) -> bool:
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


def _loose(telling: Telling, quantity: Quantity) -> bool:
    """Whether the text itself says that the figure is not exact."""
    text = telling.article.text
    before, first = (
        text[max(0, quantity.start - 20) : quantity.start],
        text[quantity.start : quantity.end].split(" ")[0],
    )
    return bool(_LOOSE.search(before) or _LOOSE.search(before + first))


def _close(one: Quantity, two: Quantity) -> bool:
    ends = [v for v in (one.low, one.high, two.low, two.high) if v is not None]
    return max(ends) - min(ends) <= 0.1 * max(abs(v) for v in ends)


def _counts(telling: Telling) -> dict[str, Quantity]:
    """The one quantity of each counted noun; nouns with two values in one clause are left out."""
    found: defaultdict[str, list[Quantity]] = defaultdict(list)
    for quantity in telling.numbers:
        if _usable(telling, quantity):
            found[" ".join(stem(part) for part in str(quantity.what).casefold().split())].append(quantity)
    return {what: same[0] for what, same in found.items() if len({(q.low, q.high) for q in same}) == 1}


def _same_thing(one: Telling, two: Telling, left: Quantity, right: Quantity, what: str) -> bool:
    """Whether both count the same thing: words of the same part of the sentence agree, or most of the clause does."""
    near_one, near_two = one.clause(left.start, left.end), two.clause(right.start, right.end)
    if ("die" in near_one) != ("die" in near_two) and ("injur" in near_one) != ("injur" in near_two):
        return False
    about = {*what.split(), *_MAGNITUDES}
    shared = {s for s in near_one & near_two if not s[:1].isdigit()} - about
    whole = {s for s in one.content & two.content if not s[:1].isdigit()} - about
    return (bool(shared) and len(whole) >= 2) or len(whole) >= 4


def number_conflicts(told: Told) -> Iterator[Conflict]:
    """Quantities of one claim that cannot both hold: one conflict a claim and counted noun."""
    for claim in sorted(told.tellings):
        values: defaultdict[str, list[tuple[Telling, Quantity]]] = defaultdict(list)
        for telling in told.distinct(claim):
            for what, quantity in _counts(telling).items():
                values[what].append((telling, quantity))
        for what in sorted(values):
            against = [
                (a, b)
                for a, b in combinations(values[what], 2)
                if a[0].article.id != b[0].article.id
                and _apart(a[1], b[1])
                and max(told.alike(a[0], b[0])) >= _ALIKE
                and _same_thing(a[0], b[0], a[1], b[1], what)
                and not (_close(a[1], b[1]) and (_loose(*a) or _loose(*b)))
            ]
            if against:
                yield _number(claim, against)


def _number(claim: str, against: Sequence[tuple[tuple[Telling, Quantity], tuple[Telling, Quantity]]]) -> Conflict:
    (one, left), (two, right) = against[0]
    sides: dict[tuple[str, int], tuple[Telling, Quantity]] = {}
    for pair in against:
        for telling, quantity in pair:
            sides.setdefault((telling.article.id, quantity.start), (telling, quantity))
    around = one.clause(left.start, left.end) | two.clause(right.start, right.end)
    ends = [v for v in (left.low, left.high, right.low, right.high) if v is not None]
    wide = min(ends) <= 0 or max(ends) >= 2 * min(ends)
    severity: Severity = "high" if wide or around & _HARM else "medium"
    note = f"{label(one.article)} says {_words(one, left)}; {label(two.article)} says {_words(two, right)}"
    if later_day(one, two) and (left.high or 0) < (right.low or 0):
        severity = "low"
        note += ", a day or more later"
    return conflict(
        "number",
        "conflict",
        severity,
        note + ".",
        [side(t.article, [Span(q.start, q.end)], _value(q)) for t, q in sides.values()],
        claim=claim,
    )


def _words(telling: Telling, quantity: Quantity) -> str:
    return shown(telling.article.text[quantity.start : quantity.end])


def _value(quantity: Quantity) -> str:
    low = "" if quantity.low is None else f"{quantity.low:.10g}"
    high = "" if quantity.high is None else f"{quantity.high:.10g}"
    value = low if low == high else f"{low}..{high}"
    return f"{value} {quantity.what}" if quantity.what else value


_ONE = word_list("a an one another")
_SEVERAL = word_list("several some many few multiple various two three four five six seven eight nine ten both")
_PLURALS = word_list("people men women police authorities sources officials")
_HEADS = word_list(
    """source official officer adviser advisor aide diplomat person insider spokesperson spokesman spokeswoman witness
    analyst expert engineer executive employee lawyer investigator minister lawmaker resident member soldier
    commander worker scientist doctor negotiator envoy prosecutor staffer colleague friend relative critic"""
)
_ENDS = word_list("of in with who whose that familiar close speaking from at near involved on briefed inside within")


def people(article: Article, spans: Sequence[Span]) -> tuple[int, int | None] | None:
    """How many people the words for a source stand for, as (least, most); None when they do not say.

    "one senior official" -> (1, 1); "officials" -> (2, None); "three sources" -> (3, 3).
    """
    forms = [word.key for span in spans for word in words(article.text, span)]
    cut = next((n for n, form in enumerate(forms) if n and form in _ENDS), len(forms))
    forms = forms[:cut]
    for form in forms:
        if form in _HEADS:
            return (1, 1) if forms[0] in _ONE else None
        singular = form[:-2] if form == "witnesses" else form[:-1] if form.endswith("s") else form
        if (form != singular and singular in _HEADS) or form in _PLURALS:
            count = next(
                (n for f in forms if (n := _COUNTS.get(f) or (int(f) if f.isascii() and f.isdigit() else 0))), 0
            )
            return (count, count) if 1 < count < 1000 else (2, None)
    return None


_COUNTS = {
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


def _unlike(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    return (one[1] is not None and one[1] < two[0]) or (two[1] is not None and two[1] < one[0])


def source_number_drift(told: Told, quotations: Sequence[Quotation]) -> Iterator[Conflict]:
    """A source that is one person here and several there, for the same quoted words or the same Source."""
    groups: list[tuple[Severity, list[Attribution]]] = []
    for quotation in quotations:
        # only words that stand in both: overlapping stretches and paraphrases show less
        said = [
            v for v in quotation.variants if v.relation in {"fullest", "verbatim", "respelled", "trimmed", "altered"}
        ]
        groups.append(("high", [told.attributions[v.attribution] for v in said if v.attribution in told.attributions]))
    by_source: defaultdict[str, list[Attribution]] = defaultdict(list)
    for attribution in told.attributions.values():
        if attribution.source is not None:
            by_source[attribution.source].append(attribution)
    groups += [("medium", by_source[source]) for source in sorted(by_source)]
    seen: set[tuple[str, str]] = set()
    for severity, attributions in groups:
        counts: dict[str, tuple[tuple[int, int | None], Attribution]] = {}
        unsure: set[str] = set()
        for attribution in sorted(attributions, key=lambda a: (a.article, a.source_spans, a.id)):
            article = told.articles.get(attribution.article)
            source = told.sources.get(attribution.source or "")
            if (
                article is None
                or not attribution.source_spans
                or (source and source.kind not in {"anonymous", "unspecified"})
            ):
                continue
            count = people(article, attribution.source_spans)
            if count is None:
                continue
            if article.id in counts and counts[article.id][0] != count:
                unsure.add(article.id)
            counts.setdefault(article.id, (count, attribution))
        order = sorted(
            (counts[name] for name in counts if name not in unsure),
            key=lambda item: (told.articles[item[1].article].published or "~", item[1].article),
        )
        first = next(iter(order), None)
        other = next((item for item in order[1:] if first and _unlike(first[0], item[0])), None)
        if first is None or other is None:
            continue
        one, two = told.articles[first[1].article], told.articles[other[1].article]
        if (one.id, two.id) in seen:
            continue
        seen.add((one.id, two.id))
        sides = [side(one, first[1].source_spans), side(two, other[1].source_spans)]
        yield conflict(
            "number",
            "drift",
            severity,
            f"For the same words {label(one)} has {shown(sides[0].value)} as the source; "
            f"{label(two)} has {shown(sides[1].value)}.",
            sides,
        )
