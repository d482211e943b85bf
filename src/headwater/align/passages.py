"""Text that articles share: articles in, shared passages and copies out, with the places on both sides.

Word five-grams propose the pairs (an index, never all pairs); the runs of equal words of a pair are laid as tiles,
longest first (Wise, String similarity via greedy string tiling, 1993), and tiles a few words apart are joined. Only
words outside furniture count. Words that two articles quote prove a common source, not a common text: they make a
passage, never a copy.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from headwater.align.quoted import quoted_ranges
from headwater.model import Article, Copy, Passage, Place
from headwater.words import outside, paragraphs, words

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]

_PRIME, _NTH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
_AT_LEAST = 12  # equal words of a passage
_LEAST = 8  # the same between two articles that are judged for copying: a short text keeps little in one piece
_SHINGLE = 5  # words; two news texts on one event share few runs of five by chance, an edited copy keeps many
_ALL_PAIRS = 24  # a shingle in more articles than this no longer proposes all of their pairs, but ...
_NEAREST = 8  # ... only those with the first and with the nearest articles, so that lineages stay connected
_PARTNERS = 24  # articles with which one is compared word by word, those it shares most shingles with
_GAP = 8  # words between two tiles of one passage
_SAME_LINEAGE = 0.3  # share of the shorter text's own words that makes two texts of one lineage, to tell boilerplate
_OWN_WORDS = 25  # shared words outside quotation marks from which a pair is a copy
_CASED = 0.4  # a text with fewer words in small letters is written in capitals: they tell no names there
_SMALL_WORDS = 15  # as many of them begin with a small letter: a list of names and offices proves nothing

_PUBLISHED = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?(?:(Z|[+-])(\d\d)?(?::?(\d\d))?)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class _Text:
    """An article as numbers: one entry a word outside furniture."""

    article: Article
    keys: Ints
    starts: Ints
    ends: Ints
    blocks: Ints  # which stretch between two pieces of furniture the word stands in
    own: Flags  # outside quotation marks, and not known for boilerplate
    small: Flags  # does not begin with a capital
    hashes: Hashes  # of the shingle that begins at each of ``places``; no two are equal
    places: Ints


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A passage with its equal words, by their numbers in both texts."""

    passage: Passage
    left: Ints
    right: Ints


class _Tile(NamedTuple):
    """A run of equal words: its first word in both texts, and how many words."""

    left: int
    right: int
    length: int


def shared_passages(articles: Sequence[Article], *, at_least: int = _AT_LEAST) -> tuple[Passage, ...]:
    """Find the text that articles share, exact or lightly edited.

    Args:
        articles: in any order; ids must differ.
        at_least: words that must be equal, in order, in a passage.

    Returns:
        Passages whose left side lies in the article with the smaller id, sorted by both ids and the places. A word
        stands in at most one passage of a pair, save the few words between two tiles. No side overlaps furniture.

    Raises:
        ValueError: at_least is below 1.
    """
    if at_least < 1:
        raise ValueError(f"at_least is {at_least}; it must be 1 or more")
    size = min(_SHINGLE, at_least)
    texts = _texts(articles, size)
    pairs = _candidates(texts, 2 if at_least > size else 1)
    found = [a.passage for left, right in pairs for a in _align(texts[left], texts[right], size, at_least)]
    return tuple(sorted(found, key=_order))


