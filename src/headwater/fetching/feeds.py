"""Feeds followed: asked whether they have changed, each new item's page fetched once, what the feed says of it kept.

What has been seen and what still waits to be fetched stands in one small file in the folder, written whole or not at
all before anything is fetched: a run that is stopped at any moment goes on where it was.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from headwater import whole
from headwater.errors import InputError
from headwater.fetching.addresses import joined, parse
from headwater.fetching.answers import FEED_KINDS, NotFetched
from headwater.fetching.client import Client, Page
from headwater.fetching.many import fetched
from headwater.fetching.store import Store, name_of
from headwater.model import Failure
from headwater.outlets import called

#: The file that knows how far the feeds have been followed.
STATE = ".feeds.json"
_VERSION = 1
_KEPT = 60  # rounds for which an item that has left its feed is remembered
_TRIES = 3  # rounds in which the page of an item is tried
_OFTEN = 20  # pages after which the state is written again
_MOST_WORDS = 2_000  # characters of a title, guid or the like


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed says of one article; empty where it does not say.

    ``source`` and ``source_url`` are name and address of the outlet that the item names as its own source
    (``<source url>``); ``html`` what the feed holds of the article, kept only where its page is not fetched.
    """

    link: str = ""
    guid: str = ""
    title: str = ""
    published: str = ""
    source: str = ""
    source_url: str = ""
    feed: str = ""
    feed_title: str = ""
    html: str = ""

    @property
    def key(self) -> str:
        """What tells it from other items of its feed."""
        named = self.guid or self.link or f"{self.title}\x1f{self.published}"
        return hashlib.sha256(f"{self.feed}\x1f{named}".encode("utf-8", "replace")).hexdigest()[:16]


class _Feed(msgspec.Struct, kw_only=True, omit_defaults=True):
    etag: str | None = None
    modified: str | None = None
    rounds: int = 0
    seen: dict[str, int] = msgspec.field(default_factory=dict)  # an item's key: the round in which it was last there


class _Waiting(msgspec.Struct, kw_only=True, omit_defaults=True):
    item: Item
    tries: int = 0


