"""What stands beneath the text: what readers wrote, and sentences about who wrote the article."""

import re
from collections.abc import Sequence
from typing import Final

from headwater.clean.head import NAMES
from headwater.clean.lines import Line, first_prose, is_credit_to_others

#: Headings of what readers wrote beneath an article, and the buttons that stand with each comment.
_COMMENTS: Final = re.compile(
    r"(?:(?:view|show|read|see|hide|all|latest|top|reader|readers['’]?|user) )*(?:\d[\d,.]* )?comments?"
    r"(?: \(?\d[\d,.]*\)?)?"
    r"|(?:join|start) the (?:discussion|conversation|debate)|leave a (?:comment|reply)"
    r"|\d[\d,.]* (?:responses?|replies|thoughts?) (?:to|on) .{3,160}|what do you think",
    re.IGNORECASE,
)
_ANSWERS: Final = re.compile(
    r"(?:log in to )?reply(?: \(?\d+\)?)?|(?:\d+ )?(?:dis)?likes?(?: \d+)?|report(?: abuse| comment)?"
    r"|flag(?: as .{2,30})?|(?:\d+ )?(?:up|down)votes?|(?:view |show )?\d+ repl(?:y|ies)|[\w .'’-]{2,40} says\W?"
    r"|.{0,60}\b(?:\d+|an?) (?:min(?:ute)?|hour|day|week|month|year)s? ago.{0,20}"
    r"|.{6,50} at \d{1,2}:\d{2} ?(?:[ap]\.?m\.?)?",
    re.IGNORECASE,
)
#: "Ola Brandt is a reporter at the Herald": who wrote the article, said beneath it.
_BIOGRAPHY: Final = re.compile(
    rf"[•*—–_-]*\s?((?!The ){NAMES}|The (?:author|writer)s?),?(?: who .{{3,80}},)?"
    r" (?:(?:is|are|was) (?:an?|the|our|its|currently|also|one of|[A-Z][\w.’'&-]*)\b|covers\b|writes\b"
    r"|reports\b|joined\b|has (?:covered|written|worked|been)\b).{0,600}"
)
_TRADE: Final = re.compile(
    r"\b(?i:reporter|writer|columnist|editor|contributor|correspondent|fellow|professor|author|host|journalist|historian"
    r"|blogger|lecturer|scholar|commentator|newsletter|covers|covering|writes (?:about|for|on)|reports (?:on|for))\b"
)


def mark_comments(lines: Sequence[Line]) -> None:
    """Mark what readers wrote: from its heading to the end, where buttons and ages of comments show what it is."""
    heads = [
        index
        for index, line in enumerate(lines)
        if line.words <= 8
        and len(line.text) <= 200
        and not (line.own or line.prose)
        and _COMMENTS.fullmatch(line.text.strip(" •·*|>»[]—–-:.…"))
    ]
    if not heads:
        return
    answers = [bool(len(line.text) <= 90 and _ANSWERS.fullmatch(line.text)) for line in lines]
    beneath = sum(answers[heads[0] + 1 :])
    at, body = heads[0], first_prose(lines)
    for index in heads:
        beneath -= sum(answers[at + 1 : index + 1])
        at = index
        if beneath >= 2 and beneath * 8 >= len(lines) - index - 1 and body < index:
            for line in lines[index:]:
                line.kind = line.kind or "other"
            return


def mark_biographies(lines: Sequence[Line], byline: str | None) -> None:
    """Mark sentences at the end that say who wrote the article: of people that the article itself does not speak of."""
    end = len(lines)
    for _ in range(4):
        while end > 0 and (lines[end - 1].kind or is_credit_to_others(lines[end - 1].text)):
            end -= 1
        if end < 4:
            return
        end -= 1
        line = lines[end]
        match = _BIOGRAPHY.fullmatch(line.text) if line.words <= 90 and not line.own else None
        if match is None or not _TRADE.search(line.text) or " said" in line.text or line.text.count("“") > 2:
            return
        if not match.group(1).startswith("The ") and not (byline and match.group(1) in byline):
            surname = match.group(1).split()[-1]
            if any(surname in one.text for one in lines[:end] if one.kind is None and not one.own):
                return
        line.kind = "other"
