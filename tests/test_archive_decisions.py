"""People's decisions: each seen in the next trace, gone when undone, carried to another archive, no more than named."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archived import add, assert_sound, go_on, rules
from headwater.archive import Archive, articles, stories
from headwater.archive.applied import OfStory, marked
from headwater.archive.decisions import about, decide, export_lines, import_lines, log, undo
from headwater.errors import InputError
from headwater.model import Article, Claim, Decisions, Furniture, Named, Place, Trace
from whole import assert_whole

POST = (
    "The ferry to Holm Skerry will stop running in October, harbour director Anselm Quist said on Monday.\n\n"
    "Repairs would cost six million crowns, the engineer Oda Lund said.\n\n"
    "The café at the pier will be closed until April, said the cook Ruben Vale.\n\n"
    "Islanders will meet at the old school on Friday evening."
)
GAZETTE = (
    "The ferry to Holm Skerry will stop running in October, harbour director Anselm Quist said on Tuesday.\n\n"
    "Mending the hull is a matter of millions, said the shipwright Pia Holt.\n\n"
    "The café at the pier will be closed until April, said the waiter Jon Tarn.\n\n"
    "A choir from the mainland sings in the church on Sunday."
)
FERRY = (
    Article(id="post", text=POST, outlet="Skerry Post", published="2025-09-15", language="en"),
    Article(id="gazette", text=GAZETTE, outlet="Coast Gazette", published="2025-09-16", language="en"),
)
WHO, AT = "an editor", "2025-10-01T10:00:00Z"


def place(article: str, words: str) -> Place:
    """Where words stand in one of the two articles."""
    text = {a.id: a.text for a in FERRY}[article]
    start = text.index(words)
    return Place(article, start, start + len(words))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of one story in two articles."""
    with Archive(tmp_path / "a.hw") as made:
        add(made, FERRY, rules())
        yield made
        assert_sound(made.path)


def now(archive: Archive) -> Trace:
    """The trace of the one story, whole."""
    (row,), _ = stories.stories(archive)
    trace = stories.trace(archive, row.id)
    assert_whole(trace)
    return trace


def claim_at(trace: Trace, where: Place) -> Claim:
    """The claim that is made at a place."""
    (found,) = [
        c for c in trace.claims
        if any(m.article == where.article and any(s.overlap(where.span) for s in m.spans) for m in c.mentions)
    ]  # fmt: skip
    return found


def mentions(trace: Trace) -> set[frozenset[tuple[str, int]]]:
    """The claims by the places of their mentions."""
    return {frozenset((m.article, m.spans[0].start) for m in c.mentions) for c in trace.claims}


REPAIRS = (place("post", "Repairs would cost six million crowns"), place("gazette", "Mending the hull is a matter"))
CAFE = (
    place("post", "The café at the pier will be closed until April"),
    place("gazette", "The café at the pier will be closed until April"),
)


def test_the_same_claim(archive: Archive) -> None:
    """Two claims become one, with the origins of both; all others stay; undone, they are two again."""
    before = now(archive)
    one, other = (claim_at(before, p) for p in REPAIRS)
    assert one.id != other.id
    made = decide(archive, "same_claim", places=REPAIRS, who=WHO, at=AT)
    go_on(archive, rules())
    after = now(archive)
    joined = claim_at(after, REPAIRS[0])
    assert joined == claim_at(after, REPAIRS[1])
    assert joined.id in {one.id, other.id}
    assert {o.source for o in joined.origins} == {o.source for c in (one, other) for o in c.origins}
    assert mentions(after) - mentions(before) == {frozenset((p.article, p.start) for p in REPAIRS)}
    assert stories.stories(archive)[0][0].decisions == (made.id,)
    assert stories.claim(archive, one.id).id == stories.claim(archive, other.id).id
    undo(archive, made.id, who=WHO, at=AT)
    go_on(archive, rules())
    assert mentions(now(archive)) == mentions(before)


