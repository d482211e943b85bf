"""Graphs: GraphML read back by networkx, FollowTheMoney entities checked by that library."""

import importlib.util
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pytest
import yaml
from hypothesis import given

from crowd import crowd
from exported import BARE, HARM, HOSTILE, NASTY, example, harmed
from headwater.exports.ftm import to_ftm
from headwater.exports.graphml import to_graphml
from headwater.model import Trace
from sample import TRACE

#: Traces that a graph is read back of: made by hand, made of articles, and a large one.
MADE = [
    pytest.param(lambda: TRACE, id="whole"),
    pytest.param(example, id="example"),
    pytest.param(lambda: crowd(TRACE, 20), id="crowd"),
]
TRACES = [TRACE, BARE, HOSTILE, *(harmed(TRACE, words) for words in HARM)]


def graph_of(data: bytes) -> Any:
    """The graph in a file."""
    return networkx.read_graphml(io.BytesIO(data), force_multigraph=True)


@pytest.mark.parametrize("made", MADE)
def test_a_graph_comes_back(made: Callable[[], Trace]) -> None:
    """Every article, source and claim is a node; every origin, carrying and derivation an edge with what is known."""
    trace = made()
    graph = graph_of(to_graphml(trace))
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert [kinds.count(kind) for kind in ("article", "source", "claim")] == [
        len(trace.articles),
        len(trace.sources),
        len(trace.claims),
    ]
    found = [
        (data["id"], graph.nodes[to]["id"], edge.get("kind"), edge.get("stated"), edge.get("share"), edge["directed"])
        for at, to, edge in graph.edges(data=True)
        for data in [graph.nodes[at]]
        if "stated" in edge
    ]
    assert sorted(found, key=repr) == sorted(
        ((d.earlier, d.later, d.kind, d.stated, d.share, d.directed) for d in trace.derivations), key=repr
    )
    origins = [
        (graph.nodes[at]["id"], graph.nodes[to]["id"], edge["basis"])
        for at, to, edge in graph.edges(data=True)
        if edge["kind"] == "origin"
    ]
    assert sorted(origins) == sorted((o.source, c.id, o.basis) for c in trace.claims for o in c.origins)
    claims = {data["id"]: data for _, data in graph.nodes(data=True) if data["kind"] == "claim"}
    for claim in trace.claims:
        assert (claims[claim.id]["low"], claims[claim.id]["high"]) == (claim.independent.low, claim.independent.high)


@pytest.mark.parametrize("trace", TRACES)
def test_hostile_texts_are_only_texts(trace: Trace) -> None:
    """Any text fits into a graph, and as many nodes come back."""
    graph = graph_of(to_graphml(trace))
    known = len(trace.articles) + len(trace.sources) + len(trace.claims)
    assert len(graph) >= known


@given(NASTY)
def test_any_name_is_a_label(words: str) -> None:
    """What XML can hold comes back; the rest is U+FFFD."""
    graph = graph_of(to_graphml(harmed(TRACE, words)))
    assert len(graph) == len(TRACE.articles) + len(TRACE.sources) + len(TRACE.claims)


# FollowTheMoney


def entities(trace: Trace) -> list[dict[str, Any]]:
    """The entities of a trace."""
    return [json.loads(line) for line in to_ftm(trace).decode().splitlines()]


class Schemata:
    """The schemata as the files say that followthemoney carries; its own code, which builds PyICU, is not needed."""

    def __init__(self) -> None:
        """Read the files."""
        package = importlib.util.find_spec("followthemoney")
        if package is None or package.submodule_search_locations is None:
            pytest.skip("followthemoney: pip install --no-deps followthemoney")
        files = sorted(Path(package.submodule_search_locations[0], "schema").glob("*.y*ml"))
        self.all: dict[str, Any] = {
            name: schema for file in files for name, schema in yaml.safe_load(file.read_text("utf-8")).items()
        }

    def is_a(self, name: str) -> set[str]:
        """A schema and all that it extends."""
        return {name}.union(*(self.is_a(parent) for parent in self.all[name].get("extends", ())))

    def properties(self, name: str) -> dict[str, Any]:
        """The properties of a schema, its own and those it has from others."""
        return {k: v for one in self.is_a(name) for k, v in (self.all[one].get("properties") or {}).items()}


#: What values of a type look like, of the types that are used here; any other is a text.
LOOKS = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?"),
    "url": re.compile(r"https?://[^\s/]+\S*"),
    "language": re.compile(r"[a-z]{2,3}"),
}


