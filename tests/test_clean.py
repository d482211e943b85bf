"""Cleaning: what is furniture, what is the article's own, and what the page says of the article."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.clean import mark, mark_all
from headwater.ingest import gather
from headwater.model import Article, Furniture

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

#: Sentences of an invented event, for the lines under test to stand among.
ONE = "The harbour board of Port Ellery voted on Monday to close the east quay for the winter."
TWO = "“We have no choice,” said Ines Okafor, who runs the ferry company, after the meeting."
THREE = "Fishermen said they had been told nothing of the plan until that morning."


def marked(text: str, **fields: str) -> Article:
    """The article of this text, marked."""
    return mark(replace(Article(id="a", text=text), **fields))  # type: ignore[arg-type]


def pieces(article: Article) -> list[tuple[str, str]]:
    """Kind and words of each piece of furniture."""
    return [(f.kind, article.text[f.start : f.end]) for f in article.furniture]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("READ MORE: Mayor sorry for the bridge that went nowhere", "related_link"),
        ("Read: How the quay was built", "related_link"),
        ("From earlier: Ferry Company Weighs Move to Fishing Dock", "related_link"),
        ("More:Ferry fares to rise in spring, company says", "related_link"),
        ("SEE ALSO: Five walks along the coast", "related_link"),
        ("(RELATED: Board Chair Quits After Quay Vote)", "related_link"),
        ("BOARD CHAIR QUITS AFTER QUAY VOTE AND FERRY PROTEST", "related_link"),
        ("Harbour board chair resigns after quay vote Read more", "related_link"),
        ("Now Playing: Watch this: Storm over Port Ellery", "related_link"),
        ("story continues below", "other"),
        ("Story Continued Below", "other"),
        ("ADVERTISEMENT", "other"),
        ("Advertisement:", "other"),
        ("* * *", "other"),
        ("We use cookies to give you the best experience. Accept or manage them here.", "other"),
        ("FacebookEmail Twitter Google+ LinkedIn Pinterest", "share"),
        ("Share this:", "share"),
        ("Read or Share this story: https://ellery.example/2abc", "share"),
        ("Sign up for our daily newsletter and get the news from the harbour", "promo"),
        ("Follow Ines Marsh on Twitter", "promo"),
        ("CLICK HERE TO GET THE HERALD NEWS APP", "promo"),
        ("Get the week in your inbox. This newsletter is free and you may leave at any time.", "promo"),
        ("Write to Ola Brandt at ola.brandt@herald.example", "promo"),
        ("Ola Brandt covers the coast for the Herald. Follow her on Twitter @olabrandt.", "promo"),
        ("Subscribe to continue reading", "paywall"),
        ("Already a subscriber? Log in", "paywall"),
        ("Copyright 2025 The Ellery Herald. All rights reserved.", "disclaimer"),
        ("© 2025 The Ellery Herald", "disclaimer"),
        ("A version of this article appears in print on Page A4 of the coast edition. Order Reprints", "other"),
        ("Information for this story was found via the harbour board and the companies mentioned.", "disclaimer"),
        ("FILE - In this March 3, 2024 file photo, ferries wait at the east quay. (AP Photo/Lena Holt)", "caption"),
        ("The east quay at low tide, seen from the lighthouse. REUTERS/Lena Holt", "caption"),
        ("(Photo: Lena Holt / AP)", "caption"),
        ("Image copyright Getty Images Image caption The quay in autumn", "caption"),
        ("Slideshow (4 Images)", "caption"),
        ("Published: March 4, 2025, 9:30 a.m.", "date_line"),
        ("Updated at 9:05 p.m. ET", "date_line"),
        ("1 hr 12 min ago", "date_line"),
        ("The quay closes. We are heartbroken https://t.co/abc — Ines Okafor (@inesferry) March 4, 2025", "embed"),
        ("View this post on Instagram", "embed"),
        ("Slideshow: The storm that took the east quay >>>", "related_link"),
        ("Read the full report at the Ellery Herald.", "related_link"),
        ("More on the ferries »", "related_link"),
        ("The Herald is reader supported: Chip in $10 or more to help us go on.", "promo"),
        ("Walk with the Herald through the old harbour Walk with the Herald through the old harbour", "other"),
        ("By signing up you agree to our terms and to our privacy policy.", "promo"),
        ("Get the latest on WhatsApp: click here to join our channel", "promo"),
        ("Email: ola.brandt@herald.example", "promo"),
        ("Get unlimited access to every story for $1", "paywall"),
        ("You have 2 free articles remaining this month.", "paywall"),
        ("This article is for subscribers only", "paywall"),
        ("Share on Facebook", "share"),
        ("Copy link", "share"),
        ("Send comments to the webmaster.", "share"),
        ("Ferries at the quay on Tuesday. Picture by the Ministry of Water", "caption"),
        ("The bridge, closed to lorries since August. Handout/County roads office", "caption"),
        ("Ferries wait at the east quay in the rain Photo : Lena Holt ( AP )", "caption"),
        ("The board meets for the last time. (March 3) AP", "caption"),
        ("1:10 p.m.", "date_line"),
        ("12.45pm BST", "date_line"),
        ("Updated less than 1 min ago 7:20 a.m. ET, July 16, 2018", "date_line"),
        ("This article is part of “The Coast,” a project supported by the Lund Foundation.", "disclaimer"),
        ("Ola Brandt is a fellow at Ellery College. The views expressed here are her own.", "disclaimer"),
        ("If you buy something through a link, we may earn a commission.", "disclaimer"),
        ("We value your privacy", "other"),
        ("We and our partners store cookies on your device so that we know what you read.", "other"),
        ("Manage preferences", "other"),
        ("Please enable JavaScript to see this page as it is.", "other"),
        ("This live blog is now closed. Thank you for reading.", "other"),
        ("Show key events only", "other"),
        ("Was this page helpful?", "other"),
        ("Report this ad", "other"),
        ("Skip advertisement", "other"),
        ("(MORE)", "other"),
        ("-30-", "other"),
        ("###", "other"),
    ],
)
def test_a_line_of_furniture(line: str, kind: str) -> None:
    """A line that is not the article's is marked, wholly and alone, wherever it stands among sentences."""
    assert pieces(marked(f"{ONE}\n{line}\n{TWO}\n\n{THREE}\n")) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "The Associated Press contributed to this report.",
        "This story first appeared in the Ellery Herald.",
        "Additional reporting by Ola Brandt and agencies.",
        "With Herald wires.",
        "This story has not been edited by the Herald and comes from a syndicated feed.",
        "Read the letter, the board said, and decide for yourselves.",
        "Watch for ice on the roads, police said on Monday evening.",
        "More than 300 people signed the petition, according to the company.",
        "Share prices fell by a third after the vote.",
        "Copyright law protects the plans, the builder said.",
        "Follow the money, she told the board, and you will find the builder.",
        "Sign up or move out, the fishermen were told by the board.",
        "The paper was told by a spokesman for Agence Ellery (AE).",
        "The news agency that first told of the plan was Agence France-Presse (AFP).",
        "Reached by telephone, the chair said she would not comment on her email to the builder.",
        "WHAT HAPPENS NEXT",
        "A winter without ferries",
        "March 5, 2025",
        "“No ferries, no town,” she said.",
        "By Tuesday the board had changed its mind.",
        "Advertisement revenue at the Herald fell, too, its owner said in a letter.",
        "The story continued for weeks, she said, until nobody listened.",
        "Related to the vote is a second plan, which the board has not yet seen.",
        "Photos of the quay were shown to the board, which did not look at them.",
        "He posted a photo of the quay on Facebook and Twitter and asked for help.",
        "She asked readers to subscribe to the newsletter, she said, “because nobody else will tell you.”",
        "“Sign up for our newsletter.”",
        "“Click here to read more,” the message said, and eleven clerks did.",
        "“We use cookies to give you the best experience.”",
        "The site uses cookies to follow you, the regulator said, and did not ask.",
        "The live blog of the vote was closed by the Herald after threats, its editor said.",
        "Comments were closed under the article within the hour.",
        "The comments section was full of anger at the builder.",
        "“Subscribe now,” the poster said.",
        "Share of the costs: the town pays a third, the county the rest.",
        "Read the full letter:",
        "Your location is known to the company at any time, she told the board.",
        "The views expressed by the board were those of the builder, the chair said.",
        "A Reuters/Ipsos Online Poll of the coast found that most were against it.",
        "The meeting began at 1:10 p.m. and ended after midnight.",
        "She was paid in cash, in cash, in cash and never by bank.",
        "Keep reading the plan, he told the board, and you will find the builder.",
        "The ferry office will open from 9 a.m. to 5 p.m.",
        "Email from the builder was read aloud.",
    ],
)
def test_the_articles_own_line(line: str) -> None:
    """A sentence, a heading or a credit that only looks like furniture stays the article's."""
    assert pieces(marked(f"{ONE}\n{TWO}\n{line}\n{THREE}\n{ONE}\n")) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        pytest.param(
            f"{THREE} More here from the Herald on why the ferries may not come back.",
            "related_link",
            "More here from the Herald on why the ferries may not come back.",
            id="a pointer that ends a paragraph",
        ),
        pytest.param(
            f"{THREE} (RELATED: Chair Quits After Vote) {ONE}",
            "related_link",
            "(RELATED: Chair Quits After Vote)",
            id="a link in brackets",
        ),
        pytest.param(
            f"{THREE} READ MORE: Chair quits after vote",
            "related_link",
            "READ MORE: Chair quits after vote",
            id="a link that ends a line",
        ),
        pytest.param(
            "Board member Ann Lee Ann Mary LeeFarm bill stalls Lee to retire in spring MORE (Ellery) voted against it.",
            "related_link",
            "Ann Mary LeeFarm bill stalls Lee to retire in spring MORE",
            id="a list of links after a name",
        ),
        pytest.param(
            f"{THREE} Copyright 2025 The Ellery Herald. All rights reserved.",
            "disclaimer",
            "Copyright 2025 The Ellery Herald. All rights reserved.",
            id="rights that end a line",
        ),
        pytest.param(
            f"{ONE} (Story continues below) {TWO}", "other", "(Story continues below) ", id="a break in a line"
        ),
        pytest.param(
            f"{ONE} Read more here. {THREE}", "related_link", "Read more here.", id="a pointer between sentences"
        ),
        pytest.param(
            f"{THREE} Sign up for our newsletter and never miss a ferry.",
            "promo",
            "Sign up for our newsletter and never miss a ferry.",
            id="an invitation that ends a paragraph",
        ),
        pytest.param(f"{THREE} (MORE)", "other", "(MORE)", id="a wire's mark that more follows"),
        pytest.param(
            f"Continue reading the main story {THREE}", "other", "Continue reading the main story", id="a link to skip"
        ),
        pytest.param(
            f"Ferries wait on Tuesday. Associated Press/Lena Holt {THREE}",
            "caption",
            "Ferries wait on Tuesday. Associated Press/Lena Holt",
            id="a caption run into a sentence",
        ),
    ],
)
def test_furniture_within_a_line(text: str, kind: str, words: str) -> None:
    """What is set among a line's sentences is marked without them."""
    assert [(k, w.strip()) for k, w in pieces(marked(f"{ONE}\n{text}\n{TWO}\n"))] == [(kind, words.strip())]


