"""Reads a paragraph sentence by sentence and ties quotations that stand alone to who spoke before or after.

Gives the attributions in order of place. What must be known from paragraph to paragraph is held in ``Reader``.
"""

from collections.abc import Sequence
from dataclasses import replace

from headwater.model import Span
from headwater.reading import marks, names
from headwater.reading.rules.carriers import carrier_at, speaking_to
from headwater.reading.rules.content_first import as_said, post_cue, said_opening
from headwater.reading.rules.crediting import according_to, cite, first_to_report, heard_from, owned_claims
from headwater.reading.rules.cues import is_cue
from headwater.reading.rules.flat import Around, Item, Sentence, flat_sentences, items_of, words_in
from headwater.reading.rules.leads import Lead, lead_in
from headwater.reading.rules.passives import quoted_saying, unsourced
from headwater.reading.rules.shapes import bare_said, colon_speaker, signed_inline, signed_post, signed_with, turn_of
from headwater.reading.rules.speaker_first import pre_cue
from headwater.reading.tagger import Tagged
from headwater.words import key_of

_OPENINGS = frozenset("in writing speaking talking via".split())

_GOES_ON = 0.65  # score of a paragraph that a line with a colon leads into


class Reader:
    """Reads the paragraphs of one text in order; ``out`` holds the attributions found so far."""

    def __init__(self, around: Around, turns: frozenset[int], answers: tuple[Span, ...] = ()) -> None:
        """Take the text's surroundings, where turns of a transcript begin, and the name of who answers in it."""
        self.around, self.turns, self.answers = around, turns, answers
        self.out: list[Tagged] = []
        self.previous: int | None = None  # the last attribution with quoted words in the paragraph before
        self.spoken: dict[int, int] = {}  # start of a quotation over paragraphs -> its attribution
        self.loose: dict[int, list[Span]] = {}  # the same -> its parts while nobody is known to have said them
        self.alone: list[Span] = []  # quotations without a speaker that end the paragraph before
        self.before: Span | None = None  # the paragraph before
        self.lead: Lead | None = None  # who the line before, that ends in a colon, says speaks next

    def read(self, paragraph: Span, quoted: Sequence[marks.Quoted]) -> None:
        """Read one paragraph; ``quoted`` are the quotations that have a part in it, in order."""
        items = items_of(self.around.text, paragraph, quoted)
        flat = [Sentence(self.around, sentence) for sentence in flat_sentences(self.around, items)]
        if not flat:
            return
        if paragraph.start in self.turns:
            turn = turn_of(flat[0], paragraph.end, self.answers)
            if turn:
                self.out.append(turn)
                self.previous, self.alone, self.before, self.lead = None, [], None, None
                return
        above, lead = self.before, self.lead
        self.before, self.lead = paragraph, None
        post = signed_post(self.around.text, paragraph)
        if post:  # the post is the quotation before, or, unmarked, the whole paragraph before
            content = tuple(self.alone) or ((above,) if above else ())
            if content:
                self.out.append(Tagged(cue=(post[0],), source=(post[1],), content=content, score=0.7))
            self.previous, self.alone, self.before = None, [], None
            return
        block = _block(lead, flat, paragraph) if lead else None
        if block:
            told = next((at for at in range(len(self.out) - 1, -1, -1) if _shares(self.out[at].cue, block.cue)), None)
            if told is not None:  # the line itself is told as speech: it goes on
                block = replace(block, cue=(), source=(), follows=told, score=_GOES_ON)
            self.out.append(block)
            self.previous, self.alone = len(self.out) - 1, []
            for item in (item for s in flat for item in s.items if item.quote):
                self._speak(item, self.previous)
            return
        begun = len(self.out)
        speaking: int | None = None  # the attribution whose quotation may go on
        pending = self.alone
        self.alone = []
        used: set[int] = set()
        for index, s in enumerate(flat):
            quotes = [i for i in s.items if i.quote and i.start not in used]
            if any(i.quote for i in s.items) and not any(i.is_word for i in s.items):
                follow = flat[index + 1] if index + 1 < len(flat) else None
                speaking = self._alone(quotes, index, follow, speaking, used)
                continue
            signature = signed_with(s)
            if signature and pending and speaking is None:
                self.out.append(Tagged(cue=(signature[0],), source=(signature[1],), content=tuple(pending), score=0.7))
                pending, self.alone = [], []
                continue
            before = len(self.out)
            self.out.extend(read_sentence(s))
            for at in range(before, len(self.out)):
                for item in s.items:
                    if item.quote and any(c.start <= item.start and item.end <= c.end for c in self.out[at].content):
                        used.add(item.start)
                        self._speak(item, at)
                        if _full(item) and self.out[at].said:
                            speaking = at
            if before == len(self.out) and not any(i.quote for i in s.items):
                speaking = None
            self.alone = []
            if len(flat) == 1 and not quotes and before == len(self.out):
                pending = []
        if speaking is None:
            # "…, where he said that his cooperation is closer than ever." may lead into the next paragraph's quotation
            last = self.out[-1] if len(self.out) > begun else None
            leads = last and last.content and last.source and last.content[-1].end >= paragraph.end - 2
            speaking = len(self.out) - 1 if leads else None
        self.previous = speaking
        self.lead = lead_in(flat[-1])

    def _alone(
        self, quotes: Sequence[Item], index: int, follow: Sentence | None, speaking: int | None, used: set[int]
    ) -> int | None:
        """A sentence that is only quotations: whose they are. Gives the attribution that may go on."""
        if not quotes:
            return speaking
        spans = [i.span for i in quotes]
        first = quotes[0].quote
        begun = self.spoken.get(first.start) if first and first.start < quotes[0].start else None
        if begun is not None:  # a quotation that the paragraph before left open
            speaking = begun
        if speaking is not None:  # "…," Roe said. "…": one attribution, split
            whole = self.out[speaking]
            self.out[speaking] = replace(whole, content=(*whole.content, *spans))
        else:
            tail = bare_said(follow) if follow else None
            signature = signed_with(follow) if follow else None
            if sum(words_in(i) for i in quotes) < 4 and not signature:
                return None
            if tail:
                self.out.append(Tagged(cue=tail[1], source=tail[0], content=tuple(spans), score=0.8))
            elif signature:
                cue, source = (signature[0],), (signature[1],)
                self.out.append(Tagged(cue=cue, source=source, content=tuple(spans), score=0.7))
            elif self.previous is not None and index == 0:
                self.out.append(Tagged(cue=(), content=tuple(spans), follows=self.previous, score=0.5))
            else:
                self.alone = spans
                for item in quotes:
                    if item.quote and len(item.quote.parts) > 1:
                        self.loose.setdefault(item.quote.start, []).append(item.span)
                return None
            speaking = len(self.out) - 1
        for item in quotes:
            used.add(item.start)
            self._speak(item, speaking)
        return speaking

    def _speak(self, item: Item, at: int) -> None:
        """Note whose a quotation over paragraphs is, and give that attribution the parts before."""
        if item.quote is None or len(item.quote.parts) < 2:
            return
        self.spoken.setdefault(item.quote.start, at)
        parts = self.loose.pop(item.quote.start, None)
        if parts:
            self.out[at] = replace(self.out[at], content=(*parts, *self.out[at].content))


