"""Text that articles share: articles in, shared passages and copies out, with the places on both sides.

Fingerprints propose the pairs (an index, never all pairs), the pairs are laid side by side word by word, and what is
found is judged together, for only many pairs show what goes with a page. Only words outside furniture count.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from headwater.align.passages.fingerprints import fingerprints
from headwater.align.passages.likeness import Likeness, near_duplicates
from headwater.align.passages.moments import published_day, published_order
from headwater.align.passages.nearness import Near
from headwater.align.passages.reach import Reach
from headwater.align.passages.texts import all_shingles, text_of
from headwater.align.passages.tiles import align
from headwater.model import Article, Copy, Passage

__all__ = [
    "Likeness",
    "copies",
    "copies_in_order",
    "fingerprints",
    "near_duplicates",
    "published_order",
    "shared_passages",
]

_AT_LEAST = 12  # equal words of a passage
_SHINGLE = 5  # words


def shared_passages(articles: Sequence[Article], *, at_least: int = _AT_LEAST) -> tuple[Passage, ...]:
    """Find the text that articles share, exact or lightly edited.

    Args:
        articles: in any order; ids must differ.
        at_least: words that must be equal, in order, in a passage.

    Returns:
        Passages whose left side lies in the article with the smaller id, sorted by both ids and the places. A word
        stands in at most one passage of a pair, save the few words between two tiles. No side overlaps furniture.

    Raises:
        ValueError: at_least is below 1.
    """
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}; it must be 1 or more")
    size = min(_SHINGLE, at_least)
    order = sorted(articles, key=lambda a: (a.id, a.text))
    later, earlier, _ = Near().add((-1, hashes) for hashes in map(all_shingles(size), order))
    pairs = list(zip(later.tolist(), earlier.tolist(), strict=True))
    texts = {number: text_of(order[number], size) for number in sorted({number for pair in pairs for number in pair})}
    found = [a.passage for right, left in pairs for a in align(texts[left], texts[right], size, at_least)]
    return tuple(sorted(found, key=lambda passage: (passage.left, passage.right)))


def copies(
    articles: Sequence[Article], *, passages: Sequence[Passage] | None = None, within_days: int | None = None
) -> tuple[Copy, ...]:
    """Find which articles share text of their own, how much of each side, and which of the two came first.

    A pair counts when it shares 25 words or more outside quotation marks, in passages of 8 equal words or more, and
    not only names. Which came first is read from ``published``, else from a line such as "first appeared in"; being
    longer or fuller proves nothing. Pairs are not closed: of three articles, two may share text with the third alone.

    Args:
        articles: in any order; ids must differ.
        passages: what ``shared_passages`` gave for the same articles: only the pairs they name are judged, which saves
            the search; None = judge all that share words, also those without one passage that long.
        within_days: articles published further apart are not held against each other, and the index holds no more
            than that reach; an article of no certain day is held against all. None = no bound; it does not count where
            ``passages`` are given.

    Returns:
        Copies in order of (earlier, later); shares count words outside furniture and outside quotation marks. Two
        articles are laid side by side when they have 15 equal words in a row, or twice 11; with fewer, some are. Each
        is held against the 24 before it (by date, then id) that it shares most with, so a large lineage is connected,
        not closed.

    Raises:
        ValueError: within_days is below 0.
    """
    _check(within_days)
    if passages is not None:
        return _named(articles, passages)
    order = _in_order(articles)
    reach = Reach(within_days)
    if within_days is None:
        reach.take(order, None)
        return tuple(reach.settled(None))
    days = [published_day(article.published) for article in order]
    reach.take([article for article, day in zip(order, days, strict=True) if day is None], None)
    dated = sorted((day, number) for number, day in enumerate(days) if day is not None)
    found: list[Copy] = []
    for day, group in groupby(dated, key=lambda entry: entry[0]):
        found += reach.settled(day)
        reach.take([order[number] for _, number in group], day)
    found += reach.settled(None)
    return tuple(sorted(found, key=lambda pair: (pair.earlier, pair.later)))


def copies_in_order(articles: Iterable[Article], *, within_days: int) -> Iterator[Copy]:
    """Find shared text in a run of articles too long to hold, such as the days of a year.

    Args:
        articles: day by day as they were published; one without a certain day, or from before the day that was
            reached, counts as of that day. Ids must differ.
        within_days: articles further apart are not held against each other. What is held are the articles within
            that reach, and the pairs found among them.

    Yields:
        Pairs as ``copies`` gives them, each once no article to come can reach its later one, by days and then in order
        of (earlier, later): of articles that all have a day, the very same.

    Raises:
        ValueError: within_days is below 0.
    """
    _check(within_days)
    reach = Reach(within_days)
    reached = 0

    def day_of(article: Article) -> int:
        nonlocal reached
        reached = max(reached, published_day(article.published) or 0)
        return reached

    for day, group in groupby(articles, key=day_of):
        yield from reach.settled(day)
        reach.take(_in_order(group), day)
    yield from reach.settled(None)


def _in_order(articles: Iterable[Article]) -> list[Article]:
    """Earliest publication first, so that the first articles of a lineage are the likely origins."""
    return sorted(articles, key=lambda a: (a.published or "9999", a.id, a.text))


def _check(within_days: int | None) -> None:
    if within_days is not None and within_days < 0:
        raise ValueError(f"within_days is {within_days}; it must be 0 or more")


def _named(articles: Sequence[Article], passages: Iterable[Passage]) -> tuple[Copy, ...]:
    """Those of the pairs that passages name."""
    numbers = {article.id: number for number, article in enumerate(articles)}
    named = {(p.left.article, p.right.article) for p in passages}
    reach = Reach(None)
    reach.take(articles, None, search=False)
    reach.lay(sorted((numbers[a], numbers[b]) for a, b in named if a in numbers and b in numbers))
    return tuple(reach.settled(None))
