"""Which sources are not proven to be different people, bodies or papers: counted apart in ``high`` alone.

Takes Sources of the story with its entities, gives pairs. Where nothing shows a difference there is doubt; a doubt too
many only understates, a doubt too few invents independence.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from headwater import lexicon
from headwater.model import CARRIER_KINDS, Entity, Source
from headwater.tracing.described import Described, army_key, body_key, describe, plain
from headwater.words import key_of

_GENERIC = frozenset(
    """source official person insider aide adviser advisor member authority other leader spokesperson officer chief
    director     head manager executive expert employee staffer worker""".split()
)
_SPEAKING_PAPERS = frozenset(
    "statement post tweet letter email release message memo note testimony interview blog".split()
)
_GENERIC_DOCUMENTS = frozenset(
    "document record paper file filing report statement data message letter email note".split()
)
_COMMON = frozenset("senior former current chief official source person people officer deputy top".split())
_OFFICES = frozenset(
    """mayor minister president governor senator chancellor premier secretary judge prosecutor general admiral captain
    doctor professor engineer lawyer farmer guard driver fisherman teacher priest bishop ambassador spokesperson
    resident keeper""".split()
)
#: What nobody of a great office is called.
_EVERYDAY = frozenset(
    """technician student resident soldier engineer nurse teacher villager neighbor neighbour witness employee worker
    driver guard farmer clerk passenger miner trucker mechanic survivor detainee prisoner patient""".split()
)
#: Papers of a court, and the house from which an administration speaks.
_COURT_PAPERS = frozenset("indictment lawsuit affidavit ruling transcript testimony".split())
_HOUSE = frozenset({"white", "house"})
_ALIKE = 0.6  # likeness of two spellings of one given name; "Johan" and "Jonas" reach it too: a doubt only understates
_STEM = 5  # letters that "Israel" and "Israeli" share
_COURTESY = 4  # letters of a title that tells no office: "Mr", "Miss"
#: Roles in which a person may speak for a country or its capital.
_GOVERNING = re.compile(
    r"\b(?:president|minister|secretary|spokes\w+|ambassador|envoy|diplomat|official|king|queen|premier|chancellor|"
    r"leader|governor|general|commander|adviser|advisor|government|ministry)\b",
    re.IGNORECASE,
)
#: Words of a body's name that many bodies share.
_BODY_WORDS = frozenset(
    """the and for of department ministry office agency bureau service committee commission council board group
    company association union party national federal state house administration government""".split()
)


def may_be_same(a: Source, b: Source, entities: Mapping[str, Entity]) -> bool:
    """Whether nothing shows that two sources are different people or papers.

    Two that are named are different, but for a spokesperson and whom he or she speaks for, a paper and its author
    (``maybe_same``), a body and who speaks or acts for it by his or her role, names of which one is part of the other,
    and unnamed people and who reached them. Unnamed people may be the same unless both heads are particular and differ
    ("an engineer", "a lawyer") or they are given different countries or houses. A named person may be an unnamed one
    whose description shares a word with the person's roles, or one office holder ("the district's top doctor") unless
    the offices differ. Documents may be the same unless their names share nothing; whom nothing describes may be
    anybody.
    """
    if b.id in a.maybe_same or a.id in b.maybe_same or _reached(a, b) or _reached(b, a):
        return True
    kinds = {a.kind, b.kind}
    if any(
        s.kind == "unspecified"
        or (s.kind == "organisation" and (s.entity is None or _is_place(entities.get(s.entity))))
        for s in (a, b)
    ):  # whom nothing describes; and "Moscow", which may speak for Russia
        return ("anonymous" not in kinds or "document" not in kinds) and not _of_others(a, b, entities)
    if kinds == {"anonymous"}:
        x, y = describe(a.name), describe(b.name)
        if x.head != y.head and x.head not in _GENERIC and y.head not in _GENERIC:
            return _is_vague(x, a) or _is_vague(y, b)
        return not (x.proper and y.proper and not x.proper & y.proper)
    if kinds == {"document"}:
        x, y = describe(a.name), describe(b.name)
        if {x.head, y.head} <= _SPEAKING_PAPERS:
            return not (x.proper and y.proper and not x.proper & y.proper)
        if x.head in _GENERIC_DOCUMENTS or y.head in _GENERIC_DOCUMENTS or x.head == y.head:
            shared = (x.traits | {x.head}) & (y.traits | {y.head})
            return bool(shared or not x.traits or not y.traits or _is_court_paper(x, y))
        return bool(x.traits & y.traits)
    if "document" in kinds:  # a paper may be its author speaking: where it is named so, or is somebody's word by nature
        paper, author = (a, b) if a.kind == "document" else (b, a)
        if author.kind in CARRIER_KINDS:  # "the report" may be the newspaper's
            return describe(paper.name).head in lexicon.REPORTS
        if author.kind not in {"person", "organisation"}:
            return False
        if plain(author.name) in plain(paper.name):
            return True
        whose = _AUTHORED.search(paper.name)
        if whose and not {key_of(w) for w in whose["who"].split()} & _about(author, entities.get(author.entity or "")):
            return False  # somebody else's letter
        return describe(paper.name).head in _SPEAKING_PAPERS
    described = [s for s in (a, b) if s.kind == "anonymous" or (s.kind == "person" and s.entity is None)]
    if len(described) == 2:
        return True
    if described and kinds <= {"anonymous", "person", "organisation"}:
        unnamed = described[0]
        named = b if unnamed is a else a
        return _fits(describe(unnamed.name), unnamed, named, entities.get(named.entity or ""))
    if kinds == {"person"}:
        return _part_of_name(a, b) or _spelled_alike(a, b)
    if kinds == {"organisation"}:
        return _part_of_body(a, b)
    if kinds == {"person", "organisation"}:  # a spokesperson counts with whom he or she speaks for
        person, body = (a, b) if a.kind == "person" else (b, a)
        return _acts_for(person, body, entities)
    return False


def doubts(pairs: Iterable[tuple[Source, Source]], entities: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
    """For pairs of sources that stand behind one claim: which nothing shows to be different, by id, sorted."""
    out: dict[str, set[str]] = {}
    for a, b in pairs:
        if a.id != b.id and may_be_same(a, b, entities):
            out.setdefault(a.id, set()).add(b.id)
            out.setdefault(b.id, set()).add(a.id)
    return {key: tuple(sorted(value)) for key, value in out.items()}


def _reached(unnamed: Source, other: Source) -> bool:
    """Whether somebody who speaks for himself reached these unnamed people, or belongs to the body that speaks."""
    by = unnamed.reached_by
    return by is not None and (by == other.id or by in other.maybe_same)


def _is_place(entity: Entity | None) -> bool:
    return entity is not None and entity.type == "place"


def _is_vague(described: Described, source: Source) -> bool:
    """A plural that counts nobody and hardly describes them: "officials", "health chiefs" may be one person."""
    told = source.number is not None or _COUNTED.match(source.name) or _WHERE.search(source.name)
    return described.plural and not told and len(described.traits) <= 1


#: What makes a plural particular: how many they are, or where.
_COUNTED = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:at|of|in|from|inside|within)\s+\S", re.IGNORECASE)
#: By whom a paper says that it is.
_AUTHORED = re.compile(r"\b(?:from|by)\s+(?:the\s+|an?\s+)?(?P<who>[^\W\d_].*)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _owner(name: str) -> frozenset[str]:
    """Whose a body without a name of its own is: the words before the possessive ("Vell's office")."""
    owned = re.match(r"(?P<who>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3}?)(?:['’]s|s['’])\s", name)
    if owned is None or not owned["who"][:1].isupper():
        return frozenset()
    return frozenset(w for w in body_key(owned["who"]).split() if len(w) > 2)


def _of_others(a: Source, b: Source, entities: Mapping[str, Entity]) -> bool:
    """Whether one is somebody's ("Vell's office") and the other is another person, or another's."""
    for one, other in ((a, b), (b, a)):
        if other.kind == "person" and _is_place(entities.get(one.entity or "")) and one.kind == "organisation":
            return _governs_elsewhere(one, entities.get(other.entity or ""))
        owner = _owner(one.name) if one.kind == "organisation" and one.entity is None else frozenset()
        if not owner:
            continue
        if theirs := (_owner(other.name) if other.entity is None else frozenset()):
            return not owner & theirs
        if other.kind == "person" and other.entity is not None:
            return not owner & _about(other, entities.get(other.entity))
    return False


