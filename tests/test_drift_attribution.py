"""Attribution: dropped where another's word is stated as fact, changed where one speaker becomes a crowd."""

import pytest

from drifted import Story, Told, found
from headwater.model import SourceKind

FACT = "the radar at Emsvik failed twice in the May storms"
OWN = FACT[0].upper() + FACT[1:] + "."


@pytest.mark.parametrize(
    ("source", "kind", "cue"),
    [
        ("Three pilots", "anonymous", "said"),
        ("A senior official", "anonymous", "said"),
        ("The Lisk Courier", "outlet", "reported"),
        ("Aro Lind", "person", "claimed"),
        ("The rebel army", "organisation", "alleged"),
    ],
    ids=["people unnamed", "senior official", "an outlet's report", "claimed", "alleged"],
)
def test_dropped(source: str, kind: SourceKind, cue: str) -> None:
    """Said by somebody there, stated as fact here."""
    (conflict,) = Story(Told(f"{source} {cue} {FACT}.", by=(source,), kind=kind, cue=cue), OWN).compare()
    assert (conflict.type, conflict.verdict) == ("attribution_dropped", "drift")
    assert [s.article for s in conflict.sides] == ["alder", "birch"]
    assert conflict.note.endswith("and cites nobody for it.")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Told(f"Police said {FACT}.", by=("Police",)), OWN),
        (Told(f"Orla Vane said {FACT}.", by=("Orla Vane",), kind="person"), OWN),
        (Told(f"Emsvik said {FACT}.", by=("Emsvik",), kind="organisation"), OWN),
        (
            Told(f"Three pilots said {FACT}.", by=("Three pilots",)),
            "The radar at Emsvik was bought in Lisk in 1998.",
        ),
        (Told(f"Three pilots said {FACT}.", by=("Three pilots",)), "The radar failed twice."),
        (Told(f"Three pilots said {FACT}.", by=("Three pilots",)), f"According to the pilots {FACT}."),
        (
            Told(f"Three pilots said {FACT}.", by=("Three pilots",), published="2025-05-09"),
            Told(OWN, published="2025-05-02"),
        ),
    ],
    ids=["police", "a named person", "of itself", "another fact", "a part", "cited", "it was first"],
)
def test_not_dropped(one: Told, two: Told | str) -> None:
    """Public acts, other facts, whoever cites, and whoever was first drop nothing."""
    assert found(one, two) == []


def test_a_source_before_the_statement_covers_it() -> None:
    """A statement after a sentence that cites somebody is not in the outlet's own voice."""
    one = Told(f"Three pilots said {FACT}.", by=("Three pilots",))
    two = Told(f"Orla Vane said the port is open. {OWN}", by=("Orla Vane",), claims=("d", "c"))
    assert found(one, two) == []


def test_an_outlet_that_others_cite_drops_nothing() -> None:
    """What an outlet states that the others credit is its own finding."""
    cited = Told(f"Cedar said {FACT}.", by=("Cedar",), kind="outlet")
    assert found(cited, cited, OWN) == []


@pytest.mark.parametrize(("credit", "severity", "end"), [
    (False, "high", "and cites nobody for it."),
    (True, "low", "as its own here; it credits three pilots elsewhere."),
])  # fmt: skip
def test_credited_elsewhere_is_small(credit: bool, severity: str, end: str) -> None:
    """What an article states as its own in one place and credits in another is a low finding, and the note says so."""
    text = f"{OWN} The port is open. The sea is calm."
    more = " Three pilots said the quay is shut."
    two = Told(
        text + more * credit,
        by=("", "", "", "Three pilots"),
        claims=("c", "d", "e", "f"),
        basis="recovered",
        counted=("three pilots",),
    )
    (conflict,) = Story(Told(f"Three pilots said {FACT}.", by=("Three pilots",)), two).compare()
    assert (conflict.type, conflict.severity) == ("attribution_dropped", severity)
    assert conflict.note.endswith(end)


TOLL = "the new toll is a tax on the poor islands of Talle"


@pytest.mark.parametrize("crowd", ["Experts", "Analysts", "Government officials", "Election observers"])
def test_one_speaker_made_a_crowd(crowd: str) -> None:
    """A named person's words, given to people unnamed who are many."""
    one = Told(f"Salme Tarn, a geographer, said {TOLL}.", by=("Salme Tarn",), kind="person")
    (conflict,) = Story(one, Told(f"{crowd} said {TOLL}.", by=(crowd,))).compare()
    assert (conflict.type, conflict.verdict, conflict.severity) == ("attribution_dropped", "drift", "medium")
    assert conflict.note == f"Alder has these words from Salme Tarn; Birch gives them to “{crowd}”."


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            Told(f"Salme Tarn, the minister, said {TOLL}.", by=("Salme Tarn",), kind="person"),
            Told(f"Officials said {TOLL}.", by=("Officials",)),
        ),
        (
            Told(f"Salme Tarn said {TOLL}.", by=("Salme Tarn",), kind="person"),
            Told(f"Experts said {TOLL}. Tarn wrote of it.", by=("Experts",)),
        ),
        (
            Told(f"Salme Tarn said {TOLL}.", by=("Salme Tarn",), kind="person"),
            Told(f"A geographer said {TOLL}.", by=("A geographer",)),
        ),
        (
            Told(f"Salme Tarn said {TOLL}.", by=("Salme Tarn",), kind="person", published="2025-06-04"),
            Told(f"Experts said {TOLL}.", by=("Experts",), published="2025-06-02"),
        ),
        (
            Told(f"Salme Tarn said {TOLL}.", by=("Salme Tarn",), kind="person"),
            Told("Experts said the toll on lorries is fair to the towns.", by=("Experts",)),
        ),
    ],
    ids=["one of the officials", "named there as well", "one person", "the crowd came first", "other words"],
)
def test_the_same_speaker_described(one: Told, two: Told) -> None:
    """An office, a description, a later name, and other people's other words are no change."""
    assert found(one, two) == []
