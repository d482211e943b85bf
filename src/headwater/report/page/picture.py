"""The provenance picture and the list that says the same: boxes, lines, and what steps back for each choice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from headwater.labels import listed, number_of
from headwater.report import phrases as said
from headwater.report.dated import date_words
from headwater.report.page.addresses import Link
from headwater.report.page.links import Links
from headwater.report.page.words import cut
from headwater.report.picture.columns import columns_of, day_of
from headwater.report.picture.flow import Edge, Flow, Node, flow_of
from headwater.report.picture.fold import folded
from headwater.report.picture.layout import TOP, WIDTH, Box, layout
from headwater.report.picture.text import lines_of
from headwater.report.tally import count_of

_SIZE, _SMALL = 13, 11  # pixels of a name and of a note
_PAD = 10
_LINE, _NOTE = 17, 15
_ROOM, _ROOM_SMALL = (WIDTH - 2 * _PAD) / _SIZE, (WIDTH - 2 * _PAD) / _SMALL

#: How many claims can be picked, the most carried first; and how many names the list gives of what is folded.
MOST_PICKED = 60
MOST_NAMED = 40

_KINDS = {
    "circle": "in a circle",
    "stated": "stated",
    "inferred": "inferred from shared words",
    "alike": "shares words; which came first cannot be judged",
}


def picture(links: Links) -> dict[str, Any]:
    """Everything that the picture's template shows; empty boxes where the story has none."""
    view = links.view
    flow = folded(flow_of(view), count_of(view).texts)
    columns, heads = columns_of(flow.nodes, flow.edges, view.articles)
    shown = {node.id: _Shown(links, node) for node in flow.nodes}
    placed = layout(
        [Box(id=node.id, column=columns[node.id], height=shown[node.id].height) for node in flow.nodes],
        [(edge.start, edge.end, edge.kind) for edge in flow.edges],
    )
    picks = _Picks(links, flow)
    boxes = []
    for node in flow.nodes:
        at, words = placed.boxes[node.id], shown[node.id]
        boxes.append(
            {
                "x": f"{at.x:g}",
                "y": f"{at.y:g}",
                "height": f"{words.height:g}",
                "css": " ".join(
                    [node.kind, *(["narrow"] if node.narrow else []), *(["own"] if node.first_hand else [])]
                ),
                "groups": picks.of_node(node),
                "href": links.addresses.to("picture", "", picks.anchor(node.id)),
                "label": words.label,
                "name": [(f"{at.y + 20 + n * _LINE:g}", line) for n, line in enumerate(words.name)],
                "notes": [
                    (f"{at.y + 20 + (len(words.name) - 1) * _LINE + (n + 1) * _NOTE:g}", line)
                    for n, line in enumerate(words.notes)
                ],
                "text_x": f"{at.x + _PAD:g}",
            }
        )
    names = {node.id: shown[node.id].full for node in flow.nodes}
    lines = [
        {
            "d": placed.paths[edge.start, edge.end],
            "css": edge.kind,
            "groups": picks.of_edge(edge),
            "title": f"{names[edge.end]} from {names[edge.start]}, {_edge_words(edge)}",
        }
        for edge in flow.edges
    ]
    return {
        "width": f"{placed.width:g}",
        "height": f"{placed.height:g}",
        "box_width": WIDTH,
        "boxes": boxes,
        "lines": lines,
        "heads": _heads(flow, columns, heads, placed.columns),
        "picks": picks.shown(names),
        "all": links.addresses.to("picture", "", "picture"),
        "in_words": links.addresses.to("picture", "", "picture-list"),
        "rules": picks.rules(placed.width),
        "list": _list(links, flow, shown, picks),
        "folded": sum(node.many for node in flow.nodes if node.many > 1),
        "circle": any(edge.kind == "circle" for edge in flow.edges),
    }


def pick_anchor(links: Links, key: str) -> str:
    """The anchor of the picture with one claim, source or article picked."""
    kind = "claim" if key in links.view.claims else "article" if key in links.view.articles else "source"
    return f"pick-{links.addresses.name(kind, key)}"


