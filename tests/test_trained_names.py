"""Names from the network and from the lists, settled: titles off, addresses out, one list in order and apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import EntityType
from headwater.reading.tagger import Name
from headwater.reading.trained.named import settled

TYPES: list[EntityType] = ["person", "organisation", "place", "work", "other"]


def name(text: str, form: str, kind: EntityType = "person", score: float = 0.9) -> Name:
    """A name, from its words."""
    start = text.index(form)
    return Name(start, start + len(form), kind, score)


def shown(text: str, names: tuple[Name, ...]) -> list[str]:
    """Names in words, with their kind."""
    return [f"{n.span.of(text)}/{n.type}" for n in names]


TRIMMED = [
    pytest.param("Orla Fenn", "Orla Fenn", id="as it stands"),
    pytest.param("Mr. Fenn", "Fenn", id="a courtesy"),
    pytest.param("Mrs Orla Fenn", "Orla Fenn", id="a courtesy without a stop"),
    pytest.param("Dr. Orla Fenn", "Orla Fenn", id="a degree"),
    pytest.param("Sen. Fenn", "Fenn", id="an office, shortened"),
    pytest.param("President Orla Fenn", "Orla Fenn", id="an office"),
    pytest.param("“Orla Fenn”", "Orla Fenn", id="marks around it"),
    pytest.param("Orla Fenn,", "Orla Fenn", id="a comma after it"),
    pytest.param("Orla Fenn.", "Orla Fenn", id="a full stop after it"),
    pytest.param("J.R. Fenn Jr.", "J.R. Fenn Jr.", id="a full stop of its own"),
    pytest.param("Orla Fenn Jr.", "Orla Fenn Jr.", id="a son's full stop"),
    pytest.param("Aunt", None, id="kin alone"),
    pytest.param("Émile Łuk", "Émile Łuk", id="accents"),
    pytest.param("Mr.", None, id="a title alone"),
    pytest.param("1999", None, id="figures alone"),
    pytest.param("“…”", None, id="marks alone"),
]


@pytest.mark.parametrize(("form", "expected"), TRIMMED)
def test_people_without_their_titles(form: str, expected: str | None) -> None:
    """What the network takes along before and after a name is cut off."""
    text = f"Then {form} came"
    found = shown(text, settled(text, [name(text, form)], []))
    assert found == ([] if expected is None else [f"{expected}/person"])


ADDRESSES = [
    pytest.param("Write to {}@harbour.example now", id="before the at sign"),
    pytest.param("Write to desk@{}.example now", id="after the at sign"),
    pytest.param("See {}.example for more", id="a domain"),
    pytest.param("Follow @{} for more", id="a handle"),
    pytest.param("Follow @ilse_{} for more", id="a handle of two words"),
    pytest.param("Follow {}_desk for more", id="a handle's beginning"),
    pytest.param("Under #{} more", id="a hash tag"),
    pytest.param("See www.a.example/{} for more", id="a link's end"),
    pytest.param("Open {}.pdf for more", id="a file"),
]


@pytest.mark.parametrize("text", ADDRESSES)
@pytest.mark.parametrize("by", ["network", "lists"])
def test_no_name_in_an_address(text: str, by: str) -> None:
    """Whoever saw it."""
    text = text.format("Fenn")
    names = [name(text, "Fenn")]
    assert settled(text, names if by == "network" else [], names if by == "lists" else []) == ()


def test_a_name_at_a_sentences_end() -> None:
    """A full stop and the next sentence are no domain."""
    for text in ("It was Fenn. Then", "It was Fenn.", "It was Fenn.Then", "Was it Fenn?"):
        assert shown(text, settled(text, [name(text, "Fenn")], [])) == ["Fenn/person"]


TEXT = "Orla Fenn of the Sorrel Courier met Pell in Barrow Quay"
BOTH = [
    pytest.param([], [], [], id="nothing"),
    pytest.param([("Orla Fenn", "person", 0.9)], [], ["Orla Fenn/person"], id="the network alone, sure"),
    pytest.param([("Pell", "person", 0.55)], [], [], id="the network alone, not sure"),
    pytest.param([], [("Barrow Quay", "place", 0.9)], ["Barrow Quay/place"], id="the lists alone, sure"),
    pytest.param([], [("Barrow Quay", "place", 0.6)], [], id="the lists alone, not sure"),
    pytest.param(
        [("Pell", "person", 0.55)], [("Pell", "person", 0.55)], ["Pell/person"], id="both a little: it is one"
    ),
    pytest.param(
        [("Barrow Quay", "organisation", 0.8)],
        [("Barrow Quay", "place", 0.9)],
        ["Barrow Quay/organisation"],
        id="another kind: the network's",
    ),
    pytest.param(
        [("Courier", "organisation", 0.8)],
        [("Sorrel Courier", "organisation", 0.9)],
        ["Sorrel Courier/organisation"],
        id="the lists know more of it",
    ),
    pytest.param(
        [("Sorrel", "organisation", 0.8), ("Courier", "organisation", 0.8)],
        [("Sorrel Courier", "organisation", 0.9)],
        ["Sorrel Courier/organisation"],
        id="two halves are one",
    ),
    pytest.param(
        [("Sorrel Courier", "organisation", 0.8)],
        [("Sorrel", "place", 0.9)],
        ["Sorrel Courier/organisation"],
        id="the network knows more of it",
    ),
    pytest.param(
        [("Orla Fenn", "person", 0.9), ("Pell", "person", 0.9)],
        [("Sorrel Courier", "organisation", 0.9), ("Barrow Quay", "place", 0.9)],
        ["Orla Fenn/person", "Sorrel Courier/organisation", "Pell/person", "Barrow Quay/place"],
        id="each its own, in order of place",
    ),
]


@pytest.mark.parametrize(("trained", "ruled", "expected"), BOTH)
def test_both_lists(
    trained: list[tuple[str, EntityType, float]], ruled: list[tuple[str, EntityType, float]], expected: list[str]
) -> None:
    """The network is believed where both see a name, the lists fill in."""
    one, other = ([name(TEXT, *n) for n in names] for names in (trained, ruled))
    assert shown(TEXT, settled(TEXT, one, other)) == expected


PIECES = [
    *"Orla Fenn Mr. Dr President the The of said Sen. J.R. St. U.S. 1999 @ # / _ .example .com ( ) “ ” ' … é".split(),
    *(" ", " ", " ", "\n", "\x00", "\ud800", "\u0301", "İ", "ß", "漢", "👩‍👧"),
]


@st.composite
def named_texts(draw: st.DrawFn) -> tuple[str, list[Name], list[Name]]:
    """A text and two lists of names anywhere in it, each in order and apart."""
    text = draw(
        st.one_of(
            st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join),
            st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join),
            st.text(min_size=1, max_size=40),
        )
    )
    lists = []
    for _ in range(2):
        bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
        lists.append(
            [
                Name(a, b, draw(st.sampled_from(TYPES)), draw(st.sampled_from([0.5, 0.65, 0.7, 0.95])))
                for a, b in pairwise(bounds)
                if draw(st.booleans())
            ]
        )
    return text, lists[0], lists[1]


@given(named_texts())
def test_names_are_in_order_and_apart(drawn: tuple[str, list[Name], list[Name]]) -> None:
    """Whatever the text and the names: none empty, outside the text, without a letter of its own, or over another."""
    text, trained, ruled = drawn
    found = settled(text, trained, ruled)
    assert found == settled(text, trained, ruled)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for one in found:
        inside = [n for n in trained if n.start <= one.start and one.end <= n.end]
        grown = [n for n in ruled if (n.start, n.end) == (one.start, one.end)]
        assert inside or grown
        assert grown or any(c.isalpha() for c in one.span.of(text))


@given(named_texts())
def test_sure_names_of_the_lists_are_kept(drawn: tuple[str, list[Name], list[Name]]) -> None:
    """Without the network they are all there, but those in addresses; unsure ones are not."""
    text, _, ruled = drawn
    found = settled(text, [], ruled)
    assert set(found) <= {n for n in ruled if n.score >= 0.7}
    if not set("@_/#.") & set(text):
        assert list(found) == [n for n in ruled if n.score >= 0.7]


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        pytest.param("US agency", False, id="one of a country's"),
        pytest.param("US Army", True, id="one with a name"),
        pytest.param("Harrow agency", True, id="one of a town"),
    ],
)
def test_a_country_and_a_noun_name_no_body(form: str, kept: bool) -> None:
    """What only says of which country a body is names none."""
    text = f"A {form} said so"
    assert shown(text, settled(text, [name(text, form, "organisation")], [])) == ([f"{form}/organisation"] * kept)


def test_no_person_in_a_dotted_address() -> None:
    """The first word of an address with dots names nobody."""
    text = "Write to Orla.R.Fenn@harbour.example now"
    assert settled(text, [name(text, "Orla")], []) == ()
