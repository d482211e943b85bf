"""An article as it is read: its whole text, furniture greyed, attributions and claims marked in place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from headwater import words as text_words
from headwater.labels import listed, plain
from headwater.model import Article, Furniture, FurnitureKind, Span
from headwater.outlets import of_article
from headwater.report.dated import date_words
from headwater.report.page.links import Links
from headwater.report.page.margin import Wordings, margin
from headwater.report.segments import Mark, marked_blocks

FURNITURE: dict[FurnitureKind, str] = {
    "related_link": "related link",
    "headline_list": "other headlines",
    "promo": "promotion",
    "caption": "caption",
    "disclaimer": "disclaimer",
    "embed": "embedded post",
    "share": "share buttons",
    "repeated_title": "title again",
    "date_line": "date line",
    "paywall": "paywall",
    "other": "page furniture",
}
_WEB = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)


def article(links: Links, article: Article, wordings: Wordings) -> dict[str, Any]:
    """One article with its head and its marked text; made after everything that links to its words."""
    marks = list(links.marks[article.id].values())
    away = _joined(article)
    marks += [Mark(start=item.start, end=item.end, css="furniture", data=FURNITURE[item.kind], rank=0) for item in away]
    marks += _attributed(links, article)
    notes = margin(links, article.id, wordings)
    url = plain(article.url or "")
    known = of_article(article)
    return {
        "id": links.addresses.name("article", article.id),
        "label": links.view.label(article.id),
        "key": plain(article.id),
        "title": plain(article.title or ""),
        "byline": plain(article.byline or ""),
        "dateline": plain(article.dateline or ""),
        "published": _published_words(article),
        "url": url if _WEB.fullmatch(url) else None,
        "words": article.words,
        "language": article.language,
        "truncated": article.truncated,
        "owner": plain(article.owner or (known.owner if known else "")),
        "lang": links.lang(article.id),
        "says": _says(article),
        "paragraphs": _paragraphs(article.text, marks, [item.span for item in away], notes),
    }


def _says(article: Article) -> list[tuple[str, str]]:
    """What the page or the feed claims of itself, and what a table says of the outlet, as name and words."""
    free = {True: "free to read", False: "not free to read", None: ""}[article.free]
    rows = [
        ("changed", date_words(article.modified) if article.modified else ""),
        ("publisher", plain(article.publisher or "")),
        ("text by", plain(article.credit or "")),
        ("based on", listed(plain(address) for address in article.based_on)),
        ("through the feed", plain(article.feed or "")),
        ("access", free),
    ]
    return [(name, words) for name, words in rows if words]


def _attributed(links: Links, article: Article) -> list[Mark]:
    """Source, cue, content and caution of each attribution, the same words once."""
    parts: dict[tuple[int, int, str], Mark] = {}
    for found in links.view.attributions_in(article.id):
        for css, spans, rank in (
            ("content" if found.said else "content stance", found.content_spans, 3),
            ("source", (*found.source_spans, *found.via_spans), 4),
            ("cue", found.cue_spans, 5),
            ("hedge", found.hedge_spans, 6),
        ):
            for span in links.view.valid_spans(article.id, spans):
                label = {"source": "source", "content": "said"}.get(css)
                parts[span.start, span.end, css] = Mark(start=span.start, end=span.end, css=css, data=label, rank=rank)
    return list(parts.values())


def _published_words(article: Article) -> str:
    if not article.published:
        return "date not known"
    basis = {
        "metadata": "by its metadata",
        "text": "by its text",
        "file": "by its file",
        "caller": "as given",
        None: "",
    }[article.published_basis]
    return f"{date_words(article.published)}{f' ({basis})' if basis else ''}"


def _paragraphs(
    text: str, marks: Sequence[Mark], away: Sequence[Span], notes: Sequence[tuple[Span, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The whole text in paragraphs with the notes on their sentences; without the tags it is the text.

    Paragraphs that are nothing but furniture (``away``, in order) are marked to run together.
    """
    starts = [span.start for span in text_words.paragraphs(text)]
    edges = sorted({0, *starts[1:], len(text)})
    blocks = [Span(start, end) for start, end in pairwise(edges)]
    out = []
    for block, html in zip(blocks, marked_blocks(text, marks, blocks), strict=True):
        inner = text_words.trimmed(text, block)
        index = bisect_right(away, inner.start, key=lambda span: span.start) - 1
        aside = index >= 0 and away[index].holds(inner) and inner.start < inner.end
        first = bisect_left(notes, block.start, key=lambda note: note[0].start)
        last = bisect_left(notes, block.end, key=lambda note: note[0].start)
        out.append({"away": aside, "html": html, "notes": [note for _, note in notes[first:last]]})
    return out


def _joined(article: Article) -> list[Furniture]:
    """The furniture in order, with neighbours of one kind joined where only white space lies between."""
    out: list[Furniture] = []
    for item in sorted(article.furniture):
        last = out[-1] if out else None
        if last and last.kind == item.kind and not article.text[last.end : item.start].strip():
            out[-1] = Furniture(last.start, max(last.end, item.end), item.kind)
        else:
            out.append(item)
    return out
