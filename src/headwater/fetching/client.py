"""Fetches one page as a guest does: asks robots.txt first, waits its turn at each host, takes no for an answer.

Redirects are followed here, one by one, each checked as if the caller had named it. A server in trouble is asked again
a few times, later each time; one that says when to come back is believed.
"""

import random
import re
import time
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from headwater.errors import InputError
from headwater.fetching import robots
from headwater.fetching.addresses import Address, joined, parse
from headwater.fetching.answers import (
    AGAIN,
    KINDS,
    PATIENCE,
    Answer,
    NotFetched,
    charset_of,
    guessed,
    is_page,
    kind_of,
    refused,
    retry_after,
)
from headwater.fetching.wire import Bounds, Dial, Resolve, Wire, dial, resolve
from headwater.version import __version__

#: The name that a robots.txt calls us by.
PRODUCT = "headwater"
AGENT = f"{PRODUCT}/{__version__}"
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST_DELAY = 60.0  # seconds between requests that a robots.txt may ask for
_ROBOTS_KEPT = 24 * 3600.0  # seconds; RFC 9309, 2.4
_TROUBLE_KEPT = 600.0  # seconds for which a site that cannot be reached is left alone
_ROBOTS_HOPS = 5  # RFC 9309, 2.3.1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How pages are asked for.

    Attributes:
        agent: what the requests call themselves; begins with ``headwater/VERSION`` unless the caller chose otherwise.
        pause: seconds between two requests to one host.
        timeout: seconds that one page may take, redirects counted, pauses not.
        largest: bytes of one page, unpacked.
        tries: how often a server in trouble is asked at most.
        hops: redirects that are followed.
        allow_private: whether machines of the own network may be connected to.
    """

    agent: str = AGENT
    pause: float = 2.0
    timeout: float = 30.0
    largest: int = 20_000_000
    tries: int = 3
    hops: int = 10
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What lies outside the program: clocks, chance, names and machines. Tests give their own."""

    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], object] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: Callable[[], float] = field(default_factory=lambda: random.Random().random)
    resolve: Resolve = resolve
    dial: Dial = dial


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it came.

    ``url`` is the address asked for, ``final`` the one that answered; ``fetched`` is EDTF, to the second; ``kind`` its
    media type, guessed where the server names none; ``charset`` what the server says, or None. ``body`` is unpacked,
    nothing else is done to it; it is empty when ``status`` is 304: what the caller has is what there is.
    """

    url: str
    final: str
    status: int
    fetched: str
    kind: str
    charset: str | None
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, which is in lower case."""
        return next((value for key, value in self.headers if key == name), None)


