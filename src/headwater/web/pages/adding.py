"""Adding articles, and how far long work is.

Files are sent, never named: a path in a form would let whatever page gets one past the checks read any file of this
machine into the archive.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from headwater.archive import jobs
from headwater.dates import valid
from headwater.errors import InputError
from headwater.report.json import line_of
from headwater.web import addresses
from headwater.web.answers import archive_of, page, to
from headwater.web.jobs import Upload

_SILENT = 120.0  # seconds after which work that says nothing may have ended


def form(request: Request) -> Response:
    """The form by which articles are added."""
    return page(request, "web_add.html.j2", jobs=jobs.jobs(archive_of(request), limit=10)[0])


def add(request: Request, form: FormData) -> Response:
    """Take the files that were sent, and have them read and traced in the background.

    Raises:
        InputError: no file was sent, or the day is none.
    """
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    pasted = form.get("text")
    uploads = [Upload(f.filename or "", f.file) for f in files]
    if isinstance(pasted, str) and pasted.strip():
        uploads.append(Upload("pasted.txt", pasted.encode("utf-8", "replace")))
    if not uploads:
        raise InputError("choose one file or more, or paste an article's text")
    published = form.get("published")
    day = published.strip() if isinstance(published, str) and published.strip() else None
    if day is not None and not valid(day):
        raise InputError(f"{day[:40]!r} is no date; write it as 2025-08-21, or 2025-08")
    return to(addresses.job(request.app.state.work.add(uploads, published=day)))


def job(request: Request) -> Response:
    """One job, as far as it is."""
    found = jobs.job(archive_of(request), int(request.path_params["job"]))
    return page(request, "web_job.html.j2", job=found, silent=is_silent(found))


def listed(request: Request) -> Response:
    """The jobs begun last."""
    return page(request, "web_jobs.html.j2", jobs=jobs.jobs(archive_of(request), limit=50)[0])


def is_silent(found: jobs.Job) -> bool:
    """Whether nothing was heard of a job for so long that it may have been cut off."""
    if found.state != "running":
        return False
    try:
        heard = datetime.fromisoformat(found.updated)
    except ValueError:
        return False
    heard = heard if heard.tzinfo else heard.replace(tzinfo=UTC)
    return (datetime.now(UTC) - heard).total_seconds() > _SILENT


async def events(request: Request) -> Response:
    """How far a job is, as it goes on: server-sent events, each a Job as JSON, until it ends."""
    archive = archive_of(request)
    number = int(request.path_params["job"])
    first = await run_in_threadpool(jobs.job, archive, number)

    async def told() -> AsyncIterator[bytes]:
        last, now = None, first
        while not request.app.state.ending:
            if now != last:
                yield b"data: " + line_of(now) + b"\n\n"
                last = now
            if now.state != "running" or await request.is_disconnected():
                return
            await asyncio.sleep(0.4)
            now = await run_in_threadpool(jobs.job, archive, number)

    return StreamingResponse(told(), media_type="text/event-stream")
