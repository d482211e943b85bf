"""The words for what a trace holds: kinds, verdicts, ranges and shares, the same on the page and in the terminal."""

from collections.abc import Iterable

from headwater.labels import listed, number_of, plain, statement_words
from headwater.model import (
    Basis,
    Claim,
    Conflict,
    ConflictType,
    JudgeRun,
    Relation,
    Severity,
    Side,
    SourceKind,
    Variant,
    Verdict,
)

_YES_NO = {"yes": "says so", "no": "denies it"}

SEVERITIES: dict[Severity, int] = {"high": 0, "medium": 1, "low": 2}
KINDS: dict[SourceKind, str] = {
    "person": "named person",
    "organisation": "organisation",
    "document": "document",
    "outlet": "outlet, passes on",
    "journalist": "journalist, passes on",
    "anonymous": "unnamed",
    "unspecified": "not said who",
}
RELATIONS: dict[Relation, str] = {
    "fullest": "fullest in this set",
    "verbatim": "word for word",
    "trimmed": "cut",
    "respelled": "spelled otherwise",
    "retranslated": "another translation",
    "altered": "words changed",
    "paraphrased": "paraphrased",
}
CONFLICTS: dict[ConflictType, str] = {
    "number": "Number",
    "date": "Date",
    "role": "Role",
    "modality": "How sure",
    "polarity": "Yes or no",
    "denial": "Denial",
    "name": "Name",
    "conflation": "Two made one",
    "attribution_dropped": "Source left out",
    "hedge_dropped": "Caution left out",
    "wording": "Wording",
}
VERDICTS: dict[Verdict, str] = {
    "conflict": "cannot both hold",
    "denial": "one denies the other",
    "drift": "changed in the retelling",
}
BASES: dict[Basis, str] = {
    "stated": "stated",
    "recovered": "recovered from other words",
    "inferred": "inferred from shared text",
    "unknown": "cannot be judged",
}


def claim_words(claim: Claim, *, within: bool = False) -> str:
    """The text of a claim on one line: a capital first letter where it is a sentence of its own, no stop at its end.

    Args:
        claim: the claim.
        within: for within quotation marks, so that its own become inner ones.
    """
    return upper_first(statement_words(claim.text, within=within)) or "a claim without words"


def relation_words(variant: Variant) -> str:
    """How a printing of a quotation stands to the fullest; what was left word for word may differ in small things."""
    if variant.relation == "verbatim" and variant.changes:
        return "word for word but for what is marked"
    return RELATIONS[variant.relation]


def set_apart(names: Iterable[str]) -> str:
    """Names as a sentence lists them; those that themselves hold a comma are set apart by semicolons."""
    names = list(names)
    return "; ".join(names) if len(names) > 1 and any("," in name for name in names) else listed(names)


def upper_first(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def range_of(low: int, high: int) -> str:
    """A number of origins, low and high: "1 origin", "1 to 2 origins"."""
    return number_of(low, "origin") if low == high else f"{low} to {number_of(high, 'origin')}"


def range_words(claim: Claim) -> str:
    """How many origins: "1 origin", "1 to 2 origins", "origin unknown"."""
    low, high = claim.independent.low, claim.independent.high
    if high <= 0 and claim.circular:
        return "no origin: a circle"
    if low <= 0:
        return f"at most {number_of(high, 'origin')}" if claim.origins and high > 0 else "origin unknown"
    return range_of(low, high)


def range_number(claim: Claim) -> str:
    """The number of ``range_words`` alone, for large type: "1", "1 to 2", "≤1", "0", "?"."""
    return range_sign(claim).replace("–", " to ")


def range_noun(claim: Claim) -> str:
    """What stands behind ``range_number``: "origin", "origins", "origin unknown"."""
    words = range_words(claim)
    if words == "origin unknown":
        return words
    return "origin" if words.endswith("1 origin") else "origins"


def range_sign(claim: Claim) -> str:
    """The same in a few signs, for the margin: ``1``, ``1–2``, ``≤1``, ``0``, ``?``."""
    low, high = claim.independent.low, claim.independent.high
    if high <= 0 and claim.circular:
        return "0"
    if low <= 0:
        return f"≤{high}" if claim.origins and high > 0 else "?"
    return f"{low}" if low == high else f"{low}–{high}"


def own_words(sight: bool) -> str:
    """What a newsroom that is an origin itself says of it."""
    return "says that it saw this itself" if sight else "says that it confirmed this itself"


def judge_words(judge: JudgeRun) -> str:
    """Who was asked about doubtful pairs, and how often: "doubtful pairs judged by M: 40 asked, 38 answered"."""
    ignored = f", {judge.ignored:,} ignored" if judge.ignored else ""
    return f"doubtful pairs judged by {plain(judge.name)}: {judge.asked:,} asked, {judge.answered:,} answered{ignored}"


def value_words(conflict: Conflict, side: Side) -> str:
    """What one side of a difference has, in words: of a denial who says it and who denies it."""
    value = plain(side.value)
    return _YES_NO.get(value, value) if conflict.type == "denial" else value


def share_words(share: float) -> str:
    """A share 0..1 as ``81 %``; never 0 % of something, nor 100 % of less than all."""
    percent = round(share * 100)
    if 0 < share < 1:
        percent = min(99, max(1, percent))
    return f"{percent} %"
