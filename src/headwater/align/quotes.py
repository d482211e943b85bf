"""Acts of speech across articles: who printed the same words, and what each printing changed.

Takes articles with their attributions and sources of one story, gives Quotations: the fullest printing first, each
other one with its relation to it and every change with places on both sides. Candidates come from an index of word
triples (and of a speaker's content words, for translations), never from all pairs. Two utterances that merely share a
phrase stay apart: rather two quotations than one that nobody said.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from headwater.align.quoted import quoted_parts, quoted_ranges
from headwater.align.spelling import Token, folded, forms, tokens
from headwater.model import (
    CARRIER_KINDS,
    Article,
    Attribution,
    Change,
    ChangeKind,
    Quotation,
    Relation,
    Source,
    Span,
    Variant,
    stable_id,
    text_of,
)
from headwater.words import holding, paragraphs, words

#: Shortest quotation that stands for itself, in words; shorter ones only join a longer printing.
SHORTEST = 4
#: More words in one pair of marks are a transcript or a mark that was never closed.
_LONGEST = 3000
#: Longest list of printings behind one word triple or word; beyond it only neighbours are tried.
_CROWD = 24
#: Share of the shorter printing's words, and of its content words, that must agree.
_SHARE, _CONTENT_SHARE = 0.7, 0.6
#: Share of words above which a printing is the same wording, touched up, not another translation.
_TOUCHED = 0.9
#: For another translation: least content words in the same order, their share of the shorter, ratio of lengths.
_TRANSLATED_WORDS, _TRANSLATED_SHARE, _TRANSLATED_LENGTH = 5, 0.6, 0.6
#: Or one frame with other fillings: least words in the same order, their share of the longer.
_FRAME_WORDS, _FRAME_SHARE = 9, 0.62

_SMALL = forms(
    """a an the and or but nor so if as of in on at to for from by with about into over after before up down out off
    than then that this these those there here it its he him his she her they them their we us our you your i me my
    mine who whom whose which what when where why how is are was were be been being am do does did done have has had
    having will would shall should can could may might must not no yes well very just also too all any some such own
    s t per et"""
)
#: Words whose silent loss or gain turns or hardens what was said.
_TURNING = forms(
    """not no never none nobody nothing neither nor without hardly may might could can would should perhaps maybe
    possibly probably likely unlikely allegedly alleged reportedly apparently seems seem appears appear if unless
    almost nearly about only some"""
)

Closeness = Literal["same", "open", "unlike", "other"]


class _Gap(NamedTuple):
    """Where two printings part: token ranges in the fuller one and in the other."""

    full: tuple[int, int]
    other: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Printing:
    article: str
    attribution: str
    source: str | None
    via: tuple[str, ...]
    spans: tuple[Span, ...]
    tokens: tuple[Token, ...]
    folds: tuple[str, ...]
    said: int  # words of the speaker's own, asides left out
    article_text: str
    content: tuple[Span, ...]

    @property
    def place(self) -> tuple[str, tuple[Span, ...], str]:
        return self.article, self.spans, self.attribution


class _Aligned(NamedTuple):
    blocks: tuple[tuple[int, int, int], ...]  # start in the fuller, start in the other, length
    gaps: tuple[_Gap, ...]


def _is_content(fold: str) -> bool:
    return fold not in _SMALL and (len(fold) > 1 or fold.isdigit())


@lru_cache(maxsize=65536)
def _stem(fold: str) -> str:
    from snowballstemmer import stemmer

    return str(stemmer("english").stemWord(fold))


@lru_cache(maxsize=1)
def _ranges_of(text: str) -> tuple[Span, ...]:
    return tuple(quoted_ranges(text, paragraphs(text)))


def _printings(articles: Mapping[str, Article], attributions: Sequence[Attribution]) -> list[_Printing]:
    """Quoted words of every direct and mixed attribution, one record a place, in order of place."""
    best: dict[tuple[str, tuple[Span, ...]], tuple[tuple[bool, float, str], _Printing]] = {}
    for attribution in sorted(attributions, key=lambda a: (a.article, a.content_spans, a.id)):
        article = articles.get(attribution.article)
        if article is None or attribution.mode == "indirect" or not attribution.content_spans:
            continue
        spans = quoted_parts(
            article.text, attribution.content_spans, _ranges_of(article.text), whole=attribution.mode == "direct"
        )
        if sum(span.end - span.start for span in spans) > 30 * _LONGEST:
            continue
        found = tuple(tokens(article.text, spans))
        said = sum(not token.aside for token in found)
        if not 0 < said <= _LONGEST:
            continue
        printing = _Printing(
            article=attribution.article,
            attribution=attribution.id,
            source=attribution.source,
            via=attribution.via,
            spans=spans,
            tokens=found,
            folds=tuple(token.fold for token in found),
            said=said,
            article_text=article.text,
            content=attribution.content_spans,
        )
        rank = (attribution.source is None, -attribution.score, attribution.id)
        key = (attribution.article, spans)
        if key not in best or rank < best[key][0]:
            best[key] = (rank, printing)
    return [best[key][1] for key in sorted(best)]


def _closeness(one: _Printing, two: _Printing, sources: Mapping[str, Source]) -> Closeness:
    """Whether two printings can have one speaker: the same, open (unknown or compatible), unlike, another."""
    if one.source is None or two.source is None:
        return "open"
    if one.source == two.source:
        return "same"
    left, right = sources.get(one.source), sources.get(two.source)
    if left is None or right is None:
        return "open"
    if left.entity is not None and left.entity == right.entity:
        return "same"
    if (
        right.id in left.maybe_same
        or left.id in right.maybe_same
        or left.id in two.via
        or right.id in one.via
        or left.kind in CARRIER_KINDS
        or right.kind in CARRIER_KINDS
    ):
        return "open"
    named = {"person", "organisation", "document"}
    if left.kind not in named and right.kind not in named:
        reached = {left.reached_by, *one.via} & {right.reached_by, *two.via} - {None}
        return "open" if reached else "unlike"
    if left.kind == right.kind == "document":
        return "open"  # "the report", here and there: a document is seldom named alike twice
    if left.kind in named and right.kind in named and left.kind == right.kind:
        return "other"
    return "unlike"


def _part_ranges(found: Sequence[Token]) -> list[tuple[int, int]]:
    starts = [i for i, token in enumerate(found) if i == 0 or token.part != found[i - 1].part]
    return list(pairwise([*starts, len(found)]))


def _find(needle: Sequence[str], hay: Sequence[str], start: int) -> int:
    first, size = needle[0], len(needle)
    for at in range(start, len(hay) - size + 1):
        if hay[at] == first and tuple(hay[at : at + size]) == tuple(needle):
            return at
    return -1


def _in_place(full: _Printing, other: _Printing) -> list[tuple[int, int, int]] | None:
    """The parts of ``other`` as they stand word for word in ``full``, in order; None when one does not."""
    blocks, at = [], 0
    for start, end in _part_ranges(other.tokens):
        place = _find(other.folds[start:end], full.folds, at)
        if place < 0:
            return None
        blocks.append((place, start, end - start))
        at = place + end - start
    return blocks


def _slid(blocks: list[tuple[int, int, int]], full: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Blocks with short ones moved next to their neighbour where the same words stand there too.

    The alignment may match "the" far from the words it belongs to; any of several equal places costs it the same.
    """
    out: list[tuple[int, int, int]] = []
    for i, j, size in reversed(blocks):  # towards the block that follows
        if out and size <= 3:
            after_i, after_j, after_size = out[-1]
            if (
                after_j == j + size
                and after_i - size >= i + size
                and list(full[after_i - size : after_i]) == list(other[j : j + size])
            ):
                out[-1] = (after_i - size, j, after_size + size)
                continue
        out.append((i, j, size))
    out.reverse()
    joined: list[tuple[int, int, int]] = []
    for i, j, size in out:  # towards the block before
        if joined and size <= 3:
            before_i, before_j, before_size = joined[-1]
            near = before_i + before_size
            if (
                before_j + before_size == j
                and near != i
                and list(full[near : near + size]) == list(other[j : j + size])
            ):
                joined[-1] = (before_i, before_j, before_size + size)
                continue
        joined.append((i, j, size))
    return joined


