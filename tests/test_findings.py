"""Findings: what is said first of a story, most severe first, each with the words that show it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from headwater.findings import findings_of
from headwater.model import (
    Article,
    Claim,
    Conflict,
    Derivation,
    Finding,
    Furniture,
    Independent,
    MadeBy,
    Mention,
    Origin,
    Place,
    Quotation,
    Side,
    Source,
    Span,
    Trace,
    Variant,
)
from sample import TRACE

MADE = MadeBy(headwater="0", reader="none")
RANK = {"high": 0, "medium": 1, "low": 2}
ARTICLES = tuple(
    Article(id=name, text=f"The gate was open, {outlet} says. " * 9, outlet=outlet)
    for name, outlet in (("a", "Ledger"), ("b", "Coastwire"), ("c", "Bugle"), ("d", "Quay"))
)
QUILL = Source(id="quill", name="Oda Quill", kind="person")
MOE = Source(id="moe", name="Ada Moe", kind="person")
LEDGER = Source(id="ledger", name="The Ledger", kind="outlet")
ENGINEERS = Source(id="engineers", name="Three engineers", kind="anonymous", number=3, reached_by="ledger")
SOURCES = (QUILL, MOE, LEDGER, ENGINEERS)


def claim(
    carriers: str, origins: str = "", *, low: int = 0, high: int = 0, name: str = "claim",
    text: str = "the gate was open",
    bottlenecks: str = "", unknown: str = "", circular: str = "", at: int = 4,
) -> Claim:  # fmt: skip
    """A claim carried by articles, from origins, all by id, in words set apart by spaces."""
    return Claim(
        id=name,
        text=text,
        mentions=tuple(Mention(article=a, spans=(Span(at, at + 4),)) for a in carriers.split()),
        outlets=len(carriers.split()),
        origins=tuple(
            Origin(source=o, path=(o,), basis="stated", evidence=(Place("a", 20, 26),)) for o in origins.split()
        ),
        independent=Independent(low, high),
        bottlenecks=tuple(bottlenecks.split()),
        unknown=tuple(unknown.split()),
        circular=tuple(circular.split()),
    )


def told(*claims: Claim, **fields: object) -> list[Finding]:
    """The findings of a trace that holds little else."""
    trace = Trace(made_by=MADE, articles=ARTICLES, sources=SOURCES, claims=claims)
    return list(findings_of(replace(trace, **fields)))  # type: ignore[arg-type]


def texts(found: list[Finding]) -> str:
    """All that is said."""
    return "\n".join(f.text for f in found)


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(Trace(made_by=MADE), id="bare"),
        pytest.param(Trace(made_by=MADE, articles=ARTICLES, sources=SOURCES), id="no claim"),
        pytest.param(
            Trace(made_by=MADE, articles=ARTICLES, sources=SOURCES, claims=(claim("a", "quill", low=1, high=1),)),
            id="a claim of one article",
        ),
    ],
)
def test_where_nothing_stands_out_nothing_is_said(trace: Trace) -> None:
    """No finding without something that stands out."""
    assert findings_of(trace) == ()


def test_many_articles_and_one_origin() -> None:
    """The first thing said: how many carry it, that one origin is behind it, and who that is."""
    (found,) = told(claim("a b c", "engineers", low=1, high=1, bottlenecks="engineers ledger"))
    assert found.severity == "high"
    assert "3 articles" in found.text
    assert "1 origin" in found.text
    assert "three unnamed engineers, through The Ledger" in found.text
    assert "“the gate was open”" in found.text
    assert found.claims == ("claim",)
    assert found.evidence[0] == Place("a", 20, 26)
    assert {p.article for p in found.evidence} == {"a", "b", "c"}


def test_others_that_stand_on_the_same() -> None:
    """What else stands or falls with the same carrier is counted in the same breath, not told one by one."""
    same = [claim("a b", "engineers", low=1, high=1, bottlenecks="ledger engineers", name=f"c{n}") for n in range(3)]
    found = told(claim("a b c", "engineers", low=1, high=1, bottlenecks="ledger engineers"), *same)
    assert [f.severity for f in found] == ["high"]
    assert found[0].text.endswith(
        " 3 other claims carried by more than one article also stand or fall with The Ledger."
    )
    assert found[0].claims == ("claim", "c0", "c1", "c2")


def test_who_is_no_bottleneck_is_not_called_one() -> None:
    """Claims that have an origin in common and others besides do not stand or fall with it."""
    found = told(claim("a b c", "quill moe", low=1, high=2), claim("a b", "quill moe", low=1, high=2, name="other"))
    assert all("fall" not in f.text for f in found)


def test_of_claims_alike_the_one_that_articles_begin_with_is_told() -> None:
    """As the page's head does: of two that as many carry, the one nearest the articles' beginnings."""
    late = claim("a b c", "quill", low=1, high=1, name="a late one", at=40)
    found = told(late, claim("a b c", "quill", low=1, high=1, name="early"))
    assert found[0].claims[0] == "early"


def test_one_proven_and_two_at_most() -> None:
    """Where two are not proven separate, that is what is said: one proven, two at most."""
    (found,) = told(claim("a b", "quill moe", low=1, high=2))
    assert "only 1 origin is proven separate" in found.text
    assert "2 at most" in found.text
    assert "Oda Quill and Ada Moe" in found.text


def test_several_origins() -> None:
    """Origins proven separate are counted and named."""
    (found,) = told(claim("a b c", "quill engineers", low=2, high=3))
    assert found.text.startswith("2 to 3 separate origins stand behind “the gate was open”: ")
    assert "Oda Quill; three unnamed engineers, through The Ledger" in found.text


def test_circular_reporting() -> None:
    """A ring is named with those in it, and that nobody first-hand stands behind it."""
    (found,) = told(claim("a b", circular="a b"))
    assert found.severity == "high"
    assert found.text == (
        "Circular reporting: Ledger and Coastwire credit one another for “the gate was open”; nobody else is named: "
        "counted as nothing."
    )


def test_a_ring_beside_an_origin() -> None:
    """Where somebody first-hand stands beside the ring, the ring alone is counted as nothing."""
    found = told(claim("a b c", "quill", low=1, high=1, circular="a b"))
    assert ["counted as nothing" in f.text for f in found] == [True]
    assert "nobody else" not in texts(found)


def test_reports_at_large_are_nobody() -> None:
    """A credits "reports", B credits A: who credits whom is said, and that nobody first-hand is named."""
    made = claim("a b", unknown="a b", high=1)
    chains = {"a": ("reports",), "b": ("ledger",)}
    made = replace(made, mentions=tuple(replace(m, chain=chains[m.article]) for m in made.mentions))
    reports = Source(id="reports", name="reports", kind="unspecified")
    (found,) = told(made, sources=(*SOURCES, reports))
    assert found.severity == "high"
    assert found.text == (
        "Ledger credits “reports” and Coastwire credits The Ledger, for “the gate was open”; "
        "nobody first-hand is named: no origin is proven."
    )


def test_an_article_does_not_credit_its_own_newsroom() -> None:
    """Who names the own newsroom credits nobody else, so it is not among those that go from mouth to mouth."""
    made = claim("a b c", unknown="a b c", high=1)
    made = replace(made, mentions=tuple(replace(m, chain=("ledger",)) for m in made.mentions))
    (found,) = told(made)
    assert found.text.startswith("Coastwire and Bugle credit The Ledger, for ")


def test_a_stop_of_a_name_ends_the_sentence() -> None:
    """A name that ends in a stop brings the sentence to its end."""
    junior = replace(QUILL, name="Oda Quill Jr.")
    others = [
        claim("a b c", "quill", low=1, high=1, bottlenecks="quill", name=n, at=n_at) for n, n_at in (("x", 4), ("y", 9))
    ]
    found = told(*others, sources=(junior, *SOURCES[1:]))
    assert found[0].text.endswith("with Oda Quill Jr.")
    assert ".." not in texts(found)


def test_a_document_is_not_reports_at_large() -> None:
    """Who cites a banner or a log names something that can be looked up, so it is not said that nobody is named."""
    made = claim("a b", unknown="a b", high=1)
    made = replace(made, mentions=tuple(replace(m, chain=("log",)) for m in made.mentions))
    log = Source(id="log", name="big banners", kind="unspecified")
    assert "nobody first-hand" not in texts(told(made, sources=(*SOURCES, log)))


def test_a_newsroom_in_a_ring_is_named_once() -> None:
    """A newsroom's article and its name as others credit it are one in the sentence."""
    (found,) = told(claim("a b", circular="a ledger b"))
    assert found.text.count("Ledger") == 1


