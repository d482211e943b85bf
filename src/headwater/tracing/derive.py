"""Who took it from whom: copies, attributions and credit lines in, derivations and lineages out.

A derivation points from the later text to the earlier one when the later one says so or the dates show it; otherwise it
has no direction. Of the many pairs in a lineage only each text's nearest source is kept, and what holds the lineage
together. Texts that share nothing but a quotation have a source in common, not a text: their kind is ``quote``.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from headwater.dates import day_of
from headwater.model import CARRIER_KINDS, Article, Attribution, Copy, Derivation, Place, Source, Span
from headwater.tracing.credit_lines import (
    AGENCIES,
    NAME,
    credit_marks,
    is_own,
    line_at,
    name_key,
    others_marks,
    outlet_keys,
    own_agency,
    writers,
)
from headwater.words import Word, outside, words

__all__ = ["AGENCIES", "credit_marks", "derivations", "lineages"]

#: Places kept for one credit: an article that credits more often than this is no article, and each claim looks at all.
_MOST_EVIDENCE = 300
_QUOTED = re.compile('[“"«„]([^“”"«»„\n]{0,3000})[”"»“]')
_CREDITED_ON_THE_WAY = CARRIER_KINDS | {"document", "organisation"}  # a person who passes words on is a speaker
_LONG_AGO = re.compile(
    r"\b(?:last|previous) (?:week|month|year|spring|summer|fall|autumn|winter|decade|january|february|march|april|may|"
    r"june|july|august|september|october|november|december)\b|\b(?:weeks|months|years|decades?|a (?:week|month|year)) "
    r"(?:ago|earlier|before)\b|\b(?:earlier|late|later) (?:this|last) (?:month|year)\b|\bin (?:\w+ )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"(?:that )?it (?:would|will|plan|intend|hope|want|disagree|stand|stood|regret|welcome|decline)", re.IGNORECASE
)
_REPORT_BY = re.compile(
    rf"(?:[Aa]n?\s|[Tt]he\s)?(?:\w+\s){{0,2}}?(?:report|story|article|dispatch|account)s?\s(?:by|in|from)\s"
    rf"(?:[Tt]he\s)?(?P<name>{NAME})"
)
_AROUND = 120  # code points beside a credit in which it may be said that the report is an old one

_SIBLINGS = 4  # articles of the larger lineage that must share text with the smaller; of fewer, half
_HEADLINE_WORDS = 5  # words of a headline that two stories of one agency do not have in common by chance ...
_HEADLINE_DAYS = 7  # ... within so many days
_COPY_SHARE = 0.5  # share of either text's own words that makes the pair a copy
_REWRITE_SHARE = 0.2  # share of words from which the later text has them from the earlier: less can be a third's
_LONG_RUN = 60  # own words in one nearly verbatim passage that make it a copy ...
_LONG_RUN_SHARE = 0.25  # ... from this share on: under it one paragraph was lifted, not the text
_VERBATIM = 0.9  # equal words of a passage that is nearly verbatim
_ACT = 8  # equal words within quotation marks that prove one act of speech
_NEARLY_BEST = 0.95  # among sources that share at least this part of the most, the earliest is the source

_Named = dict[tuple[str, str], set[Place]]  # (article, source or name) -> where it says so


@dataclass(frozen=True, slots=True)
class _Text:
    """An article with its words outside furniture."""

    article: Article
    words: list[Word]
    starts: list[int]
    own: list[int]  # how many of the words before each are outside quotation marks
    quoted: list[tuple[int, int]]  # words of each quotation, [first, last)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The words that begin in [start, end), by number."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def own_within(self, start: int, end: int) -> int:
        """How many words in [start, end) are outside quotation marks."""
        first, last = self.within(start, end)
        return self.own[last] - self.own[first]


@dataclass(frozen=True, slots=True)
class _Link:
    """A pair of texts that share words: ``shared`` counts those outside quotation marks."""

    edge: Derivation
    shared: int


def derivations(
    articles: Sequence[Article], copies: Sequence[Copy], attributions: Sequence[Attribution], sources: Sequence[Source]
) -> tuple[Derivation, ...]:
    """Say which article took what from which article or source.

    Args:
        articles: of one story; ids must differ.
        copies: the pairs that share text, as ``headwater.align.passages.copies`` gives them.
        attributions: of the story, source ids being the story's.
        sources: of the story; a credit line counts when the name that ``credit_marks`` gives is among them or is the
            outlet of another article.

    Returns:
        Derivations in order of (later, earlier, kind). ``credit`` leads to a Source, and to the article of this set
        that the credited outlet or journalist published, when it is the only one. ``copy`` and ``rewrite`` lead to the
        nearest source, and join what shares text; with a direction they never form a ring and never lead from an
        earlier to a later date. ``quote`` pairs share a quotation and no other text.
    """
    texts = {article.id: _read(article) for article in sorted(articles, key=lambda a: a.id)}
    known = [copy for copy in copies if copy.earlier in texts and copy.later in texts]
    to_sources, to_names = _credits(texts, attributions, sources)
    named = _published_by(texts, to_names)
    to_articles = _between(texts, named, known)
    edges = [
        Derivation(
            later=later, earlier=earlier, kind="credit", stated=True, evidence=tuple(sorted(places)[:_MOST_EVIDENCE])
        )
        for credits in (to_sources, to_articles)
        for (later, earlier), places in credits.items()
    ]
    edges += _text_edges(texts, known, to_articles, named)
    edges += _quote_edges(texts, known, to_articles)
    return tuple(sorted(edges, key=lambda edge: (edge.later, edge.earlier, edge.kind)))


def lineages(articles: Sequence[Article], derivations: Sequence[Derivation]) -> tuple[tuple[str, ...], ...]:
    """Group the articles that stand on one text.

    ``copy`` joins whatever it connects. ``rewrite`` is a weaker bond and reaches one step: an article that is a copy of
    none joins the group of the text it shares most with, and nobody joins through it. Credits and quotations join
    nothing.

    Returns:
        Every article in exactly one group, ids in order, groups in order; a text that shares with none is alone.
    """
    groups = _Groups(article.id for article in articles)
    bonds = [edge for edge in derivations if edge.later in groups.above and edge.earlier in groups.above]
    firm: set[str] = set()  # may be joined by others
    for edge in bonds:
        if edge.kind == "copy":
            groups.join(edge.later, edge.earlier)
            firm |= {edge.later, edge.earlier}
    joined: set[str] = set()
    weak = [edge for edge in bonds if edge.kind == "rewrite"]
    for edge in sorted(weak, key=lambda e: (-(e.share or 0), e.later, e.earlier)):
        for one, other in ((edge.later, edge.earlier), (edge.earlier, edge.later)):
            if one not in firm | joined and other not in joined:
                groups.join(one, other)
                joined.add(one)
                firm.add(other)
                break
    out: dict[str, list[str]] = defaultdict(list)
    for name in sorted(groups.above):
        out[groups.root(name)].append(name)
    return tuple(sorted(tuple(group) for group in out.values()))


class _Groups:
    """Sets of names that are joined pair by pair; the first name in order stands for its set."""

    def __init__(self, names: Iterable[str]) -> None:
        self.above = {name: name for name in names}

    def root(self, name: str) -> str:
        """The name that stands for the set of ``name``."""
        while self.above[name] != name:
            self.above[name] = self.above[self.above[name]]
            name = self.above[name]
        return name

    def join(self, one: str, other: str) -> bool:
        """Make one set of two; False when they were one already."""
        first, last = sorted((self.root(one), self.root(other)))
        self.above[last] = first
        return first != last


def _read(article: Article) -> _Text:
    text = article.text
    inside = [word for block in outside(len(text), (f.span for f in article.furniture)) for word in words(text, block)]
    starts = [word.start for word in inside]
    quoted = [(bisect_left(starts, m.start(1)), bisect_left(starts, m.end(1))) for m in _QUOTED.finditer(text)]
    outside_marks = [1] * len(inside)
    for first, last in quoted:
        outside_marks[first:last] = [0] * (last - first)
    return _Text(article, inside, starts, [0, *accumulate(outside_marks)], quoted)


def _credits(
    texts: Mapping[str, _Text], attributions: Iterable[Attribution], sources: Iterable[Source]
) -> tuple[_Named, _Named]:
    """Whom each article credits: as Sources, and by the names of the carriers among them and of its credit lines."""
    known = {source.id: source for source in sorted(sources, key=lambda s: s.id)}
    to_sources: _Named = defaultdict(set)
    to_names: _Named = defaultdict(set)

    def credit(article: Article, source: Source, spans: Iterable[Span]) -> None:
        places = {span.at(article.id) for span in spans}
        if places and not is_own(article, source.name):
            to_sources[article.id, source.id] |= places
            if source.kind in CARRIER_KINDS or source.kind == "organisation":
                to_names[article.id, source.name] |= places

    for attribution in attributions:
        text = texts.get(attribution.article)
        if text is None or not attribution.said:
            continue
        each = len(attribution.via) == len(attribution.via_spans)
        for number, name in enumerate(attribution.via):
            spans = attribution.via_spans[number : number + 1] if each else attribution.via_spans
            if name in known and known[name].kind in _CREDITED_ON_THE_WAY:
                credit(text.article, known[name], (*spans, *attribution.cue_spans))
        source = known.get(attribution.source or "")
        if source and source.kind == "outlet" and _of_itself(text.article, attribution):
            continue
        if source and source.kind == "document":  # "according to a report by the Courier" credits the Courier
            for span in attribution.source_spans:
                if report := _REPORT_BY.match(text.article.text, span.start, span.end + _AROUND):
                    to_names[text.article.id, report["name"]].add(span.at(text.article.id))
        if source and (source.kind in CARRIER_KINDS or source.kind == "document"):
            credit(text.article, source, (*attribution.source_spans, *attribution.cue_spans))
    by_name: dict[str, list[Source]] = defaultdict(list)
    for source in known.values():
        if source.kind in CARRIER_KINDS or source.kind == "organisation":
            by_name[name_key(source.name)].append(source)
    for text in texts.values():
        for name, span in credit_marks(text.article):
            if is_own(text.article, name):
                continue
            to_names[text.article.id, name].add(span.at(text.article.id))
            for source in by_name[name_key(name)][:1]:
                credit(text.article, source, [span])
    return dict(to_sources), dict(to_names)


def _of_itself(article: Article, attribution: Attribution) -> bool:
    """Whether an outlet speaks as a party ("the Post said it would appeal"), not as one that reports."""
    return any(_PARTY.match(article.text, span.start, span.end) for span in attribution.content_spans[:1])


def _published_by(texts: Mapping[str, _Text], to_names: _Named) -> dict[tuple[str, str], _Named]:
    """For each credit, by (article, name), the articles of this set that the credited outlet or person published."""
    by_outlet: dict[str, set[str]] = defaultdict(set)
    by_writer: dict[str, set[str]] = defaultdict(set)
    for other, text in texts.items():
        if text.article.outlet:
            for key in outlet_keys(text.article.outlet):
                by_outlet[key].add(other)
        for part in writers(text.article.byline):
            by_writer[part].add(other)
    out: dict[tuple[str, str], _Named] = {}
    for (later, name), places in to_names.items():
        near = set().union(*(by_outlet.get(key, ()) for key in outlet_keys(name)), by_writer.get(name_key(name), ()))
        out[later, name] = {
            (later, other): places for other in sorted(near) if other != later and is_own(texts[other].article, name)
        }
    return out


def _between(texts: Mapping[str, _Text], named: Mapping[tuple[str, str], _Named], copies: Iterable[Copy]) -> _Named:
    """Credits from article to article, where one article alone can be meant: none that appeared later."""
    sharing = {pair for copy in copies for pair in ((copy.later, copy.earlier), (copy.earlier, copy.later))}
    after = {(copy.earlier, copy.later) for copy in copies if copy.directed}
    out: _Named = defaultdict(set)
    for credits in named.values():
        pairs = [
            (later, other)
            for later, other in credits
            if (later, other) not in after
            and not _is_later(texts[other].article, texts[later].article)
            and not all(_is_old(texts[later].article, place) for place in credits[later, other])
        ]
        if len(pairs) > 1:
            pairs = [pair for pair in pairs if pair in sharing]
        if len(pairs) == 1:
            out[pairs[0]] |= credits[pairs[0]]
    return dict(out)


def _is_old(article: Article, place: Place) -> bool:
    """Whether a credit is for a report of long ago, which is no article of the day's: "a report last year"."""
    line = line_at(article.text, place.start)
    start, end = max(line.start, place.start - _AROUND), min(max(line.end, place.end), place.end + _AROUND)
    return _LONG_AGO.search(article.text, start, end) is not None


