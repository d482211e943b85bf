"""One printing of a quotation as HTML: its words, with what differs from the fullest printing marked within them.

What was left out has no place of its own in a printing: it is put where it would stand, which the words that both keep
show; where they do not, it has no place.
"""

from collections.abc import Sequence

from markupsafe import Markup

from headwater.labels import plain
from headwater.model import Change, Span, Variant
from headwater.report.segments import Mark, marked
from headwater.report.view import View
from headwater.words import Word, words

#: How many words that were left out are shown in full.
MOST_DROPPED = 24
_FIRST, _LAST = 6, 5


def with_changes(view: View, variant: Variant, fullest: Variant) -> tuple[Markup, list[str]]:
    """A variant's words, what was put in marked, what was left out where it would stand; and what has no place."""
    spans = view.valid_spans(variant.article, variant.spans)
    text = view.articles[variant.article].text if spans else ""
    marks = [
        Mark(start=span.start, end=span.end, css="moved" if change.kind == "moved" else "new", tag="ins")
        for change in variant.changes
        for span in view.valid_spans(variant.article, change.spans)
    ]
    dropped: list[tuple[int, str]] = []
    unplaced: list[str] = []
    for change in variant.changes:
        if change.kind not in {"dropped", "replaced"} or not change.before.strip():
            continue
        at = _place_of(view, change, variant, fullest)
        if at is not None and any(span.start <= at <= span.end for span in spans):
            dropped.append((at, _brief(change.before)))
        else:
            unplaced.append(_brief(change.before))
    dropped.sort(key=lambda item: item[0])
    out: list[Markup] = []
    for span in spans:
        parts, start = [], span.start
        while dropped and dropped[0][0] <= span.end:
            at, before = dropped.pop(0)
            at = max(at, start)
            parts.append(marked(text, marks, within=Span(start, at)) if at > start else Markup(""))
            gap = " " if at > start and not text[at - 1].isspace() else ""
            parts.append(Markup("{}<del>{}</del>{}").format(gap, before, " " if at < span.end else ""))
            start = at
        if start < span.end:
            parts.append(marked(text, marks, within=Span(start, span.end)))
        out.append(Markup("").join(parts))
    return Markup(" … ").join(out), unplaced


def _brief(before: str) -> str:
    """Words that were left out; of many the first and the last, since the fullest printing has them all."""
    found = plain(before).split(" ")
    if len(found) <= MOST_DROPPED:
        return " ".join(found)
    return f"{' '.join(found[:_FIRST])} … ({len(found) - _FIRST - _LAST} words) … {' '.join(found[-_LAST:])}"


def _place_of(view: View, change: Change, variant: Variant, fullest: Variant) -> int | None:
    """Where dropped words would stand in the variant: found by the words that both keep, None when they differ."""
    own = view.valid_spans(variant.article, change.spans)
    if own:
        return own[0].start
    theirs = view.valid_spans(fullest.article, change.fullest_spans)
    if not theirs:
        return None
    kept = _kept(view, variant, [span for c in variant.changes for span in c.spans])
    kept_there = _kept(view, fullest, [span for c in variant.changes for span in c.fullest_spans])
    if [word.key for word in kept] != [word.key for word in kept_there]:
        return None
    before = sum(1 for word in kept_there if word.start < theirs[0].start)
    return kept[before].start if before < len(kept) else max(span.end for span in variant.spans)


def _kept(view: View, variant: Variant, changed: Sequence[Span]) -> list[Word]:
    spans = view.valid_spans(variant.article, variant.spans)
    text = view.articles[variant.article].text if spans else ""
    return [
        word
        for span in spans
        for word in words(text, span)
        if not any(other.start < word.end and word.start < other.end for other in changed)
    ]
