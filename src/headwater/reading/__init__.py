"""Article -> Reading: who says what, who and what is named, times and quantities, each with its spans.

The tagger marks attributions and names (``READERS`` lists those that ship); everything after it is the same for all.
Each article is read by itself; what joins articles comes later.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.errors import ModelError
from headwater.model import Article, Reading
from headwater.reading import decode, marks, names, quantities, times
from headwater.reading.tagger import FixedTagger, Name, Tagged, Tagger, Tags
from headwater.words import paragraphs, sentences

if TYPE_CHECKING:
    from headwater.reading.trained.vectors import SentenceVectors

#: Readers by name: module and class of each, loaded on demand.
READERS = {
    "v1": "headwater.reading.trained:TrainedTagger",
    "rules-1": "headwater.reading.rules:RuleTagger",
}
DEFAULT_READER = "v1"

__all__ = [
    "DEFAULT_READER",
    "READERS",
    "FixedTagger",
    "Name",
    "Tagged",
    "Tagger",
    "Tags",
    "load_meaning",
    "load_tagger",
    "read",
]


def load_tagger(name: str = DEFAULT_READER) -> Tagger:
    """The tagger of that name.

    Args:
        name: one of ``READERS``, or a folder of weights.

    Raises:
        ModelError: there is no reader of that name; the message lists those there are. Or its weights do not fit.
    """
    if name not in READERS:
        if os.sep in name or os.path.isdir(name):
            from headwater.reading.trained import TrainedTagger

            return TrainedTagger(Path(name))
        known = ", ".join(sorted(READERS))
        raise ModelError(f"no reader {name!r}; there are: {known}, or give a folder of weights")
    module, _, member = READERS[name].partition(":")
    tagger: Tagger = getattr(import_module(module), member)()
    return tagger


def load_meaning(tagger: Tagger) -> "SentenceVectors | None":
    """What tells whether two statements mean the same: the sentence vectors that came with a reader's weights.

    Args:
        tagger: the reader; one by rules alone has no vectors, and gives None.

    Raises:
        ModelError: the weights lack them, or they are damaged.
    """
    folder = getattr(tagger, "folder", None)
    if folder is None:
        return None
    from headwater.reading.trained.vectors import SentenceVectors

    return SentenceVectors(folder)


def read(article: Article, tagger: Tagger, *, anchor: str | None = None) -> Reading:
    """Read one article by itself.

    Args:
        article: an article whose furniture is marked; furniture is not read.
        tagger: what marks attributions and names.
        anchor: EDTF date that "Tuesday" is counted from; None = the article's own date, if it bears one.

    Returns:
        The Reading; ids of sources and entities are the article's own.
    """
    text = article.text
    left_out = [f.span for f in article.furniture]
    parts = sentences(text, left_out)
    tags = tagger.tag(text, parts)
    entities = names.entities(article.id, text, parts, tags.names)
    quoted = marks.quotations(text, paragraphs(text, left_out))
    attributions, sources = decode.decode(article, parts, tags, entities, quoted)
    return Reading(
        id=article.id,
        attributions=attributions,
        sources=sources,
        entities=entities,
        timeline=times.find_times(article.id, text, parts, anchor=anchor or article.published),
        quantities=quantities.find_quantities(article.id, text, parts),
        furniture=article.furniture,
        sentences=parts,
    )
