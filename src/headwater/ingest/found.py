"""What a reader of one kind of input gives and takes: articles whose ids are not settled, and where they come from."""

from dataclasses import dataclass
from typing import NamedTuple

from headwater.model import Article, Failure


class Where(NamedTuple):
    """The input that is being read.

    ``path`` is its path as the caller named it, None for standard input and addresses; ``stem`` what an article is
    called that bears no id of its own; ``shown`` how a failure names it, on one line of a screen. ``url`` is the
    address it was fetched from, ``fetched`` when (EDTF), and ``charset`` what its server said the bytes are in, where
    the caller knows.
    """

    path: str | None
    stem: str
    shown: str
    url: str | None = None
    fetched: str | None = None
    charset: str | None = None


class Found(NamedTuple):
    """An article whose id is not settled: ``own`` when the caller, or the input itself, chose ``id``."""

    own: bool
    id: str
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed(Failure):
    """What was passed over since it holds no article: it is told like a failure, but nothing is lost by it."""
