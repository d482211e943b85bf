"""Where the tellings of one thing differ: conflicts, denials and drift.

Takes the records of a story, gives Conflicts, one file per kind of difference. Only mentions of one claim, printings
of one quotation, or roles of one person are compared. Two ways to say one thing are silent: saying something wrong
costs more than silence.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from headwater.model import (
    Article,
    Attribution,
    Claim,
    Conflict,
    Entity,
    Quotation,
    Reading,
    Side,
    Source,
    TimePoint,
)

_RANK = {"high": 0, "medium": 1, "low": 2}
_MOST_PLACES = 12


def conflicts(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    attributions: Sequence[Attribution],
    sources: Mapping[str, Source],
    entities: Sequence[Entity],
    claims: Sequence[Claim],
    quotations: Sequence[Quotation],
    timeline: Sequence[TimePoint],
) -> tuple[Conflict, ...]:
    """Compare the tellings of one story.

    Args:
        articles: its articles, in any order.
        readings: their readings, for sentences and quantities.
        attributions: with story-level source ids.
        sources: by id.
        entities: of the story, with roles.
        claims: with their mentions.
        quotations: with their variants.
        timeline: times with EDTF values.

    Returns:
        Conflicts, the most severe first, then by id. The same records in any order give the same.
    """
    from headwater.compare.causes import cause_drift
    from headwater.compare.changed import attribution_changed
    from headwater.compare.conflation import conflations
    from headwater.compare.dates import date_conflicts
    from headwater.compare.denial import denials
    from headwater.compare.dropped import attribution_dropped
    from headwater.compare.gather import gather
    from headwater.compare.hedges import hedge_drift
    from headwater.compare.meetings import merged_acts
    from headwater.compare.modality import modality_drift
    from headwater.compare.names import name_drift
    from headwater.compare.numbers import number_conflicts
    from headwater.compare.polarity import polarity_conflicts
    from headwater.compare.quotes import wording_drift
    from headwater.compare.roles import role_conflicts
    from headwater.compare.source_numbers import source_number_drift

    told = gather(articles, readings, attributions, sources, claims, timeline)
    hedges = list(hedge_drift(told))
    hedged = {(found.claim, side.article) for found in hedges for side in found.sides[1:]}
    # a dropped "reportedly" and a dropped source are one finding: the hedge says it closer
    dropped = [
        found
        for found in attribution_dropped(told)
        if not all((found.claim, side.article) in hedged for side in found.sides[1:])
    ]
    values = [*number_conflicts(told), *date_conflicts(told)]
    merged = [*conflations(told, values), *merged_acts(told)]
    found = [
        *merged,
        *_not_within(values, merged),
        *source_number_drift(told, quotations),
        *role_conflicts(told, entities),
        *modality_drift(told),
        *cause_drift(told),
        *hedges,
        *polarity_conflicts(told),
        *denials(told),
        *dropped,
        *attribution_changed(told, quotations),
        *name_drift(told, entities),
    ]
    wording = list(wording_drift(told, quotations))
    return _once([*_not_within(found, wording), *wording])


def _not_within(found: Sequence[Conflict], closer: Sequence[Conflict]) -> list[Conflict]:
    """Those that no closer finding tells already: each of their sides meets a side of one of it."""

    def meets(one: Side, two: Side) -> bool:
        return one.article == two.article and any(a.overlap(b) for a in one.spans for b in two.spans)

    by_article: defaultdict[str, list[Conflict]] = defaultdict(list)
    for known in closer:
        for name in {s.article for s in known.sides}:
            by_article[name].append(known)
    return [
        c
        for c in found
        if not any(
            all(any(meets(s, k) for k in known.sides) for s in c.sides) for known in by_article[c.sides[0].article]
        )
    ]


def _once(found: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Each difference once: of conflicts of one kind that have two places in common, the most severe stays."""
    kept: list[Conflict] = []
    taken: set[tuple[str, tuple[str, int, int], tuple[str, int, int]]] = set()
    for conflict in sorted(found, key=lambda c: (_RANK[c.severity], -len(c.sides), c.id)):
        places = sorted({(s.article, s.spans[0].start, s.spans[-1].end) for s in conflict.sides})
        pairs = {(conflict.type, one, two) for one, two in combinations(places[:_MOST_PLACES], 2)}
        if pairs and pairs & taken:
            continue
        taken |= pairs
        kept.append(conflict)
    return tuple(sorted(kept, key=lambda c: (_RANK[c.severity], c.id)))
