"""Statements: how articles are cut into them, and what one of them says."""

from dataclasses import replace

import pytest
from hypothesis import given

from headwater.align.claims import denies, kind_of, statements, terms
from headwater.model import Attribution, Furniture, Reading, Span, Statement
from headwater.words import sentences
from marked import spans_of
from tellings import ARTICLES, Marks, told


def cut(name: str, text: str, *marks: Marks, mode: str = "indirect", title: str | None = None) -> list[str]:
    """The words of each statement, its pieces joined by a bar."""
    article, reading = told(name, text, *marks, mode=mode, title=title)
    return [" | ".join(span.of(text) for span in s.spans) for s in statements(article, reading)]


STATEMENTS = {
    "a sentence": ("The tide gate was open all night.", [], ["The tide gate was open all night"]),
    "source and cue are cut off": (
        "Oda Quill said the tide gate was open all night.",
        [("Oda Quill", "said", "the tide gate was open all night")],
        ["the tide gate was open all night"],
    ),
    "source and cue behind": (
        "The tide gate was open all night, according to Oda Quill.",
        [("Oda Quill", "according to", "The tide gate was open all night")],
        ["The tide gate was open all night"],
    ),
    "what stands between cue and content is cut off": (
        "Oda Quill said on Monday that the tide gate was open all night.",
        [("Oda Quill", "said", "the tide gate was open all night")],
        ["the tide gate was open all night"],
    ),
    "clauses": (
        "The tide gate was open all night, and the water reached two hundred homes in Kessel.",
        [],
        ["The tide gate was open all night", "the water reached two hundred homes in Kessel"],
    ),
    "a piece without a verb joins its neighbour": (
        "The tide gate was open all night, with no keeper.",
        [],
        ["The tide gate was open all night, with no keeper"],
    ),
    "what is put between subject and verb": (
        "A restricted order, issued by the port in January, tells the keepers to open the gate on Monday.",
        [],
        [
            "A restricted order | tells the keepers to open the gate on Monday",
            "A restricted order, issued by the port in January",
        ],
    ),
    "too little is put between": (
        "Oda Quill, married twice, keeps the tide gate at Kessel.",
        [],
        ["Oda Quill, married twice, keeps the tide gate at Kessel"],
    ),
    "a list is nothing put between": (
        "The port closed, shut by its keepers in January, ships and boats stayed away.",
        [],
        ["The port closed, shut by its keepers in January, ships and boats stayed away"],
    ),
    "too little said": ("Nobody came. It was so.", [], []),
    "dateline": (
        "KESSEL (Coastwire) — The tide gate was open all night.",
        [],
        ["The tide gate was open all night"],
    ),
    "dateline with a country": (
        "KESSEL, Estmark - The tide gate was open all night.",
        [],
        ["The tide gate was open all night"],
    ),
    "who made the article": ("(Reporting by Oda Quill in Kessel; editing by Brit Aalund)", [], []),
    "who helped": ("Oda Quill and Brit Aalund in Kessel contributed to this report.", [], []),
    "a report that is told of": (
        "Reporting by keepers of the gate was stopped in May.",
        [],
        ["Reporting by keepers of the gate was stopped in May"],
    ),
    "who says so, left over": (
        "Kessel wants a new tide gate, its harbour office said in a statement on Friday.",
        [("Kessel", "wants", "a new tide gate")],
        ["Kessel wants a new tide gate"],
    ),
    "a saying that holds more is not left over": (
        "Kessel wants a new tide gate, its harbour office said in May it had lost the old one.",
        [("Kessel", "wants", "a new tide gate")],
        ["Kessel wants a new tide gate", "its harbour office said in May it had lost the old one"],
    ),
    "what is said of a paper, without it": (
        "The report, dated Friday and signed by the harbour office, found that the tide gate was open all night.",
        [("The report", "found", "the tide gate was open all night")],
        ["the tide gate was open all night"],
    ),
}


@pytest.mark.parametrize(("text", "marks", "expected"), STATEMENTS.values(), ids=list(STATEMENTS))
def test_statements(text: str, marks: list[Marks], expected: list[str]) -> None:
    """A statement is a clause that asserts something, without who says so and where it is written."""
    assert cut("a", text, *marks) == expected


