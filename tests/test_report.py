"""JSON in and out, the words that page and terminal share, and the terminal itself."""

import io
import itertools
import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import sample
from headwater.errors import InputError
from headwater.findings import findings_of
from headwater.labels import labels
from headwater.model import (
    Article,
    Attribution,
    Basis,
    Claim,
    Derivation,
    Independent,
    JudgeRun,
    MadeBy,
    Mention,
    Origin,
    Place,
    Quotation,
    Source,
    Span,
    TimePoint,
    Trace,
    Variant,
)
from headwater.report import FORMS
from headwater.report.dated import date_key, date_words
from headwater.report.html import to_html
from headwater.report.json import from_json, line_of, to_json
from headwater.report.phrases import range_words, share_words
from headwater.report.tally import count_of
from headwater.report.terminal import several, to_terminal
from headwater.report.view import View
from headwater.tracing.firsthand import own_knowledge
from headwater.tracing.own_word import doubts, is_doubt
from sample import TRACE

MADE_BY = MadeBy(headwater="0.1.0", reader="rules")
BARE = Trace(made_by=MADE_BY)


def claim(low: int, high: int, *, origins: tuple[Origin, ...] = (), circular: tuple[str, ...] = ()) -> Claim:
    """A claim of which only the count matters."""
    return Claim(
        id="claim-x",
        text="x",
        mentions=(),
        outlets=2,
        origins=origins,
        independent=Independent(low, high),
        bottlenecks=(),
        circular=circular,
    )


ORIGIN = Origin(source="s", path=("s",), basis="inferred")


# The table of forms


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_can_be_loaded(form: str) -> None:
    """Each name in the table leads to a function."""
    import importlib

    module, _, function = FORMS[form].partition(":")
    assert callable(getattr(importlib.import_module(module), function))


# JSON


def test_json_round_trip() -> None:
    """What is written is read back as it was, indented or not, and the same bytes come every time."""
    assert from_json(to_json(TRACE)) == TRACE
    assert from_json(to_json(TRACE, indent=2)) == TRACE
    assert to_json(from_json(to_json(TRACE))) == to_json(TRACE)


def test_json_has_every_field() -> None:
    """No field is left out: what is unknown is null."""
    written = json.loads(to_json(BARE))
    assert list(written) == [
        *("format", "version", "made_by", "articles", "sources", "entities", "attributions", "quotations", "claims"),
        *("conflicts", "timeline", "derivations", "findings", "unjudged"),
    ]
    article = json.loads(to_json(replace(BARE, articles=(Article(id="a", text=""),))))["articles"][0]
    assert article["outlet"] is None
    assert article["furniture"] == []


SPANS = st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)).map(lambda pair: Span(*pair))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    st.builds(
        Trace,
        made_by=st.just(MADE_BY),
        articles=st.lists(st.builds(Article, id=TEXTS, text=TEXTS, title=st.none() | TEXTS), max_size=3).map(tuple),
        timeline=st.lists(
            st.builds(
                TimePoint, article=TEXTS, start=st.integers(0, 9), end=st.integers(0, 9), value=st.none() | TEXTS
            ),
            max_size=3,
        ).map(tuple),
        claims=st.lists(
            st.builds(
                Claim,
                id=TEXTS,
                text=TEXTS,
                mentions=st.builds(Mention, article=TEXTS, spans=st.lists(SPANS, max_size=3).map(tuple)).map(
                    lambda mention: (mention,)
                ),
                outlets=st.integers(0, 9),
                origins=st.just(()),
                independent=st.builds(Independent, st.integers(0, 9), st.integers(0, 9)),
                bottlenecks=st.lists(TEXTS, max_size=2).map(tuple),
            ),
            max_size=2,
        ).map(tuple),
        derivations=st.lists(
            st.builds(
                Derivation,
                later=TEXTS,
                earlier=TEXTS,
                kind=st.just("copy"),
                stated=st.booleans(),
                share=st.none() | st.floats(0, 1),
            ),
            max_size=2,
        ).map(tuple),
    )
)
def test_json_round_trips_whatever_it_holds(trace: Trace) -> None:
    """Any text and any number survives."""
    assert from_json(to_json(trace)) == trace


