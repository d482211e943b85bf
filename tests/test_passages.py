"""Shared passages and copies: what is found, what is not, and what holds whatever the texts."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from headwater.align.passages import (
    copies,
    copies_in_order,
    fingerprints,
    near_duplicates,
    nearness,
    published_order,
    shared_passages,
    wording,
)
from headwater.model import Article, Furniture, Passage, Span
from headwater.words import count_words, outside, words

FERRY = (
    "The ferry that links Osmund Bay with the outer islands was taken out of service on Sunday after divers "
    "found a crack in its keel, the harbour office said. About two hundred passengers spent the night in the "
    "terminal at Nessary, where volunteers handed out blankets and soup. A replacement vessel is due from the"
    " mainland within a week, but it carries half as many cars and cannot sail when the wind is above force "
    "seven."
)
COUNCIL = (
    "Members of the town council voted by nine to four to sell the old granary to a developer from Hallin, "
    "ending a quarrel that has divided the town since the roof fell in six winters ago. The new owner must "
    "keep the brick front and open the courtyard to the public for at least ten days a year. Work should "
    "begin once the bats have left the tower."
)
QUOTE = (
    "“We were told on a Monday that the boat would sail, and on the Tuesday we were told that there had never"
    " been any boat at all, and that was the last anybody heard of it from that office this year or last,”"
)
OTHER = (
    "Fishermen on the quay shrugged when they were asked about it, for they had seen the hull lifted and had "
    "drawn their own conclusions long before any notice was pinned to the door."
)


def article(name: str, text: str, published: str | None = None, outlet: str | None = None) -> Article:
    """An article with what the test needs."""
    return Article(id=name, text=text, published=published, outlet=outlet)


def sides(passage: Passage, *articles: Article) -> tuple[str, str]:
    """The words of both sides."""
    texts = {a.id: a.text for a in articles}
    left, right = passage.left, passage.right
    return texts[left.article][left.start : left.end], texts[right.article][right.start : right.end]


def apart(text: str) -> str:
    """A longer text of the same words, without a run that another text could share."""
    return " ".join([text, *sorted(text.split()), *text.split()[::-1]])


def test_an_exact_copy_is_one_passage_of_all_its_words() -> None:
    """Two equal texts share one passage that reaches from the first word to the last, on both sides."""
    one, other = article("a", FERRY), article("b", "Osmund Bay, Monday\n\n" + FERRY)
    (passage,) = shared_passages([one, other])
    assert sides(passage, one, other) == (FERRY[:-1], FERRY[:-1])
    assert passage.same == passage.words == count_words(FERRY)


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        pytest.param("two hundred", "200", 1, id="two words become one"),
        pytest.param("was taken out of service", "was suddenly taken out of all service", 0, id="words put in"),
        pytest.param("on Sunday after", "after", 2, id="words left out"),
        pytest.param("volunteers handed out blankets", "helpers gave out blankets", 2, id="words exchanged"),
    ],
)
def test_a_lightly_edited_copy_is_still_one_passage(old: str, new: str, lost: int) -> None:
    """Small edits leave one passage, and the equal words in it are counted exactly."""
    one, other = article("a", FERRY), article("b", FERRY.replace(old, new))
    (passage,) = shared_passages([one, other])
    left, right = sides(passage, one, other)
    assert (left[:9], right[-9:]) == ("The ferry", "rce seven")
    assert passage.words == max(count_words(FERRY), count_words(other.text))
    assert passage.same == LCSseq.similarity(left.split(), right.split())
    assert passage.same >= count_words(FERRY) - max(lost, 2)


def test_a_moved_paragraph_is_found() -> None:
    """Paragraphs in another order are two passages."""
    one, other = article("a", f"{FERRY}\n\n{COUNCIL}"), article("b", f"{COUNCIL}\n\n{FERRY}")
    found = shared_passages([one, other])
    assert [sides(p, one, other)[0][:9] for p in found] == ["The ferry", "Members o"]


def test_furniture_is_not_shared_text_and_cuts_passages() -> None:
    """Words marked as furniture never stand in a passage, and no passage reaches over them."""
    promo = "Sign up for the Nessary letter and have the news of the islands in your box before breakfast every day."
    text = f"{FERRY}\n\n{promo}\n\n{COUNCIL}"
    start = text.index(promo)
    marked = (Furniture(start, start + len(promo), "promo"),)
    both = [replace(article(name, text), furniture=marked) for name in "ab"]
    found = shared_passages(both)
    assert [p.same for p in found] == [count_words(FERRY), count_words(COUNCIL)]
    assert all(p.left.end <= start or p.left.start >= start + len(promo) for p in found)


def test_short_runs_are_no_passage() -> None:
    """Fewer equal words than asked for make no passage; a smaller number asked for finds them."""
    one = article("a", "Yesterday the harbour office said nothing more about the crack in the keel.")
    other = article("b", "Nobody else, the harbour office said nothing more about it, would speak.")
    assert shared_passages([one, other]) == ()
    assert [p.same for p in shared_passages([one, other], at_least=7)] == [7]
    assert [p.same for p in shared_passages([one, other], at_least=1)] == [7]


def test_at_least_must_be_positive() -> None:
    """Asking for passages of no words is an error."""
    with pytest.raises(ValueError, match="at_least is 0"):
        shared_passages([], at_least=0)


def test_only_quoted_words_in_common_are_no_copy() -> None:
    """Two articles that print one long quotation share a passage but are no copy of one another."""
    one = article("a", f"{QUOTE} the skipper said. {FERRY}")
    other = article("b", f"{OTHER}\n\n{QUOTE.replace('“', chr(34)).replace('”', chr(34))} said one.")
    assert len(shared_passages([one, other])) == 1
    assert copies([one, other]) == ()


def test_share_counts_the_later_articles_own_words() -> None:
    """The share is that of the later one's words outside quotation marks."""
    early = article("z", FERRY, "2031-03-02")
    late = article("a", f"{FERRY}\n\n{QUOTE} a passenger said.\n\n{COUNCIL}", "2031-03-03")
    (copy,) = copies([late, early])
    own = count_words(FERRY) + count_words(COUNCIL) + 3
    assert (copy.earlier, copy.later, copy.directed) == ("z", "a", True)
    assert copy.share == pytest.approx(count_words(FERRY) / own, abs=1e-4)
    assert copies([early, late], passages=shared_passages([early, late])) == (copy,)


