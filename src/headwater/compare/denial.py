"""What one source asserts and another denies, and clauses of one claim that differ in "not".

Takes tellings of one claim, and the story's denials ("denied that", "rejected", "there is no"). A denial is set
against a claim only when its own words, or the word it negates, stand un-negated there and most of the shorter
clause's content is shared: sibling denials of other things stay silent, and so do double negations.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from headwater.compare.tellings import (
    DENY,
    NEGATIONS,
    SMALL,
    Telling,
    Told,
    about,
    conflict,
    content_stems,
    shown,
    side,
    word_list,
)
from headwater.labels import listed
from headwater.model import CARRIER_KINDS, Article, Attribution, Conflict, Source, Span, text_of
from headwater.words import Word, sentences, words

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
#: What "there is no ..." speaks of without denying a report: "no doubt", "no reason", "no comment".
_NO_DENIAL = word_list(
    """doubt question reason need way evidence chance point time room sign indication word comment excuse place going
    substitute guarantee limit turning alternative choice one such better"""
)
_US = word_list("you i we")
_MINDS = word_list("think know believ imagin expect want mean suppos care mind like see say")
_REPORTS = word_list("report story article account")
_CHARGES = ("alleg", "accus", "investigat", "prob", "inquir", "question", "whether", "suspect")
_ACCUSATIONS = word_list("allegations allegation accusations accusation claims claim")
#: Words beside "the report" that leave it the report.
_VAGUE = word_list(
    "entire whole published anonymous strongly categorically such all monday tuesday wednesday thursday "
    "friday saturday sunday"
)
_SHORTEST, _COVER, _COVER_OTHER = 3, 0.6, 0.4
#: Words of a short denial, of a statement that one can deny; how far back, in characters, "it" or "the story" reaches.
_SHORT, _LEAST, _REACH = 16, 5, 800
#: Share of the telling's words that a denial has to have where the telling is of the denier by name.
_COVER_OF = 0.2
#: Claims behind one word, and tellings of one article, that are tried for a denial.
_CROWD = 400
_MOST_SIDES, _NAMED = 6, 3


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
    for claim, tellings in told.sets():
        found = next((c for no, yes in permutations(tellings, 2) if (c := _polarity(claim, told, no, yes))), None)
        if found:
            yield found


def _polarity(claim: str, told: Told, no: Telling, yes: Telling) -> Conflict | None:
    negated = _negated(no)
    if negated is None or not _plain(yes) or any(_denies(no.article, a) for a in no.heard):
        return None
    shared = no.content & yes.content
    wanted = no.stems[negated[1]]
    if wanted in _MINDS and {word.key for word in no.words} & _US:
        return None  # "you would not think it, but": what is thought is not denied
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
        f"{_citing(told, yes)} says {about(yes, after.start, after.end)}; "
        f"{_citing(told, no)} says {about(no, before.start, before.end)}.",
        [side(no.article, no.mention.spans, "no"), side(yes.article, yes.mention.spans, "yes")],
        claim=claim,
    )


def _object(telling: Telling, target: int) -> str | None:
    """The content word after the negated one: what the negation is about."""
    return next((s for s in telling.stems[target + 1 : target + 5] if s), None)


class _Denial(NamedTuple):
    """Words that deny: where they stand, by whose word, and the telling of the claim that they are set against."""

    article: Article
    spans: tuple[Span, ...]
    source: str | None
    rival: Telling
    plainly: bool  # with a word of its own ("There is no order"), not by a verb of denying


def denials(told: Told) -> Iterator[Conflict]:
    """Denials anywhere in the story, each set against the claim it denies: one conflict a claim."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    first: dict[str, list[Telling]] = {}
    for claim in sorted(told.tellings):
        first[claim] = [t for t in told.distinct(claim) if _plain(t)]
        for found in sorted({s for t in first[claim] for s in t.content}):
            index[found].append(claim)
    by_article: defaultdict[str, list[Telling]] = defaultdict(list)
    for tellings in told.tellings.values():
        for telling in tellings:
            # what can be denied: told plainly, on somebody's word
            if len(telling.words) >= _LEAST and _speaker(telling) is not None and _plain(telling):
                by_article[telling.article.id].append(telling)
    for same in by_article.values():
        same.sort(key=lambda t: (t.mention.spans, t.claim))
    denied: defaultdict[str, list[_Denial]] = defaultdict(list)
    for attribution in sorted(told.attributions.values(), key=lambda a: _in_order(told, a)):
        article = told.articles.get(attribution.article)
        if article is None or not attribution.content_spans:
            continue
        denial = _explicit(told, article, attribution, index, first) or _short(
            told, article, attribution, by_article[article.id]
        )
        if denial:
            denied[denial.rival.claim].append(denial)
    for claim, one_claim in _merged(told, denied):
        yield _against(told, claim, one_claim)


