"""Which words of a sentence report speech or belief, and where what they report ends."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.flat import Sentence
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

_KNOWN = lexicon.SAID | lexicon.BELIEVED | lexicon.SHOWS | TO_CONTENT
_CLAUSE_STARTS = frozenset("that it he she they there the a on no".split()) | TIME
_CUES_ING = frozenset(
    "adding saying noting stating telling insisting citing quoting arguing warning claiming stressing trying".split()
)
_SPEAKERS = lexicon.UNNAMED | lexicon.DOCUMENTS | ORGS | {"he", "she", "it", "who"}


def is_cue(s: Sentence, at: int) -> bool:
    """Whether the word at ``at`` is a verb that reports speech or belief, rather than a noun or a mere participle."""
    key = s.key(at)
    if key not in _KNOWN and not (key in {"put", "puts"} and _at_number(s, at)):
        return False
    if key == "think" and s.key(at + 1) in {"tank", "tanks"}:
        return False
    if (s.capital(at) and at > 0 and not title_case(s)) or (at > 0 and s.raw(at - 1) == "("):
        return False
    group = at
    while group > 0 and (s.key(group - 1) in ADVERBS or (s.key(group - 1).endswith("ly") and s.word(group - 1))):
        group -= 1
    before = s.key(group - 1)
    if before in NEGATED or before in MODAL or (before in BE and not key.endswith("ing")):
        return False
    if (
        group == at
        and before in DETERMINERS
        and not (s.capital(at - 1) and at > 1)
        and key.endswith("ed")
        and not is_head(s, at - 1)
    ):
        return False  # "the reported session", "an alleged plot"
    if key.endswith("ed") and any(s.key(i) == "by" for i in range(at + 1, at + 4)):
        return False  # "an effort announced Monday by the agency"
    if key.endswith("ing"):
        return at > 0 and s.raw(at - 1) in {",", "—", "–"} and key not in {"citing", "quoting", "calling"}
    return key not in NOUN_VERBS or _verbal(s, at, group)


def _at_number(s: Sentence, at: int) -> bool:
    """Whether "at" and a number follow: "police put the crowd at 10,000"."""
    return any(s.key(i) == "at" and s.raw(i + 1)[:1].isdigit() for i in range(at + 2, at + 8))


def _verbal(s: Sentence, at: int, group: int) -> bool:
    """Whether a word that is a noun as often ("reports", "claims") is a verb here: a subject before, a clause after."""
    key, before = s.key(at), s.key(group - 1)
    if key in {"reports", "report", "claims", "states"} and s.capital(group - 1) and not s.word(at + 1):
        start = group - 1
        while s.capital(start - 1):
            start -= 1
        if s.raw(start - 1) == "," and s.raw(group - 1)[-2:] not in {"'s", "’s"}:
            return True  # "Queen's doctor urged rest, Lantern reports"
    if before in {"he", "she", "they", "i", "we"} and (s.raw(group - 2) == "," or s.quote(group - 2)):
        return True  # "“…,” he notes."
    if not before or before in DETERMINERS or before in PREPOSITIONS or before in {"and", "or"}:
        return False
    if s.raw(group - 1)[-2:] in {"'s", "’s"} and not s.quote(group - 1):
        return False
    clause = s.key(at + 1) in _CLAUSE_STARTS or s.quote(at + 1) or s.capital(at + 1) or s.raw(at + 1) in {":", ","}
    shown = (
        s.raw(at + 1) == "." and key in lexicon.SHOWS and any(s.key(i) in lexicon.DOCUMENTS for i in range(at - 8, at))
    )
    if not clause and not shown:
        return False
    if not key.endswith("s") and key not in {"read", "forecast"}:
        return before.endswith("s") or before in {"they", "we", "i", "who", "people", "police"}
    return s.capital(group - 1) or before in _SPEAKERS or shown


def content_end(s: Sentence, first: int, end: int) -> int:
    """Where indirect content ends: the sentence, or a comma before another reporting participle or contrast."""
    for at in range(first + 1, end):
        if s.key(at) == "and" and _new_speaker(s, at + 1, end, that=True):
            return at
        if s.key(at) == "via" and s.key(at + 1) in {"its", "his", "her", "their"}:
            return at
        dash = s.raw(at) in {"—", "–"} or (s.raw(at) == "-" and s.raw(at + 1) == "-")
        if dash and (s.key(at + 1).endswith("ing") or s.key(at + 2).endswith("ing")):
            return at
        if s.raw(at) == ";" and any(s.key(i) in lexicon.SAID for i in range(at + 2, min(end, at + 12))):
            return at
        if s.raw(at) != ",":
            continue
        following = s.key(at + 1)
        if following in _CUES_ING:
            return at
        if following == "and" and s.key(at + 2) in lexicon.SAID:
            return at
        if following in {"and", "but"} and _new_speaker(s, at + 2, end):
            return at  # "…, and an official told the Post that it …"
        if s.key(at + 2) == "that" and s.word(at + 1) and any(s.key(i) in lexicon.SAID for i in range(at + 4, at + 9)):
            return at  # ", language that officials say justifies a response"
        if s.key(at + 3) in {"after", "before"} and s.key(at + 2) in {"day", "week", "month", "year", "hour"}:
            return at  # ", a day after the newspaper reported that …"
        if following in {"while", "but", "although", "though", "even"} and any(
            s.key(i) in lexicon.SAID or s.key(i) in AUX for i in range(at + 2, min(end, at + 12))
        ):
            return at
    return end


def _new_speaker(s: Sentence, first: int, end: int, *, that: bool = False) -> bool:
    """Whether another speaker with a verb of saying follows at once: a short noun phrase and its verb."""
    if not (s.capital(first) or s.key(first) in DETERMINERS or is_head(s, first)):
        return False
    for at in range(first + 1, min(end, first + 12)):
        if not s.word(at) or s.key(at) in {"that", "which", "who", "and", "to"}:
            return False
        if s.finite(at) or s.key(at) in lexicon.SAID:
            while s.key(at) in AUX:
                at += 1
            told = s.key(at) in lexicon.CLAUSAL and is_cue(s, at)
            return told and (not that or s.key(at + 1) == "that")
    return False


def quotes_from(s: Sentence, first: int, end: int) -> tuple[Span, ...]:
    """The quotation at ``first``, and those that go on after it in the sentence."""
    out = [s.items[first].span]
    at = first + 1
    while at < end and (s.quote(at) or s.raw(at) in {",", "…"}):
        if s.quote(at):
            out.append(s.items[at].span)
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
