"""One entity across the articles of a story: takes articles with their readings, gives the story's entities and a map.

Joins full names that fit word by word, usual short given names with the long ones, a bare surname only where one person
of the story bears it, acronyms with the names they abbreviate, and the few names of ``SAME`` that mean one institution.
Nothing is joined across types.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from headwater import lexicon
from headwater.model import Article, Entity, EntityType, Reading, stable_id

Words = tuple[str, ...]


def _forms(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Names that mean one institution or place, though neither words nor initials show it. White House, Downing Street and
#: Kremlin are left out on purpose: they speak apart from their governments. "the Pentagon" is the department's building
#: and, in news, the department. Forms are folded, without "the"; the first is the one the others are counted as.
SAME: tuple[tuple[str, ...], ...] = (
    ("department of defense", "defense department", "dod", "pentagon", "us department of defense"),
    ("department of state", "state department", "us state department", "us department of state"),
    ("department of justice", "justice department", "doj", "us justice department", "us department of justice"),
    ("department of the treasury", "treasury department", "us treasury", "us treasury department", "treasury"),
    ("department of homeland security", "homeland security department", "dhs"),
    ("associated press", "ap"),
    ("agence france-presse", "agence france presse", "afp"),
    ("new york times", "nyt", "ny times"),
    ("wall street journal", "wsj"),
    ("washington post", "wapo"),
    ("los angeles times", "la times"),
    ("british broadcasting corporation", "bbc", "bbc news"),
    ("financial times", "ft"),
    ("huffington post", "huffpost"),
    ("reuters", "reuters news agency", "thomson reuters"),
    ("united nations", "un"),
    ("european union", "eu"),
    ("nato", "north atlantic treaty organization"),
    ("congress", "us congress", "united states congress"),
    ("senate", "us senate", "united states senate"),
    ("house of representatives", "us house of representatives", "us house"),
    ("supreme court", "us supreme court"),
    ("islamic state", "isis", "isil", "islamic state group", "daesh", "is group"),
    ("al qaeda", "al-qaeda", "al-qaida", "al qaida"),
    ("republican party", "gop"),
    ("ministry of defense", "ministry of defence", "defence ministry", "defense ministry", "mod"),
    ("ministry of foreign affairs", "foreign ministry"),
    ("interior ministry", "ministry of the interior", "ministry of interior"),
    ("united states", "us", "usa", "america", "united states of america"),
    ("united kingdom", "uk", "britain", "great britain"),
    ("washington", "washington dc", "washington d c", "dc"),
    ("russia", "russian federation"),
    ("china", "peoples republic of china"),
    ("myanmar", "burma"),
    ("kyiv", "kiev"),
    ("turkey", "turkiye"),
)
_SAME = {tuple(form.split()): tuple(forms[0].split()) for forms in SAME for form in forms}
_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_COURTESY = _forms("mr mrs ms miss mx dr sir dame lord lady")
_LINKS = _forms("of for the and on to & in")
_LEGAL = _forms("inc corp ltd llc plc co gmbh ag sa spa nv ab")
_SPELLINGS = (("defence", "defense"), ("organisation", "organization"), ("centre", "center"), ("labour", "labor"))
_ARABIC = re.compile(r"(?:al|el|as|an|ar|at|ash|ad|ul)-(?=\w)")
_MARKS = re.compile(r"[“”‘«»\"‹›(),.!?;:]+")
#: Given names that are usual for another and do not begin it; "Matt" for "Matthew" needs no entry.
_SHORT_GIVEN = dict(
    pair.split("=")
    for pair in """bill=william billy=william will=william bob=robert bobby=robert rob=robert mike=michael
    mickey=michael chuck=charles charlie=charles jim=james jimmy=james dick=richard rick=richard rich=richard
    tom=thomas tommy=thomas tony=anthony joe=joseph joey=joseph dave=david steve=stephen steven=stephen andy=andrew
    larry=lawrence peggy=margaret betsy=elizabeth liz=elizabeth becky=rebecca debbie=deborah kate=katherine
    kathy=katherine jenny=jennifer sally=sarah danny=daniel eddie=edward kenny=kenneth johnny=john geoff=geoffrey
    jerry=jerrold teddy=theodore""".split()
)
_SHORTEST_GIVEN = 3  # letters of a given name cut short: "Tim", "Jen"
#: Words of a page that run on behind a name, and letters of party and state that follow it.
_RUN_ON = _forms("more photo photos image images credit getty video watch read related via follow email twitter share")
_PARTY = re.compile(r"[,(]?\s*\(?\b[RDI]-(?:[A-Z][A-Za-z]{0,5}\.?){1,3}\)?\s*$")
_NO_PEOPLE: tuple[EntityType, ...] = ("organisation", "place")
#: More names than this with one given and family name are compared only for being equal.
_CROWD = 60


@dataclass(frozen=True, slots=True)
class _Local:
    """An entity of one article: its words for comparing, and every other wording of it there."""

    article: str
    entity: Entity
    words: Words
    forms: tuple[Words, ...]
    shown: tuple[tuple[str, int], ...]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‑", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _cut_to_name(form: str) -> str:
    """A person's name without what a page ran into it: the next line, "More:", a party and state."""
    lines = [line for line in form[:400].splitlines() if line.strip()]
    name = lines[0] if lines and len(lines[0].split()) > 1 else form
    words = _PARTY.sub("", " ".join(name.split())[:200]).split()
    if len(words) > 2 and words[0] == "State":  # of "Secretary of State"
        del words[0]
    while len(words) > 2 and _folded(words[-1]).strip(":.,|") in _RUN_ON:
        words.pop()
    return " ".join(words) or " ".join(form.split())[:200]


