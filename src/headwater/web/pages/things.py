"""One thing each: an article, a claim, a quotation, a source with all it is quoted for, two articles side by side."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from headwater.archive import Archive, articles, decisions, sources, stories
from headwater.archive.decisions import LETTERS, OF_SOURCES
from headwater.archive.entries import NAMED
from headwater.errors import InputError
from headwater.model import Article, Claim, Mention, Place, Span
from headwater.report import phrases as said
from headwater.report.page.reading import FURNITURE
from headwater.report.segments import Mark, marked
from headwater.web import addresses
from headwater.web.addresses import key_of
from headwater.web.answers import archive_of, page, rendered, to
from headwater.web.pages.stories import number, pager
from headwater.web.told import Told
from headwater.words import sentences

_AT = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_DOUBLE = re.compile("\r\n")
_QUOTED = 25  # places on a page of a source
_NAMED = 40  # sources on a page of their list

#: The Admiralty scale for the reliability of a source (NATO AJP-2.1).
SCALE = {"A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
         "E": "unreliable", "F": "reliability cannot be judged"}  # fmt: skip
assert tuple(SCALE) == LETTERS


def article(request: Request) -> Response:
    """An article's reading view; its bare text while no story tells it."""
    archive = archive_of(request)
    key = key_of(request.path_params["article"])
    own = articles.article(archive, key)
    story = articles.story_of(archive, key)
    about = decisions.about(archive, key)
    if story is None:
        return page(request, "web_untold.html.j2", article=own, about=about)
    row, told = request.app.state.kept.of(archive, story)
    try:
        shown: Article = told.find("article", key)
    except InputError:  # its story was told before it came
        return page(request, "web_untold.html.j2", article=own, about=about)
    at = _span(request.query_params.get("at", ""), shown.text)
    if at is None:
        body = told.piece(("article", key), lambda: rendered("article.html.j2", article=told.article(shown)))
    else:
        body = rendered("article.html.j2", article=told.article(shown, at))
    return page(request, "web_article.html.j2", story=row, told=told, article=shown, body=body, about=about,
                others=_shares(told, key))  # fmt: skip


def _span(given: str, text: str) -> Span | None:
    """The words that an address names as ``12-40``; None where it names none."""
    named = _AT.fullmatch(given)
    span = Span(int(named[1]), int(named[2])) if named else None
    return span if span and span.start < span.end <= len(text) else None


def _shares(told: Told, key: str) -> list[tuple[str, str]]:
    """The articles that share text with one, by name and address of the pair."""
    found = {
        other
        for d in told.trace.derivations
        if d.kind in {"copy", "rewrite"} and key in (d.later, d.earlier)
        for other in (d.later, d.earlier)
        if other != key and other in told.links.view.articles
    }
    names = told.links.view
    return [(names.label(o), addresses.pair(told.story, key, o)) for o in sorted(found, key=names.label)][:40]


def mark(request: Request) -> Response:
    """What a person can say of some words of an article: those an address names, or sentences to be ticked."""
    archive = archive_of(request)
    own = articles.article(archive, key_of(request.path_params["article"]))
    ticked = sorted({int(v) for v in request.query_params.getlist("s") if v.isascii() and v.isdecimal() and len(v) < 9})
    found = sentences(own.text)
    start, end = (_as_written(own.text, request.query_params.get(n, "")) for n in ("start", "end"))
    if ticked and ticked[-1] < len(found):
        start, end = found[ticked[0]].start, found[ticked[-1]].end
    place = Place(own.id, start, end) if 0 <= start < end <= len(own.text) else None
    words = marked(own.text, [Mark(start=start, end=end, css="hit", tag="mark")],
                   within=_around(own.text, start, end)) if place else Markup("")  # fmt: skip
    return page(request, "web_mark.html.j2", article=own, place=place, words=words, furniture=FURNITURE,
                sentences=[(n, s.of(own.text)) for n, s in enumerate(found)])  # fmt: skip


def _as_written(text: str, given: str) -> int:
    """A place that a browser counted, for which every line break is one character; -1 where it is none."""
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        return -1
    at = int(given)
    for double in _DOUBLE.finditer(text):
        if double.start() >= at:
            break
        at += 1
    return at


def _around(text: str, start: int, end: int) -> Span:
    return Span(max(0, start - 120), min(len(text), end + 120))


def place_of(articles: Mapping[str, Article], mention: Mention) -> Place | None:
    """The words of a mention that a decision is about: the longest piece; None where it has none."""
    length = len(articles[mention.article].text) if mention.article in articles else 0
    spans = [s for s in mention.spans if 0 <= s.start < s.end <= length]
    longest = max(spans, key=lambda s: (s.end - s.start, -s.start), default=None)
    return longest.at(mention.article) if longest else None


def statements(told: Told, claim: Claim) -> list[dict[str, Any]]:
    """The statements of a claim: their words in place, and the place."""
    return [
        {"place": place, "words": told.links.in_place(m.article, m.spans, told.links.mention(claim, m))}
        for m in claim.mentions
        if (place := place_of(told.links.view.articles, m))
    ]


