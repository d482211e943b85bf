"""How fast the readers read, how soon they are ready, what memory they take and how well they do, beside their peers.

Every figure of time or memory is a real process's of its own: words a second over 20 PolNeAR articles (medians of five
rounds), a cold start up to the first sentence marked (median of five), peak resident memory. "tag" is a tagger alone,
"read" all of ``headwater.reading.read``. F1 is of pairs of source and content, as ``attributions.py`` counts them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from headwater.clean import mark
from headwater.errors import ModelError
from headwater.model import Article, Span
from headwater.reading import FixedTagger, Tagger, load_tagger, read
from headwater.words import sentences

HERE = Path(__file__).resolve().parent
POLNEAR = HERE.parents[1] / "shared" / "data" / "polnear" / "dev.jsonl"
EXAMPLE = HERE.parent / "examples" / "barrage"
READERS = ("v1", "rules-1")
ARTICLES = 20
RUNS = 5
#: What the trained reader has to keep: at least so many words a second, at most so many seconds and megabytes.
TARGETS = {"one": 2500.0, "two": 5500.0, "cold": 0.6, "megabytes": 300.0}
SENTENCE = "Marta Venn, who runs the harbour, said on Tuesday that the new quay would open in May."
COLD = {
    "tag": """
import sys
from headwater.reading import load_tagger
from headwater.words import sentences
load_tagger(sys.argv[1]).tag(sys.argv[2], sentences(sys.argv[2]))
print("read", flush=True)
""",
    "read": """
import sys
from headwater.model import Article
from headwater.reading import load_tagger, read
read(Article(id="text", text=sys.argv[2]), load_tagger(sys.argv[1]))
print("read", flush=True)
""",
    "textacy": """
import sys
import spacy
import textacy.extract
list(textacy.extract.direct_quotations(spacy.load(sys.argv[1])(sys.argv[2])))
print("read", flush=True)
""",
}
CITRON = (
    "Citron (BBC): not measured: every one of its models reads a dependency parse by spaCy's en_core_web_sm, and its "
    "cue finder VerbNet 3.3; neither is a package, so it can be neither run nor trained anew from packages alone"
)

Attributions = list[tuple[tuple[Span, ...], tuple[Span, ...]]]  # spans of source, spans of content


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured of one reader, one way; None where it does not apply or its data is absent.

    ``one``, ``threads`` and ``two`` are words a second of one process, of one with two threads, of two at once.
    """

    reader: str
    way: str
    one: float
    threads: float | None
    two: float
    cold: float
    megabytes: float
    shares: dict[str, float] | None


def articles(limit: int | None = None) -> list[Article]:
    """The articles that are read, furniture marked: PolNeAR's development part or, where it is absent, the example."""
    if POLNEAR.exists():
        texts = [json.loads(row)["text"] for row in POLNEAR.read_text(encoding="utf-8").splitlines()]
    else:
        texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLE.glob("*.txt"))]
    return [mark(Article(id=f"a{number}", text=text)) for number, text in enumerate(texts[:limit])]


def count(read_articles: Iterable[Article]) -> int:
    """Words as blanks part them, so that every reader is measured in the same."""
    return sum(len(article.text.split()) for article in read_articles)


def tagger_of(reader: str, threads: int = 1) -> Tagger:
    """A reader's tagger, with so many threads where it has any."""
    if threads == 1:
        return load_tagger(reader)
    from headwater.reading.trained import TrainedTagger

    return TrainedTagger(threads=threads)


def opened(reader: str, way: str, threads: int = 1) -> Callable[[Article], object]:
    """A reader, loaded and ready: takes an article, marks it."""
    if way == "textacy":
        return textacy_of(reader)
    tagger = tagger_of(reader, threads)
    if way == "read":
        return lambda article: read(article, tagger)
    return lambda article: tagger.tag(article.text, sentences(article.text, [f.span for f in article.furniture]))


def textacy_of(pipeline: str) -> Callable[[Article], Attributions]:
    """Textacy's direct quotations on a spaCy pipeline's parse; an article with an odd quotation mark it refuses."""
    parse: Callable[[str], Any] = import_module("spacy").load(pipeline)
    quotations: Callable[[Any], Iterable[Any]] = import_module("textacy.extract").direct_quotations

    def mark_in(article: Article) -> Attributions:
        try:
            found = list(quotations(parse(article.text)))
        except ValueError:
            return []
        return [
            (tuple(Span(t.idx, t.idx + len(t)) for t in f.speaker), (Span(f.content.start_char, f.content.end_char),))
            for f in found
        ]

    return mark_in


def pipelines() -> list[str]:
    """The installed spaCy pipelines that parse English, where textacy is installed too."""
    if find_spec("spacy") is None or find_spec("textacy") is None:
        return []
    names: Sequence[str] = import_module("spacy").util.get_installed_models()
    return [name for name in names if name.startswith("en_") and "parser" in import_module(name).load().pipe_names]


def work(reader: str, way: str, threads: str) -> None:
    """What a measured process does: reads all articles at each "read" and tells the seconds, at "end" its peak."""
    texts = articles(ARTICLES)
    reading = opened(reader, way, int(threads))
    reading(texts[0])
    print("ready", flush=True)
    while sys.stdin.readline() == "read\n":
        start = time.perf_counter()
        for article in texts:
            reading(article)
        print(time.perf_counter() - start, flush=True)
    print(peak(), flush=True)


