"""The whole way: what a trace holds whatever the articles, in any order, and what it says cannot be judged."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.errors import InputError, NoTextError
from headwater.model import Article, Batch, Failure, Options, Span, Trace
from headwater.pipeline import (
    find_copies,
    find_stories,
    need_articles,
    read_articles,
    take_in,
    trace_story,
)
from headwater.reading import Tagger, load_tagger
from headwater.reading.tagger import FixedTagger
from headwater.report.json import to_json
from known import answer
from whole import assert_whole

GOLDEN = ("barrage", "one-announcement", "two-newsrooms")

FLOOD = """The Kessel tide gate stood open for 41 minutes on Monday night, three engineers told the Ledger.

“We knew the gate was stuck, and we told nobody until the water was in the street,” said Oda Quill, the harbour master.

The water reached 212 homes along the old quay, according to the flood log of the town council.
"""
BAKERY = """A bakery in Tolk has won the national bread prize for the third year in a row, the jury announced on Sunday.

“Our rye is baked twice, as my grandmother baked it,” the baker Lin Vane said at the prize-giving in the concert hall.

Forty bakers from nine valleys had sent loaves, and the jury tasted all of them blindfolded in a single afternoon.
"""
GERMAN = """Das Gezeitentor von Kessel stand am Montag in der Nacht 41 Minuten lang offen, sagten drei Ingenieure der
Zeitung.

„Wir wussten, dass das Tor klemmt, und haben es niemandem gesagt“, erklärte die Hafenmeisterin Oda Quill am Dienstag.
"""
ARABIC = """قال مسؤول كبير في الميناء إن المجلس سيستبدل البوابة بحلول عام 2027.

