"""What tests of the exports share: records read back from tables, and traces whose every text wants to do harm."""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import headwater
import hostile
from headwater.model import (
    Attribution,
    Change,
    Claim,
    Conflict,
    Derivation,
    Independent,
    MadeBy,
    Mention,
    Origin,
    Place,
    Quotation,
    Side,
    Span,
    Trace,
    Variant,
)

BARE = Trace(made_by=MadeBy(headwater="0.1.0", reader="rules"))
HOSTILE = hostile.ATTACK
#: One of each beginning that a spreadsheet runs, markup of every form, and what XML cannot hold.
HARM = (
    '=HYPERLINK("http://weir.example","open")',
    "+1+1",
    "-2+3|cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "＝1+1",
    "]]> <!-- & </data>",
    "a\x00b\x1b[31mc\x7f\x85\ufffe",
    "_x003D_1+1",
    "| # * [x](javascript:1) <b> `y` www.weir.example a@b.example",
    "\u202e\u2066gnp",
    "x" * 40_000,
)


def harmed(trace: Trace, words: str) -> Trace:
    """The trace with ``words`` for every name, title, claim and note in it; spans still hold."""
    return replace(
        trace,
        made_by=replace(trace.made_by, headwater=words, reader=words),
        articles=tuple(replace(a, title=words, outlet=f"{words} {n}", byline=words, url=words) for n, a in
                       enumerate(trace.articles)),
        sources=tuple(replace(s, name=words) for s in trace.sources),
        entities=tuple(replace(e, name=words) for e in trace.entities),
        claims=tuple(
            replace(c, text=words, origins=tuple(replace(o, reason=words) for o in c.origins)) for c in trace.claims
        ),
        conflicts=tuple(
            replace(c, note=words, sides=tuple(replace(s, value=words) for s in c.sides)) for c in trace.conflicts
        ),
        findings=tuple(replace(f, text=words) for f in trace.findings),
        unjudged=tuple(replace(u, what=words, why=words) for u in trace.unjudged),
    )  # fmt: skip


NASTY = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "'", '"', "]]>", "_x0041_", "|", "<!--", "\x00"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
)


@cache
def example() -> Trace:
    """The example's trace, as rules read it."""
    return headwater.trace(Path(__file__).parents[1] / "examples" / "barrage", reader="rules-1")


