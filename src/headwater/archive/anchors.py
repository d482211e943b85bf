"""Places that find their words again: a quotation with what stands before and after it is kept beside the offsets.

As in the Web Annotation model's text quote selector. A place that cannot be found, or could be several, is not guessed.
"""

import sqlite3
from dataclasses import dataclass

from headwater.errors import InputError
from headwater.model import Place

_BESIDE = 32  # code points that are kept before and after
_ALONE = 24  # code points of a quotation that is found by itself, where it stands once


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place and its words: ``[start, end)`` in the article that had this id, and whose digest tells it elsewhere."""

    article: str
    digest: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


def anchored(db: sqlite3.Connection, place: Place) -> Anchor:
    """A place with its words.

    Raises:
        InputError: there is no such article, or the place is not in its text.
    """
    row = db.execute("SELECT digest, text FROM articles WHERE id = ?", (place.article,)).fetchone()
    if row is None:
        raise InputError(f"no article {place.article[:80]!r} in the archive; search for it by its words")
    digest, text = row
    if not 0 <= place.start < place.end <= len(text):
        raise InputError(
            f"{place.start} to {place.end} is no place in article {place.article!r}, which has {len(text)} characters"
        )
    return Anchor(
        article=place.article,
        digest=digest,
        start=place.start,
        end=place.end,
        quote=text[place.start : place.end],
        prefix=text[max(0, place.start - _BESIDE) : place.start],
        suffix=text[place.end : place.end + _BESIDE],
    )


def found(db: sqlite3.Connection, anchor: Anchor) -> Place | None:
    """Where an anchor's words stand now; None where the article is not here, or they are not, or in several places.

    The article is told by its digest, else by its id.
    """
    row = db.execute("SELECT id, text FROM articles WHERE digest = ?", (anchor.digest,)).fetchone()
    row = row or db.execute("SELECT id, text FROM articles WHERE id = ?", (anchor.article,)).fetchone()
    if row is None or not anchor.quote:
        return None
    article, text = row
    if text[anchor.start : anchor.end] == anchor.quote and anchor.start >= 0:
        return Place(article, anchor.start, anchor.end)
    beside = anchor.prefix + anchor.quote + anchor.suffix
    for words, skipped in ((beside, len(anchor.prefix)), (anchor.quote, 0)):
        if len(words) < _ALONE:
            continue
        at = text.find(words)
        if at >= 0 and text.find(words, at + 1) < 0:
            return Place(article, at + skipped, at + skipped + len(anchor.quote))
    return None
