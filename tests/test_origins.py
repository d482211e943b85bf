"""The count of independent origins: small stories with known answers, then what must hold for any story."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from headwater.model import CARRIER_KINDS, Article, Derivation, DerivationKind, Mention, Place, Source, SourceKind, Span
from headwater.tracing.origins import Counted, count
from headwater.tracing.provenance import CLAIM, Node, Provenance, build

# Stories in short ----------------------------------------------------------------------------------------------------
#
# "a1: O.Post < U.official" - article a1 has it from the Post, the Post from an official; "a1:" is a1's own voice. The
# first letter of a source says its kind. "a1 @ The Post" is a1's outlet, "a1 ^ Ana Roe" its byline.

KINDS: dict[str, SourceKind] = {
    "J": "journalist",
    "O": "outlet",
    "P": "person",
    "G": "organisation",
    "D": "document",
    "U": "anonymous",
    "R": "unspecified",
}
VERBS: dict[str, tuple[DerivationKind, bool, bool]] = {  # kind, stated, directed
    "copies": ("copy", True, True),
    "lifts": ("copy", False, True),
    "rewrites": ("rewrite", True, True),
    "recasts": ("rewrite", False, True),
    "credits": ("credit", True, True),
    "quotes": ("quote", False, True),
    "shares": ("copy", False, False),
    "resembles": ("rewrite", False, False),
}


@dataclass(slots=True)
class Tale:
    """A claim's records, as ``count`` takes them."""

    mentions: list[Mention] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    derivations: list[Derivation] = field(default_factory=list)

    def copy(self) -> "Tale":
        """The same records, to be added to."""
        return Tale(list(self.mentions), dict(self.sources), dict(self.articles), list(self.derivations))

    def article(self, name: str) -> Article:
        """An article by its name, made when new."""
        return self.articles.setdefault(name, Article(id=name, text=""))

    def source(self, name: str) -> str:
        """A source by its name, made when new."""
        self.sources.setdefault(name, Source(id=name, name=name[2:].replace("_", " "), kind=KINDS[name[0]]))
        return name

    def say(self, article: str, chain: Iterable[str] = ()) -> None:
        """One more mention."""
        self.article(article)
        at = 20 * len(self.mentions) + 1000
        links = tuple(self.source(name) for name in chain)
        self.mentions.append(Mention(article=article, spans=(Span(at, at + 9),), chain=links))

    def derive(self, later: str, verb: str, earlier: str, evidence: Iterable[Place] = ()) -> None:
        """One more derivation; the ids of one without direction in order, as the records have them."""
        kind, stated, directed = VERBS[verb]
        if not directed and later < earlier:
            later, earlier = earlier, later
        self.derivations.append(
            Derivation(
                later=later, earlier=earlier, kind=kind, stated=stated, directed=directed, evidence=tuple(evidence)
            )
        )

    def counted(self) -> Counted:
        """The count."""
        return count(self.mentions, self.sources, self.articles, self.derivations)

    def web(self, *, strict: bool = False) -> Provenance:
        """The graph."""
        return build(self.mentions, self.sources, self.articles, self.derivations, strict=strict)


def tale(*lines: str) -> Tale:
    """A story from its lines."""
    out = Tale()
    for line in (part.strip() for text in lines for part in text.split(";")):
        words = line.split()
        if ":" in line:
            article, _, chain = line.partition(":")
            out.say(article.strip(), [name.strip() for name in chain.split("<") if name.strip()])
        elif words[1] == "@":
            out.articles[words[0]] = replace(out.article(words[0]), outlet=" ".join(words[2:]))
        elif words[1] == "^":
            out.articles[words[0]] = replace(out.article(words[0]), byline=" ".join(words[2:]))
        elif words[1] == "~":
            first = out.sources[out.source(words[0])]
            out.source(words[2])
            out.sources[first.id] = replace(first, maybe_same=(*first.maybe_same, words[2]))
        elif words[1] == "of":
            out.sources[words[0]] = replace(out.sources[out.source(words[0])], reached_by=words[2])
            if words[2][1] == ".":
                out.source(words[2])
        elif words[1] == "is":
            for name in (words[0], words[2]):
                out.sources[name] = replace(out.sources[out.source(name)], entity=f"e-{words[0]}")
        else:
            if words[2][1:2] == ".":
                out.source(words[2])
            out.derive(words[0], words[1], words[2])
    return out


@dataclass(frozen=True, slots=True)
class Row:
    """A story with its answer; None where the row is not about it."""

    id: str
    why: str
    lines: str
    low: int
    high: int
    bottlenecks: str | None = None
    unknown: str | None = None
    circular: str | None = None


