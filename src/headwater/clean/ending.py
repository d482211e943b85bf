"""Whether a text was cut off: by a wall, or in the middle of a sentence."""

import re
from collections.abc import Sequence

from headwater.clean.lines import Line

_TRUNCATES = re.compile(
    r"\bto (?:continue reading|read the (?:full|rest|whole)|keep reading)|^continue reading(?: (?:at|on)\b|$)"
    r"|read the (?:full|rest of the) (?:story|article)|reached your\b.{0,40}\blimit"
    r"|(?:for|only|reserved|available).{0,40}\b(?:subscribers|members)\b",
    re.IGNORECASE,
)


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