def _block(lead: Lead, flat: Sequence[Sentence], paragraph: Span) -> Tagged | None:
    """What a line that ends in a colon leads into: quotations alone, or, after a word of speech, the paragraph."""
    items = [i for s in flat for i in s.items]
    quoted = [i.span for i in items if i.quote]
    if quoted and not any(i.is_word for i in items):
        return Tagged(cue=(lead.cue,), source=lead.source, content=tuple(quoted), score=0.7)
    plain = not quoted and items[0].is_word and not items[0].raw[0].isdigit() and items[-1].raw in {".", "!", "?", "…"}
    if not (lead.at_end and plain and items[0].capital):
        return None
    return Tagged(cue=(lead.cue,), source=lead.source, content=(paragraph,), score=_GOES_ON)


def _shares(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlap(b) for a in one for b in other)


def _full(item: Item) -> bool:
    """Whether a quotation is speech, rather than a few words set off."""
    return words_in(item) >= 4 or item.raw.rstrip("”’\"'»").endswith((",", ".", "!", "?"))


def read_sentence(s: Sentence) -> list[Tagged]:
    """The attributions of one sentence, in order of their cues."""
    shape = colon_speaker(s) or said_opening(s) or signed_inline(s)
    if shape:
        labelled = _reported_under(s, shape)
        return labelled or [shape]
    cues: list[Tagged] = []
    tail = len(s.items)  # where a trailing ", according to …" or ", X said" begins: content of other cues ends there
    for tagged, cut in according_to(s):
        cues.append(tagged)
        tail = min(tail, cut)
    taken: set[int] = set()
    for tagged, first, last in quoted_saying(s):
        cues.append(tagged)
        taken.update(range(first, last + 1))
    for at in range(len(s.items)):
        told = as_said(s, at) if s.key(at) == "as" and at not in taken else None
        if told:
            cues.append(told)
            taken.update(i for i in range(at, len(s.items)) if s.items[i].start < told.cue[-1].end)
    inherited: tuple[Span, ...] = ()
    places = [at for at in range(len(s.items)) if at not in taken and is_cue(s, at)]
    trailing: set[int] = set()
    for at in places:
        result = post_cue(s, at)
        if result:
            cues.append(result[0])
            trailing.add(at)
            tail = min(tail, result[1]) if result[1] > 0 else tail
            inherited = result[0].source or inherited
    opening = _opening(s)
    for at in places:
        if at in trailing:
            continue
        found = pre_cue(s, at, tail if at < tail else len(s.items), inherited)
        if found:
            if opening and not found.via and not inherited:
                found = replace(found, via=opening)
            cues.append(found)
            inherited = found.source or inherited
    cues.extend(first_to_report(s))
    cues.extend(heard_from(s))
    cues.extend(owned_claims(s, tail))
    cues = quotation_goes_on([c for c in cite(s, cues) if c.content])
    if not cues:
        hedge = unsourced(s)
        return [hedge] if hedge else []
    return sorted(cues, key=lambda c: ((c.cue or c.content)[0].start, c.content))


