"""Groups the names of one article into entities: full names, short forms, acronyms; and the roles given to people.

A short form joins a full name only where it can mean no other; what stays open stays an entity of its own.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from headwater.model import Entity, EntityType, Role, Span, stable_id
from headwater.reading.names.gazetteer import folded, forms, lists, words_of
from headwater.reading.names.kinds import settle, tidied
from headwater.reading.names.roles import WINDOW, apposition_after, title_before
from headwater.reading.tagger import Name
from headwater.words import holding

Gender = Literal["female", "male"]
Words = tuple[str, ...]

_GENERATIONS = forms("jr sr ii iii iv")
_LINKS = forms("of for the and on to & in")
_NICKNAME = re.compile(r"[“‘«\"'‹(][^“”‘’«»\"'‹›()]{1,40}[”’»\"'›)](?=\s|$)")
_ARABIC = re.compile(r"(?:al|el|as|an|ar|at|ash|ad|ul)[-‑](?=\w)")
#: More names than this with one given and family name are compared only for being equal.
_CROWD = 40


def name_words(form: str) -> Words:
    """The words of a person's name for comparing: folded, without nicknames, marks and the article "al-"."""
    plain = _NICKNAME.sub(" ", form) if len(form) < 200 else form
    words = (_ARABIC.sub("", folded(word).strip("“”‘’«»\"'‹›(),.&")) for word in plain.replace(",", " ").split())
    return tuple(word for word in words if word) or (folded(form),)


def _bare(words: Words) -> tuple[Words, str]:
    """Words without the generation ("Jr."), and that generation."""
    return (words[:-1], words[-1]) if len(words) > 1 and words[-1] in _GENERATIONS else (words, "")


def _like(left: str, right: str) -> bool:
    return left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])


