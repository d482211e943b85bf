"""A corpus on its way into an archive: articles, readings and stories are put in, and what is new there is traced.

The archive knows itself which stories are still to be traced, so that a run that was cut off goes on there too. What
compares and traces runs in guarded processes; an article that no window could judge is not put in.
"""

import sqlite3
from collections.abc import Container, Sequence
from itertools import islice

import headwater
from headwater import pipeline
from headwater.archive import Archive, applied, neighbours, showing
from headwater.archive import articles as stored
from headwater.corpus.folder import Folder
from headwater.corpus.guard import Guard, Lost, guard
from headwater.corpus.run import Base, Run
from headwater.corpus.shards import Entry, Shard
from headwater.corpus.taken import article_of, tagger_of
from headwater.corpus.telling import Told, reading_at, rows_of, trace_guarded, unread
from headwater.model import Article, Failure, Reading

_AT_ONCE = 100  # articles put into an archive in one transaction
_GIVEN_OUT = 200  # stories that an engine is given at a time
_MOST_CULPRITS = 5  # among articles that are grouped together, before it is given up
_STAGE = "archive"


class Archiving:
    """Articles, readings and stories of a run on their way into an archive."""

    def __init__(self, run: Run, base: Base, readings: Sequence[Shard], archive: Archive) -> None:
        """Nothing is put in yet."""
        tagger = tagger_of(run.settings.reader, None)
        self._run, self._base, self._readings, self._archive = run, base, readings, archive
        self._key = f"{headwater.__version__} {getattr(tagger, 'key', tagger.name)}"
        self._ids: dict[tuple[int, int], str] = {}
        self._unread: set[str] = set()

    def go(self, stories: Sequence[Shard]) -> Entry:
        """Put all in and trace what is to be traced; ``records`` of the entry are the stories that were traced."""
        judged: dict[int, set[int]] = {}
        for shard in stories:
            for number, row in (ref for refs in rows_of(shard) for ref in refs):
                judged.setdefault(number, set()).add(row)
        for number in sorted(judged):
            self._put(number, judged[number])
        for shard in stories:
            self._assign(rows_of(shard))
        while new := neighbours.unassigned(self._archive, limit=self._run.settings.window):
            self._join(new)
        traced = self._trace()
        self._run.lose(_STAGE, self._given_up())
        return Entry(stamp="", size=0, digest="", records=traced)

    def _put(self, number: int, judged: Container[int]) -> None:
        shard, names = self._base.shards[number], self._base.names.get(number, {})
        with Folder(shard.out).open(shard.name) as file:
            rows = ((row, article_of(line, names.get(row))) for row, line in enumerate(file) if row in judged)
            while part := list(islice(rows, _AT_ONCE)):
                new, known = stored.put(self._archive, [article for _, article in part])
                there = {one.given: one.id for one in known}
                fresh = iter(new)
                read = []
                for row, article in part:
                    own = there.get(article.id) or next(fresh)
                    self._ids[number, row] = own
                    if own == article.id:
                        made = reading_at(self._readings[number], row)
                        if made is None:
                            self._unread.add(own)
                        # without one, whoever opens the archive next would read it, in a process that is not guarded
                        read.append((article, made or Reading(id=own, furniture=article.furniture)))
                stored.keep_readings(self._archive, read, reader=self._key)

    def _assign(self, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        named = [sorted({self._ids[number, row] for number, row in refs}) for refs in rows]
        with self._archive.reading() as db:
            groups = [group for group in named if all(_wanted(db, name) is None for name in group)]
        fresh: list[list[str]] = []
        seen: set[str] = set()
        for group in groups:  # one text under two ids is one article of an archive, which tells one story
            left = [name for name in group if name not in seen]
            seen.update(left)
            if left:
                fresh.append(left)
        showing.assign(self._archive, fresh, before=dict.fromkeys(sorted(seen)))

    def _join(self, new: Sequence[str]) -> None:
        """Find the stories of articles beside those that were in the archive before.

        One that does harm is left out and stands alone; where it was there before, its story stays as it is.
        """
        together, before = neighbours.around(self._archive, new)
        bounds, seconds = self._run.settings.bounds.of_many(len(together))
        alone: dict[str, str] = {}
        with guard(bounds) as mine:
            made = mine.call(groups_of, together, seconds=seconds)
            while isinstance(made, Lost):
                culprit = _culprit(mine, together, made.why, seconds) if len(alone) < _MOST_CULPRITS else None
                if culprit is None:  # not one article but some together: none of the new ones is compared
                    alone |= {a.id: made.why for a in together if not before[a.id]}
                    together, made = (), []
                else:
                    name, why = culprit
                    alone[name] = why
                    story = before[name] or ""
                    together = tuple(a for a in together if a.id != name and before[a.id] != story)
                    made = mine.call(groups_of, together, seconds=seconds)
        held = {a.id: before[a.id] for a in together} | {name: None for name in alone if not before[name]}
        groups = [*made, *([name] for name in alone if name in held)]
        if showing.assign(self._archive, groups, before=held):
            why = "not compared with stories that were there before: it"
            self._run.lose(_STAGE, [Failure(where=f"article {a}", why=f"{why} {alone[a]}") for a in sorted(alone)])

    def _trace(self) -> int:
        traced = 0
        rest = iter(showing.waiting(self._archive))
        while part := list(islice(rest, _GIVEN_OUT)):
            loaded = [given for name in part if (given := showing.load(self._archive, name)) is not None]
            tasks = [self._task(given) for given in loaded]
            made = self._run.engine.map(trace_guarded, [(told, self._run.settings) for told, _ in tasks])
            for given, (_, used), outcome in zip(loaded, tasks, made, strict=True):
                if isinstance(outcome, Lost):
                    showing.give_up(self._archive, given, f"could not be traced: it {outcome.why}")
                else:
                    traced += showing.save(self._archive, given, outcome, decisions=used)
        return traced

    def _task(self, given: showing.Waiting) -> tuple[Told, Sequence[str]]:
        told = applied.of_story(self._archive, [(a.id, a.outlet) for a in given.articles])
        cleaned = tuple(applied.marked(a, told) for a in given.articles)
        found = stored.kept_readings(self._archive, cleaned, reader=self._key)
        failures = tuple(unread(a.id) for a in cleaned if a.id in self._unread)
        return Told(cleaned, found, failures, told.decisions), told.used

    def _given_up(self) -> list[Failure]:
        """The stories with articles of this corpus that could not be traced, in this run or in one before it."""
        ours = set(self._ids.values())
        with self._archive.reading() as db:
            rows = db.execute(
                "SELECT stories.id, trouble, articles.id FROM stories JOIN articles ON wanted = stories.id"
                " WHERE trouble IS NOT NULL ORDER BY stories.id"
            ).fetchall()
        given_up = {story: why for story, why, article in rows if article in ours}
        return [Failure(where=f"story {story}", why=why) for story, why in given_up.items()]


def groups_of(articles: Sequence[Article]) -> list[tuple[str, ...]]:
    """For a guard: the ids of articles that tell one story each."""
    return [story.articles for story in pipeline.find_stories(articles)]


def _culprit(mine: Guard, articles: Sequence[Article], why: str, seconds: float) -> tuple[str, str] | None:
    """The id of an article that cannot be grouped even with few others, by halves, and why; None where none is."""
    while len(articles) > 1:
        middle = len(articles) // 2
        for part in (articles[:middle], articles[middle:]):
            made = mine.call(groups_of, part, seconds=seconds)
            if isinstance(made, Lost):
                articles, why = part, made.why
                break
        else:
            return None
    return articles[0].id, why


def _wanted(db: sqlite3.Connection, name: str) -> str | None:
    row = db.execute("SELECT wanted FROM articles WHERE id = ?", (name,)).fetchone()
    wanted: str | None = row[0]
    return wanted
