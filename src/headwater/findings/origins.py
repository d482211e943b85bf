"""What rests on whom: claims that stand on one origin, on several proven apart, or on none that is known."""

from collections import defaultdict
from collections.abc import Sequence

from headwater.findings.words import Told, finding
from headwater.labels import number_of
from headwater.model import CARRIER_KINDS, Claim, Finding, Severity


def single_origins(told: Told) -> list[Finding]:
    """Reported by many, rests on one; then what else stands on the same one."""
    single = [
        c for c in told.shared if c.origins and c.independent.low <= 1 and c.independent.high <= 1 and not c.circular
    ]
    doubtful = [c for c in told.shared if c.origins and c.independent.low <= 1 < c.independent.high]
    out = []
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in single + doubtful:
        groups[_lead(told, claim)].append(claim)
    ranked = sorted(
        (sorted(group, key=lambda one: _first(told, one)) for group in groups.values()),
        key=lambda one: _first_group(told, one),
    )
    for place, claims in enumerate(ranked[:3]):
        main = claims[0]
        count = told.carried(main)
        if place and count < 3 and len(claims) < 3:
            break
        origins = told.whose(main.origins)
        if main.independent.high <= 1:
            origins += ", counted as one" if len(main.origins) > 1 else ""
            text = f"Reported by {number_of(count, 'article')}, rests on 1 origin ({origins}): {told.quote(main)}."
        else:
            silent = len(main.unknown)
            origins += f"; {number_of(silent, 'article')} not saying where it is from" if silent else ""
            text = (
                f"Reported by {number_of(count, 'article')}, only 1 origin is proven separate, "
                f"{main.independent.high} at most ({origins}): {told.quote(main)}."
            )
        lead = _lead(told, main)
        others = [c for c in claims[1:] if lead in c.bottlenecks and not c.unknown]
        if others:
            stand = "stands or falls" if len(others) == 1 else "stand or fall"
            also = "also " if lead in main.bottlenecks else ""
            more = number_of(len(others), "other claim")
            text += f" {more} carried by more than one article {also}{stand} with {told.who(lead)}."
        severity: Severity = "high" if count > 2 or place == 0 else "medium"
        evidence = [*(p for o in main.origins for p in o.evidence), *told.places(main)]
        evidence += [p for c in others for p in told.places(c)][:8]
        out.append(finding(text, severity, evidence, claims=[main.id, *(c.id for c in others)]))
    return out


def _first(told: Told, claim: Claim) -> tuple[bool, int, bool, float, str]:
    """What is told first: what many carry and one stands behind, what most carry, what articles begin with."""
    many_on_one = told.carried(claim) > 2 and claim.independent.high <= 1
    done = claim.kind in {"fact", "intention"}
    return not many_on_one, -told.carried(claim), not done, _depth(told, claim), claim.id


def _first_group(told: Told, claims: Sequence[Claim]) -> tuple[bool, int, int, str]:
    """The same of claims that stand on one; of alike ones the group of more claims."""
    unlike, carried, *_ = _first(told, claims[0])
    return unlike, carried, -len(claims), _lead(told, claims[0])


def _depth(told: Told, claim: Claim) -> float:
    """How far into the articles that carry it a claim is first told, as a mean share of their text, 0..1."""
    first: dict[str, int] = {}
    for place in told.places(claim):
        first[place.article] = min(place.start, first.get(place.article, place.start))
    found = [at / max(1, len(told.articles[a].text)) for a, at in first.items() if a in told.articles]
    return sum(found) / max(1, len(found))


def _lead(told: Told, claim: Claim) -> str:
    """The node a claim stands or falls with that an editor would name: a carrier first, else the origin."""
    carriers = [b for b in claim.bottlenecks if b in told.sources and told.sources[b].kind in CARRIER_KINDS]
    if carriers:
        return carriers[0]
    if claim.bottlenecks:
        return claim.bottlenecks[0]
    return claim.origins[0].source


def several_origins(told: Told) -> list[Finding]:
    """The claims with the most origins proven separate."""
    several = [c for c in told.shared if c.independent.low > 1]
    several.sort(key=lambda c: (-c.independent.low, -told.carried(c), c.id))
    out = []
    for claim in several[:2]:
        low, high = claim.independent.low, claim.independent.high
        shown = str(low) if low == high else f"{low} to {high}"
        names = told.whose(claim.origins, 4)
        text = f"{shown} separate origins stand behind {told.quote(claim)}: {names}."
        evidence = [*(p for o in claim.origins for p in o.evidence), *told.places(claim)]
        out.append(finding(text, "medium", evidence, claims=[claim.id]))
    return out


def unknown_origins(told: Told) -> list[Finding]:
    """What several articles state in their own voice, with nobody named behind it."""
    own = {c.id for c in told.shared if not any(m.chain for m in c.mentions if m.article in c.unknown)}
    unknown = [c for c in told.shared if not c.origins and not c.circular and len(c.unknown) > 1 and c.id in own]
    unknown.sort(key=lambda c: (-told.carried(c), c.id))
    if not unknown:
        return []
    main = unknown[0]
    text = (
        f"{number_of(told.carried(main), 'article')} state in their own voice that {told.quote(main)}; "
        f"where they have it from cannot be judged"
        + (f" (so with {number_of(len(unknown) - 1, 'other claim')})." if len(unknown) > 1 else ".")
    )
    return [finding(text, "medium", told.places(main), claims=[c.id for c in unknown])]
