"""How many people a source is said to be: one official who became "officials" on the way.

Takes attributions of the same quoted words, of the same Source, or of words that an article repeats from one it
credits. A source that is one person in one article and several in another is drift.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from headwater.compare.counts import COUNTS, small
from headwater.compare.notes import conflict, shown, side
from headwater.compare.stems import word_list
from headwater.compare.told import Telling, Told
from headwater.lexicon import UNNAMED
from headwater.model import Article, Attribution, Conflict, Quotation, Severity, Span
from headwater.words import words

#: Share of content, by weight, above which one telling repeats the other's words.
_REPEATED = 0.75
#: The same where no credit shows that one repeats the other.
_SAME_WORDS = 0.9


_ONE = word_list("a an one another")


_SEVERAL = word_list("several some many few multiple various two three four five six seven eight nine ten both")


_PLURALS = word_list("people men women police authorities sources officials")


_HEADS = frozenset(form for form in UNNAMED if f"{form}s" in UNNAMED) | word_list(
    """source official officer adviser advisor aide diplomat person insider spokesperson spokesman spokeswoman witness
    analyst expert engineer executive employee lawyer investigator minister lawmaker resident member soldier
    commander worker scientist doctor negotiator envoy prosecutor staffer colleague friend relative critic"""
)


#: What one and the same person may be called here and there.
_WIDE = word_list("source official person people insider aide adviser advisor diplomat officer")
_ENDS = word_list("of in with who whose that familiar close speaking from at near involved on briefed inside within")


def _retold(told: Told) -> Iterator[list[Attribution]]:
    """Who is cited for words that one article repeats from another whose report it credits: pairs of attributions."""
    for _, tellings in told.cited():
        for one, two in combinations(tellings, 2):
            if one.article.id == two.article.id or not told.repeats(one, two, _REPEATED):
                continue
            credited = told.credits(one.article.id, two.article.id) or told.credits(two.article.id, one.article.id)
            if credited or told.repeats(one, two, _SAME_WORDS):
                yield [*_cited(told, one), *_cited(told, two)]


def _cited(told: Told, telling: Telling) -> list[Attribution]:
    own = told.attributions.get(telling.mention.attribution or "")
    return [own] if own else list(telling.heard[:1])


def people(article: Article, spans: Sequence[Span]) -> tuple[int, int | None] | None:
    """How many people the words for a source stand for, as (least, most); None when they do not say.

    "one senior official" -> (1, 1); "officials" -> (2, None); "three sources" -> (3, 3).
    """
    found = _described(article, spans)
    return found[0] if found else None


def _described(article: Article, spans: Sequence[Span]) -> tuple[tuple[int, int | None], str] | None:
    """How many people the words for a source stand for, and what they are called, in the singular."""
    forms = [word.key for span in spans for word in words(article.text, span)]
    cut = next((n for n, form in enumerate(forms) if n and form in _ENDS), len(forms))
    forms = forms[:cut]
    for form in forms:
        if form in _HEADS:
            return ((1, 1), form) if forms[0] in _ONE else None
        singular = form[:-2] if form == "witnesses" else form[:-1] if form.endswith("s") else form
        if (form != singular and singular in _HEADS) or form in _PLURALS:
            count = next((n for f in forms if (n := COUNTS.get(f) or small(f))), 0)
            return ((count, count) if 1 < count < 1000 else (2, None)), singular
    return None


def _called_alike(one: str, two: str) -> bool:
    return one == two or {one, two} <= _WIDE


def _unlike(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    return (one[1] is not None and one[1] < two[0]) or (two[1] is not None and two[1] < one[0])


def source_number_drift(told: Told, quotations: Sequence[Quotation]) -> Iterator[Conflict]:
    """A source that is one person here and several there, for the same quoted words or the same Source."""
    groups: list[tuple[Severity, list[Attribution]]] = []
    for quotation in quotations:
        # only words that stand in both: overlapping stretches and paraphrases show less
        said = [
            v for v in quotation.variants if v.relation in {"fullest", "verbatim", "respelled", "trimmed", "altered"}
        ]
        groups.append(("high", [told.attributions[v.attribution] for v in said if v.attribution in told.attributions]))
    by_source: defaultdict[str, list[Attribution]] = defaultdict(list)
    for attribution in told.attributions.values():
        if attribution.source is not None:
            by_source[attribution.source].append(attribution)
    groups += [("medium", by_source[source]) for source in sorted(by_source)]
    groups += [("medium", found) for found in _retold(told)]
    seen: set[tuple[str, str]] = set()
    for severity, attributions in groups:
        counts: dict[str, tuple[tuple[int, int | None], Attribution, str]] = {}
        unsure: set[str] = set()
        for attribution in sorted(attributions, key=lambda a: (a.article, a.source_spans, a.id)):
            article = told.articles.get(attribution.article)
            source = told.sources.get(attribution.source or "")
            if (
                article is None
                or not attribution.source_spans
                or (source and source.kind not in {"anonymous", "unspecified"})
            ):
                continue
            described = _described(article, attribution.source_spans)
            if described is None:
                continue
            count, called = described
            if article.id in counts and counts[article.id][0] != count:
                unsure.add(article.id)
            counts.setdefault(article.id, (count, attribution, called))
        order = sorted(
            (counts[name] for name in counts if name not in unsure),
            key=lambda item: (told.articles[item[1].article].published or "~", item[1].article),
        )
        first = next(iter(order), None)
        other = next(
            (item for item in order[1:] if first and _unlike(first[0], item[0]) and _called_alike(first[2], item[2])),
            None,
        )
        if first is None or other is None:
            continue
        one, two = told.articles[first[1].article], told.articles[other[1].article]
        if (one.id, two.id) in seen:
            continue
        seen.add((one.id, two.id))
        sides = [side(one, first[1].source_spans), side(two, other[1].source_spans)]
        yield conflict(
            "number",
            "drift",
            severity,
            f"For the same words {told.label(one)} cites {shown(sides[0].value)}; "
            f"{told.label(two)} cites {shown(sides[1].value)}.",
            sides,
        )
