"""What a person decided of sources, done to sources that are joined: those named are one, or apart; others stay.

Takes a story's Sources and readings beside the readings as they were before joining, gives both anew. Two that were
taken for one are parted at what is named: a mention's own source in its article, or all of one name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from headwater.model import Decisions, Named, Place, Reading, Source, stable_id
from headwater.tracing.described import plain


class Decided(NamedTuple):
    """Sources by id, readings, and the pairs of Source ids that a person says are different."""

    people: tuple[Source, ...]
    readings: tuple[Reading, ...]
    apart: frozenset[frozenset[str]]


def decide(
    people: Sequence[Source], readings: Sequence[Reading], before: Sequence[Reading], decisions: Decisions
) -> Decided:
    """Part and join sources.

    Args:
        people: the story's Sources.
        readings: its readings, with these.
        before: the same readings with each article's own sources, attributions in the same order.
        decisions: a place where no source is mentioned, or a name that not exactly one source bears, changes nothing.

    Returns:
        Whom a person says to be different is parted; a second one of a name bears a number after it.
    """
    if not decisions.same_source and not decisions.not_same_source:
        return Decided(tuple(people), tuple(readings), frozenset())
    made = Decided(tuple(people), tuple(readings), frozenset())
    for one, other in decisions.not_same_source:
        made = _part(made, before, one, other)
    lead: dict[str, str] = {}
    by_id = {s.id: s for s in made.people}
    for one, other in decisions.same_source:
        pair = [_found(made.people, ref) for ref in (one, other)]
        if pair[0] is None or pair[1] is None:
            continue
        a, b = (_led(lead, s.id) for s in pair if s is not None)
        kept, gone = sorted((a, b), key=lambda i: _fullest(by_id[i]))
        if a != b and not any({_led(lead, i) for i in ids} == {a, b} for ids in made.apart):
            lead[gone] = kept
    lead = {old: _led(lead, old) for old in lead}
    joined, renamed = merged(made.people, made.readings, lead)
    apart = frozenset(frozenset(lead.get(i, i) for i in ids) for ids in made.apart)
    kept_apart = tuple(
        replace(s, maybe_same=tuple(o for o in s.maybe_same if frozenset((s.id, o)) not in apart)) for s in joined
    )
    return Decided(kept_apart, renamed, apart)


def merged(
    people: Iterable[Source], readings: Iterable[Reading], lead: Mapping[str, str]
) -> tuple[tuple[Source, ...], tuple[Reading, ...]]:
    """Sources that turn out to be one.

    Args:
        people: the story's Sources.
        readings: its readings.
        lead: from the id of each Source that is another one to the id of that one.

    Returns:
        Both without the ids that are another's.
    """
    people = tuple(people)
    if not lead:
        return people, tuple(readings)
    gained: dict[str, set[Place]] = defaultdict(set)
    alike: dict[str, set[str]] = defaultdict(set)
    for source in people:
        gained[lead.get(source.id, source.id)] |= set(source.mentions)
        alike[lead.get(source.id, source.id)] |= {lead.get(i, i) for i in source.maybe_same}
    kept = tuple(
        replace(
            s,
            mentions=tuple(sorted(gained[s.id])),
            maybe_same=tuple(sorted(alike[s.id] - {s.id})),
            reached_by=lead.get(s.reached_by, s.reached_by) if s.reached_by else None,
        )
        for s in people
        if s.id not in lead
    )
    renamed = tuple(
        replace(
            r,
            attributions=tuple(
                replace(
                    a,
                    source=lead.get(a.source, a.source) if a.source else None,
                    via=_once((lead.get(v, v) for v in a.via), lead.get(a.source or "", a.source)),
                )
                for a in r.attributions
            ),
        )
        for r in readings
    )
    return kept, renamed


def _once(via: Iterable[str], source: str | None) -> tuple[str, ...]:
    return tuple(v for v in dict.fromkeys(via) if v != source)


def _led(lead: Mapping[str, str], source: str) -> str:
    while source in lead:
        source = lead[source]
    return source


def _fullest(source: Source) -> tuple[bool, int, str, str]:
    """The first of two keeps its name: who is named, then whose name is longer."""
    return source.kind in {"anonymous", "unspecified"}, -len(source.name.split()), source.name, source.id


def _found(people: Iterable[Source], ref: Place | Named) -> Source | None:
    """The Source that is mentioned at a place, or the one that bears a name."""
    if isinstance(ref, Named):
        bearing = [s for s in people if s.kind == ref.kind and plain(s.name) == plain(ref.name)]
        return bearing[0] if len(bearing) == 1 else None
    return _nearest(people, ref)


def _nearest(people: Iterable[Source], place: Place) -> Source | None:
    """The source of which a mention fits a place best."""
    best: tuple[float, str] | None = None
    out = None
    for source in people:
        for mention in source.mentions:
            shared = mention.span.overlap(place.span) if mention.article == place.article else 0
            if shared:
                whole = max(mention.end, place.end) - min(mention.start, place.start)
                if best is None or (-shared / whole, source.id) < best:
                    best, out = (-shared / whole, source.id), source
    return out


def _part(made: Decided, before: Sequence[Reading], one: Place | Named, other: Place | Named) -> Decided:
    """Make two of what was taken for one; where they are two already, only say so."""
    story_id = _story_ids(made, before)
    local = {s.id: s for r in before for s in r.sources}
    meant = [_meant(made.people, local, story_id, ref) for ref in (one, other)]
    whole = [{story_id[i] for i in ids if i in story_id} for ids in meant]
    if len(whole[0]) != 1 or len(whole[1]) != 1:
        return made
    a, b = next(iter(whole[0])), next(iter(whole[1]))
    by_id = {s.id: s for s in made.people}
    if a == b:
        moved = meant[1] - meant[0]
        if not moved or not meant[0]:
            return made
        places = {p for i in moved for p in local[i].mentions} & set(by_id[a].mentions)
        first = min(places, default=Place("", 0, 0))
        b = stable_id("source", "decided", a, first.article, first.start)
        new = replace(by_id[a], id=b, mentions=tuple(sorted(places)))
        by_id[a] = replace(by_id[a], mentions=tuple(p for p in by_id[a].mentions if p not in places))
        by_id[b] = new
        made = made._replace(readings=_moved(made.readings, before, moved, a, b))
    if plain(by_id[a].name) == plain(by_id[b].name) or (by_id[a].entity and by_id[a].entity == by_id[b].entity):
        # the same name, or an entity in common, would make them one again
        taken = {plain(s.name) for s in by_id.values()}
        number = next(n for n in range(2, len(by_id) + 3) if plain(f"{by_id[b].name} ({n})") not in taken)
        by_id[b] = replace(by_id[b], name=f"{by_id[b].name} ({number})", entity=None)
    return Decided(tuple(by_id[i] for i in sorted(by_id)), made.readings, made.apart | {frozenset((a, b))})


def _story_ids(made: Decided, before: Sequence[Reading]) -> dict[str, str]:
    """From each article's own source to the story's, as far as anything shows it."""
    out: dict[str, str] = {}
    for old, new in zip(before, made.readings, strict=True):
        for a, b in zip(old.attributions, new.attributions, strict=True):
            if a.source and b.source:
                out[a.source] = b.source
    at = {place: s.id for s in made.people for place in s.mentions}
    for reading in before:
        for source in reading.sources:
            held = sorted({at[p] for p in source.mentions if p in at})
            if len(held) == 1:
                out.setdefault(source.id, held[0])
    return out


def _meant(
    people: Iterable[Source], local: Mapping[str, Source], story_id: Mapping[str, str], ref: Place | Named
) -> set[str]:
    """The articles' own sources that a place or a name means."""
    if isinstance(ref, Place):
        near = _nearest((s for _, s in sorted(local.items()) if s.id in story_id), ref)
        return {near.id} if near else set()
    own = {i for i, s in local.items() if s.kind == ref.kind and plain(s.name) == plain(ref.name) and i in story_id}
    if own:
        return own
    whole = _found(people, ref)
    return {i for i, of in story_id.items() if whole is not None and of == whole.id}


def _moved(
    readings: Sequence[Reading], before: Sequence[Reading], moved: set[str], a: str, b: str
) -> tuple[Reading, ...]:
    """The readings in which what these own sources say is ``b``'s, no longer ``a``'s."""
    out = []
    for old, new in zip(before, readings, strict=True):
        here = {s.id for s in old.sources} & moved
        attributions = tuple(
            replace(
                y,
                source=b if x.source in here and y.source == a else y.source,
                via=tuple(b if v == a and here & set(x.via) else v for v in y.via),
            )
            for x, y in zip(old.attributions, new.attributions, strict=True)
        )
        out.append(replace(new, attributions=attributions) if here else new)
    return tuple(out)
