"""What articles and counts are called on screen: one line, nothing that steers, no two alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.labels import LONGEST, labels, listed, number_of, plain, short_id, statement_words
from headwater.model import Article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two\n lines\t", "two lines"),
        ("\x1b[31mred", "[31mred"),
        ("a\u202eb\u2028c", "a b c"),
        ("", ""),
        ("Žižkov 水", "Žižkov 水"),
    ],
    ids=["lines", "escape", "direction", "nothing", "letters"],
)
def test_plain(text: str, expected: str) -> None:
    """Control characters and marks of direction become spaces, and spaces are single."""
    assert plain(text) == expected


@given(st.text())
def test_plain_steers_nothing(text: str) -> None:
    """Whatever the text: one line, no control character, and once is enough."""
    shown = plain(text)
    assert len(shown.splitlines()) <= 1
    assert "Cc" not in {unicodedata.category(c) for c in shown}
    assert plain(shown) == shown


@pytest.mark.parametrize(
    ("count", "words", "expected"),
    [
        (1, ("origin",), "1 origin"),
        (0, ("origin",), "0 origins"),
        (1200, ("origin",), "1,200 origins"),
        (2, ("story", "stories"), "2 stories"),
    ],
)
def test_number_of(count: int, words: tuple[str, ...], expected: str) -> None:
    """A count with its noun in the right number."""
    assert number_of(count, *words) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
    ids=["none", "one", "two", "three"],
)
def test_listed(names: list[str], expected: str) -> None:
    """Names as a sentence lists them, from any iterable."""
    assert listed(names) == expected
    assert listed(iter(names)) == expected


def test_listed_with_another_word() -> None:
    """The last two are joined by the word given."""
    assert listed("ABC", "or") == "A, B or C"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" the lock was shut,", "the lock was shut"),
        ("that the lock was shut.", "the lock was shut"),
        ("is keeping the lock shut", "… is keeping the lock shut"),
        ("who kept the lock", "… who kept the lock"),
        ("if the lock is shut", "… if the lock is shut"),
        ("If the lock is shut, boats wait", "If the lock is shut, boats wait"),
        ("kept the lock and", "… kept the lock and …"),
        ("the lock of", "the lock of …"),
        ("the lock …", "the lock …"),
        ("I. officials shut the lock", "… officials shut the lock"),
        ("(Ms. Quill kept the lock", "Ms. Quill kept the lock"),
        ("Quill (of Pell) kept the lock", "Quill (of Pell) kept the lock"),
        ("the lock was “shut", "the lock was shut"),
        ("the lock was “shut” on Friday", "the lock was ‘shut’ on Friday"),
        ("how old the locks were", "how old the locks were"),
        ("—", ""),
    ],
)
def test_statement_words(text: str, expected: str) -> None:
    """A statement stands on one line, marks in pairs; where its beginning or end is missing it bears an ellipsis."""
    assert statement_words(text, within=True) == expected


@given(st.text(max_size=80))
def test_statement_words_of_any_text(text: str) -> None:
    """Whatever the text: one line, nothing that steers, no blank at either end, brackets in pairs."""
    shown = statement_words(text)
    assert shown == plain(shown)
    assert shown.count("(") == shown.count(")")


@pytest.mark.parametrize(
    ("article_id", "expected"),
    [
        ("000_06e229d54b13a752", "000"),
        ("harbour-ledger_cfc9a2e83eae11d1", "harbour-ledger"),
        ("harbour-ledger", "harbour-ledger"),
        ("06e229d54b13a752", "06e229d54b13a752"),
        ("x" * 60, "x" * (LONGEST - 1) + "…"),
    ],
    ids=["hash", "name and hash", "name", "hash alone", "long"],
)
def test_short_id(article_id: str, expected: str) -> None:
    """The hash that a scraper appended is left out, a long name is cut."""
    assert short_id(article_id) == expected


def test_labels() -> None:
    """An article is called by its outlet, by its file where that is not known; two of one outlet are told apart."""
    articles = [
        Article(id="a_06e229d54b13a752", text="", outlet="Ledger"),
        Article(id="b", text="", outlet="LEDGER"),
        Article(id="c", text="", outlet="Coastwire"),
        Article(id="d", text=""),
    ]
    assert list(labels(articles).values()) == ["Ledger (a)", "LEDGER (b)", "Coastwire", "d"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("x7", "2031-05-04", "A"), ("x8", "2031-05-06T08:00:00Z", "A")], ["Ledger (4 May)", "Ledger (6 May)"]),
        ([("x7", "2031-05-04", ""), ("x8", "2032-05-04", "")], ["Ledger (4 May 2031)", "Ledger (4 May 2032)"]),
        (
            [("x7", "2031-05-04", "Ferry runs aground off Pell Point"), ("x8", "2031-05-04", "Ferry owner says sorry")],
            ["Ledger (“Ferry runs aground off …”)", "Ledger (“Ferry owner says sorry”)"],
        ),
        (
            [("x7", None, "The “Oda” sinks"), ("x8", "2031-05-04", "No")],
            ["Ledger (“The ‘Oda’ sinks”)", "Ledger (“No”)"],
        ),
        ([("x9", "2031-05-04", "One"), ("x8", "2031-05-04", "One")], ["Ledger (2)", "Ledger (1)"]),
        ([("x7", "2031-13-04", ""), ("x8", "2031-05", "")], ["Ledger (2)", "Ledger (1)"]),
        ([("first day", None, ""), ("second day", None, "")], ["Ledger (first day)", "Ledger (second day)"]),
    ],
    ids=["days", "years", "titles", "quoted", "numbers", "no day", "files"],
)
def test_articles_of_one_outlet(given: list[tuple[str, str | None, str]], expected: list[str]) -> None:
    """Two of one outlet are told apart by their days, else their titles, file names or numbers; never by a raw id."""
    articles = [Article(id=i, text="", outlet="Ledger", published=p, title=t) for i, p, t in given]
    assert list(labels(articles).values()) == expected
    assert labels(articles) == labels(reversed(articles))


ARTICLES = st.lists(
    st.builds(
        lambda i, o, p, t: Article(id=i, text="", outlet=o, published=p, title=t),
        st.text(max_size=50),
        st.one_of(
            st.none(), st.sampled_from(["Ledger", "ledger", "\u202e", "a", "a [2]", "L" * 80]), st.text(max_size=50)
        ),
        st.sampled_from([None, "2031-05-04", "2031-05-05T01:00Z", "2031"]),
        st.one_of(st.none(), st.sampled_from(["One", "Two “x"]), st.text(max_size=50)),
    ),
    max_size=8,
    unique_by=lambda a: a.id,
)


@given(ARTICLES)
def test_no_two_articles_are_called_alike(articles: list[Article]) -> None:
    """Every article has a label, not empty, on one line, unlike every other's whatever the case."""
    found = labels(articles)
    assert set(found) == {a.id for a in articles}
    assert all(found.values())
    assert len({name.casefold() for name in found.values()}) == len(articles)
    assert all(name == plain(name) for name in found.values())
