"""The commands ``export`` and ``mcp``: arguments in, a file, a folder or a server out."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headwater.errors import InputError
from headwater.exports import FORMS

if TYPE_CHECKING:
    from headwater.exports import Form, Made
    from headwater.exports.mcp import Held
    from headwater.model import Trace

_FORMS = "; ".join(f"{name}: {form.what}" for name, form in FORMS.items())


@click.command(epilog=f"Forms: {_FORMS}. TRACE is what trace --json wrote, ARCHIVE what add put articles into.")
@click.argument("source", metavar="TRACE|ARCHIVE")
@click.option("--as", "name", metavar="FORM", required=True, type=click.Choice(list(FORMS)), help="The form.")
@click.option("--out", metavar="FILE|FOLDER", help="Where it goes; standard output if not given, for forms of text.")
@click.option("--story", metavar="ID", help="Of an archive: which story, or all: then a file each in the folder.")
def export(source: str, name: str, out: str | None, story: str | None) -> None:
    """A trace in a form that other tools read.

    \b
    Examples:
      headwater export trace.json --as markdown
      headwater export trace.json --as xlsx --out story.xlsx
      headwater export headwater.db --story all --as ftm --out stories/
    """  # noqa: D301
    form = FORMS[name]
    to_stdout = out is None or out == "-"
    if to_stdout and (form.binary or story == "all"):
        raise click.UsageError(f"{name} needs --out {'FILE' if form.suffix and story != 'all' else 'FOLDER'}")
    from headwater import exports
    from headwater.exports.opening import traces
    from headwater.exports.writing import write

    if story == "all":
        _all(source, name, form, Path(out or ""))
        return
    (_, trace), *_ = traces(source, story=story)
    made = exports.export(trace, name)
    if to_stdout:
        assert isinstance(made, bytes)
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    write(made, out or "")
    click.echo(f"written: {_said(out or '')}")


def _all(source: str, name: str, form: "Form", folder: Path) -> None:
    from headwater import exports
    from headwater.exports.opening import traces
    from headwater.exports.writing import write
    from headwater.labels import number_of

    written = 0
    for story, trace in traces(source, story="all"):
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(f"cannot write {folder}: {reason}; give a folder in one that exists") from error
        made: Made = exports.export(trace, name)
        write(made, folder / f"{story}{form.suffix}")
        written += 1
    click.echo(f"{number_of(written, 'story', 'stories')} written to {_said(str(folder))}")


def _said(path: str) -> str:
    from headwater.labels import plain

    return plain(path)


@click.command(
    epilog="PATH is a trace file, an archive, or what trace takes: files of articles, or a folder. It speaks the Model "
    "Context Protocol on standard input and output; an assistant starts it."
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--reader", metavar="NAME|FOLDER", envvar="HEADWATER_READER", help="Another reader: rules-1, or weights.")
def mcp(paths: tuple[str, ...], reader: str | None) -> None:
    """Answer an assistant's questions: count origins, show a chain, show evidence; it can only read.

    \b
    Examples:
      headwater mcp headwater.db
      headwater mcp trace.json
      headwater mcp story/
    """  # noqa: D301
    if "-" in paths:
        raise click.UsageError("standard input is where the assistant speaks; give a file")
    from headwater.exports.mcp import server
    from headwater.exports.opening import archive_at, is_archive

    if len(paths) == 1 and Path(paths[0]).is_file() and is_archive(paths[0]):
        from headwater.exports.mcp import Held

        with archive_at(paths[0]) as archive:
            server(Held(archive=archive)).run()
        return
    server(_held(paths, reader)).run()


def _held(paths: tuple[str, ...], reader: str | None) -> "Held":
    """One trace: read from its file, or made of articles when it is first asked for."""
    from headwater.exports.mcp import Held
    from headwater.exports.opening import is_trace, traces

    if len(paths) == 1 and is_trace(paths[0]):
        ((_, trace),) = traces(paths[0])
        return Held(make=lambda: trace)
    from headwater import pipeline

    batch = pipeline.take_in(paths)
    pipeline.need_articles(batch)
    tagger = pipeline.reader(reader)

    def made() -> "Trace":
        return pipeline.trace_story(batch.articles, failures=batch.failures, tagger=tagger)

    return Held(make=made)