def peak() -> float:
    """This process's peak resident memory in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells is never below the peak of the process that started this one
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def _started(program: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
    )


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"a measured process ended with {process.wait()}")
    return line


def _tell(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin is not None
    print(word, file=process.stdin, flush=True)


def speed(reader: str, way: str, *, threads: int = 1, processes: int = 1) -> tuple[float, float]:
    """Words a second, summed over so many processes at once, and the peak megabytes of the largest of them."""
    words = count(articles(ARTICLES))
    program = "import sys, readers; readers.work(*sys.argv[1:])"
    running = [_started(program, reader, way, str(threads)) for _ in range(processes)]
    try:
        for process in running:
            _line(process)
        rates = []
        for _ in range(RUNS):
            for process in running:
                _tell(process, "read")
            rates.append(sum(words / float(_line(process)) for process in running))
        for process in running:
            _tell(process, "end")
        return median(rates), max(float(_line(process)) for process in running)
    finally:
        for process in running:
            process.kill()
            process.communicate()


def cold_start(reader: str, way: str) -> float:
    """Seconds from the start of a fresh process to its first sentence marked, modules compiled, as pip leaves them."""
    taken = []
    with tempfile.TemporaryDirectory() as compiled:
        for _ in range(RUNS + 1):
            start = time.perf_counter()
            process = _started(
                COLD[way], reader, SENTENCE, PYTHONPYCACHEPREFIX=compiled, PYTHONDONTWRITEBYTECODE=""
            )  # here modules may lie uncompiled, which would double the time
            _line(process)
            taken.append(time.perf_counter() - start)
            process.communicate()
    return median(taken[1:])  # the first compiles, and warms the disk


def quality(reader: str) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (shares 0..1) on PolNeAR's development articles, by way; none where they are absent."""
    if not POLNEAR.exists():
        return {}
    sys.path.insert(0, str(HERE))
    from attributions import Score, pairs

    rows = [json.loads(row) for row in POLNEAR.read_text(encoding="utf-8").splitlines()]
    textacy = textacy_of(reader) if reader not in READERS else None
    tagger = None if textacy else load_tagger(reader)
    scores: dict[str, Score] = {}
    for row, article in zip(rows, articles(), strict=True):
        marks = [([Span(*s) for s in a["source"]], [Span(*s) for s in a["content"]]) for a in row["attributions"]]
        found: dict[str, Attributions] = {}
        if textacy is not None:
            found["textacy"] = textacy(article)
        elif tagger is not None:
            tags = tagger.tag(article.text, sentences(article.text, [f.span for f in article.furniture]))
            made = read(article, FixedTagger(tags=tags))
            found["tag"] = [(t.source, t.content) for t in tags.attributions]
            found["read"] = [(a.source_spans, a.content_spans) for a in made.attributions]
        for way, attributions in found.items():
            scores.setdefault(way, Score()).add(pairs(article.text, marks), pairs(article.text, attributions))
    return {way: score.shares() for way, score in scores.items()}


def rows() -> tuple[list[Row], list[str]]:
    """What was measured, and a line for each reader that was not."""
    measured: list[Row] = []
    left_out: list[str] = []
    parsers = pipelines()
    for reader in (*READERS, *parsers):
        try:
            shares = quality(reader)
        except ModelError as error:
            left_out.append(f"{reader}: not measured: {error}")
            continue
        for way in ("tag", "read") if reader in READERS else ("textacy",):
            one, megabytes = speed(reader, way)
            measured.append(
                Row(
                    reader=reader,
                    way=way,
                    one=one,
                    threads=speed(reader, way, threads=2)[0] if reader == "v1" else None,
                    two=speed(reader, way, processes=2)[0],
                    cold=cold_start(reader, way),
                    megabytes=megabytes,
                    shares=shares.get(way),
                )
            )
    if not parsers:
        left_out.append("textacy: not measured: it reads a spaCy parse, and no spaCy pipeline for English is installed")
    return measured, [*left_out, CITRON]


def figures() -> dict[str, float]:
    """By reader and way: words a second of one process and of two, seconds, megabytes, F1 where the articles are."""
    out: dict[str, float] = {}
    for row in rows()[0]:
        name = f"{row.reader}.{row.way}"
        out |= {f"{name}.{key}": getattr(row, key) for key in TARGETS}
        if row.shares is not None:
            out[f"{name}.polnear_dev_f1"] = row.shares["f1"]
    return out


def main() -> int:
    """Print a table; 1 when the trained reader misses a target."""
    read_articles = articles(ARTICLES)
    real = "PolNeAR articles" if POLNEAR.exists() else "articles of the example (PolNeAR is not beside the project)"
    print(f"{len(read_articles)} {real}, {count(read_articles)} words; medians of {RUNS}")
    print(f"{'':18} {'words a second':^29} {'cold':>6} {'peak':>6}   PolNeAR dev")
    print(f"{'':<18} {'one':>9} {'2 threads':>9} {'two':>9} {'s':>6} {'MB':>6}  {'P':>5} {'R':>5} {'F1':>5}")
    missed = False
    measured, left_out = rows()
    for row in measured:
        threads = "" if row.threads is None else f"{row.threads:.0f}"
        cells = [f"{100 * row.shares[k]:5.1f}" for k in ("precision", "recall", "f1")] if row.shares else []
        print(
            f"{row.reader:<10} {row.way:<7} {row.one:9.0f} {threads:>9} {row.two:9.0f} {row.cold:6.2f} "
            f"{row.megabytes:6.0f}  {' '.join(cells)}"
        )
        if row.reader == "v1":
            missed |= min(row.one - TARGETS["one"], row.two - TARGETS["two"]) < 0
            missed |= max(row.cold - TARGETS["cold"], row.megabytes - TARGETS["megabytes"]) > 0
    print(f"targets of v1: {', '.join(f'{key} {value:g}' for key, value in TARGETS.items())}", end="; ")
    print("MISSED" if missed else "kept")
    for line in left_out:
        print(line)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
