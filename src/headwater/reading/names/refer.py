"""Whom words mean that are not themselves a name: "the general", "Pentagon spokesman Sean Parnell", "she".

Takes an article's entities and a span; gives the entity, or nothing where more than one could be meant.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.lexicon import SAID
from headwater.model import Entity, Span
from headwater.reading.names.gazetteer import folded, forms, lists
from headwater.reading.names.group import Gender, gender_of_words, name_words
from headwater.reading.names.roles import is_role_word, title_before
from headwater.reading.names.tokens import Token, tokens
from headwater.words import holding

_LINKS = forms("of for at in from with on to by under about against into near among between than as")
_SHE = forms("she her hers herself")
_HE = forms("he him his himself")
_IT = forms("it its itself they them their theirs themselves")
_REACH = 3


@dataclass(frozen=True, slots=True)
class _Index:
    """An article's entities, made ready to be asked about many times.

    ``mentions`` are (start, end, entity) in order of place; ``described`` gives for a role's head noun who bears it:
    (where first, entity, all words of the role); ``headed`` for a word the organisations that begin or end with it.
    """

    entities: tuple[Entity, ...]
    mentions: tuple[tuple[int, int, int], ...]
    starts: tuple[int, ...]
    described: dict[str, list[tuple[int, int, frozenset[str]]]]
    headed: dict[str, list[tuple[int, int]]]
    genders: dict[int, Gender | None]


#: The index of the entities asked about last: an article asks many times about the same ones.
_last: tuple[object, _Index] | None = None


def _index(entities: Sequence[Entity]) -> _Index:
    global _last
    held = _last
    if held is not None and held[0] is entities:
        return held[1]
    mentions = sorted((m.start, m.end, k) for k, e in enumerate(entities) for m in e.mentions)
    described: dict[str, dict[tuple[int, frozenset[str]], int]] = defaultdict(dict)
    headed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for k, entity in enumerate(entities):
        for role in entity.roles:
            head, words = _head_of(role.text)
            met = described[head]
            met[(k, words)] = min(met.get((k, words), role.start), role.start)
        if entity.type == "organisation" and entity.mentions:
            words_ = entity.name.split()
            for word in sorted({folded(words_[0]), folded(words_[-1])}):
                headed[word].append((min(entity.mentions).start, k))
    index = _Index(
        tuple(entities),
        tuple(mentions),
        tuple(m[0] for m in mentions),
        {h: sorted((at, k, w) for (k, w), at in met.items()) for h, met in described.items()},
        {word: sorted(held_) for word, held_ in headed.items()},
        {},
    )
    if isinstance(entities, tuple):  # a list could change under us
        _last = (entities, index)
    return index


def gender_of(entity: Entity, text: str) -> Gender | None:
    """The gender that an article's words give a person: courtesy titles and words like "spokeswoman", else given name.

    Args:
        entity: an entity of the article.
        text: the article's text.

    Returns:
        None where nothing shows it, where signs disagree, and for everything but people.
    """
    if entity.type != "person":
        return None
    known = lists()
    signs: set[Gender] = set()
    for role in entity.roles:
        words = [folded(word).strip(",.") for word in role.text.split()[:12]]
        head = [w for k, w in enumerate(words) if not any(link in words[:k] for link in ("of", "for", "to"))]
        if any(word in known.female_roles for word in head[-1:] + head[:1]):
            signs.add("female")
        if any(word in known.male_roles for word in head[-1:] + head[:1]):
            signs.add("male")
    if not signs:
        for place in entity.mentions[:50]:
            before = re.search(r"\b(Mr|Mrs|Ms|Miss|Sir|Dame)\.?\s+$", text[max(0, place.start - 12) : place.start])
            if before:
                signs.add("male" if before.group(1) in ("Mr", "Sir") else "female")
    if len(signs) == 1:
        return next(iter(signs))
    return None if signs else gender_of_words(name_words(entity.name))


def refer(text: str, sentences: Sequence[Span], entities: Sequence[Entity], span: Span) -> str | None:
    """The entity that an expression other than a pronoun means.

    Args:
        text: the article's text.
        sentences: its sentences, in order.
        entities: its entities (a tuple is indexed once and remembered).
        span: the expression, as "Mexico's incumbent President Claudia Sheinbaum" or "the general".

    Returns:
        The id of the entity whose name is the expression's head, or of the only one so far whose role it describes;
        None where the head is another noun ("K's report", "a spokesman for the Pentagon") or several could be meant.
    """
    if not 0 <= span.start < span.end <= len(text) or span.end - span.start > 600:
        return None
    index = _index(entities)
    inside = [
        m
        for m in index.mentions[bisect_left(index.starts, span.start) : bisect_left(index.starts, span.end)]
        if m[1] <= span.end
    ]
    heads = [m for m in inside if _is_head(text, span, m, index)]
    if heads:
        first = heads[0]
        for other in heads[1:]:
            between = text[first[1] : other[0]]
            if index.entities[other[2]].id != index.entities[first[2]].id and re.match(r"[^(]*\b(?:and|or)\b", between):
                return None
        return index.entities[first[2]].id
    return _by_role(text, index, span, inside)


def _is_head(text: str, span: Span, mention: tuple[int, int, int], index: _Index) -> bool:
    start, end, which = mention
    after = text[end : span.end]
    if not re.match(
        r"\s*$|\s*[,(;:—–\"“”]|['’]?\s+(?:who|whom|whose|himself|herself|itself|themselves|and|or|of|in|at|from)\b|[.)\]»’']+\s*$",
        after,
    ):
        return False
    if re.match(r"['’]s?\s+\w", after) and not re.match(r"['’]\s+(?:who|and|or)\b", after):
        return False
    begin = start
    if index.entities[which].type == "person":
        for title in title_before(text, Span(start, end), span.start):
            begin = min(begin, title.start)
    lead = tokens(text, span.start, begin)
    # A preposition before the name, once a noun stands before it, makes that noun the head; so does a clause.
    for k, tok in enumerate(lead):
        if tok.low in _LINKS and k > 0 and any(t.low not in ("both", "only", "even") for t in lead[:k]):
            return False
        if tok.shape == "lower" and tok.low in SAID:
            return False
    if any(tok.form == "," for tok in lead):
        # "the mayor, Ada Church": what stands before the comma must be a description of the name
        return all(
            tok.shape != "lower" or is_role_word(tok) or tok.low in lists().modifiers or tok.low in lists().never
            for tok in lead
        )
    if (
        lead
        and lead[-1].shape == "lower"
        and lead[-1].low not in lists().never
        and index.entities[which].type == "person"
        and not is_role_word(lead[-1])
    ):
        return lead[-1].low in lists().modifiers or lead[-1].low in ("both", "only", "even")
    return True


_ALIKE = {
    "president-elect": "president",
    "premier": "minister",
    "congressman": "representative",
    "congresswoman": "representative",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "reporter": "journalist",
    "correspondent": "journalist",
    "attorney": "lawyer",
    "physician": "doctor",
    "advisor": "adviser",
    "sheik": "sheikh",
    "councilman": "councillor",
    "councilwoman": "councillor",
}
_FILLERS = forms("former acting then late incumbent current top senior chief independent investigative the a an and")


def _plain(word: str) -> str:
    key = folded(word).strip(",.'’\"“”")
    key = lists().short_titles.get(key, key)
    return _ALIKE.get(key, key)


def _word_set(words: str) -> frozenset[str]:
    out = set()
    known = lists()
    for word in re.findall(r"[\w’'.-]+", words):
        bare = re.sub(r"['’]s?$", "", word)
        key = _plain(bare)
        country = known.demonyms.get(key)
        out.add(folded(country) if country else key)
    return frozenset(out)


def _by_role(text: str, index: _Index, span: Span, inside: Sequence[tuple[int, int, int]]) -> str | None:
    toks = [tok for tok in tokens(text, span.start, span.end) if tok.shape != "mark"]
    if not 2 <= len(toks) <= 7:
        return None
    definite = toks[0].low in ("the", "this", "that") or toks[0].owner
    head = toks[-1]
    if not definite or head.owner or any(tok.low in _LINKS for tok in toks):
        return None
    if any(lists().short_titles.get(folded(tok.form)) == "mister" for tok in toks):
        return None
    wanted = _plain(head.form)
    modifiers = toks[0 if toks[0].owner else 1 : -1]
    if is_role_word(head):
        found = _only_person(index, span, wanted, modifiers)
        gender = _role_gender(head.low)
        person = next((e for e in index.entities if e.id == found), None)
        return found if person and gender in {None, gender_of(person, text) or gender} else None
    return _only_organisation(index, span, head, modifiers)


def _role_gender(role: str) -> Gender | None:
    """The gender that a word for an office shows: "congresswoman"."""
    if role in lists().female_roles or role.endswith("woman"):
        return "female"
    return "male" if role in lists().male_roles or (role.endswith("man") and role != "chairman") else None


def _only_person(index: _Index, span: Span, wanted: str, modifiers: Sequence[Token]) -> str | None:
    asked = frozenset().union(*(_word_set(tok.form) for tok in modifiers)) - _FILLERS if modifiers else frozenset()
    fits: set[int] = set()
    for start, which, words in index.described.get(wanted, ()):
        if start >= span.start or len(fits) > 1:
            break
        if asked <= words and index.entities[which].type == "person":
            fits.add(which)
    return index.entities[fits.pop()].id if len(fits) == 1 else None


def _head_of(role: str) -> tuple[str, frozenset[str]]:
    """A role's head noun, plain, and all its words."""
    front: list[str] = []
    for word in role.split():
        if front and folded(word) in ("of", "for", "at", "in", "to", "on", "with", "from"):
            break
        front.append(word)
    return _plain(front[-1]) if front else "", _word_set(role)


