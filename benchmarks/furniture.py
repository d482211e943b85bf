"""How well cleaning finds page furniture: on real articles marked by hand, and on pages of twenty kinds of site.

Reads the marks in ``furniture.json`` and the articles beside the project. The rules were made on "tune"; of "report" a
few faults were mended after a look; "later" was marked when the rules stood, starting from what they found. "fresh",
then "last", then "third" were each marked by hand before the rules of that time saw them, and only then mended: what
each had at first sight is in FIRST_SIGHT. White space and ``leave_out`` count for nothing.

On pages, trafilatura alone, jusText and resiliparse run beside it; they read markup, and have nothing to do on text
that is extracted already.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from headwater.clean import mark
from headwater.model import Article

HERE = Path(__file__).resolve().parent
MARKS = HERE / "furniture.json"
DATA = HERE.parents[1] / "shared" / "data"
HALVES = ("tune", "report", "later", "fresh", "last", "third")
#: Precision and recall of characters when the rules saw a half for the first time.
FIRST_SIGHT = {"later": (1.0, 0.791), "fresh": (1.0, 0.771), "last": (1.0, 0.774), "third": (1.0, 0.885)}
LINE = re.compile(r"[^\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Count:
    """What was found rightly, what wrongly, what was missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, gold: int, got: int, both: int) -> None:
        """Count so many marked by hand, found, and both."""
        self.right += both
        self.extra += got - both
        self.missed += gold - both

    def precision(self) -> float:
        """The share 0..1 of what was found that is marked by hand."""
        found = self.right + self.extra
        return self.right / found if found else 1.0

    def recall(self) -> float:
        """The share 0..1 of what is marked by hand that was found."""
        marked = self.right + self.missed
        return self.right / marked if marked else 1.0

    def __str__(self) -> str:
        return f"precision {self.precision():.3f} recall {self.recall():.3f} of {self.right + self.missed:5}"


@dataclass(slots=True)
class Scores:
    """Counts of characters and lines by half and by kind, and the outlets met."""

    characters: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    lines: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    kinds: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    outlets: set[str] = field(default_factory=set)
    articles: Counter[str] = field(default_factory=Counter)


def places(spans: Iterable[tuple[int, int]]) -> set[int]:
    """The places that the spans cover."""
    return {place for start, end in spans for place in range(start, end)}


def runs(text: str, at: set[int]) -> Iterator[str]:
    """The runs of text at these places."""
    run: list[str] = []
    last = None
    for place in sorted(at):
        if last is not None and place > last + 3:
            yield "".join(run)
            run = []
        run.append(text[place])
        last = place
    if run:
        yield "".join(run)


def marked_articles() -> Iterator[tuple[dict[str, object], str, str]]:
    """Each article marked by hand: its marks, its text, its outlet."""
    marks = json.loads(MARKS.read_text(encoding="utf-8"))["articles"]
    wanted = {entry["id"]: entry for entry in marks}
    for file in sorted({entry["file"] for entry in marks}):
        with (DATA / file).open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                entry = wanted.get(row["id"])
                if entry is not None and entry["file"] == file:
                    yield entry, row["text"], row["outlet"]


def score_text(*, verbose: bool) -> Scores:
    """Mark the articles and compare with the marks by hand; print what differs where asked to."""
    scores = Scores()
    for entry, text, outlet in marked_articles():
        half: str = entry["half"]  # type: ignore[assignment]
        spans: list[tuple[int, int, str]] = entry["spans"]  # type: ignore[assignment]
        skip = places(entry["leave_out"]) | {i for i, c in enumerate(text) if c.isspace()}  # type: ignore[arg-type]
        gold = places((start, end) for start, end, _ in spans) - skip
        found = mark(Article(id=str(entry["id"]), text=text)).furniture
        got = places((one.start, one.end) for one in found) - skip
        scores.outlets.add(outlet)
        scores.articles.update((half, "all"))
        for kind in {kind for _, _, kind in spans} | {one.kind for one in found}:
            of_kind = places((s, e) for s, e, k in spans if k == kind) - skip
            got_kind = places((one.start, one.end) for one in found if one.kind == kind) - skip
            # found under another kind is found; wrong is only what is no furniture at all
            scores.kinds[kind].right += len(of_kind & got)
            scores.kinds[kind].missed += len(of_kind - got)
            scores.kinds[kind].extra += len(got_kind - gold)
        gold_lines, got_lines = set(), set()
        for match in LINE.finditer(text):
            line = set(range(*match.span())) - skip
            if line and len(line & gold) * 2 > len(line):
                gold_lines.add(match.start())
            if line and len(line & got) * 2 > len(line):
                got_lines.add(match.start())
        for name in (half, "all"):
            scores.characters[name].add(len(gold), len(got), len(gold & got))
            scores.lines[name].add(len(gold_lines), len(got_lines), len(gold_lines & got_lines))
        if verbose:
            for said, at in (("WRONG ", got - gold), ("MISSED", gold - got)):
                for run in runs(text, at):
                    print(f"{said} {entry['id']} ({half}): {run[:160]}")
    return scores