def _edge_words(edge: Edge) -> str:
    share = f", {said.share_words(edge.share)} of its words" if edge.share is not None else ""
    return f"{_KINDS[edge.kind]}{share}"


class _Shown:
    """The words of a box: ``name`` and ``notes`` in lines that fit, ``full`` and ``label`` whole."""

    def __init__(self, links: Links, node: Node) -> None:
        view = links.view
        things = "articles" if node.kind in {"article", "group"} else f"{node.kind}s"
        first = view.name(node.members[0])
        self.full = first if node.members[0] in view.articles else said.upper_first(first)
        if node.many == 2 == len(node.members):
            self.full += f" and {view.name(node.members[1])}"
        elif node.many > 1:
            self.full += f" and {node.many - 1:,} more"
        notes = []
        if node.kind == "article":
            day = day_of(view.articles[node.id])
            notes.append(date_words(day) if day else "date not known")
            if node.first_hand:
                notes.append("first-hand by its own word")
        elif node.many > 1:
            notes.append(f"{node.many:,} {things}, folded")
        else:
            notes.append((view.end_words if node.kind == "origin" else view.kind_words)(node.members[0]))
        if node.narrow:
            notes.append(
                f"◆ {number_of(len(node.narrow), 'claim')} {'rests' if len(node.narrow) == 1 else 'rest'} on it"
            )
        self.what = "; ".join(note.removeprefix("◆ ") for note in notes if note)
        self.label = f"{self.full}: {self.what}" if self.what else self.full
        self.name = lines_of(self.full, _ROOM, 2) or ["–"]
        self.notes = [line for note in notes if note for line in lines_of(note, _ROOM_SMALL, 1)]
        self.height = 20 + (len(self.name) - 1) * _LINE + len(self.notes) * _NOTE + 10


class _Picks:
    """What belongs to each choice: a claim's boxes and lines, or all that leads to a box and from it."""

    def __init__(self, links: Links, flow: Flow) -> None:
        self.links = links
        self.flow = flow
        self.claims = [claim.id for claim in links.view.shared_claims][:MOST_PICKED]
        self.code = {key: f"c{n}" for n, key in enumerate(self.claims)}
        self.code |= {node.id: f"n{n}" for n, node in enumerate(flow.nodes)}
        self.members: dict[str, set[str]] = defaultdict(set)  # of each node the picks it belongs to
        self.lines: dict[tuple[str, str], set[str]] = defaultdict(set)
        by_claim: dict[str, list[Edge]] = defaultdict(list)
        for edge in flow.edges:
            for claim in edge.claims or ("",):
                by_claim[claim].append(edge)
        for edges in by_claim.values():
            self._along(edges)
        for node in flow.nodes:
            self.members[node.id].add(node.id)

    def _along(self, edges: Sequence[Edge]) -> None:
        """Put to each node what leads to it and from it along the lines of one claim."""
        after: dict[str, list[str]] = defaultdict(list)
        before: dict[str, list[str]] = defaultdict(list)
        for edge in edges:
            after[edge.start].append(edge.end)
            before[edge.end].append(edge.start)
        for node in sorted({end for edge in edges for end in (edge.start, edge.end)}):
            for beside, back in ((after, False), (before, True)):
                for here in _reached(node, beside):
                    self.members[here].add(node)
                    for other in beside.get(here, ()):
                        self.lines[(other, here) if back else (here, other)].add(node)

    def anchor(self, key: str) -> str:
        return pick_anchor(self.links, key)

    def of_node(self, node: Node) -> str:
        return self._codes((*node.claims, *self.members[node.id]))

    def of_edge(self, edge: Edge) -> str:
        return self._codes((*edge.claims, *self.lines[edge.start, edge.end]))

    def _codes(self, keys: Iterable[str]) -> str:
        return " ".join(sorted({self.code[key] for key in keys if key in self.code}, key=lambda c: (c[0], int(c[1:]))))

    def shown(self, names: dict[str, str]) -> dict[str, list[dict[str, str]]]:
        """What can be picked, by kind, each with its anchor."""
        view = self.links.view
        nodes = self.flow.nodes
        return {
            "Claims": [self._pick(key, f"“{cut(said.claim_words(view.claims[key]), 110)}”") for key in self.claims],
            "Origins": [self._pick(n.id, names[n.id]) for n in nodes if n.kind == "origin"],
            "Those who pass it on": [self._pick(n.id, names[n.id]) for n in nodes if n.kind == "carrier"],
            "Articles": [self._pick(n.id, names[n.id]) for n in nodes if n.kind in {"article", "group"}],
        }

    def _pick(self, key: str, name: str) -> dict[str, str]:
        anchor = self.anchor(key)
        return {"id": anchor, "name": name, "href": self.links.addresses.to("picture", "", anchor)}

    def rules(self, width: float) -> Markup:
        """The style rules by which everything else steps back when a choice is the target of the address."""
        out = [f".flow{{--wide:{width:g}px}}"]
        for key, code in self.code.items():
            out.append(
                f"#{self.anchor(key)}:target~.stage .p:not(.{code}){{opacity:.13}}"
                f"#{self.anchor(key)}:target~.stage .b:not(.{code}){{--box:none;--edge:var(--line);--name:var(--soft)}}"
                f"#{self.anchor(key)}:target~.stage li:not(.{code}){{display:none}}"
            )
        return Markup("".join(out))


