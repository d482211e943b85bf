"""Hedges: a report passed on as such, retold as a fact on nobody's word."""

import pytest

from drifted import Story, Told, found


@pytest.mark.parametrize(
    ("soft", "hard", "severity"),
    [
        (
            "The firm reportedly paid the Vell inspectors to ignore the leak.",
            "The firm paid the Vell inspectors to ignore the leak.",
            "medium",
        ),
        (
            "The mayor allegedly took a flat from the builder in return.",
            "The mayor took a flat from the builder in return.",
            "high",
        ),
        (
            "The alleged smuggler Tem Orsk was flown to Lisk overnight.",
            "The smuggler Tem Orsk was flown to Lisk overnight.",
            "high",
        ),
        (
            "Hackers are said to have read the mail of the ministry.",
            "Hackers have read the mail of the ministry.",
            "medium",
        ),
    ],
    ids=["reportedly", "allegedly", "alleged", "said to have"],
)
def test_hedge_dropped(soft: str, hard: str, severity: str) -> None:
    """The word that only passes it on is gone; an accusation made a fact is high."""
    (conflict,) = Story(soft, hard).compare()
    assert (conflict.type, conflict.verdict, conflict.severity) == ("hedge_dropped", "drift", severity)
    assert conflict.note.endswith("citing nobody.")


@pytest.mark.parametrize(
    ("soft", "hard"),
    [
        ("The firm reportedly paid the Vell inspectors.", "The firm paid the Vell inspectors, two clerks said."),
        ("The firm reportedly paid the Vell inspectors.", "According to papers the firm paid the Vell inspectors."),
        (
            "The mayor allegedly took a flat from the builder.",
            "The mayor is alleged to have taken a flat from the builder.",
        ),
        ("The firm reportedly paid the Vell inspectors.", "The Vell inspectors met the firm on Sunday."),
    ],
    ids=["cited", "according to", "another hedge", "another thing"],
)
def test_hedge_kept(soft: str, hard: str) -> None:
    """Who cites somebody, or hedges in other words, drops nothing."""
    assert found(soft, hard) == []


def test_hedge_outside_the_mention() -> None:
    """A hedge that was read as a cue stands beside the words that are matched, and still counts."""
    soft = Told("Reportedly the last copy of the film was burned in Brenn.", by=("Reportedly",), cue="Reportedly")
    story = Story(soft, "The last copy of the film was burned in Brenn.")
    story.sources.clear()
    story.attributions[:] = []
    story.mentions["c"][0] = type(story.mentions["c"][0])(article="alder", spans=story.mentions["c"][0].spans)
    assert story.mentions["c"][0].spans[0].start > 0
    assert [c.type for c in story.compare()] == ["hedge_dropped"]