def test_not_the_same_claim(archive: Archive) -> None:
    """One claim becomes two, also where both are told in the same words; undone, it is one again."""
    before = now(archive)
    assert claim_at(before, CAFE[0]) == claim_at(before, CAFE[1])
    made = decide(archive, "not_same_claim", places=CAFE, who=WHO, at=AT)
    go_on(archive, rules())
    after = now(archive)
    one, other = (claim_at(after, p) for p in CAFE)
    assert one.id != other.id
    assert claim_at(before, CAFE[0]).id in {one.id, other.id}
    assert mentions(before) - mentions(after) == {frozenset((p.article, p.start) for p in CAFE)}
    undo(archive, made.id, who=WHO, at=AT)
    go_on(archive, rules())
    assert now(archive).claims == before.claims


def names(trace: Trace) -> set[str]:
    """The names of all sources."""
    return {s.name for s in trace.sources}


@pytest.mark.parametrize("by", ["places", "names"])
def test_the_same_source(archive: Archive, by: str) -> None:
    """Two sources become one, which is then one origin; undone, they are two again."""
    before = now(archive)
    assert {"Ruben Vale", "Jon Tarn"} <= names(before)
    assert claim_at(before, CAFE[0]).independent.high == 2
    asked: dict[str, object] = (
        {"places": (place("post", "Ruben Vale"), place("gazette", "Jon Tarn"))}
        if by == "places"
        else {"names": (Named("person", "Ruben Vale"), Named("person", "Jon Tarn"))}
    )
    made = decide(archive, "same_source", **asked, who=WHO, at=AT)  # type: ignore[arg-type]
    go_on(archive, rules())
    after = now(archive)
    assert len(names(after) & {"Ruben Vale", "Jon Tarn"}) == 1
    assert len(names(before) - names(after)) == 1
    assert claim_at(after, CAFE[0]).independent.high == 1
    undo(archive, made.id, who=WHO, at=AT)
    go_on(archive, rules())
    assert now(archive) == before


def test_not_the_same_source(archive: Archive) -> None:
    """One name of two people: two sources, and two origins; undone, one again."""
    before = now(archive)
    quist = (place("post", "Anselm Quist"), place("gazette", "Anselm Quist"))
    ferry = place("post", "The ferry to Holm Skerry")
    assert claim_at(before, ferry).independent.high == 1
    made = decide(archive, "not_same_source", places=quist, who=WHO, at=AT)
    go_on(archive, rules())
    after = now(archive)
    assert names(after) - names(before) == {"Anselm Quist (2)"}
    assert len(claim_at(after, ferry).origins) == 2
    assert claim_at(after, ferry).independent.high == 2
    others = [c for c in after.claims if c.id != claim_at(after, ferry).id]
    assert others == [c for c in before.claims if c.id != claim_at(before, ferry).id]
    undo(archive, made.id, who=WHO, at=AT)
    go_on(archive, rules())
    assert now(archive) == before


def test_furniture_and_not(archive: Archive) -> None:
    """What is furniture is not read and makes no claim; what is not is; undone, as it was."""
    before = now(archive)
    choir = place("gazette", "A choir from the mainland sings in the church on Sunday.")
    assert claim_at(before, choir)
    made = decide(archive, "furniture", places=[choir], value="promo", who=WHO, at=AT)
    go_on(archive, rules())
    after = now(archive)
    gazette = next(a for a in after.articles if a.id == "gazette")
    assert Furniture(choir.start, choir.end, "promo") in gazette.furniture
    assert gazette.words == next(a for a in before.articles if a.id == "gazette").words - 11
    with pytest.raises(ValueError, match="not enough values"):
        claim_at(after, choir)
    assert articles.article(archive, "gazette").furniture == (), "the article itself stays as it came in"
    decide(archive, "not_furniture", places=[choir], who=WHO, at="2025-10-02")
    go_on(archive, rules())
    assert claim_at(now(archive), choir)
    undo(archive, made.id, who=WHO, at=AT)
    go_on(archive, rules())
    assert mentions(now(archive)) == mentions(before)


