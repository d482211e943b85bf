"""The ASGI application: the table of pages, the API, one guard before them, and errors in one form."""

import logging
from collections.abc import Callable, Collection
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from headwater.archive import Archive
from headwater.errors import HeadwaterError, InputError, StoreError
from headwater.web.answers import asset_answer, problem
from headwater.web.api.routes import routes
from headwater.web.jobs import Work
from headwater.web.pages import adding, deciding, searching, stories, things
from headwater.web.security import Guard, Keys, Refused
from headwater.web.told import Kept

_FORM = 256 * 1024  # bytes of a form
#: Bytes that may be sent to these paths; to all others those of a form.
LIMITS = {"/add": 300_000_000, "/decisions/import": 20_000_000, "/api/v1/articles": 20_000_000}
_FILES = 2_000  # files sent at once

_log = logging.getLogger("headwater.web")


def application(archive: Archive, *, who: str, port: int = 8765, hosts: Collection[str] = (), work: Work) -> Starlette:
    """The application over an archive.

    Args:
        archive: open for writing; the caller closes it.
        who: by whom decisions are said to be.
        port: where it is reached, as far as Host tells.
        hosts: names in Host that are ours beside 127.0.0.1, localhost and [::1], without the port.
        work: what does long work; the caller closes it.
    """
    keys = Keys(port)
    named = {*("127.0.0.1", "localhost", "[::1]"), *hosts}
    ours = {f"{name.lower()}:{port}" for name in named} | ({name.lower() for name in named} if port == 80 else set())
    app = Starlette(
        routes=[*_pages(), *routes()],
        middleware=[Middleware(Guard, hosts=ours, keys=keys, limit=_limit, refuse=_refused)],
        exception_handlers={
            HTTPException: _http, Refused: _known, InputError: _missing, StoreError: _store, HeadwaterError: _known,
            MultiPartException: _form_problem, Exception: _broken,
        },
    )  # fmt: skip
    app.state.archive = archive
    app.state.keys = keys
    app.state.kept = Kept()
    app.state.who = who
    app.state.work = work
    app.state.ending = False
    return app


def _limit(path: str) -> int:
    return LIMITS.get(path, _FORM)


def _pages() -> list[Route]:
    return [
        Route("/", stories.home),
        Route("/search", searching.results),
        Route("/stories/{story}", stories.story),
        Route("/stories/{story}/picture.css", stories.picture_rules),
        Route("/stories/{story}/quotations/{quotation}", things.quotation),
        Route("/stories/{story}/sources/{source}", things.source),
        Route("/stories/{story}/pairs/{one}/{other}", things.pair),
        Route("/stories/{story}/{part}", stories.part),
        Route("/articles/{article}", things.article),
        Route("/articles/{article}/mark", things.mark),
        Route("/claims/{claim}", things.claim),
        Route("/sources", things.source_list),
        Route("/sources/named", things.by_name),
        Route("/doubtful", deciding.doubtful),
        Route("/decisions", deciding.log),
        Route("/decisions/export", deciding.export),
        _change("/decisions/import", deciding.take_in),
        _change("/decide", deciding.decide),
        _change("/undo", deciding.undo),
        Route("/add", adding.form, methods=["GET"]),
        _change("/add", adding.add),
        Route("/jobs", adding.listed),
        Route("/jobs/{job:int}", adding.job),
        Route("/jobs/{job:int}/events", adding.events),
        Route("/static/{name}", asset_answer),
    ]


def _change(path: str, run: Callable[[Request, FormData], Response]) -> Route:
    """The only way to what changes anything: a form that bears the token of this run."""

    async def answer(request: Request) -> Response:
        async with request.form(max_files=_FILES, max_fields=200, max_part_size=2_000_000) as form:
            token = form.get("csrf")
            request.app.state.keys.check(request.cookies, token if isinstance(token, str) else "")
            return await run_in_threadpool(run, request, form)

    return Route(path, answer, methods=["POST"])


# What goes wrong ------------------------------------------------------------------------------------------------------


def _refused(scope: Scope, refused: Refused) -> ASGIApp:
    return problem(Request(scope), refused.status, str(refused))


def _known(request: Request, error: Any) -> Response:
    return problem(request, getattr(error, "status", 400), str(error))


def _missing(request: Request, error: Any) -> Response:
    """What is named is not there; what was sent does not fit."""
    return problem(request, 404 if request.method in {"GET", "HEAD"} else 400, str(error))


def _store(request: Request, error: Any) -> Response:
    _log.error("%s", error)
    return problem(request, 503, str(error))


def _form_problem(request: Request, error: Any) -> Response:
    return problem(request, 400, f"the form cannot be read: {getattr(error, 'message', error)}")


def _http(request: Request, error: Any) -> Response:
    why = {404: "there is nothing at this address", 405: "this address does not do that"}
    return problem(request, error.status_code, why.get(error.status_code, str(error.detail)), error.headers)


def _broken(request: Request, error: Any) -> Response:
    return problem(request, 500, "something broke in here; the terminal of 'headwater serve' says more")
