"""Whether a text was cut off: by a wall, by who sent it on, or in the middle of a sentence."""

import re
from collections.abc import Sequence
from typing import Final

from headwater.clean.lines import Line, is_credit_to_others

#: A wall says so; what merely offers a subscription does not.
_WALL: Final = re.compile(
    r"\bto (?:continue|unlock|keep reading|read the (?:full|rest|whole))\b|^continue reading(?: (?:at|on)\b|$)"
    r"|\bread the (?:full|rest of the) (?:story|article)|\breached your\b.{0,40}\blimit|\bwant to read (?:more|the)\b"
    r"|\b(?:for|only|reserved|available|exclusive(?:ly)?)\b.{0,40}\b(?:subscribers|members)\b"
    r"|\b(?:subscriber|member)s?[- ](?:only|exclusive)\b|\b(?:rest|remainder|full text) of (?:this|the)\b",
    re.IGNORECASE,
)
#: Sentences after a wall that show it is only an offer among them.
_BEYOND = 4
#: How feeds and search services end what they cut: "[+2310 chars]", "[...]".
_CUT: Final = re.compile(r"\[(?:\+\d+ chars|\.\.\.|…)\]$|\((?:more|continued)(?:\.\.\.|…)\)$", re.IGNORECASE)
_WIRE_MORE: Final = re.compile(r"[(\s-]*more[)\s-]*", re.IGNORECASE)
#: No sentence ends in these: after any other word the full stop may only be missing.
_NEVER_LAST: Final = frozenset(
    "a an the of and or but nor to from with without by for at into onto upon than that which who whom whose as if"
    " because although while their its his my your our every is are was were be been has have had will would could"
    " should may might must can cannot said says between among during against toward towards via per".split()
)


def is_truncated(lines: Sequence[Line]) -> bool:
    """Whether the text shows that it was cut off.

    Args:
        lines: every line of the text, marked.

    Returns:
        True at a wall with hardly a sentence beyond it, at a wire's "(MORE)" at the end, and where the last line of the
        article's own stops at a comma, at dots or at a word that no sentence ends in.
    """
    for index, line in enumerate(lines):
        if line.kind == "paywall" and _WALL.search(line.text):
            beyond = sum(other.prose and not other.kind for other in lines[index + 1 :])
            if beyond < _BEYOND:
                return True
    if lines and lines[-1].kind == "other" and _WIRE_MORE.fullmatch(lines[-1].text):
        return True
    own = [line for line in lines if line.kind is None]
    if not own or own[-1].own:
        return False
    last = own[-1]
    end = min((start for start, stop, _ in last.parts if stop == last.end), default=last.end)
    if end < last.end and _WIRE_MORE.fullmatch(last.text[end - last.start :]):
        return True
    text = last.text[: end - last.start].rstrip()
    words = text.split()
    if _CUT.search(text):
        return True
    if text.endswith(("...", "…")):
        return len(words) >= 4
    if len(words) < 12 or is_credit_to_others(text):
        return False
    return sum(line.prose for line in own[:-1]) >= 2 and (text[-1] == "," or words[-1] in _NEVER_LAST)
