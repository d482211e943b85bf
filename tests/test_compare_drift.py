"""Conflicts and drift between tellings: what is told, what stays silent, and that no order or text upsets it."""

import random
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.compare import conflicts
from headwater.model import (
    Article,
    Attribution,
    Claim,
    Conflict,
    Entity,
    Independent,
    Mention,
    Quantity,
    Quotation,
    Reading,
    Role,
    Source,
    Span,
    TimePoint,
    Variant,
)
from headwater.words import sentences, words

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import drift
from drift_by_hand import compared

LINES = drift.lines()
BY_HAND = [line for line in LINES if "words" in line]
HARMLESS = [line for line in BY_HAND if line["kind"] == "none"]


def test_pairs_are_balanced() -> None:
    """At least 320 pairs in two halves, half of each harmless; every kind of the contract is among the changed ones."""
    assert len(LINES) >= 320
    assert len({line["id"] for line in LINES}) == len(LINES)
    for half in drift.HALVES:
        kinds = [line["kind"] for line in drift.lines(half)]
        assert len(kinds) >= 160
        assert abs(2 * kinds.count("none") - len(kinds)) <= 4
        assert {*kinds} == {
            "none", "number", "date", "role", "modality", "denial", "name", "conflation", "attribution_dropped",
            "hedge_dropped", "wording",
        }  # fmt: skip


@pytest.mark.parametrize("line", HARMLESS, ids=[line["id"] for line in HARMLESS])
def test_harmless_rewording_is_silent(line: dict[str, Any]) -> None:
    """Two ways to say one thing are no conflict."""
    assert [c.note for c in compared(line)] == []


def test_precision_and_recall() -> None:
    """Every kind keeps precision .8, and most of what differs is found, where the records are right."""
    scores = drift.score(BY_HAND)
    assert all(scores.precision(kind) >= 0.8 for kind in scores.reported)
    assert scores.recall() >= 0.9


def claim_of(mentions: list[Mention]) -> Claim:
    """A claim with these mentions."""
    return Claim(
        id="claim-1",
        text="",
        mentions=tuple(mentions),
        outlets=len(mentions),
        origins=(),
        independent=Independent(0, 1),
        bottlenecks=(),
    )


class Set:
    """Articles of one sentence each, all telling one claim."""

    def __init__(self) -> None:
        """Nothing told yet."""
        self.articles: list[Article] = []
        self.readings: list[Reading] = []
        self.attributions: list[Attribution] = []
        self.sources: dict[str, Source] = {}
        self.mentions: list[Mention] = []
        self.timeline: list[TimePoint] = []
        self.entities: list[Entity] = []
        self.quotations: list[Quotation] = []

    def tell(
        self,
        name: str,
        text: str,
        *,
        number: tuple[str, float, str] | None = None,
        time: tuple[str, str] | None = None,
        by: str | None = None,
        kind: str = "anonymous",
        published: str | None = None,
    ) -> None:
        """Add an article; ``by`` stands before "said" and its content is the rest."""
        self.articles.append(Article(id=name, text=text, outlet=name.title(), published=published))
        quantities: tuple[Quantity, ...] = ()
        if number:
            at = text.index(number[0])
            quantities = (
                Quantity(
                    article=name, start=at, end=at + len(number[0]), low=number[1], high=number[1], what=number[2]
                ),
            )
        self.readings.append(Reading(id=name, quantities=quantities, sentences=sentences(text)))
        if time:
            at = text.index(time[0])
            self.timeline.append(TimePoint(article=name, start=at, end=at + len(time[0]), value=time[1]))
        if by is None:
            self.mentions.append(Mention(article=name, spans=(Span(0, len(text)),)))
            return
        said = text.index("said", len(by))
        content = Span(said + 5, len(text))
        self.sources[by.casefold()] = Source(id=by.casefold(), name=by, kind=kind)  # type: ignore[arg-type]
        self.attributions.append(
            Attribution(
                id=f"{name}-said",
                article=name,
                source=by.casefold(),
                source_spans=(Span(0, len(by)),),
                cue_spans=(Span(said, said + 4),),
                content_spans=(content,),
            )
        )
        self.mentions.append(
            Mention(article=name, spans=(content,), attribution=f"{name}-said", chain=(by.casefold(),))
        )

    def compare(self) -> tuple[Conflict, ...]:
        """What is told of it."""
        return conflicts(
            self.articles,
            self.readings,
            self.attributions,
            self.sources,
            self.entities,
            [claim_of(self.mentions)],
            self.quotations,
            self.timeline,
        )


