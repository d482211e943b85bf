"""Who is who among the sources of a story: descriptions, doubts, newsrooms, and one Source for one person."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.lexicon import WRITER
from headwater.model import (
    Article,
    Attribution,
    Copy,
    Entity,
    Passage,
    Place,
    Quotation,
    Reading,
    Role,
    Source,
    SourceKind,
    Span,
    Variant,
)
from headwater.tracing.sources import (
    describe,
    doubts,
    identify,
    is_own,
    joined_by_quotations,
    may_be_same,
    own_names,
    plain,
)

DESCRIPTIONS = {
    "two senior ministry officials": ("official", {"senior", "ministry"}, set(), True),
    "A senior ministry official": ("official", {"senior", "ministry"}, set(), False),
    "the official who was briefed on the matter": ("official", set(), set(), False),
    "three people familiar with the plan": ("person", set(), set(), True),
    "a Karelund harbour pilot": ("pilot", {"karelund", "harbour"}, {"karelund"}, False),
    "U.S. officials": ("official", {"us"}, {"us"}, True),
    "multiple military sources": ("source", {"military"}, set(), True),
    "police sources": ("source", {"police"}, set(), True),
    "an engineer": ("engineer", set(), set(), False),
    "the harbour log of 3 March": ("log", {"harbour"}, set(), False),
    "": ("", set(), set(), False),
}


@pytest.mark.parametrize(("name", "expected"), DESCRIPTIONS.items(), ids=list(DESCRIPTIONS))
def test_describe(name: str, expected: tuple[str, set[str], set[str], bool]) -> None:
    """A description has a head noun, what else it says, the proper names in it, and whether it is of more than one."""
    found = describe(name)
    assert (found.head, set(found.traits), set(found.proper), found.plural) == expected


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("The Harbour Ledger", "harbour ledger"),
        ("HARBOUR-LEDGER.COM", "harbour ledger"),
        ("Kessel Works, Inc.", "kessel works"),
        ("  ", ""),
        ("Žižkov’s", "žižkov s"),
    ],
)
def test_plain(name: str, form: str) -> None:
    """Names are compared without case, marks, leading article and legal form."""
    assert plain(name) == form


ROLES = {
    "e-quill": Entity(
        id="e-quill", name="Oda Quill", type="person", roles=(Role("harbour master of Kessel", "a", 0, 5),)
    ),
    "e-moe": Entity(
        id="e-moe", name="Ada Moe", type="person", roles=(Role("a spokeswoman for Kessel Works", "a", 0, 5),)
    ),
    "e-vell": Entity(id="e-vell", name="Ron Vell", type="person", roles=(Role("governor", "a", 0, 5),)),
    "e-works": Entity(id="e-works", name="Kessel Works", type="organisation"),
    "e-estmark": Entity(id="e-estmark", name="Estmark", type="place"),
}


def who(name: str, kind: SourceKind, entity: str | None = None, number: int | None = None) -> Source:
    """A source with an id of its own."""
    return Source(id=f"{kind} {name}", name=name, kind=kind, entity=entity, number=number)


QUILL = who("Oda Quill", "person", "e-quill")
MOE = who("Ada Moe", "person", "e-moe")
VELL = who("Ron Vell", "person", "e-vell")
WORKS = who("Kessel Works", "organisation", "e-works")

PAIRS = {
    "two named people": (QUILL, MOE, False),
    "a spokeswoman and her house": (MOE, WORKS, True),
    "a person and another's house": (QUILL, WORKS, False),
    "unnamed, both general": (who("a senior official", "anonymous"), who("a source", "anonymous"), True),
    "unnamed, one general": (who("an engineer", "anonymous"), who("a source", "anonymous"), True),
    "unnamed, particular and unlike": (who("an engineer", "anonymous"), who("a lawyer", "anonymous"), False),
    "unnamed, particular, one a vague plural": (who("an engineer", "anonymous"), who("lawyers", "anonymous"), True),
    "unnamed, of two countries": (
        who("a senior Estmark official", "anonymous"),
        who("a senior Karelund official", "anonymous"),
        False,
    ),
    "unnamed, of one country": (
        who("a senior Estmark official", "anonymous"),
        who("an official of the Estmark navy", "anonymous"),
        True,
    ),
    "a role that is told": (who("a harbour official", "anonymous"), QUILL, True),
    "one office holder of no known office": (who("the district’s top doctor", "anonymous"), QUILL, True),
    "one office holder of another office": (who("a lawyer", "anonymous"), VELL, False),
    "several office holders": (who("three judges of the court", "anonymous", number=3), VELL, False),
    "a vague plural and somebody named": (who("officials", "anonymous"), VELL, True),
    "unnamed people and a house": (who("three judges", "anonymous", number=3), WORKS, False),
    "papers that share a head": (who("the indictment", "document"), who("an indictment of Vell", "document"), True),
    "papers that share nothing": (who("the flood log", "document"), who("a gate survey", "document"), False),
    "papers, one said in general": (who("a document", "document"), who("a gate survey", "document"), True),
    "papers, general, of unlike things": (who("court records", "document"), who("a gate survey", "document"), False),
    "a paper named after its author": (who("Quill’s survey, by Oda Quill", "document"), QUILL, True),
    "a statement is somebody speaking": (who("a statement", "document"), QUILL, True),
    "a paper of another": (who("the flood log", "document"), QUILL, False),
    "a paper and unnamed people": (who("the flood log", "document"), who("an engineer", "anonymous"), False),
    "nobody said and somebody": (who("reports", "unspecified"), QUILL, True),
    "nobody said and a paper": (who("reports", "unspecified"), who("the flood log", "document"), True),
    "a body nobody knows and a person": (who("the council", "organisation"), QUILL, True),
    "a body nobody knows, and unnamed people": (who("the council", "organisation"), who("an aide", "anonymous"), True),
    "a capital for its government": (who("Estmark", "organisation", "e-estmark"), WORKS, True),
    "two bodies": (WORKS, who("Tolk Bank", "organisation", "e-bank"), False),
    "two outlets": (who("The Ledger", "outlet"), who("Coastwire", "outlet"), False),
    "a person described and unnamed people": (who("the mayor", "person"), who("three judges", "anonymous"), True),
}


@pytest.mark.parametrize(("a", "b", "expected"), PAIRS.values(), ids=list(PAIRS))
def test_may_be_same(a: Source, b: Source, expected: bool) -> None:
    """Whether nothing shows that two are different, whichever is asked of first."""
    assert may_be_same(a, b, ROLES) is expected
    assert may_be_same(b, a, ROLES) is expected


KINDS: list[SourceKind] = ["person", "organisation", "document", "outlet", "journalist", "anonymous", "unspecified"]
NAMES = [
    *DESCRIPTIONS,
    "Oda Quill",
    "Ada Moe",
    "Kessel Works",
    "the council",
    "a statement by Oda Quill",
    "Estmark",
    "reports",
]
ANYBODY = st.builds(
    lambda name, kind, entity, number: who(name, kind, entity, number),
    st.sampled_from(NAMES),
    st.sampled_from(KINDS),
    st.sampled_from([None, *ROLES]),
    st.sampled_from([None, 1, 3]),
)


@given(ANYBODY, ANYBODY)
def test_doubt_is_symmetric(a: Source, b: Source) -> None:
    """Who may be whom does not depend on the order; doubts name both sides, never a source itself."""
    assert may_be_same(a, b, ROLES) is may_be_same(b, a, ROLES)
    found = doubts([(a, b)], ROLES)
    assert found == doubts([(b, a)], ROLES)
    assert found == ({a.id: (b.id,), b.id: (a.id,)} if a.id != b.id and may_be_same(a, b, ROLES) else {})


OWN = {
    "whole name": (Article(id="a", text="", outlet="Morning Ledger"), "The Morning Ledger", True),
    "short name": (Article(id="a", text="", outlet="Morning Ledger"), "the Ledger", True),
    "too short a name": (Article(id="a", text="", outlet="The Old Morning Ledger"), "the Ledger", False),
    "another's": (Article(id="a", text="", outlet="Morning Ledger"), "Morning Post", False),
    "longer than its own": (Article(id="a", text="", outlet="Ledger"), "Morning Ledger", False),
    "a file named after it": (Article(id="02_morning-ledger", text=""), "Morning Ledger", True),
    "a file with a hash": (Article(id="coastwire_06e229d54b13", text=""), "Coastwire", True),
    "its writer": (Article(id="a", text="", outlet="Ledger", byline="By Oda Quill and Ada Moe"), "Ada Moe", True),
    "one word of a byline": (Article(id="a", text="", outlet="Ledger", byline="By Oda Quill"), "Quill", False),
    "no name": (Article(id="a", text="", outlet="Ledger"), "…", False),
    "no id to speak of": (Article(id="__", text=""), "Ledger", False),
}


@pytest.mark.parametrize(("article", "name", "expected"), OWN.values(), ids=list(OWN))
def test_is_own(article: Article, name: str, expected: bool) -> None:
    """An article's newsroom is known by its outlet, its file's name or its byline, in full or without a first word."""
    assert is_own(article, name) is expected


def test_own_names_prefer_the_outlet() -> None:
    """A known outlet is the name, whatever the file is called."""
    assert own_names(Article(id="coastwire", text="", outlet="The Ledger")) == ("ledger",)


# Stories -------------------------------------------------------------------------------------------------------------


class Told:
    """An article with its reading, made of the sources that it names in turn, each one attribution.

    A name twice is one source. ``through`` names whom the words came through, outermost first.
    """

    def __init__(self, name: str, *, outlet: str | None = None, byline: str | None = None) -> None:
        self.article = Article(id=name, text="x" * 2000, outlet=outlet, byline=byline)
        self.sources: dict[str, Source] = {}
        self.attributions: list[Attribution] = []

    def source(
        self,
        name: str,
        kind: SourceKind,
        *,
        entity: str | None = None,
        reached: str | None = None,
        number: int | None = None,
    ) -> str:
        """The id of a source by name, made when new; its place is its order in the article."""
        here = self.article.id
        if name not in self.sources:
            at = 10 * len(self.sources)
            self.sources[name] = Source(
                id=f"{here}/{name}",
                name=name,
                kind=kind,
                entity=f"{here}/{entity}" if entity else None,
                reached_by=reached or (here if kind == "anonymous" else None),
                number=number,
                mentions=(Place(here, at, at + 5),),
            )
        return self.sources[name].id

    def says(
        self,
        name: str,
        kind: SourceKind,
        *,
        entity: str | None = None,
        through: Sequence[tuple[str, SourceKind]] = (),
        number: int | None = None,
    ) -> "Told":
        """With one more attribution."""
        via = tuple(self.source(n, k) for n, k in through)
        source = self.source(
            name, kind, entity=entity, reached=via[-1] if via and kind == "anonymous" else None, number=number
        )
        number = len(self.attributions)
        self.attributions.append(
            Attribution(
                id=f"{self.article.id}-{number}",
                article=self.article.id,
                source=source,
                via=via,
                via_spans=tuple(Span(1000 + n, 1001 + n) for n, _ in enumerate(via)),
            )
        )
        return self

    @property
    def reading(self) -> Reading:
        """What a reader would have made of it."""
        return Reading(id=self.article.id, sources=tuple(self.sources.values()), attributions=tuple(self.attributions))


def story(*told: Told, copies: Sequence[Copy] = ()) -> tuple[dict[str, Source], dict[str, list[tuple[str, ...]]]]:
    """The Sources by id, and for each article the chains of names, outermost first, of its attributions."""
    entities = {s.entity: s.entity.split("/")[1] for t in told for s in t.sources.values() if s.entity}
    people, readings = identify([t.article for t in told], [t.reading for t in told], entities, copies)
    by_id = {s.id: s for s in people}
    chains = {r.id: [(*a.via, a.source or "") for a in r.attributions] for r in readings}
    return by_id, chains


def test_one_person_in_three_articles() -> None:
    """A named person is one Source however articles name him or her, by the fullest name."""
    people, chains = story(
        Told("a").says("Oda Quill", "person", entity="quill"),
        Told("b").says("Ms Quill", "person", entity="quill"),
        Told("c").says("Harbour master Oda Marie Quill", "person", entity="quill"),
    )
    assert {c for row in chains.values() for c in row} == {(next(iter(people)),)}
    (quill,) = people.values()
    assert quill.name == "Harbour master Oda Marie Quill"
    assert {m.article for m in quill.mentions} == {"a", "b", "c"}


@pytest.mark.parametrize(("bodies", "expected"), [(2, "organisation"), (1, "person")], ids=["most", "half"])
def test_a_body_that_one_article_takes_for_a_person(bodies: int, expected: str) -> None:
    """What speaks is of the kind that most mentions take it for; of equals a person."""
    told = [Told(f"b{n}").says("Kessel", "organisation", entity="kessel") for n in range(bodies)]
    people, _ = story(Told("a").says("Kessel", "person", entity="kessel"), *told)
    assert [s.kind for s in people.values()] == [expected]


def test_two_people_stay_two() -> None:
    """Two entities are two Sources, and two papers of different things are."""
    people, _ = story(
        Told("a").says("Oda Quill", "person", entity="quill").says("the flood log", "document"),
        Told("b").says("Ada Moe", "person", entity="moe").says("a gate survey", "document"),
    )
    assert len(people) == 4


def test_one_paper_in_two_articles() -> None:
    """A document described alike is one; one that nothing describes is each article's own."""
    people, chains = story(
        Told("a").says("the council’s flood log", "document").says("a document", "document"),
        Told("b").says("a flood log of the council", "document").says("a document", "document"),
        Told("c").says("the council flood log", "document"),
    )
    assert chains["a"][0] == chains["c"][0]
    assert chains["a"][1] != chains["b"][1]
    assert {people[c].kind for row in chains.values() for (c,) in row} == {"document"}


