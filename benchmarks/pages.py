"""How long a page takes, and how much of the article is got: beside trafilatura, jusText and resiliparse in one run.

Renders the stories of ``tests/site_templates.py`` in twenty styles of markup. Words are those of the article's own
paragraphs, headings and such neutral lines as byline and standfirst left out of both counts. Times are those of the
processor, the better of ``--rounds``, since other work may share it.
"""

import argparse
import re
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


def main() -> int:
    """Print quality by reader, then the ratio of times; 1 when a paragraph of an article is lost."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--copies", type=int, default=50, help="how often each page is read for the times")
    options.add_argument("--rounds", type=int, default=3, help="how often times are taken")
    given = options.parse_args()
    pages = [template(story) for template in templates().values() for story in STORIES]
    print(f"{len(pages)} pages of {len(templates())} kinds of site")
    for name, reader in READERS.items():
        precision, recall, lost = quality(pages, reader)
        print(f"  {name:20} words: precision {precision:.3f} recall {recall:.3f}  paragraphs not whole: {lost}")
    markups = [page.markup for page in pages[:: len(STORIES)]] * given.copies
    ratios = []
    for _ in range(given.rounds):
        alone, both = seconds(markups, _alone), seconds(markups, ours)
        ratios.append(both / alone)
        print(f"  {len(markups)} pages: trafilatura alone {alone:.2f} s, ingest and cleaning {both:.2f} s")
    print(f"  ratio of times: {min(ratios):.2f} (of {', '.join(f'{ratio:.2f}' for ratio in ratios)})")
    return int(quality(pages, READERS["headwater, cleaned"])[2] > 0)


if __name__ == "__main__":
    sys.exit(main())
