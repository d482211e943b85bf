"""Traces to export: from a trace file, or from an archive by story.

What a file is, is seen from its first bytes.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headwater.archive import Archive
from headwater.archive import stories as archived
from headwater.errors import InputError
from headwater.model import Trace
from headwater.report.json import from_json

_ARCHIVE = b"SQLite format 3\x00"
_TRACE = re.compile(rb'\s*\{\s*"format"\s*:\s*"headwater/trace"')
_NAMED = 5  # stories that are named to who has to choose


def is_archive(path: str | os.PathLike[str]) -> bool:
    """Whether a file is an archive, by its first bytes.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read(len(_ARCHIVE)) == _ARCHIVE
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot read {path}: {reason}; give a trace file or an archive") from error


def is_trace(path: str | os.PathLike[str]) -> bool:
    """Whether a file begins as a trace does that ``headwater trace --json`` wrote; False for what cannot be read."""
    try:
        with open(path, "rb") as file:
            return _TRACE.match(file.read(200)) is not None
    except OSError:
        return False


@contextmanager
def archive_at(path: str | os.PathLike[str]) -> Iterator[Archive]:
    """An archive opened for reading alone, closed afterwards.

    Raises:
        StoreError: it cannot be opened, is damaged, or is of another version.
    """
    with Archive(path, read_only=True) as archive:
        yield archive


def traces(path: str | os.PathLike[str], *, story: str | None = None) -> Iterator[tuple[str, Trace]]:
    """The traces that are to be exported, one at a time, each with the id of its story (empty for a trace file).

    Args:
        path: a trace file as ``headwater trace --json`` writes it, or an archive.
        story: of an archive, the id of a story or an older id that leads to it, or ``all``, the one with the latest
            article first; None where it holds one story.

    Raises:
        InputError: the file is neither, is damaged, a story is named for a trace file, or there is no such story.
        StoreError: the archive cannot be opened.
    """
    if not is_archive(path):
        if story is not None:
            raise InputError(f"{path} is not an archive; leave --story out")
        yield "", _trace_in(Path(path))
        return
    with archive_at(path) as archive:
        for one in [story_in(archive, story)] if story != "all" else story_ids(archive):
            yield one, archived.trace(archive, one)


def story_in(archive: Archive, story: str | None) -> str:
    """The id in use of a story, or of the only one where none is named.

    Raises:
        InputError: there is no such story, none at all, or there are several to choose from.
    """
    if story is not None:
        return archived.story(archive, story).id
    rows, total = archived.stories(archive, limit=_NAMED)
    if not rows:
        raise InputError(f"{archive.path} holds no story that was traced; put articles in with 'headwater add'")
    if total > 1:
        named = ", ".join(f"{row.id} ({row.title})" for row in rows)
        more = f" and {total - len(rows):,} more" if total > len(rows) else ""
        choose = "name one by its id (--story ID, or all)"
        raise InputError(f"{archive.path} holds {total:,} stories; {choose}: {named}{more}")
    return rows[0].id


def story_ids(archive: Archive) -> list[str]:
    """The ids of all stories that were traced, the one with the latest article first.

    Raises:
        InputError: there are none.
    """
    ids: list[str] = []
    while True:
        rows, total = archived.stories(archive, offset=len(ids), limit=500)
        ids += [row.id for row in rows]
        if not total:
            story_in(archive, None)
        if len(ids) >= total or not rows:
            return ids


def _trace_in(path: Path) -> Trace:
    try:
        return from_json(path.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot read {path}: {reason}; give a trace file or an archive") from error
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