ROE: tuple[str, SourceKind] = ("Ken Roe", "journalist")


def test_unnamed_people_through_one_reporter_are_one() -> None:
    """Whoever prints it: people of one description that one reporter reached are one Source, and belong to him."""
    people, chains = story(
        Told("a").says("three military sources", "anonymous", through=[ROE]),
        Told("b").says("military sources", "anonymous", through=[ROE]),
        Told("c").says("a senior aide", "anonymous", through=[ROE]),
    )
    assert chains["a"] == chains["b"]
    assert chains["a"] != chains["c"]
    unnamed = people[chains["a"][0][-1]]
    assert unnamed.name == "three military sources"
    assert unnamed.reached_by == chains["a"][0][0]
    assert people[chains["a"][0][0]].name == "Ken Roe"


def test_bare_sources_are_the_credited_reporters() -> None:
    """Bare "sources" in an article that speaks of a reporter's people already are these people."""
    _, chains = story(
        Told("a").says("three military sources", "anonymous", through=[ROE]),
        Told("b").says("military sources", "anonymous", through=[ROE]).says("the sources", "anonymous"),
    )
    assert chains["b"][1][-1] == chains["a"][0][-1]


def test_bare_sources_stay_apart_where_nobody_is_credited() -> None:
    """Bare "sources" of an article that credits nobody are its own."""
    people, chains = story(
        Told("a").says("three military sources", "anonymous", through=[ROE]), Told("b").says("sources", "anonymous")
    )
    assert chains["b"][0][-1] != chains["a"][0][-1]
    assert people[chains["b"][0][-1]].reached_by == "b"