بقيت بوابة كيسل مفتوحة 41 دقيقة في الليل.
"""
FURNITURE = "Share this article\n\nREAD MORE: Ten cafés to try on the quay\n\nSubscribe to our newsletter\n"


def taken(**texts: str) -> tuple[Article, ...]:
    """Articles taken in and cleaned, by name."""
    return take_in([{"id": name, "text": text} for name, text in texts.items()]).articles


def traced(**texts: str) -> Trace:
    """The trace of articles by name; whatever it holds, it is whole."""
    trace = trace_story(taken(**texts))
    assert_whole(trace)
    return trace


def unjudged(trace: Trace) -> dict[tuple[str, str | None], str]:
    """What cannot be judged, with the reasons."""
    return {(u.what, u.article): u.why for u in trace.unjudged}


def test_nothing_is_an_error() -> None:
    """Without an article there is no trace, and the message says what to give."""
    with pytest.raises(NoTextError, match="give at least one"):
        trace_story([])


def test_one_article() -> None:
    """It is traced, and nothing is said of how independent its claims are."""
    trace = traced(a=FLOOD)
    assert trace.claims
    assert all(c.independent.high <= 1 for c in trace.claims)
    assert ("independence", None) in unjudged(trace)
    assert not any("article" in f.text and "Carried by" in f.text for f in trace.findings)


def test_two_identical_articles() -> None:
    """A copy adds no origin: every claim of both has at most the origins that one of them gives."""
    alone = {c.text: c.independent for c in traced(a=FLOOD).claims}
    trace = traced(a=FLOOD, b=FLOOD)
    assert {c.text: c.independent.low for c in trace.claims} == {text: i.low for text, i in alone.items()}
    assert all({m.article for m in c.mentions} == {"a", "b"} for c in trace.claims)
    (derivation,) = [d for d in trace.derivations if d.kind == "copy"]
    assert (derivation.share, derivation.directed) == (1.0, False)


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (ARABIC, "ar")], ids=["German", "Arabic"])
def test_other_languages_are_not_read_as_english(text: str, language: str) -> None:
    """An article in another language stands in the trace, with nothing read from it, and this is said."""
    trace = traced(a=FLOOD, b=text)
    assert not [a for a in trace.attributions if a.article == "b"]
    assert not [m for c in trace.claims for m in c.mentions if m.article == "b"]
    assert language in unjudged(trace)["the article", "b"]


def test_furniture_alone() -> None:
    """A page without an article in it has no claim, and is called too short."""
    trace = traced(a=FLOOD, b=FURNITURE)
    assert not [m for c in trace.claims for m in c.mentions if m.article == "b"]
    assert "too short" in unjudged(trace)["the article", "b"]


def test_articles_of_two_events() -> None:
    """They are traced, and that they seem to tell different events is said, with who is on which side."""
    trace = traced(a=FLOOD, b=FLOOD.replace("41", "forty"), c=BAKERY)
    why = unjudged(trace)["whether this is one story", None]
    assert "a and b; c" in why
    assert all(len({m.article for m in c.mentions} & {"a", "c"}) < 2 for c in trace.claims)


def test_articles_of_two_events_by_their_names() -> None:
    """Who is on which side is said by outlets, of one outlet with what tells them apart; never by raw ids."""
    texts = {"feed-7a91": FLOOD, "feed-7b02": FLOOD.replace("41", "forty"), "feed-80c3": BAKERY}
    articles = taken(**texts)
    named = [replace(a, outlet="Ledger", published=f"2031-05-{4 + n:02}") for n, a in enumerate(articles)]
    why = unjudged(trace_story(named))["whether this is one story", None]
    assert why.endswith(": Ledger (4 May) and Ledger (5 May); Ledger (6 May)")


def test_one_event_is_not_doubted() -> None:
    """Articles on one event are not said to tell several."""
    assert ("whether this is one story", None) not in unjudged(traced(a=FLOOD, b=FLOOD))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param((None, None), "no article bears", id="none"),
        pytest.param(("2026-03-03", None), "1 of 2 articles do", id="one of two"),
        pytest.param(("2026-03-03", "2026-03-04"), None, id="all"),
    ],
)
def test_undated_articles(dates: tuple[str | None, str | None], expected: str | None) -> None:
    """Who was first is not judged where dates are missing."""
    batch = take_in([{"id": f"a{n}", "text": FLOOD, "published": date} for n, date in enumerate(dates)])
    why = unjudged(trace_story(batch.articles)).get(("who was first", None))
    assert (expected is None) == (why is None)
    assert expected is None or (why is not None and why.startswith(expected))


def test_truncated_articles_are_named() -> None:
    """What a cut-off text does not say says nothing."""
    article = Article(id="a", text=FLOOD, words=60, language="en", truncated=True)
    assert "cut off" in unjudged(trace_story([article]))["the rest of the article", "a"]


def test_failures_are_named_whatever_their_order() -> None:
    """Inputs that could not be read stand in the trace, in one order."""
    failures = [Failure(where="b.txt", why="not found"), Failure(where="a.txt", why="empty")]
    one, other = (trace_story(taken(a=FLOOD), failures=f) for f in (failures, failures[::-1]))
    assert one == other
    assert [u.what for u in one.unjudged][:2] == ["a.txt", "b.txt"]


def test_need_articles() -> None:
    """With nothing to go on with, the first reason is the message."""
    need_articles(Batch(articles=taken(a=FLOOD)))
    with pytest.raises(InputError, match="nothing to read"):
        need_articles(Batch())
    with pytest.raises(InputError, match=r"x\.txt: gone \(and 1 more\)"):
        need_articles(Batch(failures=(Failure(where="x.txt", why="gone"), Failure(where="y.txt", why="gone"))))


Item = TypeVar("Item")
Result = TypeVar("Result")


class Counting:
    """An engine that notes what it is given."""

    def __init__(self) -> None:
        self.given: list[object] = []

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Apply the function, and note the item."""
        for item in items:
            self.given.append(item)
            yield function(item)


def test_a_tagger_that_finds_nothing() -> None:
    """Without attributions every claim is in the outlets' own voice: no proven origin, and the tagger is named."""
    trace = trace_story(taken(a=FLOOD, b=FLOOD), tagger=cast(Tagger, FixedTagger()))
    assert_whole(trace)
    assert trace.claims
    assert trace.sources == ()
    assert {(c.independent.low, m.chain) for c in trace.claims for m in c.mentions} == {(0, ())}
    assert trace.made_by.reader == "fixed"


