"""Claims: which statements are one."""

import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.align.claims import BY_WORDS, Group, group, statements
from headwater.align.quotes import quotations
from headwater.clean import mark_all
from headwater.model import Article, Quotation, Reading, Statement, Variant
from headwater.pipeline import read_articles
from headwater.words import sentences
from known import answer
from tellings import told


def grouped(*pairs: tuple[Article, Reading], quoted: Sequence[Quotation] = ()) -> list[list[str]]:
    """The words of the statements of each group."""
    articles, readings = [a for a, _ in pairs], [r for _, r in pairs]
    texts = {a.id: a.text for a in articles}
    return [
        ["".join(span.of(texts[s.article]) for span in s.spans) for s in found.statements]
        for found in group(articles, readings, quoted)
    ]


OPEN = "The Kessel tide gate stood open for 41 minutes on Monday night."
HOMES = "The flood water reached 212 homes along the quay."


def test_the_same_in_two_articles_is_one_claim() -> None:
    """Near wordings join, others stay alone; no statement is lost."""
    found = grouped(
        told("a", f"{OPEN} {HOMES}"), told("b", f"For 41 minutes the tide gate at Kessel stood open. {HOMES}")
    )
    assert sorted(map(len, found)) == [2, 2]


def test_what_is_said_once_stays_alone() -> None:
    """A statement that nothing is like is a claim of its own."""
    found = grouped(told("a", OPEN), told("b", HOMES))
    assert [len(g) for g in found] == [1, 1]


def test_nothing_gives_nothing() -> None:
    """No article, or articles that assert nothing, give no group."""
    assert group([], []) == ()
    assert grouped(told("a", ""), told("b", "Hello.")) == []


NEARLY = "The Kessel tide gate stood open for 41 minutes on Monday night under the old quay road."


@pytest.mark.parametrize(
    "denial",
    [
        pytest.param(told("b", NEARLY.replace("stood", "never stood")), id="negation"),
        pytest.param(
            told("b", f"Quill denied that {NEARLY}", ("Quill", "denied", NEARLY.rstrip("."))), id="denying verb"
        ),
    ],
)
def test_who_denies_never_joins_who_asserts(denial: tuple[Article, Reading]) -> None:
    """However like the words: a denier is no origin. The two are shown as related."""
    asserting = told("a", NEARLY), told("c", NEARLY)
    pairs = [*asserting, denial]
    found = group([a for a, _ in pairs], [r for _, r in pairs])
    assert sorted(tuple(s.article for s in g.statements) for g in found) == [("a", "c"), ("b",)]
    assert {found[i].statements[0].article for g in found for i in g.related} == {"a", "b"}


def printings(*texts: str) -> tuple[list[tuple[Article, Reading]], Quotation]:
    """One quotation printed in several articles, as if the printings were known to be one act of speech."""
    pairs = [
        told(f"a{n}", f"“{text},” said Oda Quill.", ("Oda Quill", "said", text), mode="direct")
        for n, text in enumerate(texts)
    ]
    variants = tuple(
        Variant(
            article=a.id, spans=r.attributions[0].content_spans, attribution=r.attributions[0].id, relation="altered"
        )
        for a, r in pairs
    )
    return pairs, Quotation(id="q", speaker="source-Oda Quill", variants=variants)


def test_printings_of_one_act_of_speech_are_one_claim() -> None:
    """Two translations with hardly a word in common are one claim where they are known to be one act of speech."""
    pairs, quotation = printings("The gate was broken before anybody came", "The sluice had failed by then already")
    articles, readings = [a for a, _ in pairs], [r for _, r in pairs]
    assert len(group(articles, readings)) == 2
    joined = group(articles, readings, [quotation])
    assert [{s.article for s in g.statements} for g in joined] == [{a.id for a in articles}]


def test_a_printing_that_turned_the_words_round_stays_apart() -> None:
    """Not even printings of one act of speech join where one says that it is not so."""
    pairs, quotation = printings(
        "The gate was broken before anybody came", "The gate was never broken before anybody came"
    )
    found = group([a for a, _ in pairs], [r for _, r in pairs], [quotation])
    assert [(len(g.statements), g.related) for g in found] == [(1, (1,)), (1, (0,))]


