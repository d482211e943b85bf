"""The docs are true: their code runs, their help texts are the program's, their links lead somewhere."""

import contextlib
import importlib.util
import inspect
import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import click
import pytest

import headwater
from headwater import errors, model
from headwater.cli import commands, main
from headwater.report.schema import schema

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*/README.md")])
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\((?P<to>[^)\s]+)\)")
AVOIDED = re.compile(r"\b(?:verified|fake|trust score|plagiari\w+)\b", re.IGNORECASE)


def text_of(page: Path) -> str:
    """The words of a page."""
    return page.read_text(encoding="utf-8")


def blocks(kind: str) -> list[object]:
    """The blocks of code of one kind in all pages, each with the page's name and its line."""
    found: list[object] = []
    for page in PAGES:
        text = text_of(page)
        for block in BLOCK.finditer(text):
            if block["kind"] == kind:
                line = text.count("\n", 0, block.start()) + 1
                found.append(pytest.param(block["code"], id=f"{page.relative_to(ROOT)}:{line}"))
    return found


@pytest.fixture
def beside_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run the docs' code in: it holds the examples, and may be written to."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("code", blocks("python"))
@pytest.mark.usefixtures("beside_the_example")
def test_python_runs(code: str) -> None:
    """Every block of Python runs as it stands and prints something or asserts something."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(code, "docs", "exec"), {"__name__": "docs"})
    assert shown.getvalue() or "assert" in code


@pytest.mark.parametrize("code", blocks("console"))
@pytest.mark.usefixtures("beside_the_example")
def test_console_runs(code: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Every command in the docs ends with status 0; what make is asked for is there to be made."""
    lines = code.splitlines()
    assert all(line.startswith("$ ") for line in lines), "output is shown as text, in a block of its own"
    for line in lines:
        program, *arguments = shlex.split(line.removeprefix("$ "))
        if program == "headwater":
            assert main(arguments) == 0, line
            assert capfdbinary.readouterr().out, line
        else:
            assert program == "make", line
            subprocess.run(["make", "--dry-run", "--silent", *arguments], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the repository names a file that is there."""
    broken = []
    for link in LINK.finditer(text_of(page)):
        target = link["to"].partition("#")[0]
        if target and not target.startswith(("https://", "http://")) and not (page.parent / target).exists():
            broken.append(link["to"])
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_words_that_promise_too_much(page: Path) -> None:
    """Headwater judges nobody and says so: no word of the kind stands in the docs."""
    assert AVOIDED.findall(text_of(page)) == []


def test_readme_is_short() -> None:
    """A stranger reads it to the end."""
    assert len(text_of(ROOT / "README.md").splitlines()) < 150


# Nothing is left out


def cli_help() -> ModuleType:
    """The script that writes the help texts into docs/cli.md."""
    spec = importlib.util.spec_from_file_location("cli_help", ROOT / "docs" / "cli_help.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_help_in_the_docs_is_the_program_s() -> None:
    """docs/cli.md shows what ``--help`` prints; else run ``make docs``."""
    script, page = cli_help(), text_of(ROOT / "docs" / "cli.md")
    assert script.filled(page) == page
    for name in ("", *commands.commands):
        assert f"<!-- help: {name} -->".replace("  ", " ") in page


def test_stale_help_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--check`` tells a page that differs from one that does not, ``--write`` mends it."""
    script = cli_help()
    stale = tmp_path / "cli.md"
    stale.write_text("# x\n<!-- help: trace -->\nold\n<!-- end of help -->\n", encoding="utf-8")
    monkeypatch.setattr(script, "PAGE", stale)
    assert [script.main(["--check"]), script.main(["--write"]), script.main(["--check"])] == [1, 0, 0]
    assert "Usage: headwater trace" in text_of(stale)
    assert script.main([]) == 2


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
    """A public function says what it takes, gives and raises, and stands in docs/api.md."""
    words = inspect.getdoc(getattr(headwater, name)) or ""
    assert "Raises:" in words
    assert f"`headwater.{name}(" in text_of(ROOT / "docs" / "api.md")


def test_every_record_has_docs() -> None:
    """Every record that the JSON or a function gives is described in docs/api.md, and by its own docstring."""
    page = text_of(ROOT / "docs" / "api.md")
    for name in (*schema()["$defs"], "Reading", "Story", "Copy", "Passage", "Quantity", "Place", "Span"):
        assert f"`{name}`" in page, name
        assert inspect.getdoc(getattr(model, name)), name


def test_every_error_has_docs() -> None:
    """Every error stands in docs/errors.md, and says when it is raised."""
    page = text_of(ROOT / "docs" / "errors.md")
    for name, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, errors.HeadwaterError):
            assert f"`{name}`" in page
            assert inspect.getdoc(error)


def test_messages_in_the_docs_are_in_the_program() -> None:
    """What docs/errors.md says the program says, it does say."""
    program = " ".join(text_of(path) for path in sorted((ROOT / "src").rglob("*.py")))
    table = text_of(ROOT / "docs" / "errors.md").partition("## What it says")[2].partition("\n## ")[0]
    messages = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert len(messages) > 10
    for message in messages:
        # `.docx` and `7` stand for whatever it is about
        parts = re.split(r"\.docx|\b\d+(?! MB)\b", message)
        assert all(part.strip(" :") in program for part in parts), message


def test_changelog_has_a_place_for_what_is_new() -> None:
    """Keep a Changelog: what is not released stands first."""
    assert re.search(r"^## \[Unreleased\]$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_version_is_said_once() -> None:
    """The package's version is where the build reads it."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", headwater.__version__)
