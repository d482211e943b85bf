"""Pages: the article's own words whole and in order, what the page claims of itself, and pages made to do harm."""

# ruff: noqa: E501 - markup is written as sites write it

import io
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.errors import InputError, NoTextError
from headwater.ingest.found import Found, Where
from headwater.ingest.html import article_of_page, read, read_page
from headwater.ingest.jsonld import said_of
from headwater.ingest.markup import decoded, original
from headwater.model import Failure
from site_templates import BRIDGE, FERRY, STORIES, Page, Story, templates

WHERE = Where("page.html", "page", "page.html")
BODY = "".join(f"<p>Paragraph {n} says that the council of Kessel met on the quay and voted.</p>" for n in range(12))


def page_of(head: str = "", body: str = BODY, *, html: str = "") -> str:
    """A page around a plain article."""
    return f"<!DOCTYPE html><html {html}><head>{head}</head><body><article>{body}</article></body></html>"


def data(**fields: object) -> str:
    """A script of JSON-LD for a news article."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


@pytest.fixture(scope="module", params=[(name, story) for name in templates() for story in STORIES], ids=str)
def rendered(request: pytest.FixtureRequest) -> tuple[Page, str]:
    """A page of each template and story, and the text read from it."""
    name, story = request.param
    page = templates()[name](story)
    return page, read_page(page.markup).text


def test_no_paragraph_is_lost(rendered: tuple[Page, str]) -> None:
    """Each of the article's own paragraphs, quotations and items stands on a line of its own, in order."""
    page, text = rendered
    lines = [line.strip().removeprefix("- ") for line in text.split("\n")]
    assert [line for line in lines if line in page.paragraphs] == list(page.paragraphs)


def test_furniture_is_left_out_or_stands_apart(rendered: tuple[Page, str]) -> None:
    """What is not the article's is left out, or on lines of its own, which cleaning can mark."""
    page, text = rendered
    lines = [line.strip().removeprefix("- ") for line in text.split("\n")]
    for line in lines:
        if line in page.paragraphs or line in page.headings:
            continue
        assert not any(own in line for own in page.paragraphs), line
    let_through = [line for line in page.furniture if line in lines]
    assert len(let_through) <= 1, let_through


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
@pytest.mark.parametrize("template", templates().values(), ids=templates())
def test_claims_of_templates(template: Callable[[Story], Page], story: Story) -> None:
    """What each kind of site says of title, writer, outlet, dates, address and access is read."""
    page = template(story)
    found = read_page(page.markup)
    assert found.title == page.title
    assert found.byline in (page.byline, None if page.byline is None else story.byline)
    assert found.outlet == page.outlet
    assert (found.published, found.modified) == (page.published, page.modified)
    assert found.url == page.url
    assert found.free == page.free


@pytest.mark.parametrize(
    ("head", "published"),
    [
        pytest.param(
            data(datePublished="2025-04-11T09:14:00+02:00")
            + '<meta property="article:published_time" content="2025-04-12T08:00:00Z">',
            "2025-04-11T09:14:00+02:00",
            id="json-ld-before-meta",
        ),
        pytest.param(
            data(datePublished="2025-04-11")
            + '<meta property="article:published_time" content="2025-04-11T08:05:00Z">',
            "2025-04-11T08:05:00Z",
            id="time-of-the-same-day",
        ),
        pytest.param('<meta name="date" content="2025-04-11">', "2025-04-11", id="day-stays-a-day"),
        pytest.param(data(datePublished="1970-01-01T00:00:00Z"), None, id="never-filled-in"),
        pytest.param(data(datePublished="1804-05-06"), None, id="before-1990"),
        pytest.param(data(datePublished="2025-04-14T00:00:00Z"), None, id="after-it-was-fetched"),
        pytest.param(data(datePublished="2025-04-13T01:00:00+13:00"), "2025-04-13T01:00:00+13:00", id="tomorrow-east"),
        pytest.param(
            data(datePublished="3025-04-11") + '<meta name="pubdate" content="2025-04-10">', "2025-04-10", id="typing"
        ),
        pytest.param(data(datePublished="yesterday"), None, id="no-date"),
        pytest.param(
            '<link rel="canonical" href="https://a.example/2025/04/09/quay">', "2025-04-09", id="address-last"
        ),
    ],
)
def test_which_date_counts(head: str, published: str | None) -> None:
    """JSON-LD, then meta elements, then the address; doubtful dates are passed over, zone and precision kept."""
    assert read_page(page_of(head), fetched="2025-04-12T10:00:00Z").published == published


