"""Where quotations stand: pairs of quotation marks of every style, over paragraphs, with a mark missing.

Takes text and its paragraphs, gives ``Quoted`` spans in order, never nested, never crossing furniture. A paragraph that
opens with a mark while the one before was left open continues the same quotation (the custom of English newspapers).
Apostrophes are told from single quotation marks by what stands around them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model import Span

#: Which marks close a quotation that a mark opens; "''" and "``" are typewriters' double marks.
_CLOSES = {
    "“": ("”",), "„": ("“", "”"), "‟": ("”",), "«": ("»",), "»": ("«",), "‹": ("›",), "‘": ("’",), '"': ('"', "”"),
    "'": ("'",), "``": ("''",), "''": ("''",),
}  # fmt: skip
_MARK = re.compile(r"``|''|[“”„«»‹›‘’\"'‟]")
_APOSTROPHES = 24  # apostrophes passed over in looking for the mark that closes a single quotation


@dataclass(frozen=True, slots=True, order=True)
class Quoted:
    """A quotation: ``start``..``end`` with its marks, ``inner`` without; ``parts`` one inner span a paragraph.

    ``closed`` is False when the closing mark is missing (the quotation then ends with its paragraph).
    """

    start: int
    end: int
    inner: Span
    closed: bool
    parts: tuple[Span, ...]


def _opens(text: str, at: int, mark: str, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + len(mark)] if at + len(mark) < end else " "
    if mark in {"“", "„", "‟", "``"}:
        return True
    if mark in {"«", "‹"}:
        return not after.isspace() or before.isspace()
    if mark == "»":
        return before.isspace() and not after.isspace()
    if mark == "‘":
        # ’tis and ‘90s are apostrophes that a word processor turned round
        return not after.isspace() and not before.isalnum() and not after.isdigit()
    if mark in {'"', "'", "''"}:
        return not after.isspace() and (before.isspace() or before in "([{—–-/:“‘\"'")
    return False


def _closes(text: str, at: int, mark: str, opener: str, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + len(mark)] if at + len(mark) < end else " "
    if opener == "“" and mark == '"':  # mixed styles are common in scraped text: “There is no agreement," she said
        return before in ",.!?…" and (after.isspace() or after in ",.;:)—–")
    if mark not in _CLOSES[opener]:
        return False
    if opener in {"‘", "'"}:
        # an apostrophe stands inside a word or after a plural's s before a small letter: "dogs’ home"
        if after.isalnum() or before.isspace():
            return False
        return not (
            before in "sS" and after == " " and at + 2 < end and text[at + 2].islower() and "," not in text[at - 2 : at]
        )
    if opener in {'"', "''"}:
        return not (before.isspace() and after.isalnum())
    return True


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quoted, ...]:
    """All quotations of ``text`` within ``paragraphs`` (in order, furniture left out), outermost marks only.

    Args:
        text: the article's text.
        paragraphs: its paragraphs, as ``words.paragraphs`` gives them.

    Returns:
        Quotations in order of place, apart from one another. Single marks count only where they hold two words or more
        and cannot be apostrophes; words merely set off ('so-called') are kept too and are told apart later.
    """
    out: list[Quoted] = []
    pending: list[Span] = []  # parts of a quotation left open by the paragraph before
    pending_start = -1
    pending_opener = ""
    for paragraph in paragraphs:
        start, end = paragraph.start, paragraph.end
        at, opener, opened = start, "", -1
        first = _MARK.match(text, start, end)
        if pending:
            if first and _opens(text, start, first.group(), start, end) and _same_style(first.group(), pending_opener):
                opener, opened, at = first.group(), start, first.end()
            else:
                out.append(_finish(pending_start, pending, False))
                pending = []
        for match in _MARK.finditer(text, at, end):
            mark = match.group()
            if opener:
                if _closes(text, match.start(), mark, opener, start, end):
                    part = Span(opened + len(opener), match.start())
                    if part.end > part.start:
                        if pending:
                            out.append(_finish(pending_start, [*pending, part], True, match.end()))
                            pending = []
                        else:
                            out.append(Quoted(opened, match.end(), part, True, (part,)))
                    opener = ""
                elif mark == "“" and opener == "“":
                    # a second opening mark: the first was never closed; the words up to here cannot be told apart
                    if opened + 1 < match.start():
                        out.append(
                            _finish(
                                opened if not pending else pending_start,
                                [*pending, Span(opened + 1, match.start())],
                                False,
                            )
                        )
                        pending = []
                    opened = match.start()
            elif _opens(text, match.start(), mark, start, end) and not (
                mark in {"‘", "'"} and not _single_closes(text, match.end(), end, mark, start)
            ):
                opener, opened = mark, match.start()
        if opener:
            part = Span(opened + len(opener), end)
            if part.end > part.start and opener not in {"‘", "'"}:
                if not pending:
                    pending_start, pending_opener = opened, opener
                pending.append(part)
            elif pending:
                out.append(_finish(pending_start, pending, False))
                pending = []
    if pending:
        out.append(_finish(pending_start, pending, False))
    return tuple(sorted(out))


def _same_style(mark: str, opener: str) -> bool:
    return mark == opener or {mark, opener} <= {"“", '"'}


def _single_closes(text: str, at: int, end: int, mark: str, start: int) -> bool:
    closer = "’" if mark == "‘" else "'"
    stop = min(end, at + 2000)
    for _ in range(_APOSTROPHES):
        at = text.find(closer, at, stop)
        if at == -1:
            return False
        if _closes(text, at, closer, mark, start, end):
            return True
        at += 1
    return False


def _finish(start: int, parts: list[Span], closed: bool, end: int | None = None) -> Quoted:
    last = parts[-1].end
    return Quoted(start, end if end is not None else last, Span(parts[0].start, last), closed, tuple(parts))
