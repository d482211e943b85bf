"""Puts articles into an archive and traces the stories they touch: paths or articles in, what was done out.

Every step is a transaction of its own, and what is still to be done stands in the archive: ``go_on`` does it, so that
work that was broken off, at any moment, is taken up where it stopped. No clock in here: the caller gives one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, TypeVar

import headwater
from headwater import pipeline
from headwater.archive import Archive, applied, articles, jobs, neighbours, showing
from headwater.archive.articles import Known
from headwater.labels import number_of
from headwater.model import Article, Failure, Options, Reading
from headwater.reading import Tagger

Item = TypeVar("Item")
Clock = Callable[[], str]

_AT_ONCE = 100  # articles in one transaction
_READ_AT_ONCE = 10  # readings in one: each takes longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of adding.

    ``new`` are ids of articles put in, ``known`` those that were there, ``failures`` inputs that cannot be used and
    stories that could not be traced, ``traced`` the stories that were traced, each once.
    """

    new: tuple[str, ...] = ()
    known: tuple[Known, ...] = ()
    failures: tuple[Failure, ...] = ()
    traced: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """It in words: "9 articles put in, 0 there already; 1 story traced"."""
        put = f"{number_of(len(self.new), 'article')} put in, {len(self.known):,} there already"
        return f"{put}; {_traced(self.traced)}"


def add(
    archive: Archive, inputs: Sequence[pipeline.Input] | pipeline.Input, *, clock: Clock, tagger: Tagger | None = None,
    stdin: BinaryIO | None = None, published: str | None = None, format: str | None = None,
    columns: Mapping[str, str] | None = None,
    step: Callable[[str], None] | None = None,
    job: int | None = None,
    remarks: Sequence[str] = (),
) -> Added:  # fmt: skip
    """Put articles in, and trace the stories they touch.

    An article is there already where text, outlet and address are the same; it is passed over and named in ``known``.
    Other work that is waiting (after a kill, after decisions) is done as well.

    Args:
        archive: an archive that is open for writing.
        inputs: as for ``headwater.trace``.
        clock: gives the time, in ISO 8601, for the job by which others see how far this is.
        tagger: the reader; None = the default one.
        stdin: what ``-`` reads.
        published: EDTF date for articles that bear none.
        format: how files are to be read, as for ``pipeline.take_in``.
        columns: of tables, the column of each field, as for ``pipeline.take_in``.
        step: called with a line for each step.
        job: the number of a job that the caller began; None = one is begun.
        remarks: what else is to be said of how the job ended, as of files that the caller could not read.

    Raises:
        InputError: nothing could be read.
        StoreError: the archive cannot be written.
    """
    job = jobs.start(archive, "add", at=clock()) if job is None else job
    work = _Work(archive, job, clock, step)
    try:
        work.say("taking in", 0, None)
        batch = pipeline.take_in(inputs, stdin=stdin, published=published, format=format, columns=columns)
        pipeline.need_articles(batch)
        new, known = _put_all(work, batch.articles)
        done = _go_on(work, tagger or pipeline.reader(), published)
    except BaseException as error:
        jobs.finish(archive, job, at=clock(), note=" ".join(str(error).split()) or type(error).__name__, failed=True)
        raise
    out = Added(new=new, known=known, failures=(*batch.failures, *done.failures), traced=done.traced)
    jobs.finish(archive, job, at=clock(), note="; ".join([out.words, *remarks]))
    return out


def go_on(
    archive: Archive, *, clock: Clock, tagger: Tagger | None = None, step: Callable[[str], None] | None = None,
    job: int | None = None,
) -> Added:  # fmt: skip
    """Do what is waiting: articles without a story, stories whose articles or decisions changed.

    The arguments are those of ``add``.

    Raises:
        StoreError: the archive cannot be written.
    """
    job = jobs.start(archive, "trace", at=clock()) if job is None else job
    try:
        done = _go_on(_Work(archive, job, clock, step), tagger or pipeline.reader(), None)
    except BaseException as error:
        jobs.finish(archive, job, at=clock(), note=" ".join(str(error).split()) or type(error).__name__, failed=True)
        raise
    jobs.finish(archive, job, at=clock(), note=_traced(done.traced))
    return done


