"""The page in a real browser: each part used as people use it, at any width, by keyboard, without script, on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import headwater
from browsing import barriers, chromium, in_a_browser, picture, visited
from crowd import crowd
from headwater import report
from headwater.model import Trace
from headwater.report.html import STYLES, templates, to_html
from headwater.report.page import picture as provenance
from headwater.report.page.links import Links
from headwater.report.view import View
from hostile import ATTACK
from sample import TRACE

pytestmark = in_a_browser

EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"
SMALL = Path(__file__).parent / "golden" / "one-announcement" / "articles"
TEMPLATES = Path(report.__file__).parent / "templates"
WIDTHS = (360, 768, 1600, 2560)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
OUTSIDE = """w => [...document.querySelectorAll('main *:not(.flow *):not(.skip-picture)')].filter(e => {
    const r = e.getBoundingClientRect(); return r.width && r.right > w + 1;
}).map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def story() -> Trace:
    """The example, traced."""
    return headwater.trace(EXAMPLE)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory, story: Trace) -> Path:
    """The page of the example."""
    return written(tmp_path_factory.mktemp("page"), story)


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the story by hand, whose texts want to do harm."""
    return written(tmp_path_factory.mktemp("sample"), TRACE)


def written(folder: Path, trace: Trace) -> Path:
    """The page of a trace in a file."""
    file = folder / "page.html"
    file.write_text(to_html(trace), encoding="utf-8")
    return file


def seen(page: Page, selector: str) -> bool:
    """Whether an element is drawn within the window."""
    return bool(
        page.eval_on_selector(
            selector,
            """e => { const r = e.getBoundingClientRect();
                return e.checkVisibility() && r.height > 0 && r.bottom > 0 && r.top < innerHeight; }""",
        )
    )


# Each part, as a person uses it


def test_what_cannot_be_judged_opens(browser: Browser, page_file: Path) -> None:
    """One quiet line at the head, which opens to what and why."""
    with visited(browser, page_file) as page:
        line = page.locator("details.unjudged > summary")
        assert line.inner_text().startswith("Cannot be judged: ")
        assert not page.locator("details.unjudged li").first.is_visible()
        line.click()
        assert page.locator("details.unjudged li").first.is_visible()
        assert page.locator("main").locator("details, section").first.get_attribute("class") == "unjudged"


def test_each_number_opens_its_list(browser: Browser, page_file: Path) -> None:
    """Articles, outlets, texts and origins: the number opens a list of as many, and its links lead to them."""
    with visited(browser, page_file) as page:
        for step in page.locator(".count > li").all()[:3]:
            number = int(step.locator("summary b").inner_text())
            step.locator("summary").click()
            assert step.locator("details > ul > li").count() == number
        page.locator(".count > li").first.locator("li a").first.click()
        assert page.url.partition("#")[2].startswith("article-")
        assert seen(page, f"[id='{page.url.partition('#')[2]}'] h3")


def test_a_finding_leads_to_its_words_and_back(browser: Browser, page_file: Path) -> None:
    """The most severe first; one click leads to the words in their article, and Back to the findings."""
    with visited(browser, page_file, "#findings") as page:
        levels = page.locator(".findings .severity").all_inner_texts()
        assert levels == sorted(levels, key=["high", "medium", "low"].index)
        page.locator(".findings > li").first.locator("a[href^='#words-'], a[href^='#mention-']").first.click()
        anchor = page.url.partition("#")[2]
        assert seen(page, f"[id='{anchor}']")
        assert page.locator(f".text [id='{anchor}']").count() == 1
        page.go_back()
        assert page.url.endswith("#findings")


def test_claims_are_filtered_and_the_choice_has_an_address(browser: Browser, page_file: Path) -> None:
    """Single-origin, contested, by source, by outlet; sorted; the choice can be shared, and Back undoes it."""
    with visited(browser, page_file, "#claims") as page:
        cards = page.locator("#claim-list > .claim:visible")
        every = cards.count()
        page.get_by_label("single origin").check()
        single = cards.count()
        assert 0 < single < every
        assert all("1 origin," in text for text in cards.locator(".tally").all_inner_texts())
        page.locator("select[name=outlet]").select_option(label="Torhaven Courier")
        assert 0 < cards.count() < single
        assert page.locator("#chosen").inner_text().startswith(f"{cards.count()} of {every} shown")
        shared = "#" + page.url.partition("#")[2]
        page.go_back()
        assert cards.count() == single
        page.get_by_role("button", name="Show all").first.click()
        page.locator("select[name=sort]").select_option("outlets")
        carried = [int(card.get_attribute("data-outlets") or 0) for card in cards.all()]
        assert carried == sorted(carried, reverse=True)
        page.get_by_label("contested", exact=True).check()
        assert 0 < cards.count() < every
        assert all("contested" in text for text in cards.locator(".tally").all_inner_texts())
        picture(page, "claims-chosen")
    with visited(browser, page_file, shared) as page:
        assert page.get_by_label("single origin").is_checked()
        assert page.locator("#claim-list > .claim:visible").count() < single


def test_a_claims_address_opens_it(browser: Browser, page_file: Path) -> None:
    """A claim that stands closed, or was filtered away, is opened and shown when an address names it."""
    with visited(browser, page_file) as page:
        closed = page.locator(".claim > details:not([open])").last.get_attribute("id")
    with visited(browser, page_file, f"#{closed}") as page:
        assert page.locator(f"[id='{closed}']").get_attribute("open") is not None
        assert seen(page, f"[id='{closed}'] summary")
        page.get_by_label("contested", exact=True).check()
        page.evaluate("id => { location.hash = id; }", closed)
        page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=closed)


@pytest.mark.parametrize("script", [True, False], ids=["with its module", "without script"])
def test_the_picture_steps_back(browser: Browser, page_file: Path, script: bool) -> None:
    """Pick a box: what it has part in stays, the rest steps back, also in the list; Show all undoes it."""
    with visited(browser, page_file, "#picture", java_script_enabled=script) as page:
        assert page.locator(".flow .b").count() > 10
        page.locator(".flow a.b.origin").filter(has_text="Marek Dorn").click()
        assert page.url.partition("#")[2].startswith("pick-")
        assert page.locator(".pick:visible").inner_text().startswith("Shown: Marek Dorn")
        shown = page.locator(".in-words li:visible")
        assert 1 < shown.count() < page.locator(".in-words li").count()
        picture(page, f"picture-picked-{'module' if script else 'bare'}")
        if script:
            faint = page.eval_on_selector_all(
                ".flow .l", "ls => ls.filter(l => getComputedStyle(l).opacity < .5).length"
            )
            assert 0 < faint < page.locator(".flow .l").count()
            page.keyboard.press("Escape")
        else:
            page.locator(".pick:visible a").click()
        assert page.url.endswith("#picture")
        assert shown.count() == page.locator(".in-words li").count()


def test_a_claim_is_picked_from_its_card(browser: Browser, page_file: Path) -> None:
    """A claim leads to the picture with its own boxes; the list beside names the same articles."""
    with visited(browser, page_file) as page:
        page.locator(".claim").first.get_by_text("Show it in the picture").click()
        outlets = int(page.locator(".claim").first.get_attribute("data-outlets") or 0)
        assert page.locator(".pick:visible").count() == 1
        lines = page.eval_on_selector_all(
            ".b.article", "bs => bs.filter(b => getComputedStyle(b.querySelector('rect')).fill !== 'none').length"
        )
        assert lines >= outlets


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.flow .b rect')].map(e => e.getBBox());
  const texts = [...document.querySelectorAll('.flow text')].map(e => [e.textContent, e.getBBox()]);
  const over = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
    && a.y + 3 < b.y + b.height - 3 && b.y + 3 < a.y + a.height - 3;
  const out = [];
  texts.forEach(([words, box], i) => {
    texts.slice(i + 1).forEach(([other, place]) => over(box, place) && out.push(`${words} / ${other}`));
    const home = boxes.filter(b => over(b, box));
    if (home.length > 1) out.push(`${words} on ${home.length} boxes`);
    if (home.length === 1 && (box.x < home[0].x || box.x + box.width > home[0].x + home[0].width))
      out.push(`${words} leaves its box`);
  });
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => over(a, b) && out.push('boxes')));
  return out;
}"""


