"""Stories in the archive: only touched ones are traced again, ids last, order matters little, a kill nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archived import Clock, add, assert_sound, go_on, invented, rules, told
from headwater import adding
from headwater.archive import Archive, articles, jobs, keeping, showing, stories
from headwater.errors import InputError, StoreError
from headwater.model import Article, Claim, Independent, Mention, Span
from headwater.pipeline import take_in, trace_story
from headwater.reading.tagger import FixedTagger
from headwater.report.tally import count_of
from headwater.report.view import View
from whole import assert_whole

FIRST = (
    "The ferry to Holm Skerry will stop running in October, harbour director Anselm Quist said on Monday. “The hull is "
    "older than I am,” he told the Skerry Post. Two engineers, who asked not to be named, said the ship had failed an "
    "inspection in August and that repairs would cost six million crowns."
)
SECOND = (
    "Holm Skerry is to lose its ferry in October, the Skerry Post reported, citing harbour director Anselm Quist. The "
    "ship failed an inspection in August, two engineers told the paper. Islanders said they had heard nothing of it."
)
THIRD = (
    "The Holm Skerry ferry will stop running in October, harbour director Anselm Quist told the Coast Gazette on "
    "Tuesday. Repairs of the ship would cost six million crowns, Quist said."
)
FERRY = tuple(
    Article(id=name, text=text, outlet=outlet, published=f"2025-09-{day}", language="en")
    for name, text, outlet, day in (
        ("post", FIRST, "Skerry Post", 15), ("herald", SECOND, "Isle Herald", 16),
        ("gazette", THIRD, "Coast Gazette", 16),
    )
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with Archive(tmp_path / "a.hw") as made:
        yield made


def test_a_story_is_what_trace_says_of_its_articles(archive: Archive) -> None:
    """The archive's trace is the pipeline's, but for the ids of claims, which last."""
    (story,) = add(archive, FERRY, rules()).traced
    made = stories.trace(archive, story)
    assert_whole(made)
    assert made == trace_story(take_in(list(FERRY)).articles, tagger=rules())
    row = stories.story(archive, story)
    assert (row.articles, row.outlets, row.claims, row.stale) == (3, 3, len(made.claims), False)
    assert [c.id for c in stories.claims(archive, story)[0]] == [c.id for c in made.claims]
    assert_sound(archive.path)


def test_outlets_of_a_story_are_counted_as_on_its_page(archive: Archive) -> None:
    """One outlet under two of its names is one, in the list of stories too."""
    names = ("The Skerry Post", "skerry post", "Holm Courier")
    add(archive, [replace(invented(0, t), outlet=name) for t, name in enumerate(names)])
    (row,), _ = stories.stories(archive)
    assert (row.articles, row.outlets) == (3, 2)
    assert len(count_of(View(stories.trace(archive, row.id))).outlets) == row.outlets


def test_only_touched_stories_are_traced_again(archive: Archive) -> None:
    """An article that comes later is traced with the stories it belongs to; others keep their revision."""
    add(archive, [invented(s, t) for s in range(3) for t in range(2)])
    before = {row.id: row.revision for row in stories.stories(archive)[0]}
    done = add(archive, [invented(1, 2)])
    after = {row.id: row.revision for row in stories.stories(archive)[0]}
    assert len(done.traced) == 1
    assert {s for s in after if after[s] != before[s]} == set(done.traced)
    assert len(told(archive)) == 3


def test_what_is_there_is_not_put_in_again(archive: Archive) -> None:
    """The same articles again: named as known, nothing is read or traced."""
    add(archive, FERRY, rules())
    done = add(archive, FERRY, rules())
    assert (done.new, done.traced, len(done.known)) == ((), (), 3)


class CountingTagger:
    """Counts what it is asked to read."""

    name = "counting"

    def __init__(self) -> None:
        self.asked = 0

    def tag(self, text: str, sentences: object) -> object:
        self.asked += 1
        return FixedTagger().tags


def test_an_article_is_read_once(archive: Archive) -> None:
    """Articles of a story that is traced again are not read again."""
    tagger = CountingTagger()
    add(archive, FERRY[:2], tagger)  # type: ignore[arg-type]
    add(archive, FERRY[2:], tagger)  # type: ignore[arg-type]
    assert tagger.asked == 3


def test_claims_keep_their_ids(archive: Archive) -> None:
    """A claim that is carried by one more article is the claim it was, also where that one stands first."""
    add(archive, FERRY[:2], rules())
    (row,), _ = stories.stories(archive)
    before = stories.trace(archive, row.id)
    add(archive, [replace(FERRY[2], id="a-gazette")], rules())
    after = stories.trace(archive, row.id)
    assert_whole(after)
    assert [a.id for a in after.articles] == ["a-gazette", "herald", "post"]
    assert {c.id for c in before.claims} <= {c.id for c in after.claims}
    grown = [c for c in after.claims if {m.article for m in c.mentions} == {"a-gazette", "herald", "post"}]
    assert grown
    assert all(c.id in {b.id for b in before.claims} for c in grown)
    assert_sound(archive.path)


def test_merged_stories_keep_the_older_id(archive: Archive) -> None:
    """The story of two that turn out to be one bears the older id; the other id, and its claims' ids, lead there."""
    one, two = invented(0, 0), invented(1, 0)
    bridge = replace(one, id="bridge", text=f"{one.text} {two.text}", outlet="Third Post")
    older = add(archive, [one]).traced[0]
    younger = add(archive, [two]).traced[0]
    claim = stories.claims(archive, younger)[0][0]
    archive_groups = [("bridge", "s0-0", "s1-0")]
    articles.put(archive, take_in([bridge]).articles)
    assert showing.assign(archive, archive_groups, before={"bridge": None, "s0-0": older, "s1-0": younger})
    assert {row.id for row in stories.stories(archive)[0]} == {older, younger}, "readers see the old ones till then"
    assert go_on(archive).traced == (older,)
    assert stories.story(archive, younger).id == older
    assert stories.claim(archive, claim.id).story == older
    assert told(archive) == {frozenset(archive_groups[0])}
    assert_sound(archive.path)


