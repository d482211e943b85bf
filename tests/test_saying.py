"""Telling speech and writing from attitudes that the article's writer ascribes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater import lexicon
from headwater.model import Span
from headwater.reading import saying_words
from headwater.reading.saying import judge, says


def parts(marked: str) -> tuple[str, tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """The text of a sentence with ``<cue>``, ``[content]`` and ``{source}``, and the spans of the three."""
    text = ""
    opened: dict[str, int] = {}
    spans: dict[str, list[Span]] = {">": [], "]": [], "}": []}
    for sign in marked:
        if sign in "<[{":
            opened[">]}"["<[{".index(sign)]] = len(text)
        elif sign in spans:
            spans[sign].append(Span(opened[sign], len(text)))
        else:
            text += sign
    return text, tuple(spans[">"]), tuple(spans["]"]), tuple(spans["}"])


SPEECH = [
    "“It leaks. [(And) nobody mends it,”] {he} <continued>.",
    "{He} <reasoned> [that the weir held].",
    "{Critics} <have also drawn> [parallels to the flood].",
    "{Olin} answered <by asserting> [the weir held].",
    "{Olin} <caveated> [that it may leak].",
    "{Olin}, <in a floor speech, backed> [the plan].",
    "{Olin} <raged privately> [that it leaked].",
    "{Olin} <batted down> [rumours of a leak].",
    "[The weir] <reportedly> [leaked].",
    "<It was revealed that> [it leaked].",
    "<It was reported that> [it leaked].",
    "[The date] <was confirmed by> {Olin}.",
    "Olin’s <claims of> [a leak] were false.",
    "{Mara Olin} <said> [the weir would hold].",
    "{Mara Olin} <denied> [the weir had failed].",
    "{The board} <announced> [a second inquiry].",
    "{The board} <expressed hope> [that the weir would hold].",
    "{The board} <voiced concern> [about the weir].",
    "{Two engineers} <raised doubts> [about the weir].",
    "{The mayor} <made clear> [that nobody would leave].",
    "{The mayor} <made it perfectly clear> [that nobody would leave].",
    "{The mayor} <was quoted as saying> [that nobody would leave].",
    "The weir is, <in the words of> {Mara Olin}, [a wall of wishes].",
    "<According to> {the ministry}, [the weir held].",
    "{The mayor} <issued a statement that> [the weir held].",
    "{His} <claim that> [the weir held] drew laughter.",
    "{Olin} <accused> [the board of] sleeping.",
    "{Olin} <called> [it a disgrace].",
    "{The crowd} <chanted> [for Olin].",
    "{The survey} <found> [most wells dry].",
    "{A Corve poll} <shows> [Olin ahead].",
    "{The report} <includes> [a map of the wells].",
    "{The bylaw} <prohibits> [new wells].",
    "{The mayor} <refused to say> [whether the weir held].",
    "{The mayor} <refused> [to say whether the weir held].",
    "{The mayor} <declined> [to comment on the weir].",
    "{The mayor} <would not say> [when].",
    "{The mayor} <did not deny> [the report].",
    "{The mayor} <not only said> [it] but sang it.",
    "{The mayor} <is quick to point out> [that he was away].",
    "{The mayor} <shot back>: [the weir is fine].",
    "{The mayor} <took issue with> [the figures].",
    "{Olin} <gave an enthusiastic endorsement of> [the plan].",
    "{The mayor} <made> [similar comments].",
    "{The mayor} <seemed to suggest> [that the wells were fine].",
    "{Olin} <believes, she said>, [that the weir held].",
    "[“It went quickly,”] {Olin} <remembered>.",
    "{Olin}<:> [It went quickly].",
    "[“It went quickly.”] <―> {Mara Olin}",
    "[“It went quickly.”]",
    "[The weir held], {Olin} <burbled>.",
    "[“The weir held”], {Olin} <burbled>.",
    "{I} <will say> [this].",
    "{Olin} <repeatedly wondered> [whether the weir held].",
    "[The weir is gone]. <(Corve Ledger)>",
]
ATTITUDE = [
    "<Questions over> [the weir] grew.",
    "<Reports of> [a leak] may be right.",
    "[Two men] <have been charged> [with theft].",
    "{The board} <is being asked> [to close it].",
    "[The weir] <was discussed>.",
    "[The weir] <is deemed> [safe].",
    "[The date] <was confirmed>.",
    "[She] <was appointed> [head].",
    "[The evacuation] <was ordered>.",
    "{Neither Olin nor Roe} <said> [it leaked].",
    "{No one} <has said> [it leaked].",
    "There is no sign that {Olin} <would endorse> [the plan].",
    "<Did> {Olin} <suggest> [it leaked]?",
    "If {Olin} <says> [it leaks], we go.",
    "{They} <have yet to say> [when].",
    "{Olin} <believes> [the weir held].",
    "{Olin} <believes> [the weir is “a wall of wishes”].",
    "{Olin} <wants> [the weir gone].",
    "{Olin} <hopes to persuade> [the board].",
    "{Olin} <has doubts> [about the weir].",
    "{Olin} <is of the opinion> [that the weir held].",
    "<In the view of> {Olin}, [the weir held].",
    "{The mayor} <is considering> [a second weir].",
    "{The mayor} <is expected to announce> [a second weir].",
    "{The mayor} <plans to announce> [a second weir].",
    "{The mayor} <will announce> [a second weir].",
    "{The mayor} <sees> [the weir as his own].",
    "{The mayor} <had taken a firmer stance> [on wells].",
    "{The mayor} <has little interest in> [wells].",
    "{Olin} <found out> [that the wells were dry].",
    "{She} <found> [the wells dry].",
    "{Olin} <felt> [cheated].",
    "{Olin} <supports> [the plan].",
    "{Olin} <opposes> [the plan].",
    "{Her} <support for> [the plan] faded.",
    "{The court's} <decision to> [close the wells]",
    "{The mayor} <did not mention> [the wells].",
    "{The mayor} <hasn't endorsed> [the plan].",
    "{The mayor} <won't be able to brag about> [the wells].",
    "{The mayor} <refused> [to leave].",
    "{The mayor} <voted for> [the plan].",
    "{Voters} <cast their ballots for> [Olin].",
    "{The mayor} <seemed> [tired].",
    "{Olin} <remembered> [the wells of her youth].",
    "<It is unclear whether> [the wells were dry].",
    "{The mayor} <showed no interest in> [wells].",
    "{The mayor} <blorped> [the wells].",
    "{The council} <is eager to tell> [its story].",
]


@pytest.mark.parametrize("marked", SPEECH, ids=range(len(SPEECH)))
def test_speech(marked: str) -> None:
    """Speech, writing, publishing, and answers that refuse are speech."""
    assert says(*parts(marked)), marked


@pytest.mark.parametrize("marked", ATTITUDE, ids=range(len(ATTITUDE)))
def test_attitude(marked: str) -> None:
    """Thinking, wanting, feeling, seeing, doing, and speech that did not take place are not."""
    assert not says(*parts(marked)), marked


@pytest.mark.parametrize(
    ("marked", "by"),
    [
        ("{Olin} <said> [it held].", "word"),
        ("{Olin} <weighed in on> [it].", "phrase"),
        ("{Olin}<:> [it held].", "marks"),
        ("[“It held,”] {Olin} <burbled>.", "form"),
    ],
    ids=["word", "phrase", "marks", "form"],
)
def test_by_what(marked: str, by: str) -> None:
    """A verdict tells what decided it."""
    assert judge(*parts(marked)).by == by


@pytest.mark.parametrize("word", ["said", "believed"])
def test_quoting_does_not_change_a_known_word(word: str) -> None:
    """Curly and straight marks around the content change nothing where the cue's word is known."""
    plain, curly = (says(*parts(f"{{Olin}} <{word}> [{inner}].")) for inner in ("it held", "“it held”"))
    assert plain == curly


