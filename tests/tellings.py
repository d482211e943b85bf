"""Articles with attributions given by their words, and any articles with any attributions."""

from hypothesis import strategies as st

from headwater.model import Article, Attribution, Furniture, Reading, Span
from headwater.words import sentences
from marked import spans_of

Marks = tuple[str, str, str]  # the words of a source, a cue and a content


def told(
    name: str, text: str, *marks: Marks, mode: str = "indirect", title: str | None = None
) -> tuple[Article, Reading]:
    """An article and its reading, with attributions given by their words."""
    found = tuple(
        Attribution(
            id=f"{name}-{number}",
            article=name,
            source=f"source-{source}" if source else None,
            source_spans=spans_of(text, [source] if source else []),
            cue_spans=spans_of(text, [cue] if cue else []),
            content_spans=spans_of(text, content.split(" / ")),
            mode="direct" if mode == "direct" else "indirect",
        )
        for number, (source, cue, content) in enumerate(marks)
    )
    return Article(id=name, text=text, title=title), Reading(id=name, attributions=found, sentences=sentences(text))


PIECES = [
    *"Oda Quill said denied rejected told the tide gate was never open all night water reached two hundred".split(),
    *", . ; : “ ” — – which and that ( ) İ ﬁ 漢字 ١٢ x1 12,000".split(),
    *("\n", "\n\n", "\u202e", "\x00", "\ud800", "👩‍👩‍👧", "KESSEL (Coastwire) — ", "in the Rose Garden"),
]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=50).map(" ".join), st.text(max_size=80))


@st.composite
def spans_in(draw: st.DrawFn, text: str, most: int = 2) -> tuple[Span, ...]:
    """Spans of a text, in order and apart."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=2 * most)))
    return tuple(Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, Reading]:
    """Any text and any reading of it; its sentences leave its furniture out, and so does every span."""
    text = draw(TEXTS)
    marked = draw(spans_in(text, 1))
    furniture = tuple(Furniture(s.start, s.end, "promo") for s in marked)

    def spans(most: int = 2) -> tuple[Span, ...]:
        return tuple(s for s in draw(spans_in(text, most)) if not any(s.overlap(m) for m in marked))

    found = tuple(
        Attribution(
            id=str(number),
            article="a",
            source=draw(st.sampled_from([None, "q", "m"])),
            source_spans=spans(1),
            cue_spans=spans(1),
            content_spans=spans(),
            via_spans=spans(1),
            mode=draw(st.sampled_from(["direct", "indirect", "mixed"])),
            said=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 3)))
    )
    return text, Reading(id="a", attributions=found, sentences=sentences(text, marked), furniture=furniture)


ARTICLES = articles()