@pytest.mark.parametrize(
    ("end", "marks"),
    [
        pytest.param("Ola Brandt is a reporter at the Ellery Herald.", 1, id="who wrote it"),
        pytest.param("• Lena Holt covers the coast for the Herald.\nJon Berg is its editor.", 2, id="two of them"),
        pytest.param("Ines Okafor is a columnist and the ferry company's owner.", 0, id="of somebody in the article"),
        pytest.param(
            "Ola Brandt is Senior Editor-at-Large at the Herald. She is a fellow of the coast.", 1, id="her title"
        ),
        pytest.param("Ola Brandt is a fisherman.", 0, id="not of the trade"),
        pytest.param("Ola Brandt is a reporter, the chair said.", 0, id="somebody says so"),
        pytest.param("The FEC report covers three months.", 0, id="no person"),
    ],
)
def test_who_wrote_it_at_the_end(end: str, marks: int) -> None:
    """Sentences at the end about a writer are furniture, unless the article itself speaks of that person."""
    assert len(pieces(marked(f"{ONE}\n{TWO}\n{THREE}\n{ONE}\n{end}"))) == marks


def test_readers_comments() -> None:
    """What readers wrote is furniture to the end; the word "comments" over sentences is not enough."""
    readers = ["12 Comments", "Anna S.", "2 hours ago", "Shame on the board for this!", "Reply", "Ben", "Like", "Sad."]
    article = marked("\n".join([ONE, TWO, THREE, *readers]))
    assert [words for _, words in pieces(article)] == readers
    assert pieces(marked("\n".join([ONE, "Public comments", TWO, THREE, ONE]))) == []


