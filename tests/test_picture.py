"""The picture before it is drawn: who has it from whom, in which column, where, and in words that fit."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowd import crowd
from headwater.model import Article, Claim, Derivation, Independent, MadeBy, Mention, Origin, Source, Span, Trace
from headwater.report.html import to_html
from headwater.report.picture.columns import columns_of
from headwater.report.picture.flow import Edge, Flow, Node, flow_of
from headwater.report.picture.fold import folded
from headwater.report.picture.layout import GAP_DOWN, WIDTH, Box, crossings, layout
from headwater.report.picture.text import ems, lines_of
from headwater.report.tally import count_of
from headwater.report.view import View
from sample import TRACE

FLOW = flow_of(View(TRACE))


def edge(start: str, end: str) -> Edge:
    """The line between two boxes of the sample."""
    return next(e for e in FLOW.edges if (e.start, e.end) == (start, end))


# Who has it from whom


def test_origins_are_those_of_the_count() -> None:
    """Each origin that the count names is one box, and no other box is an origin."""
    count = count_of(View(TRACE))
    assert {n.id for n in FLOW.nodes if n.kind == "origin"} == {group.sources[0] for group in count.origins}
    assert [n.id for n in FLOW.nodes if n.kind == "article"] == [article.id for article in TRACE.articles]


def test_an_outlet_is_its_only_article() -> None:
    """The Ledger as a source and the Ledger's article are one box, through which the engineers reach the others."""
    ledger, wire = TRACE.articles[0].id, TRACE.articles[1].id
    assert edge("source-engineers", ledger).kind == "stated"
    assert edge(ledger, wire).kind == "stated"
    assert "source-ledger" not in {node.id for node in FLOW.nodes}


def test_what_only_shared_words_show_is_inferred() -> None:
    """A copy that names nobody has a dashed line from the article whose words it shares, with the share."""
    copied = edge("wire 1", "002_cfc9a2e83eae11d1")
    assert (copied.kind, copied.share) == ("inferred", 0.81)


def _ring() -> Trace:
    articles = (Article(id="a", text="It was shut."), Article(id="b", text="It was shut."))
    sources = (Source(id="sa", name="a", kind="outlet"), Source(id="sb", name="b", kind="outlet"))
    claim = Claim(
        id="c",
        text="It was shut",
        mentions=(
            Mention(article="a", spans=(Span(0, 5),), chain=("sb",)),
            Mention(article="b", spans=(Span(0, 5),), chain=("sa",)),
        ),
        outlets=2,
        origins=(),
        independent=Independent(0, 0),
        bottlenecks=(),
        circular=("a", "b"),
    )
    return Trace(made_by=MadeBy(headwater="0", reader="r"), articles=articles, sources=sources, claims=(claim,))


def test_a_circle_is_told_apart() -> None:
    """Two that credit one another are joined both ways by lines of a kind of their own, and the page can be made."""
    flow = flow_of(View(_ring()))
    assert [(e.start, e.end, e.kind) for e in flow.edges] == [("a", "b", "circle"), ("b", "a", "circle")]
    assert 'class="p l circle' in to_html(_ring())


def test_a_newsroom_that_passes_on_is_no_first_hand() -> None:
    """An outlet at the end of a chain is an origin as the count has it, but no article first-hand by its own word."""
    trace = _ring()
    claim = replace(
        trace.claims[0],
        circular=(),
        mentions=(trace.claims[0].mentions[0], replace(trace.claims[0].mentions[1], chain=())),
        origins=(Origin(source="sb", path=("sb",), basis="stated", articles=("a",)),),
    )
    assert not any(node.first_hand for node in flow_of(View(replace(trace, claims=(claim,)))).nodes)


# Many articles


def test_many_articles_are_folded() -> None:
    """Beyond what can be read, articles of one text are one box, then those that have all from the same."""
    view = View(crowd(TRACE, 300))
    flow = folded(flow_of(view), count_of(view).texts)
    boxes = [node for node in flow.nodes if node.kind in {"article", "group"}]
    assert len(boxes) <= 45
    assert sum(node.many for node in boxes) == 300
    assert len({member for node in boxes for member in node.members}) == 300
    ends = {node.id for node in flow.nodes}
    assert all({line.start, line.end} <= ends and line.start != line.end for line in flow.edges)


