"""The desk as an ASGI app: an address to a screen, a form to an action. No socket here, and of files only the package's own."""

from __future__ import annotations

import os
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from importlib.resources import files
from urllib.parse import parse_qs, quote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from reformkit.desk.asking import Action, Answer, Ask, Download, Goto, NotThere, Screen, Show, address
from reformkit.desk.desk import Desk
from reformkit.desk.rendering import rendered
from reformkit.desk.saving import last_save
from reformkit.desk.screens import ACTIONS, SCREENS
from reformkit.text import LANGS, Lang, Text, visible

BACK = "_back"
"""What a form calls the page that it stands on."""
LANG_COOKIE, LANG_QUERY = "reformkit-desk-lang", "_lang"
STATIC = {
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "enter.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "editor.js": "text/javascript",
    "ledger.js": "text/javascript",
    "ledger.css": "text/css",
}
MOST_QUERY = 32 << 10
"""Bytes of an address; a case with every fact has some two thousand."""

_TOO_LARGE = Text("所发内容过大", "what was sent is too large")
_FAILED = Text(
    "案头自身出错（{error}）。已作的改动还在，请返回上一页；刚才若在保存，请先核对文件。请告知维护者；设 REFORMKIT_TRACEBACK=1 再开案头，可见经过。",
    "the desk itself has failed ({error}). What is staged is still there: go back a page; if you were saving, look at the files "
    "first. Please report it; a desk opened with REFORMKIT_TRACEBACK=1 shows where.",
)

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class MenuItem:
    """A line of the menu."""

    title: Text
    href: str
    is_here: bool
    number: int | None = None


@dataclass(frozen=True)
class PageFrame:
    """What stands round every view."""

    lang: Lang
    other: str
    """The address of this page in the other language."""
    rulebook: str
    decisions: tuple[MenuItem, ...]
    menu: tuple[MenuItem, ...]
    staged: int
    can_undo: bool
    can_redo: bool
    nonce: str
    here: str
    can_take_back: bool


def desk_app(
    desk: Desk,
    lang: Lang = "zh",
    threads: bool = False,
    more: tuple[Sequence[Screen], Sequence[Action]] = ((), ()),
) -> Starlette:
    """The app of a desk, for a guard before it; in one language unless whoever reads asks for the other.

    `more` are screens and actions beside the desk's own, such as those over a ledger.

    With `threads` each request is answered in one: who types waits for nothing but what is quick. What is slow runs beside
    everything else, what is quick one after another (`Desk.turn`).
    """

    async def run(work: Callable[[], Response]) -> Response:
        return await run_in_threadpool(work) if threads else work()

    def screen(of: Screen) -> Handler:
        async def show(request: Request) -> Response:
            if not request.scope.get("desk.is_in", True):
                return _enter(request, lang)
            if len(request.scope.get("query_string", b"")) > MOST_QUERY:
                return _plain(_TOO_LARGE, lang, 414)
            try:
                ask = _ask(request, lang)
            except ValueError:
                return _plain(_TOO_LARGE, lang, 414)
            return await run(lambda: shown(request, ask))

        def shown(request: Request, ask: Ask) -> Response:
            if not ask.partial:
                with desk.turn:
                    desk.refresh()
            with nullcontext() if of.is_slow else desk.turn:
                try:
                    found = of.view(desk, ask)
                except NotThere:
                    return _not_there(desk, request, ask)
            answer = found if isinstance(found, Goto | Show | Download) else Show(of.template, found)
            return _answered(desk, request, ask, answer)

        return show

    def action(of: Action) -> Handler:
        async def do(request: Request) -> Response:
            try:
                body = await _body(request, of.most)
            except ClientDisconnect:
                return Response(status_code=400)
            if body is None:
                return _plain(_TOO_LARGE, lang, 413)
            try:
                ask = _ask(request, lang, body)
            except ValueError:
                return _plain(_TOO_LARGE, lang, 413)
            return await run(lambda: done(request, ask))

        def done(request: Request, ask: Ask) -> Response:
            with nullcontext() if of.is_slow else desk.turn:
                try:
                    answer = of.do(desk, ask)
                except NotThere:
                    return _not_there(desk, request, ask)
            return _answered(desk, request, ask, answer)

        return do

    screens, actions = (*SCREENS, *more[0]), (*ACTIONS, *more[1])
    routes = [Route(of.path, _guarded(screen(of), lang), methods=["GET"]) for of in screens]
    routes += [Route(of.path, _guarded(action(of), lang), methods=["POST"]) for of in actions]
    routes.append(Route("/static/{name}", _static))
    routes.append(Route("/favicon.ico", lambda request: Response(status_code=204)))

    async def lost(request: Request, _: Exception) -> Response:
        try:
            return _not_there(desk, request, _ask(request, lang))
        except ValueError:
            return _plain(_TOO_LARGE, lang, 414)

    app = Starlette(routes=routes, exception_handlers={404: lost})
    app.state.screens = screens
    return app


