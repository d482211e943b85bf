"""The page: one file that loads nothing and runs nothing, in which every link leads somewhere and all text is text."""

import base64
import hashlib
import html
import itertools
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

import sample
from crowd import crowd
from headwater.model import (
    Article,
    Change,
    Claim,
    Derivation,
    Finding,
    Furniture,
    FurnitureKind,
    Independent,
    MadeBy,
    Mention,
    Origin,
    Place,
    Quotation,
    Severity,
    Source,
    Span,
    TimePoint,
    Trace,
    Unjudged,
    Variant,
)
from headwater.report.html import templates, to_html
from headwater.report.page.addresses import Addresses
from headwater.report.page.claims import shared_claim, shared_claims
from headwater.report.page.count import count
from headwater.report.page.links import Links
from headwater.report.page.margin import margin, wordings_of
from headwater.report.page.pairs import pairs
from headwater.report.page.picture import picture
from headwater.report.page.reading import article
from headwater.report.page.timeline import timeline
from headwater.report.segments import Mark, marked, marked_blocks
from headwater.report.view import View
from sample import TRACE

MADE_BY = MadeBy(headwater="0.1.0", reader="rules")
BARE = Trace(made_by=MADE_BY)
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, its text, and whether its tags nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.crossed: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.crossed += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & {*self._open}:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All words of the page."""
        return "".join(self.words)

    @property
    def tags(self) -> set[str]:
        """The elements met."""
        return {tag for tag, _ in self.elements}

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]

    @property
    def links(self) -> list[str]:
        """Where the links lead."""
        return [attributes["href"] or "" for tag, attributes in self.elements if tag == "a"]


SAMPLE = to_html(TRACE)
SCRIPT = SAMPLE.partition('<script type="module">')[2].partition("</script>")[0]


def lone(**fields: object) -> Trace:
    """A trace of one article, a text with a few words."""
    return replace(BARE, articles=(Article(id="a", text="A few words."),), **fields)  # type: ignore[arg-type]


def many_claims(count: int) -> Trace:
    """A trace with many claims of two articles and of one."""
    text = "".join(f"Claim number {number} was made here. " for number in range(count))
    places = [(text.index(f"Claim number {n} "), text.index(f"Claim number {n} ") + 14) for n in range(count)]
    claims = tuple(
        Claim(
            id=f"claim-{number}",
            text=f"Claim number {number}",
            mentions=tuple(Mention(article=a, spans=(Span(*places[number]),)) for a in ("a", "b")[: 1 + number % 2]),
            outlets=1 + number % 2,
            origins=(),
            independent=Independent(0, 1),
            bottlenecks=(),
        )
        for number in range(count)
    )
    return replace(BARE, articles=(Article(id="a", text=text), Article(id="b", text=text)), claims=claims)


# What every page must be

PAGES = [
    pytest.param(TRACE, id="whole"),
    pytest.param(BARE, id="nothing"),
    pytest.param(lone(), id="one article"),
    pytest.param(lone(sources=(Source(id="s", name="x", kind="person"),)), id="one source"),
    pytest.param(replace(TRACE, claims=(), findings=()), id="no claims"),
    pytest.param(replace(TRACE, timeline=()), id="no dates"),
    pytest.param(replace(TRACE, articles=()), id="ids of articles that are not there"),
    pytest.param(replace(TRACE, sources=(), attributions=()), id="ids of sources that are not there"),
    pytest.param(replace(TRACE, articles=tuple(reversed(TRACE.articles))), id="another order"),
    pytest.param(many_claims(300), id="300 claims"),
]


@pytest.mark.parametrize("trace", PAGES)
def test_page_is_whole(trace: Trace) -> None:
    """Tags nest, ids are unique, every link on the page has its target, headings do not skip a level."""
    page = Page(to_html(trace))
    assert page.crossed == []
    assert len(page.ids) == len(set(page.ids))
    assert all(page.ids)
    missing = {link for link in page.links if link.startswith("#") and link[1:].partition("?")[0] not in page.ids}
    assert not missing
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("trace", PAGES)
def test_page_loads_and_runs_nothing(trace: Trace) -> None:
    """No script but its own, no frame, no image, no handler, no address but that of an article to open by hand."""
    page = Page(to_html(trace))
    assert [a for tag, a in page.elements if tag == "script"] == [{"type": "module"}]
    assert not page.tags & {
        "iframe",
        "img",
        "link",
        "object",
        "embed",
        "form",
        "base",
        "video",
        "b onload",
    }
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in {"src", "srcset", "style"}]
        target = attributes.get("href") or ""
        assert target.startswith("#") or (tag == "a" and re.match("https?://", target) is not None) or not target
    style = to_html(trace).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_page_forbids_loading() -> None:
    """The policy stands in the page itself, before anything that could load; it allows its own module and style."""
    page = Page(SAMPLE)
    policies = [a.get("content") or "" for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    assert "default-src 'none'" in policies[0]
    for name, content in (("script", SCRIPT), ("style", SAMPLE.partition("<style>")[2].partition("</style>")[0])):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"; {name}-src 'sha256-{digest}';" in policies[0]
    assert "unsafe" not in policies[0]
    assert [tag for tag, _ in page.elements][:4] == ["html", "head", "meta", "meta"]


def test_page_can_be_walked_by_ear() -> None:
    """Language, landmarks, a way past the head, headers of tables, links and sections with names."""
    page = Page(SAMPLE)
    assert ("html", {"lang": "en"}) in page.elements
    for landmark in ("header", "nav", "main", "footer"):
        assert [tag for tag, _ in page.elements].count(landmark) == 1
    assert next(a for tag, a in page.elements if tag == "a") == {"class": "skip", "href": "#main"}
    assert all(a.get("scope") in {"col", "row"} for tag, a in page.elements if tag == "th")
    assert re.findall(r"<a [^>]*></a>", SAMPLE)
    assert not [link for link in re.findall(r"<a ([^>]*)></a>", SAMPLE) if "aria-label=" not in link]
    named = [a for tag, a in page.elements if tag == "section" and a.get("id")]
    assert named
    assert all((a["aria-labelledby"] or "") in page.ids for a in named)


# Hostile text

EVIL = [
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="attribute"),
    pytest.param("' onmouseover='alert(1)", id="single quote"),
    pytest.param("</style></title><svg onload=alert(1)>", id="closing tags"),
    pytest.param("{{ 7 * 7 }}{% raw %}", id="template"),
    pytest.param("&lt;b&gt;&amp;#60;", id="entities"),
    pytest.param("--> <!-- ]]>", id="comment"),
    pytest.param("\x00\x1b[2J\ud83c x", id="controls"),
    pytest.param("\u202e\u2066abc", id="direction"),
    pytest.param("", id="nothing"),
]


#: Elements of which there are as many as words need: lines of a box, and pieces of text that others share.
BY_WORDS = {"text", "span"}


@pytest.mark.parametrize("evil", EVIL)
def test_text_is_never_markup(evil: str) -> None:
    """Whatever stands in any field, the page has the same elements as with plain words there, and can be written."""
    tame = [name for name, _ in Page(to_html(_everywhere("word"))).elements if name not in BY_WORDS]
    made = to_html(_everywhere(evil or "word"))
    assert [name for name, _ in Page(made).elements if name not in BY_WORDS] == tame
    assert not [a for _, a in Page(made).elements if any(name.startswith("on") for name in a)]
    assert made.encode("utf-8")
    to_html(_everywhere(evil))


def _everywhere(words: str) -> Trace:
    """A trace in which every free field holds the same words."""
    article = Article(
        id=words,
        text=words,
        url=f"javascript:{words}",
        outlet=words,
        title=words,
        byline=words,
        dateline=words,
        published=words,
        published_basis="text",
        language=f"en{words}",
        furniture=(Furniture(0, len(words), "other"),),
    )
    everything = Span(0, len(words))
    change = Change(kind="replaced", before=words, after=words, spans=(everything,), fullest_spans=(everything,))
    claims = tuple(
        Claim(
            id=f"{words}{number}",
            text=words,
            mentions=(Mention(article=words, spans=(everything,)), Mention(article="b", spans=(Span(0, 1),))),
            outlets=2,
            origins=(Origin(source=words, path=(words, words), basis="stated", reason=words, articles=(words,)),),
            independent=Independent(1, 1),
            bottlenecks=(words,),
            unknown=("b",),
        )
        for number in range(2)
    )
    return replace(
        BARE,
        made_by=MadeBy(headwater=words, reader=words),
        articles=(article, Article(id="b", text="b")),
        sources=(Source(id=words, name=words, kind="anonymous", reached_by=words, mentions=(Place(words, 0, 1),)),),
        quotations=(
            Quotation(
                id=words,
                speaker=words,
                variants=(
                    Variant(article=words, spans=(everything,), attribution=words, relation="fullest"),
                    Variant(article="b", spans=(Span(0, 1),), attribution="", relation="altered", changes=(change,)),
                ),
            ),
        ),
        claims=claims,
        findings=(
            Finding(id=words, text=words, severity="high", claims=(f"{words}0",), evidence=(Place(words, 0, 1),)),
        ),
        unjudged=(Unjudged(what=words, why=words, article=words),),
        conflicts=tuple(
            replace(c, note=words, sides=(replace(c.sides[0], article=words, spans=(everything,), value=words),))
            for c in sample.CONFLICTS
        ),
    )


def test_only_web_addresses_are_links() -> None:
    """The address of an article is a link only if it is http or https."""
    links = Page(SAMPLE).links
    assert "https://ledger.example/kessel?a=1&b=2" in links
    assert not [link for link in links if link.startswith("javascript")]


def test_ids_that_look_alike_keep_their_own_places() -> None:
    """Ids that differ only in signs that an anchor cannot hold lead to different places."""
    articles = tuple(Article(id=name, text=f"text of {name}") for name in ("a b", "a-b", "A b", "ä", "ö", " "))
    page = Page(to_html(replace(BARE, articles=articles)))
    assert len({name for name in page.ids if re.fullmatch(r"article-[\w-]+", name) and not name.endswith("-h")}) == 6
    assert len(page.ids) == len(set(page.ids))


def test_only_language_codes_name_a_language() -> None:
    """A language that is no code is not put on the text."""
    codes = ["ar", "pt-BR", "en x", "e", "<b>"]
    articles = tuple(Article(id=str(n), text="x", language=code) for n, code in enumerate(codes))
    page = Page(to_html(replace(BARE, articles=articles)))
    assert [a["lang"] for tag, a in page.elements if tag == "div" and "lang" in a] == ["ar", "pt-BR"]


# What an editor looks for


def test_parts_stand_in_order() -> None:
    """What could not be judged comes before any number; then count, findings, claims and the rest."""
    marks = ["Cannot be judged: ", 'id="count"', 'id="findings"', 'id="claims"', 'id="quotations"', 'id="conflicts"']
    marks += ['id="timeline"', 'id="sources"', 'id="articles"']
    places = [SAMPLE.index(mark) for mark in marks]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "words",
    [
        "1 to 2 origins",
        "no origin: a circle",
        "2 articles state it in their own voice; where they have it from cannot be judged",
        "It stands or falls, as far as it can be traced, with three engineers and The Harbour Ledger.",
        "shares 81 % of its words with Coastwire",
        "as Coastwire shows",
        "credits The Harbour Ledger, citing three engineers",
        "Counted as one with it",
        "fullest in this set",
        "cannot both hold",
        "one denies the other",
        "changed in the retelling",
        "About mid-March 2025",
        "Spring 2024",
        "1 sentence with a time whose date cannot be judged",
        "the text is cut off",
        "date not known",
        "Parts and instances of it (each counted by itself): The gate reportedly had not been tested",
        "part of: The Kessel tide gate stood open",
    ],
)
def test_page_says(words: str) -> None:
    """What the trace holds is said in plain words."""
    assert words in Page(SAMPLE).text


@pytest.mark.parametrize("word", ["verified", "true", "fake", "trust score", "original", "plagiarism", "confirmed"])
def test_page_does_not_say(word: str) -> None:
    """Words that judge what cannot be judged here are no words of ours."""
    page = Page(to_html(replace(TRACE, articles=())))
    assert not re.search(rf"\b{word}\b", page.text, re.IGNORECASE)


def test_every_mention_can_be_reached() -> None:
    """Each mention of each claim has its place in its article, and a link from the claim."""
    page = Page(SAMPLE)
    for claim in sample.CLAIMS:
        for number in range(1, len(claim.mentions) + 1):
            anchor = f"mention-{claim.id.removeprefix('claim-')}-{number}"
            assert anchor in page.ids
            assert f"#{anchor}" in page.links


def test_the_count_ends_with_the_claim_most_carried() -> None:
    """The last number is the main claim's own range, and the list behind it names every origin."""
    count = SAMPLE.partition('<ol class="count">')[2].partition("</ol>")[0]
    assert re.findall(r"<b>(.*?)</b>", count) == ["5", "5", "4", "1 to 2"]
    assert "Of the 4 claims carried by more than one article 3 can be traced, to 3 origins in all" in Page(count).text
    assert "1 shared claim whose origin cannot be judged" in Page(count).text


