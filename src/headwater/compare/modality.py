"""How certain a clause is said to be, and where a retelling hardened it.

The scale follows FactBank (Saurí & Pustejovsky, Language Resources and Evaluation 43, 2009: possible, probable,
certain), with what is only planned beside the probable, as its authors count events under "plan" or "expect"; within
the certain, what is still to come is kept from what is so. A marker governs the content word that follows it ("could
be *ready*"), and two tellings are compared only where the same word is governed, by unlike markers.
"""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Final, NamedTuple

from headwater.compare.tellings import (
    NEGATIONS,
    Telling,
    Told,
    about,
    conflict,
    later_day,
    rival_sources,
    side,
    sounds_cited,
    word_list,
)
from headwater.model import Conflict, Severity, Span
from headwater.words import words

POSSIBLE, PROBABLE, COMING, SO = 1, 2, 3, 4
_SAME_SENTENCE = 0.6

#: Markers by degree; the longest that fits at a place counts.
SCALE: Final[Mapping[int, tuple[str, ...]]] = {
    POSSIBLE: (
        "may", "might", "could", "possibly", "perhaps", "potentially", "possible", "potential", "maybe",
        "conceivably", "considering", "is considering", "weighing", "mulling", "in theory", "a chance of",
        "an option of",
    ),
    PROBABLE: (
        "likely", "most likely", "very likely", "probably", "presumably", "expected to", "is expected to",
        "are expected to", "was expected to", "were expected to", "likely to", "believed to", "thought to",
        "suspected to", "appears to", "appear to", "appeared to", "seems to", "seem to", "seemed to", "suspected of",
        "planning to", "plans to", "plan to", "planned to", "preparing to", "preparing for", "prepares to",
        "prepare to", "preparing", "aims to", "aiming to", "hopes to", "hoping to", "wants to", "intends to",
        "seeking to", "seeks to", "nearing", "close to", "about to", "poised to", "on the verge of", "proposed to",
        "proposes to", "proposing to", "trying to", "asked to", "scheduled to",
    ),
    COMING: (
        "will", "will be", "shall", "is going to", "are going to", "set to", "is set to", "are set to", "is to",
        "are to", "bound to", "going to",
    ),
}  # fmt: skip
#: Markers of what probably will not be; "will not" is the firmer word.
_UNLIKELY: Final = (
    "unlikely to", "unlikely", "not likely to", "not expected to", "is not likely to", "is not expected to", "may not",
    "might not", "could not", "probably not",
)  # fmt: skip
#: Words that pass a report on without standing for it (evidentials).
EVIDENTIALS: Final = (
    "reportedly", "allegedly", "alleged", "purportedly", "purported", "supposedly", "supposed", "apparently",
    "suspected", "is said to", "are said to", "was said to", "were said to", "said to have",
    "believed to", "thought to", "understood to", "rumoured", "rumored", "is alleged to", "are alleged to",
    "alleged to",
)  # fmt: skip
_ACCUSING = word_list("allegedly alleged suspected")
_BARE = word_list(
    """be been being have has had not never also now soon then already very fully almost quite all still only again is
    are was were do does did the a an its their his her this that these those most some any"""
)
_FINITE = word_list("is are was were has have had been did does do")
_DETERMINERS = word_list(
    "the a an its their his her this that these those any such no of for in on by with some new more"
)
_ASKING = word_list("whether if unless should")
_ADJECTIVES = word_list("possible potential")
_THOUGHT = word_list(
    """worry worries worried worrying fear fears feared hope hopes hoped wonder wonders wondered doubt doubts doubted
    think thinks thought believe believes believed whether if unless until question questions asked bet imagine
    suppose"""
)
_IRREGULAR = word_list(
    """went came took gave made began broke brought bought built caught chose cut dealt did drew drove fell fought
    found flew got grew held hit kept knew led left lost meant met paid put ran rose said sank saw sent set shot
    shut sold spent stood struck swore taught told threw understood won wrote withdrew"""
)


class Marked(NamedTuple):
    """A marker in a telling: word numbers ``start`` to ``end``, its degree, and the number of the word it governs."""

    start: int
    end: int
    degree: int
    target: int


def _table(phrases: Mapping[int, tuple[str, ...]]) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    table: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for degree, group in phrases.items():
        for phrase in group:
            forms = tuple(phrase.split())
            table.setdefault(forms[0], []).append((forms, degree))
    return {first: sorted(found, key=lambda item: -len(item[0])) for first, found in table.items()}


_MARKERS = _table(SCALE)
_HEARSAY = _table({0: EVIDENTIALS})
_DOUBTED = _table({PROBABLE: _UNLIKELY})
_WILL_NOT = word_list("will won't shall shan't cannot can't")


