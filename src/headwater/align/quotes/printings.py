"""Printings: quoted words that one article gives as one stretch of speech, as tokens to align.

Takes the articles and attributions of one story. An attribution may hold several utterances (fragments of two
speeches in one sentence, a page of tweets under one name), so each stretch is a printing of its own; only what a cue
interrupts ("…," she said, "…") or a new paragraph continues is one. Titles, slogans and names are none.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from headwater.align.quoted import quoted_parts, quoted_ranges
from headwater.align.quotes.occasions import UNKNOWN, Occasion, occasion_of
from headwater.align.quotes.speech import is_speech
from headwater.align.quotes.weight import is_content
from headwater.align.spelling import Token, tokens
from headwater.model import Article, Attribution, Span
from headwater.words import count_words, covering, paragraphs, sentences, stem, words

#: Shortest quotation that stands for itself, in words; shorter ones only join a longer printing.
SHORTEST = 4
#: More words in one pair of marks are a transcript or a mark that was never closed.
_LONGEST = 3000
#: Most words between the halves of one sentence that a cue interrupts.
_CUE_WORDS = 25
_BEFORE = 8  # code points before a part in which the word before it ends
#: Words after the cue with which the reporter turns to something else that was said.
_TURNS_TO = re.compile(r"\b(?:and|but|while|adding|regarding|about|of|later|then|also|again)\b", re.IGNORECASE)
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


def _is_fragment(text: str, part: Span) -> bool:
    """Whether a part continues the reporter's own sentence: it begins small, right after a word."""
    return part.of(text)[:1].islower() and text[max(0, part.start - _BEFORE) : part.start].rstrip(_MARKS)[-1:].isalnum()


def _goes_on(text: str, attribution: Attribution, before: Span, after: Span) -> bool:
    """Whether the speech of ``before`` goes on in ``after``: nothing, or only the cue and the speaker, lies between."""
    gap = Span(before.end, after.start)
    between = gap.of(text)
    if not any(c.isalnum() for c in between):
        return not _is_fragment(text, before)
    if "\n" in between or len(between) > 12 * _CUE_WORDS or count_words(between) > _CUE_WORDS:
        return False
    anchors = [s for s in (*attribution.cue_spans, *attribution.source_spans) if gap.overlap(s)]
    # a fragment ("adding that it had “nothing to lose”") runs on from the words before it; speech begins after a stop
    if not anchors or between.rstrip(_MARKS)[-1:] not in ",.:;!?—–-…":
        return False
    return not _TURNS_TO.search(text, max(s.end for s in anchors), gap.end)


def _stretches(text: str, attribution: Attribution, parts: Sequence[Span]) -> list[list[Span]]:
    out: list[list[Span]] = []
    for part in parts:
        if out and _goes_on(text, attribution, out[-1][-1], part):
            out[-1].append(part)
        else:
            out.append([part])
    return out


def _printing(
    attribution: Attribution, text: str, spans: Sequence[Span], *, sentence: Span, occasion: Occasion = UNKNOWN
) -> Printing | None:
    """The words of ``spans`` in ``text``; None when there is none, or more than anybody says."""
    if sum(span.end - span.start for span in spans) > 30 * _LONGEST:
        return None
    found = tuple(tokens(text, spans))
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
        article_text=text,
        content=attribution.content_spans,
        sentence=sentence,
        occasion=occasion,
    )


_Rank = tuple[bool, int, float, str]


def printings_of(articles: Mapping[str, Article], attributions: Sequence[Attribution]) -> list[Printing]:
    """The stretches of speech of every direct and mixed attribution, one a place, in order of place.

    Where several attributions hold the same words, the one that names a speaker and holds least besides has them: in
    what an official said the president said, the marks are the president's.
    """
    by_article: defaultdict[str, list[Attribution]] = defaultdict(list)
    for attribution in attributions:
        if attribution.article in articles and attribution.mode != "indirect" and attribution.content_spans:
            by_article[attribution.article].append(attribution)
    return [
        printing
        for name in sorted(by_article)
        for printing in sorted(_read(articles[name], by_article[name]), key=lambda p: p.place)
    ]


def _read(article: Article, attributions: Sequence[Attribution]) -> Iterator[Printing]:
    text = article.text
    ranges, held = tuple(quoted_ranges(text, paragraphs(text))), sentences(text)
    parts: dict[str, list[Span]] = {}
    owner: dict[Span, _Rank] = {}
    ranks: dict[str, _Rank] = {}
    for attribution in attributions:
        size = sum(s.end - s.start for s in attribution.content_spans)
        rank = ranks[attribution.id] = (attribution.source is None, size, -attribution.score, attribution.id)
        found = quoted_parts(text, attribution.content_spans, ranges, whole=attribution.mode == "direct")
        parts[attribution.id] = [part for part in found if is_speech(text, part)]
        for part in parts[attribution.id]:
            owner[part] = min(rank, owner.get(part, rank))
    for attribution in sorted(attributions, key=lambda a: a.id):
        mine = [part for part in parts[attribution.id] if owner[part] == ranks[attribution.id]]
        for spans in _stretches(text, attribution, mine):
            first, last = covering(held, Span(spans[0].start, spans[-1].end)) if held else (0, 0)
            sentence = Span(held[first].start, held[last].end) if held else Span(0, len(text))
            occasion = occasion_of(article, attribution, spans, sentence)
            printing = _printing(attribution, text, spans, sentence=sentence, occasion=occasion)
            if printing is not None:
                yield printing


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
    """Whether two stretches of one attribution belong together: in one sentence, or whole ones with none between."""
    if one.sentence.overlap(two.sentence):
        return True
    if any(c.isalnum() for c in one.article_text[one.sentence.end : two.sentence.start]):
        return False
    return not any(_is_fragment(p.article_text, p.spans[0]) for p in (one, two))


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
