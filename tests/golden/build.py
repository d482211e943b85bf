"""Writes ``<story>/expected.json`` from ``<story>/known.toml``: quoted words in, offsets out.

The answer is written by hand as words, so that it can be read and judged; this finds where they stand, in code points
of the article's text, and refuses words that are not there or that stand there twice. Run it after an edit:
``python tests/golden/build.py`` (``--check`` only says whether the files are up to date).
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_INDEX = re.compile(r"#(\d+)$")

CONVENTIONS = {
    "offsets": "[start, end) in code points of the article's text",
    "origins": "one per person, organisation or document with first-hand knowledge; unnamed people reached by one "
    "newsroom are one; certainty 'possible' counts in high only",
    "n_independent_origins": "best value; low..high = what a careful reader would defend",
    "bottlenecks": "without whom no chain is left",
    "mentions": "with or without attribution, quotation marks and closing punctuation is acceptable",
    "verdicts": "drift | conflict between sources | variant, compatible (must not be reported as a conflict)",
    "boilerplate": "spans = page furniture; title = headlines and credit lines, neither rewarded nor punished",
    "optional": "neither rewarded nor punished",
}


def read_articles(folder: Path) -> dict[str, dict[str, Any]]:
    """The articles of a folder by id: the stem of a .txt file, the id of a .jsonl line."""
    articles: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.txt")):
        # newlines untouched, as the program reads the file
        articles[path.stem] = {"text": path.read_bytes().decode("utf-8")}
    for path in sorted(folder.glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            fields = json.loads(row)
            articles[fields["id"]] = fields
    return articles


class Places:
    """Finds quoted words in the articles of one story."""

    def __init__(self, ids: dict[str, str], texts: dict[str, str]) -> None:
        self.ids = ids
        self.texts = texts

    def find(self, alias: str, mark: str) -> dict[str, Any]:
        """The one place where the words stand, or the one that ``#2`` names; whole words only."""
        doc = self.ids[alias]
        text = self.texts[doc]
        index = _INDEX.search(mark)
        words = mark[: index.start()] if index else mark
        left = r"(?<!\w)" if words[:1].isalnum() else ""
        right = r"(?!\w)" if words[-1:].isalnum() else ""
        found = [m.span() for m in re.finditer(left + re.escape(words) + right, text)]
        nth = int(index.group(1)) if index else 1
        if len(found) < nth:
            raise SystemExit(f"{alias}: no such words: {mark!r}")
        start, end = found[nth - 1]
        return {"doc": doc, "line": text.count("\n", 0, start) + 1, "start": start, "end": end, "text": words}

    def all(self, alias: str, marks: Iterable[str]) -> list[dict[str, Any]]:
        """The places of several marks of one article."""
        return [self.find(alias, mark) for mark in marks]


def _claim(raw: dict[str, Any], places: Places) -> dict[str, Any]:
    mentions: list[dict[str, Any]] = [
        {"doc": places.ids[a], "spans": places.all(a, marks)} for a, *marks in raw["mentions"]
    ]
    docs = sorted({mention["doc"] for mention in mentions})
    return {
        "id": raw["id"],
        "claim": raw["claim"],
        "kind": raw.get("kind", "fact"),
        "mentions": mentions,
        "docs": docs,
        "n_docs": len(docs),
        "n_outlets": len(docs),
        "weak_docs": [],
        "origins": [{"origin": o, "certainty": "sure"} for o in raw["origins"]]
        + [{"origin": o, "certainty": "possible"} for o in raw.get("possible", [])],
        "n_independent_origins": raw["low"],
        "low": raw["low"],
        "high": raw["high"],
        "uncertain": raw["low"] != raw["high"],
        "bottlenecks": raw["bottlenecks"],
        "circular": raw.get("circular", []),
        "disputed_by": raw.get("disputed_by", []),
        "reason": raw["reason"],
    }


def _conflict(raw: dict[str, Any], places: Places) -> dict[str, Any]:
    sides: list[dict[str, Any]] = [{"doc": places.ids[a], "spans": places.all(a, marks)} for a, *marks in raw["sides"]]
    docs = sorted({side["doc"] for side in sides})
    return {**raw, "docs": docs, "sides": sides, "scope": "cross_document" if len(docs) > 1 else "within_document"}


def _attribution(number: int, raw: dict[str, Any], places: Places) -> dict[str, Any]:
    alias = raw["doc"]
    hedges = places.all(alias, raw.get("hedge", []))
    # the places of hedges lie in the content; the first such place in the text may lie elsewhere
    content = places.all(alias, raw["content"])
    inside = [hedge for mark in raw.get("hedge", []) for hedge in _within(places, alias, mark, content)] or hedges
    return {
        "id": f"A-{alias}-{number:02d}",
        "doc": places.ids[alias],
        "source_spans": places.all(alias, [raw["source"]]),
        "source_canonical": raw["name"],
        "source_kind": raw["kind"],
        "cue_spans": places.all(alias, [raw["cue"]]),
        "content_spans": content,
        "mode": raw.get("mode", "indirect"),
        "via": raw.get("via", []),
        "via_stated_here": bool(raw.get("via")),
        "hedge_spans": inside,
        "hedged": bool(raw.get("hedge")),
        "optional": raw.get("optional", False),
    }


