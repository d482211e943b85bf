"""Attributions that a mark makes, not a verb: "WALLACE: …", "Report: …"; sentences that are only "Roe said"."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.flat import Sentence
from headwater.reading.rules.phrases import subject_of
from headwater.reading.tagger import Tagged


def colon_speaker(s: Sentence) -> Tagged | None:
    """Transcripts and headlines: "WALLACE: …", "Minister: dam is safe", "Report: …"."""
    for at in range(1, min(8, len(s.items) - 2)):
        if s.raw(at) == ":":
            lead = s.items[:at]
            if not all(i.is_word or i.raw in ".-()’'," for i in lead) or any(s.finite(i) for i in range(at)):
                return None
            shown = s.text[lead[0].start : lead[-1].end]
            upper = shown.isupper() and len(shown) > 2
            named = any(n.type == "person" and n.start >= lead[0].start and n.end <= lead[-1].end for n in s.found)
            if shown.casefold() in {"q", "a", "question", "answer"}:
                return None
            if lead[0].key in {
                "read",
                "photo",
                "watch",
                "related",
                "source",
                "updated",
                "published",
                "note",
                "more",
                "video",
            }:
                return None
            quote = s.items[at + 1].quote is not None
            if not (upper or named or (at <= 3 and lead[-1].key in lexicon.UNNAMED | {"report"})):
                return None
            if not quote and not (upper or at <= 3):
                return None
            content = s.content(at + 1, len(s.items) - 1)
            if not content:
                return None
            return Tagged(
                cue=(s.span(at, at),), source=(Span(lead[0].start, lead[-1].end),), content=content, score=0.6
            )
        if s.items[at].quote:
            return None
    return None


def bare_said(sentence: "Sentence") -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """A sentence that is only "Roe said." or "said Roe": its source and cue."""
    words = [i for i in range(len(sentence.items)) if sentence.items[i].is_word]
    if not 2 <= len(words) <= 9 or any(i.quote for i in sentence.items):
        return None
    for at in words:
        if sentence.key(at) in lexicon.SAID and at == words[-1]:
            subject = subject_of(sentence, at)
            if subject:
                return (sentence.span(*subject[0]),), (sentence.span(at, at),)
    return None
