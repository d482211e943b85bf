"""Whom an article names, and where: what the words for a source hold of a name, and which name they end in.

Takes the entities that ``names.entities`` found; changes nothing but who is known to carry what others say.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Entity, Span
from headwater.reading import marks, names
from headwater.reading.names.gazetteer import lists
from headwater.reading.whom.nouns import HEAD_ENDS, LEAD, is_people, is_title_word, plain, singular
from headwater.words import key_of, words

_THEIRS = re.compile(r"(?:his|her|their|its)\b", re.IGNORECASE)
#: What stands before one who is told or shown something, or who prints it.
_PASSED_TO = re.compile(r"\b(?:told|tell|tells|telling|to|with|by|on|in|via|for|exclusively)\s+$", re.IGNORECASE)
GENERATIONS = frozenset("jr sr ii iii iv".split())
#: Words that name nobody by themselves.
_NAMELESS = frozenset(
    """the a an as when while if but and or nor so then after before though although because since in on at for of to by
    with from until unless during where how why what yet also still even once both neither either""".split()
)


class Named:
    """The people, bodies and places that one article names."""

    def __init__(
        self, text: str, sentences: Sequence[Span], entities: Sequence[Entity], quoted: Sequence[marks.Quoted] = ()
    ) -> None:
        """Take a text, its sentences, its entities as ``names.entities`` gives them, and its quotations."""
        self.text, self.sentences, self.entities = text, sentences, entities
        self.by_id = {entity.id: entity for entity in entities}
        self.mentions = sorted((m.start, m.end, e.id) for e in entities for m in e.mentions)
        self.starts = [m[0] for m in self.mentions]
        self.carriers = {
            e.id
            for e in entities
            if e.type == "person" and any(key_of(w) in lexicon.JOURNALISTS for r in e.roles for w in r.text.split())
        }
        self._quoted = quoted
        self._genders: dict[str, str | None] = {}
        self._full = {e.id: plain(e.name) for e in entities if e.type == "organisation" and names.is_outlet(e.name)}
        self._bearers: dict[str, list[str]] = {}  # people by surname
        for entity in entities:
            form = [w for w in entity.name.split() if key_of(w).rstrip(".") not in GENERATIONS]
            if entity.type == "person" and form:
                self._bearers.setdefault(form[-1].rstrip(",").casefold(), []).append(entity.id)

    def passed_to(self, span: Span) -> bool:
        """Whether the words before ``span`` show that it was told, shown or published something."""
        before = self.text[max(0, span.start - 16) : span.start]
        if _THEIRS.match(self.text, span.start) and re.search(r"\b(?:via|by)\s+$", before):
            return False  # "via her lawyer": a bearer, who prints nothing
        return bool(_PASSED_TO.search(before))

    def is_carrier(self, entity: str) -> bool:
        """Whether the entity with that id prints or broadcasts what others say."""
        return entity in self.carriers or (
            self.by_id[entity].type == "organisation" and names.is_outlet(self.by_id[entity].name)
        )

    def entity_in(self, span: Span) -> str | None:
        """The entity that the words of a span refer to."""
        return names.refer(self.text, self.sentences, self.entities, span)

    def inside(self, span: Span) -> list[tuple[int, int, str]]:
        """The mentions of entities that lie in ``span``, in order."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return [m for m in self.mentions[first:last] if m[1] <= span.end]

    def whole(self, span: Span, entity: str) -> bool:
        """Whether a name of the entity is all of the span but for its article."""
        return any(e == entity and start - span.start <= 5 and end == span.end for start, end, e in self.inside(span))

    def last_in(self, span: Span) -> str | None:
        """The entity whose name ends the span: "the columnist Rex Dolan"."""
        return next((e for _, end, e in reversed(self.inside(span)) if end >= span.end - 1), None)

    def after_comma(self, span: Span) -> str | None:
        """The person named at the end: "the district's chief medical officer, Dr Amina Vance"."""
        span = Span(span.start, span.start + len(self.text[span.start : span.end].rstrip(" ,")))
        comma = self.text.rfind(",", span.start, span.end)
        if comma < 0:
            return None
        inside = {
            e
            for start, end, e in self.inside(span)
            if self.by_id[e].type == "person"
            and comma < start
            and end == span.end
            and all(w[:1].isupper() or is_title_word(w) for w in self.text[comma + 1 : start].split())
        }
        return inside.pop() if len(inside) == 1 else None

    def core(self, span: Span) -> Span | None:
        """The span without what only follows a name in it: "'s", ", a group that …"; None where no word of it names."""
        raw = span.of(self.text)
        keys = [w.key for w in words(raw)]
        if not keys or all(k in _NAMELESS or k in lists().courtesy or k in lists().short_titles for k in keys):
            if raw.isupper() and self.text[span.end : span.end + 1] == ":":
                return span  # "A:" answers in a transcript
            named = keys and any(m[2] for m in self.inside(span))
            return span if named or any(is_people(k) and len(k) > 4 for k in keys) else None
        owned = re.search(r"(?:['’]s|['’])[\s,]*$", raw)
        if owned and raw.lstrip()[:1].isupper() and key_of(raw.split()[-1]) not in lexicon.OUTLETS:
            return Span(span.start, span.start + owned.start())
        said_of = re.match(
            r"([A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,6}\s*)(?:,\s+(?:a|an|the|who|which|whose|now|then|another|one)\s.*|\s*\([^)]*\)[,\s]*)$",
            raw,
            re.DOTALL,
        )
        if said_of and len(raw) < 600 and not LEAD.match(raw):
            head = said_of[1].rstrip()
            last = self.inside(span)
            if last and last[-1][1] >= span.start + len(raw.rstrip(" ,")) and self.after_comma(span):
                return span  # "Press Secretary, the tireless Ada Quill"
            if len(head.split()) > 1 or not is_people(key_of(head)):
                return Span(span.start, span.start + len(head))
        return span

    def ending(self, span: Span) -> str | None:
        """The person whose name ends the words for an office or a look of theirs: "Envoy to Harrow Ada Quill"."""
        text = self.text[span.start : span.end]
        end = span.start + len(text.rstrip(" ,"))
        of = re.search(r" (?:of|from|who) ", text)
        ends = {end, span.start + of.start()} if of else {end}
        people = [m for m in self.inside(span) if m[1] in ends and self.by_id[m[2]].type == "person"]
        if len(people) != 1:
            return None
        start, _, entity = people[0]
        before = self.text[span.start : start]
        keys = [w.key for w in words(before)]
        if any(k in {"and", "or", "who", "that", "nor"} or k in lexicon.SAID - {"state", "report"} for k in keys):
            return None
        linked = [n for n, k in enumerate(keys) if k in HEAD_ENDS]
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

    def surname(self, shown: str) -> str | None:
        """The one person who bears the surname that a few capital words end in: "Fenn of Harrow", "Sen. Ada Fenn"."""
        if re.search(r"\b(?:and|or)\b", shown):
            return None
        name = re.split(r",| of | from | who |\(", shown)[0].replace("-elect ", " ").split()
        while len(name) > 1 and (key_of(name[0]) in lists().short_titles or key_of(name[0]) in lists().courtesy):
            name = name[1:]
        capital = next((n for n, w in enumerate(name) if w[:1].isupper()), 0)
        if len(name) - capital > 1 and not any(key_of(w) in HEAD_ENDS | lexicon.SAID for w in name[:capital]):
            name = name[capital:]  # "retired neurosurgeon Ada Fenn"
        if not 1 <= len(name) <= 3 or not all(w[:1].isupper() for w in name) or LEAD.match(shown):
            return None
        bearers = self._bearers.get(name[-1].casefold(), [])
        if len(bearers) != 1:
            return None
        known = {w.casefold().rstrip(",") for w in self.by_id[bearers[0]].name.split()}
        return bearers[0] if all(w.casefold() in known for w in name) else None

    def longer(self, name: str) -> str | None:
        """The one outlet the article names in full that ``name`` is short for: "the Gazette"."""
        short = plain(name)
        longer = {e for e, full in self._full.items() if full.endswith(f" {short}")}
        return longer.pop() if len(longer) == 1 and len(short) > 2 else None

    def principal(self, span: Span) -> str | None:
        """The organisation an unnamed spokesperson speaks for: "a Pentagon spokesman", "a spokeswoman for the bank"."""
        return next((e for _, _, e in self.inside(span) if self.by_id[e].type in {"organisation", "place"}), None)

    def gender(self, entity: str) -> str | None:
        """The gender of a person by what the article says of them, None where it does not say."""
        if entity not in self._genders:
            self._genders[entity] = names.gender_of(self.by_id[entity], self.text)
        return self._genders[entity]

    def in_quotation(self, start: int, end: int) -> bool:
        """Whether all of a stretch stands inside one pair of quotation marks."""
        index = bisect_right(self._quoted, start, key=lambda q: q.start) - 1
        return index >= 0 and end <= self._quoted[index].end
