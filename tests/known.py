"""Stories whose answer is known: reads ``expected.json``, finds its claims, drifts and quotations again in a trace.

Spans match as characters do in the scoring of real stories: they overlap by 0.3 of their union, or one lies in the
other by 0.7. Each check gives plain sentences that say what is wrong, none when nothing is.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from headwater.model import Claim, Conflict, Quotation, Trace

GOLDEN = Path(__file__).parent / "golden"
ROOT = GOLDEN.parents[1]

Chars = frozenset[int]


@dataclass(frozen=True, slots=True)
class KnownMention:
    """A passage: the article and the characters of it."""

    article: str
    chars: Chars


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaim:
    """A claim with its count: ``low`` and ``high`` as origins.md has them, ``circular`` when it only runs in a ring."""

    id: str
    text: str
    low: int
    high: int
    circular: bool
    mentions: tuple[KnownMention, ...]

    @property
    def articles(self) -> frozenset[str]:
        """The articles that carry it."""
        return frozenset(mention.article for mention in self.mentions)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownConflict:
    """A difference between tellings; ``wanted`` is False for one that must not be reported as a conflict."""

    id: str
    title: str
    severity: str
    wanted: bool
    sides: tuple[KnownMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuotation:
    """One act of speech and the relations that are right for each printing of it."""

    id: str
    speaker: str
    variants: tuple[tuple[KnownMention, frozenset[str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The known answer to one story; ``furniture`` and ``either`` (headlines, credit lines) are by article."""

    story: str
    paths: tuple[Path, ...]
    articles: frozenset[str]
    claims: tuple[KnownClaim, ...]
    conflicts: tuple[KnownConflict, ...]
    quotations: tuple[KnownQuotation, ...]
    furniture: dict[str, Chars]
    either: dict[str, Chars]


def chars(spans: Iterable[Any]) -> Chars:
    """The characters of spans, be they records or the objects of a JSON file."""
    out: set[int] = set()
    for span in spans:
        out.update(range(span["start"], span["end"]) if isinstance(span, dict) else range(span.start, span.end))
    return frozenset(out)


def _mention(raw: dict[str, Any]) -> KnownMention:
    return KnownMention(raw["doc"], chars(raw["spans"]))


@lru_cache
def answer(story: str) -> Answer:
    """The answer of one golden story, by the name of its folder."""
    raw = json.loads((GOLDEN / story / "expected.json").read_text(encoding="utf-8"))
    folder = ROOT / "examples" / story
    if not folder.is_dir():
        folder = GOLDEN / story / "articles"
    return Answer(
        story=story,
        paths=tuple(sorted([*folder.glob("*.txt"), *folder.glob("*.jsonl")])),
        articles=frozenset(raw["meta"]["docs"]),
        claims=tuple(
            KnownClaim(
                id=c["id"],
                text=c["claim"],
                low=c["low"],
                high=c["high"],
                circular=bool(c["circular"]),
                mentions=tuple(map(_mention, c["mentions"])),
            )
            for c in raw["claims"]
        ),
        conflicts=tuple(
            KnownConflict(
                id=k["id"],
                title=k["title"],
                severity=k["severity"],
                wanted=k["verdict"].startswith(("drift", "conflict")),
                sides=tuple(map(_mention, k["sides"])),
            )
            for k in raw["conflicts_and_drift"]
        ),
        quotations=tuple(
            KnownQuotation(
                id=q["id"],
                speaker=q["speaker"],
                variants=tuple((_mention(v), frozenset([v["relation"], *v["also_accept"]])) for v in q["variants"]),
            )
            for q in raw["quotes"]
        ),
        furniture={doc: chars(parts["spans"]) for doc, parts in raw["boilerplate"].items()},
        either={doc: chars(parts["title"]) for doc, parts in raw["boilerplate"].items()},
    )


def same_passage(one: Chars, other: Chars) -> bool:
    """Whether two passages of one article are the same for our purpose."""
    both = len(one & other)
    return both > 0 and (both / len(one | other) >= 0.3 or both / min(len(one), len(other)) >= 0.7)


def _hits(claim: Claim, known: KnownClaim) -> frozenset[int]:
    return frozenset(
        i
        for i, wanted in enumerate(known.mentions)
        for mention in claim.mentions
        if mention.article == wanted.article and same_passage(chars(mention.spans), wanted.chars)
    )


def find_claim(trace: Trace, known: KnownClaim) -> Claim | None:
    """The claim of the trace that is this one: most of its mentions, and at least half of its articles.

    Of claims with as many, the smaller one; None when no claim gathers half of the articles.
    """
    scored = [(hits, claim) for claim in trace.claims if (hits := _hits(claim, known))]
    for hits, claim in sorted(scored, key=lambda s: (-len(s[0]), len(s[1].mentions), s[1].id)):
        if 2 * len({known.mentions[i].article for i in hits}) >= len(known.articles):
            return claim
    return None