ROWS = [
    # first-hand ends
    Row("one-person", "one named person in one article", "a1: P.Lind", 1, 1, "P.Lind a1", "", ""),
    Row("one-person-many-outlets", "a named person is one origin however many carry her",
        "a1: P.Lind; a2: P.Lind; a3: P.Lind", 1, 1, "P.Lind"),
    Row("person-twice-in-one-article", "two mentions, one person", "a1: P.Lind; a1: P.Lind", 1, 1, "P.Lind a1"),
    Row("two-people", "two people, two articles", "a1: P.Lind; a2: P.Moss", 2, 2, ""),
    Row("two-people-one-article", "an article lets one way through", "a1: P.Lind; a1: P.Moss", 1, 1, "a1"),
    Row("three-people-two-articles", "no more ways than articles", "a1: P.Lind; a1: P.Moss; a2: P.Nye", 2, 2, ""),
    Row("document", "a document is one origin however many print it", "a1: D.report; a2: D.report", 1, 1, "D.report"),
    Row("person-and-document", "a person and a paper, two articles", "a1: P.Lind; a2: D.report", 2, 2, ""),
    Row("organisation", "an organisation speaking is an origin", "a1: G.Ministry; a2: P.Lind", 2, 2, ""),
    Row("same-entity", "two Sources of one entity are one", "P.Lind is P.Mira_Lind; a1: P.Lind; a2: P.Mira_Lind", 1, 1,
        "P.Lind"),
    # unnamed people belong to whoever reached them
    Row("three-through-one", "three people through one reporter are one path",
        "U.one of J.Ana_Roe; U.two of J.Ana_Roe; a1: J.Ana_Roe < U.one; a2: J.Ana_Roe < U.two", 1, 1, "J.Ana_Roe"),
    Row("unnamed-everywhere", "wherever it is printed, one node",
        "U.three of J.Ana_Roe; a1: J.Ana_Roe < U.three; a2: J.Ana_Roe < U.three; a3: U.three", 1, 1,
        "U.three J.Ana_Roe"),
    Row("owner-not-named-here", "the reporter stands behind it though the article does not say so",
        "U.one of J.Ana_Roe; U.two of J.Ana_Roe; a1: U.one; a2: U.two", 1, 1, "J.Ana_Roe"),
    Row("owner-is-an-article", "people whom article a1 reached, printed in a2",
        "U.one of a1; a1: U.one; a1: P.Lind; a2: U.one", 1, 1, "a1"),
    Row("two-newsrooms", "two newsrooms with people of their own, shown to be different",
        "U.engineer of a1; U.lawyer of a2; a1: U.engineer; a2: U.lawyer", 2, 2, ""),
    Row("not-proven-different", "both 'a senior official': 1 proven, 2 at most",
        "U.official of a1; U.senior of a2; U.official ~ U.senior; a1: U.official; a2: U.senior", 1, 2, ""),
    Row("not-transitive", "the first may be the second, the second the third: the first and third differ",
        "U.a of a1; U.b of a2; U.c of a3; U.a ~ U.b; U.b ~ U.c; a1: U.a; a2: U.b; a3: U.c", 2, 3, ""),
    Row("all-may-be-one", "three who may all be one",
        "U.a ~ U.b; U.b ~ U.c; U.a ~ U.c; a1: U.a; a2: U.b; a3: U.c", 1, 3, ""),
    Row("official-may-be-the-named-one", "an unnamed official may be the named one",
        "P.Lind ~ U.official; a1: P.Lind; a2: U.official", 1, 2, ""),
    Row("doubt-beside-proof", "the doubt about two does not touch the third",
        "U.a ~ U.b; a1: U.a; a2: U.b; a3: P.Lind", 2, 3, ""),
    Row("reached-by-one-paper", "one newsroom's people under two ids are not proven different",
        "U.a of a1; U.b of a1; a1: U.a; a2: O.Other < U.b", 1, 1, "a1"),
    # carriers
    Row("through-a-reporter", "person, reporter, article", "a1: J.Ana_Roe < P.Lind", 1, 1, "P.Lind J.Ana_Roe a1"),
    Row("two-people-one-reporter", "a reporter lets one way through",
        "a1: J.Ana_Roe < P.Lind; a2: J.Ana_Roe < P.Moss", 1, 1, "J.Ana_Roe"),
    Row("around-the-reporter", "a second way to the same person: the person stays",
        "a1: J.Ana_Roe < P.Lind; a2: P.Lind", 1, 1, "P.Lind"),
    Row("second-person-around", "a second person reached elsewhere: nobody is on all ways",
        "a1: J.Ana_Roe < P.Lind; a2: J.Ana_Roe < P.Lind; a3: P.Moss", 2, 2, ""),
    Row("wire-in-the-middle", "two outlets through one agency",
        "a1: O.Post < O.Wire < P.Lind; a2: O.Mail < O.Wire < P.Moss",
        1, 1, "O.Wire"),
    Row("organisation-in-the-middle", "an organisation that reached people is a carrier of theirs",
        "a1: G.Watch < P.Lind; a2: G.Watch < P.Moss; a3: G.Watch", 1, 1, "G.Watch"),
    Row("organisation-has-it-from-her", "who has it from others is not proven another origin",
        "a1: G.Watch < P.Lind; a2: G.Watch; a3: P.Lind", 1, 2, ""),
    Row("hearsay", "all comes through the one who heard it", "a1: P.Lind < P.Moss; a2: P.Lind", 1, 1, "P.Lind"),
    # bare carriers
    Row("bare-recovered", "another article says whom the reporter has it from",
        "a1: J.Ana_Roe < P.Lind; a2: J.Ana_Roe", 1, 1, "P.Lind J.Ana_Roe", ""),
    Row("bare-in-the-set", "the credited outlet's own article says whom", "a1 @ The Post; a1: P.Lind; a2: O.Post", 1, 1,
        "P.Lind a1"),
    Row("bare-in-the-set-by-domain", "the outlet of a1 is known by its host",
        "a1 @ www.post.com; a1: P.Lind; a2: O.The_Post",
        1, 1, "P.Lind a1"),
    Row("bare-writer-in-the-set", "the credited journalist wrote a1",
        "a1 ^ By Ana Roe and Bo Ek; a1: P.Lind; a2: J.Ana_Roe", 1, 1,
        "P.Lind a1"),
    Row("bare-elsewhere", "nobody says whom the Post has it from: its own report",
        "a1: O.Post; a2: O.Post", 1, 1, "O.Post"),
    Row("two-bare", "two outlets whose sources are not stated may stand on one", "a1: O.Post; a2: O.Mail", 1, 2, ""),
    Row("bare-and-named", "the Post may have it from that very person", "a1: O.Post; a2: P.Lind", 1, 2, ""),
    Row("bare-and-two-named", "a bare carrier takes nothing from what is proven",
        "a1: O.Post; a2: P.Lind; a3: P.Moss", 2, 3, ""),
    Row("credited-own-voice", "being credited does not make an own voice an origin",
        "a1 @ The Post; a1: ; a2: O.Post; a3: O.Post", 0, 1, "", "a1 a2 a3"),
    Row("credited-for-deeper", "a2 says whom the Post has it from; the Post's article does not",
        "a1 @ The Post; a1: ; a2: O.Post < P.Lind", 1, 1, "P.Lind a1", ""),
    Row("credit-is-no-second-way", "a1 has two people; crediting it opens no second way",
        "a1 @ The Post; a1: P.Lind; a1: P.Moss; a2: O.Post < P.Lind; a3: O.Post < P.Moss", 1, 1, "a1"),
    Row("self-credit", "an outlet that names itself says no more",
        "a1 @ The Post; a1: O.Post < P.Lind", 1, 1, "P.Lind a1"),
    Row("self-credit-bare", "the Post reports that the Post reports", "a1 @ The Post; a1: O.Post", 0, 1, "", "a1"),
    Row("statement-in-the-set", "the ministry's own statement is the ministry speaking",
        "a1 @ Ministry; a1: ; a2: G.Ministry", 1, 1, "G.Ministry", ""),
    Row("report-in-the-set", "the group's own report says that it has it from her",
        "a1 @ Watch; a1: P.Lind; a2: G.Watch", 1, 1, "P.Lind a1", ""),
    # nobody
    Row("own-voice", "its origin is unknown: none proven, one at most", "a1:", 0, 1, "", "a1", ""),
    Row("own-voices", "all of unknown origin together are one at most", "a1: ; a2: ; a3:", 0, 1, "", "a1 a2 a3"),
    Row("reports-say", "'reports' are nobody", "a1: R.reports; a2:", 0, 1, "", "a1 a2"),
    Row("outlet-says-reports", "an outlet that has it from 'reports' is no end",
        "a1: O.Post < R.reports", 0, 1, "", "a1"),
    Row("known-and-unknown", "a named person, and one unknown at most",
        "a1: P.Lind; a2: ; a3:", 1, 2, "P.Lind a1", "a2 a3"),
    Row("said-elsewhere-in-the-article", "the headline is in its own voice, the text names her",
        "a1: ; a1: P.Lind", 1, 1,
        "P.Lind a1", ""),
    # derivation
    Row("copy", "a copy in its own voice has what it copied", "a1: P.Lind; a2: ; a2 copies a1", 1, 1, "P.Lind a1", ""),
    Row("rewrite", "so has a rewrite", "a1: P.Lind; a2: ; a2 rewrites a1", 1, 1, "P.Lind a1", ""),
    Row("copy-of-unknown", "a copy of an own voice is as unknown as that",
        "a1: ; a2: ; a2 copies a1", 0, 1, "", "a1 a2"),
    Row("copy-of-copy", "through two copies",
        "a1: P.Lind; a2: ; a3: ; a2 copies a1; a3 lifts a2", 1, 1, "P.Lind a1", ""),
    Row("copy-states-the-same", "a copy that states the chain adds nothing",
        "a1: P.Lind; a2: P.Lind; a2 copies a1", 1, 1,
        "P.Lind a1"),
    Row("copy-of-two-people", "a copy opens no second way for one of two people",
        "a1: P.Lind; a1: P.Moss; a2: P.Lind; a2: P.Moss; a2 lifts a1", 1, 1, "a1"),
    Row("copy-with-own-source", "a copy with a person of its own adds that one",
        "a1: P.Lind; a2: P.Lind; a2: P.Moss; a2 copies a1", 2, 2, ""),
    Row("copy-with-other-ids", "unnamed people in a copy are not proven to be others",
        "U.a of a1; U.b of a2; a1: U.a; a2: U.b; a2 copies a1", 1, 2),
    Row("shared-text", "texts that share words, order unknown, are one",
        "a1: P.Lind; a2: ; a1 shares a2", 1, 1, "P.Lind", ""),
    Row("shared-text-own-voice", "so are texts in their own voice", "a1: ; a2: ; a1 shares a2", 0, 1, "", "a1 a2"),
    Row("shared-text-two-people", "one text lets one way through", "a1: P.Lind; a2: P.Moss; a1 shares a2", 1, 1, ""),
    Row("resembling", "texts alike in part: what one is silent on is inferred",
        "a1: P.Lind; a2: ; a1 resembles a2", 1, 1,
        "P.Lind a1", ""),
    Row("resembling-two-people", "alike in part and stating the same: not proven two ways",
        "a1: P.Lind; a1: P.Moss; a2: P.Lind; a1 resembles a2", 1, 2, ""),
    Row("resembling-apart", "alike in part with different people: two",
        "a1: P.Lind; a2: P.Moss; a1 resembles a2", 2, 2, ""),
    Row("quotation-shared", "a shared quotation says nothing of the rest",
        "a1: P.Lind; a2: ; a2 quotes a1", 1, 2, "P.Lind a1", "a2"),
    Row("credit-line", "the agency's line above an own voice, and another tells whom the agency has it from",
        "a1: O.Wire < P.Lind; a2: ; a2 credits O.Wire", 1, 1, "P.Lind O.Wire", ""),
    Row("credit-line-to-nobody", "an agency that no one else names", "a1: ; a1 credits O.Wire", 0, 1, "", "a1"),
    Row("credit-to-article", "an own voice that credits an article of the set",
        "a1: P.Lind; a2: ; a2 credits a1", 1, 1, "P.Lind a1", ""),
    Row("credit-is-one-way-in-low", "credits a1 and states the same two people: one proven",
        "a1: P.Lind; a1: P.Moss; a2: P.Lind; a2: P.Moss; a2 credits a1", 1, 2, ""),
    # circles
    Row("circle", "two outlets that credit one another: nobody",
        "a1 @ Ledger; a2 @ Daily; a1: O.Daily; a2: O.Ledger", 0, 0, "", "", "a1 a2"),
    Row("circle-of-three", "a longer ring",
        "a1 @ Axe; a2 @ Bee; a3 @ Cot; a1: O.Bee; a2: O.Cot; a3: O.Axe", 0, 0, "", "",
        "a1 a2 a3"),
    Row("circle-outside", "carriers outside the set in a ring",
        "a1: O.Bee < O.Axe; a2: O.Axe < O.Bee", 0, 0, "", None, "O.Axe O.Bee"),
    Row("circle-and-a-credit", "whoever credits a ring has it from nobody",
        "a1 @ Ledger; a2 @ Daily; a1: O.Daily; a2: O.Ledger; a3: O.Daily", 0, 0, "", "a3", "a1 a2"),
    Row("circle-fed", "a ring with a person behind it is none",
        "a1 @ Ledger; a2 @ Daily; a1: O.Daily; a2: O.Ledger; a2: P.Lind", 1, 1, "P.Lind a2", "", ""),
    Row("circle-by-copy", "a copy of an article that credits the copier's outlet",
        "a1 @ Ledger; a1: ; a2: O.Ledger; a1 lifts a2", 0, 0, "", "", "a1 a2"),
    Row("circle-beside-a-person", "the ring counts nothing, the person one",
        "a1 @ Ledger; a2 @ Daily; a1: O.Daily; a2: O.Ledger; a3: P.Lind", 1, 1, "P.Lind a3", "",
        "a1 a2"),
    Row("people-cite-each-other", "of two people who cite each other one knows it",
        "a1: P.Lind < P.Moss; a2: P.Moss < P.Lind", 1, 2),
    # ill-formed records
    Row("no-mentions", "no mention, no origin", "P.Lind ~ P.Moss", 0, 0, "", "", ""),
    Row("carrier-twice", "a carrier named twice in a chain", "a1: O.Post < O.Post < P.Lind", 1, 1, "P.Lind O.Post a1"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_small_stories(row: Row) -> None:
    """Each small story has the count, bottlenecks, unknown and circular ids that its line says."""
    got = tale(row.lines).counted()
    assert (got.independent.low, got.independent.high) == (row.low, row.high), row.why
    if row.bottlenecks is not None:
        assert got.bottlenecks == tuple(row.bottlenecks.split()), row.why
    if row.unknown is not None:
        assert got.unknown == tuple(row.unknown.split()), row.why
    if row.circular is not None:
        assert got.circular == tuple(row.circular.split()), row.why


# What each record says -----------------------------------------------------------------------------------------------


def test_how_each_mention_was_counted() -> None:
    """Stated, recovered from another article, recovered within the article, inferred from shared text, unknown."""
    story = tale(
        "U.three of J.Ana_Roe; a1: J.Ana_Roe < U.three; a2: J.Ana_Roe; a2:; a3:; a3 lifts a1; a4:; a4 shares a2; a5:"
    )
    got = [(m.article, m.basis, m.counted) for m in story.counted().mentions]
    assert got == [
        ("a1", "stated", ("J.Ana_Roe", "U.three")),
        ("a2", "recovered", ("J.Ana_Roe", "U.three")),
        ("a2", "recovered", ("J.Ana_Roe", "U.three")),
        ("a3", "inferred", ("a1", "J.Ana_Roe", "U.three")),
        ("a4", "inferred", ("a2", "J.Ana_Roe", "U.three")),
        ("a5", "unknown", ()),
    ]


def test_evidence_is_the_words_that_show_it() -> None:
    """A recovered chain is shown by the mention that states it, an inherited one by the shared words."""
    story = tale("a1: J.Ana_Roe < P.Lind; a2: J.Ana_Roe; a3:")
    shared = (Place("a1", 990, 1020), Place("a3", 990, 1060))
    story.derive("a3", "recasts", "a1", shared)
    got = story.counted()
    stated = Place("a1", 1000, 1009)
    assert got.mentions[0].evidence == ()
    assert got.mentions[1].evidence == (stated,)
    assert set(got.mentions[2].evidence) == {*shared, stated}
    assert got.origins[0].evidence == (stated,)


def test_reason_names_the_way() -> None:
    """The reason counts the articles, names the carrier all go through, and says how each is known."""
    story = tale("U.three of J.Ana_Roe; a1: J.Ana_Roe < U.three; a2: J.Ana_Roe < U.three; a3: J.Ana_Roe")
    (origin,) = story.counted().origins
    assert origin.reason == "Carried by 3 articles through Ana Roe; stated in a1 and a2, recovered in a3."
    assert origin.path == ("U.three", "J.Ana_Roe", "a1")
    assert origin.articles == ("a1", "a2", "a3")
    assert origin.basis == "stated"


def test_reason_says_what_is_in_doubt() -> None:
    """Who may be the same is named with the newsroom; a carrier's reason says that its source is not stated."""
    story = tale("U.official of a1; U.senior of a2; U.official ~ U.senior; a1: U.official; a2: U.senior; a3: O.Post")
    reasons = {origin.source: origin.reason for origin in story.counted().origins}
    assert reasons["U.official"].endswith("nothing shows that this and senior (in a2) are different people.")
    assert reasons["O.Post"].endswith("from whom Post has it is not stated.")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Oda Quill", "that Oda Quill told the same, and separately, is not shown."),
        ("Ana-Maria Lind", "nothing shows that this and Ana-Maria Lind are different sources."),
        ("Lind", "nothing shows that this and Lind are different sources."),
        ("harbour master", "nothing shows that this and harbour master are different sources."),
    ],
    ids=["two full names", "one surname", "surname alone", "an office"],
)
def test_two_full_names_are_two_people(other: str, expected: str) -> None:
    """Of people of two full names it is not said that they may be one: in doubt is what they told."""
    story = tale("P.Ana_Lind ~ P.other; a1: P.Ana_Lind; a2: P.other; a3: P.Ana_Lind")
    story.sources["P.other"] = replace(story.sources["P.other"], name=other)
    reason = next(origin.reason for origin in story.counted().origins if origin.source == "P.Ana_Lind")
    assert reason.endswith(f"; {expected}")


