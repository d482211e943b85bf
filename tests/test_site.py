"""The site of the docs: built without a warning, nothing on it leads nowhere, no page asks the network for anything."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as parser  # type: ignore[import-untyped]
from playwright.sync_api import Page, Request

import headwater
from browsing import chromium, in_a_browser
from headwater import model
from headwater.report.schema import schema

ROOT = Path(__file__).parents[1]
#: What a browser loads by itself, by element and attribute.
LOADS = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "embed": "src",
    "object": "data", "input": "src",
}  # fmt: skip
LINKED = ("stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "manifest")
AT_THE_ROOT = "404.html"  # shown for any address, so that its links begin at the root of a server
ELSEWHERE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)

pytestmark = [
    pytest.mark.xdist_group("site"),  # it is built once
    pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="zensical: pip install --group docs"),
]


def builder() -> ModuleType:
    """The script that builds the site."""
    spec = importlib.util.spec_from_file_location("build_site", ROOT / "docs" / "site" / "build_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly."""
    out = tmp_path_factory.mktemp("docs") / "site"
    assert builder().main(["--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Any]:
    """Every page, parsed."""
    found = {
        path: parser.parse(str(path), parser.HTMLParser(encoding="utf-8")) for path in sorted(site.rglob("*.html"))
    }
    assert len(found) > 20
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("start.md", "# Start\n\n[x](none.md)\n", id="no such page"),
        pytest.param("start.md", "# Start\n\n[x](cli.md#nowhere)\n", id="no such place on a page"),
        pytest.param("start.md", "# Start\n\n::: headwater.nothing\n", id="no such name in the package"),
    ],
)
def test_what_leads_nowhere_fails_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    """A warning of the builder is an error, and says where."""
    build = builder()
    (tmp_path / name).write_text(text, encoding="utf-8")
    kept = build.sources() | {name: tmp_path / name}
    monkeypatch.setattr(build, "sources", lambda: kept)
    assert build.main(["--out", str(tmp_path / "site")]) == 1
    assert capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_links_to_files_that_are_not_on_the_site_name_them() -> None:
    """Links of the repository become those of the site; code is left as it is."""
    build = builder()
    given = build.sources()
    page = given["counting.md"]
    text = "[a](how-it-works.md#x) [b](../CONTRIBUTING.md) [c](../pyproject.toml) [d](https://x.example)\n"
    names = {path: name for name, path in given.items()}
    assert build.linked(f"{text}\n```text\n{text}```\n", "counting.md", page, names) == (
        "[a](how-it-works.md#x) [b](contributing.md) c (`pyproject.toml`) [d](https://x.example)\n"
        f"\n```text\n{text}```\n"
    )
    assert build.linked("[b](../CONTRIBUTING.md)", "x/y.md", page, names) == "[b](../contributing.md)"


def test_commands_can_be_copied() -> None:
    """They stand without the prompt, which is no part of them; other code is left as it is."""
    build = builder()
    text = "```console\n$ make test\n$ make check\n```\n\n```text\n$ x\n```\n"
    assert build.linked(text, "x.md", ROOT / "x.md", {}) == "```sh\nmake test\nmake check\n```\n\n```text\n$ x\n```\n"


def test_every_page_of_the_docs_is_in_the_navigation(site: Path, pages: dict[Path, Any]) -> None:
    """Whoever is on one page finds each other."""
    build = builder()
    wanted = {name.replace(".md", ".html") for name in [*build.sources(), *build.MADE] if name.endswith(".md")}
    links = pages[site / "index.html"].xpath("//nav[contains(@class, 'md-nav--primary')]//a/@href")
    found = {(site / unquote(urlsplit(link).path)).resolve() for link in links}
    assert {str(path.relative_to(site)) for path in found if path.is_relative_to(site)} >= wanted - {"index.html"}


