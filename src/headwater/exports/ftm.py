"""A trace as FollowTheMoney entities, one JSON object a line: articles, who is named, mentions, notes, links.

Only people, bodies and papers that bear a name become entities that others may match: unnamed people, whoever goes by
one word or a description, and places that are said to speak stand in words alone. What an article took from another,
and whose word a claim is, are UnknownLinks with the words.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from headwater.exports.linked import address
from headwater.exports.schema_org import whole_day
from headwater.exports.tables import words_of
from headwater.labels import plain
from headwater.model import Claim, Derivation, Trace, stable_id
from headwater.report.phrases import BASES, claim_words, range_words, share_words, upper_first
from headwater.report.view import View

_SCHEMATA = {
    "person": "Person",
    "journalist": "Person",
    "organisation": "Organization",
    "outlet": "Organization",
    "document": "Document",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
#: Code points that a value of a property may have; of what is not named here, 1,024.
_LONGEST = {"name": 384, "sourceUrl": 4096, "summary": 65_000, "description": 65_000}


def to_ftm(trace: Trace) -> bytes:
    """The entities, each a line: articles and documents, who is named, mentions, a note for every claim, links."""
    view = View(trace)
    entities = {one["id"]: one for one in _entities(view)}
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in entities.values())
    return "".join(f"{line}\n" for line in lines).encode()


def _entity(schema: str, name: str, /, **properties: str | list[str] | None) -> dict[str, Any]:
    listed = {key: value if isinstance(value, list) else [value] for key, value in properties.items() if value}
    cleaned = {
        key: [text for v in values if v and (text := plain(v)[: _LONGEST.get(key, 1024)].strip())]
        for key, values in listed.items()
    }
    return {"id": name, "schema": schema, "properties": {key: values for key, values in cleaned.items() if values}}


def _id(kind: str, *parts: object) -> str:
    return stable_id(f"hw-{kind}", *parts)


def _article_id(view: View, article: str) -> str:
    """The same for the same id and text, so that articles of other stories are not taken for it."""
    return _id("article", article, view.articles[article].text)


def _source_id(view: View, source: str) -> str:
    """Of this story alone: whether people of one name in two stories are one is for whoever matches entities."""
    mentions = view.sources[source].mentions
    return _id("source", source, *(_article_id(view, p.article) for p in mentions[:1] if p.article in view.articles))


def _entities(view: View) -> Iterator[dict[str, Any]]:
    schemata = _schemata(view.trace)
    for a in view.trace.articles:
        yield _entity(
            "Article",
            _article_id(view, a.id),
            fileName=a.id if plain(a.id) else "article",
            title=a.title,
            author=a.byline,
            publisher=a.outlet,
            sourceUrl=url if (url := address(a)) and len(url) <= _LONGEST["sourceUrl"] else None,
            publishedAt=whole_day(a.published),
            language=a.language if a.language and _LANGUAGE.fullmatch(a.language) else None,
        )
    for s in view.trace.sources:
        schema, name = schemata.get(s.id), plain(s.name)
        if schema == "Document":
            yield _entity(schema, _source_id(view, s.id), fileName=name, title=name)
        elif schema is not None:
            yield _entity(schema, _source_id(view, s.id), name=name)
            for article in dict.fromkeys(place.article for place in s.mentions if place.article in view.articles):
                yield _entity(
                    "Mention",
                    _id("mention", _source_id(view, s.id), article),
                    document=_article_id(view, article),
                    resolved=_source_id(view, s.id),
                    name=name,
                    detectedSchema=schema,
                )
    for claim in view.trace.claims:
        yield from _claim(view, schemata, claim)
    for number, derivation in enumerate(view.trace.derivations):
        yield from _derivation(view, schemata, number, derivation)


def _schemata(trace: Trace) -> dict[str, str]:
    """The schemata of the sources that bear a name."""
    types = {entity.id: entity.type for entity in trace.entities}
    out: dict[str, str] = {}
    for source in trace.sources:
        name, schema = plain(source.name), _SCHEMATA.get(source.kind)
        named = source.kind in {"outlet", "document"} or types.get(source.entity or "") in {"person", "organisation"}
        if name and schema and named and (schema != "Person" or " " in name or name.lower() == name.upper()):
            out[source.id] = schema
    return out


def _known(view: View, schemata: Mapping[str, str], node: str) -> str | None:
    """The entity that a source or article became; None for who is not named."""
    if node in view.sources:
        return _source_id(view, node) if node in schemata else None
    return _article_id(view, node) if node in view.articles else None


def _claim(view: View, schemata: Mapping[str, str], claim: Claim) -> Iterator[dict[str, Any]]:
    note = _id("claim", claim.id)
    behind = [f"{view.origin_name(o)} ({view.origin_kind(o)}; {BASES[o.basis]})" for o in claim.origins]
    lines = [
        f"{upper_first(range_words(claim))}, {view.carried_words(claim)}.",
        *(f"Origin: {words}." for words in behind),
        *([f"{upper_first(words)}." if (words := view.unknown_words(claim)) else ""]),
    ]
    yield _entity(
        "Note",
        note,
        name=claim_words(claim),
        description=claim.text,
        summary=" ".join(filter(None, lines)),
        entity=[_article_id(view, article) for article in view.claim_articles(claim)],
    )
    for number, origin in enumerate(claim.origins):
        source = _known(view, schemata, origin.source)
        if source is None:
            continue
        shown = [w for p in dict.fromkeys(origin.evidence) if (w := words_of(view, p.article, [p.span]))]
        yield _entity(
            "UnknownLink",
            _id("origin", claim.id, number),
            subject=source,
            object=note,
            role="origin of the claim",
            status=BASES[origin.basis],
            summary=origin.reason,
            description=shown,
            proof=[_article_id(view, a) for a in origin.articles if a in view.articles],
        )


def _derivation(view: View, schemata: Mapping[str, str], number: int, one: Derivation) -> Iterator[dict[str, Any]]:
    later, earlier = _known(view, schemata, one.later), _known(view, schemata, one.earlier)
    if later is None or earlier is None:
        return
    share = f", {share_words(one.share)} of its words" if one.share is not None else ""
    role = f"{one.kind}{share}" if one.directed else f"shared text{share}; which came first cannot be judged"
    places = [p for p in dict.fromkeys(one.evidence) if p.article in view.articles]
    yield _entity(
        "UnknownLink",
        _id("derivation", number, one.later, one.earlier),
        subject=later,
        object=earlier,
        role=role,
        status="stated" if one.stated else "not stated",
        description=[words_of(view, p.article, [p.span]) for p in places],
        proof=[_article_id(view, article) for article in dict.fromkeys(p.article for p in places)],
    )
