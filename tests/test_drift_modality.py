"""Modality: a step of two degrees or more, of the same word, is drift; other words for one degree are not."""

import pytest

from drifted import Story, Told, found


@pytest.mark.parametrize(
    ("soft", "hard"),
    [
        ("Smoked herring may cause memory loss in old people.", "Smoked herring causes memory loss in old people."),
        ("The drugs could cure the rare fever of pilots.", "The drugs cure the rare fever of pilots."),
        ("Air from the smelter might be linked to asthma.", "Air from the smelter is linked to asthma."),
        ("Air from the smelter is linked to asthma in children.", "Air from the smelter causes asthma in children."),
        ("The patrol boats could be ready at Emsvik by May.", "The patrol boats are ready at Emsvik by May."),
        ("The army might close the Hale crossing to lorries.", "The army will close the Hale crossing to lorries."),
        (
            "The engine fire was probably caused by a broken fuel line.",
            "The engine fire was caused by a broken fuel line.",
        ),
        ("The firm plans to close its mill in Tervo.", "The firm closed its mill in Tervo."),
        (
            "The government is considering a tax on empty flats.",
            "The government will introduce a tax on empty flats.",
        ),
        ("The boats are unlikely to be ready at Emsvik.", "The boats will not be ready at Emsvik."),
    ],
    ids=[
        "may cause, causes",
        "could cure, cure",
        "might be, is",
        "linked, causes",
        "could, are",
        "might, will",
        "probably",
        "plans to, did",
        "considering, will",
        "unlikely, will not",
    ],
)
def test_hardened(soft: str, hard: str) -> None:
    """What one article holds for possible or probable another states."""
    (conflict,) = Story(soft, hard).compare()
    assert (conflict.type, conflict.verdict) == ("modality", "drift")
    assert [s.article for s in conflict.sides] == ["alder", "birch"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Lorvania may close its embassy in Meridon.", "Lorvania could close its embassy in Meridon."),
        ("The mill in Tervo is likely to close.", "The mill in Tervo will probably close."),
        ("The parliament is going to vote on the wolf law.", "The parliament will vote on the wolf law."),
        (
            "The parliament might vote on the toll before May.",
            "The parliament's vote on the toll before May is not certain.",
        ),
        ("The reservoir could run dry by August.", "Engineers fear the reservoir will run dry by August."),
        ("The coast guard plans to buy six boats.", "The coast guard will buy six boats if parliament agrees."),
        ("Herring is linked to memory loss.", "Herring might cause memory loss."),
        ("The study found no link between herring and memory loss.", "Herring causes memory loss, they feared."),
        ("In May the army left the Hale crossing.", "The army left the Hale crossing in May."),
    ],
    ids=[
        "may, could",
        "likely, probably",
        "going to, will",
        "a noun",
        "only feared",
        "a condition",
        "linked, might cause",
        "no link",
        "May is a month",
    ],
)
def test_one_degree_in_other_words(one: str, two: str) -> None:
    """Near degrees, conditions, fears and words that are no markers are silent."""
    assert found(one, two) == []


def test_what_was_expected_has_happened_since() -> None:
    """A later article tells what has come about; no retelling hardened it."""
    soft = Told("The chairman of the dairy is expected to resign over the accounts.", published="2025-02-03")
    hard = Told("The chairman of the dairy has resigned over the accounts.", published="2025-02-09")
    assert found(soft, hard) == []


@pytest.mark.parametrize(
    ("one", "two", "kinds"),
    [
        (("Orla Vane", "person"), ("Idris Pell", "person"), []),
        (("Doctors", "anonymous"), ("Doctors in Varsk", "anonymous"), ["modality"]),
    ],
    ids=["two people", "the same kind of people"],
)
def test_whose_word_it_is(one: tuple[str, str], two: tuple[str, str], kinds: list[str]) -> None:
    """Two named people who are not equally sure contradict nobody; unnamed ones of one description may be the same."""
    first = Told(f"{one[0]} said the boats of the guard could be ready at Emsvik.", by=(one[0],), kind=one[1])  # type: ignore[arg-type]
    second = Told(f"{two[0]} said the boats of the guard are ready at Emsvik.", by=(two[0],), kind=two[1])  # type: ignore[arg-type]
    assert found(first, second) == kinds


def test_severity_and_words() -> None:
    """A possibility made a fact is high, and the note has the words of both."""
    (conflict,) = Story("The patrol boats could be ready at Emsvik.", "The patrol boats are ready at Emsvik.").compare()
    assert conflict.severity == "high"
    assert conflict.note == (
        "Alder says “The patrol boats could be ready at Emsvik”; Birch says “The patrol boats are ready at Emsvik”."
    )