def test_few_articles_are_not_folded() -> None:
    """A picture that can be read stays as it is."""
    assert folded(FLOW, count_of(View(TRACE)).texts) is FLOW


def test_many_that_stand_alone_are_bounded() -> None:
    """Without any shared text the picture is bounded too: the rest is one box."""
    nodes = tuple(Node(id=f"a{n}", kind="article", members=(f"a{n}",)) for n in range(200))
    lines = tuple(Edge(start=f"a{n}", end=f"a{n + 1}", kind="stated") for n in range(199))
    flow = folded(Flow(nodes, lines), [(node.id,) for node in nodes], most=20)
    assert len(flow.nodes) == 20
    assert sum(node.many for node in flow.nodes) == 200


@pytest.mark.parametrize(("articles", "most_bytes"), [(40, 5_000_000)])
def test_a_large_story_makes_a_page_that_opens(articles: int, most_bytes: int) -> None:
    """Forty articles: the page is small enough to be mailed, and made in a few seconds of one processor."""
    trace = crowd(TRACE, articles)
    began = time.process_time()
    made = to_html(trace)
    assert time.process_time() - began < 6  # one is usual on a machine with nothing else to do
    assert len(made.encode()) < most_bytes


# Columns


def test_later_days_stand_farther_right() -> None:
    """Articles by day; one without a day stands to the right of those it has something from."""
    articles = {
        "a": Article(id="a", text="x", published="2025-03-01"),
        "b": Article(id="b", text="x", published="2025-03-02T10:00"),
        "c": Article(id="c", text="x"),
        "d": Article(id="d", text="x", published="2025-03"),
    }
    nodes = [Node(id="o", kind="origin", members=("o",)), *(Node(id=k, kind="article", members=(k,)) for k in articles)]
    column, heads = columns_of(nodes, [Edge(start="b", end="c", kind="stated")], articles)
    assert column["o"] < column["a"] < column["b"] < column["c"]
    assert column["d"] > column["o"]
    assert heads[column["a"]] == ("2025-03-01", "2025-03-01")


# Places

BOXES = st.lists(st.tuples(st.integers(0, 4), st.sampled_from([40.0, 55.0, 70.0])), min_size=1, max_size=14)


@given(BOXES, st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), st.sampled_from("si")), max_size=25))
def test_boxes_never_overlap(given_boxes: list[tuple[int, float]], pairs: list[tuple[int, int, str]]) -> None:
    """Boxes of a column stand apart and within the picture; every line has a path; the same comes out again."""
    boxes = [Box(id=str(n), column=column, height=height) for n, (column, height) in enumerate(given_boxes)]
    ends = {(str(a), str(b)): kind for a, b, kind in pairs if a != b and max(a, b) < len(boxes)}
    lines = [(a, b, kind) for (a, b), kind in sorted(ends.items())]
    made = layout(boxes, lines)
    assert made == layout(boxes, lines)
    assert set(made.paths) == set(ends)
    for one in boxes:
        x, y = made.boxes[one.id].x, made.boxes[one.id].y
        assert x >= 0 and y >= 0  # noqa: PT018
        assert x + WIDTH <= made.width
        assert y + one.height <= made.height
        for other in boxes:
            if one.id < other.id and one.column == other.column:
                upper, lower = sorted((one, other), key=lambda b: made.boxes[b.id].y)
                assert made.boxes[upper.id].y + upper.height + GAP_DOWN - 1 <= made.boxes[lower.id].y


def test_sweeps_take_crossings_out() -> None:
    """Lines that cross as given are put in order."""
    boxes = [Box(id=f"{side}{n}", column=column, height=40) for column, side in enumerate("ab") for n in range(6)]
    lines = [(f"a{n}", f"b{5 - n}", "s") for n in range(6)]
    made = layout(boxes, lines)
    rows = {side: sorted(range(6), key=lambda n: made.boxes[f"{side}{n}"].y) for side in "ab"}
    assert rows["a"] == rows["b"][::-1]
    columns = [[(f"{side}{n}", 0, "") for n in range(6)] for side in "ab"]
    joints = [((a, 0, ""), (b, 0, "")) for a, b, _ in lines]
    assert crossings(columns, joints) == 15


# Words that fit


