"""Words in place: spans that lie in their texts, and the sentences around them.

A place outside its text is left out.
"""

from bisect import bisect_right
from collections.abc import Iterable

from headwater.model import Place, Span, Trace
from headwater.report.names import Names
from headwater.words import sentences

_AROUND = 240  # code points shown before and after a mention
_LONGEST_MENTION = 700


class Places(Names):
    """The texts of a trace, looked up by spans."""

    def __init__(self, trace: Trace) -> None:
        """Index ``trace``; sentences are found when asked for."""
        super().__init__(trace)
        self._sentences: dict[str, tuple[Span, ...]] = {}

    def valid(self, article: str, span: Span | Place) -> bool:
        """Whether a place lies in its text and is not empty."""
        known = self.articles.get(article)
        return known is not None and 0 <= span.start < span.end <= len(known.text)

    def valid_spans(self, article: str, spans: Iterable[Span]) -> list[Span]:
        """The spans that lie in the text, in order, each once."""
        return sorted({span for span in spans if self.valid(article, span)})

    def around(self, article: str, spans: Iterable[Span]) -> list[Span]:
        """The sentences around spans, as windows into the text: in order, apart, none longer than a few lines."""
        text = self.articles[article].text if article in self.articles else ""
        whole = self.sentences_of(article)
        out: list[Span] = []
        for span in self.valid_spans(article, spans):
            start, end = span.start, span.end
            if end - start > _LONGEST_MENTION:
                end = _word_end(text, start + _LONGEST_MENTION)
            first = bisect_right(whole, start, key=lambda s: s.start) - 1
            last = bisect_right(whole, end - 1, key=lambda s: s.start) - 1
            left = whole[first].start if first >= 0 and whole[first].end > start else start
            right = whole[last].end if last >= 0 and whole[last].end >= end else end
            left = left if start - left <= _AROUND else _word_start(text, start - _AROUND)
            right = right if right - end <= _AROUND else _word_end(text, end + _AROUND)
            if out and left <= out[-1].end:
                out[-1] = Span(out[-1].start, max(right, out[-1].end))
            else:
                out.append(Span(left, right))
        return out

    def sentences_of(self, article: str) -> tuple[Span, ...]:
        """The sentences of an article outside its furniture, in order."""
        if article not in self._sentences:
            known = self.articles.get(article)
            self._sentences[article] = (
                sentences(known.text, [item.span for item in known.furniture]) if known is not None else ()
            )
        return self._sentences[article]


def _word_start(text: str, at: int) -> int:
    """The first start of a word at or after ``at``, not far from it."""
    for here in range(max(at, 1), min(at + 40, len(text))):
        if text[here - 1].isspace():
            return here
    return max(at, 0)


def _word_end(text: str, at: int) -> int:
    """The last end of a word at or before ``at``, not far from it."""
    for here in range(min(at, len(text) - 1), max(at - 40, 0), -1):
        if text[here].isspace():
            return here
    return min(at, len(text))