def test_what_a_player_shows() -> None:
    """What a film is about, between "Now playing" and whose it is, goes with the player."""
    film = "A storm took the quay while the town slept, and nobody had been told of it."
    text = f"{ONE}\nNow Playing:\n{film}\nMedia: Coastwire\n{TWO}\n{THREE}"
    assert [words for _, words in pieces(marked(text))] == ["Now Playing:", film, "Media: Coastwire"]


def test_what_stands_between_furniture_before_the_text() -> None:
    """A button's word between buttons goes with them, a photographer's name with the caption; a byline does not."""
    caption = "The quay at low tide. (AP Photo/Lena Holt)"
    text = f"Search\nSurprise!\nMenu\nEast quay to close for winter\n{caption}\nEva Strand\nBy Ola Brandt\n{ONE}\n{TWO}"
    assert [words for _, words in pieces(marked(text))] == ["Search", "Surprise!", "Menu", caption, "Eva Strand"]
    assert marked(text).byline == "Ola Brandt"


def test_a_list_to_the_end() -> None:
    """What follows "You may also like" to the end is other articles' headlines."""
    links = [
        "You may also like",
        "Singer charged after row",
        "Ten beaches to see before winter",
        "Budget passes at last",
    ]
    article = marked("\n".join([ONE, TWO, THREE, *links]))
    assert pieces(article) == [("headline_list", link) for link in links]


