"""Quotations: the same groups whatever the order and the names of the articles, and no two utterances made one."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.align.quotes import quotations
from headwater.model import Article, Attribution, Quotation, Source, Span

SOURCES = {
    "vane": Source(id="vane", name="Orla Vane", kind="person"),
    "pell": Source(id="pell", name="Idris Pell", kind="person"),
    "port": Source(id="port", name="Kest Port", kind="organisation"),
    "arm": Source(id="arm", name="Kest Port’s pilots", kind="organisation"),
    "letter": Source(id="letter", name="letter", kind="document"),
}


def found(texts: Sequence[tuple[str, str, str | None]]) -> tuple[Quotation, ...]:
    """The quotations of articles with one attribution each: (id, text, source); the whole text is the content."""
    articles = [Article(id=name, text=text) for name, text, _ in texts]
    attributions = [
        Attribution(id=f"a{name}", article=name, source=source, content_spans=(Span(0, len(text)),), mode="mixed")
        for name, text, source in texts
    ]
    return quotations(articles, attributions, SOURCES)


def partition(quoted: Sequence[Quotation], names: dict[str, str]) -> set[frozenset[str]]:
    """Which printings are together, by what the articles are called in ``names`` and the place of the words."""
    return {
        frozenset(f"{names[v.article]}:{v.spans[0].start}-{v.spans[-1].end}" for v in quotation.variants)
        for quotation in quoted
    }


LONG = "we will close the north lock in April, and the ferries will have a new timetable. Nobody has asked the pilots"
WORDS = LONG.split()
FRAGMENT = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, len(WORDS))).map(
    lambda at: "“" + " ".join(WORDS[at[0] : at[0] + at[1]]) + "”"
)
OTHER = st.sampled_from(
    [
        "“we will close the brewery in May”",
        "“nobody has asked the cooks about the kitchen”",
        "“The new timetable of the school is a gift to the bakers”",
        "the so-called “north lock”",
    ]
)
#: One printing each; of several in one text the order of places would count.
LONE = st.lists(st.tuples(FRAGMENT | OTHER, st.sampled_from(["vane", "pell", None])), min_size=2, max_size=7)
TEXT = st.lists(FRAGMENT | OTHER, min_size=1, max_size=3).map(" and then ".join)
STORY = st.lists(st.tuples(TEXT, st.sampled_from(["vane", "pell", None])), min_size=2, max_size=7)


@settings(max_examples=200, deadline=None)
@given(STORY, st.randoms(use_true_random=False))
def test_shuffled_articles(story: list[tuple[str, str | None]], rng: random.Random) -> None:
    """The articles in any order give the same quotations."""
    texts = [(f"t{n}", text, source) for n, (text, source) in enumerate(story)]
    expected = found(texts)
    rng.shuffle(texts)
    assert found(texts) == expected


@settings(max_examples=150, deadline=None)
@given(LONE)
def test_renamed_articles(story: list[tuple[str, str | None]]) -> None:
    """What the articles are called does not decide which of different printings belong together."""
    story = list({text: (text, source) for text, source in story}.values())
    forward = [(f"t{n}", text, source) for n, (text, source) in enumerate(story)]
    backward = [(f"t{9 - n}", text, source) for n, (text, source) in enumerate(story)]
    one = partition(found(forward), {f"t{n}": str(n) for n in range(10)})
    two = partition(found(backward), {f"t{9 - n}": str(n) for n in range(10)})
    assert one == two


@settings(max_examples=150, deadline=None)
@given(STORY)
def test_each_printing_once(story: list[tuple[str, str | None]]) -> None:
    """Every variant lies in its article once, the fullest comes first, and no printing is in two quotations."""
    quoted = found([(f"t{n}", text, source) for n, (text, source) in enumerate(story)])
    seen: set[tuple[str, Span]] = set()
    for quotation in quoted:
        assert [v.relation == "fullest" for v in quotation.variants] == [True] + [False] * (len(quotation.variants) - 1)
        for variant in quotation.variants:
            assert not any((variant.article, span) in seen for span in variant.spans)
            seen |= {(variant.article, span) for span in variant.spans}


TOGETHER = [
    (
        "two fragments of two speeches in one sentence",
        [
            ("a", "“The tramline was drawn by people who never waited in the snow.”", "vane"),
            ("b", "She calls them “people who never waited in the snow”, it “a gift to the mayor’s dog”.", "vane"),
        ],
        [["a", "b"], ["b"]],
    ),
    (
        "a statement in a letter",
        [
            ("a", "“The quay is sinking by a finger a year and nobody wants to hear it.”", "vane"),
            ("b", "“The quay is sinking by a finger a year.”", "letter"),
        ],
        [["a", "b"]],
    ),
    (
        "an organisation and its part",
        [
            ("a", "“The gates of the basin are open to every boat”", "port"),
            ("b", "“the gates of the basin are open”", "arm"),
        ],
        [["a", "b"]],
    ),
    (
        "overlapping stretches",
        [
            ("a", "“It ticks, it groans and in the cold it sings. You can hear the dam at night from town”", "vane"),
            ("b", "“You can hear the dam at night from town. We have stopped our clocks”", "vane"),
        ],
        [["a", "b"]],
    ),
    (
        "one stretch and quite another are known by a third, and are two quotations",
        [
            ("a", "“Nobody asked us about the fog and the rain. The lamps were sold by the old board itself”", "vane"),
            ("b", "“The lamps were sold by the old board itself. The bell was melted for a statue”", "vane"),
            ("c", "“The bell was melted for a statue”", "vane"),
        ],
        [["a", "b"], ["c"]],
    ),
    (
        "a form letter",
        [
            ("a", "“We have received a complaint about the tannery and we are looking into it”", "port"),
            ("b", "“We have received a complaint about the sawmill and we are looking into it”", "port"),
        ],
        [["a"], ["b"]],
    ),
    (
        "one beginning, two ends",
        [
            ("a", "“I have worked at the dam for thirty years and nobody asked me about the cable”", "vane"),
            ("b", "“I have worked at the dam for thirty years and I never saw the river so low”", "vane"),
        ],
        [["a"], ["b"]],
    ),
    (
        "a stock phrase",
        [("a", "“We do not know yet what killed the bees”", "vane"), ("b", "“We do not know yet,” she said.", "vane")],
        [["a"], ["b"]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), [t[1:] for t in TOGETHER], ids=[t[0] for t in TOGETHER])
def test_together(texts: list[tuple[str, str, str | None]], expected: list[list[str]]) -> None:
    """Which articles stand together in each quotation."""
    assert sorted(sorted({v.article for v in q.variants}) for q in found(texts)) == sorted(expected)


def told(name: str, published: str, text: str) -> tuple[Article, Attribution]:
    """An article with one quotation in curly marks, its cue "said"."""
    said = Span(text.index("“"), text.index("”") + 1)
    cue = Span(text.index("said"), text.index("said") + 4)
    return Article(id=name, text=text, published=published), Attribution(
        id=name, article=name, source="vane", cue_spans=(cue,), content_spans=(said,), mode="direct"
    )


def test_stump_phrase_said_twice() -> None:
    """A phrase that one speaker uses on two days is two utterances; on one day, one."""
    told_by = [
        told("a", "2026-09-08", "“This valley is not for sale,” she said on Monday."),
        told("b", "2026-09-12", "“This valley is not for sale,” she said on Friday."),
        told("c", "2026-09-09", "On Monday she said: “This valley is not for sale.”"),
    ]
    found = quotations([article for article, _ in told_by], [said for _, said in told_by], SOURCES)
    assert sorted(sorted(v.article for v in q.variants) for q in found) == [["a", "c"], ["b"]]


def test_fragments_in_another_order() -> None:
    """Fragments told in another order than they were said are two printings, each where it stands in the speech."""
    quoted = found(
        [
            ("a", "“The letters are frank and the views are most deeply held by all of them here”", "vane"),
            ("b", "Vane spoke of “views are most deeply held” and “letters are frank”", "vane"),
        ]
    )
    assert [[v.article for v in q.variants] for q in quoted] == [["a", "b", "b"]]
    assert {c.kind for v in quoted[0].variants for c in v.changes} == {"dropped"}


def test_words_within_words_are_the_inner_speakers() -> None:
    """What an official says that the president said is the president's, whatever else the official's words hold."""
    text = "An aide said he “seemed to boast of his fleet”, and Vane said: “I have the best boats on this coast.”"
    inner = Span(text.index("“I have"), len(text))
    outer = Span(text.index("he “seemed"), len(text))
    attributions = [
        Attribution(id="o", article="t", source="pell", content_spans=(outer,), mode="mixed"),
        Attribution(id="i", article="t", source="vane", content_spans=(inner,), mode="direct"),
    ]
    quoted = quotations([Article(id="t", text=text)], attributions, SOURCES)
    assert {(q.speaker, text_of_first(q, text)) for q in quoted} == {
        ("vane", "I have the best boats on this coast."),
        ("pell", "seemed to boast of his fleet"),
    }


def text_of_first(quotation: Quotation, text: str) -> str:
    """The words of the fullest printing."""
    return " … ".join(span.of(text) for span in quotation.variants[0].spans)
