"""Printings gathered into acts of speech.

Candidates come from an index of word triples (and of a speaker's content words, for translations), never from all
pairs; what is linked is gathered around the fullest printing. One to three quoted words join the speech they stand in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from headwater.align.quotes.acts import TRANSLATED_WORDS, closeness, one_act, translated
from headwater.align.quotes.alignment import in_place
from headwater.align.quotes.printings import Printing, fullness, is_content, stem, stems
from headwater.align.spelling import folded
from headwater.model import Source
from headwater.words import words

#: Longest list of printings behind one word triple or word; beyond it only neighbours are tried.
CROWD = 24


def _crowded_pairs(postings: Iterable[Sequence[int]], *, at_least: int) -> list[tuple[int, int]]:
    """Pairs of numbers that share at least ``at_least`` of the lists; long lists give only neighbours."""
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in postings:
        if len(numbers) <= CROWD:
            for at, one in enumerate(numbers):
                for two in numbers[at + 1 :]:
                    shared[one, two] += 1
        else:
            for pair in pairwise(numbers):
                shared[pair] += at_least
    return sorted(pair for pair, count in shared.items() if count >= at_least)


def links_of(printings: Sequence[Printing], sources: Mapping[str, Source]) -> dict[int, set[int]]:
    """Which printings give one act of speech, by number."""
    triples: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    speakers: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    exact: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, printing in enumerate(printings):
        folds = printing.folds
        exact[folds].append(number)
        for triple in sorted({folds[at : at + 3] for at in range(len(folds) - 2)}):
            if any(is_content(fold) for fold in triple):
                triples[triple].append(number)
        if printing.source is not None and printing.said >= 2 * TRANSLATED_WORDS:
            for stem in sorted(set(stems(printing))):
                speakers[printing.source, stem].append(number)
    links: defaultdict[int, set[int]] = defaultdict(set)

    def link(one: int, two: int) -> None:
        links[one].add(two)
        links[two].add(one)

    candidates = set(_crowded_pairs(triples.values(), at_least=1))
    for same in exact.values():
        candidates.update(pairwise(same))
    for one, two in sorted(candidates):
        if one_act(printings[one], printings[two], sources):
            link(one, two)
    again = _crowded_pairs(speakers.values(), at_least=2)
    for one, two in again:
        if two in links[one] or not translated(printings[one], printings[two], sources):
            continue
        # an article that prints both, or the same words beside a closer match, shows two utterances
        articles_one = {printings[n].article for n in {one, *links[one]}}
        articles_two = {printings[n].article for n in {two, *links[two]}}
        if not articles_one & articles_two:
            link(one, two)
    return links


def gather(printings: Sequence[Printing], links: Mapping[int, set[int]]) -> list[list[int]]:
    """Numbers of one act's printings: the fullest, those linked to it, those linked to these; the rest start again."""
    order = sorted(range(len(printings)), key=lambda n: fullness(printings[n]))
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


def attach_short(
    groups: Sequence[list[Printing]], short: Sequence[Printing], sources: Mapping[str, Source]
) -> list[Printing]:
    """Give one to three quoted words to the act of speech they stand in; those that fit none or several are dropped.

    They must be the same speaker's, and the words around them must tell of the same thing.
    """
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for fold in sorted({fold for printing in group for fold in printing.folds if is_content(fold)}):
            index[fold].append(number)
    left: list[Printing] = []
    for printing in short:
        rare = min(
            (fold for fold in printing.folds if is_content(fold)),
            key=lambda f: (len(index.get(f, ())), f),
            default=None,
        )
        fits = []
        around = {
            stem(fold)
            for span in printing.content
            for word in words(printing.article_text, span)
            for fold in folded(word.key)
            if is_content(fold)
        } - {stem(fold) for fold in printing.folds}
        for number in index.get(rare, ())[:CROWD] if rare else ():
            group = groups[number]
            same = [p for p in group if p.source is not None and closeness(p, printing, sources) == "same"]
            inside = next((p for p in sorted(same, key=fullness) if in_place(p, printing) is not None), None)
            if inside and len(around & set(stems(inside))) >= 2:
                fits.append(number)
        if len(fits) == 1:
            groups[fits[0]].append(printing)
        else:
            left.append(printing)
    return left
