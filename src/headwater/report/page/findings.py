"""Findings and differences: each in a sentence, with the claims they concern and the words that show them."""

from typing import Any

from headwater.labels import plain
from headwater.model import Conflict, Finding
from headwater.report import phrases as said
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links

#: How many claims a finding links to.
MOST_LINKED = 4


def findings(links: Links) -> list[dict[str, Any]]:
    """The findings, the most severe first."""
    ordered = sorted(links.view.trace.findings, key=lambda finding: said.SEVERITIES[finding.severity])
    return [_finding(links, finding) for finding in ordered]


def _finding(links: Links, finding: Finding) -> dict[str, Any]:
    text = plain(finding.text)
    only = links.view.claims.get(finding.claims[0]) if len(finding.claims) == 1 else None
    quoted = only is not None and plain(only.text)[:40] in text
    claims = [link for key in finding.claims if (link := links.claim(key, "the claim" if quoted else ""))]
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
            {"value": said.value_words(conflict, side), "words": links.in_place(side.article, side.spans)}
            for side in conflict.sides
        ],
    }