def test_names_from_the_web_do_not_break_the_sentence() -> None:
    """Line breaks, control characters and marks of direction in names do not reach the reason."""
    story = tale("a1: J.Ana_Roe < P.Lind")
    story.sources["J.Ana_Roe"] = replace(story.sources["J.Ana_Roe"], name="Ana\n\x1b[31m\u202eRoe\ud800")
    (origin,) = story.counted().origins
    assert origin.reason == "Carried by 1 article through Ana [31m Roe; stated in a1."


def test_folded_sources_are_named() -> None:
    """Sources of one entity are one origin, under the first id, with the other ids kept."""
    (origin,) = tale("P.Lind is P.Mira_Lind; a1: P.Lind; a2: P.Mira_Lind").counted().origins
    assert (origin.source, origin.folded, origin.articles) == ("P.Lind", ("P.Mira_Lind",), ("a1", "a2"))


def test_origins_of_most_articles_come_first() -> None:
    """Origins stand by the number of articles, then by id."""
    got = tale("a1: P.Moss; a2: P.Nye; a3: P.Nye; a4: P.Lind").counted()
    assert [origin.source for origin in got.origins] == ["P.Nye", "P.Lind", "P.Moss"]


FAR, NEAR, TOP = Place("a2", 2500, 2520), Place("a2", 1100, 1120), Place("a2", 40, 60)