def _align(full: _Printing, other: _Printing) -> _Aligned:
    """Match the words of two printings in order; chance matches of single small words are left out."""
    blocks = _in_place(full, other)
    if blocks is None:
        from rapidfuzz.distance import Indel

        found = Indel.opcodes(list(full.folds), list(other.folds))
        blocks = [(op.src_start, op.dest_start, op.src_end - op.src_start) for op in found if op.tag == "equal"]
        blocks = _slid(blocks, full.folds, other.folds)
        kept: list[tuple[int, int, int]] = []
        for number, (i, j, size) in enumerate(blocks):
            lone = size <= 2 and not any(_is_content(fold) for fold in other.folds[j : j + size])
            before = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
            after = blocks[number + 1][:2] if number + 1 < len(blocks) else (len(full.folds), len(other.folds))
            apart = i - before[0] + j - before[1] > 2 * size and after[0] - i + after[1] - j > 3 * size
            if not (lone and apart):
                kept.append((i, j, size))
        blocks = kept
    gaps, i, j = [], 0, 0
    for at_i, at_j, size in [*blocks, (len(full.folds), len(other.folds), 0)]:
        if at_i > i or at_j > j:
            gaps.append(_Gap((i, at_i), (j, at_j)))
        i, j = at_i + size, at_j + size
    return _Aligned(tuple(blocks), tuple(gaps))


