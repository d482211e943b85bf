"""What it takes to trace a story of a corpus: its articles and readings by their places, and a guarded call."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from headwater import pipeline
from headwater.corpus.folder import Folder
from headwater.corpus.guard import Lost, guard
from headwater.corpus.run import Base, Settings
from headwater.corpus.shards import Shard
from headwater.corpus.taken import index_of, tagger_of
from headwater.corpus.windows import at_rows
from headwater.model import Article, Decisions, Failure, Reading, Trace

_WHY_NOT = "it could not be read; nothing is known of what it says"


class Told(NamedTuple):
    """A story that is to be traced: articles, and their readings by id."""

    articles: tuple[Article, ...]
    readings: dict[str, Reading]
    failures: tuple[Failure, ...] = ()
    decisions: Decisions = Decisions()


def rows_of(stories: Shard) -> list[list[tuple[int, int]]]:
    """The articles of each story of a shard, by shard and row."""
    data = Folder(stories.out).read(stories.beside("rows")) or b"[]"
    return msgspec.json.decode(data, type=list[list[tuple[int, int]]])


def reading_at(shard: Shard, row: int) -> Reading | None:
    """The reading of an article by its row; None where it could not be read."""
    record = index_of(shard)[row]
    if not record["size"]:
        return None
    with Folder(shard.out).open(shard.name) as file:
        file.seek(int(record["at"]))
        return msgspec.json.decode(file.read(int(record["size"])), type=Reading)


def unread(name: str) -> Failure:
    """What a trace says of an article, by its id, that could not be read."""
    return Failure(where=name, why=_WHY_NOT)


def told_at(base: Base, readings: Mapping[int, Shard], refs: Sequence[tuple[int, int]]) -> Told:
    """A story by the places of its articles."""
    articles: list[Article] = []
    found: dict[str, Reading] = {}
    failures: list[Failure] = []
    for number, row in refs:
        article = at_rows(base.shards[number], [row], base.names.get(number, {}))[0]
        made = reading_at(readings[number], row)
        if made is None:
            failures.append(unread(article.id))
        articles.append(article)
        found[article.id] = made or Reading(id=article.id, furniture=article.furniture)
    return Told(tuple(articles), found, tuple(failures))


def trace_one(given: Told, reader: str | None, cache: str | None) -> Trace:
    """For a guard: the trace of one story."""
    return pipeline.trace_story(
        given.articles,
        tagger=tagger_of(reader, cache),
        readings=given.readings,
        failures=given.failures,
        decisions=given.decisions,
    )


def trace_guarded(task: tuple[Told, Settings]) -> "Trace | Lost":
    """The trace of one story, made in a guarded process."""
    given, settings = task
    seconds = settings.bounds.seconds * (1 + len(given.articles) / 10)
    with guard(settings.bounds) as mine:
        return mine.call(trace_one, given, settings.reader, settings.cache, seconds=seconds)
