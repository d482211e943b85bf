"""One entity across the articles of a story."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Article, Entity, EntityType, Place, Reading, Role, stable_id
from headwater.tracing.entities import join

Named = tuple[str, EntityType]


def story(*named: Sequence[Named | tuple[str, EntityType, list[str]]]) -> tuple[list[Article], list[Reading]]:
    """Articles that name these entities and nothing else; a third member lists further wordings."""
    articles, readings = [], []
    for number, things in enumerate(named):
        id_ = f"art{number}"
        text = ""
        held = []
        for thing in things:
            forms = [thing[0], *(thing[2] if len(thing) == 3 else [])]
            mentions = []
            for form in forms:
                mentions.append(Place(id_, len(text), len(text) + len(form)))
                text += form + " . "
            role = Role("Mr.", id_, 0, 1)
            held.append(
                Entity(
                    id=stable_id("entity", id_, thing[1], thing[0]),
                    name=thing[0],
                    type=thing[1],
                    mentions=tuple(mentions),
                    roles=(role,) if thing[1] == "person" else (),
                )
            )
        articles.append(Article(id=id_, text=text))
        readings.append(Reading(id=id_, entities=tuple(held)))
    return articles, readings


def people(*names: list[str]) -> list[set[str]]:
    """Joins people named in articles; gives the wordings of each entity."""
    articles: list[list[Named]] = [[(name, "person") for name in article] for article in names]
    return joined(*articles)


def joined(*named: Sequence[Named | tuple[str, EntityType, list[str]]]) -> list[set[str]]:
    """Joins entities named in articles; gives the wordings of each entity, by its name."""
    articles, readings = story(*named)
    texts = {a.id: a.text for a in articles}
    return [{texts[m.article][m.start : m.end] for m in e.mentions} for e in join(articles, readings)[0]]


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        pytest.param(
            [["Ida M. Varga"], ["Varga"], ["Ida Margaret Varga"]],
            [{"Ida M. Varga", "Varga", "Ida Margaret Varga"}],
            id="initial, full name, surname",
        ),
        pytest.param(
            [["Pedro Lund Ibáñez"], ["Lund"], ["Pedro Lund"]],
            [{"Pedro Lund Ibáñez", "Lund", "Pedro Lund"}],
            id="two surnames",
        ),
        pytest.param(
            [["José Ibáñez"], ["Jose Ibanez"], ["IBANEZ"]],
            [{"José Ibáñez", "Jose Ibanez", "IBANEZ"}],
            id="accents and case",
        ),
        pytest.param(
            [["Donald Varga"], ["Donald Varga Jr."]], [{"Donald Varga"}, {"Donald Varga Jr."}], id="generations"
        ),
        pytest.param(
            [["Ida Varga"], ["John Varga"], ["Varga"]], [{"Ida Varga"}, {"John Varga"}, {"Varga"}], id="two bearers"
        ),
        pytest.param(
            [["Ida M. Varga"], ["Ida T. Varga"], ["Ida Varga"]],
            [{"Ida M. Varga"}, {"Ida T. Varga"}, {"Ida Varga"}],
            id="fits two who differ",
        ),
        pytest.param([["Varga"], ["Varga"]], [{"Varga"}], id="bare in both"),
        pytest.param(
            [["Bill Varga"], ["William Varga"], ["W. Varga"]],
            [{"Bill Varga", "William Varga", "W. Varga"}],
            id="a usual short name",
        ),
        pytest.param(
            [["Matt Varga"], ["Matthew S. Varga"]], [{"Matt Varga", "Matthew S. Varga"}], id="a name cut short"
        ),
        pytest.param(
            [["Dan Varga"], ["Dana Varga"]], [{"Dan Varga"}, {"Dana Varga"}], id="one letter is no short name"
        ),
        pytest.param([["Bill Varga"], ["Robert Varga"]], [{"Bill Varga"}, {"Robert Varga"}], id="two given names"),
        pytest.param(
            [["Ida Varga, D-Kar."], ["Ida Varga (R-Est.)"], ["Ida Varga"]],
            [{"Ida Varga, D-Kar.", "Ida Varga (R-Est.)", "Ida Varga"}],
            id="party and state",
        ),
        pytest.param(
            [["Ida Varga More:"], ["Ida Varga\nPhoto"], ["Ida Varga Getty Images"], ["Ida Varga"]],
            [{"Ida Varga More:", "Ida Varga\nPhoto", "Ida Varga Getty Images", "Ida Varga"}],
            id="words of the page run on",
        ),
        pytest.param(
            [["State Ida Varga"], ["Ida Varga"]], [{"State Ida Varga", "Ida Varga"}], id="of Secretary of State"
        ),
        pytest.param([["Ida Varga"], ["Ida"]], [{"Ida"}, {"Ida Varga"}], id="no given names"),
        pytest.param(
            [["Joaquín “El Zorro” Gámez"], ["Joaquin Gamez"], ["Gámez"]],
            [{"Joaquín “El Zorro” Gámez", "Joaquin Gamez", "Gámez"}],
            id="nickname in the name",
        ),
        pytest.param(
            [["Abu Karim al-Sayfi"], ["al-Sayfi"], ["Sayfi"]],
            [{"Abu Karim al-Sayfi", "al-Sayfi", "Sayfi"}],
            id="al-",
        ),
        pytest.param(
            [["Osama bin Tarek"], ["Bin Tarek"], ["bin Tarek"]],
            [{"Osama bin Tarek", "Bin Tarek", "bin Tarek"}],
            id="bin",
        ),
        pytest.param([["Ludwig van Doorn"], ["Van Doorn"]], [{"Ludwig van Doorn", "Van Doorn"}], id="van"),
        pytest.param([["Martin King"], ["King"]], [{"Martin King", "King"}], id="a surname that is a title"),
    ],
)
def test_people(named: list[list[str]], wanted: list[set[str]]) -> None:
    """Full names that fit are one person; a bare surname joins only where one person bears it."""
    assert sorted(people(*named), key=sorted) == sorted(wanted, key=sorted)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Pentagon", "Department of Defense", True),
        ("DoD", "Pentagon", True),
        ("Defense Department", "Department of Defence", True),
        ("White House", "Trump administration", False),
        ("Kremlin", "Russia", False),
        ("CIA", "Central Intelligence Agency", True),
        ("Tidewater Ports Agency", "TPA", True),
        ("AP", "Associated Press", True),
        ("US Northern Command", "U.S. Northern Command", True),
        ("United States Northern Command", "Northern Command", True),
        ("Harbour Ministry", "Ministry of Harbour", True),
        ("Mexican Navy", "Navy", False),
        ("Lund Bank", "Lund Bank Inc.", True),
        ("Lund Bank", "Lund Bank of Oria", False),
        ("The Harrow Gazette", "Harrow Gazette", True),
        ("Labour Party", "Labor Party", True),
    ],
)
def test_organisations(left: str, right: str, same: bool) -> None:
    """Aliases of the table, acronyms, word order and legal forms are one; what says more is not."""
    assert (len(joined([(left, "organisation")], [(right, "organisation")])) == 1) is same


def told(*articles: list[tuple[str, list[str], list[str]]]) -> list[set[str]]:
    """Joins people given with further wordings and with roles."""
    plain: list[list[tuple[str, EntityType, list[str]]]]
    plain = [[(name, "person", forms) for name, forms, _ in article] for article in articles]
    held, readings = story(*plain)
    with_roles = [
        replace(
            reading,
            entities=tuple(
                replace(e, roles=tuple(Role(role, reading.id, 0, len(role)) for role in roles))
                for e, (_, _, roles) in zip(reading.entities, article, strict=True)
            ),
        )
        for reading, article in zip(readings, articles, strict=True)
    ]
    texts = {a.id: a.text for a in held}
    return [{texts[m.article][m.start : m.end] for m in e.mentions} for e in join(held, with_roles)[0]]


@pytest.mark.parametrize(
    ("articles", "persons"),
    [
        pytest.param(
            [[("Robert S. Lund III", ["Lund", "Lund"], [])], [("Robert Lund", ["Lund"], [])]], 1, id="called Lund"
        ),
        pytest.param(
            [[("Robert S. Lund III", [], ["special counsel"])], [("Robert Lund", [], ["Special Counsel"])]],
            1,
            id="one office",
        ),
        pytest.param([[("Donald Lund Jr.", [], [])], [("Donald Lund", ["Lund", "Lund"], [])]], 2, id="no sign"),
        pytest.param(
            [[("Donald Lund Jr.", [], []), ("Donald Lund", [], [])], [("Lund", [], [])]], 2, id="both in one article"
        ),
        pytest.param(
            [[("Donald Lund Jr.", ["Lund", "Lund"], [])], [("Donald Lund", [], [])], [("Lund", [], [])]],
            2,
            id="a bare Lund elsewhere",
        ),
        pytest.param(
            [[("Ida Lund", [], ["Sen."])], [("John Lund", [], ["Gen."])], [("Lund", [], ["Sen."])]], 2, id="by office"
        ),
        pytest.param(
            [[("Ida Lund", [], ["Mr."])], [("John Lund", [], [])], [("Lund", [], ["Mr."])]], 3, id="not by courtesy"
        ),
    ],
)
def test_what_articles_say_of_people_tells_them_apart(
    articles: list[list[tuple[str, list[str], list[str]]]], persons: int
) -> None:
    """Offices and use of the bare surname join or part those whose names leave it open."""
    assert len(told(*articles)) == persons


def test_an_acronym_defined_in_one_article_joins_the_others() -> None:
    """A bracket after a name in one article explains TIDECOM in another."""
    held = joined(
        [("Tidewater Command", "organisation", ["TIDECOM"])],
        [("TIDECOM", "organisation")],
        [("US Tidewater Command", "organisation")],
    )
    assert held == [{"Tidewater Command", "TIDECOM", "US Tidewater Command"}]


def test_an_acronym_that_two_names_fit_joins_neither() -> None:
    """Initials alone decide nothing between two."""
    held = joined(
        [("Tidal Ports Agency", "organisation"), ("Town Planning Agency", "organisation")], [("TPA", "organisation")]
    )
    assert len(held) == 3


def test_types_are_never_joined() -> None:
    """A person and an organisation of one name are two."""
    assert len(joined([("Varga", "person")], [("Varga", "organisation")], [("Varga", "place")])) == 3


def test_what_most_mentions_take_a_name_for() -> None:
    """A name that one article takes for a person is the body or place that most mentions of the story take it for."""
    articles, readings = story([("Kessel", "person")], [("Kessel", "organisation", ["Kessel", "Kessel"])])
    assert [(e.name, e.type, len(e.mentions)) for e in join(articles, readings)[0]] == [("Kessel", "organisation", 4)]
    known = story([("Kessel", "person")], [("Kessel", "organisation", ["Kessel"])], [("Ada Kessel", "person")])
    assert sorted(e.type for e in join(*known)[0]) == ["organisation", "person"]


@pytest.mark.parametrize(
    ("left", "right"),
    [("US", "United States"), ("U.S.", "America"), ("UK", "Britain"), ("Washington, D.C.", "Washington")],
)
def test_places(left: str, right: str) -> None:
    """Countries by their usual names are one."""
    assert len(joined([(left, "place")], [(right, "place")])) == 1


def test_the_fullest_name_and_the_map() -> None:
    """The story's entity bears the fullest name, all mentions and roles; each local id leads to it."""
    articles, readings = story([("Ida Varga", "person")], [("Ida Margaret Varga", "person")], [("Varga", "person")])
    held, where = join(articles, readings)
    assert [e.name for e in held] == ["Ida Margaret Varga"]
    assert held[0].id == stable_id("entity", "person", "Ida Margaret Varga")
    assert len(held[0].mentions) == len(held[0].roles) == 3
    assert where == {e.id: held[0].id for r in readings for e in r.entities}