def test_without_dates_nothing_shows_which_came_first() -> None:
    """A longer text is not the earlier one for that: without dates the ids stand in order."""
    (copy,) = copies([article("b", FERRY), article("a", FERRY + "\n\n" + COUNCIL)])
    assert (copy.earlier, copy.later, copy.directed) == ("a", "b", False)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        pytest.param("2031-03-02", "2031-03-03", -1, id="days"),
        pytest.param("2031-03-03", "2031-03-02", 1, id="days the other way"),
        pytest.param("2031-03-02", "2031-03-02", 0, id="one day"),
        pytest.param("2031-03-02T10:00:00+02:00", "2031-03-02T09:00:00Z", -1, id="offsets"),
        pytest.param("2031-03-02T10:00:00+02:00", "2031-03-02T08:00:00Z", 0, id="one instant"),
        pytest.param("2031-03-02T10:00", "2031-03-02T10:01", -1, id="clock times"),
        pytest.param("2031-03-02T10:00", "2031-03-02T09:00:00Z", 0, id="a clock time and an offset"),
        pytest.param("2031-03-02", "2031-03-02T23:00:00Z", 0, id="a day and a time in it"),
        pytest.param("2031-03-02", "2031-03-03T02:00:00Z", 0, id="a day and UTC just after it"),
        pytest.param("2031-03-02", "2031-03-04T02:00:00Z", -1, id="a day and UTC well after it"),
        pytest.param("2031-03-02", "2031-03-03T02:00:00+01:00", -1, id="a day and a local time of the next"),
        pytest.param("2031-03-02~", "2031-04-03", 0, id="about a day"),
        pytest.param("2031-03", "2031-04-03", 0, id="a month"),
        pytest.param("2031-02-30", "2031-04-03", 0, id="no such day"),
        pytest.param(None, "2031-04-03", 0, id="no date"),
    ],
)
def test_published_order(one: str | None, other: str | None, order: int) -> None:
    """Only dates that cannot mean the same moment are in order, and the order turns with the arguments."""
    assert published_order(one, other) == order
    assert published_order(other, one) == -order


