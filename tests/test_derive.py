"""Derivations, lineages and credit lines: direction, kind, evidence, and what holds whatever the set."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.align.passages import copies
from headwater.model import Article, Attribution, Copy, Derivation, Furniture, Source, Span
from headwater.tracing.derive import credit_marks, derivations, lineages

FERRY = (
    "The ferry that links Osmund Bay with the outer islands was taken out of service on Sunday after divers found a "
    "crack in its keel, the harbour office said. About two hundred passengers spent the night in the terminal at "
    "Nessary, where volunteers handed out blankets and soup. A replacement vessel is due from the mainland within a "
    "week, but it carries half as many cars and cannot sail when the wind is above force seven."
)
COUNCIL = (
    "Members of the town council voted by nine to four to sell the old granary to a developer from Hallin, ending a "
    "quarrel that has divided the town since the roof fell in six winters ago. The new owner must keep the brick front "
    "and open the courtyard to the public for at least ten days a year. Work should begin once the bats have left."
)
QUAY = (
    "Fishermen on the quay shrugged when they were asked about it, for they had seen the hull lifted and had drawn "
    "their own conclusions long before any notice was pinned to the door. In the two inns nobody spoke of anything "
    "else, and the baker had sold out of everything that can be eaten with one hand by the middle of the morning."
)
QUOTE = "“Nobody on the bridge that night believed that the hull would hold until the morning,”"


def article(name: str, text: str, published: str | None = None, **more: str) -> Article:
    """An article with what the test needs."""
    return Article(id=name, text=text, published=published, **more)  # type: ignore[arg-type]


def trace(*articles: Article) -> tuple[Derivation, ...]:
    """The derivations of articles that name nobody."""
    return derivations(articles, copies(articles), [], [])


def edges(found: tuple[Derivation, ...]) -> list[tuple[str, str, str, bool]]:
    """What the edges say, without their evidence."""
    return [(d.later, d.earlier, d.kind, d.directed) for d in found]


def credits(later: Article, words: str, source: Source) -> Attribution:
    """An attribution of ``later`` whose source stands at ``words``."""
    at = later.text.index(words)
    return Attribution(id="x", article=later.id, source=source.id, source_spans=(Span(at, at + len(words)),))


@pytest.mark.parametrize(
    ("early", "late", "kind"),
    [
        pytest.param(FERRY, FERRY, "copy", id="the whole text"),
        pytest.param(FERRY, f"{FERRY}\n\n{COUNCIL}\n\n{QUAY}", "copy", id="the earlier is held whole"),
        pytest.param(f"{FERRY} {COUNCIL} {QUAY}", FERRY, "copy", id="the later is a cut"),
        pytest.param(
            f"{FERRY}\n\n{COUNCIL}",
            f"{FERRY.split('. ')[0]}, it says. {FERRY.split('. ')[1]}.\n\n{QUAY}",
            "rewrite",
            id="part",
        ),
    ],
)
def test_kind_and_direction_from_dates(early: str, late: str, kind: str) -> None:
    """The later date is the later text, and the kind follows from what it shares outside quotation marks."""
    found = trace(article("z", early, "2031-03-02"), article("a", late, "2031-03-04"))
    assert edges(found) == [("a", "z", kind, True)]
    assert found[0].share is not None
    assert 0 < found[0].share <= 1
    assert {place.article for place in found[0].evidence} == {"a", "z"}


def test_a_quotation_in_common_shows_no_direction_but_by_credit() -> None:
    """Both may have it from the speaker, whatever the dates; who credits the other's outlet has it from there."""
    first = article("z", f"{QUOTE} he said. {COUNCIL}", "2031-03-02", outlet="The Bell")
    second = article("a", f"{QUOTE} he told the Bell. {QUAY}", "2031-03-04")
    assert edges(trace(first, second)) == [("z", "a", "quote", False)]
    bell = Source(id="s", name="The Bell", kind="outlet")
    found = derivations([first, second], copies([first, second]), [credits(second, "the Bell", bell)], [bell])
    assert [e for e in edges(found) if e[2] == "quote"] == [("a", "z", "quote", True)]


