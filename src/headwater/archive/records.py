"""How records stand in the file: as compressed JSON, every string fit for it; keys by which names are compared."""

import re
import unicodedata
import zlib
from dataclasses import fields, replace
from functools import lru_cache
from typing import TypeVar

import msgspec

from headwater.dates import day_of
from headwater.ingest.text import encodable
from headwater.model import Article

Record = TypeVar("Record")

#: What a full-text search takes for a word, as near to SQLite's unicode61 as Python's classes come.
TERM = re.compile(r"[^\W_]+")


def packed(record: object) -> bytes:
    """A record as compressed JSON; its strings must hold no half of a surrogate pair."""
    return zlib.compress(msgspec.json.encode(record), 3)


def unpacked(data: bytes, kind: type[Record]) -> Record:
    """The record again; fields that this version does not know are left out."""
    return msgspec.json.decode(zlib.decompress(data), type=kind)


def fit(article: Article) -> Article:
    """The article with every string fit for a file: half a surrogate pair is U+FFFD, so that all spans still hold."""
    changes: dict[str, object] = {}
    for one in fields(article):
        value = getattr(article, one.name)
        if isinstance(value, str) and (clean := encodable(value)) != value:
            changes[one.name] = clean
        elif one.name == "based_on" and any(encodable(v) != v for v in value):
            changes[one.name] = tuple(encodable(v) for v in value)
    return replace(article, **changes) if changes else article  # type: ignore[arg-type]


def day_number(published: str | None) -> int | None:
    """The day of an EDTF date as an ordinal of the proleptic Gregorian calendar; None where there is none."""
    day = day_of(published) if published else None
    return day.toordinal() if day else None


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A word as a search compares it: small letters without their marks."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in apart if not unicodedata.combining(c))


def name_key(name: str) -> str:
    """A name as sources and outlets are compared by it: folded words, without a leading article."""
    terms = [folded(m.group()) for m in TERM.finditer(name)]
    return " ".join(terms[1:] if len(terms) > 1 and terms[0] in {"the", "a", "an"} else terms)
