"""Text with marks over it, as HTML.

Takes a text and marks that may nest and cross, gives markup whose tags nest properly: a mark that crosses another is
closed and opened again. Tags are all that is added: without them, and unescaped, the text is the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from headwater.model import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What to show of ``[start, end)``, in code points.

    ``css`` are class names, ``id`` an anchor (on the first piece only), ``data`` a word that the style sheet shows
    before the first piece. ``link`` with its ``label`` puts a link without text behind the last piece, which the style
    sheet shows as ``shown``. ``rank`` settles which of two marks over the same words is outside: the lower.
    """

    start: int
    end: int
    css: str
    tag: str = "span"
    id: str | None = None
    data: str | None = None
    link: str | None = None
    label: str = ""
    shown: str = ""
    rank: int = 0

    def _order(self) -> tuple[int, int, int, str, str, str]:
        return (self.start, -self.end, self.rank, self.css, self.id or "", self.link or "")


@dataclass(frozen=True, slots=True)
class _Piece:
    """The part of a mark that lies in one block."""

    start: int
    end: int
    mark: Mark
    first: bool
    last: bool

    def _outer_first(self) -> tuple[int, int, int]:
        return (-self.end, self.mark.rank, self.start)

    def opening(self, *, again: bool) -> str:
        mark = self.mark
        begins = self.first and not again
        return (
            f'<{mark.tag} class="{escape(mark.css)}"'
            + (f' id="{escape(mark.id)}"' if mark.id is not None and begins else "")
            + (f' data-k="{escape(mark.data)}"' if mark.data is not None and begins else "")
            + ">"
        )

    def link(self) -> str:
        mark = self.mark
        if mark.link is None or not self.last:
            return ""
        return (
            f'<a class="to" href="{escape(mark.link)}" aria-label="{escape(mark.label)}"'
            f' data-k="{escape(mark.shown)}"></a>'
        )


def marked(text: str, marks: Iterable[Mark], *, within: Span | None = None) -> Markup:
    """The text, or ``within`` of it, escaped, with its marks; marks are cut to what is shown."""
    return marked_blocks(text, marks, [within or Span(0, len(text))])[0]


def marked_blocks(text: str, marks: Iterable[Mark], blocks: Sequence[Span]) -> list[Markup]:
    """The same for several blocks of one text, as paragraphs are; a mark goes on in the next block.

    Args:
        text: the text that marks and blocks count in.
        marks: in any order; they may nest and cross. An empty one is left out.
        blocks: in order and apart.

    Returns:
        One piece of markup a block, each with all its tags closed.
    """
    waiting = sorted((mark for mark in marks if mark.start < mark.end), key=Mark._order)
    open_marks: list[tuple[Mark, bool]] = []
    at, out = 0, []
    for block in blocks:
        while at < len(waiting) and waiting[at].start < block.end:
            open_marks.append((waiting[at], True))
            at += 1
        pieces, going_on = [], []
        for mark, first in open_marks:
            start, end = max(mark.start, block.start), min(mark.end, block.end)
            if start < end:
                pieces.append(_Piece(start, end, mark, first, mark.end <= block.end))
            if mark.end > block.end:
                going_on.append((mark, first and start >= end))
        open_marks = going_on
        out.append(_block(text, block, pieces))
    return out


def _block(text: str, block: Span, pieces: Sequence[_Piece]) -> Markup:
    if not pieces:
        return escape(text[block.start : block.end])
    starting: dict[int, list[_Piece]] = {}
    for piece in pieces:
        starting.setdefault(piece.start, []).append(piece)
    places = {block.start, block.end} | {piece.start for piece in pieces} | {piece.end for piece in pieces}
    out: list[str] = []
    stack: list[_Piece] = []
    for here, there in pairwise(sorted(places)):
        again = _close(stack, here, out)
        opening = [(piece, True) for piece in again] + [(piece, False) for piece in starting.get(here, [])]
        for piece, reopened in sorted(opening, key=lambda item: item[0]._outer_first()):
            out.append(piece.opening(again=reopened))
            stack.append(piece)
        out.append(str(escape(text[here:there])))
    _close(stack, block.end, out)
    return Markup("".join(out))


def _close(stack: list[_Piece], here: int, out: list[str]) -> list[_Piece]:
    """Close what ends here, and whatever stands inside it; give back what must open again."""
    lowest = next((index for index, piece in enumerate(stack) if piece.end <= here), len(stack))
    closed = stack[lowest:]
    del stack[lowest:]
    out.extend(f"</{piece.mark.tag}>" for piece in reversed(closed))
    out.extend(piece.link() for piece in closed if piece.end <= here)
    return [piece for piece in closed if piece.end > here]
