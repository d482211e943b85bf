"""Whom the words of a source mean: takes spans of one article, gives Source records whose ids are the article's own.

Decides what a source is (kind, number), who is meant by "she", "the official" or "a Pentagon spokesman", who carried
words. A pronoun that nobody fits is a source of kind ``unspecified``: somebody spoke, and it is not known who.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from headwater import lexicon
from headwater.model import Article, Entity, Place, Source, SourceKind, Span, stable_id
from headwater.reading import marks, names, quantities
from headwater.reading.names.gazetteer import lists
from headwater.words import Word, key_of, words

_LEAD = re.compile(
    r"^(?:the|a|an|one|his|her|their|its|this|that|these|those|some|other|another|both)\s+", re.IGNORECASE
)
_THEIRS = re.compile(r"(?:his|her|their|its)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|his|her|their|its|this|that)\b", re.IGNORECASE)
_THOSE = re.compile(r"(?:the|those|these|both|he and|she and)\b", re.IGNORECASE)
_SOME = re.compile(r"(?:other|several|some|many|two|three|multiple)\b", re.IGNORECASE)
_OF_SOME = re.compile(
    r"(?:\w+ ){0,2}(?:one|two|three|four|five|six|several|some|many|most|both|two-thirds|half|none|each|another|any)"
    r"\s+(?:other\s+)?of\s+(?:the|those|these|his|her|their|its|our)\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SHARE = re.compile(
    r"(?:\w+ ){0,2}(?:(?:\d+|\w+)(?:-| )(?:of|in|out of)(?:-| )(?:every )?(?:\d+|three|four|five|ten)"
    r"|(?:\d+(?:\.\d+)? (?:percent|per cent)|\d+%|(?:an? )?\w*\s?(?:majority|number|group|handful|dozens|hundreds"
    r"|thousands|pair|couple|crowd|half|third|quarter|most)) of)\s+(?:the |all )?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OF_THEM = re.compile(
    r"(?:one|two|three|some|several|many|most|all|both|another) of (?:them|those|those two|the (?:two|three|four|five))"
    r"|the (?:other )?(?:two|three|four|pair)|(?:all|both) (?:two|three|four)|both",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?P<owner>.+?)(?:’s|'s|’|')\s+(?P<rest>.+)", re.DOTALL)
#: What stands before one who is told or shown something, or who prints it.
_PASSED_TO = re.compile(r"\b(?:told|tell|tells|telling|to|with|by|on|in|via|for|exclusively)\s+$", re.IGNORECASE)
#: What follows one who does not want to be named.
_UNWILLING = re.compile(
    r",? (?:who|speaking|talking)\b[^.!?\n]{0,50}"
    r"\b(?:anonym\w+|not (?:be|to be|want to be|give|wish to be)|declined|refused)"
)
_TOLD_OF = re.compile(r",\s+(?:an?|the)\s+([a-z][\w’' -]{2,60}?)(?=,|\.|\s(?:that|which|for|of|in|based|with|who)\b)")
_BARE_NAME = re.compile(r"[Tt]he [A-Z][^,;]*")
_CONTACTS = frozenset("sources source".split())
_HE = frozenset("he him his".split())
_SHE = frozenset("she her".split())
_ONE_VOICE = _HE | _SHE
_FIRST = frozenset("me us i we my our".split())
_RELATIVE = frozenset("who which that".split())
_PAPERS = lexicon.DOCUMENTS | frozenset(
    "clip clips film films movie documentary ad ads advertisement commercial".split()
)
_PLACES = frozenset("city state county town country nation".split())
_NOBODY = frozenset("i we me you who which that this these those one".split())
_HEAD_ENDS = frozenset(
    "of for from with in at on who that which close familiar briefed speaking told to by inside near".split()
)
_VAGUE = frozenset(
    """source official person insider aide attorney lawyer adviser advisor diplomat employee worker staffer witness
    resident bystander neighbour neighbor other colleague friend relative man woman boy girl reporter journalist
    cameraman camerawoman photographer caller victim suspect""".split()
)
_AGENTS = re.compile(r"(?:er|or|ist|ian|man|woman|eer|ant)$")
_NOT_AGENTS = frozenset(
    """paper letter newspaper computer number order tower center power weather water summer winter poster chapter
    banner register server counter quarter tanker matter error mirror tractor motor factor sector manifesto newsletter
    list mist plant restaurant grant river border corner ever never after under over""".split()
)
_ORG_HEADS = frozenset(
    """company ministry government department police agency court union campaign administration committee council office
    embassy military army navy party bank team organisation organization firm commission board centre center institute
    university hospital association federation authority regime command bureau operator regulator utility trust chamber
    group service club league college school church charity foundation coalition alliance society inquiry airline palace
    cabinet parliament senate congress assembly tribunal watchdog brigade""".split()
)
_SPEAKING_PAPERS = frozenset("statement statements testimony post posts tweet tweets letter interview briefing".split())
_STOP_TRAITS = frozenset(
    """the a an one two three four five six seven eight nine ten several some many most of in on at for with and or who
    that which to by from his her their its others other another both unnamed anonymous also he she they same as close
    familiar matter condition anonymity speaking briefed told spoke dozen half pair group number few multiple various
    current former""".split()
)
_OPENING = 300  # code points from a sentence's start within which a name can be its subject
_BRINGING = frozenset("the his her their its a an former then retired late".split())
#: Words that name nobody by themselves.
_NAMELESS = frozenset(
    """the a an as when while if but and or nor so then after before though although because since in on at for of to by
    with from until unless during where how why what yet also still even once both neither either""".split()
)
_JOINING = frozenset("but and yet so then still again even now".split())
_SUBORDINATE = frozenset("although though while when as since before after if because once until".split())
#: Words that open what stands before a sentence's subject, and joining words.
_OPENERS = frozenset(
    """on in at after before during when while as if since until although though despite with without by from for under
    over last this earlier later but and yet so then once because perhaps instead regardless meanwhile however still
    again even now today yesterday ahead following monday tuesday wednesday thursday friday saturday sunday amid between
    throughout despite nevertheless nonetheless finally eventually""".split()
)
_LOOK_BACK = 200  # unnamed people, and mentions for a pronoun, looked at from the last one back: texts may be long


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


class Sources:
    """The sources of one article; spans are given in order of place as far as that can be."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Span],
        entities: Sequence[Entity],
        quoted: Sequence[marks.Quoted] = (),
    ) -> None:
        """Take an article, its sentences, its entities as ``names.entities`` gives them, and its quotations."""
        self.article, self.text = article, article.text
        self.sentences, self.entities = sentences, entities
        self.by_id = {entity.id: entity for entity in entities}
        self.known: dict[str, Known] = {}
        self._order: list[tuple[int, str]] = []  # (place, source id) of every mention so far, for pronouns
        self._voices: dict[tuple[int, str], str | None] = {}  # mentions by one unnamed spokesperson: their gender
        self._joint: list[tuple[int, int, tuple[str, ...]]] = []  # where several spoke together, and who
        self._aside: set[int] = set()  # places of sources that only a clause with "who" tells of
        self._genders: dict[str, str | None] = {}
        self._quoted = quoted
        # a quotation of many sentences is one thing said: it puts nobody further back
        self._steps = [s.start for s in sentences if not self._in_quotation(s.start, s.end - 1)]
        self._unnamed: list[str] = []  # ids of unnamed people, in order of first mention
        self._mentions = sorted((m.start, m.end, e.id) for e in entities for m in e.mentions)
        self._starts = [m[0] for m in self._mentions]
        self._carriers = {
            e.id
            for e in entities
            if e.type == "person" and any(key_of(w) in lexicon.JOURNALISTS for r in e.roles for w in r.text.split())
        }
        self._full = {e.id: plain(e.name) for e in entities if e.type == "organisation" and names.is_outlet(e.name)}
        self._posts = self._holders()
        self._told_of: dict[str, list[tuple[int, str]]] = {}  # for "group": what "…, a new group that …" follows
        for start, end, e in self._mentions:
            told = _TOLD_OF.match(self.text, end, end + 90) if self.by_id[e].type == "organisation" else None
            for word in told[1].split() if told else ():
                if key_of(word) in _ORG_HEADS:
                    self._told_of.setdefault(key_of(word), []).append((start, e))
        self._bearers: dict[str, list[str]] = {}  # people by surname
        for entity in entities:
            if entity.type == "person" and entity.name.split():
                self._bearers.setdefault(entity.name.split()[-1].casefold(), []).append(entity.id)

    def _holders(self) -> dict[str, dict[str, frozenset[str]]]:
        """For each word of an office or occupation, the people the article gives it, with all words of theirs."""
        held: dict[str, dict[str, frozenset[str]]] = {}
        for entity in self.entities:
            role = frozenset(singular(w.key) for r in entity.roles for w in words(r.text[:200]))
            for word in sorted(role):
                held.setdefault(word, {})[entity.id] = role
        return held

    def _holding(self, head: str, shown: str) -> list[str]:
        """The ids of the people who hold the office that the words say, in order."""
        wanted = {singular(w.key) for w in words(_LEAD.sub("", shown))}
        return sorted(e for e, role in self._posts.get(head, {}).items() if wanted <= role)

    def _heads_office(self, entity: str, head: str) -> bool:
        """Whether a role of the entity's is that office itself: no former or deputy holder's, nor one of its staff."""
        for role in self.by_id[entity].roles:
            keys = [w.key for w in words(re.split(r"\s(?:of|for|at|to|in)\s|,", role.text[:200])[0])]
            if keys and singular(keys[-1]) == head and not {"former", "vice", "deputy", "ex", "then"} & set(keys):
                return True
        return False

    def _last_holder(self, holders: Sequence[str], head: str, span: Span) -> str | None:
        """Which of an office's holders spoke last; None where two of them spoke nearby or none did."""
        limit, end = self._sentences_back(span.start, 6), bisect_left(self._order, (span.start, ""))
        given = {h: [key_of(r.text) for r in self.by_id[h].roles].count(head) for h in holders}
        most = max(given.values(), default=0)
        # a bare title that stands once beside a name, and many times beside another, stood there by chance
        holders = [h for h in holders if given[h] == 0 or 3 * given[h] > most]
        spoke: list[str] = []
        for place, source in reversed(self._order[max(0, end - _LOOK_BACK) : end]):
            if place < limit:
                break
            entity = self.known[source].entity
            if entity and entity in holders and entity not in spoke and self._heads_office(entity, head):
                spoke.append(entity)
        return spoke[0] if len(spoke) == 1 else None

    def _body_meant(self, head: str, span: Span) -> str | None:
        """The one body before that "the group" means: one told of as a group, else the one so called."""
        told = {e for at, e in self._told_of.get(head, ()) if at < span.start}
        return told.pop() if len(told) == 1 else None

    # Who carries -----------------------------------------------------------------------------------------------------

    def note_carriers(self, via: Iterable[Span], sources: Iterable[Span]) -> None:
        """People and bodies that others "told" things, or whose "report" is credited, carry even if nobody says so."""
        for span in via:
            if self.passed_to(span):
                entity = self._entity_in(span) or self._last_named(span)
                if entity and self.by_id[entity].type in {"person", "organisation"}:
                    self._carriers.add(entity)
        for span in sources:
            owner = _OWNER.fullmatch(span.of(self.text).strip())
            if owner and owner["rest"].split() and key_of(owner["rest"].split()[-1]) in lexicon.REPORTS:
                entity = self._entity_in(Span(span.start, span.start + len(owner["owner"])))
                if entity and self.by_id[entity].type == "person":
                    self._carriers.add(entity)

    def passed_to(self, span: Span) -> bool:
        """Whether the words before ``span`` show that it was told, shown or published something."""
        before = self.text[max(0, span.start - 16) : span.start]
        if _THEIRS.match(self.text, span.start) and re.search(r"\b(?:via|by)\s+$", before):
            return False  # "via her lawyer": a bearer, who prints nothing
        return bool(_PASSED_TO.search(before))

    def is_carrier(self, entity: str) -> bool:
        """Whether the entity with that id prints or broadcasts what others say."""
        return entity in self._carriers or (
            self.by_id[entity].type == "organisation" and names.is_outlet(self.by_id[entity].name)
        )

    def is_own_outlet(self, source: str) -> bool:
        """Whether the source with that id is the outlet the article is from."""
        outlet = self.article.outlet
        return bool(outlet) and source in self.known and plain(self.known[source].name) == plain(outlet or "")

    def carrier(self, span: Span) -> str | None:
        """The source that a carrier's span means."""
        if key_of(span.of(self.text).strip()) in _FIRST:
            return self._keep(lexicon.WRITER, "journalist", span, scope=self.article.id)
        shown = " ".join(span.of(self.text).split())
        span = self._core(span) or span
        named = self._entity_in(span) or self._last_named(span) or self._surname(shown)
        # an outlet may be called "Cardinal" or "the Courier": in this place a capital makes a name of any noun
        pronoun = key_of(shown) in lexicon.PRONOUNS
        if named is None and shown and not pronoun and all(w[:1].isupper() for w in _LEAD.sub("", shown).split()):
            found: str | None = self._other(shown, span)
        else:
            found = self.source(span, ())
        known = self.known.get(found or "")
        if known is not None and self.passed_to(span):
            at = bisect_left(self._order, (span.start, known.id))
            del self._order[at : at + 1]  # whom something was told does not speak: no "it" means that
            self.prints(known.id)
        return found

    def unknown(self, source: str) -> bool:
        """Whether the source with that id is a pronoun that nobody fits."""
        return self.known[source].kind == "unspecified" and self.known[source].name in lexicon.PRONOUNS

    def prints(self, source: str) -> None:
        """Note that the source with that id is an outlet or a journalist."""
        known = self.known[source]
        if known.kind in {"organisation", "unspecified"} and known.name[:1].isupper():
            known.kind = "outlet"
        elif known.kind == "person":
            known.kind = "journalist"

    def several(self, span: Span, via: tuple[str, ...] = ()) -> list[str]:
        """The sources of a span that names two or more speakers together ("both A and B", "A and his aide"); else none.

        "They" is those who spoke together last, where nobody spoke since.
        """
        raw = span.of(self.text)
        if key_of(raw.strip()) in {"they", "both"} and self._joint:
            end = bisect_left(self._order, (span.start, ""))
            place, last, together = self._joint[-1]
            if end and place <= self._order[end - 1][0] <= last and place >= self._sentences_back(span.start, 3):
                return [self._repeat(i, span) for i in together]
            return []
        if len(raw) > 300 or not re.search(r"\b(?:and|nor)\b", raw):
            return []
        return self._together(span) or self._speakers(span, via)

    def _repeat(self, source: str, span: Span) -> str:
        self._mention(source, span)
        return source

    def _together(self, span: Span) -> list[str]:
        """The outlets and reporters that are all a span names."""
        inside = self._inside(span)
        carriers = [e for _, _, e in inside if self.is_carrier(e)]
        joined = all(
            re.fullmatch(r"\s*(?:,|and|, and)\s*(?:the\s+)?", self.text[inside[i][1] : inside[i + 1][0]], re.IGNORECASE)
            for i in range(len(inside) - 1)
        )
        if len(set(carriers)) < 2 or len(carriers) != len(inside) or not joined:
            return []
        return [self._named(e, span) for e in dict.fromkeys(carriers)]

    def _speakers(self, span: Span, via: tuple[str, ...]) -> list[str]:
        """The people and bodies, named or not, that "and" joins in a span; none where it may be one name or group."""
        raw = span.of(self.text)
        joins = list(re.finditer(r",?\s+(?:and|nor)\s+", raw))
        if len(joins) != 1:
            return []
        join = joins[0]
        start, end = span.start + join.start(), span.start + join.end()
        if any(m[0] < end and start < m[1] for m in self._inside(span)):
            return []  # "Fenn and Sons"
        lead = re.match(r"(?:both|neither|either)\s+", raw, re.IGNORECASE)
        begin = span.start + (lead.end() if lead else 0)
        parts: list[Span] = []
        apart = False  # whether the piece before "and" only tells of the name before it
        for piece in re.finditer(r"[^,]+", self.text[begin:start]):
            cut = piece.group().strip()
            apart = bool(parts) and (not cut[:1].isupper() or bool(re.match(r"[DR]-", cut)))
            if apart:
                continue  # "Ada Quill, a clerk, and Bo Fenn": what stands after the name tells of her
            parts.append(Span(begin + piece.start() + piece.group().index(cut), begin + piece.end()) if cut else span)
        comma = self.text.find(",", end, span.end)
        parts.append(Span(end, comma if comma > 0 else span.end))
        if (
            (apart and not join.group().startswith(","))
            or span in parts
            or len(parts) < 2
            or any(p.start >= p.end for p in parts)
        ):
            return []
        kinds = [self._speaker(p) for p in parts]
        right = parts[-1].of(self.text)
        linked = any(w.key in _HEAD_ENDS for p in parts[:-1] for w in words(p.of(self.text)))
        if None in kinds or (linked and not re.match(r"(?:a|an|the|his|her|their|its|one|two)\b", right)):
            return []  # "aides to Fenn and Quill"
        types = {self.by_id[k].type for k in kinds[:-1] if k in self.by_id}
        if len(types) > 1:
            return []  # "Ada Quill, Democrat of Harrow and a member of the council"
        named = {k for k in kinds if k not in {"one", "many"}}
        if len(named) + kinds.count("one") + kinds.count("many") < len(parts) or kinds.count("many") == len(parts):
            return []
        if len(named) == 0 and kinds != ["one"] * len(parts):
            return []
        found = [i for i in (self.source(p, via) for p in parts) if i]
        if len(set(found)) < 2:
            return []
        found = list(dict.fromkeys(found))
        self._joint.append((parts[0].start, parts[-1].start, tuple(found)))
        return found

    def _speaker(self, part: Span) -> str | None:
        """What a part of a joint phrase is: a named one's id, "one" or "many" without a name; None where unsure."""
        shown = " ".join(part.of(self.text).split())
        if re.match(r"(?:he|she)$", shown):
            return "one"
        core = self._core(part)
        if core is None:
            return None
        entity = self._entity_in(core) or self._ending(core) or self._surname(" ".join(core.of(self.text).split()))
        form = words(shown)
        if entity is not None:
            inside = self._inside(part)
            if self.by_id[entity].type == "organisation":
                whole = self._whole(core, entity) and not form[-1].key.endswith("s")
                return entity if whole else None
            return entity if self.by_id[entity].type == "person" and inside else None
        head = _head(form, shown)
        if head is None or not is_people(head):
            return None
        if head != singular(head):
            return "many"
        return "one" if re.match(r"(?:an?|the|his|her|their|its|one|another)\b", shown, re.IGNORECASE) else None

    # From a span to a source -----------------------------------------------------------------------------------------

    def source(self, span: Span, via: tuple[str, ...], content: Sequence[Span] = ()) -> str | None:
        """The source that a span means.

        Args:
            span: the words for the source.
            via: ids of the sources that its words came through, outermost first.
            content: what it says; whom that names is not who says it.

        Returns:
            Its id; None where the words name nobody who could be told apart ("I", "which").
        """
        shown = " ".join(span.of(self.text).split())
        if not shown:
            return None
        key = key_of(shown)
        if key in _RELATIVE:
            return self._before(span, via)
        if key in lexicon.PRONOUNS:
            return self._spoken_by(key, shown, span, content)
        if _OF_THEM.fullmatch(shown):
            group = next(
                (i for at, i in reversed(self._order[-_LOOK_BACK:]) if at < span.start and self.known[i].plural), None
            )
            if group is not None:
                self._mention(group, span)
                return group
        some = _OF_SOME.fullmatch(shown) or _SHARE.fullmatch(shown)
        if some and self._named_after_comma(span):  # "one of the women, Ada Quill"
            some = None
        if not some:
            core = self._core(span)
            if core is None:
                return None
            if core != span:
                after = self.text[core.end : span.end].lstrip(" ,")
                named = self._entity_in(core)
                if _head(words(after), after) in _ORG_HEADS and not (named and self.by_id[named].type == "person"):
                    bare_name = " ".join(core.of(self.text).split())
                    return self._named(named, core) if named else self._keep(bare_name, "organisation", core)
                return self.source(core, via, content)
        form = words(some["rest"] if some else shown)
        head = _head(form, some["rest"] if some else shown)
        owned = _OWNER.fullmatch(shown)
        theirs = owned is not None and owned["rest"].split()[0] in _CONTACTS  # "Ferrer’s sources" are not Ferrer
        found = None if some or theirs else self._entity_in(span) or self._named_after_comma(span)
        if not (found or some or theirs):
            found = self._ending(span) or self._surname(shown)
        if re.fullmatch(r"(\w+) (?:and|&) \1", shown):
            found = None  # a firm: "Fenn and Fenn"
        if found and self.by_id[found].type == "person" and _BARE_NAME.fullmatch(shown) and self._whole(span, found):
            found = None  # "the Harrow Beacon": nobody's name has an article
        if head == "paper" and re.fullmatch(r"(?:the|this|that) paper", shown, re.IGNORECASE):
            return self._keep("paper", "outlet", span, scope=self.article.id)  # it speaks: a newspaper
        if head in _PAPERS and not some and not (found and not _document_first(form)):
            return self._document(shown, span, head or "")
        if found:
            return self._named(found, span)
        if some:
            people = head is None or head in lexicon.JOURNALISTS or is_people(head)
            return self._people(shown, span, head, via) if people else self._other(shown, span)
        if head in lexicon.SPOKESPEOPLE:
            principal = self._principal(span)
            house = None if principal else self._house(shown)
            if principal or house:
                found = self._named(principal, span) if principal else self._house_of(house or "", span)
                if head == singular(head or ""):
                    self._voices[span.start, found] = _gender_of_noun(head or "")
                return found
        if head in lexicon.OUTLETS:
            return self._keep(_LEAD.sub("", shown), "outlet", span, scope=self.article.id)
        if head in _ORG_HEADS and _DEFINITE.match(shown) and len(form) == 2:
            body = self._body_meant(head or "", span)
            if body is not None:
                return self._named(body, span)
        if (head in _ORG_HEADS and head not in lexicon.UNNAMED) or (shown and _place(shown)):
            return self._keep(_LEAD.sub("", shown), "organisation", span)
        if head is not None and (is_people(head) or head in lexicon.JOURNALISTS):
            return self._somebody(shown, span, head, via)
        person = next((w.key for w in form if w.key in lexicon.UNNAMED), None)
        if person is not None:
            return self._people(shown, span, person, via)
        return self._other(shown, span)

    def _before(self, span: Span, via: tuple[str, ...]) -> str | None:
        """Whom "who" or "which" means: the name or the people that stand right before it."""
        start = max(0, span.start - 80)
        end = start + len(self.text[start : span.start].rstrip(" ,\u2014\u2013("))
        at = bisect_left(self._starts, end) - 1
        if at >= 0 and self._mentions[at][1] == end:
            if not self._leads(self._mentions[at]):
                self._aside.add(self._mentions[at][0])
            return self._named(self._mentions[at][2], Span(self._mentions[at][0], end))
        clause = re.split(
            r"[.,;:!?()“”\"\n]|\b(?:by|to|from|with|for|of|and|said|says|told|quoted|cited)\b", self.text[start:end]
        )[-1]
        shown = clause.strip()
        if shown and is_people(key_of(shown.split()[-1])):
            place = self.text.rindex(shown, start, end)
            return self.source(Span(place, place + len(shown)), via)
        return None

    def _somebody(self, shown: str, span: Span, head: str, via: tuple[str, ...]) -> str:
        """One definite holder of a post is a person; everybody else without a name is unnamed people."""
        one = head == singular(head)
        titled = re.search(rf"\b{re.escape(head)} ((?:[A-Z][^\s,]*\s?)+)$", shown, re.IGNORECASE) if one else None
        if titled and titled[1][:1].isupper() and not self._entity_in(span):
            last = self._last_named(span)
            if last is not None:
                return self._named(last, span)
            return self._keep(titled[1].strip(), "person", span, scope=self.article.id)  # a name no list knows
        bare = one and (shown.casefold() == head or shown.split()[0][:1].isupper()) and not _LEAD.match(shown)
        hidden = _UNWILLING.match(self.text, span.end, span.end + 80)
        if one and head not in _VAGUE and not hidden and (_DEFINITE.match(shown) or bare):
            earlier = self._same_people(span, head, via, shown)
            if earlier is not None:
                return self._again(earlier, span, via, None)
            holders = self._holding(head, shown)
            if len(holders) == 1 and self.by_id[holders[0]].type == "person":
                return self._named(holders[0], span)
            last = self._last_holder(holders, head, span) if len(holders) > 1 else None
            if last is not None:
                return self._named(last, span)
            several = len(holders) > 1  # "the president" where two are named: not known which
            scope = f"{self.article.id}:{span.start if several else ''}"
            return self._keep(_LEAD.sub("", shown), "unspecified" if several else "person", span, scope=scope)
        return self._people(shown, span, head, via)

    def _other(self, shown: str, span: Span) -> str:
        """A source whose words have no noun we know: by its capitals a name, else unspecified."""
        key = key_of(_LEAD.sub("", shown))
        if key in lists().demonyms or key.removesuffix("s") in lists().demonyms:
            return self._keep(shown, "unspecified", span, scope=self.article.id)
        if len(shown) > 1 and _LEAD.sub("", shown)[:1].isupper():
            name = re.sub(r"^(?:the|The)\s+", "", shown)
            bare = name.split()
            titled = key_of(bare[0]) in lists().courtesy or key_of(bare[0]) in lists().short_titles
            if titled and 1 < len(bare) <= 4 and all(w[:1].isupper() for w in bare):
                return self._keep(" ".join(bare[1:]).rstrip(","), "person", span, scope=self.article.id)
            longer = self._longer(name)
            if longer is not None:
                return self._named(longer, span)
            return self._keep(name, "outlet" if names.is_outlet(name) else "organisation", span)
        if any(word.key in _ORG_HEADS for word in words(shown)) and any(c.isupper() for c in shown):
            return self._keep(_LEAD.sub("", shown), "organisation", span, scope=self.article.id)
        return self._keep(shown, "unspecified", span, scope=self.article.id)

    def _longer(self, name: str) -> str | None:
        """The one outlet the article names in full that ``name`` is short for: "the Gazette"."""
        short = plain(name)
        longer = {e for e, full in self._full.items() if full.endswith(f" {short}")}
        return longer.pop() if len(longer) == 1 and len(short) > 2 else None

    def _entity_in(self, span: Span) -> str | None:
        return names.refer(self.text, self.sentences, self.entities, span)

    def _core(self, span: Span) -> Span | None:
        """The span without what only follows a name in it: "'s", ", a group that …"; None where no word of it names."""
        raw = span.of(self.text)
        keys = [w.key for w in words(raw)]
        if not keys or all(k in _NAMELESS or k in lists().courtesy or k in lists().short_titles for k in keys):
            if raw.isupper() and self.text[span.end : span.end + 1] == ":":
                return span  # "A:" answers in a transcript
            named = keys and any(m[2] for m in self._inside(span))
            return span if named or any(is_people(k) and len(k) > 4 for k in keys) else None
        owned = re.search(r"(?:['’]s|['’])[\s,]*$", raw)
        if owned and raw.lstrip()[:1].isupper() and key_of(raw.split()[-1]) not in lexicon.OUTLETS:
            return Span(span.start, span.start + owned.start())
        said_of = re.match(
            r"((?:[A-Z][\w’'.-]*\s*){1,7})(?:,\s+(?:a|an|the|who|which|whose|now|then|another|one)\s.*|\s*\([^)]*\)[,\s]*)$",
            raw,
            re.DOTALL,
        )
        if said_of and len(raw) < 600 and not _LEAD.match(raw):
            head = said_of[1].rstrip()
            last = self._inside(span)
            if last and last[-1][1] >= span.start + len(raw.rstrip(" ,")) and self._named_after_comma(span):
                return span  # "Press Secretary, the tireless Ada Quill"
            if len(head.split()) > 1 or not is_people(key_of(head)):
                return Span(span.start, span.start + len(head))
        return span

    def _ending(self, span: Span) -> str | None:
        """The person whose name ends the words for an office or a look of theirs: "Envoy to Harrow Ada Quill"."""
        text = self.text[span.start : span.end]
        end = span.start + len(text.rstrip(" ,"))
        of = re.search(r" (?:of|from|who) ", text)
        ends = {end, span.start + of.start()} if of else {end}
        people = [m for m in self._inside(span) if m[1] in ends and self.by_id[m[2]].type == "person"]
        if len(people) != 1:
            return None
        start, _, entity = people[0]
        before = self.text[span.start : start]
        keys = [w.key for w in words(before)]
        if any(k in {"and", "or", "who", "that", "nor"} or k in lexicon.SAID - {"state", "report"} for k in keys):
            return None
        linked = [n for n, k in enumerate(keys) if k in _HEAD_ENDS]
        if not linked:
            # "a humble Fenn"; but "the Fenn" and "an aide Fenn" are left to what knows names and roles
            return entity if len(keys) > 1 and keys[0] in {"a", "an", "the"} and not is_people(keys[-1]) else None
        first = keys[linked[0] - 1] if linked[0] else ""
        if keys[0] in {"a", "an"} or not is_people(first) or first != singular(first) or first in lexicon.SPOKESPEOPLE:
            return None
        rest = re.split(rf"\b{keys[linked[-1]]}\b", before, flags=re.IGNORECASE)[-1].split()
        titles = [w for w in rest if is_people(key_of(w)) or key_of(w) in lists().short_titles]
        whole = rest[:1] == ["the"] or (bool(rest) and len(titles) == 0 and key_of(rest[-1]) not in lists().courtesy)
        return entity if whole else None

    def _surname(self, shown: str) -> str | None:
        """The one person who bears the surname that a few capital words end in: "Fenn of Harrow", "Sen. Ada Fenn"."""
        if re.search(r"\b(?:and|or)\b", shown):
            return None
        name = re.split(r",| of | from | who |\(", shown)[0].split()
        while len(name) > 1 and (key_of(name[0]) in lists().short_titles or key_of(name[0]) in lists().courtesy):
            name = name[1:]
        if not 1 <= len(name) <= 3 or not all(w[:1].isupper() for w in name) or _LEAD.match(shown):
            return None
        bearers = self._bearers.get(name[-1].casefold(), [])
        if len(bearers) != 1:
            return None
        known = {w.casefold() for w in self.by_id[bearers[0]].name.split()}
        return bearers[0] if all(w.casefold() in known for w in name) else None

    def _inside(self, span: Span) -> list[tuple[int, int, str]]:
        """The mentions of entities that lie in ``span``, in order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [m for m in self._mentions[first:last] if m[1] <= span.end]

    def _whole(self, span: Span, entity: str) -> bool:
        """Whether a name of the entity is all of the span but for its article."""
        return any(e == entity and start - span.start <= 5 and end == span.end for start, end, e in self._inside(span))

    def _last_named(self, span: Span) -> str | None:
        """The entity whose name ends the span: "the columnist Rex Dolan"."""
        return next((e for _, end, e in reversed(self._inside(span)) if end >= span.end - 1), None)

    def _named_after_comma(self, span: Span) -> str | None:
        """The person named at the end: "the district's chief medical officer, Dr Amina Vance"."""
        span = Span(span.start, span.start + len(self.text[span.start : span.end].rstrip(" ,")))
        comma = self.text.rfind(",", span.start, span.end)
        if comma < 0:
            return None
        inside = {
            e
            for start, end, e in self._inside(span)
            if self.by_id[e].type == "person"
            and comma < start
            and end == span.end
            and all(w[:1].isupper() or _title_word(w) for w in self.text[comma + 1 : start].split())
        }
        return inside.pop() if len(inside) == 1 else None

    def _document(self, shown: str, span: Span, head: str) -> str | None:
        """A paper: its author where it is somebody's own words, its newsroom where it is a report, else itself."""
        raw = span.of(self.text)
        owner = _OWNER.match(raw)
        author = self._entity_in(Span(span.start, span.start + len(owner["owner"]))) if owner else None
        if author is None:
            from_whom = re.search(r"\b(?:from|by)\s+(.+)$", raw, re.DOTALL)
            author = self._entity_in(Span(span.start + from_whom.start(1), span.end)) if from_whom else None
        inside = {e for _, _, e in self._inside(span)}
        if author is None and head in lexicon.REPORTS:
            outlets = {e for e in inside if self.by_id[e].type == "organisation" and self.is_carrier(e)}
            author = outlets.pop() if len(outlets) == 1 else None
        if author is None and head in _SPEAKING_PAPERS:  # "the agency statement": the agency speaking
            speakers = {e for e in inside if self.by_id[e].type in {"organisation", "person"}}
            author = speakers.pop() if len(speakers) == 1 else None
        if author is not None and (
            (head in lexicon.REPORTS and self.is_carrier(author))
            or self.by_id[author].type == "person"
            or head in _SPEAKING_PAPERS
        ):
            return self._named(author, span)
        printed = re.search(r"\b(?:by|in|on) ((?:the )?[A-Z][\w’' -]{2,40})$", shown)
        if author is None and head in lexicon.REPORTS and printed:  # "a broadcast by Radio Seldom"
            return self._keep(re.sub(r"^the ", "", printed[1]), "outlet", span)
        if author is None and owner and key_of(owner["owner"].split()[-1]) in lexicon.OUTLETS:
            return self._keep(_LEAD.sub("", owner["owner"]), "outlet", span, scope=self.article.id)
        if len(words(shown)) == 2 and head in _SPEAKING_PAPERS and _DEFINITE.match(shown):
            issuer = self._issuer(head, span)
            if issuer is not None:
                return self._repeat(issuer, span)
        scope = self.article.id
        if head in _SPEAKING_PAPERS and re.match(r"(?:an?|another)\s", shown, re.IGNORECASE):
            scope = f"{scope}:{span.start}"  # each "a statement" is another one
        return self._keep(_LEAD.sub("", shown), "document", span, scope=scope)

    def _issuer(self, head: str, span: Span) -> str | None:
        """Who spoke last, where what they said was said to be in such a paper: "… in a statement. The statement …"."""
        begin = max(0, self._sentences_back(span.start, 2))
        end = bisect_left(self._order, (span.start, ""))
        for place, source in reversed(self._order[max(0, end - _LOOK_BACK) : end]):
            if place < begin - 300:
                return None
            known = self.known[source]
            if known.kind == "document":
                return source if key_of(known.name.split()[-1]) == head else None
            if known.kind in {"person", "organisation", "anonymous"}:
                issued = r"[^.!?\n]{0,120}?\b(?:in|issued|via) (?:an?|the|his|her|their|its) (?:\w+ ){0,2}"
                return source if re.match(rf"{issued}{re.escape(head)}\b", self.text[place : span.start]) else None
        return None

    def _named(self, entity_id: str, span: Span) -> str:
        entity = self.by_id[entity_id]
        kind: SourceKind
        if entity.type == "person":
            kind = "journalist" if entity_id in self._carriers else "person"
        elif entity.type == "work":
            kind = "document"
        else:
            kind = "outlet" if self.is_carrier(entity_id) else "organisation"
        return self._keep(entity.name, kind, span, entity=entity_id)

    def _principal(self, span: Span) -> str | None:
        """The organisation an unnamed spokesperson speaks for: "a Pentagon spokesman", "a spokeswoman for the bank"."""
        return next((e for _, _, e in self._inside(span) if self.by_id[e].type in {"organisation", "place"}), None)

    def _house_of(self, house: str, span: Span) -> str:
        return self._keep(_LEAD.sub("", house), "organisation", span)

    def _house(self, shown: str) -> str | None:
        """The body a spokesperson speaks for where it has no name: "a spokeswoman for the bank"."""
        house = re.search(r"\b(?:for|of|at|from) (the [^,]{2,60})$", shown)
        return house.group(1) if house and key_of(house.group(1).split()[-1]) in _ORG_HEADS else None

    # Unnamed people --------------------------------------------------------------------------------------------------

    def _people(self, shown: str, span: Span, head: str | None, via: tuple[str, ...]) -> str:
        """People without a name: the same ones as before where the words say so, else new ones."""
        some = _OF_SOME.fullmatch(shown)
        # "one of the engineers": as many as the engineers are, who may be numbered elsewhere
        counted = some["rest"] if some else shown
        if head in lexicon.SPOKESPEOPLE:  # "spokespeople for both senators": those they speak for do not count
            counted = re.split(r"\sfor\s", counted)[0]
        number = quantities.number_of_people(counted)
        if number == 1 and not some and head != singular(head or "") and not counted.casefold().startswith("one "):
            number = None
        earlier = self._same_people(span, head, via, shown)
        if earlier is not None:
            return self._again(earlier, span, via, number)
        reached = via[-1] if via else self.article.id
        name = re.sub(r"^(?:the|a|an)\s+", "", shown, flags=re.IGNORECASE)
        found = self._keep(name, "anonymous", span, scope=f"{reached}:{span.start}", number=number, reached_by=reached)
        known = self.known[found]
        known.heads, known.traits = frozenset({singular(head or "")}), _traits(shown)
        known.plural = bool(head) and head != singular(head or "") and number != 1
        self._unnamed.append(found)
        return found

    def _same_people(self, span: Span, head: str | None, via: tuple[str, ...], shown: str) -> str | None:
        """The unnamed people met before that these words mean again; None where they need not be the same."""
        single = singular(head or "")
        some = _OF_SOME.fullmatch(shown)
        if some:  # "one of the engineers": the group that was met before, reached on the same way
            shown = f"the {some['rest']}"
        plural = bool(head) and head != single
        definite = bool(_THOSE.match(shown)) or (bool(_DEFINITE.match(shown)) and not plural)
        bare = plural and not definite and quantities.number_of_people(shown) is None and not _SOME.match(shown)
        traits = _traits(shown)
        anybody = {"source", "official", "person"}
        for known_id in reversed(self._unnamed[-_LOOK_BACK:]):
            known = self.known[known_id]
            if definite and _OF_SOME.fullmatch(known.name):
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

    def _again(self, known_id: str, span: Span, via: tuple[str, ...], number: int | None) -> str:
        known = self.known[known_id]
        if via and known.reached_by in {None, self.article.id}:
            known.reached_by = via[-1]
        if known.number is None and not _OF_SOME.fullmatch(span.of(self.text)):
            known.number = number
        self._mention(known_id, span)
        return known_id

    def _keep(
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
        key = stable_id("source", self.article.id, kind, entity or plain(name), scope)
        if key not in self.known:
            self.known[key] = Known(key, name, kind, number, entity, reached_by)
        self._mention(key, span)
        return key

    def _mention(self, source: str, span: Span) -> None:
        self.known[source].mentions.append(Place(self.article.id, span.start, span.end))
        insort(self._order, (span.start, source))

    # Pronouns --------------------------------------------------------------------------------------------------------

    def _spoken_by(self, pronoun: str, shown: str, span: Span, content: Sequence[Span]) -> str | None:
        if pronoun in _NOBODY:
            return None
        source = self._pronoun(pronoun, span, content)
        if source is None:
            return self._keep(shown.casefold(), "unspecified", span, scope=f"{self.article.id}:{span.start}")
        self._mention(source, span)
        voice = self._voice_before(span.start, source) if pronoun in _ONE_VOICE else ()
        if voice:
            self._voices[span.start, source] = voice[0]
        return source

    def _voice_before(self, at: int, source: str) -> tuple[str | None, ...]:
        """The gender of the spokesperson by whom the source was mentioned last; nothing where it was not."""
        end = bisect_left(self._order, (at, ""))
        for place, known in reversed(self._order[max(0, end - _LOOK_BACK) : end]):
            if known == source:
                return (self._voices[place, known],) if (place, known) in self._voices else ()
        return ()

    def _pronoun(self, pronoun: str, span: Span, content: Sequence[Span]) -> str | None:
        """Who is meant: whoever spoke last, unless another that fits was the subject of a sentence since."""
        recent = self._spoke_last(pronoun, span, content)
        after = recent[0] if recent else self._sentences_back(span.start, 2) - 1
        fits = self._fitting(pronoun, after, span, content)
        leading = [(m, sure) for m, sure in fits if self._leads(m)]
        sure = [m for m, known in leading if known]
        if leading and recent is None:
            return self._named((sure or [m for m, _ in leading])[-1][2], span)
        if sure:
            return self._named(sure[-1][2], span)
        if recent is not None:
            if pronoun in _ONE_VOICE and self._spoke_since(recent[0], span, recent[1]):
                # another spoke between, and named somebody: "Roe accused Quill of it. She denied it."
                here = self._sentences_back(span.start, 0)
                named = {
                    m[2]
                    for m, known in fits
                    if known
                    and m[2] != self.known[recent[1]].entity
                    and (m[0] >= here or not re.match(r",? who", self.text[m[1] : m[1] + 6]))
                    and "\n" not in self.text[m[1] : span.start]
                }
                if len(named) == 1:
                    return self._named(named.pop(), span)
            return recent[1]
        if pronoun in _ONE_VOICE:
            named = {m[2] for m, _ in fits}
            return self._named(fits[0][0][2], span) if len(named) == 1 and fits[0][1] else None
        if pronoun == "it" and len({m[2] for m, _ in fits}) == 1 and self._alone_before(fits[0][0][2], span):
            return self._named(fits[0][0][2], span)
        return None

    def _fitting(
        self, pronoun: str, after: int, span: Span, content: Sequence[Span]
    ) -> list[tuple[tuple[int, int, str], bool]]:
        """The mentions between two places that the pronoun can mean, in order, and whether their gender is known.

        What stands in quotation marks or in the words that the pronoun's own sentence reports is left out.
        """
        first, last = bisect_right(self._starts, after), bisect_left(self._starts, span.start)
        out = []
        for mention in self._mentions[max(first, last - _LOOK_BACK) : last]:
            start, end, entity = mention
            if end > span.start or self._in_quotation(start, end) or any(c.start <= start < c.end for c in content):
                continue
            if (self.by_id[entity].type == "person") != (pronoun in _ONE_VOICE):
                continue
            if pronoun not in _ONE_VOICE:
                if self.by_id[entity].type == "organisation":
                    out.append((mention, True))
                continue
            gender = self._gender(entity)
            if gender in {None, "female" if pronoun in _SHE else "male"}:
                out.append((mention, gender is not None))
        return out

    def _leads(self, mention: tuple[int, int, str]) -> bool:
        """Whether a name is the subject of its sentence's main clause, or of one that an "and" or "but" joins to it."""
        start, end, _ = mention
        begin = self._sentences_back(start, 0)
        if start - begin > _OPENING:
            return False
        following = re.match(
            r"(?:,?\s+|\s*[\u2013\u2014\u2015]\s*|['’]s?\s+)([\w’'-]+(?:\s+[\w’'-]+){0,2})", self.text[end : end + 60]
        )
        if following is None or following[1].split()[0] in {"and", "or"}:
            return False
        if self.text[end : end + 1] in {"'", "’"} and any(is_people(key_of(w)) for w in following[1].split()):
            return False  # "Quill's lawyer" is another; "Quill's years at sea" still tells of Quill
        before = re.split(r"[,;] (?:but|while|yet) ", self.text[begin:start])[-1]
        comma = max(before.rfind(", "), before.rfind("\u2014 "), before.rfind("\u2015 "))
        opening = key_of(before.split(maxsplit=1)[0]) if before.strip() else ""
        if comma >= 0 and opening in _OPENERS:
            before = before[comma + 2 :]
        elif opening in _SUBORDINATE:
            before = before.split(maxsplit=1)[-1] if len(before.split()) > 1 else ""
        elif opening in _OPENERS - _JOINING:
            return False
        return all(
            w.key in _JOINING | {"the", "former", "also"} or before[w.start : w.start + 1].isupper() or is_people(w.key)
            for w in words(before)
        ) and not any(w.key in _HEAD_ENDS or w.key in lexicon.SAID for w in words(before))

    def _spoke_since(self, place: int, span: Span, source: str) -> bool:
        """Whether anybody else is a source between a place and ``span``."""
        first, last = bisect_right(self._order, (place, source)), bisect_left(self._order, (span.start, ""))
        return any(other != source for _, other in self._order[first:last])

    def _gender(self, entity: str) -> str | None:
        if entity not in self._genders:
            self._genders[entity] = names.gender_of(self.by_id[entity], self.text)
        return self._genders[entity]

    def _in_quotation(self, start: int, end: int) -> bool:
        """Whether all of a stretch stands inside one pair of quotation marks."""
        index = bisect_right(self._quoted, start, key=lambda q: q.start) - 1
        return index >= 0 and end <= self._quoted[index].end

    def _alone_before(self, entity_id: str, span: Span) -> bool:
        """Whether it is the only body or place that the sentence before and the words up to ``span`` name."""
        start = self._sentences_back(span.start, 1)
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, span.start)
        named = {e for _, _, e in self._mentions[first:last] if self.by_id[e].type in {"organisation", "place"}}
        return named == {entity_id}

    def can_mean(self, pronoun: str, source: str, place: int) -> bool:
        """Whether a pronoun at ``place`` fits that source's kind, number and gender."""
        known = self.known[source]
        if pronoun in _ONE_VOICE:
            wanted = "female" if pronoun in _SHE else "male"
            if known.kind == "anonymous":
                told = {_gender_of_noun(head) for head in known.heads} - {None}
                return not known.plural and known.number in {None, 1} and told <= {wanted}
            if known.kind == "organisation":
                voice = self._voice_before(place, source)
                return bool(voice) and voice[0] in {None, wanted}
            if known.kind == "unspecified":  # "the president", of two that are named
                form = known.name.split()
                return (
                    known.name not in lexicon.PRONOUNS
                    and is_people(key_of(form[-1]))
                    and singular(key_of(form[-1])) == key_of(form[-1])
                )
            if known.kind not in {"person", "journalist"}:
                return False
            return not known.entity or self._gender(known.entity) in {None, wanted}
        if pronoun == "they":
            return known.kind in {"organisation", "document"} or (known.kind == "anonymous" and known.plural)
        return known.kind in {"organisation", "document", "outlet"}

    def _spoke_last(self, pronoun: str, span: Span, content: Sequence[Span]) -> tuple[int, str] | None:
        """The source mentioned last, three sentences back at most, that the pronoun can mean."""
        limit = self._sentences_back(span.start, 3)
        end = bisect_left(self._order, (span.start, ""))
        for place, source in reversed(self._order[max(0, end - _LOOK_BACK) : end]):
            if place < limit:
                return None
            if any(c.start <= place < c.end for c in content) or place in self._aside:
                continue
            if self.can_mean(pronoun, source, place + 1):
                return place, source
        return None

    def _sentences_back(self, at: int, number: int) -> int:
        """Where the sentence that is ``number`` before the one at ``at`` begins; quoted sentences do not count."""
        if number == 0 or not self._steps:
            index = bisect_right(self.sentences, at, key=lambda s: s.start) - 1
            return self.sentences[max(0, index)].start if self.sentences else 0
        return self._steps[max(0, bisect_right(self._steps, at) - 1 - number)]


