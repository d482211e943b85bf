"""Who may ask, and what a browser may do with the answer: checked for every request, before anything is looked up.

A page elsewhere must not read or change anything here. Its name may lead to this machine (DNS rebinding), so Host is
checked; it may send forms and ask for scripts, so Origin and Sec-Fetch-Site are; a change needs, besides, a token that
only our own pages hold, and a cookie that is sent from nowhere else.
"""

import hmac
import secrets
from collections.abc import Callable, Collection, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from headwater.errors import HeadwaterError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with "no-referrer" browsers send our own forms with the origin "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Refused(HeadwaterError):
    """A request that is not answered; ``status`` is the HTTP status."""

    def __init__(self, status: int, why: str) -> None:
        """Say why, in one line."""
        super().__init__(why)
        self.status = status


class Keys:
    """The secret of one run: the cookie that our pages get, and the token that their forms send with it."""

    def __init__(self, port: int) -> None:
        """Draw them anew: what was open before this run has to be loaded again."""
        self.cookie = f"headwater-{port}"  # cookies do not tell ports apart
        self.session = secrets.token_urlsafe(24)
        self.token = hmac.new(secrets.token_bytes(32), self.session.encode(), "sha256").hexdigest()

    def check(self, cookies: Mapping[str, str], token: str) -> None:
        """Refuse a change that does not come from a page of this run.

        Raises:
            Refused: cookie or token is missing or another.
        """
        session = cookies.get(self.cookie, "")
        ours = hmac.compare_digest(session.encode("utf-8", "replace"), self.session.encode())
        if not (ours and hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())):
            raise Refused(403, "this page is from before Headwater was started; go back, load it again, and repeat it")

    def set_cookie(self) -> str:
        """What gives a browser the cookie."""
        return f"{self.cookie}={self.session}; Path=/; HttpOnly; SameSite=Strict"


class Guard:
    """The outermost layer: refuses, bounds bodies, and puts on every answer what a browser must keep to.

    Args:
        app: what answers.
        hosts: values of Host that are ours, in small letters; with the port.
        keys: the run's cookie and token.
        limit: gives for a path the bytes that a body may have.
        refuse: makes the answer to a refused request.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str],
        keys: Keys,
        limit: Callable[[str], int],
        refuse: Callable[[Scope, Refused], ASGIApp],
    ) -> None:
        """Stand before ``app``."""
        self.app = app
        self.hosts = frozenset(hosts)
        self.keys = keys
        self.limit = limit
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        has_cookie = cookie_parser(headers.get("cookie", "")).get(self.keys.cookie) == self.keys.session
        began = False

        async def guarded(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                out.setdefault("cache-control", "no-store")
                if not has_cookie and out["cache-control"] == "no-store":
                    out.append("set-cookie", self.keys.set_cookie())
            await send(message)

        try:
            _check(scope["method"], headers, self.hosts)
            await self.app(scope, self._bounded(scope, headers, receive), guarded)
        except Refused as refused:
            if began:
                raise
            await self.refuse(scope, refused)(scope, receive, guarded)

    def _bounded(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        """The body, as far as it is not too long; what was announced as too long is not read at all."""
        most = self.limit(scope["path"])
        told = headers.get("content-length", "0")
        too_long = Refused(413, f"more than {most:,} bytes were sent, the most that is taken here")
        if not told.isdecimal() or int(told[:20]) > most:
            raise too_long
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise too_long
            return message

        return counted


def _check(method: str, headers: Headers, hosts: Collection[str]) -> None:
    """Refuse what does not come from here."""
    asked = headers.getlist("host")
    if len(asked) != 1 or asked[0].lower() not in hosts:
        raise Refused(421, "that is not the name of this machine; open the address that 'headwater serve' printed")
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None and origin.lower() != f"http://{asked[0].lower()}":
        raise Refused(403, "a page elsewhere asked for this; open the address yourself")
    if site in {None, "same-origin"}:
        return
    visited = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    if method not in _SAFE or not visited:
        raise Refused(403, "a page elsewhere asked for this; open the address yourself")
