"""A folder that keeps what a reader marked, so that no text is read twice; bounded, and off unless asked for.

An entry's name is a digest of the reader, of Headwater's version, of the text and of its sentences: another of any is
another entry. Files are written whole or not at all; one that is damaged is read anew. Oldest entries go first.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from headwater import whole
from headwater.model import Span
from headwater.reading.tagger import Tagger, Tags

MEGABYTE = 1_000_000


class CachedTagger:
    """A Tagger that asks another one only about texts it has not met.

    Args:
        tagger: the reader asked.
        folder: where entries are kept; made when the first is.
        version: of the program that made them.
        limit: bytes that all entries may take together; the oldest are dropped beyond it.
    """

    def __init__(self, tagger: Tagger, folder: Path, *, version: str, limit: int = 200 * MEGABYTE) -> None:
        """Nothing is read or written yet."""
        self._tagger, self._folder, self._version, self._limit = tagger, folder, version, limit
        self._size: int | None = None  # of all entries, counted at the first one written

    def __reduce__(self) -> tuple[Callable[..., "CachedTagger"], tuple[Tagger, Path, str, int]]:
        """Another process keeps its own count of the folder."""
        return _again, (self._tagger, self._folder, self._version, self._limit)

    @property
    def name(self) -> str:
        """The name of the reader asked."""
        return self._tagger.name

    @property
    def folder(self) -> Path | None:
        """Where the weights of the reader asked lie, if it has any."""
        return getattr(self._tagger, "folder", None)

    def tag(self, text: str, sentences: Sequence[Span]) -> Tags:
        """What the reader marks, from the folder where it is there."""
        path = self._path(text, sentences)
        kept = _kept(path, len(text))
        if kept is not None:
            with suppress(OSError):  # another's folder, or dropped meanwhile: what was read is good all the same
                os.utime(path)
            return kept
        tags = self._tagger.tag(text, sentences)
        self._keep(path, msgspec.json.encode(tags))
        return tags

    def _path(self, text: str, sentences: Sequence[Span]) -> Path:
        reader = getattr(self._tagger, "key", self._tagger.name)
        digest = hashlib.sha256(f"{self._version}\0{reader}\0".encode())
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\0" + ",".join(f"{s.start}-{s.end}" for s in sentences).encode())
        name = digest.hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.json"

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            whole.write(path, data)
        except OSError:  # a full or read-only disk costs time, not the reading
            return
        if self._size is None:
            self._size = sum(size for _, size, _ in self._entries())
        else:
            self._size += len(data)
        if self._size > self._limit:
            self._drop()

    def _entries(self) -> list[tuple[float, int, Path]]:
        """Every entry: when it was last asked for, its size, where it is."""
        out = []
        for path in self._folder.glob("??/*.json"):
            try:
                stat = path.stat()
            except OSError:
                continue
            out.append((stat.st_mtime, stat.st_size, path))
        return sorted(out)

    def _drop(self) -> None:
        entries = self._entries()
        size = sum(s for _, s, _ in entries)
        for _, bytes_, path in entries:
            if size <= 0.8 * self._limit:
                break
            with suppress(OSError):
                path.unlink()
            size -= bytes_
        self._size = size


def _kept(path: Path, length: int) -> Tags | None:
    try:
        tags = msgspec.json.decode(path.read_bytes(), type=Tags)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    spans = [s for t in tags.attributions for s in (*t.cue, *t.source, *t.content, *t.via)]
    spans += [n.span for n in tags.names]
    goes_on = [t.follows for t in tags.attributions if t.follows is not None]
    fits = all(0 <= s.start < s.end <= length for s in spans)
    return tags if fits and all(0 <= at < len(tags.attributions) for at in goes_on) else None


def _again(tagger: Tagger, folder: Path, version: str, limit: int) -> CachedTagger:
    return CachedTagger(tagger, folder, version=version, limit=limit)