def test_a_list_in_the_middle_ends_at_the_next_sentence() -> None:
    """A list among sentences does not swallow them."""
    text = "\n".join([ONE, "Related Content", "Ferry fares to rise in spring", TWO, THREE, ONE])
    assert [words for _, words in pieces(marked(text))] == ["Related Content", "Ferry fares to rise in spring"]


def test_a_heading_that_announces_the_articles_own_words_stays() -> None:
    """What "More from the speech:" announces in sentences is no list of links."""
    assert pieces(marked("\n".join([ONE, TWO, "More from the chair's speech:", TWO, THREE]))) == []


def test_dated_headlines_are_a_list_and_no_publication_date() -> None:
    """Rounds of headline, date and minutes are other articles, and their dates say nothing of this one."""
    rounds = [line for n in range(3) for line in (f"Board Chair Number {n} Resigns", f"Aug {20 + n}, 2025", "2 min")]
    article = marked("\n".join([ONE, TWO, THREE, *rounds]))
    assert pieces(article) == [("headline_list", line) for line in rounds]
    assert article.published is None


def test_a_repeated_title() -> None:
    """The first headline is the title; its repetition is furniture, as is what the page puts between them."""
    article = marked(f"East Quay to Close for Winter\nCoast\nShare\nEast quay to close for winter\n{ONE}\n{TWO}\n")
    assert article.title == "East Quay to Close for Winter"
    assert pieces(article) == [
        ("other", "Coast"),
        ("share", "Share"),
        ("repeated_title", "East quay to close for winter"),
    ]


def test_a_title_given_with_the_article_is_kept() -> None:
    """The caller's title stands; the page's own is known by it."""
    article = marked(f"Section front page today\nEast quay to close\n{ONE}\n{TWO}", title="East quay to close")
    assert (article.title, article.furniture) == ("East quay to close", ())


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("East quay to close for winter", "East quay to close for winter"),
        ("East quay to close | Ellery Herald", "East quay to close"),
        ("Will the ferries ever come back?", "Will the ferries ever come back?"),
        (ONE, None),
        ("By Ola Brandt", None),
        ("Ola Brandt", None),
        ("Photo: Lena Holt, AP", None),
    ],
    ids=["headline", "with the site", "question", "sentence", "byline", "name", "credit"],
)
def test_title(head: str, title: str | None) -> None:
    """A first line that is short, without a full stop, and followed by text is the title."""
    assert marked(f"{head}\n{TWO}\n{THREE}").title == title