def test_two_that_print_one_agency_took_it_from_neither() -> None:
    """Of clients of one agency the later is not a copy of the earlier; the agency's own article is before both."""
    first = article("a", f"NESSARY (AP) — {FERRY}", "2031-03-02T09:00:00Z", outlet="Bell")
    second = article("b", f"NESSARY (AP) — {FERRY} {QUAY}", "2031-03-02T11:00:00Z", outlet="Post")
    assert edges(trace(first, second)) == [("b", "a", "copy", False)]
    agency = article("c", f"NESSARY (AP) — {FERRY} {QUAY}", "2031-03-02T10:00:00Z", outlet="Associated Press")
    found = [edge for edge in edges(trace(agency, second)) if edge[2] == "copy"]
    assert found == [("b", "c", "copy", True)]


def test_an_agency_in_a_byline_is_no_author() -> None:
    """A credit of the agency leads to no client's printing, though its byline names the agency."""
    first = article("a", f"By The Associated Press\n{FERRY}", outlet="Bell", byline="The Associated Press")
    second = article("b", f"NESSARY (AP) — {FERRY}", outlet="Post")
    assert [edge for edge in edges(trace(first, second)) if edge[2] == "credit"] == []


@pytest.mark.parametrize(
    ("credit", "article_credited"),
    [
        pytest.param("The Bell reported on Sunday", True, id="the day's report"),
        pytest.param("The Bell reported last year", False, id="last year"),
        pytest.param("A report of the Bell in 2019 said", False, id="a year"),
        pytest.param("Months ago the Bell reported", False, id="months ago"),
    ],
)
def test_a_report_of_long_ago_is_no_article_of_the_day(credit: str, article_credited: bool) -> None:
    """The outlet is credited, its article of the day is not."""
    first = article("a", FERRY, "2031-03-02", outlet="Bell")
    second = article("b", f"{COUNCIL}\n{credit} that the keel was old.", "2031-03-03", outlet="Post")
    bell = Source(id="s", name="Bell", kind="outlet")
    found = edges(derivations([first, second], [], [credits(second, "Bell", bell)], [bell]))
    assert ("b", "s", "credit", True) in found
    assert (("b", "a", "credit", True) in found) == article_credited


def test_a_report_of_an_outlet_credits_the_outlet() -> None:
    """A report by the Bell, read as a document, is a credit of the Bell and of its article."""
    first = article("a", FERRY, outlet="The Bell")
    second = article("b", f"{COUNCIL}\nThe keel was old, according to a report by the Bell.", outlet="Post")
    report = Source(id="s", name="report", kind="document")
    found = derivations([first, second], [], [credits(second, "a report by the Bell", report)], [report])
    assert ("b", "a", "credit", True) in edges(found)


@pytest.mark.parametrize(
    ("content", "credited"),
    [
        pytest.param("it would go to court", False, id="a party"),
        pytest.param("the keel was old", True, id="a report"),
    ],
)
def test_an_outlet_that_speaks_of_itself_is_not_credited(content: str, credited: bool) -> None:
    """An outlet that is part of the story speaks for itself; its article is not what the words are from."""
    first = article("a", FERRY, outlet="Bell")
    second = article("b", f"{COUNCIL}\nThe Bell said {content}.", outlet="Post")
    bell = Source(id="s", name="Bell", kind="outlet")
    at = second.text.index(content)
    said = replace(credits(second, "Bell", bell), content_spans=(Span(at, at + len(content)),))
    assert bool(derivations([first, second], [], [said], [bell])) is credited


def _printings(prefix: str, text: str, count: int, mark: str) -> list[Article]:
    return [article(f"{prefix}{n}", f"{mark}{text}", "2031-03-02", outlet=f"{prefix} {n}") for n in range(count)]


