"""The desk served to this machine's browser: a socket on the loopback, an address with a token, until it is stopped."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable, Sequence
from threading import Thread

import uvicorn

from reformkit.desk.app import desk_app
from reformkit.desk.asking import Action, Screen
from reformkit.desk.desk import Desk
from reformkit.desk.guard import Guard
from reformkit.text import Lang

LOOPBACK = "127.0.0.1"


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
    with socket.create_server((LOOPBACK, port)) as listening:
        taken = listening.getsockname()[1]
        guard = Guard(desk_app(desk, lang, threads=True, more=more), taken)
        where = f"http://{LOOPBACK}:{taken}/#{guard.token}"
        say(where)
        if open_browser:
            webbrowser.open(where)
        Thread(target=_made_ready, args=(desk,), daemon=True).start()
        config = uvicorn.Config(guard, log_level="error", access_log=False, server_header=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[listening])


def _made_ready(desk: Desk) -> None:
    """Assess the cases and run the fixtures while the first page is read, so that the first edit need not wait."""
    _ = desk.assessed, desk.ran