def test_one_person_is_not_several() -> None:
    """A source and sources of one description are two; where the numbers disagree, how many there are is unknown."""
    people, chains = story(
        Told("a").says("three military sources", "anonymous", through=[ROE], number=3),
        Told("b").says("a military source", "anonymous", through=[ROE]),
    )
    assert chains["a"] != chains["b"]
    assert people[chains["a"][0][-1]].number == 3
    people, chains = story(
        Told("a").says("three military sources", "anonymous", through=[ROE], number=3),
        Told("b").says("military sources", "anonymous", through=[ROE]),
        Told("c").says("two military sources", "anonymous", through=[ROE], number=2),
    )
    assert {people[row[0][-1]].number for row in chains.values()} == {None}


def test_sources_that_are_counted_anew_are_others() -> None:
    """Bare "several sources" are not those a reporter is credited with, nor are any of whom nothing was said before."""
    roe = Told("a").says("three military sources", "anonymous", through=[ROE])
    _, chains = story(
        roe, Told("b").says("military sources", "anonymous", through=[ROE]).says("several sources", "anonymous")
    )
    assert chains["b"][1][-1] != chains["a"][0][-1]
    _, chains = story(roe, Told("b").says("Ken Roe", "journalist").says("sources", "anonymous"))
    assert chains["b"][1][-1] != chains["a"][0][-1]