def test_a_verb_that_ran_into_a_name() -> None:
    """Of "Ida Varga Ate" and "Ida Varga" the latter is the name."""
    articles, readings = story([("Ida Varga", "person")], [("Ida Varga Ate", "person", ["Ida Varga"])])
    assert {e.name for e in join(articles, readings)[0]} >= {"Ida Varga"}
    assert "Ida Varga Ate" not in {e.name for e in join(articles, readings)[0]}


def test_the_same_open_surname_in_two_articles_is_not_one_person() -> None:
    """Where two people of the story bear it, "Varga" here and "Varga" there stay apart, with ids of their own."""
    articles, readings = story(
        [("Ida Varga", "person"), ("John Varga", "person"), ("Varga", "person")], [("Varga", "person")]
    )
    held, where = join(articles, readings)
    assert len(held) == len({e.id for e in held}) == 4
    assert len(set(where.values())) == 4


def test_a_reading_without_its_article_is_passed_over() -> None:
    """Nothing can be shown of an article that is not there."""
    _, readings = story([("Ida Varga", "person")])
    assert join([], readings) == ((), {})
    assert join([], []) == ((), {})


NAMES = st.sampled_from(
    [
        "Ida Varga",
        "Varga",
        "Ida M. Varga",
        "Ida Margaret Varga",
        "Ida T. Varga",
        "John Varga",
        "Donald Varga Jr.",
        "Ida",
        "Lund",
        "Pedro Lund Ibáñez",
        "Ibáñez",
        "TPA",
        "Tidal Ports Agency",
        "Pentagon",
        "DoD",
        "US",
        "U.S.",
        "The",
        "“”",
        "Jr.",
        "al-",
        ".",
        "\u0301",
        "Navy",
        "US Navy",
        "US Navy Fleet",
        "Navy Fleet",
    ]
) | st.text(min_size=1, max_size=6)
STORIES = st.lists(
    st.lists(st.tuples(NAMES, st.sampled_from(["person", "organisation", "place", "other"])), max_size=5, unique=True),
    max_size=4,
)


