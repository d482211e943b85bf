"""Roles of one person that do not fit together: "former" and current, "deputy minister" and "minister".

Takes the entities of a story with the roles each article gives. Only the same post is compared; "acting" beside the
bare title is a small drift, two different posts are none, and an article that uses both forms speaks for neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from headwater.compare.notes import conflict, shown, side
from headwater.compare.stems import stem, word_list
from headwater.compare.told import Told
from headwater.model import Conflict, Entity, Role, Severity, Span, Verdict
from headwater.words import words

_FORMER = word_list("former ex then-former onetime one-time ousted")
_CURRENT = word_list("current incumbent serving sitting")
_LOWER = word_list("deputy vice assistant under junior undersecretary")
_ACTING = word_list("acting interim caretaker")
_COMING = word_list("elect incoming designate nominee nominated unconfirmed")
_CAMPS = word_list("majority minority")
_DROP = word_list("the a an of for and to in at s late longtime veteran senior chief new then outgoing retired")
_MARK = re.compile(r"^(ex|vice|deputy|then)-")


class _Post(NamedTuple):
    base: frozenset[str]
    state: str  # former, current, bare
    rank: str  # lower, full
    standing: str  # acting, coming, full
    camp: str  # majority, minority, bare
    role: Role


def _post(role: Role) -> _Post:
    forms: list[str] = []
    for word in words(role.text):
        key = word.key
        while match := _MARK.match(key):
            forms.append(match[1])
            key = key[match.end() :]
        forms += [part for part in key.split("-") if part]
    marks = set(forms)
    base = frozenset(
        stem(form) for form in forms if form not in _FORMER | _CURRENT | _LOWER | _ACTING | _COMING | _CAMPS | _DROP
    )
    return _Post(
        base,
        "former" if marks & _FORMER else "current" if marks & _CURRENT else "bare",
        "lower" if marks & _LOWER else "full",
        "acting" if marks & _ACTING else "coming" if marks & _COMING else "full",
        next((camp for camp in ("majority", "minority") if camp in marks), "bare"),
        role,
    )


def role_conflicts(told: Told, entities: Sequence[Entity]) -> Iterator[Conflict]:
    """Roles of one entity that differ between articles: at most one conflict an entity and kind of difference."""
    for entity in sorted(entities, key=lambda e: e.id):
        if entity.type != "person":
            continue
        posts: defaultdict[frozenset[str], dict[str, list[_Post]]] = defaultdict(lambda: defaultdict(list))
        for role in sorted(entity.roles):
            if role.article in told.articles and role.start < role.end:
                post = _post(role)
                if post.base:
                    posts[post.base][role.article].append(post)
        for base in sorted(posts, key=sorted):
            yield from _of_post(told, entity, posts[base])


def _of_post(told: Told, entity: Entity, by_article: dict[str, list[_Post]]) -> Iterator[Conflict]:
    # an article that has both forms explains the difference itself
    plain = [
        found[0]
        for name, found in sorted(
            by_article.items(), key=lambda item: (told.articles[item[0]].published or "~", item[0])
        )
        if len({(p.state, p.rank, p.standing, p.camp) for p in found}) == 1
    ]
    # "former" beside the bare title is how an earlier time is told
    kinds: tuple[tuple[str, str, str, Verdict, Severity], ...] = (
        ("state", "former", "current", "conflict", "medium"),
        ("rank", "lower", "full", "conflict", "medium"),
        ("standing", "acting", "full", "drift", "low"),
        ("camp", "majority", "minority", "conflict", "medium"),
    )
    for field, one, two, verdict, severity in kinds:
        # the rest of the role must be the same: a former acting director may be a former deputy director as well
        values: dict[tuple[str, ...], dict[str, _Post]] = defaultdict(dict)
        for post in plain:
            rest = tuple(str(getattr(post, other)) for other, *_ in kinds if other != field)
            values[rest].setdefault(str(getattr(post, field)), post)
        found = next((v for _, v in sorted(values.items()) if one in v and two in v), None)
        if found is None:
            continue
        left, right = found[one].role, found[two].role
        yield conflict(
            "role",
            verdict,
            severity,
            f"{told.label(told.articles[left.article])} calls {entity.name} {shown(left.text)}; "
            f"{told.label(told.articles[right.article])} says {shown(right.text)}.",
            [side(told.articles[r.article], [Span(r.start, r.end)], " ".join(r.text.split())) for r in (left, right)],
        )