def conflict(name: str, severity: str, note: str, **fields: object) -> Conflict:
    """A difference between the first two articles."""
    sides = tuple(Side(article=a, spans=(Span(4, 8),), value=a) for a in "ab")
    made = Conflict(id=name, type="number", verdict="conflict", severity="low", note=note, sides=sides)
    return replace(made, severity=severity, **fields)  # type: ignore[arg-type]


def test_differences_in_their_own_words() -> None:
    """A difference is told by its note, with both sides as evidence; a slight one is not told."""
    found = told(conflicts=(conflict("x", "high", "212 or 221 homes."), conflict("y", "low", "Slight.")))
    (only,) = found
    assert (only.text, only.severity, only.conflicts) == ("212 or 221 homes.", "high", ("x",))
    assert only.evidence == (Place("a", 4, 8), Place("b", 4, 8))


def test_one_difference_of_a_kind_for_a_claim() -> None:
    """Of several differences of one kind in one claim the severest is told, a denial before others."""
    found = told(
        conflicts=(
            conflict("x", "medium", "Numbers, less.", claim="claim"),
            conflict("y", "high", "Numbers, more.", claim="claim"),
            conflict("a", "high", "Names.", type="name", claim="claim"),
            conflict("z", "high", "Denied.", type="denial", verdict="denial", claim="claim"),
        )
    )
    assert [f.text for f in found] == ["Denied.", "Names.", "Numbers, more."]
    assert {f.claims for f in found} == {("claim",)}


