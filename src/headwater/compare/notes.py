"""The form of a conflict: its words as a note quotes them, its sides, its id."""

from collections.abc import Sequence

from headwater.compare.told import Telling
from headwater.model import Article, Conflict, ConflictType, Severity, Side, Span, Verdict, stable_id, text_of

#: Most words, and characters, a note quotes of one side, and what is stripped from their ends.
_QUOTED, _LINE = 12, 160


_STRAY = "“”\"'‘’«» ,;:.—–-…"


def shown(text: str) -> str:
    """Words as a note quotes them: one line in quotation marks, at most twelve words, no stray mark at either end."""
    parts = text.split()
    line = _inner(" ".join(parts[:_QUOTED]).strip(_STRAY))[:_LINE]
    return f"“{line} …”" if len(parts) > _QUOTED else f"“{line}”"


def about(telling: Telling, start: int, end: int) -> str:
    """The words of a telling around a place, as a note quotes them: twelve at most, five of them before the place."""
    held = [n for n, word in enumerate(telling.words) if word.start < end and start < word.end]
    if not held:
        return shown(telling.article.text[start:end])
    first = max(0, min(held[0] - 5, len(telling.words) - _QUOTED))
    last = min(len(telling.words), first + _QUOTED) - 1
    # a split quotation is not run together
    home = next((span for span in telling.mention.spans if span.start <= telling.words[held[0]].start < span.end), None)
    while home and telling.words[first].start < home.start:
        first += 1
    while home and telling.words[last].end > home.end:
        last -= 1
    line = " ".join(telling.article.text[telling.words[first].start : telling.words[last].end].split())
    line = _inner(line.strip(_STRAY))[:_LINE]
    return f"“{'… ' if first else ''}{line}{' …' if last + 1 < len(telling.words) else ''}”"


def _inner(line: str) -> str:
    """Quotation marks within a quotation are single ones; one that the cut left alone is taken out."""
    if line.count("“") != line.count("”") or line.count('"') % 2:
        return line.replace("“", "").replace("”", "").replace('"', "")
    return line.replace("“", "‘").replace("”", "’").replace('"', "'")


def side(article: Article, spans: Sequence[Span], value: str | None = None) -> Side:
    """One side of a conflict; without ``value`` its words are the value."""
    spans = tuple(spans)
    return Side(article=article.id, spans=spans, value=value if value is not None else text_of(article, spans))


def conflict(
    kind: ConflictType,
    verdict: Verdict,
    severity: Severity,
    note: str,
    sides: Sequence[Side],
    *,
    claim: str | None = None,
) -> Conflict:
    """A conflict with the id that its kind, claim and places give it."""
    places = ((s.article, span.start, span.end) for s in sides for span in s.spans)
    return Conflict(
        id=stable_id("conflict", kind, claim, *places),
        type=kind,
        verdict=verdict,
        severity=severity,
        note=note,
        sides=tuple(sides),
        claim=claim,
    )
