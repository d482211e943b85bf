"""Press releases that articles print: a document of whoever issued it, however many outlets print it.

Takes a story's articles, attributions and sources; gives the sources with one more for each release, and from where on
an article's own words are the release's. Only what follows the mark of a service that sends out releases counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from headwater.model import Article, Attribution, Source, Span, Statement, stable_id
from headwater.tracing.sources import plain
from headwater.tracing.wire_lines import press_release


class Printed(NamedTuple):
    """A release in an article: its Source id, where its own text begins, and where it says who announces something."""

    source: str
    start: int
    says: Span


def with_releases(
    articles: Iterable[Article], attributions: Iterable[Attribution], people: Sequence[Source]
) -> tuple[tuple[Source, ...], Mapping[str, Printed]]:
    """Find the releases that articles print.

    Args:
        articles: of one story.
        attributions: of the story, with its source ids.
        people: the story's sources.

    Returns:
        The sources, sorted by id, with a document for each issuer; and by article id what it prints. Whom a release
        quotes speaks through it, so nothing proves the two to be different; nor a release whose issuer is not named to
        be another than any other.
    """
    printed: dict[str, Printed] = {}
    made: dict[str, Source] = {}
    nobody: set[str] = set()
    for article in sorted(articles, key=lambda a: a.id):
        found = press_release(article)
        if found is None:
            continue
        key = stable_id("source", "document", "press release", plain(found.issuer or ""))
        if found.issuer is None:
            nobody.add(key)
        name = f"press release of {found.issuer}" if found.issuer else "press release"
        before = made.get(key, Source(id=key, name=name, kind="document"))
        place = found.span.at(article.id)
        made[key] = replace(before, mentions=tuple(sorted({*before.mentions, place})))
        printed[article.id] = Printed(key, found.start, found.says)
    if not made:
        return tuple(people), {}
    doubted: dict[str, set[str]] = defaultdict(set)
    for attribution in attributions:
        if attribution.source and attribution.article in printed:
            doubted[printed[attribution.article].source].add(attribution.source)
    for key in nobody:
        doubted[key] |= made.keys() - {key}
    out = (replace(s, maybe_same=tuple(sorted({*s.maybe_same, *doubted[s.id]}))) for s in made.values())
    return tuple(sorted((*(s for s in people if s.id not in made), *out), key=lambda s: s.id)), printed


def chain_in(printed: Mapping[str, Printed], statement: Statement, attribution: Attribution | None) -> tuple[str, ...]:
    """The release as the chain of a statement that it makes itself; empty where the article prints none there.

    That is one that nobody is named for, and what it announces in its first sentence.
    """
    found = printed.get(statement.article)
    if found is None or statement.spans[0].start < found.start:
        return ()
    spoken = attribution.source_spans if attribution is not None else ()
    announced = bool(spoken) and all(found.says.start <= one.start < found.says.end for one in spoken)
    return (found.source,) if attribution is None or announced else ()
