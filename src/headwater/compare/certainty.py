"""How certain a clause is said to be: a scale of markers, and the word that each governs ("could be *ready*").

Scale: FactBank (Saurí & Pustejovsky, Language Resources and Evaluation 43, 2009), possible, probable, certain, each
with its contrary; "likely" and "unlikely" as ICD 203 (2015) has them; "may cause" below "causes" as in Sumner et al.,
BMJ 349, 2014, g7015. Chosen by us: what is planned, expected or prepared counts as probable, since
plans fail; "will" is kept below "is"; evidentials ("reportedly") pass on without a degree; only two steps or more are
told. "Can" and "should" have no place: they speak of ability and duty.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from headwater.compare.stems import NEGATIONS, word_list
from headwater.compare.told import Telling
from headwater.model import Span
from headwater.words import words

POSSIBLE, PROBABLE, COMING, SO = 1, 2, 3, 4


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


BARE = word_list(
    """be been being have has had not never also now soon then already very fully almost quite all still only again is
    are was were do does did the a an its their his her this that these those most some any"""
)


_FINITE = word_list("is are was were has have had been did does do")


_DETERMINERS = word_list(
    "the a an its their his her this that these those any such no of for in on by with some new more"
)


_ASKING = word_list("whether if unless should")


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


WILL_NOT = word_list("will won't shall shan't cannot can't")


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


MARKERS = _table(SCALE)


HEARSAY = _table({0: EVIDENTIALS})


DOUBTED = _table({PROBABLE: _UNLIKELY})


def _target(telling: Telling, start: int) -> int:
    """The number of the first content word at most five words on, -1 when there is none."""
    for number in range(start, min(start + 6, len(telling.words))):
        key = telling.words[number].key
        if telling.stems[number] and key not in BARE and not (key.endswith("ly") and number < start + 3):
            return number
    return -1


def marks(telling: Telling, table: Mapping[str, list[tuple[tuple[str, ...], int]]] = MARKERS) -> list[Marked]:
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


def degree_at(telling: Telling, target: int, found: list[Marked]) -> tuple[int, int] | None:
    """How certain the word is said to be and where its marker or finite verb starts; None when that is not plain."""
    keys = [word.key for word in telling.words]
    governing = [mark for mark in found if mark.start < target <= mark.target or mark.target == target]
    if not governing:  # "will introduce a *tax*": the object of what is to be done
        governing = [m for m in found if m.target < target <= m.target + 3 and set(keys[m.target + 1 : target]) <= BARE]
    if governing:
        first = min(governing, key=lambda mark: mark.degree)
        return first.degree, first.start
    before = keys[max(0, target - 3) : target]
    if not before or "to" in before[-2:] or before[-1] in _DETERMINERS or set(before) & _ASKING:
        return None
    for back in range(1, min(4, target + 1)):
        if keys[target - back] in _FINITE:
            if all(keys[n] in BARE or keys[n].endswith("ly") for n in range(target - back, target)):
                return SO, target - back
            break
        if keys[target - back] not in BARE and not keys[target - back].endswith("ly"):
            break
    form = keys[target]
    if (form.endswith("ed") or form in _IRREGULAR) and telling.stems[target - 1]:
        return SO, target
    return None


def turned(telling: Telling, start: int, end: int) -> bool:
    """Whether a negation stands among those words or the two before them."""
    keys = [word.key for word in telling.words[max(0, start - 2) : end + 1]]
    return any(key in NEGATIONS or key.endswith("n't") for key in keys)


def words_between(telling: Telling, start: int, target: int) -> Span:
    """From the beginning of one word to the end of another."""
    return Span(telling.words[start].start, telling.words[target].end)


def past(telling: Telling, start: int, target: int) -> bool:
    """Whether those words speak of what has been."""
    keys = {word.key for word in telling.words[start : target + 1]}
    return bool(keys & {"was", "were", "has", "have", "had", "did", "been"}) or telling.words[target].key.endswith("ed")


def only_thought(telling: Telling, target: int) -> bool:
    """Whether the words before it in its sentence make it somebody's fear, hope or question."""
    before = words(telling.article.text, Span(telling.setting.start, telling.words[target].start))
    return any(word.key in _THOUGHT for word in before)
