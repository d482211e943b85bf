"""One question to a server that speaks the OpenAI chat protocol; the only room that opens a connection.

Takes an address, a model and a question, gives the model's words or ``NoAnswer`` with the reason. No redirect is
followed, time and size are bounded, a server on this machine is never reached through a proxy, and the key stands in no
message.
"""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from headwater import __version__
from headwater.errors import InputError
from headwater.judge import NoAnswer
from headwater.labels import plain

Result = TypeVar("Result")

TIMEOUT = 120.0  #: seconds for one answer, the whole of it
LARGEST = 1_000_000  #: bytes of an answer
_TRIES = 3
_LONGEST_WAIT = 30.0  # seconds that a server may ask us to wait before a further try
_LONGEST_DETAIL = 160
_AGAIN = {408, 429, 500, 502, 503, 504}
_EXAMPLE = "give one as in http://localhost:11434/v1"
_LOCAL = "localhost", "0.0.0.0", "::"


@dataclass(frozen=True, slots=True)
class Server:
    """Where the judge is: the address that is asked, the name it is shown by, whether it is this machine, the key."""

    address: str
    name: str
    local: bool
    key: str | None = field(default=None, repr=False)


def server_of(url: str, *, environ: Mapping[str, str]) -> Server:
    """The server behind a base address, with the key that ``environ`` holds for it.

    Raises:
        InputError: the address is not http or https, is malformed, or holds a password or a query; or the key cannot
            be sent.
    """
    if not url.isascii() or not url.isprintable() or " " in url:
        raise InputError(f"the judge's address {plain(url)[:80]!r} holds characters that no address may; {_EXAMPLE}")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InputError(f"the judge's address cannot be read; {_EXAMPLE}") from None
    if parts.scheme not in {"http", "https"}:
        raise InputError(f"the judge's address must begin with http:// or https://; {_EXAMPLE}")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise InputError(
            "the judge's address may hold no password and no '?' or '#'; give a key in HEADWATER_JUDGE_KEY"
        )
    if not host or port == 0:
        raise InputError(f"the judge's address names no server; {_EXAMPLE}")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    shown = f"[{host}]" if ":" in host else host
    return Server(
        address=f"{parts.scheme}://{parts.netloc}{path}/chat/completions",
        name=shown if port is None else f"{shown}:{port}",
        local=_is_local(host),
        key=_key(environ, secure=parts.scheme == "https"),
    )


def _is_local(host: str) -> bool:
    if host in _LOCAL or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _key(environ: Mapping[str, str], *, secure: bool) -> str | None:
    for name in ("HEADWATER_JUDGE_KEY", "OPENAI_API_KEY") if secure else ("HEADWATER_JUDGE_KEY",):
        key = environ.get(name, "").strip()
        if key and not re.fullmatch(r"[!-~]+", key):
            raise InputError(f"{name} holds characters that no key has; set it to the key alone")
        if key:
            return key
    return None


