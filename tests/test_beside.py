"""The network's attributions beside the rules': quotations taken whole, chains put on, nothing said twice or lost."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Span
from headwater.reading.tagger import Tagged
from headwater.reading.trained.beside import backed, joined, likeness, untorn, whole


def at(text: str, part: str) -> Span:
    """Where a part stands."""
    start = text.index(part)
    return Span(start, start + len(part))


def said(
    text: str, source: str, cue: str, *content: str, via: str = "", score: float = 0.9, follows: int | None = None
) -> Tagged:
    """An attribution, from its words."""
    return Tagged(
        cue=(at(text, cue),) if cue else (),
        source=(at(text, source),) if source else (),
        content=tuple(at(text, part) for part in content),
        via=(at(text, via),) if via else (),
        score=score,
        follows=follows,
    )


def shown(text: str, attributions: Sequence[Tagged]) -> list[str]:
    """Attributions in words: source | cue | content parts | carriers."""
    return [
        " | ".join(" … ".join(s.of(text) for s in spans) for spans in (t.source, t.cue, t.content, t.via)).rstrip(" |")
        for t in attributions
    ]


def quotes(text: str) -> list[Span]:
    """Curly quotations, with their marks."""
    out, start = [], -1
    for place, char in enumerate(text):
        if char == "“" and start < 0:
            start = place
        elif char == "”":
            out.append(Span(start, place + 1))
            start = -1
    return out


LAMP = "“The lamp failed twice. Nobody came to mend it,” Ilse Vantongeren said on Tuesday."
TWO = "“The lamp failed twice,” Fenn said. “Nobody came to mend it,” Pell added."
PARTED = "“The lamp failed twice,” Fenn said, “and nobody came to mend it.”"
INNER = "“Pell told me the lamp had failed twice,” Fenn said."
OVER = "“The lamp failed twice.\n\n“Nobody came to mend it.\n\n“It is dark now,” Fenn said."

WHOLE = [
    pytest.param(
        LAMP, [("said", ["“The lamp failed"])], ["“The lamp failed twice. Nobody came to mend it,”"], id="begun"
    ),
    pytest.param(
        LAMP, [("said", ["Nobody came to mend it"])], ["“The lamp failed twice. Nobody came to mend it,”"], id="its end"
    ),
    pytest.param(LAMP, [("said", ["on Tuesday"])], ["on Tuesday"], id="words outside stay"),
    pytest.param(TWO, [("said", ["The lamp failed"])], ["“The lamp failed twice,”"], id="another quotation stays out"),
    pytest.param(
        TWO,
        [("said", ["The lamp failed"]), ("added", ["came to mend"])],
        ["“The lamp failed twice,”", "“Nobody came to mend it,”"],
        id="each its own",
    ),
    pytest.param(
        PARTED,
        [("said", ["The lamp failed", "nobody came to"])],
        ["“The lamp failed twice,” … “and nobody came to mend it.”"],
        id="both halves",
    ),
    pytest.param(
        INNER,
        [("said", ["“Pell"]), ("told", ["the lamp had failed twice"])],
        ["“Pell", "the lamp had failed twice"],
        id="not past another's cue",
    ),
    pytest.param(INNER, [("told", ["the lamp had failed"])], ["the lamp had failed"], id="not past its own cue"),
    pytest.param(LAMP, [("said", ["“"])], ["“"], id="a mark alone begins nothing"),
    pytest.param(
        OVER,
        [("said", ["It is dark now"])],
        ["“The lamp failed twice.\n\n“Nobody came to mend it.\n\n“It is dark now,”"],
        id="over paragraphs",
    ),
    pytest.param(LAMP, [("said", [])], [""], id="no content"),
]


@pytest.mark.parametrize(("text", "given_", "expected"), WHOLE)
def test_whole(text: str, given_: list[tuple[str, list[str]]], expected: list[str]) -> None:
    """A quotation that was begun is taken whole, where nobody else speaks in it."""
    made = whole([said(text, "", cue, *content) for cue, content in given_], quotes(text))
    assert [" … ".join(s.of(text) for s in t.content) for t in made] == expected
    assert [t.cue for t in made] == [(at(text, cue),) for cue, _ in given_]


def test_a_quotation_in_which_two_have_a_part_is_given_to_neither() -> None:
    """Both keep what they had."""
    text = OVER.replace("Nobody", "Nobody at all")
    two = [said(text, "", "“The", "lamp failed twice"), said(text, "Fenn", "said", "It is dark now")]
    assert [t.content for t in whole(two, quotes(text))] == [t.content for t in two]


LENGTH = 2000


@st.composite
def attributions(draw: st.DrawFn, *, rules: bool = False) -> list[Tagged]:
    """Attributions in order of place, their spans apart, each with a cue and content."""
    bounds = sorted(10 * place for place in draw(st.sets(st.integers(0, LENGTH // 10), max_size=24)))
    spans = [Span(a, b) for a, b in pairwise(bounds) if draw(st.integers(0, 4))]
    made: list[Tagged] = []
    while len(spans) >= 2:
        size = draw(st.integers(2, min(5, len(spans))))
        mine, spans = draw(st.permutations(spans[:size])), spans[size:]
        follows = draw(st.none() | st.integers(0, len(made) - 1)) if rules and made else None
        via = tuple(mine[4:]) if rules else ()
        source = tuple(mine[2:3]) if follows is None else ()
        content = tuple(sorted([mine[1], *mine[3:4]]))
        score = draw(st.sampled_from([0.3, 0.7, 0.9]))
        made.append(Tagged(cue=(mine[0],), source=source, content=content, via=via, follows=follows, score=score))
    # numbers of those gone before, whatever the order: rules count in the order they are given
    return sorted(made, key=lambda t: t.content[0].start) if not rules else made


QUOTED = st.sets(st.integers(0, LENGTH), max_size=12).map(lambda b: [Span(x, y) for x, y in pairwise(sorted(b))][::2])


@given(attributions(), QUOTED)
def test_whole_only_adds(made: list[Tagged], quoted: list[Span]) -> None:
    """Nothing is lost; what is added are quotations; contents stay apart, in order, and off every cue and source."""
    found = whole(made, quoted)
    assert [replace(t, content=()) for t in found] == [replace(t, content=()) for t in made]
    ends = {q.start for q in quoted} | {q.end for q in quoted}
    for old, new in zip(made, found, strict=True):
        assert all(any(s.holds(o) for s in new.content) for o in old.content)
        assert all(a.end < b.start for a, b in pairwise(new.content))
        edges = ends | {e for s in old.content for e in (s.start, s.end)}
        assert {e for s in new.content for e in (s.start, s.end)} <= edges
    every = sorted(s for t in found for s in (*t.cue, *t.source, *t.content))
    assert all(a.end <= b.start for a, b in pairwise(every))


@given(attributions(), QUOTED)
def test_whole_is_done_once(made: list[Tagged], quoted: list[Span]) -> None:
    """Doing it again changes nothing."""
    found = whole(made, quoted)
    assert whole(found, quoted) == found


NEWS = (
    "The lamp failed, Ilse Vantongeren told the Courier. The pier is shut, it was said. "
    "Orla Fenn hopes that it opens. “We wait,” Pell added."
)
TOLD = said(NEWS, "Ilse Vantongeren", "told", "The lamp failed")
CHAIN = said(NEWS, "Ilse Vantongeren", "told", "The lamp failed", via="the Courier")
SHUT = said(NEWS, "", "was said", "The pier is shut")
HOPES = said(NEWS, "Orla Fenn", "hopes", "that it opens")
WAITS = said(NEWS, "Pell", "added", "“We wait,”")

JOINED = [
    pytest.param([], [], [], id="nothing"),
    pytest.param([TOLD, HOPES], [], [TOLD, HOPES], id="the network alone"),
    pytest.param([], [TOLD, WAITS], [TOLD, WAITS], id="the rules alone, sure"),
    pytest.param([], [replace(WAITS, score=0.3)], [], id="the rules alone, not sure"),
    pytest.param([HOPES], [TOLD, WAITS], [TOLD, HOPES, WAITS], id="each its own, in order of place"),
    pytest.param([TOLD], [TOLD], [TOLD], id="both the same: once"),
    pytest.param(
        [TOLD], [said(NEWS, "Ilse Vantongeren", "told", "lamp failed")], [TOLD], id="nearly the same: the network's"
    ),
    pytest.param([TOLD], [CHAIN], [CHAIN], id="whom it came through is the rules'"),
    pytest.param([HOPES], [CHAIN], [CHAIN, HOPES], id="a chain that only the rules saw"),
    pytest.param(
        [said(NEWS, "", "told", "The lamp failed")],
        [TOLD],
        [TOLD],
        id="a source that only the rules saw",
    ),
    pytest.param(
        [said(NEWS, "", "told", "The lamp failed", score=0.5)],
        [CHAIN],
        [replace(CHAIN, score=0.5)],
        id="a source and a chain that only the rules saw",
    ),
    pytest.param([SHUT], [TOLD], [TOLD, SHUT], id="no source stays none"),
    pytest.param(
        [HOPES],
        [said(NEWS, "Orla Fenn", "hopes that it", "opens", score=0.9), WAITS],
        [HOPES, WAITS],
        id="the same by cue and a part of the content",
    ),
    pytest.param(
        [WAITS],
        [TOLD, said(NEWS, "", "was said", "“We wait,”")],
        [TOLD, WAITS],
        id="other cue, same words: the network's",
    ),
]


@pytest.mark.parametrize(("trained", "ruled", "expected"), JOINED)
def test_joined(trained: list[Tagged], ruled: list[Tagged], expected: list[Tagged]) -> None:
    """One list: the network's words, the rules' chains, what only one of them saw."""
    found = joined(trained, ruled, quotes(NEWS))
    assert shown(NEWS, found) == shown(NEWS, expected)
    assert list(found) == expected


def test_follows_count_in_the_new_list() -> None:
    """Who goes on speaking points at the same attribution as before, wherever it stands now."""
    text = "The pier is shut, Roe said. The lamp failed, Fenn said. “We wait,” he added. “It is dark.”"
    roe, fenn = said(text, "Roe", "said", "The pier is shut"), said(text, "Fenn", "Fenn said", "The lamp failed")
    fenn = replace(fenn, cue=(Span(fenn.cue[0].start + 5, fenn.cue[0].end),))
    he = said(text, "he", "added", "“We wait,”")
    on = said(text, "", "", "“It is dark.”", follows=1)
    for trained in ([roe], [roe, he], [roe, fenn], [he]):
        found = joined(trained, [fenn, he, on], quotes(text))
        (last,) = [t for t in found if t.content == on.content]
        assert last.follows is not None
        assert found[last.follows].content == he.content


def test_follows_nobody_where_nobody_is_left() -> None:
    """Where the one followed was not believed, the one who follows is without a speaker."""
    text = "The pier is shut, Roe said. “It is dark.”"
    rules = [
        said(text, "Roe", "said", "The pier is shut", score=0.1),
        said(text, "", "", "“It is dark.”", follows=0, score=0.9),
    ]
    assert [t.follows for t in joined([], rules, quotes(text))] == [None]


def test_quotations_that_go_on_are_added() -> None:
    """A quotation that the rules give to the same speaker, and the network to nobody, is that speaker's."""
    text = "“The lamp failed,” Fenn said.\n\n“Nobody came.” “It was dark,” Pell added."
    one = said(text, "Fenn", "said", "“The lamp failed,”")
    more = said(text, "Fenn", "said", "“The lamp failed,”", "“Nobody came.”", "“It was dark,”")
    pell = said(text, "Pell", "added", "“It was dark,”")
    assert shown(text, joined([one, pell], [more], quotes(text))) == [
        "Fenn | said | “The lamp failed,” … “Nobody came.”",
        "Pell | added | “It was dark,”",
    ]