def _place(shown: str) -> bool:
    """Whether it is "the city", "the state", which speaks as a body."""
    form = words(shown)
    return len(form) <= 3 and bool(_DEFINITE.match(shown)) and form[-1].key in _PLACES


def is_people(noun: str) -> bool:
    """Whether a noun, in either number, is one for people: a listed one, an office, or one made from what they do."""
    one = singular(noun.removesuffix("-elect"))
    if noun in lexicon.UNNAMED or one in lexicon.UNNAMED or one in lists().roles or noun in lists().roles:
        return True
    return len(one) > 4 and bool(_AGENTS.search(one)) and one not in _NOT_AGENTS and one not in _ORG_HEADS


def _head(form: Sequence[Word], shown: str) -> str | None:
    """The head noun of a phrase ``shown``: the last noun we know before "of", "for", "who" and the like."""
    head = None
    for word in form:
        key = word.key
        if key in _HEAD_ENDS:
            break
        if (
            key in _PAPERS
            or key in lexicon.JOURNALISTS
            or key in lexicon.SPOKESPEOPLE
            or key in lexicon.OUTLETS
            or key in _ORG_HEADS
            or (is_people(key) and (shown[word.start].islower() or key in lists().roles or key in lexicon.UNNAMED))
        ):
            head = key
        elif head and not key.isalpha():
            break
    return head