def _own(printing: _Printing, start: int, end: int) -> int:
    return sum(not token.aside for token in printing.tokens[start:end])


def _longest_run(aligned: _Aligned, other: _Printing) -> tuple[int, int]:
    """Words, and content words, of the longest stretch that is equal."""
    best = (0, 0)
    for _, j, size in aligned.blocks:
        best = max(best, (size, sum(_is_content(fold) for fold in other.folds[j : j + size])))
    return best


def _shares(aligned: _Aligned, full: _Printing, other: _Printing) -> tuple[float, float]:
    """Share of the shorter printing's words, and of its content words, that are equal in order."""
    matched = [other.folds[j + k] for _, j, size in aligned.blocks for k in range(size)]
    short = min(full, other, key=lambda p: p.said)
    content = sum(_is_content(t.fold) for t in short.tokens if not t.aside)
    matched_content = sum(_is_content(fold) for fold in matched)
    return (
        min(1.0, len(matched) / max(1, short.said)),
        min(1.0, matched_content / content) if content else 0.0,
    )


def _stems(printing: _Printing) -> list[str]:
    return [_stem(t.fold) for t in printing.tokens if not t.aside and _is_content(t.fold)]


def _translated(one: _Printing, two: _Printing, sources: Mapping[str, Source]) -> bool:
    """Whether both may be translations of the same words: one named speaker, like length, content words in order."""
    if one.source is None or one.source != two.source or one.article == two.article:
        return False
    source = sources.get(one.source)
    if source is None or source.kind not in {"person", "organisation"}:
        return False
    left, right = _stems(one), _stems(two)
    short, long = sorted((one.said, two.said))
    if short < 2 * _TRANSLATED_WORDS or short < _TRANSLATED_LENGTH * long:
        return False
    from rapidfuzz.distance import LCSseq

    same = LCSseq.similarity(left, right)
    if same >= _TRANSLATED_WORDS and same >= _TRANSLATED_SHARE * min(len(left), len(right)):
        return True
    # one frame, other fillings: "a river does not stop at a border" and "a river doesn't end at a frontier"
    frame = LCSseq.similarity(list(one.folds), list(two.folds))
    return same >= 2 and frame >= _FRAME_WORDS and frame >= _FRAME_SHARE * max(len(one.folds), len(two.folds))


