"""What a person decides: forms in, entries of the log out; the log itself; the queue of doubtful pairs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from headwater.archive import Archive, decisions, stories
from headwater.errors import InputError
from headwater.model import Claim, Named, Place
from headwater.report import phrases as said
from headwater.web import addresses
from headwater.web.addresses import with_query
from headwater.web.answers import archive_of, page, to
from headwater.web.pages.stories import number, pager
from headwater.web.pages.things import SCALE, place_of, statements
from headwater.web.told import Told

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
        names.append(_source_name(archive, other))
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
    found = [p for m in told.find("claim", listed.id).mentions if (p := place_of(told, m))]
    if not found:
        raise InputError("that claim has no words of its own to be named by")
    return found[0]


def _source_name(archive: Archive, name: str) -> Named:
    from headwater.archive.sources import source_page

    found = source_page(archive, name, limit=1)
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
    at, found, left = start, None, 0
    rows, total = stories.stories(archive, offset=start, limit=_QUEUED)
    for at, row in enumerate(rows, start):
        _, told = request.app.state.kept.of(archive, row.id)
        waiting = [p for p in _near(told) if not _known(told, p, decided)]
        if at == start:
            waiting = waiting[skip:]
        if waiting:
            found, left = (row, told, waiting[0]), len(waiting)
            break
    shown = None
    if found:
        row, told, pair = found
        shown = {"story": row, "told": told, "claims": [
            {"claim": c, "words": said.claim_words(c), "range": said.range_words(c),
             "statements": statements(told, c)[:3], "place": place_of(told, c.mentions[0])} for c in pair]}  # fmt: skip
    here = with_query("/doubtful", story=str(at + 1) if at else "", skip=str(skip + 1) if at == start and skip else "")
    following = with_query("/doubtful", story=str(at + 1), skip=str((skip if at == start else 0) + 2))
    more = start + _QUEUED < total
    return page(request, "web_doubtful.html.j2", shown=shown, left=left, back=here, following=following,
                further=with_query("/doubtful", story=str(start + _QUEUED + 1)) if more and not found else None,
                )  # fmt: skip


def _near(told: Told) -> Iterator[tuple[Claim, Claim]]:
    """The pairs of claims that are near and not counted as one, each once, in the order of the claims."""
    claims = told.links.view.claims
    met: set[frozenset[str]] = set()
    for claim in told.trace.claims:
        for other in claim.related:
            pair = frozenset((claim.id, other))
            if other in claims and other != claim.id and pair not in met:
                met.add(pair)
                if all(c.mentions and place_of(told, c.mentions[0]) for c in (claim, claims[other])):
                    yield claim, claims[other]


def _decided(archive: Archive) -> set[frozenset[Place]]:
    """The pairs of places that a person judged, as far as the judgement holds."""
    entries, _ = decisions.log(archive, limit=100_000)
    return {
        frozenset(p for p in e.places if p is not None)
        for e in entries
        if e.active and e.decision.kind in {"same_claim", "not_same_claim"}
    }


def _known(told: Told, pair: tuple[Claim, Claim], decided: set[frozenset[Place]]) -> bool:
    if not decided:
        return False
    one, other = ({p for m in c.mentions if (p := place_of(told, m))} for c in pair)
    return any(len(d) == 2 and d & one and d & other for d in decided)
