"""What an article is compared by: its rarer words, those of its title, its day, and the weekday it names first.

Takes one article, gives its words as numbers, which can be kept, and of these what is compared. How rare a word is
stands in a built-in list, so that two articles are compared alike whatever else came in with them; words are numbered
by a checksum of their form, the same in every run.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from headwater.cluster.shares import COMMON
from headwater.dates import day_of
from headwater.model import Article, Span
from headwater.words import WORD, key_of, outside

_LEAD: Final = 600  # words of the text that are read
_LEAD_LENGTH: Final = 12_000  # code points in which they are looked for
_OTHER_SHARE: Final = 0.002  # of articles, taken to hold a word that is not in the list
_KEPT: Final = 200_000  # forms of words whose numbers are remembered
_SHORT: Final = 4  # letters of a word that counts as common in a language that the list is not made for
_PARTS: Final = 4  # of a text that are compared to see whether it is of one piece
_JUDGED: Final = 240  # words from which that can be judged
_LOOSE: Final = 0.05  # likeness of the parts below which it is not: one article in 2,000 of ours
_TINY: Final = 1e-12
_FIGURE: Final = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
_DATE_WORDS: Final = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec today""".split()
)


class _Numbers(dict[str, int]):
    """Numbers of the forms met so far."""

    def __missing__(self, form: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        number = zlib.crc32(key_of(form).encode("utf-8", "surrogatepass"))
        self[form] = number
        return number


#: The number of a word, the same for all its forms that are compared as one.
number_of: Final = _Numbers().__getitem__

_LISTED: Final = np.array(sorted((number_of(word), -log(share)) for word, share in COMMON.items()))
_LISTED_NUMBERS: Final = _LISTED[:, 0].astype(np.int64)
_WEEKDAYS: Final = {
    number_of(name): day for day, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of an article, as numbers, and what else it is compared by; all whole numbers, so it can be kept.

    ``terms`` are numbers of words in rising order and ``counts`` how often each stands there, the title counted twice;
    ``title`` and ``title_counts`` are the same of the title alone. ``day`` is the ordinal of the date it bears, None
    without one; ``weekday`` the first it names, Monday 0. ``mixed`` is True where it tells of several events or
    comments on them, so that it may join a story and never link two.

    ``series`` is a number for its title without figures and days, None where nothing is left; ``figures`` are the
    numbers that the text names.
    """

    id: str
    day: int | None
    terms: tuple[int, ...]
    counts: tuple[int, ...]
    title: tuple[int, ...]
    title_counts: tuple[int, ...]
    weekday: int | None
    mixed: bool
    series: int | None
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An article as it is compared: as ``Words``, each word with its weight.

    ``weights`` are those of ``terms``, a vector of unit length (TF-IDF, sub-linear in the count); so ``title_weights``.
    """

    id: str
    day: int | None
    terms: Numbers
    weights: Values
    title: Numbers
    title_weights: Values
    weekday: int | None
    mixed: bool
    series: int | None
    figures: frozenset[str]


def words_of(article: Article) -> Words:
    """The words of an article, and what else it is compared by."""
    heading = (article.title or "")[:_LEAD_LENGTH]
    title = list(map(number_of, WORD.findall(heading)))
    blocks = _blocks(article)
    text = _lead(article, blocks)
    terms, counts = _counted(text + title + title)
    titled, title_counts = _counted(title)
    day = day_of(article.published) if article.published else None
    return Words(
        id=article.id,
        day=day.toordinal() if day else None,
        terms=terms,
        counts=counts,
        title=titled,
        title_counts=title_counts,
        weekday=next((_WEEKDAYS[number] for number in text if number in _WEEKDAYS), None),
        mixed=is_mixed(heading) or _cohesion(text) < _LOOSE,
        series=_series(heading),
        figures=tuple(sorted({f for block in blocks for f in _FIGURE.findall(article.text, block.start, block.end)})),
    )


def item_of(words: Words) -> Item:
    """The words of an article as they are compared."""
    terms, weights = _vector(words.terms, words.counts)
    title, title_weights = _vector(words.title, words.title_counts)
    return Item(
        id=words.id,
        day=words.day,
        terms=terms,
        weights=weights,
        title=title,
        title_weights=title_weights,
        weekday=words.weekday,
        mixed=words.mixed,
        series=words.series,
        figures=frozenset(words.figures),
    )


def forms_of(article: Article) -> dict[int, str]:
    """How the words of an article are written where they first stand, by number."""
    texts = [article.title or "", *(block.of(article.text) for block in _blocks(article))]
    return {number_of(form): form for text in reversed(texts) for form in reversed(WORD.findall(text))}


def _counted(numbers: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The words that weigh anything, each once and in order, and how often each is there."""
    terms, counts = np.unique(np.array(numbers, dtype=np.int64), return_counts=True)
    kept = _rarity(terms) > 0
    return tuple(terms[kept].tolist()), tuple(counts[kept].tolist())


def _vector(terms: Sequence[int], counts: Sequence[int]) -> tuple[Numbers, Values]:
    """The words with their weights, scaled to unit length."""
    numbers = np.array(terms, dtype=np.int64)
    weights = (1 + np.log(np.array(counts, dtype=np.float64))) * _rarity(numbers)
    return numbers, weights / (np.sqrt(np.sum(weights * weights)) or 1.0)


def _rarity(terms: Numbers) -> Values:
    """How rare each word is: minus the logarithm of its share of articles."""
    at = np.minimum(np.searchsorted(_LISTED_NUMBERS, terms), len(_LISTED_NUMBERS) - 1)
    listed = _LISTED_NUMBERS[at] == terms
    return np.where(listed, _LISTED[at, 1], -log(_OTHER_SHARE))


def _blocks(article: Article) -> list[Span]:
    """The first part of the text outside furniture."""
    out, left = [], _LEAD_LENGTH
    for block in outside(len(article.text), (piece.span for piece in article.furniture)):
        if left <= 0:
            break
        out.append(Span(block.start, min(block.end, block.start + left)))
        left -= block.end - block.start
    return out


def _lead(article: Article, blocks: Sequence[Span]) -> list[int]:
    """The numbers of the first words."""
    out: list[int] = []
    left = _LEAD
    for block in blocks:
        forms = WORD.findall(article.text, block.start, block.end)[:left]
        left -= len(forms)
        if article.language not in (None, "en"):
            # the list of common words is English: elsewhere short words that are no acronyms stand for the common ones
            forms = [form for form in forms if len(form) > _SHORT or form.isupper()]
        out += map(number_of, forms)
        if left <= 0:
            break
    return out


# What is no report of one event ---------------------------------------------------------------------------------------


def is_mixed(title: str) -> bool:
    """Whether a title is that of a round-up, a live blog, a newsletter or a comment."""
    return _MIXED.search(title) is not None


def _cohesion(numbers: Sequence[int]) -> float:
    """How alike the quarters of a text are, on average (cosine); 1 for a short one, which cannot be judged."""
    if len(numbers) < _JUDGED:
        return 1.0
    quarter = len(numbers) // _PARTS
    part = np.repeat(np.arange(_PARTS), quarter)
    keys, counts = np.unique(np.array(numbers[: len(part)], dtype=np.int64) * _PARTS + part, return_counts=True)
    terms, part = keys // _PARTS, keys % _PARTS
    weights = (1 + np.log(counts)) * np.maximum(_rarity(terms), 0)
    weights /= np.sqrt(np.bincount(part, weights * weights, _PARTS))[part] + _TINY
    total = np.add.reduceat(weights, np.flatnonzero(np.diff(terms, prepend=-1)))
    return float(np.sum(total * total) - _PARTS) / (_PARTS * (_PARTS - 1))


def _series(title: str) -> int | None:
    """A number for what a title keeps from one day's issue to the next, None where that is less than two words."""
    kept = [form for form in WORD.findall(title) if not form[0].isdigit() and key_of(form) not in _DATE_WORDS]
    return number_of(" ".join(map(key_of, kept))) if len(kept) > 1 else None


_MIXED: Final = re.compile(
    r"""^\W{0,3}(?:
        (?:the\ )?(?:news|world|business|week|day|month|today)\ in\ (?:brief|review|pictures|photos)
      | (?:today['’]?s\ |the\ )?(?:top|morning|evening|daily)\ (?:stories|headlines|briefing|digest|report|round-?up)
      | (?:opinion|editorial|comment|commentary|column|op-ed|letters?(?:\ to\ the\ editor)?|podcast|newsletter)
        \s?[:|–—-]
      | live(?:\ updates?|\ blog)?\s?[:|–—-]
      | (?:the\ )?(?:live\ blog|live\ updates|latest\ updates|week\ ahead)\b
      | (?:\d+|three|four|five|six|seven|ten)\ (?:things|stories)\ (?:you\ (?:need|should|may)|to\ (?:know|watch|read))
    )
    | \b(?:in\ brief|news\ (?:briefing|digest|round-?up)
        |(?:weekly|daily|morning|evening)\ (?:briefing|digest|newsletter|round-?up)
        |live\ blog|live\ updates?|as\ it\ happened|week\ in\ review)\s?(?:$|[:|–—(,-])
    | [:|–—-]\ ?(?:live|opinion|editorial|podcast|newsletter|as\ it\ happened)\W{0,2}$
    """,
    re.IGNORECASE | re.VERBOSE,
)