def derivation(**fields: object) -> Derivation:
    """Text of one article in another, of which nothing is said."""
    made = Derivation(later="b", earlier="a", kind="copy", stated=False, share=0.8, evidence=(Place("b", 0, 9),))
    return replace(made, **fields)  # type: ignore[arg-type]


def test_silent_copies() -> None:
    """An article that has much of its text from another and does not say so is named, with the share."""
    (found,) = told(derivations=(derivation(),))
    assert found.text == "Coastwire shares text with Ledger (80 % of its words) and does not credit it."
    (found,) = told(derivations=(derivation(directed=False),))
    assert "which of them was first cannot be judged" in found.text


def test_many_articles_on_one_text_are_told_together() -> None:
    """Articles that all share one text are one finding, not one for each pair."""
    (found,) = told(derivations=tuple(derivation(later=later) for later in "bcd"))
    assert found.text.startswith(
        "4 articles share text (up to 80 % of the words of one) without crediting the others: "
    )


@pytest.mark.parametrize(
    "derivations",
    [
        pytest.param((derivation(stated=True),), id="stated"),
        pytest.param((derivation(), derivation(kind="credit", stated=True, share=None)), id="credited elsewhere"),
        pytest.param((derivation(share=0.2),), id="little"),
        pytest.param((derivation(share=None),), id="not measured"),
        pytest.param((derivation(kind="quote"),), id="a quotation"),
        pytest.param((derivation(earlier="quill"),), id="a source, no article"),
        pytest.param((derivation(evidence=()),), id="no words to show"),
    ],
)
def test_what_is_no_silent_copy(derivations: tuple[Derivation, ...]) -> None:
    """What is credited, little, or cannot be shown is not told."""
    assert told(derivations=derivations) == []


