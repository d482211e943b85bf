"""What one line of a page says of itself: that it is a link, a caption, a button; or where such things stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from headwater.clean.credits import COUNTER, CREDIT, MORE_OR_LESS, POST_LINKS, SIGNED, VIA, ends_with_credit
from headwater.clean.phrases import BY_FIRST, BY_LINE, FIRST_WORD, SITES
from headwater.clean.stamps import is_when
from headwater.clean.within import furniture_within
from headwater.model import FurnitureKind

_SHARE_BAR = re.compile(
    r"(?:(?:facebook|twitter|e-?mail|google\+|linked ?in|pinterest|whatsapp|reddit|tumblr|flipboard|messenger|telegram"
    r"|print|share|tweet|pin(?: it)?|sms|copy(?: link)?|comments?|connect|instagram|bluesky|save|more|on|via|this|post"
    r"|article|\d+)[\s|/•·,—–-]*+)++",
    re.IGNORECASE,
)
_SHARE_WORD = re.compile(
    r"facebook|twitter|e-?mail|linked ?in|pinterest|whatsapp|tweet|reddit|flipboard", re.IGNORECASE
)
_SYMBOLS = re.compile(r"[\s_*\-–—=~•.·#|+<>/\\,:]+")
_SCRIPT = re.compile(r"window\._?\w+ ?[=.|]|\.push\(\{|function\s?\(\w*\)\s?\{|googletag\.|document\.\w+\(")
_PHONE = re.compile(r"[A-Za-z .]{0,24}\+?\d[\d ()-]{7,20}")
_INVITES = re.compile(
    r"(?:(?:^|[.!?]\s)(?:you can )?(?:follow|reach|contact|e-?mail)|\bcan be (?:reached|followed|contacted)) "
    r"(?:him|her|them|me|us|at|by|on|or|[A-Z][\w'’-]+ [A-Z][\w'’-]+)[\w ,.'’:-]{0,80}"
    rf"(?:@|\b(?:{SITES})\b|e-?mail).{{0,140}}$",
    re.IGNORECASE,
)
_SITE = re.compile(rf"\b(?:{SITES})\b")
_CONTRIBUTED = re.compile(
    r"\bcontribut(?:ed|ing)\b|\boriginally (?:appeared|published) (?:on|in|at|by)\b|\bfirst appeared\b"
    r"|\b(?:additional|further|with) reporting\b|\breporting by\b|\bwire service reports?\b"
    r"|\bwith (?:[\w.’'-]+ ){0,3}wires?\b|\bwith (?:files|reports|agencies)\b"
    r"|\bsyndicated feed\b|\brepublished (?:from|with)\b",
    re.IGNORECASE,
)

#: A line in square brackets: a link to another article, unless it is a note on this one or a sentence.
_BRACKETED = re.compile(
    r"\[(?!.{0,20}\b(?:note|update|correct|clarif))"
    r"(?:(?:read|see|sign up|get|follow|listen|watch|here(?:'s|’s| is| are)|for more)\b.{10,300}"
    r"|.{10,200}[.?!] (?:read|see|follow|listen|watch|sign up)\b[^.]{3,80}\."
    r"|(?:[^\s\]]+ ){4,24}[^\s\].]*[^\W_])\]",
    re.IGNORECASE,
)
_OWN_VIEWS = re.compile(
    r"\b(?:opinions|views)(?: and opinions)? expressed (?:in this|here|by the (?:author|writer)"
    r"|are (?:solely |entirely )?(?:his|hers?|their|theirs|those|the author))\b",
    re.IGNORECASE,
)
#: An invitation begins with what it asks for, or speaks of what is ours and yours; a report of one does neither.
_ASKS = re.compile(
    r"(?:^|[.!?:]\s)\W{0,3}(?:please |just |now |(?:and )?you can |to |click (?:here )?(?:to |and ))?"
    r"(?:sign (?:me )?up|subscribe)\b|\b(?:our|your) (?:[\w'’-]+ ){0,4}(?:newsletter|podcast|e-?mail|inbox)"
    r"|\bfor more\b[^.!?]{0,80}\b(?:sign up|subscribe)\b|\b(?:sign up|subscribe) (?:here|now|today)\b|\bby signing up\b"
    r"|\bnewsletters? sign up\b|\bhere to (?:sign up|subscribe)\b"
)
_FUNDED = re.compile(r"\b(?:reader|listener|viewer|member)[- ]supported\b")
_COOKIES = re.compile(
    r"\b(?:use[sd]? cookies|cookies and similar|use of cookies|cookie policy|store cookies|accept (?:all )?cookies)\b",
    re.IGNORECASE,
)

_EDGE: Final = ' _\t\u00a0•·*|>»«›→[]—–-/:;!?.…"“”,'
CLOSERS: Final = "\"”’'»)]"
#: Buttons that close a window.
_CLOSES = frozenset("Xx×✕✖")
_LONGEST = 1000
#: Lines as pages are broken into them, whatever ends a line.
LINE: Final = re.compile(r"[^\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")


@dataclass(slots=True)
class Line:
    """A line with something in it: its place without the white space around it, and what has been found out about it.

    ``own`` is True once the line is known to be the article's title or byline; ``parts`` are places of furniture
    within a line that is not furniture as a whole.
    """

    start: int
    end: int
    text: str
    words: int
    prose: bool
    kind: FurnitureKind | None = None
    own: bool = False
    parts: tuple[tuple[int, int, FurnitureKind], ...] = ()


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that hold anything, in order."""
    for match in LINE.finditer(text):
        whole = match.group()
        stripped = whole.strip()
        if stripped:
            start = match.start() + len(whole) - len(whole.lstrip())
            words = stripped.count(" ") + 1
            yield Line(start, start + len(stripped), stripped, words, _is_prose(stripped, words))


