"""The OpenAPI 3.1 document: made from the table of operations and the types it names, so that they cannot part."""

import inspect
from functools import cache
from typing import Any

import msgspec

from headwater import __version__
from headwater.web.api.operations import OPERATIONS, Operation
from headwater.web.api.records import Problem

_REF = "#/components/schemas/{name}"


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    kinds: list[Any] = [Problem]
    for one in OPERATIONS:
        kinds += [k for k in (one.returns, one.body, *_parameter_types(one)) if k is not None]
    made, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    schemas = {name: _described(schema) for name, schema in components.items()}
    refs = iter(made[1:])
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Headwater", "version": __version__,
            "description": "Stories, claims and their origins in one archive, on this machine. Spans are half-open and "
            "count Unicode code points. A change needs the token of /session in X-CSRF-Token, and its cookie.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"}},
        },
    }  # fmt: skip


def _parameter_types(one: Operation) -> list[Any]:
    fields = msgspec.structs.fields(one.query) if one.query is not None else ()
    return [*one.path_types().values(), *(f.type for f in fields)]


def _operation(one: Operation, refs: Any) -> dict[str, Any]:
    returned = next(refs)
    body = next(refs) if one.body is not None else None
    parameters = [{"name": name, "in": "path", "required": True, "schema": next(refs)} for name in one.path_types()]
    for field in msgspec.structs.fields(one.query) if one.query is not None else ():
        parameters.append({"name": field.name, "in": "query", "required": False, "schema": _plain(next(refs))})
    problem = {"description": "What went wrong", "content": {"application/json": {"schema": _to("Problem")}}}
    out: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": parameters,
        "responses": {
            str(one.status): {
                "description": one.summary, "content": {"application/json": {"schema": returned}},
            },
            "default": problem,
        },
    }  # fmt: skip
    if body is not None:
        out["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
        out["security"] = [{"token": []}]
    return out


def _to(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(name=name)}


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter of a query is left out where it is None: it cannot be null."""
    kinds = schema.get("anyOf")
    if not kinds:
        return schema
    kept = [k for k in kinds if k != {"type": "null"}]
    rest = {k: v for k, v in schema.items() if k != "anyOf"}
    return {**rest, **kept[0]} if len(kept) == 1 else {**rest, "anyOf": kept}


def _described(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema whose description has one form in all versions of Python."""
    if "description" in schema:
        return {**schema, "description": inspect.cleandoc(schema["description"])}
    return schema