def _target(telling: Telling, start: int) -> int:
    """The number of the first content word at most five words on, -1 when there is none."""
    for number in range(start, min(start + 6, len(telling.words))):
        key = telling.words[number].key
        if telling.stems[number] and key not in _BARE and not (key.endswith("ly") and number < start + 3):
            return number
    return -1


def marks(telling: Telling, table: Mapping[str, list[tuple[tuple[str, ...], int]]] = _MARKERS) -> list[Marked]:
    """The markers of a telling in order, with what each governs."""
    keys = [word.key for word in telling.words]
    found: list[Marked] = []
    at = 0
    while at < len(keys):
        size = 1
        for forms, degree in table.get(keys[at], ()):
            if tuple(keys[at : at + len(forms)]) == forms and not _month(telling, at):
                size = len(forms)
                target = _target(telling, at + size)
                if target >= 0:
                    found.append(Marked(at, at + size, degree, target))
                break
        at += size
    return found


def _month(telling: Telling, at: int) -> bool:
    """Whether the word is a month or a name ("May", "Will"), not a marker."""
    word = telling.words[at]
    form = telling.article.text[word.start : word.end]
    if word.key in {"may", "will"} and form[:1].isupper() and at:
        return True
    return word.key == "may" and form[:1].isupper() and any(t.start <= word.start < t.end for t in telling.times)


def _degree_at(telling: Telling, target: int, found: list[Marked]) -> tuple[int, int] | None:
    """How certain the word is said to be and where its marker or finite verb starts; None when that is not plain."""
    keys = [word.key for word in telling.words]
    governing = [mark for mark in found if mark.start < target <= mark.target or mark.target == target]
    if governing:
        first = min(governing, key=lambda mark: mark.degree)
        return first.degree, first.start
    before = keys[max(0, target - 3) : target]
    if not before or "to" in before[-2:] or before[-1] in _DETERMINERS or set(before) & _ASKING:
        return None
    for back in range(1, min(4, target + 1)):
        if keys[target - back] in _FINITE:
            if all(keys[n] in _BARE or keys[n].endswith("ly") for n in range(target - back, target)):
                return SO, target - back
            break
        if keys[target - back] not in _BARE and not keys[target - back].endswith("ly"):
            break
    form = keys[target]
    if (form.endswith("ed") or form in _IRREGULAR) and telling.stems[target - 1]:
        return SO, target
    return None


def _turned(telling: Telling, start: int, end: int) -> bool:
    keys = [word.key for word in telling.words[max(0, start - 2) : end + 1]]
    return any(key in NEGATIONS or key.endswith("n't") for key in keys)


def _words_between(telling: Telling, start: int, target: int) -> Span:
    return Span(telling.words[start].start, telling.words[target].end)


def _past(telling: Telling, start: int, target: int) -> bool:
    keys = {word.key for word in telling.words[start : target + 1]}
    return bool(keys & {"was", "were", "has", "have", "had", "did", "been"}) or telling.words[target].key.endswith("ed")


def _enough_alike(told: Told, one: Telling, two: Telling) -> bool:
    short, long = told.alike(one, two)
    return len(one.content & two.content) >= 3 and short >= 0.5 and long >= 0.3


def modality_drift(told: Told) -> Iterator[Conflict]:
    """Clauses that one article hedges and another states: one conflict a claim, the widest step."""
    for claim, tellings in told.sets():
        marked = {id(t): marks(t) for t in tellings}
        doubted = {id(t): marks(t, _DOUBTED) for t in tellings}
        best: tuple[int, Conflict] | None = None
        for soft, hard in permutations(tellings, 2):
            if soft.article.id == hard.article.id or not _enough_alike(told, soft, hard) or rival_sources(soft, hard):
                continue
            for mark in doubted[id(soft)]:
                ruled = _ruled_out(soft, hard, mark)
                if ruled and best is None:
                    best = (1, _hardened(told, claim, soft, hard, mark, 1, _words_between(hard, *ruled)))
            for mark in marked[id(soft)]:
                if mark.degree > PROBABLE or _turned(soft, mark.start, mark.target):
                    continue
                step = _step(soft, hard, mark, marked[id(hard)])
                # what was planned has often happened since: only the same sentence, hardened, is drift
                if step and mark.degree == PROBABLE and told.alike(soft, hard)[1] < _SAME_SENTENCE:
                    continue
                if step is None:
                    continue
                width, start, target = step
                if best is None or width > best[0]:
                    best = (width, _hardened(told, claim, soft, hard, mark, width, _words_between(hard, start, target)))
        if best:
            yield best[1]