@pytest.mark.parametrize("trace", TRACES)
def test_entities_fit_the_model_files(trace: Trace) -> None:
    """Every schema and property is there, takes such values, and points to such kinds; nothing required is missing."""
    schemata = Schemata()
    made = {one["id"]: one for one in entities(trace)}
    for one in made.values():
        assert not schemata.all[one["schema"]].get("abstract"), one["schema"]
        assert {*schemata.all[one["schema"]].get("required", ())} <= {*one["properties"]}
        known = schemata.properties(one["schema"])
        for name, values in one["properties"].items():
            kind = known[name].get("type", "string")
            assert not known[name].get("deprecated"), name
            for value in values:
                assert LOOKS.get(kind, re.compile(r".+", re.DOTALL)).fullmatch(value), (name, value)
                if kind == "entity":
                    assert known[name].get("range", "Thing") in schemata.is_a(made[value]["schema"]), (
                        one["schema"],
                        name,
                    )
    assert made or not trace.articles


@pytest.mark.parametrize("trace", TRACES)
def test_entities_fit_the_schema(trace: Trace) -> None:
    """The library knows every schema and property, keeps every value when it cleans them, and misses nothing."""
    ftm = pytest.importorskip("followthemoney", reason="followthemoney: pip install --group ftm")
    ids = {one["id"] for one in entities(trace)}
    for one in entities(trace):
        cleaned = ftm.model.get_proxy(one, cleaned=False)
        again = ftm.model.get_proxy(one, cleaned=True)
        schema = cleaned.schema
        assert schema.validate(cleaned.to_dict()) is None
        for name, values in one["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (one["schema"], name)
            assert not prop.stub
            for value in values:
                assert prop.type.clean(value, proxy=cleaned) is not None, (name, value)
            if prop.type.name == "entity":
                assert set(values) <= ids
            assert again.get(name)
        for required in schema.required:
            assert one["properties"].get(required), (one["schema"], required)


def test_entities_point_to_the_right_kinds() -> None:
    """An entity that another names is of a schema that the property allows."""
    ftm = pytest.importorskip("followthemoney", reason="followthemoney: pip install --group ftm")
    schemata = {one["id"]: ftm.model.get(one["schema"]) for one in entities(TRACE)}
    for one in entities(TRACE):
        for name, values in one["properties"].items():
            prop = schemata[one["id"]].get(name)
            if prop.type.name == "entity":
                assert all(schemata[value].is_a(prop.range) for value in values), (one["schema"], name)


def test_only_who_is_named_becomes_somebody() -> None:
    """Who is unnamed, or goes by one word or a description, is no entity to be matched; claims say them in words."""
    made = entities(TRACE)
    people = {v for one in made if one["schema"] in {"Person", "Organization", "Document"}
              for v in one["properties"].get("name", one["properties"].get("title", []))}  # fmt: skip
    assert people == {"The Harbour Ledger", "Oda Quill", "Kessel flood log"}
    notes = [one["properties"] for one in made if one["schema"] == "Note"]
    assert [note["description"] for note in notes] == [[claim.text] for claim in TRACE.claims]
    assert any("three engineers" in note["summary"][0] for note in notes)
    assert {one["schema"] for one in made} == {
        *("Article", "Document", "Person", "Organization", "Mention", "Note", "UnknownLink")
    }


def test_dates_and_links() -> None:
    """Only whole days are dates, only plain web addresses are addresses; links say how, and whether it is stated."""
    made = entities(TRACE)
    articles = [one["properties"] for one in made if one["schema"] == "Article"]
    assert [one.get("publishedAt") for one in articles] == [["2025-03-17"], ["2025-03-18"], None, ["2025-03-20"], None]
    assert [one.get("sourceUrl") for one in articles] == [["https://ledger.example/kessel?a=1&b=2"], *[None] * 4]
    links = [one["properties"] for one in made if one["schema"] == "UnknownLink"]
    assert any(link["role"] == ["copy, 81 % of its words"] and link["status"] == ["not stated"] for link in links)


@given(NASTY)
def test_any_words_fit(words: str) -> None:
    """Every line is one JSON object, whatever stands in it."""
    for one in entities(harmed(TRACE, words)):
        assert set(one) == {"id", "schema", "properties"}
        assert all(value.strip() for values in one["properties"].values() for value in values)


def test_articles_and_people_of_other_stories_are_others() -> None:
    """Two stories may use one id for an article, and one name for two people: nothing of theirs is merged."""
    other = replace(TRACE, articles=tuple(replace(a, text=a.text + "More.") for a in TRACE.articles))
    kinds = {"Article", "Person", "Organization", "Mention"}
    ids, others = ({one["id"] for one in entities(t) if one["schema"] in kinds} for t in (TRACE, other))
    assert not ids & others
