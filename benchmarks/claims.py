"""Scores which statements of different articles are held to be one claim: precision and recall of cross-article links.

Reads the stories of our own in ``tests/golden`` and, where their articles are, the real ones that an editor annotated
(``../shared/data/gold`` and ``benchmarks/gold``). A known mention is found when a statement overlaps it by 0.3 of their
union or one lies in the other by 0.7; two mentions are linked when a group holds a statement of each. Measured twice:
by meaning (the pair model over the encoder, as the default reader has them) and by words alone (as with ``rules-1``).
The thresholds in ``align.claims.Scale`` were chosen on S5 and N1: figures on these two flatter.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from headwater.align import claims, passages, quotes
from headwater.model import Article, Quotation, Reading
from headwater.pipeline import Input, read_articles, reader, sense, take_in
from headwater.tracing import entities, sources

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
GOLD = SHARED / "gold"
ANNOTATED = ROOT / "benchmarks" / "gold"  # ids and offsets alone; the articles are in SHARED
GOLDEN = ROOT / "tests" / "golden"
SWEEP = tuple(n / 100 for n in range(10, 61, 5))

Chars = frozenset[int]


@dataclass(frozen=True, slots=True)
class KnownMention:
    """One passage of a known claim: the claim's id, the article's, and the characters."""

    claim: str
    article: str
    chars: Chars


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as ``align.claims.group`` takes it, with the mentions that are known."""

    name: str
    articles: tuple[Article, ...]
    readings: tuple[Reading, ...]
    quotations: tuple[Quotation, ...]
    known: tuple[KnownMention, ...]


def chars(spans: Iterable[Mapping[str, int]]) -> Chars:
    """The characters of several spans."""
    return frozenset(i for s in spans for i in range(s["start"], s["end"]))


def load(name: str, paths: Sequence[Input], answer: Mapping[str, Any]) -> Story:
    """A story read up to where claims are grouped."""
    batch = take_in(paths)
    articles = tuple(a for a in sorted(batch.articles, key=lambda a: a.id) if a.id in answer["meta"]["docs"])
    readings = tuple(read_articles(articles))
    _, ids = entities.join(articles, readings)
    people, readings = sources.identify(articles, readings, ids, passages.copies(articles))
    spoken = quotes.quotations(articles, [a for r in readings for a in r.attributions], {s.id: s for s in people})
    known = tuple(KnownMention(c["id"], m["doc"], chars(m["spans"])) for c in answer["claims"] for m in c["mentions"])
    return Story(name=name, articles=articles, readings=readings, quotations=spoken, known=known)


def stories() -> list[Story]:
    """The stories with a known answer, those of our own first."""
    out = []
    for folder in sorted(GOLDEN.iterdir()):
        if (folder / "expected.json").exists():
            texts = folder / "articles"
            paths = sorted(p for p in (texts if texts.is_dir() else ROOT / "examples" / folder.name).iterdir())
            paths = [p for p in paths if p.suffix in {".txt", ".jsonl"}]
            out.append(load(folder.name, paths, json.loads((folder / "expected.json").read_text(encoding="utf-8"))))
    for path in sorted(GOLD.glob("*.articles.jsonl")):
        name = path.name.removesuffix(".articles.jsonl")
        out.append(load(name, [path], json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))))
    for path in sorted(ANNOTATED.glob("*.json")):
        answer = json.loads(path.read_text(encoding="utf-8"))
        articles = articles_of(answer["meta"]["story_id"])
        if articles:
            out.append(load(path.stem, articles, answer))
    return out


def articles_of(story: str) -> list[Mapping[str, object]]:
    """The articles of a real story as they are stored; none where they are not there."""
    path = SHARED / "stories" / "stories.jsonl"
    if not path.exists():
        return []
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["story_id"] == story]