def _one_act(one: _Printing, two: _Printing, sources: Mapping[str, Source]) -> bool:
    """Whether two printings give the same act of speech."""
    full, other = _fuller_first(one, two)
    aligned = _align(full, other)
    run, run_content = _longest_run(aligned, other)
    share, content_share = _shares(aligned, full, other)
    enough = share >= _SHARE and content_share >= _CONTENT_SHARE
    if one.article == two.article:  # people repeat themselves: only a quotation printed again is the same act
        return one.source == two.source and share >= 0.9 and run >= 6
    closeness = _closeness(one, two, sources)
    if closeness == "same":
        return (enough and run >= min(3, other.said) and run_content >= 1 and other.said >= 3) or (
            run >= 8 and run_content >= 3 and _at_edges(aligned, full, other)
        )
    if closeness == "open":
        return (enough and run >= 5 and run_content >= 2) or (
            run >= 10 and run_content >= 4 and _at_edges(aligned, full, other)
        )
    if closeness == "unlike":
        return enough and run >= 8 and run_content >= 3
    return enough and run >= 12 and run_content >= 5


def _at_edges(aligned: _Aligned, full: _Printing, other: _Printing) -> bool:
    """Whether two printings are overlapping stretches of one speech: the end of one is the start of the other."""
    inner = [gap for gap in aligned.gaps if not _outer(gap, full, other)]
    return sum(_own(other, *gap.other) for gap in inner) <= 1


def _outer(gap: _Gap, full: _Printing, other: _Printing) -> bool:
    return (gap.full[0] == 0 and gap.other[0] == 0) or (
        gap.full[1] == len(full.folds) and gap.other[1] == len(other.folds)
    )


def _fullness(printing: _Printing) -> tuple[int, int, str, tuple[Span, ...], str]:
    """Sorts the fullest first: most words of the speaker, in fewest pieces, then by place."""
    return (-printing.said, printing.tokens[-1].part, *printing.place)


def _fuller_first(one: _Printing, two: _Printing) -> tuple[_Printing, _Printing]:
    return (one, two) if _fullness(one) <= _fullness(two) else (two, one)


def _crowded_pairs(postings: Iterable[Sequence[int]], *, at_least: int) -> list[tuple[int, int]]:
    """Pairs of numbers that share at least ``at_least`` of the lists; long lists give only neighbours."""
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in postings:
        if len(numbers) <= _CROWD:
            for at, one in enumerate(numbers):
                for two in numbers[at + 1 :]:
                    shared[one, two] += 1
        else:
            for pair in pairwise(numbers):
                shared[pair] += at_least
    return sorted(pair for pair, count in shared.items() if count >= at_least)


def _links(printings: Sequence[_Printing], sources: Mapping[str, Source]) -> dict[int, set[int]]:
    """Which printings give one act of speech, by number."""
    triples: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    speakers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    exact: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, printing in enumerate(printings):
        folds = printing.folds
        exact[folds].append(number)
        for triple in sorted({folds[at : at + 3] for at in range(len(folds) - 2)}):
            if any(_is_content(fold) for fold in triple):
                triples[triple].append(number)
        if printing.source is not None and printing.said >= 2 * _TRANSLATED_WORDS:
            for stem in sorted(set(_stems(printing))):
                speakers[printing.source, stem].append(number)
    links: defaultdict[int, set[int]] = defaultdict(set)

    def link(one: int, two: int) -> None:
        links[one].add(two)
        links[two].add(one)

    candidates = set(_crowded_pairs(triples.values(), at_least=1))
    for same in exact.values():
        candidates.update(pairwise(same))
    for one, two in sorted(candidates):
        if _one_act(printings[one], printings[two], sources):
            link(one, two)
    again = _crowded_pairs(speakers.values(), at_least=2)
    for one, two in again:
        if two in links[one] or not _translated(printings[one], printings[two], sources):
            continue
        # an article that prints both, or the same words beside a closer match, shows two utterances
        articles_one = {printings[n].article for n in {one, *links[one]}}
        articles_two = {printings[n].article for n in {two, *links[two]}}
        if not articles_one & articles_two:
            link(one, two)
    return links