def test_all_claims_reach_the_article() -> None:
    """Modified, publisher, credit, basis and access stand in the article as the page says them."""
    head = data(
        headline="Quay closes",
        datePublished="2025-04-11T09:14:00+02:00",
        dateModified="2025-04-11T12:00:00+02:00",
        author=[{"@type": "Person", "name": "Mara Quill"}, "Tobin Ashe", {"name": "Mara Quill"}],
        publisher={"name": "Courier Media"},
        creditText="Coastwire",
        isBasedOn=[
            "https://web.archive.org/web/20250410000000/https://coastwire.example/1",
            {"@id": "https://b.example/2"},
        ],
        isAccessibleForFree="False",
        inLanguage="en-GB",
    )
    page = read_page(page_of(head + '<meta property="og:site_name" content="The Courier">'))
    article = article_of_page(page, WHERE._replace(url="https://courier.example/q", fetched="2025-04-12"))
    assert article.byline == "Mara Quill; Tobin Ashe"
    assert (article.outlet, article.publisher, article.credit) == ("The Courier", "Courier Media", "Coastwire")
    assert article.modified == "2025-04-11T12:00:00+02:00"
    assert article.based_on == ("https://coastwire.example/1", "https://b.example/2")
    assert (article.free, article.truncated) == (False, True)
    assert (article.language, article.url, article.fetched) == ("en", "https://courier.example/q", "2025-04-12")


def test_a_long_text_that_is_not_free_is_not_cut() -> None:
    """A page that says it is not for all, and shows all of it, is not said to be cut off."""
    assert not read_page(page_of(data(isAccessibleForFree=False), BODY * 4)).truncated


@pytest.mark.parametrize(
    ("script", "author"),
    [
        pytest.param('{"@type":"NewsArticle","author":"A B",}', "A B", id="comma-too-many"),
        pytest.param("{&quot;@type&quot;:&quot;Article&quot;,&quot;author&quot;:&quot;A B&quot;}", "A B", id="escaped"),
        pytest.param('<!-- {"@type":"Article","author":"A B"} -->', "A B", id="comment"),
        pytest.param('//<![CDATA[\n{"@type":"Article","author":"A B"}\n//]]>', "A B", id="cdata"),
        pytest.param('{"@type":"WebSite"}{"@type":"Article","author":"A B"}', "A B", id="two-values"),
        pytest.param('{"@type":"Article","author":"A\nB"}', "A B", id="line-feed-in-text"),
        pytest.param('[[{"@type":["Thing","ReportageNewsArticle"],"author":{"name":["A B"]}}]]', "A B", id="lists"),
        pytest.param(
            '{"@graph":[{"@type":"Person","@id":"#a","name":"A B"},{"@type":"Article","author":[{"@id":"#a"}]}]}',
            "A B",
            id="reference",
        ),
        pytest.param('{"@type":"Article","author":{"name":"A &amp; B"}}', "A & B", id="entity"),
        pytest.param('{"@type":"Article","author":"https://a.example/x"}', None, id="address-is-no-name"),
        pytest.param('{"@type":"Article","author":{"@id":"#nobody"}}', None, id="reference-to-nothing"),
        pytest.param('{"@type":"Article","author":[null,7,{"name":null}]}', None, id="no-names"),
        pytest.param(
            '{"@type":"ItemList","itemListElement":[{"@type":"Article","author":"C D"}]}', None, id="of-another"
        ),
        pytest.param("[" * 5000, None, id="deep"),
        pytest.param('{"@type":"Article","author":"A B"', None, id="cut-off"),
    ],
)
def test_loose_data(script: str, author: str | None) -> None:
    """Data are read however sites write them; what cannot be read is passed over."""
    said = said_of([script])
    assert (said.author if said else None) == author


