"""The commands over corpora: ``headwater corpus read|copies|stories|trace``. Heavy imports only inside them.

Exit status: 0 all was done; 3 done, but some articles could not be used, each named in failures.jsonl; 1 nothing could
be read; 2 wrong arguments.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from headwater.corpus.run import Done, Progress

_SOME_FAILED = 3
_WHAT = (
    "SRC is a file or folder of Parquet, JSON Lines (also .gz) or WARC, what 'headwater ingest' or another of these "
    "commands wrote, on disk or at an fsspec address (s3://…). OUT is a folder, on disk or at such an address."
)
_STATUSES = "Exit status: 0 all done; 3 done, but some could not be; 1 nothing could be read; 2 wrong arguments."


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options of all these commands."""
    for add in (
        click.option(
            "--shard-size", type=click.IntRange(1), metavar="N", default=500, show_default=True,
            help="Articles in a shard, which is what a run that was cut off does again.",
        ),
        click.option(
            "--workers", type=click.IntRange(1), metavar="N",
            help="Shards worked on at a time (engine local); as many as processors if not given.",
        ),
        click.option(
            "--engine", metavar="NAME", default="local", show_default=True,
            help="local: processes of this machine; native: Daft; ray or ray://HOST:PORT: Daft on a Ray cluster.",
        ),
        click.argument("out", metavar="OUT"),
        click.argument("source", metavar="SRC"),
    ):  # fmt: skip
        command = add(command)
    return command


def _windowed(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--window", type=click.IntRange(1), metavar="N", default=4000, show_default=True,
        help="Articles of the days that are judged at a time: what memory grows with.",
    )(command)  # fmt: skip


def _reading(command: Callable[..., Any]) -> Callable[..., Any]:
    for add in (
        click.option(
            "--cache", metavar="FOLDER", envvar="HEADWATER_CACHE", help="Keep what was read here, and reuse it."
        ),
        click.option(
            "--reader", metavar="NAME|FOLDER", envvar="HEADWATER_READER", help="Another reader: rules-1, or weights."
        ),
    ):
        command = add(command)
    return command


@click.group("corpus", epilog=_WHAT)
def corpus() -> None:
    """Corpora of any size: read, compare, group and trace their articles, shard by shard.

    A run that was cut off, at any moment, goes on where it was when it is called again. How far it is
    stands in log.jsonl in OUT, what could not be used in failures.jsonl.

    \b
    Examples:
      headwater corpus trace s3://news/2025/ flood.db
      headwater corpus copies dump.parquet out/ --engine ray
    """  # noqa: D301


@corpus.command("read", epilog=f"{_WHAT}\n\n{_STATUSES}")
@_options
@_reading
@click.pass_context
def read_command(context: click.Context, /, source: str, out: str, **options: Any) -> None:
    """Read each article by itself: who says what, with the words.

    \b
    Examples:
      headwater corpus read articles/ readings/
    """  # noqa: D301
    from headwater.corpus.run import read

    with _shown() as step:
        done = read(source, out, _settings(options), step=step)
    _tell(context, done, "reading", "readings", out)


@corpus.command("copies", epilog=f"{_WHAT}\n\n{_STATUSES}")
@_options
@_windowed
@click.option(
    "--within-days", type=click.IntRange(0), metavar="N", default=7, show_default=True,
    help="Articles published further apart are not compared.",
)  # fmt: skip
@click.pass_context
def copies_command(context: click.Context, /, source: str, out: str, **options: Any) -> None:
    """Which articles share text, and the passages.

    \b
    Examples:
      headwater corpus copies week/ out/
    """  # noqa: D301
    from headwater.corpus.run import copies

    with _shown() as step:
        done = copies(source, out, _settings(options), step=step)
    _tell(context, done, "pair of articles that share text", "pairs of articles that share text", out)


@corpus.command("stories", epilog=f"{_WHAT}\n\n{_STATUSES}")
@_options
@_windowed
@click.pass_context
def stories_command(context: click.Context, /, source: str, out: str, **options: Any) -> None:
    """Which articles tell one story.

    \b
    Examples:
      headwater corpus stories week/ out/
    """  # noqa: D301
    from headwater.corpus.run import stories

    with _shown() as step:
        done = stories(source, out, _settings(options), step=step)
    _tell(context, done, "story", "stories", out)


@corpus.command("trace", epilog=f"{_WHAT} A name that ends in .db or .sqlite is an archive.\n\n{_STATUSES}")
@_options
@_windowed
@_reading
@click.pass_context
def trace_command(context: click.Context, /, source: str, out: str, **options: Any) -> None:
    """Find the stories and trace each: into an archive, which serve opens, or a folder.

    \b
    Examples:
      headwater corpus trace week/ flood.db
      headwater corpus trace week/ traces/
    """  # noqa: D301
    from headwater.corpus.traced import trace

    with _shown() as step:
        done = trace(source, out, _settings(options), step=step)
    _tell(context, done, "story traced", "stories traced", out)


def _settings(options: dict[str, Any]) -> Any:
    from headwater.corpus.run import Settings

    return Settings(size=options.pop("shard_size"), **options)


def _tell(context: click.Context, done: "Done", one: str, many: str, out: str) -> None:
    from headwater.errors import InputError
    from headwater.labels import number_of, plain

    if not done.articles:
        raise InputError(f"{done.first.where}: {done.first.why}" if done.first else "nothing to read")
    click.echo(
        f"{number_of(done.records, one, many)}, from {number_of(done.articles, 'article')}, written to {plain(out)}"
    )
    if done.undated:
        said = number_of(done.undated, "article bears", "articles bear")
        how = (
            "compared with those of all days"
            if done.everywhere
            else "counted as of the day of the article read before it, for they are too many"
        )
        click.echo(f"headwater: {said} no day; each is {how}", err=True)
    if done.failures:
        counted = number_of(done.failures, "article or other part", "articles or other parts")
        click.echo(f"headwater: {counted} could not be used; why is in failures.jsonl", err=True)
        context.exit(_SOME_FAILED)


@contextmanager
def _shown() -> "Iterator[Callable[[Progress], None] | None]":
    """What to tell how far a run is; None where nobody looks at a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with console.status("listing") as status:

        def step(now: "Progress") -> None:
            rate = "" if now.rate is None else f", {now.rate:,.0f} a second"
            left = "" if now.left is None else f", {_time(now.left)} left"
            lost = f", {now.failures:,} not used" if now.failures else ""
            status.update(f"{now.stage}: {now.done:,} of {now.of:,} shards, {now.records:,} in them{rate}{left}{lost}")

        yield step


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
