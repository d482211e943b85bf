"""A trace as one page that needs nothing else: no network, no script.

Takes a trace, gives HTML. Text is cut here, by code points, and always escaped; every number and finding links to its
words in the articles, which stand in full at the end of the page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from headwater import words as text_words
from headwater.labels import listed, number_of, plain
from headwater.model import (
    Article,
    Claim,
    Conflict,
    Finding,
    Furniture,
    FurnitureKind,
    Mention,
    Place,
    Quotation,
    Source,
    Span,
    TimePoint,
    Trace,
    Variant,
)
from headwater.report import phrases as said
from headwater.report.changes import with_changes
from headwater.report.dated import date_key, date_words
from headwater.report.segments import Mark, marked, marked_blocks
from headwater.report.tally import count_of
from headwater.report.view import View, Way

FURNITURE: dict[FurnitureKind, str] = {
    "related_link": "related link",
    "headline_list": "other headlines",
    "promo": "promotion",
    "caption": "caption",
    "disclaimer": "disclaimer",
    "embed": "embedded post",
    "share": "share buttons",
    "repeated_title": "title again",
    "date_line": "date line",
    "paywall": "paywall",
    "other": "page furniture",
}
CLAIM_KINDS = {"fact": "", "forecast": "forecast", "opinion": "opinion", "intention": "intention"}

_LONGEST_LINK = 90

#: How many claims stand open; the others open on a click.
OPEN_CLAIMS = 8

#: How many links to words stand in one list, and how many of them to one article.
MOST_EVIDENCE = 8
MOST_OF_ONE = 2

#: How many claims a finding links to.
MOST_LINKED = 4

_FOLDER = Path(__file__).parent / "templates"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def to_html(trace: Trace) -> str:
    """The page of a trace: a whole HTML document that loads nothing and runs nothing.

    Characters that HTML cannot hold (control characters, half surrogate pairs) are shown as U+FFFD.
    """
    page = _Page(trace).context()
    return _UNSAFE.sub("�", _template().render(page))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html.j2")


@dataclass(frozen=True, slots=True)
class _Link:
    """A link, or only its name where there is nothing to link to."""

    name: str
    href: str | None


@dataclass(frozen=True, slots=True)
class _Words:
    """Words in place: ``html`` is the sentence with the words marked, ``link`` leads to them in the article."""

    html: Markup
    link: _Link
    lang: str | None


def _cut(text: str) -> str:
    """A text that is not longer than a line, cut between words."""
    return text if len(text) <= _LONGEST_LINK else text[:_LONGEST_LINK].rsplit(" ", 1)[0].rstrip(" ,;:–—") + " …"


class _Anchors:
    """Names for the places of the page: no two alike, and the same in every run."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def of(self, kind: str, key: str) -> str:
        known = self._names.get((kind, key))
        if known is None:
            slug = re.sub(r"[^A-Za-z0-9]+", "-", key.removeprefix(f"{kind}-")).strip("-").lower()[:40] or "x"
            known, number = f"{kind}-{slug}", 1
            while known in self._taken:
                number += 1
                known = f"{kind}-{slug}--{number}"
            self._taken.add(known)
            self._names[kind, key] = known
        return known