def test_the_owner_of_an_outlet(archive: Archive) -> None:
    """Stands with every article of the outlet in the next trace; undone, not any more."""
    made = decide(archive, "owner", outlet="the skerry post", value="Tidewater Group", who=WHO, at=AT)
    go_on(archive, rules())
    assert {a.id: a.owner for a in now(archive).articles} == {"post": "Tidewater Group", "gazette": None}
    undo(archive, made.id, who=WHO, at=AT)
    go_on(archive, rules())
    assert {a.owner for a in now(archive).articles} == {None}


def test_notes_and_letters_trace_nothing_again(archive: Archive) -> None:
    """A note stands with its article and its words; neither it nor a letter makes any story stale."""
    note = decide(archive, "note", places=[CAFE[0]], value="Ask the café.", who=WHO, at=AT)
    decide(archive, "reliability", names=[Named("person", "Oda Lund")], value="B", who=WHO, at=AT)
    assert go_on(archive).traced == ()
    (found,) = about(archive, "post")
    assert (found.decision.id, found.places) == (note.id, (CAFE[0],))
    assert about(archive, "gazette") == ()
    undo(archive, note.id, who=WHO, at=AT)
    assert about(archive, "post") == ()


def test_the_later_decision_holds(archive: Archive) -> None:
    """Of two on the same places the later counts; undoing it brings the earlier back."""
    decide(archive, "same_claim", places=REPAIRS, who=WHO, at=AT)
    later = decide(archive, "not_same_claim", places=REPAIRS[::-1], who="another", at="2025-10-02")
    go_on(archive, rules())
    assert claim_at(now(archive), REPAIRS[0]) != claim_at(now(archive), REPAIRS[1])
    undo(archive, later.id, who="another", at="2025-10-03")
    go_on(archive, rules())
    assert claim_at(now(archive), REPAIRS[0]) == claim_at(now(archive), REPAIRS[1])


def test_undoing_can_be_undone(archive: Archive) -> None:
    """The log only grows; an entry holds unless an entry that holds undoes it."""
    made = decide(archive, "same_claim", places=REPAIRS, who=WHO, at=AT)
    for number in range(1, 4):
        last = log(archive)[0][0].decision.id
        undo(archive, last, who="an editor", at=f"2025-10-0{1 + number}")
        held = {entry.decision.id: entry.active for entry in log(archive)[0]}
        assert held[made.id] is (number % 2 == 0)
    assert log(archive)[1] == 4
    assert log(archive, offset=3, limit=5)[0][0].decision == made


