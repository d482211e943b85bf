"""Whatever the caller names in, one batch of articles out: read once each, ids unique, sorted by id.

Kinds of input are told by the end of a file's name, and standard input by its first character. Everything here depends
on what the inputs are, never on their order.
"""

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO
from urllib.parse import urlsplit

from headwater.errors import InputError
from headwater.ingest.found import Found
from headwater.ingest.jsonl import article_of, fields_of, lines_of
from headwater.ingest.language import language_of
from headwater.ingest.published import checked_edtf, date_in_url
from headwater.ingest.text import GIVE, MAX_BYTES, decode, encodable
from headwater.model import Article, Batch, Failure

Input = str | os.PathLike[str] | Article | Mapping[str, object]

STDIN = "-"
_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".jsonl": "jsonl",
    ".html": "html",
    ".htm": "html",
}


def gather(
    inputs: Sequence[Input] | Input,
    *,
    stdin: BinaryIO | None = None,
    published: str | None = None,
) -> Batch:
    """Read every input.

    Args:
        inputs: one or several: paths of files and folders, ``-`` for standard input, articles, or mappings such as a
            .jsonl line holds (``id``, ``text`` or ``html``, ``url``, ``outlet``, ``title``, ``published``). A folder is
            read with all below it; hidden files, files of other kinds and a README, which tells of the folder, are
            passed over. The same file is read once, however often and by whatever name it is given.
        stdin: what ``-`` reads; standard input when None.
        published: EDTF date for articles that bear none.

    Returns:
        Articles sorted by id, and one failure for each input, or line of a .jsonl file, that could not be used. Ids are
        the caller's, else the file's stem (with ``-<line>`` for a .jsonl file of several lines); where two would be the
        same, the second by path and content gets ``-2``.

    Raises:
        InputError: ``published`` is no EDTF date.
    """
    default = checked_edtf(published) if published is not None else None
    found: list[Found] = []
    failures: list[Failure] = []
    files: dict[str, str] = {}
    if isinstance(inputs, str | os.PathLike | Article | Mapping):
        inputs = (inputs,)  # a single path is a sequence too, of characters; a mapping one of its keys
    for item in inputs:
        if isinstance(item, Article):
            found.append(Found(bool(item.id), item.id or "article", item))
        elif isinstance(item, Mapping):
            try:
                article = article_of(item)
                found.append(Found(bool(article.id), article.id or "article", article))
            except InputError as error:
                failures.append(Failure(where=_named(item), why=str(error)))
        else:
            path = os.fsdecode(item)
            if path == STDIN:
                files[STDIN] = STDIN
                continue
            for file in _walk(path, failures):
                real = os.path.realpath(file)
                files[real] = min(file, files.get(real, file))
    for path in sorted(files.values()):
        got, missed = _read_stdin(stdin) if path == STDIN else _read_file(path)
        found += got
        failures += missed
    return Batch(
        articles=tuple(_settled(found, default)),
        failures=tuple(sorted(set(failures), key=lambda failure: (failure.where, failure.why))),
    )


def _named(fields: Mapping[str, object]) -> str:
    """What to call an article that cannot be used: not by its number, for the order of the inputs says nothing."""
    name = next((fields[key] for key in ("id", "url", "title") if isinstance(fields.get(key), str)), None)
    return f"article {_shown(str(name))}" if name else "an article without an id"


def _walk(path: str, failures: list[Failure]) -> Iterator[str]:
    """The files that a path stands for, in order; a folder that leads back to one above it is not entered again."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        failures.append(Failure(where=_shown(path), why=_why_not(path, error)))
        return
    if not stat.S_ISDIR(mode):
        yield path
        return
    seen: set[str] = set()
    pending, any_file = [path], False
    while pending:
        folder = pending.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            names = sorted(os.listdir(folder), reverse=True)
        except OSError as error:
            failures.append(Failure(where=_shown(folder), why=_why_not(folder, error)))
            any_file = True
            continue
        for name in names:
            inside = os.path.join(folder, name)
            if name.startswith("."):
                continue
            if os.path.isdir(inside):
                pending.append(inside)
            elif _suffix(name) in _KINDS and PurePath(name).stem.lower() != "readme" and os.path.isfile(inside):
                any_file = True
                yield inside
    if not any_file:
        failures.append(Failure(where=_shown(path), why=f"is a folder without a readable file; {GIVE}"))


def _read_file(path: str) -> tuple[list[Found], list[Failure]]:
    kind = _KINDS.get(_suffix(path))
    shown = encodable(path)
    try:
        with open(path, "rb") as file:
            if kind is None and _suffix(path) and stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError(f"is a {_suffix(path)} file, which Headwater does not read; {GIVE}")
            if kind == "jsonl":
                return _from_lines(lines_of(file), shown, PurePath(shown).stem)
            data = file.read(MAX_BYTES + 1)
        if kind is None:
            return _sniffed(data, shown, PurePath(shown).stem)
        return [_one(data, kind, shown, PurePath(shown).stem)], []
    except InputError as error:
        return [], [Failure(where=_shown(path), why=str(error))]
    except OSError as error:
        return [], [Failure(where=_shown(path), why=_why_not(path, error))]


def _read_stdin(stdin: BinaryIO | None) -> tuple[list[Found], list[Failure]]:
    file = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    try:
        if file is None:
            raise InputError(f"is not open; {GIVE} instead of -")
        first = b""
        while line := file.readline(MAX_BYTES + 1):
            first += line
            if line.strip() or len(first) > MAX_BYTES:
                break
        if _is_json_line(first):
            return _from_lines(lines_of(file, first=first), None, "stdin")
        return _sniffed(first + file.read(max(0, MAX_BYTES + 1 - len(first))), None, "stdin")
    except InputError as error:
        return [], [Failure(where="standard input", why=str(error))]
    except (OSError, ValueError) as error:
        return [], [Failure(where="standard input", why=_why_not(STDIN, error))]


def _is_json_line(start: bytes) -> bool:
    line = start.removeprefix(b"\xef\xbb\xbf").strip()
    if not line.startswith(b"{"):
        return False
    try:
        fields_of(line)
    except InputError:
        return False
    return True


def _sniffed(data: bytes, path: str | None, stem: str) -> tuple[list[Found], list[Failure]]:
    """What bytes without a telling name hold."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _is_json_line(head.partition(b"\n")[0]):
        return _from_lines(lines_of(io.BytesIO(data)), path, stem)
    markup = head[:15].lower()
    return [_one(data, "html" if markup.startswith((b"<!doctype html", b"<html")) else "text", path, stem)], []


