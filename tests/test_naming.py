"""What a sentence calls a source: with the article it is printed with, cut where it is no name, unnamed said once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Article, Place, Source, SourceKind
from headwater.naming import LONGEST, called, unnamed

TEXT = "A senior ministry official spoke. The Orle company did not. Officials at the ministry were silent."
ARTICLES = {"a": Article(id="a", text=TEXT)}


def source(name: str, kind: SourceKind, words: str = "", number: int | None = None) -> Source:
    """A source that is printed in the article as ``words``."""
    start = TEXT.index(words) if words else 0
    mentions = (Place("a", start, start + len(words)),) if words else ()
    return Source(id="s", name=name, kind=kind, number=number, mentions=mentions)


NAMES = [
    pytest.param(
        source("senior ministry official", "anonymous", "A senior ministry official"),
        "a senior ministry official",
        id="as printed",
    ),
    pytest.param(source("Orle company", "organisation", "The Orle company"), "the Orle company", id="the"),
    pytest.param(
        source("officials at the ministry", "anonymous", "Officials at the ministry"),
        "officials at the ministry",
        id="printed with none",
    ),
    pytest.param(source("aide", "anonymous", number=1), "an aide", id="one, printed nowhere"),
    pytest.param(source("Three engineers", "anonymous", number=3), "three engineers", id="a number is small"),
    pytest.param(source("White House", "organisation", "The Orle company"), "White House", id="a name of its own"),
    pytest.param(source("Oda Quill", "person"), "Oda Quill", id="a person"),
    pytest.param(source("The Orle Gazette", "outlet"), "The Orle Gazette", id="an outlet"),
    pytest.param(source("her office", "organisation"), "her office", id="whose"),
    pytest.param(
        source("Orle guards, who held the bridge, as told", "organisation"), "Orle guards", id="what is told of them"
    ),
    pytest.param(source('Panel on "Vesper,"', "organisation"), 'Panel on "Vesper"', id="a comma within marks"),
    pytest.param(source("Orle's top aide", "anonymous", number=1), "Orle's top aide", id="whose one, printed nowhere"),
    pytest.param(source("", "unspecified"), "a source without a name", id="nothing"),
]


@pytest.mark.parametrize(("given_source", "words"), NAMES)
def test_called(given_source: Source, words: str) -> None:
    """In the middle of a sentence, with the article that it is printed with."""
    assert called(given_source, ARTICLES) == words


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Detectives", "Detectives came. The detectives left.", "detectives"),
        ("Police", "Police came. They asked the police.", "police"),
        ("Democrats", "Democrats came. The Democrats left, as democrats do.", "Democrats"),
        ("Kestrels", "Kestrels came.", "Kestrels"),
    ],
    ids=["plural", "body", "a party", "perhaps a name"],
)
def test_a_word_that_only_opens_a_sentence(name: str, text: str, words: str) -> None:
    """What is written small elsewhere in its article is no name: it is small within a sentence."""
    made = Source(id="s", name=name, kind="anonymous", mentions=(Place("b", 0, len(name)),))
    assert called(made, {"b": Article(id="b", text=text)}) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("three engineers", "three unnamed engineers"),
        ("all 10 members of the board", "all 10 unnamed members of the board"),
        ("a senior official", "a senior official, unnamed"),
        ("a majority of voters", "a majority of voters, unnamed"),
        ("two of the engineers", "two of the engineers, unnamed"),
        ("three unnamed engineers", "three unnamed engineers"),
    ],
)
def test_unnamed(name: str, words: str) -> None:
    """Behind a number, else behind the name; where the name says it, not again."""
    assert unnamed(name) == words


@given(st.text(max_size=300), st.sampled_from(("anonymous", "organisation", "document", "person", "unspecified")))
def test_any_name_is_one_line_and_no_sentence(name: str, kind: SourceKind) -> None:
    """Whatever stands in a name, what is shown is one line, not empty, and not longer than a name with its article."""
    shown = called(Source(id="s", name=name, kind=kind, number=1, mentions=(Place("a", 0, 20),)), ARTICLES)
    assert shown.strip()
    assert len(shown) <= LONGEST + 6
    assert "\n" not in shown
