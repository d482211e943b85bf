"""Average-link clustering over sparse likeness."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence


def average_link(
    count: Sequence[int], deny: Sequence[bool], pairs: Mapping[tuple[int, int], float], same: float
) -> tuple[list[int], dict[tuple[int, int], float]]:
    """Average-link clustering over sparse likeness (absent pairs count as 0); ties go to the lower numbers.

    Each weighs as many as it counts. Those that deny and those that assert never join: a group is of one side.
    """
    number = len(count)
    size = dict(enumerate(count))
    member = {i: [i] for i in range(number)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for (i, j), value in pairs.items():
        sums[i][j] = sums[j][i] = value * count[i] * count[j]
        if value >= same and deny[i] == deny[j]:
            heapq.heappush(heap, (-value, i, j))
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in size or j not in size:
            continue
        now = sums[i].get(j, 0.0) / (size[i] * size[j])
        if abs(now + negative) > 1e-12:
            continue
        for other, value in sums.pop(j).items():
            sums[other].pop(j, None)
            if other == i:
                continue
            total = sums[i].get(other, 0.0) + value
            sums[i][other] = total
            sums[other][i] = total
        size[i] += size.pop(j)
        member[i].extend(member.pop(j))
        for other, total in sums[i].items():
            average = total / (size[i] * size[other])
            if average >= same and deny[i] == deny[other]:
                heapq.heappush(heap, (-average, min(i, other), max(i, other)))
    labels = [0] * number
    for label, units in member.items():
        for unit in units:
            labels[unit] = label
    between = {
        (i, j): total / (size[i] * size[j])
        for i, row in sums.items()
        if i in size
        for j, total in row.items()
        if i < j and j in size
    }
    return labels, between