class Client:
    """Fetches pages; may be used by several threads, which then take turns at each host."""

    def __init__(self, manners: Manners | None = None, world: World | None = None) -> None:
        """Nothing is asked for yet.

        Raises:
            InputError: the name that requests shall call themselves by cannot be sent.
        """
        self.manners, self._world = manners or Manners(), world or World()
        if not re.fullmatch(r"[!-~](?:[ -~]{0,300}[!-~])?", self.manners.agent):
            raise InputError("the user agent must be one line of ASCII; write it as in 'headwater/1 (+https://…)'")
        self._wire = Wire(
            allow_private=self.manners.allow_private,
            clock=self._world.clock,
            resolve=self._world.resolve,
            dial=self._world.dial,
        )
        self._lock = Lock()
        self._turns: dict[str, _Turn] = {}
        self._sites: dict[str, _Site] = {}

    def get(
        self, url: str, *, etag: str | None = None, modified: str | None = None, kinds: Set[str] | None = None
    ) -> Page:
        """The page at an address.

        Args:
            url: http or https.
            etag: the tag of what the caller has already.
            modified: its date, as the server wrote it.
            kinds: media types that are read; None = those of ``KINDS``.

        Raises:
            InputError: the address may not be fetched.
            NotFetched: the page could not be had.
        """
        address = parse(url)
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {name: value for name, value in conditions.items() if value and re.fullmatch(r"[ -~]{1,500}", value)}
        for further in range(self.manners.tries - 1):
            try:
                return self._walk(url, address, asked, kinds or KINDS.keys())
            except NotFetched as error:
                if error.again is None:
                    raise
                self._world.wait(error.again or 2.0**further * (0.5 + self._world.chance()))
        return self._walk(url, address, asked, kinds or KINDS.keys())

    def _walk(self, url: str, address: Address, conditions: dict[str, str], kinds: Set[str]) -> Page:
        """One try: the answer at the end of the redirects."""
        headers = {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1",
            **conditions,
        }
        left, seen = self.manners.timeout, {address}
        while True:
            delay = self._permitted(address)
            answer, took = self._ask(
                address, headers, left, pause=max(self.manners.pause, delay), wanted=lambda head: is_page(head, kinds)
            )
            left -= took
            if answer.status not in _REDIRECTS:
                return self._page(url, address, answer, bool(conditions))
            address = self._next(address, answer)
            if address in seen:
                raise NotFetched(f"redirects in a circle, back to {address}")
            if len(seen) > self.manners.hops:
                raise NotFetched(f"redirects more than {self.manners.hops} times")
            seen.add(address)

    def _next(self, address: Address, answer: Answer) -> Address:
        location = answer.header("location")
        if not location:
            raise NotFetched(f"redirects ({answer.status}) without saying where")
        try:
            onward = joined(address, location)
        except InputError as error:
            raise NotFetched(f"redirects to {location[:80]!r}, which is not followed: {error}") from None
        if address.scheme == "https" and onward.scheme == "http":
            raise NotFetched(f"redirects from https to http, which is not followed; give {onward} itself")
        return onward

    def _page(self, url: str, address: Address, answer: Answer, conditional: bool) -> Page:
        status, kind = answer.status, kind_of(answer)
        if status != 200 and not (status == 304 and conditional):
            raise refused(answer, self._world.now())
        if status == 200 and not answer.body.strip():
            raise NotFetched("the page is empty")
        return Page(
            url=url,
            final=str(address),
            status=status,
            fetched=self._world.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            kind=kind or guessed(answer.body),
            charset=charset_of(answer),
            headers=answer.headers,
            body=answer.body,
        )

    def _ask(
        self,
        address: Address,
        headers: dict[str, str],
        seconds: float,
        *,
        pause: float,
        wanted: Callable[[Answer], bool],
        most: int | None = None,
    ) -> tuple[Answer, float]:
        """One request in its turn: the answer, and how many seconds it took. Other hosts are not kept waiting."""
        with self._lock:
            turn = self._turns.setdefault(address.host, _Turn())
        with turn.lock:
            if (early := turn.ready - self._world.clock()) > 0:
                self._world.wait(early)
            began = self._world.clock()
            bounds = Bounds(ends=began + seconds, most=most or self.manners.largest, cut=most is not None)
            sent = {"User-Agent": self.manners.agent, "Accept-Encoding": "gzip, deflate", **headers}
            try:
                answer = self._wire.ask(address, sent, bounds, wanted=wanted)
            finally:
                ended = self._world.clock()
                turn.ready = ended + pause
            if answer.status in AGAIN:
                turn.ready = max(turn.ready, ended + min(PATIENCE, retry_after(answer, self._world.now()) or 0.0))
        return answer, ended - began

    # robots.txt

    def _permitted(self, address: Address) -> float:
        """Seconds between requests that the site asks for; NotFetched where it does not want this one."""
        with self._lock:
            site = self._sites.setdefault(address.origin, _Site())
        with site.lock:
            if site.until <= self._world.clock():
                site.trouble = None
                try:
                    site.asks, site.failed = self._robots(address), 0
                    site.until = self._world.clock() + _ROBOTS_KEPT
                except NotFetched as error:
                    site.failed += 1
                    if error.again is None or site.failed >= self.manners.tries:  # no page of it need find out again
                        site.trouble, site.failed = str(error), 0
                        site.until = self._world.clock() + _TROUBLE_KEPT
                    raise
            if site.trouble is not None:
                raise NotFetched(site.trouble)
        if not site.asks.allows(address.target):
            raise NotFetched(f"the robots.txt of {address.host} asks crawlers to leave this page alone")
        return min(site.asks.delay or 0.0, _LONGEST_DELAY)

    def _robots(self, address: Address) -> robots.Robots:
        at = Address(address.scheme, address.host, address.port, "/robots.txt")
        for _ in range(_ROBOTS_HOPS + 1):
            try:
                answer, _took = self._ask(
                    at,
                    {"Accept": "text/plain,*/*;q=0.1"},
                    self.manners.timeout,
                    pause=0.0,
                    wanted=lambda head: head.status == 200,
                    most=robots.LARGEST,
                )
            except NotFetched as error:
                if error.again is None:
                    raise
                raise NotFetched(f"robots.txt: {error}", again=error.again) from None
            if answer.status in _REDIRECTS:
                try:
                    at = self._next(at, answer)
                except NotFetched:
                    return robots.ALL
                continue
            if answer.status == 200:
                return robots.parse(answer.body, PRODUCT)
            if answer.status == 429 or answer.status >= 500:  # the RFC: then nothing may be fetched
                again = retry_after(answer, self._world.now()) or 0.0
                raise NotFetched(
                    f"the robots.txt of {at.host} cannot be had now ({answer.status}), so nothing else is asked for",
                    again=again if again <= PATIENCE else None,
                )
            return robots.ALL
        return robots.ALL


@dataclass(slots=True)
class _Turn:
    """Whose turn it is at a host, and from when on by the clock."""

    lock: Lock = field(default_factory=Lock)
    ready: float = float("-inf")


@dataclass(slots=True)
class _Site:
    """What a site asks of crawlers, and until when that is known."""

    lock: Lock = field(default_factory=Lock)
    asks: robots.Robots = robots.ALL
    until: float = float("-inf")
    failed: int = 0  # times in a row
    trouble: str | None = None