def test_note_names_both_sides() -> None:
    """The note is one sentence with the words of both; the sides point to those words and hold the values."""
    told = Set()
    told.tell("alder", "The fire at the Brack mill killed three workers.", number=("three workers", 3, "worker"))
    told.tell("birch", "The Brack mill fire killed 5 workers.", number=("5 workers", 5, "worker"))
    (found,) = told.compare()
    assert found.note == (
        "Alder says “The fire at the Brack mill killed three workers”; "
        "Birch says “The Brack mill fire killed 5 workers”."
    )
    assert (found.type, found.verdict, found.severity) == ("number", "conflict", "high")
    texts = {a.id: a.text for a in told.articles}
    assert [(s.spans[0].of(texts[s.article]), s.value) for s in found.sides] == [
        ("three workers", "3 worker"),
        ("5 workers", "5 worker"),
    ]


def test_one_conflict_for_many_copies() -> None:
    """Hundreds of copies of two figures are one conflict, and quickly found."""
    told = Set()
    for n in range(300):
        count, form = ((3, "3 workers"), (5, "5 workers"))[n % 2]
        told.tell(f"a{n:03}", f"The Brack mill fire killed {form}.", number=(form, count, "worker"))
    assert [c.type for c in told.compare()] == ["number"]


def test_later_count_is_low() -> None:
    """A higher figure a day later may be news, not contradiction."""
    told = Set()
    text = "The Brack mill fire killed {} workers on Sunday."
    told.tell("alder", text.format(3), number=("3 workers", 3, "worker"), published="2025-05-01")
    told.tell("birch", text.format(5), number=("5 workers", 5, "worker"), published="2025-05-03")
    (found,) = told.compare()
    assert found.severity == "low"
    assert "later" in found.note


def test_same_expression_is_no_date_conflict() -> None:
    """One expression in both, counted from two days, is a matter of the anchor."""
    told = Set()
    told.tell("alder", "The tanker left Port Ansel on Monday evening.", time=("Monday evening", "2025-08-18"))
    told.tell("birch", "The tanker left Port Ansel on Monday.", time=("Monday", "2025-08-25"))
    assert told.compare() == ()


def test_hardened_modality() -> None:
    """Could be ready, is ready: drift, and high."""
    told = Set()
    told.tell("alder", "The patrol boats of the coast guard could be ready at Emsvik.")
    told.tell("birch", "The patrol boats of the coast guard are ready at Emsvik.")
    (found,) = told.compare()
    assert (found.type, found.verdict, found.severity) == ("modality", "drift", "high")
    assert found.note == (
        "Alder says “The patrol boats of the coast guard could be ready at Emsvik”; "
        "Birch says “The patrol boats of the coast guard are ready at Emsvik”."
    )


def test_other_sources_do_not_drift() -> None:
    """Two named people who are not equally sure contradict nobody."""
    told = Set()
    told.tell("alder", "Orla Vane said the boats of the coast guard could be ready at Emsvik.", by="Orla Vane")
    told.tell("birch", "Idris Pell said the boats of the coast guard will be ready at Emsvik.", by="Idris Pell")
    assert told.compare() == ()


