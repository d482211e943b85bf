"""A trace in the forms of other people's tools: one table that names them, each made by a module loaded on demand.

A form takes a trace and gives bytes, or the files of a folder by name; the same trace gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from headwater.errors import InputError
from headwater.model import Trace

Made = bytes | Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the ``module:function`` that makes it, what it is in a few words, how its file's name ends.

    ``suffix`` is empty for a folder of files; ``binary`` says that a terminal cannot show it.
    """

    loads: str
    what: str
    suffix: str
    binary: bool = False


FORMS: dict[str, Form] = {
    "csv": Form("headwater.exports.csv:to_csv", "tables, a folder of .csv files", "", binary=True),
    "xlsx": Form("headwater.exports.xlsx:to_xlsx", "the same tables, a sheet each", ".xlsx", binary=True),
    "parquet": Form("headwater.exports.parquet:to_parquet", "the same tables, typed, a folder", "", binary=True),
    "markdown": Form("headwater.exports.markdown:to_markdown", "a source summary to paste", ".md"),
    "docx": Form("headwater.exports.docx:to_docx", "the source summary as a Word file", ".docx", binary=True),
    "prov": Form("headwater.exports.prov:to_prov", "W3C PROV-O as JSON-LD", ".jsonld"),
    "annotations": Form("headwater.exports.annotations:to_annotations", "W3C Web Annotation", ".jsonld"),
    "schema-org": Form("headwater.exports.schema_org:to_schema_org", "schema.org as JSON-LD", ".jsonld"),
    "ftm": Form("headwater.exports.ftm:to_ftm", "FollowTheMoney entities, one a line", ".ftm.jsonl"),
    "graphml": Form("headwater.exports.graphml:to_graphml", "who has what from whom, as a graph", ".graphml"),
}


def export(trace: Trace, form: str) -> Made:
    """Make one form of a trace.

    Args:
        trace: the trace. Half surrogate pairs, which no form can carry, become U+FFFD, one for one.
        form: a name of ``FORMS``.

    Returns:
        The bytes of a file, or for a form that is a folder its files by name.

    Raises:
        InputError: there is no such form.
        MissingExtra: the form needs a package that is not installed.
    """
    from headwater.report.json import from_json, to_json

    if form not in FORMS:
        raise InputError(f"no form {form!r}; there are: {', '.join(FORMS)}")
    module, _, function = FORMS[form].loads.partition(":")
    made: Made = getattr(import_module(module), function)(from_json(to_json(trace)))
    return made
