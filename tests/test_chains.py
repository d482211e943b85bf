"""The second pass: carriers of attributions that any tagger marked, across sentences too; the same when done twice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.model import Span
from headwater.reading import Tagged, names
from headwater.reading.chains import with_carriers
from headwater.words import sentences
from marked import load, spans_of


def chained(text: str, flat: list[Tagged]) -> tuple[Tagged, ...]:
    """The attributions with their carriers, which must be the same when it is done again."""
    parts = sentences(text)
    found = names.find_names(text, parts)
    out = with_carriers(text, parts, found, flat)
    assert with_carriers(text, parts, found, out) == out
    return out


def via(text: str, attributions: tuple[Tagged, ...], at: int) -> list[str]:
    """The carriers of one attribution, its own or those of whom it follows."""
    one = attributions[at]
    while not one.via and one.follows is not None:
        one = attributions[one.follows]
    return [span.of(text) for span in one.via]


def flat(text: str, source: str, cue: str, content: str) -> Tagged:
    """One attribution by its words."""
    return Tagged(source=spans_of(text, [source]), cue=spans_of(text, [cue]), content=spans_of(text, [content]))


ONE = [
    ("An aide told the Comet the keel is bent.", "An aide", "told", "the keel is bent", ["the Comet"]),
    ("An aide has told the Comet the keel is bent.", "An aide", "has told", "the keel is bent", ["the Comet"]),
    ("“It is bent,” an aide told CNN’s Ann Moss.", "an aide", "told", "It is bent", ["CNN’s Ann Moss"]),
    ("An aide told reporter Ola Brandt the keel is bent.", "aide", "told", "the keel is bent", ["reporter Ola Brandt"]),
    ("An aide told Brandt the keel is bent.", "An aide", "told", "the keel is bent", ["Brandt"]),
    ("The mayor told Brandt to leave the room.", "The mayor", "told", "to leave the room", []),
    ("The mayor told the council the keel is bent.", "The mayor", "told", "the keel is bent", []),
    ("The mayor told President Ruiz the keel is bent.", "The mayor", "told", "the keel is bent", []),
    ("Ivan Sorel met the king. Holt told Sorel the keel is bent.", "Holt", "told", "the keel is bent", []),
    ("In an interview with the Comet, she said it is bent.", "she", "said", "it is bent", ["the Comet"]),
    ("She said it is bent in an interview with the Comet.", "She", "said", "it is bent", ["the Comet"]),
    ("The mayor, speaking to the Comet, said it is bent.", "The mayor", "said", "it is bent", ["the Comet"]),
    ("The mayor, speaking at a rally, said it is bent.", "The mayor", "said", "it is bent", []),
    ("Asked by the Comet, the mayor said it is bent.", "the mayor", "said", "it is bent", ["the Comet"]),
    ("In emails the Mirror obtained, she wrote that it is bent.", "she", "wrote", "it is bent", ["the Mirror"]),
    ("Files seen by the Comet show it is bent.", "Files", "show", "it is bent", ["the Comet"]),
    ("The mayor said on Channel Six it is bent.", "The mayor", "said", "it is bent", ["Channel Six"]),
    ("The mayor wrote in the Comet that it is bent.", "The mayor", "wrote", "it is bent", ["the Comet"]),
    ("The mayor said through a lawyer it is bent.", "The mayor", "said", "it is bent", ["a lawyer"]),
    ("In a note passed on by his sister, he said it is bent.", "he", "said", "it is bent", ["his sister"]),
    ("The mayor, her office said, told staff it is bent.", "The mayor", "told", "it is bent", ["her office"]),
    ("State television showed the mayor saying it is bent.", "the mayor", "saying", "it is bent", ["State television"]),
    ("The tape has the mayor saying it is bent.", "the mayor", "saying", "it is bent", ["The tape"]),
    ("Radio Vela spoke to a pilot who said it is bent.", "a pilot", "said", "it is bent", ["Radio Vela"]),
    ("The mayor was quoted by the Comet as saying it is bent.", "The mayor", "quoted", "it is bent", ["the Comet"]),
    ("It is bent, a cook said, according to Brandt’s report.", "a cook", "said", "It is bent", ["Brandt’s report"]),
    ("It is bent, a cook said, per the Comet.", "a cook", "said", "It is bent", ["the Comet"]),
    ("Brandt reported that two aides said it is bent.", "two aides", "said", "it is bent", ["Brandt"]),
    ("His widow said he had warned that it was bent.", "he", "warned", "it was bent", ["His widow"]),
    ("Roe said he had told the board it was bent.", "he", "told", "it was bent", []),
    ("The mayor said no, and aides said it is bent.", "aides", "said#2", "it is bent", []),
    ("Brandt’s sources say it is bent.", "Brandt’s sources", "say", "it is bent", ["Brandt"]),
    ("Hull is bent, cook says – Comet", "cook", "says", "Hull is bent", ["Comet"]),
    (
        "The cook told the Comet it is bent, Orbit reported.",
        "The cook",
        "told",
        "it is bent",
        ["Orbit", "the Comet"],
    ),
    (
        "Orbit, citing the daily Comet, said an aide had told the king it is bent.",
        "an aide",
        "told",
        "it is bent",
        ["Orbit", "the daily Comet"],
    ),
]


@pytest.mark.parametrize(("text", "source", "cue", "content", "expected"), ONE, ids=[row[0] for row in ONE])
def test_a_sentence_names_its_carriers(text: str, source: str, cue: str, content: str, expected: list[str]) -> None:
    """Carriers outermost first, whatever the gap of the sentence they stand in; those who are told are not all."""
    assert via(text, chained(text, [flat(text, source, cue, content)]), 0) == expected


NOBODY = [
    ("As reported by both towns, it is bent.", "both towns", "reported by", "it is bent"),
    ("When asked by Ms. Orr if it is bent, he nodded.", "Ms. Orr", "asked", "if it is bent"),
    ("“It is bent,” the mayor told one reporter.", "the mayor", "told", "It is bent"),
    ("The mayor said it is bent in a note released by his office.", "The mayor", "said", "it is bent"),
    ("After the Comet reported the leak, Mayor Holt said it is bent.", "Mayor Holt", "said", "it is bent"),
    ("While two officers admit a leak, Mayor Holt said it is bent.", "Mayor Holt", "said", "it is bent"),
    ("Asked of it — an aide vowed to “mend it,” — the mayor said it is bent.", "the mayor", "said", "it is bent"),
    ("An aide said that Orbit, which says it is bent, was told.", "Orbit", "says", "it is bent"),
    ("The towns announced they would mend what Mayor Holt called a bent hull.", "Mayor Holt", "called", "a bent hull"),
    ("Mayor Holt said rivals, whom he called bent, had told lies.", "he", "called", "bent"),
    ("Roe said he would stay, a move that Holt feared would bend it.", "Holt", "feared", "would bend it"),
    ("He meant a 2005 tape, in which Roe – speaking to Ann Moss of the Comet – sang.", "He", "meant", "a 2005 tape"),
    ("Holt said it is bent after she wrote a column for the Comet.", "Holt", "said", "it is bent"),
    ("Holt said it is bent, Ivan Holt said.", "Holt#1", "said#1", "it is bent"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), NOBODY, ids=[row[0] for row in NOBODY])
def test_nobody_carries_what_nobody_passed_on(text: str, source: str, cue: str, content: str) -> None:
    """Function words, other clauses, asides of the writer's own and whoever speaks carry nothing."""
    assert via(text, chained(text, [flat(text, source, cue, content)]), 0) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Mayor Holt explained the delay by saying it is bent.", "saying"),
        ("The mayor answered her critics on Friday, vowing it is bent.", "vowing"),
        ("When Roe led the board, Mayor Holt closed the yard, saying it is bent.", "saying"),
    ],
)
def test_a_participle_is_its_subjects(text: str, cue: str) -> None:
    """What "by saying" or ", vowing" brings belongs to the subject of the clause, as its source."""
    bare = Tagged(cue=spans_of(text, [cue]), content=spans_of(text, ["it is bent"]))
    (one,) = chained(text, [bare])
    assert [span.of(text).split()[-1].casefold() for span in one.source] in (["holt"], ["mayor"])
    assert not one.via


