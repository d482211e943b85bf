"""The JSON Schema (2020-12) of a trace, generated from the records so that the two cannot part.

Every field is required, since ``to_json`` writes every one. ``python -m headwater.report.schema`` prints it;
with a file name it writes it there.
"""

import inspect
import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from headwater import model
from headwater.model import Trace

DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: Where the schema is shipped, so that other programs can read it without running this one.
SHIPPED = Path(__file__).parents[1] / "schema" / "trace.schema.json"


def schema() -> dict[str, Any]:
    """The schema of what ``to_json`` writes."""
    made = msgspec.json.schema(Trace)
    definitions: dict[str, Any] = made["$defs"]
    for name, definition in definitions.items():
        # Python 3.13 strips the indentation of docstrings, earlier ones do not: one form for all
        definition["description"] = inspect.cleandoc(getattr(model, name).__doc__ or "")
        definition["required"] = list(definition["properties"])
    return {
        "$schema": DIALECT,
        "$id": f"urn:{model.FORMAT.replace('/', ':')}:{model.VERSION}",
        "title": "Headwater trace",
        "description": "Every claim of one story with its origins. Spans are half-open and count Unicode code points.",
        **{key: value for key, value in made.items() if key != "$defs"},
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def schema_text() -> str:
    """The schema as it is shipped: indented, in UTF-8, with a line break at the end."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Print the schema, or write it to the file named; returns 0."""
    if arguments:
        Path(arguments[0]).write_text(schema_text(), encoding="utf-8")
    else:
        sys.stdout.write(schema_text())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
