"""What a person decided of claims, done to groups that are made: those named are joined or parted, all others stay.

Takes each statement's group, gives it anew. Joining joins two groups whole; parting leaves each other statement with
the side that it is more like, with the first where it is like neither. Where both are asked of two, they are apart.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from headwater.model import Decisions, Place, Statement

_Pair = tuple[int, int]


class Settled(NamedTuple):
    """Each statement's group; ``changed`` are groups that were not there before; the pairs of statements decided on."""

    labels: list[int]
    changed: frozenset[int]
    same: tuple[_Pair, ...]
    apart: tuple[_Pair, ...]


def settle(
    units: Sequence[Statement], of: Sequence[int], labels: Sequence[int], pairs: Mapping[_Pair, float],
    decisions: Decisions,
) -> Settled:  # fmt: skip
    """Join and part.

    Args:
        units: the story's statements.
        of: the wording of each.
        labels: the group of each.
        pairs: likeness 0..1 of two wordings, the lower number first.
        decisions: places of statements; one where none stands changes nothing.
    """
    by_article: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        by_article[unit.article].append(number)
    apart = _named(units, by_article, decisions.not_same_claim)
    atom = list(range(len(units)))  # statements that a person says are one, by the least of them
    same = []
    for i, j in _named(units, by_article, decisions.same_claim):
        one, other = sorted((atom[i], atom[j]))
        joined = [one if a == other else a for a in atom] if one != other else atom
        if all(joined[a] != joined[b] for a, b in apart):
            atom = joined
            same.append((i, j))
    out = list(labels)
    for i, j in same:
        kept, gone = sorted((out[i], out[j]))
        out = [kept if label == gone else label for label in out] if kept != gone else out
    fresh = 1 + max(labels, default=-1)
    for label in sorted({out[i] for i, j in apart if out[i] == out[j]}):
        parts = _parted([n for n, held in enumerate(out) if held == label], atom, of, pairs, apart)
        for part in parts[1:]:
            for number in part:
                out[number] = fresh
            fresh += 1
    before, after = _members(labels), _members(out)
    changed = frozenset(label for label, held in after.items() if before.get(label) != held)
    return Settled(out, changed, tuple(same), tuple(apart))


def between(
    found: Mapping[_Pair, float], settled: Settled, of: Sequence[int], pairs: Mapping[_Pair, float]
) -> dict[_Pair, float]:
    """Average likeness between groups, anew for those that changed."""
    there = set(settled.labels)
    out = {p: v for p, v in found.items() if set(p) <= there and not settled.changed & set(p)}
    weights: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))  # printings of a wording in a group
    sizes: dict[int, int] = defaultdict(int)
    for number, label in enumerate(settled.labels):
        weights[of[number]][label] += 1
        sizes[label] += 1
    sums: dict[_Pair, float] = defaultdict(float)
    alike = {**pairs, **{(w, w): 1.0 for w, held in weights.items() if len(held) > 1}}
    for (i, j), value in sorted(alike.items()):
        seen = {(min(a, b), max(a, b)) for a in weights[i] for b in weights[j] if a != b}
        for a, b in seen:
            if not settled.changed.isdisjoint((a, b)):
                times = weights[i].get(a, 0) * weights[j].get(b, 0)
                times += weights[i].get(b, 0) * weights[j].get(a, 0) if i != j else 0
                sums[a, b] += value * times
    out.update((p, total / (sizes[p[0]] * sizes[p[1]])) for p, total in sorted(sums.items()))
    return out


def _named(
    units: Sequence[Statement], by_article: Mapping[str, Sequence[int]], asked: Sequence[tuple[Place, Place]]
) -> list[_Pair]:
    """The statements that stand at pairs of places, the earlier first; each pair once."""
    out: dict[_Pair, None] = {}
    for one, other in asked:
        i, j = (_at(units, by_article.get(place.article, ()), place) for place in (one, other))
        if i is not None and j is not None and i != j:
            out[min(i, j), max(i, j)] = None
    return sorted(out)


def _at(units: Sequence[Statement], numbers: Sequence[int], place: Place) -> int | None:
    """The statement of which most stands at a place; of those alike the shortest, then the first."""
    shared = {n: sum(s.overlap(place.span) for s in units[n].spans) for n in numbers}
    held = [n for n in numbers if shared[n]]
    return min(held, key=lambda n: (-shared[n], sum(s.end - s.start for s in units[n].spans), n), default=None)


def _parted(
    members: Sequence[int], atom: Sequence[int], of: Sequence[int], pairs: Mapping[_Pair, float], apart: Sequence[_Pair]
) -> list[list[int]]:
    """The members in parts of which none holds two that are apart, the part of the first one first."""
    atoms: dict[int, list[int]] = defaultdict(list)
    for number in members:
        atoms[atom[number]].append(number)
    foes: dict[int, set[int]] = defaultdict(set)
    for i, j in apart:
        if atom[i] in atoms and atom[j] in atoms:
            foes[atom[i]].add(atom[j])
            foes[atom[j]].add(atom[i])

    def like(some: Sequence[int], others: Sequence[int]) -> float:
        found = (
            1.0 if of[i] == of[j] else pairs.get((min(of[i], of[j]), max(of[i], of[j])), 0.0)
            for i in some for j in others
        )  # fmt: skip
        return sum(found) / (len(some) * len(others))

    cores: list[list[int]] = []  # atoms that a person parted, by the part they are in
    for one in sorted(foes):
        open_ = [c for c in cores if foes[one].isdisjoint(c)]
        near = max(open_, key=lambda c: (like(atoms[one], [n for a in c for n in atoms[a]]), -c[0]), default=None)
        if near is None:
            cores.append([one])
        else:
            near.append(one)
    seeds = [[n for a in core for n in atoms[a]] for core in cores]
    parts = [list(seed) for seed in seeds]
    for one in sorted(atoms.keys() - foes.keys()):
        best = max(range(len(seeds)), key=lambda k: (like(atoms[one], seeds[k]), -k))
        parts[best] += atoms[one]
    return sorted((sorted(part) for part in parts), key=lambda part: part[0])


def _members(labels: Sequence[int]) -> dict[int, tuple[int, ...]]:
    out: dict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        out[label].append(number)
    return {label: tuple(held) for label, held in out.items()}


def counted(pairs: dict[_Pair, float], settled: Settled, of: Sequence[int]) -> set[_Pair]:
    """Put decisions in the place of likeness; gives the wordings that surely assert the same, as a person says."""
    for value, asked in ((1.0, settled.same), (0.0, settled.apart)):
        pairs.update(((min(of[i], of[j]), max(of[i], of[j])), value) for i, j in asked if of[i] != of[j])
    return {(min(of[i], of[j]), max(of[i], of[j])) for i, j in settled.same}
