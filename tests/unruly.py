"""A server on this machine that misbehaves in every way that a test asks for, and a world in which it is the internet.

Names resolve to addresses of a table, every connection goes to the server whatever the address, and waiting takes no
time: the clock is set forward. What was asked, resolved, connected to and waited for is kept.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import httpcore

from headwater.fetching.client import World

PAGE = (
    b"<!doctype html><html><head><title>Lamp</title></head><body><p>The lamp at Sorrel Point failed.</p></body></html>"
)
NOON = datetime(2026, 2, 13, 12, 0, 0, tzinfo=UTC)

Reply = bytes | Iterable[bytes]
Handler = Callable[["Request"], Reply]


@dataclass(frozen=True, slots=True)
class Request:
    """What came in: the path with its query, headers with lower-case names, how often that path was asked before."""

    path: str
    headers: dict[str, str]
    before: int


def reply(
    body: bytes = PAGE, status: int = 200, kind: str | None = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """A whole answer; ``content_length="9"`` is a header with another name than Python's."""
    lines = [f"HTTP/1.1 {status} Said"]
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    if kind is not None:
        fields = {"content-type": kind, **fields}
    if not {"content-length", "transfer-encoding"} & {name.lower() for name in fields}:
        fields["content-length"] = str(len(body))
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(to: str, status: int = 302) -> bytes:
    """An answer that leads elsewhere."""
    return reply(b"", status, location=to)


@dataclass(slots=True)
class Unruly:
    """The server: ``pages`` by path; a path that is not there is 404, robots.txt too."""

    port: int
    pages: dict[str, Reply | Handler] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    running: bool = True

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [request.path for request in self.asked if request.path != "/robots.txt"]

    def serve(self, connection: socket.socket, tls: ssl.SSLContext | None = None) -> None:
        """Answer one request, in whatever way."""
        with suppress(OSError), connection:
            connection.settimeout(10)
            if tls is not None:
                connection = tls.wrap_socket(connection, server_side=True)
            self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (more := connection.recv(65536)):
                    return
                head += more
            first, *lines = head.decode("latin-1").split("\r\n")
            path = first.split(" ")[1]
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            request = Request(path, headers, sum(earlier.path == path for earlier in self.asked))
            self.asked.append(request)
            found = self.pages.get(path, reply(b"nothing here", 404))
            said = found(request) if callable(found) else found
            for piece in (said,) if isinstance(said, bytes) else said:
                if not self.running:
                    return
                if piece == RESET:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                    return
                connection.sendall(piece)


RESET = b"<reset the connection>"


@contextmanager
def unruly(pages: dict[str, Reply | Handler] | None = None, *, certificate: Path | None = None) -> Iterator[Unruly]:
    """A server for one test; with a certificate, one that speaks TLS."""
    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Unruly(listening.getsockname()[1], dict(pages or {}))

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    if not server.running:
                        connection.close()
                        return
                    Thread(target=server.serve, args=(connection, tls), daemon=True).start()

        thread = Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.running = False
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
            thread.join(timeout=5)


class Internet:
    """All names lead to one server; time spent waiting passes at once."""

    def __init__(self, server: Unruly, names: dict[str, Sequence[str]] | None = None) -> None:
        """``names`` says what a name resolves to; any other name ending in .example is a public machine."""
        self.server, self.names = server, names or {}
        self.resolved: list[str] = []
        self.connected: list[str] = []
        self.waits: list[float] = []
        self._skipped = 0.0

    def clock(self) -> float:
        """Seconds, waits counted."""
        return time.monotonic() + self._skipped

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.waits.append(round(seconds, 3))
        self._skipped += seconds

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """The machines of a name."""
        self.resolved.append(host)
        if host in self.names:
            return self.names[host]
        if host.endswith(".example"):
            return ["9.9.9.9"]
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    def dial(self, ip: str, port: int, timeout: float) -> httpcore.NetworkStream:
        """A connection to the server, whichever machine was meant."""
        self.connected.append(ip)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.server.port, timeout=timeout)

    def world(self) -> World:
        """All of it."""
        return World(
            clock=self.clock,
            wait=self.wait,
            now=lambda: NOON,
            chance=lambda: 0.5,
            resolve=self.resolve,
            dial=self.dial,
        )
