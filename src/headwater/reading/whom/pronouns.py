"""Whom "she", "they", "it" or "who" means, among those who spoke before and those named since."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from headwater import lexicon
from headwater.model import Span
from headwater.reading.whom.met import LOOK_BACK, Met
from headwater.reading.whom.named import Named
from headwater.reading.whom.nouns import HEAD_ENDS, PAPERS, gender_of_noun, is_people, singular
from headwater.words import key_of, words

_HE = frozenset("he him his".split())
_SHE = frozenset("she her".split())
ONE_VOICE = _HE | _SHE
_NOBODY = frozenset("i we me you who which that this these those one".split())
#: A sentence's subject of few words, and its verb.
_PAPER = re.compile(
    r"(?:The|A|An|That|This|His|Her|Their)\s+(?P<paper>(?:[\w’'-]+\s+){0,3}?(?P<head>[^\W\d_]+))"
    r"(?:,|\s+(?:was|were|is|has|had|[a-z]+ed|runs|came)\b)"
)
_OPENING = 300  # code points from a sentence's start within which a name can be its subject
_JOINING = frozenset("but and yet so then still again even now".split())
_SUBORDINATE = frozenset("although though while when as since before after if because once until".split())
#: Words that open what stands before a sentence's subject, and joining words.
_OPENERS = frozenset(
    """on in at after before during when while as if since until although though despite with without by from for under
    over last this earlier later but and yet so then once because perhaps instead regardless meanwhile however still
    again even now today yesterday ahead following monday tuesday wednesday thursday friday saturday sunday amid between
    throughout despite nevertheless nonetheless finally eventually""".split()
)


class Pronouns:
    """The pronouns of one article."""

    def __init__(self, named: Named, met: Met) -> None:
        """Take whom the article names and the sources met so far."""
        self.named, self.met = named, met
        self.aside: set[int] = set()  # places of sources that only a clause with "who" tells of

    def spoken_by(self, pronoun: str, shown: str, span: Span, content: Sequence[Span]) -> str | None:
        """The source that a pronoun at ``span`` means; None where it is nobody who could be told apart ("I")."""
        if pronoun in _NOBODY:
            return None
        source = self.meant(pronoun, span, content)
        if source is None:
            return self.met.keep(shown.casefold(), "unspecified", span, scope=f"{self.met.article.id}:{span.start}")
        self.met.mention(source, span)
        voice = self.met.voice_before(span.start, source) if pronoun in ONE_VOICE else ()
        if voice:
            self.met.voices[span.start, source] = voice[0]
        return source

    def can_mean(self, pronoun: str, source: str, place: int) -> bool:
        """Whether a pronoun at ``place`` fits that source's kind, number and gender."""
        known = self.met.known[source]
        if pronoun in ONE_VOICE:
            wanted = "female" if pronoun in _SHE else "male"
            if known.kind == "anonymous":
                told = {gender_of_noun(head) for head in known.heads} - {None}
                return not known.plural and known.number in {None, 1} and told <= {wanted}
            if known.kind == "organisation":
                voice = self.met.voice_before(place, source)
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
            return not known.entity or self.named.gender(known.entity) in {None, wanted}
        if pronoun == "they":
            return known.kind in {"organisation", "document"} or (known.kind == "anonymous" and known.plural)
        return known.kind in {"organisation", "document", "outlet"}

    def meant(self, pronoun: str, span: Span, content: Sequence[Span]) -> str | None:
        """The source that is meant: whoever spoke last, unless another that fits was a sentence's subject since."""
        recent = self._spoke_last(pronoun, span, content)
        paper = self._paper_before(span, recent[0] if recent else -1) if pronoun == "it" else None
        if paper is not None:
            return paper
        after = recent[0] if recent else self.met.sentences_back(span.start, 2) - 1
        fits = self._fitting(pronoun, after, span, content)
        leading = [(m, sure) for m, sure in fits if self.leads(m)]
        sure = [m for m, known in leading if known]
        if leading and recent is None:
            return self.met.of_entity((sure or [m for m, _ in leading])[-1][2], span)
        if sure:
            return self.met.of_entity(sure[-1][2], span)
        if recent is not None:
            if pronoun in ONE_VOICE and self._spoke_since(recent[0], span, recent[1]):
                # another spoke between, and named somebody: "Roe accused Quill of it. She denied it."
                here = self.met.sentences_back(span.start, 0)
                named = {
                    m[2]
                    for m, known in fits
                    if known
                    and m[2] != self.met.known[recent[1]].entity
                    and (m[0] >= here or not re.match(r",? who", self.named.text[m[1] : m[1] + 6]))
                    and "\n" not in self.named.text[m[1] : span.start]
                }
                if len(named) == 1:
                    return self.met.of_entity(named.pop(), span)
            return recent[1]
        if pronoun in ONE_VOICE:
            named = {m[2] for m, _ in fits}
            return self.met.of_entity(fits[0][0][2], span) if len(named) == 1 and fits[0][1] else None
        if pronoun == "it" and len({m[2] for m, _ in fits}) == 1 and self._alone_before(fits[0][0][2], span):
            return self.met.of_entity(fits[0][0][2], span)
        return None

    def _fitting(
        self, pronoun: str, after: int, span: Span, content: Sequence[Span]
    ) -> list[tuple[tuple[int, int, str], bool]]:
        """The mentions between two places that the pronoun can mean, in order, and whether their gender is known.

        What stands in quotation marks or in the words that the pronoun's own sentence reports is left out.
        """
        first, last = bisect_right(self.named.starts, after), bisect_left(self.named.starts, span.start)
        out = []
        for mention in self.named.mentions[max(first, last - LOOK_BACK) : last]:
            start, end, entity = mention
            if (
                end > span.start
                or self.named.in_quotation(start, end)
                or any(c.start <= start < c.end for c in content)
            ):
                continue
            if (self.named.by_id[entity].type == "person") != (pronoun in ONE_VOICE):
                continue
            if pronoun not in ONE_VOICE:
                if self.named.by_id[entity].type == "organisation":
                    out.append((mention, True))
                continue
            gender = self.named.gender(entity)
            if gender in {None, "female" if pronoun in _SHE else "male"}:
                out.append((mention, gender is not None))
        return out

    def _spoke_last(self, pronoun: str, span: Span, content: Sequence[Span]) -> tuple[int, str] | None:
        """The source mentioned last, three sentences back at most, that the pronoun can mean."""
        limit = self.met.sentences_back(span.start, 3)
        end = bisect_left(self.met.order, (span.start, ""))
        for place, source in reversed(self.met.order[max(0, end - LOOK_BACK) : end]):
            if place < limit:
                return None
            if any(c.start <= place < c.end for c in content) or place in self.aside:
                continue
            if self.can_mean(pronoun, source, place + 1):
                return place, source
        return None

    def leads(self, mention: tuple[int, int, str]) -> bool:
        """Whether a name is the subject of its sentence's main clause, or of one that an "and" or "but" joins to it."""
        start, end, _ = mention
        begin = self.met.sentences_back(start, 0)
        if start - begin > _OPENING:
            return False
        following = re.match(
            r"(?:,?\s+|\s*[\u2013\u2014\u2015]\s*|['’]s?\s+)([\w’'-]+(?:\s+[\w’'-]+){0,2})",
            self.named.text[end : end + 60],
        )
        if following is None or following[1].split()[0] in {"and", "or"}:
            return False
        if self.named.text[end : end + 1] in {"'", "’"} and any(is_people(key_of(w)) for w in following[1].split()):
            return False  # "Quill's lawyer" is another; "Quill's years at sea" still tells of Quill
        before = re.split(r"[,;] (?:but|while|yet) ", self.named.text[begin:start])[-1]
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
        ) and not any(w.key in HEAD_ENDS or w.key in lexicon.SAID for w in words(before))

    def _paper_before(self, span: Span, spoke: int) -> str | None:
        """The paper that the sentence before tells of: "The dossier was written in May. It alleges …"."""
        text = self.named.text
        begin = self.met.sentences_back(span.start, 1)
        if spoke >= begin or text[self.met.sentences_back(span.start, 0) : span.start].strip():
            return None
        subject = _PAPER.match(text, begin, min(span.start, begin + 80))
        if subject is None or key_of(subject["head"]) not in PAPERS or "\n" in text[begin : span.start].strip():
            return None
        shown = " ".join(subject["paper"].split())
        return self.met.keep(shown, "document", Span(*subject.span("paper")), scope=self.met.article.id)

    def _spoke_since(self, place: int, span: Span, source: str) -> bool:
        """Whether anybody else is a source between a place and ``span``."""
        first, last = bisect_right(self.met.order, (place, source)), bisect_left(self.met.order, (span.start, ""))
        return any(other != source for _, other in self.met.order[first:last])

    def _alone_before(self, entity_id: str, span: Span) -> bool:
        """Whether it is the only body or place that the sentence before and the words up to ``span`` name."""
        start = self.met.sentences_back(span.start, 1)
        first, last = bisect_left(self.named.starts, start), bisect_left(self.named.starts, span.start)
        named = {
            e for _, _, e in self.named.mentions[first:last] if self.named.by_id[e].type in {"organisation", "place"}
        }
        return named == {entity_id}
