"""Which claim each time of a story belongs to.

Takes times and claims, gives the times in order of article and place, each with the claim whose mention it stands in
or leads in with ("In early July, she wrote to the paper"). The day somebody spoke is no part of what was said, so a
time before a verb of saying is left alone.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from headwater.model import Claim, TimePoint

_Row = tuple[int, int, int, str]  # start and end of a mention's span, minus the articles of its claim, the claim

#: Characters between a time and the words it leads in: a comma and a space, no more.
_LEAD = 3


def placed(points: Sequence[TimePoint], claims: Sequence[Claim], texts: Mapping[str, str]) -> tuple[TimePoint, ...]:
    """Give each time its claim; of several that hold it, the one carried by most articles.

    Args:
        points: times, in any order.
        claims: with their mentions.
        texts: of the articles, by id.
    """
    rows: defaultdict[str, list[_Row]] = defaultdict(list)
    for claim in claims:
        carried = len({m.article for m in claim.mentions})
        for mention in claim.mentions:
            for span in mention.spans:
                rows[mention.article].append((span.start, span.end, -carried, claim.id))
    reach: dict[str, list[int]] = {}
    for article, found in rows.items():
        found.sort()
        reach[article] = list(accumulate((row[1] for row in found), max))
    out = []
    for point in points:
        here = rows.get(point.article, [])
        holding = _holding(point, here, reach.get(point.article, [])) or _led_in(point, here, texts[point.article])
        out.append(replace(point, claim=min(row[2:] for row in holding)[1] if holding else None))
    return tuple(sorted(out, key=lambda t: (t.article, t.start, t.end)))


def _holding(point: TimePoint, rows: Sequence[_Row], reach: Sequence[int]) -> list[_Row]:
    found = []
    at = bisect_right(rows, point.start, key=lambda row: row[0]) - 1
    while at >= 0 and reach[at] >= point.end:
        if rows[at][1] >= point.end:
            found.append(rows[at])
        at -= 1
    return found


def _led_in(point: TimePoint, rows: Sequence[_Row], text: str) -> list[_Row]:
    """Mentions that begin right after the time, with at most a comma between."""
    first = bisect_left(rows, point.end, key=lambda row: row[0])
    last = bisect_right(rows, point.end + _LEAD, key=lambda row: row[0])
    return [row for row in rows[first:last] if not text[point.end : row[0]].strip(" ,\u00a0")]
