"""The order of the stages: the only module that knows them all.

``ingest -> clean -> read -> cluster -> align -> trace -> compare -> report``. Takes what the caller gives (paths,
articles, mappings), gives records. Every function sorts its articles by id first, so that their order never matters.
"""

import os
from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
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
from headwater.labels import labels, listed
from headwater.model import (
    CARRIER_KINDS,
    Article,
    Attribution,
    Batch,
    Claim,
    Copy,
    Decisions,
    Derivation,
    Entity,
    Failure,
    MadeBy,
    Mention,
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
    Unjudged,
    stable_id,
)
from headwater.outlets import counted_as
from headwater.reading import DEFAULT_READER, Tagger, load_meaning, load_tagger, read, times
from headwater.tracing import decided, derive, entities, origins, releases, sources
from headwater.tracing.sources import plain
from headwater.tracing.wire_lines import unnamed_wires
from headwater.words import covering, sentences

Input = str | os.PathLike[str] | Article | Mapping[str, object]
Step = Callable[[str], None]

_MOST_COMPARED = 60  # sources behind one claim that are compared pair by pair
_NEIGHBOURS = 8  # groups before one, in order of place, that may begin with the same words
_NAMED = frozenset({"person", "organisation", "document"})  # kinds of sources that have a name of their own
_SHORTEST = 25  # words; under this an article is too short to say what it rests on


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


def _is_read(article: Article) -> bool:
    return article.language in {None, "en"}


def _read_one(article: Article, *, tagger: Tagger) -> Reading:
    if not _is_read(article):
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
    story = _Story(
        articles={a.id: a for a in articles},
        newsrooms={a.id: _with_newsroom(a, people) for a in articles},
        attributions={a.id: a for a in attributions},
        entities={e.id: e for e in story_entities},
        sources={s.id: s for s in people},
        spoken=_spoken(quotations),
        derivations=derivations,
        apart=apart,
        printed=printed,
    )
    claims = _claims(story, groups)
    points = timeline.placed(points, claims, {a.id: a.text for a in articles})
    step("comparing")
    conflicts = compare.conflicts(
        articles, joined, attributions, story.sources, story_entities, claims, quotations, points
    )
    unjudged = (*_unjudged(articles, failures), *(judge.rows() if judge else ()))
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


# Claims --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Story:
    """What a claim is counted from."""

    articles: dict[str, Article]
    newsrooms: dict[str, Article]
    attributions: dict[str, Attribution]
    entities: dict[str, Entity]
    sources: dict[str, Source]
    spoken: dict[str, set[str]]
    derivations: tuple[Derivation, ...]
    apart: frozenset[frozenset[str]]
    printed: Mapping[str, releases.Printed]


def _spoken(quotations: Iterable[Quotation]) -> dict[str, set[str]]:
    """The acts of speech that each attribution prints."""
    out: dict[str, set[str]] = defaultdict(set)
    for quotation in quotations:
        for variant in quotation.variants:
            out[variant.attribution].add(quotation.id)
    return out


def _claims(story: _Story, groups: Sequence[claim_groups.Group]) -> tuple[Claim, ...]:
    ids: list[str] = []
    for group in groups:
        lead = group.statements[0]
        place = (lead.article, *(f"{s.start}-{s.end}" for s in lead.spans))
        own = stable_id("claim", *place)
        # the same words may be asserted and, in another's mouth, denied
        ids.append(own if own not in ids[-_NEIGHBOURS:] else stable_id("claim", *place, lead.attribution or ""))
    out = []
    for group, claim_id in zip(groups, ids, strict=True):
        mentions = [_mention(story, s) for s in group.statements]
        counted = origins.count(
            mentions, _doubted(story, mentions, group), story.newsrooms, story.derivations,
            _near(story, mentions, [groups[i] for i in group.related]),
        )  # fmt: skip
        medoid = group.statements[group.medoid]
        text = story.articles[medoid.article].text
        carriers = sorted({m.article for m in mentions})
        outlets = {counted_as(story.articles[a]) for a in carriers}
        out.append(
            Claim(
                id=claim_id,
                text=" … ".join(" ".join(s.of(text).split()) for s in medoid.spans),
                mentions=counted.mentions,
                outlets=len(outlets),
                origins=counted.origins,
                independent=counted.independent,
                bottlenecks=counted.bottlenecks,
                kind=claim_groups.kind_of(text, medoid),
                unknown=counted.unknown,
                circular=counted.circular,
                related=tuple(ids[i] for i in group.related),
                parts=tuple(ids[i] for i in group.parts),
            )
        )
    return tuple(
        sorted(
            out, key=lambda c: (-len({m.article for m in c.mentions}), c.mentions[0].article, c.mentions[0].spans, c.id)
        )
    )


def _with_newsroom(article: Article, people: Sequence[Source]) -> Article:
    """For counting alone: an article that bears no outlet is that of the one carrier its file is named after."""
    if article.outlet:
        return article
    own = sorted({s.name for s in people if s.kind == "outlet" and sources.is_own(article, s.name)})
    return replace(article, outlet=own[0]) if len(own) == 1 else article