def test_paraphrases_join_by_their_words_alone() -> None:
    """An indirect account of a quotation is one claim with it only where its words are."""
    pairs, quotation = printings("The gate was broken before anybody came", "The sluice had failed by then already")
    loose = [
        Variant(article=v.article, spans=v.spans, attribution=v.attribution, relation="paraphrased")
        for v in quotation.variants
    ]
    loose[0] = quotation.variants[0]
    assert len(grouped(*pairs, quoted=[Quotation(id="q", speaker=None, variants=tuple(loose))])) == 2


@cache
def example() -> tuple[tuple[Article, ...], tuple[Reading, ...], tuple[Quotation, ...]]:
    """The example's articles, read, with their quotations."""
    from headwater.pipeline import take_in

    articles = take_in(list(answer("barrage").paths)).articles
    readings = tuple(read_articles(articles))
    people = {s.id: s for r in readings for s in r.sources}
    return articles, readings, quotations(articles, [a for r in readings for a in r.attributions], people)


def content(groups: Iterable[Group]) -> list[tuple[Statement, ...]]:
    """What the groups hold."""
    return [g.statements for g in groups]


def test_no_statement_is_lost_or_doubled() -> None:
    """Every statement of every article is in exactly one group."""
    articles, readings, quoted = example()
    made = Counter(s for a, r in zip(articles, readings, strict=True) for s in statements(a, r))
    found = Counter(s for g in group(articles, readings, quoted) for s in g.statements)
    assert found == made
    assert max(made.values()) == 1


def test_spans_lie_in_their_articles() -> None:
    """Every span is inside, not empty, trimmed, and of words outside furniture."""
    articles, readings, quoted = example()
    texts = {a.id: a for a in articles}
    for g in group(articles, readings, quoted):
        assert 0 <= g.medoid < len(g.statements)
        for s in g.statements:
            assert s.spans
            for span in s.spans:
                shown = span.of(texts[s.article].text)
                assert shown
                assert shown == shown.strip()
                assert not any(span.overlap(f.span) for f in texts[s.article].furniture)


def test_related_is_mutual() -> None:
    """A group that is near another is named by it, and never by itself."""
    groups = group(*example())
    assert any(g.related for g in groups)
    for number, g in enumerate(groups):
        assert number not in g.related
        assert all(number in groups[other].related for other in g.related)


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_order_of_articles_does_not_matter(shuffle: random.Random) -> None:
    """The same groups, in the same order, whatever the order of articles, readings and quotations."""
    articles, readings, quoted = example()
    parts: list[list[object]] = [list(articles), list(readings), list(quoted)]
    for part in parts:
        shuffle.shuffle(part)
    assert group(*parts) == group(articles, readings, quoted)  # type: ignore[arg-type]


@pytest.mark.parametrize("same", [0.2, 0.34, 0.6, 1.0])
def test_a_higher_threshold_never_joins_more(same: float) -> None:
    """Groups at a higher threshold are no fewer."""
    assert len(group(*example(), scale=replace(BY_WORDS, same=same))) >= len(
        group(*example(), scale=replace(BY_WORDS, same=same - 0.1))
    )


TOLD_APART = (
    "The water rose to the third step of the quay before midnight",
    "Before midnight the water rose as far as the quay’s third step",
)


@pytest.mark.parametrize(
    ("texts", "sure", "one_text"),
    [
        pytest.param(TOLD_APART, True, False, id="in words of their own"),
        pytest.param((TOLD_APART[0], TOLD_APART[0]), True, True, id="one text"),
        pytest.param(
            ("Oda Quill met Ada Moe and Lin Roe", "Ada Moe had met Lin Roe and Oda Quill"), False, False, id="names"
        ),
    ],
)
def test_which_statements_are_surely_one(texts: tuple[str, str], sure: bool, one_text: bool) -> None:
    """Like words that are no names make two statements surely one claim; a run of them in common makes one text."""
    pairs = [told(f"a{n}", text + ".") for n, text in enumerate(texts)]
    (found,) = group([a for a, _ in pairs], [r for _, r in pairs])
    one, other = found.wordings
    assert ((one, other) in found.sure) is sure
    assert ((one, other) in found.one_text) is one_text
    assert found.surely([1], [0]) is found.surely([0], [1]) is (sure and not one_text)


