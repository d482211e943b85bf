"""Who is who where the words of the articles say it: spokespeople, offices, papers, newsrooms, armies."""

from itertools import permutations

import pytest

from headwater.model import Article, SourceKind
from headwater.tracing.sources import is_own
from pages import Page, Story, page

WORKS = page(
    "a",
    "Kessel Works said so. Later Ida Moe, 40, nodded.",
    {"Kessel Works": "organisation", "Ida Moe": "person"},
    people={"Ida Moe": ()},
    bodies=["Kessel Works"],
)
MINISTERS = page(
    "a",
    "Oda Quill, Estmark's minister for waterways, said no. Ron Vell, the environment minister, agreed.",
    {"Oda Quill": "person", "Ron Vell": "person"},
    people={"Oda Quill": ["Estmark's minister for waterways"], "Ron Vell": ["environment minister"]},
)


def given(name: str, text: str, who: str, role: str, *bodies: str) -> Page:
    """A page in which one person is given a role and speaks."""
    return page(name, text, {who: "person"}, people={who: [role]}, bodies=bodies)


def paper(name: str, text: str, words: str, *bodies: str) -> Page:
    """A page that cites a document."""
    return page(name, text, {words: "document"}, bodies=bodies)


def house(name: str, text: str, words: str) -> Page:
    """A page in which a body speaks that no reader knew for a name."""
    return page(name, text, {words: "organisation"})


ADA = given(
    "b", "Ada Lund, a spokeswoman for Kessel Works, left.", "Ada Lund", "spokeswoman for Kessel Works", "Kessel Works"
)
BO = given("a", "Kessel Works spokesman Bo Lind left.", "Bo Lind", "Kessel Works spokesman", "Kessel Works")
BANK = given("b", "Eva Roe, a spokeswoman for Tolk Bank, left.", "Eva Roe", "spokeswoman for Tolk Bank", "Tolk Bank")
LUND = given("a", "Ada Lund, an adviser at Kessel Works, left.", "Ada Lund", "adviser", "Kessel Works")
ARMY = given("a", "Karelund army spokesman Bo Lind left.", "Bo Lind", "Karelund army spokesman")
MILITARY = given("b", "Ada Lund, a military spokeswoman, left.", "Ada Lund", "military spokeswoman")
OTHER_ARMY = given("b", "Ada Lund, the Estmark army spokeswoman, left.", "Ada Lund", "Estmark army spokeswoman")
MINISTRY = house("a", "The Karelunder health ministry said no.", "The Karelunder health ministry")
REPORT = paper("a", "The Kessel Works report says so.", "The Kessel Works report", "Kessel Works")
SURVEY = paper("c", "The Tolk Bank report says so.", "The Tolk Bank report", "Tolk Bank")
THE_REPORT = paper("b", "In the report they say so.", "the report")