def test_two_newsrooms_with_officials_of_their_own_stay_apart() -> None:
    """Word for word the same description is no proof that it is the same person."""
    people, chains = story(
        Told("a", outlet="Ledger").says("a senior official", "anonymous"),
        Told("b", outlet="Coastwire").says("a senior official", "anonymous"),
    )
    assert chains["a"] != chains["b"]
    assert {people[row[0][-1]].reached_by for row in chains.values()} == {"a", "b"}


def test_shared_text_makes_unnamed_people_one() -> None:
    """The same words about an unnamed person inside shared text are about the same person."""
    one, other = (Told(n, outlet=n).says("a senior official", "anonymous") for n in ("ledger", "coastwire"))
    shared = Passage(left=Place("coastwire", 0, 100), right=Place("ledger", 0, 100), same=20, words=20)
    copy = Copy(
        earlier="coastwire",
        later="ledger",
        share=0.9,
        directed=True,
        passages=(shared,),
        share_of_earlier=0.9,
        basis="published",
        kind="reprint",
    )
    _, chains = story(one, other, copies=[copy])
    assert chains["ledger"] == chains["coastwire"]
    stranger = Told("ledger", outlet="ledger").says("an aide", "anonymous")
    _, chains = story(stranger, other, copies=[copy])
    assert chains["ledger"] != chains["coastwire"]
    outside = replace(copy, passages=(replace(shared, left=Place("coastwire", 50, 100)),))
    _, chains = story(one, other, copies=[outside])
    assert chains["ledger"] != chains["coastwire"]


