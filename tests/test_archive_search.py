"""Search over the archive: words of any kind, facets, pages, places of what was found; a source's page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archived import add, assert_sound, rules
from headwater.archive import Archive
from headwater.archive.decisions import decide
from headwater.archive.search import WHAT, Facets, query_words, search
from headwater.archive.sources import source_page, sources
from headwater.archive.stories import stories
from headwater.errors import InputError
from headwater.model import Article, Named

FERRY = Article(
    id="post", title="Ferry to Holm Skerry stops", outlet="The Skerry Post", published="2025-09-15", language="en",
    text="The ferry to Holm Skerry will stop running in October, harbour director Anselm Quist said on Monday. “The "
    "hull is older than I am,” he told the Skerry Post. The café at the pier, “Zoë’s”, closes too. "
    "Two engineers said the ship had failed an inspection.",
)  # fmt: skip
AGAIN = Article(
    id="gazette", title="No ferry from October", outlet="Coast Gazette", published="2025-09-16", language="en",
    text="The Holm Skerry ferry will stop running in October, harbour director Anselm Quist told the Coast Gazette on "
    "Tuesday. Repairs of the ship would cost six million crowns, Quist said.",
)  # fmt: skip
PRIZE = Article(
    id="prize", title="Bread prize for Tolk", outlet="Coast Gazette", published="2025-11-02", language="en",
    text="A bakery in Tolk has won the bread prize, the baker Lin Vane said on Sunday. “Our rye is baked twice,” Vane "
    "said. Harbour director Anselm Quist handed over the prize. “I eat nothing else,” Quist said.",
)  # fmt: skip
NAMESAKE = Article(
    id="race", title="Quist wins the sledge race", outlet="Snow Bulletin", published="2026-01-20", language="en",
    text="The sledge race over Mount Verrin was won by a beginner. “I closed my eyes,” the skier Anselm Quist said at "
    "the finish, where forty dogs were fed with salmon.",
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three stories in four articles."""
    with Archive(tmp_path_factory.mktemp("search") / "a.hw") as made:
        add(made, [FERRY, AGAIN, PRIZE, NAMESAKE], rules())
        assert stories(made)[1] == 3
        yield made
        assert_sound(made.path)


def ids(archive: Archive, query: str, **facets: str) -> set[str]:
    """The articles that are found."""
    return {hit.id for hit in search(archive, query, what=("article",), facets=Facets(**facets)).hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ferry", {"post", "gazette"}),
        ("FERRY october", {"post", "gazette"}),
        ("cafe zoe", {"post"}),
        ("CAFÉ", {"post"}),
        ("bread", {"prize"}),
        ("ferry bread", set()),
        ("nothing-of-the-kind", set()),
        ("“ferry”, holm!", {"post", "gazette"}),
    ],
    ids=["one word", "two, capitals", "without accents", "accents and capitals", "title", "all must occur", "nothing",
         "marks around words"],
)  # fmt: skip
def test_words_find_articles(archive: Archive, query: str, found: set[str]) -> None:
    """All words must occur, in title or text, whatever their capitals and accents."""
    assert ids(archive, query) == found


@pytest.mark.parametrize(
    ("facets", "found"),
    [
        ({"outlet": "skerry post"}, {"post"}),
        ({"outlet": "The Coast Gazette"}, {"gazette", "prize"}),
        ({"since": "2025-09-16"}, {"gazette", "prize", "race"}),
        ({"until": "2025-09"}, {"post", "gazette"}),
        ({"since": "2025-09-16", "until": "2025-12"}, {"gazette", "prize"}),
        ({"speaker": "Lin Vane"}, {"prize"}),
        ({"speaker": "anselm quist", "until": "2025-12"}, {"post", "gazette", "prize"}),
        ({"kind": "anonymous"}, {"post"}),
        ({"story": "none"}, set()),
    ],
    ids=["outlet", "outlet with an article", "since", "until a month", "both", "speaker", "speaker and date", "kind",
         "no story"],
)  # fmt: skip
def test_facets_narrow(archive: Archive, facets: dict[str, str], found: set[str]) -> None:
    """Also without a word; days are included."""
    assert ids(archive, "", **facets) == found


def test_every_kind_is_found(archive: Archive) -> None:
    """Claims by their words, sources by name, quotations by what was said; each says which story it is of."""
    claims = search(archive, "million crowns", what=("claim",)).hits
    assert ["six million crowns" in hit.text for hit in claims] == [True]
    assert {hit.title for hit in search(archive, "quist", what=("source",)).hits} == {"Anselm Quist"}
    (quotation,) = search(archive, "rye twice", what=("quotation",)).hits
    assert (quotation.title, quotation.story) == ("Lin Vane", claims[0].story and quotation.story)
    assert quotation.text.count("rye") == 1


def test_results_are_counted(archive: Archive) -> None:
    """By what they are and by facet, over all pages."""
    found = search(archive, "quist", what=("article",), limit=1)
    assert (len(found.hits), found.total) == (1, 4)
    assert {(c.value, c.results) for c in found.outlets} == {
        ("Coast Gazette", 2), ("The Skerry Post", 1), ("Snow Bulletin", 1)
    }  # fmt: skip
    assert next(c for c in found.speakers if c.value == "Lin Vane").results == 1
    everything = search(archive, "", limit=0)
    assert {c.value for c in everything.what} == set(WHAT)
    assert sum(c.results for c in everything.what) == everything.total


def test_without_words_the_latest_come_first(archive: Archive) -> None:
    """What the facets let through is listed by date."""
    found = search(archive, "", what=("article",)).hits
    assert [hit.id for hit in found] == ["race", "prize", "gazette", "post"]