def test_the_larger_part_of_a_split_story_keeps_its_id(archive: Archive) -> None:
    """Claims of the part that left are found by their old ids too."""
    given = [invented(0, t) for t in range(3)]
    given[2] = replace(
        given[2], text=f"{given[2].text} The council of Upper Tamdol met in a tent by the lake on Friday."
    )
    story = add(archive, given).traced[0]
    lone = [c for c in stories.trace(archive, story).claims if {m.article for m in c.mentions} == {"s0-2"}]
    parts = [("s0-0", "s0-1"), ("s0-2",)]
    assert showing.assign(archive, parts, before=dict.fromkeys(("s0-0", "s0-1", "s0-2"), story))
    new, kept = go_on(archive).traced
    assert kept == story
    assert told(archive) == {frozenset(p) for p in parts}
    assert lone
    assert all(stories.claim(archive, c.id).story == new for c in lone)
    assert_sound(archive.path)


def test_groups_that_others_changed_are_refused(archive: Archive) -> None:
    """Who assigns by what is no longer so changes nothing."""
    story = add(archive, [invented(0, 0)]).traced[0]
    assert not showing.assign(archive, [("s0-0",)], before={"s0-0": None})
    add(archive, [invented(0, 1)])
    assert not showing.assign(archive, [("s0-0",)], before={"s0-0": story}), "the story has another article by now"


