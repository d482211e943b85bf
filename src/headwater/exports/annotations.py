"""Every span of a trace as a W3C Web Annotation: what stands there, and what Headwater took it for.

Each annotation has the article's text as a target, by position in code points and by quote; and, where the article has
a web address, that page as a second target, by quote alone, since positions do not count in its markup.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from headwater.exports.linked import address, article_iri, iri, json_of
from headwater.labels import plain
from headwater.model import Place, Span, Trace, stable_id
from headwater.report.names import Names
from headwater.report.phrases import RELATIONS, VERDICTS

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points of prefix and suffix

_Said = tuple[str, str, str, Place]


def to_annotations(trace: Trace) -> bytes:
    """An AnnotationCollection with one page of all annotations, in the order of the trace's records.

    The body says in plain words what the span is; its ``purpose`` is ``tagging``. Ids depend on the record, the part
    it plays and the place. Places outside their text are left out.
    """
    names = Names(trace)
    items = [json_of(made) for one in _said(names) if (made := _annotation(names, *one)) is not None]
    story = stable_id("story", *(article_iri(names, article) for article in names.articles))
    collection = {
        "@context": CONTEXT,
        "id": iri("annotations", story),
        "type": "AnnotationCollection",
        "label": "Headwater: every claim, attribution and quotation with its words",
        "total": len(items),
    }
    page = {"id": iri("annotations", story, "page"), "type": "AnnotationPage", "startIndex": 0}
    if not items:  # the model asks for no empty page
        return f"{json_of(collection)}\n".encode()
    lines = ",\n".join(items)
    return f'{json_of(collection)[:-1]},"first":{json_of(page)[:-1]},"items":[\n{lines}\n]}}}}\n'.encode()


def _annotation(names: Names, record: str, part: str, words: str, place: Place) -> dict[str, Any] | None:
    article = names.articles.get(place.article)
    if article is None or not 0 <= place.start < place.end <= len(article.text):
        return None
    text = article.text
    quoted = {
        "type": "TextQuoteSelector",
        "exact": text[place.start : place.end],
        "prefix": text[max(0, place.start - _AROUND) : place.start],
        "suffix": text[place.end : place.end + _AROUND],
    }
    source = article_iri(names, article.id)
    position = {"type": "TextPositionSelector", "start": place.start, "end": place.end}
    target: list[dict[str, Any]] = [{"type": "SpecificResource", "source": source, "selector": [position, quoted]}]
    if (page := address(article)) is not None:
        target.append({"type": "SpecificResource", "source": page, "selector": quoted})
    return {
        "id": iri("annotation", stable_id(part, record, source, place.start, place.end)),
        "type": "Annotation",
        "motivation": "tagging",
        "body": {
            "type": "TextualBody",
            "value": words,
            "format": "text/plain",
            "language": "en",
            "purpose": "tagging",
        },
        "target": target,
    }


def _said(names: Names) -> Iterator[_Said]:
    """Every place of a trace, once for each record and part, with what it is."""
    met: set[tuple[str, str, Place]] = set()
    for one in _everything(names):
        if (key := (one[0], one[1], one[3])) not in met:
            met.add(key)
            yield one


def _everything(names: Names) -> Iterator[_Said]:
    trace = names.trace
    for a in trace.articles:
        for piece in a.furniture:
            yield a.id, "furniture", f"page furniture: {piece.kind.replace('_', ' ')}", piece.span.at(a.id)
    for s in trace.sources:
        yield from _places(s.id, "source", f"source: {names.name(s.id)}", s.mentions)
    for e in trace.entities:
        yield from _places(e.id, "entity", f"{e.type}: {plain(e.name)}", e.mentions)
        for role in e.roles:
            yield (
                e.id,
                "role",
                f"said of {plain(e.name)}: {plain(role.text)}",
                Place(role.article, role.start, role.end),
            )
    yield from _attributions(names)
    for q in trace.quotations:
        speaker = names.name(q.speaker) if q.speaker is not None else "a speaker who is not named"
        fullest = q.variants[0].article if q.variants else ""
        for v in q.variants:
            words = f"words of {speaker}, {RELATIONS[v.relation]}"
            yield from _spans(q.id, "wording", words, v.article, v.spans)
            for change in v.changes:
                said = f"{change.kind}: “{plain(change.before)}” → “{plain(change.after)}”"
                yield from _spans(q.id, f"change {v.article}", said, v.article, change.spans)
                yield from _spans(q.id, f"changed {v.article}", f"{said} ({names.label(v.article)})", fullest,
                                  change.fullest_spans)  # fmt: skip
    for c in trace.claims:
        text = plain(c.text)
        for m in c.mentions:
            yield from _spans(c.id, "claim", f"claim: {text}", m.article, m.spans)
            yield from _places(c.id, "chain", f"shows where {names.label(m.article)} has it from: {text}", m.evidence)
        for o in c.origins:
            yield from _places(c.id, "origin", f"shows that {names.origin_name(o)} stands behind: {text}", o.evidence)
    for conflict in trace.conflicts:
        for side in conflict.sides:
            words = f"{VERDICTS[conflict.verdict]}: {plain(conflict.note)}"
            yield from _spans(conflict.id, "side", words, side.article, side.spans)
    for number, t in enumerate(trace.timeline):
        when = f"time: {t.value}" if t.value is not None else "time that cannot be judged"
        yield f"time {number}", "time", when, Place(t.article, t.start, t.end)
    for d in trace.derivations:
        how = f"{names.name(d.later)} has it from {names.name(d.earlier)}"
        if not d.directed:
            how = f"{names.name(d.later)} and {names.name(d.earlier)} share text; which came first cannot be judged"
        yield from _places(f"{d.later}\x1f{d.earlier}\x1f{d.kind}", "derivation", f"{d.kind}: {how}", d.evidence)
    for f in trace.findings:
        yield from _places(f.id, "finding", plain(f.text), f.evidence)


def _attributions(names: Names) -> Iterator[_Said]:
    for a in names.trace.attributions:
        who = names.name(a.source) if a.source is not None else "nobody named"
        for part, spans, words in (
            ("attributed", a.source_spans, f"who is said to say it: {who}"),
            ("cue", a.cue_spans, f"says that it is said by {who}"),
            ("content", a.content_spans, f"said by {who} ({a.mode})"),
            ("hedge", a.hedge_spans, "says how sure it is"),
            ("via", a.via_spans, f"through whom: {', '.join(map(names.name, a.via))}"),
        ):
            yield from _spans(a.id, part, words, a.article, spans)


def _spans(record: str, part: str, words: str, article: str, spans: Iterable[Span]) -> Iterator[_Said]:
    return ((record, part, words, span.at(article)) for span in spans)


def _places(record: str, part: str, words: str, places: Iterable[Place]) -> Iterator[_Said]:
    return ((record, part, words, place) for place in places)
