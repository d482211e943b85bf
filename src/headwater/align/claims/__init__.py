"""The same claim in other words: cuts articles into statements and groups those that assert one thing.

Takes articles with their readings and quotations, gives groups of Statements, near ones named as related. Units are
clauses with source and cue cut off; likeness is TF-IDF within the story; groups by average link, never by chains of
pairs (connected components merge topics). Statements that deny and those that assert never join: a denier is no origin.
Splitting a claim understates its origins, which is safe; merging two invents independence, which is not.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from headwater import lexicon
from headwater.align.claims.link import average_link
from headwater.align.claims.units import denies, is_whole, kind_of, statements, stem, terms
from headwater.model import Article, Attribution, Quotation, Reading, Statement
from headwater.words import words

#: Average likeness at which statements are one claim; chosen on the two annotated stories (``benchmarks/claims.py``).
SAME = 0.34
MOST_PROPOSED = 1_000_000  # pairs compared, those with the rarest words first; a story stays far below
SURE = 0.5  # two sources' statements can be two origins only from this likeness on; below it they may be just related
_COMMON_SHARED = 3  # and with so many content words in common that are no names
_RUN = 8  # and without so many words in a row in common: those are one text, however its sources are given
_RUN_QUOTED = 5  # the same where one of them stands within quotation marks: two people do not say the same five words
RELATED = 0.2  # from here on they are shown as related, outside the count

__all__ = ["RELATED", "SAME", "Group", "denies", "group", "kind_of", "statements", "terms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements that assert one thing, in order of article and place, and the medoid's index among them.

    ``related`` holds indices of groups that are near: shown, never counted. ``wordings`` gives each statement a
    number, the same for the same words. ``sure`` holds pairs (i, j), i <= j, of wordings that surely assert the same
    thing (a group holds by its average, and a pair in it may be doubtful), ``one_text`` those that share a run of
    words: one text, not two testimonies.
    """

    statements: tuple[Statement, ...]
    medoid: int
    related: tuple[int, ...] = ()
    wordings: tuple[int, ...] = ()
    sure: frozenset[tuple[int, int]] = frozenset()
    one_text: frozenset[tuple[int, int]] = frozenset()

    def surely(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether one of ``some`` surely asserts what one of ``others`` does, and none shares its wording."""
        one, other = ({self.wordings[i] for i in part} for part in (some, others))
        pairs = {(min(i, j), max(i, j)) for i in one for j in other}
        return bool(pairs & self.sure) and not pairs & self.one_text


def group(
    articles: Sequence[Article], readings: Sequence[Reading], quotations: Sequence[Quotation] = (), *,
    same: float = SAME, related: float = RELATED,
) -> tuple[Group, ...]:  # fmt: skip
    """Group the statements of one story.

    Args:
        articles: the story's articles.
        readings: their readings, with story-level attributions.
        quotations: acts of speech found across the articles; their printings are one claim.
        same: average likeness in 0..1 at which groups join.
        related: average likeness from which groups are named as related.

    Returns:
        Groups in order of their first statement (article id, place); every statement is in exactly one.
    """
    texts = {a.id: a.text for a in articles}
    by_article = {r.id: r for r in readings}
    units: list[Statement] = []
    for article in sorted(articles, key=lambda a: a.id):
        units.extend(statements(article, by_article[article.id]))
    attributions = {a.id: a for r in readings for a in r.attributions}
    wordings, of = _wordings(units, texts, attributions)
    deny = [w.denies for w in wordings]
    pairs = _likeness(_vectors(wordings), deny)
    for i, j in _printings(units, quotations):
        if of[i] != of[j]:
            pairs[min(of[i], of[j]), max(of[i], of[j])] = 1.0
    labels, between = average_link([w.count for w in wordings], deny, pairs, same)
    return _groups(texts, units, wordings, of, labels, pairs, between, related)


class _Wording:
    """Statements that are word for word the same: a wire story has hundreds, and they are compared once."""

    def __init__(self, keys: tuple[str, ...], bag: Mapping[str, int], common: set[str], *, denies: bool, quoted: bool):
        self.keys, self.bag, self.denies, self.quoted = keys, bag, denies, quoted
        self.common = common  #: stems of content words that are no names: written small, or figures
        self.count = 0
        self.runs = _runs(keys, _RUN)
        self.short_runs = _runs(keys, _RUN_QUOTED)

    def says_as(self, other: "_Wording") -> bool:
        """Whether both have enough content words in common that are no names."""
        return len(self.common & other.common) >= _COMMON_SHARED

    def one_text_with(self, other: "_Wording") -> bool:
        """Whether both have so many words in a row in common that they are one text."""
        if self.quoted or other.quoted:
            return not self.short_runs.isdisjoint(other.short_runs)
        return not self.runs.isdisjoint(other.runs)


def _runs(keys: Sequence[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(keys[i : i + size]) for i in range(len(keys) - size + 1)}


def _wordings(
    units: Sequence[Statement], texts: Mapping[str, str], attributions: Mapping[str, Attribution]
) -> tuple[list[_Wording], list[int]]:
    """The different wordings in order of their first statement, and which of them each statement is."""
    out: list[_Wording] = []
    of: list[int] = []
    known: dict[tuple[object, ...], int] = {}
    for number, unit in enumerate(units):
        text = texts[unit.article]
        attribution = attributions.get(unit.attribution or "")
        quoted = attribution is not None and attribution.mode != "indirect"
        deny = denies(text, unit, attribution)
        found = [w for span in unit.spans for w in words(text, span)]
        keys = tuple(w.key for w in found)
        # what is written large is no common word: the same words in capitals are another wording
        small = tuple(not text[w.start].isupper() for w in found)
        content = sum(k not in lexicon.STOPWORDS for k in keys)
        name = (deny, quoted, keys, small) if content >= 3 else (number,)  # "I do not know" is nobody's alone
        if name not in known:
            known[name] = len(out)
            bag = Counter(term for span in unit.spans for term in terms(text, span))
            common = {stem(k) for k, low in zip(keys, small, strict=True) if low and k not in lexicon.STOPWORDS}
            out.append(_Wording(keys, bag, common, denies=deny, quoted=quoted))
        of.append(known[name])
        out[known[name]].count += 1
    return out, of


def _vectors(wordings: Sequence[_Wording]) -> list[dict[str, float]]:
    """TF-IDF of unit length; a wording counts as often as it is printed."""
    held: Counter[str] = Counter()
    for wording in wordings:
        for term in wording.bag:
            held[term] += wording.count
    total = sum(w.count for w in wordings)
    idf = {term: math.log((total + 1.0) / (count + 0.5)) for term, count in held.items()}
    out = []
    for wording in wordings:
        vector = {term: (1 + math.log(count)) * idf[term] for term, count in wording.bag.items()}
        norm = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        out.append({term: value / norm for term, value in vector.items()})
    return out


def _likeness(vectors: Sequence[dict[str, float]], deny: Sequence[bool]) -> dict[tuple[int, int], float]:
    """Likeness of pairs that share at least two content words, by an inverted index; opposite polarity is near zero."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term in vector:
            index[term].append(number)
    limit = max(60, len(vectors) // 12)
    budget = MOST_PROPOSED + 20 * len(vectors)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for term in sorted(index, key=lambda t: (len(index[t]), t)):
        hits = index[term]
        if len(hits) > limit or (budget := budget - len(hits) ** 2 // 2) < 0:
            break
        for pair in combinations(hits, 2):
            shared[pair] += 1
    out = {}
    for pair, number in shared.items():
        i, j = pair
        if number < min(3, len(vectors[i]), len(vectors[j])):
            continue
        # words too common to propose a pair still count in its likeness
        full = sum(v * vectors[j].get(t, 0.0) for t, v in vectors[i].items())
        if deny[i] != deny[j]:
            full *= 0.5
        if full > 0.1:
            out[pair] = full
    return out


def _printings(units: Sequence[Statement], quotations: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Printings of one act of speech, each with the fullest; one that is cut into statements is left to its words."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        if unit.attribution:
            at[unit.attribution].append(number)
    out: list[tuple[int, int]] = []
    for quotation in quotations:
        printed = [
            found[0]
            for variant in quotation.variants
            if variant.relation != "paraphrased" and len(found := at.get(variant.attribution, [])) == 1
        ]
        # to the fullest alone: two ends of one quotation are not one claim
        out.extend((printed[0], other) for other in printed[1:] if other != printed[0])
    return out


def _groups(
    texts: Mapping[str, str],
    units: Sequence[Statement], wordings: Sequence[_Wording], of: Sequence[int], labels: Sequence[int],
    pairs: Mapping[tuple[int, int], float], between: Mapping[tuple[int, int], float], related: float,
) -> tuple[Group, ...]:  # fmt: skip
    members: dict[int, list[int]] = defaultdict(list)  # statements, by label
    for number, wording in enumerate(of):
        members[labels[wording]].append(number)
    order = sorted(members, key=lambda label: members[label][0])
    place = {label: at for at, label in enumerate(order)}
    near: dict[int, set[int]] = defaultdict(set)
    for (i, j), value in between.items():
        if value >= related:
            near[place[i]].add(place[j])
            near[place[j]].add(place[i])
    out = []
    for label in order:
        mine = members[label]
        here = sorted({of[n] for n in mine})
        close = {w: wordings[w].count - 1.0 for w in here}  # to the others that say the same word for word
        sure = {(w, w) for w in here if wordings[w].says_as(wordings[w])}
        one_text = {(w, w) for w in here if wordings[w].one_text_with(wordings[w])}
        for i, j in combinations(here, 2):
            value = pairs.get((i, j), 0.0)
            if value <= 0:
                continue
            close[i] += value * wordings[j].count
            close[j] += value * wordings[i].count
            if value >= SURE and wordings[i].says_as(wordings[j]):
                sure.add((i, j))
            if wordings[i].one_text_with(wordings[j]):
                one_text.add((i, j))
        out.append(
            Group(
                statements=tuple(units[n] for n in mine),
                medoid=max(range(len(mine)), key=lambda k: (is_whole(texts, units[mine[k]]), close[of[mine[k]]], -k)),
                related=tuple(sorted(near[place[label]])),
                wordings=tuple(of[n] for n in mine),
                sure=frozenset(sure),
                one_text=frozenset(one_text),
            )
        )
    return tuple(out)
