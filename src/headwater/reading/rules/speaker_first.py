"""Orders in which the speaker comes first: Roe said that …; Roe told the Ledger …; …, adding that …."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.carriers import skip_addressee, skip_circumstances
from headwater.reading.rules.cues import citing_aside, content_end, quotes_from
from headwater.reading.rules.flat import Sentence, words_in
from headwater.reading.rules.forms import BARE, PREPOSITIONS, SAY, TELL, TO_CONTENT, TO_WANT
from headwater.reading.rules.phrases import group_start, sentence_subject, subject_of
from headwater.reading.tagger import Tagged


def pre_cue(s: Sentence, at: int, end: int, inherited: tuple[Span, ...]) -> Tagged | None:
    """Speaker first: "Roe said that …", "Roe told the Ledger …", "… called it a disgrace"; also ", saying that …"."""
    key = s.key(at)
    said = key in lexicon.SAID or key in lexicon.SHOWS or key in TO_CONTENT
    via: tuple[Span, ...] = ()
    source: tuple[Span, ...]
    first = last = -1
    if key.endswith("ing") and s.key(at - 1) != "as":
        source = inherited or sentence_subject(s, at)
        if not source:
            return None
    else:
        subject = subject_of(s, at)
        if subject is None:
            group = group_start(s, at)
            if (
                group > 0
                and s.key(group - 1) in {"and", "but", ","}
                and inherited
                and key in lexicon.CLAUSAL
                and s.key(at + 1) == "that"
            ):
                source = inherited
            else:
                return None
        else:
            (first, last), via = subject
            if (
                key in lexicon.SHOWS
                and key not in lexicon.SAID
                and not any(s.key(i) in lexicon.DOCUMENTS for i in range(first, last + 1))
            ):
                return None
            source = (s.span(first, last),)
    step = at + 1
    if key in TELL:
        step, told = skip_addressee(s, step, end)
        via = via or told
    step, told = skip_circumstances(s, step, end)
    via = via or told
    if step >= end:
        return None
    item = s.items[step]
    citing = citing_aside(s, step, end)
    if citing:
        step = citing
        if step >= end:
            return None
        item = s.items[step]
    cue = (s.span(at, at),)
    score = 0.85 if said else 0.6
    if item.raw in {":", ","} and step + 1 < end and s.items[step + 1].quote:
        return Tagged(cue=cue, source=source, content=quotes_from(s, step + 1, end), via=via, said=said, score=0.95)
    if item.quote and (words_in(item) >= 5 or item.raw.rstrip("”\"'’").endswith((".", ",", "!", "?"))):
        return Tagged(cue=cue, source=source, content=quotes_from(s, step, end), via=via, said=said, score=0.95)
    stop = content_end(s, step, end)
    if item.raw == ":":
        content = s.content(step + 1, stop - 1)
    elif item.key in {"that", "how", "why", "whether", "what", "if"} and key not in lexicon.OBJECT:
        content = s.content(step + (item.key == "that"), stop - 1)
    elif key in TO_CONTENT or key in TO_WANT:
        if item.key not in {"to", "not"}:
            return None
        content = s.content(step, stop - 1)
    elif key in lexicon.OBJECT:
        if not item.is_word and not item.quote:
            return None
        content = s.content(step, stop - 1)
        score = 0.6
        for at_colon in range(step + 1, stop - 1):  # "underscored the danger: “These gates …”"
            if s.raw(at_colon) == ":" and s.items[at_colon + 1].quote:
                content, score = quotes_from(s, at_colon + 1, stop), 0.85
                break
    elif key in BARE:
        if not item.is_word and not item.quote:
            return None
        if item.key in PREPOSITIONS - {
            "for",
            "against",
            "of",
            "in",
            "on",
            "after",
            "at",
            "with",
            "under",
            "by",
            "over",
            "about",
        }:
            return None
        if item.key in {"and", "or", "but", "as"}:
            return None
        verbal = key in SAY or any(
            s.finite(i) or (s.items[i].quote and words_in(s.items[i]) >= 3) for i in range(step, stop)
        )
        if not verbal and key not in {"denied", "denies", "confirmed", "confirms", "announced", "announces", "warned", "warns", "admitted",
                                      "alleged", "alleges", "predicted", "predicts"}:  # fmt: skip
            return None
        content = s.content(step, stop - 1)
        score -= 0.1
    else:
        return None
    if not content or content[0].end - content[0].start < 4:
        return None
    return Tagged(cue=cue, source=source, content=content, via=via, said=said, score=round(score, 2))
