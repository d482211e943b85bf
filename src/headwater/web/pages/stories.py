"""The list of stories, a story with its parts, and each part by the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from headwater.archive import jobs, stories
from headwater.errors import InputError
from headwater.web.addresses import key_of, with_query
from headwater.web.answers import archive_of, page, rendered
from headwater.web.pages.adding import is_silent
from headwater.web.told import SIZES, Told

_LISTED = 30  # stories on a page

TITLES = {"claims": "Claims", "lone": "Claims made by one article only", "quotations": "Quotations side by side",
          "timeline": "Timeline", "conflicts": "Conflicts and drift", "sources": "Sources",
          "pairs": "Two articles side by side", "articles": "The articles"}  # fmt: skip

#: Orders of claims by name: how they are called, and the key they are sorted by.
SORTS: Mapping[str, tuple[str, Any]] = {
    "": ("many outlets on one origin first", None),
    "outlets": ("most outlets first", lambda c: -c["outlets"]),
    "fewest": ("fewest origins first", lambda c: (c["high"], -c["outlets"])),
    "most": ("most separate origins first", lambda c: (-c["low"], -c["outlets"])),
    "contested": ("most contested first", lambda c: (-c["contested"], -c["outlets"])),
}


def number(request: Request, name: str = "page") -> int:
    """The number of a page as the address gives it; 1 where it gives none."""
    text = request.query_params.get(name, "")
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def pager(address: str, total: int, size: int, at: int) -> dict[str, Any] | None:
    """Links to the pages before and after; None where there is one page.

    Args:
        address: the list, with what else its query says.
        total: items in all.
        size: items on a page.
        at: the page that is shown, from 1.
    """
    pages = max(1, -(-total // size))
    if pages == 1:
        return None
    join = "&" if "?" in address else "?"

    def there(n: int) -> str | None:
        return (f"{address}{join}page={n}" if n > 1 else address) if 1 <= n <= pages and n != at else None

    return {"at": min(at, pages), "pages": pages, "total": total, "before": there(at - 1), "after": there(at + 1)}


def home(request: Request) -> Response:
    """The stories of the archive, that with the latest article first."""
    archive = archive_of(request)
    at = number(request)
    rows, total = stories.stories(archive, offset=(at - 1) * _LISTED, limit=_LISTED)
    running = [(job, is_silent(job)) for job in jobs.running(archive)]
    return page(request, "web_home.html.j2", stories=rows, total=total, running=running,
                pager=pager("/", total, _LISTED, at))  # fmt: skip


def story(request: Request) -> Response:
    """A story: the same parts as in the file, long ones with their first page."""
    row, told = request.app.state.kept.of(archive_of(request), key_of(request.path_params["story"]))
    return page(request, "web_story.html.j2", story=row, told=told, body=told.piece(("story",), lambda: _body(told)),
                job=_job(request) if row.stale else None)  # fmt: skip


def _job(request: Request) -> jobs.Job | None:
    """The work by which a story is being told again, as far as it is known."""
    return next(iter(jobs.running(archive_of(request))), None)


def _body(told: Told) -> Markup:
    shown = {name: told.parts[name][:size] for name, size in SIZES.items()}
    return rendered("web_story_body.html.j2", told=told, shown=shown, totals={n: len(p) for n, p in told.parts.items()},
                    picture=told.picture, SORTS=SORTS, chosen={}, **told.head)  # fmt: skip


def part(request: Request) -> Response:
    """One part of a story, a page of it; claims sorted and filtered as the address says.

    Raises:
        InputError: a story has no such part.
    """
    row, told = request.app.state.kept.of(archive_of(request), key_of(request.path_params["story"]))
    name = request.path_params["part"]
    if name not in SIZES:
        raise InputError(f"a story has no part {name[:40]!r}")
    at = number(request)
    chosen = {k: v for k in ("sort", "source", "outlet", "single", "contested") if (v := request.query_params.get(k))}
    items: Sequence[Any] = _chosen(told, chosen) if name == "claims" else told.parts[name]
    chosen = chosen if name == "claims" else {}
    size = SIZES[name]
    start = (at - 1) * size

    def make() -> Markup:
        return rendered("web_part_items.html.j2", part=name, items=items[start : start + size], told=told)

    key = (name, str(at), *(f"{k}={v}" for k, v in sorted(chosen.items())))
    address = with_query(f"{request.url.path}", **chosen)
    return page(request, "web_part.html.j2", story=row, told=told, part=name, title=TITLES[name], total=len(items),
                items=told.piece(key, make), pager=pager(address, len(items), size, at), SORTS=SORTS,
                chosen=chosen)  # fmt: skip


def _chosen(told: Told, chosen: Mapping[str, str]) -> Sequence[Any]:
    """The shared claims that were asked for, in the order asked for."""
    found = [
        c
        for c in told.parts["claims"]
        if (not chosen.get("single") or (c["low"] == c["high"] == 1))
        and (not chosen.get("contested") or c["contested"] > 0)
        and (not chosen.get("source") or chosen["source"] in c["sources"].split())
        and (not chosen.get("outlet") or chosen["outlet"] in c["articles"].split())
    ]
    order = SORTS.get(chosen.get("sort", ""), SORTS[""])[1]
    return sorted(found, key=order) if order else found


def picture_rules(request: Request) -> Response:
    """The rules by which a choice in the story's picture makes the rest step back: a style sheet."""
    _, told = request.app.state.kept.of(archive_of(request), key_of(request.path_params["story"]))
    return Response(str(told.picture["rules"]), media_type="text/css", headers={"cache-control": "private, no-cache"})
