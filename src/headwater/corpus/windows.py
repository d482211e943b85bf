"""Windows over the days of a corpus: some days that are judged, with as many around them as can have a say in it.

News are copied, and told, within days: a window is all that is ever held. The days that are judged (``low`` to
``high``) are apart, and each article belongs to one window; what stands around it is there to be compared with.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from headwater.corpus.folder import Folder
from headwater.corpus.shards import Entry, Shard
from headwater.corpus.taken import NO_DAY, article_of, index_of
from headwater.model import Article

#: Articles that the days of a window hold together, unless one day alone holds more.
SIZE = 4_000


class Ref(NamedTuple):
    """An article's place: its shard, its row there, the day it counts as of (NO_DAY for none)."""

    shard: int
    row: int
    day: int


class Window(NamedTuple):
    """Days that are judged, both inclusive, and those around them that are looked at, as ordinals.

    ``everywhere``: articles without a day are in all windows; else they count as of the day of the article read before
    them. ``first`` and ``last``: there is no window before or after.
    """

    low: int
    high: int
    begin: int
    end: int
    everywhere: bool
    first: bool

    def judges(self, day: int) -> bool:
        """Whether what counts as of that day is judged in this window; what bears none is in the first."""
        return self.first if day == NO_DAY else self.low <= day <= self.high


class Sources(NamedTuple):
    """The shards of articles that a window looks into, by their numbers, and other ids of some of them by row."""

    shards: Mapping[int, Shard]
    names: Mapping[int, Mapping[int, str]]


class Plan(NamedTuple):
    """The windows of a corpus, with the shards each looks into; how many articles bear no day.

    ``everywhere`` is False where these were too many to be held in every window.
    """

    windows: tuple[tuple[Window, tuple[int, ...]], ...]
    undated: int
    everywhere: bool


def plan(entries: Sequence[Entry], *, before: int, after: int, size: int = SIZE, undated: bool = True) -> Plan:
    """Cut the days of a corpus into windows.

    Args:
        entries: of its shards of articles, in order.
        before: days before those judged that are looked at.
        after: days after them.
        size: articles that the judged days of a window hold; articles without a day are in all windows as long as
            they are no more than that.
        undated: whether such articles are in windows at all.
    """
    lacking = sum(beside for entry in entries for _, beside in entry.days.values())
    everywhere = not undated or lacking <= size
    totals: Counter[int] = Counter()
    shards_of: dict[int, set[int]] = {}
    anywhere: set[int] = set()
    for number, entry in enumerate(entries):
        for key, (dated, beside) in entry.days.items():
            if everywhere and undated and beside:
                anywhere.add(number)
            day = int(key) if key else NO_DAY
            counted = dated if everywhere else dated + beside
            if counted:
                totals[day] += counted
                shards_of.setdefault(day, set()).add(number)
    days = sorted(totals)
    windows: list[tuple[Window, tuple[int, ...]]] = []
    for low, high in _cut(days, totals, size):
        begin, end = (low, high) if low == NO_DAY else (low - before, high + after)
        inside = {
            number for day in days[bisect_left(days, begin) : bisect_right(days, end)] for number in shards_of[day]
        }
        window = Window(low, high, begin, end, everywhere, first=not windows)
        windows.append((window, tuple(sorted(inside | anywhere))))
    if not windows and anywhere:
        windows.append((Window(NO_DAY, NO_DAY, NO_DAY, NO_DAY, everywhere, first=True), tuple(sorted(anywhere))))
    return Plan(tuple(windows), lacking, everywhere)


def _cut(days: Sequence[int], totals: Mapping[int, int], size: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    held = 0
    for day in days:
        if not out or held + totals[day] > size or out[-1][0] == NO_DAY:
            out.append((day, day))
            held = 0
        out[-1] = (out[-1][0], day)
        held += totals[day]
    return out


def load(window: Window, sources: Sources) -> tuple[list[Ref], list[Article]]:
    """The articles of a window, in order of shard and row."""
    refs: list[Ref] = []
    articles: list[Article] = []
    for number, shard in sorted(sources.shards.items()):
        index = index_of(shard)
        days = index["day"] if window.everywhere else index["as_of"]
        wanted = ((days >= window.begin) & (days <= window.end) & (days != NO_DAY)) | (
            (days == NO_DAY) & (window.everywhere or window.low == NO_DAY)
        )
        rows = wanted.nonzero()[0].tolist()
        refs += [Ref(number, row, int(days[row])) for row in rows]
        articles += at_rows(shard, rows, sources.names.get(number, {}))
    return refs, articles


def at_rows(shard: Shard, rows: Iterable[int], names: Mapping[int, str]) -> list[Article]:
    """The articles at some rows of a shard."""
    index = index_of(shard)
    out = []
    with Folder(shard.out).open(shard.name) as file:
        for row in rows:
            if file.tell() != int(index[row]["at"]):
                file.seek(int(index[row]["at"]))
            line = file.read(int(index[row]["size"]) + 1)
            out.append(article_of(line, names.get(row)))
    return out
