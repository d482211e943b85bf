"""What stands before the text: title, byline, dateline, and the date the page gives for itself."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from headwater.clean.lines import CLOSERS, Line, first_prose, next_prose, text_start
from headwater.clean.stamps import ENDING_DAY, HAS_CLOCK, HAS_DAY, HAS_ZONE, LED, WHEN
from headwater.dates import absolute_dates, parse_published

#: So many lines at most stand before the text.
HEAD: Final = 40
_HEADLINE_WORDS = range(3, 29)

_WIRES: Final = (
    r"(?:The )?(?:Associated Press|Reuters|Agence France-Presse|AFP|AP|Bloomberg(?: News)?|CNN|USA TODAY"
    r"|Press Association|Canadian Press|Xinhua|Kyodo News|UPI"
    r"|[A-Z][\w.’'-]{2,20}(?: [A-Z][\w.’'-]{1,20}){0,2} (?:News Service|News Foundation))"
)
_NAME: Final = r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z]\.|de|da|van|von|al|bin|[^\W\d_a-z][\w.'’-]*)){1,3}"
NAMES: Final = rf"{_NAME}(?:(?:, | and |, and | & ){_NAME}){{0,4}}"
_BY = re.compile(r"by:?\s+(\S.{1,140})", re.IGNORECASE)
_NAME_AND_WIRE = re.compile(rf"({NAMES},? (?:[-–—|•/] )?{_WIRES})\b")
_ONLY_NAMES = re.compile(NAMES)
_ONLY_WIRE = re.compile(_WIRES)
_WIRE_AND_DATE = re.compile(rf"({_WIRES}) ?[|•·] ?(.{{6,60}})")
_PLACE: Final = (
    r"(?:[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]*){0,3}(?:, (?:[^\W\d_a-z][\w.]*[ ]?){1,3})?"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)"
)
DATELINE: Final = re.compile(
    rf"((?:{_PLACE})?(?:[ ]?,?[ ]?\((?:[A-Z][\w.]*[ /]?){{1,4}}\))?)[ ]?(?:(?:—|–|--|-)[ ]+|(?<=\))[ ]?)"
    r"""(?=["“‘'\w])(?=\W*[^\W_a-z])"""
)


def mark_dates_in_head(lines: Sequence[Line]) -> None:
    """Mark dates that stand before the text with a section's name or the like, and times with their zone."""
    body = first_prose(lines)
    for index, line in enumerate(lines[:20]):
        text = line.text
        if line.kind or line.prose or len(text) > 90:
            continue
        if index < body and (day := HAS_DAY.search(text)) and not LED.search(text):
            rest = text[: day.start()] + text[day.end() :]
            words = len(rest.split())
            if words <= 2 or (words <= 4 and (HAS_CLOCK.search(rest) or any(c.isdigit() for c in day.group()[-4:-2]))):
                line.kind = "date_line"
        elif WHEN.fullmatch(text) and HAS_CLOCK.search(text) and HAS_ZONE.search(text):
            line.kind = "date_line"


def find_title(lines: Sequence[Line], given: str | None) -> str | None:
    """The title: the first headline before the text, or of several the one that stands there twice.

    Its repetitions are marked, and so is what stands between them on the page. ``given`` is the title the article came
    with; where it stands on the page, that line is the title.
    """
    body = min(first_prose(lines), HEAD)
    heads = [index for index in range(body) if _may_be_title(lines[index])]
    if not heads or not any(line.prose for line in lines[heads[0] + 1 :]):
        return None
    wanted = _title_keys(given) if given else set()
    counts = Counter(key for line in lines[:body] if line.kind is None for key in _title_keys(line.text))
    first = next((i for i in heads if wanted & _title_keys(lines[i].text)), None)
    if first is None:
        first = next((i for i in heads if any(counts[key] > 1 for key in _title_keys(lines[i].text))), heads[0])
    _mark_repetitions(lines, first, _title_keys(lines[first].text) | wanted)
    return _without_site(lines[first].text)


def _mark_repetitions(lines: Sequence[Line], first: int, same: set[str]) -> None:
    lines[first].own = True
    last, read = first, 0
    for index in range(first + 1, len(lines)):
        line = lines[index]
        read += len(line.text) if line.prose and not line.kind else 0
        if line.kind is None and _may_be_title(line) and _key(line.text) in same:
            line.kind = "repeated_title"
            if index < HEAD and read * 3 < lines[-1].end:
                last = index
    for line in lines[first + 1 : last]:
        if line.kind is None and not line.prose and not is_byline(line.text):
            line.kind = "headline_list" if line.words >= 4 else "other"


def _may_be_title(line: Line) -> bool:
    text = line.text
    return (
        line.kind is None
        and line.words in _HEADLINE_WORDS
        and len(text) <= 220
        and text.rstrip(CLOSERS)[-1:] not in {".", ":", ",", ";", "…"}
        and text[-1] != ")"
        and not is_byline(text)
        and not (line.words <= 3 and _ONLY_NAMES.fullmatch(text))
    )


def _title_keys(title: str) -> set[str]:
    return {_key(title), _key(_without_site(title))} - {""}


def _key(text: str) -> str:
    """A line's words alone, for comparing lines."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _without_site(title: str) -> str:
    head, bar, site = title.rpartition(" | ")
    return head.strip() if bar and len(site.split()) <= 4 and len(head.split()) >= 3 else title


def is_byline(text: str) -> bool:
    """Whether a line says who wrote the article: "By Ann Lee", "Ann Lee, Associated Press", "The Associated Press"."""
    return len(text) <= 160 and bool(
        _BY.fullmatch(text)
        or _NAME_AND_WIRE.match(text)
        or _ONLY_WIRE.fullmatch(text)
        or _WIRE_AND_DATE.fullmatch(text)
    )


def is_names(text: str) -> bool:
    """Whether a line is nothing but names, or words written like names."""
    return len(text) <= 160 and bool(_ONLY_NAMES.fullmatch(text))


def find_byline(lines: Sequence[Line]) -> str | None:
    """Who wrote the article, from the lines before the text; a date in the same line is marked."""
    body = min(next_prose(lines, first_prose(lines)), HEAD)
    head = [line for line in lines[:body] if not (line.kind or line.own or line.prose or len(line.text) > 160)]
    for line, after in zip(head, [*head[1:], None], strict=False):
        text = " ".join(line.text.split())
        following = " ".join(after.text.split()) if after else ""
        found: str | None = None
        if match := _BY.fullmatch(text) or _NAME_AND_WIRE.match(text):
            found = match.group(1)
        elif _ONLY_WIRE.fullmatch(text):
            found = text
        elif (match := _WIRE_AND_DATE.fullmatch(text)) and WHEN.fullmatch(match.group(2)):
            found = match.group(1)
            _mark_date_from(line, line.text.index(found) + len(found))
        elif text.lower() in {"by", "by:"}:
            line.own = True
            if after and _ONLY_NAMES.fullmatch(following):
                found, after.own = following, True
        elif after and _ONLY_NAMES.fullmatch(text) and _ONLY_WIRE.fullmatch(following):
            found, after.own = f"{text}, {following}", True
        if found is None:
            continue
        line.own = True
        for dated in (LED.search(line.text), ENDING_DAY.search(line.text)):
            if dated and dated.start() > 0 and _mark_date_from(line, dated.start()):
                break
        for pattern in (LED, ENDING_DAY):
            if cut := pattern.search(found):
                found = found[: cut.start()]
        return found.strip(" /|•·,-–—") or None
    return None


def _mark_date_from(line: Line, at: int) -> bool:
    text = line.text
    while at < len(text) and (text[at].isspace() or text[at] in ",|•·–—-"):
        at += 1
    if at < len(text) and WHEN.fullmatch(text, at) and HAS_DAY.search(text, at):
        line.parts = (*line.parts, (line.start + at, line.end, "date_line"))
        return True
    return False


def keep_dates_among_sentences(lines: Sequence[Line]) -> None:
    """Leave a date alone that may head a part of a chronicle: one among sentences, with no furniture beside it."""
    body = text_start(lines)
    last = max((i for i, line in enumerate(lines) if line.prose and not line.kind), default=-1)
    for index in range(body + 1, last):
        line, before, after = lines[index], lines[index - 1], lines[index + 1]
        if (
            line.kind == "date_line"
            and HAS_DAY.search(line.text)
            and not LED.search(line.text)
            and not before.kind
            and not before.own
            and after.kind in {None, "date_line"}
        ):
            line.kind = None


def mark_between_furniture(lines: Sequence[Line], byline: str | None) -> None:
    """Mark what stands before the text with furniture on both sides: a button's word, a photographer's name."""
    body = min(first_prose(lines), HEAD)
    for index in range(body):
        line = lines[index]
        if line.kind or line.own or line.words > 3 or line.text[-1] in ".,;:" or not line.text[0].isupper():
            continue
        before = lines[index - 1].kind if index else "other"
        after = lines[index + 1] if index + 1 < len(lines) else None
        if is_names(line.text):
            # a name beneath a caption is a photographer's where somebody else wrote the article
            if before == "caption" and byline and line.text not in byline:
                line.kind = "caption"
        elif before and after and (after.kind or (index + 1 < body and after.words <= 3 and not after.own)):
            line.kind = "other"


def find_dateline(lines: Sequence[Line]) -> str | None:
    """Where, and by which wire, the text says it was written: "PORT ELLERY (AP)" before a dash in its first lines."""
    own = (line for line in lines if not line.kind and not line.own and (line.prose or line.words > 12))
    for _, line in zip(range(3), own, strict=False):
        if match := DATELINE.match(line.text[:160]):
            return match.group(1).strip() or None
    return None


def find_date(lines: Sequence[Line], *, day_first: bool | None = None) -> str | None:
    """The day, and the time where given, that a line before the text, or one that says so anywhere, was published.

    ``day_first`` says whether 05/08/2025 is 5 August to the outlet; None = not known.
    """
    body = text_start(lines)
    best: tuple[int, int, str] | None = None
    for index, line in enumerate(lines):
        if line.kind == "date_line":
            said = line.text
        elif dated := next((part for part in line.parts if part[2] == "date_line"), None):
            said = line.text[dated[0] - line.start : dated[1] - line.start]
        else:
            continue
        led = LED.search(said)
        if (not led and index > body) or not any(len(value) == 10 for _, value in absolute_dates(said)):
            continue
        day = HAS_DAY.search(said)
        if day and not WHEN.fullmatch(said) and not HAS_CLOCK.search(said):
            rest = said[: day.start()] + said[day.end() :]
            if any(c.isdigit() for c in rest):
                continue  # another thing of that day, such as the weather
        rank = 1 if not led else 2 if "pdat" in led.group().lower() or "modif" in led.group().lower() else 0
        value = parse_published(said, day_first=day_first)
        if value and (best is None or (rank, index) < best[:2]):
            best = (rank, index, value)
    return best[2] if best else None