@given(attributions(), attributions(rules=True), QUOTED)
def test_whatever_both_found(trained: list[Tagged], ruled: list[Tagged], quoted: list[Span]) -> None:
    """In order of place; every span from one of the two; ``follows`` points at another; the same on every run."""
    found = joined(trained, ruled, quoted)
    assert found == joined(trained, ruled, quoted)
    assert [_begin(t) for t in found] == sorted(_begin(t) for t in found)
    for number, tagged in enumerate(found):
        assert tagged.content
        spans = (*tagged.cue, *tagged.source, *tagged.content, *tagged.via)
        assert all(0 <= s.start < s.end <= LENGTH for s in spans)
        assert tagged.follows is None or (0 <= tagged.follows < len(found) and tagged.follows != number)
        assert tagged.cue in {t.cue for t in (*trained, *ruled)}
        assert tagged.via in {t.via for t in (*trained, *ruled)}
    assert len({(t.cue, t.content) for t in found}) == len(found)


@given(attributions(), attributions(rules=True), QUOTED)
def test_what_only_one_found_stays(trained: list[Tagged], ruled: list[Tagged], quoted: list[Span]) -> None:
    """An attribution of the network's that touches none of the rules' is there as it was; a sure one of theirs too."""
    found = joined(trained, ruled, quoted)
    for tagged in trained:
        if not any(_touch(tagged, rule) for rule in ruled):
            assert tagged in found
    for rule in ruled:
        if rule.score > 0.6 and not any(_touch(rule, tagged) for tagged in trained):
            assert replace(rule, follows=None) in [replace(t, follows=None) for t in found]


