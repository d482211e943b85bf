"""Orders in which the speaker comes first: Roe said that …; Roe told the Ledger …; …, adding that …."""

from headwater import lexicon
from headwater.model import Span
from headwater.reading.rules.carriers import skip_addressee, skip_circumstances
from headwater.reading.rules.cues import citing_aside, content_end, quotes_from
from headwater.reading.rules.flat import Sentence, words_in
from headwater.reading.rules.forms import BARE, PREPOSITIONS, SAY, TELL, TO_CONTENT, TO_WANT, WITH_NOUN
from headwater.reading.rules.phrases import Subject, group_start, sentence_subject, subject_of
from headwater.reading.tagger import Tagged

_IN_CONTENT = frozenset("for against of in on after at with under by over about".split())
_SUBORDINATE = frozenset("when if after before while since although though because once until".split())
_NO_OBJECT = frozenset("of in as by at with after from and or".split())
_SAID_TO = frozenset(
    """wrote writes said says confirmed admitted admits complained explained reported boasted announced suggested
    acknowledged conceded remarked swore""".split()
)
_CITES = frozenset("cite cites cited quote quotes quoted interviewed".split())


def pre_cue(s: Sentence, at: int, end: int, inherited: tuple[Span, ...]) -> Tagged | None:
    """Speaker first: "Roe said that …", "Roe told the Ledger …", "… called it a disgrace"; also ", saying that …".

    Args:
        s: the sentence.
        at: where the cue stands.
        end: the item at which its content must end.
        inherited: the speaker of the cue before, who goes on.
    """
    key = s.key(at)
    said = key in lexicon.SAID or key == "put" or key in lexicon.SHOWS or key in TO_CONTENT
    speaker = _speaker(s, at, inherited)
    if speaker is None:
        return None
    source, via = speaker
    step = at + 1
    if key in TELL and s.key(step) in {"to", "not"}:
        return None  # "who asked not to be named"
    if key in TELL:
        step, told = skip_addressee(s, step, end)
        via = via or told
        if s.key(step) == "to" and step + 1 < end:  # "told the operators to begin"
            content = s.content(step, content_end(s, step, end) - 1)
            return (
                Tagged(cue=(s.span(at, at),), source=source, content=content, via=via, score=0.6) if content else None
            )
    step, told = skip_circumstances(s, step, end)
    via = via or told
    if key in _SAID_TO and s.key(step) == "to":  # "wrote to the minister that …"
        that = next((i for i in range(step + 2, min(end, step + 9)) if s.key(i) == "that" or not s.word(i)), 0)
        step = that if s.key(that) == "that" else step
    step = citing_aside(s, step, end) or step
    if step >= end:
        return None
    cue = (s.span(at, at),)
    if s.raw(step) in {":", ","} and s.quote(step + 1) and step + 1 < end:
        return Tagged(cue=cue, source=source, content=quotes_from(s, step + 1, end), via=via, said=said, score=0.95)
    item = s.items[step]
    if item.quote and (words_in(item) >= 5 or item.raw.rstrip("”\"'’").endswith((".", ",", "!", "?"))):
        return Tagged(cue=cue, source=source, content=quotes_from(s, step, end), via=via, said=said, score=0.95)
    if s.key(group_start(s, at) - 1) in {"which", "who"} and s.raw(group_start(s, at) - 2) == ",":
        # "the agency, which says it guards the coast, had been …": the clause closes at a comma before another verb
        end = next((i for i in range(step + 2, end) if s.raw(i) == "," and s.finite(i + 1)), end)
    if s.key(0) in _SUBORDINATE and source[0].start <= s.items[min(2, len(s.items) - 1)].start:
        end = next((i + 1 for i in range(step, end) if _closes_clause(s, i)), end)  # "When Roe called it …, he …"
    content, less = _indirect(s, key, step, end)
    if not content or (content[0].end - content[0].start < 4 and s.key(step) not in {"no", "yes"}):
        return None
    score = 0.6 if not said or key in lexicon.OBJECT else 0.85
    return Tagged(cue=cue, source=source, content=content, via=via, said=said, score=round(score - less, 2))


