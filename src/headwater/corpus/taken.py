"""The first stages: pieces of a corpus into shards of cleaned articles, and these into shards of readings.

Every article is parsed, cleaned and read in guarded processes; what raises, hangs or ends its process is one failure.
Beside each shard of articles stands an index of its records: place, size, day, and a number for the article's id.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from headwater import pipeline
from headwater.clean import mark, mark_all
from headwater.corpus.folder import Folder
from headwater.corpus.guard import Guard, Lost, guard
from headwater.corpus.guarded import At, Bounds
from headwater.corpus.pieces import Piece, items
from headwater.corpus.shards import Entry, Shard, finish, writing
from headwater.dates import day_of
from headwater.ingest import unique
from headwater.ingest.found import Found
from headwater.ingest.walk import shown
from headwater.model import Article, Failure
from headwater.reading import Tagger
from headwater.report.json import line_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Articles are cleaned together, so that what an outlet repeats is seen: so many, or of so many characters, at a time.
_TOGETHER = 500
_MOST_CHARACTERS = 8_000_000
#: The day of an article that bears none.
NO_DAY = -1
_ITEM = {"lines": "article", "table": "row", "archive": "record"}
_FIELDS = [("at", "<i8"), ("size", "<i8"), ("day", "<i4"), ("as_of", "<i4"), ("name", "<u8")]


class Take(NamedTuple):
    """A shard of articles that is to be made of a piece."""

    shard: Shard
    piece: Piece
    bounds: Bounds


class Read(NamedTuple):
    """A shard of readings that is to be made of a shard of articles; ``names`` gives articles by row another id."""

    shard: Shard
    articles: Shard
    names: Mapping[int, str]
    reader: str | None
    cache: str | None
    bounds: Bounds


# Articles ------------------------------------------------------------------------------------------------------------


def take(task: Take) -> Entry:
    """Make a shard of articles."""
    failures: list[Failure] = []
    rows: list[tuple[int, int, int, int]] = []
    with guard(task.bounds) as parser, guard(task.bounds) as cleaner, writing(task.shard) as into:
        for group in _groups(parser, task.piece, failures):
            for article in _cleaned(cleaner, group, task.piece, failures):
                line = line_of(article)
                day = day_of(article.published) if article.published else None
                rows.append((into.add(line), len(line), day.toordinal() if day else NO_DAY, _number(article.id)))
    index = _index(rows)
    Folder(task.shard.out).write(task.shard.beside("index"), index.tobytes())
    return finish(task.shard, into.entry(task.shard, failures, _days(index)))


def _groups(parser: Guard, piece: Piece, failures: list[Failure]) -> Iterator[list[Article]]:
    group: list[Article] = []
    size = 0
    for item in parser.each(items, piece):
        if isinstance(item, Found):
            group.append(replace(item.article, id=item.id))
            size += len(item.article.text)
            if len(group) >= _TOGETHER or size >= _MOST_CHARACTERS:
                yield group
                group, size = [], 0
        elif isinstance(item, Failure):
            failures.append(item)
        else:
            number, lost = item
            where = f"{shown(piece.address)}, {_ITEM[piece.kind]} {piece.first + number + 1}"
            failures.append(Failure(where=where, why=_why(lost)))
    if group:
        yield group


def _why(lost: Lost) -> str:
    return f"could not be read: it {lost.why}" + ("; nor what follows in its shard" if lost.rest else "")


def _cleaned(cleaner: Guard, group: list[Article], piece: Piece, failures: list[Failure]) -> Sequence[Article]:
    seconds = cleaner.bounds.seconds + 0.1 * len(group)
    together = cleaner.call(mark_all, group, seconds=seconds)
    if not isinstance(together, Lost):
        return together
    alone: list[Article] = []
    sound: list[Article] = []
    for article in group:
        made = cleaner.call(mark, article)
        if isinstance(made, Lost):
            failures.append(Failure(where=f"{shown(piece.address)}, article {article.id}",
                                    why=f"could not be cleaned: it {made.why}"))  # fmt: skip
        else:
            alone.append(made)
            sound.append(article)
    again = cleaner.call(mark_all, sound, seconds=seconds)
    return alone if isinstance(again, Lost) else again


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _index(rows: Sequence[tuple[int, int, int, int]]) -> "NDArray[Any]":
    """One record for each article; one that bears no day counts as of that of the article read before it, or after."""
    import numpy as np

    index = np.zeros(len(rows), np.dtype(_FIELDS))
    for name, column in zip(("at", "size", "day", "name"), zip(*rows, strict=True), strict=False):
        index[name] = np.array(column, index[name].dtype)
    dated = np.flatnonzero(index["day"] != NO_DAY)
    index["as_of"] = NO_DAY
    if len(dated):
        before = np.maximum(np.searchsorted(dated, np.arange(len(index)), side="right") - 1, 0)
        index["as_of"] = index["day"][dated[before]]
    return index


def _days(index: "NDArray[Any]") -> dict[str, tuple[int, int]]:
    import numpy as np

    out = {}
    for day in np.unique(index["as_of"]):
        here = index["as_of"] == day
        dated = int((here & (index["day"] != NO_DAY)).sum())
        out["" if day == NO_DAY else str(day)] = (dated, int(here.sum()) - dated)
    return out


def index_of(shard: Shard) -> "NDArray[Any]":
    """The index of a shard of articles (or readings: there a size of 0 says that there is none).

    Fields: ``at`` and ``size`` in bytes; ``day``, an ordinal or NO_DAY; ``as_of``, the day it is counted as of where it
    bears none; ``name``, a 64-bit number for its id.
    """
    import numpy as np

    return np.frombuffer(Folder(shard.out).read(shard.beside("index")) or b"", np.dtype(_FIELDS))


def article_of(line: bytes, name: str | None = None) -> Article:
    """The article of a line that ``take`` wrote, under another id where one is given."""
    article = msgspec.json.decode(line, type=Article)
    return article if name is None else replace(article, id=name)


def names(shards: Sequence[Shard]) -> dict[int, dict[int, str]]:
    """Other ids for articles whose id one before them bears: by shard and row. The first in the corpus keeps its id."""
    import numpy as np

    numbers = [index_of(shard)["name"] for shard in shards]
    starts = np.cumsum([0, *map(len, numbers)])
    all_numbers: NDArray[np.uint64] = np.concatenate(numbers) if numbers else np.zeros(0, np.uint64)
    order = np.argsort(all_numbers, kind="stable")
    again = order[1:][all_numbers[order[1:]] == all_numbers[order[:-1]]]
    taken = set(all_numbers[again].tolist())
    if not taken:
        return {}
    ordered = all_numbers[order]
    out: dict[int, dict[int, str]] = {}
    given: set[str] = set()
    last: dict[str, int] = {}
    for place in np.sort(again).tolist():
        at = int(np.searchsorted(starts, place, side="right")) - 1
        row = place - int(starts[at])
        wanted = _wanted(shards[at], row)
        given.add(wanted)
        while True:
            name = next(iter(unique([wanted], given, last)))
            number = np.uint64(_number(name))
            found = int(np.searchsorted(ordered, number))
            if found == len(ordered) or ordered[found] != number:
                break
        out.setdefault(at, {})[row] = name
    return out


def _wanted(shard: Shard, row: int) -> str:
    record = index_of(shard)[row]
    with Folder(shard.out).open(shard.name) as file:
        file.seek(int(record["at"]))
        return article_of(file.read(int(record["size"]))).id


# Readings ------------------------------------------------------------------------------------------------------------


def read(task: Read) -> Entry:
    """Make a shard of readings, and an index of it with a record for each article."""
    import numpy as np

    failures: list[Failure] = []
    index = index_of(task.articles).copy()
    index["size"] = 0
    with guard(task.bounds) as reader, writing(task.shard) as into:
        for item in reader.each(readings, task.articles, task.names, task.reader, task.cache):
            row, made = item
            if isinstance(made, Lost):
                name = task.names.get(row) or _wanted(task.articles, row)
                failures.append(Failure(where=f"article {name}", why=_why(made)))
            else:
                index[row]["at"], index[row]["size"] = into.add(made), len(made)
    Folder(task.shard.out).write(task.shard.beside("index"), np.ascontiguousarray(index).tobytes())
    return finish(task.shard, into.entry(task.shard, failures))


def readings(
    shard: Shard, given: Mapping[int, str], reader: str | None, cache: str | None, start: int
) -> Iterator[At | tuple[int, bytes]]:
    """For a guard: each row of a shard of articles and its reading as a line."""
    tagger = tagger_of(reader, cache)
    with Folder(shard.out).open(shard.name) as file:
        for row, line in enumerate(file):
            if row >= start:
                yield At(row)
                article = article_of(line, given.get(row))
                yield row, line_of(next(pipeline.read_articles([article], tagger=tagger)))


@lru_cache(maxsize=1)
def tagger_of(reader: str | None, cache: str | None) -> Tagger:
    """The reader, loaded once in each process."""
    return pipeline.reader(reader, cache=cache)
