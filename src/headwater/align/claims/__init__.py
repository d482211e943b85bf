"""The same claim in other words: cuts articles into statements and groups those that assert one thing.

Takes articles with their readings and quotations, gives groups of Statements, near ones named as related. Groups are
made by average link, never by chains of pairs (connected components merge topics); statements that deny and those that
assert never
join: a denier is no origin. Splitting a claim understates its origins, which is safe; merging two invents independence.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from headwater.align.claims import decided
from headwater.align.claims.likeness import Pairs, by_words
from headwater.align.claims.link import average_link
from headwater.align.claims.units import denies, is_whole, kind_of, statements, terms
from headwater.align.claims.wordings import Wording, rarity, weighed, wordings
from headwater.model import Article, Decisions, Quotation, Reading, Statement

if TYPE_CHECKING:
    from headwater.align.claims.meaning import Encoder
    from headwater.align.claims.pairs import PairModel
    from headwater.align.claims.together import Together

__all__ = [
    "BY_MODEL", "BY_WORDS", "Group", "Judgement", "Scale", "Sense", "denies", "group", "kind_of", "statements", "terms",
]  # fmt: skip

#: For pairs (i, j) of wordings: how likely i asserts nothing that j does not, and the other way.
Held = Mapping[tuple[int, int], tuple[float, float]]
#: Says of pairs of statements, as (first, second), which label each gets: "same", "part", "denies", "related",
#: "other"; or None.
Judgement = Callable[[Sequence[tuple[Statement, Statement]]], Sequence[str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Likeness 0..1 at which statements count as one; chosen on annotated stories (``benchmarks/claims.py``).

    ``same``: average at which groups join; ``sure``: of two sources' statements that can be two origins, below it they
    may be just related; ``related``: from here on shown, outside the count; ``doubtful``: from here up to ``sure`` a
    judge is asked.
    """

    same: float
    sure: float
    related: float
    doubtful: float


#: A claim is a part or an instance of another where half of the pairs of their statements hold its content with
#: this likeliness, and by so much more than the other way round, and this share of its words, by rarity. Of 109 marked
#: pairs that do, 90 are a part on that side or the same, 2 a part on the other.
HELD, PART, WORDS = 0.6, 0.05, 0.5

BY_WORDS = Scale(same=0.34, sure=0.5, related=0.2, doubtful=0.2)
BY_MODEL = Scale(same=0.35, sure=0.7, related=0.12, doubtful=0.08)


