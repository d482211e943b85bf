"""Who is who among the sources of a story: one Source for one person, document or group, however articles name it.

Takes the articles' readings, the story's entities and the text articles share; gives story-level Sources and the same
readings speaking of them. Unnamed people belong to whoever reached them; where the words do not show that two of them
are the same, they stay apart, and ``may_be_same`` says whether anything shows that they are different.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from headwater import lexicon
from headwater.model import CARRIER_KINDS, Article, Copy, Place, Reading, Source, SourceKind, stable_id
from headwater.tracing.described import army_key, body_key, describe, is_generic, is_own, own_names, plain
from headwater.tracing.doubt import doubts, may_be_same
from headwater.tracing.newsrooms import Houses, find_houses, is_work, join_generic_outlets, join_short_names, writer
from headwater.tracing.offices import holders
from headwater.tracing.papers import join_papers
from headwater.tracing.sets import Sets
from headwater.tracing.ties import Ties, find_ties
from headwater.tracing.unnamed import join_unnamed, joined_by_quotations, told

__all__ = ["describe", "doubts", "identify", "is_own", "joined_by_quotations", "may_be_same", "own_names", "plain"]


def identify(
    articles: Sequence[Article], readings: Sequence[Reading], entities: Mapping[str, str], copies: Sequence[Copy]
) -> tuple[tuple[Source, ...], tuple[Reading, ...]]:
    """Join the sources of one story.

    Args:
        articles: the story's articles.
        readings: their readings, with each article's own source ids.
        entities: from each article's entity ids to the story's.
        copies: text the articles share; an unnamed source inside it is the same in both.

    Returns:
        The story's Sources (by id), and the readings with source and entity ids replaced. ``maybe_same`` of a Source
        holds those it speaks for or was written by, and others who do; unnamed people have none.
    """
    ties = find_ties(articles, readings, entities)
    offices = holders(articles, readings, entities)
    local = {s.id: _named(s, ties.names.get(s.id) or offices.get(s.id)) for r in readings for s in r.sources}
    owner = {s.id: r.id for r in readings for s in r.sources}
    outlets = {plain(a.outlet) for a in articles if a.outlet}
    outlets |= {plain(s.name) for s in local.values() if s.kind == "outlet" and not is_generic(s)}
    for source in [s for s in local.values() if s.kind == "document" and plain(s.name) in outlets]:
        local[source.id] = replace(source, kind="outlet")  # "the Harbour Post" is no post
    union = Sets()
    by_key: dict[tuple[str, ...], str] = {}

    def same(key: tuple[str, ...], source: str) -> None:
        if key in by_key:
            union.join(by_key[key], source)
        else:
            by_key[key] = source

    by_name = {article.id: article for article in articles}
    one_name = _one_name(readings, entities)
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.kind in {"anonymous", "document"}:
            continue
        if source.entity is not None:
            entity = entities.get(source.entity, source.entity)
            same(("entity", one_name.get(entity, entity)), source.id)
        elif source.name == lexicon.WRITER:
            told_to = writer(by_name[owner[source.id]], [local[i] for i in local if owner[i] == owner[source.id]])
            if told_to is not None:
                union.join(told_to, source.id)
        elif source.kind in {"organisation", "outlet", "journalist", "person"} and not is_generic(source):
            same(("name", body_key(source.name)), source.id)
    with_entity: dict[str, str] = {}
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.entity is not None and source.kind not in {"anonymous", "document"}:
            with_entity.setdefault(body_key(source.name), source.id)
    for key, source_id in by_key.items():  # "the Ledger" without an entity and with one
        if key[0] == "name" and key[1] in with_entity:
            union.join(source_id, with_entity[key[1]])
    join_papers((s for s in local.values() if s.kind == "document"), by_name, owner, union, ties.authors)
    join_short_names(by_name, local, owner, union)
    join_generic_outlets(readings, local, union)
    houses = find_houses(articles, readings, local, union, _reporters(local, entities, ties))
    join_unnamed(readings, local, owner, union, copies, houses)
    people, renamed, ids = _story_level(articles, readings, local, owner, union, entities, houses)
    return _tied(people, ids, local, ties), renamed


_ARMY = "words army"


def _army_of(principal: str, by_id: Mapping[str, Source], of_entity: Mapping[str, set[str]]) -> str:
    """An army by its words, whether or not it was read as an entity; any other principal as it is."""
    names = sorted(army_key(by_id[s].name) for s in of_entity.get(principal, ()))
    return f"words {names[0]}" if names and names[0].endswith("army") else principal


def _named(source: Source, person: str | None) -> Source:
    """A source that turns out to be somebody named: by the end of its words, or by an office."""
    if person is None or source.entity is not None:
        return source
    return replace(source, entity=person, kind="person", reached_by=None, number=None)


def _one_name(readings: Sequence[Reading], entities: Mapping[str, str]) -> dict[str, str]:
    """Entities of several types that bear one name are one source: from each to the one that is mentioned most."""
    times: Counter[str] = Counter()
    types: dict[str, str] = {}
    fullest: dict[str, str] = {}
    for reading in readings:
        for entity in reading.entities:
            story_id = entities.get(entity.id, entity.id)
            times[story_id] += len(entity.mentions)
            types[story_id] = entity.type
            fullest[story_id] = max(fullest.get(story_id, ""), plain(entity.name), key=lambda n: (len(n.split()), n))
    bearers: dict[str, list[str]] = defaultdict(list)
    for story_id, name in sorted(fullest.items()):
        if types[story_id] in {"person", "organisation", "place"}:
            bearers[name].append(story_id)
    out = {}
    for held in bearers.values():
        if len(held) > 1 and len({types[i] for i in held}) == len(held):
            lead = max(held, key=lambda i: (times[i], types[i], i))
            out.update(dict.fromkeys(held, lead))
    return out


def _reporters(local: Mapping[str, Source], entities: Mapping[str, str], ties: Ties) -> dict[str, str]:
    """Local sources who are given as an outlet's people, and a source of that outlet."""
    outlets: dict[str, str] = {}
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.kind == "outlet" and source.entity is not None:
            outlets.setdefault(entities.get(source.entity, source.entity), source.id)
    out = {}
    for source in local.values():
        if source.entity is not None and source.kind in {"person", "journalist"}:
            houses = sorted(ties.reporters.get(entities.get(source.entity, source.entity), set()) & outlets.keys())
            if houses:
                out[source.id] = outlets[houses[0]]
    return out


