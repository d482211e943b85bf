"""Quotations: which printings are one act of speech, and what each changed."""

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.align.quoted import quoted_ranges
from headwater.align.quotes import quotations
from headwater.align.spelling import folded, tokens
from headwater.model import Article, Attribution, Quotation, Source, Span
from headwater.words import paragraphs

SOURCES = {
    "vane": Source(id="vane", name="Orla Vane", kind="person"),
    "pell": Source(id="pell", name="Idris Pell", kind="person"),
    "official": Source(id="official", name="a senior harbour official", kind="anonymous", reached_by="kest"),
    "officials": Source(id="officials", name="a harbour official", kind="anonymous", reached_by="kest"),
    "stranger": Source(id="stranger", name="an official", kind="anonymous"),
    "ministry": Source(id="ministry", name="the transport ministry", kind="organisation"),
}


def told(*printings: tuple[str, str, str | None]) -> tuple[list[Article], list[Attribution]]:
    """One article a printing: (article id, text, source id); the whole text is the content."""
    articles, attributions = [], []
    for number, (name, text, source) in enumerate(printings):
        articles.append(Article(id=name, text=text))
        content = (Span(0, len(text)),)
        attributions.append(
            Attribution(id=f"a{number}-{name}", article=name, source=source, content_spans=content, mode="mixed")
        )
    return articles, attributions


def joined(*printings: tuple[str, str, str | None]) -> tuple[Quotation, ...]:
    """The quotations of articles made of one printing each."""
    articles, attributions = told(*printings)
    return quotations(articles, attributions, SOURCES)


FULL = "“We will close the north lock in April and we will organise a new timetable for the ferries,” she said."

RELATIONS = [
    (
        "verbatim",
        FULL,
        '"We will close the north lock in April and we will organise a new timetable for the ferries."',
        "vane",
        "verbatim",
    ),
    (
        "american spelling",
        FULL,
        "“We will close the north lock in April and we will organize a new timetable for the ferries.”",
        "vane",
        "respelled",
    ),
    (
        "contraction",
        FULL,
        "“We’ll close the north lock in April and we’ll organise a new timetable for the ferries.”",
        "vane",
        "respelled",
    ),
    (
        "bracketed word",
        FULL,
        "“We will close the north lock in April and we will organise a new timetable for the [island] ferries.”",
        "vane",
        "verbatim",
    ),
    ("fragment", FULL, "Vane promised “a new timetable for the ferries” soon.", "vane", "trimmed"),
    ("two fragments", FULL, "She would “close the north lock” and set up “a new timetable”.", "vane", "trimmed"),
    ("bracketed capital", FULL, "“[W]e will organise a new timetable for the ferries,” Vane said.", "vane", "trimmed"),
    (
        "ellipsis",
        FULL,
        "“We will close the north lock … and we will organise a new timetable for the ferries.”",
        "vane",
        "trimmed",
    ),
    (
        "word changed",
        FULL,
        "“We will close the south lock in April and we will organise a new timetable for the ferries.”",
        "vane",
        "altered",
    ),
    (
        "negation cut",
        "“We do not plan to close the north lock before the summer season.”",
        "“We do plan to close the north lock before the summer season.”",
        "vane",
        "altered",
    ),
    (
        "another translation",
        "“The port is not going to be sold to the consortium. We talk, we meet, but there is not going to be a sale.”",
        "“The port will not pass to the consortium. We talk, we meet, but there will be no sale.”",
        "vane",
        "retranslated",
    ),
    ("other reporter's words unknown", FULL, "“we will organise a new timetable for the ferries”", None, "trimmed"),
]


@pytest.mark.parametrize(
    ("one", "two", "source", "relation"), [r[1:] for r in RELATIONS], ids=[r[0] for r in RELATIONS]
)
def test_relation(one: str, two: str, source: str | None, relation: str) -> None:
    """Two printings of one act of speech are one quotation, and the second says how it differs."""
    found = joined(("one", one, "vane"), ("two", two, source))
    assert len(found) == 1
    assert found[0].speaker == "vane"
    fullest, other = found[0].variants
    assert fullest.relation == "fullest"
    assert other.relation == relation


APART = [
    (
        "a shared phrase",
        "“We cannot close the lock today.”",
        "“We cannot close the market without a vote.”",
        "vane",
        "vane",
    ),
    (
        "a slogan of two people",
        "“Rivers first, people always, and a fair price for the catch.”",
        "“Rivers first, people always, and never a toll on the bridge.”",
        "vane",
        "pell",
    ),
    ("short and unknown", "“the north lock is closed for the season”", "“the north lock”", "vane", None),
    (
        "two officials of two newsrooms",
        "“The wall will not hold another winter like this.”",
        "“The wall will not hold, and we told them.”",
        "official",
        "stranger",
    ),
    (
        "two statements on one theme",
        "“No ship was turned away that was not already too deep for the channel.”",
        "“The harbour did not turn away any ship that was fit for the channel.”",
        "vane",
        "vane",
    ),
]


