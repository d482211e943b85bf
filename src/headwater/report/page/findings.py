"""Findings and differences: each in a sentence, with the claims they concern and the words that show them."""

from typing import Any

from headwater.labels import plain
from headwater.model import Conflict, Finding, Side, text_of
from headwater.report import phrases as said
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links

#: How many claims a finding links to.
MOST_LINKED = 4

_LONGEST_VALUE = 60  # code points that are still a value and not a sentence


def findings(links: Links) -> list[dict[str, Any]]:
    """The findings, the most severe first."""
    ordered = sorted(links.view.trace.findings, key=lambda finding: said.SEVERITIES[finding.severity])
    return [_finding(links, finding) for finding in ordered]


def _finding(links: Links, finding: Finding) -> dict[str, Any]:
    text = plain(finding.text)
    first = links.view.claims.get(finding.claims[0]) if finding.claims else None
    quoted = first is not None and _bare(said.claim_words(first))[:40] in _bare(text)
    names = {first.id: "the claim"} if first is not None and quoted else {}
    claims = [link for key in finding.claims if (link := links.claim(key, names.get(key, "")))]
    if len(claims) > MOST_LINKED + 1:
        claims[MOST_LINKED:] = [Link(f"and {len(claims) - MOST_LINKED} more", None)]
    conflicts = [
        Link(said.CONFLICTS[found.type].lower(), links.addresses.to("conflict", found.id))
        for conflict in finding.conflicts
        if (found := links.view.conflicts.get(conflict))
    ]
    return {
        "id": links.addresses.name("finding", finding.id),
        "text": text,
        "severity": finding.severity,
        "quoted": quoted,
        "claims": claims,
        "conflicts": conflicts,
        "evidence": links.evidence(finding.evidence),
    }


def _bare(text: str) -> str:
    """The letters and digits of a text, by which it is found within marks and in another spelling of them."""
    return "".join(c for c in text.casefold() if c.isalnum())


def conflict_link(links: Links, conflict: Conflict) -> Link:
    """A link to a difference, by its kind and note."""
    name = f"{said.CONFLICTS[conflict.type]}: {plain(conflict.note)}"
    return Link(name, links.addresses.to("conflict", conflict.id))


def conflicts(links: Links) -> list[dict[str, Any]]:
    """The differences, their sides with their words."""
    return [_conflict(links, conflict) for conflict in links.view.ordered_conflicts]


def _conflict(links: Links, conflict: Conflict) -> dict[str, Any]:
    return {
        "id": links.addresses.name("conflict", conflict.id),
        "type": said.CONFLICTS[conflict.type],
        "verdict": said.VERDICTS[conflict.verdict],
        "severity": conflict.severity,
        "note": plain(conflict.note),
        "claim": links.claim(conflict.claim),
        "sides": [
            {"value": _value(links, conflict, side), "words": links.in_place(side.article, side.spans)}
            for side in conflict.sides
        ],
    }


def _value(links: Links, conflict: Conflict, side: Side) -> str:
    """What one side has, in words; empty where it is nothing but the words that stand below it."""
    article = links.view.articles.get(side.article)
    words = text_of(article, links.view.valid_spans(side.article, side.spans)) if article else ""
    value = said.value_words(conflict, side)
    return "" if len(value) > _LONGEST_VALUE and _bare(value) == _bare(words) else value