def test_half_a_surrogate_pair_does_not_stop_the_writer() -> None:
    """What UTF-8 cannot carry is replaced one for one, so that spans hold; the rest is untouched."""
    trace = replace(BARE, articles=(Article(id="a", text="x\ud83cy🌊", title="t"),))
    assert from_json(to_json(trace)).articles[0] == Article(id="a", text="x\ufffdy🌊", title="t")


@pytest.mark.parametrize(
    "record", [*sample.ARTICLES, sample.CLAIMS[0], sample.CONFLICTS[0]], ids=lambda r: type(r).__name__
)
def test_a_record_is_one_line(record: object) -> None:
    """Any record takes one line, whatever line breaks its texts hold."""
    line = line_of(record)
    assert b"\n" not in line
    assert list(json.loads(line)) == [field.name for field in fields(record)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "not a Headwater trace", id="nothing"),
        pytest.param(b"{", "not a Headwater trace", id="cut off"),
        pytest.param(b"\xff\xfe", "not a Headwater trace", id="no text"),
        pytest.param(
            b'{"made_by": {"headwater": "0", "reader": "r"}, "version": 2}', "$.version", id="a later version"
        ),
        pytest.param(b'{"format": "x", "made_by": {"headwater": "0", "reader": "r"}}', "$.format", id="another format"),
        pytest.param(b'{"format": "headwater/trace"}', "made_by", id="a field missing"),
        pytest.param(
            to_json(TRACE).replace(b'"outlets":5', b'"outlets":"5"'), "$.claims[0].outlets", id="a number as words"
        ),
    ],
)
def test_what_is_no_trace_is_refused(data: bytes, message: str) -> None:
    """The error says in one line where the fault is."""
    with pytest.raises(InputError) as caught:
        from_json(data)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unknown_fields_are_left_out() -> None:
    """A later version may add fields; this one still reads the rest."""
    written = json.loads(to_json(TRACE))
    written["later"] = 1
    written["claims"][0]["later"] = [1]
    assert from_json(json.dumps(written).encode()) == TRACE