def claim(request: Request) -> Response:
    """A claim with its origins, its statements and those of claims near to it, and what a person can say of them."""
    archive = archive_of(request)
    listed = stories.claim(archive, key_of(request.path_params["claim"]))
    row, told = request.app.state.kept.of(archive, listed.story)
    own: Claim = told.find("claim", listed.id)

    def make() -> Markup:
        return rendered("claim.html.j2", claim=told.claim(own))

    view = told.links.view
    near = [view.claims[c] for c in (*own.related, *own.parts) if c in view.claims]
    return page(request, "web_claim.html.j2", story=row, told=told, claim=own, body=told.piece(("claim", own.id), make),
                words=said.claim_words(own), statements=statements(told, own)[:40], total=len(own.mentions),
                near=[{"claim": c, "words": said.claim_words(c), "statements": statements(told, c)[:1]}
                      for c in dict.fromkeys(near)])  # fmt: skip


def quotation(request: Request) -> Response:
    """One act of speech in all its printings."""
    row, told = request.app.state.kept.of(archive_of(request), key_of(request.path_params["story"]))
    own = told.find("quotation", key_of(request.path_params["quotation"]))
    anchor = told.links.addresses.name("quotation", own.id)
    shown = next(q for q in told.parts["quotations"] if q["id"] == anchor)
    return page(request, "web_quotation.html.j2", story=row, told=told, quotation=shown)


def pair(request: Request) -> Response:
    """Two articles side by side, with the passages they share joined."""
    row, told = request.app.state.kept.of(archive_of(request), key_of(request.path_params["story"]))
    one, other = (key_of(request.path_params[name]) for name in ("one", "other"))
    ends = [told.find("article", one), told.find("article", other)]
    shown = next((p for p in told.parts["pairs"] if p["ends"] == {one, other}), None)
    return page(request, "web_pair.html.j2", story=row, told=told, pair=shown,
                both=[{"link": told.links.article(a.id), "article": a} for a in ends])  # fmt: skip


# Sources -------------------------------------------------------------------------------------------------------------


def source_list(request: Request) -> Response:
    """The named sources of all stories, those most often quoted first."""
    at = number(request)
    rows, total = sources.sources(archive_of(request), offset=(at - 1) * _NAMED, limit=_NAMED)
    return page(request, "web_sources.html.j2", rows=rows, total=total, kinds=said.KINDS,
                pager=pager("/sources", total, _NAMED, at))  # fmt: skip


def source(request: Request) -> Response:
    """A source: everything it is quoted for, everywhere; who else bears its name; the letter a person gave it."""
    archive = archive_of(request)
    story, key = (key_of(request.path_params[name]) for name in ("story", "source"))
    at = number(request)
    found = sources.source_page(archive, key, story=story, offset=(at - 1) * _QUOTED, limit=_QUOTED)
    row, told = request.app.state.kept.of(archive, story)
    own = told.links.view.sources.get(key)
    maybe = [told.links.view.sources[o] for o in own.maybe_same if o in told.links.view.sources] if own else []
    here = {
        "id": key,
        "story": row.id,
        "name": own.name if own else found.name,
        "kind": own.kind if own else found.kind,
    }
    return page(request, "web_source.html.j2", story=row, told=told, source=found, own=own, here_source=here,
                place=_first_place(told, key), maybe=maybe, kinds=said.KINDS, scale=SCALE,
                nameless=found.kind not in NAMED,
                same=[(r, elsewhere(archive, r.story, r.id)) for r in found.same_name[:20]],
                known=[(r, elsewhere(archive, r.story, r.id)) for r in found.known_as[:20]
                       if (r.story, r.id) != (row.id, key)], OF_SOURCES=sorted(OF_SOURCES),
                maybe_places={o.id: _first_place(told, o.id) for o in maybe},
                pager=pager(addresses.source(story, key), found.total, _QUOTED, at))  # fmt: skip


def _first_place(told: Told, key: str) -> Place | None:
    own = told.links.view.sources.get(key)
    places = [p for p in own.mentions if told.links.view.valid_spans(p.article, [p.span])] if own else []
    return places[0] if places else None


def elsewhere(archive: Archive, story: str, key: str) -> Place | None:
    """Where a source of a story is mentioned first; None where it is not."""
    with archive.reading() as db:
        row = db.execute(
            "SELECT a.id, start, stop FROM mentions JOIN articles a ON a.number = mentions.article"
            " WHERE mentions.story = ? AND source = ? ORDER BY a.id, start LIMIT 1",
            (story, key),
        ).fetchone()
    return Place(*row) if row else None


def by_name(request: Request) -> Response:
    """The page of the source of that name.

    Raises:
        InputError: nobody of that name is quoted.
    """
    found = sources.source_page(archive_of(request), request.query_params.get("name", ""), limit=1)
    return to(addresses.source(found.known_as[0].story, found.known_as[0].id))