@dataclass(frozen=True, slots=True)
class _Work:
    """Where work is done, and who is told how far it is."""

    archive: Archive
    job: int
    clock: Clock
    step: Callable[[str], None] | None

    def say(self, stage: str, done: int, total: int | None) -> None:
        jobs.progress(self.archive, self.job, stage, done, total, at=self.clock())
        if self.step is not None:
            self.step(f"{stage} {done} of {total}" if total is not None else stage)


def _put_all(work: _Work, given: Sequence[Article]) -> tuple[tuple[str, ...], tuple[Known, ...]]:
    """Put in what is new, part by part."""
    there = articles.known(work.archive, map(articles.digest_of, given))
    fresh: list[Article] = []
    known: list[Known] = []
    for one in given:
        own = there.get(articles.digest_of(one))
        if own is None:
            fresh.append(one)
        else:
            known.append(Known(given=one.id, id=own))
    new: list[str] = []
    for part in _parts(fresh, _AT_ONCE):
        put, meanwhile = articles.put(work.archive, part)
        new += put
        known += meanwhile
        work.say("putting in", len(new), len(fresh))
    return tuple(new), tuple(known)


def _go_on(work: _Work, tagger: Tagger, published: str | None) -> Added:
    _assign(work)
    traced: dict[str, None] = {}
    failures: list[Failure] = []
    tried = 0
    while todo := showing.waiting(work.archive):
        story = todo[0]
        work.say("tracing", tried, tried + len(todo))
        tried += 1
        why = _trace(work, story, tagger, published)
        if why is None:
            traced[story] = None
        else:
            failures.append(Failure(where=f"story {story}", why=why))
    return Added(traced=tuple(traced), failures=tuple(failures))


def _assign(work: _Work) -> None:
    """Find the stories of articles that have none; anew where another writer came in between."""
    while new := neighbours.unassigned(work.archive):
        work.say("finding stories", 0, len(new))
        together, before = neighbours.around(work.archive, new)
        groups = [story.articles for story in pipeline.find_stories(together)]
        showing.assign(work.archive, groups, before=before)


def _trace(work: _Work, story: str, tagger: Tagger, published: str | None) -> str | None:
    """Trace one story as it is now; why it could not be, None where it was or need not be any more."""
    given = showing.load(work.archive, story)
    if given is None:
        return None
    told = applied.of_story(work.archive, [(a.id, a.outlet) for a in given.articles])
    cleaned = [applied.marked(a, told) for a in given.articles]
    try:
        readings = _readings(work, cleaned, tagger)
        made = pipeline.trace_story(
            cleaned,
            tagger=tagger,
            readings=readings,
            decisions=told.decisions,
            options=Options(published=published),
        )
    except Exception as error:  # one story that cannot be traced must not keep all others from it for ever
        why = f"could not be traced ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        showing.give_up(work.archive, given, why)
        return why
    showing.save(work.archive, given, made, decisions=told.used)
    return None


def _readings(work: _Work, cleaned: Sequence[Article], tagger: Tagger) -> Mapping[str, Reading]:
    """The readings that were kept, and the others, which are kept now."""
    key = f"{headwater.__version__} {getattr(tagger, 'key', tagger.name)}"
    out = articles.kept_readings(work.archive, cleaned, reader=key)
    for part in _parts([a for a in cleaned if a.id not in out], _READ_AT_ONCE):
        read = list(zip(part, pipeline.read_articles(part, tagger=tagger), strict=True))
        articles.keep_readings(work.archive, read, reader=key)
        out.update((article.id, reading) for article, reading in read)
    return out


def _traced(stories: Sequence[str]) -> str:
    return f"{number_of(len(stories), 'story', 'stories')} traced"


def _parts(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


__all__ = ["Added", "Clock", "add", "go_on"]
