"""Headwater: for every claim in a story, how many independent origins really stand behind it.

``trace``, ``read``, ``stories`` and ``copies`` take paths, articles or mappings and give records of
``headwater.model``; ``open_archive`` keeps them; ``export`` and the frames take a trace to other tools. Nothing here
touches the network, unless an input is an address or ``trace`` is given a judge.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from headwater.version import __version__

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from headwater.exports import Made
    from headwater.model import Article, Copy, Reading, Story, Trace
    from headwater.opened import OpenArchive

    Input = str | os.PathLike[str] | Article | Mapping[str, object]

__all__ = [
    "__version__",
    "copies",
    "export",
    "open_archive",
    "pandas_frames",
    "polars_frames",
    "read",
    "stories",
    "trace",
]


def trace(
    inputs: Sequence[Input] | Input,
    *,
    published: str | None = None,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    reader: str | None = None,
    cache: str | None = None,
    judge: str | None = None,
    judge_model: str | None = None,
) -> Trace:
    """Trace one story: every claim, who stands behind it, and how each article has it.

    Args:
        inputs: one or several: paths of files or folders, ``https://`` addresses, ``-`` for standard input, Articles,
            or mappings such as a .jsonl line holds. Files may be of any format that docs/inputs.md names.
        published: EDTF date for articles that bear none ("2025-08-21").
        format: what every file is ("html", "eml", "csv"), whatever it looks like; None = its content and name tell.
        columns: of tables, the column of each field ({"text": "body"}); None = by their usual names.
        reader: a reader's name or a folder of weights; None = what HEADWATER_READER says, else the one that ships.
        cache: a folder that keeps what was read, so that no text is read twice; None = what HEADWATER_CACHE says, else
            nothing is kept.
        judge: base address of a server that speaks the OpenAI chat protocol ("http://localhost:11434/v1"), asked about
            doubtful pairs of statements; None = nobody is asked, and nothing leaves the machine. What went wrong with
            it stands in ``unjudged``.
        judge_model: the model's name there; needed with ``judge``, and only with it.

    Returns:
        The Trace; inputs that could not be read are named in ``unjudged``. The same inputs, in any order, give the
        same trace.

    Raises:
        InputError: nothing could be read, ``published`` is not a date, there is no such format, or the judge's address
            cannot be used.
        NoTextError: what could be read holds no text.
        ModelError: there is no such reader, or its weights do not fit.
    """
    from headwater import pipeline
    from headwater.model import Options

    named = pipeline.judge(judge, judge_model, cache=cache)
    batch = pipeline.take_in(inputs, published=published, format=format, columns=columns)
    pipeline.need_articles(batch)
    return pipeline.trace_story(
        batch.articles,
        failures=batch.failures,
        options=Options(published=published),
        tagger=pipeline.reader(reader, cache=cache),
        judge=named,
    )


def read(
    inputs: Sequence[Input] | Input,
    *,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
    reader: str | None = None,
    cache: str | None = None,
) -> Iterator[Reading]:
    """Read each article by itself: attributions, sources, entities, times; in order of article id.

    The arguments are those of ``trace``.

    Raises:
        InputError: nothing could be read, or there is no such format.
        ModelError: there is no such reader, or its weights do not fit.
    """
    from headwater import pipeline

    batch = pipeline.take_in(inputs, format=format, columns=columns)
    pipeline.need_articles(batch)
    return pipeline.read_articles(batch.articles, tagger=pipeline.reader(reader, cache=cache))


def stories(
    inputs: Sequence[Input] | Input, *, format: str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[Story, ...]:
    """Which articles tell one story.

    The arguments are those of ``trace``.

    Raises:
        InputError: nothing could be read, or there is no such format.
    """
    from headwater import pipeline

    batch = pipeline.take_in(inputs, format=format, columns=columns)
    pipeline.need_articles(batch)
    return pipeline.find_stories(batch.articles)


def copies(
    inputs: Sequence[Input] | Input, *, format: str | None = None, columns: Mapping[str, str] | None = None
) -> tuple[Copy, ...]:
    """Which articles share text, with the passages.

    The arguments are those of ``trace``.

    Raises:
        InputError: nothing could be read, or there is no such format.
    """
    from headwater import pipeline

    batch = pipeline.take_in(inputs, format=format, columns=columns)
    pipeline.need_articles(batch)
    return pipeline.find_copies(batch.articles)


def open_archive(path: str | os.PathLike[str], *, read_only: bool = False, reader: str | None = None) -> OpenArchive:
    """Open an archive: what keeps articles, stories and their traces from one day to the next.

    Args:
        path: the file; made where there is none. An older version's file is brought up to date.
        read_only: nothing is made or changed; the file must be there and of this version.
        reader: who reads what is added: a reader's name or a folder of weights; None = what HEADWATER_READER says, else
            the one that ships.

    Returns:
        The archive, a context manager: ``add``, ``stories``, ``trace``, ``claims``, ``search``.

    Raises:
        StoreError: the file cannot be opened, is no archive, is damaged, or is of a newer version.
    """
    from headwater.opened import OpenArchive

    return OpenArchive(path, read_only=read_only, reader=reader)


def export(trace: Trace, form: str, *, out: str | os.PathLike[str] | None = None) -> Made:
    """A trace in a form of other people's tools.

    Args:
        trace: the trace.
        form: "csv", "xlsx", "parquet", "markdown", "docx", "prov", "annotations", "schema-org", "ftm" or "graphml".
        out: where it is written as well, whole or not at all: a file, for "csv" and "parquet" a folder.

    Returns:
        The bytes of a file, or of a form that is a folder its files by name. The same trace gives the same bytes.

    Raises:
        InputError: there is no such form, or ``out`` cannot be written.
        MissingExtra: the form needs a package that is not installed.
    """
    from headwater import exports
    from headwater.exports.writing import write

    made = exports.export(trace, form)
    if out is not None:
        write(made, out)
    return made


def pandas_frames(trace: Trace) -> dict[str, pd.DataFrame]:
    """The tables of a trace as pandas frames, by name.

    They are claims, mentions, attributions, quotations, conflicts, origins and derivations. Columns keep their types
    (``pandas.ArrowDtype``); unknown is ``<NA>``.

    Raises:
        MissingExtra: pandas or pyarrow is not installed.
    """
    from headwater.exports import frames

    return frames.pandas_frames(trace)


def polars_frames(trace: Trace) -> dict[str, pl.DataFrame]:
    """The tables of ``pandas_frames`` as polars frames; spans are structs in lists, unknown is null.

    Raises:
        MissingExtra: polars or pyarrow is not installed.
    """
    from headwater.exports import frames

    return frames.polars_frames(trace)


def _tell_notebook() -> None:
    """Have a notebook that this is imported in show a Trace as a table; by name, so that nothing is loaded for it."""
    ipython = sys.modules.get("IPython")
    shell = getattr(ipython, "get_ipython", lambda: None)()
    if shell is None:
        return

    def shown(trace: Trace) -> str:
        from headwater.exports.notebook import html_of

        return html_of(trace)

    shell.display_formatter.formatters["text/html"].for_type_by_name("headwater.model", "Trace", shown)


_tell_notebook()