def test_site_boilerplate_makes_no_copy() -> None:
    """Words that three lineages share, or two texts of one outlet that are otherwise apart, go with the page."""
    notice = (
        "All that stands on these pages belongs to those who wrote it, and whoever wishes to print it elsewhere "
        "must ask for leave in writing at the office in Hallin before the end of the month and name the paper in "
        "full."
    )
    bodies = {"a": apart(FERRY), "b": apart(COUNCIL), "c": apart(f"{OTHER} {QUOTE[1:]}")}
    batch = [article(f"{name}{n}", f"{body}\n\n{notice}") for name, body in bodies.items() for n in "12"]
    assert [(c.earlier, c.later) for c in copies(batch)] == [("a1", "a2"), ("b1", "b2"), ("c1", "c2")]
    pair = [
        article(n, f"{body}\n\n{notice}", outlet="Hallin Post") for n, body in (("a", bodies["a"]), ("b", bodies["b"]))
    ]
    assert copies(pair) == ()


def test_an_outlet_is_one_by_whatever_name() -> None:
    """Boilerplate is told by the outlet that is meant, not by how it is spelled or at which address it stands."""
    notice = " ".join(FERRY.split()[:40])
    one = Article(id="a", text=f"{apart(COUNCIL)}\n\n{notice}", outlet="BBC News")
    for other in (
        Article(id="b", text=f"{apart(OTHER)}\n\n{notice}", outlet="BBC"),
        Article(id="b", text=f"{apart(OTHER)}\n\n{notice}", url="https://www.bbc.co.uk/news/1"),
    ):
        assert copies([one, other]) == ()
    assert len(copies([one, replace(other, url=None)])) == 1


def test_a_lifted_part_is_a_copy_whatever_the_outlets() -> None:
    """One paragraph lifted by another outlet is a copy even when the texts are apart otherwise."""
    lifted = FERRY.split(". ")[0]
    one = article("a", f"{apart(COUNCIL)}\n\n{lifted}, she said.", outlet="Hallin Post")
    other = article("b", f"{lifted}.\n\n{apart(OTHER)}", outlet="Nessary Bell")
    (copy,) = copies([one, other])
    assert 0.1 < copy.share < 0.3


def test_a_shared_sentence_is_no_copy() -> None:
    """Fewer than 25 words in common, all of them plain ones, are a shared passage and no copy."""
    shared = "she said that nobody had seen anything of the kind since the last of the old boats was broken up for wood"
    one, other = article("a", f"{COUNCIL} And {shared}."), article("b", f"At noon {shared}. {OTHER}")
    assert len(shared_passages([one, other])) == 1
    assert copies([one, other]) == ()


def test_names_in_common_are_no_copy() -> None:
    """Two lists of the same people and their offices are not one text."""
    people = (
        "Admiral Olle Brand Vest, Secretary of the Northern Navy of Osmund; General Mina Harrow Dahl, Commander of the "
        "Southern Islands Guard; Doctor Ilse Maren Toft, Director of the Nessary Harbour Office; Judge Karl Ode Lund"
    )
    one, other = article("a", f"{COUNCIL} {people} came."), article("b", f"{people} spoke. {OTHER}")
    assert shared_passages([one, other])[0].same > 25
    assert copies([one, other]) == ()
    assert len(copies([article("a", FERRY.upper()), article("b", FERRY.upper())])) == 1


def test_a_caption_printed_twice_counts_once() -> None:
    """Twenty words that stand twice on both sides are twenty words in common, not forty."""
    caption = (
        "Divers look at the keel of the ferry in the yard at Nessary, where it was lifted out of the water last week"
    )
    one, other = (article(n, f"{caption}.\n\n{body}\n\n{caption}.") for n, body in (("a", COUNCIL), ("b", OTHER)))
    assert sum(p.same for p in shared_passages([one, other])) > 40
    assert copies([one, other]) == ()


def test_what_an_outlet_prints_again_and_again_is_boilerplate_though_it_stands_elsewhere() -> None:
    """A notice under many texts of one outlet links none of them, nor those with another outlet's."""
    notice = (
        "All that stands on these pages belongs to those who wrote it, and whoever wishes to print it elsewhere "
        "must ask for leave in writing at the office in Hallin before the end of the month."
    )
    rnd = random.Random(5)
    bodies = [" ".join(rnd.choices(f"{FERRY} {COUNCIL} {OTHER}".split(), k=200)) for _ in range(7)]
    batch = [
        article(f"{n}", f"{body}\n\n{notice}", outlet="Nessary Bell" if n == 6 else "Hallin Post")
        for n, body in enumerate(bodies)
    ]
    assert copies(batch) == ()
    assert len(copies([batch[0], batch[6]])) == 1  # nothing shows what it is