# Words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("2025-09-15~", "about mid-September 2025", id="mid-month"),
        pytest.param("2025-09-03~", "about 3 September 2025", id="about a day"),
        pytest.param("2025-21", "spring 2025", id="season"),
        pytest.param("2025-35", "the third quarter of 2025", id="quarter"),
        pytest.param("2025-41", "the second half of 2025", id="half"),
        pytest.param("2025-08-19", "19 August 2025", id="day"),
        pytest.param("2025-08", "August 2025", id="month"),
        pytest.param("2025", "2025", id="year"),
        pytest.param("2025?", "perhaps 2025", id="uncertain"),
        pytest.param("2025-08%", "perhaps about August 2025", id="both"),
        pytest.param("202X", "the 2020s", id="decade"),
        pytest.param("18XX", "the 1800s", id="century"),
        pytest.param("2025-XX", "some month of 2025", id="month not said"),
        pytest.param("2025-08-XX", "some day of August 2025", id="day not said"),
        pytest.param("2025-08-19T14:05:00Z", "19 August 2025, 14:05 UTC", id="time"),
        pytest.param("2025-08-19T14:05:00+02:00", "19 August 2025, 14:05 (UTC+02:00)", id="zone"),
        pytest.param("2025-08-17/2025-08-20", "17 to 20 August 2025", id="days"),
        pytest.param("2025-07-30/2025-08-02", "30 July to 2 August 2025", id="over a month's end"),
        pytest.param("2024-12-30/2025-01-02", "30 December 2024 to 2 January 2025", id="over a year's end"),
        pytest.param("2024/2025", "2024 to 2025", id="years"),
        pytest.param("2025-08~/2025-10", "about August to October 2025", id="about, months"),
        pytest.param("../2025-08", "until August 2025", id="open start"),
        pytest.param("2025-08/..", "from August 2025 on", id="open end"),
        pytest.param("2025-99", "2025-99", id="no such month"),
        pytest.param("tomorrow", "tomorrow", id="no EDTF"),
        pytest.param("/", "/", id="nothing to nothing"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_date_words(value: str, words: str) -> None:
    """A date reads as a person would say it, and what is not understood stands as it is."""
    assert date_words(value) == words


def test_dates_in_order() -> None:
    """Dates come by their beginning, the wider before the narrower, and what is not understood last."""
    ordered = ["18XX", "2024-21", "2024-04-02", "2025", "2025-03", "2025-03-15~", "2025-03-17/2025-03-19", "soon"]
    assert sorted(reversed(ordered), key=date_key) == ordered


@given(st.text(max_size=20) | st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/[0-9.-]*)?", fullmatch=True))
def test_no_date_stops_the_page(value: str) -> None:
    """Whatever stands there has words and a place in the order."""
    assert isinstance(date_words(value), str)
    assert date_key(value) <= (10**6, 99, 99, "99", value)


@pytest.mark.parametrize(
    ("low", "high", "origins", "circular", "words"),
    [
        pytest.param(1, 1, (ORIGIN,), (), "1 origin", id="one"),
        pytest.param(2, 2, (ORIGIN,), (), "2 origins", id="two"),
        pytest.param(1, 2, (ORIGIN,), (), "1 to 2 origins", id="range"),
        pytest.param(0, 1, (), (), "origin unknown", id="unknown"),
        pytest.param(0, 0, (), (), "origin unknown", id="none"),
        pytest.param(0, 2, (ORIGIN,), (), "at most 2 origins", id="inferred only"),
        pytest.param(0, 0, (), ("a", "b"), "no origin: a circle", id="circular"),
    ],
)
def test_range_words(low: int, high: int, origins: tuple[Origin, ...], circular: tuple[str, ...], words: str) -> None:
    """The range never says more than the count does."""
    assert range_words(claim(low, high, origins=origins, circular=circular)) == words


@pytest.mark.parametrize(
    ("share", "words"), [(0.81, "81 %"), (0.001, "1 %"), (0.999, "99 %"), (1.0, "100 %"), (0.0, "0 %")]
)
def test_share_words(share: float, words: str) -> None:
    """Less than all is never 100 %, more than nothing never 0 %."""
    assert share_words(share) == words


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        pytest.param([("000_06e229d54b13a752", None)], ["000"], id="stem with a hash"),
        pytest.param([("a", "The Ledger"), ("b", None)], ["The Ledger", "b"], id="outlet or id"),
        pytest.param([("a", "Wire"), ("b", "wire")], ["Wire (a)", "wire (b)"], id="two of one outlet"),
        pytest.param([("1_0123456789abcdef", None), ("1_fedcba9876543210", None)], ["1", "1 [2]"], id="same stem"),
        pytest.param([("x" * 90, None)], ["x" * 39 + "…"], id="long"),
        pytest.param([("\x1b[31m", "  \n ")], ["[31m"], id="control characters"),
        pytest.param([("\u202e", "")], ["article"], id="nothing to show"),
        pytest.param([("quay-deadbeef", None)], ["quay"], id="short hash"),
        pytest.param([("face-to-face", None)], ["face-to-face"], id="a word is no hash"),
    ],
)
def test_labels(articles: list[tuple[str, str | None]], expected: list[str]) -> None:
    """An article is called by its outlet, else by its id made short."""
    made = labels(Article(id=name, text="", outlet=outlet) for name, outlet in articles)
    assert list(made.values()) == expected


@given(
    st.lists(st.tuples(st.text(max_size=6), st.none() | st.sampled_from(["A", "a", "A (x)"])), unique_by=lambda a: a[0])
)
def test_labels_are_unique(articles: list[tuple[str, str | None]]) -> None:
    """No two articles are called the same, whatever the case."""
    made = labels(Article(id=name, text="", outlet=outlet) for name, outlet in articles)
    assert len({label.casefold() for label in made.values()}) == len(articles)
    assert all(made.values())


# What is counted, and how an article has its words


def test_the_count_collapses() -> None:
    """Articles, outlets, separate texts and origins, each with its list."""
    count = count_of(View(TRACE))
    assert len(count.articles) == 5
    assert len(count.outlets) == 5
    assert (sample.C, sample.B) in count.texts
    assert len(count.texts) == 4
    assert [group.sources for group in count.origins] == [
        ("source-engineers",),
        ("source-log",),
        ("source-senior-d", "source-senior-e"),
    ]
    assert (count.low, count.high) == (3, 3)
    assert count.unknown == 1  # the circle