def test_the_article_that_is_meant() -> None:
    """Of several articles in the data the one with the page's own address or headline is it."""
    head = data(headline="Other", author="C D") + data(headline="Quay closes", author="A B")
    assert read_page(page_of(head, f"<h1>Quay closes</h1>{BODY}")).byline == "A B"
    head = data(url="https://a.example/1/x", author="C D") + data(
        mainEntityOfPage={"@id": "https://a.example/2/y"}, author="A B"
    )
    assert read_page(page_of(head), url="https://a.example/2/y").byline == "A B"


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        (
            "<p><b>W</b>ord and ano<i>ther</i> one were said on the quay.</p>",
            "Word and another one were said on the quay.",
        ),
        ("<p>One<!-- c --> line, <a href='x'>two</a>\n   links.</p>", "One line, two links."),
        ("<p>He said it is<br>about the river.</p>", "He said it is about the river."),
        ("<p>“Quoted,” <em>he</em> said.</p>", "“Quoted,” he said."),
        ("<blockquote>Words that were quoted from a letter.</blockquote>", "Words that were quoted from a letter."),
        ("<p>First of two.<br><br>Second of two.</p>", "Second of two."),
        ("<p>Soft&shy;ened &amp; spaced&nbsp;out.</p>", "Softened & spaced out."),
        (
            "<figure><img src=a><figcaption>A picture of it</figcaption></figure><p>After it came this.</p>",
            "After it came this.",
        ),
    ],
    ids=["inline", "comment", "break", "quotation", "blockquote", "two-breaks", "entities", "caption"],
)
def test_blocks_are_lines(markup: str, line: str) -> None:
    """One block is one line: no words joined or torn at tags, captions not glued to sentences."""
    assert line in read_page(page_of(body=BODY + markup + BODY)).text.split("\n")


def test_lists_and_tables_can_be_read() -> None:
    """Items stand on lines, rows of a table of data too, and nested lists keep each item once."""
    markup = "<ol><li>first <b>thing</b></li><li>second<ul><li>inner</li></ul></li></ol>"
    markup += "<table><tr><th>Town</th><th>Votes</th></tr><tr><td>Kessel</td><td>1,200</td></tr></table>"
    lines = [line.strip() for line in read_page(page_of(body=BODY + markup + BODY)).text.split("\n")]
    assert [line for line in lines if line.startswith("- ")] == ["- first thing", "- second", "- inner"]
    (row,) = [line for line in lines if "Kessel" in line and "1,200" in line]
    assert row.index("Kessel") < row.index("1,200")


def test_lost_items_are_put_back() -> None:
    """A list that an extractor leaves out among paragraphs stands where it stood."""
    page = templates()["print_view"](FERRY)
    lines = read_page(page.markup).text.split("\n")
    before = next(number for number, line in enumerate(lines) if line.startswith("The harbour office lists"))
    assert lines[before + 1] == "- a pump that does not hold pressure;"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<form action=x><div id=main>{}</div><input></form>", id="form"),
        pytest.param("<x-a><template shadowrootmode=open><article>{}</article></template></x-a>", id="shadow"),
        pytest.param("<noscript><article>{}</article></noscript>", id="noscript"),
        pytest.param("<svg class=a/><article>{}</article><svg><path/></svg>", id="drawing-closed-at-once"),
        pytest.param("<div class='post has-comments'>{}</div>", id="class-that-only-sounds-so"),
        pytest.param("<div class='share related'><h1>Quay closes</h1>{}</div>", id="class-around-all"),
        pytest.param("<div id=comments>{}</div>", id="nothing-but-comments"),
        pytest.param("<table><tr><td><a href=x>Home</a><td>{}</table>", id="layout-table"),
        pytest.param("<center><font size=2>{}</font></center>", id="font"),
    ],
)
def test_odd_holders(markup: str) -> None:
    """An article is found whatever holds it."""
    text = read_page(f"<html><body>{markup.format(BODY)}</body></html>").text
    assert [line for line in text.split("\n") if line.startswith("Paragraph")] == [
        f"Paragraph {n} says that the council of Kessel met on the quay and voted." for n in range(12)
    ]