@pytest.mark.parametrize("articles", [9, 40, 300])
def test_no_text_of_the_picture_overlaps(browser: Browser, tmp_path: Path, story: Trace, articles: int) -> None:
    """Words stay within their boxes and off each other; many articles are folded and still drawn."""
    file = tmp_path / "picture.html"
    file.write_text(picture_alone(story if articles == 9 else crowd(story, articles)), encoding="utf-8")
    with visited(browser, file, viewport={"width": 1600, "height": 1400}) as page:
        assert page.evaluate(OVERLAPS) == []
        assert 10 < page.locator(".flow .b").count() < 140
        picture(page, f"picture-{articles}")


def picture_alone(trace: Trace) -> str:
    """The picture of a trace without the rest of its page, which at 300 articles takes long to open."""
    drawn = provenance.picture(Links(View(trace)))
    styles = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES) + str(drawn["rules"])
    body = templates().get_template("picture.html.j2").render(picture=drawn)
    return f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>picture</title><style>{styles}</style>{body}"


def test_names_of_any_script_stay_in_their_boxes(browser: Browser, sample_file: Path) -> None:
    """The same with names of other scripts, marks of direction and signs."""
    with visited(browser, sample_file, "#picture") as page:
        assert page.evaluate(OVERLAPS) == []
        picture(page, "picture-scripts")