def _day(article: Article) -> date | None:
    return day_of(article.published) if article.published else None


def _is_later(one: Article, other: Article) -> bool:
    """Whether ``one`` appeared on a later day than ``other``."""
    days = _day(one), _day(other)
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _text_edges(
    texts: Mapping[str, _Text],
    copies: Iterable[Copy],
    credited: _Named,
    named: Mapping[tuple[str, str], _Named],
) -> list[Derivation]:
    """The copies that lead to each text's nearest source, and those that hold what shares text together.

    They are a forest: no two ways lead from one text to another, so nothing can close a ring.
    """
    doubted = {(other, later) for credits in named.values() for later, other in credits}
    marks = {name: others_marks(text.article) for name, text in texts.items()}
    links = [_link(texts, copy, credited, doubted, marks) for copy in copies]
    agencies = {name: (marks[name] & AGENCIES.keys()) | own_agency(text.article) for name, text in texts.items()}
    groups = _Groups(texts)
    kept: list[_Link] = []
    # copies first: what rewrites connect must not stand for them, since lineages do not close over rewrites
    for kind in ("copy", "rewrite"):
        if kind == "rewrite":
            links = _as_versions(links, groups, agencies)
            kept += _joining(texts, [link for link in links if link.edge.kind == "copy"], groups)
        kept += _joining(texts, [link for link in links if link.edge.kind == kind], groups)
    return [link.edge for link in kept] + _same_headlines(texts, groups, agencies)


