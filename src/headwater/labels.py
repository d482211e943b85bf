"""What articles and counts are called on screen: one line, no control characters, no two articles alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from headwater.model import Article

LONGEST = 40
_JOINERS = "\u200c\u200d"  # what joins emoji and parts Persian words steers nothing
#: A stem with a hash or a long number that a scraper appended: "000_06e229d54b13a752" -> "000".
_STEM = re.compile(r"(?P<stem>[^\W_][\w .-]{0,60}?)[_-][0-9a-f]{8,64}")


def plain(text: str) -> str:
    """One line of text that steers nothing: no control characters, no marks of direction, single spaces."""
    return " ".join(
        "".join(
            " " if (unicodedata.category(c)[0] == "C" and c not in _JOINERS) or c in "\u2028\u2029" else c for c in text
        ).split()
    )


def balanced(text: str) -> str:
    """The text without quotation marks that have lost their other half to a cut."""
    if text.count('"') % 2:
        text = text.replace('"', "")
    return text if text.count("“") == text.count("”") else text.replace("“", "").replace("”", "")


def number_of(count: int, one: str, many: str | None = None) -> str:
    """``1 origin``, ``2 origins``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Iterable[str], word: str = "and") -> str:
    """Names as a sentence lists them: "A", "A and B", "A, B and C"."""
    names = list(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)


def short_id(article_id: str) -> str:
    """An id as people would say it: the hash that scrapers append is left out, a long one is cut."""
    match = _STEM.fullmatch(article_id)
    name = plain(match["stem"] if match else article_id)
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def labels(articles: Iterable[Article]) -> dict[str, str]:
    """A name for every article by its id, no two alike: its outlet where that is known, else its id made short."""
    known = list(articles)
    first = {a.id: plain(a.outlet or "")[:LONGEST] or short_id(a.id) or "article" for a in known}
    alike = Counter(name.casefold() for name in first.values())
    out: dict[str, str] = {}
    taken: set[str] = set()
    for article in known:
        name = first[article.id]
        if alike[name.casefold()] > 1 and plain(article.outlet or "") and short_id(article.id):
            name = f"{name} ({short_id(article.id)})"
        unique, number = name, 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{name} [{number}]"
        taken.add(unique.casefold())
        out[article.id] = unique
    return out