@pytest.mark.parametrize(
    ("verb", "place", "high"),
    [
        pytest.param("credits", NEAR, 1, id="credit-beside-the-words"),
        pytest.param("credits", TOP, 1, id="credit-line-at-the-top"),
        pytest.param("credits", FAR, 1, id="credit-elsewhere-for-what-it-has-too"),
        pytest.param("recasts", Place("a2", 1010, 1025), 1, id="shared-words-are-these"),
        pytest.param("recasts", FAR, 2, id="shared-words-are-others"),
        pytest.param("lifts", FAR, 1, id="copy-of-the-whole"),
    ],
)
def test_what_a_derivation_is_about(verb: str, place: Place, high: int) -> None:
    """Silence is filled from what the article took these words from, credits beside them, or retells throughout."""
    story = tale("a1: P.Lind; a2:")
    story.derive("a2", verb, "a1", [place])
    got = story.counted()
    assert (got.independent.low, got.independent.high) == (1, high)
    assert got.unknown == (("a2",) if high == 2 else ())


@pytest.mark.parametrize(
    ("lines", "days", "bottlenecks", "basis"),
    [
        pytest.param("a1: O.Post < P.Lind; a2: P.Lind", {}, "P.Lind O.Post", "recovered", id="one-carrier"),
        pytest.param("a1: O.Post < P.Lind; a2: P.Lind; a3: O.Mail < P.Lind", {}, "P.Lind", "stated", id="two-carriers"),
        pytest.param("a1: O.Post < P.Lind; a2: P.Moss", {}, "", "stated", id="somebody-else"),
        pytest.param(
            "a1: O.Post < P.Lind; a2: P.Lind",
            {"a1": "2031-03-03", "a2": "2031-03-02"},
            "P.Lind",
            "stated",
            id="earlier",
        ),
    ],
)
def test_a_reply_to_one_outlet_keeps_its_carrier(
    lines: str, days: dict[str, str], bottlenecks: str, basis: str
) -> None:
    """Quoted words that one printing says were told to the Post came by the Post, unless another says otherwise."""
    story = tale(lines)
    for name, day in days.items():
        story.articles[name] = replace(story.article(name), published=day)
    places = [span.at(m.article) for m in story.mentions for span in m.spans]
    for later in sorted(story.articles)[1:]:
        story.derive(later, "quotes", "a1", [p for p in places if p.article in {"a1", later}])
    got = story.counted()
    assert got.bottlenecks == tuple(bottlenecks.split())
    assert got.mentions[1].basis == basis


