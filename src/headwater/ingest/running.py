"""Running text in a page's tree: what an extractor left out of it is put back, or all of it found by itself.

Blocks of words are compared by their letters and digits alone, since extractors change spaces and marks. Every step
looks at each element once or twice, whatever the page.
"""

import re
from collections import defaultdict

from lxml.html import HtmlElement  # type: ignore[import-untyped]

_BLOCKS = ("p", "li", "blockquote", "dd", "h2", "h3", "h4", "pre", "td")
_PROSE = ("p", "li", "blockquote", "dd")
_SIGNS = re.compile(r"[\W_]+")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
#: A block with this share of its words in links is a menu or a teaser.
_LINKED = 0.5
#: An extractor that leaves out this share of a page's sentences may have missed the article.
_MISSED = 0.4
_MOST_MISSES = 300
#: A line of fewer characters that ends without a mark is a heading or a label.
_LABEL = 120


def restored(text: str, tree: HtmlElement) -> tuple[str, bool]:
    """An extractor's text with the blocks it left out between those it kept.

    Args:
        text: one block a line; "" when nothing was found.
        tree: the page it came from.

    Returns:
        The text, and whether it holds most of the page's sentences and little else. A block is put back when it stands
        beside one that was kept, or in a list or quotation beside one, and its words are mostly no links.
    """
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    at = {line.lstrip().removeprefix("- "): number for number, line in enumerate(lines)}
    squeezed: str | None = None
    kept_in: set[HtmlElement] = set()
    missing: list[tuple[int, HtmlElement, str]] = []
    place, kept, misses = -1, 0, 0
    prose = 0
    for element in tree.iter(*_PROSE):
        if element.tag != "p" and next(element.iterchildren(*_PROSE), None) is not None:
            continue  # what it holds is looked at by itself
        words = " ".join("".join(element.itertext()).split())
        number = at.get(words)
        if number is None:
            if not (key := _letters(words)):
                continue
            if misses < _MOST_MISSES:
                misses += 1
                if squeezed is None:
                    squeezed = "".join(map(_letters, lines))
                number = max(place, 0) if key in squeezed else None
        ended = element.tag == "p" and len(words) > 60 and _ENDED.search(words) is not None
        if number is not None:
            place = max(place, number)
            kept += len(words) if ended else 0
            prose += len(words) if ended else 0
            above = element.getparent()
            if above is not None:
                kept_in.add(above)
        elif not _is_linked(element, words):
            missing.append((place, element, words))
            prose += len(words) if ended else 0
    labels = sum(1 for line in lines if len(line) < _LABEL and not _ENDED.search(line))
    enough = bool(lines) and kept >= _MISSED * prose and labels * 5 <= 2 * len(lines)
    back: dict[int, list[str]] = defaultdict(list)
    for number, element, words in missing:
        if number >= 0 and _stands_in(element, kept_in) and _ENDED.search(words):
            back[number].append(f"- {words}" if element.tag == "li" else words)
    if not back:
        return "\n".join(lines), enough
    out: list[str] = []
    for number, line in enumerate(lines):
        out.append(line)
        out += back.get(number, ())
    return "\n".join(out), enough


def _stands_in(element: HtmlElement, kept_in: set[HtmlElement]) -> bool:
    above = element.getparent()
    if above is not None and above.tag in ("ul", "ol", "blockquote", "dl") and above not in kept_in:
        above = above.getparent()
    return above in kept_in


def dense_text(tree: HtmlElement) -> str:
    """The running text of the part of a page that holds most of it, one block a line; "" when there is none."""
    scores: dict[HtmlElement, float] = defaultdict(float)
    for element in tree.iter("p", "pre", "blockquote"):
        words = "".join(element.itertext())
        if len(words) < 40 or _is_linked(element, words):
            continue
        above = element.getparent()
        for share in (1.0, 0.5):
            if above is not None and above.tag != "html":
                scores[above] += share * len(words)
                above = above.getparent()
    if scores:
        best = max(scores, key=scores.__getitem__)  # of equals the first in the page
        out = [
            f"- {words}" if element.tag == "li" else words
            for element in best.iter(*_BLOCKS)
            if next(element.iterchildren(*_BLOCKS), None) is None
            and (words := " ".join("".join(element.itertext()).split()))
            and not _is_linked(element, words)
        ]
        return "\n".join(out)
    body = tree.find("body")
    text = [" ".join(one.split()) for one in (body if body is not None else tree).itertext()]
    return "\n".join(one for one in text if len(one) > 40 and _ENDED.search(one))


def _is_linked(element: HtmlElement, words: str) -> bool:
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return linked > _LINKED * len(words)


def _letters(words: str) -> str:
    return _SIGNS.sub("", words)
