"""Who is who among the sources of a story: one Source for one person, document or group, however articles name it.

Takes the articles' readings, the story's entities and the text articles share; gives story-level Sources and the same
readings speaking of them. Unnamed people belong to whoever reached them; where the words do not show that two of them
are the same, they stay apart, and ``may_be_same`` says whether anything shows that they are different.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from headwater import lexicon
from headwater.model import (
    CARRIER_KINDS,
    Article,
    Copy,
    Entity,
    Place,
    Quotation,
    Reading,
    Source,
    SourceKind,
    stable_id,
)
from headwater.words import key_of, words

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
_ENDS = frozenset(
    """of at in for from with who familiar close briefed on obtained seen reviewed published prepared dated released
    leaked written by titled called shown shared""".split()
)
_COMMON = frozenset("senior former current chief official source person people officer deputy top".split())
_OFFICES = frozenset(
    """mayor minister president governor senator chancellor premier secretary judge prosecutor general admiral captain
    doctor professor engineer lawyer farmer guard driver fisherman teacher priest bishop ambassador spokesperson
    resident keeper""".split()
)
_EMPTY = frozenset(
    """the a an one two three four five six seven eight nine ten eleven twelve dozen several some many most other
    others another
    both of at in for on from with and or to by who that which familiar close matter briefed condition anonymity
    speaking told spoke
    unnamed anonymous his her their its this these those also he she they as half pair group number few
    multiple""".split()
)
_VAGUE = re.compile(r"(?:multiple|several|some|many|various|other|numerous|two|three|four|five|\d+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Described:
    """What the words say of unnamed people: head noun, other content words, proper names among them, one or more."""

    head: str
    traits: frozenset[str]
    proper: frozenset[str]
    plural: bool


def _singular(noun: str) -> str:
    irregular = {"people": "person", "men": "man", "women": "woman", "families": "family"}
    if noun in irregular:
        return irregular[noun]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun


@lru_cache(maxsize=4096)
def describe(name: str) -> _Described:
    """Read a description of unnamed people or of a paper: "two senior ministry officials" gives "official" and more."""
    head, plural = "", False
    traits: set[str] = set()
    proper: set[str] = set()
    ended = False
    for word in words(name):
        key = word.key
        if key in _ENDS and head:
            ended = True
        if ended:
            continue
        known = key in lexicon.UNNAMED or key in lexicon.DOCUMENTS or key in lexicon.JOURNALISTS
        if known:
            if head:
                traits.add(head)
            head, plural = _singular(key), _singular(key) != key or key in {"people", "police"}
            continue
        if key in _EMPTY or key.isdigit():
            continue
        traits.add(_singular(key))
        if (name[word.start].isupper() and word.start > 0) or (
            name[word.start].isupper() and (name[word.start : word.end].isupper() or "." in name[word.start : word.end])
        ):
            proper.add(key)
    return _Described(head, frozenset(traits), frozenset(proper), plural)


def plain(name: str) -> str:
    """A name for comparing: small letters and digits, no leading article, no final "Inc." and the like."""
    key = re.sub(r"[^\w]+", " ", name.casefold()).strip()
    return re.sub(r"\s(?:inc|ltd|plc|llc|com)$", "", key.removeprefix("the "))


def may_be_same(a: Source, b: Source, entities: Mapping[str, Entity]) -> bool:
    """Whether nothing shows that two sources are different people or papers.

    Two that are named are different, but for a spokesperson and whom he or she speaks for. Unnamed people may be the
    same unless both heads are particular and differ ("an engineer", "a lawyer") or they are given different countries
    or houses. A named person may be an unnamed one whose description shares a word with the person's roles, or one
    office holder ("the district's top doctor") unless the offices differ. Documents may be the same unless their names
    share nothing; whom nothing describes may be anybody.
    """
    kinds = {a.kind, b.kind}
    if any(
        s.kind == "unspecified"
        or (s.kind == "organisation" and (s.entity is None or _is_place(entities.get(s.entity))))
        for s in (a, b)
    ):  # whom nothing describes; and "Moscow", which may speak for Russia
        return "anonymous" not in kinds or "document" not in kinds
    if kinds == {"anonymous"}:
        x, y = describe(a.name), describe(b.name)
        if x.head != y.head and x.head not in _GENERIC and y.head not in _GENERIC:
            return _is_vague(x, a) or _is_vague(y, b)
        return not (x.proper and y.proper and not x.proper & y.proper)
    if kinds == {"document"}:
        x, y = describe(a.name), describe(b.name)
        if x.head in _GENERIC_DOCUMENTS or y.head in _GENERIC_DOCUMENTS or x.head == y.head:
            return not (x.traits and y.traits and not x.traits & y.traits and x.head != y.head)
        return bool(x.traits & y.traits)
    if "document" in kinds:  # a paper may be its author speaking: where it is named so, or is somebody's word by nature
        paper, author = (a, b) if a.kind == "document" else (b, a)
        if author.kind not in {"person", "organisation"}:
            return False
        return plain(author.name) in plain(paper.name) or describe(paper.name).head in _SPEAKING_PAPERS
    described = [s for s in (a, b) if s.kind == "anonymous" or (s.kind == "person" and s.entity is None)]
    if len(described) == 2:
        return True
    if described and kinds <= {"anonymous", "person", "organisation"}:
        unnamed = described[0]
        named = b if unnamed is a else a
        return _fits(describe(unnamed.name), unnamed, named, entities.get(named.entity or ""))
    if kinds == {"person", "organisation"}:  # a spokesperson counts with whom he or she speaks for
        person, body = (a, b) if a.kind == "person" else (b, a)
        return _speaks_for(person, body, entities)
    return False


def _is_place(entity: Entity | None) -> bool:
    return entity is not None and entity.type == "place"


def _is_vague(described: _Described, source: Source) -> bool:
    """A plural that counts nobody and hardly describes them: "officials", "health chiefs" may be one person."""
    return described.plural and source.number is None and len(described.traits) <= 1


def _fits(described: _Described, unnamed: Source, named: Source, entity: Entity | None) -> bool:
    """Whether a description may be of somebody named."""
    about = {key_of(w) for w in re.findall(r"[^\W\d_]+", named.name)}
    if entity:
        about |= {key_of(w) for role in entity.roles for w in re.findall(r"[^\W\d_]+", role.text)}
    stems = {w[:6] for w in about if len(w) > 3 and w not in _COMMON}
    told = {t[:6] for t in described.traits | {described.head} if len(t) > 3 and t not in _COMMON}
    if told & stems:
        return True
    if _is_vague(described, unnamed):
        return True
    one = not described.plural and unnamed.number in {None, 1} and described.head not in _GENERIC
    if not one or named.kind != "person":
        return False
    offices = about & _OFFICES
    return not (described.head in _OFFICES and offices and described.head not in offices)


def _speaks_for(person: Source, body: Source, entities: Mapping[str, Entity]) -> bool:
    entity = entities.get(person.entity or "")
    if entity is None:
        return False
    house = {w for w in plain(body.name).split() if len(w) > 2 and w not in {"the", "and", "department", "ministry"}}
    for role in entity.roles:
        keys = {key_of(w) for w in re.findall(r"[\w’'.-]+", role.text)}
        if keys & lexicon.SPOKESPEOPLE and house & keys:
            return True
    return False


def own_names(article: Article) -> tuple[str, ...]:
    """The names an article's own newsroom goes by, plain: its outlet, else what its id (a file's name) may say."""
    if article.outlet:
        return (plain(article.outlet),)
    return (plain(re.sub(r"[_\W]+", " ", re.sub(r"[_-][0-9a-f]{8,}$|^\d+[_-]", "", article.id))),)


def is_own(article: Article, name: str) -> bool:
    """Whether a carrier's name is the article's own newsroom: "the Ledger" in the Morning Ledger, its byline's name."""
    form = plain(name)
    if not form:
        return False
    for own in own_names(article):
        if own and (form == own or (own.endswith(" " + form) and len(own.split()) - len(form.split()) <= 1)):
            return True
    return bool(article.byline) and len(form.split()) > 1 and form in plain(article.byline or "")