def _closes_clause(s: Sentence, at: int) -> bool:
    """Whether a comma, or one inside the end of a quotation, stands at ``at``."""
    return s.raw(at) == "," or (s.quote(at) and s.raw(at).rstrip("”’\"'»").endswith(","))


def _speaker(s: Sentence, at: int, inherited: tuple[Span, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]] | None:
    """Whose cue it is, and the carriers that the subject names."""
    key = s.key(at)
    if key.endswith("ing"):
        source = inherited or sentence_subject(s, at)
        return (source, ()) if source else None
    subject = subject_of(s, at)
    if subject is None:
        group = group_start(s, at)
        joined = group > 0 and s.key(group - 1) in {"and", "but", ","}
        goes_on = joined and key in lexicon.CLAUSAL and s.key(at + 1) == "that"
        return (inherited, ()) if inherited and goes_on else None
    papers = any(s.key(i) in lexicon.DOCUMENTS for i in range(subject.first, subject.last + 1))
    if key in lexicon.SHOWS and key not in lexicon.SAID and not papers:
        return None
    via = subject.via
    based = next((i for i in range(subject.first + 1, subject.last - 1) if s.key(i) in {"based", "drawing"}), 0)
    if based and s.key(based + 1) == "on":
        return _based_on(s, subject, based)
    if s.key(subject.last + 1) == "who" and s.key(subject.first - 1) in _CITES:
        citing = subject_of(s, subject.first - 1)  # "the filing cites a mechanic who said …"
        via = via or ((s.span(citing.first, citing.last),) if citing else ())
    return (s.span(subject.first, subject.last),), via


def _based_on(s: Sentence, subject: Subject, based: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Reads "An agency report based on the testimony of nine refugees": the refugees, by way of the report."""
    first = based + 2
    for at in range(first, subject.last):
        if s.key(at) in {"testimony", "accounts", "interviews", "statements"} and s.key(at + 1) in PREPOSITIONS:
            first = at + 2
    return (s.span(first, subject.last),), (s.span(subject.first, based - 1),)


def _indirect(s: Sentence, key: str, step: int, end: int) -> tuple[tuple[Span, ...], float]:
    """Indirect content from ``step`` on, and how much less sure it is than a clause with "that"."""
    item = s.items[step]
    stop = content_end(s, step, end)
    if item.raw == ":":
        return s.content(step + 1, stop - 1), 0.0
    if item.key in {"that", "how", "why", "whether", "what", "if"} and key not in lexicon.OBJECT:
        return s.content(step + (item.key == "that"), stop - 1), 0.0
    if key in TO_CONTENT or key in TO_WANT:
        if item.key in {"to", "not"}:
            return s.content(step, stop - 1), 0.0
        if key not in BARE:
            return (), 0.0
    if not item.is_word and not item.quote:
        return (), 0.0
    if key in lexicon.OBJECT:
        if item.key in _NO_OBJECT:
            return (), 0.0  # "Russians accused of conspiring", "which he criticised in the past"
        for colon in range(step + 1, stop - 1):  # "underscored the danger: “These gates …”"
            if s.raw(colon) == ":" and s.quote(colon + 1):
                return quotes_from(s, colon + 1, stop), -0.25
        return s.content(step, stop - 1), 0.0
    if key not in BARE or item.key in PREPOSITIONS - _IN_CONTENT or item.key in {"and", "or", "but", "as"}:
        return (), 0.0
    verbal = any(s.finite(i) or (s.quote(i) and words_in(s.items[i]) >= 3) for i in range(step, stop))
    cited = s.raw(stop) == "," and s.key(stop + 1) in {"citing", "quoting"}
    if not verbal and not cited and key not in SAY and key not in WITH_NOUN:
        return (), 0.0
    return s.content(step, stop - 1), 0.1
