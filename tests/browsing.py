"""A real browser for the tests of pages: Debian's chromium driven by Playwright, axe-core, pictures in out/screens.

Whatever a page asks of the network, and whatever it complains of, is kept and must be nothing.
"""

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
SCREENS = Path(__file__).parents[1] / "out" / "screens"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

#: What a test of pages is marked with.
in_a_browser = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for as long as the block lasts."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visited(browser: Browser, file: Path, anchor: str = "", **options: Any) -> Iterator[Page]:
    """A page of its own, open at an anchor; at the end it must have asked for nothing and complained of nothing."""
    given = {"viewport": {"width": 1200, "height": 900}, "reduced_motion": "reduce", **options}
    context = browser.new_context(**given)
    page = context.new_page()
    trouble: list[str] = []

    def refused(dialog: Dialog) -> None:
        trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda message: trouble.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("dialog", refused)
    page.on("request", lambda asked: trouble.append(f"asked for: {asked.url}") if asked.url != file.as_uri() else None)
    try:
        page.goto(file.as_uri() + anchor)
        yield page
        assert trouble == []
    finally:
        context.close()


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep what is seen, to be looked at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=whole)


def barriers(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA; skips, saying so, where axe is not installed."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        pytest.skip("axe_playwright_python is not installed")
    script = Path(found.submodule_search_locations[0]) / "axe.min.js"
    page.evaluate(script.read_text(encoding="utf-8"))  # not as a tag: the page's own policy forbids it
    result = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]