def test_long_lists_of_links_are_cut() -> None:
    """Of many words in evidence a few are linked, two of one article at most, and the number of the others is said."""
    text = "word " * 40
    evidence = tuple(Place(name, n * 5, n * 5 + 4) for name in "abcdef" for n in range(6))
    articles = tuple(Article(id=name, text=text) for name in "abcdef")
    finding = Finding(id="f", text="x", severity="low", evidence=(*evidence, *evidence))
    page = Page(to_html(replace(BARE, articles=articles, findings=(finding,))))
    assert "Words: a, a (2), b, b (2), c, c (2), d, d (2), and 28 more." in page.text


def test_article_text_is_whole() -> None:
    """The words of each article stand on the page as they are, furniture and all."""
    assert [stripped("".join(paragraphs)) for paragraphs in bodies(SAMPLE)] == list(sample.TEXTS.values())


def bodies(made: str) -> list[list[str]]:
    """The paragraphs of each article, without the notes beside them."""
    parts = made.split('<div class="body"')[1:]
    bare = [re.sub(r"<aside.*?</aside>", "", part.partition("</article>")[0], flags=re.DOTALL) for part in parts]
    return [re.findall(r'<p(?: class="away")? dir="auto">(.*?)</p>', part, re.DOTALL) for part in bare]


