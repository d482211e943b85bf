"""Words changed within quotation marks.

Takes quotations with the changes of each variant. A change counts when it touches a content word, a number, a
negation or a hedge; spelling, another translation, brackets and what an ellipsis or the cut of a fragment leaves out
do not, unless the cut takes a negation or a condition from right beside the words that stay.
"""

import re
from collections.abc import Iterator, Sequence

from headwater.compare.tellings import NEGATIONS, SMALL, Told, conflict, shown, side, stem, word_list
from headwater.model import Article, Change, Conflict, Quotation, Severity, Side, Span, Variant
from headwater.words import words

_HEDGES = word_list(
    """may might could would perhaps maybe possibly probably likely unlikely allegedly alleged reportedly apparently
    seems seem appears appear almost nearly about if unless"""
)
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}(?:\]|$)|\([^()]{0,200}(?:\)|$)|^[^\[\]]{0,200}\]|^[^()]{0,200}\)")
_PLAIN = word_list(
    "anything something everything nothing thing things oh okay know mean like really actually gonna get got"
)
_NUMERO = re.compile(r"\b[Nn]o\.\s*(?=[0-9])")
#: Where two printings are cut, or sentences lie between: the words there do not stand for one another.
_CUTS = ("…", "..", ". .", ". ", "? ", "! ")
_MOST_CHANGES = 4
_LONGEST = 12
#: How much more the shorter wording may differ, as a share of its words, before two statements are more likely.
_MOST_SHARE = 0.34


def _keys(text: str) -> list[str]:
    """Words outside brackets, contractions cut to their first word except negated ones."""
    keys = [word.key for word in words(_NUMERO.sub("number ", _BRACKETED.sub(" ", text)))]
    keys = ["1" if key == "one" else key for key in keys]
    return [key if key.endswith("n't") else key.split("'")[0] for key in keys]


def _turns(change: Change) -> bool:
    """Whether a negation or hedge stands on one side only."""
    before, after = _keys(change.before), _keys(change.after)

    def negated(keys: list[str]) -> int:
        return sum(key in NEGATIONS or key.endswith("n't") for key in keys) % 2

    def hedged(keys: list[str]) -> bool:
        return any(key in _HEDGES for key in keys)

    return negated(before) != negated(after) or hedged(before) != hedged(after)


def _content(text: str) -> set[str]:
    return {stem(key) for key in _keys(text) if key not in SMALL | _PLAIN | NEGATIONS and not key.endswith("n't")}


def _real(change: Change) -> bool:
    """Whether the change touches what was said; which of two printings left a word out cannot be known."""
    if change.kind == "moved":
        return False
    if change.kind != "replaced":
        return len(_keys(change.before) + _keys(change.after)) <= _LONGEST and _turns(change)
    return _turns(change) or (_content(change.before) != _content(change.after) and not _same_name(change))


def _same_name(change: Change) -> bool:
    """Whether one side is the other run together or its initials ("health care", "healthcare"; "EB")."""
    one, two = sorted((_keys(change.before), _keys(change.after)), key=lambda keys: -len(keys))
    left, right = "".join(one), "".join(two)
    return bool(right) and (left in right or right in left or "".join(key[0] for key in one) == right)


def _like(change: Change) -> bool:
    """Whether the words look like two spellings or forms of one ("Mama", "Momma")."""
    from rapidfuzz.fuzz import ratio

    return change.before[:1].casefold() == change.after[:1].casefold() and ratio(change.before, change.after) >= 60


def _within(article: Article, spans: Sequence[Span], variant: Variant) -> bool:
    """Whether the words stand inside one pair of marks with others before and after: no cut or ellipsis is near."""
    if len(spans) != 1:
        return False
    (span,) = spans
    home = next((s for s in variant.spans if s.holds(span)), None)
    if home is None:
        return False
    before, after = article.text[home.start : span.start], article.text[span.end : home.end]
    cut = any(mark in span.of(article.text) + " " for mark in _CUTS) or any(
        mark in beside for mark in _CUTS[:3] for beside in (before[-6:], after[:6])
    )
    return not cut and any(c.isalnum() for c in before) and any(c.isalnum() for c in after)


def _at_edge(article: Article, change: Change, fullest: Variant) -> bool:
    """Whether the dropped words reach to the beginning or end of the fullest printing."""
    if not change.fullest_spans:
        return False
    first, last = fullest.spans[0], fullest.spans[-1]
    head = words(article.text, first)[:1]
    tail = words(article.text, last)[-1:]
    start, end = change.fullest_spans[0].start, change.fullest_spans[-1].end
    return bool(head and start <= head[0].start) or bool(tail and end >= tail[0].end)


def wording_drift(told: Told, quotations: Sequence[Quotation]) -> Iterator[Conflict]:
    """Altered printings against the fullest one, one conflict for each other wording."""
    for quotation in sorted(quotations, key=lambda q: q.id):
        if not quotation.variants:
            continue
        fullest = quotation.variants[0]
        home = told.articles.get(fullest.article)
        if home is None:
            continue
        seen: set[tuple[tuple[str, str], ...]] = set()
        for variant in quotation.variants[1:]:
            article = told.articles.get(variant.article)
            if article is None or variant.article == fullest.article or variant.relation != "altered":
                continue
            changes = [
                c
                for c in variant.changes
                if _real(c)
                and (
                    c.kind != "replaced"
                    or (_within(article, c.spans, variant) and _within(home, c.fullest_spans, fullest))
                )
                and not (c.kind == "dropped" and (_at_edge(home, c, fullest) or not _turns(c)))
            ]
            key = tuple((" ".join(_keys(c.before)), " ".join(_keys(c.after))) for c in changes)
            length = sum(len(words(article.text, span)) for span in variant.spans)
            touched = sum(max(len(b.split()), len(a.split())) for b, a in key)
            if not changes or key in seen or len(changes) > _MOST_CHANGES or touched > max(1, _MOST_SHARE * length):
                continue
            seen.add(key)
            yield _wording(told, home, article, fullest, variant, changes)


def _wording(
    told: Told, home: Article, article: Article, fullest: Variant, variant: Variant, changes: Sequence[Change]
) -> Conflict:
    first = next((c for c in changes if _turns(c)), changes[0])
    turns = any(_turns(c) for c in changes)
    numbers = any(key[:1].isdigit() for c in changes for key in _keys(c.before + " " + c.after))
    severity: Severity = "high" if turns or numbers else "low" if all(map(_like, changes)) else "medium"
    here, there = told.label(home), told.label(article)
    if first.kind == "replaced":
        what = f"{here} quotes {shown(first.before)}; {there} prints {shown(first.after)} there."
    elif first.kind == "dropped":
        what = f"{here} quotes {shown(first.before)}; {there} leaves it out within the marks."
    else:
        what = f"{there} adds {shown(first.after)} within the marks; {here} does not have it."
    sides = [_side(home, first, fullest, before=True), _side(article, first, variant, before=False)]
    return conflict("wording", "drift", severity, what, sides)


def _side(article: Article, change: Change, variant: Variant, *, before: bool) -> Side:
    spans = change.fullest_spans if before else change.spans
    return side(article, spans or variant.spans, (change.before if before else change.after) or "left out")
