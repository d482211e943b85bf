"""What articles and counts are called on screen: one line, no control characters, no two articles alike."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from headwater import lexicon
from headwater.model import Article
from headwater.words import key_of

LONGEST = 40
_JOINERS = "\u200c\u200d"  # what joins emoji and parts Persian words steers nothing
#: A stem with a hash or a long number that a scraper appended: "000_06e229d54b13a752" -> "000".
_STEM = re.compile(r"(?P<stem>[^\W_][\w .-]{0,60}?)[_-][0-9a-f]{8,64}")
_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])(?!\d)")
_MONTHS = "January February March April May June July August September October November December".split()
_WORDS = re.compile(r"(?:[^\W\d_]+[ ._-])*[^\W\d_]+")
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})  # marks within marks
_THAT = re.compile(r"that\s+(?=\S)", re.IGNORECASE)
_TORN_INITIAL = re.compile(r"[A-Z]\.\s+(?=[a-z])")
#: What no sentence begins with: its verb, a word that hangs on what went before.
_MID_SENTENCE = (
    lexicon.AUXILIARIES
    | lexicon.IRREGULAR
    | lexicon.SAID
    | frozenset(
        """who which whose whom whether if of to than as because after before when while although though until unless
        for in on at by from with without among and or but nor not also him them compared including accused led made
        used based shown seen given called""".split()
    )
)
#: What no sentence ends with.
_LEFT_OPEN = frozenset(
    """of and or but nor the a an since to for from with by in on at into than that which who whose whether if as not
    his her their its""".split()
)
_LONGEST_TITLE = 26  # code points of a title that stands for an article


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


def statement_words(text: str, *, within: bool = False) -> str:
    """The words of a statement on one line, for quoting: no "that", no stop at the end, marks and brackets in pairs.

    Words that are cut out of the middle of a sentence, so that their subject or their end is missing, bear an ellipsis
    there: "… was closed on Friday".

    Args:
        text: the words as they stand in an article.
        within: for within quotation marks, so that their own become inner ones.
    """
    text = plain(text).replace("‘‘", "“").replace("’’", "”").strip(" ,;:–—-").rstrip(".")
    text = _THAT.sub("", text, count=1) if _THAT.match(text) else text
    torn = _TORN_INITIAL.match(text)  # "F.B. | I. officials …"
    text = _paired(balanced(text[torn.end() :] if torn else text))
    if not text:
        return ""
    opening = key_of(text.split()[0].strip("“”\"‘’'(["))
    if torn or (text[:1].islower() and opening in _MID_SENTENCE):
        text = f"… {text}"
    if key_of(text.split()[-1].strip("“”\"‘’')]")) in _LEFT_OPEN and not text.endswith("…"):
        text = f"{text} …"
    return text.translate(_INNER) if within else text


def _paired(text: str) -> str:
    """The text without brackets that have lost their other half to a cut."""
    for one, other in ("()", "[]"):
        if text.count(one) != text.count(other):
            text = text.replace(one, "").replace(other, "")
    return " ".join(text.split())


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
    """A name for every article by its id, no two alike: its outlet where that is known, else its id made short.

    Articles of one outlet are told apart as people would: by the day they are of, else by the first words of their
    titles, else by file names that are words; where nothing of these tells all of them apart, they are numbered in
    order of publication.
    """
    known = list(articles)
    first = {a.id: plain(a.outlet or "")[:LONGEST].rstrip() or short_id(a.id) or "article" for a in known}
    alike: dict[str, list[Article]] = defaultdict(list)
    for article in known:
        alike[first[article.id].casefold()].append(article)
    apart: dict[str, str] = {}
    for group in alike.values():
        if len(group) > 1 and any(plain(a.outlet or "") for a in group):
            apart |= _told_apart(group)
    out: dict[str, str] = {}
    taken: set[str] = set()
    for article in known:
        name = first[article.id] + (f" ({apart[article.id]})" if article.id in apart else "")
        unique, number = name, 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{name} [{number}]"
        taken.add(unique.casefold())
        out[article.id] = unique
    return out


def _told_apart(group: Sequence[Article]) -> dict[str, str]:
    """What tells the articles of one outlet apart, by their ids: of days, titles and file names the first that does."""
    dated = [_DAY.match(a.published or "") for a in group]
    with_year = len({d["year"] for d in dated if d}) > 1
    days = [f"{int(d['day'])} {_MONTHS[int(d['month']) - 1]}" + f" {d['year']}" * with_year if d else "" for d in dated]
    titles = [_first_words(plain(a.title or "")) for a in group]
    names = [name if _WORDS.fullmatch(name := short_id(a.id)) else "" for a in group]
    for told in (days, titles, names):
        if all(told) and len({name.casefold() for name in told}) == len(group):
            return {a.id: name for a, name in zip(group, told, strict=True)}
    ordered = sorted(group, key=lambda a: (a.published or "~", a.id))
    return {a.id: str(number) for number, a in enumerate(ordered, 1)}


def _first_words(title: str) -> str:
    """A title cut at a word, as a name for it: "“Harbour bridge closed …”"."""
    if len(title) > _LONGEST_TITLE:
        title = plain(title[:_LONGEST_TITLE].rsplit(" ", 1)[0]).rstrip(" ,;:–—-") + " …"
    return f"“{title.translate(_INNER)}”" if title else ""
