"""Furniture set among a line's own sentences: links in brackets, pointers that end a paragraph, lists run into it."""

import re
from collections.abc import Iterator
from itertools import islice

from headwater.clean.credits import GLUED, SIGNED
from headwater.model import FurnitureKind

_IN_BRACKETS = re.compile(
    r"[(\[]\s?(?:related|read (?:more|also|next)|see also|more|also read|read|watch|video|click here|listen"
    r"|(?:story|article) continues below)\s*(?::[^()\[\]]{2,240})?[)\]]",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"""(?<=[.!?"”’)\]]\s)(?:More (?:here|on this|at|from)|Read (?:more|the (?:full|whole|rest|entire|original)"""
    r"""|it all|on)|Click (?:here|through)|See more"""
    r"""|Watch (?:more|the (?:full|video|whole|clip))|(?:Head|Go) (?:here|over to)"""
    r"""|Full (?:story|report|article) (?:here|at))\b[^.!?"“”]{0,200}[.!?]?$"""
)
_ENDING_LINK = re.compile(
    r"""(?<=[.!?"”’)\]]\s)(?:READ MORE|Read more|RELATED|SEE ALSO|READ ALSO|READ NEXT|WATCH)\s*:[^.]{3,160}$"""
)
_ENDING_RIGHTS = re.compile(r"""(?<=[.!?"”’)\]]\s)(?:©|Copyright\b)[^.]{0,60}(?:19|20)\d{2}.{0,260}$""")
_CONTINUES = re.compile(
    r"[(\[]?\s?\b(?:(?:ADVERTISEMENT|Advertisement)\s?[-–—:]?\s?)?(?:[Ss]tory|[Aa]rticle|STORY|ARTICLE) "
    r"(?:[Cc]ontinue[sd]|CONTINUE[SD]) (?:[Bb]elow|BELOW)"
    r"(?: (?:this )?(?:advertisement|ad|Advertisement|video|gallery)\b)?\s?[)\]]?"
)
_SKIPPED = re.compile(r"(?:Continue reading the main story|Skip to (?:main )?content|ADVERTISEMENT)\s+(?=[\"“A-Z])")
_HERE = re.compile(
    r"""(?<=[.!?"”’)\]]\s)(?:(?:Read|See) (?:more|the full (?:story|report|article|list)) here"""
    r"""|Click here (?:to|for) [^.!?"“”]{2,100})\.(?=\s)"""
)
_ENDING_INVITATION = re.compile(
    r"""(?<=[.!?"”’)\]]\s)(?:Sign up (?:here )?(?:for|to)|Subscribe (?:here )?to|(?:You can )?[Ff]ollow"""
    r""" (?:him|her|them|us|me|@\w+|[A-Z][\w'’-]+ [A-Z][\w'’-]+) on)\b[^"“”]{0,120}\b(?:newsletters?|inbox|podcast"""
    r"""|Twitter|Facebook|Instagram|Bluesky|Threads|LinkedIn|X)\b[^"“”.]{0,80}\.?$"""
)
_WIRE_MORE = re.compile(r"\s\((?:MORE|more)\)$")
_MORE = re.compile(r"(?<=[\w'’\")?!.])\s?MORE\b(?!:)")
_GLUE = re.compile(r"[a-zà-ÿ](?=[A-Z0-9'‘“\"])")
_SURNAME = re.compile(r"[A-Z][a-zà-ÿ'’-]+$")
_FULL_NAME = re.compile(r" (?:\(?[^\W\d_][\w.'’\"-]*\)? ){0,5}[\w'’-]+")


def furniture_within(text: str) -> list[tuple[int, int, FurnitureKind]]:
    """What is furniture within a line: where it starts and ends in it, and what it is; in no order."""
    found: list[tuple[int, int, FurnitureKind]] = []
    if "MORE" in text:
        for start, end in _topic_links(text):
            found.append((start, end, "related_link"))
    if "(" in text or "[" in text:
        for match in _IN_BRACKETS.finditer(text):
            found.append((match.start(), match.end(), "related_link"))
        if "(@" in text and (signed := SIGNED.search(text, 0, 700)) and signed.start() > 20:
            found.append((0, signed.end(), "embed"))
    if "ontinue" in text or "CONTINUE" in text:
        for match in _CONTINUES.finditer(text):
            found.append((match.start(), match.end(), "other"))
    if text[:1] in "CSA" and (skipped := _SKIPPED.match(text)):
        found.append((0, skipped.end(), "other"))
    if "/" in text[:460] and (glued := GLUED.match(text[:460])):
        found.append((0, glued.end(), "caption"))
    if " here" in text:
        for match in _HERE.finditer(text):
            found.append((match.start(), match.end(), "related_link"))
    cut = max(0, len(text) - 340)
    tail = text[cut:]
    if _may_point(tail) and (pointer := _POINTER.search(tail) or _ENDING_LINK.search(tail)):
        found.append((cut + pointer.start(), len(text), "related_link"))
    if ("ollow" in tail or "Sub" in tail or "Sign" in tail) and (invitation := _ENDING_INVITATION.search(tail)):
        found.append((cut + invitation.start(), len(text), "promo"))
    if text.endswith(")") and (more := _WIRE_MORE.search(tail)):
        found.append((cut + more.start() + 1, len(text), "other"))
    if ("©" in tail or "Copyright" in tail) and (rights := _ENDING_RIGHTS.search(tail)):
        found.append((cut + rights.start(), len(text), "disclaimer"))
    return found


def _may_point(text: str) -> bool:
    """Whether a line has a word that a pointer or a link at its end begins with: far cheaper than to look for one."""
    return (
        " Read" in text
        or " More " in text
        or " Click " in text
        or " See more" in text
        or " Watch " in text
        or " Head " in text
        or " Go " in text
        or " Full " in text
        or " RE" in text
        or " SEE ALSO" in text
        or " WATCH" in text
    )


def _topic_links(text: str) -> Iterator[tuple[int, int]]:
    """A name, the name again in full with headlines run into it, and "MORE": a list of links in mid-sentence.

    "Senator Ann Lee Ann Mary LeeFarm bill stalls Lee to retire MORE (Ohio) said": from the second name to "MORE".
    """
    floor = 0
    for match in _MORE.finditer(text):
        window = max(floor, match.start() - 700)
        floor = match.end()
        # the second name runs into the first headline: a small letter, then a capital
        for glue in islice(_GLUE.finditer(text, window, match.end()), 40):
            name = _SURNAME.search(text, max(window, glue.end() - 30), glue.end())
            first = text.rfind(name.group(), window, name.start()) if name else -1
            if name is None or first < 0:
                continue
            start = first + len(name.group())
            if glue.end() - start <= 60 and _FULL_NAME.fullmatch(text, start, glue.end()):
                yield start + 1, match.end()
                break