def _step(soft: Telling, hard: Telling, mark: Marked, found: list[Marked]) -> tuple[int, int, int] | None:
    """How many degrees the other telling is firmer about the word ``mark`` governs, and the words that make it so."""
    wanted = soft.stems[mark.target]
    for target in (n for n, stem in enumerate(hard.stems) if stem == wanted):
        if soft.words[mark.start].key in _ADJECTIVES and soft.words[mark.target].key != hard.words[target].key:
            continue
        degree = _degree_at(hard, target, found)
        if degree is None or _turned(hard, degree[1], target):
            continue
        if _only_thought(hard, target):
            continue
        width = degree[0] - mark.degree
        if width < 2 or (degree[0] == SO and later_day(soft, hard) and _past(hard, degree[1], target)):
            continue  # what was expected has happened since
        return width, degree[1], target
    return None


def _ruled_out(soft: Telling, hard: Telling, mark: Marked) -> tuple[int, int] | None:
    """Where the other telling says "will not" of the word that ``mark`` calls unlikely: marker and target."""
    wanted = soft.stems[mark.target]
    for target in (n for n, stem in enumerate(hard.stems) if stem == wanted):
        keys = [word.key for word in hard.words[max(0, target - 4) : target]]
        start = next((target - len(keys) + n for n, key in enumerate(keys) if key in _WILL_NOT), -1)
        rest = [word.key for word in hard.words[start:target]]
        if start < 0 or not (set(rest) & {"not", "never"} or rest[0].endswith("n't") or rest[0] == "cannot"):
            continue
        if all(key in _BARE | NEGATIONS or key in _WILL_NOT for key in rest) and not _only_thought(hard, target):
            return start, target
    return None


def _only_thought(telling: Telling, target: int) -> bool:
    """Whether the words before it in its sentence make it somebody's fear, hope or question."""
    before = words(telling.article.text, Span(telling.setting.start, telling.words[target].start))
    return any(word.key in _THOUGHT for word in before)


def _hardened(told: Told, claim: str, soft: Telling, hard: Telling, mark: Marked, width: int, after: Span) -> Conflict:
    before = _words_between(soft, mark.start, mark.target)
    # a forecast made a fact on nobody's word is the worst of these
    severity: Severity = "high" if width >= 3 or (width == 2 and not hard.attributed) else "medium"
    return conflict(
        "modality",
        "drift",
        severity,
        f"{told.label(soft.article)} says {about(soft, before.start, before.end)}; "
        f"{told.label(hard.article)} says {about(hard, after.start, after.end)}.",
        [side(soft.article, [before]), side(hard.article, [after])],
        claim=claim,
    )


def hedge_drift(told: Told) -> Iterator[Conflict]:
    """Clauses that one article only passes on ("reportedly") and another states in its own voice, citing nobody."""
    for claim, tellings in told.sets():
        for soft, hard in permutations(tellings, 2):
            found = _hedge_lost(told, soft, hard)
            if found is None:
                continue
            mark, target = found
            before = _words_between(soft, mark.start, mark.target)
            lost = soft.words[mark.start].key
            hard_span = _clause(hard, target)
            yield conflict(
                "hedge_dropped",
                "drift",
                "high" if lost in _ACCUSING else "medium",
                f"{told.label(soft.article)} says {about(soft, before.start, before.end)}; "
                f"{told.label(hard.article)} says {about(hard, hard_span.start, hard_span.end)}, citing nobody.",
                [side(soft.article, [before]), side(hard.article, [hard_span])],
                claim=claim,
            )
            break


def _clause(telling: Telling, target: int) -> Span:
    start = max(0, target - 2)
    while start < target and not telling.stems[start]:
        start += 1
    return _words_between(telling, start, target)


def _hedge_lost(told: Told, soft: Telling, hard: Telling) -> tuple[Marked, int] | None:
    if soft.article.id == hard.article.id or not _enough_alike(told, soft, hard) or hard.attributed:
        return None
    if hard.article.id in told.credited:
        return None  # others have it from there
    if any(a.source or a.via for a in hard.near) or marks(hard, _HEARSAY) or sounds_cited(hard):
        return None
    hedged_here = {mark.target for mark in marks(hard)}
    for mark in marks(soft, _HEARSAY):
        if _turned(soft, mark.start, mark.target):
            continue
        wanted = soft.stems[mark.target]
        target = next((n for n, stem in enumerate(hard.stems) if stem == wanted and n not in hedged_here), -1)
        if target >= 0 and not _turned(hard, max(0, target - 1), target):
            return mark, target
    return None