@pytest.mark.parametrize("name", ["paywall", "share", "caption", "promo", "ad", "social related"])
def test_a_class_on_every_paragraph_says_nothing(name: str) -> None:
    """A class that most of the text bears is no sign of furniture."""
    assert "Paragraph 7 says" in read_page(page_of(body=BODY.replace("<p>", f'<p class="{name}">'))).text


def test_what_classes_name_as_furniture() -> None:
    """Boxes that their class names, while they hold little, are left out."""
    box = '<div class="related-inline"><p>Harbour dues to rise by a tenth.</p></div><p class="promo">Join us on every channel.</p>'
    text = read_page(page_of(body=BODY + box + BODY)).text
    assert "Harbour dues" not in text
    assert "every channel" not in text


def test_xhtml() -> None:
    """In XHTML a script may close itself."""
    markup = f"<?xml version='1.0'?><html><head><script src='x'/></head><body><article>{BODY}</article></body></html>"
    assert "Paragraph 11 says" in read_page(markup).text


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<html><frameset><frame src=a><noframes>No frames.</noframes></frameset></html>", "set of frames"),
        (
            "<html><body><noscript>Turn on JavaScript.</noscript><div id=root></div></body></html>",
            "open it in a browser",
        ),
        ("<html><body></body></html>", "give its text"),
    ],
    ids=["frames", "shell", "empty"],
)
def test_why_there_is_no_article(markup: str, why: str) -> None:
    """A page without an article says why, where that can be seen, and what to do."""
    with pytest.raises(NoTextError, match=why):
        read_page(markup)


def test_article_in_data_only() -> None:
    """A page drawn by scripts gives the text its data hold; one that holds none says what to do."""
    body = "The quay was closed on Monday.\n\nNobody was hurt, the council said. " * 12
    found = read_page(f"<html><head>{data(articleBody=body)}</head><body><div id=app></div></body></html>")
    assert found.text.split("\n")[0] == "The quay was closed on Monday."
    closed = data(articleBody=body, isAccessibleForFree=False)
    with pytest.raises(NoTextError, match="open it in a browser"):
        read_page(f"<html><head>{closed}</head><body><div id=app></div></body></html>")
    with pytest.raises(NoTextError, match="open it in a browser"):
        read_page('<html><body><div id=root></div><script type="application/json">{"a":1}</script></body></html>')


@pytest.mark.parametrize(
    ("before", "after", "url", "fetched"),
    [
        pytest.param(
            "<!-- saved from url=(0033)https://courier.example/news/quay -->",
            "",
            "https://courier.example/news/quay",
            None,
            id="save-as",
        ),
        pytest.param("<!-- saved from url=(0014)about:internet -->", "", None, None, id="save-as-nowhere"),
        pytest.param(
            "<!--\n Page saved with SingleFile \n url: https://courier.example/q \n saved date: Mon Aug 25 2025 10:09:07"
            " GMT+0200 (Central European Summer Time)\n-->",
            "",
            "https://courier.example/q",
            "2025-08-25T10:09:07+02:00",
            id="single-file",
        ),
        pytest.param(
            "<!-- saved from url=(0070)https://web.archive.org/web/20250412083015/https://courier.example/q -->",
            "",
            "https://courier.example/q",
            "2025-04-12T08:30:15Z",
            id="saved-from-archive",
        ),
        pytest.param(
            "",
            "<!-- FILE ARCHIVED ON 08:30:15 Apr 12, 2025 AND RETRIEVED FROM THE INTERNET ARCHIVE -->",
            None,
            "2025-04-12T08:30:15Z",
            id="archive",
        ),
        pytest.param(
            "<div id='bN_hdr'>This is Google's cache of <a href='https://courier.example/q'>https://courier.example/q</a>."
            " It is a snapshot of the page as it appeared on Apr 12, 2025 08:30:15 GMT.</div>",
            "",
            "https://courier.example/q",
            "2025-04-12T08:30:15Z",
            id="cache",
        ),
    ],
)
def test_saved_copies(before: str, after: str, url: str | None, fetched: str | None) -> None:
    """A saved copy says where it was saved from and when."""
    markup = page_of().replace("<body>", f"<body>{before}") + after
    found = read_page(markup)
    assert (found.url, found.fetched) == (url, fetched)
    assert "cache" not in found.text