RELATIONS: dict[str, tuple[list[Page], str, str, str]] = {
    "a spokeswoman and her house": ([WORKS, ADA], "Kessel Works", "Ada Lund", "doubtful"),
    "a spokeswoman and another house": ([WORKS, BANK], "Kessel Works", "Eva Roe", "two"),
    "a spokeswoman and a person": ([WORKS, ADA], "Ida Moe", "Ada Lund", "two"),
    "two who speak for one house": ([BO, ADA], "Bo Lind", "Ada Lund", "doubtful"),
    "two who speak for two houses": ([BO, BANK], "Bo Lind", "Eva Roe", "two"),
    "a spokeswoman of whom nobody says": (
        [WORKS, given("b", "Eva Roe, a spokeswoman, left.", "Eva Roe", "spokeswoman")],
        "Kessel Works",
        "Eva Roe",
        "doubtful",
    ),
    "a lawyer and whose he is": (
        [WORKS, given("b", "Moe's lawyer, Bo Lind, left.", "Bo Lind", "Moe's lawyer")],
        "Ida Moe",
        "Bo Lind",
        "doubtful",
    ),
    "a lawyer of somebody else": (
        [WORKS, given("b", "Vane's lawyer, Bo Lind, left.", "Bo Lind", "Vane's lawyer")],
        "Ida Moe",
        "Bo Lind",
        "two",
    ),
    "a spokesman in the words of the source alone": (
        [
            WORKS,
            page(
                "b",
                "Ms. Moe's spokesman, Bo Lind, left.",
                {"Ms. Moe's spokesman, Bo Lind": "person"},
                people={"Moe": (), "Bo Lind": ()},
            ),
        ],
        "Ida Moe",
        "Ms. Moe's spokesman, Bo Lind",
        "doubtful",
    ),
    "an adviser and the body behind the role": (
        [LUND, house("b", "Kessel Works said so.", "Kessel Works")],
        "Ada Lund",
        "Kessel Works",
        "doubtful",
    ),
    "somebody's office, and another person": (
        [WORKS, house("b", "Vane's office left.", "Vane's office")],
        "Ida Moe",
        "Vane's office",
        "two",
    ),
    "somebody's office, and that person": (
        [WORKS, house("b", "Moe's office left.", "Moe's office")],
        "Ida Moe",
        "Moe's office",
        "doubtful",
    ),
    "two offices": (
        [house("a", "Moe's office left.", "Moe's office"), house("b", "Vane's team left.", "Vane's team")],
        "Moe's office",
        "Vane's team",
        "two",
    ),
    "spokespeople of one army": ([ARMY, MILITARY], "Bo Lind", "Ada Lund", "doubtful"),
    "spokespeople of two armies": ([ARMY, OTHER_ARMY], "Bo Lind", "Ada Lund", "two"),
    "a possessive with and without its s": (
        [
            house("a", "Torvas' armed wing left.", "Torvas' armed wing"),
            house("b", "The Torvas’s armed wing left.", "The Torvas’s armed wing"),
        ],
        "Torvas' armed wing",
        "The Torvas’s armed wing",
        "one",
    ),
    "a ministry in an article all about its country": (
        [MINISTRY, house("b", "Karelund, for Karelund, in Karelund: the health ministry left.", "the health ministry")],
        "The Karelunder health ministry",
        "the health ministry",
        "one",
    ),
    "a ministry in an article about elsewhere": (
        [MINISTRY, house("b", "In Estmark the health ministry left.", "the health ministry")],
        "The Karelunder health ministry",
        "the health ministry",
        "doubtful",
    ),
    "an office that one person holds": (
        [MINISTERS, page("b", "The minister for waterways left.", {"The minister for waterways": "person"})],
        "Oda Quill",
        "The minister for waterways",
        "one",
    ),
    "an office in the words of a source": (
        [
            page(
                "a",
                "Estmark's minister for waterways, Oda Quill, left.",
                {"Estmark's minister for waterways, Oda Quill": "person"},
                people={"Oda Quill": ()},
            ),
            page("b", "The waterways minister left.", {"The waterways minister": "person"}),
        ],
        "Estmark's minister for waterways, Oda Quill",
        "The waterways minister",
        "one",
    ),
    "an office that two hold": (
        [MINISTERS, page("b", "The minister left.", {"The minister": "person"})],
        "Oda Quill",
        "The minister",
        "doubtful",
    ),
    "a deputy is not the minister": (
        [
            given("a", "Bo Lind, the deputy waterways minister, left.", "Bo Lind", "deputy waterways minister"),
            page("b", "The waterways minister left.", {"The waterways minister": "person"}),
        ],
        "Bo Lind",
        "The waterways minister",
        "doubtful",
    ),
    "some minister": (
        [MINISTERS, page("b", "A minister for waterways left.", {"A minister for waterways": "anonymous"})],
        "Oda Quill",
        "A minister for waterways",
        "doubtful",
    ),
    "title and name, read as nobody": (
        [
            MINISTERS,
            page(
                "b",
                "Then waterways minister Oda Quill left.",
                {"waterways minister Oda Quill": "anonymous"},
                people={"Oda Quill": ()},
            ),
        ],
        "Oda Quill",
        "waterways minister Oda Quill",
        "one",
    ),
    "a friend of somebody named": (
        [
            MINISTERS,
            page(
                "b",
                "Then a friend of Oda Quill left.",
                {"a friend of Oda Quill": "anonymous"},
                people={"Oda Quill": ()},
            ),
        ],
        "Oda Quill",
        "a friend of Oda Quill",
        "doubtful",
    ),
    "a paper by its subject, whoever's it is said to be": (
        [
            paper("a", "Estmark's annual flood assessment left.", "Estmark's annual flood assessment"),
            paper(
                "b",
                "The river agency’s 2025 annual flood assessment left.",
                "The river agency’s 2025 annual flood assessment",
            ),
        ],
        "Estmark's annual flood assessment",
        "The river agency’s 2025 annual flood assessment",
        "one",
    ),
    "a paper with its date and without": (
        [
            paper(
                "a",
                "The 24-page indictment released early Friday left.",
                "The 24-page indictment released early Friday",
            ),
            paper("b", "The indictment left.", "The indictment"),
        ],
        "The 24-page indictment released early Friday",
        "The indictment",
        "one",
    ),
    "the report of a story with one": ([REPORT, THE_REPORT], "The Kessel Works report", "the report", "one"),
    "the report of a story with two": (
        [REPORT, THE_REPORT, SURVEY],
        "The Kessel Works report",
        "the report",
        "doubtful",
    ),
    "the notice that an article described before": (
        [
            page(
                "a",
                "A contract notice hung there. The notice was new.",
                {"contract notice": "document", "The notice": "document"},
            )
        ],
        "contract notice",
        "The notice",
        "one",
    ),
    "the notice of another article": (
        [
            paper("a", "A contract notice hung there.", "contract notice"),
            paper("b", "The notice was new.", "The notice"),
        ],
        "contract notice",
        "The notice",
        "doubtful",
    ),
    "a report, whichever": (
        [REPORT, paper("b", "In a report they say so.", "a report")],
        "The Kessel Works report",
        "a report",
        "doubtful",
    ),
    "a paper and its author": (
        [
            WORKS,
            paper(
                "b", "A survey published by Kessel Works left.", "A survey published by Kessel Works", "Kessel Works"
            ),
        ],
        "Kessel Works",
        "A survey published by Kessel Works",
        "doubtful",
    ),
    "a paper and one of its author's people": (
        [LUND, paper("b", "The Kessel Works survey left.", "The Kessel Works survey", "Kessel Works survey")],
        "Ada Lund",
        "The Kessel Works survey",
        "doubtful",
    ),
    "somebody's letter, and another": (
        [WORKS, paper("b", "A letter from the insurers hung there.", "A letter from the insurers")],
        "Ida Moe",
        "A letter from the insurers",
        "two",
    ),
    "a letter, and somebody": (
        [WORKS, paper("b", "A letter hung there.", "A letter")],
        "Ida Moe",
        "A letter",
        "doubtful",
    ),
    "a record told in the same words": (
        [
            paper("a", "A record of a closed meeting hung there.", "A record of a closed meeting"),
            paper("b", "Here is the record of a closed meeting.", "the record of a closed meeting"),
        ],
        "A record of a closed meeting",
        "the record of a closed meeting",
        "one",
    ),
    "an outlet read as a paper": (
        [
            page("a", "The Harbour Post left.", {"The Harbour Post": "outlet"}),
            paper("b", "Then Harbour Post left.", "Harbour Post"),
        ],
        "The Harbour Post",
        "Harbour Post",
        "one",
    ),
    "a given name spelled in two ways": (
        [
            page("a", "Binyamin Oster left.", {"Binyamin Oster": "person"}, people={"Binyamin Oster": ()}),
            page("b", "Then Benjamin Oster left.", {"Benjamin Oster": "person"}, people={"Benjamin Oster": ()}),
        ],
        "Binyamin Oster",
        "Benjamin Oster",
        "doubtful",
    ),
    "two of one family": (
        [
            page("a", "Rolf Oster left.", {"Rolf Oster": "person"}, people={"Rolf Oster": ()}),
            page("b", "Then Maren Oster left.", {"Maren Oster": "person"}, people={"Maren Oster": ()}),
        ],
        "Rolf Oster",
        "Maren Oster",
        "two",
    ),
    "officials, and somebody named": (
        [WORKS, page("b", "Then officials left.", {"officials": "anonymous"})],
        "Ida Moe",
        "officials",
        "doubtful",
    ),
    "officials of a place, and somebody named": (
        [WORKS, page("b", "Then officials in Karelund left.", {"officials in Karelund": "anonymous"})],
        "Ida Moe",
        "officials in Karelund",
        "two",
    ),
    "two officials, and somebody named": (
        [WORKS, page("b", "Then two officials left.", {"two officials": "anonymous"})],
        "Ida Moe",
        "two officials",
        "two",
    ),
    "a paper and somebody else": ([WORKS, SURVEY], "Kessel Works", "The Tolk Bank report", "two"),
    "a newspaper's article": (
        [
            page("a", "The Morning Ledger left.", {"The Morning Ledger": "outlet"}),
            paper("b", "A Ledger article left.", "Ledger article"),
        ],
        "The Morning Ledger",
        "Ledger article",
        "one",
    ),
    "unnamed people and who reached them": (
        [
            page(
                "a",
                "Two divers told Ida Moe.",
                {"Two divers": "anonymous", "Ida Moe": "person"},
                people={"Ida Moe": ()},
                via={"Two divers": "Ida Moe"},
            )
        ],
        "Two divers",
        "Ida Moe",
        "doubtful",
    ),
}