def _tied(
    people: Sequence[Source], ids: Mapping[str, str], local: Mapping[str, Source], ties: Ties
) -> tuple[Source, ...]:
    """With ``maybe_same``: who speaks for one principal, that principal, papers of one author and the author."""
    by_id = {s.id: s for s in people}
    of_entity: dict[str, set[str]] = defaultdict(set)
    of_words: dict[str, set[str]] = defaultdict(set)
    for s in people:
        if s.entity is not None and s.kind not in {"anonymous", "document"}:
            of_entity[s.entity].add(s.id)
        if s.kind in {"organisation", "person"}:
            of_words[army_key(s.name)].add(s.id)
        if s.kind == "person" and s.entity is not None:
            for word in set(body_key(s.name).split()):
                of_words[word].add(s.id)
    groups: dict[str, set[str]] = defaultdict(set)
    for tied in (ties.principals, ties.authors):
        for source, whose in tied.items():
            if local[source].kind != "anonymous":
                for one in whose:
                    groups[_army_of(one, by_id, of_entity)].add(ids[source])
    armies = [key for key in groups if key.endswith(" army") and key != _ARMY]
    if len(armies) == 1 and _ARMY in groups:  # "an army spokesman", where the story has one army
        groups[armies[0]] |= groups.pop(_ARMY)
    out: dict[str, set[str]] = defaultdict(set)
    for principal, members in groups.items():
        words = principal.removeprefix("words ")
        found = of_words.get(words, set()) if words != principal else of_entity[principal]
        if len(found) > 1 and words != principal and not words.endswith("army"):
            found = set()  # a name that several bear
        group = {i for i in members | found if by_id[i].kind not in {"anonymous", *CARRIER_KINDS}}
        for member in group:
            out[member] |= group - {member}
    papers: dict[str, set[str]] = defaultdict(set)
    for source, whose in ties.authors.items():
        for one in whose:
            papers[one].add(ids[source])
    for source, bodies in ties.bodies.items():
        for body in {i for entity in bodies for i in of_entity[entity]} - {ids[source]}:
            if local[source].kind != "anonymous" and by_id[body].kind not in CARRIER_KINDS:
                out[ids[source]].add(body)
                out[body].add(ids[source])
        for paper in {i for entity in bodies for i in papers.get(entity, ())}:
            if local[source].kind == "person":
                out[ids[source]].add(paper)
                out[paper].add(ids[source])
    return tuple(replace(s, maybe_same=tuple(sorted(out[s.id]))) if out.get(s.id) else s for s in people)