def _is_prose(text: str, words: int) -> bool:
    """Whether a line reads as running text: it ends as sentences do and is longer than a headline or a button."""
    if words >= 45:
        return True
    if words <= 20 and " | " in text:
        return False
    if text.rstrip(CLOSERS)[-1:] not in {".", "!", "?", "…"}:
        return False
    return words >= (14 if text[-1] == "?" else 7) or (text[0] in "\"“‘'" and words >= 2)


def judge(line: Line) -> None:
    """Set what a line says of itself, alone: its kind, or parts of it."""
    if len(line.text) <= _LONGEST:
        line.kind = _whole(line.text, line.words)
    if line.kind is None and (found := furniture_within(line.text)):
        line.parts = tuple((line.start + start, line.start + end, kind) for start, end, kind in found)


def is_credit_to_others(text: str) -> bool:
    """Whether a line says who else worked on an article, or where it first stood: that is not furniture."""
    return bool(_CONTRIBUTED.search(text))


def _whole(text: str, words: int) -> FurnitureKind | None:
    core = text.strip(_EDGE)
    if core[:1] == "(" and core[-1:] == ")":
        core = core[1:-1].strip(_EDGE)
    if text in _CLOSES:
        return "other"
    if not core:
        return "other" if len(text) <= 80 and _SYMBOLS.fullmatch(text) else None
    core = core.replace("’", "'")
    if words <= 5 and (kind := BY_LINE.get(core.lower())):
        return kind
    first = FIRST_WORD.match(core)
    if first and text[0] not in '"“‘' and (rules := BY_FIRST.get(first.group().lower())):
        for kind, pattern in rules:
            if pattern.fullmatch(core):
                return None if _is_speech(text, words, kind) or _CONTRIBUTED.search(text) else kind
    if words <= 16 and (kind := _short(text, core)):
        return kind
    if len(text) <= 100 and is_when(text):
        return "date_line"
    if 8 < words <= 120 and text.endswith(("more", "less")) and MORE_OR_LESS.search(text[-20:]):
        return "caption"
    if kind := _long(text, words):
        return kind
    return "other" if 8 <= words <= 60 and _said_twice(text) else None


def _is_speech(text: str, words: int, kind: FurnitureKind) -> bool:
    """An invitation or a wall quotes nobody; a sentence that begins as one may."""
    if words <= 12:
        return False
    if kind == "disclaimer":
        return " said" in text or " told" in text
    return kind in {"promo", "paywall", "other"} and _quotes(text)


