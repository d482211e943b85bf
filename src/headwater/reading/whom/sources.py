"""From the words for a source to its record: what it is, and whether it is one met before."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from headwater import lexicon
from headwater.model import Article, Entity, Span
from headwater.reading import marks
from headwater.reading.whom import documents
from headwater.reading.whom.cut import to_source
from headwater.reading.whom.joint import Joint
from headwater.reading.whom.met import LOOK_BACK, OF_SOME, Met
from headwater.reading.whom.named import Named
from headwater.reading.whom.nobody import is_nobody, names_nobody
from headwater.reading.whom.nouns import (
    LEAD,
    ORG_HEADS,
    OWNER,
    PAPERS,
    SPEAKING_PAPERS,
    document_first,
    gender_of_noun,
    head_of,
    is_people,
    is_place,
    noun_phrase_before,
    plain,
    singular,
)
from headwater.reading.whom.offices import RELATIONS, Offices
from headwater.reading.whom.pronouns import Pronouns
from headwater.reading.whom.theirs import HIS_PAPER, THEIR_BODY, Theirs
from headwater.reading.whom.unlisted import person_named, torn, unlisted
from headwater.words import key_of, words

_SHARE = re.compile(
    r"(?:\w+ ){0,2}(?:(?:\d+|\w+)(?:-| )(?:of|in|out of)(?:-| )(?:every )?(?:\d+|three|four|five|ten)"
    r"|(?:\d+(?:\.\d+)? (?:percent|per cent)|\d+%|(?:an? )?\w*\s?(?:majority|number|group|handful|trio|dozens|hundreds"
    r"|thousands|pair|couple|crowd|half|third|quarter|most)) of)\s+(?:the |all )?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OF_THEM = re.compile(
    r"(?:one|two|three|some|several|many|most|all|both|another) of (?:them|those|those two|the (?:two|three|four|five))"
    r"|the (?:other )?(?:two|three|four|pair)|(?:all|both) (?:two|three|four)|both",
    re.IGNORECASE,
)
_BARE_NAME = re.compile(r"[Tt]he [A-Z][^,;]*")
#: Words that a source is not cut off after.
_CUT_OFF = frozenset("the a an mr mrs ms dr sen rep gov president".split())
#: Words before "who" that say nothing of whom it means.
_NO_PEOPLE = frozenset("those one ones someone somebody anyone anybody everyone people few all any only but".split())
#: What leads up to one who calls a thing what it is said to be.
_WHAT = re.compile(r"(?:^|\s)what\s+(?=(?:the|his|her|their|its|some|many|an?)\s)")
#: A paper, and what only tells of it.
_PAPER_TOLD_OF = re.compile(
    r"([^,]{3,120}),\s+(?:\w+ed|which|that|written|seen|made|sent|drawn|first|known|specifically|especially|particularly|including|namely)\b[^\"“”]{0,200}$",
    re.DOTALL,
)
_UNFINISHED = frozenset("first second third fourth latest new other own next last".split())
_CONTACTS = frozenset("sources source".split())
_FIRST = frozenset("me us i we my our".split())
_RELATIVE = frozenset("who which that".split())


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
        self.named = Named(article.text, sentences, entities, quoted)
        self.met = Met(article, self.named)
        self.known = self.met.known
        self.offices = Offices(self.named, self.met)
        self.pronouns = Pronouns(self.named, self.met)
        self.theirs = Theirs(self.met, self.offices, self.pronouns)
        self.joint = Joint(self.named, self.met, self.source)

    def note_carriers(self, via: Iterable[Span], sources: Iterable[Span]) -> None:
        """People and bodies that others "told" things, or whose "report" is credited, carry even if nobody says so."""
        for span in via:
            if self.named.passed_to(span):
                entity = self.named.entity_in(span) or self.named.last_in(span)
                if entity and self.named.by_id[entity].type in {"person", "organisation"}:
                    self.named.carriers.add(entity)
        for span in sources:
            owner = OWNER.fullmatch(span.of(self.text).strip())
            if owner and owner["rest"].split() and key_of(owner["rest"].split()[-1]) in lexicon.REPORTS:
                entity = self.named.entity_in(Span(span.start, span.start + len(owner["owner"])))
                if entity and self.named.by_id[entity].type == "person":
                    self.named.carriers.add(entity)

    def is_own_outlet(self, source: str) -> bool:
        """Whether the source with that id is the outlet the article is from."""
        outlet = self.article.outlet
        return bool(outlet) and source in self.known and plain(self.known[source].name) == plain(outlet or "")

    def carrier(self, span: Span) -> str | None:
        """The source that a carrier's span means."""
        if key_of(span.of(self.text).strip()) in _FIRST:
            return self.met.keep(lexicon.WRITER, "journalist", span, scope=self.article.id)
        shown = " ".join(span.of(self.text).split())
        span = self.named.core(span) or span
        named = self.named.entity_in(span) or self.named.last_in(span) or self.named.surname(shown)
        # an outlet may be called "Cardinal" or "the Courier": in this place a capital makes a name of any noun
        pronoun = key_of(shown) in lexicon.PRONOUNS
        if named is None and shown and not pronoun and all(w[:1].isupper() for w in LEAD.sub("", shown).split()):
            found: str | None = self._other(shown, span)
        else:
            found = self.source(span, ())
        known = self.known.get(found or "")
        if known is not None and self.named.passed_to(span):
            at = bisect_left(self.met.order, (span.start, known.id))
            del self.met.order[at : at + 1]  # whom something was told does not speak: no "it" means that
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
        span = self.bare(span)
        if (named := torn(self.named, self.met, span)) is not None:
            return self.met.of_entity(named, span)
        shown = " ".join(span.of(self.text).split())
        key = key_of(shown)
        if key in _RELATIVE:
            return self._before(span, via)
        if names_nobody(self.text, span, named=any(self._is_body(m, span) for m in self.named.inside(span))):
            return None
        if key in lexicon.PRONOUNS:
            return self.pronouns.spoken_by(key, shown, span, content)
        if _OF_THEM.fullmatch(shown):
            group = next(
                (i for at, i in reversed(self.met.order[-LOOK_BACK:]) if at < span.start and self.known[i].plural), None
            )
            if group is not None:
                self.met.mention(group, span)
                return group
        some = OF_SOME.fullmatch(shown) or _SHARE.fullmatch(shown)
        if some and self.named.after_comma(span):  # "one of the women, Ada Quill"
            some = None
        if not some:
            core = self.named.core(span)
            if core is None:
                return None
            if core != span:
                after = self.text[core.end : span.end].lstrip(" ,")
                named = self.named.entity_in(core)
                if head_of(words(after), after) in ORG_HEADS and not (
                    named and self.named.by_id[named].type == "person"
                ):
                    bare_name = " ".join(core.of(self.text).split())
                    return self.met.of_entity(named, core) if named else self.met.keep(bare_name, "organisation", core)
                return self.source(core, via, content)
        form = words(some["rest"] if some else shown)
        head = head_of(form, some["rest"] if some else shown)
        owned = OWNER.fullmatch(shown)
        if owned is not None and owned["rest"].casefold() in _UNFINISHED:  # "The Times’ second", of a second claim
            whose = Span(span.start, span.start + len(owned["owner"]))
            house = self.named.entity_in(whose)
            if house is not None and self.named.is_carrier(house):
                return self.met.of_entity(house, whose)
        theirs = owned is not None and owned["rest"].split()[0] in _CONTACTS  # "Ferrer’s sources" are not Ferrer
        found = None if some or theirs else self.named.entity_in(span) or self.named.after_comma(span)
        if not (found or some or theirs):
            found = self.named.ending(span) or self.named.surname(shown)
        if re.fullmatch(r"(\w+) (?:and|&) \1", shown):
            found = None  # a firm: "Fenn and Fenn"
        if (
            found
            and self.named.by_id[found].type == "person"
            and _BARE_NAME.fullmatch(shown)
            and self.named.whole(span, found)
        ):
            found = None  # "the Harrow Beacon": nobody's name has an article
        if head == "paper" and re.fullmatch(r"(?:the|this|that) paper", shown, re.IGNORECASE):
            return self.met.keep("paper", "outlet", span, scope=self.article.id)  # it speaks: a newspaper
        if head in SPEAKING_PAPERS and (theirs_said := HIS_PAPER.match(shown)):
            speaker = self.theirs.owner(theirs_said["whose"], span, content)
            if speaker is not None:
                return self.met.repeat(speaker, span)
        if head in PAPERS and not some and not (found and not document_first(form)):
            return documents.document(self.named, self.met, shown, span, head or "", self.offices.described)
        if found:
            return self.met.of_entity(found, span)
        if is_nobody(form, shown) and not (some or owned or self.named.inside(span)):
            return None
        if some:
            people = head is None or head in lexicon.JOURNALISTS or is_people(head)
            return self.met.people(shown, span, head, via) if people else self._other(shown, span)
        if head in lexicon.SPOKESPEOPLE:
            principal = self.named.principal(span)
            house = None if principal else self._house(shown)
            if principal or house:
                found = self.met.of_entity(principal, span) if principal else self._house_of(house or "", span)
                if head == singular(head or ""):
                    self.met.voices[span.start, found] = gender_of_noun(head or "")
                return found
        if head in lexicon.OUTLETS:
            return self.met.keep(LEAD.sub("", shown), "outlet", span, scope=self.article.id)
        if head in ORG_HEADS and (body := self.offices.described(span)) is not None:
            return self.met.of_entity(body, span)
        if of_whom := THEIR_BODY.fullmatch(shown):
            whose_word = of_whom["whose"]
            word = Span(span.start, span.start + len(whose_word))
            relative = whose_word.casefold() == "whose"
            owner = self._before(word, via) if relative else self.theirs.owner(whose_word, span, content)
            return self.theirs.body(whose_word, of_whom["body"], owner, span)
        if (head in ORG_HEADS and head not in lexicon.UNNAMED) or (shown and is_place(shown)):
            return self.met.keep(LEAD.sub("", shown), "organisation", span)
        if head in RELATIONS and (related := self.theirs.related(head or "", shown, span, content)) is not None:
            return self.met.of_entity(related, span)
        if head is not None and is_people(head) and (person := person_named(shown)) is not None:
            bearer = self.named.surname(person) or self.named.last_in(span)
            return self.met.of_entity(bearer, span) if bearer else self.met.keep(person, "person", span)
        if head is not None and (is_people(head) or head in lexicon.JOURNALISTS):
            return self.offices.somebody(shown, span, head, via)
        person = next((w.key for w in form if w.key in lexicon.UNNAMED), None)
        if person is not None:
            return self.met.people(shown, span, person, via)
        return self._other(shown, span)

    def bare(self, span: Span) -> Span:
        """The span without what led up to it ("what the senators") or only tells of a paper ("the order, issued …")."""
        if key_of(span.of(self.text).strip()) in _CUT_OFF:
            return self._to_its_noun(span)
        span = to_source(self.text, span)
        raw = span.of(self.text)
        what = _WHAT.search(raw)
        if what and not raw[: what.start()].strip()[:1].isupper():
            return Span(span.start + what.end(), span.end)
        told = _PAPER_TOLD_OF.match(raw)
        if told and head_of(words(told[1]), told[1]) in PAPERS:
            return Span(span.start, span.start + told.end(1))
        shorter = raw.rstrip(" ,;\n\t")
        return Span(span.start, span.start + len(shorter)) if shorter else span

    def _is_body(self, mention: tuple[int, int, str], span: Span) -> bool:
        """Whether a name fills most of a span, and is no people's."""
        start, end, entity = mention
        return 2 * (end - start) > span.end - span.start and self.named.by_id[entity].type != "other"

    def _to_its_noun(self, span: Span) -> Span:
        """An article or a title with the name or the people it was cut off from: "The" of "The minister said"."""
        at = bisect_left(self.named.starts, span.end)
        if at < len(self.named.mentions) and self.named.mentions[at][0] - span.end <= 1:
            return Span(span.start, self.named.mentions[at][1])
        after = words(self.text, Span(span.end, min(len(self.text), span.end + 60)))[:3]
        gaps = (span.end, *(w.end for w in after))
        for word, gap in zip(after, gaps, strict=False):
            if self.text[gap : word.start].strip():
                break
            if is_people(word.key):
                return Span(span.start, word.end)
        return span

    def _before(self, span: Span, via: tuple[str, ...]) -> str | None:
        """Whom "who" or "which" means: the name or the people that stand right before it."""
        start = max(self.met.sentences_back(span.start, 0), span.start - 160)
        end = start + len(self.text[start : span.start].rstrip(" ,\u2014\u2013("))
        at = bisect_left(self.named.starts, end) - 1
        if at >= 0 and self.named.mentions[at][1] == end:
            if not self.pronouns.leads(self.named.mentions[at]):
                self.pronouns.aside.add(self.named.mentions[at][0])
            return self.met.of_entity(self.named.mentions[at][2], Span(self.named.mentions[at][0], end))
        people = noun_phrase_before(self.text, Span(start, end)) if start < end else None
        if people is None:
            return None
        noun = key_of(people.of(self.text).split()[-1])
        if key_of(span.of(self.text)) == "who" and noun.isalpha() and noun not in lexicon.PRONOUNS | _NO_PEOPLE:
            shown = " ".join(people.of(self.text).split())
            return self.source(people, via) if is_people(noun) else self.met.people(shown, people, noun, via)
        if is_people(noun) or noun in ORG_HEADS | PAPERS | lexicon.OUTLETS:
            return self.source(people, via)
        return None

    def _other(self, shown: str, span: Span) -> str | None:
        """A source whose words have no noun we know."""
        return unlisted(self.named, self.met, shown, span)

    def _house_of(self, house: str, span: Span) -> str:
        return self.met.keep(LEAD.sub("", house), "organisation", span)

    def _house(self, shown: str) -> str | None:
        """The body a spokesperson speaks for where it has no name: "a spokeswoman for the bank"."""
        house = re.search(r"\b(?:for|of|at|from) (the [^,]{2,60})$", shown)
        return house.group(1) if house and key_of(house.group(1).split()[-1]) in ORG_HEADS else None
