"""A trace as one page that needs nothing else: no network, no script.

Takes a trace, gives HTML. Text is cut here, by code points, and always escaped; every number and finding links to its
words in the articles, which stand in full at the end of the page.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from headwater.labels import number_of
from headwater.model import Trace
from headwater.report import phrases as said
from headwater.report.page import claims, count, findings, quotations, reading, sources, timeline
from headwater.report.page.links import Links
from headwater.report.view import View

_FOLDER = Path(__file__).parent / "templates"
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def to_html(trace: Trace) -> str:
    """The page of a trace: a whole HTML document that loads nothing and runs nothing.

    Characters that HTML cannot hold (control characters, half surrogate pairs) are shown as U+FFFD.
    """
    return _UNSAFE.sub("�", _template().render(_context(Links(View(trace)))))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["number_of"] = number_of
    return environment.get_template("page.html.j2")


def _context(links: Links) -> dict[str, Any]:
    """What the templates show; links ask for anchors, and the articles, made last, bear them."""
    trace, view = links.view.trace, links.view
    context: dict[str, Any] = {
        "title": count.title(links),
        "css": Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),
        "made_by": trace.made_by,
        "judge": said.judge_words(trace.made_by.judge) if trace.made_by.judge else "",
        "published": view.published_words,
        "claims": claims.shared_claims(links),
        "lone_claims": claims.lone_claims(links),
        "main": count.main_claim(links),
        "unjudged": count.unjudged(links),
        "unjudged_short": count.unjudged_short(links),
        "count": count.count(links),
        "findings": findings.findings(links),
        "quotations": quotations.quotations(links),
        "conflicts": findings.conflicts(links),
        "timeline": timeline.timeline(links),
        "sources": sources.sources(links),
    }
    return {**context, "articles": [reading.article(links, article) for article in trace.articles]}