def copies(articles: Sequence[Article], *, passages: Sequence[Passage] | None = None) -> tuple[Copy, ...]:
    """Find which articles share text of their own, and which of the two came first.

    A pair is a copy when it shares 25 words or more outside quotation marks, in passages of 8 equal words or more,
    and not only names. Which came first is read from ``published`` alone: being longer or fuller proves nothing.

    Args:
        articles: in any order; ids must differ.
        passages: what ``shared_passages`` gave for the same articles: only the pairs they name are judged, which saves
            the search; None = judge all that share words, also those without one passage that long.

    Returns:
        Copies in order of (earlier, later); ``share`` counts the later one's words outside furniture and outside
        quotation marks. In a lineage of more than about two dozen articles each is compared with the first, the
        nearest and the likeliest ones only.
    """
    texts = _texts(articles, _SHINGLE)
    if passages is None:
        pairs = _candidates(texts, 2)
    else:
        numbers = {text.article.id: number for number, text in enumerate(texts)}
        named = {(p.left.article, p.right.article) for p in passages}
        pairs = sorted((numbers[a], numbers[b]) for a, b in named if a in numbers and b in numbers)
    found = {}
    for left, right in pairs:
        aligned = _align(texts[left], texts[right], _SHINGLE, _LEAST)
        if aligned:
            found[left, right] = aligned
    _strike_boilerplate(texts, found)
    out = [copy for (left, right), a in found.items() if (copy := _copy(texts[left], texts[right], a))]
    return tuple(sorted(out, key=lambda copy: (copy.earlier, copy.later)))


def published_order(one: str | None, other: str | None) -> int:
    """Say which of two EDTF dates is the earlier: -1 the first, 1 the second, 0 when nothing shows it.

    Times with offsets are compared in UTC, times without by the clock, and anything else by the day as written; a day
    against a time in UTC needs a day more, for the day was some local one. Approximate dates, months and seasons
    show nothing.
    """
    left, right = _moment(one), _moment(other)
    if left is None or right is None:
        return 0
    if left.zone is not None and right.zone is not None:
        gap = (right.at - right.zone) - (left.at - left.zone)
    elif left.timed and right.timed and left.zone is right.zone is None:
        gap = right.at - left.at
    else:
        days = right.at.date() - left.at.date()
        gap = timedelta() if abs(days) < timedelta(2) and timedelta() in (left.zone, right.zone) else days
    return -1 if gap > timedelta() else 1 if gap < timedelta() else 0


class _Moment(NamedTuple):
    at: datetime  # as written
    zone: timedelta | None
    timed: bool


def _moment(published: str | None) -> _Moment | None:
    match = _PUBLISHED.fullmatch(published or "")
    if not match:
        return None
    day, hour, minute, second, sign, zone_hour, zone_minute = match.groups()
    try:
        at = datetime.fromisoformat(f"{day}T{hour or '00'}:{minute or '00'}:{second or '00'}")
    except ValueError:
        return None
    if not 1 < at.year < 9999:  # no room to move a time to UTC
        return None
    zone = None
    if sign:
        zone = timedelta(hours=int(zone_hour or 0), minutes=int(zone_minute or 0)) * (-1 if sign == "-" else 1)
    return _Moment(at, zone, hour is not None)


def _order(passage: Passage) -> tuple[Place, Place]:
    return passage.left, passage.right


def _texts(articles: Sequence[Article], size: int) -> list[_Text]:
    """The articles as numbers, by id; equal words have equal numbers."""
    numbers: dict[str, int] = {}
    return [_text(article, numbers, size) for article in sorted(articles, key=lambda a: (a.id, a.text))]


def _text(article: Article, numbers: dict[str, int], size: int) -> _Text:
    furniture = [piece.span for piece in article.furniture]
    keys: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    blocks: list[int] = []
    for number, block in enumerate(outside(len(article.text), furniture)):
        for word in words(article.text, block):
            keys.append(numbers.setdefault(word.key, len(numbers)))
            starts.append(word.start)
            ends.append(word.end)
            blocks.append(number)
    begins, block_of, ids = np.array(starts, np.int64), np.array(blocks, np.int64), np.array(keys, np.int64)
    own = np.ones(len(ids), np.bool_)
    for quotation in quoted_ranges(article.text, paragraphs(article.text, furniture)):
        first, last = np.searchsorted(begins, (quotation.start, quotation.end))
        own[first:last] = False
    small = np.array([not article.text[start].isupper() for start in starts], np.bool_)
    if len(small) and small.mean() < _CASED:
        small[:] = True
    hashes, places = _shingles(ids, block_of, size)
    return _Text(article, ids, begins, np.array(ends, np.int64), block_of, own, small, hashes, places)