def test_attribution_dropped_against_two() -> None:
    """An article that states what two others attribute is named; one that cites anybody is not."""
    told = Set()
    fact = "the radar at Emsvik failed twice in the May storms."
    told.tell("alder", f"Three pilots said {fact}", by="Three pilots")
    told.tell("birch", f"Three pilots said {fact}", by="Three pilots")
    told.tell("cedar", fact.capitalize())
    (found,) = told.compare()
    assert (found.type, found.verdict) == ("attribution_dropped", "drift")
    assert [s.article for s in found.sides] == ["alder", "cedar"]
    assert "has it from three pilots" in found.note


def test_outlet_that_others_cite_drops_nothing() -> None:
    """What an outlet states that the others credit may be its own finding."""
    told = Set()
    fact = "the radar at Emsvik failed twice in the May storms."
    told.tell("alder", f"Cedar said {fact}", by="Cedar", kind="outlet")
    told.tell("birch", f"Cedar said {fact}", by="Cedar", kind="outlet")
    told.tell("cedar", fact.capitalize())
    assert told.compare() == ()


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("A senior official", "Officials", "number"),
        ("One source", "Three sources", "number"),
        ("The senior official", "Officials", None),
        ("Several officials", "Officials", None),
    ],
)
def test_source_number(one: str, two: str, kind: str | None) -> None:
    """One person who becomes several for the same quoted words is drift of high severity."""
    told = Set()
    for name, source in (("alder", one), ("birch", two)):
        told.tell(name, f"{source} said “the wall will not hold through the winter”", by=source)
    spans = [a.content_spans for a in told.attributions]
    first, second = told.attributions
    variants = (
        Variant(article="alder", spans=spans[0], attribution=first.id, relation="fullest"),
        Variant(article="birch", spans=spans[1], attribution=second.id, relation="verbatim"),
    )
    told.quotations.append(Quotation(id="q", speaker=None, variants=variants))
    found = told.compare()
    assert [(c.type, c.verdict, c.severity) for c in found] == ([(kind, "drift", "high")] if kind else [])


ROLES = [
    ("former harbour master", "current harbour master", ["conflict"]),
    ("deputy harbour master", "harbour master", ["conflict"]),
    ("acting harbour master", "harbour master", ["drift"]),
    ("acting harbour master", "unconfirmed harbour master", []),
    ("former harbour master", "harbour master", []),
    ("harbour master", "chief pilot", []),
    ("former deputy harbour master", "former acting harbour master", []),
]


@pytest.mark.parametrize(("one", "two", "verdicts"), ROLES, ids=[f"{r[0]}/{r[1]}" for r in ROLES])
def test_roles(one: str, two: str, verdicts: list[str]) -> None:
    """Only roles of one post that do not fit together are told."""
    told = Set()
    roles = []
    for name, role in (("alder", one), ("birch", two)):
        told.tell(name, f"Ilse Marrow, {role}, spoke.")
        roles.append(Role(role, name, 13, 13 + len(role)))
    told.entities.append(Entity(id="e", name="Ilse Marrow", type="person", roles=tuple(roles)))
    told.mentions.clear()
    assert [c.verdict for c in told.compare()] == verdicts


def test_denial_that_refuses_is_none() -> None:
    """To deny a request is not to deny a statement."""
    told = Set()
    told.tell("alder", "The trust made a request for access to the lighthouse of Ostrel.")
    text = "The ministry denied a request for access to the lighthouse of Ostrel."
    told.articles.append(Article(id="birch", text=text))
    told.attributions.append(
        Attribution(
            id="d",
            article="birch",
            source="ministry",
            source_spans=(Span(0, 12),),
            cue_spans=(Span(13, 19),),
            content_spans=(Span(20, len(text)),),
        )
    )
    assert told.compare() == ()