@pytest.mark.parametrize(("pages", "left", "right", "expected"), RELATIONS.values(), ids=list(RELATIONS))
def test_relation(pages: list[Page], left: str, right: str, expected: str) -> None:
    """Two are one where the words say so, doubtful where nothing shows a difference, else two; in any order."""
    for order in permutations(pages):
        assert Story(order).relation(left, right) == expected


def test_one_name_read_as_a_person_and_as_a_body() -> None:
    """One name is one source, whatever readers took it for."""
    story = Story(
        [WORKS, page("b", "Then Kessel Works replied.", {"Kessel Works": "person"}, people={"Kessel Works": ()})]
    )
    assert len(story.of("Kessel Works")) == 1


def test_an_outlets_own_people_carry() -> None:
    """Reporters who stand as the Ledger's, one or several, pass on what others know."""
    names = ["Ken Roe", "Lin Vane", "Ada Lund"]
    voices: dict[str, SourceKind] = {"Harbour Ledger": "outlet", **dict.fromkeys(names, "person")}
    text = "The Harbour Ledger's Ken Roe and Lin Vane wrote; Ada Lund did not."
    story = Story([page("a", text, voices, people=dict.fromkeys(names, ()), bodies=["Harbour Ledger"])])
    kinds = {s.name: s.kind for s in story.people.values()}
    assert [kinds[name] for name in names] == ["journalist", "journalist", "person"]


