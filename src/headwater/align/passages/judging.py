"""Which shared passages make a copy: what is the articles' own text, and what goes with the page.

Words that two articles quote prove a common source, not a common text; words that stand in texts which are otherwise
apart are boilerplate. Neither links two articles.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headwater.align.passages.moments import published_order
from headwater.align.passages.said import names
from headwater.align.passages.texts import Text, own_words
from headwater.align.passages.tiles import Aligned
from headwater.align.passages.wording import Flags
from headwater.model import Article, Copy, CopyBasis, CopyKind
from headwater.outlets import counted_as

_SAME_LINEAGE = 0.3  # share of the shorter text's own words that makes two texts of one lineage, to tell boilerplate
_OWN_WORDS = 25  # shared words outside quotation marks from which a pair is a copy
_SMALL_WORDS = 15  # as many of them begin with a small letter: a list of names and offices proves nothing
_WHOLE = 0.9  # share of all words of both texts
_NEARLY_ALL = 0.8  # share of a text's own words
_FREQUENT = 4  # other texts of its outlet, apart from each other, in which an article's words are boilerplate


@dataclass(frozen=True, slots=True)
class Judged:
    """What is kept of a text that shares passages; one entry a word outside furniture."""

    id: str
    outlet: str | None
    house: str | None  # the outlet as it is counted: one for all its spellings and addresses
    published: str | None
    own: Flags  # outside quotation marks
    small: Flags  # does not begin with a capital


def judged(text: Text, home: str | None, *, closely: bool) -> Judged:
    """What is kept of a text of a house; one that shares too little for a copy needs no look at its quotation marks."""
    article = text.article
    own, small = own_words(text) if closely else (np.ones(len(text.keys), np.bool_), ~text.capitals)
    return Judged(article.id, article.outlet, home, article.published, own, small)


def house(article: Article) -> str | None:
    """The outlet of an article, the same for all its spellings and addresses; None where it is not known."""
    known = counted_as(article)
    return None if known.startswith("\x00") else known  # an article's own name


def may_be_copy(aligned: Iterable[Aligned]) -> bool:
    """Whether passages hold words enough for a copy, whosever they are."""
    return sum(a.passage.same for a in aligned) >= _OWN_WORDS


Found = Mapping[tuple[int, int], Sequence[Aligned]]
Said = tuple[str, ...]


def judge(
    texts: Mapping[int, Judged], said: Mapping[int, Said], found: Found, wanted: Iterable[tuple[int, int]]
) -> list[Copy]:
    """The copies among the ``wanted`` pairs; all that was ``found`` is heard on what is boilerplate.

    ``said`` tells whom texts say they are from, of those whose order their dates do not show.
    """
    own = _without_boilerplate(texts, found)
    return [copy for pair in wanted if (copy := _copy(texts, said, own, pair, found[pair]))]


def _shared_own(left: Flags, right: Flags, aligned: Iterable[Aligned]) -> int:
    return sum(int((left[a.left] & right[a.right]).sum()) for a in aligned)


def _without_boilerplate(texts: Mapping[int, Judged], found: Found) -> dict[int, Flags]:
    """The articles' own words, without those that go with the page: they stand in texts that are otherwise apart.

    Lineages are first drawn from pairs of which one holds a good part of the other. Words that an article shares
    with two foreign lineages of several articles each, with another lineage in its own outlet and with none
    elsewhere, or with many in its own outlet, are boilerplate.
    """
    own = {number: texts[number].own for pair in found for number in pair}
    lineage = {number: number for number in own}

    def root(number: int) -> int:
        while lineage[number] != number:
            lineage[number] = lineage[lineage[number]]
            number = lineage[number]
        return number

    for (one, other), aligned in found.items():
        if not may_be_copy(aligned):
            continue
        least = min(int(own[one].sum()), int(own[other].sum()))
        if _shared_own(own[one], own[other], aligned) >= max(_OWN_WORDS, _SAME_LINEAGE * least):
            lineage[root(one)] = root(other)
    roots = {number: root(number) for number in own}
    sizes = Counter(roots.values())
    # article -> foreign lineage -> its words in the article
    foreign: dict[int, dict[int, Flags]] = defaultdict(dict)  # of several articles
    at_home: dict[int, dict[int, Flags]] = defaultdict(dict)  # in the same outlet
    abroad: dict[int, Flags] = {}  # article -> its words in any lineage elsewhere
    for (one, other), aligned in found.items():
        if roots[one] == roots[other]:
            continue
        home = texts[one].house is not None and texts[one].house == texts[other].house
        for number, there in ((one, other), (other, one)):
            shared = np.zeros(len(own[number]), np.bool_)
            for a in aligned:
                shared[a.left if number == one else a.right] = True
            if home:
                at_home[number][roots[there]] = at_home[number].get(roots[there], False) | shared
            else:
                abroad[number] = abroad.get(number, False) | shared
            if sizes[roots[there]] > 1:
                foreign[number][roots[there]] = foreign[number].get(roots[there], False) | shared
    for number in at_home.keys() | foreign.keys():
        struck = np.zeros(len(own[number]), np.bool_)
        if number in at_home:
            times = np.sum(list(at_home[number].values()), axis=0)
            struck |= (times > 0) & ~abroad.get(number, struck) | (times >= _FREQUENT)
        if number in foreign:
            struck |= np.sum(list(foreign[number].values()), axis=0) > 1
        own[number] = own[number] & ~struck
    return own


def _copy(
    texts: Mapping[int, Judged], said: Mapping[int, Said], own: Mapping[int, Flags], pair: tuple[int, int],
    aligned: Sequence[Aligned],
) -> Copy | None:  # fmt: skip
    """The copy that shared passages make of two texts, None when too few of the words are the articles' own."""
    left, right = pair
    one, other = own[left], own[right]
    if sum(a.passage.same for a in aligned) >= _WHOLE * max(len(one), len(other)):
        # one text from head to foot: whether it is a speech does not matter
        one, other = np.ones(len(one), np.bool_), np.ones(len(other), np.bool_)
    proof = [a.left[one[a.left] & other[a.right] & a.fresh] for a in aligned]
    if sum(map(len, proof)) < _OWN_WORDS or sum(int(texts[left].small[at].sum()) for at in proof) < _SMALL_WORDS:
        return None
    earlier, later, basis = _order(texts, said, left, right)
    shared = _shared_own(one, other, aligned)
    shares = {left: shared / int(one.sum()), right: shared / int(other.sum())}
    share, of_earlier = shares[later], shares[earlier]
    return Copy(
        earlier=texts[earlier].id,
        later=texts[later].id,
        share=round(share, 4),
        directed=basis is not None,
        passages=tuple(sorted((a.passage for a in aligned), key=lambda p: (p.left, p.right))),
        share_of_earlier=round(of_earlier, 4),
        basis=basis,
        kind=_kind(share, of_earlier, directed=basis is not None),
    )


def _order(
    texts: Mapping[int, Judged], said: Mapping[int, Said], left: int, right: int
) -> tuple[int, int, CopyBasis | None]:
    """The earlier, the later, and what shows it; time comes before what a text says of itself."""
    order = published_order(texts[left].published, texts[right].published)
    if order:
        return (right, left, "published") if order > 0 else (left, right, "published")
    from_right, from_left = names(said[left], texts[right].outlet), names(said[right], texts[left].outlet)
    if from_right != from_left:
        return (right, left, "stated") if from_right else (left, right, "stated")
    return left, right, None


def _kind(share: float, of_earlier: float, *, directed: bool) -> CopyKind:
    if min(share, of_earlier) >= _NEARLY_ALL:
        return "reprint"
    if max(share, of_earlier) >= _NEARLY_ALL:
        return "contained" if not directed else "shortened" if share >= _NEARLY_ALL else "extended"
    return "reworked" if max(share, of_earlier) >= _SAME_LINEAGE else "part"