CITED = [
    ("The Comet, citing two aides, said it is bent.", "The Comet", "said", "two aides"),
    ("Citing two unnamed aides, the Comet reported it is bent.", "the Comet", "reported", "two unnamed aides"),
    ("The Comet reported, citing court papers, that it is bent.", "The Comet", "reported", "court papers"),
    ("Orbit, relying on two aides, said it is bent.", "Orbit", "said", "two aides"),
    ("According to the Comet, which cited two aides, it is bent.", "the Comet", "According to", "two aides"),
]


@pytest.mark.parametrize(("text", "citer", "cue", "cited"), CITED, ids=[row[0] for row in CITED])
def test_words_belong_to_whoever_is_cited(text: str, citer: str, cue: str, cited: str) -> None:
    """Who cites becomes the carrier, and stays it when the tagger marked the cited one itself."""
    for source in (citer, cited):
        (one,) = chained(text, [flat(text, source, cue, "it is bent")])
        assert [span.of(text) for span in one.source] == [cited]
        assert [span.of(text) for span in one.via] == [citer]


def test_reasons_are_nobodys_words() -> None:
    """What is cited as a reason is no source."""
    text = "The mayor resigned, citing health problems, and said he would rest."
    (one,) = chained(text, [flat(text, "The mayor", "said", "he would rest")])
    assert [span.of(text) for span in one.source] == ["The mayor"]
    assert not one.via