@pytest.mark.parametrize(
    ("mark", "sharing", "groups"),
    [
        pytest.param("NESSARY (AP) — ", 3, 1, id="two versions of an agency's story"),
        pytest.param("", 3, 2, id="nobody's mark"),
        pytest.param("NESSARY (AP) — ", 1, 2, id="one page with words of the other story"),
    ],
)
def test_versions_of_an_agency_story_are_one_lineage(mark: str, sharing: int, groups: int) -> None:
    """What two versions share stands in most printings of both; what two pages share by chance does not."""
    kept = FERRY.split(". ")[0]
    early = _printings("e", f"{FERRY} {COUNCIL} {COUNCIL.upper()}", 3, mark)
    with_it = _printings("l", f"{kept}. {QUAY} {QUAY[::-1]}", 3, mark)
    late = [*with_it[:sharing], *_printings("l", f"{QUAY} {QUAY[::-1]}", 3, mark)[sharing:]]
    batch = [*early, *late]
    assert len(lineages(batch, trace(*batch))) == groups


@pytest.mark.parametrize(
    ("title", "mark", "day", "joined"),
    [
        pytest.param("Ferry to the outer islands stopped", "AP", "2031-03-03", True, id="agency and headline"),
        pytest.param("Ferry to the outer islands stopped", "AP", "2031-04-03", False, id="a month later"),
        pytest.param("Ferry to the outer islands stopped", "Reuters", "2031-03-03", False, id="two agencies"),
        pytest.param("Ferry stopped", "AP", "2031-03-03", False, id="a headline of any day"),
    ],
)
def test_one_headline_of_one_agency_is_one_story(title: str, mark: str, day: str, joined: bool) -> None:
    """A page on which only captions are left is still that agency's story; the headline is the evidence."""
    first = article("a", f"{title}\nNESSARY (AP) — {FERRY}", "2031-03-02", title=title)
    second = article("b", f"{title}\nNESSARY ({mark}) — Gulls on a quay.", day, title=title)
    found = trace(first, second)
    assert len(lineages([first, second], found)) == (1 if joined else 2)
    if joined:
        (edge,) = (e for e in found if e.kind == "rewrite")
        assert {p.span.of(first.text) for p in edge.evidence if p.article == "a"} == {title}


def test_without_dates_or_credit_there_is_no_direction() -> None:
    """Two equal texts without dates: the ids stand in order and nothing is said of which came first."""
    assert edges(trace(article("b", FERRY), article("a", FERRY))) == [("b", "a", "copy", False)]


def test_stated_credit_gives_direction() -> None:
    """Where no date decides, the text that credits the other is the later one, and the edge is stated."""
    wire = article("w", FERRY, outlet="Beacon Press")
    copied = article("a", f"NESSARY (Beacon) – {FERRY}", outlet="Island Post")
    found = trace(wire, copied)
    assert edges(found) == [("a", "w", "copy", True), ("a", "w", "credit", True)]
    assert all(d.stated for d in found)
    (place,) = found[1].evidence
    assert copied.text[place.start : place.end] == "Beacon"


def test_credit_against_the_dates_takes_the_direction_away() -> None:
    """When the one that credits bears the earlier date, the copy has no direction and no credit leads to that text."""
    wire = article("w", FERRY, "2031-03-05", outlet="Beacon Press")
    copied = article("a", f"NESSARY (Beacon) – {FERRY}", "2031-03-01", outlet="Island Post")
    assert edges(trace(wire, copied)) == [("w", "a", "copy", False)]


def test_credit_leads_to_the_source_and_to_its_article() -> None:
    """An attribution to an outlet is a credit to that Source, and to the article of the set that the outlet printed."""
    source = Source(id="s", name="The Nessary Bell", kind="outlet")
    bell = article("b", FERRY, outlet="Nessary Bell")
    post = article("a", f"According to the Nessary Bell the crack is a hand wide. {COUNCIL}", outlet="Island Post")
    said = credits(post, "the Nessary Bell", source)
    found = derivations([post, bell], [], [said], [source])
    assert edges(found) == [("a", "b", "credit", True), ("a", "s", "credit", True)]
    assert [post.text[p.start : p.end] for d in found for p in d.evidence] == ["the Nessary Bell"] * 2
    assert all(d.stated and d.share is None for d in found)