def _merged(told: Told, denied: Mapping[str, Sequence[_Denial]]) -> Iterator[tuple[str, list[_Denial]]]:
    """Denials by claim; the same words by the same speaker deny one claim, the one that most articles carry."""

    def key(found: _Denial) -> tuple[str | None, str]:
        return found.source, " ".join(w.key for span in found.spans for w in words(found.article.text, span))

    def size(claim: str) -> tuple[int, int, str]:
        return -told.carried[claim], -len(denied[claim]), claim

    home: dict[tuple[str | None, str], str] = {}
    out: defaultdict[str, list[_Denial]] = defaultdict(list)
    for claim in sorted(denied, key=size):
        # of claims that one article's denials are set against, the larger has the words of them all
        goal = next((home[key(d)] for d in denied[claim] if key(d) in home), claim)
        for found in denied[claim]:
            home.setdefault(key(found), goal)
        out[goal] += denied[claim]
    for claim in sorted(out):
        yield claim, sorted(out[claim], key=lambda d: (d.article.published or "~", d.article.id, d.spans))


def _in_order(told: Told, attribution: Attribution) -> tuple[object, ...]:
    article = told.articles.get(attribution.article)
    return (article and article.published) or "~", attribution.article, attribution.content_spans, attribution.id


def _explicit(
    told: Told,
    article: Article,
    attribution: Attribution,
    index: Mapping[str, list[str]],
    first: Mapping[str, list[Telling]],
) -> _Denial | None:
    """What is denied by a verb ("denied that ..."), set against the claim whose content words it shares most."""
    if not _denies(article, attribution):
        return None
    found_words = tuple(word for span in attribution.content_spans for word in words(article.text, span))
    stems = content_stems(found_words)
    content = frozenset(stems) - {""}
    # the denied thing must itself be stated plainly: "denied that no money was paid" is left alone
    if len(content) < 2 or _negations(found_words) or not _contradicts(article, attribution, found_words):
        return None
    often = min(max(8, len(first) // 4), _CROWD)
    votes: defaultdict[str, float] = defaultdict(float)
    for found in sorted(content):
        for claim in index.get(found, ()) if len(index.get(found, ())) <= often else ():
            votes[claim] += told.weight.get(found, 0.0)
    # names alone say only whom both are about
    common = {s for word, s in zip(found_words, stems, strict=True) if s and not article.text[word.start].isupper()}
    for claim, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:3]:
        fitting = (
            t
            for t in first[claim]
            if len(t.words) >= _LEAST and common & t.content and _asserts(told, t, attribution, content)
        )
        rival = next(fitting, None)
        if rival:
            return _Denial(article, attribution.content_spans, attribution.source, rival, False)
    return None


def _short(told: Told, article: Article, attribution: Attribution, here: Sequence[Telling]) -> _Denial | None:
    """A short denial ("There is no order", "It did not happen") of what the same article tells on another's word."""
    source = told.sources.get(attribution.source or "")
    if source is None or source.kind not in {"person", "organisation"} or not attribution.said:
        return None
    if _denies(article, attribution):
        rival = _meant(told, article, attribution, here, source)
        return _Denial(article, attribution.content_spans, source.id, rival, False) if rival else None
    for span in attribution.content_spans:
        for sentence in sentences(article.text[span.start : span.end]):
            found = words(article.text, Span(span.start + sentence.start, span.start + sentence.end))
            if not found or len(found) > _SHORT:
                continue
            place = Span(found[0].start, found[-1].end)
            missing = _missing(found)
            if missing:
                rival = _told_before(told, here, place.start, source.id, missing)
            elif _says_false(found):
                rival = _told_before(told, here, place.start, source.id, frozenset(), whole=found[0].key == "the")
            else:
                continue
            if rival:
                return _Denial(article, (place,), source.id, rival, True)
    return None


def _meant(
    told: Told, article: Article, attribution: Attribution, here: Sequence[Telling], source: Source
) -> Telling | None:
    """What "rejected the report" or "denied the allegations" is of: the report told first, the accusation of them."""
    found = tuple(word for span in attribution.content_spans for word in words(article.text, span))
    heads = [word.key for word in found if word.key not in SMALL and word.key not in _VAGUE]
    start = attribution.content_spans[0].start
    if len(heads) != 1 or len(found) > _SHORT // 2:
        return None
    if heads[0] in _REPORTS:
        return _told_before(told, here, start, source.id, frozenset(), whole=True)
    if heads[0] not in _ACCUSATIONS:
        return None
    own = {word.key for word in words(source.name)} - SMALL
    for telling in _before(here, len(article.text)):
        who = _speaker(telling)
        if who is None or who == source.id or source.id in telling.mention.chain:
            continue
        if told.sources.get(who, source).kind == "organisation":
            continue
        around = [word.key for word in words(article.text, telling.setting)]
        accuses = any(key.startswith(("alleg", "accus")) for key in around)
        if accuses and own & {word.key for word in telling.words}:
            return telling
    return None


def _missing(found: Sequence[Word]) -> frozenset[str]:
    """The content of what is said not to be: "There is no order to empty it" -> order, empty."""
    keys = [word.key for word in found]
    for n, key in enumerate(keys[:-1]):
        head = key in {"there's"} or (key == "there" and keys[n + 1] in {"is", "was", "are", "were", "isn't", "wasn't"})
        at = n + (1 if key == "there's" else 2)
        if not head or at >= len(keys) or (keys[at] != "no" and not keys[at - 1].endswith("n't")):
            continue
        if _negations(tuple(found[at + 1 :])) or set(keys[at + 1 :]) & (_CONDITIONS | {"other", "more", "longer"}):
            return frozenset()
        if set(keys[at + 1 : at + 4]) & _NO_DENIAL:
            return frozenset()
        return frozenset(content_stems(found[at + 1 :])) - {""}
    return frozenset()


def _says_false(found: Sequence[Word]) -> bool:
    """Whether the sentence only says that what was told is not so."""
    keys = [word.key for word in found]
    line = " ".join(keys)
    if len(keys) > _SHORT // 2 or keys[0] not in {"it", "this", "that", "the", "these", "those"}:
        return False
    if keys[0] in {"the", "these", "those"} and not (len(keys) > 1 and keys[1] in _CLAIMS | {"story", "stories"}):
        return False
    return any(
        f" {verb} {word}" in line for verb in ("is", "was", "are", "were", "is completely", "is totally")
        for word in ("false", "untrue", "not true", "fabricated", "not accurate")
    ) or any(f" {word}" in line for word in ("didn't happen", "did not happen", "never happened"))  # fmt: skip


def _before(here: Sequence[Telling], start: int) -> Sequence[Telling]:
    """The tellings that begin before a place, in order; of very many the first and the last."""
    found = here[: bisect_left(here, start, key=lambda t: t.mention.spans[0].start)]
    return found if len(found) <= _CROWD else [*found[: _CROWD // 2], *found[-_CROWD // 2 :]]


def _told_before(
    told: Told, here: Sequence[Telling], start: int, speaker: str, wanted: frozenset[str], *, whole: bool = False
) -> Telling | None:
    """The telling that a short denial is of: told before it in its article, on another's word, by two articles.

    With ``wanted`` its words must stand there, most by weight. Without, the nearest within ``_REACH`` is meant, or, of
    a ``whole`` report ("the story is false"), what the article tells of it first.
    """
    best: tuple[tuple[float, ...], Telling] | None = None
    for telling in _before(here, start):
        end = telling.mention.spans[-1].end
        who = _speaker(telling)
        if end > start or who is None or who == speaker or speaker in telling.mention.chain:
            continue
        carried = told.carried[telling.claim]
        if carried < 2 and not whole:
            continue
        if wanted:
            if told.total(wanted & telling.content) < _COVER * told.total(wanted) or not wanted & telling.content:
                continue
            rank = (float(carried), float(end))
        else:
            carriers = (told.sources[s] for s in telling.mention.chain if s in told.sources)
            if (start - end > _REACH and not whole) or not any(
                s.kind in CARRIER_KINDS or s.kind == "anonymous" for s in carriers
            ):
                continue
            rank = (-float(end), float(carried)) if whole else (float(end), float(carried))
        if best is None or rank > best[0]:
            best = (rank, telling)
    return best[1] if best else None


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
        and told.total(shared)
        >= (_COVER_OF if _names(told, telling, speaker) else _COVER_OTHER) * told.total(telling.content)
    )
    if telling.article.id == attribution.article and any(
        own.overlap(span) for own in telling.mention.spans for span in attribution.content_spans
    ):
        return False
    same_speaker = speaker is not None and (_speaker(telling) == speaker or speaker in telling.mention.chain)
    return enough and not same_speaker and attribution.id not in {a.id for a in telling.heard}


def _names(told: Told, telling: Telling, speaker: str | None) -> bool:
    """Whether the telling is of whoever denies."""
    source = told.sources.get(speaker or "")
    own = {word.key for word in words(source.name)} - SMALL if source else set()
    if any(word.key.startswith(_CHARGES) for word in telling.words):
        return False  # what is alleged or looked into is not said to be so
    return bool(own & {word.key for word in telling.words if telling.article.text[word.start].isupper()})


def _against(told: Told, claim: str, denied: Sequence[_Denial]) -> Conflict:
    """One conflict of all that deny a claim: first who tells it, then one place in each article that has a denial."""
    named = [d for d in denied if _has_name(told, d)]
    # words of denial say more than a report that somebody denied
    first = min(denied, key=lambda d: (not d.plainly, not _has_name(told, d)))
    rivals = [d.rival for d in denied if d.rival.claim == claim]
    rival = min(rivals, key=lambda t: (_speaker(t) is None, t.order))
    who = list(
        dict.fromkeys(told.name(d.source) for d in ([first] if _has_name(told, first) else []) + (named or [first]))
    )
    words_denied = shown(text_of(first.article, first.spans))
    how = words_denied if first.plainly else f"denied {words_denied}"
    places: dict[str, _Denial] = {}
    for found in sorted(denied, key=lambda d: (d is not first, not d.plainly)):
        places.setdefault(found.article.id, found)
    return conflict(
        "denial",
        "denial",
        "high",
        f"{_citing(told, rival)} says {shown(text_of(rival.article, rival.mention.spans))}; "
        f"{listed(who[:_NAMED])} {'denies' if len(who) == 1 else 'deny'} it ({told.label(first.article)}: {how}).",
        [
            side(rival.article, rival.mention.spans, "yes"),
            *(side(d.article, d.spans, "no") for d in list(places.values())[:_MOST_SIDES]),
        ],
        claim=claim,
    )


def _has_name(told: Told, denial: _Denial) -> bool:
    source = told.sources.get(denial.source or "")
    return source is not None and source.entity is not None


def _citing(told: Told, telling: Telling) -> str:
    who = _speaker(telling)
    return told.label(telling.article) + (f", citing {told.name(who)}," if who in told.sources else "")