class _Union:
    """Disjoint sets of local source ids; the least id leads."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, a: str) -> str:
        root = a
        while self.parent.get(root, root) != root:
            root = self.parent[root]
        while self.parent.get(a, a) != a:
            self.parent[a], a = root, self.parent[a]
        return root

    def join(self, a: str, b: str) -> None:
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)


def identify(
    articles: Sequence[Article], readings: Sequence[Reading], entities: Mapping[str, str], copies: Sequence[Copy]
) -> tuple[tuple[Source, ...], tuple[Reading, ...]]:
    """Join the sources of one story.

    Args:
        articles: the story's articles.
        readings: their readings, with each article's own source ids.
        entities: from each article's entity ids to the story's.
        copies: text the articles share; an unnamed source inside it is the same in both.

    Returns:
        The story's Sources (by id), and the readings with source and entity ids replaced.
    """
    local = {s.id: s for r in readings for s in r.sources}
    owner = {s.id: r.id for r in readings for s in r.sources}
    union = _Union()
    by_key: dict[tuple[str, ...], str] = {}

    def same(key: tuple[str, ...], source: str) -> None:
        if key in by_key:
            union.join(by_key[key], source)
        else:
            by_key[key] = source

    by_name = {article.id: article for article in articles}
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.kind == "anonymous":
            continue
        if source.kind == "document":
            described = describe(source.name)
            if not described.traits and described.head and described.head not in _GENERIC_DOCUMENTS:
                same(("document", described.head), source.id)  # "the indictment"
            elif described.traits and (described.head or len(described.traits) >= 2):
                same(("document", described.head, *sorted(described.traits)), source.id)
        elif source.entity is not None:
            same(("entity", entities.get(source.entity, source.entity)), source.id)
        elif source.name == lexicon.WRITER:
            writer = _writer(by_name[owner[source.id]], [local[i] for i in local if owner[i] == owner[source.id]])
            if writer is not None:
                union.join(writer, source.id)
        elif source.kind in {"organisation", "outlet", "journalist", "person"} and not _is_generic(source):
            same(("name", plain(source.name)), source.id)
    with_entity: dict[str, str] = {}
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.entity is not None:
            with_entity.setdefault(plain(source.name), source.id)
    for key, source_id in by_key.items():  # "the Ledger" without an entity and with one
        if key[0] == "name" and key[1] in with_entity:
            union.join(source_id, with_entity[key[1]])
    _join_short_names(local, union)
    _join_generic_outlets(readings, local, union)
    houses = _houses(articles, readings, local, union)
    _join_unnamed(readings, local, owner, union, copies, houses)
    return _story_level(articles, readings, local, owner, union, entities, houses)


def _join_short_names(local: Mapping[str, Source], union: _Union) -> None:
    """Join short names: "the Ledger" is the Morning Ledger where only one outlet of the story ends so."""
    forms: dict[str, str] = {}
    for source in sorted(local.values(), key=lambda s: (s.kind != "outlet", s.id)):
        if source.kind in {"outlet", "organisation"} and not _is_generic(source):
            forms.setdefault(plain(source.name), source.id)
    for form, source_id in forms.items():
        longer = sorted({union.find(other) for name, other in forms.items() if name.endswith(" " + form)})
        if len(longer) == 1 and local[source_id].kind == "outlet":
            union.join(longer[0], source_id)


def _is_generic(source: Source) -> bool:
    """Whether a carrier is not named: "a newspaper", "the network"."""
    return source.kind == "outlet" and source.entity is None and source.name == source.name.casefold()


def _join_generic_outlets(readings: Sequence[Reading], local: Mapping[str, Source], union: _Union) -> None:
    """Join "the newspaper" to the one outlet its article credits by name, where there is only one."""
    for reading in readings:
        cited = {s for a in reading.attributions for s in (a.source, *a.via) if s and local[s].kind == "outlet"}
        named = sorted({union.find(s) for s in cited if not _is_generic(local[s])})
        if len(named) == 1:
            for source in sorted(cited):
                if _is_generic(local[source]):
                    union.join(named[0], source)


@dataclass(frozen=True, slots=True)
class _Houses:
    """Newsrooms: an article, its outlet, its reporter are one; ``of`` maps Source roots and article ids to a house."""

    of: Mapping[str, str]
    carriers: frozenset[str]
    own: Mapping[str, frozenset[str]]


def _houses(
    articles: Sequence[Article], readings: Sequence[Reading], local: Mapping[str, Source], union: _Union
) -> _Houses:
    """Tie articles to the carriers that are their own newsroom, and note who carries news though no list says so."""
    carriers = {union.find(s.id) for s in local.values() if s.kind in CARRIER_KINDS}
    for reading in readings:
        for a in reading.attributions:
            for told in a.via[len(a.via) - len(a.via_spans) :] if a.via_spans else ():
                if local[told].kind in {"organisation", "person"}:
                    carriers.add(union.find(told))
    house = _Union()
    own: dict[str, set[str]] = defaultdict(set)
    roots: dict[str, str] = {}
    for source in sorted(local.values(), key=lambda s: s.id):
        if source.kind not in {"anonymous", "document", "unspecified"}:
            roots.setdefault(plain(source.name), union.find(source.id))
    for article in articles:
        for form, root in roots.items():
            if is_own(article, form):
                carriers.add(root)
                own[article.id].add(root)
                house.join(root, f"article {article.id}")
    keys = {union.find(s) for s in local} | {f"article {a.id}" for a in articles}
    return _Houses(
        of={k.removeprefix("article "): house.find(k) for k in keys},
        carriers=frozenset(carriers),
        own={a.id: frozenset(own.get(a.id, ())) for a in articles},
    )


def _writer(article: Article, here: Sequence[Source]) -> str | None:
    """Who "me" is in this article: its byline, else the one journalist it credits (text copied with its "me")."""
    journalists = sorted({s.id for s in here if s.kind == "journalist" and s.name != lexicon.WRITER})
    if article.byline:
        line = plain(article.byline)
        for source in here:
            if source.kind in {"journalist", "person"} and plain(source.name) in line and source.name != lexicon.WRITER:
                return source.id
        return None
    return journalists[0] if len(journalists) == 1 else None


def _credited(reading: Reading, local: Mapping[str, Source], union: _Union, houses: _Houses) -> set[str]:
    """Houses other than its own that an article credits: as source of what they said, or as those who were told."""
    out = set()
    for a in reading.attributions:
        for source in (a.source, *a.via):
            if a.said and source and union.find(source) in houses.carriers:
                out.add(houses.of[union.find(source)])
    return out - {houses.of[reading.id]}


def _join_unnamed(
    readings: Sequence[Reading],
    local: Mapping[str, Source],
    owner: Mapping[str, str],
    union: _Union,
    copies: Sequence[Copy],
    houses: _Houses,
) -> None:
    """Unnamed people: the same where they stand in shared text, or come through one carrier with one description."""
    unnamed = sorted(s.id for s in local.values() if s.kind == "anonymous")
    of_article: dict[str, list[str]] = defaultdict(list)
    for source in unnamed:
        of_article[owner[source]].append(source)
    places: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for source in unnamed:
        for place in local[source].mentions:
            places[place.article].append((place, source))
    for copy in copies:
        for passage in copy.passages:
            left = [
                s
                for p, s in places.get(passage.left.article, ())
                if passage.left.start <= p.start and p.end <= passage.left.end
            ]
            right = [
                s
                for p, s in places.get(passage.right.article, ())
                if passage.right.start <= p.start and p.end <= passage.right.end
            ]
            for a in left:
                for b in right:
                    if plain(local[a].name) == plain(local[b].name):
                        union.join(a, b)
    # through one carrier: same description, same people; an article that credits only that carrier speaks of them too
    carried: dict[str, list[str]] = defaultdict(list)
    for source in unnamed:
        reached = local[source].reached_by or owner[source]
        house = houses.of.get(union.find(reached) if reached in local else reached)
        if house is not None and (reached not in local or union.find(reached) in houses.carriers):
            carried[house].append(source)
    for members in carried.values():
        first: dict[tuple[_Described, int | None], str] = {}
        for source in members:
            union.join(first.setdefault((describe(local[source].name), local[source].number), source), source)
        for ((x, _), a), ((y, _), b) in combinations(first.items(), 2):
            if _same_words(x, y, local[a], local[b]):
                union.join(a, b)
    credits = {r.id: _credited(r, local, union, houses) for r in readings}
    reporters = {houses.of[union.find(i)] for i in local if local[i].kind == "journalist"}
    for source in sorted(unnamed, key=lambda s: (not describe(local[s].name).traits, s)):
        if local[source].reached_by in local:
            continue
        described = describe(local[source].name)
        credited = credits[owner[source]]
        for house in sorted(credited & set(carried)):
            if credited != {house} and not (house in reporters and len(credited & reporters) == 1):
                continue
            theirs = carried[house]
            mine = of_article[owner[source]]
            if not described.traits and (
                _VAGUE.match(local[source].name)
                or not any(union.find(s) == union.find(o) for s in mine for o in theirs)
            ):
                continue  # bare "sources" are the carrier's only where the article speaks of its people already
            for other in theirs:
                if other != source and _same_words(described, describe(local[other].name), local[source], local[other]):
                    union.join(source, other)
                    break


def _same_words(x: _Described, y: _Described, a: Source, b: Source) -> bool:
    if x.plural != y.plural or (a.number and b.number and a.number != b.number):
        return False
    heads = x.head == y.head
    return heads and (
        x.traits == y.traits or not x.traits or not y.traits or x.traits <= y.traits or y.traits <= x.traits
    )


def _story_level(
    articles: Sequence[Article], readings: Sequence[Reading], local: Mapping[str, Source], owner: Mapping[str, str],
    union: _Union, entities: Mapping[str, str], houses: _Houses,
) -> tuple[tuple[Source, ...], tuple[Reading, ...]]:  # fmt: skip
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in local.values():
        groups[union.find(source.id)].append(source)
    ids: dict[str, str] = {}
    drafts: dict[str, tuple[list[Source], str | None]] = {}
    for members in groups.values():  # carriers first: unnamed people are named by who reached them
        members.sort(key=lambda s: s.id)
        if all(m.kind != "anonymous" for m in members):
            new = _id_of(members, entities, owner, None)
            ids.update((m.id, new) for m in members)
            drafts.setdefault(new, ([], None))[0].extend(members)
    for members in groups.values():
        if any(m.kind == "anonymous" for m in members):
            reached = sorted({ids[m.reached_by] for m in members if m.reached_by in ids})
            # unnamed people reached by unnamed people are their newsroom's
            homes = (owner[m.id] if m.reached_by in local else m.reached_by or owner[m.id] for m in members)
            base = reached[0] if reached else min(homes)
            if not reached and base in houses.own and houses.own[base]:
                base = ids[min(houses.own[base])]  # the article's own newsroom, by the name others credit it with
            new = _id_of(members, entities, owner, base)
            ids.update((m.id, new) for m in members)
            drafts.setdefault(new, ([], base))[0].extend(members)
    sources = tuple(
        sorted(
            (
                _merge(new, members, entities, reached, carries=union.find(members[0].id) in houses.carriers)
                for new, (members, reached) in drafts.items()
            ),
            key=lambda s: s.id,
        )
    )
    renamed = tuple(
        replace(
            r,
            attributions=tuple(
                replace(
                    a,
                    source=ids[a.source] if a.source else None,
                    via=_via(
                        (ids[v] for v in a.via if union.find(v) not in houses.own[r.id]),
                        ids[a.source] if a.source else None,
                    ),
                )
                for a in r.attributions
            ),
            sources=(),
        )
        for r in readings
    )
    return sources, renamed


def _via(via: Iterable[str], source: str | None) -> tuple[str, ...]:
    return tuple(v for v in dict.fromkeys(via) if v != source)


def _id_of(
    members: Sequence[Source], entities: Mapping[str, str], owner: Mapping[str, str], reached: str | None
) -> str:
    entity = next((entities.get(m.entity, m.entity) for m in members if m.entity), None)
    if entity:
        return stable_id("source", "entity", entity)
    if reached is not None:
        best = _best_name(members)
        first = min((m.mentions[0] for m in members if m.mentions), default=Place("", 0, 0))
        return stable_id("source", "unnamed", reached, plain(best), first.article, first.start)
    of_one = members[0].kind in {"document", "unspecified"} or all(map(_is_generic, members))
    scoped = of_one and len({owner[m.id] for m in members}) == 1
    return stable_id("source", members[0].kind, plain(_best_name(members)), owner[members[0].id] if scoped else "")


def _best_name(members: Sequence[Source]) -> str:
    return min((m.name for m in members), key=lambda n: (-_told(n), n.casefold(), n))


def _told(name: str) -> int:
    described = describe(name)
    return min(len(described.traits), 4) * 2 + bool(
        re.match(r"(?i)(?:\d|one|two|three|four|five|six|several|dozen)", name)
    )


def _merge(
    new: str, members: Sequence[Source], entities: Mapping[str, str], reached: str | None, *, carries: bool
) -> Source:
    kinds = Counter(m.kind for m in members)
    kind: SourceKind = next(
        (k for k in ("journalist", "outlet", "anonymous", "person", "organisation", "document") if k in kinds),
        "unspecified",
    )
    if kind == "outlet" and all(_is_generic(m) for m in members):
        kind = "unspecified"  # "a newspaper reported" names nobody
    if carries and kind not in CARRIER_KINDS and kind != "unspecified":
        kind = "journalist" if kind == "person" and max(len(m.name.split()) for m in members) > 1 else "outlet"
    named = [m for m in members if m.entity]
    entity = next((entities.get(m.entity or "", m.entity) for m in named), None)
    numbers = sorted({m.number for m in members if m.number is not None})
    pool = [m for m in (named or members) if m.name != lexicon.WRITER] or members
    name = max((m.name for m in pool), key=lambda n: (len(n.split()), n)) if entity else _best_name(pool)
    return Source(
        id=new,
        name=name,
        kind=kind,
        number=numbers[-1] if len(numbers) == 1 else None,
        entity=entity,
        reached_by=reached,
        mentions=tuple(sorted({p for m in members for p in m.mentions})),
    )


def doubts(pairs: Iterable[tuple[Source, Source]], entities: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
    """For pairs of sources that stand behind one claim: which nothing shows to be different, by id, sorted."""
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        if a.id != b.id and may_be_same(a, b, entities):
            out[a.id].add(b.id)
            out[b.id].add(a.id)
    return {key: tuple(sorted(value)) for key, value in out.items()}


def joined_by_quotations(
    quotations: Sequence[Quotation], sources: Mapping[str, Source], source_of: Callable[[str], str | None]
) -> dict[str, str]:
    """Unnamed speakers of one act of speech are one: from each such Source id to the one it is.

    The speaker that a carrier is known for leads; ``source_of`` gives an attribution's Source id.
    """
    union = _Union()
    lead: dict[str, str] = {}
    for quotation in quotations:
        speakers = sorted({s for v in quotation.variants if (s := source_of(v.attribution))})
        unnamed = [s for s in speakers if sources[s].kind == "anonymous"]
        if len(speakers) < 2 or len(unnamed) != len(speakers):
            continue
        for other in unnamed[1:]:
            union.join(unnamed[0], other)
    groups: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        if source in union.parent or source in union.parent.values():
            groups[union.find(source)].append(source)
    for members in groups.values():
        best = min(members, key=lambda s: (sources[s].reached_by not in sources, -_told(sources[s].name), s))
        for member in members:
            if member != best:
                lead[member] = best
    return lead
