"""From tags to records: who a source is, whom the words came through, whether they are quoted or hedged."""

import pytest

from headwater.model import Article, Attribution, Reading, Source, Span
from headwater.reading import FixedTagger, Tagged, Tags, load_tagger, read
from headwater.reading.tagger import Name


def reading(text: str, **more: str) -> tuple[Reading, dict[str, Source]]:
    """A text read by the rules, and its sources by id."""
    result = read(Article(id="a", text=text, language="en", **more), load_tagger("rules-1"))  # type: ignore[arg-type]
    return result, {s.id: s for s in result.sources}


def only(text: str, **more: str) -> tuple[Attribution, Source | None, list[Source]]:
    """The one attribution of a text, its source and its carriers."""
    result, sources = reading(text, **more)
    (one,) = result.attributions
    return one, sources.get(one.source or ""), [sources[v] for v in one.via]


def span(text: str, words: str) -> Span:
    """Where words stand first."""
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "name", "kind", "number"),
    [
        pytest.param("Orla Fenn said it leaked.", "Orla Fenn", "person", None, id="named"),
        pytest.param("Zoldane said it leaked.", "Zoldane", "person", None, id="bare surname"),
        pytest.param("The mayor said it leaked.", "mayor", "person", None, id="one office holder"),
        pytest.param("The watchman said it leaked.", "watchman", "person", None, id="one definite person"),
        pytest.param("The official said it leaked.", "official", "anonymous", 1, id="one vague person"),
        pytest.param("A senior official said it leaked.", "senior official", "anonymous", 1, id="unnamed"),
        pytest.param("Two stewards said it leaked.", "Two stewards", "anonymous", 2, id="two of them"),
        pytest.param(
            "One of those present said it leaked.", "One of those present", "anonymous", None, id="one of them"
        ),
        pytest.param("Residents said it leaked.", "Residents", "anonymous", None, id="plural"),
        pytest.param("The transport agency said it leaked.", "transport agency", "organisation", None, id="agency"),
        pytest.param("The governor’s office said it leaked.", "governor’s office", "organisation", None, id="office"),
        pytest.param("The club said it leaked.", "club", "organisation", None, id="club"),
        pytest.param("A spokeswoman for the bank said it leaked.", "bank", "organisation", None, id="spokeswoman"),
        pytest.param("A leaked memo says it leaked.", "leaked memo", "document", None, id="document"),
        pytest.param("The Harrow Beacon said it leaked.", "Harrow Beacon", "organisation", None, id="capitals"),
        pytest.param("She said it leaked.", "she", "unspecified", None, id="a pronoun that nobody fits"),
        pytest.param("The Russians said it leaked.", "The Russians", "unspecified", None, id="a people"),
        pytest.param(
            "The guard, who would not give his name, said it leaked.", "guard", "anonymous", 1, id="unwilling"
        ),
    ],
)
def test_what_a_source_is(text: str, name: str, kind: str, number: int | None) -> None:
    """Kind, name and number of a source by its words alone."""
    _, source, via = only(text)
    assert source is not None
    assert (source.name, source.kind, source.number) == (name, kind, number)
    assert not via


@pytest.mark.parametrize(
    ("text", "via"),
    [
        pytest.param("Two stewards told the Lantern it leaked.", [("Lantern", "outlet")], id="told an outlet"),
        pytest.param("Two stewards told me it leaked.", [("the writer (first person)", "journalist")], id="told me"),
        pytest.param(
            "Two stewards told reporter Ida Roon it leaked.", [("Ida Roon", "journalist")], id="told a reporter"
        ),
        pytest.param(
            "The Lantern reported that a steward said it leaked.",
            [("Lantern", "organisation")],
            id="reported that said",
        ),
        pytest.param(
            "“It leaks,” Fenn said at the pier, according to Roon’s report.", [("Roon", "journalist")], id="a report"
        ),
        pytest.param(
            "The Lantern, citing a broadcast by Radio Seldom, reported that a steward had said it leaked.",
            [("Lantern", "organisation"), ("Radio Seldom", "outlet")],
            id="two carriers",
        ),
        pytest.param("Her sister said the doctor had told her it leaked.", [("sister", "person")], id="hearsay"),
    ],
)
def test_whom_the_words_came_through(text: str, via: list[tuple[str, str]]) -> None:
    """Carriers outermost first; an attribution that only carries another is in its chain and not apart."""
    _, _, carriers = only(text)
    assert [c.name for c in carriers] == [name for name, _ in via]
    if len(via) == 1:
        assert [c.kind for c in carriers] == [kind for _, kind in via]