def _governs_elsewhere(land: Source, person: Entity | None) -> bool:
    """Whether the roles given to a person are such that he or she does not speak for a country."""
    roles = [role.text for role in (person.roles if person else ()) if len(role.text.rstrip(".")) > _COURTESY]
    stem = plain(land.name)[:4]
    return bool(roles) and not any(_GOVERNING.search(text) or stem in plain(text) for text in roles)


def _is_court_paper(x: Described, y: Described) -> bool:
    return any("court" in one.traits and other.head in _COURT_PAPERS for one, other in ((x, y), (y, x)))


def _about(named: Source, entity: Entity | None) -> set[str]:
    """The words of a name and of the roles given to who bears it."""
    about = {key_of(w) for w in re.findall(r"[^\W\d_]+", named.name)}
    if entity:
        about |= {key_of(w) for role in entity.roles for w in re.findall(r"[^\W\d_]+", role.text)}
    if "administration" in about or about >= _HOUSE:  # an administration speaks from there
        about |= {"administration", *_HOUSE}
    return about


def _fits(described: Described, unnamed: Source, named: Source, entity: Entity | None) -> bool:
    """Whether a description may be of somebody named."""
    about = _about(named, entity)
    stems = {w[:6] for w in about if len(w) > 3 and w not in _COMMON}
    told = {t[:6] for t in described.traits | {described.head} if len(t) > 3 and t not in _COMMON}
    if told & stems:
        return True
    if _is_vague(described, unnamed) or (unnamed.kind == "person" and not described.head):
        return True
    if named.kind == "organisation" and described.head == "spokesperson":
        return not described.proper
    if named.kind == "organisation":  # judges are their court
        house = {w for w in body_key(named.name).split() if w not in _BODY_WORDS}
        if house and house <= {*body_key(unnamed.name).split()}:
            return True
        return bool(re.search(r"\bjudges?\b", unnamed.name)) and bool(about & {"court", "tribunal", "chamber", "bench"})
    one = not described.plural and unnamed.number in {None, 1}
    if not one or (unnamed.kind != "person" and described.head in _GENERIC):
        return False
    offices = about & _OFFICES
    return not (described.head in _OFFICES | _EVERYDAY and offices and described.head not in offices)