@pytest.mark.parametrize(
    ("lines", "credited", "high"),
    [
        pytest.param("a1: P.Lind; a2:", ["a1"], 1, id="one-report-that-has-it"),
        pytest.param("a1: P.Lind; a2:; a3: P.Moss", ["a1", "a3"], 3, id="two-reports-are-not-chosen-between"),
        pytest.param("a1: O.Post < P.Lind; a2:", ["O.Post"], 1, id="an-outlet-for-which-another-names-it"),
        pytest.param("a1: D.audit < P.Lind; a2:", ["D.audit"], 1, id="a-document-for-which-another-names-it"),
        pytest.param("a1: P.Lind; a2:", ["O.Post"], 2, id="an-outlet-that-nobody-names-for-it"),
    ],
)
def test_an_article_that_credits_one_report_and_retells_it(lines: str, credited: list[str], high: int) -> None:
    """Own voice far from the credit inherits the report's chain where that report has the claim; it proves nothing."""
    story = tale(lines)
    for name in credited:
        if name[1] == ".":
            story.source(name)
        story.derive("a2", "credits", name, [FAR])
    got = story.counted()
    assert got.independent.high == high
    silent = next(m for m in got.mentions if m.article == "a2")
    filled = high == len({m.chain[-1] for m in story.mentions if m.chain})
    assert (silent.basis == "recovered") == (filled and len(credited) == 1)


@pytest.mark.parametrize(
    ("back", "low"), [pytest.param(True, 0, id="credits-back"), pytest.param(False, 1, id="plain")]
)
def test_a_carrier_whose_own_article_credits_back_is_no_origin(back: bool, low: int) -> None:
    """The Post's article, where the claim was not found, credits the Mail, whose article has it from the Post."""
    story = tale("a1 @ The Post; a2 @ Mail; a2: O.Post")
    story.derive("a2", "credits", "a1")
    if back:
        story.derive("a1", "credits", "a2")
    got = story.counted()
    assert (got.independent.low, got.independent.high) == (low, 1)
    assert got.unknown == (("a2",) if back else ())


@pytest.mark.parametrize(
    ("beside", "low"),
    [
        pytest.param("a1: O.Herald", 0, id="from-a-third"),
        pytest.param("a1: D.reports", 0, id="from-nobody"),
        pytest.param("a1: O.Herald; a1: P.Lind", 1, id="also-from-a-person"),
        pytest.param("a1:", 1, id="in-its-own-voice"),
        pytest.param("a3: O.Herald", 1, id="another-outlet"),
    ],
)
def test_a_carrier_that_has_what_is_near_from_others_is_no_origin(beside: str, low: int) -> None:
    """The Mail credits the Post, whose article in the set does not carry the claim, but one near it."""
    story = tale("a1 @ The Post; a2 @ Mail; a3 @ Star; a2: O.Post")
    own = len(story.mentions)
    story = tale("a1 @ The Post; a2 @ Mail; a3 @ Star; a2: O.Post", beside)
    got = count(story.mentions[:own], story.sources, story.articles, story.derivations, story.mentions[own:])
    assert (got.independent.low, got.independent.high) == (low, 1)


@pytest.mark.parametrize(
    ("lines", "low", "high", "unknown"),
    [
        pytest.param("a1: D.reports; a2: D.media_reports", 0, 1, "a1 a2", id="two-articles"),
        pytest.param(
            "a1 @ The Post; a2 @ Mail; a1: D.Reports; a2: O.Post; a3: O.Mail", 0, 1, "a1 a2 a3", id="passed-on"
        ),
        pytest.param("a1: O.local_media; a2: P.Lind", 1, 2, "a1", id="beside-a-person"),
        pytest.param("a1: G.news_agencies", 0, 1, "a1", id="agencies-at-large"),
        pytest.param("a1: G.spy_agencies", 1, 1, "", id="agencies-of-another-kind"),
        pytest.param("a1: D.reports_on_welds", 1, 1, "", id="reports-of-a-kind"),
    ],
)
def test_reports_at_large_are_nobody(lines: str, low: int, high: int, unknown: str) -> None:
    """Reports and the media at large can be asked by no one: no origin, whoever passes them on."""
    got = tale(lines).counted()
    assert (got.independent.low, got.independent.high) == (low, high)
    assert got.unknown == tuple(unknown.split())


@pytest.mark.parametrize(
    ("lines", "low", "high"),
    [
        pytest.param("a1: P.Ana_Roe; a2: G.Ana_Roe", 1, 1, id="a-full-name-taken-for-an-office"),
        pytest.param("a1: P.Ana_Roe; a2: G.Roe", 1, 2, id="a-family-name"),
        pytest.param("a1: G.League; a2: G.Herders'_League", 1, 2, id="a-name-cut-short"),
        pytest.param("a1: P.Ana_Roe; a2: P.Bo_Roe", 2, 2, id="two-of-one-family"),
        pytest.param("a1: O.Post < P.Lind; a2: O.Post's_report < P.Moss", 1, 1, id="the-report-of-an-outlet"),
        pytest.param("a1: D.report; a2: G.Watch", 1, 2, id="a-report-of-nobody-named"),
        pytest.param("a1: D.audit_of_2031; a2: G.Watch", 2, 2, id="a-document-with-a-name"),
        pytest.param("a1: D.a_report_by_the_Post; a2: O.Post", 1, 1, id="a-report-by-an-outlet"),
        pytest.param("a1 @ The Post; a1: P.Lind; a2: D.report_in_the_Post", 1, 1, id="a-report-in-the-set"),
    ],
)
def test_names_of_one(lines: str, low: int, high: int) -> None:
    """One full name is one whatever it was taken for; a part of a name is not proven to be another."""
    got = tale(lines).counted().independent
    assert (got.low, got.high) == (low, high)


