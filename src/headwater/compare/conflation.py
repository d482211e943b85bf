"""Two events told as one: one act's date or toll given to another, some made all, one speaker's words another's.

Takes tellings of one claim and what else their articles tell. It is told only where it is proven: the article that is
compared with has both events, with a value each, and the other article gives the first event the second one's value.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from headwater.compare.counts import COUNTS, counts, part, small
from headwater.compare.dates import Timed, usable
from headwater.compare.notes import about, conflict, shown, side
from headwater.compare.told import Telling, Told, by_name
from headwater.dates import compatible
from headwater.model import Conflict, Span, TimePoint
from headwater.words import words

#: Share of the content of two clauses, of the shorter one's, above which they are of one event.
_ONE_EVENT = 0.5
#: Weight of content that two tellings of one statement share, as a share of the longer's.
_SAME_WORDS = 0.8
_LEAST = 4
#: Characters of an EDTF value that names a day.
_DAY = 10


def conflations(told: Told, differing: Sequence[Conflict]) -> Iterator[Conflict]:
    """Events merged into one.

    Args:
        told: the tellings.
        differing: dates and numbers of one claim that cannot both hold; where the article has the other value for
            another event, the two were merged.
    """
    here: defaultdict[str, list[Telling]] = defaultdict(list)
    for tellings in told.tellings.values():
        for telling in tellings:
            here[telling.article.id].append(telling)
    for same in here.values():
        same.sort(key=lambda t: (t.mention.spans, t.claim))
    values = [c for c in differing if c.claim and c.type in {"date", "number"} and len(c.sides) == 2]
    held = _held(here[name] for name in sorted({s.article for c in values for s in c.sides}))
    for found in values:
        yield from _other_event(told, found, held)
    for claim, tellings in told.sets():
        for one, two in permutations(tellings, 2):
            if one.article.id == two.article.id:
                continue
            yield from _date_across(told, claim, one, two)
            yield from _some_to_all(told, claim, one, two)
    yield from _speakers(told, here)


class _Value(NamedTuple):
    """A date or number of a telling: where it stands, how it is written, and the clause that holds it."""

    start: int
    end: int
    clause: frozenset[str]
    form: tuple[str, ...]
    date: Timed | None
    number: tuple[str, float | None, float | None] | None

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for values that may be the same."""
        return (self.date.basis, self.date.value) if self.date else (self.number,)

    def same(self, other: "_Value") -> bool:
        """Whether both are one date of the same kind, or one number of the same thing."""
        if self.date and other.date:
            # "early July" and "late July" have one value
            exact = len(self.date.value) >= _DAY or self.form == other.form
            return exact and self.date.basis == other.date.basis and self.date.value == other.date.value
        return self.number is not None and self.number == other.number


def _values(telling: Telling, kind: str) -> list[_Value]:
    if kind == "date":
        return [
            _Value(
                t.point.start, t.point.end, telling.clause(t.point.start, t.point.end), _form(telling, t.point), t, None
            )
            for t in usable(telling)
        ]
    return [
        _Value(q.start, q.end, telling.clause(q.start, q.end), (), None, (_fate(telling, what), q.low, q.high))
        for what, q in counts(telling).items()
    ]


def _form(telling: Telling, point: TimePoint) -> tuple[str, ...]:
    return tuple(w.key for w in words(telling.article.text, Span(point.start, point.end)))


def _fate(telling: Telling, what: str) -> str:
    """What is counted; people by what befell them, whatever they are called."""
    return next((s for s in ("die", "injur", "arrest", "detain") if s in telling.content), what)


_Held = tuple[Telling, _Value]


class _Values(NamedTuple):
    """The dates and numbers of some articles: by article, kind and place, and by article and value."""

    at: Mapping[tuple[str, str, int], _Held]
    of: Mapping[tuple[str, tuple[object, ...]], Sequence[_Held]]


def _held(articles: Iterable[Sequence[Telling]]) -> _Values:
    at: dict[tuple[str, str, int], _Held] = {}
    of: defaultdict[tuple[str, tuple[object, ...]], list[_Held]] = defaultdict(list)
    for tellings in articles:
        for telling in tellings:
            for kind in ("date", "number"):
                for value in _values(telling, kind):
                    at.setdefault((telling.article.id, kind, value.start), (telling, value))
                    of[telling.article.id, value.key].append((telling, value))
    return _Values(at, of)


def _other_event(told: Told, found: Conflict, held: _Values) -> Iterator[Conflict]:
    for one, two in permutations(found.sides):
        first = held.at.get((one.article, found.type, one.spans[0].start))
        second = held.at.get((two.article, found.type, two.spans[0].start))
        if first is None or second is None:
            continue
        for telling, value in held.of.get((one.article, second[1].key), ()):
            # the same event told again in that article with the other value is no second event
            if telling.setting.overlap(first[0].setting) or not value.same(second[1]):
                continue
            if not _alike(value.clause, first[1].clause, second[1].clause):
                yield _merged(told, found.claim, first, second, (telling, value))
                return


def _alike(clause: frozenset[str], *others: frozenset[str]) -> bool:
    return any(len(clause & other) > _ONE_EVENT * min(len(clause), len(other)) for other in others if clause and other)


