"""Many pages: several hosts at once, one page of each at a time; into a folder, or handed over as they come."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread

from headwater.errors import InputError
from headwater.fetching.addresses import parse
from headwater.fetching.client import Client, Page
from headwater.fetching.store import Store
from headwater.fetching.wire import NotFetched
from headwater.model import Failure

#: Hosts that are asked at the same time.
HOSTS = 8


def fetched(
    urls: Iterable[str], client: Client, *, store: Store | None = None, hosts: int = HOSTS
) -> Iterator[Page | Failure]:
    """Fetch pages, those of one host one after the other, several hosts at once.

    Args:
        urls: each is fetched once, however often it is named.
        client: fetches them.
        store: where earlier ones are: their servers are asked only whether they have changed (status 304).
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
    results: Queue[Page | Failure | BaseException] = Queue(maxsize=hosts)
    stop = Event()

    def give(result: Page | Failure | BaseException) -> None:
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
                try:
                    give(_one(queue.popleft(), client, store))
                except BaseException as error:  # raised again where the pages are waited for
                    give(error)

    # Daemons: someone who stops the program does not wait for a slow server
    for name in range(min(hosts, len(queues))):
        Thread(target=work, name=f"headwater-fetch-{name}", daemon=True).start()
    try:
        for _ in range(number):
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        stop.set()


def _one(url: str, client: Client, store: Store | None) -> Page | Failure:
    try:
        etag, modified = store.conditions(url) if store is not None else (None, None)
        return client.get(url, etag=etag, modified=modified)
    except (InputError, NotFetched) as error:
        return Failure(where=url, why=str(error))


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
    for result in fetched(missing, client, store=store if again else None):
        if isinstance(result, Failure):
            yield Saved(url=result.where, failure=result)
        else:
            yield Saved(url=result.url, path=store.save(result), new=result.status != 304)


def is_there(store: Store, url: str) -> bool:
    """Whether a page is in a folder; False for what is no address."""
    try:
        return store.has(url)
    except InputError:
        return False