def by_us(markup: str, url: str | None) -> str:
    """What ingest and clean leave of a page."""
    from headwater.ingest.html import read_page

    text = read_page(markup, url=url).text
    kept, at = [], 0
    for one in mark(Article(id="a", text=text)).furniture:
        kept.append(text[at : one.start])
        at = one.end
    return "".join((*kept, text[at:]))


def by_ingest(markup: str, url: str | None) -> str:
    """What ingest leaves of a page, before it is cleaned."""
    from headwater.ingest.html import read_page

    return read_page(markup, url=url).text


def by_trafilatura(markup: str, url: str | None) -> str:
    """The same by trafilatura alone, as it comes."""
    import trafilatura

    return trafilatura.extract(markup, url=url) or ""


def by_justext(markup: str, url: str | None) -> str:
    """The same by jusText, with its English stop words; of its own 200 characters, no page here has one paragraph."""
    import justext

    paragraphs = justext.justext(
        markup.encode(), justext.get_stoplist("English"), encoding="utf-8", length_low=40, length_high=100
    )
    return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)


def by_resiliparse(markup: str, url: str | None) -> str:
    """The same by resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(markup, main_content=True))


READERS: dict[str, Callable[[str, str | None], str]] = {
    "headwater": by_us,
    "ingest alone": by_ingest,
    "trafilatura": by_trafilatura,
    "justext": by_justext,
    "resiliparse": by_resiliparse,
}


def words_of(text: str) -> list[str]:
    """A text's words, small letters."""
    return WORD.findall(text.casefold())


def kept(line: str, output: str, runs_of_six: set[tuple[str, ...]], lines: set[tuple[str, ...]]) -> int:
    """How many of a line's words stand in the output: in runs of six; a shorter line whole, the shortest as a line."""
    said = words_of(line)
    if len(said) < 4:
        return len(said) if tuple(said) in lines else 0
    if len(said) < 6:
        return len(said) if f" {' '.join(said)} " in output else 0
    runs_here = [tuple(said[i : i + 6]) for i in range(len(said) - 5)]
    return len({j for i, run in enumerate(runs_here) if run in runs_of_six for j in range(i, i + 6)})


def score_pages(
    *, verbose: bool, readers: Mapping[str, Callable[[str, str | None], str]] = READERS
) -> dict[str, tuple[int, int, int, int]]:
    """Per reader: the articles' own words kept and how many there are, furniture words let through and how many."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from site_templates import STORIES, templates

    out: dict[str, tuple[int, int, int, int]] = {}
    for name, read in readers.items():
        own = all_own = through = all_furniture = 0
        for site, render in templates().items():
            for story in STORIES:
                page = render(story)
                text = read(page.markup, page.url)
                said = words_of(text)
                output = f" {' '.join(said)} "
                sixes = {tuple(said[i : i + 6]) for i in range(len(said) - 5)}
                lines = {tuple(words_of(line)) for line in text.splitlines()}
                for line in (*page.paragraphs, *page.headings):
                    words = len(words_of(line))
                    own, all_own = own + (n := kept(line, output, sixes, lines)), all_own + words
                    if verbose and n < words and name == "headwater":
                        print(f"LOST    {site}: {line[:140]}")
                for line in page.furniture:
                    words = len(words_of(line))
                    through, all_furniture = through + (n := kept(line, output, sixes, lines)), all_furniture + words
                    if verbose and n and name == "headwater":
                        print(f"THROUGH {site}: {line[:140]}")
        out[name] = (own, all_own, through, all_furniture)
    return out


def figures() -> dict[str, float]:
    """What the gate holds: shares of characters and lines on articles where they are, of words on pages anywhere."""
    own, all_own, through, furniture = score_pages(verbose=False, readers={"headwater": by_us})["headwater"]
    out = {"pages.kept": own / all_own, "pages.through": through / furniture}
    if DATA.is_dir():
        scores = score_text(verbose=False)
        for name, count in (("characters", scores.characters["all"]), ("lines", scores.lines["all"])):
            out[f"{name}.precision"], out[f"{name}.recall"] = count.precision(), count.recall()
    return out


def main() -> int:
    """Print the scores; with ``-v`` also what was marked wrongly or missed."""
    verbose = "-v" in sys.argv
    if not DATA.is_dir():
        print(f"furniture: skipped on real articles, none at {DATA}")
    else:
        scores = score_text(verbose=verbose)
        print(f"furniture: {scores.articles['all']} articles of {len(scores.outlets)} outlets marked by hand")
        for half in (*HALVES, "all"):
            first = FIRST_SIGHT.get(half)
            seen = f"; at first sight {first[0]:.3f} and {first[1]:.3f}" if first else ""
            print(f"  {half:6} ({scores.articles[half]:3}) characters {scores.characters[half]}{seen}")
            print(f"  {'':6} {'':5} lines      {scores.lines[half]}")
        for kind, count in sorted(scores.kinds.items()):
            print(f"  {kind:14} characters {count}")
    for name, (own, all_own, through, furniture) in score_pages(verbose=verbose).items():
        print(
            f"pages {name:12} own words kept {own / all_own:.3f} of {all_own},"
            f" furniture words let through {through / furniture:.3f} of {furniture}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
