"""Long work in the background: one job after another, each in a process of its own that a page never waits for.

How far it is stands in the archive. Whatever ends the process loses nothing that was done; the next one goes on.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from headwater.archive import Archive, jobs, neighbours, showing
from headwater.errors import StoreError

_LONGEST_NAME = 120  # code points of a file's name
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\ud800-\udfff]")
_SECONDS = 5.0  # that a process is given to end


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: the name its sender gives it, and what it holds."""

    name: str
    content: BinaryIO | bytes


@dataclass(frozen=True, slots=True)
class _Task:
    job: int
    folder: Path | None
    published: str | None


class Work:
    """The work of one archive; ``close`` ends it.

    Args:
        archive: the archive, open for writing.
        clock: gives the time, in ISO 8601.
        reader: the reader's name or folder; None = the default one.
        command: what is run for a job, before its own arguments.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        clock: Callable[[], str],
        reader: str | None = None,
        command: Sequence[str] = (sys.executable, "-m", "headwater.web.work"),
    ) -> None:
        """Nothing is to be done yet."""
        self._archive = archive
        self._clock = clock
        self._reader = reader
        self._command = tuple(command)
        self._tasks: deque[_Task] = deque()
        self._news = threading.Condition()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="headwater-work", daemon=True)
        self._thread.start()

    def add(self, uploads: Sequence[Upload], *, published: str | None = None) -> int:
        """Have files read, put in, and their stories traced; the number of the job.

        Args:
            uploads: files; they are copied before this returns.
            published: EDTF date of articles that bear none.
        """
        folder = Path(tempfile.mkdtemp(prefix="headwater-"))
        try:
            for name, upload in zip(_names([u.name for u in uploads]), uploads, strict=True):
                with (folder / name).open("wb") as out:
                    if isinstance(upload.content, bytes):
                        out.write(upload.content)
                    else:
                        shutil.copyfileobj(upload.content, out)
            return self._put("add", folder, published)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def go_on(self) -> int | None:
        """Have what is waiting done, after decisions or a kill; the number of the job, None where nothing is."""
        with self._news:
            if any(task.folder is None for task in self._tasks):
                return next(task.job for task in self._tasks if task.folder is None)
        if not showing.waiting(self._archive) and not neighbours.unassigned(self._archive):
            return None
        return self._put("trace", None, None)

    def _put(self, kind: str, folder: Path | None, published: str | None) -> int:
        number = jobs.start(self._archive, kind, at=self._clock())
        jobs.progress(self._archive, number, "waiting for its turn", 0, None, at=self._clock())
        with self._news:
            self._tasks.append(_Task(number, folder, published))
            self._news.notify()
        return number

    def close(self) -> None:
        """End what is running; it is taken up the next time."""
        with self._news:
            self._closed = True
            if self._process is not None:
                self._process.terminate()
            self._news.notify()
        self._thread.join(timeout=_SECONDS)
        with self._news:
            if self._process is not None:  # at work on something that cannot be broken off
                self._process.kill()
        self._thread.join(timeout=_SECONDS)
        for task in self._tasks:
            self._end(task, "headwater serve was stopped before its turn; add the files again")

    def _run(self) -> None:
        while True:
            with self._news:
                while not self._tasks and not self._closed:
                    self._news.wait()
                if self._closed:
                    return
                task = self._tasks.popleft()
            try:
                self._do(task)
            except Exception as error:  # the next job must be done, whatever became of this one
                self._end(task, f"could not be done ({type(error).__name__}: {error})")

    def _do(self, task: _Task) -> None:
        arguments = ["--archive", str(self._archive.path.absolute()), "--job", str(task.job)]
        arguments += ["--reader", self._reader] if self._reader else []
        arguments += ["--files", str(task.folder)] if task.folder else []
        arguments += ["--published", task.published] if task.published else []
        with self._news:
            if self._closed:
                return
            self._process = subprocess.Popen(
                [*self._command, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, start_new_session=True,  # Ctrl-C is for the server, which ends it
            )  # fmt: skip
        _, said = self._process.communicate()
        status = self._process.returncode
        with self._news:
            self._process = None
        if status != 0:
            last = said.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"status {status}"]
            ended = (
                "it was stopped; what was done is kept" if self._closed else f"the work ended early ({last[0][:300]})"
            )
            self._end(task, ended)
        elif task.folder is not None:
            shutil.rmtree(task.folder, ignore_errors=True)

    def _end(self, task: _Task, why: str) -> None:
        """Say that a job failed, unless it said so itself; its files go."""
        if task.folder is not None:
            shutil.rmtree(task.folder, ignore_errors=True)
        with suppress(StoreError):
            if jobs.job(self._archive, task.job).state == "running":
                jobs.finish(self._archive, task.job, at=self._clock(), note=" ".join(why.split()), failed=True)


def _names(given: Sequence[str]) -> list[str]:
    """Names for files, no two alike, that lead nowhere and hide nothing; as near to those given as that allows."""
    out: list[str] = []
    taken: set[str] = set()
    for name in given:
        last = _UNFIT.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .") or "article"
        stem, dot, ending = last.rpartition(".")
        ending = ending[:20]
        stem = (stem if dot else last)[:_LONGEST_NAME].encode()[:180].decode("utf-8", "ignore")
        free, number = f"{stem}{dot}{ending if dot else ''}", 1
        while free.casefold() in taken:
            number += 1
            free = f"{stem}-{number}{dot}{ending if dot else ''}"
        taken.add(free.casefold())
        out.append(free)
    return out