def _shingles(keys: Ints, blocks: Ints, size: int) -> tuple[Hashes, Ints]:
    """Hashes of the shingles, in order of hash, with their places.

    The n-th time a shingle occurs it counts as another shingle, so that it meets the n-th in the other text only: a
    text of one word repeated stays linear.
    """
    count = len(keys) - size + 1
    if count <= 0:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    hashes = np.zeros(count, np.uint64)
    for step in range(size):
        # a polynomial hash that wraps at 64 bits; what it proposes is compared word by word
        hashes = hashes * _PRIME + keys[step : step + count].astype(np.uint64) + np.uint64(1)
    places = np.flatnonzero(blocks[:count] == blocks[size - 1 :])
    places = places[np.argsort(hashes[places], kind="stable")]
    hashes = hashes[places]
    times = np.arange(len(hashes)) - np.searchsorted(hashes, hashes)
    hashes = hashes + times.astype(np.uint64) * _NTH
    order = np.argsort(hashes, kind="stable")
    return hashes[order], places[order]


def _candidates(texts: Sequence[_Text], least: int) -> list[tuple[int, int]]:
    """Pairs of texts, by number, that have ``least`` shingles or more in common."""
    if len(texts) < 2:
        return []
    # earliest publication first, so that the first articles of a shingle are the likely origins
    by_date = sorted(range(len(texts)), key=lambda n: (texts[n].article.published or "9999", n))
    hashes = np.concatenate([texts[n].hashes for n in by_date])
    owners = np.concatenate([np.full(len(texts[n].hashes), n, np.int64) for n in by_date])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    begins = np.searchsorted(hashes, hashes)
    sizes = np.searchsorted(hashes, hashes, side="right") - begins
    offsets = np.arange(len(hashes)) - begins
    shared = sizes > 1
    owners, sizes, offsets = owners[shared], sizes[shared], offsets[shared]
    seen: dict[int, int] = {}

    def count(later: Ints, earlier: Ints) -> None:
        one, other = owners[later], owners[earlier]
        codes, counts = np.unique(np.minimum(one, other) * len(texts) + np.maximum(one, other), return_counts=True)
        for code, times in zip(codes.tolist(), counts.tolist(), strict=True):
            seen[code] = seen.get(code, 0) + times

    for lag in range(1, _ALL_PAIRS):
        at = np.flatnonzero((offsets >= lag) & ((lag <= _NEAREST) | (sizes <= _ALL_PAIRS)))
        count(at, at - lag)
    for hub in range(_NEAREST):
        at = np.flatnonzero((sizes > _ALL_PAIRS) & (offsets > hub + _NEAREST))
        count(at, at - offsets[at] + hub)
    pairs = [
        (*divmod(code, len(texts)), times)
        for code, times in seen.items()
        if times >= least and code // len(texts) != code % len(texts)
    ]
    return _likeliest(pairs)


