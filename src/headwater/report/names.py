"""What a page calls things: articles, sources, origins, each by one name that steers nothing.

Takes a trace, gives lookups by id and names in plain words. An id that the trace does not hold is shown as it stands.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from headwater.labels import labels, listed, number_of, plain
from headwater.model import CARRIER_KINDS, Attribution, Origin, Trace
from headwater.naming import called
from headwater.outlets import counted_as
from headwater.report.phrases import KINDS, own_words
from headwater.tracing.own_word import own_origin

_SECTION = re.compile(r"\s+-\s+(?:News|Online|Web)$|\s*\((?:Web|Online|Print)[^()]{0,20}\)$|(?<=\w)\sOnline(?: News)?$")
_LONGEST = 200  # code points of a name within which a section may end it


class Names:
    """A trace with its lookups, and what its articles and sources are called."""

    def __init__(self, trace: Trace) -> None:
        """Index ``trace``; nothing is copied."""
        self.trace = trace
        self.articles = {article.id: article for article in trace.articles}
        self.sources = {source.id: source for source in trace.sources}
        self.claims = {claim.id: claim for claim in trace.claims}
        self.conflicts = {conflict.id: conflict for conflict in trace.conflicts}
        self.attributions: dict[str, Attribution] = {item.id: item for item in trace.attributions}
        self.labels = labels(trace.articles)
        self._called: dict[str, str] = {}

    def label(self, article: str) -> str:
        """The name of an article."""
        return self.labels.get(article) or plain(article)

    def name(self, node: str) -> str:
        """The name of a source or an article, for the middle of a sentence."""
        source = self.sources.get(node)
        if source is None:
            return self.label(node)
        if node not in self._called:
            self._called[node] = called(source, self.articles)
        return self._called[node]

    def is_carrier(self, node: str) -> bool:
        """Whether a source only passes on what others know; articles do."""
        source = self.sources.get(node)
        return source.kind in CARRIER_KINDS if source else node in self.articles

    def origin_name(self, origin: Origin) -> str:
        """An origin with whoever reached it: "three engineers, through The Harbour Ledger"."""
        through = [node for node in origin.path[1:] if node in self.sources and self.is_carrier(node)]
        source = self.sources.get(origin.source)
        if not through and source and source.reached_by:
            through = [source.reached_by]
        name = self.name(origin.source)
        if own := self.own_words(origin):
            return f"{name}, which {own}"
        carriers = self.distinct_names(node for node in through if self.name(node).casefold() != name.casefold())
        return f"{name}, through {listed(carriers)}" if carriers else name

    def own_words(self, origin: Origin) -> str:
        """That an origin is a newsroom that saw or confirmed this itself, as it says; empty for all others."""
        found = self._own.get(origin)
        return own_words(found) if found is not None else ""

    @cached_property
    def _own(self) -> dict[Origin, bool]:
        """The origins that are a newsroom's own knowledge, each with whether it is sight."""
        return {
            origin: found[1]
            for claim in self.trace.claims
            for origin in claim.origins
            if (found := own_origin(origin, self.sources, self.articles)) is not None
        }

    def distinct_names(self, nodes: Iterable[str]) -> list[str]:
        """The names of several sources or articles, each once; an outlet and its only article are one."""
        out: dict[str, str] = {}
        for node in nodes:
            name = self.name(node)
            out.setdefault(name_key(name), name)
        return list(out.values())

    def origin_kind(self, origin: Origin) -> str:
        """What kind of source an origin is, and how many people; empty where nothing is known of it."""
        return "a newsroom by its own word" if origin in self._own else self.end_words(origin.source)

    def end_words(self, source_id: str) -> str:
        """What kind of source it is where a way ends with it: whom an outlet or a reporter has it from is not said."""
        source = self.sources.get(source_id)
        if source is not None and source.kind in CARRIER_KINDS:
            return f"{source.kind}, source not said"
        return self.kind_words(source_id)

    def kind_words(self, source_id: str) -> str:
        """What kind of source it is, and how many people; empty for an id that is no source."""
        source = self.sources.get(source_id)
        if source is None:
            return ""
        many = source.number is not None and source.number > 1
        return KINDS[source.kind] + (f", {number_of(source.number or 0, 'person', 'people')}" if many else "")

    def outlet_key(self, article: str) -> str:
        """What makes two articles one outlet: that they are counted as one, by name and address."""
        known = self.articles.get(article)
        return counted_as(known) if known else article


def name_key(name: str) -> str:
    """The form in which names are compared: "The Orle Gazette", "orle-gazette" and "Orle Gazette - News" are one."""
    name = _SECTION.sub("", name[:_LONGEST]) + name[_LONGEST:]
    return "".join(c for c in name.casefold().removeprefix("the ") if c.isalnum()) or name
