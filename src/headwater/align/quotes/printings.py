"""Printings: the quoted words of one attribution, as tokens to align.

Takes the articles and attributions of one story, gives a ``Printing`` for each place where words stand within marks:
its spans, its words folded for comparing, and who is said to have said them. One record a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.align.quoted import quoted_parts, quoted_ranges
from headwater.align.spelling import Token, forms, tokens
from headwater.model import Article, Attribution, Span
from headwater.words import paragraphs

#: Shortest quotation that stands for itself, in words; shorter ones only join a longer printing.
SHORTEST = 4
#: More words in one pair of marks are a transcript or a mark that was never closed.
_LONGEST = 3000
_SMALL = forms(
    """a an the and or but nor so if as of in on at to for from by with about into over after before up down out off
    than then that this these those there here it its he him his she her they them their we us our you your i me my
    mine who whom whose which what when where why how is are was were be been being am do does did done have has had
    having will would shall should can could may might must not no yes well very just also too all any some such own
    s t per et"""
)
#: Words whose silent loss or gain turns or hardens what was said.
TURNING = forms(
    """not no never none nobody nothing neither nor without hardly may might could can would should perhaps maybe
    possibly probably likely unlikely allegedly alleged reportedly apparently seems seem appears appear if unless
    almost nearly about only some"""
)


@dataclass(frozen=True, slots=True)
class Printing:
    """One place where words stand within marks: its words in order, and who is said to have said them."""

    article: str
    attribution: str
    source: str | None
    via: tuple[str, ...]
    spans: tuple[Span, ...]
    tokens: tuple[Token, ...]
    folds: tuple[str, ...]
    said: int  # words of the speaker's own, asides left out
    article_text: str
    content: tuple[Span, ...]

    @property
    def place(self) -> tuple[str, tuple[Span, ...], str]:
        """Where it stands; sorts printings by article and place."""
        return self.article, self.spans, self.attribution


def is_content(fold: str) -> bool:
    """Whether a word carries content of its own."""
    return fold not in _SMALL and (len(fold) > 1 or fold.isdigit())


@lru_cache(maxsize=65536)
def stem(fold: str) -> str:
    """The stem of a folded word."""
    from snowballstemmer import stemmer

    return str(stemmer("english").stemWord(fold))


def stems(printing: Printing) -> list[str]:
    """The content words of the speaker's own as stems, in order."""
    return [stem(t.fold) for t in printing.tokens if not t.aside and is_content(t.fold)]


@lru_cache(maxsize=1)
def _ranges_of(text: str) -> tuple[Span, ...]:
    return tuple(quoted_ranges(text, paragraphs(text)))


def printings_of(articles: Mapping[str, Article], attributions: Sequence[Attribution]) -> list[Printing]:
    """Quoted words of every direct and mixed attribution, one record a place, in order of place."""
    best: dict[tuple[str, tuple[Span, ...]], tuple[tuple[bool, float, str], Printing]] = {}
    for attribution in sorted(attributions, key=lambda a: (a.article, a.content_spans, a.id)):
        article = articles.get(attribution.article)
        if article is None or attribution.mode == "indirect" or not attribution.content_spans:
            continue
        spans = quoted_parts(
            article.text, attribution.content_spans, _ranges_of(article.text), whole=attribution.mode == "direct"
        )
        if sum(span.end - span.start for span in spans) > 30 * _LONGEST:
            continue
        found = tuple(tokens(article.text, spans))
        said = sum(not token.aside for token in found)
        if not 0 < said <= _LONGEST:
            continue
        printing = Printing(
            article=attribution.article,
            attribution=attribution.id,
            source=attribution.source,
            via=attribution.via,
            spans=spans,
            tokens=found,
            folds=tuple(token.fold for token in found),
            said=said,
            article_text=article.text,
            content=attribution.content_spans,
        )
        rank = (attribution.source is None, -attribution.score, attribution.id)
        key = (attribution.article, spans)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, printing)
    return [best[key][1] for key in sorted(best)]


def own(printing: Printing, start: int, end: int) -> int:
    """How many of the tokens ``start`` to ``end`` are the speaker's own, asides left out."""
    return sum(not token.aside for token in printing.tokens[start:end])


def fullness(printing: Printing) -> tuple[int, int, str, tuple[Span, ...], str]:
    """Sorts the fullest first: most words of the speaker, in fewest pieces, then by place."""
    return (-printing.said, printing.tokens[-1].part, *printing.place)


def fuller_first(one: Printing, two: Printing) -> tuple[Printing, Printing]:
    """Both, the fuller one first."""
    return (one, two) if fullness(one) <= fullness(two) else (two, one)


def forget_ranges() -> None:
    """Drop the quoted ranges kept of the last text."""
    _ranges_of.cache_clear()