def printed(*relations: str, articles: str = "abcd") -> Quotation:
    """One quotation printed in several forms."""
    variants = [
        Variant(article=a, spans=(Span(4, 17),), attribution="x", relation="verbatim")
        for a, _ in zip(articles, relations, strict=False)
    ]
    done = (replace(v, relation=r) for v, r in zip(variants, relations, strict=True))  # type: ignore[arg-type]
    return Quotation(id="q", speaker="quill", variants=tuple(done))


def test_a_quotation_in_other_words() -> None:
    """A quotation printed in changed forms is told with its speaker and the kinds of change."""
    (found,) = told(quotations=(printed("fullest", "altered", "trimmed"),))
    assert found.severity == "medium"
    assert "Oda Quill" in found.text
    assert found.text.startswith("3 articles print words of Oda Quill, not all alike (cut and words changed): “")
    (found,) = told(quotations=(printed("fullest", "trimmed"),))
    assert found.severity == "low"


@pytest.mark.parametrize(
    "quotation",
    [
        pytest.param(printed("fullest", "verbatim"), id="the same everywhere"),
        pytest.param(printed("fullest", "paraphrased"), id="retold"),
        pytest.param(printed("fullest", "altered", articles="aa"), id="in one article"),
    ],
)
def test_quotations_that_do_not_stand_out(quotation: Quotation) -> None:
    """What is printed alike, or twice in one article, is not told."""
    assert told(quotations=(quotation,)) == []


def test_in_their_own_voice() -> None:
    """What several articles state with nobody behind it is told once, with how many such claims there are."""
    found = told(claim("a b c", unknown="a b c", high=1), claim("a b", unknown="a b", high=1, name="other"))
    assert len(found) == 1
    assert found[0].text.startswith("3 articles state in their own voice that “the gate was open”")
    assert "cannot be judged (so with 1 other claim)" in found[0].text
    assert found[0].claims == ("claim", "other")


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(claim("a b", unknown="a", high=1), id="one article's own voice"),
        pytest.param(claim("a b", "quill", unknown="a b", low=1, high=2), id="an origin beside"),
        pytest.param(claim("a b", unknown="a b", circular="a b"), id="a ring"),
    ],
)
def test_what_is_not_in_their_own_voice(made: Claim) -> None:
    """A claim with an origin, a ring, or one voice alone is not told as several articles' own."""
    assert "own voice" not in texts(told(made))


def test_small_second_groups_are_left_out() -> None:
    """After the first, a lone claim of two articles is not worth a sentence."""
    first = claim("a b c", "quill", low=1, high=1, bottlenecks="quill")
    second = claim("a b", "moe", low=1, high=1, bottlenecks="moe", name="second", text="the keeper slept")
    assert len(told(first, second)) == 1
    assert len(told(first, replace(second, mentions=first.mentions))) == 2


def test_at_most_two_of_a_kind() -> None:
    """Rings and articles that could not confirm are told twice at most."""
    rings = [claim("a b", circular="a b", name=f"r{n}", text=f"{n} homes") for n in range(4)]
    assert len(told(*rings)) == 2
    bugles = tuple(Article(id=n, text="Coastwire could not verify this.", outlet=f"Bugle {n}") for n in "xyz")
    assert len(told(articles=bugles)) == 2


def test_furniture_confirms_nothing() -> None:
    """A disclaimer of the page is not the article's own word."""
    text = "The gate was open.\nThis site could not verify this."
    mark = Furniture(text.index("This"), len(text), "disclaimer")
    assert told(articles=(Article(id="x", text=text, outlet="Bugle", furniture=(mark,)),)) == []


