"""Unnamed people: whoever reached them, those of one description are one; bare "officials" are no bridge.

Takes local sources with their owners and newsrooms, joins them. People of one carrier are one where one description
holds the other and no second description of that carrier could be meant; an article that credits a carrier and goes on
to speak of its people means these people.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from headwater.model import Copy, Place, Quotation, Reading, Source
from headwater.tracing.described import Described, describe, plain
from headwater.tracing.newsrooms import Houses
from headwater.tracing.sets import Sets

_VAGUE = re.compile(r"(?:multiple|several|some|many|various|other|numerous|two|three|four|five|\d+)\b", re.IGNORECASE)


def told(name: str) -> int:
    """How much a description tells: its content words, and whether it counts the people."""
    described = describe(name)
    return min(len(described.traits), 4) * 2 + bool(
        re.match(r"(?i)(?:\d|one|two|three|four|five|six|several|dozen)", name)
    )


class _Group:
    """People of one carrier who are one: every description that is given of them."""

    def __init__(self, described: Described, numbers: set[int | None], source: str) -> None:
        self.descriptions = [described]
        self.numbers = numbers
        self.source = source

    def fits(self, described: Described, numbers: set[int | None]) -> bool:
        """Whether a description may be of them: one noun, no other number, each description holding the other."""
        known, new = self.numbers - {None}, numbers - {None}
        return (
            described.head == self.descriptions[0].head
            and described.plural == self.descriptions[0].plural
            and not (known and new and not known & new)
            and all(described.traits <= d.traits or d.traits <= described.traits for d in self.descriptions)
        )


def _groups(members: Sequence[str], local: Mapping[str, Source], union: Sets) -> list[_Group]:
    """Join the people of one carrier; the fullest descriptions first, and a bare one only where it fits one group."""
    alike: dict[Described, dict[int | None, list[str]]] = defaultdict(lambda: defaultdict(list))
    for source in members:
        alike[describe(local[source].name)][local[source].number].append(source)
    rows: list[tuple[Described, set[int | None], list[str]]] = []
    for described, by_number in alike.items():
        if None in by_number or len(by_number) == 1:
            rows.append((described, set(by_number), [s for held in by_number.values() for s in held]))
        else:
            rows.extend((described, {number}, held) for number, held in by_number.items())
    rows.sort(key=lambda row: (-len(row[0].traits), sorted(row[0].traits), row[0].head, min(row[2])))
    out: list[_Group] = []
    for described, numbers, held in rows:
        for source in held[1:]:
            union.join(held[0], source)
        fitting = [group for group in out if group.fits(described, numbers)]
        if len(fitting) == 1:
            fitting[0].descriptions.append(described)
            fitting[0].numbers |= numbers
            union.join(fitting[0].source, held[0])
        else:
            out.append(_Group(described, numbers, held[0]))
    return out


def join_unnamed(
    readings: Sequence[Reading],
    local: Mapping[str, Source],
    owner: Mapping[str, str],
    union: Sets,
    copies: Sequence[Copy],
    houses: Houses,
) -> None:
    """Join unnamed people where they stand in shared text, or come through one carrier with one description."""
    unnamed = sorted(s.id for s in local.values() if s.kind == "anonymous")
    _join_shared(unnamed, local, union, copies)
    of_article: dict[str, list[str]] = defaultdict(list)
    for source in unnamed:
        of_article[owner[source]].append(source)
    carried: dict[str, list[str]] = defaultdict(list)
    for source in unnamed:
        reached = local[source].reached_by or owner[source]
        house = houses.of.get(union.find(reached) if reached in local else reached)
        if house is not None and (reached not in local or union.find(reached) in houses.carriers):
            carried[house].append(source)
    groups = {house: _groups(members, local, union) for house, members in carried.items()}
    # an article that credits only that carrier speaks of its people too
    credits = {r.id: _credited(r, local, union, houses) for r in readings}
    reporters = {houses.of[union.find(i)] for i in local if local[i].kind == "journalist"}
    for source in sorted(unnamed, key=lambda s: (not describe(local[s].name).traits, s)):
        if local[source].reached_by in local:
            continue
        described = describe(local[source].name)
        credited = credits[owner[source]]
        for house in sorted(credited & set(carried)):
            if credited != {house} and not (house in reporters and len(credited & reporters) == 1):
                continue
            if not described.traits and (
                _VAGUE.match(local[source].name)
                or not any(
                    union.find(s) == union.find(o) for s in of_article[owner[source]] for o in carried[house] if s != o
                )
            ):
                continue  # bare "sources" are the carrier's only where the article speaks of its people already
            fitting = [g for g in groups[house] if g.fits(described, {local[source].number})]
            same = [g for g in fitting if described in g.descriptions]
            if len(same or fitting) == 1:
                union.join(source, (same or fitting)[0].source)


def _join_shared(unnamed: Iterable[str], local: Mapping[str, Source], union: Sets, copies: Sequence[Copy]) -> None:
    places: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for source in unnamed:
        for place in local[source].mentions:
            places[place.article].append((place, source))
    for copy in copies:
        for passage in copy.passages:
            left, right = (
                [s for p, s in places.get(side.article, ()) if side.start <= p.start and p.end <= side.end]
                for side in (passage.left, passage.right)
            )
            for a in left:
                for b in right:
                    if plain(local[a].name) == plain(local[b].name):
                        union.join(a, b)


def _credited(reading: Reading, local: Mapping[str, Source], union: Sets, houses: Houses) -> set[str]:
    """Houses other than its own that an article credits: as source of what they said, or as those who were told."""
    out = set()
    for a in reading.attributions:
        for source in (a.source, *a.via):
            if a.said and source and union.find(source) in houses.carriers:
                out.add(houses.of[union.find(source)])
    return out - {houses.of[reading.id]}


def joined_by_quotations(
    quotations: Sequence[Quotation], sources: Mapping[str, Source], source_of: Callable[[str], str | None]
) -> dict[str, str]:
    """Unnamed speakers of one act of speech are one: from each such Source id to the one it is.

    The speaker that a carrier is known for leads; ``source_of`` gives an attribution's Source id.
    """
    union = Sets()
    lead: dict[str, str] = {}
    for quotation in quotations:
        speakers = sorted({s for v in quotation.variants if (s := source_of(v.attribution))})
        unnamed = [s for s in speakers if sources[s].kind == "anonymous"]
        if len(speakers) < 2 or len(unnamed) != len(speakers):
            continue
        for other in unnamed[1:]:
            union.join(unnamed[0], other)
    groups: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        if source in union.parent or source in union.parent.values():
            groups[union.find(source)].append(source)
    for members in groups.values():
        best = min(members, key=lambda s: (sources[s].reached_by not in sources, -told(sources[s].name), s))
        for member in members:
            if member != best:
                lead[member] = best
    return lead