def test_a_trace_of_other_articles_is_not_saved(archive: Archive) -> None:
    """Where articles came in while a story was traced it is traced again."""
    story = add(archive, [invented(0, 0)]).traced[0]
    with archive.writing() as db:
        showing.mark_stale(db, [story])
    given = showing.load(archive, story)
    assert given is not None
    made = stories.trace(archive, story)
    articles.put(archive, take_in([invented(0, 1)]).articles)
    assert showing.assign(archive, [("s0-0", "s0-1")], before={"s0-0": story, "s0-1": None})
    assert not showing.save(archive, given, made)
    assert showing.waiting(archive) == (story,)


class FailingTagger:
    """Fails on one text."""

    name = "failing"

    def tag(self, text: str, sentences: object) -> object:
        if "Quist" in text:
            raise RuntimeError("no")
        return FixedTagger().tags


def test_one_story_that_cannot_be_traced_does_not_stop_the_rest(archive: Archive) -> None:
    """It is named, and tried again only when something about it changes."""
    done = add(archive, [*FERRY[:1], invented(0, 0)], FailingTagger())  # type: ignore[arg-type]
    assert len(done.traced) == 1
    assert ["RuntimeError" in f.why for f in done.failures] == [True]
    assert go_on(archive).failures == ()
    assert len(add(archive, FERRY[1:2]).traced) == 1, "now with another article"


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_adding_does_not_matter(tmp_path: Path, seed: int) -> None:
    """The same stories and the same claims, whatever came first; only the ids are those of who came first."""
    given = [invented(s, t) for s in range(4) for t in range(3)]
    mixed = random.Random(seed).sample(given, len(given))
    found = []
    for name, batches in (("one", [given]), ("many", [mixed[:5], mixed[5:6], mixed[6:]])):
        with Archive(tmp_path / name) as archive:
            for batch in batches:
                add(archive, batch)
            traces = [stories.trace(archive, row.id) for row in stories.stories(archive)[0]]
            found.append((
                told(archive),
                {(c.text, c.independent, c.outlets, tuple(sorted((m.article, m.spans) for m in c.mentions)))
                 for t in traces for c in t.claims},
            ))  # fmt: skip
    assert found[0] == found[1]
    assert len(found[0][0]) == 4


def test_ids_that_are_taken_get_a_number(archive: Archive) -> None:
    """Another text under an id that is taken is another article."""
    done = [add(archive, [Article(id="a", text=text)]).new for text in ("One text.", "Another text.")]
    assert done == [("a",), ("a-2",)]


def test_unknown_ids(archive: Archive) -> None:
    """One line says that there is no such thing."""
    for ask in (stories.story, stories.trace, stories.claim, articles.article):
        with pytest.raises(InputError, match="in the archive"):
            ask(archive, "nothing")


def test_jobs_say_how_far_work_is(archive: Archive) -> None:
    """Done work says what came of it; work that failed says why; another connection sees it."""
    add(archive, FERRY)
    with pytest.raises(InputError):
        add(archive, [])
    with Archive(archive.path, read_only=True) as reader:
        (failed, done), total = jobs.jobs(reader)
        assert (total, jobs.jobs(reader, offset=1, limit=5), jobs.running(reader)) == (2, ((done,), 2), ())
    assert (done.state, done.kind, done.note) == ("done", "add", "3 articles put in, 0 there already; 1 story traced")
    assert failed.state == "failed"
    assert failed.note


