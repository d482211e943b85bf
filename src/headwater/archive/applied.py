"""The decisions that hold, as a trace is made with them: pairs for the pipeline, furniture and owners for its articles.

Those are used that hold and whose words are found in the story's articles; of two on the same places the later counts.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from headwater.archive.anchors import found
from headwater.archive.decisions import OF_SOURCES, Decision, entries_of, holding
from headwater.archive.records import name_key
from headwater.archive.store import Archive
from headwater.model import Article, Decisions, Furniture, FurnitureKind, Named, Place
from headwater.words import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class OfStory:
    """What a story is traced with: ``marks`` are furniture (a kind, or None for "is not"), in the order decided.

    ``owners`` gives the owner by outlet, ``used`` the ids of all the decisions.
    """

    decisions: Decisions
    marks: tuple[tuple[Place, FurnitureKind | None], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    used: tuple[str, ...] = ()


def marked(article: Article, told: OfStory) -> Article:
    """The article with the furniture and the owner that people decided on."""
    furniture = list(article.furniture)
    for place, kind in told.marks:
        if place.article != article.id:
            continue
        kept = [
            Furniture(start, end, one.kind)
            for one in furniture
            for start, end in ((one.start, min(one.end, place.start)), (max(one.start, place.end), one.end))
            if start < end
        ]
        furniture = [*kept, Furniture(place.start, place.end, kind)] if kind else kept
    owner = dict(told.owners).get(name_key(article.outlet or ""), article.owner)
    if tuple(sorted(furniture)) == article.furniture and owner == article.owner:
        return article
    furniture.sort()
    return replace(
        article,
        furniture=tuple(furniture),
        owner=owner,
        words=count_words(article.text, [f.span for f in furniture]),
    )


def reliability_of(db: sqlite3.Connection, names: Iterable[Named]) -> str | None:
    """The letter that was given last to a source of one of these names, None where none holds."""
    keys = {(n.kind, name_key(n.name)) for n in names}
    entries = entries_of(db)
    holds = holding(entries)
    given = [
        e.value
        for e in entries
        if e.kind == "reliability" and e.id in holds and (e.names[0].kind, name_key(e.names[0].name)) in keys
    ]
    return given[-1] if given else None


def of_story(archive: Archive, articles: Iterable[tuple[str, str | None]]) -> OfStory:
    """The decisions that a story is traced with: those that hold, are attached, and are about it; the later overrules.

    Args:
        archive: the archive.
        articles: ids of the story's articles, each with its outlet.
    """
    with archive.reading() as db:
        outlets = {a: name_key(outlet or "") for a, outlet in articles}
        entries = entries_of(db)
        active = holding(entries)
        pairs: dict[tuple[str, frozenset[Place | Named]], tuple[Decision, tuple[Place | Named, ...]]] = {}
        marks: list[tuple[Place, FurnitureKind | None]] = []
        owners: dict[str, tuple[str, str]] = {}
        used: list[str] = []
        for one in entries:
            if one.id not in active or one.kind in {"note", "reliability", "undo"}:
                continue
            if one.kind == "owner":
                if (key := name_key(one.outlet or "")) in outlets.values():
                    owners[key] = (one.value or "", one.id)
                continue
            places = [found(db, a) for a in one.places]
            if any(p is None or p.article not in outlets for p in places):
                continue
            what = tuple(p for p in places if p is not None)
            if one.kind in {"furniture", "not_furniture"}:
                marks.append((what[0], (one.value or "other") if one.kind == "furniture" else None))  # type: ignore[arg-type]
                used.append(one.id)
            else:
                parts: tuple[Place | Named, ...] = (*what, *one.names)
                pairs[one.kind.removeprefix("not_"), frozenset(parts)] = (one, parts)
    chosen: dict[str, list[tuple[Place | Named, ...]]] = {}
    for one, parts in pairs.values():
        chosen.setdefault(one.kind, []).append(parts)
        used.append(one.id)
    return OfStory(
        decisions=Decisions(**{kind: tuple(found_pairs) for kind, found_pairs in chosen.items()}),  # type: ignore[arg-type]
        marks=tuple(marks),
        owners=tuple((key, owner) for key, (owner, _) in sorted(owners.items())),
        used=tuple(sorted([*used, *(i for _, i in owners.values())])),
    )


def same_across_stories(db: sqlite3.Connection) -> list[tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """Sources that a person says are the same, by (story, Source id): those meant by one side, and by the other."""
    entries = entries_of(db)
    active = holding(entries)
    latest: dict[frozenset[object], Decision] = {}
    for one in entries:
        if one.kind in OF_SOURCES and one.id in active:
            latest[frozenset([*((p.digest, p.start, p.end) for p in one.places), *one.names])] = one
    return [([*_meant(db, one, 0)], [*_meant(db, one, 1)]) for one in latest.values() if one.kind == "same_source"]


def _meant(db: sqlite3.Connection, one: Decision, side: int) -> Iterator[tuple[str, str]]:
    if side < len(one.places):
        place = found(db, one.places[side])
        if place is not None:
            yield from db.execute(
                "SELECT m.story, m.source FROM mentions m JOIN articles ON number = m.article"
                " WHERE id = ? AND start < ? AND ? < stop"
                " ORDER BY min(stop, ?) - max(start, ?) DESC, stop - start, m.source LIMIT 1",
                (place.article, place.end, place.start, place.end, place.start),
            )
        return
    name = one.names[side - len(one.places)]
    yield from db.execute(
        "SELECT story, id FROM sources WHERE key = ? AND kind = ? ORDER BY story, id", (name_key(name.name), name.kind)
    )
