"""Polarity and denial: what one source asserts and another denies; refusals, conditions and silence are none."""

import pytest

from drifted import Story, Told, found, span_of
from headwater.model import Attribution, Source


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        (
            Told("Witnesses said soldiers fired at the boats near the sandbank.", by=("Witnesses",)),
            Told("The army said soldiers did not fire at the boats near the sandbank.", by=("The army",)),
        ),
        (
            Told("Clerks said the bank knew of the missing millions.", by=("Clerks",)),
            Told("Its chairman said the bank never knew of the missing millions.", by=("Its chairman",)),
        ),
        (
            Told("Guards said the firm dumped diesel in the Ilmen for years.", by=("Guards",)),
            Told("The firm denied that it dumped diesel in the Ilmen.", by=("The firm",), cue="denied that"),
        ),
        (
            Told("A survey said the turbines poisoned the Dorran wells.", by=("A survey",)),
            Told(
                "Orla Vane rejected claims the turbines poisoned the Dorran wells.", by=("Orla Vane",), cue="rejected"
            ),
        ),
    ],
    ids=["did not", "never", "denied that", "rejected claims"],
)
def test_denied(yes: Told, no: Told) -> None:
    """One source denies what another asserts."""
    conflicts = Story(yes, no).compare()
    assert {c.verdict for c in conflicts} == {"denial"}
    assert {"alder", "birch"} <= {s.article for c in conflicts for s in c.sides}


def test_polarity_in_the_outlets_own_voice() -> None:
    """Two articles that state the contrary, on nobody's word, cannot both hold."""
    (conflict,) = Story(
        "The Karvan dam was inspected before the flood.", "The Karvan dam was not inspected before the flood."
    ).compare()
    assert (conflict.type, conflict.verdict, conflict.severity) == ("polarity", "conflict", "high")
    assert sorted(s.value for s in conflict.sides) == ["no", "yes"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The army laid mines along the river until 2019.", "The army has laid no mines along the river since 2019."),
        ("The bridge is no longer open to lorries.", "The bridge is closed to lorries."),
        (
            "The reactor was shut down after the fire broke out.",
            "The reactor was not shut down until the fire broke out.",
        ),
        (
            "The president declared a wolf emergency in Brenn.",
            "He asked the president not to declare a wolf emergency in Brenn.",
        ),
        ("The plan for the dam was dear and late.", "The plan for the dam was not only dear but late."),
        ("The firm sold the mill in Brack.", "It is not clear whether the firm sold the mill in Brack."),
        ("The ministry declined to comment on the Orlo contract.", "The ministry had no comment on the Orlo contract."),
        ("If it would sell the mill in Brack was unsaid.", "The firm did not say it would sell the mill in Brack."),
        (
            "The minister did not discuss sources with the envoys.",
            "The minister did not discuss prices with the envoys.",
        ),
    ],
    ids=[
        "until and since",
        "no longer",
        "not until",
        "not to",
        "not only",
        "not clear",
        "no comment",
        "if",
        "two negations",
    ],
)
def test_words_that_deny_nothing(one: str, two: str) -> None:
    """Other times, requests, conditions, questions and silence are no contradiction."""
    assert found(one, two) == []


@pytest.mark.parametrize(
    ("yes", "no", "cue"),
    [
        (
            "The trust asked for access to the lighthouse of Ostrel.",
            "The ministry denied access to the lighthouse of Ostrel.",
            "denied",
        ),
        (
            "The club said it rejected the offer for the port.",
            "The ministry rejected the offer for the port.",
            "rejected",
        ),
        (
            "Inspectors asked whether the firm dumped diesel in Ilmen.",
            "The ministry denied that the firm dumped diesel in Ilmen.",
            "denied that",
        ),
        (
            "The firm's dumped diesel near the Ilmen quay.",
            "The ministry denied that no diesel was dumped near the Ilmen quay.",
            "denied that",
        ),
    ],
    ids=["a request", "an offer", "asked whether", "denied that no"],
)
def test_refusals_and_questions(yes: str, no: str, cue: str) -> None:
    """To deny a request, or what was only asked, denies no statement."""
    told = Told(no, by=("The ministry",), cue=cue, kind="organisation", claims=("d",))
    assert found(Told(yes, by=("",)), told) == []


def short(denial: str, said: str) -> Story:
    """Two articles of which each has the claim, on three pilots' word, and Orla Vane's short denial after it."""
    text = f"Three pilots said {said}. “{denial},” Orla Vane said."
    one = Told(text, by=("Three pilots",), claims=("c", "d"))
    story = Story(one, one)
    story.sources["vane"] = Source(id="vane", name="Orla Vane", kind="person", entity="e")
    del story.mentions["d"]
    for name in ("alder", "birch"):
        start = text.index("“")
        story.attributions.append(
            Attribution(
                id=f"{name}-no",
                article=name,
                source="vane",
                source_spans=(span_of(text, "Orla Vane"),),
                cue_spans=(span_of(text, "said", start),),
                content_spans=(span_of(text, f"“{denial},”"),),
                mode="direct",
            )
        )
    return story


@pytest.mark.parametrize(
    ("denial", "said", "told"),
    [
        ("There is no order", "the port was shut by an order of the ministry", True),
        ("It did not happen", "the port was ordered to close by the ministry", True),
        ("There is no emergency", "the emergency powers of the ministry were read out", False),
        ("There is no doubt", "the port was ordered to close without doubt", False),
        ("It is late", "the port was ordered to close by the ministry", False),
    ],
    ids=["there is no", "it did not happen", "a kind of another thing", "no doubt", "nothing denied"],
)
def test_short_denials(denial: str, said: str, told: bool) -> None:
    """A short denial is set against what the article told before it on another's word."""
    story = short(denial, said)
    conflicts = story.compare()
    assert [c.type for c in conflicts] == (["denial"] if told else [])
    if told:
        assert [s.article for s in conflicts[0].sides] == ["alder", "alder", "birch"]
        assert f"Orla Vane denies it (Alder: “{denial}”)." in conflicts[0].note
