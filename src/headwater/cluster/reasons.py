"""Why articles stand together or apart: the nearest of each, with the rare words both have and the days between.

Takes stories with what they were judged by; changes nothing about them.
"""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from headwater.cluster import Apart, Explained, Joined
from headwater.cluster.items import Item, forms_of
from headwater.cluster.links import Links
from headwater.model import Article

_SHOWN = 8  # shared words that are given as a reason

_Link = tuple[float, float, int, int]  # likeness, chance, and the places of the two


def with_reasons(
    found: Sequence[Explained], articles: Sequence[Article], items: Sequence[Item], links: Links
) -> tuple[Explained, ...]:
    """The stories with what joined each article and what kept each story apart."""
    place = {item.id: number for number, item in enumerate(items)}
    home = {place[name]: at for at, one in enumerate(found) for name in one.story.articles}
    inside: dict[int, list[_Link]] = defaultdict(list)
    outside: dict[int, _Link] = {}
    for one, other, like, chance in links.weighed():
        if home[one] == home[other]:
            inside[home[one]].append((like, chance, one, other))
            continue
        for mine, theirs in ((one, other), (other, one)):
            best = outside.get(home[mine])
            if like > 0 and (best is None or (chance, like) > (best[1], best[0])):
                outside[home[mine]] = (like, chance, mine, theirs)
    out = []
    for at, one_story in enumerate(found):
        members = [place[name] for name in one_story.story.articles]
        joined = [
            Joined(
                article=items[mine].id,
                nearest=items[theirs].id,
                words=_words(articles, items, mine, theirs),
                alike=round(like, 4),
                days=_days(items[mine], items[theirs]),
                mixed=items[mine].mixed,
            )
            for like, mine, theirs in _tree(members, items, inside[at])
        ]
        apart = None
        if at in outside:
            like, chance, mine, theirs = outside[at]
            apart = Apart(
                article=items[mine].id,
                nearest=items[theirs].id,
                words=_words(articles, items, mine, theirs),
                alike=round(like, 4),
                chance=round(chance, 4),
                days=_days(items[mine], items[theirs]),
            )
        out.append(replace(one_story, joined=tuple(joined), apart=apart))
    return tuple(out)


def _tree(members: Sequence[int], items: Sequence[Item], links: Sequence[_Link]) -> list[tuple[float, int, int]]:
    """Each article but the first with the one before it that it is most alike, strongest link first (Prim)."""
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for like, _, one, other in links:
        near[one].append((like, other))
        near[other].append((like, one))
    first = min(members, key=lambda n: (items[n].mixed, items[n].day is None, items[n].day or 0, n))
    seen, out = {first}, []
    waiting = [(-like, other, first) for like, other in near[first]]
    heapq.heapify(waiting)
    while waiting:
        unlike, number, nearest = heapq.heappop(waiting)
        if number in seen:
            continue
        seen.add(number)
        out.append((-unlike, number, nearest))
        for like, other in near[number]:
            if other not in seen:
                heapq.heappush(waiting, (-like, other, number))
    return out


def _words(articles: Sequence[Article], items: Sequence[Item], one: int, other: int) -> tuple[str, ...]:
    """The rarest words both have, as the first writes them."""
    theirs = dict(zip(items[other].terms.tolist(), items[other].weights.tolist(), strict=True))
    worth = {
        term: weight * theirs[term]
        for term, weight in zip(items[one].terms.tolist(), items[one].weights.tolist(), strict=True)
        if term in theirs
    }
    forms = forms_of(articles[one])
    return tuple(forms[term] for term in heapq.nsmallest(_SHOWN, worth, key=lambda t: (-worth[t], t)) if term in forms)


def _days(one: Item, other: Item) -> int | None:
    return None if one.day is None or other.day is None else abs(one.day - other.day)