def test_short_name_of_an_outlet() -> None:
    """A short name, "the Ledger", is the Morning Ledger where only one outlet of the story ends so."""
    morning = Told("a").says("Morning Ledger", "outlet")
    short = Told("b").says("the Ledger", "outlet")
    people, chains = story(morning, short)
    assert chains["a"] == chains["b"]
    assert len(people) == 1
    people, chains = story(morning, short, Told("c").says("Evening Ledger", "outlet"))
    assert len({row[0] for row in chains.values()}) == 3


def test_an_outlet_known_by_entity_and_not() -> None:
    """The same name is the same outlet, also where only one article's reader knew it for a name."""
    _, chains = story(
        Told("a").says("The Ledger", "outlet", entity="ledger"), Told("b").says("the Ledger", "outlet", entity=None)
    )
    assert chains["a"] == chains["b"]


def test_a_body_is_not_every_body_that_ends_so() -> None:
    """Only outlets are called by their last word: "the Council" need not be the City Council."""
    _, chains = story(Told("a").says("the Council", "organisation"), Told("b").says("City Council", "organisation"))
    assert chains["a"] != chains["b"]


def test_short_name_does_not_depend_on_who_is_first() -> None:
    """Nor where one article takes the short name for an outlet's and another for a body's."""
    told = [
        Told("a").says("the Ledger", "organisation"),
        Told("b").says("the Ledger", "outlet"),
        Told("c").says("Morning Ledger", "outlet"),
    ]
    assert story(*told) == story(*reversed(told))
    assert len({row[0] for row in story(*told)[1].values()}) == 1