@pytest.mark.parametrize(("one", "two", "first", "second"), [r[1:] for r in APART], ids=[r[0] for r in APART])
def test_apart(one: str, two: str, first: str | None, second: str | None) -> None:
    """Utterances that share only a phrase are never one quotation."""
    for quotation in joined(("one", one, first), ("two", two, second)):
        assert len(quotation.variants) == 1


def test_same_reporter_joins_unnamed() -> None:
    """An unnamed official reached by one reporter is one speaker however each article describes him."""
    found = joined(
        ("one", "“They asked us to keep the soundings out of the public log.”", "official"),
        ("two", "“asked us to keep the soundings out of the public log”", "officials"),
    )
    assert [len(q.variants) for q in found] == [2]


def test_scare_quotes_are_no_quotation() -> None:
    """A few words in marks, that no longer printing holds, are no act of speech."""
    assert joined(("one", "The so-called “green lock” was dear.", "vane")) == ()


def test_single_words_join_their_speech() -> None:
    """One quoted word belongs to the speech of the same speaker that holds it, if the words around tell the same."""
    found = joined(
        ("one", "“The pilots were sidelined in every plan for the new channel,” she said.", "vane"),
        ("two", "that the pilots had been “sidelined” in plans for the channel", "vane"),
        ("three", "that her brother felt “sidelined” at dinner", "vane"),
    )
    assert [[v.article for v in q.variants] for q in found] == [["one", "two"]]


def test_lone_quotation_stands() -> None:
    """A quotation that one outlet prints is a quotation with one variant."""
    (found,) = joined(("one", FULL, "vane"))
    assert [v.relation for v in found.variants] == ["fullest"]


def test_changes_point_to_both_sides() -> None:
    """A replaced word is given with its words and places in both printings."""
    one = FULL
    two = "“We will close the south lock in April and we will organise a new timetable for the ferries.”"
    (found,) = joined(("one", one, "vane"), ("two", two, "vane"))
    (change,) = found.variants[1].changes
    assert (change.kind, change.before, change.after) == ("replaced", "north", "south")
    assert [s.of(one) for s in change.fullest_spans] == ["north"]
    assert [s.of(two) for s in change.spans] == ["south"]


def test_moved_words() -> None:
    """Words that stand elsewhere in a printing have moved, not gone and come."""
    (found,) = joined(
        ("one", "“Yesterday evening the harbour master closed the north lock to all traffic.”", "vane"),
        ("two", "“The harbour master closed the north lock to all traffic yesterday evening.”", "vane"),
    )
    assert {c.kind for c in found.variants[1].changes} == {"moved"}


def test_paraphrase_of_the_same_speaker() -> None:
    """Indirect speech of the same speaker that tells the whole of a quotation is a variant of it."""
    quote = "“We will close the north lock in April and build a wooden bridge.”"
    indirect = "Vane said they would close the north lock in April and build a bridge of wood."
    articles = [Article(id="one", text=quote), Article(id="two", text=indirect)]
    attributions = [
        Attribution(id="a", article="one", source="vane", content_spans=(Span(0, len(quote)),), mode="direct"),
        Attribution(id="b", article="two", source="vane", content_spans=(Span(10, len(indirect)),), mode="indirect"),
    ]
    (found,) = quotations(articles, attributions, SOURCES)
    assert [v.relation for v in found.variants] == ["fullest", "paraphrased"]


def test_order_does_not_matter() -> None:
    """The same articles in any order give the same quotations."""
    articles, attributions = told(
        ("one", FULL, "vane"),
        ("two", "She would “close the north lock” and set up “a new timetable”.", "vane"),
        ("three", "“We will close the south lock in April and we will organise a new timetable for ferries.”", "vane"),
        ("four", "“We cannot keep the pilots waiting for another season,” Pell said.", "pell"),
    )
    expected = quotations(articles, attributions, SOURCES)
    for order in permutations(range(4)):
        assert expected == quotations([articles[n] for n in order], [attributions[n] for n in reversed(order)], SOURCES)


