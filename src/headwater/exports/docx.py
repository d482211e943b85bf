"""The source summary as a Word file, by python-docx: the blocks of the page in the styles every template has."""

import io

from headwater.errors import MissingExtra
from headwater.exports.summary import summary_of
from headwater.exports.zipped import without_hours
from headwater.labels import plain
from headwater.model import Trace

_STYLES = {
    "title": "Title",
    "heading": "Heading 1",
    "text": "Normal",
    "item": "List Bullet",
    "subitem": "List Bullet 2",
}


def to_docx(trace: Trace) -> bytes:
    """The file; addresses stand as text, nothing in it is linked, run or loaded.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtra("a Word file needs python-docx: pip install 'headwater[docx]'") from error
    document = docx.Document()
    for block in summary_of(trace):
        paragraph = document.add_paragraph(style=_STYLES[block.kind])
        if block.lead:
            paragraph.add_run(f"{block.lead} ").bold = True
        paragraph.add_run(f"{block.text} {block.address}" if block.address else block.text)
        if block.kind == "title":
            document.core_properties.title = block.text[:255]
    document.core_properties.author = f"Headwater {plain(trace.made_by.headwater)}"[:255]
    document.core_properties.comments = ""
    out = io.BytesIO()
    document.save(out)
    return without_hours(out.getvalue())
