"""A story as its pages show it: the parts of the file's page, each thing at an address of its own, made once.

What is shown depends on nothing but the story's revision, so it is kept until there is another. Every link to words
leaves a mark in their article; so all parts are made before the first article is.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from headwater.archive import Archive, stories
from headwater.archive.stories import StoryRow
from headwater.errors import InputError
from headwater.model import Article, Claim, Source, Span, Trace
from headwater.report import phrases as said
from headwater.report.page import (
    claims,
    count,
    findings,
    margin,
    pairs,
    picture,
    quotations,
    reading,
    sources,
    timeline,
)
from headwater.report.page.addresses import Addresses, pair_key
from headwater.report.page.links import Links
from headwater.report.segments import Mark
from headwater.report.view import View
from headwater.web import addresses

#: Items of each part on one page.
SIZES = {"claims": 15, "lone": 60, "quotations": 25, "timeline": 40, "conflicts": 40, "sources": 60, "pairs": 10,
         "articles": 40}  # fmt: skip
_WAYS = 12  # articles that a list of claims shows under one origin
_STORIES = 4  # stories whose pages are kept
_PIECES = 400  # pieces of one story's pages that are kept


class Told:
    """The pages of one story at one revision; used by several threads."""

    def __init__(self, story: str, trace: Trace) -> None:
        """Make every part but the articles."""
        self.story = story
        self.trace = trace
        view = View(trace)
        self._ends = {pair_key(d.later, d.earlier): (d.later, d.earlier) for d in trace.derivations}
        self._conflict_at = {c.id: n for n, c in enumerate(view.ordered_conflicts)}
        self.links = Links(view, Addresses(self._page_of, alone=("claim", "article", "source")))
        links = self.links
        self.picture = picture.picture(links)
        shared = claims.shared_claims(links)
        self.parts: dict[str, Sequence[Any]] = {
            "claims": [_short(c) for c in shared],
            "lone": claims.lone_claims(links),
            "quotations": _flat(quotations.quotations(links)),
            "timeline": _points(timeline.timeline(links)),
            "conflicts": findings.conflicts(links),
            "sources": self._sources(),
            "pairs": pairs.pairs(links),
            "articles": [self._article_row(a) for a in trace.articles],
        }
        self._claims = {c["id"]: c for c in shared}
        for lone in view.lone_claims:
            self._claims[links.addresses.name("claim", lone.id)] = claims.shared_claim(links, lone)
        paired = {pair["ends"]: addresses.pair(story, *sorted(pair["ends"])) for pair in self.parts["pairs"]}
        self.choices = claims.choices(links)
        self.head: dict[str, Any] = {
            "published": view.published_words,
            "main": count.main_claim(links),
            "unjudged": count.unjudged(links),
            "unjudged_short": count.unjudged_short(links),
            "count": count.count(links, paired),
            "findings": findings.findings(links),
            "made_by": trace.made_by,
            "judge": said.judge_words(trace.made_by.judge) if trace.made_by.judge else "",
        }
        self._wordings = margin.wordings_of(links)
        self._pieces: OrderedDict[tuple[str, ...], Markup] = OrderedDict()
        self._lock = threading.RLock()

    def piece(self, key: tuple[str, ...], make: Callable[[], Markup]) -> Markup:
        """What ``make`` gives, made once."""
        with self._lock:
            if key not in self._pieces:
                self._pieces[key] = make()
                while len(self._pieces) > _PIECES:
                    self._pieces.popitem(last=False)
            self._pieces.move_to_end(key)
            return self._pieces[key]

    def article(self, article: Article, at: Span | None = None) -> dict[str, Any]:
        """What an article's reading view shows, with the words ``at`` as the anchor "at"."""
        with self._lock:
            marks = self.links.marks[article.id]
            if at is not None:
                marks["at"] = Mark(start=at.start, end=at.end, css="words", id="at", rank=2)
            try:
                return reading.article(self.links, article, self._wordings)
            finally:
                marks.pop("at", None)

    def claim(self, claim: Claim) -> dict[str, Any]:
        """What a claim's page shows of it."""
        anchor = self.links.addresses.name("claim", claim.id)
        plain = {"low": claim.independent.low, "high": claim.independent.high, "outlets": claim.outlets,
                 "contested": 0, "drifted": 0, "sources": "", "articles": "", "picked": None}  # fmt: skip
        return {**plain, **self._claims[anchor], "open": True}

    def find(self, kind: str, key: str) -> Any:
        """A record of the trace by its id: "claim", "article", "source", "quotation".

        Raises:
            InputError: the story has none of that id.
        """
        view = self.links.view
        held: dict[str, dict[str, Any]] = {"claim": view.claims, "article": view.articles, "source": view.sources}
        found = held[kind].get(key) if kind in held else next((q for q in self.trace.quotations if q.id == key), None)
        if found is None:
            raise InputError(f"no {kind} {key[:80]!r} in this story; it may have been told anew: search for its words")
        return found

    def source_name(self, source: Source) -> str:
        """A source as pages call it."""
        return self.links.view.name(source.id)

    def _page_of(self, kind: str, key: str) -> str:
        if kind == "claim":
            return addresses.claim(key)
        if kind == "article":
            return addresses.article(key)
        if kind == "source":
            return addresses.source(self.story, key)
        if kind in {"pair", "beside"} and key in self._ends:
            return addresses.pair(self.story, *self._ends[key])
        if kind == "conflict":
            page = self._conflict_at.get(key, 0) // SIZES["conflicts"] + 1
            return addresses.part(self.story, "conflicts", page)
        return addresses.story(self.story)

    def _sources(self) -> list[dict[str, Any]]:
        """The rows of the sources' table, each with the address of its page."""
        made = sources.sources(self.links)
        pages = {
            self.links.addresses.name("source", s.id): addresses.source(self.story, s.id) for s in self.trace.sources
        }
        return [{**row, "page": pages[row["id"]]} for row in (*made["first"], *made["rest"])]

    def _article_row(self, article: Article) -> dict[str, Any]:
        link = self.links.article(article.id)
        return {"link": link, "title": article.title, "published": article.published, "words": article.words,
                "lang": self.links.lang(article.id)}  # fmt: skip


