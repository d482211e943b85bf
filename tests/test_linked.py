"""Stories of a corpus are those of one batch: whatever the windows, the shards, and the days on which articles came."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.cluster import pairs, stories, undated
from headwater.cluster.growing import Growing, Member
from headwater.cluster.items import item_of, words_of
from headwater.cluster.links import far_of, links_of
from headwater.corpus import linked, run, taken
from headwater.corpus.folder import Folder
from headwater.corpus.guard import Lost
from headwater.corpus.guarded import At
from headwater.corpus.shards import Entry, Shard, opened
from headwater.engines.local import LocalEngine
from headwater.model import Article
from headwater.report.json import line_of

SENTENCES = [
    "The ferry that links Osmund Bay with Nessary stayed in port on Sunday with a cracked keel.",
    "Divers found the crack in the keel of the Osmund Bay ferry, the harbour office in Nessary said.",
    "Passengers for the outer islands are to take the mail boat, the harbour office said on Monday.",
    "The council of Hallin voted by nine to four to sell the old granary to a developer.",
    "Conservationists in Hallin want the granary and its brick front to become a museum.",
    "A schoolgirl from Torvik won the northern chess title with a rook sacrifice in the last round.",
    "The rook sacrifice came in the sixth hour of the chess final, and Torvik rang its bells.",
    "Snow closed the pass above Lindmoor, where forty lorries waited for the ploughs.",
    "The ploughs reached the lorries at Lindmoor before dawn with 14 crates of bread.",
    "News from Osmund Bay, Hallin, Torvik and Lindmoor in one long letter.",
]
TITLES = [None, "Ferry stays in port", "Granary of Hallin sold", "Chess title goes to Torvik", "News in brief",
          "Osmund Bay ferry: keel cracked", "Snow at Lindmoor, 7 March", "Snow at Lindmoor, 8 March"]  # fmt: skip
FIRST = date(2031, 3, 1)
DAYS = st.none() | st.integers(0, 24) | st.integers(0, 60)
ARTICLES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=4),
        st.sampled_from(TITLES),
        DAYS,
        st.sampled_from(["", "a", "b", "ü", "漢"]),
    ),
    max_size=24,
).map(
    lambda rows: [
        Article(
            id=f"{name}{number}",
            text=" ".join(sentences),
            title=title,
            published=None if day is None else (FIRST + timedelta(day)).isoformat(),
        )
        for number, (sentences, title, day, name) in enumerate(rows)
    ]
)
BOUNDS = [
    pytest.param({}, id="as they are"),
    pytest.param({"nearest": 2, "crowd": 2, "looked_at": 6, "at_once": 1}, id="bounds that many meet"),
]


class Unguarded:
    """Does here what a guard does in another process."""

    def call(self, function: Callable[..., Any], *given: object, seconds: float) -> Any:
        """What it gives."""
        assert seconds > 0
        return function(*given)

    def each(self, function: Callable[..., Iterator[Any]], *given: object) -> Iterator[Any]:
        """Its items."""
        return (item for item in function(*given, 0) if not isinstance(item, At))


@contextmanager
def small(bounds: dict[str, int]) -> Iterator[None]:
    """Without processes; with other bounds on who is compared."""
    places = {"nearest": (pairs, "NEAREST"), "crowd": (pairs, "_CROWD"), "looked_at": (undated, "LOOKED_AT"),
              "at_once": (linked, "_AT_ONCE")}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linked, "guard", contextmanager(lambda _: iter([Unguarded()])))
        for name, value in bounds.items():
            patch.setattr(*places[name], value)
        yield


def kept(out: str, number: int, articles: Sequence[Article]) -> tuple[Shard, Entry]:
    """A shard of articles as ``take`` leaves it."""
    lines = [line_of(article) for article in articles]
    items = [words_of(article) for article in articles]
    at = np.cumsum([0, *(len(line) + 1 for line in lines)]).tolist()
    index = vars(taken)["_index"](
        [(at[row], len(line), taken.NO_DAY if items[row].day is None else items[row].day, row)
         for row, line in enumerate(lines)]
    )  # fmt: skip
    digest = str(hash(tuple(lines)))
    shard = Shard(out, "articles", number, digest)
    folder = Folder(out)
    folder.write(shard.name, b"".join(line + b"\n" for line in lines))
    folder.write(shard.beside("index"), index.tobytes())
    return shard, Entry(stamp=digest, size=0, digest=digest, records=len(lines), days=vars(taken)["_days"](index))


Links = set[tuple[frozenset[str], float, float]]


def batch_of(articles: Sequence[Article]) -> tuple[list[bytes], Links]:
    """The stories of one batch, as lines in order, and the links between its articles."""
    items = sorted((item_of(words_of(article)) for article in articles), key=lambda item: item.id)
    held = undated.beside([lambda: undated.keys_of(items)])
    links = links_of(items, held, far_of(items, held)).weighed()
    return sorted(map(line_of, stories(articles))), {
        (frozenset((items[one].id, items[other].id)), alike, chance) for one, other, alike, chance in links
    }


def told(out: str, shards: Sequence[Sequence[Article]], window: int) -> tuple[list[bytes], Links]:
    """The same of a run over shards of articles that writes to a folder."""
    with opened(out) as folder:
        made = [kept(out, number, articles) for number, articles in enumerate(shards)]
        base = run.Base({n: shard for n, (shard, _) in enumerate(made)}, tuple(entry for _, entry in made), {})
        entries, _, written = run.told_together(run.Run(folder, run.Settings(window=window), LocalEngine(), None), base)
        lines = [line for shard in written for line in (folder.read(shard.name) or b"").splitlines()]
        rows = [
            refs
            for shard in written
            for refs in msgspec.json.decode(folder.read(shard.beside("rows")) or b"", type=list[list[tuple[int, int]]])
        ]
    assert sum(entry.records for entry in entries) == len(lines)
    for line, refs in zip(lines, rows, strict=True):
        assert msgspec.json.decode(line)["articles"] == [shards[n][row].id for n, row in refs]
    links: Links = set()
    for path in sorted((Path(out) / "links").glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            one = msgspec.json.decode(line, type=linked.Linked)
            for n, row, alike, chance in one.links:
                links.add((frozenset((one.id, shards[n][row].id)), alike, chance))
    return sorted(lines), links


def cut(articles: Sequence[Article], places: Sequence[int]) -> list[Sequence[Article]]:
    """Shards that begin at these places."""
    starts = sorted({0, *(place % (len(articles) + 1) for place in places)})
    return [articles[a:b] for a, b in zip(starts, [*starts[1:], len(articles)], strict=True)]


@pytest.mark.parametrize("bounds", BOUNDS)
@settings(max_examples=50)
@given(ARTICLES, st.integers(1, 6), st.lists(st.integers(0, 24), max_size=5), st.randoms(use_true_random=False))
def test_stories_of_windows_are_those_of_the_batch(
    bounds: dict[str, int], articles: list[Article], window: int, places: list[int], rnd: random.Random
) -> None:
    """The same bytes, however the days are cut, into whatever shards and in what order the articles are."""
    with small(bounds), TemporaryDirectory() as folder:
        shuffled = list(articles)
        rnd.shuffle(shuffled)
        assert told(folder, cut(shuffled, places), window) == batch_of(articles)


@pytest.mark.parametrize("bounds", BOUNDS)
@settings(max_examples=25)
@given(ARTICLES, st.integers(1, 6), st.lists(st.integers(0, 24), min_size=1, max_size=3))
def test_stories_of_what_came_over_days_are_those_of_the_batch(
    bounds: dict[str, int], articles: list[Article], window: int, places: list[int]
) -> None:
    """A folder to which articles are added says each time what one batch of all says; what has not changed stays."""
    with small(bounds), TemporaryDirectory() as folder:
        shards = cut(articles, places)
        for count in range(1, len(shards) + 1):
            there = [article for shard in shards[:count] for article in shard]
            assert told(folder, shards[:count], window) == batch_of(there)


@given(ARTICLES, st.lists(st.integers(0, 24), max_size=5), st.randoms(use_true_random=False))
def test_whom_an_article_without_a_date_is_held_against_depends_on_no_parts(
    articles: list[Article], places: list[int], rnd: random.Random
) -> None:
    """The same pairs of ids from keywords in any parts and any order."""

    def pairs_in(shards: Sequence[Sequence[Article]]) -> set[tuple[str, str]]:
        ids = [article.id for shard in shards for article in shard]
        keys = [undated.keys_of([item_of(words_of(article)) for article in shard]) for shard in shards]
        found = undated.beside([lambda one=one: one for one in keys])  # type: ignore[misc]
        return {(ids[one], ids[other]) for one, other in zip(found.undated, found.dated, strict=True)}

    shuffled = list(articles)
    rnd.shuffle(shuffled)
    with small({"nearest": 2, "looked_at": 6}):
        assert pairs_in([articles]) == pairs_in(cut(shuffled, places))


@pytest.mark.parametrize("count", [30, 3_000])
def test_an_article_without_a_date_looks_at_so_many_places_and_no_more(count: int) -> None:
    """Its rarest words come first: what shares these is found among any number that share others."""
    crowd = [Article(id=f"{n:05}", text=f"ferry keel {n}", published="2031-03-02") for n in range(count)]
    told_too = Article(id="same", text="ferry keel Osmund Nessary", published="2031-03-09")
    lone = Article(id="lone", text="ferry keel Osmund Nessary")
    items = [item_of(words_of(article)) for article in (*crowd, told_too, lone)]
    found = undated.beside([lambda: undated.keys_of(items)])
    assert count in found.dated.tolist()
    assert len(found.dated) == (pairs.NEAREST if 2 * count <= undated.LOOKED_AT else 1)


def test_stories_are_given_out_when_nothing_can_be_added() -> None:
    """A story waits for the last day that can be linked to any article of it, and is given out once."""
    growing: Growing[int] = Growing()
    for key, (day, until) in enumerate([(1, 8), (5, 12), (3, 10), (None, 20)]):
        growing.add(key, Member(f"a{key}", day, mixed=False, until=until))
    growing.link(1, 0, 0.5, 0.9)
    growing.link(2, 99, 0.5, 0.9)
    assert growing.whole(10) == []
    assert [grown.keys for grown in growing.whole(11)] == [(2,)]
    assert [grown.keys for grown in growing.whole(13)] == [(0, 1)]
    assert growing.whole(20) == []
    growing.add(4, Member("a4", 20, mixed=False, until=27))
    growing.link(4, 3, 0.5, 0.9)
    assert growing.whole(21) == []
    assert [(grown.keys, grown.story.articles) for grown in growing.whole(None)] == [((3, 4), ("a3", "a4"))]


def test_an_article_whose_words_cannot_be_read_is_in_no_story(tmp_path: Path) -> None:
    """The others tell what they tell without it."""
    articles = [Article(id=f"{n}", text=SENTENCES[n % 2], published="2031-03-02") for n in range(4)]
    lost = replace(articles[0], id="lost")

    class Losing(Unguarded):
        def each(self, function: Callable[..., Iterator[Any]], *given: object) -> Iterator[Any]:
            for row, made in super().each(function, *given):
                yield row, (Lost("was planted") if made.id == "lost" else made)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linked, "guard", contextmanager(lambda _: iter([Losing()])))
        found = told(str(tmp_path), [[lost, *articles[:2]], articles[2:]], 3)
    assert found == batch_of(articles)
