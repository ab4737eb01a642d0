"""The desk served to this machine's browser: a socket on the loopback, an address with a token, until it is stopped."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import uvicorn

from reformkit.desk.app import desk_app
from reformkit.desk.asking import Action, Screen
from reformkit.desk.desk import Desk
from reformkit.desk.effect_screen import VERY_MANY_RULES
from reformkit.serving.guard import Guard
from reformkit.serving.side_process import SideProcess
from reformkit.text import Lang

LOOPBACK = "127.0.0.1"
_LEADS = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={where}">'
    '<title>reformkit</title><a href="{where}">reformkit</a>\n'
)


def serve(
    desk: Desk,
    port: int,
    lang: Lang,
    say: Callable[[str], None],
    open_browser: bool,
    more: tuple[Sequence[Screen], Sequence[Action]] = ((), ()),
) -> None:
    """Serve a desk until it is interrupted; `say` is called with its address. Port 0 is any that is free.

    `more` are screens and actions beside the desk's own.

    Raises OSError where the port is taken.
    """
    with socket.create_server((LOOPBACK, port)) as listening, closing(SideProcess()) as worker:
        taken = listening.getsockname()[1]
        guard = Guard(desk_app(desk, lang, threads=True, more=more), taken)
        where = f"http://{LOOPBACK}:{taken}/#{guard.token}"
        say(where)
        desk.worker = worker
        Thread(target=_made_ready, args=(desk, worker), daemon=True).start()
        # what fails in a screen is answered by the app in words; "error" would print a traceback beside it
        config = uvicorn.Config(guard, log_level="critical", access_log=False, server_header=False, lifespan="off")
        with _opened(where) if open_browser else nullcontext():
            DeskServer(config, worker).run(sockets=[listening])


class DeskServer(uvicorn.Server):
    """A server that lets nobody wait for a proof once it is told to end."""

    def __init__(self, config: uvicorn.Config, worker: SideProcess) -> None:
        super().__init__(config)
        self._worker = worker

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what is proven, then everything else."""
        self._worker.close()
        await super().shutdown(sockets)


@contextmanager
def _opened(where: str) -> Iterator[None]:
    """An address opened by way of a file that only this user can read: every user sees what a browser is started with."""
    with TemporaryDirectory(prefix="reformkit-desk-") as folder:
        page = Path(folder) / "desk.html"
        page.write_text(_LEADS.format(where=where), encoding="utf-8")
        webbrowser.open(page.as_uri())
        yield


def _made_ready(desk: Desk, worker: SideProcess) -> None:
    """Assess the cases and run the fixtures while the first page is read, so that the first edit need not wait."""
    with suppress(Exception):  # whoever asks for them next is told what is wrong
        if any(len(table.rules) > VERY_MANY_RULES for table in desk.book.rulebook.decisions.values()):
            worker.begin()
        _ = desk.assessed, desk.ran