def quotation_goes_on(cues: Sequence[Tagged]) -> list[Tagged]:
    """Gives the second half of a quotation to its speaker: "“…,” a guard said, according to the Ledger, “and …”."""
    out = list(cues)
    for credit in cues:
        if len(credit.content) < 2:
            continue
        for at, inner in enumerate(out):
            parts = (*inner.source, *inner.cue, *inner.content)
            if inner is not credit and inner.source and all(credit.content[0].holds(p) for p in parts):
                out[at] = replace(inner, content=(*inner.content, *credit.content[1:]))
    return out


def _reported_under(s: Sentence, shape: Tagged) -> list[Tagged]:
    """What a line headed "Report:" or by an outlet says others said; they are the sources, not the line's head."""
    colon = next((i for i in range(1, 8) if s.raw(i) == ":"), 0)
    head = s.span(0, colon - 1).of(s.text) if colon else ""
    if not (key_of(head) == "report" or names.is_outlet(head)):
        return []
    rest = s.items[colon + 1 :]
    return [t for t in read_sentence(Sentence(s.around, rest)) if t.source and t.said] if rest else []


def _opening(s: Sentence) -> tuple[Span, ...]:
    """Carriers in an opening before the speaker: "In a letter shared with the Tide, …", "Writing in the Times, …"."""
    if s.key(0) not in _OPENINGS:
        return ()
    comma = next((i for i in range(2, min(len(s.items), 20)) if s.raw(i) == ","), 0)
    if not comma or any(s.quote(i) for i in range(comma)):
        return ()
    if s.key(0) == "writing" and s.key(1) in {"in", "for", "on"}:
        phrase = carrier_at(s, 2, comma - 1, papers=True)
        return (phrase[1],) if phrase else ()
    return speaking_to(s, 0, comma - 1)
