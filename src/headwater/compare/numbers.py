"""Numbers that cannot both hold.

Takes tellings of one claim: quantities of the same counted noun, in like words, whose ranges are apart, and parts of
one whole that are not equal.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from headwater.compare.counts import COUNTS, apart, close, counts, loose, part, small
from headwater.compare.notes import about, conflict, side
from headwater.compare.stems import word_list
from headwater.compare.told import MOST, Telling, Told, later_day
from headwater.model import Conflict, Quantity, Severity, Span, Verdict

_ALIKE = 0.4


_MAGNITUDES = frozenset({"hundr", "thousand", "million", "billion", "trillion", "dozen"})


_HARM = frozenset({"die", "injur", "arrest", "miss", "detain"})


#: What befalls people: figures of different ones are of different people.
_FATES = _HARM | word_list(
    "infect ill sick rescu evacu displac hospit surviv charg sentenc convict jail releas treat trap homeless"
)


#: Nouns so wide that only what is said of them tells whom they count.
_WIDE = frozenset({"person", "man", "woman", "other", "individu", "time", "year", "day", "month", "week", "hour"})


def _same_thing(one: Telling, two: Telling, left: Quantity, right: Quantity, what: str) -> bool:
    """Whether both count the same thing: words of the same part of the sentence agree, or most of the clause does."""
    near_one, near_two = one.clause(left.start, left.end), two.clause(right.start, right.end)
    fates_one, fates_two = near_one & _FATES, near_two & _FATES
    if (fates_one or fates_two) and not fates_one & fates_two and not _alike_fates(fates_one, fates_two):
        return False
    own = {*what.split(), *_MAGNITUDES, *COUNTS}
    shared = {s for s in near_one & near_two if not s[:1].isdigit()} - own
    whole = {s for s in one.content & two.content if not s[:1].isdigit()} - own
    if " of " in f" {what} ":  # a part of the same whole: one word of what is said of it is enough
        return bool(shared)
    return (bool(shared) and len(whole) >= 2) or (len(whole) >= 4 and not set(what.split()) <= _WIDE)


def _has(telling: Telling, other: Quantity) -> bool:
    """Whether the telling has the other one's figure as well, of a part or another group: "27, nine of them badly"."""
    if other.low is None or other.low != other.high:
        return False
    return any((COUNTS.get(w.key) or small(w.key.replace(",", ""))) == other.low for w in telling.words) or any(
        q.low == q.high == other.low for q in telling.numbers
    )


def _alike_fates(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether both say that people fell ill, in other words."""
    ill = {"infect", "ill", "sick"}
    return bool(one & ill and two & ill)


def number_conflicts(told: Told) -> Iterator[Conflict]:
    """Quantities of one claim that cannot both hold: one conflict a claim and counted noun."""
    for claim, tellings in (*told.sets(), *_parts(told)):
        values: defaultdict[str, list[tuple[Telling, Quantity]]] = defaultdict(list)
        for telling in tellings:
            for what, quantity in counts(telling).items():
                values[what].append((telling, quantity))
        for what in sorted(values):
            against = [
                (a, b)
                for a, b in combinations(values[what], 2)
                if a[0].article.id != b[0].article.id
                and apart(a[1], b[1])
                and (" of " in what or max(told.alike(a[0], b[0])) >= _ALIKE)
                and _same_thing(a[0], b[0], a[1], b[1], what)
                and not (_has(a[0], b[1]) or _has(b[0], a[1]))
                and not (close(a[1], b[1]) and (loose(*a) or loose(*b)))
            ]
            if against:
                yield _number(told, claim, against)


def _parts(told: Told) -> Iterator[tuple[str, tuple[Telling, ...]]]:
    """Tellings, of whatever claim, that count a part of the same whole ("two of its eleven piers"), earliest first."""
    found: defaultdict[str, dict[tuple[str, float | None], Telling]] = defaultdict(dict)
    for claim in sorted(told.tellings):
        for telling in told.distinct(claim):
            for quantity in telling.numbers:
                share = part(telling, quantity)
                if share:
                    found[str(share.what)].setdefault((telling.article.id, share.low), telling)
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
