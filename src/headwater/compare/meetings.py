"""Two dated acts told as one: whoever took part in the second is put into the first.

Takes tellings of one claim and the dated sentences beside them. It is told only where the words prove it: one article
has two acts near one another with a day each; the other's sentence has the first one's verb and words, and a name that
only the second one has, but nothing of what was done there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from headwater.compare.dates import Timed, usable
from headwater.compare.notes import conflict, shown, side
from headwater.compare.stems import stem
from headwater.compare.told import Telling, Told
from headwater.dates import compatible
from headwater.lexicon import AUXILIARIES, IRREGULAR, SAID
from headwater.model import Conflict
from headwater.words import words

#: Code points between two acts that are told beside one another, and tellings of one article that are looked at there.
_BESIDE, _MOST = 600, 12
#: Words of each act that the sentence has to hold, besides those that both acts have.
_OWN = 2
_DAY = 10


class _Act(NamedTuple):
    """A dated sentence: its words by stem without its times, the verbs and names among them, and its days."""

    telling: Telling
    content: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]
    days: tuple[Timed, ...]

    @property
    def day(self) -> Timed | None:
        """Its one day; None where it has none or several."""
        return self.days[0] if len(self.days) == 1 else None


def merged_acts(told: Told) -> Iterator[Conflict]:
    """Two dated acts of one article that another's sentence makes one: one conflict a claim."""
    dated: defaultdict[str, list[_Act]] = defaultdict(list)
    for tellings in told.tellings.values():
        for telling in tellings:
            if telling.times:
                act = _act(telling)
                if act.day:
                    dated[telling.article.id].append(act)
    for acts in dated.values():
        acts.sort(key=lambda a: (a.telling.setting, a.telling.claim))
    for claim, tellings in told.sets():
        found = next(
            (c for one, two in permutations(tellings, 2) if (c := _merged(told, claim, one, two, dated))), None
        )
        if found:
            yield found


def _act(telling: Telling) -> _Act:
    text = telling.article.text
    found = [
        (w, stem(w.key))
        for w in words(text, telling.setting)
        if not any(t.start <= w.start < t.end for t in telling.times)
    ]
    held = [(w, s) for w, s in found if s in telling.wider]
    return _Act(
        telling,
        frozenset(s for _, s in held),
        frozenset(
            s
            for w, s in held
            if (w.key.endswith("ed") or w.key in IRREGULAR) and w.key not in AUXILIARIES and w.key not in SAID
        ),
        frozenset(s for w, s in held[1:] if text[w.start].isupper()),
        tuple(t for t in usable(telling) if len(t.value) >= _DAY),
    )


def _merged(told: Told, claim: str, one: Telling, two: Telling, dated: Mapping[str, Sequence[_Act]]) -> Conflict | None:
    """The conflict where ``two`` puts into the act of ``one`` who took part in another."""
    if one.article.id == two.article.id or not one.times:
        return None
    first, other = _act(one), _act(two)
    if first.day is None or other.days:
        return None
    tried = 0
    for second in dated.get(one.article.id, ()):
        apart = max(second.telling.setting.start - one.setting.end, one.setting.start - second.telling.setting.end)
        day = second.day
        if not 0 <= apart <= _BESIDE or day is None or day.basis != first.day.basis:
            continue
        if compatible(first.day.value, day.value):
            continue
        tried += 1
        if tried > _MOST:
            return None
        mine, theirs = first.content - second.content, second.content - first.content
        guests = theirs & other.content
        if (
            len(mine & other.content) >= _OWN
            and first.verbs & mine & other.content
            and len(guests) >= _OWN
            and (second.names - first.content) & other.names
            and not (second.verbs - first.content) & other.content
        ):
            return _told_of(told, claim, first, second, other)
    return None


def _told_of(told: Told, claim: str, first: _Act, second: _Act, other: _Act) -> Conflict:
    here, there = first.telling, other.telling
    acts = [shown(act.telling.setting.of(act.telling.article.text)) for act in (first, second, other)]
    return conflict(
        "conflation",
        "drift",
        "high",
        f"{told.label(here.article)} tells of two acts, {acts[0]} and {acts[1]}; "
        f"{told.label(there.article)} has one: {acts[2]}.",
        [side(act.telling.article, [act.telling.setting]) for act in (first, second, other)],
        claim=claim,
    )