def _person_words(form: str) -> Words:
    """Folded words of a person's name: given names, family names, generation; titles and nicknames left out."""
    from nameparser import HumanName

    plain = _cut_to_name(form)
    words = tuple(w for w in (_ARABIC.sub("", w) for w in _MARKS.sub(" ", _folded(plain)).split()) if w.strip("'-"))
    if len(words) < 2:
        return words or (_folded(form),)
    # nameparser knows titles, nicknames and generations, but takes some given names for titles ("Dean Smith" it gets
    # right, "King" it does not): where it is left with less than two words, the words as they stand are used.
    parsed = HumanName(plain)
    kept = " ".join((parsed.first, parsed.middle, parsed.last))
    generation = _MARKS.sub("", _folded(parsed.suffix)).strip()
    named = tuple(w for w in (_ARABIC.sub("", w) for w in _MARKS.sub(" ", _folded(kept)).split()) if w.strip("'-"))
    if len(named) < 2:
        return words
    return (*named, generation) if generation in _GENERATIONS else named


def _thing_words(form: str) -> Words:
    """Folded words of an organisation's or place's name; "X Ministry" and "Ministry of X" are one."""
    text = _folded(" ".join(form.split()))
    text = re.sub(r"\b(?:[^\W\d_]\.){2,}", lambda m: m.group().replace(".", "") + " ", text).replace(
        "united states ", "us "
    )
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    words = [w for w in _MARKS.sub(" ", text).split() if w]
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    if words[:3] == ["us", "of", "america"]:
        words = ["united", "states"]
    key = tuple(words)
    if key in _SAME:
        return _SAME[key]
    if len(words) == 2 and words[1] in ("ministry", "department"):
        key = (words[1], "of", words[0])
    elif len(words) == 4 and words[1:3] == ["of", "the"] and words[0] in ("ministry", "department"):
        key = (words[0], "of", words[3])
    return _SAME.get(key, key) or (_folded(form),)


def _bare(words: Words) -> tuple[Words, str]:
    return (words[:-1], words[-1]) if len(words) > 1 and words[-1] in _GENERATIONS else (words, "")


def _like(left: str, right: str) -> bool:
    return left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])


def _given(name: str) -> str:
    return _SHORT_GIVEN.get(name, name)