def test_unnamed_people_within_a_chain_belong_to_whoever_reached_them() -> None:
    """Officials say that Lind said it: Lind's words came through the officials, and they through the Post."""
    got = tale("U.aides of O.Post; a1: U.aides < P.Lind; a2: O.Post < P.Lind").counted()
    assert got.bottlenecks == ("P.Lind", "O.Post")


@pytest.mark.parametrize(
    ("outlet", "name", "same"),
    [
        pytest.param("The Post", "the post", True, id="article-and-case"),
        pytest.param("www.daily-post.co.uk", "Daily Post", True, id="host"),
        pytest.param("Torhaven Courier", "Courier", True, id="cut-short"),
        pytest.param("Courier", "Torhaven Courier", False, id="longer"),
        pytest.param("Daily Post", "Daily Mail", False, id="another"),
        pytest.param("Post", "", False, id="no-name"),
        pytest.param("", "Post", False, id="no-outlet"),
        pytest.param("\u200b", "!!", False, id="no-letters"),
    ],
)
def test_whose_article_it_is(outlet: str, name: str, same: bool) -> None:
    """An article belongs to the carrier that its outlet names; then a credit leads to the article's source."""
    story = tale("a1: P.Lind; a2: O.X")
    story.sources["O.X"] = replace(story.sources["O.X"], name=name)
    story.articles["a1"] = replace(story.articles["a1"], outlet=outlet)
    assert (story.counted().independent.high == 1) is same


def test_two_couriers_in_the_set_are_not_guessed_between() -> None:
    """A name cut short belongs to no article where two could be meant."""
    story = tale("a1 @ Torhaven Courier; a2 @ Brennick Courier; a1: P.Lind; a2: P.Moss; a3: O.Courier")
    assert story.counted().origins[-1].source == "P.Moss"
    assert {origin.source for origin in story.counted().origins} == {"P.Lind", "P.Moss", "O.Courier"}


def test_ids_that_nobody_knows() -> None:
    """Chains, owners, doubts and derivations with unknown ids, articles that are not there: counted as unknown."""
    story = tale("U.x of a9; U.x ~ P.Lind; a1: U.x; a2: P.Lind")
    del story.sources["P.Lind"], story.articles["a1"]
    story.derivations.append(Derivation(later="a7", earlier="a8", kind="copy", stated=True))
    story.derivations.append(Derivation(later="a2", earlier="nobody", kind="credit", stated=True))
    got = story.counted()
    assert (got.independent.low, got.independent.high, got.unknown) == (1, 2, ("a2",))


def test_many_doubtful_sources_are_counted_low_and_fast() -> None:
    """Beyond the bound those who may be one another are one: lower, never higher."""
    story = Tale()
    for number in range(120):
        story.say(f"a{number}", [f"U.{number}"])
    for one, other in combinations(range(120), 2):
        if other - one <= 3:
            name = f"U.{one}"
            story.sources[name] = replace(
                story.sources[name], maybe_same=(*story.sources[name].maybe_same, f"U.{other}")
            )
    got = story.counted().independent
    assert (got.low, got.high) == (1, 120)


# What must hold for any story ----------------------------------------------------------------------------------------

CARRIERS = ("O.Post", "O.Mail", "O.Wire", "J.Ana_Roe", "J.Bo_Ek", "G.Watch")
FIRST_HAND = ("P.Lind", "P.Moss", "P.Nye", "G.Watch", "D.audit_of_2031", "U.a", "U.b", "U.c", "U.d", "R.reports")
OUTLETS = (None, None, "The Post", "Mail", "Wire", "Watch")
BYLINES = (None, None, None, "By Ana Roe", "Bo Ek")
FEW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

_chains = st.one_of(
    st.just(()),
    st.tuples(
        st.lists(st.sampled_from(CARRIERS), max_size=2).map(tuple),
        st.lists(st.sampled_from(FIRST_HAND), max_size=1).map(tuple),
    ).map(lambda parts: (*parts[0], *parts[1])),
)


@st.composite
def tales(draw: st.DrawFn, *, plain: bool = False, largest: int = 5) -> Tale:
    """Any story: carriers in a row, people of many kinds, copies, credits, own voices, rings, doubts.

    A plain one has no derivation, no article of a carrier and nobody reached by anybody.
    """
    out = Tale()
    names = [f"a{i}" for i in range(draw(st.integers(1, largest)))]
    for name in names:
        for chain in draw(st.lists(_chains, min_size=1, max_size=2)):
            out.say(name, chain)
    people = sorted(s for s in out.sources if out.sources[s].kind in {"anonymous", "person"})
    for one, other in combinations(people, 2):
        if (one[0] == "U" or other[0] == "U") and draw(st.integers(0, 4)) == 0:
            out.sources[one] = replace(out.sources[one], maybe_same=(*out.sources[one].maybe_same, other))
    if plain:
        return out
    for name in names:
        outlet, byline = draw(st.sampled_from(OUTLETS)), draw(st.sampled_from(BYLINES))
        out.articles[name] = replace(out.articles[name], outlet=outlet, byline=byline)
    for person in people:
        if out.sources[person].kind == "anonymous" and draw(st.booleans()):
            owner = draw(st.sampled_from((*CARRIERS[:5], *names)))
            if owner in CARRIERS:
                out.source(owner)
            out.sources[person] = replace(out.sources[person], reached_by=owner)
    for earlier, later in combinations(names, 2):
        if draw(st.integers(0, 3)) == 0:
            out.derive(later, draw(st.sampled_from(sorted(VERBS))), earlier)
    for name in names:
        if draw(st.integers(0, 5)) == 0:
            out.derive(name, "credits", out.source(draw(st.sampled_from(CARRIERS[:5]))))
    return out


def first_hand(got: Counted, story: Tale) -> set[str]:
    """The first-hand ends among the bottlenecks."""
    ends = {origin.source for origin in got.origins}
    return {node for node in got.bottlenecks if node in ends and story.sources[node].kind not in CARRIER_KINDS}


