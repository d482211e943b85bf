"""Keeps the help texts in ``docs/cli.md`` those of the program: ``--write`` puts them in, ``--check`` compares.

A block stands between ``<!-- help: trace -->`` and ``<!-- end of help -->``; ``<!-- help: -->`` is the program's own.
"""

import re
import sys
from pathlib import Path

from click.testing import CliRunner

from headwater.cli import commands

PAGE = Path(__file__).with_name("cli.md")
WIDTH = 92
BLOCK = re.compile(r"(?P<head><!-- help: ?(?P<command>\w*(?: \w+)*) -->\n).*?(?P<tail><!-- end of help -->)", re.DOTALL)


def help_of(command: str) -> str:
    """The help text of a command, or of the program for an empty name, as wide as the page shows it."""
    arguments = [*command.split(), "--help"]
    shown = CliRunner().invoke(
        commands, arguments, prog_name="headwater", terminal_width=WIDTH, max_content_width=WIDTH
    )
    return "\n".join(line.rstrip() for line in shown.output.rstrip().splitlines())


def filled(page: str) -> str:
    """The page with the help texts that the program gives now."""
    return BLOCK.sub(lambda m: f"{m['head']}```text\n{help_of(m['command'])}\n```\n{m['tail']}", page)


def main(arguments: list[str]) -> int:
    """Write the page, or check it: 1 when it is out of date."""
    page = PAGE.read_text(encoding="utf-8")
    now = filled(page)
    if arguments == ["--write"]:
        PAGE.write_text(now, encoding="utf-8")
        return 0
    if arguments != ["--check"]:
        print("usage: python docs/cli_help.py --write | --check", file=sys.stderr)
        return 2
    if now != page:
        print("docs/cli.md does not show the help texts of the program; run: make docs", file=sys.stderr)
    return int(now != page)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
