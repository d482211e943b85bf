"""Printings: quoted words that one article gives as one stretch of speech, as tokens to align.

Takes the articles and attributions of one story. An attribution may hold several utterances (fragments of two
speeches in one sentence, a page of tweets under one name), so each stretch is a printing of its own; only what a cue
interrupts ("…," she said, "…") or a new paragraph continues is one. Titles, slogans and names are none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headwater.align.quoted import quoted_parts, quoted_ranges
from headwater.align.quotes.occasions import UNKNOWN, Occasion, occasion_of
from headwater.align.quotes.speech import is_speech
from headwater.align.quotes.weight import is_content, stem
from headwater.align.spelling import Token, tokens
from headwater.model import Article, Attribution, Span
from headwater.words import count_words, paragraphs, sentences, words

#: Shortest quotation that stands for itself, in words; shorter ones only join a longer printing.
SHORTEST = 4
#: More words in one pair of marks are a transcript or a mark that was never closed.
_LONGEST = 3000
#: Most words between the halves of one sentence that a cue interrupts.
_CUE_WORDS = 25
_MARKS = "“”„‟«»‹›‘’‚\"'` \u00a0\t\r\n"


@dataclass(frozen=True, slots=True)
class Printing:
    """One stretch of speech in one article: its words in order, and who is said to have said them.

    ``said`` counts words of the speaker's own, asides left out; ``content`` is the content of the whole attribution,
    ``size`` its length in code points; ``sentence`` is the stretch of text from the beginning of the sentence in which
    it begins to the end of that in which it ends.
    """

    article: str
    attribution: str
    source: str | None
    via: tuple[str, ...]
    spans: tuple[Span, ...]
    tokens: tuple[Token, ...]
    folds: tuple[str, ...]
    said: int
    article_text: str
    content: tuple[Span, ...]
    sentence: Span
    occasion: Occasion = UNKNOWN

    @property
    def place(self) -> tuple[str, tuple[Span, ...], str]:
        """Where it stands; sorts printings by article and place."""
        return self.article, self.spans, self.attribution


@dataclass(slots=True)
class _Text:
    """What is read of an article once."""

    text: str
    ranges: tuple[Span, ...]
    sentences: tuple[Span, ...]


def _begins(at: int, held: Sequence[Span]) -> int:
    from bisect import bisect_right

    index = bisect_right(held, at, key=lambda s: s.start) - 1
    return held[index].start if index >= 0 else 0


def _ends(at: int, held: Sequence[Span]) -> int:
    from bisect import bisect_left

    index = bisect_left(held, at, key=lambda s: s.end)
    return held[index].end if index < len(held) else at


def _goes_on(text: str, attribution: Attribution, before: Span, after: Span) -> bool:
    """Whether the speech of ``before`` goes on in ``after``: nothing, or only the cue and the speaker, lies between."""
    gap = Span(before.end, after.start)
    between = gap.of(text)
    if not any(c.isalnum() for c in between):
        return True
    if len(between) > 12 * _CUE_WORDS or count_words(between) > _CUE_WORDS:
        return False
    told = any(gap.overlap(s) for s in (*attribution.cue_spans, *attribution.source_spans))
    # a fragment ("adding that it had “nothing to lose”") runs on from the words before it; speech begins after a stop
    return told and between.rstrip(_MARKS)[-1:] in ",.:;!?—–-…"


def _stretches(text: str, attribution: Attribution, parts: Sequence[Span]) -> list[list[Span]]:
    out: list[list[Span]] = []
    for part in parts:
        if out and _goes_on(text, attribution, out[-1][-1], part):
            out[-1].append(part)
        else:
            out.append([part])
    return out


def printing_of(
    attribution: Attribution, read: str, spans: Sequence[Span], *, sentence: Span, occasion: Occasion = UNKNOWN
) -> Printing | None:
    """The words of ``spans`` in the text ``read``; None when there is none, or more than anybody says."""
    if sum(span.end - span.start for span in spans) > 30 * _LONGEST:
        return None
    found = tuple(tokens(read, spans))
    said = sum(not token.aside for token in found)
    if not 0 < said <= _LONGEST:
        return None
    return Printing(
        article=attribution.article,
        attribution=attribution.id,
        source=attribution.source,
        via=attribution.via,
        spans=tuple(spans),
        tokens=found,
        folds=tuple(token.fold for token in found),
        said=said,
        article_text=read,
        content=attribution.content_spans,
        sentence=sentence,
        occasion=occasion,
    )


def printings_of(articles: Mapping[str, Article], attributions: Sequence[Attribution]) -> list[Printing]:
    """The stretches of speech of every direct and mixed attribution, one a place, in order of place.

    Where several attributions hold the same words, the one that names a speaker and holds least besides has them: in
    what an official said the president said, the marks are the president's.
    """
    best: dict[tuple[str, tuple[Span, ...]], tuple[tuple[bool, int, float, str], Printing]] = {}
    by_article: defaultdict[str, list[Attribution]] = defaultdict(list)
    for attribution in attributions:
        if attribution.article in articles and attribution.mode != "indirect" and attribution.content_spans:
            by_article[attribution.article].append(attribution)
    for name in sorted(by_article):
        article = articles[name]
        text = article.text
        read = _Text(text, tuple(quoted_ranges(text, paragraphs(text))), sentences(text))
        for attribution in sorted(by_article[name], key=lambda a: (a.content_spans, a.id)):
            parts = quoted_parts(text, attribution.content_spans, read.ranges, whole=attribution.mode == "direct")
            size = sum(s.end - s.start for s in attribution.content_spans)
            for spans in _stretches(text, attribution, [part for part in parts if is_speech(text, part)]):
                sentence = Span(_begins(spans[0].start, read.sentences), _ends(spans[-1].end, read.sentences))
                occasion = occasion_of(article, attribution, spans, sentence)
                printing = printing_of(attribution, text, spans, sentence=sentence, occasion=occasion)
                if printing is None:
                    continue
                rank = (attribution.source is None, size, -attribution.score, attribution.id)
                key = (name, printing.spans)
                if key not in best or rank < best[key][0]:
                    best[key] = (rank, printing)
    return _apart([best[key] for key in sorted(best)])


def _apart(ranked: Sequence[tuple[tuple[bool, int, float, str], Printing]]) -> list[Printing]:
    """Without printings whose words all stand in the printings of attributions that hold less besides."""
    inner: defaultdict[tuple[str, Span], list[tuple[bool, int, float, str]]] = defaultdict(list)
    for rank, printing in ranked:
        for span in printing.spans:
            inner[printing.article, span].append(rank)
    return [
        printing
        for rank, printing in ranked
        if not all(min(inner[printing.article, span]) < rank for span in printing.spans)
    ]


def joined(printings: Sequence[Printing]) -> Printing:
    """Stretches of one attribution as one printing; ``printings`` are not empty."""
    ordered = sorted(printings, key=lambda p: p.spans)
    first = ordered[0]
    if len(ordered) == 1:
        return first
    spans = tuple(span for printing in ordered for span in printing.spans)
    found = tuple(tokens(first.article_text, spans))
    return replace(
        first,
        spans=spans,
        tokens=found,
        folds=tuple(token.fold for token in found),
        said=sum(not token.aside for token in found),
        sentence=Span(first.sentence.start, max(p.sentence.end for p in ordered)),
    )


def near(one: Printing, two: Printing) -> bool:
    """Whether two stretches of one attribution stand in one sentence, or with none between that holds no quotation."""
    return one.sentence.overlap(two.sentence) > 0 or not any(
        c.isalnum() for c in one.article_text[one.sentence.end : two.sentence.start]
    )


def longest_part(printing: Printing) -> int:
    """Words of the speaker's own in the longest of its pieces."""
    counts: defaultdict[int, int] = defaultdict(int)
    for token in printing.tokens:
        counts[token.part] += not token.aside
    return max(counts.values(), default=0)


def stems(printing: Printing) -> list[str]:
    """The content words of the speaker's own as stems, in order."""
    return [stem(t.fold) for t in printing.tokens if not t.aside and is_content(t.fold)]


def own(printing: Printing, start: int, end: int) -> int:
    """How many of the tokens ``start`` to ``end`` are the speaker's own, asides left out."""
    return sum(not token.aside for token in printing.tokens[start:end])


def fullness(printing: Printing) -> tuple[int, int, str, tuple[Span, ...], str]:
    """Sorts the fullest first: most words of the speaker, in fewest pieces, then by place."""
    return (-printing.said, printing.tokens[-1].part, *printing.place)


def fuller_first(one: Printing, two: Printing) -> tuple[Printing, Printing]:
    """Both, the fuller one first."""
    return (one, two) if fullness(one) <= fullness(two) else (two, one)


def told_around(printing: Printing) -> list[str]:
    """The keys of the words of its attribution's content, in order."""
    return [word.key for span in printing.content for word in words(printing.article_text, span)]