def test_a_headline_alone_is_no_title() -> None:
    """Without text after it a line is all the text there is."""
    assert marked("East quay to close for winter").title is None


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("By OLA BRANDT, Associated Press", "OLA BRANDT, Associated Press"),
        ("by Ola Brandt /", "Ola Brandt"),
        ("By\nOla Brandt", "Ola Brandt"),
        ("Ola Brandt, The Associated Press •", "Ola Brandt, The Associated Press"),
        ("OLA BRANDT\nThe Associated Press", "OLA BRANDT, The Associated Press"),
        ("The Associated Press", "The Associated Press"),
        ("Ola Brandt, Associated Press Published 9:21 a.m. ET July 15, 2018", "Ola Brandt, Associated Press"),
        ("By Ola Brandt - Associated Press - Saturday, July 14, 2018", "Ola Brandt - Associated Press"),
        ("Share this:", None),
    ],
)
def test_byline(head: str, byline: str | None) -> None:
    """Who wrote it is read from the lines before the text, and those lines stay the article's."""
    article = marked(f"East quay to close for winter\n{head}\n{ONE}\n{TWO}\n")
    assert article.byline == byline
    assert not any("Brandt" in words for _, words in pieces(article))


@pytest.mark.parametrize(
    ("start", "dateline"),
    [
        ("PORT ELLERY (AP) — ", "PORT ELLERY (AP)"),
        ("PORT ELLERY, Scotland (AP) - ", "PORT ELLERY, Scotland (AP)"),
        ("PORT ELLERY, Scotland — ", "PORT ELLERY, Scotland"),
        ("ELLERY -- ", "ELLERY"),
        ("(CNN) - ", "(CNN)"),
        ("(CNN)", "(CNN)"),
        ("Ellery – ", "Ellery"),
        ("", None),
        ("A board — ", None),
    ],
)
def test_dateline(start: str, dateline: str | None) -> None:
    """Where it was written, and by which wire, stands before a dash."""
    assert marked(f"East quay to close for winter\n{start}{ONE}\n{TWO}").dateline == dateline


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: Aug 21, 2025", "2025-08-21"),
        ("August 20, 2025 at 3:14 pm", "2025-08-20T15:14:00"),
        ("Updated 2:00 pm, Friday, Aug 22, 2025\nPublished 9:00 am, Thursday, Aug 21, 2025", "2025-08-21T09:00:00"),
        ("Coast 07/15/2018, 11:06am", "2018-07-15T11:06:00"),
        ("Sunday, Jul 15th 2018 5-Day Forecast", None),
        ("Updated 3:14 p.m.", None),
    ],
)
def test_published(line: str, published: str | None) -> None:
    """A line before the text that gives the whole day says when it was published; "published" goes before "updated"."""
    article = marked(f"East quay to close for winter\n{line}\n{ONE}\n{TWO}")
    assert (article.published, article.published_basis) == (published, "text" if published else None)
    assert {kind for kind, _ in pieces(article)} == {"date_line"}


def test_published_by_metadata_or_caller() -> None:
    """Metadata goes before the page; the page goes before what the caller gave for pages without a date."""
    text = f"East quay to close for winter\nPublished: Aug 21, 2025\n{ONE}\n{TWO}"
    assert marked(text, published="2025-08-20", published_basis="metadata").published == "2025-08-20"
    assert marked(text, published="2025-09", published_basis="caller").published == "2025-08-21"
    assert marked(ONE, published="2025-09", published_basis="caller").published == "2025-09"


@pytest.mark.parametrize(
    ("end", "truncated"),
    [
        ("Subscribe to continue reading", True),
        ("Read the full story at the Ellery Herald", True),
        ("To Read the Full Story", True),
        ("That part of the plan, she said, would have to wait until...", True),
        ("That part of the plan, which had been kept from the fishermen, would have to wait for the", True),
        ("This article is for subscribers only", True),
        ("The rest of this article is only for subscribers.", True),
        ("The plan is old, and the chair who made it is [+2310 chars]", True),
        ("(MORE)", True),
        (f"{THREE} (MORE)", True),
        (THREE, False),
        ("You have 2 free articles remaining this month.", False),
        (f"Subscribe to continue reading\n{ONE} Yes.\n{TWO} Yes.\n{THREE} Yes.\n{ONE} {TWO}", False),
        ("Ola Brandt and Lena Holt of the Herald and several others in Port Ellery contributed to this report", False),
        ("The harbour board of the town of Port Ellery voted on Monday to close its quay", False),
        ("Go deeper: The harbour board that closed the quay is the one that opened it, and nobody knows why", False),
        ("With reporting by Ola Brandt, Lena Holt, Ines Marsh, Per Lund, Ann Lee, Jon Berg and Eva Strand", False),
        ("“We will be back…”", False),
    ],
)
def test_truncated(end: str, truncated: bool) -> None:
    """A wall, or a last line that stops in mid-sentence, shows that the text was cut off."""
    assert marked(f"{ONE}\n{TWO}\n{THREE}\n{end}").truncated is truncated


