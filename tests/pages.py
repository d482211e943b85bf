"""Articles for tests of who is who: a text, and what a reader would have read in it, each by its own words there."""

from collections.abc import Mapping, Sequence

from headwater.model import (
    Article,
    Attribution,
    Entity,
    EntityType,
    Place,
    Reading,
    Role,
    Source,
    SourceKind,
    Span,
    stable_id,
)
from headwater.tracing import entities, sources

Page = tuple[Article, Reading]


def page(
    name: str,
    text: str,
    voices: Mapping[str, SourceKind],
    *,
    people: Mapping[str, Sequence[str]] | None = None,
    bodies: Sequence[str] = (),
    via: Mapping[str, str] | None = None,
    outlet: str | None = None,
) -> Page:
    """An article and its reading; all words are placed where they first stand in ``text``.

    ``voices`` are its sources by their words; one that is or ends in a person's or body's name, and is not a person or
    body of another kind, is that entity. ``people`` maps names to the roles given to them; ``via`` a source to the
    words of who carries it.
    """

    def place(words: str) -> Place:
        start = text.index(words)
        return Place(name, start, start + len(words))

    people = people or {}
    types: dict[str, EntityType] = dict.fromkeys(people, "person")
    types.update(dict.fromkeys(bodies, "organisation"))
    held = tuple(
        Entity(
            id=stable_id("entity", name, type_, form),
            name=form,
            type=type_,
            mentions=(place(form),),
            roles=tuple(Role(role, name, place(role).start, place(role).end) for role in people.get(form, ())),
        )
        for form, type_ in types.items()
    )
    id_of = {entity.name: entity.id for entity in held}
    ids = {words: stable_id("source", name, words) for words in voices}
    carried = via or {}
    named = {"person", "organisation", "outlet", "journalist"}
    told = tuple(
        Source(
            id=ids[words],
            name=words,
            kind=kind,
            entity=next((id_of[form] for form in types if kind in named and words.endswith(form)), None),
            reached_by=ids.get(carried.get(words, ""), name) if kind == "anonymous" else None,
            mentions=(place(words),),
        )
        for words, kind in voices.items()
    )
    said = tuple(
        Attribution(
            id=f"{name}-{number}",
            article=name,
            source=ids[words],
            via=(ids[carried[words]],) if words in carried else (),
            via_spans=(Span(place(carried[words]).start, place(carried[words]).end),) if words in carried else (),
        )
        for number, words in enumerate(voices)
    )
    reading = Reading(id=name, attributions=said, sources=told, entities=held)
    return Article(id=name, text=text, outlet=outlet), reading


class Story:
    """The Sources of pages, each found by its words."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Join what the pages name."""
        articles, readings = [a for a, _ in pages], [r for _, r in pages]
        held, where = entities.join(articles, readings)
        people, _ = sources.identify(articles, readings, where, ())
        self.entities = {e.id: e for e in held}
        self.people = {s.id: s for s in people}
        self.texts = {a.id: a.text for a in articles}

    def of(self, words: str) -> set[str]:
        """The Sources that somewhere bear these words."""
        return {
            s.id for s in self.people.values() for m in s.mentions if self.texts[m.article][m.start : m.end] == words
        }

    def relation(self, left: str, right: str) -> str:
        """Say how two stand: "one", "doubtful" or "two"."""
        (one,), (other,) = self.of(left), self.of(right)
        if one == other:
            return "one"
        a, b = self.people[one], self.people[other]
        forth, back = (sources.may_be_same(x, y, self.entities) for x, y in ((a, b), (b, a)))
        assert forth is back
        return "doubtful" if forth else "two"
