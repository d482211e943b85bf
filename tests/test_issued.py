"""Words quoted from a paper that another handed on are whoever issued it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Article, Span
from headwater.reading import FixedTagger, Tagged, Tags, marks, names, read
from headwater.reading.issued import from_papers
from headwater.words import paragraphs, sentences
from test_whom import marked

QUILL = "Ada Quill left. "


def told(text: str) -> list[tuple[str, str, str]]:
    """Who is said to have said what in a marked text, and by way of whom, in order of place."""
    plain, tags = marked(text)
    found = names.find_names(plain, sentences(plain))
    result = read(
        Article(id="a", text=plain, language="en"), FixedTagger(tags=Tags(attributions=tuple(tags), names=found))
    )
    known = {s.id: s.name for s in result.sources}
    return [
        (known[a.source or ""], " … ".join(s.of(plain) for s in a.content_spans), ", ".join(known[v] for v in a.via))
        for a in result.attributions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            QUILL + "[The Harrow Post] <said> {the palace forwarded a statement Ada Quill issued: “I deny it all.”}",
            [
                ("Harrow Post", "the palace forwarded a statement Ada Quill issued", ""),
                ("Ada Quill", "“I deny it all.”", "Harrow Post"),
            ],
            id="a part of what the paper says",
        ),
        pytest.param(
            QUILL + "[The Harrow Post] <released> {a statement from Ada Quill in which she said, “I deny it all.”}",
            [("Ada Quill", "“I deny it all.”", "Harrow Post")],
            id="all of it",
        ),
        pytest.param(
            QUILL + "[The Harrow Post] <said> {that Ada Quill left: “The pier is shut now.”}",
            [("Harrow Post", "that Ada Quill left: “The pier is shut now.”", "")],
            id="no paper",
        ),
        pytest.param(
            QUILL
            + "[The Harrow Post] <said> {a statement from Ada Quill pleased Bo Fenn, who called it “good and fair”.}",
            [("Harrow Post", "a statement from Ada Quill pleased Bo Fenn, who called it “good and fair”.", "")],
            id="another between",
        ),
        pytest.param(
            QUILL + "[Ada Quill] <said in> {a statement from Ada Quill: “I deny it all.”}",
            [("Ada Quill", "a statement from Ada Quill: “I deny it all.”", "")],
            id="her own already",
        ),
        pytest.param(
            QUILL + "[The Harrow Post] <has> {a statement from Ada Quill, “Deny all”.}",
            [("Harrow Post", "a statement from Ada Quill, “Deny all”.", "")],
            id="too few words",
        ),
    ],
)
def test_from_papers(text: str, expected: list[tuple[str, str, str]]) -> None:
    """Who issued a paper said what is quoted from it, by way of who prints it; in doubt all stays as it was."""
    assert told(text) == expected


@given(
    st.text(alphabet='Aa “”".:,statemnfrombyQuil\n', max_size=120),
    st.lists(st.tuples(*[st.integers(0, 120)] * 4), max_size=4),
)
def test_any_text(text: str, places: list[tuple[int, int, int, int]]) -> None:
    """Whatever the text and the tags: no span is empty or outside, and the first attributions stay in their order."""
    tags = [
        Tagged(cue=(), source=(Span(a, b),), content=(Span(c, d),))
        for a, b, c, d in places
        if a < b <= len(text) and c < d <= len(text)
    ]
    parts = sentences(text)
    found = names.entities("a", text, parts, names.find_names(text, parts))
    out = from_papers(text, parts, found, marks.quotations(text, paragraphs(text, [])), tags)
    assert len(out) >= len(tags)
    for tagged in out:
        assert all(0 <= s.start < s.end <= len(text) for s in (*tagged.content, *tagged.source, *tagged.via))