def _title_word(word: str) -> bool:
    """Whether a word can stand between a comma and the name it brings in."""
    key = key_of(word)
    return is_people(key) or key in lists().modifiers or key in lists().courtesy or key in _BRINGING or "-" in word


def _gender_of_noun(noun: str) -> str | None:
    """The gender a noun for one person shows: "spokeswoman", "mother"."""
    if noun in lists().female_roles or noun.endswith("woman"):
        return "female"
    return "male" if noun in lists().male_roles or noun.endswith("man") else None


def _document_first(form: Sequence[Word]) -> bool:
    """Whether the phrase's own head is a document: "Roe's report", "testimony to Congress from General Roe"."""
    for word in form:
        if word.key in _HEAD_ENDS:
            return False
        if word.key in _PAPERS:
            return True
    return False


def _traits(shown: str) -> frozenset[str]:
    """The words that describe unnamed people, in the singular."""
    return frozenset(
        singular(w.key)
        for w in words(shown)
        if w.key not in _STOP_TRAITS and not w.key.isdigit() and w.key not in lexicon.UNNAMED
    )


def plain(name: str) -> str:
    """A name for comparing: small letters and digits, without a leading article."""
    return re.sub(r"[^\w]+", " ", name.casefold()).strip().removeprefix("the ")


_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "policemen": "policeman",
    "spokespeople": "spokesperson",
    "spokesmen": "spokesman",
    "children": "child",
}


def singular(noun: str) -> str:
    """A noun in the singular, as far as its ending shows."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun
