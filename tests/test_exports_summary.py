"""The source summary, as Markdown and as a Word file: what it says, and that an article's words stay words."""

import io
import re

import docx
import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from crowd import crowd
from exported import BARE, HARM, HOSTILE, NASTY, harmed
from headwater.exports.docx import to_docx
from headwater.exports.markdown import to_markdown
from headwater.exports.summary import MOST_CLAIMS, summary_of
from headwater.model import Trace
from sample import TRACE

AVOIDED = re.compile(r"\b(?:verified|fake|trust score|true)\b", re.IGNORECASE)


def tokens(data: bytes) -> list[Token]:
    """All tokens of a page as a reader of GitHub's Markdown sees it, the inline ones too."""
    outer = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode())
    return [token for one in outer for token in (one, *(one.children or ()))]


def words_of(data: bytes) -> list[str]:
    """The lines of a page as they are read."""
    outer = MarkdownIt("commonmark").parse(data.decode())
    return ["".join(t.content for t in one.children or ()) for one in outer if one.type == "inline"]


def test_what_a_summary_says() -> None:
    """Sources in summary; each claim with its origins, ways and words; single sources; differences; gaps; citations."""
    page = words_of(to_markdown(TRACE))
    assert page[0] == "Source summary: Tide gate stood open as Kessel slept"
    for words in (
        "Sources in summary",
        "5 articles of 5 outlets, published 17 to 20 March 2025. 4 separate texts: the others share their words.",
        "The flood reached 212 homes. 1 origin, carried by 3 outlets [1][2][4].",
        "Origin: Kessel flood log (document; stated).",
        "[1] The Harbour Ledger cites Kessel flood log: “The water reached 212 homes in mid-March”.",
        "2 articles state it in their own voice; where they have it from cannot be judged.",
        "Single-source claims",
        "The flood reached 212 homes. Kessel flood log; stands or falls with Kessel flood log [1][2][4].",
        "Where tellings differ",
        "Number, cannot both hold: The articles give 212 and 221 homes. [1][4]",
        "Gaps, and what cannot be judged",
        "The whole text: the text is cut off (002).",
        "Source reference citations",
        "[2] Coastwire, “Kessel gate was open 41 minutes: report”, 18 March 2025, 62 words.",
    ):
        assert words in page
    assert not [line for line in page if AVOIDED.search(line)]


def test_an_empty_trace_has_a_page() -> None:
    """Nothing known is said to be nothing."""
    assert "0 claims are carried by more than one article" in to_markdown(BARE).decode()


def test_a_page_stays_a_page() -> None:
    """Of a large story the first claims are told, and how many more there are."""
    large = crowd(TRACE, 300)
    many = Trace(made_by=TRACE.made_by, articles=large.articles, sources=large.sources, claims=large.claims * 10)
    blocks = list(summary_of(many))
    heading = next(n for n, b in enumerate(blocks) if b.text.startswith("Claims carried"))
    end = next(n for n, b in enumerate(blocks) if n > heading and b.kind == "heading")
    assert sum(b.kind == "item" for b in blocks[heading:end]) <= MOST_CLAIMS
    assert [
        b for b in blocks[heading:end] if b.text.startswith("So ") and b.text.endswith("more articles: see the tables.")
    ]
    assert max(len(b.text) for b in blocks) < 1_000
    assert end - heading < 15 * 2 * MOST_CLAIMS


@pytest.mark.parametrize("trace", [TRACE, HOSTILE, *(harmed(TRACE, words) for words in HARM)])
def test_words_make_no_markup(trace: Trace) -> None:
    """No HTML, image, code, table, quotation or rule stands on the page, and no link but addresses of articles."""
    found = tokens(to_markdown(trace))
    kinds = {token.type for token in found}
    assert kinds <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "strong_open", "strong_close"),
        *("link_open", "link_close", "softbreak"),
    }
    links = {str(token.attrs["href"]) for token in found if token.type == "link_open"}
    assert all(link.startswith("https://ledger.example/") for link in links)


@given(NASTY)
def test_any_words_are_read_as_they_are(words: str) -> None:
    """Whatever a claim says stands on the page in its own characters, on one line."""
    blocks = [f"{b.lead} {b.text}".strip() if b.lead else b.text for b in summary_of(harmed(TRACE, words))]
    assert [line.split() for line in words_of(to_markdown(harmed(TRACE, words)))] == [b.split() for b in blocks]


def test_bare_addresses_are_no_links() -> None:
    """Readers that link bare addresses find none among an article's words."""
    page = to_markdown(harmed(TRACE, "see http://weir.example www.weir.example or a@weir.example")).decode()
    assert not re.search(r"(?<!<)https?://|www\.|\w@", page)


@pytest.mark.parametrize("trace", [TRACE, BARE, HOSTILE, *(harmed(TRACE, words) for words in HARM)])
def test_a_word_file_says_the_same(trace: Trace) -> None:
    """The paragraphs are the blocks, in styles that every template has; it names no date of writing and no link."""
    document = docx.Document(io.BytesIO(to_docx(trace)))
    shown = [
        f"{block.lead} {block.text}".strip() + (f" {block.address}" if block.address else "")
        for block in summary_of(trace)
    ]
    assert [p.text.strip() for p in document.paragraphs] == [line.strip() for line in shown]
    assert document.core_properties.created is None
    assert document.core_properties.author.startswith("Headwater")
    assert not [part for part in document.part.rels.values() if part.is_external]
