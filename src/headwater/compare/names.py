"""One person's name in two spellings.

Takes entities with their mentions. Only near spellings are told, and only where neither article has both; accents,
case, initials, short forms and the common ways to write Arabic, Persian and Slavic sounds in Latin letters are no
difference.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from headwater.compare.notes import conflict, shown, side
from headwater.compare.told import Told
from headwater.model import Conflict, Entity, Place, Span
from headwater.words import words

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"kh|ck|q|c(?=[aouklr]|$)", "k"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"sch|sh|ch", "s"),
        (r"ts|tz|z", "s"),
        (r"ou|oo|o", "u"),
        (r"ee|ey|iy|yy|ay|ai|ei|y|ie|e", "i"),
        (r"w", "v"),
        (r"j", "g"),
        (r"(?<=.)h", ""),
        (r"(.)\1+", r"\1"),
    )
)
_PARTICLES = frozenset({"al", "el", "ibn", "bin", "abu", "van", "von", "de", "der", "den", "da", "di", "la", "le"})


def _bare(form: str) -> str:
    decomposed = unicodedata.normalize("NFKD", form.casefold())
    return "".join(c for c in decomposed if c.isalpha())


def _sound(form: str) -> str:
    for pattern, sound in _SOUNDS:
        form = pattern.sub(sound, form)
    return form


def _near(one: str, two: str) -> bool:
    """Whether two names are one, misspelt: a letter or two apart, not one the start of the other, unlike in sound."""
    from rapidfuzz.distance import OSA

    short, long = sorted((one, two), key=len)
    if len(short) < 4 or long.startswith(short) or one[0] != two[0]:
        return False
    return OSA.distance(one, two) <= (1 if len(short) < 7 else 2) and _sound(one) != _sound(two)


def name_drift(told: Told, entities: Sequence[Entity]) -> Iterator[Conflict]:
    """Family names of one person spelt in two ways by two articles: one conflict a person."""
    for entity in sorted(entities, key=lambda e: e.id):
        if entity.type != "person":
            continue
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        places: dict[tuple[str, str], Place] = {}
        for mention in sorted(entity.mentions):
            article = told.articles.get(mention.article)
            if article is None:
                continue
            found = [w for w in words(article.text, mention.span) if article.text[w.start].isupper()]
            forms = [(_bare(w.key), w) for w in found if _bare(w.key) and _bare(w.key) not in _PARTICLES]
            if forms:
                form, word = forms[-1]
                counts[form][mention.article] += 1
                places.setdefault((form, mention.article), Place(mention.article, word.start, word.end))
        pair = _pair(counts)
        if pair is None:
            continue
        sides = []
        for form in pair:
            name = min(counts[form], key=lambda a: (told.articles[a].published or "~", a))
            place = places[form, name]
            sides.append(side(told.articles[name], [Span(place.start, place.end)]))
        one, two = (told.articles[s.article] for s in sides)
        yield conflict(
            "name",
            "drift",
            "low",
            f"{told.label(one)} writes the name {shown(sides[0].value)}; "
            f"{told.label(two)} writes {shown(sides[1].value)}.",
            sides,
        )


def _pair(counts: dict[str, Counter[str]]) -> tuple[str, str] | None:
    """The commonest form and the commonest one near it that no article uses beside it."""
    order = sorted(counts, key=lambda form: (-len(counts[form]), -sum(counts[form].values()), form))[:20]
    for number, one in enumerate(order):
        for two in order[number + 1 :]:
            if not counts[one].keys() & counts[two].keys() and _near(one, two):
                return one, two
    return None