def test_writer_in_the_first_person() -> None:
    """The "me" of "told me" is the byline's writer; without a byline the one journalist credited; else nobody known."""
    _, chains = story(
        Told("a", byline="By Ken Roe").says("Ken Roe", "journalist").says(WRITER, "journalist"),
        Told("b").says("Ken Roe", "journalist").says(WRITER, "journalist"),
        Told("c").says("Ken Roe", "journalist").says("Lin Vane", "journalist").says(WRITER, "journalist"),
    )
    assert chains["a"][0] == chains["a"][1] == chains["b"][1]
    assert chains["c"][2] not in (chains["c"][0], chains["c"][1], chains["b"][1])


def test_a_newspaper_without_a_name() -> None:
    """It is the one outlet that its article credits by name; alone it is nobody in particular."""
    people, chains = story(
        Told("a").says("Coastwire", "outlet").says("the newspaper", "outlet"),
        Told("b").says("a newspaper", "outlet"),
        Told("c").says("a newspaper", "outlet"),
        Told("d").says("Coastwire", "outlet").says("Karelund Post", "outlet").says("the newspaper", "outlet"),
    )
    assert chains["a"][0] == chains["a"][1]
    assert chains["b"] != chains["c"]
    assert chains["d"][2] not in chains["d"][:2]
    assert {people[chains[c][0][0]].kind for c in "bc"} == {"unspecified"}


def test_the_articles_own_outlet_is_no_carrier() -> None:
    """In the Ledger, "told the Ledger" names nobody whom the words came through; elsewhere it does."""
    through: list[tuple[str, SourceKind]] = [("the Ledger", "outlet")]
    _, chains = story(
        Told("a", outlet="Morning Ledger").says("Oda Quill", "person", entity="quill", through=through),
        Told("b", outlet="Coastwire").says("Oda Quill", "person", entity="quill", through=through),
    )
    assert len(chains["a"][0]) == 1
    assert len(chains["b"][0]) == 2


def test_unnamed_people_of_a_newsroom_credited_by_name() -> None:
    """The Ledger's own engineers are those whom another article has from the Ledger."""
    _, chains = story(
        Told("a", outlet="Morning Ledger")
        .says("three engineers", "anonymous")
        .says("Oda Quill", "person", entity="quill", through=[("the Ledger", "outlet")]),
        Told("b", outlet="Coastwire").says("three engineers", "anonymous", through=[("the Morning Ledger", "outlet")]),
    )
    assert chains["a"][0][-1] == chains["b"][0][-1]


def crowd() -> list[Told]:
    """A story with every kind of source, and every rule that joins them."""
    return [
        Told("a", outlet="Morning Ledger", byline="Ken Roe")
        .says("three military sources", "anonymous")
        .says(WRITER, "journalist")
        .says("Oda Quill", "person", entity="quill", through=[("the Ledger", "outlet")])
        .says("a document", "document"),
        Told("b", outlet="Coastwire")
        .says("military sources", "anonymous", through=[("Ken Roe", "journalist"), ("the Ledger", "outlet")])
        .says("the sources", "anonymous")
        .says("Ms Quill", "person", entity="quill")
        .says("the flood log", "document"),
        Told("c")
        .says("Ken Roe", "journalist")
        .says(WRITER, "journalist")
        .says("the newspaper", "outlet")
        .says("the Ledger", "organisation")
        .says("a flood log", "document")
        .says("a senior official", "anonymous"),
        Told("d", outlet="Karelund Ledger")
        .says("reports", "unspecified")
        .says("a senior official", "anonymous")
        .says("Kessel Works", "organisation", entity="works")
        .says("Kessel Works", "organisation"),
    ]


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(shuffle: random.Random) -> None:
    """The same Sources and chains whatever the order of articles, readings and sources."""
    told = crowd()
    expected = story(*told)
    shuffle.shuffle(told)
    for one in told:
        rows = list(one.sources.items())
        shuffle.shuffle(rows)
        one.sources = dict(rows)
    assert story(*told) == expected