def test_decisions_are_carried_to_another_archive(archive: Archive, tmp_path: Path) -> None:
    """A round trip gives the same log; twice is once; places are found by their words; what is not found is kept."""
    decide(archive, "same_claim", places=REPAIRS, who=WHO, at=AT)
    decide(archive, "note", places=[CAFE[0]], value="Ask the café.", who=WHO, at=AT)
    lost = decide(
        archive, "note", places=[place("gazette", "A choir from the mainland")], value="Which?", who=WHO, at=AT
    )
    undone = decide(archive, "reliability", names=[Named("person", "Oda Lund")], value="B", who=WHO, at=AT)
    undo(archive, undone.id, who=WHO, at=AT)
    lines = list(export_lines(archive))
    with Archive(tmp_path / "other.hw") as other:
        loose = import_lines(other, lines)
        assert len(loose.unattached) == 3, "no article is here yet"
        post = replace(FERRY[0], text="A new first line.\n\n" + POST)
        gazette = replace(FERRY[1], text=GAZETTE.partition("A choir")[0])
        add(other, [post, gazette], rules())
        again = import_lines(other, lines)
        assert (again.new, again.there) == ((), 5)
        assert again.unattached == (lost.id,)
        assert list(export_lines(other)) == lines
        assert {e.decision.id for e in log(other)[0] if e.unattached} == {lost.id}
        (found,) = about(other, "post")[1:]
        assert found.places[0] == Place("post", CAFE[0].start + 19, CAFE[0].end + 19)
        moved = [Place("post", REPAIRS[0].start + 19, REPAIRS[0].end + 19), REPAIRS[1]]
        assert claim_at(now(other), moved[0]) == claim_at(now(other), moved[1]), "used as soon as the words are there"
    assert import_lines(archive, lines).new == ()


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b'"\xff"', b'{"id": "x"}',
     b'{"id": "x", "kind": "note", "who": "a", "at": "b", "value": "no place"}',
     b'{"id": "x", "kind": "undo", "who": "a", "at": "b"}',
     b'{"id": "x", "kind": "erase", "who": "a", "at": "b"}'],
    ids=["no JSON", "no object", "no UTF-8", "fields missing", "no place", "nothing undone", "no such kind"],
)  # fmt: skip
def test_lines_that_are_no_decisions(archive: Archive, line: bytes) -> None:
    """Each is named with its number, and the others are taken in."""
    good = b'{"id": "x", "kind": "owner", "who": "a", "at": "b", "value": "o", "outlet": "p"}'
    done = import_lines(archive, [line, b"\n", good])
    assert [f.where for f in done.failures] == ["line 1"]
    assert len(done.new) == 1


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("same_claim", {"places": REPAIRS[:1]}, "two of them"),
        ("same_source", {"places": REPAIRS, "names": [Named("person", "A")]}, "two of them"),
        ("note", {"places": REPAIRS[:1], "value": ""}, "a note has"),
        ("note", {"places": [Place("post", 5, 99_999)], "value": "x"}, "no place in article"),
        ("note", {"places": [Place("post", 5, 5)], "value": "x"}, "no place in article"),
        ("note", {"places": [Place("none", 0, 5)], "value": "x"}, "no article"),
        ("reliability", {"names": [Named("person", "Oda Lund")], "value": "G"}, "a letter from A"),
        ("reliability", {"names": [Named("anonymous", "two engineers")], "value": "A"}, "without a name"),
        ("reliability", {"names": [Named("king", "Oda Lund")], "value": "A"}, "by its kind"),  # type: ignore[arg-type]
        ("furniture", {"places": REPAIRS[:1], "value": "chair"}, "no kind of furniture"),
        ("owner", {"value": "Tidewater Group"}, "needs the outlet"),
        ("note", {"places": REPAIRS[:1], "value": "x", "who": " "}, "who decided"),
        ("undo", {}, "the id of the decision"),
    ],
    ids=["one place", "three things", "empty note", "outside the text", "empty place", "no article", "no letter",
         "no name", "no kind of source", "no furniture", "no outlet", "nobody", "undo of nothing"],
)  # fmt: skip
def test_what_no_trace_could_use_is_refused(
    archive: Archive, kind: str, given: Mapping[str, object], says: str
) -> None:
    """With one line; nothing is logged."""
    with pytest.raises(InputError, match=says):
        decide(archive, kind, **{"who": WHO, "at": AT, **given})  # type: ignore[arg-type]
    assert log(archive)[1] == 0
    with pytest.raises(InputError, match="no decision"):
        undo(archive, "decision-none", who=WHO, at=AT)


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(SPANS, max_size=3), st.lists(st.tuples(SPANS, st.booleans()), max_size=4))
def test_marks_cover_what_they_name(before: list[tuple[int, int]], asked: list[tuple[tuple[int, int], bool]]) -> None:
    """Furniture is sorted and apart; of each character the last decision about it holds, else what cleaning said."""
    kept: list[Furniture] = []
    for start, end in sorted(before):
        if not kept or start >= kept[-1].end:
            kept.append(Furniture(start, end, "promo"))
    article = Article(id="a", text="word " * 16, furniture=tuple(kept))
    told = OfStory(
        decisions=Decisions(), marks=tuple((Place("a", *span), "other" if is_ else None) for span, is_ in asked)
    )
    out = marked(article, told).furniture
    assert all(one.end <= other.start for one, other in pairwise(out))
    for at in range(80):
        said = [is_ for (start, end), is_ in asked if start <= at < end]
        expected = said[-1] if said else any(f.start <= at < f.end for f in kept)
        assert any(f.start <= at < f.end for f in out) is expected
