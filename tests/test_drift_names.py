"""Names: a family name misspelt is told; accents, short forms and other ways to write a sound are not."""

import pytest

from drifted import Story, Told, found

SAYS = "The harbour pilot {} gave evidence on the sunken ferry."


@pytest.mark.parametrize(
    ("one", "two"),
    [("Joren Maltec", "Joren Malbec"), ("Marta Kelvane", "Marta Kelvade"), ("Edvard Solheim", "Edvard Solhein")],
)
def test_two_people_who_are_one(one: str, two: str) -> None:
    """Taken for two people, but the given name and all that is said of them is the same."""
    articles = [Told(SAYS.format(name), names=(name,)) for name in (one, two)]
    (conflict,) = Story(*articles).compare()
    assert (conflict.type, conflict.verdict, conflict.severity) == ("name", "drift", "low")
    assert [s.value for s in conflict.sides] == [one.split()[1], two.split()[1]]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("José Marín", "Jose Marin"),
        ("Greg Hallmond", "Gregory Hallmond"),
        ("Muhsin Gadhari", "Muhsin Gaddari"),
        ("Ola Finstad", "Nils Finstad"),
        ("Anna Sorvick", "Ingo Sorvack"),
        ("Anna Sorvick", "Anna Tallbridge"),
        ("Anna Sor", "Anna Sorvick"),
    ],
    ids=["accents", "short form", "sounds", "brothers", "other given name", "another name", "cut short"],
)
def test_one_name_in_two_forms(one: str, two: str) -> None:
    """Ways to write one name, and names of two people."""
    assert found(*(Told(SAYS.format(name), names=(name,)) for name in (one, two))) == []


def test_near_names_of_other_acts_are_two_people() -> None:
    """Nothing proves that they are one where nothing like is said of them, or where an article has both."""
    maltec = Told(SAYS.format("Joren Maltec"), names=("Joren Maltec",))
    other = Told("Joren Malbec painted the old bridge of Lisk in spring.", names=("Joren Malbec",))
    assert found(maltec, other) == []
    both = Told(
        SAYS.format("Joren Malbec") + " Joren Maltec left.",
        names=("Joren Malbec", "Joren Maltec"),
        claims=("c", "d"),
    )
    assert found(maltec, both) == []


def test_one_entity_in_two_spellings() -> None:
    """One person by whatever tied the names, spelt in two ways by two articles."""
    story = Story(*(Told(SAYS.format(name), names=(name,)) for name in ("Judge Maltec", "Judge Malbec")))
    story.entities = {"Maltec": [place for places in story.entities.values() for place in places]}
    assert [c.type for c in story.compare()] == ["name"]
