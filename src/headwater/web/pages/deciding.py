"""What a person decides: forms in, entries of the log out; the log itself; the queue of doubtful pairs."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from headwater.archive import Archive, articles, decisions, sources, stories
from headwater.errors import InputError
from headwater.model import Claim, Named, Place, Trace
from headwater.report import phrases as said
from headwater.web import addresses
from headwater.web.addresses import with_query
from headwater.web.answers import archive_of, page, to
from headwater.web.pages.stories import number, pager
from headwater.web.pages.things import SCALE, elsewhere, place_of, statements

_SIZE = 40
_QUEUED = 60  # stories in which doubtful pairs are looked for at a time

#: What a decision says, before its words.
KINDS = {
    "same_claim": "the same claim", "not_same_claim": "not the same claim", "same_source": "the same source",
    "not_same_source": "not the same source", "furniture": "page furniture", "not_furniture": "not page furniture",
    "owner": "outlet belongs to", "reliability": "reliability", "note": "note", "undo": "undone",
}  # fmt: skip


def now() -> str:
    """The time, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def decide(request: Request, form: FormData) -> Response:
    """Put a decision in the log, and have its stories told anew in the background.

    Raises:
        InputError: something is missing or does not fit.
    """
    archive = archive_of(request)
    kind = _text(form, "kind")
    if kind not in KINDS or kind == "undo":
        raise InputError(f"no decision {kind[:40]!r}")
    places = [_place(v) for v in form.getlist("place")]
    names = [_named(v) for v in form.getlist("name")]
    if kind in {"same_claim", "not_same_claim"} and len(places) == 1 and (other := _text(form, "other")):
        places.append(_claim_place(request, archive, other))
    if kind in decisions.OF_SOURCES and len(places) + len(names) == 1 and (other := _text(form, "other")):
        found = _other_source(archive, other, places)
        names += [found] if isinstance(found, Named) else []
        places += [found] if isinstance(found, Place) else []
    made = decisions.decide(
        archive, kind, who=request.app.state.who, at=now(), places=places, names=names,  # type: ignore[arg-type]
        value=_text(form, "value") or None, outlet=_text(form, "outlet") or None,
    )  # fmt: skip
    request.app.state.work.go_on()
    return to(_back(form, made.id))


def undo(request: Request, form: FormData) -> Response:
    """Undo an entry of the log.

    Raises:
        InputError: there is no such entry.
    """
    made = decisions.undo(archive_of(request), _text(form, "id"), who=request.app.state.who, at=now())
    request.app.state.work.go_on()
    return to(_back(form, made.id))


def _back(form: FormData, made: str) -> str:
    """Where the form was, with the decision named; an address of this application or the log."""
    parts = urlsplit(addresses.own(_text(form, "back"), "/decisions"))
    kept = re.sub(r"(?:^|&)done=[^&]*", "", parts.query).lstrip("&")
    return f"{parts.path}?{kept}{'&' if kept else ''}done={made}"


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _place(value: object) -> Place:
    try:
        return msgspec.convert(Place(*msgspec.json.decode(str(value), type=tuple[str, int, int])), Place)
    except msgspec.DecodeError:
        raise InputError("a place is an article and two numbers; load the page again") from None


def _named(value: object) -> Named:
    try:
        kind, name = msgspec.json.decode(str(value), type=tuple[str, str])
    except msgspec.DecodeError:
        raise InputError("a source is named by its kind and its name; load the page again") from None
    return Named(kind, name)  # type: ignore[arg-type]  # a kind that is none is refused with the decision


def _claim_place(request: Request, archive: Archive, other: str) -> Place:
    """A statement of the claim that an address or id names."""
    key = addresses.key_of(other.split("#")[0].split("?")[0].rstrip("/").rpartition("/")[2])
    listed = stories.claim(archive, key)
    _, told = request.app.state.kept.of(archive, listed.story)
    found = [p for m in told.find("claim", listed.id).mentions if (p := place_of(told.links.view.articles, m))]
    if not found:
        raise InputError("that claim has no words of its own to be named by")
    return found[0]


def _other_source(archive: Archive, name: str, places: Sequence[Place]) -> Place | Named:
    """The source of that name: where it is mentioned in the story of ``places``, else it is named for all stories."""
    found = sources.source_page(archive, name, limit=1)
    story = articles.story_of(archive, places[0].article) if places else None
    for row in found.known_as:
        if row.story == story and (place := elsewhere(archive, row.story, row.id)):
            return place
    return Named(found.kind, found.name)