def test_addresses_of_archives() -> None:
    """The address behind an archive's own, and when it took its copy."""
    assert original("https://web.archive.org/web/20250412083015im_/http://a.example/x") == (
        "http://a.example/x",
        "2025-04-12T08:30:15Z",
    )
    assert original("https://web.archive.org/web/2025/a.example") == ("http://a.example", None)
    assert original("https://a.example/web/2025/x") == ("https://a.example/web/2025/x", None)


def test_canonical_link() -> None:
    """The canonical link is the address, unless it leads to a front page; a relative one is joined."""
    for href, url in (("/news/a", "https://a.example/news/a"), ("https://a.example/", "https://a.example/amp/a")):
        page = page_of(f'<link rel="canonical" href="{href}">')
        assert read_page(page, url="https://a.example/amp/a").url == url
    syndicated = page_of('<link rel="canonical" href="https://wire.example/news/a">')
    assert read_page(syndicated, url="https://paper.example/b").url == "https://paper.example/b"
    assert read_page(syndicated, url="https://wire-example.cdn.ampproject.org/c/a").url == "https://wire.example/news/a"
    assert read_page(page_of('<link rel="canonical" href="javascript:x"><link rel=canonical>')).url is None


@pytest.mark.parametrize(
    ("start", "head", "encoding", "charset"),
    [
        ("", '<meta charset="windows-1252">', "cp1252", None),
        ("", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252", None),
        ("", "", "utf-16", None),
        ("", "", "utf-16-le", None),
        ("", "", "utf-16-be", None),
        ("", "", "cp1252", "ISO-8859-1"),
        ("", '<meta charset="iso-8859-1">', "utf-8", None),
        ("", '<meta charset="latin1">', "utf-8-sig", "windows-1251"),
        ('<?xml version="1.0" encoding="windows-1252"?>', "", "cp1252", "no-such-thing"),
        ("", "", "cp1252", None),
    ],
    ids=["meta", "http-equiv", "utf-16", "utf-16-le", "utf-16-be", "header", "misnamed", "mark", "xml", "guess"],
)
def test_encodings(start: str, head: str, encoding: str, charset: str | None) -> None:
    """The characters are the same, however the page is encoded."""
    markup = (start + page_of(head).replace("Kessel", "Käßel – “quay”")).encode(encoding)
    assert "the council of Käßel – “quay” met" in read_page(markup, charset=charset).text


HOSTILE = {
    "deep": "<div>" * 100_000 + BODY,
    "deep-inline": "<b>" * 100_000 + BODY,
    "deep-after": BODY + "<div>" * 100_000,
    "nested-links": BODY + "<p><div><span><a href=x>word word " * 20_000,
    "nested-tables": "<table><tr><td>" * 5_000 + BODY,
    "huge-attribute": f"<div title='{'x' * 3_000_000}'>{BODY}</div>",
    "pictures": BODY + f"<img src='data:image/png;base64,{'A' * 20_000_000}'>",
    "many-divs": BODY + "<div class='a related'><span>x</span></div>" * 100_000,
    "many-links": BODY + "<ul>" + "<li><a href=x>link text</a></li>" * 100_000,
    "open-scripts": BODY + "<script>" * 200_000,
    "open-comments": BODY + "<!-" * 500_000,
    "many-attributes": "<div " + " ".join(f"a{n}=x" for n in range(20_000)) + f">{BODY}</div>",
    "breaks": BODY + "<br> " * 300_000,
    "nul": BODY.replace("council", "cou\0ncil").replace("voted", "vo\x01\ufffe\x7fted"),
    "surrogates": BODY.replace("council", "coun\ud800cil"),
    "open-data": BODY + "<img src='data:" * 100_000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages(markup: str) -> None:
    """However a page is built, its article is found, and soon."""
    start = time.process_time()
    text = read_page(f"<html><body>{markup}").text
    assert time.process_time() - start < 10
    assert "Paragraph 11 says that the" in text


def test_ten_megabytes() -> None:
    """A page of ten megabytes of paragraphs is read whole, within ten seconds."""
    body = "".join(f"<p>Paragraph {n} says that the council of Kessel met on the quay.</p>" for n in range(150_000))
    start = time.process_time()
    text = read_page(page_of(body=body)).text
    assert time.process_time() - start < 10
    assert text.count("\n") == 149_999


def test_files() -> None:
    """A file gives one article named by where it is from, or one failure that names it."""
    (found,) = read(io.BytesIO(templates()["wordpress"](BRIDGE).markup.encode()), WHERE)
    assert isinstance(found, Found)
    assert (found.own, found.id, found.article.path) == (False, "page", "page.html")
    assert found.article.published_basis == "metadata"
    (failed,) = read(io.BytesIO(b"<html><body></body></html>"), WHERE)
    assert isinstance(failed, Failure)
    assert failed.where == "page.html"
    (binary,) = read(io.BytesIO(bytes(range(24)) * 400), WHERE)
    assert isinstance(binary, Failure)


PIECES = st.lists(
    st.sampled_from(
        """<p> </p> <div> </div> <div\tclass="share"> <table> <td> <li> <ul> <blockquote> <br> <script> </script> <!-- -->
        <h1> <a\thref=x> </a> <style> <svg> <title> <meta\tproperty="og:title"\tcontent=" "> <link\trel=canonical\thref="
        <script\ttype="application/ld+json">{"@type":"Article", "author":[ "datePublished":"2025-13-41T99", } ] &# &amp; <![CDATA[
        <frameset> <noscript> <p\titemprop="author"\titemscope> data:x; \0 \x1b \ud800 < > " ' = <?xml <html> <body> <time\tdatetime=" """.split(
            " "
        )
    )
    | st.text(max_size=20)
    | st.just("The council met on the quay and voted on Monday. "),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_any_markup(pieces: list[str]) -> None:
    """Any markup gives an article or says that it holds none; text and dates are such as can be written out."""
    markup = "".join(pieces)
    try:
        page = read_page(markup)
    except InputError:
        return
    page.text.encode()
    assert page.text.strip()
    assert read_page(markup) == page


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.none() | st.text(max_size=12))
def test_any_bytes(data: bytes, charset: str | None) -> None:
    """Any bytes are decoded, or said to be binary."""
    with suppress(InputError):
        assert isinstance(decoded(b"<html>" + data, charset=charset), str)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["@type", "@id", "@graph", "author", "publisher", "name", "url", "isBasedOn", "headline", "articleBody",
                         "datePublished", "isAccessibleForFree", "inLanguage", "creditText", "mainEntityOfPage"]),
        inner | st.just("NewsArticle"),
        max_size=6,
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_any_data(value: object) -> None:
    """Any data are read or passed over."""
    said_of([json.dumps({"@type": "Article", "author": value}), json.dumps(value)], headline="x", url="y")


@pytest.mark.real
def test_seeds_have_no_markup() -> None:
    """Real texts wrapped in paragraphs come back whole."""
    shared = Path(__file__).parents[2] / "shared" / "seeds"
    files = sorted(shared.glob("*.txt"))
    if not files:
        pytest.skip("no real texts beside the repository")
    for file in files:
        lines = [
            " ".join(line.split()) for line in file.read_text(encoding="utf-8").split("\n") if len(line.split()) > 12
        ]
        escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
        text = read_page(page_of(body="".join(f"<p>{line}</p>" for line in escaped))).text
        missing = [line for line in dict.fromkeys(lines) if line not in text]
        assert not missing, (file.name, len(missing), len(lines))