def fold(name: str) -> str:
    """A name as names are compared: without accents and capitals."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("‑", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@given(STORIES)
def test_any_story(named: list[list[Named]]) -> None:
    """Every local entity leads to one story entity of its type, none is lost, and the order of articles is nothing.

    But what one article takes for a person, and more mentions for something else, is that.
    """
    articles, readings = story(*named)
    held, where = join(articles, readings)
    types = {e.id: e.type for e in held}
    assert len(types) == len(held)
    assert {e.id for r in readings for e in r.entities} == set(where)
    mentions = Counter((fold(e.name), e.type) for r in readings for e in r.entities for _ in e.mentions)
    for entity in (e for r in readings for e in r.entities):
        name, made = fold(entity.name), types[where[entity.id]]
        assert made == entity.type or (entity.type == "person" and mentions[name, made] > mentions[name, "person"])
    assert sum(len(e.mentions) for e in held) == sum(len(e.mentions) for r in readings for e in r.entities)
    for order in list(permutations(range(len(articles))))[:6]:
        again = join([articles[i] for i in order], [readings[i] for i in reversed(order)])
        assert again == (held, where)


@given(STORIES)
def test_generations_and_differing_initials_never_meet(named: list[list[Named]]) -> None:
    """No entity holds both a father's and a son's name, nor two middle initials that differ."""
    for forms in joined(*named):
        assert not {"Ida M. Varga", "Ida T. Varga"} <= forms
        assert not ("Donald Varga Jr." in forms and "Ida Varga" in forms)
