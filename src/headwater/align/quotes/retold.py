"""Quotations retold without marks: indirect speech of the same source that tells the whole of one."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from headwater.align.quotes.acts import TRANSLATED_WORDS
from headwater.align.quotes.groups import CROWD
from headwater.align.quotes.printings import Printing, is_content, stem, stems
from headwater.align.spelling import folded
from headwater.model import Article, Attribution
from headwater.words import words


def paraphrases(
    heads: Sequence[Printing], attributions: Sequence[Attribution], articles: Mapping[str, Article]
) -> dict[int, list[Attribution]]:
    """Indirect attributions that tell the whole of a quotation of the same source, by number of the quotation."""
    index: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    content_of = [set(stems(head)) for head in heads]
    for number, head in enumerate(heads):
        if head.source is not None and len(content_of[number]) >= TRANSLATED_WORDS:
            for word in sorted(content_of[number]):
                index[head.source, word].append(number)
    out: defaultdict[int, list[Attribution]] = defaultdict(list)
    for attribution in attributions:
        article = articles.get(attribution.article)
        if attribution.mode != "indirect" or attribution.source is None or article is None or not attribution.said:
            continue
        told = [f for span in attribution.content_spans for w in words(article.text, span) for f in folded(w.key)]
        content = {stem(fold) for fold in told if is_content(fold)}
        votes = Counter(n for word in content for n in index.get((attribution.source, word), ())[:CROWD])
        turned = sum(fold in {"not", "no", "never"} for fold in told) % 2
        for number, count in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:1]:
            head = heads[number]
            said = sum(fold in {"not", "no", "never"} for fold in head.folds) % 2
            strong = count >= max(4, 0.6 * len(content), 0.6 * len(content_of[number]))
            if strong and turned == said and head.article != attribution.article:
                out[number].append(attribution)
    return out
