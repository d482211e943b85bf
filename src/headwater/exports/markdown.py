"""The source summary as Markdown (CommonMark): nothing in an article's words makes markup, HTML or a link."""

import re

from headwater.exports.summary import Block, summary_of
from headwater.model import Trace

_MARKS = re.compile(r"([\\`*_\[\]<>|~&#!^$])")
_LINKING = re.compile(r"(?<=[A-Za-z])(:)(?=//)|(?<=www)(\.)|(@)", re.IGNORECASE)
_LISTING = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def to_markdown(trace: Trace) -> bytes:
    """The page; bare addresses in the words of articles are no links, the citations' own are."""
    lines: list[str] = []
    last = None
    for block in summary_of(trace):
        if lines and not (last in {"item", "subitem"} and block.kind in {"item", "subitem"}):
            lines.append("")
        lines.append(_line(block))
        last = block.kind
    return ("\n".join(lines) + "\n").encode()


def _line(block: Block) -> str:
    begins = {"title": "# ", "heading": "## ", "text": "", "item": "- ", "subitem": "  - "}[block.kind]
    lead = f"**{_escaped(block.lead)}** " if block.lead else ""
    link = f" <{block.address}>" if block.address else ""
    return f"{begins}{lead}{_escaped(block.text)}{link}"


def _escaped(text: str) -> str:
    text = _MARKS.sub(r"\\\1", text)
    text = _LINKING.sub(lambda met: f"\\{met[0]}", text)
    return _LISTING.sub(lambda met: f"\\{met[1]}" if not met[1].isdigit() else f"{met[1]}\\", text)
