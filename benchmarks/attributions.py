"""How well the reader finds who said what: pairs of source and content, on gold articles and on marked sentences.

A pair is right when the words of both contents overlap by half of their union and the sources share a word (or neither
names one), one to one, best first; words are runs of letters and digits. On PolNeAR people agree with one another at
about 75 F1. The half of the marked sentences that is called "held" is only measured, never built on; "fresh" are those
of them that were written later, before anything learned carriers (ids "d-…").

Of the chains it also says how many have both their source and all their carriers right, in number and order; and of
``sources.jsonl``, sources of real news marked by hand, how many are told apart rightly as named or unnamed.
"""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from headwater.clean import mark
from headwater.model import Article, Attribution, Source, Span
from headwater.reading import FixedTagger, Tagged, Tagger, Tags, load_tagger, read
from headwater.words import sentences

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
POLNEAR = DATA / "polnear" / "dev.jsonl"
STORIES = DATA / "stories" / "stories.jsonl"
SOURCES = HERE / "sources.jsonl"
#: Where the articles of ``SOURCES`` are: its sets in order, of which only the first was looked at.
ARTICLES = (POLNEAR, STORIES, POLNEAR.with_name("train.jsonl"), DATA / "clusters" / "dev.jsonl")
HALVES = ("dev", "held", "fresh")
WORD = re.compile(r"\w+")
#: Words in which a carrier's name and its mark may differ.
SLIGHT = frozenset("the a an s journalist reporter".split())


@dataclass(frozen=True, slots=True)
class Pair:
    """The words of one attribution, as their numbers in the text."""

    source: frozenset[int]
    content: frozenset[int]


@dataclass(slots=True)
class Score:
    """Pairs that are right, said in all, wanted in all."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    def add(self, gold: Sequence[Pair], found: Sequence[Pair]) -> None:
        """Count one text."""
        self.right += matched(gold, found)
        self.said += len(found)
        self.wanted += len(gold)

    def shares(self) -> dict[str, float]:
        """Precision, recall and F1, 0..1."""
        precision, recall = self.right / max(1, self.said), self.right / max(1, self.wanted)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"precision": precision, "recall": recall, "f1": f1}


def pairs(text: str, attributions: Iterable[tuple[Iterable[Span], Iterable[Span]]]) -> list[Pair]:
    """Attributions (spans of source, spans of content) in words of the text; those without content are left out."""
    words = [match.span() for match in WORD.finditer(text)]

    def within(spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(i for s in spans for i, (start, end) in enumerate(words) if start < s.end and s.start < end)

    made = [Pair(within(source), within(content)) for source, content in attributions]
    return [pair for pair in made if pair.content]


def matched(gold: Sequence[Pair], found: Sequence[Pair]) -> int:
    """How many pairs are the same, one to one, the closest first."""
    near = []
    for i, want in enumerate(gold):
        for j, have in enumerate(found):
            likeness = overlap(want.content, have.content)
            sources = bool(want.source & have.source) or not (want.source or have.source)
            if likeness >= 0.5 and sources:
                near.append((-likeness - overlap(want.source, have.source), i, j))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in sorted(near):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
    return len(taken_gold)


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared words as a share of all words of both; 0 when there are none."""
    return len(one & other) / len(one | other) if one | other else 0.0


@cache
def tagger() -> Tagger:
    """The reader that ships, loaded once."""
    return load_tagger()


def said_in(text: str) -> list[Pair]:
    """What the reader finds."""
    reading = read(mark(Article(id="text", text=text)), tagger())
    return pairs(text, ((a.source_spans, a.content_spans) for a in reading.attributions))


def polnear() -> Score | None:
    """The score on PolNeAR's development articles; None where they are absent."""
    if not POLNEAR.exists():
        return None
    score = Score()
    with POLNEAR.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            marks = [([Span(*s) for s in a["source"]], [Span(*s) for s in a["content"]]) for a in row["attributions"]]
            score.add(pairs(row["text"], marks), said_in(row["text"]))
    return score


def marked_sentences() -> dict[str, Score]:
    """The scores on the sentences of our own writing, by set and half."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from marked import load

    scores: dict[str, Score] = {}
    for name in ("attributions", "chains"):
        for line in load(name):
            score = scores.setdefault(f"{name}_{half_of(line.id, line.split)}", Score())
            score.add(pairs(line.text, ((m.source, m.content) for m in line.attributions)), said_in(line.text))
    return scores


def half_of(line: str, split: str) -> str:
    """Which part of the marked sentences a line counts in, by its id and split: dev, held or fresh."""
    return "fresh" if line.startswith("d-") else split


def carriers_alike(marked: str, name: str) -> bool:
    """Whether a carrier's marked words and the name it was given share a word that is not slight."""
    one, other = (set(WORD.findall(form.casefold())) - SLIGHT for form in (marked, name))
    return bool(one & other)


@dataclass(slots=True)
class Part:
    """How many of how many."""

    right: int = 0
    of: int = 0

    def share(self) -> float:
        """A share 0..1."""
        return self.right / max(1, self.of)