def test_an_article_that_could_not_confirm() -> None:
    """An article's own word that it could not confirm something is told, in that word."""
    text = "The gate was open. The Bugle could not independently verify the report. More followed."
    away = "The Bugle has not been able to confirm this."
    article = Article(id="x", text=f"{text} {away}", outlet="Bugle")
    (found,) = told(articles=(article,))
    words = "The Bugle could not independently verify the report"
    assert found.text == f"Bugle says that something could not be confirmed: “{words}”."
    (place,) = found.evidence
    assert place.span.of(text) == "The Bugle could not independently verify the report"


def crowded() -> Trace:
    """A trace with far more to tell than anybody reads."""
    shared = [
        claim("a b c", o, low=1, high=1, bottlenecks=o, name=f"single {o}") for o in ("quill", "moe", "engineers")
    ]
    more = [claim("a b", "quill", low=1, high=1, bottlenecks="quill", name=f"more {n}") for n in range(4)]
    rings = [claim("a b", circular="a b", name=f"ring {n}", text=f"water rose {n // 2}") for n in range(4)]
    several = [claim("a b c", "quill moe", low=2, high=2, name=f"several {n}", text=f"{n} came") for n in range(4)]
    own = [claim("a b", unknown="a b", high=1, name=f"own {n}") for n in range(4)]
    return Trace(
        made_by=MADE,
        articles=ARTICLES,
        sources=SOURCES,
        claims=(*own, *several, *more, *rings, *shared),
        conflicts=tuple(conflict(f"x{n}", "high" if n % 2 else "medium", f"Difference {n}.") for n in range(12)),
        derivations=tuple(derivation(later=later) for later in "bcd"),
        quotations=tuple(replace(printed("fullest", "altered"), id=f"q{n}") for n in range(4)),
    )


@pytest.mark.parametrize("make", [crowded, lambda: TRACE], ids=["crowded", "sample"])
def test_what_holds_of_all_findings(make: Callable[[], Trace]) -> None:
    """At most twelve, the most severe first, each once, with words that lie in their articles, naming real records."""
    trace = make()
    found = findings_of(trace)
    assert 0 < len(found) <= 12
    assert [RANK[f.severity] for f in found] == sorted(RANK[f.severity] for f in found)
    assert len({f.id for f in found}) == len({f.text for f in found}) == len(found)
    lengths = {a.id: len(a.text) for a in trace.articles}
    claims, conflicts = {c.id for c in trace.claims}, {c.id for c in trace.conflicts}
    for f in found:
        assert f.text.strip()
        assert f.evidence
        assert all(0 <= p.start < p.end <= lengths[p.article] for p in f.evidence)
        assert {*f.claims} <= claims
        assert {*f.conflicts} <= conflicts


def test_the_crowded_trace_is_cut_to_twelve() -> None:
    """Every kind of high severity is among the twelve, whatever else there is."""
    said = texts(list(findings_of(crowded())))
    assert len(findings_of(crowded())) == 12
    assert "rests on 1 origin" in said
    assert "Circular reporting" in said
    assert "Difference" in said


def test_findings_do_not_depend_on_the_order_of_records() -> None:
    """The same findings from the same records in another order."""
    trace = crowded()
    turned = replace(
        trace, claims=trace.claims[::-1], conflicts=trace.conflicts[::-1], derivations=trace.derivations[::-1],
        quotations=trace.quotations[::-1], sources=trace.sources[::-1],
    )  # fmt: skip
    assert findings_of(turned) == findings_of(trace)


@pytest.mark.parametrize("word", ["verified", "true", "fake", "trust", "original", "plagiar"])
def test_words_that_are_never_used(word: str) -> None:
    """Headwater says what the texts show, not what is so."""
    for trace in (crowded(), replace(TRACE, quotations=())):
        assert word not in texts(list(findings_of(trace))).casefold()
