"""The rule tagger: who says what in one sentence or paragraph, by word order, verbs and marks."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.reading.rules import RuleTagger
from headwater.words import sentences


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution in words: source, cue, content parts joined by " … ", carriers joined by " > "."""

    source: str
    cue: str
    content: str
    via: str = ""


def tagged(text: str) -> list[Said]:
    """What the tagger marks, in words."""
    out = []
    for one in RuleTagger().tag(text, sentences(text)).attributions:
        source, cue, content = (" … ".join(s.of(text) for s in spans) for spans in (one.source, one.cue, one.content))
        out.append(Said(source, cue, content, " > ".join(s.of(text) for s in one.via)))
    return out


ORDERS = [
    pytest.param(
        "Orla Fenn said that the ferry was late.",
        [Said("Orla Fenn", "said", "the ferry was late")],
        id="speaker, verb, clause",
    ),
    pytest.param(
        "The ferry was late, the harbour office said.",
        [Said("the harbour office", "said", "The ferry was late")],
        id="clause, speaker, verb",
    ),
    pytest.param(
        "“The ferry is late,” said Orla Fenn, the harbour master. “It will not come today.”",
        [Said("Orla Fenn", "said", "“The ferry is late,” … “It will not come today.”")],
        id="quotation, verb, speaker, quotation",
    ),
    pytest.param(
        "“It is late,” said the union's secretary, Orla Fenn.",
        [Said("the union's secretary, Orla Fenn", "said", "“It is late,”")],
        id="a post and then its holder's name",
    ),
    pytest.param(
        "Said one sailor: “It was like rowing in glue.”",
        [Said("one sailor", "Said", "“It was like rowing in glue.”")],
        id="verb first",
    ),
    pytest.param(
        "“Half a boat,” as the old pilot put it, “is worse than none.”",
        [Said("the old pilot", "put it", "“Half a boat,” … “is worse than none.”")],
        id="as X put it",
    ),
    pytest.param(
        "According to the coast guard, two boats sank.",
        [Said("the coast guard", "According to", "two boats sank")],
        id="according to, first",
    ),
    pytest.param(
        "Two boats sank, according to the coast guard.",
        [Said("the coast guard", "according to", "Two boats sank")],
        id="according to, last",
    ),
    pytest.param(
        "Two boats sank, according to a notice, although the owner insists both are afloat.",
        [
            Said("a notice", "according to", "Two boats sank"),
            Said("the owner", "insists", "both are afloat"),
        ],
        id="according to, and somebody else objects",
    ),
    pytest.param(
        "In April the sluice burst, the ministry said.",
        [Said("the ministry", "said", "In April the sluice burst")],
        id="an opening is part of the clause",
    ),
    pytest.param(
        "Two people who attended the meeting said the offer was gone.",
        [Said("Two people", "said", "the offer was gone")],
        id="a relative clause in the source",
    ),
    pytest.param(
        "The guild’s claim that the boats were sound was wrong.",
        [],
        id="an owner in small letters claims nothing here",
    ),
    pytest.param(
        "Fenn’s claim that the boats were sound was wrong.",
        [Said("Fenn", "claim", "the boats were sound was wrong")],
        id="an owned claim",
    ),
    pytest.param(
        "The plan, she said, was “half a plan”.",
        [Said("she", "said", "The plan … was “half a plan”")],
        id="inside the clause",
    ),
    pytest.param(
        "Fenn called it a gift, language that port officials say justifies the fee.",
        [
            Said("Fenn", "called", "it a gift"),
            Said("port officials", "say", "justifies the fee"),
        ],
        id="a relative clause with its own speaker",
    ),
    pytest.param(
        "One of them believes the keel can be mended; the other two said it must be cut.",
        [
            Said("One of them", "believes", "the keel can be mended"),
            Said("the other two", "said", "it must be cut"),
        ],
        id="two speakers on either side of a semicolon",
    ),
]

