"""All kinds together: each difference once, the closest finding alone, and no order or text upsets it."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drifted import Story, Told
from headwater.compare.notes import shown
from headwater.model import Article, Attribution, Mention, Quantity, Reading, Role, Source, Span
from headwater.words import sentences, words


def test_one_conflict_for_many_copies() -> None:
    """Hundreds of copies of two figures are one conflict, and quickly found."""
    story = Story()
    for number in range(300):
        form = ("3 workers", "5 workers")[number % 2]
        story.tell(f"a{number:03}", Told(f"The Brack mill fire killed {form}."))
    assert [c.type for c in story.compare()] == ["number"]


def test_a_change_within_quotation_marks_is_told_once() -> None:
    """A hedge lost within the marks is a changed quotation, and not told again as a hardened claim."""
    one, two = (
        Told(f"Orla Vane said “The lock {verb} hold if the rain stops by Sunday”.", by=("Orla Vane",), kind="person")
        for verb in ("may", "will")
    )
    assert [c.type for c in Story(one, two, quoted=True).compare()] == ["wording"]


def test_most_severe_first() -> None:
    """The worst stands first; the rest by id."""
    one = Told("The fire killed three workers at Brack. Clerks met in Lisk on 4 March 2025.")
    two = Told("The fire killed 9 workers at Brack. Clerks met in Lisk on 5 March 2025.")
    assert [c.severity for c in Story(one, two).compare()] == ["high", "low"]


def test_notes_are_short_and_quotation_marks_close() -> None:
    """At most twelve words a side, cut between words, no stray mark at either end."""
    assert shown("“One, two,” three ") == "“One, two, three”"
    assert shown(" ".join(str(n) for n in range(40))) == "“0 1 2 3 4 5 6 7 8 9 10 11 …”"
    assert shown("the story was “false") == "“the story was false”"


SENTENCES = [
    "The fire at the Brack mill killed three workers on Monday.",
    "The Brack mill fire reportedly killed 5 workers on 3 May.",
    "The Brack mill fire did not kill workers, an official said.",
    "The mill at Brack could close after the fire killed five workers.",
    "The mill at Brack will close after the fire.",
    "Two of the five workers at Brack died on 4 May, and three on 9 May.",
    "All five workers at Brack died on 9 May.",
    "Smoke is linked to the fire; smoke causes fire.",
]


def test_a_mention_of_signs_alone_is_no_telling() -> None:
    """Signs that somebody is cited for, beside a telling in the outlet's own voice, are compared with nothing."""
    story = Story()
    story.tell(
        "own", Told("The fire at the old mill of Brack killed three workers who slept in the loft on Monday night.")
    )
    signs = "“…”"
    story.articles.append(Article(id="signs", text=signs))
    story.readings.append(Reading(id="signs", sentences=sentences(signs)))
    spans = (Span(0, len(signs)),)
    for mentions in story.mentions.values():
        mentions.append(Mention(article="signs", spans=spans, attribution="a"))
    story.attributions.append(
        Attribution(id="a", article="signs", source="s", cue_spans=spans, source_spans=spans, content_spans=spans)
    )
    story.sources["s"] = Source(id="s", name="s", kind="anonymous")
    assert story.compare() == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(SENTENCES), st.text(alphabet="mil fre not“”\"'’.,\n\u0301\ud800\x00İß3may", max_size=60)
        ),
        min_size=1,
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_any_text_any_order(texts: list[str], rng: random.Random) -> None:
    """Whatever the text: no crash, every span inside and not empty, the same in any order."""
    story = Story()
    for number, text in enumerate(texts):
        name = f"t{number}"
        if not text:
            continue
        if text in SENTENCES:
            story.tell(name, Told(text, names=("Brack",) * ("Brack" in text)))
            continue
        story.articles.append(Article(id=name, text=text))
        found = words(text)
        quantities = tuple(
            Quantity(article=name, start=w.start, end=w.end, low=float(at), high=None, what="worker")
            for at, w in enumerate(found)
            if w.key.isascii() and w.key.isdigit()
        )
        story.readings.append(Reading(id=name, quantities=quantities, sentences=sentences(text)))
        spans = (Span(0, len(text)),)
        story.mentions.setdefault("c", []).append(Mention(article=name, spans=spans))
        if rng.random() < 0.5:
            story.attributions.append(
                Attribution(
                    id=f"a{number}", article=name, source="s", cue_spans=spans, source_spans=spans, content_spans=spans
                )
            )
        story.entities.setdefault(name, []).append(spans[0].at(name))
        story.roles.setdefault(name, []).append(Role(text, name, 0, len(text)))
    story.sources["s"] = Source(id="s", name="s", kind="anonymous")
    first = story.compare()
    lengths = {a.id: len(a.text) for a in story.articles}
    for conflict in first:
        assert conflict.note.endswith(".")
        assert conflict.sides
        assert all(0 <= s.start < s.end <= lengths[side.article] for side in conflict.sides for s in side.spans)
        assert all(side.spans for side in conflict.sides)
    rng.shuffle(story.articles)
    rng.shuffle(story.readings)
    rng.shuffle(story.attributions)
    for mentions in story.mentions.values():
        rng.shuffle(mentions)
    assert story.compare() == first


@pytest.mark.real
def test_real_retellings_are_compared() -> None:
    """The real articles of the project pass through every comparison without a bad span."""
    folder = Path(__file__).parents[2] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the real articles are not beside the project")
    story = Story()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        story.articles.append(Article(id=path.stem, text=text))
        parts = sentences(text)
        story.readings.append(Reading(id=path.stem, sentences=parts))
        story.mentions.setdefault("c", []).extend(Mention(article=path.stem, spans=(part,)) for part in parts[:8])
    lengths = {a.id: len(a.text) for a in story.articles}
    assert all(
        0 <= span.start < span.end <= lengths[side.article]
        for conflict in story.compare()
        for side in conflict.sides
        for span in side.spans
    )