def test_bare_officials_are_no_bridge() -> None:
    """Bare officials may be of two groups that one carrier reached: the groups stay two."""
    unnamed = ["port officials", "ministry officials", "Officials"]
    voices: dict[str, SourceKind] = {"the Ledger": "outlet", **dict.fromkeys(unnamed, "anonymous")}
    text = "Told the Ledger: port officials, ministry officials. Officials left."
    story = Story([page("a", text, voices, via=dict.fromkeys(unnamed, "the Ledger"))])
    assert len({i for words in unnamed for i in story.of(words)}) == 3


def test_nobody_unnamed_is_in_maybe_same() -> None:
    """Unnamed people may be joined later: what is known of the others never names them, and is known of both sides."""
    for pages, *_ in RELATIONS.values():
        people = Story(pages).people
        for source in people.values():
            assert all(source.id in people[other].maybe_same for other in source.maybe_same)
            assert all(people[other].kind != "anonymous" for other in source.maybe_same)


@pytest.mark.parametrize(
    ("outlet", "name", "expected"),
    [
        ("Harbour Ledger (Web News)", "the Harbour Ledger", True),
        ("Harbour Ledger - News", "Harbour Ledger", True),
        ("Ledger Online News", "the Ledger", True),
        ("www.harbourledger.co.uk", "Harbour Ledger", True),
        ("hledger.com", "Harbour Ledger", True),
        ("ohl.org", "Old Harbour Ledger", True),
        ("ohlnews.com", "Old Harbour Ledger", True),
        ("ohl.org", "Old Harbour Post", False),
        ("https://news.ledger.com/story", "the Ledger", True),
        ("ledger.com", "Morning Post", False),
    ],
)
def test_an_outlet_known_by_host_or_section(outlet: str, name: str, expected: bool) -> None:
    """An outlet's name may bear a section, or be a host; its own name in full is found in both."""
    assert is_own(Article(id="a", text="", outlet=outlet), name) is expected


def test_a_body_with_a_site_of_its_own_is_no_carrier() -> None:
    """What a body publishes on its own site it says itself."""
    told = page(
        "a",
        "Old Harbour League said so.",
        {"Old Harbour League": "organisation"},
        bodies=["Old Harbour League"],
        outlet="www.ohl.org",
    )
    (league,) = Story([told]).people.values()
    assert league.kind == "organisation"