@given(attributions(), QUOTED)
def test_the_network_beside_nothing_and_itself(trained: list[Tagged], quoted: list[Span]) -> None:
    """Without rules nothing changes, and rules that saw just the same add nothing."""
    assert list(joined(trained, [], quoted)) == trained
    assert sorted(map(_begin, joined(trained, trained, quoted))) == sorted(map(_begin, trained))


def _begin(tagged: Tagged) -> int:
    return (tagged.content or tagged.cue)[0].start


def _touch(one: Tagged, other: Tagged) -> bool:
    """Whether the reaches of two attributions share a character."""
    a, b = ([*t.cue, *t.source, *t.content, *t.via] for t in (one, other))
    return min(s.start for s in a) < max(s.end for s in b) and min(s.start for s in b) < max(s.end for s in a)


LIKE = [
    pytest.param([(0, 4)], [(0, 4)], 1.0, id="the same"),
    pytest.param([(0, 4)], [(4, 8)], 0.0, id="apart"),
    pytest.param([(0, 4)], [(2, 6)], 1 / 3, id="a third"),
    pytest.param([(0, 2), (4, 6)], [(0, 6)], 2 / 3, id="in parts"),
    pytest.param([], [], 0.0, id="nothing"),
    pytest.param([], [(0, 4)], 0.0, id="nothing and something"),
]


