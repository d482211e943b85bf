"""A trace as a table in notebooks: ``import headwater`` in one tells it to show every Trace so.

The record stays as it is: the notebook is told how to show it, as its own extension mechanism has it. Where headwater
was imported before the notebook began, ``%load_ext headwater.exports.notebook`` does the same.
"""

from html import escape
from typing import Any

from headwater.labels import listed, number_of
from headwater.model import Trace
from headwater.report.phrases import claim_words, range_words
from headwater.report.view import View

_MOST = 20  # claims
_LONGEST = 400  # code points of a cell


def load_ipython_extension(ipython: Any) -> None:
    """Tell a notebook how a Trace is shown; IPython calls this for ``%load_ext``."""
    ipython.display_formatter.formatters["text/html"].for_type(Trace, html_of)


def html_of(trace: Trace) -> str:
    """The claims that most outlets carry, each with its origins: a table that holds no script and no link."""
    view = View(trace)
    rows = []
    for claim in (*view.shared_claims, *view.lone_claims)[:_MOST]:
        who = listed([view.origin_name(origin) for origin in claim.origins])
        cells = (claim_words(claim), range_words(claim), str(claim.outlets), who or view.unknown_words(claim))
        rows.append("<tr>" + "".join(f"<td>{escape(_cut(cell))}</td>" for cell in cells) + "</tr>")
    more = len(trace.claims) - len(rows)
    said = f"{number_of(len(trace.articles), 'article')}, {number_of(len(trace.claims), 'claim')}"
    head = "".join(f"<th>{name}</th>" for name in ("claim", "origins", "outlets", "who"))
    foot = f"<p>{number_of(more, 'more claim')}</p>" if more > 0 else ""
    return f"<p>{escape(said)}</p><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{foot}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
