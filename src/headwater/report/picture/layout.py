"""Boxes in columns and lines between them, with few crossings and no text over text.

Takes the columns of boxes and the lines, gives places in pixels. Layered as by Sugiyama, Tagawa and Toda (1981): lines
over several columns get a place in each, barycentre sweeps put each column in order, the order with the fewest
crossings is kept, and heights are settled by pooling neighbours that would overlap.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 190  # of a box
GAP_ACROSS = 64  # between two columns
GAP_DOWN = 12  # between two boxes
TOP = 40  # room for the heads of the columns
MARGIN = 16
_LINE = 2  # height of the place that a passing line takes
_GAP_LINES = 7  # below it
_SWEEPS = 8
_SETTLING = 6

_Key = tuple[str, int, str]  # a box (0, ""), or where lines of one kind from it pass a column (its number, the kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box before it has a place: its column from the left, and its height in pixels."""

    id: str
    column: int
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """The upper left corner of a box, in pixels."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where boxes stand and lines run: ``paths`` by the ends of the line, as the ``d`` of an SVG path."""

    width: float
    height: float
    boxes: Mapping[str, Placed]
    paths: Mapping[tuple[str, str], str]
    columns: tuple[float, ...]


def layout(boxes: Sequence[Box], lines: Sequence[tuple[str, str, str]]) -> Layout:
    """Place boxes and lines.

    Args:
        boxes: each with its column; the order within a column is that to begin with.
        lines: ids of the boxes at both ends, none twice, and a kind: lines of one kind from one box run together until
            they must part. Those that do not lead to the right are drawn around.

    Returns:
        Places within a picture that begins at 0, 0; the same boxes and lines give the same picture.
    """
    by_id = {box.id: box for box in boxes}
    columns: list[list[_Key]] = [[] for _ in range(max((box.column for box in boxes), default=-1) + 1)]
    for box in boxes:
        columns[box.column].append((box.id, 0, ""))
    steps: dict[tuple[str, str], list[_Key]] = {}
    passing: set[_Key] = set()
    joints: dict[tuple[_Key, _Key], None] = {}
    for start, end, kind in lines:
        first, last = by_id[start].column, by_id[end].column
        if first >= last:
            continue
        way: list[_Key] = [(start, 0, "")]
        for column in range(first + 1, last):
            way.append((start, column, kind))
            if way[-1] not in passing:
                passing.add(way[-1])
                columns[column].append(way[-1])
        way.append((end, 0, ""))
        steps[start, end] = way
        joints.update(dict.fromkeys(pairwise(way)))
    columns = _ordered(columns, list(joints))
    heights = {key: by_id[key[0]].height if not key[1] else _LINE for column in columns for key in column}
    tops = _settled(columns, list(joints), heights)
    lefts = tuple(MARGIN + number * (WIDTH + GAP_ACROSS) for number in range(len(columns)))
    at = {key: (lefts[n], tops[key], tops[key] + heights[key] / 2) for n, keys in enumerate(columns) for key in keys}
    paths = {}
    for start, end, _ in lines:
        way = steps.get((start, end), [(start, 0, ""), (end, 0, "")])
        paths[start, end] = _path([(at[key][0], at[key][2]) for key in way])
    return Layout(
        width=lefts[-1] + WIDTH + 2 * MARGIN + 12 if lefts else 0,
        height=max((tops[key] + heights[key] for key in at), default=0) + MARGIN,
        boxes={key[0]: Placed(x, y) for key, (x, y, _) in at.items() if not key[1]},
        paths=paths,
        columns=lefts,
    )


def crossings(columns: Sequence[Sequence[_Key]], joints: Sequence[tuple[_Key, _Key]]) -> int:
    """How many pairs of lines between neighbouring columns cross."""
    place = {key: (number, row) for number, keys in enumerate(columns) for row, key in enumerate(keys)}
    between: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end in joints:
        between[place[start][0]].append((place[start][1], place[end][1]))
    count = 0
    for pairs in between.values():
        met: list[int] = []
        for _, row in sorted(pairs):
            count += len(met) - bisect_right(met, row)
            insort(met, row)
    return count