@pytest.mark.parametrize(
    ("kind", "said", "name", "expected"),
    [
        pytest.param(
            "journalist", True, "Mina Harrow", [("a", "b"), ("a", "s")], id="the journalist of another article"
        ),
        pytest.param("document", True, "the survey", [("a", "s")], id="a document"),
        pytest.param("person", True, "Mina Harrow", [], id="a person is first-hand"),
        pytest.param("outlet", False, "Nessary Bell", [], id="a belief is no credit"),
        pytest.param("outlet", True, "Island Post", [], id="its own outlet"),
    ],
)
def test_who_can_be_credited(kind: str, said: bool, name: str, expected: list[tuple[str, str]]) -> None:
    """Carriers and documents are credited, people are not, and nobody credits itself."""
    source = Source(id="s", name=name, kind=kind)  # type: ignore[arg-type]
    bell = article("b", FERRY, outlet="Nessary Bell", byline="By Mina Harrow and Olle Brand")
    post = article("a", COUNCIL, outlet="Island Post")
    told = Attribution(id="x", article="a", source="s", source_spans=(Span(0, 7),), said=said)
    assert [(d.later, d.earlier) for d in derivations([post, bell], [], [told], [source])] == expected


def test_carriers_on_the_way_are_credited() -> None:
    """Carriers that the words came through are credited, with the words that say so; a person on the way is not."""
    sources = [
        Source(id="o", name="an official", kind="anonymous"),
        Source(id="k", name="Mina Harrow", kind="journalist"),
        Source(id="p", name="Sena Toft", kind="person"),
    ]
    post = article("a", f"An official told Mina Harrow that the keel was sound. {COUNCIL}")
    told = Attribution(
        id="x",
        article="a",
        source="o",
        source_spans=(Span(0, 11),),
        via=("k", "p"),
        via_spans=(Span(17, 28), Span(3, 11)),
    )
    (found,) = derivations([post], [], [told], sources)
    assert (found.later, found.earlier, found.kind) == ("a", "k", "credit")
    assert [post.text[p.start : p.end] for p in found.evidence] == ["Mina Harrow"]


def test_agency_lines_credit_the_agency() -> None:
    """A dateline's agency is a Source of the story: the article credits it."""
    source = Source(id="s", name="The Associated Press", kind="outlet")
    found = derivations([article("a", f"NESSARY (AP) — {FERRY}")], [], [], [source])
    assert edges(found) == [("a", "s", "credit", True)]


@pytest.mark.parametrize(
    ("text", "published", "credited"),
    [
        pytest.param(COUNCIL, "2031-03-02T10:00:00Z", True, id="no text shared, the same day"),
        pytest.param(COUNCIL, "2031-03-01", False, id="no text shared, a day before"),
        pytest.param(FERRY, "2031-03-02T08:00:00Z", False, id="text shared, an hour before"),
    ],
)
def test_no_credit_leads_to_an_article_that_appeared_later(text: str, published: str, credited: bool) -> None:
    """What an article credits is not what appeared after it."""
    bell = article("b", FERRY, "2031-03-02T09:00:00Z", outlet="Nessary Bell")
    post = article("a", f"{text}\n\nThis story was first published by the Nessary Bell.", published)
    assert (("a", "b", "credit", True) in edges(trace(bell, post))) is credited


def test_a_credit_that_several_articles_could_mean_leads_to_none() -> None:
    """Of two articles of the credited outlet the one that shares text is meant; if neither or both do, none is."""
    one, other = article("a", FERRY, outlet="Nessary Bell"), article("b", COUNCIL, outlet="Nessary Bell")
    credit = "This story was first published by the Nessary Bell."
    assert edges(trace(one, other, article("c", f"{QUAY}\n\n{credit}"))) == []
    assert [edge for edge in edges(trace(one, other, article("c", f"{FERRY}\n\n{credit}"))) if edge[2] == "credit"] == [
        ("c", "a", "credit", True)
    ]


