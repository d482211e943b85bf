"""What a newsroom knows itself: that it confirmed, saw or holds something, or that it could not confirm it.

Takes an article and a mention's spans, gives the words that say so in the mention's sentence or beside it. Only the
newsroom's own name counts, for a text that was copied keeps the first person of whoever wrote it; what a speaker says
within quotation marks is the speaker's.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from headwater.model import Article, Place, Span
from headwater.words import sentences

_LEAST_NAME = 3  # letters of a newsroom's name, under which a word of it proves nothing
_MOST_AROUND = 1500  # code points around a mention in which its paragraph is looked at
_STAFF = (
    r"(?:reporters?|correspondents?|journalists?|photographers?|witness(?:es)?|crews?|teams?|stringers?|"
    r"camera(?:man|men)|producers?)"
)
_OWN = r"(?:news(?:room| organi[sz]ation)?|analysis|reporting|investigation|review|staff)"
_HAS = (
    r"(?:(?:has|have|had|was|were|is|are|also|since|now|itself|separately|independently|been able to|able to)\s){0,4}"
)
_LOOKED = r"(?:seen|saw|viewed|reviewed|examined|inspected|obtained|watched|heard|witnessed|observed|counted|visited)"
_SURE = r"(?:confirmed|confirm|verified|verify|authenticated|learned|learnt|established)"
_QUOTED = re.compile('[“"«„][^“”"«»„\n]{0,3000}[”"»]')
_UNCONFIRMED = re.compile(
    r"\b(?:(?:could|can|has|have|had|was|were|did|is|are)\s?(?:not|n['’]t)\s(?:yet\s)?(?:been\s)?(?:able\sto\s)?|cannot\s|"
    r"(?:un|not\s(?:yet\s)?(?:been\s)?)able\sto\s)"
    r"(?:be\s)?(?:immediately\s|independently\s|separately\s|fully\s|yet\s|been\s){0,3}"
    r"(?:confirm|verify|authenticate|corroborate|substantiate)(?:ed|ied|d)?\b"
    r"|\bno\sindependent\s(?:confirmation|verification)\b"
    r"|\b(?:not|never)\s(?:yet\s)?(?:been\s)?(?:independently\s)?(?:confirmed|verified|authenticated|corroborated)\b",
    re.IGNORECASE,
)


def own_knowledge(article: Article, spans: Sequence[Span]) -> tuple[Place, bool] | None:
    """The words in a mention's sentence by which the article's newsroom says that it knows this itself.

    "The Ledger has confirmed that", "a Courier reporter at the scene saw", "documents seen by the Ledger".

    Args:
        article: with its outlet; without one nothing can be the newsroom's own.
        spans: of the mention.

    Returns:
        The place, and whether it is sight (it was there, or holds the document), not the word of others; None where
        the sentence says neither.
    """
    said = _sayings((article.outlet or "").strip()[:80])
    if said is None or not spans:
        return None
    text = article.text
    for sentence in _sentences(text, spans):
        quoted = [match.span() for match in _QUOTED.finditer(text, sentence.start, sentence.end)]
        for pattern, sight in said:
            for match in pattern.finditer(text, sentence.start, sentence.end):
                if not any(start <= match.start() < end for start, end in quoted):
                    return Place(article.id, *match.span()), sight
    return None


def unconfirmed(article: Article, spans: Sequence[Span]) -> tuple[Place, ...]:
    """The sentences that say that a mention could not be confirmed: in its paragraph, or first in the next one."""
    if not spans:
        return ()
    text = article.text
    first, last = _paragraph(text, spans)
    end = last
    while end < len(text) and text[end].isspace():
        end += 1
    after = text.find("\n", end)
    end = min(len(text) if after < 0 else after, last + _MOST_AROUND)
    beside = [Span(first + s.start, first + s.end) for s in sentences(text[first:end])]
    following = [s for s in beside if s.start >= last][:1]
    found = [
        s.at(article.id)
        for s in (*(s for s in beside if s.start < last), *following)
        if _UNCONFIRMED.search(text, s.start, s.end)
    ]
    return tuple(found)


def _paragraph(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    first = max(text.rfind("\n", 0, start) + 1, start - _MOST_AROUND, 0)
    last = text.find("\n", end)
    return first, min(len(text) if last < 0 else last, end + _MOST_AROUND)


def _sentences(text: str, spans: Sequence[Span]) -> Iterable[Span]:
    """The sentences that hold a mention."""
    first, last = _paragraph(text, spans)
    for sentence in sentences(text[first:last]):
        here = Span(first + sentence.start, first + sentence.end)
        if any(here.overlap(span) for span in spans):
            yield here


@lru_cache(maxsize=512)
def _sayings(outlet: str) -> tuple[tuple[re.Pattern[str], bool], ...] | None:
    """The patterns by which this newsroom says that it knows, each with whether that is sight."""
    name = re.sub(r"^the\s+", "", outlet, flags=re.IGNORECASE)
    forms = {name}
    if re.fullmatch(r"(?:[\w-]{1,63}\.){1,4}[a-z]{2,12}", name):
        forms.add(name.removeprefix("www.").split(".")[0])
    else:
        forms.add(name.split()[-1] if name.split() else "")
    forms = {form for form in forms if len(form) >= _LEAST_NAME and form[:1].isalnum()}
    if not forms:
        return None
    names = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    this = r"[Tt]his\s(?:news)?(?:paper|site|room|\s?organi[sz]ation|\s?outlet)"
    paper = rf"(?:\b(?:[Tt]he\s)?(?:{names})|\b{this})(?:['’]s?)?"
    staff = rf"(?:{paper}(?:\s\w+)?\s{_STAFF}|\b{_STAFF}\s(?:for|from|of|with)\s{paper})\b"
    return (
        (re.compile(rf"{staff}[^.\n“\"]{{0,80}}?\b{_LOOKED}\b"), True),
        (re.compile(rf"{paper}\s(?:{_OWN}\s)?{_HAS}{_LOOKED}\b(?!\sfrom\b)"), True),
        (re.compile(rf"\b{_LOOKED}\sby\s{paper}(?!\w)"), True),
        (re.compile(rf"{paper}\s(?:{_OWN}\s)?{_HAS}{_SURE}\b(?!\s(?:by|from|with)\b)"), False),
        (
            re.compile(rf"\b(?:confirmed|verified|authenticated|established)\s(?:independently\s)?by\s{paper}(?!\w)"),
            False,
        ),
    )
