"""The order of the stages: the only room that knows them all.

``ingest -> clean -> read -> cluster -> align -> trace -> compare -> report``. Takes what the caller gives (paths,
articles, mappings), gives records. Every function sorts its articles by id first, so that their order never matters.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import headwater
from headwater import clean, cluster, compare, dates, ingest
from headwater.align import claims as claim_groups
from headwater.align import passages, quotes, timeline
from headwater.engines import Engine, load_engine
from headwater.errors import InputError, NoTextError
from headwater.findings import findings_of
from headwater.ingest.fetched import is_address
from headwater.judge import Judge, Pair, Side, load_judge
from headwater.model import (
    Article,
    Batch,
    Copy,
    Decisions,
    Failure,
    MadeBy,
    Options,
    Place,
    Quotation,
    Reading,
    Source,
    Span,
    Statement,
    Story,
    TimePoint,
    Trace,
    stable_id,
)
from headwater.pipeline.claims import Told, claims_of, spoken, with_newsroom
from headwater.pipeline.unjudged import is_read, unjudged_of
from headwater.reading import DEFAULT_READER, Tagger, load_meaning, load_tagger, read, times
from headwater.tracing import decided, derive, entities, releases, sources
from headwater.tracing.sources import plain
from headwater.words import covering, sentences

Input = str | os.PathLike[str] | Article | Mapping[str, object]
Step = Callable[[str], None]


def _silent(step: str) -> None:
    """Say nothing."""


def take_in(
    inputs: Sequence[Input] | Input,
    *,
    stdin: BinaryIO | None = None,
    published: str | None = None,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    step: Step = _silent,
) -> Batch:
    """Ingest and clean: what could be read, furniture marked, and what could not.

    The arguments are those of ``ingest.gather``; an input that is an http or https address is fetched first, and
    ``step`` is told how many pages there are.

    Raises:
        InputError: ``published`` is not an EDTF date, or there is no such format.
    """
    gather = partial(ingest.gather, stdin=stdin, published=published, format=format, columns=columns)
    given = (inputs,) if isinstance(inputs, str | os.PathLike | Article | Mapping) else tuple(inputs)
    addresses = [item for item in given if isinstance(item, str) and is_address(item)]
    batch = _with_pages(addresses, given, gather, step) if addresses else gather(inputs)
    return Batch(articles=clean.mark_all(batch.articles), failures=batch.failures)


def _with_pages(
    addresses: Sequence[str], given: Sequence[Input], gather: Callable[[Sequence[Input]], Batch], step: Step
) -> Batch:
    """The inputs, with the pages at addresses among them fetched: the network is touched because these were named."""
    from headwater.fetching.client import Client
    from headwater.fetching.many import as_files

    of = len(set(addresses))

    def tell(done: int) -> None:
        step(f"fetching: {done} of {of}")

    tell(0)
    with as_files(addresses, Client(), step=tell) as pages:
        return pages.named(gather([*(item for item in given if item not in addresses), *pages.urls]))


def need_articles(batch: Batch) -> None:
    """Refuse to go on with nothing.

    Raises:
        InputError: no input could be used; the message names the first reasons.
    """
    if batch.articles:
        return
    if not batch.failures:
        raise InputError(
            "nothing to read; give a .txt, .jsonl or .html file, a folder of them, or - for standard input"
        )
    first = batch.failures[0]
    more = f" (and {len(batch.failures) - 1} more)" if len(batch.failures) > 1 else ""
    raise InputError(f"{first.where}: {first.why}{more}")


def reader(name: str | None = None, *, cache: str | os.PathLike[str] | None = None) -> Tagger:
    """The reader to work with.

    Args:
        name: a reader's name or a folder of weights; None = what HEADWATER_READER says, else the one that ships.
        cache: a folder that keeps what was read, so that no text is read twice; None = what HEADWATER_CACHE says,
            else nothing is kept.

    Raises:
        ModelError: there is no such reader, or its weights do not fit.
    """
    tagger = load_tagger(name or os.environ.get("HEADWATER_READER") or DEFAULT_READER)
    folder = cache or os.environ.get("HEADWATER_CACHE")
    if not folder:
        return tagger
    from headwater.reading.cache import CachedTagger

    return CachedTagger(tagger, Path(folder), version=headwater.__version__)


def judge(
    url: str | None = None, model: str | None = None, *, cache: str | os.PathLike[str] | None = None
) -> Judge | None:
    """The judge of doubtful pairs that the caller names, for one story; None where none is named.

    Args:
        url: the base of an OpenAI-style interface ("http://localhost:11434/v1").
        model: the model's name there.
        cache: a folder that keeps its answers; None = what HEADWATER_CACHE says, else nothing is kept.

    Raises:
        InputError: one of address and model is missing, or one of them or the key cannot be used.
    """
    if url is None and model is None:
        return None
    if url is None or model is None:
        raise InputError("a judge needs both an address and a model; give --judge URL and --judge-model NAME")
    folder = cache or os.environ.get("HEADWATER_CACHE")
    return load_judge(url, model, cache=Path(folder) if folder else None)


def _read_one(article: Article, *, tagger: Tagger) -> Reading:
    if not is_read(article):
        return Reading(id=article.id, furniture=article.furniture)
    return read(article, tagger)


def read_articles(
    articles: Sequence[Article], *, tagger: Tagger | None = None, engine: Engine | None = None
) -> Iterator[Reading]:
    """Read each article by itself, in the order given; one in another language is not read as English."""
    one = partial(_read_one, tagger=tagger or reader())
    return (engine or load_engine()).map(one, articles)


def find_stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Which articles tell one story."""
    return cluster.stories(sorted(articles, key=lambda a: a.id))


