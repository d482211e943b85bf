"""What one source asserts and another denies, and clauses of one claim that differ in "not".

Takes tellings of one claim, and the story's denials ("denied that", "rejected", "there is no"). A denial is set
against a claim only when its own words, or the word it negates, stand un-negated there and most of the shorter
clause's content is shared: sibling denials of other things stay silent, and so do double negations.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

from headwater.compare.tellings import (
    DENY,
    NEGATIONS,
    Telling,
    Told,
    conflict,
    content_stems,
    label,
    shown,
    side,
    word_list,
)
from headwater.model import Article, Attribution, Conflict, Span
from headwater.words import Word, words

#: Words that turn a clause without being a negation; a clause with one is never compared by its negations alone.
_TURNS = DENY | word_list(
    """false untrue wrong incorrect baseless unfounded refuse refused refuses fail failed fails decline declined
    declines lack lacks lacked absence without unable unlikely hardly barely unclear unconfirmed instead stop
    stopped end ended avoid avoided prevent prevented halt halted cancel cancelled canceled never rule ruled ruling
    against oppose opposed opposes"""
)
#: After "not", words that make it less than a denial.
_MILD = word_list("only about just merely simply all every enough yet clear sure so as even necessarily always exactly")
_CONDITIONS = word_list("until unless if should must ought")
#: What is denied or rejected when somebody is refused, not contradicted.
_REFUSED = word_list(
    """consent request requests access bail bond entry visa visas permission asylum parole appeal appeals motion
    motions chance right rights opportunity service coverage license licence permit bid plea offer offers case
    lawsuit amendment bill bills proposal proposals application applications petition deal nomination treaty"""
)
_CLAIMS = word_list(
    """claim claims allegation allegations accusation accusations report reports idea suggestion suggestions notion
    possibility assertion assertions charge charges characterization characterisation rumor rumors rumour rumours
    theory theories narrative contention that"""
)
_SHORTEST, _COVER, _COVER_OTHER = 3, 0.6, 0.4


def _negations(found: tuple[Word, ...]) -> list[int]:
    keys = [word.key for word in found]
    return [
        n
        for n, key in enumerate(keys)
        if (key in NEGATIONS or key.endswith("n't"))
        and not (key == "not" and keys[n + 1 : n + 2] and keys[n + 1] in _MILD)
        and not (key == "no" and keys[n + 1 : n + 2] in (["longer"], ["doubt"], ["matter"]))
    ]


def _not_a_denial(telling: Telling, at: int) -> bool:
    """Whether the negation rules something out in principle or until something else: "can't", "not ... until"."""
    keys = [word.key for word in telling.words]
    return keys[at] in {"can't", "cannot"} or keys[max(0, at - 1)] == "can" or bool(set(keys) & _CONDITIONS)


def _negated(telling: Telling) -> tuple[int, int] | None:
    """The one negation of a clause and the first content word it governs, as word numbers."""
    found = _negations(telling.words)
    if (
        len(found) != 1
        or _not_a_denial(telling, found[0])
        or any(word.key in _TURNS - NEGATIONS for word in telling.words)
    ):
        return None
    target = next((n for n in range(found[0] + 1, min(found[0] + 6, len(telling.words))) if telling.stems[n]), -1)
    return (found[0], target) if target >= 0 else None


def _plain(telling: Telling) -> bool:
    """Whether nothing in the clause, or in the words that cite it, turns its sense."""
    return (
        not _negations(telling.words)
        and not any(word.key in _TURNS for word in telling.words)
        and not any(_denies(telling.article, a) for a in telling.heard)
    )


def _denies(article: Article, attribution: Attribution) -> bool:
    found = [word.key for span in attribution.cue_spans for word in words(article.text, span)]
    return any(key in DENY for key in found) and not any(key in NEGATIONS for key in found)


def _speaker(telling: Telling) -> str | None:
    chain = telling.mention.chain
    return next((a.source for a in telling.heard if a.source), chain[-1] if chain else None)


def polarity_conflicts(told: Told) -> Iterator[Conflict]:
    """Tellings of one claim where one says "not" of what the other says: one conflict a claim."""
    for claim in sorted(told.tellings):
        tellings = told.distinct(claim)
        if len(tellings) < 2:
            continue
        found = next((c for no, yes in permutations(tellings, 2) if (c := _polarity(claim, told, no, yes))), None)
        if found:
            yield found


def _polarity(claim: str, told: Told, no: Telling, yes: Telling) -> Conflict | None:
    negated = _negated(no)
    if negated is None or not _plain(yes) or any(_denies(no.article, a) for a in no.heard):
        return None
    shared = no.content & yes.content
    wanted = no.stems[negated[1]]
    if wanted not in yes.content or len(shared) < _SHORTEST:
        return None
    if len(shared) < _COVER * min(len(no.content), len(yes.content)):
        return None
    if _object(no, negated[1]) not in {None, *yes.content}:
        return None
    if all(any(a.mode != "indirect" for a in t.heard) for t in (no, yes)) and _speaker(no) == _speaker(yes):
        return None  # a quotation with a word lost is told as wording
    who_no, who_yes = _speaker(no), _speaker(yes)
    target = yes.stems.index(wanted)
    before = Span(no.words[negated[0]].start, no.words[negated[1]].end)
    after = Span(yes.words[max(0, target - 2)].start, yes.words[target].end)
    denial = who_no is not None and who_no != who_yes and no.article.id != yes.article.id
    if no.article.id == yes.article.id and (who_no is None or who_yes is None or who_no == who_yes):
        return None  # one text does not contradict itself in one voice: the clauses are of different things
    if min(told.alike(no, yes)) < _COVER_OTHER:
        return None
    return conflict(
        "denial" if denial else "polarity",
        "denial" if denial else "conflict",
        "high",
        f"{_said(told, no, who_no)} says {shown(before.of(no.article.text))}; "
        f"{_said(told, yes, who_yes)} says {shown(after.of(yes.article.text))}.",
        [side(no.article, no.mention.spans, "no"), side(yes.article, yes.mention.spans, "yes")],
        claim=claim,
    )


def _object(telling: Telling, target: int) -> str | None:
    """The content word after the negated one: what the negation is about."""
    return next((s for s in telling.stems[target + 1 : target + 5] if s), None)


def _said(told: Told, telling: Telling, who: str | None) -> str:
    source = told.sources.get(who or "")
    return f"{source.name} (in {label(telling.article)})" if source else label(telling.article)


def denials(told: Told) -> Iterator[Conflict]:
    """Denials anywhere in the story, each set against the claim whose content words it shares most."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    first: dict[str, list[Telling]] = {}
    for claim in sorted(told.tellings):
        first[claim] = [t for t in told.distinct(claim) if _plain(t)]
        for found in sorted({s for t in first[claim] for s in t.content}):
            index[found].append(claim)
    often = max(8, len(first) // 4)
    seen: set[tuple[str, str | None]] = set()
    for attribution in sorted(told.attributions.values(), key=lambda a: (a.article, a.content_spans, a.id)):
        article = told.articles.get(attribution.article)
        if article is None or not attribution.content_spans or not _denies(article, attribution):
            continue
        found_words = tuple(word for span in attribution.content_spans for word in words(article.text, span))
        content = frozenset(content_stems(found_words)) - {""}
        # the denied thing must itself be stated plainly: "denied that no money was paid" is left alone
        if len(content) < 2 or _negations(found_words) or not _contradicts(article, attribution, found_words):
            continue
        votes: defaultdict[str, float] = defaultdict(float)
        for found in sorted(content):
            for claim in index.get(found, ()) if len(index.get(found, ())) <= often else ():
                votes[claim] += told.weight.get(found, 0.0)
        for claim, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:3]:
            # names alone say only whom both are about
            common = {
                s
                for word, s in zip(found_words, content_stems(found_words), strict=True)
                if s and not article.text[word.start].isupper()
            }
            fitting = (t for t in first[claim] if common & t.content and _asserts(told, t, attribution, content))
            rival = next(fitting, None)
            if rival is None or (claim, attribution.source) in seen:
                continue
            seen.add((claim, attribution.source))
            yield _denial(told, claim, article, attribution, rival)
            break


