"""Which words of a sentence report speech or belief, and where what they report ends."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.flat import Sentence, quote_span
from headwater.reading.rules.forms import (
    ADVERBS,
    AUX,
    BE,
    DETERMINERS,
    MODAL,
    NEGATED,
    NOUN_VERBS,
    ORGS,
    PREPOSITIONS,
    TIME,
    TO_CONTENT,
)
from headwater.reading.rules.phrases import is_head, title_case


def is_cue(s: Sentence, at: int) -> bool:
    item = s.items[at]
    if not item.is_word:
        return False
    key = item.key
    known = key in lexicon.SAID or key in lexicon.BELIEVED or key in lexicon.SHOWS or key in TO_CONTENT
    if not known or (item.capital and at > 0 and not title_case(s)) or (at > 0 and s.raw(at - 1) == "("):
        return False
    group = at
    while group > 0 and (
        s.key(group - 1) in ADVERBS or (s.key(group - 1).endswith("ly") and s.items[group - 1].is_word)
    ):
        group -= 1
    before = s.key(group - 1) if group else ""
    if before in NEGATED or before in MODAL:
        return False
    if before in BE and not key.endswith("ing"):
        return False
    if group == at and before in DETERMINERS and key.endswith("ed") and not is_head(s, at - 1):
        return False  # "the reported session", "an alleged plot"
    if key.endswith("ed") and any(s.key(i) == "by" for i in range(at + 1, min(at + 4, len(s.items)))):
        return False  # "an effort announced Monday by the agency"
    if key.endswith("ing"):
        return (
            at > 0
            and s.raw(at - 1) in {",", "—", "–"}
            and key not in {"citing", "quoting", "calling"}
            or (s.key(at - 1) == "as" and s.key(at - 2) in {"quoted", "cited"})
        )
    if key in NOUN_VERBS:
        if before in DETERMINERS or before in PREPOSITIONS or before in {"of", "and", "or"} or not before:
            return False
        if s.items[group - 1].quote is None and s.raw(group - 1)[-2:] in {"'s", "’s"}:
            return False
        follow = s.raw(at + 1)
        clause = s.key(at + 1) in {"that", "it", "he", "she", "they", "there", "the", "a", "on", "no"} | TIME or (
            at + 1 < len(s.items) and s.items[at + 1].quote is not None
        )
        if not (clause or (at + 1 < len(s.items) and s.items[at + 1].capital) or follow in {":", ","}):
            return False
        if not key.endswith("s") and key not in {"read", "forecast"}:
            subject = s.key(group - 1)
            return subject.endswith("s") or subject in {"they", "we", "i", "who", "people", "police"}
        subject_item = s.items[group - 1]
        return subject_item.capital or subject_item.key in lexicon.UNNAMED | lexicon.DOCUMENTS | ORGS | {
            "he",
            "she",
            "it",
            "who",
        }
    return True


def content_end(s: Sentence, first: int, end: int) -> int:
    """Where indirect content ends: the sentence, or a comma before another reporting participle or contrast."""
    for at in range(first + 1, end):
        if s.raw(at) != ",":
            continue
        following = s.key(at + 1)
        if following in {
            "adding",
            "saying",
            "noting",
            "stating",
            "telling",
            "insisting",
            "citing",
            "quoting",
            "arguing",
            "warning",
            "claiming",
            "stressing",
            "trying",
        }:
            return at
        if following == "and" and (s.key(at + 2) in lexicon.SAID):
            return at
        if s.key(at + 3) in {"after", "before"} and s.key(at + 2) in {"day", "week", "month", "year", "hour"}:
            return at  # ", a day after the newspaper reported that …"
        if following in {"while", "but", "although", "though", "even"} and any(
            s.key(i) in lexicon.SAID or s.key(i) in AUX for i in range(at + 2, min(end, at + 12))
        ):
            return at
    return end


def quotes_from(s: Sentence, first: int, end: int) -> tuple[Span, ...]:
    """The quotation at ``first``, and those that go on after it in the sentence."""
    out = [quote_span(s.items[first])]
    at = first + 1
    while at < end and (s.items[at].quote or s.raw(at) in {",", "…"}):
        if s.items[at].quote:
            out.append(quote_span(s.items[at]))
        at += 1
    return tuple(out)


def citing_aside(s: Sentence, step: int, end: int) -> int:
    """Past ", citing two officials," between verb and content; 0 when there is none."""
    if s.raw(step) == "," and s.key(step + 1) in {"citing", "quoting"}:
        at = step + 2
        while at < end and s.raw(at) != ",":
            at += 1
        return at + 1 if at < end else 0
    return 0
