"""Runs the application: one port of this machine, until Ctrl-C.

Takes where the archive is and how it is to be reached; gives when it is over.
"""

import errno
import getpass
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

import uvicorn

from headwater.archive import Archive
from headwater.errors import InputError
from headwater.web.application import application
from headwater.web.jobs import Work
from headwater.web.pages.deciding import now


def serve(
    archive_at: str, *, host: str = "127.0.0.1", port: int = 8765, reader: str | None = None, who: str | None = None,
    open_browser: bool = False, tell: Callable[[str], None] = print, warn: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Serve an archive until it is stopped.

    Args:
        archive_at: its file; made where there is none.
        host: the address that is listened at, of this machine alone unless it is another.
        port: 0 = any that is free.
        reader: reads articles that are added; None = the default one.
        who: by whom decisions are said to be; None = whoever is logged in.
        open_browser: whether to open the address.
        tell: is told the address, and when it is over.
        warn: is told that others can reach it.

    Raises:
        InputError: the port or the address cannot be had.
        StoreError: the archive cannot be opened.
    """
    listening = _bound(host, port)
    if not ip_address(host).is_loopback:
        warn(f"whoever can reach {host} can read and change this archive: there is no password")
    try:
        own_port: int = listening.getsockname()[1]
        with Archive(archive_at) as archive:
            work = Work(archive, clock=now, reader=reader)
            try:
                _run(archive, work, listening, host, own_port, who or _login(), open_browser, tell)
            finally:
                work.close()
    finally:
        listening.close()


def _run(
    archive: Archive, work: Work, listening: socket.socket, host: str, port: int, who: str, open_browser: bool,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    literal = f"[{host}]" if ":" in host else host
    app = application(archive, who=who, port=port, hosts=(literal,), work=work)
    address = f"http://{literal}:{port}/"
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, date_header=False,
        timeout_graceful_shutdown=2, proxy_headers=False, lifespan="off", ws="none",
    )  # fmt: skip
    server = _Server(config, lambda: setattr(app.state, "ending", True))
    tell(f"{archive.path} is open at {address} (Ctrl-C ends it)")
    work.go_on()  # what was cut off before
    if open_browser:
        webbrowser.open(address)
    with suppress(KeyboardInterrupt):  # uvicorn passes it on once it has ended
        server.run(sockets=[listening])
    tell("stopped")


class _Server(uvicorn.Server):
    """Says that it is ending before it waits for open answers: events go on for ever else."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: object) -> None:
        self._ending()
        super().handle_exit(sig, frame)  # type: ignore[arg-type]


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens there, and nowhere else."""
    try:
        given = ip_address(host)
    except ValueError:
        raise InputError(f"--host {host[:60]!r} is no address; give 127.0.0.1, or one of this machine") from None
    if given.is_unspecified:
        raise InputError(f"--host {host} is every address at once, and none that can be checked; give one of them")
    family = socket.AF_INET6 if given.version == 6 else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        why = error.strerror or str(error)
        way_on = "another address with --host" if error.errno == errno.EADDRNOTAVAIL else "another with --port"
        raise InputError(f"port {port} of {host} cannot be had ({why}); give {way_on}") from None
    return listening


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