def test_copies_that_print_a_quotation_have_no_edge_for_it() -> None:
    """What comes with a shared text is no link of its own, not even between texts that are joined through others."""
    parts = [f"{QUOTE} he said. {FERRY}", f"{FERRY} {QUOTE} he said. {COUNCIL}", f"{COUNCIL} {QUOTE} he said."]
    found = trace(*(article(str(n), text, f"2031-03-0{n + 1}") for n, text in enumerate(parts)))
    assert edges(found) == [("1", "0", "copy", True), ("2", "1", "copy", True)]


def test_one_lifted_paragraph_does_not_make_a_copy() -> None:
    """A long run in a much longer text is a rewrite: it joins no two lineages."""
    long_one = " ".join(
        [FERRY, *sorted(FERRY.split()), *COUNCIL.split()[::-1], *sorted(QUAY.split()), *sorted(COUNCIL.split())[::-1]]
    )
    long_other = " ".join([*sorted(COUNCIL.split()), *QUAY.split()[::-1], FERRY, *FERRY.split()[::-1], QUAY])
    found = trace(article("a", long_one, "2031-03-01"), article("b", long_other, "2031-03-02"))
    assert [(d.kind, d.share and d.share < 0.25) for d in found] == [("rewrite", True)]


def test_mutual_credit_stays_and_copies_have_no_ring() -> None:
    """Two articles that credit one another keep both credits (circular reporting); the copy has no direction."""
    one = article("a", f"{FERRY}\n\nThis story was first published by the Nessary Bell.", outlet="Island Post")
    other = article("b", f"{FERRY}\n\nThis story was first published by the Island Post.", outlet="Nessary Bell")
    found = trace(one, other)
    assert edges(found) == [("a", "b", "credit", True), ("b", "a", "copy", False), ("b", "a", "credit", True)]


def test_a_chain_keeps_nearest_sources_only() -> None:
    """Of all pairs of a lineage each later text keeps the source it shares most with."""
    first = article("a", f"{FERRY} {COUNCIL}", "2031-03-01")
    second = article("b", f"{FERRY} {COUNCIL} {QUAY}", "2031-03-02")
    third = article("c", f"{QUAY} {COUNCIL}", "2031-03-03")
    found = trace(third, first, second)
    assert edges(found) == [("b", "a", "copy", True), ("c", "b", "copy", True)]
    assert lineages([third, first, second], found) == (("a", "b", "c"),)