NEXT = [
    ("Three officers told the Comet it is bent. They said it shook.", "Three officers", "They", ["the Comet"]),
    ("Three officers told the Comet it is bent. The officers said it shook.", "Three officers", "The officers", 1),
    ("Three officers told the Comet it is bent. One officer said it shook.", "Three officers", "One officer", 1),
    ("Mia Holt told the Comet it is bent. Holt#2 said it shook.", "Mia Holt", "Holt#2", 1),
    ("Mia Holt, a pilot, told the Comet it is bent. The pilot said it shook.", "Mia Holt", "The pilot", 1),
    ("Mia Holt told the Comet it is bent. The palace said it shook.", "Mia Holt", "The palace", 0),
    ("Mia Holt told the Comet it is bent. She said on Friday it shook.", "Mia Holt", "She", 0),
    ("Mia Holt told the council it is bent. She said it shook.", "Mia Holt", "She", 0),
]


@pytest.mark.parametrize(("text", "first", "then", "carried"), NEXT, ids=[row[0] for row in NEXT])
def test_what_goes_on_keeps_its_carrier(text: str, first: str, then: str, carried: int | list[str]) -> None:
    """A later sentence of the same speaker came the same way; a new occasion or another speaker did not."""
    text = text.replace("#2", "")
    marked = [flat(text, first, "told", "it is bent"), flat(text, then, "said", "it shook")]
    assert via(text, chained(text, marked), 1) == (["the Comet"] if carried else [])


def test_people_first_met_in_a_report_spoke_to_the_reporter() -> None:
    """After "Brandt reported that …", what "the cooks said" was said to Brandt, and so was what one "told her"."""
    text = "Brandt reported that two cooks had seen it. The cooks said it shook. One of the cooks told her it broke."
    marked = [
        flat(text, "Brandt", "reported", "two cooks had seen it"),
        flat(text, "The cooks", "said", "it shook"),
        flat(text, "One of the cooks", "told", "it broke"),
    ]
    out = chained(text, marked)
    assert [via(text, out, i) for i in range(3)] == [[], ["Brandt"], ["Brandt"]]


def test_what_the_tagger_knew_stays() -> None:
    """Carriers that are given are kept as they are, and those around them are added."""
    text = "The cook told the Comet it is bent, Orbit reported."
    given = replace(flat(text, "The cook", "told", "it is bent"), via=spans_of(text, ["Comet"]))
    (one,) = chained(text, [given])
    assert [span.of(text) for span in one.via] == ["Orbit", "Comet"]


