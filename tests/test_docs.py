"""The docs are true: their code runs, their help texts are the program's, their links lead somewhere."""

import ast
import importlib.util
import inspect
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path
from types import ModuleType

import click
import pytest

import headwater
from headwater import errors, model
from headwater.cli import commands, main
from headwater.report.schema import schema
from unruly import reply, unruly

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*/README.md")])
CODE = re.compile(r"^```(?:python|console)$", re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\((?P<to>[^)\s]+)\)")
AVOIDED = re.compile(r"\b(?:verified|fake|trust score|plagiari\w+)\b", re.IGNORECASE)


def text_of(page: Path) -> str:
    """The words of a page."""
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    """Where a page stands in the repository."""
    return page.relative_to(ROOT).as_posix()


def script(name: str) -> ModuleType:
    """A script that writes parts of the docs, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def beside_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A folder to run the docs' code in: it holds the examples and a list of feeds, and may be written to.

    The feed is of a server on this machine, which has the example's articles as pages.
    """
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    kept = tmp_path_factory.getbasetemp() / "read"  # what one page had read need not be read again for the next
    monkeypatch.setenv("HEADWATER_CACHE", str(kept))
    with unruly() as server:
        here = f"http://127.0.0.1:{server.port}"
        items = []
        for path in sorted((ROOT / "examples" / "barrage").glob("*.txt")):
            title, *rest = filter(None, text_of(path).splitlines())
            body = "".join(f"<p>{escape(line)}</p>" for line in rest)
            outlet = f'<meta property="og:site_name" content="{path.stem.replace("-", " ").title()}">'
            head = f"<head><title>{escape(title)}</title>{outlet}</head>"
            page = f"<html>{head}<body><article>{body}</article></body></html>"
            server.pages[f"/{path.stem}"] = reply(f"<!doctype html>{page}".encode())
            items.append(f"<item><title>{escape(title)}</title><link>{here}/{path.stem}</link></item>")
        feed = f'<rss version="2.0"><channel><title>Orle</title>{"".join(items)}</channel></rss>'
        server.pages["/rss"] = reply(feed.encode(), kind="application/rss+xml")
        outline = f'<outline text="Orle" type="rss" xmlUrl="{here}/rss"/>'
        opml = f'<opml version="2.0"><head><title>x</title></head><body>{outline}</body></opml>'
        (tmp_path / "feeds.opml").write_text(opml, encoding="utf-8")
        yield tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if CODE.search(text_of(page))], ids=name_of)
@pytest.mark.usefixtures("beside_the_example")
def test_code_runs(page: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """All code of a page runs, one block after another: Python prints or asserts something, commands end with 0.

    What make is asked for is there to be made. Feeds are those of a server on this machine.
    """

    def command(line: str) -> str:
        program, *arguments = shlex.split(line)
        if program == "make":
            subprocess.run(["make", "--dry-run", "--silent", *arguments], cwd=ROOT, check=True, capture_output=True)
            return ""
        assert program == "headwater", line
        if arguments[0] == "feeds":
            arguments += ["--allow-private", "--pause", "0s"]
        capfdbinary.readouterr()
        assert main(arguments) == 0, line
        out, _ = capfdbinary.readouterr()
        assert out, line
        return out.decode()

    for block, printed in script("printed").run(text_of(page), name_of(page), command):
        if block["kind"] == "console":
            shown = "output is shown as text, in a block of its own"
            assert all(line.startswith("$ ") for line in block["code"].splitlines()), shown
        else:
            assert printed or "assert" in block["code"], block["code"]
        if block["shown"] is not None:
            assert printed == block["out"], "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the repository names a file that is there."""
    broken = []
    for link in LINK.finditer(text_of(page)):
        target = link["to"].partition("#")[0]
        if target and not target.startswith(("https://", "http://")) and not (page.parent / target).exists():
            broken.append(link["to"])
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_words_that_promise_too_much(page: Path) -> None:
    """Headwater judges nobody and says so: no word of the kind stands in the docs."""
    assert AVOIDED.findall(text_of(page)) == []


def test_readme_is_short() -> None:
    """A stranger reads it to the end."""
    assert len(text_of(ROOT / "README.md").splitlines()) < 150


# Nothing is left out


def test_help_in_the_docs_is_the_program_s() -> None:
    """docs/cli.md shows what ``--help`` prints; else run ``make docs``."""
    page = text_of(ROOT / "docs" / "cli.md")
    assert script("cli_help").filled(page) == page
    for name in ("", *commands.commands):
        assert f"<!-- help: {name} -->".replace("  ", " ") in page


def test_stale_help_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--check`` tells a page that differs from one that does not, ``--write`` mends it."""
    helps = script("cli_help")
    stale = tmp_path / "cli.md"
    stale.write_text("# x\n<!-- help: trace -->\nold\n<!-- end of help -->\n", encoding="utf-8")
    monkeypatch.setattr(helps, "PAGE", stale)
    assert [helps.main(["--check"]), helps.main(["--write"]), helps.main(["--check"])] == [1, 0, 0]
    assert "Usage: headwater trace" in text_of(stale)
    assert helps.main([]) == 2


def test_stale_output_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what code prints: blocks see what those before them made, and others' text is left alone."""
    printed = script("printed")
    stale = tmp_path / "page.md"
    block = "```python\n{}\n```\n"
    shown = f"{printed.MARK}\n```text\n{{}}```\n\n```text\nx\n```\n"
    page = f"{block.format('x = 1')}\n{block.format('print(x + 1)')}\n{shown}"
    stale.write_text(page.format("3\n"), encoding="utf-8")
    monkeypatch.setattr(printed, "PAGES", [stale])
    assert [printed.main(["--check"]), printed.main(["--write"]), printed.main(["--check"])] == [1, 0, 0]
    assert text_of(stale) == page.format("2\n")
    assert printed.main(["--check", "x"]) == 2


@pytest.mark.parametrize("command", commands.commands.values(), ids=commands.commands.keys())
def test_every_command_and_option_has_help(command: click.Command) -> None:
    """A command says what it answers; an option says what it does."""
    assert command.help
    assert command.epilog
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


@pytest.mark.parametrize("name", sorted({*headwater.__all__} - {"__version__"}))
def test_every_public_name_has_docs(name: str) -> None:
    """A public function says what it takes, gives and raises, and stands in docs/api.md with all that it takes."""
    function = getattr(headwater, name)
    assert "Raises:" in (inspect.getdoc(function) or "")
    taken = inspect.signature(function)
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in taken.parameters.values()]
    shown = str(taken.replace(parameters=bare, return_annotation=inspect.Signature.empty))
    assert f"`headwater.{name}{shown}`" in text_of(ROOT / "docs" / "api.md")


