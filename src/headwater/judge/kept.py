"""Answers of a judge, kept by a digest of what was asked: in memory, and in a folder where one is given.

Files are written whole or not at all; what cannot be read is asked anew. The folder is bounded: the answers not asked
for longest go first.
"""

import os
from contextlib import suppress
from pathlib import Path

from headwater import whole

MOST = 20_000  #: answers in a folder; each is a small file
_LARGEST = 100_000  # bytes; an answer is far smaller, and a larger file is not one


class Kept:
    """Answers by key.

    Args:
        folder: where they are kept; made when the first is. None = in memory alone.
        most: how many the folder may hold.
    """

    def __init__(self, folder: Path | None, *, most: int = MOST) -> None:
        """Nothing is read or written yet."""
        self._folder, self._most = folder, most
        self._known: dict[str, bytes] = {}
        self._number: int | None = None  # of files, counted at the first one written

    def get(self, key: str) -> bytes | None:
        """What is kept under a key of hexadecimal digits; None for nothing."""
        if key in self._known or self._folder is None:
            return self._known.get(key)
        path = self._path(self._folder, key)
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except (OSError, ValueError):
            return None
        if len(data) > _LARGEST:
            return None
        with suppress(OSError):  # another's folder, or dropped meanwhile
            os.utime(path)
        self._known[key] = data
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep an answer; a full or read-only disk costs a question, not the trace."""
        self._known[key] = data
        if self._folder is None or len(data) > _LARGEST:
            return
        path = self._path(self._folder, key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            whole.write(path, data)
        except (OSError, ValueError):
            return
        self._number = len(self._entries()) if self._number is None else self._number + 1
        if self._number > self._most:
            self._drop()

    def _path(self, folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key[2:]}.json"

    def _entries(self) -> list[tuple[float, Path]]:
        """Every answer: when it was last asked for, where it is."""
        out = []
        for path in self._folder.glob("??/*.json") if self._folder is not None else ():
            with suppress(OSError):
                out.append((path.stat().st_mtime, path))
        return sorted(out)

    def _drop(self) -> None:
        entries = self._entries()
        surplus = len(entries) - 4 * self._most // 5
        for _, path in entries[: max(0, surplus)]:
            with suppress(OSError):
                path.unlink()
        self._number = min(len(entries), 4 * self._most // 5)
