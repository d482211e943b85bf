"""The word lists of names, read once from ``data/``: given names, places, organisations, outlets, offices, plain words.

Gives sets and tables for looking up; written by hand for Headwater, so that nothing depends on a licence or a download.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from headwater.model import EntityType


def forms(text: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(text.split())


def folded(form: str) -> str:
    """The form for comparing names: small letters, no accents, straight apostrophes, no dots."""
    if form.isascii():
        return form.casefold().replace(".", "")
    plain = unicodedata.normalize("NFKD", form).replace("’", "'").replace("‑", "-")
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace(".", "")


def _lines(name: str) -> list[str]:
    text = files("headwater.reading.names").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _groups(name: str) -> dict[str, str]:
    pairs = (line.split(":", 1) for line in _lines(name))
    return {key.strip(): value.strip() for key, value in pairs}


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed name: the form that leads its line, its type, and whether the form met is short for several."""

    lead: str
    type: EntityType
    outlet: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists. Given names and roles are folded; ``listed`` maps a form's words to what it names."""

    female: frozenset[str]
    male: frozenset[str]
    first: frozenset[str]
    first_words: frozenset[str]
    listed: dict[tuple[str, ...], Listed]
    listed_folded: dict[tuple[str, ...], Listed]
    longest: dict[str, int]
    demonyms: dict[str, str]
    short_titles: dict[str, str]
    courtesy: frozenset[str]
    before: frozenset[str]
    roles: frozenset[str]
    modifiers: frozenset[str]
    of_titles: frozenset[str]
    titles: dict[str, tuple[tuple[str, ...], ...]]
    female_roles: frozenset[str]
    male_roles: frozenset[str]
    heads: dict[str, frozenset[str]]
    institutions: frozenset[str]
    never: frozenset[str]
    common: frozenset[str]


def words_of(form: str) -> tuple[str, ...]:
    """A listed form cut as tokens are: at blanks, hyphens kept, marks other than dots and ampersands apart."""
    return tuple(form.replace("’", "'").replace(",", " ,").replace("!", " !").split())


def _named(out: dict[tuple[str, ...], Listed], name: str, type_: EntityType, *, outlet: bool = False) -> None:
    for line in _lines(name):
        wordings = line.split("|")
        for form in wordings:
            shared = form.startswith("~")
            words = words_of(form.removeprefix("~"))
            out.setdefault(words, Listed(wordings[0], type_, outlet, shared))


@cache
def lists() -> Lists:
    """The lists, read on first use."""
    given = _groups("first_names.txt")
    female, male, either = (frozenset(folded(name) for name in given[key].split()) for key in ("f", "m", "u"))
    listed: dict[tuple[str, ...], Listed] = {}
    _named(listed, "outlets.txt", "organisation", outlet=True)
    _named(listed, "organisations.txt", "organisation")
    _named(listed, "others.txt", "other")
    _named(listed, "places.txt", "place")
    by_fold: dict[tuple[str, ...], Listed] = {}
    longest: dict[str, int] = {}
    for form, entry in listed.items():
        by_fold.setdefault(tuple(folded(word) for word in form), entry)
        longest[form[0]] = max(longest.get(form[0], 0), len(form))
    demonyms: dict[str, str] = {}
    for line in _lines("demonyms.txt"):
        country, people = line.split(":")
        for word in people.split():
            demonyms.setdefault(folded(word), "" if country == "-" else country)
    roles = _groups("roles.txt")
    short = dict(pair.split("=") for pair in roles["short"].split())
    before = frozenset(folded(word) for word in roles["before"].split())
    titles: dict[str, list[tuple[str, ...]]] = {}
    for title in roles["multi"].split("|"):
        words = tuple(title.casefold().split())
        titles.setdefault(words[0], []).append(words)
    plain = _groups("common.txt")
    heads = {key: frozenset(value.split()) for key, value in _groups("heads.txt").items()}
    return Lists(
        female=female - either - male,
        male=male - either - female,
        first=female | male | either,
        first_words=frozenset(folded(name) for name in given["word"].split()),
        listed=listed,
        listed_folded=by_fold,
        longest=longest,
        demonyms=demonyms,
        short_titles=short,
        courtesy=frozenset(roles["courtesy"].split()),
        before=before,
        roles=before | frozenset(folded(w) for w in roles["noun"].split()) | frozenset(short.values()),
        modifiers=frozenset(roles["modifier"].split()),
        of_titles=frozenset(roles["of"].split()),
        titles={key: tuple(sorted(value, key=lambda t: (-len(t), t))) for key, value in sorted(titles.items())},
        female_roles=frozenset(folded(w) for w in roles["female"].split()),
        male_roles=frozenset(folded(w) for w in roles["male"].split()),
        heads=heads,
        institutions=frozenset(w.casefold() for w in heads["last"] | heads["of"] if len(w) > 4),
        never=frozenset(plain["never"].split()),
        common=frozenset(plain["opener"].split()) | frozenset(plain["word"].split()),
    )


def is_outlet(name: str) -> bool:
    """Whether the name is an outlet's or a news agency's: listed, or shaped like one ("... Herald", "... News")."""
    words = list(words_of(name))
    if words and words[0].casefold() == "the":
        words = words[1:]
    if not words:
        return False
    entry = lists().listed.get(tuple(words)) or (
        lists().listed_folded.get(tuple(folded(word) for word in words)) if len(words) > 1 else None
    )
    if entry:
        return entry.outlet
    if len(words) < 2 or len(words) > 6:
        return False
    last = words[-1].removesuffix("'s")
    return last in lists().heads["outlet"] - _WEAK_ENDINGS and all(
        w[:1].isupper() or w in ("of", "and", "&", "the") for w in words
    )


#: Endings that also end the names of other things: too weak to make an unlisted name an outlet's.
_WEAK_ENDINGS = forms(
    """Record Register Review Standard Express Star Sun Banner Leader Citizen Mercury Plain Dealer Today Daily Weekly
    Reporter Monitor Independent Guardian Bee Television Radio TV Advertiser Press Mirror Globe Echo Observer
    Broadcasting"""
)