def same_person(left: Words, right: Words) -> bool:
    """Whether two full names can be one person's: the shorter is in the longer, in order, initials allowed."""
    (short, generation), (long, other) = sorted((_bare(left), _bare(right)), key=lambda item: len(item[0]))
    if generation != other or len(short) < 2 or not _like(short[0], long[0]):
        return False
    if short[-1] != long[-1] and not (len(long) > 2 and short[-1] == long[-2] and _family(long[-2])):
        return False
    at = 0
    for word in short:
        while at < len(long) and not _like(word, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _family(word: str) -> bool:
    return len(word) > 1 and word not in lists().first


def _short_keys(words: Words) -> Iterable[Words]:
    """The short forms a full name can be called by: family names, last words."""
    bare, _ = _bare(words)
    for size in range(1, len(bare)):
        yield bare[-size:]
    if len(bare) > 2 and _family(bare[-2]):
        yield (bare[-2],)


@dataclass(slots=True)
class _Group:
    """Mentions that mean one thing; ``forms`` counts its wordings."""

    type: EntityType
    mentions: list[Name] = field(default_factory=list)
    keys: list[Words] = field(default_factory=list)

    def name(self, text: str) -> str:
        forms = {" ".join(m.span.of(text).split()) for m in self.mentions}
        return min(forms, key=lambda f: (_loud(f), -len(f.split()), -len(f), f))


def _loud(form: str) -> bool:
    return form.isupper() and len(form) > 3


# -- people ----------------------------------------------------------------------------------------------------------


def _people(text: str, names: Sequence[Name]) -> list[_Group]:
    keyed = [(name, name_words(name.span.of(text))) for name in names]
    order: dict[Words, list[Name]] = {}
    for name, words in keyed:
        order.setdefault(words, []).append(name)
    longer: dict[Words, list[Words]] = defaultdict(list)
    for words in order:
        if len(words) > 1:
            for short in _short_keys(words):
                longer[short].append(words)
    full = [w for w in order if (len(w) > 1 and not longer.get(_bare(w)[0])) or (len(w) > 1 and _bare(w)[1])]
    groups = _same(full)
    by_full = {words: group for group in groups for words in group.keys}
    for words in full:
        by_full[words].mentions.extend(order[words])
    bearers: dict[Words, list[_Group]] = defaultdict(list)
    first: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for words in group.keys:
            for short in _short_keys(words):
                if not any(g is group for g in bearers[short]):
                    bearers[short].append(group)
            if not any(g is group for g in first[words[0]]):
                first[words[0]].append(group)
    settled = {words for words in full}
    open_: dict[Words, _Group] = {}
    for words, mentions in order.items():
        if words in settled:
            continue
        candidates = bearers.get(_bare(words)[0], [])
        if not candidates and len(words) == 1 and len(words[0]) > 1:
            candidates = first.get(words[0], [])
            candidates = candidates if len(candidates) == 1 else []
        # "Lund" beside a Pedro Lund and a Pedro Lund Jr. is the elder: the younger is called by his full name.
        elder = [group for group in candidates if _bare(group.keys[0])[1] != "jr"]
        if len(elder) == 1 and not _bare(words)[1]:
            candidates = elder
        if len(candidates) == 1:
            for mention, fits in _theirs(text, mentions, candidates[0]):
                if fits:
                    candidates[0].mentions.append(mention)
                else:
                    open_.setdefault(words, _Group("person", [], [words])).mentions.append(mention)
        elif candidates:
            for mention, bearer in _told_apart(text, mentions, candidates):
                if bearer is None:
                    open_.setdefault(words, _Group("person", [], [words])).mentions.append(mention)
                else:
                    bearer.mentions.append(mention)
        else:
            open_.setdefault(words, _Group("person", [], [words])).mentions.extend(mentions)
    return [*groups, *open_.values()]


def _same(full: Sequence[Words]) -> list[_Group]:
    """Full names by person. A name that fits two people who differ joins neither."""
    blocks: dict[tuple[str, str], list[Words]] = defaultdict(list)
    for words in full:
        bare, _ = _bare(words)
        families = {bare[-1], *([bare[-2]] if len(bare) > 2 and _family(bare[-2]) else [])}
        for family in sorted(families):
            blocks[(bare[0][:1], family)].append(words)
    near: dict[Words, set[Words]] = {words: set() for words in full}
    for block in blocks.values():
        if len(block) > _CROWD:
            continue
        for at, left in enumerate(block):
            for right in block[at + 1 :]:
                if same_person(left, right):
                    near[left].add(right)
                    near[right].add(left)
    groups: list[_Group] = []
    taken: dict[Words, _Group] = {}
    for words in sorted(full, key=lambda w: (-len(w), -sum(map(len, w)), w)):
        homes = {id(taken[other]): taken[other] for other in sorted(near[words]) if other in taken}
        fitting = [g for g in homes.values() if all(k in near[words] for k in g.keys)]
        if len(homes) == 1 and fitting:
            fitting[0].keys.append(words)
            taken[words] = fitting[0]
        else:
            taken[words] = _Group("person", [], [words])
            groups.append(taken[words])
    return groups


def _told_apart(text: str, mentions: Sequence[Name], groups: Sequence[_Group]) -> Iterable[tuple[Name, _Group | None]]:
    """Each mention of a short form that several people bear, with the one it must mean, or None.

    A courtesy title decides; so does custom: where only one bearer has been named so far, a bare form is theirs, and
    stays theirs unless another bearer was named in full just before.
    """
    genders = [gender_of_words(group.keys[0]) for group in groups]
    starts = [sorted(m.start for m in group.mentions) for group in groups]
    opening = [begun[0] if begun else len(text) for begun in starts]
    leader: int | None = None
    for mention in sorted(mentions):
        title = _title_gender(text, mention)
        fits = [i for i, gender in enumerate(genders) if title and gender == title]
        if len(fits) == 1:
            yield mention, groups[fits[0]]
            continue
        met = [i for i, at in enumerate(opening) if at < mention.start]
        if len(met) == 1 and leader is None:
            leader = met[0]
        if leader is None:
            yield mention, None
            continue
        nearest = max(met, key=lambda i: starts[i][bisect_left(starts[i], mention.start) - 1]) if met else leader
        last = starts[nearest][bisect_left(starts[nearest], mention.start) - 1] if met else mention.start
        yield mention, groups[leader] if nearest == leader or mention.start - last > 300 else None


def _theirs(text: str, mentions: Sequence[Name], group: _Group) -> Iterable[tuple[Name, bool]]:
    """Each mention of a short form with whether it can mean its only bearer.

    "Mrs. Lund" is not Pedro Lund; and where "President Lund", or a bare Lund beside a Lund Jr., comes before the first
    full name, which has no such title, somebody else is meant whom the article never names in full.
    """
    full = min(group.mentions)
    gender = gender_of_words(group.keys[0])
    first = min(mentions)
    if first.start < full.start:
        office = _office(text, first)
        younger = _bare(group.keys[0])[1] == "jr"
        if younger or (office and office not in {_office(text, mention) for mention in group.mentions[:20]}):
            yield from ((mention, False) for mention in mentions)
            return
    if _bare(group.keys[0])[1]:
        held = {_office(text, mention) for mention in group.mentions[:20]}
        if any((office := _office(text, mention)) and office not in held for mention in mentions[:50]):
            yield from ((mention, False) for mention in mentions)
            return
    for mention in mentions:
        title = _title_gender(text, mention)
        yield mention, not (title and gender and title != gender)


def _office(text: str, mention: Name) -> str | None:
    """The office or rank that stands directly before a name, plain; None for none and for courtesy titles."""
    before = re.search(r"([\w-]+)\.?\s+$", text[max(0, mention.start - 24) : mention.start])
    if not before:
        return None
    known = lists()
    word = folded(before.group(1))
    word = known.short_titles.get(word, word)
    return word if word in known.before and word not in known.courtesy and word not in ("mister", "doctor") else None


def _title_gender(text: str, mention: Name) -> Gender | None:
    before = re.search(r"(\w+)\.?\s+$", text[max(0, mention.start - 20) : mention.start])
    if not before:
        return None
    word = folded(before.group(1))
    if word in ("president", "general"):
        return None
    return "female" if word in lists().female_roles else "male" if word in lists().male_roles else None


def gender_of_words(words: Words) -> Gender | None:
    """The gender that a full name's given name is usually borne by; None for one word, or where both bear it."""
    if len(words) < 2:
        return None
    for word in (words[0], words[0].split("-")[0]):
        if word in lists().female:
            return "female"
        if word in lists().male:
            return "male"
    return None


# -- organisations, places and the rest ------------------------------------------------------------------------------


def thing_words(form: str) -> Words:
    """The words of an organisation's or place's name for comparing: folded, no article, no legal form, "us" for U.S."""
    words = [word for word in map(folded, words_of(form)) if word not in {",", ""}]
    if words and words[0] == "the":
        words = words[1:]
    if words[:2] == ["united", "states"] and len(words) > 2 and words[2] != "of":
        words = ["us", *words[2:]]
    legal = {folded(word) for word in lists().heads["corporate"]}
    while len(words) > 1 and words[-1] in legal:
        words = words[:-1]
    return tuple(words)


def initials(words: Words) -> str:
    """First letters of the words that count, small: "drug enforcement administration" -> "dea"."""
    return "".join(word[0] for word in words if word not in _LINKS)


def _things(text: str, names: Sequence[Name], type_: EntityType) -> list[_Group]:
    groups: dict[Words, _Group] = {}
    forms: dict[Words, str] = {}
    for name in names:
        form = " ".join(name.span.of(text).split())
        key = thing_words(form)
        if not key:  # "The", "." : nothing to know it by
            continue
        entry = lists().listed.get(words_of(form)) or (
            lists().listed_folded.get(key) if len(key) > 1 or type_ == "place" else None
        )
        if entry and entry.type == type_ and not entry.shared:
            key = thing_words(entry.lead)
        forms.setdefault(key, form)
        groups.setdefault(key, _Group(type_, [], [key])).mentions.append(name)
    home = {key: key for key in groups}

    def root(key: Words) -> Words:
        while home[key] != key:
            home[key] = home[home[key]]
            key = home[key]
        return key

    def join(left: Words, right: Words) -> None:
        a, b = root(left), root(right)
        if a != b:
            home[max(a, b)] = min(a, b)

    if type_ == "organisation":
        _acronyms(text, names, groups, forms, join)
        for key in groups:
            if key[0] == "us" and len(key) > 2 and key[1:] in groups:
                join(key, key[1:])
            if len(key) == 1 and key[0].startswith("us") and len(key[0]) > 5 and (key[0][2:],) in groups:
                join(key, (key[0][2:],))
        _short_outlets(groups, join)
    merged: dict[Words, _Group] = {}
    for key, group in groups.items():
        into = merged.setdefault(root(key), _Group(type_))
        into.mentions.extend(group.mentions)
        into.keys.append(key)
    return list(merged.values())


def _acronyms(
    text: str,
    names: Sequence[Name],
    groups: dict[Words, _Group],
    forms: dict[Words, str],
    join: Callable[[Words, Words], None],
) -> None:
    ordered = sorted(names)
    key_of = {m: key for key, group in groups.items() for m in group.mentions}
    for left, right in pairwise(ordered):
        gap = text[left.end : right.start]
        short = right.span.of(text)
        if (
            len(gap) < 40
            and re.fullmatch(r"\s?\((?:(?:[a-z]+ ){0,3}[“\"']?)", gap)
            and " " not in short
            and short.isupper()
        ):
            after = text[right.end : right.end + 2].lstrip("”\"'")
            if after[:1] in (")", ",", ";") and " " in left.span.of(text):
                join(key_of[left], key_of[right])
    long: dict[str, set[Words]] = defaultdict(set)
    for key in groups:
        if len(key) > 2:
            long[initials(key)].add(key)
            if key[0] == "us":
                long[initials(key[1:])].add(key)
    for key in groups:
        if len(key) == 1 and len(key[0]) > 2 and forms[key].replace(".", "").isupper():
            found = long.get(key[0], set())
            if len(found) == 1:
                join(key, next(iter(found)))


def _short_outlets(groups: dict[Words, _Group], join: Callable[[Words, Words], None]) -> None:
    """Join "the Times" with the New York Times where no other name of the article ends so."""
    endings: dict[str, list[Words]] = defaultdict(list)
    for key in groups:
        if len(key) > 1:
            endings[key[-1]].append(key)
    shared = {form[0] for form, entry in lists().listed_folded.items() if entry.shared and len(form) == 1}
    for key in groups:
        if len(key) == 1 and key[0] in shared and len(endings.get(key[0], ())) == 1:
            join(key, endings[key[0]][0])


def _roles(
    article_id: str, text: str, sentences: Sequence[Span], group: _Group, starts: Sequence[int]
) -> tuple[Role, ...]:
    out: set[Role] = set()
    for mention in group.mentions:
        index = holding(sentences, mention.start)
        inside = (
            sentences[index]
            if index >= 0
            else Span(max(0, mention.start - WINDOW), min(len(text), mention.end + WINDOW))
        )
        spans = list(title_before(text, mention, inside.start))
        after = apposition_after(text, mention, inside.end, starts)
        if after:
            spans.append(after)
        out.update(Role(span.of(text), article_id, span.start, span.end) for span in spans if span.start < span.end)
    return tuple(sorted(out, key=lambda role: (role.start, role.end)))


def entities(article_id: str, text: str, sentences: Sequence[Span], names: Sequence[Name]) -> tuple[Entity, ...]:
    """One Entity for all mentions in an article that mean the same, with the roles given to people.

    Args:
        article_id: goes into ids and places.
        text: the article's text.
        sentences: its sentences, in order.
        names: names found in it; empty ones and ones outside the text are passed over.

    Returns:
        Entities in order of their first mention, each named by its fullest form; ids depend on article, type and name.
    """
    valid = sorted({n for n in names if 0 <= n.start < n.end <= len(text)})
    by_type: dict[EntityType, list[Name]] = defaultdict(list)
    for name in settle(text, tidied(text, valid)):
        by_type[name.type].append(name)
    starts = [name.start for name in by_type.get("person", ())]
    out: list[Entity] = []
    for type_ in sorted(by_type):
        groups = _people(text, by_type[type_]) if type_ == "person" else _things(text, by_type[type_], type_)
        for group in groups:
            if not group.mentions:
                continue
            group.mentions.sort()
            name_ = group.name(text)
            out.append(
                Entity(
                    id=stable_id("entity", article_id, type_, name_),
                    name=name_,
                    type=type_,
                    mentions=tuple(m.span.at(article_id) for m in group.mentions),
                    roles=_roles(article_id, text, sentences, group, starts) if type_ == "person" else (),
                )
            )
    return tuple(sorted(out, key=lambda e: (e.mentions[0], e.type, e.name)))
