"""Numbers that cannot both hold, and how many people a source is said to be.

Takes tellings of one claim: quantities of the same counted noun, in like words, whose ranges are apart. "More than
100" and 101, "three" and "3", a rounded figure and the exact one hold together. A source that is one person in one
article and several in another, for the same quoted words or the same Source, is drift.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from headwater.compare.tellings import (
    MOST,
    SMALL,
    Telling,
    Told,
    about,
    conflict,
    later_day,
    shown,
    side,
    stem,
    word_list,
)
from headwater.model import Article, Attribution, Conflict, Quantity, Quotation, Severity, Span, Verdict
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
#: What befalls people: figures of different ones are of different people.
_FATES = _HARM | word_list(
    "infect ill sick rescu evacu displac hospit surviv charg sentenc convict jail releas treat trap homeless"
)
#: Nouns so wide that only what is said of them tells whom they count.
_WIDE = frozenset({"person", "man", "woman", "other", "individu", "time", "year", "day", "month", "week", "hour"})
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


def _part(telling: Telling, quantity: Quantity) -> Quantity | None:
    """The part that is counted of a whole: "two of the barrage's eleven piers" -> 2 of what is "11 pier"."""
    if quantity.what is None or quantity.low is None or quantity.low != quantity.high:
        return None
    first = min(bisect_left(telling.words, quantity.start, key=lambda word: word.start), len(telling.words) - 1)
    back = max((n for n in range(max(0, first - 6), first) if telling.words[n].key == "of"), default=0)
    if not back or _between(telling, back, first):
        return None
    key = telling.words[back - 1].key
    count = _COUNTS.get(key) or (1 if key == "one" else _small(key))
    if not 0 < count < quantity.low:
        return None
    start = telling.words[back - 1].start
    what = f"{quantity.low:.10g} of {' '.join(stem(part) for part in quantity.what.casefold().split())}"
    return Quantity(article=quantity.article, start=start, end=quantity.end, low=count, high=count, what=what)


def _small(form: str) -> int:
    """The value of a short number in figures, 0 for anything else."""
    return int(form) if form.isascii() and form.isdecimal() and len(form) < 7 else 0


def _between(telling: Telling, back: int, first: int) -> bool:
    """Whether anything but whose they are stands between "of" and the whole: a comma, a verb, another number."""
    text = telling.article.text[telling.words[back].end : telling.words[first].start]
    return any(mark in text for mark in ",;:.()") or any(
        word.key in _COUNTS or word.key in SMALL - _OWNERS for word in telling.words[back + 1 : first]
    )


def _counts(telling: Telling) -> dict[str, Quantity]:
    """The one quantity of each counted noun; nouns with two values in one clause are left out."""
    found: defaultdict[str, list[Quantity]] = defaultdict(list)
    for quantity in telling.numbers:
        part = _part(telling, quantity)
        if part:
            found[str(part.what)].append(part)
        if _usable(telling, quantity):
            found[" ".join(stem(part) for part in str(quantity.what).casefold().split())].append(quantity)
    return {what: same[0] for what, same in found.items() if len({(q.low, q.high) for q in same}) == 1}


def _same_thing(one: Telling, two: Telling, left: Quantity, right: Quantity, what: str) -> bool:
    """Whether both count the same thing: words of the same part of the sentence agree, or most of the clause does."""
    near_one, near_two = one.clause(left.start, left.end), two.clause(right.start, right.end)
    fates_one, fates_two = near_one & _FATES, near_two & _FATES
    if (fates_one or fates_two) and not fates_one & fates_two and not _alike_fates(fates_one, fates_two):
        return False
    own = {*what.split(), *_MAGNITUDES, *_COUNTS}
    shared = {s for s in near_one & near_two if not s[:1].isdigit()} - own
    whole = {s for s in one.content & two.content if not s[:1].isdigit()} - own
    if " of " in f" {what} ":  # a part of the same whole: one word of what is said of it is enough
        return bool(shared)
    return (bool(shared) and len(whole) >= 2) or (len(whole) >= 4 and not set(what.split()) <= _WIDE)


def _alike_fates(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether both say that people fell ill, in other words."""
    ill = {"infect", "ill", "sick"}
    return bool(one & ill and two & ill)


