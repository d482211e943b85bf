"""Makes the pictures of the README from what the program really prints and writes of the example (``make pictures``).

``terminal.svg`` holds the first lines of the summary; ``page.png`` the top of the page, as chromium shows it.
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


def page(trace: Trace, target: Path) -> None:
    """The top of the page.

    Raises:
        SystemExit: there is no chromium.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise SystemExit("no chromium on this machine; page.png is left as it is")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(to_html(trace), encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                f"--window-size={WIDTH},{HEIGHT}",
                f"--screenshot={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> int:
    """Write both pictures beside this file."""
    trace = headwater.trace([EXAMPLE])
    (HERE / "terminal.svg").write_text(terminal(trace), encoding="utf-8")
    page(trace, HERE / "page.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
