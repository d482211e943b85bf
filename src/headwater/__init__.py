"""Headwater: for every claim in a story, how many independent origins really stand behind it.

``trace``, ``read``, ``stories`` and ``copies`` take paths, articles or mappings and give records of
``headwater.model``. Nothing here touches the network, unless an input is an address or ``trace`` is given a judge.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from headwater.version import __version__

if TYPE_CHECKING:
    from headwater.model import Article, Copy, Reading, Story, Trace

    Input = str | os.PathLike[str] | Article | Mapping[str, object]

__all__ = ["__version__", "copies", "read", "stories", "trace"]


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
