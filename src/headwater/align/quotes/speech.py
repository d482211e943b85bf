"""Whether words in marks are speech at all: titles of works, slogans on a banner, nicknames and "so-called" are not.

Takes a text and a span of quoted words in it, looks at the words inside and at those right before and after the marks.
A name is told by its capitals; what is chanted, printed or painted, or announced as a name, by the words beside it.
"""

import re

from headwater.align.quotes.weight import SMALL
from headwater.model import Span
from headwater.words import words

#: Most words of a title, slogan or nickname.
_LONGEST_NAME = 12
#: How far around the marks the words that announce a name are looked for, in code points.
_AROUND = 60
_MARKS = "“”„‟«»‹›‘’‚\"'` \u00a0"
_BEARER = (
    r"(?:signs?|placards?|banners?|posters?|stickers?|t-?shirts?|shirts?|caps?|hats?|buttons?|badges?|flags?|graffiti"
    r"|bumper[ -]stickers?|billboards?|hashtags?)"
)
_ANNOUNCED = re.compile(
    rf"(?:\b(?:en|sub)?titled|\bheadlined|\bcode-?named|\bnick-?named|\bdubbed|\bchristened|\bso-called"
    rf"|\bknown(?:\W\w+){{0,2}}?\Was|\b(?:slogans?|mottos?|catchphrases?|refrain|battle cry|chants?|hashtags?)(?:\Wof)?"
    rf"|\b(?:chanted|chanting|chant|chants)|\bshout(?:ed|ing) slogans(?:\W\w+)?"
    rf"|\b{_BEARER}(?:\W(?:that|which))?\W(?:reads?|reading|said|says?|saying|declared|declaring|proclaiming|with))"
    r"(?:\W(?:the|a|an|as|like|of|was|is|were))?\W*$",
    re.IGNORECASE,
)
_PAINTED = re.compile(
    r"^\W*(?:was|were|is|are|had been)?\W*(?:painted|scrawled|sprayed|daubed|emblazoned|stencilled|embroidered"
    r"|(?:written|printed)\Won\W(?!(?:[Tt]witter|[Ff]acebook|X|[Ii]nstagram)\b))",
    re.IGNORECASE,
)


def _named(text: str, span: Span) -> bool:
    """Whether the words are written as a name is: every one that matters with a capital, none ends a sentence."""
    found = words(text, span)
    heavy = [text[w.start : w.end] for w in found if w.key not in SMALL and w.key[:1].isalpha()]
    if len(heavy) < 2 or len(found) > _LONGEST_NAME:
        return False
    if any(mark in text[span.start : span.end].rstrip() for mark in ".?!"):
        return False
    # "MAKE IT STOP" is somebody shouting in print; "Make It Stop" is a title
    return all(form[:1].isupper() for form in heavy) and not all(form.isupper() for form in heavy)


def is_speech(text: str, span: Span) -> bool:
    """Whether the quoted words of ``span`` (marks left out) may be what somebody said.

    Args:
        text: the article's text.
        span: words that stand within marks.

    Returns:
        False for a title, a slogan, a nickname or words that are announced as a name.
    """
    if _named(text, span):
        return False
    if len(words(text, span)) > 2 * _LONGEST_NAME:
        return True
    before = text[max(0, span.start - _AROUND) : span.start].rstrip(_MARKS)
    after = text[span.end : span.end + _AROUND].lstrip(_MARKS + ",.!")
    return not _ANNOUNCED.search(before) and not _PAINTED.match(after)