TORN = "“The lamp failed. Nobody came,” Fenn said. “It is dark. (And) nobody mends it,” Pell went on."


def test_a_torn_quotation_is_given_to_the_nearest_cue() -> None:
    """Of two that have a part of one quotation, whoever's cue stands beside it has all of it."""
    made = [
        said(TORN, "Fenn", "said", "“The lamp failed. Nobody came,”", "“It is dark."),
        said(TORN, "Pell", "went on", "(And) nobody mends it,”"),
    ]
    assert shown(TORN, untorn(made, quotes(TORN))) == [
        "Fenn | said | “The lamp failed. Nobody came,”",
        "Pell | went on | “It is dark. (And) nobody mends it,”",
    ]


def test_a_quotation_in_which_somebody_speaks_stays_torn() -> None:
    """What Pell told Fenn stands in Fenn's own words: both keep what they have."""
    made = [said(INNER, "Fenn", "said", "“Pell told me"), said(INNER, "Pell", "told", "the lamp had failed twice")]
    assert untorn(made, quotes(INNER)) == made


def test_weak_ones_yield_to_the_rules() -> None:
    """Below the threshold the network has no words that the rules give to somebody; above it, it has."""
    rule = said(TWO, "Pell", "added", "“Nobody came to mend it,”", score=0.8)
    weak = said(TWO, "Fenn", "said", "“Nobody came to mend it,”", score=0.3)
    assert backed([weak], [rule], 0.6) == []
    assert backed([replace(weak, score=0.7)], [rule], 0.6) == [replace(weak, score=0.7)]
    assert backed([weak], [replace(rule, score=0.5)], 0.6) == [weak]


CREDIT = "“The lamp failed,” Fenn said, according to the Courier. “Nobody came to mend it.”"
CITING = "The keeper has left, the Courier reports, quoting his sister."


def test_a_credit_has_no_quotation_of_its_own() -> None:
    """What goes on after a credit is the speaker's whom it credits."""
    made = [
        said(CREDIT, "Fenn", "said", "“The lamp failed,”"),
        said(CREDIT, "the Courier", "according to", "“The lamp failed,” Fenn said", "“Nobody came to mend it.”"),
    ]
    found = {t.source[0].of(CREDIT): t for t in joined(made, [], quotes(CREDIT))}
    assert [s.of(CREDIT) for s in found["Fenn"].content] == ["“The lamp failed,”", "“Nobody came to mend it.”"]


def test_what_only_cites_takes_nothing_from_the_rules() -> None:
    """The network's "quoting his sister" is nobody's words, and leaves the cue to the rules' chain."""
    rule = Tagged(
        cue=(at(CITING, "reports"), at(CITING, "quoting")),
        source=(at(CITING, "his sister"),),
        content=(at(CITING, "The keeper has left"),),
        via=(at(CITING, "the Courier"),),
        score=0.8,
    )
    assert joined([said(CITING, "the Courier", "quoting", "his sister")], [rule], []) == (rule,)


@pytest.mark.parametrize(("one", "other", "expected"), LIKE)
def test_likeness(one: list[tuple[int, int]], other: list[tuple[int, int]], expected: float) -> None:
    """Characters in both as a share of those in either, both ways round."""
    a, b = [Span(*s) for s in one], [Span(*s) for s in other]
    assert likeness(a, b) == likeness(b, a) == pytest.approx(expected)
