"""The outermost guard: whatever goes wrong becomes a message and an exit code, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from reformkit.extras import MissingExtra
from reformkit.printing.paper import paper, speak
from reformkit.printing.problems import show_problems
from reformkit.printing.typer_words import asked_language, language_at, speaking, spoken, worded
from reformkit.problem import CaseError, LedgerError, LetterError, RefusedError, RulebookError, TableError, WrongUse
from reformkit.terminal.empty_paths import empty_paths_refused
from reformkit.text import Lang, Text, visible

FAULTS, WRONG_USE, INTERNAL, INTERRUPTED, BROKEN_PIPE = 1, 2, 70, 130, 141
"""Exit codes beside 0: an error among the problems; wrong use; a fault of reformkit's own; signals as shells say them."""


_NOT_THERE = Text("找不到 {path}", "there is no {path}")
_NO_ACCESS = Text("无法读写{path}：{reason}", "cannot read or write{path}: {reason}")
_ENCODING = Text("文字编码有误：{error}", "text in a wrong encoding: {error}")
_INTERNAL = Text(
    "reformkit 自身出错（{error}）。请连同所用文件告知维护者；设 REFORMKIT_TRACEBACK=1 可见经过。",
    "reformkit itself has failed ({error}). Please report it with the files used; REFORMKIT_TRACEBACK=1 shows where.",
)
_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件超过允许的大小",
    errno.EROFS: "磁盘只能读，不能写",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EIO: "磁盘读写出错",
}


class Speaking(TyperGroup):
    """The commands together; whatever they say, help included, can be Chinese on any terminal."""

    _lang: Lang = "zh"

    def main(self, *args: Any, **extra: Any) -> Any:
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # closed by whoever started us
                setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        speak(sys.stdout)
        speak(sys.stderr)
        given = args[0] if args else extra.pop("args", None)
        arguments = sys.argv[1:] if given is None else list(given)
        self._lang = asked_language(arguments, os.environ)
        arguments, for_all = self._without_language(arguments)
        with spoken(self._lang), speaking(for_all), empty_paths_refused():
            return super().main(arguments, *args[1:], **extra)

    def _without_language(self, arguments: list[str]) -> tuple[list[str], Lang | None]:
        """Arguments without `--lang` before the command, which asks it of every command, and what it asks."""
        node: Any = self
        rest, asked = list(arguments), None
        at = 0
        while at < len(rest) and isinstance(node, TyperGroup):
            found, length = language_at(rest, at)
            if found is not None:
                asked = found
                del rest[at : at + length]
                continue
            if not rest[at].startswith("-"):
                node = node.commands.get(rest[at])
            at += 1
        return rest, asked

    def make_context(self, *args: Any, **extra: Any) -> Any:
        with worded(self._lang):
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        with worded(self._lang):
            return super().invoke(ctx)


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """A command that returns its exit code, as Typer wants it: errors said in the user's language."""

    @wraps(command)
    def run(**arguments: Any) -> None:
        lang: Lang = arguments.get("lang", "zh")
        try:
            code = command(**arguments)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, SystemExit):
            raise
        except BrokenPipeError:
            _silence()
            code = BROKEN_PIPE
        except KeyboardInterrupt:
            code = INTERRUPTED
        except (RulebookError, CaseError, LedgerError, LetterError, RefusedError, TableError) as error:
            show_problems(error.problems, paper(sys.stderr, lang))
            code = FAULTS
        except BaseException as error:  # a traceback must not reach the user; a panic in Rust is no Exception
            code = _report(error, lang)
        raise typer.Exit(code)

    return run


def _report(error: BaseException, lang: Lang) -> int:
    """Say what happened in one line; the exit code that goes with it."""
    match error:
        case WrongUse():
            code, message = WRONG_USE, error.text
        case MissingExtra():
            code, message = WRONG_USE, error.text
        case FileNotFoundError():
            code, message = WRONG_USE, _NOT_THERE.fill(path=str(error.filename))
        case OSError():
            path, reason = f" {error.filename}" if error.filename else "", error.strerror or str(error)
            in_chinese = _REASONS.get(error.errno or 0, reason)
            code, message = FAULTS, _NO_ACCESS.fill(path=path, reason=Text(in_chinese, reason))
        case UnicodeError():
            code, message = FAULTS, _ENCODING.fill(error=str(error))
        case _:
            code = INTERNAL
            message = _INTERNAL.fill(error=f"{type(error).__name__}: {error}")
            if os.environ.get("REFORMKIT_TRACEBACK"):
                traceback.print_exception(error)
    paper(sys.stderr, lang).print(visible(message.say(lang)), style="red", soft_wrap=True)
    return code


def _silence() -> None:
    """Send what is still buffered nowhere: whoever was reading has gone."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(devnull, stream.fileno())