def _likeliest(pairs: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of (text, other, shingles in common) the pairs that are among the ``_PARTNERS`` best of one of their texts.

    In a large story every text has a run of words in common with most others; what it shares most with is enough.
    """
    partners: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for one, other, times in pairs:
        partners[one].append((-times, one, other))
        partners[other].append((-times, one, other))
    kept = {(one, other) for found in partners.values() for _, one, other in nsmallest(_PARTNERS, found)}
    return sorted(kept)


def _align(left: _Text, right: _Text, size: int, at_least: int) -> list[_Aligned]:
    """The passages of two texts in order of the left one."""
    chains = _chains(_tiles(left, right, size), left, right)
    return [a for a in (_aligned(chain, left, right) for chain in chains) if a.passage.same >= at_least]


def _tiles(left: _Text, right: _Text, size: int) -> list[_Tile]:
    """Runs of ``size`` equal words or more, in order of the left text; no word is in two of them."""
    covered_left, covered_right = np.zeros(len(left.keys), np.bool_), np.zeros(len(right.keys), np.bool_)
    tiles = []
    for at, to, length in sorted(_runs(left, right), key=lambda run: (-run.length, run)):
        if length < size:
            break
        free = ~(covered_left[at : at + length] | covered_right[to : to + length])
        edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8))).tolist()
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start >= size:
                tiles.append(_Tile(at + start, to + start, end - start))
                covered_left[at + start : at + end] = True
                covered_right[to + start : to + end] = True
    return sorted(tiles)


def _runs(left: _Text, right: _Text) -> list[_Tile]:
    """The longest runs of equal words around each shared shingle; they may overlap."""
    _, one, other = np.intersect1d(left.hashes, right.hashes, assume_unique=True, return_indices=True)
    at, to = left.places[one], right.places[other]
    order = np.lexsort((at, to - at))
    at, to = at[order], to[order]
    out: list[_Tile] = []
    # neighbours on one diagonal are one run; its first shingle stands for it
    heads = np.flatnonzero(np.concatenate(([True], (np.diff(at) != 1) | (np.diff(to) != 1)))[: len(at)])
    for i, j in zip(at[heads].tolist(), to[heads].tolist(), strict=True):
        if out and j - i == out[-1].right - out[-1].left and i < out[-1].left + out[-1].length:
            continue
        if left.keys[i] == right.keys[j]:
            back, on = _reach(left, right, i, j, -1), _reach(left, right, i, j, 1)
            out.append(_Tile(i - back, j - back, back + on + 1))
    return out


def _reach(left: _Text, right: _Text, i: int, j: int, step: int) -> int:
    """How many words after (step 1) or before (step -1) the equal words i and j are equal, furniture being a wall."""
    total, size = 0, 16
    while True:
        if step > 0:
            room = min(size, len(left.keys) - 1 - i - total, len(right.keys) - 1 - j - total)
            a, b = slice(i + total + 1, i + total + 1 + room), slice(j + total + 1, j + total + 1 + room)
        else:
            room = min(size, i - total, j - total)
            a, b = slice(i - total - room, i - total), slice(j - total - room, j - total)
        if room <= 0:
            return total
        same = (
            (left.keys[a] == right.keys[b]) & (left.blocks[a] == left.blocks[i]) & (right.blocks[b] == right.blocks[j])
        )
        same = same[::step]
        if not same.all():
            return total + int(np.argmin(same))
        total += room
        size *= 2


def _chains(tiles: Iterable[_Tile], left: _Text, right: _Text) -> list[list[_Tile]]:
    """Join tiles that follow one another in both texts with a few words between, none longer than either tile."""
    chains: list[list[_Tile]] = []
    near: list[list[_Tile]] = []
    for tile in tiles:
        near = [chain for chain in near if tile.left - chain[-1].left - chain[-1].length <= _GAP]
        best: tuple[int, list[_Tile]] | None = None
        for chain in near:
            last = chain[-1]
            gaps = tile.left - last.left - last.length, tile.right - last.right - last.length
            joined = (
                min(gaps) >= 0
                and max(gaps) <= min(_GAP, tile.length, last.length)
                and left.blocks[last.left] == left.blocks[tile.left]
                and right.blocks[last.right] == right.blocks[tile.right]
            )
            if joined and (best is None or max(gaps) < best[0]):
                best = max(gaps), chain
        if best:
            best[1].append(tile)
        else:
            chains.append([tile])
            near.append(chains[-1])
    return chains


def _aligned(chain: Sequence[_Tile], left: _Text, right: _Text) -> _Aligned:
    """The passage that a chain of tiles spans, with the equal words between the tiles too."""
    equal = list(chain)
    for last, tile in pairwise(chain):
        a, b = last.left + last.length, last.right + last.length
        if a < tile.left and b < tile.right:
            found = LCSseq.opcodes(left.keys[a : tile.left].tolist(), right.keys[b : tile.right].tolist())
            equal += [
                _Tile(a + op.src_start, b + op.dest_start, op.src_end - op.src_start)
                for op in found
                if op.tag == "equal"
            ]
    equal.sort()
    first, final = chain[0], chain[-1]
    ends = final.left + final.length, final.right + final.length
    passage = Passage(
        left=Place(left.article.id, int(left.starts[first.left]), int(left.ends[ends[0] - 1])),
        right=Place(right.article.id, int(right.starts[first.right]), int(right.ends[ends[1] - 1])),
        same=sum(tile.length for tile in equal),
        words=max(ends[0] - first.left, ends[1] - first.right),
    )
    places = [np.arange(tile.length) for tile in equal]
    return _Aligned(
        passage,
        np.concatenate([tile.left + place for tile, place in zip(equal, places, strict=True)]),
        np.concatenate([tile.right + place for tile, place in zip(equal, places, strict=True)]),
    )


def _shared_own(left: _Text, right: _Text, aligned: Iterable[_Aligned]) -> int:
    return sum(int((left.own[a.left] & right.own[a.right]).sum()) for a in aligned)


def _strike_boilerplate(texts: Sequence[_Text], found: Mapping[tuple[int, int], Sequence[_Aligned]]) -> None:
    """Take from the articles' own words those that go with the page: they stand in texts that are otherwise apart.

    Lineages are first drawn from pairs of which one holds a good part of the other. Words that an article shares
    with two foreign lineages of several articles each, or with another lineage in its own outlet and with none
    elsewhere, are boilerplate.
    """
    lineage = list(range(len(texts)))

    def root(number: int) -> int:
        while lineage[number] != number:
            lineage[number] = lineage[lineage[number]]
            number = lineage[number]
        return number

    for (one, other), aligned in found.items():
        least = min(int(texts[one].own.sum()), int(texts[other].own.sum()))
        if _shared_own(texts[one], texts[other], aligned) >= max(_OWN_WORDS, _SAME_LINEAGE * least):
            lineage[root(one)] = root(other)
    roots = [root(number) for number in range(len(texts))]
    sizes = Counter(roots)
    foreign: dict[int, dict[int, Flags]] = defaultdict(dict)  # article -> foreign lineage -> its words in the article
    at_home: dict[int, Flags] = {}  # article -> words that stand in another lineage in the same outlet
    abroad: dict[int, Flags] = {}  # article -> words that stand in another lineage elsewhere
    for (one, other), aligned in found.items():
        if roots[one] == roots[other]:
            continue
        outlet = texts[one].article.outlet
        where = at_home if outlet and outlet == texts[other].article.outlet else abroad
        for number, there in ((one, other), (other, one)):
            shared = np.zeros(len(texts[number].own), np.bool_)
            for a in aligned:
                shared[a.left if number == one else a.right] = True
            where[number] = where.get(number, False) | shared
            if sizes[roots[there]] > 1:
                foreign[number][roots[there]] = foreign[number].get(roots[there], False) | shared
    for number, text in enumerate(texts):
        if number in at_home:
            text.own[at_home[number] & ~abroad.get(number, np.zeros(len(text.own), np.bool_))] = False
        if number in foreign:
            text.own[np.sum(list(foreign[number].values()), axis=0) > 1] = False


def _copy(left: _Text, right: _Text, aligned: Sequence[_Aligned]) -> Copy | None:
    """The copy that shared passages make of two texts, None when too few of the words are the articles' own."""
    shared = _shared_own(left, right, aligned)
    small = sum(int((left.own & left.small)[a.left][right.own[a.right]].sum()) for a in aligned)
    if shared < _OWN_WORDS or small < _SMALL_WORDS:
        return None
    order = published_order(left.article.published, right.article.published)
    earlier, later = (right, left) if order > 0 else (left, right)
    return Copy(
        earlier=earlier.article.id,
        later=later.article.id,
        share=round(shared / int(later.own.sum()), 4),
        directed=order != 0,
        passages=tuple(sorted((a.passage for a in aligned), key=_order)),
    )
