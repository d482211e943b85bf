"""Quotations retold without marks: indirect speech of the same source that tells the whole of one.

Takes the fullest printing of each quotation and the attributions. Shared content words propose, from an index by
source and stem; a negation more or less, a denial, another number or another word in the same place disproves.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from headwater.align.quotes.acts import TRANSLATED_WORDS
from headwater.align.quotes.groups import CROWD
from headwater.align.quotes.printings import Printing, stems
from headwater.align.quotes.weight import NEGATIONS, SMALL, is_content
from headwater.align.spelling import folded, forms
from headwater.model import Article, Attribution
from headwater.words import stem, words

_DENIED = forms("deny denies denied denying reject rejects rejected dispute disputes disputed dismiss dismissed")
#: Least shared content words, and their share of either side.
_LEAST, _SHARE = 4, 0.6


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
        for number, count in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:1]:
            head = heads[number]
            strong = count >= max(_LEAST, _SHARE * len(content), _SHARE * len(content_of[number]))
            if (
                strong
                and head.article != attribution.article
                and not _denied(article, attribution)
                and not _against(told, head.folds)
            ):
                out[number].append(attribution)
    return out


def _denied(article: Article, attribution: Attribution) -> bool:
    return any(w.key in _DENIED for span in attribution.cue_spans for w in words(article.text, span))


def _against(told: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the retelling says another thing: turned, with another number, or another word in the same place."""
    if sum(fold in NEGATIONS for fold in told) % 2 != sum(fold in NEGATIONS for fold in said) % 2:
        return True
    numbers = {fold for fold in told if fold[:1].isdigit()}
    if numbers and any(fold[:1].isdigit() for fold in said) and not numbers <= set(said):
        return True
    have = {stem(fold) for fold in said}
    places: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for before, fold, after in zip(said, said[1:], said[2:], strict=False):
        if is_content(fold):
            places[before, after].add(stem(fold))
    kept = {stem(fold) for fold in told}
    for before, fold, after in zip(told, told[1:], told[2:], strict=False):
        if not is_content(fold) or stem(fold) in have or {before, after} <= SMALL:
            continue
        if any(word not in kept for word in places.get((before, after), ())):
            return True
    return False