ACTS = {
    "denied": (
        "Oda Quill denied the charge of theft.",
        ("Oda Quill", "denied", "the charge of theft"),
        ["Oda Quill denied the charge of theft"],
    ),
    "the other way round": (
        "The charge of theft was rejected by Oda Quill.",
        ("Oda Quill", "rejected", "The charge of theft"),
        ["The charge of theft was rejected by Oda Quill"],
    ),
    "a few words between": (
        "Oda Quill on Monday denied the charge of theft.",
        ("Oda Quill", "denied", "the charge of theft"),
        ["Oda Quill on Monday denied the charge of theft"],
    ),
    "many words between": (
        "Oda Quill on Monday in the town of Kessel denied the charge of theft from boats.",
        ("Oda Quill", "denied", "the charge of theft from boats"),
        ["the charge of theft from boats"],
    ),
    "a line between": (
        "Oda Quill\n\ndenied the charge of theft from boats.",
        ("Oda Quill", "denied", "the charge of theft from boats"),
        ["the charge of theft from boats"],
    ),
    "what was denied is a clause": (
        "Oda Quill denied that the keeper was drunk at night.",
        ("Oda Quill", "denied", "the keeper was drunk at night"),
        ["the keeper was drunk at night"],
    ),
    "said": (
        "Oda Quill said nothing of the charge against three keepers.",
        ("Oda Quill", "said", "nothing of the charge against three keepers"),
        ["nothing of the charge against three keepers"],
    ),
    "told": (
        "Oda Quill told reporters of the charge against three keepers.",
        ("Oda Quill", "told", "the charge against three keepers"),
        ["the charge against three keepers"],
    ),
    "asked for something": (
        "Kessel has asked Estmark for a written account by Friday.",
        ("Kessel", "has asked", "Estmark for a written account by Friday"),
        ["Kessel has asked Estmark for a written account by Friday"],
    ),
    "asked something": (
        "Kessel asked whether the harbour office had shut the gate.",
        ("Kessel", "asked", "whether the harbour office had shut the gate"),
        ["whether the harbour office had shut the gate"],
    ),
    "nobody denied it": (
        "Denied: the charge of theft from boats.",
        ("", "Denied", "the charge of theft from boats"),
        ["the charge of theft from boats"],
    ),
    "too little": ("Oda denied it.", ("Oda", "denied", "it"), []),
}


@pytest.mark.parametrize(("text", "mark", "expected"), ACTS.values(), ids=list(ACTS))
def test_acts_of_speech(text: str, mark: Marks, expected: list[str]) -> None:
    """Where what is said asserts nothing by itself the statement is that somebody said it, unless it was just said."""
    assert cut("a", text, mark) == expected


def test_an_act_is_its_speakers() -> None:
    """It has the attribution, and comes once."""
    article, reading = told(
        "a", "Oda Quill denied the charge of theft.", ("Oda Quill", "denied", "the charge of theft")
    )
    assert [s.attribution for s in statements(article, reading)] == ["a-0"]


def test_no_act_goes_over_page_furniture() -> None:
    """What the page puts between is not told by anybody."""
    text = "Oda Quill denied [Subscribe now] the charge of theft from boats."
    article, reading = told("a", text, ("Oda Quill", "denied", "the charge of theft from boats"))
    mark = Furniture(text.index("["), text.index("]") + 1, "promo")
    reading = replace(reading, furniture=(mark,), sentences=sentences(text, [mark.span]))
    assert not any(span.overlap(mark.span) for s in statements(article, reading) for span in s.spans)


def test_an_act_is_whole_where_its_cue_stands_in_its_content() -> None:
    """Its end is the last of its parts, not that of the part that begins last."""
    assert cut(
        "a", "Oda Quill in denial of charges of theft.", ("Oda Quill", "denial", "in denial of charges of theft")
    ) == ["Oda Quill in denial of charges of theft"]