def _within(places: Places, alias: str, mark: str, content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    count = len(re.findall(rf"(?<!\w){re.escape(mark)}(?!\w)", places.texts[places.ids[alias]]))
    found = [places.find(alias, f"{mark}#{nth}") for nth in range(1, count + 1)]
    return [f for f in found if any(c["start"] <= f["start"] and f["end"] <= c["end"] for c in content)]


def _entity(key: str, raw: dict[str, Any], places: Places, boilerplate: dict[str, Any]) -> dict[str, Any]:
    forms: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for doc, text in sorted(places.texts.items()):
        taken: list[tuple[int, int]] = []
        furniture = [(s["start"], s["end"]) for s in boilerplate.get(doc, {}).get("spans", [])]
        for form in sorted(raw["forms"], key=len, reverse=True):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
                start, end = match.span()
                if any(start < b and a < end for a, b in taken):
                    continue
                taken.append((start, end))
                occurrence = {"start": start, "end": end}
                if any(a <= start and end <= b for a, b in furniture):
                    occurrence["in_boilerplate"] = True
                forms.setdefault((doc, form), []).append(occurrence)
    return {
        "id": key,
        "canonical": raw["name"],
        "type": raw["type"],
        "surface_forms": [
            {"doc": doc, "text": form, "occurrences": sorted(places_, key=lambda o: int(o["start"]))}
            for (doc, form), places_ in sorted(forms.items())
        ],
    }


def _without_longer_names(entities: list[dict[str, Any]]) -> None:
    """Drop a short name inside another entity's longer one ("Torhaven" in "Torhaven Courier")."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for entity in entities:
        for form in entity["surface_forms"]:
            spans.setdefault(form["doc"], []).extend((o["start"], o["end"]) for o in form["occurrences"])
    for entity in entities:
        for form in entity["surface_forms"]:
            form["occurrences"] = [
                o
                for o in form["occurrences"]
                if not any(
                    a <= o["start"] and o["end"] <= b and b - a > o["end"] - o["start"] for a, b in spans[form["doc"]]
                )
            ]
        entity["surface_forms"] = [form for form in entity["surface_forms"] if form["occurrences"]]


def build(folder: Path) -> str:
    """The text of ``expected.json`` for one golden story.

    Raises:
        SystemExit: quoted words do not stand in the article.
    """
    known = tomllib.loads((folder / "known.toml").read_text(encoding="utf-8"))
    articles = read_articles(ROOT / known["articles"])
    ids: dict[str, str] = known["docs"]
    places = Places(ids, {doc: articles[doc]["text"] for doc in ids.values()})
    boilerplate = {
        ids[alias]: {kind: places.all(alias, raw.get(kind, [])) for kind in ("spans", "title")}
        for alias, raw in known["boilerplate"].items()
    }
    entities = [_entity(key, raw, places, boilerplate) for key, raw in known.get("entities", {}).items()]
    _without_longer_names(entities)
    sample = known.get("attributions", {"docs": [], "sample": []})
    expected = {
        "meta": {
            "annotator": "the makers of the story",
            "story_id": known["story"],
            "docs": {
                doc: {
                    "doc_id": doc,
                    "alias": alias,
                    "outlet": known["outlets"][alias],
                    "published": articles[doc].get("published"),
                    "title": articles[doc].get("title"),
                    "n_codepoints": len(articles[doc]["text"]),
                }
                for alias, doc in ids.items()
            },
            "conventions": CONVENTIONS,
            "notes": known.get("notes", ""),
        },
        "origins": known["origins"],
        "claims": [_claim(raw, places) for raw in known["claims"]],
        "conflicts_and_drift": [_conflict(raw, places) for raw in known.get("conflicts", [])],
        "attributions_sample": [_attribution(n, raw, places) for n, raw in enumerate(sample["sample"], 1)],
        "attributions_sample_docs": [ids[alias] for alias in sample["docs"]],
        "quotes": [
            {
                "id": raw["id"],
                "speaker": raw["speaker"],
                "variants": [
                    {
                        "doc": ids[v["doc"]],
                        "spans": places.all(v["doc"], v["text"]),
                        "relation": v["relation"],
                        "also_accept": v["also_accept"],
                    }
                    for v in raw["variants"]
                ],
            }
            for raw in known.get("quotes", [])
        ],
        "boilerplate": boilerplate,
        "entities": entities,
        "timeline": {
            "expressions": [
                {
                    "doc": ids[raw["doc"]],
                    "expression": places.find(raw["doc"], raw["text"]),
                    "value": raw["value"],
                    "also_accept": raw.get("also_accept", []),
                    "kind": "event",
                }
                for raw in known.get("timeline", {}).get("expressions", [])
            ]
        },
        "derivation": {
            "documents": [
                {**raw, "doc": ids[raw["doc"]], "evidence": places.all(raw["doc"], raw["evidence"])}
                for raw in known.get("derivation", {}).get("documents", [])
            ]
        },
    }
    return json.dumps(expected, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the answers of all golden stories, or say with ``--check`` which are out of date."""
    stale = []
    for folder in sorted(path.parent for path in HERE.glob("*/known.toml")):
        text, target = build(folder), folder / "expected.json"
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            stale.append(folder.name)
            if "--check" not in sys.argv:
                target.write_text(text, encoding="utf-8")
    print(f"{'out of date' if '--check' in sys.argv else 'written'}: {', '.join(stale) or 'none'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