def _contradicts(article: Article, attribution: Attribution, found: Sequence[Word]) -> bool:
    """Whether a statement is denied: "denied a request" and "rejected the bill" refuse, "rejected the idea" denies."""
    head = {word.key for word in found[:5]}
    cue = {word.key for span in attribution.cue_spans for word in words(article.text, span)}
    if any(key.startswith("den") for key in cue):
        return not head & _REFUSED
    return bool(head & _CLAIMS)


def _asserts(told: Told, telling: Telling, attribution: Attribution, content: frozenset[str]) -> bool:
    """Whether the telling states what is denied, on another's word: most of the denial's content, by weight."""
    speaker = attribution.source
    shared = content & telling.content
    # words no claim holds weigh as much as the rarest that one does
    unheard = len(content - told.weight.keys()) * max(told.weight.values(), default=1.0)
    enough = (
        len(shared) >= max(2, min(_SHORTEST, len(content)))
        and told.total(shared) >= _COVER * (told.total(content) + unheard)
        and told.total(shared) >= _COVER_OTHER * told.total(telling.content)
    )
    if telling.article.id == attribution.article and any(
        own.overlap(span) for own in telling.mention.spans for span in attribution.content_spans
    ):
        return False
    same_speaker = speaker is not None and (_speaker(telling) == speaker or speaker in telling.mention.chain)
    return enough and not same_speaker and attribution.id not in {a.id for a in telling.heard}


def _denial(told: Told, claim: str, article: Article, attribution: Attribution, rival: Telling) -> Conflict:
    source = told.sources.get(attribution.source or "")
    who = f"{source.name} (in {label(article)})" if source else label(article)
    cue = shown(" ".join(span.of(article.text) for span in attribution.cue_spans))
    content = shown(" ".join(span.of(article.text) for span in attribution.content_spans))
    told_words = shown(" ".join(span.of(rival.article.text) for span in rival.mention.spans))
    return conflict(
        "denial",
        "denial",
        "high",
        f"{who} {cue} {content}; {label(rival.article)} says {told_words}.",
        [side(article, attribution.content_spans, "no"), side(rival.article, rival.mention.spans, "yes")],
        claim=claim,
    )