LEFT_OVER = {
    "a time and a place": ("In Kessel on Friday, Oda Quill said that the tide gate was open all night.", []),
    "a name that could be a verb": (
        "In the Rose Garden on Friday, Oda Quill said that the tide gate was open all night.",
        [],
    ),
    "a participle": ("Asked about the harbour on Friday, Oda Quill said that the tide gate was open all night.", []),
    "an occasion": ("Speaking after a visit to the council, Oda Quill said that the tide gate was open all night.", []),
    "another fact": (
        "As the harbour council met in Kessel, Oda Quill said that the tide gate was open all night.",
        ["the harbour council met in Kessel"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LEFT_OVER.values(), ids=list(LEFT_OVER))
def test_what_is_left_beside_reported_words(text: str, expected: list[str]) -> None:
    """A statement only where it asserts something by itself."""
    mark = ("Oda Quill", "said", "the tide gate was open all night")
    assert cut("a", text, mark) == [*expected, "the tide gate was open all night"]


def test_what_is_left_without_reported_words_is_a_statement() -> None:
    """A sentence without a verb is one where nobody is named beside it."""
    assert cut("a", "Two hundred homes under water in Kessel.") == ["Two hundred homes under water in Kessel"]


def test_a_belief_stays_whole() -> None:
    """It is told by the outlet, with the one who holds it."""
    text = "The council of Kessel hopes to keep the tide gate open."
    article, reading = told("a", text, ("The council of Kessel", "hopes", "to keep the tide gate open"))
    believed = replace(reading.attributions[0], said=False)
    found = statements(article, replace(reading, attributions=(believed,)))
    assert [(s.spans[0].of(text), s.attribution) for s in found] == [(text[:-1], None)]


@given(ARTICLES)
def test_any_article_is_cut(telling: tuple[str, Reading]) -> None:
    """Spans in order, in the text, not empty, clear of furniture; of those attributions that say something."""
    text, reading = telling
    article, _ = told("a", text)
    found = statements(article, reading)
    assert found == statements(article, reading)
    assert len(set(found)) == len(found)
    for statement in found:
        assert statement.spans
        assert list(statement.spans) == sorted(statement.spans)
        assert all(0 <= s.start < s.end <= len(text) for s in statement.spans)
        assert not any(s.overlap(f.span) for s in statement.spans for f in reading.furniture)
        assert statement.attribution in {None, *(a.id for a in reading.attributions if a.said)}


def test_title_in_the_text_is_no_statement() -> None:
    """The headline repeats the text and is nobody's mention; the same words further on are."""
    title = "Tide gate was open all night"
    assert cut("a", f"{title}\n\nThe water reached two hundred homes.", title=title) == [
        "The water reached two hundred homes"
    ]


def test_a_split_quotation_is_one_statement() -> None:
    """Both halves of a short quotation stand together; what parts them does not."""
    text = "“The tide gate was stuck,” said Oda Quill, “and nobody in the town was told.”"
    assert cut(
        "a", text, ("Oda Quill", "said", "The tide gate was stuck, / and nobody in the town was told."), mode="direct"
    ) == ["The tide gate was stuck, | and nobody in the town was told."]


def test_a_long_quotation_is_cut_like_other_text() -> None:
    """Forty words and more are several statements."""
    said = "The tide gate was stuck before midnight, and the keeper of the lock had gone home to his children in Tolk"
    said = f"{said}, and the water had reached the third step of the quay, and nobody in the whole town was told of it"
    text = f"“{said},” said Quill."
    assert len(cut("a", text, ("Quill", "said", said), mode="direct")) == 4


def test_statements_know_their_attribution() -> None:
    """A clause inside a content has its attribution, the innermost of several; others are the outlet's own."""
    text = (
        "Coastwire reported that Oda Quill said the tide gate was open all night. The water reached two hundred homes."
    )
    article, reading = told(
        "a",
        text,
        ("Coastwire", "reported", "Oda Quill said the tide gate was open all night"),
        ("Oda Quill", "said", "the tide gate was open all night"),
    )
    assert [s.attribution for s in statements(article, reading)] == ["a-1", None]


def test_a_belief_holds_no_statement() -> None:
    """What somebody only believes or wants is not what he or she said."""
    article, reading = told(
        "a", "Quill hopes the tide gate stays open.", ("Quill", "hopes", "the tide gate stays open")
    )
    believed = Attribution(
        id="b", article="a", source="q", cue_spans=reading.attributions[0].cue_spans,
        content_spans=reading.attributions[0].content_spans, said=False,
    )  # fmt: skip
    found = statements(article, Reading(id="a", attributions=(believed,), sentences=reading.sentences))
    assert [s.attribution for s in found] in ([None], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The gates were opened", ["gate", "open"]),
        ("twelve homes, 1,200 boats", ["12", "home", "1200", "boat"]),
        ("the half-open gate’s keeper", ["half", "open", "gate", "keeper"]),
        ("He said that it was so", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    """Stems of content words in order, numbers as figures."""
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The gate was open", "said", False),
        ("The gate was never open", "said", True),
        ("The gate wasn’t open", "said", True),
        ("The gate was open", "denied", True),
        ("The gate was not open", "denied", False),
    ],
)
def test_denial(text: str, cue: str, expected: bool) -> None:
    """A negation denies, a denying verb denies, one of the other asserts."""
    whole = f"Quill {cue} {text}"
    attribution = Attribution(id="x", article="a", source="q", cue_spans=spans_of(whole, [cue]))
    statement = Statement(article="a", spans=spans_of(whole, [text]), attribution="x")
    assert denies(whole, statement, attribution) is expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The gate was open", "fact"),
        ("The gate will be open", "forecast"),
        ("The council plans to shut the gate", "intention"),
        ("The council should have shut the gate", "opinion"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    """Plain marks in the words say which kind of claim it is."""
    assert kind_of(text, Statement(article="a", spans=(Span(0, len(text)),))) == kind
