"""The command line: arguments in, one call of the pipeline, text out. Heavy imports only inside commands.

Exit status: 0 done; 1 nothing could be read or traced, with one line on stderr; 2 wrong arguments; 3 (ingest) done, but
some inputs could not be used.
"""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headwater import __version__, whole
from headwater.corpus.commands import corpus
from headwater.errors import HeadwaterError, InputError
from headwater.exports.commands import export, mcp
from headwater.fetching.commands import feeds, fetch

if TYPE_CHECKING:
    from headwater.model import Batch
    from headwater.taking import Progress

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
_FILES = "PATH is a file (text, Markdown, a web page, mail, PDF, DOCX, a feed, lines of JSON, a table, WARC; also .gz)"
_WHAT = f"{_FILES}, a folder, an https:// address, or - for standard input."


class _Commands(click.Group):
    """Commands in the order a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Only fetch, feeds, addresses given as PATH, and trace with --judge touch the network.",
)
@click.version_option(__version__, prog_name="headwater")
def commands() -> None:
    """Read the articles on one story: for every claim, how many independent origins stand behind it.

    \b
    Examples:
      headwater trace story/*.txt --html page.html
      headwater trace story/ --json trace.json
      headwater stories week.jsonl --json -
    """


def _writable(context: click.Context, parameter: click.Parameter, target: str | None) -> str | None:
    """The file of an option, refused before minutes of work are done for it where it cannot be written."""
    path = Path(target or "-")
    try:
        if str(path) == "-" or (path.exists() and not path.is_file() and not path.is_dir()):
            return target
        if path.is_dir():
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        path.parent.stat()
        if not os.access(path.parent, os.W_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _not_written(str(target), error) from error
    return target


def _json_option(help_text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option("--json", "json_to", metavar="FILE|-", callback=_writable, help=help_text)


def _format(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    if name is None:
        return None
    from headwater.ingest.kinds import checked_format

    try:
        return checked_format(name)
    except InputError as error:
        raise click.BadParameter(str(error), context, parameter) from error


FORMAT = click.option(
    "--format", metavar="NAME", callback=_format, help="What every input is (html, eml, csv …), whatever it looks like."
)


def _columns(context: click.Context, parameter: click.Parameter, given: str | None) -> dict[str, str] | None:
    if given is None:
        return None
    pairs = [pair.partition("=") for pair in given.split(",")]
    if not all(name.strip() and column for name, _, column in pairs):
        raise click.BadParameter("write id=ID,text=BODY: a field and the column it stands in", context, parameter)
    from headwater.ingest.table import NAMES

    if unknown := [name.strip() for name, _, _ in pairs if name.strip() not in NAMES]:
        raise click.BadParameter(f"no field {unknown[0]!r}; there are: {', '.join(NAMES)}", context, parameter)
    return {name.strip(): column for name, _, column in pairs}


COLUMNS = click.option(
    "--columns", metavar="id=ID,text=BODY", callback=_columns, help="For tables: the column of each field."
)


READER = click.option(
    "--reader", metavar="NAME|FOLDER", envvar="HEADWATER_READER", help="Another reader: rules-1, or weights."
)
PUBLISHED = click.option("--published", metavar="DATE", help="Date of articles that bear none (2025-08-21, 2025-08).")


def _reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of commands that read articles."""
    cache = click.option(
        "--cache", metavar="FOLDER", envvar="HEADWATER_CACHE", help="Keep what was read here, and reuse it."
    )
    return READER(cache(command))


def _write(target: str, data: bytes) -> None:
    """Write bytes to a file, whole or not at all, or to standard output for ``-``."""
    if target == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        whole.write(Path(target), data)
    except OSError as error:
        raise _not_written(target, error) from error


_WAYS_ON = {
    errno.ENOSPC: "make room, or give a file on another disk",
    errno.EDQUOT: "make room, or give a file on another disk",
    errno.EISDIR: "give a file, not a folder",
    errno.EACCES: "give a file where you may write",
    errno.EPERM: "give a file where you may write",
    errno.EROFS: "give a file where you may write",
}


def _not_written(target: str, error: OSError) -> InputError:
    way_on = _WAYS_ON.get(error.errno or 0, "give a file in a folder that exists")
    return InputError(f"cannot write {target}: {error.strerror or error}; {way_on}")


def _take_in(
    paths: tuple[str, ...],
    published: str | None = None,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> "Batch":
    """Read the inputs; each that cannot be used is one line on stderr."""
    from headwater import pipeline

    with _shown_steps("taking in") as step:
        batch = pipeline.take_in(
            paths, stdin=sys.stdin.buffer, published=published, format=format, columns=columns, step=step
        )
    pipeline.need_articles(batch)
    for failure in batch.failures:
        click.echo(f"headwater: {_one_line(failure.where)}: {_one_line(failure.why)}", err=True)
    return batch


@contextmanager
def _shown_steps(first: str) -> "Iterator[Callable[[str], None]]":
    """What to tell what is being done now; it is shown on a terminal and nowhere else."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda word: None
        return
    with console.status(first) as status:
        yield lambda word: status.update(word)


def _one_line(text: str) -> str:
    from headwater.labels import plain

    return plain(text)


def _lines(records: Iterable[object], json_to: str | None, show: Callable[[Any], str]) -> None:
    """Records as JSON lines to a file or standard output, else as text for a person."""
    from headwater.report.json import line_of

    if json_to is None:
        for record in records:
            click.echo(show(record))
    elif json_to == "-":
        for record in records:
            sys.stdout.buffer.write(line_of(record) + b"\n")
        sys.stdout.buffer.flush()
    else:
        _write(json_to, b"".join(line_of(record) + b"\n" for record in records))


@commands.command(epilog=_WHAT)
@PATHS
@_json_option("Write the whole trace as JSON.")
@click.option("--html", "html_to", metavar="FILE", callback=_writable, help="Write a page that opens offline.")
@PUBLISHED
@FORMAT
@COLUMNS
@click.option(
    "--judge",
    "judge_at",
    metavar="URL",
    help="Ask a model here about doubtful pairs of statements: the one option that sends text out.",
)
@click.option("--judge-model", metavar="NAME", help="The model's name there.")
@_reader_options
def trace(
    paths: tuple[str, ...],
    json_to: str | None,
    html_to: str | None,
    published: str | None,
    format: str | None,
    columns: dict[str, str] | None,
    judge_at: str | None,
    judge_model: str | None,
    reader: str | None,
    cache: str | None,
) -> None:
    """Trace one story: every claim, its origins, and how each article has it.

    \b
    Examples:
      headwater trace a.txt b.txt c.txt
      headwater trace story/ --html page.html --json trace.json
      headwater trace story.jsonl --published 2025-08-21 --json -
      headwater trace https://paper.example/a https://courier.example/b
      headwater trace story/ --judge http://localhost:11434/v1 --judge-model llama3.1:8b
    """
    for given, other, missing in (
        (judge_at, judge_model, "--judge-model NAME"),
        (judge_model, judge_at, "--judge URL"),
    ):
        if given is not None and other is None:
            raise click.UsageError(f"a judge needs both an address and a model; add {missing}")
    from rich.console import Console

    from headwater import pipeline
    from headwater.model import Options

    judge = pipeline.judge(judge_at, judge_model, cache=cache)
    batch = _take_in(paths, published, format, columns)
    tagger = pipeline.reader(reader, cache=cache)
    with _shown_steps("reading") as step:
        made = pipeline.trace_story(
            batch.articles,
            failures=batch.failures,
            options=Options(published=published),
            tagger=tagger,
            step=step,
            judge=judge,
        )
    if judge is not None and judge.trouble is not None:
        click.echo(f"headwater: {_one_line(judge.trouble)}", err=True)
    try:
        if json_to:
            from headwater.report.json import to_json

            _write(json_to, to_json(made, indent=None if json_to == "-" else 1))
        if html_to:
            from headwater.report.html import to_html

            _write(html_to, to_html(made).encode("utf-8", "replace"))
    finally:  # on a full disk the answer is at least on the screen
        if json_to != "-":
            from headwater.report.terminal import to_terminal

            to_terminal(made, Console(highlight=False))
    if json_to != "-":
        for written in (json_to, html_to):
            if written:
                click.echo(f"written: {written}")


@commands.command("read", epilog=_WHAT)
@PATHS
@_json_option("Write one JSON object a line for each article.")
@FORMAT
@COLUMNS
@_reader_options
def read_command(
    paths: tuple[str, ...],
    json_to: str | None,
    format: str | None,
    columns: dict[str, str] | None,
    reader: str | None,
    cache: str | None,
) -> None:
    """Read each article by itself: who says what, with the words.

    \b
    Examples:
      headwater read article.txt
      headwater read saved-page.html newsletter.eml report.pdf
      headwater read table.csv --columns text=BODY,outlet=PAPER --json readings.jsonl
    """
    from headwater import pipeline
    from headwater.report.lines import reading_text

    batch = _take_in(paths, format=format, columns=columns)
    texts = {a.id: a for a in batch.articles}
    readings = pipeline.read_articles(batch.articles, tagger=pipeline.reader(reader, cache=cache))
    _lines(readings, json_to, lambda reading: reading_text(texts[reading.id], reading))


@commands.command("stories", epilog=_WHAT)
@PATHS
@_json_option("Write one JSON object a line for each story.")
@click.option("--explain", is_flag=True, help="Say what joined each article, and what kept each story apart.")
@FORMAT
@COLUMNS
def stories_command(
    paths: tuple[str, ...], json_to: str | None, format: str | None, columns: dict[str, str] | None, explain: bool
) -> None:
    """Which articles tell one story.

    \b
    Examples:
      headwater stories week/
      headwater stories week.jsonl --json stories.jsonl
      headwater stories week/ --explain
    """
    from headwater import pipeline
    from headwater.report.lines import story_text, why_row, why_text

    batch = _take_in(paths, format=format, columns=columns)
    texts = {a.id: a for a in batch.articles}
    if not explain:
        _lines(pipeline.find_stories(batch.articles), json_to, lambda story: story_text(texts, story))
        return
    explained = pipeline.explain_stories(batch.articles)
    if json_to is None:
        _lines(explained, None, lambda one: why_text(texts, one))
    else:
        _lines(map(why_row, explained), json_to, str)


@commands.command("copies", epilog=_WHAT)
@PATHS
@_json_option("Write one JSON object a line for each pair of articles.")
@click.option(
    "--within-days", type=click.IntRange(0), metavar="N", help="Leave out pairs published further apart than N days."
)
@FORMAT
@COLUMNS
def copies_command(
    paths: tuple[str, ...],
    json_to: str | None,
    format: str | None,
    columns: dict[str, str] | None,
    within_days: int | None,
) -> None:
    """Which articles share text, and the passages.

    \b
    Examples:
      headwater copies story/
      headwater copies a.txt b.txt --json -
      headwater copies year.jsonl --within-days 7
    """
    from headwater import pipeline
    from headwater.report.lines import copy_text

    batch = _take_in(paths, format=format, columns=columns)
    texts = {a.id: a for a in batch.articles}
    found = pipeline.find_copies(batch.articles, within_days=within_days)
    if not found and json_to is None:
        click.echo("no shared text")
    _lines(found, json_to, lambda copy: copy_text(texts, copy))


_STATUSES = (
    "Exit status: 0 all in; 3 done, but some inputs could not be used; 1 nothing could be read; 2 wrong arguments."
)


@commands.command("ingest", epilog=f"{_STATUSES}\n\n{_FILES} or a folder.")
@PATHS
@click.option("--out", required=True, metavar="FOLDER", help="Where articles go: articles-00000.jsonl and on.")
@FORMAT
@COLUMNS
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Processes that read; as many as processors if not given."
)
@click.pass_context
def ingest_command(
    context: click.Context,
    paths: tuple[str, ...],
    out: str,
    format: str | None,
    columns: dict[str, str] | None,
    jobs: int | None,
) -> None:
    """Read and clean any number of inputs into a folder, which every other command reads.

    What cannot be used is listed in failures.jsonl there, with the reason. A run that was cut off goes on
    where it was when it is called again.

    \b
    Examples:
      headwater ingest dump/ --out articles/
      headwater ingest crawl.warc.gz mail.mbox --out articles/ --jobs 2
      headwater ingest news.csv --out articles/ --columns text=BODY,published=DAY
      headwater stories articles/
    """
    if "-" in paths:
        raise click.UsageError("standard input cannot be taken up again where a run was cut off; save it to a file")
    from headwater.labels import number_of
    from headwater.taking import take

    with _shown_progress() as step:
        taken = take(paths, out, format=format, columns=columns, jobs=jobs, step=step)
    if not taken.articles:
        raise InputError(
            f"{taken.first.where}: {taken.first.why}" if taken.first else "nothing to read; give a file or a folder"
        )
    click.echo(
        f"{number_of(taken.articles, 'article')} from {number_of(taken.inputs, 'input')}, written to {_one_line(out)}"
    )
    told = _one_line(str(Path(out) / "failures.jsonl"))
    if taken.passed and not taken.failures:
        click.echo(f"headwater: what was passed over is named in {told}", err=True)
    if taken.failures:
        counted = number_of(taken.failures, "input or part of one", "inputs or parts of one")
        click.echo(f"headwater: {counted} could not be used; why is in {told}", err=True)
        context.exit(3)


@contextmanager
def _shown_progress() -> "Iterator[Callable[[Progress], None] | None]":
    """What to tell how far a run is; None where nobody looks at a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich import progress as bars

    columns = (
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("{task.description}"),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("inputs", total=None)

        def step(now: "Progress") -> None:
            spent = (bar.tasks[0].elapsed or 0) + 1e-9
            rate = f"{(now.inputs - now.before) / spent:,.0f} inputs/s"
            said = f"{now.articles:,} articles, {rate}, {now.failures:,} not used"
            bar.update(task, total=now.of, completed=now.inputs, description=said)

        yield step


@commands.command("add", epilog=_WHAT)
@PATHS
@click.option(
    "--archive",
    "archive_at",
    metavar="FILE",
    envvar="HEADWATER_ARCHIVE",
    default="headwater.db",
    show_default=True,
    help="The archive; made where there is none.",
)
@PUBLISHED
@FORMAT
@COLUMNS
@_reader_options
def add_command(
    paths: tuple[str, ...],
    archive_at: str,
    published: str | None,
    format: str | None,
    columns: dict[str, str] | None,
    reader: str | None,
    cache: str | None,
) -> None:
    """Put articles into an archive, and trace the stories that they touch.

    What is there already is passed over. A run that was cut off goes on where it was when it is called again.

    \b
    Examples:
      headwater add week/
      headwater add monday.jsonl --archive flood.db
      headwater add export.csv --columns text=BODY,outlet=PAPER
    """
    from datetime import UTC, datetime

    from rich.console import Console

    from headwater import adding, pipeline
    from headwater.archive import Archive

    console = Console(stderr=True)
    with Archive(archive_at) as archive, console.status("opening") as status:
        done = adding.add(
            archive,
            paths,
            clock=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"),
            tagger=pipeline.reader(reader, cache=cache),
            stdin=sys.stdin.buffer,
            published=published,
            format=format,
            columns=columns,
            step=status.update if console.is_terminal else None,
        )
    for failure in done.failures:
        click.echo(f"headwater: {_one_line(failure.where)}: {_one_line(failure.why)}", err=True)
    click.echo(done.words)


@commands.command("serve", epilog="Only this machine reaches the address that is printed; it asks nothing of others.")
@click.argument("archive_at", default="headwater.db", metavar="[ARCHIVE]", envvar="HEADWATER_ARCHIVE")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 = any that is free.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another address lets others in: there is no password."
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option("--as", "who", metavar="NAME", help="By whom decisions are; whoever is logged in if not given.")
@READER
def serve_command(
    archive_at: str, port: int, host: str, open_browser: bool, who: str | None, reader: str | None
) -> None:
    """Work with an archive in the browser: read, search, add articles, decide. On this machine alone.

    ARCHIVE is headwater.db in this folder if not given; it is made where there is none. Ctrl-C ends it.

    \b
    Examples:
      headwater serve --open
      headwater serve flood.db --port 9000
    """
    from headwater.web.serve import serve

    serve(
        archive_at, host=host, port=port, reader=reader, who=who, open_browser=open_browser,
        tell=lambda line: click.echo(_one_line(line)), warn=lambda line: click.echo(f"headwater: {line}", err=True),
    )  # fmt: skip


commands.add_command(corpus)
commands.add_command(fetch)
commands.add_command(feeds)
commands.add_command(export)
commands.add_command(mcp)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Unicode still shows the rest
    try:
        status = commands.main(args=arguments, prog_name="headwater", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return int(leave.exit_code)
    except click.UsageError as error:
        error.show()
        return 2
    except click.ClickException as error:
        error.show()
        return 1
    except click.Abort:
        click.echo("headwater: stopped", err=True)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except HeadwaterError as error:
        click.echo(f"headwater: {_one_line(str(error))}", err=True)
        return 1
    return status if isinstance(status, int) else 0  # click gives back what a command left with, or returned


if __name__ == "__main__":
    sys.exit(main())
