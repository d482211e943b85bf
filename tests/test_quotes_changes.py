"""Quotations: what each printing changed, to the word, and how a quotation that is printed in pieces is read."""

import pytest

from headwater.align.quotes import quotations
from headwater.model import Article, Attribution, Source, Span, Variant

VANE = {"vane": Source(id="vane", name="Orla Vane", kind="person")}


def printed(one: str, two: str) -> Variant:
    """The second printing against the first; braces hold what is attributed, "she said" outside them is the cue."""
    articles, attributions = [], []
    for name, marked in (("one", one), ("two", two)):
        text, content, at = "", [], 0
        for c in marked:
            if c == "{":
                at = len(text)
            elif c == "}":
                content.append(Span(at, len(text)))
            else:
                text += c
        cues = [Span(n, n + 8) for n in range(len(text)) if text.startswith("she said", n)]
        articles.append(Article(id=name, text=text))
        attributions.append(
            Attribution(
                id=name, article=name, source="vane", cue_spans=tuple(cues), content_spans=tuple(content), mode="mixed"
            )
        )
    (quotation,) = quotations(articles, attributions, VANE)
    assert [v.article for v in quotation.variants] == ["one", "two"]
    for change in quotation.variants[1].changes:
        assert change.before == " … ".join(s.of(articles[0].text) for s in change.fullest_spans)
        assert change.after == " … ".join(s.of(articles[1].text) for s in change.spans)
    return quotation.variants[1]


FULL = "{“The quay is sinking by a finger a year. If the wall goes, I think the chapel goes into the bay,”} she said."
SPLIT = (
    "{“The quay is sinking by a finger a year,”} she said. {“If the wall goes, I think the chapel goes into the bay.”}"
)
CASES = [
    ("a capital is no change", FULL, "{“the quay is sinking by a finger a year.”}", "trimmed",
     [("dropped", "If the wall goes, I think the chapel goes into the bay", "")]),
    ("split by the cue", FULL,
     SPLIT,
     "verbatim", []),
    ("contraction", "{“We have sold three pumps and they are older than I am”}",
     "{“We’ve sold three pumps and they’re older than I am”}", "respelled",
     [("replaced", "We have", "We’ve"), ("replaced", "they are", "they’re")]),
    ("per cent", "{“Twelve per cent of the boats are gone for ever”}", "{“12 percent of the boats are gone for ever”}",
     "respelled", [("replaced", "Twelve", "12"), ("replaced", "per cent", "percent")]),
    ("half a contraction", "{“The old wall won’t hold another winter like this one”}",
     "{“The old wall will hold another winter like this one”}", "altered", [("replaced", "won’t", "will")]),
    ("dropped inside the marks", "{“The second driver was probably asleep when the tram left”}",
     "{“The second driver was asleep when the tram left”}", "altered", [("dropped", "probably", "")]),
    ("dropped at an ellipsis", "{“The second driver, a careful man, was asleep when the tram left”}",
     "{“The second driver … was asleep when the tram left”}", "trimmed", [("dropped", "a careful man", "")]),
    ("a small word dropped", "{“It was time for all boats to stop the waste that was made in the bay”}",
     "{“It was time for all boats to stop the waste made in the bay”}", "trimmed", [("dropped", "that was", "")]),
    ("added", "{“The patient walked home with a bandage on his hand, and that was the last of him”}",
     "{“The patient walked home barefoot with a bandage on his hand”}", "altered",
     [("added", "", "barefoot"), ("dropped", "and that was the last of him", "")]),
    ("moved", "{“Last winter the company took away the stoves from every signal box”}",
     "{“The company took away the stoves from every signal box last winter”}", "altered",
     [("moved", "Last winter", "last winter")]),
    ("other sentences are not exchanged",
     "{“We burned the sheets from the lower ward. Nobody will sleep there before the sweep has been.”}",
     "{“We burned the sheets from the lower ward. It had to be done, he saw.”}", "trimmed",
     [("dropped", "Nobody will sleep there before the sweep has been", ""),
      ("added", "", "It had to be done, he saw")]),
    ("a condition cut from the head", "{“If the gate stays shut the men will walk down to the river”}",
     "{“The men will walk down to the river”}", "altered", [("dropped", "If the gate stays shut", "")]),
    ("a condition told outside the marks", "{“If the gate stays shut the men will walk down to the river”}",
     "If it stays shut {they “will walk down to the river”}", "trimmed",
     [("dropped", "If the gate stays shut the men", "")]),
    ("words in brackets", "{“She told the crew to cut the rope and nobody argued”}",
     "{“She told the crew to cut the rope [of the anchor] and nobody argued”}", "verbatim",
     [("added", "", "of the anchor")]),
    ("a bracketed capital", FULL, "{“[I]f the wall goes, I think the chapel goes into the bay.”}", "trimmed",
     [("dropped", "The quay is sinking by a finger a year", "")]),
    ("opening marks repeated", "{“The hall smelled of burning hair. We ran for the river stairs in the dark”}",
     "{“The hall smelled of burning hair.\n\n“We ran for the river stairs in the dark,”} she said.", "verbatim", []),
    ("straight marks repeated", "{“The hall smelled of burning hair. We ran for the river stairs in the dark”}",
     '{"The hall smelled of burning hair.\n\n"We ran for the river stairs in the dark,"} she said.', "verbatim", []),
    ("marks within marks", "{“She told me, ‘Take the dog and go,’ and that was the last of her”}",
     "{'She told me, \"Take the dog and go,\" and that was the last of her'}", "verbatim", []),
    ("a mark never closed", "{“A lighthouse without a keeper is a candle in a cupboard”}",
     "She wrote: {“A lighthouse without a keeper is a candle in a cupboard}", "verbatim", []),
    ("a press release's tail", "{“Today we return the square to those who sing in it,”} she said.",
     "{“Today we return the square to those who sing in it.”} - Mayor Orla Vane", "verbatim", []),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "relation", "changes"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_changes(one: str, two: str, relation: str, changes: list[tuple[str, str, str]]) -> None:
    """A printing's relation to the fullest one and the exact words dropped, added, replaced and moved."""
    variant = printed(one, two)
    assert variant.relation == relation
    assert [(c.kind, c.before, c.after) for c in variant.changes] == changes


def test_hundreds_of_different_printings_stay_quick() -> None:
    """A statement cut in hundreds of ways by hundreds of outlets costs no step over all pairs."""
    words = [f"word{n}" for n in range(300)]
    articles = [
        Article(id=f"t{n:03}", text="“" + " ".join(words[n % 250 : n % 250 + 12 + n % 9]) + "”") for n in range(600)
    ]
    attributions = [
        Attribution(id=a.id, article=a.id, source="vane", content_spans=(Span(0, len(a.text)),), mode="direct")
        for a in articles
    ]
    quoted = quotations(articles, attributions, VANE)
    assert {v.article for q in quoted for v in q.variants} == {a.id for a in articles}
