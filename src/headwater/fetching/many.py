"""Many pages: several hosts at once, one page of each at a time; into a folder, or handed over as they come."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, Full, Queue
from tempfile import TemporaryDirectory
from threading import Event, Thread

from headwater.errors import InputError
from headwater.fetching.addresses import parse
from headwater.fetching.answers import NotFetched
from headwater.fetching.client import Client, Page
from headwater.fetching.store import Store
from headwater.ingest.text import encodable
from headwater.model import Batch, Failure

#: Hosts that are asked at the same time.
HOSTS = 8

Conditions = Callable[[str], tuple[str | None, str | None]]


def fetched(
    urls: Iterable[str],
    client: Client,
    *,
    conditions: Conditions | None = None,
    kinds: Set[str] | None = None,
    hosts: int = HOSTS,
) -> Iterator[Page | Failure]:
    """Fetch pages, those of one host one after the other, several hosts at once.

    Args:
        urls: each is fetched once, however often it is named.
        client: fetches them.
        conditions: the ETag and Last-Modified of what the caller has of an address: its server is then asked only
            whether it has changed (status 304).
        kinds: media types that are read; None = those that can hold an article.
        hosts: that are asked at the same time, at least 1.

    Yields:
        A page, or a failure with the address and the reason, for each address; in the order in which they come.
    """
    queues: dict[str, deque[str]] = defaultdict(deque)
    seen: set[str] = set()
    for url in urls:
        try:
            address = parse(url)
            if str(address) not in seen:
                seen.add(str(address))
                queues[address.host].append(url)
        except InputError as error:
            yield Failure(where=url, why=str(error))
    number = sum(len(queue) for queue in queues.values())
    waiting: Queue[deque[str]] = Queue()
    for queue in queues.values():
        waiting.put(queue)
    # Few places: pages that nobody has taken yet are not heaped up
    results: Queue[Page | Failure] = Queue(maxsize=hosts)
    stop = Event()

    def give(result: Page | Failure) -> None:
        while not stop.is_set():
            with suppress(Full):
                results.put(result, timeout=0.2)
                return

    def work() -> None:
        while not stop.is_set():
            try:
                queue = waiting.get_nowait()
            except Empty:
                return
            while queue and not stop.is_set():
                give(_one(queue.popleft(), client, conditions, kinds))

    # Daemons: someone who stops the program does not wait for a slow server
    for name in range(min(hosts, len(queues))):
        Thread(target=work, name=f"headwater-fetch-{name}", daemon=True).start()
    try:
        for _ in range(number):
            yield results.get()
    finally:
        stop.set()


def _one(url: str, client: Client, conditions: Conditions | None, kinds: Set[str] | None) -> Page | Failure:
    try:
        etag, modified = conditions(url) if conditions is not None else (None, None)
        return client.get(url, etag=etag, modified=modified, kinds=kinds)
    except (InputError, NotFetched) as error:
        return Failure(where=url, why=str(error))
    except Exception as error:  # what servers send is hostile; one page does not end the run
        return Failure(
            where=url, why=f"could not be fetched ({type(error).__name__}); leave it out, or save it yourself"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of one address: the file that holds its page, or the failure; ``new`` when it was fetched now."""

    url: str
    path: Path | None = None
    failure: Failure | None = None
    new: bool = False


def save_all(urls: Iterable[str], client: Client, store: Store, *, again: bool = False) -> Iterator[Saved]:
    """Fetch pages into a folder; those that are there are left alone.

    Args:
        urls: each is fetched once.
        client: fetches them.
        store: keeps them.
        again: ask whether pages that are there have changed, and take them where they have.

    Raises:
        InputError: the folder cannot be written to.
    """
    missing = []
    for url in dict.fromkeys(urls):
        if not again and is_there(store, url):
            yield Saved(url=url, path=store.path(url))
        else:
            missing.append(url)
    for result in fetched(missing, client, conditions=store.conditions if again else None):
        if isinstance(result, Failure):
            yield Saved(url=result.where, failure=result)
        else:
            yield Saved(url=result.url, path=store.save(result), new=result.status != 304)


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages in a folder that is read and forgotten: the address of each file, and what could not be fetched."""

    urls: Mapping[str, str]
    failures: tuple[Failure, ...]

    def named(self, batch: Batch) -> Batch:
        """The batch that was read from the files, as the user named them: by address, without the files' paths."""
        names = {encodable(path): url for path, url in self.urls.items()}
        return Batch(
            articles=tuple(replace(a, path=None) if a.path in names else a for a in batch.articles),
            failures=tuple(
                sorted(
                    {*self.failures, *(_by_address(failure, names) for failure in batch.failures)},
                    key=lambda failure: (failure.where, failure.why),
                )
            ),
        )


def _by_address(failure: Failure, names: Mapping[str, str]) -> Failure:
    path, comma, part = failure.where.partition(", ")
    return replace(failure, where=f"{names[path]}{comma}{part}") if path in names else failure


@contextmanager
def as_files(addresses: Iterable[str], client: Client, *, step: Callable[[int], None] | None = None) -> Iterator[Pages]:
    """The pages at some addresses as files, for as long as they are read; ``step`` is told how many are done."""
    with TemporaryDirectory(prefix="headwater-") as folder:
        saved = []
        for one in save_all(addresses, client, Store(folder)):
            saved.append(one)
            if step is not None:
                step(len(saved))
        yield Pages(
            {str(one.path): one.url for one in saved if one.path is not None},
            tuple(one.failure for one in saved if one.failure is not None),
        )


def is_there(store: Store, url: str) -> bool:
    """Whether a page is in a folder; False for what is no address."""
    try:
        return store.has(url)
    except InputError:
        return False
