"""Which articles tell one story, and what joined them: articles in, stories out.

Articles meet through an index of their rarest words, within a week; how likely two tell one story is weighed from how
alike they are and who else is near; groups are joined by average link. What is known of two that bear dates depends on
the articles of the weeks around them alone, and nothing on their order, so that those that came one by one, or are
judged in windows of days, are grouped as those that came at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model import Article, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What joined an article to its story: the article of the story that it is most alike.

    ``words`` are the rarest they share, most telling first. ``alike`` is the likeness 0..1 of their rarer words and of
    time; ``days`` lie between the dates they bear, None where one bears none. ``mixed`` is True for a round-up, a live
    blog or a comment: it joins a story and never links two.
    """

    article: str
    nearest: str
    words: tuple[str, ...]
    alike: float
    days: int | None
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What kept a story apart: the article outside it that is most alike one of its own.

    ``chance`` 0..1 is that of the two telling one story, other articles considered.
    """

    article: str
    nearest: str
    words: tuple[str, ...]
    alike: float
    chance: float
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A story with what joined each of its articles but the first, and what kept it apart (None: nothing was near)."""

    story: Story
    joined: tuple[Joined, ...]
    apart: Apart | None


def stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Group the articles that tell one story.

    Args:
        articles: in any order; ids must differ.

    Returns:
        Stories in order of their articles; each article is in exactly one, alone if nothing is like it. A story is
        named after the earliest of its articles, so that it keeps its id while later ones join it.
    """
    return tuple(one.story for one in _found(articles, explain=False))


def explained(articles: Sequence[Article]) -> tuple[Explained, ...]:
    """The same stories as ``stories`` gives, each with what joined it and what kept it apart."""
    return _found(articles, explain=True)


def _found(articles: Sequence[Article], *, explain: bool) -> tuple[Explained, ...]:
    from headwater.cluster.growing import Growing, Member
    from headwater.cluster.items import item_of, words_of
    from headwater.cluster.links import far_of, links_of
    from headwater.cluster.undated import beside, parts_of

    given = sorted(articles, key=lambda a: a.id)
    items = [item_of(words_of(article)) for article in given]
    held = beside(parts_of(items))
    found = links_of(items, held, far_of(items, held))
    growing: Growing[int] = Growing()
    for number, item in enumerate(items):
        growing.add(number, Member(item.id, item.day, item.mixed, until=0))
    for link in found.weighed():
        growing.link(*link)
    out = [Explained(story=grown.story, joined=(), apart=None) for grown in growing.whole(None)]
    if not explain:
        return tuple(out)
    from headwater.cluster.reasons import with_reasons

    return with_reasons(out, given, items, found)


__all__ = ["Apart", "Explained", "Joined", "explained", "stories"]
