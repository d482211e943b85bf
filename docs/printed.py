"""Runs the code of the docs, and keeps what it prints true where a page shows it: ``--write``, ``--check``.

The blocks of a page run one after another, Python in one namespace, in a folder that holds the examples. Output that is
shown stands after ``<!-- printed -->`` in a block of text.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARK = "<!-- printed -->"
PAGES = [path for path in sorted(Path(__file__).parent.glob("*.md")) if MARK in path.read_text(encoding="utf-8")]
BLOCK = re.compile(
    r"^```(?P<kind>python|console)\n(?P<code>.*?)^```$(?P<shown>\n\n<!-- printed -->\n```text\n(?P<out>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


def run(page: str, name: str, command: Callable[[str], str]) -> Iterator[tuple[re.Match[str], str]]:
    """Each block of a page and what it prints.

    Args:
        page: the page's text.
        name: what errors call it.
        command: what does a line of a block of ``console``, "headwater trace story/", and gives what is shown.
    """
    namespace: dict[str, object] = {"__name__": "docs"}
    for block in BLOCK.finditer(page):
        printed = io.StringIO()
        if block["kind"] == "console":
            for line in block["code"].splitlines():
                printed.write(command(line.removeprefix("$ ")))
        else:
            line = page.count("\n", 0, block.start()) + 1
            with contextlib.redirect_stdout(printed):
                exec(compile("\n" * line + block["code"], name, "exec"), namespace)
        yield block, printed.getvalue()


def filled(page: str, name: str = "docs") -> str:
    """The page with what its code prints now; run in a folder that holds the examples."""
    out, at = [], 0
    for block, printed in run(page, name, shown_by_the_program):
        if block["shown"] is not None:
            head = page[at : block.start("shown")]
            out.append(f"{head}\n\n{MARK}\n```text\n{printed}```")
            at = block.end()
    return "".join([*out, page[at:]])


def shown_by_the_program(line: str) -> str:
    """What ``headwater ...`` shows."""
    done = subprocess.run(
        [sys.executable, "-m", "headwater.cli", *shlex.split(line)[1:]], capture_output=True, check=True
    )
    return done.stdout.decode()


@contextlib.contextmanager
def beside_the_examples() -> Iterator[None]:
    """A folder of its own that holds the examples, and may be written to."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def main(arguments: list[str]) -> int:
    """Write the pages, or check them: 1 when one is out of date."""
    if arguments not in (["--write"], ["--check"]):
        print("usage: python docs/printed.py --write | --check", file=sys.stderr)
        return 2
    stale = []
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        with beside_the_examples():
            now = filled(page, path.name)
        if now != page:
            stale.append(path.name)
            if arguments == ["--write"]:
                path.write_text(now, encoding="utf-8")
    if stale and arguments == ["--check"]:
        print(f"{', '.join(stale)}: code prints other things than shown; run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
