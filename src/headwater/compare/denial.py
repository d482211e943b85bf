"""What one source asserts and another denies.

Takes tellings and the story's denials ("denied that", "rejected the claim", "there is no"). A denial is set against a
claim only when its own words stand un-negated there, on another's word.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from headwater.compare.negation import citing, denies, negations, plain, speaker, states
from headwater.compare.notes import conflict, shown, side
from headwater.compare.short_denials import CLAIMS, CROWD, LEAST, Denial, short_denial
from headwater.compare.stems import SMALL, content_stems, word_list
from headwater.compare.told import Telling, Told
from headwater.labels import listed
from headwater.lexicon import AUXILIARIES
from headwater.model import Article, Attribution, Conflict, Span, text_of
from headwater.words import Word, words

#: What is denied or rejected when somebody is refused, not contradicted.
_REFUSED = word_list(
    """consent request requests access bail bond entry visa visas permission asylum parole appeal appeals motion
    motions chance right rights opportunity service coverage license licence permit bid plea offer offers case
    lawsuit amendment bill bills proposal proposals application applications petition deal nomination treaty"""
)


_CHARGES = ("alleg", "accus", "investigat", "prob", "inquir", "question", "whether", "suspect")


_SHORTEST, _COVER, _COVER_OTHER = 3, 0.6, 0.4


#: Share of the telling's words that a denial has to have where the telling is of the denier by name.
_COVER_OF = 0.2


#: Characters after a denied content in which its verb is looked for.
_TAIL = 80
#: Claims that share the most with a denial and are tried for it.
_TRIED = 6
_MOST_SIDES, _NAMED = 6, 3


def denials(told: Told) -> Iterator[Conflict]:
    """Denials anywhere in the story, each set against the claim it denies: one conflict a claim."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    first: dict[str, list[Telling]] = {}
    for claim in sorted(told.tellings):
        first[claim] = [t for t in told.distinct(claim) if plain(t)]
        for found in sorted({s for t in first[claim] for s in t.content}):
            index[found].append(claim)
    by_article: defaultdict[str, list[Telling]] = defaultdict(list)
    for tellings in told.tellings.values():
        for telling in tellings:
            # what can be denied: told plainly, on somebody's word
            if len(telling.words) >= LEAST and states(telling) and speaker(telling) is not None and plain(telling):
                by_article[telling.article.id].append(telling)
    for same in by_article.values():
        same.sort(key=lambda t: (t.mention.spans, t.claim))
    denied: defaultdict[str, list[Denial]] = defaultdict(list)
    for attribution in sorted(told.attributions.values(), key=lambda a: _in_order(told, a)):
        article = told.articles.get(attribution.article)
        if article is None or not attribution.content_spans:
            continue
        denial = _explicit(told, article, attribution, index, first) or short_denial(
            told, article, attribution, by_article[article.id]
        )
        if denial:
            denied[denial.rival.claim].append(denial)
    for claim, one_claim in _merged(told, denied):
        yield _against(told, claim, one_claim)