def test_the_articles_own_outlet_is_left_out_of_the_chain() -> None:
    """What an outlet was told itself did not come through anybody."""
    _, _, via = only("Two stewards told the Lantern it leaked.", outlet="The Lantern")
    assert via == []


def test_told_the_network_may_be_its_own() -> None:
    """Where the article's own outlet was told just before, "the network" is that outlet, and no carrier."""
    result, _ = reading(
        "Two stewards told the Lantern it leaked. Three cooks told the paper it would sink.", outlet="The Lantern"
    )
    assert [a.via for a in result.attributions] == [(), ()]


def test_a_relative_clause_came_through_nobody() -> None:
    """What the writer puts into reported words, ", which it says …", is not passed on by whoever said these."""
    result, sources = reading("A steward said that the Harrow Trust, which says it mends keels, was late.")
    inner = next(a for a in result.attributions if sources[a.source or ""].name == "Harrow Trust")
    assert inner.via == ()


def test_a_pronoun_means_who_spoke_before() -> None:
    """The word "she" is the speaker before, even one known by surname alone."""
    result, sources = reading("Zoldane said the dredger was late. She added that it had sunk.")
    assert [sources[a.source or ""].name for a in result.attributions] == ["Zoldane", "Zoldane"]
    assert sources[result.attributions[0].source or ""].entity is not None


def test_nobody_who_was_told_something_is_meant_by_it() -> None:
    """The word "it" is the paper that spoke, not the outlet that has seen it."""
    result, sources = reading("The hull leaks, according to a notice seen by the Lantern. It says nobody was told.")
    assert [sources[a.source or ""].kind for a in result.attributions] == ["document", "document"]


def test_unnamed_people_are_the_same_where_the_words_say_so() -> None:
    """All of "the stewards", "one of the stewards" and "they" are the stewards met before; a steward is another."""
    result, sources = reading(
        "Three stewards told the Lantern it leaked. The stewards said it would sink. They said so twice. "
        "One of the stewards said he swam. A steward said she did not."
    )
    names = [sources[a.source or ""].name for a in result.attributions]
    assert names == ["Three stewards"] * 4 + ["steward"]
    assert sources[result.attributions[0].source or ""].number == 3


def test_the_newspaper_is_the_one_outlet_credited() -> None:
    """Both "the newspaper" and "the report" are the only outlet the article credits."""
    result, sources = reading("The Harrow Herald reported that it leaked. The newspaper said it would sink.")
    assert {sources[a.source or ""].name for a in result.attributions} == {"Harrow Herald"}


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        pytest.param("The report said it would sink.", "Harrow Herald", id="the report"),
        pytest.param("The reports said it would sink.", "Harrow Herald", id="the reports"),
        pytest.param("Reports said it would sink.", "Reports", id="reports at large"),
    ],
)
def test_reports_at_large_are_nobodys(said: str, whose: str) -> None:
    """What "the report" says is said by the one outlet an article credits; what "reports say" is not."""
    result, sources = reading(f"The Harrow Herald reported that it leaked. {said}")
    assert [sources[a.source or ""].name for a in result.attributions] == ["Harrow Herald", whose]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        pytest.param("“It leaks,” Fenn said.", "direct", id="all in marks"),
        pytest.param("Fenn said it was “a sieve of a boat”.", "mixed", id="partly"),
        pytest.param("Fenn said it leaked.", "indirect", id="not at all"),
    ],
)
def test_whether_words_are_quoted(text: str, mode: str) -> None:
    """Direct when all words stand in marks, mixed when some do."""
    assert only(text)[0].mode == mode


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        pytest.param("Fenn said it may have leaked.", ["may have"], id="in the content"),
        pytest.param("The bank has reportedly asked for a month.", ["reportedly"], id="as the cue"),
        pytest.param("It is understood that it leaked.", ["It is understood"], id="in nobody's name"),
        pytest.param("Fenn said it leaked in May.", [], id="the month"),
    ],
)
def test_hedges(text: str, hedges: list[str]) -> None:
    """Words that hedge, in the cue or the content."""
    one = only(text)[0]
    assert [s.of(text) for s in one.hedge_spans] == hedges
    assert one.hedged == bool(hedges)


