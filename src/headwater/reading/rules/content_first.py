"""Orders in which the content comes first: "…," Roe said; "…," said Roe; the dam is safe, the ministry said."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.carriers import skip_addressee, skip_circumstances, speaking_to
from headwater.reading.rules.flat import Sentence, words_in
from headwater.reading.rules.forms import PREPOSITIONS, TELL, TIME
from headwater.reading.rules.phrases import Subject, can_speak, group_start, is_head, subject_of
from headwater.reading.tagger import Tagged

_OPENINGS = frozenset(
    """when while as if after before in on at asked although though since during speaking according because
    for""".split()
)
_AFTER_QUOTE = frozenset(
    """in on at of after before during when as while to about from with by who following last and trying""".split()
)
_NEVER_INVERTED = frozenset("underscore underscores underscored cited cites quoted quotes outlined expresses".split())
_LINKS = frozenset("however meanwhile still also but instead moreover separately later".split())
_WHEN = frozenset("published conducted broadcast aired taped released posted recorded".split())
_NOT_SPEAKERS = frozenset("that on in at to it there about as of".split())
_SPEAKER_ENDS = frozenset("that who which when as after while on during to".split()) | (TIME - {"may"})
_PARTICIPLES = frozenset("united unnamed retired elected appointed".split())


def post_cue(s: Sentence, at: int) -> tuple[Tagged, int] | None:
    """Content first, then the cue at ``at``.

    Returns:
        The attribution, and the item at which its tail (cue and speaker) begins; None when the order is another.
    """
    key = s.key(at)
    if key.endswith("ing") or not (key in lexicon.SAID or key in lexicon.SHOWS):
        return None
    group = group_start(s, at)
    if group == 0:
        return None
    before = s.items[group - 1]
    touches = before.quote is not None
    if (
        key in lexicon.SAID - _NEVER_INVERTED
        and key not in TELL
        and (touches or (before.raw in {",", "?", "!", "—", "–"} and group > 1))
    ):
        inverted = speaker_after(s, at)
        if inverted and (touches or _clause_before(s, group - 1)):
            speaker, after = inverted
            content = _left_content(s, group - 1)
            if content:
                spans = content + _continued(s, after)
                source = (s.span(speaker.first, speaker.last),)
                cue = (s.span(group, at),)
                return Tagged(cue=cue, source=source, content=spans, via=speaker.via, score=0.9), group - 1
    found = subject_of(s, at)
    if found is None or found.first == 0:
        return None
    papers = any(s.key(i) in lexicon.DOCUMENTS for i in range(found.first, found.last + 1))
    if key not in lexicon.SAID and not papers:
        return None
    return _speaker_between(s, at, found)


def _speaker_between(s: Sentence, at: int, speaker: Subject) -> tuple[Tagged, int] | None:
    """Reads "…," Roe said: nothing but circumstances may follow the cue, or a quotation that goes on."""
    first, via = speaker.first, speaker.via
    lead = s.items[first - 1]
    if not (lead.quote or lead.raw in {",", "—", "–", "?", "!"}) or s.key(group_start(s, at) - 1) in {"who", "which"}:
        return None
    step, told = at + 1, via
    if s.key(at) in TELL:
        step, told = skip_addressee(s, step, len(s.items))
        via = via or told
    step, told = skip_circumstances(s, step, len(s.items))
    via = via or told
    source, cue = (s.span(first, speaker.last),), (s.span(group_start(s, at), at),)
    rest = s.items[step] if step < len(s.items) else None
    clause = _clause_before(s, first - 1)
    aside = lead.raw == "," and not lead.quote and not clause and first <= 13 and step - at <= _ASIDE
    if aside and rest is not None and rest.raw == ",":
        # "The mayor, officials also tell me, is losing patience": the clause goes on on the other side
        left, right = s.content(0, first - 2), s.content(step + 1, len(s.items) - 1)
        if first <= 2 and s.key(0) in _LINKS:
            left = ()
        if right and any(s.finite(i) for i in range(step + 1, min(len(s.items), step + 5 + 4 * (not left)))):
            return Tagged(cue=cue, source=source, content=left + right, via=via, score=0.7), len(s.items)
    if rest is not None and rest.raw not in {".", ",", ";", "!", "?", "—", "–", ")", "…"}:
        goes_on = rest.key in _AFTER_QUOTE or rest.key.endswith("ing") or rest.key in _WHEN
        if not (lead.quote and goes_on):
            return None
    if not lead.quote and not clause:
        return None
    content = _left_content(s, first - 1)
    if not content:
        return None
    return Tagged(cue=cue, source=source, content=content + _continued(s, step), via=via, score=0.9), first - 1


_ASIDE = 4  # items from the verb on that an aside may take: "officials also tell me"; "has asked Estmark for …" is none


def _clause_before(s: Sentence, end: int) -> bool:
    """Whether items before ``end`` make a clause (a finite verb or a quotation), not a mere opening phrase."""
    if s.key(0) in PREPOSITIONS and (s.key(1) in {"least", "most"} or end > 4):
        return any(s.finite(i) for i in range(2, end))
    if s.key(0) in _OPENINGS:
        return any(i.quote and words_in(i) >= 4 for i in s.items[:end])
    return any(
        (s.quote(i) and words_in(s.items[i]) >= 3) or s.finite(i) or s.key(i) in {"says", "wants", "plans"}
        for i in range(end)
    )


def _left_content(s: Sentence, end: int) -> tuple[Span, ...]:
    """The content before the cue: the quotation that touches it, with the clause it is part of."""
    first, last = 0, end if s.quote(end) else end - 1
    while first <= last and s.key(first) in {"but", "and", "yet", "still"}:
        first += 1
    full = last >= 0 and s.quote(last) and words_in(s.items[last]) >= 5 and not s.word(last - 1)
    if full and (last == 0 or s.raw(last - 1) in {".", ":", "?", "!"} or s.raw(last)[1:2].isupper()):
        return (s.items[last].span,)  # it alone, unless what stands before it belongs to the same clause
    return s.content(first, last)


def _continued(s: Sentence, at: int) -> tuple[Span, ...]:
    """What goes on after the cue: “…,” Roe said, “…”; …, they said, but the visitors saw nothing."""
    rest = range(at + 2, len(s.items))
    if s.raw(at) == "," and s.key(at + 1) in {"but", "although", "though"}:
        goes_on = any(s.finite(i) for i in rest) and not any(s.key(i) in lexicon.SAID for i in rest)
        return s.content(at + 2, len(s.items) - 1) if goes_on else ()
    if s.raw(at) in {",", ":", "—", "–"} and s.quote(at + 1) and words_in(s.items[at + 1]) >= 2:
        return (s.items[at + 1].span,)
    return ()


def speaker_after(s: Sentence, verb: int) -> tuple[Subject, int] | None:
    """The speaker that follows the verb in "said X, who …", and the next item."""
    first = verb + 1
    if not s.word(first) or s.key(first) in _NOT_SPEAKERS:
        return None
    if s.key(first) in {"he", "she", "they"} and first + 1 < len(s.items) and s.raw(first + 1) not in ".,":
        return None
    last = first
    while last + 1 < len(s.items):
        item = s.items[last + 1]
        stop = item.raw == "." and (last + 2 >= len(s.items) or s.ends_at(last + 1))
        if item.quote and s.word(last):
            return None  # "…, said her client “feels relief”"
        if item.quote or stop or (not item.is_word and item.raw not in {"-", "&", "."}):
            break
        if s.finite(last + 1) and item.key not in _PARTICIPLES:
            return None
        if item.key in _SPEAKER_ENDS:
            break
        last += 1
        if last - first > 24:
            return None
    while last > first and s.raw(last) == ".":
        last -= 1
    if not can_speak(s, first, last):
        return None
    via: tuple[Span, ...] = ()
    step = last + 1
    if s.key(step) == "who" or (s.raw(step) == "," and s.key(step + 1) in {"who", "speaking"}):
        via = speaking_to(s, step, min(len(s.items) - 1, step + 14))
    named = _named_aside(s, last)
    if named > last:
        last = named
        step = last + 1
    step, told = skip_circumstances(s, step, len(s.items))
    return Subject(first, last, via or told), step


def _named_aside(s: Sentence, last: int) -> int:
    """The end of a name after the comma in "said the union's treasurer, Bo Larsen": both are the source."""
    if s.raw(last + 1) != "," or s.capital(last) or not is_head(s, last) or not s.capital(last + 2):
        return last
    for name in s.found:
        if name.type == "person" and name.start == s.items[last + 2].start:
            return next((i for i in range(last + 2, len(s.items)) if s.items[i].end >= name.end), last)
    return last


def said_opening(s: Sentence) -> Tagged | None:
    """Reads "Said one trader: “…”": the verb opens the sentence, the quotation closes it."""
    if not s.items or s.key(0) not in lexicon.SAID or s.key(0).endswith("ing") or not s.capital(0):
        return None
    for at in range(2, min(len(s.items) - 1, 16)):
        if s.raw(at) in {":", ","} and s.quote(at + 1):
            if not can_speak(s, 1, at - 1):
                return None
            content = tuple(i.span for i in s.items[at + 1 :] if i.quote)
            return Tagged(cue=(s.span(0, 0),), source=(s.span(1, at - 1),), content=content, score=0.85)
        if s.quote(at) or s.finite(at):
            return None
    return None


def as_said(s: Sentence, at: int) -> Tagged | None:
    """Reads "As a retired admiral told K, “…”" and "“Enough,” as the miller put it, “is …”"; "as" stands at ``at``."""
    if s.key(at) != "as" or not (at == 0 or s.quote(at - 1) or s.raw(at - 1) in {",", "—", "–"}):
        return None
    for verb in range(at + 2, min(len(s.items), at + 16)):
        key = s.key(verb)
        put = key in {"put", "puts"} and s.key(verb + 1) == "it"
        if s.quote(verb) or (s.raw(verb) in {",", ":"} and not s.word(verb)):
            return None
        if not put and (key not in lexicon.SAID or key.endswith("ing") or key in lexicon.OBJECT):
            continue
        group = group_start(s, verb)
        if group <= at + 1 or not can_speak(s, at + 1, group - 1) or any(s.finite(i) for i in range(at + 1, group)):
            return None
        last = verb + put
        step, via = skip_addressee(s, last + 1, len(s.items)) if key in TELL else (last + 1, ())
        step, told = skip_circumstances(s, step, len(s.items))
        content = _around(s, at, step)
        if not content:
            return None
        source, cue = (s.span(at + 1, group - 1),), (s.span(verb, last),)
        return Tagged(cue=cue, source=source, content=content, via=via or told, score=0.8)
    return None


def _around(s: Sentence, first: int, after: int) -> tuple[Span, ...]:
    """What stands before item ``first`` and from ``after`` on, when a comma, a quotation or the end parts them."""
    if after < len(s.items) and not (s.quote(after) or s.raw(after) in {",", ":", ".", "—", "–"}):
        return ()
    left, right = s.content(0, first - 1), s.content(after, len(s.items) - 1)
    if first == 0 and s.quote(after + 1):
        right = (s.items[after + 1].span,)
    whole = left + right
    long = sum(span.end - span.start for span in whole) >= 8
    return whole if long and (len(left) == 0 or not s.quote(0) or right or left) else ()
