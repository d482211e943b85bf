"""Tags -> attributions and sources: ties each span to a person, an organisation, a document, a carrier or people unnamed.

Takes an article, its sentences, tags and entities; gives Attribution and Source records whose ids are the article's own.
Here it is decided what a source is (kind, number, who is meant by "she" or "the official"), whom the words came through
(``via``), whether they are quoted, and which words hedge them. What cannot be tied stays None.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from headwater import lexicon
from headwater.model import Article, Attribution, Entity, Mode, Place, Source, SourceKind, Span, stable_id
from headwater.reading import marks, names, quantities
from headwater.reading.tagger import Tagged, Tags
from headwater.words import key_of, words

_HEDGE = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(h) for h in lexicon.HEDGES) + r")(?![\w-])", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:the|a|an|one|his|her|their|its|this|that|these|those|some|other|another|both)\s+", re.IGNORECASE
)
_OWNER = re.compile(r"^(?P<owner>.+?)(?:’s|'s|’|')\s+(?P<rest>.+)$", re.DOTALL)
_SPEAKS_FOR = re.compile(r"\b(?:for|of|at|from)\s+(?:the\s+)?(?P<who>[A-Z].+)$", re.DOTALL)
_HE = frozenset("he him his".split())
_SHE = frozenset("she her".split())
_ONE_VOICE = _HE | _SHE
_FIRST = frozenset("me us i we my our".split())
_PEOPLE_STOP = frozenset("of for from with in at on who that which close familiar briefed speaking told to by".split())


@dataclass(slots=True)
class _Known:
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


def decode(
    article: Article, sentences: Sequence[Span], tags: Tags, entities: Sequence[Entity], quoted: Sequence[marks.Quoted]
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """Make records of what a tagger marked.

    Args:
        article: the article; its text is what spans count in.
        sentences: its sentences outside furniture, in order.
        tags: what the tagger marked.
        entities: the article's entities, as ``names.entities`` gives them.
        quoted: its quotations, as ``marks.quotations`` gives them.

    Returns:
        The attributions in order of place, and the sources they name, in order of first mention.
    """
    return _Decoder(article, sentences, entities, quoted).run(tags)


class _Decoder:
    def __init__(
        self, article: Article, sentences: Sequence[Span], entities: Sequence[Entity], quoted: Sequence[marks.Quoted]
    ) -> None:
        self.article, self.text = article, article.text
        self.sentences, self.entities, self.quoted = sentences, entities, quoted
        self.by_id = {entity.id: entity for entity in entities}
        self.known: dict[str, _Known] = {}
        self.order: list[tuple[int, str]] = []  # (place, source id) of every source met so far, for pronouns
        self.carrier_names = self._carrier_names()

    # What the article calls a journalist -----------------------------------------------------------------------------

    def _carrier_names(self) -> frozenset[str]:
        out = set()
        for entity in self.entities:
            if entity.type == "person" and any(
                key_of(word) in lexicon.JOURNALISTS for role in entity.roles for word in role.text.split()
            ):
                out.add(entity.id)
        return frozenset(out)

    def run(self, tags: Tags) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
        self._note_reporters(tags.attributions)
        made: list[tuple[Tagged, str | None, tuple[str, ...]]] = []
        for tagged in tags.attributions:
            via = tuple(v for v in (self._carrier(span) for span in tagged.via) if v)
            several = self._several(tagged.source[0]) if tagged.source else []
            for one in several[1:]:  # "both the Ledger and the Courier reported": each of them
                extra = self._named(one, tagged.source[0])
                made.append((tagged, extra, via))
            source = self._source(tagged.source[0], via) if tagged.source and not several else None
            if several:
                source = self._named(several[0], tagged.source[0])
            if tagged.follows is not None and tagged.follows < len(made):
                source = source or made[tagged.follows][1]
                via = via or made[tagged.follows][2]
            made.append((tagged, source, via))
        made = self._reports_to_reporters(made)
        nested = self._nest(made)
        attributions = []
        twice = [tagged for at, (tagged, _, _) in enumerate(made) if at and made[at - 1][0] is tagged]
        for (tagged, source, via), outer in zip(made, nested, strict=True):
            if outer is None:
                continue
            chain = tuple(dict.fromkeys((*outer, *via)))
            chain = tuple(v for v in chain if v != source and not self._is_own_outlet(v))
            spans = tuple(sorted({*tagged.cue, *tagged.content}))
            hedges = self._hedges(spans)
            attributions.append(
                Attribution(
                    id=stable_id(
                        "attribution",
                        self.article.id,
                        source if tagged in twice else "",
                        *(f"{s.start}-{s.end}" for s in spans),
                    ),
                    article=self.article.id,
                    source=source,
                    source_spans=tagged.source,
                    cue_spans=tagged.cue,
                    content_spans=tagged.content,
                    mode=self._mode(tagged.content),
                    hedged=bool(hedges),
                    hedge_spans=hedges,
                    via=chain,
                    via_spans=tagged.via,
                    said=tagged.said,
                    score=tagged.score,
                )
            )
        unique = {a.id: a for a in attributions}
        ordered = sorted(unique.values(), key=lambda a: (a.content_spans[0].start, a.cue_spans, a.id))
        used = {i for a in ordered for i in (a.source, *a.via) if i}
        used |= {self.known[i].reached_by or "" for i in used if i in self.known}
        sources = [self._record(known) for known in self.known.values() if known.id in used]
        return tuple(ordered), tuple(
            sorted(sources, key=lambda s: (s.mentions[0] if s.mentions else Place("", 0, 0), s.id))
        )

    def _record(self, known: _Known) -> Source:
        return Source(
            id=known.id,
            name=known.name,
            kind=known.kind,
            number=known.number,
            entity=known.entity,
            reached_by=known.reached_by,
            mentions=tuple(sorted(set(known.mentions))),
        )

    def _note_reporters(self, attributions: Sequence[Tagged]) -> None:
        """People whom others "told" things, or whose "report" is credited, carry news here even if nobody says so."""
        out = set(self.carrier_names)
        for tagged in attributions:
            for span in tagged.via:
                entity = self._entity_in(span)
                if entity and self.by_id[entity].type == "person":
                    out.add(entity)
            for span in tagged.source:
                owner = _OWNER.match(span.of(self.text))
                if owner and key_of(owner["rest"].split()[-1]) in lexicon.REPORTS:
                    entity = self._entity_in(Span(span.start, span.start + len(owner["owner"])))
                    if entity and self.by_id[entity].type == "person":
                        out.add(entity)
        self.carrier_names = frozenset(out)

    # From a span to a source -----------------------------------------------------------------------------------------

    def _entity_in(self, span: Span) -> str | None:
        return names.refer(self.text, self.sentences, self.entities, span)

    def _several(self, span: Span) -> list[str]:
        """Two or more outlets or reporters named together as one source ("both A and B"); else nothing."""
        if not re.search(r"\band\b", span.of(self.text)) or span.end - span.start > 160:
            return []
        inside = sorted(
            (m.start, m.end, e.id)
            for e in self.entities
            for m in e.mentions
            if span.start <= m.start and m.end <= span.end
        )
        carriers = [e for _, _, e in inside if self._is_carrier(e)]
        joined = all(
            re.fullmatch(r"\s*(?:,|and|, and)\s*(?:the\s+)?", self.text[a[1] : b[0]], re.IGNORECASE)
            for a, b in zip(inside, inside[1:], strict=False)
        )
        return (
            list(dict.fromkeys(carriers)) if len(set(carriers)) > 1 and len(carriers) == len(inside) and joined else []
        )

    def _is_carrier(self, entity_id: str) -> bool:
        entity = self.by_id[entity_id]
        return entity_id in self.carrier_names or (entity.type == "organisation" and names.is_outlet(entity.name))

    def _is_own_outlet(self, source: str) -> bool:
        outlet = self.article.outlet
        return bool(outlet) and source in self.known and _plain(self.known[source].name) == _plain(outlet or "")

    def _carrier(self, span: Span) -> str | None:
        shown = span.of(self.text).strip()
        if key_of(shown) in _FIRST:
            return self._keep("the writer (first person)", "journalist", span, entity=None, scope=self.article.id)
        return self._source(span, ())

    def _source(self, span: Span, via: tuple[str, ...]) -> str | None:
        shown = " ".join(span.of(self.text).split())
        if not shown:
            return None
        plain = key_of(shown)
        if plain in lexicon.PRONOUNS:
            source = self._pronoun(plain, span)
            if source:
                self._mention(source, span)
            return source
        if _SOME_OF_THEM.fullmatch(shown):
            group = next((i for at, i in reversed(self.order) if at < span.start and self.known[i].plural), None)
            if group is not None:
                self._mention(group, span)
                return group
        found = self._entity_in(span) or self._named_after_comma(span)
        form = words(shown)
        head = self._head(form)
        if head in {"report", "reports", "article", "story"} or head in lexicon.DOCUMENTS:
            if not (found and not self._document_first(form)):
                return self._document(shown, span, head)
        if found:
            return self._named(found, span)
        if head in lexicon.SPOKESPEOPLE:
            principal = self._principal(shown, span)
            if principal:
                return self._named(principal, span)
        if head in _POSTS and re.match(r"(?i)(?:the|his|her|their|its)\b", shown):
            # "the president" of somebody named before whom nothing ties down: known to the article, not to us
            return self._keep(shown, "unspecified", span, scope=f"{self.article.id}:{span.start}")
        if head in lexicon.UNNAMED or head in lexicon.JOURNALISTS:
            return self._unnamed(shown, span, head, via)
        if head in lexicon.OUTLETS:
            return self._keep(shown, "outlet", span, scope=self.article.id)
        if head is None and form and form[-1].key in _ORG_HEADS:
            return self._keep(_LEAD.sub("", shown), "organisation", span)
        if head is None and not any(w for w in shown.split() if w[:1].isupper()):
            return self._keep(shown, "unspecified", span, scope=self.article.id)
        if any(word.key in lexicon.UNNAMED for word in form):
            return self._unnamed(shown, span, next(w.key for w in form if w.key in lexicon.UNNAMED), via)
        if _LEAD.sub("", shown)[:1].isupper():
            name = re.sub(r"^(?:the|The)\s+", "", shown)
            kind: SourceKind = "outlet" if names.is_outlet(name) else "organisation"
            return self._keep(name, kind, span)
        if any(word.key in _ORG_HEADS for word in form):
            return self._keep(_LEAD.sub("", shown), "organisation", span, scope=self.article.id)
        return self._keep(shown, "unspecified", span, scope=self.article.id)

    def _named_after_comma(self, span: Span) -> str | None:
        """ "the district's chief medical officer, Dr Amina Vance": the person named at the end of the phrase."""
        comma = self.text.rfind(",", span.start, span.end)
        if comma < 0:
            return None
        inside = {
            e.id
            for e in self.entities
            if e.type == "person"
            for m in e.mentions
            if comma < m.start and m.end == span.end
        }
        return inside.pop() if len(inside) == 1 else None

    def _head(self, form: Sequence[object]) -> str | None:
        """The head noun of a phrase: the last known noun before "of", "for", "who" and the like."""
        head = None
        if len(form) > 2 and form[1].key == "of" and form[0].key in _PARTS:  # type: ignore[attr-defined]
            form = form[2:]  # "two of the three officials"
        for word in form:
            key = word.key  # type: ignore[attr-defined]
            if key in _PEOPLE_STOP:
                break
            if (
                key in lexicon.UNNAMED
                or key in lexicon.DOCUMENTS
                or key in lexicon.JOURNALISTS
                or key in lexicon.SPOKESPEOPLE
                or key in lexicon.OUTLETS
            ):
                head = key
            elif head and not key.isalpha():
                break
        return head

    def _document_first(self, form: Sequence[object]) -> bool:
        """Whether the phrase's own head is a document: "Roe's report", "testimony to Congress from General Roe"."""
        for word in form:
            key = word.key  # type: ignore[attr-defined]
            if key in _PEOPLE_STOP:
                return False
            if key in lexicon.DOCUMENTS:
                return True
        return False

    def _document(self, shown: str, span: Span, head: str | None) -> str | None:
        owner = _OWNER.match(shown)
        author = None
        if owner:
            raw = _OWNER.match(span.of(self.text))
            if raw:
                author = self._entity_in(Span(span.start, span.start + len(raw["owner"])))
        if author is None:
            from_whom = re.search(r"\b(?:from|by)\s+(.+)$", span.of(self.text), re.DOTALL)
            if from_whom:
                author = self._entity_in(Span(span.start + from_whom.start(1), span.end))
        if author is None:
            inside = [
                e.id for e in self.entities for m in e.mentions
                if span.start <= m.start and m.end <= span.end and e.type == "organisation" and names.is_outlet(e.name)
            ]  # fmt: skip
            author = inside[0] if len(set(inside)) == 1 and head in lexicon.REPORTS else None
        if author is None and head in _SPEAKING_PAPERS:  # "the agency statement": the agency speaking
            speakers = {
                e.id for e in self.entities for m in e.mentions
                if span.start <= m.start and m.end <= span.end and e.type in {"organisation", "person"}
            }  # fmt: skip
            author = speakers.pop() if len(speakers) == 1 else None
        if author is not None:
            entity = self.by_id[author]
            if head in lexicon.REPORTS and self._is_carrier(author):
                return self._named(author, span)  # a newsroom's report is the newsroom speaking
            if entity.type == "person" or head in _SPEAKING_PAPERS:
                return self._named(author, span)  # a statement is its author speaking
        return self._keep(_LEAD.sub("", shown), "document", span, scope=self.article.id)

    def _named(self, entity_id: str, span: Span) -> str:
        entity = self.by_id[entity_id]
        if entity.type == "person":
            kind: SourceKind = "journalist" if entity_id in self.carrier_names else "person"
        elif entity.type == "work":
            kind = "document"
        else:
            kind = "outlet" if names.is_outlet(entity.name) else "organisation"
        return self._keep(entity.name, kind, span, entity=entity_id)

    def _principal(self, shown: str, span: Span) -> str | None:
        """The organisation an unnamed spokesperson speaks for: "a Pentagon spokesman", "a spokeswoman for the bank"."""
        for entity in self.entities:
            if entity.type in {"organisation", "place"} and any(
                span.start <= m.start and m.end <= span.end for m in entity.mentions
            ):
                return entity.id
        return None

    def _unnamed(self, shown: str, span: Span, head: str | None, via: tuple[str, ...]) -> str:
        """People without a name: the same ones as before where the words say so, else new ones."""
        number = quantities.number_of_people(shown)
        form = words(shown)
        traits = frozenset(
            _singular(w.key) for w in form
            if w.key not in _STOP_TRAITS and not w.key.isdigit() and w.key not in lexicon.UNNAMED
        )  # fmt: skip
        heads = frozenset({_singular(head or "")})
        plural = bool(head) and head != _singular(head or "")
        definite = bool(re.match(r"(?i)(?:the|those|these|both|he and|she and)\b", shown))
        bare = (
            plural
            and not definite
            and number is None
            and not re.match(r"(?i)(?:other|several|some|many|two|three|multiple)\b", shown)
        )
        for place, known_id in reversed(self.order):
            known = self.known[known_id]
            if known.kind != "anonymous" or place > span.start or (definite and _PART_OF.match(known.name)):
                continue
            same_carrier = not via or known.reached_by in {*via, None, self.article.id} or known.reached_by == via[-1]
            close = heads <= known.heads or (
                definite and heads & {"source", "official", "person"} and known.heads & {"source", "official", "person"}
            )
            if (
                (definite or (bare and known.plural))
                and same_carrier
                and close
                and plural == known.plural
                and traits <= known.traits | known.heads
            ):
                if via and known.reached_by in {None, self.article.id}:
                    known.reached_by = via[-1]
                known.number = known.number if known.number is not None else number
                self._mention(known_id, span)
                return known_id
        reached = via[-1] if via else self.article.id
        name = re.sub(r"^(?:the|The|a|A|an|An)\s+", "", shown)
        found = self._keep(name, "anonymous", span, scope=f"{reached}:{span.start}", number=number, reached_by=reached)
        known = self.known[found]
        known.heads, known.traits, known.plural = heads, traits, plural
        return found

    def _keep(
        self, name: str, kind: SourceKind, span: Span, *, entity: str | None = None, scope: str = "",
        number: int | None = None, reached_by: str | None = None,
    ) -> str:  # fmt: skip
        key = stable_id("source", self.article.id, kind, entity or _plain(name), scope)
        if key not in self.known:
            self.known[key] = _Known(key, name, kind, number, entity, reached_by)
        self._mention(key, span)
        return key

    def _mention(self, source: str, span: Span) -> None:
        self.known[source].mentions.append(Place(self.article.id, span.start, span.end))
        self.order.append((span.start, source))

    def _pronoun(self, pronoun: str, span: Span) -> str | None:
        """Who is meant: the nearest fitting one of the sources so far and the people named before."""
        if pronoun in {"i", "we", "me", "you", "who", "which", "that", "this", "these", "those", "one"}:
            return None
        limit = self._sentences_back(span.start, 3)
        fits: tuple[SourceKind, ...]
        if pronoun in _ONE_VOICE:
            fits = ("person", "journalist", "anonymous")
        elif pronoun == "they":
            fits = ("anonymous", "organisation", "person", "document")
        else:
            fits = ("organisation", "document", "outlet")
        named = names.antecedents(self.text, self.sentences, self.entities, span)
        recent: tuple[int, str] | None = None
        for place, source in reversed(self.order):
            if place >= span.start or place < limit:
                continue
            known = self.known[source]
            if known.kind not in fits:
                continue
            if known.kind == "anonymous" and (known.plural != (pronoun == "they")):
                continue
            if known.entity and pronoun in _ONE_VOICE:
                gender = names.gender_of(self.by_id[known.entity], self.text)
                if gender and gender != ("female" if pronoun in _SHE else "male"):
                    continue
            recent = (place, source)
            break
        if named:
            entity = self.by_id[named[0]]
            last = max((m.start for m in entity.mentions if m.start < span.start), default=-1)
            if (
                pronoun not in _ONE_VOICE
                and pronoun != "they"
                and (recent is not None or last - self._sentences_back(last, 0) > _SUBJECT)
            ):
                # "it": whoever spoke last, else only what stood as a subject; a thing merely mentioned does not speak
                return recent[1] if recent else None
            if recent is None or last > recent[0]:
                if recent is not None and pronoun in _ONE_VOICE and names.gender_of(entity, self.text) is None:
                    return recent[1]  # whoever spoke last goes on, rather than a name that need not be a person's
                here = self._sentences_back(span.start, 0)
                if (
                    recent is not None
                    and self.known[recent[1]].kind == "anonymous"
                    and pronoun in _ONE_VOICE
                    and last < here
                ):
                    # an unnamed speaker goes on; a person merely mentioned after does not take over
                    return recent[1]
                if entity.type == "person" or pronoun not in _ONE_VOICE:
                    return self._named(named[0], span)
        return recent[1] if recent else None

    def _sentences_back(self, at: int, number: int) -> int:
        index = bisect_right(self.sentences, at, key=lambda s: s.start) - 1
        return self.sentences[max(0, index - number)].start if self.sentences else 0

    # Chains ----------------------------------------------------------------------------------------------------------

    def _reports_to_reporters(
        self, made: list[tuple[Tagged, str | None, tuple[str, ...]]]
    ) -> list[tuple[Tagged, str | None, tuple[str, ...]]]:
        """ "a report", "the report": the one reporter or outlet this article credits, where there is only one."""
        carriers = {
            i for tagged, source, via in made if tagged.said for i in (source, *via)
            if i and self.known[i].kind in {"journalist", "outlet"} and not self._is_own_outlet(i)
            and self.known[i].name != "the writer (first person)"
        }  # fmt: skip
        generic = {
            k.id for k in self.known.values()
            if k.kind == "document" and {key_of(w) for w in k.name.split()} & lexicon.REPORTS and len(k.name.split()) <= 2
        }  # fmt: skip
        if not generic:
            return made
        reporters = {i for i in carriers if self.known[i].kind == "journalist"}
        only = carriers if len(carriers) == 1 else reporters if len(reporters) == 1 else set()
        if len(only) != 1:
            return made
        (carrier,) = only
        for report in generic:
            self.known[carrier].mentions.extend(self.known[report].mentions)
        for known in self.known.values():
            if known.reached_by in generic:
                known.reached_by = carrier
        swap = {report: carrier for report in generic}
        return [
            (tagged, swap.get(source, source) if source else None, tuple(dict.fromkeys(swap.get(v, v) for v in via)))
            for tagged, source, via in made
        ]

    def _nest(self, made: Sequence[tuple[Tagged, str | None, tuple[str, ...]]]) -> list[tuple[str, ...] | None]:
        """For each attribution the chain of the ones it stands in, outermost first; None where it only repeats one."""
        extents = []
        for tagged, _, _ in made:
            spans = [*tagged.source, *tagged.cue, *tagged.content]
            extents.append(Span(min(s.start for s in spans), max(s.end for s in spans)))
        out: list[tuple[str, ...] | None] = []
        dropped: set[int] = set()
        for index in range(len(made)):
            chain: list[tuple[int, str]] = []
            for other in range(max(0, index - 12), min(len(made), index + 13)):
                if other == index:
                    continue
                tagged, source, via = made[other]
                holds = any(c.holds(extents[index]) for c in tagged.content) and extents[other] != extents[index]
                if not holds or not source or made[index][1] == source:
                    continue
                size = sum(c.end - c.start for c in tagged.content)
                for step, carrier in enumerate((*via, source)):
                    chain.append((-size * 100 + step, carrier))
                if (
                    tagged.cue
                    and key_of(self.text[tagged.cue[0].start : tagged.cue[0].end].split()[0])
                    in {"according", "as", "per"}
                    and (extents[index].end - extents[index].start) >= 0.8 * size
                ):
                    dropped.add(other)
            out.append(tuple(carrier for _, carrier in sorted(chain)))
        return [None if index in dropped else chain for index, chain in enumerate(out)]

    # Mode and hedges -------------------------------------------------------------------------------------------------

    def _mode(self, content: Sequence[Span]) -> Mode:
        total = inside = 0
        for span in content:
            index = max(0, bisect_right(self.quoted, span.start, key=lambda q: q.end) - 1)
            covers = []
            while index < len(self.quoted) and self.quoted[index].start < span.end:
                covers.append(Span(self.quoted[index].start, self.quoted[index].end))
                index += 1
            for word in words(self.text, span):
                total += 1
                inside += any(c.start <= word.start < c.end for c in covers)
        if total == 0 or inside == 0:
            return "indirect"
        return "direct" if inside >= 0.9 * total else "mixed"

    def _hedges(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        out = []
        for span in spans:
            for match in _HEDGE.finditer(self.text, span.start, span.end):
                shown = match.group()
                if shown in {"May", "Might", "Could"} and shown == "May":
                    continue  # the month, or the opening of a question
                out.append(Span(match.start(), match.end()))
        return tuple(sorted(set(out)))


_SUBJECT = 30  # code points from a sentence's start within which a name is taken for its subject
_PARTS = frozenset("one two three four five six seven some several many most all both none another half each".split())
_PART_OF = re.compile(r"(?:" + "|".join(sorted(_PARTS)) + r")\s+of\b", re.IGNORECASE)
_SOME_OF_THEM = re.compile(
    r"(?:(?:one|two|three|some|several|many|most|all|both|another) of (?:them|those|those two|the (?:two|three|four|five))"
    r"|the (?:two|three|four|pair)|(?:all|both) (?:two|three|four|of them)|all three|both)",
    re.IGNORECASE,
)
_STOP_TRAITS = frozenset(
    """the a an one two three four five six seven eight nine ten several some many most of in on at for with and or
    who that
    which to by from his her their its other others another both unnamed anonymous also he she they same as close
    familiar
    matter condition anonymity speaking briefed told spoke dozen half pair group number few multiple various current
    former""".split()
)
_POSTS = frozenset(
    """leader president mayor governor minister commander captain professor director secretary chairman chairwoman
    chief premier
    chancellor king queen prince princess senator congressman congresswoman lawmaker prosecutor judge""".split()
)
_SPEAKING_PAPERS = frozenset("statement statements testimony post posts tweet tweets letter interview briefing".split())
_ORG_HEADS = frozenset(
    """company ministry government department police agency court union campaign administration committee council
    office embassy
    military army navy party bank team organisation organization firm commission board centre center institute
    university
    hospital association federation authority regime command bureau operator regulator utility trust chamber group
    service""".split()
)


def _plain(name: str) -> str:
    """A name for comparing: small letters and digits, without a leading article."""
    key = re.sub(r"[^\w]+", " ", name.casefold()).strip()
    return key.removeprefix("the ")


def _singular(noun: str) -> str:
    irregular = {
        "people": "person",
        "men": "man",
        "women": "woman",
        "spokespeople": "spokesperson",
        "spokesmen": "spokesman",
        "families": "family",
    }
    if noun in irregular:
        return irregular[noun]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun


def renamed(attributions: Sequence[Attribution], ids: dict[str, str]) -> tuple[Attribution, ...]:
    """The same attributions with source ids replaced through ``ids``."""
    return tuple(
        replace(a, source=ids.get(a.source, a.source) if a.source else None, via=tuple(ids.get(v, v) for v in a.via))
        for a in attributions
    )