def test_pages_hold_everything_once(archive: Archive) -> None:
    """Page by page, the same as at once, in the same order."""
    found = search(archive, "quist", limit=1000).hits
    pages = [search(archive, "quist", offset=at, limit=3).hits for at in range(0, len(found), 3)]
    whole = [(h.what, h.story, h.id) for h in found]  # a source may bear one id in several stories
    paged = [(h.what, h.story, h.id) for page in pages for h in page]
    assert paged == whole
    assert len(set(whole)) == len(whole) > 6


def test_places_of_what_was_found(archive: Archive) -> None:
    """Places in code points of the text itself, within the snippet, and in the title."""
    (hit,) = search(archive, "cafe ferry", what=("article",)).hits
    assert hit.text == FERRY.text
    assert {span.of(hit.text).lower() for span in hit.hits} <= {"café", "ferry"}
    assert hit.hits
    assert all(hit.snippet.holds(span) for span in hit.hits)
    assert [span.of(hit.title or "") for span in hit.title_hits] == ["Ferry"]


HOSTILE = [
    '"', '""', "'", "*", "fer*", "NEAR(a b)", "a AND", "OR", "NOT ferry", "title:ferry", "{a b}", "(", ")", "^ferry",
    "-",
    "ferry -bread", "a\x00b", "\x00", "; DROP TABLE articles", "%", "_", "\\", "\ud800", "\u202eevil",
    "👩🏽‍🚀", "e\u0301",
    "x" * 10_000, "ferry " * 2_000, '"' * 10_000, "(" * 10_000, " ".join(f"w{n}" for n in range(3_000)), "ﬁ", "\u0345",
    "日本語", "𝔽erry",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=[str(n) for n in range(len(HOSTILE))])
def test_hostile_queries_are_words(archive: Archive, query: str) -> None:
    """No operator, no error; the same without what a search cannot read."""
    found = search(archive, query)
    assert found.total >= len(found.hits) >= 0
    assert search(archive, query, facets=Facets(speaker=query, outlet=query, kind=query)).total == 0


def test_operators_are_words(archive: Archive) -> None:
    """Words that are operators elsewhere must occur like any others."""
    assert ids(archive, "ferry NOT bread") == set()
    assert ids(archive, "fer*") == set()
    assert ids(archive, "ferry - october") == ids(archive, "ferry october")


@given(st.text())
def test_any_query_is_a_few_words(query: str) -> None:
    """At most 32 words, without marks that mean something to the index."""
    words = query_words(query)
    assert len(words) <= 32
    assert not any(set(word) & set('"\x00 ') for word in words)


def test_a_wrong_date_is_an_error(archive: Archive) -> None:
    """It says how to write one."""
    with pytest.raises(InputError, match="2025-08-21"):
        search(archive, "ferry", facets=Facets(since="soon"))


# A source's page -----------------------------------------------------------------------------------------------------


def test_a_source_is_found_everywhere(archive: Archive) -> None:
    """Quoted places of all stories where name, kind and role agree; a namesake of another role stands apart."""
    page = source_page(archive, "anselm quist")
    assert (page.name, page.kind) == ("Anselm Quist", "person")
    assert len({row.story for row in page.known_as}) == 2
    assert {q.article for q in page.quoted} == {"post", "gazette", "prize"}
    assert [row.roles for row in page.same_name] == [("skier",)]
    assert page.quoted[0].article == "prize", "latest first"
    assert page.total == len(page.quoted)
    for quoted in page.quoted:
        assert quoted.words
        assert quoted.outlet
    assert source_page(archive, page.known_as[0].id) == page


def test_a_page_of_a_source(archive: Archive) -> None:
    """The quoted places come by the page."""
    whole = source_page(archive, "Anselm Quist")
    assert source_page(archive, "Anselm Quist", offset=1, limit=1).quoted == whole.quoted[1:2]


def test_the_same_by_decision(tmp_path: Path) -> None:
    """Whom a person says to be the same is on one page, with the letter that a person gave."""
    with Archive(tmp_path / "a.hw") as archive:
        other = replace(
            NAMESAKE, text=NAMESAKE.text.replace("the skier Anselm Quist", "the skier Ansgar Quisting")
        )  # fmt: skip
        add(archive, [FERRY, other], rules())
        assert len(source_page(archive, "Anselm Quist").known_as) == 1
        names = (Named("person", "Anselm Quist"), Named("person", "Ansgar Quisting"))
        decide(archive, "same_source", who="editor", at="2025-10-01", names=names)
        page = source_page(archive, "Anselm Quist")
        assert {row.name for row in page.known_as} == {"Anselm Quist", "Ansgar Quisting"}
        assert page.reliability is None
        for day, letter in ((2, "C"), (3, "B")):
            decide(archive, "reliability", who="editor", at=f"2025-10-0{day}", names=names[:1], value=letter)
        assert source_page(archive, "Anselm Quist").reliability == "B"


def test_sources_are_listed(archive: Archive) -> None:
    """Named ones, most often quoted first."""
    rows, total = sources(archive)
    assert total == len(rows)
    assert (rows[0].name, rows[0].stories) == ("Anselm Quist", 3)
    assert rows[0].quoted == source_page(archive, "Anselm Quist").total + 1, "and the namesake's"
    assert not [row for row in rows if row.kind == "anonymous"]


def test_an_unknown_source(archive: Archive) -> None:
    """One line says that there is none."""
    for name in ("Nobody Known", "", "\x00", "x" * 10_000):
        with pytest.raises(InputError, match="no source"):
            source_page(archive, name)