def test_no_page_asks_the_network_for_anything(site: Path, pages: dict[Path, Any]) -> None:
    """Every script, style, picture and font is a file of the site; links that a reader follows may lead elsewhere."""
    asked = []
    for path, page in pages.items():
        for element in page.iter(*LOADS):
            asked.append((path, element.get(LOADS[element.tag]) or ""))
        for link in page.iter("link"):
            if set((link.get("rel") or "").split()) & {*LINKED}:
                asked.append((path, link.get("href") or ""))
        asked += [(path, found) for style in page.xpath("//style/text()|//@style") for found in addresses(style)]
    for style in site.rglob("*.css"):
        asked += [(style, found) for found in addresses(style.read_text(encoding="utf-8"))]
    assert [(path.name, address) for path, address in asked if ELSEWHERE.match(address)] == []
    missing = [
        (path.name, address)
        for path, address in asked
        if path.name != AT_THE_ROOT
        and address
        and not address.startswith(("data:", "#"))
        and not (path.parent / urlsplit(address).path).exists()
    ]
    assert missing == []


def addresses(style: str) -> list[str]:
    """What a style sheet loads."""
    return re.findall(r"""(?:url\(|@import\s)\s*["']?([^"')]+)""", style)


def test_every_link_leads_somewhere(site: Path, pages: dict[Path, Any]) -> None:
    """Also those that the builder makes itself: to a page of the site, and to a place that is on it."""
    places = {path: {*page.xpath("//@id"), *page.xpath("//a/@name")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        if path.name == AT_THE_ROOT:
            continue
        for link in page.xpath("//a/@href"):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            place = unquote(parts.fragment)
            if not target.exists() or (place and target in places and place not in places[target]):
                broken.append((path.relative_to(site).as_posix(), link))
    assert broken == []


def test_every_public_name_has_its_place(site: Path, pages: dict[Path, Any]) -> None:
    """Functions, records, the archive and errors: what docs/api.md names is described from its docstring."""
    names = {
        "functions": [f"headwater.{name}" for name in {*headwater.__all__} - {"__version__"}],
        "records": [f"headwater.model.{name}" for name in schema()["$defs"] if hasattr(model, name)],
        "archive": [f"headwater.opened.OpenArchive.{name}" for name in "add go_on stories trace claims search".split()],
        "errors": [f"headwater.errors.{name}" for name in ("HeadwaterError", "InputError", "StoreError")],
    }
    for page, wanted in names.items():
        assert {*pages[site / "python" / f"{page}.html"].xpath("//@id")} >= {*wanted}, page


# In a browser


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of a browser."""
    with chromium() as browser:
        yield browser.new_page(viewport={"width": 390, "height": 800})


class TestInABrowser:
    """The site opened from its folder."""

    pytestmark = in_a_browser

    def test_pages_load_what_is_beside_them_and_fit(self, site: Path, page: Page) -> None:
        """Nothing is asked of the network, nothing goes wrong, and no page is wider than a narrow screen."""
        asked: list[str] = []
        trouble: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        def failed(request: Request) -> None:
            if request.failure != "net::ERR_ABORTED":  # the next page was asked for before this one had all of its own
                trouble.append(f"{request.url}: {request.failure}")

        page.on("requestfailed", failed)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text))
        for name in (
            "index.html",
            "how-it-works.html",
            "quality.html",
            "cli.html",
            "python/records.html",
            "recipes.html",
        ):
            page.goto((site / name).as_uri(), wait_until="networkidle")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
        assert trouble == []

    def test_words_are_found(self, site: Path, page: Page) -> None:
        """Search works in pages that were opened from a folder, where a browser gives no worker."""
        page.set_viewport_size({"width": 1200, "height": 800})
        page.goto((site / "python" / "functions.html").as_uri())
        page.keyboard.press("Control+k")
        page.get_by_placeholder("Search").last.wait_for()
        page.keyboard.type("bottleneck")
        page.get_by_text(re.compile(r"^\d+ results?$")).first.wait_for()
        page.get_by_text("How origins are counted", exact=False).last.wait_for()