def test_people_nothing_shows_apart_make_a_range() -> None:
    """Two unnamed sources that may be the same raise only the upper number."""
    apart = replace(sample.CLAIMS[2].origins[0], folded=())
    other = replace(apart, source="source-senior-e", path=("source-senior-e", sample.E))
    trace = replace(TRACE, claims=(replace(sample.CLAIMS[2], origins=(apart, other)),))
    count = count_of(View(trace))
    assert (count.low, count.high) == (1, 2)


def test_an_unknown_origin_is_not_counted() -> None:
    """An origin whose basis is unknown adds nothing to the number of origins."""
    unknown = replace(sample.CLAIMS[1].origins[0], basis="unknown")
    count = count_of(View(replace(TRACE, claims=(replace(sample.CLAIMS[1], origins=(unknown,)),))))
    assert (count.low, count.high, count.unknown) == (0, 0, 1)


def test_two_articles_of_one_outlet_are_one_outlet() -> None:
    """The outlet's name decides, whatever its case."""
    articles = (Article(id="a", text="x", outlet="Wire"), Article(id="b", text="y", outlet="WIRE"))
    assert count_of(View(replace(BARE, articles=articles))).outlets == (("Wire", ("a", "b")),)


def test_ways() -> None:
    """Each article under an origin says how it has the claim."""
    view = View(TRACE)
    first, second, third, _ = sample.CLAIMS[:4]
    assert [(view.label(way.article), way.words) for way in view.ways(first, first.origins[0])] == [
        ("The Harbour Ledger", "cites three engineers"),
        ("Coastwire", "credits The Harbour Ledger, citing three engineers"),
        ("002", "shares 81 % of its words with Coastwire, which credits The Harbour Ledger, citing three engineers"),
    ]
    assert [way.words for way in view.ways(second, second.origins[0])][2].startswith(
        "as Coastwire shows: cites Kessel flood log"
    )
    assert (
        next(way.words for way in view.ways(third, third.origins[0]))
        == "cites a senior port official, a source of its own"
    )


def test_origin_names_say_through_whom() -> None:
    """Unnamed people are named with whoever reached them."""
    view = View(TRACE)
    assert view.origin_name(sample.CLAIMS[0].origins[0]) == "three engineers, through The Harbour Ledger"
    assert view.origin_name(sample.CLAIMS[1].origins[0]) == "Kessel flood log"


def test_nothing_of_a_claim_is_lost() -> None:
    """An article that no origin lists, and that is not unknown, still shows."""
    short = replace(sample.CLAIMS[0], origins=(), unknown=(sample.D,))
    assert View(TRACE).left_over(short) == (sample.A, sample.B, sample.C, sample.E)


def test_main_claim() -> None:
    """The claim that most outlets carry; none where no two articles share one."""
    assert View(TRACE).main_claim is sample.CLAIMS[0]
    assert View(replace(TRACE, claims=sample.CLAIMS[4:])).main_claim is None
    assert View(BARE).main_claim is None


def test_words_around_are_bounded() -> None:
    """A sentence without an end is cut near the words; the words themselves stay whole unless they are very long."""
    text = "word " * 20_000
    view = View(replace(BARE, articles=(Article(id="a", text=text),)))
    (window,) = view.around("a", [Span(50_000, 50_004)])
    assert window.start <= 50_000 < 50_004 <= window.end
    assert window.end - window.start < 600
    assert sum(w.end - w.start for w in view.around("a", [Span(0, 90_000)])) < 1000


@given(
    st.text(max_size=60).flatmap(
        lambda text: st.tuples(st.just(text), st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=4))
    )
)
def test_windows_lie_in_the_text(case: tuple[str, list[tuple[int, int]]]) -> None:
    """Whatever the spans: windows are in order, apart, not empty, in the text, and hold every valid span."""
    text, pairs = case
    view = View(replace(BARE, articles=(Article(id="a", text=text),)))
    spans = [Span(*pair) for pair in pairs]
    windows = view.around("a", spans)
    for window, following in itertools.pairwise(windows):
        assert window.end < following.start
    assert all(0 <= window.start < window.end <= len(text) for window in windows)
    for span in spans:
        if 0 <= span.start < span.end <= len(text):
            assert any(window.holds(span) for window in windows)