CARRIERS = [
    pytest.param(
        "Three stewards told the Lantern that the hull was cracked.",
        [Said("Three stewards", "told", "the hull was cracked", "the Lantern")],
        id="told an outlet nobody has listed",
    ),
    pytest.param(
        "“We were warned,” one of the stewards told Channel Four Seas, on condition of anonymity.",
        [Said("one of the stewards", "told", "“We were warned,”", "Channel Four Seas")],
        id="told a channel",
    ),
    pytest.param(
        "Three stewards told the planning committee that the hull was cracked.",
        [Said("Three stewards", "told", "the hull was cracked")],
        id="a committee carries nothing",
    ),
    pytest.param(
        "Two stewards, speaking to Aldane on condition of anonymity, said the hull was cracked.",
        [Said("Two stewards", "said", "the hull was cracked", "Aldane")],
        id="speaking to somebody without being named",
    ),
    pytest.param(
        "A memo obtained by the Lantern says the hull was cracked.",
        [Said("A memo", "says", "the hull was cracked", "the Lantern")],
        id="a paper obtained",
    ),
    pytest.param(
        "In a letter shared with the Lantern, the stewards wrote that the hull leaked.",
        [Said("the stewards", "wrote", "the hull leaked", "the Lantern")],
        id="a paper shared, in an opening",
    ),
    pytest.param(
        "The company confirmed to the Lantern that the hull was cracked.",
        [Said("The company", "confirmed", "the hull was cracked", "the Lantern")],
        id="confirmed to",
    ),
    pytest.param(
        "The Lantern reported, citing two stewards, that the hull was cracked.",
        [Said("two stewards", "reported … citing", "the hull was cracked", "The Lantern")],
        id="citing people",
    ),
    pytest.param(
        "Citing court papers, the Lantern reported that Fenn owed money.",
        [Said("court papers", "Citing … reported", "Fenn owed money", "the Lantern")],
        id="citing papers first",
    ),
    pytest.param(
        "The board closed the pier, citing safety concerns.",
        [],
        id="citing reasons is no credit",
    ),
    pytest.param(
        "Fenn was quoted by the Lantern as saying that the hull was sound.",
        [Said("Fenn", "was quoted", "the hull was sound", "the Lantern")],
        id="quoted by",
    ),
    pytest.param(
        "“It is sound,” the Lantern quoted the mate as saying.",
        [Said("the mate", "quoted", "“It is sound,”", "the Lantern")],
        id="quoting",
    ),
    pytest.param(
        "The hull, first reported on by nobody, is cracked.",
        [],
        id="first reported by nobody",
    ),
    pytest.param(
        "The crack, first reported by the Lantern, will cost a season.",
        [Said("the Lantern", "first reported by", "The crack … will cost a season")],
        id="first reported by",
    ),
    pytest.param(
        "The Lantern was the first to report that the hull was cracked.",
        [Said("The Lantern", "report", "the hull was cracked")],
        id="the first to report",
    ),
    pytest.param(
        "The hull is cracked, two stewards tell me. — Ida Roon (@idaroon)",
        [Said("two stewards", "tell", "The hull is cracked", "Ida Roon")],
        id="tell me, signed",
    ),
    pytest.param(
        "She had heard from the postman that the house was sold.",
        [Said("the postman", "heard from", "the house was sold")],
        id="heard from",
    ),
    pytest.param(
        "She had received assurances from the bank that the house was safe.",
        [Said("the bank", "assurances from", "the house was safe")],
        id="assurances from",
    ),
]

UNSOURCED = [
    pytest.param(
        "The bank has reportedly asked for a month.",
        [Said("", "reportedly", "The bank has … asked for a month")],
        id="reportedly",
    ),
    pytest.param(
        "It is understood that three bids came in.",
        [Said("", "It is understood", "three bids came in")],
        id="it is understood",
    ),
    pytest.param(
        "It emerged on Monday that the pier had no permit.",
        [Said("", "emerged", "the pier had no permit")],
        id="it emerged",
    ),
    pytest.param(
        "The baron is said to be furious.", [Said("", "is said", "The baron … to be furious")], id="is said to"
    ),
    pytest.param(
        "The bank has reportedly asked for a month, the clerk said.",
        [Said("the clerk", "said", "The bank has reportedly asked for a month")],
        id="somebody says it: no more in nobody's name",
    ),
]