class Kept:
    """The stories whose pages are kept in memory: the latest revision of those asked for last."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._told: OrderedDict[str, tuple[int, Told]] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, archive: Archive, story_id: str) -> tuple[StoryRow, Told]:
        """A story's row and its pages; an older id leads to it.

        Raises:
            InputError: there is no such story, or it was not traced yet.
        """
        row = stories.story(archive, story_id)
        with self._lock:
            making = self._making.setdefault(row.id, threading.Lock())
        with making:  # two who ask at once wait for one that is made
            with archive.reading():
                row = stories.story(archive, row.id)
                kept = self._told.get(row.id)
                if kept is not None and kept[0] == row.revision:
                    with self._lock:
                        self._told.move_to_end(row.id)
                    return row, kept[1]
                trace = stories.trace(archive, row.id)
            told = Told(row.id, trace)
            with self._lock:
                self._told[row.id] = (row.revision, told)
                self._told.move_to_end(row.id)
                while len(self._told) > _STORIES:
                    self._making.pop(self._told.popitem(last=False)[0], None)
            return row, told


def _short(claim: dict[str, Any]) -> dict[str, Any]:
    """A claim as a list shows it: of very many articles a few under each origin, and how many are left for its page."""
    left = 0

    def first(ways: list[Any]) -> list[Any]:
        nonlocal left
        left += sum(len(way.get("more") or ()) or 1 for way in ways[_WAYS:])
        return ways[:_WAYS]

    cut = {name: first(claim[name]) for name in ("unknown_ways", "circular_ways", "other_ways")}
    origins = [{**origin, "ways": first(origin["ways"])} for origin in claim["origins"]]
    return {**claim, **cut, "origins": origins, "left": left}


def _flat(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [*made["shared"], *made["lone"]]


def _points(made: dict[str, Any]) -> list[dict[str, Any]]:
    """The timeline point by point; those whose date cannot be judged last."""
    dated = [{"when": date["when"], **point} for date in made["dated"] for point in date["points"]]
    return [*dated, *({"when": "", **point} for point in made["undated"])]
