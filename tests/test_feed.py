"""Feeds of every kind, and lists of feeds: what an item says of itself, what is a teaser, what is refused."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from damaged import damaged
from headwater.errors import InputError
from headwater.ingest import opml
from headwater.ingest.feed import items_of, read
from headwater.ingest.found import Found, Passed, Where
from headwater.ingest.parts import slug_of, web_address
from headwater.ingest.snippet import words_of
from headwater.model import Article, Failure

WHERE = Where(path="news.xml", stem="news", shown="news.xml")
LONG = " ".join(f"The harbour board of Port Ellery closed quay {n} on Monday." for n in range(15))
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ellery Herald &amp; Post</title><link>https://herald.example/</link>
<item><title>Quay to close - Harbour Wire</title><link>https://herald.example/news/quay-to-close.html</link>
<guid isPermaLink="false">abc-1</guid><pubDate>Tue, 04 Mar 2025 08:15:00 +0100</pubDate>
<dc:creator>Ines Okafor</dc:creator><source url="https://wire.example">Harbour Wire</source>
<description>&lt;p&gt;A teaser&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The board voted.</p><script>x()</script>
<p>It said “no” &amp; left.</p>]]></content:encoded>
</item>
<item><title>Second</title><link>/second</link>
<description>The quay &amp;amp; the pier will close [&#8230;]</description></item>
<item><title>Third</title><guid>only-a-name</guid></item>
</channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Alert</title>
<entry><id>tag:example,2025:1</id><title type="html">Quay &amp;amp; pier</title>
<link href="https://www.google.com/url?rct=j&amp;url=https://herald.example/news/quay-and-pier&amp;ct=ga"/>
<published>2025-03-04T08:00:00Z</published><updated>2025-03-05T09:00:00Z</updated>
<author><name>Ines Okafor</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One thing.</p><p>Another.</p></div></content>
<source><title>Ellery Herald</title></source></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://herald.example/"><title>Herald</title></channel>
<item rdf:about="https://herald.example/a"><title>A</title><link>https://herald.example/2025/03/04/a-quay</link>
<description>The quay closes for the winter.</description></item></rdf:RDF>"""
OLD = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Herald</title>
<item><title>A</title><link>https://herald.example/a</link><description>The quay closes.</description></item>
</channel></rss>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Herald",
        "items": [
            {
                "id": "7",
                "url": "https://herald.example/news/quay",
                "title": "Quay",
                "content_html": f"<p>{LONG}</p>",
                "date_published": "2025-03-04T08:00:00Z",
                "authors": [{"name": "Ines Okafor"}, {"name": "Jo Lund"}],
            },
            {"id": 8, "summary": "The quay closes."},
            "no item",
        ],
    }
).encode()


def all_of(data: bytes, where: Where = WHERE) -> tuple[list[Found], list[Failure]]:
    """Articles and failures of a feed."""
    items = list(read(io.BytesIO(data), where))
    return [one for one in items if isinstance(one, Found)], [one for one in items if isinstance(one, Failure)]


def test_an_item_is_an_article_with_what_the_feed_says_of_it() -> None:
    """Its full text before its summary; who really published it is its outlet."""
    found, failures = all_of(RSS)
    assert found[0] == Found(
        False,
        "quay-to-close",
        Article(
            id="quay-to-close",
            text="The board voted.\nIt said “no” & left.",
            path="news.xml",
            url="https://herald.example/news/quay-to-close.html",
            outlet="Harbour Wire",
            title="Quay to close",
            byline="Ines Okafor",
            published="2025-03-04T08:15:00+01:00",
            published_basis="metadata",
            feed="Ellery Herald & Post",
        ),
    )
    assert (found[1].article.url, found[1].article.outlet) == ("https://herald.example/second", None)
    assert failures == [
        Passed(where="news.xml", why="1 item with a headline but no text passed over; give the text they stand for"),
    ]


