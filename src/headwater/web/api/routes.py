"""Routes of the API from its table: what comes is decoded by its type, what goes is a record, errors have one form."""

import re
from typing import Any

import msgspec
from msgspec.inspect import IntType, Metadata, Type
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from headwater.errors import InputError
from headwater.web.answers import archive_of, record
from headwater.web.api.openapi import document
from headwater.web.api.operations import OPERATIONS, Call, Operation
from headwater.web.security import Refused

ROOT = "/api/v1"
_INTEGER = re.compile(r"-?[0-9]{1,18}")


def routes() -> list[Route]:
    """A route for each path, and those of the document and the export."""
    by_path: dict[str, dict[str, Operation]] = {}
    for one in OPERATIONS:
        by_path.setdefault(one.path, {})[one.method] = one
    own = [Route(ROOT + path, _endpoint(of), methods=sorted(of)) for path, of in by_path.items()]
    described = Route(f"{ROOT}/openapi.json", lambda request: record(document()), methods=["GET"])
    return [described, *own]


def _endpoint(of: dict[str, Operation]) -> Any:
    async def answer(request: Request) -> Response:
        operation = of["GET" if request.method == "HEAD" else request.method]
        body = await request.body() if operation.body is not None else b""
        return await run_in_threadpool(_answered, request, operation, body)

    return answer


def _answered(request: Request, operation: Operation, body: bytes) -> Response:
    state = request.app.state
    if operation.method != "GET":
        state.keys.check(request.cookies, request.headers.get("x-csrf-token", ""))
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(415, "send JSON, with the content type application/json")
    call = Call(
        archive=archive_of(request), work=state.work, who=state.who, token=state.keys.token,
        path={n: _converted(request.path_params[n], t, n, 404) for n, t in operation.path_types().items()},
        query=_query(request, operation), body=_body(body, operation),
    )  # fmt: skip
    try:
        return record(operation.run(call), operation.status)
    except InputError as error:
        raise Refused(operation.refused, str(error)) from error


def _query(request: Request, operation: Operation) -> Any:
    if operation.query is None:
        return None
    given: dict[str, Any] = {}
    kinds = {f.name: _bare(msgspec.inspect.type_info(f.type)) for f in msgspec.structs.fields(operation.query)}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise Refused(422, f"{name[:40]!r} is given twice")
        if name not in kinds:
            raise Refused(422, f"this knows no {name[:40]!r}")
        given[name] = int(value) if isinstance(kinds[name], IntType) and _INTEGER.fullmatch(value) else value
    return _converted(given, operation.query, "the query", 422, strict=True)


def _bare(kind: Type) -> Type:
    """A type without what is said of it."""
    return _bare(kind.type) if isinstance(kind, Metadata) else kind


def _body(body: bytes, operation: Operation) -> Any:
    if operation.body is None:
        return None
    try:
        return msgspec.convert(_whole(msgspec.json.decode(body)), operation.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(422, f"that is not what is taken here: {error}") from error


def _converted(value: object, kind: Any, name: str, status: int, *, strict: bool = False) -> Any:
    try:
        return msgspec.convert(value, kind, strict=strict)
    except msgspec.ValidationError as error:
        raise Refused(status, f"{name}: {error}") from error


def _whole(value: Any) -> Any:
    """The same with 3 for 3.0, which JSON does not tell apart."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value