@given(st.text(max_size=80), st.floats(6, 20), st.integers(1, 3))
def test_lines_fit(text: str, room: float, most: int) -> None:
    """No more lines than asked for, none wider than the room but a single letter, nothing invented."""
    lines = lines_of(text, room, most)
    assert len(lines) <= most
    assert all(ems(line) <= room + 0.8 or len(line) <= 2 for line in lines)
    kept = iter("".join(text.split()))
    assert all(c in kept for c in "".join("".join(lines).split()).rstrip("…"))


def test_undirected_text_is_no_arrow() -> None:
    """Where nothing shows which came first the line has no head."""
    trace = replace(
        TRACE,
        claims=(),
        derivations=(Derivation(later="wire 1", earlier="mina", kind="copy", stated=False, directed=False, share=0.5),),
    )
    (line,) = flow_of(View(trace)).edges
    assert line.kind == "alike"


def test_what_bears_no_date_stands_by_itself() -> None:
    """Undated articles stand in columns of their own behind the days, under no day's head, whoever has it from them."""
    articles = {
        "dated": Article(id="dated", text="x", published="2026-03-04"),
        "first": Article(id="first", text="x"),
        "second": Article(id="second", text="x"),
    }
    nodes = [Node(id=key, kind="article", members=(key,)) for key in articles]
    edges = [Edge(start="first", end="dated", kind="stated"), Edge(start="dated", end="second", kind="stated")]
    columns, heads = columns_of(nodes, edges, articles)
    assert set(heads) == {columns["dated"]}
    assert columns["first"] > columns["dated"]
    assert columns["second"] > columns["dated"]
    without, heads = columns_of(nodes[1:], [], articles)
    assert heads == {}
    assert set(without.values()) == {0}


def _told_by(source: Source, *, unknown: tuple[str, ...] = ()) -> Flow:
    """The picture of one claim in two articles, the first of which has it from a source."""
    articles = (Article(id="a", text="It was shut."), Article(id="b", text="It was shut."))
    claim = Claim(
        id="c",
        text="It was shut",
        mentions=(
            Mention(article="a", spans=(Span(0, 11),), chain=(source.id,), basis="stated", counted=(source.id,)),
            Mention(article="b", spans=(Span(0, 11),)),
        ),
        outlets=2,
        origins=(Origin(source=source.id, path=(source.id,), basis="stated"),) if source.kind == "person" else (),
        independent=Independent(1, 2),
        bottlenecks=(source.id,) if source.kind == "person" else (),
        unknown=unknown,
    )
    made_by = MadeBy(headwater="0", reader="none")
    return flow_of(View(Trace(made_by=made_by, articles=articles, sources=(source,), claims=(claim,))))


def test_who_was_not_counted_is_not_drawn() -> None:
    """A source that no origin is and that passes nothing on ("they") has no box; its article stays."""
    flow = _told_by(Source(id="they", name="they", kind="unspecified"))
    assert [node.id for node in flow.nodes] == ["a", "b"]
    assert flow.edges == ()


@pytest.mark.parametrize(
    ("unknown", "rests"), [((), ("c",)), (("b",), ())], ids=["all traced", "one from nobody known"]
)
def test_what_others_carry_from_nobody_known_rests_on_no_one_alone(
    unknown: tuple[str, ...], rests: tuple[str, ...]
) -> None:
    """A claim rests on somebody where all who carry it are traced to them."""
    flow = _told_by(Source(id="quill", name="Oda Quill", kind="person"), unknown=unknown)
    assert next(node for node in flow.nodes if node.id == "quill").narrow == rests


def test_origins_that_lead_to_the_same_are_folded_but_those_on_whom_claims_rest() -> None:
    """Of many origins those with the same reader are one box, named in the list; a bottleneck keeps its own."""
    origins = [Node(id=f"o{n:02}", kind="origin", members=(f"o{n:02}",), narrow=("c",) * (n == 3)) for n in range(24)]
    readers = [Node(id=key, kind="article", members=(key,)) for key in "ab"]
    edges = [Edge(start=node.id, end="ab"[n % 2], kind="stated") for n, node in enumerate(origins)]
    flow = folded(Flow((*origins, *readers), tuple(edges)), [("a",), ("b",)])
    assert [(node.id, node.many) for node in flow.nodes if node.kind == "origin"] == [
        ("o00", 12),
        ("o01", 11),
        ("o03", 1),
    ]
