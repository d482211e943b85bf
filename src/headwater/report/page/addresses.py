"""Where things are: an anchor for each place, and the address that leads there.

The self-contained file is one page, so that every address is an anchor on it. Pages that are served apart give
``Addresses`` a function that says on which page a thing stands; nothing else in the page knows of it.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

_LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class Link:
    """A link, or only its name where there is nothing to link to."""

    name: str
    href: str | None


def one_page(kind: str, key: str) -> str:
    """Everything stands on this page."""
    return ""


def pair_key(one: str, other: str) -> str:
    """The id of a pair of articles, the same whichever way round they are named: both ids, U+001F between them."""
    return "\x1f".join(sorted((one, other)))


class Addresses:
    """Names for the places of a trace: no two alike, the same in every run, and where each is."""

    def __init__(
        self, page_of: Callable[[str, str], str] = one_page, *, here: str = "", alone: Collection[str] = ()
    ) -> None:
        """Nothing has a name yet.

        Args:
            page_of: the address of the page on which a thing of a kind stands, by the kind and its id; empty for the
                page itself. Kinds are "claim", "article", "source", "conflict", "picture" (its id is empty), and "pair"
                and "beside" (passages that two articles share, and both in full; the id is their ``pair_key``).
            here: the address of the page being made; what stands on it is linked by its anchor alone.
            alone: kinds of which each has a page that shows nothing else: a link leads to the top of it.
        """
        self._page_of = page_of
        self._here = here
        self._alone = frozenset(alone)
        self._names: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def name(self, kind: str, key: str) -> str:
        """The anchor of a thing: ``claim-4b55439505``; letters, digits and hyphens only."""
        known = self._names.get((kind, key))
        if known is None:
            slug = re.sub(r"[^A-Za-z0-9]+", "-", key.removeprefix(f"{kind}-")).strip("-").lower()
            known, number = f"{kind}-{slug[:_LONGEST_SLUG] or 'x'}", 1
            first = known
            while known in self._taken:
                number += 1
                known = f"{first}--{number}"
            self._taken.add(known)
            self._names[kind, key] = known
        return known

    def to(self, kind: str, key: str, anchor: str | None = None) -> str:
        """The address of a thing, or of the place with ``anchor`` on the page of that thing."""
        page = self._page_of(kind, key)
        if kind in self._alone and anchor is None:
            return page
        return f"{'' if page == self._here else page}#{anchor or self.name(kind, key)}"