def _mention(story: _Story, statement: Statement) -> Mention:
    attribution = story.attributions.get(statement.attribution or "")
    chain = releases.chain_in(story.printed, statement, attribution)
    if attribution is not None and not chain:
        chain = (*attribution.via, attribution.source) if attribution.source else attribution.via
    return Mention(article=statement.article, spans=statement.spans, attribution=statement.attribution, chain=chain)


def _near(story: _Story, mentions: Sequence[Mention], related: Sequence[claim_groups.Group]) -> list[Mention]:
    """What articles that do not carry a claim say near to it, where the claim is credited to somebody who passes on."""
    if not any(m.chain and story.sources[m.chain[-1]].kind in CARRIER_KINDS for m in mentions):
        return []
    carrying = {m.article for m in mentions}
    return [_mention(story, s) for group in related for s in group.statements if s.article not in carrying]


def _doubted(story: _Story, mentions: Sequence[Mention], group: claim_groups.Group) -> Mapping[str, Source]:
    """The story's sources, with those behind this claim that are not proven different sources of it in ``maybe_same``.

    Not proven: where nothing shows that they are different people; where they stand behind printings of one quotation;
    where their statements are not alike enough to be sure that they assert the same thing, or share a run of words.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        if mention.chain:
            places[mention.chain[-1]].append(at)
    behind = sorted(places)[:_MOST_COMPARED]
    pairs = [(a, b) for a, b in combinations(behind, 2) if frozenset((a, b)) not in story.apart]
    out: dict[str, set[str]] = defaultdict(set)
    for key, others in sources.doubts(((story.sources[a], story.sources[b]) for a, b in pairs), story.entities).items():
        out[key] |= set(others)
    spoken = [story.spoken.get(m.attribution or "", set()) for m in mentions]
    for a, b in pairs:
        one_act = set[str]().union(*(spoken[i] for i in places[a])) & set[str]().union(*(spoken[i] for i in places[b]))
        named = all(story.sources[s].kind in _NAMED for s in (a, b))
        if one_act or not group.surely(places[a], places[b], named=named):
            out[a].add(b)
            out[b].add(a)
    if not out:
        return story.sources
    own = {key: replace(story.sources[key], maybe_same=tuple(sorted(others))) for key, others in out.items()}
    return ChainMap(own, story.sources)


# What cannot be judged -----------------------------------------------------------------------------------------------


def _unjudged(articles: Sequence[Article], failures: Sequence[Failure]) -> tuple[Unjudged, ...]:
    out = [Unjudged(what=f.where, why=f.why) for f in sorted(failures, key=lambda f: (f.where, f.why))]
    for article in articles:
        if not _is_read(article):
            out.append(
                Unjudged(
                    what="the article",
                    why=f"its language looks like {article.language!r}; only English is read",
                    article=article.id,
                )
            )
        elif article.words < _SHORTEST:
            out.append(
                Unjudged(
                    what="the article",
                    why=f"too short: {article.words} words outside page furniture",
                    article=article.id,
                )
            )
        if article.truncated:
            out.append(
                Unjudged(
                    what="the rest of the article",
                    why="the text was cut off; that it does not mention a claim says nothing",
                    article=article.id,
                )
            )
        if wires := unnamed_wires(article):
            said = " ".join(wires[0].of(article.text).split())
            out.append(
                Unjudged(
                    what="whose text it is",
                    why=f"it says {said!r} and names no agency; what it tells in its own voice may be another's",
                    article=article.id,
                )
            )
    undated = [a.id for a in articles if a.published is None]
    if undated and len(articles) > 1:
        shown = (
            "no article bears"
            if len(undated) == len(articles)
            else f"{len(undated)} of {len(articles)} articles do not bear"
        )
        out.append(Unjudged(what="who was first", why=f"{shown} a publication date; order is taken from credits alone"))
    if len(articles) > 1:
        stories = find_stories([a for a in articles if a.words >= _SHORTEST])
        if len(stories) > 1:
            called = labels(articles)
            parts = "; ".join(_some([called[a] for a in s.articles], 4) for s in stories[:5])
            parts += f"; and {len(stories) - 5} more" if len(stories) > 5 else ""
            out.append(
                Unjudged(
                    what="whether this is one story",
                    why=f"some articles share little with the others, so they may tell another event: {parts}",
                )
            )
    if len(articles) == 1:
        out.append(
            Unjudged(
                what="independence", why="there is one article; give the others that report the event to compare them"
            )
        )
    else:
        out.append(
            Unjudged(
                what="shared unnamed sources",
                why="whether two outlets spoke to the same unnamed person, or all attended one press conference, "
                "cannot be seen in the texts",
            )
        )
    return tuple(out)


def _some(names: Sequence[str], most: int) -> str:
    """Names in a sentence; of many, the first and how many more."""
    return listed([*names[: most - 1], f"{len(names) - most + 1} more"] if len(names) > most else names)


__all__ = [
    "explain_stories",
    "find_copies",
    "find_stories",
    "need_articles",
    "read_articles",
    "take_in",
    "trace_story",
]