def bond(later: str, earlier: str, kind: str, share: float) -> Derivation:
    """An edge between two articles."""
    return Derivation(later=later, earlier=earlier, kind=kind, stated=False, share=share)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bonds", "groups"),
    [
        pytest.param([], [("a",), ("b",), ("c",), ("d",)], id="nothing shared"),
        pytest.param(
            [bond("b", "a", "copy", 0.9), bond("c", "b", "copy", 0.9)], [("a", "b", "c"), ("d",)], id="copies close"
        ),
        pytest.param(
            [bond("b", "a", "rewrite", 0.3), bond("c", "b", "rewrite", 0.2)],
            [("a", "b"), ("c",), ("d",)],
            id="one weak step",
        ),
        pytest.param(
            [bond("b", "a", "copy", 0.9), bond("d", "c", "copy", 0.9), bond("c", "b", "rewrite", 0.2)],
            [("a", "b"), ("c", "d")],
            id="a rewrite does not join two lineages",
        ),
        pytest.param(
            [bond("b", "a", "copy", 0.9), bond("c", "b", "rewrite", 0.2), bond("d", "a", "rewrite", 0.1)],
            [("a", "b", "c", "d")],
            id="rewrites of one lineage",
        ),
        pytest.param(
            [bond("b", "a", "credit", 0), bond("c", "b", "quote", 0.5)], [("a",), ("b",), ("c",), ("d",)], id="other"
        ),
        pytest.param([bond("b", "s", "copy", 1)], [("a",), ("b",), ("c",), ("d",)], id="a source is no article"),
    ],
)
def test_lineages(bonds: list[Derivation], groups: list[tuple[str, ...]]) -> None:
    """Copies join all they connect, rewrites reach one step, in any order of the edges."""
    batch = [article(name, FERRY) for name in "dbca"]
    assert list(lineages(batch, bonds)) == groups
    assert list(lineages(batch[::-1], bonds[::-1])) == groups


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        pytest.param("NESSARY, Osmund (AP) — The ferry", [("Associated Press", "AP")], id="dateline"),
        pytest.param("NESSARY (Reuters) - The ferry", [("Reuters", "Reuters")], id="hyphen"),
        pytest.param("(Reuters) - The ferry", [("Reuters", "Reuters")], id="no place"),
        pytest.param("TORVIK, Feb 13 (Beacon) – The ferry", [("Beacon", "Beacon")], id="an agency nobody knows"),
        pytest.param(
            "Island Post\nBy Mina Harrow, Associated Press\nThe ferry",
            [("Associated Press", "Associated Press")],
            id="by",
        ),
        pytest.param("MINA HARROW and OLLE BRAND / AP\nThe ferry", [("Associated Press", "AP")], id="after a stroke"),
        pytest.param("By MINA HARROW, AP Maritime Writer\n", [("Associated Press", "AP")], id="short form in a byline"),
        pytest.param(
            "The Associated Press | Sunday, March 2\n", [("Associated Press", "Associated Press")], id="alone, date"
        ),
        pytest.param("Ferry stopped\nAFP\nThe ferry", [("Agence France-Presse", "AFP")], id="alone near the top"),
        pytest.param(
            "x.\n© 2031 The Associated Press. All rights", [("Associated Press", "Associated Press")], id="rights"
        ),
        pytest.param("x.\nCopyright 2031 by Agence France-Presse", [("Agence France-Presse",) * 2], id="copyright"),
        pytest.param(
            "This story was first published by the Nessary Bell.", [("Nessary Bell", "Nessary Bell")], id="first"
        ),
        pytest.param(
            "This article originally appeared in The Island Post.", [("Island Post", "Island Post")], id="appeared"
        ),
        pytest.param(
            "x.\nThe Associated Press contributed to this report.", [("Associated Press",) * 2], id="contributed"
        ),
        pytest.param(
            "x.\nReporting by the Nessary Bell; edited by the Post.", [("Nessary Bell", "Nessary Bell")], id="reporting"
        ),
        pytest.param("x.\nReporting by Olle Brand; Editing by Mina Harrow", [], id="a reporter, not an outlet"),
        pytest.param("x.\nContributing: AP, Olle Brand", [("Associated Press", "AP")], id="contributing"),
        pytest.param("The hull (Photo: Olle Brand / AP) was lifted", [], id="a picture's credit"),
        pytest.param("The hull. By Olle Brand/AP\nFerry", [], id="another picture's credit"),
        pytest.param("He told the Associated Press on Sunday - again", [], id="running text"),
        pytest.param("NATO chief Olle Brand (Osmund) - a friend", [], id="brackets in running text"),
        pytest.param("NESSARY (Video) - The ferry", [], id="a label"),
        pytest.param("By the time the APA met, PAs had gone", [], id="letters within words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_credit_marks(text: str, marks: list[tuple[str, str]]) -> None:
    """Credit lines give the agency's or outlet's name and its place; pictures and running text give none."""
    found = credit_marks(article("a", text))
    assert [(name, span.of(text)) for name, span in found] == marks


def test_credit_lines_of_other_stories_do_not_count() -> None:
    """A credit within related links or a caption is not the article's."""
    text = "Ferry stopped\nNESSARY (AP) — Other news\nThe ferry"
    marked = Article(id="a", text=text, furniture=(Furniture(14, 40, "related_link"),))
    assert credit_marks(marked) == ()


PARTS = [
    FERRY,
    COUNCIL,
    QUAY,
    f"{QUOTE} he said.",
    "NESSARY (Beacon) – Today",
    "This story was first published by the Bell.",
]
DATES = st.sampled_from(
    [None, "2031-03-01", "2031-03-02", "2031-03-02T10:00:00Z", "2031-03-02T12:00:00+01:00", "2031-03"]
)
ARTICLES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(PARTS) | st.text(max_size=8), max_size=5).map("\n".join),
        DATES,
        st.sampled_from([None, "Bell", "Beacon Press", "Post"]),
    ),
    max_size=7,
).map(lambda rows: [Article(id=str(n), text=t, published=p, outlet=o) for n, (t, p, o) in enumerate(rows)])