@given(st.text(max_size=120), st.data())
def test_any_spans(text: str, data: st.DataObject) -> None:
    """Whatever a tagger marks, the list keeps its length and order and no span is empty."""

    def some() -> tuple[Span, ...]:
        if not text:
            return ()
        start = data.draw(st.integers(0, len(text) - 1))
        return (Span(start, data.draw(st.integers(start + 1, len(text)))),) if data.draw(st.booleans()) else ()

    given_ = [Tagged(cue=some(), source=some(), content=some()) for _ in range(data.draw(st.integers(0, 3)))]
    out = chained(text, given_)
    assert [one.content for one in out] == [one.content for one in given_]
    for number, one in enumerate(out):
        assert all(0 <= s.start < s.end <= len(text) for s in (*one.via, *one.source, *one.cue))
        assert one.follows is None or one.follows < number


ASIDES = [
    ("An aide said it broke. The aide added that Orbit, which says it “mends keels”, was late.", "Orbit", "says"),
    ("An aide told the Comet that the cook, who says he slept, was late.", "the cook", "says"),
    ("An aide said that the cook, who Orbit says he slept beside, was late.", "Orbit", "says"),
    ("An aide told the Comet about a bridge the council said would say he slept.", "the council", "said"),
]


@pytest.mark.parametrize(("text", "source", "cue"), ASIDES, ids=["which", "who", "whom it tells of", "its noun"])
def test_what_only_describes_is_the_writers(text: str, source: str, cue: str) -> None:
    """A relative clause inside what others say has no carrier, and is given none by whoever is asked for more."""
    aside = flat(text, source, cue, "it “mends keels”" if "“" in text else "he slept")
    parts = sentences(text)
    more = spans_of(text, ["An aide"])
    out = with_carriers(
        text, parts, names.find_names(text, parts), [aside], also=lambda done: [replace(t, via=more) for t in done]
    )
    assert not out[0].via


def test_who_is_asked_for_more_adds_before_what_goes_on() -> None:
    """Carriers from elsewhere stay, and later sentences of the same utterance go on with them."""
    text = "An aide told Zorb the keel is bent. “It is,” the aide said."
    told, later = flat(text, "An aide", "told", "the keel is bent"), flat(text, "the aide", "said", "“It is,”")
    parts = sentences(text)
    found = names.find_names(text, parts)
    more = spans_of(text, ["Zorb"])
    out = with_carriers(text, parts, found, [told, later], also=lambda done: [replace(done[0], via=more), done[1]])
    assert via(text, out, 1) == ["Zorb"]


@settings(max_examples=60)
@given(st.sampled_from([line for line in load("chains", "dev") if line.attributions]), st.data())
def test_damaged_marks(line: object, data: st.DataObject) -> None:
    """Marks a little off, or a sentence cut short, still give spans in the text and the same when done twice."""
    text = line.text[: data.draw(st.integers(1, len(line.text)))]  # type: ignore[attr-defined]

    def off(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        moved = ((s.start + data.draw(st.integers(-3, 3)), s.end + data.draw(st.integers(-3, 3))) for s in spans)
        return tuple(Span(a, b) for a, b in moved if 0 <= a < b <= len(text))

    flat_ = [
        Tagged(cue=off(m.cue), source=off(m.source), content=off(m.content))
        for m in line.attributions  # type: ignore[attr-defined]
    ]
    for one in chained(text, flat_):
        assert all(0 <= s.start < s.end <= len(text) for s in (*one.via, *one.source))


def test_marked_chains() -> None:
    """With cue, source and content given, nineteen in twenty of the sentences built on get their carriers."""
    right = of = 0
    for line in load("chains", "dev"):
        out = chained(line.text, [Tagged(cue=m.cue, source=m.source, content=m.content) for m in line.attributions])
        for number, mark in enumerate(line.attributions):
            one = out[number]
            while not one.via and one.follows is not None:
                one = out[one.follows]
            of += 1
            same = len(one.via) == len(mark.via)
            right += same and all(a.overlap(b) for a, b in zip(one.via, mark.via, strict=True))
    assert right >= 0.95 * of
