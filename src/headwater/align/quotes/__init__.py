"""Acts of speech across articles: who printed the same words, and what each printing changed.

Takes articles with their attributions and sources of one story, gives Quotations: the fullest printing first, each
other one with its relation to it and every change with places on both sides.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from headwater.align.quotes.acts import translated
from headwater.align.quotes.alignment import align
from headwater.align.quotes.changes import changes_of, relation_of
from headwater.align.quotes.groups import attach_short, gather, links_of
from headwater.align.quotes.printings import SHORTEST, Printing, forget_ranges, fullness, printings_of
from headwater.align.quotes.retold import paraphrases
from headwater.model import Article, Attribution, Quotation, Source, Variant, stable_id

__all__ = ["SHORTEST", "quotations"]


def _speaker(group: Sequence[Printing], full: Printing) -> str | None:
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
    found = printings_of(by_id, attributions)
    forget_ranges()
    long = [printing for printing in found if printing.said >= 3]
    # the same words of the same source are one act wherever they stand, however often an agency's clients print them
    alike: defaultdict[tuple[tuple[str, ...], str | None, tuple[str, ...]], list[Printing]] = defaultdict(list)
    for printing in long:
        alike[printing.folds, printing.source, printing.via].append(printing)
    kinds = sorted(alike.values(), key=lambda group: group[0].place)
    rings = gather([kind[0] for kind in kinds], links_of([kind[0] for kind in kinds], sources))
    groups = [[printing for number in ring for printing in kinds[number]] for ring in rings]
    attach_short(groups, [printing for printing in found if printing.said < 3], sources)
    groups = [group for group in groups if max(p.said for p in group) >= SHORTEST]
    heads = [min(group, key=fullness) for group in groups]
    retold = paraphrases(heads, sorted(attributions, key=lambda a: (a.article, a.content_spans, a.id)), by_id)
    out = []
    for number, (full, group) in enumerate(zip(heads, groups, strict=True)):
        variants = [Variant(article=full.article, spans=full.spans, attribution=full.attribution, relation="fullest")]
        for other in sorted((p for p in group if p is not full), key=lambda p: p.place):
            aligned = align(full, other)
            relation = relation_of(full, other, aligned, translated=translated(full, other, sources))
            changes = changes_of(full, other, aligned, by_id, spelling=relation != "retranslated")
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
