"""Which column a box stands in: first-hand origins left, carriers next, then the articles by time.

An article stands to the right of those it has something from; the later day is farther right, and what bears no date
stands by itself at the end.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from headwater.model import Article
from headwater.report.dated import date_key
from headwater.report.picture.flow import Edge, Node

#: How many columns of days there are at most, and how many steps within a day or without one.
MOST_DAYS = 4
MOST_STEPS = 2
_MOST_CARRIERS = 3


def day_of(article: Article) -> str | None:
    """The day an article was published, EDTF; None where it is not known to the day."""
    day = (article.published or "").partition("T")[0]
    return day if date_key(day)[2] else None


def columns_of(
    nodes: Sequence[Node], edges: Sequence[Edge], articles: Mapping[str, Article]
) -> tuple[dict[str, int], dict[int, tuple[str, str]]]:
    """The column of each node from 0, and for columns of articles the first and the last day in them."""
    above = _above(nodes, edges)
    kinds = {node.id: node.kind for node in nodes}
    steps: dict[str, int] = {}
    for node in nodes:
        if node.kind == "carrier":
            _step(node.id, {key: [k for k in above[key] if kinds[k] == "carrier"] for key in above}, steps)
    column = {
        node.id: 0 if node.kind == "origin" else 1 + min(steps[node.id], _MOST_CARRIERS - 1)
        for node in nodes
        if node.kind in {"origin", "carrier"}
    }
    start = 1 + max(column.values(), default=-1)
    days = {n.id: d for n in nodes if n.kind in {"article", "group"} for d in [_first_day(n, articles)] if d}
    bins = _bins(sorted(set(days.values()), key=date_key), days)
    heads: dict[int, tuple[str, str]] = {}
    printed = [node.id for node in nodes if node.kind in {"article", "group"}]
    for own in bins:
        members = [key for key in printed if days.get(key) in own]
        for key, step in _steps_among(members, above).items():
            column[key] = start + step
            first, last = heads.get(column[key], (days[key], days[key]))
            heads[column[key]] = (min(first, days[key], key=date_key), max(last, days[key], key=date_key))
        start = 1 + max(column[key] for key in members)
    for key, step in _steps_among([key for key in printed if key not in days], above).items():
        column[key] = start + step  # under no day's head
    return _dense(column, heads)


def _steps_among(members: Sequence[str], above: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many steps each of some articles is behind the first of them, the nearest first."""
    among = set(members)
    inner: dict[str, int] = {}
    for key in members:
        _step(key, {other: [n for n in above[other] if n in among] for other in members}, inner)
    return {key: min(inner[key], MOST_STEPS - 1) for key in sorted(members, key=lambda other: inner[other])}


def _first_day(node: Node, articles: Mapping[str, Article]) -> str | None:
    found = sorted((d for m in node.members if m in articles for d in [day_of(articles[m])] if d), key=date_key)
    return found[0] if found else None


def _bins(ordered: Sequence[str], days: Mapping[str, str]) -> list[set[str]]:
    """The days in at most ``MOST_DAYS`` groups of neighbours, of about as many articles each."""
    if len(ordered) <= MOST_DAYS:
        return [{day} for day in ordered]
    weights: dict[str, int] = defaultdict(int)
    for day in days.values():
        weights[day] += 1
    out: list[set[str]] = [set() for _ in range(MOST_DAYS)]
    met = 0
    for day in ordered:
        out[min(MOST_DAYS - 1, met * MOST_DAYS // len(days))].add(day)
        met += weights[day]
    return [group for group in out if group]


def _above(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, list[str]]:
    """For each node those it has something from."""
    above: dict[str, list[str]] = {node.id: [] for node in nodes}
    for edge in edges:
        above[edge.end].append(edge.start)
    return above


def _step(key: str, above: Mapping[str, Sequence[str]], steps: dict[str, int]) -> int:
    """The length of the longest way to a node, rings cut where they are met; without recursion."""
    stack, on_way = [(key, False)], set()
    while stack:
        node, done = stack.pop()
        if done:
            on_way.discard(node)
            steps[node] = 1 + max((steps[n] for n in above[node] if n in steps), default=-1)
        elif node not in steps and node not in on_way:
            on_way.add(node)
            stack.append((node, True))
            stack += [(n, False) for n in above[node] if n not in steps and n not in on_way]
    return steps[key]


def _dense(
    column: dict[str, int], heads: dict[int, tuple[str, str]]
) -> tuple[dict[str, int], dict[int, tuple[str, str]]]:
    """The same columns without empty ones between."""
    rank = {old: new for new, old in enumerate(sorted(set(column.values())))}
    return (
        {key: rank[old] for key, old in column.items()},
        {rank[old]: head for old, head in heads.items() if old in rank},
    )
