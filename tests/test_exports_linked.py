"""Linked data: PROV-O, Web Annotations and schema.org, read back by rdflib without any network."""

import json
import re
import socket
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import PROV, SDO
from rdflib.plugins.stores.memory import Memory

from crowd import crowd
from exported import BARE, HARM, HOSTILE, NASTY, every_place, example, harmed
from headwater.exports.annotations import to_annotations
from headwater.exports.linked import article_iri, iri
from headwater.exports.prov import TERMS, to_prov
from headwater.exports.schema_org import to_schema_org, whole_day
from headwater.model import Trace
from headwater.report.view import View
from sample import TRACE

OA = "http://www.w3.org/ns/oa#"
#: The terms of http://www.w3.org/ns/anno.jsonld that are used here, as that context defines them.
ANNO = {
    "oa": OA,
    "dc": "http://purl.org/dc/elements/1.1/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": str(RDF),
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{
        name: f"oa:{name}"
        for name in "Annotation TextualBody SpecificResource TextQuoteSelector TextPositionSelector".split()
    },
    "AnnotationPage": "as:OrderedCollectionPage",
    "AnnotationCollection": "as:OrderedCollection",
    "tagging": "oa:tagging",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "label": "rdfs:label",
    "first": {"@type": "@id", "@id": "as:first"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
}
FIELDS = "sources entities attributions quotations claims conflicts timeline derivations findings".split()
#: Traces that statements are read back of: made by hand, made of articles, and a large one.
MADE = [
    pytest.param(lambda: TRACE, id="whole"),
    pytest.param(example, id="example"),
    pytest.param(lambda: crowd(TRACE, 20), id="crowd"),
]
FORMS: list[Callable[[Trace], bytes]] = [to_prov, to_annotations, to_schema_org]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads these files fetches nothing."""

    def refused(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)


def graph_of(data: bytes) -> Graph:
    """The statements of a document; the context of annotations is put in its place."""
    value = json.loads(data)
    if value["@context"] == "http://www.w3.org/ns/anno.jsonld":
        value["@context"] = ANNO
    graph = Graph(store=Memory())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's reader makes a graph in its own old way
        graph.parse(data=json.dumps(value), format="json-ld")
    return graph


def rows(graph: Graph, query: str) -> list[tuple[Any, ...]]:
    """The answers to a query, as Python's values."""
    prefixes = f"PREFIX prov: <{PROV}> PREFIX hw: <{TERMS}> PREFIX oa: <{OA}> PREFIX rdf: <{RDF}>"
    found: Any = graph.query(f"{prefixes} {query}")
    return [tuple(value.toPython() if value is not None else None for value in row) for row in found]


# PROV-O


@pytest.mark.parametrize("made", MADE)
def test_provenance_gives_the_derivations_back(made: Callable[[], Trace]) -> None:
    """Later, earlier, kind, share, whether it is stated and the words of every directed derivation are in the graph."""
    trace = made()
    graph = graph_of(to_prov(trace))
    found = rows(
        graph,
        """SELECT ?later ?earlier ?kind ?stated ?share WHERE {
             ?later ?qualified ?how . ?how hw:kind ?kind ; hw:stated ?stated .
             { ?how prov:entity ?earlier } UNION { ?how prov:influencer ?earlier }
             OPTIONAL { ?how hw:share ?share } }""",
    )
    sources = {s.id for s in trace.sources}
    name = {node: iri("source", node) if node in sources else article_iri(View(trace), node) for d in trace.derivations
            for node in (d.later, d.earlier)}  # fmt: skip
    directed = [d for d in trace.derivations if d.directed]
    assert sorted(found, key=repr) == sorted(
        ((name[d.later], name[d.earlier], d.kind, d.stated, d.share) for d in directed), key=repr
    )
    assert directed


def test_provenance_has_plain_and_qualified_properties() -> None:
    """Each qualified statement has its plain one, as PROV-O asks."""
    graph = graph_of(to_prov(TRACE))
    for plain, qualified in (
        (PROV.wasDerivedFrom, PROV.qualifiedDerivation),
        (PROV.wasQuotedFrom, PROV.qualifiedQuotation),
        (PROV.wasRevisionOf, PROV.qualifiedRevision),
        (PROV.hadPrimarySource, PROV.qualifiedPrimarySource),
        (PROV.wasInfluencedBy, PROV.qualifiedInfluence),
    ):
        for subject, _, how in graph.triples((None, qualified, None)):
            earlier = graph.value(how, PROV.entity) or graph.value(how, PROV.influencer)
            assert (subject, plain, earlier) in graph
    used = {p for _, p, _ in graph if str(p).startswith(str(PROV))}
    assert {PROV.wasQuotedFrom, PROV.hadPrimarySource, PROV.wasDerivedFrom, PROV.wasAttributedTo} <= used
    assert all(getattr(PROV, str(p).removeprefix(str(PROV))) == p for p in used)


@pytest.mark.parametrize("made", MADE)
def test_provenance_keeps_to_the_kinds_of_things(made: Callable[[], Trace]) -> None:
    """What is derived from or quoted is an entity, what something is attributed to an agent."""
    trace = made()
    graph = graph_of(to_prov(trace))
    for plain, kind in (
        (PROV.wasDerivedFrom, PROV.Entity),
        (PROV.wasQuotedFrom, PROV.Entity),
        (PROV.wasRevisionOf, PROV.Entity),
        (PROV.hadPrimarySource, PROV.Entity),
        (PROV.wasAttributedTo, PROV.Agent),
    ):
        for subject, _, value in graph.triples((None, plain, None)):
            assert (subject, RDF.type, PROV.Entity) in graph, (subject, plain)
            assert (value, RDF.type, kind) in graph, (plain, value)


@pytest.mark.parametrize("made", MADE)
def test_provenance_gives_claims_and_origins_back(made: Callable[[], Trace]) -> None:
    """Each claim with its numbers, who carries it, and its origins with their basis and words."""
    trace = made()
    graph = graph_of(to_prov(trace))
    found = rows(graph, "SELECT ?id ?low ?high WHERE { ?c a hw:Claim ; hw:id ?id ; hw:low ?low ; hw:high ?high }")
    assert sorted(found) == sorted((c.id, c.independent.low, c.independent.high) for c in trace.claims)
    found = rows(
        graph,
        """SELECT ?id ?basis ?source WHERE {
             ?c hw:id ?id ; prov:qualifiedPrimarySource [ hw:basis ?basis ; prov:entity ?what ] .
             ?what prov:wasAttributedTo|prov:wasDerivedFrom/hw:id? ?source }""",
    )
    assert {(c.id, o.basis) for c in trace.claims for o in c.origins} == {(row[0], row[1]) for row in found}
    words = rows(graph, "SELECT ?w WHERE { ?c a hw:Claim ; prov:qualifiedPrimarySource/hw:evidence/hw:words ?w }")
    texts = {a.id: a.text for a in trace.articles}
    shown = {texts[p.article][p.start : p.end] for c in trace.claims for o in c.origins for p in o.evidence}
    assert {row[0] for row in words} == shown


@pytest.mark.parametrize("made", MADE)
def test_provenance_says_no_direction_that_is_not_known(made: Callable[[], Trace]) -> None:
    """Text that two articles share, where nothing shows which came first, is no derivation."""
    trace = made()
    undirected = [d for d in trace.derivations if not d.directed]
    found = rows(graph_of(to_prov(trace)), "SELECT ?s WHERE { ?s a hw:SharedText }")
    assert len(found) == len(undirected)


# Web Annotations


def annotated(trace: Trace) -> set[tuple[str, int, int]]:
    """The places that are annotated; each with the words it stands for and those around it."""
    texts = {article_iri(View(trace), a.id): a for a in trace.articles}
    found = set()
    for one in json.loads(to_annotations(trace)).get("first", {}).get("items", []):
        target = one["target"][0]
        article = texts[target["source"]]
        position, quoted = target["selector"]
        start, end = position["start"], position["end"]
        text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "\ufffd", article.text)
        assert quoted["exact"] == text[start:end]
        assert text[:start].endswith(quoted["prefix"])
        assert text[end:].startswith(quoted["suffix"])
        found.add((article.id, start, end))
    return found


