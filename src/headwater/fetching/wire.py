"""One request to one server: resolved once, every address checked, connected to the one that was checked.

httpcore speaks HTTP, TLS goes by the server's name. One clock bounds everything from the name to the last byte, so that
nothing can drip; sizes are bounded as they come, before and after decompression. No cookie, no proxy, no redirect.
"""

import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore

from headwater.fetching.addresses import Address, refusal
from headwater.fetching.answers import Answer, NotFetched
from headwater.fetching.unpacking import unpacking
from headwater.labels import plain

Resolve = Callable[[str, int], Iterable[str]]
Dial = Callable[[str, int, float], httpcore.NetworkStream]

_MOST_MACHINES = 16  # addresses of one name that are looked at
_LONGEST_DIAL = 10.0  # seconds for one machine to take the connection, while others are left to try
_FREE = 1_000_000  # bytes that a body may unpack to at any ratio
_STEEPEST = 200  # times its packed size; repetitive pages reach 30, deflate's most is 1,032


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much one request may take: ``ends`` by the clock (seconds), ``most`` bytes of body, unpacked or not.

    ``cut`` keeps the beginning of a body that is larger, where it is refused otherwise.
    """

    ends: float
    most: int
    cut: bool = False


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the operating system finds them; OSError where there are none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def dial(ip: str, port: int, timeout: float) -> httpcore.NetworkStream:
    """A connection to one machine; NotFetched where another one has taken it."""
    stream = httpcore.SyncBackend().connect_tcp(ip, port, timeout=timeout)
    peer = stream.get_extra_info("server_addr")
    if peer and ip_address(str(peer[0]).partition("%")[0]) != ip_address(ip.partition("%")[0]):
        stream.close()
        raise NotFetched(f"the connection to {ip} was taken by {peer[0]}; nothing was read")
    return stream


class Wire:
    """Makes requests, one connection each.

    Args:
        allow_private: whether machines of the own network may be connected to.
        clock: seconds that only grow.
        resolve: the addresses of a name.
        dial: connects to a machine.
    """

    def __init__(
        self, *, allow_private: bool, clock: Callable[[], float], resolve: Resolve = resolve, dial: Dial = dial
    ) -> None:
        """Nothing is asked for yet."""
        self.allow_private, self._clock, self._resolve, self._dial = allow_private, clock, resolve, dial

    def ask(
        self,
        address: Address,
        headers: Mapping[str, str],
        bounds: Bounds,
        *,
        wanted: Callable[[Answer], bool] = lambda answer: True,
    ) -> Answer:
        """The server's answer; its body is read where ``wanted`` says so of its head.

        Raises:
            NotFetched: no whole answer came, or one that breaks the bounds.
        """
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        connection = httpcore.HTTPConnection(
            origin=url.origin,
            ssl_context=_tls() if address.scheme == "https" else None,
            network_backend=_Checked(self, bounds.ends),
        )
        sent: dict[bytes | str, bytes | str] = {"Host": address.origin.partition("//")[2]}
        sent.update(headers)
        sent["Connection"] = "close"
        try:
            with (
                connection,
                connection.stream("GET", url, headers=sent) as response,
            ):
                answer = Answer(
                    response.status,
                    tuple((name.decode("latin-1").lower(), _text(value)) for name, value in response.headers),
                )
                if not wanted(answer):
                    return answer
                body = self._body(answer, response.iter_stream(), bounds)
                return Answer(answer.status, answer.headers, body)
        except httpcore.TimeoutException:
            raise NotFetched("no whole answer came in time", again=0.0) from None
        except httpcore.RemoteProtocolError as error:
            raise NotFetched(_broken(str(error)), again=0.0) from None
        except httpcore.ConnectError as error:
            raise _unconnected(error) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            said = str(error) or type(error).__name__
            raise NotFetched(f"the connection broke off ({said[:80]})", again=0.0) from None

    def _body(self, answer: Answer, chunks: Iterator[bytes], bounds: Bounds) -> bytes:
        said = answer.header("content-length") or ""
        if not bounds.cut and re.fullmatch(r"[0-9]+", said) and (len(said) > 15 or int(said) > bounds.most):
            raise _too_large(bounds.most)
        packing = ",".join(value for name, value in answer.headers if name == "content-encoding").lower().strip()
        body, came = bytearray(), 0
        unpack = unpacking(packing)
        for chunk in chunks:
            came += len(chunk)
            for piece in unpack(chunk) if unpack else (chunk,):
                body += piece
                if len(body) > max(_FREE, _STEEPEST * came) and not bounds.cut:
                    raise NotFetched("the page unpacks to more than 200 times its size, as pages made to do harm do")
                if max(len(body), came) > bounds.most:
                    if bounds.cut:
                        return bytes(body[: bounds.most])
                    raise _too_large(bounds.most)
                if self._clock() > bounds.ends:
                    raise NotFetched("no whole answer came in time", again=0.0)
            if came > bounds.most:  # bytes that unpack to nothing
                raise _too_large(bounds.most)
        if unpack and came and not unpack.done:
            raise NotFetched("the page ends in the middle", again=0.0)
        return bytes(body)

    def connect(self, host: str, port: int, ends: float) -> httpcore.NetworkStream:
        """A connection to a machine that may be connected to; every address of the name must be one.

        Raises:
            NotFetched: one is not, or none takes the connection.
        """
        machines = self._machines(host, port, ends)
        for ip in machines:
            if word := refusal(ip, allow_private=self.allow_private):
                hint = "; headwater fetch --allow-private permits it" if refusal(ip, allow_private=True) is None else ""
                shown = host if host == ip else f"{host} ({ip})"
                raise NotFetched(f"{shown} is a {word} address, from which nothing is fetched{hint}")
        trouble: Exception = OSError("no machine")
        for ip in machines:
            left = ends - self._clock()
            if left <= 0:
                raise httpcore.ConnectTimeout
            try:
                return self._dial(ip, port, left if ip == machines[-1] else min(left, _LONGEST_DIAL))
            except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError) as error:
                trouble = error
        raise trouble

    def _machines(self, host: str, port: int, ends: float) -> list[str]:
        try:
            return [str(ip_address(host))]
        except ValueError:
            pass
        done: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()

        def run() -> None:
            try:
                done.put(list(dict.fromkeys(self._resolve(host, port)))[:_MOST_MACHINES])
            except (OSError, UnicodeError) as error:
                done.put(error)

        Thread(target=run, name="headwater-resolve", daemon=True).start()  # the system's resolver heeds no clock
        try:
            found = done.get(timeout=max(0.0, ends - self._clock()))
        except Empty:
            raise httpcore.ConnectTimeout from None
        if isinstance(found, socket.gaierror) and found.errno == socket.EAI_AGAIN:
            raise NotFetched(f"no name server answers for {host}; is there a network?", again=0.0)
        if isinstance(found, Exception) or not found:
            raise NotFetched(f"there is no {host}; is the address right?")
        return found

    def left(self, ends: float, timeout: float | None) -> float:
        """Seconds that one step may take; ConnectTimeout where none are left."""
        left = ends - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(left, timeout)


class _Checked(httpcore.NetworkBackend):
    """Connects only where it may; all that it connects ends by one clock."""

    def __init__(self, wire: Wire, ends: float) -> None:
        self._wire, self._ends = wire, ends

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return _Bounded(self._wire.connect(host, port, self._ends), self._wire, self._ends)


class _Bounded(httpcore.NetworkStream):
    """A connection of which no step lasts longer than the request as a whole may."""

    def __init__(self, inner: httpcore.NetworkStream, wire: Wire, ends: float) -> None:
        self._inner, self._wire, self._ends = inner, wire, ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._wire.left(self._ends, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._wire.left(self._ends, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._wire.left(self._ends, timeout)
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, left), self._wire, self._ends)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


@cache
def _tls() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context()


def _too_large(most: int) -> NotFetched:
    return NotFetched(f"the page is larger than {most / 1e6:g} MB; --max-size sets how large it may be")


def _unconnected(error: Exception) -> NotFetched:
    said = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return NotFetched("the server's certificate cannot be relied on; nothing was read")
    return NotFetched(f"the server cannot be reached ({plain(said)[:80] or 'no reason given'})", again=0.0)


def _broken(said: str) -> str:
    if "closed connection" in said or "disconnected" in said:
        return "the page ends in the middle" if "body" in said else "the server hung up without an answer"
    if "too much data" in said.lower() or "buffer" in said.lower():
        return "the server's answer has headers without end"
    return f"the server does not speak HTTP properly ({said[:80]})"


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