def links(story: Story, groups: Sequence[claims.Group]) -> dict[str, float]:
    """Precision, recall and F1 of links between articles, as shares 0..1; a link shown as related is no link."""
    spans: dict[str, list[tuple[Chars, int]]] = {}
    for number, group in enumerate(groups):
        for statement in group.statements:
            mine = frozenset(i for s in statement.spans for i in range(s.start, s.end))
            spans.setdefault(statement.article, []).append((mine, number))
    hits = [{n for mine, n in spans.get(k.article, ()) if _meets(k.chars, mine)} for k in story.known]
    right = wrong = missed = 0
    for (i, a), (j, b) in combinations(enumerate(story.known), 2):
        if a.article == b.article:
            continue
        linked = bool(hits[i] & hits[j])
        if a.claim == b.claim:
            right += linked
            missed += not linked
        elif linked and not (_carries(story.known, a, b) or _carries(story.known, b, a)):
            wrong += 1
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "found": sum(map(bool, hits)) / max(1, len(hits)),
    }


def _meets(one: Chars, other: Chars) -> bool:
    both = len(one & other)
    return both > 0 and (both / len(one | other) >= 0.3 or both / min(len(one), len(other)) >= 0.7)


def _carries(known: Sequence[KnownMention], mention: KnownMention, other: KnownMention) -> bool:
    """Whether the passage carries the other's claim as well: linking the two is then no error."""
    return any(
        k.claim == other.claim
        and k.article == mention.article
        and len(k.chars & mention.chars) >= 0.5 * max(1, min(len(k.chars), len(mention.chars)))
        for k in known
    )


def ways() -> dict[str, tuple[claims.Sense | None, claims.Scale]]:
    """How statements can be compared, by name, each with the thresholds in use."""
    return {"by_meaning": (sense(reader()), claims.BY_MODEL), "by_words": (None, claims.BY_WORDS)}


def means(rows: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> dict[str, float]:
    """The means over some stories."""
    chosen = [rows[name] for name in names if name in rows]
    return {key: sum(row[key] for row in chosen) / len(chosen) for key in chosen[0]} if chosen else {}


def figures() -> dict[str, float]:
    """What ``gate.py`` asks: the means over our own stories and over the real ones, by each way of comparing."""
    known = stories()
    own = [s.name for s in known if (GOLDEN / s.name).exists()]
    out: dict[str, float] = {}
    for way, (meaning, _) in ways().items():
        rows = {s.name: links(s, claims.group(s.articles, s.readings, s.quotations, sense=meaning)) for s in known}
        real = [name for name in rows if name not in own]
        for kind, names in (("own", own), ("real", real)):
            out |= {f"{way}.{kind}.{key}": value for key, value in means(rows, names).items()}
        out |= {f"{way}.{name}.{key}": value for name in real for key, value in rows[name].items()}
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores at the thresholds in use; with ``--sweep`` those at others as well."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sweep", action="store_true", help="scores by threshold")
    options = parser.parse_args(arguments)
    known = stories()
    if not any(GOLD.glob("*.articles.jsonl")):
        print(f"benchmarks/claims: no annotated stories in {SHARED.name}; our own alone are measured", file=sys.stderr)
    real = [s.name for s in known if not (GOLDEN / s.name).exists()]
    print("precision, recall, F1 in %")
    print(f"{'same':<18}" + "".join(f"{name[:14]:>16}" for name in (*(s.name for s in known), "mean of real")))
    for way, (meaning, scale) in ways().items():
        for same in SWEEP if options.sweep else (scale.same,):
            tried = replace(scale, same=same)
            rows = {
                s.name: links(s, claims.group(s.articles, s.readings, s.quotations, sense=meaning, scale=tried))
                for s in known
            }
            every = [*rows.values(), means(rows, real)]
            shown = (" ".join(f"{100 * row[k]:3.0f}" for k in ("precision", "recall", "f1")) for row in every if row)
            print(f"{way:<12} {same:.2f} " + "".join(f"{one:>16}" for one in shown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
