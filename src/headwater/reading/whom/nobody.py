"""Words that stand as a source and name nobody who could be asked: the public at large, an article's own notes.

Takes the words and the text they stand in; says whether no source is meant. What such words are said to hold stays in
the article's own voice: a vote, a mood or a note of the newsroom is no witness.
"""

import re
from collections.abc import Sequence

from headwater.model import Span
from headwater.reading.names.gazetteer import lists
from headwater.reading.whom.nouns import HEAD_ENDS
from headwater.words import Word, words

#: What "says" or "shows" things and is nobody: no words come from it.
_NOBODY_SPEAKS = frozenset(
    """history experience sense logic reason wisdom intuition instinct conscience tradition reality truth fact facts
    math mathematics arithmetic past future fate luck week weeks month months year years day days decade decades
    century odds circumstances""".split()
)
_NO_ONE = re.compile(
    r"(?:[Nn]o one|[Nn]o-one|[Nn]obody|[Nn]one|[Nn]either)\b|[Nn]o\s+(?=[a-z])|no\s+\S+ (?:or|nor)\s|between\s"
    r"|\(?[RDI]-[A-Z][\w.]*\s?\)"
)
#: A share of many people, or so many that nobody asked them: "54 percent of voters", "a majority of islanders".
_SHARE = re.compile(
    r"(?:\S+\s){0,4}?(?:[\d.,]+|\w+|\w+-\w+)\s?(?:%|per ?cent\b|pc\b)"
    r"|(?:\S+\s){0,3}?(?:majority|plurality|half|thirds?|quarters?|fraction|percentage|proportion|(?:thousand|million)s)"
    r" of\b"
    r"|(?:\S+\s){0,3}?(?:\d{1,3}(?:,\d{3})+|\d{5,}|\d[\d.]* (?:million|thousand|billion))\s"
    r"|(?:\S+\s){0,2}?(?:\d+|one|two|three|four|five|six|seven|eight|nine)(?:-| )(?:in|out of)(?:-| )(?:every )?"
    r"(?:\d+|three|four|five|ten)\b",
    re.IGNORECASE,
)
#: Those who hold views together and speak to nobody, where no words tell which of them.
_PUBLIC = frozenset("voters citizens respondents taxpayers consumers viewers adults commuters shoppers".split())
_CROWD = frozenset("people men women residents".split())  # only "most people", "many women"
_MANY = re.compile(r"(?:most|many|few|fewer|more|nearly all|almost all|all|some)\b", re.IGNORECASE)
_PEOPLES = re.compile(
    r"^(?:(?:most|many|few|fewer|more|nearly all|almost all|all|some|ordinary|other)\s+)*", re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|a|an|another|both|\d{1,3})\b", re.IGNORECASE
)
_OWN = (
    r"(?:article|story|column|page|piece|dispatch|item|newsletter|headline|post|news story|blog|newspaper|website|site)"
)
_OWN_NOTE = re.compile(
    rf"(?:(?:an?|the)\s)?(?:(?:earlier|previous|prior|original|first|updated?|longer|shorter|online|print)\s)+"
    rf"(?:version|edition|headline|report)s?(?: of (?:this|the)\b.*)?|this {_OWN}",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(
    r"(?:^|\n)[\W_]*(?:corrections?|clarifications?|editor['’]?s['’]? notes?|updated?|note)\b[^\n]{0,40}?[:.—–-]",
    re.IGNORECASE,
)
_IN_NOTE = re.compile(rf"(?:an?|the|this|our)\s(?:\w+\s){{0,2}}?(?:{_OWN}|report|version|caption)", re.IGNORECASE)
_AMENDED = re.compile(
    r"[\s,]{0,2}(?:has been|have been|was|were|is being|had)?\s?(?:originally |previously |incorrectly |mistakenly |"
    r"wrongly |since been |been )*(?:updated|corrected|amended|revised|misstated|misidentified|misspelled|misspelt)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(r"(?:this|the|an?)\s(?:\w+\s){0,2}?(?:report|article|story|version|column|post)", re.IGNORECASE)
_LONGEST_CAPITALS = 7  # letters of an acronym; longer capitals before a colon are a heading
_NOTE_REACH = 400  # code points before a source within which its paragraph may begin with "Correction:"


def is_nobody(form: Sequence[Word], shown: str) -> bool:
    """Whether the phrase is built on a noun that nothing can come from: "history", "common sense", "the week ahead"."""
    before = []
    for word in form:
        if word.key in HEAD_ENDS or word.key in {"ahead", "since", "so"}:
            break
        before.append(word.key)
    named = any(shown[w.start].isupper() for w in form[1:])
    return 0 < len(before) <= 4 and before[-1] in _NOBODY_SPEAKS and not named


def names_nobody(text: str, span: Span, *, named: bool = False) -> bool:
    """Whether the words of a span are nobody's voice: no one, the public, a note of the newsroom.

    Args:
        text: the article.
        span: the words.
        named: whether they are a name, which makes "Citizens for the Lock" a body.
    """
    shown = " ".join(span.of(text).split())
    if _NO_ONE.match(shown) or _SHARE.match(shown) or _is_own_note(text, span, shown):
        return True
    return not named and _is_public(shown)


def _is_public(shown: str) -> bool:
    """Whether it is the public at large, or the like: "most voters", "Americans", "people"."""
    form = words(shown)
    before = []
    for word in form:
        if word.key in HEAD_ENDS:
            break
        before.append(word)
    if not before:
        return False
    noun = before[-1].key
    if _COUNTED.match(shown) or len(before) > 4:
        return False
    if noun in _PUBLIC:
        return True
    whole = len(before) == len(form)
    if noun in _CROWD:
        return whole and (shown.casefold() == "people" or (len(before) == 2 and bool(_MANY.match(shown))))
    rest = _PEOPLES.sub("", shown, count=1)
    countries = [lists().demonyms.get(form) for form in (noun, noun.removesuffix("s"), rest.casefold().rstrip("s"))]
    bare = rest[:1].isupper() and len(rest.split()) <= 2 and not rest.startswith("The ")
    return whole and bare and noun.endswith("s") and any(countries)


def _is_own_note(text: str, span: Span, shown: str) -> bool:
    """Whether it is the article itself, in a note of its newsroom: "This article has been corrected"."""
    if _OWN_NOTE.fullmatch(shown):
        return True
    if _REPORT.fullmatch(shown) and _AMENDED.match(text, span.end, span.end + 80):
        return True
    begin = max(0, span.start - _NOTE_REACH)
    paragraph = text.rfind("\n", begin, span.start) + 1 or begin
    return bool(_IN_NOTE.fullmatch(shown) and _NOTE.match(text, paragraph, span.start))


def is_heading(text: str, span: Span) -> bool:
    """Whether it is a heading in capitals: "CLARIFICATION:"; short ones are names, of speakers in a transcript too."""
    shown = span.of(text).strip()
    letters = sum(c.isalpha() for c in shown)
    return shown.isupper() and letters > _LONGEST_CAPITALS and text[span.end : span.end + 1] == ":" and " " not in shown
