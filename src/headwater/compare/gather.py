"""Puts each mention of a claim together with what its article says there.

Takes the records of one story, gives ``Told``: tellings by claim, earliest first, each cut to its clause, and the
pairs of tellings of different claims that are near. Nothing here judges.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import log
from typing import NamedTuple

from headwater.compare.stems import content_stems
from headwater.compare.told import Telling, Told, worded
from headwater.labels import labels
from headwater.model import Article, Attribution, Claim, Quantity, Reading, Source, Span, TimePoint
from headwater.words import holding, paragraphs, sentences, words

#: Tellings of different claims are compared when they share this much: the rest of a sentence may set them apart.
_KIN, _KIN_LONG, _KIN_WORDS = 0.6, 0.4, 3


#: Sentences on each side of a telling, within its paragraph, in which others are heard; paragraphs may have no end.
_NEAR = 30


#: Tellings behind one word beyond which it proposes no pair, and most pairs weighed.
_KIN_CROWD, _KIN_PAIRS = 40, 200_000


class _Places(NamedTuple):
    """The units of one article's text and what stands in each."""

    units: tuple[Span, ...]

    def of(self, span: Span) -> range:
        """Numbers of the units that ``span`` touches."""
        first = holding(self.units, span.start)
        if first < 0:
            first = next((n for n in self._near(span.start) if self.units[n].overlap(span)), -1)
        if first < 0:
            return range(0)
        last = first
        while last + 1 < len(self.units) and self.units[last + 1].start < span.end:
            last += 1
        return range(first, last + 1)

    def _near(self, at: int) -> range:
        from bisect import bisect_left

        first = bisect_left(self.units, at, key=lambda s: s.end)
        return range(first, min(first + 1, len(self.units)))


