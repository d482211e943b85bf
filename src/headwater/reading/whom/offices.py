"""Who holds the office, or is the body, that words without a name mean: "the minister", "the group"."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from headwater.model import Span
from headwater.reading.whom.met import LOOK_BACK, Met
from headwater.reading.whom.named import Named
from headwater.reading.whom.nouns import DEFINITE, LEAD, ORG_HEADS, singular
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

#: What any body may be called once it was named.
_ANY_BODY = frozenset("group organisation organization agency company firm association".split())


class Offices:
    """Who in one article holds which office, and which bodies it tells of by what they are."""

    def __init__(self, named: Named, met: Met) -> None:
        """Take whom the article names, with their roles, and the sources met so far."""
        self.named, self.met = named, met
        self._posts = self._holders()
        self._bodies: dict[str, dict[str, int]] = {}  # bodies by each word of theirs that says what they are
        for entity in named.entities:
            if entity.type == "organisation" and entity.mentions:
                for word in entity.name.split():
                    if key_of(word) in ORG_HEADS:
                        self._bodies.setdefault(key_of(word), {})[entity.id] = min(m.start for m in entity.mentions)
        self._told_of: dict[str, list[tuple[int, str]]] = {}  # for "group": what "…, a new group that …" follows
        for start, end, e in named.mentions:
            told = _TOLD_OF.match(named.text, end, end + 90) if named.by_id[e].type == "organisation" else None
            for word in told[1].split() if told else ():
                if key_of(word) in ORG_HEADS:
                    self._told_of.setdefault(key_of(word), []).append((start, e))

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
        return sorted(e for e, role in self._posts.get(head, {}).items() if wanted <= role)

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

    def body_meant(self, head: str, span: Span) -> str | None:
        """The one body before that "the group" means: one told of as a group, else the one so called."""
        told = {e for at, e in self._told_of.get(head, ()) if at < span.start}
        if told:
            return told.pop() if len(told) == 1 else None
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
        return near.pop() if len(near) == 1 else None

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