@pytest.mark.parametrize(
    ("free", "times", "truncated"),
    [
        pytest.param(False, 1, True, id="a few sentences that not all may read"),
        pytest.param(False, 9, False, id="the whole article all the same"),
        pytest.param(True, 1, False, id="free"),
        pytest.param(None, 1, False, id="nothing said"),
    ],
)
def test_what_a_page_says_of_who_may_read_it(free: bool | None, times: int, truncated: bool) -> None:
    """Few words of a page that says it is not free are the beginning of an article."""
    text = "\n".join(f"{n} {ONE} {TWO} {THREE}" for n in range(times))
    assert mark(Article(id="a", text=text, free=free)).truncated is truncated


def test_a_post_in_two_lines() -> None:
    """The words of a post belong to the line that says who posted them."""
    post = "The quay closes for winter, we are told. https://t.co/abc"
    signed = "— Ines Okafor (@inesferry) March 4, 2025"
    assert pieces(marked(f"{ONE}\n{post}\n{signed}\n{TWO}")) == [("embed", post), ("embed", signed)]


def test_a_caption_that_is_there_twice() -> None:
    """Of two equal lines the second is furniture."""
    caption = "Boats wait at the fishing dock in the rain"
    assert pieces(marked(f"{ONE}\n{caption}\n\n{caption}\n{TWO}")) == [("caption", caption)]


def test_words_are_those_outside_furniture() -> None:
    """Furniture does not count as the article's words."""
    assert marked("Two words here.\nREAD MORE: not these at all").words == 3


def test_lines_an_outlet_repeats() -> None:
    """What at least three pages of an outlet have around different articles is furniture; a name is not."""
    texts = [f"Ola Brandt\nThe coast in your pocket\n{n} {ONE}\n{n} {TWO}\n{n} {THREE}" for n in "abc"]
    articles = [Article(id=str(n), text=text, outlet="Herald") for n, text in enumerate(texts)]
    for article in mark_all(articles):
        assert pieces(article) == [("other", "The coast in your pocket")]
    assert mark_all(articles[::-1]) == mark_all(articles)[::-1]
    assert mark_all(mark_all(articles)) == mark_all(articles)
    assert all(not pieces(article) for article in mark_all(articles[:2]))


def test_credits_to_others_that_an_outlet_repeats_stay() -> None:
    """Where an outlet's articles come from is said in the same words beneath each of them, and is no furniture."""
    credits = ["With Coast wires", "This article is based in part on wire service reports.", "Reporting by Ola Brandt"]
    texts = [f"{n} {ONE}\n{n} {TWO}\n{n} {THREE}\n" + "\n".join(credits) for n in "abc"]
    articles = [Article(id=str(n), text=text, outlet="Herald") for n, text in enumerate(texts)]
    assert [pieces(article) for article in mark_all(articles)] == [[], [], []]


def test_versions_of_one_story_are_not_repeated_lines() -> None:
    """Three printings of one text by one outlet do not make its lines furniture."""
    text = f"A winter of silence ahead\n{ONE}\n{TWO}\n{THREE}\nA closing line for the coast"
    articles = [Article(id=str(n), text=text, outlet="Herald") for n in range(3)]
    assert all(article.furniture == () for article in mark_all(articles))


def test_furniture_that_an_article_came_with_is_kept() -> None:
    """Marks of the caller's stay; what is found is added beside them, never over them."""
    text = f"{ONE}\nREAD MORE: Ferries gone\n{TWO}"
    start = text.index("Ferries")
    mine = Furniture(start, start + 7, "promo")
    found = mark(Article(id="a", text=text, furniture=(mine, Furniture(5, 5, "other"), Furniture(9, 10_000, "other"))))
    assert [(f.kind, text[f.start : f.end]) for f in found.furniture] == [
        ("related_link", "READ MORE: "),
        ("promo", "Ferries"),
        ("related_link", " gone"),
    ]