def test_furniture_is_set_apart() -> None:
    """Lines of nothing but furniture run together, each kind named once, and the article's own lines do not."""
    text = "Own words.\nREAD MORE: one\nREAD MORE: two\nShare\nOwn again. Share"
    kinds: list[tuple[str, FurnitureKind]] = [("READ MORE: one", "related_link"), ("READ MORE: two", "related_link")]
    kinds += [("Share", "share")]
    furniture = tuple(Furniture(text.index(w), text.index(w) + len(w), kind) for w, kind in kinds)
    furniture += (Furniture(len(text) - 5, len(text), "share"),)
    made = to_html(replace(BARE, articles=(Article(id="a", text=text, furniture=furniture),)))
    body = made.partition('<div class="body">')[2].partition("</article>")[0]
    assert re.findall(r'<p( class="away")? dir="auto">', body) == ["", *[' class="away"'] * 3, ""]
    assert re.findall(r'data-k="([^"]*)"', body) == ["related link", "share buttons", "share buttons"]
    assert stripped("".join(bodies(made)[0])) == text


def test_what_the_page_says_of_itself() -> None:
    """What the page or feed claims, and whom the outlet belongs to, stand in the article's head, as their word."""
    article = Article(
        id="a",
        text="A few words.",
        modified="2025-03-04",
        publisher="Quay House",
        credit="Coastwire",
        based_on=("https://wire.example/1", "javascript:1"),
        feed="Quay <b>feed",
        free=False,
        owner="Brack Group",
    )
    text = Page(to_html(replace(BARE, articles=(article,)))).text
    assert (
        "The page says: changed 4 March 2025; publisher Quay House; text by Coastwire; "
        "based on https://wire.example/1 and javascript:1; through the feed Quay <b>feed; access not free to read."
    ) in text
    assert "belongs to Brack Group" in text