def test_quotations_differences_and_dates_lead_to_words(browser: Browser, page_file: Path) -> None:
    """Each row of a quotation, side of a difference and date has a link that leads to its words."""
    with visited(browser, page_file) as page:
        for part in ("#quotations .variants tbody tr", "#conflicts .sides > li", "#timeline dd > div"):
            rows = page.locator(part)
            assert rows.count() > 3
            link = rows.first.locator("a[href^='#']").first
            link.click()
            anchor = page.url.partition("#")[2]
            assert page.locator(f".text [id='{anchor}']").count() == 1
            assert seen(page, f"[id='{anchor}']")


def test_a_sentence_opens_how_others_tell_it(browser: Browser, page_file: Path) -> None:
    """The margin says how many origins are behind a sentence; the mark in the text opens the others' versions."""
    with visited(browser, page_file, "#articles") as page:
        mark = page.locator(".text .mention > a.to, .text .body a.to").first
        anchor = (mark.get_attribute("href") or "")[1:]
        note = page.locator(f"[id='{anchor}']")
        assert not note.is_visible()
        mark.click()
        assert note.is_visible()
        assert note.locator(".words").count() >= 1
        assert note.locator(".same").count() >= 1
        assert "origin" in note.locator("xpath=..").locator("summary").inner_text()
        picture(page, "reading")


def test_page_furniture_stands_apart(browser: Browser, page_file: Path) -> None:
    """A paragraph after page furniture keeps its distance, also where claims are noted beside it."""
    gaps = """() => [...document.querySelectorAll('.body > .away + :not(.away)')].map(e =>
        [e.className, e.getBoundingClientRect().top - e.previousElementSibling.getBoundingClientRect().bottom])"""
    with visited(browser, page_file) as page:
        found = page.evaluate(gaps)
    assert "para" in {name for name, _ in found}
    assert all(gap >= 8 for _, gap in found), found


def test_two_articles_stand_side_by_side(browser: Browser, page_file: Path) -> None:
    """A pair that shares text is joined passage by passage, in rows and in full; the place has an address."""
    with visited(browser, page_file, "#pairs") as page:
        pair = page.locator(".pair").first
        pair.locator("summary").click()
        assert pair.locator("tbody tr").count() >= 3
        assert pair.locator(".same").count() >= 3
        pair.get_by_text("Both articles in full").click()
        assert page.locator(".both > section").count() == 2
        numbers = page.locator(".both > section").first.locator(".number")
        assert numbers.count() == page.locator(".both > section").last.locator(".number").count() >= 3
        numbers.last.click()
        assert page.locator(".both .joint.now").count() >= 2
        shared = "#" + page.url.partition("#")[2]
        picture(page, "side-by-side")
    with visited(browser, page_file, shared) as page:
        assert page.locator(".both > section").count() == 2