def _ordered(columns: list[list[_Key]], joints: Sequence[tuple[_Key, _Key]]) -> list[list[_Key]]:
    """The columns in the best order that sweeps to and fro have met."""
    before: dict[_Key, list[_Key]] = defaultdict(list)
    after: dict[_Key, list[_Key]] = defaultdict(list)
    for start, end in joints:
        before[end].append(start)
        after[start].append(end)
    best, least = columns, crossings(columns, joints)
    now = columns
    for sweep in range(_SWEEPS):
        onward = sweep % 2 == 0
        now = [list(keys) for keys in now]
        for number in range(1, len(now)) if onward else range(len(now) - 2, -1, -1):
            beside = now[number - 1 if onward else number + 1]
            row = {key: index / max(1, len(beside) - 1) for index, key in enumerate(beside)}
            toward = before if onward else after
            own = {key: index / max(1, len(now[number]) - 1) for index, key in enumerate(now[number])}
            now[number].sort(key=lambda key: _mean([row[k] for k in toward[key] if k in row], own[key]))
        count = crossings(now, joints)
        if count < least:
            best, least = now, count
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _settled(
    columns: Sequence[Sequence[_Key]], joints: Sequence[tuple[_Key, _Key]], heights: Mapping[_Key, float]
) -> dict[_Key, float]:
    """The top of each box: near its neighbours, in order, and apart."""
    beside: dict[_Key, list[_Key]] = defaultdict(list)
    for start, end in joints:
        beside[start].append(end)
        beside[end].append(start)
    tops: dict[_Key, float] = {}
    sizes = {key: height + (_GAP_LINES if key[1] else GAP_DOWN) for key, height in heights.items()}
    tall = max((sum(sizes[key] for key in keys) for keys in columns), default=0)
    for keys in columns:
        y = (tall - sum(sizes[key] for key in keys)) / 2
        for key in keys:
            tops[key] = y
            y += sizes[key]
    for turn in range(_SETTLING):
        for keys in columns if turn % 2 == 0 else reversed(columns):
            wanted = [
                _mean([tops[k] + heights[k] / 2 for k in beside[key]], tops[key] + heights[key] / 2) - heights[key] / 2
                for key in keys
            ]
            tops.update(zip(keys, _apart(wanted, [sizes[key] for key in keys]), strict=True))
    least = min(tops.values(), default=0.0)
    return {key: round(top - least + TOP, 1) for key, top in tops.items()}


def _apart(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Places in order, each at least its size before the next, with the least squares of what they are moved by."""
    pools: list[tuple[float, int]] = []  # sum, count
    offset = 0.0
    offsets = []
    for place, size in zip(wanted, sizes, strict=True):
        offsets.append(offset)
        total, count = place - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            other = pools.pop()
            total, count = total + other[0], count + other[1]
        pools.append((total, count))
        offset += size
    flat = [total / count for total, count in pools for _ in range(count)]
    return [base + offset for base, offset in zip(flat, offsets, strict=True)]


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A smooth line from the right side of the first box to the left side of the last, along its places between."""
    (x, y), (last_x, last_y) = points[0], points[-1]
    if last_x < x:  # back
        end = last_x + WIDTH + 3
        half = (x + end) / 2
        return f"M{x:g} {y + 5:g}C{half:g} {y + 5:g} {half:g} {last_y + 5:g} {end:g} {last_y + 5:g}"
    x += WIDTH
    if last_x + WIDTH == x:  # within the column: around the right side
        out = x + 26
        return f"M{x:g} {y:g}C{out:g} {y:g} {out:g} {last_y:g} {x + 3:g} {last_y:g}"
    parts = [f"M{x:g} {y:g}"]
    for to_x, to_y in points[1:]:
        half = (x + to_x) / 2
        ends = (to_x, to_y) == (last_x, last_y)
        parts.append(f"C{half:g} {y:g} {half:g} {to_y:g} {to_x - (3 if ends else 0):g} {to_y:g}")
        if not ends:
            parts.append(f"H{to_x + WIDTH:g}")
        x, y = to_x + WIDTH, to_y
    return "".join(parts)