def chains(reader: Tagger, split: str) -> Part:
    """The marked chain attributions of one of ``HALVES`` whose source and carriers are right, in number and order."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from marked import load

    part = Part()
    for line in load("chains"):
        if half_of(line.id, line.split) != split:
            continue
        reading = read(mark(Article(id="text", text=line.text)), reader)
        known = {source.id: source for source in reading.sources}
        left = list(reading.attributions)
        for want in line.attributions:
            part.of += 1
            (gold,) = pairs(line.text, [(want.source, want.content)])
            near = []
            for number, one in enumerate(left):
                for have in pairs(line.text, [(one.source_spans, one.content_spans)]):
                    likeness = overlap(gold.content, have.content)
                    same = bool(gold.source & have.source) or not (gold.source or have.source)
                    if likeness >= 0.5:
                        near.append((same, likeness, -number))
            if near:
                same, _, number = max(near)
                part.right += same and _carried_alike(line.text, want.via, left.pop(-number), known)
    return part


def _carried_alike(text: str, via: Sequence[Span], found: Attribution, known: dict[str, Source]) -> bool:
    have = [known[i].name for i in found.via]
    return len(have) == len(via) and all(
        carriers_alike(text[span.start : span.end], name) for span, name in zip(via, have, strict=True)
    )


def named_from_unnamed() -> dict[str, Part] | None:
    """Sources of real news rightly typed, by the set they are from; None where the articles are absent.

    Each article is read as it is. A marked source that the reader does not find is given to it, with the rest of its
    sentence as what it says: the typing is measured, not the finding. Lines that leave it open are left out.
    """
    if not all(path.exists() for path in ARTICLES):
        return None
    texts: dict[str, str] = {}
    for path in ARTICLES:
        with path.open(encoding="utf-8") as lines:
            texts.update((row["id"], row["text"]) for row in map(json.loads, lines))
    by_set: dict[str, Part] = {}
    read_before: dict[str, tuple[Article, tuple[Span, ...], Tags]] = {}
    for row in map(json.loads, SOURCES.read_text(encoding="utf-8").splitlines()):
        if row["is"] == "open":
            continue
        if row["article"] not in read_before:
            article = mark(Article(id="text", text=texts[row["article"]], language="en"))
            parts = sentences(article.text, [f.span for f in article.furniture])
            read_before[row["article"]] = article, parts, tagger().tag(article.text, parts)
        article, parts, tags = read_before[row["article"]]
        source = Span(row["start"], row["end"])
        kind = _kind_of(source, article, _with_source(source, article.text, parts, tags))
        part = by_set.setdefault(row["set"], Part())
        part.of += 1
        part.right += (kind in {None, "anonymous", "unspecified"}) == (row["is"] == "unnamed")
    return by_set


def _with_source(source: Span, text: str, parts: Sequence[Span], tags: Tags) -> Tags:
    """The tags with an attribution to a source, where none of them has one."""
    if any(s.overlap(source) for tagged in tags.attributions for s in tagged.source):
        return tags
    around = next((s for s in parts if s.start <= source.start < s.end), source)
    rest = (Span(around.start, source.start), Span(source.end, max(source.end, around.end)))
    content = tuple(s for s in rest if text[s.start : s.end].strip()) or (source,)
    made = [replace(t, follows=None) for t in (*tags.attributions, Tagged(cue=(), source=(source,), content=content))]
    return replace(tags, attributions=tuple(sorted(made, key=lambda t: (t.source or t.cue or t.content)[0])))


def _kind_of(source: Span, article: Article, tags: Tags) -> str | None:
    """What the source whose words share most with a span is taken for."""
    reading = read(article, FixedTagger(tags=tags))
    kinds = {s.id: s.kind for s in reading.sources}
    near = [
        (s.overlap(source), -place, a.source or "")
        for place, a in enumerate(reading.attributions)
        for s in a.source_spans
    ]
    shared, _, found = max(near, default=(0, 0, ""))
    return kinds.get(found) if shared else None


def figures() -> dict[str, float]:
    """F1 and shares (0..1) by name; those on real articles only where the articles are."""
    out = {f"{name}.f1": score.shares()["f1"] for name, score in sorted(marked_sentences().items())}
    score = polnear()
    if score is not None:
        out["polnear_dev.f1"] = score.shares()["f1"]
    out.update((f"chains_{split}.source_and_via", chains(tagger(), split).share()) for split in HALVES)
    typed = named_from_unnamed()
    if typed is not None:
        out["sources.named_from_unnamed"] = sum(p.right for p in typed.values()) / max(
            1, sum(p.of for p in typed.values())
        )
    return out


def main() -> int:
    """Print a table."""
    rows: dict[str, Score | None] = {**marked_sentences(), "polnear dev": polnear()}
    print(f"{'pairs of source and content':<30} {'P':>6} {'R':>6} {'F1':>6} {'wanted':>7} {'said':>6}")
    for name, score in rows.items():
        if score is None:
            print(f"{name:<30} not measured: no articles at {POLNEAR}")
        else:
            shares = score.shares()
            cells = " ".join(f"{100 * shares[k]:6.1f}" for k in ("precision", "recall", "f1"))
            print(f"{name:<30} {cells} {score.wanted:7} {score.said:6}")
    for split in HALVES:
        part = chains(tagger(), split)
        print(f"chains {split}: source and via right {part.right} of {part.of}, {part.share():.1%}")
    typed = named_from_unnamed()
    if typed is None:
        print(f"named from unnamed sources: not measured, no articles at {DATA}")
    else:
        right = ", ".join(f"{name} {part.right} of {part.of}" for name, part in typed.items())
        print(f"named from unnamed sources told apart: {right}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
