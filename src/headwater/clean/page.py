"""Lines among lines: what a place on the page tells of them. Title, byline, dateline, date; lists, captions, posts.

Takes the lines of one text in order, each judged alone before, and marks them further; gives what the page says of the
article.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from headwater.clean.lines import (
    CLOSERS,
    CREDIT,
    ENDING_DAY,
    HAS_CLOCK,
    HAS_DAY,
    HAS_ZONE,
    LED,
    SIGNED,
    WHEN,
    Line,
    is_credit_to_others,
)
from headwater.dates import absolute_dates, parse_published

#: So many lines at most stand before the text.
_HEAD = 40
_HEADLINE_WORDS = range(3, 29)
#: Share of a headline's longer words that begin with a capital letter.
_CAPITALS = 0.6
#: Fewer words in capital letters may be one of the text's own headings.
_SHOUTED_WORDS = range(7, 25)

#: Headings of lists that hold nothing of the article.
_SURE_LISTS: Final = re.compile(
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested in|have missed)"
    r"|(?:most|more) (?:popular|read|viewed|shared|watched|commented|stories|news|headlines|articles)\b.{0,40}"
    r"|trending(?: (?:now|stories|news|today|topics|articles))?|popular(?: now)?"
    r"|(?:recommended|related|promoted|sponsored|featured)(?: \w+)? (?:stories|news|articles|posts|content|coverage"
    r"|videos|reads|reading|links|topics|searches)(?: (?:for|from|in|by|on) .{1,40})?"
    r"|recommended(?: (?:for you|by .{1,30}))?|editors?['’]?s?['’]? picks?|what to read next|read next|next up|up next"
    r"|from (?:around )?(?:the|our) (?:web|partners|sponsors)|around the web|paid content|in case you missed it"
    r"|keep reading|further reading|read more from .{2,40}",
    re.IGNORECASE,
)
#: Headings that may also announce the article's own words: they need headlines under them.
_LISTS: Final = re.compile(
    r"more (?:from|on|in|about) .{2,50}|(?:top|latest|recent|other|popular|new)(?: \w+)? (?:stories|news|articles|posts"
    r"|headlines|videos)(?: (?:for|from|in|by|on) .{1,40})?|editors?['’]?s?['’]? choice|also read|don['’]t miss",
    re.IGNORECASE,
)
_EDGE: Final = " \t•·*|>»[]—–-:.…"
_TRUNCATES = re.compile(
    r"\bto (?:continue reading|read the (?:full|rest|whole)|keep reading)|^continue reading(?: (?:at|on)\b|$)"
    r"|read the (?:full|rest of the) (?:story|article)|reached your\b.{0,40}\blimit"
    r"|(?:for|only|reserved|available).{0,40}\b(?:subscribers|members)\b",
    re.IGNORECASE,
)
_WIRES: Final = (
    r"(?:The )?(?:Associated Press|Reuters|Agence France-Presse|AFP|AP|Bloomberg(?: News)?|CNN|USA TODAY"
    r"|Press Association|Canadian Press|Xinhua|Kyodo News|UPI"
    r"|[A-Z][\w.’'-]{2,20}(?: [A-Z][\w.’'-]{1,20}){0,2} (?:News Service|News Foundation))"
)
_NAME: Final = r"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z]\.|de|da|van|von|al|bin|[^\W\d_a-z][\w.'’-]*)){1,3}"
_NAMES: Final = rf"{_NAME}(?:(?:, | and |, and | & ){_NAME}){{0,4}}"
_BY = re.compile(r"by:?\s+(\S.{1,140})", re.IGNORECASE)
_NAME_AND_WIRE = re.compile(rf"({_NAMES},? (?:[-–—|•/] )?{_WIRES})\b")
_ONLY_NAMES = re.compile(_NAMES)
_ONLY_WIRE = re.compile(_WIRES)
_PLACE: Final = (
    r"(?:[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]*){0,3}(?:, (?:[^\W\d_a-z][\w.]*[ ]?){1,3})?"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)"
)
_DATELINE = re.compile(
    rf"((?:{_PLACE})?(?:[ ]?,?[ ]?\((?:[A-Z][\w.]*[ /]?){{1,4}}\))?)[ ]?(?:(?:—|–|--|-)[ ]+|(?<=\))[ ]?)"
    r"""(?=["“‘'\w])(?=\W*[^\W_a-z])"""
)
_SHOWS = re.compile(
    r"\b(?:poses?|speaks?|attends?|arrives?|walks?|gestures?|listens?|looks?|stands?|sits?|shakes?|waves?|holds?|talks?"
    r"|meets?|leaves?|performs?|(?:is|are) seen|left|right|cent(?:er|re)|pictured)\b"
)


def _first_prose(lines: Sequence[Line]) -> int:
    """The index of the first line of running text; the number of lines without one."""
    return next((i for i, line in enumerate(lines) if line.prose and not line.kind and not line.own), len(lines))


def _next_prose(lines: Sequence[Line], first: int) -> int:
    return next((i for i in range(first + 1, len(lines)) if lines[i].prose and not lines[i].kind), len(lines))


def _text_start(lines: Sequence[Line]) -> int:
    """The index of the text's first line: a sentence under the title with the byline below it does not count."""
    first = _first_prose(lines)
    second = _next_prose(lines, first)
    return second if second < len(lines) and any(line.own for line in lines[first + 1 : second]) else first


def mark_dates_in_head(lines: Sequence[Line]) -> None:
    """Mark dates that stand before the text with a section's name or the like, and times with their zone."""
    body = _first_prose(lines)
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
    body = min(_first_prose(lines), _HEAD)
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
            if index < _HEAD and read * 3 < lines[-1].end:
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
    return len(text) <= 160 and bool(_BY.fullmatch(text) or _NAME_AND_WIRE.match(text) or _ONLY_WIRE.fullmatch(text))


def is_names(text: str) -> bool:
    """Whether a line is nothing but names, or words written like names."""
    return len(text) <= 160 and bool(_ONLY_NAMES.fullmatch(text))


def find_byline(lines: Sequence[Line]) -> str | None:
    """Who wrote the article, from the lines before the text; a date in the same line is marked."""
    body = min(_next_prose(lines, _first_prose(lines)), _HEAD)
    head = [line for line in lines[:body] if not (line.kind or line.own or line.prose or len(line.text) > 160)]
    for line, after in zip(head, [*head[1:], None], strict=False):
        text = " ".join(line.text.split())
        following = " ".join(after.text.split()) if after else ""
        found: str | None = None
        if match := _BY.fullmatch(text) or _NAME_AND_WIRE.match(text):
            found = match.group(1)
        elif _ONLY_WIRE.fullmatch(text):
            found = text
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
        line.parts.append((line.start + at, line.end, "date_line"))
        return True
    return False


def mark_captions_at_credits(lines: Sequence[Line]) -> None:
    """Mark captions that stand beside a credit before the text."""
    body = _first_prose(lines)
    for index, line in enumerate(lines[:_HEAD]):
        if line.kind == "caption" and CREDIT.fullmatch(line.text):
            for other in (index - 1, index + 1):
                if 0 < other <= body and other < len(lines) and _is_caption(lines[other]):
                    lines[other].kind = "caption"


def _is_caption(line: Line) -> bool:
    if line.kind or line.own or not 4 <= line.words <= 60 or is_byline(line.text) or _DATELINE.match(line.text[:160]):
        return False
    return not line.prose or bool(_SHOWS.search(line.text) and HAS_DAY.search(line.text))


def mark_doubles(lines: Sequence[Line]) -> None:
    """Mark the second of two equal lines: a picture's caption that the page has twice over."""
    for before, line in pairwise(lines):
        if line.kind is None and not line.own and line.words >= 4 and line.text == before.text and not before.own:
            line.kind = before.kind or "caption"


def mark_tweets(lines: Sequence[Line]) -> None:
    """Mark the words of a post above the line that says who wrote it when."""
    for before, line in pairwise(lines):
        if (
            line.kind == "embed"
            and (signed := SIGNED.match(line.text))
            and signed.end() >= len(line.text) - 2
            and before.kind is None
            and not before.own
            and len(before.text) <= 600
        ):
            before.kind = "embed"


def mark_lists(lines: Sequence[Line]) -> None:
    """Mark other articles' headlines: under a heading, in runs with a date or minutes to each, at the end."""
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.words > 8 or line.own or line.kind not in {None, "related_link"}:
            continue
        heading = line.text.strip(_EDGE)
        sure = bool(_SURE_LISTS.fullmatch(heading))
        if sure or _LISTS.fullmatch(heading):
            index = _mark_list(lines, index, sure=sure)
    _mark_dated_runs(lines)
    _mark_closing_run(lines)


def _mark_list(lines: Sequence[Line], at: int, *, sure: bool) -> int:
    """Mark the lines from ``at`` on that are headlines, and the heading before them; the index after them."""
    rest = lines[at:]
    prose = sum(line.prose and not line.kind for line in rest)
    # sentences among the last lines of a page are the headlines' first lines; they are left alone all the same
    to_the_end = prose == 0 or (len(rest) >= 6 and prose * 4 <= len(rest) and at * 2 >= len(lines))
    items = [line for line in rest[:1] if not line.kind and _is_item(line)]
    if not sure and not to_the_end and not items:
        return at
    lines[at - 1].kind = lines[at - 1].kind or "headline_list"
    for index, line in enumerate(rest, at):
        if line.kind:
            continue
        if not to_the_end and (not _is_item(line) or index - at >= 12):
            return index
        if not line.prose and not line.own and not is_credit_to_others(line.text):
            line.kind = "headline_list"
    return len(lines)


def _is_item(line: Line) -> bool:
    return not line.prose and not line.own and 4 <= line.words <= 30


def _mark_dated_runs(lines: Sequence[Line]) -> None:
    """Headline, date, minutes; headline, date, minutes: at least two rounds, of two or three lines each."""
    index = 0
    while index < len(lines):
        end, rounds = index, 0
        while end + 1 < len(lines) and _may_head(lines[end]) and lines[end + 1].kind == "date_line":
            end += 1
            while end < len(lines) and lines[end].kind == "date_line":
                end += 1
            rounds += 1
        if rounds >= 2:
            for line in lines[index:end]:
                line.kind = "headline_list"
            if end == len(lines) - 1 and _may_head(lines[end]):
                lines[end].kind = "headline_list"
        index = max(end, index + 1)


def _may_head(line: Line) -> bool:
    return (
        line.kind in {None, "repeated_title"} and not line.own and 2 <= line.words <= 30 and not line.text.endswith(".")
    )


def _mark_closing_run(lines: Sequence[Line]) -> None:
    """Three headlines or more, in capitals as headlines are, after the last sentence."""
    start = len(lines)
    while start > 0 and (lines[start - 1].kind or _is_capitalised(lines[start - 1])):
        start -= 1
    run = [line for line in lines[start:] if line.kind is None]
    if start > 0 and len(run) >= 3:
        for line in run:
            line.kind = "headline_list"


def _is_capitalised(line: Line) -> bool:
    if line.own or line.prose or not 4 <= line.words <= 22 or line.text[-1:] in {".", ":", ",", ";"}:
        return False
    longer = [word for word in line.text.split() if len(word) >= 4 and word[0].isalpha()]
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= _CAPITALS * len(longer)


def mark_shouted_links(lines: Sequence[Line]) -> None:
    """Mark headlines in capital letters among sentences that are not: links to other articles."""
    if any(line.prose and line.text.isupper() for line in lines):
        return
    body = _first_prose(lines)
    for line in lines[body + 1 : -1]:
        if (
            line.kind is None
            and not line.own
            and not line.prose
            and line.words in _SHOUTED_WORDS
            and line.text.isupper()
            and line.text[-1] not in '.!:,"”'
            and line.text[0] not in "\"“‘'"
        ):
            line.kind = "related_link"


def keep_dates_among_sentences(lines: Sequence[Line]) -> None:
    """Leave a date alone that may head a part of a chronicle: one among sentences, with no furniture beside it."""
    body = _text_start(lines)
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


def mark_repeats(lines: Sequence[Line], repeated: frozenset[str]) -> None:
    """Mark lines that the outlet's other pages have too, before the first and after the last sentence."""
    prose = [i for i, line in enumerate(lines) if line.prose and not line.kind and line.text not in repeated]
    if not prose:
        return
    for index, line in enumerate(lines):
        if not prose[0] <= index <= prose[-1] and line.kind is None and not line.own and line.text in repeated:
            line.kind = "other"


def find_dateline(lines: Sequence[Line]) -> str | None:
    """Where, and by which wire, the text says it was written: "PORT ELLERY (AP)" before a dash in its first lines."""
    own = (line for line in lines if not line.kind and not line.own and (line.prose or line.words > 12))
    for _, line in zip(range(3), own, strict=False):
        if match := _DATELINE.match(line.text[:160]):
            return match.group(1).strip() or None
    return None


def find_date(lines: Sequence[Line]) -> str | None:
    """The day, and the time where given, that a line before the text, or one that says so anywhere, was published."""
    body = _text_start(lines)
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
        value = parse_published(said)
        if value and (best is None or (rank, index) < best[:2]):
            best = (rank, index, value)
    return best[2] if best else None


def is_truncated(lines: Sequence[Line]) -> bool:
    """Whether the text shows that it was cut off: a wall, or a last line that stops in mid-sentence."""
    if any(line.kind == "paywall" and _TRUNCATES.search(line.text) for line in lines):
        return True
    own = [line for line in lines if line.kind is None]
    if not own or own[-1].own:
        return False
    last = own[-1]
    end = min((start for start, stop, _ in last.parts if stop == last.end), default=last.end)
    text = last.text[: end - last.start].rstrip()
    if text.endswith(("...", "…")):
        return len(text.split()) >= 4
    words = text.split()
    ended = sum(line.prose for line in own[:-1])
    return ended >= 2 and len(words) >= 12 and (text[-1:] == "," or (words[-1][0].islower() and text[-1:].isalpha()))