def test_who_owns_the_outlets_stands_beside_the_count() -> None:
    """Several outlets of one owner are said beside their number, one alone is not."""
    owners = ("Brack Group", "Brack Group", "Sole Ltd", None)
    articles = tuple(Article(id=str(n), text="x", outlet=f"O{n}", owner=owner) for n, owner in enumerate(owners))
    text = Page(to_html(replace(BARE, articles=articles))).text
    assert "2 of 4 outlets belong to Brack Group" in text
    assert "belong to Sole" not in text


def test_of_much_that_was_left_out_the_first_and_last_words_stand() -> None:
    """A printing of a few words is not buried in what it leaves out: the fullest printing has it all."""
    long = " ".join(f"w{n}" for n in range(60))
    articles = (Article(id="a", text=f"Start. {long} end"), Article(id="b", text="end"))
    whole = Variant(article="a", spans=(Span(7, len(articles[0].text)),), attribution="", relation="fullest")
    dropped = Change(kind="dropped", before=long, after="", fullest_spans=(Span(7, 7 + len(long)),))
    cut = Variant(article="b", spans=(Span(0, 3),), attribution="", relation="trimmed", changes=(dropped,))
    page = to_html(
        replace(BARE, articles=articles, quotations=(Quotation(id="q", speaker=None, variants=(whole, cut)),))
    )
    assert "<del>w0 w1 w2 w3 w4 w5 … (49 words) … w55 w56 w57 w58 w59</del>" in page


