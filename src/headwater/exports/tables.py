"""The seven tables of a trace: claims, mentions, attributions, quotations, conflicts, origins, derivations.

Every field of these records stands in a column, so that whoever reads the tables back has the records; names and the
words themselves stand beside the ids and spans. Rows are in the trace's order.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from headwater.labels import listed
from headwater.model import Change, Place, Span, Trace
from headwater.report.phrases import range_words
from headwater.report.view import View

#: ``texts``, ``spans``, ``places`` and ``changes`` are lists; ``share`` is a number 0..1.
Kind = Literal["text", "integer", "share", "flag", "texts", "spans", "places", "changes"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns with their kinds, its rows; None is a cell of which nothing is known."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[Any, ...], ...]


_CLAIMS = (
    "id:text text:text kind:text outlets:integer articles:integer low:integer high:integer origins:text "
    "bottlenecks:texts bottleneck_names:text unknown:texts circular:texts related:texts parts:texts"
)
_MENTIONS = (
    "claim:text number:integer article:text outlet:text words:text attribution:text chain:texts chain_names:text "
    "basis:text counted:texts spans:spans evidence:places"
)
_ATTRIBUTIONS = (
    "id:text article:text outlet:text source:text source_name:text source_kind:text mode:text words:text hedged:flag "
    "said:flag score:share via:texts source_spans:spans cue_spans:spans content_spans:spans hedge_spans:spans "
    "via_spans:spans"
)
_QUOTATIONS = (
    "quotation:text speaker:text speaker_name:text number:integer article:text outlet:text relation:text words:text "
    "attribution:text spans:spans changes:changes"
)
_CONFLICTS = (
    "conflict:text type:text verdict:text severity:text note:text claim:text number:integer article:text outlet:text "
    "value:text words:text spans:spans"
)
_ORIGINS = (
    "claim:text number:integer source:text name:text kind:text people:integer basis:text reason:text path:texts "
    "articles:texts folded:texts evidence:places"
)
_DERIVATIONS = (
    "later:text later_name:text earlier:text earlier_name:text kind:text stated:flag share:share directed:flag "
    "evidence:places"
)


def tables_of(trace: Trace) -> tuple[Table, ...]:
    """The seven tables.

    ``outlet`` is the article's name on screen, ``words`` are the spans' own, joined by " … " where they are apart;
    ``number`` counts mentions, origins, variants and sides within their record from 0, in its order, and is None in
    the one row of a quotation without variants or a conflict without sides.
    """
    view = View(trace)
    made: tuple[tuple[str, str, Callable[[View], Iterator[tuple[Any, ...]]]], ...] = (
        ("claims", _CLAIMS, _claims),
        ("mentions", _MENTIONS, _mentions),
        ("attributions", _ATTRIBUTIONS, _attributions),
        ("quotations", _QUOTATIONS, _quotations),
        ("conflicts", _CONFLICTS, _conflicts),
        ("origins", _ORIGINS, _origins),
        ("derivations", _DERIVATIONS, _derivations),
    )
    return tuple(Table(name, _columns(columns), tuple(rows(view))) for name, columns, rows in made)


def json_of(value: Sequence[Any]) -> str:
    """A list of a table as one line of JSON, for forms whose cells hold no lists.

    Spans are ``[start, end]``, places ``[article, start, end]``, changes objects with the fields of the record.
    """
    return json.dumps([_plain(item) for item in value], ensure_ascii=False, separators=(",", ":"))


def _plain(item: Any) -> Any:
    if isinstance(item, Span):
        return [item.start, item.end]
    if isinstance(item, Place):
        return [item.article, item.start, item.end]
    if isinstance(item, Change):
        return {
            "kind": item.kind,
            "before": item.before,
            "after": item.after,
            "spans": [_plain(span) for span in item.spans],
            "fullest_spans": [_plain(span) for span in item.fullest_spans],
        }
    return item


def _columns(said: str) -> tuple[tuple[str, Kind], ...]:
    pairs = (column.partition(":") for column in said.split())
    return tuple((name, kind) for name, _, kind in pairs)  # type: ignore[misc]


def words_of(view: View, article: str, spans: Iterable[Span]) -> str:
    """The words of the spans that lie in the article's text, joined by " … "; empty where none does."""
    known = view.articles.get(article)
    return " … ".join(span.of(known.text) for span in view.valid_spans(article, spans)) if known else ""


def _name(view: View, node: str | None) -> str | None:
    return view.name(node) if node is not None else None


def _claims(view: View) -> Iterator[tuple[Any, ...]]:
    for c in view.trace.claims:
        yield (
            *(c.id, c.text, c.kind, c.outlets, len(view.claim_articles(c))),
            *(c.independent.low, c.independent.high, range_words(c)),
            *(c.bottlenecks, listed(view.distinct_names(c.bottlenecks))),
            *(c.unknown, c.circular, c.related, c.parts),
        )


def _mentions(view: View) -> Iterator[tuple[Any, ...]]:
    for c in view.trace.claims:
        for number, m in enumerate(c.mentions):
            yield (
                *(c.id, number, m.article, view.label(m.article), words_of(view, m.article, m.spans), m.attribution),
                *(m.chain, " → ".join(map(view.name, m.chain)), m.basis, m.counted, m.spans, m.evidence),
            )


def _attributions(view: View) -> Iterator[tuple[Any, ...]]:
    for a in view.trace.attributions:
        source = view.sources.get(a.source or "")
        yield (
            *(a.id, a.article, view.label(a.article), a.source, _name(view, a.source)),
            *(source.kind if source else None, a.mode, words_of(view, a.article, a.content_spans)),
            *(a.hedged, a.said, a.score, a.via),
            *(a.source_spans, a.cue_spans, a.content_spans, a.hedge_spans, a.via_spans),
        )


def _quotations(view: View) -> Iterator[tuple[Any, ...]]:
    for q in view.trace.quotations:
        whose = (q.id, q.speaker, _name(view, q.speaker))
        for number, v in enumerate(q.variants):
            words = words_of(view, v.article, v.spans)
            yield (
                *(*whose, number, v.article, view.label(v.article), v.relation, words),
                *(v.attribution, v.spans, v.changes),
            )
        if not q.variants:
            yield (*whose, None, None, None, None, None, None, (), ())


def _conflicts(view: View) -> Iterator[tuple[Any, ...]]:
    for c in view.trace.conflicts:
        said = (c.id, c.type, c.verdict, c.severity, c.note, c.claim)
        for number, side in enumerate(c.sides):
            words = words_of(view, side.article, side.spans)
            yield (*said, number, side.article, view.label(side.article), side.value, words, side.spans)
        if not c.sides:
            yield (*said, None, None, None, None, None, ())


def _origins(view: View) -> Iterator[tuple[Any, ...]]:
    for c in view.trace.claims:
        for number, o in enumerate(c.origins):
            source = view.sources.get(o.source)
            yield (
                *(c.id, number, o.source, view.origin_name(o), source.kind if source else None),
                *(source.number if source else None, o.basis, o.reason, o.path, o.articles, o.folded, o.evidence),
            )


def _derivations(view: View) -> Iterator[tuple[Any, ...]]:
    for d in view.trace.derivations:
        yield (
            *(d.later, view.name(d.later), d.earlier, view.name(d.earlier), d.kind, d.stated, d.share, d.directed),
            d.evidence,
        )