def _reached(start: str, beside: dict[str, list[str]]) -> set[str]:
    met, waiting = {start}, [start]
    while waiting:
        for other in beside.get(waiting.pop(), ()):
            if other not in met:
                met.add(other)
                waiting.append(other)
    return met


def _heads(
    flow: Flow, columns: dict[str, int], days: dict[int, tuple[str, str]], lefts: tuple[float, ...]
) -> list[dict[str, str]]:
    kinds: dict[int, set[str]] = defaultdict(set)
    for node in flow.nodes:
        kinds[columns[node.id]].add(node.kind)
    out = []
    for column, met in sorted(kinds.items()):
        if column in days:
            first, last = days[column]
            words = date_words(first) if first == last else date_words(f"{first}/{last}")
            words = f"{words}, from these" if days.get(column - 1) == (first, last) else words
        elif {"origin", "carrier"} & met:
            words = "origins" if "origin" in met else "passed on by"
        else:
            words = "date not known" if days else "articles"
            words += ", from these" if days and column - 1 not in days else ""
        line = lines_of(said.upper_first(words), _ROOM_SMALL, 1)[0]
        out.append({"x": f"{lefts[column]:g}", "y": str(TOP - 18), "words": line})
    return out


def _list(links: Links, flow: Flow, shown: dict[str, _Shown], picks: _Picks) -> list[dict[str, Any]]:
    """The picture in words: each box, from whom it has it, and how."""
    into: dict[str, list[Edge]] = defaultdict(list)
    onward: dict[str, list[Edge]] = defaultdict(list)
    for edge in flow.edges:
        into[edge.end].append(edge)
        onward[edge.start].append(edge)
    return [
        {
            "groups": picks.of_node(node),
            "link": links.node(node.members[0]),
            "name": shown[node.id].full,
            "what": shown[node.id].what,
            "members": [links.node(member) for member in node.members[:MOST_NAMED]] if node.many > 1 else [],
            "left_out": max(0, len(node.members) - MOST_NAMED) if node.many > 1 else 0,
            "takes": [
                {
                    "name": shown[edge.start].full,
                    "how": Link(_edge_words(edge), next((at.href for at in links.evidence(edge.evidence[:1])), None)),
                }
                for edge in into[node.id]
            ],
            "gives": listed(dict.fromkeys(shown[edge.end].full for edge in onward[node.id])),
        }
        for node in flow.nodes
    ]