def describe(claim: Claim, trace: Trace) -> str:
    """The claim with its count and its origins, for a message."""
    names = {source.id: source.name for source in trace.sources}
    origins = "; ".join(names.get(origin.source, origin.source) for origin in claim.origins) or "none"
    articles = ", ".join(sorted({mention.article for mention in claim.mentions}))
    return (
        f"{claim.text!r}: independent {claim.independent.low}..{claim.independent.high}, "
        f"origins: {origins}; in {articles}"
    )


def false_independence(trace: Trace, known: Answer) -> list[str]:
    """Every claim of the trace whose ``low`` is above the truth.

    The truth of a claim is the largest ``low`` among the known claims that it has a passage of; what the known answer
    does not list has at most one proven origin.
    """
    wrong = []
    for claim in trace.claims:
        mine = [k for k in known.claims if _hits(claim, k)]
        most = max((k.low for k in mine), default=1)
        if claim.independent.low > most:
            wrong.append(
                f"at most {most} ({', '.join(k.id for k in mine) or 'not listed'}), but {describe(claim, trace)}"
            )
    return wrong


def wrong_count(trace: Trace, known: KnownClaim) -> str | None:
    """What is wrong with the count of one known claim; None when it is right or when the claim is not in the trace."""
    claim = find_claim(trace, known)
    if claim is None:
        return None
    low, high = claim.independent.low, claim.independent.high
    if low != known.low:
        return f"{known.id} ({known.text}) has {known.low} proven; {describe(claim, trace)}"
    if high < known.low or (known.circular and high):
        return f"{known.id} ({known.text}) has at most {known.high}; {describe(claim, trace)}"
    return None


def furniture(trace: Trace, known: Answer) -> tuple[float, float, list[str]]:
    """Precision and recall of furniture in characters, shares 0..1, and the article's own words that were marked."""
    right = marked = wanted = 0
    wrong = []
    for article in trace.articles:
        if article.id not in known.articles:
            continue
        blank = frozenset(i for i, c in enumerate(article.text) if c.isspace())
        leave_out = blank | known.either.get(article.id, frozenset())
        gold = known.furniture.get(article.id, frozenset()) - leave_out
        mine = chars(article.furniture) - leave_out
        right, marked, wanted = right + len(gold & mine), marked + len(mine), wanted + len(gold)
        wrong += [
            f"{article.id}: {article.text[piece.start : piece.end]!r} ({piece.kind})"
            for piece in article.furniture
            if chars([piece]) - leave_out - gold
        ]
    return (right / marked if marked else 1.0), (right / wanted if wanted else 1.0), wrong


def unlinked(trace: Trace, known: KnownQuotation) -> list[str]:
    """The printings of one act of speech that are missing, or that stand in another quotation than the others."""
    found: dict[int, list[Quotation]] = {
        i: [
            quotation
            for quotation in trace.quotations
            for variant in quotation.variants
            if variant.article == mention.article and same_passage(chars(variant.spans), mention.chars)
        ]
        for i, (mention, _) in enumerate(known.variants)
    }
    count = Counter(quotation.id for quotations in found.values() for quotation in quotations)
    if not count:
        return [f"{known.id} ({known.speaker}): in no article"]
    main = min(count, key=lambda i: (-count[i], i))
    return [
        f"{known.id} ({known.speaker}): {known.variants[i][0].article} {'stands apart' if quotations else 'is missing'}"
        for i, quotations in found.items()
        if main not in {quotation.id for quotation in quotations}
    ]


def _meets(conflict: Conflict, known: KnownConflict) -> bool:
    used: set[int] = set()
    for wanted in known.sides:
        for i, side in enumerate(conflict.sides):
            mine = chars(side.spans)
            both = len(mine & wanted.chars)
            if (
                i not in used
                and side.article == wanted.article
                and both >= 0.4 * max(1, min(len(mine), len(wanted.chars)))
            ):
                used.add(i)
                break
    return len(used) >= min(2, len(known.sides))


def find_conflicts(trace: Trace, known: KnownConflict) -> list[Conflict]:
    """The conflicts of the trace that are this one: two of its sides are there."""
    return [conflict for conflict in trace.conflicts if _meets(conflict, known)]


def run_trace(known: Answer) -> Trace:
    """What ``headwater.trace`` says of the story."""
    import headwater

    # by name, because the package has a part of the same name
    trace: Callable[[list[Path]], Trace] | None = vars(headwater).get("trace")
    if not callable(trace):
        raise AssertionError("headwater.trace(paths) is not there, or is hidden by the package headwater.trace")
    return trace(list(known.paths))
