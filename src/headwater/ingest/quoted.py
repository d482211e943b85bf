"""A mail's text in; where it quotes, signs off or forwards another out, as spans in it.

Marks only what surely is no article: the quoted mail of a reply that has words of its own, a signature behind its
usual line, the lines of headers of what is forwarded.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from headwater.model import Furniture

#: A reply whose own words are fewer is about what it quotes.
_OWN_WORDS = 20
_SIGNATURE_LINES = 12
_INTRO = re.compile(r"(?:On|Am|Le|El)\b.{8,200}(?:wrote|schrieb.{0,80}|a écrit|escribió)\s*:\s*", re.DOTALL)
_FORWARD = re.compile(
    r"^[ \t>]*(?:-{2,}\s*(?:Forwarded message|Original Message|Weitergeleitete Nachricht)\s*-{2,}|"
    r"Begin forwarded message:)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_HEADER = re.compile(r"[ \t>]*\*?(From|Date|Sent|Subject|To|Cc|Reply-To)\*?:[ \t]*\*?[ \t]*(.*)", re.IGNORECASE)


class Forwarded(NamedTuple):
    """What the headers of a forwarded mail say, "" where nothing; ``start`` and ``end`` are where they stand."""

    sender: str
    date: str
    subject: str
    start: int
    end: int


def forwarded(text: str) -> Forwarded | None:
    """The mail that ``text`` passes on, None when it has 20 words of its own before it or forwards nothing."""
    mark = _FORWARD.search(text)
    if mark is None or len(text[: mark.start()].split()) >= _OWN_WORDS:
        return None
    fields: dict[str, str] = {}
    end = mark.end()
    for start, line in _lines(text, mark.end()):
        found = _HEADER.match(line)
        if found:
            fields.setdefault(found[1].lower(), found[2].strip().rstrip("*"))
            end = start + len(line.rstrip("\r\n"))
        elif line.strip(" \t>\r\n") or len(fields) > 8:
            break
    if "from" not in fields:
        return None
    date = fields.get("date") or fields.get("sent") or ""
    return Forwarded(fields["from"], date, fields.get("subject", ""), mark.start(), end)


def furniture_of(text: str, *, reply: bool) -> tuple[Furniture, ...]:
    """Quoted replies, signatures and forwarded headers, in order and apart.

    Args:
        text: a mail's.
        reply: whether its headers say that it answers another.
    """
    found: list[Furniture] = []
    first = forwarded(text)
    if first is not None:
        found.append(Furniture(first.start, first.end, "other"))
    lines = list(_lines(text, 0))
    sign = next((i for i in range(len(lines) - 1, -1, -1) if lines[i][1].rstrip("\r\n") in ("-- ", "--")), None)
    if sign is not None and len(lines) - sign <= _SIGNATURE_LINES and text[: lines[sign][0]].strip():
        last = _last_visible(lines)
        found.append(Furniture(lines[sign][0], last, "other"))
    if reply and first is None:
        own = sum(len(line.split()) for _, line in lines if not line.lstrip().startswith(">"))
        if own >= _OWN_WORDS:
            found += _quotes(lines)
    out: list[Furniture] = []
    for one in sorted(found):
        if not out or one.start >= out[-1].end:
            out.append(one)
    return tuple(out)


def _quotes(lines: list[tuple[int, str]]) -> Iterator[Furniture]:
    """Runs of quoted lines that a line of who wrote them leads in."""
    index = 0
    while index < len(lines):
        if not lines[index][1].startswith(">"):
            index += 1
            continue
        begin = index
        while index < len(lines) and (lines[index][1].startswith(">") or not lines[index][1].strip()):
            index += 1
        end = index
        while not lines[end - 1][1].strip():
            end -= 1
        before = begin
        while before > 0 and not lines[before - 1][1].strip():
            before -= 1
        for back in (1, 2, 3):
            if before >= back and _INTRO.fullmatch("".join(line for _, line in lines[before - back : before])):
                start, last = lines[end - 1]
                yield Furniture(lines[before - back][0], start + len(last.rstrip()), "other")
                break


def _last_visible(lines: list[tuple[int, str]]) -> int:
    return max(start + len(line.rstrip()) for start, line in lines if line.strip())


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for line in text[start:].split("\n"):
        yield start, line + "\n"
        start += len(line) + 1
