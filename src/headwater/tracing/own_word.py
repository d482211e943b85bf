"""What a counted trace shows of a newsroom's own word, read back from its records.

Takes the origins and mentions of a trace with its articles; gives the words by which a newsroom says that it saw or
confirmed something, and those by which it says that it could not. For those who tell a reader of it.
"""

from collections.abc import Mapping

from headwater.model import Article, Mention, Origin, Place, Source
from headwater.tracing.firsthand import own_knowledge, unconfirmed

_SAME = 0.8  # share of a sentence that a mention holds when it is that sentence


def own_origin(
    origin: Origin, sources: Mapping[str, Source], articles: Mapping[str, Article]
) -> tuple[Place, bool] | None:
    """The words by which an origin says that it knows this itself, and whether by sight; None for all other origins.

    Such an origin is an article, or the outlet of one.
    """
    if origin.source not in articles and (origin.source not in sources or sources[origin.source].kind != "outlet"):
        return None
    evidence = set(origin.evidence)
    for place in origin.evidence:
        found = own_knowledge(articles[place.article], [place.span]) if place.article in articles else None
        if found is not None and found[0] in evidence:
            return found
    return None


def doubts(mention: Mention, articles: Mapping[str, Article]) -> tuple[Place, ...]:
    """The sentences among a mention's evidence by which its article says that this could not be confirmed.

    Not one that the mention itself is: that something was not confirmed is then the claim.
    """
    found = _unconfirmed(mention, articles)
    return tuple(p for p in mention.evidence if p in found and not _is(mention, p))


def is_doubt(mention: Mention, articles: Mapping[str, Article]) -> bool:
    """Whether a mention is itself the sentence that something could not be confirmed."""
    return any(_is(mention, place) for place in _unconfirmed(mention, articles))


def _unconfirmed(mention: Mention, articles: Mapping[str, Article]) -> frozenset[Place]:
    article = articles.get(mention.article)
    if article is None or not mention.evidence:
        return frozenset()
    return frozenset(unconfirmed(article, mention.spans)) & frozenset(mention.evidence)


def _is(mention: Mention, place: Place) -> bool:
    same = sum(place.span.overlap(span) for span in mention.spans)
    return same >= _SAME * (place.end - place.start)