def _short(text: str, core: str) -> FurnitureKind | None:
    if _SHARE_BAR.fullmatch(core) and _SHARE_WORD.search(core):
        return "share"
    if CREDIT.fullmatch(text) or VIA.fullmatch(text) or COUNTER.fullmatch(core):
        return "caption"
    if _PHONE.fullmatch(core) and sum(c.isdigit() for c in core) >= 8 and not is_when(text):
        return "other"
    return None


def _long(text: str, words: int) -> FurnitureKind | None:
    if ends_with_credit(text):
        return "caption"
    if text[0] == "[" and _BRACKETED.fullmatch(text):
        return "related_link"
    if text[-1] in "›»→>" and words <= 30 and text.rstrip("›»→> ")[-1:] not in {".", '"', "”"}:
        return "related_link"
    if text.endswith(" Read more") and words <= 30 and text[-11:-10] not in {".", ":"}:
        return "related_link"
    if "(@" in text and len(text) <= 700 and (signed := SIGNED.search(text)) and signed.end() >= len(text) - 2:
        return "embed"
    if words > 120:
        return None
    if ("(" in text or "window." in text) and _SCRIPT.search(text):
        return "other"
    if ("t.co/" in text or "pic.tw" in text) and POST_LINKS.fullmatch(text):
        return "embed"
    if "expressed" in text and _OWN_VIEWS.search(text) and not _quotes(text):
        return "disclaimer"
    if "ookie" in text and _COOKIES.search(text) and _speaks_to_you(text):
        return "other"
    return "promo" if words <= 60 and _is_promo(text) else None


def _quotes(text: str) -> bool:
    return "“" in text or " said" in text or " told" in text


def _speaks_to_you(text: str) -> bool:
    """Whether a notice is one: it speaks of us and to you, and of nobody else."""
    low = f" {text.lower()} "
    return (" we " in low or " our " in low) and (" you " in low or " your " in low) and not _quotes(text)


def _said_twice(text: str) -> bool:
    """Whether a line ends with the same words twice over, as a link's words and its picture's do when both are read."""
    last = text[-24:]
    at = text.find(last)
    if at + 24 >= len(text) or "“" in text or '"' in text:
        return False
    again = text[at + len(last) :].strip()
    return len(again) >= 30 and text[: at + len(last)].endswith(again)


def _is_promo(text: str) -> bool:
    """An invitation set as a sentence: to a newsletter, a podcast, an author's account."""
    if not text.isupper() and not (
        "ewsletter" in text
        or "odcast" in text
        or "nbox" in text
        or "ollow " in text
        or "each" in text
        or "ontact " in text
        or "er supported" in text
        or "er-supported" in text
    ):
        return False
    low = text.lower()
    if "newsletter" in low or "podcast" in low or "inbox" in low:
        return (
            ("sign up" in low or "subscribe" in low)
            and bool(_ASKS.search(low))
            and not any(c in text for c in '"“”')
            and " said" not in low
            and not _CONTRIBUTED.search(text)
        )
    if ("follow " in low or "reach" in low or "contact " in low) and ("@" in low or _SITE.search(low) or "mail" in low):
        return bool(_INVITES.search(text)) and not any(c in text for c in "“”") and not _CONTRIBUTED.search(text)
    return "supported" in low and bool(_FUNDED.search(low)) and not _quotes(text)


def first_prose(lines: Sequence[Line]) -> int:
    """The index of the first line of running text; the number of lines without one."""
    return next((i for i, line in enumerate(lines) if line.prose and not line.kind and not line.own), len(lines))


def next_prose(lines: Sequence[Line], first: int) -> int:
    """The index of the next line of running text after ``first``; the number of lines without one."""
    return next((i for i in range(first + 1, len(lines)) if lines[i].prose and not lines[i].kind), len(lines))


def text_start(lines: Sequence[Line]) -> int:
    """The index of the text's first line: a sentence under the title with the byline below it does not count."""
    first = first_prose(lines)
    second = next_prose(lines, first)
    return second if second < len(lines) and any(line.own for line in lines[first + 1 : second]) else first
