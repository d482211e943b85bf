"""Office files are zip archives that hold the hour of writing: without it, the same trace is the same file."""

import io
import re
import zipfile

_HOURS = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold


def without_hours(data: bytes) -> bytes:
    """The same archive, its entries in the same order, with no date of writing on or in them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _HOURS.sub(b"", content)
            kept = zipfile.ZipInfo(entry.filename, _BEGINNING)
            kept.compress_type, kept.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(kept, content)
    return out.getvalue()