# For everybody


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barriers(browser: Browser, sample_file: Path, scheme: str) -> None:
    """WCAG 2.2 A and AA as far as axe-core can tell: everything open, claims filtered, a box of the picture picked."""
    with visited(browser, sample_file, color_scheme=scheme) as page:
        page.evaluate(OPEN_ALL)
        assert barriers(page) == []
        page.get_by_label("single origin").check()
        assert barriers(page) == []
        page.locator(".flow a.b.origin").first.click()
        assert page.locator(".pick:visible").count() == 1
        assert barriers(page) == []
        page.locator("select[name=left]").select_option(index=1)
        page.get_by_role("button", name="Show both").click()
        assert barriers(page) == []


def test_no_barriers_in_a_traced_story(browser: Browser, tmp_path: Path) -> None:
    """The same of a small story as the program traces it."""
    file = written(tmp_path, headwater.trace(SMALL))
    with visited(browser, file) as page:
        page.evaluate(OPEN_ALL)
        assert barriers(page) == []
        picture(page, "small", whole=True)


@pytest.mark.parametrize("which", ["example", "sample"])
def test_no_sideways_scrolling(browser: Browser, page_file: Path, sample_file: Path, which: str) -> None:
    """From a telephone to a wide screen the page is as wide as the window, everything open."""
    with visited(browser, page_file if which == "example" else sample_file) as page:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"{which}-{width}")
        page.evaluate(OPEN_ALL)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(OUTSIDE, width) == []


def test_by_keyboard_alone(browser: Browser, page_file: Path) -> None:
    """The first stop leads past the head; each stop is seen; a box is picked by Enter; a filter by Space."""
    with visited(browser, page_file) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main')")
        page.locator(".skip-picture").focus()
        assert seen(page, ".skip-picture")
        for _ in range(2):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.flow .b') !== null")
        page.keyboard.press("Enter")
        assert page.url.partition("#")[2].startswith("pick-")
        page.get_by_label("single origin").focus()
        page.keyboard.press("Space")
        assert page.get_by_label("single origin").is_checked()


def test_everything_can_be_read_without_script(browser: Browser, page_file: Path) -> None:
    """No control stands there that does nothing, and every claim and article can be opened."""
    with visited(browser, page_file, java_script_enabled=False) as page:
        assert not page.locator("#choose").is_visible()
        assert not page.locator("#beside").is_visible()
        assert page.locator("#claim-list > .claim:visible").count() == page.locator("#claim-list > .claim").count()
        page.locator(".pair > summary").first.click()
        assert page.locator(".pair tbody tr").first.is_visible()


def test_printing_gives_a_clean_report(browser: Browser, page_file: Path, tmp_path: Path) -> None:
    """On paper everything stands open, and controls and the way past the head are left out."""
    with visited(browser, page_file) as page:
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not([open])").count() == 0
        for gone in ("#choose", ".contents", ".skip", ".beside", ".picks"):
            assert not page.locator(gone).first.is_visible()
        page.pdf(path=tmp_path / "page.pdf")
        assert (tmp_path / "page.pdf").stat().st_size > 50_000
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details:not([open])").count() > 5


def test_hostile_words_do_nothing(browser: Browser, tmp_path: Path) -> None:
    """A story written to attack the page: nothing runs, nothing is asked for, nothing leaves its place."""
    file = written(tmp_path, ATTACK)
    with visited(browser, file, viewport={"width": 700, "height": 900}) as page:
        page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= 700
        assert page.evaluate(OVERLAPS) == []
        assert page.evaluate("window.owned === undefined")
        assert page.locator("script").count() == 1
        assert page.locator("main a[href^='javascript'], main a[href^='data'], main iframe, main img").count() == 0
        page.locator("select[name=source]").select_option(index=1)
        page.locator("select[name=left]").select_option(index=1)
        page.get_by_role("button", name="Show both").click()
        assert page.evaluate("window.owned === undefined")
        picture(page, "hostile")