def test_a_long_passage_is_cut_where_sentences_begin() -> None:
    """Side by side a long passage stands in rows of a few sentences, the same on both sides, nothing lost between."""
    said = [
        f"“The keeper of lock {n} counted the boats that had gone by since noon, slowly,” he wrote." for n in range(20)
    ]
    texts = " ".join(said), " ".join(line.replace("slowly", "carefully") for line in said)
    articles = tuple(Article(id=name, text=text, outlet=name) for name, text in zip("ab", texts, strict=True))
    whole = tuple(Place(one.id, 0, len(one.text)) for one in articles)
    copy = Derivation(later="b", earlier="a", kind="copy", stated=False, share=0.9, evidence=whole)
    links = Links(View(replace(BARE, articles=articles, derivations=(copy,))))
    (pair,) = pairs(links)
    assert len(pair["rows"]) > 4
    for side, text in (("earlier", texts[0]), ("later", texts[1])):
        shown = [stripped(row[side]) for row in pair["rows"]]
        assert " ".join(shown) == text
        assert all(words.startswith("“The keeper of lock") for words in shown)
        assert all('class="changed"' in row[side] for row in pair["rows"])


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 70), st.integers(0, 70))
def test_any_shared_places_can_stand_side_by_side(one: str, other: str, start: int, end: int) -> None:
    """Places that do not fit the texts, or hold nothing, are passed over."""
    articles = Article(id="a", text=f"{one} {other} " * 30), Article(id="b", text=f"{other} {one} " * 30)
    places = tuple(Place(name, start, end * 30) for name in "ab")
    copy = Derivation(later="b", earlier="a", kind="copy", stated=False, evidence=places)
    for pair in pairs(Links(View(replace(BARE, articles=articles, derivations=(copy,))))):
        assert pair["rows"]


def test_owners_that_only_a_table_knows() -> None:
    """Where articles name no owner the table of outlets does, and its names count: two spellings are one outlet."""
    given = (("1", "BBC"), ("2", "BBC News"), ("3", "Barron's"), ("4", "Cairns Post"))
    articles = tuple(Article(id=id, text="x", outlet=outlet) for id, outlet in given)
    page = to_html(replace(BARE, articles=articles))
    assert "<b>3</b> <span>outlets</span>" in page
    assert "2 of 3 outlets belong to News Corp" in Page(page).text
    assert "belongs to <bdi>News Corp" in page


def test_a_sentence_stands_once_however_many_mentions_it_bears() -> None:
    """Two mentions of a claim in one sentence are shown in it together, both marked."""
    one, more = sample.CLAIMS[0], sample.CLAIMS[0].mentions[0]
    start = more.spans[0].start
    twice = replace(more, spans=(Span(start, start + 5),)), replace(more, spans=(Span(start + 6, start + 12),))
    claim = replace(one, mentions=(*twice, *one.mentions[1:]))
    shown = shared_claim(Links(View(replace(TRACE, claims=(claim, *TRACE.claims[1:])))), claim)
    rows = [row for origin in shown["origins"] for row in origin["ways"]]
    (words,) = next(row["mentions"] for row in rows if row["link"].name.startswith("The Harbour Ledger"))
    assert words.html.count("<mark") == 2


def test_each_sentence_opens_how_others_tell_it() -> None:
    """The mark of a mention leads to the note on its sentence, in which shared words are tinted."""
    page = Page(SAMPLE)
    notes = [name for name in page.ids if name.startswith("sentence-")]
    assert notes
    assert {link[1:] for link in page.links if link.startswith("#sentence-")} == set(notes)
    assert '<span class="same">' in SAMPLE


