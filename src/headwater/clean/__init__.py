"""An article in, the same article marked out: page furniture, title, byline, dateline, date, how many words it has.

Goes line by line, since that is how pages fall apart when they are scraped, and within lines for what is set among the
sentences. Rewrites nothing. An article's own sentence taken for furniture is the worse error, so a line is marked only
for what it says of itself or for where it stands among lines already known; see benchmarks/furniture.py.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from headwater.clean import ending, foot, head, runs
from headwater.clean.lines import LINE, Line, is_credit_to_others, judge, lines_of
from headwater.model import Article, Furniture
from headwater.outlets import day_first
from headwater.words import count_words

#: A page that says it is not free for all and has fewer words than this shows only how its article begins.
_TEASER = 150


def mark(article: Article) -> Article:
    """Mark one article's furniture and read what the page says of it.

    Args:
        article: as it came in. What it already has (title, byline, dateline, a date, furniture, that it is truncated)
            is kept, except that a date in the text goes before one the caller gave for articles without one.

    Returns:
        The article with ``furniture`` (sorted, apart, never an empty span), ``title``, ``byline``, ``dateline``,
        ``published`` (basis "text"), ``words`` and ``truncated``. The text is the same; marking again changes nothing.
    """
    return _marked(article, frozenset())


def mark_all(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Mark several articles, each as ``mark`` does, and also the lines that an outlet's pages repeat around articles.

    Args:
        articles: in any order; which lines repeat does not depend on it.

    Returns:
        The marked articles, in the order given.
    """
    articles = tuple(articles)
    repeated = _repeated_by_outlet(articles)
    return tuple(_marked(article, repeated.get(article.outlet or "", frozenset())) for article in articles)


def _marked(article: Article, repeated: frozenset[str]) -> Article:
    lines = list(lines_of(article.text))
    for line in lines:
        judge(line)
    if repeated:
        runs.mark_repeats(lines, repeated)
    head.mark_dates_in_head(lines)
    title = head.find_title(lines, article.title)
    runs.mark_captions_at_credits(lines)
    byline = head.find_byline(lines)
    head.mark_between_furniture(lines, article.byline or byline)
    runs.mark_captions_among_sentences(lines)
    runs.mark_players(lines)
    runs.mark_doubles(lines)
    runs.mark_tweets(lines)
    foot.mark_comments(lines)
    runs.mark_lists(lines)
    runs.mark_shouted_links(lines)
    head.keep_dates_among_sentences(lines)
    foot.mark_biographies(lines, article.byline or byline)
    furniture = _joined(article, lines)
    undated = article.published is None or article.published_basis == "caller"
    published = None
    if undated:
        order = day_first(name=article.outlet, url=article.url, publisher=article.publisher)
        published = head.find_date(lines, day_first=order)
    words = count_words(article.text, [one.span for one in furniture])
    return replace(
        article,
        title=article.title or title,
        byline=article.byline or byline,
        dateline=article.dateline or head.find_dateline(lines),
        published=published or article.published,
        published_basis="text" if published else article.published_basis,
        words=words,
        truncated=article.truncated or ending.is_truncated(lines) or (article.free is False and words < _TEASER),
        furniture=furniture,
    )


def _joined(article: Article, lines: Sequence[Line]) -> tuple[Furniture, ...]:
    """All marks, sorted and apart: those the article came with stay, what was found fills the rest."""
    text = article.text
    kept: list[Furniture] = []
    for one in sorted(article.furniture):
        if 0 <= one.start < one.end <= len(text) and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    found: list[Furniture] = []
    for line in lines:
        if line.kind:
            found.append(Furniture(line.start, line.end, line.kind))
            continue
        at = line.start
        for start, end, kind in sorted(line.parts):
            if max(start, at) < end:
                found.append(Furniture(max(start, at), end, kind))
                at = end
    if not kept:
        return tuple(found)
    ends = [one.end for one in kept]
    out = list(kept)
    for one in found:
        at, index = one.start, bisect_left(ends, one.start + 1)
        while at < one.end:
            until = min(one.end, kept[index].start) if index < len(kept) else one.end
            if at < until and text[at:until].strip():
                out.append(Furniture(at, until, one.kind))
            at = max(until, kept[index].end) if index < len(kept) else one.end
            index += 1
    return tuple(sorted(out))


def _repeated_by_outlet(articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    """Lines that at least three pages of one outlet share which otherwise differ: not the versions of one story."""
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.outlet:
            by_outlet[article.outlet].append(article)
    out: dict[str, frozenset[str]] = {}
    for outlet, group in by_outlet.items():
        if len(group) < 3:
            continue
        pages = [
            {match.group().strip() for match in LINE.finditer(article.text) if len(match.group()) <= 400} - {""}
            for article in group
        ]
        counts = Counter(line for lines in pages for line in lines)
        apart = [lines for lines in pages if sum(counts[line] > 1 for line in lines) * 2 <= len(lines)]
        out[outlet] = frozenset(
            line
            for line, count in Counter(line for lines in apart for line in lines).items()
            if count >= 3 and not head.is_byline(line) and not head.is_names(line) and not is_credit_to_others(line)
        )
    return out