def _part_of_name(a: Source, b: Source) -> bool:
    """Whether one person's name is a word of the other's: "Quill" and "Oda Quill", whom nothing shows to be two."""
    short, long = sorted((plain(a.name).split(), plain(b.name).split()), key=len)
    return len(short) == 1 < len(long) and short[0] in long


def _part_of_body(a: Source, b: Source) -> bool:
    """Whether one body's name is part of the other's: "Kessel Works", "Kessel Works board"."""
    short, long = sorted(({w[:_STEM] for w in army_key(s.name).split()} for s in (a, b)), key=len)
    if short | long >= _HOUSE and "administration"[:_STEM] in short | long:
        return True
    return bool(short - {w[:_STEM] for w in _BODY_WORDS}) and short <= long


def _spelled_alike(a: Source, b: Source) -> bool:
    """Whether two people bear one surname and given names that may be one, spelled in two ways: Binyamin, Benjamin."""
    from rapidfuzz.distance import Indel

    one, other = plain(a.name).split(), plain(b.name).split()
    if len(one) < 2 or len(other) < 2 or one[-1] != other[-1] or one[0][0] != other[0][0]:
        return False
    return Indel.normalized_similarity(one[0], other[0]) >= _ALIKE


def _acts_for(person: Source, body: Source, entities: Mapping[str, Entity]) -> bool:
    """Whether a role given to the person names the body: its spokeswoman, its commander, its director."""
    entity = entities.get(person.entity or "")
    if _part_of_name(person, body):
        return True
    if entity is None:
        return False
    named = plain(body.name).split()
    house = {w for w in named if len(w) > 2 and w not in _BODY_WORDS}
    last = named[-1] if named and named[-1] in house else ""
    for role in entity.roles:
        keys = {key_of(w) for w in re.findall(r"[\w’'.-]+", role.text)}
        if keys & lexicon.SPOKESPEOPLE and not keys - lexicon.SPOKESPEOPLE - {"a", "an", "the", "chief", "his", "her"}:
            return True  # a spokeswoman, of whom nobody says
        if house and (house <= keys or last in keys or (keys & lexicon.SPOKESPEOPLE and house & keys)):
            return True
    return False
