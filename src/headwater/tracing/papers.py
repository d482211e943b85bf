"""One paper however it is called: by its author, by what it is about, or just "the indictment".

Takes the local documents of a story, joins those that nothing separates. What tells papers apart is the noun, the words
about it, and whose it is; not its date of release or its length.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from headwater.model import Article, Source
from headwater.tracing.described import Described, body_key, describe, telling
from headwater.tracing.sets import Sets

#: Papers of which a story can have many, so that the noun alone shows nothing.
_MANY = frozenset(
    """statement post tweet letter email release message interview blog record data paper file figure poll survey video
    recording cable transcript interviews ruling notice log testimony photo article story""".split()
)
#: Of these a story can have several; "a memo" here need not be the memo there.
_SEVERAL = frozenset("document report memo note filing draft briefing study analysis".split())
_DEFINITE = re.compile(r"(?:the|this|that|these|those|its|his|her|their)\s", re.IGNORECASE)
_POSSESSOR = re.compile(r"^.*?(?:['’]s|s['’])\s+(?=\S)", re.IGNORECASE)
_LEAST_WORDS = 4  # words of a paper's name that show it to be one by themselves: "record of a meeting"
_LEAST_SUBJECT = 2  # words about a paper that show it to be one, whoever's it is said to be


def join_papers(
    papers: Iterable[Source],
    articles: Mapping[str, Article],
    owner: Mapping[str, str],
    union: Sets,
    authors: Mapping[str, set[str]],
) -> None:
    """Join documents that are one.

    Args:
        papers: local sources of kind document.
        articles: by id; only the word before a paper's noun is read in them.
        owner: the article of each source.
        union: where they are joined.
        authors: the story's entities that wrote a paper, where it says so.
    """
    by_head: dict[str, list[tuple[Source, Described]]] = defaultdict(list)
    for paper in sorted(papers, key=lambda s: s.id):
        described = describe(paper.name)
        if described.head or len(described.traits) > 1:
            by_head[described.head].append((paper, described))
    for head, held in sorted(by_head.items()):
        first: dict[tuple[str, ...], str] = {}
        bare: list[Source] = []
        for paper, described in held:
            about = telling(described)
            whose = sorted(authors.get(paper.id, ()))
            if not about and not whose and len(paper.name.split()) < _LEAST_WORDS:
                bare.append(paper)
                continue
            keys = [("about", *sorted(about), str(described.plural and head in _MANY))] if about else []
            keys += [("by", author) for author in whose]
            if len(paper.name.split()) >= _LEAST_WORDS:
                keys.append(("words", body_key(paper.name)))
            subject = _subject(paper.name)
            if len(subject) >= _LEAST_SUBJECT:
                keys.append(("subject", *sorted(subject)))
            for key in keys:
                union.join(first.setdefault(key, paper.id), paper.id)
        if head:
            _join_bare(head, bare, sorted({union.find(s) for s in first.values()}), held, articles, owner, union)


def _subject(name: str) -> frozenset[str]:
    """The words about a paper, without whose it is: "annual threat" of "the agency's annual threat assessment"."""
    return telling(describe(_POSSESSOR.sub("", name, count=1))) if _POSSESSOR.match(name) else telling(describe(name))


def _join_bare(
    head: str, bare: Sequence[Source], known: Sequence[str], held: Sequence[tuple[Source, Described]],
    articles: Mapping[str, Article], owner: Mapping[str, str], union: Sets,
) -> None:  # fmt: skip
    """Join "the report": it is the one that its article describes; else the story's, where no article speaks of two."""
    here: dict[str, set[str]] = defaultdict(set)
    undescribed = {paper.id for paper in bare}
    for paper, _ in held:
        if paper.id not in undescribed:
            here[owner[paper.id]].add(union.find(paper.id))
    left: list[Source] = []
    for paper in bare:
        near = here.get(owner[paper.id], set())
        if len(near) == 1 and _is_definite(paper, articles):
            union.join(min(near), paper.id)
        elif not near:
            left.append(paper)
    if head in _MANY:
        return
    found = sorted({union.find(k) for k in known})
    loose = [p for p in left if head not in _SEVERAL or _is_definite(p, articles)]
    if len(found) <= 1:
        for paper in loose:
            union.join(found[0] if found else loose[0].id, paper.id)
    elif head not in _SEVERAL:
        for paper in loose:
            union.join(loose[0].id, paper.id)


def _is_definite(paper: Source, articles: Mapping[str, Article]) -> bool:
    place = min(paper.mentions, default=None)
    if place is None or place.article not in articles:
        return False
    text = articles[place.article].text
    return bool(
        _DEFINITE.match(text[place.start : place.end]) or _DEFINITE.search(text[max(0, place.start - 6) : place.start])
    )
