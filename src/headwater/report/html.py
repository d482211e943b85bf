"""A trace as one page that needs nothing else: no network, and no script to be read.

Takes a trace, gives HTML. Text is cut here, by code points, and always escaped; every number and finding links to its
words in the articles, which stand in full at the end of the page. A small module of our own, allowed by its hash alone,
sorts and filters.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from headwater.labels import number_of
from headwater.model import Trace
from headwater.report import phrases as said
from headwater.report.page import (
    claims,
    count,
    findings,
    margin,
    pairs,
    picture,
    quotations,
    reading,
    sources,
    timeline,
)
from headwater.report.page.links import Links
from headwater.report.view import View

#: The style sheets, in order.
STYLES = ("page.css", "picture.css", "reading.css")

_FOLDER = Path(__file__).parent / "templates"
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def to_html(trace: Trace) -> str:
    """The page of a trace: a whole HTML document that loads nothing and runs only its own module.

    Characters that HTML cannot hold (control characters, half surrogate pairs) are shown as U+FFFD.
    """
    return _UNSAFE.sub("�", templates().get_template("page.html.j2").render(_context(Links(View(trace)))))


@cache
def templates() -> jinja2.Environment:
    """The page's templates, and those of its parts that can be served apart."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["number_of"] = number_of
    return environment


@cache
def _part(name: str) -> Markup:
    """A style sheet or module of our own, as it stands."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))


def _hash(content: str) -> Markup:
    """The source expression that allows one inline style or script, and nothing else, to be used."""
    return Markup(f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'")


def _context(links: Links) -> dict[str, Any]:
    """What the templates show; links ask for anchors, and the articles, made last, bear them."""
    trace, view = links.view.trace, links.view
    drawn = picture.picture(links)
    beside = pairs.pairs(links)
    css = Markup("\n").join([*map(_part, STYLES), drawn["rules"]])
    script = _part("page.mjs")
    context: dict[str, Any] = {
        "title": count.title(links),
        "css": css,
        "script": script,
        "style_hash": _hash(css),
        "script_hash": _hash(script),
        "choices": claims.choices(links),
        "made_by": trace.made_by,
        "judge": said.judge_words(trace.made_by.judge) if trace.made_by.judge else "",
        "published": view.published_words,
        "claims": claims.shared_claims(links),
        "lone_claims": claims.lone_claims(links),
        "main": count.main_claim(links),
        "unjudged": count.unjudged(links),
        "unjudged_short": count.unjudged_short(links),
        "count": count.count(links, {pair["ends"]: pair["href"] for pair in beside}),
        "findings": findings.findings(links),
        "picture": drawn,
        "quotations": quotations.quotations(links),
        "conflicts": findings.conflicts(links),
        "pairs": beside,
        "timeline": timeline.timeline(links),
        "sources": sources.sources(links),
    }
    wordings = margin.wordings_of(links)
    return {**context, "articles": [reading.article(links, article, wordings) for article in trace.articles]}
