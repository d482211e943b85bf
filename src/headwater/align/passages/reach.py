"""Copies over a run of articles: articles in, day by day, copies out once nothing to come can change them.

What is kept is what lies within reach: fingerprints and articles of the last days, and the pairs they made.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

import numpy as np

from headwater.align.passages.fingerprints import fingerprints
from headwater.align.passages.judging import Judged, Said, house, judge, judged, may_be_copy
from headwater.align.passages.moments import published_order
from headwater.align.passages.nearness import Near
from headwater.align.passages.said import said_to_be_from
from headwater.align.passages.texts import Text, text_of
from headwater.align.passages.tiles import Aligned, align
from headwater.model import Article, Copy

SHINGLE = 5  # words; two news texts on one event share few runs of five by chance, an edited copy keeps many
LEAST = 8  # equal words of a passage between two articles that are judged: a short text keeps little in one piece
_ENOUGH = 2  # fingerprints in common: 15 equal words in a row have two; of pairs with one, 1 in 500 is a copy
_AT_HAND = 1024  # texts laid open at once: copies of one text come near one another
_ALWAYS = 1 << 40  # the day of an article that stays within reach of all others


class Reach:
    """The articles that those to come may share text with, and the pairs that are not judged yet."""

    def __init__(self, within_days: int | None) -> None:
        """Begin with none; None = everything stays within reach."""
        self._within = within_days
        self._near = Near()
        self._articles: dict[int, Article] = {}
        self._days: dict[int, int] = {}
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self._kept: dict[int, Judged] = {}
        self._said: dict[int, Said] = {}  # whom they say they are from, where dates do not show an order
        self._close: set[int] = set()  # of those kept, the ones that were looked at closely
        self._found: dict[tuple[int, int], list[Aligned]] = {}
        self._names: dict[int, str | None] = {}  # their houses
        self._houses: dict[str, int] = {}
        self._count = 0

    def take(self, articles: Sequence[Article], day: int | None, *, search: bool = True) -> None:
        """Take in the next articles, and lay them beside those within reach that they may share text with.

        Args:
            articles: in the order in which they count as earlier and later.
            day: theirs; None = within reach of all to come.
            search: False = only take them in, for ``lay``.
        """
        for article in articles:
            self._articles[self._count] = article
            self._days[self._count] = _ALWAYS if day is None else day
            self._count += 1
        names = [house(article) for article in articles]
        self._names.update(zip(range(self._count - len(articles), self._count), names, strict=True))
        known = self._houses
        houses = [known.setdefault(name, len(known)) if name else -1 for name in names]
        found = fingerprints(articles) if search else repeat(np.zeros(0, np.uint64), len(articles))
        later, earlier, times = self._near.add(zip(houses, found, strict=True))
        enough = times >= _ENOUGH
        self.lay(sorted(zip(later[enough].tolist(), earlier[enough].tolist(), strict=True)))

    def lay(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Find the passages of pairs of articles."""
        for pair in pairs:
            one, other = sorted(pair, key=lambda number: (self._articles[number].id, number))
            left, right = self._open(one), self._open(other)
            aligned = align(left, right, SHINGLE, LEAST)
            if aligned:
                self._found[one, other] = aligned
                closely = may_be_copy(aligned)
                for number, text in ((one, left), (other, right)):
                    if number not in self._kept or (closely and number not in self._close):
                        self._kept[number] = judged(text, self._names[number], closely=closely)
                        self._close |= {number} if closely else set()
                if closely and not published_order(left.article.published, right.article.published):
                    for number, text in ((one, left), (other, right)):
                        if number not in self._said:
                            self._said[number] = said_to_be_from(text.article.text)

    def settled(self, day: int | None) -> Iterator[Copy]:
        """The copies whose later article nothing from this day on can reach; None = nothing is to come."""
        if self._within is None and day is not None:
            return
        edge = _ALWAYS + 1 if day is None or self._within is None else day - self._within
        done = [pair for pair in self._found if max(self._days[number] for number in pair) < edge]
        if done:
            yield from sorted(
                judge(self._kept, self._said, self._found, done), key=lambda copy: (copy.earlier, copy.later)
            )
        for pair in done:
            del self._found[pair]
        gone = [number for number in self._articles if self._days[number] < edge]
        held = {number for pair in self._found for number in pair}
        for number in gone:
            del self._articles[number], self._names[number]
            self._texts.pop(number, None)
        self._near.forget(gone)
        for number in [number for number in self._days if number not in held and number not in self._articles]:
            del self._days[number]
            self._kept.pop(number, None)
            self._said.pop(number, None)
            self._close.discard(number)

    def _open(self, number: int) -> Text:
        text = self._texts.pop(number, None) or text_of(self._articles[number], SHINGLE)
        self._texts[number] = text
        if len(self._texts) > _AT_HAND:
            self._texts.popitem(last=False)
        return text
