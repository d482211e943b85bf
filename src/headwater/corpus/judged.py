"""Copies and stories, window by window: each in a guarded process, without the articles that end it.

A copy belongs to the window that judges the day of its later article. Stories are joined over windows: two articles
that different windows judge tell one story where both windows see them in one group.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from headwater import pipeline
from headwater.corpus.folder import Folder
from headwater.corpus.guard import Guard, Lost, guard
from headwater.corpus.guarded import Bounds
from headwater.corpus.shards import Entry, Shard, finish, write_all, writing
from headwater.corpus.taken import NO_DAY
from headwater.corpus.windows import Ref, Sources, Window, load
from headwater.model import Failure, Story, stable_id
from headwater.report.json import line_of

#: Days within which an article is copied.
COPIED_WITHIN = 7
#: Days over which a story reaches from one article to another (``cluster``).
TOLD_WITHIN = 14
_MOST_CULPRITS = 5  # of one window, before it is given up
_NONE: frozenset[str] = frozenset()


class Judge(NamedTuple):
    """A shard that is to be made of a window; ``within_days`` is how far apart articles are held together.

    ``seconds`` is what all of it may take.
    """

    shard: Shard
    window: Window
    sources: Sources
    within_days: int
    bounds: Bounds
    seconds: float


class Member(NamedTuple):
    """An article in a group, as a window sees it."""

    ref: Ref
    id: str


# In a guarded process ------------------------------------------------------------------------------------------------


def copies_of(window: Window, sources: Sources, within_days: int, without: frozenset[str],
              part: tuple[int, int] | None) -> list[bytes]:  # fmt: skip
    """The copies of a window as lines, but those of some articles (by id); only among a ``part`` of it, by number."""
    refs, articles = load(window, sources)
    days = {a.id: r.day for r, a in zip(refs, articles, strict=True)}
    given = [a for a in articles[slice(*part) if part else slice(None)] if a.id not in without]
    return [
        line_of(copy)
        for copy in pipeline.find_copies(given, within_days=within_days)
        if window.judges(max(days[copy.earlier], days[copy.later]))
        and (window.everywhere or abs(days[copy.earlier] - days[copy.later]) <= within_days)
    ]


def groups_of(window: Window, sources: Sources, within_days: int, without: frozenset[str],
              part: tuple[int, int] | None) -> list[bytes]:  # fmt: skip
    """The groups of a window that tell one story each, as lines; the other arguments are as for ``copies_of``."""
    refs, articles = load(window, sources)
    member = {a.id: Member(r, a.id) for r, a in zip(refs, articles, strict=True)}
    given = [a for a in articles[slice(*part) if part else slice(None)] if a.id not in without]
    groups = ([member[i] for i in story.articles] for story in pipeline.find_stories(given))
    return [line_of(group) for group in groups if any(window.judges(m.ref.day) for m in group)]


def ids_of(window: Window, sources: Sources) -> list[str]:
    """The ids of the articles of a window, by number."""
    return [article.id for article in load(window, sources)[1]]


# Beside it -----------------------------------------------------------------------------------------------------------


def find_copies(task: Judge) -> Entry:
    """Make a shard of copies."""
    return _judged(task, copies_of, "copies")


def find_groups(task: Judge) -> Entry:
    """Make a shard of groups, as one window sees them: what ``join`` makes stories of."""
    return _judged(task, groups_of, "stories")


def _judged(task: Judge, function: Any, word: str) -> Entry:
    given = (task.window, task.sources, task.within_days)
    failures: list[Failure] = []
    with guard(task.bounds) as mine:
        without = _NONE
        made = mine.call(function, *given, without, None, seconds=task.seconds)
        while isinstance(made, Lost) and len(without) < _MOST_CULPRITS:
            culprit, why = _culprit(mine, function, given, without, task.seconds)
            if culprit is None:
                break
            without |= {culprit}
            failures.append(Failure(where=f"article {culprit}", why=f"left out of {word}: it {why}"))
            made = mine.call(function, *given, without, None, seconds=task.seconds)
    if isinstance(made, Lost):
        where = f"{word} of {_said(task.window.low)} to {_said(task.window.high)}"
        return write_all(task.shard, [], [Failure(where=where, why=f"could not be judged: it {made.why}")])
    return write_all(task.shard, made, failures)


def _culprit(
    mine: Guard, function: Any, given: tuple[Any, ...], without: frozenset[str], seconds: float
) -> tuple[str | None, str]:
    """An article that cannot be judged by itself, found by halves, and why; None where none alone is the cause."""
    ids = mine.call(ids_of, *given[:2])
    if isinstance(ids, Lost):
        return None, ""
    low, high, why = 0, len(ids), ""
    while high - low > 1:
        middle = (low + high) // 2
        for part in ((low, middle), (middle, high)):
            made = mine.call(function, *given, without, part, seconds=seconds)
            if isinstance(made, Lost):
                (low, high), why = part, made.why
                break
        else:
            return None, ""
    return (ids[low], why) if ids and ids[low] not in without else (None, "")


def _said(day: int) -> str:
    return "no date" if day == NO_DAY else date.fromordinal(day).isoformat()


# Stories over windows ------------------------------------------------------------------------------------------------


def join(shards: Sequence[Shard], windows: Sequence[Window], groups: Sequence[Shard]) -> Iterator[Entry]:
    """Make the shards of stories, one for each window, in order; a story stands where it can grow no more.

    Args:
        shards: of stories, to be written.
        windows: in order of their days.
        groups: what ``find_groups`` made of each.
    """
    open_ = _Open()
    undated = _undated_homes(windows, groups)
    for number, (shard, window) in enumerate(zip(shards, windows, strict=True)):
        open_.see(number, window, _read(groups[number]), undated)
        later = windows[number + 1].begin if number + 1 < len(windows) else None
        done = sorted(open_.finished(later))
        lines = [line_of(Story(story=stable_id("story", *ids), articles=ids)) for ids, _ in done]
        rows = [[list(ref[:2]) for ref in refs] for _, refs in done]
        Folder(shard.out).write(shard.beside("rows"), line_of(rows))
        with writing(shard) as into:
            for line in lines:
                into.add(line)
        yield finish(shard, into.entry(shard, ()))


def _read(shard: Shard) -> list[list[Member]]:
    data = Folder(shard.out).read(shard.name) or b""
    return [msgspec.json.decode(line, type=list[Member]) for line in data.splitlines()]


def _undated_homes(windows: Sequence[Window], groups: Sequence[Shard]) -> dict[tuple[int, int], int]:
    """The window that judges each article without a day: where it stands with most others of that window."""
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for number, window in enumerate(windows):
        if not window.everywhere:
            break
        for group in _read(groups[number]):
            held = sum(m.ref.day != NO_DAY and window.judges(m.ref.day) for m in group)
            for member in group:
                if member.ref.day == NO_DAY:
                    key = member.ref[:2]
                    best[key] = max(best.get(key, (held, -number)), (held, -number))
    return {key: -number for key, (_, number) in best.items()}


class _Open:
    """Stories that later windows can still add to."""

    def __init__(self) -> None:
        self._parent: dict[Ref, Ref] = {}
        self._names: dict[Ref, str] = {}
        self._views: dict[int, tuple[int, dict[Ref, int]]] = {}

    def see(self, number: int, window: Window, groups: Sequence[Sequence[Member]],
            undated: Mapping[tuple[int, int], int]) -> None:  # fmt: skip
        """Join what this window sees together, with what earlier ones saw of it."""
        view = {member.ref: at for at, group in enumerate(groups) for member in group}
        for group in groups:
            own = [m for m in group if (undated[m.ref[:2]] == number if m.ref.day == NO_DAY and window.everywhere
                                        else window.judges(m.ref.day))]  # fmt: skip
            for member in own:
                self._parent.setdefault(member.ref, member.ref)
                self._names[member.ref] = member.id
                self._join(own[0].ref, member.ref)
            for member in group:
                if member.ref in self._parent:
                    for _, seen in self._views.values():
                        for one in own:
                            if member.ref in seen and seen.get(one.ref) == seen[member.ref]:
                                self._join(one.ref, member.ref)
        self._views[number] = (window.end, view)

    def finished(self, later: int | None) -> Iterator[tuple[tuple[str, ...], tuple[Ref, ...]]]:
        """Stories that end before the next window begins to look; None = there is no next one."""
        members: dict[Ref, list[Ref]] = {}
        for ref in self._parent:
            members.setdefault(self._find(ref), []).append(ref)
        for refs in members.values():
            if later is None or all(ref.day < later for ref in refs):
                in_order = sorted(refs, key=lambda ref: self._names[ref])
                yield tuple(self._names[ref] for ref in in_order), tuple(in_order)
                for ref in refs:
                    del self._parent[ref], self._names[ref]
        for number in [n for n, (end, _) in self._views.items() if later is not None and end < later]:
            del self._views[number]

    def _find(self, ref: Ref) -> Ref:
        while self._parent[ref] != ref:
            self._parent[ref] = self._parent[self._parent[ref]]
            ref = self._parent[ref]
        return ref

    def _join(self, one: Ref, other: Ref) -> None:
        low, high = sorted((self._find(one), self._find(other)))
        self._parent[high] = low
