"""How fast inputs come in, and what memory it takes: ``headwater ingest`` over a folder of our own making.

    python benchmarks/intake.py [--files 10000] [--kind text|html|mixed] [--jobs 2]

Prints articles a second from end to end (listing, reading, cleaning, writing down, each file of articles synced to the
disk), articles for a second of processor time (which other work on the machine changes less), the peak memory of the
process that writes and of the largest that reads, and what a second run takes, which does nothing again. Run by hand.
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from headwater.taking import take

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from mixed import mixed, page, words  # the tests' folder has no package


def main() -> None:
    """Make a folder, take it in twice, print figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--kind", choices=("text", "html", "mixed"), default="text")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name) / "in", Path(name) / "out"
        damaged = _made(source, given.files, given.kind)
        size = sum(path.stat().st_size for path in source.rglob("*") if path.is_file())
        print(f"{given.files:,} files ({given.kind}), {size / 1e6:.1f} MB, {damaged:,} damaged; {given.jobs} processes")
        for run in ("first", "second"):
            start, before = time.perf_counter(), _processor_time()
            taken = take([str(source)], str(out), jobs=given.jobs)
            spent, worked = time.perf_counter() - start, _processor_time() - before
            print(
                f"{run} run: {taken.articles:,} articles in, {taken.failures:,} reported, {spent:.2f} s, "
                f"{taken.articles / spent:,.0f} articles/s; {worked:.2f} s of processor, "
                f"{taken.articles / worked:,.0f} articles for each"
            )
    for who, of in (("writes", resource.RUSAGE_SELF), ("reads, largest", resource.RUSAGE_CHILDREN)):
        print(f"peak memory, process that {who}: {resource.getrusage(of).ru_maxrss / 1024:.0f} MiB")


def _processor_time() -> float:
    """Seconds that all processes of this run have worked."""
    uses = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _made(source: Path, files: int, kind: str) -> int:
    if kind == "mixed":
        return len(mixed(source, files)[1])
    for number in range(files):
        folder = source / f"{number // 1000}"
        folder.mkdir(parents=True, exist_ok=True)
        if kind == "text":
            # of about 480 words, as the middle news article has
            text = "\n".join(words(number * 3 + part) for part in range(3))
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        else:
            (folder / f"{number}.html").write_text(page(number), encoding="utf-8")
    return 0


if __name__ == "__main__":
    main()
