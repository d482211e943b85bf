"""Paragraphs as lists of items: words, punctuation, and whole quotations folded to one item each.

Takes a text, its sentences and quotations; a sentence inside a quotation never ends the sentence around it. A quotation
that was never closed and has a reporting verb in it is not folded: where it ends cannot be told.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headwater import lexicon
from headwater.model import Span
from headwater.reading import marks
from headwater.reading.rules.forms import AUX, NOUN_VERBS, PAST
from headwater.reading.tagger import Name
from headwater.words import CLOSING_MARKS, key_of

_ITEM = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W_]+(?:[-'’‑][^\W_]+)*|[^\w\s]|_")
_LONGEST = 300  # items of one sentence that are looked at together; longer ones are cut
_BEFORE_NOUNS = frozenset("a an the his her its their our my your of for with from former senior".split())
_SAID_IN = re.compile(r", [^,“”\"\n]{2,80}\b(?:said|says|told|added|wrote|warned|explained)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A word, a punctuation mark, or a whole quotation (``quote``), with its place."""

    start: int
    end: int
    key: str
    raw: str
    quote: marks.Quoted | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.quote is None and self.raw[0].isalnum()

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.is_word and self.raw[0].isupper()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Around:
    """The text around a sentence, and what all of its sentences share.

    ``found`` are its names in order of place and ``starts`` where they start; ``carriers`` the last names of people it
    calls journalists, small letters; ``ends`` where its sentences end; ``signed`` the names that sign posts;
    ``surnames`` the last words of longer names; ``counts`` how often each word with a capital stands in it.
    """

    text: str
    found: tuple[Name, ...] = ()
    starts: tuple[int, ...] = ()
    carriers: frozenset[str] = frozenset()
    ends: frozenset[int] = frozenset()
    signed: tuple[Span, ...] = ()
    surnames: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)


class Sentence:
    """One flat sentence: its items, and what its words are."""

    def __init__(self, around: Around, items: Sequence[Item]) -> None:
        """Take the items of one sentence of the text."""
        self.around, self.text, self.items, self.carriers = around, around.text, items, around.carriers
        first = bisect_left(around.starts, items[0].start)
        self.found = around.found[first : bisect_left(around.starts, items[-1].end)]

    def span(self, first: int, last: int) -> Span:
        """Where items first..last stand."""
        return Span(self.items[first].start, self.items[last].end)

    def key(self, at: int) -> str:
        """The word at ``at`` in its form for comparing; "" for quotations and outside the sentence."""
        return self.items[at].key if 0 <= at < len(self.items) else ""

    def raw(self, at: int) -> str:
        """The item at ``at`` as it is written; "" outside the sentence."""
        return self.items[at].raw if 0 <= at < len(self.items) else ""

    def quote(self, at: int) -> bool:
        """Whether there is a quotation at ``at``."""
        return 0 <= at < len(self.items) and self.items[at].quote is not None

    def capital(self, at: int) -> bool:
        """Whether there is a word with a capital letter at ``at``."""
        return 0 <= at < len(self.items) and self.items[at].capital

    def word(self, at: int) -> bool:
        """Whether there is a word at ``at``."""
        return 0 <= at < len(self.items) and self.items[at].is_word

    def content(self, first: int, last: int) -> tuple[Span, ...]:
        """Items first..last as a content span, without loose punctuation at the ends; () when nothing is left."""
        while first <= last and not self.items[first].quote and self.items[first].raw in ",;:—–-.…)":
            first += 1
        while first <= last and not self.items[last].quote and self.items[last].raw in ",;:—–-(":
            last -= 1
        if first <= last and self.items[last].raw == "." and not self.items[last].quote:
            last -= 1
        return (self.span(first, last),) if first <= last else ()

    def finite(self, at: int) -> bool:
        """Whether the word at ``at`` looks like a finite verb."""
        if not self.word(at):
            return False
        item = self.items[at]
        if item.key in AUX:
            return True
        if self.key(at - 1) in _BEFORE_NOUNS:
            return False  # "a retired admiral", "families of lost crew"
        return (
            item.key in PAST
            or (
                not item.capital
                and (item.key in lexicon.SAID or item.key in lexicon.BELIEVED)
                and item.key not in NOUN_VERBS
            )
            or (
                not item.capital
                and item.key.endswith("ed")
                and len(item.key) > 4
                and self.key(at + 1) not in {"by", "with"}
            )
        )

    def ends_at(self, at: int) -> bool:
        """Whether a full stop at ``at`` ends a sentence of the text, rather than an abbreviation."""
        return ends_sentence(self.around, self.items[at])


def paragraphs_of(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The paragraphs that hold the sentences: a line break between two sentences ends one."""
    out: list[Span] = []
    for sentence in sentences:
        if out and sentence.start - out[-1].end < 4 and "\n" not in text[out[-1].end : sentence.start]:
            out[-1] = Span(out[-1].start, sentence.end)
        else:
            out.append(sentence)
    return out


def items_of(text: str, paragraph: Span, quoted: Sequence[marks.Quoted]) -> list[Item]:
    """The items of a paragraph.

    Args:
        text: the article's text.
        paragraph: where the paragraph stands.
        quoted: the quotations that have a part in it, in order.
    """
    out: list[Item] = []
    at = paragraph.start
    for quote in [*quoted, None]:
        stop = max(at, quote.start) if quote else paragraph.end
        out.extend(Item(m.start(), m.end(), key_of(m.group()), m.group()) for m in _ITEM.finditer(text, at, stop))
        at = stop
        if quote:
            end = min(quote.end, paragraph.end)
            if end <= at or (not quote.closed and len(quote.parts) == 1 and _SAID_IN.search(text, at, end)):
                continue
            out.append(Item(at, end, "", text[at:end], quote))
            at = end
    return out


def flat_sentences(around: Around, items: Sequence[Item]) -> list[list[Item]]:
    """Sentences as lists of items; a quotation never has a boundary inside."""
    out: list[list[Item]] = []
    now: list[Item] = []
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
            and (item.raw != "." or ends_sentence(around, item))
        ):
            ends = follow.raw not in ',.;:)!?…”’"'
        if ends:
            out.append(now)
            now = []
    if now:
        out.append(now)
    return out


def ends_sentence(around: Around, stop: Item) -> bool:
    """Whether a full stop ends one of the sentences the text was cut into, closing marks after it allowed."""
    at = stop.end
    while at not in around.ends:
        if at >= len(around.text) or around.text[at] not in CLOSING_MARKS or at - stop.end > 4:
            return at >= len(around.text)
        at += 1
    return True


def _verb_soon(items: Sequence[Item], at: int) -> bool:
    for item in items[at : at + 6]:
        if item.quote or item.raw in ".!?":
            return False
        if item.key in lexicon.SAID:
            return True
    return False


def words_in(item: Item) -> int:
    """How many words a quotation has, counted as far as matters here."""
    return len(re.findall(r"\w+", item.raw[:400]))
