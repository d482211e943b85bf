"""Stories of a corpus: the words of each article; whom those without a day are held against; links, window by window.

The words are read once, each article in a guarded process; after that only numbers are compared. A link belongs to the
window that judges the day of its later article, which sees all that has a say in it, so that links, and the stories
that ``join`` makes of them, are those of one batch however the days are cut.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from headwater.cluster import items
from headwater.cluster.growing import Growing, Member
from headwater.cluster.links import far_of, links_of
from headwater.cluster.pairs import DAYS, spread
from headwater.cluster.undated import Beside, beside, keys_of, read_keys
from headwater.corpus.folder import Folder
from headwater.corpus.guard import Lost, guard
from headwater.corpus.guarded import At, Bounds
from headwater.corpus.judged import said
from headwater.corpus.shards import Entry, Shard, finish, write_all, writing
from headwater.corpus.taken import NO_DAY, article_of, index_of
from headwater.corpus.windows import Plan, Window
from headwater.model import Article, Failure
from headwater.report.json import line_of

_AT_ONCE = 200  # articles without a day that are looked at at a time
_FAR = [("shard", "<i4"), ("row", "<i4"), ("far_shard", "<i4"), ("far_row", "<i4"), ("day", "<i4"), ("alike", "<f8")]

#: Rows that say whom an article without a day is held against: places of both (shard and row, the article without a day
#: first), the day of the other, and how alike they are where it is among those that count as rivals, else 0.
Held = NDArray[Any]
NONE_HELD: Held = np.zeros(0, np.dtype(_FAR))
Place = tuple[int, int]


class Wording(NamedTuple):
    """A shard of words that is to be made of a shard of articles; ``names`` gives articles by row another id."""

    shard: Shard
    articles: Shard
    names: Mapping[int, str]
    bounds: Bounds


class Beholding(NamedTuple):
    """A shard that is to be made of articles without a day; ``words`` is any of the shards of words."""

    shard: Shard
    words: Shard
    held: Held
    bounds: Bounds
    seconds: float


class View(NamedTuple):
    """What is looked at to find the links of a window; ``words`` are the shards it looks into, by number.

    ``held`` are the rows of the articles without a day that have a say in it, ``within`` which of these are of its
    days. The window of NO_DAY is that of all articles without a day.
    """

    window: Window
    words: Mapping[int, Shard]
    held: Held
    within: NDArray[np.bool_]


class Linking(NamedTuple):
    """A shard of links that is to be made of a window."""

    shard: Shard
    view: View
    bounds: Bounds
    seconds: float


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """An article with its links to earlier ones and to such as bear no day: shard, row, likeness, chance."""

    article: Place
    id: str
    day: int | None
    mixed: bool
    links: list[tuple[int, int, float, float]]


# Words ---------------------------------------------------------------------------------------------------------------


def word(task: Wording) -> Entry:
    """Make a shard of words, an index of it with a record for each article, and the keywords of each."""
    failures: list[Failure] = []
    index = index_of(task.articles).copy()
    index["size"] = 0
    found: list[items.Item | None] = [None] * len(index)
    with guard(task.bounds) as reader, writing(task.shard) as into:
        for row, made in reader.each(words_in, task.articles, task.names):
            if isinstance(made, Lost):
                name = task.names.get(row) or _article(task.articles, row, task.names).id
                why = f"left out of stories: it {made.why}" + ("; so is what follows in its shard" * made.rest)
                failures.append(Failure(where=f"article {name}", why=why))
            else:
                line = line_of(made)
                index[row]["at"], index[row]["size"] = into.add(line), len(line)
                found[row] = items.item_of(made)
    folder = Folder(task.shard.out)
    folder.write(task.shard.beside("index"), index.tobytes())
    folder.write(task.shard.beside("keys"), keys_of(found).tobytes())
    return finish(task.shard, into.entry(task.shard, failures))


def words_in(shard: Shard, names: Mapping[int, str], start: int) -> Iterator[At | tuple[int, items.Words]]:
    """For a guard: each row of a shard of articles and its words."""
    with Folder(shard.out).open(shard.name) as file:
        for row, line in enumerate(file):
            if row >= start:
                yield At(row)
                yield row, items.words_of(article_of(line, names.get(row)))


def _article(shard: Shard, row: int, names: Mapping[int, str]) -> Article:
    with Folder(shard.out).open(shard.name) as file:
        file.seek(int(index_of(shard)[row]["at"]))
        return article_of(file.readline(), names.get(row))


def _items_at(shard: Shard, rows: Sequence[int]) -> Iterator[tuple[Place, items.Item]]:
    """The articles at some rows of a shard of words, but those whose words could not be read."""
    index = index_of(shard)
    with Folder(shard.out).open(shard.name) as file:
        for row in rows:
            if size := int(index[row]["size"]):
                if file.tell() != int(index[row]["at"]):
                    file.seek(int(index[row]["at"]))
                line = file.read(size + 1)
                yield (shard.number, row), items.item_of(msgspec.json.decode(line, type=items.Words))


def _gathered(shards: Mapping[int, Shard], rows: Mapping[int, set[int]]) -> tuple[list[Place], list[items.Item]]:
    """Articles by shard and row, in order of their ids."""
    found = [one for number in sorted(rows) for one in _items_at(shards[number], sorted(rows[number]))]
    found.sort(key=lambda one: one[1].id)
    return [place for place, _ in found], [item for _, item in found]


# Without a day -------------------------------------------------------------------------------------------------------


def held(words: Sequence[Shard]) -> Held:
    """Whom each article without a day is held against, by an index of all; how alike they are is not known yet."""
    starts = np.cumsum([0, *(len(index_of(shard)) for shard in words)])
    folders = [(Folder(shard.out), shard.beside("keys")) for shard in words]
    found = beside([lambda at=at: read_keys(at[0].read(at[1]) or b"") for at in folders])  # type: ignore[misc]
    rows = np.zeros(len(found.undated), np.dtype(_FAR))
    for shard, row, places in (("shard", "row", found.undated), ("far_shard", "far_row", found.dated)):
        rows[shard] = np.searchsorted(starts, places, side="right") - 1
        rows[row] = places - starts[rows[shard]]
    rows["day"] = found.day
    return rows


def parted(held: Held) -> Iterator[Held]:
    """The rows in parts, each of some articles."""
    if len(held):
        new = np.flatnonzero(held[["shard", "row"]][1:] != held[["shard", "row"]][:-1]) + 1
        yield from np.split(held, new[_AT_ONCE - 1 :: _AT_ONCE])


def behold(task: Beholding) -> Entry:
    """Make a shard of rows: how alike articles without a day are to those that they are held against."""
    with guard(task.bounds) as mine:
        made = mine.call(alike_in, task.words, task.held, seconds=task.seconds)
    if isinstance(made, Lost):
        where = f"stories of {len(np.unique(task.held[['shard', 'row']]))} articles without a date"
        return write_all(task.shard, [], [Failure(where=where, why=f"could not be judged: it {made.why}")])
    return write_all(task.shard, made)


def alike_in(words: Shard, held: Held) -> list[bytes]:
    """For a guard: the rows with their likeness, as lines."""
    rows: dict[int, set[int]] = {}
    for shard, row, far_shard, far_row, *_ in held.tolist():
        rows.setdefault(shard, set()).add(row)
        rows.setdefault(far_shard, set()).add(far_row)
    places, found = _gathered({number: words._replace(number=number) for number in rows}, rows)
    number = {place: at for at, place in enumerate(places)}
    far = far_of(found, _beside(held, number))
    out = []
    for shard, row, far_shard, far_row, day, _ in held.tolist():
        like = far.get(number.get((shard, row), -1), {}).get(number.get((far_shard, far_row), -1), 0.0)
        out.append(line_of((shard, row, far_shard, far_row, day, like)))
    return out


def read_held(shards: Sequence[Shard]) -> Held:
    """The rows of shards that ``behold`` made, in order."""
    rows = [msgspec.json.decode(line, type=tuple[int, int, int, int, int, float])
            for shard in shards for line in (Folder(shard.out).read(shard.name) or b"").splitlines()]  # fmt: skip
    return np.sort(np.array(rows, np.dtype(_FAR)), order=["shard", "row", "far_shard", "far_row"])


def _beside(held: Held, number: Mapping[Place, int]) -> Beside:
    """The rows of articles that are there, by their places and in order of these."""
    rows = [(number[shard, row], number[far_shard, far_row], day)
            for shard, row, far_shard, far_row, day, _ in held.tolist()
            if (shard, row) in number and (far_shard, far_row) in number]  # fmt: skip
    columns = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)
    return Beside(columns[:, 0], columns[:, 1], columns[:, 2])


# Links ---------------------------------------------------------------------------------------------------------------


def views(plan: Plan, words: Sequence[Shard], held: Held) -> Iterator[View]:
    """What is looked at in each window of a plan without articles that bear no day, and before in that of these."""
    if plan.undated:
        alone = Window(NO_DAY, NO_DAY, NO_DAY, NO_DAY, everywhere=False, first=True)
        yield View(alone, dict(enumerate(words)), held, np.zeros(len(held), np.bool_))
    order = np.argsort(held["day"], kind="stable")
    days = held["day"][order]
    article = held["shard"].astype(np.int64) << 32 | held["row"]
    for window, numbers in plan.windows:
        low, high = np.searchsorted(days, window.low - DAYS), np.searchsorted(days, window.high, side="right")
        lacking = np.unique(article[order[low:high]])
        starts, ends = (np.searchsorted(article, lacking, side=side) for side in ("left", "right"))
        _, rows = spread(starts, ends)
        own = held[rows]
        there = {*numbers, *own["shard"].tolist()}
        within = (own["day"] >= window.low - DAYS) & (own["day"] <= window.high)
        yield View(window, {number: words[number] for number in sorted(there)}, own, within)


def link(task: Linking) -> Entry:
    """Make a shard of links."""
    with guard(task.bounds) as mine:
        made = mine.call(links_in, task.view, seconds=task.seconds)
    if isinstance(made, Lost):
        window = task.view.window
        where = f"stories of {said(window.low)} to {said(window.high)}"
        return write_all(task.shard, [], [Failure(where=where, why=f"could not be judged: it {made.why}")])
    return write_all(task.shard, made)


def links_in(view: View) -> list[bytes]:
    """For a guard: the articles of a window with their links, as lines."""
    window, alone = view.window, view.window.low == NO_DAY
    rows: dict[int, set[int]] = {}
    for number, shard in view.words.items():
        days = index_of(shard)["day"]
        seen = days == NO_DAY if alone else (days >= window.begin) & (days <= window.end)
        rows[number] = set(seen.nonzero()[0].tolist())
    for shard, row in np.unique(view.held[["shard", "row"]]).tolist():
        rows[shard].add(row)
    places, found = _gathered(view.words, rows)
    place = {at: number for number, at in enumerate(places)}
    links = links_of(
        found,
        _beside(view.held[view.within], place),
        _far(view.held, place),
        judged=None if alone else (window.low, window.high),
    )
    linked: list[list[tuple[int, int, float, float]]] = [[] for _ in found]
    for one, other, alike, chance in links.weighed():
        earlier, later = sorted((one, other), key=lambda at: (found[at].day or NO_DAY, at))
        linked[later].append((*places[earlier], alike, chance))
    return [
        line_of(Linked(article=places[at], id=item.id, day=item.day, mixed=item.mixed, links=linked[at]))
        for at, item in enumerate(found)
        if (item.day is None if alone else item.day is not None and window.low <= item.day <= window.high)
    ]


def _far(held: Held, place: Mapping[Place, int]) -> dict[int, dict[int, float]]:
    """Who is alike each article without a day, as ``links_of`` asks for it."""
    elsewhere: dict[Place, int] = {}
    out: dict[int, dict[int, float]] = {}
    for shard, row, far_shard, far_row, _, alike in held.tolist():
        if (shard, row) in place:
            likes = out.setdefault(place[shard, row], {})
            if alike > 0:
                far = far_shard, far_row
                likes[place[far] if far in place else elsewhere.setdefault(far, -1 - len(elsewhere))] = alike
    return out


# Stories -------------------------------------------------------------------------------------------------------------


def join(shards: Sequence[Shard], tasks: Sequence[Linking], held: Held) -> Iterator[Entry]:
    """Make the shards of stories, one for each window, in order; a story stands where it can grow no more.

    Args:
        shards: of stories, to be written.
        tasks: that were done, in order of their days, that of NO_DAY first.
        held: whom all articles without a day are held against.
    """
    growing: Growing[Place] = Growing()
    last: dict[Place, int] = {}
    for shard, row, _, _, day, _ in held.tolist():
        last[shard, row] = max(day, last.get((shard, row), NO_DAY))
    for number, (shard, task) in enumerate(zip(shards, tasks, strict=True)):
        lines = (Folder(task.shard.out).read(task.shard.name) or b"").splitlines()
        told = [msgspec.json.decode(line, type=Linked) for line in lines]
        for one in told:
            until = last.get(one.article, NO_DAY) if one.day is None else one.day + DAYS
            growing.add(one.article, Member(one.id, one.day, one.mixed, until))
        for one in told:
            for at, row, alike, chance in one.links:
                growing.link(one.article, (at, row), alike, chance)
        later = tasks[number + 1].view.window.low if number + 1 < len(tasks) else None
        done = growing.whole(later)
        Folder(shard.out).write(shard.beside("rows"), line_of([grown.keys for grown in done]))
        with writing(shard) as into:
            for grown in done:
                into.add(line_of(grown.story))
        yield finish(shard, into.entry(shard, ()))
