"""Where a retelling hardened how certain a clause is said to be.

Takes tellings of one claim; they are compared only where the same word is governed, by unlike markers of the scale in
``certainty``.
"""

from collections.abc import Iterator
from itertools import permutations

from headwater.compare.certainty import (
    BARE,
    DOUBTED,
    PROBABLE,
    SO,
    WILL_NOT,
    Marked,
    degree_at,
    marks,
    only_thought,
    past,
    turned,
    words_between,
)  # fmt: skip
from headwater.compare.notes import about, conflict, side
from headwater.compare.stems import NEGATIONS, word_list
from headwater.compare.told import Telling, Told, later_day, whole
from headwater.model import Conflict, Severity, Span

_SAME_SENTENCE = 0.6


_MODALS = word_list("may might could")
_ADJECTIVES = word_list("possible potential")


def enough_alike(told: Told, one: Telling, two: Telling) -> bool:
    """Whether two tellings share enough content to be of one thing."""
    short, long = told.alike(one, two)
    return len(one.content & two.content) >= 3 and short >= 0.5 and long >= 0.3


def modality_drift(told: Told) -> Iterator[Conflict]:
    """Clauses that one article hedges and another states: one conflict a claim, the widest step."""
    for claim, tellings in told.sets():
        best: tuple[int, Conflict] | None = None
        for soft, hard in permutations(tellings, 2):
            if soft.article.id == hard.article.id or not enough_alike(told, soft, hard) or told.rivals(soft, hard):
                continue
            pairs = [(soft, hard)]
            if told.one_sentence(soft, hard):
                pairs.append((whole(soft), whole(hard)))
            for one, two in pairs:
                for width, mark, after in _steps(told, one, two):
                    if best is None or width > best[0]:
                        best = (width, _hardened(told, claim, one, two, mark, width, after))
        if best:
            yield best[1]


def _steps(told: Told, soft: Telling, hard: Telling) -> Iterator[tuple[int, Marked, Span]]:
    """Each step by which the other telling is firmer: its width, the marker here, the words there."""
    found = marks(hard)
    for mark in marks(soft, DOUBTED):
        ruled = _ruled_out(soft, hard, mark)
        if ruled:
            yield 1, mark, words_between(hard, *ruled)
    for mark in marks(soft):
        if mark.degree > PROBABLE or turned(soft, mark.start, mark.target):
            continue
        step = _step(soft, hard, mark, found)
        # what was planned has often happened since: only the same sentence, hardened, is drift
        if step and (mark.degree < PROBABLE or told.alike(soft, hard)[1] >= _SAME_SENTENCE):
            yield step[0], mark, words_between(hard, step[1], step[2])


def _step(soft: Telling, hard: Telling, mark: Marked, found: list[Marked]) -> tuple[int, int, int] | None:
    """How many degrees the other telling is firmer about the word ``mark`` governs, and the words that make it so."""
    wanted = soft.stems[mark.target]
    for target in (n for n, stem in enumerate(hard.stems) if stem == wanted):
        if soft.words[mark.start].key in _ADJECTIVES and soft.words[mark.target].key != hard.words[target].key:
            continue
        degree = degree_at(hard, target, found) or _present(soft, hard, mark, target)
        if degree is None or turned(hard, degree[1], target):
            continue
        if only_thought(hard, target):
            continue
        width = degree[0] - mark.degree
        if width < 2 or (degree[0] == SO and later_day(soft, hard) and past(hard, degree[1], target)):
            continue  # what was expected has happened since
        return width, degree[1], target
    return None


def _present(soft: Telling, hard: Telling, mark: Marked, target: int) -> tuple[int, int] | None:
    """Whether the other telling says in the present tense, of the same subject, what a bare modal says may be."""
    if mark.target != mark.end or soft.words[mark.start].key not in _MODALS or not target or not mark.start:
        return None
    base, form = soft.words[mark.target].key, hard.words[target].key
    subject = {*soft.stems[max(0, mark.start - 4) : mark.start]} - {""}
    if form == base:  # "drugs cure": the subject stands right before it, and owns nothing
        before = hard.words[target - 1]
        owner = hard.article.text[before.start : before.end].endswith(("'s", "’s", "'", "’"))
        same = hard.stems[target - 1] in subject and not owner
    else:
        same = bool({*hard.stems[max(0, target - 4) : target]} & subject)
    return (SO, target) if same and (form == base or form in {f"{base}s", f"{base}es", f"{base[:-1]}ies"}) else None


def _ruled_out(soft: Telling, hard: Telling, mark: Marked) -> tuple[int, int] | None:
    """Where the other telling says "will not" of the word that ``mark`` calls unlikely: marker and target."""
    wanted = soft.stems[mark.target]
    for target in (n for n, stem in enumerate(hard.stems) if stem == wanted):
        keys = [word.key for word in hard.words[max(0, target - 4) : target]]
        start = next((target - len(keys) + n for n, key in enumerate(keys) if key in WILL_NOT), -1)
        rest = [word.key for word in hard.words[start:target]]
        if start < 0 or not (set(rest) & {"not", "never"} or rest[0].endswith("n't") or rest[0] == "cannot"):
            continue
        if all(key in BARE | NEGATIONS or key in WILL_NOT for key in rest) and not only_thought(hard, target):
            return start, target
    return None


def _hardened(told: Told, claim: str, soft: Telling, hard: Telling, mark: Marked, width: int, after: Span) -> Conflict:
    before = words_between(soft, mark.start, mark.target)
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