@dataclass(frozen=True, slots=True)
class Sense:
    """What tells whether two statements mean the same: an encoder, what reads two together, a model of pairs."""

    encoder: "Encoder"
    together: "Together"
    model: "PairModel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements that assert one thing, in order of article and place, and the medoid's index among them.

    ``related`` holds indices of groups that are near: shown, never counted; ``parts`` those among them that assert this
    in part or by an instance, so that this is the wider claim. ``wordings`` gives each statement a
    number, the same for the same words. ``sure`` holds pairs (i, j), i <= j, of wordings that surely assert the same
    thing (a group holds by its average, and a pair in it may be doubtful), ``one_text`` those that share a run of
    words, ``one_quotation`` those among them of which one stands within quotation marks.
    """

    statements: tuple[Statement, ...]
    medoid: int
    related: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    wordings: tuple[int, ...] = ()
    sure: frozenset[tuple[int, int]] = frozenset()
    one_text: frozenset[tuple[int, int]] = frozenset()
    one_quotation: frozenset[tuple[int, int]] = frozenset()

    def surely(self, some: Sequence[int], others: Sequence[int], *, named: bool = False) -> bool:
        """Whether one of ``some`` surely asserts what one of ``others`` does, and not in the words of one text.

        Args:
            some: indices of statements that one source stands behind.
            others: those of another.
            named: both are named: then an outlet may have put what both told it in the same words, but not quoted both.
        """
        one, other = ({self.wordings[i] for i in part} for part in (some, others))
        pairs = {(min(i, j), max(i, j)) for i in one for j in other}
        return bool(pairs & self.sure) and not pairs & (self.one_quotation if named else self.one_text)


def group(
    articles: Sequence[Article], readings: Sequence[Reading], quotations: Sequence[Quotation] = (), *,
    sense: Sense | None = None, judge: Judgement | None = None, scale: Scale | None = None,
    decisions: Decisions | None = None,
) -> tuple[Group, ...]:  # fmt: skip
    """Group the statements of one story.

    Args:
        articles: the story's articles.
        readings: their readings, with story-level attributions.
        quotations: acts of speech found across the articles; their printings are one claim.
        sense: tells whether two statements mean the same; None = by their words alone.
        judge: asked about doubtful pairs of different articles, those nearest to one claim first.
        scale: likeness at which statements count as one; None = what fits ``sense``.
        decisions: which statements a person says are the same claim, or are not; other groups stay as they are.

    Returns:
        Groups in order of their first statement (article id, place); every statement is in exactly one.
    """
    texts = {a.id: a.text for a in articles}
    by_article = {r.id: r for r in readings}
    units: list[Statement] = []
    for article in sorted(articles, key=lambda a: a.id):
        units.extend(statements(article, by_article[article.id]))
    attributions = {a.id: a for r in readings for a in r.attributions}
    made, of = wordings(units, texts, attributions)
    if not made:
        return ()
    scale = scale or (BY_MODEL if sense else BY_WORDS)
    first = _first(units, of)
    pairs, held = _likeness(made, first, texts, sense)
    for i, j in _printings(units, quotations):
        if of[i] != of[j]:
            pairs[min(of[i], of[j]), max(of[i], of[j])] = 1.0
    if judge:
        _judged(pairs, first, judge, scale)
    labels, between = average_link([w.count for w in made], [w.denies for w in made], pairs, scale.same)
    parts = _parts(labels, held)
    told = [labels[wording] for wording in of]
    said: set[tuple[int, int]] = set()
    if decisions and (decisions.same_claim or decisions.not_same_claim):
        settled = decided.settle(units, of, told, pairs, decisions)
        told, between = settled.labels, decided.between(between, settled, of, pairs)
        parts = {pair for pair in parts if settled.changed.isdisjoint(pair) and set(pair) <= set(told)}
        said = decided.counted(pairs, settled, of)
    return _groups(texts, units, made, of, told, pairs, between, parts, said, scale)


def _first(units: Sequence[Statement], of: Sequence[int]) -> list[Statement]:
    """The first statement of each wording; wordings are numbered in the order of these."""
    out: list[Statement] = []
    for unit, number in zip(units, of, strict=True):
        if number == len(out):
            out.append(unit)
    return out


def _likeness(
    made: Sequence[Wording], first: Sequence[Statement], texts: Mapping[str, str], sense: Sense | None
) -> tuple[Pairs, Held]:
    """How likely two wordings assert the same, or one a part of the other; by words alone, how like they are.

    Beside it, where one surely holds the other and its words, how likely the first is held, and the second.
    """
    rare = rarity(made)
    bags = weighed(made, rare)
    if sense is None:
        return by_words(bags, [w.denies for w in made]), {}
    import numpy as np

    from headwater.align.claims.likeness import by_meaning
    from headwater.align.claims.meaning import Meanings, passages
    from headwater.align.claims.pairs import Compared, words_held

    read = sense.encoder.parts(list(passages(first, texts)))
    meanings = Meanings(read, [w.count for w in made])
    asked = sorted(by_meaning(bags, meanings))
    if not asked:
        return {}, {}
    rows = Compared(made, bags, rare, meanings, sense.together).features(asked)
    said = sense.model(rows)
    left, right = said.left_held, said.right_held
    words = np.where(left > right, *words_held(rows))
    either = zip(asked, left.clip(min=right).tolist(), strict=True)
    parts = np.flatnonzero((left.clip(min=right) >= HELD) & (words >= WORDS))
    return (
        {pair: round(value, 6) for pair, value in either if value > 0.02},
        {asked[n]: (float(left[n]), float(right[n])) for n in parts.tolist()},
    )


def _parts(labels: Sequence[int], held: Held) -> set[tuple[int, int]]:
    """Groups by label, as (wider claim, part of it): what the part says holds the wider one, and not the reverse."""
    gaps: dict[tuple[int, int], list[float]] = defaultdict(list)
    for (i, j), (left, right) in sorted(held.items()):
        a, b = labels[i], labels[j]
        if a != b:
            gaps[min(a, b), max(a, b)].append(left - right if a < b else right - left)
    sizes = Counter(labels)
    out = set()
    for (a, b), found in gaps.items():
        mean = sum(found) / len(found)
        if abs(mean) >= PART and 2 * len(found) >= sizes[a] * sizes[b]:
            out.add((a, b) if mean > 0 else (b, a))  # what the other holds is the wider one
    return out


def _judged(pairs: Pairs, first: Sequence[Statement], judge: Judgement, scale: Scale) -> None:
    """Put a judge's answers in the place of doubtful likeness."""
    asked = [
        pair for pair, value in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
        if scale.doubtful <= value < scale.sure and first[pair[0]].article != first[pair[1]].article
    ]  # fmt: skip
    for pair, label in zip(asked, judge([(first[i], first[j]) for i, j in asked]), strict=True):
        if label is not None:
            pairs[pair] = {"same": 1.0, "part": scale.sure, "related": scale.related}.get(label, 0.0)


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
    units: Sequence[Statement], made: Sequence[Wording], of: Sequence[int], labels: Sequence[int],
    pairs: Mapping[tuple[int, int], float], between: Mapping[tuple[int, int], float], parts: Set[tuple[int, int]],
    said: Set[tuple[int, int]], scale: Scale,
) -> tuple[Group, ...]:  # fmt: skip
    members: dict[int, list[int]] = defaultdict(list)  # statements, by label
    for number, label in enumerate(labels):
        members[label].append(number)
    order = sorted(members, key=lambda label: members[label][0])
    place = {label: at for at, label in enumerate(order)}
    near: dict[int, set[int]] = defaultdict(set)
    for (i, j), value in between.items():
        if value >= scale.related:
            near[place[i]].add(place[j])
            near[place[j]].add(place[i])
    out = []
    for label in order:
        mine = members[label]
        here = sorted({of[n] for n in mine})
        close = {w: made[w].count - 1.0 for w in here}  # to the others that say the same word for word
        sure = {(w, w) for w in here if (w, w) in said or made[w].says_as(made[w])}
        one_text = {(w, w) for w in here if made[w].one_text_with(made[w])}
        quoted = {(w, w) for w in here if made[w].quoted} & one_text
        for i, j in combinations(here, 2):
            value = pairs.get((i, j), 0.0)
            if value <= 0:
                continue
            close[i] += value * made[j].count
            close[j] += value * made[i].count
            if (i, j) in said or (value >= scale.sure and made[i].says_as(made[j])):
                sure.add((i, j))
            if made[i].one_text_with(made[j]):
                one_text.add((i, j))
                if made[i].quoted or made[j].quoted:
                    quoted.add((i, j))
        out.append(
            Group(
                statements=tuple(units[n] for n in mine),
                medoid=max(range(len(mine)), key=lambda k: (is_whole(texts, units[mine[k]]), close[of[mine[k]]], -k)),
                related=tuple(sorted(near[place[label]])),
                parts=tuple(n for n in sorted(near[place[label]]) if (label, order[n]) in parts),
                wordings=tuple(of[n] for n in mine),
                sure=frozenset(sure),
                one_text=frozenset(one_text),
                one_quotation=frozenset(quoted),
            )
        )
    return tuple(out)
