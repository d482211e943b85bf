"""The process that reads and cleans: jobs in on standard input, articles out on standard output, as pickles.

Run as a module. Before each step it says what it will be at, so that the process that asked knows it when this is gone.
"""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from headwater import clean
from headwater.apart import alarm, asked, bound, send
from headwater.ingest import completed, order, read_file
from headwater.ingest.found import Found
from headwater.ingest.walk import shown
from headwater.model import Article, Failure
from headwater.report.json import line_of

#: Articles are cleaned together, so that what an outlet repeats is seen: so many, or of so many characters, at a time.
_MOST_ARTICLES = 500
_MOST_CHARACTERS = 8_000_000
_NO_ID = b'{"id":""'


class Job(NamedTuple):
    """Files to read, and what is known of them.

    ``stop`` says at which item of a file (by its index) reading ends, and why: there it hung or crashed before.
    ``drop`` says which items of which files are left out, and why. ``careful``: clean each article alone first, to find
    out which one it is that cannot be. ``seconds`` and ``memory`` (bytes) bound each step.
    """

    paths: tuple[str, ...]
    format: str | None
    columns: Mapping[str, str] | None
    seconds: float
    memory: int
    stop: Mapping[int, tuple[int, str]]
    drop: Mapping[tuple[int, int], str]
    careful: bool


class At(NamedTuple):
    """What comes next: an item of a file, both by number from 0, to be read or cleaned; -1 = several at once."""

    file: int
    item: int
    cleaning: bool = False


class Group(NamedTuple):
    """Articles, sorted by ``ingest.order``: the id each would have, and its line without it; and what failed."""

    articles: tuple[tuple[str, bytes], ...]
    failures: tuple[Failure, ...]


class Done(NamedTuple):
    """The job is done."""


Message = At | Group | Done


def work(job: Job) -> Iterator[Message]:
    """Read and clean the files of a job, saying beforehand what comes next."""
    found: list[Found] = []
    failures: list[Failure] = []
    size = 0
    for number, path in enumerate(job.paths):
        items = read_file(path, format=job.format, columns=job.columns)
        count = 0
        last, why = job.stop.get(number, (-1, ""))
        while True:
            if count == last:
                failures.append(Failure(where=shown(path), why=why))
                break
            yield At(number, count)
            with _within(job.seconds):
                item = next(items, None)
                if isinstance(item, Found):
                    item = item._replace(article=completed(item.article))
            if item is None:
                break
            if (number, count) in job.drop:
                failures.append(Failure(where=f"{shown(path)}, article {count + 1}", why=job.drop[number, count]))
            elif isinstance(item, Failure):
                failures.append(item)
            else:
                if job.careful:
                    yield At(number, count, cleaning=True)
                    with _within(job.seconds):
                        clean.mark(item.article)
                found.append(item)
                size += len(item.article.text)
            count += 1
            if len(found) >= _MOST_ARTICLES or size >= _MOST_CHARACTERS:
                yield At(-1, -1, cleaning=True)
                yield _group(found, failures, job.seconds)
                found, failures, size = [], [], 0
    if found or failures:
        yield At(-1, -1, cleaning=True)
        yield _group(found, failures, job.seconds)
    yield Done()


def _group(found: list[Found], failures: list[Failure], seconds: float) -> Group:
    found.sort(key=order)
    with _within(seconds):
        marked = clean.mark_all(one.article for one in found)
    lines = tuple((one.id, _line(article)) for one, article in zip(found, marked, strict=True))
    return Group(lines, tuple(failures))


def _line(article: Article) -> bytes:
    return line_of(replace(article, id=""))[len(_NO_ID) :]


class _within:  # reads as a word of the language
    """Ends the process when what stands under it takes longer than so many seconds, whatever it is at."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        alarm(self.seconds)

    def __exit__(self, *_: object) -> None:
        alarm(0)


def main() -> None:
    """Do jobs until there are no more."""
    jobs, out = asked()
    bounded = 0
    while True:
        try:
            job: Job = pickle.load(jobs)
        except EOFError:
            return
        if job.memory != bounded:
            bound(job.memory)
            bounded = job.memory
        try:
            for message in work(job):
                send(out, message)
        except BrokenPipeError:
            return


if __name__ == "__main__":
    from headwater.taking import worker  # so that messages are of headwater.taking.worker, not of __main__

    worker.main()