LINES = st.sampled_from(
    [
        ONE,
        TWO,
        THREE,
        "READ MORE: Ferries gone",
        "You may also like",
        "Most Popular",
        "Related:",
        "Aug 21, 2025",
        "2 min",
        "ADVERTISEMENT",
        "East quay to close for winter",
        "East quay to close for winter | Herald",
        "By",
        "Ola Brandt",
        "Ola Brandt, Associated Press",
        "The Associated Press",
        "Share",
        "Photo: Lena Holt, AP",
        "Lena Holt | AP",
        "___",
        ".",
        "— Ines Okafor (@inesferry) March 4, 2025",
        "The quay https://t.co/x",
        "PORT ELLERY (AP) — " + ONE,
        "Updated",
        "\u200b",
        "Published: Aug 21, 2025 By Ola Brandt",
        "Ann Lee Ann Mary LeeFarm bill stalls MORE said",
        "(RELATED: x y) (@a)",
        "©",
        "",
        "BOARD CHAIR QUITS AFTER QUAY VOTE AND FERRY PROTEST",
        "Subscribe to continue reading",
        "To be continued and then...",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=14).map("\n".join),
    st.lists(LINES, max_size=14).map("\r\n".join),
    st.text(alphabet="“”\"'’() \n.:—-@MOREaB1©", max_size=200),
)
FURNITURE = st.lists(st.builds(Furniture, st.integers(-3, 99), st.integers(-3, 99), st.just("promo")), max_size=3)


@given(TEXTS, st.one_of(st.none(), LINES), FURNITURE)
@settings(max_examples=300, deadline=None)
def test_marks_are_sound(text: str, title: str | None, given_marks: list[Furniture]) -> None:
    """Spans lie in the text, none empty, in order, apart; the text is unchanged; marking again changes nothing."""
    article = mark(Article(id="a", text=text, title=title, furniture=tuple(given_marks)))
    assert article.text == text
    at = 0
    for one in article.furniture:
        assert at <= one.start < one.end <= len(text)
        at = one.end
    assert article.words >= 0
    assert mark(article) == article


#: Sentences of an article's own that speak of what furniture is made of.
PLAIN = (
    ONE,
    TWO,
    THREE,
    "Readers were asked to sign up for a newsletter before they could see the plan, the chair admitted.",
    "“We use cookies to know what you read,” the builder's page says, and the county wants to know why.",
    "“Click here to read more,” said the message that eleven clerks opened that morning.",
    "She does not read the comments under her articles, she told the board, and nobody should.",
    "The live blog of the vote, which ran until midnight, drew more readers than the town has people.",
    "An advertisement for the new quay ran in the Herald on the day before the vote.",
    "He shared the photo on Facebook and on Twitter, where it was seen a million times.",
    "The story continues in court, where the ferry company wants its money back.",
    "Photographs of the cracks were shown to the board on Tuesday.",
    "Subscribers of the ferry's season ticket will be paid back, the company said.",
    "You have two weeks to object, the letter to the fishermen says.",
    "It is a member of the board, a columnist and a ferry captain who lead the protest.",
    "The copyright for the plan is held by the builder, according to the county.",
    "More on the plan will be known in March, the chair said.",
    "“Read the letter and tell us what it says,” Okafor asked the board.",
    "Was this decision useful? Nobody on the board would say.",
    "The county's privacy office opened a case in May.",
    "Related cases in two other towns ended with a fine.",
    "Watch the tide, the old captain says, and you will know when to leave.",
    "At 1:10 p.m. on Monday the first ferry left, and at 2 p.m. it was back.",
    "The board's terms of service to the town are written down in the Quay Act of 1911.",
    "The bill was paid (with a loan of the county) in the week before the vote.",
    "“Subscribe to nothing,” Okafor said, “and follow nobody on Instagram.”",
    "Editor Lena Holt said the Herald stands by its report.",
)
SURE = (
    "READ MORE: Ferries gone for good",
    "ADVERTISEMENT",
    "Sign up for our daily newsletter and get the news from the harbour",
    "Subscribe to continue reading",
    "Share on Facebook",
    "Lena Holt is a reporter at the Ellery Herald. Follow her on Twitter @lenaholt.",
    "We use cookies to give you the best experience. Accept or manage them here.",
    "Ferries wait in the rain on March 4, 2025. REUTERS/Lena Holt",
    "Published: March 4, 2025, 9:30 a.m.",
    "Copyright 2025 The Ellery Herald. All rights reserved.",
    "This live blog is now closed. Thank you for reading.",
    "(MORE)",
)
PARAGRAPHS = st.lists(st.sampled_from(PLAIN), unique=True, min_size=3, max_size=12).flatmap(
    lambda own: st.lists(st.integers(1, 3), min_size=len(own), max_size=len(own)).map(
        lambda sizes: [" ".join(own[at : at + size]) for at, size in zip(range(0, len(own), 3), sizes, strict=False)]
    )
)


