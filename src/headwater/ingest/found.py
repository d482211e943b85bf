"""What a reader of one kind of input gives and takes: an article before its id is settled, and where it comes from."""

from typing import NamedTuple

from headwater.model import Article


class Where(NamedTuple):
    """The input that is being read.

    ``path`` is its path as the caller named it, None for standard input and addresses; ``stem`` what an article is
    called that bears no id of its own; ``shown`` how a failure names it, on one line of a screen. ``url`` is the
    address it was fetched from and ``fetched`` when (EDTF), where the caller knows.
    """

    path: str | None
    stem: str
    shown: str
    url: str | None = None
    fetched: str | None = None


class Found(NamedTuple):
    """An article whose id is not settled: ``own`` when the caller, or the input itself, chose ``id``."""

    own: bool
    id: str
    article: Article