def test_a_whole_text_in_quotation_marks_is_a_copy_of_itself() -> None:
    """A speech printed by two is one text when all of it is the same, and no copy when each has much of its own."""
    speech = f"“{FERRY} {COUNCIL}”"
    assert len(copies([article("a", speech), article("b", f"{speech} he said.")])) == 1
    assert copies([article("a", f"{speech}\n\n{OTHER}"), article("b", speech)]) == ()


LONG = f"{FERRY}\n\n{COUNCIL}"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            article("a", LONG, "2031-03-02"), article("b", LONG, "2031-03-03"), ("a", "b", "published", "reprint"),
            id="a reprint",
        ),
        pytest.param(
            article("a", FERRY, "2031-03-03"), article("b", LONG, "2031-03-02"), ("b", "a", "published", "shortened"),
            id="shortened",
        ),
        pytest.param(
            article("a", FERRY, "2031-03-02"), article("b", LONG, "2031-03-03"), ("a", "b", "published", "extended"),
            id="extended",
        ),
        pytest.param(article("a", LONG), article("b", FERRY), ("a", "b", None, "contained"), id="no dates"),
        pytest.param(
            article("a", f"{LONG}\n\nThis article first appeared in the Hallin Post.", outlet="Nessary Bell"),
            article("b", LONG, outlet="The Hallin Post"),
            ("b", "a", "stated", "reprint"),
            id="it says so",
        ),
        pytest.param(
            article("a", f"{LONG}\n\nFirst appeared in the Hallin Postman.", outlet="Nessary Bell"),
            article("b", LONG, outlet="The Hallin Post"),
            ("a", "b", None, "reprint"),
            id="it names another",
        ),
        pytest.param(
            article("a", f"{LONG}\n\nFirst published by the Bell.", outlet="Hallin Post"),
            article("b", f"{LONG}\n\nOriginally published in the Hallin Post.", outlet="Bell"),
            ("a", "b", None, "reprint"),
            id="each names the other",
        ),
        pytest.param(
            article("a", f"{LONG}\n\nReprinted from the Hallin Post.", "2031-03-02", outlet="Bell"),
            article("b", LONG, "2031-03-03", outlet="Hallin Post"),
            ("a", "b", "published", "reprint"),
            id="dates come first",
        ),
        pytest.param(
            article("a", FERRY + " " + apart(apart(OTHER))), article("b", FERRY), ("a", "b", None, "contained"),
            id="a text within another",
        ),
        pytest.param(
            article("a", FERRY + " " + apart(OTHER)), article("b", FERRY + " " + COUNCIL + " " + apart(COUNCIL)),
            ("a", "b", None, "reworked"),
            id="a good part",
        ),
        pytest.param(
            article("a", FERRY.split(". ")[0] + ". " + apart(apart(OTHER))),
            article("b", FERRY.split(". ")[0] + ". " + apart(apart(COUNCIL))),
            ("a", "b", None, "part"),
            id="a small part",
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_shared_text(one: Article, other: Article, expected: tuple[str, str, str | None, str]) -> None:
    """Which came first and by what, what kind it is, and the share of either side."""
    (found,) = copies([one, other])
    assert (found.earlier, found.later, found.basis, found.kind) == expected
    assert found.directed == (found.basis is not None)
    assert 0 < found.share <= 1
    assert 0 < found.share_of_earlier <= 1
    (copy,) = copies([one, other])
    assert (copy.share, copy.passages) == (found.share, found.passages)


def test_articles_out_of_reach_are_not_held_against_each_other() -> None:
    """Within a reach of days only; an article of no certain day is within reach of all."""
    batch = [
        article(name, FERRY, date) for name, date in (("a", "2031-03-02"), ("b", "2031-03-04"), ("c", "2031-03-05"))
    ]
    pairs = [(c.earlier, c.later) for c in copies(batch, within_days=2)]
    assert pairs == [("a", "b"), ("b", "c")]
    pairs = [(c.earlier, c.later) for c in copies([*batch, article("d", FERRY, "2031-03")], within_days=0)]
    assert pairs == [("a", "d"), ("b", "d"), ("c", "d")]
    with pytest.raises(ValueError, match="within_days is -1"):
        copies(batch, within_days=-1)


def test_equal_hashes_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all hashes of words collide, what is reported is still equal letter by letter."""
    both = [article("a", f"{FERRY} {OTHER}"), article("b", f"{OTHER} {COUNCIL}")]
    expected = shared_passages(both)
    assert len(expected) == 1
    monkeypatch.setattr(wording, "mixed", lambda keys: keys & 3)
    for passage in shared_passages(both):
        left, right = sides(passage, *both)
        assert passage.same < passage.words or left == right


def test_near_duplicates_are_quick_and_no_proof() -> None:
    """Likely pairs with an estimate; whom they are found with does not matter."""
    batch = [
        article("b", LONG),
        article("a", f"NESSARY: {LONG}"),
        article("c", apart(OTHER)),
        article("d", "Too short."),
    ]
    (found,) = near_duplicates(batch)
    assert (found.one, found.other) == ("a", "b")
    assert found.share > 0.9
    assert near_duplicates(batch[::-1]) == (found,)
    assert near_duplicates([]) == ()
    with pytest.raises(ValueError, match="at_least is 2"):
        near_duplicates(batch, at_least=2)


def test_fingerprints_do_not_hang_on_the_company() -> None:
    """An article's fingerprints are the same alone and among others, also where it is longer than one room."""
    rnd = random.Random(3)
    vocabulary = f"{FERRY} {COUNCIL} {OTHER} 漢字 straße".split()
    texts = [" ".join(rnd.choices(vocabulary, k=rnd.choice((0, 3, 9, 400, 12_000)))) for _ in range(24)]
    batch = [article(str(n), text) for n, text in enumerate(texts)]
    together = [found.tolist() for found in fingerprints(batch)]
    assert together == [found.tolist() for one in batch for found in fingerprints([one])]
    assert max(map(len, together)) > 4000


def test_what_many_bear_proposes_few_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that hundreds bear proposes the first and the nearest, and in one outlet the nearest alone."""
    number = np.array([1 << 40], np.uint64)
    found = {}
    for outlet in (-1, 7):
        later, earlier, times = nearness.Near().add((outlet, number) for _ in range(300))
        assert set(times.tolist()) == {1}
        found[outlet] = earlier[later == 299].tolist()
    assert found == {-1: [*range(8), *range(291, 299)], 7: [298]}
    near = nearness.Near()
    near.add((-1, number) for _ in range(5))
    near.forget([0, 1, 3])
    later, earlier, _ = near.add([(-1, number)])
    assert (later.tolist(), earlier.tolist()) == ([5, 5], [2, 4])
    near.forget([2, 4, 5])
    assert [column.tolist() for column in near.add([(-1, number), (-1, number)])] == [[7], [6], [1]]
    monkeypatch.setattr(nearness, "_MOST", 3)
    with pytest.raises(ValueError, match="more than 3 texts"):
        near.add([(-1, number)] * 2)


def test_hundreds_of_copies_stay_connected_and_few() -> None:
    """In a large lineage each text is compared with the first and the nearest ones, not with all."""
    batch = [article(f"{n:03}", FERRY, f"2031-03-02T10:{n // 60:02}:{n % 60:02}Z") for n in range(120)]
    found = copies(batch)
    assert len(found) < 120 * 20
    assert {c.later for c in found if c.earlier == "000"} >= {f"{n:03}" for n in range(30, 120)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("spam " * 200_000, id="one word"),
        pytest.param('"“' * 300_000, id="quotation marks only"),
        pytest.param("ab ba ab " * 60_000, id="a short period"),
        pytest.param("a-" * 300_000, id="one word of a million letters"),
    ],
)
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    """Repetition does not explode, and a repeated text still shares one passage with itself."""
    both = [article("a", text), article("b", "eggs " + text)]
    found = shared_passages(both)
    assert len(found) == (1 if " " in text else 0)
    assert len(copies(both)) <= 1
    assert len(near_duplicates(both)) <= 1


def test_nothing_in_gives_nothing() -> None:
    """No articles, one article, and articles without words share nothing."""
    for batch in ([], [article("a", FERRY)], [article("a", ""), article("b", " \n"), article("c", FERRY)]):
        assert shared_passages(batch) == ()
        assert copies(batch) == ()


SENTENCES = [s + "." for text in (FERRY, COUNCIL, OTHER) for s in text.rstrip(".").split(". ")] + [
    QUOTE,
    "x x x x x x x",
    "\0́“'",
]
TEXTS = st.lists(st.sampled_from(SENTENCES) | st.text(max_size=12), max_size=9).map(" ".join)


@given(st.lists(TEXTS, min_size=2, max_size=5), st.integers(1, 14), st.randoms(use_true_random=False))
def test_passages_hold_whatever_the_texts(texts: list[str], at_least: int, rnd: random.Random) -> None:
    """Spans lie in their texts at word ends, counts are right, and the order of the articles does not matter."""
    batch = [article(str(n), text) for n, text in enumerate(texts)]
    found = shared_passages(batch, at_least=at_least)
    for passage in found:
        assert passage.left.article < passage.right.article
        keys = []
        for place in (passage.left, passage.right):
            text = texts[int(place.article)]
            assert 0 <= place.start < place.end <= len(text)
            inside = words(text, place.span)
            assert (inside[0].start, inside[-1].end) == (place.start, place.end)
            keys.append([word.key for word in inside])
        assert passage.words == max(map(len, keys))
        assert at_least <= passage.same <= LCSseq.similarity(*keys)
    shuffled = list(batch)
    rnd.shuffle(shuffled)
    assert shared_passages(shuffled, at_least=at_least) == found
    assert copies(shuffled) == copies(batch)


@given(TEXTS)
def test_a_text_shares_all_of_itself(text: str) -> None:
    """Whatever the text, its copy shares all its words in one passage when they are enough."""
    count = count_words(text)
    found = shared_passages([article("a", text), article("b", text)])
    assert [p.same for p in found] == ([count] if count >= 12 else [])


LETTERS = st.text(st.sampled_from("aAbZß3٣9½²İ.,:-'’‑ _\n“\U00010400漢é.U.S'sſ\ud800"), max_size=40) | st.text(
    max_size=40
)


@given(LETTERS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=3))
def test_words_as_arrays_are_the_words(text: str, gaps: list[tuple[int, int]]) -> None:
    """Places, and which words are equal, are those of ``words``, whatever the text and what is left out."""
    out = [Span(start, start + length) for start, length in gaps]
    found = wording.wording(text, out)
    expected = [word for part in outside(len(text), out) for word in words(text, part)]
    assert found.starts.tolist() == [word.start for word in expected]
    assert found.ends.tolist() == [word.end for word in expected]
    assert found.capitals.tolist() == [text[word.start].isupper() for word in expected]
    numbers = dict(zip((word.key for word in expected), found.keys.tolist(), strict=True))
    assert found.keys.tolist() == [numbers[word.key] for word in expected]
    assert len(set(numbers.values())) == len(numbers)


def test_long_texts_are_read_in_pieces() -> None:
    """A text longer than a piece, with and without white space to cut it at, has the same words."""
    for text in (
        "The boats’ keels, 1,000 of them. " * 9000,
        "ab-" * 100_000,
        "x" * 140_000 + " It's U.S. " + "y" * 140_000,
    ):
        found = wording.wording(text)
        assert list(zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == [w[:2] for w in words(text)]


DAYS = st.lists(st.tuples(TEXTS, st.integers(1, 9)), min_size=2, max_size=7)


@given(DAYS, st.integers(0, 4), st.randoms(use_true_random=False))
def test_a_run_of_days_gives_what_the_whole_gives(told: list[tuple[str, int]], within: int, rnd: random.Random) -> None:
    """Articles that come day by day make the pairs that all of them at once make, in whatever order a day's come."""
    batch = [article(str(n), text, f"2031-03-0{day}") for n, (text, day) in enumerate(told)]
    expected = copies(batch, within_days=within)
    rnd.shuffle(batch)
    found = list(copies_in_order(sorted(batch, key=lambda a: a.published or ""), within_days=within))
    assert sorted(found, key=lambda r: (r.earlier, r.later)) == list(expected)
