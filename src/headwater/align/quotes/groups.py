"""Printings gathered into acts of speech.

Candidates come from an index of word triples (and of a speaker's content words, for translations), never from all
pairs; what is linked is gathered around the fullest printing. One or two quoted words join the speech they stand in.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from headwater.align.quotes.acts import TRANSLATED_WORDS, closeness, one_act, translated
from headwater.align.quotes.alignment import align, in_place, overlaps
from headwater.align.quotes.printings import Printing, fullness, near, stems, told_around
from headwater.align.quotes.weight import is_content
from headwater.align.spelling import folded
from headwater.model import Source
from headwater.words import stem

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
    # the fullest first: neighbours in a crowded list are then those of like length, whatever the articles are called
    order = sorted(range(len(printings)), key=lambda n: (-printings[n].said, printings[n].folds, printings[n].place))
    for number in order:
        printing = printings[number]
        folds = printing.folds
        exact[folds].append(number)
        for triple in sorted({folds[at : at + 3] for at in range(len(folds) - 2)}):
            if any(is_content(fold) for fold in triple):
                triples[triple].append(number)
        if printing.source is not None and printing.said >= 2 * TRANSLATED_WORDS:
            for word in sorted(set(stems(printing))):
                speakers[printing.source, word].append(number)
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
    # an article that prints both, or the same words beside a closer match, shows two utterances
    beside = {n: {printings[m].article for m in {n, *links.get(n, ())}} for n in range(len(printings))}
    for one, two in _crowded_pairs(speakers.values(), at_least=2):
        known = two in links.get(one, ()) or bool(beside[one] & beside[two])
        if not known and translated(printings[one], printings[two], sources):
            link(one, two)
    return links


def gather(printings: Sequence[Printing], links: Mapping[int, set[int]]) -> list[list[int]]:
    """Numbers of one act's printings: the fullest and whatever links lead to that shares its words; the rest again.

    What is told of another stretch of a long statement is a quotation of its own, not a variant that has no word in
    common with the fullest.
    """
    # of equals the words decide, not what the articles are called
    order = sorted(range(len(printings)), key=lambda n: (*fullness(printings[n])[:2], printings[n].folds, n))
    taken: set[int] = set()
    groups = []
    for first in order:
        if first in taken:
            continue
        ring, reached, waiting = {first}, {first}, [first]
        while waiting:
            number = waiting.pop()
            for beside in sorted(links.get(number, ())):
                if beside in taken or beside in reached:
                    continue
                reached.add(beside)
                known = beside in links.get(first, ())
                if known or overlaps(align(printings[first], printings[beside]), printings[beside]):
                    ring.add(beside)
                    waiting.append(beside)
        taken |= ring
        groups.append(sorted(ring))
    return groups


def _is_name(printing: Printing) -> bool:
    """Whether all its words are capitalised: a name in marks, or one set in place of a pronoun, tells no speech."""
    heavy = [t for t in printing.tokens if is_content(t.fold)]
    return all(printing.article_text[t.start].isupper() for t in heavy)


def attach_short(
    groups: Sequence[list[Printing]], short: Sequence[Printing], sources: Mapping[str, Source]
) -> list[Printing]:
    """Give one or two quoted words to the act of speech they stand in; those that fit none or several are left.

    They must be the same speaker's, and either the rest of their sentence quotes that speech or the words around them
    tell of the same thing.
    """
    index: defaultdict[str, list[int]] = defaultdict(list)
    beside: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for fold in sorted({fold for printing in group for fold in printing.folds if is_content(fold)}):
            index[fold].append(number)
        if len({printing.article for printing in group}) > 1:
            for printing in group:
                beside[printing.attribution].add(number)
    left: list[Printing] = []
    for printing in short:
        rare = min(
            (fold for fold in printing.folds if is_content(fold)),
            key=lambda f: (len(index.get(f, ())), f),
            default=None,
        )
        fits = []
        around = {stem(fold) for key in told_around(printing) for fold in folded(key) if is_content(fold)}
        around -= {stem(fold) for fold in printing.folds}
        if _is_name(printing):
            rare = None
        for number in index.get(rare, ())[:CROWD] if rare else ():
            group = groups[number]
            # the same words of the reporter's own article are no proof of where another has them from
            same = [p for p in group if p.source is not None and closeness(p, printing, sources) == "same"]
            inside = next((p for p in sorted(same, key=fullness) if in_place(p, printing) is not None), None)
            if inside is None or (inside.article == printing.article and len(group) == 1):
                continue
            sibling = number in beside[printing.attribution] and any(
                p.attribution == printing.attribution and near(*sorted((p, printing), key=lambda q: q.spans))
                for p in group
            )
            if sibling or len(around & set(stems(inside))) >= 2:
                fits.append(number)
        if len(fits) == 1:
            groups[fits[0]].append(printing)
        else:
            left.append(printing)
    return left
