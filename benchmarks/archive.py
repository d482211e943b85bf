"""How fast the archive is: articles put in, stories found and traced, spans, searching, a large story's page.

Run: python -m benchmarks.archive [--articles N] [--story N]. Articles are invented, read by a reader that reads nothing
(putting in and finding is measured, not reading); those of the large story are read by the rules, so that its trace has
sources and quotations. Times are of one process; the first figure of each row is the median, the second the worst.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from headwater import adding
from headwater.archive import Archive, articles, stories
from headwater.archive.search import Facets, search
from headwater.archive.sources import source_page
from headwater.model import Article
from headwater.reading import FixedTagger, load_tagger

_SYLLABLES = "bar dol fen gim hul kes lom mur nev pol quin ros sil tam vok wex yil zan".split()
_TELLINGS = 4  # articles of each small story


def word(number: int) -> str:
    """An invented word for each number."""
    out = ""
    while True:
        number, left = divmod(number, len(_SYLLABLES))
        out += _SYLLABLES[left]
        if not number:
            return out + "ar"


def article(story: int, telling: int, *, sentences: int = 12) -> Article:
    """One telling of an invented event: most sentences as others have them, some of its own, with who said them."""
    own = [word(100_000 + 40 * story + n) for n in range(40)]
    town = own[0].capitalize()
    said = []
    for n in range(sentences):
        who = f"{own[30 + n % 5].capitalize()} {own[36].capitalize()}"
        what = f"the {own[n]} {own[n + 1]} of {town} was {own[n + 2]} by {n + 3} {own[n + 3]} near the {own[n + 4]}"
        if n % 4 == 1:
            said.append(f"“{what[0].upper()}{what[1:]},” said {own[20]} director {who}.")
        elif n % 4 == 2:
            said.append(f"{what[0].upper()}{what[1:]}, {who} told the {word(telling % 50).capitalize()} Post.")
        elif n % 4 == 3:
            odd = word(900_000 + 1000 * story + 37 * telling + n)
            said.append(
                f"On Tuesday the {odd} of {town} saw {n + telling % 7} {own[n]} {own[n + 5]} in the {own[n + 6]}."
            )
        else:
            said.append(f"{what[0].upper()}{what[1:]}.")
    return Article(
        id=f"s{story:05}-{telling:03}",
        text="\n\n".join(said),
        title=f"{town} {own[1]} was {own[2]}",
        outlet=f"{word(telling % 50).capitalize()} Post",
        published=f"2025-{1 + story % 12:02}-{1 + story % 27:02}",
        language="en",
    )


def timed(ask: Callable[[], object], *, times: int = 20) -> str:
    """Median and worst of several calls, in milliseconds."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return f"{statistics.median(spent):8.1f} ms {max(spent):8.1f} ms"


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--story", type=int, default=300)
    asked = parser.parse_args(arguments)
    steps: dict[str, float] = {}
    began = time.perf_counter()

    def step(line: str) -> None:
        steps.setdefault(" ".join(line.split()[:2]), time.perf_counter())

    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "archive.db") as archive:
        given = [article(n // _TELLINGS, n % _TELLINGS) for n in range(asked.articles)]
        done = adding.add(archive, given, clock=lambda: "now", tagger=FixedTagger(), step=step)
        ended = time.perf_counter()
        order = ["taking in", "putting in", "finding stories", "tracing 0"]
        at = [steps.get(name, ended) for name in order] + [ended]
        print(f"{len(done.new):,} articles in, {len(done.traced):,} stories: {ended - began:,.0f} s")
        for name, start, end in zip(order, at, at[1:], strict=False):
            each = 1000 * (end - start) / len(given)
            print(f"  {name.removesuffix(' 0'):16} {end - start:8.1f} s {each:8.2f} ms an article")
        again = time.perf_counter()
        adding.add(archive, given, clock=lambda: "now", tagger=FixedTagger())
        print(f"the same again, nothing new: {time.perf_counter() - again:,.1f} s")
        again = time.perf_counter()
        adding.add(archive, [article(3, 777)], clock=lambda: "now", tagger=FixedTagger())
        print(f"one article more, its story traced again: {1000 * (time.perf_counter() - again):,.0f} ms")
        again = time.perf_counter()
        large = [article(999_999, n) for n in range(asked.story)]
        done = adding.add(archive, large, clock=lambda: "now", tagger=load_tagger("rules-1"))
        print(f"a story of {asked.story} articles traced: {time.perf_counter() - again:,.0f} s")
        name = max(stories.stories(archive, limit=100_000)[0], key=lambda row: row.articles).id
        began = time.perf_counter()
        trace = stories.trace(archive, name)
        print(
            f"its trace for the first time: {1000 * (time.perf_counter() - began):,.0f} ms, {len(trace.claims)} claims"
        )
        lead = max(trace.sources, key=lambda s: len(s.mentions)).name
        common, rare = word(100_003), word(100_000 + 40 * 17)
        for what, ask in (
            ("its trace again", lambda: stories.trace(archive, name)),
            ("its first 100 claims", lambda: stories.claims(archive, name)),
            ("a page of stories", lambda: stories.stories(archive)),
            ("spans of one article", lambda: articles.reading(archive, large[5].id)),
            ("search, a rare word", lambda: search(archive, rare)),
            ("search, one in all articles", lambda: search(archive, "tuesday")),
            ("search, two words, facets", lambda: search(archive, f"{common} was", facets=Facets(since="2025-01"))),
            ("no word, latest first", lambda: search(archive, "")),
            ("a source's page", lambda: source_page(archive, lead)),
        ):
            print(f"  {what:28} {timed(ask)}")
        size = sum(p.stat().st_size for p in Path(folder).iterdir())
        texts = sum(len(a.text) for a in (*given, *large))
        print(f"size {size / 1e6:,.0f} MB, texts {texts / 1e6:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