def test_a_feed_of_headlines_alone_fails_and_says_where_the_text_is() -> None:
    """Nothing came in, so it is no matter of passing over; the first page is named."""
    items = "".join(f"<item><title>T{n}</title><link>https://herald.example/{n}</link></item>" for n in range(3))
    data = f"<rss version='2.0'><channel><title>H</title>{items}</channel></rss>".encode()
    with pytest.raises(InputError, match=r"headlines and no text; fetch their pages \(https://herald.example/0 …\)"):
        all_of(data)


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        pytest.param('<source url="https://wire.example">Harbour Wire</source>', "Harbour Wire", id="a name"),
        pytest.param('<source url="https://www.wire.example/rss"></source>', "wire.example", id="an address alone"),
        pytest.param("<source>Harbour Wire</source>", "Harbour Wire", id="a name alone"),
        pytest.param('<source url="javascript:x">Harbour Wire</source>', "Harbour Wire", id="an address that is none"),
        pytest.param(
            '<source url="https://www.heraldscotland.com">The Herald</source>',
            "The Herald (Glasgow)",
            id="a name that several bear",
        ),
    ],
)
def test_whose_an_item_is(source: str, outlet: str) -> None:
    """By the name and the address of its source; the address stays with the item."""
    data = (
        "<rss version='2.0'><channel><title>Search</title><item><title>Quay</title>"
        f"<link>https://news.example/1</link>{source}<description>{LONG}</description></item></channel></rss>"
    ).encode()
    (found,), _ = all_of(data)
    assert found.article.outlet == outlet
    title, (item,) = items_of(data)
    assert title == "Search"
    assert item.outlet_url == ((source.partition('"')[2].partition('"')[0] or None) if "https" in source else None)


@pytest.mark.parametrize(
    ("data", "text", "truncated"),
    [
        pytest.param(RSS, "The board voted.\nIt said “no” & left.", False, id="RSS 2"),
        pytest.param(ATOM, "One thing.\nAnother.", False, id="Atom"),
        pytest.param(RDF, "The quay closes for the winter.", True, id="RDF"),
        pytest.param(OLD, "The quay closes.", True, id="RSS 0.91 with its public document type"),
        pytest.param(JSON, LONG, False, id="JSON Feed"),
        pytest.param(RSS.decode().replace("utf-8", "utf-16").encode("utf-16"), None, False, id="UTF-16"),
    ],
)
def test_every_kind_of_feed_is_read_and_a_summary_is_a_teaser(data: bytes, text: str | None, truncated: bool) -> None:
    """The first item's text, and whether it is known to be a part."""
    article = all_of(data)[0][0].article
    assert article.text == (text or "The board voted.\nIt said “no” & left.")
    assert article.truncated is truncated


def test_dates_and_addresses_are_those_of_the_page_itself() -> None:
    """Not the day of the update, nor the search engine's address; the day in an address where there is no other."""
    article = all_of(ATOM)[0][0].article
    assert (article.published, article.modified) == ("2025-03-04T08:00:00Z", "2025-03-05T09:00:00Z")
    assert (article.url, article.outlet) == ("https://herald.example/news/quay-and-pier", "Ellery Herald")
    assert all_of(RDF)[0][0].article.published == "2025-03-04"


def test_items_of_a_json_feed_name_all_authors_and_wrong_ones_are_left_alone() -> None:
    """What is no item says nothing."""
    found, failures = all_of(JSON)
    assert [one.article.byline for one in found] == ["Ines Okafor, Jo Lund", None]
    assert [one.id for one in found] == ["quay", "news-2"]
    assert failures == []


def test_a_long_summary_is_no_teaser_unless_it_breaks_off() -> None:
    """Some feeds put whole articles there."""
    whole = RDF.replace(b"The quay closes for the winter.", LONG.encode())
    assert all_of(whole)[0][0].article.truncated is False
    assert all_of(whole.replace(b"quay 14 on Monday.", b"quay ..."))[0][0].article.truncated is True


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "is no feed", id="empty"),
        pytest.param(b"Only words.", "is no feed", id="text"),
        pytest.param(b"<html><body><p>A page.</p></body></html>", "is no feed", id="page"),
        pytest.param(b"tests/test_feed.py", "is no feed", id="the name of a file"),
        pytest.param(b"https://herald.example/feed", "is no feed", id="an address"),
        pytest.param(b'{"items": 3}', "no JSON Feed", id="JSON of another kind"),
        pytest.param(b'{"items": [', "is not JSON", id="JSON cut off"),
        pytest.param(b'<!DOCTYPE rss [<!ENTITY a "aa">]>' + RSS, "declares entities", id="entities"),
        pytest.param(
            f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY a "aa">]>{RSS.decode()[38:]}'.encode(
                "utf-16"
            ),
            "declares entities",
            id="entities in UTF-16",
        ),
        pytest.param(b" " * 20_000_001, "larger than 20 MB", id="too large"),
    ],
)
def test_what_is_no_feed_is_refused_in_one_line(data: bytes, why: str) -> None:
    """Nothing is fetched, opened or expanded."""
    with pytest.raises(InputError, match=why):
        all_of(data)


