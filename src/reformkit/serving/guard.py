"""Who is let in: only this machine, only pages of the desk itself, only who holds the key. An ASGI middleware.

A desk shows case data and writes files, and every page that a browser has open may send requests to it. So the name that
was asked for is one of this machine's with our port (a foreign name that leads here is a rebinding); a request comes from
a page of the desk, which browsers say (`Sec-Fetch-Site`, `Origin`); and it carries a cookie, which was given once for the
token in the address that the command printed, so that another user of the machine is not let in either.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import Any

from reformkit.text import Text

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HOSTS = ("127.0.0.1", "localhost", "[::1]")
ENTER = "/enter"
"""Where the token is given for the cookie."""
OPEN = (ENTER, "/", "/static/enter.js", "/static/desk.css", "/favicon.ico")
"""What is given to whoever has no cookie: at `/` the page that hands the token in."""
_WITHOUT_PORT = 80
"""The port that a browser leaves out of the name it asks for."""
SAFE = ("GET", "HEAD")
TOKEN_HEADER = "x-desk-token"
NOT_IN = Text(
    "没有打开：请重新运行 reformkit desk，打开它给出的地址。",
    "refused: run reformkit desk again, and open the address that it prints.",
)
"""Said in both languages to whoever comes without the cookie, as with a bookmark of a desk that was ended."""
REFUSED = {
    "host": Text(
        "已拒绝（host）：问的不是本机案头的地址，请打开 reformkit desk 给出的地址。",
        "refused (host): this is not the desk's address; open the one that reformkit desk prints.",
    ),
    "site": Text(
        "已拒绝（site）：请求来自别的网页，请在案头自己的页面里操作。",
        "refused (site): the request comes from a page of others; work in the desk's own pages.",
    ),
    "origin": Text(
        "已拒绝（origin）：请求来自别的网页，请在案头自己的页面里操作。",
        "refused (origin): the request comes from a page of others; work in the desk's own pages.",
    ),
    "token": Text(
        "已拒绝（token）：这个地址已经用过或者写错，请重新运行 reformkit desk。",
        "refused (token): the address was used before or is mistyped; run reformkit desk again.",
    ),
}
"""Why a request was refused; said in both languages, since of one that is refused no setting is believed."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
    (b"x-frame-options", b"DENY"),
)


class Guard:
    """Lets requests through to an app, or refuses them; every answer has a policy without anything inline.

    `token` is good once. What the app finds in the scope: `desk.is_in`, whether the cookie was there, and `desk.nonce`.
    """

    def __init__(self, app: App, port: int, token: str | None = None) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in HOSTS} | ({*HOSTS} if port == _WITHOUT_PORT else set())
        self._key = secrets.token_urlsafe(32)
        self.token: str | None = token or secrets.token_urlsafe(24)
        self.cookie = f"reformkit-desk-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope["desk.nonce"] = nonce
        sending = _with_headers(send, nonce)
        headers = _headers(scope)
        reason = self._refused(scope, headers)
        if reason:
            await _say(sending, 403, _in_both(REFUSED[reason]))
            return
        if scope["path"] == ENTER:
            await self._enter(scope, headers, sending)
            return
        scope["desk.is_in"] = self._is_in(headers)
        if not scope["desk.is_in"] and scope["path"] not in OPEN:
            await _say(sending, 401, _in_both(NOT_IN))
            return
        await self._app(scope, receive, sending)

    def _refused(self, scope: Scope, headers: dict[str, str]) -> str:
        """Why a request is not looked at; empty where it is."""
        host = headers.get("host", "")
        if host not in self._hosts:
            return "host"
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if scope["method"] in SAFE:
            # The file of ours that leads here is another site to a browser, which sends it no cookie; so what anyone
            # else's link shows is the page that hands a token in, and they have none.
            is_led_here = scope["path"] == "/" and not self._is_in(headers)
            return "" if is_led_here or site in (None, "none", "same-origin") else "site"
        if site not in (None, "same-origin"):
            return "site"
        ours = f"http://{host}"
        # Under no-referrer a browser says `null` of a form of ours, and tells us apart by the site.
        if origin not in (None, ours) and not (origin == "null" and site == "same-origin"):
            return "origin"
        return ""

    def _is_in(self, headers: dict[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return cookie is not None and compare_digest(cookie.value.encode(), self._key.encode())

    async def _enter(self, scope: Scope, headers: dict[str, str], send: Send) -> None:
        """Give the cookie for the token, once."""
        given = headers.get(TOKEN_HEADER, "")
        if scope["method"] != "POST" or self.token is None or not compare_digest(given.encode(), self.token.encode()):
            await _say(send, 403, _in_both(REFUSED["token"]))
            return
        self.token = None
        cookie = f"{self.cookie}={self._key}; Path=/; HttpOnly; SameSite=Strict"
        await _say(send, 204, "", [(b"set-cookie", cookie.encode())])


def _in_both(said: Text) -> str:
    return f"{said.zh}\n{said.en}\n"


def _headers(scope: Scope) -> dict[str, str]:
    """Headers by name; of one that stands twice nothing is believed."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").lower()
        found[name] = "twice" if name in found and name != "cookie" else value.decode("latin-1")
    return found


def _with_headers(send: Send, nonce: str) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            policy = (b"content-security-policy", POLICY.format(nonce=nonce).encode())
            message["headers"] = [*message.get("headers", []), policy, *HEADERS]
        await send(message)

    return sending


async def _say(send: Send, status: int, words: str, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