@given(ARTICLES, st.randoms(use_true_random=False))
def test_derivations_hold_whatever_the_set(batch: list[Article], rnd: random.Random) -> None:
    """No ring among directed text edges, none against the dates, evidence in its text, lineage whole, any order."""
    source = Source(id="s", name="Beacon", kind="outlet")
    shared = copies(batch)
    found = derivations(batch, shared, [], [source])
    texts = {a.id: a.text for a in batch}
    above: dict[str, set[str]] = {a.id: set() for a in batch}
    connected = {a.id: {a.id} for a in batch}
    for d in found:
        assert d.later != d.earlier
        assert d.evidence
        assert all(0 <= p.start < p.end <= len(texts[p.article]) for p in d.evidence)
        assert d.share is None or 0 < d.share <= 1
        if d.kind in ("copy", "rewrite"):
            merge(connected, d.later, d.earlier)
            if d.directed:
                above[d.later].add(d.earlier)
    assert not any(name in reach(above, name) for name in above)
    dated = {(c.later, c.earlier) for c in shared if c.directed}
    assert not any((d.earlier, d.later) in dated for d in found if d.directed and d.kind != "quote")
    assert all(c.later in connected[c.earlier] for c in shared)
    groups = lineages(batch, found)
    assert sorted(name for group in groups for name in group) == sorted(texts)
    mixed, mixed_copies = list(batch), list(shared)
    rnd.shuffle(mixed)
    rnd.shuffle(mixed_copies)
    assert derivations(mixed, mixed_copies, [], [source]) == found


@given(st.integers(2, 6), st.data())
def test_credits_never_close_a_ring(count: int, data: st.DataObject) -> None:
    """Whatever credits whatever, directed copies form no ring."""
    order = data.draw(st.permutations(range(count)))
    texts = [f"{FERRY}\n\nThis story was first published by the Outlet{order[n]}." for n in range(count)]
    batch = [Article(id=str(n), text=text, outlet=f"Outlet{n}") for n, text in enumerate(texts)]
    found = derivations(batch, copies(batch), [], [])
    above: dict[str, set[str]] = {a.id: set() for a in batch}
    for d in found:
        if d.directed and d.kind == "copy":
            above[d.later].add(d.earlier)
    assert not any(name in reach(above, name) for name in above)


def merge(connected: dict[str, set[str]], one: str, other: str) -> None:
    """Make one group of two."""
    both = connected[one] | connected[other]
    for name in both:
        connected[name] = both


def reach(above: dict[str, set[str]], start: str) -> set[str]:
    """All that can be reached from ``start``."""
    seen: set[str] = set()
    waiting = list(above[start])
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            waiting += above[at]
    return seen


def test_copies_of_unknown_articles_are_left_out() -> None:
    """Copies that name articles outside the set add nothing."""
    stray = Copy(
        earlier="x",
        later="y",
        share=1.0,
        directed=True,
        passages=(),
        share_of_earlier=1.0,
        basis="published",
        kind="reprint",
    )
    assert derivations([article("a", FERRY)], [stray], [], []) == ()


def test_many_copies_give_few_edges() -> None:
    """A wire story in forty outlets gives one edge an outlet, not one a pair."""
    batch = [article(f"{n:02}", FERRY, f"2031-03-02T10:{n:02}:00Z") for n in range(40)]
    found = trace(*batch)
    assert [(d.later, d.earlier) for d in found] == [(a.id, "00") for a in batch[1:]]
    assert len(list(combinations(batch, 2))) == 780
