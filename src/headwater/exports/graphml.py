"""Who has what from whom as a graph in GraphML, by networkx: articles, sources and claims, and what ties them.

Edges run from where something comes from to where it goes: from a source to the claim it is an origin of, from the
earlier article to the later, from an article to the claim it carries.
"""

import io
import re
from typing import Any

from headwater.labels import plain
from headwater.model import Trace
from headwater.report.phrases import range_words
from headwater.report.view import View

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def to_graphml(trace: Trace) -> bytes:
    """The graph; what XML cannot hold is U+FFFD, one for one.

    Nodes have ``kind`` (article, source, claim), ``id``, ``label`` and what is known beside; edges ``kind`` (origin,
    carries, copy, rewrite, credit, quote), ``basis`` of an origin, ``stated``, ``share`` 0..1 and ``directed`` of a
    derivation. Nodes are called by kind and id, since an article and a source may bear one id.
    """
    import networkx

    view = View(trace)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for a in trace.articles:
        said = {"outlet": a.outlet, "title": a.title, "published": a.published, "url": a.url}
        _node(graph, "article", a.id, view.label(a.id), **said)
    for s in trace.sources:
        _node(graph, "source", s.id, view.name(s.id), source_kind=s.kind, people=s.number)
    for c in trace.claims:
        count: dict[str, str | int] = {
            "low": c.independent.low,
            "high": c.independent.high,
            "origins": range_words(c),
            "outlets": c.outlets,
        }
        _node(graph, "claim", c.id, plain(c.text), claim_kind=c.kind, **count)
    for c in trace.claims:
        claim = _name("claim", c.id)
        for o in c.origins:
            graph.add_edge(_end(graph, view, o.source), claim, kind="origin", basis=o.basis)
        for article in dict.fromkeys(m.article for m in c.mentions):
            graph.add_edge(_end(graph, view, article), claim, kind="carries")
    for d in trace.derivations:
        ends = _end(graph, view, d.earlier), _end(graph, view, d.later)
        share: dict[str, Any] = {"share": float(d.share)} if d.share is not None else {}
        graph.add_edge(*ends, kind=d.kind, stated=d.stated, directed=d.directed, **share)
    out = io.BytesIO()
    networkx.write_graphml_xml(graph, out, named_key_ids=True)
    return out.getvalue() + b"\n"


def _name(kind: str, node: str) -> str:
    return f"{kind} {_UNFIT.sub(chr(0xFFFD), node)}"


def _end(graph: Any, view: View, node: str) -> str:
    """The node of an id; an id that the trace does not hold is a source of which only that is known."""
    kind = "source" if node in view.sources or node not in view.articles else "article"
    if _name(kind, node) not in graph:
        _node(graph, kind, node, plain(node))
    return _name(kind, node)


def _node(graph: Any, kind: str, node: str, label: str, **said: str | int | None) -> None:
    known = {key: value for key, value in {"id": node, "label": label, **said}.items() if value is not None}
    cleaned = {key: _UNFIT.sub("\ufffd", value) if isinstance(value, str) else value for key, value in known.items()}
    graph.add_node(_name(kind, node), kind=kind, **cleaned)