def _relation(full: _Printing, other: _Printing, aligned: _Aligned, *, translated: bool) -> Relation:
    lost = sum(_own(full, *gap.full) for gap in aligned.gaps)
    if not any(_own(other, *gap.other) for gap in aligned.gaps):
        if lost:
            return "altered" if _cut_silently(full, other, aligned) else "trimmed"
        return "respelled" if aligned.gaps or _respelled(full, other, aligned) else "verbatim"
    share, _ = _shares(aligned, full, other)
    changed = [gap for gap in aligned.gaps if _own(other, *gap.other)]
    # more of the same speech, which the other left out, or an article or "that" beside it, changes no word of the rest
    if all(
        (_own(other, *gap.other) >= SHORTEST and not _own(full, *gap.full))
        or (
            _outer(gap, full, other)
            and not any(_is_content(f) or f in _TURNING for f in other.folds[gap.other[0] : gap.other[1]])
        )
        for gap in changed
    ):
        return "trimmed"
    # a slip or a touch of the pen changes a word here or there; a translator sets the sentences anew
    anew = [gap for gap in changed if min(_own(full, *gap.full), _own(other, *gap.other)) and _own(full, *gap.full) > 1]
    fillings = [gap for gap in changed if _own(full, *gap.full)]  # words here for words there, in three places or more
    again = translated and share < _TOUCHED and (len(anew) > 1 or len(fillings) > 2)
    return "retranslated" if share < _SHARE or again else "altered"


def _cut_silently(full: _Printing, other: _Printing, aligned: _Aligned) -> bool:
    """Whether words that turn the sense were left out inside one pair of marks, without an ellipsis."""
    for gap in aligned.gaps:
        at = gap.other[0]
        inside = 0 < at < len(other.tokens) and other.tokens[at - 1].part == other.tokens[at].part
        if inside and any(t.fold in _TURNING for t in full.tokens[gap.full[0] : gap.full[1]] if not t.aside):
            return True
    return False


def _plain(form: str) -> str:
    return form.replace("’", "'").replace("‑", "-")


def _surface(printing: _Printing, token: Token) -> str:
    return _plain(printing.article_text[token.start : token.end])


def _respelled(full: _Printing, other: _Printing, aligned: _Aligned) -> bool:
    return any(_spelling_pairs(full, other, aligned))


def _spelling_pairs(full: _Printing, other: _Printing, aligned: _Aligned) -> Iterable[tuple[Token, Token]]:
    """Matched words written otherwise; the capital at the head of a part is no difference."""
    for i, j, size in aligned.blocks:
        for k in range(size):
            left, right = full.tokens[i + k], other.tokens[j + k]
            one, two = _surface(full, left), _surface(other, right)
            if one == two:
                continue
            head = (
                i + k == 0
                or j + k == 0
                or full.tokens[i + k - 1].part != left.part
                or other.tokens[j + k - 1].part != right.part
            )
            if not (head and one.casefold() == two.casefold()):
                yield left, right


def _spans(printing: _Printing, start: int, end: int) -> tuple[Span, ...]:
    """The places of tokens ``start`` to ``end``, one span for each stretch inside one pair of marks."""
    out: list[Span] = []
    number = -1
    for token in printing.tokens[start:end]:
        holder = holding(printing.spans, token.start)
        if out and holder == number:
            out[-1] = Span(out[-1].start, max(out[-1].end, token.end))
        else:
            out.append(Span(token.start, token.end))
        number = holder
    return tuple(out)


