"""What tests of the application share: an archive of the example, the application over it, a client, a real server."""

import re
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from starlette.testclient import TestClient

from archived import Clock, rules
from headwater import adding
from headwater.archive import Archive, articles, showing
from headwater.model import Trace
from headwater.web.application import application
from headwater.web.jobs import Upload, Work

EXAMPLE = Path(__file__).parents[1] / "examples" / "barrage"
HOST = "127.0.0.1:8765"


class NoWork(Work):
    """Work that is only written down."""

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        self.asked: list[str] = []
        self.uploads: list[tuple[str, bytes]] = []

    def add(self, uploads: Sequence[Upload], *, published: str | None = None) -> int:
        """Keep what was sent."""
        self.uploads += [(u.name, u.content if isinstance(u.content, bytes) else u.content.read()) for u in uploads]
        self.asked.append(f"add {published}")
        return 1

    def go_on(self) -> int | None:
        """Nothing goes on."""
        self.asked.append("go on")
        return None

    def close(self) -> None:
        """Nothing is to be ended."""


def example(path: Path) -> Path:
    """An archive of the example, traced by rules."""
    with Archive(path) as archive:
        adding.add(archive, [str(EXAMPLE)], clock=Clock(), tagger=rules())
    return path


def put(archive: Archive, trace: Trace) -> str:
    """A trace put straight into an archive, as if it had been made there; the story's id."""
    fit = replace(trace, articles=tuple(sorted(trace.articles, key=lambda a: a.id)))
    articles.put(archive, fit.articles)
    ids = [a.id for a in fit.articles]
    assert showing.assign(archive, [ids], before=dict.fromkeys(ids))
    (story,) = showing.waiting(archive)
    given = showing.load(archive, story)
    assert given is not None
    assert showing.save(archive, given, fit)
    return story


@contextmanager
def client(archive: Archive, work: Work | None = None) -> Iterator[TestClient]:
    """A client that has the cookie, and the token in its headers; redirects are not followed."""
    app = application(archive, who="Ada", work=work or NoWork())
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as made:
        token = made.get("/api/v1/session").json()["csrf"]
        made.headers["x-csrf-token"] = token
        yield made


def token_of(made: TestClient) -> str:
    """The token that forms send."""
    return str(made.headers["x-csrf-token"])


def links_of(html: str) -> list[str]:
    """The addresses that a page links to, without their anchors, in order."""
    found = re.findall(r'<(?:a|link) [^>]*?href="([^"#]*)', html)
    return list(dict.fromkeys(a.replace("&amp;", "&").replace("&#39;", "'") for a in found if a))


def crawl(made: TestClient, start: Sequence[str] = ("/",), *, most: int = 400) -> dict[str, str]:
    """All pages that can be reached from ``start`` by links of our own; what each says, by address."""
    pages: dict[str, str] = {}
    todo = list(start)
    while todo and len(pages) < most:
        address = todo.pop(0)
        if address in pages or not address.startswith("/"):
            continue
        answer = made.get(address)
        if answer.status_code == 303:
            todo.append(answer.headers["location"])
            pages[address] = ""
            continue
        assert answer.status_code == 200, (answer.status_code, address)
        is_page = answer.headers["content-type"].startswith("text/html")
        pages[address] = answer.text if is_page else ""
        todo += [link for link in links_of(pages[address]) if link not in pages]
    return pages


@contextmanager
def running(archive: Archive, work: Work | None = None) -> Iterator[str]:
    """A real server on a free port; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = application(archive, who="Ada", port=port, work=work or NoWork())
        config = uvicorn.Config(app, log_level="error", lifespan="off", ws="none", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            app.state.ending = True
            server.should_exit = True
            thread.join(timeout=5)