OPML = b"""<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Harbour"><outline text="Herald &amp; Post" xmlUrl="https://herald.example/feed"/>
<outline><outline title="Wire" text="no" xmlURL="http://wire.example/rss?a=1&b=2"/></outline></outline>
<outline text="twice" xmlUrl="https://herald.example/feed"/><outline text="bad" xmlUrl="file:///etc/passwd"/>
<outline xmlUrl="https://bare.example/"/></body></opml>"""


def test_a_list_of_feeds_names_each_once_in_its_order() -> None:
    """Folders in folders, addresses of the web only, faulty XML mended."""
    assert opml.feeds_of(OPML) == (
        ("Herald & Post", "https://herald.example/feed"),
        ("Wire", "http://wire.example/rss?a=1&b=2"),
        ("https://bare.example/", "https://bare.example/"),
    )
    with pytest.raises(InputError, match="headwater feeds FILE"):
        list(opml.read(io.BytesIO(OPML), WHERE))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "names no feed|not XML", id="empty"),
        pytest.param(b"<opml><body/></opml>", "names no feed", id="none"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><opml/>', "declares a document type", id="entities"),
        pytest.param('<!DOCTYPE a [<!ENTITY b "c">]><opml/>'.encode("utf-16"), "declares a document", id="in UTF-16"),
    ],
)
def test_what_is_no_list_of_feeds_is_refused(data: bytes, why: str) -> None:
    """One line says why."""
    with pytest.raises(InputError, match=why):
        opml.feeds_of(data)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("https://herald.example/2025/03/quay-to-close.html?utm=1", "quay-to-close", id="last piece"),
        pytest.param("https://herald.example/news/quay/", "quay", id="slash at the end"),
        pytest.param("https://herald.example/quay/index.html", "quay", id="index"),
        pytest.param("https://herald.example/?p=77", "herald-example-p-77", id="query"),
        pytest.param("https://herald.example/story.php?id=5", "herald-example-id-5", id="query behind a script"),
        pytest.param("Ein Titel: für alle!", "Ein-Titel-für-alle", id="title"),
        pytest.param("a" * 200, "a" * 80, id="long"),
        pytest.param("\ud800", "", id="lone surrogate"),
        pytest.param("…", "", id="nothing in it"),
        pytest.param(None, "", id="none"),
    ],
)
def test_parts_are_called_by_the_telling_end_of_their_address(name: str | None, slug: str) -> None:
    """Letters and digits, joined by hyphens."""
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    "value", ["ftp://a.example/", "https://", "https://a b/", "//a.example/", "http://[::1", None, 3]
)
def test_what_is_no_address_of_the_web_is_none(value: object) -> None:
    """Only http and https, with a host."""
    assert web_address(value) is None


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        pytest.param("<p>One<br>two</p><div>three</div>", "One\ntwo\nthree", id="blocks"),
        pytest.param("One\n<b>two</b>\n  three", "One two three", id="line ends are spaces"),
        pytest.param("<style>x</style><script>y</script>One<title>t</title>", "One", id="silent"),
        pytest.param('<div style="display: none">Preview</div>One', "One", id="hidden"),
        pytest.param("5 < 6 and 7 > 3", "5 < 6 and 7 > 3", id="no markup"),
        pytest.param("a&nbsp;b &amp; c", "a b & c", id="references"),
        pytest.param("&bogus;<p>\x00x\x07y", "&bogus;\nx y", id="controls"),
        pytest.param("<pre>a\nb</pre>", "a\nb", id="lines as they are"),
        pytest.param("<" * 5000 + "b", "", id="brackets"),
        pytest.param("<div>" * 5000 + "deep", None, id="deep"),
    ],
)
def test_all_words_of_a_piece_of_markup_are_kept(markup: str, words: str | None) -> None:
    """One line a block; nothing that nobody sees."""
    if words is None:
        assert words_of(markup) in ("deep", "")
    elif markup.startswith("<<"):
        assert isinstance(words_of(markup), str)
    else:
        assert words_of(markup) == words


@given(st.text(alphabet=st.characters()))
def test_any_text_goes_through_the_markup_reader(text: str) -> None:
    """Whatever the web holds."""
    assert "\r" not in words_of(text)


@settings(max_examples=100)
@given(st.sampled_from([RSS, ATOM, RDF, JSON, OPML]).flatmap(damaged))
def test_any_damage_ends_in_the_errors_of_the_house(data: bytes) -> None:
    """Cut anywhere, bits flipped anywhere: articles, failures, or one line."""
    for reader in (lambda: all_of(data)[0], lambda: opml.feeds_of(data)):
        try:
            assert all(one for one in reader())
        except InputError:
            continue