class Chat:
    """Asks one model on one server, up to three times where that may help.

    Args:
        server: where.
        model: the model's name there.
        timeout: seconds for one answer, from the first byte sent to the last received.
        pause: waits for so many seconds.
    """

    def __init__(
        self, server: Server, model: str, *, timeout: float = TIMEOUT, pause: Callable[[float], object] = time.sleep
    ) -> None:
        """Nothing is sent yet; raises InputError for a model without a name, or with one that cannot be shown."""
        self.server, self.model, self._timeout, self._pause = server, model.strip(), timeout, pause
        if not self.model or len(self.model) > 200 or plain(self.model) != self.model:
            raise InputError("the judge's model needs a name of one line; give it as in --judge-model llama3.1:8b")
        proxies: dict[str, str] | None = {} if server.local else None  # None: those that the environment names
        self._opener = urllib.request.OpenerDirector()  # of the handlers below and no other: no files, no redirects
        for handler in (
            urllib.request.ProxyHandler(proxies),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.UnknownHandler(),
        ):
            self._opener.add_handler(handler)

    def __call__(self, instruction: str, question: str) -> str:
        """The model's answer, as it wrote it.

        Raises:
            NoAnswer: there is none; the message is one line without the key.
        """
        body = {
            "model": self.model,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": question}],
            "temperature": 0,
            "stream": False,
        }
        data = json.dumps(body).encode()
        for _ in range(_TRIES - 1):
            try:
                return self._once(data)
            except NoAnswer as error:
                if error.again is None:
                    raise
                self._pause(error.again)
        return self._once(data)

    def _once(self, data: bytes) -> str:
        try:
            return _within(self._timeout, lambda: self._send(data))
        except TimeoutError:
            raise NoAnswer(f"no answer within {self._timeout:g} seconds") from None

    def _send(self, data: bytes) -> str:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = urllib.request.Request(self.server.address, data=data, headers=headers, method="POST")
        request.add_unredirected_header("User-Agent", f"headwater/{__version__}")
        if self.server.key is not None:
            request.add_unredirected_header("Authorization", f"Bearer {self.server.key}")
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return _content(response.read(LARGEST + 1))
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error) from None
        except urllib.error.URLError as error:
            reason = error.reason
            if isinstance(reason, TimeoutError):
                raise reason from None
            raise self._unreached(reason) from None
        except TimeoutError:
            raise
        except (OSError, HTTPException, ValueError) as error:
            raise self._unreached(error) from None

    def _unreached(self, reason: object) -> NoAnswer:
        said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        again = 1.0 if isinstance(reason, ConnectionResetError | HTTPException) else None
        return NoAnswer(f"{self.server.name} cannot be reached: {self._shown(said)}", again=again)

    def _refused(self, error: urllib.error.HTTPError) -> NoAnswer:
        status = error.code
        if 300 <= status < 400:
            where = self._shown(error.headers.get("Location", "") or "nowhere")
            return NoAnswer(f"the server sends elsewhere ({status}, {where}), which is not followed; give that address")
        if status in {401, 403}:  # what it says may hold a part of the key
            return NoAnswer(f"the server refuses the key ({status}); set HEADWATER_JUDGE_KEY")
        again = _wait(error.headers.get("Retry-After")) if status in _AGAIN else None
        detail = ""
        with suppress(OSError, HTTPException, ValueError):
            detail = _detail(error.read(LARGEST))
        hint = "; does the address end as its documentation says, in /v1?" if status in {404, 405} else ""
        said = f": {self._shown(detail)}" if detail else ""
        return NoAnswer(f"the server answers with status {status}{said}{hint}", again=again)

    def _shown(self, text: str) -> str:
        """A server's words, short, on one line and without the key."""
        if self.server.key is not None:
            text = text.replace(self.server.key, "…")
        text = plain(text)
        return text if len(text) <= _LONGEST_DETAIL else f"{text[: _LONGEST_DETAIL - 1]}…"


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: tuple[_Choice, ...]


class _Error(msgspec.Struct):
    message: str = ""


class _Failed(msgspec.Struct):
    error: _Error | str


def _content(data: bytes) -> str:
    if len(data) > LARGEST:
        raise NoAnswer(f"the answer is larger than {LARGEST // 1_000_000} MB")
    try:
        choices = msgspec.json.decode(data, type=_Completion).choices
    except (msgspec.MsgspecError, ValueError, RecursionError):
        choices = ()
    if choices:
        return choices[0].message.content
    if data.lstrip()[:1] == b"<":
        raise NoAnswer("the server answers with a page, not in the chat protocol; does the address end in /v1?")
    raise NoAnswer("the server does not answer in the chat protocol; does the address end in /v1?")


def _detail(data: bytes) -> str:
    """What a server says of its failure, in the protocol's form or in that of Ollama; "" for anything else."""
    try:
        error = msgspec.json.decode(data, type=_Failed).error
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ""
    return error if isinstance(error, str) else error.message


def _wait(header: str | None) -> float:
    """Seconds until the further try: what the server asks for, within reason."""
    return min(float(header), _LONGEST_WAIT) if header and re.fullmatch(r"[0-9]{1,9}", header) else 1.0


def _within(seconds: float, job: Callable[[], Result]) -> Result:
    """The job's result; TimeoutError after so many seconds, whatever it waits for: a name, a header, each byte."""
    done: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((job(), None))
        except BaseException as error:  # raised again where it is waited for
            done.put((None, error))

    Thread(target=run, name="headwater-judge", daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # set wherever there is no error