def _changes(
    full: _Printing, other: _Printing, aligned: _Aligned, texts: Mapping[str, Article], *, spelling: bool
) -> tuple[Change, ...]:
    """Every difference, in the order of the fullest wording; a block dropped here and added there has moved."""

    def change(kind: ChangeKind, left: tuple[int, int], right: tuple[int, int]) -> Change:
        before, after = _spans(full, *left), _spans(other, *right)
        return Change(
            kind=kind,
            before=text_of(texts[full.article], before),
            after=text_of(texts[other.article], after),
            spans=after,
            fullest_spans=before,
        )

    found: list[tuple[tuple[int, int], Change]] = []
    dropped = [gap for gap in aligned.gaps if gap.other[0] == gap.other[1]]
    added = [gap for gap in aligned.gaps if gap.full[0] == gap.full[1]]
    moved: set[_Gap] = set()
    places: defaultdict[tuple[str, ...], list[_Gap]] = defaultdict(list)
    for gap in dropped:
        places[full.folds[gap.full[0] : gap.full[1]]].append(gap)
    for gap in added:
        words_moved = other.folds[gap.other[0] : gap.other[1]]
        if places.get(words_moved) and any(_is_content(fold) for fold in words_moved):
            left = places[words_moved].pop(0)
            moved |= {gap, left}
            found.append(((left.full[0], gap.other[0]), change("moved", left.full, gap.other)))
    for gap in aligned.gaps:
        if gap in moved:
            continue
        kind: ChangeKind = (
            "dropped" if gap.other[0] == gap.other[1] else "added" if gap.full[0] == gap.full[1] else "replaced"
        )
        found.append(((gap.full[0], gap.other[0]), change(kind, gap.full, gap.other)))
    if spelling:
        position = {(i + k, j + k) for i, j, size in aligned.blocks for k in range(size)}
        seen: set[tuple[int, int]] = set()
        numbers_full = {id(token): n for n, token in enumerate(full.tokens)}
        numbers_other = {id(token): n for n, token in enumerate(other.tokens)}
        for one, two in _spelling_pairs(full, other, aligned):
            place = (one.start, two.start)
            if place in seen:  # a contraction is two tokens of one place
                continue
            seen.add(place)
            left_n, right_n = numbers_full[id(one)], numbers_other[id(two)]
            if (left_n, right_n) in position:
                found.append(((left_n, right_n), change("replaced", (left_n, left_n + 1), (right_n, right_n + 1))))
    return tuple(item for _, item in sorted(found, key=lambda pair: pair[0]))


def _attach_short(
    groups: Sequence[list[_Printing]], short: Sequence[_Printing], sources: Mapping[str, Source]
) -> list[_Printing]:
    """Give one to three quoted words to the act of speech they stand in; those that fit none or several are dropped.

    They must be the same speaker's, and the words around them must tell of the same thing.
    """
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for fold in sorted({fold for printing in group for fold in printing.folds if _is_content(fold)}):
            index[fold].append(number)
    left: list[_Printing] = []
    for printing in short:
        rare = min(
            (fold for fold in printing.folds if _is_content(fold)),
            key=lambda f: (len(index.get(f, ())), f),
            default=None,
        )
        fits = []
        around = {
            _stem(fold)
            for span in printing.content
            for word in words(printing.article_text, span)
            for fold in folded(word.key)
            if _is_content(fold)
        } - {_stem(fold) for fold in printing.folds}
        for number in index.get(rare, ())[:_CROWD] if rare else ():
            group = groups[number]
            same = [p for p in group if p.source is not None and _closeness(p, printing, sources) == "same"]
            inside = next((p for p in sorted(same, key=_fullness) if _in_place(p, printing) is not None), None)
            if inside and len(around & set(_stems(inside))) >= 2:
                fits.append(number)
        if len(fits) == 1:
            groups[fits[0]].append(printing)
        else:
            left.append(printing)
    return left


def _gather(printings: Sequence[_Printing], links: Mapping[int, set[int]]) -> list[list[int]]:
    """Numbers of one act's printings: the fullest, those linked to it, those linked to these; the rest start again."""
    order = sorted(range(len(printings)), key=lambda n: _fullness(printings[n]))
    taken: set[int] = set()
    groups = []
    for first in order:
        if first in taken:
            continue
        ring = {first}
        for _ in range(2):
            ring |= {near for one in ring for near in links.get(one, ()) if near not in taken}
        taken |= ring
        groups.append(sorted(ring))
    return groups