def _merged(
    told: Told,
    claim: str | None,
    first: tuple[Telling, _Value],
    second: tuple[Telling, _Value],
    event: tuple[Telling, _Value],
) -> Conflict:
    places = [(t, Span(v.start, v.end)) for t, v in (first, second, event)]
    (one, here), (two, there), (other, its) = places
    return conflict(
        "conflation",
        "drift",
        "high",
        f"{told.label(one.article)} says {about(one, here.start, here.end)} and {about(other, its.start, its.end)}; "
        f"{told.label(two.article)} says {about(two, there.start, there.end)}.",
        [side(telling.article, [span]) for telling, span in places],
        claim=claim,
    )


def _date_across(told: Told, claim: str, one: Telling, two: Telling) -> Iterator[Conflict]:
    """Of "X on Tuesday and Y on Saturday" the other article tells X on Saturday."""
    left, right = _values(one, "date"), _values(two, "date")
    if len(left) != 2 or len(right) != 1:
        return
    for own, others in permutations(left):
        value = right[0]
        if own.same(others) or not value.same(others) or (own.date and value.date and _fit(own.date, value.date)):
            continue
        dates = {s for v in (*left, value) for t in (one, two) for s in _stems(t, v.start, v.end)}
        mine, theirs = own.clause - others.clause - dates, others.clause - own.clause - dates
        if len(mine & value.clause) >= 2 and theirs and not theirs & two.content:
            yield _merged(told, claim, (one, own), (two, value), (one, others))


def _fit(one: Timed, two: Timed) -> bool:
    return compatible(one.value, two.value)


def _stems(telling: Telling, start: int, end: int) -> list[str]:
    return [s for w, s in zip(telling.words, telling.stems, strict=True) if start <= w.start < end]


def _some_to_all(told: Told, claim: str, one: Telling, two: Telling) -> Iterator[Conflict]:
    """Six of the eleven cranes are rusted; all eleven cranes are."""
    for quantity in one.numbers:
        share = part(one, quantity)
        if share is None:
            continue
        for other in two.numbers:
            if other.low != quantity.low or other.high != quantity.high or other.what != quantity.what:
                continue
            form = two.article.text[other.start : other.end].casefold()
            lead = [w.key for w in two.words if w.end <= other.start][-2:]
            if not form.startswith(("all ", "every ")) and not {"all", "every", "each"} & {*lead}:
                continue
            own = {*_stems(one, share.start, share.end), *_stems(two, other.start, other.end), "all", "each", ""}
            own |= {s for s in one.content if s[:1].isdigit() or s in COUNTS or small(s)}
            rest = two.clause(other.start, other.end) - own
            # all that is said of them all was said of some
            if len(rest) >= 2 and len(rest & one.clause(share.start, share.end)) >= max(2, 0.6 * len(rest)):
                yield conflict(
                    "conflation",
                    "drift",
                    "high",
                    f"{told.label(one.article)} says {about(one, share.start, share.end)}; "
                    f"{told.label(two.article)} says {about(two, other.start, other.end)}.",
                    [
                        side(one.article, [Span(share.start, share.end)]),
                        side(two.article, [Span(other.start, other.end)]),
                    ],
                    claim=claim,
                )
                return


def _speakers(told: Told, here: Mapping[str, Sequence[Telling]]) -> Iterator[Conflict]:
    """A says one thing and B another; the other article has A say what B said, and B nowhere."""
    said: defaultdict[str, dict[str, Telling]] = defaultdict(dict)  # by article, what each named person says
    capitals: dict[str, frozenset[str]] = {}
    for name, tellings in here.items():
        text = told.articles[name].text
        capitals[name] = frozenset(w.key for w in words(text) if text[w.start].isupper())
        for telling in tellings:
            for source in _persons(told, telling):
                said[name].setdefault(source, telling)
    seen: set[tuple[str, ...]] = set()
    for claim, tellings in told.cited():
        for one, two in permutations(tellings, 2):
            if one.article.id == two.article.id or not told.repeats(one, two, _SAME_WORDS):
                continue
            left, right = _persons(told, one), _persons(told, two)
            if len(left) != 1 or len(right) != 1 or left == right:
                continue
            other = said[one.article.id].get(right[0])
            if other is None or other.claim == one.claim or len(one.content) < _LEAST:
                continue
            if {*_words_of(told, left[0])} & capitals[two.article.id]:
                continue  # who names both may know better
            if (claim, *left, *right) in seen:
                continue
            seen.add((claim, *left, *right))
            yield conflict(
                "conflation",
                "conflict",
                "high",
                f"{told.label(one.article)} has {shown(one.article.text[one.words[0].start : one.words[-1].end])} from "
                f"{told.name(left[0])}; {told.label(two.article)} has it from {told.name(right[0])}.",
                [
                    side(one.article, one.mention.spans, told.name(left[0])),
                    side(two.article, two.mention.spans, told.name(right[0])),
                ],
                claim=claim,
            )


def _persons(told: Told, telling: Telling) -> tuple[str, ...]:
    """The people on whose word it is told, by name there."""
    found = set()
    for attribution in telling.heard:
        source = told.sources.get(attribution.source or "")
        if source and source.kind == "person" and by_name(telling.article, attribution, source):
            found.add(source.id)
    return tuple(sorted(found))


def _words_of(told: Told, source: str) -> list[str]:
    """The words of a source's name."""
    return [w.key for w in words(told.sources[source].name)]