def test_every_record_has_docs() -> None:
    """Every record that the JSON or a function gives is described in docs/api.md, and by its own docstring."""
    page = text_of(ROOT / "docs" / "api.md")
    for name in (*schema()["$defs"], "Reading", "Story", "Copy", "Passage", "Quantity", "Place", "Span"):
        assert f"`{name}`" in page, name
        assert inspect.getdoc(getattr(model, name)), name


def test_every_room_is_on_the_map() -> None:
    """What stands directly in the package is in CONTRIBUTING's map once, and nothing else is; inner rooms are there."""
    house = ROOT / "src" / "headwater"
    there = {f"{path.name}/" if path.is_dir() else path.name for path in house.iterdir() if path.name != "__pycache__"}
    named = [
        name
        for line in text_of(ROOT / "CONTRIBUTING.md").partition("beside the program")[0].splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([^`]+)`", line.split("|")[1])
    ]
    assert sorted(there) == sorted(name for name in named if name.count("/") < 2)
    assert [name for name in named if not (house / name).exists()] == []


def test_every_benchmark_is_told() -> None:
    """Whatever can be run in benchmarks/ stands in docs/benchmarks.md, and what stands there can be run."""
    runs = {p.stem for p in (ROOT / "benchmarks").glob("*.py") if "__main__" in text_of(p)}
    runs |= {p.parent.name for p in (ROOT / "benchmarks").glob("*/__main__.py")}
    table = text_of(ROOT / "docs" / "benchmarks.md").partition("| --- |")[2]
    told = [
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    ]
    assert sorted(told) == sorted(runs)


def test_every_error_has_docs() -> None:
    """Every error stands in docs/errors.md, and says when it is raised."""
    page = text_of(ROOT / "docs" / "errors.md")
    for name, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, errors.HeadwaterError):
            assert f"`{name}`" in page
            assert inspect.getdoc(error)


def phrases() -> dict[str, list[str]]:
    """The phrases of messages in docs/errors.md with their parts: `.docx` and `7` stand for whatever it is about."""
    tables = text_of(ROOT / "docs" / "errors.md").partition("## What it says")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (?!said )(.*?) \|", tables, re.MULTILINE)
    found = {phrase for cell in cells for phrase in re.findall(r"`([^`]+)`", cell)}
    return {one: [part.strip(" :") for part in re.split(r"\.docx|\b\d+(?! MB)\b", one)] for one in sorted(found)}


def test_messages_in_the_docs_are_in_the_program() -> None:
    """What docs/errors.md says the program says, it does say."""
    program = " ".join(text_of(path) for path in sorted((ROOT / "src").rglob("*.py")))
    assert len(phrases()) > 100
    assert [phrase for phrase, parts in phrases().items() if not all(part in program for part in parts)] == []


def raised() -> Iterator[tuple[str, str]]:
    """Every message that the program raises as an error of its own, with its file; what is filled in is a NUL."""
    names = {name for name, error in inspect.getmembers(errors, inspect.isclass) if error.__module__ == errors.__name__}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(text_of(path))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
                continue
            parts = getattr(node.args[0], "values", [node.args[0]]) if node.args else []
            words = [str(part.value) if isinstance(part, ast.Constant) else "\0" for part in parts]
            yield path.name, "".join(words)


def test_every_message_has_docs() -> None:
    """A phrase of each stands in docs/errors.md; what only passes on another's words (``{path}: {why}``) needs none."""
    untold = [
        (file, message)
        for file, message in raised()
        if len(re.sub(r"[\0\W]", "", message)) > 8
        and not any(all(part in message for part in parts) for parts in phrases().values())
    ]
    assert untold == []


def test_changelog_has_a_place_for_what_is_new() -> None:
    """Keep a Changelog: what is not released stands first."""
    assert re.search(r"^## \[Unreleased\]$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_version_is_said_once() -> None:
    """The package's version is where the build reads it."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", headwater.__version__)
