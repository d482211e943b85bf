"""A piece of markup in (a feed's summary, a mail's body), all its words out: nothing of it is navigation.

Whole pages are read by html.py, which looks for the article among what surrounds it.
"""

import re

from lxml import etree  # type: ignore[import-untyped]

_TAG = re.compile(r"<[a-zA-Z!/]|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead
    title tr ul""".split()
)
_SILENT = frozenset("head iframe noembed object script select style svg template textarea title".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SPACE = re.compile(r"[^\S\n\x85\u2028\u2029]+")
#: What senders fill the preview line of a mail with: seen by nobody.
_UNSEEN = re.compile("[\u00ad\u034f\u200b\u200c\u2060\ufeff]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")


def words_of(markup: str) -> str:
    """What a reader would see of a piece of HTML, one line a block, without what is hidden; "" when nothing.

    Args:
        markup: any text; what is no markup comes back with its white space made single.
    """
    pieces = _pieces(_CONTROL.sub(" ", markup)) if _TAG.search(markup) else [markup]
    lines = (_SPACE.sub(" ", line).strip() for line in _UNSEEN.sub("", "".join(pieces)).splitlines())
    return "\n".join(line for line in lines if line)


def _pieces(markup: str) -> list[str]:
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(f"<html><body>{markup}</body></html>".encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return []
    pieces: list[str] = []
    silent = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if event == "start":
            if silent is None and (tag in _SILENT or _HIDDEN.search(element.get("style", ""))):
                silent = element
            if silent is None:
                pieces += ["\n" if block else "", _flat(element.text, tag)]
            continue
        if silent is element:
            silent = None
        if silent is None:
            pieces += ["\n" if block else "", _flat(element.tail, "")]
    return pieces


def _flat(text: str | None, tag: str) -> str:
    # a line's end in the markup is a space, except where the markup says that it stands for itself
    return (text or "") if tag == "pre" else _LINE_END.sub(" ", text or "")
