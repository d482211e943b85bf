"""Stories: which articles go together, in small batches too, and what holds whatever the batch."""

import json
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.cluster import explained, stories
from headwater.dates import day_of
from headwater.model import Article, Furniture

SHARED = Path(__file__).parents[2] / "shared"
EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"

FERRY = (
    "The ferry that links Osmund Bay with the outer islands was taken out of service on Sunday after divers found a "
    "crack in its keel, the harbour office said. About two hundred passengers spent the night in the terminal at "
    "Nessary, where volunteers handed out blankets and soup."
)
FERRY_TOO = (
    "Islanders were cut off on Monday when the Osmund Bay ferry stayed in port with a cracked keel. The harbour office "
    "in Nessary said that divers had seen the crack during a routine inspection and that passengers should take the "
    "mail boat until a replacement vessel arrives."
)
GRANARY = (
    "The town council of Hallin voted on Sunday to sell the old granary to a developer, who must keep the brick front "
    "and open the courtyard to the public. Conservationists had asked for the building to become a museum."
)
GRANARY_TOO = (
    "Hallin's granary will be turned into flats after councillors sold it to a developer by nine votes to four. The "
    "brick front and the courtyard are to stay. Conservationists said they would appeal to the courts."
)
CHESS = (
    "A schoolgirl of thirteen from Torvik won the northern chess title after a final that lasted six hours and ended "
    "with a rook sacrifice that none of the grandmasters in the hall had seen coming."
)


def article(name: str, text: str, title: str | None = None, published: str | None = None) -> Article:
    """An article with what the test needs."""
    return Article(id=name, text=text, title=title, published=published)


def groups(batch: list[Article]) -> list[tuple[str, ...]]:
    """The ids that stand together."""
    return [story.articles for story in stories(batch)]


@pytest.mark.parametrize(
    ("batch", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([("a", FERRY)], [("a",)], id="one article"),
        pytest.param([("a", FERRY), ("b", FERRY_TOO)], [("a", "b")], id="two of one event"),
        pytest.param([("a", FERRY), ("b", GRANARY)], [("a",), ("b",)], id="two of two events"),
        pytest.param(
            [("a", FERRY), ("b", GRANARY), ("c", FERRY_TOO)], [("a", "c"), ("b",)], id="two of one, one of another"
        ),
        pytest.param(
            [("a", FERRY), ("b", GRANARY), ("c", FERRY_TOO), ("d", GRANARY_TOO), ("e", CHESS)],
            [("a", "c"), ("b", "d"), ("e",)],
            id="two events and a single article",
        ),
        pytest.param(
            [("a", ""), ("b", " \n"), ("c", "“”"), ("d", "the of and")], [("a",), ("b",), ("c",), ("d",)], id="no words"
        ),
    ],
)
def test_small_batches(batch: list[tuple[str, str]], expected: list[tuple[str, ...]]) -> None:
    """Articles of one event stand together and others apart, without titles or dates, in batches of any size."""
    assert groups([article(name, text) for name, text in batch]) == expected


def test_dates_far_apart_part_stories() -> None:
    """What is alike but was published a month apart is not one story; on one day it is."""
    one, other = article("a", FERRY, published="2031-03-02"), article("b", FERRY_TOO, published="2031-03-02T18:00:00Z")
    assert groups([one, other]) == [("a", "b")]
    assert groups([one, replace(other, published="2031-04-05")]) == [("a",), ("b",)]


def test_furniture_does_not_bring_articles_together() -> None:
    """A long list of links that two pages share is not their story."""
    links = " ".join(f"{CHESS} {GRANARY}" for _ in range(2))
    batch = [
        article(n, f"{t}\n{links}") for n, t in (("a", FERRY), ("b", "Nothing was heard from the mail boat crew."))
    ]
    assert groups(batch) == [("a", "b")]
    marked = [replace(a, furniture=(Furniture(len(a.text) - len(links), len(a.text), "headline_list"),)) for a in batch]
    assert groups(marked) == [("a",), ("b",)]