def test_of_very_many_each_is_named_and_leads_to_its_words() -> None:
    """In a story of many articles some are shown with their words, the others named; all links lead somewhere."""
    page = Page(to_html(crowd(TRACE, 120)))
    assert re.search(r"and \d+ more: ", page.text)
    assert {link[1:].partition("?")[0] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_a_sentence_of_the_timeline_stands_once() -> None:
    """Articles that print it word for word are named with it."""
    texts = {"1": "The gate opened on 3 March.", "2": "Rain fell. The gate opened on 3 March."}
    articles = tuple(Article(id=id, text=text, outlet=f"Paper {id}") for id, text in texts.items())
    points = tuple(
        TimePoint(article=a.id, start=a.text.index("3 March"), end=a.text.index("3 March") + 7, value="2026-03-03")
        for a in articles
    )
    (date,) = timeline(Links(View(replace(BARE, articles=articles, timeline=points))))["dated"]
    (point,) = date["points"]
    assert point["words"].link.name == "Paper 1"
    assert [link.name for link in point["also"]] == ["Paper 2"]


def test_a_note_says_who_tells_a_sentence_how() -> None:
    """Beside a sentence: its count, then the others, the same words first and not again; never the article itself."""
    same, other = "The gate at Kessel stood open all night.", "All night the gate at Kessel was left open."
    texts = {"ledger": same, "quay": same, "bugle": other}
    articles = tuple(Article(id=name, text=f"{text} It rained.", outlet=name) for name, text in texts.items())

    def carried(name: str, start: int, end: int, low: int) -> Claim:
        mentions = tuple(Mention(article=a.id, spans=(Span(start, end),)) for a in articles)
        return Claim(
            id=name,
            text=name,
            mentions=mentions,
            outlets=3,
            origins=(),
            independent=Independent(low, 2),
            bottlenecks=(),
        )

    one, two = carried("gate", 4, 20, 1), carried("night", 21, 30, 0)
    links = Links(View(replace(BARE, articles=articles, claims=(one,))))
    ((_, note),) = margin(links, "ledger", wordings_of(links))
    assert (note["summary"], note["known"], note["left_out"]) == ("1 to 2 origins, 3 outlets", True, 0)
    assert [[link.name for link in version["links"]] for version in note["versions"]] == [["quay"], ["bugle"]]
    assert [(version["equal"], version["more"]) for version in note["versions"]] == [(True, 0), (False, 0)]
    assert [stripped(version["html"]) for version in note["versions"]] == ["", other]
    links = Links(View(replace(BARE, articles=articles, claims=(one, two))))
    ((_, note),) = margin(links, "bugle", wordings_of(links))
    assert (note["summary"], note["known"]) == ("2 claims: 0 to 2 origins", False)
    (version,) = note["versions"]
    assert [link.name for link in version["links"]] == ["ledger", "quay"]


def test_a_note_in_a_story_of_many_is_short() -> None:
    """One other wording and one name stand for all, and it is said how many are left out."""
    texts = [f"The gate at Kessel stood open {n // 2} hours." for n in range(70)]
    articles = tuple(Article(id=f"{n:02}", text=text, outlet=f"Paper {n:02}") for n, text in enumerate(texts))
    mentions = tuple(Mention(article=a.id, spans=(Span(4, 20),)) for a in articles)
    long = "the gate at Kessel stood open for many hours of that night, which nobody had seen"
    gate = Claim(
        id="gate", text=long, mentions=mentions, outlets=70, origins=(), independent=Independent(0, 1), bottlenecks=()
    )
    links = Links(View(replace(BARE, articles=articles, claims=(gate,))))
    ((_, note),) = margin(links, "00", wordings_of(links))
    own, other = note["versions"]
    assert ([link.name for link in own["links"]], own["equal"], own["more"]) == (["Paper 01"], True, 0)
    assert (len(other["links"]), other["more"], note["left_out"]) == (1, 1, 66)
    assert note["claims"][0]["link"].name.endswith("…")
    assert len(note["claims"][0]["link"].name) < 60


def test_words_for_word_the_same_are_not_shown_again() -> None:
    """Beside a sentence those who print it word for word are named, without the sentence once more."""
    links = Links(View(crowd(TRACE, 40)))
    notes = [note for one in links.view.articles for _, note in margin(links, one, wordings_of(links))]
    versions = [version for note in notes for version in note["versions"]]
    assert any(version["equal"] for version in versions)
    assert all(bool(version["html"]) != version["equal"] for version in versions)


def test_filters_know_each_claim() -> None:
    """Each claim bears its range, its outlets and those it comes through; the choices name only those."""
    page = Page(SAMPLE)
    claims = [a for _, a in page.elements if "data-outlets" in a]
    assert len(claims) == len(sample.CLAIMS)
    sources = {anchor for a in claims for anchor in (a["data-sources"] or "").split()}
    articles = {anchor for a in claims for anchor in (a["data-articles"] or "").split()}
    offered = {a["value"] for tag, a in page.elements if tag == "option" and a.get("value")}
    assert {value for value in offered if (value or "").startswith("source-")} <= sources
    assert articles <= set(page.ids)
    assert all(int(a["data-low"] or 0) <= int(a["data-high"] or 0) for a in claims)


def test_pages_served_apart_share_the_anchors() -> None:
    """The same places on pages of their own: only what stands elsewhere bears the page's address."""
    addresses = Addresses(
        lambda kind, key: f"/story/s/{kind}/{key}" if kind == "claim" else "/story/s", here="/story/s"
    )
    assert addresses.to("claim", "claim-1") == "/story/s/claim/claim-1#claim-1"
    assert addresses.to("source", "source-a b") == "#source-a-b"
    assert Addresses().to("claim", "claim-1") == "#claim-1"


def test_parts_served_apart_lead_nowhere_but_to_pages() -> None:
    """A claim, a pair, an article and the picture on pages of their own: no link stays a bare anchor."""
    links = Links(View(TRACE), Addresses(lambda kind, key: f"/{kind}/{len(key)}"))
    drawn, beside = picture(links), pairs(links)
    counted = count(links, {pair["ends"]: pair["href"] for pair in beside})

    def part(name: str, **given: Any) -> str:
        return templates().get_template(name).render(**given)

    made = [
        part("picture.html.j2", picture=drawn),
        *(part("claim.html.j2", claim=claim) for claim in shared_claims(links)),
        *(part("pair.html.j2", pair=pair) for pair in beside),
        *(
            part("article.html.j2", article=article(links, one, wordings_of(links)))
            for one in links.view.trace.articles
        ),
    ]
    found = [href for html in made for href in Page(html).links]
    assert len(found) > 20
    assert {href for href in found if not href.startswith(("/", "http"))} == set()
    sharing = [link.href for text in counted["texts"] for link in text["shared"] if link.href]
    assert sharing
    assert all(href.startswith("/pair/") for href in sharing)


def test_findings_come_by_severity() -> None:
    """The most severe first, and those of one severity as the trace has them."""
    severities: tuple[Severity, ...] = ("low", "high", "medium", "high")
    findings = tuple(
        Finding(id=f"f{index}", text=f"finding {severity} {index}", severity=severity)
        for index, severity in enumerate(severities)
    )
    text = Page(to_html(lone(findings=findings))).text
    assert re.findall(r"finding \w+ \d", text) == [
        "finding high 1",
        "finding high 3",
        "finding medium 2",
        "finding low 0",
    ]


def test_changes_stand_within_the_words() -> None:
    """What was left out stands where it would be, what was put in is marked."""
    rows = re.findall(r'<td class="serif"[^>]*>(.*?)</td>', SAMPLE)
    assert rows[1] == "We knew the gate was stuck, <del>and we told nobody until the water was in the street</del>"
    assert rows[3] == (
        'We knew the gate <del>was stuck</del> <ins class="new">wasn’t working</ins> and we told '
        '<del>nobody</del> <ins class="new">no one</ins>, <del>until the water was in the street</del>'
    )


def test_words_left_out_in_the_middle() -> None:
    """Words dropped between words that both keep are shown between them; without a sure place, behind."""
    articles = (Article(id="a", text="one two three four five"), Article(id="b", text="one two five"))
    fullest = Variant(article="a", spans=(Span(0, 23),), attribution="", relation="fullest")
    dropped = Change(kind="dropped", before="three four", after="", fullest_spans=(Span(8, 18),))
    cut = Variant(article="b", spans=(Span(0, 12),), attribution="", relation="trimmed", changes=(dropped,))
    unsure = replace(cut, changes=(replace(dropped, fullest_spans=()),))
    made = to_html(
        replace(BARE, articles=articles, quotations=(Quotation(id="q", speaker=None, variants=(fullest, cut)),))
    )
    assert "one two <del>three four</del> five</td>" in made
    made = to_html(
        replace(BARE, articles=articles, quotations=(Quotation(id="q", speaker=None, variants=(fullest, unsure)),))
    )
    assert "one two five <del>three four</del></td>" in made


def test_one_article_has_nothing_to_compare() -> None:
    """The page says so, and still shows the article."""
    text = Page(to_html(lone())).text
    assert "With a single article there is nothing to compare" in text
    assert "A few words." in text


def test_many_claims_stay_usable() -> None:
    """Only the first claims stand open, and those of one article are folded away."""
    made = to_html(many_claims(300))
    assert len(re.findall(r"<details id=\"claim-[^>]* open>", made)) == 8
    assert "150 claims made by one article only" in made


def test_same_trace_same_page() -> None:
    """The page does not change from run to run."""
    assert to_html(TRACE) == SAMPLE


# Marks over text

CHARACTERS = st.text(
    st.sampled_from("ab <>&\"'\n\r\t é\u0301🌊👩🏽\u202eش") | st.characters(exclude_categories=["Cs"]), max_size=40
)
MARKS = st.lists(
    st.builds(
        lambda start, end, css, anchor, link, rank: Mark(
            start=start, end=end, css=css, id=anchor, link=link, label='<&">', shown="1", data=css, rank=rank
        ),
        st.integers(-3, 45),
        st.integers(-3, 45),
        st.sampled_from(["source", "cue", "a b"]),
        st.none() | st.sampled_from(["x<", 'y"']),
        st.none() | st.just('#"z'),
        st.integers(0, 3),
    ),
    max_size=8,
)


def stripped(markup: str) -> str:
    """The text without tags, unescaped; without html.parser, which changes line ends and empty characters."""
    return re.sub(
        "&(lt|gt|amp|#34|#39);",
        lambda entity: html.unescape(entity.group()),
        re.sub(r"<[^<>]*>", "", markup),
    )


@given(CHARACTERS, MARKS)
def test_marks_add_only_tags(text: str, marks: list[Mark]) -> None:
    """Without the tags, and unescaped, the text is the same; the tags nest; links do not stand within links."""
    made = marked(text, marks)
    assert stripped(made) == text
    assert Page(made).crossed == []
    assert not re.search(r"<a [^>]*>[^<]", made)


@given(CHARACTERS, MARKS, st.sets(st.integers(0, 40)))
def test_blocks_add_only_tags(text: str, marks: list[Mark], cuts: set[int]) -> None:
    """The same when the text is cut into blocks; each block's tags are its own, and each anchor stands once."""
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    blocks = [Span(start, end) for start, end in itertools.pairwise(edges)]
    made = marked_blocks(text, marks, blocks)
    assert "".join(map(stripped, made)) == text
    assert all(Page(block).crossed == [] for block in made)
    visible = [mark for mark in marks if max(mark.start, 0) < min(mark.end, len(text))]
    anchors = [a["id"] for block in made for tag, a in Page(block).elements if a.get("id")]
    assert sorted(a or "" for a in anchors) == sorted(mark.id for mark in visible if mark.id is not None)
    ending = [mark for mark in marks if mark.start < mark.end and 0 < mark.end <= len(text)]
    assert sum(block.count("<a ") for block in made) == sum(1 for mark in ending if mark.link is not None)


@given(CHARACTERS, MARKS)
def test_every_character_bears_its_marks(text: str, marks: list[Mark]) -> None:
    """Each character stands within exactly the marks that cover it."""
    made = marked(text, [replace(mark, link=None, id=None, data=None) for mark in marks])
    depth: list[str] = []
    at = 0
    for tag, css, entity, character in re.findall(r'(<span class="([^"]*)">|</span>)|(&[^;]*;)|([\s\S])', made):
        if tag.startswith("</"):
            depth.pop()
        elif tag:
            depth.append(css)
        else:
            assert text[at] == (html.unescape(entity) if entity else character)
            assert sorted(depth) == sorted(mark.css for mark in marks if mark.start <= at < mark.end)
            at += 1
    assert at == len(text)


def test_nested_marks_stay_whole() -> None:
    """A mark within another is not cut, nor is the outer one, where both begin at one place."""
    nested = [Mark(start=0, end=2, css="in"), Mark(start=0, end=4, css="out"), Mark(start=0, end=4, css="far", rank=-1)]
    assert marked("abcdef", nested) == (
        '<span class="far"><span class="out"><span class="in">ab</span>cd</span></span>ef'
    )


def test_crossing_marks() -> None:
    """A mark that crosses another is closed and opened again: its anchor first, its link last."""
    crossing = [
        Mark(start=0, end=3, css="a", id="one"),
        Mark(start=1, end=5, css="b", id="two", link="#c", label="C", shown="1"),
    ]
    assert marked("abcdef", crossing) == Markup(
        '<span class="a" id="one">a<span class="b" id="two">bc</span></span><span class="b">de</span>'
        '<a class="to" href="#c" aria-label="C" data-k="1"></a>f'
    )


# In a browser

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("width", [500, 1200])
def test_page_in_a_browser(tmp_path: Path, width: int) -> None:
    """The page is drawn: the picture is not of one colour."""
    assert CHROMIUM is not None
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(SAMPLE, encoding="utf-8")
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={tmp_path}/u",
    ]
    command += [f"--screenshot={picture}", f"--window-size={width},900", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000  # an empty page of this size takes about 5 kB
