"""Two or more articles of a sentence or a few, put side by side: what is compared, without a trained reader.

Numbers and times are read by the rules that ship; who is cited, and which sentences tell one claim, is given.
"""

from dataclasses import dataclass

from headwater.align.quotes import quotations
from headwater.compare import conflicts
from headwater.model import (
    Article,
    Attribution,
    Basis,
    Claim,
    Conflict,
    Entity,
    Independent,
    Mention,
    Place,
    Quotation,
    Reading,
    Role,
    Source,
    SourceKind,
    Span,
)
from headwater.reading.quantities import find_quantities
from headwater.reading.times import find_times
from headwater.words import sentences


@dataclass(frozen=True, slots=True)
class Told:
    """One article. Each sentence is a mention, of the claim at its place in ``claims`` (the last one for the rest).

    ``by`` are the words for whoever said each sentence, "" for the outlet's own voice; they stand before "said" or
    the ``cue``, or at the end after a comma. ``kind`` is of all of them.
    """

    text: str
    by: tuple[str, ...] = ()
    kind: SourceKind = "anonymous"
    cue: str = "said"
    published: str | None = None
    claims: tuple[str, ...] = ("c", "d", "e", "f")
    basis: Basis = "unknown"
    counted: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()


def span_of(text: str, words: str, start: int = 0) -> Span:
    """Where the words stand."""
    at = text.index(words, start)
    return Span(at, at + len(words))


class Story:
    """The records of some articles."""

    def __init__(self, *told: Told | str, quoted: bool = False) -> None:
        """Articles named alder, birch, cedar and so on; ``quoted`` groups what they quote."""
        self.articles: list[Article] = []
        self.readings: list[Reading] = []
        self.attributions: list[Attribution] = []
        self.sources: dict[str, Source] = {}
        self.mentions: dict[str, list[Mention]] = {}
        self.entities: dict[str, list[Place]] = {}
        self.roles: dict[str, list[Role]] = {}
        for name, one in zip(("alder", "birch", "cedar", "dogwood"), told, strict=False):
            self.tell(name, one if isinstance(one, Told) else Told(one))
        self.quotations: tuple[Quotation, ...] = ()
        if quoted:
            self.quotations = tuple(quotations(self.articles, self.attributions, self.sources))

    def tell(self, name: str, one: Told) -> None:
        """Add an article."""
        parts = sentences(one.text)
        self.articles.append(Article(id=name, text=one.text, outlet=name.title(), published=one.published))
        times = find_times(name, one.text, parts, anchor=one.published)
        self.readings.append(
            Reading(id=name, quantities=find_quantities(name, one.text, parts), sentences=parts, timeline=times)
        )
        for number, part in enumerate(parts):
            by = one.by[number] if number < len(one.by) else ""
            spans: tuple[Span, ...] = (Span(part.start, part.end - 1),)
            chain: tuple[str, ...] = ()
            attribution: str | None = None
            if by:
                spans, attribution = self._say(name, one, part, by, number)
                chain = (by.casefold(),)
            claim = one.claims[min(number, len(one.claims) - 1)]
            self.mentions.setdefault(claim, []).append(
                Mention(
                    article=name,
                    spans=spans,
                    attribution=attribution,
                    chain=chain,
                    basis="stated" if chain else one.basis,
                    counted=one.counted,
                )
            )
        for full in one.names:
            self.entities.setdefault(full, []).append(span_of(one.text, full).at(name))
        for full, role in one.roles:
            at = span_of(one.text, role)
            self.entities.setdefault(full, []).append(span_of(one.text, full).at(name))
            self.roles.setdefault(full, []).append(Role(role, name, at.start, at.end))

    def _say(self, name: str, one: Told, part: Span, by: str, number: int) -> tuple[tuple[Span, ...], str]:
        source = span_of(one.text, by, part.start)
        cue = span_of(one.text, one.cue, part.start)
        first = min(source.start, cue.start)
        content = (
            Span(part.start, first - 1) if first > part.start else Span(max(source.end, cue.end) + 1, part.end - 1)
        )
        quoted = "“" in content.of(one.text)
        entity = by if one.kind == "person" else None
        known = self.sources.get(by.casefold())
        places = (*(known.mentions if known else ()), source.at(name))
        self.sources[by.casefold()] = Source(id=by.casefold(), name=by, kind=one.kind, entity=entity, mentions=places)
        self.attributions.append(
            Attribution(
                id=f"{name}-{number}",
                article=name,
                source=by.casefold(),
                source_spans=(source,),
                cue_spans=(cue,),
                content_spans=(content,),
                mode="direct" if quoted else "indirect",
            )
        )
        return (content,), f"{name}-{number}"

    def compare(self) -> tuple[Conflict, ...]:
        """What is told of it."""
        claims = [
            Claim(
                id=name,
                text="",
                mentions=tuple(mentions),
                outlets=len(mentions),
                origins=(),
                independent=Independent(0, 1),
                bottlenecks=(),
            )
            for name, mentions in self.mentions.items()
        ]
        entities = [
            Entity(id=name, name=name, type="person", mentions=tuple(places), roles=tuple(self.roles.get(name, ())))
            for name, places in self.entities.items()
        ]
        return conflicts(
            self.articles,
            self.readings,
            self.attributions,
            self.sources,
            entities,
            claims,
            self.quotations,
            [point for reading in self.readings for point in reading.timeline],
        )


def found(*told: Told | str, quoted: bool = False) -> list[str]:
    """The kinds of what is told of some articles, in order."""
    return sorted(c.type for c in Story(*told, quoted=quoted).compare())
