"""Answers in one form: a page from a template, a record as JSON, or what went wrong as either.

Templates are those of the file that ``trace --html`` writes, and those of the application beside them.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from headwater.archive import Archive, decisions
from headwater.errors import InputError
from headwater.labels import number_of, plain
from headwater.report import html as file_page
from headwater.report.dated import date_words
from headwater.report.json import line_of
from headwater.report.phrases import upper_first
from headwater.web import addresses

_HERE = Path(__file__).parent
_REPORT = Path(file_page.__file__).parent / "templates"
_TYPES = {".css": "text/css; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # what HTML cannot hold

#: Style sheets and modules by name, and the files they are made of.
ASSETS: dict[str, tuple[Path, ...]] = {
    "headwater.css": (*(_REPORT / name for name in file_page.STYLES), _HERE / "static" / "app.css"),
    "app.mjs": (_HERE / "static" / "app.mjs",),
    "mark.svg": (_HERE / "static" / "mark.svg",),
}


@cache
def templates() -> jinja2.Environment:
    """The environment of all templates."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([_HERE / "templates", _REPORT]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals.update(
        number_of=number_of,
        to=addresses,
        asset=asset_address,
        plain=plain,
        date_words=date_words,
        json=_json,
        upper_first=upper_first,
    )
    return environment


def _json(value: object) -> str:
    """A value as JSON, for a hidden field."""
    return msgspec.json.encode(value).decode()


@cache
def asset(name: str) -> bytes:
    """A style sheet or module of our own."""
    return b"\n".join(path.read_bytes() for path in ASSETS[name])


@cache
def asset_address(name: str) -> str:
    """Its address, which changes when it does."""
    return f"/static/{name}?v={sha256(asset(name)).hexdigest()[:12]}"


def asset_answer(request: Request) -> Response:
    """A style sheet or module."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return problem(request, 404, "there is nothing at this address")
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(asset(name), media_type=_TYPES[Path(name).suffix], headers=kept)


def rendered(template: str, **context: Any) -> Markup:
    """A template with its context, fit for a page."""
    return Markup(templates().get_template(template).render(context))


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """A whole page."""
    state = request.app.state
    given = {"token": state.keys.token, "who": state.who, "here": _here(request), "done": _done(request), **context}
    html = _UNSAFE.sub("�", templates().get_template(template).render(given))
    return Response(html, status_code=status, media_type="text/html; charset=utf-8")


def _here(request: Request) -> str:
    query = request.url.query
    return addresses.own(request.url.path + (f"?{query}" if query else ""))


def _done(request: Request) -> decisions.Logged | None:
    """The decision after which this page is shown."""
    try:
        return decisions.decision(archive_of(request), request.query_params["done"])
    except (KeyError, InputError):
        return None


def archive_of(request: Request) -> Archive:
    """The archive that is served."""
    archive: Archive = request.app.state.archive
    return archive


def to(address: str) -> Response:
    """Go on to another page, after a change."""
    return RedirectResponse(address, status_code=303)


def record(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A record as JSON."""
    return Response(line_of(value), status_code=status, media_type="application/json", headers=headers)


def problem(request: Request, status: int, why: str, headers: dict[str, str] | None = None) -> Response:
    """What went wrong, in one line: ``{"error": ...}`` for a program, a page for a person."""
    line = " ".join(why.split())
    if request.url.path.startswith("/api/"):
        return record({"error": line}, status, headers)
    html = rendered("web_problem.html.j2", title=_TITLES.get(status, "That did not work"), why=plain(line))
    return Response(_UNSAFE.sub("�", html), status_code=status, media_type="text/html; charset=utf-8", headers=headers)


_TITLES = {404: "Not in this archive", 403: "Refused", 421: "Refused", 413: "Too long", 500: "Something broke in here"}
