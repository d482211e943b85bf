"""Search with its facets."""

from typing import get_args

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from headwater.archive.search import WHAT, Facets, Hit, What, search
from headwater.errors import InputError
from headwater.model import SourceKind, Span
from headwater.report import phrases as said
from headwater.report.segments import Mark, marked
from headwater.web import addresses
from headwater.web.addresses import with_query
from headwater.web.answers import archive_of, page
from headwater.web.pages.stories import number, pager

_SIZE = 20
_NARROWED = ("speaker", "outlet", "kind", "since", "until", "story")


def results(request: Request) -> Response:
    """What a query finds, narrowed as the address says; a day that is none narrows nothing, and this is said."""
    given = request.query_params
    query = given.get("q", "")[:500]
    what: list[What] = [w for w in WHAT if w in given.getlist("what")] or list(WHAT)
    narrowed = {name: v[:200] for name in _NARROWED if (v := given.get(name, "").strip())}
    at = number(request)
    asked = bool(query.strip() or narrowed)
    why = ""
    archive = archive_of(request)
    try:
        found = search(archive, query, what=what, facets=Facets(**narrowed), offset=(at - 1) * _SIZE, limit=_SIZE)
    except InputError as error:
        why = str(error)
        narrowed = {k: v for k, v in narrowed.items() if k not in {"since", "until"}}
        found = search(archive, query, what=what, facets=Facets(**narrowed), offset=(at - 1) * _SIZE, limit=_SIZE)
    chosen = {"q": query, **narrowed}
    only = what[0] if len(what) == 1 else ""
    address = with_query("/search", **chosen, what=only)
    facets = [
        (title, name, [(c, with_query("/search", **{**chosen, name: c.value}, what=only)) for c in counts])
        for title, name, counts in (
            ("Speaker", "speaker", found.speakers), ("Outlet", "outlet", found.outlets),
            ("Kind of source", "kind", found.kinds),
        )
    ]  # fmt: skip
    without = [
        (title, value, with_query("/search", **{k: v for k, v in chosen.items() if k != name}, what=only))
        for title, name, value in (
            (n.capitalize(), n, v) for n, v in narrowed.items()
        )
    ]  # fmt: skip
    return page(request, "web_search.html.j2", found=found, shown=[_shown(hit) for hit in found.hits] if asked else [],
                asked=asked, query=query, narrowed=narrowed, why=why, facets=facets, without=without, kinds=said.KINDS,
                source_kinds=get_args(SourceKind), what=what, WHAT=WHAT,
                counts_by_what=[(c, with_query("/search", **chosen, what=c.value)) for c in found.what],
                pager=pager(address, found.total, _SIZE, at))  # fmt: skip


def _shown(hit: Hit) -> dict[str, object]:
    """A result with its words marked, and where it leads."""
    within = Span(hit.snippet.start, hit.snippet.end)
    return {
        "what": hit.what,
        "address": address_of(hit),
        "title": _marked(hit.title or "", hit.title_hits, None),
        "words": _marked(hit.text, hit.hits, within),
        "cut": (hit.snippet.start > 0, hit.snippet.end < len(hit.text)),
    }


def _marked(text: str, hits: tuple[Span, ...], within: Span | None) -> Markup:
    return marked(text, [Mark(start=s.start, end=s.end, css="hit", tag="mark") for s in hits], within=within)


def address_of(hit: Hit) -> str:
    """The page of what was found."""
    if hit.what == "article":
        return addresses.article(hit.id, hit.hits[0].start, hit.hits[0].end) if hit.hits else addresses.article(hit.id)
    if hit.what == "claim":
        return addresses.claim(hit.id)
    story = hit.story or ""
    return addresses.source(story, hit.id) if hit.what == "source" else addresses.quotation(story, hit.id)
