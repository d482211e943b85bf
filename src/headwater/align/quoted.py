"""The words inside quotation marks, of every style, in a stretch of text.

Takes a text and the content of an attribution, gives the spans of the quoted words without their marks. Marks of mixed
style may open and close one quotation, a mark may be missing, an opening mark is repeated at each paragraph; inner
quotations stay part of the outer one. Apostrophes are told from single marks by what stands around them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from headwater.model import Span
from headwater.words import merged, paragraphs, trimmed

_MARKS = re.compile(r"[“”„‟«»‹›‘’‚\"']|``|''")
_DOUBLE = frozenset({"“", "”", "„", "‟", "«", "»", '"', "``", "''"})
_OPENS_ONLY = frozenset({"“", "„", "‟", "``"})
_STRIP = "“”„‟«»‹›‘’‚\"'`"


def _side(text: str, start: int, end: int, low: int, high: int) -> int:
    """What the mark at ``start`` looks like by its neighbours: 1 opening, -1 closing, 0 either or neither."""
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    opens = not after.isspace() and (before.isspace() or before in "([{—–-/:“‘\"'«")
    closes = not before.isspace() and not after.isalnum()
    return 1 if opens and not closes else -1 if closes and not opens else 0


def quoted_ranges(text: str, within: Iterable[Span]) -> list[Span]:
    """Spans of the words between outer quotation marks, marks left out, in order; none crosses a span of ``within``.

    A quotation left open ends with its span of ``within`` (a paragraph).
    """
    out: list[Span] = []
    for paragraph in within:
        low, high = paragraph.start, paragraph.end
        open_at = -1
        stack: list[str] = []
        for match in _MARKS.finditer(text, low, high):
            mark = match.group()
            side = _side(text, match.start(), match.end(), low, high)
            single = mark not in _DOUBLE
            if single and stack and stack[-1] != "single":
                continue  # an inner quotation or an apostrophe: the outer marks decide
            if not stack:
                if mark in "”’›" or mark == "''" or (side != 1 and (single or mark not in _OPENS_ONLY)):
                    continue
                stack, open_at = ["single" if single else mark], match.end()
                continue
            if single:
                before = text[match.start() - 1]
                after = text[match.end() : match.end() + 1]
                # "the soldiers' homes": a plural's apostrophe before a small letter does not close
                plural = before == "s" and after == " " and text[match.end() + 1 : match.end() + 2].islower()
                closes = mark in "’›'" and side != 1 and not after.isalnum() and not plural
            elif stack[-1] == "single":
                continue
            elif len(stack) < 3 and (
                (mark in _OPENS_ONLY and side != -1 and stack[-1] not in {"„"})
                or (mark == "«" and side == 1)
                or (mark == '"' and side == 1 and stack[-1] in {"“", "«"})
            ):
                stack.append(mark)
                continue
            else:
                closes = True
            if closes:
                # a straight mark after a stop closes the outermost: an inner one was left open
                stack.pop()
                if not stack:
                    out.append(Span(open_at, match.start()))
                    open_at = -1
        if stack and stack[0] != "single":
            out.append(Span(open_at, high))
    return [span for span in (trimmed(text, span) for span in out) if span.start < span.end]


def quoted_parts(text: str, content: Sequence[Span], ranges: Sequence[Span], *, whole: bool) -> tuple[Span, ...]:
    """The quoted words of ``content``: its overlap with ``ranges`` (in order), without marks.

    Args:
        text: the article's text.
        content: content spans of one attribution.
        ranges: quoted ranges of the text, as ``quoted_ranges`` gives them.
        whole: the content is said to be all quotation: where marks cover less than half of it they are
            not trusted and the content itself is taken.

    Returns:
        Spans in order, none empty; () when nothing is quoted.
    """
    out: list[Span] = []
    for span in merged(content):
        inside = []
        at = bisect_right(ranges, span.start, key=lambda r: r.end)
        while at < len(ranges) and ranges[at].start < span.end:
            inside.append(Span(max(span.start, ranges[at].start), min(span.end, ranges[at].end)))
            at += 1
        if whole and 2 * sum(s.end - s.start for s in inside) < span.end - span.start:
            inside = paragraphs(text[span.start : span.end])
            inside = [Span(s.start + span.start, s.end + span.start) for s in inside]
        out.extend(inside)
    clean = (trimmed(text, span, _STRIP + ",") for span in out)
    return tuple(span for span in clean if span.start < span.end)