# The terminal


def printed(trace: Trace, *, width: int = 80, encoding: str = "utf-8") -> str:
    """What a pipe gets."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    to_terminal(trace, Console(file=stream, width=width, legacy_windows=False))
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_terminal_says_what_matters_in_order() -> None:
    """First what could not be judged, then the count, findings, claims, quotations, and where to look next."""
    text = printed(TRACE)
    parts = [
        "Cannot be judged: ",
        "5 articles → 5 outlets → 4 separate texts → 1 to 2 origins for the main claim",
        "\nFindings\n",
        "\nClaims carried by more than one article\n",
        "\nQuotations in more than one article\n",
        "--html FILE",
        "--json FILE",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "where they have it from\n" in text or "where they have it from " in text


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_terminal_in_a_pipe_is_plain(width: int) -> None:
    """No colour codes, no box characters, no line wider than the window, no spaces at line ends."""
    from rich.cells import cell_len

    text = printed(TRACE, width=width)
    assert "\x1b" not in text
    assert not any("\u2500" <= character <= "\u257f" for character in text)
    lines = text.splitlines()
    assert max(cell_len(line) for line in lines) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_terminal_is_short() -> None:
    """Long quotations lose their middle, and what is beyond the first claims and quotations is only counted."""
    text = " ".join(f"word{n}" for n in range(400))
    articles = tuple(Article(id=name, text=text) for name in "ab")
    whole = Span(0, len(text))
    quotation = Quotation(
        id="q",
        speaker=None,
        variants=tuple(Variant(article=name, spans=(whole,), attribution="", relation="fullest") for name in "ab"),
    )
    claims = tuple(
        replace(claim(0, 1), id=f"c{n}", mentions=tuple(Mention(article=name, spans=(Span(0, 5),)) for name in "ab"))
        for n in range(30)
    )
    made = printed(
        replace(
            BARE, articles=articles, claims=claims, quotations=tuple(replace(quotation, id=f"q{n}") for n in range(9))
        )
    )
    assert "and 22 more in the page" in made
    assert "and 5 more in the page" in made
    assert "word0" in made
    assert "word399" in made
    assert "word200" not in made


def test_terminal_names_a_few_of_many() -> None:
    """Of many articles, origins and differences of one claim the first are printed, and how many more there are."""
    articles = tuple(Article(id=f"a{n:02}", text="words") for n in range(20))
    names = tuple(article.id for article in articles)
    mentions = tuple(Mention(article=name, spans=(Span(0, 5),)) for name in names)
    origins = tuple(Origin(source=f"s{n}", path=(f"s{n}",), basis="stated", articles=names[:1]) for n in range(7))
    many = replace(claim(7, 7, origins=origins), mentions=mentions, outlets=20, unknown=names[1:])
    conflicts = tuple(replace(sample.CONFLICTS[0], id=f"c{n}", claim=many.id) for n in range(5))
    made = printed(replace(BARE, articles=articles, claims=(many,), conflicts=conflicts))
    assert "a01, a02, a03, a04, a05 and 14 more" in " ".join(made.split())
    assert "and 3 others" in made
    assert "and 3 more differences" in made


def test_terminal_in_ascii() -> None:
    """A console that knows only ASCII still gets every line."""
    text = printed(TRACE, encoding="ascii")
    assert "5 articles -> 5 outlets -> 4 separate texts" in text


def test_terminal_cannot_be_steered() -> None:
    """Escape sequences, bells and marks of direction in what was read never reach the terminal; markup is text."""
    evil = "\x1b]0;title\x07\x1b[2J\u202e[bold]x[/bold]\x9b31m"
    article = Article(id=evil, text=evil, outlet=evil)
    source = Source(id="s", name=evil, kind="person")
    shared = Claim(
        id="c",
        text=evil,
        mentions=(Mention(article=evil, spans=(Span(0, 3),)), Mention(article="other", spans=(Span(0, 1),))),
        outlets=2,
        origins=(Origin(source="s", path=("s",), basis="stated", articles=(evil,)),),
        independent=Independent(1, 1),
        bottlenecks=("s",),
    )
    text = printed(
        replace(BARE, articles=(article, Article(id="other", text="text")), sources=(source,), claims=(shared,))
    )
    assert not [character for character in text if character < " " and character != "\n"]
    assert not set(text) & {"\x07", "\x1b", "\x9b", "\u202e"}
    assert "[bold]x[/bold]" in text


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(BARE, id="nothing"),
        pytest.param(replace(BARE, articles=sample.ARTICLES[:1]), id="one article"),
        pytest.param(replace(TRACE, claims=(), findings=()), id="no claims"),
        pytest.param(replace(TRACE, sources=(), articles=()), id="ids that lead nowhere"),
    ],
)
def test_terminal_with_little(trace: Trace) -> None:
    """A trace with little in it still reads well."""
    text = printed(trace)
    assert "article" in text
    assert "--html FILE" in text


def test_view_takes_places_outside_the_text() -> None:
    """A place that its text does not have is left out, not shown wrongly."""
    view = View(replace(BARE, articles=(Article(id="a", text="abc"),)))
    assert view.valid_spans("a", [Span(0, 4), Span(-1, 2), Span(2, 2), Span(1, 3), Span(1, 3)]) == [Span(1, 3)]
    assert not view.valid("nobody", Place("nobody", 0, 1))


# A newsroom's own word, doubt, and what is said once

SAW = "A Quay Courier reporter at the gate saw the lower lock stand open. More followed."
TOLD = "The lower lock stood open, the Quay Courier reported. The Bay Mail could not independently verify the report."
DOUBT = Place("told", TOLD.index("The Bay Mail"), len(TOLD))
OPEN_HERE = Span(SAW.index("the lower"), SAW.index("stand open") + 10)
OPEN_THERE = Span(0, TOLD.index(","))


def own_trace(source: str = "saw", *, judge: JudgeRun | None = None) -> Trace:
    """A newsroom saw it, and another that credits it could not confirm it; ``source`` is the article or its outlet."""
    found = own_knowledge(Article(id="saw", text=SAW, outlet="Quay Courier"), [OPEN_HERE])
    assert found is not None
    mentions = (
        Mention(article="saw", spans=(OPEN_HERE,), basis="stated", counted=(source,), evidence=(found[0],)),
        Mention(
            article="told",
            spans=(OPEN_THERE,),
            chain=("courier",),
            basis="recovered",
            counted=("courier", "saw") if source == "courier" else ("courier", source),
            evidence=(found[0], DOUBT),
        ),
    )
    claimed = Claim(
        id="claim",
        text="the lower lock stood open",
        mentions=mentions,
        outlets=2,
        origins=(
            Origin(
                source=source,
                path=(source, "saw"),
                basis="stated",
                articles=("saw", "told"),
                evidence=(OPEN_HERE.at("saw"), found[0]),
            ),
        ),
        independent=Independent(1, 1),
        bottlenecks=(source,),
    )
    return replace(
        BARE,
        made_by=replace(MADE_BY, judge=judge),
        articles=(
            Article(id="saw", text=SAW, outlet="Quay Courier"),
            Article(id="told", text=TOLD, outlet="Bay Mail"),
        ),
        sources=(Source(id="courier", name="the Quay Courier", kind="outlet"),),
        claims=(claimed,),
    )


@pytest.mark.parametrize("source", ["saw", "courier"], ids=["by its article", "by its outlet"])
def test_a_newsroom_that_saw_it_is_not_said_to_credit_itself(source: str) -> None:
    """The newsroom says that it saw this itself; who credits it credits one who says so."""
    view = View(own_trace(source))
    (claimed,) = view.shared_claims
    (origin,) = claimed.origins
    assert view.origin_name(origin).casefold().endswith("quay courier, which says that it saw this itself")
    assert view.origin_kind(origin) == "a newsroom by its own word"
    saw, told = view.ways(claimed, origin)
    assert (saw.article, saw.words) == ("saw", "says that it saw this itself")
    assert told.words.startswith("credits ")
    assert told.words.count("Quay Courier") == 1
    assert told.words.endswith("Quay Courier, which says that it saw this itself")
    assert findings_of(own_trace(source))


def test_who_could_not_confirm_is_quoted() -> None:
    """The sentence by which an article says that it could not confirm a claim is shown, and is no evidence for it."""
    view = View(own_trace())
    (claimed,) = view.shared_claims
    told = view.ways(claimed, claimed.origins[0])[1]
    assert told.doubts == (DOUBT,)
    assert DOUBT not in told.evidence
    shown = " ".join(printed(own_trace()).split())
    assert f"what could not be confirmed, in Bay Mail: “{DOUBT.span.of(TOLD)}”" in shown
    assert "What could not be confirmed, in " in to_html(own_trace())


def test_a_claim_that_is_the_doubt_itself_is_not_doubted() -> None:
    """Where the claim is that something was not confirmed, that sentence casts no doubt on it."""
    articles = {"told": Article(id="told", text=TOLD, outlet="Bay Mail")}
    mention = Mention(article="told", spans=(DOUBT.span,), evidence=(DOUBT,))
    assert doubts(mention, articles) == ()
    assert is_doubt(mention, articles)


def test_the_judge_is_named() -> None:
    """Who was asked about doubtful pairs stands in the first lines and at the foot of the page; else nothing."""
    judge = JudgeRun(name="small at 10.0.0.7", prompt="p1", pairs=50, asked=40, answered=38, ignored=2)
    words = "oubtful pairs judged by small at 10.0.0.7: 40 asked, 38 answered, 2 ignored"
    said = " ".join(printed(own_trace(judge=judge)).split())
    assert said.startswith(f"D{words}.")
    assert f"d{words}" in to_html(own_trace(judge=judge))
    assert "judged by" not in printed(own_trace()) + to_html(own_trace())


def way_words(*mentions: Mention, sources: tuple[Source, ...]) -> str:
    """How an article is said to have a claim by these mentions."""
    articles = tuple(
        Article(id=name, text="word " * 9, outlet=outlet) for name, outlet in (("a", "Ledger"), ("b", "Bay"))
    )
    origin = Origin(source="keepers", path=("keepers",), basis="stated", articles=("a",))
    made = replace(claim(1, 1, origins=(origin,)), mentions=mentions)
    view = View(replace(BARE, articles=articles, sources=sources, claims=(made,)))
    return view.ways(made, origin)[0].words


NAMES = (
    Source(id="keepers", name="Two keepers", kind="anonymous"),
    Source(id="bay", name="the Bay", kind="outlet"),
    Source(id="roe", name="Ana Roe", kind="journalist"),
)
FROM_B = (Place("b", 0, 4),)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(
            [(("bay", "keepers"), "stated", ("bay", "keepers")), ((), "recovered", ("bay", "keepers"))],
            "credits the Bay, citing two keepers",
            id="the same way stated and recovered",
        ),
        pytest.param(
            [((), "recovered", ("bay", "keepers")), ((), "recovered", ("bay", "keepers"))],
            "as Bay shows: credits the Bay, citing two keepers",
            id="recovered twice",
        ),
        pytest.param(
            [(("bay",), "recovered", ("bay", "b", "keepers"))],
            "credits the Bay, citing two keepers (in part as Bay shows)",
            id="stated as far as the outlet, which is named once with its article",
        ),
        pytest.param(
            [(("roe",), "stated", ("roe",)), (("bay",), "stated", ("bay",))],
            "credits Ana Roe; credits the Bay",
            id="two ways",
        ),
        pytest.param([((), "stated", ())], "states it as its own", id="own voice"),
    ],
)
def test_a_way_is_said_once(rows: list[tuple[tuple[str, ...], Basis, tuple[str, ...]]], words: str) -> None:
    """No credit stands twice in a line, and what an article itself says is not called recovered."""
    mentions = (
        Mention(
            article="a",
            spans=(Span(at, at + 4),),
            chain=chain,
            basis=basis,
            counted=counted,
            evidence=FROM_B if basis == "recovered" else (),
        )
        for at, (chain, basis, counted) in zip((0, 5), rows, strict=False)
    )
    assert way_words(*mentions, sources=NAMES) == words


def test_many_on_one_comes_first() -> None:
    """A claim of many outlets that rests on one origin stands before one of more outlets with more origins."""
    text = "word " * 9
    articles = tuple(Article(id=n, text=text) for n in "abcdef")
    made = [
        replace(
            claim(low, low, origins=(ORIGIN,)),
            id=name,
            outlets=len(on),
            mentions=tuple(Mention(article=a, spans=(Span(0, 4),)) for a in on),
        )
        for name, low, on in (("two", 2, "abcdef"), ("one", 1, "abcd"), ("few", 1, "ab"))
    ]
    view = View(replace(BARE, articles=articles, claims=tuple(made)))
    assert [c.id for c in view.shared_claims] == ["one", "two", "few"]


def test_other_words_for_an_origin_are_shown() -> None:
    """What an article calls an origin otherwise is shown with its place; its family name or a title is not."""
    text = "The wardens said so. Keepers said so. The two keepers at Quay said so."
    spans = [Span(0, 11), Span(21, 28), Span(38, 61)]
    said = tuple(
        Attribution(id=f"t{n}", article="a", source="keepers", source_spans=(span,)) for n, span in enumerate(spans)
    )
    origin = Origin(source="keepers", path=("keepers",), basis="stated", articles=("a",))
    mentions = tuple(Mention(article="a", spans=(s,), attribution=f"t{n}") for n, s in enumerate(spans))
    made = replace(claim(1, 1, origins=(origin,)), mentions=mentions)
    trace = replace(BARE, articles=(Article(id="a", text=text),), attributions=said, claims=(made,), sources=NAMES)
    view = View(trace)
    assert view.other_names_words(made, origin) == "the same under other words: “The wardens” (a)"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("cites Oda Quill", "cite Oda Quill"),
        ("states it as its own", "state it as their own"),
        ("credits the Bay, citing two keepers", "credit the Bay, citing two keepers"),
        ("as Bay shows: credits the Bay", "as Bay shows: credit the Bay"),
        ("shares 9 % of its words with Bay, which cites Ida", "share 9 % of their words with Bay, which cites Ida"),
        ("quotes “who cites nobody”; cites Ida", "quote “who cites nobody”; cite Ida"),
    ],
)
def test_several_articles_are_spoken_of_as_several(one: str, many: str) -> None:
    """What one article does is said of several in their number."""
    assert several(one) == many


def test_lookups_of_a_view_keep_its_order() -> None:
    """Articles of a claim stand as in the trace, those it does not hold left out; conflicts the most severe first."""
    view = View(TRACE)
    order = list(view.articles)
    mentions = tuple(Mention(article=name, spans=(Span(0, 3),)) for name in (order[3], "gone", order[0], order[2]))
    assert view.claim_articles(replace(claim(0, 1), mentions=mentions)) == (order[0], order[2], order[3])
    about = [c for c in view.ordered_conflicts if c.claim is not None]
    assert {c.id for one in TRACE.claims for c in view.conflicts_of(one)} == {c.id for c in about}
    for one in TRACE.claims:
        assert list(view.conflicts_of(one)) == [c for c in about if c.claim == one.id]
    told = [a for name in order for a in view.attributions_in(name)]
    assert sorted(told, key=lambda a: a.id) == sorted(TRACE.attributions, key=lambda a: a.id)


def test_an_outlet_that_a_way_ends_with_is_not_said_to_pass_on() -> None:
    """As an origin it stands for itself, its source not said; as a carrier it passes on; others are what they are."""
    sources = (Source(id="bell", name="Bell", kind="outlet"), Source(id="ann", name="Ann Lee", kind="person"))
    view = View(replace(BARE, sources=sources))
    ends = [Origin(source=source.id, path=(source.id,), basis="stated") for source in sources]
    assert [view.origin_kind(end) for end in ends] == ["outlet, source not said", "named person"]
    assert view.kind_words("bell") == "outlet, passes on"
