"""Whatever the caller names in, articles out: each input read once, in order of path; ids unique, sorted by id.

``each`` gives one article after another and holds no more than one input at a time; ``gather`` makes one batch of them.
Everything here depends on what the inputs are, never on their order.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import PurePath
from typing import Any, BinaryIO

from headwater.errors import HeadwaterError
from headwater.ingest.fetched import LIST, Fetched, fetched_in
from headwater.ingest.found import Found, Where
from headwater.ingest.jsonl import article_of
from headwater.ingest.kinds import FORMATS, checked_format, kind_of
from headwater.ingest.language import language_of
from headwater.ingest.opening import DAMAGED, GZIP, packed_in_parts, unpacked, whole, without_packing
from headwater.ingest.published import checked_edtf
from headwater.ingest.text import GIVE, encodable
from headwater.ingest.walk import listing, shown, why_not
from headwater.model import Article, Batch, Failure
from headwater.outlets import called, of_article

Input = str | os.PathLike[str] | Article | Mapping[str, object]

STDIN = "-"


def gather(
    inputs: Sequence[Input] | Input,
    *,
    stdin: BinaryIO | None = None,
    published: str | None = None,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Batch:
    """Read every input.

    Args:
        inputs: one or several: paths of files and folders, ``-`` for standard input, articles, or mappings such as a
            .jsonl line holds (``id``, ``text`` or ``html``, ``url``, ``outlet``, ``title``, ``published``). A folder is
            read with all below it; hidden files and a README, which tells of the folder, are passed over. The same file
            is read once, however often and by whatever name it is given.
        stdin: what ``-`` reads; standard input when None.
        published: EDTF date for articles that bear none.
        format: what all files, and standard input, are ("html", "mbox", …), whatever their content and names say; None
            = each is told by its content first and its name second.
        columns: for tables, the column of each field, as ``{"text": "body"}``; None = by their usual names.

    Returns:
        Articles sorted by id, and one failure for each input, or part of one, that could not be used. Ids are the
        caller's, else the file's stem (with ``-<line>`` for a .jsonl file of several lines); where two would be the
        same, the second by path and content gets ``-2``.

    Raises:
        InputError: ``published`` is no EDTF date, or there is no such format.
    """
    default = checked_edtf(published) if published is not None else None
    found: list[Found] = []
    failures: set[Failure] = set()
    for item in each(inputs, stdin=stdin, format=format, columns=columns):
        if isinstance(item, Failure):
            failures.add(item)
        else:
            found.append(item._replace(article=completed(item.article, published=default)))
    return Batch(
        articles=settled(found, set()),
        failures=tuple(sorted(failures, key=lambda failure: (failure.where, failure.why))),
    )


def each(
    inputs: Sequence[Input] | Input,
    *,
    stdin: BinaryIO | None = None,
    format: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Found | Failure]:
    """One article, or one failure, after another: no more than one input is held at a time.

    The arguments are those of ``gather``. Articles and mappings come first, as they were given, then what is no file,
    then standard input, then files in order of path. Ids are not settled.

    Raises:
        InputError: there is no such format.
    """
    chosen = checked_format(format) if format is not None else None
    if isinstance(inputs, str | os.PathLike | Article | Mapping):
        inputs = (inputs,)  # a single path is a sequence too, of characters; a mapping one of its keys
    return _each(inputs, stdin, chosen, columns)


def _each(
    inputs: Sequence[Input], stdin: BinaryIO | None, format: str | None, columns: Mapping[str, str] | None
) -> Iterator[Found | Failure]:
    paths: set[str] = set()
    for item in inputs:
        if isinstance(item, Article):
            yield Found(bool(item.id), item.id or "article", item)
        elif isinstance(item, Mapping):
            yield from _guarded(_given(item), _named(item))
        else:
            paths.add(os.fsdecode(item))
    found = listing(paths - {STDIN})
    yield from found.failures
    if STDIN in paths:
        yield from _read_stdin(stdin, format, columns)
    for path in found.files:
        yield from read_file(path, format=format, columns=columns)


def _given(fields: Mapping[str, object]) -> Iterator[Found]:
    article = article_of(fields)
    yield Found(bool(article.id), article.id or "article", article)


def _named(fields: Mapping[str, object]) -> str:
    """What to call an article that cannot be used: not by its number, for the order of the inputs says nothing."""
    name = next((fields[key] for key in ("id", "url", "title") if isinstance(fields.get(key), str)), None)
    return f"article {shown(str(name))}" if name else "an article without an id"


def read_file(
    path: str, *, format: str | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Found | Failure]:
    """The articles of one file, and a failure for all of it or for parts; never an exception.

    Args:
        path: of the file, never of a folder.
        format: what it is, a name in ``FORMATS``; None = what its content and its name say.
        columns: as for ``gather``.
    """
    name = os.path.basename(path)
    known = _known_of(path, name)
    where = Where(
        path=encodable(path),
        stem=PurePath(encodable(without_packing(name))).stem,
        shown=shown(path),
        url=known.url if known else None,
        fetched=known.fetched if known else None,
        charset=known.charset if known else None,
    )
    for item in _guarded(_opened_and_read(path, name, where, format, columns), where.shown, path):
        yield _as_fetched(item, known) if known and isinstance(item, Found) else item


def _opened_and_read(
    path: str, name: str, where: Where, format: str | None, columns: Mapping[str, str] | None
) -> Iterator[Found | Failure]:
    with open(path, "rb") as file:
        yield from _read(file, name, where, format, columns)


def _known_of(path: str, name: str) -> Fetched | None:
    """What ``headwater fetch`` wrote down of a page that it saved, None where there is nothing of the kind."""
    folder = os.path.dirname(path) or "."
    try:
        state = os.stat(os.path.join(folder, LIST))
    except (OSError, ValueError):
        return None
    return _fetched_in(folder, state.st_mtime_ns, state.st_size).get(name)


@lru_cache(maxsize=2)  # files come folder by folder
def _fetched_in(folder: str, *_state: int) -> dict[str, Fetched]:
    return fetched_in(folder)


def _as_fetched(one: Found, known: Fetched) -> Found:
    article = one.article
    return one._replace(
        article=replace(article, feed=article.feed or known.feed, outlet=article.outlet or known.source)
    )


def _read_stdin(
    stdin: BinaryIO | None, format: str | None, columns: Mapping[str, str] | None
) -> Iterator[Found | Failure]:
    file = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    where = Where(path=None, stem="stdin", shown="standard input")
    if file is None:
        yield Failure(where=where.shown, why=f"is not open; {GIVE} instead of -")
        return
    yield from _guarded(_read(file, "", where, format, columns), where.shown)


def _read(
    file: BinaryIO, name: str, where: Where, format: str | None, columns: Mapping[str, str] | None
) -> Iterator[Found | Failure]:
    opened = unpacked(file, name)
    kind = FORMATS[format or kind_of(opened.head, opened.name, opened.file)]
    options: dict[str, Any] = {"columns": columns} if kind.module == "table" else {}
    source = whole(opened.file) if kind.whole else opened.file
    if kind.module == "warc" and opened.packing is GZIP and file.seekable() and packed_in_parts(file):
        source = file  # behind a damaged part the next can be found
    yield from import_module(f"headwater.ingest.{kind.module}").read(source, where, **options)


def _guarded(items: Iterator[Found | Failure], where: str, path: str = "") -> Iterator[Found | Failure]:
    """The same items; where reading them ends in an error, a failure in its place: what came before it is kept."""
    try:
        yield from items
    except HeadwaterError as error:
        yield Failure(where=where, why=str(error))
    except DAMAGED:
        yield Failure(where=where, why="is packed, and cut off or damaged; give it whole")
    except RecursionError:
        yield Failure(where=where, why=f"is nested too deeply to be read; {GIVE}")
    except MemoryError:
        yield Failure(where=where, why=f"needs more memory than there is; {GIVE}")
    except OSError as error:
        yield Failure(where=where, why=why_not(path or where, error))
    except Exception as error:  # what comes in is hostile, and the libraries that read it raise whatever they like
        yield Failure(where=where, why=f"could not be read ({type(error).__name__}); {GIVE}")


def settled(found: Iterable[Found], taken: set[str]) -> tuple[Article, ...]:
    """Articles with ids that are unique, sorted by them: a caller's own ids stand before those made from names.

    Args:
        found: in any order, which says nothing.
        taken: ids that are given already; those given here are added.
    """
    found = sorted(found, key=order)
    articles = (
        one.article if one.article.id == name else replace(one.article, id=name)
        for one, name in zip(found, unique((one.id for one in found), taken), strict=True)
    )
    return tuple(sorted(articles, key=lambda article: article.id))


def unique(wanted: Iterable[str], taken: set[str], last: dict[str, int] | None = None) -> Iterator[str]:
    """Each wanted id where it is free, else with the first number from 2 that makes it so.

    Args:
        wanted: ids, in the order in which they are given away.
        taken: ids that are given already; those given here are added.
        last: the last number given with each wanted id, kept from call to call to spare a search; None = not known.
    """
    last = {} if last is None else last
    for base in map(encodable, wanted):
        name = base
        while name in taken:
            last[base] = last.get(base, 1) + 1
            name = f"{base}-{last[base]}"
        taken.add(name)
        yield name


def order(one: Found) -> tuple[bool, str, str, str, str]:
    """What articles are sorted by before their ids are settled: the caller's ids first, then by name and content."""
    article = one.article
    others = (article.url, article.outlet, article.title, article.published, article.byline, article.language)
    return not one.own, one.id, article.path or "", article.text, repr(others)


def completed(article: Article, *, published: str | None = None) -> Article:
    """The article with what its text and its address say in the place of what is missing.

    Args:
        article: as a reader of inputs gave it.
        published: EDTF date for it when it bears none.
    """
    changes: dict[str, Any] = {}
    if not article.text.isascii() and (text := encodable(article.text)) != article.text:
        changes["text"] = text
    known = of_article(article)
    if article.outlet is None and article.url and (name := known.name if known else _host(article.url)):
        changes["outlet"] = name
    if article.owner is None and known and known.owner:
        changes["owner"] = known.owner
    if article.published is None and published is not None:
        changes |= {"published": published, "published_basis": "caller"}
    if article.language is None and (code := language_of(article.text)):
        changes["language"] = code
    return replace(article, **changes) if changes else article


def _host(url: str) -> str | None:
    """The host that an article is really of, without ``www``; None where the address names none."""
    host = called(None, url) or ""
    return host if "." in host and not any(c.isspace() for c in host) else None