# --- what is asked -------------------------------------------------------------------------------------


def _ask(request: Request, lang: Lang, body: bytes = b"") -> Ask:
    query = parse_qs(request.url.query, keep_blank_values=True, max_num_fields=2_000)
    is_form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    form = parse_qs(body.decode("utf-8", "replace"), True, max_num_fields=2_000) if is_form else {}
    return Ask(
        request.path_params,
        query,
        form,
        b"" if is_form else body,
        _language(request, query.get(LANG_QUERY, []), lang),
        _here(request, form),
        "hx-request" in request.headers,
    )


def _here(request: Request, form: Mapping[str, Sequence[str]]) -> str:
    """The page from which something is asked, as an address of the desk and of nowhere else."""
    said = request.headers.get("hx-current-url") or next(iter(form.get(BACK, ())), "")
    if request.method in ("GET", "HEAD") and not said:
        said = str(request.url)
    found = urlsplit(said)
    path = found.path if found.path.startswith("/") and not found.path.startswith(("//", "/\\")) else "/"
    return f"{path}?{found.query}" if found.query else path


def _language(request: Request, asked: list[str], lang: Lang) -> Lang:
    wished = [*asked, request.cookies.get(LANG_COOKIE, "")]
    return next((known for word in wished for known in LANGS if known == word), lang)


async def _body(request: Request, most: int) -> bytes | None:
    """What was sent; None where it is more than may be."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


# --- what is answered ----------------------------------------------------------------------------------


def _answered(desk: Desk, request: Request, ask: Ask, answer: Answer) -> Response:
    match answer:
        case Goto():
            if ask.partial:
                return Response(status_code=204, headers={"HX-Redirect": answer.address})
            return RedirectResponse(answer.address, 303)
        case Download():
            name = quote(answer.name)
            return Response(
                answer.data,
                media_type=answer.media,
                headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
            )
    if answer.status == 204:
        return Response(status_code=204)
    page = _page(desk, request, ask)
    words = rendered(answer.template, ask.lang, page=page, v=answer.view, partial=ask.partial)
    response = HTMLResponse(words, answer.status)
    if LANG_QUERY in ask.query:
        response.set_cookie(LANG_COOKIE, ask.lang, httponly=True, samesite="strict")
    return response


def _page(desk: Desk, request: Request, ask: Ask) -> PageFrame:
    here = request.url.path
    tables = desk.book.rulebook.decisions
    decisions = tuple(
        MenuItem(table.title, f"/d/{name}", here == f"/d/{name}", len(table.rules)) for name, table in tables.items()
    )
    shown = (of for of in request.app.state.screens if of.title is not None and of.is_there(desk))
    menu = tuple(MenuItem(of.title, of.path, here == of.path) for of in shown if of.title is not None)
    others = sorted({*LANGS} - {ask.lang})
    query = {name: words for name, words in ask.query.items() if name != LANG_QUERY}
    rulebook = desk.book.rulebook
    return PageFrame(
        ask.lang,
        address(here, {**query, LANG_QUERY: others}),
        f"{rulebook.name} {rulebook.version}".strip(),
        decisions,
        menu,
        len(desk.staging.pieces),
        desk.can_undo,
        desk.can_redo,
        request.scope.get("desk.nonce", ""),
        ask.here,
        last_save(desk) is not None,
    )


def _not_there(desk: Desk, request: Request, ask: Ask) -> Response:
    return _answered(desk, request, ask, Show("not_there.html", None, 404))


def _enter(request: Request, lang: Lang) -> Response:
    asked = _language(request, [], lang)
    return HTMLResponse(rendered("enter.html", asked, lang=asked))


def _guarded(handler: Handler, lang: Lang) -> Handler:
    """A handler that answers in words whatever goes wrong in it."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Exception as error:
            if os.environ.get("REFORMKIT_TRACEBACK"):
                traceback.print_exc()
            words = _FAILED.fill(error=visible(f"{type(error).__name__}: {error}")[:300])
            return _plain(words, _language(request, [], lang), 500)

    return answer


def _plain(words: Text, lang: Lang, status: int) -> Response:
    return Response(words.say(lang), status, media_type="text/plain")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        return Response(status_code=404)
    data = (files("reformkit.desk") / "static" / name).read_bytes()
    return Response(data, media_type=STATIC[name])
