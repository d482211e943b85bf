"""How tellings differ: conflicts and drift, quotations printed in several forms, text shared without credit."""

import re
from collections.abc import Sequence

from headwater.findings.words import RANK, Told, finding
from headwater.labels import listed, number_of, plain
from headwater.model import Conflict, ConflictType, Derivation, Finding, Place, Relation, Severity

_BESIDE = re.compile(r".{1,80}? (?:says|quotes) “")  # a note that sets words beside words and says no more
_UNLIKE: dict[ConflictType, str] = {
    "number": "Different numbers",
    "date": "Different dates",
    "modality": "Not equally sure",
    "polarity": "Yes and no",
    "wording": "Quoted differently",
}
_PRINTED: dict[Relation, str] = {
    "trimmed": "cut",
    "respelled": "spelled otherwise",
    "retranslated": "another translation",
    "altered": "words changed",
}
_MOST_NAMED = 4  # articles that share one text


def differences(told: Told) -> list[Finding]:
    """Conflicts, denials and drift, the severe ones first."""
    out = []
    seen: set[tuple[str, str]] = set()
    for conflict in sorted(told.trace.conflicts, key=lambda c: (RANK[c.severity], c.verdict != "denial", c.id)):
        kind = (conflict.type, conflict.claim or conflict.id)
        if conflict.severity == "low" or kind in seen:
            continue
        seen.add(kind)
        evidence = [s.at(side.article) for side in conflict.sides for s in side.spans]
        out.append(
            finding(
                _unlike(told, conflict),
                conflict.severity,
                evidence,
                claims=[conflict.claim] if conflict.claim else [],
                conflicts=[conflict.id],
            )
        )
    high = [f for f in out if f.severity == "high"][:4]
    return [*high, *[f for f in out if f.severity != "high"][: max(1, 4 - len(high))]]


def _unlike(told: Told, conflict: Conflict) -> str:
    """The note on a difference; in what they differ, and in whose words, where it only sets words beside words."""
    kind = _UNLIKE.get(conflict.type)
    if kind is None or not _BESIDE.match(conflict.note):
        return conflict.note
    if conflict.type == "wording":
        places = [s.at(side.article) for side in conflict.sides for s in side.spans]
        speaker = next((s for place in places if (s := _speaker(told, place))), None)
        kind += f", of {told.who(speaker)}" if speaker else ""
    return f"{kind}: {conflict.note}"


def _speaker(told: Told, place: Place) -> str | None:
    """Whose quotation stands at a place."""
    found = (
        q.speaker
        for q in told.trace.quotations
        for v in q.variants
        if v.article == place.article and any(s.overlap(place.span) for s in v.spans)
    )
    return next(found, None)


def silent_copies(told: Told) -> list[Finding]:
    """Articles that share their text with others and do not say so: all on one text together."""
    stated = {(d.later, d.earlier) for d in told.trace.derivations if d.stated}
    groups: dict[str, list[Derivation]] = {}
    home: dict[str, str] = {}
    for d in told.trace.derivations:
        if d.kind not in {"copy", "rewrite"} or d.stated or d.share is None or d.share < 0.3:
            continue
        if d.earlier not in told.labels or d.later not in told.labels or (d.later, d.earlier) in stated:
            continue
        one, other = home.setdefault(d.earlier, d.earlier), home.setdefault(d.later, d.later)
        groups.setdefault(one, []).append(d)
        if one != other:
            groups[one] += groups.pop(other, [])
            home = {article: one if at == other else at for article, at in home.items()}
    found = [(max(d.share or 0 for d in group), _copied(told, group)) for group in groups.values()]
    return [copied for _, copied in sorted(found, key=lambda row: (-row[0], row[1].id))[:2]]


def _copied(told: Told, group: Sequence[Derivation]) -> Finding:
    """Two articles, or many, that share one text."""
    names = sorted({told.labels[end] for d in group for end in (d.later, d.earlier)})
    first = max(group, key=lambda d: (d.share or 0, d.later, d.earlier))
    share = f"{round((first.share or 0) * 100)} %"
    later, earlier = told.labels[first.later], told.labels[first.earlier]
    if len(names) > 2:
        shown = listed([*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"] if len(names) > 5 else names)
        text = f"{len(names)} articles share text (up to {share} of the words of one) without crediting the others: "
        text += f"{shown}."
    elif first.directed:
        text = f"{later} shares text with {earlier} ({share} of its words) and does not credit it."
    else:
        part = f"{share} of the words of one"
        text = f"{later} and {earlier} share text ({part}); which of them was first cannot be judged."
    return finding(text, "medium", [p for d in group for p in d.evidence])


def quotations(told: Told) -> list[Finding]:
    """The quotation printed in most different forms."""
    rows = []
    for quotation in told.trace.quotations:
        kinds = [v.relation for v in quotation.variants[1:]]
        changed = [k for k in kinds if k in _PRINTED]
        if len({v.article for v in quotation.variants}) < 2 or not changed:
            continue
        rows.append((-len(set(changed)), -len(quotation.variants), quotation.id, quotation, changed))
    out = []
    for *_, quotation, changed in sorted(rows, key=lambda r: r[:3])[:2]:
        speaker = f"of {told.who(quotation.speaker)}" if quotation.speaker else "whose speaker cannot be judged"
        first = quotation.variants[0]
        text = next(a.text for a in told.trace.articles if a.id == first.article)
        shown = plain(" ".join(s.of(text) for s in first.spans)).strip("“”\"' ")[:90].rsplit(" ", 1)[0]
        how = listed(words for kind, words in _PRINTED.items() if kind in changed)
        severity: Severity = "medium" if set(changed) & {"altered", "retranslated"} else "low"
        out.append(
            finding(
                f"{number_of(len({v.article for v in quotation.variants}), 'article')} print words {speaker}, "
                f"not all alike ({how}): “{shown} …”.",
                severity,
                [s.at(v.article) for v in quotation.variants for s in v.spans],
            )
        )
    return out