def anything(kind: Any, words: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Any value of a type as records have it: ids that lead nowhere and places outside every text are among them."""
    of = typing.get_args(kind)
    if kind is str:
        return words
    if kind in {int, float, bool}:
        share = st.floats(0, 1).map(lambda value: round(value, 9))  # a workbook keeps 16 digits
        return {int: st.integers(0, 2**40), float: share, bool: st.booleans()}[kind]
    if typing.get_origin(kind) is typing.Literal:
        return st.sampled_from(of)
    if typing.get_origin(kind) is tuple:
        return st.lists(anything(of[0], words), max_size=2).map(tuple)
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        return st.none() | st.one_of(*(anything(one, words) for one in of if one is not type(None)))
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: anything(hints[field.name], words) for field in dataclasses.fields(kind)})


def any_trace(words: st.SearchStrategy[str]) -> st.SearchStrategy[Trace]:
    """Any trace, as far as tables hold it; ids of one kind differ."""

    def several(kind: Any) -> st.SearchStrategy[Any]:
        by = (lambda one: one.id) if hasattr(kind, "id") else None
        return st.lists(anything(kind, words), max_size=2, unique_by=by).map(tuple)

    return st.builds(
        Trace,
        made_by=st.just(BARE.made_by),
        claims=several(Claim),
        attributions=several(Attribution),
        quotations=several(Quotation),
        conflicts=several(Conflict),
        derivations=several(Derivation),
    )


def every_place(trace: Trace) -> set[tuple[str, int, int]]:
    """Every span of every record that lies in its text, with its article, found by looking at the fields themselves."""
    out: set[tuple[str, int, int]] = set()
    texts = {a.id: a.text for a in trace.articles}
    fullest = {id(q): q.variants[0].article for q in trace.quotations if q.variants}

    def look(value: Any, article: str | None, first: str | None) -> None:
        if isinstance(value, tuple):
            for item in value:
                look(item, article, first)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            own = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
            article = own["id"] if "furniture" in own else own.get("article", article)
            first = fullest.get(id(value), first)
            if "start" in own and article in texts and 0 <= own["start"] < own["end"] <= len(texts[article]):
                out.add((article, own["start"], own["end"]))
            for name, item in own.items():
                look(item, first if name == "fullest_spans" else article, first)

    look(trace, None, None)
    return out


# Tables back into records


Row = Mapping[str, Any]


def records(tables: Mapping[str, Sequence[Row]]) -> Trace:
    """A trace with the claims, attributions, quotations, conflicts and derivations that the tables hold."""
    return replace(
        BARE,
        claims=tuple(_claim(row, tables) for row in tables["claims"]),
        attributions=tuple(_made(Attribution, row) for row in tables["attributions"]),
        quotations=_grouped(tables["quotations"], "quotation", _quotation),
        conflicts=_grouped(tables["conflicts"], "conflict", _conflict),
        derivations=tuple(_made(Derivation, row) for row in tables["derivations"]),
    )


def kept(trace: Trace) -> Trace:
    """The part of a trace that tables hold."""
    return replace(
        BARE,
        claims=trace.claims,
        attributions=trace.attributions,
        quotations=trace.quotations,
        conflicts=trace.conflicts,
        derivations=trace.derivations,
    )


def _made(kind: Any, row: Row, **more: Any) -> Any:
    names = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in row.items() if name in names} | more)


def _of(rows: Sequence[Row], key: str, value: str) -> list[Row]:
    found = [row for row in rows if row[key] == value]
    assert [row["number"] for row in found] == list(range(len(found)))
    return found


def _claim(row: Row, tables: Mapping[str, Sequence[Row]]) -> Any:
    return _made(
        Claim,
        row,
        mentions=tuple(_made(Mention, one) for one in _of(tables["mentions"], "claim", row["id"])),
        origins=tuple(_made(Origin, one) for one in _of(tables["origins"], "claim", row["id"])),
        independent=Independent(row["low"], row["high"]),
    )


def _grouped(rows: Sequence[Row], key: str, make: Callable[[list[Row]], Any]) -> tuple[Any, ...]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return tuple(make(group) for group in groups.values())


def _quotation(rows: list[Row]) -> Quotation:
    variants = tuple(_made(Variant, row) for row in rows if row["number"] is not None)
    return Quotation(id=rows[0]["quotation"], speaker=rows[0]["speaker"], variants=variants)


def _conflict(rows: list[Row]) -> Any:
    sides = tuple(_made(Side, row) for row in rows if row["number"] is not None)
    return _made(Conflict, rows[0], id=rows[0]["conflict"], sides=sides)


def cell(text: str, kind: str) -> Any:
    """The value that a list or a flag stands for in a cell of text."""
    if kind == "flag":
        return {"true": True, "false": False}[text]
    if kind in {"integer", "share"}:
        return int(text) if kind == "integer" else float(text)
    if kind == "text":
        return text
    items = json.loads(text)
    if kind == "spans":
        return tuple(Span(*item) for item in items)
    if kind == "places":
        return tuple(Place(*item) for item in items)
    if kind == "changes":
        lists = ("spans", "fullest_spans")
        return tuple(
            Change(**item | {name: tuple(Span(*span) for span in item[name]) for name in lists}) for item in items
        )
    return tuple(items)


__all__ = [
    *("BARE", "HARM", "HOSTILE", "NASTY", "Row"),
    *("any_trace", "anything", "cell", "every_place", "example", "harmed", "kept", "records"),
]
