"""A trace in the forms people and programs read: one table that names them, loaded on demand."""

#: Each form and the ``module:function`` that makes it.
FORMS: dict[str, str] = {
    "json": "headwater.report.json:to_json",
    "html": "headwater.report.html:to_html",
    "terminal": "headwater.report.terminal:to_terminal",
}