def test_no_verb_is_both() -> None:
    """No word stands among those of speech and among those of attitude."""
    speech = {*saying_words.SPEAK.split(), *saying_words.SPOKEN.split()}
    attitude = {*saying_words.THINK.split(), *saying_words.THOUGHT.split()}
    assert not speech & attitude


@pytest.mark.parametrize("forms", [lexicon.BELIEVED], ids=["believed"])
def test_believing_words_of_the_lexicon_are_attitudes(forms: frozenset[str]) -> None:
    """What the rules hold to be believing is never speech here, but "she worried" beside quoted words."""
    wrong = {form for form in forms if says(f"Olin {form} it held", [Span(5, 5 + len(form))], [Span(6 + len(form), 9)])}
    assert wrong == set()


@given(st.text(max_size=80), st.data())
def test_any_text(text: str, data: st.DataObject) -> None:
    """Any text and any spans in it give a verdict, the same each time."""
    place = st.integers(0, len(text))
    some = st.lists(st.tuples(place, place).map(lambda p: Span(min(p), max(p))), max_size=3)
    cue, content, source = (data.draw(some) for _ in range(3))
    assert judge(text, cue, content, source) == judge(text, cue, content, source)


def test_long_spans_are_cut() -> None:
    """A span as long as a book is read at its beginning only."""
    text = "said " + "word " * 200_000
    assert says(text, [Span(0, len(text))], [Span(0, len(text))], [Span(0, len(text))])