# The log -------------------------------------------------------------------------------------------------------------


def log(request: Request) -> Response:
    """All decisions, latest first, each with what it is about and a way to undo it."""
    at = number(request)
    entries, total = decisions.log(archive_of(request), offset=(at - 1) * _SIZE, limit=_SIZE)
    return page(request, "web_decisions.html.j2", entries=entries, total=total, kinds=KINDS, scale=SCALE,
                pager=pager("/decisions", total, _SIZE, at), imported=request.query_params.get("imported", "")[:200],
                )  # fmt: skip


def export(request: Request) -> Response:
    """The log as lines of JSON, to be kept or taken to another archive."""
    return StreamingResponse(
        decisions.export_lines(archive_of(request)), media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="decisions.jsonl"'},
    )  # fmt: skip


def take_in(request: Request, form: FormData) -> Response:
    """Take in a log of another archive.

    Raises:
        InputError: no file was chosen.
    """
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.size:
        raise InputError("choose a file that was exported from an archive")
    done = decisions.import_lines(archive_of(request), given.file)
    request.app.state.work.go_on()
    words = f"{len(done.new)} taken in, {done.there} there already, {len(done.unattached)} whose words are not here"
    if done.failures:
        words += f", {len(done.failures)} lines that are no decision (first: {done.failures[0].where})"
    return to(with_query("/decisions", imported=words))


# Doubtful pairs ------------------------------------------------------------------------------------------------------


def doubtful(request: Request) -> Response:
    """Two claims that are near one another, to be judged with one key: y the same, n not the same, u passed over."""
    archive = archive_of(request)
    start = number(request, "story") - 1
    skip = number(request, "skip") - 1
    decided = _decided(archive)
    rows, total = stories.stories(archive, offset=start, limit=_QUEUED)
    at, shown, left = start, None, 0
    for at, row in enumerate(rows, start):
        waiting = _near(stories.trace(archive, row.id), decided)[skip if at == start else 0 :]
        if waiting:
            shown, left = _shown(request, row.id, waiting[0]), len(waiting)
            break
    passed = skip if at == start else 0
    back = with_query("/doubtful", story=str(at + 1) if at else "", skip=str(passed + 1) if passed else "")
    following = with_query("/doubtful", story=str(at + 1), skip=str(passed + 2))
    further = with_query("/doubtful", story=str(start + _QUEUED + 1)) if start + _QUEUED < total else None
    return page(request, "web_doubtful.html.j2", shown=shown, left=left, back=back, following=following,
                further=further)  # fmt: skip


def _shown(request: Request, story: str, pair: tuple[str, str]) -> dict[str, Any]:
    row, told = request.app.state.kept.of(archive_of(request), story)
    claims: list[Claim] = [told.find("claim", key) for key in pair]
    return {
        "story": row,
        "claims": [
            {"claim": c, "words": said.claim_words(c), "range": said.range_words(c),
             "statements": statements(told, c)[:3], "place": place_of(told.links.view.articles, c.mentions[0])}
            for c in claims
        ],
    }  # fmt: skip


def _near(trace: Trace, decided: set[frozenset[Place]]) -> list[tuple[str, str]]:
    """The pairs of claims that are near, not counted as one and not judged yet, in the order of the claims, by id."""
    texts = {a.id: a for a in trace.articles}
    places = {c.id: {p for m in c.mentions if (p := place_of(texts, m))} for c in trace.claims}
    leads = {c.id for c in trace.claims if c.mentions and place_of(texts, c.mentions[0])}
    met: dict[frozenset[str], tuple[str, str]] = {}
    for claim in trace.claims:
        for other in claim.related:
            if other != claim.id and {claim.id, other} <= leads:
                met.setdefault(frozenset((claim.id, other)), (claim.id, other))
    return [p for p in met.values() if not any(d & places[p[0]] and d & places[p[1]] for d in decided)]


def _decided(archive: Archive) -> set[frozenset[Place]]:
    """The pairs of places that a person judged, as far as the judgement holds."""
    entries, _ = decisions.log(archive, limit=100_000)
    return {
        frozenset(p for p in e.places if p is not None)
        for e in entries
        if e.active and e.decision.kind in {"same_claim", "not_same_claim"} and not e.unattached
    }
