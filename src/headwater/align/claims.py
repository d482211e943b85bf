"""The same claim in other words: cuts articles into statements and groups those that assert one thing.

Takes articles with their readings and quotations, gives groups of Statements, near ones named as related. Units are
clauses with source and cue cut off; likeness is TF-IDF within the story; groups by average link, never by chains of
pairs (connected components merge topics). Statements that deny and those that assert never join: a denier is no origin.
Splitting a claim understates its origins, which is safe; merging two invents independence, which is not.
"""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

from headwater import lexicon
from headwater.model import Article, Attribution, ClaimKind, Quotation, Reading, Span, Statement
from headwater.words import merged, outside, trimmed, words

#: Average likeness at which statements are one claim; chosen on the two annotated stories (``benchmarks/claims.py``).
SAME = 0.34
MOST_PROPOSED = 1_000_000  # pairs compared, those with the rarest words first; a story stays far below
SURE = 0.5  # two sources' statements can be two origins only from this likeness on; below it they may be just related
_COMMON_SHARED = 3  # and with so many content words in common that are no names
_RUN = 8  # and without so many words in a row in common: those are one text, however its sources are given
_RUN_QUOTED = 5  # the same where one of them stands within quotation marks: two people do not say the same five words
RELATED = 0.2  # from here on they are shown as related, outside the count
_CUT = re.compile(
    r"(?:[,;]|\s[–—-]\s|—|:)\s+(?=(?:and|but|or|which|who|whom|whose|that|where|when|while|after|before|because|as|with|"
    r"it|he|she|they|the|a|an|its|his|her|their|this|these|in|on|at|to|[a-z]+ing|[a-z]+ed)\b)|"
    r"\s(?=(?:because|while|whether|who|which|after|when|although|though|but)\s)|;\s+|\s—\s",
)
_LEAD = re.compile(
    r"(?:(?:that|and|but|which|who|with|because|while|so|or|when|as|although|though|now,?|thus)\s+)+(?=\S)", re.I
)
_DATELINE = re.compile(
    r"(?=[^a-z\n]{3})[A-Z][A-Z.'’ -]{2,40}(?:, [A-Z][\w. ]{1,24}){0,2}(?: ?\([A-Z][\w .]{1,40}\))?"
    r"(?: ?[–—] ?| - |: )(?=[“\"A-Z])"
)
_WILL = re.compile(
    r"\b(?:will|would|shall|expected to|due to|likely to|forecast|predict\w*|set to|by (?:next|the end))\b", re.I
)
_PLAN = re.compile(
    r"\b(?:plans?|planning|intends?|aims?|aiming|seeks?|wants?|vow\w*|pledg\w*|promis\w*|prepar\w+|ordered|instruct\w+|"
    r"direct(?:s|ed) the) (?:\w+ ){0,3}to\b",
    re.I,
)
_OPINION = re.compile(
    r"\b(?:should|must|ought|best|worst|terrible|disgrace\w*|wrong|right thing|absurd|shame\w*|great|dangerous|"
    r"reckless|lawless|shortsighted|important|I (?:think|believe|fear|hope)|we (?:think|believe|fear|hope))\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements that assert one thing, in order of article and place, and the medoid's index among them.

    ``related`` holds indices of groups that are near: shown, never counted. ``sure`` holds pairs (i, j), i < j,
    of its statements that surely assert the same thing (a group holds by its average, and a pair in it may be
    doubtful), ``one_text`` those that share a run of words: one text, not two testimonies.
    """

    statements: tuple[Statement, ...]
    medoid: int
    related: tuple[int, ...] = ()
    sure: frozenset[tuple[int, int]] = frozenset()
    one_text: frozenset[tuple[int, int]] = frozenset()

    def surely(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether one of ``some`` surely asserts what one of ``others`` does, and none shares its wording."""
        pairs = {(min(i, j), max(i, j)) for i in some for j in others}
        return bool(pairs & self.sure) and not pairs & self.one_text


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


_NUMBERS = {
    w: str(n)
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}


def terms(text: str, span: Span | None = None) -> list[str]:
    """The stems of the content words, in order: stop words left out, numbers as figures."""
    out: list[str] = []
    for word in words(text, span):
        if word.key in lexicon.STOPWORDS:
            continue
        key = (
            _NUMBERS.get(word.key, word.key).replace(",", "")
            if word.key[:1].isdigit()
            else _NUMBERS.get(word.key, word.key)
        )
        out.extend(_stem(part) for part in key.replace("-", "'").split("'") if len(part) > 1 or part.isdigit())
    return out


def statements(article: Article, reading: Reading) -> tuple[Statement, ...]:
    """The article's statements, in order: clauses of its sentences without sources and cues; the headline left out."""
    text = article.text
    away: list[Span] = []
    for a in reading.attributions:
        away.extend(s for s in (*a.source_spans, *a.cue_spans, *a.via_spans) if s.end - s.start < 400)
    away = merged(away)
    out: list[Statement] = []
    quotes = [a for a in reading.attributions if a.mode == "direct" and a.content_spans]
    whole = _short_quotations(text, quotes)
    taken = merged([span for statement in whole for span in statement.spans])
    holders = _Holders(reading.attributions)
    contents = {a.id: a.content_spans for a in reading.attributions}
    for sentence in reading.sentences:
        if _is_title(article, sentence):
            continue
        dateline = _DATELINE.match(text, sentence.start, sentence.end)
        if dateline:
            sentence = Span(dateline.end(), sentence.end)
        gaps = [Span(max(g.start, sentence.start), min(g.end, sentence.end)) for g in _between(away, sentence)]
        for part in outside(
            sentence.end - sentence.start, [Span(g.start - sentence.start, g.end - sentence.start) for g in gaps]
        ):
            chunk = Span(part.start + sentence.start, part.end + sentence.start)
            held = holders.innermost(chunk)
            if held is not None:  # "reported Thursday that …": the content alone
                inner = max(contents[held], key=lambda c: (c.overlap(chunk), -c.start))
                if inner.overlap(chunk) > 0:
                    chunk = Span(max(chunk.start, inner.start), min(chunk.end, inner.end))
            for piece in _clauses(text, chunk):
                if any(piece.overlap(t) > 0.5 * (piece.end - piece.start) for t in _between(taken, piece)):
                    continue
                out.append(Statement(article=article.id, spans=(piece,), attribution=holders.innermost(piece)))
    out.extend(whole)
    return tuple(sorted(out, key=lambda s: s.spans))


def _between(spans: Sequence[Span], within: Span) -> list[Span]:
    from bisect import bisect_right

    at = bisect_right(spans, within.start, key=lambda s: s.end)
    out = []
    while at < len(spans) and spans[at].start < within.end:
        out.append(spans[at])
        at += 1
    return out


def _is_title(article: Article, sentence: Span) -> bool:
    title = (article.title or "").strip()
    return bool(title) and sentence.start <= 400 and sentence.of(article.text).strip() == title


def _short_quotations(text: str, attributions: Sequence[Attribution]) -> list[Statement]:
    """Direct quotations of up to 40 words are one statement; longer ones are cut like other text."""
    out = []
    for a in attributions:
        spans = tuple(trimmed(text, s, "“”„«»\"‘’'") for s in a.content_spans)
        spans = tuple(s for s in spans if s.end > s.start)
        if spans and 4 <= sum(len(words(text, s)) for s in spans) <= 40:
            out.append(Statement(article=a.article, spans=spans, attribution=a.id))
    return out


class _Holders:
    """Which attribution's content holds a span most closely, by an index over content spans."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        rows = [(s.start, s.end, a.id) for a in attributions if a.said for s in a.content_spans]
        self.rows = sorted(rows)
        self.starts = [r[0] for r in self.rows]

    def innermost(self, span: Span) -> str | None:
        from bisect import bisect_right

        best: tuple[int, str] | None = None
        at = bisect_right(self.starts, span.start + (span.end - span.start) // 2) - 1
        steps = 0
        while at >= 0 and steps < 24:
            start, end, found = self.rows[at]
            if span.overlap(Span(start, end)) > 0.6 * (span.end - span.start):
                size = end - start
                if best is None or size < best[0]:
                    best = (size, found)
            at -= 1
            steps += 1
        return best[1] if best else None


def _clauses(text: str, chunk: Span) -> list[Span]:
    """A chunk cut at clause boundaries; pieces without a verb or with under three content words join a neighbour."""
    cuts = [chunk.start]
    for match in _CUT.finditer(text, chunk.start, chunk.end):
        cuts.append(match.end())
    cuts.append(chunk.end)
    pieces: list[Span] = []
    for start, end in pairwise(cuts):
        piece = trimmed(text, Span(start, end), ',;:—–-.“”"’‘')
        lead = _LEAD.match(text, piece.start, piece.end)
        if lead:
            piece = Span(lead.end(), piece.end)
        if piece.end <= piece.start:
            continue
        if pieces and not (_stands(text, piece) and _stands(text, pieces[-1])):
            pieces[-1] = Span(pieces[-1].start, piece.end)
        else:
            pieces.append(piece)
    return [p for p in pieces if len(terms(text, p)) >= 3]


def _stands(text: str, piece: Span) -> bool:
    found = words(text, piece)
    content = sum(w.key not in lexicon.STOPWORDS for w in found)
    verb = any(
        w.key in lexicon.AUXILIARIES or w.key in lexicon.IRREGULAR or w.key in lexicon.SAID
        or (len(w.key) > 4 and w.key.endswith("ed") and not w.key.startswith("un"))
        for w in found
    )  # fmt: skip
    return content >= 3 and verb


def denies(text: str, statement: Statement, attribution: Attribution | None) -> bool:
    """Whether the statement asserts that something is not so: a negation in it, or a denying verb before it."""
    negative = any(w.key in lexicon.NEGATIONS for span in statement.spans for w in words(text, span))
    if attribution:
        cue = {w.key for span in attribution.cue_spans for w in words(text, span)}
        if cue & lexicon.DENIALS:
            return not negative
    return negative


def kind_of(text: str, statement: Statement) -> ClaimKind:
    """Fact, forecast, opinion or intention, by plain marks in the words; fact where there is none."""
    shown = " ".join(span.of(text) for span in statement.spans)
    if _OPINION.search(shown):
        return "opinion"
    if _PLAN.search(shown):
        return "intention"
    return "forecast" if _WILL.search(shown) else "fact"


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
    vectors = _vectors(units, texts)
    deny = [denies(texts[u.article], u, attributions.get(u.attribution or "")) for u in units]
    pairs = _likeness(vectors, deny)
    for i, j in _printings(units, quotations):
        pairs[i, j] = 1.0
    labels, between = _average_link(deny, pairs, same)
    quoted = [
        u.attribution is not None and u.attribution in attributions and attributions[u.attribution].mode != "indirect"
        for u in units
    ]
    return _groups(texts, units, quoted, labels, pairs, between, related)


def _vectors(units: Sequence[Statement], texts: Mapping[str, str]) -> list[dict[str, float]]:
    bags = []
    where: dict[str, set[int]] = defaultdict(set)
    for index, unit in enumerate(units):
        bag: dict[str, int] = defaultdict(int)
        for span in unit.spans:
            for term in terms(texts[unit.article], span):
                bag[term] += 1
        for term in bag:
            where[term].add(index)
        bags.append(bag)
    number = len(units)
    idf = {term: math.log((number + 1.0) / (len(hits) + 0.5)) for term, hits in where.items()}
    out = []
    for bag in bags:
        vector = {term: (1 + math.log(count)) * idf[term] for term, count in bag.items()}
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
    """Statements that are printings of one act of speech, each with the fullest: most words of it inside."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        if unit.attribution:
            at[unit.attribution].append(number)
    out = []
    for quotation in quotations:
        first: list[int] = []
        for variant in quotation.variants:
            mine = [
                n for n in at.get(variant.attribution, ())
                if len(units[n].spans) == len(variant.spans) or len(at[variant.attribution]) == 1
            ]  # fmt: skip
            if not mine or variant.relation in {"paraphrased"}:
                continue
            if first:
                out.append((min(first[0], mine[0]), max(first[0], mine[0])))
            else:
                first = mine
    return [(i, j) for i, j in out if i != j]


def _average_link(
    deny: Sequence[bool], pairs: Mapping[tuple[int, int], float], same: float
) -> tuple[list[int], dict[tuple[int, int], float]]:
    """Average-link clustering over sparse likeness (absent pairs count as 0); ties go to the lower numbers.

    Units that deny and units that assert never join: a group is of one side.
    """
    number = len(deny)
    size = dict.fromkeys(range(number), 1)
    member = {i: [i] for i in range(number)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for (i, j), value in pairs.items():
        sums[i][j] = value
        sums[j][i] = value
        if value >= same and deny[i] == deny[j]:
            heapq.heappush(heap, (-value, i, j))
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in size or j not in size:
            continue
        now = sums[i].get(j, 0.0) / (size[i] * size[j])
        if abs(now + negative) > 1e-12:
            continue
        for other, value in sums.pop(j).items():
            sums[other].pop(j, None)
            if other == i:
                continue
            total = sums[i].get(other, 0.0) + value
            sums[i][other] = total
            sums[other][i] = total
        size[i] += size.pop(j)
        member[i].extend(member.pop(j))
        for other, total in sums[i].items():
            average = total / (size[i] * size[other])
            if average >= same and deny[i] == deny[other]:
                heapq.heappush(heap, (-average, min(i, other), max(i, other)))
    labels = [0] * number
    for label, units in member.items():
        for unit in units:
            labels[unit] = label
    between = {
        (i, j): total / (size[i] * size[j])
        for i, row in sums.items()
        if i in size
        for j, total in row.items()
        if i < j and j in size
    }
    return labels, between


class _Wording:
    """How a statement is worded, worked out once: a group may hold hundreds, and compares each with each."""

    def __init__(self, text: str, statement: Statement, *, quoted: bool) -> None:
        found = [w for span in statement.spans for w in words(text, span)]
        keys = [w.key for w in found]
        self.quoted = quoted
        #: stems of content words that are no names: written small, or figures
        self.common = {
            _stem(_NUMBERS.get(w.key, w.key))
            for w in found
            if w.key not in lexicon.STOPWORDS and not text[w.start].isupper()
        }
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


def _groups(
    texts: Mapping[str, str],
    units: Sequence[Statement], quoted: Sequence[bool], labels: Sequence[int], pairs: Mapping[tuple[int, int], float],
    between: Mapping[tuple[int, int], float], related: float,
) -> tuple[Group, ...]:  # fmt: skip
    members: dict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        members[label].append(number)
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
        near_by = {  # of the members by their place in the group
            (i, j): value
            for (i, a), (j, b) in combinations(enumerate(mine), 2)
            if (value := pairs.get((min(a, b), max(a, b)), 0.0)) > 0
        }
        close = [0.0] * len(mine)
        for (i, j), value in near_by.items():
            close[i] += value
            close[j] += value
        wording = [_Wording(texts[units[n].article], units[n], quoted=quoted[n]) for n in mine] if near_by else []
        out.append(
            Group(
                statements=tuple(units[n] for n in mine),
                medoid=max(range(len(mine)), key=lambda k: (close[k], -mine[k])),
                related=tuple(sorted(near[place[label]])),
                sure=frozenset(
                    (i, j) for (i, j), value in near_by.items() if value >= SURE and wording[i].says_as(wording[j])
                ),
                one_text=frozenset((i, j) for i, j in near_by if wording[i].one_text_with(wording[j])),
            )
        )
    return tuple(out)
