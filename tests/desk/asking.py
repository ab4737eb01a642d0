"""Requests to a desk without a socket, as a browser would send them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2

from reformkit.desk.app import desk_app
from reformkit.desk.desk import Desk
from reformkit.serving.guard import Guard

PORT = 4321
OURS = f"http://127.0.0.1:{PORT}"


class Browser:
    """A browser that has opened the desk's address: it keeps its cookie, and says where its requests come from."""

    def __init__(self, desk: Desk, enters: bool = True, more: Any = ((), ()), port: int = PORT) -> None:
        self.guard = Guard(desk_app(desk, more=more), port)
        self.cookies: dict[str, str] = {}
        if enters:
            self.enter()

    def enter(self) -> httpx2.Response:
        answer = self.post("/enter", headers={"x-desk-token": self.guard.token or ""})
        self.cookies.update(answer.cookies)
        return answer

    def get(self, path: str, headers: dict[str, str] | None = None, **more: Any) -> httpx2.Response:
        return self._ask("GET", path, {"sec-fetch-site": "same-origin", **(headers or {})}, **more)

    def post(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> httpx2.Response:
        headers = {"sec-fetch-site": "same-origin", "origin": OURS, **more.pop("headers", {})}
        return self._ask("POST", path, headers, data=form, **more)

    def _ask(self, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx2.Response:
        async def asked() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self.guard)
            async with httpx2.AsyncClient(transport=transport, base_url=OURS, cookies=self.cookies) as client:
                return await client.request(method, path, headers=headers, **more)

        return asyncio.run(asked())