@FEW
@given(tales())
def test_bounds(story: Tale) -> None:
    """0 <= low <= high <= number of mentions; no origin, none proven; low is not above the origins named."""
    got = story.counted()
    assert 0 <= got.independent.low <= got.independent.high <= len(story.mentions)
    assert got.independent.low <= len(got.origins)
    assert (got.independent.low > 0) == bool(got.origins)
    event(f"low {got.independent.low}, high {got.independent.high}, circular {bool(got.circular)}")


@FEW
@given(tales(), st.randoms(use_true_random=False))
def test_order_does_not_matter(story: Tale, dice: random.Random) -> None:
    """Mentions, sources, articles and derivations in any order give the same count, record for record."""
    got = story.counted()
    order = list(range(len(story.mentions)))
    dice.shuffle(order)
    other = Tale(
        [story.mentions[i] for i in order],
        dict(sorted(story.sources.items(), key=lambda _: dice.random())),
        dict(sorted(story.articles.items(), key=lambda _: dice.random())),
        sorted(story.derivations, key=lambda _: dice.random()),
    )
    again = other.counted()
    assert again == replace(got, mentions=tuple(got.mentions[i] for i in order))


def _prefixed(story: Tale, article: str, by: str) -> Iterator[tuple[str, ...]]:
    for mention in story.mentions:
        if mention.article == article:
            yield (by, *mention.chain)


ADDITIONS = (
    "copy-silent", "copy-unstated", "copy-stating", "rewrite-silent", "rewrite-stating", "shared-silent",
    "shared-stating", "resembling-silent", "resembling-stating", "credit-line", "credit-stating", "credit-bare",
    "credit-in-full", "credit-of-a-writer",
)  # fmt: skip


def _add(story: Tale, base: str, how: str) -> bool:
    """Add an article that only takes from ``base`` or only credits it; False where that cannot be."""
    new = "b-new"
    kind, _, stating = how.partition("-")
    article = story.articles[base]
    if kind == "credit" and stating in {"bare", "in-full", "of-a-writer"}:
        by = {"The Post": "O.Post", "Mail": "O.Mail", "Wire": "O.Wire"}.get(article.outlet or "")
        if stating == "of-a-writer":
            by = {"By Ana Roe": "J.Ana_Roe", "Bo Ek": "J.Bo_Ek"}.get(article.byline or "")
        if by is None:
            return False
        for chain in [(by,)] if stating != "in-full" else list(_prefixed(story, base, by)):
            story.say(new, chain)
        return True
    if stating == "stating":
        for mention in [m for m in story.mentions if m.article == base]:
            story.say(new, mention.chain)
    else:
        story.say(new)
    verbs = {
        "copy": "copies",
        "rewrite": "rewrites",
        "shared": "shares",
        "resembling": "resembles",
        "credit": "credits",
    }
    story.derive(new, "lifts" if stating == "unstated" else verbs[kind], base)
    return True


@settings(FEW, max_examples=400)
@given(tales(), st.sampled_from(ADDITIONS), st.data())
def test_an_article_that_only_copies_or_credits_adds_nothing(story: Tale, how: str, data: st.DataObject) -> None:
    """It never raises ``low``, never the origins, and changes no first-hand bottleneck."""
    before = story.counted()
    after_story = story.copy()
    assume(_add(after_story, data.draw(st.sampled_from(sorted(story.articles))), how))
    after = after_story.counted()
    assert after.independent.low <= before.independent.low
    assert {o.source for o in after.origins} <= {o.source for o in before.origins}
    assert first_hand(after, after_story) == first_hand(before, story)
    event(how)


@FEW
@given(tales(), st.booleans())
def test_a_named_source_with_a_way_of_its_own_adds_one(story: Tale, through_a_carrier: bool) -> None:
    """A new person in a new article raises ``low`` and ``high`` by one, and then nobody is on all ways.

    Where only carriers with unstated sources stood behind the claim, they may have it from that person.
    """
    before = story.counted()
    story.say("b-new", ["J.Nova_Ash", "P.New"] if through_a_carrier else ["P.New"])
    after = story.counted()
    bare = [o for o in before.origins if story.sources[o.source].kind in CARRIER_KINDS]
    only_bare = bool(bare) and len(bare) == len(before.origins)
    assert after.independent.low == before.independent.low + (not only_bare)
    assert after.independent.high == before.independent.high + 1
    assert bool(after.bottlenecks) == (not before.origins)


def _reaches(web: Provenance, without: Node | None = None) -> bool:
    seen = {end for end in web.ends if end != without}
    waiting = sorted(seen)
    while waiting:
        here = waiting.pop()
        for tail, head in web.edges:
            if tail == here and head not in seen and head != without:
                seen.add(head)
                waiting.append(head)
    return CLAIM in seen


@FEW
@given(tales())
def test_bottlenecks_are_the_nodes_on_all_ways(story: Tale) -> None:
    """Without a bottleneck no way is left; without any other node one is."""
    web, got = story.web(), story.counted()
    nodes = {node for edge in web.edges for node in edge} - {CLAIM}
    for node in sorted(nodes):
        alone = len(web.lineage.get(node, ())) < 2
        named = node.id in got.bottlenecks and (node.kind == "article") == (node.id in story.articles)
        if not web.ends:
            assert not named
        elif alone:
            assert named == (not _reaches(web, without=node))
        else:
            assert not named


@FEW
@given(tales(), st.data())
def test_a_second_way_around_a_bottleneck_ends_it(story: Tale, data: st.DataObject) -> None:
    """Another named person in another article goes around every bottleneck; a node that is not new stops being one."""
    before = story.counted()
    assume(before.bottlenecks)
    node = data.draw(st.sampled_from(before.bottlenecks))
    around = [o.source for o in before.origins if o.source != node]
    story.say("b-new", ["P.New" if not around else data.draw(st.sampled_from(around))])
    after = story.counted()
    direct = not around or story.sources[around[0]].kind in {"person", "document"}
    assert not direct or node not in after.bottlenecks


@FEW
@given(tales(), st.sampled_from(("The Post", "Mail")), st.booleans(), st.data())
def test_a_copy_of_a_newsrooms_own_words_adds_nothing(
    story: Tale, outlet: str, directed: bool, data: st.DataObject
) -> None:
    """What a newsroom saw itself counts once, in a way of its own at most; a copy of its text never raises it."""
    text = "x" * 900 + f"\n{outlet} has confirmed that the weir gave way on Monday.\n"
    at = text.index("the weir")
    first = Article(id="c-own", text=text, outlet=outlet)
    mention = Mention(article="c-own", spans=(Span(at, at + 8),))
    before = story.counted()
    story.articles["c-own"] = first
    story.mentions.append(mention)
    own = story.counted()
    assert own.independent.low <= before.independent.low + 1
    story.articles["d-copy"] = replace(first, id="d-copy", outlet=data.draw(st.sampled_from((None, "Bell", outlet))))
    story.mentions.append(replace(mention, article="d-copy"))
    story.derive(
        "d-copy", "lifts" if directed else "shares", "c-own", [Place("c-own", 0, 960), Place("d-copy", 0, 960)]
    )
    after = story.counted()
    assert after.independent.low <= own.independent.low
    assert {o.source for o in after.origins} <= {o.source for o in own.origins}