def test_five_words_in_quotation_marks_are_one_text() -> None:
    """Two people do not by chance say the same five words; of an article's own words it takes more."""
    shared = "the third step of the"
    texts = f"The water rose to {shared} quay at midnight", f"Midnight water at the quay rose over {shared} stairs"
    for mode, expected in (("direct", True), ("indirect", False)):
        pairs = [
            told(f"a{n}", f"“{text},” said Quill.", ("Quill", "said", text), mode=mode) for n, text in enumerate(texts)
        ]
        (found,) = group([a for a, _ in pairs], [r for _, r in pairs], scale=replace(BY_WORDS, same=0.1))
        assert (found.wordings in found.one_text) is expected


def test_the_medoid_is_nearest_to_the_others() -> None:
    """The wording that is shown is that of the statement most like the others; of equals, the first."""
    texts = ("Water rose to the quay", "Water rose to the third step of the quay before midnight", TOLD_APART[1])
    pairs = [told(f"a{n}", text + ".") for n, text in enumerate(texts)]
    groups = group([a for a, _ in pairs], [r for _, r in pairs], scale=replace(BY_WORDS, same=0.1))
    assert [g.statements[g.medoid].article for g in groups] == ["a1"]


def test_copies_of_one_text_are_one_claim_each() -> None:
    """A wire story printed word for word by hundreds: each of its statements is one claim, not hundreds."""
    text = " ".join(dict.fromkeys(s.of(a.text) for a in example()[0][:1] for s in sentences(a.text)))
    pairs = [told(f"a{n:03}", text) for n in range(300)]
    began = time.process_time()
    found = group([a for a, _ in pairs], [r for _, r in pairs])
    assert found
    assert all(len(g.statements) % 300 == 0 and g.medoid == 0 for g in found)
    assert time.process_time() - began < 20


def test_a_few_common_words_are_nobodys_alone() -> None:
    """Two people who say the same few common words do not thereby say the same thing."""
    said = "It was not me, I was there with them"
    pairs = [told(n, f"“{said},” said {n}.", (n, "said", said), mode="direct") for n in ("Quill", "Moe")]
    assert [len(statements(a, r)) for a, r in pairs] == [1, 1]
    assert [len(g) for g in grouped(*pairs)] == [1, 1]


def test_the_beginning_of_a_long_quotation_is_not_its_end() -> None:
    """A printing of the end of a long quotation, itself cut into clauses, is not joined to its beginning."""
    ending = "the harbour council had hidden every letter from the keeper"
    said = "The tide gate was stuck before midnight, and the keeper of the lock had gone home to his children in Tolk"
    said = f"{said}, and the water had reached the third step of the quay, and {ending}"
    pairs, quotation = printings(said, ending)
    found = grouped(*pairs, quoted=[quotation])
    assert [g for g in found if len(g) > 1] == [[ending, ending]]


def crowd(count: int, size: int) -> list[Article]:
    """Articles made from the example's by taking sentences in turn and changing a word in ten: a big story."""
    rng = random.Random(7)
    pool = [s.of(a.text) for a in example()[0] for s in sentences(a.text)]
    names = [f"{a}{b}" for a in "Bar Kor Tol Ven Mar Sil".split() for b in "ada ik osk umen ell".split()]
    made = []
    for number in range(count):
        words, text = 0, []
        while words < size:
            sentence = rng.choice(pool).split()
            for at in range(len(sentence)):
                if rng.random() < 0.1:
                    sentence[at] = rng.choice(names)
            text.append(" ".join(sentence))
            words += len(sentence)
        made.append(Article(id=f"crowd-{number:03}", text="\n\n".join(text)))
    return list(mark_all(made))


def test_a_big_story_is_grouped_in_seconds() -> None:
    """300 articles of 700 words, all telling the same few things, take seconds and not minutes."""
    articles = crowd(300, 700)
    readings = [
        Reading(id=a.id, sentences=sentences(a.text, [f.span for f in a.furniture]), furniture=a.furniture)
        for a in articles
    ]
    began = time.process_time()
    found = group(articles, readings)
    assert time.process_time() - began < 20
    assert max(len(g.statements) for g in found) > 20
