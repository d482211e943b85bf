"""How long a page takes, and how much of the article is got: beside trafilatura, jusText and resiliparse in one run.

Renders the stories of ``tests/site_templates.py`` in twenty styles of markup. Words are those of the article's own
paragraphs, headings and such neutral lines as byline and standfirst left out of both counts. Times are those of the
processor, taken in turns over small batches, since other work may share it; once for the bare templates, and once with
such scripts and menus around them as sites send.
"""

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import trafilatura

from headwater.clean import mark
from headwater.ingest.found import Where
from headwater.ingest.html import article_of_page, read_page
from headwater.model import Article

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from site_templates import STORIES, Page, templates

WHERE = Where(None, "page", "page")
WORD = re.compile(r"\w+")


def ours(markup: str) -> Article:
    """Ingest and cleaning, as a trace runs them."""
    return mark(article_of_page(read_page(markup), WHERE))


def _headwater(markup: str) -> str:
    article = ours(markup)
    text = article.text
    for one in reversed(article.furniture):
        text = f"{text[: one.start]}\n{text[one.end :]}"
    return text


def _alone(markup: str) -> str:
    found = trafilatura.bare_extraction(markup, include_comments=False)
    return (found.text or "") if found is not None and not isinstance(found, dict) else ""


def _justext(markup: str) -> str:
    import justext

    # paragraphs of the stories are short: with its own default of 200 characters it would find none of them
    paragraphs = justext.justext(markup, justext.get_stoplist("English"), length_high=120)
    return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)


def _resiliparse(markup: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(markup, main_content=True)
    return text


READERS: dict[str, Callable[[str], str]] = {
    "headwater, cleaned": _headwater,
    "headwater, as read": lambda markup: read_page(markup).text,
    "trafilatura": _alone,
    "jusText": _justext,
    "resiliparse": _resiliparse,
}


def _words(lines: tuple[str, ...]) -> Counter[str]:
    return Counter(WORD.findall("\n".join(lines).lower()))


def quality(pages: list[Page], reader: Callable[[str], str]) -> tuple[float, float, int]:
    """Precision and recall (shares 0..1) of the articles' words, and how many paragraphs are not there whole."""
    right = got = own = lost = 0
    for page in pages:
        text = reader(page.markup)
        found = Counter(WORD.findall(text.lower()))
        wanted = _words(page.paragraphs)
        neutral = _words((*page.headings, *page.neutral))
        both = found & wanted
        rest = found - wanted
        right += both.total()
        own += wanted.total()
        got += both.total() + (rest - neutral).total()
        flat = " ".join(text.split())
        lost += sum(paragraph not in flat for paragraph in page.paragraphs)
    return right / got if got else 1.0, right / own, lost


def seconds(markups: list[str], reader: Callable[[str], object]) -> float:
    """Processor time for all of them."""
    start = time.process_time()
    for markup in markups:
        reader(markup)
    return time.process_time() - start


MENU = "".join(f'<li class="menu-item"><a href="/section/{n}">Section {n} of the site</a></li>' for n in range(120))
SCRIPT = "<script>" + "window.q=window.q||[];q.push({a:1,b:[2,3]});" * 900 + "</script>"


def heavy(markup: str) -> str:
    """A page as sites send it: 40 KB of script and a menu of 120 links around it."""
    at = markup.lower().find("<body")
    at = markup.find(">", at) + 1
    return f'{markup[:at]}{SCRIPT}<div class="menu"><ul>{MENU}</ul></div>{markup[at:]}'


def ratio_of_times(markups: list[str], copies: int) -> tuple[float, float]:
    """Ingest and cleaning over trafilatura alone: of all the time, and the median of the batches."""
    ours(markups[0])
    pairs = []
    for turn in range(copies):
        if turn % 2:
            alone = seconds(markups, _alone)
            pairs.append((seconds(markups, ours), alone))
        else:
            both = seconds(markups, ours)
            pairs.append((both, seconds(markups, _alone)))
    total = sum(both for both, _ in pairs) / sum(alone for _, alone in pairs)
    return total, statistics.median(both / alone for both, alone in pairs)


def figures() -> dict[str, float]:
    """What the gate holds: shares of the articles' words, paragraphs that are not whole, and times of trafilatura's."""
    pages = [template(story) for template in templates().values() for story in STORIES]
    precision, recall, lost = quality(pages, _headwater)
    markups = [page.markup for page in pages[:: len(STORIES)]]
    return {
        "precision": precision,
        "recall": recall,
        "paragraphs_lost": float(lost),
        "times_trafilatura": ratio_of_times([heavy(markup) for markup in markups], 20)[1],
    }


def main() -> int:
    """Print quality by reader, then the ratios of times; 1 when a paragraph of an article is lost."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--copies", type=int, default=50, help="how often each page is read for the times")
    given = options.parse_args()
    pages = [template(story) for template in templates().values() for story in STORIES]
    print(f"{len(pages)} pages of {len(templates())} kinds of site")
    for name, reader in READERS.items():
        precision, recall, lost = quality(pages, reader)
        print(f"  {name:20} words: precision {precision:.3f} recall {recall:.3f}  paragraphs not whole: {lost}")
    markups = [page.markup for page in pages[:: len(STORIES)]]
    for name, batch in (("bare", markups), ("with scripts and menus", [heavy(markup) for markup in markups])):
        total, median = ratio_of_times(batch, given.copies)
        print(f"  {name}: {total:.2f} times trafilatura alone (median of {given.copies} batches {median:.2f})")
    return int(quality(pages, READERS["headwater, cleaned"])[2] > 0)


if __name__ == "__main__":
    sys.exit(main())