def _in_spans(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def gather(
    articles: Sequence[Article],
    readings: Sequence[Reading],
    attributions: Sequence[Attribution],
    sources: Mapping[str, Source],
    claims: Sequence[Claim],
    timeline: Sequence[TimePoint],
) -> Told:
    """Put each mention together with what its article says there."""
    by_id = {article.id: article for article in articles}
    reading_of = {reading.id: reading for reading in readings}
    spoken: defaultdict[str, list[Attribution]] = defaultdict(list)
    for attribution in sorted(attributions, key=lambda a: (a.article, a.content_spans, a.id)):
        spoken[attribution.article].append(attribution)
    timed: defaultdict[str, list[TimePoint]] = defaultdict(list)
    for point in sorted(timeline, key=lambda t: (t.article, t.start, t.end)):
        timed[point.article].append(point)
    wanted = {mention.article for claim in claims for mention in claim.mentions} & by_id.keys()
    tellings: defaultdict[str, list[Telling]] = defaultdict(list)
    places: dict[str, tuple[_Places, _Places]] = {}
    at_sentence: defaultdict[tuple[str, int], list[Attribution]] = defaultdict(list)
    of_paragraph: dict[tuple[str, int], range] = {}
    numbers_at: defaultdict[tuple[str, int], list[Quantity]] = defaultdict(list)
    times_at: defaultdict[tuple[str, int], list[TimePoint]] = defaultdict(list)
    for name in sorted(wanted):
        article, reading = by_id[name], reading_of.get(name)
        furniture = [piece.span for piece in article.furniture]
        found = reading.sentences if reading and reading.sentences else sentences(article.text, furniture)
        places[name] = (_Places(tuple(found)), _Places(tuple(paragraphs(article.text, furniture))))
        for number, unit in enumerate(places[name][1].units):
            of_paragraph[name, number] = places[name][0].of(unit)
        for attribution in spoken[name]:
            spans = (*attribution.content_spans, *attribution.cue_spans, *attribution.source_spans)
            for number in sorted({n for span in spans for n in places[name][0].of(span)}):
                at_sentence[name, number].append(attribution)
        for quantity in reading.quantities if reading else ():
            for number in places[name][0].of(Span(quantity.start, quantity.end)):
                numbers_at[name, number].append(quantity)
        for point in timed[name]:
            for number in places[name][0].of(Span(point.start, point.end)):
                times_at[name, number].append(point)
    for claim in claims:
        for mention in claim.mentions:
            if mention.article not in by_id or not mention.spans:
                continue
            article = by_id[mention.article]
            in_sentence, in_paragraph = places[article.id]
            numbers = sorted({n for span in mention.spans for n in in_sentence.of(span)})
            near_numbers = sorted({n for span in mention.spans for n in in_paragraph.of(span)})
            found_words = tuple(word for span in sorted(mention.spans) for word in words(article.text, span))
            stems = content_stems(found_words)
            size = sum(span.end - span.start for span in mention.spans)
            heard = {
                a.id: a
                for n in numbers
                for a in at_sentence[article.id, n]
                if 2 * sum(c.overlap(s) for c in a.content_spans for s in mention.spans) >= size
            }
            setting = _hull([*mention.spans, *(in_sentence.units[n] for n in numbers)])
            reach = range(numbers[0] - _NEAR, numbers[-1] + _NEAR + 1) if numbers else range(0)
            near = {
                a.id: a
                for p in near_numbers
                for n in range(
                    max(reach.start, of_paragraph[article.id, p].start),
                    min(reach.stop, of_paragraph[article.id, p].stop),
                )
                for a in at_sentence[article.id, n]
            }
            before = [numbers[0] - 1] if numbers and numbers[0] else []
            around = {a.id: a for n in (*before, *numbers) for a in at_sentence[article.id, n]}
            quantities = {
                (q.start, q.end): q
                for n in numbers
                for q in numbers_at[article.id, n]
                if _in_spans(mention.spans, q.start, q.end)
            }
            points = {
                (t.start, t.end): t
                for n in numbers
                for t in times_at[article.id, n]
                if _in_spans(mention.spans, t.start, t.end)
            }
            tellings[claim.id].append(
                Telling(
                    claim=claim.id,
                    article=article,
                    mention=mention,
                    setting=setting,
                    words=found_words,
                    stems=stems,
                    content=frozenset(stems) - {""},
                    wider=frozenset(content_stems(words(article.text, setting))) - {""},
                    numbers=tuple(quantities[key] for key in sorted(quantities)),
                    times=tuple(points[key] for key in sorted(points)),
                    heard=tuple(heard[key] for key in sorted(heard)),
                    near=tuple(near[key] for key in sorted(near)),
                    around=tuple(around[key] for key in sorted(around)),
                    lead=in_sentence.units[before[0]] if before else None,
                )
            )
    held = Counter(found for same in tellings.values() for found in {s for t in same for s in t.content})
    in_order = {claim: tuple(sorted(found, key=lambda t: t.order)) for claim, found in tellings.items()}
    told = Told(
        articles=by_id,
        attributions={a.id: a for a in attributions},
        sources=sources,
        tellings=in_order,
        wordings={claim: worded(found) for claim, found in in_order.items()},
        weight={found: log(1 + len(tellings) / count) for found, count in held.items()},
        crediting=_crediting(by_id, attributions, sources),
        carried={claim: len({t.article.id for t in found}) for claim, found in tellings.items()},
        names=labels(by_id[name] for name in sorted(by_id)),
    )
    return replace(told, kin=tuple(_kin(told)))


def _kin(told: Told) -> Iterator[tuple[Telling, Telling]]:
    """Pairs of tellings of different claims and articles that share most of their words, the earliest first."""
    seen: dict[tuple[str, ...], Telling] = {}
    for claim in sorted(told.tellings):
        for telling in told.distinct(claim):
            key = tuple(word.key for word in telling.words)
            if key not in seen or telling.order < seen[key].order:
                seen[key] = telling
    every = sorted(seen.values(), key=lambda t: (t.order, t.claim))
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, telling in enumerate(every):
        for found in sorted(telling.content):
            index[found].append(number)
    bare = [telling.content - _timing(telling) for telling in every]
    shared: Counter[tuple[int, int]] = Counter()
    left = _KIN_PAIRS
    for found in sorted(index, key=lambda s: (len(index[s]), s)):
        left -= len(index[found]) ** 2 // 2
        if len(index[found]) > _KIN_CROWD or left < 0:
            break
        shared.update(combinations(index[found], 2))
    for (i, j), count in sorted(shared.items()):
        one, two = every[i], every[j]
        if count < 2 or one.claim == two.claim or one.article.id == two.article.id:
            continue
        both = bare[i] & bare[j]
        short, long = sorted((told.total(bare[i]), told.total(bare[j])))
        if len(both) < _KIN_WORDS or not short:
            continue
        if told.total(both) >= max(_KIN * short, _KIN_LONG * long):
            yield one, two


def _timing(telling: Telling) -> frozenset[str]:
    """Content stems of its times: when a thing happened does not make it another thing."""
    return frozenset(
        s
        for w, s in zip(telling.words, telling.stems, strict=True)
        if any(t.start <= w.start < t.end for t in telling.times)
    )


def _outlet_words(name: str) -> frozenset[str]:
    return frozenset(word.key for part in name.split(".") for word in words(part)) - {
        "the",
        "com",
        "www",
        "news",
        "org",
        "by",
    }


def _crediting(
    articles: Mapping[str, Article], attributions: Sequence[Attribution], sources: Mapping[str, Source]
) -> dict[str, frozenset[str]]:
    """By article, the others whose outlet, or whose reporter by the byline, it cites."""
    by_words: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for attribution in attributions:
        for name in (attribution.source, *attribution.via):
            source = sources.get(name or "")
            if source and source.kind not in {"person", "anonymous"}:
                by_words[_outlet_words(source.name)].add(attribution.article)
    out: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles.values():
        # a file named after its outlet says as much as a field would
        for own in {_outlet_words(article.outlet or article.id), _outlet_words(article.byline or "")} - {frozenset()}:
            for cited, citing in by_words.items():
                if cited and (cited <= own or (own <= cited and len(own) > 1) or own == cited):
                    for name in citing - {article.id}:
                        out[name].add(article.id)
    return {name: frozenset(found) for name, found in out.items()}