def test_many_printings() -> None:
    """Hundreds of identical and trimmed printings of one agency quotation are one quotation, and quick."""
    printings = [(f"p{n:03}", FULL, "vane") for n in range(400)]
    printings += [
        (f"q{n:03}", "“We will organise a new timetable for the ferries,” she said.", "vane") for n in range(200)
    ]
    found = joined(*printings)
    assert [len(q.variants) for q in found] == [600]


MARKS = [
    ("curly", "He said “one two” and left", ["one two"]),
    ("straight", 'He said "one two" and left', ["one two"]),
    ("mixed", 'He said “one two," and left', ["one two,"]),
    ("inner", 'He said "one “two” three" and left', ["one “two” three"]),
    ("guillemets", "Il a dit «one two» hier", ["one two"]),
    ("german", "Er sagte „one two“ gestern", ["one two"]),
    ("single", "He said ‘one two’ and didn’t stop", ["one two"]),
    ("straight single", "He said 'one two' and didn't stop", ["one two"]),
    ("plural apostrophe", "He said ‘the dogs’ home is shut’ and left", ["the dogs’ home is shut"]),
    ("no marks", "the dogs’ home isn’t shut", []),
    ("left open", "He said “one two", ["one two"]),
    ("stray closing", "one two” three", []),
    ("inches", 'a 5" pipe and a 6" pipe', []),
    ("over paragraphs", "“one two\n\n“three four,” he said", ["one two", "three four,"]),
]


@pytest.mark.parametrize(("text", "expected"), [m[1:] for m in MARKS], ids=[m[0] for m in MARKS])
def test_marks(text: str, expected: list[str]) -> None:
    """Quoted words are found whatever the style of the marks, without the marks."""
    assert [span.of(text) for span in quoted_ranges(text, paragraphs(text))] == expected


FOLDS = [
    ("organisations", "organizations"),
    ("colour", "color"),
    ("travelled", "traveled"),
    ("centre", "center"),
    ("won’t", "will not"),
    ("it’s", "it is"),
    ("Álvarez", "alvarez"),
    ("co-operate", "cooperate"),
    ("three", "3"),
    ("225,000", "225000"),
    ("U.S.", "US"),
    ("labourers", "laborers"),
    ("neighbour’s", "neighbor"),
]


@pytest.mark.parametrize(("one", "two"), FOLDS, ids=[f[0] for f in FOLDS])
def test_folds(one: str, two: str) -> None:
    """Two ways to write a word have one form."""
    assert folded(one) == tuple(f for word in two.split() for f in folded(word))


DIFFERENT = [
    ("filled", "filed"),
    ("hour", "hor"),
    ("four", "for"),
    ("may", "might"),
    ("north", "south"),
    ("desert", "dessert"),
]


@pytest.mark.parametrize(("one", "two"), DIFFERENT, ids=[d[0] for d in DIFFERENT])
def test_other_words_stay_other(one: str, two: str) -> None:
    """Folding never makes one word of two."""
    assert folded(one) != folded(two)


PIECES = st.sampled_from(
    [*"“”\"‘’'«»„[]()…,. sİß\u0301\ud800\x00", "...", "\n\n", "we", "will", "not", "close", "the", "lock", "organise"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=30), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_hostile_text(texts: list[list[str]], rng: random.Random) -> None:
    """Whatever the text, no crash, no span outside it, none empty, and the same in any order."""
    articles, attributions = told(
        *((f"t{n}", "".join(text), rng.choice(["vane", "pell", "official", None])) for n, text in enumerate(texts))
    )
    found = quotations(articles, attributions, SOURCES)
    by_id = {article.id: article.text for article in articles}
    for quotation in found:
        fullest = by_id[quotation.variants[0].article]
        for variant in quotation.variants:
            length = len(by_id[variant.article])
            assert all(0 <= s.start < s.end <= length for s in variant.spans)
            for change in variant.changes:
                assert all(0 <= s.start < s.end <= length for s in change.spans)
                assert all(0 <= s.start < s.end <= len(fullest) for s in change.fullest_spans)
                assert bool(change.spans) != (change.kind == "dropped")
                assert bool(change.fullest_spans) != (change.kind == "added")
    rng.shuffle(articles)
    rng.shuffle(attributions)
    assert quotations(articles, attributions, SOURCES) == found


def test_tokens_keep_their_places() -> None:
    """A bracketed capital is part of its word; a bracketed word is an aside; a contraction is two tokens."""
    text = "[W]e won't stay [here] long"
    found = tokens(text, [Span(0, len(text))])
    assert [(t.fold, t.aside) for t in found] == [
        ("we", False),
        ("will", False),
        ("not", False),
        ("stay", False),
        ("here", True),
        ("long", False),
    ]
