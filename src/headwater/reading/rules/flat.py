"""Paragraphs as lists of items: words, punctuation, and whole quotations folded to one item each.

Takes a text, its sentences and quotations; a sentence inside a quotation never ends the sentence around it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater import lexicon
from headwater.model import Span
from headwater.reading import marks
from headwater.reading.rules.forms import AUX, NOUN_VERBS, PAST
from headwater.reading.tagger import Name
from headwater.words import key_of

_ITEM = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+(?:[-'’‑][^\W_]+)*|[^\w\s]|_")


_LONGEST = 300  # items of one sentence that are looked at together; longer ones are cut


@dataclass(frozen=True, slots=True)
class _Item:
    """A word, a punctuation mark, or a whole quotation (``quote``), with its place."""

    start: int
    end: int
    key: str
    raw: str
    quote: marks.Quoted | None = None

    @property
    def is_word(self) -> bool:
        return self.quote is None and (self.raw[0].isalnum())

    @property
    def capital(self) -> bool:
        return self.is_word and self.raw[0].isupper()


class Sentence:
    """One flat sentence with what is asked of it."""

    def __init__(self, text: str, items: list[_Item], found: Sequence[Name], carriers: frozenset[str]) -> None:
        self.text, self.items, self.found, self.carriers = text, items, found, carriers

    def span(self, first: int, last: int) -> Span:
        return Span(self.items[first].start, self.items[last].end)

    def key(self, at: int) -> str:
        return self.items[at].key if 0 <= at < len(self.items) else ""

    def raw(self, at: int) -> str:
        return self.items[at].raw if 0 <= at < len(self.items) else ""

    def content(self, first: int, last: int) -> tuple[Span, ...]:
        """Items first..last as a content span, without loose punctuation at the ends; () when nothing is left."""
        while first <= last and not self.items[first].quote and self.items[first].raw in ",;:—–-.…":
            first += 1
        while first <= last and not self.items[last].quote and self.items[last].raw in ",;:—–-":
            last -= 1
        if first <= last and self.items[last].raw == "." and not self.items[last].quote:
            last -= 1
        if first > last:
            return ()
        return (Span(self.items[first].start, self.items[last].end),)

    def finite(self, at: int) -> bool:
        item = self.items[at]
        if not item.is_word:
            return False
        key = item.key
        return (
            key in AUX
            or key in PAST
            or (not item.capital and (key in lexicon.SAID or key in lexicon.BELIEVED) and key not in NOUN_VERBS)
            or (not item.capital and key.endswith("ed") and len(key) > 4 and self.key(at + 1) not in {"by", "with"})
        )


def paragraphs_of(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The paragraphs that hold the sentences: a line break between two sentences ends one."""
    out: list[Span] = []
    for sentence in sentences:
        if out and "\n" not in text[out[-1].end : sentence.start] and sentence.start - out[-1].end < 4:
            out[-1] = Span(out[-1].start, sentence.end)
        else:
            out.append(sentence)
    return out


def items_of(text: str, paragraph: Span, quoted: Sequence[marks.Quoted]) -> list[_Item]:
    out: list[_Item] = []
    at = paragraph.start
    for quote in [*quoted, None]:
        stop = quote.start if quote else paragraph.end
        for match in _ITEM.finditer(text, at, max(at, stop)):
            out.append(_Item(match.start(), match.end(), key_of(match.group()), match.group()))
        if quote:
            end = min(quote.end, paragraph.end)
            out.append(_Item(quote.start, max(end, quote.start + 1), "", text[quote.start : end], quote))
            at = max(at, end)
    return out


def flat_sentences(text: str, items: Sequence[_Item]) -> list[list[_Item]]:
    """Sentences as lists of items; a quotation never has a boundary inside."""
    out: list[list[_Item]] = []
    now: list[_Item] = []
    for index, item in enumerate(items):
        now.append(item)
        follow = items[index + 1] if index + 1 < len(items) else None
        ends = False
        if follow is None or len(now) >= _LONGEST:
            ends = True
        elif item.quote:
            inner = item.raw.rstrip("”’\"'»› ")
            if inner.endswith((".", "!", "?", "…")) and (follow.quote or follow.raw[0].isupper()):
                ends = not (inner.endswith(("!", "?")) and _verb_soon(items, index + 1))
        elif (
            item.raw in ".!?…"
            and (follow.quote or not follow.raw[0].islower())
            and not (item.raw == "." and abbreviated(text, items, index))
        ):
            ends = follow.raw not in ',.;:)!?…”’"'
        if ends:
            out.append(now)
            now = []
    if now:
        out.append(now)
    return out


def abbreviated(text: str, items: Sequence[_Item], index: int) -> bool:
    from headwater.words import ABBREVIATIONS

    before = items[index - 1] if index else None
    if before is None or before.end != items[index].start or not before.is_word:
        return False
    return (len(before.raw) == 1 and before.raw.isupper()) or (
        before.raw.casefold() in ABBREVIATIONS and before.raw[0].isupper()
    )


def _verb_soon(items: Sequence[_Item], at: int) -> bool:
    for item in items[at : at + 6]:
        if item.quote or item.raw in ".!?":
            return False
        if item.key in lexicon.SAID:
            return True
    return False


def words_in(item: _Item) -> int:
    return len(re.findall(r"\w+", item.raw[:400]))


def quote_span(item: _Item) -> Span:
    return Span(item.start, item.end)
