"""Claims that one article states as its own knowledge while all others cite somebody.

Takes the tellings of a claim. Only an article that cites nobody for it anywhere near is named, and only when it was
shown to have the claim from elsewhere, credits the same people in another place, or stands against two that
attribute.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from headwater.compare.tellings import MOST, Telling, Told, conflict, label, shown, side, sounds_cited
from headwater.model import CARRIER_KINDS, Conflict, Severity

#: A mention of fewer words is a part of a sentence, not a statement.
_WHOLE = 7
#: Weight of content both must have, as a share of the shorter one's and of the longer one's.
_ALIKE, _ALIKE_LONG = 0.6, 0.35
_SPOKEN = frozenset({"i", "we", "our", "my", "me", "you", "your", "i'm", "we're", "i've", "we've", "don't"})


def attribution_dropped(told: Told) -> Iterator[Conflict]:
    """One conflict a claim: the articles without attribution against the earliest one that attributes."""
    credited: defaultdict[str, set[str]] = defaultdict(set)
    for attribution in told.attributions.values():
        credited[attribution.article] |= {s for s in (attribution.source, *attribution.via) if s is not None}
    for claim in sorted(told.tellings):
        by_article: defaultdict[str, list[Telling]] = defaultdict(list)
        for telling in told.tellings[claim]:
            by_article[telling.article.id].append(telling)
        if len(by_article) < 2:
            continue
        citing = {name: next((t for t in found if t.attributed), None) for name, found in by_article.items()}
        cited = sorted((t for t in citing.values() if t is not None), key=lambda t: t.order)
        silent = [found[0] for name, found in sorted(by_article.items()) if citing[name] is None]
        if not cited or not silent or len(cited) < len(silent):
            continue
        behind = {s for t in cited for s in (*t.mention.chain, *(a.source for a in t.heard)) if s is not None}
        behind |= {s for t in cited for a in t.heard for s in a.via}
        if not behind:
            continue
        lost = [
            t for t in silent if t.article.id not in told.credited and _says_it(told, t, cited) and not _cited_near(t)
        ]
        grades = [(_grade(t, behind, credited[t.article.id], len(cited)), t) for t in lost]
        found_lost = sorted(((g, t) for g, t in grades if g), key=lambda item: item[1].order)
        if found_lost:
            severity: Severity = "high" if any(g == "high" for g, _ in found_lost) else "medium"
            yield _dropped(told, claim, cited[0], [t for _, t in found_lost], severity)


def _says_it(told: Told, telling: Telling, cited: Sequence[Telling]) -> bool:
    """Whether it states a whole fact, in words close to those of an article that cites somebody for it."""
    if len(telling.words) < _WHOLE or len(telling.content) < 4 or sounds_cited(telling):
        return False
    text = telling.article.text
    capitals = sum(text[w.start].isupper() for w, s in zip(telling.words, telling.stems, strict=True) if s)
    if 2 * capitals > len([s for s in telling.stems if s]):
        return False  # a name with its title
    if {word.key for word in telling.words} & _SPOKEN:
        return False  # the speaker's own words, whose marks or transcript heading were not read
    if telling.words[0].key in {"who", "which", "whose", "where"}:
        return False  # an aside on somebody: common knowledge more often than news
    return any(
        not any(a.mode != "indirect" for a in other.heard)
        and len(telling.content & other.content) >= 3
        and min(told.alike(telling, other)) >= _ALIKE_LONG
        and max(told.alike(telling, other)) >= _ALIKE
        for other in cited[:MOST]
    )


def _cited_near(telling: Telling) -> bool:
    """Whether its paragraph cites anybody: readers carry a source over the sentences of a paragraph."""
    return any(a.source is not None or a.via for a in telling.near)


def _grade(telling: Telling, behind: set[str], credited: set[str], citing: int) -> Severity | None:
    derived = telling.mention.basis in {"recovered", "inferred"} or telling.mention.counted
    if derived or behind & credited:
        return "high" if citing > 1 or derived else "medium"
    return "medium" if citing > 1 else None


def _dropped(told: Told, claim: str, cited: Telling, lost: list[Telling], severity: Severity) -> Conflict:
    chain = [s for s in cited.mention.chain if s in told.sources] or [
        a.source for a in cited.heard if a.source is not None and a.source in told.sources
    ]
    # the people are what a reader misses; whoever carried their words comes second
    people = [s for s in chain if told.sources[s].kind not in CARRIER_KINDS] or chain
    whom = told.sources[people[-1]].name if people else "its source"
    names = ", ".join(dict.fromkeys(label(t.article) for t in lost))
    first = lost[0]
    stated = shown(" ".join(span.of(first.article.text) for span in first.mention.spans))
    return conflict(
        "attribution_dropped",
        "drift",
        severity,
        f"{label(cited.article)} has it from {whom}; {names} states {stated} and cites nobody.",
        [
            side(cited.article, cited.mention.spans, whom),
            *(side(t.article, t.mention.spans, "no source") for t in lost),
        ],
        claim=claim,
    )