def test_function_words_of_other_languages_do_not_count() -> None:
    """Two articles in one language that is not English are not one story for their short common words."""
    one = "Der Hafen von Osmund ist nach dem Sturm zu, und die Boote sind auf der Insel, wie das Amt am Abend sagt."
    other = (
        "Der Rat von Hallin hat den Speicher nach dem Streit verkauft, und die Mauer ist zu erhalten, wie das Amt sagt."
    )
    assert groups([replace(article(n, t), language="de") for n, t in (("a", one), ("b", other))]) == [("a",), ("b",)]


def test_story_id_depends_on_its_articles_only() -> None:
    """The same articles have the same story id, whatever else is in the batch."""
    pair = [article("a", FERRY), article("b", FERRY_TOO)]
    assert stories(pair)[0] == stories([article("0", CHESS), *pair])[1]


def test_a_crowd_of_one_text_is_read_in_time() -> None:
    """A thousand articles with the same words on one day do not explode; those found together stay together."""
    batch = [article(f"{n:04}", f"{FERRY} {n}", published="2031-03-02") for n in range(1000)]
    assert sum(len(story.articles) for story in stories(batch)) == 1000


BRIEFS = f"News in brief\n\n{FERRY}\n\n{GRANARY}\n\n{CHESS}"
BULLETIN = (
    "Sample prices at the Nessary fish market on {day}: cod {a}, haddock {b}, plaice {c}, herring {d}, crab {e}. "
    "Landings were {f} boxes, the harbour office said, and bidding was brisk at the Nessary fish market."
)


@pytest.mark.parametrize(
    ("title", "mixed"),
    [
        ("News in Brief", True),
        ("Osmund Bay week in review: ferries and flats", True),
        ("Five things to know about the ferry", True),
        ("Live updates: islanders cut off", True),
        ("Ferry crack – as it happened", True),
        ("OPINION: Sell the granary, keep the yard", True),
        ("Granary sale | Opinion", True),
        ("Ferry taken out of service after crack found", False),
        ("Council defends brief closure of granary", False),
        ("Court opinion halts sale of granary", False),
        ("Where islanders live now", False),
        ("", False),
    ],
)
def test_titles_of_what_is_no_report_of_one_event(title: str, mixed: bool) -> None:
    """Round-ups, live blogs and comments are known by their titles; reports that use such words are not."""
    from headwater.cluster.items import is_mixed

    assert is_mixed(title) is mixed


def test_a_roundup_joins_one_story_and_links_none() -> None:
    """A round-up that tells two events stands with one of them at most; the two stay apart."""
    day = "2031-03-02"
    batch = [
        article("a", FERRY, published=day),
        article("b", FERRY_TOO, published=day),
        article("c", GRANARY, published=day),
        article("d", GRANARY_TOO, published=day),
    ]
    apart = [("a", "b"), ("c", "d")]
    assert groups(batch) == apart
    for number in range(3):
        batch.append(article(f"r{number}", BRIEFS, "News in brief", day))
    found = groups(batch)
    assert [tuple(n for n in story if not n.startswith("r")) for story in found if story[0][0] != "r"] == apart


def test_issues_of_a_series_are_told_apart_by_their_dates_and_figures() -> None:
    """Two days' bulletins of one market are two stories; one day's from two outlets are one."""

    def bulletin(name: str, day: str, figures: str, published: str) -> Article:
        numbers = dict(zip("abcdef", figures.split(), strict=True))
        return article(name, BULLETIN.format(day=day, **numbers), f"Fish prices at Nessary on {day}", published)

    monday = bulletin("a", "Monday", "410 388 295 120 640 1,204", "2031-03-03")
    tuesday = bulletin("b", "Tuesday", "433 371 301 118 655 990", "2031-03-04")
    again = replace(monday, id="c", published="2031-03-03T18:00:00Z")
    assert groups([monday, tuesday, again]) == [("a", "c"), ("b",)]


def test_what_many_outlets_print_stays_one_story() -> None:
    """Sixty printings of one text, each cut and introduced in its own way, are one story; other events stay out."""
    sentences = f"{FERRY} {FERRY_TOO}".split(". ")
    batch = []
    for number in range(60):
        kept = [s for at, s in enumerate(sentences) if (number + at) % len(sentences)]
        batch.append(article(f"{number:02}", f"Reader {number} writes: {'. '.join(kept)}", published="2031-03-02"))
    batch.append(article("zz", CHESS, published="2031-03-02"))
    assert [len(story) for story in groups(batch)] == [60, 1]