def test_denial_that_only_points_back() -> None:
    """A short denial is set against what the article told on another's word, and the speaker is named once."""
    told = Set()
    told.tell("alder", "Three pilots said the port of Emsvik was ordered to close by the ministry.", by="Three pilots")
    told.tell("birch", "Three pilots said the port of Emsvik was ordered to close by the ministry.", by="Three pilots")
    denial = " “There is no order,” Orla Vane said."
    told.sources["vane"] = Source(id="vane", name="Orla Vane", kind="person", entity="e")
    for number, name in enumerate(("alder", "birch")):
        text = told.articles[number].text + denial
        told.articles[number] = Article(id=name, text=text, outlet=name.title())
        told.readings[number] = Reading(id=name, sentences=sentences(text))
        start = text.index("“")
        told.attributions.append(
            Attribution(
                id=f"{name}-no",
                article=name,
                source="vane",
                source_spans=(Span(text.index("Orla"), text.index("Orla") + 9),),
                cue_spans=(Span(len(text) - 5, len(text) - 1),),
                content_spans=(Span(start, text.index("”") + 1),),
                mode="direct",
            )
        )
    (found,) = told.compare()
    assert (found.type, found.verdict, found.severity) == ("denial", "denial", "high")
    assert found.note == (
        "Alder, citing three pilots, says “the port of Emsvik was ordered to close by the ministry”; "
        "Orla Vane denies it (Alder: “There is no order”)."
    )
    assert [s.article for s in found.sides] == ["alder", "alder", "birch"]


def test_part_of_the_same_whole() -> None:
    """Two of eleven and three of eleven differ wherever they stand; two of eleven and two of nine do not."""
    told = Set()
    told.tell("alder", "Two of the quay's eleven cranes are rusted through.", number=("eleven cranes", 11, "crane"))
    told.tell(
        "birch", "Three of its eleven cranes are rusted, and the port is shut.", number=("eleven cranes", 11, "crane")
    )
    told.tell("cedar", "Three of the nine cranes are rusted.", number=("nine cranes", 9, "crane"))
    found = [c for c in told.compare() if "eleven" in c.note]
    assert [c.type for c in found] == ["number"]
    assert [s.value for s in found[0].sides] == ["2 11 of crane", "3 11 of crane"]


@pytest.mark.parametrize(("credit", "severity", "end"), [
    (False, "high", "and cites nobody for it."),
    (True, "low", "as its own here; it credits three pilots elsewhere."),
])  # fmt: skip
def test_attribution_dropped_is_small_where_the_source_is_credited(credit: bool, severity: str, end: str) -> None:
    """What an article states as its own in one place and credits in another is a low finding, and the note says so."""
    told = Set()
    fact = "the radar at Emsvik failed twice in the May storms."
    told.tell("alder", f"Three pilots said {fact}", by="Three pilots")
    text = "The radar at Emsvik failed twice in the May storms. The port is open. The sea is calm. "
    if credit:
        text += "Three pilots said more."
        at = text.index("Three")
        told.attributions.append(
            Attribution(
                id="b",
                article="birch",
                source="three pilots",
                source_spans=(Span(at, at + 12),),
                cue_spans=(Span(at + 13, at + 17),),
                content_spans=(Span(at + 18, at + 22),),
            )
        )
    told.articles.append(Article(id="birch", text=text, outlet="Birch"))
    told.readings.append(Reading(id="birch", sentences=sentences(text)))
    told.mentions.append(Mention(article="birch", spans=(Span(0, 50),), basis="recovered", counted=("three pilots",)))
    (found,) = told.compare()
    assert (found.type, found.severity) == ("attribution_dropped", severity)
    assert found.note.endswith(end)


def test_source_before_a_statement_covers_it() -> None:
    """A statement after a sentence that cites somebody is not in the outlet's own voice."""
    told = Set()
    fact = "the radar at Emsvik failed twice in the May storms."
    told.tell("alder", f"Three pilots said {fact}", by="Three pilots")
    told.tell("birch", f"Three pilots said {fact}", by="Three pilots")
    text = "Orla Vane said the port is open. The radar at Emsvik failed twice in the May storms."
    told.tell("cedar", text, by="Orla Vane")
    told.mentions[-1] = Mention(article="cedar", spans=(Span(33, len(text)),))
    told.attributions[-1] = Attribution(
        id="c", article="cedar", source="orla vane", cue_spans=(Span(10, 14),), content_spans=(Span(15, 31),)
    )
    assert told.compare() == ()