class _State(msgspec.Struct, kw_only=True):
    version: int = _VERSION
    feeds: dict[str, _Feed] = msgspec.field(default_factory=dict)
    waiting: dict[str, _Waiting] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What became of one item or feed: a new file, or a failure; both None for a feed that was read."""

    where: str
    path: Path | None = None
    failure: Failure | None = None


class Follower:
    """Follows feeds into a folder.

    Args:
        store: the folder.
        client: fetches feeds and pages.
        pages: whether each new item's page is fetched; else what the feed holds of it is kept, as a line of JSON.

    Raises:
        InputError: the folder's state cannot be read, or is of a newer version.
    """

    def __init__(self, store: Store, client: Client, *, pages: bool = True) -> None:
        """How far the feeds were followed before."""
        self._store, self._client, self._pages = store, client, pages
        self._file = store.folder / STATE
        self._state = _read_state(self._file)

    def round(self, feeds: Iterable[str]) -> Iterator[Got]:
        """Ask each feed once, then fetch what is new, and what an earlier round left.

        Yields:
            One ``Got`` for each feed, each new item, and each that could not be had; the state is kept whenever the
            caller stops taking them.
        """
        feeds = list(dict.fromkeys(_one_form(url) for url in feeds))
        try:
            yield from self._ask(feeds)
            self._save()
            yield from self._keep()
            yield from self._fetch()
        finally:
            self._save()

    def _ask(self, feeds: list[str]) -> Iterator[Got]:
        known = {url: self._state.feeds.get(url, _Feed()) for url in feeds}
        answers = fetched(
            feeds,
            self._client,
            conditions=lambda url: (known[url].etag, known[url].modified),
            kinds=FEED_KINDS,
        )
        for answer in answers:
            if isinstance(answer, Failure):
                yield Got(where=answer.where, failure=answer)
                continue
            feed = self._state.feeds.setdefault(answer.url, _Feed())
            if answer.status == 304:
                yield Got(where=answer.url)
                continue
            try:
                items = items_of(answer, pages=self._pages)
            except InputError as error:
                yield Got(where=answer.url, failure=Failure(where=answer.url, why=str(error)))
                continue
            feed.rounds += 1
            for item in items:
                if item.key not in feed.seen:
                    self._state.waiting.setdefault(item.key, _Waiting(item=item))
                feed.seen[item.key] = feed.rounds
            feed.seen = {key: seen for key, seen in feed.seen.items() if feed.rounds - seen < _KEPT}
            feed.etag, feed.modified = answer.header("etag"), answer.header("last-modified")
            yield Got(where=answer.url)

    def _fetch(self) -> Iterator[Got]:
        """The pages of the items that wait; two items that lead to one page are one."""
        by_link: dict[str, list[str]] = {}
        for key, waiting in list(self._state.waiting.items()):
            try:
                by_link.setdefault(str(parse(waiting.item.link)), []).append(key)
            except InputError as error:
                yield self._given_up([key], waiting.item.link or waiting.item.title, str(error))
        for link in [link for link in by_link if self._store.has(link)]:
            for key in by_link.pop(link):
                del self._state.waiting[key]
        for number, answer in enumerate(fetched(by_link, self._client), 1):
            where = answer.where if isinstance(answer, Failure) else answer.url
            keys = by_link[where]
            if isinstance(answer, Failure):
                for key in keys:
                    self._state.waiting[key].tries += 1
                if self._state.waiting[keys[0]].tries >= _TRIES:
                    yield self._given_up(keys, where, answer.why)
                else:
                    yield Got(where=where, failure=answer)
            else:
                path = self._store.save(answer, item=_said(self._state.waiting[keys[0]].item))
                for key in keys:
                    del self._state.waiting[key]
                yield Got(where=where, path=path)
            if number % _OFTEN == 0:
                self._save()

    def _given_up(self, keys: list[str], where: str, why: str) -> Got:
        for key in keys:
            del self._state.waiting[key]
        return Got(where=where, failure=Failure(where=where, why=f"{why}; it is not tried again"))

    def _keep(self) -> Iterator[Got]:
        """The items whose pages are not fetched, each as a line of JSON in a file of its own, read as an article."""
        for key, waiting in list(self._state.waiting.items()):
            item = waiting.item
            if item.link and self._pages:
                continue
            try:
                path = self._store.folder / name_of(item.link or item.feed, f"-{key}.jsonl")
            except InputError:
                path = self._store.folder / f"{key}.jsonl"
            line: dict[str, Any] = {
                "id": path.stem,
                "html": f"<article><h1>{_escaped(item.title)}</h1>{item.html}</article>",
                "url": item.link or None,
                "outlet": called(item.source or None, item.source_url or None),
                "title": item.title or None,
                "published": item.published or None,
                "feed": item.feed_title or None,
                "source": item.source or None,
                "guid": item.guid or None,
            }
            data = json.dumps({name: value for name, value in line.items() if value is not None}).encode() + b"\n"
            try:
                whole.write(path, data)
            except OSError as error:
                raise InputError(
                    f"cannot write {path}: {error.strerror or error}; give --out another folder"
                ) from error
            del self._state.waiting[key]
            yield Got(where=item.link or item.title, path=path)

    def _save(self) -> None:
        try:
            whole.write(self._file, msgspec.json.encode(self._state))
        except OSError as error:
            raise InputError(f"cannot write {self._file}: {error.strerror or error}; free some space") from error


def _read_state(path: Path) -> _State:
    try:
        state = msgspec.json.decode(path.read_bytes(), type=_State)
    except FileNotFoundError:
        return _State()
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InputError(f"{path} cannot be read; delete it to follow the feeds anew") from error
    if state.version > _VERSION:
        raise InputError(f"{path} was written by a newer headwater; use that, or another folder")
    return state


def _said(item: Item) -> dict[str, str]:
    return {name: str(value) for name, value in msgspec.to_builtins(item).items() if name != "html"}


def _one_form(url: str) -> str:
    try:
        return str(parse(url))
    except InputError:
        return url


def items_of(page: Page, *, pages: bool) -> tuple[Item, ...]:
    """The items of a feed, in its order; with their words where ``pages`` is False or an item has no page.

    Raises:
        InputError: the page is no feed.
    """
    from headwater.ingest import feed

    title, found = feed.items_of(page.body, page.final)
    if not found:
        start = page.body[:4_000].lower()
        if b"<html" in start:
            raise InputError("is a page, not a feed; its feed is mostly linked at the foot of the page")
        if b"<rss" not in start and b"<feed" not in start and start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
            raise InputError("is no feed; give RSS, Atom or JSON Feed, or an OPML list of them")
    base = parse(page.final)
    items = []
    for one in found:
        try:
            link = str(joined(base, one.link)) if one.link else ""
        except InputError:
            link = one.link or ""
        items.append(
            Item(
                link=link,
                guid=one.guid[:_MOST_WORDS],
                title=" ".join(one.title.split())[:_MOST_WORDS],
                published=(one.published or one.updated)[:100],
                source=" ".join(one.outlet.split())[:_MOST_WORDS],
                source_url=(one.outlet_url or "")[:_MOST_WORDS],
                feed=page.url,
                feed_title=title or "",
                html="" if one.link and pages else (one.full or one.summary),
            )
        )
    return tuple(items)


def feeds_in(inputs: Iterable[str], client: Client, *, read: Callable[[str], bytes]) -> Iterator[str | Failure]:
    """The addresses of the feeds that some inputs name.

    Args:
        inputs: each the path of an OPML list, the address of one, or the address of a feed.
        client: fetches lists that are elsewhere.
        read: the bytes of a file.

    Yields:
        Addresses; a failure for each list that could not be read.
    """
    from headwater.ingest.fetched import is_address
    from headwater.ingest.opml import feeds_of

    for name in inputs:
        try:
            if not is_address(name):
                yield from (url for _, url in feeds_of(read(name)))
            elif parse(name).target.lower().partition("?")[0].endswith(".opml"):
                yield from (url for _, url in feeds_of(client.get(name, kinds=FEED_KINDS).body))
            else:
                yield str(parse(name))
        except (InputError, NotFetched) as error:
            yield Failure(where=name, why=str(error))
        except OSError as error:
            yield Failure(where=name, why=f"cannot be read ({error.strerror}); give an OPML list or an address")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