def test_engine_options_and_steps() -> None:
    """The engine given reads each article once, the steps are told in order, the options are kept."""
    engine = Counting()
    steps: list[str] = []
    articles = taken(b=FLOOD, a=BAKERY)
    trace = trace_story(articles, engine=engine, options=Options(published="2026"), step=steps.append)
    assert [a.id for a in engine.given if isinstance(a, Article)] == ["a", "b"]
    assert steps == ["reading", "aligning", "comparing statements", "tracing", "comparing"]
    assert trace.made_by.options == Options(published="2026")
    assert trace.made_by.reader == load_tagger().name


def test_readings_come_in_the_order_given() -> None:
    """One reading an article, each about its own."""
    articles = taken(a=FLOOD, b=GERMAN, c=BAKERY)
    turned = (articles[2], articles[0], articles[1])
    assert [r.id for r in read_articles(turned)] == ["c", "a", "b"]


def test_stories_and_copies_take_any_order() -> None:
    """Which articles tell one story, and which share text, whatever their order."""
    articles = taken(a=FLOOD, b=FLOOD, c=BAKERY)
    assert [s.articles for s in find_stories(articles)] == [("a", "b"), ("c",)]
    assert find_stories(articles[::-1]) == find_stories(articles)
    assert [(c.earlier, c.later) for c in find_copies(articles)] == [("a", "b")]
    assert find_copies(articles[::-1]) == find_copies(articles)


@cache
def golden(story: str) -> tuple[tuple[Article, ...], bytes]:
    """The articles of a golden story, and the bytes of its trace."""
    articles = take_in(list(answer(story).paths)).articles
    return articles, to_json(trace_story(articles))


@pytest.mark.parametrize("story", GOLDEN)
def test_golden_traces_are_whole(story: str) -> None:
    """Spans inside, ids known and unique, counts within bounds, JSON true to its schema."""
    assert_whole(trace_story(golden(story)[0]))


@pytest.mark.parametrize("story", GOLDEN)
@settings(max_examples=6)
@given(shuffle=st.randoms(use_true_random=False))
def test_any_order_gives_the_same_bytes(story: str, shuffle: random.Random) -> None:
    """The same articles in another order give the same bytes."""
    articles, expected = golden(story)
    turned = list(articles)
    shuffle.shuffle(turned)
    assert to_json(trace_story(turned)) == expected


@settings(max_examples=10)
@given(st.sets(st.integers(0, 8), min_size=1, max_size=8))
def test_any_part_of_the_example_is_whole(kept: set[int]) -> None:
    """Some of the articles alone are traced as well, and none of them is lost."""
    articles = [a for n, a in enumerate(golden("barrage")[0]) if n in kept]
    trace = trace_story(articles)
    assert_whole(trace)
    assert [a.id for a in trace.articles] == sorted(a.id for a in articles)


def test_a_copy_of_an_article_raises_no_count() -> None:
    """Adding an article that only copies another never adds a proven origin to a claim."""
    articles, _ = golden("two-newsrooms")
    before = {(c.mentions[0].article, c.mentions[0].spans): c.independent.low for c in trace_story(articles).claims}
    for article in articles:
        batch = take_in([{"id": "zz-copy", "text": article.text, "outlet": "Copyist"}])
        after = trace_story([*articles, *batch.articles])
        for c in after.claims:
            first = c.mentions[0]
            assert c.independent.low <= before.get((first.article, first.spans), c.independent.low), (
                article.id,
                c.text,
            )


@pytest.mark.real
def test_real_articles_give_a_whole_trace() -> None:
    """The five articles the project began with: whole, and the same bytes in another order."""
    paths = sorted((Path(__file__).parents[2] / "shared" / "seeds").glob("*.txt"))
    articles = take_in(paths).articles
    trace = trace_story(articles)
    assert_whole(trace)
    assert to_json(trace_story(articles[::-1])) == to_json(trace)


