"""Stories that grow as articles come: those that nothing to come can add to are given out.

Takes articles with the links between them, day by day or all at once. Articles that strong links connect are grouped
together once none of them can be linked to any more, so that the groups are the same however the days were cut.
"""

import heapq
from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from headwater.cluster.grouping import CHANCE, groups, strong
from headwater.model import Story, stable_id

Key = TypeVar("Key", int, tuple[int, int])


class Member(NamedTuple):
    """An article as stories know it.

    ``day`` is the ordinal of its date, None without one; ``until`` that of the last article that can be linked to it.
    """

    id: str
    day: int | None
    mixed: bool
    until: int


class Grown(NamedTuple, Generic[Key]):
    """A story that is whole, and the keys of its articles in its order."""

    story: Story
    keys: tuple[Key, ...]


class Growing(Generic[Key]):
    """The articles whose stories may still grow, each by a key of the caller's; keys are in some order."""

    def __init__(self, *, chance: float = CHANCE) -> None:
        """With the average chance from which two groups are one story."""
        self._chance = chance
        self._members: dict[Key, Member] = {}
        self._links: dict[Key, list[tuple[Key, float, float]]] = {}
        self._parent: dict[Key, Key] = {}
        self._connected: dict[Key, list[Key]] = {}  # of each root, what strong links connect it with
        self._until: dict[Key, int] = {}  # of each root, the latest of these
        self._due: list[tuple[int, Key]] = []

    def add(self, key: Key, member: Member) -> None:
        """An article; keys and ids differ."""
        self._members[key] = member
        self._parent[key] = key
        self._connected[key] = [key]
        self._until[key] = member.until
        heapq.heappush(self._due, (member.until, key))

    def link(self, one: Key, other: Key, alike: float, chance: float) -> None:
        """A link between two articles that were added, each pair once; one that was not counts for nothing."""
        if one in self._members and other in self._members:
            self._links.setdefault(one, []).append((other, alike, chance))
            mixed = self._members[one].mixed + self._members[other].mixed
            if strong(alike, chance, mixed=mixed, at_least=self._chance):
                self._connect(self._root(one), self._root(other))

    def whole(self, day: int | None) -> list[Grown[Key]]:
        """The stories that nothing of that day or later can add to, in order of their articles; None = all.

        They are let go.
        """
        out: list[Grown[Key]] = []
        while self._due and (day is None or self._due[0][0] < day):
            _, key = heapq.heappop(self._due)
            if key in self._parent:
                root = self._root(key)
                # what is connected with a later one comes up again with that one
                if day is None or self._until[root] < day:
                    keys = self._connected.pop(root)
                    out += self._grouped(keys)
                    for one in keys:
                        del self._members[one], self._parent[one], self._until[one]
                        self._links.pop(one, None)
        return sorted(out, key=lambda grown: grown.story.articles)

    def _connect(self, one: Key, other: Key) -> None:
        if one != other:
            large, small = (one, other) if len(self._connected[one]) >= len(self._connected[other]) else (other, one)
            self._parent[small] = large
            self._connected[large] += self._connected.pop(small)
            self._until[large] = max(self._until[large], self._until[small])

    def _root(self, key: Key) -> Key:
        while self._parent[key] != key:
            self._parent[key] = key = self._parent[self._parent[key]]
        return key

    def _grouped(self, keys: list[Key]) -> Iterator[Grown[Key]]:
        keys = sorted(keys, key=lambda key: self._members[key].id)
        members = [self._members[key] for key in keys]
        place = {key: number for number, key in enumerate(keys)}
        links = [
            (place[one], place[other], alike, chance)
            for one in keys
            for other, alike, chance in self._links.get(one, ())
            if other in place
        ]
        for group in groups([member.mixed for member in members], links, chance=self._chance):
            group.sort()
            yield Grown(_story([members[number] for number in group]), tuple(keys[number] for number in group))


def _story(members: list[Member]) -> Story:
    """The story of articles in order of their ids, named after the earliest that is no round-up or comment."""
    plain = [member for member in members if not member.mixed] or members
    first = min(plain, key=lambda member: (member.day is None, member.day or 0, member.id))
    return Story(story=stable_id("story", first.id), articles=tuple(member.id for member in members))