class _Page:
    """Gathers what the template needs; links ask for anchors, and the articles, made last, bear them."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.view = View(trace)
        self.anchors = _Anchors()
        self.marks: dict[str, dict[str, Mark]] = {article.id: {} for article in trace.articles}
        for article in trace.articles:
            self.anchors.of("article", article.id)
        for claim in trace.claims:
            self.anchors.of("claim", claim.id)
            self._mark_mentions(claim)

    # Anchors and links

    def _mark_mentions(self, claim: Claim) -> None:
        view = self.view
        carried = len(view.claim_articles(claim))
        for number, mention in enumerate(claim.mentions, start=1):
            spans = view.valid_spans(mention.article, mention.spans)
            for index, span in enumerate(spans):
                anchor = self._mention_anchor(claim, number) if index == 0 else None
                shared = carried > 1 and index == len(spans) - 1
                key = anchor or f"{claim.id} {number} {index}"
                self.marks[mention.article][key] = Mark(
                    start=span.start,
                    end=span.end,
                    css="mention" if carried > 1 else "lone",
                    id=anchor,
                    link=f"#{self.anchors.of('claim', claim.id)}" if shared else None,
                    label=f"Claim: {view.carried_words(claim)}, {said.range_words(claim)}",
                    shown=f"{carried}→{said.range_sign(claim)}",
                    rank=1,
                )

    def _mention_anchor(self, claim: Claim, number: int) -> str:
        return self.anchors.of("mention", f"{self.anchors.of('claim', claim.id).removeprefix('claim-')}-{number}")

    def mention_link(self, claim: Claim, mention: Mention) -> _Link:
        name = self.view.label(mention.article)
        if not self.view.valid_spans(mention.article, mention.spans):
            return self.article_link(mention.article)
        number = next(n for n, other in enumerate(claim.mentions, start=1) if other is mention)
        return _Link(name, f"#{self._mention_anchor(claim, number)}")

    def article_link(self, article: str) -> _Link:
        known = article in self.view.articles
        return _Link(self.view.label(article), f"#{self.anchors.of('article', article)}" if known else None)

    def claim_link(self, claim_id: str | None, name: str = "") -> _Link | None:
        """A link to a claim, by its first words or by ``name``; None when there is no such claim."""
        claim = self.view.claims.get(claim_id or "")
        if claim is None:
            return None
        return _Link(name or _cut(said.claim_words(claim)), f"#{self.anchors.of('claim', claim.id)}")

    def source_link(self, source_id: str) -> _Link:
        known = source_id in self.view.sources
        return _Link(self.view.name(source_id), f"#{self.anchors.of('source', source_id)}" if known else None)

    def node_link(self, node: str) -> _Link:
        return self.source_link(node) if node in self.view.sources else self.article_link(node)

    def place_link(self, article: str, spans: Iterable[Span]) -> _Link:
        """A link to words; the article bears an anchor there."""
        spans = self.view.valid_spans(article, spans)
        if not spans:
            return self.article_link(article)
        slug = self.anchors.of("article", article).removeprefix("article-")
        anchor = self.anchors.of("words", f"{slug}-{spans[0].start}-{spans[0].end}")
        self.marks[article].setdefault(
            anchor, Mark(start=spans[0].start, end=spans[0].end, css="words", id=anchor, rank=2)
        )
        return _Link(self.view.label(article), f"#{anchor}")

    def evidence(self, places: Iterable[Place]) -> list[_Link]:
        """Links to words, an article's told apart by a number; not twice to words that overlap, nor to too many."""
        out: list[_Link] = []
        taken: dict[str, list[Span]] = {}
        left_out = 0
        for place in places:
            spans = taken.setdefault(place.article, [])
            if any(place.span.overlap(span) for span in spans):
                continue
            spans.append(place.span)
            if len(spans) > MOST_OF_ONE or len(out) >= MOST_EVIDENCE:
                left_out += 1
                continue
            link = self.place_link(place.article, [place.span])
            out.append(link if len(spans) == 1 else _Link(f"{link.name} ({len(spans)})", link.href))
        return [*out, _Link(f"and {left_out} more", None)] if left_out else out

    # Words in place

    def lang(self, article: str) -> str | None:
        known = self.view.articles.get(article)
        return known.language if known and known.language and _LANGUAGE.fullmatch(known.language) else None

    def in_place(self, article: str, spans: Iterable[Span], link: _Link | None = None) -> _Words:
        """The sentences around ``spans``, with them marked."""
        spans = self.view.valid_spans(article, spans)
        html = Markup("")
        if spans:
            text = self.view.articles[article].text
            marks = [Mark(start=span.start, end=span.end, css="hit", tag="mark") for span in spans]
            windows = self.view.around(article, spans)
            html = Markup(" … ").join(marked(text, marks, within=window) for window in windows)
        return _Words(html, link or self.place_link(article, spans), self.lang(article))

    # Sections

    def context(self) -> dict[str, Any]:
        view, trace = self.view, self.trace
        claims = [self.claim(claim, index) for index, claim in enumerate(view.shared_claims)]
        lone = [self.lone_claim(claim) for claim in view.lone_claims]
        context: dict[str, Any] = {
            "title": self.title(),
            "css": Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),
            "made_by": trace.made_by,
            "judge": said.judge_words(trace.made_by.judge) if trace.made_by.judge else "",
            "published": view.published_words,
            "number_of": number_of,
            "main": self.main(),
            "unjudged": self.unjudged(),
            "unjudged_short": self.unjudged_short(),
            "count": self.count(),
            "findings": [self.finding(finding) for finding in self.ordered_findings()],
            "claims": claims,
            "lone_claims": lone,
            "quotations": self.quotations(),
            "conflicts": [self.conflict(conflict) for conflict in view.ordered_conflicts],
            "timeline": self.timeline(),
            "sources": self.source_table(),
        }
        return {**context, "articles": [self.article(article) for article in trace.articles]}

    def title(self) -> str:
        titles = [plain(article.title) for article in self.trace.articles if article.title]
        return f"{number_of(len(self.trace.articles), 'article')}{f': {titles[0]}' if titles else ''}"

    def main(self) -> dict[str, Any] | None:
        claim = self.view.main_claim
        if claim is None:
            return None
        return {
            "link": self.claim_link(claim.id, said.claim_words(claim)),
            "carried": self.view.carried_words(claim),
            "range": said.range_words(claim),
            "origins": listed(self.view.origin_name(origin) for origin in claim.origins),
        }

    def unjudged(self) -> list[dict[str, Any]]:
        return [
            {
                "what": plain(item.what),
                "why": plain(item.why),
                "articles": [self.article_link(article) for article in articles],
            }
            for item, articles in self.view.unjudged
        ]

    def unjudged_short(self) -> list[dict[str, Any]]:
        """What could not be judged, each once whatever the reasons, with the number of articles it was met in."""
        met: dict[str, set[str]] = {}
        for item, articles in self.view.unjudged:
            met.setdefault(plain(item.what), set()).update(articles)
        return [{"what": what, "count": len(articles)} for what, articles in met.items()]

    def count(self) -> dict[str, Any]:
        count = count_of(self.view)
        texts = []
        for group in count.texts:
            shared = [
                line
                for derivation in self.trace.derivations
                if derivation.kind in {"copy", "rewrite"} and {derivation.later, derivation.earlier} <= set(group)
                for line in [
                    self.shared_words(derivation.later, derivation.earlier, derivation.share, derivation.directed)
                ]
            ]
            texts.append({"articles": [self.article_link(article) for article in group], "shared": shared})
        return {
            "articles": [self.article_link(article) for article in count.articles],
            "outlets": [
                {"name": name, "articles": [self.article_link(article) for article in group]}
                for name, group in count.outlets
            ],
            "texts": texts,
            "origins": [
                {
                    "name": group.name,
                    "link": self.node_link(group.sources[0]),
                    "claims": [self.claim_link(claim) for claim in group.claims],
                    "articles": [self.article_link(article) for article in group.articles],
                }
                for group in count.origins
            ],
            "main": said.range_number(main) if (main := self.view.main_claim) else "",
            "main_words": said.range_noun(main) if main else "",
            "all": said.range_of(count.low, count.high),
            "unknown": count.unknown,
            "shared_claims": len(self.view.shared_claims),
        }

    def shared_words(self, later: str, earlier: str, share: float | None, directed: bool) -> str:
        one, other = self.view.label(later), self.view.label(earlier)
        how_much = "text" if share is None else f"{said.share_words(share)} of its words"
        return f"{one} shares {how_much} with {other}" + ("" if directed else "; which came first cannot be judged")

    def ordered_findings(self) -> list[Finding]:
        return sorted(self.trace.findings, key=lambda finding: said.SEVERITIES[finding.severity])

    def finding(self, finding: Finding) -> dict[str, Any]:
        text = plain(finding.text)
        only = self.view.claims.get(finding.claims[0]) if len(finding.claims) == 1 else None
        quoted = only is not None and plain(only.text)[:40] in text
        claims = [link for key in finding.claims if (link := self.claim_link(key, "the claim" if quoted else ""))]
        if len(claims) > MOST_LINKED + 1:
            claims[MOST_LINKED:] = [_Link(f"and {len(claims) - MOST_LINKED} more", None)]
        conflicts = [
            _Link(said.CONFLICTS[found.type].lower(), f"#{self.anchors.of('conflict', found.id)}")
            for conflict in finding.conflicts
            if (found := self.view.conflicts.get(conflict))
        ]
        return {
            "id": self.anchors.of("finding", finding.id),
            "text": text,
            "severity": finding.severity,
            "quoted": quoted,
            "claims": claims,
            "conflicts": conflicts,
            "evidence": self.evidence(finding.evidence),
        }

    def claim(self, claim: Claim, index: int) -> dict[str, Any]:
        view = self.view
        origins = [
            {
                "name": view.origin_name(origin),
                "link": self.node_link(origin.source),
                "kind": said.upper_first(view.origin_kind(origin)),
                "basis": said.BASES[origin.basis],
                "reason": plain(origin.reason),
                "chain": view.chain_words(origin),
                "folded": said.upper_first(view.folded_words(origin)),
                "other_names": [
                    {"name": other.name, "link": self.place_link(other.place.article, [other.place.span])}
                    for other in view.other_names(claim, origin)
                ],
                "evidence": self.evidence(origin.evidence),
                "ways": [self.way(claim, way) for way in view.ways(claim, origin)],
            }
            for origin in claim.origins
        ]
        conflicts = [conflict for conflict in view.ordered_conflicts if conflict.claim == claim.id]
        return {
            "id": self.anchors.of("claim", claim.id),
            "text": said.claim_words(claim),
            "lang": self.lang(claim.mentions[0].article) if claim.mentions else None,
            "kind": CLAIM_KINDS[claim.kind],
            "open": index < OPEN_CLAIMS,
            "range": said.range_words(claim),
            "known": claim.independent.low > 0,
            "carried": view.carried_words(claim),
            "bottleneck": view.bottleneck_words(claim),
            "origins": origins,
            "unknown": view.unknown_words(claim),
            "unknown_ways": [self.way(claim, way) for way in view.plain_ways(claim, claim.unknown)],
            "circular": said.upper_first(view.circle_words(claim)),
            "circular_ways": [
                self.way(claim, way)
                for way in view.plain_ways(claim, (node for node in claim.circular if node in view.articles))
            ],
            "other_ways": [self.way(claim, way) for way in view.plain_ways(claim, view.left_over(claim))],
            "conflicts": [self.conflict_link(conflict) for conflict in conflicts],
            "wider": self.claim_links(view.wider.get(claim.id, ())),
            "parts": self.claim_links(claim.parts),
            "related": self.claim_links(
                n for n in claim.related if n not in {*claim.parts, *view.wider.get(claim.id, ())}
            ),
        }

    def claim_links(self, claims: Iterable[str]) -> list[_Link]:
        return [link for other in claims if (link := self.claim_link(other))]

    def way(self, claim: Claim, way: Way) -> dict[str, Any]:
        mentions = [
            self.in_place(mention.article, mention.spans, self.mention_link(claim, mention)) for mention in way.mentions
        ]
        return {
            "link": mentions[0].link if mentions else self.article_link(way.article),
            "words": "; ".join(part for part in (way.words, way.shared) if part),
            "mentions": mentions,
            "doubts": [self.in_place(place.article, [place.span]) for place in way.doubts],
            "evidence": self.evidence(way.evidence),
        }

    def lone_claim(self, claim: Claim) -> dict[str, Any]:
        mention = claim.mentions[0] if claim.mentions else None
        return {
            "id": self.anchors.of("claim", claim.id),
            "text": said.claim_words(claim),
            "lang": self.lang(mention.article) if mention else None,
            "kind": CLAIM_KINDS[claim.kind],
            "link": self.mention_link(claim, mention) if mention else None,
            "origins": [self.view.origin_name(origin) for origin in claim.origins],
            "wider": self.claim_links(self.view.wider.get(claim.id, ())),
            "conflicts": [self.conflict_link(c) for c in self.view.ordered_conflicts if c.claim == claim.id],
        }

    def conflict_link(self, conflict: Conflict) -> _Link:
        name = f"{said.CONFLICTS[conflict.type]}: {plain(conflict.note)}"
        return _Link(name, f"#{self.anchors.of('conflict', conflict.id)}")

    def conflict(self, conflict: Conflict) -> dict[str, Any]:
        return {
            "id": self.anchors.of("conflict", conflict.id),
            "type": said.CONFLICTS[conflict.type],
            "verdict": said.VERDICTS[conflict.verdict],
            "severity": conflict.severity,
            "note": plain(conflict.note),
            "claim": self.claim_link(conflict.claim),
            "sides": [
                {"value": plain(side.value), "words": self.in_place(side.article, side.spans)}
                for side in conflict.sides
            ],
        }

    # Quotations

    def quotations(self) -> dict[str, Any]:
        shared: list[Quotation] = []
        lone: list[Quotation] = []
        for quotation in self.trace.quotations:
            articles = {variant.article for variant in quotation.variants}
            (shared if len(articles) > 1 else lone).append(quotation)
        shared.sort(key=lambda quotation: -len({variant.article for variant in quotation.variants}))
        return {
            "shared": [self.quotation(quotation) for quotation in shared],
            "lone": [self.quotation(quotation) for quotation in lone],
        }

    def quotation(self, quotation: Quotation) -> dict[str, Any]:
        variants = sorted(quotation.variants, key=lambda variant: variant.relation != "fullest")
        return {
            "id": self.anchors.of("quotation", quotation.id),
            "speaker": self.source_link(quotation.speaker) if quotation.speaker else None,
            "rows": [self.variant(variant, variants[0]) for variant in variants],
        }

    def variant(self, variant: Variant, fullest: Variant) -> dict[str, Any]:
        html, unplaced = with_changes(self.view, variant, fullest)
        return {
            "link": self.place_link(variant.article, variant.spans),
            "lang": self.lang(variant.article),
            "html": html,
            "unplaced": unplaced,
            "relation": said.RELATIONS[variant.relation],
        }

    # Time, sources, articles

    def timeline(self) -> dict[str, Any]:
        dated: dict[str, list[TimePoint]] = {}
        undated: list[TimePoint] = []
        for point in self.trace.timeline:
            if point.value is None:
                undated.append(point)
            else:
                dated.setdefault(point.value, []).append(point)
        return {
            "dated": [
                {
                    "when": said.upper_first(date_words(value)),
                    "value": value,
                    "points": self.points(dated[value]),
                }
                for value in sorted(dated, key=date_key)
            ],
            "undated": self.points(undated),
        }

    def points(self, points: Sequence[TimePoint]) -> list[dict[str, Any]]:
        """Each sentence once, with all its expressions of one date marked, and the shared claims they belong to."""
        shared = {claim.id for claim in self.view.shared_claims}
        by_sentence: dict[tuple[str, tuple[Span, ...]], list[TimePoint]] = {}
        for point in points:
            windows = tuple(self.view.around(point.article, [Span(point.start, point.end)]))
            by_sentence.setdefault((point.article, windows), []).append(point)
        return [
            {
                "words": self.in_place(article, [Span(point.start, point.end) for point in met]),
                "claims": [
                    self.claim_link(claim) for claim in dict.fromkeys(point.claim for point in met) if claim in shared
                ],
            }
            for (article, _), met in by_sentence.items()
        ]

    def source_table(self) -> dict[str, Any]:
        origins = {origin.source for claim in self.view.shared_claims for origin in claim.origins}

        def articles_of(source: Source) -> int:
            return len({place.article for place in source.mentions})

        ordered = sorted(self.trace.sources, key=lambda s: (s.id not in origins, -articles_of(s), s.name.casefold()))
        rows = [self.source_row(source) for source in ordered]
        first = sum(1 for source in ordered if source.id in origins or articles_of(source) > 1)
        return {"first": rows[:first], "rest": rows[first:]} if first > 0 else {"first": rows, "rest": []}

    def source_row(self, source: Source) -> dict[str, Any]:
        by_article: dict[str, list[Place]] = {}
        for place in source.mentions:
            by_article.setdefault(place.article, []).append(place)
        return {
            "id": self.anchors.of("source", source.id),
            "name": self.view.name(source.id),
            "kind": said.KINDS[source.kind],
            "number": source.number,
            "reached_by": self.node_link(source.reached_by) if source.reached_by else None,
            "maybe_same": [self.source_link(other) for other in source.maybe_same],
            "places": [
                {"link": self.place_link(article, [places[0].span]), "count": len(places)}
                for article, places in by_article.items()
            ],
        }

    def article(self, article: Article) -> dict[str, Any]:
        marks = list(self.marks[article.id].values())
        away = _joined(article)
        marks += [
            Mark(start=item.start, end=item.end, css="furniture", data=FURNITURE[item.kind], rank=0) for item in away
        ]
        parts: dict[tuple[int, int, str], Mark] = {}
        for found in self.trace.attributions:
            if found.article != article.id:
                continue
            for css, spans, rank in (
                ("content" if found.said else "content stance", found.content_spans, 3),
                ("source", (*found.source_spans, *found.via_spans), 4),
                ("cue", found.cue_spans, 5),
                ("hedge", found.hedge_spans, 6),
            ):
                for span in self.view.valid_spans(article.id, spans):
                    label = {"source": "source", "content": "said"}.get(css)
                    parts[span.start, span.end, css] = Mark(
                        start=span.start, end=span.end, css=css, data=label, rank=rank
                    )
        url = plain(article.url or "")
        return {
            "id": self.anchors.of("article", article.id),
            "label": self.view.label(article.id),
            "key": plain(article.id),
            "title": plain(article.title or ""),
            "byline": plain(article.byline or ""),
            "dateline": plain(article.dateline or ""),
            "published": self.published_words(article),
            "url": url if _WEB.fullmatch(url) else None,
            "words": article.words,
            "language": article.language,
            "truncated": article.truncated,
            "lang": self.lang(article.id),
            "paragraphs": self.paragraphs(article.text, [*marks, *parts.values()], [item.span for item in away]),
        }

    @staticmethod
    def published_words(article: Article) -> str:
        if not article.published:
            return "date not known"
        basis = {
            "metadata": "by its metadata",
            "text": "by its text",
            "file": "by its file",
            "caller": "as given",
            None: "",
        }[article.published_basis]
        return f"{date_words(article.published)}{f' ({basis})' if basis else ''}"

    @staticmethod
    def paragraphs(text: str, marks: Sequence[Mark], away: Sequence[Span]) -> Markup:
        """The whole text in paragraphs, those that are nothing but furniture (``away``, in order) run together.

        Without the tags it is the text.
        """
        starts = [span.start for span in text_words.paragraphs(text)]
        edges = sorted({0, *starts[1:], len(text)})
        blocks = [Span(start, end) for start, end in pairwise(edges)]
        out = []
        for block, html in zip(blocks, marked_blocks(text, marks, blocks), strict=True):
            inner = text_words.trimmed(text, block)
            index = bisect_right(away, inner.start, key=lambda span: span.start) - 1
            aside = index >= 0 and away[index].holds(inner) and inner.start < inner.end
            css = ' class="away"' if aside else ""
            out.append(f'<p{css} dir="auto">{html}</p>')
        return Markup("".join(out))


def _joined(article: Article) -> list[Furniture]:
    """The furniture in order, with neighbours of one kind joined where only white space lies between."""
    out: list[Furniture] = []
    for item in sorted(article.furniture):
        last = out[-1] if out else None
        if last and last.kind == item.kind and not article.text[last.end : item.start].strip():
            out[-1] = Furniture(last.start, max(last.end, item.end), item.kind)
        else:
            out.append(item)
    return out
