"""Builds the site of the docs: ``python docs/site/build_site.py [--out FOLDER]``; any warning or dead link fails it.

The pages are the Markdown that stands in the repository, so that it can be read there as well; links between them are
made those of the site, and what is not on the site is named instead. Pages of the API come from docstrings.
"""

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
#: Pages that stand elsewhere in the repository, by their name on the site.
ELSEWHERE = {
    "changes.md": "CHANGELOG.md",
    "contributing.md": "CONTRIBUTING.md",
    "example.md": "examples/barrage/README.md",
    "example-answers.md": "tests/golden/barrage/why.md",
    "reader-card.md": "src/headwater/reading/models/v1/card.md",
}
#: Pages that are made of docstrings: a title, a sentence, and what is shown.
MADE = {
    "python/functions.md": ("Functions", "What `import headwater` gives.", "headwater"),
    "python/archive.md": ("The open archive", "What `headwater.open_archive` gives.", "headwater.opened.OpenArchive"),
    "python/errors.md": ("Errors", "What can be raised; all are `HeadwaterError`.", "headwater.errors"),
}
#: Records that the open archive gives or takes, shown below it.
ROWS = (
    "headwater.adding.Added",
    "headwater.archive.stories.StoryRow",
    "headwater.archive.stories.ClaimRow",
    "headwater.archive.search.Facets",
    "headwater.archive.search.Results",
    "headwater.archive.search.Hit",
    "headwater.archive.search.Count",
)
_LINK = re.compile(r"(?P<before>!?)\[(?P<text>[^\]]*)\]\((?P<to>[^)\s#]*)(?P<anchor>#[^)\s]*)?\)")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_SHIM = re.compile(r"https://unpkg\.com/iframe-worker/shim")
_TITLE = re.compile(r"\A# ")


def sources() -> dict[str, Path]:
    """The pages and pictures of the repository that are on the site, by their name there."""
    docs = ROOT / "docs"
    kept = [*docs.glob("*.md"), *docs.glob("pictures/*.png"), *docs.glob("pictures/*.svg")]
    own = {path.relative_to(docs).as_posix(): path for path in sorted(kept)}
    return own | {name: ROOT / path for name, path in ELSEWHERE.items()}


def linked(text: str, name: str, path: Path, pages: Mapping[Path, str]) -> str:
    """A page with its links as they are on the site; where that has no such page, the file is named."""

    def there(link: re.Match[str]) -> str:
        if not link["to"] or "://" in link["to"] or link["to"].startswith("mailto:"):
            return link[0]
        file = Path(os.path.normpath(path.parent / link["to"]))
        if file in pages:
            to = os.path.relpath(pages[file], Path(name).parent).replace(os.sep, "/")
            return f"{link['before']}[{link['text']}]({to}{link['anchor'] or ''})"
        if file.is_relative_to(ROOT) and file.exists():
            return f"{link['text']} (`{file.relative_to(ROOT).as_posix()}`)"
        return link[0]

    parts = _FENCE.split(text)
    return "".join(_bare(part) if part.startswith("```") else _LINK.sub(there, part) for part in parts)


def _bare(code: str) -> str:
    """A block of code; commands without their prompts, which the button that copies them would take along."""
    if not code.startswith("```console\n"):
        return code
    return "```sh\n" + re.sub(r"^\$ ", "", code.removeprefix("```console\n"), flags=re.MULTILINE)


def gather(folder: Path) -> None:
    """Put everything that the site is built from into a folder."""
    given = sources()
    pages = {path: name for name, path in given.items()}
    for name, path in given.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".md":
            text = path.read_text(encoding="utf-8")
            if not _TITLE.match(text):
                raise SystemExit(f"{path} has no title in its first line")
            target.write_text(linked(text, name, path, pages), encoding="utf-8")
        else:
            shutil.copyfile(path, target)
    for name, (title, said, what) in MADE.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {title}\n\n{said}\n\n::: {what}\n", encoding="utf-8")
    with open(folder / "python" / "archive.md", "a", encoding="utf-8") as page:
        for row in ROWS:
            page.write(f"\n::: {row}\n    options:\n      show_root_heading: true\n      show_root_toc_entry: true\n")
    (folder / "python" / "records.md").write_text(records(), encoding="utf-8")
    for name in ("site.css", "worker.js"):
        (folder / "own").mkdir(exist_ok=True)
        shutil.copyfile(HERE / name, folder / "own" / name)


def records() -> str:
    """The page of the records: each class with its fields, then the words that fields hold."""
    body = ast.parse((ROOT / "src" / "headwater" / "model.py").read_text(encoding="utf-8")).body
    classes = [one.name for one in body if isinstance(one, ast.ClassDef)]
    words = [
        one.targets[0].id
        for one in body
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and isinstance(one.value, ast.Subscript)
    ]
    show = "::: headwater.model\n    options:\n      show_if_no_docstring: {}\n      members: [{}]\n{}"
    bare = "      show_docstring_description: false\n"
    return (
        "# Records\n\nWhat a trace is made of; the JSON has the same names.\n\n"
        f"{show.format('false', ', '.join(classes), '')}\n## Words that fields hold\n\n"
        f"{show.format('true', ', '.join(words), bare + '      heading_level: 3' + chr(10))}"
    )


def settle(site: Path) -> None:
    """Have no page ask the network for anything: the one script that the builder takes from there is ours."""
    for page in sorted(site.rglob("*.html")):
        up = os.path.relpath(site, page.parent).replace(os.sep, "/")
        text = page.read_text(encoding="utf-8")
        page.write_text(_SHIM.sub(f"{up}/own/worker.js", text), encoding="utf-8")


def build(out: Path) -> int:
    """Build the site into ``out``; 1 where the builder warns of anything."""
    work = out.with_name(f"{out.name}-source")
    for folder in (work, out):
        shutil.rmtree(folder, ignore_errors=True)
    gather(work / "pages")
    config = (HERE / "zensical.toml").read_text(encoding="utf-8")
    config = config.replace('"SOURCE"', f'"{(ROOT / "src").as_posix()}"')
    (work / "zensical.toml").write_text(config, encoding="utf-8")
    program = Path(sys.executable).with_name("zensical")
    done = subprocess.run(
        [program, "build", "--strict", "--clean", "--config-file", work / "zensical.toml"],
        cwd=work, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    said = done.stdout + done.stderr
    if done.returncode or re.search(r"\b(?:warning|error)\b", said, re.IGNORECASE):
        print(said.rpartition("Traceback (most recent call last)")[0] or said, file=sys.stderr)
        return 1
    (work / "site").replace(out)
    shutil.rmtree(work)
    settle(out)
    return 0


def main(arguments: list[str]) -> int:
    """Build it where ``--out`` says."""
    parser = argparse.ArgumentParser(description="build the site of the docs")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "site", help="where it goes (out/site)")
    return build(parser.parse_args(arguments).out.resolve())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
