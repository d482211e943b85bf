"""An association retold as a cause: "linked to asthma" made "causes asthma".

The ladder is that of studies of health news (Sumner et al., BMJ 349, 2014, g7015): what is associated, what may cause,
what causes. The step from "may cause" is told by ``modality``; here is the one from a correlation. Both tellings have
to name the same two things, in the same order.
"""

from collections.abc import Iterator
from itertools import permutations

from headwater.compare.certainty import turned, words_between
from headwater.compare.modality import enough_alike
from headwater.compare.notes import about, conflict, side
from headwater.compare.stems import word_list
from headwater.compare.told import Telling, Told
from headwater.model import Conflict

_ASSOCIATED = word_list("linked associated correlated correlates connected tied link association correlation")
_TO = word_list("to with between")
_CAUSES = word_list(
    """cause causes caused causing trigger triggers triggered raise raises raised increase increases increased lower
    lowers lowered reduce reduces reduced cut cuts prevent prevents prevented worsen worsens worsened boost boosts
    boosted"""
)
_MODALS = word_list("may might could can would possibly perhaps probably likely to whether if helps help")


def _association(telling: Telling) -> int:
    """The number of the word that says that two things go together, -1 when none does."""
    keys = [word.key for word in telling.words]
    for number, key in enumerate(keys[:-1]):
        if key in _ASSOCIATED and _TO & {*keys[number + 1 : number + 3]}:
            return number
    return -1


def _cause(telling: Telling) -> int:
    """The number of a word that says that one thing brings about the other, -1 when none does plainly."""
    keys = [word.key for word in telling.words]
    for number, key in enumerate(keys):
        leads = key in {"leads", "lead", "led"} and keys[number + 1 : number + 2] == ["to"]
        if (key in _CAUSES or leads) and not {*keys[max(0, number - 2) : number]} & _MODALS:
            return number
    return -1


def cause_drift(told: Told) -> Iterator[Conflict]:
    """Associations that another article states as a cause: one conflict a claim."""
    for claim, tellings in told.sets():
        for soft, hard in permutations(tellings, 2):
            if soft.article.id == hard.article.id or told.rivals(soft, hard) or not enough_alike(told, soft, hard):
                continue
            first, second = _association(soft), _cause(hard)
            if min(first, second) < 0 or _cause(soft) >= 0 or _association(hard) >= 0:
                continue
            if turned(soft, first, first + 1) or turned(hard, second, second + 1):
                continue
            before = {*soft.stems[:first]} & {*hard.stems[:second]} - {""}
            after = {*soft.stems[first + 1 :]} & {*hard.stems[second + 1 :]} - {""}
            if not before or not after:
                continue
            here = words_between(soft, max(0, first - 1), min(len(soft.words) - 1, first + 2))
            there = words_between(hard, second, min(len(hard.words) - 1, second + 1))
            yield conflict(
                "modality",
                "drift",
                "high",
                f"{told.label(soft.article)} says {about(soft, here.start, here.end)}; "
                f"{told.label(hard.article)} says {about(hard, there.start, there.end)}.",
                [side(soft.article, [here]), side(hard.article, [there])],
                claim=claim,
            )
            break