def _joining(texts: Mapping[str, _Text], links: Sequence[_Link], groups: "_Groups") -> list[_Link]:
    """Those of the links that make one of two groups, nearest sources first."""
    nearest = _nearest(texts, links)
    order = sorted(links, key=lambda k: (nearest.get(k.edge.later) is not k, -k.shared, k.edge.later, k.edge.earlier))
    return [link for link in order if groups.join(link.edge.later, link.edge.earlier)]


def _as_versions(links: Iterable[_Link], groups: "_Groups", agencies: Mapping[str, Set[str]]) -> list[_Link]:
    """Successive versions of one agency's story are one text, though little of the first is left in the last.

    What the versions share stands in most printings of each; what two pages have in common besides does not.
    """
    links = list(links)
    members: dict[str, list[str]] = defaultdict(list)
    for name in groups.above:
        members[groups.root(name)].append(name)
    sharing: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for link in links:
        ends = sorted((groups.root(name), name) for name in (link.edge.later, link.edge.earlier))
        if link.edge.kind == "rewrite" and ends[0][0] != ends[1][0]:
            for (_, name), side in zip(ends, sharing[ends[0][0], ends[1][0]], strict=True):
                side.add(name)
    versions = set()
    for (one, other), sides in sharing.items():
        (few, least), (many, most) = sorted(
            zip((members[one], members[other]), sides, strict=True), key=lambda side: (len(side[0]), side[0])
        )
        common = Counter(agency for name in few for agency in agencies[name])
        elsewhere = Counter(agency for name in many for agency in agencies[name])
        marked = any(2 * n >= len(few) and 2 * elsewhere[agency] >= len(many) for agency, n in common.items())
        enough = 2 * len(least) >= len(few) and len(most) >= min(_SIBLINGS, (len(many) + 1) // 2)
        if len(few) > 1 and marked and enough:
            versions.add((one, other))
    return [
        replace(link, edge=replace(link.edge, kind="copy"))
        if tuple(sorted((groups.root(link.edge.later), groups.root(link.edge.earlier)))) in versions
        else link
        for link in links
    ]


def _same_headlines(
    texts: Mapping[str, _Text], groups: "_Groups", agencies: Mapping[str, Set[str]]
) -> list[Derivation]:
    """Articles of one agency under one headline tell one story, also where only captions are left of the text."""
    first: dict[tuple[str, ...], str] = {}
    out = []
    dated = sorted(texts, key=lambda name: (_day(texts[name].article) or date.max, name))
    for name in dated:
        article = texts[name].article
        title = article.title or ""
        said = tuple(word.key for word in words(title, Span(0, len(title))))
        if len(said) < _HEADLINE_WORDS:
            continue
        for agency in sorted(agencies[name]):
            other = first.setdefault((agency, *said), name)
            earlier = texts[other].article
            days = _day(article), _day(earlier)
            if days[0] and days[1] and (days[0] - days[1]).days > _HEADLINE_DAYS:
                first[agency, *said] = name
                continue
            evidence = tuple(sorted((*_standing(article, title), *_standing(earlier, earlier.title or ""))))
            if other != name and evidence and groups.join(name, other):
                directed = _is_later(article, earlier)
                ends = (name, other) if directed else (max(name, other), min(name, other))
                share = round(min(1.0, len(said) / max(1, len(texts[ends[0]].words))), 4)
                out.append(
                    Derivation(
                        later=ends[0],
                        earlier=ends[1],
                        kind="rewrite",
                        stated=False,
                        share=share,
                        directed=directed,
                        evidence=evidence,
                    )
                )
    return out


def _standing(article: Article, words: str) -> list[Place]:
    """Where words stand in an article first, if they do."""
    at = article.text.find(words) if words else -1
    return [Place(article.id, at, at + len(words))] if at >= 0 else []


def _nearest(texts: Mapping[str, _Text], links: Iterable[_Link]) -> dict[str, _Link]:
    """For each text that is later than others the link to the earliest of those with which it shares most."""
    by_later: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        if link.edge.directed:
            by_later[link.edge.later].append(link)
    out = {}
    for name, choices in by_later.items():
        enough = _NEARLY_BEST * max(link.shared for link in choices)
        out[name] = min(
            (link for link in choices if link.shared >= enough),
            key=lambda link: (texts[link.edge.earlier].article.published or "9999", link.edge.earlier),
        )
    return out


def _link(
    texts: Mapping[str, _Text],
    copy: Copy,
    credited: _Named,
    doubted: Set[tuple[str, str]],
    marks: Mapping[str, Set[str]],
) -> _Link:
    """The edge of a copy; ``doubted`` holds (later, earlier) where the earlier one credits the later one's outlet.

    A text that bears another's mark it has from there: of two that print one agency neither took it from the other.
    """
    later, earlier, share = copy.later, copy.earlier, copy.share
    shared, longest = {later: 0.0, earlier: 0.0}, 0.0
    for passage in copy.passages:
        for place in (passage.left, passage.right):
            own = texts[place.article].own_within(place.start, place.end) * passage.same / passage.words
            shared[place.article] += own
            if passage.same >= _VERBATIM * passage.words:
                longest = max(longest, own)
    least = min(shared.values())
    parts = {name: min(1.0, least / max(1, texts[name].own[-1])) for name in (later, earlier)}
    most = max(share, *parts.values())
    is_copy = most >= _COPY_SHARE or (longest >= _LONG_RUN and most >= _LONG_RUN_SHARE)
    says, other_says = (later, earlier) in credited, (earlier, later) in credited
    directed = copy.directed
    if copy.directed and not says and (later, earlier) in doubted:
        directed = False  # the one that credits bears the earlier date: one of the dates is not that of the text
    elif copy.directed and not says and (marks[later] or (not is_copy and most < _REWRITE_SHARE)):
        directed = False
    elif not copy.directed and says != other_says:
        directed = True
        if other_says:
            later, earlier, share = earlier, later, round(parts[earlier], 4)
    if not directed and later < earlier:
        later, earlier, share = earlier, later, round(parts[earlier], 4)
    edge = Derivation(
        later=later,
        earlier=earlier,
        kind="copy" if is_copy else "rewrite",
        stated=(later, earlier) in credited,
        share=share,
        directed=directed,
        evidence=tuple(sorted({place for passage in copy.passages for place in (passage.left, passage.right)})),
    )
    return _Link(edge, round(least))


def _quote_edges(texts: Mapping[str, _Text], copies: Iterable[Copy], credited: _Named) -> list[Derivation]:
    """Each quotation leads to the first article that prints it, unless both share a text anyway."""
    groups = _Groups(texts)
    for copy in copies:
        groups.join(copy.later, copy.earlier)
    first: dict[tuple[str, ...], tuple[str, int]] = {}
    shared: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)  # pair -> word here -> word there
    dated = sorted(texts, key=lambda name: (_day(texts[name].article) or date.max, name))
    for name in dated:
        text = texts[name]
        for begin, end in text.quoted:
            for at in range(begin, end - _ACT + 1):
                key = tuple(word.key for word in text.words[at : at + _ACT])
                other, there = first.setdefault(key, (name, at))
                if groups.root(other) != groups.root(name):
                    for step in range(_ACT):
                        shared[name, other].setdefault(at + step, there + step)
    out = []
    for (name, other), pairs in sorted(shared.items()):
        # who prints the same words later may have them from the speaker: only a credit shows otherwise
        ends = [pair for pair in ((name, other), (other, name)) if pair in credited]
        directed = len(ends) == 1
        later, earlier = ends[0] if directed else (max(name, other), min(name, other))
        here, source = texts[name], texts[other]
        count = len(pairs) if later == name else len(set(pairs.values()))
        evidence = [*_places(here, pairs), *_places(source, set(pairs.values()))]
        share = round(count / len(texts[later].words), 4)
        out.append(
            Derivation(
                later=later,
                earlier=earlier,
                kind="quote",
                stated=False,
                share=share,
                directed=directed,
                evidence=tuple(sorted(evidence)),
            )
        )
    return out


def _places(text: _Text, numbers: Iterable[int]) -> list[Place]:
    """The places of words, one a run."""
    out: list[Place] = []
    last = -2
    for number in sorted(numbers):
        word = text.words[number]
        start = out.pop().start if number == last + 1 else word.start
        out.append(Place(text.article.id, start, word.end))
        last = number
    return out