def test_nothing_is_lost() -> None:
    """Every local source is in a Source with all its mentions, ids stand in order, unnamed people have a newsroom."""
    told = crowd()
    people, chains = story(*told)
    assert list(people) == sorted(people)
    mentions = {m for s in people.values() for m in s.mentions}
    assert mentions == {m for t in told for s in t.sources.values() for m in s.mentions}
    assert all(s in people for rows in chains.values() for chain in rows for s in chain)
    assert all((s.reached_by is None) == (s.kind != "anonymous") for s in people.values())
    assert all(s.reached_by in {*people, *"abcd"} for s in people.values() if s.reached_by)


def test_no_source_is_in_its_own_chain() -> None:
    """Nobody has words through himself or twice through one carrier."""
    _, chains = story(*crowd())
    assert all(len(set(chain)) == len(chain) for rows in chains.values() for chain in rows)


def said(*speakers: str) -> tuple[Quotation, Mapping[str, str]]:
    """One quotation printed once a speaker."""
    variants = tuple(
        Variant(article=f"a{n}", spans=(Span(0, 5),), attribution=f"x{n}", relation="verbatim")
        for n in range(len(speakers))
    )
    return Quotation(id="q", speaker=speakers[0], variants=variants), {f"x{n}": s for n, s in enumerate(speakers)}


SPEAKERS = {
    "roe": Source(id="roe", name="Ken Roe", kind="journalist"),
    "aide": Source(id="aide", name="a senior council press aide", kind="anonymous", reached_by="a0"),
    "official": Source(id="official", name="a senior navy official", kind="anonymous", reached_by="roe"),
    "source": Source(id="source", name="a source", kind="anonymous", reached_by="a2"),
    "quill": Source(id="quill", name="Oda Quill", kind="person"),
}


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        pytest.param(("aide", "official"), {"aide": "official"}, id="whom a carrier is known for leads"),
        pytest.param(("aide", "source", "official"), {"aide": "official", "source": "official"}, id="three"),
        pytest.param(("aide", "aide"), {}, id="one already"),
        pytest.param(("aide", "quill"), {}, id="somebody named is not unnamed"),
        pytest.param(("aide", "quill", "source"), {}, id="somebody named among the unnamed"),
        pytest.param(("aide",), {}, id="one printing"),
    ],
)
def test_unnamed_speakers_of_one_quotation_are_one(speakers: tuple[str, ...], expected: dict[str, str]) -> None:
    """Unnamed people who speak the same words are one Source, whatever the order of the printings."""
    for order in (speakers, speakers[::-1]):
        quotation, source_of = said(*order)
        assert joined_by_quotations([quotation], SPEAKERS, source_of.get) == expected


def test_speakers_are_joined_across_quotations() -> None:
    """Two quotations with a speaker in common make one of three."""
    (one, of_one), (two, of_two) = said("aide", "source"), said("source", "official")
    two = replace(two, variants=tuple(replace(v, attribution=f"y{v.attribution}") for v in two.variants))
    source_of = {**of_one, **{f"y{k}": v for k, v in of_two.items()}}
    for order in ([one, two], [two, one]):
        assert joined_by_quotations(order, SPEAKERS, source_of.get) == {"aide": "official", "source": "official"}


def test_all_pairs_of_the_table_are_of_unlike_ids() -> None:
    """The table above compares sources, never a source with itself."""
    assert all(a.id != b.id for a, b, _ in PAIRS.values())
    assert len({s.id for pair in combinations(SPEAKERS.values(), 2) for s in pair}) == len(SPEAKERS)
