"""The operations of the API: a row each, with what it takes and gives; routes and OpenAPI are made from this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from headwater.archive import Archive, articles, decisions, jobs, search, sources, stories
from headwater.archive.articles import ArticleRow
from headwater.archive.decisions import Decision, Logged
from headwater.archive.jobs import Job
from headwater.archive.search import WHAT, Facets, Hit, Results
from headwater.archive.sources import NameRow, SourcePage
from headwater.archive.stories import ClaimRow, StoryRow
from headwater.errors import InputError
from headwater.model import Article, Claim, Named, Place, Quotation, Span, Trace
from headwater.web.addresses import key_of
from headwater.web.api import records as r
from headwater.web.jobs import Upload, Work
from headwater.web.pages.deciding import now

_ID = Annotated[str, Meta(min_length=1, description="An id, percent-encoded; one that no path can hold as ~ and its base64.")]  # fmt: skip  # noqa: E501
_NUMBER = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class Call(NamedTuple):
    """One request: where it goes, and what it says, decoded."""

    archive: Archive
    work: Work
    who: str
    token: str
    path: Mapping[str, Any]
    query: Any
    body: Any

    def id(self, name: str) -> str:
        """An id of the path."""
        return key_of(self.path[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation.

    ``query`` and ``body`` are what it takes (None = nothing), ``returns`` what it gives with ``status``; ``refused`` is
    the status where what is named is not there, or does not fit. Fields of a path are ids, ``{job}`` a number.
    """

    name: str
    path: str
    run: Callable[[Call], object]
    returns: Any
    summary: str
    method: str = "GET"
    query: Any = None
    body: Any = None
    status: int = 200
    refused: int = 404

    def path_types(self) -> dict[str, Any]:
        """What each field of the path is."""
        fields = [p[1:-1] for p in self.path.split("/") if p.startswith("{")]
        return {name: _NUMBER if name == "job" else _ID for name in fields}


def _page(call: Call, made: tuple[tuple[Any, ...], int]) -> r.Page[Any]:
    return r.Page(items=made[0], total=made[1], offset=call.query.offset, limit=call.query.limit)


def _session(call: Call) -> r.Session:
    return r.Session(call.token)


def _stories(call: Call) -> object:
    return _page(call, stories.stories(call.archive, offset=call.query.offset, limit=call.query.limit))


def _story(call: Call) -> object:
    return stories.story(call.archive, call.id("story"))


def _trace(call: Call) -> object:
    return stories.trace(call.archive, call.id("story"))


def _claims(call: Call) -> object:
    row = stories.story(call.archive, call.id("story"))
    return _page(call, stories.claims(call.archive, row.id, offset=call.query.offset, limit=call.query.limit))


def _articles_of(call: Call) -> object:
    row = stories.story(call.archive, call.id("story"))
    return _page(call, articles.articles(call.archive, story=row.id, offset=call.query.offset, limit=call.query.limit))


def _articles(call: Call) -> object:
    return _page(call, articles.articles(call.archive, offset=call.query.offset, limit=call.query.limit))


def _article(call: Call) -> object:
    return articles.article(call.archive, call.id("article"))


def _claim(call: Call) -> object:
    row = stories.claim(call.archive, call.id("claim"))
    return next(c for c in stories.trace(call.archive, row.story).claims if c.id == row.id)


def _quotation(call: Call) -> object:
    key = call.id("quotation")
    found = next((q for q in stories.trace(call.archive, call.id("story")).quotations if q.id == key), None)
    if found is None:
        raise InputError(f"no quotation {key[:80]!r} in this story; search for its words")
    return found


def _sources(call: Call) -> object:
    return _page(call, sources.sources(call.archive, offset=call.query.offset, limit=call.query.limit))


def _source(call: Call) -> object:
    return sources.source_page(
        call.archive, call.id("source"), story=call.id("story"), offset=call.query.offset, limit=call.query.limit
    )


def _search(call: Call) -> object:
    asked: r.Query = call.query
    facets = Facets(speaker=asked.speaker, outlet=asked.outlet, kind=asked.kind, since=asked.since, until=asked.until,
                    story=asked.story)  # fmt: skip
    found = search.search(
        call.archive,
        asked.q,
        what=[asked.what] if asked.what else WHAT,
        facets=facets,
        offset=call.query.offset,
        limit=call.query.limit,
    )
    return replace(found, hits=tuple(map(_cut, found.hits)))


def _cut(hit: Hit) -> Hit:
    """A result with its snippet for a text: an article's whole text is not sent for each."""
    start = hit.snippet.start
    return replace(hit, text=hit.snippet.of(hit.text), snippet=Span(0, hit.snippet.end - start),
                   hits=tuple(Span(s.start - start, s.end - start) for s in hit.hits))  # fmt: skip


def _log(call: Call) -> object:
    return _page(call, decisions.log(call.archive, offset=call.query.offset, limit=call.query.limit))


def _decision(call: Call) -> object:
    return decisions.decision(call.archive, call.id("decision"))