def test_unlikely_made_will_not() -> None:
    """Unlikely to be ready, will not be ready: the same forecast, hardened."""
    told = Set()
    told.tell("alder", "The patrol boats of the coast guard are unlikely to be ready at Emsvik.")
    told.tell("birch", "The patrol boats of the coast guard will not be ready at Emsvik.")
    (found,) = told.compare()
    assert (found.type, found.verdict) == ("modality", "drift")


def test_notes_are_short_and_quotation_marks_close() -> None:
    """At most twelve words a side, cut between words, no stray mark at either end."""
    from headwater.compare.notes import shown

    assert shown("“One, two,” three ") == "“One, two, three”"
    assert shown(" ".join(str(n) for n in range(40))) == "“0 1 2 3 4 5 6 7 8 9 10 11 …”"
    assert shown("the story was “false") == "“the story was false”"


SENTENCES = [
    "The fire at the Brack mill killed three workers on Monday.",
    "The Brack mill fire reportedly killed 5 workers on 3 May.",
    "The Brack mill fire did not kill workers, an official said.",
    "The mill at Brack could close after the fire killed five workers.",
    "The mill at Brack will close after the fire.",
]


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
    told = Set()
    for n, text in enumerate(texts):
        if not text:
            continue
        told.articles.append(Article(id=f"t{n}", text=text))
        found = words(text)
        quantities = tuple(
            Quantity(article=f"t{n}", start=w.start, end=w.end, low=float(i), high=None, what="worker")
            for i, w in enumerate(found)
            if w.key.isascii() and w.key.isdigit()
        )
        told.readings.append(Reading(id=f"t{n}", quantities=quantities, sentences=sentences(text)))
        spans = (Span(0, len(text)),)
        told.mentions.append(Mention(article=f"t{n}", spans=spans))
        if rng.random() < 0.5:
            told.attributions.append(
                Attribution(
                    id=f"a{n}", article=f"t{n}", source="s", cue_spans=spans, source_spans=spans, content_spans=spans
                )
            )
        place = Span(0, len(text)).at(f"t{n}")
        told.entities.append(
            Entity(id=f"e{n}", name="x", type="person", mentions=(place,), roles=(Role(text, f"t{n}", 0, len(text)),))
        )
    told.sources["s"] = Source(id="s", name="s", kind="anonymous")
    found_one = told.compare()
    lengths = {a.id: len(a.text) for a in told.articles}
    for conflict in found_one:
        assert conflict.note.endswith(".")
        assert conflict.sides
        assert all(0 <= s.start < s.end <= lengths[side.article] for side in conflict.sides for s in side.spans)
        assert all(side.spans for side in conflict.sides)
    for part in (told.articles, told.readings, told.attributions, told.mentions, told.entities):
        rng.shuffle(part)
    assert told.compare() == found_one


@pytest.mark.real
def test_real_retellings_are_compared() -> None:
    """The real articles of the project pass through every comparison without a bad span."""
    folder = Path(__file__).parents[2] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the real articles are not beside the project")
    told = Set()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        told.articles.append(Article(id=path.stem, text=text))
        parts = sentences(text)
        told.readings.append(Reading(id=path.stem, sentences=parts))
        told.mentions += [Mention(article=path.stem, spans=(part,)) for part in parts[:8]]
    lengths = {a.id: len(a.text) for a in told.articles}
    assert all(
        0 <= span.start < span.end <= lengths[side.article]
        for conflict in told.compare()
        for side in conflict.sides
        for span in side.spans
    )
