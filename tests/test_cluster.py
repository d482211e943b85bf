"""Stories: which articles go together, in small batches too, and what holds whatever the batch."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.cluster import stories
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
