"""Articles into stories: groups are joined while what stands between them is enough on average (average link).

Takes pairs with their likenesses and chances. Groups are joined first by the chances of their pairs, then where they
are alike outright, which keeps together what dozens of outlets report. Round-ups and comments come last, each to at
most one story, so that they never link two.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

#: Average chance of the pairs between two groups from which they are one story.
CHANCE: Final = 0.38

_ALIKE: Final = 0.24  # average likeness from which they are in any case
_CROWDED: Final = 25  # articles as alike as this ...
_CROWDED_LIKE: Final = 0.15  # ... so many that more may be alike than were compared

#: Two articles by place, with their likeness and their chance.
Link = tuple[int, int, float, float]

_Links = Mapping[tuple[int, int], float]


def strong(alike: float, chance: float, *, mixed: int = 0, at_least: float = CHANCE) -> bool:
    """Whether a link alone would join its two articles: without one such no group is joined to another.

    ``mixed`` counts those of the two that are no report of one event.
    """
    return mixed < 2 and (chance >= at_least or (not mixed and alike >= _ALIKE))


def groups(mixed: Sequence[bool], links: Iterable[Link], *, chance: float = CHANCE) -> list[list[int]]:
    """Groups of articles that tell one story, by place; every article is in one.

    Args:
        mixed: for each article, whether it is no report of one event.
        links: between them, each once.
        chance: average chance from which two groups are one story.
    """
    in_order = sorted((min(one, other), max(one, other), like, value) for one, other, like, value in links)
    alike = {(one, other): like for one, other, like, _ in in_order}
    chances = {(one, other): value for one, other, _, value in in_order}
    met = Counter(n for pair, like in alike.items() if like >= _CROWDED_LIKE for n in pair)
    crowded = {n for n, times in met.items() if times >= _CROWDED}

    def plain(links: _Links) -> _Links:
        return {pair: value for pair, value in links.items() if not (mixed[pair[0]] or mixed[pair[1]])}

    found = [[number] for number, other in enumerate(mixed) if not other]
    found = _average_link(found, plain(chances), chance, crowded)
    found = _average_link(found, plain(alike), _ALIKE, crowded)
    return _with_mixed(found, [number for number, other in enumerate(mixed) if other], chances, chance)


def _average_link(start: Iterable[Sequence[int]], links: _Links, at_least: float, crowded: set[int]) -> list[list[int]]:
    """Join the two groups between which the links are strongest on average, as long as they are strong enough.

    What was not compared counts as 0, but for articles so crowded that not all that is alike was compared.
    """
    members = {min(group): list(group) for group in start}
    home = {number: lead for lead, group in members.items() for number in group}
    full = {lead: sum(number in crowded for number in group) for lead, group in members.items()}
    total: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)  # sum and number of links between groups
    for (one, other), value in links.items():
        if (left := home[one]) != (right := home[other]):
            before, times = total[left].get(right, (0.0, 0))
            total[left][right] = total[right][left] = before + value, times + 1

    def average(one: int, other: int) -> float:
        value, times = total[one][other]
        many, others = len(members[one]), len(members[other])
        every = many * others
        return value / max(times, every - full[one] * full[other], min(every, many + others - 1))

    waiting = [
        (-average(one, other), one, other)
        for one in sorted(total)
        for other in sorted(total[one])
        if one < other and average(one, other) >= at_least
    ]
    heapq.heapify(waiting)
    while waiting:
        unlike, one, other = heapq.heappop(waiting)
        if one not in members or other not in members or average(one, other) != -unlike:
            continue  # a group has grown since
        members[one] += members.pop(other)
        full[one] += full.pop(other)
        for third, (value, times) in sorted(total.pop(other).items()):
            del total[third][other]
            if third != one:
                mine, count = total[one].get(third, (0.0, 0))
                total[one][third] = total[third][one] = mine + value, count + times
        for third in sorted(total[one]):
            if (now := average(one, third)) >= at_least:
                heapq.heappush(waiting, (-now, min(one, third), max(one, third)))
    return list(members.values())


def _with_mixed(found: list[list[int]], mixed: Sequence[int], chances: _Links, at_least: float) -> list[list[int]]:
    """With each of the mixed articles in the story that it most likely tells of, or by itself."""
    home = {number: at for at, group in enumerate(found) for number in group}
    total: dict[tuple[int, int], float] = defaultdict(float)
    kept = set(mixed)
    for (one, other), value in sorted(chances.items()):
        for number, third in ((one, other), (other, one)):
            if number in kept and third in home:
                total[number, home[third]] += value
    best: dict[int, tuple[float, int]] = {}
    for (number, at), value in sorted(total.items()):
        best[number] = max(best.get(number, (0.0, -1)), (value / len(found[at]), -at))
    out = [list(group) for group in found]
    for number in mixed:
        value, at = best.get(number, (0.0, 0))
        if value >= at_least:
            out[-at].append(number)
        else:
            out.append([number])
    return out
