"""What holds of every trace, whatever the texts: spans, references, counts, JSON."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema

from headwater.model import Trace
from headwater.report.json import from_json, to_json
from headwater.report.schema import SHIPPED

VALIDATOR = jsonschema.Draft202012Validator(json.loads(SHIPPED.read_text(encoding="utf-8")))


def assert_whole(trace: Trace) -> None:
    """Fail with the record that breaks a rule of the contract."""
    data = to_json(trace)
    assert from_json(data) == trace
    record = json.loads(data)
    VALIDATOR.validate(record)
    assert_spans_hold(record)
    assert_references_lead_somewhere(trace)
    assert_counts_hold(trace)


def assert_spans_hold(trace: dict[str, Any]) -> None:
    """Every span of every record lies in the text of its article and is not empty."""
    texts = {article["id"]: article["text"] for article in trace["articles"]}
    fullest = {id(v): q["variants"][0]["article"] for q in trace["quotations"] for v in q["variants"]}
    for article in trace["articles"]:
        for piece in article["furniture"]:
            assert 0 <= piece["start"] < piece["end"] <= len(article["text"]), (article["id"], piece)
    for kind in ("sources", "entities", "attributions", "quotations", "claims", "conflicts", "timeline", "derivations"):
        for record in trace[kind]:
            for name, start, end in _spans(record, None, None, fullest):
                assert name in texts, (kind, record)
                assert 0 <= start < end <= len(texts[name]), (kind, name, start, end, record)
    for finding in trace["findings"]:
        assert finding["evidence"], finding
        for place in finding["evidence"]:
            assert 0 <= place["start"] < place["end"] <= len(texts[place["article"]]), finding


def _spans(
    record: Any, article: str | None, other: str | None, fullest: dict[int, str]
) -> Iterator[tuple[str | None, int, int]]:
    if isinstance(record, list):
        for item in record:
            yield from _spans(item, article, other, fullest)
    elif isinstance(record, dict):
        article = record.get("article", article)
        other = fullest.get(id(record), other)
        if "start" in record:
            yield article, record["start"], record["end"]
        for key, value in record.items():
            # the spans of a change lie on two sides: in the variant, and in the fullest wording
            yield from _spans(value, other if key == "fullest_spans" else article, other, fullest)


def assert_references_lead_somewhere(trace: Trace) -> None:
    """Every id that a record names is the id of a record, and no two records of one kind have the same."""
    articles, sources, entities, attributions, claims, conflicts = (
        {r.id for r in records}
        for records in (
            trace.articles, trace.sources, trace.entities, trace.attributions, trace.claims, trace.conflicts
        )
    )  # fmt: skip
    everyone = articles | sources
    for name in ("articles", "sources", "entities", "attributions", "quotations", "claims", "conflicts", "findings"):
        ids = [r.id for r in getattr(trace, name)]
        assert len(ids) == len(set(ids)), name
    for source in trace.sources:
        assert source.entity is None or source.entity in entities, source
        assert source.reached_by is None or source.reached_by in everyone, source
        assert {*source.maybe_same} <= sources, source
    for a in trace.attributions:
        assert a.article in articles, a
        assert {*a.via, *([a.source] if a.source else [])} <= sources, a
        assert 0 <= a.score <= 1, a
        assert a.hedged or not a.hedge_spans, a
    for quotation in trace.quotations:
        assert quotation.speaker is None or quotation.speaker in sources, quotation
        assert {v.attribution for v in quotation.variants} <= attributions, quotation
        assert quotation.variants[0].relation == "fullest", quotation
    for claim in trace.claims:
        assert {m.attribution for m in claim.mentions if m.attribution} <= attributions, claim
        assert {c for m in claim.mentions for c in m.chain} <= sources, claim
        assert {c for m in claim.mentions for c in m.counted} <= everyone, claim
        assert {o.source for o in claim.origins} <= sources, claim
        assert {p for o in claim.origins for p in o.path} <= everyone, claim
        assert {*claim.bottlenecks, *claim.circular} <= everyone, claim
        assert {*claim.unknown} <= {m.article for m in claim.mentions}, claim
        assert {*claim.related} <= claims, claim
    for conflict in trace.conflicts:
        assert conflict.claim is None or conflict.claim in claims, conflict
        assert conflict.sides, conflict
    for point in trace.timeline:
        assert point.claim is None or point.claim in claims, point
    for derivation in trace.derivations:
        assert {derivation.later, derivation.earlier} <= everyone, derivation
        assert derivation.later != derivation.earlier, derivation
    for finding in trace.findings:
        assert {*finding.claims} <= claims, finding
        assert {*finding.conflicts} <= conflicts, finding
    assert {u.article for u in trace.unjudged if u.article} <= articles


def assert_counts_hold(trace: Trace) -> None:
    """``0 <= low <= high <= mentions``, and who stands behind a proven count is named."""
    for claim in trace.claims:
        low, high = claim.independent.low, claim.independent.high
        assert 0 <= low <= high <= len(claim.mentions), claim
        assert low <= len(claim.origins), claim
        assert 1 <= claim.outlets <= len({m.article for m in claim.mentions}), claim