@pytest.mark.parametrize("made", [*MADE, *(pytest.param(lambda t=t: t, id="hostile or bare") for t in (HOSTILE, BARE))])
def test_every_span_is_annotated(made: Callable[[], Trace]) -> None:
    """Every span of a trace, in code points."""
    trace = made()
    assert annotated(trace) == every_place(trace)


@pytest.mark.parametrize("name", FIELDS)
def test_every_span_of_every_record_is_annotated(name: str) -> None:
    """Each record by itself, so that no other one's spans stand for its own."""
    for record in getattr(TRACE, name):
        fields: dict[str, Any] = {field: () for field in FIELDS} | {name: (record,)}
        alone = replace(TRACE, **fields)
        assert annotated(alone) == every_place(alone)


def test_annotations_keep_to_the_model() -> None:
    """What the Web Annotation Data Model requires of every annotation, its body, target and selectors."""
    made = json.loads(to_annotations(TRACE))
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationCollection"
    page = made["first"]
    assert (page["type"], made["total"]) == ("AnnotationPage", len(page["items"]))
    ids = [one["id"] for one in page["items"]]
    assert len(ids) == len(set(ids))
    for one in page["items"]:
        assert re.fullmatch(r"urn:[a-z]+:\S+", one["id"])
        assert one["type"] == "Annotation"
        assert one["motivation"] == one["body"]["purpose"] == "tagging"
        assert (one["body"]["type"], bool(one["body"]["value"])) == ("TextualBody", True)
        for target in one["target"]:
            assert target["type"] == "SpecificResource"
            assert len([target["source"]]) == 1
        position, quoted = one["target"][0]["selector"]
        assert (position["type"], quoted["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        assert 0 <= position["start"] < position["end"]


def test_annotations_are_linked_data() -> None:
    """The context gives every term a meaning: as many annotations, targets and selectors are in the graph."""
    made = json.loads(to_annotations(TRACE))
    graph = graph_of(to_annotations(TRACE))
    assert len(rows(graph, "SELECT ?a WHERE { ?a a oa:Annotation }")) == made["total"]
    query = "SELECT ?a ?s ?e WHERE { ?a oa:hasTarget/oa:hasSelector ?p . ?p oa:start ?s ; oa:end ?e }"
    assert len(rows(graph, query)) == made["total"]
    pages = rows(graph, "SELECT DISTINCT ?p WHERE { ?a oa:hasTarget/oa:hasSource ?p }")
    assert ("https://ledger.example/kessel?a=1&b=2",) in pages
    assert not [page for (page,) in pages if "javascript" in page]


# schema.org


def test_schema_org_uses_its_terms() -> None:
    """Every type and property is one that schema.org defines."""
    graph = graph_of(to_schema_org(TRACE))
    base = "https://schema.org/"
    terms = {str(p) for _, p, _ in graph if p != RDF.type} | {str(o) for o in graph.objects(None, RDF.type)}
    assert all(term.startswith(base) for term in terms)
    assert all(term in SDO for term in terms), terms
    for kind in ("Claim", "ClaimReview", "Quotation", "NewsArticle"):
        assert (None, RDF.type, URIRef(base + kind)) in graph


def test_reviews_leave_the_rating_out() -> None:
    """Each claim has a review to be filled in; nobody's rating is in it."""
    made = json.loads(to_schema_org(TRACE))["@graph"]
    reviews = [one for one in made if one["@type"] == "ClaimReview"]
    assert [one["claimReviewed"] for one in reviews] == [claim.text for claim in TRACE.claims]
    assert all(set(one) == {"@id", "@type", "claimReviewed", "itemReviewed"} for one in reviews)
    assert "ating" not in to_schema_org(TRACE).decode()


def test_quotations_and_claims_say_what_they_are_based_on() -> None:
    """A quotation names the articles that print it, a claim what its origins gave."""
    made = {one["@id"]: one for one in json.loads(to_schema_org(TRACE))["@graph"]}
    quotation = made[iri("quotation", TRACE.quotations[0].id)]
    assert [one["@id"] for one in quotation["isBasedOn"]] == [
        article_iri(View(TRACE), v.article) for v in TRACE.quotations[0].variants
    ]
    for claim in TRACE.claims:
        assert len(made[iri("claim", claim.id)].get("isBasedOn", [])) == len(claim.origins)


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2025-03-17", "2025-03-17"),
        ("2025-03-17T08:00:00Z", "2025-03-17"),
        ("2025-03", None),
        ("2025-03-15~", None),
        ("2025-XX-01", None),
        ("2025-02-30", None),
        ("2025-03-01/2025-03-04", None),
        ("'; DROP", None),
        (None, None),
    ],
)
def test_only_whole_days_are_dates(edtf: str | None, day: str | None) -> None:
    """What is approximate is not made exact."""
    assert whole_day(edtf) == day