def _paraphrases(
    heads: Sequence[_Printing], attributions: Sequence[Attribution], articles: Mapping[str, Article]
) -> dict[int, list[Attribution]]:
    """Indirect attributions that tell the whole of a quotation of the same source, by number of the quotation."""
    index: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    stems = [set(_stems(head)) for head in heads]
    for number, head in enumerate(heads):
        if head.source is not None and len(stems[number]) >= _TRANSLATED_WORDS:
            for stem in sorted(stems[number]):
                index[head.source, stem].append(number)
    out: defaultdict[int, list[Attribution]] = defaultdict(list)
    for attribution in attributions:
        article = articles.get(attribution.article)
        if attribution.mode != "indirect" or attribution.source is None or article is None or not attribution.said:
            continue
        told = [f for span in attribution.content_spans for w in words(article.text, span) for f in folded(w.key)]
        content = {_stem(fold) for fold in told if _is_content(fold)}
        votes = Counter(n for stem in content for n in index.get((attribution.source, stem), ())[:_CROWD])
        turned = sum(fold in {"not", "no", "never"} for fold in told) % 2
        for number, count in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:1]:
            head = heads[number]
            said = sum(fold in {"not", "no", "never"} for fold in head.folds) % 2
            strong = count >= max(4, 0.6 * len(content), 0.6 * len(stems[number]))
            if strong and turned == said and head.article != attribution.article:
                out[number].append(attribution)
    return out


def _speaker(group: Sequence[_Printing], full: _Printing) -> str | None:
    """The source most printings name; the fullest decides a tie."""
    votes = Counter(printing.source for printing in group if printing.source is not None)
    return min(votes, key=lambda s: (-votes[s], s != full.source, s)) if votes else None


def quotations(
    articles: Sequence[Article], attributions: Sequence[Attribution], sources: Mapping[str, Source]
) -> tuple[Quotation, ...]:
    """Group the printings of each act of speech.

    Args:
        articles: the articles of one story, in any order.
        attributions: their attributions with story-level source ids; direct and mixed ones give printings (of a
            mixed one only the words within marks), indirect ones can only be paraphrases.
        sources: the sources by id.

    Returns:
        Quotations ordered by article and place of the fullest printing. A printing that stands alone needs four
        quoted words. Each variant has its relation to the fullest; ``trimmed`` also names overlapping stretches of one
        speech. No text is compared with all others: identical printings are linked in a row, others by shared
        word triples.
    """
    by_id = {article.id: article for article in articles}
    found = _printings(by_id, attributions)
    _ranges_of.cache_clear()
    long = [printing for printing in found if printing.said >= 3]
    # the same words of the same source are one act wherever they stand, however often an agency's clients print them
    alike: defaultdict[tuple[tuple[str, ...], str | None, tuple[str, ...]], list[_Printing]] = defaultdict(list)
    for printing in long:
        alike[printing.folds, printing.source, printing.via].append(printing)
    kinds = sorted(alike.values(), key=lambda group: group[0].place)
    rings = _gather([kind[0] for kind in kinds], _links([kind[0] for kind in kinds], sources))
    groups = [[printing for number in ring for printing in kinds[number]] for ring in rings]
    _attach_short(groups, [printing for printing in found if printing.said < 3], sources)
    groups = [group for group in groups if max(p.said for p in group) >= SHORTEST]
    heads = [min(group, key=_fullness) for group in groups]
    retold = _paraphrases(heads, sorted(attributions, key=lambda a: (a.article, a.content_spans, a.id)), by_id)
    out = []
    for number, (full, group) in enumerate(zip(heads, groups, strict=True)):
        variants = [Variant(article=full.article, spans=full.spans, attribution=full.attribution, relation="fullest")]
        for other in sorted((p for p in group if p is not full), key=lambda p: p.place):
            aligned = _align(full, other)
            relation = _relation(full, other, aligned, translated=_translated(full, other, sources))
            changes = _changes(full, other, aligned, by_id, spelling=relation != "retranslated")
            variants.append(
                Variant(
                    article=other.article,
                    spans=other.spans,
                    attribution=other.attribution,
                    relation=relation,
                    changes=changes,
                )
            )
        variants += [
            Variant(article=a.article, spans=a.content_spans, attribution=a.id, relation="paraphrased")
            for a in retold.get(number, ())
        ]
        out.append(
            Quotation(
                id=stable_id("quote", full.article, *((s.start, s.end) for s in full.spans)),
                speaker=_speaker(group, full),
                variants=tuple(variants),
            )
        )
    return tuple(sorted(out, key=lambda q: (q.variants[0].article, q.variants[0].spans, q.id)))
