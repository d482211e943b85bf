"""Who holds the office, or is the body, that words without a name mean: "the minister", "the group"."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from headwater.model import Span
from headwater.reading.names.gazetteer import lists
from headwater.reading.whom.met import LOOK_BACK, Met
from headwater.reading.whom.named import Named
from headwater.reading.whom.nouns import DEFINITE, FIRMS, LEAD, ORG_HEADS, gender_of_noun, singular
from headwater.words import key_of, words

_VAGUE = frozenset(
    """source official person insider aide attorney lawyer adviser advisor diplomat employee worker staffer witness
    resident bystander neighbour neighbor other colleague friend relative man woman boy girl reporter journalist
    cameraman camerawoman family crowd throng staff photographer caller victim suspect""".split()
)
#: What follows one who does not want to be named.
_UNWILLING = re.compile(
    r",? (?:who|speaking|talking)\b[^.!?\n]{0,50}"
    r"\b(?:anonym\w+|not (?:be|to be|want to be|give|wish to be)|declined|refused)"
)
_TOLD_OF = re.compile(r",\s+(?:an?|the)\s+([a-z][\w’' -]{2,60}?)(?=,|\.|\s(?:that|which|for|of|in|based|with|who)\b)")

#: What stands right before the name of a body that is so called: "the streaming service Kessel".
_CALLED = re.compile(r"(?:^|[\s,(])((?:[\w-]+\s){0,4}[a-z-]+)\s$")
#: What any body may be called once it was named.
_ANY_BODY = frozenset("group organisation organization agency company firm association".split())
_LEAST_MENTIONS = 3  # of the body that an article is about, and
_TIMES_OTHERS = 2  # how many times those of any other it has, before "the company" is it
_LAWMAKERS = (
    frozenset("congressman congresswoman congressperson representative rep".split()),
    frozenset("senator sen".split()),
    frozenset("lawmaker legislator parliamentarian mp".split()),
)
#: Who somebody is to one other person.
RELATIONS = frozenset(
    """lawyer attorney husband wife widow widower father mother brother sister son daughter publicist agent manager
    doctor predecessor successor""".split()
)
#: What is said of anybody beside an office: terms, years, party, where from, repute.
_PASSING = re.compile(
    r".*\d.*|.*-(?:term|year|old|born|based)|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|new|newly"
    r"|longtime|veteran|freshman|embattled|outspoken|popular|famous|famed|controversial|disgraced|top|senior|junior|own"
    r"|republican|democratic|democrat|gop|conservative|liberal|labour|tory|progressive"
)


class Offices:
    """Who in one article holds which office, and which bodies it tells of by what they are."""

    def __init__(self, named: Named, met: Met) -> None:
        """Take whom the article names, with their roles, and the sources met so far."""
        self.named, self.met = named, met
        self._posts = self._holders()
        self._main: str | None = None  # the body that the article is about; "" where there is none
        self._bodies: dict[str, dict[str, int]] = {}  # bodies by each word of theirs that says what they are
        for entity in named.entities:
            if entity.type == "organisation" and entity.mentions:
                for word in entity.name.split():
                    if key_of(word) in ORG_HEADS:
                        self._bodies.setdefault(key_of(word), {})[entity.id] = min(m.start for m in entity.mentions)
        self._told_of: dict[str, list[tuple[int, str]]] = {}  # for "group": what "…, a new group that …" follows
        for start, end, e in named.mentions:
            if named.by_id[e].type != "organisation":
                continue
            told = _TOLD_OF.match(named.text, end, end + 90)
            for word in told[1].split() if told else ():
                if key_of(word) in ORG_HEADS:
                    self._told_of.setdefault(key_of(word), []).append((start, e))
            called = _CALLED.search(named.text, max(0, start - 60), start)
            noun = key_of(called[1].split()[-1]) if called else ""
            if noun in FIRMS | _ANY_BODY and not named.is_carrier(e):
                self._told_of.setdefault(noun, []).append((start, e))

    def _holders(self) -> dict[str, dict[str, frozenset[str]]]:
        """For each word of an office or occupation, the people the article gives it, with all words of theirs."""
        held: dict[str, dict[str, frozenset[str]]] = {}
        for entity in self.named.entities:
            role = frozenset(singular(w.key) for r in entity.roles for w in words(r.text[:200]))
            for word in sorted(role):
                held.setdefault(word, {})[entity.id] = role
        return held

    def _holding(self, head: str, shown: str) -> list[str]:
        """The ids of the people who hold the office that the words say, in order."""
        wanted = {singular(w.key) for w in words(LEAD.sub("", shown))}
        exact = sorted(e for e, role in self._posts.get(head, {}).items() if wanted <= role)
        if exact or "former" in wanted:
            return exact
        told = {w for w in wanted if not _PASSING.fullmatch(w) and w not in lists().demonyms}
        alike = next((kind for kind in _LAWMAKERS if head in kind), frozenset({head}))
        if head in _LAWMAKERS[-1]:
            alike = alike.union(*_LAWMAKERS)
        held = {e: role for noun in sorted(alike) for e, role in self._posts.get(noun, {}).items()}
        gender = gender_of_noun(head)
        return sorted(
            e
            for e, role in held.items()
            if told - {head} <= role and gender in {None, self.named.gender(e) or gender} and self._is_now(e, alike)
        )

    def _is_now(self, entity: str, nouns: frozenset[str]) -> bool:
        """Whether somebody is given one of these offices as one of today."""
        return any(self._heads_office(entity, noun) for noun in nouns)

    def _heads_office(self, entity: str, head: str) -> bool:
        """Whether a role of the entity's is that office itself: no former or deputy holder's, nor one of its staff."""
        for role in self.named.by_id[entity].roles:
            keys = [w.key for w in words(re.split(r"\s(?:of|for|at|to|in)\s|,", role.text[:200])[0])]
            if keys and singular(keys[-1]) == head and not {"former", "vice", "deputy", "ex", "then"} & set(keys):
                return True
        return False

    def _last_holder(self, holders: Sequence[str], head: str, span: Span) -> str | None:
        """Which of an office's holders spoke last; None where two of them spoke nearby or none did."""
        limit, end = self.met.sentences_back(span.start, 6), bisect_left(self.met.order, (span.start, ""))
        given = {h: [key_of(r.text) for r in self.named.by_id[h].roles].count(head) for h in holders}
        most = max(given.values(), default=0)
        # a bare title that stands once beside a name, and many times beside another, stood there by chance
        holders = [h for h in holders if given[h] == 0 or 3 * given[h] > most]
        spoke: list[str] = []
        for place, source in reversed(self.met.order[max(0, end - LOOK_BACK) : end]):
            if place < limit:
                break
            entity = self.met.known[source].entity
            if entity and entity in holders and entity not in spoke and self._heads_office(entity, head):
                spoke.append(entity)
        return spoke[0] if len(spoke) == 1 else None

    def described(self, span: Span) -> str | None:
        """The id of the body that a definite description means: "the group", "the Swedish company"; None in doubt."""
        shown = " ".join(span.of(self.named.text).split()).partition(", which ")[0]
        form = words(shown)
        if len(form) < 2 or form[-1].key not in ORG_HEADS or not DEFINITE.match(shown):
            return None
        between = [shown[w.start : w.end] for w in form[1:-1]]
        if any(w[:1].isupper() and key_of(w) not in lists().demonyms and not w.endswith("-based") for w in between):
            return None  # "the Harrow Company" is a name
        if between and form[0].key not in {"the", "this", "that"}:
            return None
        return self.body_meant(form[-1].key, span, modified=bool(between))

    def body_meant(self, head: str, span: Span, *, modified: bool = False) -> str | None:
        """The one body before that "the group" means: one told of as a group, else the one so called.

        Args:
            head: the noun.
            span: where it stands.
            modified: whether more is said of it ("the Swedish company"): then it is one that was told of as such, or
                the firm that the article is about.
        """
        told = {e for at, e in self._told_of.get(head, ()) if at < span.start}
        if told:
            return told.pop() if len(told) == 1 else None
        if modified:
            return self._firm_told_of(span) if head in FIRMS else None
        so_called = self._bodies.get(head, {})
        before = [e for e, at in so_called.items() if at < span.start]
        if so_called:  # "the ministry" after one that is called a ministry
            return before[0] if len(so_called) == len(before) == 1 else None
        if head not in _ANY_BODY:
            return None
        begin = self.met.sentences_back(span.start, 2)
        first, last = bisect_left(self.named.starts, begin), bisect_left(self.named.starts, span.start)
        near = {
            e
            for at, end, e in self.named.mentions[first:last]
            if self.named.by_id[e].type == "organisation"
            and not self.named.is_carrier(e)
            and not self.named.in_quotation(at, end)
        }
        return near.pop() if len(near) == 1 else self._firm_told_of(span) if head in FIRMS else None

    def _firm_told_of(self, span: Span) -> str | None:
        """The body that the article is about, once it was named: it is named far more often than any other."""
        if self._main is None:
            times: Counter[str] = Counter()
            for at, end, entity in self.named.mentions:
                body = self.named.by_id[entity].type == "organisation" and not self.named.is_carrier(entity)
                if body and not self.named.in_quotation(at, end):
                    times[entity] += 1
            (first, most), (_, next_most) = [*times.most_common(2), ("", 0), ("", 0)][:2]
            self._main = first if most >= _LEAST_MENTIONS and most >= _TIMES_OTHERS * next_most else ""
        if not self._main or min(m.start for m in self.named.by_id[self._main].mentions) > span.start:
            return None
        return self._main

    def related(self, head: str, owner: str) -> str | None:
        """The one person whom the article calls "Quill's lawyer", or her husband, where the words say so again.

        Args:
            head: the noun, in the singular.
            owner: the last word of the name of the one to whom it is said.
        """
        nouns = frozenset({"lawyer", "attorney"}) if head in {"lawyer", "attorney"} else frozenset({head})
        held = {e: role for noun in sorted(nouns) for e, role in self._posts.get(noun, {}).items()}
        fits = [e for e, role in sorted(held.items()) if self._is_now(e, nouns) and singular(key_of(owner)) in role]
        return fits[0] if len(fits) == 1 and self.named.by_id[fits[0]].type == "person" else None

    def somebody(self, shown: str, span: Span, head: str, via: tuple[str, ...]) -> str:
        """One definite holder of a post is a person; everybody else without a name is unnamed people."""
        one = head == singular(head)
        titled = re.search(rf"\b(?i:{re.escape(head)}) ([A-Z][^\s,]*(?: [^\W\d_][^\s,]*)*)$", shown) if one else None
        if titled and not self.named.entity_in(span):
            last = self.named.last_in(span)
            if last is not None:
                return self.met.of_entity(last, span)
            return self.met.keep(titled[1].strip(), "person", span, scope=self.met.article.id)  # a name no list knows
        bare = one and (shown.casefold() == head or shown.split()[0][:1].isupper()) and not LEAD.match(shown)
        hidden = _UNWILLING.match(self.named.text, span.end, span.end + 80)
        if one and head not in _VAGUE and not hidden and (DEFINITE.match(shown) or bare):
            earlier = self.met.same_people(span, head, via, shown)
            if earlier is not None:
                return self.met.again(earlier, span, via, None)
            holders = self._holding(head, shown)
            if len(holders) == 1 and self.named.by_id[holders[0]].type == "person":
                return self.met.of_entity(holders[0], span)
            last = self._last_holder(holders, head, span) if len(holders) > 1 else None
            if last is not None:
                return self.met.of_entity(last, span)
            several = len(holders) > 1  # "the president" where two are named: not known which
            scope = f"{self.met.article.id}:{span.start if several else ''}"
            return self.met.keep(LEAD.sub("", shown), "unspecified" if several else "person", span, scope=scope)
        return self.met.people(shown, span, head, via)