def _decide(call: Call) -> object:
    made = _made(call, call.body)
    return r.Kept(decision=made, job=call.work.go_on())


def _place(spot: r.Spot | r.ByPlace) -> Place:
    return Place(spot.article, spot.start, spot.end)


def _made(call: Call, told: Any) -> Decision:
    who, at = told.who or call.who, now()
    if isinstance(told, r.Undo):
        return decisions.undo(call.archive, told.decision, who=who, at=at)
    decide = partial(decisions.decide, call.archive, told.__struct_config__.tag, who=who, at=at)
    match told:
        case r.SameClaim() | r.NotSameClaim():
            return decide(places=[_place(p) for p in told.places])
        case r.SameSource() | r.NotSameSource():
            return decide(
                places=[_place(s) for s in told.sources if isinstance(s, r.ByPlace)],
                names=[Named(s.kind, s.name) for s in told.sources if isinstance(s, r.ByName)],
            )
        case r.Owner():
            return decide(outlet=told.outlet, value=told.owner)
        case r.Reliability():
            return decide(names=[Named(told.source.kind, told.source.name)], value=told.letter)
        case r.IsFurniture():
            return decide(places=[_place(told.place)], value=told.furniture)
        case r.Note():
            return decide(places=[_place(told.place)], value=told.text)
        case _:
            return decide(places=[_place(told.place)])


def _add(call: Call) -> object:
    lines = b"\n".join(msgspec.json.encode({k: v for k, v in msgspec.to_builtins(a).items() if v is not None})
                       for a in call.body.articles)  # fmt: skip
    return jobs.job(call.archive, call.work.add([Upload("sent.jsonl", lines)]))


def _jobs(call: Call) -> object:
    return _page(call, jobs.jobs(call.archive, offset=call.query.offset, limit=call.query.limit))


def _job(call: Call) -> object:
    return jobs.job(call.archive, call.path["job"])


OPERATIONS: tuple[Operation, ...] = (
    Operation(name="session", path="/session", run=_session, returns=r.Session,
              summary="The token that changes need, with its cookie"),
    Operation(name="stories", path="/stories", run=_stories, returns=r.Page[StoryRow], query=r.Paging,
              summary="The stories, that with the latest article first"),
    Operation(name="story", path="/stories/{story}", run=_story, returns=StoryRow,
              summary="One story, by its id or an older one"),
    Operation(name="trace", path="/stories/{story}/trace", run=_trace, returns=Trace,
              summary="A story's whole trace, as 'headwater trace --json' writes it"),
    Operation(name="claims", path="/stories/{story}/claims", run=_claims, returns=r.Page[ClaimRow], query=r.Paging,
              summary="A story's claims, in the order of its trace"),
    Operation(name="story_articles", path="/stories/{story}/articles", run=_articles_of, returns=r.Page[ArticleRow],
              query=r.Paging, summary="A story's articles, newest first"),
    Operation(name="quotation", path="/stories/{story}/quotations/{quotation}", run=_quotation, returns=Quotation,
              summary="One act of speech in all its printings"),
    Operation(name="source", path="/stories/{story}/sources/{source}", run=_source, returns=SourcePage, query=r.Paging,
              summary="A source: everything it is quoted for, everywhere"),
    Operation(name="articles", path="/articles", run=_articles, returns=r.Page[ArticleRow], query=r.Paging,
              summary="The articles, newest first"),
    Operation(name="article", path="/articles/{article}", run=_article, returns=Article,
              summary="One article, as it was cleaned, before any decision"),
    Operation(name="claim", path="/claims/{claim}", run=_claim, returns=Claim,
              summary="One claim, by its id or an older one"),
    Operation(name="sources", path="/sources", run=_sources, returns=r.Page[NameRow], query=r.Paging,
              summary="Names of sources in all stories, those most often quoted first"),
    Operation(name="search", path="/search", run=_search, returns=Results, query=r.Query, refused=422,
              summary="Articles, claims, sources and quotations by their words; a result's text is its snippet"),
    Operation(name="decisions", path="/decisions", run=_log, returns=r.Page[Logged], query=r.Paging,
              summary="The log of decisions, latest first"),
    Operation(name="decision", path="/decisions/{decision}", run=_decision, returns=Logged,
              summary="One decision as it stands now"),
    Operation(name="decide", path="/decisions", method="POST", run=_decide, returns=r.Kept, body=r.Deciding, status=201,
              refused=409, summary="Put a decision in the log; its stories are told anew in the background"),
    Operation(name="jobs", path="/jobs", run=_jobs, returns=r.Page[Job], query=r.Paging,
              summary="Long work, latest first"),
    Operation(name="job", path="/jobs/{job}", run=_job, returns=Job, summary="How far one job is"),
    Operation(name="add", path="/articles", method="POST", run=_add, returns=Job, body=r.Adding, status=202,
              refused=409, summary="Put articles in and trace the stories they touch, as a job"),
)  # fmt: skip