# All of them


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_two_stories_with_the_same_ids_stay_apart(form: Callable[[Trace], bytes]) -> None:
    """Files called alike in two folders are two articles, and what is said of one is not said of the other."""
    other = replace(TRACE, articles=tuple(replace(a, text=f"{a.text} More.") for a in TRACE.articles))
    kinds = ("article", "derivation", "shared", "annotation", "annotations")
    names = [{n for n in re.findall(r'"@?id":"(urn:headwater:[^"]+)"', form(trace).decode())
              if n.split(":")[2] in kinds} for trace in (TRACE, other)]  # fmt: skip
    assert names[0]
    assert not names[0] & names[1]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("trace", [BARE, HOSTILE, *(harmed(TRACE, words) for words in HARM)])
def test_hostile_texts_are_only_texts(form: Callable[[Trace], bytes], trace: Trace) -> None:
    """Whatever names and texts hold, it is JSON, it is read, and no control character is in it."""
    data = form(trace)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", data.decode())
    graph_of(data)


@given(NASTY)
def test_any_words_come_back(words: str) -> None:
    """A claim's text is the same after reading."""
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", "\ufffd", words)
    graph = graph_of(to_schema_org(harmed(TRACE, words)))
    texts = {str(value) for value in graph.objects(None, URIRef("https://schema.org/claimReviewed"))}
    assert texts == {shown}
