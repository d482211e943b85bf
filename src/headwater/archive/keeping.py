"""Which old id a new story or claim keeps: an old one goes where most of it went, and the oldest that came there leads.

So a merged one bears the older id, the larger part of a split one its id, and every old id leads somewhere if anything
of it is left. Pure functions over what old and new ones hold.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from headwater.model import Claim, Mention

_BUCKET = 256  # code points

Item = TypeVar("Item", bound=Hashable)


class Kept(NamedTuple):
    """``old_of`` gives for a new one the old one whose id it bears, ``heir`` for an old one the new one it leads to."""

    old_of: dict[int, int]
    heir: dict[int, int]


def settle(votes: Sequence[Mapping[int, int]]) -> Kept:
    """Who keeps whose id.

    Args:
        votes: for each old one, oldest first, how much of it each new one holds (by number, more than 0).

    Returns:
        By numbers of old and new ones; ties go to the lower number. An old one of which nothing is left has no heir.
    """
    old_of: dict[int, int] = {}
    heir: dict[int, int] = {}
    for old, held in enumerate(votes):
        if held:
            heir[old] = min(held, key=lambda new: (-held[new], new))
            old_of.setdefault(heir[old], old)
    return Kept(old_of, heir)


def of_groups(old: Sequence[Sequence[Item]], new: Sequence[Sequence[Item]]) -> Kept:
    """Who keeps whose id among groups of items, each item in at most one group of either side."""
    at = {item: number for number, group in enumerate(new) for item in group}
    return settle([Counter(at[item] for item in group if item in at) for group in old])


def of_claims(old: Sequence[Claim], new: Sequence[Claim]) -> Kept:
    """Who keeps whose id among claims, oldest first: by how many mentions stand in the same places.

    Two mentions are of one place where half of the shorter one lies in the other.
    """
    mentions = [(number, mention) for number, claim in enumerate(new) for mention in claim.mentions]
    index: dict[tuple[str, int], set[int]] = defaultdict(set)
    for at, (_, mention) in enumerate(mentions):
        for key in _buckets(mention):
            index[key].add(at)
    votes = []
    for claim in old:
        held: Counter[int] = Counter()
        for mention in claim.mentions:
            near = sorted({at for key in _buckets(mention) for at in index.get(key, ())})
            held.update({mentions[at][0] for at in near if _one_place(mention, mentions[at][1])})
        votes.append(held)
    return settle(votes)


def _buckets(mention: Mention) -> list[tuple[str, int]]:
    return [
        (mention.article, at)
        for span in mention.spans
        for at in range(span.start // _BUCKET, max(span.start, span.end - 1) // _BUCKET + 1)
    ]


def _one_place(one: Mention, other: Mention) -> bool:
    shared = sum(a.overlap(b) for a in one.spans for b in other.spans)
    shorter = min(sum(s.end - s.start for s in m.spans) for m in (one, other))
    return shared > 0 and 2 * shared >= shorter
