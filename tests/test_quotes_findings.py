"""Words changed within quotation marks: which changes are a finding, how severe, and which are none."""

import pytest

from headwater.align.quotes import quotations
from headwater.compare import conflicts
from headwater.model import Article, Attribution, Conflict, Reading, Source, Span
from headwater.words import sentences

VANE = {"vane": Source(id="vane", name="Orla Vane", kind="person")}


def wordings(*texts: str) -> list[Conflict]:
    """The findings on wording of articles that quote Vane; the content runs from the first mark to the last."""
    articles, attributions = [], []
    for number, text in enumerate(texts):
        content = Span(text.index("“"), text.rindex("”") + 1)
        articles.append(Article(id=f"t{number}", text=text, outlet=f"The Outlet {number}", language="en"))
        attributions.append(
            Attribution(id=f"a{number}", article=f"t{number}", source="vane", content_spans=(content,), mode="mixed")
        )
    readings = [Reading(id=a.id, sentences=sentences(a.text)) for a in articles]
    grouped = quotations(articles, attributions, VANE)
    found = conflicts(articles, readings, attributions, VANE, (), (), grouped, ())
    return [c for c in found if c.type == "wording"]


SEVERE = [
    (
        "hedge dropped",
        "“The new dyke will probably fail in a winter like this”",
        "“The new dyke will fail in a winter like this”",
    ),
    (
        "hedge made certain",
        "“The dye may cause a rash in small children who bathe here”",
        "“The dye causes a rash in small children who bathe here”",
    ),
    (
        "negation dropped",
        "“We have not sold a single book to the dealer from Ulm”",
        "“We have sold a single book to the dealer from Ulm”",
    ),
    (
        "negation added",
        "“We have sold a single book to the dealer here”",
        "“We have not sold a single book to the dealer here”",
    ),
    (
        "negation in a contraction",
        "“The old wall won’t hold another winter like this one”",
        "“The old wall will hold another winter like this one”",
    ),
    (
        "another number",
        "“We counted 140 damaged houses along the eastern bank”",
        "“We counted 410 damaged houses along the eastern bank”",
    ),
    (
        "condition cut",
        "“If the gate stays shut the men will walk down to the river”",
        "“The men will walk down to the river”",
    ),
]
SLIGHT = [
    (
        "another word",
        "“The mayor lied to us about the pumps and went on holiday”",
        "“The mayor joked to us about the pumps and went on holiday”",
        "medium",
    ),
    (
        "another duty",
        "“The council must answer for the reading room before anybody votes”",
        "“The council should answer for the reading room before anybody votes”",
        "medium",
    ),
    (
        "only",
        "“The auditors left with only two boxes of ledgers on Friday”",
        "“The auditors left with two boxes of ledgers on Friday”",
        "medium",
    ),
    (
        "a word left out",
        "“The memos were in the office at the end of late January last year”",
        "“The memos were in the office at the end of late last year”",
        "low",
    ),
    (
        "another tense",
        "“The buses will run on Sunday when the drivers agree to it”",
        "“The buses would run on Sunday when the drivers agree to it”",
        "low",
    ),
    (
        "own view cut",
        "“I think the cable snapped because nobody had oiled the drum”",
        "“The cable snapped because nobody had oiled the drum”",
        "low",
    ),
    (
        "like forms",
        "“And when he looks at me he says: Momma, look, you won the race”",
        "“And when he looks at me he says: Mama, look, you won the race”",
        "low",
    ),
]
SILENT = [
    (
        "spelling",
        "“We recognise that the harbour programme has cost our neighbours”",
        "“We recognize that the harbor program has cost our neighbors”",
    ),
    (
        "an ellipsis",
        "“We shall not, whatever the board thinks of it, sell the boats to Ulm”",
        "“We shall not … sell the boats to Ulm”",
    ),
    (
        "a hedge at an ellipsis",
        "“The dyke, which may fail in any winter, was built by my father”",
        "“The dyke … was built by my father”",
    ),
    (
        "a fragment after not",
        "“We have not sold a single book to the dealer from Ulm”",
        "She denied that they had “sold a single book to the dealer from Ulm”",
    ),
    (
        "a condition told outside",
        "“If the gate stays shut the men will walk down to the river”",
        "If it does, she thinks, they “will walk down to the river”",
    ),
    (
        "own view told outside",
        "“I think the cable snapped because nobody had oiled the drum”",
        "She thinks: “The cable snapped because nobody had oiled the drum”",
    ),
    (
        "brackets",
        "“She told the crew to cut the rope and nobody argued with her”",
        "“[Lund] told the crew to cut the rope and nobody argued with her”",
    ),
    (
        "moved",
        "“Last winter the company took away the stoves from every signal box”",
        "“The company took away the stoves from every signal box last winter”",
    ),
    (
        "small words",
        "“It is time for us all to stop the waste that was made in the bay”",
        "“It is time for us all to stop the waste made in the bay”",
    ),
    (
        "another translation",
        "“They will not make our valley a lake. We were born, we shall be buried here, no engineer can change that”",
        "“Our valley will not be made a lake. We were born, we will be buried here, and no engineer may change it”",
    ),
]


@pytest.mark.parametrize(("one", "two"), [s[1:] for s in SEVERE], ids=[s[0] for s in SEVERE])
def test_severe(one: str, two: str) -> None:
    """A hedge or negation lost or gained inside the marks, or another number, is of high severity, either way round."""
    assert [c.severity for c in wordings(one, two)] == ["high"]
    assert [c.severity for c in wordings(two, one)] == ["high"]


@pytest.mark.parametrize(("one", "two", "severity"), [s[1:] for s in SLIGHT], ids=[s[0] for s in SLIGHT])
def test_slight(one: str, two: str, severity: str) -> None:
    """Another content word, duty or tense is a lesser finding, and shows the words of both sides."""
    (found,) = wordings(one, two)
    assert found.severity == severity
    assert found.verdict == "drift"
    assert len(found.sides) == 2


@pytest.mark.parametrize(("one", "two"), [s[1:] for s in SILENT], ids=[s[0] for s in SILENT])
def test_silent(one: str, two: str) -> None:
    """Spelling, cuts that are shown, fragments, brackets and translations are no change of words."""
    assert wordings(one, two) == []


def test_note_names_the_words() -> None:
    """The note quotes what was left out, and the sides point to it and to the printing that lacks it."""
    one = "“The second driver was probably asleep when the tram left”"
    two = "“The second driver was asleep when the tram left”"
    (found,) = wordings(one, two)
    assert found.note == "The Outlet 0 quotes “probably”; The Outlet 1 leaves it out within the marks."
    assert [side.value for side in found.sides] == ["probably", "left out"]
    assert [span.of(one) for span in found.sides[0].spans] == ["probably"]


def test_one_finding_for_each_other_wording() -> None:
    """Many outlets that print the same slip are one finding."""
    full = "“The mayor lied to us about the pumps and went on holiday with his brother”"
    slip = "“The mayor joked to us about the pumps and went on holiday with his brother”"
    assert len(wordings(full, slip, slip, slip)) == 1