def test_a_job_ends_with_all_that_is_to_be_said(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once: who looks when it is done misses nothing."""
    ends: list[str] = []
    finish = jobs.finish

    def ended(*given: Any, note: str, **more: Any) -> None:
        ends.append(note)
        finish(*given, note=note, **more)

    monkeypatch.setattr(jobs, "finish", ended)
    remarks = ["a.pdf was not used: empty"]
    adding.add(archive, [invented(0, 0)], clock=Clock(), tagger=FixedTagger(), remarks=remarks)
    assert ends == ["1 article put in, 0 there already; 1 story traced; a.pdf was not used: empty"]


# Who keeps which id --------------------------------------------------------------------------------------------------


@given(st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 4), max_size=4), max_size=6))
def test_ids_are_kept_by_one_each(votes: list[dict[int, int]]) -> None:
    """Every old one of which something is left leads somewhere, and each new one bears the oldest of those ids."""
    kept = keeping.settle(votes)
    assert set(kept.heir) == {n for n, held in enumerate(votes) if held}
    assert len(set(kept.old_of.values())) == len(kept.old_of)
    for new, old in kept.old_of.items():
        assert old == min(n for n, heir in kept.heir.items() if heir == new)


def claim(name: str, *places: tuple[str, int, int]) -> Claim:
    """A claim with mentions at these places."""
    return Claim(
        id=name, text=name, mentions=tuple(Mention(article=a, spans=(Span(s, e),)) for a, s, e in places), outlets=1,
        origins=(), independent=Independent(0, 1), bottlenecks=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "old_of", "heir"),
    [
        ([claim("x", ("a", 0, 40))], [claim("p", ("a", 2, 40))], {0: 0}, {0: 0}),
        ([claim("x", ("a", 0, 40))], [claim("p", ("a", 50, 90))], {}, {}),
        ([claim("x", ("a", 0, 9)), claim("y", ("b", 0, 9))], [claim("p", ("a", 0, 9), ("b", 0, 9))], {0: 0},
         {0: 0, 1: 0}),
        ([claim("x", ("a", 0, 9), ("b", 0, 9), ("c", 0, 9))],
         [claim("p", ("a", 0, 9)), claim("q", ("b", 0, 9), ("c", 0, 9))], {1: 0}, {0: 1}),
        ([claim("x", ("a", 0, 1000))], [claim("p", ("a", 990, 1300))], {}, {}),
    ],
    ids=["nearly the same place", "another place", "merged", "split", "a small overlap"],
)  # fmt: skip
def test_claims_are_matched_by_their_places(
    old: list[Claim], new: list[Claim], old_of: dict[int, int], heir: dict[int, int]
) -> None:
    """A claim stays where most of its mentions stand."""
    assert keeping.of_claims(old, new) == (old_of, heir)


# Killed --------------------------------------------------------------------------------------------------------------

KILLED = """
import sys
sys.path.insert(0, {tests!r})
from archived import add, invented
from headwater.archive import Archive
with Archive({path!r}) as archive:
    add(archive, [invented(s, t) for s in range(100) for t in range(10)])
"""


def test_killed_while_adding_a_thousand_articles(tmp_path: Path) -> None:
    """Killed at several moments: the file is sound, nothing is half there, and adding goes on where it stopped."""
    path = tmp_path / "a.hw"
    code = KILLED.format(tests=str(Path(__file__).parent), path=str(path))

    def count(table: str) -> int:
        try:
            with Archive(path, read_only=True) as archive, archive.reading() as db:
                return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        except StoreError:  # not made yet
            return 0

    traced = "stories WHERE trace IS NOT NULL"
    before = (0, 0)
    for table, least in (("articles", 250), ("readings", 100), (traced, 12), (traced, 30)):
        process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "OMP_NUM_THREADS": "1"})
        try:
            while count(table) < least:
                assert process.poll() is None, "it ended before it could be killed"
                time.sleep(0.02)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert_sound(path)
        now = (count("articles"), count(traced))
        assert now >= before, "what was there is there"
        before = now
    with Archive(path) as archive:
        done = adding.add(
            archive, [invented(s, t) for s in range(100) for t in range(10)], clock=lambda: "now", tagger=FixedTagger()
        )
        assert len(done.new) + len(done.known) == 1000
        assert len(done.known) >= before[0]
        assert 0 < len(done.traced) <= 100 - before[1]
        assert told(archive) == {frozenset(f"s{s}-{t}" for t in range(10)) for s in range(100)}
        assert showing.waiting(archive) == ()
    assert_sound(path)