def _like_given(left: str, right: str) -> bool:
    """Whether two given names can be one person's: initials, "Chuck" for "Charles", "Matt" for "Matthew"."""
    one, other = sorted((_given(left), _given(right)), key=len)
    cut = len(one) >= _SHORTEST_GIVEN and len(other) - len(one) > 1 and other.startswith(one)
    return _like(one, other) or _like(left, right) or cut


def _same_person(left: Words, right: Words) -> bool:
    """Whether one full name is held in the other, word by word, initials allowed; the generation must be the same."""
    (short, generation), (long, other) = sorted((_bare(left), _bare(right)), key=lambda item: (len(item[0]), item))
    if generation != other or len(short) < 2 or not _like_given(short[0], long[0]):
        return False
    if short[-1] != long[-1] and not (len(long) > 2 and short[-1] == long[-2] and len(long[-2]) > 1):
        return False
    at = 1
    for word in short[1:]:
        while at < len(long) and not _like(word, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _families(words: Words) -> set[str]:
    """The words a bearer of a full name is called by alone: the last, and the one before it in longer names."""
    bare, _ = _bare(words)
    return {bare[-1], *([bare[-2]] if len(bare) > 2 and len(bare[-2]) > 1 else [])}


def _person_groups(locals_: Sequence[_Local]) -> list[list[_Local]]:
    by_words: dict[Words, list[_Local]] = defaultdict(list)
    for local in locals_:
        by_words[local.words].append(local)
    suffixes: dict[Words, set[Words]] = defaultdict(set)
    for words in by_words:
        bare, _ = _bare(words)
        for size in range(1, len(bare)):
            suffixes[bare[-size:]].add(words)
        for family in _families(words):
            if len(bare) > 1:
                suffixes[(family,)].add(words)
    full = sorted(
        (w for w in by_words if len(_bare(w)[0]) > 1 and not suffixes.get(w)),
        key=lambda w: (-len(w), -sum(map(len, w)), w),
    )
    blocks: dict[tuple[str, str], list[Words]] = defaultdict(list)
    for words in full:
        for family in sorted(_families(words)):
            blocks[(_given(words[0])[:1], family)].append(words)
    near: dict[Words, set[Words]] = {words: set() for words in full}
    for block in blocks.values():
        if len(block) <= _CROWD:
            for at, left in enumerate(block):
                for right in block[at + 1 :]:
                    if _same_person(left, right):
                        near[left].add(right)
                        near[right].add(left)
    groups: list[list[Words]] = []
    home: dict[Words, int] = {}
    for words in full:
        homes = sorted({home[other] for other in near[words] if other in home})
        if len(homes) == 1 and all(other in near[words] for other in groups[homes[0]]):
            home[words] = homes[0]
            groups[homes[0]].append(words)
        else:
            home[words] = len(groups)
            groups.append([words])
    out = [[local for words in group for local in by_words[words]] for group in groups]
    _across_generations(out, by_words)
    for words, held in sorted(by_words.items()):
        if words in home:
            continue
        bare, generation = _bare(words)
        bearers = [
            at for at in sorted({home[longer] for longer in suffixes.get(bare, ()) if longer in home}) if out[at]
        ]
        # The younger of two is called by his full name: a bare surname is the elder's.
        elder = [at for at in bearers if not generation and any(not _bare(local.words)[1] for local in out[at])]
        for local in held:
            fits = elder if len(elder) == 1 else bearers
            if len(fits) > 1:
                offices = _offices(local)
                fits = [at for at in fits if offices & frozenset().union(*map(_offices, out[at]))]
            if len(fits) == 1:
                out[fits[0]].append(local)
            elif bearers:
                # Several bear it: which of them is meant is not said, nor that two articles mean the same one.
                out.append([local])
        if not bearers:
            out.append(held)
    return [group for group in out if group]


def _across_generations(groups: list[list[_Local]], by_words: dict[Words, list[_Local]]) -> None:
    """Join "Robert Lund" with the "Robert S. Lund III" of another newsroom's style, where use shows them to be one.

    They are one where no article names both, nobody else goes by the bare surname, and either both bear one office or
    the article with the generation calls its bearer by the bare surname. Otherwise father and son stay two.
    """
    plain: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        bare, generation = _bare(group[0].words)
        if not generation:
            plain[(bare[0], bare[-1])].append(at)
    for group in groups:
        bare, generation = _bare(group[0].words) if group else ((), "")
        fitting = plain.get((bare[0], bare[-1]), []) if generation else []
        if len(fitting) != 1:
            continue
        other = groups[fitting[0]]
        apart = {local.article for local in group}.isdisjoint(local.article for local in other)
        alone = (bare[-1],) not in by_words
        fits = all(_same_person(_bare(left.words)[0], right.words) for left in group for right in other)
        office = frozenset().union(*map(_offices, group)) & frozenset().union(*map(_offices, other))
        called = sum(times for local in group for form, times in local.shown if _person_words(form) == (bare[-1],))
        if apart and alone and fits and (office or called > 1):
            other.extend(group)
            group.clear()


def _offices(local: _Local) -> frozenset[str]:
    """The head nouns of the offices an article gives to a person, courtesy titles left out."""
    out = set()
    for role in local.entity.roles:
        front = re.split(r"\b(?:of|for|at|in|to|on|with|from)\b", _folded(role.text), maxsplit=1)[0]
        words = _MARKS.sub(" ", front).split()
        if words and words[-1] not in _COURTESY:
            out.add(words[-1])
    return frozenset(out)


def _initials(words: Words) -> str:
    return "".join(word[0] for word in words if word not in _LINKS)


def _thing_groups(locals_: Sequence[_Local], type_: EntityType) -> list[list[_Local]]:
    """Things that share a wording; short forms without "US", and acronyms, where one name alone fits them."""
    home: dict[Words, Words] = {}

    def root(key: Words) -> Words:
        home.setdefault(key, key)
        while home[key] != key:
            home[key] = home[home[key]]
            key = home[key]
        return key

    def join(left: Words, right: Words) -> None:
        a, b = root(left), root(right)
        if a != b:
            home[max(a, b)] = min(a, b)

    # A wording that two things of one article both bear ("the Board") is nobody's sign.
    shared: set[tuple[str, Words]] = set()
    seen: dict[tuple[str, Words], Words] = {}
    for local in locals_:
        for form in local.forms:
            if seen.setdefault((local.article, form), local.words) != local.words:
                shared.add((local.article, form))
    for local in locals_:
        root(local.words)
        for form in local.forms:
            if (local.article, form) not in shared:
                join(local.words, form)
    if type_ == "organisation":
        known = sorted(home)
        long: dict[str, set[Words]] = defaultdict(set)
        for key in known:
            if len(key) > 2:
                long[_initials(key)].add(key)
                if key[0] == "us":
                    long[_initials(key[1:])].add(key)
        for key in known:
            if key[0] == "us" and len(key) > 2 and key[1:] in home:
                join(key, key[1:])
            if len(key) == 1 and key[0].startswith("us") and len(key[0]) > 5 and (key[0][2:],) in home:
                join(key, (key[0][2:],))
            if len(key) == 1 and len(key[0]) > 2:
                fitting = {root(words) for words in long.get(key[0], ())}
                if len(fitting) == 1:
                    join(key, next(iter(fitting)))
    groups: dict[Words, list[_Local]] = defaultdict(list)
    for local in locals_:
        groups[root(local.words)].append(local)
    return [groups[key] for key in sorted(groups)]


def _local(article: Article, entity: Entity) -> _Local:
    wordings = Counter(" ".join(article.text[m.start : m.end].split()) for m in entity.mentions)
    wordings[entity.name] += 0
    if entity.type == "person":
        named: Counter[str] = Counter()
        for form, times in wordings.items():
            named[_cut_to_name(form)] += times
        wordings = named
    shown = tuple(sorted((form, times) for form, times in wordings.items() if form))
    if entity.type == "person":
        return _Local(article.id, entity, _person_words(entity.name), (), shown)
    forms = tuple(sorted({_thing_words(form) for form, _ in shown}))
    return _Local(article.id, entity, _thing_words(entity.name), forms, shown)


def _fullest(group: Iterable[_Local]) -> str:
    """The fullest wording: most words, then longest, then most used; capitals throughout and short forms last."""
    times: Counter[str] = Counter()
    for local in group:
        for form, count in local.shown:
            times[form.removeprefix("the ").removeprefix("The ")] += count
    for form in list(times):  # "Freddie Quill Ate", where others write "Freddie Quill"
        short, _, last = form.rpartition(" ")
        if " " in short and short in times and _folded(last) in lexicon.IRREGULAR:
            del times[form]
    return min(times, key=lambda f: (f.isupper() and len(f) > 3, -len(f.split()), -len(f), -times[f], f))


def _agreed(entities: Iterable[Entity]) -> dict[tuple[str, EntityType], EntityType]:
    """For a name that some articles take for a person and most mentions for a body or a place: what it is.

    A word that is part of somebody's full name in the story is left as each article has it.
    """
    times: dict[str, Counter[EntityType]] = defaultdict(Counter)
    in_full: set[str] = set()
    for entity in entities:
        name = _folded(entity.name)
        times[name][entity.type] += len(entity.mentions)
        if entity.type == "person" and len(name.split()) > 1:
            in_full.update(_person_words(entity.name))
    out: dict[tuple[str, EntityType], EntityType] = {}
    for name, counted in times.items():
        others = [kind for kind in _NO_PEOPLE if counted[kind] > counted["person"]]
        if counted["person"] and others and name not in in_full:
            out[name, "person"] = max(others, key=lambda kind: (counted[kind], kind))
    return out


def join(articles: Sequence[Article], readings: Sequence[Reading]) -> tuple[tuple[Entity, ...], dict[str, str]]:
    """One Entity for everything that the articles of a story name alike.

    Args:
        articles: the story's articles, in any order.
        readings: their readings, in any order; a reading without its article is passed over.

    Returns:
        The story's entities, in order of name, each with all its mentions and roles, named by its fullest form; and a
        map from each article's own entity id to the story's id. Ids depend on type and name alone, except that a short
        form which several people of the story bear keeps its article in its id.
    """
    by_id = {article.id: article for article in articles}
    by_type: dict[EntityType, list[_Local]] = defaultdict(list)
    agreed = _agreed(e for r in readings if r.id in by_id for e in r.entities)
    for reading in readings:
        article = by_id.get(reading.id)
        for entity in reading.entities if article else ():
            assert article is not None
            type_ = agreed.get((_folded(entity.name), entity.type), entity.type)
            by_type[type_].append(_local(article, replace(entity, type=type_)))
    out: list[Entity] = []
    where: dict[str, str] = {}
    taken: set[str] = set()
    for type_ in sorted(by_type):
        held = sorted(by_type[type_], key=lambda local: (local.article, local.entity.id))
        groups = _person_groups(held) if type_ == "person" else _thing_groups(held, type_)
        named = sorted(
            ((_fullest(group), sorted(group, key=lambda local: (local.article, local.entity.id))) for group in groups),
            key=lambda item: (item[0], [(local.article, local.entity.id) for local in item[1]]),
        )
        names = Counter(name for name, _ in named)
        for name, group in named:
            id_ = stable_id("entity", type_, name)
            if names[name] > 1 or id_ in taken:
                id_ = stable_id("entity", type_, name, *(local.article for local in group))
            taken.add(id_)
            for local in group:
                where[local.entity.id] = id_
            out.append(
                Entity(
                    id=id_,
                    name=name,
                    type=type_,
                    mentions=tuple(sorted({m for local in group for m in local.entity.mentions})),
                    roles=tuple(
                        sorted(
                            {r for local in group for r in local.entity.roles},
                            key=lambda r: (r.article, r.start, r.end, r.text),
                        )
                    ),
                )
            )
    return tuple(sorted(out, key=lambda e: (e.name, e.type, e.id))), where
