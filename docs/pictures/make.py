"""Makes the pictures of the README from what the program really prints and writes of the example (``make pictures``).

``terminal.svg`` holds the first lines of the summary; ``page.png`` the top of the page and ``picture.png`` who has it
from whom, as chromium shows them.
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import headwater
from headwater.model import Trace
from headwater.report.html import to_html
from headwater.report.terminal import to_terminal

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "examples" / "barrage"
LINES, COLUMNS = 46, 100
WIDTH, HEIGHT = 1200, 1500
DRAWN = 1400, 1250  # the window for the picture
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INK = (36, 41, 47)
THEME = TerminalTheme(
    (255, 255, 255),
    INK,
    [INK, (176, 32, 32), (30, 110, 50), (140, 90, 0), (30, 80, 160), (110, 60, 140), (0, 110, 120), (90, 95, 100)],
)


def terminal(trace: Trace) -> str:
    """The first lines of the summary as a picture that loads nothing."""
    shown = Console(file=io.StringIO(), width=COLUMNS, force_terminal=True, color_system="standard", record=True)
    to_terminal(trace, shown)
    lines = shown.export_text(styles=True).splitlines()
    again = Console(file=io.StringIO(), width=COLUMNS, force_terminal=True, color_system="standard", record=True)
    again.print(Text.from_ansi("\n".join([*lines[:LINES], "…" if len(lines) > LINES else ""])))
    svg = again.export_svg(title="headwater trace examples/barrage", theme=THEME, unique_id="t")
    # rich names fonts on the web; those of the reader's own machine will do
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def page(html: str, target: Path, size: tuple[int, int] = (WIDTH, HEIGHT)) -> None:
    """The top of a page.

    Raises:
        SystemExit: there is no chromium.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("no chromium on this machine; the pictures of the page are left as they are")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                f"--window-size={size[0]},{size[1]}",
                f"--screenshot={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def part(html: str, section: str) -> str:
    """A page with one section of another and nothing else."""
    head = html[: html.index("<body>") + len("<body>")]
    start = html.index(f'<section id="{section}"')
    return f"{head}{html[start : html.index('<section id=', start + 1)]}</body></html>"


def main() -> int:
    """Write the pictures beside this file."""
    trace = headwater.trace([EXAMPLE])
    (HERE / "terminal.svg").write_text(terminal(trace), encoding="utf-8")
    html = to_html(trace)
    page(html, HERE / "page.png")
    page(part(html, "picture"), HERE / "picture.png", DRAWN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
