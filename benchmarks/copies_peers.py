"""How fast copies are found in a corpus and how many, beside datasketch and rensa on the same articles in one run.

``python benchmarks/copies_peers.py [ARTICLES]`` (10,000 unless told). A peer that is not installed is skipped.
Each reads the same articles from text to pairs. The peers take shingles of five words split in Python, 128 permutations
and a threshold of .5, and their pairs are taken as they come from the index, without the time it takes to check them;
ours are given with and without laying every pair side by side. Seconds are of the processor.
"""

import importlib
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence

from planted import NEAR, PARTIAL, Planted, planted, texts

from headwater.align.passages import copies, near_duplicates
from headwater.model import Article

Pairs = set[tuple[str, str]]

_PERMUTATIONS, _THRESHOLD, _SHINGLE = 128, 0.5, 5


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _shingles(text: str) -> set[str]:
    words = text.lower().split()
    return {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def by_datasketch(articles: Sequence[Article]) -> Pairs:
    """Pairs of datasketch's index."""
    datasketch = importlib.import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)
    found = set()
    for article in articles:
        sketch = datasketch.MinHash(num_perm=_PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in _shingles(article.text)])
        found |= {_pair(article.id, other) for other in index.query(sketch)}
        index.insert(article.id, sketch)
    return found


def by_rensa(articles: Sequence[Article]) -> Pairs:
    """Pairs of rensa's index."""
    rensa = importlib.import_module("rensa")
    index = rensa.RMinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS, num_bands=32)
    found = set()
    for number, article in enumerate(articles):
        sketch = rensa.RMinHash(num_perm=_PERMUTATIONS, seed=42)
        sketch.update(list(_shingles(article.text)))
        found |= {_pair(article.id, articles[other].id) for other in index.query(sketch)}
        index.insert(number, sketch)
    return found


def by_likeness(articles: Sequence[Article]) -> Pairs:
    """Our near-duplicates, by fingerprints alone: the like of what the peers give."""
    return {_pair(found.one, found.other) for found in near_duplicates(articles)}


def by_copies(articles: Sequence[Article]) -> Pairs:
    """Our copies, every passage compared letter by letter."""
    return {_pair(copy.earlier, copy.later) for copy in copies(articles)}


def by_copies_within_days(articles: Sequence[Article]) -> Pairs:
    """The same within a reach of seven days."""
    return {_pair(copy.earlier, copy.later) for copy in copies(articles, within_days=7)}


WAYS: Mapping[str, tuple[str, Callable[[Sequence[Article]], Pairs]]] = {
    "copies": ("numpy", by_copies),
    "copies_within_7_days": ("numpy", by_copies_within_days),
    "near_duplicates": ("numpy", by_likeness),
    "datasketch": ("datasketch", by_datasketch),
    "rensa": ("rensa", by_rensa),
}


def recalls(found: Pairs, known: Collection[Planted]) -> dict[str, float]:
    """The share of the planted copies that was found, by kind; ``others`` counts the pairs that were not planted."""
    out = {}
    for name, kinds in {**{kind: (kind,) for kind in NEAR + PARTIAL}, "near": NEAR, "partial": PARTIAL}.items():
        wanted = {_pair(p.source, p.copy) for p in known if p.kind in kinds}
        out[name] = len(wanted & found) / max(1, len(wanted))
    family = {p.copy: p.source for p in known}
    return out | {"others": sum(family.get(one, one) != family.get(other, other) for one, other in found)}


def main(arguments: Sequence[str]) -> int:
    """Print times, recall by kind, and how many times faster than each peer, as JSON."""
    real = texts()
    if not real:
        print("benchmarks/copies_peers: no real articles beside the project; nothing measured")
        return 0
    articles, known = planted(real, int(arguments[0]) if arguments else 10_000)
    copies(articles[:50])  # tables are made once
    out: dict[str, dict[str, float]] = {}
    for name, (needs, way) in WAYS.items():
        if importlib.util.find_spec(needs) is None:
            print(f"benchmarks/copies_peers: {needs} is not installed; skipped", file=sys.stderr)
            continue
        wall, start = time.perf_counter(), time.process_time()
        found = way(articles)
        seconds, wall = time.process_time() - start, time.perf_counter() - wall
        out[name] = {"seconds": seconds, "wall": wall, "pairs": len(found), **recalls(found, known)}
    for peer in {"datasketch", "rensa"} & out.keys():
        for name in ("copies", "near_duplicates"):
            out[name][f"times_as_fast_as_{peer}"] = out[peer]["seconds"] / out[name]["seconds"]
    print(json.dumps({name: {k: round(v, 4) for k, v in sorted(part.items())} for name, part in out.items()}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