def explain_stories(articles: Sequence[Article]) -> tuple[cluster.Explained, ...]:
    """The same stories, each with what joined its articles and what kept it apart from the nearest outside."""
    return cluster.explained(sorted(articles, key=lambda a: a.id))


def find_copies(articles: Sequence[Article], *, within_days: int | None = None) -> tuple[Copy, ...]:
    """Which articles share text; those published further apart than so many days are not compared, None = all are."""
    return passages.copies(sorted(articles, key=lambda a: a.id), within_days=within_days)


def trace_story(
    articles: Sequence[Article], *, failures: Sequence[Failure] = (), options: Options | None = None,
    tagger: Tagger | None = None, engine: Engine | None = None, step: Step = _silent, judge: Judge | None = None,
    readings: Mapping[str, Reading] | None = None, decisions: Decisions | None = None,
) -> Trace:  # fmt: skip
    """The whole trace of one story.

    Args:
        articles: cleaned articles, ids unique.
        failures: inputs that could not be read; they are named in ``unjudged``.
        options: what the caller asked for, recorded in ``made_by``.
        tagger: the reader; None = the default one.
        engine: where articles are read; None = this process.
        step: called with a word for each stage as it begins.
        judge: asked about doubtful pairs of statements, one for each story; None = nobody is.
        readings: readings of these articles that are there already, by article id; the others are read.
        decisions: what a person says is the same claim or source, or is not; None = nothing.

    Raises:
        NoTextError: there is no article.
    """
    if not articles:
        raise NoTextError("no article to trace; give at least one .txt, .jsonl or .html file")
    articles = sorted(articles, key=lambda a: a.id)
    tagger = tagger or reader()
    step("reading")
    made = dict(readings or {})
    unread = [a for a in articles if a.id not in made]
    made.update((r.id, r) for r in read_articles(unread, tagger=tagger, engine=engine))
    own = _anchored(articles, [made[a.id] for a in articles])
    step("aligning")
    story_entities, entity_ids = entities.join(articles, own)
    copied = passages.copies(articles)
    people, joined = sources.identify(articles, own, entity_ids, copied)
    people, joined, apart = decided.decide(people, joined, own, decisions or Decisions())
    by_id = {s.id: s for s in people}
    attributions = [a for r in joined for a in r.attributions]
    quotations = quotes.quotations(articles, attributions, by_id)
    people, joined, quotations = _one_speaker(people, joined, quotations, apart)
    attributions = [a for r in joined for a in r.attributions]
    step("comparing statements")
    groups = claim_groups.group(
        articles, joined, quotations, sense=sense(tagger), judge=_asking(articles, judge, step) if judge else None,
        decisions=decisions,
    )  # fmt: skip
    step("tracing")
    people = _with_agencies(articles, people)
    people, printed = releases.with_releases(articles, attributions, people)
    derivations = derive.derivations(articles, copied, attributions, people)
    points = tuple(t for r in joined for t in r.timeline)
    story = Told(
        articles={a.id: a for a in articles},
        newsrooms={a.id: with_newsroom(a, people) for a in articles},
        attributions={a.id: a for a in attributions},
        entities={e.id: e for e in story_entities},
        sources={s.id: s for s in people},
        spoken=spoken(quotations),
        derivations=derivations,
        apart=apart,
        printed=printed,
    )
    claims = claims_of(story, groups)
    points = timeline.placed(points, claims, {a.id: a.text for a in articles})
    step("comparing")
    conflicts = compare.conflicts(
        articles, joined, attributions, story.sources, story_entities, claims, quotations, points
    )
    unjudged = (*unjudged_of(articles, failures, find_stories), *(judge.rows() if judge else ()))
    made_by = MadeBy(
        headwater=headwater.__version__,
        reader=tagger.name,
        options=options or Options(),
        judge=judge.run if judge else None,
    )
    trace = Trace(
        made_by=made_by,
        articles=tuple(articles),
        sources=people,
        entities=story_entities,
        attributions=tuple(sorted(attributions, key=lambda a: (a.article, a.content_spans, a.id))),
        quotations=quotations,
        claims=claims,
        conflicts=conflicts,
        timeline=points,
        derivations=derivations,
        unjudged=unjudged,
    )
    return replace(trace, findings=findings_of(trace))


