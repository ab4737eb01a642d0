"""The desk without a server: its app is called as a server would call it, with files that are held in memory."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reformkit.bundling.one_file import desk_scripts
from reformkit.bundling.packing import unzipped, zipped
from reformkit.desk.app import LANG_COOKIE, desk_app
from reformkit.desk.desk import Desk
from reformkit.desk.workspace import MemoryWorkspace
from reformkit.text import Lang

NAME = "rules"
_STYLES, _SCRIPTS = re.compile('<link rel="stylesheet"[^>]*>'), re.compile("<script src=[^>]*></script>\n?")
_ICON = re.compile('<link rel="icon"[^>]*>\n?')

Answered = tuple[int, dict[str, str], bytes]


class DeskInside:
    """The desk of the rulebook in a zip; `ask` is a request, `page` makes its answer one that stands in a frame.

    `cases` and `fixtures` are the files that were opened before or packed with it, to which an edit is held.
    """

    def __init__(
        self, texts: str, cases: dict[str, bytes] | None = None, fixtures: dict[str, bytes] | None = None
    ) -> None:
        given = ({} if cases is None else cases), ({} if fixtures is None else fixtures)
        self._workspace = MemoryWorkspace(NAME, unzipped(Path(texts).read_bytes()), *given)
        self._desk = Desk(self._workspace)
        self._app = desk_app(self._desk)
        self._cookies: dict[str, str] = {}
        style = (files("reformkit.desk") / "static" / "desk.css").read_text("utf-8")
        self._style = f"<style>{style}</style>"
        self._scripts = "".join(f"<script>{script}</script>\n" for script in desk_scripts())

    async def ask(self, method: str, path: str, headers: Any, body: str | bytes, lang: Lang) -> Answered:
        """What the app answers: status, headers, content."""
        asked, given = urlsplit(path), dict(headers)
        sent = body.encode() if isinstance(body, str) else bytes(body)
        fields = [(str(name).lower().encode(), str(value).encode()) for name, value in given.items()]
        fields.append((b"cookie", f"{LANG_COOKIE}={lang}".encode()))
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": asked.path,
            "raw_path": asked.path.encode(),
            "query_string": asked.query.encode(),
            "root_path": "",
            "headers": fields,
            "server": ("desk.invalid", 80),
            "client": ("127.0.0.1", 1),
        }
        said: list[Mapping[str, Any]] = []
        pending = [{"type": "http.request", "body": sent, "more_body": False}]

        async def receive() -> Mapping[str, Any]:
            if pending:
                return pending.pop()
            await asyncio.sleep(3600)
            return {"type": "http.disconnect"}

        async def send(message: Mapping[str, Any]) -> None:
            said.append(message)

        await self._app(scope, receive, send)  # type: ignore[arg-type]
        start = next(message for message in said if message["type"] == "http.response.start")
        content = b"".join(message.get("body", b"") for message in said if message["type"] == "http.response.body")
        return start["status"], {name.decode().lower(): value.decode() for name, value in start["headers"]}, content

    def given_anew(self) -> None:
        """Hold edits to the files as they are now, for others were opened."""
        self._desk.given_anew()

    def page(self, html: str) -> str:
        """A page of the desk with its style and its scripts in it, for a frame that can fetch neither."""
        html = _ICON.sub("", _STYLES.sub(lambda _: self._style, html))
        first, rest = html.partition("</body>")[::2]
        return f"{_SCRIPTS.sub('', first)}{self._scripts}</body>{rest}"

    def zipped(self) -> bytes | None:
        """The rulebook with the staged edits in it, as a zip that `load` takes; None while these make no rulebook."""
        if self._desk.reading.book is None:
            return None
        edited = self._desk.staging.over(self._desk.ground.files)
        return zipped({**self._workspace.rulebook(), **{path: file.data for path, file in edited.items()}})
