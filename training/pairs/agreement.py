"""How far two readers of the same stories agree on what is claimed: ``python -m training.pairs.agreement``.

``again.jsonl`` holds the claims of stories that a second reader marked without seeing the first one's marks. Of the
statements that either has under one claim, in pairs of different articles: how many does the other have too? And scored
as a trace is (``links``): the second reader's claims against the first one's.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from training.pairs.features import CLAIMS, Key, by_story, keys_of
from training.pairs.round_ups import ROUND_UPS, keys_in

AGAIN = Path(__file__).with_name("again.jsonl")

Claims = Sequence[frozenset[Key]]


def together(claims: Claims) -> set[frozenset[Key]]:
    """Pairs of statements of different articles that one claim holds."""
    return {frozenset((a, b)) for claim in claims for a, b in combinations(sorted(claim), 2) if a[0] != b[0]}


def links(gold: Claims, found: Claims) -> tuple[int, int, int]:
    """Right, wrong and missed links between mentions of claims, as the scorer of annotated stories counts them.

    A pair of mentions of different claims is no wrong link where one of the two carries the other's claim as well.
    """
    under: dict[Key, set[int]] = defaultdict(set)
    hit: dict[Key, set[int]] = defaultdict(set)
    for held, claims in ((under, gold), (hit, found)):
        for number, claim in enumerate(claims):
            for key in claim:
                held[key].add(number)
    right = wrong = missed = 0
    mentions = [(number, key) for number, claim in enumerate(gold) for key in sorted(claim)]
    for (one, a), (other, b) in combinations(mentions, 2):
        if a[0] == b[0]:
            continue
        linked = bool(hit[a] & hit[b])
        if one == other:
            right += linked
            missed += not linked
        elif linked and other not in under[a] and one not in under[b]:
            wrong += 1
    return right, wrong, missed


def both() -> Iterator[tuple[str, Claims, Claims]]:
    """Stories that two readers marked: the name, the first reader's claims, the second's."""
    again = {name: [frozenset(keys_of(row)) for row in rows] for name, rows in by_story(AGAIN).items()}
    first: dict[str, Claims] = {n: [frozenset(keys_of(r)) for r in rows] for n, rows in by_story(CLAIMS).items()}
    first.update(keys_in(ROUND_UPS, again))
    for name in sorted(again):
        yield name, first[name], again[name]


def shares(counts: Iterable[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent, each the mean over stories."""
    rows = [(100 * r / max(1, r + w), 100 * r / max(1, r + m)) for r, w, m in counts]
    precision, recall = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return precision, recall, 2 * precision * recall / (precision + recall)


def measured() -> Mapping[str, tuple[int, tuple[float, float, float], tuple[float, float, float]]]:
    """By kind of story: how many, agreement on pairs, and the second reader scored as a trace is."""
    out: dict[str, list[tuple[tuple[int, int, int], tuple[int, int, int]]]] = defaultdict(list)
    for name, first, second in both():
        one, other = together(first), together(second)
        pairs = (len(one & other), len(other - one), len(one - other))
        out["round-ups" if name.startswith("neus-") else "whole stories"].append((pairs, links(first, second)))
    return {
        kind: (len(rows), shares(pairs for pairs, _ in rows), shares(scored for _, scored in rows))
        for kind, rows in sorted(out.items())
    }


def main() -> int:
    """Print the agreement."""
    print(f"{'':16}{'stories':>8}{'pairs P':>10}{'R':>6}{'F1':>6}{'links P':>10}{'R':>6}{'F1':>6}")
    for kind, (number, pairs, scored) in measured().items():
        print(
            f"{kind:16}{number:8}{pairs[0]:10.0f}{pairs[1]:6.0f}{pairs[2]:6.0f}{scored[0]:10.0f}{scored[1]:6.0f}{scored[2]:6.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