SECRET = "“The keeper of the gate had been sent home two hours before the water rose over the quay,” {} said.\n"


def test_unnamed_speakers_of_one_quotation_are_one_source() -> None:
    """The same words in quotation marks are one person's, whatever each outlet calls him; all of it is renamed."""
    trace = traced(
        a=FLOOD + SECRET.format("a senior port official"), b=FLOOD + SECRET.format("an aide in the port office")
    )
    (quotation,) = [q for q in trace.quotations if len(q.variants) == 2 and q.variants[0].spans[0].start >= len(FLOOD)]
    source_of = {a.id: a.source for a in trace.attributions}
    assert {source_of[v.attribution] for v in quotation.variants} == {quotation.speaker}
    assert sum("aide" in s.name or "official" in s.name for s in trace.sources) == 1


def test_times_are_tied_to_the_claims_they_stand_in() -> None:
    """A time inside a claim's words, or right before them, names the claim that most articles carry; others none."""
    trace = trace_story(golden("barrage")[0])
    tied = [t for t in trace.timeline if t.claim]
    assert tied
    assert any(t.claim is None for t in trace.timeline)
    held = {(c.id, m.article, s) for c in trace.claims for m in c.mentions for s in m.spans}
    for t in tied:
        assert any(
            c == t.claim and a == t.article and (s.holds(Span(t.start, t.end)) or 0 <= s.start - t.end <= 3)
            for c, a, s in held
        ), t


def test_days_are_counted_from_the_storys_date_where_an_article_has_none() -> None:
    """A bare "Monday" in an undated article is that of the story."""
    batch = take_in([{"id": "a", "text": FLOOD, "published": "2026-03-04"}, {"id": "b", "text": FLOOD}])
    trace = trace_story(batch.articles)
    values = {
        t.article: t.value for t in trace.timeline if trace.articles[0].text[t.start : t.end].startswith("Monday")
    }
    assert values == {"a": "2026-03-02", "b": "2026-03-02"}


def test_agencies_in_credit_lines_are_sources() -> None:
    """An agency that a credit line names is a Source of the trace, with its place."""
    text = f"KESSEL (Coastwire) — {FLOOD}"
    trace = traced(a=text, b=BAKERY)
    (agency,) = [s for s in trace.sources if s.name == "Coastwire"]
    assert agency.kind == "outlet"
    assert [text[p.start : p.end] for p in agency.mentions] == ["Coastwire"]


def test_near_claims_are_named() -> None:
    """Claims that are near are named by each other."""
    trace = trace_story(golden("barrage")[0])
    related = {c.id: c.related for c in trace.claims}
    assert any(related.values())
    assert all(one in related[other] for one, others in related.items() for other in others)


def test_parts_are_near_claims_that_say_more() -> None:
    """What is told with place and day is a part of what is told without; it stands among what is near."""
    trace = trace_story(golden("barrage")[0])
    by_id = {c.id: c for c in trace.claims}
    parts = {(c.text, by_id[p].text) for c in trace.claims for p in c.parts}
    assert any(wide in part and wide != part for wide, part in parts)
    assert all(set(c.parts) <= set(c.related) for c in trace.claims)
    assert not any((part, wide) in parts for wide, part in parts)


def test_records_stand_in_order() -> None:
    """Articles by id, attributions by place, claims by how many carry them."""
    trace = trace_story(golden("barrage")[0])
    assert [a.id for a in trace.articles] == sorted(a.id for a in trace.articles)
    rows = [(a.article, a.content_spans or (Span(0, 0),)) for a in trace.attributions if a.content_spans]
    assert rows == sorted(rows)
    carried = [len({m.article for m in c.mentions}) for c in trace.claims]
    assert carried == sorted(carried, reverse=True)
    assert [(t.article, t.start, t.end) for t in trace.timeline] == sorted(
        (t.article, t.start, t.end) for t in trace.timeline
    )