def test_a_story_keeps_its_id_while_later_articles_join() -> None:
    """The id is that of the earliest article, whatever comes later and whatever its name."""
    first, later = article("m", FERRY, published="2031-03-02"), article("a", FERRY_TOO, published="2031-03-03")
    (before,), (after,) = stories([first]), stories([first, later])
    assert after.articles == ("a", "m")
    assert after.story == before.story


def test_a_story_says_what_joined_it_and_what_kept_it_apart() -> None:
    """Each article but the first names its nearest, the rare words both have and the days between."""
    batch = [
        article("a", FERRY, published="2031-03-02"),
        article("b", FERRY_TOO, published="2031-03-03"),
        article("c", GRANARY, published="2031-03-03"),
    ]
    first, second = explained(batch)
    assert (first.story, second.story) == stories(batch)
    (joined,) = first.joined
    assert (joined.article, joined.nearest, joined.days, joined.mixed) == ("b", "a", 1, False)
    assert {"Osmund", "ferry"} <= set(joined.words)
    assert all(word.casefold() in FERRY.casefold() and word.casefold() in FERRY_TOO.casefold() for word in joined.words)
    assert second.joined == ()
    assert explained([]) == ()


WORDS = st.lists(st.sampled_from(f"{FERRY} {GRANARY} {CHESS}".split()) | st.text(max_size=4), max_size=30).map(" ".join)
BATCH = st.lists(
    st.tuples(
        st.sampled_from([FERRY, FERRY_TOO, GRANARY, GRANARY_TOO, CHESS]) | WORDS,
        st.none() | WORDS,
        st.sampled_from([None, "2031-03-02", "2031-03-04T10:00:00Z", "2031-03-30", "2031-03", "nonsense"]),
    ),
    max_size=9,
).map(lambda rows: [article(str(n), *row) for n, row in enumerate(rows)])


@given(BATCH, st.randoms(use_true_random=False))
def test_stories_hold_whatever_the_batch(batch: list[Article], rnd: random.Random) -> None:
    """Every article is in exactly one story, and the order of the articles does not matter."""
    found = stories(batch)
    assert sorted(name for story in found for name in story.articles) == sorted(a.id for a in batch)
    shuffled = list(batch)
    rnd.shuffle(shuffled)
    assert stories(shuffled) == found
    told = explained(shuffled)
    assert tuple(one.story for one in told) == found
    for one in told:
        assert {j.article for j in one.joined} | {j.nearest for j in one.joined} <= set(one.story.articles)
        assert one.apart is None or one.apart.nearest not in one.story.articles


@given(BATCH)
def test_no_story_reaches_further_than_its_dates(batch: list[Article]) -> None:
    """Two articles alone are one story only if a fortnight at most lies between their dates."""
    for one, other in pairwise(batch):
        if len(stories([one, other])) == 1 and one.published and other.published:
            days = [day_of(a.published) for a in (one, other) if a.published]
            known = [day for day in days if day]
            assert len(known) < 2 or abs((known[0] - known[1]).days) <= 14


def example() -> list[Article]:
    """The example story as its files give it."""
    batch = [article(path.stem, path.read_text(encoding="utf-8")) for path in sorted(EXAMPLE.glob("*.txt"))]
    for line in (EXAMPLE / "with-metadata.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        batch.append(article(row["id"], row["text"], row["title"], row["published"]))
    return batch


def test_the_example_is_one_story() -> None:
    """The nine articles of the example stand together, and apart from another event's."""
    batch = example()
    assert [len(ids) for ids in groups(batch)] == [len(batch)]
    assert len(groups([*batch, article("zz", CHESS)])) == 2


@pytest.mark.real
def test_the_seeds_are_one_story() -> None:
    """The five scraped articles stand together, and apart from the example's."""
    paths = sorted(SHARED.glob("seeds/*.txt"))
    if not paths:
        pytest.skip(f"no seed articles in {SHARED}")
    seeds = [article(path.stem, path.read_text(encoding="utf-8")) for path in paths]
    assert [len(ids) for ids in groups([*example(), *seeds])] == [5, 9]
