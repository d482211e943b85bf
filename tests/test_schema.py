"""The JSON Schema: generated from the records, shipped, and true of what is written."""

import json
from pathlib import Path

import jsonschema
import pytest

from headwater.model import MadeBy, Trace
from headwater.report.json import to_json
from headwater.report.schema import DIALECT, SHIPPED, main, schema, schema_text
from sample import TRACE

VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_shipped_is_generated() -> None:
    """The file in the package is what the records say; else run ``python -m headwater.report.schema FILE``."""
    assert SHIPPED.read_text(encoding="utf-8") == schema_text()


def test_schema_is_a_schema() -> None:
    """It is a valid schema of the dialect it names."""
    assert schema()["$schema"] == DIALECT
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(TRACE, id="whole"),
        pytest.param(Trace(made_by=MadeBy(headwater="0.1.0", reader="rules")), id="bare"),
    ],
)
def test_traces_validate(trace: Trace) -> None:
    """What ``to_json`` writes fits the schema."""
    VALIDATOR.validate(json.loads(to_json(trace)))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        pytest.param({"format": "other"}, "$.format", id="another format"),
        pytest.param({"version": 2}, "$.version", id="a later version"),
        pytest.param({"claims": None}, "$.claims", id="a list that is null"),
        pytest.param({"sources": [{"id": "x"}]}, "$.sources[0]", id="a record with missing fields"),
    ],
)
def test_wrong_traces_do_not_validate(change: dict[str, object], where: str) -> None:
    """A wrong field is found where it stands."""
    errors = list(VALIDATOR.iter_errors({**json.loads(to_json(TRACE)), **change}))
    assert errors
    assert {error.json_path for error in errors} == {where}


def test_every_definition_is_described() -> None:
    """Every record says what it is, every field is required, and the definitions stand in order."""
    definitions = schema()["$defs"]
    assert list(definitions) == sorted(definitions)
    for name, definition in definitions.items():
        assert len(definition["description"]) > 20, name
        assert definition["title"] == name
        assert definition["required"] == list(definition["properties"])


def test_command_prints_or_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file the schema is printed, with one it is written there."""
    assert main([]) == 0
    assert capsys.readouterr().out == schema_text()
    assert main([str(tmp_path / "s.json")]) == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema_text()
