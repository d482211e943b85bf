"""Orders in which the content comes first: "…," Roe said; "…," said Roe; the dam is safe, the ministry said."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.carriers import skip_addressee, skip_circumstances, speaking_to
from headwater.reading.rules.flat import Sentence, abbreviated, quote_span, words_in
from headwater.reading.rules.forms import TELL, TIME
from headwater.reading.rules.phrases import can_speak, group_start, subject_of
from headwater.reading.tagger import Tagged


def post_cue(s: Sentence, at: int) -> tuple[Tagged, int] | None:
    """Content first: "…," Roe said; "…," said Roe; … , the ministry said. Gives it and the index its tail begins at."""
    key = s.key(at)
    if key not in lexicon.SAID or (key.endswith("ing") and s.key(at - 1) != "as"):
        return None
    group = group_start(s, at)
    if group == 0:
        return None
    before = s.items[group - 1]
    # inversion: quotation or clause, verb, speaker
    inverted = None
    if key not in TELL and (before.quote or (before.raw in {",", "?", "!", "—", "–"} and group > 1)):
        inverted = _speaker_after(s, at)
    if inverted and (before.quote or _clause_before(s, group - 1)):
        first, last, via, after = inverted
        content = _left_content(s, group - 1)
        if content:
            spans = content + _continued(s, after)
            return Tagged(
                cue=(s.span(group, at),), source=(s.span(first, last),), content=spans, via=via, score=0.9
            ), group - 1
    found = subject_of(s, at)
    if found is None:
        return None
    (first, last), via = found
    if first == 0:
        return None
    lead = s.items[first - 1]
    if not (lead.quote or lead.raw in {",", "—", "–", "?", "!"}):
        return None
    # nothing but circumstances may follow, or a quotation that goes on
    step = at + 1
    if key in TELL:
        step, told = skip_addressee(s, step, len(s.items))
        via = via or told
    step, told = skip_circumstances(s, step, len(s.items))
    via = via or told
    rest = s.items[step] if step < len(s.items) else None
    quote_before = lead.quote is not None
    if (
        not quote_before
        and lead.raw == ","
        and rest is not None
        and rest.raw == ","
        and not _clause_before(s, first - 1)
    ):
        # "The mayor, officials also tell me, is losing patience": the clause goes on on the other side
        left, right = s.content(0, first - 2), s.content(step + 1, len(s.items) - 1)
        if (
            left
            and right
            and first - 1 <= 12
            and any(s.finite(i) for i in range(step + 1, min(len(s.items), step + 5)))
        ):
            cue = (s.span(group_start(s, at), at),)
            return Tagged(cue=cue, source=(s.span(first, last),), content=left + right, via=via, score=0.7), len(
                s.items
            )
    if rest is not None and rest.raw not in {".", ",", ";", "!", "?", "—", "–", ")", "…"} and not (
        quote_before and (rest.key in {"in", "on", "at", "of", "after", "before", "during", "when", "as", "while", "to", "about", "from", "with", "by", "who", "following", "last", "and", "trying"} or rest.key.endswith("ing"))
    ):  # fmt: skip
        return None
    if not quote_before and not _clause_before(s, first - 1):
        return None
    content = _left_content(s, first - 1)
    if not content:
        return None
    spans = content + _continued(s, step)
    return Tagged(
        cue=(s.span(group_start(s, at), at),), source=(s.span(first, last),), content=spans, via=via, score=0.9
    ), first - 1


def _clause_before(s: Sentence, end: int) -> bool:
    """Whether items before ``end`` make a clause (a finite verb or a quotation), not a mere opening phrase."""
    if s.key(0) in {
        "when",
        "while",
        "as",
        "if",
        "after",
        "before",
        "in",
        "on",
        "at",
        "asked",
        "although",
        "though",
        "since",
        "during",
        "speaking",
        "according",
        "because",
        "for",
    }:
        return any(i.quote and words_in(i) >= 4 for i in s.items[:end])
    return any(
        s.items[i].quote and words_in(s.items[i]) >= 3 or s.finite(i) or s.key(i) in {"says", "wants", "plans"}
        for i in range(end)
    )


def _left_content(s: Sentence, end: int) -> tuple[Span, ...]:
    """The content before the cue: the quotation that touches it, with the clause it is part of."""
    first = 0
    last = end - 1 if not s.items[end].quote else end
    while first <= last and s.key(first) in {"but", "and", "yet", "still"} and not s.items[first].quote:
        first += 1
    if last >= 0 and s.items[last].quote and words_in(s.items[last]) >= 5:
        # a full quotation: it alone, unless words before it belong to the same clause
        before = s.items[last - 1] if last > 0 else None
        if before is None or not before.is_word:
            if before is None or before.raw in {".", ":", "?", "!"} or s.items[last].raw[1:2].isupper():
                return (Span(s.items[last].start, s.items[last].end),)
    return s.content(first, last)


def _continued(s: Sentence, at: int) -> tuple[Span, ...]:
    """What goes on after the cue: “…,” Roe said, “…”; …, they said, but the visitors saw nothing."""
    if (
        s.raw(at) == ","
        and s.key(at + 1) in {"but", "and", "although", "though"}
        and not any(s.key(i) in lexicon.SAID for i in range(at + 2, len(s.items)))
    ):
        if any(s.finite(i) for i in range(at + 2, len(s.items))):
            return s.content(at + 2, len(s.items) - 1)
        return ()
    if (
        at < len(s.items)
        and s.raw(at) in {",", ":", "—", "–"}
        and at + 1 < len(s.items)
        and s.items[at + 1].quote
        and words_in(s.items[at + 1]) >= 2
    ):
        return (quote_span(s.items[at + 1]),)
    return ()


def _speaker_after(s: Sentence, verb: int) -> tuple[int, int, tuple[Span, ...], int] | None:
    """The speaker that follows the verb in "said X, who …": first, last, carriers, next index."""
    first = verb + 1
    if first >= len(s.items) or s.items[first].quote or not s.items[first].is_word:
        return None
    if s.key(first) in {
        "that",
        "on",
        "in",
        "at",
        "to",
        "it",
        "there",
        "he",
        "she",
        "they",
        "about",
        "as",
        "of",
    } and not (s.key(first) in {"he", "she", "they"} and (first + 1 >= len(s.items) or s.raw(first + 1) in ".,")):
        return None
    last = first
    while last + 1 < len(s.items):
        item = s.items[last + 1]
        if (
            item.quote
            or (not item.is_word and item.raw not in {"-", "&", "."})
            or (item.raw == "." and last + 2 >= len(s.items))
        ):
            break
        if item.raw == "." and not abbreviated(s.text, s.items, last + 1):
            break
        if s.finite(last + 1) and item.key not in {"united", "unnamed", "retired", "elected", "appointed"}:
            return None
        if item.key in {"that", "who", "which", "when", "as", "after", "while", "on", "during", "to"} | (
            TIME - {"may"}
        ):
            break
        last += 1
        if last - first > 24:
            return None
    while last > first and s.items[last].raw == ".":
        last -= 1
    if not can_speak(s, first, last):
        return None
    via: tuple[Span, ...] = ()
    step = last + 1
    if step < len(s.items) and s.key(step) == "who" or (s.raw(step) == "," and s.key(step + 1) in {"who", "speaking"}):
        stop = min(len(s.items) - 1, step + 14)
        via = speaking_to(s, step, stop)
    step, told = skip_circumstances(s, step, len(s.items))
    return first, last, via or told, step