@given(PARAGRAPHS, st.sampled_from(["\n", "\n\n", "\r\n"]))
@settings(max_examples=80, deadline=None)
def test_an_article_of_plain_sentences_has_no_furniture(paragraphs: list[str], between: str) -> None:
    """Sentences stay the article's, whatever they speak of and in whatever order they stand."""
    article = marked(between.join(paragraphs))
    assert pieces(article) == []
    assert not article.truncated


@given(st.lists(st.sampled_from(PLAIN), unique=True, min_size=6, max_size=12), st.data())
@settings(max_examples=80, deadline=None)
def test_furniture_among_plain_sentences(own: list[str], data: st.DataObject) -> None:
    """A line of furniture among sentences is marked, and nothing else is."""
    line = data.draw(st.sampled_from(SURE))
    at = data.draw(st.integers(1, len(own) - 1))
    assert [words for _, words in pieces(marked("\n".join([*own[:at], line, *own[at:]])))] == [line]


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=50, deadline=None)
def test_several_are_marked_as_one_by_one(texts: list[str]) -> None:
    """Marking several marks at least what marking each does, whatever their order."""
    articles = [Article(id=str(n), text=text, outlet="Herald") for n, text in enumerate(texts)]
    together = mark_all(articles)
    assert mark_all(articles[::-1]) == together[::-1]
    for article, one in zip(together, map(mark, articles), strict=True):
        assert article.text == one.text
        assert set(one.furniture) <= set(article.furniture) or len(articles) >= 3


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        "“",
        "MORE ",
        "aB MORE ",
        "(@a) ",
        "(read more:",
        "Copyright 2025 ",
        "1:",
        "Aug 1, ",
        "A.B-",
        "By A ",
        "| AP ",
        "Comments\n",
        "Reply\nComments\n",
        "Ann Lee is a reporter\n",
        "Now playing\n",
        "“Sign up ",
        "view all ",
    ],
)
def test_long_hostile_text_takes_no_time(piece: str) -> None:
    """A megabyte of one thing, in one line or many, is read about as fast as any other megabyte."""
    mark(Article(id="a", text=piece * (1_000_000 // len(piece))))
    mark(Article(id="a", text=(piece * 12 + "\n") * (200_000 // (12 * len(piece) + 1))))


@pytest.mark.real
def test_the_five_articles_the_project_began_with() -> None:
    """On the real articles the furniture is found, and nothing of the text is taken for it."""
    if not SEEDS.is_dir():
        pytest.skip(f"no articles at {SEEDS}")
    articles = {a.id[:3]: a for a in mark_all(gather([SEEDS]).articles)}
    kinds = {key: [kind for kind, _ in pieces(a)] for key, a in articles.items()}
    assert kinds["000"] == ["related_link"] * 2 + ["headline_list"] * 6
    assert kinds["001"] == ["embed"] * 2 + ["related_link"] * 2 + ["disclaimer"]
    assert kinds["002"] == ["other", "related_link"]
    assert kinds["003"][0] == "repeated_title"
    assert set(kinds["003"][1:]) == {"headline_list"}
    assert kinds["004"] == []
    assert articles["003"].title is not None
    assert [key for key, a in articles.items() if a.truncated] == []
    assert all(a.published is None for a in articles.values())


@pytest.mark.parametrize(
    ("outlet", "day"), [("Miami Herald", "2018-06-01"), ("Herald Sun", "2018-01-06")], ids=["month first", "day first"]
)
def test_a_date_in_numbers_is_read_as_its_outlet_writes_it(outlet: str, day: str) -> None:
    """The line over the text says when, in the order of the outlet's country."""
    text = f"Quay to close for the winter\n\nPublished: 06/01/2018\n\n{ONE}\n\n{TWO}\n\n{THREE}"
    assert mark(Article(id="a", text=text, outlet=outlet)).published == day


def test_what_was_truncated_stays_so() -> None:
    """A feed's summary may end in a whole sentence: that there was more is known to whoever read the feed."""
    article = Article(id="a", text=f"{ONE}\n\n{TWO}", truncated=True)
    assert mark(article).truncated
    assert not mark(Article(id="a", text=f"{ONE}\n\n{TWO}")).truncated