def _story_level(
    articles: Sequence[Article], readings: Sequence[Reading], local: Mapping[str, Source], owner: Mapping[str, str],
    union: Sets, entities: Mapping[str, str], houses: Houses,
) -> tuple[tuple[Source, ...], tuple[Reading, ...], dict[str, str]]:  # fmt: skip
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in local.values():
        groups[union.find(source.id)].append(source)
    ids: dict[str, str] = {}
    drafts: dict[str, tuple[list[Source], str | None]] = {}
    for members in groups.values():  # carriers first: unnamed people are named by who reached them
        members.sort(key=lambda s: s.id)
        if all(m.kind != "anonymous" for m in members):
            new = _id_of(members, entities, owner, None)
            ids.update((m.id, new) for m in members)
            drafts.setdefault(new, ([], None))[0].extend(members)
    for members in groups.values():
        if any(m.kind == "anonymous" for m in members):
            reached = sorted({ids[m.reached_by] for m in members if m.reached_by in ids})
            # unnamed people reached by unnamed people are their newsroom's
            homes = (owner[m.id] if m.reached_by in local else m.reached_by or owner[m.id] for m in members)
            base = reached[0] if reached else min(homes)
            if not reached and base in houses.own and houses.own[base]:
                base = ids[min(houses.own[base])]  # the article's own newsroom, by the name others credit it with
            new = _id_of(members, entities, owner, base)
            ids.update((m.id, new) for m in members)
            drafts.setdefault(new, ([], base))[0].extend(members)
    sources = tuple(
        sorted(
            (
                _merge(new, members, entities, reached, carries=union.find(members[0].id) in houses.carriers)
                for new, (members, reached) in drafts.items()
            ),
            key=lambda s: s.id,
        )
    )
    renamed = tuple(
        replace(
            r,
            attributions=tuple(
                replace(
                    a,
                    source=ids[a.source] if a.source else None,
                    via=_via(
                        (ids[v] for v in a.via if union.find(v) not in houses.own[r.id]),
                        ids[a.source] if a.source else None,
                    ),
                )
                for a in r.attributions
            ),
            sources=(),
        )
        for r in readings
    )
    return sources, renamed, ids


def _via(via: Iterable[str], source: str | None) -> tuple[str, ...]:
    return tuple(v for v in dict.fromkeys(via) if v != source)


def _id_of(
    members: Sequence[Source], entities: Mapping[str, str], owner: Mapping[str, str], reached: str | None
) -> str:
    entity = next((entities.get(m.entity, m.entity) for m in members if m.entity), None)
    if entity:
        return stable_id("source", "entity", entity)
    if reached is not None:
        best = _best_name(members)
        first = min((m.mentions[0] for m in members if m.mentions), default=Place("", 0, 0))
        return stable_id("source", "unnamed", reached, plain(best), first.article, first.start)
    of_one = members[0].kind in {"document", "unspecified"} or all(map(is_generic, members))
    scoped = of_one and len({owner[m.id] for m in members}) == 1
    return stable_id("source", members[0].kind, plain(_best_name(members)), owner[members[0].id] if scoped else "")


def _best_name(members: Sequence[Source]) -> str:
    return min((m.name for m in members), key=lambda n: (-told(n), n.casefold(), n))


def _merge(
    new: str, members: Sequence[Source], entities: Mapping[str, str], reached: str | None, *, carries: bool
) -> Source:
    kinds = Counter(m.kind for m in members)
    kind: SourceKind = next(
        (k for k in ("journalist", "outlet", "anonymous", "person", "organisation", "document") if k in kinds),
        "unspecified",
    )
    if kind == "person" and "organisation" in kinds:  # taken for a person here and there: what most mentions say
        told_of = Counter({k: sum(len(m.mentions) for m in members if m.kind == k) for k in ("person", "organisation")})
        kind = "organisation" if told_of["organisation"] > told_of["person"] else kind
    if kind == "outlet" and all(is_generic(m) for m in members):
        kind = "unspecified"  # "a newspaper reported" names nobody
    if carries and kind not in CARRIER_KINDS and kind != "unspecified":
        kind = "journalist" if kind == "person" and max(len(m.name.split()) for m in members) > 1 else "outlet"
    named = [m for m in members if m.entity]
    entity = next((entities.get(m.entity or "", m.entity) for m in named), None)
    numbers = sorted({m.number for m in members if m.number is not None})
    by_name = [m for m in named if m.entity in entities]  # not by an office
    pool = [m for m in (by_name or named or members) if m.name != lexicon.WRITER] or members
    if kind == "outlet":
        pool = [m for m in pool if not is_work(m.name)] or pool
    name = max((m.name for m in pool), key=lambda n: (len(n.split()), n)) if entity else _best_name(pool)
    return Source(
        id=new,
        name=name,
        kind=kind,
        number=numbers[-1] if len(numbers) == 1 else None,
        entity=entity,
        reached_by=reached,
        mentions=tuple(sorted({p for m in members for p in m.mentions})),
    )
