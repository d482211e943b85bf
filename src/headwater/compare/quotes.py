"""Words changed within quotation marks.

Takes quotations with the changes of each variant. A negation or a hedge lost or gained inside the marks, or another
number, is severe; another content word less; a word left out, an auxiliary shifted or a like form least. Spelling,
another translation, brackets, and what an ellipsis or the edge of a fragment leaves out are no change of words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from headwater.compare.notes import conflict, shown, side
from headwater.compare.stems import NEGATIONS, SMALL, stem, word_list
from headwater.compare.told import Told
from headwater.model import Article, Change, Conflict, Quotation, Severity, Side, Span, Variant
from headwater.words import words

_HEDGES = word_list(
    """may might could would perhaps maybe possibly probably likely unlikely allegedly alleged reportedly apparently
    seems seem appears appear almost nearly about if unless"""
)
#: Auxiliaries that a change of tense alone turns into one another ("I will", he said he "would").
_SHIFTED = (frozenset({"will", "would"}), frozenset({"can", "could"}), frozenset({"may", "might"}))
_DUTIES = word_list("must should shall ought will can only")
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}(?:\]|$)|\([^()]{0,200}(?:\)|$)|^[^\[\]]{0,200}\]|^[^()]{0,200}\)")
_PLAIN = word_list(
    """anything something everything nothing thing things oh okay know mean like really actually gonna get got much
    very quite well whole just so"""
)
_NUMERO = re.compile(r"\b[Nn]o\.\s*(?=[0-9])")
#: Where two printings are cut, or sentences lie between: the words there do not stand for one another.
_CUTS = ("…", "..", ". .", ". ", "? ", "! ", "[", "]")
_MOST_CHANGES = 4
_LONGEST = 12
#: Most content words left out within the marks that are a slip of the pen; more are a cut.
_LEFT_OUT = 3
#: Most changes inside the marks of a printing that differs by slips alone.
_MOST_SLIPS = 2
#: How much more the shorter wording may differ, as a share of its words, before two statements are more likely.
_MOST_SHARE = 0.34
_OWN_VIEW = re.compile(r"(?:i|we) (?:think|believe|suspect|guess|suppose|assume|fear)\b|it (?:seems|appears)\b")
_FRAMED = re.compile(r"(?:if|unless|perhaps|maybe|possibly|probably|apparently|allegedly|reportedly)\b")
_BEFORE = 80  # code points before a quotation in which the reporter may say himself what it leaves out

_HIGH, _MEDIUM, _LOW, _NONE = 3, 2, 1, 0
_SEVERITY: dict[int, Severity] = {_HIGH: "high", _MEDIUM: "medium", _LOW: "low"}


def _keys(text: str) -> list[str]:
    """Words outside brackets, contractions cut to their first word except negated ones."""
    keys = [word.key for word in words(_NUMERO.sub("number ", _BRACKETED.sub(" ", text)))]
    keys = ["1" if key == "one" else key for key in keys]
    return [key if key.endswith("n't") else key.split("'")[0] for key in keys]


def _negated(keys: Sequence[str]) -> int:
    return sum(key in NEGATIONS or key.endswith("n't") for key in keys) % 2


def _tense_only(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether an auxiliary is shifted in tense and all else is equal."""
    if len(before) != len(after) or before == after:
        return False
    return all(a == b or any({a, b} == pair for pair in _SHIFTED) for a, b in zip(before, after, strict=True))


def _turns(change: Change) -> bool:
    """Whether a negation or hedge stands on one side only."""
    before, after = _keys(change.before), _keys(change.after)
    if _tense_only(before, after):
        return False
    return _negated(before) != _negated(after) or any(k in _HEDGES for k in before) != any(k in _HEDGES for k in after)


def _content(text: str) -> set[str]:
    return {stem(key) for key in _keys(text) if key not in SMALL | _PLAIN | NEGATIONS and not key.endswith("n't")}


def _grade(change: Change) -> int:
    """How much the change touches what was said, ``_NONE`` to ``_HIGH``, wherever it stands."""
    before, after = _keys(change.before), _keys(change.after)
    if change.kind == "moved":
        return _NONE
    if change.kind != "replaced":
        if len(before) + len(after) > _LONGEST:
            return _NONE
        if _turns(change):
            return _HIGH
        left_out = len(_content(change.before) | _content(change.after))
        return _MEDIUM if "only" in (*before, *after) else _LOW if 0 < left_out <= _LEFT_OUT else _NONE
    if _turns(change):
        return _HIGH
    if _content(change.before) == _content(change.after) or _same_name(change):
        if _tense_only(before, after):
            return _LOW
        return _MEDIUM if {k for k in before if k in _DUTIES} != {k for k in after if k in _DUTIES} else _NONE
    if any(key[:1].isdigit() for key in (*before, *after)):
        return _HIGH
    return _LOW if _like(change) else _MEDIUM


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


