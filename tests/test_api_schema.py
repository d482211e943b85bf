"""The API against its own document: schemathesis finds nothing; every operation is in both."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from starlette.testclient import TestClient

from headwater.archive import Archive
from headwater.web.api.openapi import document
from headwater.web.api.operations import OPERATIONS
from served import HOST, client, example

EXAMPLES = 25


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application over an archive of the example."""
    with Archive(example(tmp_path_factory.mktemp("api") / "a.db")) as archive, client(archive) as made:
        yield made


def test_every_operation_does_as_it_says(served: TestClient) -> None:
    """Whatever fits is taken, whatever does not is refused, and every answer is as the document describes it.

    Requests go to the application itself; links between operations are followed by the other tests.
    """
    known = "; ".join(f"{name}={value}" for name, value in served.cookies.items())
    config = SchemathesisConfig.from_dict(
        {
            "generation": {"deterministic": True, "max-examples": EXAMPLES},
            "headers": {"Host": HOST, "X-CSRF-Token": served.headers["x-csrf-token"], "Cookie": known},
            "phases": {"stateful": {"enabled": False}},
        }
    )
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", served.app, config=config, headers={"host": HOST})
    found, seen = [], set()
    for event in from_schema(schema).execute():
        if isinstance(event, events.FatalError):
            found.append(str(event.exception))
        if isinstance(event, events.NonFatalError):
            found.append(str(event.info))
        if isinstance(event, events.ScenarioFinished):
            if event.status == Status.SUCCESS:
                seen.add((event.phase, event.label))
            checks = [check for one in event.recorder.checks.values() for check in one]
            found += [f"{event.label}: {c.name}: {c.failure_info}" for c in checks if c.status == Status.FAILURE]
    assert found == []
    fuzzed = {label for phase, label in seen if phase.name == "FUZZING"}
    assert fuzzed == {f"{one.method} {one.path}" for one in OPERATIONS}


def test_the_document_is_openapi(served: TestClient) -> None:
    """Every operation stands in it once, with a schema of what it gives; all references lead somewhere."""
    made = served.get("/api/v1/openapi.json").json()
    named = {operation["operationId"] for path in made["paths"].values() for operation in path.values()}
    assert named == {one.name for one in OPERATIONS}
    assert len(named) == len(OPERATIONS)
    assert made["openapi"] == "3.1.0"
    for schema in made["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    refs = {ref for ref in _refs(made)}
    assert {ref.rpartition("/")[2] for ref in refs} <= made["components"]["schemas"].keys()


def test_the_document_is_made_once() -> None:
    """It is the same object, whoever asks."""
    assert document() is document()


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for item in value.values():
            yield from _refs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _refs(item)
