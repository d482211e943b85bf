"""How long a story's page takes to make, and how large it is, at 9, 40 and 300 articles.

The stories are the example's, repeated with some words changed (``tests/crowd.py``). Times are those of the processor,
the best of several turns, since other work may share it; sizes are those of the file, and as gzip packs it.
"""

import argparse
import gzip
import re
import sys
import time
from pathlib import Path

import headwater
from headwater.report.html import to_html

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from crowd import crowd

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "barrage"
SIZES = (9, 40, 300)
_PART = re.compile(
    r'<section id="(count|findings|claims|picture|quotations|conflicts|timeline|sources|pairs|articles)"'
)


def parts_of(page: str) -> dict[str, int]:
    """The code points of each part of a page."""
    met = [*_PART.finditer(page)]
    ends = [*(match.start() for match in met[1:]), len(page)]
    return {match[1]: end - match.start() for match, end in zip(met, ends, strict=True)}


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=3, help="how often each page is made")
    parser.add_argument("--parts", action="store_true", help="also print the size of each part of the largest page")
    given = parser.parse_args()
    story = headwater.trace(EXAMPLE)
    page = ""
    for articles in SIZES:
        trace, taken = crowd(story, articles), []
        for _ in range(given.turns):
            start = time.process_time()
            page = to_html(trace)
            taken.append(time.process_time() - start)
        file = page.encode()
        packed = len(gzip.compress(file, 6, mtime=0))
        print(f"{articles:>4} articles  {min(taken):6.2f} s  {len(file) / 1e6:6.2f} MB  {packed / 1e6:5.2f} MB packed")
    if given.parts:
        for name, size in parts_of(page).items():
            print(f"{name:>12}  {size / 1e6:6.2f} million code points")


if __name__ == "__main__":
    main()
