"""The application in a real browser: as a person uses it, by mouse and key, without a script, narrow and wide."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Dialog, Page

from browsing import barriers, chromium, in_a_browser, picture
from headwater.archive import Archive, decisions
from headwater.web.jobs import Work
from headwater.web.pages.deciding import now
from hostile import ATTACK
from served import EXAMPLE, example, put, running

pytestmark = in_a_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the example, which no test changes."""
    return example(tmp_path_factory.mktemp("web") / "a.db")


@pytest.fixture(scope="module")
def site(file: Path) -> Iterator[str]:
    """The application over it, without work."""
    with Archive(file) as archive, running(archive) as address:
        yield address


@pytest.fixture
def working(tmp_path: Path, file: Path) -> Iterator[tuple[str, Archive]]:
    """The application over a copy, with work."""
    copy = tmp_path / "own.db"
    copy.write_bytes(file.read_bytes())
    with Archive(copy) as archive:
        work = Work(archive, clock=now, reader="rules-1")
        try:
            with running(archive, work) as address:
                yield address, archive
        finally:
            work.close()


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A page that complains of nothing, asks nobody else for anything, and shows no dialog."""
    given = {"viewport": {"width": 1200, "height": 900}, "reduced_motion": "reduce", **options}
    context = browser.new_context(**given)
    page = context.new_page()
    trouble: list[str] = []
    home = "/".join(address.split("/")[:3])

    def refused(dialog: Dialog) -> None:
        trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda said: trouble.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("dialog", refused)
    page.on(
        "request", lambda asked: trouble.append(f"asked for: {asked.url}") if not asked.url.startswith(home) else None
    )
    try:
        page.goto(address)
        yield page
        assert trouble == []
    finally:
        context.close()


def test_from_the_list_to_the_words(browser: Browser, site: str) -> None:
    """Home, search, a claim, its origin, the words: each one click, and Back leads back."""
    with visit(browser, site) as page:
        page.get_by_label("Words to search for").fill("drained")
        page.keyboard.press("Enter")
        page.locator(".results mark").first.wait_for()
        page.locator(".facets a", has_text="claims").click()
        page.locator(".results a").first.click()
        assert page.locator("h1").inner_text() == "A claim, and where it comes from"
        page.locator(".ways .who a").first.click()
        anchor = page.url.partition("#")[2]
        assert page.locator(f"[id='{anchor}']").is_visible()
        page.go_back()
        assert page.locator("h1").inner_text() == "A claim, and where it comes from"
        page.locator(".origin h4 a").first.click()
        page.locator(".quoted a").first.click()
        assert page.locator("#at").first.is_visible()


def test_a_story_is_read(browser: Browser, site: str) -> None:
    """The picture steps back for a choice and comes again; a sentence opens how the others tell it."""
    with visit(browser, site) as page:
        page.locator(".stories a").first.click()
        page.locator(".flow a").first.click()
        assert "#pick-" in page.url
        assert page.locator(".pick:target").is_visible()
        page.keyboard.press("Escape")
        assert page.url.endswith("#picture")
        picture(page, "web-story")
        page.locator("#articles tbody a").first.click()
        page.locator(".margin summary").first.click()
        assert page.locator(".others").first.is_visible()
        page.locator(".to").first.click()
        assert "/articles/" in page.url


def test_claims_are_filtered(browser: Browser, site: str) -> None:
    """The choice is an address that can be shared."""
    with visit(browser, site) as page:
        page.locator(".stories a").first.click()
        page.get_by_label("single origin").check()
        page.locator("select[name=sort]").select_option("outlets")
        page.get_by_role("button", name="Show", exact=True).click()
        assert "single=1" in page.url
        assert "sort=outlets" in page.url
        assert page.get_by_label("single origin").is_checked()
        assert {c.get_attribute("data-high") for c in page.locator(".claim").all()} == {"1"}


def test_deciding_undoing_and_tracing_again(browser: Browser, working: tuple[str, Archive]) -> None:
    """A doubtful pair by one key; the story says that it is traced again, and when the new version is there."""
    site, archive = working
    with visit(browser, f"{site}/doubtful") as page:
        page.keyboard.press("n")
        page.get_by_role("button", name="Undo").wait_for()
        assert decisions.log(archive)[1] == 1
        picture(page, "web-doubtful")
        page.locator(".way-here a").nth(1).click()
        assert "Version 1 is shown" in page.locator(".told").inner_text()
        page.locator("[data-ended]").wait_for(timeout=60_000)
        page.locator("[data-ended]").click()
        page.get_by_text("Version 2 of this story").wait_for()
        page.goto(f"{site}/decisions")
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("button", name="Bring it back").wait_for()
        assert [e.active for e in decisions.log(archive)[0]] == [True, False]


def test_words_are_selected_and_noted(browser: Browser, working: tuple[str, Archive]) -> None:
    """What is selected with the mouse is what the note is on, to the character."""
    site, archive = working
    with visit(browser, site) as page:
        page.locator(".stories a").first.click()
        page.locator("#articles tbody a").first.click()
        chosen = page.evaluate(
            """() => { const p = document.querySelectorAll('.body p[dir]')[2];
                const range = document.createRange(); range.selectNodeContents(p);
                const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range);
                return range.toString().trim(); }"""
        )
        page.locator("#selection a").click()
        assert " ".join(page.locator("mark").inner_text().split()) == " ".join(chosen.split())
        page.get_by_label("Note").fill("Look at this again.")
        page.get_by_role("button", name="Keep the note").click()
        page.get_by_text("Kept, as decided by").wait_for()
        kept = decisions.log(archive)[0][0].decision
        assert (kept.value, kept.places[0].quote.strip()) == ("Look at this again.", chosen)


def test_progress_survives_a_reload(browser: Browser, working: tuple[str, Archive]) -> None:
    """Files are added; how far it is stands on a page of its own, also when it is loaded again."""
    site, _ = working
    with visit(browser, f"{site}/add") as page:
        page.get_by_label("Or the text of one article").fill(
            "HALM QUAY (Cardinal) - The harbour board of Halm Quay closed its east pier on Tuesday, its director said."
        )
        page.get_by_role("button", name="Add", exact=True).click()
        page.wait_for_url("**/jobs/*")
        page.reload()
        assert "/jobs/" in page.url
        page.get_by_text("Done:").wait_for(timeout=60_000)
        picture(page, "web-job")
        assert "1 article put in" in page.locator(".told").inner_text()
        page.get_by_role("link", name="To the stories").click()
        assert page.locator(".stories > li").count() == 2


def test_without_a_script(browser: Browser, working: tuple[str, Archive]) -> None:
    """Read, searched and decided all the same."""
    site, archive = working
    with visit(browser, site, java_script_enabled=False) as page:
        page.locator(".stories a").first.click()
        page.locator("#articles tbody a").first.click()
        page.get_by_role("link", name="Mark furniture, or write a note").click()
        page.locator("input[name=s]").nth(1).check()
        page.get_by_role("button", name="Of these words").click()
        page.get_by_label("Note").fill("Without a script.")
        page.get_by_role("button", name="Keep the note").click()
        assert "Without a script." in page.locator("main").inner_text()
        assert decisions.log(archive)[1] == 1
        page.goto(f"{site}/doubtful")
        page.get_by_role("button", name="The same claim").click()
        assert decisions.log(archive)[1] == 2


def test_by_keyboard(browser: Browser, site: str) -> None:
    """The first key leads past the bar; every link and field can be reached and shows that it is."""
    with visit(browser, site) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/stories/**")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


PAGES = ["/", "story", "article", "claim", "source", "pair", "/search?q=barrage", "/sources", "/doubtful", "/decisions",
         "/add", "/jobs", "mark", "/nothing"]  # fmt: skip


def at(page: Page, site: str, name: str) -> None:
    """Go to a page by its kind."""
    if name.startswith("/"):
        page.goto(f"{site}{name}")
        return
    page.goto(site)
    page.locator(".stories a").first.click()
    where = {
        "article": "#articles tbody a", "mark": "#articles tbody a", "claim": ".standfirst a",
        "source": ".origin h4 a", "pair": "#pairs p.note a",
    }  # fmt: skip
    if name != "story":
        page.goto(f"{site}{page.locator(where[name]).first.get_attribute('href')}")
    if name == "mark":
        page.get_by_role("link", name="Mark furniture, or write a note").click()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_the_way(browser: Browser, site: str, name: str, scheme: Literal["light", "dark"]) -> None:
    """WCAG 2.2 A and AA as far as axe-core can tell, and no page wider than a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, color_scheme=scheme, reduced_motion="reduce")
    try:
        page = context.new_page()
        at(page, site, name)
        picture(page, f"web-{name.strip('/').partition('?')[0] or 'home'}-360-{scheme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert barriers(page) == []
    finally:
        context.close()


@pytest.mark.parametrize("width", [768, 1600, 2560])
@pytest.mark.parametrize("name", ["/", "story", "article", "claim", "source", "pair", "/search?q=barrage"])
def test_at_any_width(browser: Browser, site: str, name: str, width: int) -> None:
    """Nothing sticks out."""
    with visit(browser, site, viewport={"width": width, "height": 1000}) as page:
        at(page, site, name)
        picture(page, f"web-{name.strip('/').partition('?')[0] or 'home'}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_story_written_to_attack_it(browser: Browser, tmp_path: Path) -> None:
    """Nothing of it runs, on any page; nothing is asked of anybody."""
    with Archive(tmp_path / "a.db") as archive:
        story = put(archive, ATTACK)
        with running(archive) as site, visit(browser, f"{site}/stories/{story}") as page:
            links = page.eval_on_selector_all("main a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
            for link in list(dict.fromkeys(a.partition("#")[0] for a in links))[:25]:
                page.goto(f"{site}{link}")
                assert page.evaluate("window.owned") is None
                assert page.evaluate("getComputedStyle(document.body).display") != "none"


def test_the_example_is_there(site: str) -> None:
    """Its files are those that the archive was made of."""
    assert EXAMPLE.is_dir()
    assert site.startswith("http://127.0.0.1:")
