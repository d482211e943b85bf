"""One SQLite file, opened: a connection for each thread, whole transactions, errors in one line.

The file is in WAL mode: readers see the state as of the beginning of their transaction and are never kept waiting; one
writer at a time, others wait for it. What is not committed when the machine stops was never there.
"""

import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from headwater.archive import schema
from headwater.errors import InputError, StoreError
from headwater.model import Trace

_WAIT = 60.0  # seconds that a writer waits for another
_LEAST = (3, 37)  # version of SQLite: tables that are strict
_TRACES = 6  # decoded traces that are kept in memory


class Archive:
    """An open archive; may be used by several threads, each of which gets a connection of its own.

    Args:
        path: the file; made, with its tables, where there is none. An older version's file is brought up to date.
        read_only: nothing is made or changed; the file must be there and of this version.

    Raises:
        StoreError: the file cannot be opened, is no archive, is damaged, or is of a newer version.
    """

    def __init__(self, path: str | os.PathLike[str], *, read_only: bool = False) -> None:
        """Open the file."""
        if sqlite3.sqlite_version_info < _LEAST:
            raise StoreError(
                f"this Python brings SQLite {sqlite3.sqlite_version}, an archive needs 3.37 or later; take a newer one"
            )
        self.path = Path(path)
        self.read_only = read_only
        self.traces: OrderedDict[tuple[str, int], Trace] = OrderedDict()  #: see ``kept`` and ``keep``
        self._lock = threading.Lock()
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._closed = False
        with self._said():
            connection = self._connection()
            if read_only:
                version = schema.check(connection, str(self.path))
                if version < schema.VERSION:
                    raise StoreError(
                        f"{self.path} is of version {version} of the archive; open it for writing once, which brings "
                        "it up to date"
                    )
            else:
                schema.bring_up_to_date(connection, str(self.path))

    def __enter__(self) -> "Archive":
        """The archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connections of all threads; nothing can be read afterwards."""
        with self._lock:
            self._closed = True
            for connection in self._all:
                with suppress(sqlite3.Error):
                    connection.close()
            self._all.clear()
            self.traces.clear()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the archive, however long one reads from it; inside a transaction, that transaction.

        Raises:
            StoreError: the file is damaged or gone.
        """
        with self._said():
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                with suppress(sqlite3.Error):
                    connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of what is done in it is kept, or, where anything goes wrong, nothing.

        Raises:
            StoreError: the archive is opened for reading alone, another writer did not end, or the disk is full.
        """
        if self.read_only:
            raise StoreError(f"{self.path} is opened for reading alone")
        with self._said():
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def kept(self, story: str, revision: int) -> Trace | None:
        """The decoded trace of a story at a revision, if it is in memory."""
        with self._lock:
            if (story, revision) in self.traces:
                self.traces.move_to_end((story, revision))
            return self.traces.get((story, revision))

    def keep(self, story: str, revision: int, trace: Trace) -> None:
        """Keep a decoded trace in memory; those not asked for longest go first."""
        with self._lock:
            self.traces[story, revision] = trace
            while len(self.traces) > _TRACES:
                self.traces.popitem(last=False)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is not None and not self._closed:
            return connection
        with self._lock:
            if self._closed:
                raise StoreError(f"{self.path} was closed")
        mode = "ro" if self.read_only else "rwc"
        if self.read_only and self._is_settled():
            mode += "&immutable=1"
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=_WAIT, check_same_thread=False, cached_statements=256
        )
        with self._lock:
            self._all.append(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
        if not self.read_only:
            schema.check(connection, str(self.path))  # before the mode of somebody else's file is changed
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        self._own.connection = connection
        return connection

    def _is_settled(self) -> bool:
        """Whether it lies where nothing can be written and nobody is at it, as on a disk that is only read.

        In WAL mode readers, too, write a file beside it, and without one they open only what never changes.
        """
        folder, name = self.path.absolute().parent, self.path.name
        return not os.access(folder, os.W_OK) and not any((folder / f"{name}-{end}").exists() for end in ("wal", "shm"))

    @contextmanager
    def _said(self) -> Iterator[None]:
        """What SQLite complains of, in one line that says what to do."""
        try:
            yield
        except UnicodeEncodeError as error:
            raise InputError("a name or id holds half a surrogate pair, which nothing in an archive does") from error
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self.path}: {_advice(str(error))}") from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
                raise  # a fault of the program, not of the file
            raise StoreError(f"{self.path} is no archive, or is damaged ({error}); restore it from a copy") from error


def _advice(said: str) -> str:
    if "locked" in said or "busy" in said:
        return "another program is writing to it; try again when it is done"
    if "full" in said:
        return "the disk is full; make room and try again"
    if "unable to open" in said:
        return "cannot be opened; give a file in a folder that exists and that you may write to"
    if "no such module" in said:
        return f"this Python's SQLite lacks full-text search ({said}); use another build of Python"
    if "readonly" in said or "read-only" in said:
        return "may not be written to; change its permissions"
    return said
