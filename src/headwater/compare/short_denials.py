"""Short denials of what the same article tells on another's word: "There is no order", "It did not happen".

What such a denial is of stands before it: the telling with the words it negates, else the report told first or the
one nearest to it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from headwater.compare.negation import CONDITIONS, denies, negations, speaker
from headwater.compare.stems import SMALL, content_stems, word_list
from headwater.compare.told import Telling, Told
from headwater.lexicon import IRREGULAR, SAID
from headwater.model import CARRIER_KINDS, Article, Attribution, Source, Span
from headwater.words import Word, sentences, words

CLAIMS = word_list(
    """claim claims allegation allegations accusation accusations report reports idea suggestion suggestions notion
    possibility assertion assertions charge charges characterization characterisation rumor rumors rumour rumours
    theory theories narrative contention that"""
)


#: What "there is no ..." speaks of without denying a report: "no doubt", "no reason", "no comment".
_NO_DENIAL = word_list(
    """doubt question reason need way evidence chance point time room sign indication word comment excuse place going
    substitute guarantee limit turning alternative choice one such better"""
)


_REPORTS = word_list("report story article account")


_ACCUSATIONS = word_list("allegations allegation accusations accusation claims claim")


#: Words beside "the report" that leave it the report.
_VAGUE = word_list(
    "entire whole published anonymous strongly categorically such all monday tuesday wednesday thursday "
    "friday saturday sunday"
)


#: Share of what a denial negates, by weight, that has to stand in the telling it is of.
_COVER = 0.6
#: Words of a short denial, of a statement that one can deny; how far back, in characters, "it" or "the story" reaches.
_SHORT, LEAST, _REACH = 16, 5, 800


#: Claims behind one word, and tellings of one article, that are tried for a denial.
CROWD = 400


class Denial(NamedTuple):
    """Words that deny: where they stand, by whose word, and the telling of the claim that they are set against."""

    article: Article
    spans: tuple[Span, ...]
    source: str | None
    rival: Telling
    plainly: bool  # with a word of its own ("There is no order"), not by a verb of denying


def short_denial(told: Told, article: Article, attribution: Attribution, here: Sequence[Telling]) -> Denial | None:
    """A short denial ("There is no order", "It did not happen") of what the same article tells on another's word."""
    source = told.sources.get(attribution.source or "")
    if source is None or source.kind not in {"person", "organisation"} or not attribution.said:
        return None
    if denies(article, attribution):
        rival = _meant(told, article, attribution, here, source)
        return Denial(article, attribution.content_spans, source.id, rival, False) if rival else None
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
                return Denial(article, (place,), source.id, rival, True)
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
        who = speaker(telling)
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
        if negations(tuple(found[at + 1 :])) or set(keys[at + 1 :]) & (CONDITIONS | {"other", "more", "longer"}):
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
    if keys[0] in {"the", "these", "those"} and not (len(keys) > 1 and keys[1] in CLAIMS | {"story", "stories"}):
        return False
    return any(
        f" {verb} {word}" in line for verb in ("is", "was", "are", "were", "is completely", "is totally")
        for word in ("false", "untrue", "not true", "fabricated", "not accurate")
    ) or any(f" {word}" in line for word in ("didn't happen", "did not happen", "never happened"))  # fmt: skip


def _before(here: Sequence[Telling], start: int) -> Sequence[Telling]:
    """The tellings that begin before a place, in order; of very many the first and the last."""
    found = here[: bisect_left(here, start, key=lambda t: t.mention.spans[0].start)]
    return found if len(found) <= CROWD else [*found[: CROWD // 2], *found[-CROWD // 2 :]]


def _modifies(telling: Telling, wanted: frozenset[str]) -> bool:
    """Whether the words only say of what kind another thing is: no "emergency" is asserted by "emergency powers"."""
    last = max((n for n, s in enumerate(telling.stems) if s in wanted), default=-1)
    if last < 0 or last + 1 >= len(telling.words) or not telling.stems[last + 1]:
        return False
    between = telling.article.text[telling.words[last].end : telling.words[last + 1].start]
    key = telling.words[last + 1].key
    return between.isspace() and not (key.endswith("ed") or key in IRREGULAR or key in SAID)


def _told_before(
    told: Told, here: Sequence[Telling], start: int, denier: str, wanted: frozenset[str], *, whole: bool = False
) -> Telling | None:
    """The telling that a short denial is of: told before it in its article, on another's word, by two articles.

    With ``wanted`` its words must stand there, most by weight. Without, the nearest within ``_REACH`` is meant, or, of
    a ``whole`` report ("the story is false"), what the article tells of it first.
    """
    best: tuple[tuple[float, ...], Telling] | None = None
    for telling in _before(here, start):
        end = telling.mention.spans[-1].end
        who = speaker(telling)
        if end > start or who is None or who == denier or denier in telling.mention.chain:
            continue
        carried = told.carried[telling.claim]
        if carried < 2 and not whole:
            continue
        if wanted:
            held = wanted & telling.content
            if not held or _modifies(telling, wanted) or told.total(held) < _COVER * told.total(wanted):
                continue
            # the one that says little else
            rank = (told.total(held) / told.total(telling.content), float(carried), float(end))
        else:
            carriers = (told.sources[s] for s in telling.mention.chain if s in told.sources)
            if (start - end > _REACH and not whole) or not any(
                s.kind in CARRIER_KINDS or s.kind == "anonymous" for s in carriers
            ):
                continue
            rank = (-float(end) if whole else float(end), float(carried), 0.0)
        if best is None or rank > best[0]:
            best = (rank, telling)
    return best[1] if best else None