def number_conflicts(told: Told) -> Iterator[Conflict]:
    """Quantities of one claim that cannot both hold: one conflict a claim and counted noun."""
    for claim, tellings in (*told.sets(), *_parts(told)):
        values: defaultdict[str, list[tuple[Telling, Quantity]]] = defaultdict(list)
        for telling in tellings:
            for what, quantity in _counts(telling).items():
                values[what].append((telling, quantity))
        for what in sorted(values):
            against = [
                (a, b)
                for a, b in combinations(values[what], 2)
                if a[0].article.id != b[0].article.id
                and _apart(a[1], b[1])
                and (" of " in what or max(told.alike(a[0], b[0])) >= _ALIKE)
                and _same_thing(a[0], b[0], a[1], b[1], what)
                and not (_close(a[1], b[1]) and (_loose(*a) or _loose(*b)))
            ]
            if against:
                yield _number(told, claim, against)


def _parts(told: Told) -> Iterator[tuple[str, tuple[Telling, ...]]]:
    """Tellings, of whatever claim, that count a part of the same whole ("two of its eleven piers"), earliest first."""
    found: defaultdict[str, dict[tuple[str, float | None], Telling]] = defaultdict(dict)
    for claim in sorted(told.tellings):
        for telling in told.distinct(claim):
            for quantity in telling.numbers:
                part = _part(telling, quantity)
                if part:
                    found[str(part.what)].setdefault((telling.article.id, part.low), telling)
    for what in sorted(found):
        same = sorted(found[what].values(), key=lambda t: (t.order, t.claim))[:MOST]
        if len(same) > 1:
            yield same[0].claim, tuple(same)


def _number(
    told: Told, claim: str, against: Sequence[tuple[tuple[Telling, Quantity], tuple[Telling, Quantity]]]
) -> Conflict:
    (one, left), (two, right) = against[0]
    sides: dict[tuple[str, int], tuple[Telling, Quantity]] = {}
    for pair in against:
        for telling, quantity in pair:
            sides.setdefault((telling.article.id, quantity.start), (telling, quantity))
    around = one.clause(left.start, left.end) | two.clause(right.start, right.end)
    ends = [v for v in (left.low, left.high, right.low, right.high) if v is not None]
    wide = min(ends) <= 0 or max(ends) >= 2 * min(ends)
    severity: Severity = "high" if wide or around & _HARM else "medium"
    note = f"{told.label(one.article)} says {_words(one, left)}; {told.label(two.article)} says {_words(two, right)}"
    # what was taken from the other telling and says another number was changed on the way
    verdict: Verdict = "drift" if any(_taken(a[0], b[0]) or _taken(b[0], a[0]) for a, b in against) else "conflict"
    if later_day(one, two) and (left.high or 0) < (right.low or 0):
        severity = "low"
        note += ", a day or more later"
    return conflict(
        "number",
        verdict,
        severity,
        note + ".",
        [side(t.article, [Span(q.start, q.end)], _value(q)) for t, q in sides.values()],
        claim=claim,
    )


def _taken(later: Telling, earlier: Telling) -> bool:
    """Whether the later telling was counted as taken from the earlier one's article or report."""
    if later.mention.basis not in {"recovered", "inferred"} or later.attributed:
        return False
    return earlier.article.id in later.mention.counted or bool(
        set(later.mention.counted) & {*earlier.mention.chain, *earlier.mention.counted}
    )


def _words(telling: Telling, quantity: Quantity) -> str:
    return about(telling, quantity.start, quantity.end)


def _value(quantity: Quantity) -> str:
    low = "" if quantity.low is None else f"{quantity.low:.10g}"
    high = "" if quantity.high is None else f"{quantity.high:.10g}"
    value = low if low == high else f"{low}..{high}"
    return f"{value} {quantity.what}" if quantity.what else value


#: Share of content, by weight, above which one telling repeats the other's words.
_REPEATED = 0.75


def _retold(told: Told) -> Iterator[list[Attribution]]:
    """Who is cited for words that one article repeats from another whose report it credits: pairs of attributions."""
    for _, tellings in told.sets():
        for one, two in combinations(tellings, 2):
            if one.article.id == two.article.id or told.alike(one, two)[1] < _REPEATED or len(one.content) < 4:
                continue
            if told.credits(one.article.id, two.article.id) or told.credits(two.article.id, one.article.id):
                yield [*_cited(told, one), *_cited(told, two)]


def _cited(told: Told, telling: Telling) -> list[Attribution]:
    own = told.attributions.get(telling.mention.attribution or "")
    return [own] if own else list(telling.heard[:1])


_OWNERS = word_list("the its his her their our these those all")
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
            count = next((n for f in forms if (n := _COUNTS.get(f) or _small(f))), 0)
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
    groups += [("medium", found) for found in _retold(told)]
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
            f"For the same words {told.label(one)} cites {shown(sides[0].value)}; "
            f"{told.label(two)} cites {shown(sides[1].value)}.",
            sides,
        )
