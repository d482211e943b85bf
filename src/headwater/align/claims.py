"""The same claim in other words: cuts articles into statements and groups those that assert one thing.

Takes articles with their readings and quotations, gives groups of Statements, near ones named as related. Units are
clauses with source and cue cut off; likeness is TF-IDF within the story; groups by average link, never by chains of
pairs (connected components merge topics). Statements that deny and those that assert never join: a denier is no origin.
Splitting a claim understates its origins, which is safe; merging two invents independence, which is not.
"""

import heapq
import math
import re
from collections import Counter, defaultdict
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


def _is_whole(texts: Mapping[str, str], statement: Statement) -> bool:
    """Whether the statement reads as a clause by itself: one piece with a verb in it."""
    return len(statement.spans) == 1 and _stands(texts[statement.article], statement.spans[0])


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
    wordings, of = _wordings(units, texts, attributions)
    deny = [w.denies for w in wordings]
    pairs = _likeness(_vectors(wordings), deny)
    for i, j in _printings(units, quotations):
        if of[i] != of[j]:
            pairs[min(of[i], of[j]), max(of[i], of[j])] = 1.0
    labels, between = _average_link([w.count for w in wordings], deny, pairs, same)
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
            common = {
                _stem(_NUMBERS.get(k, k))
                for k, low in zip(keys, small, strict=True)
                if low and k not in lexicon.STOPWORDS
            }
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


def _average_link(
    count: Sequence[int], deny: Sequence[bool], pairs: Mapping[tuple[int, int], float], same: float
) -> tuple[list[int], dict[tuple[int, int], float]]:
    """Average-link clustering over sparse likeness (absent pairs count as 0); ties go to the lower numbers.

    Each weighs as many as it counts. Those that deny and those that assert never join: a group is of one side.
    """
    number = len(count)
    size = dict(enumerate(count))
    member = {i: [i] for i in range(number)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for (i, j), value in pairs.items():
        sums[i][j] = sums[j][i] = value * count[i] * count[j]
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
                medoid=max(range(len(mine)), key=lambda k: (_is_whole(texts, units[mine[k]]), close[of[mine[k]]], -k)),
                related=tuple(sorted(near[place[label]])),
                wordings=tuple(of[n] for n in mine),
                sure=frozenset(sure),
                one_text=frozenset(one_text),
            )
        )
    return tuple(out)