SHAPES = [
    pytest.param(
        "Q: When did it sink?\nA: On the Monday. It was quick.",
        [Said("", ":", "When did it sink?"), Said("", ":", "On the Monday. It was quick.")],
        id="question and answer",
    ),
    pytest.param(
        "A talk with Inga Brandt\n\nQ: When did it sink?\n\nA: On the Monday.\n\nQ: And then?\n\nA: I swam.",
        [
            Said("", ":", "When did it sink?"),
            Said("Inga Brandt", ":", "On the Monday."),
            Said("", ":", "And then?"),
            Said("Inga Brandt", ":", "I swam."),
        ],
        id="answers of the one interviewed",
    ),
    pytest.param(
        "CALDER: Welcome. Did it sink?\n\nORME: It did.\n\nCALDER (voice-over): They rowed home.\n\nORME: They did.",
        [
            Said("CALDER", ":", "Welcome. Did it sink?"),
            Said("ORME", ":", "It did."),
            Said("CALDER", ":", "They rowed home."),
            Said("ORME", ":", "They did."),
        ],
        id="names in capitals are speakers, not datelines",
    ),
    pytest.param("Age: 53\n\nBorn: Calder\n\nBoat: Old Widow", [], id="facts are no turns"),
    pytest.param("Price: 3\n\nSize: 2\n\nPrice: 4\n\nSize: 1", [], id="facts that come again are no turns"),
    pytest.param("Minister: hull is sound", [Said("Minister", ":", "hull is sound")], id="headline"),
    pytest.param("Police – Boat found empty", [Said("Police", "–", "Boat found empty")], id="headline with a dash"),
    pytest.param("Read more: the hull is sound", [], id="a label is no speaker"),
    pytest.param(
        "“This pier is for all.”\n— Commissioner Hal Brody",
        [Said("Commissioner Hal Brody", "—", "“This pier is for all.”")],
        id="signed on the next line",
    ),
    pytest.param(
        "“No grant was ever promised.” – Ministry of Sport",
        [Said("Ministry of Sport", "–", "“No grant was ever promised.”")],
        id="signed on the same line",
    ),
    pytest.param(
        "“This pier is for all of us.”\n\n-- Hal Brody, a diver",
        [Said("Hal Brody", "--", "“This pier is for all of us.”")],
        id="signed behind two hyphens",
    ),
    pytest.param(
        "“This pier is for all of us.” ― Hal Brody\n\n“Never was it mine at all.”― Ida Roon",
        [Said("Hal Brody", "―", "“This pier is for all of us.”"), Said("Ida Roon", "―", "“Never was it mine at all.”")],
        id="signed behind a horizontal bar",
    ),
    pytest.param(
        "so the pier is shut again, lol\n\n― jojo roon (@jojo_7) June 4, 2026",
        [Said("jojo roon", "―", "so the pier is shut again, lol")],
        id="a post signed below",
    ),
    pytest.param("The pier is shut again.\n\n― Ida Roon", [], id="a byline below signs nothing"),
    pytest.param(
        "Mayor Holt added:\n\n“The pier is ours. It will stay.”",
        [Said("Mayor Holt", "added", "“The pier is ours. It will stay.”")],
        id="a line that leads into a quotation",
    ),
    pytest.param(
        "Mayor Holt provided the following statement:\n\nThe pier is ours. It will stay.\n\nIt rained.",
        [Said("Mayor Holt", "statement", "The pier is ours. It will stay.")],
        id="a line that leads into the next paragraph, and no further",
    ),
    pytest.param(
        "Read Mayor Holt’s full statement:\n\n“The pier is ours. It will stay.”",
        [Said("Mayor Holt", "statement", "“The pier is ours. It will stay.”")],
        id="whose statement it is",
    ),
    pytest.param("These roads are closed:\n\nThe coast road.", [], id="a colon that leads into no speech"),
    pytest.param(
        "“We came in spring,” Ada Quill said. “There was nothing but reeds.\n\n“By autumn we had a roof.”",
        [
            Said(
                "Ada Quill", "said", "“We came in spring,” … “There was nothing but reeds. … “By autumn we had a roof.”"
            )
        ],
        id="over two paragraphs",
    ),
    pytest.param(
        "“We came in spring.\n\n“By autumn we had a roof,” Ada Quill said.",
        [Said("Ada Quill", "said", "“We came in spring. … “By autumn we had a roof,”")],
        id="over two paragraphs, the speaker last",
    ),
    pytest.param(
        "“The gate was open all night, the watchman told the inquest.",
        [Said("the watchman", "told", "“The gate was open all night")],
        id="a mark missing",
    ),
]

SILENCE = [
    "The reported session was held in June.",
    "Which said nothing at all.",
    "He was being asked about it.",
    "The mayor had taken a more aggressive stance.",
    "Twelve men accused of theft went free.",
    "The order tells the operators nothing.",
    "She never said that the hull was sound.",
]


@pytest.mark.parametrize(("text", "expected"), [*ORDERS, *CARRIERS, *UNSOURCED, *SHAPES])
def test_who_says_what(text: str, expected: list[Said]) -> None:
    """Each form of saying gives its attributions, and no others."""
    assert tagged(text) == expected


@pytest.mark.parametrize("text", SILENCE)
def test_nobody_speaks(text: str) -> None:
    """Sentences with a reporting verb in which nobody reports anything."""
    assert tagged(text) == []


def test_surnames_and_outlets_are_named_by_their_place() -> None:
    """A bare surname that speaks is a person, an outlet that is told is an organisation, wherever they stand again."""
    text = "Zoldane told the Lantern that the dredger was late. The Lantern was printed before Zoldane came."
    found = RuleTagger().tag(text, sentences(text)).names
    assert [(n.span.of(text), n.type) for n in found] == [
        ("Zoldane", "person"),
        ("Lantern", "organisation"),
        ("Lantern", "organisation"),
        ("Zoldane", "person"),
    ]


WORDS = st.sampled_from(
    """said told the a that Fenn Lantern according to “ ” " ' , . : ; — ( ) who which citing as quoted saying by
    he officials report reports not was reportedly it is understood first Q A 1,000 @ \n \n\n""".split(" ")
)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
def test_spans_lie_in_the_text_whatever_it_is(text: str) -> None:
    """Every span of every tag starts before it ends, inside the text; content is never missing; twice the same."""
    tags = RuleTagger().tag(text, sentences(text))
    for index, one in enumerate(tags.attributions):
        assert one.content
        assert 0 <= one.score <= 1
        assert one.follows is None or 0 <= one.follows < index
        for span in (*one.source, *one.cue, *one.content, *one.via):
            assert 0 <= span.start < span.end <= len(text)
    assert all(a.end <= b.start for a, b in zip(tags.names, tags.names[1:], strict=False))
    assert RuleTagger().tag(text, sentences(text)) == tags
