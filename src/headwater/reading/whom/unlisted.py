"""Sources whose words hold no noun and no name that is known: told by their capitals and their form alone.

Takes whom an article names and the sources met so far; gives the id of the source, None for a heading.
"""

import re
from bisect import bisect_left

from headwater import lexicon
from headwater.model import Span
from headwater.reading import names
from headwater.reading.names.gazetteer import lists
from headwater.reading.whom.met import Met
from headwater.reading.whom.named import Named
from headwater.reading.whom.nobody import is_heading
from headwater.reading.whom.nouns import LEAD, ORG_HEADS, is_people
from headwater.words import key_of, words

_NAME_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
_PARTY_FIRST = re.compile(r"\(?[RDI]-[A-Z][\w.]*\s?\)")
_GLUED = re.compile(r"[^\W\d_]{2,}[a-z][A-Z]{2}|[^\W\d_]{3,}[a-z][A-Z][a-z]{2,}\s")
_RUN_ON = 70  # code points from which on a source may be a page's text run into a name


def unlisted(named: Named, met: Met, shown: str, span: Span) -> str | None:
    """A source whose words have no noun we know: by its capitals a name, else unspecified.

    Args:
        named: whom the article names.
        met: the sources met so far.
        shown: the words, on one line.
        span: where they stand.
    """
    if is_heading(named.text, span):
        return None
    scope = met.article.id
    called = LEAD.sub("", shown)
    key = key_of(called)
    if key in lists().demonyms or key.removesuffix("s") in lists().demonyms:
        return met.keep(shown, "unspecified", span, scope=scope)
    opens = called == shown and span.start == met.sentences_back(span.start, 0)
    if opens and len(called.split()) > 1 and called[1:] == called[1:].lower():
        called = ""  # "Initial estimates": only a sentence's first word
    if len(called.split()) == 1 and (key in lexicon.STOPWORDS or key in lists().common):
        called = ""  # "Some": no name
    if len(shown) > 1 and called[:1].isupper():
        name = re.sub(r"^(?:the|The)\s+", "", shown)
        bare = name.split()
        titled = key_of(bare[0]) in lists().courtesy or key_of(bare[0]) in lists().short_titles
        if titled and 1 < len(bare) <= 4 and all(w[:1].isupper() for w in bare):
            return met.keep(" ".join(bare[1:]).rstrip(","), "person", span, scope=scope)
        if person := person_named(shown):
            bearer = named.surname(person)
            return met.of_entity(bearer, span) if bearer else met.keep(person, "person", span)
        longer = named.longer(name)
        if longer is not None:
            return met.of_entity(longer, span)
        return met.keep(name, "outlet" if names.is_outlet(name) else "organisation", span)
    if any(word.key in ORG_HEADS for word in words(shown)) and any(c.isupper() for c in shown):
        return met.keep(LEAD.sub("", shown), "organisation", span, scope=scope)
    return met.keep(shown, "unspecified", span, scope=scope)


def torn(named: Named, met: Met, span: Span) -> str | None:
    """Whom a span names that is torn off its name ("R-Pell), of …") or that a page ran on into ("FennMore …")."""
    raw = span.of(named.text)
    if _PARTY_FIRST.match(raw):
        begin = met.sentences_back(span.start, 0)
        at = bisect_left(named.starts, span.start) - 1
        before = named.mentions[at] if at >= 0 else None
        near = before is not None and before[0] >= begin and named.by_id[before[2]].type == "person"
        return before[2] if before is not None and near else None
    if len(raw) > _RUN_ON and _GLUED.search(raw):
        people = [m for m in named.inside(span) if named.by_id[m[2]].type == "person"]
        return people[0][2] if people and not re.search(r"\band\b", raw) else None
    return None


def person_named(shown: str) -> str | None:
    """The full name of somebody no list of names holds: "editor Ada Quill", "Ada Quill of the Kessel Institute"."""
    front = re.split(r"\s(?:of(?! staff\b)|from|at)\s", LEAD.sub("", shown))[0].split()
    name: list[str] = []
    for word in reversed(front):
        if not _NAME_WORD.fullmatch(word) or not word[0].isupper():
            break
        name.insert(0, word)
    while len(name) > 2 and key_of(name[0]) not in lists().first:
        del name[0]
    led = len(name) == len(front) < len(shown.split())
    by_role = len(name) < len(front) and _is_role(front[len(front) - len(name) - 1])
    full = 2 <= len(name) <= 3 and key_of(name[0]) in lists().first
    return " ".join(name) if full and (led or by_role) else None


def _is_role(word: str) -> bool:
    """Whether a word before a name is an office or a trade: "editor-in-chief", "chief of staff"."""
    return is_people(key_of(word.rpartition("-")[2])) or word == "staff"
