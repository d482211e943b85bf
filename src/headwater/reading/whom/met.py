"""The sources of one article as they are met: each kept once, with every place that means it.

People without a name are told apart here: "the officials" are those met before where the words say so, else others.
"""

import re
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field

from headwater import lexicon
from headwater.model import Article, Place, Source, SourceKind, Span, stable_id
from headwater.reading import quantities
from headwater.reading.whom.named import Named
from headwater.reading.whom.nouns import DEFINITE, plain, singular, traits_of

_THOSE = re.compile(r"(?:the|those|these|both|he and|she and)\b", re.IGNORECASE)
_SOME = re.compile(r"(?:other|several|some|many|two|three|multiple)\b", re.IGNORECASE)
OF_SOME = re.compile(
    r"(?:\w+ ){0,2}(?:one|two|three|four|five|six|several|some|many|most|both|two-thirds|half|none|each|another|any)"
    r"\s+(?:other\s+)?of\s+(?:the|those|these|his|her|their|its|our)\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
LOOK_BACK = 200  # unnamed people, and mentions for a pronoun, looked at from the last one back: texts may be long


@dataclass(slots=True)
class Known:
    """A source met in this article, while it is still growing."""

    id: str
    name: str
    kind: SourceKind
    number: int | None
    entity: str | None
    reached_by: str | None
    heads: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    plural: bool = False
    mentions: list[Place] = field(default_factory=list)

    def record(self) -> Source:
        """The finished record."""
        return Source(
            id=self.id,
            name=self.name,
            kind=self.kind,
            number=self.number,
            entity=self.entity,
            reached_by=self.reached_by,
            mentions=tuple(sorted(set(self.mentions))),
        )


class Met:
    """The sources met so far, and the order in which they were."""

    def __init__(self, article: Article, named: Named) -> None:
        """Start with none."""
        self.article, self.text, self.named = article, article.text, named
        self.known: dict[str, Known] = {}
        self.order: list[tuple[int, str]] = []  # (place, source id) of every mention so far, for pronouns
        self.voices: dict[tuple[int, str], str | None] = {}  # mentions by one unnamed spokesperson: their gender
        self._unnamed: list[str] = []  # ids of unnamed people, in order of first mention
        # a quotation of many sentences is one thing said: it puts nobody further back
        self._steps = [s.start for s in named.sentences if not named.in_quotation(s.start, s.end - 1)]

    def keep(
        self,
        name: str,
        kind: SourceKind,
        span: Span,
        *,
        entity: str | None = None,
        scope: str = "",
        number: int | None = None,
        reached_by: str | None = None,
    ) -> str:
        """The id of the source of that kind with that name or entity, and ``scope``; made where it was not met."""
        key = stable_id("source", self.article.id, kind, entity or plain(name), scope)
        if key not in self.known:
            self.known[key] = Known(key, name, kind, number, entity, reached_by)
        self.mention(key, span)
        return key

    def mention(self, source: str, span: Span) -> None:
        """Note that ``span`` means the source."""
        self.known[source].mentions.append(Place(self.article.id, span.start, span.end))
        insort(self.order, (span.start, source))

    def repeat(self, source: str, span: Span) -> str:
        """The source itself, once more at ``span``."""
        self.mention(source, span)
        return source

    def again(self, known_id: str, span: Span, via: tuple[str, ...], number: int | None) -> str:
        """The same unnamed people once more; takes up what was not known of them: how many, and by whom reached."""
        known = self.known[known_id]
        if via and known.reached_by in {None, self.article.id}:
            known.reached_by = via[-1]
        if known.number is None and not OF_SOME.fullmatch(span.of(self.named.text)):
            known.number = number
        self.mention(known_id, span)
        return known_id

    def of_entity(self, entity_id: str, span: Span) -> str:
        """The source that an entity is when it speaks at ``span``."""
        entity = self.named.by_id[entity_id]
        kind: SourceKind
        if entity.type == "person":
            kind = "journalist" if entity_id in self.named.carriers else "person"
        elif entity.type == "work":
            kind = "document"
        else:
            kind = "outlet" if self.named.is_carrier(entity_id) else "organisation"
        return self.keep(entity.name, kind, span, entity=entity_id)

    def people(self, shown: str, span: Span, head: str | None, via: tuple[str, ...]) -> str:
        """People without a name: the same ones as before where the words say so, else new ones."""
        some = OF_SOME.fullmatch(shown)
        # "one of the engineers": as many as the engineers are, who may be numbered elsewhere
        counted = some["rest"] if some else shown
        if head in lexicon.SPOKESPEOPLE:  # "spokespeople for both senators": those they speak for do not count
            counted = re.split(r"\sfor\s", counted)[0]
        number = quantities.number_of_people(counted)
        if number == 1 and not some and head != singular(head or "") and not counted.casefold().startswith("one "):
            number = None
        earlier = self.same_people(span, head, via, shown)
        if earlier is not None:
            return self.again(earlier, span, via, number)
        reached = via[-1] if via else self.article.id
        name = re.sub(r"^(?:the|a|an)\s+", "", shown, flags=re.IGNORECASE)
        found = self.keep(name, "anonymous", span, scope=f"{reached}:{span.start}", number=number, reached_by=reached)
        known = self.known[found]
        known.heads, known.traits = frozenset({singular(head or "")}), traits_of(shown)
        known.plural = bool(head) and head != singular(head or "") and number != 1
        self._unnamed.append(found)
        return found

    def same_people(self, span: Span, head: str | None, via: tuple[str, ...], shown: str) -> str | None:
        """The unnamed people met before that these words mean again; None where they need not be the same."""
        single = singular(head or "")
        some = OF_SOME.fullmatch(shown)
        if some:  # "one of the engineers": the group that was met before, reached on the same way
            shown = f"the {some['rest']}"
        plural = bool(head) and head != single
        definite = bool(_THOSE.match(shown)) or (bool(DEFINITE.match(shown)) and not plural)
        bare = plural and not definite and quantities.number_of_people(shown) is None and not _SOME.match(shown)
        traits = traits_of(shown)
        anybody = {"source", "official", "person"}
        for known_id in reversed(self._unnamed[-LOOK_BACK:]):
            known = self.known[known_id]
            if definite and OF_SOME.fullmatch(known.name):
                continue  # "the engineers" are more than the two of them that spoke before
            close = single in known.heads or (definite and single in anybody and bool(known.heads & anybody))
            same_carrier = not via or known.reached_by in {*via, None, self.article.id}
            if (
                (definite or (bare and known.plural))
                and close
                and same_carrier
                and plural == known.plural
                and traits <= known.traits | known.heads
                and known.mentions[0].start <= span.start
            ):
                return known_id
        return None

    def voice_before(self, at: int, source: str) -> tuple[str | None, ...]:
        """The gender of the spokesperson by whom the source was mentioned last; nothing where it was not."""
        end = bisect_left(self.order, (at, ""))
        for place, known in reversed(self.order[max(0, end - LOOK_BACK) : end]):
            if known == source:
                return (self.voices[place, known],) if (place, known) in self.voices else ()
        return ()

    def sentences_back(self, at: int, number: int) -> int:
        """Where the sentence that is ``number`` before the one at ``at`` begins; quoted sentences do not count."""
        if number == 0 or not self._steps:
            index = bisect_right(self.named.sentences, at, key=lambda s: s.start) - 1
            return self.named.sentences[max(0, index)].start if self.named.sentences else 0
        return self._steps[max(0, bisect_right(self._steps, at) - 1 - number)]
