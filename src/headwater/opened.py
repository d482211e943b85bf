"""An archive as a Python user has it: one object to put articles in, look at stories, search, and close.

What can be asked of an archive beyond that (decisions, jobs, pages of sources) are functions of ``headwater.archive``
that take ``OpenArchive.store``.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from headwater import adding, pipeline
from headwater.adding import Added
from headwater.archive import Archive
from headwater.archive import stories as archived
from headwater.archive.search import WHAT, Facets, Results, What, search
from headwater.archive.stories import ClaimRow, StoryRow
from headwater.exports.opening import story_in
from headwater.model import Trace

_PAGE = 1_000  # rows that are asked for at once


class OpenArchive:
    """An open archive; a context manager that closes it. ``headwater.open_archive`` makes one.

    Threads may share it.
    """

    def __init__(self, path: str | os.PathLike[str], *, read_only: bool = False, reader: str | None = None) -> None:
        """Open the file; ``headwater.open_archive`` says what each argument means."""
        self._reader = reader
        self._store = Archive(path, read_only=read_only)

    def __enter__(self) -> "OpenArchive":
        """The archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @property
    def store(self) -> Archive:
        """What the functions of ``headwater.archive`` take: ``decisions.decide(archive.store, ...)``."""
        return self._store

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        self._store.close()

    def add(
        self,
        inputs: Sequence[pipeline.Input] | pipeline.Input,
        *,
        published: str | None = None,
        format: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Added:
        """Put articles in, and trace the stories that they touch; what is there already is passed over.

        A run that was cut off loses nothing that was done: the next one goes on with it.

        Args:
            inputs: as for ``headwater.trace``.
            published: EDTF date for articles that bear none.
            format: what every file is ("html", "csv"); None = its content and name tell.
            columns: of tables, the column of each field ({"text": "body"}); None = by their usual names.

        Returns:
            Which articles are new, which were known, what could not be used, which stories were traced.

        Raises:
            InputError: nothing could be read.
            ModelError: there is no such reader, or its weights do not fit.
            StoreError: the archive is open for reading alone, or cannot be written.
        """
        tagger = pipeline.reader(self._reader)
        return adding.add(
            self._store, inputs, clock=_now, tagger=tagger, published=published, format=format, columns=columns
        )

    def go_on(self) -> Added:
        """Trace what waits to be traced: after a decision, or after a run that was cut off.

        Raises:
            ModelError: there is no such reader, or its weights do not fit.
            StoreError: the archive is open for reading alone, or cannot be written.
        """
        return adding.go_on(self._store, clock=_now, tagger=pipeline.reader(self._reader))

    def stories(self) -> tuple[StoryRow, ...]:
        """All stories, that with the latest article first: title, days, how many articles, outlets and claims.

        Raises:
            StoreError: the file is damaged or gone.
        """
        rows: list[StoryRow] = []
        with self._store.reading():  # one state of the archive, however many pages it takes
            while True:
                page, total = archived.stories(self._store, offset=len(rows), limit=_PAGE)
                rows += page
                if not page or len(rows) >= total:
                    return tuple(rows)

    def trace(self, story: str | None = None) -> Trace:
        """A story's whole trace; ids of its claims are those that last.

        Args:
            story: its id, or an older id that leads to it; None where the archive holds one story.

        Raises:
            InputError: there is no such story, none at all, or there are several to choose from.
            StoreError: the file is damaged or gone.
        """
        return archived.trace(self._store, story_in(self._store, story))

    def claims(self, story: str | None = None) -> tuple[ClaimRow, ...]:
        """A story's claims with the range of their origins, in the order of its trace.

        Args:
            story: as for ``trace``.

        Raises:
            InputError: as for ``trace``.
            StoreError: the file is damaged or gone.
        """
        rows: list[ClaimRow] = []
        with self._store.reading():
            key = story_in(self._store, story)
            while True:
                page, total = archived.claims(self._store, key, offset=len(rows), limit=_PAGE)
                rows += page
                if not page or len(rows) >= total:
                    return tuple(rows)

    def search(
        self,
        words: str,
        *,
        what: Sequence[What] = WHAT,
        facets: Facets | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> Results:
        """Find articles, claims, sources and quotations by their words.

        Args:
            words: all must occur, in any order, without regard to capitals and accents; there are no operators.
            what: kinds of results: "article", "claim", "source", "quotation".
            facets: what they are narrowed to: ``headwater.archive.search.Facets(speaker=..., outlet=..., since=...)``.
            offset: results that are passed over.
            limit: results that are given.

        Returns:
            Hits, best first, with the places of the words found; how many there are in all and of each kind.

        Raises:
            InputError: a day of the facets is no date.
            StoreError: the file is damaged or gone.
        """
        return search(self._store, words, what=what, facets=facets, offset=offset, limit=limit)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


__all__ = ["OpenArchive"]
