"""Lines among lines: what a line's neighbours tell of it. Lists of headlines, captions, posts, what a page repeats."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from headwater.clean.credits import CREDIT, SIGNED
from headwater.clean.head import DATELINE, HEAD, is_byline
from headwater.clean.lines import Line, first_prose, is_credit_to_others
from headwater.clean.stamps import HAS_DAY

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
_PLAYER = re.compile(r"(?:now playing|recommended video|up next|watch|video)\W*", re.IGNORECASE)
_WHOSE = re.compile(r"(?:media|video|source|credit|courtesy)\s*[:/]", re.IGNORECASE)
_SHOWS = re.compile(
    r"\b(?:poses?|speaks?|attends?|arrives?|walks?|gestures?|listens?|looks?|stands?|sits?|shakes?|waves?|holds?|talks?"
    r"|meets?|leaves?|performs?|(?:is|are) seen|left|right|cent(?:er|re)|pictured)\b"
)


def mark_captions_at_credits(lines: Sequence[Line]) -> None:
    """Mark captions that stand beside a credit before the text."""
    body = first_prose(lines)
    for index, line in enumerate(lines[:HEAD]):
        if line.kind == "caption" and CREDIT.fullmatch(line.text):
            for other in (index - 1, index + 1):
                if 0 < other <= body and other < len(lines) and _is_caption(lines[other]):
                    lines[other].kind = "caption"


def mark_captions_among_sentences(lines: Sequence[Line]) -> None:
    """Mark a sentence that tells what a picture shows on which day, with the picture's credit alone beneath it."""
    for before, line in pairwise(lines):
        if (
            line.kind == "caption"
            and before.kind is None
            and before.prose
            and len(line.text) <= 90
            and not DATELINE.match(before.text[:160])
            and _is_caption(before)
            and not any(c in before.text for c in '"“')
        ):
            before.kind = "caption"


def mark_players(lines: Sequence[Line]) -> None:
    """Mark what a player shows between "Now playing" and whose the film is."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if (
            before.kind == "related_link"
            and line.kind is None
            and not line.own
            and after.kind == "caption"
            and _PLAYER.fullmatch(before.text)
            and _WHOSE.match(after.text)
        ):
            line.kind = "related_link"


def _is_caption(line: Line) -> bool:
    if line.kind or line.own or not 4 <= line.words <= 60 or is_byline(line.text) or DATELINE.match(line.text[:160]):
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
    body = first_prose(lines)
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


def mark_repeats(lines: Sequence[Line], repeated: frozenset[str]) -> None:
    """Mark lines that the outlet's other pages have too, before the first and after the last sentence."""
    prose = [i for i, line in enumerate(lines) if line.prose and not line.kind and line.text not in repeated]
    if not prose:
        return
    for index, line in enumerate(lines):
        if not prose[0] <= index <= prose[-1] and line.kind is None and not line.own and line.text in repeated:
            line.kind = "other"