def _only_organisation(index: _Index, span: Span, head: Token, modifiers: Sequence[Token]) -> str | None:
    """The one organisation that "the ministry" means; None where several were named, or the words say more."""
    if head.shape != "lower" or modifiers or head.low not in lists().institutions:
        return None
    fits = {which for start, which in index.headed.get(head.low, ())[:2] if start < span.start}
    return index.entities[fits.pop()].id if len(fits) == 1 else None


def antecedents(text: str, sentences: Sequence[Span], entities: Sequence[Entity], span: Span) -> tuple[str, ...]:
    """People or organisations that a pronoun can mean, likeliest first.

    Args:
        text: the article's text.
        sentences: its sentences, in order.
        entities: its entities (a tuple is indexed once and remembered).
        span: the pronoun (he, she, they, it and their other forms).

    Returns:
        Entity ids, the nearest previous subject first, none named more than three sentences back; people for he and
        she, organisations for it and they; empty when nothing fits.
    """
    if not 0 <= span.start < span.end <= len(text):
        return ()
    word = folded(span.of(text).strip())
    if word not in _SHE | _HE | _IT:
        return ()
    wanted: Gender | None = "female" if word in _SHE else "male" if word in _HE else None
    index = _index(entities)
    here = holding(sentences, span.start)
    if here < 0:
        return ()
    begin = sentences[max(0, here - _REACH)].start
    best: dict[str, tuple[float, int]] = {}
    previous_end = -1
    for start, end, which in index.mentions[
        bisect_left(index.starts, begin) : bisect_right(index.starts, span.start - 1)
    ]:
        entity = index.entities[which]
        where = holding(sentences, start)
        if where < 0 or end > span.start:
            continue
        first_here = sentences[where].start > previous_end
        previous_end = end
        cost = 2.0 * (here - where)
        if wanted:
            if entity.type != "person":
                continue
            if which not in index.genders:
                index.genders[which] = gender_of(entity, text)
            gender = index.genders[which]
            if gender is not None and gender != wanted:
                continue
            cost += 1.0 if gender is None else 0.0
        elif entity.type != "organisation":
            continue
        cost += 0.0 if _is_subject(text, sentences[where], start, end, first_here) else 2.5
        if text[end : end + 2] in ("'s", "’s"):
            cost += 1.0
        if _quoted(text, sentences[where], start) and not _quoted(text, sentences[here], span.start):
            cost += 2.5
        held = best.get(entity.id)
        if held is None or (cost, -start) < held:
            best[entity.id] = (cost, -start)
    return tuple(sorted(best, key=lambda key: (best[key], key)))


def _is_subject(text: str, sentence: Span, start: int, end: int, first: bool) -> bool:
    """Whether the name reads as a subject: a verb of saying beside it, or first in its sentence and before a verb."""
    after = re.match(r"\s+([\w’']+)", text[end : min(sentence.end, end + 30)])
    word = after.group(1).casefold() if after else ""
    if word in SAID or word in _VERBS or (word.endswith("ed") and first):
        return True
    before = re.search(r"([\w’']+)\s+(?:[A-Z][a-z]{1,4}\.\s+)?$", text[max(sentence.start, start - 30) : start])
    if before and before.group(1).casefold() in SAID and text[end : end + 1] in (".", ",", ""):
        return True
    if before and before.group(1).casefold() in _LINKS:
        return False
    return first and (text[end : end + 1] == "," or not before or start - sentence.start < 40)


_VERBS = forms(
    "is was are were has had have will would could can may might must should did does do also then went came made took"
)


def _quoted(text: str, sentence: Span, at: int) -> bool:
    """Whether a place stands inside quotation marks that its sentence opens."""
    before = text[max(sentence.start, at - 400) : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
