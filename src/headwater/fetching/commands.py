"""The commands that fetch: ``headwater fetch`` and ``headwater feeds``. Heavy imports only inside them.

Exit status: 0 all was fetched; 3 some could not be, each with a line on stderr; 1 nothing could be.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headwater.errors import InputError

if TYPE_CHECKING:
    from headwater.fetching.client import Client
    from headwater.model import Failure

_SOME_FAILED = 3
_SHORTEST_ROUND = 60.0  # seconds; no feed is asked more often


def _amount(kind: str) -> Callable[[click.Context, click.Parameter, str], Any]:
    def read(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
        if value is None:
            return None
        from headwater.fetching import amounts

        try:
            return getattr(amounts, kind)(value)
        except InputError as error:
            raise click.BadParameter(str(error), context, parameter) from error

    return read


def _manners(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both commands."""
    for option in (
        click.option(
            "--user-agent", metavar="NAME", help="What requests call themselves, instead of headwater/VERSION."
        ),
        click.option(
            "--max-size", metavar="SIZE", default="20MB", callback=_amount("size"), help="Largest page [20MB]."
        ),
        click.option(
            "--timeout", metavar="TIME", default="30s", callback=_amount("seconds"), help="Longest for one page [30s]."
        ),
        click.option(
            "--pause",
            metavar="TIME",
            default="2s",
            callback=_amount("seconds"),
            help="Between requests to one host [2s]; a longer one that its robots.txt asks for goes before.",
        ),
        click.option("--allow-private", is_flag=True, help="Permit addresses of this machine and the own network."),
    ):
        command = option(command)
    return command


def _client(*, allow_private: bool, pause: float, timeout: float, max_size: int, user_agent: str | None) -> "Client":
    from headwater.fetching.client import AGENT, Client, Manners

    return Client(
        Manners(agent=user_agent or AGENT, pause=pause, timeout=timeout, largest=max_size, allow_private=allow_private)
    )


@click.command("fetch", epilog="URL is an http or https address, or - for addresses on standard input, one a line.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option("--out", metavar="FOLDER", default="fetched", help="Where the pages go [fetched].")
@click.option("--again", is_flag=True, help="Ask whether pages that are there have changed.")
@_manners
def fetch(urls: tuple[str, ...], out: str, again: bool, **manners: Any) -> None:
    """Fetch pages into a folder that the other commands read. This touches the network.

    Politely: robots.txt is heeded, hosts are given a pause, servers in trouble time. Run again, it goes on where it
    stopped. Exit status 3: some pages could not be fetched, 1: none.

    \b
    Examples:
      headwater fetch https://paper.example/a https://courier.example/b --out story
      headwater trace story --html page.html
    """  # noqa: D301
    from headwater.fetching.many import save_all
    from headwater.fetching.store import Store

    if "-" in urls:
        given = sys.stdin.read().split()
        urls = tuple(url for name in urls for url in (given if name == "-" else (name,)))
    client = _client(**manners)
    store = Store(out)
    done = failed = 0
    with _progress("pages", len(dict.fromkeys(urls))) as step:
        for saved in save_all(urls, client, store, again=again):
            if saved.failure is not None:
                failed += 1
                _say(saved.failure)
            else:
                done += 1
                click.echo(str(saved.path))
            step()
    _leave(done, failed)


@click.command("feeds", epilog="FEEDS is an OPML list (a file or an address) or the address of a feed.")
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option("--out", metavar="FOLDER", required=True, help="Where pages go, and what is known of the feeds.")
@click.option("--every", metavar="TIME", callback=_amount("seconds"), help="Ask again so often (15m), until Ctrl-C.")
@click.option("--no-pages", is_flag=True, help="Keep what the feeds hold; fetch no pages.")
@_manners
def feeds(feeds: tuple[str, ...], out: str, every: float | None, no_pages: bool, **manners: Any) -> None:
    """Follow feeds: fetch the page of each new item, once. This touches the network.

    Feeds are asked only whether they have changed. Run again, or after it was stopped, it goes on where it was. Exit
    status 3: some feeds or pages could not be had, 1: no feed.

    \b
    Examples:
      headwater feeds https://paper.example/rss --out week
      headwater feeds list.opml --out week --every 15m
      headwater stories week
    """  # noqa: D301
    from headwater.fetching.feeds import Follower, feeds_in
    from headwater.fetching.store import Store
    from headwater.model import Failure

    if every is not None and every < _SHORTEST_ROUND:
        raise click.UsageError("feeds are asked once a minute at most; give --every 1m or longer")
    client = _client(**manners)
    wanted: list[str] = []
    failed = 0
    for found in feeds_in(feeds, client, read=lambda name: Path(name).read_bytes()):
        if isinstance(found, Failure):
            failed += 1
            _say(found)
        else:
            wanted.append(found)
    if not wanted:
        raise InputError("names no feed that can be asked; give an OPML list or the address of a feed")
    follower = Follower(Store(out), client, pages=not no_pages)
    try:
        while True:
            done, missed = _round(follower.round(wanted))
            if every is None:
                break
            time.sleep(every)
    except KeyboardInterrupt:
        if every is None:
            raise
        click.echo("headwater: stopped; run again to go on", err=True)
        return
    _leave(done, failed + missed)


def _round(results: Iterator[Any]) -> tuple[int, int]:
    """How much went well and how much did not; each new file and each failure a line."""
    done = failed = 0
    with _progress("items", None) as step:
        for got in results:
            if got.failure is not None:
                failed += 1
                _say(got.failure)
            else:
                done += 1
                if got.path is not None:
                    click.echo(str(got.path))
            step()
    return done, failed


def _leave(done: int, failed: int) -> None:
    if failed:
        raise click.exceptions.Exit(_SOME_FAILED if done else 1)


def _say(failure: "Failure") -> None:
    from headwater.labels import plain

    click.echo(f"headwater: {plain(failure.where)}: {plain(failure.why)}", err=True)


@contextmanager
def _progress(word: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A line that says how many are done and how fast, on a terminal; nothing elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description} {task.completed}" + ("" if total is None else f"/{total}")),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(word, total=total, rate="")
        began = time.monotonic()

        def step() -> None:
            done = progress.tasks[0].completed + 1
            rate = done / max(time.monotonic() - began, 0.001)
            progress.update(task, completed=done, rate=f"{rate:.1f}/s" if rate >= 1 else f"{rate * 60:.0f}/min")

        yield step
