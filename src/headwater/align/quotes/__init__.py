"""Acts of speech across articles: who printed the same words, and what each printing changed.

Takes articles with their attributions and sources of one story, gives Quotations: the fullest printing first, each
other one with its relation to it and every change with places on both sides. ``printings`` cuts, ``speech`` and
``occasions`` judge each, ``acts`` and ``groups`` join, ``alignment`` and ``changes`` say how they differ.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from headwater.align.quotes.acts import translated
from headwater.align.quotes.alignment import Aligned, Gap, align, in_place, overlaps, settled
from headwater.align.quotes.changes import changes_of, relation_of
from headwater.align.quotes.groups import attach_short, gather, links_of
from headwater.align.quotes.printings import (
    SHORTEST,
    Printing,
    fullness,
    joined,
    longest_part,
    near,
    printings_of,
)
from headwater.align.quotes.retold import paraphrases
from headwater.align.quotes.weight import weight
from headwater.model import Article, Attribution, Quotation, Source, Variant, stable_id

__all__ = ["SHORTEST", "quotations"]


def _speaker(group: Sequence[Printing], full: Printing) -> str | None:
    """The source most printings name; the fullest decides a tie."""
    votes = Counter(printing.source for printing in group if printing.source is not None)
    return min(votes, key=lambda s: (-votes[s], s != full.source, s)) if votes else None


def _grouped(found: Sequence[Printing], sources: Mapping[str, Source]) -> list[list[Printing]]:
    """The printings of each act of speech, stretches of one attribution made one again."""
    long = [printing for printing in found if printing.said >= 3]
    # the same words of the same source are one act wherever they stand, however often an agency's clients print them
    alike: defaultdict[tuple[object, ...], list[Printing]] = defaultdict(list)
    for printing in long:
        alike[printing.folds, printing.source, printing.via, printing.occasion].append(printing)
    kinds = sorted(alike.values(), key=lambda group: group[0].place)
    firsts = [kind[0] for kind in kinds]
    rings = gather(firsts, links_of(firsts, sources))
    groups = [[printing for number in ring for printing in kinds[number]] for ring in rings]
    # three words that say little are no better known than one
    slight = [len(g) == 1 and (g[0].said < SHORTEST or not weight(g[0].folds)) for g in groups]
    short = [p for p in found if p.said < 3] + [g[0] for g, is_slight in zip(groups, slight, strict=True) if is_slight]
    groups = [g for g, is_slight in zip(groups, slight, strict=True) if not is_slight]
    left = attach_short(groups, sorted(short, key=lambda p: p.place), sources)
    out, alone = [], left
    for group in groups:
        whole = _made_one(group, min(group, key=fullness))
        if len({printing.article for printing in whole}) > 1 or len(whole) > 1:
            out.append(whole)
        else:
            alone += whole
    return [*out, *_rejoined(alone)]


def _made_one(group: Sequence[Printing], full: Printing | None = None) -> list[Printing]:
    """A group with one printing for each attribution and place."""
    held: defaultdict[tuple[str, str], list[Printing]] = defaultdict(list)
    for printing in group:
        held[printing.article, printing.attribution].append(printing)
    out: list[Printing] = []
    for _, stretches in sorted(held.items()):
        ordered = sorted(stretches, key=lambda p: p.spans)
        runs = [[ordered[0]]]
        for printing in ordered[1:]:
            # fragments told in another order than they were said stay apart: together they stand nowhere in the speech
            turned = full is not None and full not in ordered and not _in_turn(full, [*runs[-1], printing])
            said_again = any(printing.folds == one.folds for one in runs[-1])
            if not said_again and not turned and near(runs[-1][-1], printing):
                runs[-1].append(printing)
            else:
                runs.append([printing])
        out += [joined(run) for run in runs]
    return out


def _in_turn(full: Printing, stretches: Sequence[Printing]) -> bool:
    """Whether stretches that each stand in the fullest printing stand there in their order; True where one does not."""
    return not all(in_place(full, stretch) for stretch in stretches) or in_place(full, joined(stretches)) is not None


def _rejoined(alone: Sequence[Printing]) -> list[list[Printing]]:
    """Stretches that no other article prints: those of one attribution that stand together are one quotation."""
    return [[printing] for printing in _made_one(alone)] if alone else []


def _variant(full: Printing, other: Printing, sources: Mapping[str, Source]) -> Variant:
    aligned = align(full, other)
    again = translated(full, other, sources)
    if not again:
        aligned = settled(aligned, full, other)
    if not again and not overlaps(aligned, other):
        return _beside(full, other)
    relation = relation_of(full, other, aligned, translated=again)
    return Variant(
        article=other.article,
        spans=other.spans,
        attribution=other.attribution,
        relation=relation,
        changes=changes_of(full, other, aligned, spelling=relation != "retranslated"),
    )


def _beside(full: Printing, other: Printing) -> Variant:
    """Another stretch of the same speech, known by a third printing: it has none of the fullest one's words."""
    nothing = Aligned((), (Gap((0, len(full.folds)), (0, 0)), Gap((len(full.folds),) * 2, (0, len(other.folds)))))
    return Variant(
        article=other.article,
        spans=other.spans,
        attribution=other.attribution,
        relation="trimmed",
        changes=changes_of(full, other, nothing, spelling=False),
    )


def quotations(
    articles: Sequence[Article], attributions: Sequence[Attribution], sources: Mapping[str, Source]
) -> tuple[Quotation, ...]:
    """Group the printings of each act of speech.

    Args:
        articles: the articles of one story, in any order.
        attributions: their attributions with story-level source ids; direct and mixed ones give printings (of a
            mixed one only the words within marks), indirect ones can only be paraphrases. One attribution may have
            printings in several quotations.
        sources: the sources by id.

    Returns:
        Quotations ordered by article and place of the fullest printing. A printing that stands alone needs four
        quoted words in one pair of marks. Each variant has its relation to the fullest; ``trimmed`` also names
        overlapping stretches of one speech. No text is compared with all others: identical printings are linked in a
        row, others by shared word triples.
    """
    by_id = {article.id: article for article in articles}
    groups = _grouped(printings_of(by_id, attributions), sources)
    groups = [group for group in groups if max(map(longest_part, group)) >= SHORTEST]
    heads = [min(group, key=fullness) for group in groups]
    retold = paraphrases(heads, sorted(attributions, key=lambda a: (a.article, a.content_spans, a.id)), by_id)
    out = []
    for number, (full, group) in enumerate(zip(heads, groups, strict=True)):
        variants = [Variant(article=full.article, spans=full.spans, attribution=full.attribution, relation="fullest")]
        variants += [_variant(full, other, sources) for other in sorted(group, key=lambda p: p.place) if other != full]
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
