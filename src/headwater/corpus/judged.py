"""Copies, window by window: each in a guarded process, without the articles that end it.

A copy belongs to the window that judges the day of its later article.
"""

from datetime import date
from typing import NamedTuple

from headwater import pipeline
from headwater.corpus.guard import Guard, Lost, guard
from headwater.corpus.guarded import Bounds
from headwater.corpus.shards import Entry, Shard, write_all
from headwater.corpus.taken import NO_DAY
from headwater.corpus.windows import Sources, Window, load
from headwater.model import Failure
from headwater.report.json import line_of

#: Days within which an article is copied.
COPIED_WITHIN = 7
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


def ids_of(window: Window, sources: Sources) -> list[str]:
    """The ids of the articles of a window, by number."""
    return [article.id for article in load(window, sources)[1]]


# Beside it -----------------------------------------------------------------------------------------------------------


def find_copies(task: Judge) -> Entry:
    """Make a shard of copies."""
    given = (task.window, task.sources, task.within_days)
    failures: list[Failure] = []
    with guard(task.bounds) as mine:
        without = _NONE
        made = mine.call(copies_of, *given, without, None, seconds=task.seconds)
        while isinstance(made, Lost) and len(without) < _MOST_CULPRITS:
            culprit, why = _culprit(mine, given, without, task.seconds, made.why)
            if culprit is None:
                break
            without |= {culprit}
            failures.append(Failure(where=f"article {culprit}", why=f"left out of copies: it {why}"))
            made = mine.call(copies_of, *given, without, None, seconds=task.seconds)
    if isinstance(made, Lost):
        where = f"copies of {said(task.window.low)} to {said(task.window.high)}"
        return write_all(task.shard, [], [Failure(where=where, why=f"could not be judged: it {made.why}")])
    return write_all(task.shard, made, failures)


def _culprit(
    mine: Guard, given: tuple[Window, Sources, int], without: frozenset[str], seconds: float, why: str
) -> tuple[str | None, str]:
    """An article that cannot be judged by itself, found by halves, and why; None where none alone is the cause.

    ``why`` is why all of them together could not be.
    """
    ids = mine.call(ids_of, *given[:2])
    if isinstance(ids, Lost):
        return None, ""
    low, high = 0, len(ids)
    while high - low > 1:
        middle = (low + high) // 2
        for part in ((low, middle), (middle, high)):
            made = mine.call(copies_of, *given, without, part, seconds=seconds)
            if isinstance(made, Lost):
                (low, high), why = part, made.why
                break
        else:
            return None, ""
    return (ids[low], why) if ids and ids[low] not in without else (None, "")


def said(day: int) -> str:
    """A day as it is said."""
    return "no date" if day == NO_DAY else date.fromordinal(day).isoformat()