def _one(data: bytes, kind: str, path: str | None, stem: str) -> Found:
    if kind == "text":
        return Found(False, stem, Article(id=stem, text=decode(data), path=path))
    if len(data) > MAX_BYTES:
        raise InputError("is larger than 100 MB; split it into one file per article")
    from headwater.ingest.html import read_page

    page = read_page(data)
    published = page.published or (date_in_url(page.url) if page.url else None)
    article = Article(
        id=stem,
        text=page.text,
        path=path,
        url=page.url,
        outlet=page.outlet,
        title=page.title,
        byline=page.byline,
        published=published,
        published_basis="metadata" if published else None,
    )
    return Found(False, stem, article)


def _from_lines(
    lines: Iterable[tuple[int, bytes | None]], path: str | None, stem: str
) -> tuple[list[Found], list[Failure]]:
    found: list[Found] = []
    failures: list[Failure] = []
    where = "standard input" if path is None else _shown(path)
    numbers: list[int] = []
    for number, line in lines:
        try:
            if line is None:
                raise InputError("is larger than 100 MB; give one article a line")
            article = article_of(fields_of(line), path=path)
        except InputError as error:
            failures.append(Failure(where=f"{where}, line {number}", why=str(error)))
            continue
        found.append(Found(bool(article.id), article.id, article))
        numbers.append(number)
    if not found and not failures:
        failures.append(Failure(where=where, why=f'holds no lines; write {{"text": "..."}} on each, or {GIVE}'))
    alone = len(found) == 1 and not failures
    return [
        one if one.own else one._replace(id=stem if alone else f"{stem}-{number}")
        for one, number in zip(found, numbers, strict=True)
    ], failures


def _settled(found: list[Found], default: str | None) -> list[Article]:
    """Articles with ids that are unique, sorted by them: a caller's own ids stand before those made from names."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    out: list[Article] = []
    for _, wanted, article in sorted(found, key=_order):
        base = encodable(wanted)
        name = base
        while name in taken:
            last[base] = last.get(base, 1) + 1
            name = f"{base}-{last[base]}"
        taken.add(name)
        out.append(_completed(replace(article, id=name), default))
    return sorted(out, key=lambda article: article.id)


def _order(one: Found) -> tuple[bool, str, str, str, str]:
    article = one.article
    others = (article.url, article.outlet, article.title, article.published, article.byline, article.language)
    return not one.own, one.id, article.path or "", article.text, repr(others)


def _completed(article: Article, default: str | None) -> Article:
    changes: dict[str, str | None] = {}
    if not article.text.isascii() and (text := encodable(article.text)) != article.text:
        changes["text"] = text
    if article.outlet is None and article.url and (host := _host(article.url)):
        changes["outlet"] = host
    if article.published is None and default is not None:
        changes |= {"published": default, "published_basis": "caller"}
    if article.language is None and (code := language_of(article.text)):
        changes["language"] = code
    return replace(article, **changes) if changes else article  # type: ignore[arg-type]


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    host = host.removeprefix("www.")
    return host if "." in host and not any(c.isspace() for c in host) else None


def _suffix(path: str) -> str:
    return PurePath(path).suffix.lower()


def _shown(path: str) -> str:
    """A path on one line of a screen, whatever is in its name."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in encodable(path))


def _why_not(path: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError) or not path:
        if path.startswith(("http://", "https://")):
            return f"Headwater fetches nothing; save the page and {GIVE}"
        return f"not found; {GIVE}"
    if isinstance(error, PermissionError):
        return f"may not be read; change its permissions or {GIVE}"
    reason = getattr(error, "strerror", None) or "not a path"
    return f"cannot be read ({reason}); {GIVE}"