def _closed_up(article: Article, spans: Sequence[Span], variant: Variant, other: Article, lacking: Variant) -> bool:
    """Whether the words right before and after ``spans`` stand side by side, uncut, in the printing that lacks them."""
    if len(spans) != 1:
        return False
    home = next((s for s in variant.spans if s.holds(spans[0])), None)
    if home is None:
        return False
    before = words(article.text, Span(home.start, spans[0].start))[-1:]
    after = words(article.text, Span(spans[0].end, home.end))[:1]
    if not before or not after:
        return False
    pair = (before[0].key, after[0].key)
    for part in lacking.spans:
        found = words(other.text, part)
        for one, two in pairwise(found):
            if (one.key, two.key) == pair and not any(m in other.text[one.end : two.start] for m in _CUTS):
                return True
    return False


def _head_cut(article: Article, change: Change, variant: Variant, other: Article, lacking: Variant) -> int:
    """How grave it is that "I think" or "if …" was cut from the head of what the other prints as a whole sentence."""
    if change.kind != "dropped" or len(change.fullest_spans) != 1:
        return _NONE
    (span,) = change.fullest_spans
    home = next((s for s in variant.spans if s.holds(span)), None)
    after = words(article.text, Span(span.end, home.end))[:1] if home else []
    if not after or not article.text[after[0].start].islower():
        return _NONE
    opening = " ".join(_keys(re.split(r"[.?!…]\s", change.before)[-1]))
    grave = _LOW if _OWN_VIEW.match(opening) else _HIGH if _FRAMED.match(opening) else _NONE
    for part in lacking.spans:
        first = words(other.text, part)[:1]
        if first and first[0].key == after[0].key and other.text[first[0].start].isupper():
            said = _keys(other.text[max(0, part.start - _BEFORE) : part.start])
            return _NONE if any(k in _HEDGES or stem(k) in {"think", "believ", "view"} for k in said) else grave
    return _NONE


def _graded(change: Change, home: Article, fullest: Variant, article: Article, variant: Variant) -> int:
    """How grave the change is where it stands: nothing at a cut, an ellipsis or the edge of a fragment."""
    grade = _grade(change)
    if change.kind == "replaced":
        both = _within(article, change.spans, variant) and _within(home, change.fullest_spans, fullest)
        return grade if both else _NONE
    if change.kind == "dropped":
        if grade and _within(home, change.fullest_spans, fullest):
            return grade if _closed_up(home, change.fullest_spans, fullest, article, variant) else _NONE
        return _head_cut(home, change, fullest, article, variant)
    if change.kind == "added" and grade and _within(article, change.spans, variant):
        return grade if _closed_up(article, change.spans, variant, home, fullest) else _NONE
    return _NONE


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
            graded = [(_graded(c, home, fullest, article, variant), c) for c in variant.changes]
            changes = [(grade, c) for grade, c in graded if grade]
            key = tuple((" ".join(_keys(c.before)), " ".join(_keys(c.after))) for _, c in changes)
            length = sum(len(words(article.text, span)) for span in variant.spans)
            touched = sum(max(len(b.split()), len(a.split())) if a and b else 1 for b, a in key)
            if not changes or key in seen or len(changes) > _MOST_CHANGES or touched > max(1, _MOST_SHARE * length):
                continue
            if all(grade == _LOW for grade, _ in changes) and _reworded(home, fullest, article, variant):
                continue
            seen.add(key)
            yield _wording(told, home, article, fullest, variant, changes)


def _reworded(home: Article, fullest: Variant, article: Article, variant: Variant) -> bool:
    """Whether so much differs inside the marks that a word left out there is no slip of its own."""
    inside = [
        change
        for change in variant.changes
        if change.kind == "moved"
        or (change.spans and _within(article, change.spans, variant))
        or (change.kind == "dropped" and _within(home, change.fullest_spans, fullest))
    ]
    return len(inside) > _MOST_SLIPS


def _wording(
    told: Told,
    home: Article,
    article: Article,
    fullest: Variant,
    variant: Variant,
    changes: Sequence[tuple[int, Change]],
) -> Conflict:
    grade, first = max(changes, key=lambda pair: pair[0])
    here, there = told.label(home), told.label(article)
    if first.kind == "replaced":
        what = f"{here} quotes {shown(first.before)}; {there} prints {shown(first.after)} there."
    elif first.kind == "dropped":
        what = f"{here} quotes {shown(first.before)}; {there} leaves it out within the marks."
    else:
        what = f"{there} adds {shown(first.after)} within the marks; {here} does not have it."
    sides = [_side(home, first, fullest, before=True), _side(article, first, variant, before=False)]
    return conflict("wording", "drift", _SEVERITY[grade], what, sides)


def _side(article: Article, change: Change, variant: Variant, *, before: bool) -> Side:
    spans = change.fullest_spans if before else change.spans
    return side(article, spans or variant.spans, (change.before if before else change.after) or "left out")