# Dates ---------------------------------------------------------------------------------------------------------------


def _anchored(articles: Sequence[Article], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Times counted from the article's own date, else from the story's."""
    seen = [t for r in readings for t in r.timeline]
    for article in articles:
        for mark in article.furniture:
            for span, value in dates.absolute_dates(article.text, mark.span):
                seen.append(TimePoint(article=article.id, start=span.start, end=span.end, value=value))
    anchor = times.story_anchor([a.published for a in articles], seen)
    if anchor is None:
        return tuple(readings)
    out = []
    for article, reading in zip(articles, readings, strict=True):
        if article.published is None and reading.timeline:
            reading = replace(reading, timeline=times.resolve(reading.timeline, article.text, anchor=anchor))
        out.append(reading)
    return tuple(out)


# Sources -------------------------------------------------------------------------------------------------------------


def sense(tagger: Tagger) -> claim_groups.Sense | None:
    """What tells whether two statements mean the same; None where the reader has nothing of the kind.

    Raises:
        ModelError: its weights are damaged or do not fit.
    """
    vectors = load_meaning(tagger)
    if vectors is None or vectors.together is None or vectors.pairs is None:
        return None
    from headwater.align.claims.pairs import PairModel
    from headwater.align.claims.together import Together
    from headwater.reading.trained.weights import fitting

    with fitting(vectors.folder):
        return claim_groups.Sense(vectors, Together(vectors.together), PairModel(vectors.pairs))


def _asking(articles: Sequence[Article], judge: Judge, step: Step) -> claim_groups.Judgement:
    """The judge, asked about statements as they stand in their sentences."""
    texts = {a.id: a.text for a in articles}
    held = {a.id: sentences(a.text) for a in articles}

    def side(statement: Statement) -> Side:
        text, around = texts[statement.article], held[statement.article]
        at, to = covering(around, Span(statement.spans[0].start, statement.spans[-1].end))
        return Side(
            statement=" ".join(s.of(text) for s in statement.spans),
            sentence=text[around[at].start : around[to].end],
            before=around[at - 1].of(text) if at else "",
            after=around[to + 1].of(text) if to + 1 < len(around) else "",
        )

    def asked(pairs: Sequence[tuple[Statement, Statement]]) -> Sequence[str | None]:
        sides = {s: side(s) for pair in pairs for s in pair}
        put = [Pair(sides[a], sides[b]) for a, b in pairs]
        # the first ones first: of what it is given at once a judge that may not ask about all goes by their text
        first, rest = put[: judge.limit], put[judge.limit :]
        return [*judge(first, step=step), *judge(rest, step=step)]

    return asked


def _one_speaker(
    people: Sequence[Source], readings: Sequence[Reading], quotations: Sequence[Quotation],
    apart: frozenset[frozenset[str]],
) -> tuple[tuple[Source, ...], tuple[Reading, ...], tuple[Quotation, ...]]:  # fmt: skip
    """Unnamed speakers of one quotation become one source, the one a carrier is known for; but for those set apart."""
    by_id = {s.id: s for s in people}
    source_of = {a.id: a.source for r in readings for a in r.attributions}
    found = sources.joined_by_quotations(quotations, by_id, source_of.get)
    lead = {old: new for old, new in found.items() if frozenset((old, new)) not in apart}
    kept, renamed = decided.merged(people, readings, lead)
    spoken = tuple(replace(q, speaker=lead.get(q.speaker, q.speaker) if q.speaker else None) for q in quotations)
    return kept, renamed, spoken


def _with_agencies(articles: Sequence[Article], people: Sequence[Source]) -> tuple[Source, ...]:
    """With Sources for the agencies and outlets that bylines and credit lines name."""
    out = list(people)
    names = {plain(s.name): s.id for s in out if s.kind in {"outlet", "organisation"}}
    marks: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for article in articles:
        for name, span in derive.credit_marks(article):
            if article.outlet and plain(article.outlet) == plain(name):
                continue
            key = plain(name)
            if key not in names:
                names[key] = stable_id("source", "outlet", key)
                out.append(Source(id=names[key], name=name, kind="outlet"))
            marks[article.id].append((names[key], span.at(article.id)))
    placed: dict[str, set[Place]] = defaultdict(set)
    for rows in marks.values():
        for source, place in rows:
            placed[source].add(place)
    kept = [
        replace(
            s, mentions=tuple(sorted({*s.mentions, *placed.get(s.id, ())})), kind="outlet" if s.id in placed else s.kind
        )
        for s in out
    ]
    return tuple(sorted(kept, key=lambda s: s.id))


__all__ = [
    "explain_stories",
    "find_copies",
    "find_stories",
    "need_articles",
    "read_articles",
    "take_in",
    "trace_story",
]
