"""What the forms of linked data share: names for things, addresses that may be printed, JSON of one spelling."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from headwater.model import Article, stable_id
from headwater.report.names import Names

_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")

#: Control characters that no text of linked data should hold.
_STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def iri(kind: str, *parts: object) -> str:
    """The name of a thing: ``urn:headwater:claim:claim-0a1b2c3d4e``; ids are percent-encoded."""
    return ":".join(["urn:headwater", kind, *(quote(str(part), safe="") for part in parts)])


def article_iri(names: Names, article: str) -> str:
    """The name of an article: its id, which other stories may use too, and a hash of its text, which they do not."""
    known = names.articles.get(article)
    return iri("article", article, stable_id("text", known.text)) if known else iri("article", article)


def address(article: Article) -> str | None:
    """The article's web address; None where it has none, or one that is no plain http or https address."""
    return article.url if article.url and _ADDRESS.fullmatch(article.url) else None


def json_of(value: dict[str, Any]) -> str:
    """One line of JSON; what is None or empty is left out, control characters are U+FFFD, one for one."""
    return json.dumps(_said(value), ensure_ascii=False, separators=(",", ":"))


def graph_of(context: dict[str, Any], nodes: Iterable[dict[str, Any]]) -> bytes:
    """A JSON-LD document of nodes, each on a line of its own, in UTF-8."""
    lines = ",\n".join(map(json_of, nodes))
    return f'{{"@context":{json_of(context)},"@graph":[\n{lines}\n]}}\n'.encode()


def _said(value: Any) -> Any:
    if isinstance(value, str):
        return _STEERS.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _said(item) for key, item in value.items() if item is not None and item not in ([], ())}
    if isinstance(value, list | tuple):
        return [_said(item) for item in value]
    return value
