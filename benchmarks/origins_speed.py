"""How long the count of one claim takes: stories of 10 to 300 mentions, of the kinds that cost most.

``python benchmarks/origins_speed.py`` prints milliseconds, the best of three; fails where 300 mentions take a second.
"""

import sys
import time
from collections.abc import Callable

from headwater.model import Article, Derivation, Mention, Source, Span
from headwater.tracing.origins import count

SIZES = (10, 30, 100, 300)
LONGEST = 1.0  # seconds, for the largest
Story = tuple[list[Mention], dict[str, Source], dict[str, Article], list[Derivation]]


def _mention(article: int, *chain: str) -> Mention:
    return Mention(article=f"a{article:03}", spans=(Span(0, 9),), chain=chain)


def _people(size: int) -> dict[str, Source]:
    named = [Source(id=f"person-{i}", name=f"Person {i}", kind="person") for i in range(size)]
    unnamed = [
        Source(
            id=f"unnamed-{i}",
            name="an official",
            kind="anonymous",
            reached_by=f"a{i:03}",
            maybe_same=tuple(f"unnamed-{j}" for j in (i - 1, i + 1) if 0 <= j < size and min(i, j) % 3),
        )
        for i in range(size)
    ]
    carriers = [Source(id=f"outlet-{i}", name=f"Outlet {i}", kind="outlet") for i in range(size)]
    return {source.id: source for source in (*named, *unnamed, *carriers)}


def _articles(size: int) -> dict[str, Article]:
    ids = [f"a{i:03}" for i in range(size)]
    return {i: Article(id=i, text="", outlet=f"Outlet {n}" if n % 2 else None) for n, i in enumerate(ids)}


def one_origin(size: int) -> Story:
    """Everybody has it from one reporter; some say so, some copy, some are silent."""
    chains = [("outlet-0", "person-0"), ("outlet-0",), ()]
    mentions = [_mention(i, *chains[i % 3]) for i in range(size)]
    taken = [
        Derivation(later=f"a{i:03}", earlier=f"a{i - 2:03}", kind="copy", stated=False)
        for i in range(2, size)
        if i % 3 == 2
    ]
    return mentions, _people(1), _articles(size), taken


def many_origins(size: int) -> Story:
    """Each article has a person of its own."""
    return [_mention(i, f"person-{i}") for i in range(size)], _people(size), _articles(size), []


def many_doubts(size: int) -> Story:
    """Each newsroom has an unnamed official, and neighbours may be the same."""
    return [_mention(i, f"unnamed-{i}") for i in range(size)], _people(size), _articles(size), []


def long_credits(size: int) -> Story:
    """Each article credits the one before it and names people of its own; every third copies."""
    mentions = [_mention(i, f"outlet-{i - 1}") if i % 2 else _mention(i, f"person-{i}") for i in range(size)]
    taken = [
        Derivation(later=f"a{i:03}", earlier=f"a{i - 1:03}", kind="copy", stated=True)
        for i in range(1, size)
        if i % 3 == 0
    ]
    return mentions, _people(size), _articles(size), taken


def tangle(size: int) -> Story:
    """Every article cites two carriers that cite others, all the way round, and shares text with the next."""
    mentions = [
        _mention(i, f"outlet-{i * 7 % size}", f"outlet-{(i * 11 + 3) % size}", f"person-{i % 20}") for i in range(size)
    ]
    taken = [
        Derivation(later=f"a{i:03}", earlier=f"a{i - 1:03}", kind="rewrite", stated=False, directed=i % 2 == 0)
        for i in range(1, size)
    ]
    return mentions, _people(size), _articles(size), taken


KINDS: tuple[Callable[[int], Story], ...] = (one_origin, many_origins, many_doubts, long_credits, tangle)


def main() -> int:
    """Print the table; 1 when the largest takes too long."""
    print(f"{'mentions':14}" + "".join(f"{size:>10}" for size in SIZES) + "   ms")
    slow = False
    for kind in KINDS:
        row = []
        for size in SIZES:
            story = kind(size)
            times = []
            for _ in range(3):
                start = time.perf_counter()
                count(*story)
                times.append(time.perf_counter() - start)
            row.append(min(times))
        slow |= row[-1] > LONGEST
        print(f"{kind.__name__:14}" + "".join(f"{1000 * seconds:10.1f}" for seconds in row))
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