def _merged(told: Told, denied: Mapping[str, Sequence[Denial]]) -> Iterator[tuple[str, list[Denial]]]:
    """Denials by claim; the same words by the same speaker deny one claim, the one that most articles carry."""

    def key(found: Denial) -> tuple[str | None, str]:
        return found.source, " ".join(w.key for span in found.spans for w in words(found.article.text, span))

    def size(claim: str) -> tuple[int, int, str]:
        return -told.carried[claim], -len(denied[claim]), claim

    home: dict[tuple[str | None, str], str] = {}
    out: defaultdict[str, list[Denial]] = defaultdict(list)
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
) -> Denial | None:
    """What is denied by a verb ("denied that ..."), set against the claim whose content words it shares most."""
    if not denies(article, attribution):
        return None
    found_words = tuple(word for span in attribution.content_spans for word in words(article.text, span))
    found_words += _rest(article, attribution)
    stems = content_stems(found_words)
    content = frozenset(stems) - {""}
    # the denied thing must itself be stated plainly: "denied that no money was paid" is left alone
    if len(content) < 2 or negations(found_words) or not _contradicts(article, attribution, found_words):
        return None
    often = min(max(8, len(first) // 4), CROWD)
    votes: defaultdict[str, float] = defaultdict(float)
    for found in sorted(content):
        for claim in index.get(found, ()) if len(index.get(found, ())) <= often else ():
            votes[claim] += told.weight.get(found, 0.0)
    # names alone say only whom both are about
    common = {s for word, s in zip(found_words, stems, strict=True) if s and not article.text[word.start].isupper()}
    fitting = [
        t
        for claim, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_TRIED]
        for t in first[claim]
        if len(t.words) >= LEAST and states(t) and common & t.content and _asserts(told, t, attribution, content)
    ]
    if not fitting:
        return None
    # of several the one that says little else
    rival = max(fitting, key=lambda t: told.total(content & t.content) / told.total(t.content))
    return Denial(article, attribution.content_spans, attribution.source, rival, False)


def _rest(article: Article, attribution: Attribution) -> tuple[Word, ...]:
    """What a content that was cut before its verb goes on with: "denied any secret | was discussed there"."""
    end = attribution.content_spans[-1].end
    tail = words(article.text, Span(end, min(len(article.text), end + _TAIL)))
    if not tail or tail[0].key not in AUXILIARIES or article.text[end : tail[0].start].strip():
        return ()
    kept: list[Word] = []
    for word in tail:
        if kept and set(article.text[kept[-1].end : word.start]) & set(",;:.!?—–()\n"):
            break
        kept.append(word)
    return tuple(kept)


def _contradicts(article: Article, attribution: Attribution, found: Sequence[Word]) -> bool:
    """Whether a statement is denied: "denied a request" and "rejected the bill" refuse, "rejected the idea" denies."""
    head = {word.key for word in found[:5]}
    cue = {word.key for span in attribution.cue_spans for word in words(article.text, span)}
    if any(key.startswith("den") for key in cue):
        return not head & _REFUSED
    return bool(head & CLAIMS)


def _asserts(told: Told, telling: Telling, attribution: Attribution, content: frozenset[str]) -> bool:
    """Whether the telling states what is denied, on another's word: most of the denial's content, by weight."""
    denier = attribution.source
    if _open(telling, content):
        return False
    shared = content & telling.content
    # words no claim holds weigh as much as the rarest that one does
    unheard = len(content - told.weight.keys()) * max(told.weight.values(), default=1.0)
    enough = (
        len(shared) >= max(2, min(_SHORTEST, len(content)))
        and told.total(shared) >= _COVER * (told.total(content) + unheard)
        and told.total(shared)
        >= (_COVER_OF if _names(told, telling, denier) else _COVER_OTHER) * told.total(telling.content)
    )
    if telling.article.id == attribution.article and any(
        own.overlap(span) for own in telling.mention.spans for span in attribution.content_spans
    ):
        return False
    same_speaker = denier is not None and (speaker(telling) == denier or denier in telling.mention.chain)
    return enough and not same_speaker and attribution.id not in {a.id for a in telling.heard}


def _open(telling: Telling, content: frozenset[str]) -> bool:
    """Whether the telling only asks: "to find out whether they met"."""
    first = next((n for n, s in enumerate(telling.stems) if s in content), len(telling.stems))
    keys = {word.key for word in telling.words[: first + 1]} | {
        w.key for w in words(telling.article.text, Span(telling.setting.start, telling.mention.spans[0].start))[-2:]
    }
    return bool(keys & {"whether", "if", "unless"})


def _names(told: Told, telling: Telling, denier: str | None) -> bool:
    """Whether the telling is of whoever denies."""
    source = told.sources.get(denier or "")
    own = {word.key for word in words(source.name)} - SMALL if source else set()
    if any(word.key.startswith(_CHARGES) for word in telling.words):
        return False  # what is alleged or looked into is not said to be so
    return bool(own & {word.key for word in telling.words if telling.article.text[word.start].isupper()})


def _against(told: Told, claim: str, denied: Sequence[Denial]) -> Conflict:
    """One conflict of all that deny a claim: first who tells it, then one place in each article that has a denial."""
    named = [d for d in denied if _has_name(told, d)]
    # words of denial say more than a report that somebody denied
    first = min(denied, key=lambda d: (not d.plainly, not _has_name(told, d)))
    rivals = [d.rival for d in denied if d.rival.claim == claim]
    rival = min(rivals, key=lambda t: (speaker(t) is None, t.order))
    who = list(
        dict.fromkeys(told.name(d.source) for d in ([first] if _has_name(told, first) else []) + (named or [first]))
    )
    words_denied = shown(text_of(first.article, first.spans))
    how = words_denied if first.plainly else f"denied {words_denied}"
    places: dict[str, Denial] = {}
    for found in sorted(denied, key=lambda d: (d is not first, not d.plainly)):
        places.setdefault(found.article.id, found)
    return conflict(
        "denial",
        "denial",
        "high",
        f"{citing(told, rival)} says {shown(text_of(rival.article, rival.mention.spans))}; "
        f"{listed(who[:_NAMED])} {'denies' if len(who) == 1 else 'deny'} it ({told.label(first.article)}: {how}).",
        [
            side(rival.article, rival.mention.spans, "yes"),
            *(side(d.article, d.spans, "no") for d in list(places.values())[:_MOST_SIDES]),
        ],
        claim=claim,
    )


def _has_name(told: Told, denial: Denial) -> bool:
    source = told.sources.get(denial.source or "")
    return source is not None and source.entity is not None
