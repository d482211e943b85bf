"""Credits that lead nowhere: rings in which articles credit one another, and mouths that end in nobody."""

import re
from collections.abc import Iterable, Sequence

from headwater.findings.words import INNER, Told, finding
from headwater.labels import listed, plain
from headwater.model import CARRIER_KINDS, Finding, Mention
from headwater.tracing.described import is_own

_AT_LARGE = re.compile(
    r"(?:(?:the|some|several|many|other|earlier|recent|unconfirmed|local|news|media|press)\s){0,4}"
    r"(?:reports?|rumou?rs?|accounts|media|press)",
    re.IGNORECASE,
)  # nobody that could be asked


def circles(told: Told) -> list[Finding]:
    """Claims that go round in a ring."""
    out = []
    for claim in sorted(told.trace.claims, key=lambda c: (-told.carried(c), c.id)):
        if not claim.circular:
            continue
        ring = listed(_ring(told, claim.circular))
        if claim.independent.high <= 0:
            nobody = "" if claim.unknown else "; nobody else is named"
            text = f"Circular reporting: {ring} credit one another for {told.quote(claim)}{nobody}"
            text += ": counted as nothing."
        else:
            text = f"{ring} credit one another for {told.quote(claim)}; that ring is counted as nothing."
        out.append(finding(text, "high", told.places(claim), claims=[claim.id]))
    return out[:2]


def _ring(told: Told, ids: Sequence[str]) -> list[str]:
    """Who stands in a ring, each newsroom once: its article and its name as others credit it are one."""
    names = [told.who(i) for i in ids]
    forms = {
        n: " ".join("".join(c if c.isalnum() else " " for c in n.casefold()).split()).removeprefix("the ")
        for n in names
    }
    return [
        n
        for n in dict.fromkeys(names)
        if n not in told.labels.values()
        or not any(m != n and (forms[m] == forms[n] or forms[n].endswith(" " + forms[m])) for m in names)
    ]


def nobody_named(told: Told) -> list[Finding]:
    """Claims that go from mouth to mouth and end in nobody: "reports", which others then credit."""
    out = []
    for claim in sorted(told.shared, key=lambda c: (-told.carried(c), c.id)):
        if claim.origins or claim.circular:
            continue
        crediting = [m for m in claim.mentions if m.chain and not _credits_itself(told, m)]
        ends = [m for m in crediting if _passes_on(told, m.chain[-1])]
        if len({m.article for m in crediting}) < 2 or len(ends) < len(crediting):
            continue
        text = f"{_credits(told, crediting)}, for {told.quote(claim)}; nobody first-hand is named: no origin is proven."
        out.append(finding(text, "high", told.places(claim), claims=[claim.id]))
    return out[:2]


def _credits_itself(told: Told, mention: Mention) -> bool:
    """Whether an article names its own newsroom: no credit to another."""
    source, article = told.sources.get(mention.chain[-1]), told.articles.get(mention.article)
    return source is not None and article is not None and is_own(article, source.name)


def _passes_on(told: Told, source_id: str) -> bool:
    """Whether a source is a carrier or "reports" at large, so that nobody could be asked."""
    source = told.sources.get(source_id)
    return source is not None and (source.kind in CARRIER_KINDS or bool(_AT_LARGE.fullmatch(plain(source.name[:120]))))


def _credits(told: Told, mentions: Iterable[Mention], most: int = 3) -> str:
    """Who credits whom: "Ledger credits “reports” and Bugle credits Ledger"."""
    shown: dict[str, list[str]] = {}
    for mention in mentions:
        source = told.sources[mention.chain[-1]]
        named = plain(source.name)
        named = f"“{named.translate(INNER)}”" if source.kind not in CARRIER_KINDS else named
        shown.setdefault(f"credits {named}", []).append(told.labels.get(mention.article, mention.article))
    rows = []
    for credit, articles in shown.items():
        names = list(dict.fromkeys(articles))
        rows.append(f"{listed(names)} {credit if len(names) == 1 else credit.replace('credits', 'credit', 1)}")
    more = len(rows) - most
    return listed([*rows[:most], *([f"{more} more likewise"] if more > 0 else [])])