@FEW
@given(tales())
def test_records_agree(story: Tale) -> None:
    """Chains, origins, articles, evidence and paths say the same thing, of ids and places that there are."""
    got = story.counted()
    ends = {origin.source: origin for origin in got.origins}
    spoken = {span.at(m.article) for m in story.mentions for span in m.spans}
    told = {a for origin in got.origins for a in origin.articles}
    for given_mention, mention in zip(story.mentions, got.mentions, strict=True):
        assert replace(mention, basis="unknown", counted=(), evidence=()) == given_mention
        assert (mention.basis == "unknown") == (not mention.counted)
        if mention.counted:
            assert mention.counted[-1] in ends
            assert mention.article in ends[mention.counted[-1]].articles
        if mention.basis == "stated":
            assert mention.counted[-1] in mention.chain
            assert mention.evidence == ()
        assert set(mention.evidence) <= spoken
    for origin in got.origins:
        assert origin.path[0] == origin.source
        assert origin.path[-1] in origin.articles
        assert origin.articles
        assert origin.reason.startswith(f"Carried by {len(origin.articles)} article")
        assert set(origin.evidence) <= spoken
    carrying = {m.article for m in story.mentions}
    assert not told & set(got.unknown)
    assert carrying == told | set(got.unknown) | (set(got.circular) & carrying)
    for node in (*got.bottlenecks, *got.circular):
        assert node in story.sources or node in story.articles


# The same count, made otherwise --------------------------------------------------------------------------------------


def _paths(ahead: dict[str, set[str]], starts: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    """All simple paths to the claim: where each starts and the nodes it uses."""
    out: list[tuple[str, frozenset[str]]] = []

    def walk(start: str, here: str, used: frozenset[str]) -> None:
        for head in sorted(ahead.get(here, ())):
            if head == "CLAIM":
                out.append((start, used))
            elif head not in used:
                walk(start, head, used | {head})

    for start in starts:
        walk(start, start, frozenset({start}))
    return out


def _most(paths: Sequence[tuple[str, frozenset[str]]], used: frozenset[str] = frozenset()) -> int:
    """The most paths that share no node, by trying."""
    best = 0
    for at, (start, nodes) in enumerate(paths):
        both = nodes | {start}
        if not both & used:
            best = max(best, 1 + _most(paths[at + 1 :], used | both))
    return best


@settings(FEW, max_examples=120)
@given(tales(plain=True, largest=4))
def test_plain_stories_counted_by_hand(story: Tale) -> None:
    """Where chains alone matter: every set of disjoint paths tried, over every set of people proven different."""
    ahead: dict[str, set[str]] = {}
    open_ends: set[str] = set()
    said_plainly: set[str] = set()
    silent: set[str] = set()
    for name in sorted(story.articles):
        chains = [m.chain for m in story.mentions if m.article == name]
        clean = [tuple(s for i, s in enumerate(c) if s[0] != "R" and (i == 0 or c[i - 1] != s)) for c in chains]
        for chain, whole in zip(clean, chains, strict=True):
            if not chain:
                continue
            (open_ends if whole[-1][0] == "R" else said_plainly).add(chain[-1])
            for outer, deeper in zip((name, *chain), chain, strict=False):
                if outer != deeper:
                    ahead.setdefault(deeper, set()).add(outer)
        ahead.setdefault(name, set()).add("CLAIM")
        if not any(clean):
            silent.add(name)
    fed = {head for heads in ahead.values() for head in heads}
    known = {node for node in ahead if node not in fed and node not in silent}
    carriers = {node for node in known if story.sources[node].kind in CARRIER_KINDS}
    adrift = {n for n in known if n in open_ends and (n in carriers or n not in said_plainly)} | silent
    adrift -= {n for n in said_plainly if story.sources[n].kind not in CARRIER_KINDS}
    ends = known - adrift
    relays = {n for n in said_plainly - ends if story.sources[n].kind not in CARRIER_KINDS}
    assume(not story.counted().circular)
    assume(all(_leads_back(ahead, node, ends | adrift) for node in ahead))  # no ring, whatever its kind

    def differ(one: str, other: str) -> bool:
        a, b = story.sources[one], story.sources[other]
        return other not in a.maybe_same and one not in b.maybe_same

    low = int(bool(ends & carriers))
    people = sorted(ends - carriers | {n for n in relays if not _leads_back(ahead, n, ends)})
    for size in range(len(people) + 1):
        for group in combinations(people, size):
            if all(differ(one, other) for one, other in combinations(group, 2)):
                low = max(low, _most(_paths(ahead, group)))
    if adrift:
        ahead["UNKNOWN"] = set(adrift)
    high = _most(_paths(ahead, [*sorted(ends | relays), *(["UNKNOWN"] if adrift else [])]))
    got = story.counted().independent
    assert (got.low, got.high) == (low, high)


def _leads_back(ahead: dict[str, set[str]], node: str, ends: set[str]) -> bool:
    seen, waiting = {node}, [node]
    while waiting:
        here = waiting.pop()
        if here in ends:
            return True
        fresh = {tail for tail, heads in ahead.items() if here in heads} - seen
        seen |= fresh
        waiting += sorted(fresh)
    return False


@settings(FEW, max_examples=100)
@given(tales(largest=4))
def test_the_flow_is_the_most_disjoint_paths(story: Tale) -> None:
    """On the graph of any story, maximum flow and trying all sets of disjoint paths give the same number."""
    web = story.web()
    ahead: dict[str, set[str]] = {}
    for tail, head in web.edges:
        ahead.setdefault(f"{tail.kind} {tail.id}", set()).add("CLAIM" if head == CLAIM else f"{head.kind} {head.id}")
    starts = [f"{end.kind} {end.id}" for end in web.ends]
    if web.adrift:
        ahead["UNKNOWN"] = {f"{node.kind} {node.id}" for node in web.adrift}
        starts.append("UNKNOWN")
    assert _most(_paths(ahead, starts)) == story.counted().independent.high