def test_a_hedge_in_nobodys_name_has_no_source_and_no_chain() -> None:
    """So that a claim in it stays in the outlet's own voice."""
    one, source, via = only("The bank has reportedly asked for a month.")
    assert source is None
    assert one.source is None
    assert not via


def test_any_tags_become_records() -> None:
    """Tags of any tagger are tied: here a made one, with a speaker who goes on unnamed."""
    text = "“One,” said Orla Fenn.\n\n“Two,” it went on."
    tags = Tags(
        attributions=(
            Tagged(cue=(span(text, "said"),), source=(span(text, "Orla Fenn"),), content=(span(text, "“One,”"),)),
            Tagged(cue=(), content=(span(text, "“Two,”"),), follows=0),
            Tagged(cue=(), content=()),
        ),
        names=(Name(*(span(text, "Orla Fenn").start, span(text, "Orla Fenn").end), "person"),),
    )
    result = read(Article(id="a", text=text), FixedTagger(tags=tags))
    assert [a.content_spans[0].of(text) for a in result.attributions] == ["“One,”", "“Two,”"]
    assert len({a.source for a in result.attributions}) == 1


def test_ids_come_from_place_and_content() -> None:
    """The same words at the same place have the same id; moved, they have another."""
    text = "Fenn said it leaked."
    first, again, moved = (only(t)[0].id for t in (text, text, f"  {text}"))
    assert first == again != moved


@pytest.mark.parametrize(
    ("said", "hedged"),
    [
        pytest.param("“The pier may close.”", ["may"], id="its own verb"),
        pytest.param("“It could be that the pier leaks. It leaks.”", ["could"], id="the first sentence"),
        pytest.param("“The pier leaks. It may close.”", [], id="a later sentence"),
        pytest.param("“The pier, which may close, leaks.”", [], id="a clause with which"),
        pytest.param("“The pier has everything she could dream of.”", [], id="ability"),
        pytest.param("“She could not defend it.”", [], id="inability"),
        pytest.param("“We make the strongest possible case.”", [], id="the strongest possible"),
        pytest.param("“She called it a potentially negative turn.”", [], id="a potentially negative turn"),
        pytest.param("“They told us ‘it may close’ again.”", [], id="another one's words"),
        pytest.param("“If it rains, the pier may close.”", ["may"], id="after an opening clause"),
    ],
)
def test_hedged_by(said: str, hedged: list[str]) -> None:
    """Hedges are words that leave open what the content's own first clause says, and no others."""
    text = f"Ada Quill said {said}"
    tagged = Tagged(cue=(span(text, "said"),), source=(span(text, "Ada Quill"),), content=(span(text, said),))
    (one,) = read(
        Article(id="a", text=text, language="en"), FixedTagger(tags=Tags(attributions=(tagged,), names=()))
    ).attributions
    assert [s.of(text) for s in one.hedge_spans] == hedged


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param(
            "Ada Quill said the pier was closed and leaked, and Bo Fenn predicted that it would be sold to a rich firm",
            2,
            id="more than the inner one",
        ),
        pytest.param(
            "Ada Quill said Bo Fenn predicted that it would be sold to a rich firm", 1, id="only the inner one"
        ),
    ],
)
def test_an_outer_attribution_that_says_more_stays(text: str, kept: int) -> None:
    """Who only carries another's words is in the chain; who also says something is a source still."""
    whole = Span(text.index("said ") + 5, len(text))
    outer = Tagged(cue=(span(text, "said"),), source=(span(text, "Ada Quill"),), content=(whole,))
    inner = Tagged(
        cue=(span(text, "predicted"),),
        source=(span(text, "Bo Fenn"),),
        content=(span(text, text.split("predicted ")[1]),),
    )
    result = read(
        Article(id="a", text=text, language="en"), FixedTagger(tags=Tags(attributions=(outer, inner), names=()))
    )
    assert len(result.attributions) == kept
