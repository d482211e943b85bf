"""What the comparisons look at: each mention of a claim with its words, numbers, times and whoever is cited for it.

Takes the records of one story, gives ``Told``: tellings by claim, earliest first, each cut to its clause. Also what
all comparisons share: content words by stem, the label of an article, the form of a conflict. Nothing here judges.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from math import log
from typing import NamedTuple

from headwater.labels import labels
from headwater.lexicon import SAID
from headwater.model import (
    CARRIER_KINDS,
    Article,
    Attribution,
    Claim,
    Conflict,
    ConflictType,
    Mention,
    Quantity,
    Reading,
    Severity,
    Side,
    Source,
    Span,
    TimePoint,
    Verdict,
    stable_id,
    text_of,
)
from headwater.words import Word, holding, paragraphs, sentences, words

#: Most different tellings of one claim that are compared with one another.
MOST = 12
#: Tellings of different claims are compared when they share this much: the rest of a sentence may set them apart.
_KIN, _KIN_LONG, _KIN_WORDS = 0.6, 0.4, 3
#: Sentences on each side of a telling, within its paragraph, in which others are heard; paragraphs may have no end.
_NEAR = 30
#: Most words, and characters, a note quotes of one side, and what is stripped from their ends.
_QUOTED, _LINE = 12, 160
_STRAY = "“”\"'‘’«» ,;:.—–-…"
#: Tellings behind one word beyond which it proposes no pair, and most pairs weighed.
_KIN_CROWD, _KIN_PAIRS = 40, 200_000


def word_list(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


#: Words with which somebody denies.
DENY = word_list(
    """deny denies denied denying denial denials reject rejects rejected rejecting refute refutes refuted refuting
    dispute disputes disputed disputing dismiss dismisses dismissed dismissing contradict contradicts contradicted
    contradicting rebut rebuts rebutted disavow disavowed repudiate repudiated debunk debunked"""
)
_CITING = (
    SAID
    | DENY
    | word_list(
        "according reportedly allegedly alleged apparently purportedly supposedly believed thought accused suspected"
    )
)
#: Words that carry no content of their own.
SMALL = word_list(
    """a an the and or but nor so if whether as of in on at to for from by with about into over after before up down
    out off than then that this these those there here it its he him his she her they them their we us our you your
    i me my who whom whose which what when where why how is are was were be been being am do does did done doing
    have has had having will would shall should can could may might must not no yes also just very too all any some
    such own per s t says said say told tell according reportedly allegedly amid during under between through
    against while because since until upon via going more most less least other another each every both either
    neither only even still already again now"""
)
_JOINS = word_list("and but while whereas which who whose where although though because")
_SAME = {
    "kill": "die",
    "dead": "die",
    "death": "die",
    "wound": "injur",
    "hurt": "injur",
    "peopl": "person",
    "percent": "%",
}
NEGATIONS = word_list(
    """not no never none nobody nothing neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't
    weren't hasn't haven't hadn't wouldn't couldn't shouldn't isn aren wasn weren doesn didn hasn haven hadn wouldn
    couldn shouldn"""
)


_IRREGULAR = {
    form: base
    for base, forms in (
        ("begin", "began begun"), ("break", "broke broken"), ("bring", "brought"), ("build", "built"),
        ("buy", "bought"), ("catch", "caught"), ("choose", "chose chosen"), ("come", "came"), ("draw", "drew drawn"),
        ("drive", "drove driven"), ("fall", "fell fallen"), ("fight", "fought"), ("find", "found"), ("flee", "fled"),
        ("fly", "flew flown"), ("give", "gave given"), ("go", "went gone"), ("grow", "grew grown"),
        ("hide", "hid hidden"), ("hold", "held"), ("keep", "kept"), ("know", "knew known"), ("lead", "led"),
        ("leave", "left"), ("lose", "lost"), ("make", "made"), ("meet", "met"), ("pay", "paid"),
        ("rise", "rose risen"), ("run", "ran"), ("see", "saw seen"), ("sell", "sold"), ("send", "sent"),
        ("shoot", "shot"), ("sink", "sank sunk"), ("speak", "spoke spoken"), ("spend", "spent"), ("stand", "stood"),
        ("steal", "stole stolen"), ("strike", "struck"), ("swear", "swore sworn"), ("take", "took taken"),
        ("teach", "taught"), ("think", "thought"), ("throw", "threw thrown"), ("win", "won"),
        ("withdraw", "withdrew withdrawn"), ("write", "wrote written"), ("woman", "women"), ("man", "men"),
        ("child", "children"), ("person", "people"),
    )
    for form in forms.split()
}  # fmt: skip


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """The stem of a word's key; irregular forms have their base's, and near synonyms of harm share one."""
    from snowballstemmer import stemmer

    found = str(stemmer("english").stemWord(_IRREGULAR.get(key, key)))
    return _SAME.get(found, found)


def content_stems(found: Iterable[Word]) -> tuple[str, ...]:
    """One stem a word, "" for words without content of their own."""
    return tuple("" if word.key in SMALL or word.key in NEGATIONS else stem(word.key) for word in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One mention of a claim: ``stems`` go with ``words`` ("" for small ones), ``content`` is the set of them.

    ``setting`` is its whole sentence (or sentences), ``heard`` are the attributions whose content holds it, ``near``
    those in its paragraph and ``around`` those of its sentence and the one before; ``lead`` is that sentence before,
    None at the beginning.
    """

    claim: str
    article: Article
    mention: Mention
    setting: Span
    words: tuple[Word, ...]
    stems: tuple[str, ...]
    content: frozenset[str]
    numbers: tuple[Quantity, ...]
    times: tuple[TimePoint, ...]
    heard: tuple[Attribution, ...]
    near: tuple[Attribution, ...]
    around: tuple[Attribution, ...]
    lead: Span | None

    @property
    def order(self) -> tuple[str, str, tuple[Span, ...]]:
        """Sorts the earliest in this set first; the undated last."""
        return self.article.published or "~", self.article.id, self.mention.spans

    @property
    def attributed(self) -> bool:
        """Whether its article cites anybody for it."""
        return bool(self.mention.chain or self.mention.attribution or self.heard)

    def clause(self, start: int, end: int) -> frozenset[str]:
        """Content stems of the part of the sentence that holds the place: no comma, dash or "and" lies between."""
        text = self.article.text
        parts: list[list[int]] = [[]]
        for number, word in enumerate(self.words):
            between = text[self.words[number - 1].end : word.start] if number else ""
            inside = start <= word.start < end  # "31 dead, by midnight" may hold a comma of its own
            if number and not inside and (word.key in _JOINS or any(mark in between for mark in ",;:—–()\n")):
                parts.append([])
            parts[-1].append(number)
        for part in parts:
            if part and self.words[part[0]].start < end and start < self.words[part[-1]].end:
                return frozenset(self.stems[n] for n in part) - {""}
        return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything the comparisons read, with its indexes.

    ``weight`` is the weight of each content stem; ``crediting`` holds, by article, the articles whose outlet or
    reporter it cites; ``names`` is what a note calls each article; ``carried`` counts the articles of each claim;
    ``kin`` holds pairs of tellings of different claims that are near.
    """

    articles: Mapping[str, Article]
    attributions: Mapping[str, Attribution]
    sources: Mapping[str, Source]
    tellings: Mapping[str, tuple[Telling, ...]]
    weight: Mapping[str, float]
    crediting: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    carried: Mapping[str, int]
    kin: tuple[tuple[Telling, Telling], ...] = ()

    @property
    def credited(self) -> frozenset[str]:
        """Articles whose outlet or reporter another article cites: what they state may be their own finding."""
        return frozenset(name for found in self.crediting.values() for name in found)

    def credits(self, article: str, other: str) -> bool:
        """Whether ``article`` cites the outlet or reporter of ``other`` anywhere."""
        return other in self.crediting.get(article, frozenset())

    def label(self, article: Article) -> str:
        """What a note calls the article."""
        return self.names[article.id]

    def name(self, source: str | None) -> str:
        """What a note calls a source; one without a name of its own begins with a small letter."""
        known = self.sources.get(source or "")
        if known is None:
            return "somebody"
        if known.entity or known.kind in CARRIER_KINDS:
            return known.name
        return known.name[:1].lower() + known.name[1:]

    def sets(self) -> Iterator[tuple[str, tuple[Telling, ...]]]:
        """What is compared with one another: the tellings of each claim, then the near pairs across claims."""
        for claim in sorted(self.tellings):
            yield claim, self.distinct(claim)
        for one, two in self.kin:
            yield one.claim, (one, two)

    def total(self, stems: frozenset[str]) -> float:
        """How much the stems say: those that few claims of the story hold weigh most."""
        return sum(self.weight.get(found, 0.0) for found in stems)

    def alike(self, one: Telling, two: Telling) -> tuple[float, float]:
        """Weight of the content words both have, as a share 0..1 of the shorter's and of the longer's."""
        shared = self.total(one.content & two.content)
        short, long = sorted((self.total(one.content), self.total(two.content)))
        return (shared / short if short else 0.0, shared / long if long else 0.0)

    def distinct(self, claim: str) -> tuple[Telling, ...]:
        """The first of each wording of a claim, earliest first, at most ``MOST``."""
        seen: dict[tuple[object, ...], Telling] = {}
        for telling in self.tellings.get(claim, ()):
            key = (tuple(word.key for word in telling.words), telling.attributed)
            seen.setdefault(key, telling)
        return tuple(seen.values())[:MOST]


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
                    setting=_hull([*mention.spans, *(in_sentence.units[n] for n in numbers)]),
                    words=found_words,
                    stems=stems,
                    content=frozenset(stems) - {""},
                    numbers=tuple(quantities[key] for key in sorted(quantities)),
                    times=tuple(points[key] for key in sorted(points)),
                    heard=tuple(heard[key] for key in sorted(heard)),
                    near=tuple(near[key] for key in sorted(near)),
                    around=tuple(around[key] for key in sorted(around)),
                    lead=in_sentence.units[before[0]] if before else None,
                )
            )
    held = Counter(found for same in tellings.values() for found in {s for t in same for s in t.content})
    told = Told(
        articles=by_id,
        attributions={a.id: a for a in attributions},
        sources=sources,
        tellings={claim: tuple(sorted(found, key=lambda t: t.order)) for claim, found in tellings.items()},
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
        short, long = told.alike(one, two)
        if short >= _KIN and long >= _KIN_LONG and len(one.content & two.content) >= _KIN_WORDS:
            yield one, two


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


def sounds_cited(telling: Telling) -> bool:
    """Whether its sentence holds quotation marks, a hedge or a word of saying, though no attribution was read there."""
    text = telling.setting.of(telling.article.text)
    if any(mark in text for mark in '“”"„«»'):
        return True
    return any(word.key in _CITING for word in words(telling.article.text, telling.setting))


def shown(text: str) -> str:
    """Words as a note quotes them: one line in quotation marks, at most twelve words, no stray mark at either end."""
    parts = text.split()
    line = _inner(" ".join(parts[:_QUOTED]).strip(_STRAY))[:_LINE]
    return f"“{line} …”" if len(parts) > _QUOTED else f"“{line}”"


def about(telling: Telling, start: int, end: int) -> str:
    """The words of a telling around a place, as a note quotes them: twelve at most, five of them before the place."""
    held = [n for n, word in enumerate(telling.words) if word.start < end and start < word.end]
    if not held:
        return shown(telling.article.text[start:end])
    first = max(0, min(held[0] - 5, len(telling.words) - _QUOTED))
    last = min(len(telling.words), first + _QUOTED) - 1
    # a split quotation is not run together
    home = next((span for span in telling.mention.spans if span.start <= telling.words[held[0]].start < span.end), None)
    while home and telling.words[first].start < home.start:
        first += 1
    while home and telling.words[last].end > home.end:
        last -= 1
    line = " ".join(telling.article.text[telling.words[first].start : telling.words[last].end].split())
    line = _inner(line.strip(_STRAY))[:_LINE]
    return f"“{'… ' if first else ''}{line}{' …' if last + 1 < len(telling.words) else ''}”"


def _inner(line: str) -> str:
    """Quotation marks within a quotation are single ones; one that the cut left alone is taken out."""
    if line.count("“") != line.count("”") or line.count('"') % 2:
        return line.replace("“", "").replace("”", "").replace('"', "")
    return line.replace("“", "‘").replace("”", "’").replace('"', "'")


def side(article: Article, spans: Sequence[Span], value: str | None = None) -> Side:
    """One side of a conflict; without ``value`` its words are the value."""
    spans = tuple(spans)
    return Side(article=article.id, spans=spans, value=value if value is not None else text_of(article, spans))


def conflict(
    kind: ConflictType,
    verdict: Verdict,
    severity: Severity,
    note: str,
    sides: Sequence[Side],
    *,
    claim: str | None = None,
) -> Conflict:
    """A conflict with the id that its kind, claim and places give it."""
    places = ((s.article, span.start, span.end) for s in sides for span in s.spans)
    return Conflict(
        id=stable_id("conflict", kind, claim, *places),
        type=kind,
        verdict=verdict,
        severity=severity,
        note=note,
        sides=tuple(sides),
        claim=claim,
    )


def later_day(one: Telling, two: Telling) -> bool:
    """Whether ``two`` is known to be published on a later day than ``one``."""
    first, second = one.article.published, two.article.published
    return bool(first and second and first[:10] < second[:10])


def rival_sources(one: Telling, two: Telling) -> bool:
    """Whether the two are told on the word of sources known to be others: then neither retells the other."""
    left = {a.source for a in one.heard if a.source} | set(one.mention.chain[-1:])
    right = {a.source for a in two.heard if a.source} | set(two.mention.chain[-1:])
    return bool(left and right and not left & right)
