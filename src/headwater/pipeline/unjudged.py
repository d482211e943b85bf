"""What cannot be judged of a story, and why: said before any number, in words a reader understands."""

from collections.abc import Callable, Sequence

from headwater.labels import labels, listed
from headwater.model import Article, Failure, Story, Unjudged
from headwater.tracing.wire_lines import unnamed_wires

_SHORTEST = 25  # words; under this an article is too short to say what it rests on


def is_read(article: Article) -> bool:
    """Whether the article is in the language that is read; one whose language is not known is taken to be."""
    return article.language in {None, "en"}


def unjudged_of(
    articles: Sequence[Article], failures: Sequence[Failure], stories: Callable[[Sequence[Article]], Sequence[Story]]
) -> tuple[Unjudged, ...]:
    """What the texts do not show, in the order it is told: inputs, articles by id, the story.

    Args:
        articles: the story's, in order of id.
        failures: inputs that could not be used.
        stories: which of some articles tell one story, asked where there are several.
    """
    out = [Unjudged(what=f.where, why=f.why) for f in sorted(failures, key=lambda f: (f.where, f.why))]
    for article in articles:
        if not is_read(article):
            out.append(
                Unjudged(
                    what="the article",
                    why=f"its language looks like {article.language!r}; only English is read",
                    article=article.id,
                )
            )
        elif article.words < _SHORTEST:
            out.append(
                Unjudged(
                    what="the article",
                    why=f"too short: {article.words} words outside page furniture",
                    article=article.id,
                )
            )
        if article.truncated:
            out.append(
                Unjudged(
                    what="the rest of the article",
                    why="the text was cut off; that it does not mention a claim says nothing",
                    article=article.id,
                )
            )
        if wires := unnamed_wires(article):
            said = " ".join(wires[0].of(article.text).split())
            out.append(
                Unjudged(
                    what="whose text it is",
                    why=f"it says {said!r} and names no agency; what it tells in its own voice may be another's",
                    article=article.id,
                )
            )
    undated = [a.id for a in articles if a.published is None]
    if undated and len(articles) > 1:
        shown = (
            "no article bears"
            if len(undated) == len(articles)
            else f"{len(undated)} of {len(articles)} articles do not bear"
        )
        out.append(Unjudged(what="who was first", why=f"{shown} a publication date; order is taken from credits alone"))
    if len(articles) > 1:
        found = stories([a for a in articles if a.words >= _SHORTEST])
        if len(found) > 1:
            called = labels(articles)
            parts = "; ".join(_some([called[a] for a in s.articles], 4) for s in found[:5])
            parts += f"; and {len(found) - 5} more" if len(found) > 5 else ""
            out.append(
                Unjudged(
                    what="whether this is one story",
                    why=f"some articles share little with the others, so they may tell another event: {parts}",
                )
            )
    if len(articles) == 1:
        out.append(
            Unjudged(
                what="independence", why="there is one article; give the others that report the event to compare them"
            )
        )
    else:
        out.append(
            Unjudged(
                what="shared unnamed sources",
                why="whether two outlets spoke to the same unnamed person, or all attended one press conference, "
                "cannot be seen in the texts",
            )
        )
    return tuple(out)


def _some(names: Sequence[str], most: int) -> str:
    """Names in a sentence; of many, the first and how many more."""
    return listed([*names[: most - 1], f"{len(names) - most + 1} more"] if len(names) > most else names)
