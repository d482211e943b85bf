"""One person's name in two spellings.

Takes entities with their mentions. Only near spellings are told, and only where neither article has both; accents,
case, initials, short forms and the common ways to write Arabic, Persian and Slavic sounds in Latin letters are no
difference.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from headwater.compare.notes import conflict, shown, side
from headwater.compare.told import Telling, Told
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
#: Weight of content that two tellings share, as a share of the longer's, where a name may be one misspelt.
_SAME_SENTENCE = 0.6
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


Spelt = dict[str, dict[str, Place]]  # by bare family name, by article, the first place


def name_drift(told: Told, entities: Sequence[Entity]) -> Iterator[Conflict]:
    """Family names of one person spelt in two ways by two articles: one conflict a person."""
    people = [e for e in sorted(entities, key=lambda e: e.id) if e.type == "person"]
    seen: set[frozenset[str]] = set()
    for entity in people:
        counts, places = _spelt(told, entity.mentions)
        pair = _pair(counts)
        if pair is not None:
            seen.add(frozenset(pair))
            yield _two_ways(told, [places[form][_first(told, places[form])] for form in pair])
    yield from _taken_for_two(told, people, seen)


def _spelt(told: Told, mentions: Sequence[Place]) -> tuple[dict[str, Counter[str]], Spelt]:
    """How often each article writes each family name, and where first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    places: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for mention in sorted(mentions):
        article = told.articles.get(mention.article)
        if article is None:
            continue
        found = [w for w in words(article.text, mention.span) if article.text[w.start].isupper()]
        forms = [(_bare(w.key), w) for w in found if _bare(w.key) and _bare(w.key) not in _PARTICLES]
        if forms:
            form, word = forms[-1]
            counts[form][mention.article] += 1
            places[form].setdefault(mention.article, Place(mention.article, word.start, word.end))
    return counts, places


def _first(told: Told, by_article: dict[str, Place]) -> str:
    return min(by_article, key=lambda name: (told.articles[name].published or "~", name))


def _two_ways(told: Told, places: Sequence[Place]) -> Conflict:
    sides = [side(told.articles[p.article], [p.span]) for p in places]
    one, two = (told.articles[s.article] for s in sides)
    return conflict(
        "name",
        "drift",
        "low",
        f"{told.label(one)} writes the name {shown(sides[0].value)}; {told.label(two)} writes {shown(sides[1].value)}.",
        sides,
    )


def _taken_for_two(told: Told, people: Sequence[Entity], seen: set[frozenset[str]]) -> Iterator[Conflict]:
    """Near spellings that were taken for two people, though tellings of one claim say the same of both."""
    full: dict[tuple[str, int, int], tuple[str, str]] = {}  # by place, the given and the family name
    known: defaultdict[str, set[str]] = defaultdict(set)  # by article, the family names it writes
    for entity in people:
        for place in entity.mentions:
            article = told.articles.get(place.article)
            found = words(article.text, place.span) if article else []
            forms = [_bare(w.key) for w in found if article and article.text[w.start].isupper()]
            forms = [form for form in forms if form and form not in _PARTICLES]
            if forms:
                known[place.article].add(forms[-1])
            if len(forms) > 1:
                full[place.article, found[0].start, found[-1].end] = (forms[0], forms[-1])
    in_article: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, start, end in sorted(full):
        in_article[name].append((start, end))
    for _, tellings in told.sets():
        for one, two in combinations(tellings, 2):
            if one.article.id == two.article.id or told.alike(one, two)[1] < _SAME_SENTENCE:
                continue
            for left in _held(one, in_article):
                for right in _held(two, in_article):
                    here, there = full[left], full[right]
                    pair = frozenset({here[1], there[1]})
                    if here[0] != there[0] or pair in seen or not _near(here[1], there[1]):
                        continue
                    if there[1] in known[one.article.id] or here[1] in known[two.article.id]:
                        continue  # an article that has both names two people
                    seen.add(pair)
                    yield _two_ways(told, [Place(*_family(told, left)), Place(*_family(told, right))])


def _held(telling: Telling, places: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[tuple[str, int, int]]:
    found = places.get(telling.article.id, ())
    for start, end in found[bisect_left(found, (telling.setting.start, 0)) :]:
        if start >= telling.setting.end:
            break
        if end <= telling.setting.end:
            yield telling.article.id, start, end


def _family(told: Told, place: tuple[str, int, int]) -> tuple[str, int, int]:
    last = words(told.articles[place[0]].text, Span(place[1], place[2]))[-1]
    return place[0], last.start, last.end


def _pair(counts: dict[str, Counter[str]]) -> tuple[str, str] | None:
    """The commonest form and the commonest one near it that no article uses beside it."""
    order = sorted(counts, key=lambda form: (-len(counts[form]), -sum(counts[form].values()), form))[:20]
    for number, one in enumerate(order):
        for two in order[number + 1 :]:
            if not counts[one].keys() & counts[two].keys() and _near(one, two):
                return one, two
    return None
